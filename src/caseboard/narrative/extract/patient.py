"""Who the patient is, when first seen, and whether the text says the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseboard.case.dates import DateInterval, Offset
from caseboard.case.facts import Demographics
from caseboard.narrative.births import birth_of
from caseboard.narrative.clock import Moment
from caseboard.narrative.date_style import DateStyle
from caseboard.narrative.document import Sentence
from caseboard.narrative.extract.first_seen import age_on, dates_of, first_of_course, of_now, told_of_then
from caseboard.narrative.extract.who_came import comes, presents
from caseboard.narrative.kin_words import KIN, SPOUSES
from caseboard.narrative.memory import NOWHERE, Draft
from caseboard.narrative.patterns import pattern
from caseboard.narrative.people import Person, Sex, find_people, sex_of_organs
from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.narrative.which_patient import Place, introduced

__all__ = ["demographics", "other_ages"]

_BESIDE = 60
"""Within how many characters behind the verb of presenting its date stands."""
_REVIEWED = pattern(r"\b(?:I|we) (?:reviewed|saw|have seen|had the pleasure)\b|\btoday\b", re.IGNORECASE)
_AGE_THEN = pattern(
    r"\b(?:(?:then )?aged?(?: of)?|then|when (?:s?he|the patient) was|at(?: the age of)?|being)[ :]{1,2}"
    r"(?P<years>\d{1,2})"
    r"(?:\s?(?:years?|yrs?|y)\b)?(?:(?:,?\sand)?\s(?P<months>\d{1,2})\s?(?:months?|mos?)\b)?"
    r"(?:\sat (?:that|the) time|\sat (?:diagnosis|presentation))?(?=[\s,.;:)\]]|$)"
    r"(?![.,]\d|\s?(?:mm|cm|mg|%|months|weeks|days|°|gy|of\b|o['’]?\s?clock|hours|[ap]\.?m\b"
    r"|[-–]?\s?(?:pack|cigar|units?|drinks?|points?|beats|bpm|mmhg|k?g\b|m?l\b|cycles?|fractions?|min|times?\b|per\b)))",
    re.IGNORECASE,
)
"""An age told beside a date: "when she was 45", "(age 45)", "(at 61)"."""
_BESIDE_RELATIVE = re.compile(rf"\b(?:{KIN}|{SPOUSES})s?\b", re.IGNORECASE)
_WAS_WHEN = re.compile(r"(?:s?he|the patient)\swas\s(?:then\s|just\s|only\s)?\d{1,3}\swhen$", re.IGNORECASE)
"""An age of the day of which the sentence tells: "she was 16 when she walked into our clinic"."""
_AT_FIRST = re.compile(
    r"(?:\s?(?:y\.?/?\s?o\.?|years?(?: old)?|yrs?(?: old)?))?[\s,(]{0,2}(?:at (?:the time of )?(?:diagnosis|dx\b"
    r"|presentation|first|1st|onset|registration|referral)"
    r"|when (?:s?he was |the patient was )?(?:(?:first|1st|initially)\s)?"
    r"(?:seen|diagnosed|referred|presented|admitted|met)\b"
    r"|when (?:(?!(?:I|we|now|today)\b)[\w'’-]{1,16} ){1,4}(?:first |initially )?(?:saw|sent|referred|met|diagnosed"
    r"|noticed"
    r"|presented|came|attended|consulted|felt|found)\b)",
    re.IGNORECASE,
)
_AN = re.compile(r"\b[Aa]n?\s(?:[a-z-]{3,14}\s){0,2}$")
_CAME_ON = re.compile(
    r"\s(?:(?:initially|first)\s)?(?:presented|came|attended|was\s(?:first\s)?(?:admitted|seen|diagnosed))\b"
    rf"[^.;]{{0,60}}?\b(?:on|in)\s(?:\d|{MONTH_BEGINS})",
    re.IGNORECASE,
)
"""What makes an age that of the first visit in a letter too: "a 50-year-old man presented on 17 June 2021"."""
_AGE_AT = re.compile(r"age at (?!death)", re.IGNORECASE)
_MID_YEAR = 6
_TO_FIRST_VISIT = 60
"""Days from the first complaint to the first visit, of which the age is told."""
_SOON = 4
"""Sentences after the introduction within which the first visit is told, where it tells only what was before."""
_DAYS_OF_A_YEAR = 365.25
_AGE_SLACK = 0.6
"""Years by which two statements of one age may differ before they are told apart: rounding, and babies in weeks."""


def _age_labelled(text: str, stretch: Sequence[Sentence]) -> float | None:
    """Return the age in years that a form gives behind its label: "Sex: M  Age: 50", on whatever line of its head."""
    start = max(0, stretch[0].start - _FORM)
    found = _LABELLED_AGE.search(text, start, min(len(text), stretch[0].end + _FORM))
    return float(found["age"]) if found is not None else None


_FORM = 240
"""Characters around the first sentence on a patient within which a form tells the age."""
_LABELLED_AGE = re.compile(
    r"(?<![a-z])(?<!gestational )(?<!bone )age(?:\s\(?(?:in\s)?years?\)?)?\s?[:=]\s?"
    r"(?P<age>\d{1,3})(?:\s?(?:years?|yrs?|y)(?:\s?(?:old|/?o))?)?"
    r"(?=\s|[,;.|)]|$)(?!\s?[-–]\s?\d|\s?(?:months?|weeks?|days?|mos?)\b|[.,]\d)",
    re.IGNORECASE,
)


def _introduced_as_first_seen(text: str, person: Person) -> bool:
    """Whether one is introduced, not as one who is known, with the day on which he came."""
    unknown = text.startswith(("A ", "An ", "a ", "an "), person.start) or _AN.search(
        text, max(0, person.start - 40), person.start
    )
    return bool(unknown) and _CAME_ON.match(text, person.end) is not None


def demographics(
    text: str,
    stretch: Sequence[Sentence],
    person: Person | None,
    sex: Sex | None,
    style: DateStyle,
    written: DateInterval | None = None,
) -> Draft | None:
    """Return who the patient of a stretch of sentences is, dated to the first presentation; None if nothing is said.

    ``written`` is the date of a letter: what it says of today is not of the first presentation.
    """
    person, sentence = _person(text, stretch, person)
    birth = birth_of(text, stretch, style)
    if person is None and sex is None and birth is None:
        return None
    presented = _presentation(text, stretch, sentence, style, written)
    now = person.age_years if person else None
    if now is None and (labelled := _age_labelled(text, stretch)) is not None:
        now = labelled
    then = _age_then(text, stretch, style, presented, now)
    if (
        person is not None
        and now is not None
        and (
            _AT_FIRST.match(text, person.end)
            or _AT_FIRST.search(text, person.start, person.end)
            or _AGE_AT.match(text, person.start)
            or _WAS_WHEN.fullmatch(text, person.start, person.end)
            or _introduced_as_first_seen(text, person)
        )
    ):
        then = (now, person.start, person.end)
        presented = presented or _when_first(text, sentence, person, style, written)
    said_at = person or birth or sentence
    start, end = said_at.start, said_at.end
    why = ""
    age = now
    earlier = told_of_then(text, stretch, style, now=now, written=written, born=birth.when if birth else None)
    if earlier is not None and earlier.when == written and earlier.age_years == now:
        earlier = None  # the age of today
    if earlier is not None and (
        presented is None or (earlier.when.last - presented.first).days <= _TO_FIRST_VISIT
    ):
        presented, then = earlier.when, (earlier.age_years, earlier.start, earlier.end)
    elif then is None and (now is not None or birth is not None):
        presented = first_of_course(text, stretch, style, presented, written) or presented
    if then is not None:
        age, start, end = then
    elif presented is not None:
        age, why = _age_at(presented, now, birth.when if birth else None, written)
    said = person.sex if person and person.sex else sex
    concluded = _by_organs(text, stretch) if said is None else None
    if concluded is not None:
        why = f"{why}; {_BY_ORGANS}" if why else _BY_ORGANS
    fact = Demographics(
        id="",
        source=NOWHERE,
        sex=said or concluded,
        age_years=age,
        why=why,
        certainty="inferred" if "about" in why or concluded else "resolved" if why else "stated",
    )
    return Draft(fact, start, end, Moment(presented if presented is not None else Offset(0)))


def _when_first(
    text: str, sentence: Sentence, person: Person, style: DateStyle, written: DateInterval | None
) -> DateInterval | None:
    """Return the date of what an age is told of: "52 when her dentist saw a mass in June 2019, came today"."""
    if not _AT_FIRST.match(text, person.end):
        return None
    for start, when in dates_of(text, sentence, style):
        if start >= person.end:
            own = when != written and _ONE_PHRASE.fullmatch(text, person.end, start) is not None
            return when if own else None
    return None


_ONE_PHRASE = re.compile(r"[^.;,()]{0,90}")
_BY_ORGANS = "sex from the organs told of"


def _by_organs(text: str, stretch: Sequence[Sentence]) -> Sex | None:
    """Return the sex that the patient's own organs show, those of relatives left out."""
    return sex_of_organs(
        text,
        [
            (sentence.start, sentence.end)
            for sentence in stretch
            if sentence.section != "family"
            and not _BESIDE_RELATIVE.search(text, sentence.start, sentence.end)
        ],
    )


