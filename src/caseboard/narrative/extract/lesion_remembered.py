"""Which lesion words without a site mean: what was operated on, the main one, or the one last spoken of."""

from __future__ import annotations

import re

from caseboard.narrative.extract.lesion_place import Where
from caseboard.narrative.memory import Memory
from caseboard.narrative.operations import organ_of_operation
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = [
    "LESION_NOUN",
    "MAIN",
    "PRIMARY",
    "SPECIMEN",
    "called_before",
    "noun_measured",
    "operated_on",
    "place_remembered",
    "primary_place",
]

LESION_NOUN = pattern(
    r"\b(?:lesions?|mass(?:es)?|tumou?rs?|(?:micro)?nodul(?:es?|ar\b)|metasta\w{1,6}|mets\b"
    r"|neoplasms?|lymph ?nodes?|nodes?\b|(?:lymph)?adenopath(?:y|ies)|deposits?|recurrences?"
    r"|foc(?:us|i)\b|swellings?|lumps?|opacit(?:y|ies)|"
    r"cysts?|polyps?|ulcers?|thickening|infiltrat\w{2,5}|implants?|satellites?|primary|uptake"
    r"|residues?|remnants?|conglomerates?|pseudotumou?rs?|components?|bulk|plaques?|papules?|clusters?|nods?\b|SOLs?\b"
    r"|enhancement|shadows?|hypermetabolism|fixations?|process(?:es)?|package|specimens?|spec\b"
    r"|(?:re)?growth|spots?|cak(?:e|ing)\b|residual|carcinomatosis|carcinoma|sarcoma|involvement|occupation|disease)\b",
    re.IGNORECASE,
)
"""What a lesion is called, be it the disease as a whole."""
MAIN = pattern(
    r"\b(?:main|primary|index|dominant|known|target|residual|remaining"
    r"|resected)\s(?:[a-z-]{3,20}\s)?(?:lesion|mass|tumou?r|neoplasm)\b|\b(?:the|a|this|that"
    r"|its|palpable|solid|malignant)\s(?:residual |resected |large |surgical )?(?:tumou?r|mass"
    r"|specimen|neoplasm)\b|\btumou?r (?:mass|size|bed|bulk)\b|\bmass size\b|\bspecimens?\b"
    r"|\bresidual (?:[a-z-]{3,14}\s)?(?:tumou?r|part|portion|component|tissue|enhancement)\b"
    r"|(?<=[:;,.#\d]\s)(?:tumou?r|mass)\b",
    re.IGNORECASE,
)
PRIMARY = pattern(
    r"\bthe primary(?! site of)\b|\b[Pp]rimary(?=:?\s\(?\d)|\bPrimary(?=\s(?:no|is|was|has|not|tumou?r)\b)"
    r"|\b(?:main|primary|index|dominant)\s(?:[a-z-]{3,20}\s)?(?:lesion|mass|tumou?r|neoplasm)\b",
    re.IGNORECASE,
)
SPECIMEN = pattern(
    r"\b(?:specimen|(?:resection|surgical|operative) piece|resected|histolog\w{1,4}|histopatholog\w{1,5}"
    r"|patholog\w{1,5}|residual"
    r"|sectioning|cut surface|path(?=:)|HPE|HPR|macroscop\w{1,5}|excised|gross)\b",
    re.IGNORECASE,
)
_OPERATED = pattern(r"\b\w{3,14}(?:ectomy|ectomies|otomy)\b", re.IGNORECASE)


_FOUND_IN = pattern(
    r"\b(?:reveal|show|confirm|found|disclos|demonstrat|specimen|patholog|histolog|residual)", re.IGNORECASE
)
"""What tells that a size is of what an operation took out: "mastectomy revealed residual carcinoma of 9 mm"."""


def operated_on(view: View, high: int) -> Where | None:
    """Return the organ of an operation that the sentence itself tells: "mastectomy ...; the tumour was 6 cm"."""
    name = view.has(_OPERATED, view.start, high)
    organ = organ_of_operation(name[0]) if name is not None else None
    if name is None or organ is None:
        return None
    side = anatomy.laterality(view.whole[max(view.start, name.start() - 24) : name.start()])
    return Where(organ, side, name.start(), name.start(), "what the operation took out")


_MEASURED_NOUN = pattern(
    r"\b(?P<noun>ulcer|cyst|plaque|polyp|lump|swelling|thickening|implant|deposit|papule|opacity|rind|crater|bulge"
    r"|conglomerate|satellite|collection|cavity|thrombus|wound|bubo|patch|blister|growth)"
    r"(?:\s(?:in|on|at|over|of|along)\s(?:the|her|his|this)(?:\s[a-z-]{3,14}){1,3}?)?\s"
    r"(?:\(?(?:which|that|it|is|was|were|has|had|have|been|be|being|measur(?:ed|es|ing)|now|still|again|only|then|also"
    r"|about|approximately|approx\.?|some|to|at|of|down|up|from|by|a|the|size|reduced|decreased|increased|shrunk|shrank"
    r"|fell|grown|grew|enlarged|became|sized|remained|[a-z]{4,12}ed)\s){0,7}\(?$",
    re.IGNORECASE,
)
"""A lesion that has a name of its own, before its size: "the ulcer was reduced to 5 cm"."""


