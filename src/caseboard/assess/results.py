"""The shapes of what is derived, from lesions followed over time to options: what an assessment consists of.

Every shape carries the ids of the facts it was made from and the findings that explain it. Sizes are in mm, times in
days, dates are intervals of days. Nothing here computes.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from caseboard.assess.findings import Citation, Finding
from caseboard.assess.trial_answer import TrialMatches
from caseboard.case.dates import DateInterval
from caseboard.knowledge.tables import KnowledgeVersion

__all__ = [
    "AlterationReport",
    "Assessment",
    "BidimensionalResponse",
    "Changes",
    "Course",
    "EvidenceItem",
    "KnowledgeVersion",
    "LabGrade",
    "LedgerEntry",
    "Line",
    "LineResponse",
    "MatchClass",
    "Measurement",
    "MissingTest",
    "Opening",
    "Option",
    "PatientSummary",
    "ReportedToxicity",
    "Sequence",
    "SourceDocument",
    "TargetLesion",
    "Tier",
    "TimePoint",
    "TimeToEvent",
    "Timing",
    "TrackedLesion",
    "TreatmentEpisode",
    "WorstToxicity",
]

ResponseWord = Literal["CR", "PR", "SD", "PD", "NON-CR/NON-PD", "NE"]


class Timing(msgspec.Struct, frozen=True):
    """When something was: the days it may mean, and how the dossier says it ("July 2020", "not dated")."""

    interval: DateInterval | None
    text: str


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """One sight of a tracked lesion. ``matched_by`` says why this measurement belongs to this lesion.

    ``refuted`` are the words in which pathology, then or later, called what was seen no tumour; "" where it did not.
    """

    fact: str
    timing: Timing
    modality: str | None
    diameters_mm: tuple[float, ...]
    suv_max: float | None
    state: Literal["present", "absent"]
    matched_by: str
    refuted: str = ""


class TrackedLesion(msgspec.Struct, frozen=True, kw_only=True):
    """A lesion followed over time. ``organ`` is that of the two-per-organ rule; ``node`` marks lymph nodes.

    ``irradiated`` (or treated locally in another way that leaves it: ablation, debulking) and ``resected`` name the
    facts of that treatment. ``ambiguous`` says why it may be
    another lesion of the list, told in words that fit several; "" where it stands for itself.
    """

    id: str
    name: str
    site: str
    organ: str
    laterality: str | None
    node: bool
    measurements: tuple[Measurement, ...]
    irradiated: tuple[str, ...] = ()
    resected: tuple[str, ...] = ()
    ambiguous: str = ""


class TreatmentEpisode(msgspec.Struct, frozen=True, kw_only=True):
    """A treatment from its start (or resumption) to its stop; ``start`` or ``stop`` None where not told."""

    id: str
    modality: str
    name: str
    agents: tuple[str, ...]
    start: Timing | None
    stop: Timing | None
    ongoing: bool
    doses: tuple[str, ...]
    stop_reason: str
    facts: tuple[str, ...]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of systemic therapy. ``rechallenge`` names the earlier line whose agents it repeats.

    ``running`` are the agents still given at the last report: parts of a combination may have been stopped.
    """

    number: int
    name: str
    agents: tuple[str, ...]
    start: Timing | None
    stop: Timing | None
    ongoing: bool
    episodes: tuple[str, ...]
    rechallenge: int | None
    facts: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    running: tuple[str, ...] = ()

    @property
    def running_name(self) -> str:
        """What is given at the last report, as a name: of a combination what goes on."""
        return " + ".join(self.running) or self.name


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """Lesions, treatments and lines over time."""

    lesions: tuple[TrackedLesion, ...]
    episodes: tuple[TreatmentEpisode, ...]
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()


class TargetLesion(msgspec.Struct, frozen=True, kw_only=True):
    """A lesion's part in the response of a line: target or not, its diameter at baseline, and why."""

    lesion: str
    role: Literal["target", "non-target", "not used"]
    baseline_mm: float | None
    axis: Literal["longest", "short"] | None
    reason: str


class BidimensionalResponse(msgspec.Struct, frozen=True, kw_only=True):
    """The response at one assessment by WHO, of the lesions measured in two diameters (products in mm², by lesion id).

    ``sum_mm2`` is None unless all were measured so. ``overall`` is CR, PR, NC (no change), PD or NE.
    """

    products_mm2: dict[str, float | None]
    sum_mm2: float | None
    baseline_mm2: float
    overall: str
    why: str


