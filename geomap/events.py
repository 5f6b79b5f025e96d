"""Events in a text: the trigger of each, its type, and whether the text says that it happened.

A trigger opens an event; its status comes from the words that govern it ("prepared to deploy",
"could", "denied", "in 1998"). A definite noun ("the attack") points back to an event told before
and opens none of its own. Sport and entertainment use the words of conflict as figures of
speech, so an article of that kind needs plain words of harm beside a trigger; what obituaries,
essays and letters tell (:mod:`geomap.genre`) is background unless its sentence names a recent day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from geomap import dates, lexicon
from geomap.genre import FICTION, genre
from geomap.model import TOLD, Event
from geomap.ontology import group_of
from geomap.status import status
from geomap.text import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.lexicon import Trigger
    from geomap.model import Article, Status
    from geomap.text import Sentence

_DEICTIC = frozenset({"this", "that", "these", "those"})
_ARTICLES = _DEICTIC | {"the"}
_FRESH = frozenset(
    "first second third latest new another worst deadliest biggest heaviest largest strongest "
    "bloodiest fiercest gravest longest other".split()
)
_TIME_REACH, _LEADING, _PER_COMMA = 16.0, 5.0, 4.0
"""How far from a trigger its time may stand, in words; what a leading time and a comma cost."""
_FRESH_DAYS = 45
"""What an essay or a letter tells of so many days before it may be news."""
_AGES_AGO = re.compile(r"\b(?:years?|decades?|century|centuries) ago\b", re.IGNORECASE)
_BESIDE = 3
_OF_YEARS = frozenset("in of since year from".split())
_BEHIND_YEARS = frozenset("was were had when that and who which ad bc bce ce by but".split())
_FIRST_YEAR, _LAST_ANCIENT, _YEAR_DIGITS = 100, 1499, 9
"""Years that numbers may mean only behind "in", and not before what is counted."""
_OLD_WORDS = frozenset("ago year years decade decades century centuries".split())
_CARRYING = frozenset("in on at of near outside that".split())
"""What follows a noun that tells something new: "the attack on the bank"."""
_BEFORE_AHEAD = frozenset("votes meets convenes begins starts opens reopens resume resumes".split())
"""What is due in news of it: "Nauru votes on Saturday"."""
_LONG_AGO = frozenset((unit, "ago") for unit in ("years", "decades", "century", "centuries"))
_BREAKS = frozenset(", ; and but over after following for about".split())
_DETERMINERS = frozenset("the a an that this 's his her its their our".split())
_SPORT_SHARE = 0.012
_FIGURATIVE = frozenset(
    "match game team teams coach season goal goals league liga bundesliga uefa kick crossbar "
    "penalty halftime semifinal semifinals midfielder defender goalkeeper winger pitch derby "
    "relegation cup championship tournament playoffs quarterback striker referee scored "
    "touchdown nba nfl mlb nhl fifa champion heavyweight boxer boxing wicket innings actor "
    "actress film films movie movies director album singer celebrity hollywood box-office "
    "investors bonds equities yields dax ftse nasdaq brokers broker bourse turnover "
    "chess tennis golf cricket rugby hockey players grandmaster "
    "fans substitute header equaliser equalizer touchline dugout offside playoff fixture kickoff "
    "wickets batsman bowler scrum peloton birdie putt tiebreak profit profits dividend dividends "
    "earnings quarterly nikkei takeover suitor analysts revenue revenues starlet "
    "premiere sequel starring episode series oscar oscars grammy novel smartphone software "
    "iphone android chip processor merger acquisition shareholders stock shares rehab".split(),
)
_POLITICAL = frozenset(
    "terrorist terrorists terrorism guerilla guerillas guerrilla guerrillas insurgent "
    "insurgents insurgency rebel rebels militant militants paramilitary paramilitaries "
    "extremist extremists jihadist jihadists separatist separatists assassin assassins "
    "assassination assassinated subversive subversives taliban isis isil hezbollah hamas farc "
    "fmln communique militia militias junta warlord".split(),
)
_POLITICAL_WORDS = 2
"""So many of these words make an article one on political violence."""
_KILLING = re.compile(r"\b(?:murder|kill|shoot|shot|slay|slain|gun|homicide)", re.IGNORECASE)
TRIED = frozenset({"violent_crime", "armed_attack", "kidnapping", "property_attack", "arrest"})
"""Types whose day is no history where it is on trial."""
_TRIED_LEAD = 3
"""So many sentences say whether a trial is an article's matter."""
_DAYS = frozenset({"day", "week"})
_BURST = re.compile(r"(?:explosion|blast|explod)", re.IGNORECASE)
_EXPLOSIVE = frozenset(
    "bomb bombs bomber bombers bombing bombings grenade grenades ied landmine dynamite suicide "
    "detonated militants militant rebels insurgents terrorist terrorists terrorism guerrillas "
    "guerillas attackers attack attacks device sabotage".split()
)
"""Words of an article whose explosions may be meant."""
_WORKS = frozenset(
    "gas factory plant fireworks firecrackers boiler chemical chemicals cylinder refinery pipeline "
    "warehouse depot leak workers miners mine colliery tank silo generator".split()
)
"""Words of an article whose explosions are accidents; of a sentence whose collapse is its own."""
_FALLING = re.compile(r"(?:collaps|fell|fall|cav|gave|giv|came|com|crumbl|toppl)", re.IGNORECASE)
"""What a quake or a gale does to buildings: part of it, no accident beside it."""
_POLLING = re.compile(r"(?:polling|polls|queue|ballot|turnout|voting)", re.IGNORECASE)
_TWICE = 8
"""A noun within so many words of a trigger of its type, and no place between, is one with it."""
_HARM = frozenset("killed dead died wounded injured arrested police victims hospital".split())
_STORM_NAME = re.compile(
    r"\b(?:[Cc]yclone|[Tt]yphoon|[Hh]urricane|[Tt]ropical [Ss]torm|[Ss]torm) "
    r"(?!Cent|Warn|Watch|Advi|Predict|Surge|Season|Relief|Agency|Damage)([A-Z][a-z]{2,})\b"
)
_TOLD_STORM = frozenset("cyclone typhoon hurricane storm landfall".split())
"""Where one of these words stands, the storm needs no name to be found."""
_STRIKING = frozenset(
    "struck hit lashed battered crossed killed slammed tore reached passed swept pounded pummeled "
    "pummelled flattened ripped devastated barreled barrelled made weakened roared drenched".split()
)
_FATES = frozenset("killed dead died deaths drowned perished bodies toll fatalities".split())
_FATE_REACH = 2
"""How many sentences after an event may tell whom it killed."""
_NEVER = -9
_HARMING = frozenset("conflict unrest law_and_crime disaster accident health".split())
_ELSEWHERE = re.compile(r"\b(?:in|near|at|outside|from|of)\s+(?:the\s+)?[A-Z](?=[a-z])")
_APART = re.compile(_ELSEWHERE.pattern + r"|[,;:]|\b(?:after|before|since|following)\b")
_ANSWERING = frozenset({"of", "with", "for"})
_JUDGED = frozenset("guilty convicted acquitted sentenced jailed cleared tried".split())
_CHARGED = frozenset("charged accused charge charges count counts suspicion".split())
WEAK = 0.5
"""How sure an event is of which no more is told than that somebody was killed."""
_SCORES = {"strong": 0.85, "plain": 0.75, "weak": WEAK}


