"""Tests of markers and genes with their results: stains, FISH, sequencing, PCR, serologies.

A marker list is read by ``staining``, what is said of genes by ``molecular``; this module finds the method (from the
sentence, else as the story last named it, else immunohistochemistry for a protein) and yields one test a marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from caseboard.case.facts import Test
from caseboard.narrative.aspects import UNCERTAIN
from caseboard.narrative.context import hypothetical, of_someone_else
from caseboard.narrative.extract.restated import Reread, Restated, is_negative
from caseboard.narrative.finding import Finding
from caseboard.narrative.finding_words import RESULTED
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
from caseboard.narrative.other_tests import NEEDS as OTHER_TESTS
from caseboard.narrative.other_tests import find_other_tests
from caseboard.narrative.patterns import pattern
from caseboard.narrative.results_in_turn import InTurn, results_in_turn
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.serum_markers import NEEDS as SERUM
from caseboard.narrative.serum_markers import SerumMarker, find_serum_markers
from caseboard.narrative.signatures import NEEDS as SIGNATURES
from caseboard.narrative.signatures import find_signatures
from caseboard.narrative.staining import Result, Target, assign
from caseboard.narrative.targets import NamedTarget, find_targets
from caseboard.narrative.tested_by import (
    is_only_stained,
    method_of_finding,
    method_of_stain,
    molecular_method,
    tested_gene,
)
from caseboard.narrative.two_methods import also_by
from caseboard.narrative.view import View

__all__ = ["extract"]

_CLOSED = frozenset({"plan", "family", "allergies", "medication"})
_NOT_SAID = pattern(
    r"\b(?:should be|recommend\w{0,6}|planned|would|will be|pending|request(?:ed)?" + RESULTED + r"|awaited"
    r"|to be (?:done|performed|tested)|usually|often|typically|commonly|generally|frequently"
    r"|characteristic(?:ally)?|% of (?:the )?(?:cases|patients|tumou?rs)\b|in (?:most|some|many) cases"
    r"|(?:most|many) (?:such |of these )?(?:tumou?rs|cases|patients)"
    r"|(?:is|are) (?:a |an )?(?:sensitive |specific |useful )?markers?)\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"(?:\s(?:gene|mutation|fusion|testing|tests?|analysis|status|sequencing|screening|results?|stain(?:ing)?|FISH|IHC"
    r"|PCR|NGS)){0,3}\s(?:is|are|was|were|has|have)\s(?:(?:still|yet|currently|at\spresent|again)\s)?"
    r"(?:outstanding|pending|awaited|ongoing|under\s?way|in\sprogress|to\s(?:be|follow)\b"
    r"|not\s(?:yet\s)?(?:been\s)?(?:yet\s)?(?:available|done|performed|carried\sout|requested|tested|assessed"
    r"|determined|examined|completed|known|evaluable)\b)",
    re.IGNORECASE,
)
"""What tells right behind a marker that nothing is known of it yet: "and ROS1 testing is still outstanding"."""
_REVIEWED = pattern(
    r"\b(?:slides?|blocks?|specimens?|patholog\w{1,4}|histolog\w{1,4}|biops(?:y|ies)|material"
    r"|sections?)\b[^.;]{0,60}\b(?:re-?view(?:ed)?|re-?evaluat(?:ed|ion)|re-?examin(?:ed|ation)"
    r"|re-?assess(?:ed|ment)|consult(?:ed|ation)|re-?analy[sz]ed)\b"
    r"|\b(?:review|re-?evaluation|re-?examination|second\sopinion|reference\spatholog\w{1,4}"
    r"|expert\spatholog\w{1,4})\b",
    re.IGNORECASE,
)
_BY_SEQUENCE = frozenset(
    [
        "EGFR",
        "KRAS",
        "NRAS",
        "BRAF",
        "RAS",
        "NTRK",
        "NTRK1",
        "NTRK2",
        "NTRK3",
        "IDH1",
        "IDH2",
        "PIK3CA",
        "MET",
        "RET",
    ]
)
_BESIDE_DRIVERS = ("PD-L1", "TMB", "MSI")
"""What is told in one list with driver genes, by another method: "PD-L1 60%, EGFR/ALK/ROS1 negative"."""
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
_FOUND_ANEW = pattern(
    r"\b(?:biops\w{1,3}|histolog\w{1,6}|histopatholog\w{1,6}|patholog\w{1,6}|cytolog\w{1,4}|specimen|sample)\b"
    r"(?:[^.;]{0,60}\b(?:confirm|show|reveal|demonstrat|disclos|prove|found|report)\w{0,4}\b|[^.;:]{0,24}:)",
    re.IGNORECASE,
)
"""A specimen whose finding a sentence tells: its "HER2-negative recurrence" is no name, but a result."""
_REPORT_HEAD = pattern(
    r"\b(?:(?:immuno-?|cyto-?)?histo\w{0,12}|patho?\w{0,9}|biops\w{1,3}|bx|HP[RE]|cytolog\w{1,5}"
    r"|microscop\w{1,5})\b[^.;:]{0,60}"
    r"(?:\([^()]{1,60}\)\s?)?[:=]",
    re.IGNORECASE,
)
"""How a report begins: "Histology (our house, 19.03.2020): ..."."""
_SIGN = re.compile(r"[+−-]\)?\s")
_LOST = re.compile(r"\bloss\b|\blost\b", re.IGNORECASE)
_INTACT = re.compile(r"\b(?:intact|preserved|retained|conserved)\b", re.IGNORECASE)
_OF_THE_GENE = frozenset({"FISH", "NGS", "PCR"})
"""Methods that find a gene altered or, where it is called intact, not."""
_HYPHENED = re.compile(r"[-‐][A-Za-z]")
_NEEDS = (
    ALTERATIONS
    | SIGNATURES
    | OTHER_TESTS
    | SERUM
    | Needs("marker", patterns=[written for _, written in METHODS])
)


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the tests whose results a sentence tells."""
    if view.retold or view.section in _CLOSED:
        return
    if view.has(_REVIEWED) is not None:
        memory.review_block = view.sentence.block
    if not view.holds(_NEEDS):
        return
    if memory.method in (None, "karyotype", "IHC") and _is_labelled_molecular(view):
        memory.method = memory.molecular = "other"
    methods = find_methods(view)
    findings = find_alterations(view, molecular=is_molecular(methods, memory))
    serum = find_serum_markers(view, staining=memory.method == "IHC")
    told = (
        *_with_day_of_list(view, list(_stains(view, memory, methods, findings, serum))),
        *_molecular(view, memory, methods, findings),
        *_signatures(view, memory, methods),
        *_serum_markers(view, memory, serum),
    )
    yield from (draft for draft in _in_turn(view, told) if _is_news(view, memory, draft))
    remember_method(methods, memory)


