"""A tumour's name as a pathologist would write it, with what the words around it add: subtype, change, site."""

from __future__ import annotations

import re

import msgspec

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.short_names import short_name
from caseboard.narrative.view import View
from caseboard.terms import anatomy, tumors

__all__ = ["TumorName", "tumor_name"]

_MODIFIERS = pattern(
    r"(?:\b(?:metastatic|metastases of|metastasis of|metastasis from|metastases from|dedifferentiated"
    r"|myxoid|pleomorphic|extraskeletal|sarcomatoid|mucinous|papillary|monophasic|biphasic)\s)$",
    re.IGNORECASE,
)
_KIND_OF = pattern(
    r"\b(?P<kind>[a-z][a-z-]{4,20}(?:ic|oid|al|ous|ar|lytic))[\s-](?:type|variant|subtype"
    r"|form)\sof\s(?:an?\s)?$",
    re.IGNORECASE,
)
_CHANGE_OF = pattern(
    r"\b(?P<change>[a-z-]{5,20}(?:ous|ic|oid|ed)\s(?:transformation|differentiation|dedifferentiation"
    r"|overgrowth))\s(?:of|in|within|arising\sin)\s(?:an?\s|the\s)?$",
    re.IGNORECASE,
)
_WITH_CHANGE = re.compile(
    r"(?:\s?\([A-Z]{2,7}\))?\s(?P<change>with\s(?:[a-z-]{4,18}\s){0,2}(?:transformation"
    r"|differentiation|dedifferentiation|component|features|overgrowth|spindle cells))\b",
    re.IGNORECASE,
)
_OF_SITE = re.compile(
    r"(?:\s?\([A-Za-z-]{2,9}\))?\s(?:of|in)\s(?:the\s)?(?:(?:left|right|upper|lower|distal|proximal"
    r"|urinary|anterior|posterior|small|middle)\s){0,2}",
    re.IGNORECASE,
)
_METASTASIS = re.compile(r"\s(?:metastas[ie]s|mets?)\b", re.IGNORECASE)
_WORDS = re.compile(r"[A-Za-z][A-Za-z-]{2,20}")


class TumorName(msgspec.Struct, frozen=True):
    """A tumour's name with what the sentence adds to it, at characters ``start`` to ``end``."""

    start: int
    end: int
    name: str
    code: str


def tumor_name(view: View, tumor: Mention) -> TumorName:
    """Return the tumour's name as a pathologist would write it, with its subtype, its change and its site."""
    text = view.whole
    start, end, code = tumor.start, tumor.end, tumor.key
    short = short_name(view, tumor)
    name = text[start:end] if short is None else short.name
    kind = view.has(_KIND_OF, max(view.start, start - 45), start)
    change = view.has(_CHANGE_OF, max(view.start, start - 70), start)
    modifier = view.has(_MODIFIERS, max(view.start, start - 30), start)
    if kind is not None:
        start, name = kind.start(), f"{kind['kind']} {name}"
    elif change is not None:
        start, name = change.start(), f"{name} with {change['change']}"
    elif (fuller := _fuller(view, tumor)) is not None:
        start, name = fuller
    elif (organ := _of_organ(view, tumor)) is not None:
        start, name = organ.start, f"{text[organ.start : organ.end]} {name}"
    elif modifier is not None:
        start, name = modifier.start(), f"{modifier[0]}{name}"
    following = _WITH_CHANGE.match(text, end, view.end)
    if following is not None:
        end, name = following.end(), f"{name} {following['change']}"
    spread = _METASTASIS.match(text, end, view.end)
    if spread is not None:
        end, name = spread.end(), f"metastatic {name}"
    found = tumors.lookup(name)
    if found is not None:
        code = found.term.key
    where = _OF_SITE.match(text, end, view.end)
    site = None if where is None else _site_at(view, where, name)
    if site is not None and " of " not in name:
        whole = anatomy.organ_of(site.key)
        own = None if whole is None else tumors.lookup(f"{whole} {name}")
        code = own.term.key if own is not None and code.startswith("CB:") else code
        end, name = site.end, f"{name} of the {_SIDE.sub('', text[site.start : site.end])}"
    return TumorName(start, end, tumors.spelled_out(" ".join(name.split())), code)


_SIDE = re.compile(r"^(?:left|right)\s", re.IGNORECASE)


def _site_at(view: View, where: re.Match[str], name: str) -> Mention | None:
    """Return the site to which words lead; of a carcinoma be its side part of its name: "of the right lung"."""
    sided = "carcinoma" in name.lower()
    return next(
        (
            m
            for m in view.of("site")
            if (m.start == where.end() or (sided and where.start() < m.start <= where.end() < m.end))
            and not _IS_OF_ANOTHER.match(view.whole, m.end, view.end)
        ),
        None,
    )


_IS_OF_ANOTHER = re.compile(r"(?<=al|ic|ar)\s(?!and\b|with\b|in\b|of\b|was\b|has\b|at\b|on\b|for\b)[A-Za-z]")
"""What makes a site the adjective of what is named next: "of the retroperitoneal IVC"."""
_OF_ANY_ORGAN = frozenset({"CB:ADENOCARCINOMA", "CB:CARCINOMA"})


def _of_organ(view: View, tumor: Mention) -> Mention | None:
    """Return the organ right before the name of a tumour that any organ may have: "pancreatic head adenocarcinoma"."""
    if tumor.key not in _OF_ANY_ORGAN:
        return None
    return next((m for m in view.of("site") if view.whole[m.end : tumor.start] == " "), None)


def _fuller(view: View, tumor: Mention) -> tuple[int, str] | None:
    """Return where a fuller name begins, and that name, where the words before the tumour's name are part of one."""
    name = tumors.spelled_out(view.whole[tumor.start : tumor.end])
    words = list(_WORDS.finditer(view.whole, max(view.start, tumor.start - 60), tumor.start))
    for first in words[-3:]:
        if view.whole[words[-1].end() : tumor.start] != " ":
            return None
        before = " ".join(view.whole[first.start() : tumor.start].split())
        if tumors.vocabulary().lookup(f"{before} {name}") is not None:
            return first.start(), f"{before} {name}"
    return None
