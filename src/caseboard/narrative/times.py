"""Expressions of time in a sentence: what is written, before anybody decides which day it means.

An expression is absolute (a date, more or less complete), or relative to something: the story's running date, the
presentation, the start of treatment, an operation. ``clock`` resolves them; ``time_patterns`` says how they are
written. Numeric dates are read in the order that the document's unambiguous dates show; where none does, the day and
the month are left open.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

from caseboard.narrative import time_patterns as written
from caseboard.narrative.counted_days import COUNTED
from caseboard.narrative.date_style import DateOrder, DateStyle
from caseboard.narrative.patterns import Cues, cues_in, lowered, pattern
from caseboard.narrative.short_dates import find_short_dates
from caseboard.narrative.span_rules import DAYS_OF_A_MONTH, ORDINALS, SPAN_RULES, Anchor
from caseboard.narrative.stretches import Stretches
from caseboard.narrative.time_words import (
    A_LENGTH,
    BEHIND_UNIT,
    COMPOUND_AFTER,
    COMPOUND_BEFORE,
    COUNT_BEFORE,
    MONTHS,
    UNIT,
    Unit,
    count_of,
    full_year,
    ordinal_of,
    unit_of,
)
from caseboard.terms.drugs import is_drug
from caseboard.terms.drugs import lookup as lookup_drug

__all__ = ["Anchor", "TimeExpression", "Unit", "find_times"]

Part = Literal["", "early", "mid", "late", "1", "2", "3", "4"]


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """A time as written at characters ``start`` to ``end``.

    ``absolute``: year, month and day as far as given (a missing year is filled from the story). ``relative``:
    ``amount`` units after (or before, where negative) ``anchor``; amount 0 is the anchor's own time.
    ``day_or_month`` holds the two numbers of a date whose order the document does not show.
    ``until`` marks the end of a period ("from March to May": the second); ``bracketed`` stands in brackets of its own.
    """

    start: int
    end: int
    kind: Literal["absolute", "relative"]
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_or_month: tuple[int, int] | None = None
    part: Part = ""
    anchor: Anchor = "now"
    amount: float = 0.0
    unit: Unit = "day"
    until: bool = False
    bracketed: bool = False
    last_day: int | None = None
    """Of some days of one month, the last ("20-24/09/2021": 24, where ``day`` is 20)."""
    looks_back: bool = False
    """Of a date without a year: whether its verb tells what lies behind the story ("had been given on 21 October")."""
    counted: bool = False
    """Whether a day is one of a row ("on day 8"), of a treatment whose first day is day 1."""
    drug: str = ""
    """Whose start is counted from, where it is named."""
    event: str = ""
    """What is counted from, by its noun in lower case; where the story told of it several times, the last one."""
    first_event: bool = False
    """Whether the first one is meant: "after the first biopsy"."""
    calendar: bool = False
    """Whether it is a year of the calendar that is meant: "the following year", "in the new year"."""
    years_on: int | None = None
    """Of a month without a year: how many years after that of the story ("in May of the following year": 1)."""


_WEEKS_OF_A_FORTNIGHT, _HOURS_OF_A_DAY = 2, 24
_MONTHS_OF_A_YEAR, _LONGEST_MONTH = 12, 31
_PARTED = pattern(r"\d[./-]\d")
_FULL_YEAR = pattern(r"(?:19|20)\d\d")
_MAY = re.compile(
    r"(?:\b(?:in|of|since|until|by|from|on|to|and|early|late|mid|last|between|through|till|during)[\s-]{1,2}"
    r"|[\d,(/–-]\s?)$"
)
_OF_A_DRUG = re.compile(
    r"(?:\s(?:of|with|on|the|her|his|oral|this|therapy|treatment|first-line"
    r"|second-line)){0,4}\s(?P<drug>[a-z][a-z0-9-]{3,24})\b"
)
_DRUG_LIKE = re.compile(r"\b[a-z][a-z0-9-]{3,24}")
_OF_IT = re.compile(r"\b(?:its|their)\b")
"""What makes a start or an end that of the drug named before: "two months after its beginning"."""
_OF_A_DRUG_ITSELF = frozenset({"start", "treatment", "course", "stop"})
"""What is told of a drug where one is named."""
_SCORED = re.compile(r"\bapgar\s(?:scores?\s)?(?:(?:of|was|were|:)\s)?$")
"""What makes three numbers the scores of a newborn."""
_OF_GESTATION = re.compile(r"['’]?\s(?:of\s)?(?:gestation|gestational|pregnan|amenorrh)")
"""What makes a length the age of a pregnancy, which counts from nothing that the story tells."""
_OPENS_ENTRY = re.compile(r"\s?[-–—:]\s")
"""What stands behind the month that opens an entry of a note: "May - bloating"."""
_TO_A_MONTH = re.compile(
    r"\.?\s?(?:[-–—/]|to|until)\s?(?:"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")\.?[\s/-](?:19|20)\d\d"
)
"""What makes a name that of the month in which a period begins: "Jan-Mar 2024"."""
_MONTH_BEFORE = (
    "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r"|spring|summer|autumn|fall|winter)\.?"
)
_OF_A_DOSE = re.compile(
    r"\b(?:mg|g|mcg|µg|iu|mu|units?|m2|m²|kg|auc\s?\d)\b(?:(?!\b(?:was|were|had)\b)[^.;]){0,30}$"
)
_DAY_ONE = re.compile(r"\b(?:on )?(?:day|d) ?1\b(?! of\b)")
"""What makes the days of a sentence those on which a drug is given."""
_HAD_BEEN = re.compile(
    r"\bhad\s(?:already\s|also\s|previously\s|last\s)?been\s(?:[a-z-]{3,20}\s){0,4}(?:on|in)\s(?:the\s)?$"
)
_UNTIL = re.compile(
    r"(?:\b(?:until|till|to|through|up to)\s{1,2}|\((?:end(?:ed|s)?|completed|finished)(?: on)?:?\s"
    rf"|(?:\b{_MONTH_BEFORE}|(?:19|20)\d\d|[./-]\d\d?)[ \t]?[-–][ \t]?|\d\d[ \t]?(?:-?>|→)[ \t]?)$"
)
_FROM_A_DAY = re.compile(r"(?<![\w.])\d{1,2}(?:st|nd|rd|th)?[ \t]?[-–][ \t]?$")
"""What makes a date that begins with its day the end of a period: "12 - 15 May 2020"."""
_NOT_UNTIL = re.compile(
    r"\b(?:not|n['’]t)\s(?:be\s|been\s)?(?:[a-z-]{3,16}\s){1,4}(?:until|till)\s{1,2}(?:the\s|early\s|late\s|mid-?\s?)?$"
)
"""What makes a time that of a beginning: "was not started until"."""
_BETWEEN = re.compile(r"\bbetween\s[^.;]{3,30}\band\s$")
_JOINS = re.compile(r"\s{0,2}(?:,|and|or|to|until|till|through|[/–-])\s{0,2}")
_PARTS = {("y", "m"): 12, ("y", "w"): 52, ("m", "w"): 30 / 7, ("m", "d"): 30, ("w", "d"): 7, ("y", "d"): 365}
"""How many of the second unit are one of the first: "2 years and 6 months"."""
_QUARTERS: tuple[Part, ...] = ("1", "2", "3", "4")
_ALSO_WORDS = frozenset({"may", "march", "mar", "dec", "sep", "sept", "jan", "oct", "jun"})
"""Names and abbreviations of months that are also words, or parts of names."""


def find_times(
    text: str, start: int, end: int, style: DateStyle, cues: Cues | None = None
) -> list[TimeExpression]:
    """Return the time expressions of a sentence, in order, none overlapping.

    ``cues`` are the patterns that may match in the sentence, where the caller has them at hand. What was found in the
    text that is being read is remembered: several parts of the reader ask for the same sentences.
    """
    known = _found_in(text, style)
    found = known.get((start, end))
    if found is None:
        lower = lowered(text)
        found = known[start, end] = _times(
            text, lower, start, end, style, cues_in(lower, start, end) if cues is None else cues
        )
    return found


@lru_cache(maxsize=2)
def _found_in(_text: str, _style: DateStyle) -> dict[tuple[int, int], list[TimeExpression]]:
    return {}


def _times(text: str, lower: str, start: int, end: int, style: DateStyle, cues: Cues) -> list[TimeExpression]:
    if not written.TIMED.possible(cues):
        return []
    sentence = _Sentence(text, lower, start, end, cues)
    if written.QUARTER.possible(cues):
        sentence.read_quarters()
    if style.from_first:
        sentence.read_counted()
    sentence.read_digits(style, cues)
    if written.MONTH_NAME.possible(cues):
        sentence.read_months(style)
    if written.HOLIDAY.possible(cues):
        sentence.read_holidays()
    sentence.read_years()
    if A_LENGTH.possible(cues):
        sentence.read_spans()
    sentence.read_ordinals(cues)
    sentence.read_fixed(cues)
    if len(sentence.found) < 2:
        return sentence.found
    return _with_shared_years(sentence.lower, sorted(sentence.found, key=lambda expression: expression.start))


class _Sentence:
    """A sentence while its times are read: what has been found so far is not read twice."""

    def __init__(self, text: str, lower: str, start: int, end: int, cues: Cues) -> None:
        self.text = text
        self.lower = lower
        self.start = start
        self.end = end
        self.found: list[TimeExpression] = []
        self.taken = Stretches()
        self.has_years = _FULL_YEAR.possible(cues) and _FULL_YEAR.search(lower, start, end) is not None
        self.has_parts = _PARTED.possible(cues) and _PARTED.search(lower, start, end) is not None

    def read_quarters(self) -> None:
        """Read the quarters of years: "Q3 2020", "the last quarter of 2020"."""
        for match in written.QUARTER.finditer(self.lower, self.start, self.end):
            told = match["number"] or str(min(4, written.QUARTERS.index(match["nth"]) + 1))
            part = next(part for part in _QUARTERS if part == told)
            self._date(*match.span(), year=int(match["year"]), part=part)

    def read_counted(self) -> None:
        """Read the days, weeks and months of a text that counts them from the first presentation: "W21"."""
        for match in COUNTED.finditer(self.lower, self.start, self.end):
            letter = match["letter"]
            if letter and not self.text[match.start("letter")].isupper():
                continue  # the day of a cycle: "d8"
            if not self._is_of_a_schedule(match.start()):
                amount = float(match["count"] or match["figure"])
                self._relative(*match.span(), "presentation", amount, match["unit"] or letter)

    def read_digits(self, style: DateStyle, cues: Cues) -> None:
        """Read the dates that are written in digits."""
        if not self.has_parts and not self.has_years:
            return
        order = style.order
        for name, way in written.DIGIT_DATES.possible(cues):
            if name == "year_month" and not style.year_first:
                continue  # "2010/11" may be two years
            for match in way.finditer(self.lower, self.start, self.end):
                if not self.taken.free(*match.span()) or self._is_scored(match.start()):
                    continue
                if name == "years":
                    self._date(match.start("year"), match.end("year"), year=int(match["year"]))
                    self._date(match.start("to"), match.end("to"), year=int(match["to"]), until=True)
                elif name == "days":
                    self._days(match, order)
                elif name == "months":
                    self._months(match)
                elif name == "numeric":
                    year = full_year(match["year"])
                    self._numeric(
                        match.span(),
                        year,
                        int(match["first"]),
                        int(match["second"]),
                        "day first" if match["sep"] == "." else order,
                    )
                elif name == "named":
                    day = int(match["day"]) if match["day"] else None
                    self._date(*match.span(), year=int(match["year"]), month=MONTHS[match["name"]], day=day)
                elif name == "roman":
                    self._roman(match)
                else:
                    groups = match.groupdict()
                    day = int(groups["day"]) if groups.get("day") else None
                    self._date(*match.span(), year=int(groups["year"]), month=int(groups["month"]), day=day)
        if self.has_parts:
            self._read_short_dates(style)

    def _is_scored(self, position: int) -> bool:
        """Whether the numbers at a position are the scores of a newborn."""
        named = self.lower.rfind("apgar", max(self.start, position - 24), position) >= 0
        return named and self._before(_SCORED, position, 24) is not None

    def _roman(self, match: re.Match[str]) -> None:
        """Read a date whose month is a Roman figure: "18.IV.2019", "XI.2022"."""
        day = match.groupdict().get("day")
        self._date(
            *match.span(),
            year=full_year(match["year"].lstrip("'’")),
            month=written.ROMAN_MONTHS.index(match["roman"]) + 1,
            day=int(day) if day else None,
        )

    def _days(self, match: re.Match[str], order: DateOrder) -> None:
        """Read some days of one month: "20-24/09/2021"."""
        first, last, month = int(match["from"]), int(match["first"]), int(match["second"])
        day_first = match["sep"] == "." or order == "day first" or last > _MONTHS_OF_A_YEAR
        if day_first and first < last <= _LONGEST_MONTH:
            self._date(*match.span(), year=full_year(match["year"]), month=month, day=first, last_day=last)

    def _months(self, match: re.Match[str]) -> None:
        """Read a period of months of one year: "07-11/2019"."""
        year, first, last = int(match["year"]), int(match["month"]), int(match["to"])
        if first < last:
            self._date(*match.span("month"), year=year, month=first)
            self._date(match.start("to"), match.end("year"), year=year, month=last, until=True)

    def _read_short_dates(self, style: DateStyle) -> None:
        for date in find_short_dates(self.lower, self.start, self.end, style):
            if not self.taken.free(date.start, date.end):
                continue
            if date.year is not None:
                self._date(date.start, date.end, year=date.year, month=date.first)
            else:
                self._numeric((date.start, date.end), None, date.first, date.second, date.order)

    def _short_year(self, last: int, style: DateStyle) -> re.Match[str] | None:
        """Return the year of two digits behind a day and a month, in documents that write them so."""
        match = written.SHORT_YEAR.match(self.lower, last, self.end) if style.named else None
        return match if match is not None and style.is_short_year(match["short"]) else None

    def read_months(self, style: DateStyle) -> None:
        """Read the dates that name their month."""
        for name in written.MONTH_NAME.finditer(self.lower, self.start, self.end):
            first, last = name.span()
            if not self.taken.free(first, last):
                continue
            day = self._before(written.DAY_BEFORE_MONTH, first, 10)
            after: re.Match[str] | None
            part: Part = ""
            if day is not None:
                first = day.start()
                after = self._short_year(last, style) or written.YEAR_AFTER_DAY.match(
                    self.lower, last, self.end
                )
            elif (after := written.DAY_AFTER_MONTH.match(self.lower, last, self.end)) is not None:
                day = after
            else:
                after = written.YEAR_AFTER_MONTH.match(self.lower, last, self.end)
                wide = self._before(written.PART_BEFORE_MONTH, first, 17)
                if wide is not None:
                    first, part = wide.start(), _part(wide["part"])
            year = _year_of(after)
            if (
                day is not None
                and day is after
                and not day.groupdict().get("year")
                and not style.day_behind
                and style.is_short_year(day["day"])
            ):
                year, day = full_year(day["day"]), None
            if year is None and self._is_word(name, alone=day is None):
                continue
            last = max(last, after.end() if after else last)
            of_year = written.OF_A_YEAR.match(self.lower, last, self.end) if year is None else None
            if year is None and of_year is None:
                of_year = self._before(written.YEAR_BEFORE_MONTH, first, 36)
            self._date(
                min(first, of_year.start()) if of_year else first,
                max(last, of_year.end()) if of_year else last,
                year=year,
                month=MONTHS[name["name"]],
                day=int(day["day"]) if day else None,
                part=part,
                years_on=None if of_year is None else int(of_year["which"] not in ("same", "that")),
            )

    def read_holidays(self) -> None:
        """Read the feasts of a fixed date: "on Christmas Eve 2020"."""
        for match in written.HOLIDAY.finditer(self.lower, self.start, self.end):
            if self.taken.free(*match.span("name")):
                month, day = written.HOLIDAYS[match["name"].replace("’", "'")]
                year = int(match["year"]) if match["year"] else None
                self._date(match.start("name"), match.end(), year=year, month=month, day=day)

    def read_years(self) -> None:
        """Read the years that stand alone."""
        if not self.has_years:
            return
        for match in written.YEAR.finditer(self.lower, self.start, self.end):
            first, last = match.span()
            if not self.taken.free(first, last) or self._before(written.YEAR_DENIED, first, 44):
                continue
            if written.OF_A_SPECIMEN.match(self.lower, last, self.end):
                continue
            if first == self.start or self._before(written.YEAR_WELCOME, first, 12):
                wide = self._before(written.PART_BEFORE_MONTH, first, 17)
                self._date(first, last, year=int(match["year"]), part=_part(wide["part"]) if wide else "")

    def read_spans(self) -> None:
        """Read the lengths of time that hang on something: "three weeks after the operation"."""
        for unit in UNIT.finditer(self.lower, self.start, self.end):
            count = self._before(COUNT_BEFORE, unit.start(), 48)
            amount = count_of(count["count"]) if count else 0.0
            if count is None or amount <= 0 or COMPOUND_AFTER.match(self.lower, unit.end(), self.end):
                continue
            tail = BEHIND_UNIT.match(self.lower, unit.end(), self.end)
            if tail is None or _OF_GESTATION.match(self.lower, unit.end(), self.end):
                continue
            amount = _in_its_unit(amount + (0.5 if tail["half"] else 0.0), unit["unit"])
            if not amount:
                continue
            whole = self._before(COMPOUND_BEFORE, count.start(), 24)
            if whole is not None:
                amount += count_of(whole["count"]) * _PARTS.get((whole["unit"][0], unit["unit"][0]), 0)
            again = bool(count["again"] or count["more"]) or count["count"] in ("another", "a further")
            for rule in SPAN_RULES:
                after = rule.after.match(self.lower, tail.end(), self.end)
                if after is None or (rule.again and not again):
                    continue
                before = self._before(rule.before, count.start(), 40) if rule.before else None
                if rule.required and before is None:
                    continue
                if rule.drug and not is_drug(after["drug"]):
                    continue
                first = before.start() if before else count.start()
                signed = -amount if rule.backward else amount
                groups = after.groupdict()
                event, of_first = groups.get("event") or "", groups.get("first") is not None
                self._relative(
                    first, after.end(), rule.anchor, signed, unit["unit"], event=event, first_event=of_first
                )
                break

    def read_ordinals(self, cues: Cues) -> None:
        """Read counted days, weeks and months ("on the tenth postoperative day", "at week 6 of treatment")."""
        for (way,) in ORDINALS.possible(cues):
            for match in way.finditer(self.lower, self.start, self.end):
                groups = match.groupdict()
                if groups.get("count2"):
                    groups |= {name: groups[f"{name}2"] for name in ("begun", "unit", "count")}
                amount, anchor = ordinal_of(groups["count"] or ""), _ordinal_anchor(groups)
                if groups.get("begun") is not None and self._is_of_a_schedule(match.start()):
                    continue
                if amount and anchor is not None:
                    less = 1 if anchor == "admission" else 0
                    unit = groups["unit"] or "day"
                    counted = unit_of(unit) == "day" and groups.get("transplanted") is None
                    self._relative(*match.span(), anchor, float(amount - less), unit, counted=counted)
        for (way,) in DAYS_OF_A_MONTH.possible(cues):
            for match in way.finditer(self.lower, self.start, self.end):
                groups = match.groupdict()
                months = 0.0 if groups.get("which") in ("same", "that", None) else 1.0
                self._relative(*match.span(), "now", months, "month", day=int(match["day"]))

    def _is_of_a_schedule(self, position: int) -> bool:
        """Whether a day is one on which a drug is given: "75 mg/m2 on day 8", "given on day 1 and on day 8"."""
        return (
            self._before(_OF_A_DOSE, position, 50) is not None
            or _DAY_ONE.search(self.lower, self.start, position) is not None
        )

    def read_fixed(self, cues: Cues) -> None:
        """Read the expressions of a fixed form: "the same day", "POD 5", "on admission"."""
        for name, way in written.FIXED.possible(cues):
            for match in way.finditer(self.lower, self.start, self.end):
                groups = match.groupdict()
                unit = groups.get("unit") or groups.get("unit2") or groups.get("unit3") or "day"
                if name == "day of surgery":
                    self._relative(*match.span(), "surgery", float(match["count"]), unit)
                elif name == "day of life":
                    self._relative(*match.span(), "birth", float(match["count"] or match["count2"]), "day")
                elif name == "age":
                    self._relative(*match.span(), "birth", float(match["count"]), "year")
                elif name == "after start":
                    self._relative(*match.span(), "start", 1.0, unit)
                elif name == "after surgery":
                    self._relative(*match.span(), "surgery", float(match["after"] == "after"), unit)
                else:
                    self._relative(
                        *match.span(),
                        name if name in ("presentation", "admission", "written") else "now",
                        {"next": 1.0, "before": -1.0}.get(name, 0.0),
                        unit,
                        calendar=unit == "year",
                    )

    def _numeric(
        self, span: tuple[int, int], year: int | None, first: int, second: int, order: DateOrder
    ) -> None:
        """Note a date of three numbers, or of two; what cannot be a date is none."""
        if order == "day first" or first > 12 >= second:
            day, month = first, second
        elif order == "month first" or second > 12:
            day, month = second, first
        elif first == second:
            day = month = first
        else:
            self._date(*span, year=year, day_or_month=(first, second))
            return
        self._date(*span, year=year, month=month, day=day)

    def _is_word(self, name: re.Match[str], *, alone: bool) -> bool:
        """Whether the name of a month is only a word ("may", "the march", "Jan")."""
        if name["name"] not in _ALSO_WORDS:
            return False
        if alone and len(name["name"]) <= 4 and self.text[name.start() : name.end()].isupper():
            return True  # a gene or a marker: JUN, OCT4
        if self.text[name.start()].islower():
            return alone or name["name"] in ("may", "march")
        if alone and name.start() <= self.start + 4 and _OPENS_ENTRY.match(self.text, name.end(), self.end):
            return False
        if _TO_A_MONTH.match(self.lower, name.end(), self.end):
            return False
        return alone and self._before(_MAY, name.start(), 9) is None

    def _before(self, pattern: re.Pattern[str], position: int, reach: int) -> re.Match[str] | None:
        """Return what a pattern finds right before ``position``."""
        return pattern.search(self.lower, max(self.start, position - reach), position)

    def _bracketed(self, start: int, end: int) -> bool:
        return self.text[max(self.start, start - 1) : start] in ("(", "[") and self.text[end : end + 1] in (
            ")",
            "]",
        )

    def _date(
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
        numbers = (*(day_or_month or ()), month if month is not None else 1)
        if not all(1 <= number <= 12 for number in numbers) or (day is not None and not 1 <= day <= 31):
            return
        ends = until or self._ends_a_period(start)
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
                looks_back=year is None and self._before(_HAD_BEEN, start, 60) is not None,
            )
        )

    def _ends_a_period(self, start: int) -> bool:
        """Whether the words before a date make it the end of a period."""
        if self._before(_UNTIL, start, 14) or (
            self.lower[start].isdigit() and self._before(_FROM_A_DAY, start, 8)
        ):
            return self._before(_NOT_UNTIL, start, 90) is None
        return self._before(_BETWEEN, start, 45) is not None

    def _relative(
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
        calendar: bool = False,
    ) -> None:
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


def _with_shared_years(lower: str, times: list[TimeExpression]) -> list[TimeExpression]:
    """Give a date the year that is written only once, after the date it is joined to ("in May and June 2019")."""
    for index in range(len(times) - 2, -1, -1):
        time, following = times[index], times[index + 1]
        if time.kind != "absolute" or time.year is not None or time.month is None:
            continue
        if (
            following.year is None
            or following.month is None
            or not _JOINS.fullmatch(lower, time.end, following.start)
        ):
            continue
        times[index] = msgspec.structs.replace(time, year=following.year - (time.month > following.month))
    return times


def _part(text: str) -> Part:
    return (
        "early"
        if text.startswith(("early", "begin"))
        else "late"
        if text.startswith(("late", "end"))
        else "mid"
    )


def _year_of(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    groups = match.groupdict()
    return full_year(groups.get("year") or groups.get("short"))
