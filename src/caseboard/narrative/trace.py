"""What a reading notes of one sentence, where somebody asks how it was read (``caseboard.narrative.explain``)."""

from __future__ import annotations

from collections.abc import Sequence

from caseboard.narrative.memory import Draft
from caseboard.narrative.time_expression import TimeExpression
from caseboard.narrative.view import View

__all__ = ["Trace"]


class Trace:
    """Filled by the reading: the sentence with this index as the extractors saw it, and what each drew from it."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.view: View | None = None
        self.expressions: tuple[TimeExpression, ...] = ()
        self.drafts: list[tuple[str, Draft]] = []
        """The name of the extractor, and the fact in the making as it stands when the reading is over."""

    def was_read(self, index: int, view: View, expressions: Sequence[TimeExpression]) -> None:
        """Note how a sentence was seen, if it is the one."""
        if index == self.index:
            self.view, self.expressions = view, tuple(expressions)

    def drafted(self, index: int, extractor: str, draft: Draft) -> None:
        """Note a fact in the making, if it is drawn from the sentence."""
        if index == self.index:
            self.drafts.append((extractor.rpartition(".")[2], draft))
