"""The markers and genes of a sentence that a result may be told of, under the names that facts give them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import msgspec

from caseboard.narrative.finding import Finding
from caseboard.narrative.genes_named import MOST_NAMED, gene_mentions
from caseboard.narrative.mentions import Mention
from caseboard.narrative.methods import NamedMethod
from caseboard.narrative.patterns import pattern
from caseboard.narrative.staining import Target
from caseboard.narrative.view import View
from caseboard.terms import markers
from caseboard.terms.vocabulary import fold

__all__ = ["NamedTarget", "find_targets", "names_no_product", "says_where"]

_COUNTED = frozenset({"Ki-67", "ER", "PR", "AR", "PD-L1", "PD-L1 TPS", "PHH3", "p53"})
_INDEX = frozenset({"Ki-67", "PHH3"})
_SIGNATURES = frozenset({"MSI", "MMR", "TMB", "PD-L1 CPS"})
"""Markers that ``signatures`` reads."""
_GENERAL_MARKERS = frozenset({"cytokeratin", "pan-CK", "actin", "CEA", "PDGFR"})
"""Families of antibodies, of which a bracket names the one that was used: "cytokeratin (AE1/AE3)"."""
_WHERE = re.compile(
    r"\b(?:cytoplasmic|nuclear|membranous|stain\w{0,4}|express(?:ed|es|ing|ion)?|clone|cells?|immuno\w{3,18}|IHC)\b",
    re.IGNORECASE,
)
_NUMBER_AT_ONCE = re.compile(r"\s?[:=]?\s?[<>]?\s?\d{1,6}(?![\d%+]|\s?%|\s?\+|-\d{0,2}\s?%)")
_NUMBER_BEHIND = re.compile(
    r"(?:(?!\b(?:testing|mutat|(?:nega|posi)tive\s(?:in|on)\s))[^;.]){0,30}?[\s(:=][<>]?\s?\d", re.IGNORECASE
)
_INDEX_WORDS = re.compile(
    r"[\s-](?:proliferati(?:on|ve)\s)?(?:labell?ing\s)?(?:index|(?:proportion\s)?score|antigen)$",
    re.IGNORECASE,
)
_OF_MARKER = re.compile(r"(?:score\s)?(?:of|for)(?:\sthe)?", re.IGNORECASE)
_DRUG_AFTER = pattern(r"[\s-]{0,2}TKIs?\b|[\s-]inhibit", re.IGNORECASE)
_IMMUNOGLOBULINS = frozenset({"IgG", "IgM", "IgA"})
"""Classes of antibodies, in whose names serologies are told: "H. pylori IgG positive"."""
_INFECTED = re.compile(r"\s(?:virus\s)?(?:infection|carrier|hepatitis|cirrhosis)s?\b", re.IGNORECASE)
"""What makes the name of a virus that of a disease, and no test."""
_GLUED_RESULT = re.compile(
    r"\s?(?:[+]|[-–](?=[,;)\s/])|[-\s](?:positive|negative|pos\b|neg\b))", re.IGNORECASE
)
_PARTS = re.compile(r"[^\w]+")
_GREEK = (("α", "alpha"), ("β", "beta"), ("γ", "gamma"), ("κ", "kappa"), ("λ", "lambda"))
_OPEN, _CLOSED = ("(", "["), (")", "]")


class NamedTarget(msgspec.Struct, frozen=True):
    """A target with its kind (that of a marker, or ``gene`` where no antibody is listed for it) and its gene."""

    target: Target
    kind: str
    gene: str
    named: str = ""
    """The text's own name, where it is another than that of the target."""

    @property
    def by_symbol(self) -> bool:
        """Whether the text writes the symbol of the gene for a marker of another name: "NTRK1" for TRKA."""
        return self.gene != "" and self.gene == self.named


def says_where(view: View) -> bool:
    """Whether the sentence speaks of cells and stains, so that products are meant and no genes."""
    return _WHERE.search(view.whole, view.start, view.end) is not None


