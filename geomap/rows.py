"""Flat objects for tables: a row an incident, a place name of an article, or a known place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.features import precision
from geomap.records import record

if TYPE_CHECKING:
    from geomap.model import Article, Candidate, Incident, Mention, Place

Row = dict[str, Any]

COLUMNS = {
    "id": "text",
    "type": "text",
    "group": "text",
    "status": "text",
    "date_start": "text",
    "date_end": "text",
    "date_precision": "text",
    "time_precision": "whole",
    "place": "text",
    "place_id": "text",
    "lon": "number",
    "lat": "number",
    "feature": "text",
    "country": "text",
    "admin1": "text",
    "level": "text",
    "geo_precision": "whole",
    "where_prec": "whole",
    "radius_km": "number",
    "role": "text",
    "origin": "text",
    "origin_lon": "number",
    "origin_lat": "number",
    "actors": "list",
    "targets": "list",
    "fatalities_min": "whole",
    "fatalities_max": "whole",
    "counts": "list",
    "approximate": "list",
    "trigger": "text",
    "trigger_start": "whole",
    "trigger_end": "whole",
    "quote": "text",
    "quote_start": "whole",
    "quote_end": "whole",
    "mention": "text",
    "mention_start": "whole",
    "mention_end": "whole",
    "article_id": "text",
    "article_title": "text",
    "article_url": "text",
    "published": "text",
    "confidence": "number",
    "reason": "text",
    "reports": "list",
    "plover": "text",
    "cameo": "text",
    "acled": "text",
    "iptc": "text",
    "glide": "text",
}
"""The columns of every table and what their cells hold, whether any incident fills them or not."""


def incident_row(incident: Incident) -> Row:
    """Return the properties of an incident in the order of the columns."""
    properties = record(incident)
    return {name: properties[name] for name in COLUMNS}


def mention_row(article: Article, mention: Mention) -> Row:
    """Return a place name of an article, and the place it means, as one flat object."""
    toponym = mention.toponym
    return {
        "article_id": article.id,
        "start": toponym.span.start,
        "end": toponym.span.end,
        "text": toponym.text,
        "kind": toponym.kind,
        "score": toponym.score,
        **_place_fields(mention.place),
        "confidence": mention.score,
        "reason": mention.reason,
    }


def _place_fields(place: Place | None) -> Row:
    if place is None:
        names = ("place", "place_id", "feature", "country", "admin1", "lon", "lat", "radius_km")
        return dict.fromkeys(names)
    return {
        "place": place.name,
        "place_id": place.id,
        "feature": place.feature,
        "country": place.country,
        "admin1": place.admin1,
        "lon": place.lon,
        "lat": place.lat,
        "radius_km": place.radius_km,
    }


def point_feature(row: Row) -> Row:
    """Return a flat object with ``lon`` and ``lat`` as a GeoJSON Feature.

    >>> point_feature({"place": "Erbil", "lon": 44.01, "lat": 36.19})["geometry"]
    {'type': 'Point', 'coordinates': [44.01, 36.19]}
    """
    at = None
    if row["lon"] is not None:
        at = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    properties = {name: value for name, value in row.items() if name not in ("lon", "lat")}
    return {"type": "Feature", "geometry": at, "properties": properties}


def candidate_row(query: str, candidate: Candidate) -> Row:
    """Return a place that a name may mean as one flat object.

    >>> from geomap import Candidate, Place
    >>> row = candidate_row("erbil", Candidate(Place("x", "Erbil", 44.01, 36.19, "PPLA")))
    >>> row["query"], row["name"], row["kind"]
    ('erbil', 'Erbil', 'city')
    """
    place = candidate.place
    return {
        "query": query,
        "name": place.name,
        "lon": place.lon,
        "lat": place.lat,
        "kind": precision(place.feature).level,
        "country": place.country,
        "population": place.population,
        "id": place.id,
        "feature": place.feature,
        "admin1": place.admin1,
        "match": candidate.name_kind,
    }
