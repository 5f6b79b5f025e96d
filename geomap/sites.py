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
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from geomap.features import precision
from geomap.lexicon import is_verb
from geomap.ontology import group_of
from geomap.space import contains

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Mention, Role
    from geomap.text import Sentence

MOVEMENTS = frozenset({"troop_deployment", "displacement", "aid", "meeting"})
"""Types of events that lead from one place to another."""
_LEFT = frozenset({"displacement"})
"""Movements that happen where they start: people flee from there."""

MAX_COST = 9.0
"""A place that costs more is not taken."""
_AFTER, _BEFORE = 0.28, 0.42
"""Cost of each word between trigger and place, for a place after and before it."""
_CROSSED_TRIGGER, _CROSSED_CLAUSE, _CROSSED_SPEECH = 2.5, 1.5, 2.0
_CROSSED_STOP, _CROSSED_COMMA = 3.0, 0.5
_CLAIMED = 5.0
"""Added where another trigger, in a clause of its own, stands nearer to the place."""

SITE_LEADS = frozenset(
    "in at near outside around inside across off on throughout within along beside above into "
    "through between".split(),
)
"""Prepositions that lead to where something happens."""
TOWARD = frozenset("to into toward towards onto for".split())
_CLAUSE = frozenset(
    "after before while when which who whom where as because since although that following "
    "during amid whose".split(),
)
_SPEECH = frozenset("said says told reported announced according".split())
_STOPS = frozenset({";", ":", "—", "--"})
FILLERS = frozenset(
    "the a an its their his her central northern southern eastern western north south east west "
    "downtown city town village port capital province region district state of and nearby parts "
    "part several suburb outskirts area security heavily fortified high old military "
    "southeastern southwestern northeastern northwestern neighboring neighbouring".split(),
)
"""Words that may stand between a preposition and the name it leads to."""
_RELATIVE = {
    **dict.fromkeys("north south east west northeast northwest southeast southwest".split(), "of"),
    "close": "to",
    "just": "outside",
}
"""First and second words of phrases that tell a place by another ("north of Mosul")."""
_FACILITIES = frozenset(
    "base bases camp airport port prison border city town village province capital district market "
    "airfield barracks soil territory waters coast hospital school mosque church checkpoint "
    "refinery mine island region desert".split(),
)
_VOTING = frozenset("vote votes voted voting voters election elections polls".split())
_LIST_GAP = re.compile(
    r"\s*(?:,|,?\s*and|,?\s*or|,?\s*as well as(?:\s+in)?|&)\s*(?:in\s+)?(?:the\s+)?", re.IGNORECASE
)
DENIED_THERE = "the text says that it was not there"
ACTOR = "it names who acted, not where"
_NOT = frozenset({"not", "n't", "never"})
_ON_ROUTES = frozenset({"transport_accident"})
_ROUTE = frozenset({"from", "to"})
_ACTED = frozenset({"conflict", "unrest", "military", "diplomacy"})
"""Groups of events that governments do; of "Lima flooded" it is the site."""
_CARE = frozenset("hospital hospitals clinic clinics morgue".split())
_BROUGHT = frozenset(
    "taken took rushed flown airlifted moved transferred brought transported admitted "
    "treated died dies recovering recovered".split(),
)
_CARE_REACH = 8
"""How many words before "in Lebanon" those who are "taken to the hospital in Lebanon" stand."""
_AFAR = frozenset(
    "analysts analyst diplomats diplomat experts expert forecasters forecaster economists "
    "economist critics observers commentators scientists seismologists researchers historians "
    "spokesman spokeswoman spokesperson exiles exile ministry".split(),
)
"""Who speaks of what happened elsewhere."""
_SPEAKING = frozenset(
    "said says say told tell warned warn consider considered called call believe believed think "
    "thought expect expected described describe confirmed denied announced put see doubt".split(),
)
_MEASURES = frozenset("km kms kilometers kilometres kilometer kilometre miles mile away".split())
_EXPELS = frozenset("expel expels expelled expelling deported deports deporting".split())
_GOVERNS = frozenset({"place", "metonym"})
_PARTIES = frozenset({"between", "with"})
"""What leads to the parties of a treaty or meeting, beside "of" ("the presidents of")."""
_SUBJECT_GAP = frozenset({",", "which", "who", "has", "had", "have", "also", "then", "later"})
_ORIGIN_REACH = 6
"""How many words "from" may stand before the "in" of "from a command in Kuwait"."""


