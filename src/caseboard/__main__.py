"""The entry point of the command ``caseboard`` and of ``python -m caseboard``."""

from __future__ import annotations

import gc
import sys

from caseboard._version import __version__

__all__ = ["main"]

_OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""Of the collector of cycles; Python's 700 let it walk the vocabularies again and again while they are read, which
takes a sixth of the time of a whole dossier. What Caseboard makes has hardly any cycles."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line with the given arguments (default: the process's own); returns the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        # Answered before anything large is imported: people and scripts ask this often.
        sys.stdout.write(f"caseboard {__version__}\n")
        return 0
    if arguments is None:
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from caseboard.cli import run  # noqa: PLC0415 - Typer takes longer to import than --version may take

    code = run(given)
    if arguments is None:
        # The process ends, so nothing has to be looked through for cycles any more; Python would, and for long.
        gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(main())
