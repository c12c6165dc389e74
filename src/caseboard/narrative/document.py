"""A text as sections and sentences, each with its span in the original characters.

Nothing is rewritten: every offset counts characters of the text as it was handed in, so that a fact can always be
shown in its place. All work is one pass over the text; a sentence is never longer than ``LONGEST_SENTENCE``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from caseboard.narrative.headings import SectionKind, heading_kind, is_past_history, topic_kind
from caseboard.narrative.paragraphs import LONGEST_SENTENCE, paragraphs
from caseboard.narrative.patterns import Cues, Pattern, cues_in, lowered

__all__ = [
    "ALLERGEN",
    "LONGEST_SENTENCE",
    "SectionKind",
    "Sentence",
    "heading_kind",
    "in_past_history",
    "split_sentences",
]

_HEADING_LINE = re.compile(
    r"[ \t]{0,8}(?:#{1,6}[ \t]{0,4}|\d{1,2}(?:\.\d{1,2}(?:\.\d)?)?\.?[ \t]{1,4}|\*\*)?"
    r"(?P<name>[A-Za-z][A-Za-z0-9 ()'/&.#-]{1,60}|Q)(?:\*\*)?[ \t]{0,8}(?P<colon>:)?[ \t]{0,8}"
)
_DATED_HEADING = re.compile(
    r"(?P<name>[A-Z][A-Za-z /-]{2,40}?)[ \t]{1,8}\(?(?=\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?\)?[ \t]{0,3}(?::|$))"
)
"""A heading with its date ("LABS 2024-02-20", "Status today (14.06.2022): ..."); the date belongs to the text."""
_DETAILED_HEADING = re.compile(r"(?P<name>[A-Z][A-Za-z /-]{2,40}?)[ \t]{1,3}(?=\([^()\n]{2,70}\)[ \t]{0,2}:)")
"""A heading that says more in brackets, which belong to the text: "Histology (our institute, 19.03.2020): ..."."""
_SESSION = re.compile(
    r"[ \t]{0,8}(?:[#*=-]{1,4}[ \t]{0,2})?(?P<name>(?:[A-Za-z]{2,14}[ -]){0,3}?"
    r"(?:session|meeting|board|mdt|mtb|visit|review|addendum|update|consultation|conference|appointment)"
    r"(?:[ ](?:no\.?[ ]?|#)?\d{1,2}(?![\d./-]))?)[ \t]{0,2}(?:of|on|from|dated|held on|[,:(–-])?[ \t]{0,3}"
    r"(?=\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?(?:[\s:,)]|$)|\d{1,2}[ ](?:[A-Z][a-z]{2,8})[ ](?:\d{4}|\d\d(?=[\s:,)]"
    r"|$)))",
    re.IGNORECASE,
)
"""What opens the minutes of one of several meetings: "Session of 14/11/2018", "Addendum 20.12.2023: ..."."""
_INLINE_HEADING = re.compile(
    r"(?P<name>[A-Z][A-Za-z /-]{2,40}(?: (?:[1-9]|one|two"
    r"|three))?)[ \t]{0,4}[:.](?=[ \t\n])"
)
_GLUED_HEADING = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})?\.?[ \t]{1,2})?"
    r"(?P<name>(?:Abstract|Introduction|Background|Case (?:[Pp]resentation|[Rr]eport|[Dd]escription|[Hh]istory)s?"
    r"|Clinical (?:[Cc]ase|[Pp]resentation)|Discussion|Conclusions?|Acknowledge?ments?|References|ABSTRACT|INTRODUCTION"
    r"|BACKGROUND|DISCUSSION|CONCLUSIONS?|REFERENCES|CASE (?:PRESENTATION|REPORT|DESCRIPTION|HISTORY)S?"
    r"|COMMENT(?:S|ARY)?|FINAL (?:COMMENTS|CONSIDERATIONS|REMARKS)|Ethics [Ss]tatement|Conflicts? of [Ii]nterests?"
    r"|Informed [Cc]onsent))\s(?=[A-Z(\"])"
)
"""A heading that the extraction of a text has glued to its first sentence: "Case presentation In May ..."."""
_LEGEND = re.compile(
    r"\(?(?:Figure|Fig\.?|Table)\s?\d{1,2}[A-Z]?(?![a-z0-9.,)])(?!\s(?:shows?|demonstrates?"
    r"|illustrates?)\b)(?=[A-Z: .]|\s[A-Z])"
    r"|(?P<panel>\([A-Ha-h](?:\s?[,–-]\s?[A-H]){0,4}\)\s)|<fig\b|<caption\b|</?(?:title|graphic|p)\b"
)
"""How the legend of a figure begins, also where it is glued to the text before it."""
_FIGURES = re.compile(r"f(?<!\wf)ig(?:ure)?s?\b|<(?:fig|caption)\b")
"""What a text with figures holds; in any other, "(a)" is the first item of a list."""
_LONGEST_WORD = 400
"""Characters without white space after which a run is no language: digits, brackets, encoded data."""
_SPACE = re.compile(r"\s")
_LEGEND_BLOCK = re.compile(
    r"(?:\*\*)?(?:Figure|FIGURE|Fig|Table"
    r"|TABLE)\.?\s?\d{1,2}[A-Za-z]?(?:\*\*)?\s?[.:|–-](?:\*\*)?\s"
)
"""How a paragraph begins that is the legend of a figure as a whole."""
_CAPITALS = re.compile(r"[A-Z][A-Z &'/-]{3,60}")
_TITLE = re.compile(r"(?:[A-Z][\w()/&'’,-]{0,24})(?: [\w()/&'’,-]{1,24}){0,7}")
"""A line that may be a heading: one to eight words, the first with a capital, no full stop."""
_MONTH_ALONE = re.compile(r"[A-Z][a-z]{2,8}\.? (?:19|20)\d\d")
"""A line that is the date of the entries below it, and no heading: "January 2018"."""
_OUTSIDE_CASE = frozenset(
    {"title", "header", "abstract", "introduction", "discussion", "back matter", "legend"}
)
_PROSE = _OUTSIDE_CASE | {"case"}
"""Sections of an article: in these a line that is no sentence is a heading."""
_INLINE_KINDS = frozenset(
    {"abstract", "introduction", "case", "discussion", "back matter", "legend", "family", "allergies"}
)
_PASSING = frozenset({"family", "allergies", "medication"})
"""Sections that end with their line when they begin in the middle of one ("FH: mother ...")."""
_OF_PARAGRAPH = frozenset({"plan", "diagnosis"})
"""Sections that end with their paragraph when they begin in the middle of a line ("Decision: surgery")."""


_ENTRY_OF_DAY = re.compile(
    r"[ \t]{0,8}(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{4}-\d{2}-\d{2}\b"
    r"|(?:Started|Commenced|Completed|Given|Done|Finished|Received)\b[^\n]{0,24}\d)"
)
"""A line of a note that tells what came of a plan: it opens with its day, or with what was done on it."""


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_ABBREVIATIONS = _words(
    "fig figs tab ref refs dr drs prof mr mrs ms st vs etc e.g i.e eg ie al approx ca no nos resp incl excl i.v p.o s.c"
    " i.m b.i.d t.i.d q.d o.d b.d bid q.i.d vol dept univ max min avg pt pts dd cf ed eds sept jan feb mar apr jun jul"
    " aug sep oct nov dec geb pas bzw inc ltd corp co m.d ph.d u.s a.m p.m hosp wt yr yrs mo wk wks hr hrs h.p.f"
    " segm seg sg pulm abd ver vers prev bilat diam susp gr mio"
)
_BREAK = re.compile(
    r"[.!?](?:(?=[\"'”’)\]]?(?:\s|$)|\[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8}\](?:\s|$))"
    r"|(?<=[a-z)\]][.])(?=\d{1,3}(?:[,–-]\d{1,3}){0,6}\s{1,4}[A-Z]|[A-Z][a-z]))"
)
_AFTER = re.compile(r"[\"'”’)\]]?(?:\d{1,3}(?:[,–-]\d{1,3}){0,6}(?=\s+[A-Z]))?\s{0,20}")
_CITED_BEHIND = re.compile(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8}\](?=\s|$)")
"""The references behind a full stop, with which the sentence ends: "... of all sarcomas.[2,3]"."""
_BULLET = re.compile(r"[ \t]{0,12}(?:[-*•·–▪◦]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+")
_FIGURE_LAST = re.compile(
    r"[\s(<>~](?:\d{2,6}|\d{1,4}[.,]\d{1,3}|\d{1,3}\s?%)[%)]?\.$|\b(?:PD|PR|SD|CR|NED)\)?\.$"
)
"""A figure or a response that ends a statement of a note, which may go on in small letters ("CA125 14. letrozole")."""
_CLOSING = "\"'”’)]"
"""What closes a quotation or a bracket after the full stop, and belongs to the sentence."""
_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z.]{0,9}$")
_INITIALS = re.compile(r"(?:\b[A-Z]\.|\b(?:Mr|Ms|Mrs|Dr|Prof)\.?)\s{0,2}$")
_ALSO_LAST = _words(
    "al no b.i.d t.i.d q.d o.d b.d bid mo min max yr yrs wk wks hr hrs m.d ph.d a.m p.m etc i.v p.o s.c"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
"""Abbreviations that may end a sentence: before a capital they do."""


_SEX_BEHIND = re.compile(r"(?:(?<=y\.o\.)|(?<=yo\.)) [MF]\b")
"""What goes on behind an abbreviated age: "61 y.o. F"."""
_REST_OF_DECIMAL = re.compile(r" \d{1,2}\s?(?:[cm]m\b|[x×])")
_DECIMAL_BEGUN = re.compile(
    r"(?:\b(?:of|sized?|measur\w{2,4}|diameter|about|approximately|to|by)|[x×])\s?\d{1,2}\.$", re.IGNORECASE
)


class Sentence(msgspec.Struct, frozen=True):
    """A sentence, a list item or a row of a table: characters ``start`` to ``end`` of the text.

    ``block`` counts the paragraphs or lines of the text; ``opens`` says that it is the first of its block.
    """

    start: int
    end: int
    section: SectionKind
    heading: str
    block: int
    opens: bool = False
    item: bool = False
    cues: Cues = 0
    """What patterns may match in it."""

    def has(self, text: str, written: Pattern) -> re.Match[str] | None:
        """Return the first match of a pattern in the sentence, or None; ``text`` is the whole text."""
        if written.demands & self.cues != written.demands:
            return None
        return written.search(text, self.start, self.end)


def in_past_history(text: str, sentence: Sentence) -> bool:
    """Whether a sentence stands in the list of what was had before, which ends with its paragraph."""
    if not is_past_history(sentence.heading):
        return False
    headed = text.rfind(sentence.heading, 0, sentence.start)
    return headed >= 0 and text.find("\n\n", headed, sentence.start) < 0


_GREETED = re.compile(
    r"[ \t]{0,8}Dear\s[A-Z][^\n.:]{1,50}[,:]?[ \t]{0,3}(?:\n|$)|[ \t]{0,8}Dear\s(?:Dr|Prof)\b", re.IGNORECASE
)
"""The salutation of a letter: what stands above it is a list, what follows is told."""


class _Sections:
    """The section that a text is in, from one block to the next."""

    def __init__(self) -> None:
        self._lasting: tuple[SectionKind, str] = ("body", "")
        self._before: tuple[SectionKind, str] | None = None
        """What goes on after the paragraph, where the section is only that of the paragraph."""
        self._reached = 0

    def enter(self, text: str, begin: int, end: int) -> tuple[SectionKind, str, int]:
        """Return section and heading of a block and where its text begins; at ``end`` where it is only a heading."""
        parted = text.count("\n", self._reached, begin) > 1 and not _BULLET.match(text, begin, end)
        told = self._lasting[0] == "plan" and _ENTRY_OF_DAY.match(text, begin, end) is not None
        if self._before is not None and (parted or told):
            self._lasting, self._before = self._before, None
        self._reached = end
        if _GREETED.match(text, begin, end) is not None:
            self._lasting, self._before = ("body", ""), None
        found = _heading_line(text, begin, end, self._lasting[0])
        if found is None:
            return *self._lasting, begin
        section, heading, start = found
        of_paragraph = section in _OF_PARAGRAPH and start < end
        self._before = (self._before or self._lasting) if of_paragraph else None
        if section not in _PASSING or start >= end or text[end - 1] in ",:":
            self._lasting = (section, heading)
        return section, heading, start

    def go_on(self, section: SectionKind, heading: str) -> None:
        """Go on with a section that began in the middle of a block."""
        if section not in _PASSING:
            self._lasting = (section, heading)


def split_sentences(text: str, blocks: Sequence[tuple[int, int]] | None = None) -> list[Sentence]:
    """Return the sentences of a text in order, each with the section that it stands in. Headings are no sentences.

    ``blocks`` are its paragraphs where the caller has them at hand.
    """
    out: list[Sentence] = []
    lower = lowered(text)
    sections = _Sections()
    figured = _FIGURES.search(lower) is not None
    blocks = list(paragraphs(text)) if blocks is None else blocks
    on_one_line = len(blocks) == 1
    last_part = max((part.start() for part in _LATER_PARTS.finditer(lower)), default=0) if on_one_line else 0
    for number, (begin, end) in enumerate(blocks):
        section, heading, start = sections.enter(text, begin, end)
        if start >= end:
            continue
        item = bool(_BULLET.match(text, start, end))
        opens = True
        is_legend = text.startswith("<", start) or _LEGEND_BLOCK.match(text, start, end) is not None
        for begins, last in _pieces(text, start, end):
            first = begins
            named = _inline_heading(text, first, last)
            if named is None and opens and section == "introduction":
                named = _case_heading(text, first, last)
            if (
                named is not None
                and not opens
                and _is_no_heading(section, named[1])
                and (not on_one_line or last_part >= first + _LONGEST_NAME or 3 * first < 2 * len(lower))
            ):
                named = None
            if named is not None and not opens and last >= end and not text[named[2] : last].strip(" .:"):
                named = None  # the last word of a paragraph heads nothing: "... No treatment. Observation."
            kind: SectionKind | None = None
            legend = _LEGEND.match(text, first, last) if named is None else None
            if is_legend or (legend is not None and (figured or legend["panel"] is None)):
                kind = "legend"
            elif named is not None:
                section, heading, first = named
                sections.go_on(section, heading)
                if not text[first:last].strip(" .:"):
                    continue
            cues = cues_in(lower, first, last)
            out.append(Sentence(first, last, kind or section, heading, number, opens, item, cues))
            opens = False
    return _board_outcome(text, _letter_background(_of_a_note(text, out)))


def _is_no_heading(section: SectionKind, heading: str) -> bool:
    """Whether words within a paragraph of the case only look like a heading.

    The last line of a report of pathology or of a scan ("Conclusion: ..."), or a sentence ("Background CLL was seen").
    """
    name = heading.lower()
    if section not in _INLINE_KINDS - {"case"} and name.startswith(("conclusion", "comment")):
        return True
    return section == "case" and name == "background"


_LATER_PARTS = re.compile(r"\b(?:discussion|comments?|conclusions?)\b[:.]?\s")
"""The discussion or conclusion of an article on one line. What it calls a conclusion before that, or in its first two
thirds, is a report's."""
_LONGEST_NAME = 12
"""Characters of "conclusions:"."""
_OF_ARTICLES = frozenset({"abstract", "discussion", "back matter"})
_OF_LETTERS = frozenset({"diagnosis", "medication", "plan", "status", "course", "labs", "header"})


