"""Texts that want to be slow, at their whole size."""

from __future__ import annotations

import random
from collections.abc import Iterator

STORY = (
    "In April 2018 a 23-year-old man presented with a mass of 6 cm in the left thigh. "
    "A biopsy in May 2018 revealed inflammatory myofibroblastic tumor. He started crizotinib in May 2019. "
)
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"


def hostile_texts(size: int) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of about ``size`` bytes; the same ones every time."""
    yield "digits", b"0123456789" * (size // 10)
    yield "opening brackets", b"(" * size
    yield "one word", b"tumor " * (size // 6)
    yield "one word without end", b"a" * size
    yield "sizes", b"5 x 4 x " * (size // 8)
    yield "blanks", b"x" + b" " * size + b"y"
    yield "line ends", b"x\n" * (size // 2)
    yield "random bytes", random.Random(1).randbytes(size)  # noqa: S311 - not for secrets
    yield "an empty file", b""
    yield "a patient in digits", STORY.encode() + b"9" * size
    yield "a patient in lines of a letter", STORY.encode() + b"\nx" * (size // 2)
    yield "HTML and script", (STORY + SCRIPT).encode() * (size // len(STORY + SCRIPT) // 50)
