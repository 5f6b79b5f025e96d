"""The files of a gazetteer: their writer and their reader.

Three files in one folder. ``names.trie`` holds the folded names (a marisa trie; a name's number
is its key's id), ``labels.trie`` every other string once, ``places.bin`` the figures:

    magic  version  header length  header (JSON)  sections, each aligned to 4 bytes

    index      a uint32 per name: a posting, or the offset of the name's postings
    postings   lists of uint32, ended by the one that has ``LAST``, the best first
    rows       ``ROW`` per place, in the order of their ids
    divisions  ``DIVISION`` per country and first-level division

A posting has the row's number (24 bits, so up to 16.7 million places), the kind of the name (2
bits) and its weight in eighths (3 bits). Everything is little-endian, and written from sorted
input, so that the same places give the same bytes.
"""

from __future__ import annotations

import json
import math
import mmap
import struct
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie

from geomap.errors import GazetteerError
from geomap.model import NameKind, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MAGIC = b"GEOMAPGZ"
VERSION = 1
NAMES, LABELS, PLACES = "names.trie", "labels.trie", "places.bin"
FILES = (NAMES, LABELS, PLACES)

_HEAD = struct.Struct("<8sII")
SECTIONS = ("index", "postings", "rows", "divisions")

ROW = struct.Struct("<iiIIHHHBB")
"""Latitude, longitude (1e-5 degrees), id, label of the name and the feature's higher bits,
division, population, radius, the feature's lower eight bits, prior."""
_unpack_row, _ROW_SIZE = ROW.unpack_from, ROW.size
DIVISION = struct.Struct("<III")
"""Labels of the countries, of the division's name and of its place's id."""

PRIOR_STEPS = 255
WEIGHT_STEPS = 8
ROW_BITS = 24
ROW_MASK = (1 << ROW_BITS) - 1
KIND_SHIFT = 24
WEIGHT_SHIFT = 26
POINTER = 1 << 30
LAST = 1 << 31
LABELED = 1 << 31
"""Marks a place's id as the number of a label, not a GeoNames id."""
FEATURE_SHIFT = 28
LABEL_MASK = (1 << FEATURE_SHIFT) - 1
"""A label's number leaves four bits to the feature: GeoNames has nearly 700 of them."""
MOST_FEATURES = 1 << 12

KINDS: tuple[NameKind, ...] = ("name", "alternate", "demonym", "abbreviation")
_GEONAMES = "geonames:"
_LONGEST_NUMBER = 11
"""More digits are no GeoNames id, and need not be read as one number."""
_DEGREES = 100_000
_RADIUS_STEPS_PER_KM = 10
_U16 = 0xFFFF
_POPULATION_SCALE = 2_800
"""Steps of the logarithm of the population: 65,535 of them reach 14 billion, 0.04 % apart."""
_POPULATION_DIGITS = 3


class Entry(NamedTuple):
    """A place as it is written: with the rank of its names and where it lies."""

    place: Place
    prior: float
    """How likely a newspaper means this place by its name, in [0, 1]."""
    countries: tuple[str, ...] = ()
    """All its countries, where it has several; ``place.country`` is then empty."""
    division: str = ""
    """The id of its first-level division."""


class Naming(NamedTuple):
    """A folded name of a place; ``weight`` in (0, 1] lowers the place's prior."""

    key: str
    place_id: str
    kind: NameKind = "name"
    weight: float = 1.0


class Row(NamedTuple):
    """A place as it is read, with its labels still numbers."""

    place: Place
    division: int


def pack_population(people: int) -> int:
    """Return the logarithmic step of a number of people."""
    return min(_U16, round(math.log1p(max(0, people)) * _POPULATION_SCALE))


@lru_cache(4096)
def unpack_population(step: int) -> int:
    """Return the number of people of a step, to three digits.

    >>> unpack_population(pack_population(7_216_000)), unpack_population(pack_population(0))
    (7220000, 0)
    """
    people = math.expm1(step / _POPULATION_SCALE)
    digits = max(0, len(str(int(people))) - _POPULATION_DIGITS)
    return int(round(people, -digits))


def pack_posting(kind: NameKind, weight: float, row: int) -> int:
    """Return what the index or the postings keep of a place of a name."""
    steps = max(1, min(WEIGHT_STEPS, round(weight * WEIGHT_STEPS))) - 1
    return row | KINDS.index(kind) << KIND_SHIFT | steps << WEIGHT_SHIFT


