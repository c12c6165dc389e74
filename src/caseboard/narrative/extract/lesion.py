"""Lesions: where they are, how large, how avid, and whether they are still there.

A lesion fact needs a size, an SUV, the word that it is gone, or a new metastasis with its site. The site is the one
named with it; where none is, the words say which lesion is meant ("the main tumour", "the nodule") and the story's
memory says where that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.case.facts import Laterality, Lesion
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import denied, of_someone_else, planned, previously
from caseboard.narrative.examination import note_imaging
from caseboard.narrative.extract.course_table import lesions_in_columns
from caseboard.narrative.extract.lesion_fact import is_known, lesion_draft, low_word
from caseboard.narrative.extract.lesion_former import (
    FORMER,
    day_compared_with,
    is_former,
    is_former_too,
    is_of_old,
    note_compared,
)
from caseboard.narrative.extract.lesion_gone import NORMAL_AGAIN, gone_behind, lesions_gone
from caseboard.narrative.extract.lesion_in_turn import (
    last_of_list,
    sides_in_turn,
    sites_in_turn,
    these_in_turn,
)
from caseboard.narrative.extract.lesion_nodes import counts_nodes, nodes_counted
from caseboard.narrative.extract.lesion_noted import NOTED, goes_on, noted_figures, place_of_change
from caseboard.narrative.extract.lesion_pair import (
    note_measured_together,
    place_told_before,
    places_by_a_word,
)
from caseboard.narrative.extract.lesion_place import (
    BESIDE,
    Where,
    place_named,
    with_side_after,
    with_side_told,
)
from caseboard.narrative.extract.lesion_remembered import LESION_NOUN, noun_measured
from caseboard.narrative.extract.lesion_rows import lesions_in_rows
from caseboard.narrative.extract.lesion_short import named_by_short_form
from caseboard.narrative.extract.lesion_sites import lesion_sites
from caseboard.narrative.extract.lesion_spread import FOUND, GONE, IMAGED, SPREAD_OR_MASS, spread_named
from caseboard.narrative.extract.lesion_uptake import avid_in_turn, where_avid
from caseboard.narrative.extract.periods import end_of
from caseboard.narrative.extract.where import where_measured
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.past_tumors import is_of_the_past
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sizes import NEEDS as SIZED
from caseboard.narrative.sizes import Size, find_sizes, find_suv, former_size
from caseboard.narrative.view import View
from caseboard.terms.anatomy import same_site

__all__ = ["extract"]
_TNM = pattern(r"[cpy]{0,2}T[0-4][a-d]?\s?N[0-3x]|[cpy]{0,2}T[0-4][a-d]?N", re.IGNORECASE)
_UPTAKE = pattern(r"SUV|standard(?:i[sz]ed)? uptake", re.IGNORECASE)


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the lesions of a sentence."""
    if (view.retold and view.section != "legend") or view.section in (
        "plan",
        "family",
        "allergies",
        "medication",
    ):
        return
    note_imaging(view, memory)
    note_compared(view, memory)
    memory.sums_told = memory.sums_told or view.has(_SUM) is not None
    known = list(memory.sites)
    rows = lesions_in_columns(view, memory)
    rows = rows if rows is not None else lesions_in_rows(view, memory)
    if rows is not None:
        yield from _remembered(view, memory, rows, known)
        return
    sizes = sorted(_sizes(view), key=lambda size: size.start)
    uptake = list(find_suv(view.whole, view.start, view.end)) if view.has(_UPTAKE) else []
    if not (
        sizes
        or uptake
        or memory.main_site is None
        or (goes_on(view, memory) and view.of("site"))
        or any(view.has(words) for words in (GONE, NORMAL_AGAIN, SPREAD_OR_MASS, NOTED))
        or counts_nodes(view)
    ):
        return
    named, examined = lesion_sites(view)
    sites = named_by_short_form(view, memory, [site for site in named if not _no_site(view, site)])
    sizes, uptake = noted_figures(view, memory, sites, sizes, uptake)
    uptake = list({found[:2]: found for found in uptake}.values())
    taken: list[tuple[int, int]] = []
    found = list(_measured(view, memory, _Figures(sites, examined, sizes, uptake), taken))
    if not view.retold:
        found += [*lesions_gone(view, memory, sites, taken), *spread_named(view, memory, sites, taken, found)]
        found += nodes_counted(view, memory, named, found)
    yield from _remembered(view, memory, found, known)
    note_measured_together(memory, found)
    if not view.retold and not found:
        _remember_complaint(view, memory, sites)


