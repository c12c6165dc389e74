"""How a sentence was read, as plain text, wrapped to the width of the terminal or 100 columns."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator

from caseboard.case.facts import Fact
from caseboard.cli.output import one_line
from caseboard.errors import UsageError
from caseboard.formats.flat import fact_to_flat
from caseboard.formats.prose import document_of
from caseboard.narrative.explain import Explanation, NamedTime, explain, find_text, other_places

__all__ = ["explain_case"]

_SAID_APART = (
    "id patient kind quote span date offset_days date_first date_last offset_first offset_last certainty why remarks"
    " document"
)
_NOT_SAID = frozenset(_SAID_APART.split())


def explain_case(path: str, wanted: str) -> str:
    """Explain the sentences of a case that hold a text, or the character at an offset.

    Raises ``UsageError`` where it has none, and ``InputError`` where the case cannot be read.
    """
    document = document_of(path)
    elsewhere: list[int] = []
    if wanted.strip().isdecimal() and int(wanted) < len(document.text):
        start, end = int(wanted), int(wanted) + 1
    else:
        found = find_text(document, wanted)
        if found is None:
            raise UsageError(
                f"--explain: {path} has neither this text nor this offset: {one_line(wanted)[:80]}"
            )
        start, end = found
        elsewhere = other_places(document, start, end)
    told = [line for one in explain(document, start, end) for line in _lines(one)]
    if not told:
        told = [
            f"Characters {start} to {end} are a heading, or stand between sentences: nothing is read there."
        ]
    if elsewhere:
        told.append(
            f"The text stands again at {', '.join(map(str, elsewhere))}: give the offset to see it there."
        )
    return "".join(f"{line}\n" for line in told)


def _lines(told: Explanation) -> Iterator[str]:
    yield from _wrapped(f"characters {told.start} to {told.end}: ", told.text)
    yield from _wrapped(
        "section     ", told.section + (f" (heading: {told.heading})" if told.heading else "")
    )
    yield from _wrapped("role        ", f"{told.role}: {told.role_why}")
    yield from _wrapped("patient     ", str(told.patient))
    mentions = [f"{words!r} is {kind} {key}" for words, kind, key in told.mentions]
    yield from _wrapped("mentions    ", "; ".join(mentions) or "none")
    for time in told.times:
        yield from _wrapped("time        ", f"{time.words!r}: {_time(time)}")
    if not told.times:
        yield from _wrapped("time        ", "none in the sentence")
    yield from _wrapped("inherited   ", _time(told.inherited) if told.inherited else "none")
    for one in told.produced:
        what = _fact(one.fact) if one.fact else f"{one.kind} from {one.quote!r}: {one.dropped}"
        yield from _wrapped("fact        " if one.fact else "dropped     ", f"[{one.extractor}] {what}")
    if not told.produced:
        yield from _wrapped("fact        ", "none")
    for left in told.unused:
        yield from _wrapped("unused      ", f"{left.words!r} ({left.kind} {left.key}): {left.reason}")
    yield ""


def _time(time: NamedTime) -> str:
    if not time.when:
        return f"not resolved: {time.why}"
    return f"{time.when}, {time.certainty}" + (f" ({time.why})" if time.why else "")


def _fact(fact: Fact) -> str:
    flat = fact_to_flat(fact)
    told = {name: value for name, value in flat.items() if name not in _NOT_SAID and _is_told(value)}
    own = ", ".join(f"{name} {_value(value)}" for name, value in told.items())
    when = "no date" if fact.when is None else str(fact.when)
    why = f" ({fact.why})" if fact.why else ""
    remarks = "".join(f"; {remark}" for remark in fact.remarks)
    return (
        f"{fact.id} {flat['kind']}: {own}; {when}, {fact.certainty}{why}; from {fact.source.quote!r}{remarks}"
    )


def _is_told(value: object) -> bool:
    return value is not None and value != [] and value != ""


def _value(value: object) -> str:
    return " + ".join(map(str, value)) if isinstance(value, list) else str(value)


def _wrapped(label: str, text: str) -> list[str]:
    width = max(40, shutil.get_terminal_size((100, 24)).columns) if sys.stdout.isatty() else 100
    plain = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return textwrap.wrap(
        plain, width, initial_indent=label, subsequent_indent=" " * 12, break_on_hyphens=False
    )
