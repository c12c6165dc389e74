"""How the dossier says numbers, durations and facts, and how it links and inlines."""

from __future__ import annotations

import base64
import hashlib

import msgspec
import pytest

from caseboard.assess.results import Assessment
from caseboard.board.assets import content_security_policy, read_static, script_data
from caseboard.board.bundle import make_bundle
from caseboard.board.register import Register
from caseboard.board.sections import civic_link, doi_link, lesion_matrix, pubmed_link
from caseboard.board.wording import (
    say_alteration,
    say_diameters,
    say_duration,
    say_fact,
    say_number,
    say_percent,
)
from caseboard.case import Alteration, Case, Lesion, Source
from caseboard.errors import KnowledgeError


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
        ((397, 456), "13.0 to 15.0 months (397 to 456 days)"),  # 397 / 30.4375 = 13.04, 456 / 30.4375 = 14.98
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


def test_matrix_has_one_column_a_time_in_order_of_time(assessment: Assessment) -> None:
    matrix = lesion_matrix(assessment)
    assert [timing.text for timing in matrix.timings] == ["June 2020", "1 October 2020"]
    assert [[len(cell) for cell in row] for row in matrix.cells] == [[1, 1]]


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
