"""Throughput beside medspaCy's with the same vocabulary, on the same texts, in one run.

medspaCy (rule-based: PyRuSH sentences, TargetMatcher, ConText) is given every written form of Caseboard's
vocabularies. It yields mentions with negation and the like; Caseboard yields dated facts. The library is the extra
``bench``: ``pip install -c constraints.txt -e '.[bench]'``.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from caseboard import read_narrative
from caseboard.case import Document
from caseboard.narrative.mentions import _forms
from machine import reports

__all__ = ["against_medspacy"]

_ROUNDS = 5
_WARMING_UP = 5.0
"""Seconds for which each of the two reads before it is timed."""


def against_medspacy() -> tuple[float, float, int] | None:
    """Return kilobytes a second of Caseboard and of medspaCy, and the number of forms; None where it is missing."""
    try:
        pipeline, forms = _medspacy()
    except ImportError:
        return None
    texts = [report.read_text(encoding="utf-8") for report in reports()]
    kilobytes = sum(len(text.encode()) for text in texts) / 1e3
    own, peer = _fastest(
        lambda: [read_narrative(Document("report", text)) for text in texts],
        lambda: [pipeline(text) for text in texts],
    )
    return kilobytes / own, kilobytes / peer, forms


def _fastest(*works: Callable[[], object]) -> list[float]:
    """Return the least seconds of each, measured in turns after each has warmed up for as long.

    In turns, and the least, because a machine that others use slows down whichever runs just then. Warmed up, because
    a pattern that is asked often is compiled anew: what is compared is the reading of many texts, not of the first.
    """
    for work in works:
        begun = time.perf_counter()
        while time.perf_counter() - begun < _WARMING_UP:
            work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(_ROUNDS):
        for work, told in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            told.append(time.perf_counter() - start)
    return [min(told) for told in times]


def _medspacy() -> tuple[Callable[[str], object], int]:
    import medspacy.context  # noqa: PLC0415 - registers its component
    import medspacy.sentence_splitting  # noqa: PLC0415 - likewise
    import medspacy.target_matcher  # noqa: PLC0415 - an extra
    import spacy  # noqa: PLC0415 - an extra
    from loguru import logger  # noqa: PLC0415 - comes with PyRuSH

    logger.remove()  # PyRuSH logs every token at the level that loguru shows by default
    pipeline = spacy.blank("en")
    pipeline.max_length = 10_000_000
    pipeline.add_pipe("medspacy_pyrush")
    matcher = pipeline.add_pipe("medspacy_target_matcher")
    pipeline.add_pipe("medspacy_context")
    forms = sorted({(form, kind) for kind, _, form, _, _ in _forms()})
    matcher.add([medspacy.target_matcher.TargetRule(form, kind) for form, kind in forms])
    return pipeline, len(forms)


if __name__ == "__main__":
    measured = against_medspacy()
    if measured is None:
        print("medspaCy is not installed")
    else:
        print("Caseboard {:.0f} KB/s, medspaCy {:.1f} KB/s, {} forms".format(*measured))
