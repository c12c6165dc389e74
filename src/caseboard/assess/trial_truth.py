"""How sure it is that something holds of a patient, and whether time could turn it; and how that joins up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from caseboard.knowledge.trial_shapes import Join

__all__ = ["Held", "Truth", "denied", "joined"]

Truth = Literal["yes", "likely", "open", "unlikely", "no", "moot"]
"""``moot``: it is asked of others only (what is asked of women, of a man)."""

_SCALE: tuple[Truth, ...] = ("no", "unlikely", "open", "likely", "yes")
_DENIED: dict[Truth, Truth] = {
    "yes": "no", "likely": "unlikely", "open": "open", "unlikely": "likely", "no": "yes", "moot": "moot",
}  # fmt: skip


class Held(msgspec.Struct, frozen=True):
    """Whether something holds, in a sentence, with its facts.

    ``comes``: where it does not hold, time could make it hold. ``passes``: where it holds, time could end it.
    """

    truth: Truth
    sentence: str
    comes: bool = False
    passes: bool = False
    facts: tuple[str, ...] = ()


def denied(held: Held) -> Held:
    """Return what its contrary is."""
    return Held(_DENIED[held.truth], held.sentence, held.passes, held.comes, held.facts)


def joined(parts: Sequence[Held], join: Join) -> Held:
    """Return what several things are together; where it is not clear how they are joined, what they are either way."""
    if len(parts) == 1:
        return parts[0]
    if join == "unclear":
        both, either = joined(parts, "all"), joined(parts, "any")
        return both if both.truth == either.truth else msgspec.structs.replace(both, truth="open")
    told = [part for part in parts if part.truth != "moot"]
    if not told:
        return Held("moot", _sentences(parts), facts=_facts(parts))
    pick = max if join == "any" else min
    truth = pick((part.truth for part in told), key=_SCALE.index)
    deciding = [part for part in told if part.truth == truth]
    # One of those that decide has to turn for an OR to hold or an AND to end; all of them for the other two.
    comes = any(p.comes for p in deciding) if join == "any" else all(p.comes for p in deciding)
    passes = all(p.passes for p in deciding) if join == "any" else any(p.passes for p in deciding)
    settled = truth == ("yes" if join == "any" else "no")
    shown = deciding if settled else parts
    return Held(truth, _sentences(shown), comes, passes, _facts(shown))


def _sentences(parts: Sequence[Held]) -> str:
    return " ".join(dict.fromkeys(part.sentence for part in parts if part.sentence))


def _facts(parts: Sequence[Held]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for part in parts for fact in part.facts))
