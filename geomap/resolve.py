"""Which place each toponym of an article means.

A candidate is weighed by its prominence (population and kind), by what the text names as its
container ("Paris, Texas"), by the countries and divisions that the rest of the article speaks of,
and by how near the article's other places lie. A name keeps one meaning throughout an article.
Facilities without a proper name ("its embassy in Iraq") are looked up under the names that an
embassy of that sender in that host country would have, and else stand at the host's capital.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.folding import fold
from geomap.model import Candidate, Mention, Place
from geomap.space import distance_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geomap.model import Article, Toponym
    from geomap.seams import Geocoder

_NEAR_KM = 150.0
_KEPT_RUNNERS = 3
_WEIGHTS = {"container": 6.0, "country": 1.6, "admin1": 2.0, "near": 0.9, "rank": 0.12}
"""How much each kind of evidence weighs against prominence, which runs from 0 to about 6."""
_GAP = re.compile(r"\s*(?:,|\(|\bin\b|\bnear\b)\s*(?:the\s+)?$", re.IGNORECASE)
_HOST_REACH = 60
"""How many characters after "embassy" its host country may be named."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an article says about where it plays."""

    countries: Mapping[str, float]
    admin1: frozenset[tuple[str, str]]
    anchors: tuple[Place, ...]


def prominence(candidate: Candidate) -> float:
    """Return how likely news means a candidate, whatever the article; about 0 to 6.

    >>> country = Place("i", "Iraq", 44, 33, "PCLI", "IQ", population=40_000_000)
    >>> village = Place("v", "Iraq", 35.7, 31.1, "PPL", "JO", population=500)
    >>> prominence(Candidate(country)) > prominence(Candidate(village))
    True
    """
    place = candidate.place
    weight: float = 0.6 * math.log10(place.population + 1)
    if place.feature.startswith(("PCL", "CONT", "TERR")):
        weight = 5.5
    elif place.id.startswith("geomap:"):
        weight = 5.0
    elif place.feature == "PPLC":
        weight = max(weight, 4.0) + 1.0
    elif place.feature == "ADM1":
        weight = max(weight, 3.0) + 0.3
    elif place.feature == "ADM2":
        weight -= 0.8
    return weight - (0.5 if candidate.name_kind == "alternate" else 0.0)


class ContextResolver:
    """Chooses by prominence, containers and the article's other places."""

    def __call__(
        self, article: Article, toponyms: Sequence[Toponym], geocoder: Geocoder, /
    ) -> tuple[Mention, ...]:
        """Return one mention a toponym, in the same order."""
        options = [tuple(geocoder.candidates(toponym.text)) for toponym in toponyms]
        context = read_context(toponyms, options)
        senses = _senses(article, toponyms, options, context)
        mentions = [
            senses[fold(toponym.text)](toponym) if found else _unplaced(toponym)
            for toponym, found in zip(toponyms, options, strict=True)
        ]
        return tuple(place_facilities(article, mentions, geocoder))


def _unplaced(toponym: Toponym) -> Mention:
    return Mention(toponym, None, 0.0, "no place of that name in the gazetteer")


def read_context(toponyms: Sequence[Toponym], options: Sequence[Sequence[Candidate]]) -> Context:
    """Gather the countries, divisions and clear places of an article."""
    countries: defaultdict[str, float] = defaultdict(float)
    admin1 = set()
    anchors: dict[str, Place] = {}
    for toponym, found in zip(toponyms, options, strict=True):
        if not found:
            continue
        best = found[0].place
        if best.feature.startswith(("PCL", "TERR")) or found[0].name_kind == "demonym":
            countries[best.country] += 0.5 if toponym.kind in ("demonym", "metonym") else 1.0
        elif best.feature == "ADM1":
            admin1.add((best.country, best.admin1 or best.name))
            countries[best.country] += 0.5
        elif len(found) == 1 or best.feature == "PPLC":
            anchors[best.id] = best
            countries[best.country] += 0.3
    total = sum(countries.values()) or 1.0
    shares = {code: count / total for code, count in countries.items() if code}
    return Context(shares, frozenset(admin1), tuple(anchors.values()))


def _senses(
    article: Article,
    toponyms: Sequence[Toponym],
    options: Sequence[Sequence[Candidate]],
    context: Context,
) -> dict[str, Callable[[Toponym], Mention]]:
    """Return, for each name of the article, what turns its toponyms into mentions."""
    containers: dict[str, list[Place]] = {}
    found_of: dict[str, Sequence[Candidate]] = {}
    for index, (toponym, found) in enumerate(zip(toponyms, options, strict=True)):
        name = fold(toponym.text)
        found_of[name] = found
        container = _container(article.text, toponyms, options, index)
        containers.setdefault(name, []).extend([container] if container else [])
    return {
        name: _chooser(found, context, containers[name])
        for name, found in found_of.items()
        if found
    }


def _container(
    text: str, toponyms: Sequence[Toponym], options: Sequence[Sequence[Candidate]], index: int
) -> Place | None:
    """Return the country or division named right after a toponym ("Paris, Texas")."""
    if index + 1 >= len(toponyms) or not options[index + 1]:
        return None
    gap = text[toponyms[index].span.end : toponyms[index + 1].span.start]
    outer = options[index + 1][0].place
    is_area = outer.feature.startswith(("PCL", "TERR", "ADM1", "ADM2"))
    return outer if is_area and len(gap) < 12 and _GAP.fullmatch(gap) else None  # noqa: PLR2004


