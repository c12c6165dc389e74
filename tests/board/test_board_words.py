"""How the dossier says numbers, durations and facts, and how it links and inlines."""

from __future__ import annotations

import base64
import hashlib

import msgspec
import pytest

from caseboard.assess import assess
from caseboard.assess.course import build_course
from caseboard.assess.results import Assessment
from caseboard.assess.written import best_written
from caseboard.board.assets import content_security_policy, read_static, script_data
from caseboard.board.bundle import make_bundle
from caseboard.board.head import best_responses
from caseboard.board.register import Register
from caseboard.board.sections import civic_link, doi_link, lesion_matrices, pubmed_link
from caseboard.board.wording import (
    linked,
    say_alteration,
    say_diameters,
    say_duration,
    say_fact,
    say_number,
    say_percent,
)
from caseboard.case import Alteration, Case, DateInterval, Document, Lesion, Offset, Source
from caseboard.errors import KnowledgeError
from caseboard.narrative import read as read_narrative


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (210.0, "210"),
        (38.25, "38.2"),
        (-5.0, "−5"),
        (-0.01, "0"),
        (1234.5, "1,234.5"),
        (100.0, "100"),
    ],
)
def test_number_is_said_without_needless_zeros(value: float | None, said: str) -> None:
    assert say_number(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(-80.952, "−81.0 %"), (25.0, "+25.0 %"), (0.0, "0.0 %"), (-0.01, "0.0 %"), (0.01, "0.0 %"), (None, "–")],
)
def test_change_is_said_with_its_sign(value: float | None, said: str) -> None:
    assert say_percent(value) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((14, 14), "14 days"),
        ((31, 91), "31 to 91 days"),
        ((397, 456), "13 to 15 months (397 to 456 days)"),  # 397 / 30.4375 = 13.04, 456 / 30.4375 = 14.98
        ((320, 340), "about 11 months (320 to 340 days)"),  # 320 / 30.4375 = 10.5, 340 / 30.4375 = 11.2
        ((182, 182), "6 months (182 days)"),  # 182 / 30.4375 = 5.98
        ((406, 406), "13.3 months (406 days)"),  # 406 / 30.4375 = 13.34
        ((0, 1), "0 to 1 day"),
        ((None, None), "cannot be told: start or end is not dated"),
    ],
)
def test_duration_is_said_with_its_uncertainty(days: tuple[int | None, int | None], said: str) -> None:
    assert say_duration(*days) == said


def test_lesion_is_said_with_side_size_and_modality(case: Case) -> None:
    assert say_fact(case.facts[1]) == "right calf: 80 × 50 mm, MRI"
    gone = Lesion(id="x", source=Source("d", ""), site="lung", state="absent")
    assert say_fact(gone) == "lung: not seen any more"
    assert say_diameters((40.5, 30)) == "40.5 × 30 mm"


def test_every_kind_of_fact_can_be_said(case: Case) -> None:
    assert all(say_fact(fact) for fact in case.facts)


def test_matrix_has_one_column_a_time_in_order_of_time(case: Case, assessment: Assessment) -> None:
    (matrix,) = lesion_matrices(case, assessment)
    assert [timing.text for timing in matrix.timings] == ["June 2020", "1 October 2020"]
    assert [[len(cell) for cell in row] for row in matrix.cells] == [[1, 1]]


def test_many_examinations_are_told_in_tables_that_fit_a_page(assessment: Assessment) -> None:
    source = Source(quote="", document="d")
    facts = tuple(
        Lesion(
            id=f"f{month}",
            source=source,
            when=DateInterval.of(2020, month),
            site="liver" if month > 6 else "lung",
            modality="CT",
            diameters_mm=(30,),
        )
        for month in range(1, 10)
    )
    case = Case(title="", facts=facts)
    blocks = lesion_matrices(case, msgspec.structs.replace(assessment, course=build_course(case)))
    assert [len(block.timings) for block in blocks] == [6, 3]
    assert [[lesion.name for lesion in block.lesions] for block in blocks] == [["lung"], ["liver"]]


def test_examinations_of_a_case_without_dates_stand_in_order_of_time(assessment: Assessment) -> None:
    source = Source(quote="", document="d")
    told = [("lung", 90), ("lung", 0), ("liver", 30)]
    facts = tuple(
        Lesion(id=f"f{n}", source=source, when=Offset(days), site=site, modality="CT", diameters_mm=(30,))
        for n, (site, days) in enumerate(told)
    )
    case = Case(title="", facts=facts)
    (matrix,) = lesion_matrices(case, msgspec.structs.replace(assessment, course=build_course(case)))
    assert [timing.text for timing in matrix.timings] == [
        "at presentation",
        "30 days after presentation",
        "3 months after presentation",
    ]


def test_evidence_in_a_sentence_leads_to_civic_and_all_else_is_escaped() -> None:
    assert linked("<b> EID77") == (
        '&lt;b&gt; <a href="https://civicdb.org/links/evidence/77" rel="noreferrer">EID77</a>'
    )


