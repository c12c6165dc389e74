"""The colours and shapes of the course chart. Every colour can be read as text on white (4.5 to 1 or more).

No meaning hangs on colour alone: events and treatments carry their label, series a shape of their own.
"""

from __future__ import annotations

__all__ = [
    "FONT",
    "GRID",
    "INK",
    "MODALITIES",
    "MUTED",
    "NORMAL",
    "OTHER_MODALITY",
    "SERIES",
    "SHAPES",
    "TONES",
]

INK = "#1b1f24"
MUTED = "#57606a"
GRID = "#e4e7eb"
"""Lines behind the marks; never text."""

NORMAL = "#1a6b3c"
"""What is normal behind laboratory values."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

TONES = {
    "final": "#1b1f24",
    "working": "#6b7280",
    "test": "#0b4f8a",
    "alteration": "#5b2a86",
    "CR": "#1a6b3c",
    "PR": "#1a6b3c",
    "MR": "#1a6b3c",
    "NED": "#1a6b3c",
    "SD": "#7a5c00",
    "PD": "#9b1c1c",
    "outcome": "#1b1f24",
    "harm": "#9b3d00",
    "lesion": "#7a3b69",
    "laboratory": "#0b6e99",
}
"""The colour of an event by what it is: better is green, worse is red, harm is rust."""

MODALITIES = {"systemic": "#1f5f99", "surgery": "#5b2a86", "radiotherapy": "#a34a00"}
OTHER_MODALITY = "#57606a"
"""The colour of a treatment by its modality."""

SERIES = ("#0b6e99", "#a34a00", "#5b2a86", "#1a6b3c", "#8a5a00", "#a3195b", "#3d5a80", "#6b4f3a")
SHAPES = ("circle", "square", "triangle-up", "triangle-down", "cross", "triangle-right", "triangle-left")
"""The colours and shapes of lesions, in the order in which the case tells of them."""
