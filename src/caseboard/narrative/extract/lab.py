"""Laboratory values told in prose and in lists: "GOT = 145 U/L", "CA 19-9 had risen to 3,940 U/mL", "Hb 13.9 g/dL".

An analyte is followed by its value over a short stretch of words that say no more than how high it is. Several
analytes may share their values ("AST and ALT were 41 and 38 U/L"), one analyte may have several values, each with
its date. Tables are read by ``lab_table``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Lab
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import hypothetical, of_someone_else
from caseboard.narrative.extract.lab_chains import values_in_turn, with_day_of_list
from caseboard.narrative.extract.lab_columns import read_by_date, read_flattened, read_flattened_rows
from caseboard.narrative.extract.lab_later import follows, later_values, level_again, moment_of
from caseboard.narrative.extract.lab_links import link_by_any_words, links
from caseboard.narrative.extract.lab_shares import share_before
from caseboard.narrative.extract.lab_slashes import PARTS, values_of_slashes
from caseboard.narrative.extract.lab_table import read_table_line
from caseboard.narrative.lab_values import (
    DecimalSign,
    LabValue,
    decimal_sign,
    read_limits,
    read_value,
    unit_beside_limits,
)
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import Pattern, Table, pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View
from caseboard.terms.labs import canonical_unit, plausible

__all__ = ["extract"]

_CLOSED = frozenset({"plan", "family", "allergies", "medication"})
_PER = re.compile(r"/\s?m?(?:mol|g)\s$")
_THOUSANDS = re.compile(r"K/(?:[uµμ]|mc)?[Ll]\b|K/mm")
_UNITS_OF = re.compile(r"\b\d{1,2}\s?(?:units?|bags?|pools?|u)\s(?:of\s)?(?:packed\s)?$", re.IGNORECASE)
"""What is transfused, not measured: "2 units RBC"."""
_POOLED = re.compile(r"\s?(?:x\s?)?\d{1,2}\s?(?:pools?|units?|bags?|u)\b(?!/)", re.IGNORECASE)
"""What makes the name of platelets that of a transfusion: "platelets 1 pool"."""
_ARROW = re.compile(r"\s?(?:→|->|-->|>)\s?")
"""What leads from one value to the next, of which only the last is that of the time told."""
_RESPECTIVELY = re.compile(r"\s?,?\s?respectively\b", re.IGNORECASE)
_LIST_GAP = re.compile(
    r"[)\]]?(?:\s?[(\[][^()\[\]\d]{1,40}[)\]])?(?:\s|,|/|;|&|\band\b|\bor\b|\bserum\b|\bboth\b|\bthe\b"
    r"|\blevels?\b){1,6}",
    re.IGNORECASE,
)
_NEXT_VALUE = re.compile(
    r"\s{0,2}(?:,|;|and|/|→|->|then|,\sand|to)\s{0,2}(?:then\s)?(?=[<>≤≥~]?\s?\d)",
    re.IGNORECASE,
)
_DATE_AFTER = re.compile(r"\s{0,2}(?:[(\[][^()\[\]]{4,30}[)\]]|(?:on|in)\s[^,;.()]{4,24})")
_FROM_BEFORE = re.compile(
    r"(?:\s|\b(?:was|were|had|has|have|been|levels?|counts?|values?|fell|fallen|falling|dropped|declined"
    r"|decreased|decreasing|reduced|rose|risen|rising|increased|improved|down|up|went|changed"
    r"|recovered|climbed|crept|jumped|soared|doubled|normali[sz]ed|came|come"
    r"|gone|moved|again|further|now|plummeted|[a-z]{4,12}ly)\b){1,6}from\s(?:about |approximately )?",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:\s(?:in|on|at|before|prior to|pre-?treatment|pre-?operatively|initially)\b[^,;.()]{0,30}?"
    r"(?=\s(?:to|down to|up to)\s))?"
    r"\s{0,2}(?:[(\[][^()\[\]]{1,30}[)\]])?\s?(?:,?\s?(?:and\s)?(?:then\s)?(?:to|down to|up to)|→"
    r"|->)\s(?:about |approximately |a (?:nadir|peak|maximum|minimum|normal value) of )?",
    re.IGNORECASE,
)
_WITH_VALUE = (
    r"(?:\s\(?(?:of\s)?(?:grade|G|gr\.?)\s?(?:[1-4]|I{1,3}|IV)\)?)?(?:\s?(?:[(\[]|of\s|\bat\s|:\s?)|\s(?=\d))(?:(?:grade"
    r"|G)\s?[1-4],?\s?;?\s?)?"
    r"(?:(?:nadir|minimum|lowest|count|peak|maximum),?\s(?:of\s|was\s|value\s)?)?(?=[<>≤≥]?\s?\d)"
)
_CYTOPENIAS: Table[tuple[str, Pattern]] = Table(
    (analyte, pattern(rf"\b{word}{_WITH_VALUE}", re.IGNORECASE))
    for analyte, word in (
        ("neutrophils", r"(?:neutropa?eni[ac]|agranulocytosis)"),
        ("platelets", r"thrombocyto(?:pa?eni[ac]|sis)"),
        ("WBC", r"(?:leu[ck]o(?:cyto)?pa?eni[ac]|leu[ck]ocytosis)"),
        ("hemoglobin", r"ana?emi[ac]"),
        ("lymphocytes", r"lympho(?:cyto)?pa?enia"),
        ("total bilirubin", r"hyperbilirubina?emia"),
        ("calcium", r"hyp(?:er|o)calca?emia"),
        ("sodium", r"hyp(?:er|o)natra?emia"),
        ("potassium", r"hyp(?:er|o)kala?emia"),
        ("phosphate", r"hyp(?:er|o)phosphata?emia"),
        ("albumin", r"hypoalbumina?emia"),
        ("glucose", r"hyp(?:er|o)glyca?emia"),
        ("triglycerides", r"hypertriglycerida?emia"),
    )
)  # fmt: skip
_NEEDS = Needs("lab", patterns=[written for _, written in _CYTOPENIAS])
_BOUND = re.compile(
    r"\b(?:if|unless|until|once|when|threshold|cut-?off|criteria|required?|requires|limit of normal|targets?|goal|aim"
    r"|literature"
    r"|(?:upper|lower) limits? (?:of normal )?(?:for|of)"
    r"|(?<!within )(?<!within the )(?<!outside )(?<!outside the )(?<!\bin )(?<!in the )(?<!out of )(?<!above"
    r" )(?<!above the )"
    r"(?<!below )(?<!below the )normal range"
    r"|reference range(?!\s*$)(?!\s[A-Z][A-Za-z0-9-]{1,14}\s*$))\b[^.;)\]]{0,60}$",
    re.IGNORECASE,
)
_TO_BE_DONE = pattern(
    r"[^.;\d]{0,24}\b(?:reduce|hold|stop|pause|interrupt|withhold|omit|start|give|recheck|repeat|restart|resume)\b",
    re.IGNORECASE,
)
"""What makes a value with a sign one at which something is to be done: "with cholesterol > 500 mg/dl reduce"."""
_MEASURED_THEN = re.compile(r"\s(?:was|were|had)\b")
"""What tells that "when" is no condition: "in May, when ALT was 38 U/L"."""
_OTHER_VALUE = re.compile(
    r"\b(?:previous(?:ly)?|prior|prev\.?|formerly)\s(?:[a-z]{2,12}\s){0,2}$",
    re.IGNORECASE,
)


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the laboratory values of a sentence or of a line of a table."""
    if view.section in _CLOSED or (view.retold and not _of_a_table(view)):
        return
    in_table = view.sentence.opens or memory.table_times or memory.table_analytes
    if not in_table and not view.holds(_NEEDS) and not follows(view, memory.last_lab):
        return
    if memory.decimal_sign is None:
        memory.decimal_sign = decimal_sign(view.whole)
    for draft in _all(view, memory, memory.decimal_sign):
        if isinstance(draft.fact, Lab):
            memory.last_lab = (draft.fact.analyte, draft.fact.unit, view.end)
        if not _told_again(view, memory, draft):
            yield draft


