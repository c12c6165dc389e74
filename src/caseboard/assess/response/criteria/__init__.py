"""Response criteria other than RECIST 1.1, one module each, as functions on numbers."""

from caseboard.assess.response.criteria.judgement import Judgement

__all__ = ["Judgement"]
