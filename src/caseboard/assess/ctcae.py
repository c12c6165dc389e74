"""Laboratory grades by the numbers of CTCAE v5.0 and v6.0 (NCI, 2017 and 2025), and what a v5 grade may be in v6.

A grade is given only where the numbers decide it. Where the criterion is a multiple of a limit of normal that is not
known, or where symptoms decide between two grades, every grade that is possible is returned, and why.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from caseboard.assess.sources import read_rows
from caseboard.terms import labs
from caseboard.terms.units import canonical_unit, units
from caseboard.terms.vocabulary import fold

__all__ = ["Edition", "Grading", "criteria_of", "grade_value", "same_unit", "translate"]

Edition = Literal[5, 6]

_LIMIT = re.compile(r"(=?)([0-9.]*)(ULN|LLN|BASE)?:(\d)(?:-(\d))?")
_MONOVALENT = frozenset({"potassium", "sodium"})
_MULTIPLE = "× ULN"


class Limit(NamedTuple):
    """A limit between grades: a number, or a multiple of ``of``; ``grades`` are those of a value beyond it."""

    number: float
    of: str
    inclusive: bool
    grades: tuple[int, ...]


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """One row of numeric criteria; its columns are explained in ``data/ctcae_bounds.tsv``."""

    term: str
    editions: tuple[int, ...]
    analytes: tuple[str, ...]
    direction: Literal["low", "high"]
    unit: str
    limits: tuple[Limit, ...]
    baseline_when: str
    baseline_limits: tuple[Limit, ...]
    clinical: tuple[int, ...]
    also_grade: int
    also_if: str


class Grading(NamedTuple):
    """The grades that a value can have (one where the numbers decide, none where nothing can be said), and why."""

    term: str
    possible: tuple[int, ...]
    why: str

    @property
    def grade(self) -> int | None:
        """The grade, where the numbers decide it."""
        return self.possible[0] if len(self.possible) == 1 else None


class Known(NamedTuple):
    """What is known beside the value: the laboratory's limits of normal, and the value before treatment."""

    lower: float | None = None
    upper: float | None = None
    baseline: float | None = None


@cache
def criteria() -> tuple[Criterion, ...]:
    """Return all criteria of the table."""
    out = []
    for row in read_rows("ctcae_bounds"):
        when, _, baseline = row["baseline"].partition(" ")
        out.append(
            Criterion(
                term=row["term"],
                editions=tuple(int(part) for part in row["editions"].split(",")),
                analytes=tuple(row["analytes"].split("|")),
                direction="low" if row["direction"] == "low" else "high",
                unit=row["unit"],
                limits=_limits(row["bounds"]),
                baseline_when=when,
                baseline_limits=_limits(baseline),
                clinical=tuple(int(part) for part in row["clinical"].split(",") if part),
                also_grade=int(row["also"].partition(":")[0] or 0),
                also_if=row["also"].partition(":")[2],
            )
        )
    return tuple(out)


def criteria_of(analyte: str, edition: Edition) -> tuple[Criterion, ...]:
    """Return the criteria of an edition that grade this analyte, under any of its usual names."""
    name = _key(analyte)
    return tuple(row for row in criteria() if edition in row.editions and name in row.analytes)


def grade_value(
    analyte: str,
    value: float,
    unit: str | None,
    edition: Edition,
    *,
    lower: float | None = None,
    upper: float | None = None,
    baseline: float | None = None,
) -> Grading:
    """Grade a laboratory value.

    ``lower`` and ``upper`` are the laboratory's limits of normal and ``baseline`` the value before treatment, all in
    the unit of the value; None where not known.
    """
    rows = criteria_of(analyte, edition)
    if not rows:
        return Grading("", (), f"no numeric criterion for {analyte} in the table")
    if unit and canonical_unit(unit) == _MULTIPLE:
        unit, lower, upper, baseline = None, None, 1.0, None
        rows = tuple(row for row in rows if row.unit == "-")
    measured = []
    for row in rows:
        factor = 1.0 if row.unit == "-" else _factor(_key(analyte), unit, row.unit)
        if factor is not None:
            measured.append((row, factor))
    if not measured:
        said = f"it cannot be compared in the unit {unit}" if unit else "no unit is given"
        return Grading(criteria_of(analyte, edition)[0].term, (), f"cannot be graded: {said}")
    if unit and not labs.plausible(analyte, value, unit):
        return Grading(rows[0].term, (), f"cannot be graded: {value:g} {unit} is not a possible value")
    known = Known(lower, upper, baseline)
    return _together(
        [_grade_row(row, _times(value, factor), _scaled(known, factor)) for row, factor in measured]
    )


