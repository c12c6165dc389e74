"""Dates as a sentence writes them, in digits and with names of months, as far as they are given."""

from __future__ import annotations

import re

from caseboard.narrative import time_patterns as written
from caseboard.narrative.date_style import DateOrder, DateStyle
from caseboard.narrative.patterns import Cues
from caseboard.narrative.short_dates import find_short_dates
from caseboard.narrative.time_expression import Part
from caseboard.narrative.time_words import MONTHS, full_year
from caseboard.narrative.times_found import TimesFound

__all__ = ["read_digits", "read_holidays", "read_months", "read_quarters", "read_years"]

_MONTHS_OF_A_YEAR, _LONGEST_MONTH = 12, 31
_MAY = re.compile(
    r"(?:\b(?:in|of|since|until|by|from|on|to|and|early|late|mid|last|between|through|till|during)[\s-]{1,2}"
    r"|[\d,(/–-]\s?)$"
)
"""What makes a word the name of a month, where it may be another word."""
_OF_A_GENE = re.compile(r"\b(?:codons?|exons?|residues?)\s$")
_SCORED = re.compile(r"\bapgar\s(?:scores?\s)?(?:(?:of|was|were|:)\s)?$")
"""What makes three numbers the scores of a newborn."""
_OPENS_ENTRY = re.compile(r"\s?[-–—:]\s")
"""What stands behind the month that opens an entry of a note: "May - bloating"."""
_TO_A_MONTH = re.compile(
    r"\.?\s?(?:[-–—/]|to|until)\s?(?:"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")\.?[\s/-](?:19|20)\d\d"
)
"""What makes a name that of the month in which a period begins: "Jan-Mar 2024"."""
_QUARTERS: tuple[Part, ...] = ("1", "2", "3", "4")
_ALSO_WORDS = frozenset({"may", "march", "mar", "dec", "sep", "sept", "jan", "oct", "jun"})
"""Names and abbreviations of months that are also words, or parts of names."""


def read_quarters(sentence: TimesFound) -> None:
    """Read the quarters of years: "Q3 2020", "the last quarter of 2020"."""
    for match in written.QUARTER.finditer(sentence.lower, sentence.start, sentence.end):
        told = match["number"] or str(min(4, written.QUARTERS.index(match["nth"]) + 1))
        part = next(part for part in _QUARTERS if part == told)
        sentence.date(*match.span(), year=int(match["year"]), part=part)


def read_digits(sentence: TimesFound, style: DateStyle, cues: Cues) -> None:
    """Read the dates that are written in digits."""
    if not sentence.has_parts and not sentence.has_years:
        return
    for name, way in written.DIGIT_DATES.possible(cues):
        if (name == "year_month" and not style.year_first) or (name == "compact" and not style.compact):
            continue  # "2010/11" may be two years, "20210617" any number
        for match in way.finditer(sentence.lower, sentence.start, sentence.end):
            if not sentence.taken.free(*match.span()) or _is_no_date(sentence, match.start()):
                continue
            _note(sentence, name, match, style.order)
    if sentence.has_parts:
        _read_short_dates(sentence, style)


def _note(sentence: TimesFound, name: str, match: re.Match[str], order: DateOrder) -> None:
    """Note a date, or the two of a period, written in the way of that name."""
    if name == "years":
        sentence.date(match.start("year"), match.end("year"), year=int(match["year"]))
        sentence.date(match.start("to"), match.end("to"), year=int(match["to"]), until=True)
    elif name == "days":
        _days(sentence, match, order)
    elif name == "period":
        _period(sentence, match, order)
    elif name == "months":
        _months(sentence, match)
    elif name == "numeric":
        _numeric(
            sentence,
            match.span(),
            full_year(match["year"]),
            int(match["first"]),
            int(match["second"]),
            "day first" if match["sep"] == "." else order,
        )
    elif name == "named":
        day = int(match["day"]) if match["day"] else None
        sentence.date(*match.span(), year=int(match["year"]), month=MONTHS[match["name"]], day=day)
    elif name == "roman":
        _roman(sentence, match)
    elif name == "glued":
        year = full_year(match["year"])
        sentence.date(*match.span(), year=year, month=MONTHS[match["name"]], day=int(match["day"]))
    else:
        groups = match.groupdict()
        day = int(groups["day"]) if groups.get("day") else None
        sentence.date(*match.span(), year=int(groups["year"]), month=int(groups["month"]), day=day)