def _letter_background(sentences: list[Sentence]) -> list[Sentence]:
    """Return the sentences, those of a letter's "Background" as history: only articles introduce a subject there.

    Within a paragraph it is the background of whom the sentence before speaks of, and ends with its own sentence.
    """
    kinds = {sentence.section for sentence in sentences}
    of_article = kinds & _OF_ARTICLES or ("case" in kinds and not kinds & _OF_LETTERS)
    if "introduction" not in kinds or of_article:
        return sentences
    out: list[Sentence] = []
    for sentence in sentences:
        if sentence.section != "introduction" or sentence.heading.strip().lower() != "background":
            out.append(sentence)
            continue
        section = "history" if sentence.opens or not out else out[-1].section
        out.append(msgspec.structs.replace(sentence, section=section))
    return out


_HEADED_AS_NOTE = re.compile(
    r"\b(?:DOB|D\.O\.B|date of birth|MRN|NHS (?:no|number)|hosp(?:ital)?\.? (?:no|number)|MDT|MDM|MTB|Pt:|Patient:"
    r"|Name:|Re:|Dear|Clinical (?:details|information|indication):|Indication:|Technique:|Comparison:)",
)
_TITLED_AS_NOTE = re.compile(
    r"\s{0,20}[^\n.]{0,70}\b(?:tumou?r board|sarcoma board|molecular board|mdt|mdm|mtb|multi-?disciplinary|minutes"
    r"|board (?:note|protocol|summary)|(?:clinic|progress|oncology|consult(?:ation)?|follow-?up) (?:note|letter|visit)"
    r"|discharge (?:summary|letter)|case (?:conference|summary)|referral)\b[^\n.]{0,60}\n",
    re.IGNORECASE,
)
"""The first line of a note that says what it is."""
_IN_A_NOTE: dict[str, SectionKind] = {
    "background": "history",
    "summary": "history",
    "discussion": "plan",
    "conclusion": "findings",
    "conclusions": "findings",
}
"""What the sections of an article are in a note: the story of the patient, and what was discussed of it."""


