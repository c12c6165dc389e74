"""Laboratory values as written: a number with its unit, and the limits of normal that stand beside it."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.terms.labs import canonical_unit

__all__ = [
    "DecimalSign",
    "LabValue",
    "Limits",
    "decimal_sign",
    "limits_in_cell",
    "number",
    "read_limits",
    "read_value",
    "unit_beside_limits",
    "unit_in",
    "unit_of_range",
]

DecimalSign = Literal[".", ","]

_LONGEST_UNIT = 26
_MOST_GROUPS = 2
"""Groups of digits, parted by spaces, of one number without a unit."""
_POINT = re.compile(r"\d(?<![\d.,]\d)\d{0,3}\.\d{1,2}(?![\d.,]\d|\d)")
_COMMA = re.compile(r"\d(?<![\d.,(\[]\d)\d{0,3},\d{1,2}(?![\d.,]\d|\d)")
_ANY_COMMA = re.compile(r",(?<=\d,)\d{1,2}(?!\d)")
"""What every such number holds: a first look, for a sign is found faster than a figure."""
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_COUNTED_WHOLE = frozenset({"U/L", "/µL"})
"""Units in which nothing is given to three decimals: "CK 1.180 U/l" is a thousand, whatever the signs of the text."""
_LAKHS = r"\d{1,2}(?:,\d{2}){1,2},\d{3}"
"""A number in Indian groups: "2,84,500" is 284,500."""
_NUMBER = re.compile(
    r"(?P<sign>[<>≤≥~≈]=?|[<>]/?=?)?\s{0,2}"
    r"(?P<number>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,2}(?![\d.,]\d|\d)"
    r"|\d{1,3}(?:,\d{3}){1,2}(?:\.\d{1,3})?(?![\d]|,\d)"
    rf"|{_LAKHS}(?![\d]|,\d)"
    r"|\d{1,3}(?:\.\d{3}){2}(?!\d)|\d{1,7}(?:[.,·]\d{1,4})?)(?![\d]|[.,]\d)"
)
_NOT_A_VALUE = re.compile(
    r"\s?(?:mg|g|kg|mcg|µg|ml|mL|cc|tablets?|days?|weeks?|months?|years?|hours?|h\b|min(?:utes)?|times"
    r"|[-,]?\s?(?:di)?hydroxy\w{0,12}|-?\(?OH\)?2?-?D|fold|[- ]fold|cycles?|doses?|points?|cm|mm|Gy"
    r"|patients|cases|units? (?:daily|of)|of \d|out of|and older|y/?o)\b(?!\s?/)|\s?[×x]\s?(?!ULN)"
    r"|\s(?:and|or|to)\s\d{1,3}\s(?:min|hours?|h|days?|weeks?|months?)|[-–/]\d{1,2}[-–/.]\d|\s?(?:st|nd|rd|th)\b|[+]"
    r"|°(?![CF])",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(r"\d{1,2}\.(?:0[1-9]|1[0-2])\. \d")
"""A day and a month with the value behind them: "CEA: 18.01. 212"."""
_TIMES_NORMAL = re.compile(r"\s?(?:[x×]\s?)?(?:ULN|LSN|N)(?![\w-]|\s?[=:<])")
"""How many times the upper limit of normal a value is: "ASAT 3.2 N"."""
_SPLIT = re.compile(r"\.\s(?P<decimals>\d{1,2})(?=\s?[a-zA-Zµμ/×x])")
_UNIT_EDGE = re.compile(r"[A-Za-zµμ0-9²³⁹⁶]")
_UNKNOWN_UNIT = re.compile(
    r"(?:[A-Za-zµμ]{1,6}|10\^?\d{1,2})?\s?/\s?(?:[A-Za-zµμ]{1,4}"
    r"|1\.73\s?m[²2])(?:/[A-Za-z0-9.]{1,6})?(?![A-Za-z0-9])|(?:lakhs?|lacs?)\b",
)
_RANGE = (
    r"(?:(?P<sign>[<>≤≥]=?|up to|below|under|less than|above|over)\s{0,2}(?P<one>\d{1,6}(?:[.,]\d{1,3}){0,2})"
    r"|(?P<low>\d{1,6}(?:[.,]\d{1,3}){0,2})\s{0,2}(?:[-–—]|to)\s{0,2}(?P<high>\d{1,6}(?:[.,]\d{1,3}){0,2}))"
)
_NORMAL = (
    r"(?:(?:institutional |laboratory |local |upper )?(?:normal|reference|ref\.?|nl|NR|RR|ULN|cut-?off|N)"
    r"(?:\s(?:reference\s)?(?:range|value|level|interval|limit|limits|values|ranges|upper limit"
    r"|limit of normal|male|female)){0,2})"
)
_LIMITS = re.compile(
    rf"\s{{0,2}}(?:[(\[;,]\s{{0,2}})(?:(?P<named>{_NORMAL})\s{{0,2}}[:=,]?\s{{0,2}}(?:is|was"
    rf"|of)?\s{{0,2}})?{_RANGE}"
    r"(?P<after>[^()\[\]\d]{0,14})(?P<closed>[)\]])?",
    re.IGNORECASE,
)
_ULN = re.compile(
    r"\s{0,2}[(\[;,]\s{0,2}(?:ULN|upper limit(?: of normal)?|upper normal limit)\s{0,2}[:=,]?\s{0,2}"
    r"(?P<one>\d{1,6}(?:[.,]\d{1,3})?)",
    re.IGNORECASE,
)
_UPPER = frozenset({"<", "≤", "<=", "≤=", "up to", "below", "under", "less than"})


class LabValue(msgspec.Struct, frozen=True):
    """A number at characters ``start`` to ``end`` with its unit as written (None where none is given)."""

    start: int
    end: int
    value: float
    unit: str | None
    comparator: str = ""
    rewritten: bool = False
    """Written with a space behind its decimal point: "9. 7"."""


class Limits(msgspec.Struct, frozen=True):
    """The limits of normal that the source gives, and where they end in the text."""

    lower: float | None
    upper: float | None
    end: int


def decimal_sign(text: str) -> DecimalSign:
    """Return the sign before decimals that most numbers of a document show; a point where none shows any."""
    commas = len(_COMMA.findall(text)) if _ANY_COMMA.search(text) else 0
    return "," if commas and commas > len(_POINT.findall(text)) else "."


def read_value(text: str, position: int, end: int, sign: DecimalSign) -> LabValue | None:
    """Return the value that stands at ``position``, or None where there is no number or it measures something else."""
    match = _NUMBER.match(text, position, end)
    if match is None or _SHORT_DATE.match(text, match.start("number")) is not None:
        return None
    split = _SPLIT.match(text, match.end())
    if split is not None and (divided := _unit(text, split.end(), len(text)))[1] is not None:
        value = number(f"{match['number']}.{split['decimals']}", ".")
        return LabValue(match.start(), divided[0], value, divided[1], match["sign"] or "", rewritten=True)
    unit_end, unit = _unit(text, match.end(), end)
    if unit is None and len(match["number"].split()) > _MOST_GROUPS:
        return None  # "19 512 430" is a row of a table
    if unit is None and _NOT_A_VALUE.match(text, match.end(), end):
        return None
    if unit is None and (times := _TIMES_NORMAL.match(text, match.end(), end)) is not None:
        unit_end, unit = times.end(), times[0].strip()
    written = match["number"]
    if unit is not None and _THOUSANDS.fullmatch(written) and canonical_unit(unit) in _COUNTED_WHOLE:
        written = re.sub(r"[.,]", "", written)
    return LabValue(match.start(), unit_end, number(written, sign), unit, match["sign"] or "")


def number(written: str, sign: DecimalSign) -> float:
    """Read a number; three digits after the sign that is not the document's decimal sign are thousands."""
    plain = re.sub(r"[ \u00a0\u2009\u202f]", "", written).replace("·", ".")
    if re.fullmatch(_LAKHS, plain):
        return float(plain.replace(",", ""))
    if "," in plain and "." in plain:
        last = max(plain.rfind(","), plain.rfind("."))
        return float(re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :])
    for mark in ",.":
        if mark in plain:
            head, *groups = plain.split(mark)
            thousands = (
                all(len(group) == 3 for group in groups) and head != "0" and (mark != sign or len(groups) > 1)
            )
            return float(head + ("" if thousands else ".") + "".join(groups))
    return float(plain)


