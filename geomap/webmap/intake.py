"""Takes events made elsewhere: a GeoDataFrame or a GeoJSON FeatureCollection.

The columns are those of README.md's table. ``id`` and ``type`` are needed, all others may be
missing; what a table cannot hold in a cell (lists, counts, reports) may be JSON text, as the
exported formats have it.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from geomap.errors import OptionError
from geomap.features import precision
from geomap.ontology import event_types
from geomap.records import feature
from geomap.rows import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NEEDED = ("id", "type")
"""Columns that an event cannot do without."""

EMPTY: dict[str, Any] = {
    "actors": [],
    "targets": [],
    "counts": {},
    "approximate": [],
    "reports": [],
}
"""What a missing list is."""

DEFAULTS = {"status": "happened", "date_precision": "day", "confidence": 1.0}

OTHER_GROUP = "other"

Feature = dict[str, Any]


def features_of(events: Any) -> list[Feature]:  # noqa: ANN401 - whatever has GeoJSON in it
    """Return the Features of incidents, or of a GeoDataFrame or FeatureCollection made whole.

    Raises OptionError where a table is none, lacks a needed column, or has a place off the globe.

    >>> point = {"type": "Point", "coordinates": [44.4, 33.3]}
    >>> one = {"geometry": point, "properties": {"id": "1", "type": "riot"}}
    >>> made = features_of({"type": "FeatureCollection", "features": [one]})
    >>> made[0]["properties"]["group"], made[0]["properties"]["status"]
    ('unrest', 'happened')
    """
    if hasattr(events, "__geo_interface__"):
        events = interface(events)
    if not isinstance(events, dict):
        return [feature(incident) for incident in events]
    if events.get("type") != "FeatureCollection":
        message = f"no FeatureCollection but {events.get('type')!r}"
        raise OptionError(message)
    return [whole(number, one) for number, one in enumerate(events.get("features") or [])]


def interface(table: Any) -> Mapping[str, Any]:  # noqa: ANN401 - see features_of
    """Return the GeoJSON of a frame, in degrees; it must have rows or the needed columns."""
    missing = [name for name in NEEDED if name not in getattr(table, "columns", NEEDED)]
    if missing:
        raise missing_column(missing[0])
    if getattr(table, "crs", None) is not None:
        table = table.to_crs(4326)
    found: Mapping[str, Any] = table.__geo_interface__
    return found


def missing_column(name: str) -> OptionError:
    """Return the error for a needed column that is not there."""
    return OptionError(f"no column {name!r}; {' and '.join(NEEDED)} are needed, others may lack")


def whole(number: int, raw: Mapping[str, Any]) -> Feature:
    """Return a Feature with all known properties; others are kept."""
    given = {str(key): plain(value) for key, value in (raw.get("properties") or {}).items()}
    given.setdefault("id", plain(raw.get("id")))
    for name in NEEDED:
        if given.get(name) in (None, ""):
            raise missing_column(name)
    known: dict[str, Any] = dict.fromkeys(COLUMNS) | EMPTY | DEFAULTS
    properties = known | {key: value for key, value in given.items() if value is not None}
    for name, empty in EMPTY.items():
        properties[name] = unpacked(properties[name], type(empty))
    reports = [one for one in properties["reports"] if isinstance(one, dict)]
    properties = typed(properties | {"reports": reports})
    point = point_of(number, raw.get("geometry"))
    properties |= {"lon": point and point[0], "lat": point and point[1]}
    add_group(properties)
    add_level(properties, placed=point is not None)
    geometry = {"type": "Point", "coordinates": point} if point else None
    return {
        "type": "Feature",
        "id": properties["id"],
        "geometry": geometry,
        "properties": properties,
    }


def add_group(properties: dict[str, Any]) -> None:
    """Add the group of the type, where the table has none."""
    kind = event_types().get(properties["type"])
    properties["group"] = properties["group"] or (kind.group if kind else OTHER_GROUP)


def add_level(properties: dict[str, Any], *, placed: bool) -> None:
    """Add how exactly a place is known, from its feature code, where the table does not say."""
    if placed and properties["level"] is None:
        exact = precision(properties["feature"] or "")
        properties["level"] = exact.level
        properties["radius_km"] = properties["radius_km"] or exact.radius_km


def plain(value: Any) -> Any:  # noqa: ANN401 - any cell
    """Return a cell as JSON has it: no numpy, no NaN, no dates.

    >>> plain(float("nan")), plain((1, 2)), plain({"a": math.inf})
    (None, [1, 2], {'a': None})
    """
    if hasattr(value, "tolist"):  # numpy's scalars and arrays
        value = value.tolist()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if hasattr(value, "isoformat"):
        text: str = value.isoformat()
        return None if text == "NaT" else text[:10]
    return None if str(value) in {"<NA>", "NaT"} else str(value)


def unpacked(value: Any, kind: type) -> Any:  # noqa: ANN401 - any cell
    """Return a list or dict that may come as JSON text, or as a single word.

    >>> unpacked('["police"]', list), unpacked("police", list), unpacked("police", dict)
    (['police'], ['police'], {})
    """
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = [value] if value else []
    if isinstance(value, dict) and kind is dict:
        pairs = {key: ends for key, ends in value.items() if isinstance(ends, list)}
        return {key: [*map(numeric, ends[:2]), None, None][:2] for key, ends in pairs.items()}
    if isinstance(value, list) and kind is list:
        return [typed(item) if isinstance(item, dict) else str(item) for item in value]
    return kind()


def typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row whose known columns hold what they should; what cannot be read is None.

    >>> typed({"place": 5, "quote_start": 3.0, "radius_km": "far"})
    {'place': '5', 'quote_start': 3, 'radius_km': None}
    """
    readers: dict[str, Callable[[Any], Any]] = {"text": str, "whole": numeric, "number": numeric}
    return {
        key: value if value is None else readers.get(COLUMNS.get(key, ""), same)(value)
        for key, value in row.items()
    }


def same(value: Any) -> Any:  # noqa: ANN401 - any cell
    """Return a value as it is."""
    return value


def numeric(value: Any) -> float | int | None:  # noqa: ANN401 - any cell
    """Return a number, whole where it is, None where it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def point_of(number: int, geometry: Mapping[str, Any] | None) -> list[float] | None:
    """Return longitude and latitude of a geometry, of a shape a point inside it."""
    if geometry is None or not (geometry.get("coordinates") or geometry.get("geometries")):
        return None
    if geometry.get("type") == "Point":
        lon, lat = geometry["coordinates"][:2]
    else:
        import shapely.geometry

        inside = shapely.geometry.shape(geometry).representative_point()
        lon, lat = inside.x, inside.y
    lon, lat = float(lon), float(lat)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - degrees
        message = f"feature {number}: {lon}, {lat} are no longitude and latitude"
        raise OptionError(message)
    return [lon, lat]
