"""Text of a case: plain text, or a record of the CORD-19 collection that has the whole article on one line.

Such a record starts with fields (``key: cord-... authors: ... title: ... date: ... journal: ... DOI: ...``) and goes on
with the article. The fields give the document its title, date and DOI. To the reader of the story they are blanked,
not cut, so that all offsets stay those of the file.
"""

from __future__ import annotations

import re

import msgspec

from caseboard.case import Case, DateInterval, Document, parse_partial_date
from caseboard.formats.narration import read_document
from caseboard.formats.source import SourceText

__all__ = ["is_record", "plain_document", "read_record", "read_text", "record_document", "record_header"]

_FIELD = re.compile(r"(?:\A|\s)(key|authors|title|date|journal|DOI|sha|doc_id|cord_uid): ")
_HEADER_REACH = 20_000
_LONGEST_TITLE = 250
_MARKUP = "#*_= \t"
# Fields whose value is one word: after such a last field the article starts.
_ONE_WORD = frozenset({"key", "date", "DOI", "sha", "doc_id", "cord_uid"})


def is_record(text: str) -> bool:
    """Whether the text is a record of the CORD-19 collection."""
    return text.startswith("key: cord-")


def record_header(text: str) -> tuple[dict[str, str], int]:
    """Return the fields of a CORD-19 record, each name's first value, and the offset where the article starts."""
    fields: dict[str, str] = {}
    end = 0
    marks = list(_FIELD.finditer(text, 0, _HEADER_REACH))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        name = mark[1]
        if name in fields:
            break
        last = following is None or following[1] in fields
        stop = len(text) if following is None else following.start()
        if last or name == "cord_uid":
            word = re.compile(r"\S{0,200}").match(text, mark.end())
            stop = word.end() if word and name in _ONE_WORD else mark.end()
        fields[name] = text[mark.end() : stop].strip()
        end = stop
        if last or name == "cord_uid":
            break
    return fields, end


def record_document(source: SourceText) -> Document:
    """Return the document of a CORD-19 record with its fields blanked: what the reader of the story is given."""
    fields, start = record_header(source.text)
    return Document(
        name=source.name,
        text=" " * start + source.text[start:],
        title=fields.get("title", ""),
        published=_date(fields.get("date", "")),
        doi=fields.get("DOI") or None,
    )


def read_record(source: SourceText) -> Case:
    """Return the case of a CORD-19 record; raises ``NoPatientError`` where it tells of no patient."""
    blanked = record_document(source)
    case = read_document(blanked, source.path)
    return msgspec.structs.replace(case, documents=(msgspec.structs.replace(blanked, text=source.text),))


def plain_document(source: SourceText) -> Document:
    """Return the document of a plain text; its title is a short first line that stands alone."""
    return Document(name=source.name, text=source.text, title=_title(source.text))


def read_text(source: SourceText) -> Case:
    """Return the case of a plain text; raises ``NoPatientError`` where it tells of no patient."""
    return read_document(plain_document(source), source.path)


def _title(text: str) -> str:
    start = len(text) - len(text.lstrip())
    lines = text[start : start + 4 * _LONGEST_TITLE].splitlines()
    first = lines[0]
    alone = first.startswith("# ") or (len(lines) > 1 and not lines[1].strip())
    if not alone or len(first) > _LONGEST_TITLE or first.rstrip().endswith(","):  # "Dear Dr Brown,"
        return ""
    return " ".join(first.strip(_MARKUP).removesuffix(".").split())


def _date(text: str) -> DateInterval | None:
    try:
        return parse_partial_date(text)
    except ValueError:
        return None
