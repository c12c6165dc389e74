"""The fold over the sentences: each is placed, timed and handed to the extractors, and the story goes on.

One pass, one clock and one memory for each patient. What a sentence leaves open ("the patient did not tolerate it",
told after March and before April) is bounded by the next date that the story gives.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from caseboard.case.case import Case, Document
from caseboard.case.dates import DateInterval, Offset, When
from caseboard.case.facts import Demographics, Diagnosis, Fact, Outcome, Source, Span, Treatment
from caseboard.errors import NoPatientError
from caseboard.narrative.clock import Clock, Moment
from caseboard.narrative.document import Sentence, split_sentences
from caseboard.narrative.extract import EXTRACTORS, RETOLD_EXTRACTORS
from caseboard.narrative.extract.patient import demographics, other_ages
from caseboard.narrative.extract.settle import settle
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import lexicon
from caseboard.narrative.people import names_somebody, sex_of_pronouns
from caseboard.narrative.scope import Place, place_sentences
from caseboard.narrative.times import DateOrder, TimeExpression, date_order, find_times
from caseboard.narrative.trace import Trace
from caseboard.narrative.view import Governed, View
from caseboard.narrative.patterns import Cues, cues_in, lowered, pattern

__all__ = ["read"]

_GOES_ON = pattern(
    r"\b(?:subsequently|then|later|thereafter|afterwards?|after|following|follow-?up|finally|eventually|meanwhile|during (?:this|that|the|treatment)"
    r"|pre-?operative(?:ly)?|post-?operative(?:ly)?|on repeat|repeat(?:ed)?|now|currently|at present|soon|gradually|cycles?)\b",
    re.IGNORECASE,
)
_BORN = pattern(r"\b(?:born(?: on)?|dob|d\.o\.b\.?|date of birth|typed|dictated|printed)[:\s]{1,3}$", re.IGNORECASE)
_ADMITTED = pattern(r"\b(?:admitted|admission(?: date)?|admit date|inpatient stay|hospital stay|stay|date of admission)[:\s]{1,3}(?:on |from )?$", re.IGNORECASE)
_STAY_HEADING = pattern(r"(?:hospital|current|inpatient|clinical) course|course in hospital|admission", re.IGNORECASE)
_NOW_HEADING = pattern(r"today|(?:current |present )?status|on examination|examination(?: today)?|review|assessment|condition(?: at discharge)?", re.IGNORECASE)
_PLUPERFECT = pattern(r"\b(?:had (?:been|had|undergone|received|presented|shown|noticed)|(?:medical|surgical|clinical|oncologic(?:al)?|personal|past) history|history (?:of|included?)|in the past|outside|prior|previous(?:ly)?|earlier|in retrospect|copied from|originally)\b", re.IGNORECASE)
_DATES_AHEAD = 40
"""How many of the story's next dates are looked at for the one that ends an open time."""
_COPIED = pattern(r"\[?\b(?:copied|pasted|carried forward|quoted) from\b", re.IGNORECASE)


def read(document: Document, trace: Trace | None = None) -> Case:
    """Read a document into the facts of its patients; raises ``NoPatientError`` where it tells of none.

    A ``trace`` notes how the sentence was read that it asks for.
    """
    text = document.text
    if not names_somebody(text):
        raise _no_patient(document.name)
    sentences = split_sentences(text)
    places = place_sentences(text, sentences)
    if not any(place.role == "case" for place in places):
        raise _no_patient(document.name)
    fold = _Fold(document, sentences, places)
    fold.trace = trace
    fold.run()
    return fold.case()


def _no_patient(name: str) -> NoPatientError:
    return NoPatientError(name, "no sentence that tells of a patient was found", "a case report, a clinic letter or a board note is read")


