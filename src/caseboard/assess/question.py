"""The question for the board: as the source puts it, and as the state at the last fact puts it, by rule."""

from __future__ import annotations

import re

from caseboard.assess.chronology import timing_of
from caseboard.assess.findings import Finding
from caseboard.assess.response.remarks import grown
from caseboard.assess.results import Line, LineResponse, MissingTest
from caseboard.assess.summary_course import unsaid_by_report
from caseboard.assess.view import View
from caseboard.assess.written import category_written, drug_written, term_written
from caseboard.case.facts import Fact, History, Outcome, Response, Treatment

__all__ = ["ASKED", "asked_of_board", "question_for_board"]

ASKED = "question.asked"
"""The rule that shows a question as the source puts it."""
_MOST_OPEN = 3
_MARKER = re.compile(r"^(?:[-*•–]|\(?\d{1,2}[.)]|[a-z][.)])\s{0,4}")
"""What stands before an item of a list."""


def asked_of_board(view: View) -> tuple[Finding, ...]:
    """Return what the source asks, sentence by sentence in its own words."""
    asked = (fact for fact in view.case.of(History) if fact.topic == "question")
    return tuple(
        Finding(what=f"“{_MARKER.sub('', fact.detail)}”", rule=ASKED, topic="course", facts=(fact.id,))
        for fact in asked
    )


def question_for_board(
    view: View, missing: tuple[MissingTest, ...], responses: tuple[LineResponse, ...]
) -> str:
    """Return the question that the state of the case puts, and what must be settled before it."""
    if view.dead:
        death = next(fact for fact in view.case.of(Outcome) if fact.vital == "dead")
        return f"The patient has died{_at(view, death)}. The case is shown for review; no decision is asked."
    doubt = _about_diagnosis(view, missing)
    first = [
        one.what
        for one in missing
        if one.urgency == "now" and not (doubt and one.finding.level == "critical")
    ]
    asked = doubt or _about_lesions(view, responses) or _about_treatment(view)
    return f"{asked} First: {'; '.join(first[:_MOST_OPEN])}." if first else asked


def _about_diagnosis(view: View, missing: tuple[MissingTest, ...]) -> str:
    """Ask about the diagnosis where there is none, or where the course contradicts it."""
    if view.current is None:
        return "What is the diagnosis, and how is it to be reached?"
    doubted = [one for one in missing if one.finding.level == "critical"]
    if doubted and "benign" in view.classes:
        grown = view.growth
        although = f", although the lesion grew ({grown.text})" if grown else " against the course"
        name = term_written(view.current.term)
        return f"Can the diagnosis of {name} stand{although}, and what is to be done before any operation?"
    return ""


def _about_lesions(view: View, responses: tuple[LineResponse, ...]) -> str:
    """Ask about a progression that the lesions give after the last response stated, and that no report states."""
    point = unsaid_by_report(view, responses)
    if point is None:
        return ""
    running = next((line for line in reversed(view.course.lines) if line.ongoing), None)
    on = f" on {drug_written(running.running_name)}" if running else ""
    return (
        f"By the lesions, progression of {_tumour(view)}{on} ({point.timing.text}: {grown(point)}), which no report "
        "states: do the scans confirm it, and which treatment next?"
    )


def _about_treatment(view: View) -> str:
    last = view.last_response
    running = next((line for line in reversed(view.course.lines) if line.ongoing), None)
    name = drug_written(running.running_name) if running else ""
    if running is not None and (last is None or _began_after(view, running, last)):
        return (
            f"{_capital(name)} has begun ({running.start.text if running.start else 'start not told'}) for "
            f"{_tumour(view)}, and no response is told yet: is it the right treatment?"
        )
    if last is None:
        return f"Which treatment is to be given for {_tumour(view)}?"
    if last.category == "PD" and _cleared(view, last):
        treated = f" on {name}" if running else ", and no systemic treatment running"
        asked = "go on, pause or stop, and how to follow up?" if running else "follow up, or treat further?"
        return f"No evidence of disease after progression{_at(view, last)}{treated}: {asked}"
    if last.category == "PD":
        return _after_progression(view, last)
    if view.controlled:
        seen = "Complete response" if last.category == "CR" else "No evidence of disease"
        if running is not None:
            return f"{seen} on {name}{_at(view, last)}: go on, pause or stop, and how to follow up?"
        return f"{seen}{_at(view, last)}, and no treatment running: follow up, or treat further?"
    words = {"PR": "responds to", "MR": "regresses on", "SD": "is stable on"}
    if running is not None and last.category in words:
        return (
            f"{_capital(_tumour(view))} {words[last.category]} {name}{_at(view, last)}: "
            "go on as it is, or treat what is left locally?"
        )
    said = "no evidence of disease" if last.category == "NED" else category_written(last.category)
    return f"What is the next step for {_tumour(view)}? The last response stated is {said}{_at(view, last)}."


