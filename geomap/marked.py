"""Where a learned reader and the rules together set an event in its sentence.

What the reader marks (:mod:`geomap.marker`) is taken, and the rules of :mod:`geomap.sites` decide
where it marks none or was not trained: movements, facilities, peoples, and the object of a verb.
It also marks names that the gazetteer lacks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.model import Rejection, Span
from geomap.ontology import group_of
from geomap.sites import (
    FILLERS,
    MAX_COST,
    SITE_LEADS,
    Site,
    bars,
    candidates,
    choose,
    cost,
    leading,
    led_to,
)
from geomap.space import contains

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomap.marker import Marks
    from geomap.model import Mention
    from geomap.sites import Candidate, Scene
    from geomap.text import Sentence

MARKED = 0.5
"""The least likelihood at which the learned reader's word for a place is taken."""
POSSIBLE = 0.3
"""The least at which it bears with a place that only the rules choose."""
CHEAP, POSSIBLE_CHEAP = 1.0, 0.2
"""The same for a place that the rules are sure of: it costs them less than this."""
UNKNOWN, UNKNOWN_EDGE = 0.6, 0.3
"""The least for a name that the gazetteer lacks, and for the words beside that complete it."""
_TRAINED_GROUPS = frozenset({"conflict", "unrest", "military", "law_and_crime"})
"""Groups of events that the learned reader was trained on."""
_UNMARKED = frozenset({"facility", "demonym"})
"""Kinds of names that the learned reader does not know: "the embassy", "an Iraqi base"."""
WORKED_OUT = "+"
"""In the ids of places that a phrase around a name means ("30 km north of Mosul")."""
_CAPITAL_SHARE = 0.6
"""A sentence with more words in capitals than this is a heading or wire copy."""
_HOLDER_GAP = re.compile(r"(?:,\s*|\s+)(?:(?:in|of)\s+)?(?:the\s+)?(?:[a-z]+\s+){0,2}", re.ASCII)
_HOLDER_REACH = 30
"""How many characters behind an unknown name ("Tra Leng, in neighboring Quang Nam") that is."""
_NEAR, _LED_COST = 2.0, 7.0
"""Where the rules find a place this near, none is taken that they find out of reach; and the most
that a place may cost them which a preposition leads to, of an event unlike those in training."""
_AFTERMATH, _AFTERMATH_REACH = (["after"], ["following"], ["amid"]), 4
"""What leads from a place to what happened there before, and in how many words."""
_NO_SITE = {
    "metonym": "a government or team, not a place",
    "organization": "part of an organization's name",
    "demonym": "a people, not a place",
}
"""Why names of these kinds are no sites."""


def choose_marked(scene: Scene, found: Sequence[Candidate], marks: Marks) -> list[Site]:
    """Return the sites that the learned reader marks, in reading order.

    Of a place and what contains it the finer one counts. Where it marks none, what the rules
    choose is taken, unless it was trained on such events and all but rules the place out.
    """
    plain = choose(scene, found)
    trained = group_of(scene.type) in _TRAINED_GROUPS
    if plain and (_is_beyond_marks(plain[0]) or (not trained and _is_object(scene, plain[0]))):
        return plain
    closed = bars(scene, found)
    likely = [(_likelihood(marks, c.mention), c) for c in found if c.mention not in closed]
    chosen = [(p, c) for p, c in likely if p >= MARKED]
    if chosen and plain and plain[0].cost <= _NEAR:
        chosen = [(p, c) for p, c in chosen if cost(scene, c)[0] <= MAX_COST]
        if not chosen:
            return plain
    places = [c.mention.place for _, c in chosen]
    sure = [
        Site(inner.mention, cost(scene, c)[1], MAX_COST * (1.0 - p), _marked_reason(scene, c, p))
        for p, c in chosen
        for inner in [_facility_in(scene, c, found)]
        if not any(contains(c.mention.place, finer) for finer in places)
    ]
    if sure or trained:
        return sure or _less_sure(plain, marks)
    return plain if plain and _is_firm(scene, plain[0]) else []


def _is_firm(scene: Scene, site: Site) -> bool:
    """Whether the rules are sure of a place: it is near, led to, or "X after a tornado"."""
    covered = scene.sentence.word_range(site.mention.toponym.span)
    if site.cost <= CHEAP or covered is None:
        return site.cost <= CHEAP
    if leading(scene.sentence, covered[0])[0] in SITE_LEADS and site.cost <= _LED_COST:
        return True
    between = scene.sentence.words[covered[1] + 1 : scene.first]
    return between[:1] in _AFTERMATH and len(between) <= _AFTERMATH_REACH


