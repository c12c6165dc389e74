"""What texts ask of earlier treatment: never, at least once, how many lines, how long ago; by drug, class or kind."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from caseboard.knowledge.eligibility.rule import Found, Rule, asked
from caseboard.knowledge.trial_shapes import Requirement
from caseboard.terms import drugs

__all__ = ["RULES"]

_NAMED_CLASSES: tuple[tuple[str, str], ...] = (
    ("class:platinum", r"platinum(?:-| )?(?:based|containing)?(?: doublet)?(?: (?:chemotherapy|regimen|therapy|doublet"
                       r"|compounds?))+|platinum"),
    ("class:taxane", r"taxanes?"),
    ("class:anthracycline", r"anthracyclines?"),
    ("class:PD-1 or PD-L1",
     r"(?:anti-?)?PD-?\(?L?\)?1(?: ?(?:/|or|and/or|,|and)\s?(?:anti-?)?PD-?L?-?1)+(?: (?:inhibitors?"
                            r"|antibod(?:y|ies)|agents?|blockade"
     r"|therapy|monoclonal antibod(?:y|ies)|drugs?))*|(?:anti-?)PD-?L?1(?: (?:inhibitors?|antibod(?:y"
     r"|ies)|agents?|therapy))*"
     r"|PD-?L?1 (?:inhibitors?|antibod(?:y|ies)|blockade)"),
    ("class:checkpoint",
     r"immune checkpoint (?:inhibitors?|blockade)(?: therapy)?(?: \(ICIs?\))?|checkpoint inhibitors?"
                         r"|ICIs?\b|immuno-?therapy"),
    ("class:CTLA-4", r"(?:anti-?)?CTLA-?4(?: (?:inhibitors?|antibod(?:y|ies)))?"),
    ("class:PARP inhibitor", r"PARP inhibitors?"),
    ("class:antibody-drug conjugate", r"antibody[- ]drug conjugates?"),
    ("target", r"(?P<target>ALK|ROS1|EGFR|HER2|RET|MET|BRAF|MEK|FGFR|N?TRK|KRAS(?: G12C)?|VEGFR?|KIT|MDM2|CDK4/6"
               r"|mTOR)(?:[- ](?:targeted|directed))?"
     r"[- ]?(?:tyrosine kinase inhibitors?|TKIs?|inhibitors?|kinase inhibitors?)(?: \(?TKIs?\)?)?(?: "
     r"(?:therapy|treatment))?"),
    ("class:tyrosine kinase inhibitor", r"tyrosine kinase inhibitors?(?: \(TKIs?\))?|TKIs?\b"),
    ("class:chemotherapy", r"(?:systemic |cytotoxic |palliative )*chemo-?therap(?:y|ies|eutics?)(?: regimens?)?"),
    ("systemic", r"(?:systemic|anti-?\s?(?:cancer|tumou?r|neoplastic)|antineoplastic)(?: (?:systemic|anti-?\s?"
                 r"(?:cancer|tumou?r|neoplastic)|antineoplastic|drug))*"
     r" (?:therap(?:y|ies)|treatments?|regimens?|agents?)"),
    ("radiotherapy", r"(?:thoracic |palliative |local |definitive |chest )*(?:radiotherapy|radiation therapy"
                     r"|radiation)"),
    ("surgery", r"major surg(?:ery|ical procedures?|ical operation)"),
)  # fmt: skip
_CLASS = "|".join(f"(?:{re.sub(r'[?]P<[a-z]+>', '?:', source)})" for _, source in _NAMED_CLASSES)
_DRUG = r"[A-Za-z][A-Za-z0-9]{4,30}"
_THERAPY = re.compile(rf"(?<![\w-])(?P<what>(?:{_CLASS}))(?!\w|-(?!na[iï]ve|pre))", re.IGNORECASE)
_DRUG_WORD = re.compile(rf"(?<![\w-]){_DRUG}(?!\w)")
_KINDS = tuple((name, re.compile(source, re.IGNORECASE)) for name, source in _NAMED_CLASSES)

_BEFORE = re.compile(
    r"(?P<had>\b(?:(?:have|has|had|having) )?(?:(?:previous(?:ly)?|prior|earlier|any|received"
    r"|receiving|receipt of|treated|treatment|therapy|with|an?|the"
    r"|undergone|exposure to|been|failed|failure (?:of|on)|progress(?:ed|ion|ing)|disease|after|on"
    r"|following|or|during|ever|use of|who|at least|≥ ?1|≥|one|1|line|lines of"
    r"|of|course of|kind of|≥ one|patients|subjects) ?)+)?$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:previous|prior|previously|received|receipt|treated|undergone|exposure|progress\w+|fail\w+"
    r"|naive|naïve|history|ever)\b",
    re.IGNORECASE,
)
_PROGRESSED = re.compile(r"\b(?:progress\w+|fail\w+|refractory|resistan\w+)\b", re.IGNORECASE)
_WASHOUT = re.compile(
    r"(?:[^.;()]{0,30}?)?\s?(?:within|in|during|less than|<|≤)\s?(?:the )?(?:last |past |previous |≤"
    r" ?|< ?)?(?P<number>\d{1,3}|two|three|four|six)(?: |-)?"
    r"(?P<unit>days?|weeks?|months?|years?)(?: \(\d+ \w+\))?(?: or 5 half-lives)?(?: (?:prior to"
    r"|before|of|preceding) (?:the )?(?:[a-z-]+ ){0,4}?(?:start|initiation|dose"
    r"|enrol?lment|registration|randomi[sz]ation|treatment|therapy|entry|inclusion|screening|study"
    r"|drug|administration)(?: of (?:the )?(?:study )?(?:treatment|therapy|drug))?)?",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r" (?:for|in|of) (?:the |this |their |an? )?(?:treatment of )?(?P<setting>(?:locally )?"
    r"(?:advanced|metastatic|recurrent|unresectable|stage|adjuvant|neo-?adjuvant"
    r"|current|this|lung|palliative|first-line)[^.;,()]{0,60})",
    re.IGNORECASE,
)
_NAIVE = re.compile(
    r"\b(?:systemic )?(?:treatment|therapy|chemotherapy|chemo)-?\s?na[iï]ve\b|\b(?:previously"
    r"|systemically) untreated\b|\buntreated(?= (?:(?:locally )?advanced|metastatic|unresectable"
    r"|recurrent|patients|subjects|NSCLC|disease))"
    r"|\bpreviously untreated systematically\b",
    re.IGNORECASE,
)
_LINES = re.compile(
    r"(?P<sign>[≥≤<>]|\b(?:at least|no more than|not more than|up to|more than|maximum of)|\bonly"
    r"|\bexactly)?\s?(?P<number>\b(?:one|two|three|four|1|2|3|4))"
    r"(?: \(\d\))?(?P<more> or (?:more|fewer|less))? (?:(?:prior|previous|earlier) )?(?:lines?"
    r"|regimens?)(?: or regimens?)?"
    r"(?: of)?(?: (?:prior|previous|systemic|anti-?cancer|anti-?tumou?r|palliative|cytotoxic|drug))*"
    r"(?: (?:therap(?:y|ies)|treatments?|regimens?|chemotherapy))?"
    r"|(?P<sign2>[≥≤<>]|\b(?:at least|no more than|not more than|up to|more than))\s?(?P<number2>\b"
    r"(?:one|two|three|four|1|2|3|4))(?: \(\d\))?"
    r" (?:prior|previous)(?: (?:systemic|anti-?cancer|lines? of|palliative))* (?:therap(?:y|ies)"
    r"|treatments?|regimens?|lines?)",
    re.IGNORECASE,
)
_COUNTS = {"one": "1", "two": "2", "three": "3", "four": "4", "six": "6"}
_SIGNS = {
    "≥": ">=", "≤": "<=", "<": "<", ">": ">", "at least": ">=", "no more than": "<=", "not more than": "<=",
    "up to": "<=",
    "maximum of": "<=", "more than": ">", "only": "==", "exactly": "==",
}  # fmt: skip


def find_naive(text: str) -> Iterator[Found]:
    """Find "treatment-naive", "previously untreated": no systemic therapy was ever given."""
    for match in _NAIVE.finditer(text):
        setting = _SETTING.match(text, match.end())
        of = "class:chemotherapy" if match[0].casefold().startswith("chemo") else "systemic"
        end = setting.end() if setting else match.end()
        told = asked("therapy", of=of, name=match[0], setting=setting["setting"] if setting else None)
        yield match.start(), end, Requirement(told.kind, told.terms, negated=True)


def find_lines(text: str) -> Iterator[Found]:
    """Find how many lines of therapy are asked for: "at least one prior line of systemic therapy"."""
    for match in _LINES.finditer(text):
        sign = (match["sign"] or match["sign2"] or "").casefold()
        number = (match["number"] or match["number2"]).casefold()
        more = (match["more"] or "").casefold()
        told = _SIGNS.get(sign) or (">=" if "more" in more else "<=" if more else "")
        if not told:
            continue
        setting = _SETTING.match(text, match.end())
        end = setting.end() if setting else match.end()
        yield (
            match.start(), end,
            asked("lines", limit=f"{told} {_COUNTS.get(number, number)}",
                  setting=setting["setting"] if setting else None),
        )  # fmt: skip


def find_therapy(text: str) -> Iterator[Found]:
    """Find earlier treatment with a drug, a class or a kind: given before, or within a time before enrolment.

    Treatment that is named without any word of the past ("planned radiotherapy") is not read.
    """
    carried = 0
    for start, end, of, name in sorted(_named(text)):
        lead = _BEFORE.search(text[max(start - _LEAD, 0) : start])
        led = lead["had"] or "" if lead else ""
        washout = _WASHOUT.match(text, end)
        tail = _TAIL.match(text, end)
        listed = bool(carried) and _LISTED.fullmatch(text[carried:start]) is not None
        past = listed or bool(_PAST.search(led)) or (tail is not None and bool(_PAST.search(tail[0])))
        if not past and washout is None:
            continue
        begin = start if listed else start - len(led)
        if not listed and _FUTURE.search(text[max(begin - 40, 0) : start]):
            continue
        stop = tail.end() if tail is not None else end
        washout = _WASHOUT.match(text, stop)
        setting = _SETTING.match(text, stop)
        if washout is not None:
            number = _COUNTS.get(washout["number"].casefold(), washout["number"])
            yield (
                begin,
                washout.end(),
                asked("washout", of=of, name=name, within=f"{number} {washout['unit'].casefold()}"),
            )
            continue
        stop = setting.end() if setting else stop
        carried = stop
        ended = "progressed" if _PROGRESSED.search(led) else None
        told = asked(
            "therapy", of=of, name=name, ended=ended, setting=setting["setting"] if setting else None
        )
        naive = tail is not None and "na" in tail[0].casefold() and "ve" in tail[0].casefold()[-2:]
        yield begin, stop, Requirement(told.kind, told.terms, negated=naive)


_LEAD = 120
_LISTED = re.compile(r"\s?(?:,|/|,?\s?(?:and/or|and|or))\s?", re.IGNORECASE)
"""What stands between the drugs of a list, of which the first is said to have been given."""
_FUTURE = re.compile(
    r"\b(?:to be|to receive|to undergo|will|plan\w*|scheduled|going to|about to|intend\w*|candidates?"
    r"|suitable|eligible|currently|concurrent|concomitant|ongoing"
    r"|may|can|require\w*|need\w*|refus\w+|declin\w+|unsuitable|contraindicat\w*|adequate|intolerant)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[- ](?:treatment|therapy))?[- ](?:pre-?treated|na[iï]ve|(?:was|were|has been|had been|have"
    r" been) (?:previously )?(?:received|given|administered))\b",
    re.IGNORECASE,
)


def _named(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield the classes and drugs that a text names: where, what (``class:...``, ``drug:...``), and the words."""
    taken: list[tuple[int, int]] = []
    for match in _THERAPY.finditer(text):
        of = _what(match["what"])
        if of is not None:
            taken.append(match.span())
            yield match.start(), match.end(), of, match[0]
    for match in _DRUG_WORD.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        agent = _agent(match[0])
        if agent is not None:
            yield match.start(), match.end(), f"drug:{agent}", match[0]


def _what(words: str) -> str | None:
    for name, pattern in _KINDS:
        found = pattern.fullmatch(words)
        if found is not None:
            return f"target:{found['target'].upper()}" if name == "target" else name
    return None


@functools.lru_cache(maxsize=65536)
def _agent(word: str) -> str | None:
    if not drugs.looks_like_a_drug(word):
        return None
    found = drugs.vocabulary().lookup(word)
    return found.term.key if found is not None and found.term.role == "antineoplastic" else None


RULES: tuple[Rule, ...] = (
    Rule("therapy.lines", ("line", "regimen", "prior", "previous"), find_lines),
    Rule(
        "therapy.before",
        (
            "prior", "previous", "received", "receipt", "treated", "undergone", "exposure", "progress", "fail", "naive",
            "naïve", "within", "during", "history", "ever",
        ),
        find_therapy,
    ),
    Rule("therapy.never", ("naive", "naïve", "untreated"), find_naive),
)  # fmt: skip
