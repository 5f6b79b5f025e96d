"""The cities that maps name: the larger ones of GeoNames, capitals marked."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MIN_POPULATION = 8_000
"""Towns below this are left out; a map carries the largest of the world and those near its
events, so that this is the program's size, not a map's."""

NEAR = 0.15
"""Degrees within which a place may be a part of a city, about 15 km."""

CAPITAL_NAMES = {
    "BO": "Sucre",
    "IL": "Jerusalem",
    "LK": "Sri Jayewardenepura Kotte",
    "NR": "Yaren",
    "PS": "East Jerusalem",
    "US": "Washington",
}
"""Where the source's capital is spelled otherwise in its own list of cities."""


def read_cities(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return countries by code and the towns with enough people, the largest first."""
    countries, cities, small = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("countries", "cities15000", "cities500")
    )
    towns = {**small, **cities}.values()
    large = [town for town in towns if town["population"] >= MIN_POPULATION]
    known = {c["geonameid"]: c for c in [*large, *capitals_of(countries, towns)]}
    ordered = sorted(known.values(), key=lambda city: (-city["population"], city["geonameid"]))
    return countries, without_parts(ordered)


def without_parts(cities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out a part of a city that the source counts as larger than the city itself.

    A city close by that the world knows by clearly more names, and that is not much smaller, is
    the one to show: Mosul, not New Mosul.
    """
    cells: defaultdict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        cells[cell_of(city)].append(city)
    return [city for city in cities if not any(outshines(o, city) for o in around(cells, city))]


def cell_of(city: dict[str, Any]) -> tuple[int, int]:
    """Return the square of NEAR degrees that a city lies in."""
    return int(city["longitude"] // NEAR), int(city["latitude"] // NEAR)


def around(
    cells: dict[tuple[int, int], list[dict[str, Any]]], city: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the cities of a city's square and of those beside it."""
    x, y = cell_of(city)
    for key in ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
        yield from cells.get(key, ())


def outshines(other: dict[str, Any], city: dict[str, Any]) -> bool:
    """Whether another city is the one that a city is a part of."""
    near = math.dist((other["longitude"], other["latitude"]), (city["longitude"], city["latitude"]))
    return (
        near < NEAR
        and other["population"] > city["population"] / 4
        and len(other["alternatenames"]) > 2 * len(city["alternatenames"])
        and not city.get("capital")
    )


def capitals_of(
    countries: dict[str, Any], cities: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield each country's capital: the largest city there that bears its name."""
    named: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        named[city["countrycode"]].append(city)
    for code, country in countries.items():
        wanted = CAPITAL_NAMES.get(code, country["capital"])
        found = [c for c in named[code] if c["name"] == wanted] or [
            c for c in named[code] if wanted in c["alternatenames"]
        ]
        if found:
            yield {**max(found, key=lambda city: city["population"]), "capital": True}


def encode_cities(cities: list[dict[str, Any]]) -> bytes:
    """Return the cities as columns, capitals marked."""
    kept = [c for c in cities if c["population"] >= MIN_POPULATION or c.get("capital")]
    columns = {
        "name": [city["name"] for city in kept],
        "lon": [round(city["longitude"], 3) for city in kept],
        "lat": [round(city["latitude"], 3) for city in kept],
        "population": [round(city["population"], -3) for city in kept],
        "capital": [i for i, city in enumerate(kept) if city.get("capital")],
    }
    counts = Counter(city["countrycode"] for city in kept if city.get("capital"))
    print(f"{len(kept)} cities, {len(counts)} capitals")  # noqa: T201
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()
