"""The events of a regimen: the verbs that tell them, and what the story remembers of what is being given."""

from __future__ import annotations

import re
from typing import Literal

from caseboard.case.dates import DateInterval
from caseboard.case.facts import Treatment
from caseboard.narrative.clock import AFTER_IT, Moment
from caseboard.narrative.extract.regimens import Given
from caseboard.narrative.memory import NOWHERE, Draft, Memory
from caseboard.narrative.patterns import pattern
from caseboard.narrative.reckoning import shift
from caseboard.narrative.time_words import MONTH_BEGINS, count_of, unit_of
from caseboard.narrative.view import Governed, View

__all__ = [
    "AFTER_COLON",
    "CHANGE",
    "CHANGE_BY_ARROW",
    "INHERITED",
    "LASTED",
    "NOT_TAKEN",
    "PAUSED",
    "PAUSED_UNTIL",
    "RESUME",
    "SINCE",
    "STOP",
    "Event",
    "after_the_pause",
    "date_behind_verb",
    "forget",
    "has_own_date",
    "new_dose",
    "reason_of",
    "rejoined",
    "time_after",
    "time_before",
    "told_again",
    "treatment_draft",
    "trimmed",
]

Event = Literal["start", "stop", "resume", "change", "done"]
_OF_A_VALUE = (
    r"[\d.,]{0,6}\s?(?:[cm]m\b|to\s\d[\d.,]{0,5}\s?[cm]m\b|×|x\s?\d|U/|IU/|[nµμpm]?mol|ng|pg"
    r"|(?:m?g|µg|mcg)?/(?:d?l|ml|µl)\b)"
)
"""How a size or a laboratory value goes on, which is no dose: "decreased to 1.9 cm"."""
_CAME = (
    "stable well better worse normal active visible smaller larger progressed progressing progression grew grown"
    " growing growth shrank shrunk shrinking responded responding response relapsed recurred appeared enlarged"
    " enlarging increased decreased increasing decreasing rose risen fell improved improving worsened worsening"
    " regressed seen found noted"
)
"""What the disease did again, and not a drug: "under pazopanib it was stable again"."""
_AGAIN = r"again\b" + "".join(rf"(?<!\b{word} again)" for word in _CAME.split())
RESUME = pattern(
    r"\b(?:(?<!activity )(?<!activities )(?<!work )(?<!job )(?<!school )(?<!studies )(?<!diet )(?<!feeding )"
    r"re-?sum(?:ed|ing|e|ption)|re-?start(?:ed|ing|s)?|re-?introduc(?:ed|tion|ing)"
    r"|re-?challeng(?:ed|e|ing)|re-?initiat(?:ed|ion|ing)|re-?commenc(?:ed|ing)|re-?instituted"
    r"|re-?administered|accepted \w+ again"
    rf"|{_AGAIN}|retreat(?:ed|ment)|re-?exposure|re-?instated"
    r"|re-?instatement"
    r"|taken up (?:again|anew)|(?:started|begun|given) again|re-?taken"
    r"|back (?:to|on)(?=\s(?:full|the (?:drug|tablets?|capsules|treatment|therapy|medication|same|full|original|initial"
    r"|previous|former|starting|standard|lower|higher|reduced|\w+(?:nib|mab|limus))\b"
    r"|\d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|g|µg|mcg|%)|at\s|\w+nib|\w+mab))"
    r"|reinitiated|re-?uptake|retake(?= at\s\d)"
    r"|(?:returned|reverted|went back|gone back) to(?=\s\w+(?:nib|mab|limus|taxel|platin|rubicin|bine|ciclib|parib)\b)"
    r"|picked (?:it |the drug |treatment )?up again|re-?establish(?:ed|ing)?|back on (?:it|the drug|the tablets"
    r"|treatment)"
    r"|(?:brought|took|put) (?:it|the drug|\w+(?:nib|mab|limus|ciclib|parib|taxel|platin)) back|came back (?:with|at"
    r"|on)"
    r"(?=\s\d{1,4}(?:[.,]\d{1,2})?\s?mg)|started back|went back in|back in at"
    r"|returned (?:in|at|with)(?=\s\d{1,4}(?:[.,]\d{1,2})?\s?mg))",
    re.IGNORECASE,
)
STOP = pattern(
    r"\b(?:stop(?:ped|ping|s)?(?!(?: date)?\s?[:=]\s?(?:[-–—]\s?$|n/?a\b|none|no\b|not\b|ongoing|to date|present"
    r"|continu|current))"
    r"|discontinu(?:ed|ation|ing|e)|terminat(?:ed|ion|ing)|ceas(?:ed"
    r"|ing)|cessation|withdr(?:awn|ew|awal(?! (?:pain|symptoms?|syndrome|seizures?|headaches?|effects?|reactions?"
    r"|bleed|flare|dyskinesia)))|suspend(?:ed|ing)|(?<!oral )(?<!cells )(?<!cell )suspension"
    r"|interrupt(?:ed|ion"
    r"|ing|s)?|held\b(?! in reserve)|(?<!put )on hold\b|hold\b|paus(?:ed|ing|e)|ended(?! up\b)|ending(?! up\b)"
    r"|withheld|halted|abandoned"
    r"|(?<!cut-)(?<!cut )(?<!\d )(?<!\d)(?<!/)(?<!week )(?<!weeks )(?<!days )(?<!day )off (?:on|since|from|by)"
    r"|(?<!cut-)(?<!cut )(?<!week )(?<!weeks )(?<!days )(?<!day )(?<!\d )(?<!\d\swk )off(?=[.;,)]|$|\n"
    r"|\s(?:the\s)?(?:same|that|this|next) day\b|\s(?:today|permanently|for good)\b)"
    r"|(?:(?<=nib )|(?<=mab )|(?<=cin )|(?<=xel )|(?<=tin )|(?<=bine ))out(?=[.;,)]|$|\n|\safter\b|\s(?:on\s|in\s)?\d)"
    r"|dropped\b(?! (?:to|from|by|the|her|his|their)\b)|off(?=\s(?:\d|steroids?\b"
    r"|pred|dex|\w{3,12}(?:nib|mab)\b))"
    r"|complet(?:ed|ion of)|(?<=, )completing(?=\s(?:(?:the |this |all )?(?:treatment|therapy|chemo)|(?:in|on)\s"
    r"|(?:\d{1,2}|two|three|four|five|six) (?:years|months|cycles|courses)\b))"
    r"|(?<!in the )(?<!after the )(?<!during the )(?<!with the )(?:last|final)"
    r" (?:dose(?!\s(?:reduc|modif|change|escal|adjust|level))|cycle|infusion|administration|application|given"
    r"|tablets?|capsules?|pills?|injection)"
    r"|(?:given|administered|received|taken) last\b"
    r"|last(?=\s(?:one\s)?(?:on\s)?\d{1,2}[./-])|finished|concluded"
    r"|end(?:ed)?(?:\sdate)?(?=\s?[:=]\s?(?:\d|(?-i:[A-Z][a-z]{2,8}\s\d)))"
    r"|(?:tapered|weaned)(?: (?:him|her|it|them))? (?:off|out)\b(?! oxygen)"
    r"|taken off|came off|called off|(?:took|take|takes) (?:it|the drug|this drug|both) off|omitted|broken off"
    r"|given up|gave up|quit\b|lasted (?:until|till)"
    r"|(?:decided|chose|asked|wished|wanted) to (?:interrupt|discontinue|cease|come off)|put on hold"
    r"|(?:made|forced|obliged|led) (?:us|him|her|me|them)(?: to)? (?:abandon|give up|withdraw|cease"
    r"|discontinue|interrupt|stop|hold|pause|suspend|drop(?! the dose))"
    r"|d/c['’]?d|dc['’]?d"
    r"|d/c(?!\s(?:home|from|to\s))"
    r"|(?:(?<=treatment )|(?<=therapy )|(?<=drug )|(?<=drug-))(?:break|holiday)"
    r"|(?<=, )break(?=[.;,]|$)|retired(?= (?:on|this|that|from|in)\b)"
    r"|stopp|seponert|abgesetzt|shelved|scrapped|struck (?:from|off|out)|parted with|let go of|(?:put|made|makes"
    r"|brought) an end (?:to|of)"
    r"|(?:came|come|brought) to an end|had to go\b(?=[.;,)]|$)|(?:given|needed) a rest|took a (?:break|rest) from"
    r"|(?:declin(?:ed|ing)|refus(?:ed|ing)) (?:any )?(?:further|more)|(?:did not"
    r"|no longer) want(?:ed)? (?:any )?(?:more|further)"
    r"|left out|(?<=drug was )cut(?=[.;,)]|$)|(?<=treatment was )cut(?=[.;,)]|$)"
    r"|(?:decided|chose|opted|elected|preferred|wished) (?:not to (?:go on|continue|carry on|proceed)"
    r"|against (?:continuing|going on|further))"
    r"|(?:was|were) not given (?:any )?more"
    r"|no (?:further|more) (?:chemotherapy|immunotherapy|cycles?|doses?) (?:was|were) (?:given|administered)"
    r"|(?:was|were) not (?:continued|pursued)|went no further|no longer (?:given|taken))\b",
    re.IGNORECASE,
)
SINCE = pattern(r"\)?\s(?:since|from|as of)\s", re.IGNORECASE)
"""What stands between a regimen and the day since which it is given."""
_ARROWED = r"(?:↓|↑|⬇|⬆|->|→|=>)\s?(?:to\s|dose\s){0,2}"
CHANGE_BY_ARROW = pattern(
    rf"{_ARROWED}\d{{1,4}}(?:[.,]\d{{1,2}})?\s?(?:mg|g\b|µg|mcg|(?=bd\b|bid\b|od\b|qd\b))(?!/d?l)",
    re.IGNORECASE,
)
"""A new dose of a note: "↓ 600 mg", "-> dose 450 bd"; apart from the words, for it begins with no word."""
CHANGE = pattern(
    r"\b(?:dos(?:e|es|age)s? (?:was|were|is|had to be|of \w+ was)?\s?(?:then |further "
    r"|subsequently )?(?:reduced|increased|doubled|escalated|cut|lowered|raised|adjusted"
    r"|modified|decreased|halved|adapted|de-?escalated)"
    r"|(?<!\()(?:reduced|increased|doubled|escalated|lowered|raised|decreased|halved) (?:the |its "
    r"|her |his )?(?:dose|doses|dosage)|dose-(?:reduced|increased|escalated|lowered|raised|halved"
    r"|adjusted)|(?:reduction|escalation|increase|adjustment) (?:of"
    r"|in) (?:the )?(?:dose|\w+nib|\w+mab)|dose[- ](?:reduction|escalation|adjustment"
    r"|modification)"
    r"|(?:was|were) (?:(?:later|then|subsequently|further|gradually|finally) )?"
    rf"(?:reduced|(?:re-?)?(?:increased|escalated)|lowered|decreased|uptitrated) (?:to|by)(?!\s\d{_OF_A_VALUE})"
    r"|(?:reduced|(?:re-?)?(?:increased|escalated)|lowered|decreased|uptitrated|reduction"
    r"|lowering|reducing|increasing|hiked|raised|down-?titrated|tapered|titrated|stepped (?:up|down)|cut(?: back)?"
    r"|halved"
    r"|dropped(?! on\b)|decreasing)(?: (?:the|his|her|their))?(?: \w{4,16})?"
    r"(?: (?:for|due to|because of|given|owing to|in view of) [a-z -]{3,40}?)? (?:up |down )?(?:to|from|on) "
    r"(?:AUC\s?)?\d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|g|%|µg|mcg)?"
    rf"(?!{_OF_A_VALUE})"
    r"|(?:reduced|increased|decreased|lowered|raised) (?:by )?\d{1,4}\s?(?:mg\b|%)"
    r"|(?:us|had|decided|obliged|necessary) to (?:halve|reduce|lower|decrease) (?:the |his |her )?dose"
    r"|dropped (?:the|his|her|its) (?:daily )?(?:dose|dosage)"
    r"|dos(?:e|age) (?:then )?(?:went(?: up| down)?|fell|rose|came down|dropped) to"
    r"|(?:reduction|decrease|lowering|escalation|increase) of (?:the )?"
    r"\w+(?:cin|platin|taxel|mide|bine|limus|tecan|trexed|ciclib|parib) to"
    r"|(?:adjusted|adapted|modified|changed|set|cut|taken down) (?:to|at)(?= \d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|g|µg"
    r"|mcg)\b)"
    r"|(?:dose|dosage|(?<=nib )|(?<=mab )|(?<=dex )|(?<=pred )) ?(?:back )?(?:up"
    r"|down) to(?= \d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|g|µg|mcg)\b)"
    r"|(?:brought|went|gone|moved) (?:back )?(?:up|down) to(?= \d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|g|µg|mcg)\b))",
    re.IGNORECASE,
)
NOT_TAKEN = pattern(
    r"\b(?:no|not|never|without|declin(?:ed|es|ing)|refus(?:ed|es|ing|al)|reject(?:ed|s|ing)"
    r"|unable|denied|contraindicated|allerg(?:y|ic|ies)|intoleran(?:t|ce)|instead of|in (?:place|lieu) of"
    r"|rather than|unavailable|unfit|ineligible|unsuitable|avoid(?:ed|ing)?|too (?:frail|ill|sick|weak|old|unwell))\b",
    re.IGNORECASE,
)
_REASON = pattern(
    r"\b(?:because of|because|due to|owing to|for|after|in view of|on account of|as a result of"
    r"|following)\s(?P<reason>[^,.;()]{3,70})",
    re.IGNORECASE,
)


