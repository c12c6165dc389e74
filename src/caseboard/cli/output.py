"""Writing: a file is there whole or not at all, and what goes to a terminal cannot steer it."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from caseboard.errors import UsageError

__all__ = ["one_line", "write_file", "write_output"]

_LONGEST_LINE = 1000


def one_line(text: str) -> str:
    """Return the text on one line, without control characters, cut where it is longer than anybody reads."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return plain if len(plain) <= _LONGEST_LINE else plain[: _LONGEST_LINE - 1] + "…"


def write_output(text: str) -> None:
    """Write to standard output in UTF-8, whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def write_file(path: Path, text: str) -> None:
    """Write the text to the path, whole or not at all; raises ``UsageError`` where nothing can be written there.

    The text goes to a temporary file in the same folder, which then takes the path's place. A path that is there
    and no ordinary file (a pipe, a terminal) is written to directly.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_text(text, encoding="utf-8")
        else:
            _replace(target, text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; name a place that can be") from error


def _replace(target: Path, text: str) -> None:
    if target.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    # The mask can only be read by setting it; the command line has one thread when it writes.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
