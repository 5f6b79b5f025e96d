"""Measure merging: how long so many reports take, in natural shapes and in hostile ones.

    python tests/bench/bench_merge.py [COUNT]       # 100,000 reports of each shape

Times are of one core, in seconds of the processor. Nothing is asserted; a time that grows much
faster than the number of reports would show a pass over pairs.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from made_reports import PLACES, report
from synthetic_events import TYPES

from geomap.merging import merge
from geomap.model import Count, Mention, Participant, Place, Span, Toponym

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.model import LinkedEvent

CHANCE = random.Random(7)  # noqa: S311 - no secret
KINDS = sorted(TYPES)
NAMES = sorted(PLACES)
FIRST = date(2020, 1, 1)
ACTORS = ("Taliban", "Iraq (forces)", "gunmen", "United States (forces)", "Hezbollah")


def day(number: int) -> str:
    """Return a day so many days after the first."""
    return str(FIRST + timedelta(days=number))


def at_point(told: LinkedEvent, lon: float, lat: float, feature: str = "PPL") -> LinkedEvent:
    """Return a report at a place of its own."""
    name = f"{lon:.4f} {lat:.4f}"
    place = Place(name, name, lon, lat, feature, f"C{round(lon) % 90}", str(round(lat)))
    toponym = Toponym(Span(0, 1), name, "place", 0.9)
    return replace(told, id=f"{told.id}{name}", mention=Mention(toponym, place, 0.9))


def natural(n: int) -> LinkedEvent:
    """All types over the world and two years, half undated, some without a place."""
    there = CHANCE.randrange(700)
    told = report(
        CHANCE.choice(KINDS),
        CHANCE.choice(NAMES) if CHANCE.random() < 0.7 else None,
        day(there) if CHANCE.random() < 0.5 else None,
        article=str(n // 2),
        published=day(there + 1),
        at=n,
        counts=(Count("killed", CHANCE.randrange(9), 9, Span(0, 1)),),
        participants=(Participant("actor", "x", Span(0, 1), CHANCE.choice(ACTORS)),),
    )
    if CHANCE.random() < 0.5:
        return told
    return at_point(told, CHANCE.uniform(-180, 180), CHANCE.uniform(-60, 70))


def one_city(n: int) -> LinkedEvent:
    """One type in one city on five days."""
    return report("protest", "Baghdad", day(n % 5), article=str(n), at=n)


def city_ranges(n: int) -> LinkedEvent:
    """One type in one city on few days, in ranges of all lengths."""
    start = n % 20
    last = day(start + CHANCE.randrange(60))
    return report("protest", "Baghdad", day(start), end=last, article=str(n), at=n)


def crowded_city(n: int) -> LinkedEvent:
    """One type on two days at as many places of one city, each of its own."""
    told = report("protest", None, day(n % 2), article=str(n), at=n)
    return at_point(told, CHANCE.uniform(44.2, 44.6), CHANCE.uniform(33.2, 33.5))


def undated(n: int) -> LinkedEvent:
    """No dates, all published within a month."""
    return report(
        "protest", CHANCE.choice(NAMES), None, article=str(n), published=day(n % 30), at=n
    )


def never_dated(n: int) -> LinkedEvent:
    """No dates, and no days of publication."""
    return report("protest", "Baghdad", None, article=str(n // 3), published=None, at=n)


def unplaced(n: int) -> LinkedEvent:
    """No places."""
    return report("protest", None, day(n % 5), article=str(n), at=n)


def one_article(n: int) -> LinkedEvent:
    """One article that tells all, a third without date and a third without place."""
    where = None if n % 3 == 0 else CHANCE.choice(NAMES)
    return report("protest", where, None if n % 3 == 1 else day(n % 700), at=n)


def one_day(n: int) -> LinkedEvent:
    """One type on one day, everywhere; each tenth report names a country alone."""
    told = report("protest", None, day(0), article=str(n), at=n)
    if n % 10 == 0:
        return report("protest", "Iraq", day(0), article=str(n), at=n)
    return at_point(told, CHANCE.uniform(-180, 180), CHANCE.uniform(-60, 70))


def movements(n: int) -> LinkedEvent:
    """Troops on the move, with starts and numbers."""
    return report(
        "troop_deployment",
        CHANCE.choice(NAMES),
        day(n % 9),
        article=str(n),
        at=n,
        role=CHANCE.choice(["site", "destination"]),
        origin=CHANCE.choice(NAMES),
    )


def many_actors(n: int) -> LinkedEvent:
    """One city on few days by actors of whom no two are the same."""
    actor = Participant("actor", "x", Span(0, 1), f"Army {n}")
    deaths = Count("killed", n, n, Span(0, 1))
    return report(
        "bombing", "Baghdad", day(n % 5), article=str(n), at=n, participants=(actor,),
        counts=(deaths,),
    )  # fmt: skip


SHAPES: tuple[Callable[[int], LinkedEvent], ...] = (
    natural,
    one_city,
    city_ranges,
    crowded_city,
    undated,
    never_dated,
    unplaced,
    one_article,
    one_day,
    movements,
    many_actors,
)


def main() -> None:
    """Print a table row a shape."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for shape in SHAPES:
        reports = [shape(n) for n in range(count)]
        begun = process_time()
        incidents = merge(reports)
        taken = process_time() - begun
        print(f"{taken:7.2f} s  {len(incidents):7,} incidents  {shape.__doc__}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
