"""What a criterion is about that no case can settle, so that whoever reads it knows where to ask."""

from __future__ import annotations

__all__ = ["TOPICS", "topic_of"]

_UNSETTLED = "; the case does not settle it."
_TOPICS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("consent", ("consent", "voluntar"), "Consent is for the patient and the trial team to settle."),
    ("contraception", ("contracepti", "birth control", "childbearing", "child-bearing", "fertil"),
     f"Contraception is to be asked about{_UNSETTLED}"),
    ("compliance",
     ("complian", "comply", "follow-up", "followup", "willing", "able to understand", "swallow", "cooperat"),
     "Whether the patient can and will take part is to be asked."),
    ("investigator", ("investigator", "discretion", "in the opinion"), "The investigator judges this."),
    ("infection", ("hiv", "hepatitis", "infecti", "tubercul", "vaccin"),
     f"Infections and vaccines are to be looked up{_UNSETTLED}"),
    ("heart", ("cardi", "heart", "qtc", "lvef", "myocard", "nyha", "hypertension", "arrhythmi", "thrombo", "stroke"),
     f"The heart and circulation are to be looked up{_UNSETTLED}"),
    ("lung", ("interstitial", "pneumonitis", "pulmonary fibrosis"),
     f"Lung disease beside the tumour is to be looked up{_UNSETTLED}"),
    ("allergy", ("allerg", "hypersensitiv"), f"Allergies are to be asked about{_UNSETTLED}"),
    ("material", ("tissue", "specimen", "biopsy", "archival", "blood sample"),
     "Whether there is material is to be looked up."),
    ("immunity", ("autoimmun", "immunodefici", "immunosuppress", "steroid", "transplant"),
     f"The immune system is to be looked up{_UNSETTLED}"),
    ("toxicity", ("unresolved tox", "toxicity of", "toxicities of", "toxicities from", "recovered from"),
     "What is left of earlier toxicity is to be judged."),
)  # fmt: skip
TOPICS: dict[str, str] = {key: sentence for key, _, sentence in _TOPICS}
"""The sentence that is said of each topic."""


def topic_of(text: str) -> str:
    """Return the first topic, in the order of the table, that a text touches; "" where it touches none."""
    folded = text.casefold()
    return next((key for key, words, _ in _TOPICS if any(word in folded for word in words)), "")