class Scene(NamedTuple):
    """A trigger in its sentence: its type, its first and last word, and the other triggers."""

    sentence: Sentence
    type: str
    first: int
    last: int
    others: frozenset[int]
    tolls: Sequence[float]
    """What passing the words up to each word of the sentence costs, of :func:`tolls`."""


class Candidate(NamedTuple):
    """A mention that may be a site, with the indices of its first and last word."""

    mention: Mention
    first: int
    last: int
    country_only: bool = False


class Site(NamedTuple):
    """A place of an event with what it is to it, its cost and why it was chosen."""

    mention: Mention
    role: Role
    cost: float
    reason: str


def candidates(sentence: Sentence, mentions: Iterable[Mention]) -> list[Candidate]:
    """Return the mentions of a sentence at which something may happen."""
    found = []
    for mention in mentions:
        covered = sentence.word_range(mention.toponym.span)
        if mention.place is None or covered is None:
            continue
        if mention.toponym.kind in ("place", "facility"):
            found.append(Candidate(mention, *covered))
        elif mention.toponym.kind == "demonym" and _says_where(sentence, covered[1]):
            found.append(Candidate(mention, *covered, country_only=True))
    return found


def _says_where(sentence: Sentence, last: int) -> bool:
    """Whether a people's name says where: before a facility, or as those who vote."""
    after = sentence.words[last + 1 : last + 4]
    return not _FACILITIES.isdisjoint(after) or not _VOTING.isdisjoint(after[:2])


def leading(sentence: Sentence, first: int) -> tuple[str, int]:
    """Return the preposition or other word that leads to a name, and its index (-1: none).

    Phrases such as "near Mosul" and "30 km north of Mosul" bring their own.
    """
    begins, *after = sentence.words[first : first + 3]
    if begins in SITE_LEADS:
        return begins, first - 1
    related = begins in _RELATIVE and after[:1] == [_RELATIVE[begins]]
    if related or begins[0].isdigit() or not _MEASURES.isdisjoint(after):
        return "at", first - 1
    index = first - 1
    while index >= 0 and sentence.words[index] in FILLERS:
        index -= 1
    return (sentence.words[index], index) if index >= 0 else ("", -1)


def choose(scene: Scene, found: Sequence[Candidate]) -> list[Site]:
    """Return the sites of an event in its sentence, the best first; none if all are too far."""
    closed = bars(scene, found)
    weighed = sorted(
        (
            (*cost(scene, candidate), candidate)
            for candidate in found
            if candidate.mention not in closed
        ),
        key=lambda item: (item[0], item[2].first),
    )
    if not weighed or weighed[0][0] > MAX_COST:
        return []
    value, role, best = weighed[0]
    best = _finer(best, [candidate for price, _, candidate in weighed if price <= MAX_COST])
    chosen = [best, *_listed_with(scene.sentence, best, [item[2] for item in weighed])]
    return [Site(c.mention, role, value, led_to(scene.sentence, c)) for c in chosen]


def led_to(sentence: Sentence, candidate: Candidate) -> str:
    """Return a name with the word that leads to it, as the reason why it was chosen."""
    word = leading(sentence, candidate.first)[0]
    name = candidate.mention.toponym.text
    tells = word in SITE_LEADS | TOWARD | {"from", "of"} and not name.startswith(f"{word} ")
    said = f"{word} {name}" if tells else name
    return f"“{said}” in its sentence"


def cost(scene: Scene, candidate: Candidate) -> tuple[float, Role]:
    """Return what it costs to link a trigger to a place, and the role the place would have.

    Dearer where another trigger, in a clause of its own, stands nearer to the place.
    """
    value, role = _own_cost(scene, candidate)
    own = _apart(scene.first, scene.last, candidate)
    for start in scene.others:
        if _apart(start, start, candidate) >= own:
            continue
        between = scene.sentence.words[min(start, scene.last) : max(start, scene.first)]
        if "," in between or not _CLAUSE.isdisjoint(between):
            return value + _CLAIMED, role
    return value, role


def _apart(first: int, last: int, candidate: Candidate) -> int:
    """Return how many words lie between a trigger and a place; one before it counts double."""
    if candidate.first > last:
        return candidate.first - last
    return 2 * (first - candidate.last)