def _is_no_date(sentence: TimesFound, position: int) -> bool:
    """Whether the numbers at a position are the scores of a newborn, or parts of a gene: "NRAS codons 12/13/61"."""
    if sentence.before(_OF_A_GENE, position, 24) is not None:
        return True
    named = sentence.lower.rfind("apgar", max(sentence.start, position - 24), position) >= 0
    return named and sentence.before(_SCORED, position, 24) is not None


def _roman(sentence: TimesFound, match: re.Match[str]) -> None:
    """Read a date whose month is a Roman figure: "18.IV.2019", "XI.2022"."""
    day = match.groupdict().get("day")
    sentence.date(
        *match.span(),
        year=full_year(match["year"].lstrip("'’")),
        month=written.ROMAN_MONTHS.index(match["roman"]) + 1,
        day=int(day) if day else None,
    )


def _days(sentence: TimesFound, match: re.Match[str], order: DateOrder) -> None:
    """Read some days of one month: "20-24/09/2021"."""
    first, last, month = int(match["from"]), int(match["first"]), int(match["second"])
    day_first = match["sep"] == "." or order == "day first" or last > _MONTHS_OF_A_YEAR
    if day_first and first < last <= _LONGEST_MONTH:
        sentence.date(*match.span(), year=full_year(match["year"]), month=month, day=first, last_day=last)


def _period(sentence: TimesFound, match: re.Match[str], order: DateOrder) -> None:
    """Read a period whose end alone tells the year: "17.01.-28.02.22", "28/11-12/1/2022"."""
    first, second, third, fourth = (int(match[name]) for name in ("first", "second", "third", "fourth"))
    year = full_year(match["year"])
    if match["sep"] == "." or max(first, third) > _MONTHS_OF_A_YEAR:
        order = "day first"  # both dates of a period are written alike
    elif max(second, fourth) > _MONTHS_OF_A_YEAR:
        order = "month first"
    back = {"day first": second > fourth, "month first": first > third}
    if year is None or (order == "unknown" and len(set(back.values())) > 1):
        return  # whether it began in the year before hangs on what is the month
    begun = year - (back["day first"] if order == "unknown" else back[order])
    _numeric(sentence, (match.start(), match.start("to")), begun, first, second, order)
    _numeric(sentence, (match.start("third"), match.end()), year, third, fourth, order, until=True)


def _months(sentence: TimesFound, match: re.Match[str]) -> None:
    """Read a period of months of one year: "07-11/2019"."""
    year, first, last = int(match["year"]), int(match["month"]), int(match["to"])
    if first < last:
        sentence.date(*match.span("month"), year=year, month=first)
        sentence.date(match.start("to"), match.end("year"), year=year, month=last, until=True)


def _read_short_dates(sentence: TimesFound, style: DateStyle) -> None:
    """Read the dates of two numbers, in notes that write them so: "24/11"."""
    for date in find_short_dates(sentence.lower, sentence.start, sentence.end, style):
        if not sentence.taken.free(date.start, date.end):
            continue
        if date.year is not None:
            sentence.date(date.start, date.end, year=date.year, month=date.first)
        else:
            _numeric(sentence, (date.start, date.end), None, date.first, date.second, date.order)


def _short_year(sentence: TimesFound, last: int, style: DateStyle) -> re.Match[str] | None:
    """Return the year of two digits behind a day and a month, in documents that write them so."""
    match = written.SHORT_YEAR.match(sentence.lower, last, sentence.end) if style.named else None
    return match if match is not None and style.is_short_year(match["short"]) else None


