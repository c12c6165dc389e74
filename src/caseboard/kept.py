"""What takes long to make from the package's own files, kept as Python keeps compiled modules.

It stands in ``__pycache__`` beside the file that it was made from, under a mark of all that went into it, and it is
written only where Python may write bytecode (``PYTHONDONTWRITEBYTECODE``). Where none can be written, it is made again.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

__all__ = ["keep", "load", "mark_of"]


def mark_of(*made_from: bytes) -> str:
    """Return a mark of what something was made from, and of this Python."""
    digest = hashlib.sha256(sys.version.encode())
    for part in made_from:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def load(source: str, mark: str) -> Any:  # noqa: ANN401 - whatever marshal writes: code, texts, numbers, and these together
    """Return what is kept beside a file; None where nothing is, or where it was made from something else."""
    with suppress(OSError, EOFError, ValueError, TypeError):
        kept_mark, content = Path(cache_from_source(source)).read_bytes().split(b"\n", 1)
        if kept_mark == mark.encode():
            return marshal.loads(content)  # noqa: S302 - no less trusted than Python's own files beside it
    return None


def keep(source: str, mark: str, content: Any) -> None:  # noqa: ANN401 - as above
    """Keep something beside a file, whole or not at all."""
    if sys.dont_write_bytecode:
        return
    with suppress(OSError):
        target = Path(cache_from_source(source))
        target.parent.mkdir(parents=True, exist_ok=True)
        own = target.with_name(f"{target.name}.{os.getpid()}")
        own.write_bytes(f"{mark}\n".encode() + marshal.dumps(content))
        own.replace(target)
