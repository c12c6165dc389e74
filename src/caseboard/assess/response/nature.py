"""What the words of a report say of a lesion beside its size: what it is made of, and whether it is surely tumour.

Sections are those of Eisenhauer 2009. Where the words say nothing, nothing is assumed: a lesion is then solid, and the
slices are thin enough.
"""

from __future__ import annotations

import re

import msgspec

from caseboard.assess import sites
from caseboard.assess.passages import around, sentence
from caseboard.assess.results import Measurement
from caseboard.case.case import Case

__all__ = ["Nature", "equivocal", "nature_of"]

_SOFT_TISSUE = re.compile(r"\bmass|soft[ -]tissue|extra-?oss", re.IGNORECASE)
_BLASTIC = re.compile(r"\b(?:osteo-?)?(?:blastic|sclerotic)\b", re.IGNORECASE)
_LYTIC = re.compile(r"lytic\b|\bmixed\b|osteoly", re.IGNORECASE)
_SIMPLE_CYST = re.compile(r"\bsimple (?:[a-z]{1,20} )?cysts?\b", re.IGNORECASE)
_CYSTIC = re.compile(r"\bcyst(?:s|ic)?\b", re.IGNORECASE)
_SLICES = re.compile(
    r"\b(\d{1,2}(?:\.\d)?)[ -]?mm[ -](?:thick )?(?:slices?|cuts?|sections?|collimation|slice thickness)\b"
    r"|\b(?:slice thickness|slices?|collimation) (?:of |at |was |: ?|= ?)?(\d{1,2}(?:\.\d)?)[ -]?mm\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:equivocal|indeterminate|questionable|uncertain|possibl[ey]|suspicious|suspected"
    r"|(?:may|might|could) (?:be|represent)|cannot be excluded|not excluded)\b",
    re.IGNORECASE,
)
_UNSURE_AFTER = re.compile(
    rf",? \(?(?:(?:which|that) (?:is|was) |(?:is|was) )?{_UNSURE.pattern}", re.IGNORECASE
)
"""Doubt that follows a lesion at once: "a nodule of 6 mm, possibly a metastasis"."""
_DENIED = re.compile(r"\b(?:un|non-?)equivocal", re.IGNORECASE)
_REACH = 200
_WORD = 30
"""So far before a lesion its adjectives may stand: "a simple renal" before "cyst of 25 mm"."""


class Nature(msgspec.Struct, frozen=True):
    """What a lesion is beside its size. ``slice_mm``: the thickness of the slices, None where not told.

    ``blastic``: bone that is blastic only, neither lytic nor mixed. ``simple_cyst``: no tumour (section 3.1.3);
    ``cystic``: a cystic tumour, which is a target only where there is no other.
    """

    bone: bool = False
    soft_tissue: bool = False
    blastic: bool = False
    simple_cyst: bool = False
    cystic: bool = False
    slice_mm: float | None = None


def nature_of(case: Case, sight: Measurement, site: str) -> Nature:
    """Return what the words around a sight say of the lesion's nature."""
    fact = case.fact(sight.fact)
    quote, bone = fact.source.quote, sites.is_bone(site)
    words = sentence(case, fact) if bone else quote
    before = around(case, fact, _WORD, 0).removesuffix(quote)
    thick = (
        _SLICES.search(around(case, fact, _REACH, _REACH)) if sight.modality in ("CT", "MRI", None) else None
    )
    return Nature(
        bone=bone,
        soft_tissue=bone and _SOFT_TISSUE.search(quote) is not None,
        blastic=bone and _BLASTIC.search(words) is not None and _LYTIC.search(words) is None,
        simple_cyst=any(match.end() > len(before) for match in _SIMPLE_CYST.finditer(f"{before}{quote}")),
        cystic=_CYSTIC.search(quote) is not None,
        slice_mm=None if thick is None else float(thick[1] or thick[2]),
    )


def equivocal(case: Case, sight: Measurement) -> bool:
    """Whether the words of a sight leave it open that it is tumour (section 4.3.5)."""
    fact = case.fact(sight.fact)
    quote = fact.source.quote
    after = around(case, fact, 0, _REACH).removeprefix(quote)
    own = _UNSURE_AFTER.match(after)
    return _UNSURE.search(_DENIED.sub("", f"{quote}{own[0] if own else ''}")) is not None
