"""Lines of treatment as notes lay them out: headed, dashed, in brackets, counted in cycles. Rows are ours, by hand."""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import (
    AdverseEvent,
    Alteration,
    Diagnosis,
    Lab,
    Lesion,
    Outcome,
    Response,
    Treatment,
)
from caseboard.narrative import read

PATIENT = "A 45-year-old woman with adenocarcinoma of the lung was seen in January 2019.\n"


def case(text, start=PATIENT):
    """Return the case that a row tells."""
    return read(Document("row", start + text))


def events(text, start=PATIENT):
    """Return (event, agents, time) of each systemic treatment."""
    return [
        (f.event, f.agents, str(f.when)) for f in case(text, start).of(Treatment) if f.modality == "systemic"
    ]


LINES = [
    (
        "Larotrectinib:\n- started 21-07-2022 @ 100 mg/m2 BD\n- stopped 13-03-2023",
        [("start", ("larotrectinib",), "2022-07-21"), ("stop", ("larotrectinib",), "2023-03-13")],
    ),
    (
        "LAROTRECTINIB (compassionate use)\n- started 21-07-2022\n- held on 14-11-2022 for neutropenia, restarted"
        " 21-11-2022",
        [
            ("start", ("larotrectinib",), "2022-07-21"),
            ("stop", ("larotrectinib",), "2022-11-14"),
            ("resume", ("larotrectinib",), "2022-11-21"),
        ],
    ),
    (
        "1st line: Crizotinib\nStart: 03/2019\nStop: 05/2020\n2nd line: Lorlatinib 100 mg\nStart: 06/2020\nStop:"
        " ongoing",
        [
            ("start", ("crizotinib",), "2019-03"),
            ("stop", ("crizotinib",), "2020-05"),
            ("start", ("lorlatinib",), "2020-06"),
        ],
    ),
    (
        "LINE 1 – CARBOPLATIN/PEMETREXED\n4 cycles, 01/2019 to 03/2019. SD.\nLINE 2 – NIVOLUMAB\nFrom 05/2019."
        " Stopped 08/2019.",
        [
            ("start", ("carboplatin", "pemetrexed"), "2019-01"),
            ("stop", ("carboplatin", "pemetrexed"), "2019-03"),
            ("start", ("nivolumab",), "2019-05"),
            ("stop", ("nivolumab",), "2019-08"),
        ],
    ),
    (
        "Crizotinib (1st line) 03/2019 – 05/2020: best response PR, stopped for PD\n"
        "Lorlatinib (2nd line) 06/2020 – ongoing: hyperlipidaemia G2",
        [
            ("start", ("crizotinib",), "2019-03"),
            ("stop", ("crizotinib",), "2020-05"),
            ("start", ("lorlatinib",), "2020-06"),
        ],
    ),
    *(
        (
            told,
            [("start", ("crizotinib",), "2019-03"), ("stop", ("crizotinib",), "2020-05")],
        )
        for told in (
            "Crizotinib - Mar 2019 to May 2020",
            "Crizotinib – March 2019 – May 2020",
            "Crizotinib - 03/2019 to 05/2020",
        )
    ),
    ("Crizotinib - started 13-07-2022", [("start", ("crizotinib",), "2022-07-13")]),
    ("Crizotinib - since 13-07-2022", [("start", ("crizotinib",), "2022-07-13")]),
    (
        "15-02-2022 lorlatinib 100 mg od (alectinib stopped 14-02-2022)",
        [("start", ("lorlatinib",), "2022-02-15"), ("stop", ("alectinib",), "2022-02-14")],
    ),
    (
        "25-4-2024 carbo AUC5 / pemetrexed 500 q3w, lorlatinib 75 continued",
        [("start", ("carboplatin", "pemetrexed"), "2024-04-25")],
    ),
    ("TB 24-02-2023 -> imatinib.", []),
    ("Sunitinib if PD. SRS 1x21 Gy occipital only if growth on MRI 7/2024.", []),
    (
        "Imatinib was stopped in May 2021 as it was unclear if the tumour was growing.",
        [("stop", ("imatinib",), "2021-05")],
    ),
    ("BOARD OPINION: Rechallenge larotrectinib 100 mg/m2 BD, re-excise if resectable.", []),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines_of_treatment_in_a_note(text, expected):
    assert events(text) == expected


def test_harm_below_a_headed_treatment_is_that_of_the_treatment():
    text = "VAC was started in March 2019.\n\nLarotrectinib:\n- started 11-07-2022\n- neutropenia gr 3 on 14-11-2022\n"
    assert [fact.agents for fact in case(text).of(AdverseEvent)] == [("larotrectinib",)]


@pytest.mark.parametrize(
    ("written", "agents"),
    [
        ("gem/doc", ("docetaxel", "gemcitabine")),
        ("gem/doce", ("docetaxel", "gemcitabine")),
        ("doxo/ifo", ("doxorubicin", "ifosfamide")),
        ("dox/ifos", ("doxorubicin", "ifosfamide")),
        ("cis/etop", ("cisplatin", "etoposide")),
        ("carbo/pac", ("carboplatin", "paclitaxel")),
        ("cap/tem", ("capecitabine", "temozolomide")),
        ("pembro/axi", ("axitinib", "pembrolizumab")),
        ("MTX/VNB", ("methotrexate", "vinorelbine")),
        ("nab-pac/gem", ("gemcitabine", "nab-paclitaxel")),
    ],
)
def test_a_pair_of_clipped_names_is_read_whole(written, agents):
    assert events(f"She received {written} from May 2021.") == [("start", agents, "2021-05")]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Feb 2022: doxorubicin 75 mg/m2 x6 – SD after 3, PR after 6.", ["SD", "PR"]),
        (
            "In April 2019 she had cisplatin for 4 cycles and achieved partial remission (PR) after 2 cycles, "
            "followed by stable disease (SD) after 4 cycles.",
            ["PR", "SD"],
        ),
        ("Cisplatin was begun in April 2019. In June 2019 CT showed SD.", ["SD"]),
    ],
)
def test_responses_counted_in_cycles_have_no_day_of_the_start(told, expected):
    found = case(told).of(Response)
    assert [fact.category for fact in found] == expected
    assert all(len(expected) == 1 or fact.when is None for fact in found)


