"""Tests of markers and genes with their results: stains, FISH, sequencing, PCR, serologies.

A marker list is read by ``staining``, what is said of genes by ``molecular``; this module names the target, finds the
method (from the sentence, else as the story last named it, else immunohistochemistry for a protein) and yields one
test a marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from caseboard.case.facts import Test
from caseboard.narrative.context import hypothetical, of_someone_else
from caseboard.narrative.extract.restated import Reread, Restated
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.methods import (
    NamedMethod,
    find_methods,
    found_when,
    governing_methods,
    is_later,
    is_molecular,
    remember_method,
)
from caseboard.narrative.molecular import MOST_NAMED, Finding, find_alterations, gene_mentions
from caseboard.narrative.patterns import pattern
from caseboard.narrative.staining import Target, assign
from caseboard.narrative.view import View
from caseboard.terms import genes, markers
from caseboard.terms.fusions import partners

__all__ = ["extract"]

_CLOSED = frozenset({"plan", "family", "allergies", "medication"})
_COUNTED = frozenset({"Ki-67", "ER", "PR", "AR", "PD-L1", "PD-L1 TPS", "PHH3", "p53"})
_INDEX = frozenset({"Ki-67", "PHH3"})
_SIGNATURES = frozenset({"MSI", "MMR", "TMB", "PD-L1 CPS"})
_GENERAL_MARKERS = frozenset({"keratin", "actin", "CEA", "PDGFR"})
"""Families of antibodies, of which a bracket names the one that was used: "cytokeratin (AE1/AE3)"."""
_KEPT_NAMES: Mapping[str, str] = {"ERBB2": "HER2", "CD274": "PD-L1"}
"""Genes that every laboratory tests under their product's name."""
_NOT_SAID = pattern(
    r"\b(?:should be|recommend\w{0,6}|planned|would|will be|pending|request(?:ed)?|awaited|to be (?:done|performed|tested)|usually|often|typically|commonly|generally|frequently"
    r"|characteristic(?:ally)?|% of (?:the )?(?:cases|patients|tumou?rs)\b|in (?:most|some|many) cases|(?:is|are) (?:a |an )?(?:sensitive |specific |useful )?markers?)\b",
    re.IGNORECASE,
)
_REVIEWED = pattern(
    r"\b(?:slides?|blocks?|specimens?|patholog\w{1,4}|histolog\w{1,4}|biops(?:y|ies)|material|sections?)\b[^.;]{0,60}\b(?:re-?view(?:ed)?|re-?evaluat(?:ed|ion)|re-?examin(?:ed|ation)|re-?assess(?:ed|ment)|consult(?:ed|ation)|re-?analy[sz]ed)\b"
    r"|\b(?:review|re-?evaluation|re-?examination|second\sopinion|reference\spatholog\w{1,4}|expert\spatholog\w{1,4})\b",
    re.IGNORECASE,
)
_BY_SEQUENCE = frozenset({"EGFR", "KRAS", "NRAS", "BRAF", "RAS", "NTRK", "IDH1", "IDH2", "PIK3CA", "MET", "RET"})
_DRIVERS = _BY_SEQUENCE | {"ALK", "ROS1", "HER2", "KIT", "PDGFRA", "FGFR2", "FGFR3", "NTRK1", "NTRK2", "NTRK3", "TP53", "BRCA1", "BRCA2"}
"""Genes listed as results together, one of which no antibody is used for: no stains are meant."""
_SERUM = re.compile(r"\b(?:serum|blood|plasma|tumou?r markers?|levels?|laborator\w{1,4}|serolog\w{1,4}|within (?:the )?normal)\b", re.IGNORECASE)
_ANOTHER_STATEMENT = re.compile(r",|;|\band\b")
_WHERE = re.compile(r"\b(?:cytoplasmic|nuclear|membranous|stain\w{0,4}|clone|cells?|immuno\w{3,18}|IHC)\b", re.IGNORECASE)
_MICROSATELLITES = pattern(
    r"\b(?:(?P<stable>microsatellite[\s-](?:instability[\s-])?stab(?:le|ility)|MSS\b|MSI[\s-](?:status\s)?(?:was\s|is\s)?stable|no\smicrosatellite\sinstability)|(?P<low>MSI-?L\b|microsatellite\sinstability[\s-]{1,3}low)"
    r"|(?P<high>MSI-?H(?:igh)?\b|microsatellite[\s-](?:instability[\s-]{1,3}(?:\(MSI\)[\s-])?high|unstable|instable)|high(?:ly)?\smicrosatellite\s(?:instability|unstable)))\b",
    re.IGNORECASE,
)
_REPAIR = pattern(
    r"\b(?:(?P<proficient>pMMR\b|MMR[\s-]proficien(?:t|cy)|(?:proficient|intact)\s(?:DNA\s)?mismatch[\s-]repair|mismatch[\s-]repair[\s-](?:proteins?\s)?(?:proficien(?:t|cy)|intact))"
    r"|(?P<deficient>dMMR\b|MMR[\s-]deficien(?:t|cy)|deficient\s(?:DNA\s)?mismatch[\s-]repair|mismatch[\s-]repair[\s-](?:proteins?\s)?deficien(?:t|cy)))\b",
    re.IGNORECASE,
)
_BURDEN = pattern(
    r"\b(?:TMB|tumou?r[\s-]mutation(?:al)?[\s-](?:burden|load))\b(?:\s?\(TMB\))?(?:\s(?:was|is|of|level|score|low|high|with|at|calculated|as|at|:|=)|\s?[:=(]){0,4}\s?(?P<value>\d{1,4}(?:[.,]\d{1,2})?)\s?(?P<unit>mut(?:ation)?s?\s?(?:/|per)\s?(?:Mb|megabases?)|muts?/Mb|/Mb)",
    re.IGNORECASE,
)
_COMBINED_SCORE = pattern(r"\b(?:CPS|combined\spositive\sscore)\b(?:\s?\(CPS\))?(?:\s(?:was|is|of)|\s?[:=]){0,2}\s?(?P<value>[<>≤≥]?\s?\d{1,3})\b(?!\s?%)", re.IGNORECASE)