_TO_DOSE = pattern(
    rf"(?:{_ARROWED}|\b(?:to|at|by|with)\s)(?:an?\s(?:(?:reduced|lower|lowered|decreased|higher|increased|full"
    r"|daily)\s){0,2}dose\sof\s)?"
    r"(?P<dose>AUC\s?\d(?:[.,]\d)?|\d{1,4}(?:[.,]\d{1,3})?(?:\s?(?:mg|g|%|µg|mcg)(?:/(?:m2|m²|kg|day|d))?|(?=\s(?:bd"
    r"|bid|od|qd)\b))"
    r"(?:\s(?:once|twice|three times)(?:\s(?:a day|daily))?|\s(?:daily|weekly|b\.i\.d\.|o\.d\.|bid|od|bd|qd))?)",
    re.IGNORECASE,
)


_DOSE_AT_ONCE = re.compile(
    r"(?<=sumed|arted|duced)\s(?P<dose>\d{2,4}(?:[.,]\d)?\s?(?:mg|µg|mcg)(?:/(?:m2|m²|kg|day|d))?(?:\s(?:BID|bid|bd"
    r"|od|qd|daily))?)"
)
"""The same where nothing stands between: "resumed 600 mg BID"."""


def new_dose(view: View, change: tuple[int, int], high: int) -> str | None:
    """Return the dose to which the words at ``change`` tell a dose to have been changed, or None."""
    found = view.has(_TO_DOSE, change[0], min(high, change[1] + 60))
    found = found or _DOSE_AT_ONCE.match(view.whole, change[1], high)
    if found is None:
        return None
    more_or_less = _BY.match(found[0])
    if more_or_less is None:
        return found["dose"]
    rise = _RISE.search(view.whole, max(view.start, change[0] - 12), found.start()) is not None
    return f"{'increased' if rise else 'reduced'} by {found['dose']}"