def _of_a_note(text: str, sentences: list[Sentence]) -> list[Sentence]:
    """Return the sentences, those of a note that names its patient without the sections that only articles have."""
    if _HEADED_AS_NOTE.search(text, 0, _HEAD_OF_NOTE) is None and _TITLED_AS_NOTE.match(text) is None:
        return sentences
    foreign = {s.heading.lower() for s in sentences if s.section in _ARTICLES_ALONE}
    if not foreign or not foreign <= _IN_A_NOTE.keys():
        return sentences
    return [
        msgspec.structs.replace(sentence, section=_IN_A_NOTE[sentence.heading.lower()])
        if sentence.section in _ARTICLES_ALONE
        else sentence
        for sentence in sentences
    ]


_ARTICLES_ALONE = frozenset({"abstract", "introduction", "discussion", "back matter"})
_BOARD = re.compile(
    r"\b(?:(?:tumou?r|sarcoma|molecular|cancer) (?:board|conference|meeting)|MDT|MDM|MTB|multi-?disciplinary"
    r"|case conference)\b",
    re.IGNORECASE,
)
_HEAD_OF_NOTE = 400
"""Characters within which a note says that it is one of a board."""
_BEFELL = re.compile(
    r"\b(?:died|dead|deceased|alive|death|well|NED|AWD|DOD|remains?|lost to|disease[- ]free|free of)\b",
    re.IGNORECASE,
)