class _Named(msgspec.Struct, frozen=True):
    """A target with the vocabulary's word for it: a marker, or a gene that no antibody is listed for."""

    target: Target
    kind: str
    gene: str


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the tests whose results a sentence tells."""
    if view.retold or view.section in _CLOSED:
        return
    if view.has(_REVIEWED) is not None:
        memory.review_block = view.sentence.block
    methods = find_methods(view)
    findings = find_alterations(view, molecular=is_molecular(methods, memory))
    told = (*_stains(view, memory, methods, findings), *_molecular(view, memory, methods, findings), *_signatures(view, memory, methods))
    yield from (draft for draft in told if _is_news(view, memory, draft))
    remember_method(methods, memory)


def _is_news(view: View, memory: Memory, draft: Draft) -> bool:
    """Whether a test was not told before; a headline or an adjective counts only for what is new."""
    fact = draft.fact
    if not isinstance(fact, Test):
        return True
    key = (fact.target, fact.result.startswith("negative"))
    before = memory.tested.setdefault(key, [])
    if isinstance(draft, Restated):
        return not before
    whens = [when for method, when in before if method == fact.method]
    if whens and not is_later(view, draft.moment.when, whens):
        return False
    before.append((fact.method, draft.moment.when))
    return True


def _draft(
    view: View, memory: Memory, method: str, target: str, result: str, start: int, end: int, *, restated: bool = False
) -> Draft:
    fact = Test(id="", source=NOWHERE, patient=view.patient, method=method, target=target, result=result)
    reread = memory.review_block == view.sentence.block and view.governing(start, end) is None
    kind = Restated if restated else Reread if reread else Draft
    return kind(fact, start, end, found_when(view, memory, start, end))


# -- stains and other markers


def _stains(view: View, memory: Memory, methods: list[NamedMethod], findings: list[Finding]) -> Iterator[Draft]:
    named = _targets(view, methods, findings)
    by_start = {one.target.start: one for one in named}
    headline = view.section == "diagnosis" and not methods
    results = assign(view, [one.target for one in named])
    keys = {target.key for target, _ in results}
    proteins = not (keys <= _DRIVERS and len(keys) > 1 and not keys.isdisjoint(_BY_SEQUENCE))
    for target, result in results:
        one = by_start[target.start]
        low, high = view.clause(target.start)
        if view.has(_NOT_SAID, max(low, target.start - 90), min(high, result.end + 50)) is not None:
            continue
        if hypothetical(view, target.start, target.end) or of_someone_else(view, target.start, target.end):
            continue
        method = _method_of_stain(view, memory, methods, one, result.end, proteins)
        if method is None:
            continue
        hyphened = view.whole[target.end : target.end + 1] in ("-", "‐") and view.whole[target.end + 1 : target.end + 2].isalpha()
        adjective = hyphened and _before_tumor(view, result.end)
        start = min(result.start, target.start)
        yield _draft(view, memory, method, target.key, result.text, start, result.end, restated=headline or adjective)


def _before_tumor(view: View, end: int) -> bool:
    """Whether a tumour's name follows: "ALK-positive inflammatory myofibroblastic tumour"."""
    return any(0 <= tumor.start - end <= 30 for tumor in view.of("tumor"))


