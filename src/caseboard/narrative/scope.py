"""Which sentences tell of which patient, and which are introduction, discussion, literature or other people.

Headings decide where the text has them. Where it has none, the case is the contiguous run of sentences with the
greatest evidence of telling one patient's story, found as a maximum-sum run (Kadane; linear time): a sentence speaks
for the case by "the patient", by dates and sizes, by verbs of examination in the past; and against it by citations,
by "patients" and percentages of them, and by general statements in the present.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseboard.narrative.dated_notes import is_dated_note
from caseboard.narrative.document import SectionKind, Sentence
from caseboard.narrative.patterns import Table, lowered, pattern
from caseboard.narrative.people import names_somebody
from caseboard.narrative.specimens import is_specimen_report
from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.narrative.which_patient import Place, Role, introduced, patients_of

__all__ = ["place_sentences"]


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
    r"[\[(e](?:(?<!e)\d(?:(?<=[a-z)][\[(]\d)|(?<=[a-z)] [\[(]\d)(?<![/dm]l [\[(]\d)(?<!m[gm] [\[(]\d))"
    r"\d{0,2}(?:\s?[,–-]\s?\d{1,3}){0,8}[\])]"
    r"|(?<=\be)t al(?![a-z]))"
)
"""References in brackets, and "et al"; behind a unit stands a normal range: "118 mmol/L (135-145)"."""
_FOR = Table(
    (
        (
            1.6,
            pattern(
                r"\bwhether\b[^.;]{5,260}\b(?:is|are)\s(?:now\s|currently\s)?(?:being|to be)"
                r"\s(?:discussed|decided|considered|debated)\b"
            ),
        ),
        (
            3.0,
            pattern(
                r"\b(?:present(?:ed|ing)|admitted|referred|complain(?:ed|ing)|consulted|visited|noticed"
                r"|was found to have|came (?:to|with|because|for a)"
                r"|attended|(?<!is\s)(?<!are\s)(?<!be\s)evaluated)\b"
            ),
        ),
        (1.2, pattern(r"\b(?:the patient|this patient|patient was|pt)\b")),
        (
            1.2,
            pattern(r"\b(?:the patient|he|she)\s(?:[a-z]{4,12}\s)?(?:died|passed away|expired|succumbed)\b"),
        ),
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
                r"\b(?:(?<!both )(?<!the two )(?<!all three )patients|cases|studies|literature|trials|series"
                r"|(?<!enrolled in )(?<!entered )(?<!into )(?:the|an?) (?:[a-z0-9-]{2,14} ){1,3}trial"
                r"(?! was (?:discussed|offered|declined|considered))"
                r"|authors|(?<!he )(?<!patient )reported (?:that|to)"
                rf"|reported in(?! (?:(?:early|late|mid)[ -])?{MONTH_BEGINS})"
                r"|reported by(?! (?:our|her|his|dr)\b| (?:the |an? )?(?:[a-z]{3,12} )?(?:radiolog|patholog"
                r"|laborator|patient))"
                r"|(?<!\n)reports|ha(?:s|ve) been reported"
                r"|cohort|meta-analysis|guidelines?)\b"
            ),
        ),
        (
            1.8,
            pattern(
                r"\b(?:is|are) (?:a|an|the|very|extremely|often|usually|generally|typically|most|more|thought"
                r"|considered|known"
                r"|currently(?! (?:on|off|receiving|taking|under|well|alive|in|being treated|stable|free)\b)"
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
_ANNOUNCES = pattern(
    r"\b(?:we|to|herein|here(?:by)?,?|authors|report|article|paper)\s(?:[a-z]{2,10},?\s){0,3}?(?:present|report"
    r"|describe)s?\s"
    r"(?:here\s|on\s)?(?:an?|the|our|one)\s(?:[a-z-]{2,20}\s){0,4}?cases?\b",
    re.IGNORECASE,
)
"""What announces the case of an article before the patient is introduced."""
_CITED = re.compile(rf"{_CITATION}|[a-z]\.\d{{1,3}}(?:[,–-]\d{{1,3}}){{0,6}}$")
_SALUTATION = re.compile(
    r"^[ \t]{0,8}(?:dear (?:dr|prof|colleague|doctor|sir|madam|mr|mrs|ms)\b|re:|to whom it may concern"
    r"|(?:patient(?: name| id)?|name|dob|mrn|date of birth):|(?:dob|d\.o\.b\.|date of birth) \d)",
    re.MULTILINE,
)
"""How a letter about a patient opens."""
_CONCLUDES = re.compile(r"conclusion|comments?\b|note\b|interpretation", re.IGNORECASE)
"""Under which heading a pathologist's report has its diagnosis."""


_TOLD_BY_OTHERS = pattern(
    r"\b(?:treated|operated|reported|described|seen|published)\sby\s[A-Z][\w'’-]{1,20}(?:\s(?:and"
    r"|&)\s[A-Z][\w'’-]{1,20})?"
    r"\s(?:et al(?![a-z])|and (?:colleagues|co-?workers))"
    r"|\b(?:et al(?![a-z])\.?|and (?:colleagues|co-?workers|associates|coll\.))[\d,–-]{0,6}\s(?:[a-z]{2,12}\s){0,2}?"
    r"(?:reported|described|presented|observed|published|documented|treated|recorded|reviewed|analy[sz]ed)\b"
    r"|\b(?:in|from)\s(?:an?|one|another|the\s(?:largest|first|only|published|original))\s(?:[a-z-]{2,16}\s){0,4}?"
    r"(?:series|cohort|registry|study|trial|report|review|analysis|publication|literature)\b[^.;]{0,40}?,\s"
    r"(?:an?|one|two|another)\s(?:[\w-]{1,16}\s){0,3}(?:infant|child|toddler|boy|girl|teenager|adolescent|man|woman"
    r"|adult"
    r"|patient|case|newborn)s?\b",
    re.IGNORECASE,
)
"""How the cases of others are told: "Smith et al described a 63-year-old man"."""