def _in_turn(view: View, told: Iterable[Draft]) -> Iterator[Draft]:
    """Yield what is told; a test whose results are told in turn, each with its day, once for each of them."""
    chains = list(results_in_turn(view))
    for draft in told:
        turns = next((c for c in chains if _is_of_chain(view, draft, c)), None)
        if turns is None or not isinstance(draft.fact, Test):
            yield draft
            continue
        for turn in turns:
            own = draft.fact.result
            more = turn is turns[0] and own.startswith(turn.result)  # with its share: "positive (20%)"
            fact = msgspec.structs.replace(draft.fact, result=own if more else turn.result)
            yield Draft(fact, min(draft.start, turn.start), turn.end, turn.time.moment)


def _is_of_chain(view: View, draft: Draft, chain: list[InTurn]) -> bool:
    """Whether a chain of results is of what a draft tells: it stands behind it, and no other marker between."""
    first, last = chain[0], chain[-1]
    if not (draft.start <= first.start <= draft.end + _TO_CHAIN and draft.end <= last.end):
        return False
    named = sorted({(m.start, m.end) for m in view.of("marker", "gene") if draft.start <= m.start < last.end})
    joined = all(_LISTED.fullmatch(view.whole, a[1], b[0]) for a, b in pairwise(named))
    return bool(named) and joined and named[-1][1] <= first.start


_TO_CHAIN = 40
_LISTED = re.compile(r"\s?(?:,|/|,?\s(?:and|or))\s?")


