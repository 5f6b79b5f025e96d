"""Brings together the constant parts of the page: Leaflet, own scripts, style sheet, basemap."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from geomap.errors import GeomapError

SCRIPTS = (
    "decode.js",
    "words.js",
    "symbols.js",
    "world.js",
    "canvas.js",
    "basemap.js",
    "labels.js",
    "layout.js",
    "model.js",
    "filter.js",
    "paint.js",
    "events.js",
    "popup.js",
    "timeline.js",
    "facets.js",
    "address.js",
    "download.js",
    "print.js",
    "layers.js",
    "list.js",
    "panel.js",
    "selection.js",
    "main.js",
)
"""Own scripts, each after those it uses."""

LEAFLET_SHA256 = {
    "leaflet.js": "5819285cec137b229c94e1ee5ad73e8b6b84345a4367d60f75fe477fe0fb7b03",
    "leaflet.css": "90b693d86392a4779c861b28cf307e7e59c3fb35328c4d8b95f58f814d38c722",
    "images/layers.png": "1dbbe9d028e292f36fcba8f8b3a28d5e8932754fc2215b9ac69e4cdecf5107c6",
    "images/layers-2x.png": "066daca850d8ffbef007af00b06eac0015728dee279c51f3cb6c716df7c42edf",
    "images/marker-icon.png": "574c3a5cca85f4114085b6841596d62f00d7c892c7b03f28cbfa301deb1dc437",
    "images/marker-icon-2x.png": "00179c4c1ee830d3a108412ae0d294f55776cfeb085c60129a39aa6fc4ae2528",
    "images/marker-shadow.png": "264f5c640339f042dd729062cfc04c17f8ea0f29882b538e3848ed8f10edb4da",
}
"""Leaflet 1.9.3 as XStatic-Leaflet 1.9.3.0 ships it."""

STAND_IN = """
"use strict";
window.$ = window.jQuery = window.$ || function (what) {
  if (what === document) {
    return { ready: (run) => run() };
  }
  const template = document.createElement("template");
  template.innerHTML = String(what).trim();
  return [template.content.firstElementChild];
};
L.Icon.Default.mergeOptions(%s);
L.Icon.Default.imagePath = "";
L.Icon.Default.prototype._getIconUrl = function (name) {
  return this.options[name + "Url"];
};
"""
"""The little of jQuery that Folium's popups and tooltips use; marker images without files."""


def asset(name: str) -> bytes:
    """Return a file of the package's assets."""
    return (files("geomap.webmap.assets") / name).read_bytes()


@cache
def leaflet_file(name: str) -> bytes:
    """Return a file of Leaflet after checking that it is the known one.

    Raises GeomapError where it is another.
    """
    from xstatic.pkg import leaflet

    data = (Path(leaflet.BASE_DIR) / name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != LEAFLET_SHA256[name]:
        message = (
            f"XStatic-Leaflet's {name} has sha256 {found}, not the known one of 1.9.3.0; "
            "reinstall XStatic-Leaflet==1.9.3.0"
        )
        raise GeomapError(message)
    return data


def data_uri(name: str) -> str:
    """Return one of Leaflet's images as a data URI."""
    return "data:image/png;base64," + base64.b64encode(leaflet_file(name)).decode("ascii")


@cache
def leaflet_script() -> str:
    """Return Leaflet, without the pointer to its source map, and what Folium needs beside it."""
    source = leaflet_file("leaflet.js").decode("utf-8")
    source = re.sub(r"//# sourceMappingURL=\S+\s*$", "", source)
    icons = {
        "iconUrl": data_uri("images/marker-icon.png"),
        "iconRetinaUrl": data_uri("images/marker-icon-2x.png"),
        "shadowUrl": data_uri("images/marker-shadow.png"),
    }
    listed = ", ".join(f'{key}: "{uri}"' for key, uri in icons.items())
    return f"{source}\n{STAND_IN % ('{' + listed + '}')}"


@cache
def style() -> str:
    """Return Leaflet's style sheet with its images inside, and the page's own."""

    def inline(match: re.Match[str]) -> str:
        return f"url({data_uri(match[1])})"

    source = leaflet_file("leaflet.css").decode("utf-8")
    source = re.sub(r"url\((images/[\w.-]+)\)", inline, source)
    return f"{source}\n{compact(asset('page.css').decode('utf-8'))}"


@cache
def script() -> str:
    """Return the page's own scripts, without indentation and notes, a fifth of their size."""
    return compact("\n".join(asset(name).decode("utf-8") for name in SCRIPTS))


def compact(source: str) -> str:
    r"""Leave out what stands at the beginning of lines for readers alone.

    >>> compact("// a\n  f(); // b\n  /** c */\n")
    'f(); // b\n'
    """
    return re.sub(r"^[ \t]*(?:(?://.*|/\*.*\*/[ \t]*)?\n)?", "", source, flags=re.MULTILINE)
