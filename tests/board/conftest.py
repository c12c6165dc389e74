"""A small case in our own words with a whole assessment made by hand, for the tests of the dossier."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from caseboard.assess.course import build_course
from caseboard.assess.findings import Citation, Finding
from caseboard.assess.results import (
    AlterationReport,
    Assessment,
    Course,
    EvidenceItem,
    LabGrade,
    LedgerEntry,
    LineResponse,
    MissingTest,
    Option,
    PatientSummary,
    ReportedToxicity,
    SourceDocument,
    TargetLesion,
    TimePoint,
    TimeToEvent,
    Timing,
    WorstToxicity,
)
from caseboard.case import (
    AdverseEvent,
    Alteration,
    Case,
    DateInterval,
    Demographics,
    Diagnosis,
    Document,
    Fact,
    Lab,
    Lesion,
    Response,
    Source,
    Span,
    Test,
    Treatment,
)
from caseboard.knowledge.tables import KnowledgeVersion

TEXT = (
    "A man of 40 came in May 2020 with a lump in the right calf. MRI in June 2020 showed a mass of 80 x 50 mm. "
    "The biopsy of June 2020 was called fibromatosis. ALT was 90 U/L. In July 2020 sequencing found a TFG-ROS1 fusion "
    "in an inflammatory myofibroblastic tumor. Crizotinib 250 mg was begun on 1 August 2020. He had grade 2 nausea. "
    "CT of 1 October 2020 measured the calf mass at 40 mm, a partial response."
)
NAME = "calf.txt"
JULY = DateInterval.of(2020, 7)


def _source(quote: str, text: str = TEXT) -> Source:
    start = text.index(quote)
    return Source(NAME, quote, Span(start, start + len(quote)))


def make_facts() -> tuple[Fact, ...]:
    june, october = DateInterval.of(2020, 6), DateInterval.of(2020, 10, 1)
    return (
        Demographics(
            id="f1", source=_source("A man of 40"), when=DateInterval.of(2020, 5), sex="male", age_years=40
        ),
        Lesion(
            id="f2",
            source=_source("a mass of 80 x 50 mm"),
            when=june,
            site="calf",
            laterality="right",
            modality="MRI",
            diameters_mm=(80, 50),
        ),
        Diagnosis(
            id="f3", source=_source("called fibromatosis"), when=june, term="fibromatosis", status="working"
        ),
        Lab(id="f4", source=_source("ALT was 90 U/L"), analyte="ALT", value=90, unit="U/L"),
        Test(
            id="f5",
            source=_source("sequencing found a TFG-ROS1 fusion"),
            when=JULY,
            method="NGS",
            target="ROS1",
            result="positive",
        ),
        Alteration(
            id="f6", source=_source("TFG-ROS1 fusion"), when=JULY, type="fusion", gene5="TFG", gene3="ROS1"
        ),
        Diagnosis(
            id="f7",
            source=_source("inflammatory myofibroblastic tumor"),
            when=JULY,
            term="inflammatory myofibroblastic tumor",
        ),
        Treatment(
            id="f8",
            source=_source("Crizotinib 250 mg was begun"),
            when=DateInterval.of(2020, 8, 1),
            modality="systemic",
            event="start",
            agents=("crizotinib",),
            dose="250 mg",
        ),
        AdverseEvent(
            id="f9",
            source=_source("grade 2 nausea"),
            when=DateInterval.of(2020, 8),
            term="nausea",
            grade=2,
            agents=("crizotinib",),
        ),
        Lesion(
            id="f10",
            source=_source("the calf mass at 40 mm"),
            when=october,
            site="calf",
            laterality="right",
            modality="CT",
            diameters_mm=(40,),
        ),
        Response(
            id="f11", source=_source("a partial response"), when=october, category="PR", modality="imaging"
        ),
    )


def _finding(what: str, rule: str, facts: tuple[str, ...] = (), level: str = "note") -> Finding:
    cited = (Citation("A guideline 2020", pmid=12345, doi="10.1000/guide(1)", evidence="EID77"),)
    return msgspec.convert(
        {
            "what": what,
            "rule": rule,
            "topic": "course",
            "level": level,
            "facts": facts,
            "detail": f"Detail of {rule}.",
        }
        | {"citations": msgspec.to_builtins(cited)},
        Finding,
    )


def _evidence(number: int, match: str, **more: object) -> EvidenceItem:
    row = {
        "id": f"EID{number}",
        "profile": "ROS1 Fusion",
        "disease": "Some Tumor",
        "therapies": ["crizotinib"],
    }
    row |= {"type": "Predictive", "level": "C", "direction": "Supports", "significance": "Sensitivity"}
    return msgspec.convert(
        row | {"rating": 3, "pmid": 4711, "year": 2014, "match": match} | more, EvidenceItem
    )


@pytest.fixture
def case() -> Case:
    return Case(title="A calf", documents=(Document(NAME, TEXT, "A calf mass"),), facts=make_facts())


@pytest.fixture
def assessment(case: Case) -> Assessment:
    course = build_course(case)
    lesion = course.lesions[0].id
    june, july = Timing(DateInterval.of(2020, 6), "June 2020"), Timing(JULY, "July 2020")
    august, october = (
        Timing(DateInterval.of(2020, 8, 1), "1 August 2020"),
        Timing(DateInterval.of(2020, 10, 1), "1 October 2020"),
    )
    point = TimePoint(
        timing=october,
        diameters_mm={lesion: 40},
        sum_mm=40,
        baseline_mm=80,
        nadir_mm=80,
        change_from_baseline_pct=-50,
        change_from_nadir_pct=-50,
        target="PR",
        non_target="not assessed",
        new_lesions=False,
        overall="PR",
        stated=("PR",),
        agrees=True,
        facts=("f10",),
        why=("half of the baseline",),
    )
    option = Option(
        therapies=("crizotinib",),
        best_match="same kinase, same tumour",
        extrapolated=False,
        rank=1,
        evidence=(_evidence(1001, "same kinase, same tumour"),),
        contradicting=(_evidence(1002, "same kinase, other tumour", direction="Does Not Support"),),
        resistance=(_evidence(1003, "resistance", flagged=True, rating=None, pmid=None, year=None),),
        given_before="since 1 August 2020, partial response",
        finding=_finding("Crizotinib has evidence in this tumour.", "options.kinase", ("f6",)),
    )
    return Assessment(
        caseboard="9.9.9",
        title="A calf mass",
        cutoff=None,
        documents=(SourceDocument(name=NAME, title="", published=None, doi=None, characters=len(TEXT)),),
        patient=PatientSummary(
            number=1,
            sex="male",
            age_years=40,
            presented=Timing(DateInterval.of(2020, 5), "May 2020"),
            lines=(_finding("Man of 40 with a tumour of the calf.", "summary.patient", ("f1", "f2")),),
        ),
        question="How long should crizotinib go on?",
        key=(_finding("The first diagnosis was revised.", "key.revised", ("f3", "f7"), "critical"),),
        course=course,
        responses=(
            LineResponse(
                line=1,
                baseline=june,
                targets=(
                    TargetLesion(
                        lesion=lesion, role="target", baseline_mm=80, axis="longest", reason="the only one"
                    ),
                ),
                timepoints=(point,),
                best_derived="PR",
                best_stated="PR",
                findings=(_finding("The baseline is old.", "response.baseline", ("f2", "f8"), "warning"),),
            ),
        ),
        times=(
            TimeToEvent(
                line=1,
                endpoint="progression",
                start=august,
                end=october,
                days_min=61,
                days_max=61,
                censored=True,
                reason="no progression by then",
                facts=("f8", "f11"),
                finding=_finding(
                    "Two months without progression.", "times.progression", ("f8", "f11"), "info"
                ),
            ),
        ),
        toxicities=(
            ReportedToxicity(
                fact="f9",
                term="nausea",
                ctcae_term="Nausea",
                grade_reported=2,
                version_reported="version not told",
                reading_v6="the same in v6",
                agents=("crizotinib",),
                line=1,
                timing=Timing(DateInterval.of(2020, 8), "August 2020"),
                attribution="ascribed to crizotinib",
                resolution="resolved",
                action="dose reduced",
                action_facts=(),
                finding=_finding("Nausea of grade 2.", "toxicity.reported", ("f9",)),
            ),
        ),
        labs=(
            LabGrade(
                fact="f4",
                analyte="ALT",
                value=90,
                unit="U/L",
                lower=None,
                upper=None,
                term="Alanine aminotransferase increased",
                line=None,
                grade_v5=None,
                lowest_v5=None,
                grade_v6=None,
                why="cannot be graded: no upper limit given",
                attributable=False,
                timing=Timing(None, "not dated"),
                finding=_finding("ALT cannot be graded.", "toxicity.laboratory", ("f4",), "info"),
            ),
        ),
        worst_toxicities=(
            WorstToxicity(
                term="Nausea",
                line=1,
                grade=2,
                at_least=False,
                sources=("reported",),
                times=1,
                ungraded=0,
                finding=_finding("Nausea under line 1: grade 2 at worst.", "toxicity.worst", ("f9",), "info"),
            ),
        ),
        ledger=(
            LedgerEntry(
                fact="f5",
                test="ROS1 by NGS",
                result="positive",
                timing=july,
                excludes="",
                does_not_exclude="a resistance mutation later",
            ),
        ),
        missing=(
            MissingTest(
                what="The exons of the fusion",
                why="the frame is not known",
                urgency="now",
                finding=_finding("Exons are missing.", "workup.exons", ("f6",), "warning"),
            ),
        ),
        molecular=(
            AlterationReport(
                facts=("f5", "f6"),
                name="TFG::ROS1 fusion",
                as_written="TFG-ROS1 fusion",
                type="fusion",
                gene5="TFG",
                gene3="ROS1",
                kinase="ROS1",
                kinase_is_3prime=True,
                known_in_tumor="yes",
                unknown=("exons",),
                ask_the_laboratory=("Which exons are joined?",),
                findings=(_finding("The kinase is whole if in frame.", "molecular.frame", ("f6",)),),
            ),
        ),
        options=(option,),
        option_findings=(_finding("Look for G2032R.", "options.resistance", ("f6",)),),
        conflicts=(_finding("Two names for one tumour.", "conflicts.name", ("f3", "f7"), "warning"),),
        rules={"key.revised": 1, "conflicts.silent": 0},
        knowledge=(KnowledgeVersion("CIViC", "May 2026", "CC0", 1234),),
        disclaimer="Check every line.",
    )


@pytest.fixture
def empty_case() -> Case:
    return Case(title="", documents=(Document(NAME, "A patient came."),))


@pytest.fixture
def empty_assessment(assessment: Assessment) -> Assessment:
    """An assessment that found nothing at all."""
    cleared: dict[str, object] = {
        name: ()
        for name in msgspec.structs.asdict(assessment)
        if isinstance(getattr(assessment, name), tuple)
    }
    return msgspec.structs.replace(
        assessment,
        **cleared,
        title="",
        patient=PatientSummary(number=1, sex=None, age_years=None, presented=None, lines=()),
        course=Course(lesions=(), episodes=(), lines=()),
        rules={},
    )


@pytest.fixture
def early() -> date:
    return date(2020, 6, 30)
