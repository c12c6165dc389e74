"""How long code takes: one size is held against another, so that a slow machine slows both down."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

__all__ = ["assert_linear", "seconds"]

_LONG = 2.0
"""Seconds beside which it no longer counts what a first call prepares, as patterns are compiled; once is enough."""


def seconds(call: Callable[[], object]) -> float:
    """Return the seconds of the processor that a call takes: the least of three, or of one that takes long.

    Cycles are not collected meanwhile, as in ``timeit``: a collection walks all that other tests have left behind.
    """
    best = float("inf")
    collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(3):
            began = time.process_time()
            call()
            best = min(best, time.process_time() - began)
            if best > _LONG:
                break
    finally:
        if collecting:
            gc.enable()
    return best


def assert_linear(read: Callable[[str], object], piece: str, size: int) -> None:
    """Four times a text of one piece, ``size`` characters long, may take at most eight times as long.

    A quadratic step would take sixteen times. What is too short to be measured is allowed for.
    """
    short, long = (piece * (characters // len(piece)) for characters in (size, 4 * size))
    assert seconds(lambda: read(long)) < 8 * seconds(lambda: read(short)) + 0.05