_AT_THE_END_DAYS = 28
"""Days after the last dose within which progression is told of the treatment itself."""


def _after_progression(view: View, last: Response) -> str:
    progressed = view.progressed_on()
    taken = progressed[1] if progressed else ()
    if taken:
        since = [
            found
            for found in view.drivers
            if found.type == "variant" and view.clock.before(last.id, found.id)
        ]
        names = ", ".join(f"{found.gene} {found.change}" for found in since)
        found_since = f" {names} was found since." if names else ""
        return f"Progression on {drug_written(' + '.join(taken))}{_at(view, last)}: which treatment next?{found_since}"
    stops = [
        fact
        for fact in view.case.of(Treatment)
        if fact.modality == "systemic" and fact.event == "stop" and view.clock.before(fact.id, last.id)
    ]
    stopped = view.latest(stops)
    if stopped is not None and stopped.agents:
        name = drug_written(" + ".join(stopped.agents))
        if _had_failed(view, stopped, last):
            return (
                f"Progression{_at(view, last)} after {name} had failed and been stopped{_at(view, stopped)}: "
                "which treatment next?"
            )
        apart = view.clock.between(stopped.id, last.id)
        if apart is not None and apart[1] <= _AT_THE_END_DAYS:
            return (
                f"Progression{_at(view, last)} within four weeks of the end of {name}{_at(view, stopped)}, "
                "taken as progression on it: which treatment next?"
            )
        return (
            f"Progression{_at(view, last)} after {name} had been stopped{_at(view, stopped)}, not on it: "
            f"{name} again, another drug, or local treatment?"
        )
    return f"Progression of {_tumour(view)}{_at(view, last)}: which treatment?"


def _had_failed(view: View, stopped: Treatment, last: Response) -> bool:
    """Whether a treatment was stopped for progression: its stop says so, or progression is told within its course."""
    if stopped.reason is not None and _PROGRESS.search(stopped.reason):
        return True
    begun = view.latest(
        fact
        for fact in view.case.of(Treatment)
        if fact.event in ("start", "resume")
        and fact.agents == stopped.agents
        and view.clock.before(fact.id, stopped.id)
    )
    return begun is not None and any(
        view.clock.before(begun.id, fact.id) and not view.clock.certainly_before(stopped.id, fact.id)
        for fact in view.case.of(Response)
        if fact.category == "PD" and fact is not last
    )


_PROGRESS = re.compile(
    r"\bprogress|\bPD\b|\bgrowth\b|\brelapse|\brecurren|\bnew (?:lesion|metasta)", re.IGNORECASE
)


def _cleared(view: View, last: Response) -> bool:
    """Whether no disease is seen at the last report, after a local treatment or a line that followed ``last``."""
    outcome = view.latest(view.case.of(Outcome))
    if outcome is None or outcome.disease != "NED" or not view.clock.before(last.id, outcome.id):
        return False
    return any(
        view.clock.before(last.id, fact.id) and fact.event in ("done", "start", "resume")
        for fact in view.case.of(Treatment)
        if fact.modality != "supportive"
    )


def _began_after(view: View, line: Line, last: Response) -> bool:
    """Whether the line's last start or resumption comes after the last response."""
    begun = [
        fact
        for fact in view.case.of(Treatment)
        if fact.id in line.facts and fact.event in ("start", "resume")
    ]
    latest = view.latest(begun)
    return latest is not None and view.clock.before(last.id, latest.id)


def _tumour(view: View) -> str:
    return term_written(view.current.term) if view.current else "the tumour"


def _at(view: View, fact: Fact) -> str:
    """Return when a fact was, in brackets; nothing where it is not dated."""
    timing = timing_of(view.case, fact)
    return "" if timing.text == "not dated" else f" ({timing.text})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
