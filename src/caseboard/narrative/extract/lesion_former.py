"""What a lesion measured before: sizes told as former ones, and lesions that are told to have been there."""

from __future__ import annotations

import re

from caseboard.narrative.clock import Clock, Moment
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sizes import Size
from caseboard.narrative.times import find_times
from caseboard.narrative.view import View

__all__ = ["FORMER", "day_compared_with", "is_former", "is_former_too", "is_of_old", "note_compared"]

FORMER = pattern(
    r"(?:\b(?:prev(?:ious(?:ly)?)?\.?|prior|formerly|initially|earlier|compared (?:to|with)"
    r"|vs\.?|versus|against|had been|having been|was|were|baseline|before(?: treatment)?|at baseline)[:\s,=]{0,3}"
    r"|\bfrom\s)(?:about |approximately |~|size |measur\w{2,5} )?$",
    re.IGNORECASE,
)
_FORMER_PAREN = pattern(
    r"^[(\[]\s?(?:prev(?:ious(?:ly)?)?\.?|prior|formerly|initially|earlier|compared (?:to"
    r"|with)|vs\.?|versus|was|were|baseline|from|before|nadir|at (?:its )?(?:best|smallest)|smallest)\b",
    re.IGNORECASE,
)
_OF_TO_CHANGE = pattern(r"^\s?(?:[×x]\s?[\d.,]{1,6}\s?){0,2}(?:mm|cm)?\s?(?:(?P<to>to)|→|->|-->|=>|⇒)\s?\d")


_THEN_WAS = re.compile(r"\d\s?[cm]m\)?,?\s\(?(?:was|were)\s(?:about\s)?$")
"""What gives the former size behind the one of now: "12 mm, was 20 mm"."""


_NOW = re.compile(r"\)?,?\s(?:and\s|but\s)?now\s(?:only\s|measur\w{2,4}\s|down\sto\s)?\d")
"""What gives the size of now behind the former one: "right lung nodule 42 mm, now 21 mm"."""
_THEN = re.compile(
    r"\s(?:previously|before(?:\streatment|\stherapy)?|at\sbaseline|pre-?treatment"
    r"|(?:on|at|in)\sthe\s(?:previous|prior|last|earlier|baseline|first)\s(?:CT|MRI|PET|scan|study|visit|examination))\s?[)\],;.]"
)
"""What makes a size in brackets behind another, or compared with, the former one: "6 mm (21 mm before treatment)"."""
_BESIDE = re.compile(
    r"\d\s?[cm]m,?\s(?:[(\[]|(?:compared\s(?:to|with)|versus|vs\.?|against)\s)(?:it\s)?(?:was\s)?$"
)
_BEHIND_ANOTHER = re.compile(r"\d\s?[cm]m\s?[(\[]$")
"""What leads to a size alone in brackets, as radiologists write that of the scan before: "24 mm (22 mm)"."""


def is_former(view: View, size: Size) -> bool:
    """Whether a size is told as the former one: "(prev 7)", "from 9.1 to", "previously 28 mm"."""
    before = view.whole[max(view.start, size.start - 40) : size.start]
    changed = _OF_TO_CHANGE.match(view.whole[size.end : size.end + 24])
    if changed is not None and (
        changed["to"] is None or re.search(r"\bfrom\s[^.;]{0,20}$", before, re.IGNORECASE)
    ):
        return True
    if _NOW.match(view.whole, size.end, view.end):
        return True
    if _THEN.match(view.whole, size.end, view.end) and _BESIDE.search(before):
        return True
    if _BEHIND_ANOTHER.search(before) and view.whole[size.end : size.end + 1] in ")]":
        return True
    low, _ = view.clause(size.start)
    if view.whole[low] in "([" and _FORMER_PAREN.match(view.whole[low : low + 30]):
        return re.search(r"\sto\s(?:about |approximately )?$", before) is None
    found = view.within(FORMER, before)
    if found is None:
        return False
    if _THEN_WAS.search(before):
        return True
    return not re.match(r"(?:was|were)\b", found[0].strip(), re.IGNORECASE)


def note_compared(view: View, memory: Memory) -> None:
    """Remember the examination that a report compares with, for all its lines; another examination has its own.

    One that only stands under a heading for such ("COMPARISON: ...") is that of its own line.
    """
    words = view.has(_COMPARED)
    day = _day_behind(view, words.end()) if words is not None else None
    if words is not None and day is not None:
        memory.compared, memory.compared_on = day, view.start
        memory.compared_throughout = words[0].lower().startswith(("compared", "c/w"))
    elif any(time.absolute and not (time.former or time.bracketed) for time in view.times):
        memory.compared = None


def day_compared_with(view: View, memory: Memory) -> Moment | None:
    """Return the day of the earlier examination that a sentence, or the report that it stands in, compares with."""
    own = view.start == memory.compared_on
    return memory.compared if own or memory.compared_throughout else None


def _day_behind(view: View, start: int) -> Moment | None:
    for expression in find_times(view.whole, start, min(view.end, start + 40), view.style):
        if expression.kind == "absolute" and expression.year is not None:
            return Clock().resolve(expression)
    return None


_COMPARED = pattern(
    r"\b(?:compared?|comparison|c/w|cf\.?)\s?(?:(?:to|with|w/|:)\s)?(?:the\s)?(?:(?:prior|previous|last|earlier|outside)\s)?"
    r"(?:(?:CT|MRI|PET(?:[-/]CT)?|scan|study|exam(?:ination)?|imaging)\s)?(?:(?:of|from|on|dated)\s)?(?=[\dA-Z(])",
    re.IGNORECASE,
)


def is_former_too(view: View, former: Size, size: Size) -> bool:
    """Whether a size goes on the list of former ones: "compared with 46 mm in July and 52 mm at the start"."""
    return (
        _AND_BEFORE.fullmatch(view.whole, former.end, size.start) is not None
        and _AT_ITS_TIME.match(view.whole, size.end, view.end) is not None
    )


_AND_BEFORE = re.compile(r"\s(?:in|on|at|before|of|during|by)\s[^.;:()]{2,40}?,?\s(?:and|and\sof|then)\s")
_AT_ITS_TIME = re.compile(r"\s(?:in|on|at|before|of|during|when)\s")
"""What parts two former sizes, each of which has its own time behind it."""


def is_of_old(view: View, draft: Draft) -> bool:
    """Whether a lesion is told to have been there before: by what it measured then, or by "the" before its name."""
    return (
        _ONCE.match(view.whole, draft.end, view.end) is not None
        or _THE.search(view.whole, max(view.start, draft.start - 40), draft.start) is not None
    )


_ONCE = pattern(
    r"\)?(?:\s(?:in|on)\s(?:its\s)?(?:short|long)(?:est)?[\s-](?:axis|diameter))?\s?[,;(]{0,2}\s?"
    r"(?:(?:which|it|this|that)\s)?(?:(?:and\s)?(?:down|up)\sfrom|(?:had\s)?(?:previously|prev\.?|formerly|before)\b"
    r"|(?:had\s(?:previously\s)?been|was|were|from|vs\.?|versus|compared\s(?:to|with)|against)\s(?:about\s)?\d)",
    re.IGNORECASE,
)
_THE = re.compile(
    r"\b(?:the|this|his|her|both)\s(?:(?:known|left|right|bilateral|upper|lower|largest|larger|smaller|other|main"
    r"|previously\s[a-z]{3,12})\s){0,3}$",
    re.IGNORECASE,
)
"""What tells behind a size, or before the name of a lesion, that it is known: "the left hilar node (previously 19)"."""
