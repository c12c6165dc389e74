"""Molecular alterations found in the patient: fusions, rearrangements, variants, amplifications, deletions."""

from __future__ import annotations

from collections.abc import Iterator

from caseboard.case.facts import Alteration
from caseboard.narrative.extract.restated import Restated
from caseboard.narrative.finding import Finding
from caseboard.narrative.genes_named import FAMILIES
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.methods import (
    find_methods,
    found_when,
    is_later,
    is_molecular,
    passing_when,
    told_from,
)
from caseboard.narrative.molecular import NEEDS, find_alterations
from caseboard.narrative.view import View

__all__ = ["extract"]

_CLOSED = frozenset({"plan", "family", "allergies", "medication"})


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the alterations that a sentence finds; one told before is told again only where a test found it anew."""
    if view.retold or view.section in _CLOSED or not view.holds(NEEDS):
        return
    methods = [m for m in find_methods(view) if m.method not in ("IHC", "flow")]
    for finding in find_alterations(view, molecular=bool(methods) or is_molecular([], memory)):
        if not finding.positive or not FAMILIES.isdisjoint(finding.genes):
            continue
        known = _known(memory, finding)
        if finding.adjective or (view.section == "diagnosis" and not methods):
            if not known:
                yield Restated(
                    _fact(view, finding),
                    finding.start,
                    finding.end,
                    passing_when(view, finding.start, finding.end),
                )
            continue
        moment = found_when(view, memory, told_from(view, methods, finding.start, finding.end), finding.end)
        if known and (not methods or not is_later(view, moment.when, memory.altered[known])):
            continue
        for key in _keys(finding):
            memory.altered.setdefault(key, []).append(moment.when)
        yield Draft(_fact(view, finding), finding.start, finding.end, moment)


def _fact(view: View, finding: Finding) -> Alteration:
    return Alteration(
        id="",
        source=NOWHERE,
        patient=view.patient,
        type=finding.type,
        gene5=finding.gene5,
        gene3=finding.gene3,
        gene=finding.gene,
        change=finding.change,
        remarks=finding.remarks,
    )


def _keys(finding: Finding) -> list[tuple[str, ...]]:
    """Return what the finding makes known: of a fusion also that its genes are rearranged."""
    own = (finding.type, *sorted(finding.genes), finding.change or "")
    keys: list[tuple[str, ...]] = [own]
    if finding.type == "fusion":
        keys += [("rearrangement", gene, "") for gene in finding.genes] + [
            ("fusion", gene, "") for gene in finding.genes
        ]
    if finding.change:
        keys += [(finding.type, *sorted(finding.genes), "")]
    return list(dict.fromkeys(keys))


def _known(memory: Memory, finding: Finding) -> tuple[str, ...] | None:
    own = (finding.type, *sorted(finding.genes), finding.change or "")
    return own if own in memory.altered else None
