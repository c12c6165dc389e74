"""Measures what docs/benchmarks.md promises, and prints each figure beside its limit.

A ratio below 1 is within the limit. The exit code is 1 where one is not.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from evidence import import_and_options, release
from hostile import hostile_texts
from machine import ROOT, describe, reports, run, yardstick
from peer import against_medspacy
from responses import best_response, graded_values, lesions_to_timepoints
from stream import stream
from trials import hold_trials, import_records

READ_BYTES = 5_000_000
HOSTILE_BYTES = 10_000_000
STREAM_BYTES = 100_000_000
TRIAL_BYTES = 200_000_000

Figure = tuple[str, float, float, str]
"""What is measured, the value, the most that it may be, and its unit."""


def main() -> int:
    """Measure everything; returns 1 where a limit is not held."""
    print(f"{describe()}; {len(reports())} texts, dossier of {yardstick().name}\n")
    print(f"{'what':44}{'measured':>12}{'limit':>10}  {'unit':6}{'ratio':>7}")
    worst = 0.0
    measured = (
        start(),
        dossier(),
        reading(),
        streaming(),
        responses(),
        evidence(),
        hostile(),
        # Last: a child's largest memory starts at that of its parent, and medspaCy makes this process large.
        beside_medspacy(),
    )
    for figures in measured:
        for what, value, limit, unit in figures:
            worst = max(worst, value / limit)
            print(f"{what:44}{value:12.3f}{limit:10.3f}  {unit:6}{value / limit:7.2f}", flush=True)
    return int(worst > 1)


def start() -> Iterator[Figure]:
    """Measure the cold start."""
    times = [run("--version").seconds for _ in range(15)]
    yield "caseboard --version, cold, median of 15", statistics.median(times), 0.15, "s"


def dossier() -> Iterator[Figure]:
    """Measure the whole way, cold."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "dossier.html"
        times = []
        for _ in range(5):
            ran = run("board", yardstick(), "-o", page)
            if ran.code:
                raise SystemExit(ran.error)
            times.append(ran.seconds)
        yield "whole dossier, cold, median of 5", statistics.median(times), 2.0, "s"
        yield "size of the dossier", page.stat().st_size / 1e6, 3.0, "MB"


def reading() -> Iterator[Figure]:
    """Measure speed and memory of reading in one process."""
    script = [sys.executable, ROOT / "bench" / "reading.py", str(READ_BYTES)]
    told = json.loads(subprocess.run(script, capture_output=True, check=True).stdout)
    yield f"reading {told['megabytes']:.1f} MB, one process", told["seconds"] / told["megabytes"], 1.0, "s/MB"
    yield "memory after many passes / after one", told["after"] / told["before"], 1.2, ""
    yield "largest memory", told["after"], 500.0, "MB"


def responses() -> Iterator[Figure]:
    """Measure tables of many patients, each cold, and whether the time grows no faster than the table."""
    seconds, memory = best_response(50_000)
    yield "best response, 50,000 subjects x 8 visits", seconds, 0.9, "s"
    yield "largest memory of it", memory, 300.0, "MB"
    many, _ = best_response(1_000_000)
    yield "1,000,000 subjects / 20 times 50,000", many / (20 * seconds), 1.2, ""
    yield "lesions to time points, 10,000 subjects", lesions_to_timepoints(10_000)[0], 1.0, "s"
    yield "CTCAE v6.0 grades, 1,000,000 values", graded_values(100_000)[0], 6.0, "s"


def evidence() -> Iterator[Figure]:
    """Measure the store: the import of a whole release, and options for many samples. Nothing where there is none."""
    table = release()
    if table is not None:
        imported, answered = import_and_options(table, 100_000)
        yield "import of a release of CIViC, cold", imported, 3.0, "s"
        yield "options, 100,000 samples x 3, cold", answered, 10.0, "s"
    held = hold_trials(5_000)
    if held is not None:
        yield "one patient against 5,000 trials", held, 1.0, "s"
    imported_trials = import_records(TRIAL_BYTES)
    if imported_trials is not None:
        seconds, memory = imported_trials
        yield f"import of {TRIAL_BYTES / 1e6:.0f} MB of trial records, cold", seconds, 60.0, "s"
        yield "largest memory of it", memory, 500.0, "MB"


def beside_medspacy() -> Iterator[Figure]:
    """Measure the throughput beside that of medspaCy with the same vocabulary."""
    measured = against_medspacy()
    if measured is None:
        print(
            "not measured: medspaCy is not installed; pip install -c constraints.txt -e '.[bench]'",
            flush=True,
        )
        return
    own, peer, forms = measured
    told = f"Caseboard {own:.0f} KB/s, medspaCy {peer:.0f} KB/s: {own / peer:.1f} times"
    print(f"with {forms:,} written forms on the same texts, {told}")
    yield "medspaCy's throughput / Caseboard's", peer / own, 1 / 20, ""


def streaming() -> Iterator[Figure]:
    """Measure a file of many reports, each newline a new one, read as a stream of documents."""
    megabytes, seconds, memory = stream(STREAM_BYTES)
    yield f"{megabytes:.0f} MB of reports in one file", seconds / megabytes, 1.0, "s/MB"
    yield "largest memory on the way", memory, 500.0, "MB"


def hostile() -> Iterator[Figure]:
    """Measure texts that want to be slow; each must be read, or refused in one line."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in hostile_texts(HOSTILE_BYTES):
            case = Path(folder) / "case.txt"
            case.write_bytes(content)
            ran = run("board", case, "-o", Path(folder) / "dossier.html")
            if (ran.code, ran.error.count("\n")) not in {(0, 0), (1, 1)}:
                raise SystemExit(f"{name}: exit code {ran.code}: {ran.error[-2000:]}")
            what = "read" if ran.code == 0 else "refused"
            yield f"{len(content) / 1e6:.1f} MB of {name}: {what}", ran.seconds, 15.0, "s"


if __name__ == "__main__":
    sys.exit(main())
