"""Which agents of a sentence make one regimen, and with what dose."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from caseboard.narrative.extract.doses import dose_before, dose_behind
from caseboard.narrative.extract.drugs_meant import is_meant, is_supportive
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View
from caseboard.terms import drugs, regimens

__all__ = ["STEROIDS", "Given", "group_agents", "is_subject_behind"]

_JOIN = pattern(
    r"^(?:\s|,|;(?= \d)|alternat(?:ed|ing)\swith"
    r"|(?:tab|cap|caps|inj)\b\.?|\+|/|&|-|–|and|plus|with|combined|in|combination|then|followed\sby"
    r"|an?"
    r"|the|standard|infusion|infusional|(?:for )?injections?|tablets?|capsules?|of|oral(?:ly)?|intravenous(?:ly)?"
    r"|high[- ]dose"
    r"|low[- ]dose|(?:(?:two|three|four|six)[- ]?)?(?:weekly|wkly)"
    r"|fortnightly|daily|together"
    r"|pegylated|liposomal|concurrent|as|well|using|bolus|both|either|IV|PO|on|days?|every"
    r"|weeks?|q\d{0,2}[wdh]?|x|\d|concomitant|continuous|hydrochloride|mesylate|adjuvant|w|d\d{0,2}|c\d{1,2}d\d{1,2}"
    r"|through|one|two|three|four|five|six|eight|hours?|over|each|capped|max(?:imum)?|bid|tid|qd|od|bd|tds"
    r"|p\.?o\.?|i\.?v\.?|s\.?c\.?|m|intrathecal|metronomic|low|high|dose)*$",
    re.IGNORECASE,
)
"""All that may stand between two drugs that are given together, without figures."""
_BRACKETS = pattern(r"\([^()]{0,200}\)")
_FIGURES = pattern(
    r"\bdays?\s\d{1,2}\s?(?:to|through|and|[-–&])\s?\d{1,2}\b"
    r"|\d{1,4}(?:[.,]\d{1,3})*\s?(?:-\s?\d{1,4}\s?)?(?:mg|gm|g|µg|μg"
    r"|mcg|IU|U|units?|ml|AUC|%|mL"
    r"|hours?|days?|weeks?|cycles?)?(?:\s?/\s?(?:m\s?²|m\s?2|m\^2|kg|day|d|dose))*|AUC|m²"
    r"|\bper\b|\bday\b|\bonce\b|\btwice\b|\bb\.?i\.?d\.?|\bq\.?d\.?\b|\bod\b|\bbd\b|\bBID\b",
    re.IGNORECASE,
)
_DATED_APART = re.compile(r"\([^()]{0,24}\b(?:19|20)\d\d\b")
"""A year in brackets behind a regimen, which is that of it alone: "gemcitabine (Feb-Jun 2019), atezolizumab"."""
_NEW_COURSE = pattern(
    r"\b(?:cycles?|courses?|then|followed by|switched|replaced|changed|subsequently)\b", re.IGNORECASE
)
"""What parts a regimen from the next one."""


_Named = tuple[Mention, tuple[str, ...], bool]
"""A mention with the agents that it names and whether they are supportive."""


class Given(msgspec.Struct, frozen=True):
    """Agents given together: INN names sorted, from ``start`` to ``end``; ``dose_end`` is where their doses end."""

    agents: tuple[str, ...]
    start: int
    end: int
    dose: str | None
    dose_end: int
    supportive: bool
    remarks: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def group_agents(view: View) -> tuple[Given, ...]:
    """Return the regimens of a sentence: agents joined by "and", "plus", doses and commas are one.

    Several extractors ask for those of the same sentence, which are found once.
    """
    found: list[_Named] = []
    for mention in view.of("drug", "regimen"):
        if (found and mention.start < found[-1][0].end) or not is_meant(view, mention):
            continue
        if mention.kind == "drug":
            found.append((mention, tuple(mention.key.split("/")), is_supportive(view, mention.key)))
        else:
            found.append((mention, _agents_of(view, mention), False))
    found = [
        entry for at, entry in enumerate(found) if not _says_only_the_class(entry, found[at + 1 : at + 2])
    ]
    found = _spelt_out(view, _without_letters(view, found))
    groups: list[list[_Named]] = []
    for entry in found:
        if groups and _together(view, groups[-1][-1], entry):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    if not groups:
        return ()
    ends = [*(group[0][0].start for group in groups[1:]), view.end]
    return tuple(_given(view, group, limit) for group, limit in zip(groups, ends, strict=True))


def _agents_of(view: View, mention: Mention) -> tuple[str, ...]:
    """Return what the letters of a regimen stand for in the patient's tumour: EC is another one in the breast."""
    written = view.whole[mention.start : mention.end]
    found = regimens.lookup(written, view.tumor) if view.tumor is not None else None
    return found.term.agents if found is not None else regimens.vocabulary()[mention.key].agents


