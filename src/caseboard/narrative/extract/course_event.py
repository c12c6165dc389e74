"""What happens to a regimen that a sentence names: the nearest verb decides."""

from __future__ import annotations

import re
from bisect import bisect_right

from caseboard.narrative.extract.changed_later import begun_then_changed
from caseboard.narrative.extract.conditioning import cells_behind
from caseboard.narrative.extract.courses import CHANGE, CHANGE_BY_ARROW, RESUME, STOP, Event
from caseboard.narrative.extract.kept_on import end_of_going_on, end_told, only_goes_on, what_goes_on
from caseboard.narrative.extract.lasted import continued_until
from caseboard.narrative.extract.led_to import brought, led_to
from caseboard.narrative.extract.only_named import (
    DID_HARM,
    is_blamed,
    is_dose_left_out,
    is_harmful,
    is_left_running,
    is_only_named,
)
from caseboard.narrative.extract.periods import going_on_since
from caseboard.narrative.extract.regimens import Given, group_agents
from caseboard.narrative.extract.without_verb import on_it_since, start_without_verb
from caseboard.narrative.memory import Memory
from caseboard.narrative.patterns import Pattern, pattern
from caseboard.narrative.view import Governed, View

__all__ = [
    "BESIDE",
    "BLOOD",
    "RESPONSE_TO",
    "SET_OUT",
    "START",
    "event_of",
    "is_of_another",
    "is_of_the_drug",
]

START = pattern(
    r"\b(?:(?<!after the )(?<!after )(?<!following the )first (?:dose|infusion|injection|administration"
    r"|application)(?= of\s)"
    r"|(?:got|had) (?:one|two|three|four|five|six|a single|\d{1,2}) (?:doses?|infusions?|injections?)(?= of\s)"
    r"|went on(?= \w+(?:nib|mab|platin|taxel|rubicin|bine|tecan|limus|ciclib|parib)\b[^.;]{0,12}\s(?:in|from)\s)"
    r"|(?:(?<=he )|(?<=we )|(?<=\bI )|(?<=was )|(?<=were ))tried(?! to\b)"
    r"|start(?:ed|ing|s)?|began|begun|begin|beginning|initiat(?:ed|ion|ing|e)|commenc(?:ed"
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
"""What may tell that a drug named near it was begun or given."""
_DENIED_VERB = pattern(
    r"\b(?:no|not|without|never|any)\s(?:\w+\s)?(?:(?:need|necessity|requirement|indication|reason)\s(?:for|to|of)\s"
    r"(?:an?\s|any\s|further\s)?)?$",
    re.IGNORECASE,
)
_BUT = pattern(r"\b(?:but|and)\b(?!\s(?:(?:was|were)\s)?(?:then |later )?$)", re.IGNORECASE)
"""What begins another statement between a regimen and a verb behind it."""
BLOOD = frozenset({"red blood cells", "platelets", "plasma", "fresh frozen plasma"})
"""Blood products, which are given once and then are neither stopped nor changed."""
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
            r"\b(?:was|were)\s(?:then\s|next\s|also\s)?(?:tried|triall?ed|attempted|applied|installed)\b"
            r"|\btook\splace\b",
            re.IGNORECASE,
        ),
        0.0,
    ),
)
"""The rarer verb says more than the common one that stands as near."""
_AUXILIARY = pattern(r"\b(?:was|were|is|are|been|had)\s(?:\w+\s){0,2}$")


def event_of(
    view: View, memory: Memory, given: Given, low: int, high: int, after: int
) -> tuple[Event | None, tuple[int, int] | None]:
    """Return what happens to a regimen, by the nearest verb of its clause, and where that verb stands."""
    if is_dose_left_out(view, given) or is_harmful(view, given) or is_left_running(view, given):
        return _NOTHING
    untold = memory.told_agents.isdisjoint(given.agents)
    if cells_behind(view, given) is not None or (
        untold and (going_on_since(view, given) is not None or on_it_since(view, given) is not None)
    ):
        return "start", (given.start, given.dose_end)
    if untold and (begun := begun_then_changed(view, given)) is not None:
        return "start", begun
    event, words = _by_its_verb(view, memory, given, low, high, after)
    return _NOTHING if event == "start" and is_blamed(view, given) else (event, words)


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
    continues = _goes_on(view, memory, given, low, high)
    until = end_of_going_on(view, given, continues, high)
    if (ended := _end_of_it(view, memory, given, continues, until, high)) is not None:
        return "stop", ended
    if until is None and continues is not None and _was_paused(memory, given):
        return "resume", continues.span()
    others = [span for _, event, span in candidates if event != "start"]
    if until is None and only_goes_on(view, given, low, continues, others):
        return _NOTHING
    if any(agent in BLOOD for agent in given.agents) and view.governing(given.start, given.end) is not None:
        return "start", (given.start, given.end)
    if not candidates:
        begun = start_without_verb(view, memory, given, low)
        return ("start", begun) if begun is not None else _NOTHING
    _, event, span = candidates[0]
    if event == "change" and _is_loading(view, memory, given, span):
        event = "start"
    begun = _begun_before(view, given, span, [found for _, kind, found in candidates if kind == "start"])
    if event != "start" and begun is not None:
        event, span = "start", begun
    if event == "start" and (
        DID_HARM.match(view.whole, given.end, view.end)
        or (continues is not None and set(given.agents) <= set(memory.regimen))
        or is_only_named(view, memory, given, low, span)
    ):
        return _NOTHING
    return event, span


