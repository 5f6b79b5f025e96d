"""How alike two reports are: may they be of one event, and what speaks for it.

What may not be is hard and looks at every report of an incident: other days, towns that lie apart,
another way of a movement. What speaks for it is a sum over place, time, actors, deaths and the
article; two reports are of one event if the sum reaches :data:`ENOUGH`. So a country tells less
than a town, a week less than a day, and a report of another article must say more than one of the
same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geomap.features import POINTS, precision
from geomap.ontology import NATIONAL, group_of
from geomap.space import contains, distance_km

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from geomap.model import LinkedEvent, Place, Span, When

SAME_PLACE_KM = 20.0
"""Towns, quarters and sites that lie no farther apart may be one place."""
ACROSS_DAYS = 3
"""Undated reports of different articles may be one event if published so few days apart."""
LONG_DAYS = 31
"""A longer time ("in 2019") ties no reports of different articles together."""
BEFORE_DAYS = 31
"""How far back "before Sunday" reaches."""

ENOUGH = 1.3
"""Two reports are of one event if so much speaks for it; see the weights below."""
_SAME_ARTICLE = 0.6
_SAME_PLACE, _NEAR, _DIVISION, _COUNTRY, _REGION, _NO_PLACE = 1.0, 0.9, 0.7, 0.5, 0.2, 0.7
_SAME_TIME, _CLOSE_TIME, _OVERLAP, _UNDATED, _GOES_ON = 1.0, 0.8, 0.6, 0.5, 0.1
_RARE = 0.3
"""Earthquakes and elections are few: a country and some days tell which is meant."""
FAMILIES = (
    frozenset({"protest", "riot"}),
    frozenset({"armed_attack", "violent_crime"}),
    frozenset({"fire", "wildfire"}),
)
"""Types by which reports of one event may call it."""
SPANNING = frozenset(
    "drought flood wildfire volcano disease_outbreak strike_action riot".split(),
)
"""What goes on from the first day told to the last."""
LASTING = SPANNING | frozenset("storm displacement aid armed_clash fire kidnapping".split())
"""What an article may tell of on several days without its being another event."""
LASTING_DAYS = 7
"""So far from the day of the surest report an article may tell of what lasts."""
_LISTED = NATIONAL | frozenset(
    "drought flood storm wildfire volcano earthquake landslide disease_outbreak displacement aid "
    "troop_deployment".split(),
)
"""What one word tells as one event of several places: "the storm hit Shefa and Tafea"."""
_OF_FAMILIES: frozenset[str] = frozenset().union(*FAMILIES)
_RARE_GROUPS = frozenset({"disaster", "health"})
_SAME_TYPE = 0.1
"""A riot is rather the riot than the protest told beside it."""
_SAME_ACTOR, _OTHER_ACTOR = 0.2, -0.5
_SAME_DEATHS, _OTHER_DEATHS = 0.2, -0.3
_FEW_DAYS = 3
_DEATHS_FACTOR, _DEATHS_SLACK = 3, 2
"""Counts of the dead differ if one is more than so many times the other, and some."""
_TWO_SIDED = frozenset({"armed_clash", "meeting", "agreement", "trial", "election", "protest"})
"""Types whose reports may name either side, so that other actors are no contradiction."""

_FELT = re.compile(r"\bfelt\b")
"""Where a quake was only felt is no place of another one."""
_AFTERSHOCK = re.compile(r"after-?shock", re.IGNORECASE)
_ANOTHER = re.compile(
    r"(?:\b(?:another|an?\s+(?:second|third|fourth|separate|new|fresh|further|similar|different))\s+"
    r"(?:[\w-]+\s+){0,3}"
    r"|^\W*(?:in\s+(?:a\s+separate|another|a\s+different)\s+\w+|separately|elsewhere)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
"""Words before a trigger by which it is not the event told before."""
_COUNTED = re.compile(
    r"\s*(?:[\w-]+\s+){0,4}?(?:this\s+(?:week|month|year)|since|in\s+(?:as\s+many|less\s+than|under"
    r"|an?|two|three|four|five|six|\d+)\s+(?:\w+\s+)?(?:days?|weeks?|months?|years?|hours?))\b",
    re.IGNORECASE,
)
"""Behind a trigger: "a second attack in a week" counts the event told before."""
_OUTCOME = re.compile(
    r"killed|dead|died|deaths?|shot dead|wounded|injured|slain|bodies|toll", re.IGNORECASE
)
_KILLINGS = frozenset({"armed_attack", "violent_crime"})
_DEADLY = frozenset({"armed_clash"})
"""What kills on both sides; deaths told beside it at its place are its own."""
_FATAL = _DEADLY | frozenset(
    "shelling air_strike bombing riot storm flood landslide earthquake fire industrial_accident "
    "transport_accident".split(),
)
"""What kills, so that deaths told right behind it are its own."""
_GAP = 3
"""Characters between a sentence and the next of the same paragraph."""
_LEAD = 300
"""Characters of the lead, whose "another attack" is other than what older news told."""
_REACH = 60
"""Characters on either side of a trigger that tell of another event."""

Days = tuple[int, int]
"""First and last day, counted as ``date.toordinal`` does."""


class Facts(NamedTuple):
    """What of a report is compared."""

    report: LinkedEvent
    place: Place | None
    days: Days | None
    open: bool
    """Whether only the last possible day is told ("before Sunday")."""
    published: int | None
    actors: frozenset[str]
    deaths: tuple[int, int] | None
    """The least and the greatest number of dead, where both are told."""
    another: bool
    """Whether the text says that it is not the event told before it."""
    is_borrowed: bool
    """Whether the place stands in another sentence."""
    listed: Hashable
    """What is the same for all places that one word reaches over, None if each is an event."""
    aftershock: bool | None
    """Whether an earthquake is an aftershock; None where its words point back ("the quake")."""

    @property
    def article(self) -> str:
        """The id of the report's article."""
        return self.report.article.id

    @property
    def is_long(self) -> bool:
        """Whether the time is too long to tell an event by."""
        return self.days is not None and self.days[1] - self.days[0] > LONG_DAYS


