"""What is looked for only where it may stand is found all the same. The oracle is the reader without its index."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from caseboard.case import Document
from caseboard.narrative import document, read
from caseboard.narrative.patterns import AnyOf, Table, cues_in, lowered, pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.txt"))
EVERYTHING = -1
"""The cues of a text in which any pattern may match: every bit is set."""
OPENING = "In March 2015 a 43-year-old woman presented with a mass of 4 cm in the left thigh. "


def facts(text):
    """Return all that is read of a text."""
    case = read(Document("case", text))
    return [msgspec.json.encode(fact) for fact in case.facts], case.remarks


def facts_of_all_rules(text):
    """Return all that is read of a text where every rule is asked of every sentence."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "cues_in", lambda *_: EVERYTHING)
        patch.setattr(View, "holds", lambda *_: True)
        return facts(text)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_case_is_read_as_if_every_rule_were_asked_of_every_sentence(path):
    text = path.read_text(encoding="utf-8")
    assert facts(text) == facts_of_all_rules(text)


def test_the_first_text_of_a_process_is_read_as_any_later_one():
    path = Path(__file__).parent / "corpus" / "neuroblastoma_paediatric.txt"
    code = (
        "import sys, msgspec; from pathlib import Path; from caseboard.case import Document\n"
        "from caseboard.narrative import read\n"
        "text = Path(sys.argv[1]).read_text(encoding='utf-8')\n"
        "first, second = (msgspec.json.encode(read(Document('case', text)).facts) for _ in range(2))\n"
        "sys.exit(first != second)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 0  # noqa: S603 - own code


def test_the_reference_cases_are_read_so_too(shared):
    for path in sorted((shared / "gold" / "dev").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert facts(text) == facts_of_all_rules(text), path.stem


@pytest.mark.parametrize("seed", range(12))
def test_sentences_of_many_cases_in_any_order_are_read_so_too(seed):
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    sentences = re.split(r"(?<=[.;:])\s+", " ".join(path.read_text(encoding="utf-8") for path in CORPUS))
    chosen = [chance.choice(sentences) for _ in range(60)]
    text = OPENING + chance.choice((" ", "\n")).join(chance.choice((str, str.upper))(one) for one in chosen)
    assert facts(text) == facts_of_all_rules(text)


WORDS = Table(
    (
        ("greek", pattern(r"\b(?:alpha|beta|alphabet)\b")),
        ("number", pattern(r"\d+")),
        ("more", pattern(r"\b(?:beta \d|gamma)\b")),
        ("any", pattern(r"(?:b|g)\w*")),
    )
)


@pytest.mark.parametrize(
    "text",
    ["", "alpha", "alphabet beta 7", "beta 7 gamma", "7 beta", "gamma gamma alpha 12 beta 1", "nothing here"],
)
def test_a_table_finds_what_one_alternation_finds(text):
    # The oracle is one expression with a named group for each row.
    one = re.compile("|".join(f"(?P<{name}>{written.pattern})" for name, written in WORDS))
    found = WORDS.leftmost(text, cues_in(lowered(text), 0, len(text)), 0, len(text))
    assert [(row[0], match.span()) for row, match in found] == [
        (match.lastgroup, match.span()) for match in one.finditer(text)
    ]


def test_a_table_gives_the_rows_that_may_match_in_order():
    cues = cues_in("beta 7", 0, 6)
    assert [name for name, _ in WORDS.possible(cues)] == ["greek", "number", "more", "any"]
    assert [name for name, _ in WORDS.possible(cues_in("delta", 0, 5))] == ["any"]


def test_any_of_several_patterns_is_enough():
    either = AnyOf(pattern("alpha"), pattern("beta"))
    assert either.possible(cues_in("beta", 0, 4))
    assert not either.possible(cues_in("gamma", 0, 5))
    assert AnyOf(pattern("alpha"), pattern("a|b")).possible(0)
    assert not AnyOf().possible(EVERYTHING)


def test_needs_are_met_by_a_mention_or_by_a_pattern(monkeypatch):
    needs = Needs("drug") | Needs("gene", patterns=(pattern("alpha"),))
    seen = View.__new__(View)
    for kinds, cues, met in (
        (set(), 0, False),
        ({"site"}, 0, False),
        ({"gene"}, 0, True),
        ({"drug"}, 0, True),
        (set(), EVERYTHING, True),
    ):
        monkeypatch.setattr(seen, "_kinds", kinds, raising=False)
        monkeypatch.setattr(seen, "cues", cues, raising=False)
        assert seen.holds(needs) is met
