"""A second reading of an article's events by what its sentences sound like.

The lexicon of triggers is the first reading. Here a learned reader (:mod:`geomap.senses`) doubts
events in sentences that tell of none ("the campaign caught fire"), and finds events in sentences
that name a place and have no trigger ("the lorries came under fire"), at the word that says most.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.events import is_figurative, reported
from geomap.genre import genre
from geomap.model import TOLD
from geomap.ontology import group_of
from geomap.senses import MODEL, Senses
from geomap.text import read
from geomap.words import NEVER_NOUNS, PLACE_PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from geomap.model import Article, Event, Mention
    from geomap.senses import Sense
    from geomap.text import Sentence

EMPTY = 0.99
"""From this likelihood on that a sentence tells of nothing its events are doubted."""
TELLING = 0.75
"""From this likelihood on a sentence without a trigger tells of an event of the type."""
_LEAST_WORDS, _MOST_READ = 5, 300
"""Shorter sentences are headings; a text with more to read is no article."""
_HEARD = frozenset("conflict unrest law_and_crime humanitarian disaster accident health".split())
"""Groups of types that are doubted or found so: what governments do sounds like what they say."""
_PRONOUNS = frozenset("its his her their our your my it he she they we i you who".split())
_SMALL = NEVER_NOUNS | PLACE_PREPOSITIONS | _PRONOUNS
"""Words that tell of nothing by themselves."""
_SITES = frozenset({"place", "facility"})


class Rereader:
    """Reads events again; a :class:`~geomap.seams.Selector`."""

    def __init__(self, model: Path = MODEL) -> None:
        """Take the weights of the reader, opened with the first event or place."""
        self.model = model

    def __call__(
        self, article: Article, events: Sequence[Event], mentions: Sequence[Mention], /
    ) -> Sequence[Event]:
        """Return the events without those that are doubted, with those that were overlooked."""
        senses = Senses.open(self.model) if events or mentions else None
        return events if senses is None else reread(article, events, mentions, senses)


def reread(
    article: Article, events: Sequence[Event], mentions: Sequence[Mention], senses: Senses
) -> list[Event]:
    """Return the events of an article in reading order; those doubted are background."""
    kept = [_doubted(article.text, event, senses) for event in events]
    told = {event.sentence for event in events}
    sentences = read(article.text)
    left = [s for s in _placed(sentences, mentions) if s.span not in told]
    if len(left) > _MOST_READ:
        return kept
    found = list(_overlooked(article, left, mentions, senses))
    if not found or genre(article) != "news" or is_figurative(_words(sentences)):
        return kept
    return sorted([*kept, *found], key=lambda event: event.trigger)


def _overlooked(
    article: Article, left: Iterable[Sentence], mentions: Sequence[Mention], senses: Senses
) -> Iterator[Event]:
    """Yield the events that sentences without a trigger tell of."""
    for sentence in left:
        sense = senses(article.text, sentence.span)
        telling = sense.likely >= TELLING and group_of(sense.type) in _HEARD
        word = _trigger(sentence, sense, mentions) if telling else None
        if word is not None:
            yield reported(article, sentence, word, sense.type, sense.likely)


def _words(sentences: Iterable[Sentence]) -> list[str]:
    return [word for sentence in sentences for word in sentence.words]


def _doubted(text: str, event: Event, senses: Senses) -> Event:
    """Return an event as background where its sentence sounds as if it told of nothing."""
    if event.status not in TOLD or event.anaphoric or group_of(event.type) not in _HEARD:
        return event
    if senses(text, event.sentence).nothing < EMPTY:
        return event
    return replace(event, status="background")


def _placed(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[Sentence]:
    """Yield the sentences that name a place."""
    starts = [
        mention.toponym.span.start
        for mention in mentions
        if mention.place and mention.toponym.kind in _SITES
    ]
    for sentence in sentences:
        span = sentence.span
        if len(sentence.words) >= _LEAST_WORDS and any(span.start <= s < span.end for s in starts):
            yield sentence


def _trigger(sentence: Sentence, sense: Sense, mentions: Sequence[Mention]) -> int | None:
    """Return the index of the word that says most for the type: no name, no small word."""
    names = [mention.toponym.span for mention in mentions]
    best: dict[int, float] = {}
    for span, value in sense.words:
        covered = sentence.word_range(span)
        if covered and not any(span.overlaps(name) for name in names):
            best[covered[0]] = max(value, best.get(covered[0], value))
    fitting = [at for at in best if _can_tell(sentence, at)]
    return max(fitting, key=best.__getitem__, default=None)


def _can_tell(sentence: Sentence, at: int) -> bool:
    """Whether a word may be what tells of an event: no small word, no part of a name."""
    word = sentence.words[at]
    if not word.isalpha() or word in _SMALL:
        return False
    surface = sentence.tokens[sentence.at[at]].text
    return surface.islower() or at == 0 or surface.isupper()
