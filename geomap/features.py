"""What a GeoNames feature code says about precision.

Level, and the codes of the field for "how exactly is the place known": ACLED's
``geo_precision`` (1 exact place, 2 near it or district, 3 region), UCDP's ``where_prec`` (1
exact, 2 within about 25 km, 3 second-level and 4 first-level division, 5 linear or fuzzy area,
6 country, 7 sea or air). Feature codes: https://www.geonames.org/export/codes.html
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Level = Literal["site", "city", "district", "admin2", "admin1", "region", "country", "sea"]

LEVELS: tuple[Level, ...] = (
    *("site", "district", "city", "admin2", "admin1", "region", "sea", "country"),
)
"""The levels, the finest first."""
POINTS: frozenset[Level] = frozenset({"site", "district", "city"})
"""The levels at which a place's point stands for where something happened."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How exactly a place's point stands for what happened there."""

    level: Level
    geo_precision: int
    where_prec: int
    radius_km: float
    """Radius to assume where the gazetteer knows none, km."""


_BY_LEVEL: dict[Level, Precision] = {
    "site": Precision("site", 1, 1, 1.0),
    "city": Precision("city", 1, 1, 5.0),
    "district": Precision("district", 2, 2, 15.0),
    "admin2": Precision("admin2", 2, 3, 30.0),
    "admin1": Precision("admin1", 3, 4, 120.0),
    "region": Precision("region", 3, 5, 300.0),
    "country": Precision("country", 3, 6, 400.0),
    "sea": Precision("sea", 3, 7, 300.0),
}

_PREFIXES: tuple[tuple[str, Level], ...] = (
    ("PPLX", "district"),
    ("PPL", "city"),
    ("PCL", "country"),
    ("TERR", "country"),
    ("ADM1", "admin1"),
    ("ADM2", "admin2"),
    ("ADM", "district"),
    ("CONT", "region"),
    ("RGN", "region"),
    ("ZN", "region"),
    ("AREA", "region"),
    ("SEA", "sea"),
    ("OCN", "sea"),
    ("GULF", "sea"),
    ("STRT", "sea"),
    ("CHN", "sea"),
    ("BAY", "sea"),
    ("STM", "region"),
    ("CNL", "region"),
    ("LK", "region"),
    ("MTS", "region"),
    ("DSRT", "region"),
    ("PEN", "region"),
    ("PLAT", "region"),
    ("PLN", "region"),
    ("VAL", "region"),
    ("ISL", "region"),
    ("FRST", "region"),
)


@lru_cache(maxsize=1024)
def precision(feature: str) -> Precision:
    """Return the precision of a GeoNames feature code; single sites where it is no other.

    >>> precision("PPLC").level, precision("PCLI").where_prec, precision("AIRB").level
    ('city', 6, 'site')
    """
    found = (level for prefix, level in _PREFIXES if feature.startswith(prefix))
    return _BY_LEVEL[next(found, "site")]
