"""Metamorphic: the same case, told in another form, gives the same facts.

The stories are ours (tests/narrative/corpus); what is changed cannot matter to a reader.
"""

from __future__ import annotations

import calendar
import html
import io
import re
import textwrap
from pathlib import Path

import msgspec
import pytest

from caseboard.case import Case, Document
from caseboard.formats import read_case
from caseboard.narrative import read
from documents import pdf

CORPUS = sorted((Path(__file__).parent / "narrative" / "corpus").glob("*.txt"))
MONTHS = [calendar.month_name[number] for number in range(1, 13)]
# These hold words of the text, in which a date may stand.
FREE_TEXT = ("id", "source", "why", "remarks", "procedure", "reason", "detail")

CASE = (
    "In April 2018 a 23-year-old man presented with a mass of 6 cm in the left thigh. A biopsy in May 2018 revealed "
    "inflammatory myofibroblastic tumor. RNA sequencing detected a TFG-ROS1 fusion.",
    "He was started on crizotinib 250 mg twice daily in June 2018. CT on September 3, 2018 showed a partial response, "
    "and the mass in the left thigh measured 3 cm. Crizotinib was stopped in January 2019.",
)
TABLE = (("", "3 May 2018", "4 June 2018"), ("ALT (U/l)", "30", "95"), ("LDH (U/l)", "200", ""))
DISCUSSION = "Other authors reported a 60-year-old woman with a lung mass of 8 cm, who died in July 2012."


def plain(case: Case) -> list[object]:
    """Return the facts without what may change: their places, and fields in the words of the text."""
    told = []
    for fact in case.facts:
        fields = msgspec.to_builtins(fact)
        told.append({name: value for name, value in fields.items() if name not in FREE_TEXT})
    return told


def facts(text: str) -> list[object]:
    return plain(read(Document("case", text)))


def in_numbers(text: str) -> str:
    """Write every month and year that has no day as a number: "March 2019" as "03/2019"."""

    def written(match: re.Match[str]) -> str:
        return f"{MONTHS.index(match[1]) + 1:02}/{match[2]}"

    return re.sub(rf"\b(?<!\d )({'|'.join(MONTHS)}) ((?:19|20)\d\d)\b", written, text)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_months_in_numbers_give_the_same_facts(path):
    text = path.read_text(encoding="utf-8")
    changed = in_numbers(text)
    if changed == text:
        pytest.skip("no month stands with its year alone")
    assert facts(changed) == facts(text)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_line_ends_of_another_system_give_the_same_facts(path):
    text = path.read_text(encoding="utf-8")
    assert facts(text.replace("\n", "\r\n")) == facts(text)


@pytest.mark.parametrize("joined", ["{}-{}", "{}::{}", "{}/{}"])
@pytest.mark.parametrize(
    ("five", "three"), [("TFG", "ROS1"), ("EML4", "ALK"), ("ETV6", "NTRK3"), ("TPM3", "NTRK1")]
)
def test_a_fusion_with_its_partners_reversed_is_the_same_fusion(joined, five, three):
    # 5' partner and kinase as the literature has them, for example Lovly 2014 (Cancer Discov 4:889) for TFG::ROS1.
    told = "A 23-year-old man had a mass of the thigh. RNA sequencing detected a {} fusion."
    straight = facts(told.format(joined.format(five, three)))
    assert facts(told.format(joined.format(three, five))) == straight
    assert any(
        fact["kind"] == "alteration" and (fact["gene5"], fact["gene3"]) == (five, three) for fact in straight
    )


def as_text() -> bytes:
    rows = [" | ".join(cell or "–" for cell in row).removeprefix("– | ") for row in TABLE]
    return "\n\n".join(["Case report", CASE[0], *rows, CASE[1], "Discussion", DISCUSSION]).encode()


def as_html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    return (
        f"<!DOCTYPE html><html><body><nav>Home</nav><h2>Case report</h2><p>{html.escape(CASE[0])}</p>"
        f"<table>{rows}</table><p>{html.escape(CASE[1])}</p><h2>Discussion</h2><p>{DISCUSSION}</p></body></html>"
    ).encode()


def as_jats() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    return (
        f"<article><body><sec><title>Case report</title><p>{CASE[0]}</p><table-wrap><table>{rows}</table></table-wrap>"
        f"<p>{CASE[1]}</p></sec><sec><title>Discussion</title><p>{DISCUSSION}</p></sec></body></article>"
    ).encode()


def as_docx() -> bytes:
    docx = pytest.importorskip("docx", reason="python-docx is the extra documents")
    document = docx.Document()
    document.add_heading("Case report")
    document.add_paragraph(CASE[0])
    table = document.add_table(rows=len(TABLE), cols=len(TABLE[0]))
    for row, cells in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph(CASE[1])
    document.add_heading("Discussion")
    document.add_paragraph(DISCUSSION)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf() -> bytes:
    pytest.importorskip("pypdf", reason="pypdf is the extra documents")
    first, second = ("\n".join(textwrap.wrap(part, 60)) for part in CASE)
    first = first.replace("myofibroblastic ", "myofibro-\nblastic ")
    rows = [" | ".join(cell or "-" for cell in row).removeprefix("- | ") for row in TABLE]
    lines = second.split("\n")
    half = len(lines) // 2
    pages = [
        ["Cases 2020", "Case report", *first.split("\n"), "", *rows, "", *lines[:half], "1"],
        ["Cases 2020", *lines[half:], "", "Discussion", *textwrap.wrap(DISCUSSION, 60), "2"],
        ["Cases 2020", "References", "3"],
    ]
    return pdf(pages)


@pytest.mark.parametrize("form", [as_html, as_jats, as_docx, as_pdf])
def test_the_same_case_in_another_format_gives_the_same_facts(tmp_path, form):
    text, other = tmp_path / "case", tmp_path / "other"
    text.write_bytes(as_text())
    other.write_bytes(form())
    told = plain(read_case(str(text)))
    assert len([fact for fact in told if fact["kind"] == "lab"]) == 3
    assert plain(read_case(str(other))) == told
