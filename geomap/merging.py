"""Reports of the same real event, merged into incidents.

Reports are taken in order of how exactly they tell place and time. Each goes to the incident that
it is most like (:mod:`geomap.likeness`), if it contradicts no report that is in it, or else begins
one of its own; so no chain of reports ties two towns or two days together. The result does not
depend on the order in which the reports come, nor on reports of other times, places and types.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.features import LEVELS, POINTS, precision
from geomap.likeness import (
    ACROSS_DAYS,
    ENOUGH,
    FAMILIES,
    SAME_PLACE_KM,
    SPANNING,
    facts,
    goes_on,
    is_felt,
    likeness,
    meet,
    places_agree,
    with_outcomes,
)
from geomap.model import SHOWN, Incident, Place, Role, When, stable_id
from geomap.ontology import NATIONAL, group_of
from geomap.shelves import Shelf
from geomap.sites import MOVEMENTS
from geomap.space import contains, widened, widest_km

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from geomap.likeness import Days, Facts
    from geomap.model import LinkedEvent
    from geomap.space import Box

_SEVERITY = ("riot", "armed_attack", "violent_crime", "protest")
"""Of a family's types the incident takes the first that a report has."""
_SURE_SHARE = 0.6
"""A report's place counts if it is at least so sure, compared with the surest."""
_MOST_AREAS = 50
"""No event is told of more divisions; the bound keeps the work in proportion to the reports."""


def merge(events: Iterable[LinkedEvent]) -> tuple[Incident, ...]:
    """Return the incidents that reports tell of, in order of time, place and type."""
    families: dict[Hashable, Family] = {}
    shown = with_outcomes(e for e in events if e.event.status in SHOWN)
    for report in sorted(map(facts, shown), key=_rank):
        event = report.report.event
        key = (_family(event.type), event.status == "planned")
        families.setdefault(key, Family()).take(report)
    found = [
        _incident(cluster.reports, cluster.because)
        for family in families.values()
        for cluster in family.clusters
    ]
    return tuple(sorted(filter(_is_shown, found), key=_order))


class Family:
    """The incidents of types that may be one, planned or not."""

    __slots__ = ("_listed", "clusters", "shelf")

    def __init__(self) -> None:
        """Begin without any."""
        self.clusters: list[Cluster] = []
        self._listed: dict[Hashable, int] = {}
        self.shelf = Shelf()

    def take(self, report: Facts) -> None:
        """Add a report to the incident that it is most like, or to a new one."""
        number = self.shelf.alike(report) if self.shelf.is_crowded(report) else None
        if number is None:
            number = self._of_list(report)
        if number is None:
            number = self._most_like(report)
        if number is None and report.is_borrowed and not self.shelf.is_full(report):
            report, number = self._without_place(report)
        if number is None:
            number = self.shelf.begin(report)
            self.clusters.append(Cluster(report))
        else:
            self.clusters[number].add(report)
        self.shelf.add(number, report)
        if report.listed:
            self._listed.setdefault(report.listed, number)

    def _of_list(self, report: Facts) -> int | None:
        """Return the incident of the same word at another place, if one event reaches over both."""
        number = self._listed.get(report.listed) if report.listed else None
        if number is None or not self.clusters[number].bears(report._replace(place=None)):
            return None
        return number

    def _without_place(self, report: Facts) -> tuple[Facts, int | None]:
        """Return a report as one of no place, and what it is most like then; else as it was.

        A place that another sentence lent speaks less than an event that the article tells.
        """
        unplaced = report._replace(place=None)
        number = self._most_like(unplaced)
        return (report if number is None else unplaced), number

    def _most_like(self, report: Facts) -> int | None:
        """Return the incident that a report is most like, if any is like enough."""
        near = self.shelf.near(report)
        fitting = [number for number in near if self.clusters[number].bears(report)]
        weights = {number: self.clusters[number].weigh(report)[0] for number in fitting}
        best = max(
            fitting,
            key=lambda number: (weights[number], -self.clusters[number].distance(report)),
            default=None,
        )
        return best if best is not None and weights[best] >= ENOUGH else None


