"""The commands about places and gazetteers, and the options that choose them for the others."""

from __future__ import annotations

import argparse
import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.console import add_output, deliver, rendered
from geomap.errors import GeomapError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.console import Log
    from geomap.gazetteer import Gazetteer
    from geomap.geocoders import GeopyGeocoder
    from geomap.model import Candidate
    from geomap.pipeline import Pipeline

VARIABLE = "GEOMAP_GAZETTEER"
"""The environment variable that stands for ``--gazetteer``."""
PLACE_COLUMNS = (
    *("name", "kind", "country", "admin1", "lon", "lat", "population", "id", "source"),
)
GEOCODERS = ("nominatim", "photon")
"""Services that ask for nothing but a user agent."""
_SOURCES = {
    "geonames": "GeoNames",
    "adm1": "GeoNames",
    "adm2": "GeoNames",
    "zip": "GeoNames",
    "m49": "UN M49",
    "icao": "airportsdata",
    "geomap": "geomap",
    "osm": "OpenStreetMap",
}
"""Whose an id is, by what stands before its colon."""
_OWN = "own"
_INSTEAD = {
    "similar": "; these have a similar name",
    "part": "; these are named within it",
}
"""What is told where a name leads to places that are called otherwise."""
_TIMEOUT_S = 10


# --- options of other commands -----------------------------------------------------------------


