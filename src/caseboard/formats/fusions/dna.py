"""Structural variants found in DNA: CICERO, GENIE and cBioPortal's ``data_sv.txt``.

Two sites are joined; which of them is the 5' partner is only known where the caller says so, in a column or in words
("Protein fusion: in frame (EML4-ALK)").
"""

from __future__ import annotations

import re

from caseboard.case import BreakEnd, FusionCall
from caseboard.formats.fusions.layouts import Called, Layout, frame_of, position_of
from caseboard.formats.fusions.table import TableRow

__all__ = ["DNA_LAYOUTS", "order_told"]

_FUSION_OF = re.compile(
    r"\(?([A-Za-z0-9@.]{2,20})\s?(?:\([^()]{1,60}\)\s?)?(?:-|::|--)\s?([A-Za-z0-9@.]{2,20})\b"
)
_IN_FRAME = re.compile(r"\bin[ -_]frame\b", re.IGNORECASE)
_OUT_OF_FRAME = re.compile(r"\bout[ -_]of[ -_]frame\b|\bframe[ -_]?shift\b", re.IGNORECASE)


def _cicero(row: TableRow) -> Called:
    ends = [
        BreakEnd(
            gene=row.cell(f"gene{side}"),
            chromosome=row.cell(f"chr{side}").removeprefix("chr") or None,
            position=position_of(row.cell(f"pos{side}")),
            strand=row.cell(f"ort{side}") or None,
            site=row.cell(f"feature{side}") or None,
        )
        for side in ("A", "B")
    ]
    direction = row.cell("sv_ort")
    if direction == "<":
        ends.reverse()
    call = FusionCall(
        caller="CICERO",
        five=ends[0],
        three=ends[1],
        sample=row.cell("sample") or None,
        split_reads=row.number("readsA", "readsB"),
    )
    return Called(call, direction in {"<", ">"}, row.cell("type"))


def _sites(row: TableRow) -> Called:
    """Read a row of the columns that GENIE and cBioPortal share: two sites, their effect and words about them."""
    ends = [_site(row, number) for number in (1, 2)]
    words = " ".join(text for name in ("Event_Info", "Annotation") if (text := row.cell(name)))
    ordered, turned = order_told(words, ends[0].gene, ends[1].gene)
    if turned:
        ends.reverse()
    written = row.cell("Site2_Effect_On_Frame")
    frame = frame_of(written) or ("in-frame" if _IN_FRAME.search(words) else None)
    if frame is None and _OUT_OF_FRAME.search(words):
        frame = "out-of-frame"
    remarks = [f"{name}: {text}" for name in ("SV_Status", "Connection_Type") if (text := row.cell(name))]
    if turned:
        remarks.append(f"site 2 is read as the 5' partner: the table says {words!r}")
    call = FusionCall(
        caller="cBioPortal data_sv" if "Sample_Id" in row.cells else "GENIE",
        five=ends[0],
        three=ends[1],
        sample=row.cell("Sample_Id") or row.cell("Tumor_Sample_Barcode") or row.cell("Sample_ID") or None,
        frame=frame,
        frame_as_called=written or row.cell("Event_Info") or None,
        split_reads=row.number("Tumor_Split_Read_Count"),
        spanning_reads=row.number("Tumor_Paired_End_Read_Count"),
    )
    return Called(call, ordered, row.cell("Class"), tuple(remarks))


def _site(row: TableRow, number: int) -> BreakEnd:
    region = row.cell(f"Site{number}_Region")
    region_number = position_of(row.cell(f"Site{number}_Region_Number"))
    return BreakEnd(
        gene=row.cell(f"Site{number}_Hugo_Symbol"),
        chromosome=row.cell(f"Site{number}_Chromosome").removeprefix("chr") or None,
        position=position_of(row.cell(f"Site{number}_Position")),
        exon=region_number if region.casefold() == "exon" else None,
        site=" ".join(part for part in (region, row.cell(f"Site{number}_Region_Number")) if part) or None,
        transcript=row.cell(f"Site{number}_Ensembl_Transcript_Id") or None,
    )


def order_told(words: str, one: str, other: str) -> tuple[bool, bool]:
    """Return whether a table's words say the order of its two genes, and whether the other comes first in it."""
    for found in _FUSION_OF.finditer(words):
        if (found[1], found[2]) == (one, other):
            return True, False
        if (found[1], found[2]) == (other, one):
            return True, True
    return False, False


_SITES = frozenset({"Site1_Hugo_Symbol", "Site2_Hugo_Symbol"})

DNA_LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "CICERO",
        "\t",
        frozenset({"geneA", "geneB", "sv_ort"}),
        frozenset({"geneA", "chrA", "posA", "geneB", "chrB", "posB", "sv_ort"}),
        ("geneA", "geneB"),
        _cicero,
    ),
    Layout(
        "GENIE or cBioPortal data_sv",
        "\t",
        _SITES,
        _SITES,
        ("Site1_Hugo_Symbol", "Site2_Hugo_Symbol"),
        _sites,
    ),
)