def _remembered(
    view: View, memory: Memory, found: list[Draft], known: list[tuple[str, Laterality | None]]
) -> Iterator[Draft]:
    """Yield lesions, and keep in memory where they are and whether one is new under treatment."""
    for draft in found:
        fact = draft.fact
        if isinstance(fact, Lesion):
            treated = bool(memory.last_regimen or (memory.operated and memory.dated_since_operation))
            left = (
                view.has(_LEFT, max(view.start, draft.start - 30), min(view.end, draft.end + 20)) is not None
            )
            if is_of_old(view, draft):
                known = [*known, (fact.site, fact.laterality)]
            fresh = (
                fact.state == "present"
                and treated
                and not left
                and not is_known(known, fact.site)
                and (known or _is_elsewhere(memory, fact) or _is_first_metastasis(view, memory, draft))
            )
            if (
                fresh
                and memory.fresh_lesion < view.start
                and (view.has(FOUND) or (not memory.last_regimen and view.has(IMAGED)))
            ):
                memory.fresh_lesion = draft.start
            memory.remember_site(fact.site, fact.laterality)
            metastatic = view.has(_METASTATIC, draft.start, draft.end) is not None
            memory.spread = memory.spread or (fact.state == "present" and _is_spread(view, draft))
            if (fact.site, fact.laterality) == memory.main_site:
                memory.main_is_spread = metastatic
            memory.last_laterality = fact.laterality or memory.last_laterality
        yield draft


def _is_elsewhere(memory: Memory, lesion: Lesion) -> bool:
    """Whether a lesion is found in another place than where the tumour was that has been taken out."""
    return bool(
        memory.operated
        and memory.named_site is not None
        and same_site(memory.named_site[0], lesion.site) == "different"
    )


def _is_first_metastasis(view: View, memory: Memory, draft: Draft) -> bool:
    """Whether a lesion is called a metastasis of a disease that had none, as far as the story told."""
    spread_before = (memory.diagnosis or "").startswith("metastatic") and not memory.operated
    return not spread_before and view.has(_METASTATIC, draft.start, draft.end) is not None


def _is_spread(view: View, draft: Draft) -> bool:
    """Whether a lesion is called a metastasis beside its size."""
    low, high = max(view.start, draft.start - _BESIDE_SIZE), min(view.end, draft.end + _BESIDE_SIZE)
    return any(not denied(view, *match.span()) for match in view.find(_METASTATIC, low, high))


_BESIDE_SIZE = 30
_MASS_MEASURED = pattern(
    r"\bmass\b(?![^.;]{0,70}\b(?:lesion|nodul|node|metasta|tumou?r|mass|deposit|effusion|\d\s?[cm]m\b))[^.;]{0,70}$",
    re.IGNORECASE,
)
"""What makes a size that of "the mass" of the story, be there nodules in the same organ."""
_METASTATIC = pattern(r"\bmetasta\w{2,5}\b|\bmets?\b", re.IGNORECASE)
_LEFT = pattern(
    r"\b(?:residual|residue|remnant|remaining|left (?:behind|in place)|stable|unchanged|persist(?:ent|ing))\b",
    re.IGNORECASE,
)
"""What an operation left, or what stayed as it was, is no new lesion."""


def _sizes(view: View) -> Iterator[Size]:
    return find_sizes(view.whole, view.start, view.end) if view.holds(SIZED) else iter(())


def _no_site(view: View, site: Mention) -> bool:
    """Whether a code that may name a site is one of staging ("T2N1") or of a sequence ("hypersignal T2")."""
    if _OF_A_NAME.search(view.whole, max(view.start, site.start - 4), site.start):
        return True
    if not site.weak:
        return False
    if _TNM.match(view.whole[site.start : site.start + 8]):
        return True
    if _DAY_OF_IT.match(view.whole, site.end, view.end) or _CYCLE.search(
        view.whole, max(view.start, site.start - 12), site.start
    ):
        return True
    around = view.whole[max(view.start, site.start - 24) : min(view.end, site.end + 24)]
    return site.key in ("t1 vertebra", "t2 vertebra") and view.within(_SEQUENCE, around) is not None