class Cluster:
    """Reports of one event, the best first, with what any further one must agree with.

    Times agree with every report's if they meet the days that all reports have in common, so
    those alone are kept; likewise the first and last day of publication.
    """

    __slots__ = (
        "_another",
        "_areas",
        "_articles",
        "_box",
        "_center",
        "_days",
        "_first",
        "_origin",
        "_places",
        "_published",
        "_role",
        "because",
        "reports",
    )

    def __init__(self, first: Facts) -> None:
        """Begin with the report that tells most."""
        self.reports: list[LinkedEvent] = []
        self.because: dict[str, str] = {}
        self._first = first
        self._days: Days | None = None
        self._published: Days | None = None
        self._articles: dict[str, list[int]] = {}
        self._another: dict[str, int] = {}
        self._places: set[str] = set()
        self._areas: dict[str, Place] = {}
        self._center: Place | None = None
        self._box: Box | None = None
        self._role: Role | None = None
        self._origin: str | None = None
        self._note(first)

    def add(self, report: Facts) -> None:
        """Add a report that the cluster bears, with what speaks for it."""
        self.because[report.report.id] = self.weigh(report)[1]
        self._note(report)

    def weigh(self, report: Facts) -> tuple[float, str]:
        """Return how much speaks for a report to be of this event, and what."""
        alike = report.place is not None and report.place.id in self._places
        other = self._first._replace(place=report.place) if alike else self._first
        return likeness(report, other, self._days, same_article=report.article in self._articles)

    def bears(self, report: Facts) -> bool:
        """Whether a report contradicts none of the cluster."""
        return (
            self._bears_movement(report.report)
            and self._bears_course(report)
            and self._bears_time(report)
            and self._bears_place(report)
        )

    def _note(self, report: Facts) -> None:
        told = report.report
        self.reports.append(told)
        self._note_offset(report)
        if report.place:
            self._note_place(report.place)
            self._role = told.role
        self._origin = self._origin or _origin(told)
        if report.days and (self._days is None or meet(self._days, report.days)):
            first, last = self._days or report.days
            self._days = (max(first, report.days[0]), min(last, report.days[1]))
        self._published = self._told_from_to(report.published)

    def _note_offset(self, report: Facts) -> None:
        """Note where in its article a report stands, and where the last says that it is another."""
        offset, article = report.report.event.trigger.start, report.article
        insort(self._articles.setdefault(article, []), offset)
        if report.another:
            self._another[article] = max(offset, self._another.get(article, 0))

    def distance(self, report: Facts) -> float:
        """Return how many characters lie between a report and the nearest of its article."""
        offsets, offset = self._articles.get(report.article), report.report.event.trigger.start
        if not offsets:
            return math.inf
        at = bisect_left(offsets, offset)
        return min(abs(offset - near) for near in offsets[max(0, at - 1) : at + 1])

    def _told_from_to(self, day: int | None) -> Days | None:
        """Return the first and last day of publication, None if one is unknown."""
        if day is None or len(self.reports) == 1:
            return None if day is None else (day, day)
        return self._published and (min(self._published[0], day), max(self._published[1], day))

    def _note_place(self, place: Place) -> None:
        self._places.add(place.id)
        if self._first.place and not places_agree(place, self._first.place):
            return
        if precision(place.feature).level not in POINTS:
            self._areas[place.id] = place
            return
        self._center = self._center or place
        if self._center is place or not contains(place, self._center):
            self._box = widened(self._box, place)

    def _bears_course(self, report: Facts) -> bool:
        """Whether the text does not count a report apart: "another blast", an aftershock."""
        offsets = self._articles.get(report.article)
        if not offsets:
            return True
        if None not in (report.aftershock, self._first.aftershock) and (
            report.aftershock != self._first.aftershock
        ):
            return False
        if report.another:
            return offsets[0] >= report.report.event.trigger.start
        return report.report.event.trigger.start >= self._another.get(report.article, 0)

    def _bears_movement(self, told: LinkedEvent) -> bool:
        """Whether a movement can be this one: the role of its place and its start agree."""
        if told.event.type not in MOVEMENTS:
            return True
        if told.mention and self._role and told.role != self._role:
            return False
        return _origin(told) in (None, self._origin) or self._origin is None

    def _bears_time(self, report: Facts) -> bool:
        """Whether days meet; undated reports of other articles are told at about the same time."""
        known, days = self._days, report.days
        if known and days:
            if meet(known, days):
                return self._bears_open(report)
            return report.article in self._articles and goes_on(report, self._first, known)
        if report.article in self._articles:
            return True
        told, day = self._published, report.published
        if told is None or day is None:
            return False
        return told[1] - ACROSS_DAYS <= day <= told[0] + ACROSS_DAYS

    def _bears_open(self, report: Facts) -> bool:
        """Whether two times of which only the end is told end on the same day."""
        first = self._first
        return not (report.open and first.open and first.days) or report.days == first.days

    def _bears_place(self, report: Facts) -> bool:
        """Whether all places agree; a report without one is told beside one of the event."""
        place = report.place
        if place is None:
            return report.article in self._articles
        if place.id in self._places:
            return True
        if len(self._areas) > _MOST_AREAS:
            return False
        if self._center and not places_agree(place, self._center):
            return False
        is_point = precision(place.feature).level in POINTS
        if (
            is_point
            and self._center
            and not contains(place, self._center)
            and not self._holds(place)
        ):
            return False
        return all(places_agree(place, area) for area in self._areas.values())

    def _holds(self, place: Place) -> bool:
        """Whether the points of the cluster stay close to each other with a further one."""
        return widest_km(widened(self._box, place)) <= SAME_PLACE_KM


