"""Many documents: the files of folders, and files in which one CORD-19 record follows another.

Documents are found one after the other, so that memory does not grow with their number: of a file with many records
(each begins with ``key: cord-`` on a line of its own) only the one that is being read is held.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from caseboard.case import Case
from caseboard.errors import InputError
from caseboard.formats.detect import find_reader
from caseboard.formats.source import LARGEST_FILE, read_source, source_of

__all__ = ["FACTS_SUFFIX", "Piece", "pieces", "read_piece", "size_of"]

FACTS_SUFFIX = ".facts.jsonl"
"""How the files of read facts end; a folder's are no cases."""

_RECORD = b"key: cord-"
_KEY = re.compile(rb"key: (cord-[\w.-]{1,80})")
_LINE = 1 << 20


class Piece(msgspec.Struct, frozen=True):
    """One document to read: how it is told of, its name, and its bytes where it is a part of its file."""

    path: str
    name: str
    size: int
    data: bytes | None = None


def pieces(paths: Iterable[str]) -> Iterator[Piece | InputError]:
    """Yield the documents of files and folders, the files of a folder by name, or why one has none.

    The name of a file in a folder is its path from there. Hidden files and ``*.facts.jsonl`` of a folder are left out.
    """
    for path in paths:
        if path != "-" and Path(path).is_dir():
            found = False
            for file in _files(Path(path)):
                found = True
                yield from _of_file(str(file), file.relative_to(path).as_posix())
            if not found:
                yield InputError(path, "the folder has no files", "give a folder with cases")
        else:
            yield from _of_file(path, "standard input" if path == "-" else Path(path).name)


def read_piece(piece: Piece) -> Case:
    """Read a document; raises ``InputError`` and ``NoPatientError`` as ``read_case`` does."""
    if piece.data is None:
        source = msgspec.structs.replace(read_source(piece.path), name=piece.name)
    else:
        source = source_of(piece.data, piece.path, piece.name)
    return find_reader(source)(source)


def size_of(paths: Iterable[str]) -> int:
    """Return how many bytes the files and folders have together, as far as can be seen beforehand."""
    sizes = 0
    for path in paths:
        given = Path(path)
        for file in _files(given) if given.is_dir() else (given,):
            try:
                sizes += file.stat().st_size
            except OSError:
                continue  # the reading will say what is wrong with it
    return sizes


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place) / name
            if not name.startswith(".") and not name.endswith(FACTS_SUFFIX) and file.is_file():
                yield file


def _of_file(path: str, name: str) -> Iterator[Piece | InputError]:
    if path == "-":
        head = sys.stdin.buffer.read(len(_RECORD))
        if head == _RECORD:
            yield from _records(sys.stdin.buffer, head, path, name)
        else:
            data = head + sys.stdin.buffer.read(LARGEST_FILE + 1)
            yield Piece(path, name, len(data), data)
        return
    size = 0
    try:
        if Path(path).is_file():
            with Path(path).open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                head = file.read(len(_RECORD))
                if head == _RECORD:
                    yield from _records(file, head, path, name)
                    return
    except OSError as error:
        yield InputError(path, f"it cannot be read: {error.strerror}", "give a file that you may read")
        return
    yield Piece(path, name, size)


def _records(file: BinaryIO, head: bytes, path: str, name: str) -> Iterator[Piece | InputError]:
    """Yield each record under its own key; a file with one alone keeps its name."""
    names: set[str] = set()
    alone = True
    for data, last in _split(file, head):
        if alone and last:
            yield Piece(path, name, len(data), data)
            return
        alone = False
        key = _KEY.match(data)
        own = key[1].decode() if key else f"record-{len(names) + 1}"
        own = own if own not in names else f"{own}-{len(names) + 1}"
        names.add(own)
        told = f"{path}, record {own}"
        if len(data) > LARGEST_FILE:
            yield InputError(told, f"more than {LARGEST_FILE // 2**20} MB", "give one record a line")
        else:
            yield Piece(told, own, len(data), data)


def _split(file: BinaryIO, head: bytes) -> Iterator[tuple[bytes, bool]]:
    """Yield the bytes of each record, and whether it is the last; what is too long keeps only its beginning."""
    record = bytearray(head)
    begins = False
    while line := file.readline(_LINE):
        if begins and line.startswith(_RECORD):
            yield bytes(record), False
            record = bytearray()
        if len(record) <= LARGEST_FILE:
            record += line
        begins = line.endswith(b"\n")
    yield bytes(record), True