_OF_A_NAME = re.compile(r"[A-Z]-$|[A-Za-z0-9]$")
"""What makes the name of a vertebra the end of that of a protein or of a clone: "PD-L1 (22C3)"."""
_CYCLE = pattern(r"\b(?:by|after|pre|post|before|until|till|cycles?|completed|since)[\s-]$", re.IGNORECASE)
"""What stands before the number of a cycle: "gone by C4" is at no vertebra."""
_DAY_OF_IT = re.compile(r"\s?/?\s?D(?:ay\s?)?-?\d")
"""What makes it a cycle with its day: "C2D28", "C4 D1"."""
_SEQUENCE = pattern(
    r"signal|weighted|intens|sequence|FLAIR|\bSTIR\b|\bT1[ -]?W|\bT2[ -]?W|\bhyper|\bhypo|\biso|\bT2[\s/-](?:bright"
    r"|dark|less)"
    r"|(?:lower|higher|loss of) T2",
    re.IGNORECASE,
)


class _Figures(msgspec.Struct, frozen=True):
    """What a sentence measures: its sites, those only examined, sizes, and uptake as start, end and value."""

    sites: list[Mention]
    examined: list[Mention]
    sizes: list[Size]
    uptake: list[tuple[int, int, float]]


def _measured(view: View, memory: Memory, told: _Figures, taken: list[tuple[int, int]]) -> Iterator[Draft]:
    """Yield a lesion for each size, and for each SUV, that is not a former value."""
    sites, sizes, uptake = told.sites, told.sizes, told.uptake
    in_turn = sites_in_turn(view, sites, sizes)
    sides = sides_in_turn(view, memory, sites, sizes) or these_in_turn(view, memory, sites, sizes)
    by_word = places_by_a_word(view, memory, sites, sizes)
    told_with: list[tuple[int, int, float]] = []
    former: Size | None = None
    last: tuple[Where, int] | None = None
    placed: dict[int, Where] = {}
    for size in sizes:
        of_then = is_former(view, size)
        if (of_then and not _is_dated(view, size)) or (
            former is not None and is_former_too(view, former, size) and not _is_dated(view, size)
        ):
            if former is None and last is not None:
                yield from _as_compared(view, memory, *last, size)
            former = size
            continue
        former = size if of_then else None
        if (size.start not in in_turn and _of_no_lesion(view, size)) or (
            memory.sums_told and _is_rated(view, size)
        ):
            continue
        where = by_word.get(size.start) or sides.get(size.start)
        where = where or place_told_before(view, sites, sizes, placed, size)
        where = where or (
            last[0] if last is not None and _of_its_day_in_brackets(view, last[1], size) else None
        )
        where = where or _place_of(view, memory, told, size, in_turn.get(size.start))
        if where is None:
            continue
        own = next(
            (found for found in uptake if found not in told_with and _of_one_lesion(view, size, found)), None
        )
        told_with += [own] if own is not None else []
        suv = own[2] if own is not None else None
        restated = _in_brackets_of_its_own(view, size)
        if view.retold and any(size.diameters_mm == sizes for _, _, sizes in memory.measured):
            continue
        known = (where.site, where.laterality, size.diameters_mm)
        if restated and known in memory.measured:
            continue
        memory.measured[known] = None
        placed[size.start] = where
        memory.remember_site(where.site, where.laterality, measured=True)
        if _MASS_MEASURED.search(view.whole, max(view.start, size.start - 70), size.start):
            memory.called.setdefault("mass", (where.site, where.laterality))
        if noun := noun_measured(view, size.start):
            memory.called.setdefault(noun, (where.site, where.laterality))
        start, end = _quote(view, where, size.start, size.end)
        end = max(end, own[1] if own is not None else end)
        taken.append((start, end))
        dated = last_of_list(view, sizes, size)
        draft = lesion_draft(
            view, memory, where, start, end, diameters=size.diameters_mm, suv=suv, at=(dated.start, dated.end)
        )
        _note_measured(view, memory, size, where, draft)
        last = (where, size.end)
        if (before := former_size(view.whole, size)) is not None:  # ordered before what it changed to
            span = (min(start, before.start), size.end)
            yield from _as_it_was(view, memory, where, before, span, (size.start, size.end))
        yield draft
    yield from _avid(view, memory, told, taken)


def _is_rated(view: View, size: Size) -> bool:
    """Whether a size stands in brackets right behind a rating, with no lesion named: "a partial response (41 mm)"."""
    return _RATED.search(view.whole, max(view.start, size.start - 40), size.start) is not None


