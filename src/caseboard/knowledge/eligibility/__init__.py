"""What a trial's free text asks for: sections and bullets, sentences, and the rules that read them."""

from __future__ import annotations

__all__: list[str] = []