def _goes_on(view: View, memory: Memory, given: Given, low: int, high: int) -> re.Match[str] | None:
    """Return the verb that tells a regimen to go on; none where the sentence first tells that it began.

    What goes on is then told of "it": "pazopanib was started in May and continued until June".
    """
    continues = what_goes_on(view, given, low, high)
    if continues is None or given.agents in memory.given:
        return continues
    return None if view.has(SET_OUT, given.end, continues.start()) is not None else continues


def _is_loading(view: View, memory: Memory, given: Given, change: tuple[int, int]) -> bool:
    """Whether an arrow stands between a loading dose and the next of a drug not told before: "X 8→6 mg/kg"."""
    return (
        view.whole[change[0] - 1].isdigit()
        and CHANGE_BY_ARROW.match(view.whole, *change) is not None
        and memory.told_agents.isdisjoint(given.agents)
    )


def _end_of_it(
    view: View,
    memory: Memory,
    given: Given,
    continues: re.Match[str] | None,
    until: Governed | None,
    high: int,
) -> tuple[int, int] | None:
    """Return the words that tell up to when a regimen was given, or what ended it while it went on."""
    if until is not None:
        return end_told(view, memory, given, continues, until)
    if continues is None or continues.start() < given.end or given.agents not in memory.given:
        return None
    return continued_until(view, given, continues.end(), high)


def _is_beside(view: View, given: Given, low: int) -> bool:
    """Whether a supportive drug is only added to another, whose verb stands before: "resumed with paracetamol"."""
    return given.supportive and view.has(BESIDE, max(low, given.start - 30), given.start) is not None


BESIDE = pattern(r"\b(?:together|along|alongside|in combination)\swith\s(?:[a-z-]{3,14}\s)?$", re.IGNORECASE)
"""What adds a supportive drug to another whose verb stands before: "resumed together with paracetamol"."""
_DOSE_ARROW = pattern(
    r"\s{0,2}(?:→|->|↓|↑|(?:(?:back |down |up )?to\s)(?=\d{1,4}\s?(?:mg|%)))\s?\d{1,4}"
    r"(?:[.,]\d{1,2})?\s?(?:mg|g\b|µg|mcg|x\s?\d|bd|od|BID|%)"
)
"""A note's sign for another dose: "trabectedin ↓1.2 mg/m2"."""
_END_OF = pattern(
    r"(?<![a-z,]\s)\bend\sof\s$|\b(?:at|by|on|upon)\s(?:the\s)?(?:end|conclusion|close)\sof\s(?:(?:the|his|her"
    r"|this|all|(?:neo-?)?adjuvant"
    r"|palliative|first-line|second-line"
    r"|induction|(?:\d{1,2}|two|three|four|six|eight)\s(?:cycles|courses)\sof|(?:treatment|therapy)\swith)\s){0,2}$"
    r"|\b(?:complet(?:ed|ing)|finish(?:ed|ing))\s(?:(?:all|the|her|his|planned|a\stotal\sof)\s){0,2}"
    r"(?:\d{1,2}|one|two|three|four|five|six|eight|twelve)\s(?:years?|months|weeks)\sof\s(?:adjuvant\s|maintenance\s"
    r"|treatment\swith\s|therapy\swith\s)?$",
    re.IGNORECASE,
)
"""What tells that a regimen that was given is over: "at the end of", "by the end of six cycles of"."""
_LAST_OF = pattern(r"\b(?:his|her|their|the) (?:last|final)\s$", re.IGNORECASE)
"""What makes a drug's name that of its last dose: "her last tebentafusp was on 17 July"."""


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
    if given.dose is not None and (
        _CLOSED_OFF.fullmatch(view.whole, verb[1], given.start)
        or _WITH_A_DOSE.fullmatch(view.whole, verb[1], given.start)
    ):
        return True
    return own is not None or (
        view.whole[verb[1]] in ",;"
        and _NOTED_ALONE.search(view.whole, max(view.start, verb[0] - 6), verb[0]) is not None
    )


_WITH_A_DOSE = re.compile(r"\s\d{1,4}(?:[.,]\d{1,2})?\s?(?:mg|g|µg|mcg)\b[^,;.]{0,24}[,;]\s(?:and\s|then\s)?")
"""A new dose that a verb has of its own, before the next thing told: "down to 2 mg bd, gliclazide 40 mg"."""
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
            if _tells_of_something_else(view, given, low, event, match):
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


