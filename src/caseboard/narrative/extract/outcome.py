"""The last stated state of the patient: alive or dead, with or without disease."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Outcome
from caseboard.narrative.clock import Clock, Moment
from caseboard.narrative.context import hypothetical, of_someone_else, planned
from caseboard.narrative.document import in_past_history
from caseboard.narrative.extract.response_no_tumor import is_of_no_tumor
from caseboard.narrative.extract.response_sites import LOCAL, is_at_a_spot, organ_behind, scanned_alone
from caseboard.narrative.extract.restated import AsLastTold
from caseboard.narrative.kin_words import ACQUAINTANCES, KIN, SPOUSES
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.patterns import Pattern, Table, pattern
from caseboard.narrative.times import find_times
from caseboard.narrative.view import Governed, View

__all__ = ["extract"]

_DEAD = pattern(
    r"\b(?:died|(?:s?he|patient|man|woman|boy|girl|child|(?:Mr|Mrs|Ms)\.? [A-Z][\w.]{0,14})(?: eventually"
    r"| finally)? (?:dies|succumbs)"
    r"|disease killed (?:him|her|the patient)|death followed"
    r"|passed away|deceased(?! donor)(?!\s?:\s{0,14}(?:no|n/?a|nil|none|false)\b)|succumbed|expired|dead of disease"
    r"|DOD(?!\s?[:.=]?\s?\d)"
    r"|death (?:occurred|ensued|supervened|came)|(?<=\n)d\. (?=\d{1,2}/\d)|eventual(?:ly)? death"
    r"|was found dead|demise|(?:claimed|took|cost) (?:his|her) life|lost (?:the patient|him|her) to\b|lost (?:his"
    r"|her) life"
    r"|(?<!has )(?<!have )survived (?:for )?(?:only |another |a further )?(?:\d{1,3}|[a-z]{3,8}) (?:days|weeks"
    r"|months|years)"
    r" (?:following|after|from) (?:the |his |her )?(?:initial |first )?(?:diagnosis|recurrence|relapse"
    r"|presentation))\b",
    re.IGNORECASE,
)
_DEATHS: Table[tuple[str, Pattern]] = Table(
    ("death", pattern(words, re.IGNORECASE))
    for words in (
        r"\b(?:his|her|the patient['’]s|date of|cause of|time of|resulting in|leading to|led to|resulted in|ended in"
        r"|followed by|until|till|rapid|subsequent|early) death\b(?! (?:receptor|ligand|domain|rate|risk|was feared))",
        r"\b(?:diagnosis|treatment|therapy|progression|presentation|relapse|recurrence|time) to death"
        r"(?= (?:was|of|from))",
        r"\band (?:to )?death(?= (?:in|on|from|of|due|at|within|after|\d|one|two|three|four|five|six|several))",
        r"(?<=† )(?=\d|[A-Z][a-z]{2})",
        r"\b(?:death|exitus(?: letalis)?|RIP)(?=:?\s\(?(?:(?:on|in)\s)?(?:\d{1,2}[./ ]|\d{4}\b"
        r"|(?-i:[A-Z][a-z]{2,8}\s\d)))",
        r"(?<!no )\bautopsy\b",
        r"(?<!no )\bpost-?mortem\b",
        r"(?<!no )\bnecropsy\b",
        r"\b(?:fatal (?:outcome|course)|ended fatally)\b",
        r"\blos[et] (?:his|her) (?:battle|fight)\b",
        r"\bassistance in dying\b",
    )
)
"""Words that leave no doubt of a death, but need not tell when it was."""
_PASSED = pattern(
    r"\b(?:s?he|patient) (?:(?:sadly|peacefully|finally|then|subsequently) )?passed"
    r"(?= (?:\d|on \d|in (?:[a-z]{3,9} )?(?:19|20)\d\d|at home|peacefully"
    r"|(?:a few|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several) (?:days|weeks|months|years)))",
    re.IGNORECASE,
)
_ALIVE = pattern(
    r"\b(?:(?<!cells )(?<!cell )(?<!cells are )(?<!cells were )(?<!cells still )(?<!cells were still )"
    r"(?<!cells are still )alive(?! (?:tumou?r )?cells)|is doing well|doing well|was doing well|feels? well"
    r"|(?:general )?condition(?: is|:)? (?:stable|good|fair)|fit for discharge"
    r"|in (?:very )?good (?:general |clinical |physical |neurological |overall |and ){0,3}(?:conditions?|health)"
    r"|asymptomatic\b(?!,? (?:[a-z]+ )?(?:metasta|lesion|nodule|mass|brain|pulmonary|lung|liver|bone))"
    r"|(?:is|are|has been|still) surviving|is (?:still |now )?(?:progression-free|living with)|(?:has|have) survived"
    r"|survived(?= (?:without|free|with no\b|to date"
    r"|until now))"
    r"|remain(?:s|ed)? (?:well|free|under|in|on|stable|disease|alive|asymptomatic|progression-free)|is still (?:on"
    r"|alive|under|receiving)|"
    r"continues? (?:to (?:receive|take|be|do)|on|treatment|\w+nib|\w+mab|with|follow)"
    r"|continued to use|is (?:currently|clinically|now|presently) |under (?:follow-up"
    r"|surveillance|observation)|has been followed|was followed|discharged|last (?:visit"
    r"|follow-?up|seen)|latest follow-?up|to this date|to date|at (?:the )?(?:last|latest"
    r"|most recent|final)|"
    r"(?:years?|months?|weeks?)(?: of)? follow-?up|currently\b|palliative care|hospice"
    r"|in (?:a )?(?:reasonable|fair|stable|good|excellent|satisfactory|poor) (?:general "
    r"|clinical |overall )?condition|tolerat\w{1,3} (?:\w+\s){0,4}well"
    r"|no evidence of (?:recurr\w{3,6}|disease|progress\w{1,4})|no recurrence|ECOG (?:PS "
    r"|performance status )?[0-3]|(?<!CNS )WHO (?:PS )?[0-3](?=\)?(?:[,;.]|$|\sand\b))|KPS:? ?\d0\b|PS [0-3]\b"
    r"|performance status (?:of |is |was |remains )?[0-3]\b|general state (?:is )?(?:good|fair|preserved|stable)"
    r"|went back to (?:his|her) normal|home with"
    r"|returned to (?:work|normal)|without (?:symptoms|evidence|signs)|free of (?:disease"
    r"|recurrence)|(?<!\bas )well\b(?! as\b|[- ](?:differentiated|defined|circumscribed|demarcated|controlled|known))"
    r"|disease-free|satisfactory|free of symptoms|NED\b"
    r"|(?<!satellite )(?<!MS-)(?<!MS )stable\b(?! (?:\w+ )?(?:disease|tumou?r|lesions?|response)))",
    re.IGNORECASE,
)
_STRONG = pattern(
    r"\b(?:alive|doing well|last (?:visit|follow)|follow-?up|is still|continues?|remain(?:s|ed)?"
    r"|currently|discharged|feels? well|good (?:general |clinical )|ECOG|at the time of"
    r"|to date|to this date|symptoms|condition|palliative care|hospice|went back|home with"
    r"|is clinically|continued to use|is in good)\b",
    re.IGNORECASE,
)
_LEFT = pattern(r"\b(?:discharged|died)\b", re.IGNORECASE)
_CAUSE_OTHER = pattern(
    r"\b(?:of|from|due to)\s(?:an? |unrelated |other )*(?:stroke|accident|myocardial|heart"
    r"|pneumonia|COVID|sepsis|infarction|unrelated|natural causes|cardiac)",
    re.IGNORECASE,
)
_WITHOUT = pattern(
    r"\b(?:no (?:clinical |radiological |local |distant |or |signs? of "
    r"|evidence of (?!(?:disease |tumou?r )?progress)|FDG-avid |residual "
    r"|further )*(?:recurr\w{3,6}|relapse|disease|evidence of)"
    r"|(?:disease|recurrence|relapse|tumou?r|metastas[ei]s)[- ]free"
    r"|(?:free of|negative for) (?:disease|recurrence|tumou?r)|NED|complete (?:response|remission|regression)"
    r"|no (?:residual |viable |measurable |visible )?(?:tumou?r|disease|lesions?) (?:(?:was|were|is|are|could be) )?"
    r"(?:visible|seen|detect\w{2,4}|identified|left|present)"
    r"|without (?:any )?(?:residual |pathological |further )?(?:uptake|tumou?r|disease)"
    r"|without (?:symptoms or )?(?:clinical |or |radiological |any |further |local |loco-?regional |distant "
    r"|tumou?r |disease )*"
    r"(?:evidence|signs?"
    r"|recurrence|relapse|(?:tumou?r(?:al)? )?(?:disease|lesions?)(?! progress))|in remission)\b",
    re.IGNORECASE,
)
_WITH = pattern(
    r"\b(?:with (?:stable |progressive |residual |metastatic |active |persistent "
    r"|known )*disease|partial (?:response|remission)|stable disease|never free"
    r"|progress\w{2,5}|recurren\w{2,4}(?![- ]free)|metasta\w{2,5}(?![- ]free)|residual|palliative|best supportive"
    r"|(?:no|without)(?: any)? (?:evidence of |signs? of )?(?:disease |tumou?r "
    r"|further )?progression|progression-free|hospice|still wrapped|shrunk)\b",
    re.IGNORECASE,
)
_AT_A_SITE = pattern(
    r"\s(?:in|at|within)\s(?:the\s|his\s|her\s)(?!last|latest|most|follow|interim|mean)[a-z]"
)
_MEASURED = pattern(r"\d\s?(?:mm|cm)\b")
"""A lesion that is measured, beside a site that is free: "a lung lesion of 5 mm, no recurrence in the brain"."""
_FREE_BY = frozenset({"NED", "CR"})


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield a candidate for the outcome and remember it if it is the last word; the fold keeps what is remembered."""
    if view.section in ("family", "allergies", "medication", "introduction"):
        return
    if in_past_history(view.whole, view.sentence):
        return
    if view.section == "diagnosis" and (view.sentence.item or view.end - view.start < 60):
        return
    if view.section == "plan" and not view.has(_LEFT):
        return
    known = memory.outcome is not None and _vital(memory.outcome) == "dead"
    verbs = (_DEAD, _PASSED, *(() if known else (words for _, words in view.rows(_DEATHS))))
    told = (match for words in verbs for match in view.find(words))
    dead = next((match for match in told if _of_the_patient(view, match)), None)
    if dead is not None:
        yield from _candidate(view, memory, "dead", dead.start(), dead.end())
        return
    if memory.outcome is not None and _vital(memory.outcome) == "dead":
        return
    alive = view.has(_ALIVE)
    if alive is not None and (
        of_someone_else(view, *alive.span())
        or _OF_RELATIVES.search(view.whole, max(view.start, alive.start() - 40), alive.end())
        or (planned(view, *alive.span()) and not view.has(_LEFT))
    ):
        alive = None
    strong = alive is not None and view.has(_STRONG) is not None
    if not strong and not (memory.staged or memory.operated or memory.last_regimen):
        alive = None  # how the patient came, not how it ended
    if view.retold and not strong:
        return
    if alive is not None and is_of_no_tumor(view, alive.end()):
        alive = None  # no recurrence of a rash is no word of the patient
    weaker = (
        not strong and memory.outcome is not None and not memory.outcome_implied and not view.has(_WITHOUT)
    )
    if alive is None or weaker:
        yield from _implied(view, memory)
        return
    yield from _candidate(view, memory, "alive", alive.start(), alive.end())
    memory.outcome_implied = False


