"""Diagnoses: the tumour's name where a sentence reaches it, and earlier other tumours of the patient.

A tumour's name alone is no diagnosis: an act of diagnosing must name it ("revealing", "was diagnosed", "revised to"),
or it must head an item of a list of diagnoses. Which diagnosis holds in the end is settled when all have been read
(``settle``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Diagnosis
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import denied, hypothetical, of_someone_else
from caseboard.narrative.contrasted import is_misreading, is_right_one
from caseboard.narrative.diagnosing import Act, act_of, is_asserted_after
from caseboard.narrative.diagnosis_dated import date_of_diagnosis
from caseboard.narrative.diagnosis_implied import is_beside_patient, is_had_by_patient, is_implied
from caseboard.narrative.document import ALLERGEN
from caseboard.narrative.extract.lesion_place import place_named
from caseboard.narrative.extract.restated import Diagnosed, Role
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.methods import found_when
from caseboard.narrative.past_tumors import is_of_the_past
from caseboard.narrative.patterns import pattern
from caseboard.narrative.several_primaries import (
    is_diagnosed_next,
    is_found_by_chance,
    is_of_recurrence,
    is_one_of_several,
)
from caseboard.narrative.short_names import tumors_named
from caseboard.narrative.tumor_names import TumorName, tumor_name
from caseboard.narrative.view import View
from caseboard.terms import tumors

__all__ = ["extract"]

_CLOSED = frozenset({"plan", "family", "allergies", "medication"})
_READING = pattern(
    r"\b(?:diagnosis|diagnosed\sas|reported|read|interpreted|misdiagnosed|taken|mistaken|classified"
    r"|(?:previously|been|was)\s(?:(?:first|initially|originally)\s)?(?:labell?ed|called|termed|regarded\sas)"
    r"|(?:excised|resected|removed|treated)\s(?:[a-z0-9]{2,12}\s){0,3}as)\b",
    re.IGNORECASE,
)
_ENDS_HEAD = re.compile(r"[:;.]\s")
_LONGEST_QUOTE = 140
_MOST_NAMED = 40
_NEAR_DATE = 60
_DENIED_AT_ONCE = pattern(
    r"\b(?:no|not|neither|nor|without|excluded|ruled out)\s(?:[a-z-]{2,14}\s){0,3}$",
    re.IGNORECASE,
)
_FIELD = pattern(
    r"diagnos|\bdx\b|tumou?r|breast|biops|\bbx\b|scopy\b|centesis\b|\bE[BU]US\b|\bpath\b|FNA|\bHP[RE]\b|patholog|histolog|cytolog|classified"
    r"|revised|sarcoma|cancer|conclusion"
    r"|consistent with|\bc/w\b|resection|excision|metasta|\bstage\b|\bgrade\b|\bectomy\b",
    re.IGNORECASE,
)
_ANOTHER = pattern(
    r"\b(?:second(?:ary)?\s(?:primary|malignan\w{2,4}|cancer|tumou?r)|metachronous|synchronous"
    r"|concurrent|coexist\w{2,4}|incidental(?:ly)?|new\sprimary|another\s(?:primary|tumou?r"
    r"|malignancy)|transform(?:ed|ation)\s(?:in)?to|progressed\sto|additional(?:ly)?|collision)\b",
    re.IGNORECASE,
)
_SPREAD = re.compile(r"\bmetasta\w{2,5}\b[^,;.]{0,25}$|\bmetasta\w{2,5}$", re.IGNORECASE)
_ITEM = re.compile(r"[ \t]{0,12}(?:\(?(?P<number>\d{1,2})[.)]|[-*•·–])?[ \t]{0,4}")
_YEAR = re.compile(
    r"[^;.\n\d]{0,24}(?:Gleason\s\d\s?[+=]\s?\d[^;.\n\d]{0,8})?\b(?P<year>19\d\d|20\d\d)\b(?![-/.]\d)"
)
"""The bare year of a former tumour, which is no date of the story: "prostate ca 2016"."""
_OLD = pattern(
    r"\b(?:19|20)\d\d\b|\bs/p\b|\bstatus post\b|\bhistory of\b|\bh/o\b|\btreated\b|\bin remission\b",
    re.IGNORECASE,
)


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the diagnoses that a sentence reaches, suspects, heads a list with, or recalls as another tumour's."""
    if view.retold or view.section in _CLOSED:
        return
    named = [m for m in tumors_named(view)[:_MOST_NAMED] if _counts(view, m, memory)]
    previous = view.start
    headed = False
    for index, tumor in enumerate(named):
        if index and _says_again(view, named[index - 1], tumor):
            previous = max(previous, tumor.end)
            continue
        if index and view.has(_ARISEN, max(view.start, tumor.start - 30), tumor.start):
            continue
        draft = _read(view, memory, tumor, previous)
        if draft is None and not headed and view.section == "diagnosis":
            draft = _headline(view, memory, tumor)
        headed = headed or draft is not None
        previous = max(previous, tumor.end) if draft is not None else previous
        if draft is None or _refined_at_once(view, tumor, named[index + 1 :]):
            continue
        if isinstance(draft.fact, Diagnosis) and draft.fact.status != "history":
            memory.diagnosis, memory.tumor = draft.fact.term, tumor.key
            _note_place(view, memory, tumor)
            _note_day(memory, draft)
        yield draft


