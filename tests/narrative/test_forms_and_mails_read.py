"""Forms with boxes to tick, mails that answer mails, times in brackets, what was printed or filed on another day.

Each text is made; what is expected is what a reader of the form takes from it.
"""

from __future__ import annotations

from itertools import product

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import AdverseEvent, Diagnosis, Lab, Lesion, Outcome, Response, Treatment
from caseboard.narrative import read

ILL = "A 57-year-old woman was diagnosed with leiomyosarcoma on 12 January 2020.\n\n"


def facts(kind, text, ill=ILL):
    return [fact for fact in read(Document("form", ill + text)).facts if isinstance(fact, kind)]


BOXES = (("[ ]", "[x]"), ("[ ]", "[X]"), ("☐", "☒"), ("□", "■"), ("☐", "☑"), ("( )", "(x)"))
LABELS = ("CR", "PR", "SD", "PD")


@pytest.mark.parametrize(("boxes", "ticked", "behind"), list(product(BOXES, LABELS, (False, True))))
def test_only_the_ticked_response_is_told(boxes, ticked, behind):
    marks = [(boxes[label == ticked], label) for label in LABELS]
    line = " ".join(f"{label} {box}" if behind else f"{box} {label}" for box, label in marks)
    text = f"Pazopanib was started in March 2020.\nResponse: {line}\n"
    assert [fact.category for fact in facts(Response, text)] == [ticked]


@pytest.mark.parametrize("boxes", BOXES)
def test_what_is_not_ticked_does_not_hold(boxes):
    no, yes = boxes
    text = (
        f"{no} Hypertension grade 3\n{no} Lung metastasis 12 mm\n{no} Pazopanib started 5 October 2020\n{no} Deceased\n"
        f"{yes} Progressive disease\n"
    )
    assert [fact.category for fact in facts(Response, text)] == ["PD"]
    assert facts(AdverseEvent, text) == []
    assert facts(Lesion, text) == []
    assert facts(Treatment, text) == []
    assert [fact.vital for fact in facts(Outcome, text)] == ["alive"]


@pytest.mark.parametrize(
    ("alive", "vital"), [("[ ] yes [x] no", []), ("[x] yes [ ] no", ["dead"]), ("no", [])]
)
def test_a_death_that_is_not_ticked(alive, vital):
    assert [fact.vital for fact in facts(Outcome, f"Deceased: {alive}\n")] == vital


@pytest.mark.parametrize("lost", ["[ ]", "( )", "[]"])
def test_references_that_were_lost_are_no_boxes(lost):
    text = f"As told before {lost} and elsewhere {lost}, pazopanib was started in March 2020 with partial response."
    assert [str(fact.when) for fact in facts(Treatment, text)] == ["2020-03"]
    assert [fact.category for fact in facts(Response, text)] == ["PR"]


def test_what_a_form_offers_is_not_chosen():
    assert facts(Response, "Pazopanib was started in March 2020.\nBest response: CR / PR / SD / PD\n") == []


QUOTED = "Pazopanib was started today. Plt 98 K/uL.\nRash gr 2 since yesterday."
NEWEST = "A 57-year-old woman with leiomyosarcoma started trabectedin today. Hb 9.1 g/dL."
THREADS = (
    "Date: 1 March 2021\n\n{new}\n\nOn 5 October 2020, Dr A wrote:\n{quoted}\n",
    "From: Dr B\nSent: 1 March 2021 10:00\nTo: Dr A\n\n{new}\n\n-----Original Message-----\nFrom: Dr A\n"
    "Sent: 5 October 2020 09:00\nTo: Dr B\n\n{plain}\n",
    "From: Dr B\nDate: Mon, 1 March 2021 10:00\n\n{new}\n\nOn Mon, 5 October 2020 at 09:00, Dr A wrote:\n{quoted}\n",
    "Date: 1 March 2021\n\n{new}\n\nOn October 5, 2020, Dr A wrote:\n{twice}\n",
)


@pytest.mark.parametrize("thread", THREADS)
def test_a_mail_that_is_answered_has_its_own_today(thread):
    quoted, twice = ("\n".join(sign + line for line in QUOTED.split("\n")) for sign in ("> ", ">> "))
    text = thread.format(new=NEWEST, plain=QUOTED, quoted=quoted, twice=twice)
    told = {fact.agents: str(fact.when) for fact in facts(Treatment, text, "")}
    assert told == {("trabectedin",): "2021-03-01", ("pazopanib",): "2020-10-05"}
    assert [str(fact.when) for fact in facts(Lab, text, "")] == ["2021-03-01", "2020-10-05"]
    assert [str(fact.when) for fact in facts(AdverseEvent, text, "")] == ["2020-10-04"]


def test_a_time_in_brackets_heads_its_line():
    text = "[2020-03-13 10:00] Doxorubicin was started.\n[2020-10-25 09:12] Pazopanib was started.\n"
    assert [str(fact.when) for fact in facts(Treatment, text)] == ["2020-03-13", "2020-10-25"]


def test_dots_lead_to_the_day_of_their_line():
    text = (
        "Doxorubicin started ........ 13 March 2020\nCT: partial response ....... 20 May 2020\n"
        "Doxorubicin stopped ........ 15 August 2020\n"
    )
    assert [str(fact.when) for fact in facts(Treatment, text)] == ["2020-03-13", "2020-08-15"]
    assert [str(fact.when) for fact in facts(Response, text)] == ["2020-05-20"]


@pytest.mark.parametrize(
    "line",
    ["Printed on 30 June 2023", "DOE, Jane  MRN 12345678  30/06/2023  Page 2/3", "Filed: 30 June 2023 08:00"],
)
def test_the_day_of_the_paper_is_none_of_the_story(line):
    text = f"Date of visit: 25 October 2020\nPazopanib was started today.\n{line}\nGrade 3 hypertension. Hb 9.8 g/dL.\n"
    assert {str(fact.when) for fact in (*facts(Lab, text), *facts(AdverseEvent, text))} == {"2020-10-25"}


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("Next scan on 14 February 2021 showed progressive disease.", "PD"),
        ("Next visit: stable disease on 14 February 2021.", "SD"),
    ],
)
def test_a_line_of_the_story_is_none_of_the_paper(line, category):
    told = facts(Response, f"Pazopanib was started on 5 October 2020.\n{line}\n")
    assert [(fact.category, str(fact.when)) for fact in told] == [(category, "2021-02-14")]


def test_the_day_of_an_examination_is_not_that_of_its_report():
    text = (
        "CT ABDOMEN\nExam date: 14 February 2021\nReport date: 18 February 2021\nLiver lesion 45 mm. Growing."
    )
    assert [str(fact.when) for fact in facts(Lesion, text)] == ["2021-02-14"]


def test_a_rating_alone_rates_what_stands_before_it():
    text = "Doxorubicin\n13 March 2020 - 15 August 2020\nPR\n\nPazopanib\n25 October 2020 - 14 February 2021\nPD\n"
    assert [(f.category, str(f.when)) for f in facts(Response, text)] == [
        ("PR", "2020-08-15"),
        ("PD", "2021-02-14"),
    ]


def test_quotes_are_the_words_of_the_form():
    text = ILL + "Pazopanib was started in March 2020.\nResponse on CT 20 May 2020: □ CR ■ PR □ SD □ PD\n"
    for fact in read(Document("form", text)).facts:
        assert fact.source.span is not None
        assert text[fact.source.span.start : fact.source.span.end] == fact.source.quote
    assert [fact.term for fact in facts(Diagnosis, "", text)] == ["leiomyosarcoma"]
