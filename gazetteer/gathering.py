"""What the build has gathered so far: places, their names, and other ids they go by."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.folding import fold
from geomap.gazetteer_format import Entry, Naming

if TYPE_CHECKING:
    from geomap.model import NameKind

_SHORTEST_KEY = 2
_LONGEST_KEY = 60

_OTHER_SCRIPT_CODES = (
    "AE AF AM BD BG BH BT BY CN CY DZ EG EH ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB"
    " LK LY MA MK MM MN MR MV NP OM PK PS QA RS RU SA SD SO SY TH TJ TM TN TW UA UZ YE"
)
_OTHER_SCRIPTS = frozenset(_OTHER_SCRIPT_CODES.split())
_ACCENTED = frozenset({"GR", "CY"})
"""Countries whose transliterations mark stress."""
_MARKS = frozenset("\u0304\u0306\u0323\u0324\u0326\u0327\u0331")
"""Macron, breve, dots, comma, cedilla and line below, combining."""
_ACUTE = frozenset("\u0301")
_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bb\u02bc\u02bd\u02be\u02bf\u02b9", "'"))

ALTERNATE = 0.875
"""Weight of an alternate name, on the format's scale of eighths."""
OTHERS = 0.625
"""Weight of an alternate name that is another place's own."""
WEAK = 0.5
"""Weight of a name that usually means something else."""


@dataclass(slots=True)
class Gathering:
    """Places and names on their way into the files."""

    entries: dict[str, Entry] = field(default_factory=dict)
    namings: list[Naming] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    """Other ids (``iso:IQ``, ``adm1:US.TX``) of places."""
    tables: dict[str, dict[str, str]] = field(default_factory=dict)
    """Lists for the header: ids of countries and capitals by code."""

    def add(self, entry: Entry) -> None:
        """Add a place under its own name."""
        self.entries[entry.place.id] = entry
        self.name(entry.place.name, entry.place.id)

    def name(self, name: str, place_id: str, kind: NameKind = "name", weight: float = 1.0) -> None:
        """Add a name of a place, unless nothing is left of it when it is folded."""
        key = fold(name)
        if key.isascii() and _SHORTEST_KEY <= len(key) <= _LONGEST_KEY:
            self.namings.append(Naming(key, place_id, kind, weight))

    def resolve(self, target: str) -> str | None:
        """Return the id of the place that an id or another of its ids means, or None."""
        place_id = self.aliases.get(target, target)
        return place_id if place_id in self.entries else None


def as_news_writes(name: str, country: str) -> str:
    """Return a name without the marks of transliteration, where the country's script is another.

    >>> as_news_writes("Al Fall\u016bjah", "IQ"), as_news_writes("Bj\u00f6rn", "SE") == "Bj\u00f6rn"
    ('Al Fallujah', True)
    """
    if country not in _OTHER_SCRIPTS or name.isascii():
        return name
    marks = _MARKS | _ACUTE if country in _ACCENTED else _MARKS
    letters = unicodedata.normalize("NFD", name)
    bare = "".join(char for char in letters if char not in marks).translate(_QUOTES)
    return unicodedata.normalize("NFC", bare)


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean of points (longitude, latitude), right across the date line too.

    >>> middle([(179.0, 10.0), (-179.0, 20.0)])
    (-180.0, 15.0)
    """
    x = sum(math.cos(math.radians(lon)) for lon, _ in points)
    y = sum(math.sin(math.radians(lon)) for lon, _ in points)
    lon = math.degrees(math.atan2(y, x))
    return round(lon if lon < 180 else -180.0, 5), round(sum(p[1] for p in points) / len(points), 5)  # noqa: PLR2004
