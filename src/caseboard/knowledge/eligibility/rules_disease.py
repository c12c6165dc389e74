"""What texts ask of the disease: measurable lesions, brain metastases, other malignancies, extent and stage."""

from __future__ import annotations

import re

from caseboard.knowledge.eligibility.rule import Rule, asked, by_pattern
from caseboard.knowledge.trial_shapes import Requirement

__all__ = ["RULES"]

_MEASURABLE = re.compile(
    r"\b(?:(?:≥ ?1|at least (?:one|1)|one or more|1 or more|an?)(?: \(1\))? )?(?:(?:radiographically"
    r"|radiologically|clinically) )?"
    r"(?P<what>(?:un|non-?)?measurable(?: (?:or|and/or) (?:evaluable|assessable))?|evaluable)(?:"
    r" target| tumou?r| extracranial| \(target\))*"
    r" (?:disease|lesions?|tumou?rs?|target)(?:\(s\))?",
    re.IGNORECASE,
)


def read_measurable(match: re.Match[str]) -> Requirement | None:
    """Read "at least one measurable lesion per RECIST 1.1"; "evaluable" asks for less."""
    what = match["what"].casefold()
    if what.startswith(("un", "non")):
        return None
    return asked(
        "measurable", level="evaluable" if "evaluable" in what or "assessable" in what else "measurable"
    )


_STATES = (
    r"(?:active|untreated|symptomatic|uncontrolled|unstable|progressive|progressing|unresolved|severe"
    r"|new|treated|stable|controlled"
    r"|asymptomatic|previously treated)"
)
_CNS = re.compile(
    rf"\b(?P<state>(?:{_STATES}(?:,? ?(?:and/or|or|and|,) ?| ))*)(?:known |clinically )?(?P<state2>(?:{_STATES} )?)"
    r"(?:(?:brain|CNS|cerebral|intracranial)(?: \(CNS\))?(?: or (?:brain|CNS|leptomeningeal))? "
    r"(?:metasta(?:s[ie]s|tic (?:disease|lesions?))"
    r"|involvement|lesions?))(?: \(CNS\))?",
    re.IGNORECASE,
)
_MENINGES = re.compile(
    r"\b(?:(?:leptomeningeal|meningeal) (?:disease|metastas[ie]s|carcinomatosis|spread|involvement"
    r"|metastatic disease)"
    r"|carcinomatous meningitis|cancer(?:ous)? meningitis|(?:carcinomatosis meningitis))\b",
    re.IGNORECASE,
)
_SITES = re.compile(
    r"\b(?P<site>liver|hepatic|bone|lung|pulmonary|visceral|peritoneal|adrenal) metastas[ie]s\b",
    re.IGNORECASE,
)


def read_brain(match: re.Match[str]) -> Requirement:
    """Read "brain metastases", and whether they are to be active, untreated, symptomatic or the like."""
    state = " ".join(f"{match['state']} {match['state2']}".split()).strip(" ,").casefold()
    return asked("metastases", site="brain", state=state)


def read_meninges(match: re.Match[str]) -> Requirement:
    """Read "leptomeningeal disease"."""
    return asked("metastases", site="meninges", words=match[0])


def read_site(match: re.Match[str]) -> Requirement | None:
    """Read "liver metastases"."""
    site = {"hepatic": "liver", "pulmonary": "lung"}.get(match["site"].casefold(), match["site"].casefold())
    return None if site in {"visceral", "lung"} else asked("metastases", site=site)


_OTHER_CANCER = re.compile(
    r"\b(?:history of |presence of |known |active |any |a |had |have |has |diagnosis of |prior "
    r"|previous |concurrent |concomitant )*"
    r"(?:other|another|second(?:ary)?|additional|second primary|different|concurrent|concomitant)(?: \w+)?"
    r" (?:active |primary |invasive |malignant )*(?:malignanc(?:y|ies)|cancers?|tumou?rs?|neoplasms?)"
    r"(?: (?:disease|diseases))?(?:,? (?:previously|(?:within|in|during) (?:the )?(?:last |past "
    r"|previous |≤ ?)?(?P<years>\d{1,2}|five|three|two) years"
    r"(?: (?:prior to|before|of) [^.;,()]{3,60})?))?",
    re.IGNORECASE,
)