_BY = re.compile(r"by\s", re.IGNORECASE)
_RISE = re.compile(r"increas|escalat|rais|titrated up|uptitrat|hiked|stepped up", re.IGNORECASE)
"""What tells in which direction a dose was changed by a part of it: "increased by 25%"."""


_NO_REASON = pattern(
    r"which\b|C\d{1,2}\b|\d{1,2}(?:st|nd|rd|th)?\b(?!\s?[a-z])|(?:(?:about|only|just|nearly|another|almost|a|an|the"
    r"|first|last)\s){0,2}"
    r"(?:[a-z]{3,9}|\d{1,3}(?:[.,]\d|st|nd|rd|th|\s?[-–]\s?\d{1,2})?)?[\s-]?"
    r"(?:days?|weeks?|months?|years?|hours?|cycles?|courses?|doses?|weekend)\b|d/w\b|(?:a\s)?discuss"
    r"|good\b(?=\s(?:on|in|at|by)\b|$)|the\s(?:time\sbeing|moment|present)\b|now\b|ever\b",
    re.IGNORECASE,
)
"""What tells how long a treatment lasted or was paused, not why: "for two weeks"."""


_UP_TO = re.compile(
    r"\s(?:and|then)\s(?:further\s)?to\s(?=\d)|"
    rf"\s(?:in|on|since|by)\s(?:early\s|late\s|mid-?\s?)?(?=\d|(?i:{MONTH_BEGINS})[a-z]{{0,6}}\b)|"
    r"\s(?:\w{1,8}\s)(?:days?|weeks?|months?|years?)\s(?:later|after)\b|"
    r"\s(?:and|but|then)\s(?:(?:was|were|then|later|subsequently|not|never)\s){0,3}(?:re-?start|resum|re-?introduc"
    r"|re-?initiat"
    r"|switch|replac)"
)
"""What goes on behind a reason to tell of something else: "because of rash and restarted at 16 mg", or when."""


