"""Words of eligibility: one way to write comparisons, words that ask for nothing, words that turn a meaning."""

from __future__ import annotations

import re

__all__ = ["CONNECTORS", "EXCEPTS", "FILLERS", "NEGATORS", "canonical", "without_phrases"]

_CHARACTERS = str.maketrans(
    {"＞": ">", "＜": "<", "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "；": "; ", "，": ", ", "（": "(", "）": ")",
     "’": "'", "´": "'", "`": "'"} | dict.fromkeys("–—−‐‑~～", "-")
)  # fmt: skip
_CANONICAL: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = tuple(
    (triggers, re.compile(source, re.IGNORECASE), into)
    for triggers, source, into in (
        (("and",),
         r"\band ?/ ?or\b", "and/or"),
        (("her-2", "her2/"),
         r"\bHER-2(?:/neu)?\b|\bHER2/neu\b", "HER2"),
        (("ros-1",),
         r"\bROS-1\b", "ROS1"),
        (("met",),
         r"\bc-?MET\b(?=.{0,30}(?:amplif|mutat|alter|fusion|exon|inhib))", "MET"),
        (("kit",),
         r"\bc-?KIT\b", "KIT"),
        (("raf",),
         r"\bB-?RAF\b", "BRAF"),
        (("ras",),
         r"\bK-?RAS\b", "KRAS"),
        ((">",),
         r">\s?/?=|=>|> or =", "≥"),
        (("<",),
         r"<\s?/?=|=<|< or =", "≤"),
        (("equal",),
         r"\b(?:is |of |be )?(?:greater|more|higher|older|longer) than or equal(?:s)? to\b|\bequal "
         r"to or (?:greater|more|higher|longer) than\b", "≥"),
        (("equal",),
         r"\b(?:is |of |be )?(?:less|lower|fewer|smaller) than or equal(?:s)? to\b|\bequal to or (?"
         r":less|lower) than\b", "≤"),
        (("least", "less than", "fewer than", "minimum", "lower than"),
         r"\b(?:at least|no less than|not less than|no fewer than|(?:a )?minimum (?:of )?|not lower"
         r" than|no lower than)\s?(?=\d)", "≥ "),
        (("most", "more than", "greater than", "maximum", "exceed", "higher than"),
         r"\b(?:at most|no more than|not more than|no greater than|not greater than|(?:a )?maximum "
         r"(?:of )?|not exceed(?:ing)?|not to exceed|does not exceed|no higher than)\s?(?=\d)", "≤ "),
        (("than", "over", "above", "exceeding"),
         r"\b(?:greater|more|higher|older|longer) than\s?(?=\d)|\b(?:over|above|exceeding)\s(?=\d)", "> "),
        (("than", "below", "under"),
         r"\b(?:less|lower|fewer|younger|shorter) than\s?(?=\d)|\b(?:below|under)\s(?=\d)", "< "),
        (("upper", "unl"),
         r"\b(?:the )?(?:institutional |local )?(?:upper (?:normal )?limits? of (?:the )?(?:institu"
         r"tional )?(?:normal|reference)(?: (?:range|value|limits?))?|upper normal limits?|upper li"
         r"mit of normal value|UNL)(?: \(ULN\))?", "ULN"),
        (("uln",),
         r"\b(?:institutional|the|local) ULN\b", "ULN"),
        (("uln",),
         r"(?<=\d)\s?(?:[x×X*]|times)?\s?(?=ULN\b)", " × "),
        (("10",),
         r"[x×X*]\s?10\s?\^?\s?(?:9|⁹)\s?/\s?L\b|[x×X*]\s?10e9\s?/\s?L\b", "10^9/L"),
        (("10",),
         r"(?<=\d)\s?[x×X*]\s?10\s?\^?\s?3\s?/\s?(?:[µμu]L|mm\^?[3³])", " 10^3/µL"),
        (("/",),
         r"/\s?mm\^?[3³]|/\s?cubic millimeter", "/µL"),
        (("cooperative", "ecog"),
         r"\b(?:eastern cooperative oncology group|ECOG)(?: \(ECOG\))?", "ECOG"),
        (("central nervous",),
         r"\bcentral nervous system(?: \(CNS\))?", "CNS"),
    )
)  # fmt: skip
"""Ways of writing, and the one way in which the rules read them; each with words of which one must be there."""


