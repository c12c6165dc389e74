"""Sizes, uptake and gone-ness as written: "50 × 45 × 60 mm", "5,1x3.4 cm", "3-cm", "SUVmax 12.3", "subcentimetre"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs

__all__ = ["NEEDS", "Size", "find_sizes", "find_suv", "former_size"]

_DECIMALS = r"(?:(?:[.,]|\. )\d{1,2})?"
"""Behind the point there may be a space, by which a decimal was torn; elsewhere a point ends the sentence."""
_NUMBER = rf"\d{{1,3}}{_DECIMALS}(?!\d)"
_AXIS = r"(?:\s?\((?:AP|TR|TV|TS|CC|SI|ML|RL|LR|PA|[TLWHD]|ap|tr|cc)\))?"
"""The axis that a diameter is measured along: "8.4 (CC) x 6.9 (AP) cm"."""
_FIRST = rf"\d(?<![\d.,]\d)\d{{0,2}}{_DECIMALS}"
"""A number that no other goes on with; a search for its first figure is faster than one for what is before it."""
_UNIT = r"(?:mm|millimet(?:er|re)s?|cm|centimet(?:er|re)s?|inch(?:es)?)"
_BY = rf"{_AXIS}\s{{0,3}}(?:[x×X*]|by|&#215;|&times;)\s{{0,3}}"
_SIZE = pattern(
    rf"(?P<first>{_FIRST})(?:\s?[-–]?\s?(?P<unit1>{_UNIT}))?"
    rf"(?:{_BY}(?P<second>{_NUMBER})(?:\s?[-–]?\s?(?P<unit2>{_UNIT}))?)?"
    rf"(?:{_BY}(?P<third>{_NUMBER}){_AXIS}(?:\s?[-–]?\s?(?P<unit3>{_UNIT}))?)?",
)
_RANGE = pattern(
    rf"(?P<low>{_FIRST})\s?(?:{_UNIT})?\s?(?:[-–]|to"
    rf"|and)\s?(?P<high>{_NUMBER})\s?[-–]?(?P<unit>{_UNIT})\b"
)
_PAIR = pattern(
    rf"(?P<low>\d(?<![\d.,/-]\d)\d{{0,2}}(?:[.,]\d{{1,2}})?)(?:,?\s(?:and|&|\+)|(?<=[(:]\d\.\d),|(?<=[(:]\d\d),"
    rf"|(?<=[(:]\d),)\s(?={_NUMBER}\s?[-–]?(?P<unit>{_UNIT})\b(?!{_BY}\d))",
)
"""Two lesions with one unit: "of 8 and 12 mm"."""
_NOT_A_PAIR = pattern(
    r"\b(?:between|from|grades?|days?|segments?|cycles?|weeks?|months?|stages?|levels?|figures?|cases?"
    r"|points?|lines?|phases?|of \d{1,3}|(?:jan|febr)(?:uary)?|feb|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|(?:nov|dec)(?:ember)?)\.?\s$",
    re.IGNORECASE,
)
"""What numbers something else, among it the day of a month: "63 mm on June 4 and 51 mm on August 20"."""
_SUV_IN = (
    r"(?:\s(?:of|in|for|at)\s(?:the\s)?(?:[A-Za-z-]{3,16}\s){1,7}?(?=was\b|is\b|of\b|=|:|were\b|reached\b))?"
)
_SUV_IS = (
    r"(?:\s?(?:=|:|of|was|is|,|were|values?|levels?|up to|≈|~|about|approximately|measuring"
    r"|reached|reaching|index)){0,4}\s{0,2}"
)
_SUV = pattern(
    rf"\bSUVs?[\s-]{{0,2}}(?:max(?:imum)?|peak|mean)?\b\.?\)?{_SUV_IN}{_SUV_IS}"
    r"(?P<value>\d{1,2}(?:[.,]\d{1,2})?)(?!\s?(?:mm|cm)|[\d-])"
    r"|\b(?:max(?:imum|imal)?\.?\s(?:standardi[sz]ed uptake value|SUV)|standard(?:i[sz]ed)? uptake value)s?"
    r"(?:\s?\(SUV[\s-]?(?:max)?\))?"
    rf"{_SUV_IN}{_SUV_IS}(?P<value2>\d{{1,2}}(?:[.,]\d{{1,2}})?)",
    re.IGNORECASE,
)
_SUV_TOO = re.compile(
    r"\s?(?:,|and|,\sand|/|&)\s?(?P<value>\d{1,2}[.,]\d{1,2})(?=\s?(?:[);.]|,\s|and\b|respectively))"
)
"""A further value of a list of uptakes: "(SUVmax 5.2 and 4.7)"."""
_SLASHED = pattern(
    r"(?P<first>\d(?<![\d.,/]\d)(?:\d{1,2}|\d?[.,]\d(?=/\d\d?[.,]\d)))\s?/\s?(?P<second>\d{2,3}|\d{1,2}[.,]\d)"
    r"(?:\s?/\s?(?P<third>\d{2,3}|\d{1,2}[.,]\d))?\s?(?P<unit>mm|cm)\b"
)
"""Diameters between slashes, as French and Arabic authors have them: "112/85 mm", "6.8/5.5 cm"."""
_SIDED = pattern(
    r"\b(?:R|L|Rt|Lt|right|left)\s(?P<low>\d{1,3}(?:[.,]\d)?)\s?(?:,|;|/|and|&)\s?(?:R|L|Rt|Lt|right"
    r"|left)\s\d{1,3}(?:[.,]\d)?"
    r"\s?(?P<unit>mm|cm)\b"
)
"""The first of two sizes that share a unit, each behind its side: "(R 3.1, L 2.7 cm)"."""
_NOT_A_LESION_AFTER = pattern(
    r"^[\s-]?(?:/(?!\s)|(?:of )?mid-?line (?:shift|deviation)|(?:surgical |clear |free |deep |resection |security "
    r"|safety "
    r"|excision )?margins?\b"
    r"|from\b(?!\s(?:about\s)?\d)|above\b|below\b|proximal\b|distal (?:to|from)\b|away|apart|incision|port"
    r"|trocar|circumference|of (?:the )?(?:ileum|jejunum|bowel|colon|small|normal|free|clear|healthy"
    r"|(?:[a-z-]{3,12}\s)?margins?\b)"
    r"|(?:(?:oriented|unoriented|fresh|intact|total|partial|radical|simple|right|left|formalin-fixed"
    r"|skin-sparing)\s){0,3}"
    r"(?:\w{3,14}ectomy|(?:skin )?ellipse|specimen)\b|simple (?:[a-z]{3,12} )?cysts?\b"
    r"|(?:renal|kidney|hepatic|liver|baker['’]?s?|popliteal|arachnoid) cysts?\b|cysts? (?:in|of) the (?:left |right )?"
    r"(?:kidney|liver)\b"
    r"|(?:liver|hepatic|splenic|spleen) (?:edge|tip)\b"
    r"|thick slices?|slices?|sections?|surgical margins?|safety margins?|tumou?r[- ]free|\(?Breslow|deep to"
    r"|(?:(?:L|R|left|right|renal|kidney|ureteric|ureteral|bladder|non-obstructing)\s){0,3}(?:stones?|calcul(?:us|i)"
    r"|gallstones?)\b|long incision|scar|tall\b|high\b(?![- ](?:grade|risk))|thick\b|in height|H2O|Hg)",
    re.IGNORECASE,
)
_IN_THICKNESS = re.compile(r"[\s-]in\sthickness\b", re.IGNORECASE)
_GROWS_FLAT = re.compile(
    r"\b(?:cak(?:e|ing)|rind|plaques?|sheet|mass|lesion|tumou?r|deposits?|nodul\w{2,5}|implants?)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
"""What is measured by its thickness, where a wall that is so thick is no lesion."""
_NOT_A_LESION_BEFORE = pattern(
    r"(?:\b(?:closest|nearest)(?: (?:one|margin))?(?: (?:being|was|at|of|is)|,)?:?|margins?(?: of| at| was| were|:"
    r"| \((?:less than |< ?|of )?| \(?(?:closest|minimum|minimal)(?: at)?)?"
    r"|margins?(?:\s(?!(?:tumou?r|mass|lesion|nodule|and|with)\b)\(?[a-z]{2,12}){1,5}|in aggregate(?: of)?"
    r"|(?:resulting|remaining|surgical|operative|tissue|skin|cutaneous|fascial|dural|wound) defects?"
    r"(?:\s(?!(?:tumou?r|mass|lesion|nodule|and|with)\b)\(?[a-z]{2,12}){0,6}"
    r"|megaly (?:of|by|measuring|to)|(?:(?:renal|kidney|simple|popliteal|arachnoid) cysts?|stones?|calcul(?:us"
    r"|i)) (?:of|measuring)|(?:elongat|lengthen|shorten)\w{2,4}(?: of| by|,)?|discrepancy(?: of)?"
    r"|midline shift(?: of| by)?|(?:shift|displac\w{2,6}|deviat\w{2,4}) (?:of|by)|R[01],|wall thickness(?: of)?"
    r"|(?:bowel|ca?ecal|colonic|gallbladder) wall"
    r"|(?:bowel|ileal|ileum|jejunal|jejunum|colon|colonic|intestinal) res(?:ection|ected)?\.?,?(?: of)?"
    r"|Breslow(?: thickness| depth)?(?: of| was|:)?|girth[^.;]{0,50}?(?:of|was|from|to|at|:)|circumference(?: of| was"
    r"| from| to| decreased to| reduced to|, of)?(?: the [a-z ]{3,30})?|distance of|thickness(?: of| was| is|:)?"
    r"|depth of"
    r"|(?:duct|aorta|vein|artery|lumen|stenosis)(?: was| were| is|,)? (?:of|at|to|measur\w{2,4}|dilated (?:to|at)"
    r"|with a(?: diameter| calib(?:re|er)) of)"
    r"|slice thickness(?: of)?|slices? (?:of|at)|collimation of|along|incision of|diameter of the (?:bowel|duct)"
    r"|sums? of (?:(?:the|all|target|longest|largest|lesions?|tumou?r|their|its)\s){0,4}(?:diameters?|lesions?)\b"
    r"(?:[^.;]{0,40}|[^.;,]{0,60})"
    r"|(?:(?:target|lesion)\ssums?|sums?\sof\s(?:the\s)?targets?|\bS[LO]D)\b[^.;]{0,40}"
    r"|at (?:a )?distance|height(?: of|:)?|stent of|lead of|invasion(?: depth)? of|clear(?:ance)? (?:of"
    r"|by))\s{0,2}\(?(?:about |approximately |ca\.? |only )?$",
    re.IGNORECASE,
)

_BARE = pattern(
    r"\d(?<![\d.,/x×]\d)\d?[.,]\d(?:\s?[x×]\s?\d{1,2}[.,]\d){1,2}(?!\d|[.,]\d|\s?(?:[x×]|mm|cm|mg|g\b|ml|m2|/|%|10))"
)
_LENGTH = pattern("mm|cm|imet|inch")
NEEDS = Needs(patterns=(_BARE, _LENGTH))
"""A size has a unit of length, or is a product of decimals."""
_IMAGED = re.compile(
    r"\b(?:CT|MRI|MR|PET|US|CXR|mass|lesion|nodule|tumou?r|met|mets|node|LN|LUL|LLL|RUL|RML|RLL|deposit"
    r"|recurrence)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s$", re.IGNORECASE)
_FROM_A_PLACE = re.compile(r"\s(?:from\b(?!\s(?:about\s)?\d)|above|below|ab ano)\b", re.IGNORECASE)
_OF_AN_AREA = ("2", "3", "²", "³")
"""What follows the unit of an area or a volume: "mitoses 6/2 mm2"; of a product it is one all the same, "6 x 5 cm2"."""
_IN_MM = {"m": 1.0, "c": 10.0, "i": 25.4}
"""Millimetres of a millimetre, a centimetre and an inch, by the first letter of the unit."""
_LARGEST_MM = 1000
"""A length of a metre or more is no lesion's."""