_OF_RELATIVES = re.compile(
    rf"\b(?:(?:{KIN}|{SPOUSES}|parent|sibling|twin)s?|children)\s"
    r"(?:all\s|both\s)?(?:is|are|was|were|remain\w?)\s(?:[a-z]{3,12}\s){0,2}(?:well|alive|healthy)$",
    re.IGNORECASE,
)
"""What is told of relatives: "both parents are well"."""


def _of_the_patient(view: View, death: re.Match[str]) -> bool:
    """Whether a death that is told is that of the patient, and came about."""
    start, end = death.span()
    return not (
        _NOT_THE_PATIENT.search(view.whole, max(view.start, start - 50), start) is not None
        or of_someone_else(view, start, end)
        or _of_a_relative(view, start)
        or hypothetical(view, start, end)
    )


_NOT_THE_PATIENT = re.compile(
    r"\b(?:nearly|almost|(?:could|might|would|may)\s(?:have\s)?|(?:had|has|have)\snot|fear\w{0,3}\s(?:of\s)?"
    r"|risk\sof|cell|cells"
    rf"|programmed|(?:dog|cat|pet|f(?:o)?etus|embryo|twin|{ACQUAINTANCES})\b[^.;,]{{0,30}}|mice)\s?$",
    re.IGNORECASE,
)
"""What stands before a death that was none of the patient's: "she nearly died", "her dog died", "cell death"."""


