"""Place names in a text: what the trained tagger marks, and what the gazetteer knows of it.

:mod:`geomap.sightings` finds and weighs the gazetteer's names in the text, the tagger
(:mod:`geomap.tagger`) decides which words name places, :mod:`geomap.overlooked` looks again at what
it leaves out; names of peoples and those inside organizations' names are the gazetteer's alone,
since they are no places. Whose name it is, is told by :mod:`geomap.kinds`.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap import tagger, words
from geomap.framing import framed, grown
from geomap.gazetteer import Gazetteer
from geomap.kinds import FACILITY, kind_of
from geomap.model import Span, Toponym
from geomap.overlooked import overlooked
from geomap.sightings import is_big, read_text, settle, weigh_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geomap.model import ToponymKind
    from geomap.sightings import Sighting, Text

_LONGEST = 8
_NAME_MARKS = frozenset("'’.,-–/&®")
_ENDS = frozenset("?!,;:)]”\"'")
_FACILITY_SCORE = 0.6
_FUNCTION_WORDS = frozenset(map(str.capitalize, words.NEVER_NOUNS | words.PLACE_PREPOSITIONS))
"""At the start of a sentence they are themselves, not the towns of Of, As and By."""
_WORD = re.compile(r"[^\W\d_]+")
_KNOWN = 0.3
"""The least prior of a name that is read as one in a text without capitals."""
_KNOWN_INSIDE, _INSIDE = 0.15, frozenset({"in", "near", "from", "to", "at"})
"""The same behind a word that most often stands before a place."""
_MOST_CAPITALS, _LEAST_SMALL, _READ = 0.02, 0.7, 4000
"""Shares of words with a capital and in small letters that make a text one in small letters, and
how many letters of it are read to tell."""
_OTHER_WORDS = ("ordinary", "given", "surnames")
_ROAD = re.compile(r"U\.?S\.?(?:-|\s(?:Highway|Hwy\.?|Route|Rte\.?)\s)\d")
"""A road with a number: "US-2" is in the United States, and says nothing of them."""
_UNPLACED_KINDS = frozenset({"demonym", "organization"})
"""Kinds that the tagger is not trained to mark."""


class BundledRecognizer:
    """Finds toponyms with the bundled tagger and gazetteer.

    >>> recognize = BundledRecognizer()
    >>> [(t.text, t.kind) for t in recognize("Iraqi police in Baghdad met George Washington.")]
    [('Iraqi', 'demonym'), ('Baghdad', 'place')]
    """

    def __init__(self, gazetteer: Gazetteer | None = None, model: Path = tagger.MODEL) -> None:
        """Take the gazetteer to look in and the tagger's weights; the bundled ones by default."""
        self._gazetteer = gazetteer or Gazetteer.open()
        self._model = model

    def __call__(self, text: str, /) -> tuple[Toponym, ...]:
        """Return the toponyms of a text in reading order, none overlapping another."""
        read = read_text(_cased(text, self._gazetteer) if _is_small(text) else text)
        sightings = weigh_all(read, self._gazetteer)
        tagging = tagger.tag(read, sightings, self._model)
        found = [
            (first, grown(read, _trimmed(read, first, last)), score)
            for first, last, score in sorted(
                [*tagging.names, *overlooked(read, sightings, tagging)]
            )
        ]
        taken = {at for first, last, _ in found for at in range(first, last + 1)}
        taken |= {at for s in sightings if is_big(s) for at in range(s.first, s.last + 1)}
        tagged = [
            _toponym(read, first, last, score, _behind(sightings, first, last))
            for first, last, score in [*found, *framed(read, taken)]
            if _is_name(read, first, last)
        ]
        others = (
            _sighted(read, sighting) for sighting in settle(read, sightings) if is_big(sighting)
        )
        unplaced = (toponym for toponym in others if toponym.kind in _UNPLACED_KINDS)
        joined = _joined(tagged, unplaced, _facilities(text))
        return tuple(replace(toponym, text=toponym.span.of(text)) for toponym in joined)


