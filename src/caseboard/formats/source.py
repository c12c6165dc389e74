"""From a path to text: reads the bytes, finds the encoding, and says in one line what cannot be read and why.

The text is kept exactly as it decodes, line ends included, so that every span of a fact can be found in the file.
"""

from __future__ import annotations

import codecs
import re
import sys
from pathlib import Path

import msgspec

from caseboard.errors import InputError
from caseboard.formats.signatures import what_it_is

__all__ = ["INSTALL_DOCUMENTS", "LARGEST_FILE", "READ", "SourceText", "read_source", "source_of"]

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes after which a file is refused: one patient's case is never as long, and a device never ends."""

READ = (
    "what is read: plain text (UTF-8, or UTF-16 with a byte order mark), a CORD-19 record or JSON file, JATS XML, "
    "HTML, DOCX, a PDF with a text layer, the table of a fusion caller, or facts as JSON Lines"
)

INSTALL_DOCUMENTS = "install it with: pip install 'caseboard[documents]'"
"""What to do where the extra is missing that reads PDF and DOCX."""

_READ_FROM_BYTES = frozenset({"a PDF", "a Word document (DOCX)"})

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_XML_ENCODING = re.compile(
    rb"""<\?xml[^>]{0,80}?encoding\s{0,9}=\s{0,9}["']([A-Za-z][A-Za-z0-9._-]{0,39})["']"""
)
_HTML = re.compile(rb"\s{0,1000}(?:<\?xml[^>]{0,200}>\s{0,100})?<(?:!doctype\s{1,9}html|html)", re.IGNORECASE)
_HTML_ENCODING = re.compile(
    rb"""<meta\s[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([A-Za-z][A-Za-z0-9._-]{0,39})""", re.IGNORECASE
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_SAMPLE = 4096
_BINARY_SHARE = 0.05
_UTF_16_SHARE = 0.3


class SourceText(msgspec.Struct, frozen=True):
    """What was read: the path as it was given, the name of the file, its bytes, and its text ("" of PDF and DOCX)."""

    path: str
    name: str
    data: bytes
    text: str


def read_source(path: str) -> SourceText:
    """Read a file, or standard input for ``-``; raises ``InputError`` where it is missing, empty or no text."""
    data = _read_bytes(path)
    return source_of(data, path, "standard input" if path == "-" else Path(path).name)


def source_of(data: bytes, path: str, name: str) -> SourceText:
    """Return bytes as a source with its text; raises ``InputError`` where they are empty or no text."""
    if len(data) > LARGEST_FILE:
        raise InputError(path, f"more than {LARGEST_FILE // 2**20} MB", "give the case of one patient")
    kind = what_it_is(data)
    if kind in _READ_FROM_BYTES:
        return SourceText(path, name, data, "")
    if kind:
        raise InputError(path, f"this is {kind}", f"save its text as plain text; {READ}")
    text = _decode(data, path)
    if not text.strip():
        found = "the file is empty" if not data else "the file has nothing but white space"
        raise InputError(path, found, READ)
    return SourceText(path, name, data, text)


def _read_bytes(path: str) -> bytes:
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise InputError(
            path, "there is no such file", "give the path of a file, or - for standard input"
        ) from error
    except IsADirectoryError as error:
        raise InputError(path, "this is a folder", "give the path of one of its files") from error
    except OSError as error:
        raise InputError(
            path, f"it cannot be opened: {error.strerror}", "give a file that you may read"
        ) from error
    return data


def _decode(data: bytes, path: str) -> str:
    mark = next((name for start, name in _BYTE_ORDER_MARKS if data.startswith(start)), None)
    encoding = mark or _declared_encoding(data) or "utf-8"
    if mark in (None, "utf-8-sig"):
        _refuse_binary(data, path)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"0x{data[error.start]:02X} is not {error.encoding.upper().replace('-SIG', '')}"
        raise InputError(
            path,
            f"{found} ({error.reason})",
            "save it as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8",
            place=f"line {line}, byte {error.start}",
        ) from error


def _declared_encoding(data: bytes) -> str | None:
    found = _XML_ENCODING.match(data) or _HTML_ENCODING.search(data[:_SAMPLE])
    if not found:
        return None
    if found.re is _HTML_ENCODING and not _HTML.match(data):
        return None
    try:
        codec = codecs.lookup(found[1].decode("ascii"))
    except LookupError:
        return None
    if found.re is _HTML_ENCODING and codec.name in {"iso8859-1", "ascii"}:
        return "cp1252"  # what every browser takes these names to mean
    # Python also calls rot13, zip and the like codecs; only those that turn bytes into text are encodings.
    return codec.name if getattr(codec, "_is_text_encoding", True) else None


def _refuse_binary(data: bytes, path: str) -> None:
    sample = data[:_SAMPLE]
    zeros = sorted((sample[::2].count(0), sample[1::2].count(0)))
    if zeros[0] == 0 and zeros[1] > _UTF_16_SHARE * len(sample):
        raise InputError(
            path, "this looks like UTF-16 without a byte order mark", f"save it as UTF-8; {READ}"
        )
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    first = data.find(0)
    if controls > _BINARY_SHARE * len(sample) or first >= 0:
        place = f"byte {first}" if first >= 0 else ""
        raise InputError(path, "this is binary data, not text", READ, place=place)
