"""The page: a ``folium.Map`` that carries everything it needs.

Folium and branca compile the text of an element as a template. So all that this module adds goes
in through :class:`Raw`, whose text is written as it is, and the only text from outside in it is
the packed data and the escaped title and table.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import json
import re
from collections import Counter
from contextlib import contextmanager
from os import fsdecode
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import folium
from branca.element import Element, Figure

from geomap.webmap import basemap, bundle, columns, plain
from geomap.webmap.background import LAT, LEVEL, LON
from geomap.webmap.look import Look, server, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

START = (20.0, 10.0)
"""Where the map stands until the page moves it to the events; latitude, longitude."""

ZOOM_START, ZOOM_LEAST, ZOOM_MOST = 2, 1, 13

VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')

SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)


class Raw(Element):
    """Text that is written as it is, never compiled as a template."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self._name = name
        self._id = "geomap"
        self.text = text

    def render(self, **_: object) -> str:
        """Return the text."""
        return self.text


class OfflineFigure(Figure):
    """The document around the map, with a policy that lets no other code in."""

    def __init__(self, title: str, look: Look) -> None:
        super().__init__()
        self._id = "geomap"
        self.look = look
        self.plain_title = plain.clean(title)
        self.header._children.clear()  # noqa: SLF001 - the page states its encoding itself

    def render(self, **kwargs: object) -> str:
        """Return the HTML of the whole page."""
        for child in self._children.values():
            child.render(**kwargs)
        # Folium's viewport forbids zooming the page, which some readers need.
        head = VIEWPORT.sub("", self.header.render(**kwargs))
        body = self.html.render(**kwargs)
        code = f"\n{self.script.render(**kwargs)}\n"
        policy = content_policy(f"{head}{body}<script>{code}</script>", self)
        return (
            f"<!DOCTYPE html>\n<html {root_attributes(self.look)}>\n<head>\n"
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{self.plain_title}</title>\n{head}\n</head>\n"
            f"<body>\n{body}\n<script>{code}</script>\n</body>\n</html>\n"
        )


class OfflineMap(folium.Map):
    """A Folium map of events that needs no network.

    Other Folium layers may be added as usual. What they would load from elsewhere is not loaded:
    the page's policy lets in no script, style or font from outside, and images only from the
    servers of tile layers that were added.
    """

    def __init__(
        self,
        features: Sequence[Mapping[str, Any]],
        *,
        title: str,
        subtitle: str,
        mentions: Sequence[Mapping[str, Any]],
        look: Look,
    ) -> None:
        super().__init__(
            location=START,
            zoom_start=ZOOM_START,
            tiles=None,
            zoom_control=False,
            position="relative",
        )
        self._id = "geomap"
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        self.options |= {
            "minZoom": ZOOM_LEAST,
            "maxZoom": ZOOM_MOST,
            "worldCopyJump": True,
            "maxBoundsViscosity": 1.0,
            "maxBounds": [[-85.0, -1e6], [85.0, 1e6]],
        }
        self.figure = figure = OfflineFigure(title, look)
        figure.add_child(self, name=self.get_name())
        tiles = {"url": look.tiles, "attribution": look.credit} if look.tiles else None
        with collector_paused():
            core = columns.core(
                features, title=title, subtitle=subtitle, mentions=mentions, tiles=tiles
            )
            data = page_data(features, core, words(look.lang))
        figure.header.add_child(Raw("head", page_head()), name="geomap_head")
        figure.html.add_child(Raw("data", data), name="geomap_data")

    def render(self, **kwargs: object) -> str:
        """Add the map to its page, and the page's own start after all layers."""
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        fitted = any(isinstance(child, folium.FitBounds) for child in self._children.values())
        start = f"geomap.start({self.get_name()}, {{ fit: {str(not fitted).lower()} }});"
        self.figure.script.add_child(Raw("start", start), name="geomap_start")
        return ""

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002 - Folium's signature
        **kwargs: object,
    ) -> None:
        """Write the page; to a path, an interrupted run leaves no half a file there."""
        if not isinstance(outfile, (str, bytes, Path)):
            super().save(outfile, close_file=close_file, **kwargs)
            return
        path = Path(fsdecode(outfile))
        text = self.figure.render(**kwargs)
        draft = path.with_name(f".{path.name}.part")
        try:
            draft.write_text(text, encoding="utf-8", newline="\n")
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let no garbage be looked for: there is none, and a look at all events takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def page_head() -> str:
    """Return the constant part of the page: styles and scripts."""
    return (
        f"<style>{bundle.style()}</style>\n<script>{bundle.leaflet_script()}</script>\n"
        f"<script>{bundle.script()}</script>"
    )


def root_attributes(look: Look) -> str:
    """Return the attributes of the page's root, from which its scripts and styles know its look."""
    direction = words(look.lang)["direction"]
    embed = " data-embed" if look.embed else ""
    return f'lang="{look.lang}" dir="{direction}" data-theme="{look.theme}"{embed}'


def page_data(
    features: Sequence[Mapping[str, Any]], core: Mapping[str, Any], own: Mapping[str, Any]
) -> str:
    """Return the page's data: its own words, the rest packed, and for small maps a table too."""
    return (
        # In the clear, so that a browser too old for the packed data can say so.
        blob("geomap-words", json.dumps(own, ensure_ascii=False, separators=(",", ":")))
        + blob("geomap-world", columns.pack_bytes(basemap.background(spots(core))))
        + blob("geomap-core", columns.pack(core))
        + blob("geomap-text", columns.pack(columns.text(features)))
        + plain.table(features, own, title=core["title"])
    )


def spots(core: Mapping[str, Any]) -> Iterator[basemap.Spot]:
    """Yield the places of a core blob that are known, with the number of events at each."""
    column = core["columns"]["place"]
    counts = Counter(column["index"])
    for number, place in enumerate(column["values"]):
        if place is not None:
            yield place[LON], place[LAT], place[LEVEL], counts[number]


def blob(name: str, text: str) -> str:
    """Return packed data as an element that no browser runs."""
    return f'<script type="text/plain" id="{name}">{text}</script>\n'


def inline_scripts(html: str) -> Iterator[str]:
    """Yield the code of each script that a browser would run.

    >>> list(inline_scripts('<script>a()</script><script type="text/plain">b</script>'))
    ['a()']
    """
    for match in SCRIPT.finditer(html):
        if "type=" not in match[1] or "javascript" in match[1] or "module" in match[1]:
            yield match[2]


def script_hash(code: str) -> str:
    """Return a script's hash as a policy has it."""
    digest = hashlib.sha256(code.replace("\r\n", "\n").replace("\r", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def content_policy(html: str, figure: OfflineFigure) -> str:
    """Return the Content-Security-Policy: the page's own inline scripts and nothing else."""
    hashes = dict.fromkeys(map(script_hash, inline_scripts(html)))
    servers = {server(figure.look.tiles), *tile_servers(figure)}
    images = " ".join(["data:", *sorted(filter(None, servers))])
    return (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; "
        f"img-src {images}; base-uri 'none'; form-action 'none'"
    )


def tile_servers(element: Element) -> Iterator[str]:
    """Yield the servers of the tile layers below an element, as a policy names them.

    >>> layer = folium.TileLayer("https://{s}.example.org/{z}/{x}/{y}.png", attr="Example")
    >>> list(tile_servers(layer.add_to(folium.Map(tiles=None))._parent))
    ['https://*.example.org']
    """
    for child in element._children.values():  # noqa: SLF001 - branca has no other way
        if isinstance(child, folium.TileLayer):
            found = server(child.tiles)
            if found:
                yield found
        yield from tile_servers(child)
