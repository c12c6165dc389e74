"""The paragraphs and lines of a text: lines that only wrap one are joined, entries of a note stand for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from caseboard.narrative.headings import heading_kind
from caseboard.narrative.treatment_heads import is_day_alone, names_only_treatment, opens_course

__all__ = ["LONGEST_SENTENCE", "paragraphs", "with_lines_joined"]

LONGEST_SENTENCE = 3000
"""Characters after which a sentence is cut: no clinician writes one longer, and no pattern ever sees one."""
_STARTS_ITEM = re.compile(
    r"[ \t]{0,12}(?:[-*•·–▪◦][ \t]|\(?\d{1,2}[.)][ \t]|\(?[a-z][.)][ \t]|\d{1,4}[./-]\d{1,2}"
    r"|\d{1,2}[-. ]{1,2}[A-Z][A-Za-z]{2,8}[-., ]{1,2}\d{2,4}\b"
    r"|(?:\d{1,2} )?[A-Z][a-z]{2,8} \d{4}\b|[A-Z][A-Za-z /-]{1,40}(?:[ #]\d{1,2})?:|#"
    r"|[A-Z][A-Za-z/-]{1,14} (?:[A-Za-z/-]{1,14} )?\d{1,4}[./-]\d{1,2}[./-]\d"
    r"|[A-Z][A-Za-z/+-]{2,24}(?: \([^()\n]{1,30}\)| \d{1,4} ?mg[^\n,;:]{0,14})?,? (?:[-–—] |since |from )?"
    r"(?:\d{1,2}[./-](?:19|20)\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? (?:19|20)\d\d)\b"
    r"|[A-Z][A-Za-z/-]{1,14} (?:[A-Za-z/-]{1,14} ){2,3}\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})? ?[:–-])"
)

_COLUMNS = re.compile(r"\S(?:[ ]{2,40}|\t{1,4})\S[^\n]{0,60}?\S(?:[ ]{2,40}|\t{1,4})\S")
"""Two gaps in one line: a row of a table, which goes on with nothing and nothing goes on with it."""

_TWO_COLUMNS = re.compile(r"[ \t]{0,12}\S[^\n]{0,24}?(?:[ ]{3,40}|\t{1,4})\S")
"""One wide gap near the beginning of a line: a row of two columns, as "p53           overexpressed"."""

_ENDS_ENTRY = "0123456789%)]+-"

_ENTRY = re.compile(r"[ \t]{0,12}[a-z][^\n]{0,40}?[ (]\d{1,2}[./-]\d{1,2}")
"""A line in small letters with a date near its beginning: behind a figure or a bracket it is an entry of its own."""

_DATED = re.compile(r"[ \t]{0,12}\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")
"""An entry of a note that opens with its day."""

_HEADED_ENTRY = re.compile(
    r"[ \t]{0,12}[a-z][a-z/-]{0,14} (?:[A-Za-z/-]{1,14} ){0,2}\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\s?:"
)
"""A line in small letters that a date and a colon head: "liquid bx 7/30/19: ..."."""

_GRADED = re.compile(r"[ \t]{0,12}(?:Gr?\.?|Grade) ?[1-4] [A-Za-z]")
"""A line that a grade opens; behind a figure or a bracket it is an entry: "tapered off by 2023-02-20", "G2 rash"."""

_COUNTED_ENTRY = re.compile(
    r"(?:days?|d|weeks?|wks?|w|months?|mos?|m)\.?\s?\d{1,4}(?P<colon>\s?:)?(?=[\s,:–-])"
    r"(?!\s(?:of|after|post|later|from|to|and|before|into)\b|,\s?\d|\s?[–-]\s?\d)",
    re.IGNORECASE,
)
"""A line in small letters that opens with a count: "wk 33: ...", "day 16 CT ...".