_GOES_ON = re.compile(
    r"\s(?:in\sfavou?r\sof|and|but|then|which)(?:\s(?:was|were|not|never|then|later|had|been|[a-z]{4,14}ly))*\s?$"
)


_ANOTHER = pattern(r"(?:,\sand\s(?!(?:because|due|owing|for)\b)|;\s)")
"""Where what is told of a stop is over."""


_NOTED_WHEN = (
    r"(?:\s(?:in|on)\s[\w /-]{3,18}?|\s\d[\d./-]{5,9}"
    r"|\s(?:\d{1,2}|one|two|three|four|six)\s(?:days?|weeks?|wks?|months?))?"
)
_OWN_WISH = (
    r"(?:(?:at|by|on)\s)?(?:(?:the|her|his|their)\s)?(?:own\s)?(?:pt|patient|parents?|family|wish|request)(?:['’]s)?"
    r"(?:\s(?:own\s)?(?:wish|request|choice|preference|decision))?(?=\s?[.;,)(]|$|\s(?:in|on)\s)"
)
_REASON_NOTED = re.compile(
    _NOTED_WHEN
    + r"(?:,\s|\s?:\s|\s[–-]\s|\s\(|\s(?=elective|as planned|per protocol|(?:by|at|on)\s(?:the|her|his|own)\s))"
    + rf"(?P<reason>{_OWN_WISH}"
    r"|electively\b|as planned\b|per protocol\b|planned (?:end|stop)\b"
    r"|(?:CTCAE\s)?(?:G|gr\.?|grade)\s?[1-5][ab]?\s[a-z][a-z /-]{2,40}"
    r"(?:\s\+\s(?:G|gr\.?|grade)\s?[1-5]\s[a-z ]{3,30})?"
    r"|(?:toxicity|intoleran\w{2}|progressi\w{2,3}|side effects|adverse events?|cost|pregnancy|PD)\b[^.;,()]{0,40})",
    re.IGNORECASE,
)
"""Why a note says that a treatment ended, right behind the word for it: "stopped, G3 neuropathy", "held (toxicity)"."""


