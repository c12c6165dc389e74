"""Grades of adverse events, and which mention each belongs to."""

from __future__ import annotations

import re

from caseboard.narrative.clock import Moment
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import AnyOf, lowered, pattern
from caseboard.narrative.view import View

__all__ = [
    "GRADE",
    "SHARED",
    "changed_grade",
    "grade_number",
    "grade_of",
    "grades_in_turn",
    "shared_grade",
    "toxicity_grades",
]

_ORDINAL = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
GRADE = pattern(
    r"\b(?:(?:(?:CTC(?:AE)?|toxicity|NCI-CTC(?:AE)?)\s)?(?:grad(?:e|o)?|degree|gr\.?"
    r"|G(?!I\b)(?!(?<=\d\sG)\sIV\b))|CTC(?:AE)?°?)\s?-?\(?(?:(?:≥|>=|⩾)\s?)?"
    r"(?P<grade>[1-5](?!\.\d)|IV"
    r"|V|III|II|I)(?:\s?[-/–]\s?(?P<other>[1-5]|III|II|IV))?\b(?! (?:tumou?r|sarcoma|leiomyo|lipo"
    r"|carcinoma|adeno|chondro|glioma))"
    r"|\bof\s(?:the\s)?(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth|III|II|IV|I)\s(?:degree|grade)\b"
    r"(?!\s(?:relatives?|burns?|kin))"
    r"|\bof\sgrade\s(?P<spelt>one|two|three|four)\b"
    r"|\b(?P<degree>III|II|IV|I|[1-4])°(?!\s?[CF]\b|\d)",
    re.IGNORECASE,
)
_SIGN_FIRST = pattern(
    r"(?<![\dIV]\s)(?<![\dIV])°\s?(?P<grade>III|II|IV|I|[1-4])\b(?![.,]?\d|\s?[CF]\b)(?P<other>)(?P<degree>)(?P<nth>)(?P<spelt>)",
    re.IGNORECASE,
)
"""A grade behind its sign: "mucositis °II"."""
_GRADED = AnyOf(
    *(
        pattern(words, re.IGNORECASE)
        for words in (r"grad", r"degree", r"\bgr\b", r"\bG[1-5IV\s-]", r"CTC", "°")
    )
)
"""What a grade may be told with."""


_OTHER_SCALE = pattern(
    r"\b(?:house|brackmann|west[\s-]haven|fuhrman|isup|gleason|fnclcc|edmondson|elston|nottingham|bloom|clark"
    r"|child-(?:pugh|turcotte)|forrest|savary|hess|spetzler|simpson|rankin|seddon|frankel|nyha|kellgren|clavien|dindo"
    r"|mrc|medical\sresearch\scouncil|power|strength|(?:histolog\w{1,5}|nuclear|tumou?r)(?=\s$))\b[^.;()]{0,22}$",
    re.IGNORECASE,
)
_OTHER_SCALE_BEHIND = pattern(
    r"\s?(?:[(,]\s?|on\s(?:the\s)?|according\sto\s(?:the\s)?|of\s(?:the\s)?)?(?:house|west[\s-]haven|fuhrman|isup"
    r"|gleason"
    r"|fnclcc|edmondson|elston|nottingham|forrest|savary|frankel|clavien)",
    re.IGNORECASE,
)
"""Scales of tumours, palsies and operations, whose grades are none of an adverse event's severity."""


_OF_MUSCLES = pattern(
    r"\b(?:weakness|power|strength|(?:hemi|mono|para|tetra|quadri)?(?:paresis|plegia))\b", re.IGNORECASE
)
"""What makes "grade 4/5" one of the power of muscles."""


def _grades(view: View) -> list[re.Match[str]]:
    found = list(view.find(GRADE))
    if view.may(_SIGN_FIRST):
        found = sorted((*found, *view.find(_SIGN_FIRST)), key=lambda grade: grade.start())
    return found


def toxicity_grades(view: View) -> list[re.Match[str]]:
    """Return the grades that a sentence gives, without those of other scales: "House-Brackmann grade IV"."""
    return [
        grade
        for grade in (_grades(view) if _GRADED.possible(view.cues) else ())
        if not view.within(_OTHER_SCALE, view.whole[max(view.start, grade.start() - 40) : grade.start()])
        and not _OTHER_SCALE_BEHIND.match(view.whole, grade.end(), view.end)
        and not (grade["other"] == "5" and view.has(_OF_MUSCLES) is not None)
    ]


def grade_number(grade: re.Match[str] | None) -> int | None:
    """Return the grade, of "grade 3/4" the higher."""
    if grade is None:
        return None
    written = (grade["grade"], grade["other"], grade["degree"], grade["nth"], grade["spelt"])
    return max(
        _ROMAN.get(lowered(text)) or _ORDINAL.get(lowered(text)) or int(text) for text in written if text
    )


