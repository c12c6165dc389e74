"""Terms as a board writes them: facts keep them in lower case, and a person's name, a gene or a level is not."""

from __future__ import annotations

import re

__all__ = ["site_written", "term_written"]

_LEVEL = re.compile(r"\b(?:[cdtls]\d{1,2}|[ivx]{1,5})\b")
_NAMES = re.compile(
    r"\b(?:brenner|burkitt|castleman|chester|erdheim|ewing|hodgkin|kaposi|klatskin|krukenberg|langerhans|leydig"
    r"|merkel|paget|sertoli|sezary|spitz|waldenström|warthin|wilms)\b"
)
_GENES = re.compile(
    r"\b(?:(?:alk|bcor|braf|cic|ebv|egfr|ewsr1|gli1|h3|her2|hpv|idh|kit|ntrk[123]?|ret|ros1|smarca4|smarcb1|tfe3)"
    r"(?=[- ])|non-ets|ros1|alk)\b"
)


def site_written(site: str) -> str:
    """Return a site with its level or segment in capitals: "liver segment IV", "T10 vertebra"."""
    return _LEVEL.sub(lambda found: found[0].upper(), site)


def term_written(term: str) -> str:
    """Return a diagnosis with names and genes as they are written: "Ewing sarcoma", "NTRK-rearranged"."""
    named = _NAMES.sub(lambda found: found[0].capitalize(), term)
    return _GENES.sub(lambda found: found[0].upper().replace("NON-", "non-"), named)
