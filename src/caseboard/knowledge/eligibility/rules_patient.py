"""What texts ask of the patient: age, performance status, life expectancy, pregnancy, sex."""

from __future__ import annotations

import re

from caseboard.knowledge.eligibility.rule import Rule, asked, by_pattern
from caseboard.knowledge.trial_shapes import Requirement

__all__ = ["RULES"]

_FILL = (
    r"(?:[\s,:]|of|is|was|be|must|should|a|an|the|score|scores|status|performance|physical|scale|standard"
    r"|grade|PS|level|between|from|with"
)
_FILL += (
    r"|at|or|in|group|criteria|activity|index|\(PS\)|\(ECOG(?: PS)?\)|\(KPS\)|ECOG|cooperative|oncology"
    r"|either|range)*?"
)

# --- performance status -------------------------------------------------------------------------------------------

_VALUES = (
    r"(?:(?P<sign>[≥≤<>])\s?(?P<limit>\d{1,3})(?:\s?%)?"
    r"|(?P<low>\d{1,3})\s?%?\s?(?:-|to|and|through)\s?(?P<high>\d{1,3})(?:\s?%)?(?!\s?(?:weeks|months|days|years))"
    r"|(?P<list>[0-4](?:\s?(?:,|/|or|,\s?or|,\s?and|and)\s?[0-4]){1,4})"
    r"|(?P<bound>\d{1,3})\s?%?\s(?:or|and)\s(?P<way>less|lower|better|below|higher|greater|more|above)"
    r"|(?P<one>[0-4])(?![\d.%]))"
)
_KARNOFSKY = r"(?:Karnofsky|KPS|Lansky|LPS)"
_SCALE = (
    rf"(?:ECOG|Zubrod|WHO(?=[^.;]{{0,25}}(?:PS\b|performance|status))|{_KARNOFSKY}|performance status|PS\b"
    rf"|WHO performance)"
)
_PERFORMANCE = re.compile(rf"\b(?P<scale>{_SCALE}){_FILL}\s?\(?{_VALUES}\)?", re.IGNORECASE)
_ON_SCALE = re.compile(
    rf"\b(?:a |an )?performance status(?: score)?(?: of)? {_VALUES} (?:on|according to|by|per|as per"
    rf"|using|based on) the"
    rf" (?P<scale>ECOG|{_KARNOFSKY}|WHO)(?: \([A-Z]+\))?(?: (?:performance status|performance|scale"
    rf"|status|scoring|criteria|PS))*",
    re.IGNORECASE,
)
_BETTER = {
    "ECOG": {"less": "<=", "lower": "<=", "better": "<=", "below": "<="},
    "Karnofsky": {"better": ">="},
}
_MORE = {
    "higher": ">=",
    "greater": ">=",
    "more": ">=",
    "above": ">=",
    "less": "<=",
    "lower": "<=",
    "below": "<=",
}


def read_performance(match: re.Match[str]) -> Requirement | None:
    """Read "ECOG performance status 0-2", "KPS ≥ 70%", "performance status of 0 or 1 on the ECOG scale"."""
    scale = "Karnofsky" if re.match(_KARNOFSKY, match["scale"], re.IGNORECASE) else "ECOG"
    best, worst, step = ("100", "0", 10) if scale == "Karnofsky" else ("0", "5", 1)
    limits = _performance_limits(match, scale, step)
    if limits is None:
        return None
    low, high = limits
    top = int(best if scale == "Karnofsky" else worst)
    low, high = max(low, 0), min(high, top)
    if low > high or (scale == "Karnofsky" and 0 < high < 10):
        return None
    return asked("performance", scale=scale, low=str(low), high=str(high))


