"""Which patient each sentence of a case tells of, where a text tells of several.

Patients are known by a number, a letter, a name or an item of a list, by "another patient", or by a paragraph that
begins with somebody else who presents; whoever is told of then is the one introduced last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec

from caseboard.narrative.document import Sentence
from caseboard.narrative.kin_words import KIN, MAN_AMONG, WOMAN_AMONG
from caseboard.narrative.patterns import lowered, pattern
from caseboard.narrative.people import Person, Sex, find_people

__all__ = ["Place", "Role", "introduced", "patients_of"]

Role = Literal["case", "retold", "other"]

_NUMBERED = pattern(
    r"\b(?:patient|case|pt)\s(?:reports?\s|presentation\s|no\.?\s?|number\s|#\s?)?"
    r"(?P<digit>[1-9]|one|two|three|four|five|iii|ii|iv|[a-div](?=[:.](?:\s|$)|$|\s\())\b"
    r"(?![-/]|[.,]\d|\s?(?:mg|g|mm|cm|ml|%|days?|weeks?|months?|years?|cycles?|doses?)\b)"
    r"|\b(?:the|our|an?)\s(?P<ordinal>first|second|third|fourth|fifth)\s(?:patient|case)\b"
    r"|\b(?P<another>another)\s(?:patient|case|man|woman|boy|girl)\b"
)
_SEVERAL = pattern(
    r"\b(?:we|herein|here(?:by)?,?)\b[^.;]{0,30}\b(?:present|report|describe|illustrate|discuss)\s(?:on\s|here\s)?"
    r"(?:two|three|four|five|six|[2-9]|several)\s(?:[\w-]{2,20}\s){0,3}?(?:cases|patients)\b"
    r"|\b(?:the\s)?cases\sof\s(?:two|three|four|five|[2-9])\spatients\b[^.;]{0,160}\b(?:is|are)\s(?:presented"
    r"|reported|described)\b",
    re.IGNORECASE,
)
"""What announces several cases together: nothing of it is told of one of them."""
_LIKE_OURS = pattern(
    r"\b(?:an?|another|one|two|three|several)\s(?:very\s)?(?:similar|comparable|analogous|identical)\s(?:cases?"
    r"|patients?)\s(?:of|in|with)\b",
    re.IGNORECASE,
)
"""What tells of somebody whom others have reported: "a similar case of a 29-year-old lady"."""
_ORDER = {
    **{word: number for number, word in enumerate(("one", "two", "three", "four", "five"), start=1)},
    **{word: number for number, word in enumerate(("first", "second", "third", "fourth", "fifth"), start=1)},
    **{word: number for number, word in enumerate(("i", "ii", "iii", "iv", "v"), start=1)},
    **{word: number for number, word in enumerate("abcd", start=1)},
}
_RELATIVES = re.compile(
    rf"\b(?:{KIN})\b[^.]{{0,40}}$|\b(?:patient|his|her)(?:['’]s)?\s(?:{KIN})\b,?\swho\b[^.]{{0,110}}$"
)
"""Who stands before somebody else than the patient.

In the singular, for several may be the patients ("two sisters, a girl of 12 and a girl of 15"), and without spouses,
who come along ("seen with his wife, 62-year-old man").
"""
_AGE_GAP = 10
"""Years by which two people of one sex differ for certain: reports round ages and tell them at different times."""


class Place(msgspec.Struct, frozen=True):
    """What a sentence is for the reader: part of a patient's case, the case retold elsewhere, or something else."""

    role: Role
    patient: int = 1
    introduces: Person | None = None
    also: tuple[int, ...] = ()
    """The other patients of whom it is told as well: "both patients received"."""