class Time(NamedTuple):
    """Words ``first`` to ``last`` that name a time: one long past, one to come, or neither."""

    first: int
    last: int
    old: bool
    ahead: bool = False


def extract(article: Article) -> list[Event]:
    """Return the events of an article in reading order.

    >>> from geomap.model import Article
    >>> text = "Rebels may attack Goma. A quake shook Lima."
    >>> [(event.type, event.status) for event in extract(Article("1", text))]
    [('armed_attack', 'hypothetical'), ('earthquake', 'happened')]
    """
    read_sentences = _with_storms(article.text, read(article.text))
    words = [word for sentence in read_sentences for word in sentence.words]
    figurative, political = is_figurative(words), is_political(words)
    kind = genre(article)
    if kind in FICTION:
        return []
    found: list[Event] = []
    harm = _NEVER
    tried = is_of_trial(read_sentences)
    for at, sentence in enumerate(read_sentences):
        if figurative and _HARM.isdisjoint(sentence.words):
            continue
        told = _events_of(article, sentence, tried=tried)
        if not told and at - harm <= _FATE_REACH:
            told = _fate(article.text, sentence)
        elif any(
            event.status in TOLD and group_of(event.type) in _HARMING
            for event in told
            if event.type
        ):
            harm = at
        found += told
    if political:
        found = [_as_political(article.text, event) for event in found]
    elif _EXPLOSIVE.isdisjoint(words) and not _WORKS.isdisjoint(words):
        found = [_as_industrial(article.text, event) for event in found]
    found = _without_scenes(article.text, _without_damage(article.text, found))
    reports = kind == "news" or (kind == "opinion" and political)
    return found if reports else [_as_recalled(article, event) for event in found]


