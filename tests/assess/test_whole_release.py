"""Options from the whole release of CIViC (May 2026), where it is beside us. Ids: rows of the release read by eye."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseboard.assess.options import options
from caseboard.assess.results import Course
from caseboard.assess.sample_options import SampleRow, sample_options
from caseboard.case import Alteration, Case, Source
from caseboard.formats.flat import read_flat
from caseboard.knowledge import pack
from caseboard.knowledge.civic import read_release
from caseboard.knowledge.store import save_release


@pytest.fixture
def release(shared, tmp_path, monkeypatch):
    path = shared / "data" / "civic" / "AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv"
    if not path.exists():
        pytest.skip("the release of CIViC is not beside the repository")
    monkeypatch.setenv("CASEBOARD_DATA", str(tmp_path))
    save_release(read_release(str(path)))
    return shared


def options_of(case: Case):
    found, _ = options(case, Course(lesions=(), episodes=(), lines=()))
    return found


def test_the_yardstick_has_the_evidence_that_was_picked_by_hand(release):
    path = release / "gold" / "dev" / "seed_ros1_imt.facts.jsonl"
    found = options_of(read_flat(path.read_text().splitlines(), path=path.name))
    match = {item.id: item.match for option in found for item in option.evidence}
    assert {match[n] for n in ("EID1444", "EID11860", "EID11862")} == {"same kinase, same tumour"}
    assert {match[n] for n in ("EID688", "EID7282", "EID11123")} == {"same kinase, other tumour"}
    assert match["EID11671"] == "same kinase, any tumour"
    resistance = {item.id for option in found for item in option.resistance}
    assert {"EID2934", "EID1100"} <= resistance
    genes = {row.id: row.genes for row in pack().rows}
    assert all("ROS1" in genes[number] for number in (*match, *resistance))


@pytest.mark.usefixtures("release")
def test_evidence_on_other_alterations_of_the_gene_is_counted_as_not_applicable():
    fact = Alteration(id="f1", source=Source("note", ""), type="variant", gene="EGFR", change="L858R")
    shown, notes = options(Case(title="t", facts=(fact,)), Course(lesions=(), episodes=(), lines=()))
    (note,) = [note for note in notes if note.rule == "options.other_alterations"]
    assert note.what.startswith("Not applicable: ")
    assert "other alterations of EGFR" in note.what
    profiles = {item.profile for option in shown for item in option.evidence}
    assert "EGFR Exon 19 Deletion" not in profiles


def test_every_profile_of_the_release_matches_itself(release):  # noqa: ARG001 - the store is filled by it
    """A sample with what a way of a profile asks for gets its item, save where something must be known to be absent."""
    rows, wanted = [], {}
    for item in pack().rows:
        for number, way in enumerate(item.alternatives):
            sample = f"{item.id}/{number}"
            if way.present and not way.absent:
                wanted[sample] = item.id
            for atom in way.present:
                exons = f" e{atom.exon5}::e{atom.exon3}" if getattr(atom, "exon5", None) else ""
                rows.append(SampleRow(sample, "", f"{atom}{exons}"))
    got = {}
    for line in sample_options(rows, every_type=True):
        cells = line.split("\t")
        got.setdefault(cells[0], set()).update(cells[9].replace(" (disputed)", "").split())
    missed = {sample for sample, number in wanted.items() if number not in got.get(sample, set())}
    assert missed == set()


KEPT_BACK = Path(__file__).with_name("kept_back.tsv")


def kept_back() -> list[tuple[str, set[int], set[int], set[int]]]:
    lines = [line for line in KEPT_BACK.read_text().splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    return [(told, *({int(number) for number in cell.split()} for cell in cells)) for told, *cells in rows]


@pytest.mark.usefixtures("release")
def test_the_alterations_of_a_patient_get_the_evidence_that_was_picked_by_hand_and_no_other():
    """Precision and recall are 1 on exact matches and on those of any partner, residue or exon; never is never."""
    wrong = {}
    for told, exact, wider, never in kept_back():
        got: dict[str, set[int]] = {}
        for line in sample_options([SampleRow("S", "", told)], every_type=True):
            cells = line.split("\t")
            ids = cells[9].replace(" (disputed)", "").replace("EID", "").split()
            got.setdefault(cells[6], set()).update(map(int, ids))
        others = got.get("any partner", set()) | got.get("same residue", set()) | got.get("exon event", set())
        every = set().union(*got.values())
        if (got.get("exact", set()), others, every & never) != (exact, wider, set()):
            wrong[told] = got
    assert wrong == {}


@pytest.mark.parametrize(
    ("alteration", "never"),
    [
        ("EML4::ALK", "ALK F1174L"),
        ("ALK F1174L", "v::ALK Fusion"),
        ("YWHAE::ROS1", "v::ALK Fusion"),
        ("BCR::ABL1", "BCR::JAK2 Fusion"),
        ("KRAS G12C", "KRAS G12D"),
        ("EGFR exon 20 insertion", "EGFR Exon 19 Deletion"),
        ("MET amplification", "MET Exon 14 Skipping Mutation"),
        ("EWSR1::FLI1", "EWSR1::ERG Fusion"),
        ("VHL P81S", "VHL P81S (c.241C>T) and L188V (c.562C>G)"),
    ],
)
def test_what_must_never_match_does_not(release, alteration, never):  # noqa: ARG001 - the store is filled by it
    ids = {item.id for item in pack().rows if item.profile == never}
    assert ids
    lines = sample_options([SampleRow("S", "NSCLC", alteration)], every_type=True)
    told = {number for line in lines for number in line.split("\t")[9].split()}
    assert told.isdisjoint(ids)
