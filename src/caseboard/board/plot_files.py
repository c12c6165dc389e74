"""A plot as a file: a page that needs nothing else, SVG, PNG, or the Vega-Lite specification itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
import vl_convert
from markupsafe import Markup, escape

from caseboard.board.assets import content_security_policy, read_static, script_data
from caseboard.board.drawing import Spec

__all__ = ["PLOT_FORMATS", "render_plot"]

_PIXELS_PER_POINT = 2.0
_DRAW = (
    "const spec = JSON.parse(document.getElementById('spec').textContent);"
    "window.vegaEmbed('#plot', spec, {mode: 'vega-lite', ast: true, renderer: 'svg', "
    "actions: {export: true, source: false, compiled: false, editor: false}});"
)


def _page(spec: Spec) -> bytes:
    bundle, draw = read_static("vega.bundle.js"), Markup(_DRAW)  # noqa: S704 - our own script, no text of a table
    policy = content_security_policy((bundle, draw))
    title = escape(str(spec.get("title", "Response")))
    page = Markup(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="{policy}"><title>{title}</title></head>\n'
        '<body><div id="plot"></div>\n<script type="application/json" id="spec">{data}</script>\n'
        "<script>{bundle}</script>\n<script>{draw}</script></body></html>\n"
    )
    data = script_data(spec)
    return page.format(policy=policy, title=title, data=data, bundle=bundle, draw=draw).encode()


PLOT_FORMATS: Mapping[str, Callable[[Spec], bytes]] = {
    ".html": _page,
    ".svg": lambda spec: vl_convert.vegalite_to_svg(spec).encode(),
    ".png": lambda spec: bytes(vl_convert.vegalite_to_png(spec, scale=_PIXELS_PER_POINT)),
    ".json": lambda spec: msgspec.json.format(msgspec.json.encode(spec), indent=2) + b"\n",
}


def render_plot(spec: Spec, ending: str) -> bytes:
    """Return the plot in the format of a file's ending, one of ``PLOT_FORMATS``."""
    return PLOT_FORMATS[ending](spec)