def _unit(text: str, position: int, end: int) -> tuple[int, str | None]:
    """Return where the unit after a number ends, and the unit as written; the number's end and None without one."""
    start = position
    while start < end and start - position < 2 and text[start] in " \u00a0\u2009\u202f":
        start += 1
    for stop in range(min(end, start + _LONGEST_UNIT), start, -1):
        if stop < end and _UNIT_EDGE.match(text, stop) and _UNIT_EDGE.match(text, stop - 1):
            continue
        piece = text[start:stop]
        if piece[-1].isspace() or piece[0].isspace():
            continue
        if canonical_unit(piece) is not None:
            return stop, piece
    unknown = _UNKNOWN_UNIT.match(text, start, end)
    if unknown is not None and (start > position or unknown[0].startswith("/")):
        return unknown.end(), unknown[0]
    return position, None


def unit_in(text: str) -> str | None:
    """Return the unit that a short text is or holds in brackets ("(K/uL)", "in g/dl"), or None."""
    for piece in re.findall(r"[(\[]([^()\[\]]{1,26})[)\]]", text):
        if canonical_unit(piece.strip()) is not None or _UNKNOWN_UNIT.fullmatch(piece.strip()):
            return str(piece.strip())
    bare = re.sub(r"^[\s,:;]*(?:in\s)?|[\s:;,]*$", "", text)
    return bare if bare and canonical_unit(bare) is not None else None


