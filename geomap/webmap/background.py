"""Chooses what of the background goes into a map: cities to name, outlines of provinces."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.boundaries import Outline

EVERYWHERE = 1_100
"""So many of the largest cities, and all capitals, are in every map."""

NEARBY = 700
"""So many more near the events, so that a close view is not bare; together about 35 kB."""

NEAR_DEGREES = 2.5
"""What is near: half the width of a window at zoom 8."""

BESIDE_DEGREES = 0.6
"""What is beside a place: the same at zoom 10."""

WIDE = frozenset({"country", "region", "sea"})
"""Levels of places that have no point to be close to."""

STEP = 1e3
"""Outlines are stored in steps of 1/1,000 degree, as they come."""

LON, LAT, PLACE_ID, LEVEL = 0, 1, 3, 10
"""Where a place's row has what is needed here."""

Cities = dict[str, list[Any]]


@cache
def all_cities() -> Cities:
    """Return the bundled cities as columns, the largest first."""
    data = (files("geomap.webmap.assets") / "cities.json.gz").read_bytes()
    cities: Cities = json.loads(gzip.decompress(data))
    return cities


def nearby_cities(places: Sequence[Sequence[Any] | None]) -> Cities:
    """Return the cities for a map of these places: the large ones and those close to the places."""
    cities = all_cities()
    capitals = set(cities["capital"])
    large = {*range(min(EVERYWHERE, len(cities["name"]))), *capitals}
    chosen = sorted({*large, *closest_cities(cities, large, places)})
    return {
        **{key: [cities[key][n] for n in chosen] for key in ("name", "lon", "lat", "population")},
        "capital": [i for i, n in enumerate(chosen) if n in capitals],
    }


def closest_cities(
    cities: Cities, large: set[int], places: Sequence[Sequence[Any] | None]
) -> list[int]:
    """Return further cities near the places, some beside each rather than all beside one."""
    around = near_cells(places, NEAR_DEGREES)
    beside = near_cells(places, BESIDE_DEGREES)
    ranks: Counter[tuple[int, int]] = Counter()
    found = []
    for number, (lon, lat) in enumerate(zip(cities["lon"], cities["lat"], strict=True)):
        if cell(lon, lat, NEAR_DEGREES) in around:
            close = cell(lon, lat, BESIDE_DEGREES)
            ranks[close] += 1
            if number not in large:
                found.append((close not in beside, ranks[close], number))
    return [number for *_, number in sorted(found)[:NEARBY]]


def cell(lon: float, lat: float, size: float) -> tuple[int, int]:
    """Return the square of so many degrees that a point lies in."""
    return int(lon // size), int(lat // size)


def near_cells(places: Iterable[Sequence[Any] | None], size: float) -> set[tuple[int, int]]:
    """Return the squares of the places and their neighbors; an area has no middle to be near."""
    known = (place for place in places if place is not None and place[LEVEL] not in WIDE)
    own = {cell(place[LON], place[LAT], size) for place in known}
    return {(x + dx, y + dy) for x, y in own for dx in (-1, 0, 1) for dy in (-1, 0, 1)}


def outlines(places: Sequence[Sequence[Any] | None]) -> dict[str, list[list[int]]]:
    """Return the rings of the provinces among the places, by their number, where known."""
    found = {}
    for number, place in enumerate(places):
        if place is not None and place[LEVEL] == "admin1" and place[PLACE_ID]:
            polygons = outline(str(place[PLACE_ID]))
            if polygons:
                found[str(number)] = [flat(ring) for polygon in polygons for ring in polygon]
    return found


def outline(place_id: str) -> Outline | None:
    """Return a province's outline, None where none is known or the outlines are not installed."""
    from geomap import boundaries

    try:
        return boundaries.outline(place_id)
    except GazetteerError:
        return None


def flat(ring: Iterable[Sequence[float]]) -> list[int]:
    """Return a ring's first point and the differences after it, in steps.

    >>> flat([(44.0, 33.0), (44.1, 33.0)])
    [44000, 33000, 100, 0]
    """
    out, x, y = [], 0, 0
    for lon, lat, *_ in ring:
        px, py = round(lon * STEP), round(lat * STEP)
        out += [px - x, py - y]
        x, y = px, py
    return out
