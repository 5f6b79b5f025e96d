"""Which of an article's places those of a profile's events are: a learned second look.

Reports of incidents name the place in one sentence and tell what happened in the next. The linker
reads the trigger's own sentence; here all places of the article compete for each type of event, by
where they are named relative to its triggers, how often, how finely, and which of them hold others.
Boosted trees (:mod:`geomap.forest`) weigh them. A report keeps its place if it is among the likely
ones, and else takes the likely one that is named nearest to it. Made for the reports that a profile
was trained on, and used with a profile alone; ``geomap/training/whereabouts.py`` makes the weights.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap import forest, sites
from geomap.features import LEVELS, precision
from geomap.model import stable_id
from geomap.ontology import event_types
from geomap.page import Page
from geomap.space import contains

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Article, Event, LinkedEvent, Mention, Place, Span
    from geomap.seams import Linker

PLACES = {"terrorism": Path(__file__).with_name("models") / "whereabouts.json"}
"""The weights of each profile that has some, by its name."""
LEAST = 0.3
"""A place is likely from here; the likeliest is taken in any case."""
_MOST = 60
"""So many places of an article compete, those named nearest to the events."""
_FAR = 30
"""Distances count up to this, in sentences or words."""
_KINDS = ("place", "facility", "demonym", "metonym", "organization")
FEATURES = (
    *("signed_sentences", "sentences", "together", "words", "behind", "named", "share", "first"),
    *("level", "population", "radius_km", *_KINDS, "led_to", "of", "from", "in"),
    *("dateline", "dateline_country", "holds", "held", "places", "finer", "events", "length"),
    *("meaning", "sure"),
)


class Named(NamedTuple):
    """A place with all its mentions in an article, and the sentence of each."""

    place: Place
    mentions: tuple[Mention, ...]
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The places of an article, and the triggers of one type of event there."""

    page: Page
    named: tuple[Named, ...]
    triggers: tuple[tuple[int, Event], ...]


class SecondLook:
    """A linker that moves another's reports to the likely places of their type."""

    def __init__(self, linker: Linker, model: Path = PLACES["terrorism"]) -> None:
        """Take the linker, and the file of weights, which is read when it is first needed."""
        self.linker = linker
        self.model = model

    def __call__(
        self, article: Article, events: Sequence[Event], mentions: Sequence[Mention], /
    ) -> tuple[LinkedEvent, ...]:
        """Return the linker's reports, placed anew."""
        reports = self.linker(article, events, mentions)
        page = Page(article, tuple(mentions), None)
        likely = {
            kind: _likely(board(page, [r.event for r in reports if r.event.type == kind]), self)
            for kind in sorted({report.event.type for report in reports})
        }
        moved = (_moved(page, report, likely[report.event.type]) for report in reports)
        return tuple({report.id: report for report in moved}.values())


def _likely(told: Board, look: SecondLook) -> list[tuple[float, Named]]:
    """Return the likely places of a type of event, the likeliest first."""
    trees = forest.read(look.model)
    scored = [
        (trees.probability(row), named) for row, named in zip(rows(told), told.named, strict=True)
    ]
    scored.sort(key=lambda item: (-item[0], item[1].at[0], item[1].place.id))
    return [item for item in scored if item[0] > LEAST] or scored[:1]


def _moved(page: Page, report: LinkedEvent, likely: Sequence[tuple[float, Named]]) -> LinkedEvent:
    """Return a report at a likely place: its own, else the nearest."""
    if not likely or _stands(report, likely):
        return report
    here = _sentence(page, report.event.trigger)
    value, named = min(likely, key=lambda item: (_apart(item[1], here), -item[0]))
    mention = min(zip(named.at, named.mentions, strict=True), key=lambda m: abs(m[0] - here))[1]
    label = event_types()[report.event.type].label
    why = "of the article's places the likeliest of such an event"
    return replace(
        report,
        id=stable_id(report.article.id, report.event.type, report.event.trigger, named.place.id),
        mention=mention,
        role="site",
        score=round(report.event.score * value, 3),
        reason=f"{label} at {named.place.name}: {why}; {mention.reason}",
    )


def _stands(report: LinkedEvent, likely: Sequence[tuple[float, Named]]) -> bool:
    """Whether a report's place is a likely one, or told by one ("30 km north of Mosul")."""
    own = report.mention
    return own is not None and any(
        (own.place is not None and own.place.id == named.place.id)
        or any(own.toponym.span.covers(m.toponym.span) for m in named.mentions)
        for _, named in likely
    )


