"""By which method a marker or a gene was tested, and under which gene a test of a fusion is known.

What the sentence says counts first, then what the story named last; a protein that is no gene's name is only stained.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from caseboard.narrative.finding import Finding
from caseboard.narrative.memory import Memory
from caseboard.narrative.methods import NamedMethod, governing_methods
from caseboard.narrative.targets import NamedTarget, says_where
from caseboard.narrative.view import View
from caseboard.terms import genes
from caseboard.terms.fusions import partners

__all__ = ["is_only_stained", "method_of_finding", "method_of_stain", "molecular_method", "tested_gene"]

_KEPT_NAMES: Mapping[str, str] = {"ERBB2": "HER2", "CD274": "PD-L1"}
"""Genes that every laboratory tests under their product's name."""
_PROBED = frozenset(
    [
        "FOXO1",
        "EWSR1",
        "SS18",
        "ETV6",
        "CIC",
        "BCOR",
        "TFE3",
        "DDIT3",
        "MYB",
        "PLAG1",
        "MAML2",
        "BCL2",
        "BCL6",
        "MYC",
        "NUTM1",
        "CSF1",
        "NRG1",
        "USP6",
        "HMGA2",
        "NR4A3",
        "PDGFB",
        "WWTR1",
        "TFCP2",
        "STAT6",
        "KMT2A",
    ]
)
"""Genes for which break-apart probes are made: a test of their fusions is known by them."""
_ALSO_GENES = frozenset(
    ["HER2", "c-MYC", "N-MYC", "PD-L1", "Rb", "p53", "p16", "CD117", "BRG1", "INI1", "cyclin D1"]
)
"""Proteins whose genes are reported under the same name."""
_BY_FISH = re.compile(r"break[\s-]?apart|split\ssignals?|disruptions?\b|\bC[EP]{2}\d", re.IGNORECASE)
"""What only FISH shows."""
_REPAIR = frozenset({"MLH1", "MSH2", "MSH6", "PMS2"})
"""Proteins of mismatch repair, whose stain is lost or retained; their genes are mutated or not."""
_STAIN_WORDS = re.compile(r"\b(?:lost|loss|retained|preserved|intact|expressed|expression)\b", re.IGNORECASE)
_SERUM = re.compile(
    r"\b(?:serum|blood|plasma|tumou?r markers?|levels?|laborator\w{1,4}|serolog\w{1,4}"
    r"|within (?:the )?normal)\b",
    re.IGNORECASE,
)
_CLONE_BEHIND = re.compile(
    r"\s?[(\[](?:(?:Ventana|Dako|DAKO|Roche|clone)[\s,]{1,2}){0,2}(?:D5F3|5A4|1A4|ALK-?1|D4D6|VE1|22C3|SP142|SP263"
    r"|28-8|73-10|4B5|SP44|A7R?)\b"
)
"""The clone of an antibody behind the marker that it stains."""
_SCORE = re.compile(r"[0-3]\s?\+")
"""The score of a stain, which no other method gives: "HER2 2+ (FISH not amplified)"."""
_CLUSTER = re.compile(r"CD\d")
"""Antigens that are told as expressed or lost; what is found of their genes has words of its own."""
_ANOTHER_STATEMENT = re.compile(r",|;|\band\b")


def is_only_stained(one: NamedTarget) -> bool:
    """Whether a marker is told as a protein of another name than its gene: none is tested but by an antibody."""
    return (
        one.kind == "protein"
        and one.gene != one.target.key
        and not one.by_symbol
        and one.target.key not in _ALSO_GENES
    )


def _is_stained_outright(view: View, one: NamedTarget, end: int) -> bool:
    """Whether the name of an antibody or the score of a stain says of a marker that it was stained."""
    if one.target.key == "HER2" and _SCORE.search(view.whole, one.target.end, end):
        return True
    if _CLONE_BEHIND.search(view.whole, one.target.start, one.target.end) is not None:
        return True  # the name has the clone in it: "ALK (D5F3)"
    return one.kind == "protein" and _CLONE_BEHIND.match(view.whole, one.target.end) is not None


def method_of_stain(
    view: View,
    memory: Memory,
    methods: list[NamedMethod],
    one: NamedTarget,
    end: int,
    *,
    drivers: bool,
    stains: bool,
) -> str:
    """Return the method by which a marker was tested.

    ``drivers``: it is one of a list of genes, no stain; ``stains``: markers that are only stained are listed with it.
    """
    if _is_stained_outright(view, one, end):
        return "IHC"
    said = _said_of(view, methods, one, end, drivers=drivers)
    if (
        one.target.key in _REPAIR
        and (said is None or said != "IHC")
        and _STAIN_WORDS.search(view.whole, one.target.start, end)
    ):
        return "IHC"
    if said not in (None, "IHC", "flow") and _is_of_another_method(one, said):
        said = "IHC"
    if one.kind == "serology":
        return "PCR" if said == "PCR" else "other"
    if one.kind == "stain":
        return "other"
    if one.kind == "molecular":
        return said or ("other" if memory.method in (None, "IHC") else memory.method)
    if said is not None:
        return said
    genotyped = one.target.key == "EGFR" and _TESTED.match(view.whole, one.target.end) is not None
    if drivers or genotyped or (not stains and _was_analysed(view, methods, one, end)):
        return molecular_method(None, memory)
    if _is_lab(view, one) and _SERUM.search(view.whole, view.start, view.end):
        return "other"
    if (
        (one.gene == one.target.key or one.by_symbol)
        and memory.method in ("FISH", "NGS", "PCR")
        and _CLUSTER.match(one.target.key) is None
        and not says_where(view)
        and not stains
    ):
        return memory.method
    if one.kind == "gene" and not stains and not says_where(view):
        return molecular_method(None, memory)
    return "flow" if memory.method == "flow" and one.target.key.startswith("CD") else "IHC"


