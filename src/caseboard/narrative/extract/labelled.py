"""The drug that heads an item of a list: "- Atezolizumab: hepatitis grade 3 from 23 April. Held, restarted in June"."""

from __future__ import annotations

import re

from caseboard.narrative.extract.regimens import group_agents
from caseboard.narrative.memory import Memory
from caseboard.narrative.view import View

__all__ = ["drug_of_item"]

_HEAD = re.compile(
    r"[\s•*·–-]{0,6}(?:\(?\d{1,2}[.)]\s)?(?:(?:toxicit(?:y|ies)|side effects?|adverse (?:events?|effects?))\s"
    r"(?:of|from|on|under|with)\s)?",
    re.IGNORECASE,
)
_TELLS = re.compile(r"\s?(?::|–|-)\s")


def drug_of_item(view: View, memory: Memory) -> tuple[str, ...]:
    """Return the agents whose name and a colon head the item that a sentence stands in; none where no drug does."""
    block = view.sentence.block
    head = _head(view)
    if view.sentence.opens or head:
        memory.labelled = (block, head)
    known, agents = memory.labelled
    return agents if known == block else ()


def _head(view: View) -> tuple[str, ...]:
    first = next(iter(group_agents(view)), None)
    if first is None or first.supportive:
        return ()
    heads = _HEAD.fullmatch(view.whole, view.start, first.start) is not None
    return first.agents if heads and _TELLS.match(view.whole, first.end, view.end) is not None else ()
