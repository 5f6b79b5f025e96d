"""A second look at the names that the tagger leaves out.

The tagger leaves out what its training did not know: a well-known name where none is looked for
("Hawaii"), towns of countries that its news did not write of, whole lists of villages. Beside what
the words around a name say, geography tells: of the places that a name may mean, does one lie in
the country or near the places that the rest of the article speaks of? "Muse" is a town in an
article on Myanmar. The weights and their card are in ``geomap/models/``, made by
``geomap/training/overlooked.py``.
"""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap import forest, words
from geomap.framing import OF_HEADS
from geomap.setting import company, setting
from geomap.sightings import person_words
from geomap.tagger import LONGEST_NAME, organized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.model import Place
    from geomap.setting import Setting
    from geomap.sightings import Sighting, Text
    from geomap.tagger import Tagged, Tagging

MODEL = Path(__file__).with_name("models") / "overlooked.json"

FEATURES = (
    "likely", "weight", "prior", "names", "lone", "spot", "town", "house", "water", "world",
    "worldwide", "short", "abbreviation", "ordinary", "given", "surname", "plain_lone",
    "same", "listed", "holder", "held", "elsewhere", "spoken", "organized", "lower",
    "start", "capitals", "prepositioned", "kind_before", "part_behind", "headed",
    "division", "whole", "dateline", "thing", "beside", "person", "person_before", "person_behind",
    "upper_ordinary", "upper_before", "upper_behind", "upper_person_before",
    "upper_person_behind",
    "share", "main", "far", "same_division", "division_share", "near", "is_near", "near_share",
    "plain_share", "plain_far",
)  # fmt: skip
"""Names of the features, in the order of :func:`vectors`."""

_LEAST_LIKELY = 3e-4
"""Names that the tagger gives less are none: in the corpora less than one in a hundred."""
_ENOUGH = 0.35
"""The probability from which on a name counts. The corpora leave out many names that are places'
too, so it is more than it seems."""
_SCORE = 0.5
_SOME = 0.3
"""The least sum of likelihoods that makes a name of the article one beside which another lies."""
_RIVALS = 12
"""Candidates of two names that are held against each other."""
_SHORT, _INITIALS = 3, 2
_SURE, _MOST_PLACES = 2.5, 30
_LEAST_WEIGHT, _MOST_WEIGHT = -4.0, 5.0
_HOUSES = frozenset({"BLDG", "GOVL", "PAL", "RES", "FCL", "HSE", "FT", "CSTL", "ADMF"})
"""Buildings, which news mostly names for those who sit in them."""
_NAMED = ("UNIV", "AIRP", "MUS", "HTL", "SCH", "HSP", "STDM", "BLDG", "RGN")
_WATERS = ("STM", "LK", "SEA", "OCN", "GULF", "STRT", "BAY", "CNL", "CHN")
_AREAS = ("PPL", "ADM", "PCL", "CONT", "TERR", "RGN")
_NO_AREAS = frozenset({"arab world", "arab countries", "cis countries", "iron curtain"})
_LIST_MARKS = frozenset({",", ";", "/", "&", "and", "or", "the", "in"})
_MOST_MARKS = 3
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)
_SMALL = words.NEVER_NOUNS | words.PLACE_PREPOSITIONS | _TIMES
"""Words that belong to no name before which they stand, also where a sentence begins."""
_SPEECH = frozenset("said says told added who himself herself he she wrote asked testified".split())
_PARTS = frozenset("city county state parish street road".split())
_KINDS = frozenset(
    "province provinces department departments jurisdiction municipality governorate canton "
    "village neighborhood hamlet river volcano".split()
)
_THINGS = words.ORGANIZATION_HEADS | frozenset("cartel agreements conventions troops".split())
"""Words that make what a name stands before an organization or another thing."""
_STATE = "state"
"""Behind an American state's name it makes a university as often."""
_NO_NAMES = _SMALL | words.AREA_HEADS | words.DIRECTIONS | words.TITLES | _THINGS | _KINDS | _PARTS


class Scene(NamedTuple):
    """What a text tells about the names that the tagger left out."""

    read: Text
    setting: Setting
    inside: frozenset[int]
    """The tokens of the names that the tagger found."""
    forms: frozenset[str]
    """Those names themselves."""
    at: Mapping[int, Sighting]
    """The gazetteer's names by their first and last tokens."""
    persons: frozenset[str]
    spoken: frozenset[str]
    """Names that once are a person's: "Lincoln said"."""
    prepositioned: Counter[str]
    """How often each name stands behind a preposition of place."""
    lower: frozenset[str]


