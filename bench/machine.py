"""Where a benchmark runs, and how it asks the machine for time and memory."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = Path(sys.executable).with_name("caseboard")
SHARED = Path(os.environ.get("CASEBOARD_SHARED") or ROOT.parent / "shared")


@dataclass(frozen=True)
class Ran:
    """How a program ended: its exit code, what it printed, the seconds it took."""

    code: int
    output: bytes
    error: str
    seconds: float


def run(*arguments: str | Path, cwd: Path | None = None) -> Ran:
    """Run Caseboard in a process of its own, cold."""
    start = time.perf_counter()
    done = subprocess.run([PROGRAM, *arguments], cwd=cwd, capture_output=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr.decode(), time.perf_counter() - start)


def largest_memory_mb() -> float:
    """Return the largest memory that this process has had so far, in MB (Linux counts kB, macOS bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def describe() -> str:
    """Return the machine in one line."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def reports() -> list[Path]:
    """Return the reference texts where they are at hand, else the example."""
    return sorted((SHARED / "gold" / "dev").glob("*.txt")) or [ROOT / "examples" / "ros1_imt.txt"]


def yardstick() -> Path:
    """Return the case by which the dossier is measured."""
    reference = SHARED / "gold" / "dev" / "seed_ros1_imt.txt"
    return reference if reference.exists() else ROOT / "examples" / "ros1_imt.txt"
