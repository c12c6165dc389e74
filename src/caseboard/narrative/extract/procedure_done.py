"""Whether a procedure was done, and the fact that says so."""

from __future__ import annotations

import re

from caseboard.case.facts import Treatment
from caseboard.narrative.context import (
    denied,
    hypothetical,
    is_of_the_next,
    of_someone_else,
    own_words_before,
    planned,
)
from caseboard.narrative.memory import NOWHERE, Draft
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import Governed, View

__all__ = [
    "BEFORE_WORDS",
    "DONE",
    "NOT_DONE",
    "date_of_its_verb",
    "done_again",
    "had_after_all",
    "procedure_draft",
    "time_of",
    "was_done",
]

DONE = pattern(
    r"\b(?:underwent|undergone|proceeded to|went on to|benefit(?:t)?ed\b[^.;]{0,50}?\b(?:from|of)|reali[sz]ed"
    r"|treated\b[^.;,]{0,25}\bwith|undergoing|performed|carried out|done|made|received"
    r"|treated (?:with|by)|was (?:\w+ly )?(?:resected|excised|removed|amputated|ablated"
    r"|irradiated)|were (?:\w+ly )?(?:resected|excised|removed|irradiated)|resected|excised"
    r"|removed|opted for|we did|did a|administered|delivered|given|completed|initiated|started"
    r"|begun|commenc(?:ed|ing)"
    r"|conducted|had(?! no\b)(?: (?:an?|his|her))?|submitted to|subjected to|at laparotomy"
    r"|placed|inserted|implanted|drained|transfused|followed by|by means of|via|through"
    r"|consisted of|applied|practi[cs]ed|taken (?:up )?(?:to|for)"
    r"|went to(?=\s(?:surgery|(?:the\s)?(?:theatre|operating)))|operated|achieved|undertaken|took place|takes place"
    r"|effected"
    r"|sited|fashioned|refashioned"
    r"|created|constructed|raised|accomplished|destroyed (?:by|with)|ablated (?:by|with)"
    r"|s/p|status post|(?:was|were|put|placed) on(?=\s?$))\b",
    re.IGNORECASE,
)
_AS_TIME = pattern(
    r"\b(?:after|following|before|prior to|since|post|until|from|at|of|awaiting|for|during"
    r"|undergoing)(?:\s|(?<=\bpost)-)(?:the |her |his |this |planned |initial |radical |first |second "
    r"|complete |surgical |further |repeat |completion of |the completion of )*$",
    re.IGNORECASE,
)
NOT_DONE = pattern(
    r"\b(?:no|not|never|without|declin\w{2,3}|refus\w{2,3}|unfit for|instead of|rather than|in lieu of"
    r"|postpon\w{2,3}|defer\w{1,4}|waiv\w{2,3}|omit\w{0,4}|forg?oe?s?|forewent|put off|counsell?ed|informed about"
    r"|not attempted|unresectable|inoperable|deemed|avoid\w{0,3}|abandon\w{0,3}"
    r"|contraindicated)\b",
    re.IGNORECASE,
)
BEFORE_WORDS = pattern(
    r"(?:\b(?:wide|wider|radical|partial|total|subtotal|left|right|bilateral|palliative"
    r"|laparoscopic|robotic(?:-assisted)?|open|complete|en bloc|marginal|local|emergency"
    r"|urgent|surgical|upper|lower|distal|proximal|elective|extended|transurethral"
    r"|video-assisted|thoracoscopic|limb-sparing|completion|secondary|excisional|anterior"
    r"|posterior|tumou?r|sentinel|therapeutic|emergent|modified|metallic|biliary|ureteral"
    r"|palliative|adjuvant|external beam|whole[- ](?:brain|lung|abdominal)"
    r"|stereotactic)\s){1,5}$",
    re.IGNORECASE,
)
_DIAGNOSTIC_AFTER = pattern(
    r"^\s?(?:biopsy|biopsies|specimens?|tissue|blocks?|material|margins?|(?:time|duration|room|theatre|note"
    r"|report|record|outpatients?|clinic|department|service|ward|unit|division|team)s?"
    r"|of (?:the )?(?:specimen))\b",
    re.IGNORECASE,
)
_SPECIMEN_BEFORE = pattern(
    r"\b(?:specimen|histology|pathology|margin|margins|line|bed|site|area) (?:of|from|after) (?:the )?$",
    re.IGNORECASE,
)


