"""Rows and shapes of a GeoPackage, one at a time: it is an SQLite database.

The format: https://www.geopackage.org/spec/
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from geomap.errors import SourceError
from geomap.lines import fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geomap.lines import Tell

    Rows = Iterator[tuple[int, dict[str, Any], Any]]

_WGS84 = 4326
_ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of the envelope in a geometry, by its kind."""
_GEOMETRY_HEAD = 8
_TELL_EVERY = 1000


def rows(path: Path, layer: str, tell: Tell) -> Rows:
    """Yield the number, the cells and the shape, in degrees WGS84, of each row of a layer.

    An empty ``layer`` is the only one there is. Raises SourceError for what cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            yield from _layer_rows(path, database, layer, tell)
    except sqlite3.Error as error:
        raise SourceError(str(path), f"no GeoPackage that can be read ({error})") from error


def _layer_rows(path: Path, database: sqlite3.Connection, wanted: str, tell: Tell) -> Rows:
    layer, shape_column, system = _layer(path, database, wanted)
    project = _to_wgs84(path, database, system)
    total = database.execute(f"SELECT count(*) FROM {_quoted(layer)}").fetchone()[0]  # noqa: S608
    cursor = database.execute(f"SELECT * FROM {_quoted(layer)}")  # noqa: S608 (quoted)
    columns = [column[0] for column in cursor.description]
    for number, cells in enumerate(cursor, 1):
        if not number % _TELL_EVERY:
            tell(f"reading {path.name}", number / total)
        row = dict(zip(columns, cells, strict=True))
        try:
            shape = project(_shape(row.pop(shape_column)))
        except Exception as error:  # shapely's and pyproj's errors have no common root
            raise fault(path, number, f"the geometry cannot be read ({error})") from error
        yield number, row, shape


def _layer(path: Path, database: sqlite3.Connection, wanted: str) -> tuple[str, str, int]:
    """Return the layer to read, its column of geometries and the number of its system."""
    found = database.execute(
        "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns ORDER BY table_name"
    ).fetchall()
    chosen = [row for row in found if wanted in ("", row[0])]
    if len(chosen) != 1:
        names = ", ".join(repr(row[0]) for row in found) or "none"
        raise SourceError(str(path), f"choose a layer with --layer; there are {names}")
    layer, column, system = chosen[0]
    return layer, column, system


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _shape(blob: bytes | None) -> Any:  # noqa: ANN401 (shapely is untyped)
    """Return the shape in a cell: https://www.geopackage.org/spec/#gpb_format."""
    import shapely

    if not blob or blob[:2] != b"GP":
        message = "not a GeoPackage geometry"
        raise ValueError(message)
    return shapely.from_wkb(blob[_GEOMETRY_HEAD + _ENVELOPES[blob[3] >> 1 & 7] :])


def _to_wgs84(path: Path, database: sqlite3.Connection, system: int) -> Callable[[Any], Any]:
    """Return what turns a shape of a coordinate system into degrees WGS84."""
    if system == _WGS84:
        return lambda shape: shape
    import pyproj
    import shapely
    from numpy import column_stack

    query = "SELECT definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
    row = database.execute(query, (system,)).fetchone()
    try:
        known = pyproj.CRS.from_user_input(row[0] if row else system)
    except pyproj.exceptions.CRSError as error:
        raise SourceError(str(path), f"unknown coordinate system {system}") from error
    turn = pyproj.Transformer.from_crs(known, _WGS84, always_xy=True).transform
    return lambda shape: shapely.transform(shape, lambda xy: column_stack(turn(*xy.T)))
