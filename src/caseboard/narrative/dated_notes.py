"""Notes without a word for their patient: age, sex and name are the first that goes when a note is made anonymous.

Such a note is known by what it does: it names a tumour or its drugs, and dates what was examined, given and found.
"""

from __future__ import annotations

import re

from caseboard.narrative.specimens import OF_MANY

__all__ = ["is_dated_note"]

_DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\b|(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}/(?:19|20)\d\d\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?[ ,]{1,2}(?:19|20)\d\d\b)"
)
_CARE = (
    r"\b(?:CT|MRI?|PET|US|USS|scans?|biops(?:y|ies)|bx|FNA|histology|pathology|IHC|FISH|NGS|surgery|resection|excision"
    r"|[a-z]{3,20}ectomy|radiotherapy|RT|SBRT|chemo(?:therapy)?|cycles?|C\d{1,2}|started|commenced|stopped|ceased"
    r"|d/c'?d|switched|PD|PR|SD|CR|relapse|recurrence|progression|Hb|LDH|CA ?\d{2,3}-?\d?)\b"
)
_DRUG = r"\b[a-z]{3,20}(?:nib|mab|platin|rubicin|taxel|limus)\b"
_DATED_CARE = re.compile(
    rf"{_DATE}[^.;\n]{{0,30}}?{_CARE}|{_CARE}[^.;\n]{{0,30}}?{_DATE}"
    rf"|{_DATE}[:\s–-]{{1,4}}{_DRUG}|{_DRUG}[^.;\n]{{0,24}}?\b(?:from|since|until)\s{_DATE}",
    re.IGNORECASE,
)
_TUMOR = re.compile(
    r"\b(?:tumou?rs?|cancer|oncolog\w{1,5}|malignan(?:t|cy)|metasta(?:sis|ses|tic)|mets?|neoplas(?:m|tic)|[a-z]{3,24}(?:omas?|nib|mab"
    r"|platin|rubicin|taxel)|gist|nsclc|sclc)\b",
    re.IGNORECASE,
)
_FEWEST = 2
"""Dated statements of care below which a text may be anything: an appointment, a line of a list."""
_LONGEST = 20_000
"""Characters; a longer text is no note."""


def is_dated_note(text: str) -> bool:
    """Whether a whole text dates the care of one tumour, as notes do that never mention whom they are about."""
    if len(text) > _LONGEST or _TUMOR.search(text) is None or OF_MANY.search(text) is not None:
        return False
    return sum(1 for _ in zip(range(_FEWEST), _DATED_CARE.finditer(text), strict=False)) == _FEWEST
