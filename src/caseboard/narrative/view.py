"""One sentence of the case as an extractor sees it: its text and mentions, and which of its times governs what.

Extractors ask the view three things: what stands where (``sentence_text``), when something held (``when``), and
whether it is denied, planned, past or of someone else (``caseboard.narrative.context``).
"""

from __future__ import annotations

import re
from copy import copy

import msgspec

from caseboard.case.dates import DateInterval, When
from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.date_style import ANY_STYLE, DateStyle
from caseboard.narrative.document import Sentence
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import SOFT, SentenceText

__all__ = ["Governed", "View"]

_NEXT_STATEMENT = pattern(
    r",\s(?:and|but|while|whereas|so|which(?!\s(?:was|were)\s(?:given|performed|done|carried|started|delivered)\b)"
    r"|then)\b|\b(?:but|whereas|while)\b|;|\byet\b"
    r"|\sand\s(?:then\b|(?:we|s?he|they|the\spatient)\s|(?:\w+\s){0,4}(?:was|were|had)\b"
    r"|(?:\w+\s){1,3}(?:resolved|improved|subsided|settled|normali[sz]ed|recovered|disappeared|ceased|abated)\b)"
)

_OPENS_CLAUSE = re.compile(
    r"(?<!years )(?<!year )(?<!months )(?<!month )\band\s(?:(?:then|finally|later|again|subsequently)\s)?"
    r"(?:(?:on|in|from|since|by)\s(?:the\s)?)?$"
)
_SUBJECT = re.compile(
    r",?\s(?:(?:s?he|we|they|the\s(?:patient|child|boy|girl|infant|man|woman))\b"
    r"|(?:[\w/+-]{2,20}\s){1,5}(?:was|were|had)\s)"
)
"""What tells that the time before it opens a clause of its own: "and on 10 October she began pazopanib"."""
_NUMBER = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|first|second|third|fourth|fifth|sixth|several)"
    r"(?:st|nd|rd|th)?"
)
_AFTER_COURSES = pattern(
    r"\b(?:after|following|at|during|in|before|by|with|from|until|on\sday\s\d{1,2}\sof)\s(?:the\s|only\s|just\s"
    r"|about\s)?"
    r"(?:complet\w{2,4}\s(?:of\s)?)?"
    rf"(?:{_NUMBER}\s(?:(?:weekly|monthly|further|more|additional)\s)?(?:cycles?|courses?|doses?|infusions?)"
    r"|(?:cycle|course|C)\s?(?:[2-9]|1\d|two|three|four|five|six))\b",
    re.IGNORECASE,
)
_NEAR_CYCLE = 60
"""Characters behind what happened within which the cycle is told."""
_SHARES_ITS_VERB = re.compile(
    r"\s(?:and|or|as well as)\s(?:[a-z0-9-]{1,20}\s){1,4}were\s(?:also\s|then\s)?(?:noted|observed|seen|reported"
    r"|recorded|documented"
    r"|present|found|detected|diagnosed|experienced|identified)\s(?:in|on|from)\s$"
)
"""What leads from the first of two things to the time of both: "hepatitis and rash were noted in"."""
_SINCE = re.compile(r"\bsince\s(?:early\s|late\s|mid-?\s?)?$")
_NEXT_EVENT = re.compile(
    r"\.(?!\d)|;|,\s(?:and|but|which|then)\b|\b(?:and|but)\s(?:[a-z]{2,14}\s){0,4}(?:was|were|had|showed)\b"
)
_BEGUN = pattern(
    r"\b(?:given|started|begun|began|initiated|commenced|received|treated|administered|introduced"
    r"|recurred|relapsed|metastasi[sz]ed|progressed)\b",
    re.IGNORECASE,
)
"""What makes a date that of a beginning, after which some courses had been given before the next thing is told."""
_AND_SO = re.compile(
    r"[^.;]{0,20}?,?\s(?:with|resulting in|which (?:resulted in|led to|showed|achieved)|achieving|leading to"
    r"|and (?:achieved|obtained|reached|attained|went into)"
    r"|and (?:(?:was|were|then|[a-z]{4,20})\s){0,3}"
    r"(?:stopped|terminated|discontinued|re-?started|resumed|reintroduced))\b"
)
_AND_FAILED = re.compile(r",?\s(?:PD|progress(?:ion|ive|ed)|relapse[ds]?|recurrence|recurred)\b")
"""What ends a period right behind it: "pemetrexed until 01/2022, PD brain"."""
_WHEN = re.compile(
    r"(?:,\s(?:i\.?e\.?,?\s)?(?:\d{1,2}|[a-z-]{3,12})\s(?:days?|weeks?|months?|years?)\s[^,;.()]{4,40}(?=,))?"
    r",?\s(?:when|(?:and\s)?then|at which (?:time|point|moment)"
    r"|(?:the\s)?(?:time|moment|point|date|month|year)\s(?:in|at|on)\swhich)\b|:\s"
)
"""What makes the end of a period the time of the next statement: "until May 2018, when CT showed"."""

