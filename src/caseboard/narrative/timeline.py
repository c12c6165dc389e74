"""How one patient's story moves in time from sentence to sentence, and what bounds that which it leaves open.

A scene is what the story tells at one time. It stays at its date until a sentence has a date of its own; once a
treatment has been told, or words say that time went on, the scene is open: what follows without a date came later,
and before the next date of the story.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence

import msgspec

from caseboard.case.dates import DateInterval, Offset, When
from caseboard.case.facts import Fact, Treatment
from caseboard.narrative.clock import Clock, Moment
from caseboard.narrative.context import of_someone_else, planned
from caseboard.narrative.document import Sentence
from caseboard.narrative.headings import is_past_history, opens_past_history
from caseboard.narrative.kin_words import KIN
from caseboard.narrative.memory import Draft
from caseboard.narrative.other_people import is_of_other_people
from caseboard.narrative.patterns import lowered, pattern
from caseboard.narrative.references import is_of_specimen
from caseboard.narrative.time_expression import TimeExpression
from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.narrative.view import Governed, View

__all__ = ["PLUPERFECT", "Timeline"]

_GOES_ON = pattern(
    r"\b(?:subsequently|later|thereafter|afterwards?|after|following(?!\s?[:;,]| (?:results?|values?|findings?|data"
    r"|picture|markers?"
    r"|parameters?|laborator\w{1,3}|levels?|tests?|mutations?|genes?|variants?|antibod\w{1,3}|stains?|were|was|are"
    r"|is)\b)"
    r"|follow-?up|finally|eventually|meanwhile"
    r"|during (?:this|that|the|treatment)|pre-?operative(?:ly)?|post-?operative(?:ly)?|on repeat|repeat(?:ed)?|now"
    r"|currently|at present|soon|gradually|cycles?"
    r"|(?:subsequent|next|second|third|further|repeat) (?:CT|MRI|PET|scans?|visit|(?:re-?)?staging|imaging|control"
    r"|assessment"
    r"|evaluation|re-?evaluation)|(?:at|by) the end of (?:the )?(?:treatment|therapy|chemotherapy)|end-of-treatment"
    r"|(?:on|upon|at|after) completion of|with continued (?:treatment|therapy)|(?:in the|during the) further course"
    r"|went on to)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[A-Z][\w-]{1,16}(?: [\w-]{1,16}){0,3}")
"""A line of a few words without a full stop, as "Follow-Up Notes": it tells of nothing that went on."""
_SPECIMEN = pattern(
    r"\b(?:patholog\w{1,8}|histolog\w{1,8}|histopatholog\w{1,8}|microscop\w{1,7}|macroscop\w{1,7}"
    r"|immunohistochemi\w{1,6}"
    r"|immunostain\w{0,4}|spec(?:imens?)?|margins?|extranodal|resected|excised|frozen sections?|mitos[ei]s|mitotic"
    r"|ki-?67|necrosis|stain(?:ed|ing|s)?|(?:tumou?r|neoplastic|spindle|epithelioid) cells|r[012]\b|y?pt[0-4]"
    r"|(?:tumou?r|mass|lesion)\s(?:measured|measuring|had|was)"
    r"|(?:\d{1,2}|[a-z-]{3,12})\s?(?:of|/|out of)\s?(?:the\s)?(?:\d{1,3}|[a-z]{3,9}(?:-[a-z]{3,5})?)\s"
    r"(?:[a-z]{4,12}\s){0,2}nodes\b|nodes\s(?:contained|harbou?red|were\s(?:involved|positive|free|clear)))",
    re.IGNORECASE,
)
"""What tells of that which an operation has taken out."""
_BASELINE = pattern(r"\b(?:basal|baseline|pre-?treatment)\b", re.IGNORECASE)
"""What is told of the day on which a treatment began."""
PLUPERFECT = pattern(
    r"\b(?:had (?:been|had|undergone|received|presented|shown|noticed)"
    r"|(?:medical|surgical|clinical|oncologic(?:al)?|personal|past) history"
    r"|(?<!week )(?<!month )(?<!day )history (?:of|included?)|in the past"
    r"|outside|prior|previous(?:ly)?|earlier|in retrospect|copied from|originally)\b",
    re.IGNORECASE,
)
"""Words that look back: a date beside them does not move the story."""
_PERSON = pattern(
    r"\b\d{1,3}[- ](?:years?|months?|weeks?|days?)[- ]old\b|\bfirst (?:seen|presented|attended|came|visit)"
    r"|\bat the age of \d|\b(?:was|then) (?:aged )?\d{2} (?:when|at)\b|\baged \d",
    re.IGNORECASE,
)
"""Who the patient is: with the day of the first presentation, the story begins here, whatever was told before."""
_STILL_PAST = pattern(
    r"\b(?:subsequently|thereafter|afterwards?|then|initially|at first|at that time)\b"
    r"|\bthat (?:surgical |resected )?specimen\b"
    r"|\bhad\s(?:(?:also|then|[a-z]{3,14}ly|not)\s){0,2}(?:been|shown|given|undergone|grown|begun|[a-z]{3,14}ed)\b",
    re.IGNORECASE,
)
"""What goes on with the past that the sentence before has looked back on: "he subsequently underwent"."""
_REPORT = pattern(
    r"\s{0,3}(?:the\s)?(?:final\s|surgical\s)?(?:histo)?(?:patholog\w{1,6}|histolog\w{1,6})"
    r"(?:\s(?:examination|report|analysis|diagnosis))?\s(?:show|reveal|demonstrat|confirm|disclos|was\b|were\b)",
    re.IGNORECASE,
)
"""How the report opens of what was taken out in the sentence before."""
_ADMITTED = pattern(
    r"\b(?:referred|admitted|transferred)\sto\s(?:our|this|the\spresent)\s(?:[a-z]{4,14}\s){0,2}"
    r"(?:hospital|department|institution|institute|clinic|cent(?:er|re)|unit|ward|division|service)\b",
    re.IGNORECASE,
)
_TAKEN_IN = pattern(
    r"\b(?:was|were|been|is)\s(?:(?:[a-z]{3,14}ly|then|again)\s){0,2}(?:re-?)?(?:admitted|hospitali[sz]ed)\b"
    r"|\b(?:(?:emergency|acute|unplanned)\sadmission|re-?admission|re-?admitted)\s(?=on\b)",
    re.IGNORECASE,
)
_SOON = 30
"""Characters behind the coming to a hospital within which its date stands."""
_AFTER_IT = pattern(r"\b(?:adjuvant|post-?operative(?:ly)?)\b", re.IGNORECASE)
"""What was given after that operation."""
_JUST_TOLD = 2
"""Sentences within which "this visit" is told."""
_REMEMBERED = 60
"""Sentences behind which an event is forgotten that times may be counted from."""
_DATES_AHEAD = 40
"""How many of the story's next dates are looked at for the one that ends an open time."""
_LEAD = 24
"""Within how many characters of its beginning a line has to name a date that is to hold for all of it."""
_YEAR_ALONE = re.compile(r"\W{0,4}(?:19|20)\d\d\W{0,4}")
_YEAR_DAYS = 365
_SIDE_SECTIONS = frozenset({"plan", "family", "allergies", "medication"})


