"""Adverse events: harm that the report grades, or ascribes to treatment, or tells as a complication."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caseboard.case.dates import DateInterval
from caseboard.case.facts import AdverseEvent
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned
from caseboard.narrative.extract.asserted import asked
from caseboard.narrative.extract.assessed import as_assessed, stands_in_assessment
from caseboard.narrative.extract.changed_later import when_it_led_to
from caseboard.narrative.extract.counselled import is_only_told_of
from caseboard.narrative.extract.courses import INHERITED, has_own_date
from caseboard.narrative.extract.culprits import blamed_behind, culprits
from caseboard.narrative.extract.entries import entry_of, why_it_ended
from caseboard.narrative.extract.graded_labs import (
    HIGH_PRESSURE,
    LONG_QT,
    LOW_EJECTION,
    graded_intervals,
    graded_labs,
    labs_that_led_to_change,
)
from caseboard.narrative.extract.grades import (
    changed_grade,
    grade_number,
    grade_of,
    grades_in_turn,
    toxicity_grades,
)
from caseboard.narrative.extract.harm import TELLS, is_harm
from caseboard.narrative.extract.regimens import group_agents
from caseboard.narrative.extract.tumours_blamed import tumours_blamed
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.other_illness import illnesses, within_other_illness
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View
from caseboard.terms import toxicities

__all__ = ["extract"]
_CARE = pattern(
    r"\b(?:disappearance|resolution|relief|improvement|absence|recovery|normali[sz]ation"
    r"|without|no|(?:investigation|work-?up|evaluation|assessment) (?:of|for)"
    r"|treat(?:ed|ment)? (?:of|for)|prevent\w{0,3}|prophyla\w{2,4}|to (?:treat"
    r"|relieve|reduce|avoid)|risk of|history of|concern\w{0,3}|fear\w{0,2})(?:\s(?:regarding"
    r"|about|over))?\s(?:of |such as |toxicit\w{1,3} |chemotherapy |the |any |further |her "
    r"|his )*$",
    re.IGNORECASE,
)
_NOT_SEEN = pattern(
    r"\b(?:(?:was|were|has been|have been) (?:not|never) (?:observed|seen|noted|encountered|reported|recorded)"
    r"|did not occur)\b",
    re.IGNORECASE,
)
_TOLD_APART = pattern(
    r"[;:.]|\b(?:was|were|is|are|had|has|have|but|while|whereas|which|who|grade|G[1-5]|developed|occurred)\b",
    re.IGNORECASE,
)
"""What stands between two statements, and not in one list: "hypertension, rash and fever were not observed"."""
_NEEDS = Needs("toxicity", "lab", patterns=[LONG_QT, LOW_EJECTION, HIGH_PRESSURE])
_BESIDES = pattern(r"\bco-?morbid\w{0,6}\b[^.;]{0,100}$", re.IGNORECASE)
"""What stands before diseases that the patient has besides the tumour: "comorbidities, including heart failure"."""
_WORRY = pattern(r"\b(?:concerns?|fears?|feared|worr\w{2,4}|risks?)\b[^.;]{0,100}$", re.IGNORECASE)


_OF_GRADE_0 = re.compile(
    r"\s?[:(]?\s?(?:(?:grade|gr\.?|G)\s?)?0(?=[\s,;.)]|$)(?![.,]\d|\s?(?:[x×%/]|mg|of\b))", re.IGNORECASE
)
"""What tells in a list of grades that there was none: "nausea 1, diarrhea 0"."""


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the adverse events of a sentence."""
    if view.retold or view.section in ("family", "allergies", "medication") or not memory.introduced:
        return
    if view.section == "plan":
        assessed = as_assessed(view)
        if assessed is not None:
            yield from (d for d in _told_of(assessed, memory) if stands_in_assessment(assessed, d))
        return
    yield from _told_of(view, memory)


