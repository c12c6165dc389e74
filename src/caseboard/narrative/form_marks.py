"""The marks of forms and mails, taken out of a text without moving anything in it.

A box that is not ticked says that its label does not hold; a time in brackets heads its line; dots lead to a column;
what was printed or filed on a day happened on another. What is taken out becomes blanks, so that all places stay.
"""

from __future__ import annotations

import re

from caseboard.narrative.note_heads import DATE

__all__ = ["without_form_marks"]

_EMPTY, _TICKED = "☐□▢❏❑", "☑☒■▣✅🗹🗷"
_BOX = re.compile(
    rf"(?P<empty>[{_EMPTY}]|\[ ?\]|\( \))|(?P<ticked>[{_TICKED}]|\[ ?[xX✓✔] ?\]|\( ?[xX✓✔] ?\))"
)
_BOXES = (*_EMPTY, "[ ]", "[]", "( )")
_LABEL_ENDS = re.compile(r"\t| {3,}|[;|]|\.\s")
_HEADS_LINE = re.compile(r"[\s>*•·▪◦o–—-]{0,8}")
_LABELLED = re.compile(r":[^:\n]{0,30}$")
_LONGEST_LINE = 300
"""Characters of a line of a form; in a longer one empty brackets are references that were lost."""
_BEHIND = re.compile(r":[ \t]{0,4}[A-Za-z0-9][^:\n]{0,30}$")
_CHOICES = re.compile(r"\b(?:CR|PR|SD|PD|NE)(?:\s?/\s?(?:CR|PR|SD|PD|NE)){3,4}\b")
"""What a form offers to be chosen from, where nothing is."""
_DATE = f"(?i:{DATE})"
_STAMP = re.compile(
    rf"^[ \t]*\[(?={_DATE}[^\]\n]{{0,12}}\])(?P<date>{_DATE})(?P<rest>[^\]\n]{{0,12}}\])", re.MULTILINE
)
"""The time at the head of a line: "[2020-03-13 10:00] Doxorubicin was started"."""
_LEADERS = re.compile(r"(?<=[A-Za-z0-9)]) ?\.{4,}(?= ?\S)")
_QUOTED = re.compile(r"^(?:[ \t]?>)+(?!\d)[ \t]?", re.MULTILINE)
_ADMINISTRATIVE = re.compile(
    rf"^[ \t]*(?:(?:Printed|Print date|Filed)(?: (?:on|by|at|from)\b|:)[^\n]{{0,40}}?{_DATE}[^\n]{{0,30}}"
    rf"|Doc(?:ument)? ?(?:ID|No)\b[^\n]{{0,100}}"
    rf"|Next (?:appointment|visit|review|clinic|scan) ?: ?{_DATE}[^\n]{{0,40}})$"
    r"|^[^\n]{0,80}\bPage ?\d{1,3} ?(?:/|of) ?\d{1,3}[ \t]*$",
    re.MULTILINE,
)
"""A line of which the date is that of the paper, or of a day to come."""


_TAKEN = re.compile(r"\b(?:Exam(?:ination)? date|Study date)\s?:", re.IGNORECASE)
_REPORTED = re.compile(
    r"(?:(?<=\d)[ \t]{1,8}|^[ \t]*)(?:Report(?:ed)?(?: date)?|Date reported|Date of report|Received|Resulted)\s?:\s?"
    rf"{_DATE}(?: \d\d?:\d\d)?",
    re.MULTILINE | re.IGNORECASE,
)
"""The day of a report beside that of its examination, which is the one that counts; of pathology it is the report's."""


_WAYS = (
    (_CHOICES, ("/SD", "/ SD")),
    (_LEADERS, ("....",)),
    (_QUOTED, (">",)),
    (_ADMINISTRATIVE, ("Print", "Filed", "Doc", "Next ", "Page")),
)
"""What is taken out, and what a text has in it where any of it stands."""


def without_form_marks(text: str) -> str:
    """Return a text of the same length in which boxes that are not ticked, and the like, are blanks."""
    spans: list[tuple[int, int]] = []
    if any(box in text for box in _BOXES):
        at = 0
        for line in text.splitlines(keepends=True):
            spans += [(at + first, at + last) for first, last in _of_boxes(line)]
            at += len(line)
    for match in _STAMP.finditer(text) if "[" in text else ():
        spans += [(match.start("date") - 1, match.start("date")), match.span("rest")]
    if "date" in text and _TAKEN.search(text) is not None:
        spans += [match.span() for match in _REPORTED.finditer(text)]
    for way, signs in _WAYS:
        if any(sign in text for sign in signs):
            spans += [match.span() for match in way.finditer(text)]
    if not spans:
        return text
    out: list[str] = []
    reached = 0
    for first, last in sorted(spans):
        out.append(text[reached : max(reached, first)])
        out.append(" " * (last - max(reached, first)))
        reached = max(reached, last)
    out.append(text[reached:])
    return "".join(out)


def _is_of_a_form(line: str, boxes: list[re.Match[str]]) -> bool:
    """Whether brackets are boxes to tick, and no references that were lost: "as described before [ ]"."""
    if any(box["ticked"] or box[0] in _EMPTY for box in boxes):
        return True
    first = boxes[0].start()
    if _HEADS_LINE.fullmatch(line, 0, first) is not None:
        return True
    labelled = _LABELLED.search(line, 0, first) is not None
    return labelled and len(boxes) > 1 and not boxes[0][0].startswith("(")


def _of_boxes(line: str) -> list[tuple[int, int]]:
    """Return what goes out of a line with boxes: the boxes, and the labels of those that are not ticked."""
    boxes = list(_BOX.finditer(line)) if len(line) <= _LONGEST_LINE else []
    if not any(box["empty"] for box in boxes) or not _is_of_a_form(line, boxes):
        return []
    behind = (
        not line[boxes[-1].end() :].strip(" .,;\r\n")
        and _BEHIND.search(line, 0, boxes[0].start()) is not None
    )
    out: list[tuple[int, int]] = []
    for place, box in enumerate(boxes):
        out.append(box.span())
        if not box["empty"]:
            continue
        if behind:
            before = boxes[place - 1].end() if place else line.rindex(":", 0, box.start()) + 1
            out.append((before, box.start()))
        else:
            then = boxes[place + 1].start() if place + 1 < len(boxes) else len(line.rstrip("\r\n"))
            ends = _LABEL_ENDS.search(line, box.end() + 1, then)
            out.append((box.end(), then if ends is None else ends.start()))
    return [span for span in out if span[0] < span[1]]
