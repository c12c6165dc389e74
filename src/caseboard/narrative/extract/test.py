"""Tests of markers and genes with their results: stains, FISH, sequencing, PCR, serologies.

A marker list is read by ``staining``, what is said of genes by ``molecular``; this module finds the method (from the
sentence, else as the story last named it, else immunohistochemistry for a protein) and yields one test a marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from caseboard.case.facts import Test
from caseboard.narrative.context import hypothetical, of_someone_else
from caseboard.narrative.extract.restated import Reread, Restated, is_negative
from caseboard.narrative.finding import Finding
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.methods import (
    METHODS,
    NamedMethod,
    find_methods,
    found_when,
    governing_methods,
    is_later,
    is_molecular,
    passing_when,
    remember_method,
    told_from,
)
from caseboard.narrative.molecular import NEEDS as ALTERATIONS
from caseboard.narrative.molecular import find_alterations
from caseboard.narrative.patterns import pattern
from caseboard.narrative.reported import follow_report
from caseboard.narrative.signatures import NEEDS as SIGNATURES
from caseboard.narrative.signatures import find_signatures
from caseboard.narrative.staining import Result, assign
from caseboard.narrative.targets import NamedTarget, find_targets, says_where
from caseboard.narrative.view import Needs, View
from caseboard.terms import genes
from caseboard.terms.fusions import partners

__all__ = ["extract"]

_CLOSED = frozenset({"plan", "family", "allergies", "medication"})
_KEPT_NAMES: Mapping[str, str] = {"ERBB2": "HER2", "CD274": "PD-L1"}
"""Genes that every laboratory tests under their product's name."""
_NOT_SAID = pattern(
    r"\b(?:should be|recommend\w{0,6}|planned|would|will be|pending|request(?:ed)?|awaited"
    r"|to be (?:done|performed|tested)|usually|often|typically|commonly|generally|frequently"
    r"|characteristic(?:ally)?|% of (?:the )?(?:cases|patients|tumou?rs)\b|in (?:most|some|many) cases"
    r"|(?:is|are) (?:a |an )?(?:sensitive |specific |useful )?markers?)\b",
    re.IGNORECASE,
)
_REVIEWED = pattern(
    r"\b(?:slides?|blocks?|specimens?|patholog\w{1,4}|histolog\w{1,4}|biops(?:y|ies)|material"
    r"|sections?)\b[^.;]{0,60}\b(?:re-?view(?:ed)?|re-?evaluat(?:ed|ion)|re-?examin(?:ed|ation)"
    r"|re-?assess(?:ed|ment)|consult(?:ed|ation)|re-?analy[sz]ed)\b"
    r"|\b(?:review|re-?evaluation|re-?examination|second\sopinion|reference\spatholog\w{1,4}"
    r"|expert\spatholog\w{1,4})\b",
    re.IGNORECASE,
)
_BY_SEQUENCE = frozenset(
    ["EGFR", "KRAS", "NRAS", "BRAF", "RAS", "NTRK", "IDH1", "IDH2", "PIK3CA", "MET", "RET"]
)
_DRIVERS = _BY_SEQUENCE.union(
    [
        "ALK",
        "ROS1",
        "HER2",
        "KIT",
        "PDGFRA",
        "FGFR2",
        "FGFR3",
        "NTRK1",
        "NTRK2",
        "NTRK3",
        "TP53",
        "BRCA1",
        "BRCA2",
    ]
)
"""Genes listed as results together, one of which no antibody is used for: no stains are meant."""
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
    ]
)
"""Genes for which break-apart probes are made: a test of their fusions is known by them."""
_ALSO_GENES = frozenset(
    ["HER2", "c-MYC", "N-MYC", "PD-L1", "Rb", "p53", "p16", "CD117", "BRG1", "INI1", "cyclin D1"]
)
"""Proteins whose genes are reported under the same name."""
_BY_FISH = re.compile(r"break[\s-]?apart|split\ssignals?|disruptions?\b|\bC[EP]{2}\d", re.IGNORECASE)
"""What only FISH shows."""
_SERUM = re.compile(
    r"\b(?:serum|blood|plasma|tumou?r markers?|levels?|laborator\w{1,4}|serolog\w{1,4}"
    r"|within (?:the )?normal)\b",
    re.IGNORECASE,
)
_ANOTHER_STATEMENT = re.compile(r",|;|\band\b")
_NEEDS = ALTERATIONS | SIGNATURES | Needs("marker", patterns=[written for _, written in METHODS])
_HYPHENED = re.compile(r"[-‐][A-Za-z]")


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the tests whose results a sentence tells."""
    if view.retold or view.section in _CLOSED:
        return
    follow_report(view, memory)
    if view.has(_REVIEWED) is not None:
        memory.review_block = view.sentence.block
    if not view.holds(_NEEDS):
        return
    methods = find_methods(view)
    findings = find_alterations(view, molecular=is_molecular(methods, memory))
    told = (
        *_stains(view, memory, methods, findings),
        *_molecular(view, memory, methods, findings),
        *_signatures(view, memory, methods),
    )
    yield from (draft for draft in told if _is_news(view, memory, draft))
    remember_method(methods, memory)


def _is_news(view: View, memory: Memory, draft: Draft) -> bool:
    """Whether a test was not told before; a headline or an adjective counts only for what is new."""
    fact = draft.fact
    if not isinstance(fact, Test):
        return True
    key = (fact.target, is_negative(fact))
    before = memory.tested.setdefault(key, [])
    if isinstance(draft, Restated):
        return not before
    whens = [when for method, when in before if method == fact.method]
    if whens and not is_later(view, draft.moment.when, whens):
        return False
    before.append((fact.method, draft.moment.when))
    return True


def _draft(
    view: View,
    memory: Memory,
    told: Result,
    target: str,
    method: str,
    *,
    named: str = "",
    restated: bool = False,
) -> Draft:
    fact = Test(
        id="",
        source=NOWHERE,
        patient=view.patient,
        method=method,
        target=target,
        result=told.text,
        named=named,
    )
    reread = memory.review_block == view.sentence.block and view.governing(told.start, told.end) is None
    if restated:
        return Restated(fact, told.start, told.end, passing_when(view, told.start, told.end))
    kind = Reread if reread else Draft
    return kind(fact, told.start, told.end, found_when(view, memory, told.start, told.end))


def _is_headline(view: View, methods: list[NamedMethod]) -> bool:
    """Whether a list of diagnoses tells a result in passing."""
    return view.section == "diagnosis" and not methods


def _stains(
    view: View, memory: Memory, methods: list[NamedMethod], findings: list[Finding]
) -> Iterator[Draft]:
    """Yield the results of stains and of other markers."""
    named = find_targets(view, methods, findings)
    by_start = {one.target.start: one for one in named}
    results = assign(view, [one.target for one in named])
    keys = {target.key for target, _ in results}
    drivers = keys <= _DRIVERS and len(keys) > 1 and not keys.isdisjoint(_BY_SEQUENCE)
    stains = {t.key for t, _ in results if _is_only_stained(by_start[t.start])}
    for target, result in results:
        low, high = view.clause(target.start)
        if view.has(_NOT_SAID, max(low, target.start - 90), min(high, result.end + 50)) is not None:
            continue
        if hypothetical(view, target.start, target.end) or of_someone_else(view, target.start, target.end):
            continue
        one = by_start[target.start]
        method = _method_of_stain(
            view, memory, methods, one, result.end, drivers=drivers, stains=stains - {target.key} != set()
        )
        adjective = _HYPHENED.match(view.whole, target.end) is not None and _is_before_tumor(view, result.end)
        yield _draft(
            view,
            memory,
            result,
            target.key,
            method,
            named=one.named,
            restated=adjective or _is_headline(view, methods),
        )


def _is_only_stained(one: NamedTarget) -> bool:
    """Whether a marker is a protein that has another name than its gene: no laboratory tests it but by an antibody."""
    return one.kind == "protein" and one.gene != one.target.key and one.target.key not in _ALSO_GENES


def _is_before_tumor(view: View, end: int) -> bool:
    """Whether a tumour's name follows: "ALK-positive inflammatory myofibroblastic tumour"."""
    return any(0 <= tumor.start - end <= 30 for tumor in view.of("tumor"))


