"""Notes without a word for their patient: age, sex and name are the first that goes when a note is made anonymous.

Such a note is known by what it does: it names a tumour or its drugs, and dates what was examined, given and found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.specimens import OF_MANY

__all__ = ["is_dated_note"]

_DATE = re.compile(
    r"[0-9JFMASOND](?<!\w.)(?:(?<=\d)(?:\d?[./-]\d{1,2}[./-](?:19|20)?\d\d\b|\d{3}-\d\d-\d\d\b|\d?/(?:19|20)\d\d\b)"
    r"|(?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)[a-z]{0,6}\.?[ ,]{1,2}(?:19|20)\d\d\b)"
)
_CARE = (
    r"\b(?:CT|MRI?|PET|US|USS|scans?|biops(?:y|ies)|bx|FNA|histology|pathology|IHC|FISH|NGS|surgery|resection|excision"
    r"|[a-z]{3,20}ectomy|radiotherapy|RT|SBRT|chemo(?:therapy)?|cycles?|C\d{1,2}|started|commenced|stopped|ceased"
    r"|d/c'?d|switched|PD|PR|SD|CR|relapse|recurrence|progression|Hb|LDH|CA ?\d{2,3}-?\d?)\b"
)
_DRUG = r"\b[a-z]{3,20}(?:nib|mab|platin|rubicin|taxel|limus)\b"
_BEFORE = re.compile(
    rf"{_CARE}[^.;\n]{{0,30}}$|{_DRUG}[^.;\n]{{0,24}}\b(?:from|since|until)\s$", re.IGNORECASE
)
_BEHIND = re.compile(rf"[^.;\n]{{0,30}}?{_CARE}|[:\s–-]{{1,4}}{_DRUG}", re.IGNORECASE)
_NEAR = 60
"""Characters before and behind a date in which care is looked for."""
_TUMOR = re.compile(
    r"\b(?:tumou?rs?|cancer|oncolog\w{1,5}|malignan(?:t|cy)|metasta(?:sis|ses|tic)|mets?|neoplas(?:m|tic)"
    r"|[a-z]{3,24}(?:omas?|nib|mab"
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
    return sum(1 for _ in zip(range(_FEWEST), _dated_care(text), strict=False)) == _FEWEST


def _dated_care(text: str) -> Iterator[int]:
    """Yield where statements of care end that have a date of their own."""
    end = 0
    for date in _DATE.finditer(text):
        behind = _BEHIND.match(text, date.end(), date.end() + _NEAR)
        if behind is not None:
            end = behind.end()
            yield end
        elif _BEFORE.search(text[max(end, date.start() - _NEAR) : date.start()]):
            end = date.end()
            yield end
