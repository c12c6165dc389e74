"""Gaps: what the source does not tell and the board would need, found by general rules."""

from __future__ import annotations

from collections.abc import Iterator

from caseboard.assess.chronology import say_days
from caseboard.assess.findings import Finding
from caseboard.assess.ground import Ground, GroundRule, finding
from caseboard.assess.results import Line, Measurement, TrackedLesion
from caseboard.assess.sources import cite
from caseboard.case.facts import AdverseEvent, Demographics, Diagnosis, History, Treatment

__all__ = ["GAP_RULES"]

_FOUR_WEEKS = 28
_NO_SCAN = frozenset({"exam", "pathology", "endoscopy", None})


def no_scan_before_line(ground: Ground) -> Iterator[Finding]:
    """Yield each line that began with lesions of which no scan gave the size in the four weeks before."""
    for line in ground.course.lines:
        start = line.facts[0] if line.facts else None
        if start is None or start not in ground.clock.days:
            continue
        alive = [lesion for lesion in ground.course.lesions if _alive(ground, lesion, start)]
        if not alive:
            continue
        sights = [sight for lesion in alive for sight in _measured(ground, lesion, start)]
        dated = [sight for sight in sights if sight.fact in ground.clock.days]
        if len(dated) < len(sights) or any(_sized_lately(ground, lesion, start) for lesion in alive):
            continue
        said = f"Line {line.number} ({line.name}) began {_start(line)}without a scan that measured a lesion"
        cited = cite(("recist11",), ground.case.cutoff)
        if not dated:
            ids = (alive[-1].measurements[-1].fact, start)
            yield finding("gap.no_scan_before_line", f"{said} before it.", ids, citations=cited)
            continue
        last = max(dated, key=lambda sight: ground.clock.rank[sight.fact])
        age = ground.clock.between(last.fact, start)
        if age is not None and age[0] > _FOUR_WEEKS:
            what = f"{said} in the four weeks before; the last one ({last.timing.text}) was {say_days(age)} earlier."
            yield finding("gap.no_scan_before_line", what, (last.fact, start), citations=cited)


def _start(line: Line) -> str:
    return f"({line.start.text}) " if line.start else ""


def _alive(ground: Ground, lesion: TrackedLesion, start: str) -> bool:
    """Whether a lesion was there when a line began: last seen by a scan or examination, not gone, not removed."""
    before = [sight for sight in lesion.measurements if ground.clock.before(sight.fact, start)]
    if not before or before[-1].state == "absent" or before[-1].modality == "pathology" or lesion.ambiguous:
        return False
    return not any(
        ground.clock.before(before[-1].fact, surgery) and ground.clock.before(surgery, start)
        for surgery in lesion.resected
    )


def _sized_lately(ground: Ground, lesion: TrackedLesion, start: str) -> bool:
    """Whether a size stands in the four weeks before, though not by what it was measured: that may be a scan."""
    return any(
        sight.diameters_mm
        and sight.modality is None
        and (age := ground.clock.between(sight.fact, start)) is not None
        and age[1] >= 0
        and age[0] <= _FOUR_WEEKS
        for sight in lesion.measurements
    )


def _measured(ground: Ground, lesion: TrackedLesion, start: str) -> list[Measurement]:
    return [
        sight
        for sight in lesion.measurements
        if sight.diameters_mm and sight.modality not in _NO_SCAN and ground.clock.before(sight.fact, start)
    ]


def drug_without_start(ground: Ground) -> Iterator[Finding]:
    """Yield the drugs that were stopped or resumed, or did harm, and whose start is not told."""
    events = [fact for fact in ground.case.of(Treatment) if fact.modality in ("systemic", "supportive")]
    started = {agent for fact in events if fact.event in ("start", "done", "change") for agent in fact.agents}
    missing: dict[str, list[str]] = {}
    for fact in events:
        for agent in fact.agents:
            if agent not in started and fact.modality == "systemic":
                missing.setdefault(agent, []).append(fact.id)
    for event in ground.case.of(AdverseEvent):
        for agent in event.agents:
            if not any(agent in fact.agents for fact in events):
                missing.setdefault(agent, []).append(event.id)
    for agent, ids in missing.items():
        yield finding("gap.drug_without_start", f"When {agent} was started is not told.", tuple(ids))


def undated(ground: Ground) -> Iterator[Finding]:
    """Yield how many facts have no date; nothing is said of them but the order in which they are told."""
    facts = [fact for fact in ground.case.facts if not isinstance(fact, Demographics | History)]
    without = [fact for fact in facts if fact.when is None]
    if without:
        what = (
            f"{len(without)} of {len(facts)} facts have no date; they are ordered as the source tells them."
        )
        yield finding("gap.undated_facts", what, tuple(fact.id for fact in without), level="info")


def undecided(ground: Ground) -> Iterator[Finding]:
    """Yield the facts that were left out because they may lie before or after the cut-off."""
    out = [fact for fact in ground.case.undecided if fact.patient in {f.patient for f in ground.case.facts}]
    if out:
        what = (
            f"{len(out)} {'fact is' if len(out) == 1 else 'facts are'} left out, because the source dates "
            f"{'it' if len(out) == 1 else 'them'} too loosely to say whether that was by {ground.case.cutoff}."
        )
        yield finding("gap.undecided_at_cutoff", what, (), level="info")


def reading_remarks(ground: Ground) -> Iterator[Finding]:
    """Yield what the reader remarked on the text as a whole; other ages are a conflict of their own."""
    for remark in dict.fromkeys(ground.case.remarks):
        if not remark.startswith("age"):
            yield finding(
                "gap.reader_remark", f"{remark[:1].upper()}{remark[1:].rstrip('.')}.", (), level="info"
            )


def diagnosis_not_told(ground: Ground) -> Iterator[Finding]:
    """Yield that treatment was given without any diagnosis told."""
    told = [fact for fact in ground.case.of(Diagnosis) if fact.status != "history"]
    given = [fact for fact in ground.case.of(Treatment) if fact.modality == "systemic"]
    if given and not told:
        what = "Systemic treatment is told of, and no diagnosis."
        yield finding("gap.no_diagnosis", what, (given[0].id,), level="warning")


GAP_RULES: tuple[tuple[str, GroundRule], ...] = (
    ("gap.no_scan_before_line", no_scan_before_line),
    ("gap.drug_without_start", drug_without_start),
    ("gap.undated_facts", undated),
    ("gap.undecided_at_cutoff", undecided),
    ("gap.reader_remark", reading_remarks),
    ("gap.no_diagnosis", diagnosis_not_told),
)