def facts(report: LinkedEvent) -> Facts:
    """Return what of a report is compared."""
    published = report.article.published
    return Facts(
        report,
        report.mention.place if report.mention and not is_felt(report) else None,
        _days(report.when),
        report.when is not None and report.when.start is None,
        published.toordinal() if published else None,
        frozenset(
            p.normalized.partition(" (")[0]
            for p in report.participants
            if p.role == "actor" and p.normalized[:1].isupper()
        ),
        next(((c.low, c.high) for c in report.counts if c.kind == "killed" and c.high), None),
        _is_another(report),
        _is_borrowed(report),
        _listed(report),
        _is_aftershock(report),
    )


def _is_borrowed(report: LinkedEvent) -> bool:
    """Whether a report's place stands in another sentence than its trigger."""
    if report.mention is None:
        return False
    sentence = report.event.sentence
    return not sentence.start <= report.mention.toponym.span.start < sentence.end


def _listed(report: LinkedEvent) -> Hashable:
    """Return the word of a report whose event may reach over several places, else None."""
    event = report.event
    return (report.article.id, event.trigger) if event.type in _LISTED else None


def meet(one: Days, other: Days) -> bool:
    """Whether two times have a day in common.

    >>> meet((1, 3), (3, 5)), meet((1, 2), (3, 5))
    (True, False)
    """
    return one[1] >= other[0] and other[1] >= one[0]


def goes_on(one: Facts, other: Facts, days: Days) -> bool:
    """Whether a report tells of a further day of what lasts; ``days`` is what is known of it."""
    told, kinds = one.days, {one.report.event.type, other.report.event.type}
    if told is None or one.is_long or not kinds <= LASTING:
        return False
    return max(told[0], days[0]) - min(told[1], days[1]) <= LASTING_DAYS