class _Fold:
    """The state of one reading."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], places: Sequence[Place]) -> None:
        self.document = document
        self.text = document.text
        self.sentences = sentences
        self.places = places
        self.order: DateOrder = date_order(document.text)
        self.lower = lowered(document.text)
        self.memories: dict[int, Memory] = {}
        self.drafts: list[Draft] = []
        self.dates: dict[int, list[tuple[int, DateInterval]]] = {}
        self.open_scene: dict[int, bool] = {}
        self.remarks: list[str] = []
        self.heading = ""
        self.stay: DateInterval | None = None
        self.written: DateInterval | None = None
        self._read_head()
        self.trace: Trace | None = None
        self.dated_block = -1
        """The line of a letter that opens with a date, which holds for all of it."""

    def run(self) -> None:
        """Read all sentences: first the case in order, then what is retold of it elsewhere."""
        self._meet_patients()
        copied_block = -1
        for index, (sentence, place) in enumerate(zip(self.sentences, self.places, strict=True)):
            if place.role != "case":
                continue
            if _COPIED.match(self.text, sentence.start, sentence.end):
                copied_block = sentence.block
                self.remarks.append(f"copied from an earlier document, not read again: {self._quote(sentence)}")
            if sentence.block != copied_block:
                self._read_sentence(index, sentence, place.patient, retold=False)
        for index, (sentence, place) in enumerate(zip(self.sentences, self.places, strict=True)):
            if place.role == "retold":
                self._read_sentence(index, sentence, place.patient, retold=True)

    def _quote(self, sentence: Sentence) -> str:
        return " ".join(self.text[sentence.start : min(sentence.end, sentence.start + 80)].split())

    def _meet_patients(self) -> None:
        """Set up each patient: who it is, and when first seen."""
        own = [(s, p) for s, p in zip(self.sentences, self.places, strict=True) if p.role == "case"]
        for number in sorted({place.patient for _, place in own}):
            memory = Memory(number)
            self.memories[number] = memory
            stretch = [sentence for sentence, place in own if place.patient == number]
            sex = sex_of_pronouns(self.text, stretch[0].start, stretch[-1].end)
            introduced = next((place.introduces for _, place in own if place.patient == number and place.introduces), None)
            draft = demographics(self.text, stretch, introduced, sex, self.order)
            if draft is None:
                continue
            draft.sentence = next((i for i, s in enumerate(self.sentences) if s.start <= draft.start < s.end), 0)
            remarks = other_ages(self.text, self.sentences, self.places, draft) if len(self.memories) == 1 else ()
            self.remarks.extend(remarks)
            fact = draft.fact = msgspec.structs.replace(draft.fact, patient=number)
            if isinstance(fact, Demographics):
                memory.age_years, memory.sex = fact.age_years, fact.sex
            memory.clock.present(draft.moment.when)
            self.drafts.append(draft)

    def _read_sentence(self, index: int, sentence: Sentence, patient: int, *, retold: bool) -> None:
        memory = self.memories.get(patient) or self.memories.setdefault(patient, Memory(patient))
        if not retold:
            self._enter_section(sentence, memory)
        cues = cues_in(self.lower, sentence.start, sentence.end)
        expressions = find_times(self.text, sentence.start, sentence.end, self.order, cues)
        times = self._times(expressions, memory)
        view = View(
            self.text,
            sentence,
            lexicon().scan(self.text, self.lower, sentence.start, sentence.end),
            times,
            self._inherited(sentence, memory, cues),
            patient=patient,
            cues=cues,
            retold=retold,
            timed=bool(expressions),
        )
        if not retold:
            self._move_clock(index, view, memory)
        memory.regimen_before = memory.regimen
        started = len(self.drafts)
        for extractor in RETOLD_EXTRACTORS if retold else EXTRACTORS:
            for draft in extractor(view, memory):
                draft.sentence = index
                self.drafts.append(draft)
                if self.trace is not None:
                    self.trace.drafted(index, extractor.__module__, draft)
        if self.trace is not None:
            self.trace.was_read(index, view, expressions)
        if not retold:
            self._close_sentence(view, memory, self.drafts[started:])

    def _enter_section(self, sentence: Sentence, memory: Memory) -> None:
        """Set the clock where a heading of a letter says so: "TODAY" is the letter's date, "HOSPITAL COURSE" the stay."""
        if sentence.heading == self.heading:
            return
        self.heading = sentence.heading
        when = self.stay if _STAY_HEADING.fullmatch(sentence.heading) else self.written if _NOW_HEADING.fullmatch(sentence.heading) else None
        if when is not None:
            memory.clock.move(when)
            self.open_scene[memory.patient] = False

    def _read_head(self) -> None:
        """Find when a letter was written and when the stay began that it tells of."""
        for sentence in self.sentences[:6]:
            for expression in find_times(self.text, sentence.start, sentence.end, self.order):
                before = (max(0, expression.start - 24), expression.start)
                if expression.kind != "absolute" or expression.year is None or _BORN.search(self.text, *before):
                    continue
                moment = Clock().resolve(expression)
                if moment is None or not isinstance(moment.when, DateInterval) or not moment.when.exact:
                    continue
                if _ADMITTED.search(self.text, *before):
                    self.stay = self.stay or moment.when
                elif sentence.section in ("body", "header", "title") and sentence.end - sentence.start < 120:
                    self.written = self.written or moment.when

    def _times(self, found: list[TimeExpression], memory: Memory) -> list[Governed]:
        """Return the times of a sentence resolved, one after the other."""
        here: When | None = None
        out: list[Governed] = []
        for position, expression in enumerate(found):
            partner: DateInterval | None = None
            if expression.kind == "absolute" and expression.year is None:
                later = next((e for e in found[position + 1 :] if e.until and e.year is not None), None)
                if later is not None and later.year is not None:
                    partner = DateInterval.of(later.year)
            moment = memory.clock.resolve(expression, partner, here)
            if moment is None or _BORN.search(self.text, max(0, expression.start - 18), expression.start):
                continue
            if isinstance(moment.when, DateInterval) or here is None:
                here = moment.when
            absolute = expression.kind == "absolute"
            backward = not absolute and expression.amount < 0
            out.append(
                Governed(expression.start, expression.end, moment, expression.until, expression.bracketed, absolute, backward)
            )
        return self._prefer_dates(out)

    def _prefer_dates(self, times: list[Governed]) -> list[Governed]:
        """Where a date and a relative time stand side by side ("In May 2020, after 3 months"), keep the date."""
        out: list[Governed] = []
        for time in times:
            last = out[-1] if out else None
            if last is None or last.absolute == time.absolute or time.start - last.end > 4:
                out.append(time)
            elif time.absolute:
                out[-1] = msgspec.structs.replace(time, start=last.start, end=last.end, bracketed=last.bracketed, until=last.until)
        return out

    def _inherited(self, sentence: Sentence, memory: Memory, cues: Cues) -> Moment | None:
        """Return the time that a sentence without one of its own takes over from the story."""
        now = memory.clock.now
        if now is None:
            return None
        still_open = sentence.block != self.dated_block and (
            self.open_scene.get(memory.patient, False)
            or (_GOES_ON.possible(cues) and _GOES_ON.search(self.text, sentence.start, sentence.end) is not None)
        )
        if isinstance(now, Offset) and still_open:
            return Moment(None, "resolved", "later than the last time told", open=False)
        return Moment(now, "resolved", "the story's running date", open=still_open)

    def _move_clock(self, index: int, view: View, memory: Memory) -> None:
        whens: list[When] = [t.moment.when for t in view.times if not t.bracketed and not t.backward and t.moment.when is not None]
        dates = [when for when in whens if isinstance(when, DateInterval)]
        if view.section in ("plan", "family", "allergies", "medication"):
            return
        for when in dates:
            self.dates.setdefault(view.patient, []).append((index, when))
        if not whens:
            return
        now = memory.clock.now
        if not dates or all(time.moment.when == now and not time.absolute for time in view.times):
            memory.clock.move(whens[-1])
            return
        last = max(dates, key=lambda d: d.last)
        if isinstance(now, DateInterval) and isinstance(last, DateInterval) and last.compare(now) == "before" and view.has(_PLUPERFECT):
            return
        memory.clock.move(last)
        if view.sentence.opens and view.times[0].absolute and view.times[0].start - view.start <= 24 and view.section not in ("case", "body"):
            self.dated_block = view.sentence.block
        memory.dated_since_operation = True
        self.open_scene[view.patient] = False

    def _close_sentence(self, view: View, memory: Memory, drafts: Sequence[Draft]) -> None:
        """After a treatment began, ended or was done, what follows without a date came later."""
        memory.introduced = True
        memory.staged = memory.staged or any(isinstance(draft.fact, Diagnosis | Treatment) for draft in drafts)
        told = any(isinstance(draft.fact, Treatment) and draft.fact.modality != "supportive" for draft in drafts)
        if (told and not view.has(_PLUPERFECT)) or (not view.times and view.has(_GOES_ON)):
            self.open_scene[view.patient] = True

    def _settle_time(self, draft: Draft) -> Moment:
        """Bound an open time by the next date of the story."""
        moment = draft.moment
        if not moment.open or not isinstance(moment.when, DateInterval):
            return moment
        base = moment.when
        dates = self.dates.get(draft.fact.patient, [])
        after = bisect_right(dates, draft.sentence, key=lambda dated: dated[0])
        for _, date in dates[after : after + _DATES_AHEAD]:
            if date.compare(base) in ("after", "maybe", "same") and date.last >= base.first:
                end = max(base.last, date.last)
                return Moment(DateInterval(base.first, end), "inferred", f"told after {base} and before {date}")
        return Moment(None, "inferred", f"told after {base}, no later date")

    def case(self) -> Case:
        """Return the case: facts in the order of their patients and of the text, each with id, source and time."""
        settle(self.drafts)
        outcomes = {id(m.outcome) for m in self.memories.values() if m.outcome}
        drafts = [d for d in self.drafts if not d.dropped and (not isinstance(d.fact, Outcome) or id(d) in outcomes)]
        drafts.sort(key=lambda d: (d.fact.patient, not isinstance(d.fact, Demographics), d.start, d.end))
        facts: list[Fact] = []
        seen: set[tuple[object, ...]] = set()
        for draft in drafts:
            fact = self._finished(draft, f"f{len(facts) + 1}")
            key = (fact.patient, fact.when, msgspec.json.encode(msgspec.structs.replace(fact, id="", source=Source("", ""), why="", when=None)))
            if key not in seen:
                seen.add(key)
                facts.append(fact)
        return Case(title=self.document.title or self.document.name, documents=(self.document,), facts=tuple(facts), remarks=tuple(self.remarks))

    def _finished(self, draft: Draft, fact_id: str) -> Fact:
        moment = self._settle_time(draft)
        certainty = draft.fact.certainty if draft.fact.certainty != "stated" else moment.certainty
        why = "; ".join(part for part in (draft.fact.why, moment.why) if part)
        quote = self.text[draft.start : draft.end]
        source = Source(self.document.name, quote, Span(draft.start, draft.end))
        return msgspec.structs.replace(draft.fact, id=fact_id, source=source, when=moment.when, certainty=certainty, why=why)
