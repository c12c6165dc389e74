"""What happens to a regimen that a sentence names: the nearest verb decides."""

from __future__ import annotations

import re
from bisect import bisect_right

from caseboard.narrative.extract.courses import (
    CHANGE,
    CHANGE_BY_ARROW,
    RESUME,
    STOP,
    Event,
)
from caseboard.narrative.extract.led_to import brought, led_to
from caseboard.narrative.extract.periods import period_of
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.extract.when_given import begun_behind
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import Pattern, pattern
from caseboard.narrative.view import Governed, View

__all__ = [
    "BESIDE",
    "BLOOD",
    "CONTINUES",
    "DID_HARM",
    "ONLY_NAMED",
    "SET_OUT",
    "START",
    "event_of",
    "is_dose_left_out",
    "is_harmful",
    "is_of_another",
    "leads_line",
]

START = pattern(
    r"\b(?:start(?:ed|ing|s)?|began|begun|begin|beginning|initiat(?:ed|ion|ing|e)|commenc(?:ed"
    r"|ing|ement)|administ(?:ered|rated|ration|ering)|g(?:iven|ave)|receiv(?:ed|ing|es)"
    r"|treat(?:ed|ment|ing)|prescri(?:bed|ption)|underwent|put on(?! hold)|placed on|proceeded to|embarked (?:on"
    r"|upon)|kicked off|introduced|added"
    r"|cycles?|courses?|therapy (?:with|consisting|based|including|using)|chemotherapy|regimen"
    r"|including|comprising|consisting|based on|using|took|taken|takes|maintained on|enrolled"
    r"|addition of|adding|conditioning|obtained|on\b(?= \w+ \d)|accept(?:ed)?|managed|transfused|instituted|delivered"
    r"|(?<!last )(?<!final )(?<!previous )infus(?:ed|ion)|replaced|switch(?:ed)?|changed|chose|opted|adjuvant"
    r"|neo-?adjuvant"
    r"|induction|maintenance|line|controlled with|relieved (?:by|with)|need(?:ed|ing)"
    r"|requir(?:ed|ing)|made of|cures?|followed by|commence|put under|instituted|responded to"
    r"|discharged (?:home )?(?:on|with)(?! \d)"
    r"|(?:went|moved|gone|transitioned|converted|crossed over|changed over|put|placed|established) on ?to"
    r"|(?<=treatments )included|(?<=therapies )included|(?<=treatment )included|(?<=therapy )included"
    r"|associated(?=[,.;)]|\s(?:and|on|from|in|since|at)\b)|randomi[sz]ed to|resolved with|premedication|used"
    r"|put (?:him|her|them) on|commence[ds]?|combined|selected)\b",
    re.IGNORECASE,
)
ONLY_NAMED = pattern(
    r"(?:\b(?:after|following|during|under|despite|while on|on|to|due to|because of|related to"
    r"|attributed to|secondary to|caused by|from|of|before|prior to|by|with|resistance to"
    r"|resistant to|progress(?:ed|ion) on|refractory to|response to|tolerated|tolerance of"
    r"|side effects? of|benefit from|for|discussed|sensitive to|efficacy of|\d (?:days?|weeks?"
    r"|months?|years?) of|"
    r"(?:first|second|third|fourth|sixth|next|previous|last|each|another) (?:cycle|course|line"
    r"|dose)s? of|continu(?:ed|es|ing) (?:on|with|to (?:take|receive|use)?)|still (?:on"
    r"|receiving|under)|remains? on|maintained on|kept on|was on|is on)\s(?:the |a |this "
    r"|treatment with |therapy with |treatment on |continuous |his |her )?)$",
    re.IGNORECASE,
)
CONTINUES = pattern(
    r"\b(?:continu(?:ed|es|ing|ation)|still (?:on|under|receiving|taking|needed"
    r"|required|necessary|given)|remain(?:s|ed) on"
    r"|kept on|maintain(?:ed|s)|ongoing|unchanged|alone continued)\b",
    re.IGNORECASE,
)
_UNTIL = pattern(r"\b(?:until|till|up to|through)\b", re.IGNORECASE)
_DENIED_VERB = pattern(
    r"\b(?:no|not|without|never|any)\s(?:\w+\s)?(?:(?:need|necessity|requirement|indication|reason)\s(?:for|to|of)\s"
    r"(?:an?\s|any\s|further\s)?)?$",
    re.IGNORECASE,
)
_BUT = pattern(r"\b(?:but|and)\b(?!\s(?:(?:was|were)\s)?(?:then |later )?$)", re.IGNORECASE)
BLOOD = frozenset({"red blood cells", "platelets", "plasma", "fresh frozen plasma"})


