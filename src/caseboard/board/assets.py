"""What is inlined into the page: style, scripts and data, and the policy that lets nothing else run or load."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from markupsafe import Markup

from caseboard.errors import KnowledgeError

__all__ = ["content_security_policy", "read_static", "script_data"]

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@cache
def read_static(name: str) -> Markup:
    """Return a file of the package's ``static`` folder, trusted as it stands; raises ``KnowledgeError``."""
    try:
        text = (files("caseboard.board") / "static" / name).read_text(encoding="utf-8")
    except OSError as error:
        wrong = f"the file {name} of the package is missing: install caseboard again"
        raise KnowledgeError(wrong) from error
    return Markup(text)  # noqa: S704 - the package's own file, never text of a case


def script_data(value: Any) -> Markup:  # noqa: ANN401 - any JSON value
    """Return JSON that cannot leave a script element: no ``<``, ``>``, ``&``, U+2028 or U+2029 stands in it."""
    text = msgspec.json.encode(value).decode().translate(_ESCAPES)
    return Markup(text)  # noqa: S704 - every sign that could end the script element is escaped just above


def content_security_policy(scripts: Iterable[str]) -> str:
    """Return the policy of a page that runs these inline scripts and nothing else, and makes no request at all."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