def find_targets(view: View, methods: list[NamedMethod], findings: list[Finding]) -> list[NamedTarget]:
    """Return the markers of a sentence, and the genes beside them; what ``molecular`` has read is left out."""
    if not view.of("marker", "gene"):
        return []
    marked = [m for m in view.of("marker") if not _is_part(view, m)][:MOST_NAMED]
    others = [m for m in gene_mentions(view) if not any(m.start < k.end and k.start < m.end for k in marked)]
    alone = len(marked) + len(others) < 2
    out: list[NamedTarget] = []
    for mention in sorted((*marked, *others), key=lambda m: m.start):
        if _DRUG_AFTER.match(view.whole, mention.end, view.end):
            continue
        if mention.key in _SIGNATURES or any(f.start <= mention.start < f.end for f in findings):
            continue
        if mention.key in _IMMUNOGLOBULINS and not methods and not says_where(view):
            continue
        if _INFECTED.match(view.whole, mention.end, view.end):
            continue
        if mention.key == "hormone receptors" and not _is_signed_receptor(view, mention):
            continue
        if mention.key == "PR" and not methods and not _is_receptor(mention, marked):
            continue
        if alone and not methods and _is_enzyme(view, mention):
            continue
        if _is_measured(view, mention, at_once=bool(methods)) or (
            mention.weak and alone and not says_where(view)
        ):
            continue
        one = _named(view, mention)
        if out and _explains(view, out[-1], one):
            out[-1] = _joined(out[-1], one)
        else:
            out.append(one)
    return out


def _is_signed_receptor(view: View, mention: Mention) -> bool:
    """Whether "HR" is that of hormone receptors, and no heart rate and no hazard ratio: a result is glued to it."""
    return (
        mention.end - mention.start > 2 or _GLUED_RESULT.match(view.whole, mention.end, view.end) is not None
    )


def _is_receptor(mention: Mention, marked: list[Mention]) -> bool:
    """Whether "PR" is the receptor and no partial response: another receptor is named with it, or it is spelt out."""
    return mention.end - mention.start > 2 or any(other.key in ("ER", "AR", "HER2") for other in marked)


def _is_enzyme(view: View, mention: Mention) -> bool:
    """Whether "CK" is creatine kinase: it stands among values of the blood, and no marker beside it."""
    return view.whole[mention.start : mention.end] == "CK" and (
        any(lab.start != mention.start for lab in view.of("lab"))
        or _TROPONIN.search(view.whole, view.start, view.end) is not None
    )


_TROPONIN = re.compile(r"\b(?:[Tt]rop(?:onin)?(?:\s?[IT])?|CK-?MB|CPK|[Mm]yoglobin|LFTs?|U&E|ECG|[Ee]cho)\b")


def _is_measured(view: View, mention: Mention, *, at_once: bool) -> bool:
    """Whether the name is that of a tumour marker in the blood, with a number behind it, or ``at_once`` behind it."""
    number = _NUMBER_AT_ONCE if at_once else _NUMBER_BEHIND
    return any(
        lab.start <= mention.start
        and mention.end <= lab.end
        and number.match(view.whole, lab.end, lab.end + 36)
        for lab in view.of("lab")
    )


def _is_part(view: View, mention: Mention) -> bool:
    """Whether the name goes on on either side, so that it is another name."""
    return (
        view.whole[mention.end : mention.end + 1].isdigit()
        or view.whole[mention.start - 1 : mention.start].isalnum()
    )


