"""What pathology refuted: lesions, and progressions told from them, that it calls no tumour.

A new lesion must be unequivocal, not a finding that may be something other than tumour (RECIST 1.1, section 4.3.5):
a node that grew and turns out reactive is no progression, from its first sight on. The opinion is read from the words
beside the fact, of the lesion named last before it: a benign process, or no tumour in what was taken out.
A needle that found no tumour refutes nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

import msgspec

from caseboard.assess import sites
from caseboard.assess.findings import Citation, Finding
from caseboard.assess.passages import span_of
from caseboard.case.case import Case, Document
from caseboard.case.facts import FactBase, Lesion, Response, Span

__all__ = ["NEW_LESION", "refuted_by_pathology", "set_aside"]

NEW_LESION = Citation(
    "Eisenhauer 2009 (RECIST 1.1), section 4.3.5", pmid=19097774, doi="10.1016/j.ejca.2008.10.026"
)
_SAW = r"(?:show\w{0,3}|reveal\w{0,3}|demonstrat\w{1,3}|found|yielded|was|were)"
_NO = r"(?:no|without|free of|negative for)\s(?:any\s|evidence of\s|signs? of\s|residual\s|viable\s){0,3}"
_MALIGNANT = r"(?:malignan\w{2,4}|neoplas\w{1,3}|tumou?r cells?)"
_OF_ANY = re.compile(
    rf"\b(?:was|were|a|as)\s(?:entirely\s)?benign\b(?!\s(?:appear|looking))|\b{_SAW}\s{_NO}{_MALIGNANT}\b",
    re.IGNORECASE,
)
"""What pathology calls a lesion that is no tumour, of whatever kind it is."""
_OF_NODES = re.compile(
    rf"{_OF_ANY.pattern}|\breactive\s(?:\w{{1,20}}\s){{0,2}}(?:hyperplasia|changes?|nodes?|lymph)"
    r"|\b(?:was|were|be|only|as)\s(?:purely\s)?reactive\b"
    r"|\b(?:inflammatory|lymphoid|follicular|sinus)\s(?:\w{1,20}\s)?hyperplasia|\blymphadenitis\b"
    r"|\binflammatory\s(?:lymph\s?)?nodes?\b|(?<!eosinophilic )(?<!cell )\bgranulom(?:as?|atous)\b"
    rf"|\bsarcoid-?like\b|\b{_NO}(?:metasta\w{{2,4}}|{_MALIGNANT}|tumou?r)\b",
    re.IGNORECASE,
)
"""The same of a lymph node. Of other lesions an inflammation is no such word: some tumours are described by it."""
_HINT = re.compile(
    r"[bmnrhlgsit](?:(?<=b)enign|(?<=m)alignan|(?<=m)etasta|(?<=n)eoplas|(?<=r)eactive|(?<=h)yperplasia|(?<=l)ymphadenitis"
    r"|(?<=g)ranulom|(?<=s)arcoid|(?<=i)nflammatory|(?<=t)umou?r)"
)
"""A word (in lower case) of which every such opinion holds one."""
_BEFORE_HINT, _BEHIND_HINT = 120, 80
"""How many characters of an opinion may stand before the first of these words, and from there on."""
_PATHOLOGY = re.compile(
    r"patholog|histolog|histopath|biops|cytolog|aspirat|microscop|specimen|resected|excised", re.IGNORECASE
)
_NEEDLE = re.compile(r"biops|aspirat|cytolog|needle|\bFNA", re.IGNORECASE)
"""A needle may miss a tumour: that it found none proves nothing, unlike a benign process that it found instead."""
_UNSURE = re.compile(
    r"\b(?:may|might|could|possibl\w|suspect\w{0,3}|suggest\w{0,4}|presum\w{2,4}|probabl\w|likely|recommend\w{0,2}"
    r"|planned|awaited|pending|differential|consider\w{0,3}|(?:rule|ruled|cannot) (?:out|exclude)|or)\b",
    re.IGNORECASE,
)
_DENIED_BEFORE = re.compile(
    r"\b(?:no|not|without|rather than|versus|instead of)\s(?:\w{1,20}\s){0,2}$", re.IGNORECASE
)
_NODE = re.compile(r"\b(?:lymph\s?nodes?|nodes?|lymphadenopath(?:y|ies)|adenopath(?:y|ies))\b", re.IGNORECASE)
_NOUN = re.compile(
    rf"{_NODE.pattern}|\b(?:mass|masses|lesions?|nodules?|metastas[ie]s|tumou?rs?|foc(?:us|i)|deposits?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-Z0-9])|\n")
_MARGIN = re.compile(r"\bmargins?\b", re.IGNORECASE)
_MALIGNANT_WORD = re.compile(rf"{_MALIGNANT}|metasta|tumou?r", re.IGNORECASE)
_REACH = 3
"""How many sentences after the fact the opinion may stand, of a node; of other lesions one less."""
_WINDOW = 400
"""How many characters of a sentence are looked at on either side of the opinion."""
_AFTER = 25


class _Opinion(msgspec.Struct, frozen=True):
    """An opinion of pathology: its sentence, its words, whether it speaks of a node, and the places it names."""

    sentence: int
    words: str
    node: bool
    places: tuple[str, ...]


class _Told(msgspec.Struct, frozen=True, order=True):
    """A lesion or a progression as a document tells it: where, its sentence, its place, and whether of a node."""

    start: int
    end: int
    fact: str
    sentence: int
    place: str
    node: bool


def refuted_by_pathology(case: Case) -> dict[str, str]:
    """Return the lesions and progressions that pathology calls no tumour: fact id, and the words of the opinion."""
    refuted: dict[str, str] = {}
    for document in case.documents:
        opinions = list(_opinions(document.text))
        if not opinions:
            continue
        starts = [0, *(match.end() for match in _SENTENCE.finditer(document.text))]
        told = sorted(_told(case, document, starts))
        # Of a day in the past, the text goes on: only what is told before its last known fact was known by then.
        last = max(
            (found[1].start for fact in case.facts if (found := _place(case, fact, document))), default=0
        )
        known = bisect_right(starts, last) - 1 if case.cutoff else len(starts)
        for match in opinions:
            opinion = _opinion(document.text, starts, match)
            if opinion is not None and opinion.sentence <= known:
                refuted.update((fact, opinion.words) for fact in _meant(opinion, told))
    return refuted


def _opinions(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of pathology that call something no tumour; looked for only where a word of theirs stands."""
    reached = 0
    lower = text.lower()
    if len(lower) != len(text):  # a letter that is two in lower case moves every place behind it
        yield from _OF_NODES.finditer(text)
        return
    for hint in _HINT.finditer(lower):
        if hint.end() <= reached:
            continue
        end = min(hint.start() + _BEHIND_HINT, len(text))
        for match in _OF_NODES.finditer(text, max(reached, hint.start() - _BEFORE_HINT), end):
            if match.end() < end or end == len(text):
                reached = match.end()
                yield match


