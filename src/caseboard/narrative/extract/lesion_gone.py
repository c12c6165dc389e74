"""Lesions that are gone: "the nodule had resolved", "disappearance of the liver metastases", "adrenal normal size"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.extract.lesion_fact import is_known, lesion_draft, low_word
from caseboard.narrative.extract.lesion_pair import both_gone
from caseboard.narrative.extract.lesion_place import Where, places_listed
from caseboard.narrative.extract.lesion_remembered import LESION_NOUN, place_remembered
from caseboard.narrative.extract.lesion_spread import GONE
from caseboard.narrative.extract.where import TISSUES
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["NORMAL_AGAIN", "gone_behind", "lesions_gone"]

_SYMPTOM = pattern(
    r"\b(?:pain|symptoms?|disturbances?|fever|cough|effusions?|ascites|o?edema|haematuria"
    r"|hematuria|dyspn\w{2,6}|jaundice|rash|diarrh\w{2,4}|neutropenia|toxicity|stricture"
    r"|hydronephrosis|distension|nausea|hemorrhag\w{2,4}|numbness|weakness|headaches?|bleeding|fat|planes?"
    r"|boundar(?:y|ies)"
    r"|borders?|pulses?|reflex(?:es)?|murmur|vision|hearing|signal|opacities|infiltrates|GGOs?|ground[\s-]glass"
    r"|consolidations?|pneumoni(?:tis|a)|atelectasis)\b",
    re.IGNORECASE,
)
NORMAL_AGAIN = pattern(
    r"\b(?:(?:now |all |has |have |had |is |are |was |were )*(?:clear(?:ed)?|normali[sz]ed|normal(?: size"
    r"| in size|-sized)?)|NAD)"
    r"(?=\s?(?:[.,;:)+/-]|$|\band\b|\bon\b|\bwith\b))"
)
"""What is said of an organ or node in which the story knows a lesion: that it looks normal again."""
_NOT_SO = pattern(
    r"\b(?:not|never|no|without|n't|near|nearly|almost|partial|partially"
    r"|partly|mostly|largely|incompletely)[\s-](?:yet |been |a |an |quite )*$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\s(?:before|previously|earlier|initially|in the (?:previous|prior|first)"
    r"|on (?:the )?(?:previous|prior|earlier|first))\b"
)
"""What makes a lesion that was not seen a new one: "not seen before"."""
_ONLY_NOT = pattern(
    r"^not (?:seen|visible|detect\w{2,4}|identif\w{2,4}|visuali[sz]ed|viewable)$", re.IGNORECASE
)
"""What may be said of a lesion that never was: "nodal metastases were not detected"."""
_PRONOUN = pattern(
    r"\b(?:it|they|this|both)\s(?:had |has |have |was |were |is |are |completely |also )*$", re.IGNORECASE
)
_MANY = pattern(
    r"\b(?:lesions|nodules|metastases|mets|masses|deposits|nodes|lymph nodes|tumou?rs|foci|implants)\b",
    re.IGNORECASE,
)
_OTHERS = pattern(r"\b(?:other|smaller)\b", re.IGNORECASE)
_OR_GONE = re.compile(r"\b(?:smaller|decreased|reduced|stable|unchanged)\sor\s$", re.IGNORECASE)
"""What leaves open which of several lesions are gone: "the nodules were smaller or gone"."""
_OF_THE_BLOOD = pattern(
    r"\b(?:c[ft]DNA|plasma|liquid biopsy|allele|fusion|mutation|variant|transcript|antigen|marker|PCR)\b",
    re.IGNORECASE,
)
"""What "it" may mean where no lesion is named: "cfDNA detected the fusion; it was undetectable at 3 months"."""
_BEHIND_BRACKET = pattern(r"[)\]]\s(?:(?:had|has|have|was|were|completely|now)\s){0,3}")


def lesions_gone(
    view: View, memory: Memory, sites: list[Mention], taken: list[tuple[int, int]]
) -> Iterator[Draft]:
    """Yield each lesion that a sentence says is gone."""
    for low, high in (*_neither(view), *_none_left(view, memory, sites)):
        for place in places_listed(view, memory, [site for site in sites if low <= site.start < high]):
            yield lesion_draft(view, memory, place, low_word(view, low), high, state="absent", at=(low, high))
    for match in view.find(GONE):
        first, last = view.clause(match.start())
        if view.whole[first] in ")]":
            first, last = view.statement(match.start())
        backward = match[0].lower().rsplit(" ", 1)[-1] not in _AHEAD
        low, high = (
            (_clause_start(view, first, match.start()), match.start())
            if backward
            else (match.end(), _list_end(view, match.end(), last))
        )
        if (
            (backward and (_of_harm(view, low, high) or _once_it_was(view, match.start())))
            or _is_of_a_symptom(view, low, high)
            or view.has(_NOT_SO, max(first, match.start() - 30), match.start())
            or (view.within(_ONLY_NOT, match[0]) and _NOT_BEFORE.match(view.whole, match.end(), view.end))
            or _OR_GONE.search(view.whole, max(first, match.start() - 20), match.start())
        ):
            continue
        inside = [
            site
            for site in sites
            if low <= site.start and site.end <= high and not any(a <= site.start < b for a, b in taken)
        ]
        named = view.has(LESION_NOUN, low, high) or (
            view.has(_PRONOUN, max(low, match.start() - 40), match.start())
            if view.has(_OF_THE_BLOOD, view.start, match.start()) is None
            else None
        )
        inside = _of_the_others(view, inside, match.start()) if backward else inside
        weak = view.within(_ONLY_NOT, match[0]) is not None
        if inside and (weak or not named) and not any(is_known(memory.sites, site.key) for site in inside):
            continue
        if inside:
            for place in _each_known(view, memory, places_listed(view, memory, inside), (low, high)):
                start = min(place.start, match.start()) if not backward else low_word(view, place.start)
                yield lesion_draft(
                    view,
                    memory,
                    place,
                    start,
                    max(match.end(), place.end),
                    state="absent",
                    at=(match.start(), match.end()),
                )
        elif (
            named
            and not view.has(_OTHERS, low, high)
            and not re.search(r"\b(?:disease|response|evidence)\b", view.whole[low:high], re.IGNORECASE)
        ):
            for place in _meant_by_a_word(view, memory, low, high, weak=weak):
                yield lesion_draft(
                    view,
                    memory,
                    place,
                    low_word(view, low),
                    max(match.end(), high),
                    state="absent",
                    at=(match.start(), match.end()),
                )
    yield from _normal_again(view, memory, sites, taken)


def _meant_by_a_word(view: View, memory: Memory, low: int, high: int, *, weak: bool) -> list[Where]:
    """Return the lesions of the story that a pronoun or a bare noun means: "both had resolved", "the mass was gone"."""
    if both := both_gone(view, memory, low, high):
        return both
    where = _by_a_word(view, memory, low, high)
    if where is None and not weak and view.has(_PART_OF_IT, low, high) is None:
        where = place_remembered(view, memory, low, high)
    return [] if where is None else [where]


def _is_of_a_symptom(view: View, low: int, high: int) -> bool:
    """Whether it is a symptom that went away, and no lesion with it: "the nodule and the ascites had disappeared"."""
    symptom = view.has(_SYMPTOM, low, high)
    return symptom is not None and not _stands_beside_lesion(view, low, symptom.start())


def _stands_beside_lesion(view: View, low: int, symptom: int) -> bool:
    """Whether a symptom is told in one list with the lesion right before it."""
    return any(
        _AND_IT.fullmatch(view.whole, lesion.end(), symptom)
        for lesion in view.find(LESION_NOUN, low, symptom)
    )


_AND_IT = re.compile(r"(?:,|,?\sand)\s(?:the\s|all\s)?(?:[a-z-]{3,14}\s)?")
_PART_OF_IT = pattern(
    r"\b(?:cysts?|cystic|necro(?:sis|tic)|halo|rim|component|portion|exophytic|extension)\b", re.IGNORECASE
)
"""A part of a tumour: that it is gone does not say so of the tumour that the story knows."""
_AHEAD = frozenset({"of", "the", "these", "those"})
"""How the words end behind which the lesion is named: "disappearance of", "did not show the"."""
_NONE_LEFT = pattern(
    r"\bno (?:[a-z-]{3,20} ){0,3}?(?:nodules?|lesions?|metasta(?:sis|ses)|mass(?:es)?|deposits?|nodes?|tumou?r)\s"
    r"(?:[a-z ]{3,24}\s)?(?:(?:was|were|is|are|could be|can be)\s(?:left|remaining"
    r"|(?:seen|detected|found|visible|identified|demonstrated) any (?:more|longer))|remain(?:s|ed))\b",
    re.IGNORECASE,
)
"""What says that nothing is left of lesions: "no lung metastasis could be detected any more"."""


def _none_left(view: View, memory: Memory, sites: list[Mention]) -> Iterator[tuple[int, int]]:
    """Yield where a sentence says that nothing is left of lesions which the story knows."""
    for match in view.find(_NONE_LEFT):
        inside = [site for site in sites if match.start() <= site.start < match.end()]
        if any(is_known(memory.sites, site.key) for site in inside):
            yield match.span()


_NEITHER = pattern(
    r"\bneither\b[^.;]{3,90}?\bnor\b[^.;]{3,90}?\s(?:(?:could|can)\sbe|was|were|is|are)\s(?:any\s(?:longer|more)\s"
    r"|still\s)?"
    r"(?:seen|visible|visuali[sz]ed|detect(?:ed|able)|identifi(?:ed|able)|found|palpa(?:ble|ted)|felt|present"
    r"|demonstrated"
    r"|discern(?:ed|ible)|avid|measurable)\b",
    re.IGNORECASE,
)
"""What says of two lesions that they are gone: "neither the breast mass nor the axillary node could be seen"."""


def _neither(view: View) -> Iterator[tuple[int, int]]:
    """Yield where a sentence says of two lesions that they are gone."""
    for match in view.find(_NEITHER):
        if not view.has(_SYMPTOM, *match.span()):
            yield match.span()


def _by_a_word(view: View, memory: Memory, low: int, high: int) -> Where | None:
    """Return the known lesion whose site has a word of the statement: "serosal deposit" in the "small bowel serosa"."""
    said = {word[0][:_STEM].lower() for word in _WORD.finditer(view.whole, low, high)}
    for site, side in reversed(memory.sites):
        if any(len(word) >= _STEM and word[:_STEM] in said for word in site.split()):
            return Where(site, side, low, high, "named by a word of its site")
    return None


_STEM = 5
"""Letters by which the noun and the adjective of a place are known for one another."""
_WORD = pattern(r"\b[A-Za-z]{5,16}\b(?<!lymph)(?<!node)(?<!nodes)")


def _of_the_others(view: View, inside: list[Mention], at: int) -> list[Mention]:
    """Return the sites told behind "other", where it stands among them: "... and other liver lesions were gone"."""
    others = [match.end() for match in view.find(_OTHERS, inside[0].start, at)] if inside else []
    behind = [site for site in inside if others and site.start >= others[-1]]
    return behind or inside


def _normal_again(
    view: View, memory: Memory, sites: list[Mention], taken: list[tuple[int, int]]
) -> Iterator[Draft]:
    """Yield each known lesion whose organ or node is said to be normal or clear again."""
    for match in view.find(NORMAL_AGAIN):
        site = next((site for site in reversed(sites) if site.end <= match.start()), None)
        if site is None or not _THEN_NORMAL.fullmatch(view.whole[site.end : match.start()]):
            continue
        wide = anatomy.vocabulary()[site.key].kind in ("region", "space")
        if wide and all(site.key != name for name, _ in memory.sites):
            continue  # "abdomen normal" tells of no lesion
        examined = view.has(_AUSCULTATED, view.start, match.start()) or _AUSCULTATED.search(
            view.sentence.heading
        )
        if examined and anatomy.organ_of(site.key) in ("lung", "thorax"):
            continue  # no rales are no lesions gone
        if any(a <= site.start < b for a, b in taken) or not any(
            anatomy.same_site(site.key, name) in ("same", "within") for name, _ in memory.sites
        ):
            continue
        for place in places_listed(view, memory, [site]):
            yield lesion_draft(
                view, memory, place, low_word(view, site.start), match.end(), state="absent", at=match.span()
            )


_AUSCULTATED = pattern(r"\b(?:examin\w{2,5}|O/E|auscult\w{2,5}|clinically|exam)\b", re.IGNORECASE)
_THEN_NORMAL = pattern(
    r"(?:\s(?:gland|glands|lesions?|nodules?|nodes?))?(?:\s|[:=-]\s?)(?:now\s|again\s|otherwise\s)?"
)


def _each_known(view: View, memory: Memory, places: list[Where], span: tuple[int, int]) -> list[Where]:
    """Return, for several lesions of one organ that are gone, the places where the story knows them."""
    if len(places) != 1 or view.has(_OTHERS, *span):
        return places
    place = places[0]
    many = view.has(_MANY, *span) is not None
    parts = [
        (site, side)
        for site, side in memory.sites
        if site != place.site
        and anatomy.same_site(place.site, site) == "within"
        and place.laterality in (None, "bilateral", side)
    ]
    tissue = place.site in TISSUES and all(site != place.site for site, _ in memory.sites)
    alone = tissue and len(parts) == 1  # "the skin papules" are those of the scalp, where no others are known
    if not alone and (len(parts) < 2 or not many):
        return places
    return [
        Where(site, side, place.start, place.end, "a lesion known in the organ named") for site, side in parts
    ]


_LESION_THAT_IS = pattern(
    r"\s(?!and\b|with\b|but\b)(?:[a-z/-]{2,20}\s){0,6}?(?:lesion|mass|nodule|node|metastasis|met|implant|deposit"
    r"|tumou?r|focus|cyst)\s"
    r"(?:(?:in|of|at)\s(?:the\s)?(?:[a-z-]{3,16}\s){1,4}?)?"
    r"(?:(?:which|that|previously|seen|noted|described|has|have|had|was|is|now|since|completely"
    r"|fully)\s){0,5}?(?=resol|disapp|no\s|no[tn]|vanish|gone|clear|com|van|inv|und)",
    re.IGNORECASE,
)
"""What stands between a lesion's former size and the word that it is gone: "the 2 cm implant has resolved"."""