def _targets(view: View, methods: list[NamedMethod], findings: list[Finding]) -> list[_Named]:
    """Return the markers of a sentence, and the genes beside them; what ``molecular`` has read is left out."""
    out: list[_Named] = []
    marked = [m for m in view.of("marker") if not _glued(view, m)][:MOST_NAMED]
    spans = [(f.start, f.end) for f in findings]
    if not marked and not view.of("gene"):
        return []
    others = [m for m in gene_mentions(view) if not any(m.start < k.end and k.start < m.end for k in marked)]
    for mention in sorted((*marked, *others), key=lambda m: m.start):
        if mention.key in _SIGNATURES or any(low <= mention.start < high for low, high in spans) or (not methods and _is_measured(view, mention)):
            continue
        one = _named(view, mention)
        if mention.weak and len(marked) + len(others) < 2 and not _WHERE.search(view.text):
            continue
        if out and _explains(view, out[-1], one):
            out[-1] = _joined(view, out[-1], one)
        else:
            out.append(one)
    return out


def _is_measured(view: View, mention: Mention) -> bool:
    """Whether the name is that of a tumour marker in the blood, with a number behind it."""
    return any(lab.start <= mention.start and mention.end <= lab.end and re.match(r"[^;.]{0,30}?[\s(:=][<>]?\s?\d", view.whole[lab.end : lab.end + 36]) for lab in view.of("lab"))


def _glued(view: View, mention: Mention) -> bool:
    return view.whole[mention.end : mention.end + 1].isdigit() or view.whole[mention.start - 1 : mention.start].isalnum()


def _named(view: View, mention: Mention) -> _Named:
    key = mention.key
    bracketed = view.whole[mention.start - 1 : mention.start] in ("(", "[") and view.whole[mention.end : mention.end + 1] in (")", "]")
    end = mention.end + bracketed
    if mention.kind == "gene":
        marker = _marker_of_gene().get(key)
        if marker is None or marker.startswith(key):
            return _Named(Target(mention.start, end, key), "gene", key)
        key = marker
    term = markers.vocabulary()[key]
    target = Target(mention.start, end, key, counted=key in _COUNTED, index=key in _INDEX)
    return _Named(target, term.kind, term.gene)


@cache
def _marker_of_gene() -> Mapping[str, str]:
    """Return, by gene symbol, the marker that stains its product; the first listed where there are several."""
    found: dict[str, str] = {}
    for marker in markers.vocabulary().terms.values():
        if marker.gene and marker.kind == "protein":
            found.setdefault(marker.gene, marker.key)
    return found


def _explains(view: View, one: _Named, other: _Named) -> bool:
    """Whether ``other`` only says again, or more closely, which marker ``one`` is: "keratin (AE1/AE3)"."""
    gap = view.whole[one.target.end : other.target.start].strip()
    if gap not in ("(", "[", "", "/"):
        return False
    same = other.target.key == one.target.key or (gap != "" and one.gene != "" and one.gene == other.gene)
    return same or (gap != "/" and one.target.key in _GENERAL_MARKERS)


def _joined(view: View, one: _Named, other: _Named) -> _Named:
    end = other.target.end
    general = one.target.key in _GENERAL_MARKERS or (one.kind == "gene" and other.kind != "gene")
    kept = other if general else one
    return msgspec.structs.replace(kept, target=msgspec.structs.replace(kept.target, start=one.target.start, end=end))


