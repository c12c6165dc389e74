"""Formats: found from the content, decoded exactly, refused in one line that says what was found."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.case import DateInterval
from caseboard.errors import InputError
from caseboard.formats.article import plain_document, record_header
from caseboard.formats.cord19 import cord19_document, read_cord19
from caseboard.formats.detect import find_reader
from caseboard.formats.jats import jats_document, read_jats
from caseboard.formats.layout import lay_out
from caseboard.formats.source import LARGEST_FILE, SourceText, read_source

STORY = "A 40-year-old woman had a 5 cm mass of the thigh.\nIt grew – slowly.\n"

RECORD = (
    "key: cord-1-abc authors: Doe, Jane; Roe, Richard title: A rare tumor: case report date: 2020-03 "
    "journal: J Cases DOI: 10.1/x sha: 00ff doc_id: 1 cord_uid: abc " + STORY
)

JATS = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.2//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<article-id pub-id-type="doi">10.1/y</article-id>
<title-group><article-title>A <italic>rare</italic> tumor</article-title></title-group>
<pub-date pub-type="ppub"><year>2021</year></pub-date>
<pub-date pub-type="epub"><day>3</day><month>2</month><year>2020</year></pub-date>
<abstract><p>One patient.</p></abstract></article-meta></front>
<body><sec><title>Case presentation</title>
<p>A 40-year-old woman<xref>1</xref> had &alpha;-fetoprotein of 3.
<disp-formula><tex-math>x</tex-math></disp-formula></p>
<sec><title>Follow-up</title><p>She is well.</p>
<table-wrap><caption><p>Blood</p></caption><table><tr><th>ALT</th><td>30</td></tr></table></table-wrap></sec>
<fig><caption><p>The mass.</p></caption></fig></sec></body>
<back><ref-list><ref><mixed-citation>Another patient, aged 12.</mixed-citation></ref></ref-list></back></article>"""

PAPER = {
    "paper_id": "1",
    "metadata": {"title": "A rare tumor"},
    "abstract": [{"text": "One patient.", "section": "Abstract"}],
    "body_text": [
        {"text": "A 40-year-old woman had a mass.", "section": "Case"},
        {"text": "It grew.", "section": "Case"},
        {"text": "Rare.", "section": "Discussion"},
    ],
    "bib_entries": {"BIBREF0": {"title": "Another patient"}},
    "ref_entries": {"FIGREF0": {"text": "Figure 1: the mass.", "type": "figure"}},
}


def source(content: str | bytes, path: str = "case") -> SourceText:
    data = content.encode() if isinstance(content, str) else content
    return SourceText(path, path, data, data.decode())


@pytest.fixture
def written(tmp_path):
    def write(content: str | bytes, name: str = "case.txt") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16", b""), ("utf-32", b"")]
)
def test_text_is_decoded_from_utf_8_and_from_marked_utf_8_16_and_32(written, encoding, mark):
    assert read_source(written(mark + STORY.encode(encoding))).text == STORY


