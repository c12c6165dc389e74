"""PDF files with a text layer: lines put together to paragraphs, running heads and page numbers left out.

Words divided at the end of a line are one word again. A scan without text is refused: Caseboard recognises no
letters in pictures. The library pypdf is the extra ``documents``. Spans of facts count characters of the text laid
out here.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from caseboard.case import Case, Document
from caseboard.errors import InputError
from caseboard.formats.layout import lay_out
from caseboard.formats.narration import read_document
from caseboard.formats.reflow import reflow
from caseboard.formats.source import INSTALL_DOCUMENTS, SourceText

__all__ = ["pdf_document", "read_pdf", "without_running_lines"]

_MOST_PAGES = 500
_MOST_CHARACTERS = 8_000_000
_MOST_DRAWING = 16_000_000
_MOST_STEPS = 600_000
"""Operations of drawing in the whole file: an article has some thousands a page, and each costs time."""
_EDGE = 3
"""Lines at the top and at the foot of a page among which running heads are looked for."""
_RUNNING_SHARE = 0.3
"""Heads of left and right pages differ: a line that comes back on this share of the pages runs."""
_LEAST_HEAD = 3
_LEAST_LETTERS = 20
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.)\s?)?[-–—|\s]{0,3}(?P<number>\d{1,5})(?:\s?(?:/|of|von)\s?\d{1,4})?[-–—|\s]{0,3}",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"^\s{0,9}\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d\d(?:\s?[AP]M)?(?:\s|$)|\b(?:https?|file)://\S{1,300}\s{1,9}\d{1,4}/\d{1,4}\s{0,9}$"
)
"""The head and the foot that a browser prints: the day of printing is no day of the case."""
_DIGITS = re.compile(r"\d{1,20}")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
# What a damaged file makes pypdf raise, beside its own errors; it documents no narrower set.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)


def pdf_document(source: SourceText) -> Document:
    """Return the document of a PDF; raises ``InputError`` where it is broken, locked or a scan."""
    pages = _pages(source)
    if sum(map(str.isalpha, "".join(line for page in pages for line in page))) < _LEAST_LETTERS:
        raise InputError(
            source.path,
            "this PDF has no text layer: it is a scan or a picture",
            "recognise its text first (OCR)",
        )
    lines = [line for page in without_running_lines(pages) for line in page]
    return Document(name=source.name, text=lay_out("", [("", reflow(lines))]))


def read_pdf(source: SourceText) -> Case:
    """Return the case of a PDF; raises ``InputError`` or ``NoPatientError``."""
    return read_document(pdf_document(source), source.path)


def without_running_lines(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the pages' lines without page numbers and without heads and feet that come back on other pages.

    Lines are told apart without their digits. The lines at the top of the first page stay: a letter is dated there.
    """
    edges = [(_top(page), _foot(page)) for page in pages]
    counts = Counter(shape for top, foot in edges for shape in {_shape(line) for line in (*top, *foot)})
    often = {shape for shape, count in counts.items() if count >= max(2, _RUNNING_SHARE * len(pages))}
    counted = Counter(
        value - number
        for number, (top, foot) in enumerate(edges)
        for value in set(map(_page_number, (*top, *foot)))
        if value is not None
    )
    out: list[list[str]] = []
    for number, (page, (top, foot)) in enumerate(zip(pages, edges, strict=True)):
        last_of_top, first_of_foot = _reach(page, top), len(page) - 1 - _reach(page[::-1], foot)
        kept = []
        for place, line in enumerate(page):
            at_top, at_foot = place <= last_of_top, place >= first_of_foot
            value = _page_number(line) if at_top or at_foot else None
            numbered = value is not None and (counted[value - number] > 1 or line[0].isalpha())
            running = _runs(line, often) and (at_foot or (at_top and number > 0))
            printed = (at_top or at_foot) and _PRINTED.search(line)
            if not (numbered or running or printed):
                kept.append(line)
        out.append(kept)
    return out


def _runs(line: str, often: set[str]) -> bool:
    shape = _shape(line)
    return shape in often and len(shape.strip("# ")) > _LEAST_HEAD


def _page_number(line: str) -> int | None:
    """Return the number of a line that has nothing else; it is the page's where another page counts on from it."""
    number = _PAGE_NUMBER.fullmatch(line.strip())
    return int(number["number"]) if number else None


def _top(page: Sequence[str]) -> list[str]:
    return [line for line in page if line.strip()][:_EDGE]


def _foot(page: Sequence[str]) -> list[str]:
    return [line for line in page if line.strip()][-_EDGE:]


def _reach(page: Sequence[str], edge: Sequence[str]) -> int:
    """Return the place of the last line that belongs to the edge, blank lines counted."""
    left = len(edge)
    for place, line in enumerate(page):
        left -= bool(line.strip())
        if left <= 0:
            return place
    return -1


def _shape(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _pages(source: SourceText) -> list[list[str]]:
    """Return the lines of each page."""
    try:
        import pypdf  # noqa: PLC0415 - an extra, loaded for its format only
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError as error:
        raise InputError(
            source.path, "this is a PDF, and the library for it is not installed", INSTALL_DOCUMENTS
        ) from error
    out: list[list[str]] = []
    work = _Work(source.path)
    try:
        with _quiet():
            reader = pypdf.PdfReader(io.BytesIO(source.data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError(
                    source.path, "this PDF is locked with a password", "save it without the password"
                )
            if len(reader.pages) > _MOST_PAGES:
                raise InputError(
                    source.path, f"a PDF of {len(reader.pages)} pages", "give the case of one patient"
                )
            for page in reader.pages:
                contents = page.get_contents()
                work.drawing(0 if contents is None else len(contents.get_data()))
                text = page.extract_text(visitor_operand_before=work.step).translate(_LIGATURES)
                work.characters(len(text))
                out.append(text.splitlines())
    except (PyPdfError, *_BROKEN) as error:
        wrong = " ".join(str(error).split())[:200] or type(error).__name__
        raise InputError(
            source.path, f"the PDF is broken: {wrong}", "save or print it as PDF again"
        ) from error
    return out


class _Work:
    """What a PDF has cost so far; refuses one that costs more than a case ever does."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._drawn = self._steps = self._told = 0

    def drawing(self, size: int) -> None:
        """Count bytes of a page's description, unpacked."""
        self._drawn += size
        self._refuse(self._drawn, _MOST_DRAWING, "bytes of drawing")

    def step(self, *_: object) -> None:
        """Count one operation of drawing."""
        self._steps += 1
        self._refuse(self._steps, _MOST_STEPS, "operations of drawing")

    def characters(self, number: int) -> None:
        """Count characters of text."""
        self._told += number
        self._refuse(self._told, _MOST_CHARACTERS, "characters")

    def _refuse(self, number: int, most: int, what: str) -> None:
        if number > most:
            expected = "give the case of one patient, or its text as plain text"
            raise InputError(self._path, f"a PDF of more than {most:,} {what}", expected)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's warnings about damage off standard error: what matters is told by an error of ours."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(before)
