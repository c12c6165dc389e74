"""All errors that Caseboard raises on purpose.

::

    CaseboardError
    ├── InputError       something to read is missing, broken or not of a kind that is read
    │   └── NoPatientError   the text is readable, but reports no patient
    ├── KnowledgeError   an embedded or imported table is missing or broken
    └── UsageError       the caller asked for something that cannot be

``InputError`` says the file, the place in it, what was found and what would be right; the command line prints it
as one line and exits with 1.
"""

from __future__ import annotations

__all__ = ["CaseboardError", "InputError", "KnowledgeError", "NoPatientError", "UsageError"]


class CaseboardError(Exception):
    """The root of all errors raised on purpose."""


class InputError(CaseboardError):
    """Something to read is missing, broken or of a kind that is not read.

    ``path`` names the file (``-`` for standard input), ``place`` where in it ("line 3", "byte 17", or ""),
    ``found`` what is wrong, ``expected`` what would be right.
    """

    def __init__(self, path: str, found: str, expected: str, *, place: str = "") -> None:
        self.path = path
        self.place = place
        self.found = found
        self.expected = expected
        where = f"{path}, {place}" if place else path
        super().__init__(f"{where}: {found}; {expected}")


class NoPatientError(InputError):
    """The text could be read, but no sentence of it tells of a patient."""


class KnowledgeError(CaseboardError):
    """A table of knowledge is missing or broken."""


class UsageError(CaseboardError):
    """The caller asked for something that cannot be; the message says what can."""
