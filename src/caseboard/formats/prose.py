"""The text of a case, for every format whose content is told in prose, before anybody reads it for facts."""

from __future__ import annotations

from collections.abc import Callable

from caseboard.case import Document
from caseboard.errors import InputError
from caseboard.formats.article import plain_document, read_record, read_text, record_document
from caseboard.formats.cord19 import cord19_document, read_cord19
from caseboard.formats.detect import Reader, find_reader
from caseboard.formats.docx import docx_document, read_docx
from caseboard.formats.html import html_document, read_html
from caseboard.formats.jats import jats_document, read_jats
from caseboard.formats.pdf import pdf_document, read_pdf
from caseboard.formats.source import SourceText, read_source

__all__ = ["document_of"]

_DOCUMENTS: dict[Reader, Callable[[SourceText], Document]] = {
    read_text: plain_document,
    read_record: record_document,
    read_cord19: cord19_document,
    read_jats: jats_document,
    read_html: html_document,
    read_docx: docx_document,
    read_pdf: pdf_document,
}


def document_of(path: str) -> Document:
    """Return the document of a file, or of standard input for ``-``; raises ``InputError`` where it holds no prose."""
    source = read_source(path)
    make = _DOCUMENTS.get(find_reader(source))
    if make is None:
        raise InputError(path, "this is a table, not a text", "a sentence is explained of a text")
    return make(source)
