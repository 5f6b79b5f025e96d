"""What speaks for each place that a name may mean, as numbers for the trained ranker.

No feature needs more than the article and the gazetteer: prominence (population, kind, rank), how
the name belongs to the place, what the words around it say (:mod:`geomap.surroundings`: the
container named beside it, the word that says its kind, the names listed with it), what the
article's other names may mean (countries, divisions, distances), and the outlet's address.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geomap.folding import fold
from geomap.space import distance_km
from geomap.surroundings import (
    HEADS,
    KEPT,
    Names,
    areas_after,
    container,
    heads,
    holds,
    inside,
    listed,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Article, Candidate, Place, Toponym
    from geomap.surroundings import Areas

FEATURES = (
    "population", "rank", "candidates", "most_populous", "population_gap",
    "country", "admin1", "admin2", "capital", "seat", "town", "curated", "area", "site",
    "own_name", "alternate", "demonym", "abbreviation",
    "container", "other_container", "inside_ever", "soon", "not_soon", "soonest",
    "country_share", "country_votes", "admin1_named", "admin1_votes", "near50", "near200",
    "country_named", "outlet", "domain_place", "domain_country",
    "head_admin2", "head_admin1", "head_city", "head_nature",
    "told_all", "told_none", "told_share",
    "listed_alike", "listed_otherwise", "listed_country",
    "world", "first", "told_alone", "mentions", "names", "lone",
)  # fmt: skip
"""Names of the features, in the order of :func:`vectors`."""

_NEAR_DEGREES = 1.8
"""So many degrees of latitude are more than the 200 km up to which places are near."""
_TOLD_ALL = FEATURES.index("told_all")
_DESCRIBED = 6
"""Mentions of a name, from the first, at which a description of its place is looked for."""
_TLD = re.compile(r"\.([a-z]{2})(?:[:/]|$)")
_DOMAIN = re.compile(r"//([^/]+)")


@dataclass(frozen=True, slots=True)
class Name:
    """All mentions of one name in an article, and the places that it may mean."""

    key: str
    indices: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    containers: tuple[Place, ...]
    soon: tuple[Areas, ...]
    told: tuple[tuple[Areas, ...], ...]
    """For each mention that says where the place lies, what holds it, inner first."""
    listed: tuple[Areas, ...]
    heads: frozenset[str]
    most: int
    """The population of the most populous candidate."""
    rivals: dict[str, list[Place]]
    """The most prominent candidates by their country: what other names are held against."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The names of an article, and the countries, divisions and outlet that they speak of.

    ``countries`` has the share of each country among the mentions of countries and peoples.
    """

    names: tuple[Name, ...]
    countries: dict[str, float]
    admin1: frozenset[tuple[str, str]]
    domain: str
    domain_country: str


def read_scene(
    article: Article, toponyms: Sequence[Toponym], options: Sequence[Sequence[Candidate]]
) -> Scene:
    """Gather an article's names and what they say of where it plays."""
    grouped: dict[str, list[int]] = {}
    for index, toponym in enumerate(toponyms):
        if options[index]:
            grouped.setdefault(fold(toponym.text), []).append(index)
    read = Names(article.text, toponyms, options)
    names = tuple(_name(read, key, indices) for key, indices in grouped.items())
    countries: dict[str, float] = {}
    admin1 = set()
    for name in names:
        best = name.candidates[0].place
        if best.feature.startswith(("PCL", "TERR")) or name.candidates[0].name_kind == "demonym":
            countries[best.country] = countries.get(best.country, 0.0) + len(name.indices)
        elif best.feature == "ADM1":
            admin1.add((best.country, best.admin1 or best.name))
    total = sum(countries.values()) or 1.0
    shares = {code: count / total for code, count in countries.items()}
    address = _DOMAIN.search(article.url.lower())
    domain = address[1] if address else ""
    tld = _TLD.search(domain)
    return Scene(names, shares, frozenset(admin1), domain, tld[1].upper() if tld else "")


def _name(read: Names, key: str, indices: Sequence[int]) -> Name:
    described = [told(read, index) for index in indices[:_DESCRIBED]]
    kinds = {head for index in indices for head in heads(read.text, read.toponyms[index].span)}
    candidates = tuple(read.options[indices[0]])
    rivals: dict[str, list[Place]] = {}
    for candidate in candidates[:KEPT]:
        rivals.setdefault(candidate.place.country, []).append(candidate.place)
    return Name(
        key,
        tuple(indices),
        candidates,
        tuple(place for index in indices if (place := container(read, index))),
        tuple(areas for index in indices for areas in areas_after(read, index)),
        tuple(chain for chain, _ in described if chain),
        tuple(areas for index in indices for areas in listed(read, index)),
        frozenset(kinds | {kind for _, kind in described if kind}),
        max(candidate.place.population for candidate in candidates),
        rivals,
    )


def vectors(scene: Scene, name: Name) -> list[list[float]]:
    """Return the features of each candidate of a name, in the order of ``FEATURES``."""
    others = [other for other in scene.names if other is not name]
    shared = [
        min(len(name.indices), 5.0),
        min(len(scene.names), 20.0),
        float(len(name.candidates) == 1),
    ]
    rows = [
        _vector(scene, name, candidate, rank, others)
        for rank, candidate in enumerate(name.candidates)
    ]
    fitting = sum(row[_TOLD_ALL] for row in rows) or 1.0
    return [[*row, row[_TOLD_ALL] / fitting, *shared] for row in rows]


