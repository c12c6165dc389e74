"""What was done for a former tumour, and what became of it, is told as such and decides nothing of the present one."""

from __future__ import annotations

import pytest

from caseboard.assess import assess
from caseboard.case.case import Document
from caseboard.narrative import read

HEAD = "A 61-year-old woman was diagnosed with lung adenocarcinoma in November 2020. "
STARTED = "On 26 August 2024 she started repotrectinib 160 mg daily.\n"


def lines(text):
    return {line.rule: line.what for line in assess(read(Document("made", text))).patient.lines}


@pytest.mark.parametrize(
    "former",
    [
        "PMH: papillary thyroid carcinoma 2009 s/p total thyroidectomy.",
        "PMH: breast cancer s/p lumpectomy.",
    ],
)
def test_an_operation_for_a_former_tumour_ends_no_line(former):
    told = lines(f"{HEAD}{STARTED}{former}\nThe next restaging is due in October.")
    assert "since 26 August 2024, ongoing" in told["summary.treatment"]
    assert ", for the earlier tumour" in told["summary.treatment"]
    assert "on repotrectinib" in told["summary.state"]


def test_what_became_of_a_former_tumour_is_not_how_the_patient_is():
    told = lines(f"{HEAD}Melanoma in situ of the right leg, excised in 2014, no relapse.")
    assert "evidence of disease" not in told["summary.state"]
    assert "excision (2014), for the earlier tumour" in told["summary.treatment"].lower()


def test_what_was_done_before_the_diagnosis_of_this_tumour_is_not_told_as_for_another():
    told = lines(
        f"{HEAD}Melanoma in situ of the right leg, excised in 2014, no relapse. Lobectomy was done in October 2020."
    )
    assert "lobectomy (october 2020)" in told["summary.treatment"].lower()
    assert told["summary.treatment"].count("earlier tumour") == 1


@pytest.mark.parametrize("count", [3, 6, 7, 9])
def test_a_list_of_tests_says_how_many_it_leaves_out(count):
    genes = ["SS18", "EWSR1", "FUS", "DDIT3", "MDM2", "ALK", "ROS1", "FOXO1", "NTRK1"][:count]
    text = (
        "A 34-year-old woman presented in May 2021 with a 6 cm mass of the left thigh. Biopsy showed a spindle cell"
        f" sarcoma. FISH was negative for {', '.join(genes[:-1])} and {genes[-1]}."
    )
    told = lines(text)["summary.molecular"]
    assert told.count("(FISH)") == min(count, 6)
    assert (f"and {count - 6} more" in told) == (count > 6)


def test_the_drug_of_a_former_tumour_told_with_its_outcome_is_no_line_of_this_one():
    """Orchidectomy and one course of carboplatin is what stage I seminoma got: none of a sarcoma's lines."""
    case = read(
        Document(
            "made",
            "A 38-year-old man has a metastatic inflammatory myofibroblastic tumor."
            " PMH: seminoma (2011, orchiectomy + carboplatin x1, NED). He started crizotinib on 3 May 2021.",
        )
    )
    assert [line.agents for line in assess(case).course.lines] == [("crizotinib",)]


@pytest.mark.parametrize("diagnosed", ["", " Date of diagnosis: October 2021."])
def test_a_letter_that_presents_a_patient_late_leaves_the_lines_of_this_tumour(diagnosed):
    """A form of June 2024 on drugs of 2022 to 2024: none is of the Hodgkin lymphoma of 1998."""
    text = (
        "SARCOMA BOARD\n\nPatient: 44 y, F\nDate of board: 06 June 2024\n\nDiagnosis: malignant PEComa of the uterus."
        f"{diagnosed}\nPrevious malignancy: Hodgkin lymphoma 1998, ABVD x6, in remission.\n\nPrevious treatment:\n"
        "1st line: nab-sirolimus, June 2022 - September 2023\n2nd line: pazopanib, February 2024 - ongoing\n"
    )
    lines_of = assess(read(Document("made", text))).course.lines
    assert [line.agents for line in lines_of] == [("nab-sirolimus",), ("pazopanib",)]