def reason_of(view: View, start: int, end: int) -> str | None:
    """Return why a treatment was stopped or changed, as told between ``start`` and ``end``, or None."""
    noted = _REASON_NOTED.match(view.whole, start, view.end)
    if noted is not None:
        return noted["reason"].strip()
    following = next((other.start() for verb in (STOP, RESUME) for other in view.find(verb, start, end)), end)
    end = min(end, following)
    parted = view.has(_ANOTHER, start, end)
    end = end if parted is None else parted.start()
    while (match := view.has(_REASON, start, end)) is not None:
        if _NO_REASON.match(match["reason"]) is None:
            return _GOES_ON.sub("", _UP_TO.split(match["reason"], maxsplit=1)[0]).strip()
        start = match.start("reason")
    return None


def after_the_pause(view: View, verb: tuple[int, int]) -> Moment | None:
    """Return when a treatment was resumed whose pause the statement tells: "held for 10 days and restarted"."""
    until = next(
        (t for t in view.times if t.until and t.absolute and 0 < verb[0] - t.end <= _SOON_AFTER), None
    )
    if until is not None and PAUSED_UNTIL.search(view.whole, max(view.start, until.start - 120), until.start):
        return until.moment
    paused = view.has(_PAUSED_FOR, max(view.start, verb[0] - 120), verb[0])
    if paused is None:
        return None
    held = view.when(paused.start(), paused.start("count")).when
    count, unit = count_of(paused["count"].lower()), paused["unit"].lower()
    if unit.startswith("fortnight"):
        count, unit = 2 * count, "week"
    when = shift(held, count, unit_of(unit)) if held is not None and count else None
    return Moment(when, "resolved", "counted from the pause") if when is not None else None