def _note_day(memory: Memory, draft: Draft) -> None:
    """Remember when the tumour was first diagnosed: times "after the diagnosis" hang on it."""
    moment, known = draft.moment, memory.clock.anchors.get("diagnosis")
    final = isinstance(draft.fact, Diagnosis) and draft.fact.status == "final"
    if final and known is None and moment.when is not None and not moment.open:
        memory.clock.set_anchor("diagnosis", moment.counted_from)


def _note_place(view: View, memory: Memory, tumor: Mention) -> None:
    """Remember the place that stands right behind a tumour's name: "desmoid fibromatosis R chest wall"."""
    if memory.named_site is not None or memory.main_site is not None:
        return
    for site in view.of("site"):
        if site.start >= tumor.end and _ITS_PLACE.fullmatch(view.whole, tumor.end, site.start):
            place = place_named(view, memory, site)
            memory.named_site = (place.site, place.laterality)
            return


_ITS_PLACE = re.compile(
    r"(?:\swith\s(?:an?\s)?[A-Za-z0-9:-]{2,14}\s(?:fusion|rearrangement|mutation|amplification))?"
    r"(?:\s?\([^()]{1,40}\))?(?:,?\s(?:of|in|at|from|on|involving|arising (?:in|from))\s(?:the\s|his\s|her\s)?|,?\s"
    r"|:\s)"
    r"(?:(?:R|L|Rt|Lt|right|left)\.?\s)?(?:(?:proximal|distal|upper|lower|mid|deep|anterior|posterior)\s)?",
    re.IGNORECASE,
)


def _counts(view: View, mention: Mention, memory: Memory) -> bool:
    """Whether a mention names an entity of this patient: no mere "tumour", nothing denied, no relative's."""
    term = tumors.vocabulary()[mention.key]
    if (
        term.generic
        or view.whole[mention.end : mention.end + 1].isalnum()
        or view.whole[mention.start - 1 : mention.start].isalnum()
        or _NOT_THAT.search(view.whole, max(view.start, mention.start - 4), mention.start)
    ):
        return False
    if view.whole[mention.start : mention.end + 1] == "ALL:" and ALLERGEN.search(
        view.whole, mention.end, min(view.end, mention.end + _NEAR_DATE)
    ):
        return False
    if view.whole.startswith("-like", mention.end) or _SERVICE.match(view.whole, mention.end, view.end):
        return False
    if mention.weak and not _is_known_abbreviation(view, mention, memory):
        return False
    return not (
        _is_denied(view, mention)
        or of_someone_else(view, mention.start, mention.end)
        or hypothetical(view, mention.start, mention.end)
    )


