"""Illness besides the tumour: what a patient has, and what is given for it and is no line of the tumour's treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseboard.narrative.kin_words import KIN
from caseboard.narrative.patterns import pattern
from caseboard.narrative.view import View

__all__ = ["illnesses", "is_for_other_illness", "is_irradiated_for_other_illness", "within_other_illness"]

_LASTING = (
    r"(?:(?:arterial |essential |systemic )?hypertension|(?:type (?:[12]|I|II) "
    r"|insulin-dependent )?diabetes(?: mellitus)?"
    r"(?: type (?:[12]|I|II)\b)?"
    r"|hypothyroidism|asthma|chronic obstructive (?:pulmonary|airways?) disease|emphysema"
    r"|(?:coronary (?:artery|heart)|isch(?:a)?emic heart|valvular heart|congenital heart|peripheral (?:arter(?:ial|y)"
    r"|vascular)|chronic (?:kidney|renal|liver)|(?:adult )?polycystic kidney|interstitial lung) disease"
    r"|end-stage renal (?:disease|failure)|atrial (?:fibrillation|flutter)|h(?:a)?emodialysis|hepatitis [BC]"
    r"|hyperlipid\w{3,6}|dyslipid\w{3,6}|hypercholesterol\w{4,6}|neurofibromatosis(?: type [12I]{1,2}\b)?"
    r"|Li-Fraumeni(?: syndrome)?|tuberous sclerosis|familial adenomatous polyposis|Gardner(?:'s|’s)? syndrome"
    r"|Carney(?:'s|’s)? (?:triad|complex)|Lynch syndrome|Down(?:'s|’s)? syndrome|obesity|epilepsy|depression"
    r"|schizophrenia|bipolar (?:disorder|affective disorder)|glaucoma|sleep apn(?:o)?ea|dementia"
    r"|liver cirrhosis|cirrhosis(?: of the liver)?|osteoporosis|gout"
    r"|Hashimoto(?:'s|’s)?(?: thyroiditis| disease)?|Graves(?:'|’)? disease|thalassa?emia(?: minor| trait)?"
    r"|endometriosis|fibromyalgia"
    r"|(?:abdominal |thoracic )?aortic aneurysm|(?-i:COPD|CAD|IHD|CKD|HFrEF|HIV|T[12]DM|NIDDM|IDDM|GO?ERD|OSA|SLE)\b"
    r"(?: (?:stage )?[1-5][ab]?\b)?"
)
_IMMUNE = (
    r"(?:rheumatoid arthritis|psoriasis|psoriatic arthritis|ankylosing spondylitis|spondyloarthritis"
    r"|(?:systemic )?lupus(?: erythematosus)?|ulcerative colitis|Crohn(?:'s|’s)? disease|inflammatory bowel disease"
    r"|c(?:o)?eliac disease|multiple sclerosis|sarcoidosis|myasthenia gravis|giant cell arteritis"
    r"|polymyalgia rheumatica"
    r"|Sj(?:ö|o)gren(?:'s|’s)?(?: syndrome)?|autoimmune (?:hepatitis|thyroiditis)|vasculitis|atopic (?:dermatitis"
    r"|eczema)"
    r"|Parkinson(?:'s|’s)? disease|Beh(?:ç|c)et(?:'s|’s)? disease"
)
_EVENT = (
    r"(?:myocardial infarction|heart attack|(?:congestive |chronic )?heart failure|cardiomyopathy|stroke"
    r"|transient isch(?:a)?emic attack|cerebrovascular accident|deep (?:vein|venous) thrombosis|pulmonary embolism"
    r"|migraines?(?: with(?:out)? aura\b)?"
    r"|venous thromboembolism|tuberculosis|hyperthyroidism|hearing loss|pacemaker|renal insufficiency|renal impairment"
    r"|(?:kidney|renal|liver|heart) transplant\w{0,6}|(?:coronary )?(?:artery )?bypass(?: grafting)?"
    r"|(?-i:N?STEMI|MI|HTN|AF|AFib|CHF|TIA|CVA|DVT|PE|VTE|CABG|TB|MS|RA|UC|PVD|PAD|DM2?)\b"
)
"""What may also befall a patient under treatment, or have another meaning: told of the past only where it says so."""
_NEVER_HARM = pattern(rf"\b(?:{_LASTING})|{_IMMUNE}))", re.IGNORECASE)
_ANY = pattern(rf"\b(?:{_LASTING})|{_IMMUNE})|{_EVENT}))", re.IGNORECASE)
_REST = re.compile(
    r"(?:[a-z]{0,12})(?:\s(?:in\s|since\s|\()?(?:(?:0?[1-9]|1[0-2])/)?(?:19|20)\d\d\)?)?(?:\s\([^()\n]{2,48}\))?"
    r"(?:,?\s(?:controlled |well controlled |treated |managed )?(?:on|with)\s[a-z]{4,20}\b(?!\s(?:and|of|in)\b))?"
)
"""What belongs to an illness: its year, a remark in brackets, what is taken for it."""
_TOLD_OF_THE_PAST = pattern(
    r"\b(?:history|hx|pmhx?|known|previous(?:ly)?|prior|past|background|significant for|comorbid\w{0,6}"
    r"|co-morbid\w{0,6}|antecedents|anamnesis|suffers? from|pre-?existing|underlying|chronic|concomitant"
    r"|other (?:illness"
    r"|disease|diagnos|condition)\w{0,4})\b",
    re.IGNORECASE,
)
_NOT_HIS = re.compile(
    r"\b(?:no|not|non|denie[sd]|without|never|negative for"
    rf"|(?:{KIN}|parent|relative)s?|family"
    r"|cause[sd]?|develop\w{0,4}|risk of|due to|exclud\w{1,4}"
    r"|ruled)\b[^.;:]{0,80}$",
    re.IGNORECASE,
)
"""What says that an illness is not the patient's, or no other illness but harm; a wife is one to live with."""
_BREATHING = re.compile(
    r"(?:\d\s?%|\b(?:Sp?a?O2|sats?|saturations?|saturating|oxygen|O2)\b[^.;,\n]{0,24}\d"
    r"|\bbreathing)\s?(?:\(\s?)?(?:on\s|in\s"
    r"|at\s)?$",
    re.IGNORECASE,
)
"""What makes RA room air, and no arthritis: "SpO2 98% RA", "sats 96 on RA"."""
_GRADED = re.compile(r"\b(?:grade|gr\.?|G)\s?[1-5]\s(?:[a-z]{3,14}\s)?$", re.IGNORECASE)
_GRADED_BEHIND = re.compile(r",?\s\(?(?:CTCAE\s)?(?:grade|gr\.?|G)\s?[1-5]\b", re.IGNORECASE)
"""What makes an illness harm that is graded."""
_SAVE = re.compile(r"\b(?:except|apart from|other than|besides|save|but|aside from)\b", re.IGNORECASE)
"""What takes back a denial: "no medical history except for diabetes"."""
_TAKEN_FOR = re.compile(
    r"(?:(?:,?\s(?:which|that)\s(?:is|was|has been|had been))?,?\s(?:\([^()\n]{2,40}\)\s?)?"
    r"(?:(?:well |currently |previously |being |long-term )?(?:controlled|treated|managed|stable|maintained"
    r"|in remission)\s)?(?:on|with|by|under|using)"
    r"|,?\s(?:for|on account of)\swhich\s(?:[a-z]{2,8}\s){0,3}?(?:received|receives|takes|took|taking|taken|given"
    r"|(?:treated|managed) with|on))\s(?:[a-z-]{3,14}\s){0,3}?(?:[a-z-]{4,20}(?:,\s|\sand\s)){0,2}",
    re.IGNORECASE,
)
"""What may stand between an illness and the drug taken for it."""
_FOR_IT = re.compile(
    r"(?:\s\d{1,4}(?:[.,]\d)?\s?mg)?(?:\s[a-z-]{2,12}){0,3}?\s(?:for|because of|to treat)\s(?:(?:his|her|the|known"
    r"|pre-?existing|underlying|active|severe|chronic)\s){0,3}",
    re.IGNORECASE,
)
"""What may stand between a drug and the illness that it is taken for."""