class TimePoint(msgspec.Struct, frozen=True, kw_only=True):
    """The response at one assessment. ``diameters_mm`` gives each target's diameter by lesion id (None: not seen).

    ``stated`` is what the report itself said at that time, in its facts; ``agrees`` compares the two. ``who`` is the
    response by WHO where the report gives two diameters.
    """

    timing: Timing
    diameters_mm: dict[str, float | None]
    sum_mm: float | None
    baseline_mm: float | None
    nadir_mm: float | None
    change_from_baseline_pct: float | None
    change_from_nadir_pct: float | None
    target: str
    non_target: str
    new_lesions: bool
    overall: str
    stated: tuple[str, ...] = ()
    agrees: bool | None = None
    facts: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    who: BidimensionalResponse | None = None


class LineResponse(msgspec.Struct, frozen=True, kw_only=True):
    """RECIST 1.1 of one line: baseline, targets with reasons, time points, best response derived and stated."""

    line: int
    baseline: Timing | None
    targets: tuple[TargetLesion, ...]
    timepoints: tuple[TimePoint, ...]
    best_derived: str | None
    best_stated: str | None
    findings: tuple[Finding, ...] = ()


class TimeToEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Time from the start of a line to an event or to censoring, as the fewest and the most days it may be.

    ``days_min`` and ``days_max`` are None where the start or the end is not dated.
    """

    line: int
    endpoint: Literal["progression", "progression or death", "treatment", "death"]
    start: Timing
    end: Timing
    days_min: int | None
    days_max: int | None
    censored: bool
    reason: str
    facts: tuple[str, ...]
    finding: Finding


class ReportedToxicity(msgspec.Struct, frozen=True, kw_only=True):
    """An adverse event as reported: its grade, and what v6 would say of it; its timing is that of its onset.

    ``attribution``, ``resolution`` and ``action`` (taken with the treatment) are empty where the source does not say.
    """

    fact: str
    term: str
    ctcae_term: str | None
    grade_reported: int | None
    version_reported: str
    reading_v6: str
    agents: tuple[str, ...]
    line: int | None
    timing: Timing
    attribution: str
    resolution: str
    action: str
    action_facts: tuple[str, ...]
    finding: Finding


class WorstToxicity(msgspec.Struct, frozen=True, kw_only=True):
    """The worst grade of a term of CTCAE under a line (None: under none); ``sources`` are where it is from.

    ``times`` counts the mentions and values, ``ungraded`` those of them that have no grade. ``at_least``: symptoms or a
    limit that is not known could make it more.
    """

    term: str
    line: int | None
    grade: int | None
    at_least: bool
    sources: tuple[str, ...]
    times: int
    ungraded: int
    finding: Finding


class LabGrade(msgspec.Struct, frozen=True, kw_only=True):
    """A laboratory value with its CTCAE grades where they can be given, else why not.

    ``lower`` and ``upper`` are the limits of normal by which it was graded, in the unit of the value; ``lowest_v5`` is
    the lowest grade that is possible where symptoms or a limit that is not known decide.
    """

    fact: str
    analyte: str
    value: float
    unit: str | None
    lower: float | None
    upper: float | None
    term: str | None
    line: int | None
    grade_v5: int | None
    lowest_v5: int | None
    grade_v6: int | None
    why: str
    attributable: bool
    timing: Timing
    finding: Finding


class LedgerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A test that was done: what its result excludes, and what it does not."""

    fact: str
    test: str
    result: str
    timing: Timing
    excludes: str
    does_not_exclude: str
    citations: tuple[Citation, ...] = ()


Changes = Literal["the diagnosis", "the treatment now", "the next line", "how sure a finding is"]
"""What a missing test could change, weightiest first."""


class Opening(msgspec.Struct, frozen=True):
    """A drug for which there is clinical evidence (level A or B) in this tumour, or in many, if a test is positive."""

    drug: str
    level: str
    evidence: tuple[str, ...]


class MissingTest(msgspec.Struct, frozen=True, kw_only=True):
    """A test or a step that a rule asks for and the case does not tell of; what it could change, and what it opens."""

    what: str
    why: str
    urgency: Literal["now", "before the next line", "on progression"]
    finding: Finding
    changes: Changes = "the next line"
    opens: tuple[Opening, ...] = ()