def _is_of_another_method(one: NamedTarget, said: str | None) -> bool:
    """Whether a marker is only stained, so that a method named beside it is that of another gene.

    No probe is made for an antigen of leucocytes: "MDM2 FISH not amplified, CD34 neg".
    """
    if one.target.key in _FUSION_PRODUCTS:
        return False
    if said == "FISH" and _CLUSTER.match(one.target.key) and one.target.key not in _ALSO_GENES:
        return True
    return one.kind == "protein" and is_only_stained(one)


_FUSION_PRODUCTS = frozenset({"SS18-SSX"})
"""Antibodies named by a fusion, which FISH and PCR look for too."""


def _was_analysed(view: View, methods: list[NamedMethod], one: NamedTarget, end: int) -> bool:
    """Whether a gene is told to have been looked at by no method named: "mutation analysis of KIT was negative"."""
    governing = governing_methods(view, methods, end)
    return (
        bool(governing)
        and governing[-1].unsaid
        and (one.by_symbol or one.gene == one.target.key or one.target.key in _ALSO_GENES)
        and _OF_THE_GENE.match(view.whole, governing[-1].end, one.target.start + 1) is not None
    )


_TESTED = re.compile(r"\s(?:gene\s)?(?:testing|test|analysis|genotyping)\b(?!\sby\s(?:IHC|immuno))")
"""What is done of a gene that a stain is also made for: "EGFR testing was negative" is told of mutations."""
_OF_THE_GENE = re.compile(r"\s(?:of|for|in|on)\s[^.;:]{0,60}$|\s(?:of|for|in|on)\s(?=[A-Z])")


def _said_of(
    view: View, methods: list[NamedMethod], one: NamedTarget, end: int, *, drivers: bool
) -> str | None:
    """Return the method that the sentence gives a marker, or None: one of another statement does not count."""
    governing = governing_methods(view, methods, one.target.end if _listed_by(view, methods, one) else end)
    if not governing or governing[-1].unsaid:
        return None
    first, last = governing[0], governing[-1]
    if first.start >= end and _ANOTHER_STATEMENT.search(view.whole, end, first.start):
        return None
    stained = one.kind == "protein" and last.method != "IHC" and not drivers
    between = view.whole[last.end : one.target.start]
    if stained and ";" in between and _SO_TOO.search(between) is None:
        return None
    return last.method


_SO_TOO = re.compile(r";\s(?:so|nor|neither|as)\s(?:was|were)\s")
"""What gives a marker behind a semicolon the result, and the test, of the one before it."""


def _listed_by(view: View, methods: list[NamedMethod], one: NamedTarget) -> bool:
    """Whether the method before a list tells of it, not that of the next: "NGS neg for EGFR/KRAS, ALK IHC neg"."""
    before = [method for method in methods if method.end <= one.target.start]
    behind = next((method for method in methods if method.start >= one.target.end), None)
    return (
        bool(before)
        and behind is not None
        and "," in view.whole[one.target.end : behind.start]
        and _TOLD_FOR.fullmatch(view.whole, before[-1].end, one.target.start) is not None
    )


_TOLD_FOR = re.compile(
    r"(?:\s\([^()]{1,20}\))?\s(?:was\s|were\s)?(?:neg|pos)[a-z]{0,5}\.?\s(?:for|in)\s[^;.:()]{0,80}",
    re.IGNORECASE,
)


def _is_lab(view: View, one: NamedTarget) -> bool:
    return any(lab.start < one.target.end and one.target.start < lab.end for lab in view.of("lab"))


def molecular_method(said: str | None, memory: Memory) -> str:
    """Return the method of a finding in a gene: no stain finds one."""
    for method in (said, memory.method, memory.molecular):
        if method is not None and method not in ("IHC", "flow"):
            return method
    return "other"


def method_of_finding(view: View, memory: Memory, finding: Finding) -> str:
    """Return the method of a finding of which the sentence names none: FISH, where its words are those of FISH."""
    low = max(view.start, finding.start - 30)
    if _BY_FISH.search(view.whole, low, finding.end) is not None:
        return "FISH"
    carried = molecular_method(None, memory)
    if carried != "FISH":
        return carried
    # FISH sees no sequence variant, nor wild type, and only the genes that it probes for
    if finding.type == "variant":
        return memory.sequenced or "other"
    target = tested_gene(finding)
    probed = any(
        method == "FISH"
        for denied in (True, False)
        for method, _ in memory.tested.get((target or "", denied), ())
    )
    return carried if finding.positive or probed or memory.sequenced is None else memory.sequenced


def tested_gene(finding: Finding) -> str | None:
    """Return the gene that a finding is of: of a fusion the kinase, else the one that fuses with more genes."""
    if not finding.genes:
        return None
    known = genes.vocabulary()
    symbols = sorted(
        finding.genes,
        key=lambda name: (
            not (name in known and known[name].kinase),
            name not in _PROBED,
            -len(partners(name)),
        ),
    )
    return _KEPT_NAMES.get(symbols[0], symbols[0])
