"""Laboratory grades by the numbers of CTCAE v4.03, v5.0 and v6.0.

``criteria`` holds the numbers, ``judging`` judges many values by one criterion, ``grading`` finds the criteria that fit
each row of a table, ``values`` is the same for the values of one patient, and ``editions`` compares v5 with v6. The
modules that judge load a library for tables, and are imported only where there is something to judge.
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
