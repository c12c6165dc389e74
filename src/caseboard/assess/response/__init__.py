"""Tumour response: RECIST 1.1 on numbers (``recist``, ``best``, ``measurability``), for lines of a case, for tables."""

from __future__ import annotations

__all__: list[str] = []
