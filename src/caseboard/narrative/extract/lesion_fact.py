"""The fact that says a lesion, and whether its site is known to the story."""

from __future__ import annotations

import re

from caseboard.case.facts import Laterality, Lesion
from caseboard.narrative.clock import Moment
from caseboard.narrative.examination import IMAGING, modality_at
from caseboard.narrative.extract.lesion_place import Where
from caseboard.narrative.extract.lesion_remembered import SPECIMEN
from caseboard.narrative.extract.periods import end_of_treatment
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
    governed = view.governing(*at)
    moment = view.when(*at)
    if governed is not None and governed.end < at[0] and _DESPITE.search(view.whole, governed.end, at[0]):
        moment = end_of_treatment(view, governed, at[0]) or moment
    operated = memory.clock.anchors.get("surgery")
    if governed is None and not view.timed and operated is not None and view.has(SPECIMEN):
        moment = Moment(operated, "resolved", "the date of the operation")
    if memory.operated and not view.has(SPECIMEN):
        memory.new_since_operation = True
    modality = "PET" if suv is not None and not diameters else modality_at(view, memory, at[0])
    modality = "pathology" if modality not in IMAGING and _taken_out(view, at) else modality
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


def _taken_out(view: View, at: tuple[int, int]) -> bool:
    """Whether a size is noted between an operation and its margins, as that of the specimen."""
    return (
        _WITH_MARGINS.match(view.whole, at[1], view.end) is not None
        and _RESECTED.search(view.whole, max(view.start, at[0] - _REACH), at[0]) is not None
    )


_REACH = 80
"""Characters from the name of an operation to the size of what it took out."""
_RESECTED = re.compile(
    r"\b(?:resection|excision|resected|excised|amputation|[a-z]{3,18}ectomy)\b[^.;\n]{0,60}[,:(]\s?(?:tumou?r\s|mass\s)?"
    r"(?:size\s|measuring\s|of\s)?$",
    re.IGNORECASE,
)
_WITH_MARGINS = re.compile(
    r"\)?[,;]\s(?:(?:all|surgical|resection|clear|free|negative|positive|close|grade\s\d|G[123]|high-grade|low-grade"
    r"|\d{1,3}\s?%\snecrosis),?\s){0,3}(?:margins?|R[012])\b",
    re.IGNORECASE,
)
"""What stands around the size of a specimen: "Wide resection left thigh, 8.8 cm, margins negative"."""
_DESPITE = re.compile(r"\b(?:but|however|although|yet|whereupon)\b")
"""What a treatment failed to hold up: "was given from April to June, but the largest nodule measured 3.7 cm"."""


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