def _method_of_stain(
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
    said = _said_of(view, methods, one, end, drivers=drivers)
    if said not in (None, "IHC", "flow") and one.kind == "protein" and _is_only_stained(one):
        said = "IHC"
    if one.kind == "serology":
        return "PCR" if said == "PCR" else "other"
    if one.kind in ("molecular", "stain"):
        return said or ("other" if memory.method in (None, "IHC") else memory.method)
    if said is not None:
        return said
    if drivers:
        return _molecular_method(None, memory)
    if _is_lab(view, one) and _SERUM.search(view.whole, view.start, view.end):
        return "other"
    if (
        one.gene == one.target.key
        and memory.method in ("FISH", "NGS", "PCR")
        and not says_where(view)
        and not stains
    ):
        return memory.method
    return "flow" if memory.method == "flow" and one.target.key.startswith("CD") else "IHC"


def _said_of(
    view: View, methods: list[NamedMethod], one: NamedTarget, end: int, *, drivers: bool
) -> str | None:
    """Return the method that the sentence gives a marker, or None: one of another statement does not count."""
    governing = governing_methods(view, methods, end)
    if not governing or governing[-1].unsaid:
        return None
    first, last = governing[0], governing[-1]
    if first.start >= end and _ANOTHER_STATEMENT.search(view.whole, end, first.start):
        return None
    stained = one.kind == "protein" and last.method != "IHC" and not drivers
    if stained and ";" in view.whole[last.end : one.target.start]:
        return None
    return last.method


def _is_lab(view: View, one: NamedTarget) -> bool:
    return any(lab.start < one.target.end and one.target.start < lab.end for lab in view.of("lab"))


def _molecular(
    view: View, memory: Memory, methods: list[NamedMethod], findings: list[Finding]
) -> Iterator[Draft]:
    """Yield one test for each gene found altered or found unaltered, by each method that found it."""
    headline = _is_headline(view, methods)
    named = [method for method in methods if method.method not in ("IHC", "flow")]
    for finding in findings:
        target = _tested_gene(finding)
        if target is None or finding.type == "other":
            continue
        governing = [m for m in governing_methods(view, named, finding.end) if not m.unsaid]
        used = dict.fromkeys(_molecular_method(m.method, memory) for m in governing)
        start = told_from(governing, finding.start, finding.end)
        told = Result(start, finding.end, "positive" if finding.positive else "negative")
        probed = _BY_FISH.search(view.whole, max(view.start, finding.start - 30), finding.end) is not None
        for method in used or ("FISH" if probed else _molecular_method(None, memory),):
            yield _draft(
                view,
                memory,
                told,
                target,
                method,
                named=_pair_named(finding),
                restated=headline or finding.adjective,
            )


def _pair_named(finding: Finding) -> str:
    """Return the fusion that a test was of, where both partners are known: "ETV6-NTRK3"."""
    return f"{finding.gene5}-{finding.gene3}" if finding.gene5 and finding.gene3 else ""


def _molecular_method(said: str | None, memory: Memory) -> str:
    """Return the method of a finding in a gene: no stain finds one."""
    for method in (said, memory.method):
        if method is not None and method not in ("IHC", "flow"):
            return method
    return "other"


def _tested_gene(finding: Finding) -> str | None:
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


def _signatures(view: View, memory: Memory, methods: list[NamedMethod]) -> Iterator[Draft]:
    """Yield microsatellite status, mutational burden and the like."""
    for found in find_signatures(view):
        governing = [m for m in governing_methods(view, methods, found.end) if not m.unsaid]
        carried = memory.method if memory.method in ("NGS", "PCR") and found.method != "IHC" else found.method
        told = Result(found.start, found.end, None, found.result)
        yield _draft(view, memory, told, found.target, governing[-1].method if governing else carried)