_NOT_THAT = re.compile(r"non[- ]$", re.IGNORECASE)
"""What makes a tumour's name that of any other: "non-small cell carcinoma", where that is no name of its own."""
_SERVICE = pattern(
    r"\s(?:(?:and|&)\s\w+\s|\w+\s){0,2}(?:follow-?up\s)?(?:progress\snote|note\b|onc\b|clinic|unit|service|team|group|board|cent(?:re|er)|MDT|MTB|nurse|specialist"
    r"|department"
    r"|conference|meeting|network|registry|program(?:me)?|society|surgeon|oncologist|outpatient|consultation)\b",
    re.IGNORECASE,
)
"""What makes a tumour's name that of a service: "Sarcoma clinic"."""


def _is_denied(view: View, mention: Mention) -> bool:
    """Whether the tumour is said not to be there; of a tumour that "was diagnosed" only if denied at once."""
    if is_asserted_after(view, mention):
        return view.has(_DENIED_AT_ONCE, max(view.start, mention.start - 40), mention.start) is not None
    return denied(view, mention.start, mention.end) and not is_right_one(view, mention)


def _is_known_abbreviation(view: View, mention: Mention, memory: Memory) -> bool:
    """Whether the document spells an ambiguous abbreviation out, or a word of its field stands beside it."""
    if _BREATHED.match(view.whole, mention.end, view.end) is not None:
        return False
    if mention.key not in memory.spelled_out:
        written = view.whole.lower()
        memory.spelled_out[mention.key] = any(
            name in written for name in tumors.vocabulary()[mention.key].names
        )
    lead = mention.start - view.start if view.section == "diagnosis" else _AT_THE_HEAD + 1
    opens = view.section == "history" and view.whole[view.start : mention.start].strip(" -•*") == ""
    heads = opens or lead <= _AT_THE_HEAD
    return (
        memory.spelled_out[mention.key]
        or (heads and mention.end - mention.start >= _NO_WORD and mention.key != "ALL")
        or view.has(_FIELD, max(view.start, mention.start - 60), mention.start) is not None
        or (
            mention.end - mention.start >= _NO_WORD
            and (
                _is_told_of_tissue(view, mention)
                or is_beside_patient(view, mention)
                or is_had_by_patient(view, mention)
            )
        )
    )


def _is_told_of_tissue(view: View, mention: Mention) -> bool:
    """Whether letters stand for what an organ has or an operation showed: "IMT of the bladder", "TURBT 10 Nov: IMT"."""
    if any(
        site.end + 1 == mention.start or _OF_IT.fullmatch(view.whole, mention.end, site.start)
        for site in view.of("site")
    ):
        return True
    return any(_SHOWED.fullmatch(view.whole, done.end, mention.start) for done in view.of("procedure"))


_OF_IT = re.compile(r"\s(?:of|in)\s(?:the\s)?(?:(?:left|right|L|R|urinary|distal|proximal)\s)?")
_SHOWED = re.compile(r"[^:;.]{0,30}?(?:\d[./-]\d{1,2}[^:;]{0,12})?:\s(?:[a-z-]{3,14}\s){0,2}")
_BREATHED = re.compile(r",?\s(?:on|with|uses)?\s?(?:nocturnal\s|home\s)?(?:C|Bi|A)PAP\b")
"""What makes OSA an apnoea of sleep, and no osteosarcoma."""
_NO_WORD = 3
"""Letters from which an abbreviation that heads a line of diagnoses is hardly a word: "Background: HCC"."""
_AT_THE_HEAD = 30
"""Characters from the beginning of a diagnosis within which an abbreviation heads it: "Diagnosis: ALK+ IMT"."""


def _says_again(view: View, one: Mention, other: Mention) -> bool:
    gap = view.whole[one.end : other.start]
    return one.key == other.key and gap.strip() in ("(", "", "[")


def _refined_at_once(view: View, tumor: Mention, later: list[Mention]) -> bool:
    """Whether the phrase goes on to say more closely what it is: "a spindle cell neoplasm, consistent with GIST"."""
    for other in later[:1]:
        gap = view.whole[tumor.end : other.start]
        if (
            len(gap) <= 60
            and not view.within(_ARISEN, gap)
            and not re.search(r"\b(?:not|no|never|excluded)\b", gap)
            and re.search(
                r"\b(?:favou?r\w{0,4}|consistent with|compatible with|most likely|in keeping with"
                r"|suggest\w{2,4}|namely|i\.e\.|specifically)\b",
                gap,
            )
        ):
            return True
    return False


