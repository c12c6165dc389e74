"""The parts of a sentence that are told of somebody else than the patient, or of what others have published.

A relative, a friend or a patient of others who is the subject of a statement has all that it goes on to tell, up to
where the patient comes back: "One of her sons had a melanoma, treated with dabrafenib, and she".

Words behind a statement may give it to a relative after all ("that was his brother"), and a sentence that begins with
the family history may come back to the patient without a stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.kin_words import (
    ACQUAINTANCES,
    CALLED,
    COLLATERALS,
    KIN,
    MAN_AMONG,
    SPOUSES,
    WOMAN_AMONG,
)
from caseboard.narrative.patterns import AnyOf, pattern
from caseboard.narrative.view import View

__all__ = ["comes_back_from_family_history", "is_of_other_people", "was_a_relatives"]

_ANYBODY = (
    rf"(?:god-?)?(?:{KIN})s?(?:-in-law)?|(?:{SPOUSES}|{ACQUAINTANCES}|sibling|parent|twin|carer|care-?giver|relative"
    r"|(?:boy|girl)friend)s?|wives|child(?:ren)?|(?:grand|step)-?children|fianc[ée]e?|partner|spouse|donor|family"
)
"""Whom "his" or "her" makes another person, where a verb follows."""
_WHOSE = r"(?:his|her|their|the\spatient['’]s)\s(?:own\s)?"
_SOME = rf"(?:{COLLATERALS})(?:-in-law)?|grand-?(?:son|daughter)|sibling|relative|(?:{ACQUAINTANCES})"
"""Whom an article alone makes another person: "a sister", where "a child" or "a mother" may be the patient."""
_WHICH = (
    r"(?:(?:identical|twin|elder|eldest|older|oldest|younger|youngest|late|maternal|paternal|first|second|only"
    r"|other)\s){0,2}"
)
_DID = (
    r"(?:had(?!\s(?:[a-z]{3,12}ly\s|first\s|also\s)?(?:noticed|noted|seen|observed|found|felt|brought|driven|called|taken"
    r"|told|reported|described|said|asked|given|donated|consented|referred|been\s(?:told|informed|asked|counselled"
    r"|shown|taught))\b)"
    r"|ha(?:s|ve)(?!\s(?:noticed|seen|found|been\s(?:told|informed|asked)|told|reported|asked)\b)"
    r"|(?:was|were|is|are)(?!\s(?:[a-z]{3,12}ly\s)?(?:told|informed|asked|counsel\w{3,5}|present|offered|advised|shown"
    r"|taught|trained|worried|concerned|keen|unwilling|willing|by|at|with\s(?:her|him)|able|aware|contacted)\b)"
    r"|died|dies|suffers|suffered|underwent|receive[sd]|developed|takes|took(?!\s(?:him|her)\b)|carrie[sd]"
    r"|tested|achieved|responded|relapsed|survived|lived|succumbed|recovered|remains|remained)"
)
_ASIDE = r"(?:\s\([^()]{1,60}\)|,\s(?!(?:and|but|s?he|who)\b)[^,;.]{1,50},|,?\swho)?"
_AND_ANOTHER = r"(?:\s(?:and|or)\s(?:[a-z-]{1,14}\s){0,2}[a-z-]{3,16})?"
_WHEN = r"(?:\s(?:also|then|later|previously|recently|similarly|both|all|each|in\s\d{4})){0,2}"
_KIN = pattern(
    rf"\b(?:{_WHOSE}{_WHICH}(?:{_ANYBODY})|(?:an?|one|another)\s{_WHICH}(?:{_SOME}))"
    rf"{_AND_ANOTHER}{_ASIDE}{_WHEN}\s{_DID}\b",
    re.IGNORECASE,
)
"""A relative or another person whom the patient knows, as the subject of a statement."""
_PERSON = r"(?:infant|child|boy|girl|teenager|adolescent|man|woman|adult|patient|newborn)s?"
_LITERATURE = pattern(
    rf"\btheirs\s(?:had|has|was|is|showed|did|received|underwent|carried|harbou?red)\b"
    rf"|\bTheir\s(?:own\s)?(?:patient|case)\s(?:had|was|received|underwent|showed|died|achieved|did|responded|carried)\b"
    rf"|(?<!was )(?<!is )(?<!as )(?<!of )\b(?:one|two|three|another|other|the\s(?:only|other|index))\s"
    rf"(?:[a-z-]{{3,14}}\s)?{_PERSON}\s"
    rf"(?:in|from|of|on)\s(?:the|an?|that|another|their)\s(?:[\w/-]{{1,16}}\s){{0,4}}"
    rf"(?:trial|study|series|cohort|registry|report|literature)\b"
    rf"|\bauthors\s(?:of|in)\s(?:that|this|the|those|another|the\sother)\s(?:[a-z-]{{3,14}}\s)?"
    rf"(?:report|paper|study|series|article|publication|case)s?\b|\bthose\sauthors\b"
    rf"|\b(?:the\s)?(?:first|only|second|previous|earlier|other|earliest|original)\s(?:[a-z-]{{3,14}}\s)?"
    rf"(?:case|report|description|instance)s?\s(?:of\s[^.;,]{{3,50}}\s)?(?:was|were|has\sbeen|have\sbeen|had\sbeen)\s"
    rf"(?:published|reported|described|documented)\b"
    rf"|\b(?:one|two|three|four|five|six|both|all|the|most|several|some)\s(?:other\s)?(?:previously\s)?(?:published"
    rf"|reported)\s(?:cases?|patients?)\s(?:was|were|had|received|underwent|achieved|responded|died|showed)\b"
    rf"|\b(?:an?|one|the|another|two|three|those|several|some)\s(?:(?:previous(?:ly)?|prior|earlier|recent|other|published"
    rf"|single|only|case|similar|large|small|early|first|japanese|chinese|french|german|italian|american|british|dutch|korean|indian|swiss"
    rf"|spanish)\s){{0,3}}(?:reports?|papers?|publications?|articles?"
    rf"|stud(?:y|ies)|series|groups?|authors)\s(?:(?:from|by|of|in)\s[^.;,]{{3,30}}\s)?(?:had\s|have\s|has\s)?"
    rf"(?:described|reported|documented|presented|included|involved|concerned|found|treated)\s(?:(?:the\s|an?\s|one\s)?cases?\sof\s)?"
    rf"(?:an?|one|two|three|four|five|\d{{1,2}})\s(?:[\w-]{{1,16}}\s){{0,3}}{_PERSON}\b",
    re.IGNORECASE,
)
"""Patients of others as the subject of a statement."""
_APPROVED = pattern(
    r"\b(?:FDA|EMA|MHRA|Food and Drug Administration|European Medicines Agency|European Commission|Swissmedic)\s"
    r"(?:(?:had|has|have|granted|later|first|then)\s){0,2}(?:approved|approves|approval|licensed|authori[sz]ed"
    r"|accelerated|granted)\b"
)
"""What an authority did for all patients."""
_ANY = AnyOf(_KIN, _LITERATURE, _APPROVED)
_OURS = r"(?:our\s(?:own\s)?|the\spresent\s|this\s)(?:patient|case)\b"
_COMES_BACK = re.compile(
    r";|(?:,|[–—-](?=\s)|\band|\bbut|\bwhile|\bwhereas|\bso|\bbecause|\bwhen|\bafter)\s"
    r"(?:(?:and|but|then|that|also|on\sexamination,?|in\s(?:[A-Z][a-z]{2,8}\s)?\d{4},?|however,?)\s){0,2}"
    r"(?:s?he|the\spatient|we|I|(?:his|her|the\spatient['’]s)\s(?:own|CT|MRI|PET|biops\w{1,3}|tumou?r|disease|treatment"
    r"|symptoms?)|(?:an?\s|the\s)?(?:CT|MRI|PET|X-?ray|ultrasound|biopsy|imaging|physical\sexamination|laboratory))\b"
    rf"|\b(?:s?he\s(?:him|her)self|{_OURS})",
    re.IGNORECASE,
)
"""Where a sentence comes back to the patient from somebody whom the patient knows."""
_LEFT = re.compile(rf"\b(?:{_OURS}|the\spatient\b|we\b)", re.IGNORECASE)
"""Where it comes back from the patients of others, who go on by a pronoun."""
_GOES_ON = re.compile(
    r"(?:[;,]\s|[–—-]\s)?(?:and\s|but\s)?(?P<who>s?he)\s(?:is|was|has\sbeen|had\sbeen|remains|remained|died|survived"
    r"|lives)\b"
    r"(?!\s(?:[a-z]{3,12}ly\s|then\s|also\s|first\s)?(?:diagnosed|treated|given|started|admitted|referred|operated))",
    re.IGNORECASE,
)
"""How one who has been named goes on to be told of: "a sister had thyroid cancer; she is alive and well"."""
_WELL = re.compile(r"\s(?:all\s|both\s|alive\sand\s)?(?:healthy|well|alive|unaffected|fine)\b", re.IGNORECASE)
_AND_NEXT = re.compile(r"[,;]\s")
"""What parts healthy relatives from what is told next."""


def is_of_other_people(view: View, start: int) -> bool:
    """Whether what stands at ``start`` is told of others than the patient."""
    if not _ANY.possible(view.cues):
        return False
    return any(low <= start < high for low, high in view.once("other people", lambda: list(_stretches(view))))


def _stretches(view: View) -> Iterator[tuple[int, int]]:
    for kin in view.find(_KIN):
        if not _is_own_story(view, kin):
            yield kin.start(), _end(view, kin)
    for others in view.find(_LITERATURE):
        back = _LEFT.search(view.whole, others.end(), view.end)
        yield others.start(), view.end if back is None else back.start()
    for approved in view.find(_APPROVED):
        back = _COMES_BACK.search(view.whole, approved.end(), view.end)
        yield approved.start(), view.end if back is None else back.start()


def _is_own_story(view: View, kin: re.Match[str]) -> bool:
    """Whether a paragraph begins with a relative whom the text tells of as its next patient."""
    return view.patient > 1 and view.sentence.opens and kin.start() == view.start


def _end(view: View, kin: re.Match[str]) -> int:
    """Return where the statement on a relative ends: with the sentence, or where it comes back to the patient."""
    if _WELL.match(view.whole, kin.end(), view.end) is not None:
        parted = _AND_NEXT.search(view.whole, kin.end(), view.end)
        return view.end if parted is None else parted.start()
    sex = {"he": MAN_AMONG.search(kin[0]) is not None, "she": WOMAN_AMONG.search(kin[0]) is not None}
    for back in _COMES_BACK.finditer(view.whole, kin.end(), view.end):
        on = _GOES_ON.match(view.whole, back.start(), view.end)
        if on is None or not sex[on["who"].lower()]:
            return back.start()
    return view.end


_A_RELATIVES = rf"(?:{KIN}|{SPOUSES}|{CALLED}|parents?|sibling|twin|relative)"
_THAT_WAS = (
    r"\b(?:that|this|it|which)(?:['’]s|\s(?:was|is|were|had\sbeen|has\sbeen|concern(?:s|ed)|belong(?:s|ed)\sto"
    r"|refer(?:s|red)\sto))\s"
    r"(?:(?:actually|really|apparently|of\scourse|in\sfact|told|said|of|about|in|for|only)\s){0,3}"
    r"(?:his|her|the|their|an?)\s(?:patient['’]?s\s)?"
    r"(?:(?:elder|older|younger|twin|half|late|maternal|paternal)[\s-]){0,2}"
    rf"{_A_RELATIVES}(?:['’]s?|s)?\b(?!['’]?\s(?:who|that|whom|noticed|found|saw|felt|called|brought|told))"
)
_WAS_RELATIVES = pattern(rf"(?:[(,;?–—]|\s-)[^.;\n]{{0,40}}?{_THAT_WAS}", re.IGNORECASE)
"""What corrects a note: "optic glioma at 21? - checked, that was his brother"."""
_FAMILY_HISTORY = re.compile(r"\bfamily\s(?:oncolog\w{1,5}\s|cancer\s)?history\b[^.;]{0,100}$", re.IGNORECASE)
_AGAIN_PATIENT = re.compile(
    r"(?<!who\s)(?<!that\s)\b(?:presented|presents|presenting|was\s(?:diagnosed|found|referred|admitted|seen|noted)|noticed"
    r"|underwent)\b(?![^.;]{0,40}\b(?:parents?|siblings?)\b)",
    re.IGNORECASE,
)
_A_RELATIVE = re.compile(rf"\b{_A_RELATIVES}\b", re.IGNORECASE)


def was_a_relatives(view: View, end: int) -> bool:
    """Whether words behind ``end``, or an aside behind its sentence, say that it was a relative's after all."""
    if view.may(_WAS_RELATIVES):
        found = view.has(_WAS_RELATIVES, end, view.end)
        if found is not None and _is_of_it(view, end, found.start()):
            return True
    return _ASIDE_BEHIND.match(view.whole, view.end) is not None and _is_of_it(view, end, view.end)


def _is_of_it(view: View, end: int, taken_back: int) -> bool:
    """Whether nothing else is told between what ends at ``end`` and the words that take it back."""
    return taken_back - end <= _REACH and _NEXT_STATEMENT.search(view.whole, end, taken_back) is None


_REACH = 60
"""Characters between what was told and the words that take it back."""
_ASIDE_BEHIND = re.compile(
    rf"\s{{0,2}}(?:[-–—(]|correct(?:ion|ed)|checked|no\b|NB\b|sorry|apolog)[^.;\n]{{0,60}}?{_THAT_WAS}",
    re.IGNORECASE,
)
"""An aside that begins behind a mark of question or a full stop."""
_NEXT_STATEMENT = re.compile(r"[.;\n]\s|,?\s(?:and|but)\s")


def comes_back_from_family_history(view: View, low: int, start: int) -> bool:
    """Whether a patient's own verb stands behind the family history: "no family history of cancer presented with"."""
    told = _FAMILY_HISTORY.search(view.whole, low, start)
    if told is None:
        return False
    own = _AGAIN_PATIENT.search(view.whole, told.start(), start)
    return own is not None and _A_RELATIVE.search(view.whole, told.start(), own.start()) is None