def _of_a_relative(view: View, start: int) -> bool:
    """Whether a death in brackets is that of the relative before them: "mother ovarian cancer at 61 (died)"."""
    low, _ = view.clause(start)
    return low > view.start and view.whole[low] in "([" and of_someone_else(view, low - 1, low)


def _implied(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield that the patient was alive at an assessment, where nothing later says how the patient is."""
    told = memory.response
    if told is None or view.retold or not view.start <= told.start < view.end:
        return
    earlier = memory.outcome
    if earlier is not None and not memory.outcome_implied:
        before, now = earlier.moment.when, told.moment.when
        if not (
            isinstance(before, DateInterval)
            and isinstance(now, DateInterval)
            and now.compare(before) == "after"
        ):
            return
    category = memory.last_response or ""
    disease: Literal["NED", "with disease"] = "NED" if category in _FREE_BY else "with disease"
    fact = Outcome(
        id="",
        source=NOWHERE,
        patient=view.patient,
        vital="alive",
        disease=disease,
        certainty="inferred",
        why="alive at the last assessment told; nothing later is said",
    )
    draft = Draft(fact, told.start, told.end, _last_seen(memory, told.moment))
    memory.outcome = draft
    memory.outcome_implied = True
    yield draft


def _last_seen(memory: Memory, assessed: Moment) -> Moment:
    """Return the day of a letter, on which its patient was seen, or that of the last assessment where there is none."""
    written = memory.clock.anchors.get("written")
    if not isinstance(written, DateInterval):
        return assessed
    if isinstance(assessed.when, DateInterval) and assessed.when.compare(written) == "after":
        return assessed
    return Moment(written, "inferred", "the day of the letter")


def _candidate(
    view: View, memory: Memory, vital: Literal["alive", "dead"], start: int, end: int
) -> Iterator[Draft]:
    said = _disease(view, memory, vital)
    disease = said or _as_told_last(memory)
    fact = Outcome(id="", source=NOWHERE, patient=view.patient, vital=vital, disease=disease)
    first, last = view.start, view.end
    while first < last and view.whole[first] in "-*•· \t\n":
        first += 1
    while last > first and view.whole[last - 1] in " .\n":
        last -= 1
    if last - first > 260:
        first, last = start, end
    moment = _moment(view, memory, vital, start, end)
    if vital == "alive" and _is_before_all_treatment(memory, moment):
        return
    by = memory.response if said is None else None
    draft = Draft(fact, first, last, moment) if by is None else AsLastTold(fact, first, last, moment, by)
    earlier = memory.outcome
    told = earlier is not None and earlier.moment.when is not None
    if view.retold and earlier is not None and told and (vital == "alive" or _vital(earlier) == "dead"):
        return  # the case says when
    memory.outcome = draft
    yield draft


def _is_before_all_treatment(memory: Memory, moment: Moment) -> bool:
    """Whether a word of how the patient was is of a former time, from before this tumour was treated."""
    when, begun = moment.when, memory.starts()
    return (
        isinstance(when, DateInterval)
        and bool(begun)
        and all(isinstance(start, DateInterval) and when.compare(start) == "before" for start in begun)
    )


_DISCHARGED = pattern(r"\bdischarged\b", re.IGNORECASE)
_DISCHARGE_DATE = pattern(
    r"\b(?:discharge date|date of discharge|discharged(?: on)?"
    r"|discharge)[:\s]{1,4}(?P<date>\d[\d./-]{5,9}|\d{1,2} [A-Z][a-z]{2,8} \d{4}"
    r"|[A-Z][a-z]{2,8} \d{1,2}, \d{4})"
    r"|\b(?:stay|admitted|admission|hospitali[sz]ed|inpatient)\b[^\n]{0,40}?\d\s{0,2}(?:-|–|to"
    r"|until|till)\s{0,2}(?P<until>\d[\d./-]{5,9}|\d{1,2} [A-Z][a-z]{2,8} \d{4})",
    re.IGNORECASE,
)


def _discharged(view: View) -> Moment | None:
    """Return the date of discharge that the head of a letter gives."""
    match = _DISCHARGE_DATE.search(view.whole, 0, min(len(view.whole), 1500))
    if match is None:
        return None
    span = match.span("date" if match["date"] else "until")
    for expression in find_times(view.whole, *span, view.style):
        return Clock().resolve(expression)
    return None


_OWN_DAY = 40
"""Characters behind a death within which its day stands: "died at the hospice on 30 June"."""
_PRESENT_TENSE = pattern(
    r"\b(?:is|has|feels?|remains?|continues?|reports?|denies|looks|tolerates|ecog|(?:who )?ps|performance status"
    r"|well)\b",
    re.IGNORECASE,
)


def _moment(view: View, memory: Memory, vital: str, start: int, end: int) -> Moment:
    """Return the latest time of the sentence, for an outcome is the last word; else the time that the story gives.

    What a letter says in the present tense, it says of the day on which it was written.
    """
    own = view.right_behind(end) or next(
        (time for time in view.times if time.absolute and 0 <= time.start - end <= _OWN_DAY), None
    )
    if own is not None and vital == "dead":
        return own.moment
    dated = [time for time in view.times if isinstance(time.moment.when, DateInterval) and not time.former]
    if dated:
        return _latest(dated)
    if view.has(_DISCHARGED) and (discharged := _discharged(view)) is not None:
        return discharged
    written = memory.clock.anchors.get("written")
    told_now = view.section != "status" and not view.retold and view.has(_PRESENT_TENSE) is not None
    if written is not None and told_now:
        return Moment(written, "resolved", "the date of the letter")
    return view.when(start, end)


def _latest(dated: list[Governed]) -> Moment:
    """Return the latest of some times; a day that is written, not the month that a length told beside it comes to."""
    last = max(
        dated,
        key=lambda time: time.moment.when.last if isinstance(time.moment.when, DateInterval) else date.min,
    )
    month = last.moment.when
    for time in dated:
        day = time.moment.when
        if (
            time.absolute
            and not last.absolute
            and isinstance(day, DateInterval)
            and isinstance(month, DateInterval)
            and month.first <= day.first <= day.last <= month.last
        ):
            return time.moment
    return last.moment


def _disease(view: View, memory: Memory, vital: str) -> Literal["NED", "with disease"] | None:
    """Return the state of the disease as this sentence says it; None where it says nothing of it."""
    without = view.has(_WITHOUT)
    if without is not None and is_of_no_tumor(view, without.end()):
        without = None
    opens, closes = (view.end, view.end) if without is None else without.span()
    more = _WHAT_IS_DENIED.match(view.whole, closes, view.end)
    closes = closes if more is None else more.end()
    having = next((match for match in view.find(_WITH) if not opens < match.start() < closes), None)
    if without is not None and (view.has(LOCAL, opens, closes) or _is_of_one_place(view, without.end())):
        elsewhere = view.has(_MEASURED) or (having is not None and having.start() > without.end())
        if elsewhere or memory.bears_disease():
            return "with disease"
    worse = memory.response is not None and view.start <= memory.response.start < view.end
    if without is not None and worse and memory.last_response == "PD" and vital == "alive":
        return "with disease"  # "scar without uptake; new pelvic mass"
    ended = without is not None and _A_TIME.match(view.whole, without.end(), view.end) is not None
    if ended and having is not None and without is not None and having.start() > without.end():
        return "with disease"
    if without is not None and (having is None or (having.start() > without.start() and vital == "alive")):
        return "NED"
    if having is not None and not (vital == "alive" and view.has(_REMAINS_FREE, having.end()) is not None):
        return "with disease"
    if having is not None:
        return "NED"
    return "with disease" if vital == "dead" and not view.has(_CAUSE_OTHER) else None


def _as_told_last(memory: Memory) -> Literal["NED", "with disease", "unknown"]:
    """Return the state of the disease as the last response told it."""
    if memory.last_response in _FREE_BY:
        return "NED"
    if memory.last_response is None and memory.operated and not memory.regimen:
        return "unknown"
    return "with disease"


_WHAT_IS_DENIED = re.compile(
    r"(?:\sof)?(?:\s(?:any|local|loco-?regional|distant|tumou?r|disease|further|new))*"
    r"\s(?:recurren\w{2,4}|relapse|metasta\w{2,5})(?:\s(?:or|and|nor)\s(?:of\s)?(?:[a-z]{3,12}\s)?"
    r"(?:recurren\w{2,4}|relapse|metasta\w{2,5}))?",
    re.IGNORECASE,
)
"""What goes on behind words that tell of no disease, and is denied with them: "without evidence of recurrence"."""
_REMAINS_FREE = pattern(
    r"\b(?:remain(?:s|ed)|is|continues)\s(?:still\s|alive\s(?:and\s)?)?"
    r"(?:in\s(?:complete\s|continued\s|ongoing\s)?remission"
    r"|free of disease|disease[- ]free)\b",
    re.IGNORECASE,
)
"""What is told of now behind the disease that was: "the metastases regressed, and he remains in remission"."""
_A_TIME = pattern(r"\s(?:interval|period|survival|time)\b")
"""A time without disease, at the end of which it is back: "after a disease-free interval, metastases were found"."""


def _is_of_one_place(view: View, end: int) -> bool:
    """Whether the words before ``end`` tell of one organ only that it is free of disease."""
    if organ_behind(view, end) is not None or scanned_alone(view, end) is not None or is_at_a_spot(view, end):
        return True
    return _AT_A_SITE.match(view.whole, end, view.end) is not None and view.has(_MEASURED) is not None


def _vital(draft: Draft) -> str:
    fact = draft.fact
    return fact.vital if isinstance(fact, Outcome) else ""
