"""Whether a mention is asserted: or denied, only suspected, planned, in the past, or said of someone else.

The triggers are words that clinicians use for these purposes, in tables; a trigger reaches to the end of its phrase,
over a list ("no fever, weight loss or night sweats"), and stops at a contrast ("but", "however"). After ConText
(Harkema 2009, J Biomed Inform 42:839): the idea, not the lexicon.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from caseboard.narrative.kin_words import CHILDREN, COLLATERALS, KIN, PARENTS, SPOUSES
from caseboard.narrative.other_people import (
    comes_back_from_family_history,
    is_of_other_people,
    was_a_relatives,
)
from caseboard.narrative.patterns import pattern
from caseboard.narrative.time_words import MONTH_BEGINS
from caseboard.narrative.view import View

__all__ = [
    "PLANNED_AFTER",
    "denied",
    "hypothetical",
    "is_of_the_next",
    "of_someone_else",
    "own_words_before",
    "planned",
    "previously",
    "suspected",
]

_LISTED = re.compile(r"\b(?:or|nor|and)\b|^[^,]{1,40}(?:,[^,]{1,40}){0,6}$")
"""What a denial reaches across a comma: the parts of a list."""
_STATED = re.compile(
    r"\b(?:revealed|showed|demonstrated|with|was performed|were found|is|was|were|had|because|owing)\b"
)
_CONTRASTS = (
    pattern(
        r"\b(?:but|however|although|except|apart from|other than|though|yet(?! to\b)|nevertheless|while|whereas)\b",
        re.IGNORECASE,
    ),
    pattern(r"[;.→=-](?:(?<=[;→])|(?<=\.)\s|(?<=[=-])>)"),
    pattern(r"\b(?:until|till)\b[^.;,]{0,40},?\swhen\b", re.IGNORECASE),
    pattern(
        r"\b(?:Instead of|Rather than|In lieu of|In place of|Without waiting for|Unlike)\s[^.;,]{3,40},\s"
    ),
    pattern(
        r"\b(?:and|then)\s(?:was|were)\s(?:then\s|instead\s|therefore\s|thus\s)?(?:started|put|placed|commenced"
        r"|begun|managed|given)\b"
        r"|\band\s(?:then\s|instead\s|therefore\s|thus\s)?(?:started|began|commenced|received|underwent)\b",
        re.IGNORECASE,
    ),
    pattern(
        rf"\band\s(?:then\s|later\s|finally\s)?(?=(?:on|in|from|since|by)\s(?:the\s|early\s|late\s|mid-?\s?)?(?:\d"
        rf"|{MONTH_BEGINS}))"
        r"|\band\s(?=(?:s?he|we|they|the\spatient)\s)"
        r"|,\s(?=(?:s?he|we|they|the\spatient)\s(?:(?:then|was|were|had|has)\s){0,2}(?:received|underwent|started|began"
        r"|commenced|took|got|given|treated|put)\b)",
        re.IGNORECASE,
    ),
)
"""The words and the signs at which a trigger stops: "free of disease until June, when CT showed nodules"."""
_DENY_BEFORE = pattern(
    r"\b(?:no(?!\s(?:longer|more than|later))|not(?:\s(?:yet\s)?had)?|without|denied|denies|denying|neither|nor"
    r"|never(?![- ]smok)(?:\s(?:had|has had|showed|was|were))?|none of"
    r"|absence of|absent|free of|free from|lack(?:ed|s|ing)?(?: of)?"
    r"|negative for|ruled out(?!,?\s(?:and|but|by)\b)"
    r"|excluded?(?!,?\s(?:and|but)\b)|excluding|rules? out|did not|does not|do not"
    r"|ha(?:s|ve|d)(?:\snot|n['’]t)(?:\s(?:yet\s)?had)?|ha(?:s|ve|d)\syet\sto\s[a-z]{4,12}"
    r"|didn['’]t|wasn['’]t|isn['’]t|could not|cannot|failed to (?:show|reveal"
    r"|demonstrate|detect)|unremarkable for)\b|\bnon-$",
    re.IGNORECASE,
)
NOT_UNTIL = r"(?!\s(?:be\s|been\s)?(?:[a-z-]{3,16}\s){1,4}(?:until|till)\b)"
"""What may not stand behind a "not" that denies: "was not started until June" tells a start."""
_DENY_AFTER = pattern(
    r"^[^.;]{0,60}?\b(?:(?:was|were|is|are|has been|have been|had been)\s(?:not|never)\b"
    + NOT_UNTIL
    + r"|(?:was"
    r"|were) (?:ruled out|excluded|absent|denied|declined|refused|negative)|not (?:seen|observed|found"
    r"|detected|present|performed|given|noted|done)|ruled out|is excluded|: (?:none|no|nil)\b)",
    re.IGNORECASE,
)
_SUSPECT = pattern(
    r"\b(?:suspect(?:ed|ing|s)?|suspicio(?:n|us)(?: of| for)?|suggest(?:ive|ing|ed|s)?(?: of)?|possible"
    r"|possibly|probabl[ey]|presum(?:ed|ptive|ably)|likely|may (?:be|represent)|might (?:be|represent)"
    r"|could (?:be|represent)|question(?:able|ed)"
    r"|concern(?:ing)? for|compatible with|cannot (?:be )?exclude|rule out|differential(?: diagnos[ie]s)?"
    r"|considered|taken for|mistaken for|interpreted as|thought to be|initially (?:diagnosed"
    r"|read|reported|labell?ed|misdiagnosed|misinterpreted|signed out)"
    r"|misdiagnosed|versus|vs\.?|\?)",
    re.IGNORECASE,
)
_SUSPECTED_AFTER = re.compile(r"\s{0,2}(?:was|is) (?:suspected|considered|questioned|presumed)|\s?\?")
_ONCE = (
    r"(?<!at )(?<!was )(?<!were )(?<!had )once(?!\s(?:daily|weekly|monthly|a\b|per\b|every|again|more|in\b|recorded"
    r"|noted|seen|od\b|the\sday|each|and\b"
    r"|only)"
    r"|[,.;)])"
)
"""What hangs on a condition; "once daily" does not, nor "was given once, and"."""
_ONCE_IT_WAS = re.compile(r"once\s(?:[A-Za-z-]{1,20}\s){1,3}(?:was|were|had\sbeen)\b", re.IGNORECASE)
"""What tells of what came to be, and hangs on nothing: "subsided once pazopanib was stopped"."""
_PLAN = pattern(
    r"\b(?:plan(?:ned|s|ning)?|propos(?:ed|al|es?|ing|ition)|recommend(?:ed|ation|s|ing)?"
    r"|consider(?:ed)?(?! (?:to be )?(?:unresectable|inoperable|unfit|ineligible|incurable|metastatic"
    r"|resistant|refractory|as|related|due|attributable|secondary|associated|responsible|likely|possibly))"
    r"|discuss(?:ed|ing|ions?)?|talk(?:ed|ing)?\s(?:about|through|over)|rationale\s(?:for|of|behind)"
    r"|offer(?:ed|ing)?|will be|will"
    r"|would(?! (?:call|say|regard|describe|interpret|grade|classify|attribute|label))|should|could be"
    r"|to be (?:decided|given"
    r"|started|performed|done|discussed|considered|continued|confirmed)|intend(?:ed|s)?|suggest(?:ed)?"
    r"|advis(?:ed|e)|"
    r"refus(?:ed|al|es|ing)|declin(?:ed|es|ing)|reject(?:ed|s|ing)|not (?:given|used|available|approved"
    r"|covered|needed|indicated|performed|started|initiated|tolerated|yet|delivered|reimbursed)|was not(?! to be had)"
    r"|were not|unavailable|if\b|"
    + _ONCE
    + r"|ask(?:ed|ing)? (?:you|the GP|his GP|her GP|him|her|them) |request(?:ed)?|schedul(?:ed|e)"
    r"|due(?! to\b(?! (?:start|begin|commence|have|receive|get|undergo)\b))|pending|option|fallback"
    r"|candidate for|eligible for|suitable for|fit for|keen (?:on|to|for)|interested in|awaiting|instead of|rather than"
    r"|(?:hop(?:e|es|ed|ing)|aim(?:s|ed|ing)?|about|going) to|(?:is|are) to|with a view to"
    r"|(?:is|are|was|were|board|MTB|MDT|team) in favou?r of|lean\w{0,4} towards?"
    r"|(?:(?<!was )(?<!were )ask(?:ed|ing|s)?|wonder(?:ed|ing|s)?|[ei]nquir(?:ed|ing|es)) (?:me |us )?"
    r"(?:about|whether|if)|read about"
    rf"|(?:family|parents|{KIN}|{SPOUSES}|patient|s?he) asked for"
    r"|appl(?:y|ied|ying|ication) for"
    r"|waiting list for|(?:has|have) been (?:screened|referred) for|have referred (?:her|him|them) for"
    r"|(?:may|might|could|can) (?:also |well |still )?(?:need|use|try|benefit from|respond to)|"
    r"no (?:plan|need|indication|role)|not for|against|first choice|preferred)\b",
    re.IGNORECASE,
)
_IF = pattern(
    r"\b(?:if|in case of|in the event of|should (?:it|she|he|there|progression|(?:the|her|his|this) [a-z]{3,14}"
    r"|(?:[A-Za-z-]{2,20} ){1,4}(?:develop|worsen|occur|recur|progress|return|rise|appear|arise|persist|increase|grow"
    r"|deteriorate|relapse)\b)"
    r"|were (?:it|she|he|there|(?:the|her|his|this) [a-z]{3,14}) to\b"
    r"|were [a-z-]{4,20} to (?:occur|develop|recur|worsen|progress|appear|return)\b"
    rf"|{_ONCE}"
    r"|at (?:further "
    r"|next )?(?:relapse|progression|recurrence)(?!\s(?:in|on)\s)|when .{0,20} surfaces?)\b",
    re.IGNORECASE,
)
_HAPPENED = pattern(
    r"\b(?:was|were|had|showed|revealed|received|underwent|started|began|commenced|switched|changed|developed|found"
    r"|identified"
    r"|detected|demonstrated|confirmed|disclosed)\b",
    re.IGNORECASE,
)
"""What tells that the progression has come: "at progression, he received docetaxel"."""
_RELATIVE = pattern(
    rf"\b(?:(?:{PARENTS})(?!\sof\s(?:an?|one|two|three|four|five|six|seven|\d)\b)|{COLLATERALS}"
    r"|grand(?:mother|father|parent)s|sibling|relatives?"
    r"|family (?:history|member)|F\s?/\s?H(?:\s?/\s?O)?\b|FHx?\b|maternal|paternal|familial"
    r"|(?:test(?:ing|ed)?|sequencing|analysis|samples?|blood)\s(?:of|in|from)\s(?:the|his|her)"
    rf"\s(?:parent|{CHILDREN})s?|(?:parents?|{CHILDREN}|{SPOUSES}|twin)"
    r"(?=,? (?:who )?(?:had|has|have|with|was|were|died|suffered)\b"
    r"(?! (?:told|informed|asked|counsel|offered|advised|keen|unwilling))))(?:'s)?\b",
    re.IGNORECASE,
)
"""Whose it is what is told behind: of those who come along or are asked, and of parents, where they have a verb."""
_OTHERS = pattern(
    r"\b(?:patients\b(?! (?:reported|described) here)|cases of|in (?:the |a )?(?:literature|series|cohort)"
    r"|(?<!enrolled )(?<!enroled )(?<!part )(?<!participated )(?<!included )(?<!participating )(?<!treated )"
    r"in (?:the |a )?(?:trial|study)"
    r"|(?:a|another|one) similar case|similar cases|has been described (?:from|by|in)|et al(?![a-z])"
    r"|(?:stud(?:y|ies)|trials?|series|reports?) (?:of|by|from) (?:the )?(?:[A-Z]\w{2,14} ){1,2}(?:authors|group"
    r"|colleagues"
    r"|investigators|cooperative)|previously reported"
    rf"|reported in(?!\s(?:(?:early|late|mid)[\s-])?(?:{MONTH_BEGINS}|\d{{1,2}}[\s./]|(?:an?|one|two|three|four|five"
    rf"|six"
    rf"|ten)\s))"
    r"|reported by (?!(?:our|an?|her|his|the|two|both|your|my|dr|prof|radiolog\w{1,4}|patholog\w{1,4}"
    r"|histopathology|cytology|laborator\w{1,3}|foundation|caris|tempus|guardant)\b(?!\s(?:authors?|groups?"
    r"|investigators|same"
    r"|[a-z]+\s(?:group|et al))))"
    r"|other (?:authors|reports)"
    r"|another (?:patient|case)(?!,? (?:an?|aged|was an?|is an?) )|a third patient(?!,? (?:an?|aged|was an?|is an?) ))",
    re.IGNORECASE,
)
_OURS = pattern(
    r"\b(?:our (?:own )?patient|(?:in )?our case|in (?:this|the present) case|the present patient)\b",
    re.IGNORECASE,
)
"""What leads back from others to the patient of the case: "as reported by Lee et al, our patient received ..."."""
_CARRIED_OUT = pattern(
    r"(?:\s(?!(?:if|when|but|not|and)\b)[\w/%-]{1,20}){0,4}(?:,?\s(?:which|and(?:\s(?:this|it|subsequently|then))?)"
    r"|[;,]\s(?:it|this))"
    r"\s(?:was|were|has been|had been)\s"
    r"(?:then |subsequently |duly |eventually |also )?(?:given|performed|carried out|done|started|delivered|completed"
    r"|undertaken|administered|initiated|commenced)\b"
    r"|(?:\s(?!(?:if|when|but|not|and)\b)[\w/%-]{1,20}){0,4},?\sand\s(?:(?:s?he|the patient)\s)?(?:then\s|duly\s)?"
    r"(?:(?:started|began|commenced|received|took)\s(?:it|them|this)|(?:started|began|commenced)\s(?:on|in))\b",
    re.IGNORECASE,
)
"""What tells that the planned was done: "radiotherapy was recommended, which was given in May"."""
_OF_LITERATURE = pattern(
    r"[\s*•-]{0,4}(?:lit(?:erature)?\.?(?:\s(?:search|review))?|evidence|published\scases|pubmed|references)\s?:",
    re.IGNORECASE,
)
"""How a line of a note begins that tells what is known of other patients."""
_PAST = pattern(
    r"\b(?:history of|past medical history|previous(?:ly)?(?: (?:had|diagnosed|treated))?|had had|(?:\d{1,2}"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|many|several)"
    r" years (?:ago|earlier|before|previously"
    r"|prior)|in the past|status post|st\. ?p\.|z\. ?n\.|s/p|known for|childhood|prior (?:diagnosis"
    r"|cancer|malignancy))\b",
    re.IGNORECASE,
)


def own_words_before(view: View, start: int, reach: int) -> str:
    """Return up to ``reach`` characters before ``start``, from where its own statement begins."""
    return view.whole[_before(view, start, reach)[0] : start]


def _before(view: View, start: int, reach: int = 120) -> tuple[int, int]:
    """Return the stretch before ``start`` from which a trigger may reach it."""
    low, _ = view.clause(start)
    low = max(low, start - reach)
    starts, ends = view.once("contrasts", lambda: _contrasts(view))
    at = bisect_right(ends, start)
    if at and starts[at - 1] >= low:
        low = ends[at - 1]
    return low, start


def _contrasts(view: View) -> tuple[list[int], list[int]]:
    """Return where each contrast of the sentence starts, and where it ends."""
    spans = [match.span() for sign in _CONTRASTS for match in view.find(sign)]
    spans += [match.span() for match in view.find(_AND_NEXT) if _is_told_already(view, match.start())]
    spans.sort()
    return [start for start, _ in spans], [end for _, end in spans]


def _is_told_already(view: View, position: int) -> bool:
    """Whether the statement before a place has its verb: "surgery was not performed, and the disease progressed"."""
    return _ITS_VERB.search(view.whole, max(view.start, position - 90), position) is not None


_AND_NEXT = pattern(
    r"\band\s(?=(?:(?:the|his|her|an?)\s)?(?:[\w/%-]{1,20}\s){1,5}?(?:was|were|had|progressed|developed|appeared"
    r"|occurred"
    r"|showed|revealed|increased|decreased|dropped|rose|fell|shrank|became|improved)\b)",
    re.IGNORECASE,
)
_ITS_VERB = re.compile(
    r"\b(?:was|were|is|had|has|could|did|denied|refused|declined|occurred|developed|appeared)\b[^.;:]*$",
    re.IGNORECASE,
)


def denied(view: View, start: int, end: int) -> bool:
    """Whether what stands at ``start`` to ``end`` is said not to be: "no metastases", "fever was denied"."""
    for match in view.find(_DENY_BEFORE, *_before(view, start)) if view.may(_DENY_BEFORE) else ():
        between = view.whole[match.end() : start]
        reaches = "," not in between or _LISTED.search(between)
        if _is_parted_by_day(view, match.end(), start):
            continue
        if ":" in between and (_FAILED.fullmatch(match[0]) or _EXPLAINS.search(between)):
            continue
        if reaches and not _STATED.search(between):
            return True
    if not view.may(_DENY_AFTER):
        return False
    high = min(view.clause(end - 1)[1], end + 90)
    starts, _ = view.once("contrasts", lambda: _contrasts(view))
    at = bisect_left(starts, end)
    if at < len(starts):
        high = min(high, starts[at])
    said = view.within(_DENY_AFTER, view.whole[end:high])
    if said is None or _is_not_given_again(view, end, said[0]):
        return False
    return not is_of_the_next(view, start, end, said[0])


def _is_not_given_again(view: View, end: int, said: str) -> bool:
    """Whether what is denied behind something is that a treatment was taken up again."""
    return _NOT_GIVEN_AGAIN.search(view.whole, end, min(view.end, end + len(said) + _A_WORD)) is not None


_A_WORD = 24
_NOT_GIVEN_AGAIN = re.compile(
    r"\b(?:and|but)\s(?:(?:it|the\sdrug|treatment)\s)?(?:was|were|has\sbeen)\s(?:not|never)\s(?:re-?\w{4,14}|given"
    r"|continued"
    r"|taken\sup|started)\b"
)
"""What is denied of a treatment behind the reason for its end: "stopped for pneumonitis and was not resumed"."""


def _is_parted_by_day(view: View, low: int, start: int) -> bool:
    """Whether a list has gone on to another day since a denial: "no change in April, in July progression"."""
    return any(
        low <= time.start
        and time.end <= start
        and time.absolute
        and (
            "," in view.whole[low : time.start]
            or _AND_NEXT_DAY.match(view.whole, time.end, start) is not None
        )
        for time in view.times
    )


_AND_NEXT_DAY = re.compile(r",?\s(?:and|but)\s|,\s(?:an?|the)\s|,\s[a-z]")
_EXPLAINS = re.compile(
    r":\s(?:(?:the|an?|her|his)\s)?(?:CT|MRI|PET|PET[-/]CT|scans?|imaging|biopsy|she|he|patient)\b"
)
"""What tells behind a colon how it came: "trabectedin was not effective: the CT showed progression"."""
_FAILED = re.compile(r"(?:could|can|did|does|do) ?not", re.IGNORECASE)
"""What denies a deed, and not the reason behind its colon: "he could not hold a cup: neuropathy"."""


def suspected(view: View, start: int, end: int) -> bool:
    """Whether it is only suspected, or was later revised, by the words around it."""
    before = view.may(_SUSPECT) and view.has(_SUSPECT, *_before(view, start, 90))
    return bool(before or _SUSPECTED_AFTER.match(view.whole, end, end + 25))


_AFTER_IT = re.compile(
    r"\b(?:upon|after|following)\s(?:an?\s|the\s)?(?:(?:thorough|careful|multi-?disciplinary|interdisciplinary|team"
    r"|board|MDT|further)\s){0,2}$",
    re.IGNORECASE,
)
"""What makes a discussion one that is over: "upon multidisciplinary discussion, he was started on"."""


def planned(view: View, start: int, end: int, *, behind: bool = True) -> bool:
    """Whether it is planned, proposed, refused or only talked about: not done, as far as the sentence says.

    ``behind`` is False for what no words behind it make a plan, as a size: "a 3 cm mass was not biopsied".
    """
    if view.section == "plan" or is_queried(view, start):
        return True
    if view.may(_PLAN) and any(
        not (
            match[0].lower().startswith("discuss")
            and _AFTER_IT.search(view.whole, max(0, match.start() - 40), match.start())
        )
        and not _tells_of_its_own(view, match.end(), start)
        and not (
            match[0].lower() in ("pending", "awaiting")
            and _AWAITED.search(view.whole, max(0, match.start() - 50), match.start())
        )
        for match in view.find(_PLAN, *_before(view, start, 80))
    ):
        return _CARRIED_OUT.match(view.whole, end, view.end) is None
    if view.may(_BOARD_SAID) and view.has(_BOARD_SAID, view.start, start) is not None:
        return True
    if view.may(_OPTIONS) and any(
        _IS_IN_LIST.match(view.whole, match.end(), start)
        for match in view.find(_OPTIONS, max(view.start, start - _LONGEST_LIST), start)
    ):
        return True
    if not behind or not view.may(PLANNED_AFTER):
        return False
    _, high = view.clause(end - 1 if end > start else start)
    behind_it = PLANNED_AFTER.match(view.whole[end : min(high, end + 60)])
    again = behind_it is not None and _is_not_given_again(view, end, behind_it[0])
    if behind_it is not None and not again and not is_of_the_next(view, start, end, behind_it[0]):
        return True
    closed = _IN_BRACKETS.match(view.whole, end, view.end)
    return closed is not None and _ONLY_PLANNED.match(view.whole, closed.end(), view.end) is not None


def is_of_the_next(view: View, start: int, end: int, said: str) -> bool:
    """Whether what is told behind something is told of what is named next: "had lobectomy and RT was planned"."""
    parted = _AND_ANOTHER.search(said)
    if parted is None:
        return False
    if parted[0].strip() != "and" or _FINITE.search(said, 0, parted.start()):
        return True
    if _FINITE.search(view.whole, start, end):
        return True
    return _HAD.search(view.whole, max(view.start, start - 40), start) is not None


_AND_ANOTHER = re.compile(
    r"\s(?:and|but|although|though|while|whereas)\s(?!(?:then|later|also)?\s?(?:was|were|is|are|had|has)\b)"
)
_FINITE = re.compile(
    r"\b(?:was|were|had|has|progressed|developed|occurred|appeared|shrank|relapsed|recurred|rose|fell|dropped)\b"
)
_HAD = re.compile(
    r"\b(?:underwent|received|had|started|began|commenced|took|got|completed|stopped|continued|resumed|given"
    r"|(?:switched|changed|converted)\sto|put\son|treated\s(?:with|by)|operated(?:\son)?"
    r"|showed|revealed|confirmed|disclosed|demonstrated|found|detected|identified|developed|diagnosed(?:\swith)?)\s"
    r"(?:(?!to\b|for\b)[\w/-]{1,16}\s){0,3}$"
)
"""What tells right before something that it was done, whatever was planned or refused next."""
_IN_BRACKETS = re.compile(r"\s?\([^()]{1,60}\)")
_ONLY_PLANNED = pattern(
    r"\s(?:was|were|is|are|had been|has been) (?:[a-z]{3,12}ly |only |even )?(?:planned|proposed|recommended|considered"
    r"|discussed|offered|suggested|advised|refused|declined|rejected|scheduled|requested)\b(?!,? (?:and|which) "
    r"(?:was |then |she |he |duly ){0,2}(?:given|started|accepted|done|performed|received|carried|begun))",
    re.IGNORECASE,
)
"""What tells behind its brackets that something was only planned: "radiation (25 Gy) was discussed"."""


_AWAITED = re.compile(
    r"\b(?:results?|reports?|analys[ei]s|sequencing|testing|panels?|molecular|histology|pathology|confirmation"
    r"|approval)\b"
    r"[^.;,]{0,30}$",
    re.IGNORECASE,
)
"""What was pending while something else was done: "while molecular results were pending she received"."""


def _tells_of_its_own(view: View, low: int, start: int) -> bool:
    """Whether what begins at ``start`` has a statement of its own, which tells what was done."""
    if _DONE_NEXT.search(view.whole, low, start) is not None:
        return True
    return (
        _NEXT.search(view.whole, low, start) is not None
        and _DEED.match(view.whole, start, view.end) is not None
    )


_DONE_NEXT = re.compile(
    r",\s(?:(?:and|so|hence|therefore|thus|but)\s){1,2}(?:s?he|the\spatient|we)\s(?:(?:was|were|had|been|then|therefore"
    r"|instead)\s){0,3}(?:started|put|treated|switched|commenced|began|begun|received|took|given)\s"
    r"(?:(?:on|to|with|her|him|instead)\s){0,2}$",
    re.IGNORECASE,
)
"""What tells before a name that it was given, as another was not: "X was not available, so she was started on"."""
_NEXT = re.compile(
    r"(?:,\s(?:and|so|hence|therefore|thus|but)|\sand|\sso)\s(?:[\w./%-]{1,20}\s){0,5}$", re.IGNORECASE
)
_DEED = re.compile(
    r"(?:[^.;,()]|\.(?=\d)|\([^()]{1,40}\)){1,90}?\s(?:was|were|had\sbeen)\s"
    r"(?:[a-z]{3,14}ly\s|then\s|also\s|again\s)?"
    r"(?:started|begun|initiated|commenced|introduced|given|administered|added|resumed|re-?started|re-?introduced"
    r"|interrupted|stopped|discontinued|withheld|suspended|held|ceased|reduced|lowered|decreased|increased|performed"
    r"|carried\sout|done)\b(?!\s(?:if|when|once))",
    re.IGNORECASE,
)
"""What tells behind a name that it was given or done: "CT was not possible, and tepotinib was interrupted"."""
_BOARD_SAID = pattern(
    r"\b(?:(?-i:TB|MDT|MDM|MTB|MDO|RCP)|(?:tumou?r )?board|tumou?rboard|conference)\s\(?(?:of\s|on\s)?"
    r"(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?|\d{1,2}\s[A-Za-z]{3,9}(?:\s\d{2,4})?"
    r"|[A-Za-z]{3,9}\s(?:\d{1,2},?\s)?\d{2,4})\)?"
    r"\s?(?:[-=]{1,2}>|→|:|[–—-])\s?(?:for\s|to\s)?(?:[A-Za-z-]{2,14}\s){0,3}$",
    re.IGNORECASE,
)
"""What a board said on its day should be done: "TB 24-02-2023 -> surgery"."""
_ASKED = re.compile(r"(?:^|(?<=[\s(;,:/-]))\?\s?(?:[a-z][\w-]{1,14}\s){0,2}\Z")
"""The sign of a note before what it only asks about: "?palliative RT to the buttock"."""
_OPTIONS = pattern(
    r"\b(?:options?|alternatives?|choices?|possibilit(?:y|ies))\b[^.;:\n]{0,60}:"
    r"|\b(?:or|either|versus|vs\.?)\s(?=(?:switching|staying|changing|moving|adding|starting|continuing|stopping"
    r"|resuming|trying"
    r"|giving|returning|going)\s)",
    re.IGNORECASE,
)
"""What opens a list of what could be done: "the options: staying on alectinib, or switching to lorlatinib"."""
_LONGEST_LIST = 260
_IS_IN_LIST = re.compile(r"[^.;\n]*\Z")
_AND_DONE = (
    r"(?: (?:for|on|in) [^.;,]{3,20}?)?,? and (?:was |were |then |subsequently |duly |soon ){0,2}"
    r"(?:started|begun|initiated|commenced|given|accepted|performed|done|carried out)\b"
)
"""What tells right behind that something was proposed that it was done."""
PLANNED_AFTER = pattern(
    r"[^,;]{0,50}?\b(?:(?:was|were|is|are|had been|has been) (?:even |only |merely |[a-z]{3,12}ly "
    r"|at first )?(?:planned|proposed|recommended|considered"
    r"|discussed"
    rf"|offered|suggested|advised|scheduled|requested)(?!{_AND_DONE})"
    r"|(?:was|were|is|are|had been|has been) (?:even |only |merely |[a-z]{3,12}ly |at first )?"
    r"(?:refused|declined|rejected|not" + NOT_UNTIL + r"|deemed|intended|preferred)"
    r"|would|(?<!own )will|should|might|(?:may|could|can) (?:then |also )?be (?:considered|discussed|tried)"
    rf"|is (?:due(?! to)|an option)|due\b(?! to)|(?:requested|offered)\b(?!{_AND_DONE})|declined|pending"
    r"|(?<!as )(?:scheduled|booked)|remain(?:s|ed)? (?:an? )?(?:(?:possible|open|valid|further"
    r"|later|potential) ){0,2}(?:option|line|possibility|alternative|choice)|as (?:an? |the )?(?:fallback"
    r"|(?:possible|potential|likely|later|future"
    r"|further) (?:next |further |second |third |later )?(?:line|option|step|choice|treatment|therapy))"
    r"|was our first choice|cancell?ed|postponed)\b"
    r"|(?:(?!\b(?:was|were|had|has)\b)[^,;]){0,30}?\sto (?:start|begin|commence)\b(?! with\b)"
    r"|(?:(?!\b(?:was|were|had|has|received|given)\b)[^,;]){0,30}?\s(?:(?:only |still |again )?(?:possible|feasible)"
    r"|(?:an? |the |as |as an )?alternative|not favou?red)\b(?![^.;]{0,30}\b(?:was|were) (?:given|done|started))"
    r"|\s?: ?(?:avoid|defer|not\b|no\b|none|nil|hold off|spare)"
    r"|[^,;]{0,40}?(?<! as)(?<! than)(?<!initially)(?<!originally)\splanned (?:for|to|in|on|from)\b"
    r"(?![^.;]{0,40}\b(?:was|were|had been|and (?:then )?(?:performed|done|given|started|begun|carried|took"
    r"|received)) )"
    r"|[^,;]{0,30}?\s(?:(?:only|again|also) )?(?:discussed|considered|proposed|recommended|suggested|advised)"
    r"(?=\s?(?:[.,;)]|$|with\b|at\b|by\b|but\b))"
    r"|[^,;]{0,50}?\b(?:(?:was|were|been|is) (?:then |also |finally |[a-z]{3,12}ly )?"
    r"(?:judged|thought|felt|considered|found|held|believed|regarded as|seen as)"
    r"|proved|seemed|appeared|turned out|became) (?:to be )?"
    r"(?:too (?:dangerous|risky|hazardous|morbid|mutilating|extensive|early|late|much|great a risk)"
    r"|un(?:necessary|safe|wise|suitable|justified|warranted|feasible|realistic|achievable)"
    r"|im(?:possible|practicable|prudent)|in(?:advisable|appropriate)|superfluous|futile"
    r"|not (?:to be )?(?:necessary|needed|possible|feasible|indicated|safe|justified|warranted|wise|worth\w{0,5}))\b"
    r"|[^,;]{0,30}?\b(?:(?:is|are) (?:open|recruiting|to (?:start|begin|follow))|starts?(?= (?:next|tomorrow)\b)"
    r"|(?:has|have) not (?:yet )?been (?:tried|used|given|started))\b"
    r"|[^,;]{0,50}?\b(?:never (?:happened|came (?:about|off|to pass)|materiali[sz]ed|took place|went ahead|got)"
    r"|did not (?:happen|come (?:about|off|to pass)|materiali[sz]e|take place|go ahead)"
    r"|had been (?:the|our|my|their) (?:first|original|initial|early) (?:idea|thought|plan|intention|choice))\b"
    r"|(?:(?!\b(?:was|were|had|has|given|received|started|underwent"
    r"|stopped)\b)[^,;]){0,50}?\b(?:only )?if (?:and when )?"
    r"(?:he|she|it|there|this|that|these|the|no|any|not|still|resectable|feasible|possible|operable|needed|required"
    r"|growth"
    r"|progress\w{0,6}"
    r"|PD|margins?|relapse\w?|recurrence|response|symptom\w{0,5}|MRI|CT|PET|scan|biopsy|residual|persist\w{0,5}"
    r"|positive|negative"
    r"|confirmed|funded|approved|available)\b",
    re.IGNORECASE,
)


def is_queried(view: View, start: int) -> bool:
    """Whether the sign of a note says that something is only asked: "?local recurrence", "?palliative RT"."""
    return _ASKED.search(view.whole, max(view.start, start - 32), start) is not None


def hypothetical(view: View, start: int, _end: int) -> bool:
    """Whether it hangs on a condition."""
    if not view.may(_IF):
        return False
    condition = view.has(_IF, *_before(view, start, 80))
    if condition is None:
        return False
    if _ONCE_IT_WAS.match(view.whole, condition.start(), view.end):
        return False
    at_progression = condition[0][:2].lower() == "at"
    return not (at_progression and view.has(_HAPPENED, condition.end(), view.clause(start)[1]))


def of_someone_else(view: View, start: int, end: int, *, until: int | None = None) -> bool:
    """Whether it is said of a relative or of other patients.

    ``until``: where a remark begins that speaks of others, behind what was told of this patient.
    """
    if view.section == "family":
        return True
    low, high = view.clause(start)
    if _OF_LITERATURE.match(view.whole, view.whole.rfind("\n", max(0, low - 600), low) + 1):
        return True
    if was_a_relatives(view, end) or is_of_other_people(view, start):
        return True
    if not view.may(_RELATIVE) and not view.may(_OTHERS):
        return False
    if _ENTRY_OF_RELATIVE.match(view.whole, view.start, start) is not None:
        return True
    if _OF_A_RELATIVE.match(view.whole, end, view.end):
        return True
    match = view.has(_RELATIVE, low, min(high, end + 40))
    if match is not None and not re.search(
        r"\b(?:with|by|consent|from) (?:his|her|the|their) $",
        view.whole[max(0, match.start() - 12) : match.start()],
    ):
        return match.start() < start and not comes_back_from_family_history(view, low, start)
    others = None if view.together else view.has(_OTHERS, low, until or high)
    return others is not None and not (others.end() <= start and view.has(_OURS, others.end(), start))


_ENTRY_OF_RELATIVE = re.compile(
    r"[\s•*–-]{0,4}(?:(?:maternal|paternal|half|twin)[\s-])?"
    rf"(?:{KIN}|{SPOUSES})\s?(?:[–:-]\s|\()",
    re.IGNORECASE,
)
"""An entry of a family history, which a dash parts from the relative it is told of: "Mother - glioma, died"."""
_OF_A_RELATIVE = pattern(
    rf"\s(?:of|in) (?:his|her|the patient['’]s|their) (?:late )?(?:{KIN}|{SPOUSES}|partner|twin)s?\b",
    re.IGNORECASE,
)


def previously(view: View, start: int, end: int) -> bool:
    """Whether it is told as past history, before the present illness."""
    if not view.may(_PAST):
        return False
    low, high = _before(view, start, 90)
    behind = view.has(_PAST, end, min(view.clause(end - 1)[1], end + 40))
    return view.has(_PAST, low, high) is not None or (
        behind is not None and _AFTER_WHAT.match(view.whole, behind.start()) is None
    )


_AFTER_WHAT = re.compile(r"status post|st\. ?p|z\. ?n\.|s/p", re.IGNORECASE)
"""What looks back on that which it stands before: "sarcoma of the uterus, status post hysterectomy"."""