def _age_at(
    presented: DateInterval, now: float | None, born: DateInterval | None, written: DateInterval | None
) -> tuple[float | None, str]:
    """Return the age at presentation, and why it is another than the one that is told."""
    told = f"; the text says {now:g} when written" if now is not None else ""
    if born is not None:
        low, high = age_on(born, presented)
        if low == high and now != low:
            return float(low), "age at presentation, from the date of birth" + told
        if high - low == 1 and (now is None or not low <= now <= high):
            counted = _before_writing(presented, now, written)
            likely = high if presented.first.month > _MID_YEAR else low
            likely = int(counted) if counted is not None and low <= counted <= high else likely
            return float(likely), "age at presentation, about, from the year of birth" + told
        return now, ""
    counted = _before_writing(presented, now, written)
    if counted is None:
        return now, ""
    return counted, "age at presentation, about, from the age told when written" + told


def _before_writing(presented: DateInterval, now: float | None, written: DateInterval | None) -> float | None:
    """Return about how old was at presentation who is ``now`` so old; None within a year, when it may be the same."""
    if now is None or written is None:
        return None
    days = (written.first - presented.first).days
    earlier = now - round(days / _DAYS_OF_A_YEAR)
    return earlier if days >= _DAYS_OF_A_YEAR and 0 <= earlier < now else None