def _once_it_was(view: View, at: int) -> bool:
    """Whether the words only say when a drug was given again: "restarted at 6 mg once it had cleared"."""
    return bool(view.of("toxicity")) and _ONCE_IT.search(view.whole, max(view.start, at - 40), at) is not None


_ONCE_IT = re.compile(
    r"\b(?:once|until|till|when|after|as soon as)\s(?:it|this|that|they|these)\s(?:(?:had|has|have|was|were)\s)?"
    r"(?:fully\s|completely\s|largely\s)?$"
)


def _of_harm(view: View, low: int, high: int) -> bool:
    """Whether what stands right before the words is harm: "response complicated by G2 pneumonitis, resolved"."""
    harm = next((one for one in reversed(view.of("toxicity")) if low <= one.start and one.end <= high), None)
    return (
        harm is not None
        and _AT_ONCE.fullmatch(view.whole, harm.end, high) is not None
        and not _stands_beside_lesion(view, low, harm.start)
        and not any(view.find(LESION_NOUN, harm.end, high))
    )


_AT_ONCE = re.compile(
    r"[\s,;:(→>-]{0,4}(?:(?:has|have|had|was|were|now|is|are|which|fully|completely|since|then|soon)\s){0,4}"
)


def gone_behind(view: View, end: int) -> bool:
    """Whether a size in brackets is that of a lesion which the words behind it say is gone: "(0.9 cm) had resolved"."""
    behind = _BEHIND_BRACKET.match(view.whole, end, min(view.end, end + 40))
    if behind is None and view.may(GONE):
        behind = _LESION_THAT_IS.match(view.whole, end, min(view.end, end + 110))
    return behind is not None and GONE.match(view.whole, behind.end(), view.end) is not None


