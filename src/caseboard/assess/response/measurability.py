"""Which sight of a lesion gives a size that RECIST 1.1 can use, and whether the lesion is measurable by it.

Sections are those of Eisenhauer 2009: 3.1.1 and 3.1.2 definitions, 3.1.3 bone, cysts and treated lesions, 3.2.2
methods, appendix II slices.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.assess.response.nature import Nature
from caseboard.assess.response.recist import MEASURABLE_MM, MEASURABLE_NODE_MM, NORMAL_NODE_MM

__all__ = [
    "Size",
    "accepted",
    "comparable",
    "measure",
    "never_measurable",
]

MEASURABLE_XRAY_MM = 20.0
THIN_SLICE_MM = 5.0
"""Slices up to this thickness ask for 10 mm; of thicker ones a lesion must measure twice the thickness."""

_REFUSED = {
    "PET": "PET gives an uptake, not a diameter for RECIST",
    "US": "ultrasound is no method of measurement",
    "endoscopy": "endoscopy is no method of measurement",
    "pathology": "the size is of a specimen, not of an image",
    "other": "the method is none that RECIST accepts",
}
_CROSS_SECTION = frozenset({"CT", "MRI", None})
_PLAIN = Nature()
_SPREAD = re.compile(r"effusion|ascites|leptomening|lymphangi|carcinomatosis|marrow")


class Size(msgspec.Struct, frozen=True):
    """The diameter that counts (None where there is none), its axis, and whether the lesion is measurable by it.

    ``normal`` marks a lymph node too small to be disease, or a simple cyst. ``reason`` says why measurable, or why not.
    """

    diameter_mm: float | None
    axis: Literal["longest", "short"]
    measurable: bool
    reason: str
    normal: bool = False


def accepted(modality: str | None, organ: str) -> str:
    """Return "" where the method gives a size for RECIST, else why not (section 3.2.2)."""
    if modality == "XR":
        return "" if organ == "lung" else "an X-ray measures lesions of the lung only"
    return _REFUSED.get(modality or "", "")


def never_measurable(site: str) -> bool:
    """Whether the site names a spread that is never measurable: effusion, ascites and the like (section 3.1.2)."""
    return _SPREAD.search(site.casefold()) is not None


def comparable(baseline: str | None, now: str | None) -> bool:
    """Whether two methods give sizes that may be compared (section 3.2.2: the same at baseline and afterwards)."""
    return baseline == now or (baseline in _CROSS_SECTION and now in _CROSS_SECTION)


def measure(
    diameters_mm: tuple[float, ...],
    *,
    modality: str | None,
    organ: str,
    node: bool,
    nature: Nature = _PLAIN,
) -> Size:
    """Return the size that counts and whether the lesion is measurable by it.

    ``diameters_mm`` are largest first. Of a node given with one diameter, that one is taken as its short axis, which
    is what radiologists report alone.
    """
    axis: Literal["longest", "short"] = "short" if node else "longest"
    if not diameters_mm:
        return Size(None, axis, False, "no diameter given")
    refused = accepted(modality, organ)
    if refused:
        return Size(None, axis, False, f"{refused} (section 3.2.2)")
    if node:
        return _measure_node(diameters_mm)
    diameter = diameters_mm[0]
    barred = _barred(nature)
    if barred:
        return Size(diameter, axis, False, barred, normal=nature.simple_cyst)
    least, why = _least(modality, nature)
    method = {"XR": "chest X-ray", "exam": "callipers", None: "a method not told"}.get(modality, modality)
    if diameter < least:
        return Size(diameter, axis, False, f"{diameter:g} mm by {method}, under {least:g} mm ({why})")
    return Size(diameter, axis, True, f"{diameter:g} mm by {method}, at least {least:g} mm ({why})")


def _barred(nature: Nature) -> str:
    """Return why a lesion of this nature is not measurable whatever its size, "" where it may be (section 3.1.3)."""
    if nature.simple_cyst:
        return "a simple cyst is no tumour (section 3.1.3)"
    if nature.blastic:
        return "bone, blastic (section 3.1.3)"
    if nature.bone and not nature.soft_tissue:
        return "bone without a soft-tissue mass told (section 3.1.3)"
    return ""


def _least(modality: str | None, nature: Nature) -> tuple[float, str]:
    """Return the least diameter in mm that the method can measure, and the paragraph that says so."""
    if modality == "XR":
        return MEASURABLE_XRAY_MM, "section 3.1.1"
    if nature.slice_mm is not None and nature.slice_mm > THIN_SLICE_MM:
        return 2 * nature.slice_mm, f"twice the slices of {nature.slice_mm:g} mm, appendix II"
    return MEASURABLE_MM, "section 3.1.1"


def _measure_node(diameters_mm: tuple[float, ...]) -> Size:
    short = diameters_mm[-1]
    told = "short axis" if len(diameters_mm) > 1 else "single diameter, taken as short axis"
    if short < NORMAL_NODE_MM:
        return Size(
            short, "short", False, f"node of {short:g} mm ({told}): normal (section 3.1.1)", normal=True
        )
    if short < MEASURABLE_NODE_MM:
        return Size(
            short, "short", False, f"node of {short:g} mm ({told}): diseased, under 15 mm (section 3.1.1)"
        )
    return Size(short, "short", True, f"node of {short:g} mm ({told}), at least 15 mm (section 3.1.1)")
