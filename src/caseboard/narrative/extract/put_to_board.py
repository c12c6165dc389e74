"""The question that a letter or a note puts to the board, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import History
from caseboard.narrative.clock import Moment
from caseboard.narrative.document import Sentence
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["extract", "opens_question"]

_HEADED = re.compile(
    r"(?:(?:clinical|specific|our|key|main|open|current|your)\s)?(?:questions?|queries|query|asks?|q|what we ask"
    r"|request(?:ed)?)\b(?:\s(?:for|to|of)\s(?:the\s)?(?:discussion|[\w\s]{2,40}))?"
    r"|(?:reasons?|purpose|aim|indication)\s(?:for|of)\s(?:the\s)?(?:(?:mdt|mdm|mtb|board|re-?)\s?)?"
    r"(?:discussion|presentation|re-?discussion|referral|listing|consultation|second opinion)"
    r"|for\s(?:discussion|(?:mdt|mtb|board)\sdiscussion|decision)|second opinion",
    re.IGNORECASE,
)
"""The headings under which a question stands."""
_OPENED = pattern(
    r"\s{0,3}(?:[-*•]\s)?(?:(?:(?:clinical|specific|our|key|main|open|current)\s)?"
    r"(?:questions?|queries|query|q)\b(?:\s(?:for|to)\s[^:.;?\n]{2,40})?"
    r"|(?:reason|purpose|aim)\s(?:for|of)\s(?:the\s)?[^:.;?\n]{0,20}"
    r"(?:discussion|presentation|referral|consultation|second opinion)"
    r"|what\s(?:do\s)?(?:we|i)\s(?:need|want|ask|seek|request|would\slike)(?:\s(?:from|of)\s[^:.;?\n]{2,30})?"
    r"|(?:needs?|wants?|wanted|needed|asks?|asked)\s(?:from|of|for)\s(?:the\s|your\s)?(?:mdt|mdm|mtb|(?:tumou?r\s)?board|meeting)"
    r"|for\s(?:mdt\s|mtb\s|board\s)?(?:discussion|decision))\s?[:–—]\s?",
    re.IGNORECASE,
)
"""The same at the beginning of a sentence."""
_IS_WHETHER = pattern(
    r"\s{0,3}(?:the|our|my|one|a)\s(?:(?:main|key|only|next|clinical|first|second|further|real|open)\s)?questions?\s"
    r"(?:(?:for|to|before)\s(?:the\s)?[\w\s]{2,24}\s)?(?:is|are|now\sis|remains|therefore\sis)\s(?:now\s|therefore\s|still\s)?"
    r"(?:whether|if|which|what|how|when)\b",
    re.IGNORECASE,
)
"""A sentence that asks in so many words: "The question is whether the lesion should be ablated"."""
_OPINION = (
    r"(?:opinions?|advice|advise|views?|thoughts|guidance|recommendations?|input|suggestions?|(?:re-?)?discussion"
    r"|consideration)\b"
)
_BROUGHT = (
    r"(?:re-?)?(?:refer(?:red|ring)?|present(?:ed|ing)?|bring(?:ing)?|brought|list(?:ed|ing)?|submit(?:ted)?"
    r"|discuss(?:ed|ion)?)\b[^.;?\n]{0,60}?\bfor\b[^.;?\n]{0,30}?\b" + _OPINION
)
_LISTED = pattern(r"\s{0,3}" + _BROUGHT, re.IGNORECASE)
"""A sentence that begins with what asks: "Presented today for discussion of surgery"."""
_SOUGHT = pattern(
    r"\b(?:grateful|thankful|appreciate|welcome|value|obliged|would like|we wish|i wish|keen|glad)\b[^.;?\n]{0,60}?\b"
    + _OPINION
    + r"|\b(?:we|i)\s(?:would\s)?(?:therefore\s|kindly\s|now\s|also\s)?(?:ask|request|seek)\b[^.;?\n]{0,40}?\b"
    + _OPINION
    + r"|\b(?:is|are|am|we|i|now|to|being)\s"
    + _BROUGHT
    + r"|\byour\s(?:expert\s|kind\s)?(?:opinion|advice|view|guidance|recommendation)s?"
    r"\s(?:on|about|regarding|as to|concerning|whether|is|would)\b"
    r"|\b(?:opinion|advice|input|recommendation|guidance)\s(?:is|are)?\s?(?:kindly\s)?(?:sought|requested|asked"
    r"|welcome|appreciated)\b"
    r"|\b(?:please|kindly)\s(?:advise|discuss|comment|consider whether)\b"
    r"|\bthe\squestions?\s(?:is|are|now is|now|arises?|remains?|before us|(?:for|to)\sthe\s\w{3,12}(?:\sboard)?"
    r"(?:\sis|\sare))\b",
    re.IGNORECASE,
)
"""What asks for an opinion in a sentence."""
_ASKED = pattern(
    r"(?:^|(?<=[\s(]))(?:should|which|what|how|is|are|can|could|would|does|do|when|who|where|role|any|next|surgery"
    r"|resection|continue|stop|switch|rechallenge|options?|candidate|eligib\w{2,5}|indication|benefit|feasib\w{2,4}"
    r"|resectab\w{2,4}|trial|observ\w{1,6}|surveillance|further"
    r"|or (?:surgery|resection|continue|observ|surveillance|switch|stop|further|second"
    r"|third))\b[^?\n]{2,400}[\w)%]\s?\?(?=\s|$)",
    re.IGNORECASE,
)
"""A question with its mark; a name with a mark behind it is only what is suspected ("?metastasis", "scar?")."""
_OPEN = pattern(
    r"\s{0,3}(?:(?:the\s)?question(?:\sof)?\s)?whether\b[^?;.\n]{5,260}\b(?:is|are)\s(?:now\s|currently\s|still\s|presently\s)?"
    r"(?:(?:being\s|to\sbe\s)(?:discussed|debated|considered|decided|clarified|answered|weighed)"
    r"|under\s(?:discussion|debate|consideration)|for\s(?:discussion|the\s(?:board|mdt|meeting))|what\swe\sask"
    r"|(?:our|the)\squestion|open\b)",
    re.IGNORECASE,
)
"""What is left open at the end: "Whether to irradiate the node or to change the drug is being discussed"."""
_BARE = re.compile(
    r"\s{0,3}(?:dear\s\w{2,12},?\s)?(?:(?:could|would|can|may|we|i|you|kindly|please|ask|like|to|again|re)[\s,-]{1,2}){0,6}"
    r"(?:re-?)?discuss\s(?:this|the|our|my|mrs?|ms|him|her)\b\.?(?:\s(?:\d{1,3}[\w-]{0,12}|nice|pleasant|young|elderly|new))?"
    r"(?:\s(?:patient|pt|lady|gentleman|man|woman|boy|girl|child|case|[A-Z][\w'’-]{1,20})){0,2}"
    r"(?:[\s,]{1,2}(?:at|on|in|for|during|with|the|your|our|next|this|coming|week['’]?s?|today|tomorrow|[a-z]{3,6}day"
    r"|sarcoma|tumou?r|molecular|MDT|MDM|MTB|board|meeting|conference|\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})){0,14}\s?[.!?]?\s{0,3}",
    re.IGNORECASE,
)
"""A request to discuss the patient that says nothing of what to discuss."""
_CLOSES = re.compile(
    r"\s{0,3}(?:with\s(?:kind|best|warm|many|thanks)|kind(?:est)?\sregards|best\s(?:regards|wishes)|many\sthanks"
    r"|warm\s|yours\b|sincerely|thank|dr\.?\s|prof|signed"
    r"|electronically|dictated|consultant|cc\b|encl|mr\.?\s|mrs\.?\s|ms\.?\s)",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 400
_FEWEST_WORDS = 2
_TOLD_OF_US = frozenset({"introduction", "discussion", "abstract", "back matter", "legend", "references"})


def opens_question(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is a question by what it begins with: what it names is asked, and was not done."""
    if _asks_to_discuss(text, sentence.start, sentence.end):
        return True
    return any(
        words.possible(sentence.cues) and words.match(text, sentence.start, sentence.end) is not None
        for words in (_OPENED, _IS_WHETHER)
    )