_WILL_BE = pattern(
    r"\b(?:will|shall)\s(?:then\s|also\s)?be\s(?:done|performed|repeated|seen|reviewed|given|started|admitted"
    r"|followed)\b"
    r"|\b(?:is|are)\s(?:planned|scheduled|booked|due|arranged)\s(?:for|on)\b"
    r"|\bnext\s(?:visit|appointment|scan|review|cycle|CT|MRI|PET|echo|ultrasound|(?:re-?)?staging|imaging|follow-?up"
    r"|control|dose|infusion|clinic|blood tests?|MDT|tumou?r board)\b"
    rf"|(?<!was\s)(?<!were\s)(?<!been\s)\b(?:planned|scheduled|booked|due)\s(?:for\s|on\s|in\s)?(?=\d|{MONTH_BEGINS})",
    re.IGNORECASE,
)
"""What tells of a day to come, which the story has not reached: "the marrow will be repeated on 1 March"."""
_IN_RETROSPECT = pattern(r"\b(?:retrospective(?:ly)?|in retrospect|with hindsight)\b", re.IGNORECASE)
"""What was added to the story later: "STAT6 was stained retrospectively in 2016"."""
_HAPPENED = pattern(
    r"\b(?:was|were|had|has|showed|revealed|received|underwent|started|began|stopped|found)\b", re.IGNORECASE
)