Behind a full stop, or below another such line, it is an entry."""

_BEGINS_SENTENCE = re.compile(
    r"(?:No|Not|The|She|He|There|We|It|This|That|After|Since|Currently|Because|Despite|Then|Now|Otherwise|Also)"
    r" [a-zA-Z0-9]"
)
"""Words that have a capital letter only where a sentence begins: with them no line goes on."""

_OPENS_LOWER = re.compile(r"[ \t]{0,12}[a-z(),;:%&+]")

_WIDEST = 130
"""Characters above which no line is one of a wrapped paragraph."""

_RAGGED = 24
"""Characters by which the lines of a wrapped paragraph may fall short of the longest: words are not cut."""


_WRAPPED = 50
"""Characters of a line from which it ends where it does because the page did."""


def with_lines_joined(text: str, blocks: Iterable[tuple[int, int]]) -> str:
    """Return a text with a space for each line end that only wraps one of its paragraphs, ``blocks``.

    What is told does not hang on where a page ended.
    """
    out: list[str] = []
    reached = 0
    for start, end in blocks:
        begun = start
        while (line_end := text.find("\n", begun, end)) >= 0:
            if line_end - begun >= _WRAPPED:
                out += [text[reached:line_end], " "]
                reached = line_end + 1
            begun = line_end + 1
    return "".join([*out, text[reached:]])


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of a text, those that only wrap a paragraph joined, blank ones left out.

    A line that only names a treatment is one with the line below that tells when it began, but not where a line above
    tells its day alone: there dates stand before what they date.
    """
    head: tuple[int, int] | None = None
    since_day = _FAR
    for line in _lines(text):
        below, head = head, None
        since_day = 0 if is_day_alone(text, *line) else since_day + 1
        if below is not None and text.count("\n", below[1], line[0]) == 1 and opens_course(text, *line):
            yield below[0], line[1]
            continue
        if below is not None:
            yield below
        if since_day > _CELLS and names_only_treatment(text, *line):
            head = line
        else:
            yield line
    if head is not None:
        yield head


