"""The heads of the notes in a chart: lines of their own with the day of a visit, whose "today" it is.

"--- 05/20/2019 ONC ---", "Progress note, 20 May 2019", "Date of service: 2019-05-20". A single one dates a letter, and
a list of what was done has what was done behind its days: neither is a chart.
"""

from __future__ import annotations

import re

__all__ = ["note_heads"]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}\.?[ -]{_MONTH}[ -](?:19|20)\d\d"
    rf"|{_MONTH} \d{{1,2}},? (?:19|20)\d\d)"
)
_WORD = (
    r"(?:onc(?:ology)?|h(?:a)?ematology|ha?em|heme|med(?:ical)?|clin(?:ical|ic)?|visit|note|progress|consult(?:ation|ant)?|follow-?up"
    r"|f/?u|new|return|patient|pt|tele(?:phone|health|medicine|visit)|phone|call|video|encounter|review|out-?patient|in-?patient|opd"
    r"|admission|admitted|discharge|ward|round|mdt|tumou?r|board|mtb|addendum|imaging|radiology|pathology|path|lab(?:s|oratory)?"
    r"|nurs(?:ing|e)|pharmacy|surgery|surgical|sarcoma|paediatric|pediatric|peds|day|unit|date|of|service|dos|seen|on|in|at|entry"
    r"|report|summary|letter|ed|er|emergency|treatment|chemo(?:therapy)?|infusion|c\d{1,2}\s?d\d{1,2}|cycle|week|no|the"
    r"|(?:dr|prof)\.?\s[a-z]{2,16}|[a-z]{2,16},\s(?:md|do|np|pa|rn)|md|rn|np|\d{1,2}:\d\d(?:\s?[ap]m)?)"
)
_LINK = r"[ \t,:|/(&.–—-]{0,4}"
_HEAD = re.compile(
    rf"^[ \t\[\]>|=*#_~+-]{{0,10}}(?:{_WORD}{_LINK}(?<![a-z])){{0,7}}[\[(]?(?P<date>{_DATE})(?!\d)[\])]?"
    rf"(?:{_LINK}\b{_WORD}\b){{0,8}}[ \t)\]:.|=*#_~+-]{{0,12}}$",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST = 2
_LONGEST = 90


def note_heads(text: str) -> frozenset[int]:
    """Return where the lines begin that head the notes of a chart; none where there is no more than one."""
    found: dict[int, str] = {}
    at = 0
    for line in text.splitlines(keepends=True):
        match = _HEAD.match(line.rstrip("\r\n")) if len(line) <= _LONGEST else None
        if match is not None:
            found[at] = match["date"]
        at += len(line)
    return frozenset(found) if len(set(found.values())) >= _FEWEST else frozenset()
