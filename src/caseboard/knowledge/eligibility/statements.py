"""A criterion's sentences as they are understood: what the rules find in them, and whether any word is left over.

Each rule claims the words that it reads. What no rule claims must be words that ask for nothing, else the sentence is
not wholly understood: it is then never passed, nor does it fail anybody. "No A or B" denies both.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import msgspec

from caseboard.knowledge.eligibility.rule import Rule, kind_of
from caseboard.knowledge.eligibility.rules import RULES
from caseboard.knowledge.eligibility.words import (
    CONNECTORS,
    EXCEPTS,
    FILLERS,
    NEGATORS,
    canonical,
    without_phrases,
)
from caseboard.knowledge.trial_shapes import Join, Requirement, Statement

__all__ = ["SNAPSHOTS", "statements_of"]

SNAPSHOTS = frozenset(
    {"age", "performance", "laboratory", "life expectancy", "pregnancy", "measurable", "one sex"}
)
"""Kinds of requirement that are about the state at enrolment, not about the past."""

_LONGEST = 1500
_MARK = "\x00"
_SENTENCE = re.compile(
    r"(?<=[a-z0-9)%\]])\.\s(?=[A-Z(])|;\s?(?!\s?(?:or\s)?[≥≤<>]|\s?(?:or |and )?(?:for|in) "
    r"(?:patients|subjects|participants|those)\b)"
    r"|\s(?=NOTE\b|Note:)"
)
_TOKEN = re.compile(rf"{_MARK}|[A-Za-zÀ-ÿµ][\w'-]*(?:/or)?|\d[\w.]*|[,/&+]|[^\s\w,.;:()\[\]\"'?!-]")
_PROTECTED = re.compile(r"\([^()]{0,400}\)")


class _Claim(msgspec.Struct):
    """What one rule read: from where to where, and what it asks for."""

    start: int
    end: int
    asked: Requirement


@functools.lru_cache(maxsize=65536)
def statements_of(text: str) -> tuple[Statement, ...]:
    """Return what is understood of a criterion, sentence by sentence; empty where nothing is."""
    plain = canonical(text[:_LONGEST])
    found = tuple(_statement(sentence) for sentence in _sentences(plain))
    if len(text) > _LONGEST:
        found = (*found, Statement((), whole=False, excepts=True))
    return found if any(statement.parts for statement in found) else ()


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; what stands in brackets does not end one."""
    held = _PROTECTED.sub(lambda found: found[0].replace(". ", ".\x01").replace(";", "\x02"), text)
    for part in _SENTENCE.split(held):
        plain = part.replace("\x01", " ").replace("\x02", ";").strip()
        if plain:
            yield plain


def _statement(sentence: str) -> Statement:
    claims = _claims(sentence)
    if not claims:
        return Statement((), whole=_asks_for_nothing(sentence), excepts=bool(EXCEPTS.search(sentence)))
    rest = _masked(sentence, claims)
    kinds = {kind_of(claim.asked) for claim in claims}
    rest = without_phrases(rest, snapshot=kinds <= SNAPSHOTS)
    excepts = bool(EXCEPTS.search(rest)) or any(_adds(inside) for inside in _PROTECTED.findall(rest))
    tokens = _TOKEN.findall(rest)
    understood = all(_is_nothing(token) for token in tokens)
    gaps = _gaps(tokens)
    if len(gaps) != len(claims) + 1:
        return Statement(tuple(claim.asked for claim in claims), "unclear", excepts=True)
    runs = _runs([claim.asked for claim in claims], gaps)
    parts, join = _denied(runs)
    # A negation behind what is asked for ("brain metastases: none") is not understood.
    clear = not NEGATORS & gaps[-1]
    return Statement(parts, join, whole=understood and not excepts and clear, excepts=excepts)


def _adds(inside: str) -> bool:
    """Whether a bracket asks for something in a sentence of its own: "(patients must have a known EGFR status)"."""
    return _MARK in inside and sum(token != _MARK for token in _TOKEN.findall(inside)) > 2