def read_other_cancer(match: re.Match[str]) -> Requirement:
    """Read "history of other malignancy within 5 years"."""
    return asked("other cancer", years=match["years"])


_STAGE = r"(?:0|IV[A-C]?|I{1,3}[A-C]?\d?|[1-4][A-C]?)(?!\w)"
_EXTENT = (
    r"(?:locally[- ](?:advanced|recurrent)|local advanced|advanced|metastatic|unresectable|inoperable"
    r"|recurrent|relapsed|refractory"
    rf"|late[- ]stage|stages? ?{_STAGE}(?:\s?(?:-|/|,|or|and|to|, or)\s?(?:stages? )?{_STAGE})*(?:\("
    rf"(?:[^()]{{1,20}})\))?)"
)
_EXTENTS = re.compile(
    rf"\b(?P<all>{_EXTENT}(?:\s?\(?(?:,|/|or|and/or|and|-|, or)?\s?(?:an? )?{_EXTENT}\)?){{0,5}})"
    rf"(?![\w])(?: (?:disease|setting))?",
    re.IGNORECASE,
)
_ONE_EXTENT = re.compile(_EXTENT, re.IGNORECASE)


def read_extent(match: re.Match[str]) -> Requirement | None:
    """Read "locally advanced or metastatic", "stage IIIB/IV", "unresectable": any one of them."""
    words = match["all"]
    found = [" ".join(one.casefold().split()) for one in _ONE_EXTENT.findall(words)]
    stages: list[str] = []
    for one in found:
        if one.startswith("stage"):
            read = _stages(one)
            if read is None:
                return None
            stages.extend(read)
    others = [one.replace("-", " ") for one in found if not one.startswith("stage")]
    # "Unresectable and metastatic" asks for both; a list with no OR of two words is read as both too.
    joined = "any" if re.search(r"\bor\b|/", words) else ("all" if len(others) > 1 else "any")
    return asked(
        "extent", words="|".join(others), stages="|".join(dict.fromkeys(stages)), join=joined, told=words
    )


_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "0": 0, "1": 1, "2": 2, "3": 3, "4": 4}


def _stages(text: str) -> list[str] | None:
    """Return the stages that a text names: "stage IIIB/IV", "stages I-III"; a span has all between."""
    plain = re.sub(r"\([^()]*\)|stages?", " ", text, flags=re.IGNORECASE).upper()
    tokens = re.findall(r"(IV|I{1,3}|[0-4])([A-C]?)\d?|(-| TO )", plain)
    out: list[str] = []
    span = False
    for number, letter, to in tokens:
        if to:
            span = True
            continue
        stage = f"{_ROMAN[number]}{letter}"
        if span and out:
            out.extend(str(between) for between in range(int(out[-1][0]) + 1, int(stage[0])))
        out.append(stage)
        span = False
    return out or None


RULES: tuple[Rule, ...] = (
    Rule("disease.measurable", ("measurable", "evaluable"), by_pattern(_MEASURABLE, read_measurable)),
    Rule("disease.meninges", ("mening",), by_pattern(_MENINGES, read_meninges)),
    Rule(
        "disease.brain metastases", ("brain", "cns", "cerebral", "intracranial"), by_pattern(_CNS, read_brain)
    ),
    Rule("disease.metastases of a site", ("metastas",), by_pattern(_SITES, read_site)),
    Rule(
        "disease.other cancer",
        ("malignan", "cancer", "tumor", "tumour", "neoplasm"),
        by_pattern(_OTHER_CANCER, read_other_cancer),
    ),
    Rule(
        "disease.extent",
        ("advanced", "metastatic", "unresect", "inoperable", "recurrent", "relapsed", "refractory", "stage"),
        by_pattern(_EXTENTS, read_extent),
    ),
)