def _performance_limits(match: re.Match[str], scale: str, step: int) -> tuple[int, int] | None:
    if match["sign"]:
        limit = int(match["limit"])
        return {
            "≥": (limit, 999), ">": (limit + step, 999), "≤": (0, limit), "<": (0, limit - step),
        }[match["sign"]]  # fmt: skip
    if match["low"]:
        return int(match["low"]), int(match["high"])
    if match["list"]:
        values = sorted({int(value) for value in re.findall(r"\d", match["list"])})
        # A gap in a list ("0 or 2") is more likely a slip than meant.
        return (values[0], values[-1]) if values == list(range(values[0], values[-1] + 1)) else None
    if match["bound"]:
        way = match["way"].casefold()
        sign = _BETTER[scale].get(way) or _MORE.get(way)
        return (
            None
            if sign is None
            else ((int(match["bound"]), 999) if sign == ">=" else (0, int(match["bound"])))
        )
    one = int(match["one"])
    return (one, one) if scale == "ECOG" else None


# --- age ----------------------------------------------------------------------------------------------------------

_YEARS = r"\s?(?:years?|yrs?|y)?(?:[- ](?:of age|old|of age or older))?"
_AGE = re.compile(
    rf"\bage[ds]?\b(?: (?:of|is|was|must be|should be|limit|range|at enrol?lment|between|from|at consent))*\s?:?\s?"
    rf"(?:(?P<sign>[≥≤<>])\s?(?P<limit>\d{{1,3}}){_YEARS}(?:\s?(?:and|to|,|but)\s?(?P<sign2>[≤<])\s?"
    rf"(?P<limit2>\d{{1,3}}){_YEARS})?"
    rf"|(?P<low>\d{{1,3}}){_YEARS}\s?(?:-|to|and|through)\s?(?P<high>\d{{1,3}}){_YEARS}"
    rf"|(?P<bound>\d{{1,3}}){_YEARS}\s(?:or|and)\s(?P<way>older|more|above|over|younger|less|greater))"
    r"|(?P<sign3>[≥≤<>])\s?(?P<limit3>\d{1,3})\s?(?:years?|yrs?)(?: of age\b|[ -]old\b|(?=\s?$|[,.;]))"
    r"|\b(?P<bound2>\d{1,3})\s?(?:years?|yrs?)(?: of age| old)?,?\s(?:or|and)\s(?P<way2>older|above"
    r"|over|more|younger)(?: (?:in|of) age)?"
    r"|(?:\b(?:age[ds]? )?between |\b)(?P<low2>\d{1,3})(?: years?)?\s?(?:-|to|and)\s?"
    r"(?P<high2>\d{1,3})\s?(?:years?|yrs?)(?: of age| old)\b",
    re.IGNORECASE,
)


def read_age(match: re.Match[str]) -> Requirement | None:
    """Read "age ≥ 18 years", "aged 18-75", "18 years of age or older", "younger than 18"."""
    low, high = match["low"] or match["low2"], match["high"] or match["high2"]
    if low and high:
        return asked("age", low=f">={int(low)}", high=f"<={int(high)}") if int(low) < int(high) else None
    bound, way = match["bound"] or match["bound2"], (match["way"] or match["way2"] or "").casefold()
    if bound:
        younger = way in {"younger", "less"}
        return asked("age", high=f"<={int(bound)}") if younger else asked("age", low=f">={int(bound)}")
    sign, limit = match["sign"] or match["sign3"], match["limit"] or match["limit3"]
    told = _ASCII[sign] + str(int(limit))
    name = "low" if sign in "≥>" else "high"
    terms = {name: told}
    if match["sign2"] and name == "low":
        terms["high"] = _ASCII[match["sign2"]] + str(int(match["limit2"]))
    return asked("age", **terms)


_ASCII = {"≥": ">=", "≤": "<=", "<": "<", ">": ">"}

# --- life expectancy ----------------------------------------------------------------------------------------------

_LIFE = re.compile(
    r"\b(?:(?:minimum |estimated |expected |anticipated |predicted )*(?:life[- ]expectancy|survival"
    r"(?: time| period)?|expected lifespan)"
    r"|(?:expected|estimated|predicted) to (?:live|survive))(?: (?:of|is|time|must be|should be|for|be|a|with))*\s?"
    r"(?P<sign>[≥≤<>])?\s?(?P<number>\d{1,3}|three|six|twelve)\s?(?P<unit>days?|weeks?|months?"
    r"|years?)(?: or (?:more|longer|greater))?",
    re.IGNORECASE,
)


