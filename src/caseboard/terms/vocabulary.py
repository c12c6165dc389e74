"""What the vocabularies share: a term with its written forms, and a look-up that normalises and remarks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Generic, Protocol, TypeVar

import msgspec

from caseboard.errors import KnowledgeError

__all__ = ["Match", "Term", "Vocabulary", "fold", "read_cells", "read_table"]


class Term(Protocol):
    """What every vocabulary's entry has: ``key``, the canonical name; ``forms``, every way it is written."""

    @property
    def key(self) -> str:
        """The canonical name, unique in its vocabulary."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Every written form, the canonical one included."""


T = TypeVar("T", bound=Term)


class Match(msgspec.Struct, Generic[T], frozen=True):
    """A term found by one of its written forms; ``remark`` says what had to be corrected, else is empty."""

    term: T
    form: str
    remark: str = ""


def fold(text: str) -> str:
    """Return the form by which two spellings are held equal: NFKC, lower case, one kind of hyphen, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = plain.translate(_HYPHENS)
    return " ".join(plain.split())


_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


class Vocabulary(Generic[T]):
    """Terms by their written forms. Where two terms claim one form, the one listed first has it.

    ``keys_are_forms`` says whether a term's key is a written form too; the codes of tumours (PD, ET, MS) are none.
    """

    def __init__(self, name: str, terms: Iterable[T], *, keys_are_forms: bool = True) -> None:
        self.name = name
        self.terms: Mapping[str, T] = {term.key: term for term in terms}
        forms: dict[str, tuple[str, str]] = {}
        for term in self.terms.values():
            for form in (term.key, *term.forms) if keys_are_forms else term.forms:
                forms.setdefault(fold(form), (term.key, form))
        self._forms = forms

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, key: str) -> T:
        return self.terms[key]

    def __contains__(self, key: object) -> bool:
        return key in self.terms

    def forms(self) -> Iterator[tuple[str, str]]:
        """Yield each folded written form with the key of its term, for a scan of running text."""
        for form, (key, _) in self._forms.items():
            yield form, key

    def lookup(self, text: str) -> Match[T] | None:
        """Return the term written as ``text`` (case, hyphens and spaces aside), or None."""
        found = self._forms.get(fold(text))
        if found is None:
            return None
        key, form = found
        return Match(self.terms[key], form)


Row = TypeVar("Row")


def read_table(name: str, make: Callable[[dict[str, str]], Row]) -> list[Row]:
    """Read ``terms/data/NAME.tsv`` (tab separated, first line names the columns, ``#`` lines say the source)."""
    names, *rows = read_cells(name)
    return [make(dict(zip(names, row, strict=True))) for row in rows]


def read_cells(name: str) -> list[list[str]]:
    """Read ``terms/data/NAME.tsv`` as rows of cells, the names of the columns first."""
    resource = files("caseboard.terms") / "data" / f"{name}.tsv"
    try:
        text = resource.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(
            f"the table {name}.tsv of the package is missing: install caseboard again"
        ) from error
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