_ONLY_POSSIBLE = pattern(
    r"\b(?:possible|potential|eventual|(?:assess\w{0,4}|suitab\w{2,5}|candidates?)\s(?:for"
    r"|of))\s(?:[a-z-]{3,14}\s){0,2}$",
    re.IGNORECASE,
)
"""What stands before an operation that is still open: "followed by assessment for possible surgery"."""
_PERFORMED = pattern(
    r"(?:[^.;,]|\.(?=\d)){0,80}?\b(?:was|were|has been|had been)\s"
    r"(?:then\s|successfully\s|also\s|finally\s|[a-z]{3,12}ly\s)?"
    r"(?:performed|carried out|done|undertaken|conducted|achieved|completed|realized|realised|practi[cs]ed"
    r"|applied|made|accomplished)\b"
    r"|(?:[^.;]|\.(?=\d)){0,80}?\b(?:took|takes|has taken) place\b"
    r"|(?:[^.;,]|\.(?=\d)){0,60}?\bfollowed\s(?:[a-z0-9]+\s){0,3}(?:later|after|in|on)\b",
    re.IGNORECASE,
)
"""What tells behind a procedure that it was done, whatever was planned or refused before it."""
_WERE_PERFORMED = pattern(
    r"(?P<list>(?:[^.;]|\.(?=\d)){0,160}?)\bwere\s(?:then\s|[a-z]{3,12}ly\s)?"
    r"(?:performed|carried out|done|undertaken|made|reali[sz]ed|given|applied)\b",
    re.IGNORECASE,
)
_WHICH_SHE_HAD = pattern(
    r"[^.;]{0,60}?(?:\bwhich|,\sand|\sand)\s(?:s?he|the patient)\s(?:then\s|has\s|duly\s)?"
    r"(?:had|received|underwent|completed|accepted)\b(?=\s(?:it|this|them|on|in|at|from|over|with|\d|the\s(?:treatment|therapy"
    r"|operation|procedure))\b|\s?[.,;(]|\s?$)",
    re.IGNORECASE,
)
"""What tells that the patient had what was only offered: "radiotherapy, which he had on 5 May"."""
_TWO_OR_MORE = pattern(r",|\sand\b")
_VERB_BETWEEN = pattern(r"\b(?:was|is|has|had|but|were|are)\b", re.IGNORECASE)
"""What tells of a list that all of it was done: "synovectomy and, in May, radiotherapy were performed"."""
_NOT_POSSIBLE = pattern(
    r"[^.;,]{0,60}?\b(?:went|came|was (?:taken|brought|put|presented|submitted)) (?:before|to) (?:(?:the|our|his|her"
    r"|an?) )?"
    r"(?:[a-z-]{3,14} ){0,2}(?:board|meeting|MDT|MDM|conference|parents|family|patient|committee)\b"
    r"(?![^.;]{0,60}\b(?:performed|done|carried out|given|delivered|took place|agreed)\b)"
    r"|[^.;,]{0,40}?\b(?:(?:could|can) ?not be|(?:was|were|is) (?:not|never) (?:possible|performed|done|carried out"
    r"|feasible|attempted|undertaken|indicated|considered|offered|accepted)|was deemed (?:un|im|not)"
    r"|(?:was|were|is) (?:then |therefore |finally |also |clearly )?(?:contraindicated|excluded|ruled out|dismissed"
    r"|rejected|debated|mooted|raised (?:by|with|at|as)|turned down|vetoed|too (?:risky|dangerous|hazardous|morbid)"
    r"|out of the question|no option|abandoned|cancell?ed|called off|aborted|declined|refused"
    r"|omitted|deferred|waived|withheld|forgone|foregone|spared|averted|put off|put on hold"
    r"|delayed (?:from [^.;,]{3,20} )?(?:to|until)"
    r"|(?:asked for|requested|demanded|sought)(?![^.;]{0,60}\b(?:performed|done|carried out|took place)\b)))\b"
    r"|[^.;,]{0,20}?\b(?:(?:could|to) be (?:avoided|spared|abandoned|deferred|omitted|averted|postponed)"
    r"|remain(?:s|ed)? (?:an? )?(?:open |possible |further |valid )?(?:option|possibility|alternative)"
    r"|(?:has|have|had) (?:not|yet) (?:yet )?(?:to )?(?:start(?:ed)?|beg[iu]n|commenced?|taken place))\b",
    re.IGNORECASE,
)
"""What tells behind a procedure that it was not done: "surgery could not be performed"."""
_ONLY_TRIED = pattern(
    r"\s(?:was|were|had been)\s(?:attempted|tried|begun|started),?\s(?:but|yet)\s(?:[a-z]{2,12}\s){0,3}"
    r"(?:aborted|abandoned|failed|given up|broken off)\b",
    re.IGNORECASE,
)
_SPECIMEN_SHOWED = pattern(
    r"(?:\s(?:of|with)\s[^.;,]{3,30})?(?:,\s[^.;,]{3,50},)?\s(?:then\s|subsequently\s)?"
    r"(?:showed|revealed|confirmed|disclosed|demonstrated|yielded|found|removed|left)\b",
    re.IGNORECASE,
)
"""What an operation found tells that it was done: "excision of the lump showed an adenocarcinoma"."""
_ANOTHER_STATEMENT = pattern(r"(?:,\s(?:and|but|so)\s|;\s|\sand\s(?:s?he|they|the patient)\s)")
_NOTED_BEFORE = pattern(
    r"(?:^|[.,;:>→\n]\s{0,4}(?:(?:and\s)?then\s|followed\sby\s)?)(?:\d{1,2}[.)]?\s{1,3})?(?:[-*•]\s)?(?:[LR]\.?\s"
    r"|left\s|right\s)?"
    r"(?:(?:[a-z]{3,6}oscopy|biopsy|EUA)\s?(?:and|\+|&|/)\s?)?$",
    re.IGNORECASE,
)
_THE_SAME = re.compile(r"(?:(?:in|on) )?(?:that|the same|the next|the following)\b")
_NOTED_BEHIND = re.compile(r"[^;\n]{0,70}?(?:\bon\s|\bin\s|[-–(:,]\s?|\s)")
"""What stands between a note's name of an operation and its date: "R mastectomy + skin graft 24/9/2019"."""


