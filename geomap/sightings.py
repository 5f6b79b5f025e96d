"""The names of the gazetteer that stand in a text, each weighed by what speaks for it.

Nine in ten words that spell a place's name are no place: ordinary words, persons, organizations.
Each match is weighed by what it is (population, kind, whether it is also a word or a given name)
and by where it stands (after "in", before ", Texas", inside a longer name, after a title); what
an article says clearly once then helps with the same name elsewhere in it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geomap import words
from geomap.kinds import FACILITY
from geomap.text import Token, sentences, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.gazetteer import Gazetteer, Match
    from geomap.model import Candidate, Place, Span

_COUNTRY = ("PCL", "TERR", "CONT")
_REGION = ("ADM1", "RGN", "SEA", "OCN", "GULF", "STRT", "ISL", "MT", "DSRT", "PEN")
_CLEAR = 2.0
"""From this weight on a name is beyond doubt and speaks for its other mentions."""
_SUPPORT = 1.6
_AGAINST = 3.0
_UPPER_SHARE = 0.75
"""A text with more upper-case letters than this share is upper-case wire copy."""
_ACRONYM = 5
"""Upper-case words of up to so many letters are more often acronyms."""
_METROPOLIS = 1_000_000
"""Above so many people a city is known by its name alone."""
_SHORT = 3
"""Names of up to so many letters are more often something else."""


class Text(NamedTuple):
    """A text with its tokens and where its sentences begin."""

    text: str
    tokens: list[Token]
    sentences: list[Span]
    starts: frozenset[int]
    upper: bool


@dataclass(frozen=True, slots=True)
class Sighting:
    """A gazetteer name in a text with the tokens around it and how much speaks for it."""

    match: Match
    first: int
    last: int
    meant: Candidate
    weight: float

    @property
    def place(self) -> Place:
        """The likeliest place of that name."""
        return self.meant.place


def read_text(text: str) -> Text:
    """Tokenize a text and find its sentences."""
    letters = list(filter(str.isalpha, text[:4000]))
    upper = sum(map(str.isupper, letters)) > _UPPER_SHARE * max(1, len(letters))
    spans = sentences(text)
    return Text(text, tokens(text), spans, frozenset(span.start for span in spans), upper)


def weigh_all(read: Text, gazetteer: Gazetteer) -> list[Sighting]:
    """Return every name of the gazetteer in the text with its weight."""
    starts = {token.start: index for index, token in enumerate(read.tokens)}
    sightings = []
    for match in _names(read.text, gazetteer):
        first = starts.get(match.start)
        if first is None:
            continue
        at = first
        while at + 1 < len(read.tokens) and read.tokens[at + 1].start < match.end:
            at += 1
        sightings.append(Sighting(match, first, at, match.candidates[0], 0.0))
    return [_weigh(read, sightings, index) for index in range(len(sightings))]


def _names(text: str, gazetteer: Gazetteer) -> Iterator[Match]:
    """Yield the names in a text; of "US embassy in Nairobi" the two around the embassy.

    The embassy itself is a facility, which is placed by whose it is and where it stands.
    """
    for match in gazetteer.scan(text):
        facility = FACILITY.search(text, match.start, match.end)
        if facility is None or facility.start() == match.start:
            yield match
            continue
        for start, end in ((match.start, facility.start()), (facility.end(), match.end)):
            for part in gazetteer.scan(text[start:end]):
                part.start, part.end = part.start + start, part.end + start
                yield part


def _weigh(read: Text, sightings: Sequence[Sighting], index: int) -> Sighting:
    sighting = sightings[index]
    before = sightings[index - 1] if index else None
    after = sightings[index + 1] if index + 1 < len(sightings) else None
    weight = (
        _own_weight(read, sighting)
        + _left_weight(read, sighting, before)
        + _right_weight(read, sighting, after)
    )
    return replace(sighting, weight=weight)


def _own_weight(read: Text, sighting: Sighting) -> float:
    """Weigh what the name itself is."""
    name = sighting.match.key
    place = sighting.place
    if sighting.meant.name_kind == "abbreviation" and not _may_abbreviate(read, sighting):
        return -9.0
    weight = -1.2 + _prominence(place, sighting.match.kinds)
    if " " in name:
        weight += 1.5
    elif _is_big(place):
        weight += 0.5
    else:
        weight -= 2.2 * (name in words.word_list("ordinary"))
        weight -= 1.4 * (name in words.word_list("given")) + 0.7 * (
            name in words.word_list("surnames")
        )
    surface = read.text[sighting.match.start : sighting.match.end]
    if len(name) <= _SHORT and not _is_big(place):
        weight -= 1.5
    if (
        surface.isupper()
        and not read.upper
        and "." not in surface
        and len(surface) <= _ACRONYM
        and not _is_big(place)
    ):
        weight -= 1.5
    if sighting.match.start in read.starts or (read.upper and name in words.word_list("ordinary")):
        weight -= 0.4 + 2.0 * (name in words.word_list("ordinary"))
    return weight


def _may_abbreviate(read: Text, sighting: Sighting) -> bool:
    """Whether an abbreviation stands as it is written; those of divisions follow a comma."""
    surface = read.text[sighting.match.start : sighting.match.end]
    if len(surface) <= _SHORT and not (surface.isupper() or surface.endswith(".")):
        return False
    return (
        sighting.place.feature != "ADM1"
        or _after_comma(read, sighting.first)
        or len(surface) > _SHORT
    )


def _after_comma(read: Text, index: int) -> bool:
    return index > 1 and read.tokens[index - 1].text == ","


def is_big(sighting: Sighting) -> bool:
    """Whether a name is a people's, or that of a country, division, capital or metropolis."""
    return sighting.meant.name_kind == "demonym" or _is_big(sighting.place)


