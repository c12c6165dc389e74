"""Whether the alterations of a patient are those that a genomic criterion of CTML asks for, or excludes (``!``).

What is not told of is open: it is neither there nor absent. A gene told to be wild type, or negative in a test that
looks for this kind of alteration, is absent.
"""

from __future__ import annotations

import re
from typing import Literal

from caseboard.assess.alterations import FoundAlteration
from caseboard.assess.naming import WILD_TYPE, exon_event
from caseboard.assess.patient_profile import PatientProfile
from caseboard.knowledge.variants import codon, is_same_change, protein_change
from caseboard.terms.vocabulary import fold

__all__ = ["Found", "genomic"]

Found = Literal["yes", "no", "in part", "open"]

_FUSED = "structural variation"
_CATEGORIES: dict[str, frozenset[str]] = {
    "mutation": frozenset({"variant"}),
    "cnv": frozenset({"amplification", "deletion"}),
    "copy number variation": frozenset({"amplification", "deletion"}),
    _FUSED: frozenset({"fusion", "rearrangement"}),
    "any variation": frozenset({"variant", "amplification", "deletion", "fusion", "rearrangement", "other"}),
}
_CALLS: dict[str, tuple[str, bool]] = {
    "high amplification": ("amplification", True),
    "amplification": ("amplification", False),
    "low amplification": ("amplification", True),
    "gain": ("amplification", True),
    "homozygous deletion": ("deletion", True),
    "heterozygous deletion": ("deletion", True),
    "deletion": ("deletion", False),
}
"""The kind that a call of copy number is, and whether it says more than reports of an amplification or a loss do."""

_SAID = {
    "cnv": "change of copy number",
    "copy number variation": "change of copy number",
    "any variation": "alteration",
}
_ANY_GENE = "any_gene"
_INTERGENIC = "intergenic"
_UNDERSTOOD = frozenset(
    {
        "hugo_symbol", "variant_category", "protein_change", "wildcard_protein_change", "cnv_call",
        "fusion_partner_hugo_symbol", "display_name", "exon", "exon_event", "variant_classification",
        "true_variant_classification",
    }
)  # fmt: skip
_STRUCTURAL_TESTS = frozenset({"FISH", "NGS", "PCR"})

Told = tuple[Found, str, tuple[str, ...]]


def genomic(profile: PatientProfile, terms: dict[str, str], *, wild: bool = False) -> Told:
    """Return whether what is asked for was found, why, and the facts; a term that is not understood leaves it open.

    ``wild``: wild type is asked about, so that a gene told to be so has no alteration of any kind.
    """
    unknown = sorted(set(terms) - _UNDERSTOOD)
    if unknown:
        return "open", f"Not understood, or not told of: {', '.join(f'{n} {terms[n]}' for n in unknown)}.", ()
    excluded = any(value.startswith("!") for value in terms.values())
    wanted = {name: value.removeprefix("!") for name, value in terms.items()}
    category = wanted.get("variant_category", "any variation").casefold()
    symbol, partner = wanted.get("hugo_symbol"), wanted.get("fusion_partner_hugo_symbol")
    if category not in _CATEGORIES or not (symbol or partner):
        return "open", f"The criterion is not understood: {terms}.", ()
    asked = f"{_SAID.get(category, category)} of {' and '.join(name for name in (symbol, partner) if name)}"
    result, sentence, facts = _sought(profile, wanted, category, asked)
    if wild and result == "open":
        told = _absent(profile, wanted, "mutation") or _absent(profile, wanted, _FUSED)
        result, sentence, facts = ("no", *told) if told is not None else (result, sentence, facts)
    if not excluded:
        return result, sentence, facts
    turned: dict[Found, Found] = {"yes": "no", "no": "yes", "in part": "open", "open": "open"}
    return turned[result], f"{sentence} It must be absent.", facts


def _sought(profile: PatientProfile, wanted: dict[str, str], category: str, asked: str) -> Told:
    best: Told = ("open", "", ())
    for found in profile.alterations:
        if found.kind not in _CATEGORIES[category] or fold(found.change or "") in WILD_TYPE:
            continue
        result = _is_it(found, wanted)
        if result == "yes":
            return "yes", f"{found.name} is told of.", found.facts
        if result == "in part":
            best = (
                "in part",
                f"{found.name} is told of; whether it is all that is asked for is open.",
                found.facts,
            )
    if best[0] == "in part":
        return best
    absent = _absent(profile, wanted, category)
    if absent is not None:
        return "no", absent[0], absent[1]
    return "open", f"No {asked} is told of, nor that it was looked for.", ()