def patients_of(text: str, sentences: Sequence[Sentence], roles: list[Role]) -> list[Place]:
    """Return the place of each sentence, in order: its role and the number of the patient that it tells of."""
    out: list[Place] = []
    current = 0
    known: list[Person] = []
    names: dict[str, int] = {}
    block = -1
    last_heading = ""
    told = 0
    lengths = Counter(
        sentence.block for sentence, role in zip(sentences, roles, strict=True) if role == "case"
    )
    for sentence, role in zip(sentences, roles, strict=True):
        if role == "other" or _is_of_others(text, sentence, role, len(known)):
            out.append(Place("other"))
            continue
        numbered = _number(text, sentence, len(known))
        if role == "retold":
            out.append(Place(role, min(numbered or 1, max(1, len(known)))))
            continue
        new_block = sentence.block != block
        block = sentence.block
        heading, last_heading = sentence.heading != last_heading, sentence.heading
        if len(known) > 1 and numbered is None and (many := sentence.has(text, _TOGETHER)) is not None:
            all_of_them = _is_all(text, sentence, many, len(known))
            out.append(
                Place(role, 1, None, tuple(range(2, len(known) + 1))) if all_of_them else Place("other")
            )
            continue
        person = introduced(text, sentence)
        introduces: Person | None = None
        told += 1
        if known and person is None and lengths[sentence.block] >= _STORY_OF_RELATIVE:
            person = _relative_told_of(text, sentence)
            numbered = len(known) + 1 if person is not None else numbered
        name = _name(text, sentence)
        strange = person is not None and bool(names) and name is not None and name not in names
        if name in names:
            current = names[name]
        if person is not None and (strange or _is_new(text, sentence, person, known, numbered, told)):
            if name is not None:
                names[name] = len(known) + 1
            told = 0
            known.append(person)
            current = len(known)
            introduces = person
        elif numbered and numbered <= len(known) and (new_block or len(known) > 1):
            current = numbered
        elif (
            person is None
            and numbered == len(known) + 1
            and _opens_next(text, sentence, known, heading=heading)
        ):
            told = 0
            known.append(Person(sentence.start, sentence.start, None, None))
            current = numbered
        elif person is not None and current and _is_nobody_yet(known[current - 1]):
            known[current - 1] = introduces = person
        out.append(Place(role, max(1, current), introduces))
    return out


def _is_of_others(text: str, sentence: Sentence, role: Role, known: int) -> bool:
    """Whether a sentence tells of somebody whom others have reported, or announces several patients together."""
    if sentence.has(text, _LIKE_OURS) is not None:
        return True
    return (
        role == "case"
        and sentence.has(text, _SEVERAL) is not None
        and _number(text, sentence, known) is None
        and not introduced(text, sentence)
    )


def _is_nobody_yet(person: Person) -> bool:
    """Whether of a patient nothing is known but that the text has come to him or her."""
    return person.age_years is None and person.sex is None


_TOGETHER = pattern(
    r"(?:\b(?P<both>both|the two)\s|\ball\s(?:of\s(?:the|our|these)\s)?(?P<count>two|three|four|five|[2-5])\s"
    r"|\ball\s(?:the\s|our\s)?|\b(?:the|our|these)\s)(?:patients|men|women|boys|girls|children|brothers|sisters"
    r"|siblings)\b(?!['’])"
    r"|(?:^|(?<=[.;]\s)|(?<=\n))(?P<both2>both)(?=\s(?:had|have|were|are|received|developed|showed|achieved"
    r"|responded|died"
    r"|underwent|presented|remain|tolerated|started|relapsed|progressed)\b)",
    re.IGNORECASE,
)
"""What tells of the patients of a text together, whom it may call brothers or sisters."""
_NOT_ALL = re.compile(
    r"\brespectively\b|\b(?:one|some|most|half|many|none|neither|either|number|group|majority|first|second|other)\sof\s"
    r"|\b(?:if|unlike|between|compared|among|the other|one patient|in one|the (?:first|second|latter|former))\b",
    re.IGNORECASE,
)
"""What tells that not everything is said of all of them."""


def _is_all(text: str, sentence: Sentence, many: re.Match[str], known: int) -> bool:
    """Whether a sentence that names several patients together tells the same of all patients of the text."""
    word = (many["count"] or "").lower()
    count = 2 if many["both"] or many["both2"] else int(word) if word.isdigit() else _ORDER.get(word, known)
    return count == known and _NOT_ALL.search(text, sentence.start, sentence.end) is None


def _name(text: str, sentence: Sentence) -> str | None:
    """Return the name with its title that a sentence first gives: "Mr A."; None where it gives none."""
    match = sentence.has(text, _TITLED)
    return f"{match[1]} {match[2].rstrip('.')}" if match is not None else None


_TITLED = pattern(r"\b(Mr|Mrs|Ms|Miss|Herr|Frau)\.?\s{1,2}([A-Z][\w'’-]{0,20}\b)")


def _number(text: str, sentence: Sentence, known: int) -> int | None:
    """Return the number of the patient that a sentence or its heading names; "another patient" is the next one."""
    item = _ITEM_NAMED.match(text, sentence.start) if sentence.opens else None
    if item is not None:
        return int(item[1])
    ruled = _RULED.fullmatch(text, sentence.start, sentence.end) if sentence.opens else None
    if ruled is not None:
        return int(ruled[1]) if ruled[1].isdigit() else _ORDER[ruled[1].lower()]
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


