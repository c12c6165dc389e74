"""Conflicts: statements of the source that contradict each other, found by general rules.

Conflicts of time are in ``conflicts_time``, and what is missing rather than contradicted in ``gaps``; ``conflicts``
asks them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from caseboard.assess.conflicts_time import TIME_RULES
from caseboard.assess.findings import Finding
from caseboard.assess.gaps import GAP_RULES
from caseboard.assess.germline import is_of_germline
from caseboard.assess.ground import Ground, GroundRule, finding, ground_of
from caseboard.assess.ledger import reading_of_result
from caseboard.assess.passages import sentence, span_of
from caseboard.assess.results import Course
from caseboard.assess.sources import cite
from caseboard.assess.tumor_classes import names_entity
from caseboard.assess.tumour import tumour_code
from caseboard.assess.view import symbols_of
from caseboard.assess.written import site_written
from caseboard.case.case import Case
from caseboard.case.facts import Demographics, Diagnosis, Lab, Lesion, Response, Test
from caseboard.terms import labs as lab_terms
from caseboard.terms import tumors

__all__ = ["conflicts", "rule_names"]

_RATIO = re.compile(r"([\w .-]{1,40}?)\s?/\s?([\w .-]{1,40}?)(?: (?:ratio|quotient|index))?")
_FROM_TO = re.compile(
    r"\bfrom\s+(\d{1,4}(?:\.\d{1,2})?)\s?(mm|cm)?\s+to\s+(\d{1,4}(?:\.\d{1,2})?)\s?(mm|cm)?"
    r"[^.;\n]{0,60}?[(\s−–-](\d{1,3}(?:\.\d)?)\s?%"
)
_SAME_PATIENT_YEARS = 5.0
_REPORTS = re.compile(
    r"\b(?:we|authors?)\s+(?:here\s+|herein\s+)?(?:report|present|describe)|\bthis\s+(?:case|patient)\b"
    r"|\bour\s+(?:case|patient)\b",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(\d{1,3})[\s-]{1,2}(?:years?|yrs?)[\s-]{1,2}old\b(?:[\s,]+(?:[A-Za-z-]{1,20}\s){0,4}?(man|male|boy|woman|female|girl|lady)\b)?"
    r"|\b(man|male|boy|woman|female|girl)\s(?:of|aged)\s(\d{1,3})\b",
    re.IGNORECASE,
)
_SEXES = {"man": "male", "boy": "male", "woman": "female", "girl": "female", "lady": "female"}
_REFERENCE = re.compile(r"[(\[]\d{1,3}(?:[,–-]\s?\d{1,3})*[)\]]")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])|\n")
_LONGEST_SENTENCE = 700
_SHORTEST_AGE = len("9 yr old")
_AGE_REMARK = re.compile(r"age\b", re.IGNORECASE)
_SMALL_NODE_MM = 10.0
_OLDEST_INFANT = 2.0
_NO_CORRECTION = ("age", "margin", "written as")
"""Remarks that begin so tell more of a fact, and correct nothing."""


def conflicts(case: Case, course: Course, *, others: tuple[float, ...] = ()) -> tuple[Finding, ...]:
    """Return the conflicts and gaps of a case of one patient, weightiest first.

    ``others`` are the ages of the other patients of the same document, so that theirs are not taken for this one's.
    """
    ground = ground_of(case, course, others)
    found = [one for _, rule in _RULES for one in rule(ground)]
    order = {"critical": 0, "warning": 1, "note": 2, "info": 3}
    return tuple(sorted(found, key=lambda one: order[one.level]))


def rule_names() -> tuple[str, ...]:
    """Return the name of every rule about conflicts and gaps."""
    return tuple(name for name, _ in _RULES)


def two_ages(ground: Ground) -> Iterator[Finding]:
    """Yield the ages that the source gives one patient beside the one taken."""
    told = ground.case.of(Demographics)
    first = next((fact for fact in told if fact.age_years is not None), None)
    if first is None or first.age_years is None:
        return
    ages = {fact.age_years for fact in told if fact.age_years is not None} - {first.age_years}
    ages |= set(_ages_elsewhere(ground, first))
    remarks = [text for text in (*ground.case.remarks, *first.remarks) if _AGE_REMARK.match(text)]
    if first.age_years < _OLDEST_INFANT or (not ages and not remarks):
        return
    said = " and ".join(f"{age:g}" for age in sorted(ages)) or "another age"
    what = f"The patient is {first.age_years:g} years old where the case is told, and {said} elsewhere in the source."
    yield finding("conflict.two_ages", what, tuple(fact.id for fact in told), detail="; ".join(remarks))


def _ages_elsewhere(ground: Ground, own: Demographics) -> Iterator[float]:
    """Yield other ages of the same patient: before the case is told, or in a sentence that reports this case.

    A cited patient is of another sex, or of quite another age, or stands in a sentence with a number of reference.
    """
    found = span_of(ground.case, own)
    if found is None or own.age_years is None or own.age_years < _OLDEST_INFANT:
        return
    text, span = found
    start = 0
    for end in chain((match.end() for match in _SENTENCE_END.finditer(text)), [len(text)]):
        if end - start < _SHORTEST_AGE:
            start = end
            continue
        stop = min(end, start + _LONGEST_SENTENCE)
        words = text[start:stop]
        outside = not start <= span.start < end
        if outside and (end <= span.start or _REPORTS.search(words)) and not _REFERENCE.search(words):
            for told in _AGED.finditer(words):
                age, noun = float(told[1] or told[4]), (told[2] or told[3] or "").lower()
                other_sex = noun and own.sex and _SEXES.get(noun, noun) != own.sex
                if (
                    not other_sex
                    and age not in ground.others
                    and 0.5 < abs(age - own.age_years) <= _SAME_PATIENT_YEARS
                ):
                    yield age
        start = end


def corrected(ground: Ground) -> Iterator[Finding]:
    """Yield each remark that reading left on a fact: a gene symbol or a drug's name corrected, a date supposed."""
    remarks: dict[str, list[str]] = {}
    for fact in ground.case.facts:
        for remark in fact.remarks:
            if not remark.startswith(_NO_CORRECTION):
                remarks.setdefault(remark, []).append(fact.id)
    for remark, ids in remarks.items():
        what = f"Noted in reading: {remark.rstrip('.')}."
        yield finding("conflict.corrected_in_reading", what, tuple(ids))