_Candidate = tuple[float, Event, tuple[int, int]]
"""How far a verb is from its regimen (less is nearer), what it tells, and where it stands."""
_NOTHING: tuple[None, None] = (None, None)
_WEIGHTS: tuple[tuple[Event, Pattern, float], ...] = (
    ("resume", RESUME, -18.0),
    ("stop", STOP, -12.0),
    ("change", CHANGE, -12.0),
    ("change", CHANGE_BY_ARROW, -12.0),
    ("start", START, 0.0),
    (
        "start",
        pattern(
            r"\b(?:was|were)\s(?:then\s|next\s|also\s)?(?:tried|triall?ed|attempted|applied|installed)\b",
            re.IGNORECASE,
        ),
        0.0,
    ),
)
"""The rarer verb says more than the common one that stands as near."""
_AUXILIARY = pattern(r"\b(?:was|were|is|are|been|had)\s(?:\w+\s){0,2}$")
_PREPOSITION = pattern(r"\b(?:with|by|of|on|for)\s(?:\w+\s){0,2}$")
_WHILE_ON_IT = pattern(
    r"\b(?:after|during|under|despite|due to|resistance|refractory|progress|response"
    r"|\d (?:days?|weeks?|months?)|tolera|side effects?|first (?:cycle|course)|continu|still|remain)",
    re.IGNORECASE,
)


def event_of(
    view: View, memory: Memory, given: Given, low: int, high: int, after: int
) -> tuple[Event | None, tuple[int, int] | None]:
    """Return what happens to a regimen, by the nearest verb of its clause, and where that verb stands."""
    if is_dose_left_out(view, given) or is_harmful(view, given):
        return _NOTHING
    return _by_its_verb(view, memory, given, low, high, after)


def is_harmful(view: View, given: Given) -> bool:
    """Whether a drug's name is that of a harm: "a carboplatin hypersensitivity reaction"."""
    return _DID_HARM_ITSELF.match(view.whole, given.end, view.end) is not None


_DID_HARM_ITSELF = pattern(
    r"\s(?:hypersensitivity|allerg(?:y|ic)|toxicity|intolerance|anaphyla\w{2,5}|infusion[ -](?:related\s)?reaction)\b",
    re.IGNORECASE,
)


def _by_its_verb(
    view: View, memory: Memory, given: Given, low: int, high: int, after: int
) -> tuple[Event | None, tuple[int, int] | None]:
    """Return what the nearest verb of a regimen's clause tells of it."""
    lowered = _DOSE_ARROW.match(view.whole, given.end, view.end)
    if lowered is not None and set(given.agents) <= memory.told_agents:
        return "change", (given.start, lowered.end())
    if led_to(view, given) or _is_beside(view, given, low) or brought(view, memory, given):
        return "start", (given.start, given.dose_end)
    last = view.has(_LAST_OF, max(view.start, given.start - 20), given.start)
    last = last or view.has(_END_OF, max(view.start, given.start - 70), given.start)
    if last is not None and set(given.agents) <= memory.told_agents:
        return "stop", (last.start(), given.end)
    candidates = _candidates(view, given, low, min(high, after, given.dose_end + 130))
    continues = _what_goes_on(view, given, low, high)
    until = _end_of_going_on(view, given, continues, high)
    if until is not None and (ended := _end_told(view, memory, given, continues, until)) is not None:
        return "stop", ended
    if until is None and continues is not None and _was_paused(memory, given):
        return "resume", continues.span()
    if until is None and _only_goes_on(view, given, low, continues, candidates):
        return _NOTHING
    if any(agent in BLOOD for agent in given.agents) and view.governing(given.start, given.end) is not None:
        return "start", (given.start, given.end)
    if not candidates:
        return _without_verb(view, memory, given, low)
    _, event, span = candidates[0]
    begun = _begun_before(view, given, span, [found for _, kind, found in candidates if kind == "start"])
    if event != "start" and begun is not None:
        event, span = "start", begun
    if event == "start" and (
        DID_HARM.match(view.whole, given.end, view.end)
        or (continues is not None and set(given.agents) <= set(memory.regimen))
        or _is_only_named(view, memory, given, low, span)
    ):
        return _NOTHING
    return event, span