def _vector(
    scene: Scene, name: Name, candidate: Candidate, rank: int, others: Sequence[Name]
) -> list[float]:
    """Return the features of one candidate that differ from those of the others."""
    place = candidate.place
    country_votes, admin1_votes, near50, near200 = _votes(place, others)
    is_country = place.feature.startswith(("PCL", "TERR"))
    return [
        math.log10(place.population + 1),
        float(min(rank, 10)),
        min(len(name.candidates), 20.0),
        float(place.population == name.most),
        math.log10((name.most + 1) / (place.population + 1)),
        *_kinds(place.feature, curated=place.id.startswith("geomap:")),
        float(fold(place.name) == name.key),
        float(candidate.name_kind == "alternate"),
        float(candidate.name_kind == "demonym"),
        float(candidate.name_kind == "abbreviation"),
        *_contained(place, name.containers),
        *_soon_contained(place, name.soon),
        scene.countries.get(place.country, 0.0),
        country_votes,
        float((place.country, place.admin1) in scene.admin1 and place.feature != "ADM1"),
        admin1_votes,
        near50,
        near200,
        float(place.country in scene.countries and not is_country),
        float(bool(scene.domain)),
        float(len(name.key) > 3 and name.key.replace(" ", "") in scene.domain),  # noqa: PLR2004
        float(place.country == scene.domain_country),
        *_headed(place, name.heads),
        *_told(place, name.told),
        *_listed(place, name.listed),
        float(is_of_the_world(place)),
        float(0 in name.indices),
    ]


def is_of_the_world(place: Place) -> bool:
    """Whether a place is a region of the world, "the Middle East", and of no country."""
    return not place.country and place.feature.startswith(("RGN", "CONT"))


@lru_cache(1024)
def _kinds(feature: str, *, curated: bool) -> tuple[float, ...]:
    flags = (
        feature.startswith(("PCL", "TERR")),
        feature == "ADM1",
        feature == "ADM2",
        feature == "PPLC",
        feature.startswith("PPLA"),
        feature.startswith("PPL"),
        curated,
        feature.startswith(("CONT", "RGN", "SEA", "OCN", "ISL", "MT")),
        not feature.startswith(("PCL", "TERR", "ADM", "PPL", "CONT", "RGN")),
    )
    return tuple(map(float, flags))


def _contained(place: Place, containers: Sequence[Place]) -> tuple[float, float, float]:
    """Return the shares of the containers that hold a place and do not, and 1 if one does."""
    if not containers:
        return 0.0, 0.0, 0.0
    within = sum(inside(place, outer) for outer in containers) / len(containers)
    return within, 1.0 - within, float(within > 0)


def _soon_contained(place: Place, soon: Sequence[Sequence[Place]]) -> tuple[float, float, float]:
    """Return how many of the areas named soon after may hold a place, and whether the first may."""
    if not soon:
        return 0.0, 0.0, 0.0
    held = [any(inside(place, outer) for outer in areas) for areas in soon]
    within = sum(held) / len(held)
    return within, 1.0 - within, float(held[0])


def _headed(place: Place, heads: frozenset[str]) -> list[float]:
    """Return, for each word that says a kind, 1 if the place is of it, -1 if of another."""
    fits = {
        "head_admin2": place.feature == "ADM2",
        "head_admin1": place.feature == "ADM1",
        "head_city": place.feature.startswith("PPL"),
        "head_nature": not place.feature.startswith(("PPL", "ADM", "PCL")),
    }
    return [(1.0 if fits[head] else -1.0) if head in heads else 0.0 for head in HEADS]


def _told(place: Place, chains: Sequence[Sequence[Areas]]) -> tuple[float, float, float]:
    """Return whether a place lies in all or none of what is said to hold it, and in what share."""
    if not chains:
        return 0.0, 0.0, 0.0
    best = max(
        sum(any(holds(outer, place) for outer in areas) for areas in chain) / len(chain)
        for chain in chains
    )
    return float(best == 1.0), float(best == 0.0), best


def _listed(place: Place, beside: Sequence[Areas]) -> tuple[float, float, float]:
    """Return how many names of the lists with it are of its kind, of another, in its country."""
    if not beside:
        return 0.0, 0.0, 0.0
    own, size = _level(place.feature), len(beside)
    alike = sum(_level(areas[0].feature) == own for areas in beside) / size
    near = (any(a.country == place.country and a.id != place.id for a in areas) for areas in beside)
    return alike, 1.0 - alike, sum(near) / size


@lru_cache(1024)
def _level(feature: str) -> int:
    """Return a number for countries, one for first divisions, for divisions, towns and others."""
    levels = (("PCL", "TERR"), ("ADM1",), ("ADM",), ("PPL",), ("",))
    return next(level for level, marks in enumerate(levels) if feature.startswith(marks))


def _votes(place: Place, others: Sequence[Name]) -> tuple[float, float, float, float]:
    """Return how many of the other names may lie in the same country and division, and near."""
    if place.feature.startswith(("PCL", "CONT")) or not others:
        return 0.0, 0.0, 0.0, 0.0
    country = admin1 = near50 = near200 = 0.0
    for other in others:
        rivals = [r for r in other.rivals.get(place.country, ()) if r.id != place.id]
        if not rivals:
            continue
        share = 1.0 / min(len(other.candidates), KEPT)
        country += share
        parts = [rival for rival in rivals if not rival.feature.startswith("PCL")]
        if place.admin1 and any(part.admin1 == place.admin1 for part in parts):
            admin1 += share
        beside = (part for part in parts if abs(part.lat - place.lat) < _NEAR_DEGREES)
        nearest = min((distance_km(place, part) for part in beside), default=math.inf)
        near50 += nearest < 50  # noqa: PLR2004
        near200 += nearest < 200  # noqa: PLR2004
    size = len(others)
    return country / size, admin1 / size, near50 / size, near200 / size
