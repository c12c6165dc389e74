"""The fold over the sentences: each is placed, timed and handed to the extractors, and the story goes on.

One pass, one timeline and one memory for each patient.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from caseboard.case.case import Case, Document
from caseboard.case.dates import DateInterval, Offset, When
from caseboard.case.facts import Demographics, Diagnosis, Fact, Outcome, Source, Span, Treatment
from caseboard.errors import NoPatientError
from caseboard.narrative.characters import plain
from caseboard.narrative.clock import AFTER_IT, Clock, Moment
from caseboard.narrative.date_style import DateStyle, date_style
from caseboard.narrative.dated_notes import is_dated_note
from caseboard.narrative.document import Sentence, split_sentences
from caseboard.narrative.extract import EXTRACTORS, RETOLD_EXTRACTORS
from caseboard.narrative.extract.patient import demographics, other_ages
from caseboard.narrative.extract.put_to_board import opens_question
from caseboard.narrative.extract.settle import settle
from caseboard.narrative.form_marks import without_form_marks
from caseboard.narrative.going_on import regimen_on
from caseboard.narrative.kin_words import KIN, SPOUSES
from caseboard.narrative.letters import letter_head
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import lexicon
from caseboard.narrative.note_heads import note_heads
from caseboard.narrative.paragraphs import paragraphs, with_lines_joined
from caseboard.narrative.patterns import lowered, pattern
from caseboard.narrative.people import Person, find_people, names_somebody, sex_of_pronouns
from caseboard.narrative.radiology import RadiologyReport, radiology_reports
from caseboard.narrative.resolved_times import resolve_times, time_of_row
from caseboard.narrative.scope import place_sentences
from caseboard.narrative.specimens import is_specimen_report
from caseboard.narrative.timeline import Timeline
from caseboard.narrative.times import find_times
from caseboard.narrative.trace import Trace
from caseboard.narrative.view import View
from caseboard.narrative.which_patient import Place

__all__ = ["read"]

_COPIED = pattern(
    r"\[?\b(?:copied|pasted|carried forward|quoted|c/f|carried over|taken) from\b"
    r"|\[\s?(?:prev(?:ious)?|old|last|earlier)\b[^\]\n]{0,30}?(?:letter|summary|note|report|clinic)\b"
    r"|\b(?:past|previous|prior|old) notes? carried forward\b",
    re.IGNORECASE,
)
_PRESENTED = pattern(
    r"\b(?:we (?:here(?:by|in)? )?(?:report|present|describe)|herein|is (?:reported|presented))\b",
    re.IGNORECASE,
)
_DONE_TODAY = pattern(
    r"\b(?:(?:was |were )?(?:stopped|discontinued|started|commenced|begun|resumed|restarted|reduced|increased|lowered"
    r"|switched)|held|hold|resume|stop|restart|C\d{1,2}(?: ?D1)?|cycle \d{1,2}(?: given)?)\b"
    r"[^.;?]{0,40}\b(?:today|as of (?:today|now)|(?:at|as of) this visit|with immediate effect)\b"
    r"|\btoday\b[^.;?]{0,20}\b(?:stopped|discontinued|started|resumed|restarted|held)\b",
    re.IGNORECASE,
)
"""What a plan tells that was done: "lorlatinib stopped today", "hold eribulin as of today"."""
_OF_TODAY = frozenset({"body", "course", "status", "findings"})
_PRESENT = pattern(
    r"\s?(?:(?:clinically|currently|overall|otherwise|on examination|today|unfortunately|sadly|pleasingly"
    r"|encouragingly),?\s)?"
    r"(?:(?:his|her|the)\s(?:most\s)?(?:(?:recent|latest|current|new|staging|restaging)\s){0,2}(?:CT|MRI"
    r"|PET(?:[-/]CT)?|scans?|imaging)"
    r"\s(?:scans?\s)?(?:now\s)?(?:shows?|demonstrates?|confirms?|reveals?|has\sshown)|(?:his|her)"
    rf"\s(?!(?:{KIN}|{SPOUSES}|partner)s?\b)(?:[a-z]{{3,14}}\s){{1,3}}(?:is|are)"
    r"|(?:i|we)(?:['’]ve|\s(?:have|am|are))"
    r"|(?:(?:his|her)\s)?(?:performance\sstatus|ecog(?:\sps)?|PS)\s(?:is|remains)"
    r"|(?:she|he|they|the patient|mr|mrs|ms|miss)\b\.?"
    r"(?:\s[A-Z][\w.'’-]{0,20}){0,2}\s(?:(?:also|still|now|otherwise|generally|currently)\s)?"
    r"(?:feels|remains|reports|denies|complains|continues|tolerates|describes|looks|takes|(?:is|has)"
    r"(?=\s(?:well|ongoing|persistent|persisting|very|now|currently|still|grade|mild|no\b|some|good|stable"
    r"|tolerating|feeling|ecog|performance"
    r"|asymptomatic))"
    r"))\b",
    re.IGNORECASE,
)
"""How a letter tells of today in the present tense."""
_LATE = 5
"""Sentences of a case after which an age that is told is not that of the first presentation."""


def read(document: Document, trace: Trace | None = None) -> Case:
    """Read a document into the facts of its patients; raises ``NoPatientError`` where it tells of none.

    A ``trace`` notes how the sentence was read that it asks for.
    """
    text = without_form_marks(plain(document.text))
    told = names_somebody(text) or is_specimen_report(text) or is_dated_note(text)
    blocks = list(paragraphs(text)) if told else []
    text = with_lines_joined(text, blocks)
    sentences = split_sentences(text, blocks)
    places = place_sentences(text, sentences) if sentences else []
    if not any(place.role == "case" for place in places):
        raise NoPatientError(
            document.name,
            "no sentence that tells of a patient was found",
            "a case report, a clinic letter or a board note is read",
        )
    sentences = [
        msgspec.structs.replace(sentence, section="case")
        if place.role == "case" and sentence.section == "introduction"
        else sentence
        for sentence, place in zip(sentences, places, strict=True)
    ]
    fold = _Fold(document, text, sentences, places, trace)
    fold.run()
    return fold.case()


def _is_given(fact: Fact) -> bool:
    """Whether a treatment of the tumour is given: what follows without a time came later; a stop is no new scene."""
    return isinstance(fact, Treatment) and fact.modality != "supportive" and fact.event != "stop"


def _is_end_untold(draft: Draft) -> bool:
    """Whether a treatment ended on a day that is not told, from which the story goes on."""
    fact = draft.fact
    ended = isinstance(fact, Treatment) and fact.modality == "systemic" and fact.event == "stop"
    return ended and draft.moment.open and draft.moment.why == AFTER_IT


def _is_earlier(when: When | None, now: When | None) -> bool:
    """Whether the story has gone on to another day since ``when``."""
    if isinstance(when, Offset):
        return isinstance(now, Offset) and when.days < now.days
    return isinstance(when, DateInterval) and isinstance(now, DateInterval) and when.compare(now) == "before"


def _by_its_words(text: str, sentence: Sentence) -> Sentence:
    """Return a sentence in the section that its words tell: what was done today is no plan, and a question is one."""
    if sentence.section == "plan" and _DONE_TODAY.search(text, sentence.start, sentence.end):
        return msgspec.structs.replace(sentence, section="course")
    return msgspec.structs.replace(sentence, section="plan") if opens_question(text, sentence) else sentence


def _presents(text: str, sentence: Sentence) -> bool:
    """Whether a sentence of the introduction says whose case is told: "we present a 5-year-old boy"."""
    return sentence.section == "introduction" and sentence.has(text, _PRESENTED) is not None


def _is_of_today(text: str, sentence: Sentence) -> bool:
    """Whether a sentence of a letter begins by telling, in the present tense, how the patient is."""
    return sentence.section in _OF_TODAY and _PRESENT.match(text, sentence.start, sentence.end) is not None


def _close(memory: Memory, timeline: Timeline, view: View, drafts: Sequence[Draft]) -> None:
    """Remember what a sentence has told, and let its scene go on or end."""
    timeline.remember(view)
    facts = [draft.fact for draft in drafts]
    memory.introduced = True
    memory.staged = memory.staged or any(isinstance(fact, Diagnosis | Treatment) for fact in facts)
    now = memory.clock.now
    given = [d.fact for d in drafts if _is_given(d.fact) and not _is_earlier(d.moment.when, now)]
    operated = bool(given) and all(isinstance(f, Treatment) and f.modality == "surgery" for f in given)
    timeline.close(view, treated=bool(given), operated=operated, told=facts)
    drifts = any(_is_given(d.fact) and d.moment.open for d in drafts) and view.date is None
    if drifts or any(_is_end_untold(d) for d in drafts):
        memory.clock.adrift = True


def _go_back(memory: Memory, view: View) -> bool:
    """Let the story speak of the regimen that was being given on the day of a sentence, be others told before it.

    Returns whether that regimen has ended since, and is over again behind the sentence.
    """
    if len(memory.courses) < _TWO_COURSES:
        return False
    own = next(
        (time.moment.when for time in view.times if time.absolute and not time.until), memory.clock.now
    )
    if isinstance(own, DateInterval) and (given := regimen_on(memory, own)) is not None:
        over = bool(given) and given not in memory.given
        memory.regimen = given
        memory.given.update({given} if given else ())
        return over
    return False


_TWO_COURSES = 2


class _Fold:
    """The state of one reading."""

    def __init__(
        self,
        document: Document,
        text: str,
        sentences: Sequence[Sentence],
        places: Sequence[Place],
        trace: Trace | None,
    ) -> None:
        self.document = document
        self.text = text
        self.lower = lowered(self.text)
        self.sentences = sentences
        self.places = places
        self.trace = trace
        self.style: DateStyle = date_style(self.text)
        self.heads = note_heads(self.text)
        self.head = letter_head(self.text, sentences, self.style)
        self.reports = radiology_reports(self.text, sentences, self.style)
        if self.reports.only is not None:
            self.head = msgspec.structs.replace(self.head, written=self.head.written or self.reports.only)
        self.report: RadiologyReport | None = None
        self.heading = ""
        self.memories: dict[int, Memory] = {}
        self.timelines: dict[int, Timeline] = {}
        self.drafts: list[Draft] = []
        self.remarks: list[str] = []

    def run(self) -> None:
        """Read all sentences: first the case in order, then what is retold of it elsewhere."""
        self._meet_patients()
        copied_block = -1
        for index, (sentence, place) in enumerate(zip(self.sentences, self.places, strict=True)):
            if place.role != "case":
                continue
            if _COPIED.possible(sentence.cues) and _COPIED.match(self.text, sentence.start, sentence.end):
                copied_block = sentence.block
                quote = " ".join(self.text[sentence.start : min(sentence.end, sentence.start + 80)].split())
                self.remarks.append(f"copied from an earlier document, not read again: {quote}")
            if sentence.block != copied_block:
                for patient in (place.patient, *place.also):
                    self._read_sentence(index, sentence, patient, retold=False, together=bool(place.also))
        for index, (sentence, place) in enumerate(zip(self.sentences, self.places, strict=True)):
            if place.role == "retold":
                self._read_sentence(index, sentence, place.patient, retold=True)

    def _remember(self, patient: int) -> tuple[Memory, Timeline]:
        if patient not in self.memories:
            self.memories[patient] = Memory(patient)
            self.memories[patient].clock.from_first = self.style.from_first
            self.timelines[patient] = Timeline(self.memories[patient].clock, self.heads)
        return self.memories[patient], self.timelines[patient]

    def _meet_patients(self) -> None:
        """Set up each patient: who it is, and when first seen."""
        own = [(s, p) for s, p in zip(self.sentences, self.places, strict=True) if p.role == "case"]
        for number in sorted({place.patient for _, place in own}):
            memory, _ = self._remember(number)
            stretch = [sentence for sentence, place in own if place.patient == number]
            sex = sex_of_pronouns(self.text, stretch[0].start, stretch[-1].end)
            person = self._introduced(number, stretch)
            draft = demographics(self.text, stretch, person, sex, self.style, self.head.written)
            if draft is None:
                continue
            draft.sentence = next(
                (i for i, s in enumerate(self.sentences) if s.start <= draft.start < s.end), 0
            )
            if number == 1:
                self.remarks.extend(other_ages(self.text, self.sentences, self.places, draft))
            fact = draft.fact = msgspec.structs.replace(draft.fact, patient=number)
            if isinstance(fact, Demographics):
                memory.age_years, memory.sex = fact.age_years, fact.sex
            memory.clock.present(draft.moment.when)
            memory.clock.age_days = None if memory.age_years is None else memory.age_years * 365.25
            memory.clock.set_anchor("admission", self.head.stay)
            memory.clock.set_anchor("written", self.head.written)
            self.drafts.append(draft)

    def _introduced(self, number: int, stretch: Sequence[Sentence]) -> Person | None:
        """Return the person that a patient is introduced as: in the case, else in the abstract."""
        person = next((p.introduces for p in self.places if p.introduces and p.patient == number), None)
        if person is not None and person.start <= stretch[min(_LATE, len(stretch) - 1)].start:
            return person
        people = [
            found
            for sentence in self.sentences
            if (sentence.section == "abstract" or _presents(self.text, sentence))
            and number == 1
            and len(self.memories) == 1
            for found in find_people(self.text, sentence.start, sentence.end, sentence.cues)
        ]
        return people[0] if len(people) == 1 else person

    def _read_sentence(
        self, index: int, sentence: Sentence, patient: int, *, retold: bool, together: bool = False
    ) -> None:
        memory, timeline = self._remember(patient)
        if not retold and self.reports.compares(self.lower, sentence):
            return
        if not retold:
            self._enter(sentence, memory, timeline)
        sentence = _by_its_words(self.text, sentence)
        expressions = find_times(self.text, sentence.start, sentence.end, self.style, sentence.cues)
        times = resolve_times(
            self.text, expressions, memory.clock, None if retold else timeline.past, timeline.when_told
        ) or time_of_row(self.lower, sentence.start, memory.clock)
        times = timeline.of_the_note(times)
        if not retold and not times:
            timeline.go_on(expressions)
        view = View(
            self.text,
            sentence,
            lexicon().scan(self.text, self.lower, sentence.start, sentence.end),
            times,
            None if together else timeline.inherited(self.text, sentence),
            patient=patient,
            retold=retold,
            timed=bool(expressions),
            together=together,
            dated=timeline.has_dated(sentence),
            style=self.style,
            tumor=memory.tumor,
        )
        if not retold and timeline.move(index, view):
            memory.dated_since_operation = True
        told = memory.regimen
        over = not retold and not together and _go_back(memory, view)
        memory.regimen_before = memory.regimen
        memory.spread_before = tuple(memory.sites) if memory.spread else ()
        drafts = self._extract(index, view, memory)
        if memory.regimen == memory.regimen_before:  # the story goes on from where it was
            memory.regimen = told
            if over:
                memory.given.discard(memory.regimen_before)
        if together and not expressions:
            for draft in drafts:
                draft.moment = Moment(None)
        if self.trace is not None:
            self.trace.was_read(index, view, expressions)
        if not retold:
            _close(memory, timeline, view, drafts)

    def _enter(self, sentence: Sentence, memory: Memory, timeline: Timeline) -> None:
        """Let the story come to the time that a sentence has by its heading, its report or its tense."""
        if sentence.heading != self.heading:
            self.heading = sentence.heading
            memory.clock.year = None
            when = self.head.at(sentence.heading) or self._dated(sentence.heading)
            noted = memory.clock.anchors.get("written") if self.heads and when == self.head.written else when
            if isinstance(noted, DateInterval):
                timeline.enter(noted)
        if (left := self.head.told_of(self.text, sentence)) is not None:
            timeline.enter(left)
        report = self.reports.at(sentence)
        if report is not None and report is not self.report:  # what its head asks is of its day too
            memory.clock.set_anchor("written", report.exams[0].when)
            timeline.enter(report.exams[0].when)
        self.report = report
        if (exam := self.reports.told_of(self.lower, sentence)) is not None:
            memory.clock.set_anchor("written", exam.when)
            memory.modality = exam.kind or memory.modality
            timeline.enter(exam.when)
        today = memory.clock.anchors.get("written") if self.heads else self.head.written
        if isinstance(today, DateInterval) and _is_of_today(self.text, sentence):
            timeline.enter(today)

    def _dated(self, heading: str) -> DateInterval | None:
        """Return the day that stands in a heading: "ADDENDUM (12-Jul-2021)"."""
        if not any(sign.isdigit() for sign in heading):
            return None
        for expression in find_times(heading, 0, len(heading), self.style):
            moment = Clock().resolve(expression) if expression.year is not None else None
            if moment is not None and isinstance(moment.when, DateInterval) and moment.when.exact:
                return moment.when
        return None

    def _extract(self, index: int, view: View, memory: Memory) -> list[Draft]:
        drafts = []
        for extractor in RETOLD_EXTRACTORS if view.retold else EXTRACTORS:
            for draft in extractor(view, memory):
                draft.sentence = index
                drafts.append(draft)
                if self.trace is not None:
                    self.trace.drafted(index, extractor.__module__, draft)
        self.drafts.extend(drafts)
        return drafts

    def case(self) -> Case:
        """Return the case: facts in the order of their patients and of the text, each with id, source and time."""
        settle(self.drafts)
        drafts = [draft for draft in self.drafts if not draft.dropped]
        kept = {id(draft) for draft in drafts}
        last = {draft.fact.patient: draft for draft in drafts if isinstance(draft.fact, Outcome)}
        last |= {
            patient: memory.outcome
            for patient, memory in self.memories.items()
            if memory.outcome is not None and id(memory.outcome) in kept
        }
        drafts = [d for d in drafts if not isinstance(d.fact, Outcome) or d is last[d.fact.patient]]
        drafts.sort(key=lambda d: (d.fact.patient, not isinstance(d.fact, Demographics), d.start, d.end))
        facts: list[Fact] = []
        seen: set[bytes] = set()
        for draft in drafts:
            fact = self._finished(draft, f"f{len(facts) + 1}")
            told = fact.source.quote if draft.moment.open else ""  # what came later may have come twice
            said = msgspec.json.encode(msgspec.structs.replace(fact, id="", source=Source("", told), why=""))
            if said not in seen:
                seen.add(said)
                facts.append(fact)
        return Case(
            title=self.document.title or self.document.name,
            documents=(self.document,),
            facts=tuple(facts),
            remarks=tuple(self.remarks),
        )

    def _finished(self, draft: Draft, fact_id: str) -> Fact:
        moment = self.timelines[draft.fact.patient].settle(draft)
        certainty = draft.fact.certainty if draft.fact.certainty != "stated" else moment.certainty
        why = "; ".join(part for part in (draft.fact.why, moment.why) if part)
        source = Source(
            self.document.name, self.document.text[draft.start : draft.end], Span(draft.start, draft.end)
        )
        return msgspec.structs.replace(
            draft.fact, id=fact_id, source=source, when=moment.when, certainty=certainty, why=why
        )