def _is_labelled_molecular(view: View) -> bool:
    """Whether a list of findings stands behind a label, or under a heading, that says they are of genes."""
    label = _MOLECULAR.match(view.whole, view.start, view.end)
    return label is not None or _MOLECULAR.fullmatch(f"{view.sentence.heading.strip()}:") is not None


_MOLECULAR = re.compile(r"(?:molecular|genomic|genetic)s?(?:\s\w{4,12}){0,2}\s?:", re.IGNORECASE)
"""What opens a list of variants, which no karyotype and no stain shows."""


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
    """Whether a list of diagnoses tells a result in passing: no report of a specimen, no date stands in it."""
    return view.section == "diagnosis" and not methods and not view.dated and view.has(_REPORT_HEAD) is None


def _serum_markers(view: View, memory: Memory, serum: list[SerumMarker]) -> Iterator[Draft]:
    """Yield tumour markers of the blood that are called normal."""
    for found in serum:
        if not (hypothetical(view, found.start, found.end) or of_someone_else(view, found.start, found.end)):
            told = Result(found.start, found.end, None, found.result)
            yield _draft(view, memory, told, found.target, "other")


def _with_day_of_list(view: View, drafts: list[Draft]) -> list[Draft]:
    """Give stains listed before one with its day behind it that day: "DOG1 positive, S100 negative (22.11.2018)"."""
    shared: list[Draft] = []
    for draft, following in reversed(list(pairwise(drafts))):
        told = view.governing(following.start, following.end)
        closes = told is not None and 0 <= told.start - following.end <= _IN_ITS_BRACKETS
        if (
            (closes or following in shared)
            and view.governing(draft.start, draft.end) is None
            and not isinstance(draft, Restated)
            and _GOES_ON.fullmatch(view.whole[draft.end : following.start]) is not None
        ):
            draft.moment = following.moment
            shared.append(draft)
    return drafts


_IN_ITS_BRACKETS = 12
_GOES_ON = re.compile(r"[^.;:()]{0,40}")


def _stains(
    view: View,
    memory: Memory,
    methods: list[NamedMethod],
    findings: list[Finding],
    serum: list[SerumMarker],
) -> Iterator[Draft]:
    """Yield the results of stains and of other markers."""
    named = [
        one
        for one in find_targets(view, methods, findings)
        if not any(found.start <= one.target.start < found.end for found in serum)
        and not _is_measured(view, one)
    ]
    by_target = {
        (one.target.start, one.target.key): one for one in named
    }  # "NTRK1/2/3" names three at one place
    results = assign(view, [one.target for one in named])
    keys = {
        _symbol_of(by_target[target.start, target.key])
        for target, _ in results
        if not target.key.startswith(_BESIDE_DRIVERS)
    }
    drivers = keys <= _DRIVERS and len(keys) > 1 and not keys.isdisjoint(_BY_SEQUENCE)
    stains = {t.key for t, _ in results if is_only_stained(by_target[t.start, t.key])}
    undone = [t.start for t in (one.target for one in named) if _UNDONE.match(view.whole, t.end, view.end)]
    for target, result in results:
        if target.start in undone:
            continue
        low, high = view.clause(target.start)
        high = min([high, *(start for start in undone if start > target.start)])
        if view.has(_NOT_SAID, max(low, target.start - 90), min(high, result.end + 50)) is not None:
            continue
        if hypothetical(view, target.start, target.end) or of_someone_else(view, target.start, target.end):
            continue
        one = by_target[target.start, target.key]
        method = method_of_stain(
            view,
            memory,
            methods,
            one,
            result.end,
            drivers=drivers and _symbol_of(one) in keys,
            stains=stains - {target.key} != set(),
        )
        if target.key in _REPAIR_PROTEINS and not methods and _KEPT.search(view.whole, low, high):
            method = "IHC"
        if target.key in _BROKEN and _INTACT.search(view.whole, target.end, result.end):
            method = "FISH" if "FISH" in (memory.method, *(m.method for m in methods)) else "other"
        if method not in ("IHC", "flow") and _LOST.search(view.whole, target.end, result.end):
            continue  # a gene that is lost was found altered, not found wanting
        if method not in ("IHC", "flow") and _KEEPING.match(view.whole, result.start, target.start):
            continue  # what a relapse keeps is a fusion or a mutation: of the protein nothing is said
        adjective = _HYPHENED.match(view.whole, target.end) is not None and _is_before_tumor(view, result.end)
        signed = not methods and _SIGN.match(view.whole, target.end) is not None
        adjective = (
            adjective or _is_reason(view, target.start) or (signed and _names_tumor(view, result.end))
        ) and not view.has(_FOUND_ANEW)
        tested = _gene_or_protein(view, target, one, method)
        for used in also_by(view, result.end) or (method,):
            yield _draft(
                view,
                memory,
                _of_a_gene(
                    _by_probe(view, result) if used in _OF_THE_GENE or target.key in _BROKEN else result, used
                ),
                tested,
                used,
                named=one.named if one.named != tested else "",
                restated=adjective or _is_headline(view, methods),
            )


