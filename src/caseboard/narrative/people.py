"""Who is introduced in a sentence: "a 23-year-old man", "a woman of 71", "M, 41 at diagnosis", "a male newborn"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from caseboard.narrative.patterns import AnyOf, Cues, Pattern, Table, cues_in, lowered, pattern
from caseboard.narrative.stretches import Stretches

__all__ = ["Person", "Sex", "find_people", "names_somebody", "sex_of_organs", "sex_of_pronouns"]

Sex = Literal["male", "female"]

_OLDEST = 115
"""Years above which a number is no age."""
_MALE = "man|male|boy|gentleman|men|father"
_FEMALE = "woman|female|girl|lady|women|mother|housewife"
_ONE = "man|male|boy|gentleman|woman|female|girl|lady"
"""The words for one person, who is no relative."""
_ANYBODY = (
    "patient|infant|child|newborn|neonate|baby|toddler|teenager|adolescent|individual|person|student|farmer|worker"
    "|smoker|nurse|teacher|youngster|youth|adult|retiree|pensioner|pupil|engineer|driver|clerk|labou?rer|builder"
)
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_VALUES = {word: value for value, word in enumerate(f"{_UNITS}|{_TEENS}".split("|"), start=1)} | {
    word: 10 * ten for ten, word in enumerate(_TENS.split("|"), start=2)
}

_AT_WORK = (
    r"(?!tumou?r|cancer|diameter|number|marker|factor|ulcer|fever|order|layer|fiber|error|former|other|further|later"
    r"|center|water|liver|bladder|patient|component|extent|amount|moment|current)"
    r"[a-z-]{2,14}(?:er|or|ist|ian|man|woman|ant|ent|ess|eur|wife|ee|ic|chef|cook|nurse|clerk|student|apprentice|pilot"
    r"|guard|maid|widow|monk|nun|priest|soldier|judge|baker)"
)
"""Somebody by an occupation: where an age stands behind it, that of the patient."""
_NOUN = rf"(?P<noun>{_MALE}|m|{_FEMALE}|f|{_ANYBODY})(?!\w)"
_SPELT_NOUN = rf"(?P<noun>{_MALE}|{_FEMALE}|patient)(?!\w)"
_ANY_NOUN = rf"(?P<noun>{_MALE}|{_FEMALE}|{_ANYBODY})(?!\w)"
_AGE = rf"(?P<age>(?<![\d./,<>≤≥~])\d{{1,3}}(?:[.,]\d)?|(?:{_TENS})(?:[- ](?:{_UNITS}))?|{_TEENS}|{_UNITS})"
_UNIT = r"(?P<unit>years?|yrs?|months?|mos?|mo|weeks?|wks?|days?|y)"
_DESCRIBED = (
    r"(?:(?!(?:was|were|is|are|had|has|who|whose|with|presented|by|and|an?|the"
    r"|of)\b)[\w,'’()/-]{1,25}\s){0,6}?"
)
_AGED = (
    rf",?\s\(?(?:of|aged|age|at the age of)\s{_AGE}(?![./]\d)(?:\s{_UNIT})?\b"
    r"(?!\s?(?:mg|mm|cm|%|patients|cases|cycles|months|weeks|days|courses|doses|the|our|them))"
)
_CAME_AT = (
    r"\s(?:(?:who|was|had|been|first|initially|seen|presented|presenting|referred|admitted|brought|diagnosed|came"
    r"|attended|consulted|to|us|in|our|the|this|clinic|hospital|department)\s){1,7}at\s(?:the\s|an\s)?age\sof\s"
)
"""How somebody came, whose age stands behind it: "a boy was seen at the age of 7 months"."""
_AGE_AT_ONCE = (
    rf"(?:\spatient)?,?\s{{1,2}}\(?(?:aged?\s)?"
    rf"{_AGE}(?=\s(?:at diagnosis|at presentation|at onset|at dx|years?|yrs?|y/?o?)\b|,)(?:\s{_UNIT}\b)?"
)
_MAN_BEHIND = r"(?P<noun>m(?<=[\w-]m)an(?=\W))"
"""The end of "craftsman": a way of its own, so that the others are looked for at the beginnings of words alone."""
_LED = re.compile(rf"\b(?:an?|the|this|our|one|second|first|third)\s{_DESCRIBED}$")
"""The article and the words before a person: they belong to the introduction."""

_WAYS: Table[tuple[re.Pattern[str] | None, Pattern]] = Table(
    (
        (
            None,
            pattern(
                rf"(?P<noun>(?:{_ONE})(?=\W))(?:\spatient)?(?:,\s{{1,2}}|\s\()(?:aged?\s)?"
                rf"{_AGE}[\s–-]{{1,2}}{_UNIT}\s?(?:old|of age)\b"
            ),
        ),
        (
            None,
            pattern(
                rf"(?<!\w){_AGE}[\s–-]{{0,2}}{_UNIT}[\s–-]{{0,2}}(?:old\b|of age\b)(?:,?\s{_DESCRIBED}{_NOUN})?"
            ),
        ),
        (
            re.compile(r"y(?:ears?|rs?)?[./ -]{0,2}o\b"),
            pattern(
                rf"(?<!\w){_AGE}[\s–-]?(?P<unit>y)(?:ears?|rs?)?[./ -]{{0,2}}o\b\.?(?:,?\s{_DESCRIBED}{_NOUN})?"
            ),
        ),
        (None, pattern(rf"(?<![\w-]){_ANY_NOUN}{_AGED}")),
        (None, pattern(rf"(?<![\w-]){_ANY_NOUN}{_CAME_AT}{_AGE}\s{_UNIT}\b(?!\s(?:later|ago|after|before))")),
        (None, pattern(rf"{_MAN_BEHIND}{_AGED}")),
        (None, pattern(rf"(?<![\w-])(?P<noun>(?:{_ONE})(?=\W)|patient(?=,)){_AGE_AT_ONCE}")),
        (None, pattern(rf"{_MAN_BEHIND}{_AGE_AT_ONCE}")),
        (
            None,
            pattern(
                r"\b(?:pt\.?|pat\.|patient|first seen|seen first),?\s(?:was\s)?(?:then\s)?aged\s(?P<age>\d{1,3})"
                r"(?P<noun>(?!))?\b(?!\s?(?:to|and|or|[-–])\s?\d)"
            ),
        ),
        (
            None,
            pattern(
                r"\b(?P<age>\d(?<![\w.,/-]\d)\d{0,2})\s(?P<unit>years?|yrs?|months?),?\s(?P<noun>male"
                r"|female)\b(?=\s?[.,;)]|\s?$)"
            ),
        ),
        (
            None,
            pattern(
                r"(?P<noun>[mf](?<![\w.][mf])),\s(?P<age>\d{1,3})(?:\s?(?P<unit>y|yrs?|years?)\b)?"
                r"(?=\sat\s(?:1st|first|dx|diagnosis|presentation)\b)"
            ),
        ),
        (
            None,
            pattern(
                r"\b(?P<noun>mrs?|ms|miss|herrn?|frau)\.?\s{1,2}[\w.'’-]{1,20}(?:\s[\w.'’-]{1,20})?"
                r"(?:,\s|\s(?=\((?:aged?\s)?\d{2}(?:\s?(?:years?|yrs?|y)(?:\sold)?)?\))\()"
                r"(?:(?!room|bed|tel|ward|list|item|page|date|slot)[a-z-]{4,18}(?:\s[a-z-]{4,18})?,\s)?"
                r"(?:aged?\s)?(?P<age>\d{1,3})"
                r"(?:\s?(?P<unit>years?|yrs?|y)\b)?(?=\s?[,;)]|\.\s|\.$|\sold|\s(?:when|at\s[a-z]))"
            ),
        ),
        (
            None,
            pattern(
                rf"\b(?:an?|this"
                rf"|our)\s(?:[a-z-]{{3,16}}\s){{0,3}}?{_AT_WORK}(?:(?P<noun>(?!))?,?\s(?:(?:who\swas|aged)\s)"
                rf"(?P<age>\d{{2}})|(?:,|\sof)\s(?P<age2>\d{{2}}))(?=,\s(?:was|had|came|presented|referred"
                rf"|consulted|with"
                r"|noticed|admitted|seen)\b|\s(?:when|was|presented|had|came|consulted|noticed|who|with)\b)"
            ),
        ),
        (
            None,
            pattern(
                r"(?:(?<=[,(]\s)|(?<=\())(?P<noun>(?!))?(?P<age>\d{1,2})\s(?P<unit>years?|months?)"
                r"\sat\s(?:the|that)\stime(?=\s?[,.;)]|\s?$)"
            ),
        ),
        (
            None,
            pattern(
                r"\b(?P<noun>s?he|the patient)\s(?:was|is)\s(?:then\s|just\s|only\s|now\s|currently\s)?"
                r"(?P<age>\d{1,2})(?:\swhen\b|(?=\snow\b|\sand\s(?:in|fit|lives|works|has|had|was|otherwise)\b|[.;](?!\d)))"
            ),
        ),
        (None, pattern(r"\bat\s(?P<age>\d{2}),\s(?:the patient|s?he)\b(?P<noun>(?!))?")),
        (
            None,
            pattern(r"\bage at [a-z ]{3,25}[: ]\s{0,3}(?P<age>\d{1,3})(?P<noun>(?!))?\b"),
        ),
        (
            None,
            pattern(
                rf"\bage[d:]?(?: at (?:diagnosis|presentation))?[ :]{{1,3}}(?P<age>\d{{1,3}})\b"
                rf"[^.;\n]{{0,20}}?\b{_SPELT_NOUN}"
            ),
        ),
    )
)
"""The ways to say an age in small letters, the second with what is quicker looked for and stands in it."""
_LETTER_WAYS = (
    re.compile(
        r"\b[Aa]ge\s?/\s?(?:[Ss]ex|[Gg]ender)\s?:?\s?(?P<age>\d{1,3})\s?(?:[Yy](?:ea)?(?:rs?)?s?)?\.?\s?[/,]?\s?"
        r"(?P<noun>[MF])\b"
    ),
    re.compile(
        r"\b(?P<age>\d(?<![\w.,/-]\d)\d{1,2})\s?(?P<unit>y|yrs?|years?)\.?(?:\s?old)?,\s?(?P<noun>[MF])\b"
        r"(?=\s{0,3}(?:$|[\n,;)])|\.\s{0,2}(?:$|\n))"
    ),
    re.compile(
        r"\b(?:[Pp]atient(?:['’]s)?\s)?(?:[Ss]ex|[Gg]ender)\s?/\s?[Aa]ge\s?:\s?(?:[A-Z][A-Za-z.'’-]{0,14}\s?[,/;]\s?){0,2}(?P<noun>[MF])\b"
        r"[\s,/;]{1,3}(?P<age>\d{1,3})\b"
    ),
    re.compile(
        r"(?P<noun>[MF](?<![\w.][MF])),\s(?P<age>\d{2,3})(?=(?:\sy(?:rs?|ears?)?\b)?\s{0,3}(?:$|\n|;|,|\.\s|\.$))"
    ),
    re.compile(
        r"(?P<age>\d(?<![\w.,/-]\d)\d{1,2})\s?(?:-?\s?y(?:ea)?r?s?[- ]?(?:old"
        r"|[./]?o\.?)?\s?)?/?\s?(?P<noun>[MF])\b(?=[ \n,;.)]|$)"
    ),
    re.compile(
        r"\b(?P<age>\d(?<![\w.,/-]\d))\s?(?P<unit>yrs?|years?|months?|mo)\.?\s?/\s?(?P<noun>[MF])\b(?=[ \n,;.)]|$)"
    ),
    re.compile(
        r"(?P<noun>[MF](?<![\w.][MF])),?[ /](?:aged?\s)?(?P<age>\d{1,3})"
        r"(?=\s(?:at diagnosis|at presentation|years?|yrs?|y/?o)\b|y\b|,)(?:\s?(?P<unit>years?|yrs?|y)\b)?"
    ),
    re.compile(
        r"\b[Aa]ge[d:]?(?: at (?:diagnosis|presentation))?[ :]{1,3}(?P<age>\d{1,3})\b"
        r"[^.;\n]{0,20}?\b(?P<noun>[MF])\b"
    ),
)
"""The ways to say an age beside the capital letter M or F."""
_CAPITAL = re.compile(r"[MF](?<![A-Za-z][MF])(?![A-Za-z])")
_NO_AGE_BEFORE = re.compile(
    r"\b(?:figs?|figures?|tables?|panels?|sections?|cases?|patients?|no|stage|grade|exon|size|suppl)\b\.?\s?$"
)
"""What makes a number before F or M the number of a figure or of something else."""
_NO_AGE_AFTER = re.compile(
    r"[\s-]{0,2}(?:fdg|fluoro|psma|naf\b|pet\b|choline|dopa|(?:[a-z-]{3,14}\s){0,2}?(?:catheter|stent|sheath|french"
    r"|needle"
    r"|tube|drain|cannula|probe|balloon|foley|nelaton|port|introducer|scope))"
)
_THING = re.compile(
    r"[\s,]{1,2}(?:[a-z-]{2,20}\s){0,2}?(?:lesion|mass|tumou?r|scar|swelling|nodule|ulcer|injury|fracture"
    r"|implant|graft|wound|history|lump"
    r"|prosthesis|disease|complaint|symptom|sample|specimen|block|scan|film|picture|data)s?\b"
)
"""What has an age too, but is nobody."""
_NEWBORN = pattern(
    r"\b(?:an?|the)\s(?:(?:full-term|preterm|term|premature|healthy)\s)?(?P<noun>male|female|boy"
    r"|girl)\s(?:newborn|neonate|infant)\b"
    r"|\b(?:newborn|baby)\s(?P<noun2>boy|girl|male|female)\b"
    r"|\b(?:an?|the)\s(?:(?:full-term|preterm|term|premature|healthy)\s)?(?P<noun3>male|female|boy|girl)(?:\sbaby)?\b"
    r"(?=[^.;]{0,140}\b(?:at birth|born at|delivered (?:at|by|via|vaginally)|birth weight)\b)"
)
_FIGURE = pattern(r"\d")
_INTRODUCED = AnyOf(_FIGURE, *(way for _, way in _WAYS), _NEWBORN)
"""What a sentence must hold for anybody to be introduced in it."""
_NUMBERED = re.compile(
    r"[0-9]|old|newborn|neonate|infant|birth|deliver|age|of [a-z]{3,8}(?:y|teen)|y[./ -]?o"
)
"""What a sentence that introduces somebody holds."""
_PERSON_WORD = pattern(
    r"\b(?:patient|pt|old|y/?o|yo|aged?|m[ae]n|wom[ae]n|males?|females?|boy|girl|lady|gentleman|child|infant|newborn"
    r"|neonate|baby|he|she|his|her"
    r"|Mrs?|Ms|[MF]|HPI|PMH|DOB|date of birth)\b|\d\s?[MF]\b",
    re.IGNORECASE,
)
_HE = re.compile(r"h(?<!\wh)(?:e|is|im|imself)\b")
_SHE = re.compile(r"(?:s(?<!\ws)he|h(?<!\wh)er(?:s|self)?)\b")
"""A search for a first letter is faster than one for the edge of a word: look behind the letter instead."""
_TITLE = r"\b\.?(?=\s{1,2}[A-Z])"
_MR = re.compile(rf"M(?<!\wM)(?:r|onsieur){_TITLE}|H(?<!\wH)errn?{_TITLE}|S(?<!\wS)(?:ig|r|eñor){_TITLE}")
_MS = re.compile(
    rf"M(?<!\wM)(?:s|rs|iss|me|adame){_TITLE}|F(?<!\wF)rau{_TITLE}|S(?<!\wS)(?:ig\.ra|ra|eñora){_TITLE}"
)
_SEX = r"s(?<!\ws)ex{0}|S(?<!\wS)(?:ex|EX){0}|g(?<!\wg)ender{0}|G(?<!\wG)ender{0}"
_BIRTH = "".join(word + r":?\s[\d./-]{{6,10}},?\s{0}|" for word in (r"D(?:OB|\.O\.B\.?)", "Born", "born"))
"""Each form begins with a letter, so that it is looked for only where that letter stands."""
_BORN = r",?\s{1,4}\(?(?:[bf]\.\s?\d|(?:born|DOB)\b|\*\s?\d)"
_IS_MALE = re.compile(
    _BIRTH.format(r"(?:[Mm]ale|M)\b")
    + _SEX.format(r":?\s{1,3}(?:M|[Mm]ale)\b")
    + rf"|M(?<!\wM){_BORN}|M(?<!\wM)a(?:le|n){_BORN}|m(?<!\wm)ale{_BORN}"
)
_IS_FEMALE = re.compile(
    _BIRTH.format(r"(?:[Ff]emale|F)\b")
    + _SEX.format(r":?\s{1,3}(?:F|[Ff]emale)\b")
    + rf"|F(?<!\wF){_BORN}|F(?<!\wF)emale{_BORN}|W(?<!\wW)oman{_BORN}|f(?<!\wf)emale{_BORN}|K(?<!\wK) f\.\s?\d"
)
"""What a form says of the patient alone, where titles may be those of physicians: "Sex: F", "(male, b. 1977)"."""
_PER_YEAR = {"y": 1.0, "m": 1 / 12, "w": 7 / 365.25, "d": 1 / 365.25}


class Person(msgspec.Struct, frozen=True):
    """Somebody introduced at characters ``start`` to ``end``: age in years and sex as far as said."""

    start: int
    end: int
    age_years: float | None
    sex: Sex | None


def names_somebody(text: str) -> bool:
    """Whether a whole text has any word for a patient: a cheap look."""
    return _PERSON_WORD.search(text) is not None


def find_people(text: str, start: int, end: int, cues: Cues | None = None) -> tuple[Person, ...]:
    """Return each person whose age is given between ``start`` and ``end``, way by way, no stretch twice.

    ``cues`` are the patterns that may match there, where the caller has them at hand. What was found in the text that
    is being read is remembered: several parts of the reader ask for the same sentences.
    """
    known = _found_in(text)
    found = known.get((start, end))
    if found is None:
        lower = lowered(text)
        cues = cues_in(lower, start, end) if cues is None else cues
        found = known[start, end] = tuple(_people(text, lower, start, end, cues))
    return found


@lru_cache(maxsize=2)
def _found_in(_text: str) -> dict[tuple[int, int], tuple[Person, ...]]:
    return {}


def _people(text: str, lower: str, start: int, end: int, cues: Cues) -> Iterator[Person]:
    if not _INTRODUCED.possible(cues) or not _NUMBERED.search(lower, start, end):
        return
    taken = Stretches()
    for match in _matches(text, lower, start, end, cues):
        first, last = match.span()
        if not taken.free(first, last):
            continue
        groups = match.groupdict()
        age = _age(groups["age"] or groups["age2"], groups.get("unit"))
        first, age = _with_years(lower, start, first, age, groups.get("unit"))
        last, age = _with_months(lower, last, end, age, groups.get("unit"))
        if age > _OLDEST or (not groups["noun"] and _THING.match(lower, last, end)):
            continue
        led = (
            _LED.search(lower, max(start, first - 60), first)
            if match.start("noun") == match.start()
            else None
        )
        taken.take(first, last)
        first = led.start() if led else first
        yield Person(first, last, age, _sex(groups["noun"]))
    if not taken and _NEWBORN.possible(cues):
        for match in _NEWBORN.finditer(lower, start, end):
            yield Person(
                match.start(), match.end(), 0.0, _sex(match["noun"] or match["noun2"] or match["noun3"])
            )


_YEARS_BEFORE = re.compile(r"(?<![\d./,])(?P<years>\d{1,2})[\s-]y(?:ea)?rs?,?[\s-](?:and[\s-])?$")
_MONTHS_BEHIND = re.compile(
    r"(?:\sand|,)?\s(?P<months>\d{1,2})[\s-]months?\b(?!\s(?:later|ago|after|before|prior|history))"
)
"""The other half of an age: "a 10-year-and-8-month-old girl", "aged 2 years and 3 months"."""


def _with_years(lower: str, start: int, first: int, age: float, unit: str | None) -> tuple[int, float]:
    """Return where an age in months begins, and the age with the years that stand before them."""
    if unit is None or not unit.startswith("m"):
        return first, age
    years = _YEARS_BEFORE.search(lower, max(start, first - 16), first)
    return (first, age) if years is None else (years.start(), round(age + int(years["years"]), 2))


def _with_months(lower: str, last: int, end: int, age: float, unit: str | None) -> tuple[int, float]:
    """Return where an age in years ends, and the age with the months that stand behind them."""
    if unit is None or not unit.startswith("y") or not lower.endswith(("year", "years", "yrs"), 0, last):
        return last, age
    months = _MONTHS_BEHIND.match(lower, last, end)
    return (last, age) if months is None else (months.end(), round(age + int(months["months"]) / 12, 2))


def _matches(text: str, lower: str, start: int, end: int, cues: Cues) -> Iterator[re.Match[str]]:
    for mark, way in _WAYS.possible(cues):
        if mark is None or mark.search(lower, start, end):
            yield from way.finditer(lower, start, end)
    if _FIGURE.possible(cues) and _CAPITAL.search(text, start, end):
        for lettered in _LETTER_WAYS:
            for match in lettered.finditer(text, start, end):
                numbered = _NO_AGE_BEFORE.search(lower, max(start, match.start() - 12), match.start())
                if not numbered and not _NO_AGE_AFTER.match(lower, match.end(), end):
                    yield match


def sex_of_pronouns(text: str, start: int, end: int) -> Sex | None:
    """Return the sex that a form, else titles, else most pronouns of a stretch tell; None where they do not."""
    male, female = bool(_IS_MALE.search(text, start, end)), bool(_IS_FEMALE.search(text, start, end))
    if male != female:
        return "male" if male else "female"
    mister, missis = _is_titled(text, _MR, start, end), _is_titled(text, _MS, start, end)
    if mister != missis:
        return "male" if mister else "female"
    lower = lowered(text)
    he, she = len(_HE.findall(lower, start, end)), len(_SHE.findall(lower, start, end))
    if he + she == 0 or min(he, she) * 3 > max(he, she):
        return None
    return "male" if he > she else "female"


def _is_titled(text: str, title: re.Pattern[str], start: int, end: int) -> bool:
    """Whether a title is told of somebody who is no colleague: not "with Miss Hall", "Mr Hall to see"."""
    return any(
        not _COLLEAGUE_BEFORE.search(text, max(start, match.start() - 16), match.start())
        and not _COLLEAGUE_BEHIND.match(text, match.end(), end)
        for match in title.finditer(text, start, end)
    )


_COLLEAGUE_BEFORE = re.compile(
    r"\b(?:with|by|under|from|per|via|[Cc][Cc]|surgeon|consultant|[Rr]eferrer|[Rr]ef|chair|[Pp]resent"
    r"|[Aa]ttend(?:ing|ees)|and|&"
    r"|[Dd]ear):?\s{1,2}$"
)
_COLLEAGUE_BEHIND = re.compile(
    r"\s{1,2}[A-Z][\w'’-]{1,20}(?:['’]s\s(?:list|team|clinic|firm|service)"
    r"|\s(?:to\s(?:see|review|discuss|attend|speak|do)|will\s(?:see|review)|agree[sd]|operated|performed|removed"
    r"|resected|excised"
    r"|repaired|took|did|inserted|biopsied|kindly|advised|advises|recommend\w{0,3})|\s?\((?!\d|D\.?O\.?B|born|b\.))"
)


def sex_of_organs(text: str, spans: Sequence[tuple[int, int]]) -> Sex | None:
    """Return the sex whose organs are told of at least twice in the stretches, and the other's never; else None."""
    lower = lowered(text)
    female = sum(1 for span in spans for _ in _FEMALE_ORGANS.finditer(lower, *span))
    male = sum(1 for span in spans for _ in _MALE_ORGANS.finditer(lower, *span))
    if min(female, male) > 0 or max(female, male) < _FEWEST_ORGANS:
        return None
    return "female" if female else "male"


