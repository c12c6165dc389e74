"""The lines of the summary on the course: what was given, in the order of time, and how things stood at the end."""

from __future__ import annotations

from caseboard.assess.chronology import say_interval, timing_of
from caseboard.assess.findings import Finding
from caseboard.assess.response.remarks import unsaid_progression
from caseboard.assess.results import Line, LineResponse, Measurement, TimePoint
from caseboard.assess.treatments import told_of_earlier_tumour
from caseboard.assess.view import View
from caseboard.assess.written import best_written, drug_written, procedure_written
from caseboard.case.dates import DateInterval
from caseboard.case.facts import Fact, Lesion, Outcome, Response, Treatment

__all__ = ["at", "line_of", "state_line", "treatment_line", "unsaid_by_report"]

_MOST_LESIONS = 4
_AROUND_DAYS = 28
_AFTER = " after presentation"
_LOCAL = ("surgery", "radiotherapy", "ablation", "transplant")

_STATES = {
    "CR": "complete response",
    "PR": "partial response",
    "SD": "stable disease",
    "PD": "progression",
    "NED": "no evidence of disease",
    "MR": "regression",
}


def treatment_line(view: View, responses: tuple[LineResponse, ...]) -> Finding:
    """Tell lines of therapy and local treatments in the order of time, each told once."""
    by_line = {response.line: response for response in responses}
    told: list[tuple[int, str, tuple[str, ...]]] = []
    for line in view.course.lines:
        words = ", ".join(word for word in (_period(line), _best(by_line.get(line.number))) if word)
        text = f"line {line.number} {drug_written(line.name)}{f' ({words})' if words else ''}"
        told.append((min(view.clock.rank[fact] for fact in line.facts), text, line.facts))
    told += [
        (view.clock.rank[fact.id], _local(view, fact), (fact.id,))
        for fact in view.case.of(Treatment)
        if fact.modality in _LOCAL and fact.event in ("done", "start")
    ]
    former = told_of_earlier_tumour(view.case, view.clock)
    told = [
        (rank, f"{text}, for the earlier tumour" if former.issuperset(facts) else text, facts)
        for rank, text, facts in told
    ]
    told.sort(key=lambda one: one[0])
    parts = dict.fromkeys(text for _, text, _ in told)
    what = f"Treatment: {'; '.join(parts)}." if parts else "No treatment is told."
    return line_of("summary.treatment", what, tuple(fact for _, _, facts in told for fact in facts))


def _local(view: View, fact: Treatment) -> str:
    name = procedure_written(fact.procedure or fact.modality).replace(";", ",")
    dose = f" {fact.dose}" if fact.dose and fact.modality == "radiotherapy" else ""
    return f"{name}{dose}{at(view, fact)}"


def _period(line: Line) -> str:
    start, stop = (
        None if one is None or one.text == "not dated" else one.text for one in (line.start, line.stop)
    )
    start = start.removeprefix("at ") if start else None
    if line.ongoing:
        return f"since {start}, ongoing" if start else "ongoing"
    if stop and start and " to " in f"{start}{stop}":
        return start if start == stop else f"from {start}, stopped {stop}"
    if stop:
        return stop if start == stop else _span(start, stop) if start else f"start not told, stopped {stop}"
    end = "stopped" if line.stop else "end not told"
    return f"from {start}, {end}" if start else f"not dated, {end}"


def _span(start: str, stop: str) -> str:
    """Say two dates of one year with the year once: "21 October to 5 November 2021"; so with offsets."""
    year = stop[-4:]
    if year.isdigit() and start.endswith(f" {year}") and start != year:
        start = start.removesuffix(f" {year}")
    if stop.endswith(_AFTER):
        start = start.removesuffix(_AFTER)
    return f"{start} to {stop}"


def _best(response: LineResponse | None) -> str:
    best = best_written(response.best_stated, response.best_derived) if response is not None else ""
    return f"best response {best}" if best else ""


def unsaid_by_report(view: View, responses: tuple[LineResponse, ...]) -> TimePoint | None:
    """Return the assessment whose lesions give progression of the last line, after all that is stated, or None."""
    last = view.last_response
    of_last = next((one for one in responses if one.line == len(view.course.lines)), None)
    point = unsaid_progression(of_last.timepoints) if of_last is not None and not view.controlled else None
    if point is None or (last is not None and not all(view.clock.before(last.id, f) for f in point.facts)):
        return None
    return point


