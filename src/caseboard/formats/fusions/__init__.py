"""The tables of programs that look for fusions, read without loss; which program it was is found from the columns.

==========  =====================================================================
module      programs
==========  =====================================================================
``rna``     Arriba, STAR-Fusion, FusionInspector, FusionCatcher, JAFFA, EnFusion
``dna``     CICERO, GENIE and cBioPortal's ``data_sv.txt``
``bare``    TopHat-Fusion, LongGF: files without names of columns
==========  =====================================================================

Each row is one alteration: two breakpoints of one fusion stay two. Nothing is lost: the document keeps the whole file,
and every fact its row's columns (``FusionCall.columns``) and the place of the row.
"""

from caseboard.formats.fusions.reading import is_fusion_table, read_fusions

__all__ = ["is_fusion_table", "read_fusions"]
