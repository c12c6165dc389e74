"""Terms as a board writes them: facts keep them in lower case, and a person's name, a gene or a level is not."""

from __future__ import annotations

import re

__all__ = [
    "best_written",
    "capital",
    "category_written",
    "drug_written",
    "procedure_written",
    "site_written",
    "term_written",
    "toxicity_written",
]

_LEVEL = re.compile(r"\b(?:[cdtls]\d{1,2}|[ivx]{1,5})\b")
_NAMES = re.compile(
    r"\b(?:brenner|burkitt|castleman|chester|erdheim|ewing|hodgkin|kaposi|klatskin|krukenberg|langerhans|leydig"
    r"|merkel|paget|sertoli|sezary|spitz|waldenström|warthin|wilms)\b"
)
_GENES = re.compile(
    r"\b(?:(?:alk|bcor|braf|cic|ebv|egfr|ewsr1|gli1|h3|her2|hpv|idh|kit|ntrk[123]?|ret|ros1|smarca4|smarcb1|tfe3)"
    r"(?=[- ])|non-ets|ros1|alk)\b|\b[bt](?=-cell\b)|\bnk(?=/t|-cell\b)|(?<=/)t(?=-cell\b)|\bmalt(?= lymphoma\b)"
)
_CODE = re.compile(
    r"\b(?:(?!anti-|nab-|peg-)(?:[a-z]{2,4}-)?[a-z]{1,4}-?\d{1,9}[a-z]?|[a-z]{2,4}-\d{2,5}-\d{2,4})\b"
)
_ANALYTE = re.compile(r"\b(?:alat|alp|alt|asat|ast|ck|cpk|crp|ggt|ldh)\b")
_SHORT = re.compile(
    r"\b(?:alnd|ct|hifu|hipec|imrt|mri|msa|pet|r[0-2]|rcb|rfa|rplnd|sabr|sbrt|slnb|tace|tare|turbt|turp|vats|wle)\b"
)


def site_written(site: str) -> str:
    """Return a site with its level or segment in capitals: "liver segment IV", "T10 vertebra"."""
    return _LEVEL.sub(lambda found: found[0].upper(), site).replace("pouch of douglas", "pouch of Douglas")


def term_written(term: str) -> str:
    """Return a diagnosis with names and genes as they are written: "Ewing sarcoma", "NTRK-rearranged"."""
    named = _NAMES.sub(lambda found: found[0].capitalize(), term)
    return _GENES.sub(lambda found: found[0].upper().replace("NON-", "non-"), named)


def category_written(category: str) -> str:
    """Return a response by its letters, or in a word where no criteria have the category: "regression"."""
    return "regression" if category == "MR" else category


def best_written(stated: str | None, derived: str | None) -> str:
    """Return the best response as it was stated and as the lesions give it; empty where neither tells one.

    Where both cannot hold, it says that the scans have to settle it.
    """
    lesions = derived if derived not in (None, "NE") else None
    if stated is None:
        return f"{lesions} by the lesions" if lesions else ""
    told = category_written(stated)
    if lesions is None:
        return f"{told} as stated"
    if lesions == told:
        return told
    both = f"{told} as stated and {lesions} by the lesions"
    return f"{both}, to be settled on the scans" if _contradicts(stated, lesions) else both


_NOT_MEASURED = "NON-CR/NON-PD"


def _contradicts(stated: str, derived: str) -> bool:
    """Whether two responses cannot both hold: a mere regression is at odds with PD alone, and NED is a CR.

    Lesions of which none can be measured (RECIST 1.1, table 2) leave open whether they shrank.
    """
    if stated == "MR":
        return derived == "PD"
    if derived == _NOT_MEASURED:
        return stated in ("CR", "NED", "PD")
    return ("CR" if stated == "NED" else stated) != derived


def drug_written(name: str) -> str:
    """Return a drug or regimen in which codes are in capitals and names are not: "oxaliplatin + S-1", "AZD3463"."""
    return _CODE.sub(lambda found: found[0].upper(), name)


def procedure_written(name: str) -> str:
    """Return a procedure with its abbreviations and levels in capitals: "WLE + SLNB", "L5 and S1 laminectomy"."""
    return site_written(_SHORT.sub(lambda found: found[0].upper(), name))


def toxicity_written(told: str, term: str | None) -> str:
    """Return an adverse event by its term of CTCAE, the word of the source behind it where that is another one."""
    told = _ANALYTE.sub(lambda found: found[0].upper(), told)
    if term is None or term.lower() == told.lower():
        return term or capital(told)
    return f"{term} ({told})"


def capital(text: str) -> str:
    """Return a text as it begins a sentence or a cell; a first word that is a symbol stays: "pH", "c-kit", "p53"."""
    first = text.split(maxsplit=1)[0].strip(",.;:()") if text.strip() else ""
    is_word = first.islower() and first.replace("-", "").isalpha() and len(first.partition("-")[0]) > 1
    return f"{text[:1].upper()}{text[1:]}" if is_word else text
