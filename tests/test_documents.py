"""HTML, DOCX and PDF: laid out as text on which the spans of the facts count, or refused in one line."""

from __future__ import annotations

import io
import sys
import tracemalloc
import zipfile

import pytest

from caseboard.case import DateInterval
from caseboard.errors import InputError
from caseboard.formats import read_case
from caseboard.formats.detect import find_reader
from caseboard.formats.docx import docx_document
from caseboard.formats.html import html_document
from caseboard.formats.pdf import pdf_document
from caseboard.formats.reflow import reflow
from caseboard.formats.source import SourceText, read_source
from documents import pdf, zipped
from timing import seconds

STORY = "A 40-year-old woman presented in March 2019 with a mass of 5 cm in the left thigh."

PAGE = """<!DOCTYPE html>
<html><head><title>A rare tumor | J Cases</title><meta name="citation_title" content="A rare tumor">
<meta name="citation_doi" content="10.1/z"><meta name="citation_publication_date" content="2020/02/03">
<style>p { color: red }</style></head>
<body><nav><a href="/">Home</a></nav><div class="cookie-banner">We like cookies.</div>
<main><article><header><h1>A rare tumor</h1></header>
<section><h2>Case report</h2><p>A <b>40-year-old</b> woman<sup><a href="#r1">1</a>,<a href="#r2">2</a></sup> had
a mass of 5&nbsp;cm<sup>3</sup>.</p><script>alert(1)</script><p hidden>Not shown.</p>
<h4>Table 1. Blood</h4><table><caption>At admission</caption><tr><th></th><th>May</th><th>June</th></tr>
<tr><td>ALT</td><td></td><td>30</td></tr></table>
<figure><img alt="x"><figcaption><b>Figure 1.</b> The mass.</figcaption></figure>
<ul><li>crizotinib</li><li>surgery</li></ul></section>
<section><h2>Discussion</h2><h3>Why</h3><div>Rare.<br>Very rare.</div></section></article></main>
<aside>Related: another patient</aside><footer>2020</footer></body></html>"""


def source(content: str | bytes, path: str = "case") -> SourceText:
    data = content.encode() if isinstance(content, str) else content
    return SourceText(path, path, data, content if isinstance(content, str) else "")


@pytest.fixture
def word():
    """A Word document made with python-docx, and a function that gives its bytes."""
    docx = pytest.importorskip("docx", reason="python-docx is the extra documents")
    document = docx.Document()

    def data() -> bytes:
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return document, data


def test_html_is_laid_out_with_headings_tables_and_legends_and_without_what_surrounds_the_article():
    document = html_document(source(PAGE))
    assert (document.title, document.doi) == ("A rare tumor", "10.1/z")
    assert document.published == DateInterval.of(2020, 2, 3)
    assert document.text == (
        "# A rare tumor\n\n## Case report\n\nA 40-year-old woman had a mass of 5 cm3.\n\nTable 1. Blood\n\n"
        "At admission\n\nMay | June\n\nALT | – | 30\n\n- crizotinib\n\n- surgery\n\n"
        "## Discussion\n\n## Why\n\nRare.\n\nVery rare.\n\n## Figure legends\n\nFigure 1. The mass.\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><p>A woman</p>",
        "  <HTML><body><p>A woman</p></body>",
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x"><html><p>A woman</p></html>',
        "<!-- saved --><html><p>A woman",
    ],
)
def test_html_is_found_from_its_start(text):
    assert find_reader(source(text)).__name__ == "read_html"
    assert html_document(source(text)).text == "A woman\n"


