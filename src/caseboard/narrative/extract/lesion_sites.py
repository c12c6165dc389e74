"""The sites that a sentence names: where lesions may be, and what was only examined."""

from __future__ import annotations

import re
from itertools import zip_longest

import msgspec

from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View
from caseboard.terms import anatomy

__all__ = ["LISTED_TOO", "SACRAL", "is_no_place", "lesion_sites"]

_EXAMINED = (
    r"(?:CTs?|MRI?|MRCP|PET(?:[-/ ]?(?:CT|MRI))?|X-?rays?|radiograph\w{0,3}|ultraso\w{3,8}|US"
    r"|USG|HRCT|N?CECT|NCCT|CEMRI|sonogra\w{2,5}|echogra\w{2,5}"
    r"|(?:computed )?tomogra\w{2,5}|magnetic resonance\w{0,2}|scans?|scintigra\w{2,5}"
    r"|endoscop\w{1,3}|films?|imaging)"
)
_THEN_EXAMINED = pattern(
    r"^(?:\s?[-/,&]\s?(?:and\s)?(?:head|neck|chest|thorax|thoracic|abdom\w{2,6}|pelvi[sc]|brain|spine)){0,3}"
    rf"\s?(?:(?:contrast|non-?contrast|dynamic|multi-?phas(?:e|ic)|triphasic|enhanced|computed|axial|plain|follow-up"
    rf"|surveillance"
    rf"|helical|spiral)[- ]){{0,3}}{_EXAMINED}\b",
    re.IGNORECASE,
)
_EXAMINATION_OF = pattern(
    rf"\b{_EXAMINED}\)?(?:\s(?:scans?|imaging|examination|tomography"
    rf"|series)){{0,2}}(?:\s\([A-Z]{{2,4}}\))?\s(?:of|scan of)\s(?:the\s|her\s"
    rf"|his\s)?(?:whole\s|entire\s|left\s|right\s|upper\s|lower\s)?$",
    re.IGNORECASE,
)
_EXAMINATION_BARE = pattern(rf"\b{_EXAMINED}\s$", re.IGNORECASE)
_THEN_RESULT = pattern(
    r"^(?:\s?(?:/|,|and|&)\s?[a-z]{3,10}){0,3}\s?(?:scan\s)?"
    r"(?:(?:was\s)?(?:done|performed|obtained|taken|carried out)\s)?"
    r"(?:(?:in|at|on|of)\sthe\ssame\s[a-z]{3,7}\s|at\sthe\s(?:same|that)\stime\s)?(?:\(?(?:[\d./-]{6,10}"
    r"|\d{1,2}[ -][a-z]{3,9}[ -]\d{2,4}|[a-z]{3,9}\s(?:\d{1,2},?\s)?(?:19|20)\d\d)\)?)?\s?(?:"
    r"(?:(?:on|of|dated|from|in)\s(?:the\s)?[A-Za-z0-9./, -]{4,20}?\s?)?:"
    r"|(?:(?:on|of|dated|from|in)\s(?:the\s)?[A-Za-z0-9./ -]{4,20}?\s)?(?:showed|revealed|demonstrated"
    r"|disclosed|found|detected|(?:did|does) not|failed to|ruled out|excluded|had|remained|was|is|shows|measured"
    r"|confirmed|documented|clear|normal"
    r"|negative|unremarkable|stable|unchanged)\b)",
    re.IGNORECASE,
)
_NEEDS = Needs(patterns=[pattern(_EXAMINED, re.IGNORECASE)])
LISTED_TOO = pattern(r"^\s?(?:,|/|and|&|, and|-)\s?(?:the\s)?$")
"""What stands between regions that one examination looked at."""


