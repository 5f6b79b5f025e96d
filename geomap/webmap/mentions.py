"""Places that articles merely mention, for the layer that is off at first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from geomap.features import precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.model import Incident, Mention, Place

WIDE = frozenset({"country", "region", "sea"})
"""Levels whose mention a dot would misplace."""


def mere_mentions(
    mentions: Iterable[Mention], incidents: Iterable[Incident]
) -> list[dict[str, Any]]:
    """Return the places that are mentioned and have no event, those mentioned most first.

    Each is a dict with ``name``, ``lon``, ``lat`` (degrees) and ``count``. Countries and regions
    are left out: they are no points.

    >>> from geomap.model import Mention, Place, Span, Toponym
    >>> lima = Place("geonames:3936456", "Lima", -77.03, -12.04, "PPLC")
    >>> seen = Mention(Toponym(Span(0, 4), "Lima", "place", 1.0), lima, 1.0)
    >>> mere_mentions([seen, seen], [])
    [{'name': 'Lima', 'lon': -77.03, 'lat': -12.04, 'count': 2}]
    """
    used = {incident.place.id for incident in incidents if incident.place}
    places: dict[str, Place] = {}
    counts: Counter[str] = Counter()
    for place in (mention.place for mention in mentions if mention.place):
        if place.id not in used and precision(place.feature).level not in WIDE:
            places[place.id] = place
            counts[place.id] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"name": places[key].name, "lon": places[key].lon, "lat": places[key].lat, "count": count}
        for key, count in ordered
    ]
