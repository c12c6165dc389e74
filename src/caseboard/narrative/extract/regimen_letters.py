"""Whether a few letters name a regimen: most stand for something else too, a scan, an illness, a pressure, a value."""

from __future__ import annotations

import re

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.narrative.view import View

__all__ = ["is_regimen"]

_LETTERS = 4
"""Letters up to which the name of a regimen is nearly always that of something else too."""
_ALSO_ELSE = frozenset(
    [
        "AC", "AI", "AP", "BEAM", "CAP", "CE", "CF", "CP", "CVP", "EP", "FP", "GP", "ICE", "IE", "IP", "IRIS", "IT",
        "MAP", "MP", "MV", "NP", "PC", "PCV", "PE", "PF", "TAP", "TC", "TIP", "TP", "TX", "VA", "VIP", "VIT",
    ]
)  # fmt: skip
"""Letters that clinicians use for other things of which a day is told, or that a patient is under or has."""


def is_regimen(view: View, mention: Mention) -> bool:
    """Whether the name of a regimen means chemotherapy where it stands.

    Longer names do. A few letters are given, counted in cycles, dated as a course or named beside drugs; words of
    oncology near by do not make them so: "he had a PE after the second cycle", "CT CAP after 3 cycles".
    """
    start, end = mention.start, mention.end
    written = view.whole[start:end]
    if end - start > _LETTERS or not written.isalpha():
        return True
    if _NAMES_ELSE.search(view.whole, max(view.start, start - 12), start) or _IS_ELSE.match(
        view.whole, end, view.end
    ):
        return False
    if (
        _AS_COURSE.match(view.whole, end, view.end)
        or _SINCE.match(view.whole, end, view.end)
        or _GIVES.search(view.whole, max(view.start, start - 60), start)
        or _is_named_with_drugs(view, mention)
    ):
        return True
    return written not in _ALSO_ELSE and (
        _DATED.match(view.whole, end, view.end) is not None
        or _UNDER.search(view.whole, max(view.start, start - 12), start) is not None
    )


def _is_named_with_drugs(view: View, mention: Mention) -> bool:
    """Whether letters stand beside a drug: "VAC (vincristine", "AC + trastuzumab", "VAC/IE"."""
    return any(
        0 < drug.start - mention.end <= _JOINED or 0 < mention.start - drug.end <= _JOINED
        for drug in view.of("drug", "regimen")
    )


_JOINED = 3
"""Characters between letters and a drug named with them."""
_NAMES_ELSE = re.compile(
    r"\b(?:(?:CE|NC|HR)?CT|MRI|PET|CXR|XR|X-ray|serum|severe|bilateral|acute|an?|right|left|chronic|DVT|his|her|for"
    r"|developed|suspected|known|incidental|moderate|mild|chest|catheter|[Ss]tage|[Ss]tadium|FIGO|AJCC|UICC)[\s/]$"
)
"""What stands before letters that mean a scan, an illness or a value: "CT CAP", "a PE", "treated for CAP"."""
_IS_ELSE = re.compile(
    r"\s(?:views?|radiographs?|films?|X-?rays?|joint|line|catheter|packs?|levels?|window|diameter|valve|infection"
    r"|of\sthe\b|(?:was|is|were|of|at)\s\d|on\secho|prophylaxis)|\s?[=:<>]\s?\d"
    r"|\s\d{2,3}(?:[.,]\d)?\s?(?:%|mm|mg/d|g/d|/\d)"
)
"""What stands behind them then: "an AP radiograph", "MAP was 65 mmHg", "PCV 28%"."""
_AS_COURSE = re.compile(
    r"[- ](?:chemo\w{0,8}|regimens?|protocol|therapy|treatment|based|combination|scheme|schedule|cycles?|courses?"
    r"|blocks?|doses?)\b"
    r"|,?\s?(?:[x×*]|#)\s?\d"
    r"|,?\s\(?(?:for\s)?(?:\d{1,2}|two|three|four|five|six|eight)\s?(?:cycles?|courses?|x\b|[x×]\s|blocks?)"
    r"|\s(?:(?:was|were|had been|has been|is|are)\s)?(?:[a-z]{4,14}ly\s|then\s|first\s)?(?:start|giv|commenc|initiat"
    r"|beg[aiu]n|administ|continu|stopp|discontinu|chang|switch|resum|toler|complet|chosen|used|repeat|interrupt|reduc"
    r"|follow|plann|replac|offer|held|paus|deliver|propos|selected|ineffective|abandon|added|withheld|restart|recommend"
    r"|dropp|omitt|finish)"
    r"|\s(?:until|till|then|alternating|q\d|every|weekly|[Cc]\d)|\s?(?:->|→|=>)"
)
"""What stands behind letters that mean a course of treatment: "AC x4", "MAP was given", "VDC chemotherapy"."""
_DATED = re.compile(
    rf"\sin\s(?:(?:early|mid|late)[\s-])?(?:\d|{MONTH_BEGINS})"
    rf"|\s?\(?(?:[0-3]?\d[./]){{1,2}}(?:(?:19|20)\d\d|\d\d)|\s?\((?:\d{{1,2}}\s?[x×]|[x×]\s?\d"
    rf"|(?:{MONTH_BEGINS}[a-z]{{0,6}}\s)?(?:19|20)\d\d)",
    re.IGNORECASE,
)
"""What dates letters that mean nothing else: "IVA 5/2019", "VAC in May 2020"."""
_SINCE = re.compile(rf"\s(?:from|since)\s(?:(?:early|mid|late)[\s-])?(?:\d|{MONTH_BEGINS})", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:after|following|from|under|on|during|since|with|of|by|had|and)\s$")
_WITH = (
    r"(?:\s(?:with|of|on|the|to|by|as|consisting|comprising|using|including|after|following|first|modified|dose-dense"
    r"|standard|weekly|intensive|intensified|high-dose|low-dose|classical|alternating|multi-agent|systemic|and|a|total"
    r"|\d{1,2}|two|three|four|five|six|eight|cycles?|courses?|his|her|oral|chemo(?:therapy)?|therapy|treatment"
    r"|regimen)){0,5}"
)
_GIVES = pattern(
    r"(?:\b(?:receiv\w{1,3}|treated|treatment|therapy|given|gave|start\w{0,3}|commenc\w{1,3}|began|begun|initiat\w{1,3}"
    r"|administ\w{3,6}|complet\w{1,3}|finished|continu\w{1,3}|switched|changed|resum\w{1,3}|restarted|tried|adjuvant"
    r"|neo-?adjuvant|neo-?adj|adj|palliative|induction|consolidation|maintenance|salvage|re-?induction|line|\dL"
    r"|chemo\w{0,8}|regimens?|protocol|schedule|scheme|combination|cycles?|courses?|blocks?|underwent|deliver\w{0,3}"
    r"|alternat\w{2,3}|refractory|resistant|responded|last|final|C\d{1,2}|x\s?\d|\d\s?x)"
    + _WITH
    + r"\s?[:=(–-]?\s?|\b(?:\d{1,2}\s?[x×#]|\d{1,2}\s(?:cycles?|courses?))\s?(?:of\s)?)$",
    re.IGNORECASE,
)
"""What stands before letters that are given: "was treated with AP", "six cycles of VAC", "adjuvant EC"."""
