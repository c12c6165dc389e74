"""Which sentences tell of which patient, and which are introduction, discussion, literature or other people.

Headings decide where the text has them. Where it has none, the case is the contiguous run of sentences with the
greatest evidence of telling one patient's story, found as a maximum-sum run (Kadane; linear time): a sentence speaks
for the case by "the patient", by dates and sizes, by verbs of examination in the past; and against it by citations,
by "patients" and percentages of them, and by general statements in the present.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from caseboard.narrative.dated_notes import is_dated_note
from caseboard.narrative.document import SectionKind, Sentence
from caseboard.narrative.patterns import Table, lowered, pattern
from caseboard.narrative.people import Person, find_people, names_somebody
from caseboard.narrative.specimens import is_specimen_report

__all__ = ["Place", "introduced", "place_sentences"]

Role = Literal["case", "retold", "other"]

_OUTSIDE: frozenset[SectionKind] = frozenset(
    {"abstract", "introduction", "discussion", "back matter", "title", "header"}
)
_CLINICAL: frozenset[SectionKind] = frozenset(
    {
        "diagnosis",
        "history",
        "pathology",
        "findings",
        "labs",
        "course",
        "plan",
        "status",
        "medication",
        "family",
        "allergies",
    }
)
_CITATION = (
    r"[\[(e](?:(?<!e)\d(?:(?<=[a-z)][\[(]\d)|(?<=[a-z)] [\[(]\d))\d{0,2}(?:\s?[,–-]\s?\d{1,3}){0,8}[\])]"
    r"|(?<=\be)t al\b)"
)
_FOR = Table(
    (
        (
            3.0,
            pattern(
                r"\b(?:present(?:ed|ing)|admitted|referred|complain(?:ed|ing)|consulted|visited|noticed"
                r"|was found to have|came to"
                r"|attended|(?<!is\s)(?<!are\s)(?<!be\s)evaluated)\b"
            ),
        ),
        (1.2, pattern(r"\b(?:the patient|this patient|patient was|pt)\b")),
        (1.0, pattern(r"\b(?:he|she|his|her)\b")),
        (0.8, pattern(r"\b(?:19|20)\d\d\b|\b(?:days?|weeks?|months?|years?) (?:later|after)\b")),
        (0.8, pattern(r"\d\s?(?:mm|cm|mg|gy|u/l|g/d?l|ng/ml)\b")),
        (
            1.2,
            pattern(
                r"\b(?:revealed|showed|demonstrated|disclosed|detected|underwent|(?:was|were) (?:performed"
                r"|positive|negative)|received"
                r"|was (?:started|initiated|given|treated|diagnosed|discontinued|resected|administered|made"
                r"|done)|confirmed)\b"
            ),
        ),
        (
            1.2,
            pattern(
                r"\b(?:we (?:opted|performed|noted|observed|decided|did|found|started|used|resected|chose|switched)"
                r"|no (?:recurrence|relapse|evidence of disease))\b"
            ),
        ),
        (
            0.8,
            pattern(
                r"\b(?:immunohistochemi\w{2,6}|biopsy|mri|ct|pet|ultrasound|physical examination|laboratory)\b"
            ),
        ),
    )
)
"""What speaks for a sentence telling a case, with its weight."""
_AGAINST = Table(
    (
        (1.6, pattern(_CITATION)),
        (
            1.4,
            pattern(
                r"\b(?:patients|cases|studies|literature|trials?|series|authors|reported (?:in|by|that|to)"
                r"|reports|ha(?:s|ve) been reported"
                r"|cohort|meta-analysis|guidelines?)\b"
            ),
        ),
        (
            1.8,
            pattern(
                r"\b(?:is|are) (?:a|an|the|very|extremely|often|usually|generally|typically|most|more|thought"
                r"|considered|known|currently"
                r"|commonly|defined|characterized|recommended) "
            ),
        ),
        (
            1.2,
            pattern(
                r"\b(?:incidence|prevalence|prognosis|survival rate|overall survival|response rate|mechanisms?"
                r"|pathways?|approximately \d{1,2}%"
                r"|tend to|occurs?|mainly|rarely|suggests? that|in conclusion|to date|to our knowledge|can be"
                r"|may be|should be)\b"
            ),
        ),
        (
            1.0,
            pattern(r"\b(?:we (?:report|describe|present|review|believe|speculate|suggest)|herein|here,)\b"),
        ),
        (
            3.0,
            pattern(
                r"\b(?:copyright|licen[cs]e|consent was obtained|conflicts? of interest|acknowledge|funding"
                r"|keywords|corresponding author"
                r"|et al\.,|doi\b|j clin|n engl|oncol\b.{0,20}\d{4})"
            ),
        ),
    )
)
"""What speaks against it: cited literature, groups of patients, general statements in the present."""
_NEUTRAL = -0.4
"""The score of a sentence without any evidence: a run does not go on for ever on sentences that say nothing."""
_GENERAL = 3 * _NEUTRAL
"""A sentence with a lower score is general: it speaks of others than one patient."""
_FEW = 14
"""Where fewer than one sentence in so many is general, the text as a whole tells a case: a letter, a case section."""
_OWN = pattern(
    r"\b(?:our (?:first |second |present )?patients?\b|(?:in )?our case\b|the present (?:case|patient)"
    r"|(?:in )?this (?:particular )?(?:case|patient)\b(?! report)|current patient"
    r"|the patient (?:is|was|has|remains|continues|received|underwent|achieved|died)|patient (?:[1-9]|one"
    r"|two)\b"
    r"|(?:the )?(?:first|second) patient)"
)
_NUMBERED = pattern(
    r"\b(?:patient|case|pt)\s(?:reports?\s|presentation\s|no\.?\s?|number\s|#\s?)?"
    r"(?P<digit>[1-9]|one|two|three|four|five|iii|ii|iv|[a-div](?=[:.](?:\s|$)|$|\s\())\b"
    r"(?![-/]|[.,]\d|\s?(?:mg|g|mm|cm|ml|%|days?|weeks?|months?|years?|cycles?|doses?)\b)"
    r"|\b(?:the|our|an?)\s(?P<ordinal>first|second|third|fourth|fifth)\s(?:patient|case)\b"
    r"|\b(?P<another>another)\s(?:patient|case|man|woman|boy|girl)\b"
)
_ANNOUNCES = pattern(
    r"\b(?:we|to|herein|here(?:by)?,?|authors|report|article|paper)\s(?:[a-z]{2,10},?\s){0,3}?(?:present|report|describe)s?\s"
    r"(?:here\s|on\s)?(?:an?|the|our|one)\s(?:[a-z-]{2,20}\s){0,4}?cases?\b",
    re.IGNORECASE,
)
"""What announces the case of an article before the patient is introduced."""
_SEVERAL = pattern(
    r"\b(?:we|herein|here(?:by)?,?)\b[^.;]{0,30}\b(?:present|report|describe|illustrate|discuss)\s(?:on\s|here\s)?"
    r"(?:two|three|four|five|six|[2-9]|several)\s(?:[\w-]{2,20}\s){0,3}?(?:cases|patients)\b"
    r"|\b(?:the\s)?cases\sof\s(?:two|three|four|five|[2-9])\spatients\b[^.;]{0,160}\b(?:is|are)\s(?:presented|reported|described)\b",
    re.IGNORECASE,
)
"""What announces several cases together: nothing of it is told of one of them."""
_ORDER = {
    **{word: number for number, word in enumerate(("one", "two", "three", "four", "five"), start=1)},
    **{word: number for number, word in enumerate(("first", "second", "third", "fourth", "fifth"), start=1)},
    **{word: number for number, word in enumerate(("i", "ii", "iii", "iv", "v"), start=1)},
    **{word: number for number, word in enumerate("abcd", start=1)},
}
_CITED = re.compile(rf"{_CITATION}|[a-z]\.\d{{1,3}}(?:[,–-]\d{{1,3}}){{0,6}}$")
_RELATIVES = re.compile(
    r"\b(?:father|mother|brother|sister|aunt|uncle|son|daughter|grand[a-z]{5,7}|cousin)\b[^.]{0,40}$"
    r"|\b(?:patient|his|her)(?:['’]s)?\s(?:father|mother|brother|sister|aunt|uncle|son|daughter)\b,?\swho\b[^.]{0,110}$"
)
_SALUTATION = re.compile(
    r"^[ \t]{0,8}(?:dear (?:dr|prof|colleague|doctor|sir|madam|mr|mrs|ms)\b|re:|to whom it may concern"
    r"|(?:patient(?: name| id)?|name|dob|mrn|date of birth):|(?:dob|d\.o\.b\.|date of birth) \d)",
    re.MULTILINE,
)
"""How a letter about a patient opens."""
_CONCLUDES = re.compile(r"conclusion", re.IGNORECASE)
"""Under which heading a pathologist's report has its diagnosis."""
_AGE_GAP = 10
"""Years by which two people of one sex differ for certain: reports round ages and tell them at different times."""


