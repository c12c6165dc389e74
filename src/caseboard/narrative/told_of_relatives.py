"""Words that give what was told to a relative after all, and words with which a story comes back to the patient."""

from __future__ import annotations

import re

from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["comes_back_to_patient", "was_a_relatives"]

_KIN = (
    r"(?:mother|father|brother|sister|mum|mom|dad|parents?|aunt|uncle|cousin|son|daughter|wife|husband|sibling|twin"
    r"|niece|nephew|relative|grand(?:mother|father|parent|son|daughter))"
)
_THAT_WAS = (
    r"\b(?:that|this|it|which)(?:['’]s|\s(?:was|is|were|had\sbeen|has\sbeen|concern(?:s|ed)|belong(?:s|ed)\sto"
    r"|refer(?:s|red)\sto))\s"
    r"(?:(?:actually|really|apparently|of\scourse|in\sfact|told|said|of|about|in|for|only)\s){0,3}"
    r"(?:his|her|the|their|an?)\s(?:patient['’]?s\s)?"
    r"(?:(?:elder|older|younger|twin|half|late|maternal|paternal)[\s-]){0,2}"
    rf"{_KIN}(?:['’]s?|s)?\b(?!['’]?\s(?:who|that|whom|noticed|found|saw|felt|called|brought|told))"
)
_WAS_RELATIVES = pattern(rf"(?:[(,;?–—]|\s-)[^.;\n]{{0,40}}?{_THAT_WAS}", re.IGNORECASE)
"""What corrects a note: "optic glioma at 21? - checked, that was his brother"."""
_FAMILY_HISTORY = re.compile(r"\bfamily\s(?:oncolog\w{1,5}\s|cancer\s)?history\b[^.;]{0,100}$", re.IGNORECASE)
_AGAIN_PATIENT = re.compile(
    r"(?<!who\s)(?<!that\s)\b(?:presented|presents|presenting|was\s(?:diagnosed|found|referred|admitted|seen|noted)|noticed"
    r"|underwent)\b(?![^.;]{0,40}\b(?:parents?|siblings?)\b)",
    re.IGNORECASE,
)
_A_RELATIVE = re.compile(rf"\b{_KIN}\b", re.IGNORECASE)


def was_a_relatives(view: View, end: int) -> bool:
    """Whether words behind ``end``, or an aside behind its sentence, say that it was a relative's after all."""
    if view.may(_WAS_RELATIVES):
        found = view.has(_WAS_RELATIVES, end, view.end)
        if found is not None and _is_of_it(view, end, found.start()):
            return True
    return _GOES_ON.match(view.whole, view.end) is not None and _is_of_it(view, end, view.end)


def _is_of_it(view: View, end: int, taken_back: int) -> bool:
    """Whether nothing else is told between what ends at ``end`` and the words that take it back."""
    return taken_back - end <= _REACH and _NEXT_STATEMENT.search(view.whole, end, taken_back) is None


_REACH = 60
"""Characters between what was told and the words that take it back."""
_GOES_ON = re.compile(
    rf"\s{{0,2}}(?:[-–—(]|correct(?:ion|ed)|checked|no\b|NB\b|sorry|apolog)[^.;\n]{{0,60}}?{_THAT_WAS}",
    re.IGNORECASE,
)
"""An aside that begins behind a mark of question or a full stop."""
_NEXT_STATEMENT = re.compile(r"[.;\n]\s|,?\s(?:and|but)\s")


def comes_back_to_patient(view: View, low: int, start: int) -> bool:
    """Whether a patient's own verb stands behind the family history: "no family history of cancer presented with"."""
    told = _FAMILY_HISTORY.search(view.whole, low, start)
    if told is None:
        return False
    own = _AGAIN_PATIENT.search(view.whole, told.start(), start)
    return own is not None and _A_RELATIVE.search(view.whole, told.start(), own.start()) is None