_FORMER_VALUE = re.compile(r"\s?[:=]\s?[<>]?\d[\d.,]{0,8}(?:\s?[A-Za-zµ%/^0-9]{1,12})?\s?[)\]]")


_NEXT_CLAUSE = re.compile(r"(?:,|;) ?(?:and|but|then)\b|;", re.IGNORECASE)


def _all_before(dates: list[DateInterval], now: When | None) -> bool:
    """Whether all of some dates lie before the day that the story has reached."""
    return (
        bool(dates) and isinstance(now, DateInterval) and all(day.compare(now) == "before" for day in dates)
    )


def _opens_later(text: str, sentence: Sentence) -> bool:
    """Whether the first clause of a sentence says that time went on; "and one month later" tells so of what follows."""
    on = sentence.has(text, _GOES_ON)
    return on is not None and _NEXT_CLAUSE.search(text, sentence.start, on.start()) is None


def _is_ahead(time: Governed, now: DateInterval) -> bool:
    """Whether a length is counted beyond the day of its note, from what a list at the top of the chart tells."""
    when = time.moment.when
    return not time.absolute and isinstance(when, DateInterval) and when.first > now.last


def _heads_former(view: View, time: Governed) -> bool:
    """Whether a day stands in brackets before the figure of that day: "2450 U/ml (06/2022: 812 U/ml)"."""
    opens = view.whole[max(0, time.start - 1) : time.start] in ("(", "[")
    return opens and _FORMER_VALUE.match(view.whole, time.end, view.end) is not None


