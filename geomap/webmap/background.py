"""Chooses what of the background goes into a map: cities to name, outlines of provinces."""

from __future__ import annotations

import gzip
import json
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
    cells = near_cells(places)
    chosen, near = [], 0
    for number, (lon, lat) in enumerate(zip(cities["lon"], cities["lat"], strict=True)):
        if number < EVERYWHERE or number in capitals:
            chosen.append(number)
        elif near < NEARBY and cell(lon, lat) in cells:
            chosen.append(number)
            near += 1
    return {
        **{key: [cities[key][n] for n in chosen] for key in ("name", "lon", "lat", "population")},
        "capital": [i for i, n in enumerate(chosen) if n in capitals],
    }


def cell(lon: float, lat: float) -> tuple[int, int]:
    """Return the square of NEAR_DEGREES that a point lies in."""
    return int(lon // NEAR_DEGREES), int(lat // NEAR_DEGREES)


def near_cells(places: Iterable[Sequence[Any] | None]) -> set[tuple[int, int]]:
    """Return the squares of the places and their neighbors; an area has no middle to be near."""
    cells: set[tuple[int, int]] = set()
    for place in places:
        if place is not None and place[LEVEL] not in {"country", "region", "sea"}:
            x, y = cell(place[LON], place[LAT])
            cells.update((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
    return cells


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