def read_life_expectancy(match: re.Match[str]) -> Requirement:
    """Read "life expectancy of at least 12 weeks"."""
    sign = _ASCII[match["sign"] or "≥"]
    return asked("life expectancy", limit=f"{sign} {match['number']} {match['unit'].casefold()}")


# --- pregnancy, and what is asked of one sex ----------------------------------------------------------------------

_STATE = r"(?:pregnan(?:t|cy)|lactati(?:ng|on)|breast-?\s?feeding|nursing|in the period of lactation)"
_PREGNANT = re.compile(
    rf"\b(?:(?:women|females?|woman|patients|subjects|participants)(?: patients| subjects|"
    rf" participants)? )?(?:who are |that are |known to be |currently |is |are |be )*"
    rf"{_STATE}(?:(?:\s?(?:,|/|or|and|and/or)\s?)+(?:are |in )?{_STATE}){{0,3}}"
    r"(?: (?:women|females?|woman|female patients|patients|subjects|participants|mothers?)\b)?",
    re.IGNORECASE,
)
_ONE_SEX = re.compile(
    r"^(?P<who>(?:pre-?menopausal |fertile |all |sexually active )*(?:wom[ae]n|females?|female "
    r"(?:patients|subjects|participants)|WOCBP"
    r"|(?<!fe)males?|(?<!wo)m[ae]n|(?<!fe)male (?:patients|subjects|participants))\b).{0,800}$",
    re.IGNORECASE,
)
_HERS = re.compile(r"\b(?:wom[ae]n|females?|WOCBP)\b", re.IGNORECASE)
_HIS = re.compile(
    r"\b(?:m[ae]n|males?|both|partners?|all patients|all subjects|all participants)\b", re.IGNORECASE
)
_HER_PARTNER = re.compile(
    r"\b(?:female|wom[ae]n) (?:sexual )?partners?\b|\bpartners?\b[^.;]{0,80}", re.IGNORECASE
)
_OF_BIRTH = re.compile(
    r"pregnan|childbearing|child-bearing|contracept|menopaus|lactat|breast-?\s?feed|fertil|reproducti"
    r"|sperm|condom|nursing|birth control|abstin",
    re.IGNORECASE,
)


def read_pregnancy(match: re.Match[str]) -> Requirement:
    """Read "pregnant or breast-feeding women"."""
    return asked("pregnancy", words=match[0])


def read_one_sex(match: re.Match[str]) -> Requirement | None:
    """Read a sentence on child-bearing that speaks of women, or of men, alone: "Women must use contraception"."""
    sentence = match[0]
    if not _OF_BIRTH.search(sentence):
        return None
    rest = sentence[match.end("who") :]
    if _HERS.search(match["who"]):
        return None if _HIS.search(rest) else asked("one sex", sex="female")
    return None if _HERS.search(_HER_PARTNER.sub(" ", rest)) else asked("one sex", sex="male")


RULES: tuple[Rule, ...] = (
    Rule("patient.performance on a scale", ("performance status",), by_pattern(_ON_SCALE, read_performance)),
    Rule(
        "patient.performance",
        ("ecog", "zubrod", "who ", "karnofsky", "kps", "lansky", "lps", "performance", "ps "),
        by_pattern(_PERFORMANCE, read_performance),
    ),
    Rule(
        "patient.life expectancy",
        ("expectancy", "surviv", "lifespan", "to live"),
        by_pattern(_LIFE, read_life_expectancy),
    ),
    Rule(
        "patient.one sex",
        ("wom", "female", "wocbp", "male", "men ", "man "),
        by_pattern(_ONE_SEX, read_one_sex),
    ),
    Rule(
        "patient.pregnancy", ("pregnan", "lactat", "breast", "nursing"), by_pattern(_PREGNANT, read_pregnancy)
    ),
    Rule("patient.age", ("age", "year", "yrs", "old"), by_pattern(_AGE, read_age)),
)