def ratio(ground: Ground) -> Iterator[Finding]:
    """Yield a stated ratio of two laboratory values that the two values, told beside it, do not give."""
    for place, fact in enumerate(ground.case.facts):
        parts = _RATIO.fullmatch(fact.analyte) if isinstance(fact, Lab) else None
        if not isinstance(fact, Lab) or parts is None:
            continue
        above = _nearest(ground, place, fact, parts[1])
        below = _nearest(ground, place, fact, parts[2])
        if above is None or below is None or not below.value:
            continue
        digits = len(repr(fact.value).partition(".")[2]) if fact.value % 1 else 0
        real = above.value / below.value
        if abs(real - fact.value) > 0.5 * 10**-digits + 1e-9:
            what = (
                f"{fact.analyte} is given as {fact.value:g}, but {above.value:g} / {below.value:g} "
                f"is {real:.{max(digits, 2)}f}."
            )
            yield finding("conflict.ratio", what, (fact.id, above.id, below.id))


def _nearest(ground: Ground, place: int, stated: Lab, name: str) -> Lab | None:
    """Return the value of an analyte told nearest to the ratio, at most four facts away and of the same time."""
    known = lab_terms.lookup(name.strip())
    key = known.term.key if known else name.strip()
    for distance in range(1, 5):
        for at in (place - distance, place + distance):
            if 0 <= at < len(ground.case.facts):
                fact = ground.case.facts[at]
                if isinstance(fact, Lab) and fact.analyte == key and fact.when == stated.when:
                    return fact
    return None


def percent_change(ground: Ground) -> Iterator[Finding]:
    """Yield a stated percentage of change that the two sizes in the same sentence do not give."""
    seen: set[str] = set()
    for fact in ground.case.facts:
        found = _FROM_TO.search(sentence(ground.case, fact)) if isinstance(fact, Lesion | Response) else None
        if found is None or found[0] in seen:
            continue
        seen.add(found[0])
        if _ANOTHER_SIZE.search(found[0], found.end(3) - found.start(), found.start(5) - found.start()):
            continue  # behind several sizes it is the change of their sum, or of the last
        before, after, said = float(found[1]), float(found[3]), float(found[5])
        if found[2] and found[4] and found[2] != found[4]:
            before, after = (before * 10, after) if found[2] == "cm" else (before, after * 10)
        if not before:
            continue
        real = 100 * (after - before) / before
        if abs(abs(real) - said) > 1.0:
            unit = found[4] or found[2] or ""
            what = f"A change of {said:g} % is stated, but from {before:g} to {after:g} {unit} it is {real:+.0f} %."
            yield finding("conflict.percent_change", what, (fact.id,))


_ANOTHER_SIZE = re.compile(r"(?<![\d.,])\d[\d.,]*\s?(?:[cm]m\b|to\b|->|→)(?:(?!%).)*\d", re.DOTALL)


