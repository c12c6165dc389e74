"""Write the chart scripts that every dossier carries: Vega, Vega-Lite and vega-embed in one file.

vl-convert-python holds the scripts and needs more than a second to bundle them, over half of what a whole dossier may
take, so the bundle is made once, by ``python -m caseboard.board.bundle``, and shipped. A test compares it with
the installed vl-convert-python.
"""

from __future__ import annotations

from pathlib import Path

import vl_convert

__all__ = ["make_bundle", "write_bundle"]

_STATIC = Path(__file__).parent / "static"
_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def make_bundle() -> str:
    """Return the scripts of the installed vl-convert-python as one, their versions and licences at the top."""
    versions = (
        f"Vega {vl_convert.get_vega_version()}, Vega-Lite {vl_convert.get_vegalite_versions()[-1]}, "
        f"vega-embed {vl_convert.get_vega_embed_version()}"
    )
    licences = (_STATIC / "vega.LICENSE.txt").read_text(encoding="utf-8")
    return f"/*! {versions}\n\n{licences}*/\n{vl_convert.javascript_bundle(_SNIPPET)}\n"


def write_bundle() -> None:
    """Write the bundle into the package."""
    (_STATIC / "vega.bundle.js").write_text(make_bundle(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_bundle()