def test_html_is_decoded_as_it_declares(tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes('<html><head><meta charset="iso-8859-1"></head><p>naïve – 5 × 3 cm</p>'.encode("cp1252"))
    assert html_document(read_source(str(page))).text == "naïve – 5 × 3 cm\n"


def test_lines_of_preformatted_text_are_put_together():
    letter = "<html><pre>Dear colleague,\n\nthis woman of 40 has had a mass of the left\nthigh since May.</pre></html>"
    assert html_document(source(letter)).text == (
        "Dear colleague,\n\nthis woman of 40 has had a mass of the left thigh since May.\n"
    )


def test_an_entity_of_an_html_page_loads_nothing(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    text = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><p>A &x; woman</p></html>'
    assert "SECRET" not in html_document(source(text)).text


@pytest.mark.parametrize(
    "text",
    [
        "<html><p>" + "A mass of 5 cm. " * 700_000,
        "<html>" + "<p>x" * 1_500_000,
        "<html>" + "<div>" * 200 + "</p>" * 1_500_000,
        "<html><table>" + "<tr><td>5<td>6" * 300_000,
        "<html><p>" + "<sup><a href=#>1</a></sup>" * 300_000,
        "<html>" + "&lt;&amp;" * 1_000_000,
        "<html><p " + "a=1 " * 1_000_000 + ">x",
    ],
    ids=["one paragraph", "paragraphs", "end tags", "cells", "superscripts", "entities", "attributes"],
)
def test_a_page_of_10_mb_is_laid_out_in_linear_time(text):
    # A quadratic step would take sixty-four times as long for eight times the text.
    whole, eighth = (
        seconds(lambda part=part: html_document(source(part))) for part in (text, text[: len(text) // 8])
    )
    assert whole < 3 * 8 * eighth + 0.05


def test_a_page_that_is_nested_too_deeply_or_has_too_many_tags_is_refused():
    with pytest.raises(InputError, match="nested too deeply"):
        html_document(source("<html>" + "<div>" * 100_000))
    with pytest.raises(InputError, match="more than 2 million tags"):
        html_document(source("<html>" + "<" * 2_000_001))


def test_a_page_nested_as_deeply_as_pages_are_is_read():
    assert html_document(source("<html>" + "<div>" * 500 + "x" + "</div>" * 500)).text == "x\n"


def test_docx_is_laid_out_with_headings_lists_tables_and_legends(word):
    document, data = word
    document.add_heading("A rare tumor", level=0)
    document.add_heading("Case report", level=1)
    document.add_paragraph("A woman\tof 40.\nShe had a mass.")
    document.add_paragraph("crizotinib", style="List Bullet")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ["", "May", "June", "ALT", "", "30"], strict=True):
        cell.text = text
    document.add_paragraph("Figure 1: the mass.", style="Caption")
    document.add_heading("Discussion", level=2)
    document.add_paragraph("Rare.")
    laid_out = docx_document(source(data()))
    assert laid_out.title == "A rare tumor"
    assert laid_out.text == (
        "# A rare tumor\n\n## Case report\n\nA woman of 40.\n\nShe had a mass.\n\n- crizotinib\n\nMay | June\n\n"
        "ALT | – | 30\n\n## Discussion\n\nRare.\n\n## Figure legends\n\nFigure 1: the mass.\n"
    )


def test_tracked_insertions_and_fields_of_a_form_count_and_deletions_do_not(word):
    document, data = word
    run = '<w:r xmlns:w="{0}"><w:t xml:space="preserve">{1}</w:t></w:r>'
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    etree = pytest.importorskip("lxml.etree")
    paragraph = document.add_paragraph("A woman of ")._p
    for tag, text in (("del", "30"), ("ins", "40"), ("sdt", " years")):
        inner = f"<w:sdtContent>{run.format(w, text)}</w:sdtContent>" if tag == "sdt" else run.format(w, text)
        paragraph.append(etree.fromstring(f'<w:{tag} xmlns:w="{w}">{inner}</w:{tag}>'))
    assert docx_document(source(data())).text == "A woman of 40 years\n"


def test_a_word_document_without_text_is_refused(word):
    with pytest.raises(InputError, match="has no text"):
        docx_document(source(word[1]()))


def test_a_word_document_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    pytest.importorskip("docx", reason="python-docx is the extra documents")
    bomb = zipped({"word/document.xml": b" " * 100_000_000})
    assert len(bomb) < 200_000
    tracemalloc.start()
    with pytest.raises(InputError, match=r"unpacks to 95 MB"):
        docx_document(source(bomb))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


def test_entities_of_a_word_document_are_not_expanded(tmp_path, word):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    document, data = word
    document.add_paragraph("A PLACE woman")
    with zipfile.ZipFile(io.BytesIO(data())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    body = members["word/document.xml"].replace(b"PLACE", b"&x;")
    start = body.index(b"?>") + 2
    members["word/document.xml"] = (
        body[:start] + f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode() + body[start:]
    )
    assert docx_document(source(zipped(members))).text == "A woman\n"


@pytest.mark.parametrize(
    "members", [{"word/document.xml": b"<w/>"}, {"word/x": b""}, {"[Content_Types].xml": b"<", "word/x": b""}]
)
def test_a_broken_word_document_is_refused(members):
    pytest.importorskip("docx", reason="python-docx is the extra documents")
    with pytest.raises(InputError, match="the Word document is broken"):
        docx_document(source(zipped(members)))


def test_pdf_is_laid_out_as_paragraphs_without_running_heads_and_page_numbers():
    pytest.importorskip("pypdf", reason="pypdf is the extra documents")
    first = [
        "J Cases 2020",
        "Case report",
        "A 40-year-old woman had a mass of the left thigh in the year",
        "2019",
        "1",
    ]
    second = [
        "J Cases 2020",
        "when an MRI showed a well-",
        "defined lesion, and a biopsy fibrosar-",
        "coma.",
        "2",
    ]
    third = ["J Cases 2020", "Discussion", "This is rare.", "3"]
    assert pdf_document(source(pdf([first, second, third]))).text == (
        "J Cases 2020\n\nCase report\n\nA 40-year-old woman had a mass of the left thigh in the year 2019 when an MRI "
        "showed a well-defined lesion, and a biopsy fibrosarcoma.\n\nDiscussion\n\nThis is rare.\n"
    )


def test_the_day_on_which_a_browser_printed_a_page_is_left_out():
    pytest.importorskip("pypdf", reason="pypdf is the extra documents")
    printed = pdf([["11/23/26, 11:22 AM   A rare tumor", STORY, "https://example.org/case 1/1"]])
    assert pdf_document(source(printed)).text == f"{STORY}\n"


def test_spans_of_facts_count_in_the_text_that_is_laid_out_from_a_pdf(tmp_path):
    pytest.importorskip("pypdf", reason="pypdf is the extra documents")
    case = tmp_path / "case.pdf"
    case.write_bytes(
        pdf([["A 40-year-old woman presented in March 2019 with a mass of 5 cm in", "the left thigh."]])
    )
    read = read_case(str(case))
    text = read.documents[0].text
    assert text == f"{STORY}\n"
    assert read.facts
    for fact in read.facts:
        assert fact.source.span is not None
        assert text[fact.source.span.start : fact.source.span.end] == fact.source.quote


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pdf([[]]), "no text layer: it is a scan"),
        (pdf([["1"], ["2"]]), "no text layer: it is a scan"),
        (b"%PDF-1.7\n", "the PDF is broken"),
        (pdf([[STORY]])[:300], "the PDF is broken"),
    ],
)
def test_a_scan_and_a_broken_pdf_are_refused(data, found, capfd):
    pytest.importorskip("pypdf", reason="pypdf is the extra documents")
    with pytest.raises(InputError, match=found):
        pdf_document(source(data))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("limit", "most", "told"),
    [("_MOST_STEPS", 5, "operations"), ("_MOST_DRAWING", 50, "bytes"), ("_MOST_PAGES", 1, "pages")],
)
def test_a_pdf_that_draws_too_much_is_refused(monkeypatch, limit, most, told):
    pytest.importorskip("pypdf", reason="pypdf is the extra documents")
    monkeypatch.setattr(f"caseboard.formats.pdf.{limit}", most)
    with pytest.raises(InputError, match=told):
        pdf_document(source(pdf([[STORY], [STORY]])))


