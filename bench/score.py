"""Scores the reader against the hand-made facts of the reference cases, where they are at hand."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from machine import SHARED, run


def main() -> int:
    """Read every reference text by the command line, then run the scorer; further arguments are the scorer's."""
    gold, scorer = SHARED / "gold" / "dev", SHARED / "gold" / "score.py"
    if not scorer.exists():
        print(f"No reference cases: {scorer} is not there (set CASEBOARD_SHARED to find them).")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for text in sorted(gold.glob("*.txt")):
            ran = run("facts", text)
            if ran.code:
                sys.stderr.write(ran.error)
            Path(folder, f"{text.stem}.facts.jsonl").write_bytes(ran.output)
        return subprocess.run([sys.executable, scorer, gold, folder, *sys.argv[1:]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