_OPENS_LIST = pattern(
    r"[^.;()\d]{0,30}(?:\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|x\s?\d{1,2}|\d{1,2}\s?cycles?)?\s?[(:]"
)


def _spelt_out(view: View, found: list[_Named]) -> list[_Named]:
    """Take the drugs in brackets behind a regimen into it: "R-CHOP (rituximab 375 mg/m2, ...; vincristine 2 mg)"."""
    kept: list[_Named] = []
    end_of_list = -1
    listed: set[str] = set()
    told: tuple[str, ...] = ()
    for mention, agents, supportive in found:
        if mention.start < end_of_list and kept:
            regimen, named, _ = kept[-1]
            listed |= set() if supportive else set(agents)
            joined = named if supportive or set(agents) <= set(named) else tuple(sorted({*named, *agents}))
            if len(listed) >= min(_MAKES_IT_UP, len(told)) and not listed <= set(told):
                joined = tuple(sorted(listed))  # elsewhere the same letters stand for other drugs
            kept[-1] = (msgspec.structs.replace(regimen, end=mention.end), joined, False)
            continue
        kept.append((mention, agents, supportive))
        told, listed = agents, set()
        opened = _OPENS_LIST.match(view.whole, mention.end, view.end) if mention.kind == "regimen" else None
        end_of_list = _closing(view, opened.end() - 1) if opened is not None else -1
    return kept


_MAKES_IT_UP = 3
"""Drugs in brackets from which they are all that a regimen is made of; of a regimen of two, both."""


def _without_letters(view: View, found: list[_Named]) -> list[_Named]:
    """Return the mentions without the letters in brackets that stand for the drugs named before: "V, A and D (VAD)"."""
    out: list[_Named] = []
    for entry in found:
        mention = entry[0]
        letters = mention.kind == "regimen" and view.whole[mention.start - 1 : mention.start] == "("
        before = [other for other in out if mention.start - _NAMED_NEAR < other[0].start]
        if (
            letters
            and len(before) > 1
            and view.whole.startswith((")", " regimen)", " protocol)", " chemotherapy)"), mention.end)
            and _OPEN.fullmatch(view.whole, before[-1][0].end, mention.start) is not None
        ):
            continue
        out.append(entry)
    return out


_NAMED_NEAR = 120
_OPEN = re.compile(r"[^()]{0,24}\s?\(")
"""What stands between the last of the drugs and the letters for them, as its dose."""


def _closing(view: View, opened: int) -> int:
    """Return where the bracket at ``opened`` closes, brackets within it aside; -1 where it is none or stays open."""
    depth = 0
    for place in range(opened, min(view.end, opened + 400)):
        depth += (view.whole[place] == "(") - (view.whole[place] == ")")
        if depth == 0:
            return place if place > opened else -1
    return -1


