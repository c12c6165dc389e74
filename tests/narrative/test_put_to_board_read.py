"""What a letter or a note asks the board. Sentences written for this test as referrals and board forms word them."""

from __future__ import annotations

import pytest

from caseboard.assess import assess
from caseboard.board import render_dossier
from caseboard.case import Document, History
from caseboard.narrative import read

STORY = (
    "A 45-year-old woman was diagnosed with a gastrointestinal stromal tumour of the stomach in May 2020."
    " Imatinib was started in June 2020. "
)
PUT = (
    "We would appreciate the board's opinion on adjuvant imatinib.",
    "Please advise on further management.",
    "I would be most grateful for your thoughts on rechallenge.",
    "Advice is sought regarding resection.",
    "Presented today for discussion of surgery.",
    "She is referred for consideration of a trial.",
    "The question is whether to operate.",
    "Should we stop imatinib after three years?",
    "Surgery now or continue imatinib?",
    "Any role for SBRT?",
    "Can imatinib be stopped?",
    "We kindly ask for your recommendation on the next line.",
    "Is the patient fit for regorafenib?",
)
NOT_PUT = (
    "She was referred to our hospital for a second opinion.",
    "CT showed a nodule in the lung, metastasis?",
    "There was a hypodense lesion in segment IV (?metastasis).",
    "She asked no questions.",
    "The risk was discussed with her.",
    "She was presented at our tumour board and surgery was recommended.",
    "The tumour board recommended imatinib.",
    "MRI: possible progression or scar?",
)
HEADED = (
    "Question for the board: {}",
    "Questions: {}",
    "For discussion: {}",
    "Reason for presentation: {}",
)


def asked(text):
    """Return what a text asks the board."""
    return [fact.detail for fact in read(Document("made", text)).of(History) if fact.topic == "question"]


@pytest.mark.parametrize("sentence", PUT)
def test_a_question_is_told_in_its_own_words(sentence):
    assert asked(STORY + sentence) == [sentence]


@pytest.mark.parametrize("sentence", NOT_PUT)
def test_what_only_sounds_like_one_is_none(sentence):
    assert asked(STORY + sentence) == []


@pytest.mark.parametrize("heading", HEADED)
def test_what_stands_behind_its_heading_needs_no_mark(heading):
    assert asked(STORY + heading.format("resection of the residual tumour")) == [
        "resection of the residual tumour"
    ]


def test_a_list_of_questions_ends_with_the_closing_of_the_letter():
    letter = (
        "Dear colleague,\n\n"
        + STORY
        + "\n\nQuestions:\n1. Resection of both nodules?\n2. Role of radiotherapy\n\n"
        "With kind regards\nDr. B. Miller\n"
    )
    assert asked(letter) == ["1. Resection of both nodules?", "2. Role of radiotherapy"]


def test_the_first_page_shows_it_before_what_the_rules_ask():
    case = read(Document("made", STORY + "Question for the board: <b>stop</b> imatinib after three years?"))
    page = render_dossier(case, assess(case))
    section = page.split('<section id="question"')[1].split("</section>")[0]
    assert "“&lt;b&gt;stop&lt;/b&gt; imatinib after three years?”" in section
    assert section.index("Asked in the source") < section.index('class="question"')


def test_nothing_is_shown_where_nothing_is_asked():
    case = read(Document("made", STORY))
    assert "Asked in the source" not in render_dossier(case, assess(case))