def _age_then(
    text: str,
    stretch: Sequence[Sentence],
    style: DateStyle,
    presented: DateInterval | None,
    now: float | None,
) -> tuple[float, int, int] | None:
    """Return the age that is told beside the date of the first presentation, and where; None if there is none."""
    if presented is None:
        return None
    for sentence in stretch:
        match = sentence.has(text, _AGE_THEN)
        if match is None or not any(
            when.compare(presented) in ("same", "maybe") for _, when in dates_of(text, sentence, style)
        ):
            continue
        if _BESIDE_RELATIVE.search(text, max(sentence.start, match.start() - 60), match.start()):
            continue
        age = int(match["years"]) + round(int(match["months"] or 0) / 12, 2)
        if now is None or age < now + 1:
            return age, match.start(), match.end()
    return None


def other_ages(
    text: str, sentences: Sequence[Sentence], places: Sequence[Place], draft: Draft
) -> tuple[str, ...]:
    """Return a remark for each other age that the text gives this patient outside the case (an abstract, a summary)."""
    fact = draft.fact
    if not isinstance(fact, Demographics) or fact.age_years is None:
        return ()
    remarks = []
    for sentence, place in zip(sentences, places, strict=True):
        if place.role == "case" or sentence.start > draft.start:
            continue
        people = list(find_people(text, sentence.start, sentence.end, sentence.cues))
        if len(people) != 1 or people[0].age_years is None or people[0].sex not in (None, fact.sex):
            continue
        gap = abs(people[0].age_years - fact.age_years)
        if _AGE_SLACK < gap <= 3:
            written = " ".join(text[people[0].start : people[0].end].split())
            remarks.append(f"age: {fact.age_years:g} in the case, but {written!r} before it")
    return tuple(remarks)


def _person(text: str, stretch: Sequence[Sentence], person: Person | None) -> tuple[Person | None, Sentence]:
    if person is not None:
        return person, next((s for s in stretch if s.start <= person.start < s.end), stretch[0])
    for sentence in stretch:
        found = introduced(text, sentence)
        if found is not None:
            return found, sentence
    return None, stretch[0]


def _presentation(
    text: str,
    stretch: Sequence[Sentence],
    sentence: Sentence,
    style: DateStyle,
    written: DateInterval | None,
) -> DateInterval | None:
    """Return the date of the sentence that introduces the patient, or of the one that says when first seen."""
    beside = _date_beside(text, stretch, sentence, style)
    if beside is not None and beside != written:
        return beside
    introducing = of_now(text, sentence, dates_of(text, sentence, style))
    introduces = introduced(text, sentence) is not None
    if not introduces:
        introducing = [(start, when) for start, when in introducing if when != written]
    if sentence.has(text, _REVIEWED):
        introducing = []
    elif introducing:
        came = comes(text, sentence)
        later = _soon_after(text, stretch, sentence, style) if introduces and not came else None
        return later or _beside_presenting(text, sentence, introducing)
    elif presents(text, sentence):
        return _came_to_us(text, stretch, sentence, style)
    for other in stretch:
        if other.has(text, _BEGAN) and any(when != written for _, when in dates_of(text, other, style)):
            return None  # what is told to have been found after a treatment began was no first visit
        if other is not sentence and presents(text, other) and not _is_of_a_relative(text, other):
            told = [when for _, when in dates_of(text, other, style) if when != written]
            if told:
                return told[0]
    return None