def _told_again(view: View, memory: Memory, draft: Draft) -> bool:
    """Whether a value has been told before of the same day, or a table outside the case repeats it."""
    fact, when = draft.fact, draft.moment.when
    if not isinstance(fact, Lab):
        return False
    earlier = memory.told_labs.setdefault((fact.analyte, fact.value), set())
    exact = isinstance(when, DateInterval) and when.exact
    again = bool(earlier) and (
        (exact and when in earlier)
        or (
            view.retold
            and not (exact and all(isinstance(one, DateInterval) and one.exact for one in earlier))
        )
    )
    earlier.add(when)
    return again


_LONGEST_TITLE = 400
_LONGEST_TABLE = 2000
"""Characters from a table's title to its last line."""
_OF_OTHERS = pattern(
    r"\b(?:reported|published|literature|previous|cases|reviews?|authors?|studies|trials?)\b", re.IGNORECASE
)
"""What the title of a table of other patients says."""
_TABLE = pattern(r"\bTable\s(?:S?\d{1,2}|[IVX]{1,4}\b)")
_AT_FIRST = pattern(
    r"\b(?:presentation|admission|baseline|initial|at diagnosis|first visit)\b", re.IGNORECASE
)


def _of_a_table(view: View) -> bool:
    """Whether a sentence is a table that ran into its title, or a line of one below its title.

    "Table 1: Values on admission. Hb 10.4 g/dL ..."
    """
    if view.section != "legend":
        return False
    values = next((lab.start for lab in view.of("lab")), view.end)
    for first in (view.start, _line_of(view), _paragraph_of(view)):
        if _TABLE.match(view.whole, first) is not None:
            return not _OF_OTHERS.search(view.whole, first, min(values, first + _LONGEST_TITLE))
    return False


