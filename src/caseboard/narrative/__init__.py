"""From a text to the facts of its patients."""

from caseboard.narrative.story import read

__all__ = ["read"]