def _is_it(found: FoundAlteration, wanted: dict[str, str]) -> Found:
    symbol, partner = wanted.get("hugo_symbol"), wanted.get("fusion_partner_hugo_symbol")
    if found.kind in {"fusion", "rearrangement"}:
        return _is_fusion(found, symbol, partner)
    if partner or (symbol and symbol.casefold() != _ANY_GENE and found.gene != symbol):
        return "no"
    change = found.change or ""
    if "exon_event" in wanted:
        return "yes" if exon_event(symbol or "", wanted["exon_event"], change) else "no"
    if "exon" in wanted:
        return _in_exon(symbol or "", wanted["exon"], change)
    classes = [
        wanted[name] for name in ("variant_classification", "true_variant_classification") if name in wanted
    ]
    if any(_classification(change) != told.casefold() for told in classes):
        return "in part" if _classification(change) is None else "no"
    if "protein_change" in wanted:
        named = protein_change(wanted["protein_change"])
        return "yes" if named is not None and is_same_change(named, change) else "no"
    if "wildcard_protein_change" in wanted:
        residue = codon(wanted["wildcard_protein_change"])
        return "yes" if residue is not None and codon(change) == residue else "no"
    if "cnv_call" in wanted:
        kind, finer = _CALLS.get(wanted["cnv_call"].casefold(), ("", False))
        if found.kind != kind:
            return "no"
        same = fold(wanted["cnv_call"]) in fold(change)
        return "yes" if same or not finer else "in part"
    return "yes"


def _in_exon(symbol: str, exon: str, change: str) -> Found:
    """Return whether a change lies in an exon; a change whose exon is not known may."""
    if exon_event(symbol, f"Exon {exon} Mutation", change) or re.search(
        rf"\bexon {re.escape(exon)}\b", fold(change)
    ):
        return "yes"
    return "no" if re.search(r"\bexon \d", fold(change)) else "in part"


def _classification(change: str) -> str | None:
    """Return the class of a change as MAF files name it, None where it cannot be told from the protein's change.

    Whether a deletion that is told by its exon keeps the frame is not told, but those of receptors' hot spots do.
    """
    plain = fold(change)
    if "fs" in change:
        return None
    for words, told in (
        ("delins", None),
        ("exon 19 deletion", "in_frame_del"),
        ("exon 20 insertion", "in_frame_ins"),
    ):
        if words in plain:
            return told
    if re.fullmatch(r"[A-Z]\d+[A-Z]", change):
        return "missense_mutation"
    if re.fullmatch(r"[A-Z]\d+\*", change):
        return "nonsense_mutation"
    if re.fullmatch(r"[A-Z]\d+(?:_[A-Z]\d+)?del[A-Z]*", change):
        return "in_frame_del"
    return "in_frame_ins" if re.fullmatch(r"[A-Z]\d+(?:_[A-Z]\d+)?(?:ins|dup)[A-Z]*", change) else None


def _is_fusion(found: FoundAlteration, symbol: str | None, partner: str | None) -> Found:
    """Return whether a fusion has both partners, in either order; ``any_gene`` is met by every one."""
    names = [name for name in (symbol, partner) if name and name.casefold() != _ANY_GENE]
    genes = list(found.genes)
    intergenic = any(name.casefold() == _INTERGENIC for name in names)
    named = [name for name in names if name.casefold() != _INTERGENIC]
    for name in dict.fromkeys(named):
        if named.count(name) > genes.count(name) and not (len(genes) < 2 and name in genes):
            return "no"
    if not intergenic and len(set(named)) < 2 and named.count(named[0] if named else "") < 2:
        return "yes"
    # Two partners are asked for; where only one is told of, the other may be it.
    if len(genes) > 1:
        return "no" if intergenic else "yes"
    return "in part"


def _absent(
    profile: PatientProfile, wanted: dict[str, str], category: str
) -> tuple[str, tuple[str, ...]] | None:
    """Return why what is asked for is known to be absent, None where it is not known."""
    symbols = {name for name in (wanted.get("hugo_symbol"), wanted.get("fusion_partner_hugo_symbol")) if name}
    for found in profile.alterations:
        if category == "mutation" and found.gene in symbols and fold(found.change or "") in WILD_TYPE:
            return f"{found.gene} is told to be wild type.", found.facts
    if category != _FUSED:
        return None
    for test in profile.tests:
        negative = test.result.casefold().startswith(("negative", "not detected", "not rearranged"))
        if test.target in symbols and test.method in _STRUCTURAL_TESTS and negative:
            return f"{test.method} of {test.target} is negative.", (test.id,)
    return None