def state_line(view: View, responses: tuple[LineResponse, ...]) -> Finding:
    """Tell how the patient and the disease stood at the last report, and what was given then."""
    outcome, last = view.latest(view.case.of(Outcome)), view.last_response
    running = [line for line in view.course.lines if line.ongoing]
    parts, ids = [], []
    if outcome is not None:
        disease = "" if outcome.disease == "unknown" else f", {_disease(outcome)}"
        alive = "died" if outcome.vital == "dead" else "alive"
        parts.append(f"{alive}{disease}{at(view, outcome)}")
        ids.append(outcome.id)
    if last is not None and not _says_the_same(view, last, outcome):
        parts.append(f"last response stated: {_STATES[last.category]}{at(view, last)}")
        ids.append(last.id)
    unsaid = unsaid_by_report(view, responses)
    if unsaid is not None:
        parts.append(f"by the lesions, progression ({unsaid.timing.text})")
        ids += unsaid.facts
    if not view.controlled:
        seen, facts = _last_seen(view)
        parts += [seen] if seen else []
        ids += facts
    if running and not view.dead:
        dose, told = _present_dose(view, running[-1])
        parts.append(f"on {drug_written(running[-1].running_name)}{dose}")
        ids += told or running[-1].facts[-1:]
    elif not view.dead:
        parts.append("no systemic treatment running")
    cutoff = view.case.cutoff
    when = f"As known on {say_interval(DateInterval(cutoff, cutoff))}" if cutoff else "At the last report"
    return line_of("summary.state", f"{when}: {'; '.join(parts)}.", tuple(ids))


def _present_dose(view: View, line: Line) -> tuple[str, tuple[str, ...]]:
    """Return the dose at which the one drug of a line is given now, as its last word tells it, and the fact."""
    told = [
        fact
        for fact in view.case.of(Treatment)
        if fact.id in line.facts and fact.event in ("start", "resume", "change")
    ]
    last = view.latest(told)
    if (
        last is None
        or len(last.agents) != 1
        or drug_written(line.running_name) != drug_written(last.agents[0])
    ):
        return "", ()
    when = at(view, last) if last.event != "start" else ""
    if last.dose is None:
        return (f", dose changed{when}", (last.id,)) if last.event == "change" else ("", ())
    since = when.replace("(", "(since ", 1)
    by_part = last.dose.startswith(("reduced", "increased"))
    return f"{', dose' if by_part else ''} {last.dose}{since}", (last.id,)


def _says_the_same(view: View, last: Response, outcome: Outcome | None) -> bool:
    """Whether the outcome tells of no disease on the day on which the response does."""
    if outcome is None or (last.category, outcome.disease) != ("NED", "NED"):
        return False
    return at(view, last) == at(view, outcome)


def _last_seen(view: View) -> tuple[str, tuple[str, ...]]:
    """Tell which lesions the last examination that names any still saw; nothing where that is the first of all."""
    rank = view.clock.rank
    last = [
        (lesion, max(lesion.measurements, key=lambda sight: rank[sight.fact]))
        for lesion in view.course.lesions
        if lesion.measurements and not lesion.ambiguous
    ]
    if not last:
        return "", ()
    latest = max((sight for _, sight in last), key=lambda sight: rank[sight.fact])
    seen = [
        (lesion, sight)
        for lesion, sight in last
        if _of_one_time(view, sight, latest) and sight.state == "present" and not lesion.resected
    ]
    first = next(fact.id for fact in view.clock.facts if isinstance(fact, Lesion))
    if not seen or any(sight.fact == first for _, sight in seen):
        return "", ()
    seen.sort(key=lambda one: -max(one[1].diameters_mm, default=0.0))
    shown = [f"{lesion.name}{_longest(sight)}" for lesion, sight in seen[:_MOST_LESIONS]]
    more = f", {len(seen) - _MOST_LESIONS} more" if len(seen) > _MOST_LESIONS else ""
    days = [view.clock.days[sight.fact] for _, sight in seen if sight.fact in view.clock.days]
    when = f" ({view.clock.timing(min(d[0] for d in days), max(d[1] for d in days)).text})" if days else ""
    return f"lesions told last{when}: {', '.join(shown)}{more}", tuple(sight.fact for _, sight in seen)


def _of_one_time(view: View, sight: Measurement, latest: Measurement) -> bool:
    """Whether a sight belongs to the examinations around the latest: within four weeks of it, or of its time."""
    days = view.clock.days
    if sight.fact not in days or latest.fact not in days:
        return sight.timing == latest.timing
    return days[latest.fact][1] - days[sight.fact][1] <= _AROUND_DAYS


def _longest(sight: Measurement) -> str:
    return f" {max(sight.diameters_mm):g} mm" if sight.diameters_mm else ""


def _disease(outcome: Outcome) -> str:
    return "no evidence of disease" if outcome.disease == "NED" else outcome.disease


def at(view: View, fact: Fact) -> str:
    """Return when a fact was, in brackets; nothing where it is not dated."""
    timing = timing_of(view.case, fact)
    return "" if timing.text == "not dated" else f" ({timing.text})"


def line_of(rule: str, what: str, facts: tuple[str, ...]) -> Finding:
    """Return a line of the summary, each of its facts once."""
    ids = tuple(dict.fromkeys(facts))
    return Finding(what=what[:1].upper() + what[1:], rule=rule, topic="course", facts=ids)
