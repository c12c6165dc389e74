"""What was not done, one of several options, or refuted, and what was taken in its place. Texts made for this test."""

from __future__ import annotations

import pytest

from caseboard.case import AdverseEvent, Document, Lab, Outcome, Response, Treatment
from caseboard.narrative import read

STORY = "A 48-year-old man was diagnosed with a myxofibrosarcoma of the arm in January 2021. "
GIVEN = STORY + "He received trabectedin from March 2021. "


def told(text, kind=Treatment):
    return read(Document("made", text)).of(kind)


@pytest.mark.parametrize(
    "sentence",
    [
        "In February 2021, the resection was put off.",
        "In February 2021, amputation could be avoided.",
        "In February 2021, surgery was attempted but had to be abandoned.",
        "In February 2021, radiotherapy was deferred.",
        "Radiotherapy has not yet started.",
        "Radiotherapy had to be omitted.",
        "In February 2021, he was counselled about radiotherapy.",
        "Radiotherapy remains an option.",
        "Wide excision was postponed from February 2021 to April 2021.",
        "He was ineligible for doxorubicin.",
        "He was too frail for chemotherapy with ifosfamide.",
        "5.2.21 - CT. ?palliative RT to the arm (had 50 Gy).",
        "In February 2021 he was given the choice between doxorubicin and pazopanib.",
        "We talked about the options: observation, or starting pazopanib.",
    ],
)
def test_what_was_not_done_is_no_treatment(sentence):
    assert told(STORY + sentence) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "The options were discussed: staying on trabectedin with radiotherapy, or changing to pazopanib.",
        "Flap loss - back to theatre twice.",
        "Pazopanib remains a possible later line.",
        "In May 2021 hypertension, ?pazopanib.",
    ],
)
def test_a_treatment_goes_on_where_another_is_only_an_option(sentence):
    assert [(fact.event, fact.agents) for fact in told(GIVEN + sentence)] == [("start", ("trabectedin",))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Instead of doxorubicin, he received trabectedin from March 2021.",
        "Instead of doxorubicin, trabectedin was started in March 2021.",
        "Without waiting for doxorubicin, trabectedin was started in March 2021.",
        "Trabectedin was started in March 2021, with doxorubicin as a possible next line.",
    ],
)
def test_the_drug_that_was_taken_instead_is_the_one_given(sentence):
    given = [(fact.event, fact.agents, str(fact.when)) for fact in told(STORY + sentence)]
    assert given == [("start", ("trabectedin",), "2021-03")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The excision scheduled for February 2021 was performed in April 2021.",
        "Excision was planned for February 2021 and performed in April 2021.",
    ],
)
def test_an_operation_has_the_day_on_which_it_was_done(sentence):
    assert [str(fact.when) for fact in told(STORY + sentence)] == ["2021-04"]


@pytest.mark.parametrize(
    "sentence",
    [
        "In June 2021 eribulin was substituted for trabectedin.",
        "In June 2021 trabectedin was substituted by eribulin.",
        "We went on, substituting eribulin for trabectedin in June 2021.",
    ],
)
def test_what_is_substituted_for_a_drug_is_the_new_one(sentence):
    """Usage: A is substituted for B where A takes B's place, and by or with A where B loses it."""
    found = [(fact.event, fact.agents) for fact in told(GIVEN + sentence)]
    assert found == [("start", ("trabectedin",)), ("stop", ("trabectedin",)), ("start", ("eribulin",))]


@pytest.mark.parametrize(
    ("words", "dose"),
    [
        ("was reduced by 25%", "reduced by 25%"),
        ("was reduced to 75%", "75%"),
        ("was increased by 200 mg", "increased by 200 mg"),
        ("was lowered by 0.2 mg", "reduced by 0.2 mg"),
    ],
)
def test_a_dose_changed_by_a_part_is_not_that_part(words, dose):
    """A quarter less is three quarters of the dose, and no quarter."""
    changed = [fact.dose for fact in told(f"{GIVEN}In June 2021 the dose {words}.") if fact.event == "change"]
    assert changed == [dose]


def test_the_drug_that_is_reduced_is_the_one_beside_the_verb():
    text = (
        f"{STORY}He had gemcitabine and docetaxel from March 2021."
        " Neutropenia after cycle 1 despite filgrastim, docetaxel reduced by 20%."
    )
    changed = [(f.agents, f.dose) for f in told(text) if f.event == "change"]
    assert changed == [(("docetaxel",), "reduced by 20%")]


def test_the_drug_taken_up_again_is_the_one_that_was_paused():
    text = f"{GIVEN}Grade 3 rash in May 2021. Held for 7 days, doxycycline, then back on at 1.1 mg."
    assert [f.agents for f in told(text) if f.event == "resume"] == [("trabectedin",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Progression was suspected in June 2021 but could not be confirmed.",
        "Recurrence was suspected in June 2021, but the biopsy showed fibrosis only.",
        "Apparent progression in June 2021 was interpreted as pseudo-progression.",
        "The new nodules of June 2021 turned out to be inflammatory.",
        "MRI June 2021: ?local recurrence.",
        "CT of June 2021: pelvic recurrence 41 mm, in February 2021 52 mm.",
    ],
)
def test_a_progression_that_was_none_is_not_told(sentence):
    assert [fact for fact in told(GIVEN + sentence, Response) if fact.category == "PD"] == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The tumour did not progress until May 2022.", [("PD", "2022-05")]),
        ("There was no response to treatment, and progression was seen in June 2021.", [("PD", "2021-06")]),
        (
            "He relapsed in the liver in June 2021 and in the brain in January 2022.",
            [("PD", "2021-06"), ("PD", "2022-01")],
        ),
        (
            "He had a relapse in June 2021 and another in January 2022.",
            [("PD", "2021-06"), ("PD", "2022-01")],
        ),
        (
            "In June 2021 the lungs showed a complete response, with a residual node of 9 mm.",
            [("CR", "2021-06")],
        ),
        ("In June 2021 there was a complete response in the lungs, with a residual node of 9 mm.", []),
    ],
)
def test_responses_of_sentences_that_tell_more_than_one_thing(sentence, expected):
    assert [(fact.category, str(fact.when)) for fact in told(GIVEN + sentence, Response)] == expected