def changed_grade(view: View, grade: re.Match[str] | None, moment: Moment) -> tuple[int | None, Moment]:
    """Return the grade that an event came to, with when; of one that got better the grade before, on no day told.

    "Worsened from grade 1 to grade 3 in May" is grade 3 in May, "improved from grade 3 to grade 1 in May" grade 3.
    """
    one = grade_number(grade)
    if grade is None or one is None:
        return one, moment
    to = _TO.match(view.whole, grade.end(), view.end)
    if to is None or (
        to["word"] is not None
        and _FROM.search(view.whole, max(view.start, grade.start() - 12), grade.start()) is None
    ):
        return one, moment
    two = _ROMAN.get(to["grade"].lower()) or int(to["grade"])
    if two > one:
        return two, moment
    return one, Moment(None, "inferred", "before the change told")


_FROM = re.compile(r"\bfrom\s(?:an?\s)?$", re.IGNORECASE)
_TO = re.compile(
    r"\s?(?:(?P<word>\sto\s(?:an?\s)?)|->|→|=>|–>"
    r"|(?:\sat\s(?:the|her|his)\s(?:last|previous)\s[a-z]{4,12})?,?\s?(?:and\s|but\s)?(?:is\s)?"
    r"(?:now|currently|today)(?:\sis|\sonly)?)\s?(?:(?:grade|gr\.?|G|degree)\s?)?(?P<grade>[1-5]|III|II|IV|I)\b(?!\.\d)",
    re.IGNORECASE,
)
"""What stands between two grades of one event."""


_LEADS = pattern(r"\s?(?:and|or)?\s?(?:[a-z-]{2,18}\s){0,3}")
_OF_THE_NEXT = re.compile(r"\s(?:(?!and\b|or\b)[a-z-]{2,18}\s){0,2}")
"""What stands between a grade behind a comma and the event that it is of: "weight gain, grade 2 neutropenia"."""
_SO_SEVERE = pattern(r"\b(?:mild|moderate|severe|serious|marked|significant)\s\((?:CTCAE\s)?$", re.IGNORECASE)
_CLOSED = pattern(r"\)\s(?:[a-z-]{2,18}\s){0,2}")
"""A grade in brackets behind an adjective of the event: "severe (grade 3) oral mucositis"."""
_BEHIND = pattern(r"\s{0,2}(?:of|\()\s?(?:an?\s)?(?:CTC(?:AE)?\s)?", re.IGNORECASE)
"""What ties a grade to the event before it: "hypothyroidism of grade 2", "nausea (grade 1)"."""
_IN_BRACKETS = re.compile(r"\s?\([^()]{3,60}[;,]\s")
"""What stands before a grade behind the values in its brackets: "transaminitis (ALT 320 U/L; grade 3)"."""
SHARED = pattern(r"\b(?:both|all|each)\s(?:of\s)?$", re.IGNORECASE)
"""What stands before a grade of all the events of a list: "rash and fever, both grade 2"."""
_NOT_ONE_LIST = pattern(
    r"[;.]\s|\b(?:but|which|while|whereas|however|grade|developed|followed|then|required|led)\b",
    re.IGNORECASE,
)
_PAIR = pattern(r"\s?(?:and|or|/|&)\s?(?:the\s|an?\s)?(?:[a-z-]{3,14}\s)?", re.IGNORECASE)


def grade_of(
    view: View,
    mention: Mention,
    mentions: list[Mention],
    position: int,
    grades: list[re.Match[str]],
    used: set[int],
) -> re.Match[str] | None:
    """Return the grade of a mention: right before it, behind it and before the next one, or that of its list."""
    previous = mentions[position - 1].end if position else view.start
    for match in grades:
        if match.start() in used or match.end() > mention.start:
            continue
        gap = view.whole[match.end() : mention.start]
        if len(gap) >= 30 or not (
            _LEADS.fullmatch(gap)
            or (
                _SO_SEVERE.search(view.whole, max(view.start, match.start() - 16), match.start())
                and _CLOSED.fullmatch(gap)
            )
        ):
            continue
        if position and _told_of(view, previous, match):
            continue
        used.add(match.start())
        return match
    following = mentions[position + 1].start if position + 1 < len(mentions) else view.end
    for match in grades:
        if match.start() in used or not (
            mention.start < match.start() < following and mention.end <= match.end()
        ):
            continue
        gap = view.whole[mention.end : match.start()]
        if position + 1 < len(mentions) and _is_of_the_next(view, mention.end, match, following):
            continue
        if len(gap) < 70 and (
            gap.strip() == "." or not re.search(r"[;.]\s", gap) or _IN_BRACKETS.fullmatch(gap)
        ):
            if not view.within(SHARED, gap):
                used.add(match.start())
            return match
    return (
        shared_grade(view, mention.end, grades)
        or _of_a_pair(view, mention, mentions, position, grades)
        or _of_its_heading(view, mention, grades)
    )


