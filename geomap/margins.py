"""Where countries meet one another and the sea, read off their outlines.

The outlines of two countries have the points of their common border in common, since both were cut
from one map; a point that no other country has lies at the sea.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geomap import boundaries
from geomap.errors import GazetteerError
from geomap.space import Spot, destination, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]

_KEPT = 16
"""Countries whose neighbors are kept: all outlines are read for them, a tenth of a second."""
_FEWEST = 3
"""Points of a border or coast, at the least: fewer are a corner or a lake."""
_OFFSHORE_KM = 30.0
"""How far off "off the coast" is taken to be: beyond the beach, within sight of territory."""
_BEARINGS = 16


class Stretch(NamedTuple):
    """A stretch of a border or coast: the point in its middle and how far it reaches, km."""

    lon: float
    lat: float
    radius_km: float


@lru_cache(_KEPT)
def _neighbors(code: str) -> dict[str, frozenset[Point]]:
    """Return the points of a country's outline that are another's too, by that one's code."""
    own = _points(code)
    if not own:
        return {}
    others = (other for other in boundaries.country_ids() if other != code)
    shared = {other: own & _points(other) for other in others}
    return {other: points for other, points in shared.items() if points}


def _points(code: str) -> frozenset[Point]:
    outline = boundaries.country_outline(code) or []
    return frozenset(point for polygon in outline for ring in polygon for point in ring)


def border(code: str, other: str) -> Stretch | None:
    """Return the border of two countries, or None where they have none or no outline is known.

    >>> stretch = border("SY", "TR")
    >>> stretch is not None and 36 < stretch.lon < 42 and 36 < stretch.lat < 38
    True
    """
    try:
        shared = sorted(_neighbors(code).get(other, ()))
    except GazetteerError:
        return None
    if len(shared) < _FEWEST:
        return None
    return _stretch(_middle(shared), shared)


def off_coast(code: str, bearing: float | None = None) -> Stretch | None:
    """Return the sea off a country's coast, or off the side of it that lies toward a bearing.

    The point lies off the middle of the coast, the radius takes in all of it. None for a country
    without a coast or an outline.

    >>> off_coast("CH") is None
    True
    """
    try:
        neighbors = _neighbors(code)
        outline = boundaries.country_outline(code) or []
    except GazetteerError:
        return None
    ring = max((polygon[0] for polygon in outline), key=len, default=[])
    coast = sorted(set(ring).difference(*neighbors.values()))
    if bearing is not None:
        coast = toward(coast, bearing)
    if len(coast) < max(_FEWEST, len(ring) // 50):
        return None
    point = _seaward(_middle(coast), coast, {code, *neighbors})
    return _stretch(point, coast) if point else None


def toward(points: Sequence[Point], bearing: float) -> list[Point]:
    """Return the third of the points, at least one, that lies farthest in a direction, degrees.

    >>> toward([(0.0, 0.0), (0.0, 1.0), (0.0, 2.0)], 180.0)
    [(0.0, 0.0)]
    """
    east, north = math.sin(math.radians(bearing)), math.cos(math.radians(bearing))
    ranked = sorted(points, key=lambda p: p[0] * east + p[1] * north, reverse=True)
    return ranked[: max(1, len(points) // 3)]


def _middle(points: Sequence[Point]) -> Point:
    """Return the point that is nearest to the mean of all."""
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return min(points, key=lambda p: (math.hypot(p[0] - x, p[1] - y), p))


def _seaward(point: Point, coast: Sequence[Point], codes: Iterable[str]) -> Point | None:
    """Return the point off the coast that is farthest from it, in no country around."""
    turns = (360 / _BEARINGS * step for step in range(_BEARINGS))
    around = [destination(*point, turn, _OFFSHORE_KM) for turn in turns]
    ids = boundaries.country_ids()
    own = [ids[code] for code in codes]
    near = [p for p in coast if math.hypot(p[0] - point[0], p[1] - point[1]) < 1]
    at_sea = [p for p in around if not any(boundaries.contains(i, *p) for i in own)]
    return max(at_sea, key=lambda p: min(_km(p, shore) for shore in near), default=None)


def _stretch(middle: Point, points: Iterable[Point]) -> Stretch:
    return Stretch(*middle, round(max(_km(middle, point) for point in points), 1))


def _km(a: Point, b: Point) -> float:
    return distance_km(Spot(*a), Spot(*b))
