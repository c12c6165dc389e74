"""Alterations that texts name, with the type kept: a fusion is never a mutation, nor the reverse.

"ALK-positive" is the usual word for a rearrangement of ALK, ROS1, RET or NTRK; of other genes "positive" says no type
and is not read. "EGFR, ALK or ROS1 alterations" gives its type to every gene of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.knowledge.eligibility.rule import Found, Rule, asked
from caseboard.knowledge.trial_shapes import Join, Requirement
from caseboard.terms import genes

__all__ = ["FAMILIES", "RULES"]

FAMILIES: dict[str, tuple[str, ...]] = {
    "NTRK": ("NTRK1", "NTRK2", "NTRK3"),
    "TRK": ("NTRK1", "NTRK2", "NTRK3"),
    "FGFR": ("FGFR1", "FGFR2", "FGFR3", "FGFR4"),
    "BRCA": ("BRCA1", "BRCA2"),
    "IDH": ("IDH1", "IDH2"),
    "RAS": ("KRAS", "NRAS", "HRAS"),
    "PDGFR": ("PDGFRA", "PDGFRB"),
    "SDH": ("SDHA", "SDHB", "SDHC", "SDHD"),
}
"""Names of several genes, any of which is meant."""

_FUSION_GENES = frozenset({"ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3"})
_GENE = r"(?:c-)?[A-Z][A-Z0-9]{1,6}(?:[A-Z0-9]|\d(?:/\d){1,3})?(?:-ITD)?"
_BETWEEN = r"(?:\s?(?:,|/|and|or|and/or|, ?and|, ?or|&)\s?)"
_GENES = rf"(?P<genes>{_GENE}(?:{_BETWEEN}{_GENE}){{0,9}})"
_TYPE = (
    r"(?P<type>(?i:fusions?|re-?arrange(?:ments?|d)|translocations?|mutations?|mutated|mutants?|mutation"
    r"|variants?|amplifications?|amplified"
    r"|alterations?|aberrations?|abnormalit(?:y|ies)|mutagenesis))"
)
_QUALITY = (
    r"(?:(?i:activating|sensiti[sz]ing|sensitive|oncogenic|actionable|targetable|driver|driving"
    r"|pathogenic|deleterious|known|common|classical|rare|uncommon|somatic"
    r"|germline|genetic|genomic|gene|positive|oncogene|molecular|tumou?r|documented|hot ?spot)[ -]+)*"
)
_THEN_TYPE = re.compile(
    rf"(?<![\w-])(?P<before>{_QUALITY}){_GENES}(?: \([A-Z0-9 -]{{2,12}}\))?[ -]"
    rf"(?P<quality>{_QUALITY}){_TYPE}(?:[- ]positiv(?:e|ity)|(?P<negative>[- ]negative))?(?![\w-])"
)
_TYPE_OF = re.compile(
    rf"(?<![\w-])(?P<quality>{_QUALITY}){_TYPE} (?:in|of|involving|within) (?:the |either |any of"
    rf" )?{_GENES}(?: genes?)?(?![\w-])"
)
_WILD = re.compile(
    rf"(?<![\w-])(?:{_GENES}[ -]wild[ -]?type|wild[ -]?type {_GENES.replace('?P<genes>', '?P<genes2>')})(?![\w-])",
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    r"(?<![\w-])(?P<genes>(?:ALK|ROS1|ROS-1|RET|NTRK[123]?)(?:\s?(?:,|/|or|and)\s?(?:ALK|ROS1|ROS-1"
    r"|RET|NTRK[123]?)){0,3})(?:[- ]?(?P<sign>positiv(?:e|ity)|negative)|(?P<plus>\+))(?![\w-])"
)
_PAIR = re.compile(
    r"(?<![\w-])(?P<five>[A-Z][A-Z0-9]{1,7})(?:::|--|-|/)(?P<three>[A-Z][A-Z0-9]{1,7}) (?:gene )?"
    r"(?:fusions?|rearrangements?|translocations?)(?:[- ]positive)?(?![\w-])"
)
_CHANGE = r"(?:[A-Z]\d{2,4}[A-Z*X]|[A-Z]\d{2,4}(?![\w]))"
_EXON = (
    r"(?:exon\s?(?P<exon>\d{1,2})\s?(?P<event>deletions?|insertions?|skipping(?: mutations?|"
    r" alterations?)?|mutations?|del\b|ins\b|deletion mutations?|insertion mutations?)"
    r"|(?:ex(?:on)?\s?(?P<exon2>\d{1,2})\s?(?P<event2>del|ins)\b))"
)
_NAMED = re.compile(
    rf"(?<![\w-])(?P<gene>{_GENE})(?:[ -](?:gene|mutation|sensitizing mutation|sensitising"
    rf" mutation)s?[,:]?)?[ :(-]\s?(?:p\.)?(?P<change>{_CHANGE})(?: (?:point |substitution"
    rf" )*mutations?| substitution)?(?:[- ]positive|[- ]mutant|[- ]mutated)?(?![\w-])"
)
_IN_EXON = re.compile(
    rf"(?<![\w-])(?P<gene>{_GENE})[ :(-]\s?{_EXON}(?:[- ]positive)?(?: mutations?)?(?![\w-])", re.IGNORECASE
)
_MORE = re.compile(
    rf"(?:\s?\)?\s?(?:,|/|or|and|and/or|, or)\s?(?:an? )?)(?:(?:exon \d{{1,2}} (?:\(?))?(?:p\.)?"
    rf"(?P<change>{_CHANGE})\)?|{_EXON})(?: (?:point |substitution )*mutations?| substitution| \(?exon"
    rf" \d{{1,2}}\)?)*(?![\w-])",
    re.IGNORECASE,
)
_STRICTER = re.compile(
    r"\b(?:activating|sensiti[sz]ing|sensitive|oncogenic|actionable|targetable|driver|driving"
    r"|pathogenic|deleterious|common|classical|rare|uncommon|germline|hot ?spot)\b",
    re.IGNORECASE,
)
_TYPES: tuple[tuple[str, str], ...] = (
    ("fusion", "Structural Variation"), ("rearrange", "Structural Variation"), ("re-arrange", "Structural Variation"),
    ("translocation", "Structural Variation"), ("mut", "Mutation"), ("variant", "Mutation"), ("amplif", "CNV"),
    ("alteration", "Any Variation"), ("aberration", "Any Variation"), ("abnormalit", "Any Variation"),
)  # fmt: skip


def genes_of(text: str) -> tuple[tuple[str, ...], ...] | None:
    """Return the genes of a list, each with those that a family's name means; None where a word is no gene."""
    out: list[tuple[str, ...]] = []
    for word in re.split(r"\s?(?:,|\band/or\b|\band\b|\bor\b|&)\s?|/(?=[A-Z])", text):
        name = word.strip().removeprefix("c-")
        if not name:
            continue
        found = _symbols(name)
        if found is None:
            return None
        out.append(found)
    return tuple(out) or None


