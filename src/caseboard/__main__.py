"""The entry point of the command ``caseboard`` and of ``python -m caseboard``."""

from __future__ import annotations

import sys

from caseboard._version import __version__

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line with the given arguments (default: the process's own); returns the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        # Answered before anything large is imported: people and scripts ask this often.
        sys.stdout.write(f"caseboard {__version__}\n")
        return 0
    from caseboard.cli import run  # noqa: PLC0415 - Typer takes longer to import than --version may take

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
