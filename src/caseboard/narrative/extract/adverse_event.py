"""Adverse events: harm that the report grades, or ascribes to treatment, or tells as a complication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import AdverseEvent
from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned
from caseboard.narrative.extract.grades import GRADE, grade_number, grade_of, shared_grade
from caseboard.narrative.extract.regimens import group_agents
from caseboard.narrative.extract.unnamed import asked
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Needs, View
from caseboard.terms import toxicities

__all__ = ["extract"]
_BLAMED = pattern(
    r"\b(?:due to|caused by|because of|related to|attribut\w{3,5} to|secondary to|ascribed to"
    r"|put down to|as a (?:result|consequence) of|thought to be|induced|side[- ]effects?"
    r"|adverse (?:events?|effects?|reactions?|drug)|toxicit(?:y|ies)|drug-related"
    r"|treatment-related|tolerat\w{1,4}|associated with|under|on|with|from|after"
    r"|complication)\b",
    re.IGNORECASE,
)
_STRONGLY_BLAMED = pattern(
    r"\b(?:induced|side[- ]effects?|adverse (?:events?|effects?|reactions?|drug)|toxicit(?:y"
    r"|ies)|drug-related|treatment-related|chemotherapy-related|intoleran\w{2}"
    r"|complicat\w{2,5}|immune-related|thought to be due to|attribut\w{3,5} to|ascribed to"
    r"|put down to|caused by|not tolerat\w{1,3}|(?:poorly|badly|not well"
    r"|ill)[- ]tolerat\w{1,3}|tolerability)\b",
    re.IGNORECASE,
)
_CAUSED_STOP = pattern(
    r"\b(?:because of|due to|owing to|for|on account of|as a result of|required|requiring"
    r"|necessitat\w{2,3}|led to|leading to|resulting in|prompted)\b",
    re.IGNORECASE,
)
_STOPPING = pattern(
    r"\b(?:stop\w{0,4}|discontinu\w{1,5}|terminat\w{1,3}|interrupt\w{1,3}|reduc\w{1,4}"
    r"|withdr\w{2,4}|suspend\w{0,3}|paused|held|ceased|delay\w{0,3}|switch\w{0,3}|changed)\b",
    re.IGNORECASE,
)
_ONSET = pattern(
    r"\b(?:develop\w{0,5}|experienc\w{1,3}|suffer\w{0,4}|complain\w{0,4}|occur\w{0,5}"
    r"|appear\w{0,5}|onset of|present\w{0,4} with|had\b|noted|observed|presented|followed"
    r"|became|show\w{0,3}|manifest\w{0,3}|report\w{0,3}|arose|emerged|ensued|notic\w{1,3}"
    r"|persist\w{0,3}|revealed|included|including|led to|Dx|diagnosed with|progressive|with)\b",
    re.IGNORECASE,
)
_POSTOPERATIVE = pattern(
    r"\b(?:post-?operative(?:ly)?|post-?op|wound|anastomo\w{2,5}|surgical site"
    r"|after (?:the )?(?:surgery|operation|resection)|perioperative(?:ly)?|complication)\b",
    re.IGNORECASE,
)
_CAUSE_ELSEWHERE = pattern(
    r"\b(?:due to|because of|caused by|secondary to|related to|from) (?:the )?(?:tumou?r|mass"
    r"|metasta\w{2,4}|disease|cancer|progression|compression|obstruction|lesion|stent"
    r"|hepatitis|virus|infection|stone|recurrence|gastric cancer)\b",
    re.IGNORECASE,
)
_AMELIORATED = pattern(
    r"^[^.;,]{0,50}?\b(?:(?:was|were|had|has|have)?\s?(?:resolv\w{1,3}|disappear\w{1,4}"
    r"|improv\w{1,4}|ceased|subsid\w{1,3}|relie\w{1,4}|did not (?:return|recur)|normali\w{2,4}"
    r"|recovered))\b|^\s?(?:toxicity|toxicities)?\s?(?:was|were) (?:not observed|mild and)",
    re.IGNORECASE,
)
_CARE = pattern(
    r"\b(?:disappearance|resolution|relief|improvement|absence|recovery|normali[sz]ation"
    r"|without|no|treat(?:ed|ment)? (?:of|for)|prevent\w{0,3}|prophyla\w{2,4}|to (?:treat"
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
_NEEDS = Needs("toxicity", "lab")
_DIED_OF = pattern(
    r"\b(?:died|passed away|deceased|death|succumbed|expired)\b[^.;]{0,24}"
    r"\b(?:from|of|due to|to|with|by)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
"""What stands before a cause of death, which is no harm of treatment unless it is graded."""
_WORRY = pattern(r"\b(?:concerns?|fears?|feared|worr\w{2,4}|risks?)\b[^.;]{0,100}$", re.IGNORECASE)


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the adverse events of a sentence."""
    if view.retold or view.section in ("plan", "family", "allergies", "medication") or not memory.introduced:
        return
    if not view.holds(_NEEDS):
        return
    grades = list(view.find(GRADE))
    used: set[int] = set()
    mentions = [
        m
        for m in view.of("toxicity")
        if m.key not in _NO_HARM and not _inside_a_lab(view, m, graded=bool(grades))
    ]
    for position, mention in enumerate(mentions):
        if _ruled_out(view, mention):
            continue
        grade = grade_of(view, mention, mentions, position, grades, used)
        if mention.key == _UMBRELLA and len(mentions) > 1:
            continue
        if grade is None and not _is_harm(view, memory, mentions, position, grades):
            continue
        moment = view.when(mention.start, mention.end)
        if _told_before(memory, mention, grade, str(moment.when)):
            continue
        term, start, end = _told(view, mentions, position, grade)
        fact = AdverseEvent(
            id="",
            source=NOWHERE,
            patient=view.patient,
            term=term,
            grade=grade_number(grade),
            agents=_culprits(view, memory, mention),
        )
        yield Draft(fact, start, end, moment)
    yield from _graded_labs(view, memory, grades, used)