def _symbol_of(one: NamedTarget) -> str:
    """Return the gene where its symbol is written ("NTRK1", whose product is TRKA), else the marker."""
    return one.gene if one.by_symbol else one.target.key


def _of_a_gene(result: Result, method: str) -> Result:
    """Return the result of a gene: one of wild type is a negative test, where a stain's pattern of it is none."""
    if result.value != "wild type" or method in ("IHC", "flow"):
        return result
    return msgspec.structs.replace(result, polarity="negative", value="")


def _is_measured(view: View, one: NamedTarget) -> bool:
    """Whether a marker that is also measured in the blood has its value behind it: "CEA was still high at 45 ng/mL"."""
    return (
        any(lab.start <= one.target.start < lab.end for lab in view.of("lab"))
        and _VALUE_BEHIND.match(view.whole, one.target.end, view.end) is not None
    )


_VALUE_BEHIND = re.compile(
    r"\s(?:[a-z-]{2,16}\s){1,6}?(?:at|of|to|was)\s\d[\d.,]{0,7}\s?(?:[pnµu]g|m?I?U|kU)\s?/\s?m?[lL]\b"
)


def _gene_or_protein(view: View, target: Target, one: NamedTarget, method: str) -> str:
    """Return what was tested: the gene where its symbol is written and no antibody was used, else the marker."""
    if method in ("IHC", "flow") or target.key == "HER2":  # HER2 is what laboratories call the gene as well
        return target.key
    symbol = one.by_symbol or one.gene == "TP53" == view.whole[target.start : target.end]
    return one.gene if symbol else target.key


_REPAIR_PROTEINS = frozenset({"MLH1", "MSH2", "MSH6", "PMS2"})
_KEEPING = re.compile(
    r"(?:retain|preserv|conserv|maintain|kept|keep)\w{0,4}\s(?:the|its|an?)\s", re.IGNORECASE
)
_KEPT = re.compile(r"\b(?:intact|retained|preserved|proteins?|loss|lost|expression|nuclear)\b", re.IGNORECASE)
"""What is said of the proteins of mismatch repair, whatever method was named last."""


_BROKEN = frozenset(
    {"ALK", "ROS1", "RET", "NTRK", "NTRK1", "NTRK2", "NTRK3", "NRG1", "MET", "FGFR2", "FGFR3"}
)
"""Genes of which "intact" says that they are not rearranged, never that their protein is there."""


def _by_probe(view: View, result: Result) -> Result:
    """Return what a probe tells of a gene: one that is intact is not rearranged."""
    intact = _INTACT.search(view.whole, result.start, result.end)
    return msgspec.structs.replace(result, polarity="negative") if intact is not None else result


_REASON = pattern(
    r"\b(?:since|as|because|given\sthat|considering\sthat|knowing\sthat)\s(?:the|her|his|this"
    r"|its)\s(?:[a-z]{3,12}\s){1,3}$",
    re.IGNORECASE,
)


def _is_reason(view: View, start: int) -> bool:
    """Whether a result is told only as the reason of what follows: "since the tumour expressed ALK, crizotinib ..."."""
    low = max(view.start, start - 60)
    return view.has(_REASON, low, start) is not None


def _names_tumor(view: View, end: int) -> bool:
    """Whether a tumour's name follows at once: "HER2+ breast cancer", "HER2+ (ER-) breast cancer"."""
    gaps = (view.whole[end : tumor.start] for tumor in view.of("tumor") if 0 <= tumor.start - end <= 12)
    return any(len(gap) <= 3 or "(" in gap for gap in gaps)


