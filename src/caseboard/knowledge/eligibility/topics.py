"""What a criterion is about that no case can settle, so that whoever reads it knows where to ask."""

from __future__ import annotations

import re

__all__ = ["TOPICS", "topic_of"]

_SOURCES: tuple[tuple[str, str, str], ...] = (
    (
        "consent",
        r"informed consent|written consent|signed[^.]{0,40}consent|voluntar",
        "Consent is for the patient and the trial team to settle.",
    ),
    (
        "contraception",
        r"contracepti|birth control|child-?bearing|fertil",
        "Contraception is to be asked about; the case does not settle it.",
    ),
    (
        "compliance",
        r"complian|comply|follow-?up|willing|able to (?:understand|swallow)|cooperat",
        "Whether the patient can and will take part is to be asked.",
    ),
    ("investigator", r"investigator|discretion|in the opinion", "The investigator judges this."),
    (
        "infection",
        r"\bHIV\b|hepatitis|infecti|tubercul|vaccin",
        "Infections and vaccines are to be looked up; the case does not settle it.",
    ),
    (
        "heart",
        r"cardi|heart|\bQTc?F?\b|\bLVEF\b|myocard|\bNYHA\b|hypertension|arrhythmi|thrombo|stroke",
        "The heart and circulation are to be looked up; the case does not settle it.",
    ),
    (
        "lung",
        r"interstitial|pneumonitis|\bILD\b|pulmonary fibrosis",
        "Lung disease beside the tumour is to be looked up; the case does not settle it.",
    ),
    ("allergy", r"allerg|hypersensitiv", "Allergies are to be asked about; the case does not settle it."),
    (
        "material",
        r"tissue|specimen|biopsy|archival|blood sample",
        "Whether there is material is to be looked up.",
    ),
    (
        "immunity",
        r"autoimmun|immunodefici|immunosuppress|steroid|transplant",
        "The immune system is to be looked up; the case does not settle it.",
    ),
    (
        "toxicity",
        r"toxicit(?:y|ies) (?:of|from|resulting|due)|unresolved toxic|recovered from",
        "What is left of earlier toxicity is to be judged.",
    ),
)
TOPICS: dict[str, str] = {key: sentence for key, _, sentence in _SOURCES}
"""The sentence that is said of each topic."""

_TOPIC = re.compile("|".join(f"(?P<{key}>{source})" for key, source, _ in _SOURCES), re.IGNORECASE)
_MOST = 1000


def topic_of(text: str) -> str:
    """Return the first topic that a text touches, "" where it touches none."""
    found = _TOPIC.search(text[:_MOST])
    return (found.lastgroup or "") if found else ""
