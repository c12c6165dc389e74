"""What is found of a gene, and whether it only tells a tumour apart."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from caseboard.narrative.view import View

__all__ = ["AlterationType", "Finding", "is_adjective"]

AlterationType = Literal["fusion", "rearrangement", "variant", "amplification", "deletion", "other"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one gene, or of a fusion, at characters ``start`` to ``end``.

    ``adjective``: it only tells a tumour apart ("ROS1-rearranged sarcoma"), as one does with what is known already.
    """

    start: int
    end: int
    type: AlterationType
    positive: bool
    gene: str | None = None
    gene5: str | None = None
    gene3: str | None = None
    change: str | None = None
    remarks: tuple[str, ...] = ()
    adjective: bool = False
    tested: str = ""
    """What was tested, where it is known by no gene: "del(17p)", "MGMT promoter methylation"."""

    @property
    def genes(self) -> tuple[str, ...]:
        """Every gene named, 5' partner first."""
        return tuple(gene for gene in (self.gene5, self.gene3, self.gene) if gene)


def is_adjective(view: View, end: int) -> bool:
    """Whether a tumour's name follows at once what ends at ``end``: "ROS1-rearranged IMT"."""
    attribute = _ATTRIBUTE.match(view.whole, end, end + 16)
    reach = attribute.end() if attribute else end
    return any(
        end <= tumor.start <= reach + _LONGEST_ATTRIBUTE
        and not _PARTED.search(view.whole, reach, tumor.start)
        for tumor in view.of("tumor")
    )


_ATTRIBUTE = re.compile(
    r"[-\s]?(?:positive|rearranged|driven|mutated|mutant|translocated|fused|associated)?[-\s]"
)
_PARTED = re.compile(r"[,;.]|\b(?:and|in|of|was|were)\b")
_LONGEST_ATTRIBUTE = 28
