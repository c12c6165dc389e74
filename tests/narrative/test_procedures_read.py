"""Operations, radiotherapy and other procedures as read. Expected values are worked by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Lesion, Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old woman presented in March 2019 with a cough. "


def procedures(text):
    """Return (modality, date, dose) of each procedure, in the order of the text."""
    found = read(Document(name="row", text=PATIENT + text)).of(Treatment)
    return [(f.modality, str(f.when), f.dose) for f in found if not f.agents]


CASES = [
    (
        "Total thyroidectomy with neck dissection (level II-VI) was performed on 3 May 2019.",
        [("surgery", "2019-05-03", None)],
    ),
    ("She had right hemicolectomy in May 2019.", [("surgery", "2019-05", None)]),
    (
        "A melanoma of the left choroid was seen. Mr Lamb enucleated it on 3 May 2019.",
        [("surgery", "2019-05-03", None)],
    ),
    (
        "Resection of the metastasis was performed on 20 November 2019, and stereotactic radiotherapy"
        " (27 Gy/3 f) to the"
        " tumor bed was completed on 18 December 2019.",
        [("surgery", "2019-11-20", None), ("radiotherapy", "2019-12-18", "27 Gy/3 f")],
    ),
    (
        "11/07/2019 -> 26/08/2019 RT mediastinum 60 Gy / 30 fr",
        [("radiotherapy", "2019-08-26", "60 Gy / 30 fr")],
    ),
    ("In May 2019 surgery could not be performed because of the vessels.", []),
    ("In May 2019 metastasectomy was abandoned.", []),
    ("Wedge resection of a nodule (1.2 cm) took place in May 2019.", [("surgery", "2019-05", None)]),
    ("Hysterectomy with omentectomy followed in May 2019.", [("surgery", "2019-05", None)]),
    (
        "Wedge resections were done in May 2019 and again in July 2019.",
        [("surgery", "2019-05", None), ("surgery", "2019-07", None)],
    ),
    (
        "Embolisation was performed twice, in May 2019 and in July 2019.",
        [("ablation", "2019-05", None), ("ablation", "2019-07", None)],
    ),
    ("Lobectomy was done in May 2019 and in July 2019 a relapse was seen.", [("surgery", "2019-05", None)]),
    (
        "Lobectomy was done in May 2019, and radiofrequency ablation of a nodule in July 2019.",
        [("surgery", "2019-05", None), ("ablation", "2019-07", None)],
    ),
    (
        "A biliary stent was placed on 2 May 2019 and pancreatoduodenectomy was done on 9 May 2019.",
        [("supportive", "2019-05-02", None), ("surgery", "2019-05-09", None)],
    ),
    (
        "She was offered palliative radiotherapy 8 Gy to L3, which she had on 5 May 2019.",
        [("radiotherapy", "2019-05-05", "8 Gy")],
    ),
    (
        "He had radiotherapy between 6 May and 14 June 2019: 50.4 Gy in 28 fractions.",
        [("radiotherapy", "2019-06-14", "50.4 Gy in 28 fractions")],
    ),
    ("The left third toe was amputated on 5 May 2019.", [("surgery", "2019-05-05", None)]),
    ("The left foot was warm, and the sutures were removed on 5 May 2019.", []),
    (
        "A relapse was seen, for which open synovectomy and, in June 2019, radiotherapy (50 Gy) were performed.",
        [("surgery", "None", None), ("radiotherapy", "2019-06", "50 Gy")],
    ),
    ("Surgery was planned, and amputation and radiotherapy were discussed in May 2019.", []),
    (
        "Segmental mandibulectomy with left radical neck dissection and fibula flap reconstruction was applied on"
        " 13 September 2019.",
        [("surgery", "2019-09-13", None)],
    ),
    (
        "Underwent (L) parotidectomy + SOHND on 25/5/2019 at another hospital.",
        [("surgery", "2019-05-25", None)],
    ),
    ("Since 2003 she had had two interventions on the left knee.", [("surgery", "2003", None)]),
    ("Revision 30-10-2019 of the slides: chordoma.", []),
    ("On 3 May 2019 the residue, 1.6 cm on MRI, was excised.", [("surgery", "2019-05-03", None)]),
    (
        "Ultrasound suggested a lipoma and the lump was locally excised in May 2019.",
        [("surgery", "2019-05", None)],
    ),
    ("Her mother was operated in May 2019 of a breast cancer.", []),
    ("She was operated in May 2019 of a basal cell carcinoma.", [("surgery", "2019-05", None)]),
    ("Microwave ablation of the liver lesion 14 APR 2019.", [("ablation", "2019-04-14", None)]),
    ("A craniectomy was realised in April 2019.", [("surgery", "2019-04", None)]),
    # a pain radiates
    (
        "In May 2019 her pain grew, with no relieving factors but with intermittent radiation to the chest.",
        [],
    ),
    (
        "In May 2019 her bone pain was treated with radiation to the chest.",
        [("radiotherapy", "2019-05", None)],
    ),
    ("Boost of 19.8 Gy of radiotherapy cancelled (wound) in May 2019.", []),
    ("In May 2019 the tracheostomy could be closed.", []),
    ("In May 2019 excision of the lump showed an adenocarcinoma.", [("surgery", "2019-05", None)]),
    (
        "Radiotherapy (24 Gy) was given in May 2019. In June 2019 she also received radiotherapy to the left breast.",
        [("radiotherapy", "2019-05", "24 Gy"), ("radiotherapy", "2019-06", None)],
    ),
    (
        "She proceeded to left mastectomy and axillary node clearance on 20 May 2019.",
        [("surgery", "2019-05-20", None)],
    ),
    ("The patient benefited from a sigmoidectomy in December 2019.", [("surgery", "2019-12", None)]),
    ("The melanoma was excised in June 2019.", [("surgery", "2019-06", None)]),
    (
        "She received whole-brain radiotherapy (30 Gy in 10 fractions) in March 2020.",
        [("radiotherapy", "2020-03", "30 Gy in 10 fractions")],
    ),
    (
        "Radiofrequency ablation of the metastasis was performed in January 2020.",
        [("ablation", "2020-01", None)],
    ),
    ("R mastectomy + skin graft 24/09/2019.", [("surgery", "2019-09-24", None)]),
    (
        "Amputation was refused by the family, and a monobloc excision was performed in May 2019.",
        [("surgery", "2019-05", None)],
    ),
    ("In May 2019 pneumothorax required a chest drain.", [("supportive", "2019-05", None)]),
    ("In May 2019 trabectedin was given via PICC.", []),
    (
        "Radiotherapy was given in May 2019, 60Gy/30F.",
        [("radiotherapy", "2019-05", "60Gy/30F")],
    ),
    (
        "In May 2019 palliative radiotherapy of 20 Gy in 5 fractions of 4Gy was given.",
        [("radiotherapy", "2019-05", "20 Gy in 5 fractions")],
    ),
    (
        "In May 2019 she underwent radiation therapy with a dose of 3000 cGy in five fractions.",
        [("radiotherapy", "2019-05", "3000 cGy in five fractions")],
    ),
    ("SBRT, 35 to 40 Gy in five fractions, may be kept for pain.", []),
    ("She declined surgery.", []),
    ("Resection was considered but not performed.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_procedure_that_was_done_has_its_date_and_dose(text, expected):
    assert procedures(text) == expected


@pytest.mark.parametrize(
    ("told", "site"),
    [
        ("She then had 60 Gy of radiotherapy over six weeks in May 2019.", None),
        ("She then had radiotherapy to the left thigh (60 Gy) in May 2019.", "left thigh"),
    ],
)
def test_what_was_irradiated_is_a_place(told, site):
    found = read(Document(name="row", text=PATIENT + told)).of(Treatment)
    assert [f.site for f in found] == [site]


def test_an_operation_tells_by_its_name_what_it_took_out():
    told = (
        "She underwent a left simple mastectomy on May 2, 2019; the tumor was 6.0 cm in greatest dimension."
    )
    found = read(Document(name="row", text=PATIENT + told)).of(Lesion)
    assert [(f.site, f.diameters_mm) for f in found] == [("breast", (60,))]


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("She underwent wedge resection in June 2013.", "wedge resection"),
        (
            "In August 2014 radiofrequency ablation of a 2.1 cm liver metastasis was performed.",
            "radiofrequency ablation of a 2.1 cm liver metastasis",
        ),
    ],
)
def test_the_name_of_a_procedure_ends_before_its_date_and_not_inside_a_number(told, named):
    assert [f.procedure for f in read(Document(name="row", text=PATIENT + told)).of(Treatment)] == [named]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("A mole was seen. Excised. Histology: melanoma.", "excision"),
        ("A mole was seen. It was completely excised on 3 May 2019.", "excision"),
        ("Resected 3 May 2019.", "resection"),
        ("She underwent surgery on 3 May 2019.", "surgery"),
        ("The lesion was widely excised on 3 May 2019.", "wide excision of lesion"),
        ("We resected the tumour on 3 May 2019.", "resection of the tumour"),
        (
            "Two carcinomas, of the scalp (9 mm) and of the hand, were excised in May 2019.",
            "excision of carcinomas",
        ),
    ],
)
def test_an_operation_told_by_a_verb_is_named_by_its_noun(told, expected):
    found = read(Document(name="row", text=PATIENT + told)).of(Treatment)
    assert [fact.procedure for fact in found] == [expected]


@pytest.mark.parametrize(
    "told",
    [
        "A mole was seen. To be excised.",
        "Excised tissue showed melanoma.",
        "Sutures removed 3 May 2019.",
        "The mole is new. It was not excised.",
        "She refused and never underwent surgery.",
    ],
)
def test_a_verb_that_tells_no_operation_gives_none(told):
    assert procedures(told) == []


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "Radical cystectomy with neobladder April 2019.",
            [("radical cystectomy with neobladder", "2019-04")],
        ),
        ("Hysterectomy with salpingectomy 12.04.2019.", [("hysterectomy with salpingectomy", "2019-04-12")]),
        (
            "She underwent cystectomy in April 2019. She is now 4 months post-cystectomy and well.",
            [("cystectomy", "2019-04")],
        ),
        ("Drug treatment is planned, followed by assessment for possible surgery to the left lung.", []),
        ("In May 2019 she had a medical and a radiation oncology consultation.", []),
        ("In May 2019 I made an urgent referral to the palliative care team.", []),
        ("From May 2019 she received palliative care.", [("palliative care", "2019-05")]),
        ("RT 12/04/2019-15/05/2019 60Gy/30#.", [(None, "2019-05-15")]),
        ("50 Gy/25# completed 12.11.2019.", [(None, "2019-11-12")]),
        ("50 mg/day completed 12.11.2019.", []),
        (
            "In May 2019 she had radiotherapy for this, although the biopsy was not successful.",
            [(None, "2019-05")],
        ),
        ("In May 2019 radiotherapy for this was not given.", []),
        ("L mastectomy + ALND 12.5.2019.", [("mastectomy + alnd", "2019-05-12")]),
        (
            "OPERATIONS: May 25, 2019: Total abdominal hysterectomy.",
            [("total abdominal hysterectomy", "2019-05-25")],
        ),
        ("Cystoscopy and TURBT 15 May 2019.", [("turbt", "2019-05-15")]),
        ("Surgical resection 15 May 2019 - right adrenalectomy.", [("right adrenalectomy", "2019-05-15")]),
        (
            "She underwent right hemicolectomy on 15 May 2019. CT on 3 June 2019 was normal. The surgery was"
            " uncomplicated. Histology confirmed a carcinoma, completely excised with clear margins.",
            [("right hemicolectomy", "2019-05-15")],
        ),
        (
            "She underwent right hemicolectomy on 15 May 2019. A lung nodule was excised on 3 June 2019.",
            [("right hemicolectomy", "2019-05-15"), ("excision of lung nodule", "2019-06-03")],
        ),
        ("OPERATION PERFORMED: Left neck dissection.", [("left neck dissection", "2019-03")]),
        (
            "In May 2019 she underwent total thyroidectomy and then had a good recovery.",
            [("total thyroidectomy", "2019-05")],
        ),
        ("In May 2019 she had cataract surgery.", []),
        (
            "She had s/p hemicolectomy on 2019/6/29, s/p left hepatectomy on 2020/04/16.",
            [("hemicolectomy", "2019-06-29"), ("left hepatectomy", "2020-04-16")],
        ),
    ],
)
def test_letters_name_operations_by_their_date_their_people_and_what_comes_after(told, expected):
    found = read(Document(name="row", text=PATIENT + told)).of(Treatment)
    assert [(fact.procedure, str(fact.when)) for fact in found] == expected


def test_what_is_added_to_an_operation_is_none_of_its_name():
    found = read(Document(name="row", text=PATIENT + "L mastectomy + RT 12.5.2019.")).of(Treatment)
    assert "mastectomy" in {fact.procedure for fact in found}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "On 3 May 2019 wide excision of the tumour with negative margins was performed.",
            "wide excision of the tumour",
        ),
        ("On 3 May 2019 he underwent marginal excision with positive margins.", "marginal excision"),
        ("On 3 May 2019 he underwent hemicolectomy and systemic fluorouracil.", "hemicolectomy"),
        (
            "On 3 May 2019 he underwent nephrectomy with lymph node dissection.",
            "nephrectomy with lymph node dissection",
        ),
    ],
)
def test_margins_and_drugs_are_no_part_of_an_operation(text, name):
    found = read(Document(name="row", text=PATIENT + text)).of(Treatment)
    assert [f.procedure for f in found if f.modality == "surgery"] == [name]


def test_each_radiotherapy_of_a_sentence_has_its_own_date():
    text = (
        "Whole-brain radiotherapy (30 Gy/10 fr) was given in June 2019, and stereotactic radiosurgery (20 Gy) to the"
        " frontal lesion in March 2020."
    )
    found = read(Document(name="row", text=PATIENT + text)).of(Treatment)
    assert [(f.dose, str(f.when)) for f in found] == [("30 Gy/10 fr", "2019-06"), ("20 Gy", "2020-03")]


@pytest.mark.parametrize(
    ("text", "procedure", "site"),
    [
        (
            "In May 2019 she underwent a left upper lobectomy with mediastinal lymph node dissection.",
            "left upper lobectomy with mediastinal lymph node dissection",
            "left lung upper lobe",
        ),
        ("She was operated on in May 2019.", "surgery", None),
    ],
)
def test_what_an_operation_is_called_and_where_it_was(text, procedure, site):
    found = read(Document(name="row", text=PATIENT + text)).of(Treatment)
    assert [(f.procedure, f.site) for f in found] == [(procedure, site)]


def test_an_operation_has_the_side_that_its_name_tells():
    text = "A renal carcinoma was found. She underwent left nephrectomy in May 2019."
    found = read(Document(name="row", text=PATIENT + text)).of(Treatment)
    assert [f.site for f in found] == ["left kidney"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "She was operated in May 2019 for a desmoid tumour of the thigh.",
            [("surgery", "2019-05", "was operated in May 2019 for a desmoid tumour of the thigh")],
        ),
        (
            "She had been operated 8 months before for a desmoid tumour of the thigh.",
            [("surgery", "2018-07", "had been operated")],
        ),
        ("Surgery was asked for by the patient in June 2019, and declined by us.", []),
    ],
)
def test_operations_told_by_a_verb_and_those_only_asked_for(text, expected):
    found = read(Document(name="row", text=PATIENT + text)).of(Treatment)
    assert [(f.procedure, str(f.when), f.source.quote) for f in found] == expected
