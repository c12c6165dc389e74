"""What the head of a letter says of time: when it was written, and when the stay began that it tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.narrative.births import is_birth
from caseboard.narrative.clock import Clock
from caseboard.narrative.date_style import DateStyle
from caseboard.narrative.document import Sentence
from caseboard.narrative.kin_words import KIN, SPOUSES
from caseboard.narrative.patterns import lowered, pattern
from caseboard.narrative.times import find_times

__all__ = ["LetterHead", "is_last_visit", "is_typed", "letter_head"]

_TYPED = pattern(r"\b(?:typed|dictated|printed)[:\s]{1,3}$", re.IGNORECASE)
_BEFORE = 40
"""Characters before a date in which it is told what it is the date of."""
_ADMITTED = pattern(
    r"\b(?:admit(?:ted)?|admission(?: date)?|admit date|inpatient (?:stay|treatment|care)|inpatient"
    r"|hospital stay|hospitali[sz]ed|stay|date of admission|(?-i:DOA|Adm\.?))[:\s]{1,3}"
    r"(?:on |from )?$",
    re.IGNORECASE,
)
_OF_A_RELATIVE = re.compile(
    rf"\b(?:{KIN}|{SPOUSES})s?\s"
    r"(?:who\s)?(?:(?:was|were|had|has|is)\s)?(?:(?:been|also|already)\s)?"
    r"(?:admitted|hospitali[sz]ed|treated|seen|operated|diagnosed|died|ill|discharged|transferred)\b[^.;\n]{0,40}$",
    re.IGNORECASE,
)
"""What makes a date that of a relative: "her brother was admitted on 20 May"."""
_DISCHARGED = pattern(
    r"\b(?:discharged?|discharge date|date of discharge|(?-i:DOD|Disch\.?))[:\s]{1,3}(?:on )?$", re.IGNORECASE
)
_DISCHARGE_HEADING = re.compile(
    r"\b(?:at|on) discharge\b|^discharge (?:labs?|laborator\w{1,4}|exam\w{0,7}|condition|status)",
    re.IGNORECASE,
)
_STAY_LABS = re.compile(
    r"investigations?|(?:labs?|laborator\w{1,4}(?: \w{4,8})?) (?:at|on) admission", re.IGNORECASE
)
_EXAMINED_FIRST = re.compile(
    r"(?:on )?(?:physical )?exam(?:ination)?(?: (?:at|on) admission)?|o/e|presenting complaints?"
    r"|status (?:at|on) admission",
    re.IGNORECASE,
)
"""Under which headings a discharge letter tells how the patient came."""
_STAY_HEADING = pattern(
    r"(?:brief )?(?:(?:hospital|current|inpatient|clinical) )?course(?: by (?:problems?|systems?))?"
    r"|course in hospital|(?:this )?admission|(?:active |current )?problems?(?: list)?"
    r"(?: (?:during|on) (?:this )?admission)?|reasons? for admission|admission diagnos[ei]s",
    re.IGNORECASE,
)
_NOW_HEADING = pattern(
    r"today(?: (?:pre|post)[ -]?c?\d{1,2})?|(?:current |present )?status|on examination|examination(?: today)?"
    r"|review|assessment"
    r"|(?:labs?|bloods?|laborator\w{1,4}|exam\w{0,7}|vitals?|imaging|results?|findings) today"
    r"|today['’]?s (?:labs?|bloods?|exam\w{0,7}|vitals?|findings|results?|visit)"
    r"|(?:(?:general|present|current|clinical) )?condition(?: at discharge)?|(?:general|clinical|performance) status"
    r"|interval(?: history| hx)?|exam|physical exam|o/e|a/?p|(?:imp|impression|assessment)"
    r"(?: ?(?:/|&|and) ?plan)?|current(?:ly)?|actual|plan|subjective|objective|now",
    re.IGNORECASE,
)
_SEEN = pattern(
    r"\b(?:clinic|today|seen|I (?:saw|reviewed)|reviewed|date of (?:visit|clinic|service|letter|review))\b",
    re.IGNORECASE,
)
_LAST_SEEN = re.compile(
    r"\b(?:last|previous(?:ly)?|prior|next)\s(?:seen|discussed|discussion|visit(?:ed)?|review(?:ed)?|appointment"
    r"|appt|clinic"
    r"|contact|meeting|mdt|board|encounter|follow-?up|f/u)\s?(?::|on\b|at\b|was\b|in\b|date:?|-)?\s{0,3}$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:^|[\n\t ])(?:dt|date|dated|datum|fecha|data|dos|session|meeting|encounter"
    r"|visit)\.?[ \t]?(?::|of|on|(?<=session)|(?<=meeting))[ \t]{0,4}$",
    re.IGNORECASE,
)
"""What labels the date of a note, in whatever line of its head: "Board no. 41/2023     Dt: 17-11-2023"."""
_SEEN_ON = pattern(
    r"\b(?:saw|seen|met|reviewed|attended|clinic date|(?:outpatient|clinic) contact"
    r"|date of (?:the )?(?:visit|clinic|consultation|attendance|contact|appointment)"
    r"|(?:visit|consultation|appointment|clinic) (?:of|on|dated))\b[^.;\n\d]{0,24}$",
    re.IGNORECASE,
)
"""What stands before the day on which the patient was seen, where the letter was written some days later."""
_I_SAW = re.compile(
    r"\bI\s(?:have\s)?(?:saw|seen|reviewed|met)\b[^.;\n]{0,110}$"
    r"|\b[Ww]e\s(?:have\s)?(?:saw|seen|reviewed|met)\b[^.;\n]{0,80}\bclinic\b[^.;\n]{0,30}$"
)
"""How the writer of a letter says when he saw the patient: "I reviewed this lady in clinic on"."""
_LONG_BEFORE = 130
_UNTIL_WRITTEN = 60
"""Days within which a letter is written."""
_HEAD_SENTENCES = 6
_LONGEST_HEAD = 160
_TOLD = pattern(r"\b(?:old|y\.?/?o|aged|presented|complain(?:ed|ing)|admitted)\b", re.IGNORECASE)
"""What a sentence of the story says, and no line of a letter's head: the head ends before it."""
_HAPPENED = pattern(
    r"\b(?:was|were|had|has|underwent|showed|revealed|performed|received|started|stopped|died|confirmed|found)\b",
    re.IGNORECASE,
)
"""What tells that a date is that of an event, where the sentence does not say that the patient was seen."""


