"""Results of stains and of other tests of markers, as pathologists list them.

A result stands behind its marker ("CD31+", "desmin (weakly positive)", "Ki-67 15 %"), before a list ("positive for A, B
and C", "no expression of D") or behind one ("A, B and C were negative"). ``assign`` finds the results and gives
each marker of a sentence the one that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

import msgspec

from caseboard.narrative.stain_words import (
    ADJECTIVE,
    ANY_BEHIND,
    BEFORE,
    BEHIND,
    BREAKS_LIST,
    COUNT_BEFORE,
    DENYING,
    FRAMED_BEFORE,
    FRAMED_BEHIND,
    NOTES,
    PERFORMED,
    POLAR_AFTER_VALUE,
    SHARE,
    SHOWN,
    SIGNED,
    STOP,
    SUSPENDED,
    VALUE_AFTER,
    VERB,
)
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


_LONGEST_GAP = 110
_HER2_SCORES: Mapping[str, Polarity] = {"0": "negative", "1": "negative", "2": "equivocal", "3": "positive"}
"""What a score of HER2 means (ASCO/CAP 2018): 0 and 1+ negative, 2+ equivocal, 3+ positive."""
_SCORED = frozenset({"HER2", "PD-L1", "PD-L1 TPS", "PD-L1 CPS", "ER", "PR"})
"""Markers of which "0" is a result."""
_NONE_SHOWN = re.compile(r"\bno\b|\bloss\b|\black")
_ACTIVE = re.compile(r"detected|stained|expressed|retained|preserved", re.IGNORECASE)
_OBJECT = re.compile(r"\s(?!in\b|by\b|and\b|or\b|but\b|on\b|with\b|at\b)[A-Za-z]")
"""What follows a verb in the active: "ctDNA detected ALK G1202R" is no result of ctDNA."""
_MORE_SHARES = re.compile(r"\s?(?:,|and)\s?\d{1,3}\s?%")
"""Shares told in turn ("95% and 80%, respectively"): none of them is that of one marker alone."""
_OWN_SHARE = re.compile(r"\s?[:=(]?\s?[<>~]?\s?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?%")
"""A share right behind a marker, so that the one before it is that of another: "ER 95% PR 60%"."""
_BARE_SHARE = re.compile(r"\s?[:=]?\s?\d{1,3}(?=[,;.\s](?!\d))")
"""A number right behind a receptor, so that the result at the end of its list is none of its own: "ER 56, HER2 0"."""
_WILD = re.compile(r"^wt\b")
_WORD = re.compile(r"[A-Za-z]{3}")
_WORDED = re.compile(
    r"\s(?:(?:both|all|still|again|also|remained|were|are)\s){0,3}(?:neg|pos|wild|wt|normal|mutated|not\s)",
    re.IGNORECASE,
)
_UNKNOWN_LAST = re.compile(
    r",?\s(?:and|or)\s[A-Za-z][A-Za-z0-9-]{1,9}\swere\s(?:all\s|both\s)?(?:(?P<negative>negative)|positive)\b"
)
"""A list that closes with a marker that is not known: "CD3, CD7 and XYZ were negative"."""
_OVEREXPRESSED = re.compile(
    r"[\s(,]{1,3}(?:with\s)?(?:diffuse\s|strong\s)?over-?expression\b\)?", re.IGNORECASE
)
"""The way in which a protein is aberrant: too much of it, so that the stain is positive."""
_OF_THE_NEXT = re.compile(
    r"(?:\b(?:with|and|but)|,)\s(?:an?\s|the\s)?(?:[a-z]{3,12}\s){0,3}(?:(?:immuno-?)?(?:posi|nega)tive|not\sexpressed"
    r"|retained|preserved|intact|maintained|lost|absent)$",
    re.IGNORECASE,
)
"""A result that stands as an adjective before the next marker: "desmin and negative S100"."""

_SHOWN_OF_NEXT = re.compile(
    r",?\s(?:and|but|with)\s(?:an?\s)?(?:[a-z-]{3,14}\s){0,3}(?:expression|staining|positivity|reactivity)\s(?:of|for)\s"
)
"""An expression told behind a marker that is of the next one: "loss of SMARCB1 and a strong expression of CD34"."""
_EXPRESSION_OF = re.compile(
    r"\s(?:(?:immuno)?(?:expression|staining|reactivity|labell?ing)|results?)\s(?:of|for|with)\s|\sfor\s",
    re.IGNORECASE,
)
"""What makes a result that of the markers behind it: "S100, and negative expression of desmin"."""


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
    _read_slashed(view, slots)
    for index, slot in enumerate(slots):
        if slot.own is not None:
            continue
        following = targets[index + 1].start if index + 1 < len(targets) else view.end
        if index + 1 == len(targets) or not _is_plus_between(
            view, target=slot.target, other=targets[index + 1]
        ):
            slot.own = _framed(view, slot.target)
            if slot.own is None:
                _read_behind(view, slot, following)
        _read_before(view, slot, slots[index - 1] if index else None)
    _share_by_contrast(view, slots)
    _share_backwards(view, slots)
    out = []
    for slot in slots:
        result = _combined(slot)
        if result is not None and result.polarity == "positive" and _is_denied(view, slot.target):
            result = msgspec.structs.replace(result, polarity="negative")
        elif result is not None and (
            _is_excepted(view, slot.target, result) or _is_contrasted(view, slot.target, result)
        ):
            other: Polarity = "negative" if result.polarity == "positive" else "positive"
            result = msgspec.structs.replace(result, polarity=other)
        if result is not None:
            out.append((slot.target, result))
    return out


def _is_denied(view: View, target: Target) -> bool:
    """Whether a marker goes on a denied list: "neither SOX10 nor desmin was expressed"."""
    low = max(view.clause(target.start)[0], target.start - _LONGEST_GAP)
    return _NOR.search(view.whole, low, target.start) is not None


def _is_contrasted(view: View, target: Target, result: Result) -> bool:
    """Whether a marker is the one that a loss told behind it is not of: "MLH1 but not MSH2 was lost"."""
    low = max(view.start, target.start - 12)
    return (
        result.end > target.end
        and result.start >= target.start
        and result.polarity == "negative"
        and _BUT_NOT_THIS.search(view.whole, low, target.start) is not None
    )


_BUT_NOT_THIS = re.compile(r"\b(?:but|and)\snot\s$")


def _share_by_contrast(view: View, slots: list[_Slot]) -> None:
    """Give a result behind "A but not B" to A; ``_is_denied`` turns it round for B."""
    for before, slot in pairwise(slots):
        if slot.own is None or not slot.verbal or before.own is not None or before.under is not None:
            continue
        if _BUT_NOT.fullmatch(view.whole, before.target.end, slot.target.start):
            before.own = msgspec.structs.replace(slot.own, start=before.target.start, value="")


_BUT_NOT = re.compile(r",?\s(?:but|and)\snot\s(?:for\s)?")
_NOR = re.compile(
    r"\b(?:but|and)\snot\s$|\bneither\b[^.;]{1,90}\bnor\s(?:[A-Za-z0-9/-]{2,14}\s(?:or|nor)\s)?$",
    re.IGNORECASE,
)


def _is_excepted(view: View, target: Target, result: Result) -> bool:
    """Whether a marker is the one that a result behind it is not of: "apart from desmin, all were negative"."""
    return (
        result.end > target.end
        and result.polarity in ("positive", "negative")
        and _EXCEPTED.search(view.whole[max(view.start, target.start - _LONGEST_GAP) : target.start])
        is not None
        and _OF_THE_REST.match(view.whole, target.end, result.end) is not None
    )


_BUT_FOR = (
    r"\b(?:except(?:\sfor)?|apart\sfrom|aside\sfrom|other\sthan|besides|with\sthe\sexception\sof)\s(?:the\s)?"
)
_EXCEPTED = re.compile(
    rf"(?:^|[.;:]\s){_BUT_FOR}(?:[A-Za-z0-9/-]{{2,14}}\sand\s){{0,3}}$"
    rf"|[a-z]\s{_BUT_FOR}(?:[A-Za-z0-9/-]{{2,14}}(?:,|\sand|,\sand)\s){{0,3}}$",
    re.IGNORECASE,
)
"""The markers left out; at the head of a sentence a comma ends them: "apart from desmin, S100 was negative"."""
_OF_THE_REST = re.compile(
    r"(?:(?:,|\sand)\s[A-Za-z0-9/-]{2,14}){0,3},\s|[^,;]{0,40}\s(?:was|were)\s", re.IGNORECASE
)


def _read_slashed(view: View, slots: list[_Slot]) -> None:
    """Hand out the signs of "ER/PR/HER2: +/+/-", one to each marker."""
    first = 0
    for index, slot in enumerate(slots):
        if index and view.whole[slots[index - 1].target.end : slot.target.start].strip() != "/":
            first = index
        signs = _SLASHED.match(view.whole, slot.target.end, view.end) if index > first else None
        if signs is None:
            continue
        told = [sign.strip().lower() for sign in signs["signs"].split("/")]
        either = len(told) == 2 and set(told) <= {"+", "-", "−", "–"} and len(set(told)) == 2
        if either and slot.target.key not in _RECEPTORS:
            continue  # "S100/SMA +/-" may be equivocal of both
        if len(told) == index - first + 1:
            for one, sign in zip(slots[first : index + 1], told, strict=True):
                polarity: Polarity = "positive" if sign.startswith(("+", "pos")) else "negative"
                one.own = Result(one.target.start, signs.end(), polarity)


_READ_ANEW = re.compile(
    r"(?:\s[A-Za-z]{3,16}){0,2}\s(?:was|were|had\sbeen)\s(?:initially|first|originally|at\sfirst|previously)\s"
    r"(?:interpreted|read|reported|called|scored|judged|regarded|described)\s(?:as\s)?(?:weakly\s)?(?:posi|nega)tive"
    r"(?:,\s|\s|;\s)(?:but|and|however)\s(?:(?!posi|nega)[a-z-]{2,16},?\s){1,7}?(?:(?P<negative>negative)|positive)\b",
    re.IGNORECASE,
)
"""A result that was read anew: "was initially interpreted as positive, but on review it was negative"."""
_ALLRED = re.compile(
    r"\s?[:=(]?\s?(?:(?:Allred|Quick)?\s?-?(?:score|QS)?)\s?(?:(?:of|was|is)\s|[:=]\s?)?(?P<score>[0-8])\s?/\s?8\b",
    re.IGNORECASE,
)
_LEAST_ALLRED = 3
"""The Allred score from which a receptor is positive (Harvey 1999, J Clin Oncol 17:1474: above 2)."""
_RECEPTORS = frozenset({"ER", "PR", "AR", "HER2"})
_SLASHED = re.compile(
    r"(?:\s(?:status|receptors?))?\s?[:=]?\s?\(?(?P<signs>(?:[+−–-]|pos(?:itive)?|neg(?:ative)?)"
    r"(?:\s?/\s?(?:[+−–-]|pos(?:itive)?|neg(?:ative)?)){1,3})(?![\w+/])",
    re.IGNORECASE,
)


def _is_plus_between(view: View, target: Target, other: Target) -> bool:
    """Whether a plus only joins two markers whose result stands in words behind them: "PALB2 + ATM neg"."""
    return view.whole[target.end : other.start] == " + " and _WORDED.match(view.whole, other.end) is not None


def _combined(slot: _Slot) -> Result | None:
    """Join what stands before with what stands behind: "positive for ER (90%)" is both."""
    own, under = slot.own, slot.under
    if own is None:
        return under
    if own.polarity is None and not any(map(str.isdigit, own.value)):
        return own
    if own.polarity is None and under is not None and under.polarity is not None and not slot.target.index:
        return msgspec.structs.replace(own, polarity=under.polarity, start=min(own.start, under.start))
    if slot.target.index and own.value:
        return msgspec.structs.replace(own, polarity=None)
    return own


def _read_behind(view: View, slot: _Slot, following: int) -> None:
    """Find the result that stands right behind a target, or as its predicate."""
    text, target = view.whole, slot.target
    slot.own = _scored_or_reread(text, target, view.end)
    if slot.own is not None:
        return
    stop = min(following, target.end + 140)
    signed = SIGNED.match(text, _past_notes(text, target.end, following), min(following + 2, view.end))
    if signed is not None and signed.end() <= following + 1 and (not signed["zero"] or target.key in _SCORED):
        if not (
            signed["minus"] and not signed["open"] and SUSPENDED.match(text, signed.start("minus"), view.end)
        ):
            slot.own = _of_sign(signed, target)
        return
    counted = (
        COUNT_BEFORE.search(text, max(view.start, target.start - 90), target.start)
        if target.counted and not _OWN_SHARE.match(text, target.end)
        else None
    )
    if counted is not None:
        slot.own = Result(counted.start("value"), target.end, None, _plain(counted["value"]))
        return
    told = _past_its_day(view, target.end, stop)
    match = BEHIND.match(text, told, stop)
    shown = SHOWN.match(text, told, stop)
    if shown is not None and (match is None or shown.end() <= match.end()):
        if not (_NONE_SHOWN.search(shown[0]) or _SHOWN_OF_NEXT.match(text, target.end, stop)):
            slot.own = Result(target.start, shown.end(), "positive")
        return
    if match is None and (listed := _UNKNOWN_LAST.match(text, target.end, view.end)) is not None:
        slot.own = Result(target.start, listed.end(), "negative" if listed["negative"] else "positive")
        slot.verbal = slot.plural = True
    elif match is None:
        _read_performed(view, slot, min(following, target.end + 150))
        if slot.own is None:
            _read_behind_any_words(view, slot, following)
    elif (
        _ACTIVE.fullmatch(match["positive"] or "")
        and not VERB.search(match["link"])
        and _OBJECT.match(text, match.end())
    ) or (
        (match.end() == following - 1 or _EXPRESSION_OF.match(text, match.end()))
        and _OF_THE_NEXT.search(text, told, match.end())
    ):
        return
    elif not STOP.search(match["link"]) or "but" in match["link"]:
        slot.own = _of_words(text, match, stop, target)
        verb = VERB.search(match["link"])
        slot.verbal = verb is not None
        slot.plural = verb is not None and verb[0].lower() in ("were", "are")


def _past_its_day(view: View, position: int, stop: int) -> int:
    """Return the place behind the day or specimen on which a target was tested: "ALK FISH (July 2021): negative"."""
    day = next(
        (time for time in view.times if position <= time.start < min(stop, position + _TO_ITS_DAY)), None
    )
    if day is None or _TESTED_ON.fullmatch(view.whole, position, day.start) is None:
        specimen = _ON_SPECIMEN.match(view.whole, position, stop)
        return position if specimen is None else specimen.end()
    closed = _DAY_CLOSED.match(view.whole, day.end, view.end)
    return day.end if closed is None else closed.end()


_TO_ITS_DAY = 60
_TESTED_ON = re.compile(
    r"(?:\s(?:FISH|IHC|PCR|NGS|immuno\w{3,16}|(?:immuno)?stain(?:ing|s)?|tests?|testing|status|analysis|expression|studies"
    r"|results?|by|using|with)){0,4},?\s?[(\[]?(?:(?:which|that|was|were|in|on|of|from|at|done|performed|carried|out|reported|dated"
    r"|obtained|received|early|late|mid|again|repeated|first|the|same)[\s-]){0,5}",
    re.IGNORECASE,
)
"""What stands between a target and the day of its test."""
_ON_SPECIMEN = re.compile(
    r"(?:\s(?:FISH|IHC|PCR|NGS|immuno\w{3,16}|(?:immuno)?stain(?:ing|s)?|tests?|testing|status|analysis)){0,3}"
    r"\s(?:done\s|performed\s)?(?:on|of|in|from)\s(?:(?:the|his|her|an?|this|that|both)\s)?(?:[a-z-]{3,14}\s){0,3}?"
    r"(?:biops(?:y|ies)|specimens?|samples?|tissue|resection|metastas[ie]s|primary|effusion|material|blocks?)"
    r"(?:\s(?:of|from|dated|taken\s(?:in|on)|obtained\s(?:in|on))\s(?:[A-Za-z]{3,9}\s)?[\d./-]{1,10}"
    r"(?:\s[A-Za-z]{3,9})?(?:,?\s\d{4})?)?(?:\s\([^()]{4,24}\))?"
    r"(?=\s(?:was|were|is|are|had|came|returned|proved|remained|neg|pos)|\s?:\s?(?:neg|pos))",
)
"""The specimen between a target and its result: "ALK IHC on the resection specimen of 2019 was negative"."""
_DAY_CLOSED = re.compile(r"[)\]](?=\s?:)|[)\]]|,(?=\s(?:was|were|is|are|came|returned|proved|showed)\b)")


def _scored_or_reread(text: str, target: Target, limit: int) -> Result | None:
    """Return the result that the Allred score of a receptor gives, or a reading anew."""
    scored = _ALLRED.match(text, target.end, limit) if target.key in _RECEPTORS else None
    if scored is not None:
        polarity: Polarity = "positive" if int(scored["score"]) >= _LEAST_ALLRED else "negative"
        return Result(target.start, scored.end(), polarity, f"{scored['score']}/8")
    reread = _READ_ANEW.match(text, target.end, min(limit, target.end + 160))
    if reread is None:
        return None
    return Result(target.start, reread.end(), "negative" if reread["negative"] else "positive")


def _framed(view: View, target: Target) -> Result | None:
    """Return the result that adjectives before and a noun behind give: "strong nuclear TFE3 staining"."""
    behind = FRAMED_BEHIND.match(view.whole, target.end, view.end)
    if behind is None:
        return None
    before = FRAMED_BEFORE.search(view.whole, max(view.start, target.start - 60), target.start)
    if before is None or DENYING.search(view.whole, max(view.start, before.start() - 30), before.start()):
        return None
    return Result(before.start(), behind.end(), "positive")


def _read_performed(view: View, slot: _Slot, stop: int) -> None:
    """Read "ALK was examined and the result was negative"."""
    performed = PERFORMED.match(view.whole, slot.target.end, stop)
    if performed is not None:
        polarity: Polarity = "negative" if performed["negative"] else "positive"
        slot.own = Result(slot.target.start, performed.end(), polarity)
        slot.verbal = True


def _read_behind_any_words(view: View, slot: _Slot, stop: int) -> None:
    """Read a result behind words of any kind; a bare share only for a marker that is told as one."""
    target = slot.target
    match = ANY_BEHIND.match(view.whole, target.end, view.end)
    if match is None or match.end() > stop:
        return
    if match["value"] and not (target.index or target.counted or target.key in _SCORED):
        return
    polarity: Polarity | None = "negative" if match["negative"] else "positive" if match["positive"] else None
    slot.own = Result(target.start, match.end(), polarity, _plain(match["value"]) if match["value"] else "")
    slot.verbal = True


def _past_notes(text: str, position: int, limit: int) -> int:
    """Return the position behind remarks in brackets that give no result ("(clone 5A4)", "(Figure 4a)")."""
    note = NOTES.match(text, position, limit)
    return note.end() if note else position


def _of_sign(match: re.Match[str], target: Target) -> Result:
    share = SHARE.search(
        match["share"] or (match["after"] or "").strip() or match["beside"] or match["share2"] or ""
    )
    value = _plain(share[0]) if share else ""
    polarity: Polarity = "positive"
    if match["both"]:
        polarity = "equivocal"
    elif match["minus"] or match["grade"] == "0":
        polarity = "negative"
    elif match["zero"]:
        polarity, value = "negative", "0"
    elif match["grade"] and target.key == "HER2":
        polarity, value = _HER2_SCORES[match["grade"]], f"{match['grade']}+"
    end = match.end() if share or match["open"] else match.start("after")
    end = match.start("beside") if match["beside"] and not share else end
    return Result(target.start, end, polarity, value)


def _of_words(text: str, match: re.Match[str], stop: int, target: Target) -> Result:
    end = match.end()
    polarity: Polarity | None = (
        "negative" if match["negative"] else "equivocal" if match["equivocal"] else "positive"
    )
    value = ""
    if match["pattern"]:
        polarity, value = None, _WILD.sub("wild type", " ".join(match["pattern"].lower().split()))
        over = _OVEREXPRESSED.match(text, end, min(stop, end + 30))
        if over is not None:
            polarity, end = "positive", over.end()
    elif match["value"]:
        after = POLAR_AFTER_VALUE.match(text, end, min(stop, end + 60))
        polarity, value = None, _plain(match["value"])
        if after is not None:
            polarity, end = "negative" if after["negative"] else "positive", after.end()
    elif polarity == "positive":
        share = VALUE_AFTER.match(text, end, min(stop, end + 50))
        if share is not None and not _MORE_SHARES.match(text, share.end()):
            value, end = _plain(share["value"]), share.end()
    told = text[target.end : end]
    end += text[end : end + 1] in (")", "]") and told.count("(") > told.count(")")
    return Result(target.start, end, polarity, value)


def _plain(value: str) -> str:
    """Return a share of cells as facts write it: "15-20%"."""
    percent = re.sub(r"\s?(?:percent|per cent)", "%", value)
    return re.sub(r"\s|~|≈", "", percent).replace("–", "-").replace("to", "-")


def _read_before(view: View, slot: _Slot, previous: _Slot | None) -> None:
    """Find the words before a target under which it stands, or go on with the list of the target before it."""
    text, target = view.whole, slot.target
    low = previous.target.end if previous else max(view.start, target.start - 160)
    if previous is not None and previous.own is not None:
        low = max(low, min(previous.own.end, target.start))
    adjective = (
        ADJECTIVE.search(text, max(low, target.start - 60), target.start)
        if _is_adjective(text, target.start)
        else None
    )
    if adjective is not None:
        start = adjective.start() + 2 * text.startswith((",", ":"), adjective.start())
        slot.under = Result(start, target.end, "negative" if adjective["negative"] else "positive")
        return
    opened = _last_opening(text, low, target.start)
    if (
        opened is not None
        and target.start - opened.end() <= 90
        and not BREAKS_LIST.search(text, opened.end(), target.start)
        and not (_NONE.match(opened[0]) and _OF_GENES.search(text, opened.end(), target.start))
    ):
        slot.under = _of_opening(view, opened, target)
        return
    if previous is not None and previous.own is not None and previous.own.polarity is not None:
        likewise = _LIKEWISE.fullmatch(text, previous.own.end, target.start)
        if likewise is not None and (previous.own.polarity == "negative" or not likewise["nor"]):
            by = _METHOD_BEHIND.match(text, target.end, view.end)
            end = by.end() if by is not None else target.end
            slot.under = Result(likewise.start("too"), end, previous.own.polarity)
            return
    if previous is None or target.start - low > _LONGEST_GAP or BREAKS_LIST.search(text, low, target.start):
        return
    slot.continues = True
    if previous.under is not None and not (previous.own is not None and previous.verbal):
        slot.under = msgspec.structs.replace(previous.under, end=target.end)


_LIKEWISE = re.compile(
    r"(?:\s(?:by|in|on|of)\s[^.,;]{1,30})?\s?[,;]?\s(?:and\s|but\s)?(?P<too>so|as|(?P<nor>nor|neither))\s(?:was|were|is|are|did|had)\s"
    r"(?:also\s)?(?:the\s)?(?:(?:immuno)?(?:stain(?:s|ing)?|histochemistry|FISH|PCR|tests?|results?|expression)\s(?:for|of)\s)?",
    re.IGNORECASE,
)
"""What gives a marker the result of the one before it: "desmin was positive, as was SMA", "nor was ALK"."""
_METHOD_BEHIND = re.compile(r"\s(?:immunohistochemistry|immunostain\w{0,3}|IHC|stain\w{0,3}|FISH|PCR)\b")
_NONE = re.compile(r"no\b|without\b", re.IGNORECASE)
_OF_GENES = re.compile(
    r"\b(?:mutation|variant|alteration|fusion|rearrangement|translocation|amplification)s?\b,?"
)
"""Of what a list denies genes and no stain: "no EGFR, KRAS or BRAF mutation, ALK and ROS1 FISH negative"."""


def _is_adjective(text: str, start: int) -> bool:
    """Whether a result may stand as an adjective before what begins at ``start``: "negative OCT4"."""
    return text[max(0, start - 5) : start].lower() == "tive "


def _last_opening(text: str, low: int, high: int) -> re.Match[str] | None:
    """Return the last words that open a list; of "positive to immunostains for" those that give the result."""
    before: re.Match[str] | None = None
    for match in BEFORE.finditer(text, low, high):
        if match.lastgroup != "neutral" or before is None or match.start() - before.end() > 1:
            before = match
    return before


def _of_opening(view: View, opened: re.Match[str], target: Target) -> Result | None:
    """Return the result that the words before a list give it; None for "staining for", which gives none."""
    if opened.lastgroup == "negative":
        return Result(opened.start(), target.end, "negative")
    if opened.lastgroup != "positive":
        return None
    denied = DENYING.search(view.whole, max(view.start, opened.start() - 40), opened.start())
    if denied is not None:
        return Result(denied.start(), target.end, "negative")
    return Result(opened.start(), target.end, "positive")


def _share_backwards(view: View, slots: list[_Slot]) -> None:
    """Give a result behind a list to the markers of the list that have none of their own."""
    groups = _signed_groups(slots)
    apart = _lists_apart(view, slots)
    for index in range(len(slots) - 1, 0, -1):
        before, slot = slots[index - 1], slots[index]
        if not slot.continues or slot.own is None or slot.own.polarity is None or before.own is not None:
            continue
        if before.under is not None:
            beside = view.whole[before.target.end : slot.target.start].strip() in ("and", "or")
            if not (slot.verbal and slot.plural and beside) and index not in apart:
                continue
            before.under = None
        if before.target.counted and _BARE_SHARE.match(view.whole, before.target.end, view.end):
            continue
        worded = slot.verbal or _WORD.search(view.whole, slot.target.end, slot.own.end)
        if worded or groups:
            before.own = msgspec.structs.replace(slot.own, start=before.target.start, value="")
            before.verbal, before.plural = slot.verbal, slot.plural


def _lists_apart(view: View, slots: list[_Slot]) -> set[int]:
    """Return which targets go on with a list of their own behind another: "positive for A, with B and C negative"."""
    out: set[int] = set()
    first: int | None = None
    closed = False  # whether "and" has closed the list, behind which a comma begins another
    for index in range(1, len(slots)):
        if not slots[index].continues or slots[index - 1].own is not None:
            first, closed = None, False
        gap = view.whole[slots[index - 1].target.end : slots[index].target.start]
        opened = slots[index].under is not None and not slots[index].continues
        if opened:
            first = None  # "negative for A, but expressed B and C": words before this list give its result
        elif _APART.search(gap) or (closed and gap.strip() == ","):
            first = index
        elif first is not None:
            out.add(index)
        closed = gap.strip(" ,") in ("and", "or")
    return out


_APART = re.compile(r"(?:,\s|\s)with\s|\s\(|[,;]\s(?:while|whereas|but)\s")
"""What begins a list of its own between two markers."""


def _signed_groups(slots: list[_Slot]) -> bool:
    """Whether signs stand behind groups of markers as a rule ("SMA, desmin (+), S100, CD34 (-)")."""
    sizes = []
    size = 0
    for slot in slots:
        size += 1
        if slot.own is not None:
            sizes.append(size)
            size = 0
    return bool(sizes) and 2 * sum(1 for size in sizes if size > 1) >= len(sizes)
