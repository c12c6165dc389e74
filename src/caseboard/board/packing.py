"""Rows for labelled marks on a time axis, so that no label runs into another mark or label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

__all__ = ["MAX_ROWS", "Box", "Seat", "pack"]

MAX_ROWS = 30
"""A lane holds no more rows than this; what does not fit is told in words."""

_CHARACTER_PX = 6.3
_GAP_PX = 10.0
_NEAR_PX = 7.0


class Box(msgspec.Struct, frozen=True):
    """A mark from ``left`` to ``right`` px with a label beside it (or above it, beginning at ``left``)."""

    left: float
    right: float
    label: str


class Seat(msgspec.Struct, frozen=True):
    """Where a box goes: its row, and the side of the mark on which its label stands; ``label`` cut to fit."""

    row: int
    side: Literal["right", "left"]
    label: str


def pack(boxes: Sequence[Box], width: float, *, above: bool = False) -> list[Seat | None]:
    """Return a seat for each box (None where all rows are full), each in the first row that has room for it.

    ``width`` is the width of the drawing in px; ``above`` puts the label over the mark and not beside it.
    """
    seats: list[Seat | None] = [None] * len(boxes)
    rows: list[list[tuple[float, float]]] = []
    for index in sorted(range(len(boxes)), key=lambda at: (boxes[at].left, boxes[at].right)):
        low, high, side, label = _lay(boxes[index], width, above)
        row = next((at for at, taken in enumerate(rows) if _is_free(taken, low, high)), len(rows))
        if row == MAX_ROWS:
            continue
        if row == len(rows):
            rows.append([])
        rows[row].append((low, high))
        seats[index] = Seat(row, side, label)
    return seats


def _is_free(taken: list[tuple[float, float]], low: float, high: float) -> bool:
    return all(end + _GAP_PX <= low or high + _GAP_PX <= start for start, end in taken)


def _lay(box: Box, width: float, above: bool) -> tuple[float, float, Literal["right", "left"], str]:
    """Return the extent of mark and label, the label's side, and the label cut to the room there is."""
    need = len(box.label) * _CHARACTER_PX
    room_right = width - (box.left if above else box.right + _NEAR_PX)
    room_left = box.right if above else box.left - _NEAR_PX
    if need <= room_right or room_right >= room_left:
        label = _shorten(box.label, room_right)
        end = width - room_right + len(label) * _CHARACTER_PX
        return box.left, max(box.right, end), "right", label
    label = _shorten(box.label, room_left)
    return min(box.left, room_left - len(label) * _CHARACTER_PX), box.right, "left", label


def _shorten(label: str, room: float) -> str:
    fits = max(4, int(room / _CHARACTER_PX))
    return label if len(label) <= fits else label[: fits - 1].rstrip() + "…"