_SESSION = re.compile(r"\n(?:session|meeting|mdt|board)\s(?:of\s|on\s)?\d")
"""The line that opens the minutes of one of several meetings: none of them is the day on which all was written."""


_REPORT = re.compile(r"\n[ \t]{0,4}(?:comparison|technique|protocol)(?: studies)?:")
"""A line that a radiologist's report has, and no other text."""
_COMPARED = re.compile(r"\bcomparison\b[^\n]{0,70}$", re.IGNORECASE)
"""What stands before the dates of earlier examinations."""
_SIGNED = pattern(
    r"\b(?:dictated|signed|reported|approved|verified|read|date)\b[^.;\n\d]{0,24}$", re.IGNORECASE
)


class LetterHead(msgspec.Struct, frozen=True):
    """``written`` is the letter's own date, ``stay`` the first day of the stay; None where the head has none."""

    written: DateInterval | None = None
    stay: DateInterval | None = None
    discharged: DateInterval | None = None
    left: DateInterval | None = None
    """The last day of a stay that is told from its first to its last: it says not when the letter was written."""
    report: bool = False
    """Whether it is a radiologist's report, whose findings are those of its day."""

    def at(self, heading: str) -> DateInterval | None:
        """Return the time that a section begins with: "TODAY" the letter's date, "HOSPITAL COURSE" the stay's."""
        if _STAY_HEADING.fullmatch(heading):
            return self.stay
        if self.discharged is not None and _DISCHARGE_HEADING.search(heading):
            return self.discharged
        if self.stay is not None and _STAY_LABS.fullmatch(heading):
            return self.stay
        if self.stay is not None and self.discharged is not None and _EXAMINED_FIRST.fullmatch(heading):
            return self.stay
        if self.report and heading.lower() in ("findings", "report", "result", "results"):
            return self.written
        return self.written if _NOW_HEADING.fullmatch(heading) else None

    def told_of(self, text: str, sentence: Sentence) -> DateInterval | None:
        """Return the day of the discharge for a sentence that begins by saying that it is of it."""
        if _OF_DISCHARGE.match(text, sentence.start, sentence.end) is None:
            return None
        return self.discharged or self.left


_OF_DISCHARGE = re.compile(r"\W{0,4}(?:[A-Za-z]{2,14}\s){0,3}(?:at|on|upon)\sdischarge\b", re.IGNORECASE)
_STAYED_UNTIL = re.compile(
    r"\b(?:in-?patient|admitted|hospitali[sz]ed|stayed|stay)\b[^;\n]{0,60}?\bfrom\s"
    r"[\w./ -]{6,20}\s(?:to|until|till)\s$",
    re.IGNORECASE,
)
"""What stands before the last day of a stay: "was an inpatient from 14.08.2023 to 23.08.2023"."""


def is_typed(text: str, start: int) -> bool:
    """Whether the date that begins at ``start`` is that of the typing of a letter, and none of the story."""
    return _TYPED.search(text, max(0, start - _BEFORE), start) is not None


_FIRST_SEEN = re.compile(
    r"\bfirst\s(?:seen|visit|consultation|attendance|contact|presentation|diagnosed)\s?(?:(?:here|by us|in clinic)\s)?"
    r"(?::|on\b|at\b|was\b|in\b|date:?|-)?\s{0,3}$",
    re.IGNORECASE,
)
"""What makes the date behind it that of the first visit, and of no letter."""


def is_last_visit(text: str, start: int) -> bool:
    """Whether the date that begins at ``start`` is that of the visit before: "Last seen: 07/22/2024"."""
    return _LAST_SEEN.search(text, max(0, start - _BEFORE), start) is not None


