"""How a map's page looks and speaks: language, colors, an online layer, a compact form."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypedDict
from urllib.parse import urlsplit

from geomap.errors import OptionError

LANGUAGES = ("en", "ar", "es", "fr")
"""Languages of the page's own words; each has a table ``assets/words.CODE.json``."""

THEMES = ("system", "light", "dark")

PLACEHOLDERS = frozenset({"s", "z", "x", "y", "r"})
"""What Leaflet fills in a tile's address; it fails at others."""

SERVER = re.compile(
    r"(https?://)(\{s\}|[\w-]+)((?:\.[\w-]+)*(?::\d{1,5})?)/[^\s\"'<>\\^`|]*", re.ASCII
)
"""A tile layer's address: a server's name, whose first part may vary, and a path."""


class LookOptions(TypedDict, total=False):
    """The options of :func:`geomap.webmap.event_map` that :class:`Look` holds."""

    lang: str
    theme: str
    tiles: str
    attribution: str
    embed: bool


@dataclass(frozen=True, slots=True)
class Look:
    """The page's options; raises OptionError where a value is not allowed.

    ``tiles`` is the address of an online layer, such as
    ``https://tiles.example.org/{z}/{x}/{y}.png``; without a network the map does without it.
    ``attribution`` names its source, as text. ``embed`` makes the page for a frame in another
    page: the list opens when it is asked for.

    >>> Look(lang="fr").theme
    'system'
    >>> Look(tiles="ftp://example.org/{z}/{x}/{y}")
    Traceback (most recent call last):
    ...
    geomap.errors.OptionError: no tile address: 'ftp://example.org/{z}/{x}/{y}'; it is http or \
https with {z}, {x} and {y}, such as https://tiles.example.org/{z}/{x}/{y}.png
    """

    lang: str = "en"
    theme: str = "system"
    tiles: str = ""
    attribution: str = ""
    embed: bool = False

    def __post_init__(self) -> None:
        check("language", self.lang, LANGUAGES)
        check("theme", self.theme, THEMES)
        if self.tiles and not is_tile_address(self.tiles):
            message = (
                f"no tile address: {self.tiles!r}; it is http or https with {{z}}, {{x}} and "
                "{y}, such as https://tiles.example.org/{z}/{x}/{y}.png"
            )
            raise OptionError(message)

    @property
    def credit(self) -> str:
        """Return what the map says of the online layer's source."""
        return self.attribution or (urlsplit(self.tiles.replace("{s}.", "")).hostname or "")


def check(what: str, value: str, allowed: tuple[str, ...]) -> None:
    """Raise OptionError if a value is none of those allowed."""
    if value not in allowed:
        message = f"no {what} is called {value!r}; one of {', '.join(allowed)} is expected"
        raise OptionError(message)


def is_tile_address(text: str) -> bool:
    """Whether a text is the address of tiles of a server that a policy can name.

    >>> is_tile_address("https://{s}.tile.example.org/{z}/{x}/{y}{r}.png?key=1")
    True
    >>> is_tile_address("javascript:alert(1)/{z}/{x}/{y}")
    False
    """
    found = set(re.findall(r"\{([^{}]*)\}", text))
    return bool(SERVER.fullmatch(text)) and {"z", "x", "y"} <= found <= PLACEHOLDERS


def server(address: str) -> str | None:
    """Return the server of a tile layer's address as a policy names it; None where it has none.

    >>> server("https://{s}.tile.example.org/{z}/{x}/{y}.png")
    'https://*.tile.example.org'
    """
    found = SERVER.match(address)
    return found[1] + found[2].replace("{s}", "*") + found[3] if found else None


@cache
def words(lang: str) -> dict[str, Any]:
    """Return the page's words in a language.

    >>> words("es")["type"]["earthquake"]
    'Terremoto'
    """
    data = (files("geomap.webmap.assets") / f"words.{lang}.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(data)
    return table
