"""Airports with an IATA code, and military airfields."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.gathering import ALTERNATE, WEAK
from geomap.folding import fold
from geomap.gazetteer_format import Entry
from geomap.model import Place
from geomap.priors import prior
from geomap.space import distance_km

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.cities import City
    from gazetteer.gathering import Gathering

_MILITARY = re.compile(
    r"\b(?:Air ?base|Air Force|AFB|Naval Air|Army Air|Air Reserve|Air National Guard|"
    r"Marine Corps)\b",
    re.IGNORECASE,
)
_KIND = re.compile(r"\b(?:International|Intl|Regional|Municipal|National|Airport|Airfield)\b")
_RADIUS_KM = 3.0
_SAME_KM = 20.0
"""A curated place of the same name this near is the same airfield."""
_MOST_OWN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport of airportsdata."""

    icao: str
    iata: str
    name: str
    city: str
    country: str
    lon: float
    lat: float

    @property
    def feature(self) -> str:
        """The feature code: AIRB for an air base, AIRP for an airport."""
        return "AIRB" if _MILITARY.search(self.name) else "AIRP"


def read_airports(path: Path) -> list[Airport]:
    """Return the airports that news may name, by their ICAO codes."""
    with path.open(encoding="utf-8", newline="") as file:
        airports = [
            Airport(
                row["icao"],
                row["iata"],
                row["name"].strip(),
                row["city"].strip(),
                row["country"],
                float(row["lon"]),
                float(row["lat"]),
            )
            for row in csv.DictReader(file)
        ]
    named = (a for a in airports if a.icao and (a.iata or _MILITARY.search(a.name)))
    return sorted(named, key=lambda airport: airport.icao)


def own_name(airport: Airport) -> str:
    """Return what tells the airport from its city's others, or nothing.

    >>> own_name(Airport("EGLL", "LHR", "London Heathrow Airport", "London", "GB", -0.5, 51.5))
    'Heathrow'
    """
    if not airport.city or airport.city not in airport.name:
        return ""
    words = _KIND.sub("", airport.name.replace(airport.city, "")).split()
    return " ".join(words) if 0 < len(words) <= _MOST_OWN_WORDS else ""


def spellings(airport: Airport) -> set[str]:
    """Return other names of an airport: without International, without its city."""
    names = {airport.name.replace(" International", ""), airport.name.replace(" Intl", "")}
    if airport.name.startswith(airport.city + " "):
        names.add(airport.name.removeprefix(airport.city + " "))
    own = own_name(airport)
    if own:
        names |= {own + " Airport", own + " International Airport"}
    return {
        name
        for name in names - {airport.name}
        if fold(name) not in ("airport", "international airport") and len(name.split()) > 1
    }


def _divisions(airports: list[Airport], cities: list[City]) -> list[str]:
    """Return the code of the division of the city nearest to each airport."""
    import shapely

    tree = shapely.STRtree(shapely.points([(city.lon, city.lat) for city in cities]))
    near = tree.nearest(shapely.points([(a.lon, a.lat) for a in airports])).tolist()
    return [
        f"{cities[number].country}.{cities[number].admin1}"
        if cities[number].country == airport.country
        else ""
        for airport, number in zip(airports, near, strict=True)
    ]


def _curated_twin(airport: Airport, curated: dict[str, list[Place]]) -> Place | None:
    """Return the curated place that is this airport, or None."""
    keys = sorted({fold(name) for name in (airport.name, *spellings(airport))})
    places = (place for key in keys for place in curated.get(key, ()))
    return next((p for p in places if distance_km(airport, p) <= _SAME_KM), None)


def add_airports(airports: list[Airport], cities: list[City], gathering: Gathering) -> None:
    """Add the airports that the curated tables do not have."""
    names: dict[str, list[Place]] = {}
    for naming in gathering.namings:
        if naming.place_id.startswith("geomap:"):
            place = gathering.entries[naming.place_id].place
            names.setdefault(naming.key, []).append(place)
    for airport, code in zip(airports, _divisions(airports, cities), strict=True):
        twin = _curated_twin(airport, names)
        if twin is not None:
            gathering.aliases[f"icao:{airport.icao}"] = twin.id
            continue
        division = gathering.resolve(f"adm1:{code}")
        place = Place(
            id=f"icao:{airport.icao}",
            name=airport.name,
            lon=airport.lon,
            lat=airport.lat,
            feature=airport.feature,
            country=airport.country,
            admin1=gathering.entries[division].place.name if division else "",
            radius_km=_RADIUS_KM,
        )
        gathering.add(Entry(place, prior(airport.feature, 0), (), division or ""))
        for name in sorted(spellings(airport)):
            gathering.name(name, place.id, "alternate", ALTERNATE)
        if airport.iata:
            gathering.name(own_name(airport), place.id, "alternate", WEAK)
