"""Words of a response that are of no tumour.

A symptom, a harm, a dose and a value of the blood shrink, grow and come again too ("the rash recurred", "reduced to 200
mg", "without recurrence of hepatotoxicity"), and letters that rate a tumour stand for dialysis and tablets as well.
"""

from __future__ import annotations

import re

from caseboard.narrative.extract.response_hit import Hit
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["is_of_no_tumor", "is_of_something_else"]


def is_of_something_else(view: View, hit: Hit) -> bool:
    """Whether the words of a hit are not of the tumour, but of something else that comes, goes, grows or shrinks."""
    return _stands_for_another(view, hit) or _is_of_a_symptom(view, hit)


def _stands_for_another(view: View, hit: Hit) -> bool:
    """Whether the letters of a rating are those of dialysis, of Parkinson's disease or of a tablet's release."""
    letters = view.whole[hit.start : hit.end]
    if letters == "PD":
        return view.has(_NO_PROGRESS) is not None
    return letters == "CR" and any(0 < hit.start - drug.end <= 1 for drug in view.of("drug"))


_NO_PROGRESS = pattern(
    r"\b(?:dialysis|parkinson\w{0,5}|levodopa|renal failure|h(?:a)?emodialysis)\b", re.IGNORECASE
)
"""What makes PD no progressive disease."""


def _is_of_a_symptom(view: View, hit: Hit) -> bool:
    """Whether it is a symptom, a dose or a laboratory value that went up, down or away."""
    start, end = hit.start, hit.end
    low, high = view.clause(start)
    weak = (
        hit.category in ("MR", "SD", "CR", "PR")
        and hit.weight <= 7
        and not _IMAGED.match(view.whole, start, end)
    )
    if hit.weight <= 6 and _IT.match(view.whole, start, end) and view.of("lab"):
        return True
    if (weak or (hit.category == "PD" and hit.weight <= 7)) and _OF_A_DOSE.match(
        view.whole[end : min(high, end + 50)]
    ):
        return True
    if weak and view.within(
        _SYMPTOM, _of_one_statement(view, max(low, start - 25), start, end, min(high, end + 30))
    ):
        return True
    if weak and any(
        harm.end <= start and _WHICH_WENT.fullmatch(view.whole, harm.end, start)
        for harm in view.of("toxicity")
    ):
        return True
    if hit.category in ("PD", "SD") and _OF_IMPAIRMENT.match(view.whole, end, high):
        return True
    if hit.category == "PD" and _is_of_harm(view, hit):
        return True
    again = hit.category == "NED" or (hit.category == "PD" and view.has(_COMES_AGAIN, start, end) is not None)
    if again and (is_of_no_tumor(view, end) or _of_the_harm(view, hit, low)):
        return True
    if hit.category == "NED" and _REST.match(view.whole, end, view.end) is not None:
        return True
    behind = view.whole[end : min(high, end + 30)]
    return hit.category == "CR" and view.within(_SYMPTOM, _ASIDE_BEHIND.split(behind)[0]) is not None


_IMAGED = pattern(r"(?:CE|HR)?(?:CT|MRI|MRT|PET)\b")
"""How words begin that rate a scan, and no symptom told beside it."""
_IT = re.compile(r"it\s", re.IGNORECASE)
"""What may mean a value of the blood where the sentence, or the one before it, names one."""
_OF_A_DOSE = pattern(
    r"^\s?(?:(?:by \d{1,2}\s?%|stepwise|further)\s)?(?:in dose|(?:to|from|by) (?:an? )?(?:(?:daily )?dose of )?"
    r"\d[\d.,]{0,6}\s?(?:mg|µg|mcg|g\b|AUC))",
    re.IGNORECASE,
)
"""What follows where a drug was given in a smaller dose, and no tumour shrank: "it was reduced to 200 mg daily"."""
_SYMPTOM = pattern(
    r"\b(?:pain|symptoms?|fever|cough|effusion|ascites|jaundice|neutropeni\w|toxicit\w{1,3}"
    r"|rash|wound|infection|LDH|marker|CEA|CA|AFP|edema|oedema|neuropathy|hepatitis|nausea"
    r"|fibros\w{2,4}|platelets?|transaminase\w?|enzymes|cells/|ejection fraction|stenosis"
    r"|doses?|weight|hemoglobin|haemoglobin|haematuria|hematuria|renal failure|visual)\b",
    re.IGNORECASE,
)
_WHICH_WENT = re.compile(
    r"(?:\s\(?(?:grade|G|CTC(?:AE)?)\s?\d\)?)?,?\s(?:which|that)\s[^.;]{0,60}", re.IGNORECASE
)
"""What ties a verb to the harm before it: "ICANS grade 1, which under dexamethasone was completely regredient"."""
_OF_IMPAIRMENT = re.compile(
    r"\s(?:of|in)\s(?:the\s|her\s|his\s|this\s)?(?:[a-z-]{3,16}\s){0,2}(?:impairment|deficits?|symptoms?|neuropathy"
    r"|toxicity|weakness|dementia"
    r"|pain|dyspn\w{1,3}|anaemia|anemia)\b"
)
"""What makes a progression that of a harm or a complaint: "progression of the cognitive impairment"."""
_COMES_AGAIN = pattern(r"recur|relaps|return|reappear|flare|progress", re.IGNORECASE)
"""What a harm may do as well as a tumour."""
_REST = re.compile(r"\s(?:elsewhere|otherwise|in the (?:rest|remainder|remaining))\b", re.IGNORECASE)
"""What tells that there is disease in one place, and only elsewhere none."""
_ASIDE_BEHIND = re.compile(r"\s(?:with|and|but|after|without|despite)\s|,")
"""What parts a remission from what else is told: "complete remission with incomplete platelet recovery"."""


