"""What a rule of work-up is: a name, its sources, and a question put to the view of a case that may yield a demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from caseboard.assess.findings import Finding, Level
from caseboard.assess.opening import drugs_opened
from caseboard.assess.results import Changes, MissingTest
from caseboard.assess.sources import cite, published
from caseboard.assess.tumour import tumour_code
from caseboard.assess.view import View

__all__ = ["Demand", "Rule", "Urgency", "ask"]

Urgency = Literal["now", "before the next line", "on progression"]


class Demand(NamedTuple):
    """What a rule asks for: the test or step, why, how soon, and the facts that make it ask."""

    what: str
    why: str
    urgency: Urgency
    level: Level
    facts: tuple[str, ...]
    detail: str = ""


class Rule(NamedTuple):
    """A rule: ``ask`` returns a demand where it fires, and None where it has no ground or its demand is met.

    ``changes`` says what its test could change, ``genes`` in which genes an alteration would open drugs.
    """

    name: str
    sources: tuple[str, ...]
    ask: Callable[[View], Demand | None]
    changes: Changes = "the next line"
    genes: tuple[str, ...] = ()


def ask(rule: Rule, view: View) -> MissingTest | None:
    """Put a rule to a view; a rule whose sources were all published after the cut-off is not asked."""
    cutoff = view.case.cutoff
    if not any(published(key, cutoff) for key in rule.sources):
        return None
    demand = rule.ask(view)
    if demand is None:
        return None
    urgency, level = demand.urgency, demand.level
    if view.controlled and urgency == "now":
        # Without disease to treat nothing is urgent; the demand holds before anything is done next.
        urgency, level = "before the next line", "note"
    finding = Finding(
        what=f"{demand.what}: {demand.why}",
        rule=rule.name,
        topic="work-up",
        level=level,
        facts=tuple(dict.fromkeys(demand.facts)),
        citations=cite(rule.sources, cutoff),
        detail=demand.detail,
    )
    return MissingTest(
        what=demand.what,
        why=demand.why,
        urgency=urgency,
        finding=finding,
        changes=rule.changes,
        opens=drugs_opened(rule.genes, tumour_code(view.current) if view.current else None, cutoff),
    )
