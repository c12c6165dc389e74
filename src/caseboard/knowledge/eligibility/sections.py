"""The free text of eligibility cut into criteria: what is asked for, what excludes, and what a line stands under.

A line that stands under another belongs to it. Where the line above does no more than open a list ("adequate organ
function, as defined by:
    ") each line below is a criterion of its own; where it says something itself ("prior malignancy,
except:", "female patients who:") the two are one criterion, which is quoted whole. A heading that speaks of some
patients only ("Cohort B:") stands before each line below it, and these are quoted too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from caseboard.knowledge.eligibility.statements import statements_of
from caseboard.knowledge.eligibility.topics import topic_of
from caseboard.knowledge.trial_shapes import AnyCriterion, Expression, TrialCriterion

__all__ = ["criteria_of_lines", "criteria_of_text"]

MOST_LINES = 2000
_MOST_CHARACTERS = 4000
_BULLET = re.compile(r"(\s{0,40})([*•·●◦▪-]|\(?\d{1,2}[.)]|\(?[a-h][.)])\s{1,5}")
_NUMBER = re.compile(r"^\s{0,3}(?:\d{1,2}[.)](?!\d)\s{0,3}|\.\s)")
_INDENT = re.compile(r"\s{0,40}")
_ESCAPE = re.compile(r"\\([\\<>\[\]^*~_#()+.=&|-])")
_HEADING = re.compile(
    r"\W{0,5}(?:(?:main|key|major|general|core|additional|study|patient|subject|participant)\s)?"
    r"(?P<kind>inclusion|exclusion|non-?inclusion)(?:\scriteri(?:a|on))?(?P<rest>[^:]{0,60}?)\s?[:：.-]?\s?$",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"\W{0,5}(?:key\s)?(?P<kind>inclusion|exclusion|non-?inclusion) criteria\s?[:：]\s?", re.IGNORECASE
)
_OF_EVERYBODY = re.compile(r"\W{0,5}(?:\((?:all|for all|general)[^()]{0,40}\))?\W{0,5}", re.IGNORECASE)
_OPENING = """
patient patients subject subjects participant participants must should have has need meet met fulfil fulfill
satisfy all of the following criteria any one or more adequate acceptable sufficient normal good proper organ
organs bone marrow hepatic liver renal kidney hematologic hematological haematologic haematological hematology
hematopoietic function functions functioning reserve status laboratory lab labs values value parameters tests
test results requirements as defined determined by below follows follow be in to indicated evidenced
demonstrated shown assessed within days prior before enrollment enrolment registration randomization
randomisation screening study treatment at baseline time and this are is a an with who inclusion exclusion for
enrolled entry conditions coagulation cardiac biochemistry biochemical blood chemistry major main level levels
including includes meeting eligible eligibility presence system systems first dose drug initiation standards
standard indicators hematologic: routine examination serum limits applicable must: not if would will excluded
from participation ineligible history
"""
_OPENS = frozenset(_OPENING.split())
_ONE_OF = re.compile(r"\b(?:one (?:or more )?of|any (?:one )?of|either)\b", re.IGNORECASE)
_NOT_ALL = re.compile(r"\ball of the\b", re.IGNORECASE)
_ENDS_WITH_OR = re.compile(r"[,;\s](?:and/)?or\W{0,2}$", re.IGNORECASE)


class _Item(msgspec.Struct):
    """A line: its words, how far it is indented, the section and the heading that it stands under, lines below it."""

    words: str
    indent: int
    exclusion: bool
    under: str
    below: list[_Item] = []
    heading: bool = False


def criteria_of_text(text: str) -> Iterator[Expression]:
    """Yield the criteria of a whole text of eligibility, in its order."""
    for item in _items(text):
        yield from _criteria(item)


def criteria_of_lines(lines: Iterable[str]) -> Iterator[Expression]:
    """Yield each line as a criterion that is asked for."""
    for line in lines:
        if line.strip():
            yield _criterion(_plain(line), "", exclusion=False)


def _plain(line: str) -> str:
    """Return a line as it is read on the registry's page, without the marks of its markup."""
    return " ".join(_ESCAPE.sub(r"\1", line).split())