def test_a_letter_calls_its_date_todays_behind_its_head():
    letter = (
        "Dear Dr Patel,\n\nRe: Mr John Carter, DOB 12.04.1958\n\nDiagnosis: adenocarcinoma of the lung, August 2019\n"
        "Treatment to date:\n1. Alectinib 600 mg bd, commenced 3 September 2019\n2. Lorlatinib 100 mg od, commenced"
        " 2 March"
        " 2022\n\nI reviewed Mr Carter in clinic today (18 October 2023). He remains well. The CT of 10 October shows a"
        " partial response. I have reduced his lorlatinib to 75 mg daily.\n"
    )
    told = case(letter, "")
    assert [(f.event, str(f.when)) for f in told.of(Treatment)][-1] == ("change", "2023-10-18")
    assert [str(f.when) for f in told.of(Response)] == ["2023-10-10"]
    assert [str(f.when) for f in told.of(Outcome)] == ["2023-10-18"]


def test_a_regimen_told_drug_by_drug_with_their_makers_is_one():
    told = (
        "The regimen was: paclitaxel liposome for injection on day 1 and day 8 (135 mg per square meter; Alpha Co.,"
        " China),"
        " tegafur injection on day 2 to 4 (1000 mg per square meter) plus cis-platinum on day 2 to 3 (75 mg per square"
        " meter). Leukopenia came after the second cycle of TPF chemotherapy."
    )
    found = [f for f in case(told).of(Treatment) if f.modality == "systemic"]
    assert [f.agents for f in found] == [("cisplatin", "liposomal paclitaxel", "tegafur")]
    assert found[0].dose is not None
    assert found[0].dose.startswith("paclitaxel liposome 135 mg per square meter")


def test_what_an_organ_got_is_no_radiotherapy_of_its_own():
    told = (
        "She had radiotherapy of 42 Gy in 14 fractions in May 2020. The volume over radiation dose 5 Gy (V5) of both"
        " lungs"
        " was 7.8%; the mean heart dose was 4.1 Gy."
    )
    assert [f.dose for f in case(told).of(Treatment)] == ["42 Gy in 14 fractions"]


def test_a_response_that_ends_a_statement_of_a_note_is_of_its_own_day():
    told = (
        "Sunitinib was begun in January 2022.\n"
        "- CT 13-06-2022: RLL nodules 9 mm & 6 mm. => PD. sunitinib stopped after C4 (last 02-06-2022)"
    )
    assert [(f.category, str(f.when)) for f in case(told).of(Response)] == [("PD", "2022-06-13")]
    stop = [f for f in case(told).of(Treatment) if f.event == "stop"]
    assert [(str(f.when), f.reason) for f in stop] == [("2022-06-02", None)]


