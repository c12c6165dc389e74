"""The times of a sentence that have been found so far, and what stands around them."""

from __future__ import annotations

import re

from caseboard.narrative.patterns import Cues, pattern
from caseboard.narrative.span_rules import Anchor
from caseboard.narrative.stretches import Stretches
from caseboard.narrative.time_expression import Part, TimeExpression
from caseboard.narrative.time_words import MONTHS, unit_of
from caseboard.terms.drugs import is_drug
from caseboard.terms.drugs import lookup as lookup_drug

__all__ = ["TimesFound"]

_PARTED = pattern(r"\d[./-]\d|\d/[a-z]{3,9}/\d|[./\s-]['’]\d\d")
_FULL_YEAR = pattern(r"(?:19|20)\d\d")
_NAMED_DAY = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s)(?:the\s)?$|\bthe\s$"
)
"""What stands before a date and belongs to it: "from Thursday 13 September", "on the 13th of September"."""
_OF_A_DRUG = re.compile(
    r"(?:\s(?:of|with|on|the|her|his|oral|this|therapy|treatment|first-line"
    r"|second-line)){0,4}\s(?P<drug>[a-z][a-z0-9-]{3,24})\b"
)
_DRUG_LIKE = re.compile(r"\b[a-z][a-z0-9-]{3,24}")
_OF_IT = re.compile(r"\b(?:its|their)\b")
"""What makes a start or an end that of the drug named before: "two months after its beginning"."""
_OF_A_DRUG_ITSELF = frozenset({"start", "treatment", "course", "stop"})
"""What is told of a drug where one is named."""
_MONTH_BEFORE = (
    "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r"|spring|summer|autumn|fall|winter)\.?"
)
_HAD_BEEN = re.compile(
    r"\bhad\s(?:already\s|also\s|previously\s|last\s)?been\s(?:[a-z-]{3,20}\s){0,4}(?:on|in)\s(?:the\s)?$"
)
"""What makes a date without a year one that the story looks back on: "had been given on"."""
_UNTIL = re.compile(
    r"(?:\b(?:until|till|to|through|up to)\s{1,2}|\((?:end(?:ed|s)?|completed|finished)(?: on)?:?\s"
    rf"|(?:\b{_MONTH_BEFORE}|(?:19|20)\d\d|[./-]\d\d?)[ \t]?[-–][ \t]?|\d\d[ \t]?(?:-?>|→)[ \t]?)$"
)
"""What makes a date the end of a period: "until", "(ended", "March -"."""
_FROM_A_DAY = re.compile(r"(?<![\w.])\d{1,2}(?:st|nd|rd|th)?[ \t]?[-–][ \t]?$")
"""What makes a date that begins with its day the end of a period: "12 - 15 May 2020"."""
_NOT_UNTIL = re.compile(
    r"\b(?:not|n['’]t)\s(?:be\s|been\s)?(?:[a-z-]{3,16}\s){1,4}(?:until|till)\s{1,2}(?:the\s|early\s|late\s|mid-?\s?)?$"
)
"""What makes a time that of a beginning: "was not started until"."""
_BETWEEN = re.compile(r"\bbetween\s[^.;]{1,30}\band\s$")


class TimesFound:
    """A sentence while its times are read, with those found so far: what has been read is not read twice."""

    def __init__(self, text: str, lower: str, start: int, end: int, cues: Cues) -> None:
        self.text = text
        self.lower = lower
        self.start = start
        self.end = end
        self.found: list[TimeExpression] = []
        self.taken = Stretches()
        self.has_years = _FULL_YEAR.possible(cues) and _FULL_YEAR.search(lower, start, end) is not None
        self.has_parts = _PARTED.possible(cues) and _PARTED.search(lower, start, end) is not None

    def before(self, pattern: re.Pattern[str], position: int, reach: int) -> re.Match[str] | None:
        """Return what a pattern finds right before ``position``."""
        return pattern.search(self.lower, max(self.start, position - reach), position)

    def _bracketed(self, start: int, end: int) -> bool:
        """Whether what stands from ``start`` to ``end`` has brackets of its own."""
        return self.text[max(self.start, start - 1) : start] in ("(", "[") and self.text[end : end + 1] in (
            ")",
            "]",
        )

    def date(
        self,
        start: int,
        end: int,
        *,
        year: int | None,
        month: int | None = None,
        day: int | None = None,
        day_or_month: tuple[int, int] | None = None,
        part: Part = "",
        until: bool = False,
        years_on: int | None = None,
        last_day: int | None = None,
    ) -> None:
        """Note a date that stands from ``start`` to ``end``; one that no calendar has is left out."""
        numbers = (*(day_or_month or ()), month if month is not None else 1)
        if not all(1 <= number <= 12 for number in numbers) or (day is not None and not 1 <= day <= 31):
            return
        ends = until or self._ends_a_period(start)
        if day is not None and (named := self.before(_NAMED_DAY, start, 16)) is not None:
            start = named.start()
        self.taken.take(start, end)
        self.found.append(
            TimeExpression(
                start=start,
                end=end,
                kind="absolute",
                year=year,
                month=month,
                day=day,
                day_or_month=day_or_month,
                part=part,
                until=ends,
                bracketed=self._bracketed(start, end),
                last_day=last_day,
                years_on=years_on,
                looks_back=year is None and self.before(_HAD_BEEN, start, 60) is not None,
            )
        )

    def _ends_a_period(self, start: int) -> bool:
        """Whether the words before a date make it the end of a period."""
        if self.before(_UNTIL, start, 14) or (
            self.lower[start].isdigit() and self.before(_FROM_A_DAY, start, 8)
        ):
            return self.before(_NOT_UNTIL, start, 90) is None
        return self.before(_BETWEEN, start, 45) is not None

    def relative(
        self,
        start: int,
        end: int,
        anchor: Anchor,
        amount: float,
        unit: str,
        day: int | None = None,
        *,
        counted: bool = False,
        event: str = "",
        first_event: bool = False,
        this_event: bool = False,
        calendar: bool = False,
    ) -> None:
        """Note a time so many units after ``anchor`` (before, where negative), unless one stands there already."""
        if not self.taken.free(start, end):
            return
        self.taken.take(start, end)
        self.found.append(
            TimeExpression(
                start=start,
                end=end,
                kind="relative",
                anchor=anchor,
                drug=self._drug_named(start, end) if anchor in _OF_A_DRUG_ITSELF else "",
                amount=amount,
                unit=unit_of(unit),
                day=day,
                counted=counted,
                event=event,
                first_event=first_event,
                this_event=this_event,
                calendar=calendar,
                bracketed=self._bracketed(start, end),
            )
        )

    def _drug_named(self, start: int, end: int) -> str:
        """Return the drug whose start or end is spoken of ("the start of treatment with crizotinib"), or nothing."""
        for word in _DRUG_LIKE.finditer(self.lower, start, end):
            if is_drug(word[0]) and (known := lookup_drug(word[0])) is not None:
                return known.term.key
        if _OF_IT.search(self.lower, start, end) is not None:
            for word in reversed(list(_DRUG_LIKE.finditer(self.lower, self.start, start))):
                if is_drug(word[0]) and (known := lookup_drug(word[0])) is not None:
                    return known.term.key
        named = _OF_A_DRUG.match(self.lower, end, self.end)
        drug = lookup_drug(named["drug"]) if named is not None and is_drug(named["drug"]) else None
        return "" if drug is None else drug.term.key
