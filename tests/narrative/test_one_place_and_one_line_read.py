"""What is told of one place and not of the patient, and what single lines of notes tell. Rows are ours."""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Diagnosis, Lesion, Outcome, Response, Test, Treatment
from caseboard.narrative import read

TREATED = (
    "A 29-year-old man was diagnosed with alveolar soft part sarcoma of the left thigh with lung metastases in May"
    " 2019. He started atezolizumab in March 2023. On 20 November 2023 CT showed a RUL nodule 18 mm and a RLL nodule"
    " 12 mm. "
)
RESECTED = "A 60-year-old woman was diagnosed with GIST of the stomach in May 2018. It was resected. "


def of(kind, text):
    """Return the facts of a kind."""
    return read(Document("row", text)).of(kind)


@pytest.mark.parametrize(
    "sentence",
    [
        "MRI brain on 30 January 2024: no evidence of recurrence at the R frontal treated site.",
        "MRI brain on 30 January 2024 showed no recurrence.",
        "Brain MRI in January 2024 was without evidence of disease.",
        "No evidence of recurrence was seen in the brain in January 2024.",
        "In January 2024 there was no recurrence in the resection bed.",
    ],
)
def test_one_place_free_of_disease_is_not_the_patient(sentence):
    assert list(of(Response, TREATED + sentence)) == []
    assert [(fact.vital, fact.disease) for fact in of(Outcome, TREATED + sentence)] in (
        [],
        [("alive", "with disease")],
    )


def test_a_patient_free_of_disease():
    (response,) = of(Response, TREATED + "In January 2024 there was no evidence of disease.")
    assert response.category == "NED"


@pytest.mark.parametrize(
    "sentence",
    [
        "In April 2024 a solitary right lower lobe nodule progressed to 2.8 cm while all other lesions remained in"
        " remission.",
        "In April 2024 one nodule progressed while the other lesions remained in complete remission.",
        "In April 2024 the nodule had grown to 2.8 cm; the remaining lesions were in complete remission.",
    ],
)
def test_the_rest_in_remission_beside_progression(sentence):
    assert [fact.category for fact in of(Response, TREATED + sentence)] == ["PD"]


@pytest.mark.parametrize(
    ("written", "results"),
    [
        ("TFE3 IHC: +   ALK IHC: -   NTRK: neg", ["positive", "negative", "negative"]),
        ("TFE3 IHC: +, ALK IHC: -", ["positive", "negative"]),
        ("TFE3 IHC: +", ["positive"]),
        ("pan-TRK IHC: -", ["negative"]),
        ("HER2 IHC: 1+", ["negative (1+)"]),  # ASCO/CAP 2018
        ("TFE3 immunohistochemistry: +", ["positive"]),
    ],
)
def test_a_sign_behind_a_colon(written, results):
    assert [fact.result for fact in of(Test, RESECTED + written)] == results


def test_a_dose_in_fractions_is_no_date():
    text = "47 yo F with myxoid liposarcoma s/p RT 50.4/28 (4/10/2017-5/18/2017). Pazopanib was started on 3/4/2019."
    assert [str(f.when) for f in of(Treatment, text) if f.agents] == ["2019-03-04"]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (
            "47 yo F with h/o myxoid liposarcoma (dx 3/2017) s/p excision 6/27/2017. Recurred in liver 2/2019.",
            ["final"],
        ),
        ("47 yo F with h/o breast cancer (dx 3/2009) presents with a thigh mass.", ["history"]),
        (
            "47 yo F with h/o breast cancer (dx 3/2009). In 2019 GIST was diagnosed. It recurred in 2020.",
            ["history", "final"],
        ),
    ],
)
def test_a_history_of_the_only_tumour(text, statuses):
    assert [fact.status for fact in of(Diagnosis, text)] == statuses
    assert str(of(Diagnosis, text)[0].when) in ("2017-03", "2009-03")


@pytest.mark.parametrize(
    ("line", "sites"),
    [
        ("3. Liver metastases, November 2020", ["liver"]),
        ("Liver metastases (November 2020).", ["liver"]),
        ("Liver metastases in November 2020.", ["liver"]),
        ("Bone and lung mets Nov 2020.", ["bone", "lung"]),
        ("No liver metastases, November 2020.", []),
        ("Resection of liver metastases, November 2020.", []),
    ],
)
def test_metastases_with_nothing_but_their_date(line, sites):
    found = [fact for fact in of(Lesion, RESECTED + line) if str(fact.when) == "2020-11"]
    assert sorted(fact.site for fact in found) == sites


@pytest.mark.parametrize("drug", ["doxorubicin", "doxorubicin (75 mg/m2)", "doxorubicin without ifosfamide"])
def test_a_lesion_behind_a_period_is_of_its_end(drug):
    text = (
        "A 38-year-old woman had an NTRK1 fusion sarcoma of the forearm in October 2016."
        f" She received {drug} from April to June 2019, but the disease progressed, with the largest nodule"
        " measuring 3.7 cm."
    )
    assert [str(f.when) for f in of(Lesion, text) if f.diameters_mm] == ["2019-06"]
    assert [(f.event, str(f.when)) for f in of(Treatment, text) if f.agents] == [
        ("start", "2019-04"),
        ("stop", "2019-06"),
    ]