def _origin(told: LinkedEvent) -> str | None:
    """Return the id of the place where a movement started."""
    return told.origin.place.id if told.origin and told.origin.place else None


def _is_shown(incident: Incident) -> bool:
    """Whether an incident happened, or is planned for a time that is told."""
    return incident.status != "planned" or incident.when is not None


def _rank(report: Facts) -> tuple[object, ...]:
    """Sort reports so that those that say most come first, whatever the order of input."""
    told, days = report.report, report.days
    return (
        report.place is None,
        report.is_borrowed,
        days is None,
        report.is_long,
        precision(report.place.feature).where_prec if report.place else 9,
        days[1] - days[0] if days else 0,
        -told.score,
        report.article,
        told.id,
    )


def _family(kind: str) -> str:
    return next((min(family) for family in FAMILIES if kind in family), kind)


def _place(report: LinkedEvent) -> Place | None:
    return report.mention.place if report.mention else None


def _incident(cluster: Sequence[LinkedEvent], because: Mapping[str, str]) -> Incident:
    """Return the incident of reports that stand in order of rank, with why they are of one."""
    kinds = {report.event.type for report in cluster}
    kind = next((k for k in _SEVERITY if k in kinds), _commonest(cluster))
    placed = [report for report in cluster if _place(report)]
    placed = [report for report in placed if not is_felt(report)] or placed
    placed = [report for report in placed if _is_about(report, placed[0])]
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
        because=tuple(because.get(report.id, "") for report in reports),
    )


def _commonest(cluster: Sequence[LinkedEvent]) -> str:
    """Return the type that most reports have; of as many, the first by the alphabet."""
    told = Counter(report.event.type for report in cluster)
    return min(told, key=lambda kind: (-told[kind], kind))


def _placing(kind: str, placed: Sequence[LinkedEvent]) -> LinkedEvent:
    """Return the report whose place the incident takes: the finest that is sure enough."""
    sure = max(report.score for report in placed)
    fitting = [r for r in placed if r.score >= _SURE_SHARE * sure] or list(placed)
    widest = -1 if kind in NATIONAL else 1
    return min(fitting, key=lambda r: (widest * _fineness(r), -r.score, r.id))


def _is_about(report: LinkedEvent, first: LinkedEvent) -> bool:
    """Whether a report's place can be that of the first."""
    here, there = _place(report), _place(first)
    return here is not None and there is not None and places_agree(here, there)


def _fineness(report: LinkedEvent) -> int:
    """Return how wide a report's place is; a quarter of a city is finer than the city."""
    place = _place(report)
    if place is None:
        return 99
    exact = precision(place.feature)
    code = 1 if place.feature == "PPLX" else exact.where_prec
    return code * 10 + LEVELS.index(exact.level)


def _role(cluster: Sequence[LinkedEvent], best: LinkedEvent) -> Role:
    return next((r.role for r in cluster if r.role == "destination"), best.role)


def _when(cluster: Sequence[LinkedEvent]) -> When | None:
    """Return the most precise time that a report gives; a complete one before "before Sunday".

    Of what lasts, days told apart are its first and last.
    """
    told = [report.when for report in cluster if report.when]
    if cluster[0].event.type in SPANNING and (span := _span(told)):
        return span
    return min(
        told,
        key=lambda w: (w.start is None, (w.end - w.start).days if w.start else 0, w.end),
        default=None,
    )


def _span(told: Sequence[When]) -> When | None:
    """Return the time from the first to the last day told; None if all times meet."""
    whole = sorted(((w.start, w.end, w) for w in told if w.start), key=lambda w: w[:2])
    last = max((end for _, end, _ in whole), default=None)
    if last is None or whole[-1][0] <= min(end for _, end, _ in whole):
        return None
    return replace(whole[0][2], start=whole[0][0], end=last)


def _order(incident: Incident) -> tuple[str, str, str, str, str]:
    when = incident.when
    day = str((when.start or when.end) if when else "9999")
    place = incident.place.name if incident.place else "~"
    return (day, group_of(incident.type), incident.type, place, incident.id)