class Size(msgspec.Struct, frozen=True):
    """Diameters in mm, largest first, written at ``start`` to ``end``."""

    start: int
    end: int
    diameters_mm: tuple[float, ...]


_FORMER = re.compile(
    rf"\bfrom\s(?:about\s|approximately\s|~\s?|ca\.?\s)?(?P<first>{_NUMBER})(?:\s?[x×]\s?(?P<second>{_NUMBER}))?"
    rf"(?:\s?[x×]\s?(?P<third>{_NUMBER}))?\s?-?(?P<unit>{_UNIT})?\s(?:(?:down|up)\s)?to\s(?:about\s|approximately\s"
    rf"|~\s?)?$",
    re.IGNORECASE,
)


def former_size(text: str, size: Size) -> Size | None:
    """Return the size from which a lesion is told to have come to this one: "decreased from 5.0 to 2.3 cm"."""
    came = _FORMER.search(text, max(0, size.start - 60), size.start)
    unit = came and (came["unit"] or next((u for u in ("mm", "cm") if text.endswith(u, 0, size.end)), None))
    if came is None or unit is None:
        return None
    written = (came["first"], came["second"], came["third"])
    values = tuple(sorted((_mm(number, unit) for number in written if number), reverse=True))
    return Size(came.start("first"), size.end, values) if values[0] < _LARGEST_MM else None


