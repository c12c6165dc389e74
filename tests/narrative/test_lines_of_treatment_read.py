"""Lines of treatment as forms and letters lay them out: tables, lists, headed blocks. Worked by hand; rows are ours.

The best response of a period has no day of its own: it lies within the period; progression is of its end.
"""

from __future__ import annotations

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Response, Treatment
from caseboard.narrative import read

PATIENT = "A 50-year-old man presented on 3 May 2019 with a sarcoma of the thigh.\n\n"
COURSE = (
    ("doxorubicin", "75 mg/m2", "03.05.2020", "04.08.2020", "SD"),
    ("pazopanib", "800 mg daily", "01.09.2020", "15.03.2021", "PR"),
    ("trabectedin", "1.5 mg/m2", "06.04.2021", "20.07.2021", "PD"),
)


def table(head, row):
    return "\n".join([head, *(row.format(*line, number=n) for n, line in enumerate(COURSE, 1))])


def lines(row, parted="\n"):
    return parted.join(row.format(*line, number=n) for n, line in enumerate(COURSE, 1))


TABLES = {
    "strokes": table(
        "Line | Drug | Dose | Start | Stop | Best response", "{number} | {0} | {1} | {2} | {3} | {4}"
    ),
    "markdown": table(
        "| Line | Agent | Start date | End date | BOR |\n|---|---|---|---|---|",
        "| {number} | {0} | {2} | {3} | {4} |",
    ),
    "tabs": table("Regimen\tFrom\tTo\tResponse", "{0}\t{2}\t{3}\t{4}"),
    "blanks": table(
        f"{'Line':6}{'Drug':16}{'Start':14}{'End':14}Best response", "{number:<6}{0:16}{2:14}{3:14}{4}"
    ),
    "a period": table("Treatment | Period | Outcome", "{0} | {2} - {3} | {4}"),
    "dates first": table("Start | End | Agent | Outcome", "{2} | {3} | {0} | {4}"),
}
LISTS = {
    "periods without blanks": lines("{number}L: {0} {1} {2}-{3}, {4}"),
    "dates first": lines("{2}-{3} {0} {1} ({4})"),
    "arrows": lines("{0} {2} → {3} {4}"),
    "brackets": lines("{number}. {0} {1} ({2} – {3}), {4}"),
    "until": lines("- {0} {1} from {2} until {3} ({4})"),
    "blocks": lines("{0} {1}\nStart: {2}\nStop: {3}\nBest response: {4}", "\n\n"),
    "labelled blocks": lines("Line {number}\nDrug: {0}\nStart: {2}\nEnd: {3}\nBest response: {4}", "\n\n"),
}
EXPECTED = {
    ("start", "doxorubicin", "2020-05-03"),
    ("stop", "doxorubicin", "2020-08-04"),
    ("start", "pazopanib", "2020-09-01"),
    ("stop", "pazopanib", "2021-03-15"),
    ("start", "trabectedin", "2021-04-06"),
    ("stop", "trabectedin", "2021-07-20"),
}


def told(text):
    return {(f.event, *f.agents, str(f.when)) for f in read(Document("row", PATIENT + text)).of(Treatment)}


@pytest.mark.parametrize("form", TABLES)
def test_a_table_of_treatments(form):
    assert told(TABLES[form]) == EXPECTED
    case = read(Document("row", PATIENT + TABLES[form]))
    assert [(f.category, str(f.when), f.certainty) for f in case.of(Response)] == [
        ("SD", "2020-05-03 to 2020-08-04", "inferred"),
        ("PR", "2020-09-01 to 2021-03-15", "inferred"),
        ("PD", "2021-07-20", "stated"),
    ]


@pytest.mark.parametrize("form", LISTS)
def test_a_list_of_treatments(form):
    assert told(LISTS[form]) == EXPECTED
    for fact, (_, _, start, stop, category) in zip(
        read(Document("row", PATIENT + LISTS[form])).of(Response), COURSE, strict=True
    ):
        first, last = (f"{day[6:]}-{day[3:5]}-{day[:2]}" for day in (start, stop))
        assert fact.category == category
        assert (fact.when is None) == (form == "until" and category != "PD")  # no day is told of it there
        if fact.when is not None:
            assert first <= str(fact.when.first) <= str(fact.when.last) <= last


def test_a_dose_and_a_reason_have_their_columns_and_what_goes_on_has_no_end():
    text = (
        "Drug | Dose | Start | Stop | Reason\nDoxorubicin | 60 mg/m2 | 03.05.2020 | 04.08.2020 | cardiotoxicity\n"
        "Pazopanib | 800 mg | 01.09.2020 | ongoing | -\n"
    )
    facts = read(Document("row", PATIENT + text)).of(Treatment)
    assert [(f.event, f.dose, f.reason) for f in facts] == [
        ("start", "60 mg/m2", None),
        ("stop", None, "cardiotoxicity"),
        ("start", "800 mg", None),
    ]


def test_a_table_of_something_else_begins_no_drug():
    text = "Gene | Start | Stop\nKIT | 55 | 57\nPDGFRA | 82 | 84\n"
    assert told(text) == set()
