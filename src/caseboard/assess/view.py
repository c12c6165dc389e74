"""What the rules look at: one patient's diagnoses, tests, alterations and state, in the order of time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

from caseboard.assess import sites
from caseboard.assess.chronology import Chronology, chronology
from caseboard.assess.results import AlterationReport, Course, Measurement, TrackedLesion
from caseboard.assess.treatments import told_of_earlier_tumour
from caseboard.assess.tumor_classes import classes_of
from caseboard.assess.tumour import tumour_of
from caseboard.case.case import Case
from caseboard.case.facts import (
    Alteration,
    Diagnosis,
    Fact,
    FactBase,
    Lesion,
    Outcome,
    Response,
    Test,
    Treatment,
)
from caseboard.terms import drugs, genes, markers

__all__ = ["Growth", "View", "inhibits", "symbols_of", "view_of"]

Kind = TypeVar("Kind", bound=FactBase)

_METASTASES = re.compile(
    r"metasta(?:sis|ses|tic|tases|sized|tatsis)|carcinomatosis|disseminat", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:no|not|without|negative for|free of|ruled out|absence of|suspici\w*)\b", re.IGNORECASE
)
_CONTROLLED = frozenset({"CR", "NED"})
_MOST_COMPARED = 60
_GROWTH_PERCENT, _GROWTH_MM = 20.0, 5.0


class Growth(NamedTuple):
    """A lesion that grew: its two measurements, by fact, in mm."""

    lesion: TrackedLesion
    before: Measurement
    after: Measurement

    @property
    def text(self) -> str:
        """Say it: "thigh 60 to 75 mm, April 2018 to July 2018"."""
        sizes = f"{max(self.before.diameters_mm):g} to {max(self.after.diameters_mm):g} mm"
        return f"{self.lesion.name} {sizes}, {self.before.timing.text} to {self.after.timing.text}"


@dataclass(frozen=True)
class View:
    """One patient's case as the rules see it; ``clock`` orders all facts in time."""

    case: Case
    course: Course
    molecular: tuple[AlterationReport, ...]
    clock: Chronology
    diagnoses: tuple[Diagnosis, ...]
    current: Diagnosis | None

    @property
    def classes(self) -> frozenset[str]:
        """The classes of the present diagnosis."""
        return classes_of(self.current) if self.current else frozenset()

    @property
    def dead(self) -> bool:
        """Whether the patient is told to have died."""
        return any(fact.vital == "dead" for fact in self.case.of(Outcome))

    @property
    def last_response(self) -> Response | None:
        """The last response that was stated of this tumour."""
        former = told_of_earlier_tumour(self.case, self.clock)
        return self.latest([fact for fact in self.case.of(Response) if fact.id not in former])

    @property
    def controlled(self) -> bool:
        """Whether no disease is seen at the last report."""
        last = self.last_response
        outcome = self.latest(self.case.of(Outcome))
        if outcome is not None and outcome.disease != "unknown":
            return outcome.disease == "NED"
        return last is not None and last.category in _CONTROLLED

    @property
    def advanced(self) -> tuple[str, ...]:
        """The facts that tell of metastases or of lesions at distant places; empty where none does."""
        told = [
            fact.id
            for fact in self.case.facts
            if isinstance(fact, Lesion | Response | Diagnosis)
            and _METASTASES.search(fact.source.quote)
            and not _DENIED.search(fact.source.quote)
        ]
        apart = _lesions_apart(self.course.lesions)
        return tuple(dict.fromkeys([*told, *apart]))

    def latest(self, facts: Iterable[Kind]) -> Kind | None:
        """Return the latest of some facts."""
        return max(facts, key=lambda fact: self.clock.rank[fact.id], default=None)

    def tests_of(
        self, symbols: Iterable[str], methods: Literal["any", "molecular", "IHC"] = "any"
    ) -> tuple[Test, ...]:
        """Return the tests that had one of these genes or markers for a target, by any or by some methods."""
        wanted = set(symbols)
        return tuple(
            test
            for test in self.case.of(Test)
            if symbols_of(test.target) & wanted
            and (methods == "any" or (test.method == "IHC") == (methods == "IHC"))
        )

    def alterations_of(self, symbols: Iterable[str]) -> tuple[Alteration, ...]:
        """Return the alterations found in one of these genes."""
        wanted = set(symbols)
        return tuple(found for found in self.case.of(Alteration) if wanted & set(found.genes))

    @property
    def drivers(self) -> tuple[Alteration, ...]:
        """The alterations found in a protein kinase."""
        known = genes.vocabulary()
        return tuple(
            found
            for found in self.case.of(Alteration)
            if found.type != "other" and any(gene in known and known[gene].kinase for gene in found.genes)
        )

    @property
    def growth(self) -> Growth | None:
        """The first lesion that grew by a fifth and by 5 mm at least, both times measured alike if possible."""
        for lesion in self.course.lesions:
            sized = [
                sight for sight in lesion.measurements if sight.diameters_mm and sight.state == "present"
            ]
            pairs = [(a, b) for n, a in enumerate(sized) for b in sized[n + 1 :] if _grew(a, b)]
            pairs.sort(key=lambda pair: pair[0].modality != pair[1].modality)
            if pairs:
                return Growth(lesion, *pairs[0])
        return None

    def progressed_on(self) -> tuple[Response, tuple[str, ...]] | None:
        """Return the last progression, if nothing better was stated since, and the drugs that were being taken then.

        What begins a line ends the drugs of the line before, though their stop may not be told.
        """
        last = self.last_response
        if last is None or last.category != "PD":
            return None
        line_of = {fact: line.number for line in self.course.lines for fact in line.facts}
        current, taken = 0, set[str]()
        for fact in self.clock.facts:
            if self.clock.rank[fact.id] > self.clock.rank[last.id]:
                break
            number = line_of.get(fact.id, 0)
            if not isinstance(fact, Treatment) or not number or number < current:
                continue
            if fact.event == "stop":
                taken -= set(fact.agents)
                continue
            taken = taken | set(fact.agents) if number == current else set(fact.agents)
            current = number
        return last, tuple(sorted(taken))

    def after(self, fact: FactBase) -> tuple[Fact, ...]:
        """Return the facts that come after this one."""
        return tuple(other for other in self.clock.facts if self.clock.before(fact.id, other.id))