class Name(NamedTuple):
    """A name of the gazetteer: its tokens, how likely it is one to the tagger, if that left it."""

    first: int
    last: int
    likely: float
    sighting: Sighting
    free: bool


def overlooked(
    read: Text, sightings: Sequence[Sighting], tagging: Tagging, model: Path = MODEL
) -> list[Tagged]:
    """Return the names of the gazetteer that the tagger left out and more speaks for than against.

    They are (first token, last token, score), in reading order.
    """
    weights = forest.read(model)
    return [
        (left.first, left.last, _SCORE)
        for left, row in vectors(read, sightings, tagging)
        if weights.probability(row) > _ENOUGH
    ]


def vectors(
    read: Text, sightings: Sequence[Sighting], tagging: Tagging
) -> list[tuple[Name, list[float]]]:
    """Return the names that the tagger left out, each with its :data:`FEATURES`."""
    inside = frozenset(at for first, last, _ in tagging.names for at in range(first, last + 1))
    weighed = [_weighed(read, sighting, tagging, inside) for sighting in sightings]
    left = [name for name in weighed if _is_left_out(read, name)]
    if not left:
        return []
    scene = _scene(read, weighed, left, tagging, inside)
    return [(name, [*_own(name), *_around(scene, name), *_lies(scene, name)]) for name in left]


def _weighed(read: Text, sighting: Sighting, tagging: Tagging, inside: frozenset[int]) -> Name:
    """Return how likely a name is one to the tagger: 1 where it found it."""
    first, last = sighting.first, _last_capital(read, sighting)
    if first == last:
        found, free = first in inside, first not in inside
    else:
        span = range(first, last + 1)
        found, free = inside.issuperset(span), inside.isdisjoint(span)
    sure = found or sighting.meant.name_kind == "demonym"
    likely = 1.0 if sure else _likely(tagging, first, last)
    return Name(first, last, likely, sighting, free and not sure)


def _is_left_out(read: Text, name: Name) -> bool:
    """Whether the tagger left a name out, not without a doubt."""
    doubted = name.free and name.likely > _LEAST_LIKELY
    return doubted and not _is_initials(read, name.sighting, name.last)


def _likely(tagging: Tagging, first: int, last: int) -> float:
    """Return how likely to the tagger all tokens belong to names; 0 where it did not look."""
    outside = tagging.outside
    if first not in outside or last not in outside:
        return 0.0
    if first == last:
        return 1.0 - outside[first]
    return 1.0 - max(outside.get(at, 0.0) for at in range(first, last + 1))


def _is_initials(read: Text, sighting: Sighting, last: int) -> bool:
    """Whether letters are a word ("US" and "LA" among capitals) or a currency's ("US$5")."""
    following = read.tokens[last + 1].text if last + 1 < len(read.tokens) else ""
    if following.startswith("$"):
        return True
    form = read.text[sighting.match.start : sighting.match.end]
    return read.upper and len(sighting.match.key) <= _INITIALS and "." not in form


def _last_capital(read: Text, sighting: Sighting) -> int:
    """Return the last token of a name without the word in lower case for what it is."""
    last = sighting.last
    while last > sighting.first and read.tokens[last].text.islower():
        last -= 1
    return last


def _setting(weighed: Iterable[Name]) -> Setting:
    """Return where the names lie that an article surely or likely has."""
    likely: dict[str, float] = {}
    meant: dict[str, Sighting] = {}
    for name in weighed:
        key = name.sighting.match.key
        if name.likely > likely.get(key, 0.0):
            likely[key], meant[key] = name.likely, name.sighting
    return setting(likely, meant)


def _lies(scene: Scene, name: Name) -> Iterator[float]:
    """Yield how the places that a name may mean lie to those of the article's other names."""
    found = company(scene.setting, name.sighting.match)
    alone = found.country < _SOME and found.nearish < _SOME and found.total > 1
    far = alone and bool(name.sighting.place.country)
    plain = _is_plain(name.sighting.match.key)
    total = max(_SOME, found.total)
    yield found.share
    yield float(found.main)
    yield float(far)
    yield math.log1p(found.division)
    yield found.division / total
    yield math.log1p(found.near)
    yield float(found.near > _SOME)
    yield found.near / total
    yield found.share * plain
    yield float(far and plain)


