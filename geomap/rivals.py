"""The places of an article that compete to be where its incidents of a type happened.

Besides the places named there compete the city that "this capital" means, and the country of the
dateline or of most names where none names it. Each has some numbers, ``FEATURES``: how near it is
named to the triggers of the type and to any words that tell of an incident, each as sure as it is;
what the learned reader (:mod:`geomap.marker`) says of it there; how often, how early and as what
it is named, which words lead there, what the dateline says of it; and how all that compares with
the other places, those in it and those around it above all.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from geomap import sites
from geomap.features import precision
from geomap.gazetteer import Gazetteer
from geomap.model import Mention, Span, Toponym
from geomap.space import contains

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.model import Event, Place
    from geomap.page import Page

_MOST = 60
"""So many places of an article compete, those named first."""
_FAR = 10
"""Distances count up to this, in sentences."""
_FADING, _FADING_SUM = 0.6, 0.5
"""What a sentence of distance leaves of a trigger's worth, for the nearest and for all together."""
_NEARLY_BEST = 0.7
"""A trigger is one of the best if it is so sure, compared with the surest."""
_READ_FROM = 0.05
"""The learned reader is asked for triggers that are so sure."""
_BACK, _WORD = 0.3, 0.3
"""How sure words that point back ("the attack") and words of incidents tell of one."""
_INCIDENT = re.compile(
    r"\b(?:took place|occurred|happened|perpetrated|carried out|incident|crime|victims?|died|dead"
    r"|wounded|injured|bodies|corpses?|burned|destroyed|damaged|placed|went off|kill(?:ed|ing)"
    r"|murder(?:ed)?|assassinat(?:ed|ion)|attack(?:s|ed)?|terrorist)\b",
    re.IGNORECASE,
)
_HERE = re.compile(r"\b(?:(?P<this>this)|the) capital(?: city)?\b|\bthis city\b", re.IGNORECASE)
_UNIT = re.compile(
    r"\s+(?:department|province|state|district|municipality|region)\b", re.IGNORECASE
)
_BESIDE = 30
"""A name stands beside another if fewer characters lie between them."""
_IMPLIED_SCORE = 0.5
_KINDS = ("place", "facility", "demonym", "metonym", "organization")
_LEADS = ("in", "of", "from", "to", "at", "near", "by")
_FINE = frozenset({"city", "site", "district"})
_VICINITY = ("nearest", "all", "same", "next", "before", "distance", "marked", "marks")
_COMPARED = ("type nearest", "type marks", "any marks", "type all", "named")
FEATURES = (
    *(f"type {name}" for name in _VICINITY),
    *(f"any {name}" for name in _VICINITY),
    *("named", "share", "implied", "unnamed", "first", "first in body", "in lead"),
    *_KINDS,
    *("only demonyms", "only dateline", "dateline", "dateline country", "holds dateline"),
    *("main country", "country", "division", "fine", "quarter", "capital", "people", "radius"),
    *("unit", "sure", "sure name", "led to", "times led to"),
    *(f"after {word}" for word in _LEADS),
    *("beside inner", "beside outer"),
    *(f"share of {name}" for name in _COMPARED),
    *("has inner", "inner nearest", "inner marks", "inner any marks", "inner led to"),
    *("outer nearest", "outer marks", "places", "fine places"),
)

Numbers = dict[str, float]


class Rival(NamedTuple):
    """A place with all its mentions in an article, and the sentence of each.

    ``named`` tells how many of the mentions name it; the others imply it.
    """

    place: Place
    mentions: tuple[Mention, ...]
    at: tuple[int, ...]
    named: int


class Clue(NamedTuple):
    """Words that tell of an incident: their sentence, their offsets, and how surely they do."""

    at: int
    span: Span
    sure: float


def sentence_of(page: Page, span: Span) -> int:
    """Return the index of the sentence in which a span begins."""
    return max(0, bisect_right(page.sentences, span.start, key=lambda s: s.span.start) - 1)


# --- who competes ------------------------------------------------------------------------------


def rivals(page: Page) -> tuple[Rival, ...]:
    """Return the places that compete, in the order in which they are named."""
    implied = [*_capitals(page), *_countries(page)]
    grouped: dict[str, list[Mention]] = {}
    for mention in sorted([*page.mentions, *implied], key=lambda m: m.toponym.span):
        if mention.place is not None:
            grouped.setdefault(mention.place.id, []).append(mention)
    return tuple(
        Rival(
            found[0].place,
            tuple(found),
            tuple(sentence_of(page, mention.toponym.span) for mention in found),
            sum(mention not in implied for mention in found),
        )
        for found in list(grouped.values())[:_MOST]
        if found[0].place is not None
    )


