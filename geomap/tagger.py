"""A trained tagger of place names: a conditional random field over the words of a text.

It sees each word's form, the word lists it stands in, the gazetteer's names around it with what
they may mean, what the hand-made weighing of :mod:`geomap.sightings` makes of them, and what the
rest of the article says of the same name. The weights and their card are in ``geomap/models/``,
made by ``geomap/training/toponyms.py``; the CRF itself is CRFsuite's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap import words
from geomap.sightings import person_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pycrfsuite

    from geomap.sightings import Sighting, Text

MODEL = Path(__file__).with_name("models") / "toponyms.crfsuite"
OUTSIDE, BEGIN, INSIDE = "O", "B", "I"
_SHAPES = ((re.compile(r"[A-Z]+"), "X"), (re.compile(r"[a-z]+"), "x"), (re.compile(r"\d+"), "9"))
_OFFSETS = (-2, -1, 1, 2)
"""Where the words stand that a word is seen with."""
LONGEST_NAME = 8
_NAMED_AFTER = frozenset({"UNIV", "AIRP", "MUS", "HTL", "SCH", "HSP", "STDM"})
"""Features of what is named after a place ("University of Georgia"): the place may be meant."""
_LIKELY = 1.0
"""From that weight on a name is well known or stands where places do."""
_MANY = 5
"""From so many candidates on a name is very ambiguous."""


def shape(word: str) -> str:
    """Return the form of a word, runs of alike characters written once.

    >>> shape("McDonald"), shape("U.S."), shape("2008")
    ('XxXx', 'X.X.', '9')
    """
    for pattern, mark in _SHAPES:
        word = pattern.sub(mark, word)
    return word


def sentence_ranges(read: Text) -> list[range]:
    """Return the token indices of each sentence."""
    ranges, at = [], 0
    for span in read.sentences:
        start = at
        while at < len(read.tokens) and read.tokens[at].start < span.end:
            at += 1
        if at > start:
            ranges.append(range(start, at))
    return ranges


def features(read: Text, sightings: Sequence[Sighting]) -> list[list[str]]:
    """Return the features of every token of a text, as CRFsuite reads them."""
    plain = [_word_features(token.text) for token in read.tokens]
    beside = [_features_beside(token.text) for token in read.tokens]
    named = _name_features(read, sightings)
    persons = person_words(read)
    organizations = organized(read, range(len(read.tokens)))
    lower = {token.text for token in read.tokens if token.text.islower()}
    rows = []
    for at, token in enumerate(read.tokens):
        row = ["b", *plain[at], *named.get(at, ())]
        if token.text[:1].isupper():
            row += _capital_features(token.text, lower, first=token.start in read.starts)
            row += _person_features(read, at, persons)
            row += organizations.get(at, ())
            row += _pairs(read, at, named.get(at, ()))
        for offset in _OFFSETS:
            other = at + offset
            if 0 <= other < len(plain):
                row += beside[other][offset]
                if other in named:
                    row += [f"{offset}{feature}" for feature in named[other][:2]]
        if read.upper:
            row.append("upper")
        rows.append(row)
    return rows


@lru_cache(maxsize=1 << 16)
def _word_features(word: str) -> tuple[str, ...]:
    """Return what a word is by itself: its form and the lists that it stands in."""
    lower = word.lower()
    found = [f"w={lower}", f"s={shape(word)}"]
    if not word[:1].isupper():
        return tuple(found)
    found += [f"l={name}" for name in ("given", "surnames") if lower in words.word_list(name)]
    found += [f"l={name}" for name, listed in _LISTS if lower in listed]
    if lower in words.word_list("ordinary"):
        found.append("l=ordinary")
    return tuple(found)


@lru_cache(maxsize=1 << 13)
def _features_beside(word: str) -> dict[int, list[str]]:
    """Return, by offset, what a word is to the words that it stands beside."""
    own = _word_features(word)
    return {offset: [f"{offset}{feature}" for feature in own] for offset in _OFFSETS}


_LISTS = (
    ("title", words.TITLES),
    ("organization", words.ORGANIZATION_HEADS),
    ("area", words.AREA_HEADS),
    ("direction", words.DIRECTIONS),
)


def _capital_features(word: str, lower: set[str], *, first: bool) -> list[str]:
    """Return what only names have: endings, the sentence's start, the word in lower case."""
    found = [f"e3={word[-3:].lower()}", f"e2={word[-2:].lower()}"]
    if first:
        found.append("first")
    if word.lower() in lower:
        found.append("lower")
    return found


def _person_features(read: Text, at: int, persons: frozenset[str]) -> list[str]:
    """Return what makes a word part of a person's name."""
    lower = read.tokens[at].text.lower()
    found = ["person"] if lower in persons else []
    before = read.tokens[at - 1].text if at else ""
    after = read.tokens[at + 1].text if at + 1 < len(read.tokens) else ""
    if before[:1].isupper() and before.lower() in words.word_list("given"):
        found.append("aftergiven")
    if after[:1].isupper() and lower in words.word_list("given"):
        found.append("given+" + ("s" if after.lower() in words.word_list("surnames") else "x"))
    return found


def _pairs(read: Text, at: int, named: Sequence[str]) -> list[str]:
    """Return a name's meaning together with the words beside it."""
    if not named:
        return []
    before = read.tokens[at - 1].text.lower() if at else "^"
    after = read.tokens[at + 1].text.lower() if at + 1 < len(read.tokens) else "$"
    return [f"{before}|{named[0]}", f"{named[0]}|{after}"]


