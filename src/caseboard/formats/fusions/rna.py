"""Callers that read RNA: Arriba, STAR-Fusion, FusionInspector, FusionCatcher, JAFFA, EnFusion.

They name the 5' partner first, as the strand of the transcript tells them.
"""

from __future__ import annotations

from caseboard.case import BreakEnd, FusionCall
from caseboard.formats.fusions.layouts import (
    Called,
    Layout,
    breakpoint_of,
    end,
    frame_of,
    gene_and_id,
    position_of,
)
from caseboard.formats.fusions.table import TableRow

__all__ = ["RNA_LAYOUTS"]


def _arriba(row: TableRow) -> Called:
    strands = [row.cell("strand1(gene/fusion)"), row.cell("strand2(gene/fusion)")]
    ends = []
    for number, name in (("1", "#gene1"), ("2", "gene2")):
        chromosome, position, _ = breakpoint_of(row.cell(f"breakpoint{number}"))
        gene_strand = strands[int(number) - 1].partition("/")[0]
        ends.append(
            BreakEnd(
                gene=row.cell(name),
                chromosome=chromosome,
                position=position,
                strand=gene_strand if gene_strand in {"+", "-"} else None,
                site=row.cell(f"site{number}") or None,
                gene_id=row.cell(f"gene_id{number}") or None,
                transcript=row.cell(f"transcript_id{number}") or None,
            )
        )
    call = FusionCall(
        caller="Arriba",
        five=ends[0],
        three=ends[1],
        frame=frame_of(row.cell("reading_frame")),
        frame_as_called=row.cell("reading_frame") or None,
        split_reads=row.number("split_reads1", "split_reads2"),
        spanning_reads=row.number("discordant_mates"),
        confidence=row.cell("confidence") or None,
        domains=row.cell("retained_protein_domains") or None,
    )
    # Arriba writes "." for the strand of the transcript where it cannot tell it, and then orders by position.
    ordered = not any(strand.endswith("/.") for strand in strands)
    return Called(call, ordered, row.cell("type"))


def _star_fusion(row: TableRow) -> Called:
    return _starlike("STAR-Fusion", row)


def _fusion_inspector(row: TableRow) -> Called:
    return _starlike("FusionInspector", row)


def _starlike(caller: str, row: TableRow) -> Called:
    five, three = (
        end(*_swapped(gene_and_id(row.cell(f"{side}Gene")), row.cell(f"{side}Breakpoint")))
        for side in ("Left", "Right")
    )
    domains = [text for name in ("PFAM_LEFT", "PFAM_RIGHT") if (text := row.cell(name))]
    call = FusionCall(
        caller=caller,
        five=five,
        three=three,
        frame=frame_of(row.cell("PROT_FUSION_TYPE")),
        frame_as_called=row.cell("PROT_FUSION_TYPE") or None,
        split_reads=row.number("JunctionReadCount"),
        spanning_reads=row.number("SpanningFragCount"),
        domains=" | ".join(domains) or None,
    )
    return Called(call)


def _swapped(named: tuple[str, str | None], place: str) -> tuple[str, str, str | None]:
    return named[0], place, named[1]


_FC = "({}end_fusion_partner)"
_FC_FIVE, _FC_THREE = _FC.format(5), _FC.format(3)


def _fusion_catcher(row: TableRow) -> Called:
    five, three = (
        end(
            row.cell(f"Gene_{number}_symbol{side}"),
            row.cell(f"Fusion_point_for_gene_{number}{side}"),
            row.cell(f"Gene_{number}_id{side}") or None,
        )
        for number, side in ((1, _FC_FIVE), (2, _FC_THREE))
    )
    call = FusionCall(
        caller="FusionCatcher",
        five=five,
        three=three,
        frame=frame_of(row.cell("Predicted_effect")),
        frame_as_called=row.cell("Predicted_effect") or None,
        split_reads=row.number("Spanning_unique_reads"),
        spanning_reads=row.number("Spanning_pairs"),
        confidence=row.cell("Fusion_description") or None,
    )
    return Called(call)


_JAFFA_FRAMES = {"TRUE": "in-frame", "FALSE": "out-of-frame"}


def _jaffa(row: TableRow) -> Called:
    genes = row.cell("fusion genes").split(":")
    five, three = (
        BreakEnd(
            gene=genes[number - 1] if number <= len(genes) else "",
            chromosome=row.cell(f"chrom{number}").removeprefix("chr") or None,
            position=position_of(row.cell(f"base{number}")),
            strand=row.cell(f"strand{number}") or None,
        )
        for number in (1, 2)
    )
    written = row.cell("inframe")
    call = FusionCall(
        caller="JAFFA",
        five=five,
        three=three,
        sample=row.cell("sample") or None,
        frame=frame_of(_JAFFA_FRAMES.get(written.upper(), "")),
        frame_as_called=written or None,
        split_reads=row.number("spanning reads"),
        spanning_reads=row.number("spanning pairs"),
        confidence=row.cell("classification") or None,
    )
    return Called(call)


def _enfusion(row: TableRow) -> Called:
    five, three = (
        BreakEnd(
            gene=row.cell(f"Gene{number}"),
            chromosome=row.cell(f"Chr{number}").removeprefix("chr") or None,
            position=position_of(row.cell(f"Break{number}")),
        )
        for number in (1, 2)
    )
    ordered = row.cell("OrderedFusion").split(">>") == [five.gene, three.gene]
    return Called(FusionCall(caller="EnFusion", five=five, three=three), ordered)


_STAR = frozenset({"#FusionName", "LeftGene", "LeftBreakpoint", "RightGene", "RightBreakpoint"})

RNA_LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "Arriba",
        "\t",
        frozenset({"#gene1", "gene2"}),
        frozenset({"#gene1", "gene2", "breakpoint1", "breakpoint2"}),
        ("#gene1", "gene2"),
        _arriba,
    ),
    Layout(
        "FusionInspector",
        "\t",
        frozenset({"#FusionName", "LeftLocalBreakpoint"}),
        _STAR,
        ("#FusionName",),
        _fusion_inspector,
    ),
    Layout(
        "STAR-Fusion",
        "\t",
        frozenset({"#FusionName", "JunctionReadCount"}),
        _STAR,
        ("#FusionName",),
        _star_fusion,
    ),
    Layout(
        "FusionCatcher",
        "\t",
        frozenset({f"Gene_1_symbol{_FC_FIVE}", f"Gene_2_symbol{_FC_THREE}"}),
        frozenset(
            {
                f"Gene_1_symbol{_FC_FIVE}",
                f"Gene_2_symbol{_FC_THREE}",
                f"Fusion_point_for_gene_1{_FC_FIVE}",
                f"Fusion_point_for_gene_2{_FC_THREE}",
            }
        ),
        (f"Gene_1_symbol{_FC_FIVE}", f"Gene_2_symbol{_FC_THREE}"),
        _fusion_catcher,
    ),
    Layout(
        "JAFFA",
        ",",
        frozenset({"fusion genes", "spanning reads"}),
        frozenset({"fusion genes", "chrom1", "base1", "chrom2", "base2"}),
        ("fusion genes",),
        _jaffa,
    ),
    Layout(
        "EnFusion",
        "\t",
        frozenset({"UnorderedFusion", "OrderedFusion"}),
        frozenset({"OrderedFusion", "Gene1", "Gene2", "Break1", "Break2"}),
        ("OrderedFusion",),
        _enfusion,
    ),
)
