"""Where an article plays: where the places that its names may mean lie to one another.

Names that are not sure count by how likely they are ones. A name is asked about without its own
share, so that no name speaks for itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.gazetteer import Match
    from geomap.model import Place
    from geomap.sightings import Sighting

_K = TypeVar("_K")
Sums = dict[_K, float]

_LOOKED_AT = 12
"""Candidates of a name that are looked at, the most prominent first."""
_FEW, _MANY = 0.1, 0.2
"""A name means a place in a country with more than ``_MANY`` of the article's names rather than
one in a country with less than ``_FEW``."""
_NEAR, _NEARISH = 1.0, 3.0
"""Sizes of cells, degrees: places in one cell or in neighboring ones lie near one another."""
_LEAST_COSINE = 0.05
_WIDE = ("PCL", "CONT", "TERR", "RGN")


class Setting(NamedTuple):
    """Where the likely names of an article lie; each counts once, by how likely it is one.

    ``near`` and ``nearish`` have the sum of each cell and its neighbors.
    """

    likely: dict[str, float]
    homes: dict[str, Place]
    """What each name most likely means."""
    countries: Sums[str]
    divisions: Sums[tuple[str, str]]
    near: Sums[tuple[int, int]]
    nearish: Sums[tuple[int, int]]
    total: float

    @property
    def main(self) -> str:
        """The country of most names, or nothing."""
        return max(self.countries, key=lambda code: (self.countries[code], code), default="")


class Company(NamedTuple):
    """How much of an article's other names lies with the best candidate of one.

    In its country (a sum, and as a share), its first-level division, some 100 and 300 km around
    it; whether it has a candidate in the country of most names, and how many others there are.
    """

    country: float
    share: float
    division: float
    near: float
    nearish: float
    main: bool
    total: float


def setting(likely: Mapping[str, float], meant: Mapping[str, Sighting]) -> Setting:
    """Add up where names lie; by their keys, how likely they are and where they stand."""
    names = {key: weight for key, weight in likely.items() if weight > _FEW}
    homes = _homes(names, meant)
    found = Setting(
        names,
        homes,
        defaultdict(float),
        defaultdict(float),
        defaultdict(float),
        defaultdict(float),
        sum(names[key] for key, home in homes.items() if home.country),
    )
    for key, home in homes.items():
        if home.country:
            found.countries[home.country] += names[key]
        if not is_wide(home) and meant[key].meant.name_kind != "demonym":
            _add_point(found, home, names[key])
    return found


def _add_point(found: Setting, home: Place, weight: float) -> None:
    if home.admin1:
        found.divisions[home.country, home.admin1] += weight
    for size, sums in ((_NEAR, found.near), (_NEARISH, found.nearish)):
        for cell in _cells_around(home, size):
            sums[cell] += weight


def _homes(likely: Mapping[str, float], meant: Mapping[str, Sighting]) -> dict[str, Place]:
    """Return the place of each name: the most prominent, unless the article plays elsewhere."""
    votes: Sums[str] = defaultdict(float)
    for key, weight in likely.items():
        votes[meant[key].place.country] += weight
    total = sum(votes.values())
    found = {}
    for key, weight in likely.items():
        top = found[key] = meant[key].place
        if not top.country or votes[top.country] - weight >= _FEW * (total - weight):
            continue
        rivals = (c.place for c in meant[key].match.candidates[1:_LOOKED_AT])
        near = (r for r in rivals if r.country and votes.get(r.country, 0.0) >= _MANY * total)
        found[key] = next((rival for rival in near if rival.country != top.country), top)
    return found


def is_wide(place: Place) -> bool:
    """Whether a place is a country or more, near which nothing lies."""
    return place.feature.startswith(_WIDE)


def _cells_around(place: Place, size: float) -> Iterator[tuple[int, int]]:
    """Yield the cell of a place and those around it."""
    middle = math.floor(place.lat / size)
    for row in (middle - 1, middle, middle + 1):
        column = _column(place, row, size)
        yield from ((row, column - 1), (row, column), (row, column + 1))


def _cell(place: Place, size: float) -> tuple[int, int]:
    """Return the cell of a place: of the same height and nearly the same width everywhere."""
    row = math.floor(place.lat / size)
    return row, _column(place, row, size)


def _column(place: Place, row: int, size: float) -> int:
    cosine = max(_LEAST_COSINE, math.cos(math.radians((row + 0.5) * size)))
    return math.floor(place.lon * cosine / size)


def company(around: Setting, match: Match) -> Company:
    """Return how much of the other names lies with any of the places that a name may mean."""
    home = around.homes.get(match.key)
    own = around.likely.get(match.key, 0.0)
    places = [c.place for c in match.candidates[:_LOOKED_AT] if c.name_kind != "demonym"]
    codes = {place.country for place in places if place.country}
    divisions = {(place.country, place.admin1) for place in places if place.admin1}
    points = [place for place in places if not is_wide(place)]
    own_country = {home.country} if home is not None else set()
    point = None if home is None or is_wide(home) else home
    own_division = {(point.country, point.admin1)} if point is not None else set()
    country = _most(around.countries, codes, own, own_country)
    total = around.total - (own if home is not None and home.country else 0.0)
    return Company(
        country,
        country / total if total > _FEW else 0.0,
        _most(around.divisions, divisions, own, own_division),
        _most_around(around.near, points, _NEAR, own, point),
        _most_around(around.nearish, points, _NEARISH, own, point),
        bool(around.main) and around.main in codes,
        max(0.0, total),
    )


def _most(sums: Sums[_K], keys: Iterable[_K], own: float, owned: set[_K]) -> float:
    """Return the largest of some sums without the share ``own`` of those owned."""
    return max((sums.get(key, 0.0) - own * (key in owned) for key in keys), default=0.0)


def _most_around(
    sums: Sums[tuple[int, int]],
    places: Sequence[Place],
    size: float,
    own: float,
    home: Place | None,
) -> float:
    """Return the largest sum of the cells of some places, likewise."""
    owned = set(_cells_around(home, size)) if home is not None else set()
    return max(0.0, _most(sums, {_cell(place, size) for place in places}, own, owned))