@pytest.mark.parametrize(
    ("evidence", "link"),
    [
        ("EID1234", "https://civicdb.org/links/evidence/1234"),
        ("1234", "https://civicdb.org/links/evidence/1234"),
        ("javascript:alert(1)", None),
        ("12/../x", None),
        ("", None),
        (None, None),
    ],
)
def test_only_civics_own_ids_become_links(evidence: str | None, link: str | None) -> None:
    assert civic_link(evidence) == link


def test_only_dois_become_links_and_cannot_change_the_address() -> None:
    assert doi_link("10.1016/j.ejca.2008.10.026") == "https://doi.org/10.1016/j.ejca.2008.10.026"
    assert doi_link('10.1/"><script>') == "https://doi.org/10.1/%22%3E%3Cscript%3E"
    assert doi_link("javascript:alert(1)") is None
    assert pubmed_link(None) is None


def test_anchors_hold_no_sign_that_html_or_an_address_could_misread(
    case: Case, assessment: Assessment
) -> None:
    strange = msgspec.structs.replace(case.facts[0], id='"> <a#%')
    register = Register(msgspec.structs.replace(case, facts=(strange, *case.facts[1:])), assessment)
    assert register.fact_anchor('"> <a#%') == "fact-~1"
    assert register.fact_anchor("f2") == "fact-f2"
    assert register.fact_anchor("unknown") is None


def test_finding_told_in_two_places_has_one_number(case: Case, assessment: Assessment) -> None:
    again = msgspec.structs.replace(assessment, conflicts=(*assessment.conflicts, assessment.key[0]))
    assert len(Register(case, again).findings) == len(Register(case, assessment).findings)


@pytest.mark.parametrize(
    ("kind", "gene", "change", "said"),
    [
        ("amplification", "MDM2", "ratio 8.9", "MDM2 amplification, ratio 8.9"),
        ("amplification", "ERBB2", "copy number 22", "ERBB2 amplification, copy number 22"),
        ("amplification", "MDM2", None, "MDM2 amplification"),
        ("variant", "TP53", "R248Q", "TP53 R248Q variant"),
        ("deletion", "CDKN2A", "loss", "CDKN2A loss"),
    ],
)
def test_measure_of_an_amplification_is_said_after_it(
    kind: str, gene: str, change: str | None, said: str
) -> None:
    source = Source(quote="", document="d")
    assert say_alteration(Alteration(id="f1", source=source, type=kind, gene=gene, change=change)) == said


def test_json_for_a_script_holds_nothing_that_ends_it() -> None:
    value = {"a": "</script><!-- & \u2028\u2029"}
    text = script_data(value)
    assert not set(text) & set("<>&\u2028\u2029")
    assert msgspec.json.decode(str(text)) == value


def test_policy_names_each_script_by_its_hash() -> None:
    # CSP Level 3: the base64 of the SHA-256 of the script's text
    digest = base64.b64encode(hashlib.sha256(b"run()").digest()).decode()
    assert f"script-src 'sha256-{digest}';" in content_security_policy(["run()"])
    assert "script-src 'none';" in content_security_policy([])


def test_missing_file_of_the_package_is_said_so() -> None:
    with pytest.raises(KnowledgeError, match=r"no-such\.js .* install caseboard again"):
        read_static("no-such.js")


def test_shipped_chart_scripts_are_those_of_the_installed_package() -> None:
    # after an update of vl-convert-python: python -m caseboard.board.bundle
    assert str(read_static("vega.bundle.js")) == make_bundle()


def test_shipped_scripts_could_not_end_their_own_element() -> None:
    for name in ("vega.bundle.js", "dossier.js", "filters.js"):
        assert "</script" not in read_static(name).lower()
        assert "<!--" not in read_static(name)


def test_two_best_responses_that_differ_are_left_to_the_scans():
    told = (
        "A 50-year-old man presented in May 2020 with a sarcoma of the thigh. "
        "CT on 20 May 2020 showed a lung nodule of 30 mm. Crizotinib was started on 1 June 2020. "
        "CT on 1 September 2020 showed a partial response, the lung nodule measuring 45 mm."
    )  # 30 to 45 mm is 50 % more: progression by RECIST 1.1, whatever is stated
    best = best_responses(assess(read_narrative(Document("row", told))))
    assert best == {1: "PR as stated and PD by the lesions, to be settled on the scans"}


@pytest.mark.parametrize(
    ("stated", "derived", "told"),
    [  # "regression" names no category of RECIST 1.1: less than 30 % smaller is SD, more is PR or CR;
        # table 2: lesions that cannot be measured are CR, non-CR/non-PD or PD, and tell no PR from SD
        ("MR", "PR", "regression as stated and PR by the lesions"),
        ("MR", "PD", "regression as stated and PD by the lesions, to be settled on the scans"),
        ("NED", "CR", "NED as stated and CR by the lesions"),
        ("PR", "PR", "PR"),
        ("PR", "NON-CR/NON-PD", "PR as stated and NON-CR/NON-PD by the lesions"),
        ("CR", "NON-CR/NON-PD", "CR as stated and NON-CR/NON-PD by the lesions, to be settled on the scans"),
        ("PR", "NE", "PR as stated"),
        (None, "SD", "SD by the lesions"),
        (None, None, ""),
    ],
)
def test_best_responses_are_told_by_who_found_them(stated, derived, told):
    assert best_written(stated, derived) == told
