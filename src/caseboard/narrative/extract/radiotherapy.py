"""Radiotherapy that was given: dose, target and date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.case.facts import Treatment
from caseboard.narrative.clock import Moment
from caseboard.narrative.context import denied, hypothetical, of_someone_else, own_words_before, planned
from caseboard.narrative.extract.periods import end_of
from caseboard.narrative.extract.procedure_done import (
    NOT_DONE,
    date_of_its_verb,
    had_after_all,
    procedure_draft,
    time_of,
    was_done,
)
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.other_illness import is_irradiated_for_other_illness
from caseboard.narrative.past_tumors import treated_before
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import Governed, View

__all__ = ["NEEDS", "radiotherapy"]

_GRAY = pattern(
    r"(?P<dose>(?:total (?:dose )?(?:of )?)?(?<!\d)(?<!\d[x×])(?<!\d[x×] )(?<!\d [x×] )"
    r"(?:\d{1,2}\s?[x×]\s?(?=\d)|(?P<fractions>(?:\d{1,2}|one|two|three|four|five|six|eight|ten)\s(?:daily\s)?"
    r"(?:fractions?|sessions?)\sof\s(?=\d)))?"
    r"(?:\d,\d{3}|\d{1,4})(?:[.,]\d{1,2})?\s?(?:c?Gy|Gray|GyE"
    r"|CGE)(?:\s?\(RBE\)|\sRBE\b)?(?:\s?(?:/|in|over|delivered in|at|given in|\(|x|×|,)\s?(?:\d{1,2}"
    r"|\w{3,9})\s?(?:fractions?|fx|fr\b|f\b|#|sessions?|daily fractions)\)?"
    r"|\s(?:in|as|given in)\s(?:an?\s)?(?:single|one)\s(?:fraction|session|dose)|\s?[x×]\s?\d{1,2}\b)?"
    r"|(?:(?<=[IM]RT )|(?<=\bRT )|(?<=\bRT \()|(?<=radiotherapy )|(?<=radiotherapy \()|(?<=radiation )|(?<=CRT ))"
    r"(?:\d{2}[.,]\d{1,2}|3[2-9]|[4-8]\d)/(?:[1-3]?\d|4[0-5])\b(?![./]\d)"
    r"|(?<!\d)\d{1,4}(?:[.,]\d{1,2})?\s?(?:mCi|[GM]Bq)(?=\s(?:of\s)?(?:I-?131|131-?I|radio-?iodine"
    r"|radioactive\siodine|RAI)\b)"
    r"|(?:(?<=I-131 )|(?<=I-131, )|(?<=I-131 \()|(?<=RAI )|(?<=RAI, )|(?<=RAI \()|(?<=RAI ablation with )"
    r"|(?<=iodine )|(?<=iodine, )|(?<=iodine \())\d{1,4}(?:[.,]\d{1,2})?\s?(?:mCi|[GM]Bq)\b)",
    re.IGNORECASE,
)
"""A dose as written, be it in fractions without a unit, where no day can be meant: "RT 50.4/28"; of radioiodine its
activity."""
NEEDS = Needs("procedure", patterns=(_GRAY,))
_UP_TO = pattern(r"\bto\s(?:a\stotal\s(?:dose\s)?of\s)?$", re.IGNORECASE)
"""What makes the dose of a boost that of both together: "23.4 Gy with a boost to 54 Gy"."""
_BOOST = pattern(r"\bboost\b[^.;]{0,25}$|\bfollowed by a boost\b", re.IGNORECASE)
_PER_FRACTION = pattern(
    r"^[\s-]?(?:(?:daily )?fractions\b|per fraction|/\s?fraction|/fx|each|per session)", re.IGNORECASE
)
_OF_A_FRACTION = pattern(r"\b(?:fractions?|sessions?|fx)\s(?:of|at)\s(?:about\s)?$", re.IGNORECASE)
_UNDECIDED = pattern(r"\d\s(?:to|or|[-–])\s$|\b(?:possible|feasible|an\soption)\s\(?$", re.IGNORECASE)
"""What stands before a dose that is still open: "35 to 40 Gy", "SBRT possible (45 Gy/3)"."""
_MAY_BE = pattern(r",?\s(?:may|might|could|can|would|will) be\b", re.IGNORECASE)
_SPARED_ORGAN = pattern(
    r"\b(?:volumes?\s(?:over|above|receiving|of)|dosimetry|V\d{1,2}|Dmean|Dmax|D\d{1,2}%?|constraints?"
    r"|(?:mean|max(?:imum|\.)?|minimum)\s(?:(?:spinal|left|right)\s)?(?:heart|lung|cord|liver|kidney|bowel|parotid"
    r"|rectal|rectum"
    r"|bladder|brainstem|organ|oesophageal|esophageal)(?:\s(?:cord|stem))?"
    r"|(?:cumulative|combined|composite|summed|lifetime)\s(?:dose|EQD2|BED)\s(?:to|in|at)\s(?:the|his"
    r"|her))\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
"""What makes a dose that of an organ beside the target: "mean heart dose was 4.1 Gy", "volume over 5 Gy (V5)"."""
_BROKEN_OFF = pattern(
    r"\b(?:broken off|stopped|discontinued|abandoned|terminated|interrupted|cut short|aborted)\b",
    re.IGNORECASE,
)
_BEGUN = pattern(r"\b(?:initiated|started|begun|commenc(?:ed|ing)|begins?|starting)\b", re.IGNORECASE)


def _tells_a_whole(view: View, dose: re.Match[str]) -> bool:
    """Whether the dose of the whole is told beside that of its fractions: "60 Gy, 30 fractions of 2 Gy"."""
    low, high = max(view.start, dose.start() - _BESIDE), min(view.end, dose.end() + _BESIDE)
    return _A_DOSE.search(view.whole, low, dose.start()) is not None or (
        _A_DOSE.search(view.whole, dose.end(), high) is not None
    )


_BESIDE = 30
_A_DOSE = re.compile(
    r"(?<!fractions of )(?<!fraction of )(?<!sessions of )\b\d[\d.,]{0,5}\s?(?:c?Gy|Gray)\b|\btotal\b",
    re.IGNORECASE,
)


def _dose(match: re.Match[str]) -> str:
    """Return a dose as written, without a bracket that it does not open."""
    dose = match["dose"].strip()
    return dose[:-1] if dose.endswith(")") and "(" not in dose else dose


_ITS_BRACKETS = re.compile(
    r"[^().;]{0,40}\((?:already\s|has\s|previously\s)?(?:had\s|received\s|given\s|prior\s|previous\s)?"
)
_OF_PAIN = pattern(
    r"\b(?:pains?|aches?|discomfort|(?:relieving|aggravating"
    r"|alleviating)\s(?:[a-z]{2,12}\s){0,2}factors?)\b[^.;]{0,120}"
    r"\b(?:intermittent|occasional|frequent|constant|some|no)\sradiation$",
    re.IGNORECASE,
)
"""A pain that goes on into another place: "pain with intermittent radiation to the chest" is no radiotherapy."""


_ONCOLOGY = pattern(
    r"[ -](?:oncolog|therapist|safety|exposure|protection|refractory|resistan|avid|uptake|field|port\b)",
    re.IGNORECASE,
)
"""What makes radiation the name of a profession, of a danger, or of what the tumour does: "radioiodine-refractory"."""


def _is_the_same_in_fractions(view: View, dose: re.Match[str]) -> bool:
    """Whether a dose only tells in what fractions the one before its brackets was given: "66 Gy (33 x 2 Gy)"."""
    parts = _FRACTIONS.match(dose[0])
    whole = _WHOLE_BEFORE.search(view.whole, max(view.start, dose.start() - 24), dose.start())
    if parts is None or whole is None:
        return False
    number, each = int(parts["number"]), float(parts["each"].replace(",", "."))
    return abs(number * each - float(whole["dose"].replace(",", "."))) < 0.5


_FRACTIONS = re.compile(r"(?P<number>\d{1,2})\s?[x×]\s?(?P<each>\d{1,2}(?:[.,]\d{1,2})?)\s?Gy")
_WHOLE_BEFORE = re.compile(r"(?P<dose>\d{1,3}(?:[.,]\d{1,2})?)\s?Gy\s?[(,=]\s?(?:i\.e\.,?\s|as\s)?\Z")


def radiotherapy(view: View, memory: Memory, mentions: list[Mention]) -> Iterator[Draft]:
    """Yield radiotherapy: a fact for each dose and target, or one without a dose until a later sentence gives it."""
    doses = [
        m
        for m in view.find(_GRAY)
        if not _PER_FRACTION.match(view.whole[m.end() : m.end() + 14])
        and not view.within(_OF_A_FRACTION, view.whole[max(view.start, m.start() - 24) : m.start()])
        and not (m["fractions"] and _tells_a_whole(view, m))
        and not _is_the_same_in_fractions(view, m)
        and not view.within(_UNDECIDED, view.whole[max(view.start, m.start() - 14) : m.start()])
        and not _MAY_BE.match(view.whole[m.end() : m.end() + 40])
        and not view.has(_SPARED_ORGAN, max(view.start, m.start() - 60), m.start())
        and (not planned(view, m.start(), m.end()) or had_after_all(view, m.end()))
        and not view.within(NOT_DONE, own_words_before(view, m.start(), 40))
        and not any(
            _ITS_BRACKETS.fullmatch(view.whole, one.end, m.start())
            and planned(view, one.start, one.end)
            and not had_after_all(view, one.end)
            for one in mentions
        )
    ]
    spoken = [
        m
        for m in mentions
        if (not planned(view, m.start, m.end) or had_after_all(view, m.end))
        and not hypothetical(view, m.start, m.end)
        and not denied(view, m.start, m.end)
        and not of_someone_else(view, m.start, m.end)
        and not view.has(_OF_PAIN, max(view.start, m.start - 160), m.end)
        and not _ONCOLOGY.match(view.whole, m.end, view.end)
        and not is_irradiated_for_other_illness(view, m.start, m.end)
        and not _is_recalled(view, memory, m)
    ]
    recent = memory.radiotherapy
    if doses and (
        spoken
        or recent is not None
        or re.search(
            r"\bradiation|irradiat|fraction|Gy\s?[x×]\s?\d|Gy\s?/\s?\d{1,2}\s?(?:#|fr?\b|fx\b)"
            r"|\b(?:received|given|delivered|with|took|got|had)\s(?:a\s(?:total\s|single\s)?dose\sof\s)?"
            r"\d{1,2}(?:\.\d)?\s?Gy\b"
            r"|\bGy\s(?:to|on|onto|for)\s(?:the|his|her|both|left|right|[LR]|an?|[CTLS]\d{1,2})\b",
            view.text,
        )
    ):
        yield from _dosed(view, memory, doses, spoken)
        return
    for mention in spoken:
        if not was_done(view, mention):
            continue
        low, high = view.clause(mention.start)
        other = next((drug.start for drug in view.of("drug", "regimen") if drug.start > mention.end), high)
        begun = view.has(_BEGUN, max(low, mention.start - 40), min(high, other, mention.end + 60))
        span = _grown(mention, begun)
        own = date_of_its_verb(view, mention.end) or _up_to(view, mention.start, mention.end)
        if (
            recent is not None
            and view.governing(mention.start, mention.end) is None
            and not _another(view, recent, mention)
        ):
            return
        own = own or view.governing(mention.start, mention.end)
        if own is not None and begun is None:
            own = end_of(view, own)  # it is done when it is over
        draft = procedure_draft(
            view,
            "radiotherapy",
            span,
            own.moment if own is not None else _untold(view, mention.start),
            event="start" if begun else "done",
            site=_target(view, mention.end, high) or _treated_with_it(view, mention.start),
        )
        memory.radiotherapy = draft
        memory.clock.set_anchor("radiotherapy", draft.moment.counted_from)
        yield draft
        return


def _untold(view: View, start: int) -> Moment:
    """Return when radiotherapy was given that has no time of its own: none is known of a former tumour."""
    return Moment(None) if treated_before(view, start) else view.inherited or Moment(None)


def _is_recalled(view: View, memory: Memory, mention: Mention) -> bool:
    """Whether radiotherapy that has been told is named for what came with it: "dexamethasone was given around SRS"."""
    if _AS_ABOVE.match(view.whole, mention.end, view.end):
        return True
    return memory.radiotherapy is not None and any(
        drug.end <= mention.start and _AROUND.fullmatch(view.whole, drug.end, mention.start)
        for drug in view.of("drug")
    )


_AS_ABOVE = re.compile(r",?\sas\s(?:described\s|detailed\s|noted\s|listed\s|outlined\s)?above\b")
_AROUND = re.compile(
    r"[^.;,]{0,50}?\b(?:around|during|throughout|before|after|for|to cover)\s(?:the\s|this\s|his\s|her\s)?"
)
"""What ties a drug to the radiotherapy with which it was given."""


def _another(view: View, recent: Draft, mention: Mention) -> bool:
    """Whether radiotherapy is told as one more, in a later sentence: "she also received radiotherapy to the breast"."""
    lead = view.has(_ONE_MORE, max(view.clause(mention.start)[0], mention.start - 70), mention.start)
    return recent.end <= view.start and lead is not None


_ONE_MORE = pattern(
    r"\b(?:also|additional(?:ly)?|subsequently|further|second|another|later|then|repeat)\b[^.;]{0,20}"
    r"\b(?:received|underwent|given|treated with|had)\b",
    re.IGNORECASE,
)


def _dosed(view: View, memory: Memory, doses: list[re.Match[str]], spoken: list[Mention]) -> Iterator[Draft]:
    earlier = memory.radiotherapy
    pending: list[Draft] = []
    for match in doses:
        if pending and view.within(_BOOST, view.whole[pending[-1].end : match.start()]):
            last = pending[-1]
            fact = last.fact
            if isinstance(fact, Treatment):
                whole = view.within(_UP_TO, view.whole[pending[-1].end : match.start()]) is not None
                joined = procedure_draft(
                    view,
                    "radiotherapy",
                    (last.start, match.end()),
                    last.moment,
                    site=fact.site,
                    dose=f"{fact.dose} followed by a boost {'to' if whole else 'of'} {match['dose'].strip()}",
                )
                pending[-1] = joined
            continue
        own = _own_time(view, match) or _up_to(view, *match.span()) or time_of(view, *match.span())
        moment = end_of(view, own).moment if own is not None else _untold(view, match.start())
        if (
            own is None
            and earlier is not None
            and earlier.moment.when is not None
            and isinstance(earlier.fact, Treatment)
            and earlier.fact.dose is None
        ):
            moment = earlier.moment
            earlier.dropped = True
        lead = next(
            (m for m in reversed(spoken) if m.end <= match.start() and view.clause(m.start)[0] >= view.start),
            None,
        )
        start = (
            lead.start
            if lead is not None
            and match.start() - lead.end < 70
            and not any(d.end > lead.start for d in pending)
            else match.start()
        )
        trail = next((m for m in spoken if 0 <= m.start - match.end() < 12), None)
        end = trail.end if trail else match.end()
        if view.whole[end : end + 1] == ")" and "(" in view.whole[start:end]:
            end += 1
        high = view.clause(match.end() - 1)[1]
        site = (
            _target_of_brackets(view, match.start())
            or _target(view, match.end(), min(view.end, high + 1))
            or (_target(view, lead.end, match.start()) if lead else None)
            or _treated_with_it(view, start)
        )
        low = view.clause(match.start())[0]
        ended = lead is not None and view.has(_BROKEN_OFF, max(low, lead.end), match.start()) is not None
        pending.append(
            procedure_draft(
                view,
                "radiotherapy",
                (start, end),
                moment,
                dose=_dose(match),
                site=site,
                event="stop" if ended else "done",
            )
        )
    for draft in pending:
        memory.radiotherapy = draft
        memory.clock.set_anchor("radiotherapy", draft.moment.counted_from)
        yield draft


_ENDED = pattern(
    r"\)?(?:(?:[^.;,()]|\.(?=\d)){0,110}?\sand)?,?\s(?:(?:which|that)\s)?(?:(?:was|were)\s)?(?:complet(?:ed|ing)"
    r"|finish(?:ed|ing)|end(?:ed|ing)|concluded"
    r"|delivered|given|started|begun|(?:the\s)?last(?:\s(?:one|fraction|of\s(?:them|these)))?)"
    r"(?=\s(?:on|in)\s|\s[a-z0-9]{1,8}\s(?:days?|weeks?|months?)\s(?:after|later|from|post)\b)",
    re.IGNORECASE,
)
"""How the own day of a dose is told: "60 Gy in 30 fractions, completed on 2 October 2020"."""


def _own_time(view: View, dose: re.Match[str]) -> Governed | None:
    """Return the date behind a dose and its target, before another dose: "(20 Gy) to the frontal lesion in March"."""
    following = next((later.start() for later in view.find(_GRAY, dose.end())), view.end)
    ended = _ENDED.match(view.whole, dose.end(), min(following, view.end))
    if ended is not None and (own := view.right_behind(ended.end())) is not None:
        return own
    if ended is not None:
        counted = next((time for time in view.times if 0 <= time.start - ended.end() <= 1), None)
        if counted is not None:
            return counted
    if view.whole.startswith(")", dose.end()) and (own := view.right_behind(dose.end() + 1)) is not None:
        return own
    target = _TO_A_PLACE.match(view.whole, dose.end(), min(following, view.end))
    return view.right_behind(target.end()) if target is not None else None


def _up_to(view: View, start: int, end: int) -> Governed | None:
    """Return the day until which radiotherapy was given, where its beginning is not told: "until 6 August 2019"."""
    governed = view.governing(start, end)
    if governed is not None and (
        governed.end > start or _FOLLOWED_BY.search(view.whole, governed.end, start) is None
    ):
        return None
    return next(
        (
            time
            for time in view.times
            if time.until
            and time.absolute
            and all(other.end <= start or other.start >= time.start for other in view.times)
            and not any(end <= drug.start < time.start for drug in view.of("drug"))
            and _UNTIL.fullmatch(view.whole, end, time.start) is not None
        ),
        None,
    )


_FOLLOWED_BY = re.compile(
    r"\b(?:followed\sby|then|after\swhich|and\ssubsequently)\s(?:[a-z-]{2,14}\s){0,3}\(?$", re.IGNORECASE
)
"""What parts radiotherapy from the day of what was done before it."""
_UNTIL = re.compile(
    r"(?:[^.;:,]|\.(?=\d)|,(?=\s(?:which|and)\s(?:was|were|lasted))){0,80}?\s(?:until|till|up to)\s"
    r"(?:early\s|late\s|mid-?\s?)?"
)
"""What leads from radiotherapy to its last day: "radiotherapy to the flank, which lasted until 6 August 2019"."""
_TO_A_PLACE = pattern(
    r"\)?\s(?:to|of|on|over)(?!\s\d{1,2}[\s./])(?:\s[A-Za-z0-9-]{1,20}){1,6}?(?=\s(?:in|on)\s)", re.IGNORECASE
)
_TARGET = pattern(
    r"^[^.;]{0,30}?\b(?:to|of|on|at|over)\s(?:the\s|her\s|his\s|all\s"
    r"|both\s)?(?P<site>(?:other\s|left\s|right\s)?[A-Za-z][A-Za-z -]{2,50}?)(?=[.,;()]"
    r"|\s(?:and|was|were|went|had|with|in|for|at|due|because|using|followed|from|until|till|finish\w{2,3}"
    r"|end(?:ed|ing)|complet\w{2,3}|\d)\b|$)",
    re.IGNORECASE,
)


def _target(view: View, start: int, end: int) -> str | None:
    """Return what was irradiated, as the text says it."""
    match = _TARGET.match(view.whole[start : min(end, start + 110)])
    if match is None:
        return None
    site, at = match["site"].strip().lower(), start + match.start("site")
    spans = [(one.start, one.end) for one in view.times]
    spans += [(one.start, one.end) for one in view.of("drug", "regimen")]
    if any(first <= at < last for first, last in spans):  # "on May 9", "radioiodine, on levothyroxine"
        return None
    return None if view.within(_NO_SITE, site) else site


def _target_of_brackets(view: View, dose: int) -> str | None:
    """Return what was irradiated, where the dose stands in brackets right behind it: "and of the hip (8 Gy)"."""
    match = _BEFORE_BRACKETS.search(view.whole, max(view.start, dose - _LONGEST_TARGET), dose)
    site = match["site"].strip().lower() if match is not None else None
    return None if site is None or view.within(_NO_SITE, site) else site


def _treated_with_it(view: View, start: int) -> str | None:
    """Return what is told before radiotherapy to have been treated with it: "a lesion in the left lobe was"."""
    said = _WAS_TREATED.search(view.whole, max(view.start, start - _LONGEST_LEAD), start)
    if said is None:
        return None
    site = next((site for site in reversed(view.of("site")) if site.end <= said.start()), None)
    if site is None or _ITS_LESION.fullmatch(view.whole, site.end, said.start()) is None:
        return None
    return view.whole[site.start : site.end].lower()


_LONGEST_LEAD = 70
_WAS_TREATED = re.compile(
    r",?\s(?:which\s|that\s)?(?:was|were)\s(?:(?:then|also|later|subsequently|therefore|resected and|biopsied and)\s)?"
    r"(?:treated|managed|addressed|controlled|targeted)\s(?:with|by|using)\s(?:[a-z-]{3,14}\s){0,3}$"
)
_ITS_LESION = re.compile(
    r"(?:\s(?:brain|bone|lung|liver))?(?:\s(?:metastas[ei]s|lesions?|nodules?|mass|deposits?|tumou?rs?|recurrence))?"
    r"(?:\s\([^()]{1,30}\)|\sin\s[A-Z][a-z]{2,8}\s\d{4})?"
)
_LONGEST_TARGET = 70
_BEFORE_BRACKETS = re.compile(
    r"\b(?:to|of|on|over)\s(?:the\s|her\s|his\s|all\s|both\s)?"
    r"(?P<site>(?:(?!(?:to|of|on|over|with|for|at|from|was|were|given|delivered|done|received|had|underwent"
    r"|got)\b)[A-Za-z-]{1,20}\s){1,5})\($",
    re.IGNORECASE,
)
_NO_SITE = pattern(
    r"^(?:our\b|us\b|attention|dose|total|palliat|control|prevent|treat|avoid|radiotherap|radiation|irradiation)"
    r"|\b(?:weeks?|months?|days?|fractions?)$"
)


def _grown(mention: Mention, begun: re.Match[str] | None) -> tuple[int, int]:
    start, end = mention.start, mention.end
    if begun is not None:
        start, end = min(start, begun.start()), max(end, begun.end())
    return start, end
