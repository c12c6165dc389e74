"""What pathology calls no tumour counts as no progression (RECIST 1.1, section 4.3.5); cases worked by hand."""

from __future__ import annotations

from datetime import date

import pytest
from stories import gold

from caseboard.assess import assess
from caseboard.assess.refuted import refuted_by_pathology
from caseboard.case.case import Case, Document
from caseboard.case.dates import DateInterval
from caseboard.case.facts import Lesion, Response, Source, Span, Treatment

TEXT = (
    "The patient had a lung lesion of 30 mm in January 2020. In February 2020 crizotinib was started. "
    "In May 2020 the lung lesion measured 15 mm and {found}. {opinion}"
)
NODE = "a new axillary lymph node of 18 mm was seen"


def case_of(found: str, opinion: str, *facts: tuple[str, str, dict]) -> Case:
    text = TEXT.format(found=found, opinion=opinion)

    def fact(number: int, kind: type, quote: str, month: int, **own):
        start = text.index(quote)
        source = Source("a.txt", quote, Span(start, start + len(quote)))
        when = DateInterval(date(2020, month, 10), date(2020, month, 10))
        return kind(id=f"f{number}", source=source, when=when, **own)

    told = [
        fact(1, Lesion, "lung lesion of 30 mm", 1, site="lung", modality="CT", diameters_mm=(30.0,)),
        fact(
            2,
            Treatment,
            "crizotinib was started",
            2,
            modality="systemic",
            event="start",
            agents=("crizotinib",),
        ),
        fact(3, Lesion, "lung lesion measured 15 mm", 5, site="lung", modality="CT", diameters_mm=(15.0,)),
        *(
            fact(number, Lesion if kind == "lesion" else Response, quote, 5, **own)
            for number, (kind, quote, own) in enumerate(facts, start=4)
        ),
    ]
    return Case(title="", documents=(Document("a.txt", text),), facts=tuple(told))


def with_node(opinion: str) -> Case:
    own = {"site": "axillary lymph node", "modality": "CT", "diameters_mm": (18.0,)}
    return case_of(
        NODE,
        opinion,
        ("lesion", "new axillary lymph node of 18 mm", own),
        ("response", "a new axillary lymph node", {"category": "PD"}),
    )


@pytest.mark.parametrize(
    "opinion",
    [
        "Biopsy of the node showed reactive changes.",
        "It was resected, and pathology revealed an inflammatory hyperplasia lymph node.",
        "Histology of the axillary lymph node was negative for malignancy.",
        "The node was excised. It was benign, with granulomas.",
        "The node was resected and showed no tumour cells.",
    ],
)
def test_a_node_that_pathology_calls_no_tumour_is_no_progression(opinion):
    case = with_node(opinion)
    assert set(refuted_by_pathology(case)) == {"f4", "f5"}
    found = assess(case)
    (point,) = found.responses[0].timepoints
    assert (point.overall, point.new_lesions) == ("PR", False)
    assert any("no new lesion, pathology" in why for why in point.why)
    assert all(time.censored for time in found.times if time.endpoint == "progression")
    rules = {finding.rule: finding for finding in found.course.findings}
    assert rules["response.no_tumour_by_pathology"].facts == ("f5",)
    assert rules["course.lesion_refuted_by_pathology"].facts == ("f4",)
    assert "4.3.5" in rules["course.lesion_refuted_by_pathology"].citations[0].text


@pytest.mark.parametrize(
    "opinion",
    [
        "Biopsy of the node showed a metastasis.",
        "A biopsy was recommended, as the node may be reactive.",
        "Biopsy of the inguinal lymph node showed reactive changes.",
        "The node was resected, and margins were free of tumour.",
        "On CT the node looked reactive.",
        # A needle may miss the tumour, as in dfsp_lung_metastases of the reference cases: the nodules were metastases.
        "Fine needle aspiration of the node showed no tumour cells.",
        "A CT-guided biopsy of the node showed no evidence of malignancy.",
        "Biopsy of the node was not reactive.",
        "The liver was biopsied, and a mass there was benign.",
        "He felt well. He worked. He travelled. He married. A biopsy of a node showed reactive changes.",
    ],
)
def test_what_pathology_does_not_say_of_that_node_leaves_it_a_new_lesion(opinion):
    case = with_node(opinion)
    assert refuted_by_pathology(case) == {}
    found = assess(case)
    assert found.responses[0].timepoints[0].overall == "PD"
    assert not any("pathology" in finding.rule for finding in found.course.findings)


@pytest.mark.parametrize(
    ("opinion", "refuted"),
    [
        (
            "The liver lesion was resected. Pathology of the liver lesion showed no evidence of malignancy.",
            {"f4"},
        ),
        ("The liver lesion was biopsied. It was benign.", {"f4"}),
        ("Biopsy of the liver lesion showed no evidence of malignancy.", set()),
        ("Biopsy of the liver lesion showed an inflammatory infiltrate.", set()),
        ("The liver lesion was resected. No metastasis was found elsewhere.", set()),
    ],
)
def test_a_lesion_that_is_no_node_is_refuted_only_in_plain_words(opinion, refuted):
    own = {"site": "liver", "modality": "CT", "diameters_mm": (20.0,)}
    case = case_of("a new liver lesion of 20 mm was seen", opinion, ("lesion", "new liver lesion", own))
    assert set(refuted_by_pathology(case)) == refuted


def test_a_later_sight_of_the_node_is_judged_anew():
    # What was reactive in May may be a metastasis in September: the opinion reaches back, not on.
    case = with_node(
        "Biopsy of the node showed reactive changes. In September 2020 a new axillary node appeared."
    )
    text = case.documents[0].text
    start = text.index("a new axillary node appeared")
    later = Lesion(
        id="f6",
        source=Source("a.txt", "a new axillary node appeared", Span(start, start + 28)),
        when=DateInterval(date(2020, 9, 10), date(2020, 9, 10)),
        site="axillary lymph node",
        modality="CT",
        diameters_mm=(25.0,),
    )
    found = assess(Case(title="", documents=case.documents, facts=(*case.facts, later)))
    assert [point.overall for point in found.responses[0].timepoints] == ["PR", "PD"]


def test_an_opinion_told_after_the_day_asked_for_was_not_yet_known():
    case = with_node("Biopsy of the node showed reactive changes.")
    assert refuted_by_pathology(case.as_of(date(2020, 6, 1))) == {}


@pytest.mark.parametrize(
    ("name", "refuted"),
    [
        ("dfsp_lung_metastases", set()),  # the needle found nothing; the resected nodules were metastases
        ("report_bladder_imt_alk", set()),  # "inflammatory" is the tumour's own name
        ("seed_ros1_imt", set()),
    ],
)
def test_no_reference_case_loses_a_tumour(shared, name, refuted):
    assert set(refuted_by_pathology(gold(shared, name))) == refuted
