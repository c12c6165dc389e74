"""Vocabularies: one module and one table each; look-ups normalise, and remark what they corrected."""

__all__: list[str] = []