def find_sizes(text: str, start: int, end: int) -> Iterator[Size]:
    """Yield the sizes in a stretch of text; margins, incisions, depths and the like are left out."""
    yield from _without_unit(text, start, end)
    if all(text.find(unit, start, end) < 0 for unit in ("mm", "cm", "imet", "inch")):
        return
    ranges = {match.start(): match for match in _RANGE.finditer(text, start, end) if _rises(match)}
    slashed = list(_SLASHED.finditer(text, start, end))
    yield from _products(text, start, end, ranges, {match.end() for match in slashed})
    yield from (
        _of_slashes(match) for match in slashed if not _is_of_something_else(text, start, match.start())
    )
    for match in _PAIR.finditer(text, start, end):
        if not _NOT_A_PAIR.search(text, max(start, match.start() - 16), match.start()):
            yield from _listed_before(text, start, match)
            yield Size(match.start(), match.end("low"), (_mm(match["low"], match["unit"]),))
    for match in _SIDED.finditer(text, start, end):
        yield Size(match.start("low"), match.end("low"), (_mm(match["low"], match["unit"]),))
    for match in ranges.values():
        if _FROM.search(text, max(0, match.start() - 6), match.start()) or _parts_two(match):
            continue
        if _FROM_A_PLACE.match(text, match.end(), end):
            continue
        yield Size(match.start(), match.end(), (_mm(match["high"], match["unit"]),))