def test_big_endian_utf_16_with_its_mark_is_decoded(written):
    assert read_source(written(b"\xfe\xff" + STORY.encode("utf-16-be"))).text == STORY


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t"), min_size=1))
def test_text_is_kept_character_by_character(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "case.txt"
    path.write_bytes(b"x" + text.encode())
    assert read_source(str(path)).text == "x" + text


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"{\\rtf1 A 40-year-old woman}", "an RTF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\0" * 128 + b"DICM", "a DICOM image"),
        (b"", "the file is empty"),
        (b" \n\t\r\n", "nothing but white space"),
        (bytes(range(256)) * 20, "binary data"),
        (b"A woman\x00 of 40", "binary data"),
        (STORY.encode("utf-16-le"), "UTF-16 without a byte order mark"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(written, content, found):
    with pytest.raises(InputError, match=r".") as refused:
        read_source(written(content))
    assert found in refused.value.found
    assert "plain text (UTF-8" in str(refused.value)


def test_another_encoding_is_refused_with_its_line_and_byte(written):
    with pytest.raises(InputError) as refused:
        read_source(written("A woman.\nA na\u00efve tumor.".encode("windows-1252")))
    assert refused.value.place == "line 2, byte 13"
    assert "0xEF is not UTF-8" in refused.value.found


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_source(str(tmp_path / "missing.txt"))
    with pytest.raises(InputError, match="this is a folder"):
        read_source(str(tmp_path))


def test_a_file_without_end_is_refused(tmp_path):
    endless = tmp_path / "endless"
    with endless.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(InputError, match="more than 64 MB"):
        read_source(str(endless))


def test_a_text_that_starts_like_a_program_is_still_a_text(written):
    assert read_source(written("MZ twins were reported.")).text.startswith("MZ")


def test_the_first_line_of_a_plain_text_is_its_title_where_it_stands_alone():
    assert plain_document(source("A rare tumor.\n\nA woman had it.")).title == "A rare tumor"
    assert plain_document(source("\n# A rare tumor\nA woman had it.")).title == "A rare tumor"
    assert plain_document(source("A rare\ttumor\r\n\r\nA woman had it.")).title == "A rare tumor"
    assert plain_document(source("A woman had it.\nIt grew.")).title == ""
    assert plain_document(source("A woman had it.")).title == ""
    assert plain_document(source("Dear Dr Brown,\n\nA woman had it.")).title == ""


def test_the_fields_of_a_record_end_where_its_article_starts():
    fields, start = record_header(RECORD)
    assert fields["title"] == "A rare tumor: case report"
    assert fields["date"] == "2020-03"
    assert fields["DOI"] == "10.1/x"
    assert RECORD[start:].strip() == STORY.strip()


def test_a_record_without_its_last_fields_loses_nothing_of_its_article():
    fields, start = record_header("key: cord-1 title: A tumor date: 2020-03 A woman had a title: duchess.")
    assert fields == {"key": "cord-1", "title": "A tumor", "date": "2020-03"}
    assert (
        "A woman had a title: duchess."
        in "key: cord-1 title: A tumor date: 2020-03 A woman had a title: duchess."[start:]
    )


def test_cord_19_json_is_laid_out_with_headings_and_without_references():
    document = cord19_document(source(msgspec.json.encode(PAPER)))
    assert document.title == "A rare tumor"
    assert document.text == (
        "# A rare tumor\n\n## Abstract\n\nOne patient.\n\n## Case\n\nA 40-year-old woman had a mass.\n\nIt grew.\n\n"
        "## Discussion\n\nRare.\n\n## Figure legends\n\nFigure 1: the mass.\n"
    )


def test_tables_of_cord_19_json_are_laid_out_as_rows():
    table = "<html><body><table><tr><td>ALT</td><td/><td>30</td></tr></table></body></html>"
    paper = {**PAPER, "ref_entries": {"TABREF0": {"text": "Blood", "type": "table", "html": table}}}
    text = cord19_document(source(msgspec.json.encode(paper))).text
    assert text.endswith("## Figure legends\n\nBlood\n\nALT | – | 30\n")


def test_cord_19_json_with_a_wrong_field_says_which():
    with pytest.raises(InputError, match=r"body_text"):
        cord19_document(source('{"body_text": [1]}'))


def test_jats_is_laid_out_with_headings_tables_and_legends_and_without_references():
    document = jats_document(source(JATS))
    assert (document.title, document.doi) == ("A rare tumor", "10.1/y")
    assert document.published == DateInterval.of(2020, 2, 3)
    assert document.text == (
        "# A rare tumor\n\n## Abstract\n\nOne patient.\n\n"
        "## Case presentation\n\nA 40-year-old woman1 had α-fetoprotein of 3.\n\n"
        "## Follow-up\n\nShe is well.\n\nBlood\n\nALT | 30\n\n## Figure legends\n\nThe mass.\n"
    )


def test_what_jats_says_of_a_section_counts_where_its_title_says_nothing():
    text = (
        '<article><body><sec sec-type="cases"><title>A thigh</title><p>A woman.</p></sec>'
        '<sec sec-type="discussion"><sec><title>Why</title><p>Rare.</p></sec></sec></body></article>'
    )
    assert jats_document(source(text)).text == (
        "## Case report\n\nA woman.\n\n## Discussion\n\n## Why\n\nRare.\n"
    )


def test_superscript_marks_of_references_are_no_part_of_a_word():
    bibr = '<xref ref-type="bibr">12</xref>'
    text = (
        f"<article><body><p>ALK<sup>{bibr}, {bibr}</sup> was 10<sup>3</sup> [{bibr}].</p>"
        '<p>ALK<xref ref-type="bibr"><sup>4</sup></xref>.</p></body></article>'
    )
    assert jats_document(source(text)).text == "ALK was 103 [12].\n\nALK.\n"


def test_floating_tables_and_figures_of_jats_are_laid_out_at_the_end():
    text = (
        "<article><body><p>A woman.</p></body><floats-group><fig><caption><p>The mass.</p></caption></fig>"
        "<table-wrap><table><tr><td>ALT</td><td>30</td></tr></table></table-wrap></floats-group></article>"
    )
    assert jats_document(source(text)).text == "A woman.\n\n## Figure legends\n\nALT | 30\n\nThe mass.\n"


def test_jats_is_read_in_the_encoding_that_it_declares(written):
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><article><body><p>naïve</p></body></article>'
    found = read_source(written(text.encode("latin-1")))
    assert jats_document(found).text == "naïve\n"


def test_entities_of_a_document_type_are_not_expanded(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    text = (
        f'<!DOCTYPE article [<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY name "other">]>'
        "<article><body><p>A &file; of &name; woman</p></body></article>"
    )
    assert jats_document(source(text)).text == "A &file; of &name; woman\n"


def test_entities_that_multiply_are_refused():
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha"}">' for i in range(12))
    with pytest.raises(InputError, match="the XML is broken"):
        jats_document(source(f"<!DOCTYPE article [{entities}]><article><body><p>&e11;</p></body></article>"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<article><body></article>", "the XML is broken"),
        ('<?xml version="1.0"?><TEI/>', "XML with the root <TEI>"),
        ("<article>" + "<p>" * 5000, "the XML is broken"),
    ],
)
def test_xml_that_is_no_article_says_what_it_is(text, message):
    with pytest.raises(InputError, match=message):
        jats_document(source(text))


def test_the_format_is_found_from_the_content():
    readers = {
        "a plain text": ("A woman.", "read_text"),
        "a text in brackets": ("{sic} A woman.", "read_text"),
        "a text with a tag": ("<b>A woman</b>", "read_text"),
        "a record": (RECORD, "read_record"),
    }
    for what, (text, name) in readers.items():
        assert find_reader(source(text)).__name__ == name, what
    assert find_reader(source(JATS)) is read_jats
    assert find_reader(source(msgspec.json.encode(PAPER))) is read_cord19
    assert find_reader(source(msgspec.json.format(msgspec.json.encode(PAPER), indent=2))) is read_cord19


def test_facts_are_read_from_json_lines():
    text = (
        '{"id": "f1", "kind": "patient", "patient": 1, "quote": "A man", "date": "2018-04", "sex": "male"}\n'
    )
    case = find_reader(source(text))(source(text))
    assert case.patients[0].sex == "male"
    assert case.facts[0].when == DateInterval.of(2018, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"resourceType": "Bundle", "entry": []}', "JSON with the fields resourceType, entry"),
        ("[]", "a list of 0"),
        ('[{"id": 1}]', "a list of 1"),
        ('{"a": ', "the JSON is broken"),
        ('{"a": "b\n', r"the JSON is broken: invalid character \(byte 8\)"),
        ('{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_json_that_is_no_case_says_what_it_is(text, message):
    with pytest.raises(InputError, match=message):
        find_reader(source(text))


@given(st.text(), st.lists(st.tuples(st.text(), st.lists(st.text()))))
def test_a_layout_has_every_word_of_every_paragraph(title, sections):
    words = lay_out(title, sections).split()
    for _, paragraphs in sections:
        for paragraph in paragraphs:
            assert set(paragraph.split()) <= set(words)
