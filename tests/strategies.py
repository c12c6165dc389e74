"""Strategies for property tests: partial dates, times, and facts of every kind."""

from __future__ import annotations

import calendar
import functools
from datetime import date

import msgspec
from hypothesis import strategies as st

from caseboard.case import (
    AdverseEvent,
    Alteration,
    Case,
    DateInterval,
    Demographics,
    Diagnosis,
    History,
    Lab,
    Lesion,
    Offset,
    Outcome,
    Response,
    Source,
    Span,
    Test,
    Treatment,
)

years = st.integers(1900, 2099)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
words = st.text(min_size=1, max_size=8)
numbers = st.floats(0, 1e6, allow_nan=False)


@st.composite
def partial_dates(draw):
    """Draw a date as text, as precise as reports give it: ``2018``, ``2018-04`` or ``2018-04-09``."""
    day = draw(days)
    return draw(st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", day.isoformat()]))


@st.composite
def intervals(draw):
    """Draw an interval of days: a year, a month, a day, or any other."""
    first, last = sorted([draw(days), draw(days)])
    month = DateInterval(
        first.replace(day=1), first.replace(day=calendar.monthrange(first.year, first.month)[1])
    )
    return draw(
        st.sampled_from(
            [DateInterval.of(first.year), month, DateInterval(first, first), DateInterval(first, last)]
        )
    )


offsets = st.builds(Offset, st.integers(-4000, 4000), st.none(), st.none()) | st.builds(
    lambda day, before, after: Offset(day, day - before, day + after),
    st.integers(-4000, 4000),
    st.integers(0, 400),
    st.integers(0, 400),
)
times = st.none() | intervals() | offsets
spans = st.none() | st.builds(
    lambda start, size: Span(start, start + size), st.integers(0, 9999), st.integers(1, 99)
)


@functools.cache
def facts():
    """Strategy for a fact of any kind, with the id ``f1``."""
    common = {
        "id": st.just("f1"),
        "source": st.builds(Source, document=words, quote=words, span=spans),
        "patient": st.integers(1, 3),
        "when": times,
        "certainty": st.sampled_from(["stated", "resolved", "inferred"]),
        "why": st.text(max_size=10),
        "remarks": st.lists(words, max_size=2).map(tuple),
    }
    names = st.lists(words, max_size=3).map(tuple)
    side = st.sampled_from([None, "left", "right", "bilateral"])
    return st.one_of(
        st.builds(
            Demographics,
            **common,
            sex=st.sampled_from([None, "male", "female"]),
            age_years=st.none() | numbers,
        ),
        st.builds(Diagnosis, **common, term=words, status=st.sampled_from(["working", "final", "history"])),
        st.builds(Test, **common, method=words, target=words, result=words),
        st.builds(
            Alteration, **common, type=st.just("fusion"), gene5=st.none() | words, gene3=st.none() | words
        ),
        st.builds(
            Lesion,
            **common,
            site=words,
            laterality=side,
            diameters_mm=st.lists(numbers, max_size=3).map(tuple),
            suv_max=st.none() | numbers,
            state=st.sampled_from(["present", "absent"]),
        ),
        st.builds(Lab, **common, analyte=words, value=numbers, unit=st.none() | words),
        st.builds(
            Treatment,
            **common,
            modality=st.just("systemic"),
            event=st.sampled_from(["start", "stop", "resume", "change"]),
            agents=names,
            dose=st.none() | words,
        ),
        st.builds(AdverseEvent, **common, term=words, grade=st.none() | st.integers(1, 5), agents=names),
        st.builds(Response, **common, category=st.sampled_from(["CR", "PR", "SD", "PD", "NED", "MR"])),
        st.builds(Outcome, **common, vital=st.sampled_from(["alive", "dead"])),
        st.builds(History, **common, topic=st.just("smoking"), detail=words, denied=st.booleans()),
    )


@st.composite
def cases(draw):
    """Draw a case of up to six facts with ids in story order."""
    drawn = draw(st.lists(facts(), max_size=6))
    numbered = (msgspec.structs.replace(fact, id=f"f{number}") for number, fact in enumerate(drawn, start=1))
    return Case(title="drawn", facts=tuple(numbered))
