"""The command line. Nothing is reasoned here: a command reads a case, has it assessed, and writes the result."""

from caseboard.cli.commands import app
from caseboard.cli.run import run

__all__ = ["app", "run"]
