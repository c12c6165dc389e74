"""The kinds of fact, and where each comes from.

A fact says one thing about one patient, when it held, and from which piece of which document it was taken. Facts are
frozen: reasoning derives findings from them and never changes them. The flat form in which they are written out is
in ``caseboard.formats.flat``.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from caseboard.case.dates import When
from caseboard.case.fusion_calls import FusionCall

__all__ = [
    "AdverseEvent",
    "Alteration",
    "Certainty",
    "Demographics",
    "Diagnosis",
    "Fact",
    "FactBase",
    "History",
    "Lab",
    "Lesion",
    "Outcome",
    "Response",
    "Source",
    "Span",
    "Test",
    "Treatment",
]

Certainty = Literal["stated", "resolved", "inferred"]
"""``stated`` in the words of the source; ``resolved`` from another sentence (an anchor, an antecedent);
``inferred`` by a rule that could be wrong. ``FactBase.why`` says which rule."""

Laterality = Literal["left", "right", "bilateral"]


class Span(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A piece of a document's text: characters ``start`` (included) to ``end`` (excluded)."""

    start: int
    end: int


class Source(msgspec.Struct, frozen=True):
    """Where a fact comes from: the document's name, and the span of text or the row of the table that states it."""

    document: str
    quote: str
    span: Span | None = None
    row: int | None = None


class FactBase(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every fact has. ``patient`` counts from 1 in the order in which the text introduces its patients."""

    id: str
    source: Source
    patient: int = 1
    when: When | None = None
    certainty: Certainty = "stated"
    why: str = ""
    remarks: tuple[str, ...] = ()


class Demographics(FactBase, frozen=True, kw_only=True, tag="patient"):
    """Who the patient is: sex, and age in years at the first presentation (9 weeks: 0.17)."""

    sex: Literal["male", "female"] | None = None
    age_years: float | None = None


class Diagnosis(FactBase, frozen=True, kw_only=True, tag="diagnosis"):
    """A diagnosis reached: the tumour's name spelt out, in lower case; ``code`` is its OncoTree code where known.

    ``working`` was later revised or only suspected; ``history`` is an earlier, other tumour.
    """

    term: str
    status: Literal["working", "final", "history"] = "final"
    code: str | None = None


class Test(FactBase, frozen=True, kw_only=True, tag="test"):
    """One marker tested: ``method`` (IHC, FISH, NGS, PCR, karyotype, flow, other), target, and result or value.

    ``named`` is how the report names the target, where that is another name ("LCA" for CD45, "ETV6-NTRK3" for NTRK3).
    """

    __test__ = False  # pytest would take the name for a test class

    method: str
    target: str
    result: str
    named: str = ""

    @property
    def full_target(self) -> str:
        """The target, with the report's own name in brackets where that is another: "CD45 (LCA)"."""
        return f"{self.target} ({self.named})" if self.named else self.target


class Alteration(FactBase, frozen=True, kw_only=True, tag="alteration"):
    """A molecular alteration found in the patient; for a fusion ``gene5`` and ``gene3`` (None where unknown).

    ``change`` is the variant or the exon event as written; the source's quote keeps the original string. ``call`` is
    what a fusion caller said of it, where the fact was read from its table.
    """

    type: Literal["fusion", "rearrangement", "variant", "amplification", "deletion", "other"]
    gene5: str | None = None
    gene3: str | None = None
    gene: str | None = None
    change: str | None = None
    call: FusionCall | None = None

    @property
    def genes(self) -> tuple[str, ...]:
        """Every gene named, 5' partner first."""
        return tuple(gene for gene in (self.gene5, self.gene3, self.gene) if gene)


class Lesion(FactBase, frozen=True, kw_only=True, tag="lesion"):
    """One lesion at one examination; diameters in mm, largest first. ``state`` absent: it is gone, or not seen."""

    site: str
    laterality: Laterality | None = None
    modality: str | None = None
    diameters_mm: tuple[float, ...] = ()
    suv_max: float | None = None
    state: Literal["present", "absent"] = "present"


class Lab(FactBase, frozen=True, kw_only=True, tag="lab"):
    """A laboratory value with its unit as written; limits of normal only where the source gives them."""

    analyte: str
    value: float
    unit: str | None = None
    lower_limit: float | None = None
    upper_limit: float | None = None


class Treatment(FactBase, frozen=True, kw_only=True, tag="treatment"):
    """One event of a treatment: agents as INN, sorted; ``dose``, ``reason`` and ``site`` as the source says."""

    modality: Literal["systemic", "surgery", "radiotherapy", "ablation", "transplant", "supportive"]
    event: Literal["start", "stop", "resume", "change", "done"]
    agents: tuple[str, ...] = ()
    procedure: str | None = None
    dose: str | None = None
    site: str | None = None
    reason: str | None = None


class AdverseEvent(FactBase, frozen=True, kw_only=True, tag="adverse_event"):
    """Harm ascribed to treatment; ``grade`` only as reported (CTCAE 1 to 5); ``agents`` what it is blamed on."""

    term: str
    grade: int | None = None
    agents: tuple[str, ...] = ()


class Response(FactBase, frozen=True, kw_only=True, tag="response"):
    """A stated response: CR, PR, SD, PD, NED (no evidence of disease), MR (regression, category not stated)."""

    category: Literal["CR", "PR", "SD", "PD", "NED", "MR"]
    modality: Literal["clinical", "imaging", "pathological"] | None = None


class Outcome(FactBase, frozen=True, kw_only=True, tag="outcome"):
    """The last stated state of the patient."""

    vital: Literal["alive", "dead"]
    disease: Literal["NED", "with disease", "unknown"] = "unknown"


class History(FactBase, frozen=True, kw_only=True, tag="history"):
    """What is told of smoking, family, occupation, comorbidity or allergy; ``denied`` where the source says no.

    A ``question`` is what the source asks the board, in its own words.
    """

    topic: Literal[
        "smoking",
        "alcohol",
        "family",
        "occupation",
        "comorbidity",
        "allergy",
        "performance status",
        "question",
    ]
    detail: str
    denied: bool = False


Fact = (
    Demographics
    | Diagnosis
    | Test
    | Alteration
    | Lesion
    | Lab
    | Treatment
    | AdverseEvent
    | Response
    | Outcome
    | History
)