def posting_weight(posting: int) -> float:
    """Return the weight of a name that a posting tells, in (0, 1]."""
    return ((posting >> WEIGHT_SHIFT & 7) + 1) / WEIGHT_STEPS


def posting_kind(posting: int) -> NameKind:
    """Return the kind of a name that a posting tells."""
    return KINDS[posting >> KIND_SHIFT & 3]


# --- writing -----------------------------------------------------------------------------------


def _key_of_id(place_id: str, labels: Mapping[str, int]) -> int:
    """Return the number by which rows are sorted and found."""
    number = geonames_number(place_id)
    return LABELED | labels[place_id] if number is None else number


def geonames_number(place_id: str) -> int | None:
    """Return the number of a GeoNames id, which rows keep as it is, or None.

    >>> geonames_number("geonames:98182"), geonames_number("geonames:007"), geonames_number("x:1")
    (98182, None, None)
    """
    digits = place_id.removeprefix(_GEONAMES)
    if digits == place_id or not (digits.isascii() and digits.isdecimal()):
        return None
    number = int(digits) if len(digits) < _LONGEST_NUMBER else LABELED
    return number if number < LABELED and str(number) == digits else None


def division_of(entry: Entry) -> tuple[str, str, str]:
    """Return a place's countries, joined, and the name and the id of its division."""
    countries = "|".join(entry.countries) or entry.place.country
    return countries, entry.place.admin1, entry.division


def pack_row(entry: Entry, key: int, label: int, division: int, feature: int) -> bytes:
    """Return a place's row; its id, name, division and feature are given as numbers."""
    place = entry.place
    return ROW.pack(
        round(place.lat * _DEGREES),
        round(place.lon * _DEGREES),
        key,
        label | feature >> 8 << FEATURE_SHIFT,
        division,
        pack_population(place.population),
        min(_U16, round(place.radius_km * _RADIUS_STEPS_PER_KM)),
        feature & 0xFF,
        round(max(0.0, min(1.0, entry.prior)) * PRIOR_STEPS),
    )


def padding(size: int) -> int:
    """Return how many bytes follow a section so that the next one is aligned."""
    return -size % 4


def frame_head(header: dict[str, Any], sizes: Mapping[str, int], checksum: str) -> bytes:
    """Return magic, version and header of a body of sections of these sizes, in bytes."""
    offset = 0
    table = {}
    for name in SECTIONS:
        table[name] = (offset, sizes[name])
        offset += sizes[name] + padding(sizes[name])
    header = {**header, "sections": table, "body_sha256": checksum}
    text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    text += b" " * padding(_HEAD.size + len(text))
    return _HEAD.pack(MAGIC, VERSION, len(text)) + text


# --- reading -----------------------------------------------------------------------------------


def _map(path: Path) -> memoryview:
    """Map a file into memory."""
    try:
        with path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        message = f"{path}: the gazetteer's file cannot be read ({error})"
        raise GazetteerError(message) from error


def _read_header(path: Path, data: memoryview) -> tuple[dict[str, Any], int]:
    """Return the header and where the sections start."""
    if len(data) < _HEAD.size:
        message = f"{path}: the file is cut short"
        raise GazetteerError(message)
    magic, version, length = _HEAD.unpack_from(data)
    if magic != MAGIC:
        message = f"{path}: not a gazetteer of geomap"
        raise GazetteerError(message)
    if version != VERSION:
        message = f"{path}: format {version}, this version of geomap reads {VERSION}"
        raise GazetteerError(message)
    try:
        return json.loads(bytes(data[_HEAD.size : _HEAD.size + length])), _HEAD.size + length
    except ValueError as error:
        message = f"{path}: the header is damaged ({error})"
        raise GazetteerError(message) from error


def _open_trie(path: Path, expected: Mapping[str, Any]) -> marisa_trie.Trie:
    size = path.stat().st_size if path.is_file() else -1
    if size != expected["size"]:
        state = "is missing" if size < 0 else f"has {size} bytes instead of {expected['size']}"
        message = f"{path}: the gazetteer's file {state}"
        raise GazetteerError(message)
    return marisa_trie.Trie().mmap(str(path))


