"""Make the tables of genes, fusions, tumours and drugs from the releases they rest on.

    python tools/build_terms.py DATA [--words /usr/share/dict/words] [--only genes,tumors,drugs]

DATA holds one folder a source (``civic``, ``codes``, ``doid``, ``drugs``, ``hgnc``, ``oncotree``), as the sources
publish them; what the project adds by hand is in ``tools/curated``. The tables go to ``src/caseboard/terms/data``.
``regimens.tsv`` is kept by hand and is not made here. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from termtables import drugs, genes, tumors

BUILDERS = {"genes": genes.build, "tumors": tumors.build, "drugs": drugs.build}
TARGET = Path(__file__).parents[1] / "src" / "caseboard" / "terms" / "data"


def main() -> int:
    """Build the tables asked for; complaints about the curated lists go to standard error."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="the folder of the releases")
    parser.add_argument(
        "--words", type=Path, default=Path("/usr/share/dict/words"), help="an English word list"
    )
    parser.add_argument("--only", default=",".join(BUILDERS), help="the tables to make, separated by commas")
    options = parser.parse_args()
    if not options.words.is_file():
        parser.error(
            f"{options.words}: there is no such word list; install wamerican (Debian), or name one with --words"
        )
    if not options.data.is_dir():
        parser.error(f"{options.data}: there is no such folder of releases")
    if unknown := [name for name in options.only.split(",") if name not in BUILDERS]:
        parser.error(
            f"--only {','.join(unknown)}: there is no such table; the tables are {', '.join(BUILDERS)}"
        )
    for name in options.only.split(","):
        for complaint in BUILDERS[name](options.data, options.words, TARGET):
            print(f"{name}: {complaint}", file=sys.stderr)  # noqa: T201 - a tool speaks to its user
    return 0


if __name__ == "__main__":
    sys.exit(main())