def _line_of(view: View) -> int:
    return view.whole.rfind("\n", max(0, view.start - _LONGEST_TITLE), view.start) + 1


def _paragraph_of(view: View) -> int:
    """Return where the paragraph of a sentence begins, as far as that is near enough for a table."""
    low = max(0, view.start - _LONGEST_TABLE)
    return max(low, view.whole.rfind("\n\n", low, view.start) + 2)


def _all(view: View, memory: Memory, sign: DecimalSign) -> Iterator[Draft]:
    """Yield the values of a line of a table, or else of a sentence."""
    rows = read_table_line(view, memory)
    if rows is None:
        rows = read_by_date(view, memory, sign)
    if rows is None:
        flattened = read_flattened(view, sign) or read_flattened_rows(view, sign)
        rows = iter(flattened) if flattened else None
    if rows is not None:
        yield from rows
        return
    for draft in (
        *with_day_of_list(view, list(_prose(view, sign))),
        *_named_by_disorder(view, sign),
        *_again(view, memory, sign),
    ):
        if any(time.start < draft.end <= time.end for time in view.times):
            continue  # the year of a date is no value
        if view.retold and not view.times:
            first = memory.clock.presented if view.has(_AT_FIRST) else None
            draft.moment = (
                Moment(first, "resolved", "the table's title") if first is not None else Moment(None)
            )
        yield draft


def _prose(view: View, sign: DecimalSign) -> Iterator[Draft]:
    labs = [lab for lab in view.of("lab") if not _glued(view, lab) and not _of_a_unit(view, lab)]
    if not labs:
        return
    group: list[Mention] = []
    reached = view.start
    for index, named in enumerate(labs):
        lab = named
        if lab.start < reached:
            continue
        if (special := _specially(view, lab, labs[index:], sign, alone=not group)) is not None:
            group, (drafts, reached) = [], special
            yield from drafts
            continue
        stop = next((other.start for other in labs[index + 1 :] if other.start >= lab.end), view.end)
        gap = view.whole[group[-1].end : lab.start] if group else ""
        if group and group[-1].key == lab.key and gap.strip() in ("", "(", ","):
            lab = msgspec.structs.replace(lab, start=group.pop().start)
        elif group and not _is_list_gap(gap):
            group = []
        if lab.key == _DIRECT and _TOTAL_AND.search(view.whole, max(view.start, lab.start - 12), lab.start):
            group = [msgspec.structs.replace(lab, key="total bilirubin")]
        group.append(lab)
        values = _values(view, lab, stop, sign)
        if not values:
            continue
        pairs = _shared(view, group, values)
        if len(group) == 1 and pairs[-1][2] is values[-1]:
            pairs += [(lab, lab.key, later) for later in later_values(view, values[-1], stop, sign)]
        group = []
        told = [value for _, _, value in pairs]
        for mention, named_as, value in pairs:
            analyte = _of_the_fluid(view, named_as)
            if _counts(view, mention, analyte, value):
                yield _draft(view, mention, analyte, value, sign, told)
        reached = max(value.end for _, _, value in pairs)