def _scene(
    read: Text,
    weighed: Sequence[Name],
    left: Iterable[Name],
    tagging: Tagging,
    inside: frozenset[int],
) -> Scene:
    tokens = read.tokens
    spans = ((tokens[first].start, tokens[last].end) for first, last, _ in tagging.names)
    keys = {name.sighting.match.key for name in left}
    asked = [name.sighting for name in weighed if name.sighting.match.key in keys]
    behind = (s.match.key for s in asked if _before(read, s.first) in words.PLACE_PREPOSITIONS)
    return Scene(
        read,
        _setting(weighed),
        inside,
        frozenset(read.text[start:end] for start, end in spans),
        {at: name.sighting for name in weighed for at in {name.first, name.sighting.last}},
        person_words(read),
        frozenset(s.match.key for s in asked if _is_spoken(read, s)),
        Counter(behind),
        frozenset(token.text for token in tokens if token.text.islower()),
    )


def _is_plain(key: str) -> bool:
    """Whether a name is neither a word of the language nor a person's."""
    return not any(key in words.word_list(name) for name in ("ordinary", "given", "surnames"))


def _before(read: Text, first: int) -> str:
    return read.tokens[first - 1].text.lower() if first else ""


def _after(read: Text, last: int, step: int = 1) -> str:
    at = last + step
    return read.tokens[at].text.lower() if at < len(read.tokens) else ""


def _is_spoken(read: Text, sighting: Sighting) -> bool:
    """Whether a name is a person's here: "Lincoln said", "Mayor Lincoln", "Lincoln, 41,"."""
    after, second = _after(read, sighting.last), _after(read, sighting.last, 2)
    before = _before(read, sighting.first)
    if before in words.PLACE_PREPOSITIONS:
        return False  # "a doctor in Erbil said"
    if after in _SPEECH or before in words.TITLES:
        return True
    aged = second.isdigit() and len(second) == len("41") and not read.upper
    return after == "," and (second == "who" or aged)


def _own(name: Name) -> Iterator[float]:
    """Yield what a name is by itself."""
    sighting = name.sighting
    match, key, feature = sighting.match, sighting.match.key, sighting.place.feature
    yield math.log10(max(_LEAST_LIKELY, name.likely))
    yield max(_LEAST_WEIGHT, min(_MOST_WEIGHT, sighting.weight))
    yield match.prior
    yield math.log(min(match.count, _MOST_PLACES))
    yield float(match.count == 1)
    yield float(not feature.startswith(_AREAS))
    yield float(feature.startswith("PPL"))
    yield float(feature in _HOUSES)
    yield float(feature.startswith(_WATERS))
    yield float(feature == "RGNE" or key in _NO_AREAS)
    yield float(not sighting.place.country)
    yield float(len(key) <= _SHORT)
    yield float(sighting.meant.name_kind == "abbreviation")
    yield from (float(key in words.word_list(n)) for n in ("ordinary", "given", "surnames"))
    yield float(match.count == 1 and _is_plain(key))


def _around(scene: Scene, name: Name) -> Iterator[float]:
    """Yield what the words around a name and the rest of the article say of it."""
    read, first, last, key = scene.read, name.first, name.last, name.sighting.match.key
    tokens, feature = read.tokens, name.sighting.place.feature
    form = read.text[tokens[first].start : tokens[last].end]
    before, after = _before(read, first), _after(read, last)
    here = before in words.PLACE_PREPOSITIONS
    spoken = key in scene.spoken
    great = feature.startswith(("PCL", "PPLC"))
    several, word = " " in key, tokens[last].text
    headed = word.lower() in words.AREA_HEADS
    yield float(form in scene.forms)
    yield float(_is_listed(scene, first, -1) or _is_listed(scene, last, 1))
    yield float(_holds(scene, name))
    yield float(_is_held(scene, name))
    yield float(scene.prepositioned[key] > here)
    yield float(spoken and not great)
    yield float(_is_organized(read, first, last))
    yield float(form.lower() in scene.lower)
    yield float(tokens[first].start in read.starts)
    yield float(form.isupper() and len(form) > 1 and not read.upper)
    yield float(here)
    yield float(before == "of" and first > 1 and tokens[first - 2].text.lower() in OF_HEADS)
    yield float(after in _PARTS)
    yield float(several and headed)
    yield float(several and feature == "ADM1" and _is_division(word))
    yield float(several and name.sighting.weight > _SURE and not feature.startswith(_NAMED))
    yield float(_is_dateline(read, first, last))
    yield float(after in _THINGS)
    yield from _beside_names(scene, name)


