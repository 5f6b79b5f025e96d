"""How places lie to one another: distance and containment."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, Protocol

from geomap.features import POINTS, precision

if TYPE_CHECKING:
    from geomap.model import Place

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG), km."""
_LEAST_CITY_KM = 15.0
"""How far a city reaches at the least, for what stands in or beside it, km."""


class Located(Protocol):
    """What has a point, degrees WGS84: a place, a city, a :class:`Spot`."""

    @property
    def lon(self) -> float:
        """Longitude, degrees."""
        ...

    @property
    def lat(self) -> float:
        """Latitude, degrees."""
        ...


class Spot(NamedTuple):
    """A bare point, degrees WGS84."""

    lon: float
    lat: float


def distance_km(a: Located, b: Located) -> float:
    """Return the great-circle distance between two points, km.

    >>> paris, london = Spot(2.35, 48.85), Spot(-0.13, 51.51)
    >>> round(distance_km(paris, london), -1)
    340.0
    """
    half = (
        math.sin(math.radians(b.lat - a.lat) / 2) ** 2
        + math.cos(math.radians(a.lat))
        * math.cos(math.radians(b.lat))
        * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


Point = tuple[float, float, float]
Box = tuple[Point, Point]
"""Least and greatest coordinates from the Earth's middle, km."""


def point_km(place: Located) -> Point:
    """Return a place's coordinates from the Earth's middle, km: as true at the poles as elsewhere.

    >>> [round(part) for part in point_km(Spot(0, 90))]
    [0, 0, 6371]
    """
    lon, lat = math.radians(place.lon), math.radians(place.lat)
    around = EARTH_RADIUS_KM * math.cos(lat)
    return (around * math.cos(lon), around * math.sin(lon), EARTH_RADIUS_KM * math.sin(lat))


def widened(box: Box | None, place: Located) -> Box:
    """Return the box that holds another box and a place."""
    point = point_km(place)
    low, high = box or (point, point)
    return (
        (min(low[0], point[0]), min(low[1], point[1]), min(low[2], point[2])),
        (max(high[0], point[0]), max(high[1], point[1]), max(high[2], point[2])),
    )


def widest_km(box: Box) -> float:
    """Return the longest edge of a box, km."""
    return max(high - low for low, high in zip(*box, strict=True))


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


def midpoint(a: Located, b: Located) -> tuple[float, float]:
    """Return the (lon, lat) halfway between two places along the great circle.

    >>> midpoint(Spot(179.0, 0.0), Spot(-179.0, 0.0))
    (180.0, 0.0)
    """
    x, y, z = (p + q for p, q in zip(point_km(a), point_km(b), strict=True))
    return (
        round(math.degrees(math.atan2(y, x)), 4),
        round(math.degrees(math.atan2(z, math.hypot(x, y))), 4),
    )


def contains(outer: Place | None, inner: Place | None) -> bool:
    """Whether a country, division, region, sea or city holds another place.

    Told by country and division codes where there are some, else by distance and radius.

    >>> from geomap.model import Place
    >>> iraq = Place("i", "Iraq", 44, 33, "PCLI", "IQ")
    >>> contains(iraq, Place("b", "Baghdad", 44.4, 33.3, "PPLC", "IQ", "Baghdad"))
    True
    """
    if outer is None or inner is None or outer.id == inner.id:
        return False
    level, inner_level = precision(outer.feature).level, precision(inner.feature).level
    match level:
        case "country":
            return outer.country == inner.country and inner_level != "country"
        case "admin1":
            return inner_level in _WITHIN_ADMIN1 and _same_division(outer, inner)
        case "region" | "sea" | "admin2":
            return inner_level in POINTS and distance_km(outer, inner) <= outer.radius_km
        case "city" | "district":
            near = distance_km(outer, inner) <= max(outer.radius_km, _LEAST_CITY_KM)
            return inner_level in ("site", "district") and near
        case _:
            return False


_WITHIN_ADMIN1 = POINTS | {"admin2"}


def _same_division(outer: Place, inner: Place) -> bool:
    return outer.country == inner.country and inner.admin1 in (outer.admin1, outer.name)
