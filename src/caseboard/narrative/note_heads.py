"""The heads of the notes in a chart: lines of their own with the day of a visit, whose "today" it is.

"--- 05/20/2019 ONC ---", "Progress note, 20 May 2019", "Date of service: 2019-05-20". A single one dates a letter, and
a list of what was done has what was done behind its days: neither is a chart. A thread of mails is one.
"""

from __future__ import annotations

import re

__all__ = ["DATE", "note_heads"]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}\.?[ -]{_MONTH}[ -](?:19|20)\d\d"
    rf"|{_MONTH} \d{{1,2}},? (?:19|20)\d\d)"
)
"""A day as a line of a chart writes it, in any case of letters."""
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
    rf"^[ \t\[\]>|=*#_~+-]{{0,10}}(?:{_WORD}{_LINK}(?<![a-z])){{0,7}}[\[(]?(?P<date>{DATE})(?!\d)[\])]?"
    rf"(?:{_LINK}\b{_WORD}\b){{0,8}}[ \t)\]:.|=*#_~+-]{{0,12}}$",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL = re.compile(
    rf"^[ \t>]*(?:on (?:[a-z]{{3,9}}, ?)?(?P<date>{DATE})(?:,? (?:at )?\d\d?:\d\d(?: ?[ap]m)?)?,? [^\n]{{2,50}} wrote:"
    rf"|(?:sent|date): ?(?:[a-z]{{3,9}}, ?)?(?P<sent>{DATE})(?:,? (?:at )?\d\d?:\d\d(?::\d\d)?(?: ?[ap]m)?)?)[ \t]*$",
    re.IGNORECASE,
)
"""What heads a mail, or the one that it answers: "Sent: 5 October 2020 09:00", "On 5 October 2020, Dr A wrote:"."""
_ANY_DATE = re.compile(r"[12][90]\d\d|[./-]\d\d(?!\d)")
"""What every date ends with, or begins with its year."""
_FEWEST = 2
_LONGEST = 100


def note_heads(text: str) -> frozenset[int]:
    """Return where the lines begin that head the notes of a chart; none where there is no more than one."""
    found: dict[int, str] = {}
    seen = -1
    for date in _ANY_DATE.finditer(text):
        low = max(0, date.start() - _LONGEST)
        start = text.rfind("\n", low, date.start()) + 1
        if start == seen or (start == 0 and low > 0):
            continue
        seen = start
        end = text.find("\n", date.end(), date.end() + _LONGEST)
        if end < 0 and len(text) > date.end() + _LONGEST:
            continue
        head = text[start : len(text) if end < 0 else end].rstrip("\r")
        mail = _MAIL.match(head)
        match = mail or _HEAD.match(head)
        if match is not None:
            found[start] = match["date"] or (mail["sent"] if mail is not None else "")
    return frozenset(found) if len(set(found.values())) >= _FEWEST else frozenset()
