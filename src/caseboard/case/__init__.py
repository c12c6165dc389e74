"""What a case is: dated facts, each with its source."""

from caseboard.case.case import Case, Document, Patient
from caseboard.case.dates import DateInterval, Offset, When, parse_partial_date
from caseboard.case.facts import (
    AdverseEvent,
    Alteration,
    Demographics,
    Diagnosis,
    Fact,
    FactBase,
    History,
    Lab,
    Lesion,
    Outcome,
    Response,
    Source,
    Span,
    Test,
    Treatment,
)
from caseboard.case.fusion_calls import BreakEnd, FusionCall

__all__ = [
    "AdverseEvent",
    "Alteration",
    "BreakEnd",
    "Case",
    "DateInterval",
    "Demographics",
    "Diagnosis",
    "Document",
    "Fact",
    "FactBase",
    "FusionCall",
    "History",
    "Lab",
    "Lesion",
    "Offset",
    "Outcome",
    "Patient",
    "Response",
    "Source",
    "Span",
    "Test",
    "Treatment",
    "When",
    "parse_partial_date",
]
