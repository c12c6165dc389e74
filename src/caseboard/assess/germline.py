"""Which tests are of the germline: of blood, and not of the tumour, whose own variants they say nothing of."""

from __future__ import annotations

import re

from caseboard.assess.passages import span_of
from caseboard.case.case import Case
from caseboard.case.facts import Test

__all__ = ["is_of_germline"]

_BEFORE, _BEHIND = 160, 60
_LABEL = re.compile(
    r"\b(?:(?P<germline>(?<!tumour and )(?<!tumor and )(?<!somatic and )(?<!tumour/)(?<!tumor/)(?<!somatic/)germ-?line"
    r"|constitutional|hereditary|inherited|leu[ck]ocytes?)|(?:tumou?r|somatic|tissue|biopsy|specimen|plasma|ctDNA|liquid))\b(?!\s(?:origin|possible|likely|excluded|referral))",
    re.IGNORECASE,
)
_RIGHT_BEHIND = re.compile(
    r"[^.;,]{0,20}\b(?:in|of|on|by)\s(?:the\s|an?\s)?germ-?line\b|\s\(germ-?line\)", re.IGNORECASE
)
_END = re.compile(r"[.;]\s(?=[A-Z])|\n")
_METHOD_ONLY = frozenset({"IHC", "FISH", "flow", "karyotype"})


def is_of_germline(case: Case, test: Test) -> bool:
    """Whether the words before a test in its sentence, or right behind it, say that the germline was tested."""
    if test.method in _METHOD_ONLY:
        return False
    found = span_of(case, test)
    if found is None:
        text, start, end = test.source.quote, 0, len(test.source.quote)
    else:
        text, start, end = found[0], found[1].start, found[1].end
    if _RIGHT_BEHIND.match(text, end, end + _BEHIND) is not None:
        return True
    ends = [match.end() for match in _END.finditer(text, max(0, start - _BEFORE), start)]
    low = ends[-1] if ends else max(0, start - _BEFORE)
    labels = list(_LABEL.finditer(text, low, end))
    return bool(labels) and labels[-1]["germline"] is not None
