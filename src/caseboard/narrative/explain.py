"""How one sentence was read: where it stands, its times, and which extractor made which fact of it, or why none did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import msgspec

from caseboard.case import Case, Document
from caseboard.case.facts import Demographics, Fact, Outcome
from caseboard.errors import NoPatientError
from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned, previously, suspected
from caseboard.narrative.document import Sentence, split_sentences
from caseboard.narrative.mentions import Mention, lexicon
from caseboard.narrative.paragraphs import paragraphs, with_lines_joined
from caseboard.narrative.patterns import lowered
from caseboard.narrative.scope import place_sentences
from caseboard.narrative.story import read
from caseboard.narrative.time_expression import TimeExpression
from caseboard.narrative.trace import Trace
from caseboard.narrative.view import View
from caseboard.narrative.which_patient import Place

__all__ = ["Explanation", "NamedTime", "Produced", "Unused", "explain", "find_text", "other_places"]

_MOST_SENTENCES = 20
_MOST_PLACES = 10

_REASONS: tuple[tuple[str, Callable[[View, int, int], bool]], ...] = (
    ("denied by the words around it", denied),
    ("said of a relative or of other patients", of_someone_else),
    ("hangs on a condition", hypothetical),
    ("planned, proposed or refused, not done", planned),
    ("told as past history, before the present illness", previously),
    ("only suspected", suspected),
)
"""Why a mention may yield nothing, as ``caseboard.narrative.context`` judges it; the first that holds is told."""

_TOLD_FORMERLY = re.compile(
    r"\b(?:prev(?:ious(?:ly)?)?|prior|formerly|from|initially|baseline)\W{1,3}(?:\S{1,20}\s){0,2}$",
    re.IGNORECASE,
)


class NamedTime(msgspec.Struct, frozen=True):
    """A time expression: its words, what it was resolved to ("" where it was not), how sure that is, and why."""

    words: str
    when: str
    certainty: str = ""
    why: str = ""


class Produced(msgspec.Struct, frozen=True):
    """A fact that an extractor made: the fact where it stands in the case, else why it was dropped."""

    extractor: str
    kind: str
    quote: str
    fact: Fact | None = None
    dropped: str = ""


class Unused(msgspec.Struct, frozen=True):
    """A mention that no fact stands on, and why, as far as the reader knows."""

    words: str
    kind: str
    key: str
    reason: str


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """How one sentence was read. ``inherited`` is the time that holds where the sentence gives none."""

    start: int
    end: int
    text: str
    section: str
    heading: str
    role: str
    role_why: str
    patient: int
    mentions: tuple[tuple[str, str, str], ...] = ()
    times: tuple[NamedTime, ...] = ()
    inherited: NamedTime | None = None
    produced: tuple[Produced, ...] = ()
    unused: tuple[Unused, ...] = ()


def find_text(document: Document, wanted: str) -> tuple[int, int] | None:
    """Return where a text stands first in a document: exactly, else whatever its case and white space; or None."""
    start = document.text.find(wanted)
    if start >= 0:
        return start, start + len(wanted)
    words = [re.escape(word) for word in wanted.split()]
    found = re.search(r"\s{1,200}".join(words), document.text, re.IGNORECASE) if words else None
    return found.span() if found else None


def other_places(document: Document, start: int, end: int) -> list[int]:
    """Return where the text at ``start`` to ``end`` stands again later, the first few."""
    found = re.finditer(re.escape(document.text[start:end]), document.text[end:], re.IGNORECASE)
    return [end + match.start() for match in islice(found, _MOST_PLACES)]


def explain(document: Document, start: int, end: int) -> list[Explanation]:
    """Explain the sentences that characters ``start`` to ``end`` touch; none where only headings or blanks stand."""
    blocks = list(paragraphs(document.text))
    text = with_lines_joined(document.text, blocks)
    sentences = split_sentences(text, blocks)
    places = place_sentences(text, sentences)
    touched = [
        index
        for index, sentence in enumerate(sentences)
        if sentence.start < max(end, start + 1) and start < sentence.end
    ]
    return [_explained(document, sentences, places, index) for index in touched[:_MOST_SENTENCES]]


def _explained(
    document: Document, sentences: Sequence[Sentence], places: Sequence[Place], index: int
) -> Explanation:
    sentence, place = sentences[index], places[index]
    trace = Trace(index)
    try:
        case = read(document, trace)
    except NoPatientError:
        case = Case(title="")
    text = document.text
    view = trace.view
    mentions = view.mentions if view else lexicon().scan(text, lowered(text), sentence.start, sentence.end)
    produced = tuple(_produced(trace, case, sentence))
    return Explanation(
        start=sentence.start,
        end=sentence.end,
        text=text[sentence.start : sentence.end],
        section=sentence.section,
        heading=sentence.heading,
        role=place.role if view or place.role == "other" else "other",
        role_why=_role_why(sentence, place, read=view is not None, anybody=bool(case.facts)),
        patient=place.patient,
        mentions=tuple((text[m.start : m.end], m.kind, m.key) for m in mentions),
        times=tuple(_times(trace, text)),
        inherited=_inherited(view),
        produced=produced,
        unused=tuple(_unused(mentions, view, produced, place, text)),
    )


def _role_why(sentence: Sentence, place: Place, *, read: bool, anybody: bool) -> str:
    under = (
        f"under the heading {sentence.heading!r}"
        if sentence.heading
        else f"in the section {sentence.section!r}"
    )
    if place.role == "case" and read:
        return f"{under}: it tells of patient {place.patient}"
    if place.role == "case":
        return (
            "copied from an earlier document, which is not read again"
            if anybody
            else "the text tells of nobody"
        )
    if place.role == "retold":
        return f"{under}, but it speaks of patient {place.patient}: responses and outcomes are taken from it"
    if sentence.section in {
        "abstract",
        "introduction",
        "discussion",
        "back matter",
        "title",
        "header",
        "legend",
    }:
        return f"{under}: a section that does not tell the case is not read for facts"
    return f"{under}: it stands outside the run of sentences that tell a patient's case"


def _times(trace: Trace, text: str) -> Iterator[NamedTime]:
    governed = trace.view.times if trace.view else []
    for expression in trace.expressions:
        words = text[expression.start : expression.end]
        time = next((t for t in governed if t.start <= expression.start < t.end), None)
        if time is None:
            yield NamedTime(words, "", why=_unresolved(expression))
            continue
        when = "no date" if time.moment.when is None else str(time.moment.when)
        open_end = " or later, until the next date of the story" if time.moment.open else ""
        ends = " (the end of a period)" if time.until else ""
        yield NamedTime(words, f"{when}{open_end}{ends}", time.moment.certainty, time.moment.why)


def _unresolved(expression: TimeExpression) -> str:
    if expression.kind == "relative":
        return f"nothing is known to count from ({expression.anchor}), or a date beside it says it already"
    return "the year is not known, it is a date of birth, or a time beside it says it already"


def _inherited(view: View | None) -> NamedTime | None:
    moment = view.inherited if view else None
    if moment is None:
        return None
    when = "no date" if moment.when is None else str(moment.when)
    return NamedTime("", when + (" or later" if moment.open else ""), moment.certainty, moment.why)


def _produced(trace: Trace, case: Case, sentence: Sentence) -> Iterator[Produced]:
    told: set[str] = set()
    for person in case.of(Demographics):
        span = person.source.span
        if span is not None and sentence.start <= span.start < sentence.end:
            told.add(person.id)
            yield Produced("patient", _kind(person), person.source.quote, person)
    for extractor, draft in trace.drafts:
        fact = next(
            (f for f in case.facts if f.id not in told and _is_of(f, draft.fact, draft.start, draft.end)),
            None,
        )
        quote = trace.view.whole[draft.start : draft.end] if trace.view else ""
        if fact is not None:
            told.add(fact.id)
            yield Produced(extractor, _kind(fact), quote, fact)
        elif draft.dropped:
            why = "dropped when the whole story was settled: another sentence tells the same, or corrects it"
            yield Produced(extractor, _kind(draft.fact), quote, dropped=why)
        elif isinstance(draft.fact, Outcome):
            yield Produced(extractor, "outcome", quote, dropped="a later sentence tells how it ended")
        else:
            yield Produced(
                extractor, _kind(draft.fact), quote, dropped="the same fact is in the case already"
            )


def _is_of(fact: Fact, drafted: Fact, start: int, end: int) -> bool:
    span = fact.source.span
    if type(fact) is not type(drafted) or span is None or (span.start, span.end) != (start, end):
        return False
    blank = {"id": "", "source": fact.source, "when": None, "certainty": "stated", "why": "", "remarks": ()}
    return bool(msgspec.structs.replace(fact, **blank) == msgspec.structs.replace(drafted, **blank))


def _kind(fact: Fact) -> str:
    return str(type(fact).__struct_config__.tag)


def _unused(
    mentions: Sequence[Mention], view: View | None, produced: Sequence[Produced], place: Place, text: str
) -> Iterator[Unused]:
    spans = [
        one.fact.source.span for one in produced if one.fact is not None and one.fact.source.span is not None
    ]
    dropped = [one.quote for one in produced if one.fact is None]
    for mention in mentions:
        if any(span.start <= mention.start and mention.end <= span.end for span in spans):
            continue
        words = text[mention.start : mention.end]
        if any(words in quote for quote in dropped):
            reason = "a fact stood on it, and was dropped"
        else:
            reason = _reason(mention, view, place)
        yield Unused(words, mention.kind, mention.key, reason)


def _reason(mention: Mention, view: View | None, place: Place) -> str:
    if view is None or place.role == "other":
        return "the sentence is not read for facts"
    if view.section == "plan":
        return "in a section of plans"
    for reason, holds in _REASONS:
        if holds(view, mention.start, mention.end):
            return reason
    if _TOLD_FORMERLY.search(view.whole, max(view.start, mention.start - 60), mention.start):
        return "a former value or state"
    if mention.weak:
        return "also an ordinary word, and no word of its field stands beside it"
    if view.retold:
        return "outside the case only responses and outcomes are taken"
    return "no rule makes a fact of it with the words of this sentence"