_INTRODUCED = pattern(
    r"\b(?:man|woman|boy|girl|lady|gentleman|male|female|patient|child)\b[^.;]{0,30}?(?:\bwho|\bwith|\bwhose"
    r"|,)\s(?=[a-z])"
    r"(?!(?:a\s(?:\d|\w{3,6}-)|(?:who|with|whose|some|about|around|almost|more|several|aged|one|two|three|four|five"
    r"|six|seven|eight|nine|ten)\s))"
)
_CAME = pattern(
    r"(?<!\band)(?<!\bwho)(?<!\bwhich)(?<!\bhe)(?<!\bor)(?<!\bwhen)(?<!\bthat)(?<!\bthen)\s(?:(?:now|subsequently"
    r"|recently)\s)?"
    r"(?:presented|complained|consulted|attended|came\sto|sought"
    r"|(?:was|is|had\sbeen)\s(?:referred|admitted|seen|found|diagnosed|hospitali[sz]ed|evaluated|transferred"
    r"|brought))\b"
)
"""A patient told with a past of his own, and what brought him: "a man who was irradiated 38 years ago presented"."""

_BEHIND_COMMA = re.compile(r",\s(?:(?:in|on|at|by|from|since)\s)?$")
_LAST = re.compile(r"[\s.;,]{0,3}$")
_NEAR, _RIGHT_BEHIND = 18, 3
"""Characters between a finding and a date in brackets of its own, and between it and brackets that hold more."""
_SOON = 8
"""Characters behind the opening of brackets within which the time stands that heads them: "(CT 5/2020: ...)"."""
_AFTER_SO_MANY = re.compile(
    r"\s(?:after|at|following|upon)\s(?:the\s)?[\w-]{1,12}(?:\s(?:cycles?|courses?|doses?|weeks?|months?))?\s?"
)
"""What may stand between a response and the brackets with its day: "PD after 4 courses (2021-02-08; ...)"."""
_WHAT_IT_IS = re.compile(
    r"\s(?:(?:gene|point|missense|activating|somatic|hotspot)\s)?(?:mutation|variant|fusion|rearrangement|translocation"
    r"|amplification|deletion|transcript)\s?"
)
"""What may stand between a finding and the brackets that tell when: "RET M918T mutation (panel, 2018)"."""
_SO_OFTEN = re.compile(
    r",?\s(?:(?:was|were)\s(?:performed|done|repeated|carried out|given)\s)?(?:[x×]\s?\d{1,2}|\d{1,2}\s?[x×]|once|twice"
    r"|thrice|again|\w{3,5}\stimes|on\s\w{3,7}\s(?:separate\s)?occasions)\s?"
)
"""What may stand between what was done and the brackets with its days: "TACE x2 (May and July 2019)"."""
_AT_ONCE = re.compile(r"\s(?:(?:on|in|at|from|since)\s)?")
_OF_WHAT_CAME = re.compile(
    r"\b(?:enabling|allowing|permitting|facilitating)\s(?:[\w-]{1,16}\s){1,6}?(?:in|on)\s$"
    r"|\bwith\s(?:an?\s)?(?:[a-z-]{3,14}\s){0,3}(?:response|remission|regression|shrinkage|stabili[sz]ation"
    r"|improvement)"
    r"\s(?:was\s|seen\s|noted\s){0,2}(?:(?:after|at|within|by)\s)?$"
)
"""What makes a time that of a response: "was switched to sunitinib with a partial response after three months"."""
_RELATIVE = re.compile(
    r"\b(?:that|which|who)\s(?:had|was|were)\s(?:been\s|first\s|[a-z]{4,12}ly\s){0,2}[a-z]{3,14}(?:ed|en|un|und|ne)\s"
    r"(?:(?:on|in|since|back\sin)\s)?(?:early\s|late\s|mid-?)?$"
)
_WHICH_CAME = re.compile(
    r",?\s(?:that|which)\s(?:had\s)?(?:first\s)?(?:appeared|developed|arisen|arose|begun|began|set in|occurred|emerged"
    r"|(?:been|was|were)\s(?:first\s)?(?:noted|noticed|found|seen|detected|diagnosed|recorded))\s"
    r"(?:(?:on|in|since)\s)?(?:early\s|late\s|mid-?)?"
)
_MAIN_VERB = re.compile(
    r",?\s(?:(?:then|later|subsequently|had|has|have)\s)*(?:was|were|had|has|is|led|grew|grown|fell|rose"
    r"|[a-z]{3,12}ed)\b"
)
"""What a relative clause and its day stand between: "the rash that had appeared in May 2020 resolved after"."""
_AND_WENT = re.compile(
    r"\s(?:and|but)\s(?:then\s|later\s|had\s)?(?:resolved|improved|disappeared|subsided|settled|cleared|abated"
    r"|recovered"
    r"|normali[sz]ed|regressed)\s(?:[a-z]+ly\s)?(?:after|when|once|upon|following)\s"
)
"""What parts the day on which harm came from that by which it went: "appeared in May and resolved after"."""
_ASIDE = re.compile(
    r",\s(?:(?:which|who)\s[^,;.()]{3,80}|(?P<why>(?:performed|done|taken|obtained|prompted|triggered|ordered"
    r"|requested|indicated)"
    r"\s(?:because of|due to|owing to|for|by|after|on account of)\s[^,;.()]{3,60}))$"
)
_ASIDE_OVER = re.compile(r",\s(?:and|as well as)\s(?:an?|the|two|three|multiple|several)\s")
_WHY_OVER = re.compile(r",\s(?!and\b|but\b)")
_LONGEST_ASIDE = 90
_ANOTHER = re.compile(r";|,\s(?:and|but|which|who|with)\b|\b(?:but|while|whereas|until|then)\b")
_AFTER_THAT = re.compile(r"\s{0,2}(?:After|Following|Subsequent to)\s")
_LONGEST_LINK = 7
_TO_FORMER = re.compile(r".{0,7}|\s(?:in|on|at|of)\s[\w\s/]{3,16}\s(?:of|from|in|on)\s", re.DOTALL)
"""What stands between a figure that has changed and its time: "21 mm in March", "21 mm on the scan of March"."""
_LONGEST_VALUE = 40
_VALUE_IN_BRACKETS = re.compile(
    r"\s\([^()]{1,36}\)|,\s(?:up|down|compared\s(?:with|to))(?:\sfrom)?\s[<>]?\d[\d.]{0,6}(?:\s[A-Za-zµμ/%]{1,8})?,"
)
_CLOSES = re.compile(
    r"[^()\[\]]{0,24}[)\]](?:[\s.;,]{0,3}$|\s?;\s|,\s(?:so|thus|hence|therefore|and|but|while|whereas|which)\s)"
)
"""The brackets that close a sentence or a statement of it, after a time in them."""
_CLOSED_BRACKET = re.compile(r"[)\]]")
_THEN = re.compile(r"\s?[:=]?\s?\d")
"""A value behind a date in brackets, which is of that day and not what stands before: "3.2 cm (06/2023: 6.0 cm)"."""

