"""Tests known by no gene: recombination scores, FISH ratios, spinal fluid cytology, germline panels, karyotypes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.signatures import Signature
from caseboard.narrative.view import View
from caseboard.terms import genes

__all__ = ["NEEDS", "find_other_tests"]

_RECOMBINATION = pattern(
    r"\b(?:HRD(?:[\s-]score|\s\(GIS\))?|genomic\s(?:instability|scar)\sscore(?:\s\((?:GIS|GSS)\))?)"
    r"(?:\s(?:was|is|of)|\s?[:=(]){0,2}\s?(?P<value>\d{1,3})(?![\d%.,/]\d|\s?%|\d)"
    r"(?:\s?[,;(]\s?(?:HRD[\s-])?(?P<sign>pos|neg))?",
    re.IGNORECASE,
)
"""A score of homologous recombination deficiency, with what the laboratory calls it."""
_SIGNAL_RATIO = pattern(
    r"\b(?:ratio\sof\s(?P<gene>[A-Z][A-Z0-9]{1,6})\sto\s(?:CEP|CEN)\s?-?\d{1,2}(?:\ssignals?)?"
    r"|(?P<gene2>[A-Z][A-Z0-9]{1,6})\s?/\s?"
    r"(?:CEP|CEN)\s?-?\d{1,2}\s(?:signal\s)?ratio)(?:\s(?:was|is|of)|\s?[:=]){0,2}\s(?P<ratio>\d{1,2}(?:[.,]\d{1,2})?)"
    r"(?![\d.,]*\d)(?!\s?[,;(]?\s?(?:was\s|is\s)?(?:not\samp|non-?amp|unamp|amp|positive|negative))"
)
"""A ratio of signals of which the laboratory makes nothing: "the ratio of MET to CEP7 signals was 1.1"."""
_SPINAL_CYTOLOGY = pattern(
    r"\b(?:(?:CSF|cerebrospinal\sfluid|liquor)\s(?:cytolog(?:y|ical)(?:\s(?:exam\w{0,7}|analysis|study))?)"
    r"|cytolog(?:y|ical\s"
    r"(?:study|exam\w{0,7}|analysis))\s(?:of|on|in)\s(?:the\s)?(?:CSF|cerebrospinal\sfluid))\b(?:\s\([^()]{1,30}\))?"
    r"(?:\s(?:was|were|is|came\sback|remained|showed|found|revealed|demonstrated|disclosed|positive|again|also"
    r"|on\s\S{6,10}|for|with)"
    r"|\s?:){0,4}\s?(?P<word>negative|neg\b|normal|clear|no\s(?:malignant|tumou?r|atypical|neoplastic)\scells"
    r"|positive|pos\b"
    r"|(?P<atypical>atypical\scells|suspicious)|malignant\scells|tumou?r\scells|neoplastic\scells)",
    re.IGNORECASE,
)
_GERMLINE_NOTED = pattern(
    r"\bgerm-?line\s?:\s?(?P<word>neg(?:ative)?\b|no\s(?:P/?LP|(?:likely\s)?pathogenic)\b[^.;,]{0,20}?variants?)",
    re.IGNORECASE,
)
_GERMLINE = pattern(
    r"\bgerm-?line\s(?:(?:genetic|gene|multi-?gene|cancer|DNA|NGS)\s)?(?:panel|test(?:ing)?|sequencing"
    r"|analysis)\b(?:\s\([^()]{1,40}\))?"
    r"[^.;()]{0,40}?(?:\b(?:was|were|is|came\sback|returned|showed|found|revealed)\s|:\s"
    r"|\s)(?P<word>negative(?!\sfor\b)|unremarkable|normal"
    r"|no\s(?:(?:known|likely|further|other)\s)?pathogenic\s(?:variants?|mutations?|alterations?))\b",
    re.IGNORECASE,
)
"""A germline test of which no gene is named, because none was altered."""
_KARYOTYPE = pattern(
    r"\b(?:karyotyp(?:e|ing)|cytogenetics?|cytogenetic\s(?:analysis|stud(?:y|ies)|examination)|chromosom(?:e"
    r"|al)\sanalysis)\b"
    r"[^.;:]{0,60}?(?:\b(?:was|were|is|of|as|showed|revealed|found|demonstrated|disclosed)\s|[:=(,]\s?|\s(?=4\d,))"
    r"(?:(?:an?|the|complex|abnormal|aberrant|female|male|diploid|hyperdiploid|hypodiploid|clonal)\s"
    r"|karyotype[\s:(of]{1,4}){0,4}"
    r"(?P<result>normal(?!\s(?:limits|range))|[2-9]\d(?:[~–-]\d{2,3})?,X[XY]?(?:[,/](?:[^\s;,()]"
    r"|\([^\s()]{1,24}\)){1,40}){0,15}(?:\[\d{1,3}\])?)"
    r"(?P<normal>,?\s\(?normal\b)?",
    re.IGNORECASE,
)
"""A karyotype, by its formula or as normal (ISCN): "the karyotype was 46,XX[20]"."""

_PRODUCTS = {"ERBB2": "HER2"}
"""Genes that laboratories test under their product's name."""
NEEDS = Needs(
    patterns=(_RECOMBINATION, _SIGNAL_RATIO, _SPINAL_CYTOLOGY, _GERMLINE, _GERMLINE_NOTED, _KARYOTYPE)
)


def find_other_tests(view: View) -> Iterator[Signature]:
    """Yield the results of such tests that a sentence tells."""
    if not view.holds(NEEDS):
        return
    for match in view.find(_RECOMBINATION):
        sign = {"pos": "positive", "neg": "negative"}.get((match["sign"] or "").lower())
        result = f"{sign} ({match['value']})" if sign else match["value"]
        yield Signature(match.start(), match.end(), "HRD", result, "other")
    for match in view.find(_SIGNAL_RATIO):
        found = genes.lookup(match["gene"] or match["gene2"])
        if found is not None:
            ratio = f"ratio {match['ratio'].replace(',', '.')}"
            yield Signature(
                match.start(), match.end(), _PRODUCTS.get(found.term.key, found.term.key), ratio, "FISH"
            )
    for match in view.find(_SPINAL_CYTOLOGY):
        absent = re.match(r"neg|normal|clear|no\s", match["word"], re.IGNORECASE)
        result = "equivocal" if match["atypical"] else "negative" if absent else "positive"
        yield Signature(match.start(), match.end(), "CSF cytology", result, "other")
    for match in (*view.find(_GERMLINE), *view.find(_GERMLINE_NOTED)):
        if not any(match.start() <= gene.start < match.end() + 30 for gene in view.of("gene")):
            yield Signature(match.start(), match.end(), "germline panel", "negative", "NGS")
    for match in view.find(_KARYOTYPE):
        result = match["result"].rstrip(".")
        end = match.end("normal") if match["normal"] else match.start("result") + len(result)
        yield Signature(match.start(), end, "karyotype", "normal" if match["normal"] else result, "karyotype")
