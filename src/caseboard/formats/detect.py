"""Finds from the content which format a text is in. A new format is one function here and one line in the table."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from caseboard.case import Case
from caseboard.errors import InputError
from caseboard.formats.source import READ, SourceText

__all__ = ["find_reader"]

Reader = Callable[[SourceText], Case]

_JSON_START = re.compile(r'\s{0,1000}(?:\{\s{0,1000}["}]|\[\s{0,1000}[\[{"\]])')
_XML_START = re.compile(
    r"\s{0,1000}<(?:\?xml[\s?]|!DOCTYPE\s|(?:[a-z]{1,20}:)?(?:article|pmc-articleset)[\s>])"
)
_HTML_START = re.compile(
    r"\s{0,1000}(?:<\?xml[^>]{0,200}>\s{0,100})?(?:<!--[^>]{0,1000}-->\s{0,100}){0,3}<(?:!doctype\s{1,9}html|html)[\s>]",
    re.IGNORECASE,
)


def find_reader(source: SourceText) -> Reader:
    """Return the function that reads this source; raises ``InputError`` where no format is known for it."""
    for recognised, reader in _FORMATS:
        if recognised(source):
            return reader(source)
    raise AssertionError("plain text takes whatever is left")  # pragma: no cover


def _is_pdf(source: SourceText) -> bool:
    return source.data.startswith(b"%PDF-")


def _is_docx(source: SourceText) -> bool:
    return not source.text and source.data.startswith(b"PK")


def _is_html(source: SourceText) -> bool:
    return bool(_HTML_START.match(source.text))


def _is_xml(source: SourceText) -> bool:
    return bool(_XML_START.match(source.text))


def _is_json(source: SourceText) -> bool:
    return bool(_JSON_START.match(source.text))


def _is_record(source: SourceText) -> bool:
    return source.text.startswith("key: cord-")


def _is_fusion_table(source: SourceText) -> bool:
    from caseboard.formats.fusions import is_fusion_table

    return is_fusion_table(source)


def _pdf(_: SourceText) -> Reader:
    from caseboard.formats.pdf import read_pdf

    return read_pdf


def _docx(_: SourceText) -> Reader:
    from caseboard.formats.docx import read_docx

    return read_docx


def _html(_: SourceText) -> Reader:
    from caseboard.formats.html import read_html

    return read_html


def _xml(_: SourceText) -> Reader:
    from caseboard.formats.jats import read_jats

    return read_jats


def _json(source: SourceText) -> Reader:
    """Tell a CORD-19 article (one object with body_text) from flat facts (an object a line with a kind)."""
    from caseboard.formats.cord19 import read_cord19
    from caseboard.formats.flat import read_flat

    first = source.text.lstrip().split("\n", 1)[0]
    for text, place in ((first, "line 1"), (source.text, "")):
        try:
            value: object = msgspec.json.decode(text)
            break
        except msgspec.DecodeError as error:
            wrong = str(error).removeprefix("JSON is malformed: ")
            broken = InputError(source.path, f"the JSON is broken: {wrong}", READ, place=place)
        except RecursionError as error:
            raise InputError(source.path, "the JSON is nested too deeply", READ) from error
    else:
        raise broken
    if isinstance(value, dict) and "body_text" in value:
        return read_cord19
    if isinstance(value, dict) and "kind" in value:
        return lambda given: read_flat(given.text.splitlines(), path=given.name)
    raise InputError(source.path, f"this is JSON with {_outline(value)}", READ)


def _outline(value: object) -> str:
    if isinstance(value, dict):
        names = ", ".join(list(value)[:5])
        return f"the fields {names}" if names else "no fields"
    return f"a list of {len(value)}" if isinstance(value, list) else f"a single {type(value).__name__}"


def _record(_: SourceText) -> Reader:
    from caseboard.formats.article import read_record

    return read_record


def _fusion_table(_: SourceText) -> Reader:
    from caseboard.formats.fusions import read_fusions

    return read_fusions


def _text(_: SourceText) -> Reader:
    from caseboard.formats.article import read_text

    return read_text


_FORMATS: tuple[tuple[Callable[[SourceText], bool], Callable[[SourceText], Reader]], ...] = (
    (_is_pdf, _pdf),
    (_is_docx, _docx),
    (_is_html, _html),
    (_is_xml, _xml),
    (_is_json, _json),
    (_is_record, _record),
    (_is_fusion_table, _fusion_table),
    (lambda _: True, _text),
)
