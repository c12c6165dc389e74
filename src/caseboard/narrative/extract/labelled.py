"""The drug that heads an item of a list: "- Atezolizumab: hepatitis grade 3 from 23 April. Held, restarted in June"."""

from __future__ import annotations

import re

from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import Memory
from caseboard.narrative.view import View

__all__ = ["drug_of_item", "note_heading"]

_HEAD = re.compile(
    r"[\s•*·–-]{0,6}(?:\(?\d{1,2}[.)]\s)?(?:(?:toxicit(?:y|ies)|side effects?|adverse (?:events?|effects?))\s"
    r"(?:of|from|on|under|with)\s)?",
    re.IGNORECASE,
)
_TELLS = re.compile(r"\s?(?::|–|-)\s")


def note_heading(view: View, memory: Memory, groups: tuple[Given, ...]) -> None:
    """Remember the drug whose name and a colon head an item, until the item names another."""
    told = [given for given in groups if not given.supportive]
    if not told:
        return
    first = told[0]
    heads = (
        _HEAD.fullmatch(view.whole, view.start, first.start) is not None
        and _TELLS.match(view.whole, first.end, view.end) is not None
    )
    agents = first.agents if heads else drug_of_item(view, memory)
    alone = all(given.agents == agents for given in told)
    memory.labelled = (view.sentence.block, agents if alone else ())


def drug_of_item(view: View, memory: Memory) -> tuple[str, ...]:
    """Return the agents that head the item in which a sentence stands; none where no drug does."""
    block, agents = memory.labelled
    return agents if block == view.sentence.block else ()
