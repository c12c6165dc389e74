"""The templates of the page, compiled once.

To compile them takes as long as to read a case. So they are kept as Python keeps its modules: in ``__pycache__``
beside their source, unless Python is told to write none (``PYTHONDONTWRITEBYTECODE``).
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import jinja2.compiler
from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

__all__ = ["compile_templates", "environment"]


class BesideSource(BytecodeCache):
    """Keeps each compiled template beside its source, under a mark of all that it was made from."""

    def __init__(self) -> None:
        compilers = (Path(file).read_bytes() for file in (jinja2.compiler.__file__, __file__))
        self._made_by = hashlib.sha256(b"".join((*compilers, sys.version.encode()))).hexdigest()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return where the compiled template is kept."""
        return cache_from_source(filename or name)

    def get_source_checksum(self, source: str) -> str:
        """Return a mark of the source, Python's version, Jinja's compiler, and the options it is given here."""
        return hashlib.sha256((self._made_by + source).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code where it is kept and was made from this source; otherwise it is compiled anew."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            mark, code = Path(bucket.key).read_bytes().split(b"\n", 1)
            if mark == bucket.checksum.encode():
                bucket.code = marshal.loads(code)  # noqa: S302 - no less trusted than Python's own files beside it

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code, whole or not at all; where nothing can be written it is compiled again the next time."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            target = Path(bucket.key)
            target.parent.mkdir(parents=True, exist_ok=True)
            own = target.with_name(f"{target.name}.{os.getpid()}")
            own.write_bytes(f"{bucket.checksum}\n".encode() + marshal.dumps(bucket.code))
            own.replace(target)


def environment() -> Environment:
    """Return the environment of the templates: it escapes every text, and what is not defined is an error."""
    return Environment(
        loader=PackageLoader("caseboard.board"),
        bytecode_cache=BesideSource(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def compile_templates() -> None:
    """Compile every template that is not, and keep it."""
    templates = environment()
    for name in templates.list_templates(extensions=["j2"]):
        templates.get_template(name)