def _board_outcome(text: str, sentences: list[Sentence]) -> list[Sentence]:
    """Return the sentences, those under "Outcome" in a board's note as its plan, but for what befell the patient."""
    if _BOARD.search(text, 0, _HEAD_OF_NOTE) is None:
        return sentences
    return [
        msgspec.structs.replace(sentence, section="plan")
        if sentence.section == "course"
        and sentence.heading.lower().startswith("outcome")
        and not _BEFELL.search(text, sentence.start, sentence.end)
        else sentence
        for sentence in sentences
    ]


def _heading_line(
    text: str, start: int, end: int, current: SectionKind
) -> tuple[SectionKind, str, int] | None:
    """Return section, heading and where its text goes on, if the block is or starts with a heading."""
    dated = _DATED_HEADING.match(text, start, end) or _DETAILED_HEADING.match(text, start, end)
    if dated is not None and (kind := heading_kind(dated["name"])) is not None:
        return kind, dated["name"], dated.end()
    session = _SESSION.match(text, start, end) if start else None  # the first line is the letter's head
    if session is not None:
        return "course", session["name"], session.end()
    match = _HEADING_LINE.match(text, start, min(end, start + 90))
    if match is None:
        return None
    name = match["name"].strip()
    whole = match.end() >= end
    if not whole and not match["colon"]:
        return None
    kind = heading_kind(name)
    if kind is not None:
        return kind, name, match.end()
    if name == "ALL" and match["colon"] and ALLERGEN.search(text, match.end(), end):
        return "allergies", name, match.end()
    if not _TITLE.fullmatch(name) or _MONTH_ALONE.fullmatch(name):
        return None
    if whole and (_CAPITALS.fullmatch(name) or current in _PROSE or match["colon"]):
        return _unusual(name, current), name, end
    return None


