"""Tables of the alterations of many samples: the project's own columns, a MAF, or cBioPortal's ``data_sv.txt``.

=================  ============================================================  ===================================
table              known by                                                      tumour
=================  ============================================================  ===================================
own                ``sample``, ``alteration``                                    ``tumour`` (or ``tumor``), optional
MAF                ``Hugo_Symbol``, ``Tumor_Sample_Barcode``                     ``ONCOTREE_CODE``, if there
``data_sv.txt``    ``Sample_Id``, ``Site1_Hugo_Symbol``, ``Site2_Hugo_Symbol``   ``ONCOTREE_CODE``, if there
=================  ============================================================  ===================================
"""

from __future__ import annotations

from collections.abc import Iterator

from caseboard.errors import InputError
from caseboard.formats.fusions.dna import order_told

__all__ = ["is_sample_table", "read_samples"]

_COMMENT = "#"
_EXPECTED = "a table with the columns sample, tumour and alteration, a MAF, or cBioPortal's data_sv.txt, tab separated"
_SILENT = frozenset({"Silent", "Intron", "IGR", "RNA", "3'UTR", "5'UTR", "3'Flank", "5'Flank"})

Cells = tuple[str, str, str]


def is_sample_table(first_line: str) -> bool:
    """Whether a line names the columns of a table of samples; a table of fusion calls without samples is none.

    Two of the project's own columns are enough, so that ``read_samples`` can name the one that is missing.
    """
    names = _names(first_line)
    own = len({"sample", "alteration"} & set(names)) + bool({"tumour", "tumor"} & set(names))
    return own > 1 or _is_maf(names) or _is_sv(names)


def read_samples(text: str, path: str) -> Iterator[Cells]:
    """Yield sample, tumour and alteration of each row; raises ``InputError`` for a missing column or a short row.

    A silent or non-coding variant of a MAF is no alteration and is passed over.
    """
    lines = text.splitlines()
    at = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith(_COMMENT)), None)
    if at is None:
        raise InputError(path, "there is no line with the names of columns", _EXPECTED)
    names = _names(lines[at])
    if not (_is_own(names) or _is_maf(names) or _is_sv(names)):
        missing = [name for name in ("sample", "alteration") if name not in names]
        raise InputError(
            path, f"the column {', '.join(missing)} is missing", _EXPECTED, place=f"line {at + 1}"
        )
    column = {name: place for place, name in enumerate(names)}
    read = _own if _is_own(names) else _maf if _is_maf(names) else _sv
    for number, line in enumerate(lines[at + 1 :], start=at + 2):
        if not line.strip() or line.startswith(_COMMENT):
            continue
        cells = line.split("\t")
        if len(cells) > len(names):
            found = f"a row with {len(cells)} of {len(names)} columns"
            raise InputError(path, found, _EXPECTED, place=f"line {number}")
        try:
            told = read(cells, column)
        except IndexError as error:
            found = f"a row with {len(cells)} of {len(names)} columns"
            raise InputError(path, found, _EXPECTED, place=f"line {number}") from error
        if told is not None:
            yield told


def _names(line: str) -> tuple[str, ...]:
    cells = tuple(cell.strip() for cell in line.rstrip("\r\n").split("\t"))
    lower = tuple(cell.casefold() for cell in cells)
    return lower if {"sample", "alteration"} & set(lower) else cells


def _is_own(names: tuple[str, ...]) -> bool:
    return {"sample", "alteration"} <= set(names)


def _is_maf(names: tuple[str, ...]) -> bool:
    return {"Hugo_Symbol", "Tumor_Sample_Barcode"} <= set(names)


def _is_sv(names: tuple[str, ...]) -> bool:
    return {"Sample_Id", "Site1_Hugo_Symbol", "Site2_Hugo_Symbol"} <= set(names)


def _own(cells: list[str], column: dict[str, int]) -> Cells:
    tumour = column.get("tumour", column.get("tumor"))
    return (
        cells[column["sample"]].strip(),
        cells[tumour].strip() if tumour is not None else "",
        cells[column["alteration"]].strip(),
    )


def _maf(cells: list[str], column: dict[str, int]) -> Cells | None:
    def cell(name: str) -> str:
        place = column.get(name)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    if cell("Variant_Classification") in _SILENT:
        return None
    change = cell("HGVSp_Short") or cell("Protein_Change") or cell("HGVSp") or cell("HGVSc") or "mutation"
    gene = cells[column["Hugo_Symbol"]].strip()
    return cells[column["Tumor_Sample_Barcode"]].strip(), cell("ONCOTREE_CODE"), f"{gene} {change}"


def _sv(cells: list[str], column: dict[str, int]) -> Cells:
    def cell(name: str) -> str:
        place = column.get(name)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    one, two = cells[column["Site1_Hugo_Symbol"]].strip(), cells[column["Site2_Hugo_Symbol"]].strip()
    if one and two and one != two:
        told, turned = order_told(f"{cell('Event_Info')} {cell('Annotation')}", one, two)
        five, three = (two, one) if turned else (one, two)
        written = f"{five}{'::' if told else '-'}{three} fusion"
    elif one and one == two:
        # Both breaks in one gene make no fusion: what its event is called, or only that there is one.
        written = f"{one} {cell('Event_Info') or 'event within the gene'}"
    else:
        written = f"{one or two} rearrangement"
    return cells[column["Sample_Id"]].strip(), cell("ONCOTREE_CODE"), written
