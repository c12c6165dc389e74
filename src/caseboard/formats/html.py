"""HTML pages saved from a journal, or from the record of a hospital.

What is read is the title, the article with its headings, lists and tables, and the legends of figures; scripts, styles,
navigation, forms, what is hidden, and superscript marks of references are not part of the case. Nothing is loaded from
anywhere. Spans of facts count characters of the text laid out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from caseboard.case import Case, DateInterval, Document, parse_partial_date
from caseboard.errors import InputError
from caseboard.formats.layout import LEGENDS, Section, lay_out, table_row
from caseboard.formats.narration import read_document
from caseboard.formats.reflow import reflow
from caseboard.formats.source import SourceText

__all__ = ["html_document", "html_table_rows", "read_html"]

_MOST_TAGS = 2_000_000
_EXPECTED = "save the article's page alone, or its text as plain text"
_DROPPED_TAGS = (
    "script style noscript template nav form button select option input textarea iframe svg canvas audio video object"
    " embed footer aside dialog menu head"
)
_DROPPED = frozenset(_DROPPED_TAGS.split())
_DROPPED_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog", "toolbar", "alert"}
)
_CLASSES = (
    "nav navbar navigation breadcrumb breadcrumbs menu sidebar toolbar cookie-banner skip-link sr-only visually-hidden"
    " usa-sr-only social share share-buttons advertisement ad metrics pagination footer related-articles noprint"
)
_DROPPED_CLASSES = frozenset(_CLASSES.split())
_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span strike"
    " strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NUMBERED = re.compile(r"\s{0,9}(?:table|figure|fig\.?)\s{0,3}\d", re.IGNORECASE)
_MARKS = re.compile(r"[\d\s,;–—\[\]()*†-]{0,40}")
_HIDDEN = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.IGNORECASE)
_MAIN_SHARE = 0.5
_MOST_CANDIDATES = 50


def html_document(source: SourceText) -> Document:
    """Return the document of an HTML page; raises ``InputError`` where it is nested too deeply or has no text."""
    root = _parsed(source.text, source.path)
    flat = _Flattener()
    flat.read(_main(root))
    title = _meta(root, "citation_title", "dc.title", "og:title") or flat.title or _page_title(root)
    sections = [("" if heading == title else heading, told) for heading, told in flat.sections]
    legends: list[Section] = [(LEGENDS, flat.legends)] if flat.legends else []
    return Document(
        name=source.name,
        text=lay_out(title, [*sections, *legends]),
        title=title,
        published=_published(root),
        doi=(_meta(root, "citation_doi", "dc.identifier").removeprefix("doi:") or None),
    )


def read_html(source: SourceText) -> Case:
    """Return the case of an HTML page; raises ``InputError`` or ``NoPatientError``."""
    return read_document(html_document(source), source.path)


def html_table_rows(text: str, path: str) -> list[str]:
    """Return the rows of the tables in a piece of HTML, one line a row."""
    if not text.strip():
        return []
    return [row for table in _parsed(text, path).iter("table") for row in _rows(table)]


def _parsed(text: str, path: str) -> etree._Element:
    if text.count("<") > _MOST_TAGS:
        raise InputError(path, f"an HTML page with more than {_MOST_TAGS // 10**6} million tags", _EXPECTED)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        # Surrogates cannot be encoded; "replace" keeps the parser from stopping at one.
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(path, f"the HTML is broken: {error.msg}", _EXPECTED) from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise InputError(path, "the HTML is nested too deeply", _EXPECTED)
    if root is None:
        raise InputError(path, "the HTML page is empty", _EXPECTED)
    return root


def _main(root: etree._Element) -> etree._Element:
    """Return the article of a page, where one element holds most of its text."""
    body = root.find("body")
    whole = root if body is None else body
    for name in ("article", "main"):
        found = [element for element in root.iter(name) if not any(True for _ in element.iterancestors(name))]
        sizes = [
            (sum(map(len, element.itertext())), -i) for i, element in enumerate(found[:_MOST_CANDIDATES])
        ]
        if sizes and max(sizes)[0] >= _MAIN_SHARE * _size_of_paragraphs(whole):
            return found[-max(sizes)[1]]
    return whole


def _size_of_paragraphs(whole: etree._Element) -> int:
    return sum(len(paragraph.text or "") for paragraph in whole.iter("p"))


class _Flattener:
    """Walks an element without recursion and gathers headings, paragraphs and legends."""

    def __init__(self) -> None:
        self.title = ""
        self.sections: list[tuple[str, list[str]]] = [("", [])]
        self.legends: list[str] = []
        self._line: list[str] = []
        self._prefix = ""

    def read(self, root: etree._Element) -> None:
        """Gather what an element holds."""
        self._text(root.text)
        stack: list[tuple[etree._Element, Iterator[etree._Element]]] = [(root, iter(root))]
        while stack:
            parent, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if parent.tag not in _INLINE:
                    self._end_line()
                if stack:
                    self._text(parent.tail)
                continue
            if not isinstance(child.tag, str) or _is_dropped(child) or self._whole(child):
                self._text(child.tail)
                continue
            if child.tag not in _INLINE:
                self._end_line()
            if child.tag == "li":
                self._prefix = "- "
            self._text(child.text)
            stack.append((child, iter(child)))
        self._end_line()

    def _whole(self, element: etree._Element) -> bool:
        """Read an element that is taken as a whole; False where it is walked through."""
        tag = element.tag
        if tag in _HEADINGS:
            self._heading(element)
        elif tag == "table" and _is_data(element):
            self._end_line()
            self._told.extend(_rows(element))
        elif tag == "figure" or (tag == "div" and "fig" in _classes(element)):
            self._end_line()
            self._figure(element)
        elif tag == "pre":
            self._end_line()
            self._told.extend(reflow(_words(element).splitlines()))
        elif tag in {"br", "hr"}:
            self._end_line()
        else:
            return tag == "sup" and _is_reference(element)
        return True

    @property
    def _told(self) -> list[str]:
        return self.sections[-1][1]

    def _heading(self, element: etree._Element) -> None:
        self._end_line()
        words = " ".join(_words(element).split())
        if not words:
            return
        if element.tag == "h1" and not self.title:
            self.title = words
        if _NUMBERED.match(words):
            self._told.append(words)
        else:
            self.sections.append((words, []))

    def _figure(self, element: etree._Element) -> None:
        for table in element.iter("table"):
            self._told.extend(_rows(table))
        captions = (
            list(element.iter("figcaption"))
            or [found for found in element.iter("div", "p", "span") if "caption" in _classes(found)][:1]
        )
        self.legends.extend(words for found in captions if (words := " ".join(_words(found).split())))

    def _text(self, text: str | None) -> None:
        if text:
            self._line.append(text)

    def _end_line(self) -> None:
        line = " ".join("".join(self._line).split())
        self._line = []
        if line:
            self._told.append(self._prefix + line)
            self._prefix = ""


def _is_data(table: etree._Element) -> bool:
    """Whether a table holds data; one that holds other tables only lays out the page."""
    return next(table.iterdescendants("table"), None) is None and table.get("role") != "presentation"


def _rows(table: etree._Element) -> Iterator[str]:
    for caption in table.iterchildren("caption"):
        yield " ".join(_words(caption).split())
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            span = cell.get("colspan") or ""
            cells += [
                _words(cell),
                *[""] * (min(int(span), 20) - 1 if span.isdecimal() and len(span) < 3 else 0),
            ]
        yield table_row(cells) if cells else ""


def _words(element: etree._Element) -> str:
    """Return the text of an element without what is dropped; block elements divide words."""
    out = [element.text or ""]
    stack: list[tuple[etree._Element, Iterator[etree._Element]]] = [(element, iter(element))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                out.append(("" if parent.tag in _INLINE else " ") + (parent.tail or ""))
        elif (
            not isinstance(child.tag, str)
            or _is_dropped(child)
            or (child.tag == "sup" and _is_reference(child))
        ):
            out.append(child.tail or "")
        elif child.tag == "br":
            out.append("\n" + (child.tail or ""))
        else:
            out.append(("" if child.tag in _INLINE else " ") + (child.text or ""))
            stack.append((child, iter(child)))
    return "".join(out)


def _is_dropped(element: etree._Element) -> bool:
    if element.tag in _DROPPED or "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    return bool(
        element.get("role") in _DROPPED_ROLES
        or _DROPPED_CLASSES & _classes(element)
        or _HIDDEN.search((element.get("style") or "")[:500])
    )


def _classes(element: etree._Element) -> set[str]:
    return set((element.get("class") or "")[:1000].lower().split())


def _is_reference(superscript: etree._Element) -> bool:
    """Whether a superscript only leads to references: numbers that are links into the page."""
    parent = superscript.getparent()
    links = [child for child in superscript if child.tag == "a"]
    if parent is not None and parent.tag == "a" and "#" in (parent.get("href") or ""):
        return len(superscript) == 0 and bool(_MARKS.fullmatch(superscript.text or ""))
    if not links or len(links) != len(superscript):
        return False
    told = [superscript.text or "", *(text or "" for link in links for text in (link.text, link.tail))]
    return all("#" in (link.get("href") or "") and len(link) == 0 for link in links) and all(
        _MARKS.fullmatch(text) for text in told
    )


def _meta(root: etree._Element, *names: str) -> str:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        found.setdefault(name, " ".join((element.get("content") or "").split()))
    return next((found[name] for name in names if found.get(name)), "")


def _page_title(root: etree._Element) -> str:
    title = root.find(".//head/title")
    return "" if title is None else " ".join((title.text or "").split())


def _published(root: etree._Element) -> DateInterval | None:
    written = _meta(root, "citation_publication_date", "citation_online_date", "citation_date", "dc.date")
    try:
        return parse_partial_date(written.replace("/", "-")[:10]) if written else None
    except ValueError:
        return None