def _is_beside(view: View, given: Given, low: int) -> bool:
    """Whether a supportive drug is only added to another, whose verb stands before: "resumed with paracetamol"."""
    return given.supportive and view.has(BESIDE, max(low, given.start - 30), given.start) is not None


def is_dose_left_out(view: View, given: Given) -> bool:
    """Whether only one dose of a cycle was left out, so that the regimen goes on: "day 8 gemcitabine was omitted"."""
    return (
        _DOSE_OF_A_DAY.search(view.whole, max(view.start, given.start - 24), given.start) is not None
        and _LEFT_OUT.match(view.whole, given.dose_end, view.end) is not None
    )


_DOSE_OF_A_DAY = pattern(r"\b(?:day|d)[ -]?\d{1,2}\s(?:(?:dose|infusion|injection)\sof\s)?$", re.IGNORECASE)
_LEFT_OUT = pattern(
    r"\s(?:of\s[a-z0-9 ]{3,14}\s)?(?:(?:was|were|had to be)\s)?"
    r"(?:omitted|withheld|held|skipped|dropped|not given|cancell?ed)\b",
    re.IGNORECASE,
)
BESIDE = pattern(r"\b(?:together|along|alongside|in combination)\swith\s(?:[a-z-]{3,14}\s)?$", re.IGNORECASE)
"""What adds a supportive drug to another whose verb stands before: "resumed together with paracetamol"."""
DID_HARM = pattern(r"[- ](?:induced|related|associated)\b", re.IGNORECASE)
"""What only blames a drug: "ifosfamide-induced encephalopathy"."""


def _what_goes_on(view: View, given: Given, low: int, high: int) -> re.Match[str] | None:
    """Return the word that tells something to go on, unless it is another regimen: "was added to ongoing FOLFIRI"."""
    for match in view.find(CONTINUES, low, high):
        if not any(
            other.start != given.start and _OF_THE_NEXT.fullmatch(view.whole[match.end() : other.start])
            for other in group_agents(view)
            if other.start >= match.end()
        ):
            return match
    return None


_OF_THE_NEXT = pattern(r"\s(?:[a-z-]{3,14}\s){0,2}", re.IGNORECASE)
_DOSE_ARROW = pattern(
    r"\s{0,2}(?:→|->|↓|↑|(?:(?:back |down |up )?to\s)(?=\d{1,4}\s?(?:mg|%)))\s?\d{1,4}"
    r"(?:[.,]\d{1,2})?\s?(?:mg|g\b|µg|mcg|x\s?\d|bd|od|BID|%)"
)
"""A note's sign for another dose: "trabectedin ↓1.2 mg/m2"."""
_END_OF = pattern(
    r"(?<![a-z,]\s)\bend\sof\s$|\b(?:at|by|on|upon)\s(?:the\s)?(?:end|conclusion|close)\sof\s(?:(?:the|his|her"
    r"|this|all|(?:neo-?)?adjuvant"
    r"|palliative|first-line|second-line"
    r"|induction|(?:\d{1,2}|two|three|four|six|eight)\s(?:cycles|courses)\sof|(?:treatment|therapy)\swith)\s){0,2}$",
    re.IGNORECASE,
)
"""What tells that a regimen that was given is over: "at the end of", "by the end of six cycles of"."""
_LAST_OF = pattern(r"\b(?:his|her|their|the) (?:last|final)\s$", re.IGNORECASE)
"""What makes a drug's name that of its last dose: "her last tebentafusp was on 17 July"."""


def _end_told(
    view: View, memory: Memory, given: Given, continues: re.Match[str] | None, until: Governed
) -> tuple[int, int] | None:
    """Return the words that tell up to when a regimen was given, if they do."""
    if continues is None:
        return (given.start, until.end) if _ran_until(view, memory, given, until) else None
    goes_on = continues.start() - given.end < _NEAR and until.start > continues.end()
    return (continues.start(), until.end) if goes_on else None


_NEAR = 40
"""Characters behind a regimen within which it is told to go on."""