def canonical(text: str) -> str:
    """Return a text with comparisons as signs, limits of normal as ULN, and one kind of hyphen; case stays."""
    text = text.translate(_CHARACTERS)
    for triggers, pattern, into in _CANONICAL:
        folded = text.casefold()
        if any(trigger in folded for trigger in triggers):
            text = pattern.sub(into, text)
    return " ".join(text.split())


_FILLING = """
a an the of in on at by to with for as is are was were be been being has have had having it its their his her
they he she that which who whom this these those any known documented confirmed confirmation proven proved
histologically histological histology cytologically cytological cytology pathologically pathological pathology
biopsy-proven biopsy histopathologically histopathological cytopathologically histopathology clinically
diagnosed diagnosis diagnoses patient patients subject subjects participant participants person people
individual individuals adult adults must should shall need needs required requires requirement meet meets tumor
tumors tumour tumours disease cancer cancers malignancy status score scores scoring grade level levels value
evidence presence present history measured determined defined assessed according per based using via criteria
criterion version current currently time study screening baseline enrollment enrolment entry informed consent
signing also either both all there harbor harbors harboring harbour harbouring carry carries carrying identified
detected found demonstrated testing test tested tests result results type types form classification standard
system scale index local locally centrally central laboratory approved validated assay from gene genes patients'
subject's patient's years year old age aged inclusive
"""
FILLERS = frozenset(_FILLING.split())
"""Words that neither ask for anything nor change what is asked for, once what is asked for has been read."""

NEGATORS = frozenset(
    [
        "no",
        "not",
        "without",
        "never",
        "absence",
        "lack",
        "lacking",
        "none",
        "neither",
        "nor",
        "free",
        "negative",
        "non",
        "cannot",
        "nil",
    ]
)

CONNECTORS = frozenset({"and", "or", "and/or", ",", "/", "&", "nor", "plus", "+"})

EXCEPTS = re.compile(
    r"\b(?:unless|except\w*|exclud(?:e|es|ing)|exclusion|other than|apart from|however|but|if|when"
    r"|allowed|permitted|permissible"
    r"|eligible|ineligible|acceptable|accepted|may|might|can|could|waived|only|note|provided|although"
    r"|though|alternatively"
    r"|in case|instead|regardless|irrespective|whether|while|until|after|before|prior to|within"
    r"|during|since|considered"
    r"|cohort|arm|arms|part|phase|group|cohorts|then|suitable|candidate|intolerant|refus\w+|declin\w+"
    r"|planned|possible"
    r"|suspected|potential\w*|risk)\b",
    re.IGNORECASE,
)
"""Words that turn, limit or condition the meaning of a sentence; where one is left over, nothing is decided by it."""