def complete_response_with_lesion(ground: Ground) -> Iterator[Finding]:
    """Yield a complete response, or no evidence of disease, stated while a lesion is measured at the same time."""
    days = ground.clock.days
    seen: dict[tuple[int, int], list[Lesion]] = {}
    for lesion in ground.case.of(Lesion):
        small_node = "node" in lesion.site and min(lesion.diameters_mm, default=0.0) < _SMALL_NODE_MM
        measured = lesion.state == "present" and lesion.diameters_mm and lesion.modality != "pathology"
        if measured and not small_node and lesion.id in days:
            seen.setdefault(days[lesion.id], []).append(lesion)
    for response in ground.case.of(Response):
        if response.category not in ("CR", "NED") or response.id not in days:
            continue
        if response.modality == "pathological":
            continue  # of the specimen: what was measured that day was measured before it was taken out
        for lesion in seen.get(days[response.id], ()):
            what = (
                f"{response.category} is stated ({ground.when(response)}), but {site_written(lesion.site)} still "
                f"measures {max(lesion.diameters_mm):g} mm at that time."
            )
            ids, cited = (response.id, lesion.id), cite(("recist11",), ground.case.cutoff)
            rule = "conflict.complete_response_with_lesion"
            yield finding(rule, what, ids, level="warning", citations=cited)


def two_final_diagnoses(ground: Ground) -> Iterator[Finding]:
    """Yield two different final diagnoses of one time of which neither is a kind of the other."""
    final = [fact for fact in ground.case.of(Diagnosis) if fact.status == "final"]
    for one, other in pairwise(final):
        codes = tumour_code(one), tumour_code(other)
        if not names_entity(one) or not names_entity(other):
            continue
        if codes[0] and codes[1] and tumors.related(codes[0], codes[1]) != "other":
            continue
        if one.term == other.term or one.when is None or one.when != other.when:
            continue
        what = f"Two final diagnoses at one time ({ground.when(one)}): {one.term}, and {other.term}."
        yield finding("conflict.two_final_diagnoses", what, (one.id, other.id), level="warning")


def discordant_tests(ground: Ground) -> Iterator[Finding]:
    """Yield two tests of one gene or marker with opposite results."""
    read: dict[str, dict[str, Test]] = {}
    for test in ground.case.of(Test):
        name = next(iter(symbols_of(test.target))) if len(symbols_of(test.target)) == 1 else test.target
        result = reading_of_result(test.result)
        for group in _compared_as(ground, test, name, result):
            read.setdefault(group, {}).setdefault(result, test)
    for results in read.values():
        one, other = results.get("positive"), results.get("negative")
        if one is None or other is None or _is_of_another_part(one, other):
            continue
        what = (
            f"{one.target}: {one.result} by {one.method} ({ground.when(one)}), {other.result} by "
            f"{other.method} ({ground.when(other)}); specimen, method or time may explain it."
        )
        yield finding("conflict.discordant_tests", what, (one.id, other.id))


def _compared_as(ground: Ground, test: Test, name: str, result: str) -> tuple[str, ...]:
    """Return under which names a test is held against others: what a tumour acquired is not in the blood."""
    if not is_of_germline(ground.case, test):
        return (name,)
    inherited = f"{name} germline"
    return (inherited,) if result == "negative" else (name, inherited)


def _is_of_another_part(positive: Test, negative: Test) -> bool:
    """Whether a negative test speaks of what the positive one does not name: an exon, or a mutation beside a fusion."""
    if _JOINED.search(positive.source.quote) and not _JOINED.search(negative.source.quote):
        return _MUTATED.search(negative.source.quote) is not None
    return not _parts(negative) <= _parts(positive)


def _parts(test: Test) -> set[str]:
    """Return the exons and variants that the words of a test name beside its gene."""
    gene = re.escape(test.target)
    named = rf"(?<=\b{gene}\s){_PART}|\b{_FURTHER}(?=\s{gene}\b)"
    return {part.casefold() for part in re.findall(named, test.source.quote)}


_JOINED = re.compile(
    r"::|fusion|rearrang|transloc|break-?\s?apart|\b[A-Z0-9]{2,9}-[A-Z][A-Z0-9]{2,8}\b", re.IGNORECASE
)
_MUTATED = re.compile(r"mutat|variant|wild|kinase domain|sequenc", re.IGNORECASE)
_PART = r"(?:exons?\s\d{1,2}|codons?\s\d{1,4}|p?\.?[A-Z]\d{2,4}[A-Z*]\b)"
_FURTHER = r"(?:secondary|further|additional|other|resistance)"


_RULES: tuple[tuple[str, GroundRule], ...] = (
    ("conflict.two_ages", two_ages),
    ("conflict.corrected_in_reading", corrected),
    ("conflict.ratio", ratio),
    ("conflict.percent_change", percent_change),
    ("conflict.complete_response_with_lesion", complete_response_with_lesion),
    ("conflict.two_final_diagnoses", two_final_diagnoses),
    ("conflict.discordant_tests", discordant_tests),
    *TIME_RULES,
    *GAP_RULES,
)
