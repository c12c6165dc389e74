"""All reading rules, in the order in which they may claim words."""

from __future__ import annotations

from caseboard.knowledge.eligibility import (
    rules_alteration,
    rules_disease,
    rules_laboratory,
    rules_patient,
    rules_therapy,
    rules_tumour,
)
from caseboard.knowledge.eligibility.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    *rules_patient.RULES,
    *rules_laboratory.RULES,
    *rules_therapy.RULES,
    *rules_alteration.RULES,
    *rules_disease.RULES,
    *rules_tumour.RULES,
)
