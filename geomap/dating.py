"""When an event happened whose own sentence does not say: a learned choice.

All days that the article names compete, and so do the day of publication and the day before it.
Each has some numbers, ``FEATURES``: how near it is named and with which words, what the rules of
:mod:`geomap.timing` take, and of which other events it is the time. Boosted trees
(:mod:`geomap.forest`), trained on the project's own articles by ``geomap/training/dating.py``, say
how likely each is the time; then a second look (:mod:`geomap.consensus`) also weighs how likely it
is to the article's other events. What the rules give stands unless another time is likelier.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap import consensus, timing
from geomap.dates import is_long_before
from geomap.daybook import days
from geomap.model import SHOWN, TOLD, When
from geomap.ontology import event_types, group_of
from geomap.text import index_at, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from geomap.model import Event
    from geomap.page import Page
    from geomap.sites import Scene

    Key = tuple[date | None, date]

_MODELS = Path(__file__).with_name("models")
MODELS = (_MODELS / "dating.json", _MODELS / "dating_again.json")
"""The trees of the first look and of the second."""
LEAST, LEAST_BOUND = 0.4, 0.65
"""A time is taken that is at least so likely; and so likely where the rules know only by when."""
_MOST = 14
"""So many times of an article compete, those named first."""
_FAR = 12.0
"""Distances count up to this, in sentences."""
_APART = 30.0
"""Days between two times count up to this."""
_LONG_AGO, _AHEAD, _LONGEST = 60.0, -9.0, 60.0
"""Days before publication, and the lengths of times, count up to this."""
_UNSAID = 60.0
"""How many words a time stands from a trigger whose sentence does not name it."""
_MEMORY = 60
"""How many events back "the same day" may point."""
_PRECISIONS = ("day", "week", "month", "year")
_WEEKDAY = re.compile(r"mon|tue|wed|thu|fri|sat|sun", re.IGNORECASE)
_NEARBY = re.compile(r"today|tonight|yesterday|this|last|overnight|tomorrow", re.IGNORECASE)
_BEGUN = re.compile(
    r"\b(?:began|begun|start(?:ed|ing)|since|broke\s+out|erupted|entered|launched|opened|from)\b",
    re.IGNORECASE,
)
_BEGUN_REACH = 40
"""Characters before a time that may say that something began then."""
_LASTS = re.compile(
    r"\b(?:continu\w+|still|(?:second|third|fourth|fifth|sixth)\s+(?:\w+\s+)?(?:day|night)|days\s+of"
    r"|nights\s+of|remain\w*|so\s+far|have\s+been|has\s+been|ongoing|kept)\b",
    re.IGNORECASE,
)
_TENSES = tuple(
    map(frozenset, (("has", "have", "having"), ("had",), ("was", "were"), ("is", "are")))
)
_TENSE_REACH = 4
_GROUPS = tuple(sorted({found.group for found in event_types().values()}))
_OF_EVENT = (
    *("anaphoric", "ongoing", "sure", "given", "ruled", "has", "had", "was", "is", "rivals"),
    *("sentence", "sentences", "quoted", "own times", "hour", "same day", "lasts", "begun"),
    *("events here", "words", "opens", "later times", *(f"of {group}" for group in _GROUPS)),
)
_OF_TIME = (
    *("named", "published", "day before", "ruled only", "precision", "length", "open", "ago"),
    *("begins ago", "mentions", "share", "first", "in lead", "dateline", "spoken", "all spoken"),
    *("weekday", "nearby word", "begins", "rank"),
)
_OF_BOTH = (
    *("here", "cost", "before trigger", "apart", "spoken here", "back", "ahead", "nearest"),
    *("last named", "same paragraph", "rule", "given so", "heading", "last event", "last of type"),
    *("last of group", "next event", "last event distance", "last of type distance"),
    *("next event distance", "of place", "beside", "of type", "first event", "events"),
    *(
        "events share",
        "overlaps rule",
        "in rule",
        "from rule",
        "from last event",
        "from last named",
    ),
)
FEATURES = (*_OF_EVENT, *_OF_TIME, *_OF_BOTH)
AGAIN = (*FEATURES, *consensus.FEATURES)
"""The features of the second look."""


class Asked(NamedTuple):
    """An event with its sentence and its number, its time by this, and the ids of its places."""

    event: Event
    at: int
    scene: Scene
    when: When | None
    places: frozenset[str] = frozenset()


class Rival(NamedTuple):
    """A time of the article with its mentions, their sentences, and its own features."""

    when: When
    told: tuple[tuple[int, timing.ToldTime], ...]
    at: tuple[int, ...]
    known: tuple[float, ...]


def whens(
    page: Page, events: Sequence[Asked], models: tuple[Path, Path] = MODELS
) -> list[When | None]:
    """Return the times of an article's events, which come in reading order."""
    ruled = by_rules(page, events)
    asked = [at for at, each in enumerate(events) if each.event.status in TOLD]
    if not asked:
        return ruled
    dating = Dating(page, events, ruled)
    tables, seen = [dating.rows(at) for at in asked], [dating.seen(at) for at in asked]
    for at, each in zip(asked, consensus.judged(tables, seen, models), strict=True):
        ruled[at] = dating.choose(at, each)
    return ruled