def add_choice(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose a gazetteer."""
    parser.add_argument(
        "--gazetteer",
        metavar="PATH",
        help="a folder made by `geomap gazetteer build`, in place of the bundled one; several"
        f" are separated by {os.pathsep!r}, the first on top (default: ${VARIABLE})",
    )
    parser.add_argument(
        "--over", action="store_true", help="lay that gazetteer over the bundled one"
    )


def add_geocoder(parser: argparse.ArgumentParser) -> None:
    """Add the options that let a service be asked."""
    parser.add_argument(
        "--geocoder",
        choices=GEOCODERS,
        help="ask this service, over the network, for names that the gazetteer lacks",
    )
    parser.add_argument("--user-agent", metavar="TEXT", help="who asks, as the service demands")
    parser.add_argument("--geocoder-url", metavar="URL", help="the service's address, if your own")
    parser.add_argument(
        "--geocoder-cache", type=Path, metavar="FILE", help="where its answers are kept"
    )


def chosen(options: argparse.Namespace) -> Gazetteer:
    """Return the gazetteer that options and environment choose, the bundled one by default."""
    from geomap.layered import BUNDLED, open_gazetteer

    paths = _paths(options)
    if options.over and not paths:
        message = f"--over needs --gazetteer PATH or ${VARIABLE}"
        raise OptionError(message)
    for path in filter(None, paths.split(os.pathsep)):
        if path != BUNDLED and not Path(path).is_dir():
            message = f"there is no folder {path!r}; `geomap gazetteer build` makes gazetteers"
            raise OptionError(message)
    return open_gazetteer(f"{paths}{os.pathsep}{BUNDLED}" if options.over else paths or BUNDLED)


def _paths(options: argparse.Namespace) -> str:
    return options.gazetteer or os.environ.get(VARIABLE, "")


def pipeline(options: argparse.Namespace, log: Log) -> Pipeline:
    """Return the pipeline with the gazetteer and the service that the options choose."""
    from geomap.geocoders import FallbackGeocoder
    from geomap.pipeline import Pipeline
    from geomap.recognize import BundledRecognizer

    service = _service(options)
    if service is None and not _paths(options) and not options.over:
        return Pipeline()
    gazetteer = chosen(options)
    recognizer = BundledRecognizer(gazetteer)
    if service is None:
        return Pipeline(recognizer=recognizer, geocoder=gazetteer)
    geocoder = FallbackGeocoder(gazetteer, service, on_error=lambda error: log.fail(str(error)))
    return Pipeline(recognizer=recognizer, geocoder=geocoder)


def _service(options: argparse.Namespace) -> GeopyGeocoder | None:
    """Return the service to ask, or None; nothing is asked yet."""
    if not options.geocoder:
        return None
    if not (options.user_agent or "").strip():
        message = (
            f"--geocoder {options.geocoder} needs --user-agent TEXT: the service's terms of use"
            " ask who you are, such as 'my-newsroom (me@example.org)'"
        )
        raise OptionError(message)
    from geopy.exc import GeopyError
    from geopy.geocoders import get_geocoder_for_service

    from geomap.geocoders import GeopyGeocoder

    try:
        service = get_geocoder_for_service(options.geocoder)(
            user_agent=options.user_agent, timeout=_TIMEOUT_S, **_address(options.geocoder_url)
        )
    except GeopyError as error:
        message = f"--geocoder {options.geocoder}: {error}"
        raise OptionError(message) from error
    more = {
        "language": "en",
        **({"addressdetails": True} if options.geocoder == "nominatim" else {}),
    }
    return GeopyGeocoder(service, cache=options.geocoder_cache or _cache(), options=more)


def _address(url: str | None) -> dict[str, str]:
    """Return the parts of an address as geopy takes them."""
    if not url:
        return {}
    scheme, separator, domain = url.rstrip("/").partition("://")
    if scheme not in ("http", "https") or not separator or not domain:
        message = f"--geocoder-url {url!r} should begin with http:// or https://"
        raise OptionError(message)
    return {"scheme": scheme, "domain": domain}


def _cache() -> Path:
    """Return the file in the user's cache folder where answers are kept."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "geomap"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: no folder for the answers ({error}); choose --geocoder-cache FILE"
        raise GeomapError(message) from error
    return folder / "geocoder.sqlite"


# --- geomap place ------------------------------------------------------------------------------


def add_place(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``geomap place``."""
    parser.add_argument("name", metavar="NAME", help="a place name, or - for a name a line")
    parser.add_argument("--country", metavar="CC", type=_country, help="only places there (ISO)")
    parser.add_argument(
        "--near",
        metavar="LON,LAT",
        type=_point,
        help="the nearest first, with distances in km; write --near=-77.04,38.9 before a minus",
    )
    add_choice(parser)
    add_output(parser, ("table", "jsonl", "geojson"), "table")
    parser.set_defaults(command=_place)


def _country(text: str) -> str:
    if len(text) != 2 or not (text.isascii() and text.isalpha()):  # noqa: PLR2004 (ISO 3166-1)
        message = f"{text!r} is no ISO 3166-1 code of two letters"
        raise argparse.ArgumentTypeError(message)
    return text.upper()


def _point(text: str) -> tuple[float, float]:
    try:
        lon, lat = map(float, text.split(","))
    except ValueError:
        lon = lat = math.nan
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004
        message = f"{text!r} should be LON,LAT in degrees"
        raise argparse.ArgumentTypeError(message)
    return lon, lat


def _place(options: argparse.Namespace, log: Log) -> None:

    gazetteer = chosen(options)
    rows = (
        row for name in _names(options.name, log) for row in _rows(name, gazetteer, options, log)
    )
    columns = (*PLACE_COLUMNS, "distance_km") if options.near else PLACE_COLUMNS
    deliver(rendered(rows, options.format, columns), options.output, log)


def _rows(
    name: str, gazetteer: Gazetteer, options: argparse.Namespace, log: Log
) -> list[dict[str, Any]]:
    """Return what a name may mean, as far as the options ask for it."""
    found = [
        candidate
        for candidate in gazetteer.candidates(name)
        if options.country in (None, candidate.place.country)
    ]
    rows = [_row(name, candidate, options.near) for candidate in found]
    if not rows or found[0].name_kind in _INSTEAD:
        there = f" in {options.country}" if options.country else ""
        instead = _INSTEAD[found[0].name_kind] if found else ""
        log.say(f"no place{there} is called {name!r}{instead}")
    return sorted(rows, key=lambda row: row["distance_km"]) if options.near else rows


def _row(name: str, candidate: Candidate, near: tuple[float, float] | None) -> dict[str, Any]:
    from geomap.rows import candidate_row

    row = {**candidate_row(name, candidate), "source": source_of(candidate.place.id)}
    return row if near is None else {**row, "distance_km": _distance_km(near, row)}


def _distance_km(near: tuple[float, float], row: dict[str, Any]) -> float:
    """Return the distance on the ellipsoid, km."""
    from geopy.distance import geodesic

    lon, lat = near
    kilometers: float = geodesic((lat, lon), (row["lat"], row["lon"])).km
    return round(kilometers, 1)


def source_of(place_id: str) -> str:
    """Return whose a place's id is.

    >>> source_of("geonames:98182"), source_of("geomap:green-zone"), source_of("17")
    ('GeoNames', 'geomap', 'own')
    """
    return _SOURCES.get(place_id.partition(":")[0], _OWN)


def _names(name: str, log: Log) -> Iterator[str]:
    """Yield the name given, or those on standard input, one a line."""
    if name != "-":
        yield name.encode("utf-8", "replace").decode()
        return
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            text = line.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            log.fail(f"stdin:{number}: not UTF-8")
            continue
        if text:
            yield text


# --- geomap gazetteer --------------------------------------------------------------------------


def add_gazetteer(parser: argparse.ArgumentParser) -> None:
    """Add the commands of ``geomap gazetteer``."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    made, told = "make one from GeoNames' files or a table", "say what one holds, and from where"
    _add_build(commands.add_parser("build", help=made, description=made))
    info = commands.add_parser("info", help=told, description=told)
    add_choice(info)
    add_output(info, ("table", "jsonl"), "table")
    info.set_defaults(command=_info)


def _add_build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        nargs="+",
        type=Path,
        metavar="SOURCE",
        help="GeoNames' allCountries.txt or XX.txt, also as .zip, or a table of places:"
        " .csv .tsv .geojson .geojsonl .gpkg",
    )
    parser.add_argument(
        *("-o", "--output"), required=True, type=Path, metavar="FOLDER", help="the gazetteer"
    )
    parser.add_argument("--alternates", type=Path, metavar="FILE", help="alternateNamesV2.txt")
    parser.add_argument("--admin1", type=Path, metavar="FILE", help="admin1CodesASCII.txt")
    parser.add_argument(
        "--columns",
        metavar="FIELD=COLUMN,...",
        help="which column of a table is which: name lon lat id feature country admin1 population"
        " alternates radius_km prior",
    )
    parser.add_argument(
        *("--feature",), default="PPL", metavar="CODE", help="of places without (%(default)s)"
    )
    parser.add_argument("--layer", default="", metavar="NAME", help="the layer of a GeoPackage")
    parser.add_argument("--license", default="", metavar="TEXT", help="kept with the gazetteer")
    parser.set_defaults(command=_build)


def _build(options: argparse.Namespace, log: Log) -> None:
    from geomap.gazetteer_build import Sources, build
    from geomap.place_files import Table, parse_columns

    columns = parse_columns(options.columns) if options.columns else {}
    table = Table(columns, options.feature, options.layer)
    sources = Sources(options.source, table, options.alternates, options.admin1, options.license)
    totals = build(sources, options.output, tell=log.bar)
    log.say(f"{options.output}: {totals.places:,} places, {totals.names:,} names")


def _info(options: argparse.Namespace, log: Log) -> None:
    from geomap.gazetteer_info import describe
    from geomap.layered import LayeredGazetteer

    gazetteer = chosen(options)
    layers = gazetteer.layers if isinstance(gazetteer, LayeredGazetteer) else (gazetteer,)
    described = [describe(layer.tables) for layer in layers]
    if options.format == "jsonl":
        deliver(rendered(described, "jsonl", ()), options.output, log)
        return
    rows = (
        {"what": key, "value": value}
        for description in described
        for key, value in _flat(description)
    )
    deliver(rendered(rows, None, ("what", "value")), options.output, log)


def _flat(description: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a description; what is nested gets a line for each member."""
    for key, value in description.items():
        members = value.items() if isinstance(value, dict) else ((None, value),)
        for member, one in members:
            text = f"{one:,}" if isinstance(one, int) else str(one)
            yield (key, text) if member is None else (f"{key}: {member}", text)
