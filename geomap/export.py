"""Incidents as GeoJSON, JSON Lines, CSV and the formats of geographic information systems.

Every format has one row an incident and the same names of properties, those of
:func:`geomap.records.record`; where a format's cells hold no lists, they are written as JSON. The
same incidents give the same bytes. A file is written beside its final name and moved there when
it is whole, so that no failure leaves half of one or loses the one before.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from geomap.errors import ExportError, OptionError
from geomap.records import feature_collection
from geomap.rows import COLUMNS, incident_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import geopandas

    from geomap.model import Incident

_LAYER = "incidents"
"""The layer's name in formats whose files hold several; by default it would be the file's."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes spreadsheets run a cell: https://owasp.org/www-community/attacks/CSV_Injection"""

_DTYPES = {"text": "str", "whole": "Int64", "number": "float64", "list": "object"}
"""Columns keep their type in a frame when they are empty; Int64 admits missing numbers."""

_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What JSON may hold raw, but terminals obey, JavaScript once broke at, or UTF-8 cannot encode."""


def to_geojson(incidents: Iterable[Incident]) -> str:
    """Return the incidents as a GeoJSON FeatureCollection (RFC 7946), a feature a line.

    >>> print(to_geojson([]))
    {"type": "FeatureCollection", "features": [
    ]}
    <BLANKLINE>
    """
    return geojson(feature_collection(incidents))


def geojson(collection: dict[str, Any]) -> str:
    """Return a FeatureCollection as text, a feature a line, so that versions can be compared."""
    lines = ",\n".join(map(dumps, collection["features"])) + "\n"
    head = {name: value for name, value in collection.items() if name != "features"}
    opening = dumps(head).removesuffix("}") + (", " if head else "")
    return f'{opening}"features": [\n{lines.lstrip()}]}}\n'


def to_jsonl(incidents: Iterable[Incident]) -> str:
    """Return the incidents as JSON Lines, one flat object each."""
    return "".join(f"{dumps(incident_row(incident))}\n" for incident in incidents)


def to_csv(incidents: Iterable[Incident]) -> str:
    """Return the incidents as CSV with a header line; lists are written as JSON.

    A text that begins like a formula (with = + - @, a tab or a line's end) gets an apostrophe
    in front, so that no spreadsheet runs what came from an article. Numbers stay as they are.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for incident in incidents:
        writer.writerow(_cell(value) for value in incident_row(incident).values())
    return out.getvalue()


def to_geodataframe(incidents: Iterable[Incident]) -> geopandas.GeoDataFrame:
    """Return the incidents as a GeoDataFrame in EPSG:4326, one row each, in their order.

    The geometry is the place's point, or None where the place is unknown. Days are ISO 8601
    strings, which sort as days do; lists and counts are Python objects.
    """
    import geopandas
    import pandas as pd
    import shapely

    rows = [incident_row(incident) for incident in incidents]
    points = [None if row["lon"] is None else shapely.Point(row["lon"], row["lat"]) for row in rows]
    columns = {
        name: pd.Series([_encodable(row[name]) for row in rows], dtype=_DTYPES[kind])
        for name, kind in COLUMNS.items()
    }
    return geopandas.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")


def write(incidents: Iterable[Incident], path: str | Path, *, suffix: str | None = None) -> None:
    """Write the incidents in the format that the path's suffix, or ``suffix``, names.

    Raises OptionError for a suffix not in :data:`SUFFIXES`, ExportError if the file cannot be
    written.
    """
    target = Path(path)
    writer = _WRITERS[known_suffix(suffix or target.suffix)]
    with replacing(target) as draft:
        writer(list(incidents), draft)


def known_suffix(suffix: str) -> str:
    """Return a suffix in lower case; raise OptionError if none of ours.

    >>> known_suffix(".GeoJSON")
    '.geojson'
    """
    if suffix.lower() not in _WRITERS:
        message = f"no format has the suffix {suffix!r}; one of {', '.join(SUFFIXES)} is expected"
        raise OptionError(message)
    return suffix.lower()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a path to write to, and move what was written to ``path`` if all went well.

    What is no regular file (a pipe, a device) is written to directly. Raises ExportError for
    every OSError.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            yield path
            return
        target = Path(os.path.realpath(path))
        with TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            draft = Path(folder, target.name)
            yield draft
            draft.replace(target)
    except OSError as error:
        message = f"{path}: {(error.strerror or str(error)).lower()}"
        raise ExportError(message) from error


def write_chunks(chunks: Iterable[str], path: Path) -> None:
    """Write pieces of text one after the other, in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(chunks)


def dumps(value: object) -> str:
    r"""Return a value as JSON on one line that is safe to print.

    >>> print(dumps({"name": "Kōbe\x9b"}))
    {"name": "Kōbe\u009b"}
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _cell(value: object) -> object:
    """Return a value as a cell of a CSV file."""
    if isinstance(value, (list, dict)):
        return dumps(value)
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{_encodable(value)}"
    return _encodable(value)


def _encodable(value: object) -> object:
    """Return a text with half surrogate pairs, which no file can hold, replaced."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _write_text(
    render: Callable[[Iterable[Incident]], str],
) -> Callable[[list[Incident], Path], None]:
    def writer(incidents: list[Incident], path: Path) -> None:
        write_chunks([render(incidents)], path)

    return writer


def _flat(incidents: list[Incident]) -> geopandas.GeoDataFrame:
    """Return a GeoDataFrame whose cells are numbers and texts alone."""
    import pandas as pd

    frame = to_geodataframe(incidents)
    for name in (name for name, kind in COLUMNS.items() if kind == "list"):
        frame[name] = pd.Series([dumps(value) for value in frame[name]], dtype=_DTYPES["text"])
    return frame


def _write_layer(driver: str, **options: str) -> Callable[[list[Incident], Path], None]:
    def writer(incidents: list[Incident], path: Path) -> None:
        import pyogrio

        # GeoPackage notes when it was written, the one thing that would differ between runs.
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1970-01-01T00:00:00.000Z"})
        try:
            frame = _flat(incidents)
            pyogrio.write_dataframe(
                frame, path, layer=_LAYER, driver=driver, geometry_type="Point", **options
            )
        except pyogrio.errors.DataSourceError as error:
            raise ExportError(str(error)) from error
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})

    return writer


def _write_parquet(incidents: list[Incident], path: Path) -> None:
    if find_spec("pyarrow") is None:
        message = "GeoParquet needs the package pyarrow, which is not installed"
        raise OptionError(message)
    _flat(incidents).to_parquet(path, index=False)


_WRITERS: dict[str, Callable[[list[Incident], Path], None]] = {
    ".geojson": _write_text(to_geojson),
    ".json": _write_text(to_geojson),
    ".jsonl": _write_text(to_jsonl),
    ".csv": _write_text(to_csv),
    ".gpkg": _write_layer("GPKG"),
    ".fgb": _write_layer("FlatGeobuf", SPATIAL_INDEX="NO"),  # an index admits no empty geometry
    ".parquet": _write_parquet,
}

SUFFIXES = tuple(_WRITERS)
"""The formats that :func:`write` knows."""
