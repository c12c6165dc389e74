"""Where a lesion is of which a sentence gives only a size: in what was examined, or where the story has told it to be.

A size at a place that no vocabulary knows is that of no lesion told before.
"""

from __future__ import annotations

import re

from caseboard.narrative.examination import IMAGING, examinations, modality_at
from caseboard.narrative.extract.lesion_place import Where, place_named
from caseboard.narrative.extract.lesion_remembered import (
    LESION_NOUN,
    MAIN,
    SPECIMEN,
    called_before,
    operated_on,
    place_remembered,
)
from caseboard.narrative.extract.lesion_sites import LISTED_TOO
from caseboard.narrative.memory import Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["told_by_the_story"]

_NEXT_THING = pattern(
    r"\band\b[^.;]{0,60}?\b(?:metasta\w{2,5}|nod(?:es?|ules?)|lesions?|mass(?:es)?|tumou?rs?|deposits?|effusions?)\b",
    re.IGNORECASE,
)
"""What stands before a place where another thing is: "15 mm with enhancement and two nodes of the neck"."""


def told_by_the_story(
    view: View, memory: Memory, sites: list[Mention], examined: list[Mention], start: int, end: int
) -> Where | None:
    """Return the place that only what was examined or what was told before says."""
    if view.has(_OF_STAGE, max(view.start, start - 12), start):
        operated = Where(*memory.operated_site, start, start) if memory.operated_site is not None else None
        return operated_on(view, end) or operated
    if (called := called_before(view, memory, start)) is not None:
        return called
    if not view.has(LESION_NOUN) and not _tumor_named(view, start, end):
        if not view.has(_SIZE_OF, view.start, start) and not _all_that_was_seen(view, start):
            largest = view.has(SPECIMEN, view.start, start) and view.has(_LARGEST, view.start, start)
            resected = (
                memory.operated_site or (memory.main_site if memory.operated else None) if largest else None
            )
            return (
                Where(*resected, start, start, "what was operated on, from the story") if resected else None
            )
        again = _measured_before(view, memory, start)
        if again is not None:
            return again
    if _elsewhere(view, sites, start, end):
        return None
    known = (
        _in_examined(view, memory, examined, start)
        or _of_this_examination(view, memory, start)
        or place_remembered(view, memory, view.start, end)
        or (_looked_into(view, start) if memory.main_site is None and not sites else None)
    )
    if known is not None:
        return known
    following = next((site for site in sites if site.start >= end), None)
    if following is None or _is_of_the_next(view, end, following):
        return None
    return place_named(view, memory, following)


_ENDOSCOPY = pattern(
    r"\b(?:(?P<bladder>cystoscop|TUR-?BT?\b)|(?P<colon>colonoscop)|(?P<stomach>gastroscop)|(?P<uterus>hysteroscop)"
    r"|(?P<rectum>proctoscop|rectoscop)|(?P<larynx>laryngoscop)|(?P<bronchus>bronchoscop)"
    r"|(?P<esophagus>o?esophagoscop))",
    re.IGNORECASE,
)


def _looked_into(view: View, start: int) -> Where | None:
    """Return the organ that an endoscopy looked into, where nothing else says where a lesion is."""
    seen = view.has(_ENDOSCOPY, view.start, start)
    if seen is None or seen.lastgroup is None:
        return None
    return Where(seen.lastgroup, None, start, start, "the organ that the endoscopy looked into")


def _is_of_the_next(view: View, end: int, site: Mention) -> bool:
    """Whether a site behind a size is that of another thing: "4.1 cm and the liver metastases"."""
    if view.has(_NEXT_THING, end, site.start) is not None:
        return True
    if _PARTS.search(view.whole, end, site.start) is None:
        return False
    return anatomy.vocabulary()[site.key].node or _OWN_THING.match(view.whole, site.end, view.end) is not None


