"""The tumour that a case is about: the latest diagnosis that stands.

A final diagnosis stands before a working one, a later before an earlier. A diagnosis that names no entity
("metastatic sarcoma", from the biopsy of a metastasis) does not replace one that does, nor a benign tumour one that
is not. Earlier other tumours never count. Neither does a tumour of another organ that turns up beside one under
systemic treatment and gets none itself: of a skin carcinoma that a drug brings about is told, but the case is about
what the drug was given for.
"""

from __future__ import annotations

import functools

import msgspec

from caseboard.assess.alterations import story_order
from caseboard.assess.chronology import Chronology, chronology
from caseboard.assess.treatments import Episode, build_episodes
from caseboard.case import AdverseEvent, Case, Diagnosis, Response, Treatment
from caseboard.knowledge.diseases import FAMILIES
from caseboard.terms import tumors

__all__ = ["CaseTumour", "of_other_organs", "tumour_code", "tumour_of"]

_LONGEST_SILENCE_DAYS = 365
"""A treatment of which nothing has been told for longer is not taken to go on, though no stop is told. Our choice."""
_TUMOURS_APART = "Skin"
"""The organ that has tumours side by side: elsewhere another tumour of the organ may be what the first became."""


class CaseTumour(msgspec.Struct, frozen=True):
    """The tumour of a case: its name as diagnosed, its code in the tumour vocabulary, whether final, and the fact."""

    term: str
    code: str | None
    final: bool
    fact: str


def tumour_of(case: Case) -> CaseTumour | None:
    """Return the tumour of a case of one patient, or None where no diagnosis is told of."""
    told = sorted((d for d in case.of(Diagnosis) if d.status != "history"), key=story_order)
    standing = [d for d in told if d.status == "final"] or told
    if not standing:
        return None
    diagnosis = functools.reduce(lambda one, other: _standing(case, one, other), standing)
    return CaseTumour(diagnosis.term, tumour_code(diagnosis), diagnosis.status == "final", diagnosis.id)


@functools.cache
def _code(term: str) -> str | None:
    words = term.split()[:12]
    for start in range(len(words)):
        found = tumors.lookup(" ".join(words[start:]))
        if found is not None:
            return found.term.key
    return None


def tumour_code(diagnosis: Diagnosis) -> str | None:
    """Return the code of a diagnosis; words before a known name ("metastatic", "high-grade") are passed over."""
    return diagnosis.code or _code(diagnosis.term)


def _standing(case: Case, one: Diagnosis, other: Diagnosis) -> Diagnosis:
    """Return which of two diagnoses stands, ``other`` being told later."""
    if _entity(one) and not _entity(other):
        return one
    if _entity(other) and not _entity(one):
        return other
    if _is_benign(one) != _is_benign(other):
        return other if _is_benign(one) else one
    if of_other_organs(one, other) and _is_beside(case, one, other):
        return one
    first, second = case.interval(one), case.interval(other)
    if first is not None and second is not None and first.compare(second) == "after":
        return one
    return other


def _entity(diagnosis: Diagnosis) -> bool:
    code = tumour_code(diagnosis)
    return code is not None and code not in FAMILIES


def _is_benign(diagnosis: Diagnosis) -> bool:
    code = tumour_code(diagnosis)
    return code is not None and tumors.vocabulary()[code].behaviour == "benign"


def of_other_organs(one: Diagnosis, other: Diagnosis) -> bool:
    """Whether two diagnoses name tumours of which neither can be the other, or what the other became."""
    first, second = tumour_code(one), tumour_code(other)
    if first is None or second is None or tumors.related(first, second) != "other":
        return False
    known = tumors.vocabulary()
    organs = _organ(first), _organ(second)
    if "" in organs:
        return False
    return organs[0] != organs[1] or (
        organs[0] == _TUMOURS_APART and known[first].main_type != known[second].main_type
    )


def _organ(code: str) -> str:
    """Return the organ of a tumour, or of all that it is a kind of; empty where these have several, or none."""
    known = tumors.vocabulary()
    above = {known[one].tissue for one in tumors.ancestors(code) if one in known} - {""}
    return known[code].tissue or (above.pop() if len(above) == 1 else "")


def _is_beside(case: Case, one: Diagnosis, other: Diagnosis) -> bool:
    """Whether ``other`` is a harm of treatment, or found while ``one`` is under treatment, and not treated by drugs."""
    clock = chronology(case)
    if not clock.before(one.id, other.id) or _treated_by_drugs(clock, other):
        return False
    return _is_harm(case, other) or _is_under_treatment(case, clock, one, other)


def _treated_by_drugs(clock: Chronology, diagnosis: Diagnosis) -> bool:
    """Whether what is told next of the treatment of tumours is that drugs or radiotherapy were given."""
    later = clock.facts[clock.rank[diagnosis.id] + 1 :]
    given = (
        f for f in later if isinstance(f, Treatment) and f.modality != "supportive" and f.event != "stop"
    )
    following = next(given, None)
    return following is not None and following.modality not in {"surgery", "ablation"}


def _is_harm(case: Case, diagnosis: Diagnosis) -> bool:
    code = tumour_code(diagnosis)
    blamed = (_code(event.term) for event in case.of(AdverseEvent))
    return code is not None and any(
        harm is not None and tumors.related(harm, code) in {"same", "parent", "child"} for harm in blamed
    )


def _is_under_treatment(case: Case, clock: Chronology, one: Diagnosis, other: Diagnosis) -> bool:
    """Whether systemic treatment begun since the one diagnosis went on when the other was told."""
    for episode in build_episodes(case, clock):
        if episode.modality != "systemic" or not clock.before(one.id, episode.first.id):
            continue
        if not clock.before(episode.first.id, other.id):
            continue
        if episode.stop is not None and clock.before(episode.stop.id, other.id):
            continue
        if _goes_on(clock, episode, other):
            return True
    return False


def _goes_on(clock: Chronology, episode: Episode, other: Diagnosis) -> bool:
    """Whether a treatment without a stop is told of shortly before the other tumour, or by its name behind it."""
    seen = [
        fact
        for fact in clock.facts[clock.rank[episode.first.id] : clock.rank[other.id]]
        if fact in episode.facts or isinstance(fact, Response)
    ]
    silent = clock.between(seen[-1].id, other.id)
    if silent is None or silent[0] <= _LONGEST_SILENCE_DAYS:
        return True
    later = clock.facts[clock.rank[other.id] + 1 :]
    return any(agent in fact.source.quote.casefold() for fact in later for agent in episode.agents)