def _says_only_the_class(entry: _Named, following: list[_Named]) -> bool:
    """Whether a mention only says what kind of drug the next one is: "steroid premedication with dexamethasone"."""
    return entry[1] == ("corticosteroids",) and any(
        other[2] and 0 < other[0].start - entry[0].end < 40 and other[1][0] in STEROIDS for other in following
    )


STEROIDS = frozenset(
    {"dexamethasone", "prednisone", "prednisolone", "methylprednisolone", "hydrocortisone", "betamethasone"}
)
_WITH_STEROIDS = frozenset(
    {
        "thalidomide",
        "lenalidomide",
        "pomalidomide",
        "bortezomib",
        "carfilzomib",
        "ixazomib",
        "melphalan",
        "daratumumab",
    }
)
"""Drugs of myeloma, of whose regimens a steroid is part."""
_WITH_PREDNISONE = _WITH_STEROIDS | {
    "abiraterone",
    "cabazitaxel",
    "chlorambucil",
    "docetaxel",
    "mitoxantrone",
    "procarbazine",
    "vinblastine",
    "vincristine",
    "vindesine",
}
"""Drugs whose regimens for prostate cancer, lymphoma, leukaemia and histiocytosis have prednisone or prednisolone."""
_ONE_REMEDY = frozenset({"antibiotic", "antifungal", "antihypertensive or cardiac agent"})
"""Classes of which two drugs given together make one treatment: "ceftriaxone and gentamicin"."""


def _together(view: View, last: _Named, entry: _Named) -> bool:
    """Whether what is named next is given together with what was named last: by the words between the two."""
    gap = view.whole[last[0].end : entry[0].start]
    if _DENIED_ASIDE.match(view.whole, last[0].end, view.end) and "(" in gap:
        return False
    two = "alternat" in gap and "regimen" in (last[0].kind, entry[0].kind)  # "VAC alternating with IE"
    aside = gap.rfind("(") > gap.rfind(")")
    if two or ((aside or "," in gap) and _EVENT_OF_ITS_OWN.match(view.whole, entry[0].end, view.end)):
        return False
    if last[2] != entry[2]:
        return _has_steroid(last, entry) and len(gap) < 60 and _JOIN.match(_plain(gap)) is not None
    if len(_BRACKETS.sub("", gap)) > 200:
        return False
    if (
        last[0].kind == "regimen"
        and ")" not in gap
        and re.match(r"\s{0,2}(?:regimens?|protocol|chemotherapy)?\s?[(:]", gap)
        and set(entry[1]) <= set(last[1]) | set(entry[1])
    ):
        return set(entry[1]) <= set(last[1]) or _JOIN.match(_plain(gap)) is not None
    if last[2] and not re.match(r"\s?(?:\+|/|plus)|-$", gap):
        return _is_one_remedy(last, entry) and _AND.fullmatch(gap) is not None
    if _NEW_COURSE.search(_BRACKETS.sub(" ", gap)) or _is_next_of_list(view, last[0], gap):
        return False
    if is_subject_behind(view, last[0], entry[0]) or _is_object_before(view, last[0], entry[0], gap):
        return False
    if _COUNTED_APART.search(gap):
        return False
    if any(last[0].end <= time.start < entry[0].start and time.absolute for time in view.times):
        return False
    if _DATED_APART.search(gap):
        return False
    return _JOIN.match(_plain(gap)) is not None


def _is_object_before(view: View, last: Mention, drug: Mention, gap: str) -> bool:
    """Whether the one drug is the object of its own verb and the other was ended: "we started A, and B was stopped"."""
    return (
        _AND.fullmatch(gap.replace(",", "")) is not None
        and _BEGINS_IT.search(view.whole, max(view.start, last.start - 20), last.start) is not None
        and _ENDED_ALONE.match(view.whole, drug.end, view.end) is not None
    )