def test_a_side_effect_that_does_not_recur_is_no_remission():
    text = f"{GIVEN}Grade 3 ALT elevation in May 2021 led to interruption, and resumption at 75%, without recurrence."
    assert told(text, Response) == ()


@pytest.mark.parametrize(
    "former", ["Melanoma of the back 2009, excised, no relapse.", "Prostate cancer 2012, resected, NED."]
)
def test_who_is_free_of_a_former_tumour_is_not_free_of_this_one(former):
    text = f"{STORY}CT in May 2021: lung metastasis of 31 mm. {former} He is ECOG 1."
    assert [fact.disease for fact in told(text, Outcome)] == ["with disease"]


@pytest.mark.parametrize(
    ("sentence", "agents"),
    [
        ("Octreotide was given in May 2021. Octreotide caused grade 2 diarrhoea.", ("octreotide",)),
        ("In May 2021 he had a generalised rash with vancomycin.", ("vancomycin",)),
        ("\n\nPost-operative course: grade 2 pulmonary embolism on 3 May 2021.", ()),
        ("A wound infection occurred in May 2021.", ()),
    ],
)
def test_harm_of_other_drugs_and_of_operations_is_not_that_of_the_regimen(sentence, agents):
    assert [fact.agents for fact in told(GIVEN + sentence, AdverseEvent)] == [agents]


def test_an_upper_lobectomy_is_on_the_lung_though_the_pleura_is_the_lesion_told():
    text = "A 50-year-old man had a sarcoma with pleural metastases in May 2021. Right upper lobectomy on 3 June 2021."
    assert [fact.site for fact in told(text)] == ["right lung upper lobe"]


@pytest.mark.parametrize("values", ["56 to 120", "5.6 to 120", "5.6 to 12.3"])
def test_the_value_that_a_period_ends_with_is_of_its_end(values):
    (fact,) = told(f"{STORY}Between April 2021 and June 2021, LDH rose from {values} U/L.", Lab)
    assert (fact.value, str(fact.when)) == (float(values.split()[-1]), "2021-06")


@pytest.mark.parametrize("limits", ["(10-40 U/L)", "(10 - 40)", "(10 U/L to 40 U/L)"])
def test_a_limit_of_the_normal_range_is_no_value(limits):
    assert told(f"{STORY}ALT was within the normal range {limits}.", Lab) == ()


def test_every_harm_of_a_list_is_of_the_drug_told_behind_it():
    text = (
        f"{GIVEN}Grade 2 diarrhoea, grade 1 fatigue and grade 3 hypertension were observed under trabectedin."
    )
    assert [fact.agents for fact in told(text, AdverseEvent)] == [("trabectedin",)] * 3


@pytest.mark.parametrize(
    ("dose", "count"), [("66 Gy (33 × 2 Gy)", 1), ("50.4 Gy (28 x 1.8 Gy)", 1), ("50 Gy, then 8 x 2 Gy", 2)]
)
def test_a_dose_and_its_fractions_are_one_course(dose, count):
    """33 fractions of 2 Gy are 66 Gy, 28 of 1.8 Gy are 50.4 Gy; 8 of 2 Gy are not 50 Gy."""
    done = told(f"{STORY}He completed {dose} of radiotherapy to the arm in May 2021.")
    assert len(done) == count


def test_a_dose_raised_again_is_a_change():
    told_in = "Pazopanib 800 mg since May 2021; reduced to 400 mg 14 June 2021; re-escalated to 600 mg 18 July 2021."
    changed = [(fact.dose, str(fact.when)) for fact in told(STORY + told_in) if fact.event == "change"]
    assert changed == [("400 mg", "2021-06-14"), ("600 mg", "2021-07-18")]


@pytest.mark.parametrize("written", ["3 x dox/ifos pre-op", "dox/ifos x3", "3 cycles dox + ifos"])
def test_short_names_joined_by_a_sign_are_drugs(written):
    given = {(fact.event, fact.agents) for fact in told(f"{STORY}May-Jul 2021 - {written}.")}
    assert ("start", ("doxorubicin", "ifosfamide")) in given


@pytest.mark.parametrize(
    "question",
    [
        "The question is whether the single lesion in the liver, which has grown slowly since the last scan of the"
        " summer, should be ablated, or whether the mutation mandates a switch to pazopanib now.",
        "Our question remains whether radiotherapy, 50 Gy, to the arm or a switch to pazopanib is better.",
    ],
)
def test_what_a_question_names_was_not_given(question):
    assert [(fact.event, fact.agents) for fact in told(GIVEN + question)] == [("start", ("trabectedin",))]