def reported(article: Article, sentence: Sentence, at: int, kind: str, score: float) -> Event:
    """Return the event of a type that the word ``at`` of a sentence is found to tell of."""
    times = _times(article, sentence, matter=False)
    told = _status(sentence, (at, at + 1), times, verbal=lexicon.is_verb(sentence.words, at))
    return Event(kind, sentence.span_of(at, at), sentence.span, told, round(score, 3))


def is_of_trial(found: Sequence[Sentence]) -> bool:
    """Whether an article opens with what a court did, so that an old crime is its matter."""
    return any(
        trigger.pattern.type == "trial" and not trigger.pattern.weak
        for sentence in found[:_TRIED_LEAD]
        for trigger in lexicon.triggers(sentence.words)
    )


def _with_storms(text: str, found: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return sentences with "cyclone" for a storm's name where it strikes: "Idai struck Beira"."""
    names = frozenset(match[1].lower() for match in _STORM_NAME.finditer(text))
    if not names:
        return found
    return [
        sentence if names.isdisjoint(sentence.words) else _with_storm(sentence, names)
        for sentence in found
    ]


def _with_storm(sentence: Sentence, names: frozenset[str]) -> Sentence:
    """Return a sentence with "cyclone" for names with a verb of striking close behind."""
    words = sentence.words
    if not _TOLD_STORM.isdisjoint(words):
        return sentence
    struck = [
        at
        for at, word in enumerate(words)
        if word in names and not _STRIKING.isdisjoint(words[at + 1 : at + 4])
    ]
    if not struck:
        return sentence
    return sentence._replace(
        words=["cyclone" if at in struck else word for at, word in enumerate(words)]
    )


def _fate(text: str, sentence: Sentence) -> list[Event]:
    """Return "two people were killed": what befell people in the event told just before.

    A sentence that names a place of its own tells of something else.
    """
    words = sentence.words
    at = next((at for at, word in enumerate(words) if word in _FATES), None)
    if at is None or _ELSEWHERE.search(text, sentence.span.start, sentence.span.end):
        return []
    told = status(words, at, at + 1, verbal=True)
    return [Event("", sentence.span_of(at, at), sentence.span, told, 0.6, anaphoric=True)]


def _as_recalled(article: Article, event: Event) -> Event:
    """Return an event of a text that is no news: background, unless told with a recent day."""
    if event.score <= WEAK:
        return replace(event, status="background")
    fresh = article.published and any(
        when.precision in _DAYS and 0 <= (article.published - when.end).days <= _FRESH_DAYS
        for when in dates.find(article.text, event.sentence, article.published)
    )
    if fresh and not _AGES_AGO.search(event.sentence.of(article.text)):
        return event
    return replace(event, status="background")


def is_political(words: Sequence[str]) -> bool:
    """Whether the words are those of political violence, so that a murder is an armed attack."""
    return sum(word in _POLITICAL for word in words) >= _POLITICAL_WORDS


def _as_political(text: str, event: Event) -> Event:
    """Return an event of an article on political violence: a murder is an attack there."""
    if event.type != "violent_crime" or not _KILLING.search(event.trigger.of(text)):
        return event
    return replace(event, type="armed_attack")


def _as_industrial(text: str, event: Event) -> Event:
    """Return an event of an article without attackers: its explosion is an accident there."""
    if event.type != "bombing" or not _BURST.match(event.trigger.of(text)):
        return event
    return replace(event, type="industrial_accident")


def _without_damage(text: str, found: Sequence[Event]) -> list[Event]:
    """Leave out the buildings that a quake, a flood or a gale brought down: they are part of it."""
    disasters = {event.sentence for event in found if group_of(event.type) == "disaster"}
    quake = sum(event.type == "earthquake" and event.status in TOLD for event in found) > 1
    return [
        event
        for event in found
        if event.type != "industrial_accident"
        or not (quake or event.sentence in disasters)
        or not _FALLING.match(event.trigger.of(text))
        or not _WORKS.isdisjoint(event.sentence.of(text).lower().split())
    ]


def _without_scenes(text: str, found: Sequence[Event]) -> list[Event]:
    """Leave out what the polling day looked like, once the election itself has been told."""
    told = next((event.sentence for event in found if event.type == "election"), None)
    return [
        event
        for event in found
        if event.type != "election"
        or event.sentence == told
        or not _POLLING.match(event.trigger.of(text))
    ]


def is_figurative(words: Sequence[str]) -> bool:
    """Whether the words are those of sport, show or business rather than of events."""
    found = [word for word in words if word in _FIGURATIVE]
    return len(found) > _SPORT_SHARE * len(words) and len(set(found)) > 1


def _events_of(article: Article, sentence: Sentence, *, tried: bool = False) -> list[Event]:
    """Return the mappable events of one sentence."""
    words = sentence.words
    found = lexicon.triggers(words)
    taken = {index for trigger in found for index in range(trigger.start, trigger.end)}
    anaphors = lexicon.lexicon().anaphors
    back = [
        index
        for index, word in enumerate(words)
        if word in anaphors
        and word not in _FATES
        and index not in taken
        and _points_back(words, index)
    ]
    mapped = [trigger for trigger in found if group_of(trigger.pattern.type) != "verbal"]
    mapped = _one_trial(mapped)
    if not mapped and not back:
        return []
    matter = tried and any(trigger.pattern.type in TRIED for trigger in mapped)
    times = _times(article, sentence, matter=matter)
    events = _told_once(
        article.text,
        [(_event(sentence, trigger, times), trigger.verbal) for trigger in mapped],
    )
    events += [_back_reference(sentence, index, times) for index in back]
    return sorted(events, key=lambda event: event.trigger)


def _told_once(text: str, events: Sequence[tuple[Event, bool]]) -> list[Event]:
    """Leave out a second word for the same: "signed a deal", "a quake shook"."""
    kept: list[Event] = []
    for event, verbal in events:
        last = kept[-1] if kept else None
        same = last and (last.type, last.status) == (event.type, event.status)
        if last and same and not last.anaphoric:
            between = text[last.trigger.end : event.trigger.start]
            reach = 0 if verbal else _TWICE
            if len(between.split()) <= reach and not _APART.search(between):
                continue
        kept.append(event)
    return kept


def _one_trial(found: Sequence[Trigger]) -> list[Trigger]:
    """Leave of what a court does in a sentence the first: "found guilty after a trial" is one."""
    trials = [trigger for trigger in found if trigger.pattern.type == "trial"]
    return [trigger for trigger in found if trigger not in trials[1:]]


def _is_charge(words: Sequence[str], start: int) -> bool:
    """Whether a bare noun is what somebody answers for in court: "guilty of murder".

    Whoever is only charged with murder was charged soon after it: the murder is news still.
    """
    if start < 2 or words[start - 1] not in _ANSWERING:  # noqa: PLR2004
        return False
    before = words[max(0, start - 4) : start - 1]
    killing = bool(_KILLING.match(words[start]))
    return not (_JUDGED if killing else _JUDGED | _CHARGED).isdisjoint(before)


def _event(sentence: Sentence, trigger: Trigger, times: Sequence[Time]) -> Event:
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
        status=_status(sentence, (trigger.start, trigger.end), times, verbal=trigger.verbal),
        score=_SCORES[strength],
        anaphoric=anaphoric,
    )