def _numeric(
    sentence: TimesFound,
    span: tuple[int, int],
    year: int | None,
    first: int,
    second: int,
    order: DateOrder,
    *,
    until: bool = False,
) -> None:
    """Read a date of three numbers, or of two; what cannot be a date is none."""
    if order == "day first" or first > 12 >= second:
        day, month = first, second
    elif order == "month first" or second > 12:
        day, month = second, first
    elif first == second:
        day = month = first
    else:
        sentence.date(*span, year=year, day_or_month=(first, second), until=until)
        return
    sentence.date(*span, year=year, month=month, day=day, until=until)


_BESIDE_MONTH = 36
"""Characters before the name of a month within which its day stands, be a line end with an indentation between."""


def read_months(sentence: TimesFound, style: DateStyle) -> None:
    """Read the dates that name their month."""
    for name in written.MONTH_NAME.finditer(sentence.lower, sentence.start, sentence.end):
        first, last = name.span()
        if not sentence.taken.free(first, last):
            continue
        day = sentence.before(written.DAY_BEFORE_MONTH, first, _BESIDE_MONTH)
        after: re.Match[str] | None
        part: Part = ""
        if day is not None:
            first = day.start()
            after = _short_year(sentence, last, style) or written.YEAR_AFTER_DAY.match(
                sentence.lower, last, sentence.end
            )
        elif (after := written.DAY_AFTER_MONTH.match(sentence.lower, last, sentence.end)) is not None:
            day = after
        else:
            after = (
                None
                if style.day_behind
                else written.SHORT_YEAR_OF_MONTH.match(sentence.lower, last, sentence.end)
            )
            after = after or written.YEAR_AFTER_MONTH.match(sentence.lower, last, sentence.end)
            wide = sentence.before(written.PART_BEFORE_MONTH, first, 17)
            if wide is not None:
                first, part = wide.start(), _part(wide["part"])
        year = _year_of(after)
        if (
            day is not None
            and day is after
            and not (day.groupdict().get("year") or day.groupdict().get("short"))
            and not style.day_behind
            and style.is_short_year(day["day"])
        ):
            year, day = full_year(day["day"]), None
        if year is None and _is_word(sentence, name, alone=day is None):
            continue
        last = max(last, after.end() if after else last)
        since = (
            sentence.before(_SINCE_A_DAY, first, _BESIDE_MONTH)
            if day is not None and day is not after
            else None
        )
        of_year = written.OF_A_YEAR.match(sentence.lower, last, sentence.end) if year is None else None
        if year is None and of_year is None:
            of_year = sentence.before(written.YEAR_BEFORE_MONTH, first, 36)
        years_on = None if of_year is None else int(of_year["which"] not in ("same", "that"))
        if since is not None and day is not None and int(since["from"]) < int(day["day"]):
            sentence.date(
                *since.span("from"),
                year=year,
                month=MONTHS[name["name"]],
                day=int(since["from"]),
                years_on=years_on,
            )
        listed = (
            sentence.before(_DAYS_LISTED, first, _BESIDE_MONTH)
            if day is not None and day is not after
            else None
        )
        for one in (
            _A_DAY.finditer(sentence.lower, listed.start("days"), listed.end("days")) if listed else ()
        ):
            sentence.date(
                *one.span(), year=year, month=MONTHS[name["name"]], day=int(one["day"]), years_on=years_on
            )
        sentence.date(
            min(first, of_year.start()) if of_year else first,
            max(last, of_year.end()) if of_year else last,
            year=year,
            month=MONTHS[name["name"]],
            day=int(day["day"]) if day else None,
            part=part,
            years_on=years_on,
        )


_SINCE_A_DAY = re.compile(
    r"(?:(?<![\w.,/×#+-])(?P<from>[0-3]?\d)(?:st|nd|rd|th)?)(?:\s?[-–]\s?|\s(?:to|until|till|through)\s(?:the\s)?"
    r"|(?<=between\s\d)\sand\s|(?<=between\s\d\d)\sand\s)$"
)
"""The first day of a period within one month, before its last: "27-30 March", "from 3 to 19 May 2021"."""


