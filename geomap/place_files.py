"""Places from a user's own table: CSV, GeoJSON or GeoPackage, with a mapping of its columns."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geomap import geopackage
from geomap.errors import OptionError, SourceError
from geomap.feature_files import feature_lines, features
from geomap.folding import fold
from geomap.gazetteer_format import KINDS, Entry
from geomap.gazetteer_writer import Found, Name
from geomap.lines import fault, lines
from geomap.model import Place, stable_id
from geomap.priors import prior, radius_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from geomap.lines import Tell

    Values = Mapping[str, Any]
    Rows = Iterator[tuple[int, Values]]

FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "title", "label"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "lat": ("lat", "latitude", "y"),
    "id": ("id",),
    "feature": ("feature", "feature_code", "kind"),
    "country": ("country", "country_code", "iso2"),
    "admin1": ("admin1",),
    "population": ("population", "pop"),
    "alternates": ("alternates", "alternate_names", "aliases"),
    "radius_km": ("radius_km",),
    "prior": ("prior",),
}
"""What a place may have, and the names of columns that are taken for it where none is given."""

_KIND_FEATURES = {
    "site": "BLDG",
    "city": "PPL",
    "district": "PPLX",
    "admin2": "ADM2",
    "admin1": "ADM1",
    "region": "RGN",
    "country": "PCLI",
    "sea": "SEA",
}
"""Feature codes of the kinds of places that the program prints, which are allowed instead."""
_FEATURE = re.compile("[A-Z][A-Z0-9]{1,5}")
_COUNTRY = re.compile("[A-Z]{2}")
_SEPARATOR = re.compile("[;|]")
_SHORTEST, _LONGEST = 2, 60
_KM_PER_DEGREE = 111.2
_ALTERNATE = 0.875
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Table:
    """How to read a user's table.

    ``columns`` names the column of a field (:data:`FIELDS`) where it is not called so already,
    ``feature`` the GeoNames feature code of places that have none, ``layer`` the layer of a
    GeoPackage that has several.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    feature: str = "PPL"
    layer: str = ""


def parse_columns(text: str) -> dict[str, str]:
    """Return the mapping of ``field=COLUMN,...``; raise OptionError for what is no field.

    >>> parse_columns("name=NAME,lon=X,lat=Y")
    {'name': 'NAME', 'lon': 'X', 'lat': 'Y'}
    """
    found = {}
    for part in text.split(","):
        name, equals, column = part.partition("=")
        if name.strip() not in FIELDS or not equals or not column.strip():
            message = f"--columns {part!r} should be FIELD=COLUMN; fields: {', '.join(FIELDS)}"
            raise OptionError(message)
        found[name.strip()] = column.strip()
    return found


def places(path: Path, table: Table, tell: Tell) -> Iterator[Found]:
    """Yield the places of a table, by its suffix.

    Raises SourceError, with the number of the line or feature, for a row that is no place,
    OptionError for a suffix not in :data:`SUFFIXES`.
    """
    reader = SUFFIXES.get(path.suffix.lower())
    if reader is None:
        message = f"{path}: no table of places; allowed: {' '.join(SUFFIXES)}"
        raise OptionError(message)
    for number, values in reader(path, table, tell):
        try:
            yield _found(number, values, table)
        except ValueError as error:
            raise fault(path, number, str(error)) from error


# --- rows to places ----------------------------------------------------------------------------


def _found(number: int, values: Values, table: Table) -> Found:
    """Return the place of a row; raise ValueError where it cannot be one."""
    texts = {name: _text(values.get(name)) for name in FIELDS}
    name = texts["name"]
    if not name:
        message = "the place has no name"
        raise ValueError(message)
    feature = _feature(texts["feature"] or table.feature)
    people = round(_number(texts, "population", 0, 1e11))
    place = Place(
        id=texts["id"] or f"local:{stable_id(*texts.values(), values.get('reach_km'))}",
        name=name,
        lon=_number(texts, "lon", -180, 180),
        lat=_number(texts, "lat", -90, 90),
        feature=feature,
        country=_country(texts["country"]),
        admin1=texts["admin1"],
        population=people,
        radius_km=_radius_km(texts, values.get("reach_km"), feature, people),
    )
    likely = _number(texts, "prior", 0, 1) if texts["prior"] else prior(feature, people)
    return Found(number, Entry(place, likely), _names(name, texts["alternates"]))


