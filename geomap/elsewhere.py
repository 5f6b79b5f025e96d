"""Where an event happened that its own sentence does not place: a learned choice.

All places of the article compete (but for those the sentence names for something else), and so
does none of them. Each has some numbers, ``FEATURES``: how near it is named and in which
paragraph, whether other events happened there and which, what the dateline, the lead and the title
say of it, and whether the sentence before or another report of the event names it
(:mod:`geomap.scenes`). Boosted trees (:mod:`geomap.forest`), trained on the project's own articles
by ``geomap/training/elsewhere.py``, say how likely each is the place; then a second look
(:mod:`geomap.consensus`) also weighs how likely it is to the article's other events.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap import consensus
from geomap.features import POINTS, precision
from geomap.ontology import NATIONAL, event_types, group_of
from geomap.space import contains

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from geomap.model import Event, Mention, Place
    from geomap.page import Page
    from geomap.scenes import Scenes, Setting

    Named = Iterator[tuple[str, float]]
    """Features with their names."""

_MODELS = Path(__file__).with_name("models")
MODELS = (_MODELS / "elsewhere.json", _MODELS / "elsewhere_again.json")
"""The trees of the first look and of the second."""
LEAST, MARGIN = 0.4, 0.25
"""A place is taken that is at least so likely, and by so much likelier than the sentence's own."""
LEAST_DOUBTFUL = 0.65
"""An area must be so likely, for an area is right too easily; and a place that the event's own
sentence names without giving it to the event."""
LEAST_MEANT = 0.3
"""A mention whose meaning is less sure than this is taken for no event's place."""
_SITES = frozenset({"place", "facility", "organization"})
"""Kinds of names that may be a site's; a town's police are in the town."""
_MOST = 30
"""So many places of an article compete, those named first."""
_FAR = 12
"""Distances count up to this, in sentences."""
_LAST_OF_LEAD = 1
"""The lead is the sentences up to this index."""
_DEAR = 20.0
"""What a place costs the rules that the event's sentence does not name."""
_DIVISIONS = frozenset({"admin1", "admin2", "region"})
_KINDS = ("place", "facility", "metonym", "demonym", "organization")
_GROUPS = tuple(sorted({found.group for found in event_types().values()}))
_SETTINGS = ("section", "before", "lead", "dateline", "headline", "institution")
FEATURES = (
    *("named", "share", "before", "after", "nearest", "first", "in lead", "in title"),
    *("same paragraph", "last named", "own sentence", "dateline", "only dateline"),
    *("dateline country", "holds dateline", "in dateline"),
    *("twin", "twin distance", "setting", *(f"set by {how}" for how in _SETTINGS)),
    *("events", "events share", "same group", "same type", "first event", "last event"),
    *("last event distance", "next event distance", "rank of events"),
    *("site", "site cost", "any site", "best cost", "weighed", "rule cost", "marked", "barred"),
    *("most marked", "share of marked"),
    *("country", "division", "point", "facility level", "people", "radius"),
    *("holds another", "holds a site", "in another", *(f"as {kind}" for kind in _KINDS)),
    *("places", "sites", "sentence", "sentences", "quoted", "names others", "dated", "sure"),
    *(f"of {group}" for group in _GROUPS),
)
AGAIN = (*FEATURES, *consensus.FEATURES)
"""The features of the second look."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event that its own sentence places: the sentence, its type, and the places' ids."""

    index: int
    type: str
    places: frozenset[str]


class Rival(NamedTuple):
    """A place of the article with its mentions and the sentences that they stand in."""

    place: Place
    mentions: tuple[Mention, ...]
    at: tuple[int, ...]


class Weighed(NamedTuple):
    """What an event's own sentence says of a place.

    ``cost`` is how dear it is to the rules, ``marked`` how likely to the reader of places, and
    ``barred`` whether it is named for something else.
    """

    cost: float
    marked: float
    barred: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """An event to be placed: its sentence, whether it is dated, and where like reports lie.

    ``twin_distance`` counts sentences. ``sites`` are the places that its own sentence gives it,
    with what each costs; ``weighed`` are all that were weighed there.
    """

    event: Event
    index: int
    dated: bool
    twins: frozenset[str]
    twin_distance: int
    sites: Mapping[str, float]
    weighed: Mapping[str, Weighed]