_DAYS_LISTED = re.compile(
    r"(?:\b(?:on|dated|of)\s|\()(?:the\s)?(?P<days>(?:[0-3]?\d(?:st|nd|rd|th)?,\s){0,6}[0-3]?\d(?:st|nd|rd|th)?),?\s"
    r"(?:and|&)\s(?:the\s)?$"
)
_A_DAY = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?")
"""The days of one month before the last of them: "on 8, 15 and 22 January"."""


def _is_word(sentence: TimesFound, name: re.Match[str], *, alone: bool) -> bool:
    """Whether the name of a month is only a word ("may", "the march", "Jan")."""
    if name["name"] not in _ALSO_WORDS:
        return False
    if alone and len(name["name"]) <= 4 and sentence.text[name.start() : name.end()].isupper():
        return True  # a gene or a marker: JUN, OCT4
    if sentence.text[name.start()].islower():
        return alone or name["name"] in ("may", "march")
    if (
        alone
        and name.start() <= sentence.start + 4
        and _OPENS_ENTRY.match(sentence.text, name.end(), sentence.end)
    ):
        return False
    if _TO_A_MONTH.match(sentence.lower, name.end(), sentence.end):
        return False
    return alone and sentence.before(_MAY, name.start(), 9) is None


def read_holidays(sentence: TimesFound) -> None:
    """Read the feasts of a fixed date: "on Christmas Eve 2020"."""
    for match in written.HOLIDAY.finditer(sentence.lower, sentence.start, sentence.end):
        if sentence.taken.free(*match.span("name")):
            month, day = written.HOLIDAYS[match["name"].replace("’", "'")]
            year = int(match["year"]) if match["year"] else None
            sentence.date(match.start("name"), match.end(), year=year, month=month, day=day)


def read_years(sentence: TimesFound) -> None:
    """Read the years that stand alone."""
    if not sentence.has_years:
        return
    listed = _FIRST_ENTRY.match(sentence.lower, sentence.start, sentence.end) is not None
    for match in written.YEAR.finditer(sentence.lower, sentence.start, sentence.end):
        first, last = match.span()
        if not sentence.taken.free(first, last) or sentence.before(written.YEAR_DENIED, first, 44):
            continue
        if written.OF_A_SPECIMEN.match(sentence.lower, last, sentence.end):
            continue
        entry = listed and _NEXT_ENTRY.match(sentence.lower, last, sentence.end) is not None
        if entry:
            entry = sentence.before(_AFTER_ENTRY, first, 3) is not None
        noted = sentence.text.startswith(")", last) and _NOTED.search(
            sentence.text, max(sentence.start, first - 40), first
        )
        if first == sentence.start or entry or noted or sentence.before(written.YEAR_WELCOME, first, 12):
            wide = sentence.before(written.PART_BEFORE_MONTH, first, 17)
            sentence.date(first, last, year=int(match["year"]), part=_part(wide["part"]) if wide else "")


_NOTED = re.compile(r"\((?:[A-Z]{2,4}\s)?[a-z][a-z -]{2,30},\s$")
"""What stands before the year of an examination in brackets; a name, which has a capital, is that of a reference."""
_FIRST_ENTRY = re.compile(r"\W{0,4}(?:19|20)\d\d\s?[-–—:]\s[a-z]")
_NEXT_ENTRY = re.compile(r"\s?[-–—:]\s[a-z]")
_AFTER_ENTRY = re.compile(r"[,;]\s{1,2}$")
"""What stands around the years of a list in one line: "2009 - orchidectomy, 2012 - adrenalectomy"."""


def _part(text: str) -> Part:
    """Return the part of a month or year that words name: "at the beginning of"."""
    return (
        "early"
        if text.startswith(("early", "begin"))
        else "late"
        if text.startswith(("late", "end"))
        else "mid"
    )


def _year_of(match: re.Match[str] | None) -> int | None:
    """Return the year that stands behind a day or a month, if one does."""
    if match is None:
        return None
    groups = match.groupdict()
    return full_year(groups.get("year") or groups.get("short"))
