"""Side effects that a patient was only told of, or that a drug may have: "we discussed the risk of neutropenia"."""

from __future__ import annotations

import re

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["is_only_told_of"]

_SIDE_EFFECTS = pattern(
    r"\b(?:side[- ][ae]ffects?|adverse\s(?:effects?|events?|reactions?)|toxicit(?:y|ies)|risks?)\b",
    re.IGNORECASE,
)
_COUNSEL = pattern(
    r"\b(?:discuss\w{0,4}|explain\w{0,3}|explanation|talk\w{0,3}|counsel\w{0,5}|understands?|understood|understanding"
    r"|aware|inform\w{0,5}|warn\w{0,3}|consent\w{0,3}|went\s(?:over|through)|told|potential|possible|expected|common"
    r"|usual|anticipated|known|typical|frequent)\b",
    re.IGNORECASE,
)
"""What tells of a drug and not of the patient: "we discussed the usual side effects including"."""
_LISTED = pattern(
    r"\b(?:consent forms?|leaflets?|package inserts?|labels?|SmPC|information sheets?|brochures?"
    r"|guidelines?)\b[^.;]{0,30}"
    r"\b(?:lists?|mentions?|names?|warns? of|includes?|says|speaks? of)\b",
    re.IGNORECASE,
)
"""What lists the effects that a drug may have: "the consent form lists neuropathy"."""
_TO_REPORT = pattern(
    r"\b(?:asked|told|instructed|advised|encouraged|reminded|urged|knows?|aware|agreed)\s(?:(?:him|her|them|the\spatient)\s)?to\s"
    r"(?:report|call|phone|ring|contact|come\s(?:back|in)|attend|present|return|look|watch|seek|let|mention|tell)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
"""What a patient is asked to tell if it comes: "she was asked to report fever or dyspnoea immediately"."""
_WOULD = pattern(r"(?:\sof\s[^.;,]{3,40}?)?\s(?:would|may|might|can|could|will)\b", re.IGNORECASE)
_OCCURRED = pattern(
    r"\b(?:develop\w{2,3}|experienc\w{1,3}|suffer\w{0,3}|occurr?\w{0,4}|reported|reports|noted|was|were|due\sto"
    r"|manag\w{2,3}"
    r"|resulted|had(?!\s(?:an?\s)?(?:[a-z-]{3,12}\s){0,2}(?:discuss|talk|conversation|chat)))\b",
    re.IGNORECASE,
)
"""What tells that an effect was had after all."""


def is_only_told_of(view: View, mention: Mention) -> bool:
    """Whether an effect is one that the patient was told of, or that a drug may have."""
    before = (max(view.start, mention.start - 200), mention.start)
    if view.has(_LISTED, *before) is not None or view.has(_TO_REPORT, *before) is not None:
        return True
    if not view.may(_SIDE_EFFECTS):
        return False
    for word in view.find(_SIDE_EFFECTS, max(view.start, mention.start - 250), mention.start):
        low = max(view.start, word.start() - 90)
        may_be = _WOULD.match(view.whole, word.end(), mention.start) is not None
        told = view.has(_COUNSEL, low, word.start()) is not None
        if (may_be or told) and view.has(_OCCURRED, low, mention.start) is None:
            return True
    return False
