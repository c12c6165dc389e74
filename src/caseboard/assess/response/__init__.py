"""Tumour response: RECIST 1.1 on numbers (``recist``, ``best``, ``measurability``) and for the lines of a case."""

from caseboard.assess.response.lines import assess_responses

__all__ = ["assess_responses"]