_SIZE = re.compile(r"\d\s?[cm]m\b")
_OTHER_FIGURE = re.compile(r"[(\[]\s?[<>~]?\d{1,6}(?:[.,]\d{1,3})?\s(?:[^\s()]{1,8}\s)?(?:on|in|at|of)\s")
"""What opens brackets with the value of another day: "LDH 301 U/L (690 on 22/9/23)"."""


class Governed(msgspec.Struct, frozen=True):
    """A resolved time at characters ``start`` to ``end``; ``until`` ends a period, ``bracketed`` stands in brackets."""

    start: int
    end: int
    moment: Moment
    until: bool = False
    bracketed: bool = False
    """In brackets of its own: the time of what stands right before them."""
    absolute: bool = True
    backward: bool = False
    leading: bool = False
    """In brackets behind the examination or visit that the sentence tells of: its time is that of the sentence."""
    former: bool = False
    """The time of a figure that has changed since, and of nothing else: "from 42 mm in October to 18 mm"."""


_DASH = 3
"""Characters between a time that heads an entry and what the entry tells: "2009 - orchidectomy"."""


class View(SentenceText):
    """A sentence of one patient's story, with its times."""

    def __init__(
        self,
        text: str,
        sentence: Sentence,
        mentions: list[Mention],
        times: list[Governed],
        inherited: Moment | None,
        *,
        patient: int = 1,
        retold: bool = False,
        timed: bool = False,
        together: bool = False,
        dated: bool = False,
        style: DateStyle = ANY_STYLE,
        tumor: str | None = None,
    ) -> None:
        super().__init__(text, sentence, mentions)
        self._take_times(times)
        self.inherited = inherited
        self.patient = patient
        self.retold = retold
        self.timed = timed
        self.together = together
        """Whether it is told of several patients of the text together: "both patients received"."""
        self.dated = dated
        """Whether its own paragraph or line has told a date before it."""
        self.style = style
        self.tumor = tumor
        """The code of the tumour diagnosed, by which letters are read that stand for several regimens."""

    def _take_times(self, times: list[Governed]) -> None:
        self.times = times
        self._usable = [time for time in times if not (time.until or time.former)]
        self._ended = [time for time in reversed(times) if time.until]
        """The times by which what is told may be dated, and those that end a period, the last first."""
        self._known = {}
        self._governed: dict[tuple[int, int], Governed | None] = {}
        """The times that govern places which have been asked for: several extractors ask for the same."""

    def with_times(self, times: list[Governed]) -> View:
        """Return the same sentence as if only some of its times were told in it."""
        other = copy(self)
        other._take_times(times)  # noqa: SLF001 - a view of its own
        return other

    def governing(self, start: int, end: int) -> Governed | None:
        """Return the time of this sentence that governs what stands at ``start`` to ``end``, or None."""
        if not self.times:
            return None
        place = (start, end)
        if place not in self._governed:
            self._governed[place] = self._time_of(start, end)
        return self._governed[place]

    def _time_of(self, start: int, end: int) -> Governed | None:
        told = self._of_its_relative(end) or self._governing(start, end)
        if told is not None and told.backward and self._is_of_a_past(told, start):
            return None
        return told if told is None else self._after_courses(self._after_relative(told, start), start, end)

    def _is_of_a_past(self, told: Governed, start: int) -> bool:
        """Whether a time is that of what a patient had had before he came, and the place stands behind his coming."""
        if told.end > start or not self.may(_CAME) or not self.may(_INTRODUCED):
            return False
        who = self.has(_INTRODUCED, self.start, told.start)
        return who is not None and self.has(_CAME, told.end, start) is not None

    def _after_courses(self, told: Governed, start: int, end: int) -> Governed:
        """Return a time as that before which something did not come, where courses begun on it had been given first.

        The cycle of what happened is told before it ("and after four cycles CT showed") or behind it ("stopped at
        cycle 5").
        """
        if told.end > start or not told.absolute or told.moment.when is None or not self.may(_AFTER_COURSES):
            return told
        later = self.has(_AFTER_COURSES, told.end, start)
        reached = start if later is None else later.start()
        if later is None and self._cycle_behind(end) is None:
            return told
        begun = self.has(_BEGUN, max(self.start, told.start - 60), reached)
        if begun is None or any(begun.end() <= time.start < told.start for time in self._usable):
            return told
        after = Moment(told.moment.when, "resolved", AFTER_IT, open=True)
        return msgspec.structs.replace(told, moment=after)

    def _cycle_behind(self, end: int) -> re.Match[str] | None:
        """Return the cycle at which something happened, told right behind it: "progressed after four cycles"."""
        words = self.has(_AFTER_COURSES, end, min(self.end, end + _NEAR_CYCLE))
        return (
            words
            if words is not None and _NEXT_EVENT.search(self.whole, end, words.start()) is None
            else None
        )

    def _of_its_relative(self, end: int) -> Governed | None:
        """Return the day on which what ends at ``end`` came, by its relative clause: "a rash, which appeared in"."""
        came = _WHICH_CAME.match(self.whole, end, self.end)
        if came is None:
            return None
        return next((time for time in self.times if time.absolute and time.start == came.end()), None)

    def _after_relative(self, told: Governed, start: int) -> Governed:
        """Return a time as that before which something did not come, if it is of a clause that is over."""
        if told.end > start or not told.absolute or told.moment.when is None:
            return told
        over = (
            _MAIN_VERB.match(self.whole, told.end, self.end) is not None
            and _RELATIVE.search(self.whole, max(self.start, told.start - 50), told.start) is not None
        )
        went = _AND_WENT.match(self.whole, told.end, self.end)
        if not over and (went is None or went.end() > start):
            return told
        after = Moment(told.moment.when, "resolved", AFTER_IT, open=True)
        return msgspec.structs.replace(told, moment=after)

    def _governing(self, start: int, end: int) -> Governed | None:
        usable = self._usable
        ended = next((time for time in self._ended if time.end <= start), None)
        then = _WHEN.match(self.whole, ended.end, start) if ended is not None else None
        if then is None and ended is not None and self.right_behind(end) is None:
            then = _AND_FAILED.match(self.whole, ended.end, end)
        if then is not None and all(not then.end() <= time.start < start for time in usable):
            return ended
        if not usable:
            return self.of_former(end)
        if (
            ended is not None
            and _AND_SO.match(self.whole, ended.end, end)
            and all(t.end <= ended.start for t in usable)
        ):
            return ended
        heading = self._heading_brackets(start)
        if heading is not None:
            return heading
        behind = self.of_former(end)
        behind = behind or next((time for time in usable if self._in_brackets_behind(time, end)), None)
        if behind is not None:
            return behind
        inside = [time for time in usable if start <= time.start < end]
        if inside:
            return inside[0]
        right_behind = self.right_behind(end)
        if right_behind is not None:
            return right_behind
        low, high = self.statement(start)
        own_brackets = self.whole[low] in "(["
        told = usable if own_brackets else self._unbracketed()
        here = [time for time in told if low <= time.start < high]
        if not here:
            open_times = self._unbracketed()
            before = [time for time in open_times if time.end <= start]
            if before:
                return before[-1]
            after = next((time for time in open_times if not self._is_of_the_next(time, end)), None)
            return after or self._closing(usable, end) or self._only_before(usable, start)
        return self._nearest(here, start, end)

    def of_former(self, end: int) -> Governed | None:
        """Return the time of a figure that has changed since, where it stands right behind the figure asked for."""
        return next(
            (t for t in self.times if t.former and _TO_FORMER.fullmatch(self.whole, end, t.start)), None
        )

    def _nearest(self, here: list[Governed], start: int, end: int) -> Governed | None:
        """Return the one of the times of a clause that governs a place in it, else one told before or behind it."""
        first, last = self.phrase(start)
        if end > last:  # "busulfan and melphalan" goes beyond its first phrase
            last = self.phrase(end - 1)[1]
        here = [time for time in here if not _OF_WHAT_CAME.search(self.whole, end, time.start)]
        if not here:
            return None
        near = [time for time in here if first <= time.start < last]
        if near:
            told = [time for time in near if time.end <= start or not self._heads(time)] or near
            return min(told, key=lambda time: min(abs(time.start - end), abs(start - time.end)))
        before = [time for time in here if time.end <= start and not self._is_of_an_aside(time, start)]
        if before:
            return self._of_the_main_clause(here, before[-1], start, end) or before[-1]
        low = self.statement(start)[0]
        leading = [time for time in self._unbracketed() if self._heads(time) and 0 <= low - time.end <= _DASH]
        if leading:
            return leading[-1]
        after = next((time for time in here if not self._is_of_the_next(time, end)), None)
        if after is not None:
            return after
        earlier = [time for time in self._unbracketed() if time.end <= start]
        return earlier[-1] if earlier else self._closing(self._usable, end)

    def _is_of_the_next(self, time: Governed, end: int) -> bool:
        """Whether a time is that of another statement than what ends before it: "A was held, and in May he began B"."""
        if _SHARES_ITS_VERB.fullmatch(self.whole, end, time.start) is not None:
            return False
        if self.has(_NEXT_STATEMENT, end, time.start) is not None:
            return True
        return (
            self.inherited is not None
            and _OPENS_CLAUSE.search(self.whole, max(end, time.start - 30), time.start) is not None
            and _SUBJECT.match(self.whole, time.end, self.end) is not None
        )

    def _is_of_an_aside(self, time: Governed, start: int) -> bool:
        """Whether a time stands in a relative clause that is over: "a lesion, which was ablated in June, and …".

        Or tells since when something was so, behind the day of which the sentence tells: "In May, on X since March,".
        """
        if (
            self.whole.startswith(",", time.end)
            and _SINCE.search(self.whole, max(self.start, time.start - 16), time.start) is not None
            and any(other.absolute and other.end < time.start for other in self._usable)
        ):
            return True
        aside = _ASIDE.search(self.whole, max(self.start, time.start - _LONGEST_ASIDE), time.start)
        over = None if aside is None else _WHY_OVER if aside["why"] else _ASIDE_OVER
        return over is not None and over.match(self.whole, time.end, start) is not None

    def _of_the_main_clause(
        self, here: list[Governed], before: Governed, start: int, end: int
    ) -> Governed | None:
        """Return the time behind what was done after something else: "After X on 4 July, Y was done on 6 July"."""
        after = _AFTER_THAT.match(self.whole, self.start, before.start)
        if after is None or "," not in self.whole[before.end : start]:
            return None
        return next(
            (
                time
                for time in here
                if time.start > end and time.absolute and not _ANOTHER.search(self.whole, end, time.start)
            ),
            None,
        )

    def _heads(self, time: Governed) -> bool:
        """Whether a time heads what stands behind it: "ALT 22, MRI 17.05.2023: mass of 58 mm"."""
        return self.whole.startswith((":", " :", " - ", " – "), time.end)

    def _unbracketed(self) -> list[Governed]:
        """Return the times that stand in no brackets, or in such as hold the time of the whole sentence."""
        return self.once(
            "unbracketed",
            lambda: [
                time
                for time in self._usable
                if time.leading or not (time.bracketed or self._is_in_brackets(time.start))
            ],
        )

    def _is_in_brackets(self, position: int) -> bool:
        """Whether a place stands in brackets, be there semicolons in them."""
        opened = max(self.whole.rfind(sign, self.start, position) for sign in "([")
        return opened >= 0 and not _CLOSED_BRACKET.search(self.whole, opened, position)

    def _in_brackets_behind(self, time: Governed, end: int) -> bool:
        """Whether a time stands in the brackets behind what ends at ``end``: alone near by, or else right behind."""
        if time.leading or time.start < end:
            return False
        if time.bracketed:
            return time.start - end <= _NEAR and not self.has(SOFT, end, time.start)
        low, _ = self.clause(time.start)
        if _THEN.match(self.whole, time.end, self.end):
            return False
        within = low < end  # "paronychia (grade 2, April 2021)", where the grade belongs to what is dated
        near = (
            within
            or 0 <= low - end <= _RIGHT_BEHIND
            or _WHAT_IT_IS.fullmatch(self.whole, end, low) is not None
            or _AFTER_SO_MANY.fullmatch(self.whole, end, low) is not None
            or _SO_OFTEN.fullmatch(self.whole, end, low) is not None
        )
        return self.whole[low] in "([" and near and (within or not self.has(SOFT, end, low))

    def _heading_brackets(self, start: int) -> Governed | None:
        """Return the time with which the brackets around ``start`` open: "PD (December 2019; liver 3.4 cm)"."""
        opened = self.whole.rfind("(", self.start, start)
        if opened < 0 or self.whole.find(")", opened, start) >= 0:
            return None
        return next(
            (
                time
                for time in self._usable
                if opened < time.start <= opened + _SOON
                and time.end <= start
                and self.whole.startswith((",", ";", ":", " :"), time.end)
            ),
            None,
        )

    def right_behind(self, end: int) -> Governed | None:
        """Return the date that follows at once: "carboplatin AUC 5 on 20 August", "was begun on 24 January"."""
        return next(
            (
                time
                for time in self.times
                if time.absolute
                and not (time.until or time.bracketed or time.former)
                and 0 <= time.start - end <= _LONGEST_LINK + _LONGEST_VALUE
                and _AT_ONCE.fullmatch(self.whole, self._past_value(end), time.start) is not None
            ),
            None,
        )

    def _past_value(self, end: int) -> int:
        """Return the place behind a value in brackets that ends a finding: "hypothyroidism (TSH 38 mIU/L) in May"."""
        value = _VALUE_IN_BRACKETS.match(self.whole, end, self.end)
        return value.end() if value is not None else end

    def _only_before(self, usable: list[Governed], start: int) -> Governed | None:
        """Return the only time of a note's sentence where it stands in brackets before: "at c3 (17-Dec-18), plt 61"."""
        only = usable[0]
        noted = bool(self.style.short) or self.style.named
        told = noted and len(usable) == 1 and only.bracketed and only.absolute and only.end < start
        return only if told and not self._of_a_size(only) else None

    def _closing(self, usable: list[Governed], end: int) -> Governed | None:
        """Return the only time of the sentence where it closes it, in brackets or behind a comma: it is that of all."""
        only = usable[0]
        if len(usable) > 1 or only.start < end or self._of_a_size(only):
            return None
        behind_comma = _BEHIND_COMMA.search(self.whole, max(self.start, only.start - 9), only.start)
        if behind_comma and _LAST.match(self.whole, only.end, self.end):
            return only
        if self.has(_NEXT_STATEMENT, end, only.start):
            return None
        noted = bool(self.style.short) and only.bracketed
        return only if noted or _CLOSES.match(self.whole, only.end, self.end) else None

    def _of_a_size(self, time: Governed) -> bool:
        """Whether a time stands in brackets with a figure, whose day it is: "no response (5.2 cm in February)"."""
        low, _ = self.clause(time.start)
        return self.whole[low] in "([" and (
            _SIZE.search(self.whole, low, time.start) is not None
            or _OTHER_FIGURE.match(self.whole, low, time.start) is not None
            or _THEN.match(self.whole, time.end, self.end) is not None
        )

    def when(self, start: int, end: int) -> Moment:
        """Return when that which stands at ``start`` to ``end`` held, from the sentence or from the story."""
        governed = self.governing(start, end)
        if governed is not None:
            return governed.moment
        return self.inherited or Moment(None)

    @property
    def date(self) -> DateInterval | None:
        """The first date of the sentence itself, where it has one."""
        for time in self.times:
            when: When | None = time.moment.when
            if isinstance(when, DateInterval):
                return when
        return None