def _is_before_tumor(view: View, end: int) -> bool:
    """Whether a tumour's name follows: "ALK-positive inflammatory myofibroblastic tumour"."""
    return any(0 <= tumor.start - end <= 30 for tumor in view.of("tumor"))


def _molecular(
    view: View, memory: Memory, methods: list[NamedMethod], findings: list[Finding]
) -> Iterator[Draft]:
    """Yield one test for each gene found altered or found unaltered, by each method that found it."""
    headline = _is_headline(view, methods)
    named = [method for method in methods if method.method not in ("IHC", "flow")]
    for finding in findings:
        target = finding.tested or tested_gene(finding)
        if target is None or (finding.type == "other" and not finding.tested):
            continue
        governing = [
            m
            for m in governing_methods(view, named, finding.end)
            if not m.unsaid and not (finding.type == "variant" and m.method == "FISH")
        ]
        used = dict.fromkeys(molecular_method(m.method, memory) for m in governing)
        start = told_from(view, governing, finding.start, finding.end)
        told = Result(start, finding.end, "positive" if finding.positive else "negative", _uncertain(finding))
        for method in used or (method_of_finding(view, memory, finding),):
            yield _draft(
                view,
                memory,
                told,
                _of_variant(target, finding),
                method,
                named=""
                if finding.tested
                else _pair_named(finding) or _symbol_written(view, finding, target),
                restated=headline or finding.adjective,
            )


def _uncertain(finding: Finding) -> str:
    """Return what keeps a variant that was found from being a finding of the tumour; mostly nothing."""
    return UNCERTAIN if finding.positive and finding.change == UNCERTAIN else ""


_OLD_SYMBOL = re.compile(r"[A-Z][A-Z0-9]{2,9}")
_POINT = re.compile(r"[A-Z]\d{2,4}[A-Z*]")


def _of_variant(target: str, finding: Finding) -> str:
    """Return what was tested: of a variant that was not found that variant alone, for the gene may have another."""
    if finding.positive or finding.change is None or not _POINT.fullmatch(finding.change):
        return target
    return f"{target} {finding.change}"


def _symbol_written(view: View, finding: Finding, target: str) -> str:
    """Return the symbol as written, where the test bears another: "ERBB2" for HER2, the old "H3F3A" for H3-3A."""
    symbol = finding.genes[0]
    told = view.whole[finding.start : finding.end]
    if symbol in told:
        return symbol if symbol != target else ""
    if symbol != target:
        return ""
    own = next(
        (m for m in view.of("gene") if m.key == symbol and finding.start <= m.start < finding.end), None
    )
    written = view.whole[own.start : own.end] if own is not None else ""
    return written if _OLD_SYMBOL.fullmatch(written) else ""


def _pair_named(finding: Finding) -> str:
    """Return the fusion that a test was of, where both partners are known: "ETV6-NTRK3"."""
    return f"{finding.gene5}-{finding.gene3}" if finding.gene5 and finding.gene3 else ""


_NEVER_BY = {
    "TMB": ("FISH", "IHC", "PCR", "karyotype"),
    "TML": ("FISH", "IHC", "PCR", "karyotype"),
    "MSI": ("FISH", "karyotype"),
    "HRD": ("FISH", "IHC", "PCR", "karyotype"),
}
"""Methods that cannot show a signature, be they named before it: "no amplification by FISH, TMB was 1.8"."""


def _signatures(view: View, memory: Memory, methods: list[NamedMethod]) -> Iterator[Draft]:
    """Yield microsatellite status, mutational burden and the like."""
    for found in (*find_signatures(view), *find_other_tests(view)):
        governing = [
            m
            for m in governing_methods(view, methods, found.end)
            if not m.unsaid and m.method not in _NEVER_BY.get(found.target, ())
        ]
        carried = memory.method if memory.method in ("NGS", "PCR") and found.method != "IHC" else found.method
        told = Result(found.start, found.end, None, found.result)
        by_nature = found.method in ("FISH", "karyotype") or found.target == "CSF cytology"
        method = found.method if by_nature else governing[-1].method if governing else carried
        yield _draft(view, memory, told, found.target, method)