_PARTS = re.compile(r"\b(?:and|with|while|but|whereas)\b|[,;]")
_OWN_THING = re.compile(
    r"\s(?:metasta\w{2,5}|nod(?:es?|ules?)|lesions?|mass(?:es)?|tumou?rs?|deposits?|effusions?|involvement|mets)\b",
    re.IGNORECASE,
)
_OF_A_PLACE = pattern(
    r"\b(?:lesion|mass|tumou?r|nodule|neoplasm|cyst|swelling|lump|growth|deposit|polyp)s?\s(?:of|in|within|at"
    r"|on)\s(?:the|his|her)\s"
    r"(?:(?:left|right)\s)?(?P<place>[a-z-]{3,20})\b",
    re.IGNORECASE,
)
_NEXT_TO_A_PLACE = re.compile(
    r"\s(?:(?:to\s)?(?:the\s)?(?:L|R|left|right)\s)?(?:of|in|at|on|near|beside|behind)\s(?:the|his|her)\s(?:left\s"
    r"|right\s)?"
    r"(?P<place>[a-z-]{3,20})\b"
)
_NO_PLACE = re.compile(
    r"(?:patient|same|specimen|lesion|mass|tumou?r|following|previous|next|last|latest|size|order|case|resected"
    r"|remaining"
    r"|past|time|largest|greatest|longest|maximum|maximal|axial|transverse|short|long|axis|diameter|scan|other|whole"
    r"|entire"
    r"|surgical|final|first|second|third|ct|mri|pet|end|day|beginning|start|most)",
    re.IGNORECASE,
)
"""What may stand behind "of the" and is no place."""


def _elsewhere(view: View, sites: list[Mention], start: int, end: int) -> bool:
    """Whether the words beside a size name a place that no vocabulary knows: it is not that of another lesion."""
    before = list(view.find(_OF_A_PLACE, view.clause(start)[0], start))
    behind = _NEXT_TO_A_PLACE.match(view.whole, end, view.end)
    return any(
        _NO_PLACE.fullmatch(named["place"]) is None
        and not any(site.start < named.end() + 30 and named.start("place") < site.end for site in sites)
        for named in (*before[-1:], *((behind,) if behind is not None else ()))
    )


def _tumor_named(view: View, start: int, end: int) -> bool:
    """Whether a size is that of a tumour named right beside it: "a 2.2 cm melanoma", "an adenocarcinoma of 4 cm"."""
    return any(
        (end <= tumor.start <= end + _BESIDE_SIZE and not _PARTED.search(view.whole, end, tumor.start))
        or (tumor.end <= start and _TUMOR_OF.fullmatch(view.whole, tumor.end, start) is not None)
        for tumor in view.of("tumor")
    )


_BESIDE_SIZE = 30
_PARTED = re.compile(r"[.,;:(]|\b(?:and|with|from|of|in)\b")
_TUMOR_OF = re.compile(r"[\s,(]{1,2}(?:of|measuring|sized?|with a (?:diameter|size) of)?\s?")
_SIZE_OF = pattern(
    r"\b(?:size|dimensions?|diameters?|volume|measur\w{2,5})\b"
    r"|\bit\s(?:was|is|had been)\s(?:(?:now|still|only|about|approximately)\s){0,2}$"
    r"|\b(?:response|remission|regression|progression|shrinkage|recurrence)\s\($"
    r"|\b(?:it|they|this|which)\s(?:(?:had|has|have|was|were|then|again|further|been)\s){0,3}(?:reached|attained"
    r"|grown|grew|enlarged"
    r"|increased|shrunk|shrank|decreased|reduced|regressed|regrown|regrew|progressed)\b"
    r"|\b(?:picture|findings|appearances?|CT|MRI|scan)\s(?:is|was|remain(?:s|ed)"
    r"|were)\s(?:[a-z]{3,12}\s)?(?:unchanged|stable"
    r"|superimposable|static)\s?\($|\b(?:CT|MRI|US|PET(?:[-/]CT)?"
    r"|ultrasound)[:,]?\s$"
    r"|\b(?:CT|MRI|MRT|MR|US|USG|ultrasound|echo|PET(?:[-/]CT)?)\)?(?:\s(?:of|on|control)?\s?[\d./-]{4,10})?"
    r"\s?(?:[:=—–]|idem|stable)?\s{0,2}(?:stable\s|idem\s)?$"
    r"|\b(?:palp(?:able|ation|\.)?|O/E|exam(?:ination)?)[:,.]?\s(?:it (?:was|measured) )?(?:approx\.?\s|about\s)?$",
    re.IGNORECASE,
)


_LARGEST = pattern(
    r"\b(?:largest|biggest|greatest|max\.?)\s(?:of |diameter |dimension ){0,2}$", re.IGNORECASE
)
_OF_STAGE = pattern(r"\by?pT[1-4][a-d]?\s?[(,:]?\s?$")
"""What stands before the size of a specimen: "pT2 (3.2 cm)"."""


