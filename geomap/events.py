"""Events in a text: the trigger of each, its type, and whether the text says that it happened.

A trigger opens an event; its status comes from the words that govern it ("prepared to deploy",
"could", "denied", "in 1998"). A definite noun ("the attack") points back to an event told before
and opens none of its own. Sport and entertainment use the words of conflict as figures of
speech, so an article of that kind needs plain words of harm beside a trigger.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap import dates, lexicon
from geomap.model import Event
from geomap.ontology import group_of
from geomap.status import status
from geomap.text import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geomap.lexicon import Trigger
    from geomap.model import Article, Status, When
    from geomap.text import Sentence

_ARTICLES = frozenset({"the", "this", "that", "these", "those"})
_FRESH = frozenset("first second third latest new another worst deadliest biggest".split())
_DEICTIC = frozenset({"this", "that", "these", "those"})
_OLD_YEARS = 1
"""An event dated this many years before publication is background, not news."""
_SPORT_SHARE = 0.012
_FIGURATIVE = frozenset(
    "match game team teams coach season goal league cup championship tournament playoffs "
    "quarterback striker referee scored touchdown nba nfl mlb nhl fifa champion heavyweight boxer "
    "boxing wicket innings actor actress film films movie movies director album singer celebrity "
    "hollywood box-office premiere sequel starring episode series oscar oscars grammy novel "
    "smartphone software iphone android chip processor merger acquisition shareholders stock "
    "shares rehab".split(),
)
_POLITICAL = frozenset(
    "terrorist terrorists terrorism guerrilla guerrillas insurgent insurgents insurgency rebel "
    "rebels militant militants paramilitary paramilitaries extremist extremists jihadist jihadists "
    "separatist separatists assassin assassins assassination assassinated subversive subversives "
    "taliban isis isil hezbollah hamas farc fmln communique militia militias junta warlord".split(),
)
_POLITICAL_WORDS = 3
"""So many of these words make an article one on political violence."""
_KILLING = re.compile(r"\b(?:murder|kill|shoot|shot|slay|slain|gun|homicide)", re.IGNORECASE)
_HARM = frozenset("killed dead died wounded injured arrested police victims hospital".split())
_SCORES = {"strong": 0.85, "plain": 0.75, "weak": 0.5}


def extract(article: Article) -> list[Event]:
    """Return the events of an article in reading order.

    >>> from geomap.model import Article
    >>> text = "Rebels may attack Goma. A quake shook Lima."
    >>> [(event.type, event.status) for event in extract(Article("1", text))]
    [('armed_attack', 'hypothetical'), ('earthquake', 'happened')]
    """
    read_sentences = read(article.text)
    words = [word for sentence in read_sentences for word in sentence.words]
    figurative, political = is_figurative(words), is_political(words)
    found = [
        event
        for sentence in read_sentences
        if not figurative or not _HARM.isdisjoint(sentence.words)
        for event in _events_of(article, sentence)
    ]
    return [_as_political(article.text, event) for event in found] if political else found


def is_political(words: Sequence[str]) -> bool:
    """Whether the words are those of political violence, so that a murder is an armed attack."""
    return sum(word in _POLITICAL for word in words) >= _POLITICAL_WORDS


def _as_political(text: str, event: Event) -> Event:
    """Return an event of an article on political violence: a murder is an attack there."""
    if event.type != "violent_crime" or not _KILLING.search(event.trigger.of(text)):
        return event
    return replace(event, type="armed_attack")


def is_figurative(words: Sequence[str]) -> bool:
    """Whether the words are those of sport, show or business rather than of events."""
    return sum(word in _FIGURATIVE for word in words) > _SPORT_SHARE * len(words)


def _events_of(article: Article, sentence: Sentence) -> list[Event]:
    """Return the mappable events of one sentence."""
    words = sentence.words
    found = lexicon.triggers(words)
    taken = {index for trigger in found for index in range(trigger.start, trigger.end)}
    anaphors = lexicon.lexicon().anaphors
    back = [
        index
        for index, word in enumerate(words)
        if word in anaphors and index not in taken and _points_back(words, index)
    ]
    mapped = [trigger for trigger in found if group_of(trigger.pattern.type) != "verbal"]
    if not mapped and not back:
        return []
    old = _is_old(article, sentence)
    events = [_event(sentence, trigger, old=old) for trigger in mapped]
    events += [_back_reference(sentence, index, old=old) for index in back]
    return sorted(events, key=lambda event: event.trigger)


def _event(sentence: Sentence, trigger: Trigger, *, old: bool) -> Event:
    """Return the event that a trigger opens."""
    pattern = trigger.pattern
    strength = "weak" if pattern.weak else "strong" if pattern.conditions else "plain"
    head = sentence.words[trigger.end - 1]
    anaphoric = (
        not trigger.verbal
        and head in lexicon.lexicon().anaphors
        and _points_back(sentence.words, trigger.start)
    )
    return Event(
        type=pattern.type,
        trigger=sentence.span_of(trigger.start, trigger.end - 1),
        sentence=sentence.span,
        status="background" if old else _status(sentence, trigger),
        score=_SCORES[strength],
        anaphoric=anaphoric,
    )


def _status(sentence: Sentence, trigger: Trigger) -> Status:
    return status(sentence.words, trigger.start, trigger.end, verbal=trigger.verbal)


def _back_reference(sentence: Sentence, index: int, *, old: bool) -> Event:
    """Return "the attack": an event whose type is that of what it points to."""
    said = status(sentence.words, index, index + 1, verbal=False)
    told: Status = "background" if old else said
    return Event("", sentence.span_of(index, index), sentence.span, told, 0.6, anaphoric=True)


def _points_back(words: Sequence[str], start: int) -> bool:
    """Whether a noun is definite and carries nothing new ("the attack", not "the attack on X")."""
    before = words[start - 1] if start else ""
    after = words[start + 1] if start + 1 < len(words) else ""
    if before in _DEICTIC:
        return True
    modified = start > 1 and words[start - 2] in _ARTICLES and before not in _FRESH
    return (before in _ARTICLES or modified) and after not in {
        "in",
        "on",
        "at",
        "of",
        "near",
        "outside",
        "that",
    }


def _is_old(article: Article, sentence: Sentence) -> bool:
    """Whether the only time in the sentence lies a year or more before publication."""
    published: date | None = article.published
    times = dates.find(article.text, sentence.span, published)
    if not times or published is None:
        return False
    return all(
        when.end.year < published.year - _OLD_YEARS or _long_ago(when, published) for when in times
    )


def _long_ago(when: When, published: date) -> bool:
    days = (published - when.end).days
    return days > 366 * _OLD_YEARS or (when.precision == "year" and when.end.year < published.year)
