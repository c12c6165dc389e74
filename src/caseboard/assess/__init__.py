"""Reasoning: from the facts of a case to findings, each with its rule, its facts and its source.

``assess`` asks every room. It is imported when it is first used, so that the shapes in ``results`` can be had without
the reasoning behind them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caseboard.assess.assessment import DISCLAIMER, assess, findings_of, schema

__all__ = ["DISCLAIMER", "assess", "findings_of", "schema"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the module's attributes are of several types
    """Import what is exported on first use."""
    if name in __all__:
        return getattr(import_module("caseboard.assess.assessment"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
