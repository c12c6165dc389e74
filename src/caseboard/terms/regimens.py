"""Chemotherapy regimens by abbreviation, expanded to their agents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import msgspec

from caseboard.terms import tumors
from caseboard.terms.vocabulary import Match, Vocabulary, fold, read_table
from caseboard.terms.written import cells

__all__ = ["Regimen", "expand", "lookup", "needs_context", "vocabulary"]


class Regimen(msgspec.Struct, frozen=True):
    """A regimen: ``key`` its usual abbreviation, ``agents`` the keys of its drugs, sorted.

    ``words`` are those of its forms that mean something else too (MAP, AIM, ICE, AC) and need an oncology context;
    all forms count only with their own capitals, save those that spell out their drugs. ``tumors`` are the codes of
    the tumour for which ``source`` set it out.
    """

    key: str
    agents: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]
    tumors: tuple[str, ...]
    source: str

    @property
    def case_sensitive(self) -> tuple[str, ...]:
        """The forms that count only with their own capitals: all without a lower-case word of four letters."""
        return tuple(form for form in self.names if not re.search(r"[a-z]{4}", form))

    @property
    def forms(self) -> tuple[str, ...]:
        """Every written form."""
        return self.names


@cache
def vocabulary() -> Vocabulary[Regimen]:
    """Return the regimens."""
    return Vocabulary("regimens", read_table("regimens", _regimen), keys_are_forms=False)


def _regimen(row: dict[str, str]) -> Regimen:
    return Regimen(
        row["regimen"],
        tuple(sorted(cells(row["agents"]))),
        cells(row["forms"]),
        cells(row["words"]),
        cells(row["tumors"]),
        row["source"],
    )


_TAIL = re.compile(r" (?:chemotherapy|regimen|protocol|scheme|therapy)$")


def lookup(text: str, tumor: str | None = None) -> Match[Regimen] | None:
    """Return the regimen that ``text`` names, with a remark that says what it stands for; None if none does.

    One abbreviation may stand for several regimens (TC: docetaxel with cyclophosphamide in breast cancer, carboplatin
    with paclitaxel in ovarian cancer). The one for ``tumor`` (a code of the tumour vocabulary) is taken, else the first
    listed, and then the remark gives the other readings.
    """
    name = _TAIL.sub("", fold(text))
    name = re.sub(r" ?[/+] ?", lambda found: found[0].strip(), name)
    for form in (
        name,
        name.replace("+", "/"),
        name.replace(" ", "-"),
        name.replace("-", "/"),
        name.replace("-", ""),
    ):
        readings = _by_form().get(form, ())
        if readings:
            return _chosen(text.strip(), form, readings, tumor)
    return None


def _chosen(text: str, form: str, readings: tuple[Regimen, ...], tumor: str | None) -> Match[Regimen]:
    fitting = [regimen for regimen in readings if tumor is not None and _is_for(regimen, tumor)]
    taken = (fitting or readings)[0]
    written = next(name for name in taken.names if fold(name) == form)
    remark = f"{text} read as {', '.join(taken.agents)}"
    others = [regimen for regimen in readings if regimen is not taken]
    if others and not fitting:
        remark += "; elsewhere it is " + " or ".join(
            f"{', '.join(other.agents)} ({other.source})" for other in others
        )
    return Match(taken, written, remark)


def _is_for(regimen: Regimen, tumor: str) -> bool:
    return any(
        tumors.related(tumor, code) in {"same", "parent", "child", "sibling"} for code in regimen.tumors
    )


@cache
def _by_form() -> Mapping[str, tuple[Regimen, ...]]:
    found: dict[str, list[Regimen]] = defaultdict(list)
    for regimen in vocabulary().terms.values():
        for form in regimen.names:
            found[fold(form)].append(regimen)
    return {form: tuple(readings) for form, readings in found.items()}


def expand(text: str, tumor: str | None = None) -> tuple[str, ...]:
    """Return the agents of the regimen ``text`` (as used for ``tumor``), sorted; empty where it is not known."""
    found = lookup(text, tumor)
    return found.term.agents if found is not None else ()


def needs_context(form: str) -> bool:
    """Whether ``form`` means something else too (MAP, AIM, ICE, AC, IE) and needs an oncology context."""
    return fold(form) in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(fold(form) for regimen in vocabulary().terms.values() for form in regimen.words)
