"""Variants of a gene as written: "V600E", "p.Gly2032Arg", "c.1799T>A", "W557_K558del", "exon 19 deletion", "ITD"."""

from __future__ import annotations

import re

import msgspec

from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["VariantName", "find_variants"]

_ONE = "[ACDEFGHIKLMNPQRSTVWY]"
_THREE = "(?:Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val)"
_EVENT = r"(?:del(?:ins)?|dup|ins|fs|indel)"
_PROTEIN = pattern(
    rf"(?<![A-Za-z0-9_*])(?P<p>p\.?\s?\(?)?(?P<change>{_ONE}\d{{2,4}}(?:_{_ONE}\d{{2,4}}(?:{_EVENT}[A-Z]{{0,8}})?"
    rf"|{_EVENT}(?:\*|Ter|X)?[A-Z]{{0,8}}\d{{0,3}}|{_ONE}fs(?:\*|Ter|X)?\d{{0,3}}|{_ONE}|\*|X|\?)"
    rf"|{_THREE}\d{{1,4}}(?:_{_THREE}\d{{1,4}}{_EVENT}(?:{_THREE}){{0,6}}|{_EVENT}(?:\*|Ter"
    rf"|X)?\d{{0,3}}|{_THREE}(?:fs(?:\*|Ter|X)?\d{{0,3}})?|Ter|\*|=))(?![A-Za-z0-9_])(?!\s?(?:cells?|mm"
    rf"|mg|antibod))"
)
_CODING = pattern(
    r"(?<![A-Za-z])c\.\s?(?P<change>-?\d{1,5}(?:[_+‐‑–-]\d{1,5}){0,3}\s?(?:[ACGT]{1,3}\s?>\s?[ACGT]{1,3}"
    r"|del(?:ins)?\s?[ACGT]{0,12}|dup[ACGT]{0,12}|ins[ACGT]{1,12}))",
    re.IGNORECASE,
)
_EXON_EVENT = (
    r"(?:in-frame\s|frameshift\s|point\s|missense\s|activating\s|internal\s|small\s|non-?frameshift\s"
    r"|pathogenic\s|hotspot\s)?"
    r"(?:deletions?|insertions?|duplications?|skipping|substitutions?|mutations?|indels?|del\b|ins\b"
    r"|dup\b|del(?=\s?\d{3}\s?[-–_]\s?\d{3}\b)|variants?|alterations?)(?:/(?:insertion|deletion)s?)?"
)
_EXON = pattern(
    rf"\bex(?:ons?)?\.?\s?(?P<number>\d{{1,2}})[\s-]?(?:\(?\s?)?(?P<event>{_EXON_EVENT})"
    rf"|(?:(?<=EGFR\s)|(?<=EGFR-)|(?<=EGFR:\s)|(?<=EGFR\s\())(?P<event3>del(?:etion)?|ins)[\s-]?(?P<number3>19|20)\b"
    rf"|\b(?P<event2>{_EXON_EVENT})\s(?:was\sfound\s|located\s|detected\s)?(?:in|of|at|within|affecting"
    rf"|involving)\s(?:the\s)?exon\s?(?P<number2>\d{{1,2}})",
    re.IGNORECASE,
)
_OTHER = pattern(
    r"\b(?P<snp>rs\d{5,10})\b|\b(?P<itd>ITD|internal\standem\sduplications?)\b|\b(?P<site>C228T|C250T)\b"
    r"|(?P<upstream>-(?:124|146)C>T)\b"
    r"|\b(?P<exon>exon\s?14\sskipping)|\b(?P<stop>stop-?gain(?:ed)?|frameshift|nonsense|truncating"
    r"|splice[\s-]site)\s(?:mutation|variant|alteration)s?\b",
    re.IGNORECASE,
)


_ONE_LETTER = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H",
    "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W",
    "Tyr": "Y", "Val": "V", "Ter": "*",
}  # fmt: skip
_LONG = re.compile("|".join(_ONE_LETTER))


class VariantName(msgspec.Struct, frozen=True):
    """A variant named at characters ``start`` to ``end``; ``precise`` where the very change is told."""

    start: int
    end: int
    change: str
    precise: bool


def find_variants(view: View, start: int, end: int) -> list[VariantName]:
    """Return the variants named in a stretch of a sentence; the coding change of a protein change is left out."""
    found = [
        VariantName(m.start(), m.end(), _protein(m["change"]), True) for m in view.find(_PROTEIN, start, end)
    ]
    for match in view.find(_CODING, start, end):
        if not any(
            abs(other.start - match.end()) <= 12 or abs(match.start() - other.end) <= 12 for other in found
        ):
            found.append(VariantName(match.start(), match.end(), f"c.{_coding(match['change'])}", True))
    for match in view.find(_EXON, start, end):
        number = match["number"] or match["number2"] or match["number3"]
        event = match["event"] or match["event2"] or match["event3"]
        found.append(VariantName(match.start(), match.end(), f"exon {number} {_singular(event)}", False))
    for match in view.find(_OTHER, start, end):
        if not any(other.start <= match.start() < other.end for other in found):
            change = "ITD" if match["itd"] else " ".join(match[0].split())
            found.append(VariantName(match.start(), match.end(), change, not match["stop"]))
    return sorted(found, key=lambda variant: variant.start)


def _protein(change: str) -> str:
    """Return a protein change in one-letter form; where it was written in three, that is put behind it in brackets."""
    short = _LONG.sub(lambda match: _ONE_LETTER[match[0]], change)
    return change if short == change else f"{short} (p.{change})"


def _coding(change: str) -> str:
    return re.sub(r"[‐‑–]", "-", re.sub(r"\s", "", change))


def _singular(event: str) -> str:
    plain = " ".join(event.lower().split())
    plain = {"del": "deletion", "ins": "insertion", "dup": "duplication"}.get(plain, plain)
    return plain.removesuffix("s") if plain.endswith(("ions", "ants", "dels")) else plain