_CELLS, _FAR = 2, 99
"""Lines below a day within which a treatment is of that day, as in a table read out cell by cell; and no such day."""


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of a text, those that only wrap a paragraph joined."""
    start: int | None = None
    position = 0
    end = 0
    open_brackets = 0
    lines = text.splitlines(keepends=True)
    lengths = [len(line.rstrip()) for line in lines]
    filled, loose = _filled(lines, lengths)
    for index, (line, length, width) in enumerate(zip(lines, lengths, _widths(lengths), strict=True)):
        first, position = position, position + len(line)
        if not length:
            if start is not None and not 0 < open_brackets < 3:
                yield start, end
                start = None
                open_brackets = 0
            continue
        parted = first - end > 1 and text.count("\n", end, first) > 1 and not _GOES_ON_IN_BRACKETS.match(line)
        goes_on = index in filled or (
            start is not None
            and not (index in loose and _opens_entry(text, end, line))
            and _wraps(text, start, end, line, open_brackets, width)
        )
        if start is not None and (parted or not goes_on):
            yield start, end
            start, open_brackets = None, 0
        if start is None:
            start = first
        if "(" in line or ")" in line:
            open_brackets = max(0, open_brackets + line.count("(") - line.count(")"))
        end = first + length
        if end - start > LONGEST_SENTENCE * 40:
            yield start, end
            start, open_brackets = None, 0
    if start is not None:
        yield start, end


def _opens_entry(text: str, end: int, line: str) -> bool:
    """Whether a line of a block that is not filled opens an entry: with a capital letter, behind a finished one."""
    finished = text[end - 1].isalnum() or text[end - 1] in ")%]"
    return (
        line[0].isupper() and finished and _LEFT_OPEN.search(text, max(0, end - _LONGEST_WORD), end) is None
    )


def _filled(lines: list[str], lengths: list[int]) -> tuple[set[int], set[int]]:
    """Return which lines go on with the one above because that was full, and which stand in blocks of loose lines.

    In a paragraph filled to one width the first word of a line had no room above, whatever it is: a figure, a name,
    half of a date. In a loose block next to no line is full.
    """
    out: set[int] = set()
    loose: set[int] = set()
    first = 0
    for index, length in enumerate([*lengths, 0]):
        if length:
            continue
        if index - first > _FEW_LINES and sum(lengths[first:index]) >= _SHORTEST * (index - first):
            full = _full(lines[first:index], lengths[first:index])
            if sum(full) < _NEXT_TO_NONE * len(full):
                loose.update(range(first, index))
            out |= _filled_block(lines[first:index], lengths[first:index], full, first)
        first = index + 1
    return out, loose


def _full(lines: list[str], lengths: list[int]) -> list[bool]:
    """Return for each line of a block but the last whether the first word of the next had no room in it."""
    width = max(lengths)
    return [
        above + 1 + len(line.split(maxsplit=1)[0]) > width
        for above, line in zip(lengths, lines[1:], strict=False)
    ]


def _filled_block(lines: list[str], lengths: list[int], full: list[bool], first: int) -> set[int]:
    """Return which of the lines of a block, the first of which has the number ``first``, go on with the one above."""
    if not _NARROWEST <= max(lengths) <= _WIDEST:
        return set()
    items = sum(
        _STARTS_ITEM.match(line) is not None or _COLUMNS.search(line, 0, 200) is not None or "|" in line
        for line in lines
    )
    few = _MOST_ITEMS if all(full) else 1 - _MOSTLY
    if sum(full) < _MOSTLY * len(full) or items > few * len(lines):
        return set()
    return {first + number for number, is_full in enumerate(full, start=1) if is_full}


_FEW_LINES = 3
"""Lines of a block up to which it does not show whether it is filled."""
_SHORTEST = 20
"""Characters that the lines of a block have on the average, below which it is a list, filled with nothing."""
_NARROWEST = 35
"""Characters of the longest line from which a block may be filled text: a narrower one is a list."""
_MOSTLY = 0.8
"""Share of the lines of filled text that are full, and that open with nothing that an item opens with."""
_NEXT_TO_NONE = 0.25
"""Share of full lines below which no line of a block ends where it does because it was full."""
_MOST_ITEMS = 0.4
"""Share of lines that open as items do, where every line is full: half of a date opens many in a narrow column."""


_LEFT_OPEN = re.compile(
    r"[a-z,)]\s(?:the|an?|of|in|to|and|or|with|from|for|at|on|by|was|were|is|are|has|had|his|her|which|that|than|as|into"
    r"|be|been)\Z"
)
"""A word behind which no line is over: "there is a 6 mm focus in the"."""
_LONGEST_WORD = 8


def _widths(lengths: list[int]) -> list[int]:
    """Return for each line the length of the longest of the lines that stand together with it, without a blank one."""
    widths = [0] * len(lengths)
    first = 0
    for index, length in enumerate([*lengths, 0]):
        if length == 0:
            if first < index:
                widths[first:index] = [max(lengths[first:index])] * (index - first)
            first = index + 1
    return widths


_GOES_ON_IN_BRACKETS = re.compile(r"[ \t]{0,8}[a-z0-9)\]]")
"""How a line goes on with brackets that an empty line has broken: those of another paragraph were never closed."""


def _ends_entry(text: str, end: int) -> bool:
    """Whether the line that ends at ``end`` may be a whole entry: behind a figure, a bracket or a rating."""
    last = text[end - 1]
    return last in _ENDS_ENTRY or (last in "RDE" and _RATED.search(text, max(0, end - 5), end) is not None)


_RATED = re.compile(r"\b(?:CR|PR|SD|PD|NED|NE)$")


def _is_plain(line: str) -> bool:
    """Whether a line opens with a small letter and has nothing that items, rows and headed entries have.

    Most lines that go on are so; asked first, it spares them the patterns.
    """
    return (
        "a" <= line[0] <= "z"
        and line[1:2] not in (".", ")")
        and ":" not in line
        and "  " not in line
        and "\t" not in line
        and "|" not in line
    )


def _wraps(text: str, start: int, end: int, line: str, open_brackets: int, width: int) -> bool:
    """Whether ``line`` goes on with the block that ends at ``end``; ``width`` is that of the lines around it."""
    if open_brackets == 1 and end - start < LONGEST_SENTENCE:
        return True
    if line[0] in "dwm" and (counted := _COUNTED_ENTRY.match(line)) is not None:
        above = text.rfind("\n", start, end) + 1 or start
        among_others = _COUNTED_ENTRY.match(text, above, end) is not None or (
            end - above < _WRAPPED and heading_kind(text[above:end].strip(" \t\r:0123456789.)")) is not None
        )
        return counted["colon"] is None and text[end - 1] not in ".;" and not among_others
    if _is_plain(line):
        if _DATED.match(text, start, end) and end - start + len(line.split(maxsplit=1)[0]) + _RAGGED <= width:
            return False  # an entry of a day is over where the next word had found room
        return not _ends_entry(text, end) or _ENTRY.match(line) is None
    if _STARTS_ITEM.match(line) or _COLUMNS.search(line, 0, 200) or line.count("|") > 1:
        return False
    if _HEADED_ENTRY.match(line) or _TWO_COLUMNS.match(line):
        return False
    if _GRADED.match(line) and _ends_entry(text, end):
        return False
    if _OPENS_LOWER.match(line):
        return not _ends_entry(text, end) or _ENTRY.match(line) is None
    if text[end - 1] in ".:;!?" or _BEGINS_SENTENCE.match(line):
        return False
    line_start = text.rfind("\n", start, end) + 1 or start
    if end - line_start > _SHORTEST and _LEFT_OPEN.search(text, max(0, end - _LONGEST_WORD), end) is not None:
        return True
    word = line.split(maxsplit=1)[0]
    finished = text[end - 1].isalnum() or text[end - 1] in ")%]"
    length = end - line_start
    if finished and (length > _WIDEST or length + len(word) + _RAGGED <= width):
        return False  # the next word had found room: it was meant to begin a line
    return end - line_start > 68 and heading_kind(line.strip().rstrip(":")) is None
