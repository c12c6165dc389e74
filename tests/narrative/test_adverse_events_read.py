"""Adverse events as read: term, grade and what is blamed. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent
from caseboard.narrative import read

TREATED = (
    "A 50-year-old man presented in March 2019 with a lung tumour. Erlotinib was started in April 2019. "
)


def harms(text):
    """Return (term, grade, agents) of each adverse event, in the order of the text."""
    return [
        (f.term, f.grade, f.agents) for f in read(Document(name="row", text=TREATED + text)).of(AdverseEvent)
    ]


ERLOTINIB = ("erlotinib",)
CASES = [
    ("In May 2019 rash of 2nd degree occurred.", [("rash", 2, ERLOTINIB)]),
    ("In May 2019 a second-degree relative of his had a rash.", []),
    ("In May 2019 he developed a grade 2 rash.", [("rash", 2, ERLOTINIB)]),
    (
        "In May 2019 thyroiditis and a grade 2 maculopapular rash occurred.",
        [("thyroiditis", None, ERLOTINIB), ("maculopapular rash", 2, ERLOTINIB)],
    ),
    (
        "In May 2019 stomatitis (grade 3) and onycholysis (grade 2) required a pause.",
        [("stomatitis", 3, ERLOTINIB), ("onycholysis", 2, ERLOTINIB)],
    ),
    (
        "In May 2019 hair loss and grade 1 neuropathy were noted.",
        [("hair loss", None, ERLOTINIB), ("neuropathy", 1, ERLOTINIB)],
    ),
    ("In May 2019 erlotinib was stopped for disease progression.", []),
    ("He had no rash.", []),
    ("Hair depigmentation was visible from May 2019.", [("hair depigmentation", None, ERLOTINIB)]),
    ("In May 2019 the mass grew and a pleural effusion had appeared; erlotinib was stopped.", []),
    ("In May 2019 a pleural effusion was attributed to erlotinib.", [("pleural effusion", None, ERLOTINIB)]),
    ("In May 2019 MRI showed a parietal lesion with hemorrhage.", []),
    (
        "In May 2019 low mood and slow speech, G2.",
        [("low mood", 2, ERLOTINIB), ("slow speech", 2, ERLOTINIB)],
    ),
    ("Gr 3 neut in cycle 4 (May 2019).", [("neutropenia", 3, ERLOTINIB)]),
    ("28/05/2019 LVEF 47% (base 62) G2 -> cardiology.", [("ejection fraction decreased", 2, ERLOTINIB)]),
    ("28/05/2019 LVEF 62%, rash G2.", [("rash", 2, ERLOTINIB)]),
    ("RVO of the right eye 23/05/2019 G3.", [("retinal vein occlusion", 3, ERLOTINIB)]),
    (
        "In May 2019 he had rash, dry skin and paronychia, all grade 2.",
        [("rash", 2, ERLOTINIB), ("dry skin", 2, ERLOTINIB), ("paronychia", 2, ERLOTINIB)],
    ),
    (
        "In May 2019 he had a rash and paronychia (grade 2).",
        [("rash", 2, ERLOTINIB), ("paronychia", 2, ERLOTINIB)],
    ),
    (
        "In May 2019 colitis III° and a rash II° developed.",
        [("colitis", 3, ERLOTINIB), ("rash", 2, ERLOTINIB)],
    ),
    ("In May 2019 a degree IV neutropenia occurred.", [("neutropenia", 4, ERLOTINIB)]),
    (
        "In May 2019 hypothyroidism of grade 2 as an immune-related adverse event was found.",
        [("hypothyroidism", 2, ERLOTINIB)],
    ),
    ("05/2019 HFS G2, HTN G3.", [("hand-foot syndrome", 2, ERLOTINIB), ("hypertension", 3, ERLOTINIB)]),
    ("In May 2019 ILD (grade 1) was seen on CT.", [("interstitial lung disease", 1, ERLOTINIB)]),
    (
        "In May 2019 cholesterol and triglycerides were 9.1 and 6.0 mmol/L respectively (both grade 3).",
        [("hypercholesterolemia", 3, ERLOTINIB), ("hypertriglyceridemia", 3, ERLOTINIB)],
    ),
    ("On examination in May 2019 there was slight tenderness of the abdomen.", []),
    ("The fever was 38°.", []),
    ("05/2019 constip. gr 1.", [("constipation", 1, ERLOTINIB)]),
    (
        "05/2019 hallucinations / confusion gr 3.",
        [("hallucinations", 3, ERLOTINIB), ("confusion", 3, ERLOTINIB)],
    ),
    ("He died of sepsis in May 2020.", []),
    (
        "Hematologic toxicity, arterial hypertension, renal dysfunction, proteinuria, diarrhea and hand-foot syndrome "
        "were not observed during erlotinib therapy.",
        [],
    ),
    (
        "In June 2019 he had 60 Gy of radiotherapy over six weeks, complicated by a grade 2 dermatitis.",
        [("dermatitis", 2, ())],
    ),
    ("Radiodermatitis II° 06/2019.", [("radiodermatitis", 2, ())]),
    ("In June 2019 he had a fever of 39° C.", []),
    ("In June 2019 his LVEF fell to 44%.", [("ejection fraction decreased", None, ERLOTINIB)]),
    ("In June 2019 his LVEF was 60%.", []),
    ("In June 2019 he was neutropenic for a week.", [("neutropenia", None, ERLOTINIB)]),
    (
        "In June 2019 immune-related hepatitis of grade 3 was considered, and erlotinib was stopped.",
        [("immune-related hepatitis", 3, ERLOTINIB)],
    ),
    ("Erlotinib again after G3 colitis?", []),
    ("In May 2019 he became icteric and a biliary stricture was found.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_grade_belongs_to_the_event_it_stands_with(text, expected):
    assert harms(text) == expected


SCALES = [
    "In May 2019 he had a facial palsy (House-Brackmann grade III).",
    "In May 2019 he had encephalopathy, West Haven grade 2.",
    "In May 2019 a bleeding ulcer, grade 2 on the Forrest scale, was clipped: hemorrhage of grade 2 (Forrest).",
]


@pytest.mark.parametrize("sentence", SCALES)
def test_grades_of_other_scales_are_no_grades_of_toxicity(sentence):
    assert all(grade is None for _, grade, _ in harms(sentence))


def test_tumour_lysis_keeps_its_grade():
    assert harms("In May 2019 tumor lysis syndrome grade 3 occurred.") == [
        ("tumor lysis syndrome", 3, ERLOTINIB)
    ]


TOLD = [
    ("In May 2019 he had severe (grade 3) oral mucositis.", [("oral mucositis", 3, ERLOTINIB)]),
    (
        "In May 2019 diarrhoea (grade 1) and mucositis (grade 3) occurred.",
        [("diarrhoea", 1, ERLOTINIB), ("mucositis", 3, ERLOTINIB)],
    ),
    (
        "In May 2019 the dose was reduced in view of neutropenia.",
        [("neutropenia", None, ERLOTINIB)],
    ),
    ("In May 2019 QTc 498 ms (G2) was found on ECG.", [("QTc prolonged", 2, ERLOTINIB)]),
    ("In May 2019 QTc was 420 ms, and rash G2 appeared.", [("rash", 2, ERLOTINIB)]),
    (
        "In May 2019 there was a fall in his LVEF to 44%.",
        [("ejection fraction decreased", None, ERLOTINIB)],
    ),
    (
        "Erlotinib was paused because of a fall of DLCO (grade 2).",
        [("diffusing capacity decreased", 2, ERLOTINIB)],
    ),
    ("In May 2019 the ejection fraction was 62%.", []),
    (
        "Cultures were negative for infection and pneumonitis, grade 3, was diagnosed.",
        [("pneumonitis", 3, ERLOTINIB)],
    ),
    ("Cultures were negative for infection and pneumonitis was not seen.", []),
    (
        "In May 2019 he had diarrhea, grade 1, and when it worsened to grade 3 erlotinib was stopped.",
        [("diarrhea", 1, ERLOTINIB), ("diarrhea", 3, ERLOTINIB)],
    ),
    (
        "In May 2019 he had diarrhea, grade 1; if it worsened to grade 3, erlotinib was to be stopped.",
        [("diarrhea", 1, ERLOTINIB)],
    ),
    ("He felt tingling of the toes, a grade 2 sensory neuropathy.", [("sensory neuropathy", 2, ERLOTINIB)]),
    ("In May 2019 he became hypertensive under erlotinib.", [("hypertension", None, ERLOTINIB)]),
    ("Cortisone was given for colitis attributed to erlotinib.", [("colitis", None, ERLOTINIB)]),
    (
        "In May 2019 an infusion reaction G2 (chills, hypotension) occurred.",
        [("infusion reaction", 2, ERLOTINIB)],
    ),
    ("In May 2019 grade 2 hypokalaemia occurred.", [("hypokalaemia", 2, ERLOTINIB)]),
    (
        "Erlotinib was stopped because of ascites (grade 2) and nail changes.",
        [("ascites", 2, ERLOTINIB), ("nail changes", None, ERLOTINIB)],
    ),
    ("In May 2019 colitis (grade 2), and mannitol dehydration was given.", [("colitis", 2, ERLOTINIB)]),
]


@pytest.mark.parametrize(("sentence", "expected"), TOLD)
def test_harm_is_read_as_clinicians_word_it(sentence, expected):
    assert harms(sentence) == expected


OPERATED = "A 50-year-old woman presented in March 2019 with a goitre. Thyroidectomy was done in April 2019. "


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Post-op: R recurrent nerve palsy.", [("recurrent nerve palsy", None)]),
        ("Postoperatively she developed right hemiparesis.", [("right hemiparesis", None)]),
        ("Post-op: no recurrent nerve palsy.", []),
        ("Before the operation she had a recurrent nerve palsy.", []),
    ],
)
def test_even_a_symptom_after_an_operation_is_harm_of_it(sentence, expected):
    found = read(Document(name="row", text=OPERATED + sentence)).of(AdverseEvent)
    assert [(f.term, f.grade) for f in found] == expected


FOUND = [
    ("In May 2019 no rash was observed.", []),
    ("In May 2019 no rash (grade 3) was observed.", []),
    ("In May 2019 there was no fever, and rash (grade 1) was noted.", [("rash", 1, ERLOTINIB)]),
    ("There was no fever and no rash of grade 2 was seen.", []),
    ("In May 2019 he took erlotinib once daily and a grade 2 rash occurred.", [("rash", 2, ERLOTINIB)]),
    ("Once a rash occurs, erlotinib is to be paused.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), FOUND)
def test_a_denial_ends_where_another_event_was_found(sentence, expected):
    assert harms(sentence) == expected


def test_a_grade_in_brackets_of_its_own_date_and_the_agent_behind_it():
    text = "Gefitinib was started in June 2019. In July 2019 hearing loss gr 2 (audiogram 12 May 2019), erlotinib."
    case = read(Document(name="row", text=TREATED + text))
    (fact,) = case.of(AdverseEvent)
    assert (fact.term, fact.agents, fact.when.first.isoformat()) == ("hearing loss", ERLOTINIB, "2019-05-12")


BLAMED = [
    ("Erlotinib was well tolerated except for mild nausea.", [("nausea", None, ERLOTINIB)]),
    ("Erlotinib was well tolerated.", []),
    ("Anaphylaxis to gefitinib.", [("anaphylaxis", None, ("gefitinib",))]),
    ("In May 2019 adrenal insufficiency was diagnosed.", [("adrenal insufficiency", None, ERLOTINIB)]),
    ("Known side effects of erlotinib include grade 3 rash.", []),
    (
        "In May 2019 the cancer was progressing, with new complications including biliary obstruction and possible"
        " early hepatic encephalopathy.",
        [],
    ),
    ("In May 2019 he developed hepatitis as a complication.", [("hepatitis", None, ERLOTINIB)]),
    ("In May 2019 he was switched to afatinib because of a rash.", [("rash", None, ERLOTINIB)]),
    (
        "In May 2019 he was switched to afatinib. He developed pneumonitis.",
        [("pneumonitis", None, ("afatinib",))],
    ),
    ("We discussed the usual side effects, including alopecia, nail changes and hypothyroidism.", []),
    ("She understands the potential toxicities of treatment such as neutropenia.", []),
    ("Toxicities would include pneumonitis and neutropenia.", []),
    (
        "Side effects were discussed. In May 2019 he developed pneumonitis.",
        [("pneumonitis", None, ERLOTINIB)],
    ),
    ("The usual side effects were seen, with a grade 2 rash.", [("rash", 2, ERLOTINIB)]),
    ("In May 2019 there was weakness of the right leg (MRC grade 4/5).", []),
    ("In May 2019 paresis of the left arm, grade 3/5, was found.", []),
    ("In May 2019 he developed a rash of grade 3/4.", [("rash", 4, ERLOTINIB)]),
    ("In May 2019 investigation of deranged liver function tests showed gallstones.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), BLAMED)
def test_what_is_blamed_on_treatment_and_what_is_told_of_drugs(sentence, expected):
    assert harms(sentence) == expected


def test_harm_without_a_time_of_its_own_comes_after_what_did_it_was_begun():
    told = (
        "Diagnosis: lung adenocarcinoma\n\nManagement: 12 March 2019 biopsy\n25 April 2019 started erlotinib\n\n"
        "I reviewed this 50-year-old man today. He has a grade 1 rash. CT on 15 June 2019 shows stable disease."
    )
    (rash,) = read(Document(name="letter", text=told)).of(AdverseEvent)
    assert rash.when.first.isoformat() >= "2019-04-25"


def test_what_a_patient_presented_with_is_no_harm_of_treatment():
    text = "A 50-year-old man presented with grade 3 pain of the back in March 2019. CT showed a tumour."
    assert read(Document(name="row", text=text)).of(AdverseEvent) == ()


UNDER_VEMURAFENIB = (
    "A 60-year-old man presented with a mass in January 2018. Histology: Erdheim-Chester disease. Vemurafenib was"
    " started in February 2018. "
)


@pytest.mark.parametrize(
    "told",
    [
        "In May 2018 a cutaneous squamous cell carcinoma was excised and imputed to vemurafenib.",
        "In May 2018 a cutaneous squamous cell carcinoma attributed to vemurafenib was excised.",
        "In May 2018 he had a cutaneous squamous cell carcinoma, thought to be induced by vemurafenib.",
    ],
)
def test_a_tumour_blamed_on_a_drug_is_its_harm(told):
    found = read(Document(name="row", text=UNDER_VEMURAFENIB + told)).of(AdverseEvent)
    expected = [("cutaneous squamous cell carcinoma", ("vemurafenib",), "2018-05")]
    assert [(harm.term, harm.agents, str(harm.when)) for harm in found] == expected


@pytest.mark.parametrize(
    "told",
    [
        "In May 2018 the regression of the Erdheim-Chester disease was attributed to vemurafenib.",
        "In May 2018 the melanoma shrank, which was attributed to vemurafenib.",
        "In May 2018 a cutaneous squamous cell carcinoma was excised, attributed to sunlight.",
        "No cutaneous squamous cell carcinoma attributed to vemurafenib was seen.",
        "A cutaneous squamous cell carcinoma attributed to dabrafenib is a known risk.",
    ],
)
def test_what_a_drug_did_to_a_tumour_or_another_cause_is_no_harm(told):
    assert read(Document(name="row", text=UNDER_VEMURAFENIB + told)).of(AdverseEvent) == ()


@pytest.mark.parametrize(
    "told",
    [
        " He developed constipation and bowel incontinence.",
        " His comorbidities, including heart failure and atrial fibrillation, spoke against surgery.",
    ],
)
def test_a_drug_for_a_former_tumour_does_no_harm_now(told):
    text = (
        "A 66-year-old man presented in May 2020 with haematuria. His past medical history was notable for carcinoma of"
        " the tonsil (treated with cisplatin)." + told
    )
    assert read(Document(name="row", text=text)).of(AdverseEvent) == ()


def test_other_diseases_of_the_patient_are_no_harm():
    told = "In May 2018 vemurafenib went on. His comorbidities, including heart failure, were stable."
    assert read(Document(name="row", text=UNDER_VEMURAFENIB + told)).of(AdverseEvent) == ()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("In May 2018 he had transaminitis (ALT 290 U/L, AST 180 U/L; grade 3).", [("transaminitis", 3)]),
        ("In May 2018 he had anaemia (Hb 7.4 g/dL, grade 3).", [("anaemia", 3)]),
        ("In May 2018 the dose was cut because of fatigue.", [("fatigue", None)]),
        (
            "In May 2018 it was stopped because of hypertension and proteinuria.",
            [("hypertension", None), ("proteinuria", None)],
        ),
        ("In May 2018 proteinuria was 0.1 g/l under vemurafenib.", []),
    ],
)
def test_grades_behind_values_and_harm_that_is_named_like_one(told, expected):
    found = read(Document(name="row", text=UNDER_VEMURAFENIB + told)).of(AdverseEvent)
    assert [(harm.term, harm.grade) for harm in found] == expected


def test_a_grade_behind_the_word_toxicity_is_that_of_the_event():
    told = "In May 2018 nail toxicity grade 2 and skin toxicity grade 1 developed."
    found = read(Document(name="row", text=UNDER_VEMURAFENIB + told)).of(AdverseEvent)
    assert [(harm.term, harm.grade) for harm in found] == [("nail toxicity", 2), ("skin toxicity", 1)]
