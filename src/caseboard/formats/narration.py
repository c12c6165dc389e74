"""From a document to its case, for every format whose content is told in prose."""

from __future__ import annotations

from caseboard.case import Case, Document
from caseboard.errors import NoPatientError

__all__ = ["read_document"]


def read_document(document: Document, path: str) -> Case:
    """Read a document; an error names the path as it was given. Raises ``NoPatientError``."""
    from caseboard.narrative import read  # noqa: PLC0415 - the vocabularies load only for a text

    try:
        return read(document)
    except NoPatientError as error:
        raise NoPatientError(path, error.found, error.expected, place=error.place) from error
