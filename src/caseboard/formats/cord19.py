"""JSON files of the CORD-19 collection (``paper_id``, ``metadata``, ``abstract``, ``body_text``).

What is read is the title, the abstract, the body, and the figures' legends and the tables; the bibliography, the back
matter and the marks of citations are not part of the case. Spans of facts count characters of the text laid out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from caseboard.case import Case, Document
from caseboard.errors import InputError
from caseboard.formats.html import html_table_rows
from caseboard.formats.layout import LEGENDS, Section, lay_out
from caseboard.formats.narration import read_document
from caseboard.formats.source import SourceText

__all__ = ["cord19_document", "read_cord19"]


class _Paragraph(msgspec.Struct, frozen=True):
    text: str
    section: str | None = None


class _Reference(msgspec.Struct, frozen=True):
    text: str | None = None
    html: str | None = None


class _Metadata(msgspec.Struct, frozen=True):
    title: str | None = None


class _Paper(msgspec.Struct, frozen=True):
    body_text: list[_Paragraph]
    metadata: _Metadata = _Metadata()
    abstract: list[_Paragraph] = []
    ref_entries: dict[str, _Reference] = {}


def cord19_document(source: SourceText) -> Document:
    """Return the document of a CORD-19 JSON file; raises ``InputError`` that says which field is wrong."""
    try:
        paper = msgspec.json.decode(source.text, type=_Paper)
    except (msgspec.DecodeError, RecursionError) as error:
        expected = "CORD-19 JSON has body_text and abstract as lists of objects with text and section"
        raise InputError(source.path, f"not a CORD-19 article: {error}", expected) from error
    title = paper.metadata.title or ""
    legends = [
        line
        for entry in paper.ref_entries.values()
        for line in (entry.text or "", *html_table_rows(entry.html or "", source.path))
        if line.strip()
    ]
    sections = [
        *_sections(paper.abstract, "Abstract"),
        *_sections(paper.body_text, ""),
        *([(LEGENDS, legends)] if legends else []),
    ]
    return Document(name=source.name, text=lay_out(title, sections), title=title)


def read_cord19(source: SourceText) -> Case:
    """Return the case of a CORD-19 JSON file; raises ``InputError`` or ``NoPatientError``."""
    return read_document(cord19_document(source), source.path)


def _sections(paragraphs: Iterable[_Paragraph], otherwise: str) -> Iterator[Section]:
    for heading, group in groupby(paragraphs, key=lambda paragraph: paragraph.section or otherwise):
        yield heading, [paragraph.text for paragraph in group]
