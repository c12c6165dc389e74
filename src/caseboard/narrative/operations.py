"""Which organ an operation takes out, as its own name tells: a nephrectomy the kidney."""

from __future__ import annotations

__all__ = ["is_elsewhere", "of_a_lobe", "organ_of_operation"]

_ORGANS = (
    ("mastectom", "breast"),
    ("lumpectom", "breast"),
    ("nephrectom", "kidney"),
    ("nephroureterectom", "kidney"),
    ("hysterectom", "uterus"),
    ("gastrectom", "stomach"),
    ("hepatectom", "liver"),
    ("sigmoidectom", "colon"),
    ("colectom", "colon"),
    ("thyroidectom", "thyroid"),
    ("prostatectom", "prostate"),
    ("cystectom", "bladder"),
    ("orchiectom", "testis"),
    ("orchidectom", "testis"),
    ("craniotom", "brain"),
    ("splenectom", "spleen"),
    ("adrenalectom", "adrenal gland"),
    ("pancreatectom", "pancreas"),
    ("pancreaticoduodenectom", "pancreas"),
    ("pneumonectom", "lung"),
    ("upper lobectom", "lung upper lobe"),
    ("middle lobectom", "lung middle lobe"),
    ("lower lobectom", "lung lower lobe"),
    ("oophorectom", "ovary"),
    ("esophagectom", "esophagus"),
    ("oesophagectom", "esophagus"),
    ("parotidectom", "parotid gland"),
    ("laryngectom", "larynx"),
    ("glossectom", "tongue"),
    ("maxillectom", "maxilla"),
    ("mandibulectom", "mandible"),
    ("thymectom", "thymus"),
    ("laminectom", "spine"),
    ("appendectom", "appendix"),
    ("appendicectom", "appendix"),
    ("proctectom", "rectum"),
    ("vulvectom", "vulva"),
    ("penectom", "penis"),
    ("sacrectom", "sacrum"),
    ("scapulectom", "scapula"),
    ("fibulectom", "fibula"),
)
_ELSEWHERE = ("metastasectom", "metastatectom", "thoracoscop", "thoracic", "vats", "rats")
"""Parts of the names of operations on what has spread, or on the chest, which are none on the main tumour."""


def organ_of_operation(name: str) -> str | None:
    """Return the organ of the first operation that ``name`` names, or None; a cholecystectomy is not of the bladder."""
    plain = name.lower().replace("cholecystectom", "").replace("oopherectom", "oophorectom")
    found = [(plain.find(stem), organ) for stem, organ in _ORGANS if stem in plain]
    return min(found)[1] if found else None


_LOBED = ("lung", "liver", "thyroid", "brain", "prostate", "breast", "pleura", "mediastin", "thorax", "chest")
"""Organs with lobes, or beside one, of which a lobectomy may be."""
_OF_ANOTHER_ORGAN = ("hepat", "liver", "thyroid", "temporal", "frontal", "occipital", "parietal")


_LOBES_OF_LUNG = ("upper lobectom", "lower lobectom", "middle lobectom")
"""Lobes that only a lung has."""


def of_a_lobe(name: str, main: str) -> str | None:
    """Return the organ of a lobectomy that does not tell it, where the main tumour is of an organ without lobes."""
    plain = name.lower()
    if "lobectom" not in plain or any(other in plain for other in _OF_ANOTHER_ORGAN):
        return None
    if any(lobe in plain for lobe in _LOBES_OF_LUNG):
        return "lung"
    return None if any(organ in main.lower() for organ in _LOBED) else "lung"


def is_elsewhere(name: str) -> bool:
    """Whether an operation is by its name not on the main tumour, so that its place has to be told."""
    plain = name.lower()
    return any(stem in plain for stem in _ELSEWHERE)
