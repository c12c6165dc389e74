"""Drugs given right before stem cells, which tell when: "high-dose melphalan followed by stem cell rescue on 4 May"."""

from __future__ import annotations

import re

from caseboard.narrative.clock import Moment
from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.view import View
from caseboard.terms import procedures

__all__ = ["conditioned"]

_TIED = re.compile(
    r"(?:[\s-](?:conditioning|chemotherapy|regimen|therapy|treatment)){0,2},?\s"
    r"(?:followed by|with|and|plus|before|prior to|and then|then)\s(?:an?\s|the\s|his\s|her\s|(?:first|second)\s)?",
    re.IGNORECASE,
)
"""What ties a regimen to the stem cells that it is followed by."""


def conditioned(view: View, given: Given) -> Moment | None:
    """Return when a regimen was given before stem cells that the sentence names right behind it, or None."""
    if given.supportive:
        return None
    tied = _TIED.match(view.whole, given.dose_end, view.end)
    if tied is None:
        return None
    known = procedures.vocabulary()
    for cells in view.of("procedure"):
        if cells.start == tied.end() and known[cells.key].modality == "transplant":
            span = (cells.start, cells.end)
            doubted = (
                planned(view, *span)
                or hypothetical(view, *span)
                or denied(view, *span)
                or of_someone_else(view, *span)
            )
            return None if doubted else view.when(*span)
    return None
