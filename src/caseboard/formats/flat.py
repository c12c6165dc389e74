"""Facts as JSON Lines: one flat object a fact, the form in which ``caseboard facts`` prints a read case.

Every object has ``id``, ``patient``, ``kind``, ``quote``, ``span`` ([start, end] or null), ``date``, ``offset_days``,
``certainty``, ``why`` and ``remarks``, then the fields of its kind. ``date`` is the most precise of YYYY, YYYY-MM,
YYYY-MM-DD that holds all the days the fact may lie on; the days themselves are in ``date_first`` and ``date_last``.
Nothing is lost but ``Source.row``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from caseboard.case.case import Case
from caseboard.case.dates import DateInterval, Offset, When, parse_partial_date
from caseboard.case.facts import Fact
from caseboard.errors import InputError

__all__ = ["fact_from_flat", "fact_to_flat", "read_flat", "write_flat"]

_DERIVED = ("quote", "span", "date", "offset_days", "date_first", "date_last", "document")


def fact_to_flat(fact: Fact) -> dict[str, Any]:
    """Return the flat object of a fact, ready for JSON."""
    own = msgspec.to_builtins(fact)
    when = fact.when
    flat: dict[str, Any] = {
        "id": fact.id,
        "patient": fact.patient,
        "kind": own.pop("kind"),
        "quote": fact.source.quote,
        "span": msgspec.to_builtins(fact.source.span),
        "date": when.iso if isinstance(when, DateInterval) else None,
        "offset_days": when.days if isinstance(when, Offset) else None,
        "certainty": fact.certainty,
        "why": fact.why,
        "remarks": list(fact.remarks),
    }
    if isinstance(when, DateInterval):
        flat["date_first"], flat["date_last"] = when.first.isoformat(), when.last.isoformat()
    flat["document"] = fact.source.document
    for name in ("id", "source", "patient", "when", "certainty", "why", "remarks"):
        own.pop(name, None)
    return flat | own


def fact_from_flat(flat: dict[str, Any], document: str) -> Fact:
    """Return the fact of a flat object; raises ``msgspec.ValidationError`` or ``ValueError`` that says what is wrong."""
    own = {name: value for name, value in flat.items() if name not in _DERIVED and value is not None}
    span = flat.get("span")
    own["source"] = {"document": flat.get("document") or document, "quote": flat.get("quote", ""), "span": span}
    fact: Fact = msgspec.convert(own, Fact)
    return msgspec.structs.replace(fact, when=_when(flat))


def write_flat(case: Case) -> Iterable[str]:
    """Yield the case's facts as lines of JSON, in story order."""
    encoder = msgspec.json.Encoder()
    for fact in case.facts:
        yield encoder.encode(fact_to_flat(fact)).decode()


def read_flat(lines: Iterable[str], *, path: str) -> Case:
    """Return the case of a file of flat facts; raises ``InputError`` with the line that is wrong."""
    facts: list[Fact] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            facts.append(fact_from_flat(msgspec.json.decode(line, type=dict[str, Any]), path))
        except (msgspec.DecodeError, ValueError) as error:
            wrong = f"not a fact: {error}"
            raise InputError(path, wrong, "one JSON object a line, as docs/facts.md says", place=f"line {number}") from error
    return Case(title=path, facts=tuple(facts))


def _when(flat: dict[str, Any]) -> When | None:
    if flat.get("date_first") and flat.get("date_last"):
        return DateInterval(date.fromisoformat(flat["date_first"]), date.fromisoformat(flat["date_last"]))
    if flat.get("date"):
        return parse_partial_date(flat["date"])
    if flat.get("offset_days") is not None:
        return Offset(int(flat["offset_days"]))
    return None