def _beside_names(scene: Scene, name: Name) -> Iterator[float]:
    """Yield whether a name is part of a longer one, most of all of a person's."""
    read, key, tokens = scene.read, name.sighting.match.key, scene.read.tokens
    before = tokens[name.first - 1].text if name.first else ""
    after = tokens[name.last + 1].text if name.last + 1 < len(tokens) else ""
    named = before[:1].isupper() and before.lower() not in _SMALL
    within = named and tokens[name.first].start not in read.starts
    left, right = _may_be_part(before), _may_be_part(after)
    person_left, person_right = left and _is_persons(before), right and _is_persons(after)
    upper = read.upper
    yield float((within or (after[:1].isupper() and after.lower() not in _TIMES)) and not upper)
    yield float(key in scene.persons)
    yield float(person_left)
    yield float(person_right)
    yield float(upper and key in words.word_list("ordinary"))
    yield float(upper and left)
    yield float(upper and right)
    yield float(upper and person_left)
    yield float(upper and person_right)


def _may_be_part(word: str) -> bool:
    """Whether a word may be part of a name beside it: no word of the language."""
    lower = word.lower()
    name = word[:1].isupper() and word.isalpha() and len(word) > 1
    return name and lower not in words.word_list("ordinary") and lower not in _NO_NAMES


def _is_persons(word: str) -> bool:
    lower = word.lower()
    return lower in words.word_list("given") or lower in words.word_list("surnames")


def _is_organized(read: Text, first: int, last: int) -> bool:
    """Whether a name is part of an organization's."""
    found = organized(read, range(max(0, first - LONGEST_NAME + 1), last + 1))
    return any(at in found for at in range(first, last + 1))


def _is_division(word: str) -> bool:
    """Whether the last word of a name says what it is ("Huila Department")."""
    lower = word.lower()
    return word[:1].isupper() and lower in words.AREA_HEADS and lower != _STATE


def _is_dateline(read: Text, first: int, last: int) -> bool:
    """Whether a name begins a paragraph as where the report was written ("LA PAZ, 29 JUN")."""
    if read.tokens[first].start and read.text[read.tokens[first].start - 1] != "\n":
        return False
    return _after(read, last) == "," and _after(read, last, 2).isdigit()


def _is_listed(scene: Scene, at: int, step: int) -> bool:
    """Whether a name found stands beside another in a list ("Moca and La Vega")."""
    tokens = scene.read.tokens
    at += step
    marks = 0
    while 0 <= at < len(tokens) and tokens[at].text.lower() in _LIST_MARKS and marks < _MOST_MARKS:
        at, marks = at + step, marks + 1
    return bool(marks) and at in scene.inside


def _is_held(scene: Scene, name: Name) -> bool:
    """Whether a country or division that may hold a name's place follows: "Muse, Myanmar"."""
    at = name.last + 2
    outer = scene.at.get(at) if at in scene.inside else None
    if outer is None or _after(scene.read, name.last) not in (",", "("):
        return False
    places = [c.place for c in name.sighting.match.candidates[:_RIVALS]]
    return _is_within(places, outer.place)


def _holds(scene: Scene, name: Name) -> bool:
    """Whether a name is that of the country or division of the name before it."""
    at = name.first - 2
    inner = scene.at.get(at) if at in scene.inside else None
    if inner is None or _before(scene.read, name.first) not in (",", "("):
        return False
    places = [c.place for c in inner.match.candidates[:_RIVALS]]
    return any(_is_within(places, c.place) for c in name.sighting.match.candidates[:_RIVALS])


def _is_within(places: Iterable[Place], outer: Place) -> bool:
    """Whether one of some places may lie in a country or first-level division."""
    if outer.feature.startswith("PCL"):
        return any(place.country == outer.country for place in places)
    if outer.feature != "ADM1":
        return False
    names = (outer.admin1, outer.name)
    return any(place.country == outer.country and place.admin1 in names for place in places)
