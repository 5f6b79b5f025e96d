"""The shapes of countries and first-level divisions, from Natural Earth's polygons.

Natural Earth's divisions are not quite GeoNames' (it has the departments of France, GeoNames the
regions), and it gives land to who controls it. So each polygon goes to the division to which most
of the GeoNames cities in it belong, and a country is the union of its polygons: what the
gazetteer says of a town and where its outlines lie agree.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.cities import City
    from geomap.boundaries import Outline

_KM_PER_DEGREE = 111.32
_LEAST_RADIUS_KM, _MOST_RADIUS_KM = 5.0, 2000.0
_TOLERANCE_DEGREES = 0.02
"""Detail that outlines lose: about 2 km, a pixel at the scale of a country."""
_LEAST_PART_DEGREES2 = 0.001
_LEAST_PART_SHARE = 2e-5
"""Islands below about 12 km2, or below that share of the whole, are left out of outlines."""
_NAME_FIELDS = ("name", "gn_name", "woe_name")
_NO_CODE = frozenset({"", "-1", "-99"})


@dataclass(frozen=True, slots=True)
class Area:
    """What the polygons say about a division: middle, extent in km, names."""

    lon: float
    lat: float
    radius_km: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Areas by division's code (``IQ.07``), outlines by division's and country's code."""

    areas: dict[str, Area]
    divisions: dict[str, Any]
    countries: dict[str, Any]


def radius_of_area(shape: Any) -> float:  # noqa: ANN401, shapely is not imported here
    """Return the radius of the circle of the same area as a shape in degrees, km."""
    km2 = shape.area * _KM_PER_DEGREE**2 * math.cos(math.radians(shape.centroid.y))
    return round(max(_LEAST_RADIUS_KM, min(_MOST_RADIUS_KM, math.sqrt(km2 / math.pi))), 1)


def _votes(shapes: Any, cities: list[City]) -> dict[int, str]:  # noqa: ANN401
    """Return for each polygon the division to which most of the cities in it belong."""
    import shapely

    points = shapely.points([(city.lon, city.lat) for city in cities])
    which, where = shapely.STRtree(shapes).query(points, predicate="within")
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for city, polygon in zip(which.tolist(), where.tolist(), strict=True):
        if cities[city].admin1:
            counts[polygon][f"{cities[city].country}.{cities[city].admin1}"] += 1
    return {polygon: count.most_common(1)[0][0] for polygon, count in sorted(counts.items())}


def _names(frame: Any, polygons: list[int]) -> tuple[str, ...]:  # noqa: ANN401
    """Return the names of a division of one polygon; of several, none is the whole's."""
    if len(polygons) > 1:
        return ()
    names = (frame[field][polygons[0]] for field in _NAME_FIELDS)
    return tuple(sorted({name for name in names if isinstance(name, str)}))


def _area(shape: Any, names: tuple[str, ...]) -> Area:  # noqa: ANN401
    middle = shape.centroid
    return Area(round(middle.x, 5), round(middle.y, 5), radius_of_area(shape), names)


def _without_specks(shape: Any) -> Any:  # noqa: ANN401
    """Return the shape without its tiniest islands."""
    import shapely

    parts = shapely.get_parts(shape)
    least = max(_LEAST_PART_DEGREES2, _LEAST_PART_SHARE * shape.area)
    large = [part for part in parts if part.area >= least]
    return shapely.MultiPolygon(large or [max(parts, key=lambda part: part.area)])


def _outlines(simple: Any, groups: dict[str, list[int]]) -> dict[str, Any]:  # noqa: ANN401
    """Return the union of each group of simplified polygons."""
    import shapely

    return {
        code: _without_specks(shapely.union_all(simple[polygons]))
        for code, polygons in sorted(groups.items())
    }


def read_shapes(world_map: Path, cities: list[City]) -> Shapes:
    """Return the shapes of first-level divisions and countries."""
    import numpy as np
    import pyogrio
    import shapely

    frame = pyogrio.read_dataframe(world_map, layer="states_provinces")
    polygons = np.asarray(frame.geometry.array)
    votes = _votes(polygons, cities)
    divisions: dict[str, list[int]] = defaultdict(list)
    countries: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(frame["iso_a2"]):
        if number in votes:
            divisions[votes[number]].append(number)
        code = votes[number].partition(".")[0] if number in votes else own
        if isinstance(code, str) and code not in _NO_CODE:
            countries[code].append(number)
    simple = shapely.coverage_simplify(polygons, _TOLERANCE_DEGREES)
    areas = {
        code: _area(shapely.union_all(polygons[numbers]), _names(frame, numbers))
        for code, numbers in divisions.items()
    }
    return Shapes(areas, _outlines(simple, divisions), _outlines(simple, countries))


def coordinates(shape: Any) -> Outline:  # noqa: ANN401
    """Return a MultiPolygon's coordinates as lists."""
    return [
        [list(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in shape.geoms
    ]
