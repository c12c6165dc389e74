"""JATS XML, the form in which PubMed Central and most publishers keep an article.

What is read is the title, the abstract, the body with its tables, and the legends of figures; references, the back
matter and formulas are not part of the case. Entities, external DTDs and the network are off: a standard entity
name (``&alpha;``) is read as its character, any other stays as it is written. Spans of facts count characters of the
text laid out here.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from lxml import etree

from caseboard.case import Case, DateInterval, Document
from caseboard.errors import InputError
from caseboard.formats.layout import LEGENDS, Section, lay_out, table_row
from caseboard.formats.narration import read_document
from caseboard.formats.source import SourceText
from caseboard.narrative.headings import heading_kind

__all__ = ["jats_document", "read_jats"]

_ARTICLE = "JATS has an <article> with <front> and <body>"
_PARAGRAPHS = frozenset({"p", "list-item", "disp-quote", "def-item", "verse-line", "speech"})
_APART = frozenset({"fig", "fig-group", "table-wrap", "ref-list", "disp-formula", "supplementary-material"})
# What stands inside a paragraph and is no word of it.
_NOT_WORDS = frozenset({"tex-math", "object-id", "fn", "alt-text"})
_SECTIONS = frozenset({"sec", "boxed-text", "app"})
# The values of sec-type that JATS recommends, as headings that the reader knows.
_SECTION_TYPES = {
    "cases": "Case report",
    "conclusions": "Conclusions",
    "discussion": "Discussion",
    "intro": "Introduction",
    "materials": "Materials and methods",
    "methods": "Methods",
    "supplementary-material": "Supplementary materials",
}
_DATE_TYPES = ("epub", "pub", "ppub", "collection", None)


def jats_document(source: SourceText) -> Document:
    """Return the document of a JATS article; raises ``InputError`` where it is no XML, or no article."""
    article = _article(source)
    title = _words(article.find("./front//article-meta//article-title"))
    doi = article.findtext("./front//article-meta/article-id[@pub-id-type='doi']")
    abstracts = article.findall("./front//article-meta/abstract")
    body = article.find("./body")
    sections: list[Section] = []
    for abstract in abstracts:
        sections.extend(_sections(abstract, "Abstract"))
    if body is not None:
        sections.extend(_sections(body, ""))
        sections.extend(_floating(article, body))
    text = lay_out(title, sections)
    published = _published(article)
    return Document(name=source.name, text=text, title=title, published=published, doi=doi and doi.strip())


def read_jats(source: SourceText) -> Case:
    """Return the case of a JATS article; raises ``InputError`` or ``NoPatientError``."""
    return read_document(jats_document(source), source.path)


def _article(source: SourceText) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as error:
        wrong = error.msg.rsplit(", line", 1)[0]
        raise InputError(
            source.path, f"the XML is broken: {wrong}", _ARTICLE, place=f"line {error.lineno}"
        ) from error
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    article = root if root.tag == "article" else root.find(".//article")
    if article is None:
        raise InputError(source.path, f"this is XML with the root <{root.tag}>", _ARTICLE)
    return article


def _sections(parent: etree._Element, heading: str) -> Iterator[Section]:
    """Yield the sections of an element in order; a section's own title replaces the heading of its parent."""
    paragraphs: list[str] = []
    told = False
    for child in parent.iterchildren(etree.Element):
        if child.tag in _SECTIONS:
            if paragraphs or not told:
                yield heading, paragraphs
            paragraphs, told = [], True
            yield from _sections(child, _heading(child) or heading)
        elif child.tag in _PARAGRAPHS:
            paragraphs.append(_words(child))
            paragraphs.extend(_table_rows(child))
        elif child.tag in {"list", "def-list", "table-wrap", "table-wrap-group"}:
            paragraphs.extend(_words(item) for item in child.iterchildren("list-item", "def-item"))
            paragraphs.extend(_table_rows(child))
    if paragraphs:
        yield heading, paragraphs


def _heading(section: etree._Element) -> str:
    """Return the title of a section; where it says nothing that is known, but the type does, what the type says."""
    title = _words(section.find("./title"))
    kinds = (section.get("sec-type") or "").split("|")
    known = next((_SECTION_TYPES[kind] for kind in kinds if kind in _SECTION_TYPES), "")
    return known if known and (not title or heading_kind(title.rstrip(":. ")) is None) else title


def _floating(article: etree._Element, body: etree._Element) -> Iterator[Section]:
    """Yield the tables that float beside the text, then the legends of all figures."""
    groups = article.findall("./floats-group")
    rows = [row for group in groups for row in _table_rows(group) if row]
    legends = [_words(legend) for part in (body, *groups) for legend in part.iterfind(".//fig//caption")]
    if rows or legends:
        yield LEGENDS, [*rows, *legends]


def _table_rows(element: etree._Element) -> Iterator[str]:
    for table in element.iter("table-wrap"):
        yield _words(table.find("./caption"))
        for row in table.iter("tr"):
            yield table_row(_words(cell) for cell in row.iterchildren("td", "th"))


def _words(element: etree._Element | None) -> str:
    """Return the text of an element without what stands apart from it."""
    return "" if element is None else " ".join("".join(_pieces(element)).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child, etree._Entity):  # noqa: SLF001 - lxml has no public name for this class
            yield html.unescape(child.text or "")
        elif isinstance(child.tag, str) and not (
            child.tag in _APART or child.tag in _NOT_WORDS or _is_mark(child)
        ):
            yield from _pieces(child)
            if child.tag in _PARAGRAPHS or child.tag in {"title", "break"}:
                yield " "
        yield child.tail or ""


def _is_mark(element: etree._Element) -> bool:
    """Whether an element is a superscript that only leads to references: glued to a word it would change it."""
    links = list(element.iterchildren("xref"))
    if element.tag == "xref":
        return (
            element.get("ref-type") == "bibr"
            and len(element) == 1
            and element[0].tag == "sup"
            and not element.text
        )
    if element.tag != "sup" or not links or len(links) != len(element):
        return False
    told = [element.text or "", *(link.tail or "" for link in links)]
    return all(link.get("ref-type") == "bibr" for link in links) and not any(map(str.isalnum, "".join(told)))


def _published(article: etree._Element) -> DateInterval | None:
    dates = article.findall("./front//article-meta/pub-date")
    for wanted in _DATE_TYPES:
        for found in dates:
            if (found.get("pub-type") or found.get("date-type")) == wanted:
                day = _day(found)
                if day:
                    return day
    return None


def _day(element: etree._Element) -> DateInterval | None:
    parts = [(element.findtext(name) or "").strip() for name in ("year", "month", "day")]
    numbers = [int(part) if part.isdecimal() and len(part) <= 4 else None for part in parts]
    year, month, day = numbers
    if year is None:
        return None
    try:
        return DateInterval.of(year, month, day)
    except ValueError:
        return None
