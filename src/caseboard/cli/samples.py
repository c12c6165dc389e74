"""Options for a table of many samples: found out from the names of its columns, answered as a table."""

from __future__ import annotations

import sys
from pathlib import Path

from caseboard.cli.output import write_file, write_output
from caseboard.errors import InputError

__all__ = ["answer_samples"]

_FIRST_BYTES = 65_536


def answer_samples(path: str, output: Path | None, *, every_type: bool) -> bool:
    """Answer a table of samples and return True; False where the path is none, and nothing is done.

    cBioPortal's ``data_sv.txt``, which is read as a case too, counts as one only where a file to write is named.
    """
    line = _first_line(path)
    if line is None:
        return False
    from caseboard.formats.samples import is_sample_table, read_samples

    if not is_sample_table(line) or ("Site1_Hugo_Symbol" in line and output is None):
        return False
    from caseboard.assess.sample_options import COLUMNS, SampleRow, sample_options

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            path, "this is not UTF-8", "save the table as UTF-8", place=f"byte {error.start}"
        ) from error
    rows = (SampleRow(*cells) for cells in read_samples(text, path))
    answer = "\t".join(COLUMNS) + "\n" + "".join(sample_options(rows, every_type=every_type))
    if output is None or str(output) == "-":
        write_output(answer)
    else:
        write_file(output, answer)
        sys.stdout.write(f"Wrote {output} ({answer.count(chr(10)) - 1:,} lines)\n")
    return True


def _first_line(path: str) -> str | None:
    """Return the first line that is no comment, None for what is no file or cannot be read: the reader says why."""
    if path == "-" or not Path(path).is_file():
        return None
    try:
        with Path(path).open("rb") as file:
            head = file.read(_FIRST_BYTES)
    except OSError:
        return None
    text = head.decode("utf-8-sig", errors="replace")
    return next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), None)
