"""Cuts a map's background from the bundled one: exact near the events, coarse far from them.

The bundled file (see ``gazetteer/build_basemap.py``) has each point of each line with a level: 0
for those that the whole world needs, 1 and 2 for those that only a closer view does. A map gets
all points of level 0, those of level 1 within some hours' drive of its events and those of level 2
close to them. Neighbors share their borders, so that no gap opens where the detail ends.

The page reads what :func:`background` returns: the length of a JSON header (uint32, little-endian),
the header, then the arcs as zigzag varints: for each its number of points, then the differences
from point to point.
"""

from __future__ import annotations

import gzip
import json
import struct
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geomap.webmap.background import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

CELL = 2.5
"""Degrees: side of the squares that the detail of a map is decided for."""

COLUMNS, ROWS = 144, 72

REACH = {2: 1, 1: 5}
"""How many squares around one with an event have the points of a level: 4 degrees are the half of
a window at zoom 7, where level 1 begins to look coarse; 14 the same at zoom 5, for level 0."""

MOST_POINTS = {2: 20_000, 1: 22_000}
"""Points of a level in a map, about 3 bytes each in the page. Events all over the world would else
bring all of it; the squares with most events come first."""

LINES = ("rivers", "provinces")

LARGEST = 4
"""Groups of seven bits in the largest number: all are below 2 to the power of 28."""

LEAST_RING = 4
"""Points of a ring that is an area: the last is the first."""

Spot = tuple[float, float, str | None, int]
"""Longitude and latitude of a place, how exactly it is known, and the number of events there."""


@dataclass(frozen=True, slots=True)
class Background:
    """The bundled background: its header, and all points with their arcs, levels and squares."""

    header: dict[str, Any]
    counts: NDArray[np.int64]
    points: NDArray[np.int64]
    levels: NDArray[np.uint8]
    squares: NDArray[np.int64]

    @property
    def starts(self) -> NDArray[np.int64]:
        """Return where each arc's points begin."""
        return self.counts.cumsum() - self.counts


@cache
def bundled() -> Background:
    """Read the bundled background."""
    import numpy as np

    data = gzip.decompress((files("geomap.webmap.assets") / "basemap.bin.gz").read_bytes())
    (length,) = struct.unpack_from("<I", data)
    header = json.loads(data[4 : 4 + length])
    arcs = arcs_in(header)
    at = 4 + length + 4 * arcs
    counts = np.frombuffer(data, "<u4", arcs, 4 + length).astype(np.int64)
    total = int(counts.sum())
    points = np.stack([joined(data, at + n * 4 * total, total).cumsum() for n in (0, 1)], axis=1)
    levels = np.frombuffer(data, np.uint8, total, at + 8 * total)
    return Background(header, counts, points, levels, squares_of(header, points))


def arcs_in(header: dict[str, Any]) -> int:
    """Return how many arcs there are; lines come last."""
    lines = header["lines"]
    return int(lines["first"]) + len(lines["rivers"]) + len(lines["provinces"])


def joined(data: bytes, at: int, total: int) -> NDArray[np.int64]:
    """Return numbers whose bytes are stored apart: all lowest ones first."""
    import numpy as np

    parts = np.frombuffer(data, np.uint8, 4 * total, at).reshape(4, total)
    numbers = parts.T.copy().view("<u4").ravel().astype(np.int64)
    return (numbers >> 1) ^ -(numbers & 1)


