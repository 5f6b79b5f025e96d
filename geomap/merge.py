"""Reports of the same real event, merged into incidents.

Two reports belong together if their types are of one family, their places and times can be the
same, and their statuses and roles agree. An incident takes a report only if it fits every report
that is in it, so that no chain of reports ties two towns or two days together. The result does not
depend on the order in which the reports come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geomap.features import precision
from geomap.model import Incident, Place, Role, Status, When, stable_id
from geomap.ontology import NATIONAL, group_of
from geomap.sites import MOVEMENTS
from geomap.space import contains, distance_km

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from geomap.model import LinkedEvent

SHOWN: frozenset[Status] = frozenset({"happened", "ongoing", "planned"})
"""The statuses that make an incident; the others are kept off the map."""

_FAMILIES = (
    frozenset({"protest", "riot"}),
    frozenset({"armed_attack", "violent_crime"}),
)
"""Types by which reports of one event may call it."""
_SEVERITY = ("riot", "armed_attack", "violent_crime", "protest")
"""Of a family's types the incident takes the first that a report has."""
_LEVELS = ("site", "district", "city", "admin2", "admin1", "region", "sea", "country")
_SURE_SHARE = 0.6
"""A report's place counts if it is at least so sure, compared with the surest."""
_SAME_PLACE_KM = 20.0
_LONG_DAYS = 366
"""Longer times are compared with every other one rather than month by month."""
_ACROSS_DAYS = 3
"""Undated reports of different articles may be one event if published so few days apart."""


def merge(events: Iterable[LinkedEvent]) -> tuple[Incident, ...]:
    """Return the incidents that reports tell of, in order of time, place and type."""
    reports = sorted((e for e in events if e.event.status in SHOWN), key=_rank)
    families: dict[str, Shelf] = {}
    for report in reports:
        shelf = families.setdefault(_family(report.event.type), Shelf([], {}))
        fitting = [cluster for cluster in shelf.near(report) if cluster.takes(report)]
        if fitting:
            best = max(fitting, key=lambda cluster: _closeness(report, cluster.reports[0]))
        else:
            best = shelf.new(report)
        best.add(report)
    found = [
        _incident(cluster.reports) for shelf in families.values() for cluster in shelf.clusters
    ]
    return tuple(sorted(filter(_is_shown, found), key=_order))


class Cluster(NamedTuple):
    """Reports of one event, the best first, and one of each that agree in all that is compared."""

    reports: list[LinkedEvent]
    unlike: dict[Hashable, LinkedEvent]

    def takes(self, report: LinkedEvent) -> bool:
        """Whether a report fits every report of the cluster."""
        return all(same_event(report, other) for other in self.unlike.values())

    def add(self, report: LinkedEvent) -> None:
        """Add a report."""
        self.reports.append(report)
        self.unlike.setdefault(_compared(report), report)


class Shelf(NamedTuple):
    """The clusters of a family of types, found by the time and article of their first reports.

    What agrees with a cluster agrees with its first report, so that only clusters of the same
    months, or for want of a date of the same article or days of publication, need a closer look.
    """

    clusters: list[Cluster]
    places: dict[Hashable, list[int]]

    def near(self, report: LinkedEvent) -> list[Cluster]:
        """Return all clusters, the oldest first, whose times can agree with a report's."""
        found = {at for key in _sought(report) for at in self.places.get(key, ())}
        return [self.clusters[at] for at in sorted(found)]

    def new(self, report: LinkedEvent) -> Cluster:
        """Return a new cluster that will begin with a report."""
        for key in _filed(report):
            self.places.setdefault(key, []).append(len(self.clusters))
        self.clusters.append(Cluster([], {}))
        return self.clusters[-1]


def _filed(report: LinkedEvent) -> list[Hashable]:
    """Return the keys under which a cluster stands that begins with a report."""
    told = [("told", key) for key in _telling(report, 0)]
    if report.when is None:
        return [*told, *(("undated", key) for key in _telling(report, 0))]
    months = _months(report.when)
    return [*told, "dated", *months] if months else [*told, "dated", "long"]


def _sought(report: LinkedEvent) -> list[Hashable]:
    """Return the keys under which the clusters stand that may take a report."""
    if report.when is None:
        return [("told", key) for key in _telling(report, _ACROSS_DAYS)]
    undated = [("undated", key) for key in _telling(report, _ACROSS_DAYS)]
    months = _months(report.when)
    return [*undated, "long", *months] if months else [*undated, "dated"]


def _telling(report: LinkedEvent, days: int) -> list[Hashable]:
    """Return a report's article, and its day of publication with so many days on either side."""
    article = report.article
    if article.published is None:
        return [article.id]
    day = article.published.toordinal()
    return [article.id, *range(day - days, day + days + 1)]


def _months(when: When) -> range | None:
    """Return the months of a time, counted from the year 0; None where they are open or many."""
    if when.start is None or (when.end - when.start).days > _LONG_DAYS:
        return None
    first, last = (day.year * 12 + day.month for day in (when.start, when.end))
    return range(first, last + 1)


def _compared(report: LinkedEvent) -> Hashable:
    """Return all of a report that :func:`same_event` looks at."""
    place, origin, when = _place(report), report.origin and report.origin.place, report.when
    return (
        report.event.type in MOVEMENTS,
        report.event.status == "planned",
        place and place.id,
        report.role,
        origin and origin.id,
        when and (when.start, when.end),
        report.article.id,
        report.article.published,
    )