def _is_aftershock(report: LinkedEvent) -> bool | None:
    """Whether a report is of an aftershock, None where "the quake" may be either."""
    is_one = bool(_AFTERSHOCK.match(report.trigger))
    return None if report.event.anaphoric and not is_one else is_one


def with_outcomes(reports: Iterable[LinkedEvent]) -> list[LinkedEvent]:
    """Return reports, those of deaths as of the event that their sentence tells at the same place.

    "Soldiers fought with gunmen near Goma; five gunmen were killed" tells of one event, and so does
    "Shells fell on Goma. Five people were killed."
    """
    found = sorted(reports, key=lambda one: (one.article.id, one.event.trigger, one.id))
    causes: dict[tuple[str, Span], list[LinkedEvent]] = {}
    for report in found:
        if report.event.type in _DEADLY and not _OUTCOME.fullmatch(report.trigger):
            causes.setdefault((report.article.id, report.event.sentence), []).append(report)
    ends: dict[tuple[str, int], LinkedEvent] = {}
    told = []
    for report in found:
        one = _of_cause(report, causes.get((report.article.id, report.event.sentence), ()))
        told.append(_of_last(one, ends))
        if told[-1] is not report or not _OUTCOME.fullmatch(report.trigger):
            ends[report.article.id, report.event.sentence.end] = told[-1]
    return told


def _of_last(report: LinkedEvent, ends: Mapping[tuple[str, int], LinkedEvent]) -> LinkedEvent:
    """Return a report of deaths as of the event that the sentence before it tells last, if any.

    ``ends`` are the last events of sentences by where these end. A sentence that says where or when
    people died tells of an event of its own.
    """
    told, article = report.event, report.article.id
    if told.type not in _KILLINGS or not _OUTCOME.fullmatch(report.trigger):
        return report
    if report.when or (report.mention and not _is_borrowed(report)):
        return report
    near = (ends.get((article, told.sentence.start - gap)) for gap in range(_GAP + 1))
    cause = next(filter(None, near), None)
    if cause is None or cause.event.type not in _FATAL or cause.event.status != told.status:
        return report
    return replace(report, event=replace(told, type=cause.event.type), mention=None)


def _of_cause(report: LinkedEvent, causes: Sequence[LinkedEvent]) -> LinkedEvent:
    """Return a report of deaths as of its cause, if one is told beside it."""
    if report.event.type not in _KILLINGS or not _OUTCOME.fullmatch(report.trigger):
        return report
    place = report.mention and report.mention.place
    kinds = {
        cause.event.type
        for cause in causes
        if cause.event.status == report.event.status
        and (place is None or (cause.mention and cause.mention.place) == place)
    }
    if len(kinds) != 1:
        return report
    return replace(report, event=replace(report.event, type=kinds.pop()))


def is_felt(report: LinkedEvent) -> bool:
    """Whether a report's place is one where an earthquake elsewhere was felt."""
    if report.event.type != "earthquake" or report.mention is None:
        return False
    place = report.mention.toponym.span.start - report.event.sentence.start
    return bool(_FELT.search(report.quote, 0, max(0, place)))


def _is_another(report: LinkedEvent) -> bool:
    """Whether the words around a trigger say that its event is not the one told before it."""
    start = report.event.trigger.start - report.event.sentence.start
    end = report.event.trigger.end - report.event.sentence.start
    before = report.quote[max(0, start - _REACH) : start]
    if report.event.sentence.start < _LEAD:
        return False
    return bool(_ANOTHER.search(before)) and not _COUNTED.match(report.quote, end, end + _REACH)


def _days(when: When | None) -> Days | None:
    if when is None:
        return None
    last = when.end.toordinal()
    return (when.start.toordinal() if when.start else last - BEFORE_DAYS, last)


def places_agree(one: Place, other: Place) -> bool:
    """Whether two places can be one: the same, one in the other, or near each other."""
    return place_weight(one, other)[0] > 0


