"""Words of a response that are none: not asserted, of something else than the tumour, or out of place in the story."""

from __future__ import annotations

import re

from caseboard.narrative.extract.response_hit import Hit
from caseboard.narrative.extract.response_no_tumor import is_of_something_else
from caseboard.narrative.extract.response_not_asserted import is_not_asserted
from caseboard.narrative.extract.response_out_of_place import is_out_of_place
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["is_no_response"]

_AUTOPSY = pattern(r"\b(?:autopsy|post-?mortem|necropsy)\b", re.IGNORECASE)
"""What was found after death is no assessment of a treatment."""


def is_no_response(view: View, memory: Memory, hit: Hit) -> bool:
    """Whether the words are no assessment of this patient's tumour, by what stands around them or by the story."""
    return (
        view.has(_AUTOPSY, *view.clause(hit.start)) is not None
        or is_not_asserted(view, memory, hit)
        or is_of_something_else(view, hit)
        or is_out_of_place(view, memory, hit)
    )
