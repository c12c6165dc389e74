"""Which names of a gene may be looked for in running text, and which need context."""

from __future__ import annotations

import re

from termtables.common import word_list
from termtables.hgnc import Release, names

FAMILIES = frozenset(word_list("gene families"))
"""Names of whole families: no one member is meant."""
WELL_KNOWN_SHORT = frozenset(word_list("known short genes"))
FORM = re.compile(r"[^\W_][\w ./α-ωά-ώ()-]{0,30}")
LIBRARY = re.compile(
    r"(DKFZ|FLJ|EST|MGC|HsT|IMAGE|PPP1R|CT|FWP|PIG)-?\d+.*|DKFZ.*|"
    r"(DFN[ABX]?|CMD|CMH|RP|SCA|EBS|HSN|FGS|LCA|USH|ALS|IMD|CMT|SPG|NEM|MRX|MRXS|PFIC|DYT|OPD|OFC|EDM|FHH|HHT|HHC|MODY|BFHD?|ARVD|"
    r"LQT|EIEE|CFC|HPE|MFS|LFS|HSAN|FPDMM|NS|CCM|PKD|AGS|EVR|PGL|GCPS|EKV|JPS|MCKD|SPD|VMD|CORD|CILD|NPHP|BBS|MKS|JBTS|PTC|SJS)\d+[A-Z]?|"
    r"CADASIL|CASIL|IPEX|HUMARA|ORFX|BPES|BFLS|SDYS|MODY|ARVD|ATLD|MSSE|SBMA|RSTS|SGBS"
)
"""Names of clones and of inherited diseases: no one writes them for the gene."""
SAFE_SHORT = re.compile(r"CD\d+\w?|CK\d+|HER\d|[A-Z]{3}\d")
NUMBERED = re.compile(r"([A-Za-z]{3,8})-?(\d{1,3})")
HYPHENATED = frozenset(word_list("hyphenated genes"))
TOO_SHORT = re.compile(r"[A-Za-z]{1,3}|[A-Za-z]-?\d{1,2}|\d+|[A-Za-z]{1,2}-?\d")


def written_forms(
    release: Release, symbol: str, added: dict[str, list[str]], claimed: set[str]
) -> tuple[list[str], list[str]]:
    """Return the previous symbols and the aliases of a gene that belong to it alone."""
    row = release.records[symbol]
    taken = release.approved | FAMILIES
    previous, alias = [], []
    for name in names(row["prev_symbol"]):
        low = name.casefold()
        if low not in taken and low not in claimed and len(release.previous[low]) == 1:
            previous.append(name)
    for name in names(row["alias_symbol"]):
        low = name.casefold()
        owners = release.alias[low] | release.previous.get(low, set())
        if (
            low not in taken
            and low not in claimed
            and owners == {symbol}
            and low not in {p.casefold() for p in previous}
        ):
            alias.append(name)
    return previous, [*added.get(symbol, []), *alias]


def scan_forms(
    symbol: str, previous: list[str], alias: list[str], kept: set[str], words: frozenset[str]
) -> dict[str, list[str]]:
    """Sort a gene's forms: safe in running text, or words that need context. Unsafe aliases are left out.

    An alias that is a word or a clinical abbreviation, or that is as short as one, is dropped unless the curated list
    has it; a symbol is never dropped.
    """
    out: dict[str, list[str]] = {"previous": [], "alias": [], "words": []}
    seen = {symbol.casefold()}
    if (symbol.casefold() in words and symbol not in WELL_KNOWN_SHORT) or len(symbol) < 3:
        out["words"].append(symbol)
    for kind, listed in (("previous", previous), ("alias", alias)):
        for form in listed:
            low = form.casefold()
            tiny = len(form) <= 4 and not (
                (kind == "previous" and SAFE_SHORT.fullmatch(form)) or re.fullmatch(r"CD\d+\w?|CK\d+", form)
            )
            wordy = low in words or low.replace("-", "") in words or tiny
            if low in seen or not FORM.fullmatch(form) or (form not in kept and LIBRARY.fullmatch(form)):
                continue
            if form not in kept and (TOO_SHORT.fullmatch(form) or low in words or " " in form or "(" in form):
                continue
            numbered = NUMBERED.fullmatch(low)
            stem = numbered[1] if numbered and "-" in low else ""
            if form not in kept and stem in words and stem not in HYPHENATED:
                continue
            seen.add(low)
            out[kind].append(form)
            if (wordy and not (form in kept and low not in words)) or (
                TOO_SHORT.fullmatch(form) and low in words
            ):
                out["words"].append(form)
    return out


def near_others(release: Release, symbols: set[str], forms: set[str]) -> dict[str, str]:
    """Return old names that lie so near to a symbol of the table that they must not be 'corrected', with their gene.

    The gene is empty where the name belongs to several, to a whole family, or to a gene whose form it may not be.
    """
    near: set[str] = set()
    for symbol in symbols:
        if len(symbol) >= 4:
            near |= deletions(symbol.casefold())
    out: dict[str, str] = {}
    for claims in (release.previous, release.alias):
        for name, owners in claims.items():
            if name not in forms and len(name) >= 4 and name.isascii() and deletions(name) & near:
                owner = next(iter(owners))
                plain = len(owners) == 1 and owner not in symbols and name not in FAMILIES
                out[name.upper()] = owner if plain and out.get(name.upper(), owner) == owner else ""
    return out


def deletions(name: str) -> set[str]:
    """Return the name and all that is left of it when one letter goes: names one edit apart share one of these."""
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


def hyphenated(symbol: str, words: frozenset[str]) -> str:
    """Return a symbol with a hyphen before its number (ROS-1), or "" where that would be a word (SIX-1, PART-5)."""
    found = NUMBERED.fullmatch(symbol)
    stem = found[1].casefold() if found else ""
    return f"{found[1]}-{found[2]}" if found and (stem not in words or stem in HYPHENATED) else ""
