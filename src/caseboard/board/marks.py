"""What can stand on the time axis of a course: events, treatments, values, each on the days that it may mean."""

from __future__ import annotations

from typing import Literal

import msgspec

from caseboard.board.axis import Axis, Placed

__all__ = ["Bar", "Event", "Point", "Timeline", "Unplaced"]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened: ``label`` beside its mark, ``what`` in full, ``tone`` its colour's meaning."""

    lane: str
    label: str
    what: str
    when: str
    placed: Placed
    tone: str
    facts: tuple[str, ...]


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A treatment: certainly under way in ``sure`` (None where unsure throughout), possibly in ``placed``."""

    name: str
    modality: str
    what: str
    when: str
    placed: Placed
    sure: Placed | None
    ending: Literal["stopped", "ongoing", "end not told", "single event"]
    facts: tuple[str, ...]


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a series at a time: a lesion's longest diameter, a sum of diameters, a laboratory value.

    ``lower`` and ``upper`` are the limits of normal of a laboratory value, where they are known.
    """

    series: str
    value: float
    unit: str
    what: str
    when: str
    placed: Placed
    facts: tuple[str, ...]
    lower: float | None = None
    upper: float | None = None


class Unplaced(msgspec.Struct, frozen=True, kw_only=True):
    """Something that has no place on the axis."""

    kind: str
    what: str
    when: str
    facts: tuple[str, ...]


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """All that is drawn, and in ``unplaced`` what has no place on the axis, in the order of the story."""

    axis: Axis
    events: tuple[Event, ...]
    bars: tuple[Bar, ...]
    sizes: tuple[Point, ...]
    sums: tuple[Point, ...]
    labs: tuple[Point, ...]
    unplaced: tuple[Unplaced, ...]

    @property
    def extent(self) -> Placed | None:
        """The days from the first to the last thing drawn, or None where nothing is."""
        rows: tuple[Event | Bar | Point, ...] = (
            *self.events,
            *self.bars,
            *self.sizes,
            *self.sums,
            *self.labs,
        )
        placed = [row.placed for row in rows]
        return Placed(min(p.first for p in placed), max(p.last for p in placed)) if placed else None
