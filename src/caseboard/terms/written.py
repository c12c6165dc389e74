"""How the vocabularies hold written forms in a cell of a table, and how a form that depends on capitals is read."""

from __future__ import annotations

import unicodedata
from typing import Protocol, TypeVar

from caseboard.terms.vocabulary import Match, Vocabulary, fold

__all__ = ["CaseSensitiveTerm", "cells", "lookup_written", "written_as"]


class CaseSensitiveTerm(Protocol):
    """A term some of whose ``forms`` (``case_sensitive``) count only with the capitals as they are listed."""

    @property
    def key(self) -> str:
        """The canonical name, unique in its vocabulary."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Every written form, the canonical one included."""

    @property
    def case_sensitive(self) -> tuple[str, ...]:
        """The forms that count only as they are written: ``ER`` is a receptor, ``er`` is none."""


T = TypeVar("T", bound=CaseSensitiveTerm)


def cells(text: str) -> tuple[str, ...]:
    """Return the parts of a table's cell, which ``|`` separates; an empty cell has none."""
    return tuple(text.split("|")) if text else ()


def written_as(term: CaseSensitiveTerm, text: str) -> bool:
    """Whether ``text``, which matches a form of ``term`` but for its capitals, has the capitals that the form wants."""
    folded = fold(text)
    wanted = [form for form in term.case_sensitive if fold(form) == folded]
    return not wanted or " ".join(unicodedata.normalize("NFKC", text).split()) in wanted


def lookup_written(vocabulary: Vocabulary[T], text: str) -> Match[T] | None:
    """Return what ``text`` names, or None; a form that depends on its capitals is not found without them."""
    found = vocabulary.lookup(text)
    if found is None or not written_as(found.term, text):
        return None
    return found