def _named(view: View, mention: Mention) -> NamedTarget:
    key = mention.key
    before, behind = view.whole[mention.start - 1 : mention.start], view.whole[mention.end : mention.end + 1]
    end = mention.end + (before in _OPEN and behind in _CLOSED)
    epitope = _EPITOPE.match(view.whole, end, view.end)
    end = end if epitope is None else epitope.end()
    if mention.kind == "gene":
        marker = _marker_of_gene().get(key)
        if marker is None or marker.startswith(key):
            return NamedTarget(Target(mention.start, end, key), "gene", key, _own_name(view, mention, key))
        key = marker
    term = markers.vocabulary()[key]
    target = Target(mention.start, end, key, counted=key in _COUNTED, index=key in _INDEX)
    named = _own_name(view, mention, key)
    if mention.kind == "gene" and _IN_SERIES.search(named):
        named = mention.key  # "NTRK1/2/3" names three genes
    return NamedTarget(target, term.kind, term.gene, named)


_EPITOPE = re.compile(
    r"[\s-]\(?(?:[CN]-?\s?[Tt]erm(?:inus|inal)?\b\.?|(?:C|N)T\b)(?:\s(?:antibody|domain|epitope|end))?\)?"
)
"""The part of a protein that is stained, which belongs to the name of the stain: "WT1 C-term+, synaptophysin-"."""
_IN_SERIES = re.compile(r"\d\s?[/,–-]\s?\d")


def _own_name(view: View, mention: Mention, key: str) -> str:
    """Return the name that the text gives a marker, where it is another word: "LCA" for CD45; else nothing."""
    written = _INDEX_WORDS.sub("", " ".join(view.whole[mention.start : mention.end].split()))
    own, usual = _plain(written), _plain(key)
    part = set(_PARTS.split(fold(written))) <= set(_PARTS.split(fold(key)))
    return "" if usual in own or part or "(" in written or key.startswith("PD-L1") else written


def _plain(name: str) -> str:
    spelled = fold(name)
    for letter, word in _GREEK:
        spelled = spelled.replace(letter, word)
    return re.sub(r"[^a-z0-9]", "", spelled)


@cache
def _marker_of_gene() -> Mapping[str, str]:
    """Return, by gene symbol, the marker that stains its product; the first listed where there are several."""
    found: dict[str, str] = {}
    for marker in markers.vocabulary().terms.values():
        if marker.gene and marker.kind == "protein":
            found.setdefault(marker.gene, marker.key)
    return found


def names_no_product(view: View, finding: Finding) -> bool:
    """Whether a lost gene bears a symbol that is no name of its product, so that no stain is meant: "CDKN2A loss"."""
    if finding.gene is None or view.has(_STAINS) is not None:
        return False
    own = next((m for m in view.of("gene") if m.start == finding.start and m.key == finding.gene), None)
    marker = _marker_of_gene().get(finding.gene)
    return (
        own is not None
        and marker is not None
        and not marker.startswith(finding.gene)
        and view.whole[own.start : own.end] == finding.gene
    )


_STAINS = pattern(r"\b(?:immuno|IHC\b|stain|express|nuclear|retained|cells)", re.IGNORECASE)


def _explains(view: View, one: NamedTarget, other: NamedTarget) -> bool:
    """Whether ``other`` only says again, or more closely, which marker ``one`` is: "keratin (AE1/AE3)"."""
    gap = view.whole[one.target.end : other.target.start].strip()
    if one.target.key == "PD-L1 TPS" and other.target.key == "PD-L1":
        return _OF_MARKER.fullmatch(gap) is not None
    if gap not in ("(", "[", "", "/"):
        return False
    same = other.target.key == one.target.key or (gap != "" and one.gene != "" and one.gene == other.gene)
    return same or (gap != "/" and one.target.key in _GENERAL_MARKERS)


def _joined(one: NamedTarget, other: NamedTarget) -> NamedTarget:
    general = one.target.key in _GENERAL_MARKERS or (one.kind == "gene" and other.kind != "gene")
    kept = other if general else one
    target = msgspec.structs.replace(kept.target, start=one.target.start, end=other.target.end)
    named = "" if general else min(one.named, other.named, key=len)
    return msgspec.structs.replace(kept, target=target, named=named)