def _clause_start(view: View, low: int, position: int) -> int:
    """Return where the statement that ends at ``position`` begins: after the last finished statement before it."""
    cut = low
    for match in re.finditer(
        r",(?=\s[^,]{0,60}(?:lesion|nodule|mass|metastas|node|tumou?r)\w{0,6}\s(?:\w+\s){0,3}$)"
        r"|\b(?:resolved|disappeared|cleared|subsided|vanished)\sand\s"
        r"|\b(?:fall(?:en|ing)|fell|decreas\w{1,3}|regressed|reduced|dropp\w{1,3}|declin\w{1,3}|risen|ros(?:e|ing)"
        r"|increas\w{1,3}|shr[aiu]nk\w{0,4}|smaller|stable|unchanged|grew|grown|progressed)\b(?:[^,;]{0,30}?,"
        r"|[^,;]{0,40}?\sand)\s"
        r"|\b(?:but|while|whereas)\b|:\s|\d\s?[cm]m\)?(?:,|\s(?:and|with)\s)",
        view.whole[low:position],
    ):
        cut = low + match.end()
    return cut


def _list_end(view: View, start: int, limit: int) -> int:
    """Return where the list after "disappearance of" ends: at a verb, or at a comma that no further site follows."""
    verb = re.search(
        r"\b(?:was|were|is|are|with(?! the)|but|which|while|as well as the|and an? (?:reduction"
        r"|decrease|shrinkage|partial|marked|significant|increase|regression)|after|on\b)\b"
        r"|\b(?:partial|stable|stability|progress\w{1,4}|reduction|decreas\w{1,3}|shrink\w{1,3}|regression|residual|persist\w{1,5}"
        r"|unchanged|growth|increas\w{1,3}|mixed|overall)\b|\b(?:PR|SD|PD|MR)\b"
        r"|,?\sand\s(?:an?|the|one)\s(?:[a-z-]{3,14}\s){0,2}(?=\d[\d.,]{0,4}[\s-]?[cm]m\b)"
        r"|,?\sand\s(?=(?:an?\s|the\s)?(?:[a-z-]{3,16}\s){1,4}(?:had|has|measured|shrank|decreased|regressed)\b)",
        view.whole[start:limit],
    )
    return start + verb.start() if verb else limit
