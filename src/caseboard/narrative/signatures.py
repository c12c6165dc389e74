"""Results that are told of the whole tumour: microsatellites, mismatch repair, mutational burden, a combined score."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View

__all__ = ["NEEDS", "Signature", "find_signatures"]

_MICROSATELLITES = pattern(
    r"\b(?:(?P<stable>microsatellite[\s-](?:instability[\s-])?stab(?:le|ility)|microsatellites\s(?:were|are)\sstable"
    r"|MSS\b|MSI-?H(?:igh)?\s(?:was\s|is\s)?(?:not\s(?:detected|found|seen|present)|absent|negative)"
    r"|(?:MSI|microsatellite)(?:\sstatus)?(?:\s\([A-Z]{2,3}\))?(?:\s(?:was|is)\s|[\s:—–-]{1,3})stable"
    r"|no\s(?:evidence\sof\s)?microsatellite\sinstability|MSI(?:\sstatus)?[\s:]{1,2}(?:negative|neg\b|absent)"
    r"|microsatellite\sinstability(?:\s\(MSI\))?\s(?:was|is|were)\s(?:not\s(?:detected|found|observed|seen|present)"
    r"|absent|negative))|(?P<low>MSI-?L\b"
    r"|microsatellite\sinstability[\s-]{1,3}low)"
    r"|(?P<high>MSI-?H(?:igh)?\b(?!\s(?:was\s|is\s)?(?:not\b|absent|negative))"
    r"|microsatellite[\s-](?:(?:status[\s:—–-]{1,3})?instability[\s-]{1,3}(?:\(MSI\)[\s-])?high"
    r"|unstable|instable)|high(?:ly)?\smicrosatellite\s(?:instability|unstable)))\b",
    re.IGNORECASE,
)
_REPAIR = pattern(
    r"\b(?:(?P<proficient>pMMR\b|MMR[\s-]proficien(?:t|cy)|(?:proficient"
    r"|intact)\s(?:DNA\s)?mismatch[\s-]repair|mismatch[\s-]repair[\s-](?:proteins?\s)?(?:proficien(?:t"
    r"|cy)|intact))"
    r"|(?P<deficient>dMMR\b|MMR[\s-]deficien(?:t|cy)|deficient\s(?:DNA\s)?mismatch[\s-]repair"
    r"|mismatch[\s-]repair[\s-](?:proteins?\s)?deficien(?:t|cy)))\b",
    re.IGNORECASE,
)
_BURDEN = pattern(
    r"\b(?:TMB|(?P<load>TML)|tumou?r[\s-]mutation(?:al)?[\s-](?:burden|load))\b(?:\s?\(TMB\))?"
    r"(?:(?:\s|[—–-])(?:was|is|of|level|score|low|high|intermediate|with|at|calculated|estimated|as|about|only|:|=)"
    r"|\s?[:=(—–-]){0,4}\s?(?:(?P<value>[<>≤≥~]?\s?\d{1,4}(?:[.,]\d{1,2})?)"
    r"(?:\s?(?P<unit>mut(?:ation)?s?\.?\s?(?:/|per)\s?(?:Mb|megabases?)|(?:/|per)\s?(?:Mb|megabases?))"
    r"|(?!\s?(?:%|mg|mm|cm|genes?\b|[./-]\d)|\d))"
    r"|(?P<level>low|intermediate|high)\b)",
    re.IGNORECASE,
)
_COMBINED_SCORE = pattern(
    r"\b(?:CPS|combined\spositive\sscore)\b(?:\s?\(CPS\)|\))?(?:\s(?:was|is|of)"
    r"|\s?[:=]){0,2}\s?(?P<value>[<>≤≥]?\s?\d{1,3})\b(?!\s?%)",
    re.IGNORECASE,
)


NEEDS = Needs(patterns=(_MICROSATELLITES, _REPAIR, _BURDEN, _COMBINED_SCORE))
_LEVEL = re.compile(r"low|intermediate|high", re.IGNORECASE)


class Signature(msgspec.Struct, frozen=True):
    """A result at characters ``start`` to ``end``; ``method`` is the usual one, where the text names none."""

    start: int
    end: int
    target: str
    result: str
    method: str


def find_signatures(view: View) -> Iterator[Signature]:
    """Yield the signatures that a sentence tells; that microsatellites are stable is a negative test of MSI."""
    if not view.holds(NEEDS):
        return
    for match in view.find(_MICROSATELLITES):
        result = "positive" if match["high"] else "negative"
        yield Signature(match.start(), match.end(), "MSI", result, "other")
    for match in view.find(_REPAIR):
        result = "positive" if match["proficient"] else "negative"
        yield Signature(match.start(), match.end(), "MMR", result, "IHC")
    for match in view.find(_BURDEN):
        value = (match["value"] or "").replace(",", ".").replace(" ", "")
        unit = " mut/Mb" if match["unit"] else ""
        level = _LEVEL.search(match[0])
        result = f"{value}{unit}" if value else level[0].lower() if level else ""
        if result:
            yield Signature(match.start(), match.end(), "TML" if match["load"] else "TMB", result, "NGS")
    for match in view.find(_COMBINED_SCORE):
        yield Signature(match.start(), match.end(), "PD-L1 CPS", re.sub(r"\s", "", match["value"]), "IHC")
