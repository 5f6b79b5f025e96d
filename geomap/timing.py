"""When an event happened, by the times that its sentence names.

The time nearest to the trigger counts, unless it tells when something was said ("officials said
on Wednesday"), which dates announcements only, or stands in the dateline. What something else
followed or answered ("in retaliation for the killing", told of Sunday), and what a court or the
police deal with ("charged on Sunday with the killing"), happened before that time; what is
remembered ("the anniversary of the attack") on another day. Where the sentence names no time, the
next one may ("The attack took place on Monday").
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from geomap.datelines import dateline_end
from geomap.dates import is_long_before
from geomap.daybook import days
from geomap.events import TRIED
from geomap.model import TOLD, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Status, When
    from geomap.page import Page
    from geomap.sites import Scene
    from geomap.text import Sentence

REACH = 7.0
"""A time that costs more than this is not the event's."""
_PER_WORD, _PER_JOINT, _PER_BREAK, _PER_AFTERMATH, _VAGUE = 0.2, 0.5, 1.5, 2.0, 1.5
_PER_SPEECH = 6.0
_JOINTS = frozenset({"and", "but", "while"})
_AFTERMATH = frozenset("after following retaliation response avenge since revenge".split())
_AFTERMATH_REACH = 5
"""How many words before a trigger a word of aftermath governs it."""
_SPEECH = frozenset(
    "said says told announced reported stated confirmed disclosed revealed".split(),
)
_JUSTICE = frozenset(
    "convicted charged guilty accused indicted sentenced acquitted suspected investigate "
    "investigates investigating investigated investigation probe wanted questioned".split(),
)
"""What courts and the police do, later than the deed that the words after it name."""
_JUSTICE_REACH = 12
_OF_COURTS = frozenset({"arrest", "trial"})
_RANKS = re.compile(
    r"\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|worst|deadliest|biggest|latest"
)
"""Words that make a month or year a scope ("the third attack this month"), not a time."""
_RANK_REACH = 8
_SAME_DAY = re.compile(
    r"\b(?:(?:hours?|minutes?|moments?|seconds?|shortly|soon) (?:later|earlier|after|before)"
    r"|(?:which|that) followed|in the course of the (?:day|morning|afternoon|evening|night)"
    r"|simultaneously|(?:the )?same (?:day|night|evening))\b|^\W*at (?:about )?the same time\b",
    re.IGNORECASE,
)
HOUR = re.compile(
    r"\b(?:at|by|around|about|before|after|since|until|from|near|toward)\s+(?:(?:about|around|just)\s+)?"
    r"(?:midnight|noon|midday|dawn|dusk|daybreak|nightfall|sunrise|sunset"
    r"|(?:\d{1,2}(?:[.:]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s*"
    r"(?:[ap]\.?m\b|o['’]clock|in\s+the\s+(?:morning|afternoon|evening))"
    r"|\d{1,2}[.:]\d\d(?!\s*(?:percent|per|million|billion|%|\d)))"
    r"|\bin the (?:course of the )?(?:early |late )?(?:hours|morning|afternoon|evening)\b"
    r"|\b(?:hours?|minutes?) (?:later|earlier|after|before)\b",
    re.IGNORECASE,
)
"""A time of day: without a day it is one of the day that the story is at."""
_TOOK_PLACE = re.compile(
    r"(?:it|this|(?:the|this)\s+(?:incident|attack|blast|explosion|shooting|killings?|accident|crash"
    r"|disaster|tragedy|quake|earthquake|raid|assault|bombing|clash(?:es)?|kidnapping|fire|murder"
    r"|collision|massacre|ambush))\s+(?:\w+\s+){0,2}?"
    r"(?:happened|occurred|took\s+place|(?:was|were)\s+carried\s+out|came|struck|began|started)\b",
    re.IGNORECASE,
)