def _of_its_heading(view: View, mention: Mention, grades: list[re.Match[str]]) -> re.Match[str] | None:
    """Return the grade that heads a list of events: "grade 3 adverse events were neutropenia and fatigue"."""
    before = [match for match in grades if match.end() <= mention.start]
    if not before:
        return None
    heads = _HEADS_LIST.match(view.whole, before[-1].end(), mention.start)
    if heads is None or re.search(
        r"[;:]|\.\s|\b(?:but|while|whereas)\b", view.whole[heads.end() : mention.start]
    ):
        return None
    return before[-1]


_HEADS_LIST = re.compile(
    r"\)?(?:\s(?:adverse\sevents?|toxicit(?:y|ies)|side[-\s]effects?|AEs?|events?|reactions?)\s?"
    r"(?::|(?:were|was|included|include|comprised|consisted\sof)\b)|\s?:)\s?",
    re.IGNORECASE,
)


def grades_in_turn(view: View, mentions: list[Mention]) -> dict[int, int]:
    """Return by where each event begins the grade that its list gives it: "A and B of grade 4 and 2, respectively"."""
    out: dict[int, int] = {}
    for match in view.find(_IN_TURN):
        told = [int(digit) for digit in re.findall(r"[1-5]", match["all"])]
        listed = [one for one in mentions if match.start() - _LONGEST_LIST <= one.start < match.start()][
            -len(told) :
        ]
        if len(listed) == len(told):
            out.update({one.start: number for one, number in zip(listed, told, strict=True)})
    return out


_IN_TURN = pattern(
    r"\bgrades?\s(?P<all>[1-5](?:,\s[1-5]){0,5},?\s(?:and|&)\s[1-5]),?\srespectively", re.IGNORECASE
)
_LONGEST_LIST = 200
"""Characters before grades told in turn within which their events stand."""


def _is_of_the_next(view: View, end: int, grade: re.Match[str], following: int) -> bool:
    """Whether a grade between two events is that of the second: "weight gain, grade 2 neutropenia"."""
    gap, led = view.whole[end : grade.start()], view.whole[grade.end() : following]
    if len(led) >= _NEXT_EVENT:
        return False
    if "," in gap and _OF_THE_NEXT.fullmatch(led):
        return True
    if _SO_SEVERE.search(gap) and _CLOSED.fullmatch(led):
        return True
    worded = re.search(r"\w", gap) is not None
    return worded and not _told_of(view, end, grade) and _LEADS.fullmatch(led) is not None


_NEXT_EVENT = 30


def _told_of(view: View, end: int, grade: re.Match[str]) -> bool:
    """Whether a grade belongs to the event that ends at ``end``: "of grade 2", "(grade 2)", not "(grade 4 rash)"."""
    gap = view.whole[end : grade.start()] if end <= grade.start() else "?"
    return _BEHIND.fullmatch(gap) is not None and (
        "(" not in gap or view.whole[grade.end() : grade.end() + 1] in (")", ",", ";")
    )


def shared_grade(view: View, end: int, grades: list[re.Match[str]]) -> re.Match[str] | None:
    """Return the grade that a list which begins before ``end`` shares: "rash, fever and nausea, all grade 1"."""
    for match in grades:
        between = view.whole[end : match.start()]
        if match.start() >= end and len(between) < 110 and view.within(SHARED, between):
            return None if view.within(_NOT_ONE_LIST, between) else match
    return None


def _of_a_pair(
    view: View, mention: Mention, mentions: list[Mention], position: int, grades: list[re.Match[str]]
) -> re.Match[str] | None:
    """Return the grade that the second of two events shares: "rash and fever (grade 2)", "rash / fever gr 2"."""
    if position + 1 >= len(mentions):
        return None
    second = mentions[position + 1]
    if not _PAIR.fullmatch(view.whole[mention.end : second.start]):
        return None
    if position and _PAIR.fullmatch(view.whole[mentions[position - 1].end : mention.start]):
        return None
    return next(
        (
            match
            for match in grades
            if match.start() < second.end + 3
            and (
                view.whole[second.end : match.start()].strip() == "("
                or (
                    view.whole[second.end : match.start()] == ", "
                    and view.whole[match.end() : match.end() + 1] in ("", ",", ";", ".")
                )
                or "/" in view.whole[mention.end : second.start]
            )
            and match.start() >= second.end
        ),
        None,
    )
