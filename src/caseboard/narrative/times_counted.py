"""Times that a sentence counts from something: lengths ("three weeks after surgery"), counted days ("on day 8")."""

from __future__ import annotations

import re

from caseboard.narrative import time_patterns as written
from caseboard.narrative.counted_days import COUNTED, LONGEST_CYCLE
from caseboard.narrative.patterns import Cues
from caseboard.narrative.span_rules import DAY_OF_CYCLE, DAYS_OF_A_MONTH, ORDINALS, SPAN_RULES, Anchor
from caseboard.narrative.time_words import (
    BEHIND_UNIT,
    COMPOUND_AFTER,
    COMPOUND_BEFORE,
    COUNT_BEFORE,
    ONE_AFTER,
    THE_ONE,
    UNIT,
    count_of,
    ordinal_of,
    unit_of,
)
from caseboard.narrative.times_found import TimesFound
from caseboard.terms.drugs import is_drug

__all__ = ["read_counted", "read_fixed", "read_ordinals", "read_spans"]

_WEEKS_OF_A_FORTNIGHT, _HOURS_OF_A_DAY = 2, 24
_OF_GESTATION = re.compile(r"['’]?\s(?:of\s)?(?:gestation|gestational|pregnan|amenorrh)")
"""What makes a length the age of a pregnancy, which counts from nothing that the story tells."""
_BEFORE_BIRTH = re.compile(
    r"\b(?:ante-?natal|pre-?natal|f(?:o)?etal|in utero|obstetric|born|delivered|pre-?term)\b[^.;]{0,40}\bat\s(?:about\s"
    r"|approximately\s)?$"
)
"""The same before it: "an antenatal scan at 34 weeks", "born at 38 weeks"."""
_OF_A_DOSE = re.compile(
    r"\b(?:mg|g|mcg|µg|iu|mu|units?|m2|m²|kg|auc\s?\d)\b(?:(?!\b(?:was|were|had)\b)[^.;]){0,30}$"
)
_DAY_ONE = re.compile(r"\b(?:on )?(?:days?|d) ?1\b(?! of\b)")
"""What makes the days of a sentence those on which a drug is given."""
_IN_A_LATER_CYCLE = re.compile(
    r"\b(?:(?:second|third|fourth|fifth|sixth|last|next|each|every|[2-9](?:nd|rd|th))\s(?:cycles?|courses?|blocks?)"
    r"|(?:cycles?|courses?|c)\s?[2-9])\b[^.;]*$"
)
_SAME_CLAUSE = 90
_PARTS = {("y", "m"): 12, ("y", "w"): 52, ("m", "w"): 30 / 7, ("m", "d"): 30, ("w", "d"): 7, ("y", "d"): 365}
"""How many of the second unit are one of the first: "2 years and 6 months"."""


_COUNTED_FROM = re.compile(r"\b(?:after|before|from|since)\s(?:the\s)?$")


def read_counted(sentence: TimesFound) -> None:
    """Read the days, weeks and months of a text that counts them from the first presentation: "W21"."""
    for match in COUNTED.finditer(sentence.lower, sentence.start, sentence.end):
        letter = match["letter"]
        if letter and not sentence.text[match.start("letter")].isupper():
            continue  # the day of a cycle: "d8"
        amount = float(match["count"] or match["figure"])
        if not amount and sentence.before(_COUNTED_FROM, match.start(), 10) is not None:
            continue  # "30 months after day 0"
        begins = amount > LONGEST_CYCLE and match[0].startswith(("from", "since"))
        if begins or not _is_of_a_schedule(sentence, match.start()):
            sentence.relative(*match.span(), "presentation", amount, match["unit"] or letter)


def read_spans(sentence: TimesFound, cues: Cues) -> None:
    """Read the lengths of time that hang on something: "three weeks after the operation"."""
    for unit in UNIT.finditer(sentence.lower, sentence.start, sentence.end):
        count = _count_before(sentence, unit)
        amount = count_of(count["count"]) if count else 0.0
        if count is None or amount <= 0 or COMPOUND_AFTER.match(sentence.lower, unit.end(), sentence.end):
            continue
        tail = BEHIND_UNIT.match(sentence.lower, unit.end(), sentence.end)
        if (
            tail is None
            or _OF_GESTATION.match(sentence.lower, unit.end(), sentence.end)
            or _BEFORE_BIRTH.search(sentence.lower, max(sentence.start, count.start() - 70), count.start())
        ):
            continue
        amount = _in_its_unit(amount + (0.5 if tail["half"] else 0.0), unit["unit"])
        if not amount:
            continue
        whole = sentence.before(COMPOUND_BEFORE, count.start(), 24)
        if whole is not None:
            amount += count_of(whole["count"]) * _PARTS.get((whole["unit"][0], unit["unit"][0]), 0)
        again = bool(count["again"] or count["more"]) or count["count"] in ("another", "a further")
        for rule, behind in SPAN_RULES.possible(cues):
            after = behind.match(sentence.lower, tail.end(), sentence.end)
            if after is None or (rule.again and not again):
                continue
            before = sentence.before(rule.before, count.start(), 40) if rule.before else None
            if rule.required and before is None:
                continue
            if rule.drug and not is_drug(after["drug"]):
                continue
            first = before.start() if before else count.start()
            signed = -amount if rule.backward else amount
            groups = after.groupdict()
            sentence.relative(
                first,
                after.end(),
                rule.anchor,
                signed,
                unit["unit"],
                event=groups.get("event") or "",
                first_event=groups.get("first") is not None,
                this_event=groups.get("this") is not None,
            )
            break