_BEGINS_IT = re.compile(
    r"\b(?:started|began|initiated|commenced|added|introduced|received|put on|switched to|changed to)\s(?:oral\s)?$"
)
_ENDED_ALONE = re.compile(
    r"\s(?:was|had to be|has been)\s(?:[a-z]{4,12}ly\s|then\s|therefore\s)?(?:stopped|interrupted|discontinued|withheld"
    r"|held|paused|suspended|withdrawn|terminated|reduced|tapered|resumed|restarted)\b"
)


_COUNTED_APART = re.compile(
    r"\b(?:\d{1,2}|two|three|four|six|eight|twelve)\s(?:cycles|courses|weekly)"
    r"|\A(?![^,;]*\d\s?(?:m?g|mcg|µg|units?|IU)\b)[^,;]*(?:[x×]\s?\d{1,2}|\d\s?[#x×])\s?[,;]"
)
"""A number of cycles behind a regimen, which is that of it alone: "carbo/PLD x6, olaparib".

A number behind a dose is one of days: "ifosfamide 1800 mg/m2 x 5, etoposide 100 mg/m2 x 5" is one regimen.
"""


def is_subject_behind(view: View, last: Mention | Given, drug: Mention | Given) -> bool:
    """Whether a drug is the subject of what came after the one before it: "after failure of A, B was tried"."""
    if _COMMA.fullmatch(view.whole, max(last.end, _dose_end(last)), drug.start) is None:
        return False
    before = view.whole[view.clause(last.start)[0] : last.start]
    if _IS_SUBJECT.match(view.whole, drug.end, view.end) is None:
        return False
    return _AFTER_ALL.fullmatch(before) is not None or (
        _OBJECT_OF.search(before) is not None and _IS_ONE.match(view.whole, drug.end, view.end) is not None
    )


def _dose_end(drug: Mention | Given) -> int:
    return drug.dose_end if isinstance(drug, Given) else drug.end


_COMMA = re.compile(r"\)?,\s(?:the\s)?")
_IS_SUBJECT = re.compile(
    r"(?:\s?\([^()]{1,40}\)|\s\d(?:[^,.;()]|\.(?=\d)){0,24}?)?\s(?:was|were|is|had|has)\s"
)
_OBJECT_OF = re.compile(
    r"\b(?:with|by|received|got|took|needed|required|(?:was|were|been)\s(?:given|started|put|commenced|begun|placed)(?:\son)?)\s"
    r"(?:[a-z-]{2,14}\s){0,3}$"
)
_IS_ONE = re.compile(r"(?:\s?\([^()]{1,40}\))?\s(?:was|is|had|has)\s")
"""What makes the drug before a comma the object of a verb of its own: "was treated with A, B was held in May"."""
_AFTER_ALL = pattern(
    r"[\s,;(]{0,2}(?:and\s|but\s)?(?:(?:[a-z0-9-]{1,12}\s){1,2}(?:days?|weeks?|months?|years?)\s)?(?:after|following|despite|upon|before|because\sof|due\sto|owing\sto|given|on|under"
    r"|in\sview\sof|in\saddition\sto|instead\sof|in\sspite\sof|in\slieu\sof|rather\sthan|unlike|without"
    r"|(?:as|since|because|although|though|while|whereas)\s(?:s?he|the\spatient|this|it|there))\s[^,;]{0,90}",
    re.IGNORECASE,
)


_DENIED_ASIDE = re.compile(
    r"[^()]{0,60}\([^()]{0,60}\b(?:not|no longer|preclud\w{2,3}|contra-?indicat\w{2,3}|forb[ai]d\w{0,3}|instead of"
    r"|rather than|in place of|never)\b"
)
"""Brackets that tell of other drugs, which were not given: "cobimetinib (trametinib not approved)"."""
_EVENT_OF_ITS_OWN = pattern(
    r"(?:\s\d{1,4}(?:\s?mg)?(?:\s(?:od|bd|daily))?)?"
    r"(?:\s(?:from|after|since|as of)\s(?:cycle\s|course\s|C)\d{1,2}(?:\s(?:on(?:wards?)?|\([^()]{1,16}\)))?)?"
    r"\s(?:was\s|were\s|had\s(?:been\s)?|then\s|to\s)?"
    r"(?:stop(?:ped)?|held|withheld|paused|discontinued|ceased|withdrawn|ended|d/c['’]?d|dropped|omitted|completed"
    r"|finished"
    r"|continued?|ongoing|gestopt|abgesetzt|arr[êe]t[ée]+|sospeso|suspendido)\b(?!\sin\sboth)",
    re.IGNORECASE,
)
"""What befell a drug told in brackets or behind a comma alone: "lorlatinib 100 mg od (alectinib stopped 9 Feb)"."""


