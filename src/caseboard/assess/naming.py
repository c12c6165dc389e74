"""Names of alterations brought to one form, so that a laboratory's words and the evidence's can be held equal."""

from __future__ import annotations

import functools
import re
from typing import Literal

from caseboard.assess.alterations import FoundAlteration
from caseboard.knowledge.profiles import VariantAtom
from caseboard.knowledge.variants import codon, position
from caseboard.terms.vocabulary import fold

__all__ = ["WILD_TYPE", "ExonMatch", "exon_event", "fused_exons", "is_same_name", "tells_other_frameshift"]

ExonMatch = Literal["exact", "exon event"]

WILD_TYPE = frozenset({"wild type", "wild-type", "wildtype", "wt"})

# Words that say the same in reports and in the names of the evidence.
_SAME: dict[str, str] = {
    **dict.fromkeys(WILD_TYPE, "wild type"),
    **dict.fromkeys(("mutation", "mutations", "mutated", "mutant", "any mutation", "variant"), "mutation"),
    **dict.fromkeys(("itd", "internal tandem duplication", "internal duplication"), "internal duplication"),
    **dict.fromkeys(("duplication/itd within the gene",), "internal duplication"),
    **dict.fromkeys(("loss", "deletion", "deleted", "homozygous deletion", "lost"), "loss"),
    **dict.fromkeys(("amplification", "amplified"), "amplification"),
    **dict.fromkeys(("overexpression", "overexpressed", "high expression"), "overexpression"),
    **dict.fromkeys(("viii", "egfrviii", "variant iii"), "viii"),
    **dict.fromkeys(("loss of function", "loss-of-function"), "loss-of-function"),
    **dict.fromkeys(("gain of function", "gain-of-function"), "gain-of-function"),
    **dict.fromkeys(("high", "h"), "high"),
}

_EXONS = re.compile(r"exon (\d{1,3})(?:-(\d{1,3}))? ([a-z ]{1,40})")
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
}


def is_same_name(atom: VariantAtom, change: str) -> bool:
    """Whether a change in a report's words is what the atom is called, in the same words or words that say the same."""
    return _plain(atom.name, atom.gene) == _plain(change, atom.gene)


@functools.lru_cache(maxsize=65536)
def _plain(name: str, gene: str) -> str:
    words = fold(name).removeprefix(f"{fold(gene)} ").removeprefix("p.")
    return _SAME.get(words, words)


def exon_event(gene: str, name: str, change: str) -> ExonMatch | None:
    """Return how a change matches an event of an exon ("Exon 19 Deletion"): told so, or a change that lies in the exon.

    A change tells a deletion by ``del``, an insertion by ``ins`` or ``dup``; any change of the protein is a mutation.
    """
    wanted = _event(name)
    if wanted is None:
        return None
    told = _event(change)
    if told is not None:
        return "exact" if told == wanted else None
    first, last, event = wanted
    residue = position(change) if codon(change) else None
    bounds = _RESIDUES.get((gene, first)) if first == last else None
    if residue is None or bounds is None or not bounds[0] <= residue <= bounds[1]:
        return None
    return "exon event" if event in {"mutation", _net(change)} else None


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
    found = _EXONS.search(fold(name))
    if found is None:
        return None
    words = found[3]
    event = next((event for start, event in _EVENTS if start in words), None)
    if event is None:
        return None
    first = int(found[1])
    return first, int(found[2] or first), event