_SAME_DAY_REACH, _HOUR_REACH = 3, 8
"""How many sentences back words such as "soon after", or hours, find their day."""
_LATER = frozenset("them him her it us me midnight noon midday dawn dusk dark nightfall".split())
"""Behind these "after" tells no event that something followed."""
_LAGS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_LAG_REACH = 12
_FATES = frozenset(
    "died dead killed injured hurt wounded drowned missing trapped hospitalized".split()
)
_FATE_REACH = 8
_SUDDEN = frozenset({"storm", "earthquake"})
_AND = re.compile(r"\s+and\s+(?:on\s+)?")
_SINCE = re.compile(r"\bsince\s", re.IGNORECASE)
_AT_ONCE = frozenset({"territory_change", "government_change", "troop_deployment"})
"""What has been so since a day happened on that day."""
_NTH = {
    name: number for number, name in enumerate("second third fourth fifth sixth seventh".split(), 2)
}
_NTH_DAY = re.compile(
    rf"\b(?:for|entered|into)\s+(?:a|an|its|the|their)\s+(?P<nth>{'|'.join(_NTH)})\s+"
    r"(?:(?:straight|consecutive|successive)\s+)?(?:day|night)\b",
    re.IGNORECASE,
)
_BESIDE = 4
"""Characters between "a third day" and its day."""
_LASTING = frozenset(
    "strike_action riot protest wildfire fire flood storm armed_clash shelling air_strike"
    " kidnapping volcano weapons_test".split()
)
"""Types of which the third day tells that they began two days before."""
_LEAD = 3
"""A storm's day that one of the first sentences tells is that of all it does."""
_NARRATED = 3
"""How many sentences on a story stays in the year that it named last."""


class ToldTime(NamedTuple):
    """A time with the first and last of its words."""

    when: When
    first: int
    last: int

    @classmethod
    def of(cls, when: When, sentence: Sentence) -> ToldTime:
        """Return a time with its words in a sentence."""
        return cls(when, *(sentence.word_range(when.span or sentence.span) or (0, 0)))


def is_past_history(page: Page, index: int, when: When | None, kind: str = "") -> bool:
    """Whether an event lies long before publication: by its time, or by the story's around it.

    An event without a time stays in the time that was told last, a few sentences before. The day
    of a crime of some ``kind``, or of the arrest for it, is no history where it is on trial, nor is
    what a report from a court tells without a day.
    """
    published = page.article.published
    if published is None:
        return False
    if when is not None:
        tried = kind in TRIED and when.precision in {"day", "week"} and page.is_of_trial
        return not tried and is_long_before(when, published)
    if own := page.times_in(index):
        return all(is_long_before(each, published) for each in own)
    if page.is_of_trial:
        return False
    for earlier in range(index - 1, max(-1, index - 1 - _NARRATED), -1):
        if told := page.times_in(earlier):
            return is_long_before(told[-1], published)
    return False


def time_of(page: Page, index: int, scene: Scene, status: Status) -> When | None:
    """Return the time that a sentence gives the event of a trigger in it, or None."""
    when = _time_of(page, index, scene, status)
    is_day = when and when.span and when.start == when.end and status in TOLD
    return _lengthened(page, index, scene, when) if when and is_day else when


def _lengthened(page: Page, index: int, scene: Scene, when: When) -> When:
    """Return "on Tuesday and Wednesday", "since Monday" and "a third day on Friday" in full."""
    text, span, published = (
        page.article.text,
        when.span or scene.sentence.span,
        page.article.published,
    )
    day = timedelta(days=1)
    follow = (t for t in page.times_in(index) if t.span and t.start == t.end == when.end + day)
    for other in follow:
        if other.span and _AND.fullmatch(text, span.end, other.span.start):
            return replace(when, end=other.end)
    if scene.type in _AT_ONCE:
        return when
    if published and when.end < published and _SINCE.search(text, span.start - 6, span.end):
        return replace(when, end=published)
    return _counted_back(page, index, scene, when) if scene.type in _LASTING else when


def _counted_back(page: Page, index: int, scene: Scene, when: When) -> When:
    """Return the days up to "a third day", which is the time or stands before it."""
    text, sentence = page.article.text, scene.sentence
    trigger = sentence.span_of(scene.last, scene.last).end
    nth = _NTH_DAY.search(text, trigger, sentence.span.end)
    if not nth or not when.span or not when.span.overlaps(Span(nth.start(), nth.end() + _BESIDE)):
        return when
    days = (t for t in page.times_in(index) if t.span and t.start == t.end)
    last = next((t for t in days if t.span and 0 <= t.span.start - nth.end() < _BESIDE), when)
    first = last.end - timedelta(days=_NTH[nth["nth"].lower()] - 1)
    return replace(last, start=first)


def _time_of(page: Page, index: int, scene: Scene, status: Status) -> When | None:
    told = told_in(page, index, scene.sentence)
    if not told:
        later = _told_next(page, index) if status == "happened" else None
        return later or _of_heading(page, scene, status) or _by_dateline(page, index)
    spoken = [time for time in told if is_of_speech(scene.sentence, time)]
    if status == "planned":
        ahead = told_in(page, index, scene.sentence, future=True)
        return spoken[0].when if spoken else _nearest(scene, ahead)
    limit = _limit(scene, told) or _of_justice(scene, told)
    own = limit or _nearest(scene, [time for time in told if time not in spoken])
    return own or _of_heading(page, scene, status) or _by_dateline(page, index)


