"""What only the whole story can tell: which diagnosis held in the end, and what was told twice.

Called once, when all sentences are read; drafts are withdrawn from the list, or get another status or time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from caseboard.case.dates import DateInterval, Offset, When
from caseboard.case.facts import Alteration, Diagnosis, Outcome, Response, Test
from caseboard.narrative.clock import Moment
from caseboard.narrative.extract.done_once import told_twice
from caseboard.narrative.extract.restated import AsLastTold, Diagnosed, Reread, Restated, is_negative
from caseboard.narrative.memory import Draft
from caseboard.terms import tumors

__all__ = ["settle"]

_BARE = frozenset({"CB:CARCINOMA", "CB:ADENOCARCINOMA", "CB:MALIGNANCY", "CB:NEOPLASM", "CB:SCC"})
"""Names of a tissue without a site: the diagnosis that follows completes them and does not revise them."""
_OF_ORGANS = frozenset(
    [
        "CB:LUNGCA", "CB:GASTRICCA", "CB:ESOPHCA", "CB:CRC", "CB:BREASTCA", "CB:OVARYCA", "CB:CERVIXCA",
        "CB:PROSTATECA", "CB:PANCREASCA", "CB:BLADDERCA", "CB:KIDNEYCA", "CB:THYROIDCA", "CB:HEADNECKCA",
        "CB:LIVERCA", "CB:BTC", "CB:ENDOMETRIALCA", "CB:SALIVARYCA", "CB:ANALCA",
    ]
)  # fmt: skip
"""Names that say no more than of what organ a carcinoma is."""
_DESCRIPTIVE = _BARE | {
    "CB:MESENCHYMAL", "CB:MALMESENCHYMAL", "CB:SARCOMA", "CB:STS", "CB:SPINDLESARC", "CB:SPINDLE", "CB:PLEOSARC",
    "CB:SRCT", "CB:SRCSARC", "CB:GRANULOMA", "CB:HLH",
}  # fmt: skip
"""Names that describe what is seen: after an entity has been named, they say no more of it."""
_A_YEAR = 365
_NEAR = 3
"""Sentences before a revised diagnosis in which the stains of the second reading are told."""


def settle(drafts: list[Draft]) -> None:
    """Settle the statuses of diagnoses, and withdraw what another sentence tells properly."""
    for patient in sorted({draft.fact.patient for draft in drafts}):
        own = [draft for draft in drafts if draft.fact.patient == patient]
        diagnoses = [draft for draft in own if isinstance(draft, Diagnosed)]
        withdrawn = {id(draft) for draft in _settled(diagnoses)}
        _take_up_the_only_one(own, [draft for draft in diagnoses if id(draft) not in withdrawn])
        withdrawn |= {id(draft) for draft in _found_again(own, diagnoses, withdrawn)}
        withdrawn |= {id(draft) for draft in _told_properly(own)}
        withdrawn |= {id(draft) for draft in told_twice(own)}
        _set_aside_the_cured(own, [draft for draft in diagnoses if id(draft) not in withdrawn])
        free_of_former = _free_of_former(own, diagnoses)
        _not_by_former(own, free_of_former)
        withdrawn |= {id(draft) for draft in free_of_former if not _is_of_its_day(draft, diagnoses)}
        _date_second_readings(own, [d for d in diagnoses if id(d) not in withdrawn])
        drafts[:] = [draft for draft in drafts if id(draft) not in withdrawn]


def _settled(diagnoses: list[Diagnosed]) -> list[Diagnosed]:
    """Give each diagnosis its status; return those that only say again what another says."""
    withdrawn: list[Diagnosed] = []
    kept: list[Diagnosed] = []
    reached = [d for d in diagnoses if d.role not in ("headline", "implied", "past")]
    for draft in reached:
        if any(_is_former_name(draft, known) for known in kept):
            _set_status(draft, "working")
            kept.append(draft)
            continue
        if _take_for_former_names(kept, draft):
            kept.append(draft)
            continue
        same = next((known for known in kept if _says_again(known, draft)), None)
        if same is None:
            kept.append(draft)
        elif same.doubtful and not draft.doubtful and _relation(same, draft) == "same":
            kept[kept.index(same)] = draft
            withdrawn.append(same)
        elif (
            same.moment.when is None
            and draft.dated
            and not draft.doubtful
            and draft.role == same.role
            and (_relation(same, draft) == "same" or _code(draft) in _BARE)
        ):
            kept[kept.index(same)] = draft
            _take_name(draft, same)
            withdrawn.append(same)
        else:
            withdrawn.append(draft)
    kept, completed = _without_completed(kept)
    withdrawn += completed
    _revise(kept)
    for told in (d for d in diagnoses if d.role == "headline"):
        _complete(kept, told)
    withdrawn += _settle_passing(kept, diagnoses, reached)
    for past in (d for d in diagnoses if d.role == "past"):
        if any(_relation(past, other) in ("same", "parent", "child") for other in kept):
            withdrawn.append(past)
        elif past.fact not in [other.fact for other in kept]:
            kept.append(past)
        else:
            withdrawn.append(past)
    return withdrawn


def _take_up_the_only_one(own: list[Draft], told: list[Diagnosed]) -> None:
    """Make final the only tumour that a story tells, where it came again or responded: "47 yo F with h/o liposarcoma".

    A history of a tumour is that of another one only where another is named.
    """
    only = told[0] if told and all(draft.role == "past" for draft in told) else None
    if (
        only is not None
        and all(_code(draft) == _code(only) for draft in told)
        and not _is_benign(only)
        and any(isinstance(draft.fact, Response) and draft.start > only.start for draft in own)
    ):
        _set_status(only, "final")


def _found_again(own: list[Draft], diagnoses: list[Diagnosed], withdrawn: set[int]) -> list[Diagnosed]:
    """Make progressions of biopsies that found the known tumour once more; return those told already.

    A biopsy of a metastasis that the first staging found says what the tumour is; one that comes months after its
    diagnosis tells that it has come back or spread (pathological progression).
    """
    told: list[Diagnosed] = []
    for draft in diagnoses:
        if not draft.again or draft.doubtful or not draft.dated:
            continue
        first = next(
            (
                other
                for other in diagnoses
                if other is not draft
                and other.role not in ("headline", "implied", "past")
                and not other.doubtful
                and _is_one_disease(draft, other)
                and not _is_former_name(other, draft)
                and _relation(draft, other) != "child"  # which says for the first time what the tumour is
                and _is_after(draft.moment.when, other.moment.when)
            ),
            None,
        )
        if first is None:
            continue
        if any(_is_progression_of(one, draft) for one in own):
            told.append(draft)
            continue
        draft.fact = Response(
            id="",
            source=draft.fact.source,
            patient=draft.fact.patient,
            category="PD",
            modality="pathological",
            certainty="inferred",
            why="pathology found the tumour again that was diagnosed before",
        )
        withdrawn.discard(id(draft))
    return told


_MONTHS_AFTER = 60
"""Days behind a diagnosis from which on a biopsy is none of the first staging."""


def _is_after(when: When | None, first: When | None) -> bool:
    if isinstance(when, DateInterval):
        return isinstance(first, DateInterval) and (when.first - first.last).days > _MONTHS_AFTER
    return isinstance(when, Offset) and isinstance(first, Offset) and when.days - first.days > _MONTHS_AFTER


def _is_progression_of(one: Draft, draft: Diagnosed) -> bool:
    """Whether a progression is told by the same words, or by pathology of the same day."""
    fact = one.fact
    if not isinstance(fact, Response) or fact.category != "PD":
        return False
    same = one.start < draft.end and draft.start < one.end
    return same or (fact.modality == "pathological" and one.moment.when == draft.moment.when)


def _take_name(dated: Diagnosed, named: Diagnosed) -> None:
    """Let a dated diagnosis have the name of one told without a date, where that says more."""
    if (
        _relation(named, dated) == "child"
        and isinstance(named.fact, Diagnosis)
        and isinstance(dated.fact, Diagnosis)
    ):
        dated.fact = msgspec.structs.replace(dated.fact, term=named.fact.term, code=named.fact.code)


def _settle_passing(
    kept: list[Diagnosed], diagnoses: list[Diagnosed], reached: list[Diagnosed]
) -> list[Diagnosed]:
    """Settle what heads a list or is taken for granted beside what reports reached; return what says it again."""
    withdrawn: list[Diagnosed] = []
    passing = [d for role in ("headline", "implied") for d in diagnoses if d.role == role]
    for told in sorted(passing, key=lambda d: not d.dated):
        earlier = told.role == "implied" and told.dated and _is_long_before(told, reached)
        same = [other for other in kept if _is_one_disease(told, other)]
        if earlier and same and all(other.role == "spread" or _code(other) in _BARE for other in same):
            kept.append(told)  # the primary, of which later reports found the metastases
            continue
        if earlier and told.own_day and same and all(_is_found_again(told, other) for other in same):
            kept[:] = [other for other in kept if other not in same]
            kept.append(told)
            withdrawn += same
            continue
        if _take_for_former_names(kept, told):
            kept.append(told)
            continue
        if any(_is_one_disease(told, other) and not (earlier and _code(other) in _BARE) for other in kept):
            withdrawn.append(told)
            continue
        revised = any(
            other.start > told.start
            and not (other.former or (other.doubtful and _is_benign(other)) or _corrects(told, other))
            for other in reached
        )
        for other in reached:
            if other.start > told.start and (other.former or _corrects(told, other)):
                _set_status(other, "working")
        if told.role == "implied" and revised:
            _set_status(told, "working" if _is_of_soft_tissue(told) else "history")
        if earlier:
            _set_status(told, "history")
        kept.append(told)
        if _is_entity(told):
            _name(kept, told)
    return withdrawn


def _take_for_former_names(kept: list[Diagnosed], told: Diagnosed) -> bool:
    """Make working what is only a former name of the tumour told; return whether any is."""
    former = [other for other in kept if _is_former_name(other, told)]
    for other in former:
        _set_status(other, "working")
    return bool(former)


def _is_former_name(called: Diagnosed, told: Diagnosed) -> bool:
    """Whether a tumour was once called by a name that its own code has beside that of today.

    "She has a solitary fibrous tumour. In 2009 it was called hemangiopericytoma."
    """
    code = _code(told)
    if not called.called or _code(called) != code or code not in tumors.vocabulary():
        return False
    name = tumors.vocabulary()[code].name
    return name in _term(told) and name not in _term(called)


def _is_found_again(told: Diagnosed, other: Diagnosed) -> bool:
    """Whether a report reached the very diagnosis, or a wider one, that is told with its own day, years before."""
    return other.role == "reached" and _relation(told, other) in ("same", "child")


def _name(kept: list[Diagnosed], told: Diagnosed) -> None:
    """Make working what only described the tumour that is named behind it."""
    for described in kept:
        if (
            described.role == "reached"
            and _code(described) in _DESCRIPTIVE - _BARE
            and described.start < told.start
        ):
            _set_status(described, "working")


def _is_long_before(told: Diagnosed, reached: list[Diagnosed]) -> bool:
    """Whether a tumour was told of a day a year or more before every diagnosis that a report reached."""
    own = told.moment.when
    others = [d.moment.when for d in reached]
    return (
        bool(others)
        and isinstance(own, DateInterval)
        and all(isinstance(d, DateInterval) and (d.first - own.last).days > _A_YEAR for d in others)
    )


def _is_one_disease(told: Diagnosed, other: Diagnosed) -> bool:
    """Whether what heads a list, or is taken for granted, is the disease that a report names."""
    if _relation(told, other) in ("same", "parent", "child"):
        return True
    return _code(other) in _BARE and _is_carcinoma(told)


def _complete(kept: list[Diagnosed], headline: Diagnosed) -> None:
    """Let a headline say of what organ a bare "adenocarcinoma" of the report was, where it is the only diagnosis."""
    if len(kept) == 1 and _code(kept[0]) in _BARE and _relation(headline, kept[0]) == "child":
        full = headline.fact
        if isinstance(full, Diagnosis) and isinstance(kept[0].fact, Diagnosis):
            kept[0].fact = msgspec.structs.replace(kept[0].fact, term=full.term, code=full.code)


def _is_of_soft_tissue(draft: Diagnosed) -> bool:
    """Whether the first diagnosis of such a tumour is often revised: another one later means the same tumour."""
    return _code(draft) in tumors.vocabulary() and tumors.is_soft_tissue(_code(draft))


def _is_benign(draft: Diagnosed) -> bool:
    return _code(draft) in tumors.vocabulary() and tumors.vocabulary()[_code(draft)].behaviour == "benign"


def _code(draft: Diagnosed) -> str:
    fact = draft.fact
    return fact.code or "" if isinstance(fact, Diagnosis) else ""


def _relation(one: Diagnosed, other: Diagnosed) -> str:
    return tumors.related(_code(one), _code(other)) if _code(one) and _code(other) else "other"


def _says_again(known: Diagnosed, draft: Diagnosed) -> bool:
    """Whether ``draft`` names what is known already, or something wider."""
    relation = _relation(known, draft)
    if relation == "same":
        return not (draft.role == "spread" and draft.pathology and known.role != "spread" and draft.dated)
    if draft.role == "reached" and _code(draft) in _DESCRIPTIVE and _is_entity(known):
        return True
    return relation == "child" and draft.role != "spread"


def _is_entity(known: Diagnosed) -> bool:
    """Whether a malignancy has been diagnosed by its own name."""
    code = _code(known)
    if known.doubtful or known.role in ("another", "spread") or not code or code in _DESCRIPTIVE:
        return False
    return tumors.vocabulary()[code].behaviour != "benign"


def _without_completed(kept: list[Diagnosed]) -> tuple[list[Diagnosed], list[Diagnosed]]:
    """Leave out "adenocarcinoma" where the story goes on to say of what; what is no adenocarcinoma revised it."""
    completed = [
        draft
        for index, draft in enumerate(kept)
        if _code(draft) in _BARE
        and any(_completes(later, draft) and later.role != "another" for later in kept[index + 1 :])
    ]
    return [draft for draft in kept if draft not in completed], completed


def _completes(later: Diagnosed, bare: Diagnosed) -> bool:
    """Whether a later diagnosis says of what organ a bare one was; what is not squamous revises a squamous one."""
    if later.doubtful or not _is_carcinoma(later) or _OF_ITS_OWN.search(_term(later)):
        return False
    return _code(bare) != "CB:SCC" or _relation(later, bare) == "child" or _code(later) in _OF_ORGANS


_OF_ITS_OWN = re.compile(
    r"small cell|mesothelioma|melanoma|lymphoma|leuk|neuroendocrine|carcinoid|germ cell|seminoma|glioma|blastoma"
    r"|thymoma"
    r"|stromal|histiocyt|myeloma"
)
"""What is no kind of adenocarcinoma, and does not say of what organ one was."""


def _term(draft: Diagnosed) -> str:
    return draft.fact.term if isinstance(draft.fact, Diagnosis) else ""


def _is_carcinoma(draft: Diagnosed) -> bool:
    return _code(draft) not in _BARE and not tumors.is_sarcoma(_code(draft))


def _revise(kept: list[Diagnosed]) -> None:
    """Make working what a later diagnosis of the same disease replaced; final what nothing replaced."""
    sure = [
        index
        for index, draft in enumerate(kept)
        if not (draft.doubtful or draft.former) and draft.role in ("reached", "revised")
    ]
    last = sure[-1] if sure else -1
    if sure and kept[last].role == "reached":  # notes may tell the last thing first
        last = next((index for index in sure if _corrects(kept[index], kept[last])), last)
    for index, draft in enumerate(kept):
        if draft.role in ("another", "spread"):
            continue
        if index < last or (index in sure and index > last) or (draft.former and last >= 0):
            _set_status(draft, "history" if _is_of_earlier_tumor(draft, kept[last]) else "working")
        elif index == last or (draft.pathology and index == len(kept) - 1):
            _set_status(draft, "final")


def _is_of_earlier_tumor(draft: Diagnosed, final: Diagnosed) -> bool:
    """Whether a cancer was diagnosed years before that of the story and is no kin of it: another one, and no reading.

    What was misread is mostly called so, or had a name that sarcomas are mistaken for.
    """
    then, now = draft.moment.when, final.moment.when
    return (
        draft.role == final.role == "reached"
        and not (draft.doubtful or draft.former)
        and draft.dated
        and isinstance(then, DateInterval)
        and isinstance(now, DateInterval)
        and (now.first - then.last).days > _A_YEAR
        and _code(draft) not in _DESCRIPTIVE
        and _is_unlike(_code(draft), _code(final))
    )


def _is_unlike(code: str, other: str) -> bool:
    """Whether two malignancies are of different organs and no kin."""
    if not code or not other or other in _BARE:
        return False
    terms = tumors.vocabulary()
    return (
        "benign" not in (terms[code].behaviour, terms[other].behaviour)
        and tumors.related(code, other) == "other"
        and terms[code].tissue != terms[other].tissue
        and not (tumors.is_soft_tissue(code) and tumors.is_soft_tissue(other))
    )


def _corrects(one: Diagnosed, other: Diagnosed) -> bool:
    """Whether a diagnosis is of another disease than one that is told behind it, and of a later day."""
    then, now = other.moment.when, one.moment.when
    return (
        one.dated
        and other.dated
        and _code(one) not in _BARE
        and not _is_one_disease(one, other)
        and isinstance(then, DateInterval)
        and isinstance(now, DateInterval)
        and now.compare(then) == "after"
    )


def _set_status(draft: Diagnosed, status: str) -> None:
    if isinstance(draft.fact, Diagnosis) and draft.fact.status != status:
        draft.fact = msgspec.structs.replace(draft.fact, status=status)


def _set_aside_the_cured(own: Iterable[Draft], diagnoses: list[Diagnosed]) -> None:
    """Let a tumour of which its own entry tells that it is gone be another one than that told before it.

    "GIST of the stomach, 04/2016. Paraganglioma, resected 2021, no recurrence."
    """
    free = {draft.sentence for draft in own if _says_free(draft)}
    for draft in diagnoses:
        if (
            draft.role in ("implied", "headline")
            and draft.sentence in free
            and any(
                other.start < draft.start
                and other.sentence != draft.sentence
                and _status(other) == "final"
                and _is_entity(other)
                and not _is_one_disease(other, draft)
                for other in diagnoses
            )
        ):
            _set_status(draft, "history")


def _free_of_former(own: Iterable[Draft], diagnoses: Iterable[Diagnosed]) -> list[Draft]:
    """Return what is told of a tumour that the patient had before, and not of this one: "excised, no relapse"."""
    former = {draft.sentence: draft for draft in diagnoses if _status(draft) == "history"}
    present = {draft.sentence for draft in diagnoses if _status(draft) != "history"}
    return [
        draft
        for draft in own
        if draft.sentence in former
        and draft.sentence not in present
        and draft.end > former[draft.sentence].start
        and _says_free(draft)
    ]


def _is_of_its_day(draft: Draft, diagnoses: Iterable[Diagnosed]) -> bool:
    """Whether a former tumour's response has that tumour's own day: it lies before what this tumour did, and stays."""
    return isinstance(draft.fact, Response) and any(
        other.sentence == draft.sentence and other.moment.when == draft.moment.when
        for other in diagnoses
        if _status(other) == "history"
    )


def _not_by_former(own: Iterable[Draft], free_of_former: list[Draft]) -> None:
    """Let no patient be free of this tumour for being free of a former one."""
    for draft in own:
        if (
            isinstance(draft, AsLastTold)
            and isinstance(draft.fact, Outcome)
            and any(draft.said_by is free for free in free_of_former)
        ):
            draft.fact = msgspec.structs.replace(draft.fact, disease="with disease")


def _status(draft: Diagnosed) -> str:
    return draft.fact.status if isinstance(draft.fact, Diagnosis) else ""


def _says_free(draft: Draft) -> bool:
    fact = draft.fact
    if isinstance(fact, Response):
        return fact.category in ("NED", "CR")
    return isinstance(fact, Outcome) and (fact.vital, fact.disease) == ("alive", "NED")


def _told_properly(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the tests and alterations told in passing for which another draft stands."""
    properly = {key for draft in drafts if not isinstance(draft, Restated) for key in _keys(draft)}
    return [
        draft
        for draft in drafts
        if isinstance(draft, Restated) and _keys(draft)[:1] and _keys(draft)[0] in properly
    ]


def _keys(draft: Draft) -> list[tuple[str, ...]]:
    """Return what a draft tells, its own first, then what it implies."""
    fact = draft.fact
    if isinstance(fact, Test):
        return [("test", fact.target, str(is_negative(fact)))]
    if isinstance(fact, Alteration):
        own = ("alteration", fact.type, *sorted(fact.genes), fact.change or "")
        implied = [("alteration", fact.type, *sorted(fact.genes), "")]
        if fact.type == "fusion":
            implied += [
                ("alteration", kind, gene, "") for kind in ("fusion", "rearrangement") for gene in fact.genes
            ]
        return [own, *implied]
    return []


def _date_second_readings(drafts: list[Draft], diagnoses: list[Diagnosed]) -> None:
    """Date the stains of a second reading like the revised diagnosis that they led to."""
    for draft in drafts:
        if not isinstance(draft, Reread):
            continue
        revised = next(
            (d for d in diagnoses if d.start > draft.start and d.sentence - draft.sentence <= _NEAR), None
        )
        if revised is not None and revised.dated and isinstance(revised.moment.when, DateInterval):
            draft.moment = Moment(revised.moment.when, "inferred", "read again for the revised diagnosis")