_ITEM_NAMED = re.compile(
    r"(?:ITEM|Item|CASE|Case|PATIENT|Patient|No\.|#)\s?([1-9])[.:)]?\s{1,3}(?=(?:Mr|Mrs|Ms|Miss|Master|Baby"
    r"|Herr|Frau)\b)"
)
"""The line of an agenda that begins with a patient by name: "ITEM 2. Mr B."."""
_RULED = re.compile(
    r"[-–—=*#_~]{2,20}\s{0,3}(?:(?:PATIENT|Patient|CASE|Case|ITEM|Item)\s)?([1-5A-D])[.:)]?(?:\s{0,3}[-–—=*#_~]{2,20})?"
)
"""A line that parts two patients by rules: "--- A ---", "=== Case 2 ==="."""
_ITEM = re.compile(r"[ \t]{0,4}\(?([1-9])[.)][ \t]{1,3}")


_KIN = re.compile(rf"(?:{KIN})\b", re.IGNORECASE)
_OF_PATIENT = re.compile(r"\b(?:[Hh]er|[Hh]is|[Ww]hose|patient['’]s)\s(?:[a-z]{4,9}\s)?$")
"""What makes somebody a relative: "her mother, aged 62"."""


_CITED = re.compile(
    r"\b(?:literature|published|et al\.?,?)\s[^.;]{0,60}$|\b(?:his|her|their|whose)\sown\s(?:pt|patient"
    r"|case)s?\s?[(,]\s?$"
)
"""What makes somebody a patient of others: "in the literature we found a girl of 9", "his own patient (male, 66)"."""


def introduced(text: str, sentence: Sentence) -> Person | None:
    """Return the person that a sentence introduces, the patient's relatives left out; None where it does not."""
    for person in find_people(text, sentence.start, sentence.end, sentence.cues):
        before = (max(sentence.start, person.start - 150), person.start)
        kin = _KIN.match(text, person.start, person.end) and _OF_PATIENT.search(text, *before)
        if not kin and not _RELATIVES.search(lowered(text), *before) and not _CITED.search(text, *before):
            return person
    return None


def _relative_told_of(text: str, sentence: Sentence) -> Person | None:
    """Return the relative with whom a paragraph begins that tells his or her own story: "Her brother, aged 35, was"."""
    if not sentence.opens or sentence.section == "family":
        return None
    match = _RELATIVE_OPENS.match(text, sentence.start, sentence.end)
    if match is None:
        return None
    kin = match["kin"]
    sex: Sex | None = "male" if MAN_AMONG.search(kin) else "female" if WOMAN_AMONG.search(kin) else None
    people = find_people(text, sentence.start, sentence.end, sentence.cues)
    age = float(match["age"]) if match["age"] else people[0].age_years if people else None
    if age is None:
        return None
    return Person(match.start(), match.end(), age, sex or (people[0].sex if people else None))


_RELATIVE_OPENS = re.compile(
    r"(?:Her|His|The patient['’]s|An?|One)\s(?:(?:younger|older|elder|twin|paternal|maternal|first|second)\s){0,2}"
    rf"(?P<kin>{KIN}|sibling|twin)\b"
    r"(?:,?\s\(?(?:aged\s|now\s|an?\s)?(?P<age>\d{1,2})\b)?"
)
_STORY_OF_RELATIVE = 3
"""Sentences of a paragraph from which it tells the story of the relative with whom it begins."""


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


def _opens_next(text: str, sentence: Sentence, known: list[Person], *, heading: bool) -> bool:
    """Whether the next patient begins here, whoever it is."""
    return _is_told_of(text, sentence) or _begins(text, sentence, heading=heading and bool(known))


def _is_told_of(text: str, sentence: Sentence) -> bool:
    """Whether a sentence opens with one patient of several who has no age: "The second patient presented with"."""
    return _ONE_OF_SEVERAL.match(text, sentence.start, sentence.end) is not None


def _begins(text: str, sentence: Sentence, *, heading: bool) -> bool:
    """Whether a patient begins with a heading of his or her own ("Patient 2"), or with the line of an agenda.

    ``heading``: the sentence is the first under another heading than the one before, and a patient is known.
    """
    own = heading and sentence.section == "case" and _NUMBERED.fullmatch(sentence.heading.lower()) is not None
    return own or (
        sentence.opens
        and (
            _ITEM_NAMED.match(text, sentence.start) is not None
            or _RULED.fullmatch(text, sentence.start, sentence.end) is not None
        )
    )


_ONE_OF_SEVERAL = re.compile(
    r"(?:The|Our)\s(?:first|second|third|fourth|fifth)\s(?:patient|case|child|infant)\s(?:[a-z]{2,12}ly\s)?"
    r"(?:presented|had|was|came|developed|suffered|is)\b(?!\s(?:reported|described|treated|published|series))"
)
_AT_ONCE = 40
"""Characters before somebody with whom a paragraph begins."""
_STORY = 4
"""Sentences of a patient after which a paragraph may begin with another."""