def squares_of(header: dict[str, Any], points: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number of the square that each point lies in."""
    places = points * header["scale"] + header["translate"]
    columns = ((places[:, 0] + 180) // CELL).astype(int) % COLUMNS
    rows = ((places[:, 1] + 90) // CELL).astype(int).clip(0, ROWS - 1)
    numbers: NDArray[np.int64] = rows * COLUMNS + columns
    return numbers


def background(places: Iterable[Spot]) -> bytes:
    """Return the background for events at these places.

    >>> len(background([])) < len(background([(44.4, 33.3, "city", 1)]))
    True
    """
    whole = bundled()
    detail = detail_of(whole, places)[whole.squares]
    return Cut(whole, detail).encoded()


def detail_of(whole: Background, places: Iterable[Spot]) -> NDArray[np.uint8]:
    """Return the level of detail of each square."""
    import numpy as np

    detail = np.zeros(COLUMNS * ROWS, np.uint8)
    counts: Counter[tuple[int, bool]] = Counter()
    for lon, lat, precision, events in places:
        counts[square_at(lon, lat), precision in WIDE] += events
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for level in (2, 1):
        costs = np.bincount(whole.squares[whole.levels == level], minlength=len(detail))
        left = MOST_POINTS[level]
        for (square, wide), _ in ordered:
            around = [] if wide and level > 1 else near(square, REACH[level])
            new = [one for one in around if detail[one] < level]
            left -= int(costs[new].sum())
            if left < 0:
                break
            detail[new] = level
    return detail


def square_at(lon: float, lat: float) -> int:
    """Return the number of the square that a place lies in."""
    row = min(ROWS - 1, int((lat + 90) // CELL))
    return row * COLUMNS + int((lon + 180) // CELL) % COLUMNS


def near(square: int, reach: int) -> list[int]:
    """Return the squares around one, over the edge of the map too.

    >>> near(0, 1)
    [143, 0, 1, 287, 144, 145]
    """
    row, column = divmod(square, COLUMNS)
    rows = range(max(0, row - reach), min(ROWS, row + reach + 1))
    return [
        r * COLUMNS + (column + step) % COLUMNS for r in rows for step in range(-reach, reach + 1)
    ]


class Cut:
    """What of the background a map gets, its arcs numbered anew."""

    def __init__(self, whole: Background, detail: NDArray[np.uint8]) -> None:
        import numpy as np

        starts = whole.starts
        self.whole = whole
        self.detail = detail
        self.kept = whole.levels <= detail
        self.starts: list[int] = starts.tolist()
        self.most: list[int] = np.maximum.reduceat(detail, starts).tolist()
        self.left: list[int] = np.add.reduceat(self.kept.astype(np.int64), starts).tolist()
        self.numbers: dict[int, int] = {}
        self.pieces: list[NDArray[np.int64]] = []

    def encoded(self) -> bytes:
        """Return header and arcs."""
        old = self.whole.header
        header = {
            "scale": old["scale"],
            "translate": old["translate"],
            "countries": [self.country(one) for one in old["countries"]],
            "lakes": [self.ring(ns) for level, ns in old["lakes"] if self.is_shown(level, ns)],
        }
        header["disputed"] = [self.numbers[n] for n in old["disputed"] if n in self.numbers]
        header |= {kind: self.lines(kind) for kind in LINES}
        header["arcs"] = len(self.pieces)
        text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
        return struct.pack("<I", len(text)) + text + encode(self.pieces)

    def country(self, country: dict[str, Any]) -> dict[str, Any]:
        """Return a country with the polygons that a map gets: its largest in any case."""
        main, *others = country["polygons"]
        ranked = zip(others, country["levels"][1:], strict=True)
        polygons = [main, *(one for one, level in ranked if self.is_shown(level, one[0]))]
        known = {key: country[key] for key in ("iso", "name", "label", "room")}
        return known | {"polygons": [[self.ring(ring) for ring in rings] for rings in polygons]}

    def is_shown(self, level: int, ring: list[int]) -> bool:
        """Whether a ring of a level is shown anywhere along it, and is still an area."""
        arcs = [n if n >= 0 else ~n for n in ring]
        size = sum(self.left[n] - 1 for n in arcs) + 1
        return size >= LEAST_RING and level <= max(self.most[n] for n in arcs)

    def ring(self, ring: list[int]) -> list[int]:
        """Return a ring in terms of the new numbers."""
        return [self.arc(n) if n >= 0 else ~self.arc(~n) for n in ring]

    def arc(self, number: int) -> int:
        """Return the new number of an arc, and keep its points."""
        if number not in self.numbers:
            self.numbers[number] = len(self.pieces)
            part = self.part(number)
            self.pieces.append(self.whole.points[part][self.kept[part]])
        return self.numbers[number]

    def part(self, number: int) -> slice:
        """Return where an arc's points are."""
        start = self.starts[number]
        return slice(start, start + int(self.whole.counts[number]))

    def lines(self, kind: str) -> list[int]:
        """Keep the lines of a kind where they are shown; return the first's number, all ranks."""
        lines = self.whole.header["lines"]
        first = lines["first"] + (len(lines["rivers"]) if kind == "provinces" else 0)
        start, ranks = len(self.pieces), []
        for number, (level, rank) in enumerate(lines[kind], first):
            if self.most[number] >= level:
                runs = self.runs(number, level)
                self.pieces += runs
                ranks += [rank] * len(runs)
        return [start, *ranks]

    def runs(self, number: int, level: int) -> list[NDArray[np.int64]]:
        """Return the parts of a line that lie in squares of at least a level."""
        import numpy as np

        part = self.part(number)
        there = self.detail[part] >= level
        edges = np.flatnonzero(np.diff(there, prepend=False, append=False)).reshape(-1, 2)
        points, kept = self.whole.points[part], self.kept[part].copy()
        kept[edges[:, 0]] = kept[edges[:, 1] - 1] = True
        parts = [points[a:b][kept[a:b]] for a, b in edges.tolist()]
        return [one for one in parts if len(one) > 1]


def encode(arcs: list[NDArray[np.int64]]) -> bytes:
    """Return arcs as varints: the number of points, then the way from each to the next.

    >>> import numpy as np
    >>> encode([np.array([[1, -1], [1, 0]])]).hex()
    '0202010002'
    """
    import numpy as np

    steps = [np.diff(arc, axis=0, prepend=[[0, 0]]).ravel() for arc in arcs]
    signed = np.concatenate(steps) if steps else np.zeros(0, np.int64)
    sizes = np.array([len(arc) for arc in arcs], np.int64)
    before = (2 * sizes).cumsum() - 2 * sizes
    return varints(np.insert((signed << 1) ^ (signed >> 63), before, sizes))


def varints(numbers: NDArray[np.int64]) -> bytes:
    """Return numbers in groups of seven bits, the lowest first.

    >>> import numpy as np
    >>> varints(np.array([300, 5])).hex()
    'ac0205'
    """
    import numpy as np

    groups = np.stack([numbers >> 7 * n for n in range(LARGEST)], axis=1)
    used = groups > 0
    used[:, 0] = True
    more = np.roll(used, -1, axis=1)
    more[:, -1] = False
    return ((groups & 0x7F) | (more * 0x80)).astype(np.uint8)[used].tobytes()