def _noted(view: View, start: int, end: int) -> bool:
    """Whether a note tells an operation by its name and its date, be it that of the line before."""
    return _NOTED_BEFORE.search(view.whole[max(view.start, start - 34) : start]) is not None and any(
        (time.absolute or _THE_SAME.match(view.whole, time.start) is not None)
        and end <= time.start <= end + 90
        and _NOTED_BEHIND.fullmatch(view.whole, end, time.start) is not None
        for time in view.times
    )


def time_of(view: View, start: int, end: int) -> Governed | None:
    """Return the time of what was done: that of its own verb, else the one that governs its words."""
    found = date_of_its_verb(view, end)
    if found is None and any(start <= time.start < end for time in view.times):
        found = view.right_behind(end)  # "a lump noticed in 2010, which was excised in May 2012"
    found = found or view.governing(start, end)
    of_the_next = (
        found is not None and found.start > end and _FOLLOWED_BY.search(view.whole, end, found.start)
    )
    return None if of_the_next else found


_FOLLOWED_BY = re.compile(r"\b(?:was|were)\sfollowed\sby\s")
"""What parts what was done from the next thing and its day: "radiotherapy was followed by resection in December"."""


def date_of_its_verb(view: View, end: int) -> Governed | None:
    """Return the date right behind the verb of what ends at ``end``: "SBRT (27 Gy) was completed on 18 December"."""
    reach = min(view.end, end + 90)
    verb = _ITS_VERB.match(view.whole, end, reach) or _WHICH_SHE_HAD.match(view.whole, end, reach)
    if verb is None:
        listed = view.begins(_WERE_PERFORMED, view.whole[end : min(view.end, end + 200)])
        return (
            view.right_behind(end + listed.end()) if listed is not None and _is_list(listed["list"]) else None
        )
    dated = [time for time in view.times if time.absolute and end <= time.start < verb.end()]
    of_another = bool(dated) and _AND_WAS.match(view.whole, dated[-1].end) is None
    if of_another or any(end <= drug.start < verb.end() for drug in view.of("drug", "regimen")):
        return None  # it is told of what is named behind: "nephrectomy on 9 August, and pazopanib was started on"
    return view.right_behind(verb.end())