def _chooser(
    found: Sequence[Candidate], context: Context, containers: Sequence[Place]
) -> Callable[[Toponym], Mention]:
    ranked = sorted(
        (
            (weigh(candidate, rank, context, containers), -rank, candidate)
            for rank, candidate in enumerate(found)
        ),
        key=lambda item: (-item[0][0], -item[1]),
    )
    (best, reason), _, candidate = ranked[0]
    second = ranked[1][0][0] if len(ranked) > 1 else best - 4.0
    score = round(1 / (1 + math.exp(-(0.4 + 1.1 * (best - second)))), 3)
    runners = tuple(item[2].place for item in ranked[1 : 1 + _KEPT_RUNNERS])
    return lambda toponym: Mention(toponym, candidate.place, score, reason, runners)


def weigh(
    candidate: Candidate, rank: int, context: Context, containers: Iterable[Place]
) -> tuple[float, str]:
    """Return a candidate's weight and the reason that counted most."""
    place = candidate.place
    parts = {f"most prominent place of that name ({place.feature})": prominence(candidate)}
    for outer in containers:
        if _inside(place, outer):
            parts[f"{outer.name!r} follows"] = _WEIGHTS["container"]
    if not place.feature.startswith(("PCL", "CONT")):
        share = context.countries.get(place.country, 0.0)
        if share:
            parts[f"the article is about {place.country}"] = _WEIGHTS["country"] * share + 0.4
        if (place.country, place.admin1) in context.admin1 and place.feature != "ADM1":
            parts[f"the article names {place.admin1}"] = _WEIGHTS["admin1"]
        if any(_supports(anchor, place) for anchor in context.anchors):
            parts["other places of the article are near"] = _WEIGHTS["near"]
    evidence = sorted(parts.items(), key=lambda item: -item[1])
    cues = [text for text, _ in evidence if not text.startswith("most")]
    reason = cues[0] if cues else evidence[0][0]
    return sum(parts.values()) - _WEIGHTS["rank"] * rank, reason


def _supports(anchor: Place, place: Place) -> bool:
    """Whether a clear place of the article lies near a candidate of another name."""
    return fold(anchor.name) != fold(place.name) and distance_km(anchor, place) < _NEAR_KM


def _inside(place: Place, outer: Place) -> bool:
    """Whether a country or division may contain a place."""
    if place.id == outer.id or place.country != outer.country:
        return False
    if outer.feature.startswith(("PCL", "TERR")):
        return not place.feature.startswith("PCL")
    if outer.feature == "ADM1":
        return place.feature != "ADM1" and place.admin1 in (outer.admin1, outer.name)
    return distance_km(place, outer) < max(outer.radius_km, 60.0)


def place_facilities(
    article: Article, mentions: Sequence[Mention], geocoder: Geocoder
) -> list[Mention]:
    """Place the facilities that have no proper name, by their sender and host country."""
    placed: list[Mention] = []
    known: Mention | None = None
    for index, mention in enumerate(mentions):
        if mention.toponym.kind != "facility" or mention.place is not None:
            placed.append(mention)
            continue
        found = _embassy(article, mentions, index, geocoder) or (
            replace(known, toponym=mention.toponym, reason="told of before") if known else None
        )
        known = found or known
        placed.append(found or mention)
    return placed


def _embassy(
    article: Article, mentions: Sequence[Mention], index: int, geocoder: Geocoder
) -> Mention | None:
    """Return the mention of an embassy whose sender and host the text names, or None."""
    toponym = mentions[index].toponym
    sender = _sender(article.text, mentions, index)
    host = _host(article.text, mentions, index)
    if host is None:
        return None
    seat = _seat(host, geocoder)
    for city in filter(None, (seat, host)):
        names = (
            [f"{sender.name} embassy in {city.name}", f"{sender.name} embassy"] if sender else []
        )
        for name in names:
            for candidate in geocoder.candidates(name):
                if candidate.place.country == city.country:
                    reason = f"the embassy of {sender.name} in {city.name}" if sender else ""
                    return Mention(toponym, candidate.place, 0.85, reason)
    if seat is None:
        return None
    return Mention(toponym, seat, 0.6, f"an embassy stands in the capital, {seat.name}")


def _sender(text: str, mentions: Sequence[Mention], index: int) -> Place | None:
    """Return the country whose embassy it is: named right before, or as the sentence's subject."""
    start = mentions[index].toponym.span.start
    for mention in reversed(mentions[:index]):
        gap = text[mention.toponym.span.end : start]
        if mention.place is None or not mention.place.feature.startswith("PCL"):
            continue
        if not gap.strip() or (re.search(r"\b(?:its|their)\s+$", gap) and "." not in gap):
            return mention.place
    return None


def _host(text: str, mentions: Sequence[Mention], index: int) -> Place | None:
    """Return the country or city in which the embassy stands, if the text says so nearby."""
    end = mentions[index].toponym.span.end
    for mention in mentions[index + 1 :]:
        if mention.toponym.span.start - end > _HOST_REACH:
            break
        gap = text[end : mention.toponym.span.start]
        if (
            mention.place
            and mention.toponym.kind == "place"
            and re.fullmatch(r"\s*(?:in|,)\s*(?:the\s+)?(?:\w+\s+)?", gap)
        ):
            return mention.place
    return None


def _seat(host: Place, geocoder: Geocoder) -> Place | None:
    """Return the capital of a country, or the city itself."""
    if not host.feature.startswith("PCL"):
        return host
    capital = getattr(geocoder, "capital", None)
    return capital(host.country) if capital else None
