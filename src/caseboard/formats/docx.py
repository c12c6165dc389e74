"""Word documents (DOCX): paragraphs, headings by their style, lists and tables in the order of the text.

Text that was inserted with tracked changes counts, deleted text does not. Headers, footers, footnotes, comments and
pictures are left out. The library python-docx is the extra ``documents``. Spans of facts count characters of the text
laid out here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from caseboard.case import Case, Document
from caseboard.errors import InputError
from caseboard.formats.layout import LEGENDS, Section, lay_out, table_row
from caseboard.formats.narration import read_document
from caseboard.formats.source import INSTALL_DOCUMENTS, SourceText

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["docx_document", "read_docx"]

_EXPECTED = "save it again as DOCX with Word or LibreOffice, or as plain text"
_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_XML = 32 * 1024 * 1024
_MOST_MEMBERS = 10_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CONTAINERS = frozenset(
    _W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
)
_NOT_TEXT = frozenset(_W + name for name in ("del", "moveFrom", "pPr", "rPr", "txbxContent", "instrText")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}


def docx_document(source: SourceText) -> Document:
    """Return the document of a DOCX file; raises ``InputError`` where it is broken, too large or empty."""
    try:
        import docx  # noqa: PLC0415 - an extra, loaded for its format only
        from docx.opc.exceptions import OpcError  # noqa: PLC0415
    except ImportError as error:
        raise InputError(
            source.path,
            "this is a Word document (DOCX), and the library for it is not installed",
            INSTALL_DOCUMENTS,
        ) from error
    _refuse_bombs(source)
    try:
        opened = docx.Document(io.BytesIO(source.data))
    except (
        OpcError,
        zipfile.BadZipFile,
        SyntaxError,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
    ) as error:
        raise InputError(source.path, f"the Word document is broken: {error}", _EXPECTED) from error
    headings = {
        style.style_id: style.name or ""
        for style in opened.styles
        if (style.name or "").lower().startswith(("heading", "title", "subtitle", "caption", "list"))
    }
    sections: list[tuple[str, list[str]]] = [("", [])]
    legends: list[str] = []
    title = ""
    for style, line in _blocks(opened.element.body, headings):
        if style == "title" and not title:
            title = line
        elif style.startswith(("heading", "title", "subtitle")):
            sections.append((line, []))
        elif style == "caption" and line.lower().startswith("fig"):
            legends.append(line)
        else:
            sections[-1][1].append(f"- {line}" if style.startswith("list") else line)
    laid_out: list[Section] = [*sections, *([(LEGENDS, legends)] if legends else [])]
    text = lay_out(title, laid_out)
    if not text.strip():
        raise InputError(
            source.path, "the Word document has no text", "if it holds a scan, recognise its text first (OCR)"
        )
    return Document(name=source.name, text=text, title=title)


def read_docx(source: SourceText) -> Case:
    """Return the case of a DOCX file; raises ``InputError`` or ``NoPatientError``."""
    return read_document(docx_document(source), source.path)


def _refuse_bombs(source: SourceText) -> None:
    """Refuse an archive that unpacks to too much; ``zipfile`` holds its members to what they declare."""
    try:
        members = zipfile.ZipFile(io.BytesIO(source.data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(source.path, f"the Word document is broken: {error}", _EXPECTED) from error
    xml = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    whole = sum(member.file_size for member in members)
    if xml > _MOST_XML or whole > _MOST_UNPACKED or len(members) > _MOST_MEMBERS:
        raise InputError(
            source.path,
            f"a Word document that unpacks to {whole / 2**20:,.0f} MB",
            "give the case of one patient",
        )


def _blocks(parent: etree._Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield style ("heading 1", "list", "") and text of each line and row."""
    for child in parent:
        if child.tag == _W + "p":
            style = _style(child, styles)
            for line in "".join(_pieces(child)).split("\n"):
                if line.strip():
                    yield style, " ".join(line.split())
            for box in _boxes(child):
                yield from _blocks(box, styles)
        elif child.tag == _W + "tbl":
            for row in child.iter(_W + "tr"):
                line = table_row(_cell(cell) for cell in row.iter(_W + "tc"))
                if line:
                    yield "", line
        elif child.tag in _CONTAINERS:
            yield from _blocks(child, styles)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    for box in paragraph.iter(_W + "txbxContent"):
        if not any(ancestor.tag in _NOT_TEXT for ancestor in box.iterancestors()):
            yield box


def _style(paragraph: etree._Element, styles: dict[str, str]) -> str:
    properties = paragraph.find(_W + "pPr")
    if properties is None:
        return ""
    named = properties.find(_W + "pStyle")
    style = styles.get(named.get(_W + "val") or "", "").lower() if named is not None else ""
    return style or ("list" if properties.find(_W + "numPr") is not None else "")


def _cell(cell: etree._Element) -> str:
    return " ".join("".join(_pieces(paragraph)) for paragraph in cell.iter(_W + "p"))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == _W + "t":
            yield (child.text or "") + "".join(part.tail or "" for part in child)
        elif child.tag == _W + "tab":
            yield " "
        elif child.tag in {_W + "br", _W + "cr"}:
            yield "\n"
        elif child.tag == _W + "noBreakHyphen":
            yield "-"
        elif child.tag not in _NOT_TEXT:
            yield from _pieces(child)
