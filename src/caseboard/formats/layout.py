"""Lays out an article that comes in pieces as one text, with headings that the reader knows."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["LEGENDS", "Section", "lay_out", "table_row"]

Section = tuple[str, Iterable[str]]
"""A heading ("" for none) and its paragraphs."""

LEGENDS = "Figure legends"
"""The heading under which the legends of all figures stand, after the article."""


def lay_out(title: str, sections: Iterable[Section]) -> str:
    """Return the text: the title, then each heading on its own line with its paragraphs under it.

    White space inside a paragraph becomes single blanks; a paragraph without text is left out. A heading without
    paragraphs stays, because it holds for the headings under it.
    """
    blocks = [f"# {_plain(title)}"] if title.strip() else []
    for heading, paragraphs in sections:
        if heading.strip():
            blocks.append(f"## {_plain(heading)}")
        blocks.extend(plain for paragraph in paragraphs if (plain := _plain(paragraph)))
    return "\n\n".join(blocks) + "\n"


def table_row(cells: Iterable[str]) -> str:
    """Return a row of a table as one line, or "" where all its cells are empty.

    An empty cell becomes a dash, so that the others keep their columns; only the corner of a header is left out.
    """
    told = [_plain(cell) for cell in cells]
    if not any(told):
        return ""
    return " | ".join([*([told[0]] if told[0] else []), *(cell or "–" for cell in told[1:])])


def _plain(text: str) -> str:
    return " ".join(text.split())