def _symbols(name: str) -> tuple[str, ...] | None:
    numbered = re.fullmatch(r"([A-Z]+)(\d(?:/\d){1,3})", name)
    if numbered:
        each = tuple(f"{numbered[1]}{digit}" for digit in numbered[2].split("/"))
        return each if all(symbol in genes.vocabulary() for symbol in each) else None
    if name in FAMILIES:
        return FAMILIES[name]
    found = genes.vocabulary().lookup(name)
    if found is None or name.upper() != name or (name not in genes.vocabulary() and genes.is_word(name)):
        return None
    return (found.term.key,)


def _asked(symbols: tuple[tuple[str, ...], ...], joined: Join, name: str, **terms: str | None) -> Requirement:
    """Return what is asked for of one gene, of any gene of a family, or of a list."""
    each = tuple(
        _any(tuple(asked("alteration", hugo_symbol=symbol, name=name, **terms) for symbol in family))
        for family in symbols
    )
    return each[0] if len(each) == 1 else Requirement("list", (), False, each, joined)


def _any(parts: tuple[Requirement, ...]) -> Requirement:
    return parts[0] if len(parts) == 1 else Requirement("list", (), False, parts, "any")


def _join_of(text: str) -> Join:
    words = set(re.findall(r"\b(?:and/or|and|or)\b", text))
    if "and" in words:
        return "unclear" if "or" in words else "all"
    return "any"


def _category(word: str) -> str:
    return next(category for start, category in _TYPES if start in word.casefold())


def find_typed(text: str) -> Iterator[Found]:
    """Find "ALK rearrangement", "EGFR or ROS1 alterations", "mutations of EGFR and KRAS", "MDM2 amplification"."""
    for pattern in (_THEN_TYPE, _TYPE_OF):
        for match in pattern.finditer(text):
            symbols = genes_of(match["genes"])
            if symbols is None:
                continue
            quality = f"{match.groupdict().get('before') or ''} {match['quality']}"
            strict = "yes" if _STRICTER.search(quality) else None
            category = _category(match["type"])
            found = _asked(
                symbols, _join_of(match["genes"]), match[0], variant_category=category, stricter=strict
            )
            denied = bool(match.groupdict().get("negative"))
            yield match.start(), match.end(), msgspec.structs.replace(found, negated=denied)