_SOON_AFTER = 40
"""Characters behind the last day of a pause within which its end is told: "held until 20 May and then resumed"."""
PAUSED = re.compile(r"\b(?:(?:on\s)?h[eo]ld|withh|paus|interrupt|suspen|put on hold)", re.IGNORECASE)
"""A verb of an end that is one for a time."""
PAUSED_UNTIL = re.compile(rf"{PAUSED.pattern}|\bstopp", re.IGNORECASE)
"""The same where the words tell up to when: "stopped until 20 May"."""
_PAUSED_FOR = pattern(
    r"\b(?:held|paused|withheld|stopp(?:ed|ing)|interrupt(?:ed|ion)|suspend(?:ed)|suspension|pause|hold"
    r"|break)\b[^.;,]{0,60}?\s"
    r"(?:for|of)\s(?:about\s|approximately\s)?(?P<count>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|ten"
    r"|twelve)[\s-]"
    r"(?P<unit>days?|weeks?|fortnights?|months?)\b[^.;]{0,44}$",
    re.IGNORECASE,
)
"""A pause and its length, right before the word for its end."""


def has_own_date(draft: Draft) -> bool:
    """Whether an event has a time of its own, not only that of the story when it was told."""
    return draft.moment.when is not None and not draft.moment.open and draft.moment.why != INHERITED


INHERITED = "the story's running date"
"""How the story says that a fact has no time of its own."""
LASTED = "counted from its beginning by the length told"
"""How a stop is dated of which only the length of the treatment tells."""


def told_again(view: View, memory: Memory, draft: Draft) -> bool:
    """Whether an event of a systemic treatment has been told before: a letter's list is retold in its prose."""
    fact = draft.fact
    if (
        not isinstance(fact, Treatment)
        or fact.modality != "systemic"
        or fact.event not in ("start", "stop")
        or not fact.agents
    ):
        return False
    earlier = memory.courses.setdefault((fact.event, fact.agents), [])
    when = draft.moment.when
    dated = isinstance(when, DateInterval) and view.times and not draft.moment.open
    if fact.event == "stop" and any(d.moment.why == LASTED and d.start >= view.start for d in earlier):
        return True
    for known in earlier:
        of_the_story = fact.event == "stop" and known.moment.why == INHERITED and not known.moment.open
        other = known.moment.when if of_the_story or has_own_date(known) else None
        if (
            dated
            and isinstance(when, DateInterval)
            and isinstance(other, DateInterval)
            and when.compare(other) not in ("before", "after")
        ):
            if when.days >= other.days:
                return True
            known.dropped = True  # told again with its day
            continue
        if dated and (
            fact.event == "start" or known.moment.why == AFTER_IT
            if other is None
            else known.moment.why == LASTED
        ):
            known.dropped = True
    if (
        not dated
        and earlier
        and earlier[-1].start < view.start
        and not view.has(_ANEW, view.start, draft.end)
    ):
        turns = len(memory.courses.get(("start", fact.agents), ())) + len(
            memory.courses.get(("resume", fact.agents), ())
        )
        if fact.event == "start" or len(earlier) >= turns:
            return True
    return False