def rivals(page: Page, indices: Sequence[int]) -> list[Rival]:
    """Return the places of an article in the order in which they are named.

    ``indices`` gives the sentence of each mention of the page.
    """
    grouped: dict[str, list[tuple[Mention, int]]] = {}
    for mention, index in zip(page.mentions, indices, strict=True):
        if mention.place is not None:
            grouped.setdefault(mention.place.id, []).append((mention, index))
    return [
        Rival(pairs[0][0].place, tuple(m for m, _ in pairs), tuple(at for _, at in pairs))
        for pairs in list(grouped.values())[:_MOST]
        if pairs[0][0].place is not None
    ]


class Elsewhere:
    """The places of one article and its placed events; what rests on them is worked out once."""

    def __init__(self, page: Page, scenes: Scenes, told: Iterable[Told]) -> None:
        """Take the article, what sets its scenes, and the events that their sentences place."""
        self.page, self.scenes = page, scenes
        self.told = sorted(told, key=lambda event: event.index)
        self.rivals = rivals(page, page.indices)
        self._held = [[r for r in self.rivals if _holds(rival, r)] for rival in self.rivals]
        self._inner = {inner.place.id for held in self._held for inner in held}
        self._sites = {name for event in self.told for name in event.places}
        names = [rival.place.id for rival in self.rivals]
        self._counts = {name: sum(name in e.places for e in self.told) for name in names}
        self._order = sorted(self._counts.values(), reverse=True)

    def rows(self, asked: Asked) -> list[list[float]]:
        """Return the features of each rival for an event, in the order of ``FEATURES``."""
        settings = list(self.scenes.of(asked.index))
        here = bisect_right(self.told, asked.index, key=lambda event: event.index)
        before, after = self.told[:here], self.told[here:]
        shared = dict(self._shared(asked))
        table = []
        for rival, lasting in zip(self.rivals, self._lasting, strict=True):
            found = {
                **shared,
                **lasting,
                **dict(self._naming(rival, asked.index)),
                **dict(_own(rival, asked)),
                **dict(_set(rival, settings)),
                **dict(self._events(rival.place.id, asked)),
                **dict(self._around(rival.place.id, asked.index, before, after)),
            }
            table.append([found.get(name, 0.0) for name in FEATURES])
        return table

    @cached_property
    def _lasting(self) -> list[dict[str, float]]:
        """What is the same of each rival for all events."""
        return [
            {
                **dict(_kinds(rival)),
                **dict(self._dateline(rival)),
                **dict(_size(rival.place)),
                **dict(self._nesting(number)),
            }
            for number, rival in enumerate(self.rivals)
        ]

    @cached_property
    def _named_at(self) -> list[int]:
        """The sentences that name a rival, in rising order."""
        return sorted({at for rival in self.rivals for at in rival.at})

    def _shared(self, asked: Asked) -> Named:
        """Yield what all places have in common."""
        names = [m for m in self.page.mentions_in(asked.index) if m.toponym.kind == "place"]
        yield "places", math.log1p(len(self.rivals))
        yield "sites", math.log1p(len(self._sites))
        yield "sentence", min(_FAR, asked.index)
        yield "sentences", math.log1p(len(self.page.sentences))
        yield "quoted", float(self.page.is_quoted(asked.index))
        yield "names others", float(len(names))
        yield "dated", float(asked.dated)
        yield "sure", asked.event.score
        yield "any site", float(bool(asked.sites))
        yield "best cost", min(asked.sites.values(), default=0.0)
        yield "most marked", max((own.marked for own in asked.weighed.values()), default=0.0)
        yield f"of {group_of(asked.event.type)}", 1.0

    def _naming(self, rival: Rival, here: int) -> Named:
        """Yield how often a place is named, and how near to a sentence."""
        told = self._told(rival)
        places = [at for at, _ in told]
        yield "named", math.log1p(len(told))
        yield "share", len(told) / max(1, len(self.page.mentions))
        yield "before", min((here - at for at in places if at <= here), default=_FAR)
        yield "after", min((at - here for at in places if at > here), default=_FAR)
        yield "nearest", min((abs(at - here) for at in places), default=_FAR)
        yield "first", min(_FAR, *places) if places else _FAR
        yield "in lead", float(any(at <= _LAST_OF_LEAD for at in places))
        yield "in title", float(any(m.toponym.text in self.page.article.title for _, m in told))
        beside = self.scenes.beside(here)
        yield "same paragraph", float(any(at in beside for at in places))
        earlier = self._named_at[: bisect_left(self._named_at, here)]
        yield "last named", float((earlier or [-1])[-1] in places)
        yield "own sentence", float(here in places)
        yield "only dateline", float(not told)

    def _told(self, rival: Rival) -> list[tuple[int, Mention]]:
        """Return the mentions of a place with their sentences, but for one in the dateline."""
        body = self.page.dateline[1] if self.page.dateline else 0
        pairs = zip(rival.at, rival.mentions, strict=True)
        return [(at, mention) for at, mention in pairs if mention.toponym.span.start >= body]

    def _dateline(self, rival: Rival) -> Named:
        """Yield what the dateline says of a place."""
        home = self.page.dateline[0].place if self.page.dateline else None
        if home is None:
            return
        yield "dateline", float(home.id == rival.place.id)
        yield "dateline country", float(home.country == rival.place.country)
        yield "holds dateline", float(contains(rival.place, home))
        yield "in dateline", float(home.id != rival.place.id and contains(home, rival.place))

    def _events(self, name: str, asked: Asked) -> Named:
        """Yield how many and what other events happened at a place."""
        there = [event for event in self.told if name in event.places]
        count, group = self._counts[name], group_of(asked.event.type)
        yield "twin", float(name in asked.twins)
        yield "twin distance", float(asked.twin_distance if name in asked.twins else _FAR)
        yield "events", math.log1p(count)
        yield "events share", count / max(1, len(self.told))
        yield "same group", math.log1p(sum(group_of(e.type) == group for e in there))
        yield "same type", math.log1p(sum(e.type == asked.event.type for e in there))
        yield "rank of events", float(min(_FAR, self._order.index(count)))

    def _around(self, name: str, here: int, before: Sequence[Told], after: Sequence[Told]) -> Named:
        """Yield how near to a sentence events before and after it happened at a place."""
        yield "first event", float(bool(self.told) and name in self.told[0].places)
        yield "last event", float(bool(before) and name in before[-1].places)
        near = min((here - e.index for e in before if name in e.places), default=_FAR)
        yield "last event distance", float(min(_FAR, near))
        soon = min((e.index - here for e in after if name in e.places), default=_FAR)
        yield "next event distance", float(min(_FAR, soon))

    def _nesting(self, number: int) -> Named:
        """Yield what a place holds, and whether another of the article holds it."""
        held = self._held[number]
        yield "holds another", float(bool(held))
        yield "holds a site", float(any(other.place.id in self._sites for other in held))
        yield "in another", float(self.rivals[number].place.id in self._inner)

    def seen(self, asked: Asked) -> consensus.Seen:
        """Return what an event may have in common with others."""
        words = asked.event.trigger.of(self.page.article.text)
        return consensus.Seen(asked.event.type, asked.index, words)

    def likely(
        self, events: Sequence[Asked], models: tuple[Path, Path] = MODELS
    ) -> list[list[float]]:
        """Return how likely each rival is the place of each event; they come in reading order."""
        tables = [self.rows(asked) for asked in events]
        return consensus.judged(tables, [self.seen(asked) for asked in events], models)

    def choose(
        self, asked: Asked, likely: Sequence[float], closed: Collection[Mention]
    ) -> tuple[Mention, float] | None:
        """Return the nearest mention of the likeliest place and how likely it is, if enough.

        None where the event's own sentence gives it a place that is about as likely. The
        ``closed`` mentions are named for something else.
        """
        pairs = list(zip(likely, self.rivals, strict=True))
        own = [(value, rival) for value, rival in pairs if rival.place.id in asked.sites]
        known = any(_is_point(rival) for _, rival in own)
        fitting = [
            (value, rival)
            for value, rival in pairs
            if rival.place.id not in asked.sites
            and value >= _least(rival, asked, closed)
            and (_is_point(rival) or not known)
        ]
        most, best = max(fitting, key=itemgetter(0), default=(0.0, None))
        if best is None or most < max((value for value, _ in own), default=-1.0) + MARGIN:
            return None
        sure = most >= LEAST_DOUBTFUL or self._is_set_in(best)
        return (_nearest(best, asked.index), most) if sure else None

    def _is_set_in(self, rival: Rival) -> bool:
        """Whether the article sets anything in a place: in its dateline, or after "in", "near"."""
        home = self.page.dateline[0] if self.page.dateline else None
        if home in rival.mentions:
            return True
        return any(
            self.page.is_led_to(mention, at)
            for mention, at in zip(rival.mentions, rival.at, strict=True)
        )


