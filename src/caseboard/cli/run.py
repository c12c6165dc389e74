"""From a call of the command line to its exit code: 0 done, 1 the input could not be read, 2 wrong usage."""

from __future__ import annotations

import sys

from caseboard.cli.commands import app
from caseboard.cli.output import one_line
from caseboard.errors import CaseboardError, UsageError

__all__ = ["run"]


def run(arguments: list[str]) -> int:
    """Run the command line; what goes wrong on purpose becomes one line on standard error and an exit code."""
    try:
        app(args=arguments, prog_name="caseboard")
    except UsageError as error:
        return _complain(error, 2)
    except CaseboardError as error:
        return _complain(error, 1)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _complain(error: CaseboardError, code: int) -> int:
    sys.stderr.write(f"caseboard: {one_line(str(error))}\n")
    return code
