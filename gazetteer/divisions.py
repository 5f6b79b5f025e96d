"""First- and second-level divisions: GeoNames' names, Natural Earth's shapes.

GeoNames' tables of divisions have no coordinates. A first-level division takes the middle of the
Natural Earth polygons in which most GeoNames cities are its own; where it has no polygon, and for
second-level divisions, the mean of its cities serves.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from gazetteer.gathering import (
    ALTERNATE,
    WEAK,
    Gathering,
    as_news_writes,
    middle,
)
from geomap.folding import fold
from geomap.gazetteer_format import Entry
from geomap.model import Place
from geomap.priors import prior
from geomap.space import Spot, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazetteer.cities import City
    from gazetteer.shapes import Area

_MOST_RADIUS_KM = 2000.0
_SEATS = ("PPLA", "PPLC")
_STEP = 0.01
_LONE_RADIUS_KM = 20.0
_REACH = 1.5
"""A division reaches beyond its outermost cities, by about half."""

_GENERIC = re.compile(
    r"^(?:(?:Autonomous |Federal )?(?:Province|Region|State|Governorate|Department|District|"
    r"Municipality|County|Canton|Republic|Community|City|Prefecture|Krai|Oblast|Muhafazat|"
    r"Gouvernorat|Provincia|Departamento|Wilaya|Wilayat|Region Metropolitana)s? (?:of |de |del |d')"
    r"(?:the )?)|"
    r"(?: (?:Autonomous|Special|Metropolitan|Capital|National|Federal|Administrative|Urban|Rural))*"
    r" (?:Province|Region|State|Governorate|Department|District|Municipality|County|Canton|Krai|"
    r"Oblast|Okrug|Prefecture|Republic|Territory|Voivodeship|Parish|Division|Raion|Regency|"
    r"Commune|Borough|Census Area|Shi|Sheng|City|Community)$",
    re.IGNORECASE,
)


def bare(name: str) -> str:
    """Return a division's name without the word for its kind.

    >>> bare("Anbar Governorate"), bare("Xinjiang Uygur Autonomous Region"), bare("Province of X")
    ('Anbar', 'Xinjiang Uygur', 'X')
    """
    return _GENERIC.sub("", name) or name


def _point(cities: list[City]) -> tuple[float, float, float]:
    """Return the mean of cities and how far they reach from it, km."""
    lon, lat = middle([(city.lon, city.lat) for city in cities])
    reach = max(distance_km(Spot(lon, lat), city) for city in cities) * _REACH
    return lon, lat, round(max(_LONE_RADIUS_KM, min(_MOST_RADIUS_KM, reach)), 1)


def _by_code(cities: Iterable[City], *, second: bool) -> dict[str, list[City]]:
    groups: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        if city.admin1 and (city.admin2 or not second):
            code = f"{city.country}.{city.admin1}"
            groups[f"{code}.{city.admin2}" if second else code].append(city)
    return groups


def _population_scale(cities: Iterable[City], gathering: Gathering) -> dict[str, float]:
    """Return by country what the sum of its cities must be multiplied with.

    GeoNames counts quarters beside their cities, so the sum may exceed the country's people.
    """
    sums: Counter[str] = Counter()
    for city in cities:
        sums[city.country] += city.population
    return {
        code: min(1.0, gathering.entries[place_id].place.population / max(1, sums[code]))
        for code, place_id in gathering.tables["countries"].items()
    }


def _add_names(names: Iterable[str], place_id: str, gathering: Gathering, weight: float) -> None:
    for name in names:
        for spelling in sorted({name, bare(name)}):
            gathering.name(spelling, place_id, "alternate", weight)


def add_first(
    names: Path, states: Path, cities: list[City], areas: dict[str, Area], gathering: Gathering
) -> None:
    """Add the first-level divisions."""
    ids = {
        f"US.{code}": f"geonames:{row['geonameid']}"
        for code, row in json.loads(states.read_text(encoding="utf-8")).items()
    }
    groups = _by_code(cities, second=False)
    scale = _population_scale(cities, gathering)
    for row in json.loads(names.read_text(encoding="utf-8")):
        code = row["code"]
        if code not in groups:
            continue
        area = areas.get(code)
        lon, lat, radius = (area.lon, area.lat, area.radius_km) if area else _point(groups[code])
        people = round(scale[code[:2]] * sum(city.population for city in groups[code]))
        place_id = ids.get(code, f"adm1:{code}")
        place = Place(
            id=place_id,
            name=as_news_writes(row["name"], code[:2]),
            lon=lon,
            lat=lat,
            feature="ADM1",
            country=code[:2],
            admin1=as_news_writes(row["name"], code[:2]),
            population=people,
            radius_km=radius,
        )
        gathering.add(Entry(place, prior("ADM1", people), (), place_id))
        gathering.aliases[f"adm1:{code}"] = place_id
        if not code.startswith("US."):
            _add_names([row["name"]], place_id, gathering, 1.0)
        _add_names(area.names if area else (), place_id, gathering, ALTERNATE)


def add_second(names: Path, cities: list[City], gathering: Gathering) -> None:
    """Add the second-level divisions in which a city lies."""
    groups = _by_code(cities, second=True)
    scale = _population_scale(cities, gathering)
    for row in json.loads(names.read_text(encoding="utf-8")):
        code = row["code"]
        if code not in groups:
            continue
        first = gathering.resolve("adm1:" + code.rpartition(".")[0])
        lon, lat, radius = _point(groups[code])
        people = round(scale[code[:2]] * sum(city.population for city in groups[code]))
        place = Place(
            id=f"adm2:{code}",
            name=as_news_writes(row["name"], code[:2]),
            lon=lon,
            lat=lat,
            feature="ADM2",
            country=code[:2],
            admin1=gathering.entries[first].place.name if first else "",
            population=people,
            radius_km=radius,
        )
        gathering.add(Entry(place, prior("ADM2", people), (), first or ""))
        _add_names([row["name"]], place.id, gathering, WEAK)


def rank_below_seats(gathering: Gathering) -> None:
    """Rank a division below the seat in it that has its name: "Donetsk" alone is the city."""
    seats: dict[tuple[str, str], float] = {}
    for naming in gathering.namings:
        entry = gathering.entries[naming.place_id]
        if entry.division and entry.place.feature.startswith(_SEATS):
            at = naming.key, entry.division
            seats[at] = max(seats.get(at, 0.0), entry.prior * naming.weight)
    for place_id, entry in gathering.entries.items():
        if entry.place.feature in ("ADM1", "ADM2") and entry.place.country != "US":
            keys = {fold(entry.place.name), fold(bare(entry.place.name))}
            best = min(seats.get((key, entry.division), math.inf) for key in keys)
            lowered = max(0.0, min(entry.prior, best - _STEP))
            gathering.entries[place_id] = entry._replace(prior=lowered)