def read_limits(text: str, position: int, end: int, sign: DecimalSign) -> Limits | None:
    """Return the limits of normal given right after a value: "(≤ 30)", "(normal 0-37 U/mL)", "; ref. < 5,0"."""
    highest = _ULN.match(text, position, min(end, position + 80))
    if highest is not None:
        return Limits(None, number(highest["one"], sign), highest.end())
    match = _LIMITS.match(text, position, min(end, position + 80))
    if match is None or not (match["named"] or match["closed"]):
        return None
    if match["one"] and not match["named"] and not re.match(r"[<>≤≥]", match["sign"]):
        return None
    lower, upper = limits_of(match, sign)
    return Limits(lower, upper, match.end())


def unit_beside_limits(text: str, start: int, limits: Limits) -> str | None:
    """Return the unit that stands in or behind the limits of normal of a value that ends at ``start``, without its own.

    "ALT 312 (10-40) U/L", "ALT was 312 (normal 10-40 U/L)".
    """
    within = _LAST_NUMBER.search(text, start, limits.end)
    told = _unit(text, within.end(), limits.end)[1] if within is not None else None
    return told if told is not None else _unit(text, limits.end, len(text))[1]


_LAST_NUMBER = re.compile(r"\d(?=\s?[A-Za-zµμ%/×][^()\d]{0,12}[)\]]$)")


def limits_of(match: re.Match[str], sign: DecimalSign) -> tuple[float | None, float | None]:
    """Return (lower, upper) limit of a matched range."""
    if match["one"]:
        value = number(match["one"], sign)
        return (None, value) if match["sign"].lower() in _UPPER else (value, None)
    return number(match["low"], sign), number(match["high"], sign)


def unit_of_range(cell: str) -> str | None:
    """Return the unit that stands behind a range of normal in a reference column ("135-145 mmol/l"), or None."""
    match = re.search(_RANGE, cell[:60])
    return unit_in(cell[match.end() :]) if match else None


def limits_in_cell(cell: str, sign: DecimalSign) -> tuple[float | None, float | None]:
    """Return the limits that a cell of a reference column gives, (None, None) where it gives none."""
    match = re.search(_RANGE, cell[:60])
    return limits_of(match, sign) if match else (None, None)