def lesion_sites(view: View) -> tuple[list[Mention], list[Mention]]:
    """Return the sites that a sentence names, and apart from them those that it names only as what was examined.

    A lesion in "chest CT", "MRI of the brain", "CT of the chest, abdomen and pelvis" is somewhere in there.
    """
    named: list[Mention] = []
    examined: list[Mention] = []
    imaged = view.holds(_NEEDS)
    places = [s for s in view.of("site") if not is_no_place(view, s)]
    places = [
        s
        for s, behind in zip_longest(places, places[1:])
        if behind is None or not _is_whole_of(view, s, behind)
    ]
    places = [
        s
        for before, s in zip_longest([None, *places], places)
        if s is not None and (before is None or not _is_whole_behind(view, before, s))
    ]
    for written in _with_nodes(view, places):
        site = _station(view, _of_the_cervix(view, written))
        before = view.whole[max(view.start, site.start - 60) : site.start]
        after = view.whole[site.end : min(view.end, site.end + 50)]
        listed = bool(examined) and LISTED_TOO.match(view.whole[examined[-1].end : site.start]) is not None
        if listed or (imaged and _is_examined(view, before, after)):
            examined.append(site)
        else:
            named.append(site)
    return named, examined


def _is_whole_of(view: View, organ: Mention, part: Mention) -> bool:
    """Whether an organ is named only with its part behind it: "the liver metastasis in segment 6"."""
    return (
        organ.key not in ("bone", "lymph node")
        and anatomy.organ_of(part.key) == organ.key != part.key
        and _IN_ITS_PART.fullmatch(view.whole, organ.end, part.start) is not None
    )


def _is_whole_behind(view: View, part: Mention, organ: Mention) -> bool:
    """Whether an organ only says of what a segment is that stands before it: "the segment 7 liver metastasis"."""
    return (
        part.key.startswith("liver segment")
        and organ.key == "liver"
        and view.whole[part.end : organ.start].isspace()
    )


_IN_ITS_PART = re.compile(
    r"\s(?:metastas[ei]s|lesions?|nodules?|mass(?:es)?|deposits?|tumou?rs?)\s(?:in|of|within)\s(?:the\s)?(?:left\s|right\s)?",
    re.IGNORECASE,
)


def _station(view: View, site: Mention) -> Mention:
    """Return the lymph nodes that a bare station means in a note: "R inguinal 3.0 x 2.2 cm", "ext iliac 1.1 cm"."""
    station = _STATIONS.get(site.key)
    if station is None or _MEASURED_AT_ONCE.match(view.whole, site.end, view.end) is None:
        return site
    if (
        site.key == "ilium"
        and _VESSEL.search(view.whole, max(view.start, site.start - 12), site.start) is None
    ):
        return site
    return msgspec.structs.replace(site, key=station)


_STATIONS = {"groin": "inguinal lymph node", "axilla": "axillary lymph node", "ilium": "iliac lymph node"}
_MEASURED_AT_ONCE = re.compile(
    r"\s(?:conglomerate\s|chain\s)?(?:SUV(?:max)?\s)?\d{1,3}(?:[.,]\d)?(?:\s?[x×]\s?\d|\s?[cm]m\b|[,;.]?\s|$)"
)
_VESSEL = re.compile(r"\b(?:ext(?:ernal)?|int(?:ernal)?|common)\.?\s$", re.IGNORECASE)
"""What makes "iliac" the vessels beside which the nodes lie, and not the bone."""


