"""Reads many documents, in several processes where asked, and hands out their facts in the order of the documents."""

from __future__ import annotations

import multiprocessing
import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import msgspec

from caseboard.case import Case, History
from caseboard.cli.output import one_line, write_file, write_output
from caseboard.cli.progress import byte_progress
from caseboard.errors import CaseboardError, InputError, UsageError
from caseboard.formats.corpus import FACTS_SUFFIX, Piece, pieces, read_piece, size_of
from caseboard.formats.flat import write_flat

__all__ = ["read_corpus"]

_AHEAD = 3
"""Documents a process that wait to be read or printed: enough that none is idle, and few in memory."""
_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_UNSAFE = re.compile(r"[^\w. +,()-]")


class Read(msgspec.Struct, frozen=True):
    """What became of a document: its facts as lines, or one line that says why there are none."""

    name: str
    size: int
    lines: str = ""
    error: str = ""


def read_corpus(
    paths: list[str], *, jobs: int, folder: Path | None, history: bool, shown: bool | None
) -> int:
    """Read all documents; returns how many could not be read. Facts go to standard output, or to files in ``folder``.

    Raises ``UsageError`` where the folder cannot be written to.
    """
    if folder is not None:
        _make(folder)
    unread = 0
    names: set[str] = set()
    on_a_terminal = sys.stderr.isatty() and not (folder is None and sys.stdout.isatty())
    with byte_progress(size_of(paths), shown=on_a_terminal if shown is None else shown) as done:
        for read in _read_all(pieces(paths), jobs, history=history):
            done(read.name, read.size)
            if read.error:
                unread += 1
                sys.stderr.write(f"caseboard: {one_line(read.error)}\n")
            elif folder is None:
                write_output(read.lines)
            else:
                _write(folder, read, names)
    return unread


def read_one(piece: Piece, *, history: bool) -> Read:
    """Read a document into lines; a fault of Caseboard itself costs this document only, and is told as such."""
    try:
        case = read_piece(piece)
        lines = write_flat(case if history else _without_history(case))
        return Read(piece.name, piece.size, "".join(f"{line}\n" for line in lines))
    except CaseboardError as error:
        return Read(piece.name, piece.size, error=str(error))
    except _FAULTS as error:
        found = f"a fault of Caseboard, not of the document: {type(error).__name__}: {error}"
        told = InputError(piece.path, found, "please report it")
        return Read(piece.name, piece.size, error=str(told))


def _read_all(given: Iterable[Piece | InputError], jobs: int, *, history: bool) -> Iterator[Read]:
    if jobs == 1:
        for piece in given:
            yield _unread(piece) if isinstance(piece, InputError) else read_one(piece, history=history)
        return
    with _pool(jobs) as pool:
        waiting: deque[tuple[str, Read | Future[Read]]] = deque()
        for piece in given:
            if isinstance(piece, InputError):
                waiting.append((piece.path, _unread(piece)))
            else:
                waiting.append((piece.path, pool.submit(read_one, piece, history=history)))
            if len(waiting) > _AHEAD * jobs:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    # "spawn", because a process that is forked beside the thread of the progress bar may hang.
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _result(path: str, read: Read | Future[Read]) -> Read:
    try:
        return read if isinstance(read, Read) else read.result()
    except BrokenProcessPool as error:
        found = "the process that read it, or one beside it, was ended, perhaps for want of memory"
        raise InputError(path, found, "read it alone, with --jobs 1") from error


def _unread(error: InputError) -> Read:
    return Read(error.path, 0, error=str(error))


def _without_history(case: Case) -> Case:
    kept = tuple(fact for fact in case.facts if not isinstance(fact, History))
    return msgspec.structs.replace(case, facts=kept)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot be made: {error.strerror}; name a folder for the facts"
        ) from error


def _write(folder: Path, read: Read, names: set[str]) -> None:
    """Write a document's facts to a file named after it: without its suffix, unless another one is named so."""
    parts = [_UNSAFE.sub("_", part) for part in Path(read.name).parts if part not in {"/", ".."}]
    name = "/".join(parts) or "case"
    stem = name[: -len(Path(name).suffix)] if Path(name).suffix else name
    chosen = next(
        one for one in (stem, name, *(f"{name}-{i}" for i in range(2, 1_000_000))) if one not in names
    )
    names.add(chosen)
    target = folder / f"{chosen}{FACTS_SUFFIX}"
    _make(target.parent)
    write_file(target, read.lines)
