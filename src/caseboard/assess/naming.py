"""Names of alterations brought to one form, so that a laboratory's words and the evidence's can be held equal."""

from __future__ import annotations

import functools
import re
from typing import Literal

from caseboard.assess.alterations import FoundAlteration
from caseboard.knowledge.profiles import VariantAtom
from caseboard.knowledge.variants import codon, position
from caseboard.terms.coding_changes import residues_of
from caseboard.terms.vocabulary import fold

__all__ = [
    "LOST_PROTEIN",
    "WILD_TYPE",
    "ExonMatch",
    "exon_event",
    "fused_exons",
    "is_same_name",
    "same_dna",
    "tells_other_frameshift",
]

ExonMatch = Literal["exact", "exon event"]

WILD_TYPE = frozenset({"wild type", "wild-type", "wildtype", "wt"})

# Words that say the same in reports and in the names of the evidence.
_SAME: dict[str, str] = {
    **dict.fromkeys(WILD_TYPE, "wild type"),
    **dict.fromkeys(
        ("mutation", "mutations", "mutated", "mutant", "any mutation", "variant", "pathogenic mutation",
         "pathogenic variant", "mutation positive", "mutation-positive", "gene mutation"),
        "mutation",
    ),
    **dict.fromkeys(("itd", "internal tandem duplication", "internal duplication"), "internal duplication"),
    **dict.fromkeys(("duplication/itd within the gene",), "internal duplication"),
    **dict.fromkeys(("loss", "deletion", "deleted", "homozygous deletion", "lost"), "loss"),
    **dict.fromkeys(("amplification", "amplified"), "amplification"),
    **dict.fromkeys(
        ("overexpression", "overexpressed", "high expression", "over-expression", "over-expressed", "3+", "ihc 3+",
         "protein overexpression", "increased expression"),
        "overexpression",
    ),
    **dict.fromkeys(
        ("underexpression", "underexpressed", "low expression", "reduced expression", "decreased expression"),
        "underexpression",
    ),
    **dict.fromkeys(("expression", "expressed", "positive", "protein expression", "ihc positive"), "expression"),
    **dict.fromkeys(
        ("methylation", "methylated", "promoter methylation", "promoter methylated", "hypermethylation",
         "promoter hypermethylation", "hypermethylated", "promoter hypermethylated", "promoter is methylated"),
        "methylation",
    ),
    **dict.fromkeys(("viii", "egfrviii", "variant iii", "variii"), "viii"),
    **dict.fromkeys(("v7", "ar-v7", "splice variant 7"), "v7"),
    **dict.fromkeys(("tkd", "tkd mutation", "tyrosine kinase domain mutation"), "tkd mutation"),
    **dict.fromkeys(("loss of function", "loss-of-function"), "loss-of-function"),
    **dict.fromkeys(("gain of function", "gain-of-function"), "gain-of-function"),
    **dict.fromkeys(("high", "h"), "high"),
}  # fmt: skip
LOST_PROTEIN = frozenset(
    {"loss of expression", "loss of protein", "loss of protein expression", "protein loss", "expression loss"}
)
"""A stain that is lost: what the evidence calls loss, but no deletion of the gene."""

_EXONS = re.compile(r"\bex(?:ons?)?\.?\s?(\d{1,3})(?:-(\d{1,3}))?[\s-]?([a-z -]{1,40})?")
_AFTER = re.compile(
    r"([a-z-]{1,20}(?: [a-z]{1,12}){0,3}?)[\s-]?(?:in |of |at )?(?:the )?ex(?:on)?\.?\s?(\d{1,3})\Z"
)
_SHORT = re.compile(r"(?:(del|ins|dup)[\s-]?(\d{1,2})|(\d{1,2})[\s-]?(del|ins|dup))\Z")
_EVENTS = (
    ("skip", "skipping"),
    ("delet", "deletion"),
    ("del", "deletion"),
    ("insert", "insertion"),
    ("ins", "insertion"),
    ("dup", "insertion"),
    ("frame", "frameshift"),
    ("overexpress", "overexpression"),
    ("mut", "mutation"),
    ("variant", "mutation"),
)
_PAIR = re.compile(r"\be(\d{1,3})\s{0,2}(?:::|[;:/-])\s{0,2}e(\d{1,3})\b", re.IGNORECASE)
_DELINS = re.compile(r"[A-Z](\d{1,5})(?:_[A-Z](\d{1,5}))?delins([A-Z]{1,30})")

# First and last residue that an exon codes for, of the transcripts in which oncologists number: NM_005228, NM_004448,
# NM_000222, NM_006206, NM_004333, NM_033360, NM_001904. Only exons whose bounds are beyond doubt.
_RESIDUES: dict[tuple[str, int], tuple[int, int]] = {
    ("EGFR", 19): (729, 761),
    ("EGFR", 20): (762, 823),
    ("ERBB2", 20): (770, 831),
    ("KIT", 9): (449, 514),
    ("KIT", 11): (550, 591),
    ("KIT", 13): (627, 664),
    ("PDGFRA", 18): (814, 854),
    ("BRAF", 15): (581, 620),
    ("KRAS", 2): (1, 37),
    ("CTNNB1", 3): (5, 80),
    # NM_006218 counts an exon more than the literature: its 10 and 21 are the "exon 9" and "exon 20" of reports.
    ("PIK3CA", 10): (520, 552),
    ("PIK3CA", 21): (980, 1068),
    ("NPM1", 11): (286, 294),
    ("CALR", 9): (359, 417),
}
_ALSO_COUNTED = {("PIK3CA", 9): 10, ("PIK3CA", 20): 21, ("NPM1", 12): 11}
"""Exons as reports count them, and the number that CIViC gives them ("often referred to as exon 20")."""
_SKIPPED: dict[tuple[str, int], tuple[tuple[int, int], ...]] = {("MET", 14): ((2888, 3028), (2942, 3082))}
"""First and last coding base of an exon, in each transcript by which it is counted: NM_000245, NM_001127500."""