@pytest.mark.parametrize(
    ("operation", "site"),
    [
        ("wedge resection of the left lower lobe", "left lung lower lobe"),
        ("wedge resection of the right lower lobe", "right lung lower lobe"),
    ],
)
def test_the_side_of_an_operation_is_its_own(operation, site):
    text = (
        f"A 29-year-old man had sarcoma of the thigh in May 2019. CT in May 2020 showed a nodule in the right lower"
        f" lobe of 18 mm. On 14 September 2021 {operation} was performed."
    )
    assert [fact.site for fact in of(Treatment, text)] == [site]


@pytest.mark.parametrize(
    ("item", "stop"),
    [
        ("Stop atezolizumab (last dose 2024-01-15).", "2024-01-15"),
        ("Stop atezolizumab, last dose on 15 February 2024.", None),
        ("Stop atezolizumab; her last dose will be on 17 March 2024.", None),
    ],
)
def test_a_last_dose_in_a_plan_counts_where_it_is_past(item, stop):
    text = (
        "Date: 6 February 2024\n\nA 29-year-old man was diagnosed with alveolar soft part sarcoma in May 2019."
        f" Atezolizumab was started on 13 March 2023.\n\nPLAN\n1. {item}\n2. Repeat CT.\n"
    )
    assert [str(fact.when) for fact in of(Treatment, text) if fact.event == "stop"] == (
        [stop] if stop else []
    )


BEGUN = (
    "was started on 3 May 2020",
    "was begun on 3 May 2020",
    "was given from 3 May 2020",
    "was commenced on 3 May 2020",
)
CHANGED = (
    "reduced to 400 mg on 5 June 2020",
    "was reduced to 400 mg on 5 June 2020",
    "increased to 400 mg daily on 5 June 2020",
    "reduced on 5 June 2020 to 400 mg",
)


@pytest.mark.parametrize(
    ("begun", "changed", "over"), list(product(BEGUN, CHANGED, ["", "stopped", "was stopped"]))
)
def test_a_drug_begun_changed_and_stopped_in_one_sentence(begun, changed, over):
    end = f" and {over} on 7 July 2020" if over else ""
    text = f"{RESECTED}Pazopanib {begun}{',' if over else ' and'} {changed}{end}."
    told = [(fact.event, str(fact.when), fact.dose) for fact in of(Treatment, text) if fact.agents]
    assert [one[:2] for one in told] == [
        ("start", "2020-05-03"),
        ("change", "2020-06-05"),
        *([("stop", "2020-07-07")] if over else []),
    ]
    assert told[0][2] is None
    assert told[1][2].startswith("400 mg")


@pytest.mark.parametrize("label", ["Atezolizumab:", "Atezolizumab -", "Toxicity of atezolizumab:"])
def test_a_drug_that_heads_an_item(label):
    text = (
        f"{RESECTED}Atezolizumab was added on 15 January 2024. Axitinib 5 mg twice daily was started with it.\n\n"
        f"Toxicities:\n- {label} hepatitis grade 3 from 23 April 2024. Held. Restarted on 12 June 2024.\n"
        "- Axitinib: hypertension grade 2 in March 2024. Dose reduced to 3 mg twice daily on 14 March 2024.\n"
    )
    assert [(fact.term, fact.agents) for fact in of(AdverseEvent, text)] == [
        ("hepatitis", ("atezolizumab",)),
        ("hypertension", ("axitinib",)),
    ]
    told = [
        (fact.event, fact.agents)
        for fact in of(Treatment, text)
        if fact.event in ("stop", "resume", "change")
    ]
    assert told == [("stop", ("atezolizumab",)), ("resume", ("atezolizumab",)), ("change", ("axitinib",))]


@pytest.mark.parametrize(
    ("item", "stops"),
    [
        (
            "Imatinib: since May 2019, PD in June 2020. Then sunitinib from July 2020. Stopped in October 2020.",
            "sunitinib",
        ),
        ("Imatinib: begun in May 2019. It was stopped in June 2020.", "imatinib"),
        ("Doxorubicin - ifosfamide from May 2019. Stopped in July 2019.", "doxorubicin+ifosfamide"),
    ],
)
def test_a_drug_heads_an_item_until_another_is_named(item, stops):
    told = of(Treatment, f"{RESECTED}\n\n- {item}\n")
    assert ["+".join(fact.agents) for fact in told if fact.event == "stop"] == [stops]


@pytest.mark.parametrize(
    "sentence",
    [
        "In a published series, an infant treated with entrectinib died of progression at 11 months.",
        "In one series, a girl died of progression.",
        "In a previous report, one patient died of progression in 2019.",
    ],
)
def test_a_death_in_a_series_of_others(sentence):
    text = f"{RESECTED}She is well. {sentence}"
    assert all(fact.vital == "alive" for fact in of(Outcome, text))
    assert not [fact for fact in of(Treatment, text) if fact.agents]


def test_the_best_of_a_treatment_is_not_of_its_first_day():
    text = f"{RESECTED}Trabectedin started on 11 May 2019, reduced for ALT elevation, SD as best response."
    (response,) = of(Response, text)
    assert (response.category, response.when) == ("SD", None)
