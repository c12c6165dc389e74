"""Hostile texts: read in linear time or refused in one line, and never a way into the page.

The sizes are a tenth or less of those in issue 2, section 5; ``make bench`` runs the whole sizes.
"""

from __future__ import annotations

import random
from html.parser import HTMLParser

import pytest

from caseboard.__main__ import main
from timing import seconds

SIZE = 500_000

STORY = (
    "In April 2018 a 23-year-old man presented with a mass of 6 cm in the left thigh. "
    "A biopsy in May 2018 revealed inflammatory myofibroblastic tumor. He started crizotinib in May 2019. "
    "CT in September 2019 showed the left thigh mass of 40 × 30 mm. "
)

SCRIPTS = (
    "<script>alert('own')</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "{{ 7 * 7 }}{% raw %}",
    "<a href='javascript:alert(3)'>here</a>",
    "<iframe srcdoc='<script>alert(4)</script>'></iframe>",
    "\u2028\u2029\u202e</textarea></style>",
)

TEXTS = {
    "digits": "0123456789" * (SIZE // 10),
    "one long number": "7" * SIZE,
    "opening brackets": "(" * SIZE,
    "nested pairs": "(" * (SIZE // 2) + ")" * (SIZE // 2),
    "one word": "tumor " * (SIZE // 6),
    "one word without end": "a" * SIZE,
    "sizes": "5 x 4 x " * (SIZE // 8),
    "units": "5 mm " * (SIZE // 5),
    "dates": "May 2019 " * (SIZE // 9),
    "full stops": ". " * (SIZE // 2),
    "full stops alone": "." * SIZE,
    "blanks": "x" + " " * SIZE + "y",
    "line ends": "x\n" * (SIZE // 2),
    "carriage returns": "x\r" * (SIZE // 2),
    "quotes": '"' * SIZE,
    "commas": "a," * (SIZE // 2),
    "negations": "no not without " * (SIZE // 15),
    "hyphens": "-" * SIZE,
    "slashes": "1/" * (SIZE // 2),
    "opening braces": "{" * SIZE,
    "opening angles": "<" * SIZE,
    "a patient in digits": STORY + "9" * SIZE,
}


@pytest.fixture
def seconds_of(tmp_path, capsys):
    """The seconds that ``caseboard facts`` takes to read a text or to refuse it in one line."""

    def timed(text: str) -> float:
        case = tmp_path / "case.txt"
        case.write_text(text, encoding="utf-8")

        def read() -> None:
            code = main(["facts", str(case)])
            output = capsys.readouterr()
            assert (code, output.err.count("\n")) in {(0, 0), (1, 1)}

        return seconds(read)

    timed(STORY)
    return timed


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_monotonous_text_is_read_or_refused_in_linear_time(seconds_of, text):
    assert seconds_of(text) < 8 * seconds_of(text[: SIZE // 4]) + 0.5


def test_reading_time_grows_no_faster_than_the_text(seconds_of):
    assert seconds_of(STORY * 1000) < 40 * seconds_of(STORY * 50) + 0.5


@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_refused_in_one_line(tmp_path, capsys, seed):
    case = tmp_path / "case.txt"
    case.write_bytes(random.Random(seed).randbytes(SIZE))  # noqa: S311 - not for secrets
    assert main(["board", str(case), "-o", str(tmp_path / "out.html")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out.html").exists()


class Page(HTMLParser):
    """Collects what would run or be fetched: handlers, addresses, and the elements of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text.append(data)


def page_of(text: str, tmp_path) -> str:
    case, dossier = tmp_path / "<b>case.txt", tmp_path / "dossier.html"
    case.write_text(text, encoding="utf-8")
    assert main(["board", str(case), "-o", str(dossier)]) == 0
    return dossier.read_text(encoding="utf-8")


def elements(page: str) -> tuple[list[str], list[tuple[str, str | None]]]:
    parser = Page()
    parser.feed(page)
    return sorted(parser.tags), parser.attributes


def test_script_in_a_text_never_becomes_part_of_the_page(tmp_path):
    hostile = STORY + "".join(f"The patient said {script} on 3 May 2019. " for script in SCRIPTS)
    page = page_of(hostile, tmp_path)
    tags, attributes = elements(page)
    clean_tags, _ = elements(page_of(STORY, tmp_path))
    for tag in ("script", "img", "iframe", "textarea", "style"):
        assert tags.count(tag) == clean_tags.count(tag), tag
    handlers = [name for name, _ in attributes if name.startswith("on")]
    assert handlers == []
    assert not any((value or "").lower().startswith("javascript:") for _, value in attributes)
    assert "alert('own')</script>" not in page
    assert "<b>case" not in page


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_inside_what_is_extracted_never_becomes_part_of_the_page(tmp_path, script):
    hostile = (
        f"{script}\n\nIn April 2018 a 23-year-old man presented with a mass {script} of 6 cm in the left thigh. "
        f"GOT was 145 {script}. He started crizotinib (250 mg {script} twice daily) in May 2019. "
        f"A fusion YWHAE{script}-ROS1 was found by NGS {script}. "
    )
    page = page_of(hostile, tmp_path)
    clean = page_of(hostile.replace(script, "plain"), tmp_path)
    assert elements(page)[0].count("script") == elements(clean)[0].count("script")
    assert not [name for name, _ in elements(page)[1] if name.startswith("on")]


def test_the_page_asks_nothing_of_any_address(tmp_path):
    """No element loads from anywhere: links to sources may be followed by a reader, but nothing is fetched."""
    _, attributes = elements(page_of(STORY, tmp_path))
    loads = [
        (name, value) for name, value in attributes if name in {"src", "srcset", "action", "data", "poster"}
    ]
    assert [one for one in loads if not (one[1] or "").startswith("data:")] == []
