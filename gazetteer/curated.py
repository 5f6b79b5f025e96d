"""The tables written by hand: places, abbreviations and demonyms."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.gathering import ALTERNATE, WEAK
from geomap.folding import fold
from geomap.gazetteer_format import Entry
from geomap.model import Place
from geomap.priors import prior
from geomap.space import Spot, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer.gathering import Gathering

PLACE_TABLES = ("regions", "water", "relief", "sites", "landmarks", "towns")
_COLUMNS = (
    "id",
    "name",
    "alternates",
    "feature",
    "lon",
    "lat",
    "radius_km",
    "country",
    "admin1",
    "source",
)
_FEATURES_FILE = Path(__file__).resolve().parent / "tables" / "features.txt"
_AT_SEA = ("SEA", "OCN", "ISL", "ATOL", "RF", "SHOL")
"""Features that may lie far from their country's coast."""
_SLACK_KM = 100.0
"""How far from its country a place may lie beyond its radius: outlines leave small islands out."""
_LEAST_RADIUS_KM, _MOST_RADIUS_KM = 0.05, 10_000.0


@cache
def feature_codes() -> frozenset[str]:
    """Return the GeoNames feature codes, which the tables may use."""
    return frozenset(_FEATURES_FILE.read_text(encoding="utf-8").split())


class RowError(ValueError):
    """A row of a curated table is wrong; the message names table, line and what is wrong."""


@dataclass(frozen=True, slots=True)
class CuratedPlace:
    """A row of a place table."""

    place: Place
    alternates: tuple[str, ...]
    countries: tuple[str, ...]


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table, none where the table is missing."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(row: dict[str, str], column: str, low: float, high: float) -> float:
    try:
        value = float(row[column])
    except ValueError as error:
        message = f"{column} {row[column]!r} is no number"
        raise RowError(message) from error
    if not low <= value <= high:
        message = f"{column} {value} is not in {low} to {high}"
        raise RowError(message)
    return value


def parse_place(row: dict[str, str]) -> CuratedPlace:
    """Return the place of a row; raise :class:`RowError` where a value is not allowed."""
    missing = [column for column in _COLUMNS if row.get(column) is None]
    if missing:
        message = f"columns missing: {', '.join(missing)}"
        raise RowError(message)
    slug = row["id"]
    if not slug or not all(char.isascii() and (char.isalnum() or char == "-") for char in slug):
        message = f"id {slug!r} is no slug"
        raise RowError(message)
    if not row["name"].strip():
        message = "name is empty"
        raise RowError(message)
    if row["feature"] not in feature_codes():
        message = f"feature {row['feature']!r} is unknown"
        raise RowError(message)
    countries = tuple(filter(None, row["country"].split("|")))
    place = Place(
        id=f"geomap:{slug}",
        name=row["name"].strip(),
        lon=_number(row, "lon", -180, 180),
        lat=_number(row, "lat", -90, 90),
        feature=row["feature"],
        country=countries[0] if len(countries) == 1 else "",
        admin1=row["admin1"].strip(),
        radius_km=_number(row, "radius_km", _LEAST_RADIUS_KM, _MOST_RADIUS_KM),
    )
    alternates = tuple(name.strip() for name in row["alternates"].split("|") if name.strip())
    return CuratedPlace(place, alternates, countries)


def read_places(folder: Path) -> tuple[list[CuratedPlace], list[str]]:
    """Return the places of all tables, and what is wrong with the rows left out."""
    places: list[CuratedPlace] = []
    wrong = []
    seen: dict[str, str] = {}
    for table in PLACE_TABLES:
        for line, row in enumerate(read_rows(folder / f"{table}.csv"), 2):
            try:
                found = parse_place(row)
            except RowError as error:
                wrong.append(f"{table}.csv line {line}: {error}")
                continue
            if found.place.id in seen:
                wrong.append(f"{table}.csv line {line}: id is also in {seen[found.place.id]}")
                continue
            seen[found.place.id] = f"{table}.csv line {line}"
            places.append(found)
    return places, wrong


