"""Trial records: one patient against thousands of trials, and the import of a file of hundreds of megabytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from machine import PROGRAM, SHARED, yardstick


def records() -> Path | None:
    """Return the trial records beside the repository, None where they are not there."""
    return next(iter(sorted((SHARED / "data" / "trials").glob("*.json"))), None)


def hold_trials(number: int) -> float | None:
    """Return the seconds to hold one patient against so many trials, no two of which share a criterion's words.

    None where there are no records beside us.
    """
    from caseboard.assess.eligibility import trial_reports  # noqa: PLC0415 - measured apart from the start
    from caseboard.assess.patient_profile import profile_of  # noqa: PLC0415
    from caseboard.formats import read_case  # noqa: PLC0415
    from caseboard.knowledge.trials import read_trials  # noqa: PLC0415

    file = records()
    if file is None:
        return None
    profile = profile_of(read_case(str(yardstick())))
    few = read_trials(str(file))
    trials = [_numbered(few[one % len(few)], one) for one in range(number)]
    start = time.perf_counter()
    trial_reports(profile, trials)
    return time.perf_counter() - start


def _numbered(part: Any, number: int) -> Any:  # noqa: ANN401 - a trial, or an expression of it
    """Return a trial whose criteria each have words of their own, so that no answer serves twice."""
    if hasattr(part, "everybody"):
        return msgspec.structs.replace(part, everybody=_numbered(part.everybody, number))
    if hasattr(part, "parts"):
        return msgspec.structs.replace(part, parts=tuple(_numbered(each, number) for each in part.parts))
    return msgspec.structs.replace(part, text=f"{part.text} ({number})")


def import_records(size: int) -> tuple[float, float] | None:
    """Return the seconds and the largest memory in MB of the import of one JSON file of so many bytes."""
    file = records()
    if file is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "trials.json"
        _write(large, json.loads(file.read_bytes()), size)
        environment = {**os.environ, "CASEBOARD_DATA": folder}
        command = [str(PROGRAM), "knowledge", "import", "trials", str(large)]
        start = time.perf_counter()
        with subprocess.Popen(command, env=environment, stdout=sys.stderr) as program:
            # wait4 alone tells the memory of this one child.
            _, status, used = os.wait4(program.pid, 0)
            program.returncode = os.waitstatus_to_exitcode(status)
        if program.returncode:
            raise SystemExit(f"caseboard knowledge import trials: exit code {program.returncode}")
        seconds = time.perf_counter() - start
    return seconds, used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _write(file: Path, few: list[dict[str, Any]], size: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        written, number = out.write("["), 0
        while written < size:
            record = few[number % len(few)]
            record["protocolSection"]["identificationModule"]["nctId"] = f"NCT{number:08d}"
            written += out.write((", " if number else "") + json.dumps(record))
            number += 1
        out.write("]")
