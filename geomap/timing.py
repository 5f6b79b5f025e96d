"""When an event happened, by the times that its sentence names.

The time nearest to the trigger counts, unless it tells when something was said ("officials said
on Wednesday"), which dates announcements only. What something else followed or answered ("in
retaliation for the killing", told of Sunday) happened before that time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Status, When
    from geomap.page import Page
    from geomap.sites import Scene
    from geomap.text import Sentence

_REACH = 7.0
"""A time that costs more than this is not the event's."""
_PER_WORD, _PER_JOINT, _PER_BREAK, _PER_AFTERMATH, _VAGUE = 0.2, 0.5, 1.5, 2.0, 1.5
_JOINTS = frozenset({"and", "but", "while"})
_AFTERMATH = frozenset("after following retaliation response avenge since revenge".split())
_AFTERMATH_REACH = 5
"""How many words before a trigger a word of aftermath governs it."""
_SPEECH = frozenset("said says told announced reported".split())
_SAME_DAY = re.compile(
    r"\b(?:(?:hours|minutes|shortly|soon) (?:later|earlier|after|before)"
    r"|(?:the )?same (?:day|night|evening))\b",
    re.IGNORECASE,
)


def time_of(page: Page, index: int, scene: Scene, status: Status) -> When | None:
    """Return the time that a sentence gives the event of a trigger in it, or None."""
    told = page.times_in(index)
    if not told:
        return None
    spoken = [when for when in told if _is_of_speech(scene.sentence, when)]
    if status == "planned":
        return spoken[0] if spoken else _nearest(scene, page.times_in(index, future=True))
    limit = _limit(scene, told)
    return limit or _nearest(scene, [when for when in told if when not in spoken])


def says_same_day(text: str) -> bool:
    """Whether words such as "hours later" tie a sentence to the day told before.

    >>> says_same_day("Hours later, gunmen struck again.")
    True
    """
    return bool(_SAME_DAY.search(text))


def _nearest(scene: Scene, times: Sequence[When]) -> When | None:
    weighed = [(_cost(scene, when), when) for when in times]
    value, when = min(weighed, key=lambda item: item[0], default=(_REACH, None))
    return when if value < _REACH else None


def _words(sentence: Sentence, when: When) -> tuple[int, int]:
    return sentence.word_range(when.span or sentence.span) or (0, 0)


def _cost(scene: Scene, when: When) -> float:
    """Return how far a time stands from a trigger, in words and breaks between them."""
    words = scene.sentence.words
    first, last = _words(scene.sentence, when)
    between = range(scene.last + 1, first) if first > scene.last else range(last + 1, scene.first)
    value = _PER_WORD * len(between) + (_VAGUE if when.precision != "day" else 0.0)
    value += _PER_AFTERMATH * sum(words[i] in _AFTERMATH or words[i] == ";" for i in between)
    value += _PER_JOINT * sum(words[i] in _JOINTS for i in between)
    return value + _PER_BREAK * sum(words[i] == "," or i in scene.others for i in between)


def _is_of_speech(sentence: Sentence, when: When) -> bool:
    """Whether a time tells when something was said."""
    first, last = _words(sentence, when)
    around = sentence.words[max(0, first - 2) : first] + sentence.words[last + 1 : last + 2]
    return not _SPEECH.isdisjoint(around)


def _limit(scene: Scene, told: Sequence[When]) -> When | None:
    """Return "before Sunday" for what Sunday's event came after or answered."""
    words = scene.sentence.words
    near = range(max(0, scene.first - _AFTERMATH_REACH), scene.first)
    marks = [at for at in near if words[at] in _AFTERMATH]
    if not marks or any(_words(scene.sentence, when)[0] > marks[0] for when in told):
        return None
    return replace(told[-1], start=None)
