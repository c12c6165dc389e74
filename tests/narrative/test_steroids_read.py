"""Steroids given for harm: when they began, were tapered and ended, without a word on the drug against the tumour.

Rows are put together from parts, so that the days they must yield are known from how they were put together.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Treatment
from caseboard.narrative import read

BEFORE = (
    "A 44-year-old man was diagnosed with melanoma in March 2019. Nivolumab was started on 3 April 2020. On 10 May 2020"
    " he developed grade 3 colitis. "
)
BEGUN = {
    "{D} 1 mg/kg was started on 12 May 2020": "2020-05-12",
    "He was started on {d} 60 mg on 12 May 2020": "2020-05-12",
    "{D} was given from 12 May 2020": "2020-05-12",
    "He received {d} 60 mg daily": "2020-05-10",
    "{D} was given": "2020-05-10",
}
ENDED = {
    " and tapered off by 20 June 2020.": ["stop"],
    " and weaned off by 20 June 2020.": ["stop"],
    " and stopped on 20 June 2020.": ["stop"],
    ", tapered and stopped on 20 June 2020.": ["stop"],
    ". It was tapered off by 20 June 2020.": ["stop"],
    ". It was weaned and stopped on 20 June 2020.": ["stop"],
    ". The taper was completed on 20 June 2020.": ["stop"],
    " and tapered to 10 mg by 20 June 2020.": ["change"],
    " and tapered over six weeks.": [],
}
STEROIDS = ("prednisolone", "dexamethasone", "methylprednisolone")


@pytest.mark.parametrize(("begun", "ended", "drug"), list(product(BEGUN, ENDED, STEROIDS)))
def test_begun_and_tapered(begun, ended, drug):
    text = (begun + ended).format(d=drug, D=drug.capitalize())
    facts = read(Document("made", BEFORE + text)).of(Treatment)
    told = [(fact.event, fact.agents, str(fact.when)) for fact in facts]
    assert told[0] == ("start", ("nivolumab",), "2020-04-03")
    assert told[1:] == [
        ("start", (drug,), BEGUN[begun]),
        *((event, (drug,), "2020-06-20") for event in ENDED[ended]),
    ]


IMMUNE = "Carboplatin, pemetrexed and pembrolizumab were started on 12 September 2022. "


@pytest.mark.parametrize(
    ("told", "agents"),
    [
        ("On 9 March 2023 she developed grade 3 immune-related pneumonitis.", {"pembrolizumab"}),
        ("On 9 March 2023 she developed grade 3 immune-mediated colitis.", {"pembrolizumab"}),
        ("On 9 March 2023 she had a grade 2 irAE (hepatitis).", {"pembrolizumab"}),
        ("On 9 March 2023 she had chemotherapy-induced nausea of grade 2.", {"carboplatin", "pemetrexed"}),
        ("On 9 March 2023 she developed steroid-induced hyperglycaemia.", set()),
        (
            "From 1 March 2023 she received docetaxel. On 9 March 2023 grade 2 immune-related pneumonitis was seen.",
            {"pembrolizumab"},
        ),
        (
            "Prednisolone was started on 1 March 2023. On 9 March 2023 she developed steroid-induced hyperglycaemia.",
            {"prednisolone"},
        ),
    ],
)
def test_harm_is_of_the_class_that_its_name_says(told, agents):
    text = "A 64-year-old woman was diagnosed with lung adenocarcinoma in August 2022. " + IMMUNE + told
    (harm,) = read(Document("made", text)).of(AdverseEvent)
    assert set(harm.agents) == agents