_TIMES = (
    r"(?:within|in|during) (?:the )?(?:last |past |≤ ?)?\d{1,3}(?: |-)?(?:days?|weeks?|months?)(?: \(\d+ days?\))?"
    r" (?:prior to|before|of|preceding) (?:the )?(?:[a-z-]+ ){0,4}?(?:start|initiation|dose|enrol?lment|registration"
    r"|randomi[sz]ation|treatment|therapy|entry|inclusion|screening|consent|drug)(?: of (?:study )?"
    r"(?:treatment|therapy|drug))?"
)
_ALWAYS = re.compile(
    r"\((?:e\.?g\.?|for example|such as|including|eg|example)[^()]{0,200}\)"
    r"|\b(?:histologic(?:ally|al)?|cytologic(?:ally|al)?|pathologic(?:ally|al)?)(?:-| )?(?:/| or |"
    r" and/or | and )(?:histologic(?:ally|al)?"
    r"|cytologic(?:ally|al)?|pathologic(?:ally|al)?)\b"
    r"|\b(?:males?|men|man)(?: patients)?,? (?:or|and|and/or|/) (?:fe?males?|women|woman)\b|\b"
    r"(?:females?|women) (?:or|and) (?:males?|men)\b"
    r"|\b(?:both (?:sexes|genders)|(?:regardless of|no) (?:gender|sex)(?: limit\w*)?|of (?:either"
    r"|any) (?:sex|gender))\b"
    r"|\bat (?:the )?(?:time|day|date) of (?:the )?(?:signing|signature|giving|obtaining|providing)?"
    r"(?: of)? ?(?:the |their |written )?"
    r"(?:informed consent(?: form)?(?: \(ICF\))?|consent|screening|enrol?lment|study entry|inclusion"
    r"|registration|randomi[sz]ation)\b"
    r"|\bon (?:the )?day of (?:signing )?(?:the )?informed consent\b"
    r"|\b(?:as )?(?:defined|assessed|determined|evaluated|measured|confirmed|judged) by (?:the )?"
    r"(?:local )?(?:investigator|CT|MRI|CT or MRI"
    r"|CT/MRI|CT scan/MRI|CT scan|imaging)\b"
    r"|\b(?:by|on|per|with|using) (?:CT|MRI|computed tomography|magnetic resonance imaging)(?: ?"
    r"(?:scan)?(?: or |/)(?:MRI|CT|magnetic resonance imaging)"
    r"(?: scan)?)?\b"
    r"|\b(?:(?:according to|per|based on|by|as per|under|using|defined by|as defined by|as assessed"
    r" by|with) )?(?:the )?RECIST ?(?:\(?v?(?:ersion)?\.? ?1\.[01]\)?)?(?: (?:criteria|guidelines?"
    r"|standards?))?(?![\w.]\d)"
    r"|\b(?:according to|per|based on|by|as per|under|using|defined by|with) (?:the )?(?:\d+(?:th|st"
    r"|nd|rd) (?:edition|version)(?: of)? )?(?:the )?"
    r"(?:AJCC|UICC|IASLC|TNM|AJCC/UICC)(?: \d{4})?[^.;()]{0,60}?(?:(?:\d+(?:\.\d+)?(?:th)?)?(?: "
    r"(?:edition|version|criteria|classification|staging"
    r"|system|manual))*)?(?=[\s,.;()]|$)"
    r"|\((?:as |it was )?(?:calculated|estimated|measured|using|by|according to|based on|per"
    r"|assessed)? ?(?:by |using |with |per |the )*(?:Cock?c?roft|MDRD|CKD-EPI|modification of diet)[^"
    r"()]{0,120}\)"
    r"|\b(?:calculated |estimated )?(?:by|using|according to|per|based on) (?:the )?(?:Cock?c?roft"
    r"(?:-| and )Gault|MDRD|CKD-EPI)(?: (?:formula|equation|method))?"
    r"|\b(?:adequate|acceptable|sufficient|good|normal) (?:(?:organ|bone|marrow|renal|kidney|liver"
    r"|hepatic|h[a]?ematolog\w+|h[a]?ematopoietic|coagulation|and|,) ?)+"
    r"(?:functions?|reserve|status)?:?|\(?\bv(?:ersion|\.)? ?1\.1\)?|\bRECIST(?: ?(?:v|version"
    r"|criteria)\.? ?)?(?:1\.1|1\.0)?(?: criteria)?"
    r"|\((?:[A-Z][A-Za-z0-9-]{1,9}|[A-Z]\w{1,8} PS)\)",
    re.IGNORECASE,
)
_METHOD = (
    r"(?:NGS|next[- ]generation sequencing|FISH|IHC|immunohistochemistry|(?:RT-)?PCR"
    r"|(?:RNA|DNA)[- ]sequencing|sequencing)"
)
_METHODS = re.compile(
    rf"\b(?:by|using|via|with) (?:an? )?(?:validated |local |approved |CLIA[- ]certified )*{_METHOD}"
    rf"(?:(?:\s?,\s?|\s?/\s?|\s(?:or|and/or)\s){_METHOD})+(?: (?:test|testing|assays?|analysis))?",
    re.IGNORECASE,
)
"""A choice of methods of testing: whichever was used will do. One method alone is asked for, and is left over."""
_SNAPSHOT = re.compile(_TIMES, re.IGNORECASE)


def without_phrases(text: str, *, snapshot: bool) -> str:
    """Return what is left of a text without phrases that ask for nothing.

    ``snapshot``: also without the time within which a value or a status is to be taken, which is none of the patient's
    past; of a treatment such a time is part of what is asked for.
    """
    left = _METHODS.sub(" ", _ALWAYS.sub(" ", text))
    return _SNAPSHOT.sub(" ", left) if snapshot else left