def translate(term: str, grade: int) -> tuple[tuple[int, ...], str] | None:
    """Return the v6 grades that a v5 grade of this term may have, and the numbers of both; None where not numeric.

    The value itself is not known; limits of normal are taken to be the same in both editions.
    """
    name = fold(term)
    old = next((row for row in criteria() if 5 in row.editions and fold(row.term) == name), None)
    if old is None or grade in old.clinical or not any(grade in limit.grades for limit in old.limits):
        return None
    new = next((row for row in criteria() if 6 in row.editions and row.analytes == old.analytes), None)
    if new is None or new.direction != old.direction or new.unit != old.unit:
        return None
    if new.limits == old.limits:
        return (grade,), "the limits are the same in v5 and v6"
    ours = next(span for span in _spans(old) if grade in span.grades)
    possible = sorted({g for span in _spans(new) if _overlap(ours, span) for g in span.grades})
    theirs = "; ".join(
        f"grade {_join(span.grades)} {span.text}" for span in _spans(new) if _overlap(ours, span)
    )
    return tuple(possible), f"v5 grade {grade} is {ours.text}; v6: {theirs}"


def _key(analyte: str) -> str:
    found = labs.lookup(analyte)
    return found.term.key if found else analyte


def same_unit(one: str | None, other: str | None) -> bool:
    """Whether two units are the same one, however each is written."""
    if one is None or other is None:
        return one == other
    return one == other or (canonical_unit(one) is not None and canonical_unit(one) == canonical_unit(other))


class _Span(NamedTuple):
    low: float
    high: float
    grades: tuple[int, ...]
    text: str


def _spans(row: Criterion) -> list[_Span]:
    """Return the stretch of values of each grade, from no grade to the worst, in the order of the table."""
    out = []
    limits = [limit.number if limit.of != "LLN" else float("inf") for limit in row.limits]
    names = [_say(limit, row) for limit in row.limits]
    if row.direction == "low":
        edges = [float("inf"), *limits, 0.0]
        texts = [f"{names[0]} or above" if names else ""]
        texts += [f"from {after} to below {name}" for name, after in pairwise(names)]
        texts.append(f"below {names[-1]}")
        spans = [(edges[n + 1], edges[n]) for n in range(len(edges) - 1)]
    else:
        edges = [0.0, *limits, float("inf")]
        texts = [f"up to {names[0]}"]
        texts += [f"above {name} to {after}" for name, after in pairwise(names)]
        texts.append(f"above {names[-1]}")
        spans = [(edges[n], edges[n + 1]) for n in range(len(edges) - 1)]
    grades = [(0,), *(limit.grades for limit in row.limits)]
    for (low, high), grade, text in zip(spans, grades, texts, strict=True):
        out.append(_Span(low, high, grade, text))
    return out


def _overlap(one: _Span, other: _Span) -> bool:
    return max(one.low, other.low) < min(one.high, other.high)


def _grade_row(row: Criterion, value: float, known: Known) -> Grading:
    limits = row.limits
    beside: tuple[Limit, ...] = ()
    if known.baseline is not None and row.baseline_limits:
        beyond = known.upper is not None and known.baseline > known.upper
        if row.baseline_when == "abnormal" and beyond:
            limits = row.baseline_limits
        elif row.baseline_when == "any" or (known.lower is not None and known.baseline < known.lower):
            beside = row.baseline_limits
    first = _by_limits(row, limits, value, known)
    second = _by_limits(row, beside, value, known) if beside else first
    return second if min(second.possible, default=0) > max(first.possible, default=0) else first


