"""Whether an assessment shows a new lesion (RECIST 1.1, section 4.3.5), with what is not sure on its first sight.

An uptake on PET alone is new where a PET at baseline did not show it; without one it must be confirmed on CT or MRI.
What is equivocal is not counted. Either counts from its first sight once a later assessment of the line is sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from caseboard.assess import sites
from caseboard.assess.chronology import Chronology, say_when
from caseboard.assess.passages import around, span_of
from caseboard.assess.response.baseline import FOUR_WEEKS, Baseline
from caseboard.assess.response.nature import equivocal
from caseboard.assess.response.recist import NORMAL_NODE_MM
from caseboard.assess.results import Measurement, TrackedLesion
from caseboard.assess.tracks import tells_several
from caseboard.assess.written import category_written
from caseboard.case.case import Case
from caseboard.case.facts import Response

__all__ = ["Assessment", "new_lesions", "resected_by"]

_NEW = re.compile(r"\bnew\b|recurr|relaps|metasta|appear(?:ed|ance)|develop")


class Assessment(msgspec.Struct, frozen=True):
    """The facts of one assessment, in the order of time: sights of lesions by lesion id, and stated responses."""

    sights: dict[str, tuple[Measurement, ...]]
    stated: tuple[Response, ...]
    facts: tuple[str, ...]


class _Asked(msgspec.Struct, frozen=True):
    """A lesion that the baseline did not have, as an assessment shows it, and the later sight that is sure.

    ``control_stated``: what the report itself says of the assessment, where that is no progression; else empty.
    """

    lesion: TrackedLesion
    sights: tuple[Measurement, ...]
    progression_stated: bool
    called_new: bool
    control_stated: str
    confirmed: Measurement | None


def resected_by(clock: Chronology, lesion: TrackedLesion, now: Assessment) -> bool:
    """Whether a lesion had been resected by an assessment."""
    return any(clock.before(fact, now.facts[0]) for fact in lesion.resected)


def new_lesions(
    case: Case,
    clock: Chronology,
    baseline: Baseline,
    lesions: tuple[TrackedLesion, ...],
    series: Sequence[Assessment],
    at: int,
    why: list[str],
) -> bool:
    """Whether the assessment ``series[at]`` shows a new lesion; ``why`` takes the reasons, also of what is none."""
    known, now = {one.lesion.id for one in baseline.lesions}, series[at]
    found = False
    for lesion in lesions:
        sights = tuple(sight for sight in now.sights.get(lesion.id, ()) if sight.state == "present")
        if not sights or lesion.id in known or resected_by(clock, lesion, now):
            continue
        quotes = " ".join(case.fact(sight.fact).source.quote.casefold() for sight in sights)
        asked = _Asked(
            lesion,
            sights,
            any(fact.category == "PD" for fact in now.stated),
            _NEW.search(quotes) is not None,
            _control_stated(case, now, sights),
            _sure(case, sights, [s for later in series[at + 1 :] for s in later.sights.get(lesion.id, ())]),
        )
        counts, reason = _judge(case, clock, baseline, lesions, asked)
        why.append(f"{lesion.name}: {reason}")
        found = found or counts
    return found


def _judge(
    case: Case, clock: Chronology, baseline: Baseline, lesions: tuple[TrackedLesion, ...], asked: _Asked
) -> tuple[bool, str]:
    """Return whether a lesion counts as new, and why."""
    sights, confirmed = asked.sights, asked.confirmed
    if all(sight.refuted for sight in sights):
        return False, f"no new lesion, pathology: {sights[-1].refuted} (section 4.3.5)"
    if asked.lesion.node and all(s.diameters_mm and s.diameters_mm[-1] < NORMAL_NODE_MM for s in sights):
        return False, "a node under 10 mm is no new lesion"
    if all(_told_before(case, sight) for sight in sights):
        return False, "not counted as new: its words compare it with what it was before"
    if asked.control_stated and not asked.progression_stated and not _said_to_be_new(case, sights):
        return False, f"not counted as new: it is not called so, and the report says {asked.control_stated}"
    if (several := _several_there(case, baseline, asked)) is not None:
        return False, f"not counted as new: it may be one of those told before together ({several.name})"
    if not (asked.progression_stated or asked.called_new or baseline.seen_before):
        return False, "first told now; whether it is new is not known, no lesion was told before the line"
    if asked.progression_stated:
        return True, "new lesion"
    pet_only = all(sight.modality == "PET" for sight in sights)
    if pet_only and _pet_at_baseline(clock, baseline, lesions):
        return True, "new lesion: an uptake that PET at baseline did not show (section 4.3.5)"
    if not pet_only and not all(equivocal(case, sight) for sight in sights):
        return True, "new lesion"
    what = "an uptake on PET only" if pet_only else "equivocal"
    if confirmed is not None:
        when = say_when(confirmed.timing)
        return True, f"new lesion: {what} now, sure {when}: counts from its first sight (section 4.3.5)"
    asked_for = "to be confirmed on CT" if pet_only else "to be sure at a later assessment"
    return False, f"{what}; {asked_for} before it counts as new (section 4.3.5)"


def _said_to_be_new(case: Case, sights: Sequence[Measurement]) -> bool:
    """Whether the words of a sight, or those right before it, call the lesion new."""
    return any(
        _FRESH.search(around(case, case.fact(sight.fact), _CALLED_BEFORE, 0)) is not None for sight in sights
    )


_CALLED_BEFORE = 24


def _control_stated(case: Case, now: Assessment, sights: Sequence[Measurement]) -> str:
    """Return what the report says of an assessment that rules out a new lesion: its response, or "no new lesions"."""
    stated = {fact.category for fact in now.stated}
    overall = all(_OVERALL.search(fact.source.quote) for fact in now.stated)
    if stated and overall and stated <= _NO_PROGRESSION:
        return ", ".join(category_written(one) for one in sorted(stated))
    for sight in sights:
        found = span_of(case, case.fact(sight.fact))
        if found is not None and _NONE_NEW.search(
            found[0], max(0, found[1].start - _SAME_REPORT), found[1].end + _SAME_REPORT
        ):
            return "that there are no new lesions"
    return ""


_NO_PROGRESSION = frozenset({"CR", "PR", "MR", "SD"})
_OVERALL = re.compile(
    r"\b(?:[CPMS]R|SD)\b|\b(?:[Rr]espon|[Rr]emission|[Pp]artial|[Cc]omplete)|\b[Ss]table\s(?:disease|\w{0,10}\s?scan)"
)
"""Words of a response that is that of the whole, and not of one lesion that is "stable"."""
_NONE_NEW = re.compile(
    r"\b(?:no|without)\s(?:evidence\sof\s|signs?\sof\s|definite\s|other\s|any\s)?new\s(?:or\s[a-z]{3,14}\s)?"
    r"(?:lesion|metasta|disease|site|deposit|nodule|finding)",
    re.IGNORECASE,
)
_SAME_REPORT = 240
"""Characters around a sight within which the same report says that nothing is new."""


def _several_there(case: Case, baseline: Baseline, asked: _Asked) -> TrackedLesion | None:
    """Return the lesions of which the baseline told only the greatest size, where this may be one of them."""
    if asked.progression_stated or _said_to_be_new(case, asked.sights):
        return None
    return next(
        (
            one.lesion
            for one in baseline.lesions
            if sites.relation(asked.lesion.site, one.lesion.site) in ("same", "part of", "near")
            and all(tells_several(case.fact(sight.fact).source.quote) for sight in one.lesion.measurements)
        ),
        None,
    )


_BEHIND = re.compile(
    r"\s?[(\[]\d{1,3}(?:\.\d{1,2})?(?:\s?[cm]m)?[)\]]|\s(?:in\s\w{3,9}\s\d{4}\s)?to\s(?:about\s)?\d|\s?(?:->|→|=>)\s?\d"
    r"|[\s,]{0,2}[(\[]?\s?(?:(?:was|were|previous(?:ly)?|prev\.?|prior|formerly|from|earlier|last)[\s:]\s?(?:about\s)?\d"
    r"|(?:is\s|are\s|remains\s)?(?:unchanged|stable|as before|no change|not changed)\b)"
    r"|(?:\streated\swith|\s(?!and\b|but\b|while\b|with\b)[a-z0-9-]{1,20}){0,6}(?:\s\([^()]{1,40}\))?"
    r"\s(?:is|are|was|were|remains?|remained)\s(?:stable|unchanged)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:known|unchanged|stable|persisting|persistent|old|pre-?existing)\s(?:[a-z-]{2,14}\s){0,2}$",
    re.IGNORECASE,
)
"""What tells of a lesion that it was there before: "8 mm (unchanged)", "4.8 cm (prev 6.1 cm)", "the known nodule"."""
_COMPARED = re.compile(
    r"\bfrom\s(?:about\s)?\d|\d\s?(?:->|→|=>)\s?\d|\b(?:fallen|fell|shr[iau]nk(?:en|age)?|decreas\w{1,3}|reduc(?:ed|tion)|regress\w{0,3}|grown|grew|increas\w{1,3}"
    r"|enlarg\w{1,3}|smaller|larger|bigger|residual|persist\w{1,4}|remain\w{0,3}|still|now)\b",
    re.IGNORECASE,
)
"""What compares a lesion within its own words: "the liver metastasis has fallen from 54 mm", "omental 30->14 mm"."""
_FRESH = re.compile(r"\bnew\b|appear(?:ed|ance)|develop", re.IGNORECASE)
_BESIDE = 40


def _told_before(case: Case, sight: Measurement) -> bool:
    """Whether the words beside a sight compare the lesion with what it was."""
    found = span_of(case, case.fact(sight.fact))
    if found is None:
        return False
    text, span = found
    if _FRESH.search(text, span.start, span.end):
        return False
    return (
        _COMPARED.search(text, max(0, span.start - 2), span.end + 1) is not None
        or _BEHIND.match(text, span.end) is not None
        or _BEFORE.search(text, max(0, span.start - _BESIDE), span.start) is not None
    )


def _sure(case: Case, sights: Sequence[Measurement], later: Sequence[Measurement]) -> Measurement | None:
    """Return the first later sight that leaves no doubt: not in equivocal words, and after a PET alone by CT or MRI."""
    pet_only = all(sight.modality == "PET" for sight in sights)
    return next(
        (
            sight
            for sight in later
            if sight.state == "present"
            and (sight.modality in ("CT", "MRI") if pet_only else sight.modality != "PET")
            and not sight.refuted
            and not equivocal(case, sight)
        ),
        None,
    )


def _pet_at_baseline(clock: Chronology, baseline: Baseline, lesions: tuple[TrackedLesion, ...]) -> bool:
    """Whether a PET belongs to the baseline: within four weeks of an image of it, by dates."""
    scans = [s.fact for lesion in lesions for s in lesion.measurements if s.modality == "PET"]
    for one in baseline.lesions:
        for scan in scans:
            if not clock.before(scan, baseline.start):
                continue
            days = clock.between(scan, one.sight.fact)
            if days is not None and max(abs(days[0]), abs(days[1])) <= FOUR_WEEKS:
                return True
    return False
