"""Lesions that the story has measured together, and then tells of by a word for both or for one of them.

"Both had shrunk, to 16 and 13 mm", "the former measured 16 mm and the latter 13 mm", "the larger one".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from caseboard.case.facts import Laterality, Lesion
from caseboard.narrative.extract.lesion_place import Where
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sizes import Size
from caseboard.narrative.view import View

__all__ = ["both_gone", "note_measured_together", "place_told_before", "places_by_a_word"]

_NOUN = r"(?:lesions?|nodules?|metastas[ei]s|mass(?:es)?|tumou?rs?|deposits?|nodes?|foci|focus|implants?|one)"
_VERB = (
    r"(?:had|have|has|were|was|measured|measure|measuring|shrank|shrunk|decreased|increased|grew|now|remain\w{0,2}|diminished"
    r"|regressed|progressed|resolved|disappeared|reached)"
)
_TOGETHER = pattern(
    rf"\b(?:both|these|the\stwo|they)(?:\s(?:of\s(?:them|these)|{_NOUN}))?,?\s(?={_VERB}\b|to\s\d)",
    re.IGNORECASE,
)
"""What means all lesions measured last: "both had shrunk", "these measured", "the two nodules were"."""
_ONE_OF_THEM = pattern(
    rf"\bthe\s(?:(?P<former>former|first)|(?P<latter>latter|second)|(?P<larger>larger|bigger)|(?P<smaller>smaller))"
    rf"(?:\s{_NOUN}|\sof\s(?:the\stwo|these|them))?,?\s(?={_VERB}\b|\d|at\s\d|to\s\d|\(\d)",
    re.IGNORECASE,
)
_REACH = 70
"""Characters from the word for a lesion to its size."""
_WHY = "the lesions measured last"


def note_measured_together(memory: Memory, drafts: Iterable[Draft]) -> None:
    """Remember the lesions that a sentence measures, each place once, or the two measured last one by one."""
    told: dict[tuple[str, Laterality | None], float] = {}
    for draft in drafts:
        fact = draft.fact
        if isinstance(fact, Lesion) and fact.state == "present" and fact.diameters_mm:
            told[fact.site, fact.laterality] = max(fact.diameters_mm)
    if len(told) > 1:
        memory.together = told
    elif told:
        kept = {place: size for place, size in memory.together.items() if place not in told}
        memory.together = dict([*kept.items(), *told.items()][-2:])


def places_by_a_word(view: View, memory: Memory, sites: list[Mention], sizes: list[Size]) -> dict[int, Where]:
    """Return the place of each size (by its start) that is told of "both", "the latter" or "the larger one"."""
    if len(memory.together) < _TWO or not sizes:
        return {}
    places = list(memory.together)
    out: dict[int, Where] = {}
    for word in view.find(_ONE_OF_THEM):
        size = next((size for size in sizes if word.end() <= size.start < word.end() + _REACH), None)
        chosen = None if size is None else _chosen(memory, word)
        if size is not None and chosen is not None and not _names_a_place(sites, word.end(), size.start):
            out[size.start] = Where(*chosen, size.start, size.start, _WHY)
    if out:
        return out
    for word, behind in _told_together(view, sizes):
        if sum(size.end <= word.start() for size in sizes) >= _TWO:
            continue  # those of the sentence itself are meant
        if len(behind) == len(places) and not _names_a_place(sites, word.end(), behind[-1].start):
            return {
                size.start: Where(*place, size.start, size.start, _WHY)
                for size, place in zip(behind, places, strict=True)
            }
    return {}


def place_told_before(
    view: View, sites: list[Mention], sizes: list[Size], placed: dict[int, Where], size: Size
) -> Where | None:
    """Return the place of a size told of lesions that the same sentence has measured: "14 and 9 mm; in May they were".

    ``placed`` holds the places of the sizes told so far, by their starts.
    """
    mine = next(((word, behind) for word, behind in _told_together(view, sizes) if size in behind), None)
    if mine is None:
        return None
    word, behind = mine
    before = [placed[one.start] for one in sizes if one.end <= word.start() and one.start in placed]
    before = before[-len(behind) :]
    places = {(where.site, where.laterality) for where in before}
    if len(behind) < _TWO or not len(places) == len(before) == len(behind):
        return None
    if _names_a_place(sites, word.end(), behind[-1].start):
        return None
    where = before[behind.index(size)]
    return Where(where.site, where.laterality, size.start, size.start, _WHY)


def _told_together(view: View, sizes: list[Size]) -> Iterator[tuple[re.Match[str], list[Size]]]:
    """Yield each word for lesions measured last, with the sizes behind it and before the next such word."""
    words = list(view.find(_TOGETHER))
    for word, following in zip_longest(words, words[1:]):
        high = min(word.end() + 2 * _REACH, view.end if following is None else following.start())
        yield word, [size for size in sizes if word.end() <= size.start < high]


def both_gone(view: View, memory: Memory, low: int, high: int) -> list[Where]:
    """Return the lesions that a word for both means from ``low`` to ``high``, before the word that they are gone."""
    word = view.has(_TOGETHER, low, min(view.end, high + _SHORT))
    if word is None or word.start() >= high or len(memory.together) < _TWO:
        return []
    return [Where(*place, word.start(), word.start(), _WHY) for place in memory.together]


_TWO = 2
_SHORT = 12


def _names_a_place(sites: list[Mention], low: int, high: int) -> bool:
    return any(low <= site.start < high for site in sites)


def _chosen(memory: Memory, word: re.Match[str]) -> tuple[str, Laterality | None] | None:
    """Return the one of two lesions that a word means; None where they are more, or of one size."""
    places, sizes = list(memory.together), list(memory.together.values())
    if len(places) != _TWO:
        return None
    if word["former"] or word["latter"]:
        return places[0 if word["former"] else 1]
    if sizes[0] == sizes[1]:
        return None
    return places[sizes.index(max(sizes) if word["larger"] else min(sizes))]