def extract(view: View, _: Memory) -> Iterator[Draft]:
    """Yield the question that a sentence puts to the board, with no time of its own."""
    if view.retold or view.section in _TOLD_OF_US:
        return
    start = view.start
    opened = _OPENED.match(view.whole, view.start, view.end) if view.may(_OPENED) else None
    if opened is not None:
        start = opened.end()
    elif _HEADED.fullmatch(view.sentence.heading.strip()) is not None:
        if _CLOSES.match(view.whole, view.start, view.end) is not None:
            return
    elif not _is_put(view):
        return
    end = min(view.end, start + _MOST_CHARACTERS)
    detail = " ".join(view.whole[start:end].split())
    if len(detail.split()) < _FEWEST_WORDS:
        return
    fact = History(id="", source=NOWHERE, patient=view.patient, topic="question", detail=detail)
    yield Draft(fact, start, end, view.inherited or Moment(None))


def _asks_to_discuss(text: str, start: int, end: int) -> bool:
    """Whether a sentence only asks for the patient to be discussed: its day is that of the meeting."""
    return end - start <= _MOST_CHARACTERS and _BARE.fullmatch(text, start, end) is not None


def _is_put(view: View) -> bool:
    """Whether a sentence asks for an opinion, or asks what to do."""
    if view.may(_LISTED) and _LISTED.match(view.whole, view.start, view.end) is not None:
        return True
    if view.may(_OPEN) and _OPEN.match(view.whole, view.start, view.end) is not None:
        return True
    if _asks_to_discuss(view.whole, view.start, view.end):
        return False
    return view.has(_SOUGHT) is not None or view.has(_ASKED) is not None
