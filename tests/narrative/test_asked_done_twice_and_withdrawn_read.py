"""What was only asked or talked about, what is told twice, and what was withdrawn. Texts made for this test."""

from __future__ import annotations

import pytest

from caseboard.case import (
    Alteration,
    Diagnosis,
    Document,
    History,
    Lesion,
    Outcome,
    Response,
    Test,
    Treatment,
)
from caseboard.narrative import read

STORY = "A 29-year-old woman has had a desmoid tumour of the left axilla since May 2020. "
NOT_GIVEN = (
    "RT: not given so far. 56 Gy/28 fx discussed, plexus constraint issue.",
    "Forequarter amputation was declined. 56 Gy/28 fx discussed.",
    "\nQ for MDT:\n1. Rechallenge sorafenib?\n2. RT 56 Gy?\n",
    "Question for tumor board: whether SBRT, 50 Gy in 5 fractions, to the lesion makes sense.",
)


@pytest.mark.parametrize("sentence", NOT_GIVEN)
def test_radiotherapy_that_was_asked_for_or_discussed_was_not_given(sentence):
    assert read(Document("made", STORY + sentence)).of(Treatment) == ()


def test_a_procedure_told_in_a_summary_and_with_its_day_is_one():
    text = (
        "A 60-year-old man was diagnosed with a chordoma of the sacrum in November 2018.\n\n"
        "Treatment to date: Sacrectomy January 2019; SABR to lung metastasis October 2021.\n\n"
        "He underwent sacrectomy on 15 January 2019. SABR of the lung nodule was given from 4 to 8 October 2021.\n"
    )
    done = read(Document("made", text)).of(Treatment)
    assert [(fact.modality, str(fact.when)) for fact in done] == [
        ("surgery", "2019-01-15"),
        ("radiotherapy", "2021-10-08"),
    ]


def test_two_operations_of_one_month_are_two():
    text = (
        "A 60-year-old man was diagnosed with a sarcoma of the thigh in November 2018. Wide excision was done in"
        " January"
        " 2019. He underwent lobectomy on 15 January 2019."
    )
    assert len(read(Document("made", text)).of(Treatment)) == 2


def test_what_was_treated_with_radiotherapy_is_its_target():
    text = (
        "A 67-year-old man had leiomyosarcoma. A metastasis in the left lower lobe was treated with stereotactic"
        " radiotherapy, 54 Gy in 3 fractions, in June 2021."
    )
    (given,) = read(Document("made", text)).of(Treatment)
    assert given.site == "left lower lobe"


CORRECTED = (
    "The fusion was first reported as RANBP2::ALK and has been corrected to TPM4::ALK.",
    "The biopsy in August 2020 was read as RANBP2::ALK, which was an error: it is TPM4::ALK.",
)


@pytest.mark.parametrize("sentence", CORRECTED)
def test_a_fusion_that_was_corrected_is_withdrawn(sentence):
    text = f"A 38-year-old man was diagnosed with an inflammatory myofibroblastic tumor in August 2020. {sentence}"
    assert [(f.gene5, f.gene3) for f in read(Document("made", text)).of(Alteration)] == [("TPM4", "ALK")]


APART = (
    ("There was no TP53 mutation, and an ETV6::NTRK3 fusion was found.", ["TP53 negative", "NTRK3 positive"]),
    ("She had no NTRK3 kinase domain mutation in December 2021, and ETV6::NTRK3 was found again.",
     ["NTRK3 negative", "NTRK3 positive"]),
    ("An ALK fusion was not found, and a ROS1 fusion was detected.", ["ALK negative", "ROS1 positive"]),
    ("NGS revealed no KIT or PDGFRA mutation and a BRAF V600E mutation was detected.",
     ["KIT negative", "PDGFRA negative", "BRAF positive"]),
)  # fmt: skip


@pytest.mark.parametrize(("sentence", "results"), APART)
def test_a_denial_ends_where_another_statement_begins(sentence, results):
    text = f"A 2-year-old girl was diagnosed with infantile fibrosarcoma in May 2019. {sentence}"
    told = read(Document("made", text)).of(Test)
    assert [f"{fact.target.split(' ')[0]} {fact.result}" for fact in told] == results


LABELLED = (
    "Molecular: TP53 R273H, RB1 loss, ATRX frameshift.",
    "Molecular findings: RB1 loss, PTEN deep deletion.",
)


@pytest.mark.parametrize("sentence", LABELLED)
def test_a_loss_under_a_molecular_label_is_one_of_the_gene(sentence):
    text = f"A 67-year-old man was diagnosed with a leiomyosarcoma in January 2020. {sentence}"
    found = [(f.type, f.gene) for f in read(Document("made", text)).of(Alteration)]
    assert ("deletion", "RB1") in found
    assert ("variant", "ATRX") in found or ("deletion", "PTEN") in found


def test_a_tumour_of_another_organ_had_years_ago_is_a_former_one():
    text = (
        "A 46-year-old woman has a cholangiocarcinoma. She had a papillary thyroid carcinoma in 2015, treated with"
        " thyroidectomy."
    )
    told = [(fact.term, fact.status) for fact in read(Document("made", text)).of(Diagnosis)]
    assert told == [("cholangiocarcinoma", "final"), ("papillary thyroid carcinoma", "history")]


NOT_OF_THE_PATIENT = (
    "Blood tests on 25 September 2023 showed a haemoglobin of 11.2 g/dL. Both parents are well.",
    "She had breast cancer in 2009 and was discharged from follow-up in 2014.",
)


@pytest.mark.parametrize("sentence", NOT_OF_THE_PATIENT)
def test_how_relatives_are_and_how_it_was_then_is_no_outcome(sentence):
    text = f"A 61-year-old woman with GIST started imatinib in March 2021. {sentence}"
    assert read(Document("made", text)).of(Outcome) == ()


WITHOUT = (
    "CT 05/2021 w/o evidence of recurrence.",
    "Imatinib was restarted at 300 mg daily in May 2021 w/o recurrence.",
)


@pytest.mark.parametrize("sentence", WITHOUT)
def test_without_may_be_written_short(sentence):
    text = f"A 61-year-old woman with GIST started imatinib in March 2021. {sentence}"
    assert "PD" not in [fact.category for fact in read(Document("made", text)).of(Response)]


def test_the_doses_of_a_day_are_no_date():
    text = f"{STORY}Hydrocortisone 20-10-10 mg, levothyroxine 75 µg."
    first, second = read(Document("made", text)).of(Treatment)
    assert (first.dose, second.dose) == ("20-10-10 mg", "75 µg")
    assert all(str(fact.when) == "2020-05" for fact in (first, second))


def test_the_organ_of_an_adjective_is_what_it_stands_before():
    text = "A 67-year-old man has a leiomyosarcoma of the retroperitoneal IVC, diagnosed in January 2020."
    (told,) = read(Document("made", text)).of(Diagnosis)
    assert told.term == "leiomyosarcoma"


def test_what_names_an_ablation_done_before_is_not_done_again():
    text = f"{STORY}CT in May 2021 showed an ablation scar in segment IV and a 24 mm lesion in segment VI."
    case = read(Document("made", text))
    assert case.of(Treatment) == ()
    assert [fact.diameters_mm for fact in case.of(Lesion)] == [(24.0,)]


def test_a_baby_is_a_patient_with_a_sex():
    text = (
        "Baby boy A.M. was born on 3 February 2020. At birth there was a 6 cm mass of the left calf. Biopsy on 27"
        " February"
        " 2020 showed infantile fibrosarcoma."
    )
    case = read(Document("made", text))
    assert case.patients[0].sex == "male"
    assert not case.of(History)
