"""Reports on a specimen: a pathologist's report tells of one patient, though it may never say so.

It is known by its labels at the beginning of lines: one for the specimen, and one at least for what was seen in it.
"""

from __future__ import annotations

import re

from caseboard.narrative.patterns import lowered, pattern

__all__ = ["OF_MANY", "is_specimen_report"]

_SPECIMEN = re.compile(
    r"\n[ \t]{0,8}(?:nature of |site of |type of )?(?:specimens?|tissue|sample|material)"
    r"(?:\(s\))?(?: type| received| submitted| source| site| description|s? and source)?[ \t]{0,3}:"
    r"|\n[ \t]{0,8}(?:surgical |anatomic(?:al)? |histo)?pathology (?:report|consultation)\b"
)
_SEEN = re.compile(
    r"\n[ \t]{0,8}(?:(?:final |pathologic(?:al)? |histo(?:patho)?logic(?:al)? |integrated |microscopic |surgical ){0,2}"
    r"diagnosis|conclusion|(?:gross|macroscopic|microscopic)(?: description| examination| findings)?|macroscopy"
    r"|microscopy|histology|immunohistochemistry)[ \t]{0,3}(?::|$)",
    re.MULTILINE,
)
OF_MANY = re.compile(
    r"\b(?:patients|cohort|literature|meta-analysis|et al|we (?:report|describe|present|review)|were included"
    r"|guidelines?|volunteers|healthy donors)\b",
    re.IGNORECASE,
)
"""What makes a text with the same labels a protocol, a series or a review."""
_TAKEN = pattern(
    r"\b(?:biops(?:y|ies)|resections?|excisions?|[a-z]{3,20}ectomy|tumou?rs?|malignan(?:t|cy)|metasta(?:sis|ses|tic)"
    r"|neoplas(?:m|tic)|[a-z]{3,20}omas?)\b",
    re.IGNORECASE,
)
"""What tells that a tumour was looked for, not the contents of a river or of a configuration."""
_LONGEST = 20_000
"""Characters; a longer text is no report on one specimen."""


def is_specimen_report(text: str) -> bool:
    """Whether a whole text is a report on one specimen, and so on one patient."""
    if len(text) > _LONGEST:
        return False
    lines = "\n" + lowered(text)
    return (
        _SPECIMEN.search(lines) is not None
        and _SEEN.search(lines) is not None
        and _TAKEN.search(text) is not None
        and OF_MANY.search(text) is None
    )