def _own_cost(scene: Scene, candidate: Candidate) -> tuple[float, Role]:
    """Return cost and role, other triggers' claims aside."""
    after = candidate.first > scene.last
    between = (
        range(scene.last + 1, candidate.first) if after else range(candidate.last + 1, scene.first)
    )
    value = (_AFTER if after else _BEFORE) * len(between)
    if between:
        value += scene.tolls[between.stop] - scene.tolls[between.start]
    word, at = leading(scene.sentence, candidate.first)
    adjacent = at <= scene.last or len(between) <= 1
    extra, role = _by_preposition(scene.type, word, adjacent=adjacent)
    if not after and _opens_sentence(scene.sentence, candidate, at):
        extra -= 0.3 * len(between) + 1.5
    if candidate.country_only:
        extra += 0.5
    if candidate.mention.toponym.kind == "facility":
        extra -= 0.5
    return value + extra, role


def tolls(sentence: Sentence, triggers: Iterable[int]) -> list[float]:
    """Return what passing the words of a sentence costs, summed up to each, and to its end."""
    starts = frozenset(triggers)
    costs = (_toll(word, trigger=at in starts) for at, word in enumerate(sentence.words))
    return [0.0, *accumulate(costs)]


def _toll(word: str, *, trigger: bool) -> float:
    """Return the cost of passing a word on the way."""
    if trigger:
        return _CROSSED_TRIGGER
    if word in _CLAUSE:
        return _CROSSED_CLAUSE
    if word in _SPEECH:
        return _CROSSED_SPEECH
    if word in _STOPS:
        return _CROSSED_STOP
    return _CROSSED_COMMA if word == "," else 0.0


def _by_preposition(kind: str, word: str, *, adjacent: bool) -> tuple[float, Role]:
    """Return what the preposition before a name adds to the cost, and the role it gives."""
    if word == "from":
        return (-1.0 if kind in _LEFT else 2.5), "site"
    if word in TOWARD and kind in MOVEMENTS - _LEFT:
        return -2.5, "destination"
    if word in SITE_LEADS:
        return -2.0, "site"
    if word in TOWARD:
        return 1.0, "site"
    if word in ("by", "with"):
        return 2.5, "site"
    if adjacent:
        return -1.0, "target"
    return (1.5 if word in ("of", "against") else 0.5), "site"


def _opens_sentence(sentence: Sentence, candidate: Candidate, lead_at: int) -> bool:
    """Whether a place stands in a phrase that opens the sentence: "In Eldoret, shops ..."."""
    following = sentence.words[candidate.last + 1 : candidate.last + 2]
    return lead_at <= 0 and sentence.words[0] in SITE_LEADS and following == [","]


def is_origin(scene: Scene, candidate: Candidate) -> bool:
    """Whether a movement starts there: "from Kuwait", "from a command in Kuwait"."""
    if scene.type not in MOVEMENTS - _LEFT:
        return False
    word, at = leading(scene.sentence, candidate.first)
    if word == "from":
        return True
    before = scene.sentence.words[max(0, at - _ORIGIN_REACH) : max(0, at)]
    return word == "in" and "from" in before and TOWARD.isdisjoint(before[before.index("from") :])


def bars(scene: Scene, found: Sequence[Candidate]) -> dict[Mention, str]:
    """Return the candidates that cannot be where an event happened, each with the reason.

    What bars a place bars those that are listed behind it: "vans from Texarkana and Tyler".
    """
    reasons: dict[Mention, str] = {}
    last: Candidate | None = None
    for candidate in sorted(found, key=lambda c: c.first):
        why = barred(scene, candidate)
        if not why and last and _is_listed(scene.sentence, last, candidate):
            why = reasons.get(last.mention, "")
        if why:
            reasons[candidate.mention] = why
        last = candidate
    return reasons


def _is_listed(sentence: Sentence, first: Candidate, second: Candidate) -> bool:
    """Whether two names are members of one list, the second without a preposition of its own."""
    gap = sentence.words[first.last + 1 : second.first]
    return bool(_LIST_GAP.fullmatch(" ".join(gap))) and SITE_LEADS.isdisjoint(gap)


def barred(scene: Scene, candidate: Candidate) -> str:
    """Return why a candidate cannot be where a trigger's event happened, or nothing."""
    words = scene.sentence.words
    lead, at = leading(scene.sentence, candidate.first)
    if is_origin(scene, candidate):
        return "the movement starts there"
    if lead in SITE_LEADS and at > 0 and words[at - 1] in _NOT:
        return DENIED_THERE
    if _denied_before(scene.sentence, candidate):
        return DENIED_THERE
    if scene.type in _ON_ROUTES and lead in _ROUTE and not _is_distance(words, at):
        return "the way led there, the accident happened on it"
    if aside := _aside(scene, candidate, lead, at):
        return aside
    if group_of(scene.type) in _ACTED and _acts(scene, candidate, lead):
        return ACTOR
    party = lead in _PARTIES or words[candidate.first - 1 : candidate.first] == ["of"]
    if group_of(scene.type) == "diplomacy" and party and _is_country(candidate):
        return ACTOR
    return ""


