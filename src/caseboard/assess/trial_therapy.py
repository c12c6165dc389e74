"""What was given before: a drug, a class or a kind of treatment, how long ago, and how many lines.

What is told of treatment is what a case is about; still, that a treatment is not told of makes it likely, and no more,
that it was not given.
"""

from __future__ import annotations

from collections.abc import Callable

from caseboard.assess.patient_profile import PatientProfile
from caseboard.assess.results import TreatmentEpisode
from caseboard.assess.trial_truth import Held
from caseboard.knowledge.eligibility.classes import CLASSES
from caseboard.terms import drugs

__all__ = ["had_lines", "had_therapy", "had_within"]

Terms = dict[str, str]

_TARGETS: dict[str, frozenset[str]] = {
    "HER2": frozenset({"ERBB2"}),
    "NTRK": frozenset({"NTRK1", "NTRK2", "NTRK3"}),
    "TRK": frozenset({"NTRK1", "NTRK2", "NTRK3"}),
    "MEK": frozenset({"MAP2K1", "MAP2K2"}),
    "FGFR": frozenset({"FGFR1", "FGFR2", "FGFR3", "FGFR4"}),
    "VEGF": frozenset({"VEGFA", "KDR", "FLT1"}),
    "VEGFR": frozenset({"KDR", "FLT1", "FLT4"}),
    "CDK4/6": frozenset({"CDK4", "CDK6"}),
    "MTOR": frozenset({"MTOR"}),
    "KRAS G12C": frozenset({"KRAS"}),
}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def had_therapy(profile: PatientProfile, terms: Terms) -> Held:
    """Return whether it was given before; for a setting ("for metastatic disease") or an end that is to be judged."""
    given = _given(profile, terms["of"])
    name = terms["name"]
    if not given:
        return Held("unlikely", f"No {_bare(name)} is told of.", True)
    facts = tuple(dict.fromkeys(fact for episode in given for fact in episode.facts))
    told = f"{_names(given)} {_was(given)} given before."
    if "ended" in terms:
        return Held("likely", f"{told} Whether it failed is to be judged.", True, facts=facts)
    if "setting" in terms:
        return Held(
            "likely", f"{told} Whether for {terms['setting'].strip()} is to be judged.", True, facts=facts
        )
    return Held("yes", told, facts=facts)


def had_within(profile: PatientProfile, terms: Terms) -> Held:
    """Return whether it was given within a time before the last report; with time that passes."""
    given = _given(profile, terms["of"])
    number, unit = terms["within"].split(" ")
    limit = int(number) * _DAYS[unit.rstrip("s")]
    if not given:
        return Held("unlikely", f"No {_bare(terms['name'])} is told of.", True, True)
    facts = tuple(dict.fromkeys(fact for episode in given for fact in episode.facts))
    names = _names(given)
    if any(episode.ongoing for episode in given):
        going = _names([episode for episode in given if episode.ongoing])
        return Held(
            "likely",
            f"{going} is being given at the last report; {terms['within']} without it are asked for.",
            True,
            True,
            facts,
        )
    since = [_since(profile, episode) for episode in given]
    if all(days is not None and days[0] > limit for days in since):
        return Held(
            "no", f"{names} ended more than {terms['within']} before the last report.", True, True, facts
        )
    return Held(
        "open",
        f"{names} {_was(given)} given; whether within {terms['within']} is to be judged.",
        True,
        True,
        facts,
    )


def had_lines(profile: PatientProfile, terms: Terms) -> Held:
    """Return whether the number of lines of systemic therapy keeps to a limit; lines can be added."""
    number = len(profile.course.lines)
    sign, bound = terms["limit"].split(" ")
    limit = int(bound)
    more = sign in {">=", ">"}
    holds = {
        ">=": number >= limit,
        ">": number > limit,
        "<=": number <= limit,
        "<": number < limit,
        "==": number == limit,
    }[sign]
    told = (
        f"{number or 'No'} {'line' if number == 1 else 'lines'} of systemic therapy"
        f" {'is' if number == 1 else 'are'} told of"
    )
    facts = tuple(dict.fromkeys(fact for line in profile.course.lines for fact in line.facts))
    sentence = f"{told} ({sign} {limit} is named)."
    if not number:
        return Held("likely" if holds else "unlikely", sentence, more, not more)
    if "setting" in terms:
        return Held(
            "likely" if holds else "unlikely",
            f"{sentence} Which of them count is to be judged.",
            more,
            not more,
            facts,
        )
    return Held("yes" if holds else "no", sentence, more, not more, facts)


def _given(profile: PatientProfile, of: str) -> list[TreatmentEpisode]:
    wanted = _wanted(of)
    return [episode for episode in profile.course.episodes if wanted(episode)]


def _wanted(of: str) -> Callable[[TreatmentEpisode], bool]:
    kind, _, name = of.partition(":")
    if kind in {"radiotherapy", "surgery"}:
        return lambda episode: episode.modality == kind
    if kind == "systemic":
        return lambda episode: episode.modality == "systemic"
    if kind == "drug":
        return lambda episode: name in episode.agents
    if kind == "class":
        classes = CLASSES[name]
        return lambda episode: any(_class(agent) in classes for agent in episode.agents)
    symbols = _TARGETS.get(name, frozenset({name}))
    return lambda episode: any(symbols & set(drugs.targets(agent)) for agent in episode.agents)


def _class(agent: str) -> str:
    found = drugs.lookup(agent)
    return found.term.drug_class if found is not None else ""


def _since(profile: PatientProfile, episode: TreatmentEpisode) -> tuple[int, int] | None:
    """Return the fewest and the most days from the end of a treatment to the last report."""
    days = [profile.clock.days[fact] for fact in episode.facts if fact in profile.clock.days]
    latest = max((last for _, last in profile.clock.days.values()), default=None)
    if not days or latest is None or (episode.stop is None and episode.modality == "systemic"):
        return None
    first, last = max(days)
    return latest - last, latest - first


def _names(given: list[TreatmentEpisode]) -> str:
    names = ", ".join(dict.fromkeys(episode.name for episode in given))
    return names[:1].upper() + names[1:]


def _bare(name: str) -> str:
    plain = " ".join(name.split()).strip(" ,")
    return plain[:1].lower() + plain[1:] if plain[1:2].islower() else plain


def _was(given: list[TreatmentEpisode]) -> str:
    return "was" if len({episode.name for episode in given}) == 1 else "were"
