"""Responses of organs: rated apart ("CR in the pancreas and PR of the lung lesions"), or one of them without disease.

What is told of one organ is not told of the patient: an organ without disease beside another that progresses leaves
the progression alone.
"""

from __future__ import annotations

import re

import msgspec

from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.lesion_sites import lesion_sites
from caseboard.narrative.extract.response_hit import Hit
from caseboard.narrative.extract.response_when import AFTER_CYCLES
from caseboard.narrative.extract.response_words import Category
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = [
    "LOCAL",
    "NEW",
    "is_at_a_spot",
    "is_local",
    "is_of_a_spot",
    "organ_behind",
    "rated",
    "scanned_alone",
]

_SEEN = r"\s(?:(?:was|were)\s(?:seen|noted|found|identified|detected)\s)?"
_OF = pattern(
    _SEEN + r"(?:(?:in|of|at|within)\s)?"
    r"(?:(?:the|his|her|all|both|known|most|left|right|some|disease|tumou?r|lesions?"
    r"|nodules?"
    r"|metastas[ei]s|mets|primary|in|of)\s){0,5}$",
    re.IGNORECASE,
)
_LISTED = pattern(r"\s?(?:,|,?\s?and|,?\s?or|/)\s?(?:the\s)?", re.IGNORECASE)
LOCAL = pattern(
    r"\b(?:local(?:ly|\s)|loco-?regional\s)(?!(?:or|and|nor)\s(?:distant|metasta))", re.IGNORECASE
)
"""What makes a sign of recurrence one of the place of the first tumour alone."""
_STRONG = 8
"""The least weight of words that rate and do not only describe: "PR", not "shrank"."""
_WORST: tuple[Category, ...] = ("CR", "NED", "PR", "MR", "SD", "PD")
_NOWHERE_ELSE = frozenset({"CR", "NED"})


def organ_behind(view: View, end: int) -> Mention | None:
    """Return the one organ of which alone the words before ``end`` are told: "no evidence of disease in the chest".

    None where several are listed: that is the patient.
    """
    sites = [site for site in view.of("site") if end < site.start < end + 60]
    if (
        not sites
        or view.has(_OF, end, sites[0].start) is None
        or not _OF.match(view.whole, end, sites[0].start)
    ):
        return None
    last = max((site for site in sites if site.start == sites[0].start), key=lambda site: site.end)
    listed = any(
        last.end < other.start and _LISTED.fullmatch(view.whole[last.end : other.start]) for other in sites
    )
    return None if listed else last


def scanned_alone(view: View, end: int) -> Mention | None:
    """Return the one region whose scan alone showed what the words before ``end`` tell: "CT of the chest was clear".

    None where several were scanned, or the whole body: that is the patient.
    """
    low, _ = view.clause(end - 1)
    looked_at = [site for site in lesion_sites(view)[1] if low <= site.start and site.end <= end]
    if len(looked_at) != 1 or _WHOLE_BODY.search(view.whole, low, end) is not None:
        return None
    return looked_at[0]


_WHOLE_BODY = pattern(r"\b(?:whole[- ]body|PET|total[- ]body|skeletal survey|CAP|TAP)\b", re.IGNORECASE)


def is_local(view: View, hit: Hit) -> bool:
    """Whether words are told of the place of the first tumour alone: "no local recurrence"."""
    return view.has(LOCAL, hit.start, hit.end) is not None


def is_at_a_spot(view: View, end: int) -> bool:
    """Whether the words before ``end`` are told of where something was taken out or treated: "in the resection bed"."""
    return _SPOT.match(view.whole, end, view.end) is not None


def is_of_a_spot(view: View, end: int) -> bool:
    """Whether the same is told before the words that end at ``end``: "ablation scar in segment IV, no enhancement"."""
    return _OF_A_SPOT.search(view.whole, max(view.start, end - 90), end) is not None


_OF_A_SPOT = re.compile(
    r"\b(?:ablat\w{2,4}|ablation|resection|surgical|post-?(?:operative|surgical|ablative)|treat(?:ed|ment)|operat\w{2,5}"
    r"|irradiat\w{2,3}|radiation|cryoablation|RFA|MWA|SBRT|SABR)\s(?:[a-z]{3,12}\s)?"
    r"(?:cavity|scar|zone|bed|defect|site|field|stump|area|margins?|tract|changes?)\b[^.;]{0,70}$",
    re.IGNORECASE,
)
_SPOT = re.compile(
    _SEEN + r"(?:in|at|within|around|along)\s(?:[A-Za-z-]{1,16}\s){0,4}?"
    r"(?:site|bed|cavity|field|stump|anastomosis|margins?|scar|region)\b"
)