@pytest.mark.parametrize(
    ("module", "start"), [("pypdf", pdf([[STORY]])), ("docx", zipped({"word/document.xml": b""}))]
)
def test_where_the_extra_is_missing_the_refusal_says_how_to_install_it(tmp_path, monkeypatch, module, start):
    monkeypatch.setitem(sys.modules, module, None)
    case = tmp_path / "case"
    case.write_bytes(start)
    with pytest.raises(InputError, match=r"pip install 'caseboard\[documents\]'"):
        read_case(str(case))


WIDE = "the mass of the left thigh was excised with"


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([WIDE, WIDE, "wide margins."], [f"{WIDE} {WIDE} wide margins."]),
        (
            [WIDE, WIDE, "an inflammatory myo-", "fibroblastic tumor"],
            [f"{WIDE} {WIDE} an inflammatory myofibroblastic tumor"],
        ),
        (["ALT 30", "AST 40", "LDH 200"], ["ALT 30", "AST 40", "LDH 200"]),
        (["Discussion", WIDE], ["Discussion", WIDE]),
        (["- " + WIDE, "- " + WIDE], ["- " + WIDE, "- " + WIDE]),
        (["the toxicity of the treatment was of grade", "3. It was stopped."], None),
        (["a pneumonitis after the treatment (grade", "3) was seen."], None),
        (
            ["It was proposed:", "1. to operate", "2) to wait."],
            ["It was proposed:", "1. to operate", "2) to wait."],
        ),
        (["an ETV6-", "NTRK3 fusion"], ["an ETV6-NTRK3 fusion"]),
        (["a 23-year-", "old man"], ["a 23-year-old man"]),
        (["a follow-", "up of years"], ["a follow-up of years"]),
        (["recur-", "rence"], ["recurrence"]),
        (["side-effects and side-", "effects"], ["side-effects and side-effects"]),
        (["soft\u00ad", "ware"], ["software"]),
    ],
)
def test_wrapped_lines_are_put_together_and_divided_words_are_whole_again(lines, paragraphs):
    assert reflow(lines) == (paragraphs or [" ".join(lines)])