def _ruled_out(view: View, mention: Mention) -> bool:
    """Whether a mention is denied, feared, planned, treated or of someone else."""
    span = (mention.start, mention.end)
    if (
        denied(view, *span)
        or hypothetical(view, *span)
        or of_someone_else(view, *span)
        or (planned(view, *span) and _FOUND_TO_BE.match(view.whole[mention.end : mention.end + 50]) is None)
        or asked(view, mention.end)
    ):
        return True
    if _WORRY.search(view.whole[max(view.start, mention.start - 120) : mention.start]):
        return True
    absent = view.has(_NOT_SEEN, mention.end, min(view.end, mention.end + 200))
    if absent is not None and not _TOLD_APART.search(view.whole[mention.end : absent.start()]):
        return True
    low, _ = view.clause(mention.start)
    return _CARE.search(view.whole[max(low, mention.start - 45) : mention.start]) is not None


_FOUND_TO_BE = pattern(
    r"\s?(?:\(?(?:of )?(?:grade |G)[1-5IV]{1,3}\)?\s)?(?:was|were)\s(?:then |therefore )?considered"
    r"\s?(?:[.,;]|(?:and|in|on)\b|$)",
    re.IGNORECASE,
)
"""What says that a harm was found: "hepatitis of grade 3 was considered, and the drug was stopped"."""


def _is_harm(
    view: View, memory: Memory, mentions: list[Mention], position: int, grades: list[re.Match[str]]
) -> bool:
    """Whether an ungraded mention is an event, or listed with one, and not told to have got better."""
    mention = mentions[position]
    if _AMELIORATED.match(view.whole[mention.end : mention.end + 70]):
        return False
    low, high = view.clause(mention.start)
    blamed = (max(low, mention.start - 60), min(high, mention.end + 40))
    if (mention.weak and view.has(_STRONGLY_BLAMED, *blamed) is None) or _DIED_OF.search(
        view.whole[max(view.start, mention.start - 60) : mention.start]
    ):
        return False
    return _is_event(view, memory, mention) or _listed_with_event(view, memory, mentions, position, grades)


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
    if term.endswith("blood pressure") or term in _CLIPPED or _TELLS.search(term):
        return harm.plain
    return harm.plain if term.endswith("penic") else term


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
        "radiodermatitis",
    }
)


def _graded_labs(view: View, memory: Memory, grades: list[re.Match[str]], used: set[int]) -> Iterator[Draft]:
    """Yield a laboratory value that the report grades itself: "creatine phosphokinase was 812 U/L (grade 2)"."""
    for lab in view.of("lab"):
        match = next((g for g in grades if g.start() not in used and _grades_value(view, lab, g)), None)
        shared = None if match is not None else shared_grade(view, lab.end, grades)
        if (match is None and shared is None) or denied(view, lab.start, lab.end):
            continue
        if match is not None and not _SHARED_BEFORE.search(view.whole, lab.end, match.start()):
            used.add(match.start())
        grade = match or shared
        if grade is None:
            continue
        end = grade.end() + (1 if view.whole[grade.end() : grade.end() + 1] == ")" else 0)
        fact = AdverseEvent(
            id="",
            source=NOWHERE,
            patient=view.patient,
            term=_named_for_lab(lab.key, view.whole[lab.start : lab.end]),
            grade=grade_number(grade),
            agents=memory.regimen_before or memory.regimen,
        )
        yield Draft(fact, lab.start, end, view.when(lab.start, end))


_SHARED_BEFORE = pattern(r"\b(?:both|all|each)\s(?:of\s)?$", re.IGNORECASE)


