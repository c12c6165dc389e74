"""One module a kind of fact; each yields drafts from one sentence. A new kind is one new module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from caseboard.narrative.extract import (
    adverse_event,
    alteration,
    diagnosis,
    history,
    lab,
    lesion,
    outcome,
    procedure,
    put_to_board,
    response,
    test,
    treatment,
)
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.view import View

__all__ = ["EXTRACTORS", "RETOLD_EXTRACTORS", "Extractor"]

Extractor = Callable[[View, Memory], Iterator[Draft]]

EXTRACTORS: tuple[Extractor, ...] = (
    history.extract,
    diagnosis.extract,
    test.extract,
    alteration.extract,
    lesion.extract,
    lab.extract,
    treatment.extract,
    procedure.extract,
    adverse_event.extract,
    response.extract,
    outcome.extract,
    put_to_board.extract,
)
"""Asked in this order for each sentence of the case: a treatment is known before what it did."""

RETOLD_EXTRACTORS: tuple[Extractor, ...] = (lab.extract, response.extract, outcome.extract)
"""Asked for sentences outside the case that speak of its patient."""