def test_a_board_names_its_date_in_whatever_line_of_its_head():
    note = (
        "SOLID TUMOUR BOARD - CASE SUMMARY\nBoard no. 41/2023        Dt: 17-11-2023 (Friday)\n\nBaby of R., F.\n"
        "DOB 03-01-2022. Presently 1 yr 10 mths.\n\nCOURSE\nSeen 1st in our OPD on 21-02-2022. O/E 6 x 5 cm swelling"
        " of the"
        " left forearm. Hb 8.1 g/dl on arrival.\n"
    )
    assert [str(f.when) for f in case(note, "").of(Lab)] == ["2022-02-21"]


@pytest.mark.parametrize(
    ("told", "doses"),
    [
        ("RT L2 8x3 Gy 12/2022.", ["8x3 Gy"]),
        ("SABR 5 x 8 Gy in May 2023.", ["5 x 8 Gy"]),
        ("RT 60 Gy in 2 Gy fractions in May 2023.", ["60 Gy"]),
        ("RT 50 Gy/25# in May 2023.", ["50 Gy/25#"]),
    ],
)
def test_a_dose_of_fractions_is_read_whole(told, doses):
    assert [
        f.dose for f in case("Trametinib since 2020. " + told).of(Treatment) if f.modality == "radiotherapy"
    ] == doses


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("PR 07/2021 (seg V 3.2 cm).", [("PR", "2021-07")]),
        ("ER 90%, PR 20%, HER2 0.", []),
        ("ER 7/8, PR 7/8.", []),
    ],
)
def test_a_month_behind_two_letters_makes_them_a_response(told, expected):
    assert [
        (f.category, str(f.when)) for f in case("Trametinib since 2020. " + told).of(Response)
    ] == expected


VAC = ("cyclophosphamide", "dactinomycin", "vincristine")
IN_TURN = [
    (
        "She had VAC in May 2020, doxorubicin in 2021 and carboplatin in 2022.",
        [("start", VAC, "2020-05"), ("start", ("doxorubicin",), "2021"), ("start", ("carboplatin",), "2022")],
    ),
    (
        "Prior therapies: VAC (May 2020), AI x6 (2021), pazopanib (2022-2023).",
        [
            ("start", VAC, "2020-05"),
            ("start", ("doxorubicin", "ifosfamide"), "2021"),
            ("start", ("pazopanib",), "2022"),
            ("stop", ("pazopanib",), "2023"),
        ],
    ),
    (
        "She had VAC (vincristine, dactinomycin, cyclophosphamide) in May 2020, doxorubicin 75 mg/m2 plus ifosfamide"
        " 9 g/m2 (AI) in 2021.",
        [("start", VAC, "2020-05"), ("start", ("doxorubicin", "ifosfamide"), "2021")],
    ),
    ("She had PD on pazopanib (May 2023).", []),
    ("She had cisplatin-induced neuropathy in 2022.", []),
]


@pytest.mark.parametrize(("told", "expected"), IN_TURN)
def test_regimens_had_in_turn_have_each_their_date(told, expected):
    assert events(told) == expected


def test_letters_behind_the_drugs_that_they_stand_for_add_none():
    told = "Chemotherapy with vincristine, actinomycin D and doxorubicin (VAD) was given in May 2020."
    assert events(told) == [("start", ("dactinomycin", "doxorubicin", "vincristine"), "2020-05")]


def test_the_date_of_an_operation_is_not_that_of_the_cycles_before_it():
    told = "After 3 cycles of neoadjuvant gemcitabine/cisplatin a cystectomy was carried out on 4 September 2020."
    found = [(f.modality, None if f.when is None else str(f.when)) for f in case(told).of(Treatment)]
    assert found == [("systemic", None), ("surgery", "2020-09-04")]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Side effects: weight gain, grade 2 neutropenia.", {"weight gain": None, "neutropenia": 2}),
        ("Side effects: rash, grade 2, and fever, grade 1.", {"rash": 2, "fever": 1}),
        ("Side effects: nausea, grade 1 vomiting, rash grade 2.", {"nausea": None, "vomiting": 1, "rash": 2}),
    ],
)
def test_a_grade_between_two_events_is_that_of_the_second(told, expected):
    text = "Larotrectinib was begun in April 2019. " + told
    assert {f.term: f.grade for f in case(text).of(AdverseEvent)} == expected