def _grades_value(view: View, lab: Mention, grade: re.Match[str]) -> bool:
    """Whether a grade stands closely behind a laboratory value and grades it."""
    return 0 < grade.start() - lab.end < 45 and not re.search(
        r"[;.]\s|\)|,\s(?=\S)", _TIED.sub("", view.whole[lab.end : grade.start()])
    )


_TIED = re.compile(r",\s$|\((?:normal|ref|ULN|N)[^()]{1,20}\)|\([\d.,]{1,6}\s?[-–]\s?[\d.,]{1,6}\)")
"""What may stand between a value and its grade: a comma, the limits of normal."""


def _named_for_lab(analyte: str, written: str) -> str:
    """Return the name of an abnormal value: that of the disorder where it has one, else the value's own."""
    if analyte in _DISORDERS:
        return _DISORDERS[analyte]
    return f"{written.lower()} {'decreased' if analyte in _FALLING else 'increased'}"


_DISORDERS = {
    "hemoglobin": "anemia",
    "platelets": "thrombocytopenia",
    "WBC": "leukopenia",
    "neutrophils": "neutropenia",
    "ANC": "neutropenia",
    "lymphocytes": "lymphopenia",
    "total cholesterol": "hypercholesterolemia",
    "triglycerides": "hypertriglyceridemia",
    "glucose": "hyperglycemia",
    "sodium": "hyponatremia",
    "potassium": "hypokalemia",
    "magnesium": "hypomagnesemia",
    "albumin": "hypoalbuminemia",
    "uric acid": "hyperuricemia",
    "urine protein": "proteinuria",
}
"""What an abnormal value is called; the side is the one on which treatment harms."""


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
_OF_THE_BILE = re.compile(r"icter|jaundice|cholestas", re.IGNORECASE)
"""Told of obstruction as often as of drugs: they need blame."""
_FALLING = frozenset({"phosphate", "calcium", "fibrinogen"})
_MILD = pattern(
    r"\b(?:mild|transient|manageable|tolerable|slight|low-grade)\s(?:[a-z]{3,14}\s)?$", re.IGNORECASE
)
_LIST = pattern(
    r"[\s,()/]{0,3}(?:(?:,|and|or|as well as|plus)\s)?(?:an?\s)?(?:(?:grade|G"
    r"|CTCAE grade)\s?[1-5]\s)?(?:[a-z-]{3,14}\s){0,2}",
    re.IGNORECASE,
)


def _listed_with_event(
    view: View, memory: Memory, mentions: list[Mention], position: int, grades: list[re.Match[str]]
) -> bool:
    """Whether a mention stands in one list with an event: "hair loss and grade 1 neuropathy"."""
    if not (memory.regimen or memory.regimen_before):
        return False
    mention = mentions[position]
    for other in mentions[max(0, position - 1) : position] + mentions[position + 1 : position + 2]:
        one, two = (mention, other) if mention.start < other.start else (other, mention)
        if not _LIST.fullmatch(view.whole[one.end : two.start]):
            continue
        graded = any(
            one.end <= g.start() < two.start
            or 0 <= g.start() - other.end < 4
            or 0 <= other.start - g.end() < 3
            for g in grades
        )
        if graded or _is_event(view, memory, other):
            return True
    return False


def _is_event(view: View, memory: Memory, mention: Mention) -> bool:
    """Whether an ungraded mention is told as harm from treatment."""
    start, end = mention.start, mention.end
    low, high = view.clause(start)
    near_before = view.whole[max(low, start - 90) : start]
    near_after = view.whole[end : min(high, end + 70)]
    if _CAUSE_ELSEWHERE.search(near_after):
        return False
    treated = bool(memory.regimen or memory.regimen_before or memory.last_regimen)
    symptom = (
        toxicities.vocabulary()[mention.key].symptom
        or _OF_THE_BILE.search(view.whole, start, end) is not None
    )
    if _STRONGLY_BLAMED.search(near_before) or _STRONGLY_BLAMED.search(
        view.whole[end : min(view.statement(start)[1], end + 80)]
    ):
        return treated or memory.operated
    stopped = _STOPPING.search(view.whole[max(view.start, start - 140) : start])
    if stopped is not None and _CAUSED_STOP.search(near_before) and memory.last_regimen:
        return True
    if (
        memory.operated
        and _POSTOPERATIVE.search(view.whole[max(view.start, start - 60) : min(view.end, end + 30)])
        and not symptom
    ):
        return True
    on_treatment = bool(
        memory.regimen or memory.regimen_before or any(not group.supportive for group in group_agents(view))
    )
    if on_treatment and not symptom and view.has(_ONSET, max(low, start - 80), min(high, end + 50)):
        return True
    if on_treatment and not symptom and (_noted(view, start, end) or _is_said_to_be(view, start, end)):
        return True
    if on_treatment and symptom and _MILD.search(near_before) and view.has(_ONSET, low, start):
        return True
    drug_near = any(abs(m.start - end) < 40 or abs(start - m.end) < 40 for m in view.of("drug", "regimen"))
    return (
        on_treatment
        and symptom
        and drug_near
        and bool(_BLAMED.search(near_after[:40]) or re.search(r"\b(?:due to|from|caused)\b", near_before))
        and bool(view.has(_ONSET, low, start))
    )


