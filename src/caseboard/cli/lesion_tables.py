"""Tables of lesions as commands read them: plain ones, or SDTM's TR with its TU, as one reader saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseboard.errors import UsageError

if TYPE_CHECKING:
    from caseboard.formats.tabular import Table

__all__ = ["INVESTIGATOR", "read_lesions", "refuse_reader"]

INVESTIGATOR = "INVESTIGATOR"
"""Whose rows are taken of SDTM unless another reader is asked for."""


def read_lesions(path: str, sites: str | None, reader: str) -> Table:
    """Return a table of lesions; of SDTM's TR the diameters that count, as one reader saw them.

    ``sites`` is the path of TU, which says which lesions are lymph nodes. Raises ``InputError`` where a table cannot be
    read, ``UsageError`` where TU is missing, or a reader is asked for of a table that names none.
    """
    from caseboard.formats.tabular import read_table

    table = read_table(path)
    if "TRTESTCD" not in table.frame.columns:
        refuse_reader(path, reader)
        return table
    if sites is None:
        raise UsageError(f"{path} is SDTM's TR: give its TU with --sites, for what is a lymph node")
    from caseboard.formats.sdtm import measured_lesions

    return measured_lesions(table, read_table(sites), reader)


def refuse_reader(path: str, reader: str) -> None:
    """Raise ``UsageError`` where a reader is asked for of a table that does not say whose its rows are."""
    if reader != INVESTIGATOR:
        raise UsageError(
            f"{path} is not SDTM, so its rows have no reader to choose by --reader {reader}; leave it out"
        )
