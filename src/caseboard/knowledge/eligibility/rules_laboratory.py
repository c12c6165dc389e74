"""Limits of laboratory values, also as multiples of the upper limit of normal, with exceptions for the liver."""

from __future__ import annotations

import re

from caseboard.knowledge.eligibility.rule import Rule, asked, by_pattern
from caseboard.knowledge.trial_shapes import Requirement
from caseboard.terms.units import canonical_unit

__all__ = ["RULES"]

_ANALYTES: tuple[tuple[str, str], ...] = (
    (
        "creatinine clearance",
        r"(?:calculated |estimated |measured |endogenous |serum )*(?:creatinine clearance|clearance of"
        r" creatinine)"
        r"(?: rate)?|CrCl|CCr|Ccr|CLcr",
    ),
    ("eGFR", r"(?:estimated )?glomerular filtration rate|e?GFR"),
    ("creatinine", r"(?:serum |blood )?creatinine|(?:serum )?Cr\b|sCr"),
    (
        "ANC",
        r"(?:absolute )?neutrophils?(?: (?:count|counts|absolute value))?|(?:absolute )?neutrophil"
        r" granulocytes|ANC|NEUT",
    ),
    ("platelets", r"platelets?(?: counts?)?|thrombocytes|PLT"),
    ("hemoglobin", r"ha?emoglobin(?: level)?|Hgb|Hb\b"),
    ("WBC", r"white blood cells?(?: counts?)?|white cell counts?|leu[kc]ocytes?(?: counts?)?|WBC"),
    ("total bilirubin", r"(?:serum )?(?:total )?(?:serum )?bilirubin(?: level)?|TBIL|TBil|T-?BIL"),
    ("AST", r"aspartate (?:aminotransferase|transaminase)|aspartic transaminase|ASAT|AST|SGOT|GOT"),
    ("ALT", r"alanine (?:aminotransferase|transaminase)|glutamic pyruvic transaminase|ALAT|ALT|SGPT|GPT"),
    ("ALP", r"alkaline phosphatase|ALP"),
    ("albumin", r"(?:serum )?albumin|ALB"),
    ("INR", r"international normali[sz]ed ratio|INR"),
    ("LDH", r"lactate dehydrogenase|LDH"),
)
_NAME = "|".join(source for _, source in _ANALYTES)
_ABBREVIATED = r"(?:\s?[(\[][A-Za-z][\w/ -]{0,15}[)\]])?"
_SIGNED = r"(?P<sign>[≥≤<>])\s?(?P<value>\d[\d,.]{0,9}\d|\d)\s?"
_MULTIPLE = r"(?P<multiple>(?:×\s)?ULN)"
_UNIT = (
    r"(?P<unit>(?:[x×*]?\s?10\s?\^?\s?[39⁹³]\s?/\s?[A-Za-zµμ³]+|10\^9/L|10\^3/µL|cells?\s?/\s?[µμ]?[LlU]"
    r"|[gGmMuµμkK]\w{0,6}\s?/\s?(?:dL|dl|DL|L|l|min(?:ute)?"
)
_UNIT += r"(?:\s?/\s?1[.,]73\s?m\^?[2²]?)?|100 ?mL)|/\s?[µμuU]L|K/[µμu]L|G/L))"
_ALTERNATIVE = (
    r"(?:\s?[,;(]?\s?\(?(?:or|and|but)?\s?(?:(?:for|in|if) [^.;()≥≤<>]{0,40}?(?P<who1>liver|hepatic"
    r"|Gilbert)[^.;()≥≤<>]{0,30}?[,:]?\s?)?"
    r"(?P<sign2>[≥≤<>])\s?(?P<value2>\d[\d.]{0,3})\s?(?:×\s)?ULN"
    r"(?:\s?(?:is |are )?(?:acceptable |allowed )?(?:in case of|in the presence of|with|if|for|in"
    r"|when|where)[^.;()≥≤<>]{0,50}?(?P<who2>liver|hepatic|Gilbert)"
    r"[^.;()≥≤<>]{0,30})?\)?)?"
)
_LABORATORY = re.compile(
    rf"(?<![A-Za-z])(?P<names>(?:{_NAME}){_ABBREVIATED}(?:\s?(?:,|/|and|or|and/or)\s?"
    rf"(?:{_NAME}){_ABBREVIATED}){{0,3}})"
    rf"(?:\s|:|is|must be|should be|of|level|levels|count|was|each|both|are|concentration|value){{0,6}}?"
    rf"{_SIGNED}(?:{_MULTIPLE}|{_UNIT})?{_ALTERNATIVE}",
    re.IGNORECASE,
)
_KINDS = tuple(
    (name, re.compile(rf"(?:{source}){_ABBREVIATED}", re.IGNORECASE)) for name, source in _ANALYTES
)
_ASCII = {"≥": ">=", "≤": "<=", "<": "<", ">": ">"}
_UNITLESS = frozenset({"INR"})


def read_laboratory(match: re.Match[str]) -> Requirement | None:
    """Read "AST and ALT ≤ 2.5 × ULN (≤ 5 × ULN with liver metastases)", "ANC ≥ 1.5 × 10^9/L", "Hb ≥ 90 g/L"."""
    names = _names(match["names"])
    unit = "ULN" if match["multiple"] else _unit(match["unit"])
    if not names or (unit is None and not set(names) <= _UNITLESS):
        return None
    alternative = _alternative(match)
    if alternative is None:
        return None
    limit = f"{_ASCII[match['sign']]} {_number(match['value'])}"
    found = [asked("laboratory", analyte=name, limit=limit, unit=unit, **alternative) for name in names]
    if len(found) == 1:
        return found[0]
    words = re.findall(r"\b(?:and/or|and|or)\b|/", match["names"])
    # "AST/ALT" and "AST, ALT" mean both; of "AST or ALT" above a limit, either.
    joined = "any" if words and set(words) == {"or"} and match["sign"] in "≥>" else "all"
    return Requirement("list", (), False, tuple(found), "any" if joined == "any" else "all")


def _alternative(match: re.Match[str]) -> dict[str, str] | None:
    if not match["sign2"]:
        return {}
    who = (match["who1"] or match["who2"] or "").casefold()
    if not who:
        return None
    return {
        "for": "Gilbert" if who == "gilbert" else "liver",
        "other": f"{_ASCII[match['sign2']]} {_number(match['value2'])}",
    }


def _names(text: str) -> list[str]:
    found: dict[str, int] = {}
    left = text
    for name, pattern in _KINDS:
        place = pattern.search(left)
        if place is not None:
            found[name] = place.start()
            left = left[: place.start()] + " " * len(place[0]) + left[place.end() :]
    return sorted(found, key=found.__getitem__)


def _number(text: str) -> str:
    """Return a number as written in English: a comma before three digits parts thousands."""
    plain = re.sub(r",(?=\d{3}(?!\d))", "", text).replace(",", ".")
    return plain.rstrip(".")


def _unit(text: str | None) -> str | None:
    if not text:
        return None
    plain = text.replace("μ", "µ").strip()
    bare = re.sub(r"^[x×*]\s?", "", plain)
    return canonical_unit(plain) or canonical_unit(bare) or canonical_unit(bare.replace(" ", ""))


RULES: tuple[Rule, ...] = (
    Rule("laboratory.limit", ("≥", "≤", "<", ">"), by_pattern(_LABORATORY, read_laboratory)),
)