_SUM = pattern(
    r"\bsum\s(?:of\s(?:the\s)?)?(?:(?:target|longest|largest)\s)?(?:lesions?|diameters?)\b|\bSLD\b|\bsum\sof\sdiameters\b",
    re.IGNORECASE,
)
_RATED = re.compile(
    r"\b(?:response|remission|regression|progression|disease|PR|SD|PD|CR)\s\((?:[-−–+]?\s?\d{1,3}\s?%[,;]\s)?$"
)


_DIFFERENCE = re.compile(
    r"\s(?:smaller|larger|bigger|shorter|longer|less|more)\b(?!\s(?:[a-z]{3,12}\s)?(?:lesion|nodule|mass|node|one))"
)
"""What makes a length one by which another has changed: "was 16 mm smaller, at 18 mm"."""


def _place_of(view: View, memory: Memory, told: _Figures, size: Size, mine: Mention | None) -> Where | None:
    """Return where a measured lesion is: at the site that a list gives to its size, or where its words say."""
    where = (
        place_named(view, memory, mine)
        if mine is not None
        else where_measured(view, memory, told.sites, told.examined, size.start, size.end)
    )
    if where is None or where.why:
        where = place_of_change(view, memory, size) or where
    return None if where is None else with_side_told(view, where, size.start, size.end)


def _of_its_day_in_brackets(view: View, end: int, size: Size) -> bool:
    """Whether a size stands behind a day in brackets right behind another: "segment II 68 mm (04/2023: 51 mm)"."""
    return _HEADED.fullmatch(view.whole, end, size.start) is not None and any(
        time.absolute and end < time.start and time.end < size.start for time in view.times
    )


_HEADED = re.compile(r"\s?[(\[][^()\[\];]{3,24}?(?::|=|\s)\s?")


def _as_compared(view: View, memory: Memory, where: Where, end: int, former: Size) -> Iterator[Draft]:
    """Yield what a lesion, measured up to ``end``, was on the day of the examination that is compared with."""
    told = (where.site, where.laterality, former.diameters_mm)
    if former.start - end > _NEXT_TO or told in memory.measured:
        return
    if (then := day_compared_with(view, memory)) is None:
        return
    memory.measured[told] = None
    span = (former.start, former.end)
    draft = lesion_draft(view, memory, where, *span, diameters=former.diameters_mm, at=span)
    draft.moment = then
    yield draft


_NEXT_TO = 40
"""Characters between a size and the one that it is compared with."""


def _of_no_lesion(view: View, size: Size) -> bool:
    """Whether a size is not one of a lesion that the patient has."""
    return (
        of_someone_else(view, size.start, size.end)
        or _only_planned(view, size)
        or gone_behind(view, size.end)
        or _of_an_organ(view, size)
        or _DIFFERENCE.match(view.whole, size.end, view.end) is not None
    )


def _note_measured(view: View, memory: Memory, size: Size, where: Where, draft: Draft) -> None:
    """Note which examination measured a lesion; one that changed over a period has its size at the end of that."""
    governed = view.governing(size.start, size.end)
    if governed is not None and former_size(view.whole, size) is not None:
        draft.moment = end_of(view, governed).moment  # "between May and January it grew from 12 to 20 mm"
    if isinstance(draft.fact, Lesion) and draft.fact.modality is not None:
        memory.measured_by.setdefault(draft.fact.modality, (where.site, where.laterality))
        memory.seen_by.add((draft.fact.modality, where.site, where.laterality))


def _is_dated(view: View, size: Size) -> bool:
    """Whether a size has its own date right behind it: "from 12 mm in May 2022 to 15 mm in August 2022"."""
    return (view.right_behind(size.end) or view.of_former(size.end)) is not None or any(
        time.absolute and time.bracketed and 0 <= time.start - size.end <= len(" (") for time in view.times
    )


def _as_it_was(
    view: View, memory: Memory, where: Where, former: Size, span: tuple[int, int], at: tuple[int, int]
) -> Iterator[Draft]:
    """Yield the lesion as it was before its size changed, on an unknown day, where that was not told before.

    ``at`` is the size to which it changed.
    """
    if view.retold or any(known[:1] == former.diameters_mm[:1] for *_, known in memory.measured):
        return
    memory.measured[where.site, where.laterality, former.diameters_mm] = None
    draft = lesion_draft(view, memory, where, *span, diameters=former.diameters_mm, at=at)
    draft.fact = msgspec.structs.replace(draft.fact, modality=None)
    draft.moment = Moment(None, "inferred", "before the change told")
    yield draft


