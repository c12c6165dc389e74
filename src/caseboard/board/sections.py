"""What the templates need beyond the assessment itself: which sections there are, and tables turned for reading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

import msgspec

from caseboard.assess.chronology import chronology
from caseboard.assess.results import AlterationReport, Assessment, Measurement, Timing, TrackedLesion
from caseboard.case import Case

__all__ = [
    "LesionMatrix",
    "Section",
    "alterations_in_order",
    "civic_link",
    "doi_link",
    "is_told_more",
    "kinase_domain",
    "lesion_matrices",
    "pubmed_link",
    "sections",
    "trial_link",
]

_DOMAIN_RULE = "molecular.kinase_domain_"
_CIVIC = re.compile(r"(?:EID)?(\d{1,9})", re.IGNORECASE)

_TRIAL = re.compile(r"NCT\d{8}")


class Section(msgspec.Struct, frozen=True):
    """A section of the dossier: its anchor, its heading, and its short name in the navigation."""

    id: str
    title: str
    short: str


def sections(case: Case, assessment: Assessment) -> tuple[Section, ...]:
    """Return the sections in the order of the page; one that has nothing to say is left out."""
    told = (
        (True, Section("who", "Who and what", "Who and what")),
        (True, Section("question", "The question for the board", "Question")),
        (bool(case.facts), Section("course", "The course", "Course")),
        (True, Section("lesions", "Lesions and response", "Lesions and response")),
        (bool(assessment.times), Section("times", "Times to event", "Times to event")),
        (True, Section("molecular", "Molecular findings and work-up", "Molecular, work-up")),
        (True, Section("options", "Options and their evidence", "Options")),
        (True, Section("trials", "Trials", "Trials")),
        (True, Section("toxicity", "Toxicity and laboratory", "Toxicity")),
        (True, Section("conflicts", "Conflicts and gaps", "Conflicts and gaps")),
        (True, Section("source", "The source, with every fact", "Source and facts")),
        (True, Section("rules", "Rules and knowledge", "Rules, knowledge")),
    )
    return tuple(section for shown, section in told if shown)


_MOST_COLUMNS = 6
"""Examinations side by side: so many fit between the margins of A4."""


class LesionMatrix(msgspec.Struct, frozen=True):
    """Lesions by date of examination: ``cells[row][column]`` are the sights of one lesion at one time."""

    lesions: tuple[TrackedLesion, ...]
    timings: tuple[Timing, ...]
    cells: tuple[tuple[tuple[Measurement, ...], ...], ...]


def lesion_matrices(case: Case, assessment: Assessment) -> tuple[LesionMatrix, ...]:
    """Return the lesions with their measurements in columns of equal time, earliest first, undated ones last.

    Many examinations are told in several tables, each with the lesions that were seen at its examinations.
    """
    days = chronology(case).days
    lesions = assessment.course.lesions
    found: dict[Timing, tuple[bool, int]] = {}
    for sight in (sight for lesion in lesions for sight in lesion.measurements):
        known = days.get(sight.fact)
        found.setdefault(sight.timing, (known is None, sum(known) if known else 0))
    timings = sorted(found, key=lambda timing: found[timing])
    blocks = [tuple(timings[at : at + _MOST_COLUMNS]) for at in range(0, len(timings), _MOST_COLUMNS)]
    return tuple(_matrix(lesions, block) for block in blocks)


def _matrix(lesions: Iterable[TrackedLesion], timings: tuple[Timing, ...]) -> LesionMatrix:
    seen = tuple(
        lesion for lesion in lesions if any(sight.timing in timings for sight in lesion.measurements)
    )
    cells = tuple(
        tuple(tuple(sight for sight in lesion.measurements if sight.timing == timing) for timing in timings)
        for lesion in seen
    )
    return LesionMatrix(seen, timings, cells)


def alterations_in_order(assessment: Assessment) -> tuple[AlterationReport, ...]:
    """Return the alterations as they were reported, genes that are as they should be ("wild type") last."""
    return tuple(sorted(assessment.molecular, key=lambda one: one.name.endswith(" wild type")))


def is_told_more(alteration: AlterationReport) -> bool:
    """Whether more is to be said of an alteration than a line of the table holds."""
    return bool(
        alteration.gene5
        or alteration.gene3
        or alteration.unknown
        or alteration.ask_the_laboratory
        or alteration.findings
    )


def kinase_domain(alteration: AlterationReport) -> str:
    """Return what became of the kinase domain: kept, lost, cannot tell, or several where the facts differ; else "–"."""
    told = (
        finding.rule.removeprefix(_DOMAIN_RULE).replace("_", " ")
        for finding in alteration.findings
        if finding.rule.startswith(_DOMAIN_RULE)
    )
    return ", ".join(dict.fromkeys(told)) or "–"


def civic_link(evidence: str | None) -> str | None:
    """Return the address of an evidence item at CIViC, or None where the id is none of CIViC's."""
    found = _CIVIC.fullmatch(evidence or "")
    return f"https://civicdb.org/links/evidence/{int(found[1])}" if found else None


def trial_link(trial: str) -> str | None:
    """Return the address of a trial's record at ClinicalTrials.gov, or None where the id is none of its."""
    return f"https://clinicaltrials.gov/study/{trial}" if _TRIAL.fullmatch(trial) else None


def pubmed_link(pmid: int | None) -> str | None:
    """Return the address of an article at PubMed."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{int(pmid)}/" if pmid else None


def doi_link(doi: str | None) -> str | None:
    """Return the address of a DOI; None where it does not begin as DOIs do."""
    return f"https://doi.org/{quote(doi, safe='/:;().-_')}" if doi and doi.startswith("10.") else None