_ARISEN = pattern(
    r"\b(?:arising|arisen|arose|originating|developing)\s(?:in|from|within|out of)\s(?:an?\s|the\s)?$",
    re.IGNORECASE,
)
"""What stands before the tumour in which another arose, and that it is not: "arising in a germ cell tumor"."""


def _read(view: View, memory: Memory, tumor: Mention, previous: int) -> Diagnosed | None:
    past = is_of_the_past(view, tumor.start, tumor.end) or _had_long_ago(view, memory, tumor)
    if (
        past is not None
        and (view.section != "diagnosis" or memory.diagnosis is not None)
        and not _is_former_reading(view, tumor)
    ):
        term = tumor_name(view, tumor)
        fact = _fact(view, term, "history")
        return _draft(
            view, memory, fact, min(term.start, past.start()), max(term.end, past.end()), "past", None
        )
    term = tumor_name(view, tumor)
    if view.section == "history" and _is_of_the_past_by_heading(view):
        return _draft(view, memory, _fact(view, term, "history"), term.start, term.end, "past", None)
    act = act_of(view, tumor, previous)
    beside = (
        is_diagnosed_next(view, tumor)
        or is_one_of_several(view, tumor)
        or is_found_by_chance(view, tumor)
        or (is_of_recurrence(view, tumor) and not _is_known(memory, tumor))
    )
    if beside and (act is None or act.kind == "reached"):
        act = Act("reached", term.start, pathology=True)
    if act is None and _concludes_report(view, tumor):
        act = Act("reached", tumor.start, pathology=True)
    if act is None:
        return (
            _draft(view, memory, _fact(view, term, "final"), term.start, term.end, "implied", None)
            if is_implied(view, tumor) or (memory.tumor is None and _is_long_before(view, memory, tumor))
            else None
        )
    if act.kind == "suspected" and not act.pathology and _is_aside(view, memory, tumor):
        return None
    start = act.start if tumor.start - act.start <= _LONGEST_QUOTE else term.start
    role: Role = "reached"
    if (
        _SPREAD.search(view.whole[max(view.start, term.start - 30) : tumor.start])
        or tumor.key == "CB:METASTSARC"
        or term.name.startswith("metastatic")
    ):
        role = "spread"
    elif beside or view.has(_ANOTHER, max(view.start, term.start - 90), min(view.end, term.end + 60)):
        role = "another"
    elif act.kind == "revised":
        role = "revised"
    fact = _fact(view, term, "working" if act.kind in ("suspected", "first") else "final")
    return _draft(view, memory, fact, min(start, term.start), term.end, role, act)


def _is_known(memory: Memory, tumor: Mention) -> bool:
    """Whether a tumour has been named by the story, as that or more closely."""
    known = memory.tumor
    return known is not None and tumors.related(tumor.key, known) in ("same", "parent")


def _is_aside(view: View, memory: Memory, tumor: Mention) -> bool:
    """Whether a scan of a patient with a tumour shows besides what may be benign: "L2 focus, may be a haemangioma"."""
    benign = tumors.vocabulary()[tumor.key].behaviour == "benign"
    return benign and memory.staged and view.section == "findings"


def _had_long_ago(view: View, memory: Memory, tumor: Mention) -> re.Match[str] | None:
    """Return the word that tells a tumour of years before the first presentation: "she had a lymphoma in 1984"."""
    had = view.has(_HAD, max(view.start, tumor.start - 40), tumor.start)
    other = memory.tumor is not None and not _is_akin(tumor.key, memory.tumor)
    if _is_long_before(view, memory, tumor):
        return had or (_NAMED.match(view.whole, tumor.start) if other else None)
    undated = not isinstance(memory.clock.presented, DateInterval)
    return had if other and undated and view.governing(tumor.start, tumor.end) is not None else None


