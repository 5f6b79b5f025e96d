"""Places told by another place: "30 km north of Mosul", "southern Lebanon", "outside Kabul".

The name stays a toponym of its own; what an event is linked to is the place that the whole phrase
means, with a point worked out from the named place and a radius that says how uncertain it is.
Its gazetteer id is that of the named place with what was added.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap import boundaries
from geomap.features import precision
from geomap.model import Mention, Place, Span
from geomap.space import EARTH_RADIUS_KM, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_DIRECTION = r"(?P<direction>(?:north|south)[- ]?(?:east|west)|north|south|east|west)"
_KM = {"k": 1.0, "m": 1.609344}
_AMOUNT = (
    r"(?:(?P<amount>\d{1,4}(?:[.,]\d+)?)\s*-?\s*(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\s+)?"
)
_OFFSET = re.compile(rf"\b{_AMOUNT}(?:to\s+the\s+)?{_DIRECTION}\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_PART = re.compile(rf"\b(?P<central>central)\s+$|\b{_DIRECTION}ern\s+$", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?P<near>near|close to|just outside|outside|on the outskirts of|in the outskirts of"
    r"|in the vicinity of)\s+(?:the\s+)?(?:(?:city|town|village|capital)\s+of\s+)?$",
    re.IGNORECASE,
)
_REACH = 48
"""How many characters before a name the words that go with it may begin."""
_UNTOLD_KM = 20.0
"""How far "north of Mosul" is taken to be where no distance is told, km."""
_UNCERTAIN = 0.25
"""Share of a told distance by which it may be off: it is rounded, and along a road."""
_GRID = 24
"""Points a side of the grid that samples an area's part."""


def apply(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions with the places that the phrases around them mean."""
    return tuple(_widened(text, mention) for mention in mentions)


def _widened(text: str, mention: Mention) -> Mention:
    """Return a mention with the words before its name that say where in relation to it."""
    toponym, place = mention.toponym, mention.place
    if place is None or toponym.kind != "place":
        return mention
    start = toponym.span.start
    before = text[max(0, start - _REACH) : start]
    for pattern, work_out in ((_OFFSET, _offset), (_PART, _part), (_NEAR, _near)):
        found = pattern.search(before)
        derived = work_out(place, found) if found else None
        if found and derived:
            return _extended(text, mention, start - len(before) + found.start(), derived)
    return mention


def _extended(text: str, mention: Mention, start: int, place: Place) -> Mention:
    """Return the mention of a whole phrase."""
    span = Span(start, mention.toponym.span.end)
    said = " ".join(span.of(text).split())
    toponym = replace(mention.toponym, span=span, text=span.of(text))
    reason = f"{mention.reason}; worked out from “{said}”"
    return replace(mention, toponym=toponym, place=replace(place, name=said), reason=reason)


def _bearing(found: re.Match[str]) -> float:
    return _BEARINGS[re.sub(r"[- ]", "", found["direction"].lower())]


def _offset(place: Place, found: re.Match[str]) -> Place | None:
    """Return "30 km north of Mosul", or "north of Mosul" at a distance that is a guess."""
    if precision(place.feature).level not in ("site", "city", "district"):
        return None
    told = found["amount"]
    km = float(told.replace(",", ".")) * _KM[found["unit"][0].lower()] if told else _UNTOLD_KM
    lon, lat = destination(place.lon, place.lat, _bearing(found), km)
    radius = max(5.0, _UNCERTAIN * km) if told else _UNTOLD_KM
    mark = f"{place.id}+{km:.0f}km{_bearing(found):.0f}"
    return replace(place, id=mark, lon=lon, lat=lat, feature="PPLX", radius_km=round(radius, 1))


def _near(place: Place, found: re.Match[str]) -> Place | None:
    """Return "near Mosul": the same point, less exact."""
    if precision(place.feature).level != "city":
        return None
    radius = max(10.0, 2 * place.radius_km)
    mark = f"{place.id}+{found['near'].split()[0].lower()}"
    return replace(place, id=mark, feature="PPLX", radius_km=round(radius, 1))


def _part(place: Place, found: re.Match[str]) -> Place | None:
    """Return "southern Lebanon": the middle and the extent of that part of the area."""
    if precision(place.feature).level not in ("country", "admin1"):
        return None
    points = _points_in(place)
    if not points:
        return None
    if found["central"]:
        inside, word = _central(points), "central"
    else:
        inside, word = _toward(points, _bearing(found)), found["direction"].lower()
    lon = round(sum(x for x, _ in inside) / len(inside), 4)
    lat = round(sum(y for _, y in inside) / len(inside), 4)
    part = replace(place, id=f"{place.id}+{word}", lon=lon, lat=lat, feature="RGN")
    radius = max(distance_km(part, replace(part, lon=x, lat=y)) for x, y in inside)
    return replace(part, radius_km=round(radius, 1))


def _points_in(place: Place) -> list[tuple[float, float]]:
    """Return grid points inside an area's largest polygon; none where it has no outline."""
    outline = boundaries.outline(place.id)
    if not outline:
        return []
    ring = max((polygon[0] for polygon in outline), key=_extent)
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    steps = [(i + 0.5) / _GRID for i in range(_GRID)]
    grid = [(west + (east - west) * x, south + (north - south) * y) for x in steps for y in steps]
    return [point for point in grid if boundaries.contains(place.id, *point)]


def _extent(ring: Sequence[tuple[float, float]]) -> float:
    """Return the area of a ring's bounding box, square degrees."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _toward(points: Sequence[tuple[float, float]], bearing: float) -> list[tuple[float, float]]:
    """Return the third of the points that lies farthest in a direction."""
    east, north = math.sin(math.radians(bearing)), math.cos(math.radians(bearing))
    ranked = sorted(points, key=lambda p: p[0] * east + p[1] * north, reverse=True)
    return ranked[: max(1, len(ranked) // 3)]


def _central(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the third of the points that lies nearest to the middle."""
    x = sum(p[0] for p in points) / len(points)
    y = sum(p[1] for p in points) / len(points)
    return sorted(points, key=lambda p: math.hypot(p[0] - x, p[1] - y))[: max(1, len(points) // 3)]


def destination(lon: float, lat: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the (lon, lat) that lies so many km from a point, by its bearing in degrees.

    On a sphere, which is far more exact than any "30 km north".

    >>> destination(43.13, 36.34, 0.0, 30.0)
    (43.13, 36.6098)
    """
    angle, start = km / EARTH_RADIUS_KM, math.radians(lat)
    turn = math.radians(bearing)
    end = math.asin(
        math.sin(start) * math.cos(angle) + math.cos(start) * math.sin(angle) * math.cos(turn)
    )
    shift = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(start),
        math.cos(angle) - math.sin(start) * math.sin(end),
    )
    return round((lon + math.degrees(shift) + 540) % 360 - 180, 4), round(math.degrees(end), 4)