_NOTED_BEFORE = pattern(
    r"(?:^|[.;:>→]|\n)\s{0,4}(?:[-*•]\s)?(?:now |new |today |laboratory |clinical |acute )?$", re.IGNORECASE
)
_NOTED_BEHIND = pattern(
    r"\s?(?:\(|,\s)?(?:on |in |since |from )?(?:\d{1,2}[./]|\d{1,2} [A-Z][a-z]{2}|\d{4}\b|->|→|-->)"
    r"|,\s[A-Z]{1,4}\s\d"
)


def _is_said_to_be(view: View, start: int, end: int) -> bool:
    """Whether the patient is said to have been so: "she was neutropenic in the last cycle"."""
    return _TELLS.search(view.whole, start, end) is not None or (
        _ADJECTIVE.search(view.whole, start, end) is not None
        and _BEING.search(view.whole, max(view.start, start - 30), start) is not None
    )


_ADJECTIVE = pattern(r"(?:penic|kal(?:a)?emic|thyroid|natr(?:a)?emic)$")
_TELLS = pattern(r"\b(?:fell|dropped|declined)$|^(?:fall|drop) in\b", re.IGNORECASE)
"""What tells an event by its own verb: "LVEF fell to 45%"."""
_BEING = pattern(r"\b(?:was|became|is now|has been|had been)\s(?:[a-z]{4,12}ly\s|also\s|again\s)?$")


def _noted(view: View, start: int, end: int) -> bool:
    """Whether a note tells an event without a verb: "PE on 05/03/2021 -> apixaban", "Now hypothyroid, TSH 28"."""
    lead = view.whole[max(view.start, start - 16) : start]
    return _NOTED_BEFORE.search(lead) is not None and (
        _NOTED_BEHIND.match(view.whole[end : end + 16]) is not None
    )


def _inside_a_lab(view: View, mention: Mention, *, graded: bool) -> bool:
    """Whether the word is part of the name of an analyte, not of an event."""
    return any(
        lab.start <= mention.start
        and mention.end <= lab.end
        and not (graded and (lab.start, lab.end) == (mention.start, mention.end))
        for lab in view.of("lab")
    )


_OF_RADIATION = pattern(
    r"\b(?:radiotherapy|radiation|irradiation|Gy)\b[^;]{0,40}\b(?:complicated by|caused|led to|resulted in"
    r"|followed by|with)\s(?:an?\s)?(?:(?:mild|moderate|severe|acute|grade \w{1,3}|G[1-5])\s){0,3}$",
    re.IGNORECASE,
)
"""What stands before harm that radiotherapy did."""


_RADIATION_DID = pattern(
    r"radiation|radio-?(?:dermat|necro|mucos|pneumon|oesoph|esoph)|post-?radi", re.IGNORECASE
)


def _culprits(view: View, memory: Memory, mention: Mention) -> tuple[str, ...]:
    """Return what the event is blamed on: the agents named with it, else the treatment that is going on."""
    around = [g for g in group_agents(view) if not g.supportive]
    if not around and _OF_RADIATION.search(view.whole[max(view.start, mention.start - 120) : mention.start]):
        return ()
    if not around and _RADIATION_DID.search(view.whole, mention.start, mention.end):
        return ()
    for given in around:
        if (
            mention.end <= given.start <= mention.end + 60
            and re.search(
                r"\b(?:due to|on|under|after|from|by|to|with|of|related to)\s(?:the )?$|\($",
                view.whole[mention.end : given.start],
            )
            and not re.search(
                r"\breduction|required|stopped|discontinu", view.whole[mention.end : given.start]
            )
        ):
            return given.agents
    for given in around:
        if given.end <= mention.start and re.search(
            r"^(?:[- ]?(?:induced|related|associated)|\s(?:caused|led to|was (?:complicated"
            r"|interrupted|stopped|paused)))",
            view.whole[given.end : given.end + 24],
        ):
            return given.agents
    if (
        memory.operated
        and _POSTOPERATIVE.search(
            view.whole[max(view.start, mention.start - 60) : min(view.end, mention.end + 30)]
        )
        and not memory.regimen_before
    ):
        return ()
    return memory.regimen_before or memory.regimen or memory.last_regimen