def _tells_of_something_else(view: View, given: Given, low: int, event: Event, verb: re.Match[str]) -> bool:
    """Whether a verb near a regimen is denied, or tells of another drug or of no drug at all."""
    if given.start <= verb.start() < given.end or _is_denied(view, low, verb):
        return True
    if event != "start" and (
        not BLOOD.isdisjoint(given.agents)
        or is_of_another(view, given, verb.span())
        or _stands_alone(view, given, verb.span())
        or (given.supportive and is_of_the_drug(view, given, verb.start()))
        or RESPONSE_TO.search(view.whole, max(low, given.start - 30), given.start) is not None
    ):
        return True
    if verb.start() >= given.end and view.has(_FOLLOWED_BY, given.end, verb.end()):
        return True  # it tells of what is named behind it
    if event == "stop" and (
        _is_of_the_next(view, given, verb.end())
        or _THEN_NEXT.search(view.whole, verb.end(), given.start) is not None
        or _stopped_of_itself(view, verb)
        or _COULD_HARM.match(view.whole, verb.end(), view.end) is not None
    ):
        return True
    return _in_brackets_of_another(view, given, verb.span()) or _holds_another(view, given, verb.span())


def is_of_the_drug(view: View, given: Given, verb: int) -> bool:
    """Whether a verb behind a supportive drug has the treatment for its subject: "on amlodipine, the drug was held"."""
    return given.end <= verb and view.has(_THE_DRUG, given.end, verb) is not None


RESPONSE_TO = re.compile(r"\b(?:respon\w{2,5}|improvement)\s(?:to|on|with|under)\s(?:the\s)?$", re.IGNORECASE)
"""What only names the drug that helped: "resumed after a good response to steroids"."""
_THE_DRUG = pattern(
    r"\b(?:the|this|that|both|his|her)\s(?:study\s|targeted\s|anti-?cancer\s|systemic\s)?(?:drugs?|treatment|therapy|TKI"
    r"|inhibitor|agents?|chemotherapy|immunotherapy)\s(?:was|were|had|has)\b",
    re.IGNORECASE,
)


def _holds_another(view: View, given: Given, verb: tuple[int, int]) -> bool:
    """Whether the words of a verb hold the name of another regimen, which it tells of: "brought imatinib back"."""
    return any(
        verb[0] < other.start and other.end < verb[1] for other in group_agents(view) if other is not given
    )


def _is_of_the_next(view: View, given: Given, end: int) -> bool:
    """Whether a stop tells, with "of", what it is of, and that is another regimen: "led to the interruption of X"."""
    of = _OF_WHAT.match(view.whole, end, view.end)
    return of is not None and any(
        other.start == of.end() and not set(other.agents) & set(given.agents) for other in group_agents(view)
    )


_OF_WHAT = pattern(r"\sof\s(?:the\s)?", re.IGNORECASE)


_THEN_NEXT = re.compile(
    r"[,;]\s(?:and\s|we\s)?(?:then|thereafter|subsequently|next|afterwards?)\s(?:[a-z]{2,12}\s){0,3}\Z",
    re.IGNORECASE,
)
"""What parts the end of one regimen from the next: "stopped in May, then trabectedin"."""


def _is_denied(view: View, low: int, verb: re.Match[str]) -> bool:
    """Whether a verb is denied; what was "not started until June" was started then."""
    return (
        view.within(_DENIED_VERB, view.whole[max(low, verb.start() - 36) : verb.start()]) is not None
        and _UNTIL_THEN.match(view.whole, verb.end(), view.end) is None
    )


def _stopped_of_itself(view: View, verb: re.Match[str]) -> bool:
    """Whether what stopped is a function of the body or a complaint, right before the verb: "her periods ceased"."""
    if _OF_ITSELF.match(verb[0]) is None:
        return False
    return _BODILY.search(view.whole, max(view.start, verb.start() - 40), verb.start()) is not None or any(
        harm.end == verb.start() - 1 for harm in view.of("toxicity")
    )


_OF_ITSELF = re.compile(r"(?:stopped|ceased|ended|halted|finished|concluded)$", re.IGNORECASE)
_BODILY = re.compile(
    r"\b(?:mens(?:es|truation)|periods|bleeding|seizures?|vomiting|pain|fevers?|cough|symptoms?|complaints|spotting"
    r"|growth|lactation|breast-?feeding|smoking|work(?:ing)?|transfusions?)\s(?:(?:had|have|has|then|soon|finally)\s){0,2}$",
    re.IGNORECASE,
)
_UNTIL_THEN = pattern(r"\s(?:until|till)\b", re.IGNORECASE)


_PARTED_FROM = re.compile(r",|\sand\s")
"""What parts a verb from a regimen behind it, of which it does not tell: "radiotherapy was given and X was stopped"."""


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
            and not _PARTED_FROM.search(view.whole, span[1], given.start)
        )
        if (between or before) and SET_OUT.fullmatch(view.whole[span[0] : span[1]]):
            return span
    return None


SET_OUT = pattern(
    r"start(?:ed|ing)|began|begun|initiat(?:ed|ing)|commenc(?:ed|ing)|given|administered"
    r"|prescribed|introduced|received|put under|put on|placed on",
    re.IGNORECASE,
)
