"""The fact that says a lesion, and whether its site is known to the story."""

from __future__ import annotations

from caseboard.case.facts import Laterality, Lesion
from caseboard.narrative.clock import Moment
from caseboard.narrative.examination import modality_at
from caseboard.narrative.extract.lesion_place import Where
from caseboard.narrative.extract.lesion_remembered import SPECIMEN
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["is_known", "lesion_draft", "low_word"]


def lesion_draft(
    view: View,
    memory: Memory,
    where: Where,
    start: int,
    end: int,
    *,
    at: tuple[int, int],
    diameters: tuple[float, ...] = (),
    suv: float | None = None,
    state: str = "present",
) -> Draft:
    """Return a lesion in the making, with its time and examination; ``at`` is where its size or verb stands."""
    moment = view.when(*at)
    operated = memory.clock.anchors.get("surgery")
    if view.governing(*at) is None and operated is not None and view.has(SPECIMEN):
        moment = Moment(operated, "resolved", "the date of the operation")
    if memory.operated and not view.has(SPECIMEN):
        memory.new_since_operation = True
    modality = "PET" if suv is not None and not diameters else modality_at(view, memory, at[0])
    fact = Lesion(
        id="",
        source=NOWHERE,
        patient=view.patient,
        site=where.site,
        laterality=where.laterality,
        modality=modality,
        diameters_mm=diameters,
        suv_max=suv,
        state="absent" if state == "absent" else "present",
        certainty="resolved" if where.why else "stated",
        why=where.why,
    )
    return Draft(fact, start, end, moment)


def low_word(view: View, position: int) -> int:
    """Return ``position`` moved past white space and opening punctuation."""
    while position < view.end and view.whole[position] in " \t\n,;:.([-–":
        position += 1
    return position


def is_known(sites: list[tuple[str, Laterality | None]], site: str, *, exact: bool = False) -> bool:
    """Whether one of the ``sites`` of the story may be this one, or with ``exact`` is just this one."""
    if exact:
        return any(site == name for name, _ in sites)
    return any(anatomy.same_site(site, name) in ("same", "within", "maybe") for name, _ in sites)