def _of_heading(page: Page, scene: Scene, status: Status) -> When | None:
    """Return the day under which a log, a timeline or a live report puts a sentence."""
    if status not in TOLD:
        return None
    return days(page.article).at(scene.sentence.span.start)


def same_day(page: Page, index: int, earlier: Sequence[tuple[int, When | None]]) -> When | None:
    """Return the day told before for what happened "hours later" or "at 9 a.m.", else None.

    ``earlier`` are the events told before with the indices of their sentences; where none of them
    is dated, a day that a sentence before names may be it.
    """
    words = page.sentences[index].span.of(page.article.text)
    reach = _HOUR_REACH if HOUR.search(words) else _SAME_DAY_REACH if says_same_day(words) else 0
    if not reach:
        return None
    near = [when for at, when in earlier if when and index - at <= reach]
    return near[-1] if near else _day_before(page, index)


def by_kind(told: Iterable[tuple[str, int, When | None]]) -> list[When | None]:
    """Return the times of events; what a storm or a quake did is of the day that the lead tells.

    ``told`` are the types of events in reading order, the indices of their sentences, and their
    times. Once another day is told of a storm, the days of those that follow are open.
    """
    found: list[When | None] = []
    days: dict[str, set[When]] = {}
    for kind, index, when in told:
        so_far = days.setdefault(kind, set())
        if when and (so_far or index < _LEAD):
            so_far.add(replace(when, span=None))
        (only,) = so_far if len(so_far) == 1 else (None,)
        is_day = only is not None and only.start == only.end
        found.append(when or (only if is_day and kind in _SUDDEN else None))
    return found


def _day_before(page: Page, index: int) -> When | None:
    """Return the one day that the nearest of the sentences before tells."""
    for before in range(index - 1, max(-1, index - 1 - _SAME_DAY_REACH), -1):
        sentence = page.sentences[before]
        told = [t.when for t in told_in(page, before, sentence) if not is_of_speech(sentence, t)]
        if told:
            is_day = len(told) == 1 and told[0].precision == "day" and told[0].start == told[0].end
            return told[0] if is_day else None
    return None


def told_in(page: Page, index: int, sentence: Sentence, *, future: bool = False) -> list[ToldTime]:
    """Return the times of a sentence, without that of a dateline."""
    times = page.times_in(index, future=future)
    body = dateline_of(page, index) if times else 0
    return [
        ToldTime.of(when, sentence)
        for when in times
        if when.span is None or when.span.start >= body
    ]


def dateline_of(page: Page, index: int) -> int:
    """Return the offset behind the date of a sentence's dateline; 0 where it has none.

    Behind the first sentence one must be of the day of publication: others date what follows.
    """
    text, start = page.article.text, page.sentences[index].span.start
    if index == 0:
        return dateline_end(text)
    end = dateline_end(text, start) if text[max(0, start - 1)] == "\n" else 0
    published = page.article.published
    fits = any(
        when.span and when.span.end == end and (published is None or when.end == published)
        for when in page.times_in(index)
    )
    return end if fits else 0


def _by_dateline(page: Page, index: int) -> When | None:
    """Return "before the day of the dateline" for what the first sentence tells."""
    body = dateline_of(page, index) if index < _NARRATED else 0
    dated = (when for when in page.times_in(index) if when.span and when.span.start < body)
    return next((replace(when, start=None) for when in dated), None)


def _told_next(page: Page, index: int) -> When | None:
    """Return when "it happened", as the sentence after it says."""
    if index + 1 >= len(page.sentences):
        return None
    sentence = page.sentences[index + 1]
    if not _TOOK_PLACE.match(page.article.text, sentence.span.start, sentence.span.end):
        return None
    told = told_in(page, index + 1, sentence)
    return next((time.when for time in told if not is_of_speech(sentence, time)), None)


def says_same_day(text: str) -> bool:
    """Whether words such as "hours later" tie a sentence to the day told before.

    >>> says_same_day("Hours later, gunmen struck again.")
    True
    """
    return bool(_SAME_DAY.search(text))


def _nearest(scene: Scene, times: Sequence[ToldTime]) -> When | None:
    weighed = [(cost(scene, time), time.when) for time in times]
    value, when = min(weighed, key=lambda item: item[0], default=(REACH, None))
    return when if value < REACH else None