def _is_next_of_list(view: View, last: Mention, gap: str) -> bool:
    """Whether a drug is the next of a list of treatments had in turn: "therapies included A, B and C"."""
    if not view.may(_IN_TURN) or view.has(_IN_TURN, max(view.start, last.start - 160), last.start) is None:
        return False
    return "," in gap or (gap == " and " and view.whole[: last.start].endswith(", "))


_IN_TURN = pattern(
    r"\b(?:treatments|therapies|lines)\s(?:ha(?:ve|d|s)\s)?(?:included?|comprised|consisted\sof)\b",
    re.IGNORECASE,
)


def _has_steroid(last: _Named, entry: _Named) -> bool:
    """Whether one of two is a steroid that belongs to the regimen of the other: "docetaxel plus prednisone"."""
    other, steroid = (last, entry) if entry[2] else (entry, last)
    if steroid[1][0] not in STEROIDS:
        return False
    partners = _WITH_PREDNISONE if steroid[1][0] in ("prednisone", "prednisolone") else _WITH_STEROIDS
    return bool(partners & set(other[1]))


def _is_one_remedy(last: _Named, entry: _Named) -> bool:
    """Whether two supportive drugs are of one class, of which two are given for one purpose."""
    classes = {
        drugs.vocabulary()[named[0].key].drug_class if named[0].kind == "drug" else ""
        for named in (last, entry)
    }
    return len(classes) == 1 and classes <= _ONE_REMEDY


_AND = pattern(
    r"(?:\s\([^()]{1,40}\)|\s\d{1,4}\s?m?g(?:\s(?:daily|od|bd|bid))?)?\s(?:and|with)\s(?:oral\s|iv\s|intravenous\s)?"
)


def _plain(gap: str) -> str:
    """Return the words between two names without figures, doses, brackets and what stands in them."""
    return (
        _FIGURES.sub(" ", _BRACKETS.sub(" ", gap))
        .replace("(", " ")
        .replace(")", " ")
        .replace(":", " ")
        .replace(".", " ")
    )


def _given(view: View, group: list[_Named], high: int) -> Given:
    """Return what is named together as one regimen; the dose of its last name stands before ``high``."""
    agents = tuple(sorted({agent for _, named, _ in group for agent in named}))
    start, end = group[0][0].start, group[-1][0].end
    doses: list[str] = []
    dose_end = end
    leads = dose_before(view, group[0][0]) is not None
    for position, (mention, _, _) in enumerate(group):
        limit = group[position + 1][0].start if position + 1 < len(group) else min(high, mention.end + 110)
        # A regimen that is spelt out has its drugs in brackets: "VAC (vincristine".
        written = view.whole[mention.start : mention.end]
        name = f"{written.partition('(')[2] or written} " if len(agents) > 1 else ""
        if leads:  # "120 mg/m2 cisplatin and 75 mg/m2 doxorubicin"
            ahead = dose_before(view, mention)
            doses += [name + ahead] if ahead is not None else []
            continue
        behind = dose_behind(view, mention, limit)
        if behind is not None:
            doses.append(name + behind[0])
            dose_end = max(dose_end, behind[1])
    return Given(
        agents,
        start,
        end,
        ", ".join(doses) or None,
        dose_end,
        all(supportive for _, _, supportive in group),
        tuple(m.remark for m, _, _ in group if m.remark),
    )
