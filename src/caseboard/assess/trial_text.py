"""The answer to a criterion in free text, from what was understood of it.

A sentence that is not wholly understood is never passed and fails nobody; what is known of it is said, and the rest
left to a person. Where another sentence of the criterion turns or limits it ("are allowed", "unless"), nobody fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.trial_answer import RESULTS, Answer, Result
from caseboard.assess.trial_requirements import held
from caseboard.assess.trial_truth import Held, denied, joined
from caseboard.knowledge.eligibility.topics import TOPICS
from caseboard.knowledge.trial_shapes import Requirement, Statement, TrialCriterion

__all__ = ["TextAnswers"]

_REST = "The rest of it is to be read by a person."
_NOTHING = "This asks for nothing that a case could tell."
_UNREAD = {
    False: "This criterion is to be read by a person.",
    True: "This exclusion is to be read by a person.",
}
_ORDER: tuple[Result, ...] = ("PASS", "WARN", "UNDETERMINED", "FAIL")

_TELLING = frozenset(
    {"performance", "laboratory", "alteration", "measurable", "metastases", "lines", "therapy", "washout"}
)
"""Kinds of which it is worth saying what is known where a sentence is not wholly understood."""


class TextAnswers:
    """The answers of one patient to criteria in free text; what is asked for again is not worked out again."""

    def __init__(self, profile: PatientProfile) -> None:
        self.profile = profile
        self.known: dict[Requirement, Held] = {}

    def answer(self, criterion: TrialCriterion) -> Answer:
        """Return the answer to a criterion: the worst of its sentences, as far as each may be decided."""
        if not criterion.statements:
            return Answer("UNDETERMINED", _topic(criterion), text=criterion.text)
        if len(criterion.statements) == 1:
            return self._one(criterion, criterion.statements[0])
        answers = [
            self._sentence(statement, exclusion=criterion.exclusion) for statement in criterion.statements
        ]
        turned = any(s.excepts and not s.whole for s in criterion.statements)
        worst = max(answers, key=lambda found: (_ORDER.index(found.result), not found.mendable))
        if worst.result == "FAIL" and not turned:
            return msgspec.structs.replace(worst, text=criterion.text)
        told = [found for found in answers if found.sentence]
        sentence = " ".join(dict.fromkeys(found.sentence for found in told))
        facts = tuple(dict.fromkeys(fact for found in told for fact in found.facts))
        if all(statement.whole for statement in criterion.statements):
            return Answer(worst.result, sentence or _NOTHING, False, criterion.text, facts)
        return self._in_part(criterion, sentence, facts)

    def _one(self, criterion: TrialCriterion, statement: Statement) -> Answer:
        found = self._sentence(statement, exclusion=criterion.exclusion)
        if statement.whole:
            return Answer(
                found.result, found.sentence or _NOTHING, found.mendable, criterion.text, found.facts
            )
        return self._in_part(criterion, found.sentence, found.facts)

    def _in_part(self, criterion: TrialCriterion, sentence: str, facts: tuple[str, ...]) -> Answer:
        told = f"{sentence} {_REST}" if sentence else _topic(criterion)
        return Answer("UNDETERMINED", told, False, criterion.text, facts)

    def _sentence(self, statement: Statement, *, exclusion: bool) -> Answer:
        if not statement.parts:
            return Answer("PASS" if statement.whole else "UNDETERMINED", "")
        if not statement.whole:
            told = [] if statement.excepts else list(self._telling(statement.parts))
            sentence = " ".join(dict.fromkeys(part.sentence for part in told))
            return Answer("UNDETERMINED", sentence, facts=tuple(fact for part in told for fact in part.facts))
        parts = [self._requirement(part, exclusion=exclusion) for part in statement.parts]
        whole = joined(parts, statement.join)
        if exclusion:
            whole = denied(whole)
        result = RESULTS[whole.truth]
        ruled = " That excludes." if exclusion and result == "FAIL" else ""
        return Answer(result, whole.sentence + ruled, result == "FAIL" and whole.comes, facts=whole.facts)

    def _telling(self, parts: Sequence[Requirement]) -> Iterator[Held]:
        for part in parts:
            if part.parts:
                yield from self._telling(part.parts)
            elif part.kind in _TELLING and (found := self._held(part)).facts:
                yield found

    def _requirement(self, asked: Requirement, *, exclusion: bool) -> Held:
        if asked.parts:
            # "Pregnant and lactating women" are excluded for either: AND in a list of exclusions may mean OR.
            join = "unclear" if exclusion and asked.join == "all" and not asked.negated else asked.join
            found = joined([self._requirement(part, exclusion=exclusion) for part in asked.parts], join)
        else:
            found = self._held(asked)
        return denied(found) if asked.negated else found

    def _held(self, asked: Requirement) -> Held:
        if asked not in self.known:
            self.known[asked] = held(self.profile, asked)
        return self.known[asked]


def _topic(criterion: TrialCriterion) -> str:
    """Return what a person has to do about a text that is not understood, by what it is about."""
    return TOPICS.get(criterion.topic) or _UNREAD[criterion.exclusion]