def misplaced(places: list[CuratedPlace], countries: Mapping[str, Any]) -> list[str]:
    """Say which places lie outside all their countries by far more than their radius."""
    from shapely import Point
    from shapely.ops import nearest_points

    wrong = []
    for found in places:
        place = found.place
        shapes = [countries[code] for code in found.countries if code in countries]
        point = Point(place.lon, place.lat)
        if (
            not shapes
            or place.feature.startswith(_AT_SEA)
            or any(shape.contains(point) for shape in shapes)
        ):
            continue
        nearest = [nearest_points(shape, point)[0] for shape in shapes]
        far = min(distance_km(place, Spot(near.x, near.y)) for near in nearest)
        if far > place.radius_km + _SLACK_KM:
            codes = "|".join(found.countries)
            wrong.append(f"{place.id}: {far:.0f} km outside {codes}")
    return wrong


def doubled(places: list[CuratedPlace]) -> list[str]:
    """Say which places have another's own name and lie as near as either reaches."""
    wrong = []
    own: dict[str, list[Place]] = {}
    for found in places:
        own.setdefault(fold(found.place.name), []).append(found.place)
    for found in places:
        place = found.place
        for name in sorted({fold(name) for name in (place.name, *found.alternates)}):
            for other in own.get(name, ()):
                apart = distance_km(place, other)
                if other.id != place.id and apart <= min(place.radius_km, other.radius_km):
                    wrong.append(f"{place.id}: {name!r} is also {other.id}, {apart:.0f} km away")
    return wrong


def add_places(places: list[CuratedPlace], gathering: Gathering) -> None:
    """Add the curated places; they outrank towns of the same name by their kind."""
    division = {
        (entry.place.country, fold(entry.place.name)): place_id
        for place_id, entry in gathering.entries.items()
        if entry.place.feature == "ADM1"
    }
    for found in places:
        place = found.place
        several = found.countries if len(found.countries) > 1 else ()
        first = division.get((place.country, fold(place.admin1)), "")
        if first:
            place = replace(place, admin1=gathering.entries[first].place.name)
        gathering.add(Entry(place, prior(place.feature, 0), several, first))
        for name in found.alternates:
            gathering.name(name, place.id, "alternate", ALTERNATE)


def _targeted(
    path: Path, gathering: Gathering, label: str, unknown: list[str]
) -> Iterator[tuple[dict[str, str], str]]:
    """Yield a table's rows with the ids of their targets; tell ``unknown`` those without.

    ``label`` is the column that names a row where it is told.
    """
    for row in read_rows(path):
        place_id = gathering.resolve(row["target"])
        if place_id is None:
            named = f"{row[label]}: " if label else ""
            unknown.append(f"{path.name}: {named}no place {row['target']}")
        else:
            yield row, place_id


def add_abbreviations(path: Path, gathering: Gathering) -> list[str]:
    """Add the abbreviations; return the targets that no place has."""
    unknown: list[str] = []
    for row, place_id in _targeted(path, gathering, "abbreviation", unknown):
        weight = 1.0 if row["context"] == "always" else WEAK
        gathering.name(row["abbreviation"], place_id, "abbreviation", weight)
    return unknown


def add_names(path: Path, gathering: Gathering) -> list[str]:
    """Add further names of places; return the targets that no place has."""
    unknown: list[str] = []
    for row, place_id in _targeted(path, gathering, "name", unknown):
        gathering.name(row["name"], place_id, "alternate")
    return unknown


def drop_names(path: Path, gathering: Gathering) -> list[str]:
    """Take names from places that newspapers never call so; return the targets not found."""
    unknown: list[str] = []
    rows = _targeted(path, gathering, "name", unknown)
    dropped = {(fold(row["name"]), place_id) for row, place_id in rows}
    kept = [name for name in gathering.namings if (name.key, name.place_id) not in dropped]
    gathering.namings[:] = kept
    return unknown


def add_demonyms(path: Path, gathering: Gathering) -> list[str]:
    """Add the demonyms and their plurals; return the targets that no place has."""
    unknown: list[str] = []
    for row, place_id in _targeted(path, gathering, "demonym", unknown):
        gathering.name(row["demonym"], place_id, "demonym")
        plural = row["demonym"] + "s" if row["plural"] == "s" else row["plural"]
        gathering.name(plural, place_id, "demonym")
    return unknown


def apply_overrides(path: Path, gathering: Gathering) -> list[str]:
    """Move places to the points of the table; return the targets that no place has."""
    unknown: list[str] = []
    for row, place_id in _targeted(path, gathering, "", unknown):
        entry = gathering.entries[place_id]
        place = replace(entry.place, lon=float(row["lon"]), lat=float(row["lat"]))
        gathering.entries[place_id] = entry._replace(place=place)
    return unknown