def illnesses(view: View, *, staged: bool) -> Iterator[tuple[int, int]]:
    """Yield where illness of the patient is told that is not the tumour's.

    ``staged`` is whether the story has told of the tumour's diagnosis or treatment: what is named from then on without
    a word of the past may have come with the treatment.
    """
    if view.section == "family" or not view.may(_ANY):
        return
    history = view.section in ("diagnosis", "history")
    for found in _ANY.finditer(view.whole, view.start, view.end):
        before = view.whole[max(view.start, found.start() - 120) : found.start()]
        if found[0] == "RA" and _BREATHING.search(before):
            continue
        if _GRADED.search(before) or _GRADED_BEHIND.match(view.whole, found.end(), view.end):
            continue
        denial = _NOT_HIS.search(before)
        if denial is not None and _SAVE.search(denial[0]) is None:
            continue
        past = view.within(_TOLD_OF_THE_PAST, before) is not None
        lasts = _NEVER_HARM.match(view.whole, found.start(), view.end) is not None
        if (
            past
            or (history and not view.sentence.heading.lower().startswith("patient"))
            or (lasts and not staged)
        ):
            rest = _REST.match(view.whole, found.end(), view.end)
            yield found.start(), found.end() if rest is None else rest.end()


def within_other_illness(view: View, start: int, end: int) -> bool:
    """Whether words are a part of an illness's name: the "arthritis" of "rheumatoid arthritis"."""
    return view.may(_IMMUNE_NAMED) and any(
        found.start() < start and end <= found.end()
        for found in _IMMUNE_NAMED.finditer(view.whole, view.start, view.end)
    )


