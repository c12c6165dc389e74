"""Results of stains and of other tests of markers, as pathologists list them.

A result stands behind its marker ("CD31+", "desmin (weakly positive)", "Ki-67 15 %"), before a list ("positive for A, B
and C", "no expression of D") or behind one ("A, B and C were negative"). This module finds the results; ``assign`` gives
each marker of a sentence the one that is meant.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.narrative.view import View

__all__ = ["Result", "Target", "assign"]

Polarity = Literal["positive", "negative", "equivocal"]


class Target(msgspec.Struct, frozen=True):
    """A marker at characters ``start`` to ``end``.

    ``counted`` for one that is told as a share of cells (ER), ``index`` for one that is nothing else (Ki-67).
    """

    start: int
    end: int
    key: str
    counted: bool = False
    index: bool = False


class Result(msgspec.Struct, frozen=True):
    """A result at characters ``start`` to ``end``: positive, negative or equivocal, or a value ("20%"), or both."""

    start: int
    end: int
    polarity: Polarity | None
    value: str = ""

    @property
    def text(self) -> str:
        """The result as a fact says it: the value where it is all that is told."""
        if self.polarity is None:
            return self.value
        return f"{self.polarity} ({self.value})" if self.value else self.polarity


_HOW = (
    r"strong(?:ly)?|weak(?:ly)?|diffuse(?:ly)?|focal(?:ly)?|multifocal(?:ly)?|partial(?:ly)?|partly|patchy|patchily|moderate(?:ly)?|mild(?:ly)?|scattered|variabl[ey]|intense(?:ly)?|intensively|cytoplasmic|nuclear|membran(?:e|ous)|"
    r"dot-?like|perinuclear|paranuclear|granular|golgi|approximately|about|nearly|almost|around|only|very|few|rare(?:ly)?|single|occasional(?:ly)?|some|minimal(?:ly)?|slight(?:ly)?|faint(?:ly)?|uniform(?:ly)?|heterogeneous(?:ly)?|homogen(?:e)?ous(?:ly)?|"
    r"high(?:ly)?|low|extensive(?:ly)?|complete(?:ly)?|clear(?:ly)?|distinct(?:ly)?|widespread|block-?type|aberrant(?:ly)?|overall|unequivocal(?:ly)?|definite(?:ly)?|marked(?:ly)?|conspicuous(?:ly)?|global(?:ly)?|band-?like|fine(?:ly)?|luminal|apical|basal|cell|surface|small|subset|predominant(?:ly)?|mainly|mostly|scant|sparse"
)
_WHAT = (
    r"immuno-?(?:stain(?:ing|s)?|reactivity|expression|histochemistry|histochemical|positivity)?|stain(?:ing|s|ed)?|expression|reactivity|reaction|IHC|protein|antibod(?:y|ies)|antigen|marker|receptors?|status|score|index|indices|labell?ing|proliferati(?:on|ve)|activity|rate|levels?|fraction|count|TPS|CPS|"
    r"tumou?r|tumou?ral|neoplastic|lesional|cells?|nuclei|nucleus|spindle|pattern|signals?|result|test|testing|intensity|percentage|value|proportion|clone|by|estimated|assessed|evaluated|determined|using|on|proportions?|serolog(?:y|ies)|tests|results|in\\ssitu|hybridi[sz]ation|titers?|FISH|PCR|NGS|analysis"
)
_LINK = r"was|were|is|are|being|of|at|with(?!\s(?:retained|preserved|intact|loss|absence|no)\b)|in|a|an|the|to|be|has|had|been|also|all|both|each|up|as|and|came|back|returned|proved|turned|out|tested|remained|showed|shows|show|demonstrated|exhibited|revealed|displayed|appeared|seen|found|noted|but|weaker|that|it|its"
_VERB = re.compile(r"\b(?:was|were|is|are|has|had|been|came|returned|proved|turned|tested|remained|showed|shows|show|demonstrated|exhibited|revealed|displayed|appeared|being)\b", re.IGNORECASE)
_POSITIVE = r"(?:immuno-?)?positiv(?:e|ely|ity)|pos\b|(?:immuno-?|over-?|co-?)?expressed\b|over-?expression|(?:immuno-?)?reactiv(?:e|ity)\b|present\b|retained|preserved|retention|preservation|intact|detected|detectable|stained\b|proficient"
_NEGATIVE = r"(?:immuno-?)?negativ(?:e|ely|ity)|neg\b|(?:un|non-?)reactive|absent\b|lost\b|deficient|loss\b|not\s(?:be\s)?(?:expressed|detected|seen|present|identified|observed|found|stained|reactive|immunoreactive|retained)|undetectable|undetected|unstained|did\snot\sstain|nil\b|un-?remarkable"
_EQUIVOCAL = r"equivocal|indeterminate|inconclusive|borderline|non-?contributory"
_SIGNED = re.compile(
    r"\s{0,2}(?:(?:IHC|stain(?:ing|s)?|immunostain(?:ing|s)?|expression|protein|receptors?|status|immunohistochemistry|score|was|were|is|are|by)\s){0,3}[:=]?\s?(?P<open>[(\[]\s?)?(?P<how>(?:(?:" + _HOW + r"|in\s(?:some|few|most|many|scattered)\scells|in)[\s,-]{1,2}){0,4})"
    r"(?:(?P<grade>[0-3])\s?(?P<plus1>\+)(?!\d)|(?P<zero>0)(?![\d.,%]\d|\s?%|\d)|(?P<both>\+\s?/\s?[-–−]|[-–−]\s?/\s?\+|±)|(?P<plus>\+{1,4})(?=\s?\d{1,3}\s?%|(?![\d.]))|(?P<share>\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%)\s?,?\s?\+|(?P<minus>[-–−‐]))"
    r"(?P<after>\s?[,;]?\s?(?:" + _HOW + r"|~|≈)?\s?(?:\d{1,3}\s?%)?)?(?(open)\s?[)\]]|(?=\s?(?:[,;.:)\]/]|$|\sand\b|\sor\b|\sin\b|\son\b|\swith\b|\sby\b|\scells\b|\s(?:[A-Z(])|\n)))",
    re.IGNORECASE,
)
_VALUE = r"(?P<value>[<>≤≥~≈]?\s?\d{1,3}(?:[.,]\d)?(?:\s?%?\s?(?:[-–]|to)\s?\d{1,3}(?:[.,]\d)?)?\s?(?:%|percent\b|per cent\b))"
_PATTERN = r"(?:wild[\s-]type|aberrant|mutant|mutation|null|overexpression)[\s-](?:type[\s-])?(?:pattern|staining|expression)"
_NOTE = r"(?:\s?[(\[](?![^()\[\]]{0,60}(?:positiv|negativ|\bpos\b|\bneg\b|present|absent|retained|\blost\b|express|%|\+|±|[-–−]\s?[)\]]))[^()\[\]]{1,60}[)\]]){0,2}"
_LINKED = (
    rf"(?P<note>{_NOTE})(?P<link>(?:[\s:=,]{{1,3}}|[-–‐](?=[a-z])|[(\[](?:clone\s)?[A-Z0-9-]{{2,10}}[)\]]|[(\[]\s?|[)\]]|\b(?:{_HOW}|{_WHAT}|{_LINK})\b){{0,16}}?)"
    rf"[\s(\[:=-]{{0,2}}(?:(?P<equivocal>{_EQUIVOCAL})|(?P<negative>{_NEGATIVE})|{_VALUE}|(?P<pattern>{_PATTERN})|(?P<positive>{_POSITIVE}))"
    rf"(?!\s(?:(?:{_HOW}|{_WHAT})\s){{0,3}}(?:for|to)\b)"
)
_BEHIND = re.compile(_LINKED, re.IGNORECASE)
_SHOWN = re.compile(
    rf"(?:[\s(]{{1,2}}(?:{_WHAT})){{0,3}}[\s)]{{1,2}}(?:showed|shows|had|has|with|exhibited|displayed|demonstrated|revealed|was|were)?\s?(?:(?:an?|{_HOW}|and)\s){{1,5}}(?:immuno-?)?(?:expression|staining)\b", re.IGNORECASE
)
_VALUE_AFTER = re.compile(rf"[\s,:]{{0,2}}(?:in\s|of\s|with\s|\(|\[)?(?:up\sto\s|about\s|approximately\s|around\s|nearly\s|over\s|more\sthan\s|less\sthan\s|at\s|an?\s|in\s|index\s|of\s|score\s|TPS\s?|CPS\s?|[:=]\s?|\s){{0,5}}{_VALUE}", re.IGNORECASE)
_POLAR_AFTER_VALUE = re.compile(rf"\s{{0,2}}(?:of\s(?:the\s)?)?(?:(?:{_HOW}|tumou?r|neoplastic|cells|nuclei|were|are|was|,)\s){{0,4}}(?:(?P<negative>negative)|(?P<positive>positiv(?:e|ity)))\b(?!\s?(?:for|,?\sand))", re.IGNORECASE)
_COUNT_BEFORE = re.compile(rf"{_VALUE}\s(?:(?:of\s(?:the\s|all\s)?)?(?:tumou?r\s|neoplastic\s|lesional\s|viable\s)?(?:cells|nuclei)\s)?(?:(?:were|was|are|is|being|staining|stained|showing|expressing|with|for|by|positive|positivity|nuclear|immunoreactive|reactivity|labell?ing|the|had|a|of|in)\s){{0,5}}$", re.IGNORECASE)
_PERFORMED = re.compile(
    r"(?:\s?\([^()]{1,40}\))?\s?(?:(?:gene\s|protein\s|expression\s|status\s|testing\s|staining\s|immunohistochemistry\s){0,2})(?:was|were)\s(?:also\s|then\s|subsequently\s|additionally\s)?(?:performed|done|carried out|assessed|tested|examined|investigated|evaluated|analy[sz]ed|determined|requested|studied)\b[^.;]{0,50}?"
    r"(?:,|\band\b|\bbut\b|\bwith\b)[^.;]{0,30}?\b(?:was|were|came back|returned|proved|a|an)?\s?(?:(?P<negative>negative|normal)|(?P<positive>positive))\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b(?:(?P<negative>(?:(?:immuno-?)?negativ(?:e|ity|ely)\s(?:stain\w{{0,4}}\s|immunostain\w{{0,4}}\s|reaction\s|results?\s|expression\s)?(?:for|to|with|of|in|on)\b|loss\sof(?:\snuclear|\sprotein)?(?:\sexpression|\sstaining)?(?:\s(?:of|for))?|lack(?:ed|s|ing)?(?:\sof)?|absence\sof|devoid\sof|absent\s(?:for|expression\sof|staining\sfor)"
    rf"|(?:no\b|without\b|not\b|nor\b|neither\b|never\b|failed\sto|did\snot|does\snot|but\snot|non-?reactive\s(?:for|to|with)|un-?reactive\s(?:for|to|with))\s?(?:(?:{_HOW}|show|shown|any|either|be|demonstrate|reveal|exhibit|display|immuno-?reactivity|immuno-?reactive|immuno-?staining|staining|stain|stained|expression|express|expressed|reactivity|reactive|positivity|positive|the|evidence|of|for|to|with|loss)\s){{0,6}}?(?:(?:for|of|to|with)\b|(?<=express\s)|(?<=expressed\s)|(?<=but not\s)|(?<=no\s)|(?<=nor\s)|(?<=stain\s)|)))"
    rf"|(?P<positive>(?:(?:immuno-?)?positiv(?:e|ity|ely)|(?:immuno-?)?reactiv(?:e|ity)|immuno-?reaction)\s(?:(?:nuclear|cytoplasmic|membranous|stain(?:ing|s)?|immunostaining|expression|reaction|results?|signals?)\s){{0,3}}(?:for|to|with|of|in|on|was\sfound\sfor)\b"
    rf"|(?<!the\s)(?:over-?|co-?|immuno-?)?expression\s(?:for|of)\b|(?:over-?|co-?)?express(?:ed|es|ing)\b|stain(?:ed|ing|s)\s(?:(?:{_HOW}|positive(?:ly)?)\s){{1,4}}(?:for|with)\b|(?:stained|labell?ed)\s(?:for|with)\b|highlighted\s(?:by|with)\b|(?:retained|preserved|intact)\s(?:(?:nuclear|expression\s(?:of|for)|staining\s(?:of|for)|positivity\s(?:of|for))(?:\s|\b)){{0,2}}|retention\sof\b|(?:showed|exhibited|displayed|demonstrated|revealed)\s(?:(?:{_HOW}|a)\s){{0,4}}(?:immuno-?)?(?:staining|expression|reactivity|positivity|labell?ing)\s(?:for|of|with|to)\b)"
    rf"|(?P<neutral>(?:immuno-?)?(?:stain(?:s|ing)?|histochemistry|histochemical\s(?:stain\w{{0,4}}|analysis|study|assessment))\s(?:for|with|of|against)\b|IHC\s(?:for|of|with)\b|antibodies\s(?:to|against)\b))",
    re.IGNORECASE,
)
_STOP = re.compile(r"[;]|\.\s|\b(?:but|while|whereas|however|although|though|except(?:\sfor)?|with\sthe\sexception)\b", re.IGNORECASE)
_BREAKS_LIST = re.compile(
    r"[;]|\.\s|\b(?:was|were|is|are|had|has|showed?|revealed|demonstrated|but|while|whereas|however|although|which|that|because|after|before|then|therefore|confirm\w{0,3}|suggest\w{0,4}|diagnos\w{2,4}|consistent|compatible|performed|except|revealing|indicating|supporting|excluding)\b", re.IGNORECASE
)
_LONGEST_GAP = 110
_SUSPENDED = re.compile(r"[-‐–]\s(?:and|or|/)\s", re.IGNORECASE)


class _Slot(msgspec.Struct):
    """What is known of one target while the sentence is read: its own result, and the one that it stands under."""

    target: Target
    own: Result | None = None
    verbal: bool = False
    plural: bool = False
    under: Result | None = None
    continues: bool = False
    """Whether it goes on with the list of the target before it."""


def assign(view: View, targets: list[Target]) -> list[tuple[Target, Result]]:
    """Return each target that the sentence gives a result, with the result, in order."""
    slots = [_Slot(target) for target in targets]
    for index, slot in enumerate(slots):
        following = targets[index + 1].start if index + 1 < len(targets) else view.end
        _read_behind(view, slot, following)
        _read_before(view, slot, slots[index - 1] if index else None)
    _share_backwards(view, slots)
    out = []
    for slot in slots:
        result = _combined(slot)
        if result is not None:
            out.append((slot.target, result))
    return out


def _combined(slot: _Slot) -> Result | None:
    """Join what stands before with what stands behind: "positive for ER (90%)" is both."""
    own, under = slot.own, slot.under
    if own is None:
        return under
    if own.polarity is None and under is not None and under.polarity is not None and not slot.target.index:
        return msgspec.structs.replace(own, polarity=under.polarity, start=min(own.start, under.start))
    if slot.target.index and own.value:
        return msgspec.structs.replace(own, polarity=None)
    return own


def _read_behind(view: View, slot: _Slot, following: int) -> None:
    """Find the result that stands right behind a target, or as its predicate."""
    text, target = view.whole, slot.target
    signed = _SIGNED.match(text, _past_notes(text, target.end, following), min(following + 2, view.end))
    if signed is not None and signed.end() <= following + 1 and (not signed["zero"] or target.key == "HER2"):
        if signed["minus"] and not signed["open"] and _SUSPENDED.match(text, signed.start("minus"), view.end):
            return
        slot.own = _of_sign(signed, target)
        return
    counted = _COUNT_BEFORE.search(text, max(view.start, target.start - 90), target.start)
    if counted is not None and target.counted:
        slot.own = Result(counted.start("value"), target.end, None, _plain(counted["value"]))
        return
    stop = min(following, target.end + 140)
    match = _BEHIND.match(text, target.end, stop)
    shown = _SHOWN.match(text, target.end, stop)
    if shown is not None and (match is None or shown.end() <= match.end()) and not re.search(r"\bno\b|\bloss\b|\black", shown[0]):
        slot.own = Result(target.start, shown.end(), "positive")
        return
    if match is None:
        performed = _PERFORMED.match(text, target.end, min(following, target.end + 150))
        if performed is not None:
            slot.own = Result(target.start, performed.end(), "negative" if performed["negative"] else "positive")
            slot.verbal = True
        return
    if _STOP.search(match["link"]) and "but" not in match["link"]:
        return
    slot.own = _of_words(text, match, stop, target)
    verb = _VERB.search(match["link"])
    slot.verbal = verb is not None
    slot.plural = verb is not None and verb[0].lower() in ("were", "are")


def _past_notes(text: str, position: int, limit: int) -> int:
    """Return the position behind remarks in brackets that give no result ("(clone 5A4)", "(Figure 4a)")."""
    note = re.compile(_NOTE).match(text, position, limit)
    return note.end() if note else position


def _of_sign(match: re.Match[str], target: Target) -> Result:
    share = re.search(r"\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%", match["share"] or match["after"] or "")
    value = _plain(share[0]) if share else ""
    polarity: Polarity = "positive"
    if match["zero"]:
        polarity, value = "negative", "0"
    if match["both"]:
        polarity = "equivocal"
    elif match["minus"]:
        polarity = "negative"
    elif match["grade"] and target.key == "HER2":
        polarity = "equivocal" if match["grade"] == "2" else "negative" if match["grade"] in "01" else "positive"
        value = f"{match['grade']}+"
    elif match["grade"] == "0":
        polarity = "negative"
    end = match.end() if share or match["open"] else match.start("after")
    return Result(target.start, end, polarity, value)


def _of_words(text: str, match: re.Match[str], stop: int, target: Target) -> Result:
    end = match.end()
    if match["value"]:
        after = _POLAR_AFTER_VALUE.match(text, end, min(stop, end + 60))
        polarity: Polarity | None = None
        if after is not None:
            polarity = "negative" if after["negative"] else "positive"
            end = after.end()
        end += text[end : end + 1] in (")", "]") and text[target.end : end].count("(") > text[target.end : end].count(")")
        return Result(target.start, end, polarity, _plain(match["value"]))
    if match["pattern"]:
        return Result(target.start, end, None, " ".join(match["pattern"].lower().split()))
    polarity = "negative" if match["negative"] else "equivocal" if match["equivocal"] else "positive"
    share = _VALUE_AFTER.match(text, end, min(stop, end + 50)) if polarity == "positive" else None
    if share is not None:
        end = share.end()
    end += text[end : end + 1] in (")", "]") and text[target.end : end].count("(") > text[target.end : end].count(")")
    return Result(target.start, end, polarity, _plain(share["value"]) if share else "")


def _plain(value: str) -> str:
    return re.sub(r"\s|~|≈", "", re.sub(r"\s?(?:percent|per cent)", "%", value)).replace("–", "-").replace("to", "-")


def _read_before(view: View, slot: _Slot, previous: _Slot | None) -> None:
    """Find the words before a target under which it stands, or go on with the list of the target before it."""
    text, target = view.whole, slot.target
    low = previous.target.end if previous else max(view.start, target.start - 160)
    if previous is not None and previous.own is not None:
        low = max(low, min(previous.own.end, target.start))
    gap = text[low : target.start]
    opened = None
    for opened in _BEFORE.finditer(text, low, target.start):
        pass
    if opened is not None:
        between = text[opened.end() : target.start]
        if len(between) <= 90 and not _BREAKS_LIST.search(between):
            kind = opened.lastgroup
            if kind == "negative":
                slot.under = Result(opened.start(), target.end, "negative")
            elif kind == "positive":
                denied = re.search(r"\b(?:no|not|without|nor|neither|lack of|lacked|absence of|loss of|negative)\s(?:[a-z-]{2,14}\s){0,3}$", text[max(view.start, opened.start() - 40) : opened.start()], re.IGNORECASE)
                slot.under = Result(opened.start(), target.end, "negative" if denied else "positive")
                if denied is not None:
                    low = max(view.start, opened.start() - 40) + denied.start()
                    slot.under = Result(low, target.end, "negative")
            return
    if previous is None or len(gap) > _LONGEST_GAP or _BREAKS_LIST.search(gap):
        return
    slot.continues = True
    if previous.under is not None and not (previous.own is not None and previous.verbal):
        slot.under = msgspec.structs.replace(previous.under, end=target.end)


def _share_backwards(view: View, slots: list[_Slot]) -> None:
    """Give a result behind a list to the markers of the list that have none of their own."""
    groups = _signed_groups(slots)
    for index in range(len(slots) - 1, 0, -1):
        slot, before = slots[index], slots[index - 1]
        if not slot.continues or slot.own is None or before.own is not None:
            continue
        if slot.own.polarity is None:
            continue
        if before.under is not None:
            if not (slot.verbal and slot.plural and view.whole[before.target.end : slot.target.start].strip() in ("and", "or")):
                continue
            before.under = None
        by_sign = not slot.verbal and not re.search(r"[a-z]{3}", view.whole[slot.target.end : slot.own.end], re.IGNORECASE)
        if by_sign and not groups:
            continue
        before.own = msgspec.structs.replace(slot.own, start=before.target.start, value="")
        before.verbal, before.plural = slot.verbal, slot.plural


def _signed_groups(slots: list[_Slot]) -> bool:
    """Whether signs stand behind groups of markers as a rule ("SMA, desmin (+), S100, CD34 (-)") and not behind each."""
    sizes = []
    size = 0
    for slot in slots:
        size += 1
        if slot.own is not None:
            sizes.append(size)
            size = 0
    return bool(sizes) and 2 * sum(1 for size in sizes if size > 1) >= len(sizes)