def organized(read: Text, indices: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return, by token, where in an organization's name it stands that begins at one of some."""
    listed = words.organizations()
    found: dict[int, tuple[str, ...]] = {}
    for at in indices:
        if read.tokens[at].text not in listed or at in found:
            continue
        texts = tuple(t.text for t in read.tokens[at : at + LONGEST_NAME])
        name = next((n for n in listed[texts[0]] if texts[: len(n)] == n), ())
        for index in range(len(name)):
            found[at + index] = (f"o={_part(index, 0, len(name) - 1)}",)
    return found


def _name_features(read: Text, sightings: Sequence[Sighting]) -> dict[int, tuple[str, ...]]:
    """Return, by token, what the gazetteer's names and their weights say."""
    clear = {s.match.key for s in sightings if s.weight >= 2}  # noqa: PLR2004
    found: dict[int, tuple[str, ...]] = {}
    for sighting in sightings:
        said = _sighting_features(sighting, known=sighting.match.key in clear)
        for at in range(sighting.first, sighting.last + 1):
            part = _part(at, sighting.first, sighting.last)
            found[at] = tuple(f"g{part}{feature}" for feature in said)
    del read
    return found


def _part(at: int, first: int, last: int) -> str:
    """Return where in a name a token stands: alone, first, or later."""
    return "U" if first == last else "B" if at == first else "I"


def _sighting_features(sighting: Sighting, *, known: bool) -> Iterator[str]:
    """Yield what is known of a name: its likeliest meaning, how clear it is, what speaks for it."""
    place = sighting.place
    feature = place.feature[:4] if place.feature.startswith("PPL") else place.feature[:3]
    yield f"={feature}:{sighting.meant.name_kind[:3]}"
    yield f"w{max(-6, min(6, round(sighting.weight)))}"
    yield f"p{len(str(place.population))}"
    yield f"n{min(_MANY, sighting.match.count)}"
    if known:
        yield "k"
    if place.id.startswith("geomap:"):
        yield "c"


@cache
def _tagger(path: Path) -> pycrfsuite.Tagger:
    """Open a model; it stays open for the life of the process."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


Tagged = tuple[int, int, float]
"""A name: its first and last token, and how likely it is one."""


class Tagging(NamedTuple):
    """The names that the tagger finds, in reading order, and what it leaves out."""

    names: list[Tagged]
    outside: dict[int, float]
    """How likely each word with a capital belongs to no name."""


def tag(read: Text, sightings: Sequence[Sighting], path: Path = MODEL) -> Tagging:
    """Return the names of places in a text."""
    rows = features(_encodable(read), sightings)
    whole = [s for s in sightings if _is_likely(read, s) and _is_whole(read, s)]
    tagger = _tagger(path)
    tagging = Tagging([], {})
    for tokens in sentence_ranges(read):
        capitals = [at for at in tokens if read.tokens[at].text[:1].isupper()]
        if capitals:
            tagging.names.extend(_completed(whole, _tag_sentence(tagger, rows, tokens)))
            for at in capitals:
                tagging.outside[at] = tagger.marginal(OUTSIDE, at - tokens.start)
    return tagging


def _is_likely(read: Text, sighting: Sighting) -> bool:
    """Whether the gazetteer is sure enough of a name that no given name stands before."""
    if sighting.weight <= _LIKELY or sighting.meant.name_kind == "demonym":
        return False
    before = read.tokens[sighting.first - 1].text if sighting.first else ""
    lower = before.lower()
    given = lower in words.word_list("given") and lower not in words.PLACE_PREPOSITIONS
    return not (before[:1].isupper() and given)


def _is_whole(read: Text, sighting: Sighting) -> bool:
    """Whether a longer name is one by itself, not a place's with a word for what it is."""
    last = read.tokens[sighting.last].text
    named_after = sighting.place.feature in _NAMED_AFTER
    longer = sighting.last > sighting.first
    return longer and last[:1].isupper() and last.lower() != "city" and not named_after


def _completed(likely: Sequence[Sighting], tagged: Iterable[Tagged]) -> list[Tagged]:
    """Return tagged names, those cut short as long as the gazetteer has them."""
    found = []
    for first, last, score in tagged:
        at = bisect_right(likely, first, key=lambda sighting: sighting.first) - 1
        longer = likely[at] if at >= 0 and likely[at].last >= last else None
        edges = (longer.first, longer.last) if longer else (first, last)
        found.append((*edges, score))
    return found


def _encodable(read: Text) -> Text:
    """Return a text without halves of surrogate pairs in its tokens: CRFsuite takes UTF-8."""
    try:
        read.text.encode()
    except UnicodeEncodeError:
        clean = [
            token._replace(text=token.text.encode("utf-8", "replace").decode())
            for token in read.tokens
        ]
        return read._replace(tokens=clean)
    return read


def _tag_sentence(
    tagger: pycrfsuite.Tagger, rows: Sequence[list[str]], tokens: range
) -> list[Tagged]:
    labels = tagger.tag(rows[tokens.start : tokens.stop])
    found: list[Tagged] = []
    for at, label in enumerate(labels):
        if label == BEGIN or (label == INSIDE and (not at or labels[at - 1] == OUTSIDE)):
            found.append((tokens.start + at, tokens.start + at, tagger.marginal(label, at)))
        elif label == INSIDE:
            first, _, score = found[-1]
            found[-1] = (first, tokens.start + at, min(score, tagger.marginal(label, at)))
    return found