_AND_WAS = re.compile(r",?\s(?:and|but|then)\s(?:(?:then|finally|later)\s)?(?:was|were|had been)\s")
"""What goes on with the same thing behind its first date: "went before the board on 6 May and was performed on"."""


def done_again(view: View, done: int, first: Governed) -> Governed | None:
    """Return the second of two days on which the same was done: "in May 2018 and again in June 2019".

    ``done`` is where the words begin that tell what was done.
    """
    if not first.absolute:
        return None
    for time in view.times:
        if time.absolute and not time.until and 0 < time.start - first.end < 26:
            ties = _AND_AGAIN.fullmatch(view.whole[first.end : time.start])
            ends = (_NOTHING_ELSE if done < first.start else _OR_ITS_VERB).match(
                view.whole, time.end, view.end
            )
            return time if ties is not None and ends is not None else None
    return None


_AND_AGAIN = pattern(
    r",?\s(?:and|&)\s(?:(?:then|once)\s)?(?:again\s|once\smore\s|later\s)?(?:(?:in|on)\s)?", re.IGNORECASE
)
_NOTHING_ELSE = pattern(r"\)?\s?(?:[.;)]|$|\((?!\d))")
"""What may stand behind the second day, and names nothing else that was done on it."""
_OR_ITS_VERB = pattern(
    r"\)?\s?(?:[.;)]|$|,?\s(?:s?he|the patient)\s(?:underwent|had|received)\b|\((?!\d))", re.IGNORECASE
)
"""The same, where what was done is told behind both days: "in May and again in June he underwent wedge resection"."""
_ITS_VERB = pattern(
    r"(?:[^.;,()]{0,60},\s(?:following|after|with|using|preceded by)\s[^.;,()]{3,60},|[^.;,()]{0,50}?)\s?\b(?:was"
    r"|were|had been)\s(?:[a-z]{2,12}ly\s|then\s|also\s)?(?:performed|done|carried out|given"
    r"|delivered|completed|administered|undertaken|started|begun|initiated|commenced|finished|applied|made"
    r"|practi[cs]ed|reali[sz]ed|conducted)\b",
    re.IGNORECASE,
)


_SIDE = pattern(r"\((?:L|R|Lt|Rt|left|right|bilateral)\.?\)$", re.IGNORECASE)
"""A side in brackets before what was done: "underwent (L) thyroidectomy"."""