def _is_small(text: str) -> bool:
    """Whether a text is written in small letters but for a shout here and there."""
    found: list[str] = _WORD.findall(text[:_READ])
    small = sum(word.islower() for word in found)
    titled = sum(word[0].isupper() and not word.isupper() for word in found)
    return small > _LEAST_SMALL * len(found) and titled <= _MOST_CAPITALS * len(found)


def _cased(text: str, gazetteer: Gazetteer) -> str:
    """Return a text without capitals with some: those of well-known names that are no words."""
    letters, small = list(text), text.lower()
    if len(small) != len(text):
        return text
    for match in gazetteer.scan(small):
        left = small[: match.start].rsplit(None, 1)[-1:]
        known = _KNOWN_INSIDE if left and left[0] in _INSIDE else _KNOWN
        if match.prior >= known and not any(match.key in words.word_list(n) for n in _OTHER_WORDS):
            for word in _WORD.finditer(text, match.start, match.end):
                letters[word.start()] = letters[word.start()].upper()
    cased = "".join(letters)
    return cased if len(cased) == len(text) else text


def _trimmed(read: Text, first: int, last: int) -> int:
    """Return the last token of a name without the mark that ends its sentence."""
    while last > first and read.tokens[last].text in _ENDS:
        last -= 1
    return last


def _is_name(read: Text, first: int, last: int) -> bool:
    """Whether tagged tokens can be a name: not too many, and no marks but those in names."""
    texts = [token.text for token in read.tokens[first : last + 1]]
    if first == last and texts[0] in _FUNCTION_WORDS:
        return False
    if _ROAD.match(read.text, read.tokens[first].start):
        return False
    return len(texts) <= _LONGEST and all(t[0].isalnum() or t in _NAME_MARKS for t in texts)


def _behind(sightings: Sequence[Sighting], first: int, last: int) -> Sighting | None:
    """Return the longest name of the gazetteer that a tagged one shares a word with."""
    start = bisect_left(sightings, first, key=lambda sighting: sighting.last)
    stop = bisect_right(sightings, last, key=lambda sighting: sighting.first)
    return max(sightings[start:stop], key=lambda s: s.last - s.first, default=None)


def _toponym(read: Text, first: int, last: int, score: float, sighting: Sighting | None) -> Toponym:
    """Return the toponym of tagged tokens; without a name of the gazetteer it is a plain place."""
    if last > first and read.tokens[last].text == "." and not (sighting and sighting.last >= last):
        last -= 1  # the sentence's full stop, no abbreviation's
    span = Span(read.tokens[first].start, read.tokens[last].end)
    kind: ToponymKind = "place"
    if sighting and sighting.first == first and sighting.last == last:
        span = sighting.match.span  # with the full stop of an abbreviation
    if sighting:
        kind = kind_of(read.tokens, first, last, sighting.meant)
    return Toponym(span, span.of(read.text), kind, round(score, 3))


def _sighted(read: Text, sighting: Sighting) -> Toponym:
    """Return the toponym of a name of the gazetteer."""
    kind = kind_of(read.tokens, sighting.first, sighting.last, sighting.meant)
    score = round(1 / (1 + math.exp(-sighting.weight)), 3)
    return Toponym(sighting.match.span, sighting.match.span.of(read.text), kind, score)


def _facilities(text: str) -> list[Toponym]:
    """Return the facilities that have no proper name ("the embassy")."""
    return [
        Toponym(Span(*match.span()), match[0], "facility", _FACILITY_SCORE)
        for match in FACILITY.finditer(text)
    ]


def _joined(*groups: Iterable[Toponym]) -> list[Toponym]:
    """Return the toponyms of all groups in reading order; of two that overlap the first given."""
    kept: list[Toponym] = []
    for group in groups:
        for toponym in group:
            at = bisect_left(kept, toponym.span, key=lambda other: other.span)
            beside = kept[max(0, at - 1) : at + 1]
            if not any(toponym.span.overlaps(other.span) for other in beside):
                kept.insert(at, toponym)
    return kept
