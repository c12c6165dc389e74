"""Sections and sentences. The expected pieces are cut from each text by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseboard.narrative.document import LONGEST_SENTENCE, heading_kind, split_sentences
from timing import assert_linear


def pieces(text):
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


def sections(text):
    return [(sentence.section, text[sentence.start : sentence.end]) for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# Case report\n\nA man came.\n\n## Discussion\n\nSarcomas are rare.",
            [("case", "A man came."), ("discussion", "Sarcomas are rare.")],
        ),
        (
            "CASE REPORT\nA man came.\nDISCUSSION\nSarcomas are rare.",
            [("case", "A man came."), ("discussion", "Sarcomas are rare.")],
        ),
        (
            "Case report: A man came. Discussion: Sarcomas are rare.",
            [("case", "A man came."), ("discussion", "Sarcomas are rare.")],
        ),
        (
            ("1. Introduction\nSarcomas are rare.\n2. Case presentation\nA man came."),
            [("introduction", "Sarcomas are rare."), ("case", "A man came.")],
        ),
        ("**Case presentation**\n\nA man came.", [("case", "A man came.")]),
        (
            "DIAGNOSIS: sarcoma of the thigh.\nPLAN: surgery.",
            [("diagnosis", "sarcoma of the thigh."), ("plan", "surgery.")],
        ),
        ("LABS 2024-02-20\nLDH 250 U/l", [("labs", "2024-02-20"), ("labs", "LDH 250 U/l")]),
        ("Labs 01/10/2018: LDH 250 U/l", [("labs", "01/10/2018: LDH 250 U/l")]),
        ("Status today (14.06.2022): well.", [("status", "14.06.2022): well.")]),
        ("Course to date:\n- 2019: biopsy", [("course", "- 2019: biopsy")]),
        (
            "Past medical history:\nAsthma.\n\nMedications:\nNone.",
            [("history", "Asthma."), ("medication", "None.")],
        ),
        (
            "Family history: mother with breast cancer.\nToday he is well.",
            [("family", "mother with breast cancer."), ("body", "Today he is well.")],
        ),
        ("Acknowledgements\nWe thank all.", [("back matter", "We thank all.")]),
        ("A man came.", [("body", "A man came.")]),
    ],
)
def test_a_heading_opens_its_section_in_every_style(text, expected):
    assert sections(text) == expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Case Report", "case"),
        ("Case 2", "case"),
        ("Patient A", "case"),
        ("Discussion and conclusions", "discussion"),
        ("PMH", "history"),
        ("Physical examination", "findings"),
        ("Conflict of interest", "back matter"),
        ("The weather", None),
        ("", None),
    ],
)
def test_a_heading_is_known_by_its_usual_names(name, kind):
    assert heading_kind(name) == kind


def test_a_word_that_only_begins_like_a_heading_is_none():
    text = "Results were normal. Patient was well."
    assert sections(text) == [("body", "Results were normal."), ("body", "Patient was well.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A mass grew. It was cut out.", ["A mass grew.", "It was cut out."]),
        ("Was it benign? It was not! So he came.", ["Was it benign?", "It was not!", "So he came."]),
        (
            "Dr. Weber saw Mr. K. in Fig. 2 and e.g. again. He left.",
            ["Dr. Weber saw Mr. K. in Fig. 2 and e.g. again.", "He left."],
        ),
        (
            "It was 38,4 °C. Next, he was cooled to 36.5 °C.",
            ["It was 38,4 °C.", "Next, he was cooled to 36.5 °C."],
        ),
        ("It measured 3.5 cm. It grew.", ["It measured 3.5 cm.", "It grew."]),
        ("He took 250 mg b.i.d. and slept. He woke.", ["He took 250 mg b.i.d. and slept.", "He woke."]),
        ("It was sent to pathology.1 It came back.", ["It was sent to pathology.", "It came back."]),
        ("It was sent to pathology.1,2 It came back.", ["It was sent to pathology.", "It came back."]),
        (
            "He is well to date.Radiological findings were few.",
            ["He is well to date.", "Radiological findings were few."],
        ),
        ('He said "I am well." Then he left.', ['He said "I am well."', "Then he left."]),
        ("(He was well.) He left.", ["(He was well.)", "He left."]),
        ("Smith et al. found it. We did not.", ["Smith et al. found it.", "We did not."]),
        ("It was stage vs. grade. Then more.", ["It was stage vs. grade.", "Then more."]),
        ("One two three", ["One two three"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert pieces(text) == expected


def test_wrapped_lines_are_one_sentence():
    text = (
        "A mass was seen in the left thigh of the patient, and it had been growing for\n"
        "some months. It was cut out.\n"
    )
    assert pieces(text) == [text[: text.index(" It was")], "It was cut out."]


def test_the_items_of_a_list_stand_alone():
    text = "Problems:\n- sarcoma of the thigh\n- asthma\n1) hypertension\n2) gout"
    assert pieces(text) == ["- sarcoma of the thigh", "- asthma", "1) hypertension", "2) gout"]
    assert all(sentence.item for sentence in split_sentences(text))


def test_lines_that_begin_with_a_date_stand_alone():
    text = "2021-05-01 CT showed a mass\n2021-06-01 MRI showed more"
    assert pieces(text) == ["2021-05-01 CT showed a mass", "2021-06-01 MRI showed more"]


@pytest.mark.parametrize(
    "legend",
    [
        "Figure 1. The mass in the thigh.",
        "FIGURE 2: the mass.",
        "Table 3 – the masses.",
        "Figure 1A The mass.",
    ],
)
def test_the_legend_of_a_figure_is_told_apart(legend):
    found = sections(f"He was well.\n\n{legend}\n\nHe came again.")
    assert {section for section, piece in found if piece not in ("He was well.", "He came again.")} == {
        "legend"
    }
    assert found[0] == ("body", "He was well.")
    assert found[-1] == ("body", "He came again.")


def test_a_legend_glued_into_the_text_is_told_apart():
    found = sections("He was seen on that date.Figure 1Radiological findings of the mass. He came again.")
    assert found[:2] == [
        ("body", "He was seen on that date."),
        ("legend", "Figure 1Radiological findings of the mass."),
    ]


def test_a_legend_in_xml_tags_is_no_story():
    text = "He was well.\n<fig><caption>A mass of the thigh.</caption></fig>\nHe came again."
    assert [section for section, piece in sections(text) if "mass" in piece] == ["legend"]
    assert ("body", "He came again.") in sections(text)


def test_a_sentence_that_points_at_a_figure_is_no_legend():
    assert sections("Figure 1 shows the mass of the patient.") == [
        ("body", "Figure 1 shows the mass of the patient.")
    ]


def test_a_sentence_is_never_longer_than_the_longest():
    text = "word " * 5000
    assert all(sentence.end - sentence.start <= LONGEST_SENTENCE for sentence in split_sentences(text))
    assert "".join(pieces(text)).replace(" ", "") == text.replace(" ", "")


def test_the_first_sentence_of_a_line_opens_it():
    text = "He came. He left.\nHe came again."
    assert [sentence.opens for sentence in split_sentences(text)] == [True, False, True]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", ".", "#", "-", "(", "\u2028", "Case report", "Case report:"]
)
def test_texts_of_nothing_have_no_story(text):
    assert all(piece.strip() for piece in pieces(text))


@given(st.text(max_size=400))
def test_spans_are_valid_in_order_and_without_blanks_at_their_ends(text):
    reached = 0
    for sentence in split_sentences(text):
        assert reached <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == text[sentence.start : sentence.end].strip()
        reached = sentence.end


@given(
    st.lists(
        st.sampled_from(
            [
                "A mass grew. ",
                "Case report: ",
                "\n\n",
                "(",
                ")",
                "Fig. 1A ",
                "e.g. ",
                "3.5 cm ",
                "- x\n",
                "DISCUSSION\n",
            ]
        )
    )
)
def test_no_word_of_a_story_is_lost(parts):
    text = "".join(parts)
    kept = {
        position for sentence in split_sentences(text) for position in range(sentence.start, sentence.end)
    }
    start = text.find("A mass grew")
    while start >= 0:
        assert start in kept
        start = text.find("A mass grew", start + 1)


@pytest.mark.parametrize("piece", [".", "(", "x\n", "A. ", "Fig. ", "word ", "(\n", "a)\n", "# ", "1. "])
def test_splitting_takes_linear_time(piece):
    assert_linear(split_sentences, piece, 25_000)


@pytest.mark.parametrize("piece", ["Background: A. ", "Comment A. ", "Conclusion: A. ", "References A. "])
def test_headings_within_a_case_of_one_line_take_linear_time(piece):
    assert_linear(lambda text: split_sentences(f"Case presentation: A man came. {text}"), piece, 25_000)


def test_a_decision_ends_with_its_paragraph_and_a_session_opens_one():
    text = (
        "Board of the clinic\n\nSession of 14/11/2018\nCT done.\nDecision: surgery.\n\n"
        "Session of 09/01/2019\nOp done."
    )
    assert [(s.section, text[s.start : s.end]) for s in split_sentences(text)][-4:] == [
        ("course", "CT done."),
        ("plan", "surgery."),
        ("course", "09/01/2019"),
        ("course", "Op done."),
    ]


def test_a_numbered_heading_may_be_glued_to_its_text():
    text = "2 Case description A man was seen.\n\n3 Discussion Such tumours are rare."
    assert [s.section for s in split_sentences(text)] == ["case", "discussion"]


def test_the_last_word_of_a_paragraph_is_no_heading():
    text = "He was seen in May. CT showed a lesion. No treatment. Observation.\n\nHe came again in June."
    assert {s.section for s in split_sentences(text)} == {"body"}


def test_a_heading_of_unusual_words_ends_the_allergies_of_a_letter():
    text = "Allergies:\nNone known\n\nCurrent situation:\n\nCT showed a mass."
    assert sections(text) == [("allergies", "None known"), ("body", "CT showed a mass.")]


def test_a_list_that_the_line_of_a_heading_announces_belongs_to_it():
    text = "MEDICATIONS: At home,\n1. Atenolol 50 mg daily\n\nEXAMINATION: She is well."
    assert [section for section, _ in sections(text)] == ["medication", "medication", "findings"]


def test_a_line_that_had_room_for_the_next_word_is_not_wrapped():
    text = (
        "His history is notable for asthma, well controlled with salbutamol, and knee replacement in 2007\n"
        "In 2004 he saw his doctor with nocturia, and a biopsy of twelve cores was taken under guidance of ultrasound, "
        "which showed an adenocarcinoma\nHe was operated on"
    )
    assert [text[s.start : s.start + 3] for s in split_sentences(text)] == ["His", "In ", "He "]


def test_a_wrapped_paragraph_stays_one():
    text = (
        "The patient was seen in the clinic because of a mass of the thigh that had\n"
        "Been noticed two months before and that had grown since then, as the mother\n"
        "Told us."
    )
    assert len(split_sentences(text)) == 1


def test_a_month_that_stands_alone_is_no_heading():
    text = "Case report\n\nA man of 60 was seen.\n\nJanuary 2018\n\nBiopsy showed a sarcoma."
    assert "January 2018" in [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("CT showed a mass with a size of 6. 8 cm in the liver.", 1),
        ("CT showed a mass of stage 2. 8 cm were free.", 2),
        ("The last CT was done in 2019. 3 cm mass of the liver.", 2),
    ],
)
def test_a_decimal_torn_by_a_space_ends_no_sentence(text, sentences):
    assert len(split_sentences(text)) == sentences
