"""Where in its sentence an event happened.

Every place that the sentence names is weighed against the trigger: how many words lie between,
which preposition leads to it, what is crossed on the way (another trigger, "said", "which"). The
cheapest is the site, if it is cheap enough; places listed with it ("in Iraq and Syria") are sites
as well, and of a place and its container the finer one counts. Governments that speak, peoples
and organizations are no places here, save a people's name before a facility ("an Iraqi military
base"), which says the country.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geomap import words
from geomap.features import precision
from geomap.resolve import distance_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events import Sentence
    from geomap.model import Event, Mention, Place, Role

MAX_COST = 9.0
"""A place that costs more is not taken; found on sentences with given triggers and places."""
_AFTER, _BEFORE = 0.28, 0.42
"""Cost of each word between trigger and place, by side."""
_CROSSING = {"trigger": 2.5, "clause": 1.5, "comma": 0.5, "speech": 2.0, "stop": 3.0}
_CLAIMED = 5.0
"""Added where another trigger, in a clause of its own, stands nearer to the place."""
_SITE = frozenset(
    "in at near outside around inside across off on throughout within along beside above into "
    "through between".split(),
)
_TOWARD = frozenset("to into toward towards onto for".split())
_CLAUSE = frozenset(
    "after before while when which who whom where as because since although that following "
    "during amid whose".split(),
)
_SPEECH = frozenset("said says told reported announced according".split())
_FILLERS = frozenset(
    "the a an its their his her central northern southern eastern western north south east west "
    "downtown city town village port capital province region district state of and nearby parts "
    "part several suburb outskirts area high-security heavily fortified high security old "
    "military southeastern southwestern northeastern northwestern neighboring neighbouring".split(),
)
_SITE_NOUNS = frozenset(
    "base bases camp airport port prison border city town village province capital district market "
    "airfield barracks soil territory waters coast hospital school mosque church "
    "checkpoint refinery mine island region desert".split(),
)
_VOTING = frozenset("vote votes voted voting voters election elections polls".split())
MOVEMENTS = frozenset({"troop_deployment", "displacement", "aid", "meeting"})
_FROM_IS_SITE = frozenset({"displacement"})
_LIST_GAP = re.compile(
    r"\s*(?:,|,?\s*and|,?\s*or|,?\s*as well as(?:\s+in)?|&)\s*(?:in\s+)?(?:the\s+)?", re.IGNORECASE
)


class Site(NamedTuple):
    """A place of an event with what it is to it, its cost and why it was chosen."""

    mention: Mention
    role: Role
    cost: float
    reason: str


class Candidate(NamedTuple):
    """A mention that may be a site, with the indices of its first and last word."""

    mention: Mention
    first: int
    last: int
    country_only: bool = False


def candidates(sentence: Sentence, mentions: Sequence[Mention]) -> list[Candidate]:
    """Return the mentions of a sentence at which something may happen."""
    found = []
    for mention in mentions:
        if not sentence.span.covers(mention.toponym.span) or mention.place is None:
            continue
        first, last = word_range(sentence, mention)
        if mention.toponym.kind in ("place", "facility"):
            found.append(Candidate(mention, first, last))
        elif mention.toponym.kind == "demonym" and _says_where(sentence, last):
            found.append(Candidate(mention, first, last, country_only=True))
    return found


def _says_where(sentence: Sentence, last: int) -> bool:
    """Whether a people's name says where: before a facility, or as those who vote."""
    after = sentence.words[last + 1 : last + 4]
    return not _SITE_NOUNS.isdisjoint(after) or not _VOTING.isdisjoint(after[:2])


def word_range(sentence: Sentence, mention: Mention) -> tuple[int, int]:
    """Return the first and last index among the sentence's words that a mention covers."""
    span = mention.toponym.span
    inside = [
        index
        for index, at in enumerate(sentence.at)
        if sentence.tokens[at].start < span.end and span.start < sentence.tokens[at].end
    ]
    return (inside[0], inside[-1]) if inside else (0, 0)