def _capitals(page: Page) -> Iterator[Mention]:
    """Yield mentions of the city that "this capital" and "this city" mean: the dateline's."""
    city = page.dateline[0] if page.dateline else None
    if city is None or city.place is None or _level(city.place) not in {"city", "admin1"}:
        return
    for found in _HERE.finditer(page.article.text):
        span = Span(*found.span())
        if not any(m.toponym.span.overlaps(span) for m in page.mentions):
            toponym = Toponym(span, found[0], "place", _IMPLIED_SCORE)
            yield Mention(toponym, city.place, city.score, f"“{found[0]}” of the dateline")


def _countries(page: Page) -> Iterator[Mention]:
    """Yield mentions that imply the country of the dateline, and of most names, if unnamed."""
    placed = [m for m in page.mentions if m.place and m.place.country]
    named = {m.place.id for m in placed if m.place}
    counted = Counter(m.place.country for m in placed if m.place)
    first = page.dateline[0] if page.dateline else None
    codes = [first.place.country] if first and first.place else []
    codes += [code for code, _ in counted.most_common(1)]
    for code in dict.fromkeys(codes):
        country = Gazetteer.open().country(code) if code else None
        if country is not None and country.id not in named:
            inner = next(m for m in placed if m.place and m.place.country == code)
            yield Mention(inner.toponym, country, inner.score, f"{inner.toponym.text} lies there")


# --- features ----------------------------------------------------------------------------------


def rows(
    page: Page, found: Sequence[Rival], kind: str, events: Iterable[Event]
) -> list[list[float]]:
    """Return the features of each rival for a type of event, in the order of ``FEATURES``.

    ``events`` are the article's, of all types; their score says how likely they are incidents.
    """
    told = tuple(events)
    clues = {
        "type": [_clue(page, event) for event in told if event.type == kind],
        "any": [*(_clue(page, event) for event in told), *_words(page, told)],
    }
    table = [dict(_numbers(page, rival, clues)) for rival in found]
    for name in _COMPARED:
        most = max((numbers[name] for numbers in table), default=0.0)
        for numbers in table:
            numbers[f"share of {name}"] = numbers[name] / most if most > 0 else 0.0
    fine = math.log1p(sum(numbers["fine"] for numbers in table))
    for rival, numbers in zip(found, table, strict=True):
        numbers |= {"places": math.log1p(len(found)), "fine places": fine}
        inner = [n for r, n in zip(found, table, strict=True) if _holds(rival, r)]
        outer = [n for r, n in zip(found, table, strict=True) if _holds(r, rival)]
        numbers |= dict(_beside_others(inner, outer))
    return [[numbers[name] for name in FEATURES] for numbers in table]


def _holds(outer: Rival, inner: Rival) -> bool:
    return outer.place.id != inner.place.id and contains(outer.place, inner.place)


def _beside_others(
    inner: Sequence[Numbers], outer: Sequence[Numbers]
) -> Iterator[tuple[str, float]]:
    """Yield how good the places in a place are, and those around it."""
    yield "has inner", float(bool(inner))
    for name in ("nearest", "marks"):
        yield f"inner {name}", max((n[f"type {name}"] for n in inner), default=0.0)
        yield f"outer {name}", max((n[f"type {name}"] for n in outer), default=0.0)
    yield "inner any marks", max((n["any marks"] for n in inner), default=0.0)
    yield "inner led to", max((n["led to"] * n["any nearest"] for n in inner), default=0.0)


def _clue(page: Page, event: Event) -> Clue:
    sure = event.score if event.type else _BACK
    return Clue(sentence_of(page, event.trigger), event.trigger, sure)


def _words(page: Page, events: Sequence[Event]) -> Iterator[Clue]:
    """Yield the words of incidents that open no event."""
    for found in _INCIDENT.finditer(page.article.text):
        span = Span(*found.span())
        if not any(event.trigger.overlaps(span) for event in events):
            yield Clue(sentence_of(page, span), span, _WORD)


def _numbers(
    page: Page, rival: Rival, clues: Mapping[str, Sequence[Clue]]
) -> Iterator[tuple[str, float]]:
    """Yield what one place has by itself."""
    body = page.dateline[1] if page.dateline else 0
    told = [
        (at, mention)
        for at, mention in zip(rival.at, rival.mentions, strict=True)
        if mention.toponym.span.start >= body
    ]
    for name, group in clues.items():
        found = _vicinity(page, told, group)
        yield from ((f"{name} {key}", value) for key, value in zip(_VICINITY, found, strict=True))
    yield from _naming(page, rival, told)
    yield from _dateline(page, rival, told)
    yield from _size(page, rival)
    yield from _led(page, told)


