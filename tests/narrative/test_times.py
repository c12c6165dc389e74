"""Expressions of time. Every expected value is worked by hand from the words of the row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.narrative.date_style import ANY_STYLE, DateStyle, date_style
from caseboard.narrative.time_expression import TimeExpression
from caseboard.narrative.times import find_times
from timing import assert_linear


def times(text, order="unknown"):
    return find_times(text, 0, len(text), DateStyle(order))


def said(text, order="unknown"):
    """Return what each expression says, as short tuples, beside the words that say it."""
    return [(text[time.start : time.end], *_short(time)) for time in times(text, order)]


def _short(time: TimeExpression):
    if time.kind == "relative":
        return (time.anchor, time.amount, time.unit)
    if time.day_or_month is not None:
        return (time.year, time.day_or_month)
    return (time.year, time.month, time.day)


ABSOLUTE = [
    ("Seen on 2021-06-15 again.", "2021-06-15", (2021, 6, 15)),
    ("A scan of 2021-06 was stable.", "2021-06", (2021, 6, None)),
    ("Seen on 2021/06/15.", "2021/06/15", (2021, 6, 15)),
    ("Seen on 2021.6.5.", "2021.6.5", (2021, 6, 5)),
    ("On 15 June 2021 he came.", "15 June 2021", (2021, 6, 15)),
    ("On 15th June 2021 he came.", "15th June 2021", (2021, 6, 15)),
    ("On the 3rd of May 2019 he came.", "the 3rd of May 2019", (2019, 5, 3)),
    ("On 12-May-2019 he came.", "12-May-2019", (2019, 5, 12)),
    ("On 12-MAY-19 he came.", "12-MAY-19", (2019, 5, 12)),
    ("On June 15, 2021, he came.", "June 15, 2021", (2021, 6, 15)),
    ("On June 15th, 2021 he came.", "June 15th, 2021", (2021, 6, 15)),
    ("On Sept. 6, 2021 he came.", "Sept. 6, 2021", (2021, 9, 6)),
    ("In June 2021 he came.", "June 2021", (2021, 6, None)),
    ("In June of 2021 he came.", "June of 2021", (2021, 6, None)),
    ("In JUNE 2021 he came.", "JUNE 2021", (2021, 6, None)),
    ("In Dec 2019 he came.", "Dec 2019", (2019, 12, None)),
    ("In Apr '19 he came.", "Apr '19", (2019, 4, None)),
    ("In 06/2021 he came.", "06/2021", (2021, 6, None)),
    ("In 2019 he came.", "2019", (2019, None, None)),
    ("In the summer of 2019 he came.", "2019", (2019, None, None)),
    ("He was treated elsewhere (2019).", "2019", (2019, None, None)),
    ("On August 23 he came.", "August 23", (None, 8, 23)),
    ("On 23 August he came.", "23 August", (None, 8, 23)),
    ("In May he came.", "May", (None, 5, None)),
    ("In March he came.", "March", (None, 3, None)),
    ("Since September he coughs.", "September", (None, 9, None)),
    ("He came in july.", "july", (None, 7, None)),
    ("In may 2019 he came.", "may 2019", (2019, 5, None)),
    ("He came on 13/02/2023.", "13/02/2023", (2023, 2, 13)),
    ("He came on 03/22/2022.", "03/22/2022", (2022, 3, 22)),
    ("He came on 11.02.2023.", "11.02.2023", (2023, 2, 11)),
    ("He came on 5-5-2020.", "5-5-2020", (2020, 5, 5)),
    ("He came on 24/11.", "24/11", (None, 11, 24)),
    ("2015: excision of the mass.", "2015", (2015, None, None)),
]


@pytest.mark.parametrize(("text", "words", "date"), ABSOLUTE, ids=[row[1] for row in ABSOLUTE])
def test_a_date_is_read_as_far_as_it_is_written(text, words, date):
    assert said(text) == [(words, *date)]


RELATIVE = [
    ("Two weeks after surgery he fell.", "Two weeks after surgery", ("surgery", 2, "week")),
    ("Six weeks after the operation he fell.", "Six weeks after the operation", ("surgery", 6, "week")),
    ("Three months after nephrectomy he fell.", "Three months after nephrectomy", ("surgery", 3, "month")),
    (
        "Half a year after the amputation he fell.",
        "Half a year after the amputation",
        ("surgery", 0.5, "year"),
    ),
    ("On postoperative day 5 he fell.", "postoperative day 5", ("surgery", 5, "day")),
    ("On POD 5 he fell.", "POD 5", ("surgery", 5, "day")),
    ("He was well 10 days postoperatively.", "10 days postoperatively", ("surgery", 10, "day")),
    ("After 3 months of treatment he fell.", "After 3 months of treatment", ("treatment", 3, "month")),
    ("After ten days of therapy he fell.", "After ten days of therapy", ("treatment", 10, "day")),
    ("At 14 months on sirolimus he fell.", "At 14 months on sirolimus", ("treatment", 14, "month")),
    ("Ten weeks into treatment he fell.", "Ten weeks into treatment", ("treatment", 10, "week")),
    ("Only 2 months under crizotinib he fell.", "Only 2 months under crizotinib", ("treatment", 2, "month")),
    (
        "4 weeks after starting pazopanib he fell.",
        "4 weeks after starting",
        ("start", 4, "week"),
    ),
    ("6 weeks after initiation of imatinib he fell.", None, ("start", 6, "week")),
    (
        "Four months after radiotherapy he fell.",
        "Four months after radiotherapy",
        ("radiotherapy", 4, "month"),
    ),
    ("2 months after completion of radiotherapy he fell.", None, ("radiotherapy", 2, "month")),
    ("Eight months after stopping he fell.", "Eight months after stopping", ("stop", 8, "month")),
    ("5 months after completion of chemotherapy he fell.", None, ("stop", 5, "month")),
    ("He was well six months off treatment.", "six months off treatment", ("stop", 6, "month")),
    (
        "Three months after the recurrence he fell.",
        "Three months after the recurrence",
        ("recurrence", 3, "month"),
    ),
    ("14 months after diagnosis he died.", "14 months after diagnosis", ("diagnosis", 14, "month")),
    (
        "2 years after the initial diagnosis he died.",
        "2 years after the initial diagnosis",
        ("diagnosis", 2, "year"),
    ),
    ("Two days after admission he fell.", "Two days after admission", ("admission", 2, "day")),
    (
        "Three weeks before presentation he fell.",
        "Three weeks before presentation",
        ("presentation", -3, "week"),
    ),
    ("He fell three years ago.", "three years ago", ("now", -3, "year")),
    ("He fell two months earlier.", "two months earlier", ("now", -2, "month")),
    ("One month later he fell.", "One month later", ("now", 1, "month")),
    ("18.5 months later he fell.", "18.5 months later", ("now", 18.5, "month")),
    ("One and a half years later he fell.", "One and a half years later", ("now", 1.5, "year")),
    ("2-3 weeks later he fell.", "2-3 weeks later", ("now", 3, "week")),
    ("One month after that, he fell.", "One month after that", ("now", 1, "month")),
    ("After two months, he fell.", "After two months", ("now", 2, "month")),
    ("It was stopped after 2 months because of fever.", "after 2 months", ("now", 2, "month")),
    ("After a further year he fell.", "After a further year", ("now", 1, "year")),
    ("After another 3 months he fell.", "After another 3 months", ("now", 3, "month")),
    ("A few weeks later he fell.", "A few weeks later", ("now", 3, "week")),
    ("In the same month he fell.", "In the same month", ("now", 0, "month")),
    ("On the following day he fell.", "On the following day", ("now", 1, "day")),
    ("The next year he fell.", "The next year", ("now", 1, "year")),
    ("On admission he was pale.", "On admission", ("admission", 0, "day")),
    ("At the time of diagnosis he was pale.", "At the time of diagnosis", ("presentation", 0, "day")),
    ("At 3 years of follow-up he was well.", "At 3 years of follow-up", ("follow-up", 3, "year")),
    ("At her 1-year follow-up she was well.", "At her 1-year follow-up", ("follow-up", 1, "year")),
    ("She was followed for four months.", "followed for four months", ("follow-up", 4, "month")),
    ("At 20 days of age he was operated on.", "At 20 days of age", ("birth", 20, "day")),
    ("By the age of 61 years he had lost weight.", "By the age of 61", ("birth", 61, "year")),
    (
        "Ten days after she was operated on, she fell.",
        "Ten days after she was operated",
        ("surgery", 10, "day"),
    ),
    ("Two years after removal of the mole, he fell.", "Two years after removal", ("surgery", 2, "year")),
    ("At postoperative month 4 he fell.", "postoperative month 4", ("surgery", 4, "month")),
    ("On POD #3 he fell.", "POD #3", ("surgery", 3, "day")),
    ("The week after surgery he fell.", "The week after surgery", ("surgery", 1, "week")),
    (
        "Six weeks after the first infusion he fell.",
        "Six weeks after the first infusion",
        ("start", 6, "week"),
    ),
    (
        "Four weeks after she began lenvatinib she fell.",
        "Four weeks after she began",
        ("start", 4, "week"),
    ),
    ("After 2 months' therapy he fell.", "After 2 months' therapy", ("treatment", 2, "month")),
    (
        "After a 6-week course of immunotherapy he fell.",
        "After a 6-week course of immunotherapy",
        ("treatment", 6, "week"),
    ),
    (
        "On day 30 after the start of sorafenib he fell.",
        "On day 30 after the start of",
        ("start", 30, "day"),
    ),
    (
        "Nine years after the breast cancer diagnosis she fell.",
        "Nine years after the breast cancer diagnosis",
        ("diagnosis", 9, "year"),
    ),
    ("He fell at a follow-up of 7 months.", "follow-up of 7 months", ("follow-up", 7, "month")),
    ("After a latency period of 4 years he fell.", "After a latency period of 4 years", ("now", 4, "year")),
    ("Over the next two weeks he grew weak.", "Over the next two weeks", ("now", 2, "week")),
    ("A year and a half later he fell.", "A year and a half later", ("now", 1.5, "year")),
    ("Eight months on, he fell.", "Eight months on", ("now", 8, "month")),
    ("Five weeks after his discharge he fell.", "Five weeks after his discharge", ("now", 5, "week")),
    ("He fell later that year.", "later that year", ("now", 0, "year")),
    ("It was begun. On day 9, he fell.", "On day 9", ("follow-up", 9, "day")),
    ("On hospital day 4 he fell.", "On hospital day 4", ("admission", 3, "day")),
]


@pytest.mark.parametrize(("text", "words", "meaning"), RELATIVE, ids=[row[0] for row in RELATIVE])
def test_a_length_of_time_hangs_on_what_the_words_around_it_say(text, words, meaning):
    (found,) = times(text)
    assert _short(found) == meaning
    assert words is None or text[found.start : found.end] == words


NO_TIME = [
    "She was treated according to the protocol SIOP-LGG 2004.",
    "The tumour may recur and may spread.",
    "May be it was a march through the park.",
    "The patient was asked to march on.",
    "Jan examined him.",
    "Bortezomib was given on day 15 of cycle 2.",
    "Gemcitabine was given on day 1, on day 8 and on day 15.",
    "She had one year of adjuvant nivolumab.",
    "It was given for 2 weeks on, 1 week off.",
    "Her mother died aged 61.",
    "Oxycodone was taken on 5/7 days.",
    "Metastases were seen in 3/12 lymph nodes.",
    "The mass measured 3 x 4 x 12 cm.",
    "There were 2/10 HPF mitoses.",
    "Reference 10-20.",
    "Creatinine was 1.05 mg/dl and 1.12 mg/dl.",
    "The stage was pT2 N1 M0.",
    "He took 2000 mg daily.",
    "LDH was 2010 and CA-125 was 1999.",
    "CEA rose from 350 to 2010.",
    "Platelets fell to 2000.",
    "He received imatinib every 3 weeks for 6 months.",
    "A 3-month-old scar was seen.",
    "Strength improved from 3/5 to 4/5.",
    "He came on 45/13/2020 or 32.01.2020.",
    "He was given doses of 60 Gy in 30 fractions.",
    "The ratio was 0.05 (range 0.01-0.10).",
    "Blood pressure was 120/80 mmHg.",
    "Seen in 2012 patients.",
]


@pytest.mark.parametrize("text", NO_TIME)
def test_what_only_looks_like_a_time_is_none(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("order", "meaning"),
    [("day first", (2021, 6, 7)), ("month first", (2021, 7, 6)), ("unknown", (2021, (7, 6)))],
)
def test_an_ambiguous_numeric_date_is_read_as_the_document_does_or_left_open(order, meaning):
    # 07/06/2021: 7 June in Europe, 6 July in America.
    assert said("Seen on 07/06/2021.", order) == [("07/06/2021", *meaning)]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("13/02/2023 and 04/03/2023", "day first"),
        ("02/13/2023 and 04/03/2023", "month first"),
        ("04.03.2023", "day first"),
        ("04/03/2023", "unknown"),
        ("13/02/2023 and 02/13/2023", "unknown"),
        ("no date at all, 3 x 4", "unknown"),
    ],
)
def test_the_order_of_a_document_is_shown_by_its_unambiguous_dates(text, order):
    # A number above 12 can only be a day; German full stops put the day first.
    assert date_style(text).order == order


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("early", "early"),
        ("late", "late"),
        ("mid", "mid"),
        ("the beginning of", "early"),
        ("the end of", "late"),
        ("the middle of", "mid"),
    ],
)
def test_the_part_of_a_month_is_kept(words, part):
    (found,) = times(f"He came in {words} March 2020.")
    assert (found.year, found.month, found.part) == (2020, 3, part)


def test_the_end_of_a_period_is_marked():
    # "from March to June": the second ends it.
    first, second = times("Given from March 2019 to June 2019.")
    assert (first.until, second.until) == (False, True)
    first, second = times("Given in 2010-2012.")
    assert (first.year, first.until, second.year, second.until) == (2010, False, 2012, True)
    first, second = times("Given between July and December 2012.")
    assert (first.until, second.until) == (False, True)


def test_a_year_written_once_holds_for_both_months_joined():
    # "May and June 2019": both 2019; "from November to February 2020": November 2019.
    assert [(time.year, time.month) for time in times("In May and June 2019 he fell.")] == [
        (2019, 5),
        (2019, 6),
    ]
    assert [(time.year, time.month) for time in times("Given from November to February 2020.")] == [
        (2019, 11),
        (2020, 2),
    ]


def test_a_date_in_brackets_of_its_own_is_marked():
    (inside,) = times("The scan (May 2019) was stable.")
    (beside,) = times("The scan (in May 2019, with contrast) was stable.")
    assert inside.bracketed
    assert not beside.bracketed


def test_a_year_of_two_digits_belongs_to_this_century_up_to_49():
    assert said("Seen on 13/02/23.") == [("13/02/23", 2023, 2, 13)]
    assert said("Born on 13/02/71.") == [("13/02/71", 1971, 2, 13)]


def test_expressions_come_in_order_and_do_not_overlap():
    text = "In May 2019, two weeks after surgery, and again on June 3, 2019 and 2020-01-05, he came."
    found = times(text)
    assert [text[time.start : time.end] for time in found] == [
        "May 2019",
        "two weeks after surgery",
        "June 3, 2019",
        "2020-01-05",
    ]


def test_only_the_sentence_asked_for_is_read():
    text = "In May 2019 he fell. In June 2020 he rose."
    assert [(time.year, time.month) for time in find_times(text, 21, len(text), ANY_STYLE)] == [(2020, 6)]


def test_offsets_are_right_beside_letters_that_change_their_length_in_lower_case():
    # "İ" becomes two characters in lower case; the offsets must still be those of the text.
    assert said("İİİ in May 2019 ﬁn") == [("May 2019", 2019, 5, None)]


@pytest.mark.parametrize("text", [row[0] for row in (*ABSOLUTE, *RELATIVE)] + NO_TIME)
def test_knowing_which_patterns_may_match_changes_nothing(text):
    everything = -1
    assert find_times(text, 0, len(text), ANY_STYLE, everything) == times(text)


@given(st.text(alphabet="0123456789 ./-MayJune2019afterweeks,()", max_size=80))
def test_spans_are_valid_whatever_the_text(text):
    ends = 0
    for found in times(text):
        assert ends <= found.start < found.end <= len(text)
        ends = found.end


@pytest.mark.parametrize(
    "piece", ["1", "1/2/", "May ", "3 weeks ", "2019 ", "a year after ", "2019-", "12.03."]
)
def test_reading_times_takes_linear_time(piece):
    # A sentence is at most 3,000 characters long.
    assert_linear(lambda text: find_times(text, 0, len(text), ANY_STYLE), piece, 3_000)


NOTE = DateStyle("day first", "/.", first_year=2018, last_year=2022)
IN_NOTES = [
    ("CT 24/11: stable.", [("24/11", (None, 11, 24))]),
    ("MRI 11/21 stable.", [("11/21", (2021, 11, None))]),
    ("Bloods at discharge 12/11: Hb 88.", [("12/11", (None, 11, 12))]),
    ("Seen 12.04. in clinic.", [("12.04.", (None, 4, 12))]),
    ("PD on CT 03/20, imatinib since 04/20.", [("03/20", (2020, 3, None)), ("04/20", (2020, 4, None))]),
    ("Pain 6/10 at night.", []),
    ("Mitoses 8/10 HPF.", []),
    ("3/12 nodes positive.", []),
    ("Nodes 3/12 involved.", []),
    ("BP 120/80.", []),
    ("SUVmax 4.9. No liver lesion.", []),
    ("CK 5/6 negative.", []),
    ("Break of 6/52.", []),
    ("Diarrhoea (Feb 21).", [("Feb 21", (2021, 2, None))]),
    ("Amplification of JUN.", []),
    ("OCT3/4 negative.", []),
]


@pytest.mark.parametrize(("text", "expected"), IN_NOTES)
def test_notes_leave_out_the_year_or_the_day_of_a_date(text, expected):
    found = find_times(text, 0, len(text), NOTE)
    assert [(text[time.start : time.end], (time.year, time.month, time.day)) for time in found] == expected


def test_outside_of_notes_two_numbers_are_no_date():
    assert times("CT 24/11: stable.") == []


def test_the_style_of_dates_is_that_of_the_full_dates():
    style = date_style("CT 14/02/20 stable. CT 03/06/21 PD. MRI 11/21.")
    assert (style.order, style.short, style.first_year, style.last_year) == ("day first", "/", 2020, 2021)
    assert date_style("CT in May 2020.").short == ""


HANGING = [
    ("On the tenth postoperative day he fell.", ("surgery", 10, "day")),
    ("On the second day after admission he fell.", ("admission", 1, "day")),
    ("On day 10 of chemotherapy he fell.", ("treatment", 10, "day")),
    ("At month 4 of treatment the dose was cut.", ("treatment", 4, "month")),
    ("At the third month, CK rose.", ("mark", 3, "month")),
    ("Twenty-five months after presentation he relapsed.", ("presentation", 25, "month")),
    ("He is well at 2 years and 6 months from presentation.", ("presentation", 30, "month")),
    ("At 18 months of the first consultation he was well.", ("presentation", 18, "month")),
    ("At 30 months, MRI was clear.", ("mark", 30, "month")),
    ("It was given from month 26.", ("mark", 26, "month")),
    ("It was begun at the age of 19 weeks.", ("birth", 19, "week")),
    ("At 3 months of thalidomide he was numb.", ("treatment", 3, "month")),
    ("Two weeks in, he was well.", ("treatment", 2, "week")),
    ("Five months after the rechallenge he relapsed.", ("resumption", 5, "month")),
    ("Four months following the discontinuation he relapsed.", ("stop", 4, "month")),
    ("Three months after the wedge resection he relapsed.", ("surgery", 3, "month")),
    ("It was given after a week of this scan.", ("now", 1, "week")),
    ("He stayed off therapy for four months when CT showed growth.", ("now", 4, "month")),
    ("At the 3-month scan it was gone.", ("follow-up", 3, "month")),
    ("He died nine days after.", ("now", 9, "day")),
    ("It was begun the day after.", ("now", 1, "day")),
    ("At 17 weeks of age she was well.", ("birth", 17, "week")),
]


@pytest.mark.parametrize(("text", "expected"), HANGING)
def test_lengths_hang_on_what_is_named(text, expected):
    assert [_short(time) for time in times(text)] == [expected]


def test_a_length_of_a_complaint_hangs_on_nothing():
    assert times("He had three months of cough and of nausea.") == []


def test_a_day_of_that_month_and_a_month_of_another_year():
    (day,) = times("It was begun on the 27th of that month.")
    assert (day.anchor, day.amount, day.unit, day.day) == ("now", 0, "month", 27)
    (bare,) = times("It was paused from the 6th.")
    assert (bare.anchor, bare.unit, bare.day) == ("now", "month", 6)
    (month,) = times("In May of the following year he relapsed.")
    assert (month.month, month.year, month.years_on) == (5, None, 1)


def test_years_of_two_digits_behind_a_month_where_the_document_writes_them_so():
    text = "11 Jan 20 seen. 15 Feb 20 CT: 12 mm. 3 Mar 20 surgery."
    style = date_style(text)
    assert style.named
    found = find_times(text, 0, len(text), style)
    assert [(time.year, time.month, time.day) for time in found] == [
        (2020, 1, 11),
        (2020, 2, 15),
        (2020, 3, 3),
    ]
    assert not date_style("On 11 Jan 20 mg were given.").named


def test_some_days_of_one_month_are_a_stretch_of_days():
    (time,) = times("Irradiated 20-24/09/2021.")
    assert (time.year, time.month, time.day, time.last_day) == (2021, 9, 20, 24)


def test_a_schedule_of_weeks_is_no_time():
    assert said("Given 2 weeks on, 1 week off.") == []


def test_the_year_of_a_guideline_is_no_time():
    assert (
        said(
            "According to the WHO 2021 classification and the 2016 consensus guidelines (Smith et al. 2020)."
        )
        == []
    )


def test_two_dates_in_digits_may_be_joined_by_a_hyphen():
    assert said("RT 12/02/2022-15/03/2022", "day first") == [
        ("12/02/2022", 2022, 2, 12),
        ("15/03/2022", 2022, 3, 15),
    ]
    assert date_style("RT 12/02/2022-15/03/2022").order == "day first"
    assert said("Sample 12/02/2022-15 was reviewed.", "day first") == []


@pytest.mark.parametrize(("year_first", "expected"), [(True, [(2022, 2), (2022, 5)]), (False, [])])
def test_a_year_and_a_month_parted_by_a_stroke_are_a_date_where_dates_begin_with_the_year(
    year_first, expected
):
    text = "s/p capecitabine 2022/02-2022/05"
    found = find_times(text, 0, len(text), DateStyle(year_first=year_first))
    assert [(time.year, time.month) for time in found] == expected
    assert date_style("s/p FOLFOX (2018/12/18-2019/06/14)").year_first
    assert not date_style("s/p FOLFOX (18/12/2018-14/06/2019), season 2010/11").year_first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ADT commenced 3/18, well.", [(2018, 3)]),
        ("Nodes involved 3/18, well.", []),
        ("Docetaxel from 9/25.", []),
    ],
)
def test_a_verb_makes_two_numbers_a_month_of_long_ago_where_the_day_comes_first(text, expected):
    note = DateStyle("day first", "/", first_year=2021, last_year=2021)
    assert [(time.year, time.month) for time in find_times(text, 0, len(text), note)] == expected