def _by_limits(row: Criterion, limits: tuple[Limit, ...], value: float, known: Known) -> Grading:
    """Grade by one list of limits: the last one passed counts; a limit that is not known leaves its grade open."""
    unknown: list[Limit] = []
    passed: Limit | None = None
    for limit in limits:
        edge = _edge(limit, known)
        if edge is None:
            unknown.append(limit)
        elif (value < edge if row.direction == "low" else value > edge) or (
            limit.inclusive and value == edge
        ):
            passed = limit
    if passed is not None:
        side = "below" if row.direction == "low" else "above"
        text = f"{side} {_say(passed, row)}"
        if len(passed.grades) > 1:
            text += "; signs, symptoms or treatment decide"
        if passed.grades[-1] < row.also_grade:
            text += f"; grade {row.also_grade} if {row.also_if}"
        return Grading(row.term, passed.grades, text)
    if not unknown:
        return Grading(
            row.term, (0,), f"not {'below' if row.direction == 'low' else 'above'} {_say(limits[0], row)}"
        )
    missing = (
        "no lower limit of normal is given" if unknown[0].of == "LLN" else "no upper limit of normal is given"
    )
    if len(unknown) == len(limits):
        return Grading(row.term, (), f"cannot be graded: {missing}")
    worst = max(grade for limit in unknown for grade in limit.grades)
    return Grading(row.term, tuple(range(worst + 1)), f"no more than grade {worst}; {missing}")


def _together(gradings: list[Grading]) -> Grading:
    """Join the gradings of a low and a high criterion of one analyte: the one that is abnormal counts."""
    for grading in gradings:
        if grading.possible and min(grading.possible) > 0:
            return grading
    open_ones = [grading for grading in gradings if grading.possible != (0,)]
    return open_ones[0] if open_ones else gradings[0]


def _edge(limit: Limit, known: Known) -> float | None:
    reference = {"ULN": known.upper, "LLN": known.lower, "BASE": known.baseline, "": 1.0}[limit.of]
    return None if reference is None else limit.number * reference


def _scaled(known: Known, factor: float) -> Known:
    return Known(*(None if number is None else _times(number, factor) for number in known))


def _times(number: float, factor: float) -> float:
    # 80 g/L is 8 g/dL to the last digit: a limit must not be missed by the rounding of a product.
    return round(number * factor, 9)


def _say(limit: Limit, row: Criterion) -> str:
    names = {
        "ULN": "the upper limit of normal",
        "LLN": "the lower limit of normal",
        "BASE": "the value before treatment",
    }
    if limit.of:
        return names[limit.of] if limit.number == 1 else f"{limit.number:g} times {names[limit.of]}"
    unit = "" if row.unit == "-" else " × 10⁹/L" if row.unit == "10^9/L" else f" {row.unit}"
    return f"{limit.number:g}{unit}"


def _join(grades: tuple[int, ...]) -> str:
    return " or ".join(str(grade) for grade in grades)


def _limits(text: str) -> tuple[Limit, ...]:
    out = []
    for inclusive, number, of, low, high in _LIMIT.findall(text):
        grades = tuple(range(int(low), int(high or low) + 1))
        out.append(Limit(float(number or 1), of, bool(inclusive), grades))
    return tuple(out)


def _factor(analyte: str, unit: str | None, wanted: str) -> float | None:
    """Return what a value in ``unit`` is multiplied by to be in ``wanted``, or None where that is not known."""
    name = canonical_unit(unit) if unit else None
    if name == "mEq/L" and analyte in _MONOVALENT:
        name = "mmol/L"
    if name is None or wanted not in units():
        return None
    given, target = units()[name], units()[wanted]
    return given.factor / target.factor if given.dimension == target.dimension else None