def noun_measured(view: View, start: int) -> str:
    """Return the name of its own that the lesion has whose size begins at ``start``, or nothing."""
    match = view.has(_MEASURED_NOUN, max(view.clause(start)[0], start - 90), start)
    return match["noun"].lower() if match is not None else ""


def called_before(view: View, memory: Memory, start: int) -> Where | None:
    """Return the lesion that the story has called by the same name: "the rind was 15 mm"."""
    noun = noun_measured(view, start)
    place = memory.called.get(noun) if noun else None
    return None if place is None else Where(*place, start, start, f"the {noun} told before")


def place_remembered(view: View, memory: Memory, low: int, high: int) -> Where | None:
    """Return the lesion that words without a site mean: the main one, or the one last spoken of."""
    organ = operated_on(view, high)
    if organ is not None:
        there = [
            place for place in memory.sites if anatomy.same_site(place[0], organ.site) in ("same", "within")
        ]
        if not there and all(anatomy.same_site(name, organ.site) == "different" for name, _ in memory.sites):
            return organ
        if there and view.has(_FOUND_IN, organ.end, high):
            return Where(*there[-1], low, high, "what the operation took out")
    if memory.operated_site is not None and view.has(SPECIMEN, view.start, high):
        return Where(*memory.operated_site, low, high, "what was operated on, from the story")
    if memory.main_site is not None and view.has(PRIMARY, low, high):
        return primary_place(memory, low, high)
    if (
        memory.main_site is not None
        and (view.has(MAIN, low, high) or _A_MASS.match(view.whole, high, view.end))
        and not (memory.operated and memory.new_since_operation)
    ):
        return _main_place(memory, low, high)
    residue = _RESIDUE.match(view.whole, high, view.end) or view.has(_RESIDUE, low, high)
    if (
        memory.operated
        and residue is not None
        and (left := memory.operated_site or memory.main_site) is not None
    ):
        return Where(*left, low, high, "what the operation left")
    measured = {(site, side) for site, side, _ in memory.measured}
    if memory.main_site in measured and memory.sites[-1] not in measured and view.has(_THE_LESION, low, high):
        return Where(*memory.main_site, low, high, "the only lesion that was measured")
    if memory.sites:
        nodule = view.has(_NODULE, low, high) is not None and view.has(_NODE, low, high) is None
        other = [place for place in memory.sites if "lymph node" not in place[0]] if nodule else []
        return Where(*(other or memory.sites)[-1], low, high, "the lesion last spoken of")
    return None


def _main_place(memory: Memory, low: int, high: int) -> Where | None:
    """Return where "the mass" is: the main lesion, or where the diagnosis is, if only another place was told."""
    main, named = memory.main_site, memory.named_site
    if main is None:
        return None
    if (
        named is not None
        and not memory.main_measured
        and not memory.operated
        and anatomy.same_site(named[0], main[0]) == "different"
    ):
        return Where(*named, low, high, "the place of the tumour, from the diagnosis")
    return Where(*main, low, high, "the main lesion, from the story")


def primary_place(memory: Memory, low: int, high: int) -> Where | None:
    """Return where the primary is: the main lesion, or the organ of the diagnosis where that lesion is a metastasis."""
    main = memory.main_site
    if main is None:
        return None
    organs = [match.term.key for match in anatomy.find(memory.diagnosis or "")]
    if (
        memory.main_is_spread
        and organs
        and all(anatomy.same_site(main[0], organ) == "different" for organ in organs)
    ):
        return Where(organs[0], None, low, high, "the main lesion, by the name of the diagnosis")
    return _main_place(memory, low, high)


_A_MASS = pattern(
    r"[\s-](?:(?:residual|solid|firm|hard|viable|large|well|poorly|circumscribed|heterogeneous)\s){0,2}(?:tumou?r"
    r"|mass)\b"
)
"""What follows the size of the main lesion: "a 31 mm tumour"; of a node or a deposit it is not said."""
_RESIDUE = pattern(r"\b(?:residue|residual|remnant)\b", re.IGNORECASE)
_NODULE = pattern(r"\bnodules?\b", re.IGNORECASE)
_NODE = pattern(r"\b(?:lymph ?nodes?|nodes?|nodal)\b", re.IGNORECASE)
_THE_LESION = pattern(
    r"\b(?:the (?:lesion|residue|residual|remnant)|a (?:residue|residual|remnant))\b", re.IGNORECASE
)
