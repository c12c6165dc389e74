"""Reads a file of 100 MB in which one report follows another, and tells the speed and the largest memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import PROGRAM, reports

__all__ = ["stream"]


def stream(size: int) -> tuple[float, float, float]:
    """Return megabytes read, seconds, and the largest resident memory in MB of the process that read them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.txt"
        size = _write(path, size)
        start = time.perf_counter()
        with subprocess.Popen(
            [PROGRAM, "facts", "--no-progress", path], stdout=subprocess.DEVNULL
        ) as program:
            # wait4 alone tells the memory of this one child.
            _, status, used = os.wait4(program.pid, 0)
            program.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if program.returncode:
            raise SystemExit(f"caseboard facts on a stream of reports: exit code {program.returncode}")
        return size / 1e6, seconds, used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _write(path: Path, size: int) -> int:
    """Write the reports again and again as records, each with a key of its own; returns the bytes."""
    texts = [" ".join(report.read_text(encoding="utf-8").split()) for report in reports()]
    written = number = 0
    with path.open("wb") as file:
        while written < size:
            text = texts[number % len(texts)]
            start = text.find(" cord_uid: ")
            story = text[start + 20 :] if start >= 0 else text
            written += file.write(
                f"key: cord-{number} title: x date: 2020 cord_uid: u{number} {story}\n".encode()
            )
            number += 1
    return written


if __name__ == "__main__":
    print("{:.1f} MB, {:.1f} s, {:.0f} MB resident".format(*stream(int(sys.argv[1]))))
