"""An incident as a flat record: the same property names in every export and on the map.

The names are explained in the README's table of properties. Dates are ISO days, distances km,
coordinates WGS84 degrees, offsets Python string indices into the article's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.counts import combine
from geomap.dates import precision_code
from geomap.features import precision
from geomap.ontology import event_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.model import Incident, LinkedEvent, Participant, Place

Record = dict[str, Any]


def record(incident: Incident) -> Record:
    """Return the properties of an incident; what is unknown is None or empty."""
    kind = event_types()[incident.type]
    best = incident.reports[0]
    because = (*incident.because, *[""] * len(incident.reports))
    return {
        "id": incident.id,
        "type": incident.type,
        "group": kind.group,
        "status": incident.status,
        **_when(incident),
        **_where(incident),
        **_who(incident),
        **_evidence(best),
        "confidence": incident.score,
        "reason": incident.reason,
        "reports": [
            _report(report, why) for report, why in zip(incident.reports, because, strict=False)
        ],
        "plover": kind.plover,
        "cameo": kind.cameo,
        "acled": kind.acled,
        "iptc": kind.iptc,
        "glide": kind.glide,
    }


def feature(incident: Incident) -> Record:
    """Return an incident as a GeoJSON Feature (RFC 7946): its place's point, or no geometry."""
    place = incident.place
    point = {"type": "Point", "coordinates": [place.lon, place.lat]} if place else None
    return {"type": "Feature", "id": incident.id, "geometry": point, "properties": record(incident)}


def feature_collection(incidents: Iterable[Incident]) -> Record:
    """Return incidents as a GeoJSON FeatureCollection."""
    return {"type": "FeatureCollection", "features": [feature(incident) for incident in incidents]}


def _when(incident: Incident) -> Record:
    when = incident.when
    complete = when is not None and when.start is not None
    return {
        "date_start": str(when.start) if when and when.start else None,
        "date_end": str(when.end) if when else None,
        "date_precision": when.precision if when and complete else "none",
        "time_precision": precision_code(when.precision if when and complete else None),
    }


def _where(incident: Incident) -> Record:
    place = incident.place
    exact = precision(place.feature) if place else None
    origin = incident.origin
    return {
        "place": place.name if place else None,
        "place_id": place.id if place else None,
        "lon": place.lon if place else None,
        "lat": place.lat if place else None,
        "feature": place.feature if place else None,
        "country": place.country or None if place else None,
        "admin1": place.admin1 or None if place else None,
        "level": exact.level if exact else None,
        "geo_precision": exact.geo_precision if exact else None,
        "where_prec": exact.where_prec if exact else None,
        "radius_km": _radius(place),
        "role": incident.role,
        "origin": origin.name if origin else None,
        "origin_lon": origin.lon if origin else None,
        "origin_lat": origin.lat if origin else None,
    }


def _radius(place: Place | None) -> float | None:
    """Return how far from the point the event may have been, km."""
    if place is None:
        return None
    return round(place.radius_km or precision(place.feature).radius_km, 1)


def _who(incident: Incident) -> Record:
    counts = combine(count for report in incident.reports for count in report.counts)
    about = [kind for kind, told in sorted(counts.items()) if told.operator == "~"]
    killed = counts.pop("killed", None)
    people = [p for report in incident.reports for p in report.participants]
    return {
        "actors": _names(people, "actor"),
        "targets": _names(people, "target"),
        "fatalities_min": killed.low if killed else None,
        "fatalities_max": killed.high if killed else None,
        "counts": {kind: [told.low, told.high] for kind, told in sorted(counts.items())},
        "approximate": about,
    }


def _names(people: Iterable[Participant], role: str) -> list[str]:
    """Return the names of those who have a role, each once."""
    return list(dict.fromkeys(p.normalized or p.name for p in people if p.role == role))


def _evidence(report: LinkedEvent) -> Record:
    event, mention = report.event, report.mention
    return {
        "trigger": report.trigger,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "quote": report.quote,
        "quote_start": event.sentence.start,
        "quote_end": event.sentence.end,
        "mention": mention.toponym.text if mention else None,
        "mention_start": mention.toponym.span.start if mention else None,
        "mention_end": mention.toponym.span.end if mention else None,
        "article_id": report.article.id,
        "article_title": report.article.title or None,
        "article_url": report.article.url or None,
        "published": str(report.article.published) if report.article.published else None,
    }


def _report(report: LinkedEvent, why: str) -> Record:
    """Return a report's evidence; its reason says also why it is of the incident."""
    reason = f"{report.reason}; the same event: {why}" if why else report.reason
    return {**_evidence(report), "confidence": report.score, "reason": reason}
