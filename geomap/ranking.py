"""What speaks for each place that a name may mean, as numbers for the trained ranker.

No feature needs more than the article and the gazetteer: prominence (population, kind, rank), how
the name belongs to the place, the container named beside it ("Paris, Texas"), the word that says
its kind ("County", "province"), what the article's other names may mean (countries, divisions,
distances), and the outlet's address.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geomap.folding import fold
from geomap.space import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Article, Candidate, Place, Span, Toponym

FEATURES = (
    "population", "rank", "candidates", "most_populous", "population_gap",
    "country", "admin1", "admin2", "capital", "seat", "town", "curated", "area", "site",
    "own_name", "alternate", "demonym", "abbreviation",
    "container", "other_container", "inside_ever", "soon", "not_soon", "soonest",
    "country_share", "country_votes", "admin1_named", "admin1_votes", "near50", "near200",
    "country_named", "outlet", "domain_place", "domain_country",
    "head_admin2", "head_admin1", "head_city",
    "first", "mentions", "names", "lone",
)  # fmt: skip
"""Names of the features, in the order of :func:`vectors`."""

_KEPT = 12
"""Candidates of the other names that are looked at, the most prominent first."""
_NEAR_DEGREES = 1.8
"""So many degrees of latitude are more than the 200 km up to which places are near."""
_GAP = re.compile(r"\s*(?:,|\(|\bin\b|\bnear\b)\s*(?:the\s+)?", re.IGNORECASE)
_LONGEST_GAP = 12
_SOON, _SOON_NAMES = 160, 5
"""How many characters and names after a name its container may still be told."""
_HEADS = {
    "head_admin2": re.compile(r"\s+(?:county|district|parish|borough)\b", re.IGNORECASE),
    "head_admin1": re.compile(
        r"\s+(?:province|state|governorate|region|oblast|prefecture)\b", re.IGNORECASE
    ),
    "head_city": re.compile(r"\s+(?:city|town|village)\b", re.IGNORECASE),
}
_HEADS_BEFORE = {
    "head_admin2": re.compile(r"\b(?:county|district|parish) of (?:the )?$", re.IGNORECASE),
    "head_admin1": re.compile(r"\b(?:province|state|region) of (?:the )?$", re.IGNORECASE),
    "head_city": re.compile(r"\b(?:city|town|village|port|capital),? (?:of )?$", re.IGNORECASE),
}
"""The same before a name: "the city of Sylhet", "the capital, Sanaa"."""
_BEFORE = 20
"""How many characters before a name its kind may be told."""
_TLD = re.compile(r"\.([a-z]{2})(?:[:/]|$)")
_DOMAIN = re.compile(r"//([^/]+)")


@dataclass(frozen=True, slots=True)
class Name:
    """All mentions of one name in an article, and the places that it may mean."""

    key: str
    indices: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    containers: tuple[Place, ...]
    soon: tuple[tuple[Place, ...], ...]
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
    names = tuple(
        _name(article.text, key, indices, toponyms, options) for key, indices in grouped.items()
    )
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


def _name(
    text: str,
    key: str,
    indices: Sequence[int],
    toponyms: Sequence[Toponym],
    options: Sequence[Sequence[Candidate]],
) -> Name:
    containers = [_container(text, toponyms, options, index) for index in indices]
    heads = {head for index in indices for head in _heads(text, toponyms[index].span)}
    candidates = tuple(options[indices[0]])
    rivals: dict[str, list[Place]] = {}
    for candidate in candidates[:_KEPT]:
        rivals.setdefault(candidate.place.country, []).append(candidate.place)
    return Name(
        key,
        tuple(indices),
        candidates,
        tuple(place for place in containers if place),
        tuple(area for index in indices for area in _areas_after(text, toponyms, options, index)),
        frozenset(heads),
        max(candidate.place.population for candidate in candidates),
        rivals,
    )


def _heads(text: str, span: Span) -> Iterator[str]:
    """Yield the kinds that the words around a name say it is of."""
    before = text[max(0, span.start - _BEFORE) : span.start]
    for head, pattern in _HEADS.items():
        if pattern.match(text, span.end) or _HEADS_BEFORE[head].search(before):
            yield head


def _container(
    text: str, toponyms: Sequence[Toponym], options: Sequence[Sequence[Candidate]], index: int
) -> Place | None:
    """Return the country or division named right after a toponym ("Paris, Texas")."""
    if index + 1 >= len(toponyms) or not options[index + 1]:
        return None
    start, end = toponyms[index].span.end, toponyms[index + 1].span.start
    if end - start > _LONGEST_GAP or not _GAP.fullmatch(text, start, end):
        return None
    outer = options[index + 1][0].place
    return outer if outer.feature.startswith(("PCL", "TERR", "ADM")) else None


def _areas_after(
    text: str, toponyms: Sequence[Toponym], options: Sequence[Sequence[Candidate]], index: int
) -> list[tuple[Place, ...]]:
    """Return what the names in the words after a toponym may mean as countries or divisions."""
    end = toponyms[index].span.end
    found = []
    for other in range(index + 1, min(len(toponyms), index + 1 + _SOON_NAMES)):
        start = toponyms[other].span.start
        if start - end > _SOON or "\n\n" in text[end:start]:
            break
        areas = (c.place for c in options[other][:_KEPT])
        found.append(tuple(a for a in areas if a.feature.startswith(("PCL", "TERR", "ADM"))))
    return [areas for areas in found if areas]


def vectors(scene: Scene, name: Name) -> list[list[float]]:
    """Return the features of each candidate of a name, in the order of ``FEATURES``."""
    others = [other for other in scene.names if other is not name]
    shared = [
        min(len(name.indices), 5.0),
        min(len(scene.names), 20.0),
        float(len(name.candidates) == 1),
    ]
    return [
        [*_vector(scene, name, candidate, rank, others), *shared]
        for rank, candidate in enumerate(name.candidates)
    ]


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
        float(0 in name.indices),
    ]


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
    }
    return [(1.0 if fits[head] else -1.0) if head in heads else 0.0 for head in _HEADS]


def _votes(place: Place, others: Sequence[Name]) -> tuple[float, float, float, float]:
    """Return how many of the other names may lie in the same country and division, and near."""
    if place.feature.startswith(("PCL", "CONT")) or not others:
        return 0.0, 0.0, 0.0, 0.0
    country = admin1 = near50 = near200 = 0.0
    for other in others:
        rivals = [r for r in other.rivals.get(place.country, ()) if r.id != place.id]
        if not rivals:
            continue
        share = 1.0 / min(len(other.candidates), _KEPT)
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


def inside(place: Place, outer: Place) -> bool:
    """Whether a country or division may contain a place."""
    if place.id == outer.id or place.country != outer.country:
        return False
    if outer.feature.startswith(("PCL", "TERR")):
        return not place.feature.startswith("PCL")
    if outer.feature == "ADM1":
        return place.feature != "ADM1" and place.admin1 in (outer.admin1, outer.name)
    return distance_km(place, outer) < max(outer.radius_km, 60.0)