def _asks_for_nothing(sentence: str) -> bool:
    return all(_is_nothing(token) for token in _TOKEN.findall(without_phrases(sentence, snapshot=False)))


def _is_nothing(token: str) -> bool:
    folded = token.casefold()
    return token == _MARK or folded in FILLERS or folded in NEGATORS or folded in CONNECTORS


def _claims(sentence: str) -> list[_Claim]:
    """Return what the rules read, in order; where two claim the same words the rule that is listed first has them."""
    claims: list[_Claim] = []
    folded = sentence.casefold()
    for rule in RULES:
        if not any(trigger in folded for trigger in rule.triggers):
            continue
        claims.extend(_claims_of(rule, sentence, claims))
    return sorted(claims, key=lambda claim: claim.start)


def _claims_of(rule: Rule, sentence: str, taken: list[_Claim]) -> list[_Claim]:
    own: list[_Claim] = []
    for start, end, requirement in rule.find(sentence):
        if not any(start < claim.end and claim.start < end for claim in (*taken, *own)):
            own.append(_Claim(start, end, requirement))
    return own


def _masked(sentence: str, claims: list[_Claim]) -> str:
    pieces: list[str] = []
    at = 0
    for claim in claims:
        pieces.extend((sentence[at : claim.start], f" {_MARK} "))
        at = claim.end
    return "".join((*pieces, sentence[at:]))


def _gaps(tokens: list[str]) -> list[frozenset[str]]:
    """Return the words before the first claim, between each two, and after the last."""
    gaps: list[set[str]] = [set()]
    for token in tokens:
        if token == _MARK:
            gaps.append(set())
        else:
            gaps[-1].add(token.casefold())
    return [frozenset(gap) for gap in gaps]


class _Run(msgspec.Struct):
    """Things of one kind that are listed together, and the words before them."""

    asked: list[Requirement]
    before: frozenset[str]
    between: frozenset[str] = frozenset()


def _runs(asked: list[Requirement], gaps: list[frozenset[str]]) -> list[_Run]:
    runs: list[_Run] = []
    for requirement, gap in zip(asked, gaps, strict=False):
        if (
            runs
            and kind_of(requirement) == kind_of(runs[-1].asked[-1])
            and CONNECTORS & gap
            and not NEGATORS & gap
        ):
            runs[-1].asked.append(requirement)
            runs[-1].between |= gap
        else:
            runs.append(_Run([requirement], gap))
    return runs


def _listed(run: _Run, *, denied: bool) -> Requirement:
    if len(run.asked) == 1:
        one = run.asked[0]
        return msgspec.structs.replace(one, negated=one.negated != denied)
    return Requirement("list", (), denied, tuple(run.asked), _joined(run.between))


def _joined(words: frozenset[str]) -> Join:
    """Return how a list is joined: by OR, by AND, or by no more than commas, which may be either."""
    has_or, has_and = bool({"or", "nor", "and/or", "/"} & words), bool({"and", "&", "+", "plus"} & words)
    if has_or == has_and:
        return "unclear"
    return "any" if has_or else "all"


def _denied(runs: list[_Run]) -> tuple[tuple[Requirement, ...], Join]:
    """Return what is asked for, each denied or not, and how it is joined."""
    parts, denied = [], False
    for number, run in enumerate(runs):
        carried = number > 0 and "and" not in run.before and bool({"or", "nor", ",", "/"} & run.before)
        denied = bool(NEGATORS & run.before) or (denied and carried)
        parts.append(_listed(run, denied=denied))
    words = frozenset().union(*(run.before for run in runs[1:]))
    has_or, has_and = bool({"or", "nor", "and/or"} & words), "and" in words
    join: Join = "all"
    if len(parts) == 1:
        join = "one"
    elif has_or and not all(part.negated for part in parts):
        join = "unclear" if has_and else "any"
    elif has_or and has_and:
        join = "unclear"
    return tuple(parts), join