def _listed_before(text: str, start: int, pair: re.Match[str]) -> Iterator[Size]:
    """Yield the first of three lengths and more that share a unit: "measured 3.1, 2.0 and 1.4 cm"."""
    listed = _LISTED.search(text, max(start, pair.start() - 60), pair.start())
    for number in (
        _LISTED_NUMBER.finditer(text, listed.start("all"), listed.end()) if listed is not None else ()
    ):
        yield Size(number.start(), number.end(), (_mm(number[0], pair["unit"]),))


_LISTED = pattern(
    r"(?:\b(?:of|to|at|was|were|with|about|approximately|now|measur(?:ed|ing|es?)|sized?|diameters?)|[(:])\s{0,2}"
    r"(?P<all>(?:\d{1,3}(?:[.,]\d)?,\s){1,4})$",
    re.IGNORECASE,
)
_LISTED_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d)?(?=,\s)")


def _without_unit(text: str, start: int, end: int) -> Iterator[Size]:
    """Yield the products of two or three decimals without a unit, as notes have them ("LUL mass 4.2x3.1"): in cm."""
    for match in _BARE.finditer(text, start, end):
        if _IMAGED.search(text, start, match.start()) is not None:
            values = sorted((_mm(number, "cm") for number in re.split(r"\s?[x×]\s?", match[0])), reverse=True)
            yield Size(match.start(), match.end(), tuple(values))


def _of_slashes(match: re.Match[str]) -> Size:
    numbers = [number for number in match.group("first", "second", "third") if number]
    values = sorted((_mm(number, match["unit"]) for number in numbers), reverse=True)
    return Size(match.start(), match.end(), tuple(values))