def _of_one_statement(view: View, low: int, start: int, end: int, high: int) -> str:
    """Return the words around ``start`` to ``end`` up to where another statement ends or begins."""
    before = _PARTS_STATEMENTS.split(view.whole[low:start])[-1]
    behind = _PARTS_STATEMENTS.split(view.whole[end:high])[0]
    return before + view.whole[start:end] + behind


_PARTS_STATEMENTS = re.compile(r",\s(?:and|but|while|whereas|so)\s|;\s")
"""What parts a rating from what else is told: "LDH was 450 U/L, and the tumor had shrunk"."""


def _is_of_harm(view: View, hit: Hit) -> bool:
    """Whether it is a side effect that came again: "the rash recurred", "a rash, which recurred after rechallenge"."""
    return any(
        harm.end <= hit.start
        and (
            _CAME_AGAIN.fullmatch(view.whole, harm.end, hit.start)
            or _WHICH.fullmatch(view.whole, harm.end, hit.start)
        )
        for harm in view.of("toxicity")
    )


_CAME_AGAIN = re.compile(r"\s(?:(?:had|has|have|soon|then|again|later)\s){0,3}")
"""What stands between a symptom and the word that it came again: "the hematuria recurred"."""
_WHICH = re.compile(
    r"(?:\s\([^()]{1,30}\))?(?:\s(?:grade|gr\.?|G)\s?[1-4])?(?:\s(?:was|were|had|occurred|developed|appeared|noted"
    r"|seen)){0,2}"
    r",?\s(?:which|that|and|but|it)(?:\s(?:then|later|soon|again|had|has|unfortunately))*\s"
)


def is_of_no_tumor(view: View, end: int) -> bool:
    """Whether what comes again, or does not, is no tumour: "without recurrence of hepatotoxicity"."""
    of = _OF_WHAT.match(view.whole, end, view.end)
    if of is None or _OF_A_TUMOR.match(view.whole, of.end(), view.end):
        return False
    return not any(of.end() <= named.start <= of.end() + _NAMED_SOON for named in view.of("tumor"))


_NAMED_SOON = 30
_OF_WHAT = re.compile(
    r"\sof\s(?:(?:CTCAE\s)?(?:grade|G|gr\.?)\s?(?:[1-5]|I{1,3}|IV)\s)?"
    r"(?!\D{0,16}\d)(?:(?:the|her|his|any|these|this|said)\s)?",
    re.IGNORECASE,
)
_OF_A_TUMOR = re.compile(
    r"(?:[\w-]{1,20}\s){0,4}?(?:disease|tumou?rs?|lesions?|mass(?:es)?|nodules?|cancer|carcinoma|sarcoma"
    r"|malignan\w{1,3}"
    r"|neoplas\w{1,3}|metasta\w{1,4}|deposits?|primary|recurren\w{2,3}|relapse|progression|it)\b",
    re.IGNORECASE,
)


def _of_the_harm(view: View, hit: Hit, low: int) -> bool:
    """Whether what does not come again is the harm of a drug that is given again: "resumed without recurrence"."""
    free = view.whole.startswith(("without", "no "), hit.start)
    return free and _IN_TREATMENT_AGAIN.search(view.whole, low, hit.start) is not None


_IN_TREATMENT_AGAIN = re.compile(
    r"\b(?:resum(?:ed|ption|ing)|re-?started|re-?introduc(?:ed|tion)|re-?challenged?|re-?initiat(?:ed|ion)"
    r"|(?:increased|escalated|raised|reduced|titrated|returned)"
    r"\s(?:up\s|back\s)?to\s(?:the\s|a\s)?(?:\d|full|initial|original|previous|higher|lower))[^.;]{0,70}$",
    re.IGNORECASE,
)
"""What was given again, or more of it, without the harm that it had done: "increased to 120 mg without recurrence"."""