def leading(sentence: Sentence, first: int) -> tuple[str, int]:
    """Return the preposition or other word that leads to a name, and its index."""
    index = first - 1
    while index >= 0 and sentence.words[index] in _FILLERS:
        index -= 1
    return (sentence.words[index], index) if index >= 0 else ("", -1)


def cost(
    sentence: Sentence,
    event: Event,
    trigger: tuple[int, int],
    candidate: Candidate,
    others: frozenset[int],
) -> tuple[float, Role]:
    """Return what it costs to link an event to a candidate, and the role it would have."""
    first, last = trigger
    after = candidate.first > last
    between = range(last + 1, candidate.first) if after else range(candidate.last + 1, first)
    value = (_AFTER if after else _BEFORE) * len(between)
    value += sum(_crossing(sentence.words[index], index in others) for index in between)
    word, at = leading(sentence, candidate.first)
    value, role = _by_preposition(event, word, value, adjacent=at <= last or len(between) <= 1)
    if not after and _opens_sentence(sentence, candidate, at):
        value -= 0.3 * len(between) + 1.5
    if candidate.country_only:
        value += 0.5
    if candidate.mention.toponym.kind == "facility":
        value -= 0.5
    return value, role


def _crossing(word: str, is_trigger: bool) -> float:  # noqa: FBT001
    """Return the cost of passing a word on the way."""
    if is_trigger:
        return _CROSSING["trigger"]
    if word in _CLAUSE:
        return _CROSSING["clause"]
    if word in _SPEECH:
        return _CROSSING["speech"]
    if word in (";", ":", "—", "--"):
        return _CROSSING["stop"]
    return _CROSSING["comma"] if word == "," else 0.0


def _by_preposition(event: Event, word: str, value: float, *, adjacent: bool) -> tuple[float, Role]:
    """Return the cost with the preposition before a name counted, and the role it gives."""
    moving = event.type in MOVEMENTS
    if word == "from":
        return (value - 1.0 if event.type in _FROM_IS_SITE else value + 2.5), "site"
    if word in _TOWARD:
        if moving and event.type not in _FROM_IS_SITE:
            return value - 2.5, "destination"
        return value + (0.0 if word == "into" else 1.0), "site"
    if word in _SITE:
        return value - 2.0, "site"
    if word in ("of", "against"):
        return (value - 1.0 if adjacent else value + 1.5), "target" if adjacent else "site"
    if word in ("by", "with", "between"):
        return value + 2.5, "site"
    return (value - 1.0 if adjacent else value + 0.5), "target" if adjacent else "site"


def _opens_sentence(sentence: Sentence, candidate: Candidate, lead_at: int) -> bool:
    """Whether a place stands in a phrase that opens the sentence: "In Eldoret, shops ..."."""
    following = sentence.words[candidate.last + 1 : candidate.last + 2]
    return lead_at <= 0 and sentence.words[0] in _SITE and following == [","]


def choose(
    sentence: Sentence,
    event: Event,
    trigger: tuple[int, int],
    found: Sequence[Candidate],
    others: frozenset[int],
) -> list[Site]:
    """Return the sites of an event in its sentence, the best first; empty if none is near enough.

    A place that another trigger of the sentence has a better claim to costs more.
    """
    origin_like = {id(c) for c in found if is_origin(sentence, event, c)}
    weighed = sorted(
        (
            (*claimed_cost(sentence, event, trigger, candidate, others), candidate)
            for candidate in found
            if id(candidate) not in origin_like
        ),
        key=lambda item: (item[0], item[2].first),
    )
    if not weighed or weighed[0][0] > MAX_COST:
        return []
    value, role, best = weighed[0]
    best = _finer(sentence, best, [item[2] for item in weighed if item[0] <= MAX_COST])
    listed = [best, *_listed_with(sentence, best, [item[2] for item in weighed])]
    return [Site(c.mention, role, value, _reason(sentence, event, c)) for c in listed]