ALLERGEN = re.compile(
    r"\b(?:NKD?A|none|nil|no known|sulfa|penicillins?|PCN|codeine|latex|contrast|hives|rash|anaphyla\w{3,5}|amoxicillin"
    r"|aspirin|morphine|iodine|shellfish|bactrim|ceph\w{3,9}|NSAIDs?)\b",
    re.IGNORECASE,
)
"""What makes the heading "ALL" that of allergies, and no leukaemia."""


def _unusual(name: str, current: SectionKind) -> SectionKind:
    """Return the section that a heading of unusual words opens: by its topic, else it only divides the current one."""
    if (kind := topic_kind(name)) is not None:
        return kind
    return "body" if current in _OUTSIDE_CASE or current in _PASSING else current


def _inline_heading(text: str, start: int, end: int) -> tuple[SectionKind, str, int] | None:
    """Return the section that a sentence opens with ("Discussion: ...", "Case 2. ..."), and where its text goes on."""
    match = _GLUED_HEADING.match(text, start, min(end, start + 36))
    if match is not None and (kind := heading_kind(match["name"])) is not None:
        nested = _inline_heading(text, match.end(), end)
        return nested if nested is not None and kind == "abstract" else (kind, match["name"], match.end())
    last = min(end + 1, start + 60)
    if text.find(":", start, last) < 0 and text.find(".", start, last) < 0:
        return None
    match = _INLINE_HEADING.match(text, start, last)
    if match is None:
        return None
    kind = heading_kind(match["name"])
    if kind is None or kind not in _INLINE_KINDS:
        return None
    return kind, match["name"], min(end, match.end() + 1)