def _products(
    text: str, start: int, end: int, ranges: dict[int, re.Match[str]], slashed: set[int]
) -> Iterator[Size]:
    """Yield the sizes of one to three diameters ("3 x 2 cm")."""
    reached = start
    inside = sorted((match.start(), match.end()) for match in ranges.values() if not _parts_two(match))
    for match in _SIZE.finditer(text, start, end):
        unit = match["unit3"] or match["unit2"] or match["unit1"]
        if unit is None or match.start() < reached or match.end() in slashed:
            continue
        if not _is_size(text, start, match):
            continue
        if (
            match.start() in ranges
            and not match["second"]
            and not _of_two(text, match, ranges[match.start()])
        ):
            continue
        at = bisect_left(inside, (match.start(), 0))
        if at and match.start() < inside[at - 1][1]:
            continue
        written = (
            (match["first"], match["unit1"]),
            (match["second"], match["unit2"]),
            (match["third"], match["unit3"]),
        )
        values = tuple(sorted((_mm(number, own or unit) for number, own in written if number), reverse=True))
        if values and values[-1] > 0 and values[0] < _LARGEST_MM:
            reached = match.end()
            yield Size(match.start(), match.end(), values)


def _is_size(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a length is a lesion's: it stands alone, and the words beside it do not name something else."""
    first, last = match.span()
    if text[last : last + 1].isalpha() or text[first - 1 : first].isalpha():
        return False
    if text[last : last + 1] in _OF_AN_AREA and not match["second"]:
        return False
    if _NOT_A_LESION_AFTER.match(text[last : last + 40]):
        return False
    if _IN_THICKNESS.match(text, last) and not _GROWS_FLAT.search(text, max(start, first - 60), first):
        return False
    return not _is_of_something_else(text, start, first)


def _is_of_something_else(text: str, start: int, first: int) -> bool:
    """Whether the words before a length say that it is that of a margin, an incision, a defect and the like."""
    if _NOT_A_LESION_BEFORE.search(text, max(start, first - 70), first) is not None:
        return True
    return (
        _AT.search(text, max(start, first - 24), first) is not None
        and _ENDOSCOPED.search(text, max(start, first - 200), first) is not None
    )


_AT = re.compile(
    r"\b(?:at|from|extending to|up to|down to)\s(?:about\s|approximately\s|ca\.?\s)?$", re.IGNORECASE
)
_ENDOSCOPED = re.compile(
    r"\b(?:(?:colono|gastro|recto|sigmoido|procto|endo|o?esophago|o?esophagogastroduodeno)scop(?:y|ies|ic)|OGD|EGD)\b",
    re.IGNORECASE,
)
"""What measures how deep a lesion lies, not how large it is: "colonoscopy: stenosing tumour at 28 cm"."""


def _of_two(text: str, match: re.Match[str], both: re.Match[str]) -> bool:
    """Whether a size is the first of two that each have their unit: "of 11 mm and 7 mm"."""
    own = match["unit1"] is not None and " and " in both[0]
    return own and _NOT_A_PAIR.search(text, max(0, match.start() - 16), match.start()) is None


def _rises(match: re.Match[str]) -> bool:
    """Whether a range may be one: "segment 6 - 5.1 cm" gives the number of a segment and a size."""
    return _parts_two(match) or _mm(match["high"], match["unit"]) > _mm(match["low"], match["unit"])


def _parts_two(match: re.Match[str]) -> bool:
    """Whether a range is no range but two sizes ("2 to 3", "2 and 3")."""
    return " to " in match[0] or " and " in match[0]


def find_suv(text: str, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    """Yield start, end and value of each SUV stated."""
    for match in _SUV.finditer(text, start, end):
        yield match.start(), match.end(), float((match["value"] or match["value2"]).replace(",", "."))
        last = match.end()
        while (more := _SUV_TOO.match(text, last, end)) is not None:
            yield more.start("value"), more.end(), float(more["value"].replace(",", "."))
            last = more.end()


def _mm(number: str, unit: str) -> float:
    value = float(number.replace(",", ".").replace(". ", "."))
    return round(value * _IN_MM[unit[0].lower()], 2)
