"""Formulas over the named numbers of one value, written once and asked of one value or of whole columns.

``answer`` asks them of plain numbers, ``caseboard.assess.ctcae.columns`` of a table. What is not known is None, in a
table null. Comparing or counting with it gives None again; "and" and "or" are Kleene's: what is false anyway stays
false beside what is not known. A choice takes a condition that is not known as false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce

import msgspec

__all__ = [
    "Formula",
    "Value",
    "answer",
    "choose",
    "constant",
    "given",
    "joined",
    "say",
    "whether_all",
    "whether_any",
]

Value = bool | int | float | str | None


class Formula(msgspec.Struct, frozen=True):
    """A formula: what is done with its ``parts``, and ``how`` (a name, a constant, a number of digits, a text)."""

    act: str
    parts: tuple[Formula, ...] = ()
    how: Value | dict[int, int | None] = None

    def __and__(self, other: Formula) -> Formula:
        return Formula("and", (self, other))

    def __or__(self, other: Formula) -> Formula:
        return Formula("or", (self, other))

    def __invert__(self) -> Formula:
        return Formula("not", (self,))

    def __lt__(self, other: Formula | float) -> Formula:
        return Formula("<", (self, _formula(other)))

    def __le__(self, other: Formula | float) -> Formula:
        return Formula("<=", (self, _formula(other)))

    def __gt__(self, other: Formula | float) -> Formula:
        return Formula(">", (self, _formula(other)))

    def __ge__(self, other: Formula | float) -> Formula:
        return Formula(">=", (self, _formula(other)))

    def __add__(self, other: Formula | float) -> Formula:
        return Formula("+", (self, _formula(other)))

    def __mul__(self, other: Formula | float) -> Formula:
        return Formula("*", (self, _formula(other)))

    def equals(self, other: float | str) -> Formula:
        """Whether it is this number or text."""
        return Formula("=", (self, constant(other)))

    def unknown(self) -> Formula:
        """Whether it is not known."""
        return Formula("unknown", (self,))

    def known_or(self, other: bool) -> Formula:
        """Return it where it is known, else ``other``."""
        return Formula("known or", (self,), other)

    def rounded(self, digits: int) -> Formula:
        """Return it with so many significant digits."""
        return Formula("rounded", (self,), digits)

    def of(self, table: dict[int, int | None]) -> Formula:
        """Return what stands for it in a table of small whole numbers."""
        return Formula("of", (self,), table)


def given(name: str) -> Formula:
    """Return what is given, or was found before, under a name."""
    return Formula("given", (), name)


def constant(value: Value) -> Formula:
    """Return a formula that is always the same."""
    return Formula("constant", (), value)


def choose(*choices: tuple[Formula, Formula], otherwise: Formula | None = None) -> Formula:
    """Return the second of the first pair whose condition is true, else ``otherwise``."""
    parts = tuple(part for choice in choices for part in choice)
    return Formula("choose", (*parts, otherwise or constant(None)))


def whether_all(conditions: Iterable[Formula]) -> Formula:
    """Whether all conditions hold."""
    return reduce(operator.and_, conditions, constant(value=True))


def whether_any(conditions: Iterable[Formula]) -> Formula:
    """Whether one of the conditions holds."""
    return reduce(operator.or_, conditions, constant(value=False))


def say(words: str, *parts: Formula) -> Formula:
    """Return a text with the parts in place of each ``{}``; None where one of them is not known."""
    return Formula("say", parts, words)


def joined(parts: Sequence[Formula], separator: str) -> Formula:
    """Return those of the texts that are known as one; empty where none is."""
    return Formula("joined", tuple(parts), separator)


def answer(formula: Formula, row: Mapping[str, Value]) -> Value:
    """Return what a formula says of plain values."""
    if formula.act == "given":
        return row[str(formula.how)]
    return _ACTS[formula.act](formula.how, *(answer(part, row) for part in formula.parts))


def _formula(value: Formula | float) -> Formula:
    return value if isinstance(value, Formula) else constant(value)


def _of_known(act: Callable[..., Value]) -> Callable[..., Value]:
    """Return the act as one that is None where one of the parts is."""
    return lambda how, *parts: None if None in parts else act(how, *parts)


def _and(_: None, one: Value, other: Value) -> Value:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _or(_: None, one: Value, other: Value) -> Value:
    if one is True or other is True:
        return True
    return None if one is None or other is None else False


def _choose(_: None, *parts: Value) -> Value:
    pairs = zip(parts[:-1:2], parts[1::2], strict=True)
    return next((value for condition, value in pairs if condition), parts[-1])


_ACTS: Mapping[str, Callable[..., Value]] = {
    "constant": lambda how: how,
    "and": _and,
    "or": _or,
    "not": _of_known(lambda _, one: not one),
    "<": _of_known(lambda _, one, other: one < other),
    "<=": _of_known(lambda _, one, other: one <= other),
    ">": _of_known(lambda _, one, other: one > other),
    ">=": _of_known(lambda _, one, other: one >= other),
    "=": _of_known(lambda _, one, other: one == other),
    "+": _of_known(lambda _, one, other: one + other),
    "*": _of_known(lambda _, one, other: one * other),
    "unknown": lambda _, one: one is None,
    "known or": lambda how, one: how if one is None else one,
    "rounded": _of_known(lambda digits, one: float(f"{one:.{digits}g}")),
    "of": _of_known(lambda table, one: table[one]),
    "choose": _choose,
    "say": _of_known(lambda words, *parts: words.format(*parts)),
    "joined": lambda separator, *parts: separator.join(part for part in parts if part is not None),
}