def _case_heading(text: str, start: int, end: int) -> tuple[SectionKind, str, int] | None:
    """Return the case that a paragraph behind the introduction opens under another name: "Patient.", "History."."""
    match = _INLINE_HEADING.match(text, start, min(end + 1, start + 60))
    if match is None or heading_kind(match["name"]) != "history":
        return None
    return "case", match["name"], min(end, match.end() + 1)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a block, cut where one would be too long."""
    first = start
    bullet = _BULLET.match(text, start, end)
    for match in _BREAK.finditer(text, bullet.end() if bullet else start, end):
        stop = match.end()
        if match[0] == "." and (
            _abbreviated(text, first, match.start()) or _is_torn(text, stop, end) or _is_of_a_date(text, stop)
        ):
            continue
        if (cited := _CITED_BEHIND.match(text, stop, end)) is not None:
            stop = cited.end()
        elif stop < end and text[stop] in _CLOSING:
            stop += 1
        after = _AFTER.match(text, stop, end)
        going_on = after.end() if after else stop
        small = going_on < end and text[going_on].islower() and text[match.start()] == "." and going_on > stop
        if small and not _FIGURE_LAST.search(text, max(first, stop - 12), stop):
            continue
        yield from _cut(text, first, stop)
        first = going_on
    yield from _cut(text, first, end)


def _is_torn(text: str, stop: int, end: int) -> bool:
    """Whether the full stop before ``stop`` is the point of a decimal that a space has torn: "size of 6. 8 cm"."""
    return (
        _REST_OF_DECIMAL.match(text, stop, end) is not None
        and _DECIMAL_BEGUN.search(text, max(0, stop - 24), stop) is not None
    )


def _is_of_a_date(text: str, stop: int) -> bool:
    """Whether the full stop before ``stop`` stands within a date with spaces: "28. 8. 2020", "05.06. - 07.06.2024"."""
    return any(
        date.start() < stop < date.end()
        for date in _SPACED_DATE.finditer(text, max(0, stop - _LONGEST_DATE), stop + _LONGEST_DATE)
    )


_SPACED_DATE = re.compile(
    r"(?<![\d.,/-])[0-3]?\d\.(?:\s(?:0?[1-9]|1[0-2]|[IVX]{1,4})\.\s(?:19|20)\d\d"
    r"|[01]?\d\.\s?[-–]\s?[0-3]?\d\.[01]?\d\.(?:(?:19|20)\d\d|\d\d))(?!\d)"
)
_LONGEST_DATE = 14
"""Characters from a full stop within such a date to either end of it."""


def _abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at ``stop`` ends an abbreviation or an initial, not a sentence."""
    word = _LAST_WORD.search(text, max(start, stop - 10), stop)
    if word is None:
        return False
    last = word[0]
    if (last == "p" and text[stop + 1 : stop + 2].isupper()) or _SEX_BEHIND.match(text, stop + 1):
        return True  # a protein change: "p.Gln1548*", or an age: "61 y.o. F"
    following = text[stop + 1 : stop + 4].lstrip()
    if len(last) == 1 and last.isupper():
        named = _INITIALS.search(text, max(start, word.start() - 6), word.start())
        return named is not None or (len(following) > 1 and following[0].isupper() and following[1] == ".")
    if last == "IE":  # ifosfamide and etoposide
        return False
    if last.lower() in _ABBREVIATIONS and not _DATE_NEXT.match(text, stop + 1):
        return not (last.lower() in _ALSO_LAST and following[:1].isupper())
    return False


_DATE_NEXT = re.compile(r"\s(?:(?:19|20)\d\d[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})")
"""What makes a full stop behind an abbreviation the end of an entry: "450 mg bid. 2021-09-13: CT"."""


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a span without white space at its ends, in pieces no longer than ``LONGEST_SENTENCE``."""
    while start < end:
        stop = min(end, start + LONGEST_SENTENCE)
        if stop < end:
            space = text.rfind(" ", start + LONGEST_SENTENCE // 2, stop)
            stop = space if space > 0 else stop
        first, last = start, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last and (last - first <= _LONGEST_WORD or _SPACE.search(text, first, last)):
            yield first, last
        start = stop