def _is_long_before(view: View, memory: Memory, tumor: Mention) -> bool:
    """Whether a tumour is told of years before the first presentation."""
    governed = view.governing(tumor.start, tumor.end)
    when, presented = governed.moment.when if governed else None, memory.clock.presented
    if not isinstance(when, DateInterval) or not isinstance(presented, DateInterval):
        return False
    return (presented.first - when.last).days > _LONG_BEFORE


def _is_akin(key: str, known: str) -> bool:
    """Whether a tumour may be that of the story under another name: a kind of it, of its organ, both sarcomas."""
    one, other = tumors.vocabulary()[key], tumors.vocabulary()[known]
    relation = tumors.related(key, known)
    if "benign" in (one.behaviour, other.behaviour) and one.behaviour != other.behaviour:
        return relation in ("parent", "child")
    return (
        relation != "other"
        or one.tissue == other.tissue
        or (tumors.is_sarcoma(key) and tumors.is_sarcoma(known))
    )


def _is_of_the_past_by_heading(view: View) -> bool:
    """Whether a sentence stands on the line of a heading of former illnesses, or right below it."""
    heading = view.sentence.heading.strip()
    if _PAST_HEADING.fullmatch(heading) is None:
        return False
    paragraph = view.whole.rfind("\n\n", max(0, view.start - _FAR), view.start) + 2
    return view.whole.find(heading, max(paragraph, view.start - _FAR), view.start) >= 0


_FAR = 400
_PAST_HEADING = re.compile(
    r"(?:past|previous|prior)\s(?:medical\s|surgical\s|personal\s)?(?:history|illness(?:es)?|diseases?)|PMHx?|PHx"
    r"|comorbidities|co-morbidities",
    re.IGNORECASE,
)
"""Headings under which a tumour is another one than that of the story."""
_HAD = pattern(
    r"\b(?:had|got|developed|suffered from|(?:was )?treated for)\s(?:an?\s)?(?:[a-z-]{3,14}\s){0,2}$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\S+")
_LONG_BEFORE = 365
"""Days before the first presentation that make a tumour another one."""


def _is_former_reading(view: View, tumor: Mention) -> bool:
    """Whether "previously" tells an earlier reading of the same tumour, and no earlier tumour."""
    low, _ = view.clause(tumor.start)
    return view.has(_READING, max(low, tumor.start - 60), tumor.start) is not None


def _headline(view: View, memory: Memory, tumor: Mention) -> Diagnosed | None:
    """Return the diagnosis that heads an item of a list; one after the first is an earlier tumour if it is dated so."""
    item = _ITEM.match(view.whole, view.start, view.end)
    first = item.end() if item else view.start
    if (
        not view.sentence.opens
        or tumor.start - first > 70
        or _ENDS_HEAD.search(view.whole, first, tumor.start)
        or _ONLY_LIKE.search(view.whole, first, tumor.start)
    ):
        return None
    term = tumor_name(view, tumor)
    number = item["number"] if item else None
    old = view.has(_OLD, term.end, min(view.end, term.end + 60))
    if number not in (None, "1") and old is not None:
        end = old.end() if old.start() - term.end < 3 else term.end
        return _draft(view, memory, _fact(view, term, "history"), term.start, end, "past", None)
    return _draft(view, memory, _fact(view, term, "final"), term.start, term.end, "headline", None)


_ONLY_LIKE = re.compile(
    r"\b(?:resembl\w{2,4}|mimick?\w{0,3}|differentials?|considered|despite|although|excluded|ruled\sout|unlike|not|suspected)\b",
    re.IGNORECASE,
)
"""What names a tumour in a line under a heading that is not the one told: "it mimicked synovial sarcoma, but"."""


def _concludes_report(view: View, tumor: Mention) -> bool:
    """Whether a tumour's name is the conclusion of a pathologist's report, and so of its day."""
    return (
        (view.section == "diagnosis" or _CONCLUSION.fullmatch(view.sentence.heading.strip()) is not None)
        and tumor.start - view.start <= _AT_THE_HEAD
        and _PART_OF_REPORT.search(view.whole, max(0, view.start - _LONGEST_REPORT), view.start) is not None
    )


