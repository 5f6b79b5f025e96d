"""A second reading of an article's events by a learned reader.

The lexicon of triggers is the first reading. Here a learned reader (:mod:`geomap.senses`) doubts
events in sentences that tell of none ("the campaign caught fire"), corrects their types, and finds
events for which the lexicon has no words ("the lorries never came back"), at the word that says
most. It reads the sentences in which a word opened an event, and those that may tell of one by
their words (:mod:`geomap.telling`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.events import is_figurative, reported
from geomap.genre import genre
from geomap.model import TOLD
from geomap.ontology import group_of
from geomap.senses import MODEL, Senses
from geomap.telling import may_tell
from geomap.text import read
from geomap.words import NEVER_NOUNS, PLACE_PREPOSITIONS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.model import Article, Event, Mention, Span
    from geomap.senses import Sense
    from geomap.text import Sentence

DOUBTED = 0.05
"""An event of the lexicon is background whose sentence tells of its group of types less likely."""
MISNAMED, RENAMED = 0.2, 0.3
"""An event is of another type whose word tells of its own group less likely than this, and of the
other at least so likely."""
OPENED = 0.75
"""A sentence tells of an event without a trigger from this likelihood on."""
_UNDOUBTED = frozenset({"agreement", "sanction"})
"""Types that are not doubted: what governments promise and refuse sounds like mere talk."""
_LEAST_WORDS, _MOST_READ = 5, 300
"""Shorter sentences are headings; a text with more to read is no article."""
_PRONOUNS = frozenset("its his her their our your my it he she they we i you who".split())
_SMALL = NEVER_NOUNS | PLACE_PREPOSITIONS | _PRONOUNS
"""Words that tell of nothing by themselves."""


class Rereader:
    """Reads events again; a :class:`~geomap.seams.Selector`."""

    def __init__(self, model: Path = MODEL, *, doubting: bool = True) -> None:
        """Take the weights of the reader, opened with the first event or place.

        One that is not ``doubting`` adds what was overlooked and leaves the rest as it is.
        """
        self.model = model
        self.doubting = doubting

    def __call__(
        self, article: Article, events: Sequence[Event], mentions: Sequence[Mention], /
    ) -> Sequence[Event]:
        """Return the events without those that are doubted, with those that were overlooked."""
        senses = Senses.open(self.model) if events or mentions else None
        if senses is None:
            return events
        return reread(article, events, mentions, senses, doubting=self.doubting)


def reread(
    article: Article,
    events: Sequence[Event],
    mentions: Sequence[Mention],
    senses: Senses,
    *,
    doubting: bool = True,
) -> list[Event]:
    """Return the events of an article in reading order; those doubted are background."""
    sentences = read(article.text)
    worth = _worth_reading(sentences, {event.sentence for event in events})
    if len(worth) > _MOST_READ:
        return list(events)
    heard = senses.heard(article.text, [sentence.span for sentence in worth])
    kept = list(events)
    if doubting:
        kept = [_judged(event, heard.get(event.sentence)) for event in events]
    if genre(article) != "news" or is_figurative([w for s in sentences for w in s.words]):
        return kept
    names = [mention.toponym.span for mention in mentions]
    found = [
        event
        for sentence in worth
        for event in _overlooked(article, sentence, heard[sentence.span], kept, names)
    ]
    return sorted([*kept, *found], key=lambda event: event.trigger)


def _worth_reading(sentences: Iterable[Sentence], told: Container[Span]) -> list[Sentence]:
    """Return the sentences that have a trigger, or words that may tell of an event."""
    return [
        sentence
        for sentence in sentences
        if len(sentence.words) >= _LEAST_WORDS
        and (sentence.span in told or may_tell(sentence.words))
    ]


def _judged(event: Event, sense: Sense | None) -> Event:
    """Return an event as the reader sees it: as it is, of another type, or as background."""
    if sense is None or event.anaphoric or event.type not in sense.likely:
        return event
    if event.status not in TOLD:
        return event
    group, said = group_of(event.type), sense.said(event.trigger)
    kind = max(said, key=said.__getitem__, default=event.type)
    if _of_group(said, group) < MISNAMED and said.get(kind, 0.0) >= RENAMED:
        return replace(event, type=kind)
    if event.type in _UNDOUBTED or _of_group(sense.likely, group) >= DOUBTED:
        return event
    return replace(event, status="background")


def _of_group(likely: Mapping[str, float], group: str) -> float:
    """Return how likely the likeliest type of a group is."""
    return max((value for kind, value in likely.items() if group_of(kind) == group), default=0.0)


def _overlooked(
    article: Article,
    sentence: Sentence,
    sense: Sense,
    events: Iterable[Event],
    names: Sequence[Span],
) -> Iterator[Event]:
    """Yield the events that a sentence tells of, of groups of which it has no trigger."""
    here = [event for event in events if event.sentence == sentence.span]
    if any(event.anaphoric for event in here):
        return
    told = {group_of(event.type) for event in here if event.type}
    taken = [*names, *(event.trigger for event in here)]
    for kind, likely in _by_likelihood(sense.likely):
        word = None if group_of(kind) in told else _trigger(sentence, sense.telling(kind), taken)
        if word is not None:
            told.add(group_of(kind))
            yield reported(article, sentence, word, kind, likely)


def _by_likelihood(likely: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the types that a sentence tells of, the likeliest first."""
    found = [(kind, value) for kind, value in likely.items() if value >= OPENED]
    return sorted(found, key=lambda item: -item[1])


def _trigger(
    sentence: Sentence, told: Iterable[tuple[Span, float]], taken: Sequence[Span]
) -> int | None:
    """Return the index of the word that says most for the type: not taken, no small word."""
    best: dict[int, float] = {}
    for span, value in told:
        covered = sentence.word_range(span)
        if covered and not any(span.overlaps(other) for other in taken):
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