def by_rules(page: Page, events: Sequence[Asked]) -> list[When | None]:
    """Return the times that the events' sentences give, or else the rules beyond a sentence."""
    given = [asked.when for asked in events]
    for at in range(len(events)):
        given[at] = _ruled(page, events, given, at)
    told = [at for at, asked in enumerate(events) if asked.event.status in TOLD]
    times = timing.by_kind((events[at].event.type, events[at].at, given[at]) for at in told)
    for at, when in zip(told, times, strict=True):
        given[at] = when
    return given


def _ruled(
    page: Page, events: Sequence[Asked], given: Sequence[When | None], at: int
) -> When | None:
    """Date an event as its like beside it, or one "hours later" as the one told before it."""
    asked = events[at]
    if given[at] or asked.event.status not in SHOWN:
        return given[at]
    start = max(0, at - _MEMORY)
    around = range(start, min(len(events), at + _MEMORY))
    beside = {given[other] for other in around if _is_like(events[other], asked)} - {None}
    if len(beside) == 1:
        return beside.pop()
    before = [other for other in range(start, at) if events[other].event.status in SHOWN]
    earlier = [(events[other].at, given[other]) for other in before]
    return timing.same_day(page, asked.at, earlier)


def _is_like(a: Asked, b: Asked) -> bool:
    """Whether two triggers of a sentence tell of one happening: "drowned when a boat sank"."""
    alike = a.event.type == b.event.type and a.event.status == b.event.status
    return alike and a.at == b.at


def key(when: When | None) -> Key | None:
    """Return the days of a time, which tell it from others."""
    return (when.start, when.end) if when else None


