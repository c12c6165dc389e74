"""The dossier: one case shown on one page."""

from caseboard.board.dossier import render_dossier

__all__ = ["render_dossier"]