def _back_reference(sentence: Sentence, index: int, times: Sequence[Time]) -> Event:
    """Return "the attack": an event whose type is that of what it points to."""
    told = _status(sentence, (index, index + 1), times, verbal=False)
    return Event("", sentence.span_of(index, index), sentence.span, told, 0.6, anaphoric=True)


def _status(
    sentence: Sentence, at: tuple[int, int], times: Sequence[Time], *, verbal: bool
) -> Status:
    """Return the status of the words ``at``: background where an old time is theirs."""
    if _is_old(sentence.words, at, times) or (not verbal and _is_charge(sentence.words, at[0])):
        return "background"
    told = status(sentence.words, *at, verbal=verbal)
    return "planned" if told in TOLD and _is_ahead(sentence.words, at, times) else told


def _points_back(words: Sequence[str], start: int) -> bool:
    """Whether a noun is definite and carries nothing new ("the attack", not "the attack on X")."""
    before = words[start - 1] if start else ""
    after = words[start + 1] if start + 1 < len(words) else ""
    if before in _DEICTIC:
        return True
    modified = start > 1 and words[start - 2] in _ARTICLES and before not in _FRESH
    return (before in _ARTICLES or modified) and after not in _CARRYING


def _times(article: Article, sentence: Sentence, *, matter: bool) -> list[Time]:
    """Return the times that a sentence names; none where nothing says what is old.

    The day of a crime, or of the arrest for it, is not old where its trial is the ``matter``.
    """
    published = article.published
    if published is None or not any(map(_may_tell, sentence.words)):
        return []
    found = [
        Time(
            *at,
            dates.is_long_before(when, published) and not (matter and when.precision in _DAYS),
            when.precision in _DAYS and when.start is not None and when.start > published,
        )
        for when in dates.find(article.text, sentence.span, published)
        if when.span and (at := sentence.word_range(when.span))
    ]
    found += [
        Time(at, at, old=True)
        for at, word in enumerate(sentence.words)
        if "when" in sentence.words[at + 1 : at + 3] and _is_year_before(word, published.year - 1)
    ]
    spans = {at for time in found for at in range(time.first, time.last + 1)}
    found += [
        Time(at, at, old=True)
        for at, pair in enumerate(pairwise(sentence.words), 1)
        if _is_ancient(*pair, (sentence.words[at + 1 : at + 2] or ["."])[0]) and at not in spans
    ]
    return found + [
        Time(at, at, old=True)
        for at, pair in enumerate(pairwise(sentence.words), 1)
        if pair in _LONG_AGO and at not in spans
    ]