def _ran_until(view: View, memory: Memory, given: Given, until: Governed) -> bool:
    """Whether a regimen that runs is told to have been given up to a date: "X was given until May"."""
    return (
        given.agents in memory.given
        and not any(time.end <= until.start and not time.until for time in view.times)
        and _GIVEN_UP_TO.fullmatch(view.whole, given.dose_end, until.start) is not None
    )


_GIVEN_UP_TO = re.compile(
    r"(?:\s(?:was|were|has\sbeen|had\sbeen))?(?:\s(?:then|thus|only|well))?(?:\s(?:given|taken|administered|used"
    r"|maintained|tolerated))?"
    r"\s(?:up\s)?(?:until|till|to|through)\s(?:the\s)?(?:end\sof\s)?"
)


def _was_paused(memory: Memory, given: Given) -> bool:
    """Whether the story has told that a regimen was stopped, so that it can only go on by being resumed."""
    stopped = ("stop", given.agents) in memory.courses
    return stopped and given.agents not in memory.given and given.dose is not None


def is_of_another(view: View, given: Given, verb: tuple[int, int]) -> bool:
    """Whether a verb before a regimen has another one for its subject: "A was stopped and B 40 mg was given"."""
    if verb[1] > given.start:
        return False
    groups = group_agents(view)
    at = bisect_right(groups, verb[0], key=lambda group: group.end)
    if not at:
        return False
    other = groups[at - 1]
    return _SUBJECT_OF.fullmatch(view.whole[min(other.dose_end, verb[0]) : verb[0]]) is not None


def _in_brackets_of_another(view: View, given: Given, verb: tuple[int, int]) -> bool:
    """Whether a verb stands in the brackets behind another regimen: "A (May 2019, stopped in July) and B"."""
    opened = view.whole.rfind("(", view.start, verb[0])
    if opened < 0 or not verb[1] <= view.whole.find(")", opened, given.start) < given.start:
        return False
    return any(other.end <= opened <= max(other.end + 1, other.dose_end) for other in group_agents(view))


def _stands_alone(view: View, given: Given, verb: tuple[int, int]) -> bool:
    """Whether a verb before a regimen has an object of its own, or is a note's: "G2 -> held, cardiology, X"."""
    if verb[1] > given.start:
        return False
    own = _OWN_OBJECT.match(view.whole, verb[1], given.start)
    if given.dose is not None and _CLOSED_OFF.fullmatch(view.whole, verb[1], given.start):
        return True
    return own is not None or (
        view.whole[verb[1]] in ",;"
        and _NOTED_ALONE.search(view.whole, max(view.start, verb[0] - 6), verb[0]) is not None
    )


_CLOSED_OFF = re.compile(r"[,;]\s(?:and\s|then\s)?")
"""What parts a verb from a regimen with its dose behind it, which is the next thing told: "HP stopped, Kadcyla 3.6"."""
_FOLLOWED_BY = pattern(r"\bfollowed by\b", re.IGNORECASE)
_COULD_HARM = pattern(
    r"(?:\sof\s[^.;,]{3,40}?)?\s(?:could|may|might|would|can|carries|risks)\b", re.IGNORECASE
)
"""What makes a stop one that is only feared: "abrupt withdrawal could provoke a crisis"."""
_OWN_OBJECT = pattern(
    r"\s(?:of\s)?(?:the|this|his|her|all)\s(?:study\s)?(?:drugs?|treatment|therapy|agents?|medication|inhibitor"
    r"|chemotherapy)\b",
    re.IGNORECASE,
)
_NOTED_ALONE = pattern(r"(?:->|→|=>|–>|[,;:])\s{0,2}$")
_SUBJECT_OF = pattern(
    r"\)?\s(?:\(?(?:x\s?\d{1,2}|\d{1,2}\s?(?:x|#|cycles|courses))\)?\s)?"
    r"(?:(?:was|were|had been|has been|is|had to be)\s)?(?:[a-z]{3,14}ly\s|then\s|therefore\s|thus\s|also\s){0,2}"
)