def _is_big(place: Place) -> bool:
    return (
        place.feature.startswith(_COUNTRY)
        or place.feature in ("ADM1", "PPLC")
        or place.population > _METROPOLIS
    )


def _prominence(place: Place, kinds: frozenset[str]) -> float:
    """Weigh how likely news means this place when it uses the name."""
    if "demonym" in kinds:
        return 3.2
    if place.feature.startswith(_COUNTRY) or place.feature == "PPLC":
        return 3.2
    if place.feature.startswith(_REGION):
        return 2.2
    if place.id.startswith("geomap:"):
        return 2.4
    return min(2.6, 0.55 * (math.log10(place.population + 1) - 2.5))


def _left_weight(read: Text, sighting: Sighting, before: Sighting | None) -> float:
    """Weigh the words before a name."""
    if not sighting.first:
        return 0.0
    left = read.tokens[sighting.first - 1]
    word = left.text.lower()
    if before is not None and before.last == sighting.first - 2 and word == ",":
        return 1.2 if _contains(sighting.place, before.place) else 0.2
    if word in words.PLACE_PREPOSITIONS:
        return 2.2
    if word in words.DIRECTIONS:
        return 0.8
    if word in words.TITLES:
        return -2.5 if not _is_big(sighting.place) else 0.0
    if word == "of":
        return 0.6
    if before is not None and before.last == sighting.first - 1:
        return 0.0
    if _is_name(read, sighting.first - 1) and not read.upper:
        given = word in words.word_list("given")
        return (
            (-3.0 if given else -1.6) if not _is_big(sighting.place) else (-1.5 if given else 0.0)
        )
    return 0.0


def _right_weight(read: Text, sighting: Sighting, after: Sighting | None) -> float:
    """Weigh the words after a name."""
    following = read.tokens[sighting.last + 1 : sighting.last + 3]
    if not following:
        return 0.0
    word = following[0].text.lower()
    if word == "," and after is not None and after.first == sighting.last + 2:
        return 2.2 if _contains(after.place, sighting.place) else 0.3
    if word in words.AREA_HEADS and following[0].start - sighting.match.end <= 1:
        return 1.5
    if word in words.ORGANIZATION_HEADS and following[0].text[:1].isupper() and not read.upper:
        return -0.3
    if word == "'s" or (after is not None and after.first == sighting.last + 1):
        return 0.0
    if _is_name(read, sighting.last + 1) and not read.upper:
        name = sighting.match.key
        person = name in words.word_list("given")
        return -3.0 if person else -1.4 if not _is_big(sighting.place) else -0.2
    return 0.0


def _contains(outer: Place, inner: Place) -> bool:
    """Whether a place may be the country or division that holds another."""
    if outer.feature.startswith("PCL"):
        return outer.country == inner.country or inner.population < 10**6
    return outer.feature == "ADM1"


def _is_name(read: Text, index: int) -> bool:
    """Whether a token is a capitalized word inside a sentence, as parts of names are."""
    token = read.tokens[index]
    if not token.text[:1].isupper() or len(token.text) < 2:  # noqa: PLR2004
        return False
    at_start = token.start in read.starts or index == 0
    lower = token.text.lower()
    if lower in words.PLACE_PREPOSITIONS or lower in ("the", "a", "an", "and", "but", "on", "of"):
        return False
    return not (at_start and lower in words.word_list("ordinary"))


def settle(read: Text, sightings: Sequence[Sighting]) -> list[Sighting]:
    """Decide which sightings are toponyms, letting clear mentions speak for unclear ones."""
    clear = {s.match.key for s in sightings if s.weight >= _CLEAR}
    persons = person_words(read)
    kept = []
    for sighting in sightings:
        weight = sighting.weight
        if weight < _CLEAR and sighting.match.key in clear:
            weight += _SUPPORT
        if (
            sighting.match.key in persons
            and not _is_big(sighting.place)
            and sighting.weight < _CLEAR
        ):
            weight -= _AGAINST
        if weight > 0:
            kept.append(replace(sighting, weight=weight))
    return kept


_PERSON = re.compile(
    r"\b([A-Z][a-z]+)(?: [A-Z]\.)? (?:(?:al|bin|van|von|de|el)[ -])?([A-Z][\w’'-]+)"
)


def person_words(read: Text) -> frozenset[str]:
    """Return, in lower case, the last names of persons named in full in the text."""
    return _person_words(read.text)


@lru_cache(maxsize=4)
def _person_words(text: str) -> frozenset[str]:
    """Return the same of a bare text; four parts of a reading ask for it."""
    given = words.word_list("given")
    titles = words.TITLES
    return frozenset(
        found[2].lower()
        for found in _PERSON.finditer(text)
        if found[1].lower() in given or found[1].lower() in titles
    )