class Place(msgspec.Struct, frozen=True):
    """What a sentence is for the reader: part of a patient's case, the case retold elsewhere, or something else."""

    role: Role
    patient: int = 1
    introduces: Person | None = None


def place_sentences(text: str, sentences: Sequence[Sentence]) -> list[Place]:
    """Return the place of each sentence, in order."""
    roles = _announced(text, sentences, _roles(text, sentences))
    return _patients(text, sentences, roles)


def _roles(text: str, sentences: Sequence[Sentence]) -> list[Role]:
    sections = {sentence.section for sentence in sentences}
    if "case" in sections:
        inside = _best_run(sentences, [s.section not in _OUTSIDE and s.section != "body" for s in sentences])
    elif is_specimen_report(text):
        inside = [s.section not in _OUTSIDE or _CONCLUDES.match(s.heading) is not None for s in sentences]
    elif _is_note(text, sentences) or (not names_somebody(text) and is_dated_note(text)):
        inside = [s.section not in _OUTSIDE or _sums_up(s) for s in sentences]
    else:
        lower = lowered(text)
        scores = [_score(lower, sentence, _OUTSIDE) for sentence in sentences]
        inside = _greatest_run(scores)
        if not any(inside):  # an abstract alone
            scores = [_score(lower, sentence, _OUTSIDE - {"abstract"}) for sentence in sentences]
            inside = _greatest_run(scores)
        inside = _stretched(text, sentences, scores, inside)
        if any(inside) and sum(score < _GENERAL for score in scores) * _FEW <= len(scores):
            inside = [True] * len(sentences)
    return [_role(text, s, own) for own, s in zip(inside, sentences, strict=True)]