def _specially(
    view: View, lab: Mention, labs: list[Mention], sign: DecimalSign, *, alone: bool
) -> tuple[list[Draft], int] | None:
    """Return the values told in a form of their own, and where that ends: a share, between slashes, in turn."""
    if (share := share_before(view, lab, sign)) is not None:
        told = _draft(view, msgspec.structs.replace(lab, start=share.start), lab.key, share, sign, [share])
        return [told], lab.end
    if slashed := values_of_slashes(view, labs, sign):
        values = [value for _, value in slashed]
        drafts = [
            _draft(view, msgspec.structs.replace(lab, key=key), key, value, sign, values)
            for key, value in slashed
            if _counts(view, lab, key, value)
        ]
        return drafts, values[-1].end
    stop = next((other.start for other in labs[1:] if other.start >= lab.end), view.end)
    if alone and (chain := values_in_turn(view, lab, stop, sign)):
        return list(_in_turn(view, lab, chain, sign)), chain[-1][0].end
    return None


_DIRECT = "direct bilirubin"
_TOTAL_AND = re.compile(r"\btotal\s?(?:and|/|&)\s?$", re.IGNORECASE)
"""What leaves out the noun of the first of two: "total and direct bilirubin were 2.1 and 1.4"."""


def _in_turn(
    view: View, lab: Mention, chain: list[tuple[LabValue, Moment]], sign: DecimalSign
) -> Iterator[Draft]:
    """Yield values of one analyte that are told one after the other, each with its own time."""
    for value, moment in chain:
        draft = _draft(view, lab, lab.key, value, sign, [value])
        draft.moment = moment
        yield draft


def _again(view: View, memory: Memory, sign: DecimalSign) -> Iterator[Draft]:
    """Yield the value of the analyte that the sentence before told, where this one only says "it"."""
    value = level_again(view, memory.last_lab, sign) if not view.of("lab") else None
    if value is not None and memory.last_lab is not None:
        mention = Mention(view.start, view.start, "lab", memory.last_lab[0])
        if _counts(view, mention, mention.key, value):
            yield _draft(view, mention, mention.key, value, sign, [value])


_SPINAL_FLUID = pattern(r"\b(?:CSF|LP|[Cc]erebrospinal|[Ll]umbar puncture|[Ll]iquor|[Ss]pinal fluid)\b")
_OF_SPINAL_FLUID = {"total protein": "CSF protein", "glucose": "CSF glucose"}


def _of_the_fluid(view: View, analyte: str) -> str:
    """Return the analyte in the spinal fluid where the sentence tells what was found there."""
    return _OF_SPINAL_FLUID.get(analyte, analyte) if view.has(_SPINAL_FLUID) is not None else analyte


def _glued(view: View, mention: Mention) -> bool:
    """Whether the name goes on without a space, so that it is another name: ``ESR`` in "ESR1"."""
    return (
        view.whole[mention.end : mention.end + 1].isalnum()
        or view.whole[mention.start - 1 : mention.start].isalnum()
    )


def _of_a_unit(view: View, mention: Mention) -> bool:
    """Whether the name is part of a unit, or of what is given: "142 mmol/mol creatinine", "platelets 2 units"."""
    return (
        _PER.search(view.whole, max(view.start, mention.start - 8), mention.start) is not None
        or _THOUSANDS.match(view.whole, mention.start, view.end) is not None
        or _UNITS_OF.search(view.whole, max(view.start, mention.start - 24), mention.start) is not None
        or (mention.key == "platelets" and _POOLED.match(view.whole, mention.end, view.end) is not None)
    )


def _is_list_gap(gap: str) -> bool:
    return len(gap) < 60 and bool(_LIST_GAP.fullmatch(gap))


def _values(view: View, lab: Mention, stop: int, sign: DecimalSign) -> list[LabValue]:
    """Return the values that follow an analyte, in order; a value that it came "from" counts only with its date."""
    text = view.whole
    came_from = _FROM_BEFORE.match(text, lab.end, stop)
    if came_from is not None:
        latest = _last_of_course(text, came_from.end(), stop, sign)
        first = read_value(text, came_from.end(), stop, sign)
        if first is not None and not _is_dated(view, first.end):
            first = None
        return [value for value in (first, latest) if value is not None]
    value = None
    for link in links(view, lab, stop):
        value = read_value(text, link, stop, sign) if _IN_A_ROW.search(text, lab.end, link) is None else None
        if value is not None:
            break
    if value is None:
        value = _told_by_its_unit(view, lab, stop, sign)
    if value is not None and _CHANGED_BY.search(text, lab.end, value.start):
        to = _TO.match(text, value.end, stop)  # what it changed by is no value, what it changed to is one
        value = read_value(text, to.end(), stop, sign) if to is not None else None
    if value is None:
        return []
    values = [value]
    while len(values) < 12:
        step = _NEXT_VALUE.match(text, values[-1].end, stop)
        if step is None:
            dated = _past_date(view, values[-1].end, stop)
            step = _NEXT_VALUE.match(text, dated, stop) if dated is not None else None
        following = read_value(text, step.end(), stop, sign) if step else None
        if following is None:
            break
        values.append(following)
    return values