def was_done(view: View, mention: Mention) -> bool:
    """Whether a procedure is said to have been done, not planned, refused, denied or only named as a time."""
    start, end = mention.start, mention.end
    low, high = view.clause(start)
    own = max((other.end() for other in view.find(_ANOTHER_STATEMENT, low, start)), default=low)
    reach = min(view.statement(start)[1], end + 130)
    performed = (
        _was_performed(view, view.whole[end:reach])
        or _was_performed(view, _BRACKETED.sub("", view.whole[end:reach], count=1))
        or had_after_all(view, end)
        or (
            own > low
            and view.has(DONE, own, start) is not None
            and not view.within(NOT_DONE, view.whole[own:start])
        )
    )
    if performed:
        low = own
    if (
        (not performed and planned(view, start, end))
        or hypothetical(view, start, end)
        or of_someone_else(view, start, end)
        or (not performed and denied(view, start, end))
    ):
        return False
    if view.whole[low] == ")" and _SIDE.search(view.whole, max(view.start, low - 12), low + 1):
        low = min(low, view.statement(start)[0])
    before = view.whole[max(low, start - 70) : start]
    if view.begins(_ONLY_TRIED, view.whole[end:reach]):
        return False
    impossible = view.begins(_NOT_POSSIBLE, view.whole[end:reach])
    if impossible is not None and not is_of_the_next(view, start, end, impossible[0]):
        return False
    if _is_choice(view, start, end):
        return False
    if (
        view.within(NOT_DONE, view.whole[max(low, start - len(own_words_before(view, start, 40))) : start])
        or _is_only_a_time(view, before, start, end)
        or view.within(_SPECIMEN_BEFORE, before)
        or view.within(_ONLY_POSSIBLE, before)
    ):
        return False
    if _DIAGNOSTIC_AFTER.match(view.whole[end : end + 14]) and not re.search(
        r"excision", view.whole[start:end], re.IGNORECASE
    ):
        return False
    told = view.whole[start:end].casefold()
    performed = (
        performed
        or told.startswith("underwent ")
        or (
            told.endswith("ed")
            and not _TAKEN_OUT.fullmatch(told)
            and view.within(_PASSIVE, before) is not None
        )
    )
    if performed or view.has(DONE, max(low, start - 130), start) or view.has(DONE, end, min(high, end + 130)):
        return True
    if _noted(view, start, end) or view.begins(_SPECIMEN_SHOWED, view.whole[end : min(high, end + 60)]):
        return True
    if _gapped(view, start, end) or (not view.whole[start:end].endswith("ed") and _on_its_day(view, end)):
        return True
    opens = max(view.start, view.whole.rfind(";", view.start, start) + 1)
    led = any(opens <= time.start < start for time in view.times)
    return start - opens < _TELEGRAPH and (led or (bool(view.times) and view.sentence.item))


_TAKEN_OUT = re.compile(r"(?:\w+ly )?(?:re-?)?(?:excis|resect|remov|amputat|debulk|enucleat|operat)ed")
"""Verbs that are read with what was taken out, elsewhere."""
_PASSIVE = pattern(r"\b(?:was|were|been)\s(?:[a-z]{3,14}ly\s|then\s|also\s){0,2}$")
"""What makes the verb of an operation tell that it was done: "the tibia was curetted"."""
_TELEGRAPH = 45
"""Characters within which a note comes to what was done on the day that it begins with."""


def _is_choice(view: View, start: int, end: int) -> bool:
    """Whether a procedure is one of two between which is chosen, or is asked for: "RFA vs resection", "SBRT?"."""
    return (
        _VERSUS.match(view.whole, end, view.end) is not None
        or _VERSUS.search(view.whole, max(view.start, start - 8), start) is not None
        or _ASKED.match(view.whole, end, view.end) is not None
    )


def _is_only_a_time(view: View, before: str, start: int, end: int) -> bool:
    """Whether a procedure is named as a time, and not told by its own day: "after lobectomy in May 2020, a cyst"."""
    if not view.may(_AS_TIME):
        return False
    stripped = _stripped(view, before)
    led = None if _TELLS_OF_IT.search(stripped) else _AS_TIME.search(stripped)
    return led is not None and not (
        _BEHIND_IT.match(led[0]) is not None
        and not view.whole[start:end].endswith("ed")
        and _on_its_day(view, end)
    )


