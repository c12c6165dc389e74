"""Which sentences tell of which patient. Each short text is ours; who tells what is read off it by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.case.case import Document
from caseboard.case.facts import Diagnosis
from caseboard.narrative import read
from caseboard.narrative.document import split_sentences
from caseboard.narrative.scope import place_sentences
from timing import assert_linear


def placed(text):
    """Return role and patient of each sentence, by the sentence."""
    sentences = split_sentences(text)
    return {
        text[sentence.start : sentence.end]: (place.role, place.patient)
        for sentence, place in zip(sentences, place_sentences(text, sentences), strict=True)
    }


CASE = (
    "A 23-year-old man presented with a mass of the thigh. A biopsy revealed a "
    "sarcoma. The patient received crizotinib. CT showed a partial response."
)


def test_headings_tell_the_case_from_the_rest():
    found = placed(
        f"Introduction\n\nSarcomas are rare tumors.\n\nCase "
        f"report\n\n{CASE}\n\nDiscussion\n\nA 60-year-old woman with a sarcoma was "
        f"reported by others."
    )
    assert found["Sarcomas are rare tumors."][0] == "other"
    assert found["A biopsy revealed a sarcoma."] == ("case", 1)
    assert found["A 60-year-old woman with a sarcoma was reported by others."][0] == "other"


def test_without_headings_the_run_of_sentences_that_tell_a_story_is_the_case():
    found = placed(
        "Sarcomas are rare tumors with a poor prognosis in most studies [1, 2]. The "
        "incidence is known to be low in the literature. "
        + CASE
        + (
            " In the literature, most patients are older [3]. The mechanisms of "
            "resistance are thought to be many in large series [4]."
        )
    )
    assert [role for role, _ in found.values()] == [
        "other",
        "other",
        "case",
        "case",
        "case",
        "case",
        "other",
        "other",
    ]


def test_a_letter_with_clinical_headings_is_the_case_as_a_whole():
    found = placed(
        "DIAGNOSIS: sarcoma of the thigh\n\nHISTORY: growing mass since "
        "2019.\n\nLABS: LDH 250 U/l\n\nPLAN: surgery."
    )
    assert {role for role, _ in found.values()} == {"case"}


def test_two_patients_under_headings_of_their_own_are_two():
    found = placed(
        "Case 1\n\nA 54-year-old man presented with a mass. CT showed a "
        "tumor.\n\nCase 2\n\nA 72-year-old woman presented with pain. MRI showed a "
        "lesion."
    )
    assert found["CT showed a tumor."] == ("case", 1)
    assert found["MRI showed a lesion."] == ("case", 2)


def test_two_patients_without_headings_are_told_apart_by_their_introductions():
    found = placed(
        "A 54-year-old man presented with a mass. CT showed a tumor. He was treated with imatinib.\n\n"
        "A 72-year-old woman presented with pain. MRI showed a lesion. She was treated with sunitinib."
    )
    assert found["He was treated with imatinib."] == ("case", 1)
    assert found["She was treated with sunitinib."] == ("case", 2)


def test_patients_named_by_number_are_followed_back_and_forth():
    found = placed(
        "Case report\n\nPatient 1 was a 54-year-old man with a mass.\n\nPatient 2 "
        "was a 72-year-old woman with pain.\n\n"
        "Patient 1 received imatinib.\n\nPatient 2 received sunitinib."
    )
    assert found["Patient 1 received imatinib."] == ("case", 1)
    assert found["Patient 2 received sunitinib."] == ("case", 2)


@pytest.mark.parametrize(
    "relative", ["father, a 60-year-old man,", "mother, a 58-year-old woman,", "brother, a 30-year-old man,"]
)
def test_a_relative_is_no_second_patient(relative):
    found = placed(
        f"Case report\n\nA 23-year-old man presented with a mass. His {relative} had "
        f"a sarcoma. CT showed a tumor."
    )
    assert found["CT showed a tumor."] == ("case", 1)


def test_the_same_age_told_twice_is_one_patient():
    found = placed(
        "Case report\n\nA 23-year-old man presented with a mass.\n\nThis 24-year-old man received crizotinib."
    )
    assert found["This 24-year-old man received crizotinib."] == ("case", 1)


def test_a_discussion_that_speaks_of_its_own_patient_retells_the_case():
    found = placed(
        f"Case report\n\n{CASE}\n\nDiscussion\n\nOur patient achieved a lasting response. Sarcomas are rare."
    )
    assert found["Our patient achieved a lasting response."][0] == "retold"
    assert found["Sarcomas are rare."][0] == "other"


def test_a_cited_patient_of_the_discussion_is_not_retold():
    found = placed(
        f"Case report\n\n{CASE}\n\nDiscussion\n\nIn this case the patient died, as Smith et al. told."
    )
    assert found["In this case the patient died, as Smith et al. told."][0] == "other"


def test_the_case_of_a_structured_abstract_gives_way_to_the_longer_one():
    found = placed(
        f"Abstract\n\nCase presentation: A young man had a sarcoma.\n\nConclusion: "
        f"Rare.\n\nCase presentation\n\n{CASE}"
    )
    assert found["A young man had a sarcoma."][0] != "case"
    assert found["A biopsy revealed a sarcoma."] == ("case", 1)


@pytest.mark.parametrize(
    "text", ["", "Sarcomas are rare tumors.", "Introduction\n\nSarcomas are rare.", "1 2 3"]
)
def test_a_text_without_a_patient_has_no_case(text):
    assert all(role != "case" for role, _ in placed(text).values())


@given(
    st.lists(
        st.sampled_from(
            [
                *CASE.split(". "),
                "Case 1",
                "Discussion",
                "\n\n",
                "Patient 2 is well",
                "A 72-year-old woman came",
            ]
        ),
        max_size=25,
    )
)
def test_every_sentence_has_a_place_and_patients_are_numbered_from_one(parts):
    text = ". ".join(parts)
    sentences = split_sentences(text)
    places = place_sentences(text, sentences)
    assert len(places) == len(sentences)
    numbers = {place.patient for place in places if place.role == "case"}
    assert numbers <= set(range(1, 1 + max(1, sum(place.introduces is not None for place in places))))


@pytest.mark.parametrize(
    "piece", ["A 1-year-old boy came. ", "Patient 1. ", "He was well [1]. ", "Case 1\n\nHe came.\n\n"]
)
def test_placing_takes_linear_time(piece):
    assert_linear(lambda text: place_sentences(text, split_sentences(text)), piece, 20_000)


@pytest.mark.parametrize(
    "opening",
    ["Dear colleague,", "Dear Dr Weber,", "Re: Mrs A. Example", "Patient: Mr B. Example", "DOB: 03.04.1962"],
)
def test_a_letter_is_about_its_patient_from_the_first_line_to_the_last(opening):
    found = placed(
        f"{opening}\n\nDiagnosis: liposarcoma of the thigh\n\n- 12.11.2019: biopsy\n- 03.12.2019: resection\n"
    )
    assert {role for role, _ in found.values()} == {"case"}


def test_a_note_under_two_clinical_headings_is_a_case():
    found = placed("HPI: 58F with a sarcoma of the thigh.\nPMH: asthma\n")
    assert {role for role, _ in found.values()} == {"case"}


def test_an_article_that_quotes_a_letter_is_no_letter():
    found = placed("Introduction\n\nRe: the letter of others.\n\nDiscussion\n\nSarcomas are rare.")
    assert all(role == "other" for role, _ in found.values())


def test_a_case_section_alone_is_a_case_as_a_whole():
    text = (
        "A 51-year-old woman presented with a lump of the calf. MRI showed a mass of 4 cm. "
        "Its borders were blurred. Excision was performed. Recovery took its course."
    )
    assert {role for role, _ in placed(text).values()} == {"case"}


def test_headings_of_unusual_words_open_the_case_and_stay_in_it():
    text = (
        "Introduction\n\nChordomas are rare.\n\nOverview of the case\n\nA 44-year-old man presented with back pain."
        "\n\nPATHOLOGICAL FINDINGS\n\nThe tumour cells were positive for brachyury.\n\nDiscussion"
        "\n\nChordomas are slow [1].\n"
    )
    roles = {quote: role for quote, (role, _) in placed(text).items()}
    assert roles["A 44-year-old man presented with back pain."] == "case"
    assert roles["The tumour cells were positive for brachyury."] == "case"
    assert roles["Chordomas are rare."] == "other"


def test_the_conclusion_of_a_report_within_the_case_is_told_in_the_case():
    text = (
        "Case report\n\nA 30-year-old man presented with a mass. Second opinion: CD34 positive. "
        "Conclusion: solitary fibrous tumour. He was operated on.\n\nDiscussion\n\nThe tumour is rare.\n"
    )
    roles = {quote: role for quote, (role, _) in placed(text).items()}
    assert roles["He was operated on."] == "case"
    assert roles["The tumour is rare."] == "other"


def test_headings_glued_to_their_first_sentence_divide_a_text_of_one_line():
    text = (
        "A title Abstract Background: Chordomas are rare. Case presentation: A 44-year-old man had a chordoma. "
        "Conclusion: It was cured. Introduction Chordomas are slow [1]. Case presentation In May 2019, a 44-year-old "
        "man presented with back pain. MRI showed a mass of 4 cm. He was operated on. He was well in May 2021. "
        "Discussion Chordomas recur [2]."
    )
    roles = {quote: role for quote, (role, _) in placed(text).items()}
    assert roles["MRI showed a mass of 4 cm."] == "case"
    assert roles["He was well in May 2021."] == "case"
    assert roles["Chordomas recur [2]."] == "other"
    assert roles["Chordomas are slow [1]."] == "other"


def test_background_within_a_paragraph_without_other_headings_is_that_of_the_patient():
    text = (
        "A 61-year-old woman presented in June 2020 with a lump. MRI showed a mass of 55 mm. Background: asthma, "
        "hysterectomy. Biopsy in July 2020 showed a myxofibrosarcoma.\n"
    )
    roles = {quote: role for quote, (role, _) in placed(text).items()}
    assert roles["Biopsy in July 2020 showed a myxofibrosarcoma."] == "case"


def test_background_of_an_article_without_discussion_introduces_its_subject():
    text = (
        "Background: Myxofibrosarcomas are rare tumours of the elderly. Case presentation: A 61-year-old woman "
        "presented in June 2020 with a lump. MRI showed a mass of 55 mm.\n"
    )
    roles = {quote: role for quote, (role, _) in placed(text).items()}
    assert roles["MRI showed a mass of 55 mm."] == "case"
    assert roles["Myxofibrosarcomas are rare tumours of the elderly."] == "other"


@pytest.mark.parametrize("heading", ["SUMMARY OF DISEASE", "Disease summary", "Summary", "Clinical summary"])
def test_a_letter_tells_the_case_under_the_heading_of_a_summary(heading):
    text = f"Clinic letter, 3 May 2021\nPatient: M, born 1966\n\n{heading}\nLeiomyosarcoma, diagnosed in March 2020."
    assert [d.code for d in read(Document("letter", text)).of(Diagnosis)] == ["LMS"]


def test_the_summary_of_an_article_is_none_of_the_case():
    text = (
        "Summary\n\nWe report a leiomyosarcoma.\n\nIntroduction\n\nSarcomas are rare.\n\nCase report\n\n"
        "A 50-year-old man presented in March 2020. Biopsy showed a liposarcoma.\n\nDiscussion\n\nSurgery is needed."
    )
    assert [d.code for d in read(Document("article", text)).of(Diagnosis)] == ["LIPO"]


def test_an_abstract_alone_tells_the_case():
    found = placed(
        "Abstract\n\nSarcomas are rare tumors. We present a 61 year old woman who was treated for a sarcoma of the "
        "thigh. She received ifosfamide. Two years later the patient died."
    )
    assert found["She received ifosfamide."] == ("case", 1)
    assert found["Two years later the patient died."] == ("case", 1)


def test_an_abstract_beside_a_case_is_none_of_it():
    found = placed(f"Abstract\n\nA man of 23 received crizotinib and did well.\n\nCase report\n\n{CASE}")
    assert found["A man of 23 received crizotinib and did well."][0] != "case"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Here, we present two cases of sarcoma who were treated with crizotinib.", "other"),
        ("Here, we present two patients, a man of 23 and a woman of 60.", "case"),
        ("We treated the sarcoma with crizotinib.", "case"),
    ],
)
def test_what_announces_several_cases_is_told_of_none_of_them(sentence, role):
    assert placed(f"Case report\n\n{sentence} {CASE}")[sentence][0] == role


def test_what_an_article_says_before_it_introduces_its_patient_is_no_story():
    found = placed(
        "Abstract\n\nWe report a rare case of a recurrence of sarcoma after 12 days. Complete response was reached. "
        "A 65-year-old woman complained of pain. CT showed a mass. She underwent surgery."
    )
    assert found["Complete response was reached."][0] != "case"
    assert found["She underwent surgery."][0] == "case"


def test_a_patient_whom_the_announcement_introduces_is_told_from_there():
    found = placed(f"Case report\n\nWe report the case of a 23-year-old man with a mass. {CASE}")
    assert found["We report the case of a 23-year-old man with a mass."][0] == "case"


FIRST = (
    "54-year-old man presented with a mass of 31 mm. Biopsy showed sarcoma. Pazopanib was started. CT showed"
    " growth."
)
SECOND = "56-year-old man presented with a mass of 42 mm. Doxorubicin was started."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Case I\nA ", "Case II\nA "),
        ("Case A\nA ", "Case B\nA "),
        ("Patient A\nA ", "Patient B\nA "),
        ("Patient #1: A ", "Patient #2: A "),
        ("Pt 1: A ", "Pt 2: A "),
        ("Case report 1\nA ", "Case report 2\nA "),
        ("Case 1 (synovial sarcoma)\nA ", "Case 2 (leiomyosarcoma)\nA "),
        ("Case reports\n\nA ", "A "),
        ("1. ", "2. "),
        ("A ", "Another patient, a "),
        ("The first case is that of a ", "The second case is that of a "),
    ],
)
def test_two_patients_of_one_sex_and_nearly_one_age_are_two(one, other):
    found = placed(f"{one}{FIRST}\n\n{other}{SECOND}")
    assert found["CT showed growth."] == ("case", 1)
    assert found["Doxorubicin was started."] == ("case", 2)


@pytest.mark.parametrize(
    "later",
    [
        "At the age of 66 the patient, now a 66-year-old man, relapsed.",
        "His brother, 56 years old, had been treated for diabetes.",
        "He was in this case. I would stop here.",
        "Case discussion was held, and the patient 5 mg of morphine.",
    ],
)
def test_who_is_told_of_later_may_still_be_the_same(later):
    found = placed(f"A {FIRST}\n\n{later} Doxorubicin was started.")
    assert found["Doxorubicin was started."][1] == 1


def test_brackets_that_are_never_closed_do_not_reach_the_next_heading():
    found = placed(f"Case 1\n\nA {FIRST} It was seen (Figure 1a.\n\nCase 2\n\nA {SECOND}")
    assert found["Doxorubicin was started."] == ("case", 2)
