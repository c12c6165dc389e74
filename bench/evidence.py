"""The whole release of CIViC imported, and options for a hundred thousand samples made up from its profiles."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import PROGRAM, SHARED

TUMOURS = (
    "IMT",
    "LUAD",
    "GIST",
    "SKCM",
    "COAD",
    "BRCA",
    "THPA",
    "CHOL",
    "AML",
    "GBM",
    "SYNS",
    "PAAD",
    "PRAD",
)
ALTERATIONS = 3


def release() -> Path | None:
    """Return the release of CIViC beside the repository, None where it is not there."""
    return next(iter(sorted((SHARED / "data" / "civic").glob("Accepted*.tsv"))), None)


def import_and_options(table: Path, samples: int) -> tuple[float, float]:
    """Return the seconds of the import and of the options for so many samples, each with three alterations, cold."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CASEBOARD_DATA": folder}
        given, answered = Path(folder) / "samples.tsv", Path(folder) / "options.tsv"
        given.write_text(_samples(table, samples), encoding="utf-8")
        imported = _seconds(environment, "knowledge", "import", "civic", table)
        return imported, _seconds(environment, "options", given, "-o", answered)


def _samples(table: Path, samples: int) -> str:
    from caseboard.knowledge.profiles import alternatives, parse_profile  # noqa: PLC0415 - after the paths are set

    profiles = {line.split("\t")[0] for line in table.read_text(encoding="utf-8").splitlines()[1:]}
    ways = (way for text in profiles for way in alternatives(parse_profile(text)))
    atoms = sorted({str(atom) for way in ways for atom in way.present})
    chance = random.Random(3)  # noqa: S311 - not for secrets
    lines = ["sample\ttumour\talteration\n"]
    for number in range(samples):
        tumour = chance.choice(TUMOURS)
        lines += [f"S{number}\t{tumour}\t{atom}\n" for atom in chance.sample(atoms, ALTERATIONS)]
    return "".join(lines)


def _seconds(environment: dict[str, str], *words: object) -> float:
    start = time.perf_counter()
    command = [str(word) for word in (PROGRAM, *words)]
    subprocess.run(command, env=environment, check=True, stdout=sys.stderr)
    return time.perf_counter() - start
