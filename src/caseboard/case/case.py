"""What a case is: documents, and the dated facts read from them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

import msgspec

from caseboard.case.dates import DateInterval, When
from caseboard.case.facts import Demographics, Fact, FactBase

__all__ = ["Case", "Document", "Patient"]

F = TypeVar("F", bound=FactBase)


class Document(msgspec.Struct, frozen=True):
    """A document as it was read: its name, its whole text, and what is known of its publication."""

    name: str
    text: str
    title: str = ""
    published: DateInterval | None = None
    doi: str | None = None


class Patient(msgspec.Struct, frozen=True):
    """One patient of a case, by number, with what the facts say of sex, age and first presentation."""

    number: int
    sex: str | None = None
    age_years: float | None = None
    presented: When | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one or more patients, in the order in which the story tells them.

    ``cutoff`` is set by ``as_of`` and says up to which day the facts reach; ``undecided`` are the facts left out
    because they may lie before or after it. ``remarks`` are about the reading itself.
    """

    title: str
    documents: tuple[Document, ...] = ()
    facts: tuple[Fact, ...] = ()
    remarks: tuple[str, ...] = ()
    cutoff: date | None = None
    undecided: tuple[Fact, ...] = ()

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """Return the facts of one kind, in story order."""
        return tuple(fact for fact in self.facts if isinstance(fact, kind))

    def fact(self, fact_id: str) -> Fact:
        """Return the fact with this id; raises ``KeyError``."""
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)

    def document(self, name: str) -> Document:
        """Return the document with this name; raises ``KeyError``."""
        for document in self.documents:
            if document.name == name:
                return document
        raise KeyError(name)

    @property
    def patients(self) -> tuple[Patient, ...]:
        """The patients, by number."""
        out = []
        for number in sorted({fact.patient for fact in self.facts}):
            own = next((f for f in self.of(Demographics) if f.patient == number), None)
            if own is None:
                out.append(Patient(number))
            else:
                out.append(Patient(number, own.sex, own.age_years, own.when))
        return tuple(out)

    def for_patient(self, number: int) -> Case:
        """Return the case of one of the patients alone."""
        return msgspec.structs.replace(self, facts=tuple(f for f in self.facts if f.patient == number))

    def presentation(self, patient: int) -> DateInterval | None:
        """Return the calendar date of a patient's first presentation, where it is known."""
        for fact in self.of(Demographics):
            if fact.patient == patient and isinstance(fact.when, DateInterval):
                return fact.when
        return None

    def interval(self, fact: FactBase) -> DateInterval | None:
        """Return the days on which a fact may have happened, offsets counted from the presentation where dated."""
        if fact.when is None or isinstance(fact.when, DateInterval):
            return fact.when
        presented = self.presentation(fact.patient)
        if presented is None:
            return None
        if fact.when.first is not None and fact.when.last is None:
            return None  # that day or any later one
        low = fact.when.days if fact.when.first is None else fact.when.first
        high = fact.when.days if fact.when.last is None else fact.when.last
        try:
            return DateInterval(presented.first + timedelta(days=low), presented.last + timedelta(days=high))
        except OverflowError:  # beyond the years that a calendar date can hold
            return None

    def as_of(self, day: date) -> Case:
        """Return the case as it was certainly known at the end of ``day``.

        A fact stays if it had certainly happened by then; one that may have is set aside in ``undecided``. A fact
        without any date stays only if it is told before the first fact of its patient that is certainly later: what
        the story tells after a later event was not yet known. Remarks on the reading have no date and are left out.
        """
        kept: list[Fact] = []
        undecided: list[Fact] = []
        closed: set[int] = set()
        for fact in self.facts:
            interval = self.interval(fact)
            if interval is None:
                if fact.patient not in closed:
                    kept.append(fact)
            elif interval.certainly_by(day):
                kept.append(fact)
            elif interval.possibly_by(day):
                undecided.append(fact)
            else:
                closed.add(fact.patient)
        return msgspec.structs.replace(
            self, facts=tuple(kept), remarks=(), cutoff=day, undecided=tuple(undecided)
        )