def _sentence(page: Page, span: Span) -> int:
    """Return the index of the sentence in which a span begins."""
    return max(0, bisect_right(page.sentences, span.start, key=lambda s: s.span.start) - 1)


def _apart(named: Named, sentence: int) -> int:
    return min(abs(at - sentence) for at in named.at)


# --- features ----------------------------------------------------------------------------------


def board(page: Page, events: Iterable[Event]) -> Board:
    """Return the places of an article that may be those of the events, all of one type."""
    triggers = tuple((_sentence(page, event.trigger), event) for event in events)
    grouped: dict[str, list[Mention]] = {}
    for mention in page.mentions:
        if mention.place is not None:
            grouped.setdefault(mention.place.id, []).append(mention)
    named = [
        Named(m[0].place, tuple(m), tuple(_sentence(page, x.toponym.span) for x in m))
        for m in grouped.values()
        if m[0].place is not None
    ]
    named.sort(key=lambda n: min((_apart(n, at) for at, _ in triggers), default=0))
    return Board(page, tuple(named[:_MOST]), triggers)


def rows(told: Board) -> list[list[float]]:
    """Return the features of each place of a board, in the order of ``FEATURES``."""
    if not told.triggers:
        return [[0.0] * len(FEATURES) for _ in told.named]
    places = [named.place for named in told.named]
    finer = sum(_level(place) < len(LEVELS) - 1 for place in places)
    article = [float(len(places)), finer, len(told.triggers), len(told.page.sentences)]
    return [
        [
            *_nearness(told, named),
            *_naming(told, named),
            *_standing(told, named),
            sum(contains(named.place, other) for other in places if other.id != named.place.id),
            sum(contains(other, named.place) for other in places if other.id != named.place.id),
            *article,
            max(mention.score for mention in named.mentions),
            max(mention.toponym.score for mention in named.mentions),
        ]
        for named in told.named
    ]


def _nearness(told: Board, named: Named) -> list[float]:
    """Return how near the place is named to a trigger: in sentences, and in words within one."""
    steps = [sentence - at for at in named.at for sentence, _ in told.triggers]
    nearest = min(steps, key=abs)
    words = [
        step
        for at, mention in zip(named.at, named.mentions, strict=True)
        for sentence, event in told.triggers
        if sentence == at and (step := _words(told.page, at, event, mention))
    ]
    least = min(words, key=abs, default=_FAR)
    capped = max(-_FAR, min(_FAR, nearest))
    return [capped, abs(capped), len(words), min(_FAR, abs(least)), float(0 < least < _FAR)]


def _words(page: Page, at: int, event: Event, mention: Mention) -> int:
    """Return how many words a name stands after a trigger of its sentence; below 0 before it."""
    sentence = page.sentences[at]
    trigger, name = sentence.word_range(event.trigger), sentence.word_range(mention.toponym.span)
    if trigger is None or name is None:
        return 0
    return name[0] - trigger[1] if name[0] > trigger[1] else name[1] - trigger[0]


def _naming(told: Board, named: Named) -> list[float]:
    """Return how often, how early and as what the place is named."""
    count = len(named.mentions)
    place = named.place
    kinds = [sum(m.toponym.kind == kind for m in named.mentions) / count for kind in _KINDS]
    size = [_level(place), math.log1p(place.population), place.radius_km]
    return [count, count / len(told.page.mentions), min(named.at), *size, *kinds]


def _level(place: Place) -> int:
    return LEVELS.index(precision(place.feature).level)


def _standing(told: Board, named: Named) -> list[float]:
    """Return which words lead to the place's names, and what the dateline says of it."""
    leads = set()
    for at, mention in zip(named.at, named.mentions, strict=True):
        sentence = told.page.sentences[at]
        covered = sentence.word_range(mention.toponym.span)
        leads.add(sites.leading(sentence, covered[0])[0] if covered else "")
    line = told.page.dateline
    there = line[0].place if line else None
    return [
        float(not leads.isdisjoint(sites.SITE_LEADS)),
        *(float(word in leads) for word in ("of", "from", "in")),
        float(there is not None and there.id == named.place.id),
        float(there is not None and there.country == named.place.country),
    ]
