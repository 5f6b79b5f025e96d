"""Events in a text: the trigger of each, its type, and whether the text says that it happened.

A trigger opens an event; its status comes from the words that govern it ("prepared to deploy",
"could", "denied", "in 1998"). A definite noun ("the attack") points back to an event told before
and opens none of its own. Sport and entertainment use the words of conflict as figures of
speech, so an article of that kind needs plain words of harm beside a trigger.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geomap import dates, lexicon
from geomap.model import Event
from geomap.ontology import group_of
from geomap.text import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geomap.lexicon import Trigger
    from geomap.model import Article, Status, When
    from geomap.text import Sentence

_GOVERN = 7
"""How many words before a trigger may govern it."""
_STOPS = frozenset({";", ":", ".", "!", "?", "but", "after", "following", "because", "although"})
"""Words that no governing word reaches across."""
_NEW_CLAUSE = frozenset((",", word) for word in "and who which where whose while as so".split())
"""Neither across these: "could not stop the crowd, which stormed"."""
_DENIED = frozenset(
    "not n't never without denied deny denies foiled foil thwarted prevented prevent averted avert "
    "nor cancelled canceled postponed abandoned".split(),
)
_PLANNED = frozenset(
    "will 'll shall planned planning plan plans scheduled upcoming prepared preparing "
    "prepares ready set due expected intends intend going poised tomorrow".split()
)
_HYPOTHETICAL = frozenset(
    "could may might if whether fear fears feared risk risks possible possibility potential "
    "likely unless imagine should chance danger prospect any future promised offered pledged "
    "promise pledge offer can hypothetical simulated mock drill thought like".split(),
)
_THREATENED = frozenset(
    "threaten threatens threatened threatening threat threats vow vows vowed warn "
    "warned warns warning".split()
)
_DEMANDED = frozenset(
    "demand demands demanded demanding urge urged urges urging ask asked asks request requested "
    "appeal appealed want wants wanted seek seeks sought call calls called calling".split(),
)
_BACKGROUND = frozenset("anniversary history previous previously former once decades ago".split())
_NEEDS_TO = frozenset(
    "set due ready going prepared call calls called calling want wants wanted ask "
    "asked asks seek seeks sought".split()
)
"""Words that govern a trigger only through "to" or "for"."""
_PROGRESSIVE = frozenset("sending deploying dispatching moving".split())
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
    figurative = is_figurative([word for sentence in read_sentences for word in sentence.words])
    return [
        event
        for sentence in read_sentences
        if not figurative or not _HARM.isdisjoint(sentence.words)
        for event in _events_of(article, sentence)
    ]


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
        status="background" if old else status(sentence.words, trigger),
        score=_SCORES[strength],
        anaphoric=anaphoric,
    )


def _back_reference(sentence: Sentence, index: int, *, old: bool) -> Event:
    """Return "the attack": an event whose type is that of what it points to."""
    told: Status = "background" if old else "happened"
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


def governing(words: Sequence[str], start: int) -> list[str]:
    """Return the words before a trigger that may govern it, the nearest last."""
    window = list(words[max(0, start - _GOVERN) : start])
    for index in range(len(window) - 1, -1, -1):
        if window[index] in _STOPS or tuple(window[index : index + 2]) in _NEW_CLAUSE:
            return window[index + 1 :]
    return window


def status(words: Sequence[str], trigger: Trigger) -> Status:
    """Return whether a sentence's words say that the trigger's event took place."""
    before = governing(words, trigger.start)
    for names, value in _GOVERNORS:
        if _governed(before, names):
            return value
    if "no" in before[-3:]:
        return "denied"
    if "would" in before:
        return "planned" if {"said", "announced", "say"} & set(words) else "hypothetical"
    if words[trigger.start] in _PROGRESSIVE and {"is", "are", "was", "were"} & set(before):
        return "planned"
    if words[-1] == "?":
        return "hypothetical"
    if not _BACKGROUND.isdisjoint(before):
        return "background"
    return _next_status(words, trigger)


_GOVERNORS: tuple[tuple[frozenset[str], Status], ...] = (
    (_DENIED, "denied"),
    (_THREATENED, "threatened"),
    (_DEMANDED, "demanded"),
    (_HYPOTHETICAL, "hypothetical"),
    (_PLANNED, "planned"),
)


def _governed(before: Sequence[str], names: frozenset[str]) -> bool:
    """Whether one of the names governs what follows."""
    return any(
        word in names
        and (word not in _NEEDS_TO or not {"to", "for"}.isdisjoint(before[index + 1 : index + 4]))
        for index, word in enumerate(before)
    )


def _next_status(words: Sequence[str], trigger: Trigger) -> Status:
    """Return the status that the words after a trigger give ("protests next week")."""
    after = words[trigger.end : trigger.end + 6]
    head = words[trigger.start]
    if trigger.verbal and words[max(0, trigger.start - 1)] == "to":
        return "happened" if _implied(words[: trigger.start]) else "planned"
    if trigger.verbal and not head.endswith(("ed", "ing")) and not _LATER.isdisjoint(after):
        return "planned"
    if any(pair in _AHEAD for pair in pairwise(after)):
        return "planned"
    return "happened"


def _implied(before: Sequence[str]) -> bool:
    """Whether a verb before "to" implies that the act took place ("went on to flood")."""
    return not _IMPLICATIVE.isdisjoint(before[-4:])


_LATER = frozenset({"later", "tomorrow", "next"})
_IMPLICATIVE = frozenset(
    "went on began begun continued continue continues managed forced started helped used rushed "
    "compelled enough returned back".split(),
)
_AHEAD = frozenset(
    {("will", "be"), ("is", "planned"), ("are", "planned"), ("next", "week"), ("next", "month")}
    | {("scheduled", "for"), ("is", "scheduled"), ("are", "scheduled"), ("to", "be")}
)


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