def _likelihood(marks: Marks, mention: Mention) -> float:
    """Return how likely the learned reader holds a name, or the name in a phrase, to be a site."""
    span = mention.toponym.span
    worked_out = mention.place is not None and WORKED_OUT in mention.place.id
    return marks.peak(span) if worked_out else marks.over(span)


def _is_object(scene: Scene, site: Site) -> bool:
    """Whether a name follows right behind the trigger: "flooded parts of Goma"."""
    first, _ = scene.sentence.word_range(site.mention.toponym.span) or (0, 0)
    between = scene.sentence.words[scene.last + 1 : first]
    return first > scene.last and FILLERS.union(SITE_LEADS).issuperset(between)


def _is_beyond_marks(site: Site) -> bool:
    """Whether the rules know better than the reader, which knows no movements and only names."""
    unmarked = site.mention.toponym.kind in _UNMARKED
    return site.role == "destination" or (unmarked and site.cost <= CHEAP)


def _facility_in(scene: Scene, outer: Candidate, found: Sequence[Candidate]) -> Candidate:
    """Return the facility at a marked place, else that place; the reader marks names alone."""
    inner = (
        c
        for c in found
        if c.mention.toponym.kind == "facility"
        and contains(outer.mention.place, c.mention.place)
        and cost(scene, c)[0] <= cost(scene, outer)[0]
    )
    return next(inner, outer)


def _less_sure(chosen: Sequence[Site], marks: Marks) -> list[Site]:
    """Return what the rules choose and the learned reader does not rule out, at its price."""
    likely = [(_likelihood(marks, site.mention), site) for site in chosen]
    return [
        site._replace(cost=max(site.cost, MAX_COST * (1.0 - p)))
        for p, site in likely
        if p >= (POSSIBLE if site.cost > CHEAP else POSSIBLE_CHEAP)
        or site.mention.toponym.kind in _UNMARKED
    ]


def unplaced(sentence: Sentence, marks: Marks, mentions: Iterable[Mention]) -> list[Span]:
    """Return the names that the learned reader marks and no placed mention touches.

    Where all is upper case, capitals tell no names, and none are returned.
    """
    known = [mention.toponym.span for mention in mentions if mention.place]
    capital = {token.start: token.end for token in sentence.tokens if token.text[:1].isupper()}
    if len(capital) > _CAPITAL_SHARE * len(sentence.tokens):
        return []
    spans = [
        _whole_name(span, capital)
        for span in marks.spans(UNKNOWN_EDGE, peak=UNKNOWN)
        if any(span.start <= start < span.end for start in capital)
    ]
    return [span for span in spans if not any(span.overlaps(other) for other in known)]


def _whole_name(span: Span, capital: Mapping[int, int]) -> Span:
    """Return a name with the words in capitals right behind it."""
    end = span.end
    while end + 1 in capital:
        end = capital[end + 1]
    return Span(span.start, end)


def holder(text: str, name: Span, found: Iterable[Candidate]) -> Candidate | None:
    """Return the place that is named right behind an unknown one as what holds it, or None."""
    for candidate in found:
        start = candidate.mention.toponym.span.start
        near = name.end <= start <= name.end + _HOLDER_REACH
        if near and _HOLDER_GAP.fullmatch(text, name.end, start):
            return candidate
    return None


def _marked_reason(scene: Scene, candidate: Candidate, likely: float) -> str:
    return f"{led_to(scene.sentence, candidate)}, marked as its place with {likely:.2f}"


def rejections(
    scene: Scene, mentions: Sequence[Mention], chosen: Sequence[Site], marks: Marks | None
) -> list[Rejection]:
    """Return the place names of a sentence that were not chosen, each with the reason."""
    taken = {site.mention for site in chosen}
    left = [mention for mention in mentions if mention not in taken]
    found = candidates(scene.sentence, mentions)
    weighed = {c.mention: c for c in found if c.mention not in taken}
    closed = bars(scene, found)
    return [
        Rejection(
            mention,
            closed.get(mention) or _why_not(scene, mention, weighed.get(mention), chosen, marks),
        )
        for mention in left
    ]


def _why_not(
    scene: Scene,
    mention: Mention,
    candidate: Candidate | None,
    chosen: Sequence[Site],
    marks: Marks | None,
) -> str:
    """Return why a mention is not where a trigger's event happened."""
    if candidate is None:
        return _NO_SITE.get(mention.toponym.kind, "") or "no known place of that name fits"
    inner = next((s.mention for s in chosen if contains(mention.place, s.mention.place)), None)
    if inner:
        return f"{inner.toponym.text}, inside it, is finer"
    if marks:
        return f"marked as its place with {_likelihood(marks, mention):.2f} only"
    return f"too far from the trigger, at a cost of {cost(scene, candidate)[0]:.1f}"
