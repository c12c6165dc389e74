"""Patterns and what they cannot do without. What a pattern matches is the oracle: Python's own ``re``."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import caseboard.narrative
from caseboard.narrative.patterns import Pattern, Table, cues_in, lowered, pattern
from caseboard.narrative.word_starts import first_letters
from timing import seconds


def _patterns_in(value, depth=0):
    if isinstance(value, Pattern):
        yield value
    elif isinstance(value, (tuple, list, Table)) and depth < 4:
        for part in value:
            yield from _patterns_in(part, depth + 1)
    elif isinstance(value, dict) and depth < 4:
        yield from _patterns_in(tuple(value.values()), depth + 1)


def all_patterns():
    """Return every pattern of the reader, by its source."""
    found = {}
    for module in pkgutil.walk_packages(caseboard.narrative.__path__, "caseboard.narrative."):
        for value in vars(importlib.import_module(module.name)).values():
            for one in _patterns_in(value):
                found[one.pattern, one.compiled.flags] = one
    return [found[key] for key in sorted(found)]


PATTERNS = all_patterns()
SENTENCES = (
    "A 23-year-old man presented in May 2019 with a mass of 6 cm in the left thigh.",
    "He started crizotinib 250 mg twice daily, and CT after 3 months of treatment showed a partial response.",
    "Immunohistochemistry was positive for ALK and negative for S100; Ki-67 was 20%.",
    "No recurrence was seen at the last follow-up, and the patient is alive and doing well.",
    "The treatment was discontinued because of grade 3 neutropenia; LDH was 250 U/l.",
    "Sie kam am 03.04. wieder; the wound was İrritated and ſore, ﬁnally healed.",
)


@cache
def asked_often():
    """Return all patterns as they are once each of them has been asked of many sentences."""
    found = [Pattern(one.pattern, one.flags, one.demands, one.foremost) for one in PATTERNS]
    for one in found:
        for _ in range(100):
            one.search("a b", 1)
    return found


def cues(text):
    return cues_in(lowered(text), 0, len(text))


def test_the_reader_has_patterns_with_demands():
    assert len(PATTERNS) > 50
    assert sum(bool(one.demands) for one in PATTERNS) > len(PATTERNS) * 0.7


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_pattern_that_matches_is_never_said_to_be_impossible(data):
    one = data.draw(st.sampled_from(PATTERNS))
    text = data.draw(
        st.from_regex(
            re.compile(one.pattern, one.compiled.flags & ~re.UNICODE),
            alphabet=st.characters(
                max_codepoint=0x17F, include_characters={sign for sign in one.pattern if ord(sign) > 0x17F}
            ),
        )
    )
    assert one.search(text) is None or one.possible(cues(text))


@given(st.lists(st.sampled_from(" ".join(SENTENCES).split()), max_size=30).map(" ".join))
def test_no_pattern_finds_anything_where_its_demands_are_not_met(text):
    met = cues(text)
    for one in PATTERNS:
        if not one.possible(met):
            assert one.search(text) is None, one.pattern


@pytest.mark.parametrize("text", SENTENCES)
def test_what_is_possible_in_a_part_is_possible_in_the_whole(text):
    part, whole = cues_in(lowered(text), text.index(" "), text.rindex(" ")), cues(text)
    assert part & whole == part


@pytest.mark.parametrize(
    ("source", "text", "possible"),
    [
        (r"\b(?:alpha|beta)\b", "beta", True),
        (r"\b(?:alpha|beta)\b", "gamma", False),
        (r"alpha\s\d", "alphabet", False),
        (r"alpha\s\d", "7 alpha", True),
        (r"alpha\s\d", "7 alphas", False),
        (r"alpha\w", "alphabet", True),
        (r"\s{1,2}alpha", "alphabet", True),
        (r"\salpha", "xalpha", False),
        (r"\salpha", "alphas x", True),
        (r"\s?alpha", "xalpha", True),
        (r"an\s(?:ox|old)", "man ox", True),
        (r"\san\s(?:ox|old)", "man ox", False),
        (r"alpha of beta", "beta alpha", False),
        (r"alpha of beta", "beta of alpha", True),
        (r"[(\[]\d", "(7", True),
        (r"[(\[]\d", "7", False),
        (r"[(\s]7", "(", False),
        (r"[2-4]", "9", True),
        (r"[^(]", "a", True),
        (r"(?:alpha)?beta", "beta", True),
        (r"(?:alpha)?beta", "alpha", False),
        (r"alpha|\d", "7", True),
        (r"(?<!not )alpha(?! beta)", "alpha", True),
        (r"(?:ab){2,3}", "abab", True),
        (r"\balpha", "xalpha", False),
        (r"\balpha", "x-alpha", True),
        (r"(?<!\w)alpha", "xalpha", False),
        (r"alpha\b", "alphabet", True),
        (r"\d(?:st|nd)\b", "5 ends", False),
        (r"\d(?:st|nd)\b", "the 21st", True),
        (r"\d{1,3}-fold", "9-fold", True),
        (r"\d{1,3}-fold", "two-fold", False),
        (r"tumou?r", "a tumour", True),
        (r"tumou?r", "a tumolt", False),
        (r"(?:the |a )?(?:very )?old", "old", True),
        (r"RCB[- ]?(?:I{1,3}|[1-3])", "rcb 3", True),
        (r"RCB[- ]?(?:I{1,3}|[1-3])", "3", False),
    ],
)
def test_a_demand_is_what_every_match_holds(source, text, possible):
    # Worked from each expression: an optional part and a look-around demand nothing, an alternation one of its words.
    assert pattern(source).possible(cues(text)) is possible


def test_case_matters_in_no_negative_look_around():
    # There a text in lower case would deny what the text as it is written allows.
    nested = re.compile(r"\(\?<?!(?:[^()\\]|\\.|\((?!\?-i:)(?:[^()\\]|\\.)*\))*\(\?-i:")
    assert nested.search(r"a(?!b|\(c(d)(?-i:E))")
    assert not nested.search(r"a(?!b)(?-i:E)")
    assert not [one.pattern for one in PATTERNS if nested.search(one.pattern)]


def test_case_may_matter_in_a_part():
    one = pattern(r"\b(?:(?-i:PA)|path)\b", re.IGNORECASE)
    for _ in range(200):
        assert [match.span() for match in one.finditer("x Path, pa, PA", 1)] == [(2, 6), (12, 14)]
    assert one.match("pa") is None
    assert one.search("x pa", 1) is None


def test_one_source_is_one_pattern():
    assert pattern("alpha") is pattern("alpha")
    assert pattern("alpha") is not pattern("alpha", re.IGNORECASE)


def test_a_pattern_searches_as_python_does():
    one = pattern(r"al(?P<rest>pha|ly)")
    assert one.search("xalpha").span() == (1, 6)
    assert one.search("xalpha", 2) is None
    assert one.match("alpha")["rest"] == "pha"
    assert one.fullmatch("ally x") is None
    assert [match.start() for match in one.finditer("alpha ally")] == [0, 6]
    assert one.sub("x", "alpha ally") == "x x"


@given(st.text(max_size=200))
def test_lower_case_keeps_every_offset(text):
    lower = lowered(text)
    assert len(lower) == len(text)


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("sarcoma", "ſarcoma"),
        ("iris", "İrıs"),
        ("\u00b5l", "\u03bcL"),
        ("\u03bcl", "\u00b5L"),
        ("alk", "AL\u212a"),
    ],
)
def test_letters_that_python_takes_for_one_are_one(word, written):
    # The oracle is `re` itself, without regard to case: long s, dotted and dotless i, micro sign and mu, kelvin sign.
    one = pattern(word, re.IGNORECASE)
    assert one.compiled.search(written)
    assert one.possible(cues(written))
    assert one.search(" " * 500 + written)


@given(
    st.lists(st.sampled_from([*SENTENCES, *(sentence.upper() for sentence in SENTENCES)]), min_size=4).map(
        " ".join
    )
)
@settings(max_examples=10)
@pytest.mark.parametrize("often", [False, True])
def test_how_a_pattern_is_looked_for_changes_no_match(often, text):
    def told(match):
        return match and (match.regs, match[0], match.groups())

    for one in asked_often() if often else PATTERNS:
        assert told(one.search(text, 7, len(text) - 5)) == told(
            one.compiled.search(text, 7, len(text) - 5)
        ), one.pattern
        assert told(one.match(text, 9)) == told(one.compiled.match(text, 9)), one.pattern
        for start in (0, 7):
            assert [told(match) for match in one.finditer(text, start)] == [
                told(match) for match in one.compiled.finditer(text, start)
            ], one.pattern


@pytest.mark.parametrize(
    ("source", "first"),
    [
        (r"\b(?:alpha|beta)\b", {"a", "b"}),
        (r"\b[a-z]\d", {"a-z"}),
        (r"\b\w", {r"\w"}),
        (r"(?<!\w)alpha", {"a"}),
        (r"(?<![\w/-])alpha", {"a"}),
        (r"(?<!no )\balpha", {"a"}),
        (r"\b(?=\w+ x)alpha", {"a"}),
        (r"(?:\balpha|(?<!\w)beta)", {"a", "b"}),
        (r"\b(?:very )?old", {"v", "o"}),
        (r"\b(?:re-?)?\d{1,3}", {"r", r"\d"}),
        ("alpha", None),
        (r"\b(?:alpha|-beta)", None),
        (r"\balpha|beta", None),
        (r"\b(?:alpha)?[ -]beta", None),
        (r"\b(?:alpha)?", None),
        (r"\b(?=alpha)", None),
        (r"\b\s", None),
        (r"\b[^a]", None),
        (r"\b.", None),
        (r"(?<![a-z])alpha", None),
        (r"(?<![^\w])alpha", None),
        (r"(?!\w)alpha", None),
        (r"^alpha", None),
    ],
)
def test_a_pattern_begins_with_a_word_where_each_match_does(source, first):
    # Worked from each expression: what may be left out, or matches nothing, lets something else stand first.
    assert first_letters(source, 0) == first


def test_a_short_stretch_costs_the_same_in_a_long_text():
    # The stretch is the same fifty characters; the automaton's own `iter` copies the whole text at each call.
    def cost(size):
        lower = "a mass of the thigh " * (size // 20)
        return seconds(lambda: [cues_in(lower, 20, 70) for _ in range(200)])

    assert cost(2_000_000) < 4 * cost(2_000) + 0.02
