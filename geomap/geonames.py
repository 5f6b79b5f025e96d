"""GeoNames' own dump files: places, alternate names and first-level divisions.

The files are those of https://download.geonames.org/export/dump/ (CC BY 4.0), which a user has
fetched: ``allCountries.txt`` or a country's, ``alternateNamesV2.txt``, ``admin1CodesASCII.txt``,
unpacked or as the ``.zip`` they come in.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from geomap.folding import fold
from geomap.gazetteer_format import Entry
from geomap.gazetteer_writer import Found, Name
from geomap.lines import fault, lines
from geomap.model import Place
from geomap.priors import prior, radius_km
from geomap.words import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geomap.gazetteer_writer import Division
    from geomap.lines import Tell

LICENSE = "GeoNames, CC BY 4.0"

_PLACE_COLUMNS, _NAME_COLUMNS, _DIVISION_COLUMNS = 19, 4, 4
_UNSETTLED = "\x00"
"""Stands for a division's id while only its code is known."""
_DEFAULT_FEATURES = {"A": "ADMD", "H": "LK", "L": "AREA", "P": "PPL", "R": "RD", "S": "BLDG"}
_OTHER_FEATURE = "LCTY"
_RANKED = ("PCL", "TERR", "ADM1", "ADM2", "CONT", "OCN", "SEA")
"""Features whose kind alone says how well known a place is."""
_UNKNOWN, _PER_DOUBLING = 0.1, 0.1
"""Other features are as well known as they have names in other languages: the prior of one
without, and what each doubling of their number adds."""
_CODES = frozenset("link wkdt post iata icao faac unlc tcid phon piny fr_1793".split(" "))
"""What the alternate names' language says of those that are no names."""
_ALTERNATE, _HISTORIC = 0.875, 0.5
_SHORTEST, _LONGEST = 2, 60
"""Characters of a folded name; longer ones are not looked for in a text."""
_SHORTEST_ALTERNATE = 3
_LONGEST_CODE = 4
_UNWANTED = frozenset(",;/()0123456789")
"""Characters of alternates that are descriptions or codes."""


class AlternateName(NamedTuple):
    """A further name of a place, by the place's GeoNames number."""

    place: int
    name: Name


class Divisions(dict[tuple[str, str], tuple[str, str]]):
    """Name and id of first-level divisions by country and code."""

    def settle(self, division: Division) -> Division:
        """Return a division with name and id where it was given by its code."""
        country, code, place_id = division
        return (
            division if place_id != _UNSETTLED else (country, *self.get((country, code), ("", "")))
        )


def usable_key(alternate: str, words: frozenset[str]) -> str:
    """Return the folded alternate name, or nothing where no newspaper would write it for a place.

    >>> [usable_key(name, frozenset({"police"})) for name in ("Bagdad", "BGW", "bghdad", "Police")]
    ['bagdad', '', '', '']
    """
    if not alternate[:1].isupper() or (len(alternate) <= _LONGEST_CODE and alternate.isupper()):
        return ""
    if not _UNWANTED.isdisjoint(alternate):
        return ""
    key = fold(alternate)
    good = key.isascii() and _SHORTEST_ALTERNATE <= len(key) <= _LONGEST and key not in words
    return key if good else ""


def places(
    path: Path, divisions: Divisions, tell: Tell, *, with_alternates: bool = True
) -> Iterator[Found]:
    """Yield the places of a dump, and put its first-level divisions into ``divisions``.

    Without ``with_alternates`` the column of alternate names is left out. Raises SourceError for
    a line that is none of a dump.
    """
    words = word_list("ordinary")
    for number, line in lines(path, tell):
        cells = line.split("\t")
        try:
            entry = _entry(cells)
        except ValueError as error:
            raise fault(path, number, str(error)) from error
        place = entry.place
        if place.feature == "ADM1":
            divisions.setdefault((place.country, cells[10]), (place.name, place.id))
        yield Found(number, entry, _names(cells, words if with_alternates else None))


def _entry(cells: list[str]) -> Entry:
    """Return the place of a line; raise ValueError where it cannot be one."""
    if len(cells) != _PLACE_COLUMNS:
        message = f"{len(cells)} columns, a GeoNames dump has {_PLACE_COLUMNS}"
        raise ValueError(message)
    number, name, people = int(cells[0]), " ".join(cells[1].split()), int(cells[14] or 0)
    lat, lon = float(cells[4]), float(cells[5])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004
        message = f"no point on Earth: latitude {cells[4]}, longitude {cells[5]}"
        raise ValueError(message)
    if not name:
        message = "the place has no name"
        raise ValueError(message)
    feature = cells[7] or _DEFAULT_FEATURES.get(cells[6], _OTHER_FEATURE)
    place = Place(
        id=f"geonames:{number}",
        name=name,
        lon=lon,
        lat=lat,
        feature=feature,
        country=cells[8],
        admin1=cells[10],
        population=people,
        radius_km=radius_km(feature, people),
    )
    return Entry(place, _prior(feature, people, cells[3]), (), _UNSETTLED)


def _prior(feature: str, people: int, alternates: str) -> float:
    full = prior(feature, people)
    if feature.startswith(_RANKED) or (feature.startswith("PPL") and feature != "PPLX"):
        return full
    count = alternates.count(",") + bool(alternates)
    return min(full, _UNKNOWN + _PER_DOUBLING * math.log2(1 + count))


def _names(cells: list[str], words: frozenset[str] | None) -> list[Name]:
    """Return a line's names: its own, the same in ASCII, and the usable alternates."""
    own = {key: None for text in dict.fromkeys(cells[1:3]) if _is_length(key := fold(text))}
    names = [Name(key) for key in own]
    if words is not None and cells[3]:
        keys = dict.fromkeys(usable_key(name, words) for name in cells[3].split(","))
        names += [Name(key, "alternate", _ALTERNATE) for key in keys if key and key not in own]
    return names


def _is_length(key: str) -> bool:
    return _SHORTEST <= len(key) <= _LONGEST


def alternate_names(path: Path, tell: Tell) -> Iterator[AlternateName]:
    """Yield the usable names of ``alternateNamesV2.txt``."""
    words = word_list("ordinary")
    for number, line in lines(path, tell):
        cells = line.split("\t")
        if len(cells) < _NAME_COLUMNS or not cells[1].isdecimal():
            raise fault(path, number, "not a line of alternateNamesV2.txt")
        if cells[2] not in _CODES and (name := _alternate(cells, words)):
            yield AlternateName(int(cells[1]), name)


def _alternate(cells: list[str], words: frozenset[str]) -> Name | None:
    if cells[2] == "abbr":
        key = fold(cells[3])
        good = key.isascii() and _is_length(key) and key not in words
        return Name(key, "abbreviation", _ALTERNATE) if good else None
    key = usable_key(cells[3], words)
    historic = cells[7:8] == ["1"]
    return Name(key, "alternate", _HISTORIC if historic else _ALTERNATE) if key else None


def read_divisions(path: Path, tell: Tell) -> Divisions:
    """Return the first-level divisions of ``admin1CodesASCII.txt``."""
    found = Divisions()
    for number, line in lines(path, tell):
        cells = line.split("\t")
        country, dot, code = cells[0].partition(".")
        if len(cells) != _DIVISION_COLUMNS or not dot or not cells[3].isdecimal():
            raise fault(path, number, "not a line of admin1CodesASCII.txt")
        found[country, code] = (" ".join(cells[1].split()), f"geonames:{int(cells[3])}")
    return found