def _candidates(view: View, given: Given, low: int, high: int) -> list[_Candidate]:
    """Return the verbs that may tell what happens to a regimen, the nearest first."""
    phrase = view.phrase(given.start)[0]
    found: list[_Candidate] = []
    for event, verb, weight in _WEIGHTS:
        for match in view.find(verb, max(low, given.start - 110), high):
            if given.start <= match.start() < given.end:
                continue
            if _is_denied(view, low, match):
                continue
            if event != "start" and (
                not BLOOD.isdisjoint(given.agents)
                or is_of_another(view, given, match.span())
                or _stands_alone(view, given, match.span())
            ):
                continue
            if match.start() >= given.end and view.has(_FOLLOWED_BY, given.end, match.end()):
                continue  # it tells of what is named behind it
            if event == "stop" and _is_of_the_next(view, given, match.end()):
                continue
            if event == "stop" and _COULD_HARM.match(view.whole, match.end(), view.end):
                continue
            if _in_brackets_of_another(view, given, match.span()):
                continue
            gap = given.start - match.end() if match.end() <= given.start else match.start() - given.dose_end
            distance = max(0, gap) + weight + (0.0 if match.start() >= phrase else 25.0)
            if match.start() > given.dose_end and view.has(_BUT, given.dose_end, match.start()):
                distance += 30.0
            passive = (
                view.within(_AUXILIARY, view.whole[max(low, match.start() - 18) : match.start()]) is not None
            )
            if match.start() >= given.dose_end and passive:
                distance -= 15.0
            found.append((distance, event, match.span()))
    return sorted(found)


def _is_of_the_next(view: View, given: Given, end: int) -> bool:
    """Whether a stop tells, with "of", what it is of, and that is another regimen: "led to the interruption of X"."""
    of = _OF_WHAT.match(view.whole, end, view.end)
    return of is not None and any(
        other.start == of.end() and not set(other.agents) & set(given.agents) for other in group_agents(view)
    )


_OF_WHAT = pattern(r"\sof\s(?:the\s)?", re.IGNORECASE)


def _is_denied(view: View, low: int, verb: re.Match[str]) -> bool:
    """Whether a verb is denied; what was "not started until June" was started then."""
    return (
        view.within(_DENIED_VERB, view.whole[max(low, verb.start() - 36) : verb.start()]) is not None
        and _UNTIL_THEN.match(view.whole, verb.end(), view.end) is None
    )


_UNTIL_THEN = pattern(r"\s(?:until|till)\b", re.IGNORECASE)


def _end_of_going_on(view: View, given: Given, continues: re.Match[str] | None, high: int) -> Governed | None:
    """Return the date up to which a regimen is said to have gone on."""
    until = next((t for t in view.times if t.until and given.end <= t.start < high), None)
    if until is not None or continues is None:
        return until
    if view.has(_UNTIL, continues.end(), min(high, continues.end() + 90)) is None:
        return None
    return next((t for t in view.times if t.absolute and continues.end() < t.start < high), None)


def _only_goes_on(
    view: View, given: Given, low: int, continues: re.Match[str] | None, candidates: list[_Candidate]
) -> bool:
    """Whether a regimen is only said to go on."""
    if view.within(_GOES_ON_WITH, view.whole[max(low, given.start - 50) : given.start]):
        return True
    first, last = view.phrase(given.start)
    return (
        continues is not None
        and first <= continues.start() < last
        and all(not first <= span[0] < last for _, event, span in candidates if event != "start")
    )


def _without_verb(
    view: View, memory: Memory, given: Given, low: int
) -> tuple[Event | None, tuple[int, int] | None]:
    """Return the start that a line without a verb tells: "12/08/2019 pembrolizumab 400 mg q6w"."""
    if memory.told_agents.isdisjoint(given.agents) and begun_behind(view, given) is not None:
        return "start", (given.start, given.dose_end)
    dated = view.sentence.item or view.governing(given.start, given.end) is not None
    named = view.within(ONLY_NAMED, view.whole[max(low, given.start - 40) : given.start])
    if given.dose is not None and dated and named is None:
        return "start", (given.start, given.dose_end)
    governed = view.governing(given.start, given.end)
    if (
        governed is not None
        and (named is None or view.has(_BEEN_ON, max(low, given.start - 30), given.start) is not None)
        and _FROM.fullmatch(view.whole[given.dose_end : governed.start])
    ):
        return "start", (given.start, governed.end)
    if governed is not None and _SINCE_ON.fullmatch(
        view.whole, max(view.start, governed.start - 6), given.start
    ):
        return "start", (governed.start, given.end)
    if governed is not None and (
        view.has(_FIRST_CYCLE, max(view.start, given.start - 16), given.start)
        or _begun_by_its_cycle(view, given, governed, named=named is not None)
    ):
        return "start", (given.start, given.end)
    if leads_line(view, given) or period_of(view, given)[0] is not None:
        return "start", (given.start, given.end)
    if named is None and (
        _is_dated_itself(view, given)
        or _COUNTED.match(view.whole, given.dose_end, view.end)
        or (given.start - view.start <= _AT_THE_HEAD and _BROUGHT.match(view.whole, given.dose_end, view.end))
    ):
        return "start", (given.start, given.end)
    return _NOTHING


