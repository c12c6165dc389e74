"""Procedures that were done: operations, radiotherapy, and here ablations, transplantations and supportive ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caseboard.narrative.context import denied, hypothetical, of_someone_else, planned
from caseboard.narrative.extract.courses import treatment_draft
from caseboard.narrative.extract.procedure_done import done_again, procedure_draft, time_of, was_done
from caseboard.narrative.extract.procedure_extent import extent_of
from caseboard.narrative.extract.radiotherapy import NEEDS as RADIATION
from caseboard.narrative.extract.radiotherapy import radiotherapy
from caseboard.narrative.extract.surgery import NEEDS as SURGERY
from caseboard.narrative.extract.surgery import surgery
from caseboard.narrative.extract.treatment_rows import reason_in_row
from caseboard.narrative.memory import Draft, Memory
from caseboard.narrative.mentions import Mention
from caseboard.narrative.patterns import pattern
from caseboard.narrative.sentence_text import Needs
from caseboard.narrative.view import View
from caseboard.terms import procedures

__all__ = ["extract"]

_NO_PROCEDURE = pattern(r"\d[ -]APR$|(?i:octreotide|lanreotide|pasireotide|goserelin)\sLAR$")
"""A month in capitals, which is no abdominoperineal resection, and a drug that is released slowly."""
_PULLED = re.compile(
    r"s?(?:\s(?:tubes?|catheters?|drains?))?(?:\s(?:was|were|has been|had been))?(?:\s(?:then|both))?"
    r"\s(?:removed|taken out|pulled|withdrawn|out\b)",
    re.IGNORECASE,
)
"""What ends what was put in: "drain removed on day 5"."""


def _is_seen(view: View, mention: Mention) -> bool:
    """Whether a scan only shows what an ablation left: "CT: S7 30, S4 ablated", "an ablation scar"."""
    if _LEFT_BEHIND.match(view.whole, mention.end, view.end) is not None:
        return True
    return (
        _PARTICIPLE.fullmatch(view.whole, mention.start, mention.end) is not None
        and _SCAN_LIST.search(view.whole, max(view.start, mention.start - 60), mention.start) is not None
    )


_LEFT_BEHIND = re.compile(
    r"[\s-](?:scar|cavity|zone|bed|defect|site|field|area|margins?|tract|changes?)\b", re.IGNORECASE
)
_PARTICIPLE = re.compile(r"ablated", re.IGNORECASE)
_SCAN_LIST = re.compile(r"\b(?:CT|MRI|PET|US|scan):\s[^.;]{0,50}?(?<!\bwas)(?<!\bwere)(?<!\bbeen)\s$")


def _is_label(view: View, mention: Mention) -> bool:
    """Whether a word only heads what follows ("OPERATIONS: July 25, 2006: hysterectomy"), or is of another matter."""
    if _OTHER_MATTER.search(view.whole, max(view.start, mention.start - 12), mention.start):
        return True
    return (
        _LABEL.fullmatch(view.whole[mention.start : mention.end]) is not None
        and _HEADS.match(view.whole, mention.end, view.end) is not None
        and len(view.of("procedure")) > 1
    )


def _names_harm(view: View, mention: Mention) -> bool:
    """Whether a procedure only says what did harm: "radiation pneumonitis", "radiotherapy-induced dermatitis"."""
    return any(
        _WHOSE_HARM.fullmatch(view.whole, mention.end, harm.start) is not None
        if mention.end <= harm.start
        else harm.start <= mention.start and mention.end < harm.end
        for harm in view.of("toxicity")
    )


_IN_QUESTION = re.compile(
    r"(?:(?!\b(?:was|were|had|has|showed|received|completed)\b)[^.;,:?!\n]|\.(?=\d)){0,40}(?<=[\w)])\?(?=\s|$)"
)
"""What makes a procedure one that is asked for: "RT 56 Gy?"."""
_WHOSE_HARM = re.compile(r"(?:[\s-](?:induced|associated|related))?[\s-]", re.IGNORECASE)
_OTHER_MATTER = pattern(r"\b(?:cataract|eye|dental|cosmetic|refractive)\s$", re.IGNORECASE)
_LABEL = pattern(r"(?:operations?|surgery|surgeries|procedures?)(?:\sperformed)?", re.IGNORECASE)
_HEADS = pattern(r"\s?(?:performed|done)?\s?:", re.IGNORECASE)
_GIVEN_AS_A_DRUG = frozenset({"peptide receptor radionuclide therapy"})
"""Radiotherapy by a drug that the sentence names with the same words, and that is told as one."""
_UNITS_GIVEN = pattern(
    r"\b(?:\d|one|two|three|four|five|six)\s(?:units|bags)\s(?:were|had to be)\s(?:given|transfused|administered)\b",
    re.IGNORECASE,
)
"""What tells a transfusion by its units alone, where the sentence speaks of anaemia or of blood that was lost."""
_SO_MANY = pattern(
    r"\s(?:of\s|with\s)?(?:\d|two|three|four|five|six)\s(?:units|bags)\b(?!\sof)", re.IGNORECASE
)
"""Units behind the word for a transfusion, which are of red cells where nothing else is named."""
_ANAEMIA = pattern(r"\b(?:ana?emi[ac]|ha?emoglobin|Hb|Hgb|bleeding|blood loss|ha?emorrhage)\b", re.IGNORECASE)
"""What tells that it was blood that was given: "haemoglobin 69 g/L, for which two units were given"."""
_TRANSPLANTED = pattern(
    r"\b(?:(?:peripheral blood |h(?:a)?ematopoietic )?stem cells|bone marrow|CD34\+ cells)\b[^.;]{0,60}?"
    r"\s(?:was|were)\s(?:then\s)?(?:transplanted|re-?infused|retransfused|grafted)\b",
    re.IGNORECASE,
)
_NEEDS = RADIATION | SURGERY | Needs("procedure", patterns=(_UNITS_GIVEN, _TRANSPLANTED))


def extract(view: View, memory: Memory) -> Iterator[Draft]:
    """Yield the procedures that a sentence says were done."""
    if view.retold or view.section in ("plan", "family", "allergies", "medication"):
        return
    if not view.holds(_NEEDS):
        return
    drugs = view.of("drug")
    why = reason_in_row(view, memory) or (view.end, view.end)
    mentions = [
        (m, procedures.vocabulary()[m.key].modality)
        for m in view.of("procedure")
        if not (
            m.end - m.start == len("APR")
            and _NO_PROCEDURE.search(view.whole, max(view.start, m.start - 14), m.end)
        )
        and not _is_label(view, m)
        and not _names_harm(view, m)
        and not _IN_QUESTION.match(view.whole, m.end, view.end)
        and not why[0] <= m.start < why[1]
        and not (m.key in _GIVEN_AS_A_DRUG and any(one.start < m.end and m.start < one.end for one in drugs))
    ]
    yield from radiotherapy(view, memory, [m for m, modality in mentions if modality == "radiotherapy"])
    yield from surgery(view, memory, [m for m, modality in mentions if modality == "surgery"])
    operations = [view.governing(m.start, m.end) for m, modality in mentions if modality == "surgery"]
    if view.has(_ANAEMIA) and not any(set(_BLOOD) & set(drug.key.split("/")) for drug in view.of("drug")):
        for units in view.find(_UNITS_GIVEN):
            yield treatment_draft(view, _BLOOD, True, "done", units.span(), view.when(*units.span()))
    reached = view.start
    yield from _cells_transplanted(view, memory, mentions)
    for mention, modality in mentions:
        own = time_of(view, mention.start, mention.end)
        if (
            modality == "supportive" and operations and own in (None, *operations)
        ) or mention.start < reached:
            continue
        if "transfusion" in mention.key and (view.of("drug") or view.has(_UNITS_GIVEN)):
            continue
        done = (
            was_done(view, mention)
            or (modality == "supportive" and _was_needed(view, mention))
            or (modality == "transplant" and _after_a_regimen(view, mention))
        )
        done = done and not (modality == "ablation" and _is_seen(view, mention))
        done = done and not (modality == "supportive" and _PULLED.match(view.whole, mention.end, view.end))
        if (
            modality in ("ablation", "transplant", "supportive")
            and done
            and not (modality == "supportive" and _through(view, mention))
        ):
            start, end = extent_of(view, mention)
            told = _TOLD_WITH.match(view.whole, end, view.end)
            reached = told.end() + 1 if told is not None and modality == "supportive" else end
            name = _plain(view.whole[start:end])
            own = time_of(view, start, end) or own
            moment = own.moment if own is not None else view.when(mention.start, mention.end)
            if mention.key == "transfusion" and (
                view.has(_ANAEMIA) or _SO_MANY.match(view.whole, mention.end, view.end)
            ):
                yield treatment_draft(view, _BLOOD, True, "done", (start, end), moment)
                continue
            if modality == "transplant":
                memory.clock.set_anchor("transplant", moment.counted_from)
            yield procedure_draft(view, modality, (start, end), moment, procedure=name)
            if (
                own is not None
                and modality == "ablation"
                and (again := done_again(view, start, own)) is not None
            ):
                yield procedure_draft(view, modality, (again.start, again.end), again.moment, procedure=name)


def _cells_transplanted(
    view: View, memory: Memory, mentions: Sequence[tuple[Mention, str]]
) -> Iterator[Draft]:
    """Yield the transplantation that is told by its verb: "stem cells from his brother were transplanted"."""
    if any(modality == "transplant" for _, modality in mentions):
        return
    for match in view.find(_TRANSPLANTED):
        if planned(view, *match.span()) or denied(view, *match.span()):
            continue
        moment = view.when(*match.span())
        memory.clock.set_anchor("transplant", moment.counted_from)
        name = "stem cell transplantation"
        yield procedure_draft(view, "transplant", match.span(), moment, procedure=name)


_BLOOD = ("red blood cells",)
_TOLD_WITH = pattern(r"\s(?:with|and|plus|by)\s(?:an?\s|[a-z]{3,14}\s){0,2}", re.IGNORECASE)
"""What ties a second supportive procedure to the first: "thoracentesis with catheter drainage"."""
_NEEDED = pattern(
    r"\b(?:need(?:ed|ing)|requir(?:ed|ing)|necessitat(?:ed|ing)|prompting|prompted)\s[^.;,]{0,30}$",
    re.IGNORECASE,
)
_YIELDED = pattern(r"[^.;,]{0,24}?\b(?:yielded|drained|relieved|removed|evacuated)\b", re.IGNORECASE)
_OF_A_CATHETER = pattern(
    r"[ -](?:line\s)?(?:thromb|infect|sepsis|related|associated|occlu|(?:was|were|could be|had been)\s"
    r"(?:[a-z]{3,12}ly\s)?(?:closed|removed|reversed|taken out))",
    re.IGNORECASE,
)
_VIA = pattern(r"\b(?:via|through|by|off)\s(?:an?\s|the\s|his\s|her\s)?$", re.IGNORECASE)
_WITH_CELLS = pattern(
    r"\b(?:with|and|plus|followed by)\s(?:an?\s)?(?:autologous\s|tandem\s)?$", re.IGNORECASE
)


def _after_a_regimen(view: View, mention: Mention) -> bool:
    """Whether stem cells are given behind the drugs that need them: "busulfan and melphalan with stem cell rescue"."""
    if view.within(_WITH_CELLS, view.whole[max(view.start, mention.start - 30) : mention.start]) is None:
        return False
    named = any(0 < mention.start - drug.end <= _FROM_DRUGS for drug in view.of("drug", "regimen"))
    return named and not (
        planned(view, mention.start, mention.end)
        or hypothetical(view, mention.start, mention.end)
        or denied(view, mention.start, mention.end)
        or of_someone_else(view, mention.start, mention.end)
    )


_FROM_DRUGS = 40
"""Characters between the last of the drugs and the stem cells."""


def _was_needed(view: View, mention: Mention) -> bool:
    """Whether a supportive procedure was needed, or drained something: "pneumothorax requiring a chest drain"."""
    low, high = view.clause(mention.start)
    if "oxygen" in view.whole[mention.start : mention.end].lower():
        return False
    if hypothetical(view, mention.start, mention.end) or denied(view, mention.start, mention.end):
        return False
    return (
        view.within(_NEEDED, view.whole[max(low, mention.start - 50) : mention.start]) is not None
        or _YIELDED.match(view.whole[mention.end : min(high, mention.end + 40)]) is not None
    )


_PEOPLE = pattern(
    r"\s(?:(?:care|medicine)\s)?(?:teams?|nurses?|services?|clinic|physicians?|doctors?|consultants?|specialists?"
    r"|referral"
    r"|input|review|colleagues|department)\b",
    re.IGNORECASE,
)
"""Who gives palliative care: a letter to them is none."""


def _through(view: View, mention: Mention) -> bool:
    """Whether only a catheter is told by which something was given, its complication, or who gives the care."""
    if mention.key == "palliative care" and _PEOPLE.match(view.whole, mention.end, view.end):
        return True
    if _OF_A_CATHETER.match(view.whole[mention.end : mention.end + 20]):
        return True
    return view.within(_VIA, view.whole[max(view.start, mention.start - 16) : mention.start]) is not None


def _plain(text: str) -> str:
    """Return words in lower case with single spaces."""
    return " ".join(text.lower().split())
