"""Names of variants brought to one form, so that "p.Leu1196Gln", "pL1196Q" and "L1196Q" are the same change.

The form is the one-letter form without ``p.`` in which clinicians and CIViC write protein changes ("L1196Q",
"W557_K558del"). The longer form of HGVS says the same; a change of the DNA alone ("c.3586C>A") is not read.
"""

from __future__ import annotations

import functools
import re

__all__ = ["codon", "is_same_change", "position", "protein_change"]

_ONE_LETTER = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H",
    "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W",
    "Tyr": "Y", "Val": "V", "Ter": "*",
}  # fmt: skip
_THREE_LETTER_CODE = re.compile("|".join(_ONE_LETTER))
_AMINO = "ACDEFGHIKLMNPQRSTVWY"
_CHANGE = re.compile(
    rf"(?P<codon>[{_AMINO}*](?P<position>\d{{1,5}}))(?:_[{_AMINO}]\d{{1,5}})?"
    rf"(?:[{_AMINO}*=?]|delins[{_AMINO}]{{1,30}}|del[{_AMINO}]{{0,30}}|ins[{_AMINO}]{{0,30}}|dup[{_AMINO}]{{0,30}}"
    rf"|[{_AMINO}]?fs\*?\d{{0,4}})"
)
_CODON = re.compile(rf"[{_AMINO}]\d{{1,5}}")
_KEYWORDS = re.compile("DELINS|DEL|INS|DUP|FS")
_SEPARATORS = re.compile(r"[\s,;()\[\]]+")


@functools.lru_cache(maxsize=65536)
def protein_change(text: str) -> str | None:
    """Return the first protein change that ``text`` names, in the one-letter form, or None where it names none."""
    for word in _SEPARATORS.split(text):
        candidate = _tidy(word)
        if _CHANGE.fullmatch(candidate):
            return candidate
    return None


def codon(text: str) -> str | None:
    """Return the residue that a protein change or a bare codon starts at: "L1196" of "p.Leu1196Gln", else None."""
    change = protein_change(text)
    if change is not None:
        found = _CHANGE.fullmatch(change)
        return found["codon"] if found else None
    bare = _tidy(text.strip())
    return bare if _CODON.fullmatch(bare) else None


def position(change: str) -> int | None:
    """Return the position of the first residue of a change in the one-letter form: 1196 of "L1196Q"."""
    found = _CHANGE.fullmatch(change)
    return int(found["position"]) if found else None


def is_same_change(one: str, other: str) -> bool:
    """Whether two changes in the one-letter form are the same, the residues that need not be written left aside.

    "P551_E554delPMYE" is "P551_E554del"; "W288Cfs*12" is "W288fs", as CIViC writes frameshifts.
    """
    return one == other or _bare(one) == _bare(other)


@functools.lru_cache(maxsize=65536)
def _bare(change: str) -> str:
    if "fs" in change:
        return f"{codon(change) or change}fs"
    if "delins" in change:
        return change
    return _NEEDLESS.sub(r"\1", change)


_NEEDLESS = re.compile(r"(del|dup)[A-Z]{1,30}\Z")


def _tidy(word: str) -> str:
    """Return a word in the one-letter form with upper-case residues, if it is a protein change at all."""
    core = word.removeprefix("p.")
    if core[:1] == "p" and core[1:2].isupper():
        core = core[1:]
    if "_" in core:
        core = core.replace(">", "delins")
    letters = _THREE_LETTER_CODE.sub(lambda code: _ONE_LETTER[code[0]], core)
    upper = _KEYWORDS.sub(lambda keyword: keyword[0].lower(), letters.upper().replace("TER", "*"))
    return _OLD_STOP.sub(r"\1*\2", upper)


_OLD_STOP = re.compile(r"\A([A-Z]\d{1,5}(?:[A-Z]?fs)?)X(\d{0,4})\Z")
