"""Lays out an article that comes in pieces as one text, with headings that the reader knows."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Section", "lay_out"]

Section = tuple[str, Iterable[str]]
"""A heading ("" for none) and its paragraphs."""


def lay_out(title: str, sections: Iterable[Section]) -> str:
    """Return the text: the title, then each heading on its own line with its paragraphs under it.

    White space inside a paragraph becomes single blanks; a paragraph without text is left out.
    """
    blocks = [f"# {_plain(title)}"] if title.strip() else []
    for heading, paragraphs in sections:
        told = [plain for paragraph in paragraphs if (plain := _plain(paragraph))]
        if told and heading.strip():
            blocks.append(f"## {_plain(heading)}")
        blocks.extend(told)
    return "\n\n".join(blocks) + "\n"


def _plain(text: str) -> str:
    return " ".join(text.split())