def is_no_place(view: View, site: Mention) -> bool:
    """Whether a word of place is no place of its own: "metastasis of synovial sarcoma", "the sacrum (S1-S3)"."""
    if site.key == "diaphragm":
        return _SIDES_OF.search(view.whole, max(view.start, site.start - 24), site.start) is not None
    if SACRAL.fullmatch(view.whole[site.start : site.end]):
        return _OF_THE_SACRUM.search(view.whole, max(view.start, site.start - 24), site.start) is not None
    if any(
        harm.start <= site.start < harm.end and _DISEASE.search(view.whole, site.end, harm.end)
        for harm in view.of("toxicity")
    ):
        return True
    if view.may(_SPARED) and _SPARED.match(view.whole, site.end, view.end) is not None:
        return True
    if _VESSEL_BEHIND.match(view.whole, site.end, view.end) is not None:
        return True
    if (
        view.may(_OF_A_NERVE)
        and view.has(_OF_A_NERVE, max(view.start, site.start - 60), site.start) is not None
    ):
        return True
    if site.key == "hand":
        return _TO_THE_HAND.search(view.whole, max(view.start, site.start - 24), site.start) is not None
    if site.key == "back":
        return (
            _CAME.search(view.whole, max(view.start, site.start - 12), site.start) is not None
            or _BACK_TO.match(view.whole, site.end, view.end) is not None
        )
    if _ITS_LETTERS.fullmatch(view.whole, site.start, site.end) and view.whole[site.start - 1] == "(":
        return True  # "lymph nodes (LNs)" are named once
    inside = next((t for t in view.of("tumor") if t.start <= site.start and site.end <= t.end), None)
    if inside is None:
        return False
    return site.key == "joint" or (
        _SPREAD_OF.search(view.whole, max(view.start, inside.start - 60), inside.start) is not None
    )


_OF_A_NERVE = pattern(
    r"\b(?:vision|(?:visual )?acuity|(?:eye)?sight|blind(?:ness)?|weak(?:ness)?|numb(?:ness)?|tingling"
    r"|para?esthesias?|hyp(?:o|a)esthesias?|paresis|palsy|paralysis|(?:mono|hemi|para)(?:plegia|paresis)|seizures?"
    r"|sensory loss|deaf|hearing(?: loss)?|clumsiness|twitching|tremor|power|strength|sensation)\s"
    r"(?:(?:loss|deficit|disturbances?|impairment|dropped|worsened|deteriorated|decreased|failed|had|has|was|were|got"
    r"|reduced|declined|diminished|and|changes)\s){0,3}(?:in|of|on|affecting|involving)\s(?:(?:the|her|his|both|left"
    r"|right|upper|lower|distal|proximal)\s){0,3}$",
    re.IGNORECASE,
)
"""What a tumour elsewhere does to a part of the body: "her vision dropped in the left eye", "weakness of the arm"."""
_VESSEL_BEHIND = re.compile(
    r"\s(?:(?:and|or)\s(?:[a-z]{4,14}\s){1,2})?(?:arter(?:y|ies)|veins?|nerves?|emboli[sz]ation)\b"
    r"(?!\s(?:invasion|invol))",
    re.IGNORECASE,
)
"""What is named after a place and lies elsewhere: "the intercostal and inferior phrenic arteries"."""
_DISEASE = re.compile(
    r"\b(?:disease|failure|injury|infection|infarction|embolism|inflammation|toxicity)\b", re.IGNORECASE
)
"""What makes an organ part of the name of harm: "interstitial lung disease"."""
_SPARED = pattern(r"[- ](?:sparing|salvag\w{1,3}|preserv\w{1,5}|conserv\w{1,5})\b", re.IGNORECASE)
"""What makes a part of the body what an operation left: "limb-sparing resection"."""
_ITS_LETTERS = re.compile(r"LNs?")
_SPREAD_OF = pattern(
    r"\b(?:metasta\w{1,6}|mets|spread|dissemination|deposits?)\s(?:of|from|due to|secondary to)\s"
    r"(?:[\w/+-]{1,20}\s){0,4}$",
    re.IGNORECASE,
)
"""What stands before the cancer that spread, whose organ is not where it spread to: "metastasis of breast cancer"."""
_SIDES_OF = pattern(r"\b(?:above|below|beneath|sides? of)\s(?:the\s)?$", re.IGNORECASE)
"""What stands before the diaphragm where it only parts stations: "nodes above and below the diaphragm"."""
SACRAL = pattern(r"S[1-5]")
"""A level of the sacrum, where it is no segment of the liver or the lung."""
_OF_THE_SACRUM = pattern(
    r"\bsac(?:rum|ral bone)\s?[(,]\s?(?:at\s|levels?\s|segments?\s)?(?:S?[1-5]\s?[-–/,&]\s?){0,3}$"
)
_CAME = pattern(
    r"\b(?:c[ao]mes?|coming|we?nt|going|goes|gone|falls?|fell|gets?|got|dates?|dating|dated|called|brought|referred"
    r"|put|sent"
    r"|years?|months?|weeks?|days?|cut|turn(?:s|ed)?|look(?:s|ed|ing)?|switch(?:ed|ing)?|transferred|scal(?:ed"
    r"|ing))\s$",
    re.IGNORECASE,
)
"""What stands before "back" where it is no place: "he came back in March"."""