def _count_before(sentence: TimesFound, unit: re.Match[str]) -> re.Match[str] | None:
    """Return the count before a unit; "the day after the biopsy" is one."""
    count = sentence.before(COUNT_BEFORE, unit.start(), 48)
    if count is None and ONE_AFTER.match(sentence.lower, unit.end(), sentence.end):
        return sentence.before(THE_ONE, unit.start(), 5)
    return count


def read_ordinals(sentence: TimesFound, cues: Cues) -> None:
    """Read counted days, weeks and months ("on the tenth postoperative day", "at week 6 of treatment")."""
    for (way,) in ORDINALS.possible(cues):
        for match in way.finditer(sentence.lower, sentence.start, sentence.end):
            groups = match.groupdict()
            if groups.get("count2"):
                groups |= {name: groups[f"{name}2"] for name in ("begun", "unit", "count")}
            amount, anchor = ordinal_of(groups["count"] or ""), _ordinal_anchor(groups)
            if groups.get("begun") is not None and (
                _is_of_a_schedule(sentence, match.start()) or _is_of_a_later_cycle(sentence, match)
            ):
                continue
            if amount and anchor is not None:
                less = 1 if anchor == "admission" else 0
                unit = groups["unit"] or "day"
                counted = unit_of(unit) == "day" and groups.get("transplanted") is None
                sentence.relative(*match.span(), anchor, float(amount - less), unit, counted=counted)
    if DAY_OF_CYCLE.possible(cues):
        for match in DAY_OF_CYCLE.finditer(sentence.lower, sentence.start, sentence.end):
            begun = f"c{match['cycle']}d1"
            sentence.relative(*match.span(), "event", float(match["day"]) - 1, "day", event=begun)
    for (way,) in DAYS_OF_A_MONTH.possible(cues):
        for match in way.finditer(sentence.lower, sentence.start, sentence.end):
            groups = match.groupdict()
            months = 0.0 if groups.get("which") in ("same", "that", None) else 1.0
            sentence.relative(*match.span(), "now", months, "month", day=int(match["day"]))


def _is_of_a_schedule(sentence: TimesFound, position: int) -> bool:
    """Whether a day is one on which a drug is given: "75 mg/m2 on day 8", "given on day 1 and on day 8"."""
    return (
        sentence.before(_OF_A_DOSE, position, 50) is not None
        or _DAY_ONE.search(sentence.lower, sentence.start, position) is not None
    )


def _is_of_a_later_cycle(sentence: TimesFound, match: re.Match[str]) -> bool:
    """Whether a day is one of a cycle named before it, whose first day is not told: "the second cycle ... on day 4"."""
    count = ordinal_of(match["count"] or "") or 0.0
    cycle = sentence.before(_IN_A_LATER_CYCLE, match.start(), _SAME_CLAUSE)
    return cycle is not None and count <= LONGEST_CYCLE


def read_fixed(sentence: TimesFound, cues: Cues) -> None:
    """Read the expressions of a fixed form: "the same day", "POD 5", "on admission"."""
    for name, way in written.FIXED.possible(cues):
        for match in way.finditer(sentence.lower, sentence.start, sentence.end):
            groups = match.groupdict()
            unit = groups.get("unit") or groups.get("unit2") or groups.get("unit3") or "day"
            if name == "day of surgery":
                sentence.relative(*match.span(), "surgery", float(match["count"]), unit)
            elif name == "day of life":
                sentence.relative(*match.span(), "birth", float(match["count"] or match["count2"]), "day")
            elif name == "age":
                sentence.relative(*match.span(), "birth", float(match["count"]), "year")
            elif name == "yesterday":
                sentence.relative(*match.span(), "written", -1.0, "day")
            elif name == "of surgery":
                sentence.relative(*match.span(), "surgery", 0.0, unit)
            else:
                sentence.relative(
                    *match.span(),
                    name if name in ("presentation", "admission", "written") else "now",
                    {"next": 1.0, "before": -1.0}.get(name, 0.0),
                    unit,
                    calendar=unit == "year",
                )


def _in_its_unit(amount: float, unit: str) -> float:
    """Return a count of fortnights in weeks, of hours in whole days (0 where they are none)."""
    if unit[0] == "f":
        return amount * _WEEKS_OF_A_FORTNIGHT
    return amount // _HOURS_OF_A_DAY if unit[0] == "h" else amount


def _ordinal_anchor(groups: dict[str, str | None]) -> Anchor | None:
    """Return what a counted day, week or month hangs on; a bare day at the head of a clause, on what was begun last."""
    if groups.get("begun") is not None:
        return "follow-up"
    if groups.get("transplanted") is not None:
        return "transplant"
    if groups.get("operated"):
        return "surgery"
    if groups.get("admitted"):
        return "admission"
    if drug := groups.get("drug"):
        return "treatment" if is_drug(drug) else None
    if groups.get("started"):
        return "start"
    if groups.get("treated"):
        return "treatment"
    return "now" if groups["unit"] == "day" else "mark"
