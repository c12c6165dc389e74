"""One story, our own, in other forms of date and other layouts: the same facts are read. Worked by hand."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Demographics, Diagnosis, Lab, Lesion, Outcome, Treatment
from caseboard.narrative import read

DAYS = [date(2021, 6, 17), date(2021, 7, 5), date(2021, 9, 13), date(2022, 1, 24), date(2022, 3, 8)]
PROSE = (
    "A 50-year-old man presented on {} with a mass of the thigh. Biopsy on {} showed leiomyosarcoma. Doxorubicin was"
    " started on {}. CT on {} showed a liver lesion of 23 mm. LDH was 300 U/L on {}."
)
NOTE = (
    "Male, 50 y. First seen {} with a mass of the thigh. Biopsy {}: leiomyosarcoma. Doxorubicin from {}. CT {}: liver"
    " lesion 23 mm. Bloods {}: LDH 300 U/L.\n"
)
FORMS = {
    "17JUN2021": lambda day: f"{day:%d%b%Y}".upper(),
    "17/Jun/2021": lambda day: f"{day:%d/%b/%Y}",
    "17/Jun/21": lambda day: f"{day:%d/%b/%y}",
    "Jun-17-2021": lambda day: f"{day:%b-%d-%Y}",
    "20210617": lambda day: f"{day:%Y%m%d}",
    "June 17, '21": lambda day: f"{day:%B} {day.day}, '{day:%y}",
    "Thursday 17 June 2021": lambda day: f"{day:%A} {day.day} {day:%B %Y}",
    "the 17th of June, 2021": lambda day: f"the {day.day}th of {day:%B}, {day:%Y}",
    "17.6.21": lambda day: f"{day.day}.{day.month}.{day:%y}",
    "17.VI.2021": lambda day: f"{day.day}.{('VI', 'VII', 'IX', 'I', 'III')[DAYS.index(day)]}.{day.year}",
}


def days(text, kinds):
    case = read(Document(name="row", text=text))
    return [next((str(fact.when) for fact in case.of(kind)), None) for kind in kinds]


@pytest.mark.parametrize("form", FORMS)
def test_dates_are_read_in_every_form_that_letters_have(form):
    written = [FORMS[form](day) for day in DAYS]
    expected = [str(day) for day in DAYS]
    assert days(PROSE.format(*written), (Demographics, Diagnosis, Treatment, Lesion, Lab)) == expected
    assert days(NOTE.format(*written), (Diagnosis, Treatment, Lesion, Lab)) == expected[1:]


@pytest.mark.parametrize(
    "text", ["Accession no 20210617 was filed.", "The id 20210617 is ours.", "Accession: 20210617."]
)
def test_a_number_is_no_date(text):
    before = "A 50-year-old man presented on 3 May 2019 with a mass of the thigh. "
    assert days(f"{before}{text} LDH was 300 U/L.", (Lab,)) == ["2019-05-03"]


STORY = [
    "A 50-year-old man presented on 17 June 2021 with a mass of the right thigh.",
    "MRI on 22 June 2021 showed a mass of 84 mm in the right thigh.",
    "Biopsy on 5 July 2021 showed leiomyosarcoma.",
    "CT on 10 January 2022 showed two lung metastases, 14 mm in the right upper lobe and 9 mm in the left lower lobe.",
    "Doxorubicin 75 mg/m2 was started on 24 January 2022.",
    "LDH was 300 U/L on 24 January 2022.",
    "Febrile neutropenia (grade 3) occurred on 8 February 2022.",
    "CT on 20 April 2022 showed a partial response.",
    "Doxorubicin was stopped on 1 June 2022 because of cardiotoxicity.",
    "RNA sequencing on 3 October 2022 showed an ETV6::NTRK3 fusion.",
    "Larotrectinib 100 mg twice daily was started on 17 October 2022.",
]
WHOLE = " ".join(STORY)
LAYOUTS = {
    "lines": "\n".join(STORY),
    "lines without full stops": "\n".join(line[:-1] for line in STORY),
    "carriage returns": "\r\n".join(STORY),
    "bullets": "\n".join(f"- {line}" for line in STORY),
    "numbers": "\n".join(f"{number}. {line}" for number, line in enumerate(STORY, 1)),
    "filled to 40": textwrap.fill(WHOLE, 40),
    "filled to 60": textwrap.fill(WHOLE, 60),
    "filled to 72": textwrap.fill(WHOLE, 72),
    "en dashes": WHOLE.replace("-", "–"),
    "letter": (
        f"St Mary's Hospital\n12 March 2024\n\nDear Dr Smith,\n\nRe: Mr John X\n\n{WHOLE}\n\n"
        "Yours sincerely,\n\nDr Jones"
    ),
}


def told(text):
    case = read(Document(name="row", text=text))
    return sorted(
        (
            type(fact).__name__,
            str(fact.when),
            *(
                str(getattr(fact, name, None))
                for name in ("agents", "event", "diameters_mm", "term", "category", "age_years", "value")
            ),
        )
        for fact in case.facts
        if not isinstance(fact, Outcome)  # a letter tells of its own day that he is alive
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_told_does_not_hang_on_where_lines_end(layout):
    assert told(LAYOUTS[layout]) == told(WHOLE)


def test_short_lines_of_one_length_are_no_filled_text():
    """Six entries of about one length, none of which goes on with the one above."""
    note = "\n".join(
        [
            "Male, 50 y. Mass of the thigh.",
            *(f"{day:%d.%m.%Y} LDH was {300 + n} U/L" for n, day in enumerate(DAYS)),
        ]
    )
    assert [str(f.when) for f in read(Document(name="row", text=note)).of(Lab)] == [str(day) for day in DAYS]


def test_days_in_brackets_are_counted_from_the_one_that_is_day_0():
    text = (
        "A 50-year-old man presented with a mass of the thigh (day 0). Biopsy (day 7) showed leiomyosarcoma. CT"
        " (day 150) showed a liver lesion of 23 mm. LDH was 300 U/L (day 200)."
    )
    case = read(Document(name="row", text=text))
    assert [fact.when.days for kind in (Diagnosis, Lesion, Lab) for fact in case.of(kind)] == [7, 150, 200]