def _told_of(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the adverse events that the words of a sentence tell, wherever it stands."""
    yield from tumours_blamed(view, memory)
    _blame_the_last(view, memory)
    if not view.holds(_NEEDS):
        return
    grades = toxicity_grades(view)
    used: set[int] = set()
    mentions = [
        m
        for m in view.of("toxicity")
        if m.key not in _NO_HARM
        and not _inside_a_lab(view, m, graded=bool(grades))
        and not any(done.start <= m.start and m.end <= done.end for done in view.of("procedure"))
    ]
    turns = grades_in_turn(view, mentions) if grades else {}
    for position, mention in enumerate(mentions):
        if _ruled_out(view, memory, mention) or _OF_GRADE_0.match(view.whole, mention.end, view.end):
            continue
        grade = grade_of(view, mention, mentions, position, grades, used)
        if mention.key == _UMBRELLA and len(mentions) > 1:
            continue
        if (
            grade is None
            and mention.start not in turns
            and (
                _is_apposed(view, mentions, position)
                or _shows_another(view, mentions, position, grades)
                or not is_harm(view, memory, mentions, position, grades)
            )
        ):
            continue
        number, moment = _how_bad_and_when(view, memory, mention, grade, grades)
        number = turns.get(mention.start, number)
        blamed = culprits(view, memory, mention.start, mention.end)
        if number is None and not memory.operated and _is_older_than_treatment(memory, moment):
            continue
        if _told_before(memory, mention, grade, str(moment.when)):
            continue
        term, start, end = _told(view, mentions, position, grade)
        fact = AdverseEvent(
            id="",
            source=NOWHERE,
            patient=view.patient,
            term=term,
            grade=number,
            agents=blamed,
        )
        memory.harm = Draft(fact, start, end, _not_before(memory, fact.agents, moment))
        yield memory.harm
        yield from _worsened(view, memory, mention, fact, grades, used)
    yield from graded_labs(view, memory, grades, used)
    yield from graded_intervals(view, memory, grades, used)
    yield from labs_that_led_to_change(view, memory, grades)


def _blame_the_last(view: View, memory: Memory) -> None:
    """Let what is told right behind an event say which drug did it: "It was attributed to docetaxel"."""
    last = memory.harm
    if last is None or not isinstance(last.fact, AdverseEvent) or view.start - last.end > _RIGHT_BEHIND:
        return
    agents = blamed_behind(view)
    if agents is not None:
        last.fact = msgspec.structs.replace(last.fact, agents=agents)


_RIGHT_BEHIND = 60
"""Characters behind an event within which the next sentence blames it on a drug."""


def _how_bad_and_when(
    view: View, memory: Memory, mention: Mention, grade: re.Match[str] | None, grades: list[re.Match[str]]
) -> tuple[int | None, Moment]:
    """Return the grade of an event and its time; none where the only time told is that of its change."""
    number, moment = changed_grade(view, grade, _when(view, memory, mention, grade))
    if _is_what_it_was(view, mention, grade, grades):
        moment = Moment(None, "inferred", "before the change told")
    return number, moment


def _when(view: View, memory: Memory, mention: Mention, grade: re.Match[str] | None) -> Moment:
    """Return when an event was: of that for which a treatment was stopped at the end of its period, that end."""
    entry = entry_of(view, memory)
    why = why_it_ended(view) if entry is not None else None
    if entry is not None and why is not None and why[0] <= mention.start < why[1]:
        return entry.over
    stopped = _STOPPED_FOR.search(view.whole, max(view.start, mention.start - 50), mention.start)
    if stopped is not None:
        ends = (t for t in reversed(view.times) if t.until and t.end <= stopped.start())
        over = next((t for t in ends if _OVER_THEN.fullmatch(view.whole, t.end, stopped.start())), None)
        if over is not None:
            return over.moment
    end = mention.end if grade is None else max(mention.end, grade.end())
    end += view.whole.startswith((")", "]"), end)  # the day stands behind the brackets of the grade
    noted = _FIRST_NOTED.match(view.whole, end, view.end)
    first = next((t for t in view.times if noted is not None and 0 <= t.start - noted.end() <= 1), None)
    if first is not None:
        return first.moment
    return when_it_led_to(view, memory, mention) or view.when(mention.start, end)


_OVER_THEN = re.compile(
    r"\)?[\s,;:–-]{0,3}(?:(?:with\s)?(?:an?\s)?(?:best\s)?(?:overall\s)?(?:response)?[\s:]{0,2}(?:of\s)?"
    r"(?:CR|PR|SD|PD|MR|NE|stable disease|(?:partial|complete) (?:response|remission))[\s,;]{1,2})?"
    r"(?:(?:then|was|were|and)\s){0,2}",
    re.IGNORECASE,
)
"""What stands between the end of a period and why it ended: "Oct 2019 - Feb 2020, best response SD, stopped for"."""
_FIRST_NOTED = re.compile(
    r"\)?,?\s(?:(?:which|that)\s(?:(?:was|were|had\sbeen)\s)?|had\s)?(?:first\s|initially\s)?(?:noted|seen|observed"
    r"|reported"
    r"|recorded|diagnosed|detected|noticed|occurring|appearing|appeared|developed|occurred)\s(?:in|on|since|at)\s",
    re.IGNORECASE,
)
"""What stands between harm and its own day, behind what was done for it: "stopped for rash, first noted in May"."""
_STOPPED_FOR = re.compile(
    r"(?:stopped|discontinued|terminated|ceased|held|withdrawn|ended)\s"
    r"(?:for|due to|because of|owing to|on account of)\s"
    r"(?:(?:an?|grade|gr\.?|G)\s?){0,2}[1-5]?\s?$",
    re.IGNORECASE,
)
"""What stands between the period of a treatment and the harm that ended it."""


def _is_older_than_treatment(memory: Memory, moment: Moment) -> bool:
    """Whether what is told with a day of its own was there long before any treatment that it could be blamed on."""
    begun, when = memory.starts(), moment.when
    return (
        bool(begun)
        and isinstance(when, DateInterval)
        and not moment.open
        and moment.why != INHERITED
        and all(
            isinstance(day, DateInterval) and (day.first - when.last).days > _LONG_BEFORE for day in begun
        )
    )


_LONG_BEFORE = 60
"""Days before the first dose of a drug from which on nothing is blamed on it."""


def _not_before(memory: Memory, agents: tuple[str, ...], moment: Moment) -> Moment:
    """Return the time of an event, which without a time of its own is none before its culprit was begun."""
    begun = next((d.moment.when for d in memory.courses.get(("start", agents), ()) if has_own_date(d)), None)
    when = moment.when
    if moment.why != INHERITED or not isinstance(begun, DateInterval) or not isinstance(when, DateInterval):
        return moment
    if when.compare(begun) != "before":
        return moment
    return Moment(begun, "inferred", "after what it is blamed on was begun", open=True)


def _worsened(
    view: View,
    memory: Memory,
    mention: Mention,
    event: AdverseEvent,
    grades: list[re.Match[str]],
    used: set[int],
) -> Iterator[Draft]:
    """Yield the higher grade to which an event is told to have got worse: "when it worsened to grade 3"."""
    for grade in grades:
        number = grade_number(grade)
        if (
            grade.start() in used
            or grade.start() < mention.end
            or number is None
            or number <= (event.grade or 0)
        ):
            continue
        worse = view.has(_WORSE, mention.end, grade.start()) or _next_of_series(view, mention.end, grade)
        other = any(mention.end <= one.start < grade.start() for one in view.of("toxicity"))
        if worse is None or other or view.has(_IF_EVER, mention.end, grade.start()):
            continue
        used.add(grade.start())
        moment = view.when(worse.start(), grade.end())
        if not _told_before(memory, mention, grade, str(moment.when)):
            yield Draft(msgspec.structs.replace(event, grade=number), worse.start(), grade.end(), moment)


def _is_what_it_was(
    view: View, mention: Mention, grade: re.Match[str] | None, grades: list[re.Match[str]]
) -> bool:
    """Whether the only day told is that on which an event got worse: "grade 1 rash worsened to grade 3 in May"."""
    if grade is None:
        return False
    later = next((one for one in grades if one.start() > max(mention.end, grade.start())), None)
    if later is None or view.has(_WORSE, mention.end, later.start()) is None:
        return False
    told = view.governing(later.start(), later.end())
    return (
        told is not None and told.start >= later.end() and told is view.governing(mention.start, mention.end)
    )


def _next_of_series(view: View, end: int, grade: re.Match[str]) -> re.Match[str] | None:
    """Return what ties a grade with its day to one told with its day before: "grade 1 in March and grade 3 in May"."""
    if view.right_behind(grade.end()) is None:
        return None
    before = next(
        (time for time in reversed(view.times) if end <= time.start and time.end <= grade.start()), None
    )
    return None if before is None else _AND.fullmatch(view.whole, before.end, grade.start())


_AND = re.compile(r"\)?(?:,\s|,?\s(?:and|then|but)\s)(?:(?:and|then|it|was|became)\s){0,2}(?:of\s)?")
_WORSE = pattern(
    r"\breach(?:ed|ing)\s(?:an?\s)?(?:CTCAE\s)?$|\bpeak(?:ed|ing)\sat\s(?:an?\s)?$|\b(?:(?:it|which|this|that|and"
    r"|had|has|then|later)\s)?(?:worsened|progressed|increased|deteriorated|escalated"
    r"|evolved)"
    r"\s(?:to|into)\s(?:an?\s)?(?:CTCAE\s)?$",
    re.IGNORECASE,
)
_IF_EVER = pattern(r"\b(?:if|unless|should|in case|never|not|without)\b", re.IGNORECASE)


def _is_apposed(view: View, mentions: list[Mention], position: int) -> bool:
    """Whether the next event names what this one is: "numbness of the fingers, a grade 1 sensory neuropathy"."""
    if position + 1 == len(mentions):
        return False
    between = view.whole[mentions[position].end : mentions[position + 1].start]
    return len(between) < 60 and _NAMES_IT.fullmatch(between) is not None


def _shows_another(view: View, mentions: list[Mention], position: int, grades: list[re.Match[str]]) -> bool:
    """Whether it is a sign of the graded event before its brackets: "infusion reaction G2 (rigors, hypotension)"."""
    low, _ = view.clause(mentions[position].start)
    if view.whole[low] != "(":
        return False
    graded = any(0 <= low - grade.end() <= 1 for grade in grades)
    return graded and any(0 <= low - mention.end < 20 for mention in mentions[:position])


_NAMES_IT = pattern(
    r"(?:\s(?:of|in)\s[a-z ]{3,30})?(?:,\s(?:i\.e\.,?\s)?|\s=\s)an?\s(?:CTCAE\s)?"
    r"(?:grade|G)\s?[1-5]\s(?:[a-z-]{3,14}\s){0,2}",
    re.IGNORECASE,
)


_AT_FIRST = pattern(
    r"\b(?:at (?:initial )?(?:presentation|diagnosis|baseline)|present(?:ed|ing) with|on (?:first )?admission)\b",
    re.IGNORECASE,
)


_HAD_HAD = pattern(
    r"\b(?:at|before)\s(?:the\s)?(?:diagnosis|presentation|first\svisit|treatment"
    r"|baseline)\b[^.;]{0,30}\bhad\s(?:already\s)?had\b"
    r"|\bhad\s(?:already\s)?had\b[^.;]{0,60}\b(?:at|before)\s(?:diagnosis|presentation|treatment)\b",
    re.IGNORECASE,
)
"""What looks back behind the treatment: "at diagnosis she had had hypertension"."""


def _is_before_treatment(view: View, memory: Memory) -> bool:
    """Whether a sentence tells how the patient presented, before any treatment that could have harmed."""
    if view.has(_HAD_HAD) is not None:
        return True
    treated = memory.regimen or memory.regimen_before or memory.last_regimen or memory.operated
    return not treated and view.has(_AT_FIRST) is not None and not group_agents(view)


def _is_of_the_past(view: View, mention: Mention) -> bool:
    """Whether a mention is one of the illnesses that a patient has or had besides: "PMH: TIA 2015"."""
    had = view.once("illness of the past", lambda: tuple(illnesses(view, staged=True)))
    return any(start <= mention.start and mention.end <= end for start, end in had)


def _ruled_out(view: View, memory: Memory, mention: Mention) -> bool:
    """Whether a mention is denied, feared, planned, treated or of someone else."""
    span = (mention.start, mention.end)
    if is_only_told_of(view, mention) or _is_before_treatment(view, memory):
        return True
    if within_other_illness(view, mention.start, mention.end) or _is_of_the_past(view, mention):
        return True
    if _OF_A_DIET.match(view.whole, mention.end, view.end) or _OF_OLD.match(
        view.whole, mention.end, view.end
    ):
        return True
    found = _is_found(view, mention)
    if (
        (denied(view, *span) and not found)
        or hypothetical(view, *span)
        or of_someone_else(view, *span)
        or (
            planned(view, *span)
            and not found
            and _FOUND_TO_BE.match(view.whole[mention.end : mention.end + 50]) is None
        )
        or asked(view, mention.end)
    ):
        return True
    before = view.whole[max(view.start, mention.start - 120) : mention.start]
    if view.within(_WORRY, before) or view.within(_BESIDES, before):
        return True
    absent = view.has(_NOT_SEEN, mention.end, min(view.end, mention.end + 200))
    if absent is not None and not view.within(_TOLD_APART, view.whole[mention.end : absent.start()]):
        return True
    low, _ = view.clause(mention.start)
    return view.within(_CARE, view.whole[max(low, mention.start - 45) : mention.start]) is not None


_OF_OLD = pattern(
    r"[^.;,]{0,20}?\s(?:had\sbeen|was|were)\s(?:already\s)?(?:present|known|there|diagnosed"
    r"|noted)\s(?:[a-z]{3,10}\s)?before\b"
    r"|[^.;,]{0,20}?\s(?:pre-?existed|pre-?dated|was\spre-?existing)\b",
    re.IGNORECASE,
)
"""What tells that an illness was there before the treatment."""
_OF_A_DIET = pattern(r"[ -](?:diets?|intake|foods?|nutrition)\b", re.IGNORECASE)
"""What is eaten, and no harm: "a low-phosphate diet"."""


def _is_found(view: View, mention: Mention) -> bool:
    """Whether a graded event begins a new statement that it occurred, whatever was denied before it."""
    before = view.whole[max(view.start, mention.start - 60) : mention.start]
    return (
        view.within(_NEW_SUBJECT, before) is not None
        and _DIAGNOSED.match(view.whole, mention.end, view.end) is not None
    )


_NEW_SUBJECT = pattern(
    r"\b(?:and|but)\s(?:(?!no\b|not\b|any\b|without\b)[a-z0-9-]{1,18}\s){0,6}$", re.IGNORECASE
)
_DIAGNOSED = pattern(
    r",?\s\(?(?:of\s)?(?:grade|G|gr\.?)\s?[1-5IV]{1,3}\)?,?\s(?:(?:was|were)\s(?:also\s|then\s|once\s|therefore\s)?"
    r"(?:diagnosed|noted|observed|seen|found|documented|recorded|confirmed|noticed)\b|by\b|due\sto\b|from\b)",
    re.IGNORECASE,
)
"""A grade, and that the event was seen or what did it: "without fever, and a rash (grade 1) was noted"."""
_FOUND_TO_BE = pattern(
    r"\s?(?:\(?(?:of )?(?:grade |G)[1-5IV]{1,3}\)?\s)?"
    r"(?:(?:caused by|due to|related to|from)\s[a-z-]{4,20}\s)?(?:was|were)\s(?:then |therefore )?considered"
    r"\s?(?:[.,;]|(?:and|in|on)\b|$)",
    re.IGNORECASE,
)
"""What says that a harm was found: "hepatitis of grade 3 was considered, and the drug was stopped"."""


def _told_before(memory: Memory, mention: Mention, grade: re.Match[str] | None, when: str) -> bool:
    """Whether the story knows an event, ungraded at all or with this grade and time; if not, it does from now on."""
    key = (mention.key, when if grade is None else f"{grade_number(grade)} {when}")
    if key in memory.adverse or (grade is None and any(known == mention.key for known, _ in memory.adverse)):
        return True
    memory.adverse.add(key)
    return False


def _told(
    view: View, mentions: list[Mention], position: int, grade: re.Match[str] | None
) -> tuple[str, int, int]:
    """Return the term of an event and where it and its grade stand."""
    mention = mentions[position]
    start, end = mention.start, mention.end
    term = _term(mention, view.whole[start:end])
    twin = mentions[position + 1] if position + 1 < len(mentions) else None
    if twin is not None and twin.key == mention.key and view.whole[end : twin.start].strip() == "(":
        term, end = " ".join(view.whole[twin.start : twin.end].lower().split()), twin.end + 1
    if grade is not None:
        start, end = min(start, grade.start()), max(end, grade.end())
        if view.whole[end : end + 1] == ")" and "(" in view.whole[start:end]:
            end += 1
    return term, start, end


_ABBREVIATION = re.compile(r"(?=.{0,5}[A-Z][^a-z]{0,4}[A-Z])[A-Za-z/+-]{2,7}")


def _term(mention: Mention, written: str) -> str:
    """Return the name of an event as the text has it in lower case; what an abbreviation stands for, spelt out."""
    harm = toxicities.vocabulary()[mention.key]
    if _ABBREVIATION.fullmatch(written):
        letters = [char for char in written.lower() if char.isalpha()]
        return next((form.lower() for form in harm.forms if _initials(form) == letters), harm.plain)
    term = " ".join(written.lower().split())
    if term.startswith("neut "):
        return term.replace("neut ", "neutropenic ", 1)
    if term.endswith("blood pressure") or term in _CLIPPED or TELLS.search(term):
        return harm.plain
    return harm.plain if term.endswith(("penic", "tensive")) else term


def _initials(form: str) -> list[str]:
    return [word[0].lower() for word in re.findall(r"[^\W\d_]+", form)]


_CLIPPED = frozenset(
    {
        "constip",
        "diarr",
        "vom",
        "wt loss",
        "wt gain",
        "hypothyroid",
        "hyperthyroid",
        "hand-foot",
        "neutropenic fever",
        "neut",
    }
)


_UMBRELLA = "Autoimmune disorder"
""""Immune-related adverse event": says of what kind another event is."""
_NO_HARM = frozenset(
    {
        "Disease progression",
        "Treatment related secondary malignancy",
        "Neoplasms benign, malignant and unspecified (incl cysts and polyps) - Other, specify",
    }
)
"""Terms of the tumour itself, not of harm from its treatment."""


def _inside_a_lab(view: View, mention: Mention, *, graded: bool) -> bool:
    """Whether the word is part of the name of an analyte, not of an event."""
    return any(
        lab.start <= mention.start
        and mention.end <= lab.end
        and not (
            (lab.start, lab.end) == (mention.start, mention.end)
            and (
                graded
                or (mention.key in _NAMED_LIKE_LABS and not _VALUED.match(view.whole, lab.end, view.end))
            )
        )
        for lab in view.of("lab")
    )


_NAMED_LIKE_LABS = frozenset({"Proteinuria", "Hematuria"})
"""Terms that name a finding of the urine and what is measured there: without a value, they tell the event."""
_VALUED = re.compile(
    r"[^.;,\d]{0,16}\d|\s?(?:was|were|is|:)?\s?(?:negative|absent|normal|nil|none)\b|\s?[(:]?\s?\+",
    re.IGNORECASE,
)