def _text(value: object) -> str:
    """Return a cell as text on one line, without what only a terminal would obey."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(_text, value))
    printable = (char if char.isprintable() else " " for char in str(value))
    return " ".join("".join(printable).split())


def _number(texts: Mapping[str, str], name: str, low: float, high: float) -> float:
    text = texts[name]
    if not text and name in ("population", "radius_km"):
        return 0.0
    try:
        value = float(text)
    except ValueError as error:
        message = f"{name} {text!r} is no number"
        raise ValueError(message) from error
    if not low <= value <= high:
        message = f"{name} {text} is not in {low:,} to {high:,}"
        raise ValueError(message)
    return value


def _feature(text: str) -> str:
    feature = _KIND_FEATURES.get(text.lower(), text.upper())
    if not _FEATURE.fullmatch(feature):
        message = f"{text!r} is no GeoNames feature code, and none of {', '.join(_KIND_FEATURES)}"
        raise ValueError(message)
    return feature


def _country(text: str) -> str:
    if text and not _COUNTRY.fullmatch(text.upper()):
        message = f"country {text!r} is no ISO 3166-1 code of two letters"
        raise ValueError(message)
    return text.upper()


def _radius_km(texts: Mapping[str, str], reach: float | None, feature: str, people: int) -> float:
    """Return the radius given, that of the shape, or one that such places have, km."""
    given = _number(texts, "radius_km", 0, 20_000) or reach
    return given or radius_km(feature, people)


def _names(name: str, alternates: str) -> list[Name]:
    """Return the folded names, those that can stand in a text."""
    own = fold(name)
    others = dict.fromkeys(fold(part) for part in _SEPARATOR.split(alternates))
    others.pop(own, None)
    names = [Name(own), *(Name(key, KINDS[1], _ALTERNATE) for key in others)]
    return [name for name in names if _SHORTEST <= len(name.key) <= _LONGEST]


def _chosen(where: str, columns: list[str], table: Table, *, shaped: bool) -> dict[str, str]:
    """Return the column of each field; those not given are found by their usual names."""
    by_name = {column.strip().lower(): column for column in reversed(columns)}
    chosen = dict(table.columns)
    for column in chosen.values():
        if column not in columns:
            raise SourceError(where, f"there is no column {column!r}; {_listed(columns)}")
    for name, usual in FIELDS.items():
        known = [by_name[other] for other in usual if other in by_name]
        if name not in chosen and known and not (shaped and name in ("lon", "lat")):
            chosen[name] = known[0]
    needed = ("name",) if shaped else ("name", "lon", "lat")
    for name in needed:
        if name not in chosen:
            hint = f"say which with --columns {name}=COLUMN"
            raise SourceError(where, f"no column for {name!r}: {hint}; {_listed(columns)}")
    return chosen


def _listed(columns: list[str]) -> str:
    return f"there are {', '.join(map(repr, columns[:30])) or 'none'}"


# --- CSV ---------------------------------------------------------------------------------------


def _csv_rows(path: Path, table: Table, tell: Tell) -> Rows:
    """Yield the rows of a CSV file; comma, semicolon or tab, whichever its first line has most."""
    texts = (line + "\n" for _, line in lines(path, tell))
    head = next(texts, "")
    delimiter = max(_DELIMITERS, key=head.count)
    columns = next(csv.reader([head], delimiter=delimiter), [])
    chosen = _chosen(str(path), columns, table, shaped=False)
    at = {name: columns.index(column) for name, column in chosen.items()}
    reader = csv.reader(texts, delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if not cells:
                continue
            number = reader.line_num + 1
            if len(cells) != len(columns):
                reason = f"{len(cells)} cells, the first line has {len(columns)}"
                raise fault(path, number, reason)
            yield number, {name: cells[index] for name, index in at.items()}
    except csv.Error as error:
        raise fault(path, reader.line_num + 1, str(error)) from error


# --- shapes -----------------------------------------------------------------------------------


def _geojson_rows(path: Path, table: Table, tell: Tell) -> Rows:
    for number, feature in features(path, tell):
        yield number, _of_feature(path, number, feature, table)


def _geojson_lines(path: Path, table: Table, tell: Tell) -> Rows:
    for number, feature in feature_lines(path, tell):
        yield number, _of_feature(path, number, feature, table)


def _of_feature(path: Path, number: int, feature: dict[str, Any], table: Table) -> Values:
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    given = properties if feature.get("id") is None else {"id": feature["id"], **properties}
    known = [*given, *table.columns.values()]  # a feature may leave out what others have
    columns = _chosen(f"{path}:{number}", known, table, shaped=True)
    values = {name: given.get(column) for name, column in columns.items()}
    try:
        return {**_point_of(feature["geometry"]), **values}
    except Exception as error:  # shapely's errors and those of any value inside have no root
        raise fault(path, number, f"the geometry cannot be read ({error!r})") from error


def _point_of(geometry: dict[str, Any]) -> Values:
    """Return the point of a geometry, and how far it reaches from there, km."""
    if geometry["type"] == "Point":
        lon, lat, *_ = geometry["coordinates"]
        return {"lon": lon, "lat": lat}
    import shapely.geometry

    return _point_of_shape(shapely.geometry.shape(geometry))


def _point_of_shape(shape: Any) -> Values:  # noqa: ANN401 (shapely is untyped)
    if shape.is_empty:
        message = "it is empty"
        raise ValueError(message)
    point = shape.representative_point()
    west, south, east, north = shape.bounds
    across = (east - west) * math.cos(math.radians((south + north) / 2))
    reach = math.hypot(across, north - south) / 2 * _KM_PER_DEGREE
    return {"lon": point.x, "lat": point.y, "reach_km": round(reach, 1)}


def _geopackage_rows(path: Path, table: Table, tell: Tell) -> Rows:
    chosen: dict[str, str] = {}
    for number, row, shape in geopackage.rows(path, table.layer, tell):
        chosen = chosen or _chosen(str(path), list(row), table, shaped=True)
        try:
            point = _point_of_shape(shape)
        except ValueError as error:
            raise fault(path, number, f"the geometry cannot be read ({error})") from error
        yield number, {**point, **{name: row[column] for name, column in chosen.items()}}


SUFFIXES: dict[str, Callable[[Path, Table, Tell], Rows]] = {
    ".csv": _csv_rows,
    ".tsv": _csv_rows,
    ".geojson": _geojson_rows,
    ".json": _geojson_rows,
    ".geojsonl": _geojson_lines,
    ".ndjson": _geojson_lines,
    ".gpkg": _geopackage_rows,
}
"""What reads the tables of each suffix."""