def _is_of_another_day(text: str, low: int, start: int) -> bool:
    """Whether a date is that of an examination compared with, of the visit before or the first, or of a relative."""
    before = (max(0, start - _BEFORE), start)
    return (
        _COMPARED.search(text, max(0, start - 80), start) is not None
        or is_last_visit(text, start)
        or _FIRST_SEEN.search(text, *before) is not None
        or _OF_A_RELATIVE.search(text, max(low, start - 80), start) is not None
    )


def letter_head(text: str, sentences: Sequence[Sentence], style: DateStyle) -> LetterHead:
    """Return what the first lines of a text say of when it was written and when a stay began."""
    head = LetterHead()
    typed: DateInterval | None = None
    visit: DateInterval | None = None
    seen_by_us: DateInterval | None = None
    begun = False
    lines = "\n" + lowered(text)
    minutes = len(_SESSION.findall(lines)) > 1
    for sentence in sentences[:_HEAD_SENTENCES]:
        if minutes and _SESSION.match(lines, sentence.start):
            continue
        begun = begun or (sentence.section == "body" and sentence.has(text, _TOLD) is not None)
        seen = sentence.has(text, _SEEN) is not None
        happened = not seen and sentence.has(text, _HAPPENED) is not None
        for expression in find_times(text, sentence.start, sentence.end, style, sentence.cues):
            before = (max(0, expression.start - _BEFORE), expression.start)
            if expression.kind != "absolute" or expression.year is None or is_birth(text, expression.start):
                continue
            if _is_of_another_day(text, sentence.start, expression.start):
                continue
            moment = Clock().resolve(expression)
            if moment is None or not isinstance(moment.when, DateInterval) or not moment.when.exact:
                continue
            if _SEEN_ON.search(text, *before):
                visit = moment.when
            by_us = _I_SAW.search(text, max(0, expression.start - _LONG_BEFORE), expression.start)
            seen_by_us = moment.when if by_us is not None else seen_by_us
            if is_typed(text, expression.start):
                typed = typed or moment.when
            elif (stayed := _with_stay(head, text, before, moment.when)) is not None:
                head = stayed
            elif (
                len(" ".join(text[sentence.start : sentence.end].split())) < _LONGEST_HEAD
                and not (sentence.section == "body" and (begun or happened))
                and (
                    sentence.section in ("body", "header", "title")
                    or seen
                    or (not minutes and _LABELLED.search(text, *before) is not None)
                )
            ):
                head = msgspec.structs.replace(head, written=head.written or moment.when)
    report = _REPORT.search(lines) is not None
    written = (
        head.written
        or (_told_as_today(text, lines, sentences, style) if _TODAY in lines else None)
        or typed
        or (_signed(text, sentences, style) if report else None)
        or head.discharged
        or seen_by_us
    )
    if visit is not None and written is not None and 0 < (written.first - visit.first).days <= _UNTIL_WRITTEN:
        written = visit  # what a letter says of now, it says of the day on which the patient was seen
    return msgspec.structs.replace(head, written=written, report=report)


def _with_stay(head: LetterHead, text: str, before: tuple[int, int], when: DateInterval) -> LetterHead | None:
    """Return the head with a date that is told to be that of admission or discharge; None where it is neither."""
    if _DISCHARGED.search(text, *before):
        return msgspec.structs.replace(head, discharged=head.discharged or when)
    if _STAYED_UNTIL.search(text, max(0, before[1] - _LONG_BEFORE), before[1]):
        return msgspec.structs.replace(head, left=head.left or when)
    if _ADMITTED.search(text, *before):
        return msgspec.structs.replace(head, stay=head.stay or when)
    return None


_TODAY = "today"
_TODAY_IS = re.compile(r"\btoday\b[\s,(:–-]{1,3}(?:the |on |is )?$", re.IGNORECASE)
"""What stands before the date that is told to be that of the letter: "I saw her in clinic today (18 May 2023)"."""


def _told_as_today(
    text: str, lines: str, sentences: Sequence[Sentence], style: DateStyle
) -> DateInterval | None:
    """Return the date that a sentence behind the head calls today's."""
    for sentence in sentences:
        if lines.find(_TODAY, sentence.start + 1, sentence.end + 1) < 0:
            continue
        for expression in find_times(text, sentence.start, sentence.end, style, sentence.cues):
            if (
                expression.kind == "absolute"
                and expression.year is not None
                and _TODAY_IS.search(text, max(0, expression.start - _BEFORE), expression.start)
            ):
                moment = Clock().resolve(expression)
                if moment is not None and isinstance(moment.when, DateInterval) and moment.when.exact:
                    return moment.when
    return None


def _signed(text: str, sentences: Sequence[Sentence], style: DateStyle) -> DateInterval | None:
    """Return the day on which a report was dictated or signed, as its last lines tell it."""
    for sentence in sentences[-_HEAD_SENTENCES:]:
        for expression in find_times(text, sentence.start, sentence.end, style, sentence.cues):
            moment = Clock().resolve(expression) if expression.year is not None else None
            if (
                moment is not None
                and isinstance(moment.when, DateInterval)
                and _SIGNED.search(text, max(0, expression.start - _BEFORE), expression.start)
            ):
                return moment.when
    return None
