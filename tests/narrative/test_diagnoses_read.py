"""Diagnoses, read from sentences and settled over the story. Every expected value is worked by hand from its row."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Diagnosis
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented in March 2019 with a mass of the thigh. "


def diagnoses(text):
    """Return (term, status) of each diagnosis, in the order of the text."""
    return [
        (fact.term, fact.status) for fact in read(Document(name="row", text=PATIENT + text)).of(Diagnosis)
    ]


REACHED = [
    ("FISH for SS18 was positive, confirming synovial sarcoma.", "synovial sarcoma"),
    ("The lesion was reclassified in June 2020 as an epithelioid sarcoma.", "epithelioid sarcoma"),
    ("Urothelial carcinoma, cT3N0M0, was diagnosed in May 2019.", "urothelial carcinoma"),
    ("Biopsy revealed an inflammatory myofibroblastic tumour.", "inflammatory myofibroblastic tumor"),
    ("Core needle biopsy showed a low-grade fibromyxoid sarcoma.", "low-grade fibromyxoid sarcoma"),
    ("She was diagnosed with stage IV lung adenocarcinoma.", "lung adenocarcinoma"),
    ("The patient was diagnosed as having a GIST.", "gastrointestinal stromal tumor"),
    ("Pathology was consistent with a well-differentiated liposarcoma.", "well-differentiated liposarcoma"),
    (
        "A diagnosis of undifferentiated pleomorphic sarcoma was rendered.",
        "undifferentiated pleomorphic sarcoma",
    ),
    ("Synovial sarcoma was diagnosed by biopsy.", "synovial sarcoma"),
    (
        "The mass turned out to be a malignant peripheral nerve sheath tumor.",
        "malignant peripheral nerve sheath tumor",
    ),
    ("Histology: monophasic synovial sarcoma.", "monophasic synovial sarcoma"),
    ("The deposit was excised on 3 May 2019: melanoma metastasis.", "metastatic melanoma"),
    ("Biopsy showed a solitary plasmocytoma.", "solitary plasmacytoma"),
    (
        "Background in brief: nodular melanoma of the right upper back, Breslow 4.2 mm, ulcerated,"
        " excised in May 2018.",
        "nodular melanoma",
    ),
    ("Path review = dediff liposarc.", "dedifferentiated liposarcoma"),
    ("Trucut biopsy - embryonal RMS.", "embryonal rhabdomyosarcoma"),
    ("Biopsy c/w LMS.", "leiomyosarcoma"),
    ("Bx: invasive lobular ca.", "invasive lobular carcinoma"),
    ("Cytology was class V, adenocarcinoma.", "adenocarcinoma"),
    ("The tumor was classified as a malignant PEComa.", "malignant perivascular epithelioid cell tumor"),
    ("Biopsy led to the diagnosis of NEPC.", "neuroendocrine prostate cancer"),
    ("DNA methylation matched to diffuse midline glioma.", "diffuse midline glioma"),
    ("The slides were signed out as Ewing sarcoma.", "ewing sarcoma"),
    (
        "The lesion was excised: superficial spreading melanoma, Breslow 3.4 mm.",
        "superficial spreading melanoma",
    ),
    (
        "The tumor was reported as lymphoepithelioma-like carcinoma of the breast.",
        "lymphoepithelioma-like carcinoma of the breast",
    ),
    ("Biopsy concluded to a clear cell renal cell carcinoma.", "clear cell renal cell carcinoma"),
    (
        "Histology of the biopsy was suggestive of a chondroblastic type of osteosarcoma.",
        "chondroblastic osteosarcoma",
    ),
    (
        "Microscopy showed fibrosarcomatous transformation of DFSP.",
        "dermatofibrosarcoma protuberans with fibrosarcomatous transformation",
    ),
    ("The findings of the biopsy were in keeping with a desmoid tumour.", "desmoid tumor"),
    ("He was treated with imatinib for gastrointestinal stromal tumor.", "gastrointestinal stromal tumor"),
]


@pytest.mark.parametrize(("sentence", "term"), REACHED)
def test_an_act_of_diagnosing_gives_the_tumours_name_spelt_out(sentence, term):
    assert diagnoses(sentence) == [(term, "final")]


NOT_REACHED = [
    "Cytology of the ascites was positive for adenocarcinoma-like cells.",
    "The differential diagnosis included leiomyosarcoma, GIST and solitary fibrous tumor.",
    "There was no evidence of lymphoma in the biopsy.",
    "His father died of colon cancer.",
    "FISH was performed to exclude Ewing sarcoma.",
    "The biopsy was negative for melanoma.",
    "Biopsy showed inflammation without malignancy.",
    "Leiomyosarcoma was ruled out by biopsy.",
    "The biopsy revealed a tumor.",
]


@pytest.mark.parametrize("sentence", NOT_REACHED)
def test_what_is_denied_or_only_named_is_no_diagnosis(sentence):
    assert diagnoses(sentence) == []


STORIES = [
    (
        "A biopsy was performed, revealing an initial diagnosis of nodular fasciitis. A new biopsy "
        "gave the diagnosis of "
        "myofibroblastic sarcoma. The final histological diagnosis of inflammatory myofibroblastic "
        "tumor was provided by an expert.",
        [
            ("nodular fasciitis", "working"),
            ("myofibroblastic sarcoma", "working"),
            ("inflammatory myofibroblastic tumor", "final"),
        ],
    ),
    (
        "The initial diagnosis was leiomyosarcoma, but on review it was revised to dedifferentiated liposarcoma.",
        [("leiomyosarcoma", "working"), ("dedifferentiated liposarcoma", "final")],
    ),
    (
        "At laparotomy a jejunal tumour was found and taken for a lymphoma. Histology reported "
        "gastrointestinal stromal tumor.",
        [("lymphoma", "working"), ("gastrointestinal stromal tumor", "final")],
    ),
    (
        "CT suggested a hepatocellular carcinoma. Biopsy, however, showed cholangiocarcinoma.",
        [("hepatocellular carcinoma", "working"), ("cholangiocarcinoma", "final")],
    ),
    (
        "Biopsy revealed adenocarcinoma. After gastrectomy, pathology demonstrated gastric adenocarcinoma.",
        [("gastric adenocarcinoma", "final")],
    ),
    (
        "Cytology was suspicious for papillary thyroid carcinoma. Thyroidectomy confirmed "
        "papillary thyroid carcinoma.",
        [("papillary thyroid carcinoma", "final")],
    ),
    (
        "Biopsy revealed a monophasic synovial sarcoma. After surgery, pathology confirmed the "
        "diagnosis of synovial sarcoma.",
        [("monophasic synovial sarcoma", "final")],
    ),
    (
        "Biopsy showed dermatofibrosarcoma protuberans. A year later, biopsy of a lung nodule "
        "revealed metastatic sarcoma.",
        [("dermatofibrosarcoma protuberans", "final"), ("metastatic sarcoma", "final")],
    ),
    (
        "He had had prostate cancer 11 years before. Biopsy of the mass revealed a gastrointestinal stromal tumor.",
        [("prostate cancer", "history"), ("gastrointestinal stromal tumor", "final")],
    ),
    (
        "His medical history included colon cancer (pT3N0M0), which was resected in 2010. A biopsy"
        " showed liposarcoma.",
        [("colon cancer", "history"), ("liposarcoma", "final")],
    ),
    (
        "Nephrectomy was performed for a renal mass. Histology (right kidney): clear cell RCC, ISUP grade 3.",
        [("clear cell renal cell carcinoma", "final")],
    ),
    ("Radiologically, a lipoma was favored.", [("lipoma", "working")]),
]


@pytest.mark.parametrize(("story", "expected"), STORIES)
def test_what_a_later_diagnosis_replaced_was_a_working_diagnosis(story, expected):
    assert diagnoses(story) == expected


def test_the_code_of_the_tumour_is_kept():
    (fact,) = read(Document(name="row", text=PATIENT + "Biopsy revealed a GIST.")).of(Diagnosis)
    assert fact.code == "GIST"


LETTER = """DIAGNOSES
1. Inflammatory myofibroblastic tumour (IMT) of the mesentery, ALK-positive
   Outside report (22.03.2022): leiomyosarcoma G2. Revised to IMT by the reference pathologist on 19.04.2022.
