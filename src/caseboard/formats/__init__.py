"""Every file format, in and out, one module each; which one a file is in is found from its content.

===============  ==================================================================  ==========
module           what                                                                loses
===============  ==================================================================  ==========
``article``      plain text; a CORD-19 record (an article on one line)               nothing
``cord19``       CORD-19 JSON                                                        references
``jats``         JATS XML                                                            references, formulas
``html``         HTML pages                                                          navigation, scripts
``docx``         Word documents (extra ``documents``)                                headers, footnotes
``pdf``          PDF with a text layer (extra ``documents``)                         running heads
``flat``         facts as JSON Lines, read and written                               the text
``fusions``      the tables of fusion callers, cBioPortal's ``data_sv.txt``          nothing
===============  ==================================================================  ==========
"""

from __future__ import annotations

from caseboard.case import Case
from caseboard.formats.detect import find_reader
from caseboard.formats.source import read_source

__all__ = ["read_case"]


def read_case(path: str) -> Case:
    """Read a case from a file of any format, or from standard input for ``-``.

    Raises ``InputError`` where there is nothing that can be read, and ``NoPatientError`` where a text tells of no
    patient; both say the file, the place, what was found and what is read.
    """
    source = read_source(path)
    return find_reader(source)(source)
