"""Drafts that later sentences may withdraw or change: what is told in passing, and diagnoses."""

from __future__ import annotations

from typing import Literal

from caseboard.case.facts import Fact, Test
from caseboard.narrative.clock import Moment
from caseboard.narrative.memory import Draft

__all__ = ["Diagnosed", "Reread", "Restated", "Role", "is_negative"]

Role = Literal["reached", "revised", "spread", "another", "headline", "implied", "past"]
"""How a diagnosis came to be told: reached, revised from an earlier one, that of a metastasis, of another tumour beside
the first, heading a list, taken for granted, or of a tumour of the past."""


def is_negative(test: Test) -> bool:
    """Whether a test found nothing: "negative", or none of the cells ("0%")."""
    return test.result.startswith("negative") or test.result in ("0%", "0")


class Restated(Draft):
    """A test or an alteration from a headline or an adjective ("1. IMT of the mesentery, ALK-positive")."""

    __slots__ = ()


class Reread(Draft):
    """A test of slides that were reviewed, told without a date: as old as the diagnosis that the review led to."""

    __slots__ = ()


class AsLastTold(Draft):
    """How the patient is, with the state of the disease from an earlier response: "NED in May. ... She is well"."""

    __slots__ = ("said_by",)

    def __init__(self, fact: Fact, start: int, end: int, moment: Moment, said_by: Draft) -> None:
        super().__init__(fact, start, end, moment)
        self.said_by = said_by


class Diagnosed(Draft):
    """A diagnosis with how it was reached: its role, whether by pathology, only suspected, with its own date."""

    __slots__ = ("again", "called", "dated", "doubtful", "former", "own_day", "pathology", "role")

    def __init__(
        self,
        fact: Fact,
        start: int,
        end: int,
        moment: Moment,
        *,
        role: Role,
        pathology: bool,
        doubtful: bool,
        dated: bool,
        again: bool = False,
        former: bool = False,
        own_day: bool = False,
        called: bool = False,
    ) -> None:
        super().__init__(fact, start, end, moment)
        self.role = role
        self.pathology = pathology
        self.doubtful = doubtful
        self.dated = dated
        self.again = again
        """Whether its words call it a metastasis, a recurrence or the known tumour."""
        self.former = former
        """Whether it is told as what the tumour was first, and wrongly, called."""
        self.called = called
        """Whether its words only tell the name that it was given then: "read as hemangiopericytoma"."""
        self.own_day = own_day
        """Whether its words tell the day of the diagnosis itself: "(diagnosed May 2021)"."""