def _avid(view: View, memory: Memory, told: _Figures, taken: list[tuple[int, int]]) -> Iterator[Draft]:
    """Yield a lesion for each SUV that is that of no size."""
    avid = avid_in_turn(view, memory, told.sites, told.uptake)
    for first, last, value in told.uptake:
        if any(low <= first < high for low, high in taken) or view.has(
            FORMER, max(view.start, first - 30), first
        ):
            continue
        where = avid.get(first) or where_avid(view, memory, told.sites, told.examined, (first, last, value))
        if where is None:
            continue
        where = with_side_after(view, where, last)
        start, end = _quote(view, where, first, last)
        taken.append((start, end))
        yield lesion_draft(view, memory, where, start, end, suv=value, at=(first, last))


_ORGAN = (
    r"\b(?:liver|spleen|kidneys?|uterus|ureters?|appendix|placenta|gallbladder|prostate|testis|testicle|heart)"
    r"(?:\s(?:gland|was|were|is|are|had|has|appeared|seemed)){0,2}"
)
_SIZE_OF_ORGAN = pattern(
    r"(?:\b(?:an?|the|enlarged)\s(?:liver|spleen)\sof\s|"
    + _ORGAN
    + r"(?:,?\s(?:still|now|also|slightly|markedly|moderately|diffusely|much|larger|enlarged|increased|normal|in|size"
    r"|span|length)){0,5}"
    r"(?:\s?,?\s(?:and\s|which\s)?(?:measur(?:ed|es|ing)|with|(?:a )?(?:size|length|span|diameter) of|at|to)\s"
    r"|\s(?:larger|enlarged|increased)(?: in size)?(?:\sof\s|\s?\()))(?:about |approximately |up to )?$",
    re.IGNORECASE,
)
"""What stands before the size of an organ as a whole: "the spleen was larger (8 cm)", "right kidney measured 11 cm"."""


_INSIDE = pattern(r"\b(?:of|in|within|throughout)\s(?:the\s|her\s|his\s)?$", re.IGNORECASE)
"""What makes an organ the place of what is measured: "a tumor in the right sector of the liver, measuring"."""
_FELT_BELOW = pattern(
    r"\b(?:below|under|beneath)\s(?:the\s)?(?:right\s|left\s)?(?:costal|subcostal|rib)|\b[BS]CM\b",
    re.IGNORECASE,
)
_FELT_ORGAN = pattern(
    r"\b(?:liver|spleen)\s(?:(?:was|is|palpable|palpated|felt|edge|tip|at|about)\s){0,4}$", re.IGNORECASE
)
"""How far an organ is felt below the ribs: "liver 4 cm, spleen 6 cm below the costal margin"."""


def _of_an_organ(view: View, size: Size) -> bool:
    """Whether a size is that of an organ, not of a lesion in it."""
    low = max(view.clause(size.start)[0], size.start - 100)
    if view.whole[low] in "([":
        low = max(view.start, low - 60)
    found = view.has(_SIZE_OF_ORGAN, low, size.start)
    if found is None and view.has(_FELT_BELOW) is not None:
        found = view.has(_FELT_ORGAN, max(view.start, size.start - 30), size.start)
    if found is not None and _INSIDE.search(view.whole, max(view.start, found.start() - 12), found.start()):
        low = view.clause(found.start())[0]
        return view.has(LESION_NOUN, low, found.start()) is None
    if found is None or view.has(LESION_NOUN, view.phrase(found.start())[0], found.start()):
        return False
    return view.has(LESION_NOUN, size.end, min(view.phrase(size.start)[1], size.end + 40)) is None


def _only_planned(view: View, size: Size) -> bool:
    """Whether a size is only planned; an examination that "suggested a mass of 6 cm" has measured it."""
    if not planned(view, size.start, size.end, behind=False):
        return False
    lead = view.whole[max(view.start, size.start - 120) : size.start]
    return view.section == "plan" or view.within(_EXAMINATION_SUGGESTS, lead) is None


_EXAMINATION_SUGGESTS = pattern(
    r"\b(?:CT|MRI|MR|PET|PET[-/]CT|ultrasound|ultrasonography|sonography|scans?|X-?ray|tomography|imaging"
    r"|(?:re-?)?examination|colonoscopy|gastroscopy|endoscopy|pathology)\b[^.;]{0,60}\bsuggest(?:s|ed|ing)?\s"
    r"(?!by\b|that\b|to\b)[^.;]{0,90}$",
    re.IGNORECASE,
)