def _vicinity(
    page: Page, told: Sequence[tuple[int, Mention]], clues: Sequence[Clue]
) -> list[float]:
    """Return how near a place is named to clues, and how the learned reader marks it there."""
    pairs = [(at - clue.at, clue, mention) for at, mention in told for clue in clues]
    if not pairs:
        return [0.0, 0.0, 0.0, 0.0, 0.0, float(_FAR), 0.0, 0.0]
    best = _NEARLY_BEST * max(clue.sure for clue in clues)
    marked = [
        (clue.sure, marks.over(mention.toponym.span))
        for step, clue, mention in pairs
        if step == 0 and clue.sure > _READ_FROM and (marks := page.marks(clue.at, clue.span))
    ]
    return [
        max(clue.sure * _FADING ** abs(step) for step, clue, _ in pairs),
        math.log1p(sum(clue.sure * _FADING_SUM ** abs(step) for step, clue, _ in pairs)),
        *(max((c.sure for step, c, _ in pairs if step == s), default=0.0) for s in (0, 1, -1)),
        float(min(_FAR, *(abs(step) for step, clue, _ in pairs if clue.sure >= best))),
        max((over * math.sqrt(sure) for sure, over in marked), default=0.0),
        math.log1p(sum(over * sure for sure, over in marked)),
    ]


def _naming(
    page: Page, rival: Rival, told: Sequence[tuple[int, Mention]]
) -> Iterator[tuple[str, float]]:
    """Yield how often, how early, how surely and as what a place is named."""
    kinds: Counter[str] = Counter(m.toponym.kind for m in rival.mentions)
    yield "named", math.log1p(rival.named)
    yield "share", rival.named / max(1, len(page.mentions))
    yield "implied", float(rival.named < len(rival.mentions))
    yield "unnamed", float(not rival.named)
    yield "first", min(_FAR, *rival.at)
    yield "first in body", min((at for at, _ in told), default=_FAR)
    yield "in lead", float(any(at <= 1 for at, _ in told))
    yield from ((kind, kinds[kind] / len(rival.mentions)) for kind in _KINDS)
    yield "only demonyms", float(kinds["demonym"] == len(rival.mentions))
    yield "sure", max(m.score for m in rival.mentions)
    yield "sure name", max(m.toponym.score for m in rival.mentions)


def _dateline(
    page: Page, rival: Rival, told: Sequence[tuple[int, Mention]]
) -> Iterator[tuple[str, float]]:
    """Yield what the dateline says of a place, and whether its country is that of most names."""
    there = page.dateline[0].place if page.dateline else None
    own = there is not None and there.id == rival.place.id
    countries = Counter(m.place.country for m in page.mentions if m.place)
    main = max(countries, key=lambda code: (countries[code], code), default="")
    yield "only dateline", float(not told)
    yield "dateline", float(own)
    same = there is not None and there.country == rival.place.country
    yield "dateline country", float(same and not own)
    yield "holds dateline", float(contains(rival.place, there))
    yield "main country", float(rival.place.country == main)


def _size(page: Page, rival: Rival) -> Iterator[tuple[str, float]]:
    """Yield what kind of place it is, how large, and what holds what right beside it."""
    place, text = rival.place, page.article.text
    level = _level(place)
    yield "country", float(level == "country")
    yield "division", float(level in {"admin1", "admin2"})
    yield "fine", float(level in _FINE)
    yield "quarter", float(place.feature == "PPLX")
    yield "capital", float(place.feature == "PPLC")
    yield "people", math.log1p(place.population)
    yield "radius", math.log1p(place.radius_km)
    yield "unit", float(any(_UNIT.match(text, m.toponym.span.end) for m in rival.mentions))
    ends = {m.toponym.span.start for m in rival.mentions}
    pairs = zip(page.mentions, page.mentions[1:], strict=False)
    close = [(a, b) for a, b in pairs if b.toponym.span.start - a.toponym.span.end < _BESIDE]
    held = [(a, b) for a, b in close if contains(b.place, a.place)]
    yield "beside inner", float(any(b.toponym.span.start in ends for _, b in held))
    yield "beside outer", float(any(a.toponym.span.start in ends for a, _ in held))


def _led(page: Page, told: Sequence[tuple[int, Mention]]) -> Iterator[tuple[str, float]]:
    """Yield which words lead to the names of a place."""
    leads: Counter[str] = Counter()
    for at, mention in told:
        sentence = page.sentences[at]
        covered = sentence.word_range(mention.toponym.span)
        leads[sites.leading(sentence, covered[0])[0] if covered else ""] += 1
    count = sum(leads[word] for word in sites.SITE_LEADS)
    yield "led to", float(count > 0)
    yield "times led to", math.log1p(count)
    yield from ((f"after {word}", float(leads[word] > 0)) for word in _LEADS)


def _level(place: Place) -> str:
    return precision(place.feature).level