def is_irradiated_for_other_illness(view: View, start: int, end: int) -> bool:
    """Whether radiation told from ``start`` to ``end`` was given for no tumour: "radioiodine for Graves' disease"."""
    if not view.may(_IRRADIATED):
        return False
    for found in view.find(_IRRADIATED):
        if found.end() <= start and (
            _TAKEN_FOR.fullmatch(view.whole[found.end() : start]) is not None
            or _WAS_TREATED.fullmatch(view.whole, found.end(), start) is not None
        ):
            return True
        if end <= found.start() and _FOR_IT.fullmatch(view.whole[end : found.start()]) is not None:
            return True
    return False


_IRRADIATED = pattern(
    r"\b(?:Graves(?:'|’)?(?:s)?(?: disease)?|Basedow(?:'s|’s)?(?: disease)?|(?:thyroid|endocrine) (?:orbitopathy"
    r"|eye disease)|hyperthyroidism|thyrotoxicosis|(?:toxic |multinodular |nodular ){0,2}goit(?:re|er)|keloids?|acne"
    r"|tinea(?: capitis)?|ringworm|heterotopic ossification|plantar fasciitis|heel spurs?|pterygium|osteoarthritis"
    r"|ankylosing spondylitis|gyna?ecomastia|hidradenitis(?: suppurativa)?)(?!\w)",
    re.IGNORECASE,
)
"""Illness, and no tumour, that is treated by radiation."""
_WAS_TREATED = re.compile(
    r"(?:\s\((?:in\s)?\d{4}\))?(?:,?\s(?:(?:which|that)\s)?(?:is|was|has been|had been|being)|,?\s\(?)?\s?"
    r"(?:(?:well |currently |previously |formerly |long |successfully )?(?:controlled|treated|managed|ablated)\s)"
    r"(?:in\s\d{4}\s)?(?:on|with|by|under|using)\s(?:[a-z-]{3,14}\s){0,3}?(?:[a-z-]{4,20}(?:,\s|\sand\s)){0,2}",
    re.IGNORECASE,
)
"""What may stand between an illness of old and its treatment: "arthritis was treated with", "gout (treated with"."""
_MAY_BE_HARM = re.compile(
    r"autoimmune|vasculitis|sarcoidosis|myasthenia|psoria|colitis|polymyalgia|giant cell|multiple myeloma|transplant",
    re.IGNORECASE,
)
"""What immunotherapy brings about as well, so that what it "was treated with" may be told as the treatment of harm."""


def is_for_other_illness(view: View, start: int, end: int) -> bool:
    """Whether a drug from ``start`` to ``end`` is what another illness is treated with."""
    if not view.may(_IMMUNE_NAMED):
        return False
    for found in _IMMUNE_NAMED.finditer(view.whole, view.start, view.end):
        if found.end() <= start and _TAKEN_FOR.fullmatch(view.whole[found.end() : start]) is not None:
            return True
        if (
            found.end() <= start
            and not _MAY_BE_HARM.match(found[0])
            and _WAS_TREATED.fullmatch(view.whole, found.end(), start)
        ):
            return True
        if end <= found.start() and _FOR_IT.fullmatch(view.whole[end : found.start()]) is not None:
            return True
    return False


_IMMUNE_NAMED = pattern(
    rf"\b(?:{_IMMUNE})|transplant\w{{0,6}}|(?-i:RA|IBD|SLE|MS|UC|GCA|PMR)\b|macular degeneration|multiple myeloma"
    r"|poly[- ]?cyth(?:a)?emia(?: (?:rubra )?vera)?|(?:essential )?thrombocyth(?:a)?emia|lichen planus|uveitis"
    r"|nephrotic syndrome"
    r"|sickle[- ]cell (?:disease|an(?:a)?emia))",
    re.IGNORECASE,
)
"""Illness for which drugs are given that are given for tumours too."""
