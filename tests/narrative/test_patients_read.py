"""Who the patient is and how old at first presentation. Each text is ours; what it says is worked out by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Demographics, Treatment
from caseboard.narrative import read


def patient(text):
    case = read(Document("text", text))
    (found,) = [fact for fact in case.facts if isinstance(fact, Demographics)]
    return found


LETTERS = [
    # born in June 1960, first seen in March 2020: not yet 60
    (
        "Clinic 22/05/2022\n\nDear Dr,\nI reviewed Mr K, DOB 10/06/1960. He first presented on"
        " 22/03/2020 with a lump.",
        59,
    ),
    (
        "Clinic 22/05/2022\n\nDear Dr,\nThis 62-year-old man was first seen on 22/03/2020 when he was 59 with a lump.",
        59,
    ),
    ("Seen 22/05/2022\n\nDear Dr,\n62M, baker.\nPresented 22/03/2020 (age 59) with a lump.", 59),
    # 62 in May 2022, two years after the first visit: about 60
    ("Seen 22/05/2022\n\nDear Dr,\n62M, baker.\nFirst seen 22/05/2020 with a lump.", 60),
    (
        "BOARD 22/05/2022\n\nPATIENT\nF, 41 at diagnosis, first seen 22/05/2020 with a lump.\n\nPLAN\nSurgery.",
        41,
    ),
]


def test_what_was_before_is_not_the_first_presentation():
    found = patient(
        "We present a 66-year-old man who was operated in August 2013 of a lipoma. He smoked. "
        "In May 2017 he was referred for a pigmented lesion."
    )
    assert str(found.when) == "2017-05"


@pytest.mark.parametrize(("text", "age"), LETTERS)
def test_the_age_is_that_of_the_first_presentation(text, age):
    assert patient(text).age_years == age


def test_an_age_that_is_reckoned_says_so():
    found = patient("Seen 22/05/2022\n\nDear Dr,\n62M, baker.\nFirst seen 22/05/2020 with a lump.")
    assert found.certainty == "inferred"
    assert "62 when written" in found.why


def test_the_age_of_a_relative_is_not_that_of_the_patient():
    text = (
        "The patient presented with a cough. The patient's son, who had a sarcoma at 19 years of age, was well. "
        "He had CT."
    )
    assert patient(text).age_years is None


def test_an_abstract_says_the_age_that_the_case_leaves_out():
    text = (
        "Abstract\n\nAn 8-week-old girl presented with a lump.\n\nCase presentation\n\nThe patient was born at term. "
        "She was referred. MRI showed a mass. She had surgery. It was clear. She was well when she was 20 weeks old."
    )
    assert patient(text).age_years == pytest.approx(0.15, abs=0.01)


def test_typographic_hyphens_and_full_width_signs_are_read_and_quoted_as_written():
    text = (
        "A 15\N{HYPHEN}year\N{HYPHEN}old boy presented with a lump"
        "\N{FULLWIDTH LEFT PARENTHESIS}4 cm\N{FULLWIDTH RIGHT PARENTHESIS}."
    )
    found = patient(text)
    assert found.age_years == 15
    assert found.source.quote in text


FORMS = [
    ("TUMOUR BOARD\n\nPt. aged 47, first visit 22/10/2018 for a neck lump. He has pain.", ("male", 47)),
    (
        "TUMOUR BOARD 18-Apr-2024\n\nID  f, 58 at 1st visit, ECOG 1.\n06-Feb-2023 1st seen: pain.",
        ("female", 58),
    ),
    (
        "MDT PROFORMA\nInitials: R.A.   Sex: F   Age at first referral: 44\nReferred by Mr Jones.\n"
        "CT 02.05.2023: tumour of the rectum, 4 cm.",
        ("female", 44),
    ),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_forms_and_notes_say_who_the_patient_is(text, expected):
    (fact,) = read(Document(name="row", text=text)).of(Demographics)
    assert (fact.sex, fact.age_years) == expected


def test_the_date_of_an_operation_is_not_that_of_a_letter():
    """A case report has no head: the age that it tells is that of the first presentation."""
    text = (
        "A 46-year-old woman presented in March 2015 with goiter. Thyroidectomy was done on 3 September 2019."
    )
    (patient,) = read(Document(name="row", text=text)).of(Demographics)
    assert (patient.age_years, str(patient.when)) == (46, "2015-03")


ORGANS = [
    (
        "Clinic 22/05/2020. Pt. aged 61, first seen 02/03/2020. Hysterectomy done, L ovary normal. Mr Hay to see.",
        ("female", "inferred"),
    ),
    (
        "Clinic 22/05/2020. Pt. aged 61, first seen 02/03/2020. CT: R ovary 8 cm, uterus normal.",
        ("female", "inferred"),
    ),
    (
        "Clinic 22/05/2020. Pt. aged 61, first seen 02/03/2020. Prostate enlarged, L testis normal.",
        ("male", "inferred"),
    ),
    (
        "Clinic 22/05/2020. Pt. aged 61, first seen 02/03/2020. CT: uterus and prostate are written.",
        (None, "stated"),
    ),
    (
        "Clinic 22/05/2020. Pt. aged 61, first seen 02/03/2020. Mother had ovarian cancer, uterus out.",
        (None, "stated"),
    ),
    (
        "Clinic 22/05/2020. Pt. aged 61, first seen 02/03/2020. He has cysts of ovary and uterus.",
        ("male", "stated"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), ORGANS)
def test_where_nothing_says_the_sex_the_organs_may(text, expected):
    found = patient(text)
    assert (found.sex, found.certainty) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("M f. 1966", ("male", 53, "inferred")),
        ("M, b. 1966", ("male", 53, "inferred")),
        ("F born 1971", ("female", 48, "inferred")),
        ("F, b. 12.03.1966", ("female", 53, "inferred")),
        ("Female, DOB 05/05/1966", ("female", 53, "resolved")),
        ("DOB 05/05/1966", (None, 53, "resolved")),
        ("DOB: 05/05/1966. Sex M", ("male", 53, "resolved")),
    ],
)
def test_the_head_of_a_letter_says_when_the_patient_was_born(head, expected):
    """In March 2020 who was born in 1966 is 53 or 54, and before May 53; the earlier half of a year gives the less."""
    text = f"Oncology clinic, 3 May 2021\n{head}\nLung adenocarcinoma diagnosed in March 2020."
    found = patient(text)
    assert (found.sex, found.age_years, found.certainty) == expected


@pytest.mark.parametrize(
    "told",
    [
        "His mother, born 1940, had breast cancer.",
        "He was born in Norway. In 1966 the family moved.",
        "He took vitamin B. 1966 was the year of the strike.",
    ],
)
def test_another_year_than_that_of_the_patients_birth_gives_no_age(told):
    assert patient(f"A man presented in March 2020 with cough. {told}").age_years is None


def test_a_birth_without_a_day_to_count_to_gives_no_age():
    assert patient("Clinic letter\nM, b. 1966\nBiopsy: adenocarcinoma of the lung.").age_years is None


def test_the_date_of_an_entry_with_a_star_is_no_birth():
    text = (
        "Clinic note 10/01/2024\nGIST, 58M.\n* 05/11/2020: imatinib 400 mg started.\n* 06/11/2021: CT SD.\n"
    )
    (start,) = [f for f in read(Document("note", text)).facts if isinstance(f, Treatment)]
    assert str(start.when).startswith("2020")
    (patient,) = [f for f in read(Document("note", text)).facts if isinstance(f, Demographics)]
    assert patient.age_years == 58


THEN = [
    (
        "MDT 3/4/2022. He was 43 yo at onset 14/02/2020. CT 03/05/2021: lung mass 3 cm.",
        ("male", 43, "2020-02-14"),
    ),
    (
        "MDT 3/4/2022. 46 yo when first seen 14/02/2020. He coughed. CT 03/05/2021: lung mass 3 cm.",
        ("male", 46, "2020-02-14"),
    ),
    (
        "Board of 14 November 2023.\n47yo F, ECOG 1.\n2017\n"
        " May - bloating, CA125 412. CT 19 May 2017: adnexal masses. Age 41.",
        ("female", 41, "2017-05-19"),
    ),
    (
        "Date of service: 16 September 2024\n27F with metastatic GIST here for restaging.\n\n"
        "ONCOLOGIC HISTORY\n"
        "* 11/2014 (age 17): syncope, transfused.\n* 20 November 2014: partial gastrectomy. Path: GIST.",
        ("female", 17, "2014-11"),
    ),
    (
        "12 March 2025\nMan, b. 1961, retired bus driver.\n"
        "- Sept 2018: 57 y, pain of the tailbone.\n- MRI 2 October 2018: mass.",
        ("male", 57, "2018-09"),
    ),
    (
        "22 June 2022\nDear Dr Smith,\nMrs Jones saw flashing lights and was sent up to the eye clinic"
        " on 6 August 2018, aged 60."
        " She had a melanoma. She was seen today.",
        ("female", 60, "2018-08-06"),
    ),
    (
        "Date: 27 November 2023\nPatient: Mrs S. B., born 12 August 1974\n\nDear colleagues,\n"
        "we report on this patient.\n"
        "24 February 2020 sonography: uterine mass. 12 March 2020 hysterectomy. She was seen on 23 November 2023.",
        ("female", 45, "2020-02-24"),
    ),
    (
        "Name: Master A.   Age/Sex: 9 Y / M\nHe was seen in clinic on 7 February 2022 (age 7 yrs 11 mo at that time)."
        " MRI on 9 February 2022 showed a mass. He was admitted on 4 September 2023.",
        ("male", 7.92, "2022-02-07"),
    ),
    (
        "The child was addressed at the age of 4 years and 3 months for a nystagmus on 12 June 2015."
        " He was treated with vincristine.",
        ("male", 4.25, "2015-06-12"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), THEN)
def test_the_age_is_that_of_the_first_visit_where_a_letter_tells_it(text, expected):
    (fact,) = read(Document(name="row", text=text)).of(Demographics)
    when = fact.when.first.isoformat() if fact.when.exact else fact.when.first.isoformat()[:7]
    assert (fact.sex, fact.age_years, when) == expected


NOT_THEN = [
    "Clinic of 3 May 2021. A 50-year-old woman with a lump."
    " Menarche at age 12 in June 1983. Mammography on 4 May 2021: mass.",
    "Clinic of 3 May 2021. A 50-year-old woman with a lump."
    " Her mother had breast cancer at 45 in June 2001. MRI on 4 May 2021: mass.",
    "Clinic of 3 May 2021. A 50-year-old woman with a lump."
    " PMH: appendectomy in June 2001 at 30. MRI on 4 May 2021: mass.",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_THEN)
def test_the_age_at_something_else_is_not_that_of_the_first_visit(text):
    (fact,) = read(Document(name="row", text=text)).of(Demographics)
    assert fact.age_years == 50


def test_the_year_of_a_former_tumour_is_not_that_of_the_first_visit():
    text = (
        "Tumour board 12 March 2024\n66 y F, ECOG 0, PMH: hypothyroidism, ca colon 2009.\n"
        "14 May 2021 hysterectomy: leiomyosarcoma. CT 3 March 2024: new lung nodule."
    )
    (fact,) = read(Document(name="row", text=text)).of(Demographics)
    assert (fact.age_years, fact.when.first.year) == (63, 2021)


def test_an_age_may_stand_behind_a_name():
    (fact,) = read(
        Document(name="row", text="Dear colleague, I saw Mr Smith, 59 years. He had a sarcoma.")
    ).of(Demographics)
    assert (fact.sex, fact.age_years) == ("male", 59)


def test_the_hour_of_a_clock_is_no_age():
    text = "A 44-year-old woman had a 25 mm lesion at 10 o'clock in the right breast in May 2019."
    assert patient(text).age_years == 44


@pytest.mark.parametrize("heading", ["Patient.", "History.", "Case history."])
def test_a_paragraph_behind_the_introduction_may_open_the_case_under_another_name(heading):
    text = (
        "Introduction. Epithelioid sarcoma is rare.\n\n"
        f"{heading} A woman of 33 came to her gynaecologist because of a swelling of the left labium, 3 cm across."
    )
    (fact,) = read(Document(name="row", text=text)).of(Demographics)
    assert (fact.sex, fact.age_years) == ("female", 33)
