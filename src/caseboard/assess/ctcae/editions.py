"""What a grade of CTCAE v5.0 may be in v6.0 where the value itself is not known."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from caseboard.assess.ctcae.criteria import Bound, Criterion, criteria
from caseboard.terms.vocabulary import fold

__all__ = ["translate"]

_SAME = "the limits are the same in v5 and v6"


def translate(term: str, grade: int) -> tuple[tuple[int, ...], str] | None:
    """Return the v6 grades that a v5 grade of this term may have, and the numbers of both; None where not numeric.

    Limits of normal are taken to be the same in both editions, and the value before treatment to have been normal.
    """
    name = fold(term)
    old = next((row for row in criteria() if 5 in row.editions and fold(row.term) == name), None)
    if old is None or grade in old.clinical or not any(grade in step.grades for step in old.steps):
        return None
    new = next((row for row in criteria() if 6 in row.editions and row.analytes == old.analytes), None)
    if new is None or new.direction != old.direction or new.unit != old.unit:
        return None
    if new.steps == old.steps:
        return (grade,), _SAME
    if _plain(new) == _plain(old):
        return (grade,), f"{_SAME} unless the value before treatment was abnormal"
    ours = next(span for span in _spans(old) if grade in span.grades)
    beside = [span for span in _spans(new) if max(ours.low, span.low) < min(ours.high, span.high)]
    possible = tuple(sorted({one for span in beside for one in span.grades}))
    theirs = "; ".join(f"grade {' or '.join(map(str, span.grades))} {span.text}" for span in beside)
    return possible, f"v5 grade {grade} is {ours.text}; v6: {theirs}"


class _Span(NamedTuple):
    low: float
    high: float
    grades: tuple[int, ...]
    text: str


def _plain(row: Criterion) -> tuple[tuple[Bound, tuple[int, ...]], ...]:
    """Return the limits that hold for a normal value before treatment, each with its grades."""
    return tuple(
        (group[0], step.grades)
        for step in row.steps
        for group in step.alternatives
        if group[0].when in ("", "normal") and group[0].of != "BASE"
    )


def _spans(row: Criterion) -> list[_Span]:
    """Return the stretch of values of each grade, from no grade to the worst, in the order of the table."""
    plain = _plain(row)
    limits = [bound.number if bound.of != "LLN" else float("inf") for bound, _ in plain]
    names = [row.say((bound,)) for bound, _ in plain]
    if row.direction == "low":
        edges = [float("inf"), *limits, 0.0]
        texts = [
            f"{names[0]} or above",
            *(f"from {after} to below {name}" for name, after in pairwise(names)),
        ]
        texts.append(f"below {names[-1]}")
        spans = [(low, high) for high, low in pairwise(edges)]
    else:
        edges = [0.0, *limits, float("inf")]
        texts = [f"up to {names[0]}", *(f"above {name} to {after}" for name, after in pairwise(names))]
        texts.append(f"above {names[-1]}")
        spans = list(pairwise(edges))
    grades = [(0,), *(grades for _, grades in plain)]
    return [
        _Span(low, high, grade, text) for (low, high), grade, text in zip(spans, grades, texts, strict=True)
    ]
