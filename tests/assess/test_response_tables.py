"""Response of many patients at once: the same as one at a time, and hand-worked cases of the guideline."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.assess.response.best import Assessed, best_overall_response
from caseboard.assess.response.recist import Reading, Visit, follow
from caseboard.assess.response.tables import BestRules, TimepointRules, best_responses, timepoints

START = date(2020, 1, 1)
WORDS = ("CR", "PR", "SD", "PD", "NON-CR/NON-PD", "NE")


def response_table(*rows: tuple[str, str, int, int]) -> pl.DataFrame:
    """Return responses given as subject, word, first and last day after the start."""
    table = [
        {
            "subject": subject,
            "number": None,
            "date": f"day {first}",
            "first": START + timedelta(first),
            "last": START + timedelta(last),
            "response": word,
            "start_first": START,
            "start_last": START,
        }
        for subject, word, first, last in rows
    ]
    text = dict.fromkeys(("subject", "date", "response"), pl.String)
    days = dict.fromkeys(("first", "last", "start_first", "start_last"), pl.Date)
    return pl.DataFrame(table, schema={**text, **days, "number": pl.Float64})


def best_of(*words: tuple[str, int], **rules: int) -> tuple[str, str]:
    """Return the best response without and with confirmation, of words with their days."""
    table = response_table(*(("1", word, day, day) for word, day in words))
    row = best_responses(table, BestRules(**rules)).row(0, named=True)
    return row["bor"], row["cbor"]


courses = st.lists(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.integers(1, 40), st.integers(0, 9)), min_size=1, max_size=8
    ),
    min_size=1,
    max_size=4,
)
rules = st.builds(
    BestRules,
    confirm_days=st.integers(1, 60),
    stable_days=st.integers(0, 90),
    missed_between=st.integers(0, 2),
    stable_between=st.integers(0, 2),
)


@given(course=courses, rules=rules, mixed=st.randoms())
def test_many_patients_at_once_have_the_best_response_of_each_alone(course, rules, mixed):
    rows, expected = [], []
    for number, visits in enumerate(course):
        day, assessed = 0, []
        for word, gap, width in visits:
            day += gap
            assessed.append(Assessed(word, day, day + width))
            rows.append((str(number), word, day, day + width))
        told = {"stable_disease_days": rules.stable_days}
        alone = best_overall_response(assessed, **told)
        sure = best_overall_response(
            assessed,
            confirmation_days=rules.confirm_days,
            missed_between=rules.missed_between,
            stable_between=rules.stable_between,
            **told,
        )
        ended = next((f"day {one.days_min}" for one in assessed if one.word == "PD"), None)
        at = [f"day {assessed[one.index].days_min}" for one in (alone, sure)]
        expected.append((str(number), alone.word, at[0], sure.word, at[1], ended))
    mixed.shuffle(rows)
    assert best_responses(response_table(*rows), rules).rows() == expected


def test_who_has_no_response_is_missing():
    table = response_table(("2", "SD", 50, 50))
    found = best_responses(table, subjects=pl.Series(["3", "2", "1"]))
    assert found.select("subject", "bor", "cbor").rows() == [
        ("1", "MISSING", "MISSING"),
        ("2", "SD", "SD"),
        ("3", "MISSING", "MISSING"),
    ]


def test_no_responses_at_all_are_an_empty_table():
    assert best_responses(response_table()).height == 0


def test_a_partial_response_after_a_complete_one_confirms_nothing_before_it():
    # Footnote of table 3: disease after complete response is progression.
    assert best_of(("PR", 50), ("CR", 60), ("PR", 120)) == ("CR", "SD")
    assert best_of(("PR", 50), ("CR", 60), ("CR", 120)) == ("CR", "CR")


def test_stable_disease_between_partial_responses_counts_where_the_protocol_says():
    # Section 4.6.3.
    words = ("PR", 50), ("SD", 80), ("PR", 110)
    assert best_of(*words) == ("PR", "SD")
    assert best_of(*words, stable_between=1) == ("PR", "PR")


def test_what_follows_progression_does_not_count_unless_it_is_asked_for():
    words = ("PD", 50), ("PR", 80), ("PR", 120)
    assert best_of(*words) == ("PD", "PD")
    assert best_of(*words, after_progression=True) == ("PR", "PR")


# Lesions


def lesion_table(*rows: tuple[int, str, str, float | None, str | None]) -> pl.DataFrame:
    """Return lesions given as visit, lesion, kind, mm and state; the name of a node begins with "node"."""
    table = [
        {
            "_row": place,
            "subject": "1",
            "visit": str(visit),
            "number": float(visit),
            "date": f"visit {visit}",
            "first": START + timedelta(50 * visit),
            "last": START + timedelta(50 * visit),
            "lesion": lesion,
            "kind": kind,
            "node": lesion.startswith("node"),
            "mm": mm,
            "state": state,
        }
        for place, (visit, lesion, kind, mm, state) in enumerate(rows)
    ]
    return pl.DataFrame(table, schema_overrides={"mm": pl.Float64, "state": pl.String})


def judged(*rows: tuple[int, str, str, float | None, str | None], **rules: bool) -> list[tuple]:
    """Return sum, target, non-target, new and overall at each visit."""
    frame = timepoints(lesion_table(*rows), TimepointRules(**rules)).frame
    return frame.select("sum_mm", "target", "nontarget", "new", "overall").rows()


def target(visit: int, lesion: str, mm: float | None, state: str | None = None):
    return visit, lesion, "target", mm, state


def other(visit: int, state: str | None, mm: float | None = None, lesion: str = "bone"):
    return visit, lesion, "non-target", mm, state


STATES = {
    "absent": "absent",
    "present": "present",
    "node present": "present",
    "unequivocal progression": "unequivocal",
    "not assessed": None,
}
sizes = st.none() | st.just(0.0) | st.floats(0, 100).map(lambda mm: round(mm, 1))


@given(
    nodes=st.lists(st.booleans(), max_size=4),
    others=st.lists(st.booleans(), max_size=2),
    visits=st.lists(
        st.tuples(
            st.lists(sizes, min_size=4, max_size=4),
            st.lists(
                st.sampled_from([state for state in STATES if state != "node present"]),
                min_size=2,
                max_size=2,
            ),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    ),
    returned=st.booleans(),
    mixed=st.randoms(),
)
def test_many_patients_at_once_have_the_responses_of_each_alone(nodes, others, visits, returned, mixed):
    names = [f"{'node' if node else 'mass'} {place}" for place, node in enumerate(nodes)]
    other_names = [f"{'node ' if node else ''}o{place}" for place, node in enumerate(others)]
    rows = [target(0, name, 30.0) for name in names]
    rows += [other(0, "present", lesion=name) for name in other_names]
    marker = not rows  # without any lesion there would be no visit
    if marker:
        rows.append(other(0, "present", lesion="marker"))
    told = []
    for number, (mm, states, new) in enumerate(visits, start=1):
        rows += [target(number, name, size) for name, size in zip(names, mm, strict=False)]
        seen = [
            "node present" if node and state == "present" else state
            for node, state in zip(others, states, strict=False)
        ]
        rows += [
            other(number, STATES[state], lesion=name) for name, state in zip(other_names, seen, strict=True)
        ]
        if marker:
            rows.append(other(number, "present", lesion="marker"))
        if new:
            rows.append((number, "new one", "new", None, None))
        readings = tuple(Reading(size, node) for size, node in zip(mm, nodes, strict=False))
        told.append(Visit(readings, ("present",) if marker else tuple(seen), new))
    baseline = tuple(Reading(30.0, node) for node in nodes)
    expected = [
        (one.target, one.non_target, one.overall, one.nadir_mm)
        for one in follow(baseline, told, return_is_progression=returned)
    ]
    mixed.shuffle(rows)
    frame = timepoints(lesion_table(*rows), TimepointRules(return_is_progression=returned)).frame
    found = frame.select(
        pl.col("target").fill_null("NONE"), pl.col("nontarget").fill_null("NONE"), "overall", "nadir_mm"
    ).rows()
    assert [one[:3] for one in found] == [one[:3] for one in expected]
    assert [one[3] for one in found] == pytest.approx([one[3] for one in expected], abs=1e-4)


def test_by_hand_through_response_nadir_and_progression():
    # 60 + 18 = 78; 22 + 5 + 11 = 38 (51 % less); 18 + 0 + 9 = 27; 27 + 0 + 9 = 36, 33 % and 9 mm above 27.
    rows = [
        *(target(0, "liver", 40), target(0, "lung", 20), target(0, "node", 18), other(0, "present")),
        *(
            target(1, "liver", 22),
            target(1, "lung", None, "too small"),
            target(1, "node", 11),
            other(1, "present"),
        ),
        *(
            target(2, "liver", 18),
            target(2, "lung", None, "absent"),
            target(2, "node", 9),
            other(2, "present"),
        ),
        *(
            target(3, "liver", 27),
            target(3, "lung", None, "absent"),
            target(3, "node", 9),
            other(3, "present"),
        ),
    ]
    assert judged(*rows) == [
        (38, "PR", "NON-CR/NON-PD", "N", "PR"),
        (27, "PR", "NON-CR/NON-PD", "N", "PR"),
        (36, "PD", "NON-CR/NON-PD", "N", "PD"),
    ]


def test_an_equivocal_new_lesion_counts_from_its_first_sight_once_it_is_sure():
    # Section 4.3.5.
    rows = [
        *(target(0, "liver", 50), target(1, "liver", 50), target(2, "liver", 50)),
        (1, "spleen", "new", None, "equivocal"),
        (2, "spleen", "new", None, "unequivocal"),
    ]
    assert [row[3:] for row in judged(*rows)] == [("Y", "PD"), ("Y", "PD")]
    assert [row[3:] for row in judged(*rows[:-1])] == [("N", "SD"), ("N", "SD")]


def test_the_order_in_which_diameters_are_added_changes_no_decimal_of_the_change():
    """From 320 mm to 236.1 mm is 100 x -83.9 / 320 = -26.21875 % exactly, a tie in the fourth decimal."""
    baseline, later = (60.0, 60.0, 60.0, 70.0, 70.0), (36.3, 54.2, 37.3, 23.9, 84.4)
    found = set()
    for order in permutations(range(5)):
        rows = [target(1, str(n), baseline[n]) for n in order] + [target(2, str(n), later[n]) for n in order]
        frame = timepoints(lesion_table(*rows)).frame
        found.update(frame.select("sum_mm", "change_pct").rows())
    assert found == {(236.1, -26.2188)}


def test_the_parts_of_a_split_lesion_are_added_up():
    # Appendix II: the longest diameters of the fragments are added.
    rows = [target(0, "liver", 50), target(1, "liver", 20, "split"), target(1, "liver", 12, "split")]
    assert judged(*rows) == [(32, "PR", None, "N", "PR")]


def test_a_lesion_that_merged_into_another_is_measured_there():
    # Appendix II: once lesions cannot be told apart, the longest diameter of the whole is taken.
    rows = [target(0, "liver 1", 30), target(0, "liver 2", 20)]
    rows += [target(1, "liver 1", 45), target(1, "liver 2", None, "merged")]
    assert judged(*rows) == [(45, "SD", None, "N", "SD")]


def test_a_lesion_resected_or_irradiated_since_leaves_the_response_not_evaluable():
    rows = [target(0, "liver", 30), target(0, "lung", 20), target(1, "liver", 10)]
    assert judged(*rows, target(1, "lung", None, "treated")) == [(10, "NE", None, "N", "NE")]


def test_what_was_not_assessed_is_named():
    found = timepoints(lesion_table(target(0, "a", 30), target(0, "b", 20), target(1, "a", 10)))
    assert found.frame.select("sum_mm", "change_pct", "not_assessed", "overall").rows() == [
        (10, None, "b", "NE")
    ]


def test_disease_that_comes_back_after_complete_response_is_progression_unless_the_sum_is_to_decide():
    # Appendix III.
    rows = [target(0, "liver", 30), target(1, "liver", 0), target(2, "liver", 4)]
    assert [row[-1] for row in judged(*rows)] == ["CR", "PD"]
    assert [row[-1] for row in judged(*rows, return_is_progression=False)] == ["CR", "PR"]


def test_what_came_back_after_complete_response_is_progression_though_another_target_was_not_assessed():
    # Appendix III: that a lesion is back decides; what was not assessed cannot take it away.
    rows = [target(0, "liver", 30), target(0, "lung", 20), target(1, "liver", 0), target(1, "lung", 0)]
    assert [row[-1] for row in judged(*rows, target(2, "liver", 3))] == ["CR", "PD"]


@pytest.mark.parametrize(
    ("lesion", "state", "mm", "word"),
    [
        # Appendix III, of any lesion; of nodes the FAQ of the RECIST working group: target from 10 mm on, non-target
        # only by unequivocal progression.
        ("bone", "present", None, "PD"),
        ("bone", "absent", None, "CR"),
        ("node", None, 11.0, "PR"),
        ("node", "unequivocal", None, "PD"),
        ("node", None, 9.0, "CR"),
    ],
)
def test_a_non_target_that_comes_back_after_complete_response(lesion, state, mm, word):
    rows = [target(0, "liver", 30), target(1, "liver", 0), target(2, "liver", 0)]
    rows += [other(0, None, 12, lesion), other(1, "absent", None, lesion), other(2, state, mm, lesion)]
    assert [row[-1] for row in judged(*rows)] == ["CR", word]


@pytest.mark.parametrize(("mm", "word"), [(9, "CR"), (10, "PD")])
def test_a_target_node_comes_back_from_10_mm_on(mm, word):
    # FAQ of the RECIST working group, "Abnormal lymph node".
    rows = [target(0, "node", 20), target(1, "node", 8), target(2, "node", mm)]
    assert [row[-1] for row in judged(*rows)] == ["CR", word]


def test_a_non_target_node_under_10_mm_is_normal():
    # Section 4.3.3.
    rows = [other(0, None, 12, "node"), other(1, None, 9, "node"), other(2, None, 11, "node")]
    assert [row[-1] for row in judged(*rows)] == ["CR", "NON-CR/NON-PD"]


def test_rows_that_say_nothing_are_named():
    rows = lesion_table(
        *(target(0, "liver", 30), target(0, "lung", None), (0, "x", "new", None, None)),
        *(target(1, "liver", 30), target(1, "spleen", 30)),
    )
    assert sorted(timepoints(rows).unused) == [
        (1, "a target without a diameter at baseline: the subject's sums have no baseline"),
        (2, "a new lesion at the subject's first visit, which is the baseline"),
        (4, "a lesion that was not of this kind at baseline"),
    ]


@given(mm=st.lists(st.floats(30, 100), min_size=1, max_size=3), factor=st.floats(0, 2), scale=st.floats(1, 9))
def test_scaling_changes_no_category_where_5_mm_does_not_bind(mm, factor, scale):
    if min(abs(factor - edge) for edge in (0, 0.7, 1.2)) < 1e-3:
        return

    def words(by: float) -> list[str]:
        names = [f"mass {place}" for place in range(len(mm))]
        rows = [target(0, name, size * by) for name, size in zip(names, mm, strict=True)]
        rows += [target(1, name, size * by * factor) for name, size in zip(names, mm, strict=True)]
        return [row[-1] for row in judged(*rows)]

    assert words(1) == words(scale)


def explained(*rows: tuple[int, str, str, float | None, str | None]) -> list[str]:
    return timepoints(lesion_table(*rows), explain=True).frame["why"].to_list()


def test_each_word_is_explained_by_its_diameters_its_rule_and_its_paragraph():
    base = (target(0, "a", 50), target(0, "b", 30), other(0, "present"))
    (why,) = explained(*base, target(1, "a", 30), target(1, "b", None, "too small"), other(1, "present"))
    assert why == (
        "a 30 + b 5 = 35 mm; target PR: 35 mm from 80 mm at baseline, at least 30 % less (section 4.3.1); "
        "non-target NON-CR/NON-PD (section 4.3.3); overall PR (table 1)"
    )


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ([target(1, "a", 0)], "target CR: all are gone, nodes under 10 mm (section 4.3.1)"),
        ([target(1, "a", 60)], "target PD: 60 mm from a nadir of 50 mm"),
        ([target(1, "a", 55)], "target SD: 55 mm is neither"),
        ([target(1, "a", None)], "target NE: not assessed a (section 4.4.2)"),
        ([target(1, "a", 0), target(2, "a", 4)], "came back after complete response (appendix III)"),
        (
            [target(1, "a", 50), (1, "x", "new", None, None)],
            "a new lesion (section 4.3.5); overall PD (table 1)",
        ),
    ],
)
def test_the_explanation_names_what_decided(rows, part):
    assert part in explained(target(0, "a", 50), *rows)[-1]


def test_a_non_target_that_came_back_is_explained():
    (_, why) = explained(other(0, "present"), other(1, "absent"), other(2, "present"))
    assert "non-target PD: one came back after complete response (appendix III); overall PD (table 2)" in why


def test_without_targets_table_2_is_named():
    (why,) = explained(other(0, "present"), other(1, "absent"))
    assert why == "no target at baseline; non-target CR (section 4.3.3); overall CR (table 2)"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([("PR", 50), ("PR", 80)], "seen again 28 days later or more (section 4.6.1, table 3)"),
        (
            [("PR", 50)],
            "42 days or more after the start (section 4.6.3), without a better response that counts",
        ),
        ([("PR", 10), ("SD", 20)], "stable disease after a partial response (table 3)"),
        ([("CR", 10), ("SD", 20)], "disease came back after complete response (table 3)"),
        ([("PD", 10)], "progression before anything that counts (section 4.4.3)"),
        ([("NE", 90)], "nothing that could be evaluated 42 days or more after the start (section 4.6.3)"),
    ],
)
def test_the_best_response_is_explained(words, why):
    table = response_table(*(("1", word, day, day) for word, day in words))
    assert best_responses(table, explain=True)["cbor_why"].to_list() == [why]
