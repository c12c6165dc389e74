"""Scores the reader against the hand-made facts of the reference cases, where they are at hand.

The yardstick, whose course the project was built on, and the other cases are scored apart.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from machine import SHARED, run, yardstick


def main() -> int:
    """Read every reference text by the command line, then run the scorer; further arguments are the scorer's."""
    gold, scorer = SHARED / "gold" / "dev", SHARED / "gold" / "score.py"
    if not scorer.exists():
        print(f"No reference cases: {scorer} is not there (set CASEBOARD_SHARED to find them).")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for text in sorted(gold.glob("*.txt")):
            part = Path(folder, "yardstick" if text == yardstick() else "others")
            (part / "gold").mkdir(parents=True, exist_ok=True)
            (part / "read").mkdir(exist_ok=True)
            for file in (text, text.with_suffix(".facts.jsonl")):
                shutil.copy(file, part / "gold")
            ran = run("facts", text)
            if ran.code:
                sys.stderr.write(ran.error)
            (part / "read" / f"{text.stem}.facts.jsonl").write_bytes(ran.output)
        for part in (Path(folder, "yardstick"), Path(folder, "others")):
            print(f"== {part.name}", flush=True)
            words = [sys.executable, scorer, part / "gold", part / "read", *sys.argv[1:]]
            subprocess.run(words, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
