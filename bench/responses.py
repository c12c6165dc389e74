"""Tables of responses, lesions and laboratory values, simulated, and what the commands for tables need for them."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from machine import PROGRAM

VISITS = 8
START = date(2020, 1, 6)
# Each word leads to the next with these odds.
NEXT = {
    "SD": (("SD", "PR", "PD", "NE"), (60, 20, 15, 5)),
    "PR": (("PR", "CR", "SD", "PD", "NE"), (70, 10, 8, 8, 4)),
    "CR": (("CR", "PR", "PD", "NE"), (80, 4, 12, 4)),
    "PD": (("PD", "SD"), (90, 10)),
    "NE": (("SD", "PR", "PD", "NE"), (40, 30, 20, 10)),
}

VALUES = (
    ("hemoglobin", "g/dL", 12, 16),
    ("hemoglobin", "mmol/L", 7.5, 10),
    ("neutrophils", "10^9/L", 1.8, 7.5),
    ("platelets", "10^9/L", 150, 400),
    ("ALT", "U/L", 10, 40),
    ("total bilirubin", "umol/L", 3, 20),
    ("creatinine", "umol/L", 60, 105),
    ("potassium", "mmol/L", 3.5, 5),
    ("sodium", "mmol/L", 135, 145),
    ("lipase", "U/L", 10, 60),
)


def best_response(subjects: int) -> tuple[float, float]:
    """Return the seconds and the largest memory in MB for the best responses of so many subjects."""
    chance = random.Random(1)  # noqa: S311 - not for secrets

    def rows(number: int) -> str:
        start, word, lines = START + timedelta(chance.randrange(900)), "SD", []
        for visit in range(1, VISITS + 1):
            word = chance.choices(*NEXT[word])[0]
            day = start + timedelta(42 * visit + chance.randint(-7, 7))
            lines.append(f"S-{number:07d},{start},{visit},{day},{word}\n")
        return "".join(lines)

    return _measure(("response", "best"), "subject,start,visit,date,response\n", rows, subjects)


def lesions_to_timepoints(subjects: int) -> tuple[float, float]:
    """Return the seconds and the largest memory in MB for the time points of so many subjects with four lesions."""
    chance = random.Random(2)  # noqa: S311 - not for secrets

    def rows(number: int) -> str:
        sizes = [chance.uniform(15, 60) for _ in range(3)]
        factor, lines = chance.uniform(0.6, 1.2), []
        for visit in range(VISITS + 1):
            head = f"S-{number:07d},{visit},{START + timedelta(42 * visit)}"
            lines += [f"{head},T{i},TARGET,{mm * factor**visit:.1f},\n" for i, mm in enumerate(sizes)]
            lines.append(f"{head},N1,NON-TARGET,,PRESENT\n")
        return "".join(lines)

    return _measure(("response", "timepoints"), "subject,visit,date,lesion,kind,mm,state\n", rows, subjects)


def graded_values(subjects: int) -> tuple[float, float]:
    """Return the seconds and the largest memory in MB for the grades of so many subjects with ten values each."""
    chance = random.Random(3)  # noqa: S311 - not for secrets

    def rows(number: int) -> str:
        head, lines = f"S-{number:07d},{START + timedelta(number % 700)}", []
        for analyte, unit, low, high in VALUES:
            value, before = low * chance.uniform(0.4, 3), low * chance.uniform(1, 1.4)
            lines.append(f"{head},{analyte},{value:.3g},{unit},{low},{high},{before:.3g}\n")
        return "".join(lines)

    return _measure(("grade",), "subject,date,analyte,value,unit,lln,uln,baseline\n", rows, subjects)


def _measure(
    command: tuple[str, ...], header: str, rows: Callable[[int], str], subjects: int
) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        table, result = Path(folder) / "in.csv", Path(folder) / "out.csv"
        with table.open("w", encoding="utf-8") as file:
            file.write(header)
            file.writelines(map(rows, range(subjects)))
        times, peaks = zip(*(_run(*command, table, "-o", result) for _ in range(3)), strict=True)
        return sorted(times)[1], max(peaks)


def _run(*arguments: str | Path) -> tuple[float, float]:
    start = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    child = os.posix_spawn(PROGRAM, [PROGRAM, *arguments], os.environ, file_actions=quiet)
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{arguments}: exit code {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