_TO_THE_HAND = re.compile(
    r"(?:['’]s|\bto\s(?:the|our|his|her|their|an?)(?:\sexamining)?|\bon\sthe\sother)\s$"
)
"""What stands before a hand that feels or does something: "6 cm to the hand", "in the pathologist's hands"."""
_BACK_TO = re.compile(
    r"\s(?:up|down|at|to|on|in|again|over)\b(?:\s(?:up|down|to|at))?\s(?=(?:about\s|around\s)?\d"
    r"|work|school|full)"
)
"""What stands behind it then: "back up to 34 mm"."""
_OF_THE_UTERUS = pattern(
    r"\b(?:colposcop\w{1,4}|hysterectom\w{1,3}|gyna?ecolog\w{2,5}|vagin\w{1,4}|uter(?:us|ine)|menstrua\w{1,4}"
    r"|menorrhagia|metrorrhagia|pap smear|HPV|parametri\w{2,4}|endometri\w{2,4}|curettage|trachelectomy"
    r"|coni[sz]ation|cone biopsy|LEEP|LLETZ|FIGO|LVSI|cervix|ovar\w{2,4})\b",
    re.IGNORECASE,
)
"""What tells that a "cervical" tumour is one of the uterine cervix, and not of the neck."""


def _of_the_cervix(view: View, site: Mention) -> Mention:
    """Return the uterine cervix for "cervical" where the sentence, or what was told just before, is of the uterus."""
    if site.key != "neck" or not view.whole[site.start : site.end].lower().startswith("cervical"):
        return site
    if _OF_THE_UTERUS.search(view.whole, max(0, view.start - 300), view.end) is None:
        return site
    return msgspec.structs.replace(site, key="cervix")


def _is_examined(view: View, before: str, after: str) -> bool:
    """Whether the words around a site say that it was examined: "chest CT", "MRI of the brain"."""
    if _THEN_RESULT.match(after) is not None and view.within(_EXAMINATION_BARE, before) is not None:
        return True
    return view.begins(_THEN_EXAMINED, after) is not None or view.within(_EXAMINATION_OF, before) is not None


def _with_nodes(view: View, sites: list[Mention]) -> list[Mention]:
    """Return the sites, with "para-aortic nodal" and "lymph node para-aortic" read as the node of that place."""
    out: list[Mention] = []
    for site in sites:
        if out and site.start < out[-1].end:
            continue
        if site.key == "lymph node" and (node := _node_behind(view, site)) is not None:
            out.append(node)
            continue
        if out and out[-1].key.startswith("liver segment") and site.start >= out[-1].end:
            out.extend(_further_segments(view, out[-1], site.start))
        out.append(_nodal(view, site))
    if out and out[-1].key.startswith("liver segment"):
        out.extend(_further_segments(view, out[-1], view.end))
    return out


def _node_behind(view: View, site: Mention) -> Mention | None:
    """Return the node that words behind "lymph node" make of it: its place, a level of the neck, "para-aortic"."""
    within = _IN_PLACE.match(view.whole, site.end, view.end)
    node = _node_of(_NODES_OF[within["place"].lower()]) if within is not None else None
    if within is not None and node is not None:
        start = within.start("place") if within["size"] else site.start  # the size stays outside
        return msgspec.structs.replace(site, start=start, end=within.end(), key=node)
    level = _AT_LEVEL.match(view.whole, site.end, view.end)
    if level is not None:
        return msgspec.structs.replace(site, end=level.end(), key="cervical lymph node")
    if view.whole[site.start : site.end].lower().startswith("aden"):
        return None
    which = _WHICH_NODE.match(view.whole, site.end, min(view.end, site.end + 24))
    node = _node_of(which["place"]) if which is not None else None
    return (
        msgspec.structs.replace(site, end=which.end(), key=node)
        if which is not None and node is not None
        else None
    )