def _is_point(rival: Rival) -> bool:
    return precision(rival.place.feature).level in POINTS


def _least(rival: Rival, asked: Asked, closed: Collection[Mention]) -> float:
    """Return how likely a place must be: more where it is an area, or named there for no site."""
    told = [m for m in rival.mentions if m not in closed and m.toponym.kind in _SITES]
    if all(mention.score < LEAST_MEANT for mention in told):
        return math.inf
    wide = not _is_point(rival) and asked.event.type not in NATIONAL
    return LEAST_DOUBTFUL if wide or rival.place.id in asked.weighed else LEAST


def _kinds(rival: Rival) -> Named:
    """Yield as what a place is named, in shares of its mentions."""
    for kind in _KINDS:
        yield f"as {kind}", sum(m.toponym.kind == kind for m in rival.mentions) / len(rival.at)


def _own(rival: Rival, asked: Asked) -> Named:
    """Yield whether the event's own sentence gives it a place, and how cheaply."""
    cost = asked.sites.get(rival.place.id)
    if cost is not None:
        yield "site", 1.0
        yield "site cost", cost
    own = asked.weighed.get(rival.place.id)
    yield "rule cost", own.cost if own else _DEAR
    if own is not None:
        most = max(other.marked for other in asked.weighed.values())
        yield "weighed", 1.0
        yield "marked", own.marked
        yield "share of marked", own.marked / most if most else 0.0
        yield "barred", float(own.barred)


def _set(rival: Rival, settings: Sequence[Setting]) -> Named:
    """Yield which of the rules of scenes would take a place, and whether it is the first."""
    for number, setting in enumerate(settings):
        if setting.mention.place is not None and setting.mention.place.id == rival.place.id:
            yield f"set by {setting.how}", 1.0
            if not number:
                yield "setting", 1.0


def _size(place: Place) -> Named:
    """Yield how large a place is and of what kind."""
    level = precision(place.feature).level
    yield "country", float(level == "country")
    yield "division", float(level in _DIVISIONS)
    yield "point", float(level in POINTS)
    yield "facility level", float(level == "site")
    yield "people", math.log1p(place.population)
    yield "radius", math.log1p(place.radius_km)


def _holds(outer: Rival, inner: Rival) -> bool:
    return outer.place.id != inner.place.id and contains(outer.place, inner.place)


def _nearest(rival: Rival, index: int) -> Mention:
    """Return the mention of a place that is nearest to a sentence, a place's name before others."""
    pairs = zip(rival.at, rival.mentions, strict=True)
    return min(pairs, key=lambda p: (p[1].toponym.kind != "place", abs(p[0] - index), p[0]))[1]