2. Left breast carcinoma 2009: wide local excision
3. Arterial hypertension

HISTORY
The 70-year-old patient presented on 14.03.2022 with abdominal pain.

COURSE
- 04.05.2022 start of crizotinib
"""


def test_a_list_of_diagnoses_gives_readings_with_their_dates_and_earlier_tumours():
    found = read(Document(name="letter", text=LETTER)).of(Diagnosis)
    assert [(fact.term, fact.status, fact.when.iso) for fact in found] == [
        ("leiomyosarcoma", "working", "2022-03-22"),
        ("inflammatory myofibroblastic tumor", "final", "2022-04-19"),
        ("breast carcinoma", "history", "2009"),
    ]


def test_a_headline_counts_where_nothing_else_tells_the_diagnosis():
    lines = [line for line in LETTER.splitlines() if "Outside report" not in line]
    text = "\n".join(lines)
    found = read(Document(name="letter", text=text)).of(Diagnosis)
    assert found[0].term == "inflammatory myofibroblastic tumor of the mesentery"
    assert found[0].when is None


def test_a_patient_introduced_with_a_tumour_has_that_diagnosis_at_its_date():
    text = (
        "HPI: 63 y/o M with DLBCL (dx 02/2021, L neck node bx) presents with fever on "
        "06/03/2021.\nPLAN\nNone.\nLABS\nNone."
    )
    (fact,) = read(Document(name="note", text=text)).of(Diagnosis)
    assert (fact.term, fact.when.iso) == ("diffuse large b-cell lymphoma", "2021-02")


def test_a_diagnosis_from_a_biopsy_is_as_old_as_the_biopsy():
    text = (
        PATIENT
        + "On 7 January 2020 a biopsy was taken. Pathology demonstrated leiomyosarcoma. "
        + "On 2 February 2020 surgery followed."
    )
    (fact,) = read(Document(name="row", text=text)).of(Diagnosis)
    assert fact.when.iso == "2020-01-07"


def test_a_note_that_opens_with_the_tumour_is_a_diagnosis():
    text = (
        "SARCOMA BOARD\nFemale patient, 38 years old. Alveolar soft part sarcoma of the right thigh, stage IV.\n"
        "- March 2017: mass of the right thigh, 85 x 60 mm on MRI\n- 20/04/2017: wide resection, R0\n"
    )
    (fact,) = read(Document(name="note", text=text)).of(Diagnosis)
    assert fact.code == "ASPS"


def test_a_tumour_taken_out_is_dated_by_its_operation():
    text = (
        "BACKGROUND HISTORY\nA 78-year-old man presented on 5 November 2021 with diarrhoea. "
        "Merkel cell carcinoma of the left forearm excised in February 2020.\n\n"
        "FINDINGS\nCT on 6 November 2021 showed a node of 19 mm.\n"
    )
    (fact,) = read(Document(name="note", text=text)).of(Diagnosis)
    assert fact.when.iso == "2020-02"


EARLIER = [
    ("Bx: adenocarcinoma (reported 16.05.2019).", [("adenocarcinoma", "final")]),
    ("A lipoma had been suspected by the previous doctor.", [("lipoma", "working")]),
    ("Squamous cell carcinomas of the lung often harbor FGFR1 amplification.", []),
    ("His son, who was diagnosed with colon cancer 3 years previously, is well.", []),
    ("He had h/o prostate ca.", [("prostate carcinoma", "history")]),
    ("F/H/O Ca breast in mother.", []),
    ("Prev L breast IDC 2009: mastectomy.", [("invasive ductal carcinoma of the breast", "history")]),
    (
        "His history comprised gout; renal stones; and a melanoma in situ of the back, excised in 2004.",
        [("melanoma in situ of the back", "history")],
    ),
    (
        "In his history there was a melanoma of the back excised twelve years earlier.",
        [("melanoma of the back", "history")],
    ),
    ("MRI: lesion of the calf ?synovial sarcoma.", [("synovial sarcoma", "working")]),
    ("On ultrasound it was called a lipoma.", [("lipoma", "working")]),
    (
        "Biopsy showed urothelial carcinoma. In May 2020 a biopsy of the liver showed metastatic"
        " urothelial carcinoma.",
        [("urothelial carcinoma", "final")],  # the biopsy of the next year tells a progression
    ),
]


@pytest.mark.parametrize(("story", "expected"), EARLIER)
def test_former_suspected_and_metastatic_tumours_are_told_apart(story, expected):
    assert diagnoses(story) == expected


def test_a_tumour_of_years_before_the_presentation_is_history():
    assert diagnoses("He had Hodgkin lymphoma in 1984.") == [("hodgkin lymphoma", "history")]


def test_the_tumour_in_which_another_arose_does_not_replace_it():
    told = "Biopsy: embryonal rhabdomyosarcoma, consistent with malignancy arising in a germ cell tumor."
    assert diagnoses(told)[0] == ("embryonal rhabdomyosarcoma", "final")


def test_the_name_of_a_service_is_no_diagnosis():
    assert diagnoses("He was seen in the Sarcoma Clinic and discussed by the melanoma board.") == []


def test_the_primary_told_long_before_its_metastasis_stays_a_diagnosis():
    text = (
        "Background in brief: nodular melanoma of the right upper back, excised in May 2014."
        " The deposit of the flank was excised on 3 February 2022: melanoma metastasis."
    )
    assert diagnoses(text) == [("nodular melanoma", "final"), ("metastatic melanoma", "final")]


READ_ELSEWHERE = [
    ("The first hypothesis was that of a schwannoma.", "schwannoma"),
    ("Our main concern was a lymphoma.", "lymphoma"),
    ("Lymphoma was our first thought.", "lymphoma"),
    ("A giant cell tumour was evoked by the radiologist.", "giant cell tumor"),
    ("The report of the MRI said schwannoma.", "schwannoma"),
    ("The referral letter spoke of a ganglion cyst.", "ganglion cyst"),
    ("The first surgeon thought it was a lipoma.", "lipoma"),
    ("A lump had been labelled fibroma on curettage.", "fibroma"),
    ("Biopsy 12-03-2019: first differential chondrosarcoma.", "chondrosarcoma"),
    ("The outside report, which came later, was nodular fasciitis.", "nodular fasciitis"),
    ("FNAC outside 11/3/19 - pleomorphic adenoma.", "pleomorphic adenoma"),
    ("A provisional diagnosis of Wilm's tumour was made.", "wilm's tumor"),
    ("The microbiopsy concluded to a fibroadenoma.", "fibroadenoma"),
    ("It was initially misread as schwannoma on the first slides.", "schwannoma"),
    (
        "Biopsy was reported elsewhere as poorly differentiated squamous cell carcinoma.",
        "squamous cell carcinoma",
    ),
]


@pytest.mark.parametrize(("sentence", "term"), READ_ELSEWHERE)
def test_a_first_idea_or_report_is_a_working_diagnosis_once_another_is_reached(sentence, term):
    story = f"{sentence} Biopsy on 4 April 2019 showed a synovial sarcoma."
    assert diagnoses(story) == [(term, "working"), ("synovial sarcoma", "final")]


HEADS = [
    "HPE 04/04/2019: synovial sarcoma, monophasic in part.",
    "Histopathology of 2019-04-04: synovial sarcoma.",
    "Revision 04-04-2019 synovial sarcoma.",
    "Histo 4 Apr 19 synovial sarcoma, 8.1 cm.",
    "Core bx 4 April 2019 synovial sarcoma.",
    "Excision on 4 April. On the specimen: synovial sarcoma.",
    "PA 04-04-2019: synovial sarcoma.",
    "Definitive: synovial sarcoma.",
    "The pathologist described a synovial sarcoma.",
    "The final pathology, signed on April 4, was synovial sarcoma.",
    "Synovial sarcoma was the conclusive diagnosis.",
    "Core biopsy on 4 April. Synovial sarcoma: TLE1 pos, SS18-SSX pos, desmin neg.",
]


@pytest.mark.parametrize("sentence", HEADS)
def test_the_heads_of_reports_give_a_diagnosis(sentence):
    assert diagnoses(sentence) == [("synovial sarcoma", "final")]


NO_FIRST_IDEA = [
    "The differential diagnosis included schwannoma.",
    "Leiomyosarcoma was excluded.",
    "The hypothesis that such fusions drive lymphoma is not new.",
]


@pytest.mark.parametrize("sentence", NO_FIRST_IDEA)
def test_what_is_only_weighed_is_no_working_diagnosis(sentence):
    assert diagnoses(f"{sentence} Biopsy showed a synovial sarcoma.") == [("synovial sarcoma", "final")]


def test_a_question_behind_another_name_is_no_diagnosis_of_its_own():
    story = "Biopsy was reported as adenocarcinoma, ?cholangiocarcinoma. Review: epithelioid hemangioendothelioma."
    assert ("cholangiocarcinoma", "working") not in diagnoses(story)


def test_an_amended_frozen_section_was_a_working_diagnosis():
    story = "Path: serous borderline tumour in frozen -> final low-grade serous carcinoma."
    assert diagnoses(story) == [
        ("serous borderline tumor", "working"),
        ("low-grade serous carcinoma", "final"),
    ]


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("PMH: T2DM, prostate ca 2012 -> brachytherapy.", 2012),
        ("VG: CABG 2015, prostate ca 2012 (Gleason 6).", 2012),
        ("In his antecedents there was a prostate cancer in 2012.", 2012),
        ("Known case of carcinoma prostate, treated in 2012.", 2012),
        ("K/c/o ca prostate (2012).", 2012),
        ("His medical history revealed that he had been diagnosed with prostate cancer in 2012.", 2012),
    ],
)
def test_a_former_tumour_is_of_the_year_behind_it(sentence, year):
    case = read(
        Document(name="row", text=f"{PATIENT}{sentence} Biopsy on 4 April 2019 showed a liposarcoma.")
    )
    former = next(fact for fact in case.of(Diagnosis) if fact.status == "history")
    assert former.when.first.year == former.when.last.year == year


def test_a_tumour_operated_on_years_before_is_history_though_another_is_found():
    story = "He had been operated in August 2013 of basal cell carcinoma of the nose. Biopsy showed a liposarcoma."
    assert diagnoses(story) == [("basal cell carcinoma of the nose", "history"), ("liposarcoma", "final")]


def test_a_name_that_begins_with_non_is_not_denied():
    assert diagnoses("Biopsy showed a non-keratinizing squamous cell carcinoma.") == [
        ("squamous cell carcinoma", "final")
    ]


def test_the_mother_of_children_is_the_patient():
    text = "A 52-year-old woman, mother of two children, with a history of seminoma in 2004, came in 2016."
    case = read(Document(name="row", text=text + " Biopsy showed a lymphoma."))
    assert [fact.term for fact in case.of(Diagnosis)] == ["seminoma", "lymphoma"]


def test_a_diagnosis_changed_from_one_to_another_was_the_first_and_is_the_second():
    story = "Review changed the diagnosis from leiomyosarcoma to inflammatory myofibroblastic tumour on 3 May 2019."
    case = read(Document(name="row", text=PATIENT + story))
    first, second = case.of(Diagnosis)
    assert (first.term, first.status, first.when) == ("leiomyosarcoma", "working", None)
    assert (second.term, second.status) == ("inflammatory myofibroblastic tumor", "final")
    assert second.when.first.isoformat() == "2019-05-03"


def test_a_treatment_changed_from_one_to_another_changes_no_diagnosis():
    story = "Biopsy showed a GIST. Treatment was changed from imatinib to sunitinib."
    assert diagnoses(story) == [("gastrointestinal stromal tumor", "final")]


@pytest.mark.parametrize(
    ("made", "told", "term"),
    [
        ("Granulosa cell tumors (GCTs) are rare.", "Biopsy showed a GCT.", "granulosa cell tumor"),
        ("Germ cell tumors (GCTs) are rare.", "Biopsy showed a GCT.", "germ cell tumor"),
        ("Solitary fibrous tumors (SOFTs) are rare.", "Biopsy confirmed a SOFT.", "solitary fibrous tumor"),
    ],
)
def test_a_short_name_is_what_the_document_says(made, told, term):
    found = read(Document(name="row", text=f"Introduction\n\n{made}\n\nCase report\n\n{PATIENT}{told}"))
    assert [fact.term for fact in found.of(Diagnosis)] == [term]


def test_a_short_name_that_the_document_gives_to_something_else_is_no_tumour():
    assert diagnoses("Computed tomography (CTX) was done. The biopsy showed CTX.") == []


def test_a_tumour_treated_years_before_another_is_history():
    told = (
        "Biopsy showed an osteosarcoma of the femur, 7 years after treatment for Ewing sarcoma of the pelvis."
    )
    assert diagnoses(told) == [
        ("osteosarcoma of the femur", "final"),
        ("ewing sarcoma of the pelvis", "history"),
    ]


def test_a_tumour_on_the_line_of_past_history_is_history_and_below_it_is_not():
    text = (
        "Re: Mrs A. B., dob 2 February 1962\n\nDiagnosis: adenocarcinoma of the lung\n"
        "Past history: carcinoma of the cervix 1998, treated by hysterectomy.\n\n"
        "She came on 8 March 2021, aged 59. A biopsy of 11 March showed adenocarcinoma."
    )
    told = {fact.term: fact.status for fact in read(Document(name="row", text=text)).of(Diagnosis)}
    assert told["carcinoma of the cervix"] == "history"
    assert "final" in told.values()


def test_a_cancer_and_a_carcinoma_of_one_kind_and_organ_are_one_diagnosis():
    told = "Biopsy showed urothelial cancer of the bladder. Pathology confirmed urothelial carcinoma of the bladder."
    assert diagnoses(told) == [("urothelial cancer of the bladder", "final")]


def test_what_a_mass_is_first_regarded_as_is_a_working_diagnosis():
    told = "Ultrasound showed a breast mass, initially regarded as phyllodes tumor. Biopsy confirmed myeloid sarcoma."
    assert diagnoses(told) == [("phyllodes tumor", "working"), ("myeloid sarcoma", "final")]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for referring Mrs A.B., born 07.08.1962, with metastatic GIST (KIT exon 9 dup, diagnosed 10/2018).",
        "Thank you for referring Mrs A.B., born 07.08.1962, with metastatic GIST diagnosed 10/2018.",
        "Mrs A.B., born 07.08.1962, came today. GIST (first diagnosed in October 2018).",
        "Mrs A.B., born 07.08.1962\nDiagnosis: GIST of the stomach, Oct 2018",
    ],
)
def test_a_diagnosis_in_passing_has_the_date_behind_it(text):
    found = read(Document(name="row", text=text)).of(Diagnosis)
    assert [(fact.code, fact.status, str(fact.when)) for fact in found] == [("GIST", "final", "2018-10")]


def test_an_abbreviation_heads_the_line_of_the_diagnosis():
    text = "Mrs A.B., born 07.08.1962\nDiagnosis: ALK+ IMT of the lung (RUL), Dec 2019"
    found = read(Document(name="row", text=text)).of(Diagnosis)
    assert [(fact.code, str(fact.when)) for fact in found] == [("IMT", "2019-12")]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Bronchoscopy confirmed adenocarcinoma, TTF1 positive.", [("adenocarcinoma", "final")]),
        ("Thoracentesis yielded adenocarcinoma.", [("adenocarcinoma", "final")]),
        ("Bronchoscopy showed a mass suspicious for carcinoma.", [("carcinoma", "working")]),
    ],
)
def test_an_endoscopy_that_confirms_has_taken_a_sample(told, expected):
    assert diagnoses(told) == expected
