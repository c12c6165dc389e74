"""What the makers of tables share: reading sources and curated lists, English words, writing a table."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

CURATED = Path(__file__).parents[1] / "curated"


def rows(path: Path, delimiter: str = "\t", *, quoted: bool = False) -> list[dict[str, str]]:
    """Read a delimited file with a header line, gzipped or not."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    if quoted:
        return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE))


def curated(name: str, separator: str = "|") -> Iterator[list[str]]:
    """Yield the fields of each line of a curated list, comments and empty lines left out."""
    for line in (CURATED / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [field.strip() for field in line.split(separator)]


def word_list(name: str) -> tuple[str, ...]:
    """Return one of the short lists of ``word_lists.txt``."""
    for listed, words in curated("word_lists.txt"):
        if listed == name:
            return tuple(word.lstrip() for word in words.split(";"))
    raise KeyError(name)


def any_of(name: str) -> re.Pattern[str]:
    """Return a pattern that finds any word of a short list, at its start, in any case."""
    return re.compile("|".join(re.escape(word) for word in word_list(name)), re.IGNORECASE)


def english(words: Path) -> frozenset[str]:
    """Return the words of an English word list and the clinical abbreviations, in lower case."""
    listed = {word.strip().casefold() for word in words.read_text(encoding="utf-8").splitlines()}
    return frozenset(listed | clinical())


def clinical() -> set[str]:
    """Return the abbreviations of clinical texts, in lower case."""
    return {word.casefold() for line in curated("clinical_abbreviations.txt", " ") for word in line}


def write_table(
    path: Path, notes: Sequence[str], columns: Sequence[str], lines: Iterable[Sequence[str]]
) -> None:
    """Write a table: ``#`` lines of notes, the column names, the rows; refuse a tab or a line break in a cell."""
    out = [*(f"# {note}" for note in notes), "\t".join(columns)]
    for cells in lines:
        if len(cells) != len(columns) or any("\t" in cell or "\n" in cell for cell in cells):
            raise ValueError(f"{path.name}: a row does not fit its columns: {cells}")
        out.append("\t".join(cells))
    path.write_text("\n".join(out) + "\n", encoding="utf-8")
