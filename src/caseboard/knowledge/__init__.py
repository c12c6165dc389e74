"""What is known beyond the case: evidence as data, with its version and licence."""

from caseboard.knowledge.evidence import Evidence, EvidencePack, pack
from caseboard.knowledge.tables import KnowledgeVersion
from caseboard.knowledge.versions import versions

__all__ = ["Evidence", "EvidencePack", "KnowledgeVersion", "pack", "versions"]
