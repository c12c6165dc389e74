"""Laboratory grades by the numbers of CTCAE v4.03, v5.0 and v6.0.

``criteria`` holds the numbers, ``fitting`` finds the criteria that fit a value, and ``judging`` judges it by one of
them, in formulas (``formula``). ``values`` asks these of the values of one patient and ``grading`` of whole tables
(``columns``; only there a library for tables is loaded). ``editions`` compares v5 with v6.
"""

from caseboard.assess.ctcae.criteria import EDITIONS, PUBLISHED_AS, Criterion, Edition, criteria, criteria_of
from caseboard.assess.ctcae.editions import translate
from caseboard.assess.ctcae.values import Grading, LabValue, grade_value, grade_values

__all__ = [
    "EDITIONS",
    "PUBLISHED_AS",
    "Criterion",
    "Edition",
    "Grading",
    "LabValue",
    "criteria",
    "criteria_of",
    "grade_value",
    "grade_values",
    "translate",
]
