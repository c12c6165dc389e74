"""By which laboratory method something was found: immunohistochemistry, FISH, sequencing, PCR and their kin."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.case.dates import DateInterval, Offset, When
from caseboard.narrative.clock import Moment
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import Table, pattern
from caseboard.narrative.reported import reported_when
from caseboard.narrative.view import View

__all__ = [
    "METHODS",
    "Method",
    "NamedMethod",
    "find_methods",
    "found_when",
    "governing_methods",
    "is_later",
    "is_molecular",
    "passing_when",
    "remember_method",
    "told_from",
]

Method = Literal["IHC", "FISH", "NGS", "PCR", "karyotype", "flow", "other"]


class NamedMethod(msgspec.Struct, frozen=True):
    """A method named at characters ``start`` to ``end``; ``unsaid`` where only "molecular analysis" is written."""

    start: int
    end: int
    method: Method
    unsaid: bool = False


_NAMES: tuple[tuple[Method | Literal["unsaid"], str], ...] = (
    (
        "FISH",
        r"FISH\b|fluorescen(?:ce|t)[\s-]{1,2}in[\s-]situ[\s-]hybridi[sz]ation"
        r"|break[\s-]?apart\s(?:probes?|assay|FISH)|split[\s-]signal\sprobes?"
        r"|in[\s-]situ[\s-]hybridi[sz]ation\s\(FISH\)",
    ),
    (
        "PCR",
        r"(?:ARMS[\s-]|q?RT-?|real[\s-]time\s|digital\s(?:droplet\s)?|dd|droplet\sdigital\s"
        r"|reverse[\s-]transcri\w{4,8}[\s-]|multiplex\s|nested\s|allele[\s-]specific\s"
        r"|quantitative\s)?"
        r"(?:PCR\b|polymerase[\s-]chain[\s-]reaction)(?:[\s,/+&]{1,3}(?:and\s|followed\sby\s"
        r"|with\s)?Sanger(?:'s)?(?:\ssequencing)?)?"
        r"|Sanger(?:'s)?(?:\ssequencing)?|direct\ssequencing|pyrosequencing|bidirectional\ssequencing|cobas\b"
        r"|Idylla\b|RACE\b",
    ),
    (
        "NGS",
        r"NGS\b|(?:next|second|third)[\s-]{1,2}gen(?:eration)?[\s-]{1,2}sequencing"
        r"|(?:massive(?:ly)?\sparallel|high[\s-]throughput|deep|targeted|whole[\s-]{1,2}(?:exome"
        r"|genome|transcriptome)|exome|genome|transcriptome|panel|gene|genomic|RNA|DNA|tumou?r"
        r"|amplicon)"
        r"[\s-](?:RNA\s|DNA\s|gene\s|panel\s)?sequencing|WES\b|WGS\b|WTS\b|RNA[\s-]?seq(?:uencing)?\b"
        r"|RNAseq\b|whole[\s-](?:genome|exome|transcriptome)\s(?:results?|analysis|reports?|data|profiling)"
        r"|RNA-based\s(?:NGS|panel|sequencing)|(?:comprehensive\s)?genomic\s(?:profiling"
        r"|analysis|testing|sequencing)|CGP\b"
        r"|(?:NGS|DNA|RNA|gene|sequencing|fusion|molecular|genomic|\d{2,3}[\s-]genes?|cancer"
        r"|multi-?gene)[\s-](?:gene\s|fusion\s)?panels?\b|Foundation(?:\s?One\w{0,3}|\sMedicine|ACT)?\b"
        r"|MSK-?\s?IMPACT|F1(?:CDx|L?CDx|H|L)\b|Guardant(?:\s?360)?\b|TSO\s?500|Hartwig|OncoPanel|Oncomine"
        r"|Archer\w{0,8}|TruSight|Caris|Tempus|liquid\sbiops(?:y"
        r"|ies)"
        r"|ctDNA\b|cell[\s-]free\sDNA|cfDNA\b|circulating\stumou?r\sDNA|anchored\smultiplex|nanopore"
        r"|(?:molecular|genetic|mutational)\sprofiling|sequencing\b"
        r"|germ-?line\s(?:gene\s|genetic\s|multi-?gene\s|cancer\s|DNA\s)?panel\b"
        r"|(?<!germline )(?<!histochemical )(?<!histochemistry )(?<!stain )(?<!staining )(?<!stains )"
        r"(?<!metabolic )(?<!viral )(?<!hepatitis )(?<!antibody )(?<!IHC )(?<!lipid )(?<!marker )"
        r"(?<!blood )(?<!liver )"
        r"panel\b(?=\s?(?:[(:]|\d{1,2}[./-]\d|\d{2,3}\sgenes\b|(?:gene\s)?(?:testing|detection|analysis)\b|of\s\d|on\b|showed"
        r"|revealed|detected"
        r"|found|identified|confirmed))",
    ),
    (
        "flow",
        r"flow[\s-]cytometr\w{1,4}|(?-i:Flow)(?=:)|flow\scytometric|FACS\b|immunophenotyp\w{1,6}\sby\sflow",
    ),
    (
        "karyotype",
        r"karyotyp\w{1,4}|G-band\w{0,4}|(?:conventional|classical|chromosom\w{1,3})\s(?:cytogenetics?"
        r"|analysis)|cytogenetic(?:s|\sanalysis|\sstud(?:y|ies)|\sexamination)",
    ),
    (
        "other",
        r"germ-?line(?!\s(?:origin|possible|likely|excluded|not)\b)"
        r"(?!\s(?:(?:gene|genetic|multi-?gene|cancer|DNA)\s)?(?:NGS|panel|WES|WGS|next-gen))"
        r"|serolog\w{1,4}|methylation\s(?:profil\w{1,4}|array|analysis|classifier)|MLPA\b"
        r"|array[\s-]?CGH|aCGH\b|comparative\sgenomic|SNP[\s-]array|microarray|(?:chromogenic|silver"
        r"|RNA|EBER)?[\s-]?in[\s-]situ[\s-]hybridi[sz]ation|[CSD]ISH\b|EBER-?ISH|ISH\b"
        r"|mass\sspectrometry|western\sblot\w{0,4}|NanoString",
    ),
    (
        "unsaid",
        r"molecular(?:[\s-]genetic|\spatholog\w{1,4})?\s(?:analys[ei]s|testing|tests?|stud(?:y|ies)"
        r"|work-?up|examination|diagnostics|evaluation|assays?)|mutation(?:al)?\s(?:analys[ei]s"
        r"|testing|status|screening)|genetic\s(?:analys[ei]s|testing|tests?|stud(?:y|ies)|examination)"
        r"|gene\smutation\stest\w{0,3}",
    ),
    (
        "IHC",
        r"IHC\b|immuno-?histo-?chemi\w{2,7}|immuno-?cyto-?chemi\w{2,7}|immuno-?stain\w{0,4}"
        r"|immuno-?label\w{0,5}|immuno-?reactiv\w{1,4}|immuno-?phenotyp\w{1,6}|immuno-?profil\w{1,3}"
        r"|immuno-?positiv\w{1,4}|immuno-?negativ\w{1,4}|immunoexpression|immunomarkers?"
        r"|immunological\s(?:stains?|markers?)|(?:immuno)?peroxidase"
        r"|(?<!HE )(?<!H&E )(?<!eosin )stain(?:s|ed|ing)?\b|clone\b|antibod(?:y|ies)\b",
    ),
)
METHODS = Table((name, pattern(rf"\b(?:{source})", re.IGNORECASE)) for name, source in _NAMES)
_NOT_IMMUNE = pattern(
    r"(?:hematoxylin|haematoxylin|eosin|H&E|HE|H\.E\.|Giemsa|Gram|trichrome|reticulin|PAS|silver"
    r"|Congo red|Papanicolaou)[\s-]{1,2}(?:\(H&?E\)\s)?$",
    re.IGNORECASE,
)
_LONGEST_QUOTE = 200
_BESIDE = re.compile(
    r"\s?(?:\([A-Za-z-]{2,12}\)\s?)?(?:,|/|\+|&|,?\sand(?:\s(?:by|with|also"
    r"|the))?)?\s?(?:analys[ei]s\s)?(?:and\s)?",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    r"(?:\s(?:was\s|were\s)?(?:positive|negative|detected|confirmed|found|present))?\+?\s?[(\[]\s?(?:by\s)?",
    re.IGNORECASE,
)
_FOUND_BY = re.compile(
    r"(?:\s?\([^()]{1,20}\))?(?:\s(?:fusion|rearrangement|transcript|mutation|gene|variant|was|were|is"
    r"|then|also|again|subsequently|later|found"
    r"|detected|identified|confirmed|seen|shown|demonstrated|proven|revealed|verified|positive|negative)){0,6}"
    r"\s(?:by|using|on|via)\s"
    r"(?:means\sof\s|the\s|an?\s|targeted\s|subsequent\s|additional\s|RNA-based\s|DNA-based\s){0,2}",
    re.IGNORECASE,
)
"""What leads from a finding to its own method: "was then confirmed by RNA sequencing"."""
_BY = re.compile(
    r"\b(?:by|using|with|via|on|through|in)\s(?:means\sof\s|the\s|an?\s|targeted\s|subsequent\s"
    r"|additional\s|tissue\s|tumou?r\s|RNA-based\s|DNA-based\s|RNA\s|DNA\s|IHC\sand\s){0,3}$",
    re.IGNORECASE,
)


def find_methods(view: View) -> list[NamedMethod]:
    """Return the methods that a sentence names, in order; routine stains are none."""
    return view.once("methods", lambda: _find(view))


def _find(view: View) -> list[NamedMethod]:
    out: list[NamedMethod] = []
    for (name, _), match in view.leftmost(METHODS):
        if name == "IHC" and _NOT_IMMUNE.search(
            view.whole[max(view.start, match.start() - 24) : match.start()]
        ):
            continue
        if out and match[0].lower() == "germline" and _is_of_one_gene(view, match.start()):
            continue
        out.append(
            NamedMethod(match.start(), match.end(), "other" if name == "unsaid" else name, name == "unsaid")
        )
    return out


def _is_of_one_gene(view: View, start: int) -> bool:
    """Whether "germline" stands right behind a gene, in a list by another method: "TP53 R175H, RET germline SNP"."""
    return any(0 < start - gene.end <= 2 for gene in view.of("gene"))


def governing_methods(view: View, methods: list[NamedMethod], end: int) -> list[NamedMethod]:
    """Return the methods by which what ends at ``end`` was found, as far as the sentence says.

    The last one named before it counts, with those joined to it ("FISH and RNA-seq"); else one that follows with
    "by" or "using".
    """
    before = [method for method in methods if method.start < end]
    own = next((method for method in methods if method.start >= end), None)
    if own is not None and (
        _FOUND_BY.fullmatch(view.whole, end, own.start) or _IN_BRACKETS.fullmatch(view.whole, end, own.start)
    ):
        return [own]
    if (
        before
        and _LIQUID.match(view.whole, before[-1].start)
        and _TISSUE.search(view.whole, before[-1].end, end)
    ):
        return []
    if before:
        joined = [before[-1]]
        for method in reversed(before[:-1]):
            gap = view.whole[method.end : joined[0].start]
            if len(gap) > 24 or not _BESIDE.fullmatch(gap):
                break
            joined.insert(0, method)
        return joined
    if (
        own is not None
        and own.start - end <= 80
        and _BY.search(view.whole[max(end, own.start - 40) : own.start])
    ):
        return [own]
    return []


_LIQUID = re.compile(r"liquid|ctDNA|cfDNA|cell|circulating", re.IGNORECASE)
_TISSUE = re.compile(
    r"(?:,|;|\b(?:and|but|while|whereas|although))\s(?:(?:the|an?|subsequent|later|repeat)\s){0,2}(?:(?:tissue|tumou?r)\s"
    r"(?:(?:re-?)?biops\w{1,3}|testing|analysis|genotyping|samples?|specimens?|material)|re-?biops\w{1,3})\b",
    re.IGNORECASE,
)
"""What is examined next and is no blood: "a liquid biopsy was negative, but tissue testing revealed"."""


def found_when(view: View, memory: Memory, start: int, end: int) -> Moment:
    """Return when a finding held: of a specimen, the day on which the story stands, not when its report was told."""
    reported = reported_when(view, end)
    if reported is not None:
        return reported
    taken = _IN_A_SPECIMEN.match(view.whole, end, view.end)
    of_it = next((time for time in view.times if taken is not None and time.start == taken.end()), None)
    if of_it is not None and of_it.absolute:
        return of_it.moment
    moment = view.when(start, end)
    if view.governing(start, end) is None and _INHERITED.search(view.whole, view.start, end) is not None:
        lately = _LATELY.search(view.whole, view.start, view.end) is not None
        if moment.open or memory.clock.adrift or lately:
            return Moment(None)
    if moment.open and moment.when is not None:
        drifting = memory.clock.adrift and moment.when == memory.clock.now
        return Moment(moment.when, "inferred", "of the specimen that the story last told of", open=drifting)
    if moment.when is None and view.governing(start, end) is None and memory.clock.now is not None:
        return Moment(memory.clock.now, "inferred", "of the specimen that the story last told of")
    return moment


_INHERITED = re.compile(r"\bgerm-?line\b|\bconstitutional\b", re.IGNORECASE)
"""What is found in the blood of the patient for good, and so in no specimen that the story told of."""
_LATELY = re.compile(
    r"\b(?:(?:last|this|the\spast)\s(?:week|month|Monday|Tuesday|Wednesday|Thursday|Friday)|yesterday|recently|just"
    r"\scome\sback|in\sthe\smeantime)\b",
    re.IGNORECASE,
)
"""A time before the letter, of which the running date of the story says nothing."""
_IN_A_SPECIMEN = re.compile(
    r"(?:\s(?:mutation|fusion|amplification|deletion|variant|rearrangement|alteration|transcript))?"
    r"\s(?:in|from)\s(?:the\s|an?\s|his\s|her\s)?(?:[a-z-]{3,16}\s){0,2}(?:primary|metastasis|relapse|recurrence|specimen"
    r"|biopsy|re-?biopsy|resection|sample|tissue|tumou?r|plasma|blood|ctDNA|aspirate|effusion|node|lesion)"
    r"\s(?:\(|of\s|from\s|taken\s(?:in|on)\s|\((?:of|from)\s)",
    re.IGNORECASE,
)
"""What stands between a finding and the day of the specimen that held it: "KRAS G12D in the primary (May 2020)"."""


def passing_when(view: View, start: int, end: int) -> Moment:
    """Return when something told in passing held: as the sentence says, else not known."""
    governed = view.governing(start, end)
    if governed is not None:
        return governed.moment
    return view.when(start, end) if view.has(_DIAGNOSED) is not None else Moment(None)


_DIAGNOSED = pattern(
    r"\b(?:was|were)\s(?:(?:then|also|finally|thus|therefore)\s)?(?:diagnosed|found|confirmed|established)\b"
    r"|\b(?:biops(?:y|ies)|(?:histo)?patholog(?:y|ical examination)|histology|cytology|aspirat(?:e|ion)|specimen)\b"
    r"[^.;]{0,50}?\s(?:confirmed|revealed|showed|demonstrated|established|disclosed|yielded)\b",
    re.IGNORECASE,
)
"""What makes that which is told in passing a finding of the day: "carcinoma with BRAF V600E was diagnosed"."""


def told_from(view: View, methods: list[NamedMethod], start: int, end: int) -> int:
    """Return where the words begin that tell a finding: at its method, where that stands shortly before.

    Not where the finding has a day of its own in a later statement: "NGS on 3 May showed X; on 9 June Y was found".
    """
    governing = [method for method in methods if method.start < end]
    if not governing or not 0 <= start - governing[-1].start <= _LONGEST_QUOTE:
        return start
    first, _ = view.statement(start)
    named = governing[-1]
    parted = [match.end() for match in _NEXT.finditer(view.whole, named.end, max(named.end, start))]
    first = max(first, *parted, named.start)
    later = first > named.start and any(
        time.absolute
        and (first <= time.start < start or _ITS_DAY.fullmatch(view.whole, end, time.start))
        and _OF_A_REPORT.search(view.whole, max(first, time.start - 30), time.start) is None
        for time in view.times
    )
    apart = any(t.absolute and named.end <= t.start and t.end <= start for t in view.times) and any(
        t.absolute and _AT_ONCE.fullmatch(view.whole, end, t.start) for t in view.times if t.start > end
    )
    return start if later or apart else named.start


_AT_ONCE = re.compile(r"\s(?:mutation\s|fusion\s|rearrangement\s|amplification\s)?(?:in|on)\s")
"""What leads from a finding to a day of its own, where another one stands before it."""


_ITS_DAY = re.compile(r"[^\n;:.]{0,30}")
"""What stands between a finding and its own day: "a MET amplification was found on 9 June"."""
_OF_A_REPORT = re.compile(
    r"\b(?:report\w{0,3}|answer|results?|issued|received|signed(?:\sout)?)\b[^;.]{0,14}$", re.IGNORECASE
)
_NEXT = re.compile(r",\s(?:but|while|whereas|although)\s")


def is_later(view: View, when: When | None, before: list[When | None]) -> bool:
    """Whether a finding is certainly of a later day than all before: a new test, not the old one told again."""
    if isinstance(when, DateInterval):
        return all(isinstance(b, DateInterval) and b.compare(when) == "before" for b in before)
    if isinstance(when, Offset) and view.times:
        return all(isinstance(b, Offset) and b.days < when.days for b in before)
    return False


def is_molecular(methods: list[NamedMethod], memory: Memory) -> bool:
    """Whether genes, not their products, are spoken of: by the methods of the sentence, else by the last one named."""
    if methods:
        return any(method.method not in ("IHC", "flow") for method in methods)
    return memory.method not in (None, "IHC", "flow")


def remember_method(methods: list[NamedMethod], memory: Memory) -> None:
    """Let the next sentences know which method was named last."""
    if methods and not (methods[-1].unsaid and memory.method not in (None, "IHC", "flow")):
        memory.method = methods[-1].method
    sequenced = [m.method for m in methods if not m.unsaid and m.method not in ("IHC", "flow")]
    if sequenced:
        memory.molecular = sequenced[-1]
        memory.sequenced = next((m for m in reversed(sequenced) if m in ("NGS", "PCR")), memory.sequenced)