def _measured_before(view: View, memory: Memory, position: int) -> Where | None:
    """Return the lesion that the same examination measured before: "MRI 81 x 52 x 50 mm"."""
    known = memory.measured_by.get(modality_at(view, memory, position) or "")
    return (
        Where(*known, position, position, "the lesion that the same examination measured before")
        if known
        else None
    )


def _of_this_examination(view: View, memory: Memory, position: int) -> Where | None:
    """Return the lesion that the examination named here measured before, where the one last spoken of is another's."""
    named = [kind for start, kind in examinations(view) if start <= position and kind in IMAGING]
    known = memory.measured_by.get(named[-1]) if named else None
    if known is None or (named[-1], *memory.sites[-1]) in memory.seen_by or view.has(_IN_TURN):
        return None
    if view.has(_NEW, view.start, position) or view.has(_SPREAD, *view.clause(position)):
        return None
    return Where(*known, position, position, "the lesion that the same examination measured before")


_IN_TURN = pattern(r"\brespectively\b", re.IGNORECASE)
_SPREAD = pattern(r"\b(?:metasta\w{1,5}|mets?|(?:lymph )?nodes?|recurren\w{2,3}|relapse)\b", re.IGNORECASE)


def _all_that_was_seen(view: View, start: int) -> bool:
    """Whether a size is all that an examination is told to have shown: "CT on 20 June: 28 mm", "decreased to 6 mm"."""
    first = next((at for at, kind in reversed(examinations(view)) if at <= start and kind in IMAGING), None)
    if first is None or start - first > _FARTHEST:
        return False
    words, position = "", first
    for time in view.times:
        if position <= time.start and time.end <= start:
            words += view.whole[position : time.start]
            position = time.end
    return _SHOWN.fullmatch(words + view.whole[position:start]) is not None


_FARTHEST = 110
_SHOWN = re.compile(
    r"[A-Za-z/-]{2,14}(?:[\s,:;(=–-]{1,3}(?:scans?|scanning|imaging|control|chest|thorax|abdomen|brain|of|on|in|at"
    r"|from|dated|the|an?|further"
    r"|follow-?up|repeat|showed|shows|revealed|measured|measures|demonstrated|found|documented|confirmed|decreased?"
    r"|reduction|shrinkage"
    r"|shrunk|increased?|growth|grown|regression|progression|response|partial|stable|disease|unchanged|PR|SD|PD|size"
    r"|diameter"
    r"|to|with|by|down|up|only|now|then|still|again|about|approximately|approx\.?|max\.?|again"
    r"|and)){0,14}[\s,:;(=–-]{1,3}",
    re.IGNORECASE,
)
"""An examination with its day, and no words but those of how the lesion has changed."""
_NEW = pattern(r"\b(?:new|another|second|additional)\b", re.IGNORECASE)


def _in_examined(view: View, memory: Memory, examined: list[Mention], position: int) -> Where | None:
    """Return the lesion that an examination of a site means: a known one there, else one in the organ examined."""
    looked = _looked_at_last(view, [site for site in examined if site.start < position])
    if not looked:
        return None
    fresh = view.has(_NEW, view.start, position) is not None
    main = memory.main_site
    meant = main is not None and not fresh and view.has(MAIN, view.start, position) is not None
    if main is not None and meant and any(_is_part_of(main[0], region) for region in looked):
        return Where(*main, position, position, "the main lesion, in what was examined")
    for site, side in () if fresh else reversed(memory.sites):
        if any(_is_part_of(site, region) for region in looked):
            return Where(site, side, position, position, "the lesion known in what was examined")
    organs = [site for site in looked if anatomy.vocabulary()[site.key].kind not in ("region", "space")]
    if organs and (len(looked) == 1 or memory.main_site is None):
        return place_named(view, memory, organs[-1])
    return place_named(view, memory, looked[0]) if memory.main_site is None or fresh else None


def _looked_at_last(view: View, examined: list[Mention]) -> list[Mention]:
    """Return what the last examination looked at: the pelvis in "chest CT was clear, MRI of the pelvis showed"."""
    first = len(examined) - 1
    while first > 0 and LISTED_TOO.match(view.whole[examined[first - 1].end : examined[first].start]):
        first -= 1
    return examined[max(0, first) :]


def _is_part_of(site: str, region: Mention) -> bool:
    return anatomy.same_site(site, region.key) in ("same", "within")