def claimed_cost(
    sentence: Sentence,
    event: Event,
    trigger: tuple[int, int],
    candidate: Candidate,
    others: frozenset[int],
) -> tuple[float, Role]:
    """Return cost and role, dearer where another trigger stands nearer to the place."""
    value, role = cost(sentence, event, trigger, candidate, others)
    own = _apart(trigger[0], trigger[1], candidate)
    for start in others:
        between = range(min(start, trigger[1]), max(start, trigger[0]))
        separate = any(sentence.words[i] in _CLAUSE or sentence.words[i] == "," for i in between)
        if separate and _apart(start, start, candidate) < own:
            value += _CLAIMED
            break
    return value, role


def _apart(first: int, last: int, candidate: Candidate) -> int:
    """Return how many words lie between a trigger and a place, counting a place before as farther."""
    if candidate.first > last:
        return candidate.first - last
    return 2 * (first - candidate.last)


def _reason(sentence: Sentence, event: Event, candidate: Candidate) -> str:
    word = leading(sentence, candidate.first)[0]
    name = candidate.mention.toponym.text
    lead = f"{word} {name}" if word.isalpha() and word in _SITE | _TOWARD | {"from", "of"} else name
    return f"{lead!r} in the sentence of the trigger"


def is_origin(sentence: Sentence, event: Event, candidate: Candidate) -> bool:
    """Whether a movement starts there: "from Kuwait", "from a command in Kuwait"."""
    if event.type not in MOVEMENTS - _FROM_IS_SITE:
        return False
    word, at = leading(sentence, candidate.first)
    if word == "from":
        return True
    before = sentence.words[max(0, at - 6) : max(0, at)]
    return word == "in" and "from" in before and _TOWARD.isdisjoint(before[before.index("from") :])


def _finer(sentence: Sentence, best: Candidate, found: Sequence[Candidate]) -> Candidate:
    """Return a candidate that lies inside the best one, where the sentence names one."""
    del sentence
    inner = [c for c in found if c is not best and contains(best.mention.place, c.mention.place)]
    return inner[0] if inner else best


def _listed_with(
    sentence: Sentence, best: Candidate, found: Sequence[Candidate]
) -> list[Candidate]:
    """Return the candidates listed with the best one ("Mombasa and Kisumu")."""
    text_of = {c.first: c for c in found}
    chain, edge = [], best
    for first in sorted(start for start in text_of if start > best.last):
        following = text_of[first]
        gap = " ".join(sentence.words[edge.last + 1 : following.first])
        if not _LIST_GAP.fullmatch(gap) or not _alike(best, following):
            break
        if not contains(following.mention.place, edge.mention.place):
            chain.append(following)
        edge = following
    return chain


def _alike(a: Candidate, b: Candidate) -> bool:
    """Whether two places are of one level, as the members of a list are."""
    if a.mention.place is None or b.mention.place is None or a.country_only != b.country_only:
        return False
    levels = {precision(c.mention.place.feature).level for c in (a, b) if c.mention.place}
    return len(levels) == 1 or levels <= {"city", "site", "district", "admin2", "admin1"}


def contains(outer: Place | None, inner: Place | None) -> bool:
    """Whether a country, division, region or city holds the other place."""
    if outer is None or inner is None or outer.id == inner.id:
        return False
    level, inner_level = precision(outer.feature).level, precision(inner.feature).level
    if level == "country":
        return outer.country == inner.country and inner_level != "country"
    if level == "admin1":
        return inner_level not in ("country", "admin1", "region", "sea") and (
            outer.country == inner.country and inner.admin1 in (outer.admin1, outer.name)
        )
    if level in ("region", "sea", "admin2"):
        return inner_level in ("city", "site", "district") and (
            distance_km(outer, inner) <= max(outer.radius_km, 10.0)
        )
    if level in ("city", "district"):
        return inner_level in ("site", "district") and (
            distance_km(outer, inner) <= max(outer.radius_km, 15.0)
        )
    return False
