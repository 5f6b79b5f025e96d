"""The tables written by hand: places, abbreviations and demonyms."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.gathering import ALTERNATE, WEAK, Gathering
from gazetteer.priors import prior
from geomap.gazetteer_format import Entry
from geomap.model import Place

if TYPE_CHECKING:
    from pathlib import Path

PLACE_TABLES = ("regions", "water", "relief", "sites", "landmarks")
_COLUMNS = (
    "id", "name", "alternates", "feature", "lon", "lat", "radius_km", "country", "admin1", "source",
)
_FEATURES = frozenset(
    "ADM1H ADM2 AIRB AIRP AREA ARCH BAY BCH BDG BNK BRDG BSTN CAPE CAVE CH CHN CMPL CMPRF CNL CONT CST CTRB"
    " DAM DIP DLTA DSRT ESTR EST FCL FJD FLLS FRST FT FY GATE GLCR GOVL GULF HBR HLL HLLS HSP INDS INLT"
    " INSM ISL ISLS ISTH LCTY LGN LK LKN LKS LNDF MALL MILB MINE MKT MNMT MSQE MT MTS MUS NUC NVB OAS OCN"
    " OILF OILR PAL PASS PCLD PCLH PCLI PEN PK PLAT PLN PLTX PPL PPLA PPLC PPLH PPLQ PPLR PPLX PRK PRN PRT PS PSTB"
    " RD RESF RESN RESV RF RFN RFU RGN RGNE RGNH RGNL RSTN RSV RUIN RVN SD SEA SHOL SHRN SHSE SPNT SQR STDM STLMT STM STMM STRT"
    " SWMP TERR THTR TMPL TNL TOWR TRGD TUND TWR UNIV UPLD VAL VLC VLY WALL WAD WLL WTLD ZN ZNB ZOO"
    " ARCHV ASTR BLDG CSTL CSNO CMTY CTRR DCK DIKE GHAT GRGE HSTS HTL ITTR LTHSE MFG MNQ MSTY MTRO NSY OBPT OBS PIER PLAT PYR RNGA SCH SCRB SPA SYN TRANT VETF WRCK PKS MNQR TRB BUTE PT SALT DPR FLD GRSLD MESA SPUR".split()
)
_MOST_RADIUS_KM = 6500.0


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
    if row["feature"] not in _FEATURES:
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
        radius_km=_number(row, "radius_km", 0.05, _MOST_RADIUS_KM),
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


def add_places(places: list[CuratedPlace], gathering: Gathering) -> None:
    """Add the curated places; they outrank towns of the same name by their kind."""
    division = {
        (entry.place.country, entry.place.name): place_id
        for place_id, entry in gathering.entries.items()
        if entry.place.feature == "ADM1"
    }
    for found in places:
        place = found.place
        several = found.countries if len(found.countries) > 1 else ()
        first = division.get((place.country, place.admin1), "")
        gathering.add(Entry(place, prior(place.feature, 0), several, first))
        for name in found.alternates:
            gathering.name(name, place.id, "alternate", ALTERNATE)


def add_abbreviations(path: Path, gathering: Gathering) -> list[str]:
    """Add the abbreviations; return the targets that no place has."""
    unknown = []
    for row in read_rows(path):
        place_id = gathering.resolve(row["target"])
        if place_id is None:
            unknown.append(f"{path.name}: {row['abbreviation']}: no place {row['target']}")
            continue
        weight = 1.0 if row["context"] == "always" else WEAK
        gathering.name(row["abbreviation"], place_id, "abbreviation", weight)
    return unknown


def add_demonyms(path: Path, gathering: Gathering) -> list[str]:
    """Add the demonyms and their plurals; return the targets that no place has."""
    unknown = []
    for row in read_rows(path):
        place_id = gathering.resolve(row["target"])
        if place_id is None:
            unknown.append(f"{path.name}: {row['demonym']}: no place {row['target']}")
            continue
        gathering.name(row["demonym"], place_id, "demonym")
        plural = row["demonym"] + "s" if row["plural"] == "s" else row["plural"]
        gathering.name(plural, place_id, "demonym")
    return unknown
