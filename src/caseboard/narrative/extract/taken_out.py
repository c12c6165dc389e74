"""Operations that are told by a verb: "the mass was resected", "it was excised on 3 February", in a note "Excised."."""

from __future__ import annotations

import re

from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned
from caseboard.narrative.extract.procedure_done import NOT_DONE
from caseboard.narrative.mentions import Mention
from caseboard.narrative.view import View

__all__ = ["named", "was_taken_out"]

_PARTICIPLE = re.compile(r"\b(?:excised|resected|removed|amputated)$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|been)\s(?:[a-z]{3,14}ly\s|then\s|also\s|later\s){0,2}$", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:it|this|that|these|those|they|which|both|all)\s(?:has\s|have\s|had\s)?$", re.IGNORECASE
)
_ALONE = re.compile(r"[\s*•-]{0,6}(?:[a-z]{3,14}ly\s)?", re.IGNORECASE)
_NO_OBJECT = re.compile(r"\s?(?:[.,;(]|$)|\s(?:on|in|at|with|from|under|by|elsewhere)\b|\s\d", re.IGNORECASE)
"""What follows a note's verb that has no object: "Excised.", "Resected 3 Feb", but not "Excised tissue showed"."""
_NOUNS = {
    "excised": "excision",
    "resected": "resection",
    "removed": "removal",
    "enucleated": "enucleation",
    "amputated": "amputation",
    "curetted": "curettage",
    "debulked": "debulking",
}
_VERBS = rf"(?:re-?)?(?:{'|'.join(_NOUNS)})"
_ACTIVE = re.compile(
    rf"(?P<how>[a-z]+ly )?(?P<verb>{_VERBS})\b(?: (?P<what>(?!on |in |at |from |with |by |under )[a-z][^.;]{{2,80}}))?"
)
_PASSIVELY = re.compile(rf"(?:(?P<how>[a-z]{{3,14}}ly) )?(?P<verb>{_VERBS})$")
_AGAIN = re.compile(r"re-|re(?!sected|moved)")
_APART = re.compile(r"[,(]| (?:was|were|been|is|has|had|have|which|that)\b")
"""Where the name of what was taken out ends: "carcinomas, of the scalp and the hand, were excised"."""
_HOW = {"widely": "wide", "completely": "complete", "partially": "partial", "locally": "local"}


def was_taken_out(view: View, mention: Mention) -> bool:
    """Whether a verb tells without an object of its own that a tumour was taken out."""
    start, end = mention.start, mention.end
    if not _PARTICIPLE.search(view.whole, start, end):
        return False
    passive = _PASSIVE.search(view.whole, max(view.start, start - 40), start)
    if passive is not None:
        said = _PRONOUN.search(view.whole, max(view.start, passive.start() - 24), passive.start()) is not None
    else:
        alone = _ALONE.fullmatch(view.whole, view.start, start) is not None
        said = alone and _NO_OBJECT.match(view.whole, end, view.end) is not None
    return said and not (
        planned(view, start, end)
        or denied(view, start, end)
        or hypothetical(view, start, end)
        or of_someone_else(view, start, end)
        or view.has(NOT_DONE, max(view.start, start - 40), start)
    )


_OPERATED = re.compile(r"(?:(?:was|were|been)\s(?:[a-z]{4,12}ly\s)?)?operated\b")
"""What tells an operation by no name: "was operated on in March"."""


def named(words: str) -> str:
    """Return what an operation is called by the words that tell it: "masses were excised" is an excision of masses."""
    plain = " ".join(words.lower().split()).removeprefix("underwent ")
    if _OPERATED.match(plain):
        return "surgery"
    told = _ACTIVE.fullmatch(plain)
    what = (told["what"] or "") if told is not None else ""
    if told is None:
        told = _PASSIVELY.search(plain)
        if told is None:
            return plain
        what = _APART.split(plain[: told.start()], maxsplit=1)[0].strip()
    again, how = _AGAIN.match(told["verb"]), (told["how"] or "").strip()
    noun = f"re-{_NOUNS[told['verb'][again.end() :]]}" if again is not None else _NOUNS[told["verb"]]
    name = f"{_HOW[how]} {noun}" if how in _HOW else noun
    return f"{name} of {what}" if what else name
