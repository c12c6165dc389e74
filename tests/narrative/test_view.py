"""What an extractor sees. Clauses, phrases and governing times are cut from each sentence by hand."""

from __future__ import annotations

import pytest

from caseboard.case.dates import DateInterval
from caseboard.narrative.clock import Clock, Moment
from caseboard.narrative.date_style import ANY_STYLE
from caseboard.narrative.document import split_sentences
from caseboard.narrative.mentions import lexicon
from caseboard.narrative.patterns import lowered, pattern
from caseboard.narrative.resolved_times import resolve_times
from caseboard.narrative.times import find_times
from caseboard.narrative.view import View


def view(text, inherited=None):
    """Return the view of a text of one sentence, with its absolute times resolved."""
    (sentence,) = split_sentences(text)
    times = resolve_times(text, find_times(text, sentence.start, sentence.end, ANY_STYLE), Clock())
    mentions = lexicon().scan(text, lowered(text), sentence.start, sentence.end)
    return View(text, sentence, mentions, times, inherited)


def when(text, words, inherited=None):
    start = text.index(words)
    return str(view(text, inherited).when(start, start + len(words)).when)


def test_a_clause_lies_between_semicolons_brackets_and_dashes():
    text = "The mass grew; the liver (with two cysts) was well – and soft."
    seen = view(text)
    assert [text[slice(*seen.clause(text.index(word)))] for word in ("mass", "liver", "cysts", "soft")] == [
        "The mass grew",
        "; the liver ",
        "(with two cysts",
        " – and soft.",
    ]


def test_a_phrase_is_what_no_comma_or_conjunction_divides():
    text = "The mass grew, the liver was well and the lung was clear."
    seen = view(text)
    assert text[slice(*seen.phrase(text.index("mass")))] == "The mass grew"
    assert "lung" not in text[slice(*seen.phrase(text.index("liver")))]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("In May 2019 CT showed a mass.", "mass", "2019-05"),
        ("CT showed a mass in May 2019.", "mass", "2019-05"),
        ("In May 2019 CT showed a mass, and in June 2020 MRI showed a cyst.", "mass", "2019-05"),
        ("In May 2019 CT showed a mass, and in June 2020 MRI showed a cyst.", "cyst", "2020-06"),
        ("A mass (May 2019) and a cyst (June 2020) were seen.", "mass", "2019-05"),
        ("A mass (May 2019) and a cyst (June 2020) were seen.", "cyst", "2020-06"),
        ("In May 2019 CT showed a mass; a cyst was seen in June 2020.", "mass", "2019-05"),
        ("In May 2019 CT showed a mass; a cyst was seen in June 2020.", "cyst", "2020-06"),
        ("From May 2019 to June 2020 he took imatinib.", "imatinib", "2019-05"),
        ("CT on 2019-05-03 showed a mass.", "mass", "2019-05-03"),
    ],
)
def test_what_is_told_takes_the_time_that_governs_it(text, words, expected):
    assert when(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Panel (laboratory A, 3 May 2021): KRAS mutated.", "KRAS", "2021-05-03"),
        ("NGS of tissue (reported on 3 May 2021) revealed KRAS.", "KRAS", "2021-05-03"),
        ("Calcitonin 40 pg/mL, CEA 5 ng/mL (05/14/2018).", "Calcitonin", "2018-05-14"),
        ("He had anaemia (Hb 8 g/dl on 18 May 2019).", "anaemia", "2019-05-18"),
        ("Scans were clear, and he was well, in May 2019.", "Scans", "2019-05"),
        (
            "Response was partial (CT 3 May 2019, segment 8 12 mm), then he went home.",
            "partial",
            "2019-05-03",
        ),
        ("Review of the slides of 2013 showed sarcoma.", "sarcoma", "None"),
        ("The mass was smaller than on the CT of May 2019.", "mass", "None"),
    ],
)
def test_dates_in_brackets_and_dates_of_things_spoken_of(text, words, expected):
    assert when(text, words) == expected


def test_without_a_time_of_its_own_a_sentence_takes_the_inherited_one():
    inherited = Moment(DateInterval.of(2018), "resolved", "the story's running date")
    assert when("CT showed a mass.", "mass", inherited) == "2018"
    assert when("CT showed a mass.", "mass") == "None"


def test_the_end_of_a_period_is_told_apart_from_its_beginning():
    text = "From May 2019 to June 2020 he took imatinib."
    assert [(str(time.moment.when), time.until) for time in view(text).times] == [
        ("2019-05", False),
        ("2020-06", True),
    ]


def test_the_first_date_is_the_date_of_the_sentence():
    assert str(view("In May 2019 and again in June 2020 CT was clear.").date) == "2019-05"
    assert view("CT was clear.").date is None


def test_a_sentence_may_be_seen_with_some_of_its_times_only():
    text = "In May 2019 and again in June 2020 CT was clear."
    seen = view(text)
    at = text.index("CT")
    assert str(seen.when(at, at + 2).when) == "2020-06"
    assert str(seen.with_times(seen.times[:1]).when(at, at + 2).when) == "2019-05"
    assert str(seen.when(at, at + 2).when) == "2020-06"


def test_mentions_are_asked_for_by_kind():
    seen = view("Crizotinib was given for a sarcoma of the thigh.")
    assert [mention.key for mention in seen.of("drug")] == ["crizotinib"]
    assert [mention.kind for mention in seen.of("drug", "site")] == ["drug", "site"]


@pytest.mark.parametrize("written", [pattern(r"\bmass\b"), pattern(r"\bm\w{2}s\b")])
def test_patterns_are_searched_in_the_sentence_with_offsets_of_the_text(written):
    text = "CT showed a mass and a mass."
    seen = view(text)
    assert [match.start() for match in seen.find(written)] == [12, 23]
    found = seen.has(written, 14)
    assert found is not None
    assert found.start() == 23
    assert seen.has(written, 0, 10) is None


def test_a_pattern_whose_words_are_not_there_finds_nothing():
    seen = view("CT showed a mass.")
    assert list(seen.find(pattern(r"\bcyst\b"))) == []
    assert seen.has(pattern(r"\bcyst\b")) is None