def find_wild_type(text: str) -> Iterator[Found]:
    """Find "EGFR wild-type", "wild-type EGFR/ALK": no alteration of the gene."""
    for match in _WILD.finditer(text):
        symbols = genes_of(match["genes"] or match["genes2"])
        if symbols is None:
            continue
        flat = tuple(symbol for family in symbols for symbol in family)
        category = "Structural Variation" if set(flat) <= _FUSION_GENES - {"RET"} else "Any Variation"
        each = tuple(
            asked("alteration", hugo_symbol=symbol, name=match[0], variant_category=category, wild="yes")
            for symbol in flat
        )
        denied = tuple(Requirement(one.kind, one.terms, negated=True) for one in each)
        yield (
            match.start(),
            match.end(),
            denied[0] if len(denied) == 1 else Requirement("list", (), False, denied, "all"),
        )


def find_positive(text: str) -> Iterator[Found]:
    """Find "ALK-positive", "ROS1+", "ALK-negative": said of genes that are rearranged."""
    for match in _POSITIVE.finditer(text):
        symbols = genes_of(match["genes"].replace("ROS-1", "ROS1"))
        if symbols is None:
            continue
        found = _asked(symbols, _join_of(match["genes"]), match[0], variant_category="Structural Variation")
        denied = match["sign"] == "negative"
        yield (
            match.start(),
            match.end(),
            Requirement(found.kind, found.terms, denied, found.parts, found.join),
        )


def find_pair(text: str) -> Iterator[Found]:
    """Find "EML4-ALK fusion": both partners."""
    for match in _PAIR.finditer(text):
        five, three = genes.vocabulary().lookup(match["five"]), genes.vocabulary().lookup(match["three"])
        if five is None or three is None:
            continue
        yield (
            match.start(), match.end(),
            asked("alteration", hugo_symbol=five.term.key, fusion_partner_hugo_symbol=three.term.key,
                  variant_category="Structural Variation", name=match[0]),
        )  # fmt: skip


def find_changes(text: str) -> Iterator[Found]:
    """Find "BRAF V600E", "EGFR exon 19 deletion or L858R", "MET exon 14 skipping"; a list is of its first gene."""
    for pattern in (_NAMED, _IN_EXON):
        for match in pattern.finditer(text):
            symbols = _symbols(match["gene"].upper() if pattern is _IN_EXON else match["gene"])
            if symbols is None or len(symbols) > 1:
                continue
            parts = [_change(symbols[0], match)]
            end, joined = match.end(), ""
            while (more := _MORE.match(text, end)) is not None:
                parts.append(_change(symbols[0], more))
                joined += text[end : more.start() + 8]
                end = more.end()
            if len(parts) == 1:
                yield match.start(), end, parts[0]
            else:
                yield match.start(), end, Requirement("list", (), False, tuple(parts), _join_of(joined))


_EVENTS = (("del", "Deletion"), ("ins", "Insertion"), ("skip", "Skipping Mutation"), ("mut", "Mutation"))


def _change(symbol: str, match: re.Match[str]) -> Requirement:
    told = match.groupdict()
    exon = told.get("exon") or told.get("exon2")
    if exon:
        event = (told.get("event") or told.get("event2") or "").casefold()
        name = next(name for start, name in _EVENTS if start in event)
        return asked(
            "alteration",
            hugo_symbol=symbol,
            variant_category="Mutation",
            event=f"Exon {exon} {name}",
            name=match[0].strip(" ,/"),
        )
    change = told["change"].upper()
    whole = change[-1].isalpha() and change[-1] != "X"
    term = (
        {"protein_change": f"p.{change}"} if whole else {"wildcard_protein_change": f"p.{change.rstrip('X')}"}
    )
    return asked(
        "alteration", hugo_symbol=symbol, variant_category="Mutation", name=match[0].strip(" ,/"), **term
    )


_ALTERED = (
    "fusion",
    "rearrange",
    "re-arrange",
    "transloc",
    "mut",
    "variant",
    "amplif",
    "alteration",
    "aberration",
    "abnormal",
)
RULES: tuple[Rule, ...] = (
    Rule("alteration.pair", ("fusion", "rearrange", "transloc"), find_pair),
    Rule("alteration.changes", ("exon", "ex19", "ex20", "0", "1", "2", "3", "5", "6", "8"), find_changes),
    Rule("alteration.typed", _ALTERED, find_typed),
    Rule("alteration.wild type", ("wild",), find_wild_type),
    Rule("alteration.positive", ("alk", "ros", "ret", "ntrk"), find_positive),
)
