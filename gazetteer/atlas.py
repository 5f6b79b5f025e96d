"""The shapes of countries as arcs that neighbors share, from a TopoJSON.

Borders are Natural Earth's, which shows who controls an area, but for REASSIGNED, where they follow
the gazetteer, so that an event in a country is drawn in the land that its towns are listed under.
Neither takes a side; the lines listed in DISPUTED are marked, so that the map draws them as such.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from shapely import Polygon

MAX_LAT = 85.05112878
"""Where Web Mercator ends, degrees."""

DISPUTED: tuple[tuple[str, str, tuple[float, float, float, float] | None], ...] = (
    ("Cyprus", "N. Cyprus", None),
    ("Cyprus", "Cyprus U.N. Buffer Zone", None),
    ("Cyprus U.N. Buffer Zone", "N. Cyprus", None),
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


def read_atlas(folder: Path) -> Atlas:
    """Decode the countries at 1:10 million."""
    topology = json.loads((folder / "countries-10m.json").read_text(encoding="utf-8"))
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
    if land.buffer(0).is_empty:  # a reef that the source's grid has no room for
        return *atlas.degrees(ring(atlas, best[0])[0]), 0.0
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


def spread(atlas: Atlas, points: Arc) -> float:
    """Return the square degrees that a ring of points goes around, as on the ground.

    >>> spread(Atlas((1.0, 1.0), (0.0, 59.5), [], []), [(0, 0), (2, 0), (2, 1), (0, 1)])
    1.0
    """
    places = [atlas.degrees(point) for point in points]
    closed = pairwise([*places, places[0]])
    twice = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in closed)
    middle = sum(lat for _, lat in places) / len(places)
    return round(abs(twice) / 2 * math.cos(math.radians(middle)), 6)