class Tables:
    """The opened files of a gazetteer, memory-mapped.

    Raises :class:`~geomap.errors.GazetteerError` where a file is missing, cut short or of another
    version. The checksums are compared by :meth:`verify` alone, which reads every byte.
    """

    def __init__(self, folder: Path) -> None:
        """Open the three files in the folder."""
        self.folder = folder
        path = folder / PLACES
        self._data = _map(path)
        self.header, start = _read_header(path, self._data)
        try:
            self._cut(path, start)
        except (KeyError, TypeError, ValueError) as error:
            message = f"{path}: the header is damaged ({error!r})"
            raise GazetteerError(message) from error

    def _cut(self, path: Path, start: int) -> None:
        sections = self.header["sections"]
        end = max(start + offset + size for offset, size in sections.values())
        if end > len(self._data):
            message = f"{path}: the file is cut short ({len(self._data)} of {end} bytes)"
            raise GazetteerError(message)
        part = {
            name: self._data[start + offset : start + offset + size]
            for name, (offset, size) in sections.items()
        }
        self._body = self._data[start:]
        self.index = part["index"].cast("I")
        self.postings = part["postings"].cast("I")
        self.rows = part["rows"]
        self.divisions = part["divisions"]
        self.features: list[str] = self.header["features"]
        self.names = _open_trie(self.folder / NAMES, self.header["files"][NAMES])
        self.labels = _open_trie(self.folder / LABELS, self.header["files"][LABELS])
        self.label = self.labels.restore_key
        self.division = cache(self._division)

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self.rows) // ROW.size

    def verify(self) -> None:
        """Compare every byte with the checksums; raise ``GazetteerError`` if one differs."""
        import hashlib  # brings OpenSSL with it, 4 MB that only this needs

        found = {PLACES: hashlib.sha256(self._body).hexdigest()}
        expected = {PLACES: self.header["body_sha256"]}
        for name in (NAMES, LABELS):
            found[name] = hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
            expected[name] = self.header["files"][name]["sha256"]
        for name, checksum in found.items():
            if checksum != expected[name]:
                message = f"{self.folder / name}: the checksum differs, the file is damaged"
                raise GazetteerError(message)

    def postings_of(self, name: int) -> Sequence[int]:
        """Return the postings of the name of that number, the best first."""
        first = self.index[name]
        if not first & POINTER:
            return (first,)
        at = first & ~POINTER
        postings = self.postings
        found = [postings[at]]
        while not found[-1] & LAST:
            at += 1
            found.append(postings[at])
        return found

    def prior(self, posting: int) -> float:
        """Return how likely the name means that place, in [0, 1]."""
        prior = self.rows[(posting & ROW_MASK) * ROW.size + ROW.size - 1]
        return prior / PRIOR_STEPS * posting_weight(posting)

    def _division(self, number: int) -> tuple[tuple[str, ...], str, str]:
        """Return the countries, the name and the place's id of a first-level division."""
        countries, name, place_id = DIVISION.unpack_from(self.divisions, number * DIVISION.size)
        codes = tuple(filter(None, self.label(countries).split("|")))
        return codes, self.label(name), self.label(place_id)

    def place(self, number: int) -> Place:
        """Return the place of a row."""
        lat, lon, key, label, division, people, radius, feature, _ = _unpack_row(
            self.rows, number * _ROW_SIZE
        )
        names = self.label
        countries, admin1, _ = self.division(division)
        return Place(  # by position: naming the fields takes a third longer
            names(key & ~LABELED) if key & LABELED else f"{_GEONAMES}{key}",
            names(label & LABEL_MASK),
            lon / _DEGREES,
            lat / _DEGREES,
            self.features[feature | label >> FEATURE_SHIFT << 8],
            countries[0] if len(countries) == 1 else "",
            admin1,
            unpack_population(people),
            radius / _RADIUS_STEPS_PER_KM,
        )

    def row(self, number: int) -> Row:
        """Return the place of a row with the number of its division."""
        division = ROW.unpack_from(self.rows, number * ROW.size)[4]
        return Row(self.place(number), division)

    def feature_counts(self) -> dict[str, int]:
        """Return how many places there are of each feature."""
        low, high = self.rows[22 :: ROW.size], self.rows[15 :: ROW.size]
        counts = Counter(zip(low, high, strict=True))
        return {self.features[low | high >> 4 << 8]: n for (low, high), n in counts.items()}

    def find(self, place_id: str) -> int | None:
        """Return the row of the place of that id, by bisection."""
        try:
            key = _key_of_id(place_id, self.labels)
        except KeyError:
            return None
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._id_at(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._id_at(low) == key else None

    def _id_at(self, row: int) -> int:
        return int.from_bytes(self.rows[row * ROW.size + 8 : row * ROW.size + 12], "little")
