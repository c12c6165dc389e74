"""Drugs given right before stem cells, which tell when: "high-dose melphalan followed by stem cell rescue on 4 May"."""

from __future__ import annotations

import re

from caseboard.narrative.clock import Moment
from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View
from caseboard.terms import procedures

__all__ = ["cells_behind", "when_conditioned"]

_TIED = re.compile(
    r"(?:[\s-](?:conditioning|chemotherapy|regimen|therapy|treatment)){0,2},?\s"
    r"(?:followed by|with|and|plus|before|prior to|and then|then)\s(?:an?\s|the\s|his\s|her\s|(?:first|second)\s)?",
    re.IGNORECASE,
)
"""What ties a regimen to the stem cells that it is followed by."""


def cells_behind(view: View, given: Given) -> Mention | None:
    """Return the stem cells that were given right behind a regimen, as the sentence tells, or None."""
    tied = None if given.supportive else _TIED.match(view.whole, given.dose_end, view.end)
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
            return None if doubted else cells
    return None


def when_conditioned(view: View, given: Given) -> Moment | None:
    """Return when a regimen was given by the date that stands behind the stem cells named with it, or None."""
    cells = cells_behind(view, given)
    governed = view.governing(cells.start, cells.end) if cells is not None else None
    return governed.moment if governed is not None and governed.start >= given.dose_end else None
