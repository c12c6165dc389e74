"""What the story of one patient has told so far, as far as later sentences lean on it."""

from __future__ import annotations

from typing import Literal

import msgspec

from caseboard.case.dates import When
from caseboard.case.facts import Fact, Laterality, Source
from caseboard.narrative.clock import Clock, Moment
from caseboard.terms.anatomy import is_space, same_site

__all__ = ["Draft", "Entry", "Memory"]


class Draft:
    """A fact in the making: the fact without id, source and time, where it stands in the text, and its time."""

    __slots__ = ("dropped", "end", "fact", "moment", "sentence", "start")

    def __init__(self, fact: Fact, start: int, end: int, moment: Moment) -> None:
        self.fact = fact
        self.start = start
        self.end = end
        self.moment = moment
        self.sentence = -1
        self.dropped = False


class Entry(msgspec.Struct, frozen=True):
    """An entry of a list of treatments: the line or paragraph it stands in, and when its treatment began and ended."""

    block: int
    begun: Moment
    over: Moment


NOWHERE = Source(document="", quote="")
"""The source of a fact in the making; the fold puts the real one in its place."""


_DISEASE = frozenset({"PR", "MR", "SD", "PD"})
"""What was told of the disease last: that one organ is free of it does not make the patient so."""


class Memory:
    """The running state of one patient's story. Changed by the fold and by extractors as they read on."""

    def __init__(self, patient: int) -> None:
        self.patient = patient
        self.clock = Clock()
        self.age_years: float | None = None
        self.sex: str | None = None
        self.regimen: tuple[str, ...] = ()
        """The systemic treatment that is being given, as sorted agents."""
        self.regimen_before: tuple[str, ...] = ()
        """The systemic treatment as it was when the sentence began."""
        self.last_regimen: tuple[str, ...] = ()
        """The last systemic treatment given, even if stopped."""
        self.given: set[tuple[str, ...]] = set()
        """Every regimen that is going on; alternating cycles go on side by side."""
        self.combined: set[tuple[str, ...]] = set()
        """Every combination of systemic drugs that went on side by side, also if begun one after the other."""
        self.told_agents: set[str] = set()
        """Every agent of a systemic treatment told so far."""
        self.courses: dict[tuple[str, tuple[str, ...]], list[Draft]] = {}
        """The events of systemic treatments told so far, by event and agents."""
        self.proposed: tuple[str, ...] = ()
        """The systemic treatment last proposed, until another one begins."""
        self.proposed_at = 0
        """Where in the text it was."""
        self.steroid: tuple[str, ...] = ()
        """The last corticosteroid given, which "steroids" mean."""
        self.supportive: tuple[str, ...] = ()
        """The last supportive agents given."""
        self.sites: list[tuple[str, Laterality | None]] = []
        """Lesion sites in the order in which they were told, the latest last; the first is the main one."""
        self.main_site: tuple[str, Laterality | None] | None = None
        self.named_site: tuple[str, Laterality | None] | None = None
        """Where the diagnosis says that the tumour is, before any lesion is told."""
        self.main_is_spread = False
        """Whether that lesion was told as a metastasis: the primary is elsewhere."""
        self.spread = False
        self.for_other_illness = set[str]()
        """Drugs that the patient takes for another illness."""
        self.spread_before: tuple[tuple[str, Laterality | None], ...] = ()
        """Where lesions were told before the sentence in hand, if the tumour had spread by then."""
        """Whether metastases have been told by their site or size."""
        self.main_measured = False
        """Whether a lesion has been measured: the main one is no longer only a complaint."""
        self.measured_by: dict[str, tuple[str, Laterality | None]] = {}
        """The lesion that each kind of examination measured first."""
        self.seen_by: set[tuple[str, str, Laterality | None]] = set()
        """Each kind of examination with the lesions that it has measured."""
        self.last_laterality: Laterality | None = None
        self.modality: str | None = None
        """The examination that the story last spoke of (CT, MRI, PET, US, XR, exam, endoscopy, pathology)."""
        self.method: str | None = None
        """The laboratory method that the story last spoke of (IHC, FISH, NGS, PCR, ...)."""
        self.molecular: str | None = None
        """The method that the story last spoke of by which genes are tested, not their products."""
        self.sequenced: str | None = None
        """The method that last read sequences (NGS or PCR)."""
        self.altered: dict[tuple[str, ...], list[When | None]] = {}
        """The molecular alterations told so far (type, genes, change), with when each was found."""
        self.tested: dict[tuple[str, bool], list[tuple[str, When | None]]] = {}
        """The tests told so far: by target and whether negative, the methods and when."""
        self.review_block: int | None = None
        """The paragraph in which slides are told to have been read a second time."""
        self.spelled_out: dict[str, bool] = {}
        """Tumours whose ambiguous abbreviation was met, and whether the document spells it out."""
        self.diagnosis: str | None = None
        """The latest diagnosis."""
        self.tumor: str | None = None
        """The tumour that it names, as a key of the terms."""
        self.introduced = False
        """Whether the sentence that introduces the patient lies behind."""
        self.staged = False
        """Whether a diagnosis or a treatment has been told: what is new from now on is progression."""
        self.told_responses: set[str] = set()
        """The categories of response told in the case."""
        self.adverse: set[tuple[str, str]] = set()
        """Adverse events told, with grade and time."""
        self.harm: Draft | None = None
        """The adverse event that was told last."""
        self.last_response: str | None = None
        """The latest response told."""
        self.table_times: list[tuple[int, Moment]] = []
        """Column (offset within the line) and date of the header of the table that is being read."""
        self.table_columns: list[tuple[int, str]] = []
        """Column and name of the other columns of that table, as "Ref."."""
        self.table_length: str | None = None
        """The unit of length that its header gives: "Lesion (mm)"."""
        self.treatment_columns: list[str] = []
        """What the columns of the table of treatments are that is being read; "" for those of no meaning here."""
        self.entry: Entry | None = None
        """The entry of a list of treatments that was told last."""
        self.lesion_columns: list[tuple[str, Laterality | None, str, str | None] | None] = []
        """The columns of a table that has one time a line: site, side, how they were found, unit; None for others."""
        self.table_end = -1
        """Where the line of a table ends that was read last."""
        self.table_analytes: list[tuple[str, str | None]] = []
        """Analytes, with units, of the header of a table that has one date a line."""
        self.told_labs: dict[tuple[str, float], set[When | None]] = {}
        """Analytes with the values told so far and when they held, to know a table that tells them again."""
        self.last_lab: tuple[str, str | None, int] | None = None
        """The analyte told last, its unit, and where its sentence ends."""
        self.decimal_sign: Literal[".", ","] | None = None
        """The sign before decimals in this document, once it has been looked up."""
        self.labelled: tuple[int, tuple[str, ...]] = (-1, ())
        """The block whose item a drug heads, and that drug: "- Atezolizumab: hepatitis. Held in April"."""
        self.together: dict[tuple[str, Laterality | None], float] = {}
        """The lesions measured last together, by place and side, with their longest diameters in mm."""
        self.compared: Moment | None = None
        """The day of the earlier examination that the report in hand compares with."""
        self.compared_on = -1
        """Where the sentence begins that told it."""
        self.compared_throughout = False
        """Whether it told so of the report, and not under a heading for such."""
        self.sums_told = False
        """Whether the story tells sums of diameters: a size beside a rating may be one."""
        self.fresh_lesion = -1
        """Where a lesion was last told at a site not known before, after treatment had begun."""
        self.response: Draft | None = None
        """The latest response told in the case."""
        self.response_rated = False
        """Whether it was rated ("progressive disease"), not only what was seen ("new lesions")."""
        self.response_by_lesion: Draft | None = None
        """Progression concluded from a lesion that was told for the first time, which later words may take back."""
        self.outcome: Draft | None = None
        self.outcome_implied = False
        """Whether the outcome is only implied: an assessment told of a patient who was there for it."""
        self.measured: dict[tuple[str, Laterality | None, tuple[float, ...]], None] = {}
        """Lesions with the sizes that they were told to have, in the order of the text, to know a size told again."""
        self.called: dict[str, tuple[str, Laterality | None]] = {}
        """Where the lesion is that the story has measured under a name of its own ("the ulcer", "the rind")."""
        self.operation: Draft | None = None
        """The last operation told, to know further sentences about it."""
        self.operated_site: tuple[str, Laterality | None] | None = None
        """What the last operation took out, as far as its sentence names a site."""
        self.new_since_operation = False
        """Whether a lesion has been told since that operation."""
        self.dated_since_operation = False
        """Whether the story has gone on to another date since that operation."""
        self.radiotherapy: Draft | None = None
        """The last radiotherapy told without a dose, which a later sentence may give."""
        self.operated = False
        """Whether a lesion has been taken out: a mass seen later is a new finding."""

    def starts(self) -> list[When | None]:
        """Return when each course told so far began; None for one whose day is not told."""
        return [
            draft.moment.when
            for (event, _), drafts in self.courses.items()
            for draft in drafts
            if event == "start"
        ]

    def bears_disease(self) -> bool:
        """Whether the story has told of disease that is left: as its last response, metastases, or under treatment."""
        if self.last_response is not None:
            return self.last_response in _DISEASE
        return bool(self.spread or (self.regimen and self.measured)) and (
            self.new_since_operation or not self.operated
        )

    def remember_site(self, site: str, laterality: Laterality | None, *, measured: bool = False) -> None:
        """Note a lesion's site: the first one told is the main lesion, until one measured says where it is."""
        if self.main_site is None:
            self.main_site = (site, laterality)
        elif measured and not self.main_measured:
            main, side = self.main_site
            if is_space(main):  # where it hurt is no lesion beside the one that was found
                self.sites = [known for known in self.sites if known != (main, side)]
            relation = same_site(site, main)
            if relation == "different":
                self.main_site = (site, laterality)
            elif relation in ("within", "maybe") and (laterality is None or side in (None, laterality)):
                self.main_site = (site, laterality or side)
        self.main_measured = self.main_measured or measured
        self.sites = [known for known in self.sites if known != (site, laterality)]
        self.sites.append((site, laterality))
