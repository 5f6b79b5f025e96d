"""Outlines of countries and first-level divisions, read when asked for.

One file, beside the gazetteer's: ``boundaries.bin``, little-endian

    magic  version  header length  header (JSON: where each outline lies)  outlines

An outline is a sequence of unsigned integers in groups of seven bits, the lowest first (varints):
the number of polygons, for each the number of rings, for each the number of points, and for each
point the steps from the last point in x and in y, zigzag-coded. The first ring of a polygon is
its outside, the others are holes; a ring's last point is its first. Polygons of Natural Earth
(public domain), given to who GeoNames says the towns in them belong to.
"""

from __future__ import annotations

import hashlib
import json
import struct
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import GazetteerError
from geomap.gazetteer import bundled_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FILE = "boundaries.bin"
MAGIC = b"GEOMAPBD"
VERSION = 1

STEPS_PER_DEGREE = 1000
"""Outlines are drawn to about 100 m."""

_HEAD = struct.Struct("<8sII")
_PARALLELS_KEPT = 64
"""Parallels along which a grid of points is being compared with an outline."""
_KEPT = 64
"""Outlines kept decoded."""

Ring = list[tuple[float, float]]
Outline = list[list[Ring]]
"""The coordinates of a GeoJSON MultiPolygon: polygons of rings of longitude and latitude."""


# --- writing -----------------------------------------------------------------------------------


def _varints(numbers: Iterable[int]) -> bytes:
    out = bytearray()
    for number in numbers:
        while number > 0x7F:  # noqa: PLR2004, seven bits a byte
            out.append(number & 0x7F | 0x80)
            number >>= 7  # noqa: PLW2901
        out.append(number)
    return bytes(out)


def _zigzag(number: int) -> int:
    return number * 2 if number >= 0 else -number * 2 - 1


def _ring_steps(ring: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Return a ring's points on the grid, without those that fall on the point before."""
    points = [(round(lon * STEPS_PER_DEGREE), round(lat * STEPS_PER_DEGREE)) for lon, lat in ring]
    return [points[0], *(b for a, b in pairwise(points) if a != b)]


def encode(outline: Sequence[Sequence[Sequence[tuple[float, float]]]]) -> bytes:
    """Return the bytes of an outline, rounded to the grid.

    >>> decode(encode([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.5), (0.0, 0.0)]]]))
    [[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.5), (0.0, 0.0)]]]
    """
    numbers = [len(outline)]
    x = y = 0
    for polygon in outline:
        numbers.append(len(polygon))
        for ring in polygon:
            points = _ring_steps(ring)
            numbers.append(len(points))
            for to_x, to_y in points:
                numbers += (_zigzag(to_x - x), _zigzag(to_y - y))
                x, y = to_x, to_y
    return _varints(numbers)


def write(
    folder: Path, outlines: Mapping[str, Outline], codes: Mapping[str, str], *, source: str
) -> None:
    """Write the outlines by place id, and the ids of countries by their codes."""
    index = {}
    pieces = []
    offset = 0
    for place_id in sorted(outlines):
        data = encode(outlines[place_id])
        index[place_id] = (offset, len(data))
        pieces.append(data)
        offset += len(data)
    body = b"".join(pieces)
    header = {
        "outlines": index,
        "codes": dict(codes),
        "source": source,
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    temporary = folder / (FILE + ".new")
    temporary.write_bytes(_HEAD.pack(MAGIC, VERSION, len(text)) + text + body)
    temporary.replace(folder / FILE)


# --- reading -----------------------------------------------------------------------------------


def _numbers(data: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
        else:
            yield value
            value = shift = 0


def _steps(number: int) -> int:
    return number >> 1 if number & 1 == 0 else -(number + 1 >> 1)


def decode(data: bytes) -> Outline:
    """Return the outline of these bytes."""
    numbers = _numbers(data)
    x = y = 0
    outline: Outline = []
    for _ in range(next(numbers)):
        polygon: list[Ring] = []
        for _ in range(next(numbers)):
            ring: Ring = []
            for _ in range(next(numbers)):
                x += _steps(next(numbers))
                y += _steps(next(numbers))
                ring.append((x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE))
            polygon.append(ring)
        outline.append(polygon)
    return outline


class _File:
    """The opened file: its header, and the outlines' bytes."""

    def __init__(self, path: Path) -> None:
        try:
            data = path.read_bytes()
        except OSError as error:
            message = f"{path}: the outlines cannot be read ({error.strerror})"
            raise GazetteerError(message) from error
        self.header, start = _read_header(path, data)
        self.body = data[start:]
        if len(self.body) != self.header["size"]:
            message = f"{path}: the file is cut short or damaged"
            raise GazetteerError(message)
        self.outline = lru_cache(_KEPT)(self._outline)

    def _outline(self, place_id: str) -> Outline | None:
        found = self.header["outlines"].get(place_id)
        if found is None:
            return None
        offset, size = found
        return decode(self.body[offset : offset + size])


def _read_header(path: Path, data: bytes) -> tuple[dict[str, Any], int]:
    """Return the header and where the outlines start."""
    try:
        magic, version, length = _HEAD.unpack_from(data)
        if (magic, version) == (MAGIC, VERSION):
            end = _HEAD.size + length
            return json.loads(data[_HEAD.size : end]), end
    except (struct.error, ValueError) as error:
        message = f"{path}: the file is damaged ({error})"
        raise GazetteerError(message) from error
    message = f"{path}: no outlines in the format {VERSION} of geomap"
    raise GazetteerError(message)


@cache
def _opened(path: Path) -> _File:
    return _File(path)


def _file(folder: Path | None) -> _File:
    return _opened(Path(folder or bundled_folder()) / FILE)


def outline(place_id: str, *, folder: Path | None = None) -> Outline | None:
    """Return the outline of a country or first-level division, or None.

    The value is what a GeoJSON MultiPolygon has as coordinates: polygons of rings of longitude
    and latitude, the outer ring first. Raises :class:`~geomap.errors.GazetteerError` where the
    file is missing or damaged.

    >>> len(outline("geonames:99237")) # Iraq
    1
    """
    return _file(folder).outline(place_id)


def country_outline(code: str, *, folder: Path | None = None) -> Outline | None:
    """Return the outline of the country of an ISO 3166-1 alpha-2 code, or None."""
    place_id = _file(folder).header["codes"].get(code.upper())
    return None if place_id is None else outline(place_id, folder=folder)


def country_ids(*, folder: Path | None = None) -> Mapping[str, str]:
    """Return the ids of all countries with an outline by their ISO 3166-1 alpha-2 codes.

    >>> country_ids()["IQ"]
    'geonames:99237'
    """
    codes: dict[str, str] = _file(folder).header["codes"]
    return codes


@lru_cache(_PARALLELS_KEPT)
def _crossings(place_id: str, lat: float, folder: Path | None) -> list[float]:
    """Return the longitudes at which an outline crosses a parallel."""
    return [
        (x2 - x1) * (lat - y1) / (y2 - y1) + x1
        for polygon in outline(place_id, folder=folder) or []
        for ring in polygon
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > lat) != (y2 > lat)
    ]


def contains(place_id: str, lon: float, lat: float, *, folder: Path | None = None) -> bool:
    """Whether a point lies in the outline of a country or division; False if it has none.

    >>> contains("geonames:99237", 44.4, 33.3), contains("geonames:99237", 51.4, 35.7)
    (True, False)
    """
    return sum(lon < crossing for crossing in _crossings(place_id, lat, folder)) % 2 == 1