class AlterationReport(msgspec.Struct, frozen=True, kw_only=True):
    """What one molecular finding means: HGVS or HGNC form, the kinase, and what is not known of it."""

    facts: tuple[str, ...]
    name: str
    as_written: str
    type: str
    gene5: str | None
    gene3: str | None
    kinase: str | None
    kinase_is_3prime: bool | None
    known_in_tumor: str
    unknown: tuple[str, ...]
    ask_the_laboratory: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


MatchClass = Literal[
    "same pair, same tumour",
    "same kinase, same tumour",
    "same kinase, any tumour",
    "same kinase, other tumour",
    "same variant, same tumour",
    "same variant, any tumour",
    "same variant, other tumour",
    "category, same tumour",
    "category, any tumour",
    "category, other tumour",
    "resistance",
]


class EvidenceItem(msgspec.Struct, frozen=True, kw_only=True):
    """One row of evidence, and how it matches the case.

    ``match`` keeps the classes apart ("any tumour": a trial or cohort of many tumours); ``resistance`` rows are about
    what to look for, never a reason to give a drug. ``how`` says finer how the profile matches: exact, same pair, any
    partner, other partner, same residue, exon event, partner not known.
    """

    id: str
    profile: str
    disease: str
    therapies: tuple[str, ...]
    type: str
    level: str
    direction: str
    significance: str
    rating: int | None
    pmid: int | None
    year: int | None
    match: MatchClass
    flagged: bool = False
    how: str = ""


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """Where a drug for an alteration stands on a scale; ``tier`` None where none can be given.

    ``evidence`` made it, ``against`` are items that do not support it, ``lacking`` is what a higher or a finer tier
    would need to know. The finding says which rule made it and why.
    """

    scale: Literal["AMP/ASCO/CAP 2017", "ESCAT 2018"]
    tier: str | None
    evidence: tuple[str, ...]
    against: tuple[str, ...]
    lacking: str
    finding: Finding


Sequence = Literal["never had", "had", "stopped for toxicity", "progressed on"]
"""What the patient had of a drug, and how it ended."""


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """A drug (or combination) with its evidence, best class first, its tiers, and what the patient had of it."""

    therapies: tuple[str, ...]
    best_match: str
    extrapolated: bool
    rank: int
    evidence: tuple[EvidenceItem, ...]
    contradicting: tuple[EvidenceItem, ...]
    resistance: tuple[EvidenceItem, ...]
    given_before: str
    finding: Finding
    sequence: Sequence = "never had"
    tiers: tuple[Tier, ...] = ()


class PatientSummary(msgspec.Struct, frozen=True, kw_only=True):
    """Who and what, in a few lines, each with its facts; ``heading`` names patient and diagnosis in a few words."""

    number: int
    sex: str | None
    age_years: float | None
    presented: Timing | None
    lines: tuple[Finding, ...]
    heading: str = ""


class SourceDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was read, without its text."""

    name: str
    title: str
    published: DateInterval | None
    doi: str | None
    characters: int


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """All that is derived for one patient of a case.

    ``asked`` is what the source asks the board, in its own words; ``question`` what the state of the case asks;
    ``key`` the findings that matter most, weightiest first; ``rules`` the name of every rule that was asked, and how
    often it fired; ``trials`` are those of the user's store. ``disclaimer`` goes on every dossier.
    """

    caseboard: str
    title: str
    cutoff: date | None
    documents: tuple[SourceDocument, ...]
    patient: PatientSummary
    question: str
    key: tuple[Finding, ...]
    course: Course
    responses: tuple[LineResponse, ...]
    times: tuple[TimeToEvent, ...]
    toxicities: tuple[ReportedToxicity, ...]
    labs: tuple[LabGrade, ...]
    worst_toxicities: tuple[WorstToxicity, ...]
    ledger: tuple[LedgerEntry, ...]
    missing: tuple[MissingTest, ...]
    molecular: tuple[AlterationReport, ...]
    options: tuple[Option, ...]
    option_findings: tuple[Finding, ...]
    conflicts: tuple[Finding, ...]
    rules: dict[str, int]
    knowledge: tuple[KnowledgeVersion, ...]
    disclaimer: str
    trials: TrialMatches = TrialMatches()
    asked: tuple[Finding, ...] = ()