def _method_of_stain(view: View, memory: Memory, methods: list[NamedMethod], one: _Named, end: int, proteins: bool) -> str | None:
    """Return the method by which a marker was tested; None where the marker was measured in serum."""
    governing = governing_methods(view, methods, one.target.start, end)
    if governing and governing[0].start >= end and _ANOTHER_STATEMENT.search(view.whole, end, governing[0].start):
        governing = []
    if one.kind == "protein" and governing and governing[-1].method != "IHC" and ";" in view.whole[governing[-1].end : one.target.start]:
        governing = []
    said = governing[-1].method if governing and not governing[-1].unsaid else None
    if one.kind == "serology":
        return said if said == "PCR" else "other"
    if one.kind in ("molecular", "stain"):
        return said or ("other" if memory.method in (None, "IHC") else memory.method)
    if said is not None:
        return said
    if not proteins:
        return _molecular_method(None, memory)
    if _is_lab(view, one) and _SERUM.search(view.text):
        return "other"
    if one.gene == one.target.key and memory.method in ("FISH", "NGS", "PCR") and not _WHERE.search(view.text):
        return memory.method
    return "flow" if memory.method == "flow" and one.target.key.startswith("CD") else "IHC"


def _is_lab(view: View, one: _Named) -> bool:
    return any(lab.start < one.target.end and one.target.start < lab.end for lab in view.of("lab"))


# -- genes


def _molecular(view: View, memory: Memory, methods: list[NamedMethod], findings: list[Finding]) -> Iterator[Draft]:
    headline = view.section == "diagnosis" and not methods
    methods = [method for method in methods if method.method not in ("IHC", "flow")]
    for finding in findings:
        target = _tested_gene(finding)
        if target is None or finding.type == "other":
            continue
        start, end = finding.start, finding.end
        governing = [m for m in governing_methods(view, methods, start, end) if not m.unsaid]
        for method in dict.fromkeys(_molecular_method(m.method, memory) for m in governing) or (_molecular_method(None, memory),):
            low = governing[0].start if governing and 0 <= start - governing[0].start <= 200 else start
            result = "positive" if finding.positive else "negative"
            yield _draft(view, memory, method, target, result, low, end, restated=headline or finding.adjective)


def _molecular_method(said: str | None, memory: Memory) -> str:
    """Return the method of a finding in a gene: no stain finds one."""
    for method in (said, memory.method):
        if method is not None and method not in ("IHC", "flow"):
            return method
    return "other"


def _tested_gene(finding: Finding) -> str | None:
    """Return the gene that a laboratory tests for a finding: of a fusion the kinase, else the partner that has more partners."""
    if not finding.genes:
        return None
    symbols = sorted(finding.genes, key=lambda symbol: (not genes.vocabulary()[symbol].kinase if symbol in genes.vocabulary() else True, -len(partners(symbol))))
    return _KEPT_NAMES.get(symbols[0], symbols[0])


# -- signatures of the whole tumour


def _signatures(view: View, memory: Memory, methods: list[NamedMethod]) -> Iterator[Draft]:
    """Yield microsatellite status, mutational burden and the combined score of PD-L1."""
    for match in view.find(_MICROSATELLITES):
        result = "negative" if match["stable"] or match["low"] else "positive"
        yield _signature(view, memory, methods, match, "MSI", result, "other")
    for match in view.find(_REPAIR):
        yield _signature(view, memory, methods, match, "MMR", "positive" if match["proficient"] else "negative", "IHC")
    for match in view.find(_BURDEN):
        unit = "mut/Mb"
        yield _signature(view, memory, methods, match, "TMB", f"{match['value'].replace(',', '.')} {unit}", "NGS")
    for match in view.find(_COMBINED_SCORE):
        yield _signature(view, memory, methods, match, "PD-L1 CPS", re.sub(r"\s", "", match["value"]), "IHC")


def _signature(
    view: View, memory: Memory, methods: list[NamedMethod], match: re.Match[str], target: str, result: str, default: str
) -> Draft:
    governing = [m for m in governing_methods(view, methods, match.start(), match.end()) if not m.unsaid]
    carried = memory.method if memory.method in ("NGS", "PCR") and default != "IHC" else default
    return _draft(view, memory, governing[-1].method if governing else carried, target, result, match.start(), match.end())
