"""The store: a release of three made-up rows in the layout of CIViC; the whole release where it is beside us."""

from __future__ import annotations

import csv
import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from caseboard.__main__ import main
from caseboard.errors import InputError, KnowledgeError
from caseboard.knowledge import pack, versions
from caseboard.knowledge.civic import read_release, release_from
from caseboard.knowledge.store import load_evidence, save_release, store_path, store_state
from caseboard.knowledge.update import fetch_release, update_store

COLUMNS = (
    "molecular_profile", "disease", "doid", "therapies", "therapy_interaction_type", "evidence_type",
    "evidence_direction", "evidence_level", "significance", "evidence_statement", "citation_id", "source_type",
    "citation", "rating", "evidence_id", "last_review_date", "is_flagged",
)  # fmt: skip


def row(number: int, profile: str, drug: str, **other: str) -> tuple[str, ...]:
    cells = {
        "molecular_profile": profile, "disease": "Inflammatory Myofibroblastic Tumor", "doid": "0050905",
        "therapies": drug, "therapy_interaction_type": "", "evidence_type": "Predictive",
        "evidence_direction": "Supports", "evidence_level": "C", "significance": "Sensitivity/Response",
        "evidence_statement": 'Our own words, with "quotes".', "citation_id": "1", "source_type": "PubMed",
        "citation": "Doe et al., 2020", "rating": "3", "evidence_id": str(number),
        "last_review_date": "2026-01-02 10:00:00 UTC", "is_flagged": "false",
    }  # fmt: skip
    return tuple((cells | other)[name] for name in COLUMNS)


ROWS = (
    row(1, "v::ROS1 Fusion", "Crizotinib"),
    row(
        2,
        "KIT V560D",
        "Imatinib",
        evidence_level="A",
        rating="",
        disease="Gastrointestinal Stromal Tumor",
        doid="9253",
    ),
    row(3, "KIT V560D AND (", "Imatinib", evidence_type="Prognostic"),
)


def table(*rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS) -> bytes:
    return "".join("\t".join(cells) + "\n" for cells in (columns, *rows)).encode()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOARD_DATA", str(tmp_path / "own"))
    return tmp_path


@pytest.fixture
def release_file(folder):
    path = folder / "release-2026-01-03.tsv"
    path.write_bytes(table(*ROWS))
    return path


@pytest.fixture
def served():
    """Serve an answer on loopback: set ``body`` and, to announce more than comes, ``announced``."""
    answer = {"body": b"", "announced": None, "status": 200}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(answer["status"])
            self.send_header("Content-Length", str(answer["announced"] or len(answer["body"])))
            self.end_headers()
            self.wfile.write(answer["body"])

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    answer["address"] = f"http://127.0.0.1:{server.server_address[1]}/release.tsv"
    yield answer
    server.shutdown()
    server.server_close()
    thread.join()


def test_every_cell_of_a_release_comes_back_from_the_store(folder, release_file):
    stored = save_release(read_release(str(release_file)))
    about, rows = load_evidence()
    assert about == stored
    assert [tuple(one.values()) for one in rows] == list(ROWS)
    assert (stored.version, stored.reviewed, stored.rows) == ("2026-01-03", "2026-01-02", 3)
    assert store_path().is_relative_to(folder)
    assert [path.name for path in store_path().parent.iterdir()] == ["civic.sqlite"]


def test_options_stand_on_the_store_once_it_is_there_and_on_the_pack_before(release_file):
    assert not pack().whole
    before = len(pack().rows)
    save_release(read_release(str(release_file)))
    assert pack().whole
    assert [item.id for item in pack().rows] == ["EID1", "EID2", "EID3"]
    assert versions()[0] == pack().version
    store_path().unlink()
    assert len(pack().rows) == before


def test_a_profile_that_is_no_expression_is_listed_and_has_no_way_to_match(release_file):
    save_release(read_release(str(release_file)))
    assert [profile for profile, _ in pack().unread] == ["KIT V560D AND ("]
    assert pack().rows[2].alternatives == ()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (table(*ROWS)[:-20], "the last line has no end"),
        (table(*ROWS[:2], ROWS[2][:9]), "line 4: a row with 9 of 17 columns"),
        (table(*ROWS, columns=(*COLUMNS[:-1], "flag")), "the column is_flagged is missing"),
        (table(), "no row below"),
        (table(*ROWS, ROWS[0]), "line 5: the evidence_id '1' is there twice"),
        (table(row(4, "KIT V560D", "x", rating="many")), "the rating 'many' is no number"),
        (b"\xff\xfe", "not UTF-8"),
        (b"<html>", "is missing"),
    ],
)
def test_a_release_that_is_not_whole_is_refused_and_the_store_stays(release_file, data, found):
    save_release(read_release(str(release_file)))
    before = store_state()
    release_file.write_bytes(data)
    with pytest.raises(InputError) as refused:
        save_release(read_release(str(release_file)))
    assert found in str(refused.value)
    assert store_state() == before


