"""Response of many patients at once: from lesions to time points, and from time points to the best response."""

from caseboard.assess.response.tables.analysis import analyse
from caseboard.assess.response.tables.best import BestRules, best_responses
from caseboard.assess.response.tables.immune import immune_timepoints
from caseboard.assess.response.tables.immune_best import immune_best_responses
from caseboard.assess.response.tables.timepoints import Doubts, TimepointRules, Timepoints, timepoints

__all__ = [
    "BestRules",
    "Doubts",
    "TimepointRules",
    "Timepoints",
    "analyse",
    "best_responses",
    "immune_best_responses",
    "immune_timepoints",
    "timepoints",
]