def rated(view: View, group: list[Hit]) -> list[Hit]:
    """Return the responses that the hits of one time amount to, the worst last: one, or one for each organ rated."""
    rates = [hit for hit in group if hit.weight >= _STRONG or hit.category == "PD"]
    at = {id(hit): organ_behind(view, hit.end) for hit in rates}
    apart: dict[int, Hit] = {}
    for hit in sorted(group, key=_first):
        organ = at.get(id(hit))
        if organ is not None and hit.category != "NED":
            apart.setdefault(organ.start, hit)
    if len({hit.category for hit in apart.values()}) > 1:
        return sorted(apart.values(), key=lambda hit: (_WORST.index(hit.category), hit.start))
    in_turn = _after_cycles(view, group)
    if len(in_turn) > 1 or (in_turn and len({hit.category for hit in group}) == 1):
        return in_turn
    by_criteria = [hit for hit in group if _BY_CRITERIA.match(view.whole, hit.end, view.end)]
    if by_criteria and all(hit.weight < _SURE for hit in group if hit.category == "PD"):
        return [min(by_criteria, key=_first)]
    grown = [hit for hit in group if hit.category == "PD"]
    if (turned := _turned(view, group, grown)) is not None:
        return turned
    group = _gone_on(view, group)
    group = [hit for hit in group if hit.category != "SD"] if grown else group
    best = min(group, key=_first)
    new = next((hit for hit in grown if NEW.match(view.whole, hit.start)), None)
    if new is not None and best.category in ("CR", "PR") and at.get(id(best)) is not None:
        return [best, new]  # one organ responded, and a new lesion is progression: RECIST 1.1, section 4.3.5
    local = best.category == "NED" and is_local(view, best)
    free = best.category in _NOWHERE_ELSE and (
        local or at.get(id(best)) is not None or (bool(grown) and scanned_alone(view, best.end) is not None)
    )
    return [min(grown, key=_first)] if free and grown else [best]


NEW = re.compile(r"new(?:ly)?\s", re.IGNORECASE)
"""How the words begin that tell of what was not there before."""
_BY_CRITERIA = re.compile(
    r"\)?,?\s\(?(?:by|per|as per|according to|on|under)\s(?:the\s)?(?:[mi]?RECIST|PERCIST|Choi"
    r"|RANO|Lugano|Cheson)\b"
)
"""What makes a rating that of the criteria, be a little growth told with it: "grown by 10 % (SD by RECIST)"."""


def _turned(view: View, group: list[Hit], grown: list[Hit]) -> list[Hit] | None:
    """Return a response and the progression told to have followed it: "although it was a partial response, it grew"."""
    worst = next((hit for hit in grown if hit.weight >= _SURE), None)
    if worst is None:
        return None
    better = [
        hit for hit in group if hit.category in _BETTER and hit.weight >= _STRONG and hit.end <= worst.start
    ]
    if not better:
        return None
    best = min(better, key=_first)
    although = (
        "," in view.whole[best.end : worst.start] and view.has(_ALTHOUGH, view.start, best.start) is not None
    )
    return [best, worst] if although or view.has(_BUT_IT_GREW, best.end, worst.start) else None


_SURE = 7
"""Weight from which progression is told in plain words."""
_BETTER = frozenset({"CR", "PR", "SD"})
_ALTHOUGH = pattern(r"\b(?:although|though|while|despite|after)\b", re.IGNORECASE)
_BUT_IT_GREW = pattern(
    r"(?:,\s)?\b(?:but|however|yet)\b(?!\sno\b|\swithout\b|\snot\b)|\b(?:and|before)\s(?:then|later|subsequently"
    r"|eventually)\b",
    re.IGNORECASE,
)


def _after_cycles(view: View, group: list[Hit]) -> list[Hit]:
    """Return the responses told after so many cycles each, of an unknown day: "SD after 3, PR after 6"."""
    if not view.may(_AFTER_CYCLES):
        return []
    counted: dict[Category, Hit] = {}
    counted_from = Moment(None, "resolved", AFTER_CYCLES)
    for hit in sorted(group, key=lambda hit: hit.start):
        after = _AFTER_CYCLES.match(view.whole, hit.end, view.end)
        if hit.weight >= _STRONG and after is not None:
            dated = next((t for t in view.times if hit.end <= t.start < after.end() + 3 and t.absolute), None)
            own = dated or Governed(start=after.start(), end=after.end(), moment=counted_from, absolute=False)
            counted.setdefault(hit.category, msgspec.structs.replace(hit, governed=own))
    return list(counted.values())


_AFTER_CYCLES = pattern(
    r"\)?\s(?:\([A-Z]{2}\)\s)?(?:was\s(?:seen|achieved|noted|observed)\s)?(?:after|following|at)\s(?:the\s)?(?:C\s?"
    r"|cycle\s|course\s)?"
    r"(?:\d{1,2}(?![./-]\d)|two|three|four|five|six|eight|first|second|third|fourth|sixth)\b(?!\s?(?:months?|weeks?"
    r"|years?|days?|mm|cm))"
    r"(?:\s(?:cycles?|courses?))?",
    re.IGNORECASE,
)
"""How many cycles led to a response: "PR after 6", "stable disease (SD) after 4 cycles"."""


def _gone_on(view: View, group: list[Hit]) -> list[Hit]:
    """Return the hits without a partial remission that became complete: "only partial remission, but later …"."""
    whole = [hit for hit in group if hit.category == "CR" and hit.weight >= _STRONG]
    return [
        hit
        for hit in group
        if hit.category != "PR" or not any(view.has(_BUT_THEN, hit.end, later.start) for later in whole)
    ]


_BUT_THEN = pattern(r",?\s(?:but|then|until|finally|eventually|subsequently|later)\b", re.IGNORECASE)
"""What parts a remission from a better one that came after it."""


def _first(hit: Hit) -> tuple[int, int]:
    return -hit.weight, hit.start