def _begun_by_its_cycle(view: View, given: Given, governed: Governed, *, named: bool) -> bool:
    """Whether the first cycle of a regimen is told; where it is only named ("after FOLFOX C1 on"), with its day."""
    cycle = _FIRST_CYCLE_BEHIND.match(view.whole, given.dose_end, view.end)
    return cycle is not None and (not named or 0 < governed.start - cycle.end() <= len(" on "))


def _is_dated_itself(view: View, given: Given) -> bool:
    """Whether a regimen has a date of its own that tells when it was had: "had VAC in May 2020", "VAC (May 2020)"."""
    own = next((t for t in view.times if t.absolute and not t.until and t.start >= given.dose_end), None)
    if own is None or own.start - given.dose_end > _OWN_DATE:
        return False
    if _IN_ITS_BRACKETS.fullmatch(view.whole, given.dose_end, own.start):
        return True
    return (
        _ON_ITS_DAY.fullmatch(view.whole, given.dose_end, own.start) is not None
        and view.has(_HAD, max(view.start, given.start - 40), given.start) is not None
    )


_COUNTED = re.compile(
    r"\s?(?:[x×]\s?\d{1,2}|\d{1,2}\s?(?:[x×#]|cycles?\b|courses?\b))(?!\s?(?:mg|g\b|cm|mm|\d|[.,]\d))"
)
"""How many cycles were given, which says that they were: "carbo/PLD x6"."""
_AT_THE_HEAD = 4
_BROUGHT = re.compile(
    r"(?:\s\([^()]{1,40}\))?\s?(?:[,:;–-]|->|→|=>)\s?(?:best\s(?:response\s)?|with\s)?(?:PR|SD|PD|CR|MR)\b"
)
"""What a regimen that heads a line of a note has brought: "Bev + wkly pacli, PR after 3#"."""
_OWN_DATE = 90
_COUNT = r"(?:\s?(?:x\s?\d{1,2}|\d{1,2}\s?(?:x|cycles?|courses?)))?"
_IN_ITS_BRACKETS = re.compile(rf"(?:\s?\([^()]{{1,60}}\))?{_COUNT}\s?\((?:from\s|in\s|since\s|started\s)?")
_ON_ITS_DAY = re.compile(
    rf"(?:\s?\([^()]{{1,60}}\))?{_COUNT},?\s(?:in|on|from|since)\s(?:early\s|late\s|mid-?\s?)?"
)
_HAD = pattern(
    r"\b(?:had|has had|got|having had)\s(?:(?:adjuvant|neo-?adjuvant|palliative|induction|first-line|second-line"
    r"|third-line"
    r"|weekly|prior|previous|systemic|\d{1,2}|two|three|four|six|cycles|courses|of)\s){0,4}$",
    re.IGNORECASE,
)
"""What tells that a regimen was had: "she had four cycles of VAC in May 2020"."""


_FROM = pattern(
    r"(?:\s?[-–—:])?\s(?:x\s?\d{1,2}\s|\d{1,2}\s?x\s)?(?:maint\w{0,7}\.?\s|maintenance\s|adjuvant\s|monotherapy\s"
    r"|alone\s|\w{2,4}\s)?"
    r"\(?(?:[a-z][a-z -]{2,20},\s)?(?:from|since|once on|as from|as of|C1(?:\s?D1)?(?:\son)?|cycle 1(?:\son)?)\s",
    re.IGNORECASE,
)
"""What stands between a regimen and the date from which it was given: "pemetrexed maint. from 05.12.23"."""