_FEWEST_ORGANS = 2
_FEMALE_ORGANS = re.compile(
    r"\b(?:ovar(?:y|ies|ian)|adnexal?|uter(?:us|ine)|endometri(?:um|al)|hysterectomy|(?:salpingo-)?oophorectomy|bso"
    r"|vagin(?:a|al)"
    r"|vulva(?:r)?|(?:pre|post|peri)-?menopaus\w{1,4}|menarche|menses|pregnan(?:t|cy)"
    r"|(?:multi|primi|nulli)(?:gravida|parous|para)|g\d{1,2}\s?p\d{1,2}|weeks['’]?\sgestation|post-?partum)\b"
)
_MALE_ORGANS = re.compile(
    r"\b(?:prostat(?:e|ic|ectomy)|testis|testes|testic(?:le|les|ular)|orchi(?:d)?ectomy|scrot(?:um|al)|penis|penile"
    r"|spermatic)\b"
)


def _age(number: str, unit: str | None) -> float:
    """Return an age in years, months and weeks rounded to a hundredth."""
    if number[0].isdigit():
        value = float(number.replace(",", "."))
    else:
        value = float(sum(_VALUES[word] for word in number.replace("-", " ").split()))
    kind = (unit or "y")[0]
    return value if kind == "y" else round(value * _PER_YEAR[kind], 2)


def _sex(noun: str | None) -> Sex | None:
    word = (noun or "").lower()
    if word in ("m", "he", "mr", "herr", "herrn", *_MALE.split("|")):
        return "male"
    return "female" if word in ("f", "she", "mrs", "ms", "miss", "frau", *_FEMALE.split("|")) else None