def view_of(case: Case, course: Course, molecular: tuple[AlterationReport, ...]) -> View:
    """Return the view of a case of one patient."""
    clock = chronology(case)
    own = [d for d in case.of(Diagnosis) if d.status != "history"]
    own.sort(key=lambda diagnosis: clock.rank[diagnosis.id])
    standing = tumour_of(case)
    current = next((d for d in own if standing is not None and d.id == standing.fact), None)
    return View(case, course, molecular, clock, tuple(own), current)


def symbols_of(target: str) -> frozenset[str]:
    """Return the genes and markers that a test's target names: "ETV6-NTRK3" gives ETV6 and NTRK3, "CD117" KIT too."""
    out = {target}
    marker = markers.lookup(target)
    if marker:
        out |= {marker.term.key, marker.term.gene}
    for part in re.split(r"::|[-/ ,]", target):
        found = genes.lookup(part) if len(part) > 2 and part.upper() == part else None
        if found:
            out.add(found.term.key)
    return frozenset(out - {""})


def inhibits(agent: str, symbols: Iterable[str]) -> bool:
    """Whether an agent is an inhibitor of one of these kinases, by the targets that the table of drugs gives it."""
    return bool(set(drugs.targets(agent)) & set(symbols))


def _grew(before: Measurement, after: Measurement) -> bool:
    small, large = max(before.diameters_mm), max(after.diameters_mm)
    return large - small >= _GROWTH_MM and 100 * (large - small) >= _GROWTH_PERCENT * small


def _lesions_apart(lesions: tuple[TrackedLesion, ...]) -> list[str]:
    """Return the sights of two lesions that lie at unrelated sites; lymph nodes and doubtful lesions do not count."""
    sure = [one for one in lesions if not one.node and not one.ambiguous and one.measurements][
        :_MOST_COMPARED
    ]
    for number, one in enumerate(sure):
        for other in sure[number + 1 :]:
            if sites.relation(one.site, other.site) == "other" and one.organ != other.organ:
                return [one.measurements[0].fact, other.measurements[0].fact]
    return []
