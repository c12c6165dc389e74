"""Classes of drugs as the texts of trials name them."""

from __future__ import annotations

__all__ = ["CLASSES"]

CLASSES: dict[str, tuple[str, ...]] = {
    "platinum": ("platinum compound",),
    "taxane": ("taxane",),
    "anthracycline": ("anthracycline",),
    "chemotherapy": (
        "alkylating agent", "anthracycline", "antimetabolite", "antitumor antibiotic", "microtubule agent",
        "other cytotoxic",
        "platinum compound", "taxane", "topoisomerase I inhibitor", "topoisomerase II inhibitor", "vinca alkaloid",
    ),
    "checkpoint": ("PD-1 inhibitor", "PD-L1 inhibitor", "CTLA-4 inhibitor", "other immune checkpoint inhibitor"),
    "PD-1 or PD-L1": ("PD-1 inhibitor", "PD-L1 inhibitor"),
    "CTLA-4": ("CTLA-4 inhibitor",),
    "tyrosine kinase inhibitor": (
        "ALK inhibitor", "BCR-ABL inhibitor", "BTK inhibitor", "CSF1R inhibitor", "EGFR inhibitor", "FGFR inhibitor",
        "HER2 inhibitor",
        "JAK inhibitor", "KIT/PDGFRA inhibitor", "MET inhibitor", "RET inhibitor", "ROS1 inhibitor", "TRK inhibitor",
        "multikinase inhibitor",
    ),
    "PARP inhibitor": ("PARP inhibitor",),
    "antibody-drug conjugate": ("antibody-drug conjugate",),
}  # fmt: skip
"""Classes of the table of drugs that a class in the words of trials is made of."""