_CONCLUSION = re.compile(r"conclusions?|interpretation|summary", re.IGNORECASE)
_LONGEST_REPORT = 1500
_PART_OF_REPORT = re.compile(
    r"\n[ \t]{0,4}(?:micro(?:scopy|scopic)|macro(?:scopy|scopic)|gross|immunohisto\w{4,8}|specimens?)\b[^\n:]{0,20}:",
    re.IGNORECASE,
)
"""A part of a pathologist's report, whose diagnosis is of its day."""


def _fact(view: View, term: TumorName, status: Literal["working", "final", "history"]) -> Diagnosis:
    return Diagnosis(
        id="", source=NOWHERE, patient=view.patient, term=term.name, status=status, code=term.code
    )


_CALLED = re.compile(
    r"(?:(?:was|were|had\sbeen)\s)?(?:initially\s|first\s|originally\s|then\s)?(?:called|read|reported|labell?ed|interpreted|signed\sout"
    r"|classified|described|termed|diagnosed|regarded)\s(?:as\s|out\sas\s)?",
    re.IGNORECASE,
)
"""What tells a name that was given at the time."""


def _draft(
    view: View, memory: Memory, fact: Diagnosis, start: int, end: int, role: Role, act: Act | None
) -> Diagnosed:
    governed = view.governing(start, end)
    if role in ("headline", "implied", "past"):
        governed = date_of_diagnosis(view, end) or (None if role == "headline" else governed)
    if role == "past" and governed is None:
        governed = next((time for time in view.times if 0 <= time.start - end <= _NEAR_DATE), None)
    year = _YEAR.match(view.whole, end, view.end) if role in ("past", "implied") else None
    behind = any(time.start >= end and time is governed for time in view.times)
    if year is not None and not behind:
        moment = Moment(DateInterval.of(int(year["year"])))
    elif role in ("headline", "implied", "past"):
        moment = governed.moment if governed is not None else Moment(None)
    elif act is not None and not act.dated:
        governed, moment = None, Moment(None)
    else:
        placed = _OF_A_PLACE.match(view.whole, end, view.end)
        own = next(
            (t for t in view.times if placed is not None and t.start == placed.end() and t.absolute), None
        )
        moment = own.moment if own is not None else found_when(view, memory, start, end)
    doubtful = act is not None and act.kind == "suspected"
    left_open = doubtful and _LEFT_OPEN.match(view.whole, end, view.end) is not None
    pathology = act is not None and act.pathology and not left_open
    return Diagnosed(
        fact,
        start,
        end,
        moment,
        role=role,
        pathology=pathology,
        doubtful=doubtful,
        former=any(start <= one.start < end and is_misreading(view, one.start) for one in view.of("tumor")),
        called=_CALLED.match(view.whole, start, end) is not None,
        dated=governed is not None,
        own_day=role == "implied" and date_of_diagnosis(view, end) is not None,
        again=pathology
        and view.has(_FOUND_AGAIN, max(view.start, start - 30), min(view.end, end + 30)) is not None,
    )


_OF_A_PLACE = re.compile(
    r"\s(?:of|in|from|at)\s(?:the\s|his\s|her\s)?(?:(?!in\b|on\b)[A-Za-z-]{3,16}\s){1,4}(?:in|on)\s(?:early\s|late\s|mid-?\s?)?"
)
"""What stands between a tumour's name and its day: "sarcoma of the right knee in May 2020"."""
_LEFT_OPEN = pattern(
    r"[^.]{0,80}\b(?:pending|awaited|outstanding|inconclusive|to\sbe\s(?:confirmed|followed)|not\s(?:be\s)?(?:definitive|conclusive"
    r"|confirmed|possible|made|established|reached|proven)|could\snot|excluded|ruled\sout|ruled\sthis\sout)\b",
    re.IGNORECASE,
)
"""What leaves a diagnosis open that a biopsy suggested: "suspicious for sarcoma; molecular confirmation is pending"."""
_FOUND_AGAIN = pattern(
    r"\b(?:metasta\w{1,6}|mets?|recur\w{3,6}|relaps\w{1,3}|again|once more|known|same (?:tumou?r|entity|disease))\b",
    re.IGNORECASE,
)
"""What a biopsy says that finds the tumour of the story once more."""
