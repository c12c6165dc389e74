"""Which organ an operation takes out, as its own name tells: a nephrectomy the kidney."""

from __future__ import annotations

__all__ = ["organ_of_operation"]

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
)


def organ_of_operation(name: str) -> str | None:
    """Return the organ of the first operation that ``name`` names, or None; a cholecystectomy is not of the bladder."""
    plain = name.lower().replace("cholecystectom", "").replace("oopherectom", "oophorectom")
    found = [(plain.find(stem), organ) for stem, organ in _ORGANS if stem in plain]
    return min(found)[1] if found else None