class Dating:
    """The times of one article and its events; what rests on them is worked out once."""

    def __init__(self, page: Page, events: Sequence[Asked], ruled: Sequence[When | None]) -> None:
        """Take the article, its events in reading order, and the times that rules give them."""
        self.page, self.events, self.ruled = page, events, tuple(ruled)
        self.keys = [key(when) for when in ruled]
        told = [at for at, asked in enumerate(events) if asked.event.status in TOLD]
        self._dated = [at for at in told if self.keys[at]]
        self.rivals = self._rivals()
        self._sentences: dict[int, tuple[float, ...]] = {}
        self._named = sorted((at, n) for n, rival in enumerate(self.rivals) for at in rival.at)

    @cached_property
    def _paragraph(self) -> list[int]:
        """The number of each sentence's paragraph."""
        found = paragraphs(self.page.article.text)
        return [index_at(found, sentence.span.start) for sentence in self.page.sentences]

    def _rivals(self) -> list[Rival]:
        """Return the times that compete, with what is known of each by itself."""
        named = self._times()
        published = self.page.article.published
        times = [told[0][1].when for told in named.values()]
        if published:
            near = (published, published - timedelta(days=1))
            times += [When(day, day, "day") for day in near if (day, day) not in named]
        known = {key(when) for when in times}
        for when in (self.ruled[at] for at in self._dated):
            if when and key(when) not in known:
                known.add(key(when))
                times.append(when)
        ends = sorted({when.end for when in times})
        found = []
        for when in times:
            told = tuple(named.get((when.start, when.end), ()))
            places = sorted({index for index, _ in told})
            rank = float(len(ends) - bisect_right(ends, when.end))
            numbers = (*self._kind(when, places), *self._naming(told, places), rank)
            found.append(Rival(when, told, tuple(places), numbers))
        return found

    def _times(self) -> dict[Key, list[tuple[int, timing.ToldTime]]]:
        """Return the times that the article names, but for history, with their sentences."""
        named: dict[Key, list[tuple[int, timing.ToldTime]]] = {}
        published = self.page.article.published
        for index, sentence in enumerate(self.page.sentences):
            for when in self.page.times_in(index):
                if published is None or not is_long_before(when, published):
                    told = (index, timing.ToldTime.of(when, sentence))
                    named.setdefault((when.start, when.end), []).append(told)
        return dict(list(named.items())[:_MOST])

    def _kind(self, when: When, places: Sequence[int]) -> Iterator[float]:
        """Yield what a time is in the calendar."""
        published, start = self.page.article.published, when.start or when.end
        day = when.end if when.start == when.end else None
        yield float(bool(places))
        yield float(day is not None and day == published)
        yield float(bool(day and published) and day == published - timedelta(days=1))  # type: ignore[operator]
        yield float(not places)
        yield float(_PRECISIONS.index(when.precision))
        yield min(_LONGEST, float((when.end - start).days))
        yield float(when.start is None)
        for each in (when.end, start):
            ago = float((published - each).days) if published else 0.0
            yield max(_AHEAD, min(_LONG_AGO, ago))

    def _naming(
        self, told: Sequence[tuple[int, timing.ToldTime]], places: Sequence[int]
    ) -> Iterator[float]:
        """Yield how often, where and with which words a time is named."""
        text, sentences = self.page.article.text, self.page.sentences
        spans = [time.when.span for _, time in told if time.when.span]
        body = timing.dateline_of(self.page, 0) if places and places[0] == 0 else 0
        spoken = sum(timing.is_of_speech(sentences[index], time) for index, time in told)
        words = spans[0].of(text) if spans else ""
        yield float(len(told))
        yield len(told) / max(1, len(sentences))
        yield float(min(_FAR, *places)) if places else _FAR
        yield float(bool(places) and places[0] <= 1)
        yield float(any(span.start < body for span in spans))
        yield float(spoken)
        yield float(0 < spoken == len(told))
        yield float(bool(_WEEKDAY.search(words)))
        yield float(bool(_NEARBY.match(words)))
        leads = ((max(0, span.start - _BEGUN_REACH), span.end) for span in spans)
        yield float(any(_BEGUN.search(text, *lead) for lead in leads))

    def rows(self, at: int) -> list[list[float]]:
        """Return the features of each rival for an event, in the order of ``FEATURES``."""
        shared, told = tuple(self._shared(at)), self._around(at)
        return [
            [
                *shared,
                *rival.known,
                *self._near(at, rival, told),
                *self._others(at, rival, told),
            ]
            for rival in self.rivals
        ]

    def seen(self, at: int) -> consensus.Seen:
        """Return what an event may have in common with others."""
        asked = self.events[at]
        words = asked.event.trigger.of(self.page.article.text)
        return consensus.Seen(asked.event.type, asked.at, words)

    def _shared(self, at: int) -> Iterator[float]:
        """Yield what all times have in common."""
        asked = self.events[at]
        event, scene = asked.event, asked.scene
        lead = scene.sentence.words[max(0, scene.first - _TENSE_REACH) : scene.first + 1]
        if asked.at not in self._sentences:
            self._sentences[asked.at] = tuple(self._sentence(asked.at))
        yield float(event.anaphoric)
        yield float(event.status == "ongoing")
        yield event.score
        yield float(asked.when is not None)
        yield float(self.ruled[at] is not None)
        for words in _TENSES:
            yield float(not words.isdisjoint(lead))
        yield from self._sentences[asked.at]
        group = group_of(event.type)
        for other in _GROUPS:
            yield float(other == group)

    def _sentence(self, index: int) -> Iterator[float]:
        """Yield what all times of the events of a sentence have in common."""
        page, sentence = self.page, self.page.sentences[index]
        text = sentence.span.of(page.article.text)
        yield float(len(self.rivals))
        yield min(_FAR, float(index))
        yield float(len(page.sentences))
        yield float(page.is_quoted(index))
        yield float(len(timing.told_in(page, index, sentence)))
        yield float(bool(timing.HOUR.search(text)))
        yield float(timing.says_same_day(text))
        yield float(bool(_LASTS.search(text)))
        yield float(bool(_BEGUN.search(text)))
        yield float(sum(other.at == index for other in self.events))
        yield float(len(sentence.words))
        yield float(index == 0 or self._paragraph[index] != self._paragraph[index - 1])
        yield float(sum(place > index for place, _ in self._named))

    def _around(self, at: int) -> _Around:
        """Return what the times of an event are compared with."""
        asked = self.events[at]
        group = group_of(asked.event.type)
        others = [other for other in self._dated if other != at]
        before = [other for other in others if other < at]
        like = [o for o in before if self.events[o].event.type == asked.event.type]
        akin = [o for o in before if group_of(self.events[o].event.type) == group]
        kinds = {self.keys[o] for o in others if self.events[o].event.type == asked.event.type}
        behind = [number for place, number in self._named if place < asked.at]
        heading = days(self.page.article).at(asked.scene.sentence.span.start)
        return _Around(
            last=before[-1] if before else None,
            like=like[-1] if like else None,
            akin=akin[-1] if akin else None,
            next=next((other for other in others if other > at), None),
            there=frozenset(self.keys[o] for o in others if self.events[o].places & asked.places),
            beside=frozenset(self.keys[o] for o in others if self.events[o].at == asked.at),
            kinds=frozenset(kinds),
            first=self.keys[others[0]] if others else None,
            counts=Counter(self.keys[other] for other in others),
            named=behind[-1] if behind else None,
            heading=key(heading),
        )

    def _near(self, at: int, rival: Rival, told: _Around) -> Iterator[float]:
        """Yield how near to an event a time is named."""
        index, scene = self.events[at].at, self.events[at].scene
        here = [time for place, time in rival.told if place == index]
        gaps = [(_gap(scene, time), time.first < scene.first) for time in here]
        apart, before = min(gaps, default=(_UNSAID, False))
        spot = bisect_right(rival.at, index)
        back = min(_FAR, float(index - rival.at[spot - 1])) if spot else _FAR
        ahead = min(_FAR, float(rival.at[spot] - index)) if spot < len(rival.at) else _FAR
        yield float(bool(here))
        yield min((timing.cost(scene, time) for time in here), default=timing.REACH)
        yield float(before)
        yield apart
        yield float(any(timing.is_of_speech(scene.sentence, time) for time in here))
        yield back
        yield ahead
        yield min(back, ahead)
        yield float(told.named is not None and rival is self.rivals[told.named])
        yield float(any(self._paragraph[p] == self._paragraph[index] for p in rival.at))

    def _others(self, at: int, rival: Rival, told: _Around) -> Iterator[float]:
        """Yield whether a time is that of the rules, or of which other events it is."""
        days, index, keys = key(rival.when), self.events[at].at, self.keys
        rule = self.ruled[at]
        yield float(days == keys[at])
        yield float(days == key(self.events[at].when))
        yield float(days == told.heading)
        near = (told.last, told.like, told.akin, told.next)
        for other in near:
            yield float(other is not None and days == keys[other])
        for other in (told.last, told.like, told.next):
            yield _FAR if other is None else min(_FAR, float(abs(index - self.events[other].at)))
        yield float(days in told.there)
        yield float(days in told.beside)
        yield float(days in told.kinds)
        yield float(days == told.first)
        count = told.counts[days]
        yield math.log1p(count)
        yield count / max(1, told.counts.total())
        yield float(rule is not None and rival.when.overlaps(rule))
        yield float(bool(rule and rule.start) and rule.start <= rival.when.end <= rule.end)  # type: ignore[operator, union-attr]
        yield _later(rule, rival.when)
        yield _later(None if told.last is None else self.ruled[told.last], rival.when)
        yield _later(None if told.named is None else self.rivals[told.named].when, rival.when)

    def choose(self, at: int, likely: Sequence[float]) -> When | None:
        """Return the likeliest time of an event, or that of the rules where it is not enough.

        ``likely`` is how likely each rival is, in their order.
        """
        best = max(range(len(likely)), key=likely.__getitem__, default=None)
        if best is None:
            return self.ruled[at]
        least = LEAST
        rule = self.keys[at]
        if rule is not None:
            own = [key(rival.when) for rival in self.rivals].index(rule)
            least = max(LEAST if rule[0] else LEAST_BOUND, likely[own])
        return self.rivals[best].when if likely[best] >= least else self.ruled[at]


class _Around(NamedTuple):
    """The dated events around an event, by number, and their times."""

    last: int | None
    like: int | None
    akin: int | None
    next: int | None
    there: frozenset[Key | None]
    beside: frozenset[Key | None]
    kinds: frozenset[Key | None]
    first: Key | None
    counts: Counter[Key | None]
    named: int | None
    heading: Key | None


def _gap(scene: Scene, time: timing.ToldTime) -> float:
    """Return how many words a time of its sentence stands from a trigger."""
    after = time.first > scene.last
    return float(time.first - scene.last if after else scene.first - time.last)


def _later(when: When | None, other: When) -> float:
    """Return how many days the other ends after a time; a day beyond the reach where none is."""
    if when is None:
        return _APART + 1
    return max(-_APART, min(_APART, float((other.end - when.end).days)))