def set_aside(case: Case, refuted: Mapping[str, str]) -> tuple[Case, tuple[Finding, ...]]:
    """Return the case without the progressions that pathology refuted, and a finding for each of these."""
    gone = [fact for fact in case.of(Response) if fact.id in refuted]
    if not gone:
        return case, ()
    kept = tuple(fact for fact in case.facts if fact not in gone)
    findings = tuple(
        Finding(
            what=f"No progression: {fact.source.quote!r} turned out to be no tumour by pathology.",
            rule="response.no_tumour_by_pathology",
            topic="response",
            level="note",
            facts=(fact.id,),
            citations=(NEW_LESION,),
            detail=f"pathology: {refuted[fact.id]}",
        )
        for fact in gone
    )
    return msgspec.structs.replace(case, facts=kept), findings


def _place(case: Case, fact: FactBase, document: Document) -> tuple[str, Span] | None:
    return span_of(case, fact) if fact.source.document == document.name else None


def _told(case: Case, document: Document, starts: list[int]) -> Iterator[_Told]:
    """Yield the lesions and progressions that a document tells."""
    for fact in case.facts:
        lesion = isinstance(fact, Lesion) and fact.state == "present"
        if not (lesion or (isinstance(fact, Response) and fact.category == "PD")):
            continue
        found = _place(case, fact, document)
        if found is None:
            continue
        place = fact.site if isinstance(fact, Lesion) else fact.source.quote
        if not isinstance(fact, Lesion) and not _NOUN.search(place):
            continue
        node = sites.is_node(place) if isinstance(fact, Lesion) else _NODE.search(place) is not None
        start, end = found[1].start, found[1].end
        yield _Told(start, end, fact.id, bisect_right(starts, start) - 1, place, node)


def _opinion(text: str, starts: list[int], match: re.Match[str]) -> _Opinion | None:
    """Return the opinion that a match is, or None where pathology does not say it, or does not say it surely."""
    number = bisect_right(starts, match.start()) - 1
    end = min(starts[number + 1] if number + 1 < len(starts) else len(text), match.end() + _WINDOW)
    first = max(starts[number], match.start() - _WINDOW)
    before = text[max(starts[max(0, number - 1)], first - _WINDOW) : first]
    own, sentence = text[first : match.start()], text[first:end]
    if not (_PATHOLOGY.search(sentence) or _PATHOLOGY.search(before)):
        return None
    if _UNSURE.search(sentence) or _DENIED_BEFORE.search(own[-40:]) or _MARGIN.search(sentence):
        return None
    negative = _MALIGNANT_WORD.search(match[0]) is not None
    if negative and (_NEEDLE.search(sentence) or _NEEDLE.search(before)):
        return None
    noun = _NOUN.search(text[match.start() : min(end, match.end() + _AFTER)])
    told_in = sentence
    if noun is None or negative:
        noun = next(reversed(list(_NOUN.finditer(own))), None)
    if noun is None:
        noun, told_in = next(reversed(list(_NOUN.finditer(before))), None), before
    node = noun is not None and _NODE.fullmatch(noun[0]) is not None
    if noun is None or not (node or _OF_ANY.search(match[0])):
        return None
    return _Opinion(number, match[0], node, sites.places(told_in))


def _meant(opinion: _Opinion, told: list[_Told]) -> Iterator[str]:
    """Yield the facts that an opinion is about: the lesion of its kind and place told last, and what overlaps it."""
    reach = _REACH if opinion.node else _REACH - 1
    last: _Told | None = None
    for at in range(bisect_right(told, opinion.sentence, key=lambda one: one.sentence) - 1, -1, -1):
        one = told[at]
        if opinion.sentence - one.sentence > reach or (last is not None and one.sentence != last.sentence):
            return
        if one.node != opinion.node or not _fits(opinion.places, one.place):
            continue
        if last is None or (one.start < last.end and last.start < one.end):
            last = last or one
            yield one.fact


def _fits(named: tuple[str, ...], place: str) -> bool:
    """Whether an opinion that names places can be of one: it names none, or one that may hold it."""
    own = sites.places(place)
    if not named or not own:
        return True
    return any(sites.relation(one, other) != "other" for one in named for other in own)
