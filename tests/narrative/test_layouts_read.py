"""One report in the layouts in which the texts of articles come: the same facts, whatever became of its headings.

The report is our own; what each layout must give is what the report with its lines gives, and that is checked against
values read off its sentences by hand.
"""

from __future__ import annotations

import re

import pytest

from caseboard.case.case import Document
from caseboard.case.facts import Demographics, Lesion, Outcome, Treatment
from caseboard.narrative import read

REPORT = "\n".join(
    (
        "Lorlatinib in a tumour of the mesentery",
        "",
        "Abstract",
        "We describe a man with an inflammatory myofibroblastic tumour who responded twice.",
        "",
        "Introduction",
        "Inflammatory myofibroblastic tumours are rare and occur mainly in children.[1] About half of them carry a"
        " fusion of ALK.[2,3] In a trial of crizotinib, 6 of 12 patients responded.[4]",
        "",
        "Case presentation",
        "A 31-year-old man came to our clinic on 6 March 2018 because of abdominal pain. CT showed a mesenteric mass of"
        " 15.8 cm. Laparotomy was performed on 13 March 2018. Crizotinib 250 mg twice daily was started on 14 May 2018."
        " On 15 June 2018 CT showed a pelvic mass of 2.9 cm. He died on 1 February 2020.",
        "",
        "Discussion",
        "Lee et al. described a 12-year-old girl with a mass of 7 cm who received crizotinib in 2015.[5] Resistance is"
        " often due to G1202R.[6]",
        "",
    )
)
HEADINGS = ("Abstract", "Introduction", "Case presentation", "Discussion")


def headed(lines, **names):
    return "\n".join(names.get(line.split()[0].lower(), line) if line in HEADINGS else line for line in lines)


def one_line(text):
    return re.sub(r"\s*\n\s*", " ", text)


def numbered(text):
    for number, name in enumerate(HEADINGS[1:], start=1):
        text = text.replace(f"\n{name}\n", f"\n{number} {name}\n")
    return text


LINES = REPORT.split("\n")
LAYOUTS = {
    "as written": REPORT,
    "one line": one_line(REPORT),
    "numbered": numbered(REPORT),
    "numbered, one line": one_line(numbered(REPORT)),
    "capitals, one line": one_line(
        headed(LINES, abstract="ABSTRACT", introduction="INTRODUCTION", case="CASE", discussion="DISCUSSION")
    ),
    "the case without its heading": headed(LINES, case=""),
    "the case without its heading, one line": one_line(headed(LINES, case="")),
    "a heading that nobody knows": headed(LINES, case="What befell our man"),
    "a heading that nobody knows, one line": one_line(headed(LINES, case="What befell our man")),
    "no heading at all": headed(LINES, abstract="", introduction="", case="", discussion=""),
    "no heading at all, one line": one_line(
        headed(LINES, abstract="", introduction="", case="", discussion="")
    ),
    "a summary with a case of its own": headed(
        LINES,
        abstract="Abstract\nBackground: These tumours are rare. Case presentation: A 31-year-old man had a mass that"
        " relapsed and responded to crizotinib. Conclusion: Treatment can be repeated.",
        case="",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_case_is_found_in_any_layout(layout):
    case = read(Document(name="report", text=LAYOUTS[layout]))
    assert [(fact.sex, fact.age_years) for fact in case.of(Demographics)] == [("male", 31)]
    assert [(fact.diameters_mm, str(fact.when)) for fact in case.of(Lesion)] == [
        ((158.0,), "2018-03-06"),
        ((29.0,), "2018-06-15"),
    ]
    assert [(fact.modality, fact.agents, str(fact.when)) for fact in case.of(Treatment)] == [
        ("surgery", (), "2018-03-13"),
        ("systemic", ("crizotinib",), "2018-05-14"),
    ]
    assert [(fact.vital, str(fact.when)) for fact in case.of(Outcome)] == [("dead", "2020-02-01")]