class Timeline:
    """The times of one patient's story as it is read."""

    def __init__(self, clock: Clock, heads: frozenset[int] = frozenset()) -> None:
        self.clock = clock
        self.heads = heads
        """Where the lines begin that head the notes of a chart."""
        self.open = False
        self.operated = False
        """Whether nothing but an operation opened the scene: what its specimen shows is of its day."""
        self.past: When | None = None
        """The time before the story's own that the last sentence looked back on: the next may go on from there."""
        self.past_operated = False
        """Whether an operation was told of that time."""
        self._told: deque[View] = deque(maxlen=_REMEMBERED)
        self._dates: list[tuple[int, DateInterval]] = []
        self._offsets: list[tuple[int, Offset]] = []
        self._dated_block = -1
        self._moved_block = -1
        self._listed_until: int | None = -1
        """Where the list of a past history ends as far as it has been read; None where it is over."""

    def inherited(self, text: str, sentence: Sentence) -> Moment | None:
        """Return the time that a sentence without one of its own takes over from the story."""
        now = self.clock.now
        if now is None or self._is_of_any_time(text, sentence):
            return None
        if self.past is not None and self._is_still_past(text, sentence):
            return Moment(self.past, "resolved", "the past that the story looks back on", open=True)
        still_open = sentence.block != self._dated_block and (
            (self.open and not (self.operated and sentence.has(text, _SPECIMEN)))
            or _opens_later(text, sentence)
        )
        if now == self.clock.anchors.get("written") or (self.open and sentence.has(text, _BASELINE)):
            still_open = False  # what a letter says of today, it says of the day on which it was written
        return Moment(
            now,
            "resolved",
            "the story's running date",
            open=still_open,
            ahead=not self.heads and _is_title(text, sentence),
        )

    def _is_still_past(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence goes on with the past that the one before has looked back on."""
        if sentence.has(text, _STILL_PAST) is not None:
            return True
        return self.past_operated and (
            _REPORT.match(text, sentence.start, sentence.end) is not None
            or sentence.has(text, _AFTER_IT) is not None
        )

    def _is_of_any_time(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence stands in the list of a past history, and no date before it in its own line."""
        if sentence.section in _SIDE_SECTIONS:
            return False
        if not is_past_history(sentence.heading):
            self._listed_until = -1
            return False
        if self._listed_until is None:
            return False
        if self._listed_until >= 0 and text.find("\n\n", self._listed_until, sentence.start) >= 0:
            self._listed_until = None
            return False
        self._listed_until = sentence.end
        return sentence.block != self._moved_block

    def has_dated(self, sentence: Sentence) -> bool:
        """Whether the story came to its date in the paragraph or line that a sentence stands in."""
        return sentence.block == self._moved_block

    def go_on(self, unresolved: Sequence[TimeExpression]) -> None:
        """Let the story go on by lengths that are counted from what has no known time: no day is known from then on."""
        if any(told.goes_on_from_event for told in unresolved):
            self.clock.adrift = self.open = True
            self.operated = False

    def enter(self, when: DateInterval) -> None:
        """Begin a scene at ``when``."""
        self.clock.move(when)
        self.clock.adrift = False
        self.open = False

    def move(self, index: int, view: View) -> bool:
        """Let the story go on to the times of sentence ``index``; return whether it has come to another date."""
        looked_back = self.past
        still_past = looked_back is not None and self._is_still_past(view.whole, view.sentence)
        self.past = None
        if view.section in _SIDE_SECTIONS:
            return False
        if not view.times:
            self.past = looked_back if still_past else None
            return False
        if view.has(_WILL_BE) is not None and view.has(_HAPPENED) is None:
            return False
        if view.has(_IN_RETROSPECT) is not None:
            return False
        own = [time for time in view.times if not _of_a_relative(view, time)]
        of_note = self._heads_a_note(view)
        heads = of_note or _DATED_TITLE.fullmatch(view.text) is not None
        told = [t for t in own if (t.leading or heads or not t.bracketed) and not t.backward]
        told = [
            time
            for time in told
            if not (
                time.former
                or _heads_former(view, time)
                or self._is_to_come(view, time)
                or self._is_of_old_specimen(view, time)
                or self._is_since_a_past_day(view, time)
            )
        ]
        if own and all(time.backward for time in own):
            self.past = own[-1].moment.when
            self.past_operated = self.past_operated and still_past
        whens: list[When] = [time.moment.when for time in told if time.moment.when is not None]
        known: list[When] = [time.moment.when for time in told if time.moment.when and not time.moment.open]
        dates = self._dates_of([time for time in told if not time.moment.open])
        self._dates.extend((index, when) for when in dates)
        self._offsets.extend((index, when) for when in known if isinstance(when, Offset))
        now = self.clock.now
        old = is_past_history(view.sentence.heading) or opens_past_history(view.whole, view.start)
        if not whens or (old and _all_before(dates, now)):
            return False
        if not dates or all(time.moment.when == now and not time.absolute for time in view.times):
            self.clock.move(whens[-1])
            if not dates:
                self.clock.adrift = self.clock.adrift and not known
                self.open = self.clock.adrift
            return False
        self._head(view, dates)
        self._note_admission(view)
        last = max(dates, key=lambda when: (when.last, when.first))
        if not of_note and self._looks_back(view, last):
            self.past = last
            return False
        self._come_to(last, of_note=of_note)
        self._moved_block = view.sentence.block
        leads = view.times[0].absolute and view.times[0].start - view.start <= _LEAD
        if view.sentence.opens and leads and view.section not in ("case", "body"):
            self._dated_block = view.sentence.block
        elif view.sentence.block == self._dated_block:
            self._dated_block = -1  # a paragraph that goes on to other days is no entry of its first
        return True

    def _is_to_come(self, view: View, time: Governed) -> bool:
        """Whether a letter tells what is planned for a day behind its own: "we will aim to start on 28 March"."""
        written, when = self.clock.anchors.get("written"), time.moment.when
        return (
            isinstance(written, DateInterval)
            and isinstance(when, DateInterval)
            and when.compare(written) == "after"
            and planned(view, time.start, time.end)
        )

    def _come_to(self, when: DateInterval, *, of_note: bool) -> None:
        """Let the story come to a date; that of a note is today for what the note tells."""
        if of_note:
            self.clock.set_anchor("written", when)
        self.enter(when)

    def of_the_note(self, times: list[Governed]) -> list[Governed]:
        """Return the times of a sentence, a length that may come to the day of its note as that: "2 months on it"."""
        now = self.clock.now
        if not self.heads or not isinstance(now, DateInterval) or now != self.clock.anchors.get("written"):
            return times
        return [
            msgspec.structs.replace(time, moment=Moment(now, "resolved", "the day of the note"))
            if not time.absolute
            and isinstance(time.moment.when, DateInterval)
            and time.moment.when.first <= now.first <= now.last <= time.moment.when.last
            else time
            for time in times
            if not _is_ahead(time, now)
        ]

    def _heads_a_note(self, view: View) -> bool:
        """Whether a sentence is the line that heads a note of a chart."""
        low = max(0, view.start - _LONGEST_HEAD)
        return bool(self.heads) and max(low, view.whole.rfind("\n", low, view.start + 1) + 1) in self.heads

    def _is_since_a_past_day(self, view: View, time: Governed) -> bool:
        """Whether a note tells since when something goes on, and stays on its own day: "On pazopanib since 1 June"."""
        now, when = self.clock.now, time.moment.when
        return (
            isinstance(now, DateInterval)
            and now == self.clock.anchors.get("written")
            and isinstance(when, DateInterval)
            and when.compare(now) == "before"
            and _SINCE.search(view.whole, max(view.start, time.start - 12), time.start) is not None
        )

    def _is_of_old_specimen(self, view: View, time: Governed) -> bool:
        """Whether a result is told of a specimen taken before the day that the story has reached, where it stays."""
        now, when = self.clock.now, time.moment.when
        return (
            isinstance(now, DateInterval)
            and isinstance(when, DateInterval)
            and when.compare(now) == "before"
            and is_of_specimen(view.whole, time.start)
        )

    def _dates_of(self, told: list[Governed]) -> list[DateInterval]:
        """Return the dates of some times; beside one that is written, "at this point" is none, but "today" is one."""
        written = any(time.absolute for time in told)
        today = self.clock.anchors.get("written")
        return [
            when
            for time in told
            if isinstance(when := time.moment.when, DateInterval)
            and (time.absolute or not written or when != self.clock.now or when == today)
        ]

    def _looks_back(self, view: View, last: DateInterval) -> bool:
        """Whether the last date of a sentence lies behind the story, which stays where it is.

        The day of the first presentation, told with who the patient is, never does: there the story begins.
        """
        now = self.clock.now
        if isinstance(now, DateInterval) and last.compare(now) == "before" and view.has(PLUPERFECT):
            return not (last == self.clock.presented and view.has(_PERSON) is not None)
        return _is_long_before(last, self.clock.presented) or (
            isinstance(now, Offset) and _is_long_before(last, self.clock.anchors.get("written"))
        )

    def _note_admission(self, view: View) -> None:
        """Note when the patient came to the authors' own hospital, or last to any: "on admission" means that day."""
        stays = [stay for stay in view.find(_TAKEN_IN) if not of_someone_else(view, *stay.span())]
        taken_in = stays[-1] if stays else None
        day = view.governing(*taken_in.span()) if taken_in is not None else None
        if day is not None and day.moment.counted_from is not None:
            self.clock.admitted = day.moment.counted_from
        if (came := view.has(_ADMITTED)) is None or "admission" in self.clock.anchors:
            return
        behind = next((time for time in view.times if 0 <= time.start - came.end() <= _SOON), None)
        if behind is not None and isinstance(behind.moment.when, DateInterval):
            self.clock.set_anchor("admission", behind.moment.when)

    def _head(self, view: View, dates: list[DateInterval]) -> None:
        """Note the year that stands alone on its line: it is that of the entries below, up to a date of another."""
        if view.sentence.opens and _YEAR_ALONE.fullmatch(view.text):
            self.clock.year = dates[0].first.year
        elif any(when.first.year != self.clock.year for when in dates):
            self.clock.year = None

    def close(self, view: View, *, treated: bool, operated: bool, told: Sequence[Fact]) -> None:
        """End a sentence: after a treatment, or where words say so, what follows without a date came later.

        ``operated`` says that the treatment was an operation; ``told`` is all that the sentence told.
        """
        if any(isinstance(fact, Treatment) and fact.modality == "surgery" for fact in told):
            self.past_operated = self.past is not None
        if (treated and not view.has(PLUPERFECT)) or (
            not view.times and view.has(_GOES_ON) and not _TITLE.fullmatch(view.text)
        ):
            self.operated = operated and (self.operated or not self.open)
            self.open = True

    def remember(self, view: View) -> None:
        """Remember a sentence, so that later ones may count from what it tells."""
        self._told.append(view)

    def when_told(self, expression: TimeExpression) -> When | None:
        """Return when the event was that a time hangs on: as it was told last, or first where that is meant."""
        told = list(self._told)[-_JUST_TOLD:] if expression.this_event else list(self._told)
        for view in told if expression.first_event else reversed(told):
            lower = lowered(view.whole)
            found = _last_named(lower, expression.event, view.start, view.end)
            if found >= 0 and not planned(view, found, found + len(expression.event)):
                return view.when(found, found + len(expression.event)).counted_from
        return None

    def settle(self, draft: Draft) -> Moment:
        """Return the time of a draft, an open one bounded by the next date of the story."""
        moment = draft.moment
        if moment.ahead and (behind := self._right_behind(draft.sentence)) is not None:
            return Moment(behind, "resolved", "the time told right behind it")
        if not moment.open or moment.when is None:
            return moment
        if isinstance(moment.when, Offset):
            return self._bounded(moment.when, draft.sentence)
        base = moment.when
        after = bisect_right(self._dates, draft.sentence, key=lambda dated: dated[0])
        for _, when in self._dates[after : after + _DATES_AHEAD]:
            if when.compare(base) != "before" and when.last >= base.first:
                bounded = DateInterval(base.first, max(base.last, when.last))
                return Moment(bounded, "inferred", f"told after {base} and before {when}")
        return Moment(None, "inferred", f"told after {base}, no later date")

    def _right_behind(self, sentence: int) -> When | None:
        """Return the first time that the next sentence has told, where it moved the story."""
        dates = bisect_right(self._dates, sentence, key=lambda timed: timed[0])
        if dates < len(self._dates) and self._dates[dates][0] == sentence + 1:
            return self._dates[dates][1]
        offsets = bisect_right(self._offsets, sentence, key=lambda timed: timed[0])
        if offsets < len(self._offsets) and self._offsets[offsets][0] == sentence + 1:
            return self._offsets[offsets][1]
        return None

    def _bounded(self, told: Offset, sentence: int) -> Moment:
        """Return what was told after a day of the story: not before it, nor after the next that is told."""
        after = bisect_right(self._offsets, sentence, key=lambda timed: timed[0])
        for _, when in self._offsets[after : after + _DATES_AHEAD]:
            if when.days >= told.days:
                bounded = Offset(told.days, told.days, when.days)
                return Moment(bounded, "inferred", f"told after {told} and before {when}")
        return Moment(Offset(told.days, told.days), "inferred", f"told after {told}, no later time")


_RELATIVE = pattern(
    rf"\b(?:{KIN}|sibling|relative|parent)s?\b[^.;]{{0,40}}?"
    r"\b(?:died|deceased|suffered|passed away|succumbed|diagnosed|affected|treated"
    r"|operated|(?:had|has|have|with)\s(?!noticed|found|felt|observed|seen|brought|reported|told|given|consented|been\s"
    r"(?:informed|told)))",
    re.IGNORECASE,
)
"""What befell a relative: a time behind it is none of the patient's story.

A husband or a wife is none here, who comes with the patient: "seen with her husband, with pain since May".
"""


def _last_named(lower: str, event: str, start: int, end: int) -> int:
    """Return where a sentence last names an event as a word of its own ("ct" is none in "fracture"), -1 if nowhere."""
    found = lower.rfind(event, start, end)
    while found >= 0:
        behind = found + len(event)
        behind += lower.startswith("s", behind)
        if not lower[found - 1 : found].isalnum() and not lower[behind : behind + 1].isalnum():
            return found
        found = lower.rfind(event, start, found + len(event) - 1)
    return -1


_DATED_TITLE = re.compile(r"[A-Z][A-Za-z &/-]{2,40}\s?\([^()]{6,20}\)\s?:?\s?")
"""A line of its own that ends with its day in brackets: "ADDENDUM (12-Jul-2021)"."""
_TITLE_VERB = re.compile(
    r"\d|:\s\S|\+|\b(?:is|are|was|were|has|had|did|see|saw|[a-z]{3,14}ed|[a-z]{2,12}[^s]s|neg(?:ative)?"
    r"|pos(?:itive)?)\b",
)
_SINCE = re.compile(r"\b[Ss]ince\s(?:the\s)?$")
_LONGEST_TITLE = 45
_RATING = re.compile(
    r"\W{0,4}(?:[Bb]est\s(?:overall\s)?response:?\s)?(?:CR|PR|MR|SD|PD|NED|(?:[Pp]artial|[Cc]omplete)\s(?:response|remission)"
    r"|[Ss]table\sdisease|[Pp]rogress(?:ion|ive\sdisease))\W{0,3}"
)
"""A rating alone, which rates what stands before it and heads nothing."""
_LONGEST_HEAD = 100


def _is_title(text: str, sentence: Sentence) -> bool:
    """Whether a few words without a verb open a paragraph and head what it tells: "First and only relapse."."""
    line = text.rfind("\n", max(0, sentence.start - _LONGEST_TITLE), sentence.start) + 1
    return (
        sentence.opens
        and ":" not in text[line : sentence.start]  # what a label names is told there
        and sentence.end - sentence.start <= _LONGEST_TITLE
        and _TITLE_VERB.search(text, sentence.start, sentence.end) is None
        and _RATING.fullmatch(text, sentence.start, sentence.end) is None
    )


def _of_a_relative(view: View, time: Governed) -> bool:
    if is_of_other_people(view, time.start):
        return True
    return view.may(_RELATIVE) and view.has(_RELATIVE, view.clause(time.start)[0], time.start) is not None


def _is_long_before(when: DateInterval, presented: When | None) -> bool:
    """Whether a bare year lies before the story that is told: a birth, a former illness."""
    return (
        isinstance(presented, DateInterval)
        and when.days >= _YEAR_DAYS
        and when.last.year < presented.first.year - 1
    )
