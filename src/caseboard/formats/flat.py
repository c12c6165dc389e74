"""Facts as JSON Lines: one flat object a fact, the form in which ``caseboard facts`` prints a read case.

Every object has ``id``, ``patient``, ``kind``, ``quote``, ``span`` ([start, end] or null), ``date``, ``offset_days``,
``certainty``, ``why`` and ``remarks``, then the fields of its kind. ``date`` is the most precise of YYYY, YYYY-MM,
YYYY-MM-DD that holds all the days the fact may lie on; the days themselves are in ``date_first`` and ``date_last``,
and the bounds of ``offset_days``, where they are known, in ``offset_first`` and ``offset_last``. The target of a test
has the report's own name in brackets, where that is another one: "CD45 (LCA)". A result that is a range begins with
its larger end, and the range follows in brackets: "3% (2-3%)".
Nothing is lost but ``Source.row``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from caseboard.case.case import Case
from caseboard.case.dates import DateInterval, Offset, When, parse_partial_date
from caseboard.case.facts import Fact, Test
from caseboard.errors import InputError

__all__ = ["fact_from_flat", "fact_to_flat", "read_flat", "write_flat"]

_COMMON = ("id", "source", "patient", "when", "certainty", "why", "remarks")


class _FlatTime(msgspec.Struct, frozen=True):
    date: str | None = None
    date_first: dt.date | None = None
    date_last: dt.date | None = None
    offset_days: int | None = None
    offset_first: int | None = None
    offset_last: int | None = None


_DERIVED = ("quote", "span", "document", *_FlatTime.__struct_fields__)


def fact_to_flat(fact: Fact) -> dict[str, Any]:
    """Return the flat object of a fact, ready for JSON."""
    own = msgspec.to_builtins(fact)
    if own.get("call") is None:
        own.pop("call", None)
    if isinstance(fact, Test):
        own["target"] = fact.full_target
        own["result"] = _RANGE.sub(r"\g<high> (\g<0>)", fact.result)
        del own["named"]
    when = fact.when
    flat: dict[str, Any] = {
        "id": fact.id,
        "patient": fact.patient,
        "kind": own.pop("kind"),
        "quote": fact.source.quote,
        "span": msgspec.to_builtins(fact.source.span),
        "date": _date(when, fact.certainty) if isinstance(when, DateInterval) else None,
        "offset_days": when.days if isinstance(when, Offset) else None,
        "certainty": fact.certainty,
        "why": fact.why,
        "remarks": list(fact.remarks),
    }
    if isinstance(when, DateInterval):
        flat["date_first"], flat["date_last"] = when.first.isoformat(), when.last.isoformat()
    if isinstance(when, Offset) and (when.first is not None or when.last is not None):
        flat["offset_first"], flat["offset_last"] = when.first, when.last
    flat["document"] = fact.source.document
    flat.update((name, value) for name, value in own.items() if name not in _COMMON)
    return flat


def fact_from_flat(flat: dict[str, Any], document: str) -> Fact:
    """Return the fact of a flat object; raises ``msgspec.ValidationError`` or ``ValueError`` that say what is wrong."""
    own = {name: value for name, value in flat.items() if name not in _DERIVED and value is not None}
    if flat.get("kind") == "test" and (both := _TARGET.fullmatch(str(flat.get("target")))) is not None:
        own["target"], own["named"] = both["target"], both["named"]
    if flat.get("kind") == "test" and (led := _LED_BY_END.fullmatch(str(flat.get("result")))) is not None:
        own["result"] = led["range"]
    span = flat.get("span")
    own["source"] = {
        "document": flat.get("document") or document,
        "quote": flat.get("quote", ""),
        "span": span,
    }
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
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            expected = "one JSON object a line, as docs/facts.md says"
            raise InputError(path, f"not a fact: {error}", expected, place=f"line {number}") from error
    return Case(title=path, facts=tuple(facts))


_RANGE = re.compile(r"^\d{1,3}(?:\.\d)?%?-(?P<high>\d{1,3}(?:\.\d)?%)$")
_LED_BY_END = re.compile(r"(?P<high>[\d.]{1,5}%) \((?P<range>[\d.]{1,5}%?-(?P=high))\)")
_TARGET = re.compile(r"(?P<target>[^()]{1,80}) \((?P<named>[^()]{1,80})\)")


def _date(when: DateInterval, certainty: str) -> str | None:
    if certainty == "resolved" and 1 < when.days <= _DAYS_OF_A_MONTH:
        return f"{when.middle:%Y-%m}"
    return when.iso


_DAYS_OF_A_MONTH = 31


def _when(flat: dict[str, Any]) -> When | None:
    told = msgspec.convert(flat, _FlatTime)
    if told.date_first and told.date_last:
        return DateInterval(told.date_first, told.date_last)
    if told.date:
        return parse_partial_date(told.date)
    if told.offset_days is not None:
        return Offset(told.offset_days, told.offset_first, told.offset_last)
    return None