_TELLS_OF_IT = re.compile(r"\bconsist(?:ed|ing)\sof\s(?:an?\s|the\s)?$", re.IGNORECASE)
"""What ends in a preposition and still tells that it was done: "treatment consisted of wide excision"."""
_BEHIND_IT = re.compile(r"(?:after|following|post|since|before|prior to)\b", re.IGNORECASE)
_VERSUS = re.compile(r"\s(?:vs\.?|versus)\s", re.IGNORECASE)
_ASKED = re.compile(r"[^.;:!?\n]{0,60}\?(?![A-Za-z])")


def _gapped(view: View, start: int, end: int) -> bool:
    """Whether a second procedure shares the verb of the first and has a day of its own: "and ablation in May 2019"."""
    if not any(time.absolute and 0 < time.start - end <= 70 for time in view.times):
        return False
    if _AND_A.search(view.whole, max(view.start, start - 16), start) is None:
        return False
    between = _ITS_DAY.match(view.whole, end, view.end)
    return between is not None and view.has(DONE, max(view.start, start - 200), start) is not None


def _on_its_day(view: View, end: int) -> bool:
    """Whether a date stands right behind a procedure, whatever the verb: "she came to lobectomy on 5 May 2020"."""
    return any(
        time.absolute and not time.until and _ON.fullmatch(view.whole, end, time.start) is not None
        for time in view.times
    )


_ON = re.compile(
    r"(?:\s?\([^()]{1,30}\)|\s(?:of|for)(?:\s(?!(?:found|seen|known|since|[a-z]+ed)\b)[a-z-]{1,16}){1,6})?"
    r"\s?\(?(?:(?:on|in|of)\s)?(?:early\s|late\s|mid-?\s?)?"
)
_AND_A = pattern(
    r"(?:,|;|,?\sand|,\sthen|\sthen)\s(?:an?\s|the\s|finally\s|then\s|later\s){0,2}(?:[a-z-]{4,12}\s)?$",
    re.IGNORECASE,
)
_ITS_DAY = pattern(
    r"(?:\s(?:of|for|to|in)\s(?!(?:the\s)?(?:\d|[A-Z]))[a-z -]{3,50}?)?\s?"
    r"(?:\(|in\s|on\s)(?=(?:early\s|late\s)?[A-Z\d])"
)


_BRACKETED = re.compile(r"^\s\([^()]{1,160}\)")
"""Brackets right behind a procedure, whatever commas they hold: "chemoembolisation (beads, 75 mg) was carried out"."""


def had_after_all(view: View, end: int) -> bool:
    """Whether the patient is told behind a procedure to have had what was only offered or proposed."""
    if not _WHICH_SHE_HAD.possible(view.cues):
        return False
    return _WHICH_SHE_HAD.match(view.whole, end, view.end) is not None


def _was_performed(view: View, behind: str) -> bool:
    """Whether the words behind a procedure tell that it was done, alone or in a list."""
    if view.begins(_PERFORMED, behind) is not None:
        return True
    listed = view.begins(_WERE_PERFORMED, behind)
    return listed is not None and _is_list(listed["list"])


def _is_list(between: str) -> bool:
    """Whether words that stand before a shared verb go on a list, and tell nothing of their own."""
    return _TWO_OR_MORE.search(between) is not None and _VERB_BETWEEN.search(between) is None


def _stripped(view: View, before: str) -> str:
    """Return the words before a procedure without its own adjectives."""
    found = view.within(BEFORE_WORDS, before)
    return before[: found.start()] if found else before


def procedure_draft(
    view: View,
    modality: str,
    span: tuple[int, int],
    moment: object,
    *,
    procedure: str | None = None,
    dose: str | None = None,
    site: str | None = None,
    event: str = "done",
    reason: str | None = None,
    remarks: tuple[str, ...] = (),
) -> Draft:
    """Return a procedure in the making."""
    fact = Treatment(
        id="",
        source=NOWHERE,
        patient=view.patient,
        modality=modality,  # type: ignore[arg-type]
        event=event,  # type: ignore[arg-type]
        procedure=procedure,
        dose=dose,
        site=site,
        reason=reason,
        remarks=remarks,
    )
    return Draft(fact, *span, moment)  # type: ignore[arg-type]
