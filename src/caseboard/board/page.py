"""The templates of the page, compiled once: to compile them takes as long as to read a case."""

from __future__ import annotations

from pathlib import Path

import jinja2.compiler
from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

from caseboard.kept import keep, load, mark_of

__all__ = ["environment"]


class BesideSource(BytecodeCache):
    """Keeps each compiled template beside its source."""

    def __init__(self) -> None:
        self._made_by = b"".join(Path(file).read_bytes() for file in (jinja2.compiler.__file__, __file__))

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the source that the template is kept beside."""
        return filename or name

    def get_source_checksum(self, source: str) -> str:
        """Return a mark of the source, of Jinja's compiler, and of the options it is given here."""
        return mark_of(self._made_by, source.encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code where it is kept and was made from this source; otherwise it is compiled anew."""
        bucket.code = load(bucket.key, bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        keep(bucket.key, bucket.checksum, bucket.code)


def environment() -> Environment:
    """Return the environment of the templates: it escapes every text, and what is not defined is an error."""
    return Environment(
        loader=PackageLoader("caseboard.board"),
        bytecode_cache=BesideSource(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # To look for constants takes longer than to compute the few that there are.
        optimized=False,
    )