@pytest.mark.parametrize(
    ("told", "stopped", "seen"),
    [
        (
            "Desmoid of the shoulder, dx Jan 2020. Sorafenib from Oct 2021, stopped Jan 22. MRI Mar 23: PR.",
            "2022-01",
            "2023-03",
        ),
        (
            "Desmoid of the shoulder, dx January 2020. Sorafenib in October 2021. Sorafenib was stopped on January 22. "
            "MRI on March 23: PR.",
            "2022-01-22",
            "2022-03-23",
        ),
    ],
)
def test_two_digits_behind_a_month_are_a_year_where_a_note_has_no_days(told, stopped, seen):
    told_case = case(told, "A 42-year-old woman. ")
    stops = [str(fact.when) for fact in told_case.of(Treatment) if fact.event == "stop"]
    assert (stops, [str(fact.when) for fact in told_case.of(Response)]) == ([stopped], [seen])


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("A 42-year-old woman had a desmoid tumour of the shoulder.", [("DES", "None")]),
        (
            "A 42-year-old woman had a large leiomyosarcoma of the thigh, diagnosed in January 2020.",
            [("LMS", "2020-01")],
        ),
        ("A 42-year-old woman had no evidence of a sarcoma in March 2020.", []),
    ],
)
def test_a_report_says_what_its_patient_had(told, expected):
    told_case = case(" She was given sorafenib in October 2021.", told)
    assert [(fact.code, str(fact.when)) for fact in told_case.of(Diagnosis)] == expected


MAP = ("cisplatin", "doxorubicin", "methotrexate")
FOLFOX = ("fluorouracil", "leucovorin", "oxaliplatin")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("MAP from 08-Feb-2021.", [("start", MAP, "2021-02-08")]),
        ("08-Feb-2021: FOLFOX C1.", [("start", FOLFOX, "2021-02-08")]),
        ("08-Feb-2021 - FOLFOX C1\n22-Feb-2021 - FOLFOX C2", [("start", FOLFOX, "2021-02-08")]),
        ("After FOLFOX C1 on 08-Feb-2021 she had diarrhoea.", [("start", FOLFOX, "2021-02-08")]),
        ("Plan: FOLFOX C1 on 08-Feb-2021.", []),
        (
            "MAP chemotherapy started 25-May-2021 and completed 11-Nov-2021.",
            [("start", MAP, "2021-05-25"), ("stop", MAP, "2021-11-11")],
        ),
    ],
)
def test_a_first_cycle_begins_a_regimen_and_its_completion_ends_it(told, expected):
    assert events(told) == expected


def test_a_date_at_which_something_ended_is_not_that_of_its_beginning():
    told = case("13.03.2023 SBRT LUL 3 x 18 Gy (end 17.03.2023), no toxicity").of(Treatment)
    assert [str(fact.when) for fact in told] == ["2023-03-13"]


def test_a_report_has_its_own_date_beside_the_year_of_its_specimen():
    told = case("NGS panel on the 2022 wedge, reported 02-Dec-2022: TP53 R273H, MYC amplification.").of(
        Alteration
    )
    assert {str(fact.when) for fact in told} == {"2022-12-02"}


def test_a_value_that_peaks_is_read():
    told = case("Creatinine peaking at 287 umol/L on 19-Mar-2021.").of(Lab)
    assert [(fact.value, str(fact.when)) for fact in told] == [(287, "2021-03-19")]


def test_values_on_admission_have_its_day_as_the_head_of_a_letter_tells_it():
    told = case(
        "Re: Mrs B.   DOB 12/04/1958   Adm: 13/10/2022   Disch: 24/10/2022\n\nRelapse on CT 16/05/2022.\n"
        "CRP 6 mg/L on admission, fine."
    ).of(Lab)
    assert [str(fact.when) for fact in told] == ["2022-10-13"]


@pytest.mark.parametrize(("word", "dose"), [("to 54 Gy", "to 54 Gy"), ("of 30.6 Gy", "of 30.6 Gy")])
def test_a_boost_is_told_to_a_dose_or_of_one(word, dose):
    told = case(f"In July 2019 she received craniospinal irradiation (23.4 Gy with a boost {word}).").of(
        Treatment
    )
    assert [fact.dose for fact in told] == ["23.4 Gy followed by a boost " + dose]


def test_two_lesions_share_a_unit_before_the_day_by_which_they_shrank():
    told = case(
        "In July 2019 two liver nodules of 31 and 24 mm. They had shrunk to 12 and 9 mm by October 2019."
    )
    assert [(fact.diameters_mm, str(fact.when)) for fact in told.of(Lesion)] == [
        ((31.0,), "2019-07"),
        ((24.0,), "2019-07"),
        ((12.0,), "2019-10"),
        ((9.0,), "2019-10"),
    ]