def _past_date(view: View, end: int, stop: int) -> int | None:
    """Return the place behind the date, or the brackets, right behind a value; the commas of a date do not end it."""
    match = _DATE_AFTER.match(view.whole, end, stop)
    if match is None:
        return None
    return max([match.end(), *(time.end for time in view.times if time.start < match.end() <= time.end)])


_CHANGED_BY = re.compile(r"\bby\s(?:about\s|approximately\s|almost\s|nearly\s)?$", re.IGNORECASE)
"""What makes a number the height of a change: "haemoglobin fell by 3 g/dL"."""
_IN_A_ROW = re.compile(r"\b(?:day|cycle|week|month|course|visit|grade)\s$", re.IGNORECASE)
"""What makes a number one of a row, and no value: "leucocytes on day 12 of cycle 1"."""


def _told_by_its_unit(view: View, lab: Mention, stop: int, sign: DecimalSign) -> LabValue | None:
    """Return the number that any words lead to from an analyte, if it has a unit in which this is given."""
    link = link_by_any_words(view, lab, stop)
    value = read_value(view.whole, link, stop, sign) if link is not None else None
    if value is None or value.unit is None or canonical_unit(value.unit) is None:
        return None
    return value


def _is_dated(view: View, end: int) -> bool:
    """Whether a date stands right behind what ends at ``end``, in brackets or with its preposition."""
    return any(view.whole[end : time.start].strip() in ("(", "[", "in", "on") for time in view.times)


def _last_of_course(text: str, position: int, stop: int, sign: DecimalSign) -> LabValue | None:
    """Return the last value of "from 34 to 890 and then to 1200 U/mL"; None where there is only one."""
    value = read_value(text, position, stop, sign)
    latest = None
    while value is not None:
        after = _TO.match(text, value.end, stop)
        value = read_value(text, after.end(), stop, sign) if after else None
        latest = value or latest
    return latest


def _shared(view: View, group: list[Mention], values: list[LabValue]) -> list[tuple[Mention, str, LabValue]]:
    """Hand the values out: one each to several analytes, or all of them to the last analyte."""
    last = group[-1]
    parts = PARTS.get(last.key)
    if parts and len(values) == 1 and values[0].unit:  # a ratio has no unit: both are that high
        return [(last, part, values[0]) for part in parts]
    if parts and len(values) >= len(parts):
        return [
            (last, part, value) for part, value in zip(parts, _one_unit(values[: len(parts)]), strict=True)
        ]
    if len(group) > 1 and len(values) >= len(group):
        shared = _one_unit(values[: len(group)])
        return [(mention, mention.key, value) for mention, value in zip(group, shared, strict=True)]
    if len(values) > 1 and _RESPECTIVELY.match(view.whole, values[-1].end, view.end):
        return [(last, last.key, value) for value in _one_unit(values)]
    if _each_dated(values):
        return [(last, last.key, value) for value in values]
    arrows = all(_ARROW.fullmatch(view.whole, one.end, other.start) for one, other in pairwise(values))
    return [(last, last.key, values[-1] if arrows else values[0])]


def _one_unit(values: list[LabValue]) -> list[LabValue]:
    """Give values that share the unit of the last one ("41 and 38 U/L") that unit."""
    unit = values[-1].unit
    return [value if value.unit else msgspec.structs.replace(value, unit=unit) for value in values]


def _each_dated(values: list[LabValue]) -> bool:
    """Whether every value but the last has a date after it: the gap between two values is more than a comma."""
    return all(later.start - value.end > 8 for value, later in pairwise(values))