def _items(text: str) -> list[_Item]:
    roots: list[_Item] = []
    open_items: list[_Item] = []
    exclusion, under = False, ""
    for line in text.splitlines()[:MOST_LINES]:
        bullet = _BULLET.match(line)
        words = _plain(_NUMBER.sub("", line[bullet.end() :]) if bullet else line)
        if not words:
            continue
        heading = _heading(words)
        if heading is not None:
            exclusion, under, words = heading
            open_items = []
            if not words:
                continue
        indent = len(bullet[1]) + 1 if bullet else len((_INDENT.match(line) or [""])[0])
        item = _Item(words, indent, exclusion, under, [])
        while open_items and open_items[-1].indent >= indent:
            open_items.pop()
        if not bullet and indent == 0 and words.endswith((":", "：")):
            under = "" if _only_opens(words, exclusion=exclusion) else words
            open_items = []
            if not under:
                continue
            roots.append(_Item(words, indent, exclusion, "", [], heading=True))
            continue
        (open_items[-1].below if open_items else roots).append(item)
        open_items.append(item)
    following = [*roots[1:], None] if roots else []
    return [item for item, after in zip(roots, following, strict=True) if not _is_told_below(item, after)]


def _is_told_below(item: _Item, after: _Item | None) -> bool:
    """Whether a heading stands before the lines below it, so that it need not stand alone."""
    return item.heading and after is not None and after.under == item.words


def _heading(words: str) -> tuple[bool, str, str] | None:
    """Return the section that a line opens, whom it speaks of, and words that follow on the line."""
    headed = _HEADED.match(words)
    if headed is not None and headed.end() < len(words):
        return headed["kind"].casefold() != "inclusion", "", words[headed.end() :]
    found = _HEADING.fullmatch(words)
    if found is None:
        return None
    rest = found["rest"]
    if not words.rstrip().endswith((":", "：")) and rest.strip() and "criteri" not in words.casefold():
        return None
    everybody = _OF_EVERYBODY.fullmatch(rest) or _only_opens(rest, exclusion=True)
    return found["kind"].casefold() != "inclusion", "" if everybody else words, ""


def _only_opens(words: str, *, exclusion: bool) -> bool:
    """Whether a line does no more than open the list below it."""
    told = [word for word in re.findall(r"[a-z]+", words.casefold()) if len(word) > 1 or word == "a"]
    negative = {"not", "excluded", "ineligible"} & set(told)
    return all(word in _OPENS for word in told) and (exclusion or not negative)


def _criteria(item: _Item) -> Iterator[Expression]:
    if not item.below:
        under = item.words if item.heading else item.under
        yield _criterion(item.words, under, exclusion=item.exclusion, under_told=item.heading)
        return
    opens = _only_opens(item.words, exclusion=item.exclusion) and not (
        item.exclusion and _NOT_ALL.search(item.words)
    )
    if not opens or item.under:
        yield _criterion(_whole(item), item.under or item.words, exclusion=item.exclusion, under_told=True)
        return
    parts = tuple(found for below in item.below for found in _criteria(below))
    alternatives = _ONE_OF.search(item.words) or any(
        _ENDS_WITH_OR.search(below.words) for below in item.below
    )
    if alternatives and not item.exclusion and len(parts) > 1:
        yield AnyCriterion(parts)
    else:
        yield from parts


def _whole(item: _Item) -> str:
    """Return a line with all that stands below it, on one line."""
    below = "; ".join(_whole(each) for each in item.below)
    return f"{item.words} {below}" if below else item.words


def _criterion(words: str, under: str, *, exclusion: bool, under_told: bool = False) -> TrialCriterion:
    text = words if under_told or not under else f"{under} {words}"
    cut = len(text) > _MOST_CHARACTERS
    if cut:
        text = text[: _MOST_CHARACTERS - 1] + "…"
    statements = () if under or cut else statements_of(text)
    return TrialCriterion("text", (), text, exclusion, statements, topic_of(text))