def _is_shown(incident: Incident) -> bool:
    """Whether an incident happened, or is planned for a time that is told."""
    return incident.status != "planned" or incident.when is not None


def _rank(report: LinkedEvent) -> tuple[object, ...]:
    """Sort reports so that those that say most come first, whatever the order of input."""
    place = report.mention.place if report.mention else None
    fineness = precision(place.feature).where_prec if place else 9
    return (
        place is None,
        report.when is None,
        fineness,
        -report.score,
        report.article.id,
        report.id,
    )


def _closeness(report: LinkedEvent, other: LinkedEvent) -> tuple[bool, bool, float]:
    """Tell how well a report fits an incident's best report."""
    a, b = _place(report), _place(other)
    apart = distance_km(a, b) if a and b else 0.0
    return (report.article.id == other.article.id, report.when == other.when, -apart)


def _family(kind: str) -> str:
    return next((min(family) for family in _FAMILIES if kind in family), kind)


def _place(report: LinkedEvent) -> Place | None:
    return report.mention.place if report.mention else None


def same_event(a: LinkedEvent, b: LinkedEvent) -> bool:
    """Whether two reports of one family of types can be of the same event."""
    if (a.event.status == "planned") != (b.event.status == "planned"):
        return False
    if a.event.type in MOVEMENTS and not _same_movement(a, b):
        return False
    return _times_agree(a, b) and _places_agree(a, b)


def _same_movement(a: LinkedEvent, b: LinkedEvent) -> bool:
    """Whether two movements can be one: the roles of their places and their starts agree."""
    if a.mention and b.mention and a.role != b.role:
        return False
    starts = [m.place for m in (a.origin, b.origin) if m and m.place]
    return len(starts) < 2 or starts[0].id == starts[1].id  # noqa: PLR2004


def _places_agree(a: LinkedEvent, b: LinkedEvent) -> bool:
    one, other = _place(a), _place(b)
    if one is None or other is None:
        return a.article.id == b.article.id
    if one.id == other.id or contains(one, other) or contains(other, one):
        return True
    levels = {precision(p.feature).level for p in (one, other)}
    return levels <= {"site", "city", "district"} and distance_km(one, other) <= _SAME_PLACE_KM


def _times_agree(a: LinkedEvent, b: LinkedEvent) -> bool:
    if a.when is not None and b.when is not None:
        return a.when.overlaps(b.when)
    if a.article.id == b.article.id:
        return True
    days = [r.article.published for r in (a, b)]
    if days[0] is None or days[1] is None:
        return False
    return abs((days[0] - days[1]).days) <= _ACROSS_DAYS


def _incident(cluster: Sequence[LinkedEvent]) -> Incident:
    """Return the incident of reports that stand in order of rank."""
    kinds = {report.event.type for report in cluster}
    kind = next((k for k in _SEVERITY if k in kinds), cluster[0].event.type)
    placed = [report for report in cluster if _place(report)]
    best = _placing(kind, placed) if placed else cluster[0]
    when = _when(cluster)
    reports = tuple(
        sorted(cluster, key=lambda r: (r is not best, -r.score, r.article.id, r.event.trigger))
    )
    place = _place(best)
    origin = next((r.origin.place for r in reports if r.origin), None)
    return Incident(
        id=stable_id(
            kind, place.id if place else "", when and (when.start, when.end), reports[0].id
        ),
        type=kind,
        status=best.event.status,
        place=place,
        role=_role(cluster, best),
        origin=origin,
        when=when,
        reports=reports,
        score=max(report.score for report in reports),
        reason=best.reason,
    )


def _placing(kind: str, placed: Sequence[LinkedEvent]) -> LinkedEvent:
    """Return the report whose place the incident takes: the finest that is sure enough."""
    sure = max(report.score for report in placed)
    fitting = [r for r in placed if r.score >= _SURE_SHARE * sure] or list(placed)
    widest = -1 if kind in NATIONAL else 1
    return min(fitting, key=lambda r: (widest * _fineness(r), -r.score, r.id))


def _fineness(report: LinkedEvent) -> int:
    """Return how wide a report's place is; a quarter of a city is finer than the city."""
    place = _place(report)
    if place is None:
        return 99
    exact = precision(place.feature)
    code = 1 if place.feature == "PPLX" else exact.where_prec
    return code * 10 + _LEVELS.index(exact.level)


def _role(cluster: Sequence[LinkedEvent], best: LinkedEvent) -> Role:
    return next((r.role for r in cluster if r.role == "destination"), best.role)


def _when(cluster: Sequence[LinkedEvent]) -> When | None:
    """Return the most precise time that a report gives; a complete one before "before Sunday"."""
    told = [report.when for report in cluster if report.when]
    return min(
        told,
        key=lambda w: (w.start is None, (w.end - w.start).days if w.start else 0, w.end),
        default=None,
    )


def _order(incident: Incident) -> tuple[str, str, str, str, str]:
    when = incident.when
    day = str((when.start or when.end) if when else "9999")
    place = incident.place.name if incident.place else "~"
    return (day, group_of(incident.type), incident.type, place, incident.id)
