"""Tables of many patients: CSV (gzipped too) and Parquet in, as text with line numbers; the same formats out.

Reading never stops at a bad row: what cannot be used is returned as a :class:`Problem` with its line.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
import polars as pl

from caseboard.errors import InputError, UsageError

__all__ = ["ENDINGS", "ROW", "Problem", "Table", "read_table", "write_bytes", "write_table"]

ENDINGS = (".csv", ".csv.gz", ".parquet")
"""The endings of the files of a study that are looked for, and of the tables that are written."""

ROW = "_row"
"""The column of the row's number, counted from 0 after the header."""

_GZIP = b"\x1f\x8b"
_PARQUET = b"PAR1"
_SEPARATORS = (",", ";", "\t", "|")
_EXPECTED = "a CSV file (gzipped or not) with a header line, or a Parquet file, is read"

_AS_UTF8 = "save it as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8"


class Problem(msgspec.Struct, frozen=True, order=True):
    """Something in a table that is not used, and why. ``line`` is that of the file (of Parquet, the row), from 1.

    ``harmless``: nothing is lost, for an earlier row says the same.
    """

    line: int
    reason: str
    harmless: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table as it was read: every column as text (blank is null), ``ROW``, and where its rows came from.

    ``ragged`` are the rows that did not have the header's number of fields; they are not in ``frame``.
    """

    path: str
    frame: pl.DataFrame
    ragged: tuple[Problem, ...] = ()

    def problems(
        self, rows: Sequence[tuple[int, str]], repeated: Sequence[tuple[int, str]] = ()
    ) -> tuple[Problem, ...]:
        """Return the problems of rows, and of rows ``repeated``, by their number, with the lines they stand on."""
        if not rows and not repeated:
            return tuple(sorted(self.ragged))
        lines = self._lines()
        found = [Problem(lines(row), reason) for row, reason in rows]
        found += [Problem(lines(row), reason, harmless=True) for row, reason in repeated]
        return tuple(sorted((*self.ragged, *found)))

    def _lines(self) -> _Lines:
        # Only asked for where something is wrong: blank lines and quoted line ends shift what a row's number says.
        content = Path(self.path).read_bytes()
        if content.startswith(_PARQUET):
            return _Lines(())
        return _Lines(tuple(line for line, _ in _records(self.path, _text(self.path, content)))[1:])


class _Lines(msgspec.Struct, frozen=True):
    starts: tuple[int, ...]

    def __call__(self, row: int) -> int:
        return self.starts[row] if row < len(self.starts) else row + 1


def read_table(path: str) -> Table:
    """Read a table; raises ``InputError`` where there is none that can be read."""
    if path == "-":
        raise InputError(path, "a table is not read from standard input", "save it, and give its path")
    file = Path(path)
    try:
        with file.open("rb") as handle:
            start = handle.read(4)
    except IsADirectoryError:
        raise InputError(path, "this is a folder", "give the path of a file") from None
    except OSError as error:
        raise InputError(path, error.strerror or "it cannot be opened", _EXPECTED) from error
    if not start:
        raise InputError(path, "the file is empty", _EXPECTED)
    try:
        if start == _PARQUET:
            frame = pl.read_parquet(file, glob=False).select(pl.all().cast(pl.String))
            return Table(path, frame.with_row_index(ROW))
        return _read_csv(path, file)
    except (pl.exceptions.PolarsError, OSError, EOFError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise InputError(path, first, _EXPECTED) from error


def _read_csv(path: str, file: Path) -> Table:
    separator = _separator(_first_line(file))
    try:
        frame = pl.read_csv(file, separator=separator, infer_schema=False, glob=False)
    except pl.exceptions.ComputeError:
        return _read_slowly(path, separator)
    if any("\x00" in name for name in frame.columns):
        raise InputError(path, "binary data", _EXPECTED)
    # A blank line is a row of nulls: it says nothing, and is not counted.
    if frame.height and frame.width > 1 and frame.select(pl.col(frame.columns[0]).is_null().any()).item():
        frame = frame.filter(~pl.all_horizontal(pl.all().is_null()))
    return Table(path, frame.with_row_index(ROW))


def _read_slowly(path: str, separator: str) -> Table:
    """Read row by row, so that the rows which break the table's form can be named."""
    records = _records(path, _text(path, Path(path).read_bytes()), separator)
    _, header = next(records, (1, []))
    rows: list[list[str | None]] = []
    numbers: list[int] = []
    ragged = []
    for number, (line, fields) in enumerate(records):
        if len(fields) > len(header):
            ragged.append(Problem(line, f"{len(fields)} fields, but the header has {len(header)}"))
            continue
        rows.append([field or None for field in fields] + [None] * (len(header) - len(fields)))
        numbers.append(number)
    names = [name if name not in header[:place] else f"{name}_{place}" for place, name in enumerate(header)]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    frame = pl.DataFrame(
        {ROW: numbers, **columns}, schema={ROW: pl.UInt32, **dict.fromkeys(names, pl.String)}
    )
    return Table(path, frame, tuple(ragged))


def _records(path: str, text: str, separator: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that are not blank, each with the line it begins on; the header is the first."""
    if separator is None:
        separator = _separator(text[: text.find("\n")] if "\n" in text else text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for fields in reader:
            if any(fields):
                yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(path, str(error), _EXPECTED, place=f"line {line}") from error


def _text(path: str, content: bytes) -> str:
    if content.startswith(_GZIP):
        content = gzip.decompress(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found, wanted = ("binary data", _EXPECTED) if b"\x00" in content else ("not UTF-8", _AS_UTF8)
        raise InputError(path, found, wanted, place=f"line {line}") from error


def _first_line(file: Path) -> str:
    with file.open("rb") as handle:
        head = handle.read(2)
    opener = gzip.open if head == _GZIP else open
    with opener(file, "rb") as handle:
        return handle.readline(1_000_000).decode("utf-8-sig", errors="replace")


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=header.count)


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write a table, whole or not at all: Parquet for ``.parquet``, gzipped CSV for ``.gz``, else CSV.

    Raises ``UsageError`` where nothing can be written there.
    """
    _write_whole(path, lambda handle: _write(frame, path, handle))


def write_bytes(content: bytes, path: Path) -> None:
    """Write bytes, whole or not at all; raises ``UsageError`` where nothing can be written there."""
    _write_whole(path, lambda handle: handle.write(content))


def _write_whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    target = path.resolve()
    try:
        if target.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        if target.exists() and not target.is_file():
            with target.open("wb") as handle:
                write(handle)
        else:
            with _replacing(target) as handle:
                write(handle)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written: {error.strerror}; name a file in a folder that is there"
        ) from error


def _write(frame: pl.DataFrame, target: Path, handle: IO[bytes]) -> None:
    if target.suffix == ".parquet":
        frame.write_parquet(handle)
    elif target.suffix == ".gz":
        with gzip.GzipFile(filename="", mode="wb", fileobj=handle, mtime=0) as packed:
            packed.write(frame.write_csv().encode())
    else:
        frame.write_csv(handle)


@contextmanager
def _replacing(target: Path) -> Iterator[IO[bytes]]:
    mask = os.umask(0o077)
    os.umask(mask)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~mask
    number, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(number, "wb") as handle:
            yield handle
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