def _counts(view: View, mention: Mention, analyte: str, value: LabValue) -> bool:
    """Whether a number after an analyte is its measured value in this patient."""
    if not plausible(analyte, value.value, value.unit):
        return False
    before = view.whole[max(view.start, mention.start - 80) : mention.start]
    between = view.whole[mention.end : value.start]
    bound = _BOUND.search(before)
    if _DIFFERENCE.search(before) and between.strip() in ("of", "by"):
        return False
    if _TAKEN.match(view.whole, value.end, view.end):
        return False
    if _LIMITS_OF.search(between) and _TO_LIMIT.match(view.whole, value.end, view.end):
        return False
    if view.whole[value.start] in "<>≤≥" and _TO_BE_DONE.match(view.whole, value.end, view.end):
        return False
    if (
        bound and not (bound[0].lower().startswith("when") and _MEASURED_THEN.match(between))
    ) or _OTHER_VALUE.search(before):
        return False
    if value.unit is None and (
        _stained(view, mention) or (len(between) > 30 and not re.search(r"[=\d]", between))
    ):
        return False
    return not (
        hypothetical(view, mention.start, value.end) or of_someone_else(view, mention.start, value.end)
    )


_DIFFERENCE = re.compile(
    r"\b(?:fall|drop|rise|increase|decrease|decline|reduction|change|difference)\s(?:in|of)\s(?:the\s|his\s|her\s)?$",
    re.IGNORECASE,
)
"""What makes a number behind an analyte that of its change: "a fall in haemoglobin of 3 g/dL"."""
_TAKEN = re.compile(
    r"\s?(?:IU|units?)?\s?(?:(?:once|twice|three\stimes)\s(?:a\sday|daily|weekly)|daily|a\sday|per\sday|orally|p\.?o\.?\b|od\b"
    r"|bd\b|bid\b|tds\b)",
    re.IGNORECASE,
)
"""What makes a number behind a name that of a dose: "vitamin D 800 IU daily"."""


_LIMITS_OF = re.compile(r"\b(?:normal|reference|ref\.?|range|limits?|interval)\s?[(\[:]\s?$", re.IGNORECASE)
_TO_LIMIT = re.compile(r"(?:\s?[A-Za-z%/µ²0-9.]{1,8})?\s?(?:[-–—]|to)\s?\d")
"""What makes a number the lower of two limits: "ALT was within the normal range (10-40 U/L)"."""


def _stained(view: View, mention: Mention) -> bool:
    """Whether the analyte's name is, or begins, the name of a marker ("CK 7", "AFP +")."""
    return any(marker.start <= mention.start and marker.end > mention.end for marker in view.of("marker"))


def _draft(
    view: View, mention: Mention, analyte: str, value: LabValue, sign: DecimalSign, told: list[LabValue]
) -> Draft:
    start = mention.start if value.start - mention.end < 110 and _first(view, mention, value) else value.start
    limits = read_limits(view.whole, value.end, view.end, sign)
    remarks = (
        (f"written as {value.comparator} {value.value:g}",)
        if value.comparator in ("<", ">", "≤", "≥", "<=", ">=")
        else ()
    )
    if value.rewritten:
        remarks = (f"written as {view.whole[value.start : value.end]}",)
    fact = Lab(
        id="",
        source=NOWHERE,
        patient=view.patient,
        analyte=analyte,
        value=value.value,
        unit=value.unit or (unit_beside_limits(view.whole, value.end, limits) if limits else None),
        lower_limit=limits.lower if limits else None,
        upper_limit=limits.upper if limits else None,
        remarks=remarks,
    )
    opened = view.whole[start : value.start].count("(") > view.whole[start : value.start].count(")")
    end = value.end + (opened and view.whole[value.end : value.end + 1] == ")")
    return Draft(fact, start, end, moment_of(view, start, value, told))


def _first(view: View, mention: Mention, value: LabValue) -> bool:
    """Whether no other number stands between an analyte and its value; a day is none."""
    position = mention.end
    for time in view.times:
        if position <= time.start and time.end <= value.start:
            if re.search(r"\d", view.whole[position : time.start]):
                return False
            position = time.end
    return not re.search(r"\d", view.whole[position : value.start])


def _named_by_disorder(view: View, sign: DecimalSign) -> Iterator[Draft]:
    """Yield values given with the name of what they show: "neutropenia (780/µL)"; they need a unit."""
    named = view.rows(_CYTOPENIAS)
    if not named or not any(part in view.text for part in ("emi", "peni", "cyto")):
        return
    for analyte, written in named:
        for match in view.find(written):
            value = read_value(view.whole, match.end(), view.end, sign)
            if value is None or value.unit is None or not plausible(analyte, value.value, value.unit):
                continue
            mention = Mention(match.start(), match.start(), "lab", analyte)
            if not (
                hypothetical(view, match.start(), value.end)
                or of_someone_else(view, match.start(), value.end)
            ):
                yield _draft(view, mention, analyte, value, sign, [value])
