"""Which of the events that words open are of a wanted kind: a learned filter that may only veto.

The lexicon opens events generously. Whoever wants one kind of news alone, such as terrorist
incidents and neither battles nor the crimes of every day, has a profile: it names the types that
may count, what it calls them (a murder may be an armed attack), and holds for each a logistic
regression over the words and facts around a trigger and the words of the article. It runs before
places are sought, so what is vetoed costs no more time. The weights are in ``geomap/models/``,
made by ``geomap/training/relevance.py``.

An article keeps a type if its likeliest events of that type are likely enough together, and of
these events those that are likely enough alone.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import counts, dates
from geomap.features import precision
from geomap.senses import MODEL, Senses
from geomap.text import index_at, read

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from geomap.model import Article, Event, Mention, When
    from geomap.senses import Sense
    from geomap.text import Sentence

PROFILES = {"terrorism": Path(__file__).with_name("models") / "relevance.json"}
"""The weights of each profile, by its name."""
_NEAR, _BESIDE, _ARTICLE = 0.5, 0.25, 2.5
"""Weights of the words of a sentence, of its neighbors, and of the whole article together."""
_OPENING = 2
"""Sentences of an article that count as its opening."""
_LONG = 20.0
"""Sentences after which an article counts as long."""
_RECENT_DAYS, _OLD_DAYS = 10, 60
_BEST = 3
"""So many of the likeliest events of a type speak for it."""

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """A trained profile.

    ``targets`` says, by type of opened event, as what it may count; a type that is not listed is
    vetoed. ``words`` holds, by type that it may count as, the weight of each feature, that of the
    constant under the empty name. ``common`` are the words that most articles have: they count
    beside a trigger, but not among the words of the article.
    """

    targets: Mapping[str, tuple[str, ...]]
    article_least: float
    event_least: float
    words: Mapping[str, Mapping[str, float]]
    common: frozenset[str] = frozenset()

    def probability(self, vector: Vector, target: str) -> float:
        """Return how likely an event with these features is one of the target's type.

        >>> words = {"bombing": {"": -1.0, "word dynamite": 2.0}}
        >>> weights = Weights({"bombing": ("bombing",)}, 0.4, 0.3, words)
        >>> round(weights.probability({"word dynamite": 1.0, "word the": 1.0}, "bombing"), 2)
        0.73
        """
        known = self.words[target]
        total = known[""] + sum(known.get(name, 0.0) * value for name, value in vector.items())
        return 0.5 * (1.0 + math.tanh(0.5 * total))


def dumps(weights: Weights) -> str:
    """Return weights as JSON, a weight a line."""
    data = {
        "targets": weights.targets,
        "article_least": weights.article_least,
        "event_least": weights.event_least,
        "words": weights.words,
        "common": sorted(weights.common),
    }
    return json.dumps(data, indent=0, sort_keys=True, ensure_ascii=False) + "\n"


def loads(text: str) -> Weights:
    """Read weights from JSON."""
    data = json.loads(text)
    targets = {kind: tuple(names) for kind, names in data["targets"].items()}
    return Weights(
        targets,
        data["article_least"],
        data["event_least"],
        data["words"],
        frozenset(data["common"]),
    )


@cache
def load(path: Path) -> Weights:
    """Read weights from a file, once in a process."""
    return loads(path.read_text(encoding="utf-8"))


class Relevance:
    """Vetoes the events that a profile does not want.

    >>> from geomap.events import extract
    >>> from geomap.model import Article
    >>> article = Article("1", "Rain flooded Lima.")
    >>> Relevance()(article, extract(article), [])
    ()
    """

    def __init__(self, model: Path = PROFILES["terrorism"], reader: Path = MODEL) -> None:
        """Take the files of weights; they are read when the first article comes."""
        self.model = model
        self.reader = reader

    def __call__(
        self, article: Article, events: Sequence[Event], mentions: Sequence[Mention], /
    ) -> tuple[Event, ...]:
        """Return the wanted events in reading order, with the type that the profile gives them.

        Words that merely point back ("the attack") stay: they need an event to point to.
        """
        senses = Senses.open(self.reader) if events else None
        return select(load(self.model), article, events, mentions, senses)


def select(
    weights: Weights,
    article: Article,
    events: Sequence[Event],
    mentions: Sequence[Mention],
    senses: Senses | None = None,
) -> tuple[Event, ...]:
    """Return the events that a profile wants in reading order, with the type that it gives them.

    The score of each is how likely it is of that type.
    """
    found = vectors(article, events, mentions, weights.common, senses)
    likely = [
        {t: weights.probability(vector, t) for t in weights.targets.get(event.type, ())}
        for event, vector in zip(events, found, strict=True)
    ]
    kept = _kept_types(weights, likely)
    judged = (
        event if not event.type else _judged(weights, event, own, kept)
        for event, own in zip(events, likely, strict=True)
    )
    return tuple(event for event in judged if event)


def _kept_types(weights: Weights, likely: Sequence[Mapping[str, float]]) -> frozenset[str]:
    """Return the types that the article is likely enough to report."""
    by_type: dict[str, list[float]] = {}
    for found in likely:
        for target, value in found.items():
            by_type.setdefault(target, []).append(value)
    return frozenset(t for t, values in by_type.items() if together(values) > weights.article_least)


def together(values: Sequence[float]) -> float:
    """Return how likely an article reports a type, from how likely its events are.

    >>> together([0.25, 0.75, 1.0, 0.5])
    0.75
    """
    best = sorted(values)[-_BEST:]
    return sum(best) / len(best)


def _judged(
    weights: Weights, event: Event, found: Mapping[str, float], kept: frozenset[str]
) -> Event | None:
    """Return an event as the profile sees it, as sure as that is likely; None if it is vetoed."""
    fitting = [(v, t) for t, v in found.items() if t in kept and v > weights.event_least]
    if not fitting:
        return None
    likely, target = max(fitting)
    return replace(event, type=target, score=round(likely, 3))


# --- features ----------------------------------------------------------------------------------


def vectors(
    article: Article,
    events: Sequence[Event],
    mentions: Sequence[Mention],
    common: Container[str] = (),
    senses: Senses | None = None,
) -> list[Vector]:
    """Return the features of each event of an article; ``common`` words of it do not count.

    >>> from geomap.model import Article, Event, Span
    >>> text = "A bomb exploded. The army denied it."
    >>> event = Event("bombing", Span(7, 15), Span(0, 16), "happened", 0.8)
    >>> vectors(Article("1", text), [event], [])[0]["trigger exploded"]
    1.0
    """
    if not events:
        return []
    page = _Page(article, read(article.text), mentions)
    told = sorted({event.sentence for event in events})
    heard = senses.heard(article.text, told) if senses else {}
    shared = {
        **_article_words(page.sentences, common),
        **_openings(events),
        **_article_senses(heard.values()),
    }
    return [
        {**shared, **dict(_facts(page, event, events)), **_sense(heard.get(event.sentence))}
        for event in events
    ]


def _article_senses(heard: Iterable[Sense]) -> Vector:
    """Return how likely the likeliest sentence of an article tells of each type."""
    most: Vector = {}
    for sense in heard:
        for kind, likely in sense.likely.items():
            most[f"article tells {kind}"] = max(likely, most.get(f"article tells {kind}", 0.0))
    return most


def _sense(sense: Sense | None) -> Vector:
    """Return what a sentence tells to the learned reader."""
    return {f"tells {kind}": likely for kind, likely in sense.likely.items()} if sense else {}


@dataclass(frozen=True, slots=True)
class _Page:
    """An article, its sentences and the names in it."""

    article: Article
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]


def _article_words(sentences: Iterable[Sentence], common: Container[str]) -> Vector:
    """Return the article's words, the length of the whole vector given."""
    told = Counter(word for word in words_of(sentences) if word not in common)
    if not told:
        return {}
    values = {word: 1.0 + math.log(count) for word, count in told.items()}
    length = math.sqrt(sum(value * value for value in values.values()))
    return {f"article {word}": _ARTICLE * value / length for word, value in values.items()}


