"""Places of the United States that have a post office but fewer than 500 people."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

from gazetteer.gathering import middle
from geomap.folding import fold
from geomap.gazetteer_format import Entry
from geomap.model import Place
from geomap.priors import prior

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.cities import City
    from gazetteer.gathering import Gathering

_ZIP, _NAME, _STATE, _LAT, _LON = 1, 2, 4, 9, 10
_RADIUS_KM = 3.0
_MILITARY_STATES = frozenset({"AA", "AE", "AP"})


def read_post_offices(path: Path) -> dict[tuple[str, str], list[list[str]]]:
    """Return the rows of GeoNames' postal codes by state and name."""
    places: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[_STATE] and row[_STATE] not in _MILITARY_STATES and row[_LAT]:
                places[row[_STATE], row[_NAME].strip()].append(row)
    return places


def add_post_offices(
    places: dict[tuple[str, str], list[list[str]]], cities: list[City], gathering: Gathering
) -> None:
    """Add the places whose name no populated place of the state has."""
    known = {(city.admin1, fold(city.name)) for city in cities if city.country == "US"}
    for (state, name), rows in sorted(places.items()):
        division = gathering.resolve(f"adm1:US.{state}")
        if division is None or (state, fold(name)) in known:
            continue
        lon, lat = middle([(float(row[_LON]), float(row[_LAT])) for row in rows])
        place = Place(
            id=f"zip:{min(row[_ZIP] for row in rows)}",
            name=name,
            lon=lon,
            lat=lat,
            feature="PPL",
            country="US",
            admin1=gathering.entries[division].place.name,
            radius_km=_RADIUS_KM,
        )
        gathering.add(Entry(place, prior("PPL", 0), (), division))
