"""Entries of a list of treatments: "2L: pazopanib, 03/2023 - 09/2023; best response: SD; reason for stop: progression".

Rows are put together from what clinicians write, so that what they must yield is known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Response, Treatment
from caseboard.narrative import read

HEAD = "A 40-year-old woman with leiomyosarcoma diagnosed in May 2021 had prior systemic treatment:\n"
NEXT = "\n• doxorubicin, 10/2023 – 12/2023"
MARKS = ("• ", "1. ", "• 2L: ")
PERIODS = (
    "pazopanib, 03/2023 – 09/2023",
    "pazopanib (03/2023 - 09/2023)",
    "pazopanib 800 mg, March to September 2023",
)
PARTS = ("; ", " - ", ", ", ". ")
RATINGS = ("best response: SD", "BOR SD", "best overall response: stable disease")
REASONS = (
    "reason for stop: progression",
    "reason for discontinuation: PD",
    "stopped for progression",
    "discontinued due to PD",
)


def entry(mark, period, part, rating, reason):
    behind = {". ": ". ", "; ": "; "}.get(part, ", ")
    told = reason.capitalize() if behind == ". " else reason
    return f"{HEAD}{mark}{period}{part}{rating}{behind}{told}{NEXT}"


def responses(text):
    facts = read(Document("made", text)).facts
    return sorted((fact.category, str(fact.when)) for fact in facts if isinstance(fact, Response))


@pytest.mark.parametrize("row", list(product(MARKS, PERIODS, PARTS, RATINGS, REASONS)))
def test_the_best_response_lies_within_the_period_and_progression_at_its_end(row):
    (pd, ended), (sd, best) = responses(entry(*row))
    assert (pd, sd) == ("PD", "SD")
    assert ended == "2023-09"
    assert best in ("2023-03 to 2023-09", "2023-09")


@pytest.mark.parametrize("row", list(product(MARKS, PERIODS, PARTS, REASONS)))
def test_progression_that_ended_an_entry_without_a_rating(row):
    mark, period, part, reason = row
    told = reason.capitalize() if part == ". " else reason
    assert responses(f"{HEAD}{mark}{period}{part}{told}{NEXT}") == [("PD", "2023-09")]


def test_harm_that_ended_an_entry_is_of_its_end():
    text = f"{HEAD}• crizotinib, 10/2023 – 12/2023; best response: PR; reason for stop: toxicity (hepatitis grade 4)"
    facts = read(Document("made", text)).facts
    (harm,) = (fact for fact in facts if isinstance(fact, AdverseEvent))
    assert (harm.grade, str(harm.when)) == (4, "2023-12")
    (stop,) = (fact for fact in facts if isinstance(fact, Treatment) and fact.event == "stop")
    assert stop.reason == "toxicity (hepatitis grade 4)"


def test_what_is_told_behind_the_best_response_with_its_own_day_is_kept():
    text = f"{HEAD}First line: doxorubicin, Jan 2019 - Jun 2019, best response PR, PD in Sep 2019."
    assert ("PD", "2019-09") in responses(text)


TABLE = (
    "Diagnosis: desmoplastic small round cell tumour, 03/2020.\n\nPrevious treatment:\n\n"
    "Regimen | Dates | Best response | Reason stopped\n"
    "VDC/IE | 04/2020 - 09/2020 | PR | completed, surgery\n"
    "Cytoreductive surgery + HIPEC (cisplatin) | 21.10.2020 | - | -\n"
    "Pazopanib 800 mg | 06/2023 - 10/2023 | SD | hepatotoxicity\n\n"
    "Under pazopanib the disease was stable again, but the drug had to be stopped because of elevated transaminases."
)


def test_a_reason_is_no_operation_and_the_drug_of_hipec_no_line():
    told = [fact for fact in read(Document("made", TABLE)).facts if isinstance(fact, Treatment)]
    assert [f.procedure for f in told if f.modality == "surgery"] == ["cytoreductive surgery + hipec"]
    assert not any("cisplatin" in f.agents for f in told)
    # what the summary says of pazopanib once more is neither a resumption nor another end
    assert [(f.event, str(f.when)) for f in told if f.agents == ("pazopanib",)] == [
        ("start", "2023-06"),
        ("stop", "2023-10"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "In May 2020 cytoreductive surgery with HIPEC (cisplatin 100 mg/m2) was done.",
        "She underwent CRS and HIPEC with mitomycin C in May 2020.",
        "In May 2020 he had isolated limb perfusion with TNF-alpha and melphalan.",
        "In May 2020, melphalan-based ILP was performed.",
    ],
)
def test_drugs_that_rinse_a_cavity_or_a_limb_are_part_of_the_procedure(told):
    text = f"A 44-year-old patient was diagnosed with liposarcoma in March 2019. {told}"
    facts = read(Document("made", text)).facts
    assert [f.modality for f in facts if isinstance(f, Treatment)] == ["surgery"]
    assert not any(isinstance(fact, AdverseEvent) for fact in facts)