_ANEW = pattern(
    rf"\b(?:{_AGAIN}|another|second|third|further|re-?challeng\w{{1,3}}|re-?treat\w{{2,4}})\b", re.IGNORECASE
)


AFTER_COLON = re.compile(r"[a-z]:\s(?:in|on|by|at|from|since)\s$")
"""What parts a treatment from the date of what came of it: "was increased, to no avail: in May the lesion grew"."""


def forget(memory: Memory, agents: tuple[str, ...]) -> None:
    """Note that a regimen ended; the parts of a combination that go on stay."""
    memory.given.difference_update([known for known in memory.given if set(known) <= set(agents)])
    if set(agents) >= set(memory.regimen):
        memory.last_regimen = memory.regimen or memory.last_regimen
        memory.regimen = ()
    elif set(agents) & set(memory.regimen):
        rest = tuple(agent for agent in memory.regimen if agent not in agents)
        memory.given.discard(memory.regimen)
        memory.given.add(rest)
        memory.regimen = memory.last_regimen = rest


def rejoined(memory: Memory, agents: tuple[str, ...]) -> tuple[str, ...]:
    """Return the combination that a drug resumed beside what is going on makes again, or the drug alone."""
    together = tuple(sorted({*memory.regimen, *agents}))
    return together if together in memory.combined or ("start", together) in memory.courses else agents


def trimmed(view: View, start: int, end: int) -> tuple[int, int]:
    """Return a span without white space and punctuation at its ends."""
    while start < end and view.whole[start] in " ,;:.->\n":
        start += 1
    while end > start and view.whole[end - 1] in " ,;:\n":
        end -= 1
    return start, end


def treatment_draft(
    view: View,
    agents: tuple[str, ...],
    supportive: bool,
    event: Event,
    span: tuple[int, int],
    moment: Moment,
    *,
    dose: str | None = None,
    reason: str | None = None,
    resolved: str = "",
) -> Draft:
    """Return a treatment in the making; ``resolved`` says how its agents were found where they are not named."""
    fact = Treatment(
        id="",
        source=NOWHERE,
        patient=view.patient,
        modality="supportive" if supportive else "systemic",
        event=event,
        agents=agents,
        dose=dose,
        reason=reason,
        certainty="resolved" if resolved else "stated",
        why=resolved,
    )
    return Draft(fact, *span, moment)


def time_before(view: View, position: int, low: int) -> Governed | None:
    """Return the time that stands right before a verb ("05/2022 reduced to"), behind ``low``."""
    for time in view.times:
        if low <= time.start and 0 <= position - time.end <= 12:
            return time
    return None


def _dated_by_when(view: View, position: int, length: Governed) -> bool:
    """Whether a length behind a verb only says how long: "in March 2017, when it was ceased after one year"."""
    return any(
        time.absolute
        and time.end <= position < length.start
        and (
            _WHEN.match(view.whole, time.end, position) is not None
            or (
                not time.until
                and length.start - position < _AT_ONCE
                and _opens_statement(view, time, position)
            )
        )
        for time in view.times
    )


def _opens_statement(view: View, time: Governed, position: int) -> bool:
    """Whether a date stands before a verb at ``position``, and no other verb of a beginning between."""
    if ";" in view.whole[time.end : position]:
        return False
    return _BEGUN.search(view.whole, max(view.start, time.start - _LEAD), position) is None