def _announced(text: str, sentences: Sequence[Sentence], roles: list[Role]) -> list[Role]:
    """Return the roles, what an article says of its case before it introduces the patient as none of the story.

    "We describe a recurrence after 12 days ... A 65-year-old woman complained of headaches": the first is a summary.
    """
    own = [index for index, role in enumerate(roles) if role == "case"]
    first = next((index for index in own if introduced(text, sentences[index])), None)
    if first is None:
        return roles
    said = next((index for index in own if index < first and sentences[index].has(text, _ANNOUNCES)), first)
    return ["other" if role == "case" and said <= i < first else role for i, role in enumerate(roles)]


def _is_note(text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a text is a letter or a note about one patient as a whole: by its headings, or by how it opens."""
    headings = {sentence.heading.lower() for sentence in sentences if sentence.section in _CLINICAL}
    outside = any(
        sentence.section in ("discussion", "introduction", "abstract") and not _sums_up(sentence)
        for sentence in sentences
    )
    return len(headings) >= 2 or (not outside and _SALUTATION.search(lowered(text), 0, 2000) is not None)


def _sums_up(sentence: Sentence) -> bool:
    """Whether a sentence stands under "Summary": the abstract of an article, but in a letter the story itself."""
    return sentence.section == "abstract" and sentence.heading.casefold() == "summary"


def _role(text: str, sentence: Sentence, own: bool) -> Role:
    if sentence.section == "legend":
        return "retold" if own else "other"
    return "case" if own else "retold" if _retells(text, sentence) else "other"


def _best_run(sentences: Sequence[Sentence], marked: list[bool]) -> list[bool]:
    """Of several runs under case headings (a structured abstract has one too), keep the one that tells most."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    for index, own in enumerate([*marked, False]):
        if own and first is None:
            first = index
        elif not own and first is not None:
            runs.append((first, index))
            first = None
    best = max(runs, key=lambda run: sum(s.end - s.start for s in sentences[run[0] : run[1]]))
    return [best[0] <= index < best[1] for index in range(len(sentences))]


def _greatest_run(scores: list[float]) -> list[bool]:
    """Mark the contiguous run with the greatest sum; nothing where no sentence speaks for a case."""
    best, best_run = 0.0, (0, 0)
    total, first = 0.0, 0
    for index, score in enumerate(scores):
        if total <= 0:
            total, first = 0.0, index
        total += score
        if total > best:
            best, best_run = total, (first, index + 1)
    return [best_run[0] <= index < best_run[1] for index in range(len(scores))]


def _stretched(
    text: str, sentences: Sequence[Sentence], scores: list[float], inside: list[bool]
) -> list[bool]:
    """Stretch a run back to the sentence that introduces its patient, and on while nothing speaks against it."""
    if True not in inside:
        return inside
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    if not any(introduced(text, sentence) for sentence in sentences[first:last]):
        for back in range(first - 1, max(-1, first - 5), -1):
            if introduced(text, sentences[back]):
                first = back
                break
    while last < len(inside) and scores[last] >= _NEUTRAL:
        last += 1
    return [first <= index < last for index in range(len(inside))]


def _score(lower: str, sentence: Sentence, outside: frozenset[SectionKind]) -> float:
    """Return how much a sentence speaks for being part of a case; ``lower`` is the text in lower case.

    ``outside`` are the sections in which none is told.
    """
    start, end = sentence.start, sentence.end
    if sentence.section == "legend":
        return 0.0
    if sentence.section in outside:
        return -6.0
    score = _NEUTRAL
    for weight, sign in _FOR.possible(sentence.cues):
        if sign.search(lower, start, end):
            score += weight
    for weight, sign in _AGAINST.possible(sentence.cues):
        if sign.search(lower, start, end):
            score -= weight
    return score


def _retells(text: str, sentence: Sentence) -> bool:
    if sentence.section in ("back matter", "introduction", "title"):
        return False
    lower = lowered(text)
    return sentence.has(lower, _OWN) is not None and not _CITED.search(lower, sentence.start, sentence.end)


def _patients(text: str, sentences: Sequence[Sentence], roles: list[Role]) -> list[Place]:
    out: list[Place] = []
    current = 0
    known: list[Person] = []
    block = -1
    told = 0
    for sentence, role in zip(sentences, roles, strict=True):
        if role == "other":
            out.append(Place(role))
            continue
        numbered = _number(text, sentence, len(known))
        if (
            role == "case"
            and numbered is None
            and sentence.has(text, _SEVERAL)
            and not introduced(text, sentence)
        ):
            out.append(Place("other"))
            continue
        if role == "retold":
            out.append(Place(role, min(numbered or 1, max(1, len(known)))))
            continue
        new_block = sentence.block != block
        block = sentence.block
        person = introduced(text, sentence)
        introduces: Person | None = None
        told += 1
        if person is not None and _is_new(text, sentence, person, known, numbered, told):
            told = 0
            known.append(person)
            current = len(known)
            introduces = person
        elif numbered and numbered <= len(known) and (new_block or len(known) > 1):
            current = numbered
        out.append(Place(role, max(1, current), introduces))
    return out


def _number(text: str, sentence: Sentence, known: int) -> int | None:
    """Return the number of the patient that a sentence or its heading names; "another patient" is the next one."""
    match = None
    if _NUMBERED.possible(sentence.cues):
        match = _NUMBERED.search(lowered(text), sentence.start, min(sentence.end, sentence.start + 160))
    if match is None and sentence.section == "case":
        match = _NUMBERED.search(sentence.heading.lower())
    if match is None:
        return _of_list(text, sentence)
    if match["another"]:
        return known + 1 if introduced(text, sentence) is not None else None
    word = match["digit"] or match["ordinal"] or ""
    return int(word) if word.isdigit() else _ORDER.get(word)


def _of_list(text: str, sentence: Sentence) -> int | None:
    """Return the number of an item that opens with a person: "2. 56-year-old man"."""
    item = (
        _ITEM.match(text, text.rfind("\n", 0, sentence.start) + 1, sentence.end) if sentence.opens else None
    )
    if item is None:
        return None
    person = introduced(text, sentence)
    return int(item[1]) if person is not None and person.start - item.end() <= 2 else None


_ITEM = re.compile(r"[ \t]{0,4}\(?([1-9])[.)][ \t]{1,3}")


def introduced(text: str, sentence: Sentence) -> Person | None:
    """Return the person that a sentence introduces, the patient's relatives left out; None where it does not."""
    for person in find_people(text, sentence.start, sentence.end, sentence.cues):
        if not _RELATIVES.search(lowered(text), max(sentence.start, person.start - 150), person.start):
            return person
    return None


def _is_new(
    text: str, sentence: Sentence, person: Person, known: list[Person], numbered: int | None, told: int
) -> bool:
    """Whether a person is another patient than those known; ``told`` sentences have been told of the last one."""
    if not known:
        return True
    if numbered is not None and numbered > len(known):
        return True
    if _GROWN.search(text, max(sentence.start, person.start - 30), person.start):
        return False
    last = known[-1]
    if person.sex is None or last.sex is None or numbered is not None:
        return False
    gap = abs((person.age_years or 0) - (last.age_years or 0))
    return (
        person.sex != last.sex
        or gap > _AGE_GAP
        or (gap >= 1 and told >= _STORY and _opens_case(text, sentence, person))
    )


def _opens_case(text: str, sentence: Sentence, person: Person) -> bool:
    """Whether a paragraph begins with somebody who presents: "A 56-year-old man was admitted with"."""
    return (
        sentence.opens
        and person.start - sentence.start <= _AT_ONCE
        and _ONE_MORE.match(text, sentence.start) is not None
        and _PRESENTS.search(text, person.end, min(sentence.end, person.end + 80)) is not None
    )


_GROWN = re.compile(
    r"\b(?:now|then|currently|already|by then|meanwhile)\s(?:an?\s)?$|\bthe patient,\s(?:an?\s)?$",
    re.IGNORECASE,
)
"""What stands before a patient's later age: "the patient, now a 66-year-old man"."""
_ONE_MORE = re.compile(r"(?:An?|Another)\s")
_PRESENTS = re.compile(
    r"\b(?:present(?:ed|ing|s)|admitted|referred|complain(?:ed|ing)|consulted|visited|noticed|was found|came|attended"
    r"|seen)\b"
)
_AT_ONCE = 40
"""Characters before somebody with whom a paragraph begins."""
_STORY = 4
"""Sentences of a patient after which a paragraph may begin with another."""