def _is_year_before(word: str, year: int) -> bool:
    """Whether a word before "when" is a year of four digits before another: "recalled 1991"."""
    return len(word) == 4 and word.isdecimal() and _LAST_ANCIENT < int(word) < year  # noqa: PLR2004


def _is_ancient(lead: str, year: str, after: str) -> bool:
    """Whether a number behind "in" is a year of the Middle Ages: "the quake of 869"."""
    return (
        lead in _OF_YEARS
        and year.isdigit()
        and _FIRST_YEAR <= int(year[:_YEAR_DIGITS]) <= _LAST_ANCIENT
        and (not after[0].isalpha() or after in _BEHIND_YEARS)
    )


def _may_tell(word: str) -> bool:
    """Whether a word can be part of a time long past or go before one ahead; else none is read."""
    return word[:1].isdigit() or word in _OLD_WORDS or word in _BEFORE_AHEAD


def _is_old(words: Sequence[str], at: tuple[int, int], times: Sequence[Time]) -> bool:
    """Whether the time nearest to a trigger, of those that can be its own, is long past."""
    own = [time for time in times if not time.old or _can_date(words, at, time)]
    costs = [(_distance(words, at, time), not time.old) for time in own]
    nearest, recent = min(costs, default=(_TIME_REACH, True))
    return nearest < _TIME_REACH and not recent


def _is_ahead(words: Sequence[str], at: tuple[int, int], times: Sequence[Time]) -> bool:
    """Whether the time nearest to a trigger is still to come: "donors meet on 3 September"."""
    costs = [(_distance(words, at, time), not time.ahead) for time in times]
    nearest, other = min(costs, default=(_TIME_REACH, True))
    return nearest < _TIME_REACH and not other


def _can_date(words: Sequence[str], at: tuple[int, int], time: Time) -> bool:
    """Whether an old time can be a trigger's: "the 2008 war" and "since 2008" date no other."""
    start, end = at
    lead = words[max(0, time.first - _BESIDE) : time.last + 1]
    if 0 < start - time.last < _BESIDE:
        return True
    if "since" in lead:
        return end <= time.first and "since" in words[max(0, start - _BESIDE) : start]
    if 0 <= time.first - end < _BESIDE:
        return True
    named = not _DETERMINERS.isdisjoint(words[max(0, time.first - 1) : time.last])
    if named and words[time.last].isdigit():
        return False
    aside = "," in words[max(0, time.first - 2 * _BESIDE) : time.first]
    return not (aside and words[time.last + 1 : time.last + 2] == [","])


def _distance(words: Sequence[str], at: tuple[int, int], time: Time) -> float:
    """Return how far a time stands from a trigger, in words; a leading time is near to all."""
    between = words[at[1] : time.first] or words[time.last + 1 : at[0]]
    if between == words[time.last + 1 : at[0]] and "when" in between[:2]:
        return _LEADING
    cost = len(between) + _PER_COMMA * sum(word in _BREAKS for word in between)
    return min(cost, _LEADING) if time.first < _BESIDE else cost