_LEAD = 16
_AT_ONCE = 12
_BEGUN = pattern(
    r"\b(?:start(?:ed|ing)|began|begun|initiat(?:ed|ing)|commenc(?:ed|ing)|given|administered|prescribed|introduced"
    r"|received"
    r"|underwent|resumed|restarted|switched|replaced|added|put|since|from)\b",
    re.IGNORECASE,
)
"""What makes the date before it that of a beginning, from which the length behind an end is counted."""
_WHEN = pattern(r",?\swhen\s", re.IGNORECASE)


def time_after(view: View, position: int, high: int) -> Governed | None:
    """Return the time that follows a verb closely, no other statement between."""
    for time in view.times:
        if time.former or (not time.absolute and _dated_by_when(view, position, time)):
            continue
        if position <= time.start < min(high, position + 32) and not re.search(
            r";|\.(?!\d)|\b(?:and|but|then|whereas|while|although|yet)\b|,\s(?:so|after which)\s"
            r"|,\s\w{3,14}ed\b|[a-z]:\s(?:in|on|by|at|from|since)\s$",
            view.whole[position : time.start],
        ):
            return time
    return None


_IT_BEGAN = pattern(
    r"\b(?:it|this|which|these|both|and\s(?:the\s)?(?:therapy|treatment|drug|administration))\s(?:was"
    r"|were)\s(?:then\s|finally\s|eventually\s)?(?:started|begun|initiated|commenced|given)\b"
    r"|\band\s(?:was\s)?(?:then\s|finally\s)?(?:started|begun|initiated|commenced)(?=\s(?:on|in)\s)"
    r"|,\s(?:starting|beginning|commencing)(?=\s(?:on|in|from)\s)",
    re.IGNORECASE,
)
"""What tells the beginning of the drug named before: "we obtained crizotinib, and it was started on 3 May"."""


_REST_OF_DOSE = re.compile(
    r"(?:\s?(?:to|by|from)\s\d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|g|%|µg|mcg)?(?:\sto\s\d{1,4}\s?(?:mg|g|%|µg|mcg))?)?"
    r"(?:\s?/\s?(?:day|d|m2|m²|kg|week)(?:/(?:day|d))?\b|\s(?:once|twice|daily|weekly|bid|od|bd|qd|tds)(?:\sdaily"
    r"|\sa\sday)?\b)?",
    re.IGNORECASE,
)
"""What still belongs to a new dose, behind which its date may stand: "lowered to 14 mg/day in July"."""


def _since_behind(view: View, verb: int) -> Governed | None:
    """Return the date behind a verb that begins a regimen, right behind it or with "from": "was used from July 1"."""
    own = view.right_behind(verb)
    if own is not None:
        return own
    later = next((t for t in view.times if t.absolute and not t.until and t.start >= verb), None)
    if later is not None and any(verb <= drug.start < later.start for drug in view.of("drug", "regimen")):
        return None
    return later if later is not None and _FROM_THEN.fullmatch(view.whole, verb, later.start) else None


_FROM_THEN = re.compile(
    r"(?:\s(?!and\b|but\b)[\w-]{1,20}){0,5}\s(?:from|since|starting|as of)\s(?:on\s|in\s)?"
)


def date_behind_verb(
    view: View, given: Given, event: Event, trigger: tuple[int, int], high: int
) -> Governed | None:
    """Return the date behind the verb of a regimen: "was begun on 24 January", "restarted at 6 mg on 25 June"."""
    if event == "start":
        later = view.has(_IT_BEGAN, given.end, high)
        own = _since_behind(view, trigger[1]) if trigger[0] >= given.dose_end else None
        return own or (view.right_behind(later.end()) if later is not None else None)
    if event == "change" and trigger[0] >= given.end:
        rest = _REST_OF_DOSE.match(view.whole, trigger[1], view.end)
        return view.right_behind(trigger[1] if rest is None else rest.end())
    if event != "resume" or trigger[0] < given.end:
        return None
    again = time_after(view, trigger[1], high)
    return (
        again
        if again is not None and again.absolute and "," not in view.whole[trigger[1] : again.start]
        else None
    )