_BEEN_ON = pattern(
    r"(?:\b(?:been|is|was|are|remain(?:s|ed)|now|currently|maintained)\s|(?:^|(?<=[.;:,(\n]\s)"
    r"|(?<=[(\n])))on\s(?:[a-z]{5,12}\s)?$",
    re.IGNORECASE,
)
"""What names a regimen that goes on, whose beginning is told behind it: "has been on letrozole since March"."""
_SINCE_ON = re.compile(
    r"since [^.;:]{4,24}?,?\s(?:s?he|the patient|mrs? [A-Za-z.]{1,20})\s(?:is|was|has been|had been)\s(?:now\s)?on\s",
    re.IGNORECASE,
)
"""What tells from when a regimen has been given: "since May 2020 he is on"."""
_FIRST_CYCLE = pattern(
    r"(?:\b(?:C1(?:\s?D1)?|cycle\s1(?:\sday\s1)?)|\bs/p(?:\s\d{1,2}\s?(?:x|#|cycles))?)\s(?:of\s)?$",
    re.IGNORECASE,
)
"""What stands before a regimen whose first dose has a date, or that was had: "C1D1 pembrolizumab 12/3/24", "s/p"."""
_FIRST_CYCLE_BEHIND = re.compile(r",?\s\(?(?:C1(?:\s?D1)?|[Cc]ycle\s(?:1|one)|#1)\b(?!\s?[-–/&]\s?C?\d)")
"""What stands behind a regimen whose first dose has a date: "08-Feb-2021: FOLFOX C1"."""


_BLAMES = pattern(
    r"^(?:by|from|under|on|due to|because of|related to|attributed to|secondary to|caused by)\b",
    re.IGNORECASE,
)
"""What blames one drug of the regimen that is being given, and tells no start: "hypomagnesemia by cisplatin"."""


def _is_only_named(view: View, memory: Memory, given: Given, low: int, verb: tuple[int, int]) -> bool:
    """Whether the words before a regimen only name it: "after 3 months of X", "progressed on X"."""
    named = view.within(ONLY_NAMED, view.whole[max(low, given.start - 60) : given.start])
    if named is None:
        return False
    if given.dose is None and set(given.agents) < set(memory.regimen) and view.within(_BLAMES, named[0]):
        return True
    if not given.start - 2 <= verb[1] <= given.start and not view.within(_PREPOSITION, named[0]):
        return True
    return given.agents in memory.given and view.within(_WHILE_ON_IT, named[0]) is not None


def _begun_before(
    view: View, given: Given, end: tuple[int, int], starts: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the verb by which a regimen began whose end follows: "was started and then stopped"."""
    if end[0] < given.dose_end:
        return None
    for span in sorted(starts):
        between = span[0] >= given.end and span[1] <= end[0]
        before = (
            span[1] <= given.start
            and given.start - span[1] < 12
            and "," not in view.whole[span[1] : given.start]
        )
        if (between or before) and SET_OUT.fullmatch(view.whole[span[0] : span[1]]):
            return span
    return None


SET_OUT = pattern(
    r"start(?:ed|ing)|began|begun|initiat(?:ed|ing)|commenc(?:ed|ing)|given|administered"
    r"|prescribed|introduced|received|put under|put on|placed on",
    re.IGNORECASE,
)
_GOES_ON_WITH = pattern(
    r"\b(?:continu\w{1,3}|remain\w{0,3}|stay\w{0,3}|kept|keep)\s(?:on|with|to (?:take|receive"
    r"|have))\s(?:the\s|her\s|his\s|maintenance\s|weekly\s|daily\s){0,2}$",
    re.IGNORECASE,
)


def leads_line(view: View, given: Given) -> bool:
    """Whether a line of a letter is just a date and a regimen ("06/24/2022 VDC")."""
    lead = view.whole[view.start : given.start]
    return (
        len(lead) < 32
        and bool(view.times)
        and re.fullmatch(
            r"[-*•\s]*(?:[Ss]ince |[Ff]rom |[Aa]s of )?(?:[\d./-]{6,10}|\w+ \d{4})[\s:,]*"
            r"(?:C\d{1,2}|cycle \d{1,2}|adj(?:uvant)?"
            r"|neo-?adj(?:uvant)?|palliative|[1-4]L|(?:1st|2nd|3rd|first|second|third)[- ]line|start(?:ed)?)?[\s:]*",
            lead,
        )
        is not None
    )