def words_of(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Yield the words of sentences that begin with a letter."""
    return (word for sentence in sentences for word in sentence.words if word[0].isalpha())


def _openings(events: Sequence[Event]) -> Vector:
    """Return how often the article opens each type."""
    told = Counter(event.type for event in events)
    return {f"opens {kind}": 0.5 * math.log1p(count) for kind, count in told.items()}


def _facts(page: _Page, event: Event, events: Sequence[Event]) -> Iterator[tuple[str, float]]:
    """Yield the features of one event."""
    sentences = page.sentences
    at = max(0, index_at([s.span for s in sentences], event.trigger.start))
    sentence = sentences[at]
    first, last = sentence.word_range(event.trigger) or (0, 0)
    yield "trigger " + " ".join(sentence.words[first : last + 1]), 1.0
    yield "type " + event.type, 1.0
    yield "status " + event.status, 1.0
    yield "score", event.score
    yield "anaphoric", float(event.anaphoric)
    yield from _position(page, event, at, events)
    yield from ((f"word {_shape(word)}", _NEAR) for word in set(sentence.words))
    for beside in (*sentences[max(0, at - 1) : at], *sentences[at + 1 : at + 2]):
        yield from ((f"beside {_shape(word)}", _BESIDE) for word in set(beside.words))
    yield from _told(page, sentence)


def _position(
    page: _Page, event: Event, at: int, events: Sequence[Event]
) -> Iterator[tuple[str, float]]:
    """Yield where the event stands in the article, and among its like."""
    same = [other.trigger for other in events if other.type == event.type]
    yield "first of its type", float(same[0] == event.trigger)
    yield "times told", math.log1p(len(same))
    yield "depth", min(1.0, at / _LONG)
    yield "opening", float(at < _OPENING)
    yield "length", min(2.0, len(page.sentences) / _LONG)


def _shape(word: str) -> str:
    """Return a word, or one sign for all numbers."""
    return "#" if word[0].isdigit() else word


def _told(page: _Page, sentence: Sentence) -> Iterator[tuple[str, float]]:
    """Yield what the sentence says of time, places and people."""
    for when in dates.find(page.article.text, sentence.span, page.article.published):
        yield "dated " + when.precision, 1.0
        yield "dated " + _age(page.article, when), 1.0
    for mention in page.mentions:
        if mention.place and sentence.span.covers(mention.toponym.span):
            level = precision(mention.place.feature).level
            yield f"names {mention.toponym.kind} {level}", 1.0
    for count in counts.find(page.article.text, sentence.span):
        yield "counts " + count.kind, 1.0


def _age(article: Article, when: When) -> str:
    """Return how long before publication a time lies."""
    if article.published is None:
        return "unknown"
    days = (article.published - when.end).days
    return "recently" if days <= _RECENT_DAYS else "long ago" if days > _OLD_DAYS else "lately"
