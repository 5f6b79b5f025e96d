"""How likely a newspaper means a place by its name, and how far a place reaches: by its kind.

The likelihood ranks homonyms. In [0, 1]: a continent or country above a capital, that above a
world region, a large city, a first-level division, a town. Within a kind the logarithm of the
population decides. The figures are a judgment, checked against gold toponyms
(``tests/quality/gazetteer_recall.py``).
"""

from __future__ import annotations

import math

from geomap.features import precision

_FIXED = {
    "CONT": 0.93,
    "OCN": 0.9,
    "SEA": 0.85,
    "GULF": 0.8,
    "RGN": 0.75,
    "RGNE": 0.75,
    "RGNH": 0.7,
    "TERR": 0.8,
    "ZN": 0.65,
    "STRT": 0.75,
    "CHN": 0.7,
    "BAY": 0.65,
    "CNL": 0.65,
    "ISLS": 0.7,
    "ISL": 0.65,
    "PEN": 0.65,
    "DSRT": 0.65,
    "MTS": 0.65,
    "MT": 0.55,
    "PK": 0.55,
    "VLC": 0.6,
    "STM": 0.55,
    "LK": 0.55,
    "LKS": 0.55,
    "PPLX": 0.5,
    "AIRB": 0.55,
    "AIRP": 0.45,
    "MILB": 0.55,
    "INSM": 0.55,
    "NVB": 0.55,
}
_FIXED_OTHER = 0.5

_PER_DIGIT = 0.09
_TOWN = 0.05
_CAPITAL = 0.15
_COUNTRY = 0.85
_COUNTRY_PER_DIGIT = 0.015
_DEPENDENCY = 0.65
_ADM1 = -0.06
_ADM2 = -0.06
_QUARTER = -0.1

_LEAST_RADIUS_KM, _MOST_RADIUS_KM = 2.0, 25.0
_RADIUS_PER_ROOT = 0.008
"""Kilometers per root of the population: a city of ten million reaches 25 km."""


def people_prior(population: int) -> float:
    """Return the prior of a town of that many people.

    >>> people_prior(10_000_000) > people_prior(10_000) > people_prior(0)
    True
    """
    return _TOWN + _PER_DIGIT * math.log10(max(1, population))


def prior(feature: str, population: int) -> float:
    """Return the prior of a place of that feature code and population.

    >>> prior("PCLI", 40_000_000) > prior("PPLC", 7_000_000) > prior("PPL", 7_000_000)
    True
    """
    people = people_prior(population)
    if feature in ("PCLI", "PCLD"):
        base = _COUNTRY if feature == "PCLI" else _DEPENDENCY
        return base + _COUNTRY_PER_DIGIT * math.log10(max(1, population))
    if feature == "PPLC":
        return min(_COUNTRY, people + _CAPITAL)
    if feature in ("ADM1", "ADM2"):
        return max(_TOWN, people + (_ADM1 if feature == "ADM1" else _ADM2))
    if feature == "PPLX" and population:
        return max(_TOWN, people + _QUARTER)
    if feature.startswith("PPL") and feature != "PPLX":
        return people
    return _FIXED.get(feature, _FIXED_OTHER)


def city_radius_km(population: int) -> float:
    """Return how far a town of that many people reaches, km."""
    reach = _RADIUS_PER_ROOT * math.sqrt(population)
    return round(max(_LEAST_RADIUS_KM, min(_MOST_RADIUS_KM, reach)), 1)


def radius_km(feature: str, population: int) -> float:
    """Return how far a place of that feature code and population reaches, km, where none tells.

    >>> radius_km("PPL", 4_000_000), radius_km("PCLI", 4_000_000)
    (16.0, 400.0)
    """
    if feature.startswith("PPL") and feature != "PPLX":
        return city_radius_km(population)
    return precision(feature).radius_km
