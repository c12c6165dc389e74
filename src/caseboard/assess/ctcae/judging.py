"""Judging values by one criterion: which limits they are beyond, and what is not known.

A comparison with a limit that is not given is neither true nor false; "or" and "and" are Kleene's. So a grade is given
where it holds whatever the missing limit is, and where it does not, the row says what is missing. The rules are
formulas: ``values`` asks them of the values of one patient, ``grading`` of whole tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from caseboard.assess.ctcae.criteria import PUBLISHED_AS, Bound, Criterion, Edition, Step
from caseboard.assess.ctcae.fitting import Fit
from caseboard.assess.ctcae.formula import (
    Formula,
    choose,
    constant,
    given,
    joined,
    say,
    whether_all,
    whether_any,
)

__all__ = ["ABNORMAL_FIRST", "NUMBERS", "SHOWN", "Stage", "impossible", "impossible_said", "stages"]

Stage = dict[str, Formula]
"""What is found from what was given or found before, by name; a stage knows those before it, and not itself."""

NUMBERS = ("value", "lln", "uln", "baseline")

SHOWN = 40
"""So much is shown of a unit."""

_Choice = Callable[[tuple[int, ...]], int]

_DIGITS = 12
"""Significant digits that are compared: 8.0 g/dL and 80 g/L are one value, whatever the rounding of a product."""

_SLACK = 1e-9
_NAMES = {"ULN": "uln", "LLN": "lln", "BASE": "baseline"}
_MISSING = {
    "LLN": "no lower limit of normal is given",
    "ULN": "no upper limit of normal is given",
    "BASE": "no value before treatment is given",
}
_HELD_NORMAL = "no value before treatment is given: it is held to have been normal"
_SYMPTOMS = "signs, symptoms or treatment decide"

ABNORMAL_FIRST = choose(
    (given("least") > 0, constant(0)),
    (given("worst").unknown() | (given("worst") > 0), constant(1)),
    otherwise=constant(2),
)
"""Of both directions of an analyte the lower counts: the abnormal one; else the one that is open, else neither is."""


def impossible(fit: Fit) -> Formula:
    """Whether a value as it was given cannot be one of the analyte."""
    value = given("value")
    within = [
        (value >= low - _SLACK * abs(low)) & (value <= high + _SLACK * abs(high))
        for low, high in fit.possible
    ]
    return ~whether_any(within).known_or(other=True) if within else constant(value=False)


def impossible_said(unit: Formula) -> Formula:
    """Say that it cannot; ``unit`` ends with a space where there is one."""
    return say("cannot be graded: {} {}is not a possible value", given("value"), unit)


@lru_cache(maxsize=4096)
def stages(fit: Fit, edition: Edition, *, alone: bool, multiple: bool) -> tuple[Stage, ...]:
    """Return how a value is graded by one criterion, stage by stage.

    Given are value, lln, uln and baseline in the unit of the value, and before ("HIGH", "LOW", "NORMAL", or None: by
    the baseline itself). ``alone``: no other direction is judged beside it; ``multiple``: the value is a multiple of
    the upper limit. Found are, in the last stage, term, direction, least and worst (the grade if nothing that is not
    told adds to it, and if everything does: symptoms, anticoagulation; None where a limit is missing), lowest and
    highest (the grades that are possible), rule, and why (what a grade leaves open, or why there is none).
    """
    criterion = fit.criterion
    found = [{name: given(name) * fit.factor for name in NUMBERS}]
    if multiple:
        lln, baseline = (choose((constant(value=False), given(name))) for name in ("lln", "baseline"))
        found.append({"uln": constant(1.0), "lln": lln, "baseline": baseline})
    if not alone:
        found.append(_other_limit(criterion))
    found += [
        _conditions(),
        {
            name: passed
            for number, step in enumerate(criterion.steps, start=1)
            for name, passed in _passes(number, step, criterion)
        },
        {
            "sure": _furthest("least", criterion, unknown=False),
            "sure_worst": _furthest("worst", criterion, unknown=False),
            "maybe": _furthest("least", criterion, unknown=True),
            "maybe_worst": _furthest("worst", criterion, unknown=True),
        },
        {"gap": _gap(criterion)},
        {
            "least": _grade("sure", "maybe", criterion, min),
            "worst": _grade("sure_worst", "maybe_worst", criterion, max),
            "lowest": choose((~given("gap"), _grade_at("sure", criterion, min))),
            "highest": choose((~given("gap"), _grade_at("maybe_worst", criterion, max))),
        },
        {
            "term": constant(criterion.name),
            "direction": constant(criterion.direction),
            "rule": _rule(criterion),
            "why": _reason(criterion, edition),
        },
    ]
    return tuple(found)


def _other_limit(criterion: Criterion) -> Stage:
    """Put the limit that is given for the one that is not, where a value within it cannot be beyond the other."""
    value, lln, uln = given("value"), given("lln"), given("uln")
    if criterion.direction == "high":
        return {"uln": choose((uln.unknown() & (value <= lln), lln), otherwise=uln)}
    return {"lln": choose((lln.unknown() & (value >= uln), uln), otherwise=lln)}


def _conditions() -> Stage:
    """Say how the value before treatment was; where it is not told it counts as normal."""
    before, untold = given("before"), given("baseline").unknown() & given("before").unknown()

    def was(word: str, by_limit: Formula) -> Formula:
        told = (~before.unknown(), before.equals(word))
        return choose(told, (untold, constant(value=False)), otherwise=by_limit)

    return {
        "was_high": was("HIGH", given("baseline") > given("uln")),
        "was_low": was("LOW", given("baseline") < given("lln")),
        "untold": untold,
    }


def _passes(number: int, step: Step, criterion: Criterion) -> Iterator[tuple[str, Formula]]:
    """Yield whether a step is passed, if the patient is not on anticoagulation and if so, and by which alternative."""
    for name, anticoagulated in (("least", False), ("worst", True)):
        groups = [_all(group, criterion, anticoagulated=anticoagulated) for group in step.alternatives]
        yield f"{name}_{number}", whether_any(groups)
        if anticoagulated:
            for place, group in enumerate(groups):
                yield f"by_{number}_{place}", group


def _all(group: tuple[Bound, ...], criterion: Criterion, *, anticoagulated: bool) -> Formula:
    return whether_all(
        condition
        for bound in group
        for condition in (_beyond(bound, criterion), _holds(bound, anticoagulated=anticoagulated))
    )


def _beyond(bound: Bound, criterion: Criterion) -> Formula:
    value = given("value").rounded(_DIGITS)
    edge = constant(bound.number)
    if bound.of:
        edge = (given(_NAMES[bound.of]) * bound.number + bound.plus).rounded(_DIGITS)
    if criterion.direction == "low":
        return value <= edge if bound.inclusive else value < edge
    return value >= edge if bound.inclusive else value > edge


def _holds(bound: Bound, *, anticoagulated: bool) -> Formula:
    if bound.when == "normal":
        return ~given("was_high")
    if bound.when == "abnormal":
        return given("was_high")
    if bound.when == "low":
        return given("was_low")
    if bound.when == "below":
        return given("value") < given("lln")
    return constant(value=bound.when != "anticoagulated" or anticoagulated)


def _furthest(name: str, criterion: Criterion, *, unknown: bool) -> Formula:
    """Return the number of the last step that is passed, 0 for none; ``unknown``: what an unknown step counts as."""
    numbers = range(len(criterion.steps), 0, -1)
    passed = ((given(f"{name}_{number}").known_or(other=unknown), constant(number)) for number in numbers)
    return choose(*passed, otherwise=constant(0))


def _grade_at(step: str, criterion: Criterion, of: _Choice) -> Formula:
    numbered = enumerate(criterion.steps, start=1)
    return given(step).of(
        {0: 0, **{number: of(one.grades) if one.grades else None for number, one in numbered}}
    )


def _grade(sure: str, maybe: str, criterion: Criterion, of: _Choice) -> Formula:
    """Return the grade; none where no step is surely passed and one may be, or CTCAE has none for the value."""
    open_ = given(sure).equals(0) & ((given(maybe) > 0) | given("gap"))
    return choose((~open_, _grade_at(sure, criterion, of)))


def _gap(criterion: Criterion) -> Formula:
    """Whether a value is above normal, and not beyond the first multiple of a baseline that was above it itself."""
    first = criterion.steps[0].bounds
    relative = any(bound.when == "abnormal" for bound in first)
    if not relative or any(bound.plus for step in criterion.steps for bound in step.bounds):
        return constant(value=False)
    beyond = given("was_high") & (given("value") > given("uln")) & given("maybe_worst").equals(0)
    return beyond.known_or(other=False)


def _rule(criterion: Criterion) -> Formula:
    """Say by which limit the grade is given."""
    side = "below" if criterion.direction == "low" else "above"
    raised = [bounds for bounds in criterion.steps[0].alternatives if bounds[0].when == "abnormal"]
    by = [
        (given("sure_worst").equals(number), _passed_by(number, criterion))
        for number in range(len(criterion.steps), 0, -1)
    ]
    within = [
        (given("was_high"), constant(f"not {side} {criterion.say(bounds)}")) for bounds in reversed(raised)
    ]
    return choose(*by, *within, otherwise=constant(f"not {side} {_first(criterion)}"))


def _passed_by(number: int, criterion: Criterion) -> Formula:
    side = "below" if criterion.direction == "low" else "above"
    return choose(
        *(
            (
                given(f"by_{number}_{place}"),
                constant(f"{'at or ' if bounds[0].inclusive else ''}{side} {criterion.say(bounds)}"),
            )
            for place, bounds in enumerate(criterion.steps[number - 1].alternatives)
        )
    )


def _first(criterion: Criterion) -> str:
    groups = criterion.steps[0].alternatives
    plain = [group for group in groups if group[0].when in ("", "normal")]
    return " or ".join(criterion.say(group) for group in plain or groups)


def _reason(criterion: Criterion, edition: Edition) -> Formula:
    worst, least = given("worst"), given("least")
    otherwise = say("grade {} if not on anticoagulation; if so, {}", least, _missing(criterion))
    return choose(
        (worst.unknown() & least.unknown(), _no_grade(criterion, edition)),
        (worst.unknown(), otherwise),
        otherwise=_notes(criterion),
    )


def _notes(criterion: Criterion) -> Formula:
    """Say what a grade leaves open."""
    notes: list[Formula] = []
    for number, step in enumerate(criterion.steps, start=1):
        if len(step.grades) > 1:
            between = " and ".join(str(grade) for grade in step.grades)
            decide = constant(f"{_SYMPTOMS} between grades {between}")
            notes.append(choose((given("sure_worst").equals(number), decide)))
    whens = {bound.when for step in criterion.steps for bound in step.bounds}
    if "anticoagulated" in whens:
        words = "by multiples of the value before treatment only if on anticoagulation, which is not told"
        notes.append(choose((given("sure_worst") > given("sure"), constant(words))))
    if whens & {"abnormal", "low"}:
        notes.append(choose((given("untold"), constant(_HELD_NORMAL))))
    more = (given("sure_worst") > 0) & (given("maybe_worst") > given("sure_worst"))
    notes.append(choose((more, say("up to grade {} is possible: {}", given("highest"), _missing(criterion)))))
    if criterion.also_grade:
        condition = constant(f"grade {criterion.also_grade} if {criterion.also_if}")
        milder = (given("worst") >= 1) & (given("worst") <= criterion.also_grade - 1)
        notes.append(choose((milder, condition)))
    return joined(notes, "; ")


def _no_grade(criterion: Criterion, edition: Edition) -> Formula:
    """Say why there is no grade."""
    release = f"CTCAE {PUBLISHED_AS[edition]}"
    numbered = list(enumerate(criterion.steps, start=1))
    nothing = given("sure").equals(0)
    all_open = whether_all(given(f"worst_{number}").unknown() for number, _ in numbered)
    unnumbered = [given("sure").equals(number) for number, step in numbered if not step.grades]
    return choose(
        (whether_any(unnumbered), constant(f"{release} gives no grade for this value by its number")),
        (
            nothing & given("gap"),
            say(
                f"{release} has no grade for it: above the upper limit of normal, but {{}}", _rule(criterion)
            ),
        ),
        (nothing & all_open, say("cannot be graded: {}", _missing(criterion))),
        otherwise=say("no more than grade {}; {}", given("highest"), _missing(criterion)),
    )


def _missing(criterion: Criterion) -> Formula:
    """Say which of the limits that the criterion looks at are not given."""
    bounds = [bound for step in criterion.steps for bound in step.bounds]
    used = {bound.of for bound in bounds if bound.of} | {
        "LLN" for bound in bounds if bound.when in ("below", "low")
    }
    absent = {of: given(_NAMES[of]).unknown() for of in _MISSING if of in used}
    if "BASE" in used and all(bound.when in ("abnormal", "low") for bound in bounds if bound.of == "BASE"):
        absent["BASE"] &= ~given("untold")
    said = [choose((condition, constant(_MISSING[of]))) for of, condition in absent.items()]
    return joined(said, ", and ") if said else constant("")
