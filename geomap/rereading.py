"""A second reading of an article's events by a learned reader.

The lexicon of triggers is the first reading. Here a learned reader (:mod:`geomap.senses`) doubts
events in sentences that tell of none ("the campaign caught fire"), corrects their types, and finds
events that the lexicon has no words for ("the lorries never came back"), at the word that says most.
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
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from geomap.model import Article, Event, Mention
    from geomap.senses import Sense
    from geomap.text import Sentence

DOUBTED = 0.05
"""Below this likelihood an event of the lexicon is doubted."""
OPENED = 0.6
"""From this likelihood on a sentence tells of an event that the lexicon has no words for."""
RETYPED = 0.6
"""From this likelihood of another type on an event that is doubted is of that type."""
_LEAST_WORDS, _MOST_READ = 5, 300
"""Shorter sentences are headings; a text with more to read is no article."""
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
    told = {event.sentence for event in events}
    sentences = [
        s
        for s in read(article.text)
        if len(s.words) >= _LEAST_WORDS and (s.span in told or may_tell(s.words))
    ]
    if len(sentences) > _MOST_READ:
        return list(events)
    heard = dict(
        zip([s.span for s in sentences], senses(article.text, [s.span for s in sentences]), strict=True)
    )
    kept = [_judged(event, heard.get(event.sentence)) for event in events]
    if genre(article) != "news" or is_figurative([w for s in sentences for w in s.words]):
        return kept
    found = [
        event
        for sentence in sentences
        for event in _overlooked(article, sentence, heard[sentence.span], kept, mentions)
    ]
    return sorted([*kept, *found], key=lambda event: event.trigger)


def _judged(event: Event, sense: Sense | None) -> Event:
    """Return an event as the reader sees it: as it is, of another type, or as background."""
    if sense is None or event.anaphoric or event.type not in sense.likely:
        return event
    if event.status not in TOLD:
        if event.status in REVIVE and sense.likely[event.type] >= REVIVED:
            return replace(event, status="happened")
        return event
    if sense.likely[event.type] >= DOUBTED:
        return event
    kind, likely = sense.best()
    if likely >= RETYPED:
        return replace(event, type=kind)
    if GROUP and max(p for t,p in sense.likely.items() if group_of(t)==group_of(event.type)) >= DOUBTED:
        return event
    return replace(event, status="background")

REVIVE=frozenset({"background"})
REVIVED=.8
GROUP=True
SAME="group"
PLACED=True
ANA=True

def _overlooked(
    article: Article,
    sentence: Sentence,
    sense: Sense,
    events: Sequence[Event],
    mentions: Sequence[Mention],
) -> Iterator[Event]:
    """Yield the events that a sentence tells of without a trigger."""
    here = [e for e in events if e.sentence == sentence.span]
    fam = group_of if SAME == "group" else (lambda t: t)
    told = {fam(e.type) for e in here if e.type and (e.status in TOLD or SAME=="group")}
    if ANA and any(e.anaphoric for e in here):
        return
    if PLACED and not any(m.place and m.toponym.kind in _SITES and sentence.span.covers(m.toponym.span) for m in mentions):
        return
    for kind, likely in sorted(sense.likely.items(), key=lambda x: -x[1]):
        if likely < OPENED: break
        if fam(kind) in told: continue
        word = _trigger(sentence, sense.telling(kind), mentions)
        if word is not None:
            told.add(fam(kind))
            yield reported(article, sentence, word, kind, likely)


def _trigger(sentence: Sentence, told: Iterable[tuple[object, float]], mentions: Sequence[Mention]) -> int | None:
    """Return the index of the word that says most for the type: no name, no small word."""
    names = [mention.toponym.span for mention in mentions]
    best: dict[int, float] = {}
    for span, value in told:
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
