"""What may stand between an analyte and its value: words of how high it is, its date, how it was measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View

__all__ = ["link_by_any_words", "links"]

_LINK = re.compile(
    r"(?:\s?[)\]]|\s?[(\[][^()\[\]]{1,40}[)\]]|\.(?=\s\d))?(?:[\s,:=]{1,3}|[(\[](?:normal|reference|ref\b|nl\b"
    r"|n\b)[^()\[\]]{1,40}[)\]]|\b(?:was|were|is|are|of|at|had|has|have|been|levels?|values?|counts?"
    r"|concentrations?|activity|titers?|titres?|results?|test|rise|increase|elevation|decline|decrease|drop|fall"
    r"|risen|rising|rose|increased|increasing|elevated|raised|started|began|continued|starting|high|higher|highest"
    r"|decreased|decreasing"
    r"|dropped|fallen|fell|declined|reduced|low|lower|lowest|diminished|improved|recovered|returned"
    r"|normali[sz]ed|normal|abnormal|stable|still|only|just|slightly|mildly|gradually|progressively|rapidly|steadily"
    r"|sharply|abruptly|dramatically|transiently|moderately|markedly"
    r"|significantly|extremely|severely|again|now|already|also|both|all|back|up|down|to|by"
    r"|went|gone|come|crept|stood|read|sat|climbed|jumped|shot|soared|spiked|settled|plateaued|stabili[sz]ed|hovered"
    r"|doubled"
    r"|tripled|culminated|then|reached|reaching|peaked|peaking|nadired|nadirs|increases|decreases"
    r"|rises|falls|drops|declines|climbs|noted|detected|recorded|documented|observed|determined|its|rate|rates|never"
    r"|peak|nadir|maximum|maximal|minimum|measured|measuring|showed|revealed"
    r"|remained|came|found|be|with|a|an|the|in|on|within|range|limits|serum|plasma|blood|total|level"
    r"|approximately|about|around|nearly|almost|over|above|below|under|than|more|less|as|initially"
    r"|initial|baseline|admission|after|before|following|during|under|off|surgery|operation|resection|chemotherapy"
    r"|radiotherapy"
    r"|treatment|therapy|suppression|stimulation|cycles?|courses?|completion|presentation|preoperative|postoperative"
    r"|(?:pre|post)-?treatment"
    r"|and|it|which|that|time|day|day\s\d{1,2}|diagnosis|respectively)\b){0,26}[(\[]?\s?",
    re.IGNORECASE,
)
_DATED_LINK = re.compile(
    r"(?:\s(?:levels?|values?|counts?|concentrations?))?(?:\s\([^()\d]{1,12}\))?\s?[(,:]?\s?"
    r"(?:(?:on|of|from|in|at|by|the|was|had|has|been|measured|determined|checked|taken|obtained|admission|presentation|diagnosis"
    r"|fallen|risen|dropped|fell|rose|increased|decreased|improved|recovered|again|early|late|mid|last)[\s-]\s?\(?){0,6}"
)
_PAST_DATE = re.compile(
    r"(?:\s\([^()]{4,24}\))?\)?\s?[:=,]?\s(?:(?:was|were|is|had|has|been|again|still|fallen|risen|dropped|increased|decreased|to|at|of|about)\s){0,4}"
    r"(?=[<>]?\s?\d)"
)
"""What stands around a date between an analyte and its value: "calcitonin 07/01/2019 310 pg/mL"."""
_MEASURED = re.compile(
    r"(?:\s(?:levels?|values?|concentrations?|titres?|titers?))?,?\s(?:an?\s[a-z][^,.;:()\d]{2,40},\s"
    r"|(?:that\s(?:was|were)\s|which\s(?:was|were)\s)?(?:measured|determined|taken|obtained|checked|drawn|sampled"
    r"|analy[sz]ed)"
    r"\b[^.;:()]{0,70}?\s)(?:was|were)\s(?:also\s|still\s|then\s|both\s)?"
    r"(?:(?:reduced|increased|elevated|raised|decreased|lowered)\s(?:to|at)\s)?(?:less\sthan\s|more\sthan\s"
    r"|about\s)?(?=[<>]?\s?\d)",
    re.IGNORECASE,
)
"""What stands between an analyte and its value where it is told how it was measured, or what it is."""
_BY_SHARE = re.compile(
    r"(?:\s(?:levels?|values?))?\s(?:had\s|has\s)?(?:decreased|increased|fell|rose|dropped|declined|risen|fallen"
    r"|reduced)\sby\s"
    r"(?:about\s|more\sthan\s|nearly\s)?\d{1,3}(?:\.\d)?\s?%,?\sto\s(?=[<>]?\s?\d)",
    re.IGNORECASE,
)


_GRADED = re.compile(r"\s\((?:CTCAE\s)?(?:grade|G|gr\.?)\s?[1-5IV]{1,3}[,;:]\s(?=[<>]?\s?\d)", re.IGNORECASE)
"""What opens brackets with a grade before the value: "elevation of ALT (grade 2, 168 U/L)"."""


def links(view: View, lab: Mention, stop: int) -> Iterator[int]:
    """Yield where the value may stand: after the words that link it, or after a bracket that only explains."""
    graded = _GRADED.match(view.whole, lab.end, stop)
    if graded is not None:
        yield graded.end()
    share = _BY_SHARE.match(view.whole, lab.end, stop)
    if share is not None:
        yield share.end()
    dated = _DATED_LINK.match(view.whole, lab.end, stop)
    time = next((one for one in view.times if dated and lab.end <= one.start <= dated.end()), None)
    if time is not None and (behind := _PAST_DATE.match(view.whole, time.end, stop)) is not None:
        yield behind.end()
    match = _LINK.match(view.whole, lab.end, min(stop, lab.end + 110))
    if match is not None:
        yield match.end()
    measured = _MEASURED.match(view.whole, lab.end, stop)
    if measured is not None:
        yield measured.end()
    yield from (
        lab.end + width
        for width in (1, 2)
        if view.whole[lab.end : lab.end + width].strip() in ("", "(", "=", ":")
    )


def link_by_any_words(view: View, lab: Mention, stop: int) -> int | None:
    """Return where a number stands behind whatever is told of an analyte, with its date: "CEA had run up to 39 ng/mL".

    No list of verbs is ever whole. What such words lead to is the analyte's value only if its unit says so: the
    caller must see to that. Words that name something else, or deny, lead nowhere.
    """
    position, stop = lab.end, min(stop, lab.end + _FARTHEST)
    while (words := _WORDS.match(view.whole, position, stop)) is not None:
        position = words.end()
        time = next((one for one in view.times if one.start <= position < one.end), None)
        if time is None:
            told = view.whole[lab.end : position]
            return None if _SOMETHING_ELSE.search(told) else position
        position = time.end
    return None


_FARTHEST = 90
_WORDS = re.compile(r"(?:,(?=\swith\s)|[^.;:,()\[\]\d<>≤≥~\n]){0,80}(?:\s[(\[]?|^)(?=[<>≤≥~]?\s?\d)")
"""Words up to a number, with no break between."""
_SOMETHING_ELSE = re.compile(
    r"\b(?:and|or|but|while|whereas|than|by|if|per|each|every|dose|infusion|given|transfus\w+|not|no|without|from"
    r"|limit|normal|reference|range|cut-?off|threshold|must|should|would|could|may|might|will)\b"
    r"|\b[A-Z][A-Za-z0-9-]*[A-Z0-9]"
)
"""Words that part an analyte from a number behind them, and names in capitals, which may be another analyte's."""