def test_an_import_that_fails_while_writing_leaves_the_old_store(release_file):
    save_release(read_release(str(release_file)))
    before = store_state()
    twice = release_from(table(*ROWS), "2026-02-01.tsv")
    broken = type(twice)(
        version="x", reviewed="x", sha256="x", columns=twice.columns, rows=(*twice.rows, ROWS[0])
    )
    with pytest.raises(KnowledgeError, match="cannot be written"):
        save_release(broken)
    assert store_state() == before
    assert len(list(store_path().parent.iterdir())) == 1


def test_a_broken_store_is_named_and_not_passed_over(release_file):
    save_release(read_release(str(release_file)))
    data = store_path().read_bytes()
    store_path().write_bytes(data[: len(data) // 3])
    with pytest.raises(KnowledgeError, match="import the release again"):
        pack()


def test_an_update_takes_the_place_of_the_store(release_file, served):
    save_release(read_release(str(release_file)))
    served["body"] = table(*ROWS, row(4, "v::ALK Fusion", "Alectinib"))
    release, before = update_store(served["address"])
    assert (len(release.rows), before.rows) == (4, 3)
    assert load_evidence()[0].sha256 == release.sha256
    assert pack().rows[-1].id == "EID4"


@pytest.mark.parametrize("fault", ["short", "cut", "status", "shrunk", "page"])
def test_a_broken_download_never_replaces_a_good_store(release_file, served, fault):
    save_release(read_release(str(release_file)))
    before = store_path().read_bytes()
    served["body"] = table(*ROWS)
    if fault == "short":
        served["announced"] = len(served["body"]) + 100
    elif fault == "cut":
        served["body"] = served["body"][:-30]
    elif fault == "status":
        served["status"] = 503
    elif fault == "shrunk":
        served["body"] = table(*ROWS[:2])
    else:
        served["body"] = b"<html>we are down</html>"
    with pytest.raises((KnowledgeError, InputError)):
        update_store(served["address"])
    assert store_path().read_bytes() == before


def test_an_address_that_is_no_address_of_the_web_is_refused(folder):
    with pytest.raises(KnowledgeError, match="caseboard knowledge import"):
        fetch_release(f"file://{folder}/release.tsv")


@pytest.mark.usefixtures("folder")
def test_no_network_is_one_line_and_no_store(capsys):
    assert main(["knowledge", "update", "--from", "http://127.0.0.1:9/release.tsv"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert store_state() is None


def test_the_commands_import_list_and_show(release_file, served, capsys):
    assert main(["knowledge", "import", "civic", str(release_file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["types"], told["levels"]) == (
        3,
        {"Predictive": 2, "Prognostic": 1},
        {"A": 1, "C": 2},
    )
    assert main(["knowledge", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["rows"] == 3
    assert main(["knowledge", "show", "EID2"]) == 0
    assert json.loads(capsys.readouterr().out)["molecular_profile"] == "KIT V560D"
    assert main(["knowledge", "show", "EID9"]) == 2
    served["body"] = table(*ROWS)
    assert main(["knowledge", "update", "--from", served["address"]]) == 0
    assert "3 items" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_to_show_from_an_empty_store_is_wrong_usage(capsys):
    assert main(["knowledge", "show", "EID1"]) == 2
    assert "your store is empty" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_the_whole_release_is_imported_as_it_is(shared):
    path = shared / "data" / "civic" / "AcceptedClinicalEvidenceSummaries_nightly_2026-05.tsv"
    if not path.exists():
        pytest.skip("the release of CIViC is not beside the repository")
    save_release(read_release(str(path)))
    with path.open(encoding="utf-8", newline="") as lines:
        told = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert load_evidence()[1] == told
    assert Counter((item.type, item.level) for item in pack().rows) == Counter(
        (one["evidence_type"], one["evidence_level"]) for one in told
    )
    by_gene = {item.id for items in pack().by_gene.values() for item in items}
    assert by_gene == {f"EID{one['evidence_id']}" for one in told}
    assert pack().unread == ()