def is_same_name(atom: VariantAtom, change: str) -> bool:
    """Whether a change in a report's words is what the atom is called, in the same words or words that say the same."""
    return _plain(atom.name, atom.gene) == _plain(change, atom.gene)


@functools.lru_cache(maxsize=65536)
def _plain(name: str, gene: str) -> str:
    words = fold(name).removeprefix(f"{fold(gene)} ").removeprefix("p.")
    words = words.removeprefix(f"{fold(gene)}-")
    return _SAME.get(words, words)


def exon_event(gene: str, name: str, change: str) -> ExonMatch | None:
    """Return how a change matches an event of an exon ("Exon 19 Deletion"): told so, or a change that lies in the exon.

    A change tells a deletion by ``del``, an insertion by ``ins`` or ``dup``; any change of the protein is a mutation.
    """
    wanted = _event(name)
    if wanted is None:
        return None
    told = _event(change)
    first, last, event = wanted
    if told is not None:
        if told == wanted:
            return "exact"
        if (gene, told[0]) in _ALSO_COUNTED and told[0] == told[1]:
            counted = _ALSO_COUNTED[gene, told[0]]
            told = (counted, counted, told[2])
        if told == wanted:
            return "exon event"
        # A deletion in an exon is one of its mutations; one of several exons is an event of the gene's structure.
        within = told[:2] == wanted[:2] and first == last
        return "exon event" if within and event == "mutation" and told[2] in _MUTATIONS else None
    if event == "skipping":
        return "exon event" if _splices(gene, first, change) else None
    residue = position(change) if codon(change) else None
    if residue is None and change.startswith("c."):
        touched = residues_of(change)
        residue = touched[1] if touched else None
    bounds = _RESIDUES.get((gene, first)) if first == last else None
    if residue is None or bounds is None or not bounds[0] <= residue <= bounds[1]:
        return None
    return "exon event" if event in {"mutation", _net(change)} else None


_MUTATIONS = frozenset({"deletion", "insertion", "frameshift"})
_SITE = re.compile(r"c\.(\d{1,6})(?:([+-])(\d{1,4}))?")
_SPLICE_BASES = 2


def _splices(gene: str, exon: int, change: str) -> bool:
    """Whether a change of the DNA hits a splice site of an exon: its last base, or two bases of an intron."""
    site = _SITE.match(change)
    if site is None:
        return False
    base, side, depth = int(site[1]), site[2], int(site[3] or 0)
    for first, last in _SKIPPED.get((gene, exon), ()):
        at_end = base == last and (side is None or (side == "+" and depth <= _SPLICE_BASES))
        at_start = base == first and side == "-" and depth <= _SPLICE_BASES
        if at_end or at_start:
            return True
    return False


def same_dna(atom: VariantAtom, found: FoundAlteration) -> bool:
    """Whether the evidence names a change of the DNA, and the same one is told."""
    wanted = _DNA.search(atom.name)
    told = {dna[0] for fact in found.alterations if (dna := _DNA.search(fact.change or "")) is not None}
    return wanted is not None and wanted[0] in told


def tells_other_frameshift(atom: VariantAtom, found: FoundAlteration) -> bool:
    """Whether two frameshifts at one residue are told to come from different changes of the DNA."""
    if "fs" not in (found.change or ""):
        return False
    wanted = _DNA.search(atom.name)
    told = {dna[0] for fact in found.alterations if (dna := _DNA.search(fact.change or "")) is not None}
    return wanted is not None and bool(told) and wanted[0] not in told


_DNA = re.compile(r"c\.[^\s()]{1,80}")


def _net(change: str) -> str:
    """Return whether a change in the one-letter form takes residues away or adds some; "" where it does neither."""
    inserted = _DELINS.fullmatch(change)
    if inserted is not None:
        taken = int(inserted[2] or inserted[1]) - int(inserted[1]) + 1
        return "insertion" if len(inserted[3]) > taken else "deletion"
    if "fs" in change:
        return "frameshift"
    return "deletion" if "del" in change else "insertion" if "ins" in change or "dup" in change else ""


def fused_exons(found: FoundAlteration) -> frozenset[tuple[int, int]]:
    """Return the pairs of exons (last of the 5' partner, first of the 3' partner) that the facts tell."""
    pairs = set()
    for fact in found.alterations:
        for pair in _PAIR.finditer(f"{fact.source.quote} {fact.change or ''}"):
            pairs.add((int(pair[1]), int(pair[2])))
        call = fact.call
        if call is not None and call.five.exon is not None and call.three.exon is not None:
            pairs.add((call.five.exon, call.three.exon))
    return frozenset(pairs)


@functools.lru_cache(maxsize=4096)
def _event(name: str) -> tuple[int, int, str] | None:
    words = fold(name)
    short = _SHORT.match(words)
    if short is not None:
        number = int(short[2] or short[3])
        return number, number, "deletion" if (short[1] or short[4]) == "del" else "insertion"
    found = _EXONS.search(words)
    after = _AFTER.search(words)
    told = (found[3] if found else None) or (after[1] if after else "")
    if found is None:
        return None
    first = int(found[1])
    event = next((event for start, event in _EVENTS if start in told), None)
    if event is None:
        # "METex14" is what laboratories call its skipping.
        event = "skipping" if words in {"ex14", "exon 14", "exon14"} else None
    return (first, int(found[2] or first), event) if event else None
