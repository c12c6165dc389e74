"""The words of the source around a fact: its sentence, and what stands before and after it.

Rules read these words where a fact's fields do not hold what they ask ("by the reference pathologist"). Where the
document is not at hand, the fact's own quote is all there is.
"""

from __future__ import annotations

import re

from caseboard.case.case import Case
from caseboard.case.facts import FactBase, Span

__all__ = ["COUNT", "around", "count_of", "sentence", "span_of", "told_between"]

_END = re.compile(
    r"[.!?][\"')\]]*\s+(?=[A-Z0-9(*-])"
    r"|(?<!\s(?:of|to|in|by|on|at|or|is|an))(?<!\s(?:and|the|for|was|had|but))(?<!\s(?:with|from|were|that))\n"
)
"""The end of a sentence; that of a line is one too, but not behind a word with which no sentence ends."""
_REACH = 600
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNT = rf"(?:\d{{1,3}}|{'|'.join(_COUNTS)})"
"""A count in figures or in words, as a part of a pattern."""


def count_of(written: str) -> int:
    """Return the number that words of ``COUNT`` mean."""
    return int(written) if written.isdigit() else _COUNTS.index(written.lower()) + 1


def span_of(case: Case, fact: FactBase) -> tuple[str, Span] | None:
    """Return the text of the fact's document and where the fact stands in it, or None where it is not at hand."""
    text = next((d.text for d in case.documents if d.name == fact.source.document), None)
    if text is None:
        return None
    span = fact.source.span
    if span is None:
        start = text.find(fact.source.quote)
        if start < 0 or not fact.source.quote:
            return None
        span = Span(start, start + len(fact.source.quote))
    return text, span


def sentence(case: Case, fact: FactBase) -> str:
    """Return the sentence that states the fact (at most some lines of it), or the quote alone."""
    found = span_of(case, fact)
    if found is None:
        return fact.source.quote
    text, span = found
    before = text[max(0, span.start - _REACH) : span.start]
    after = text[span.end : span.end + _REACH]
    starts = [match.end() for match in _END.finditer(before + text[span.start : span.start + 1])]
    # The end of the sentence may be the last sign of the quote itself.
    end = _END.search(text[span.end - 1 : span.end] + after)
    tail = after if end is None else after[: max(0, end.start())]
    return before[starts[-1] if starts else 0 :] + text[span.start : span.end] + tail


def around(case: Case, fact: FactBase, before: int, after: int) -> str:
    """Return the fact's quote with so many characters before and after it."""
    found = span_of(case, fact)
    if found is None:
        return fact.source.quote
    text, span = found
    return text[max(0, span.start - before) : span.end + after]


def told_between(case: Case) -> str:
    """Return the text from the first to the last fact of the case: the story as far as it is told."""
    out = []
    for document in case.documents:
        found = [place for fact in case.facts if (place := span_of(case, fact)) and place[0] is document.text]
        if found:
            first = min(span.start for _, span in found)
            last = max(span.end for _, span in found)
            out.append(document.text[first:last])
    return "\n".join(out)