def cost(scene: Scene, time: ToldTime) -> float:
    """Return how far a time stands from a trigger, in words and breaks between them."""
    words = scene.sentence.words
    after = time.first > scene.last
    way = range(scene.last + 1, time.first) if after else range(time.last + 1, scene.first)
    between = list(way) if after else _without_asides(words, way)
    value = _PER_WORD * len(between) + (_VAGUE if time.when.precision != "day" else 0.0)
    if value >= REACH or _is_scope(scene.sentence, time) or _is_since(words, time, between):
        return REACH
    if any(words[i] == "anniversary" for i in between):
        return REACH
    value += _PER_AFTERMATH * sum(words[i] in _AFTERMATH or words[i] == ";" for i in between)
    value += _PER_JOINT * sum(words[i] in _JOINTS for i in between)
    value += _PER_SPEECH * sum(_opens_report(words, i) for i in between if not after)
    return value + _PER_BREAK * sum(words[i] == "," or i in scene.others for i in between)


def _without_asides(words: Sequence[str], between: range) -> list[int]:
    """Return places of words but for those of ", a day after the raid," and the like."""
    found = list(between)
    for mark in between:
        if words[mark] in _AFTERMATH and "," in words[mark : between.stop]:
            comma = words.index(",", mark)
            found = [at for at in found if not mark <= at <= comma]
    return found


def _opens_report(words: Sequence[str], at: int) -> bool:
    """Whether a word of speech governs what follows: no parenthesis (", police said,")."""
    return words[at] in _SPEECH and words[at + 1 : at + 2] != [","]


def _is_scope(sentence: Sentence, time: ToldTime) -> bool:
    """Whether a time only says among how many an event is counted."""
    before = sentence.words[max(0, time.first - _RANK_REACH) : time.first + 1]
    wide = time.when.precision != "day" or "since" in before[-2:]
    return wide and any(_RANKS.fullmatch(word) for word in before)


def _is_since(words: Sequence[str], time: ToldTime, between: Sequence[int]) -> bool:
    """Whether "since January" tells, beyond a comma, how long something else has lasted."""
    lead = words[max(0, time.first - 1) : time.first + 1]
    return "since" in lead and any(words[at] == "," for at in between)


def is_of_speech(sentence: Sentence, time: ToldTime) -> bool:
    """Whether a time tells when something was said."""
    around = sentence.words[max(0, time.first - 2) : time.first]
    return not _SPEECH.isdisjoint(around + sentence.words[time.last + 1 : time.last + 2])


def _limit(scene: Scene, told: Sequence[ToldTime]) -> When | None:
    """Return "before Sunday" for what Sunday's event came after or answered.

    What came "a day after" it was on the day before.
    """
    lagging = _lagging(scene, told)
    if lagging:
        return lagging
    words = scene.sentence.words
    near = range(max(0, scene.first - _AFTERMATH_REACH), scene.first)
    marks = [at for at in near if words[at] in _AFTERMATH and not _is_closed(scene, at)]
    if not marks or any(time.first > marks[0] for time in told):
        return None
    return replace(told[-1].when, start=None)


def _is_closed(scene: Scene, mark: int) -> bool:
    """Whether "after" governs something else: "after the raid, troops shelled", "after them".

    Those who "died on Sunday after a bus overturned" died of it.
    """
    words = scene.sentence.words
    if words[mark + 1] in _LATER or "," in words[mark : scene.first]:
        return True
    before = words[max(0, mark - _FATE_REACH) : mark]
    return words[mark] in ("after", "since") and not _FATES.isdisjoint(before)


def _lagging(scene: Scene, told: Sequence[ToldTime]) -> When | None:
    """Return the day of what something came "two days after": so many before that one's."""
    words = scene.sentence.words
    for at in range(scene.first - 1, max(1, scene.first - _LAG_REACH), -1):
        if words[at] in (",", ";") or any(at < other < scene.first for other in scene.others):
            return None
        if words[at] == "after" and words[at - 1] in ("day", "days"):
            lag = timedelta(days=_LAGS.get(words[at - 2], 0))
            own = [t.when for t in told if t.last < at and t.when.start == t.when.end]
            if not lag or not own:
                return None
            day = own[-1].end - lag
            return replace(own[-1], start=day, end=day)
    return None


def _of_justice(scene: Scene, told: Sequence[ToldTime]) -> When | None:
    """Return "before Sunday" for the deed that somebody was charged with on Sunday."""
    words = scene.sentence.words
    near = range(max(0, scene.first - _JUSTICE_REACH), scene.first)
    marked = any(words[at] in _JUSTICE for at in near)
    own = [time for time in told if time.first > scene.last or time.last == scene.first - 1]
    if scene.type in _OF_COURTS or not marked:
        return None
    return _nearest(scene, own) if own else replace(told[-1].when, start=None)