def _of_one_lesion(view: View, size: Size, uptake: tuple[int, int, float]) -> bool:
    """Whether an SUV is that of the lesion of a size: "1.8 cm, SUVmax 3.2"."""
    if uptake[1] <= size.start and _SUV_THEN_SIZE.fullmatch(view.whole[uptake[1] : size.start]):
        return True
    if size.end <= uptake[0] and _WITH_ITS_SUV.fullmatch(view.whole[size.end : uptake[0]]):
        return True
    if size.end <= uptake[0] <= size.end + 30:
        return _THEN_SUV.fullmatch(view.whole[size.end : uptake[0]]) is not None
    return view.phrase(uptake[0]) == view.phrase(size.start)


_SUV_THEN_SIZE = pattern(r"[;,/]\s(?:and\s)?")
_WITH_ITS_SUV = pattern(
    r"\s(?:(?!and\b|plus\b|with\b)[A-Za-z-]{2,16}\s){0,6}(?!and\b|plus\b)[A-Za-z-]{2,16}(?:,\s|\s\()(?:with an?\s)?"
    r"|\s(?:(?!and\b|plus\b|with\b)[A-Za-z-]{2,16}\s){0,4}(?:nodule|mass|lesion|node|met|metastasis"
    r"|deposit)\s(?:with\s)?",
    re.IGNORECASE,
)
"""What stands between a size and the SUV of the same lesion: "1.9 cm focus in the pancreatic tail (SUVmax 8.2)"."""
_THEN_SUV = pattern(
    r"\)?[\s,;(]{0,3}(?:(?:with|and|which|had|has|having|showed|showing|an?|the|its|intense|FDG|uptake|of)\s){0,4}"
)


def _quote(view: View, where: Where, start: int, end: int) -> tuple[int, int]:
    """Return the piece that states a measured lesion: from the noun or site before it to the size, or to the site."""
    low = view.start
    first = start
    if low <= where.start < end and not where.why.startswith(("the main", "the lesion")):
        first, end = min(first, where.start), max(end, where.end)
    window = max(view.phrase(first)[0], first - 60)
    nouns = list(view.find(LESION_NOUN, window, first))
    if nouns:
        first = min(first, nouns[-1].start())
    close = view.whole[end : end + 1]
    if close in ")]" and view.whole.rfind("(", first, end) > view.whole.rfind(")", first, end):
        end += 1
    return low_word(view, first), end


def _in_brackets_of_its_own(view: View, size: Size) -> bool:
    low, high = view.clause(size.start)
    return (
        view.whole[low] in "(["
        and not view.has(LESION_NOUN, low, high)
        and any(low <= time.start < high for time in view.times)
    )


_COMPLAINED_OF = pattern(LESION_NOUN.pattern + r"|\bcancer\b", re.IGNORECASE)


def _remember_complaint(view: View, memory: Memory, sites: list[Mention]) -> None:
    """Note where the complaint is ("palpable lump in her left breast") before anything is measured."""
    if memory.main_site is not None:
        _remember_spoken_of(view, memory, sites)
        return
    for site in sites:
        low, high = view.phrase(site.start)
        if (
            previously(view, site.start, site.end)
            or view.has(BESIDE, max(view.start, site.start - 40), site.start)
            or any(
                tumor.start <= site.start < tumor.end
                and is_of_the_past(view, tumor.start, tumor.end) is not None
                for tumor in view.of("tumor")
            )
        ):
            continue
        if (
            view.has(_COMPLAINED_OF, max(low, site.start - 80), min(high, site.end + 40))
            and not denied(view, site.start, site.end)
            and not of_someone_else(view, site.start, site.end)
        ):
            place = place_named(view, memory, site)
            memory.remember_site(place.site, place.laterality)
            return


def _remember_spoken_of(view: View, memory: Memory, sites: list[Mention]) -> None:
    """Note which known lesion a sentence without figures speaks of last: the next may only say "it"."""
    for site in reversed(sites):
        low, high = view.phrase(site.start)
        if view.has(LESION_NOUN, max(low, site.start - 60), min(high, site.end + 30)) is None:
            continue
        if denied(view, site.start, site.end) or of_someone_else(view, site.start, site.end):
            continue
        known = [place for place in memory.sites if place[0] == site.key]
        if len(known) == 1:
            memory.sites = [place for place in memory.sites if place != known[0]] + known
        return