def _denied_before(sentence: Sentence, candidate: Candidate) -> bool:
    """Whether what lies there was denied: "not in Tripoli, Libya"."""
    words, at = sentence.words, candidate.first - 1
    while at > 1 and (words[at] == "," or sentence.tokens[sentence.at[at]].text[:1].isupper()):
        at -= 1
    chained = "," in words[at + 1 : candidate.first]
    return chained and words[at] in SITE_LEADS and words[at - 1] in _NOT


def _is_distance(words: Sequence[str], at: int) -> bool:
    """Whether "from" tells a distance: "30 miles from Nairobi"."""
    return words[at] == "from" and not _MEASURES.isdisjoint(words[max(0, at - 2) : at])


def _aside(scene: Scene, candidate: Candidate, lead: str, at: int) -> str:
    """Return why the sentence names a place for something else than what happened."""
    words = scene.sentence.words
    if _is_care(scene, at):
        return "the hurt were taken there"
    felt = words[scene.last + 1 : candidate.first]
    if group_of(scene.type) == "disaster" and "felt" in felt and "far" in felt:
        return "it was felt as far as there"
    if lead not in ("in", "at") or at < 1:
        return ""
    speaks = not _SPEAKING.isdisjoint(words[candidate.last + 1 : candidate.last + 2])
    if words[at - 1] in _AFAR and (speaks or words[max(0, at - 5) : at].count("according")):
        return "it is where somebody speaks of it"
    return ""


def _is_care(scene: Scene, at: int) -> bool:
    """Whether the word before a name leads to where the hurt were taken or died."""
    words = scene.sentence.words
    if at < 1 or _CARE.isdisjoint(words[max(0, at - 2) : at]):
        return False
    start = max(0, at - _CARE_REACH)
    brought = next((i for i in range(at - 1, start, -1) if words[i] in _BROUGHT), at)
    way = words[brought:at]
    return bool(way) and "from" not in way and not brought < scene.first < at


def at_home(scene: Scene, mentions: Iterable[Mention]) -> list[Site]:
    """Return the government that expels somebody, as the place from which they must go."""
    if _EXPELS.isdisjoint(scene.sentence.words[scene.first : scene.last + 1]):
        return []
    for mention in mentions:
        covered = scene.sentence.word_range(mention.toponym.span)
        if mention.place is None or covered is None or mention.toponym.kind not in _GOVERNS:
            continue
        actor = Candidate(mention, *covered)
        if _acts(scene, actor, leading(scene.sentence, covered[0])[0]):
            return [Site(mention, "site", 0.0, "it is expelled from there")]
    return []


def _is_country(candidate: Candidate) -> bool:
    place = candidate.mention.place
    return place is not None and precision(place.feature).level == "country"


def _acts(scene: Scene, candidate: Candidate, lead: str) -> bool:
    """Whether a place's name is the subject of an active verb: "Tehran, which has bombed"."""
    words = scene.sentence.words
    between = words[candidate.last + 1 : scene.first]
    if candidate.last >= scene.first or lead in SITE_LEADS | TOWARD | {"from", "of"}:
        return False
    return _SUBJECT_GAP.issuperset(between) and is_verb(words, scene.first)


def _finer(best: Candidate, found: Sequence[Candidate]) -> Candidate:
    """Return a candidate that lies inside the best one, where the sentence names one."""
    inner = (c for c in found if contains(best.mention.place, c.mention.place))
    return next(inner, best)


def _listed_with(
    sentence: Sentence, best: Candidate, found: Sequence[Candidate]
) -> list[Candidate]:
    """Return the candidates listed with the best one ("Mombasa and Kisumu")."""
    listed, edge = [], best
    for following in sorted(found, key=lambda candidate: candidate.first):
        if following.first <= best.last:
            continue
        gap = " ".join(sentence.words[edge.last + 1 : following.first])
        if not _LIST_GAP.fullmatch(gap) or not _alike(best, following):
            break
        if not contains(following.mention.place, edge.mention.place):
            listed.append(following)
        edge = following
    return listed


def _alike(a: Candidate, b: Candidate) -> bool:
    """Whether two places are of one level, as the members of a list are."""
    if a.country_only != b.country_only:
        return False
    levels = {precision(c.mention.place.feature).level for c in (a, b) if c.mention.place}
    return len(levels) == 1 or levels <= {"city", "site", "district", "admin2", "admin1"}
