"""Which examination a sentence speaks of, and which one a statement in it comes from."""

from __future__ import annotations

import re
from functools import lru_cache

from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import Table, pattern
from caseboard.narrative.view import View

__all__ = ["IMAGING", "examinations", "modality_at", "note_imaging"]

IMAGING = frozenset({"CT", "MRI", "PET", "US", "XR"})

_EXAMINATIONS = Table(
    (kind, pattern(rf"\b(?:{source})", re.IGNORECASE))
    for kind, source in (
        ("PET", r"PET(?:[-/ ]?(?:CT|MRI))?|positron[- ]emission|FDG|scintigraph\w{1,4}|bone scans?"),
        ("MRI", r"MRI|(?-i:MR)\b|MRCP|magnetic resonance"),
        (
            "CT",
            r"(?:HR|CE|TB )?CT\b|CTs\b|C?TAP(?=\s(?:of\s)?\d|\sscan)|computed tomograph\w{1,4}"
            r"|tomograph\w{1,4}|CAT scan",
        ),
        (
            "US",
            r"ultraso(?:und|nogra\w{1,5})|sonogra\w{1,5}|echocardiogra\w{1,4}|TTE|(?-i:USG?|USS)\b|Doppler|EUS"
            r"|endosonogra\w{1,4}",
        ),
        (
            "XR",
            r"X-?rays?\b|radiogra(?:ph|phs|phy|phic)\b|mammogra\w{1,4}|mammograhy|CXR|XR\b|roentgen\w{0,6}"
            r"|plain films?",
        ),
        ("endoscopy", r"(?:\w{3,12})?oscopy\b|(?!lapar|thorac|arthr)(?:\w{3,12})?oscopic\b|endoscop\w{1,5}"),
        (
            "pathology",
            r"specimens?|histolog\w{1,8}|histopatholog\w{1,5}|patholog\w{1,8}|macroscop\w{1,5}"
            r"|gross(?:ly)?\b(?= (?:exam|specimen|path))"
            r"|(?:excision|resection|amputation|[a-z]{4,18}ectomy)\b"
            r"(?=[^.;:]{0,50}?\s(?:yielded|delivered|brought out)\b)"
            r"|(?-i:HP[RE])\b|resected|cut surface|excised|path\b|residual tumou?r|Breslow",
        ),
        (
            "exam",
            r"(?:physical|clinical|breast|rectal|pelvic|local) examinations?|on examination"
            r"|palpat\w{2,5}|palpable|physical exam|examination revealed|inspection",
        ),
    )
)


@lru_cache(maxsize=1)
def examinations(view: View) -> tuple[tuple[int, str], ...]:
    """Return where a sentence names an examination, and which; asked for every statement of the sentence."""
    return tuple((match.start(), kind) for (kind, _), match in view.leftmost(_EXAMINATIONS))


_SCAN = pattern(r"\b(?:re-?)?(?:scans?|imaging|staging)\b(?!\s(?:laparoscop|thoracoscop))", re.IGNORECASE)
"""An examination of which the kind is not told, but that it is no specimen and no endoscopy."""


def note_imaging(view: View, memory: Memory) -> None:
    """Remember the imaging that a sentence names last, for the next one that names none."""
    for _, kind in reversed(examinations(view)):
        if kind in IMAGING:
            memory.modality = kind
            return
    if memory.modality not in IMAGING and view.has(_SCAN) is not None:
        memory.modality = None


def modality_at(view: View, memory: Memory, position: int) -> str | None:
    """Return the examination that a statement at ``position`` comes from, and remember it for the next sentence.

    It is the last one named before it in the sentence, else the first after it in the same clause, else, in the same
    scene, the one that the story last spoke of.
    """
    before: str | None = None
    after: str | None = None
    _, high = view.clause(position)
    for start, kind in examinations(view):
        if start <= position:
            before = kind
        elif after is None and start < high:
            after = kind
    found = before or after
    if found is not None:
        memory.modality = found
        return found
    return None if view.times else memory.modality