def _is_of_a_relative(text: str, sentence: Sentence) -> bool:
    """Whether a sentence opens with a relative, who came: "her brother was admitted on 20 May"."""
    return _RELATIVE_CAME.match(text, sentence.start, sentence.end) is not None


_RELATIVE_CAME = re.compile(
    r"(?:his|her|the patient['’]s|one)\s(?:(?:elder|younger|older|late|twin|maternal|paternal)\s)?"
    rf"(?:{KIN}|{SPOUSES})\s(?:was|had|came|presented|attended|has|died)\b",
    re.IGNORECASE,
)
_BEGAN = pattern(
    r"\b(?:was|were)\s(?:then\s)?(?:commenced|started|begun|initiated|instituted)\b"
    r"|,\streated\swith\b[^.;]{3,60}\bfrom\b",
    re.IGNORECASE,
)


def _date_beside(
    text: str, stretch: Sequence[Sentence], sentence: Sentence, style: DateStyle
) -> DateInterval | None:
    """Return the date that stands alone on the line before or behind the one that introduces the patient."""
    at = stretch.index(sentence) if sentence in stretch else 0
    for other in stretch[max(0, at - 1) : at + 2]:
        if other is not sentence and other.end - other.start <= _DATE_ALONE:
            dates = dates_of(text, other, style)
            if (
                len(dates) == 1
                and dates[0][1].days <= _MONTH
                and _NOTHING_ELSE.fullmatch(text, other.start, other.end)
            ):
                return dates[0][1]
    return None


_DATE_ALONE, _MONTH = 20, 31
_NOTHING_ELSE = re.compile(
    r"(?:\d{1,2}\.? )?(?:[A-Z][a-z]{2,8}\.? )?(?:\d{1,2}, )?(?:\d{1,2}[./-]){0,2}(?:19|20)\d\d[.:]?"
)
"""A line that is a date and nothing else."""


def _soon_after(
    text: str, stretch: Sequence[Sentence], sentence: Sentence, style: DateStyle
) -> DateInterval | None:
    """Return the date of the first visit where it is told soon after an introduction that tells what was before."""
    at = stretch.index(sentence) if sentence in stretch else 0
    for other in stretch[at + 1 : at + _SOON]:
        dates = dates_of(text, other, style)
        if dates and comes(text, other, first=True):
            return _beside_presenting(text, other, dates)
    return None


def _came_to_us(
    text: str, stretch: Sequence[Sentence], sentence: Sentence, style: DateStyle
) -> DateInterval | None:
    """Return the date of coming to the authors' hospital where it is told soon after, and nothing was done before."""
    at = stretch.index(sentence) if sentence in stretch else 0
    for other in stretch[at + 1 : at + 1 + _BEFORE_US]:
        if other.has(text, _ACTED):
            return None
        dates = dates_of(text, other, style)
        if dates and other.has(text, _CAME_TO_US):
            return dates[0][1]
    return None


_BEFORE_US = 5
"""Sentences behind the one that introduces the patient in which the way to the authors' hospital is told."""
_CAME_TO_US = pattern(
    r"\b(?:referred|admitted|transferred|presented|came|hospitali[sz]ed|sent)\b[^.;]{0,30}\b(?:our|this)\s"
    r"(?:[a-z]{3,14}\s)?(?:hospital|institut\w{2,4}|department|cent(?:er|re)|clinic|unit|ward|division)\b",
    re.IGNORECASE,
)
_ACTED = pattern(
    r"\b(?:later|thereafter|underwent|operat\w{2,5}|resect\w{2,4}|surgery|[a-z]{3,20}ectomy|treated|chemotherapy"
    r"|radiotherapy|recur\w{3,6}|relapse\w?)\b",
    re.IGNORECASE,
)
"""What makes a later coming another one than the first."""


def _beside_presenting(text: str, sentence: Sentence, dates: list[tuple[int, DateInterval]]) -> DateInterval:
    """Return the date that stands closest behind the verb of presenting, else the first of the sentence."""
    came = comes(text, sentence)
    if came is not None and len(dates) > 1:
        behind = [(start, when) for start, when in dates if 0 <= start - came.end() <= _BESIDE]
        if behind:
            return behind[0][1]
    return dates[0][1]
