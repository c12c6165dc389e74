"""A day, a method or a specimen that stands between what was looked at and what came of it.

What is expected is put together with the sentence from the same parts.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Alteration, Lab, Lesion, Test, Treatment
from caseboard.narrative import read

ILL = "A 58-year-old woman was diagnosed with a leiomyosarcoma of the thigh in January 2020. "
WHEN = (("July 2021", "2021-07"), ("07/2021", "2021-07"), ("12 July 2021", "2021-07-12"))


def facts(text, kind, before=ILL):
    return [f for f in read(Document("row", before + text)).facts if isinstance(f, kind)]


def dated(form, day, **parts):
    text = form.format(t=day, **parts)
    return text.replace(" in 12 July", " on 12 July").replace("In 12 July", "On 12 July")


STAINS = (("ALK", "FISH"), ("ROS1", "FISH"), ("ALK", "IHC"), ("S100", "IHC"))
TOLD = (
    "{m} for {g} in {t} was {r}.",
    "{g} {m} in {t} was {r}.",
    "{g} {m} {t} {r}.",
    "{g} {m} ({t}): {r}.",
    "{g} {m} ({t}) {r}.",
    "{g} {m} on the biopsy of {t} was {r}.",
    "{g} {m}, done in {t}, was {r}.",
    "{g} status by {m} in {t}: {r}.",
    "{m} for {g}, reported in {t}, was {r}.",
    "{g} {m} from {t} was {r}.",
    "{g} was {r} by {m} in {t}.",
    "{m} performed in {t} was {r} for {g}.",
)


@pytest.mark.parametrize(
    ("form", "stain", "when", "result"), list(product(TOLD, STAINS, WHEN, ("negative", "positive")))
)
def test_a_test_whose_day_stands_before_its_result(form, stain, when, result):
    gene, method = stain
    (test,) = facts(dated(form, when[0], m=method, g=gene, r=result), Test)
    assert (test.method, test.target, test.result, str(test.when)) == (method, gene, result, when[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ALK IHC on the resection specimen was negative.", ("ALK", "IHC", "negative")),
        ("ALK FISH of the lung biopsy was negative.", ("ALK", "FISH", "negative")),
        ("IHC for ALK on the biopsy from 2019 was negative.", ("ALK", "IHC", "negative")),
        ("PD-L1 (CPS) was 80.", ("PD-L1 CPS", "IHC", "80")),
        ("FISH for CAMTA1 on the biopsy of June 2019 had been positive.", ("CAMTA1", "FISH", "positive")),
        ("CAMTA1 IHC on the cell block (17/09/2023): positive.", ("CAMTA1", "IHC", "positive")),
    ],
)
def test_a_test_whose_specimen_stands_before_its_result(text, expected):
    (test,) = facts(text, Test)
    assert (test.target, test.method, test.result) == expected


FOUND = (
    ("ROS1 rearrangement", "FISH", "rearrangement"),
    ("EML4-ALK fusion", "RNA sequencing", "fusion"),
    ("BRAF V600E mutation", "NGS", "variant"),
    ("MDM2 amplification", "FISH", "amplification"),
)
NONE = (
    "{x} by {m} ({t}): not detected.",
    "{x} by {m} in {t}: absent.",
    "{x} ({m} {t}): negative.",
    "{x} in {t} ({m}): none.",
    "{x} (tested {t} by {m}): not found.",
    "{m} for {x} ({t}): negative.",
)
SOME = ("{x} by {m} ({t}): detected.", "{x} by {m} in {t}: present.", "{x} ({m} {t}): positive.")


@pytest.mark.parametrize(("form", "found", "when"), list(product(NONE, FOUND, WHEN)))
def test_what_a_label_says_was_not_found_is_no_finding(form, found, when):
    text = dated(form, when[0], x=found[0], m=found[1])
    assert facts(text, Alteration) == []
    (test,) = facts(text, Test)
    assert (test.result, str(test.when)) == ("negative", when[1])


@pytest.mark.parametrize(("form", "found", "when"), list(product(SOME, FOUND, WHEN)))
def test_what_a_label_says_was_found_is_a_finding(form, found, when):
    (finding,) = facts(dated(form, when[0], x=found[0], m=found[1]), Alteration)
    assert (finding.type, str(finding.when)) == (found[2], when[1])


@pytest.mark.parametrize(
    "text",
    [
        "RNA sequencing, reported in July 2021, disclosed an EML4-ALK fusion.",
        "The biopsy, reported by the regional pathologist in July 2021, showed an EML4-ALK fusion.",
        "An EML4-ALK fusion was reported by Dr Smith in July 2021.",
        "RNA sequencing of a new biopsy in July 2021 retained the EML4-ALK fusion.",
    ],
)
def test_a_result_reported_in_a_month_is_the_patients(text):
    (finding,) = facts(text, Alteration)
    assert (finding.gene5, finding.gene3, str(finding.when)) == ("EML4", "ALK", "2021-07")
    assert [(t.method != "IHC", t.result) for t in facts(text, Test)] == [(True, "positive")]


@pytest.mark.parametrize(
    "text",
    [
        "An EML4-ALK fusion was reported by Smith et al in a leiomyosarcoma.",
        "An EML4-ALK fusion was reported by the authors in a leiomyosarcoma.",
        "An EML4-ALK fusion was reported in a leiomyosarcoma of the uterus.",
    ],
)
def test_what_others_reported_is_not(text):
    assert facts(text, Alteration) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Desmin was positive, as was SMA.", {"desmin": "positive", "SMA": "positive"}),
        ("S100 was negative, and so were CD34 and ALK.", dict.fromkeys(("S100", "CD34", "ALK"), "negative")),
        ("ALK was not expressed, nor was ROS1.", {"ALK": "negative", "ROS1": "negative"}),
        ("ALK was negative by FISH; so was ROS1.", {"ALK": "negative", "ROS1": "negative"}),
    ],
)
def test_a_marker_has_the_result_of_the_one_before_it(text, expected):
    assert {t.target: t.result for t in facts(text, Test)} == expected


HARM = (
    "{a} (grade {g}) in {t}",
    "{a} (G{g}) {t}",
    "{a} (grade {g}, {t})",
    "grade {g} {a} in {t}",
    "{a} grade {g} ({t})",
)
LEADS = ("Pazopanib was started in May 2021, with ", "Pazopanib since May 2021, complicated by ")


@pytest.mark.parametrize(("lead", "form", "join"), list(product(LEADS, HARM, (" and ", "; ", ", "))))
def test_the_day_behind_the_brackets_of_a_grade_is_the_events(lead, form, join):
    one = form.format(a="rash", g=2, t="July 2021")
    other = form.format(a="diarrhea", g=3, t="September 2021")
    told = [(f.term, f.grade, str(f.when)) for f in facts(f"{lead}{one}{join}{other}.", AdverseEvent)]
    assert sorted(told) == [("diarrhea", 3, "2021-09"), ("rash", 2, "2021-07")]


VALUES = (
    "Hemoglobin in {t} was 10.2 g/dL.",
    "Hemoglobin {t}: 10.2 g/dL.",
    "Hemoglobin ({t}) 10.2 g/dL.",
    "Hemoglobin, measured in {t}, was 10.2 g/dL.",
    "Hemoglobin on admission ({t}) was 10.2 g/dL.",
    "Hemoglobin had fallen by {t} to 10.2 g/dL.",
    "Hemoglobin (g/dL) in {t}: 10.2.",
    "Last hemoglobin ({t}) 10.2 g/dL.",
)


@pytest.mark.parametrize(("form", "when"), list(product(VALUES, WHEN)))
def test_a_laboratory_value_whose_day_stands_before_it(form, when):
    (lab,) = facts(dated(form, when[0]), Lab)
    assert (lab.analyte, lab.value, str(lab.when)) == ("hemoglobin", 10.2, when[1])


FIRST = ("Doxorubicin since {}", "Doxorubicin from {}", "She received doxorubicin from {}")
NEXT = (
    ", replaced by trabectedin in {}",
    ", switched to trabectedin in {}",
    " and switched to trabectedin in {}",
    " with a switch to trabectedin in {}",
)
LAST = ("", ", stopped in {}", " until {}", " (until {})")


@pytest.mark.parametrize(("first", "switch", "last"), list(product(FIRST, NEXT, LAST)))
def test_one_drug_for_another_and_up_to_when(first, switch, last):
    text = f"{first.format('July 2021')}{switch.format('September 2021')}{last.format('January 2022')}."
    expected = {
        ("start", "doxorubicin", "2021-07"),
        ("stop", "doxorubicin", "2021-09"),
        ("start", "trabectedin", "2021-09"),
    }
    expected |= {("stop", "trabectedin", "2022-01")} if last else set()
    told = [(f.event, *f.agents, str(f.when)) for f in facts(text, Treatment)]
    assert len(told) == len(expected)
    assert set(told) == expected


@pytest.mark.parametrize("last", ["stopped in January 2022", "until January 2022"])
def test_what_came_next_is_begun_after_what_ended(last):
    text = f"Doxorubicin from July 2021, stopped in September 2021, then trabectedin, {last}."
    told = [(f.event, *f.agents, str(f.when)) for f in facts(text, Treatment)]
    assert sorted(told) == [
        ("start", "doxorubicin", "2021-07"),
        ("start", "trabectedin", "None"),
        ("stop", "doxorubicin", "2021-09"),
        ("stop", "trabectedin", "2022-01"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "PET-CT in June 2021 showed uptake in the thigh mass and the inguinal node (SUVmax 18.2 and 9.4, "
            "respectively).",
            [("inguinal lymph node", 9.4), ("thigh", 18.2)],
        ),
        (
            "PET in June 2021 demonstrated avid lesions in the liver, lung and L2 with SUVmax of 8.2, 5.1 and 4.0, "
            "respectively.",
            [("l2 vertebra", 4.0), ("liver", 8.2), ("lung", 5.1)],
        ),
    ],
)
def test_uptakes_told_in_turn(text, expected):
    assert sorted((f.site, f.suv_max) for f in facts(text, Lesion)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CT in May 2021 showed lesions in the liver, lung and L2 measuring 3.1, 2.0 and 1.4 cm, respectively.",
            [("l2 vertebra", 14), ("liver", 31), ("lung", 20)],
        ),
        (
            "CT in May 2021 showed liver, lung, adrenal and splenic lesions of 31, 20, 14 and 9 mm.",
            [("adrenal gland", 14), ("liver", 31), ("lung", 20), ("spleen", 9)],
        ),
        (
            "CT in May 2021 showed lesions in the right upper lobe, left lower lobe and liver measuring 31, 20 and 14 "
            "mm, respectively.",
            [("liver", 14), ("lung lower lobe", 20), ("lung upper lobe", 31)],
        ),
        (
            "CT in May 2021 showed lesions in the lung, spleen and liver measuring 31 mm, 20 mm and 14 mm, "
            "respectively.",
            [("liver", 14), ("lung", 31), ("spleen", 20)],
        ),
        ("CT in May 2021 showed lung nodules of 3, 5, and 12 mm.", [("lung", 3), ("lung", 5), ("lung", 12)]),
        ("CT in May 2021 showed a 41×35-mm mass in the liver.", [("liver", 41)]),
    ],
)
def test_sizes_that_share_a_unit(text, expected):
    assert sorted((f.site, f.diameters_mm[0]) for f in facts(text, Lesion)) == expected


def test_sizes_told_in_turn_of_all_that_were_measured_last():
    text = (
        "CT in May 2021 showed a 4.0 cm mass in the right upper lobe, a 17 mm right paratracheal node and a 2.6 cm "
        "left adrenal nodule. In August 2021 the three lesions measured 3.1, 1.0 and 1.4 cm, respectively."
    )
    told = [(f.site, f.diameters_mm[0]) for f in facts(text, Lesion) if str(f.when) == "2021-08"]
    assert told == [("lung upper lobe", 31), ("paratracheal lymph node", 10), ("adrenal gland", 14)]