def _nodal(view: View, site: Mention) -> Mention:
    """Return the node that a word behind a place makes of it ("para-aortic nodal"), else the place."""
    nodal = None
    if not anatomy.vocabulary()[site.key].node:
        nodal = _NODAL.match(view.whole, site.end, min(view.end, site.end + 16))
    if site.key == "ilium" and nodal is None:
        nodal = _OF_VESSELS.search(view.whole, max(view.start, site.start - 9), site.start)
    node = _node_of(view.whole[site.start : site.end]) if nodal is not None else None
    return site if node is None else msgspec.structs.replace(site, key=node)


_AND_SEGMENT = pattern(
    r"(?:\s?\([^()]{2,24}\))?\s?(?:,|and|/|&|, and)\s?(?P<number>VIII|VII|VI|IV|V|III|II|I|[1-8])(?:[ab]\b"
    r"|\b)(?!\s?(?:cm|mm|[.,]\d))"
)


def _further_segments(view: View, site: Mention, high: int) -> list[Mention]:
    """Return the segments listed after one: "segments II, V and VIII"."""
    out: list[Mention] = []
    position = site.end
    while (match := _AND_SEGMENT.match(view.whole, position, high)) is not None:
        found = anatomy.lookup(f"liver segment {match['number']}")
        if found is None:
            break
        out.append(
            msgspec.structs.replace(site, start=match.start("number"), end=match.end(), key=found.term.key)
        )
        position = match.end()
    return out


_WHICH_NODE = pattern(r",?\s(?P<place>[A-Za-z][a-z-]{4,18})\b")
_NODES_OF = {
    "mediastinum": "mediastinal",
    "axilla": "axillary",
    "axillae": "axillary",
    "axillary region": "axillary",
    "axillary fossa": "axillary",
    "inguinal region": "inguinal",
    "groin": "inguinal",
    "groins": "inguinal",
    "neck": "cervical",
    "retroperitoneum": "retroperitoneal",
    "hilum": "hilar",
    "mesentery": "mesenteric",
    "pelvis": "pelvic",
    "supraclavicular fossa": "supraclavicular",
    "supraclavicular region": "supraclavicular",
}
_IN_PLACE = pattern(
    r"(?P<size>\s(?:of|measuring)\s[\d.,x×\s]{1,18}[cm]m)?\s(?:in|of|within|on)\s(?:the\s|her\s|his\s|both\s)?"
    r"(?:(?:left|right)\s(?:side\s(?:of\s)?(?:the\s)?)?)?(?P<place>" + "|".join(_NODES_OF) + r")\b",
    re.IGNORECASE,
)
"""What makes nodes those of a place: "enlarged lymph nodes in the mediastinum", "a node of 11 mm in the axilla"."""
_AT_LEVEL = pattern(
    r"\s(?:at|in|of)\s(?:the\s)?(?:(?:left|right|cervical|neck)\s){0,2}levels?\s(?:I{1,3}|IV|VI?|[1-6])[AaBb]?\b"
)
"""What makes a node one of the neck: "lymph node at left level IV"."""
_OF_VESSELS = pattern(r"\b(?:internal|external|common)\s$", re.IGNORECASE)
"""What makes "iliac" alone the name of nodes along the vessels, and not of the bone."""
_NODAL = pattern(r"\s(?:nodal|LNs?|LAN|LAD|ADPs?|adenopath(?:ic|y|ies)|adenomegal\w{1,4})\b")


def _node_of(place: str) -> str | None:
    found = anatomy.lookup(f"{place} lymph nodes") or anatomy.lookup(f"{place} lymph node")
    return found.term.key if found is not None else None