def place_sentences(text: str, sentences: Sequence[Sentence]) -> list[Place]:
    """Return the place of each sentence, in order."""
    roles: list[Role] = [
        "other"
        if role == "case" and sentence.has(text, _TOLD_BY_OTHERS) and not sentence.has(text, _OWN)
        else role
        for role, sentence in zip(
            _announced(text, sentences, _roles(text, sentences)), sentences, strict=True
        )
    ]
    return patients_of(text, sentences, _without_cited(text, sentences, roles))


def _without_cited(text: str, sentences: Sequence[Sentence], roles: list[Role]) -> list[Role]:
    """Return the roles, the patients of others that a text compares its own with left out: "The first [1], a woman".

    What follows in the paragraph is told of them, up to a sentence that speaks of the own patient.
    """
    out: list[Role] = []
    told: list[Sentence] = []
    own = False
    cited = -1
    for sentence, role in zip(sentences, roles, strict=True):
        if role != "case":
            out.append(role)
            continue
        if _is_of_cited(text, sentence):
            own = own or any(introduced(text, before) for before in told)  # each is looked at once
            told.clear()
            if own:
                cited = sentence.block
        elif cited != sentence.block or sentence.has(text, _OWN):
            cited = -1
        told.append(sentence)
        out.append("other" if cited == sentence.block else role)
    return out


def _is_of_cited(text: str, sentence: Sentence) -> bool:
    """Whether a sentence introduces a patient of a reference."""
    if _CITES.search(text, sentence.start, sentence.end) is None:
        return False
    person = introduced(text, sentence)
    return person is not None and (
        _CITED_BEFORE.search(text, sentence.start, person.start) is not None
        or _CITED_AT_ONCE.match(text, person.end, sentence.end) is not None
    )


_CITES = re.compile(r"[\[(]\d{1,3}|\bet al\b")
_CITED_BEFORE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|other|one|former|latter|patient|case|report)s?\b[^.;]{0,30}?"
    r"(?:\[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,4}\]|\(\d{1,3}\)|\bet al\.?)[^.;]{0,24}$"
)
"""What stands before a patient whom others have reported: "The first [1], a 71-year-old woman"."""
_CITED_AT_ONCE = re.compile(r"(?:\s(?:patient|case))?\s?\[\d{1,3}\]")


def _roles(text: str, sentences: Sequence[Sentence]) -> list[Role]:
    sections = {sentence.section for sentence in sentences}
    under_heading = "case" in sections
    if under_heading:
        inside = _best_run(sentences, [s.section not in _OUTSIDE and s.section != "body" for s in sentences])
        under_heading = not _is_summary(text, sentences, inside)
    if under_heading:
        pass
    elif is_specimen_report(text):
        inside = [s.section not in _OUTSIDE or _CONCLUDES.match(s.heading) is not None for s in sentences]
    elif _is_note(text, sentences) or (not names_somebody(text) and is_dated_note(text)):
        inside = [s.section not in _OUTSIDE or _sums_up(s) for s in sentences]
    else:
        lower = lowered(text)
        outside = _not_read(text, sentences)
        scores = [_score(lower, sentence, outside) for sentence in sentences]
        inside = _greatest_run(scores)
        if not any(inside):  # an abstract alone
            scores = [_score(lower, sentence, _OUTSIDE - {"abstract"}) for sentence in sentences]
            inside = _greatest_run(scores)
        inside = _stretched(text, sentences, scores, inside)
        if any(inside) and sum(score < _GENERAL for score in scores) * _FEW <= len(scores):
            inside = [True] * len(sentences)
    return [_role(text, s, own) for own, s in zip(inside, sentences, strict=True)]


def _not_read(text: str, sentences: Sequence[Sentence]) -> frozenset[SectionKind]:
    """Return the sections in which no case is looked for, where none has a heading that is known.

    An introduction is one of them only where the patient is introduced outside of it: the heading of the case may be
    one that nobody knows, or lost with the lines of the text.
    """
    begun = False
    for sentence in sentences:
        begun = begun or sentence.section == "introduction"
        told = sentence.section not in _OUTSIDE and sentence.section != "case"  # which a summary has as well
        if begun and told and introduced(text, sentence) is not None:
            return _OUTSIDE | {"case"}
    return (_OUTSIDE - {"introduction"}) | {"case"}


def _is_summary(text: str, sentences: Sequence[Sentence], inside: list[bool]) -> bool:
    """Whether the heading of a case is that of a structured abstract, and the case itself has lost its own."""
    told = [sentence for sentence, own in zip(sentences, inside, strict=True) if own]
    if not told or told[-1].end - told[0].start > _LONGEST_SUMMARY:
        return False
    behind = [s for s in sentences if s.start > told[-1].start and s.section in ("introduction", "body")]
    at = next(
        (
            i
            for i, s in enumerate(behind)
            if introduced(text, s) is not None and s.has(text, _TOLD_BY_OTHERS) is None
        ),
        None,
    )
    return at is not None and behind[-1].end - behind[at].start > told[-1].end - told[0].start


_LONGEST_SUMMARY = 1500
"""Characters that the case takes in a structured abstract."""


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
    if len(headings) >= 2:
        return True
    return not outside and (
        _SALUTATION.search(lowered(text), 0, 2000) is not None or (len(text) < _SHORT and is_dated_note(text))
    )


_SHORT = 4000
"""Characters of a note below which its dates at the heads of lines say that all of it is about one patient."""


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
