"""Where to look for the reports of one event: blocks of time and place.

Incidents of a family of types stand under the days (or weeks, or the day of publication) of their
first report, and there under its place: a cell of 50 km, its division, its country. A report is
compared only with those that stand under a time and place of its own, so that merging takes time
in proportion to the number of reports, however many tell of one city or one day.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from geomap.features import POINTS, precision
from geomap.likeness import ACROSS_DAYS, LASTING
from geomap.space import point_km

if TYPE_CHECKING:
    from collections.abc import Hashable

    from geomap.likeness import Facts
    from geomap.model import Place

CELL_KM = 50.0
"""Edge of the cells; towns and sites farther apart are never one place."""
_FEW = 40
"""In an article of no more incidents each report without a place is compared with all."""
_SHORT_DAYS = 7
"""Times up to this stand under each of their days, longer ones under their weeks."""


class Keys(NamedTuple):
    """Under which keys what begins at a place stands, and under which its likes are sought."""

    filed: tuple[Hashable, ...]
    sought: tuple[Hashable, ...]


class Shelf:
    """The incidents of a family of types, by number in the order in which they were begun."""

    __slots__ = ("_alike", "_articles", "_blocks", "_count")

    def __init__(self) -> None:
        """Begin empty."""
        self._count = 0
        self._blocks: dict[Hashable, dict[Hashable, list[int]]] = {}
        self._articles: dict[str, dict[int, None]] = {}
        self._alike: dict[Hashable, int] = {}

    def alike(self, report: Facts) -> int | None:
        """Return the incident that has a report which nothing tells from this one."""
        return self._alike.get(_signature(report))

    def is_crowded(self, report: Facts) -> bool:
        """Whether a report stands for all like it: it has a place, or its article tells much."""
        return report.place is not None or self.is_full(report)

    def near(self, report: Facts) -> list[int]:
        """Return the incidents, the oldest first, whose first reports may agree with a report."""
        found: set[int] = set()
        if report.place and not report.is_long:
            sought = place_keys(report.place).sought
            for block in filter(None, map(self._blocks.get, _times(report, ACROSS_DAYS))):
                for key in sought:
                    found.update(block.get(key, ()))
        if not report.place or not report.days or report.is_long or self._looks_around(report):
            found.update(self._articles.get(report.article, ()))
        return sorted(found)

    def is_full(self, report: Facts) -> bool:
        """Whether a report's article tells of too much to compare it with all."""
        return len(self._articles.get(report.article, ())) > _FEW

    def _looks_around(self, report: Facts) -> bool:
        """Whether a report may be of what its article tells of another day or of none."""
        may = report.is_borrowed or report.report.event.type in LASTING
        return may and not self.is_full(report)

    def begin(self, report: Facts) -> int:
        """File a new incident under its first report, and return its number."""
        number = self._count
        self._count += 1
        if report.place:
            keys = place_keys(report.place).filed
            for time in _times(report, 0, filing=True):
                block = self._blocks.setdefault(time, {})
                for key in keys:
                    block.setdefault(key, []).append(number)
        return number

    def add(self, number: int, report: Facts) -> None:
        """Note that an incident has a report."""
        self._articles.setdefault(report.article, {})[number] = None
        self._alike.setdefault(_signature(report), number)


def _signature(report: Facts) -> Hashable:
    """Return all by which a report may be told from others; the article only for want of more."""
    place, told = report.place, report.report
    return (
        place.id if place else report.article,
        place is None,
        report.days or report.published or report.article,
        report.open,
        report.another and (report.article, told.event.trigger.start),
        report.aftershock,
        report.actors,
        told.role,
        told.origin.place.id if told.origin and told.origin.place else None,
    )


def _times(report: Facts, reach: int, *, filing: bool = False) -> list[Hashable]:
    """Return the keys of a report's time, and of publication so many days on either side."""
    if report.is_long:
        return []
    keys: list[Hashable] = []
    if report.days:
        first, last = report.days
        is_short = last - first <= _SHORT_DAYS
        if is_short or not filing:
            keys += [("day", day) for day in range(first, last + 1)]
        if not is_short or not filing:
            keys += [("week", week) for week in range(first // 7, last // 7 + 1)]
    if report.published is not None and (filing or not report.days):
        day = report.published
        keys += [("published", near) for near in range(day - reach, day + reach + 1)]
    return keys


@lru_cache(maxsize=65536)
def place_keys(place: Place) -> Keys:
    """Return the keys of a place: those of what may hold it, lie in it, or lie near."""
    level, country, admin1 = precision(place.feature).level, place.country, place.admin1
    same, inside, wide = ("id", place.id), ("in", country), ("wide",)
    land, holds = ("country", country), ("division", country, admin1)
    if level in POINTS:
        x, y, z = _cell(place)
        steps = product((-1, 0, 1), repeat=3)
        around = [("cell", x + i, y + j, z + k) for i, j, k in steps]
        filed = (same, ("cell", x, y, z), inside, ("part", country, admin1), ("point",))
        return Keys(filed, (*around, land, holds, wide))
    if level == "country":
        return Keys((same, land), (same, inside, wide))
    if level == "admin1":
        parts = [("part", country, name) for name in sorted({admin1, place.name})]
        divisions = [("division", country, name) for name in sorted({admin1, place.name})]
        return Keys((same, inside, *divisions), (same, *parts, land))
    part = [("part", country, admin1)] if level == "admin2" else []
    return Keys((same, inside, wide, *part), (same, land, holds, ("point",)))


def _cell(place: Place) -> tuple[int, int, int]:
    """Return the cell of a point: cubes, for they are as wide at the poles as at the equator."""
    x, y, z = point_km(place)
    return math.floor(x / CELL_KM), math.floor(y / CELL_KM), math.floor(z / CELL_KM)