def place_weight(one: Place, other: Place) -> tuple[float, str]:
    """Return what two places say for one event, 0 if they cannot be one, and why.

    >>> from geomap.model import Place
    >>> iraq = Place("i", "Iraq", 44, 33, "PCLI", "IQ")
    >>> place_weight(iraq, Place("b", "Baghdad", 44.4, 33.3, "PPLC", "IQ", "Baghdad"))
    (0.5, 'Baghdad in Iraq')
    """
    if one.id == other.id:
        return _SAME_PLACE, f"both at {one.name}"
    levels = {precision(place.feature).level for place in (one, other)}
    for outer, inner in ((one, other), (other, one)):
        if contains(outer, inner):
            weight = _WIDTHS.get(precision(outer.feature).level, _REGION)
            return weight, f"{inner.name} in {outer.name}"
    apart = distance_km(one, other)
    if levels <= POINTS:
        if apart <= SAME_PLACE_KM:
            return _NEAR, f"{one.name} {apart:.0f} km from {other.name}"
    elif levels & _VAGUE and levels <= _VAGUE | _AREAS and apart <= _reach(one, other):
        return _REGION, f"{one.name} meets {other.name}"
    return 0.0, ""


def _reach(one: Place, other: Place) -> float:
    """Return how far apart the middles of two areas that meet may lie, km."""
    if any(precision(place.feature).level in POINTS for place in (one, other)):
        return one.radius_km + other.radius_km
    return max(one.radius_km, other.radius_km)


_VAGUE = frozenset({"region", "admin2"})
"""Areas known by a point and a radius."""
_AREAS = POINTS | {"admin1"}


_WIDTHS = {
    "city": _NEAR,
    "district": _NEAR,
    "admin2": _DIVISION,
    "admin1": _DIVISION,
    "country": _COUNTRY,
}


def time_weight(one: Days | None, other: Days | None) -> tuple[float, str]:
    """Return what two times that can be one say for one event, and why."""
    if one is None or other is None:
        return _UNDATED, "no date against it"
    if one == other:
        return _SAME_TIME, "the same day" if one[0] == one[1] else "the same days"
    if not meet(one, other):
        return _GOES_ON, "days of what lasts"
    if max(one[1], other[1]) - min(one[0], other[0]) <= _FEW_DAYS:
        return _CLOSE_TIME, "days that meet"
    return _OVERLAP, "times that meet"


def likeness(
    one: Facts, other: Facts, days: Days | None, *, same_article: bool
) -> tuple[float, str]:
    """Return how much speaks for one event, and what; ``days`` is the second one's known time."""
    kind = one.report.event.type
    place = (
        place_weight(one.place, other.place)
        if one.place and other.place
        else (_NO_PLACE, "no place against it")
    )
    found = [place, time_weight(one.days, days), *_people(one, other)]
    if same_article:
        found.append((_SAME_ARTICLE, "the same article"))
    if kind == other.report.event.type in _OF_FAMILIES:
        found.append((_SAME_TYPE, "of the same type"))
    if group_of(kind) in _RARE_GROUPS or kind in NATIONAL:
        found.append((_RARE, "rare events"))
    return round(sum(weight for weight, _ in found), 3), ", ".join(why for _, why in found)


def _people(one: Facts, other: Facts) -> list[tuple[float, str]]:
    """Return what actors and deaths say for and against one event."""
    found = []
    if one.actors & other.actors:
        found.append((_SAME_ACTOR, f"both by {min(one.actors & other.actors)}"))
    elif one.actors and other.actors and one.report.event.type not in _TWO_SIDED:
        found.append((_OTHER_ACTOR, "though by others"))
    if one.deaths and one.deaths == other.deaths and one.deaths[0] > 1:
        found.append((_SAME_DEATHS, f"both {one.deaths[0]} dead"))
    elif one.deaths and other.deaths and _differ(one.deaths, other.deaths):
        found.append((_OTHER_DEATHS, "though other deaths"))
    return found


def _differ(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two numbers of dead are too far apart for one event, tolls that rise included."""
    less, more = sorted((one, other))
    return more[0] > _DEATHS_FACTOR * less[1] + _DEATHS_SLACK
