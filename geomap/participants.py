"""Who did it, to whom and how many: the noun phrases and numbers around an event's trigger.

Rules of English word order: before an active verb stands who acts, after it who suffers; after a
passive one the other way round, the agent behind "by".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.actors import name_of
from geomap.lexicon import is_verb
from geomap.model import Participant
from geomap.ontology import group_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Count, Span
    from geomap.sites import Scene
    from geomap.text import Sentence

_LONGEST = 9
"""Words of a noun phrase that are kept."""
_EDGES = frozenset(
    ', ; : . — -- " “ ” ( ) [ ] that which who where when while after before as because and but '
    "said says say saying told on in at near from to into for with by against over during since "
    "until if".split(),
)
_INSIDE = frozenset("on in at from with".split())
"""Prepositions that a phrase before a verb may hold: "gunmen on motorcycles"."""
_BE = frozenset("is are was were be been being".split())
_SKIP = frozenset(
    "also has have had reportedly then will would could may might was were is are be being it they "
    "he she to not later whose tried trying attempted attempting began started continued continue "
    "continues managed already ever even still again just soon been".split()
)
_PRONOUNS = frozenset("i we you he she it they him her them me himself themselves there".split())
_FINITE = frozenset("is are was were has have had will would could did does".split())
_AFTER_VERBS = frozenset("the a an his her their its to that".split())
_SUFFERED = frozenset(
    "armed_attack air_strike bombing kidnapping arrest violent_crime trial riot "
    "property_attack shelling government_change territory_change sanction".split()
)
_AGENTLESS = frozenset({"disaster", "accident", "health"})
"""Groups of events that nobody does."""
_INSTRUMENTS = frozenset(
    "bomb bombs blast blasts explosion explosions rocket rockets shell shells "
    "strike strikes attack attacks it this that which".split()
)
_LIGHT = frozenset(
    "launched launches staged mounted conducted carried held waged unleashed".split()
)
_PREPOSITIONS = frozenset("on in at of near from to into for with during outside".split())
_TIME = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^yesterday$|^today$")

_COMMA_WORDS = 6
"""As how many words a comma between a number and a trigger counts."""
_OWNERS = {
    "troops": {"troop_deployment", "armed_clash", "weapons_test"},
    "protesters": {"protest", "riot", "strike_action"},
    "arrested": {"arrest", "protest", "riot"},
    "infected": {"disease_outbreak"},
    "kidnapped": {"kidnapping"},
    "hostages": {"kidnapping"},
}
"""Types that a count may belong to; counts of harm belong to any event that harms."""
_HARMING = frozenset(
    "conflict unrest law_and_crime disaster accident health humanitarian".split(),
)
_HARMLESS = frozenset({"arrest", "trial", "troop_deployment", "territory_change"})
_DEATHLESS = frozenset("displacement aid strike_action property_attack".split())
"""What kills nobody by itself: of whom it tells the dead, another event killed them."""


def around(scene: Scene, text: str) -> tuple[Participant, ...]:
    """Return the participants of a trigger's event."""
    words, start = scene.sentence.words, scene.sentence.span.start
    if group_of(scene.type) in _AGENTLESS:
        return ()
    if not is_verb(words, scene.first):
        found = [("actor", _behind_noun(scene))]
    elif _is_passive(words, scene.first):
        before = _phrase_before(scene.sentence, scene.first)
        found = [("target", before), ("actor", _agent(scene))]
    else:
        before = _phrase_before(scene.sentence, scene.first)
        after = _phrase_after(scene.sentence, scene.last) if scene.type in _SUFFERED else None
        found = [("actor", before), ("target", after)]
    return tuple(
        Participant(role, span.of(text), span, name_of(span.of(text), opens=span.start == start))  # type: ignore[arg-type]
        for role, span in found
        if span
    )


def _is_passive(words: Sequence[str], at: int) -> bool:
    """Whether a verb is passive: a participle behind a form of "be"."""
    return not _BE.isdisjoint(words[max(0, at - 3) : at]) and words[at].endswith(
        ("ed", "en", "t", "n"),
    )


def _behind_noun(scene: Scene) -> Span | None:
    """Return the agent of a noun: behind "by", or who "launched" or "carried out" it."""
    words = scene.sentence.words
    near = range(scene.first - 1, max(0, scene.first - 5), -1)
    light = next((at for at in near if words[at] in _LIGHT), 0)
    return _agent(scene) or (_phrase_before(scene.sentence, light) if light else None)


def _span(sentence: Sentence, first: int, last: int) -> Span | None:
    """Return the span from the first to the last word, if they hold a noun."""
    while first <= last and _is_aside(sentence.words[first]):
        first += 1
    phrase = sentence.words[first : last + 1]
    if not phrase or len(phrase) > _LONGEST or not phrase[-1][-1].isalnum():
        return None
    if len(phrase) == 1 and phrase[0] in _PRONOUNS:
        return None
    if not _INSTRUMENTS.isdisjoint(phrase) or phrase[0] in _PREPOSITIONS:
        return None
    if all(_TIME.match(word) for word in phrase):
        return None
    return sentence.span_of(first, last)


def _phrase_before(sentence: Sentence, start: int) -> Span | None:
    last = start - 1
    words = sentence.words
    while last >= 0 and _is_aside(words[last]):
        last -= 1
    if last < 0 or words[last] in _EDGES:
        return None
    first = last
    edges = _EDGES - _INSIDE
    while first > 0 and words[first - 1] not in edges and not _is_dashed(sentence, first):
        first -= 1
    verb = next((at for at in range(first + 1, last + 1) if _is_predicate(words, at)), last + 1)
    return _span(sentence, first, verb - 1)


def _is_dashed(sentence: Sentence, at: int) -> bool:
    """Whether a dash with blanks stands before a word, as behind a dateline."""
    dash = sentence.at[at] - 1
    if sentence.tokens[dash].text != "-":
        return False
    before, token, after = sentence.tokens[dash - 1 : dash + 2]
    return before.end < token.start and token.end < after.start


def _is_aside(word: str) -> bool:
    """Whether a word tells nothing of who: auxiliaries, adverbs."""
    return word in _SKIP or (word.endswith("ly") and word not in _NOT_ADVERBS)


_NOT_ADVERBS = frozenset("family assembly italy police ally elderly july sicily bully".split())


def _is_predicate(words: Sequence[str], at: int) -> bool:
    """Whether a phrase's own verb stands there: "teenagers | destroyed the store and fled"."""
    if words[at] in _FINITE:
        return True
    return words[at].endswith("ed") and (words[at + 1 : at + 2] or ["the"])[0] in _AFTER_VERBS


def _phrase_after(sentence: Sentence, end: int) -> Span | None:
    first = last = end + 1
    if first >= len(sentence.words) or sentence.words[first] in _EDGES:
        return None
    while last + 1 < len(sentence.words) and not _ends_phrase(sentence.words, last + 1):
        last += 1
    return _span(sentence, first, last)


def _ends_phrase(words: Sequence[str], at: int) -> bool:
    """Whether a noun phrase cannot go on with a word; "armed" and the like may be of it."""
    return words[at] in _EDGES or (is_verb(words, at) and not words[at].endswith("ed"))


def _agent(scene: Scene) -> Span | None:
    """Return the noun phrase behind "by", a few words after the trigger."""
    window = scene.sentence.words[scene.last + 1 : scene.last + 6]
    if "by" not in window:
        return None
    return _phrase_after(scene.sentence, scene.last + 1 + window.index("by"))


def suits(count: Count, kind: str) -> bool:
    """Whether a count may belong to an event of a type."""
    if count.kind in _OWNERS:
        return kind in _OWNERS[count.kind]
    return is_deadly(kind) or (kind in _DEATHLESS and not (count.kind == "killed" and count.low))


def is_deadly(kind: str) -> bool:
    """Whether events of a type kill people themselves."""
    return group_of(kind) in _HARMING and kind not in _HARMLESS | _DEATHLESS


def count_cost(scene: Scene, count: Count) -> int:
    """Return how far a number stands from a trigger, in words, a comma counting as several."""
    at = (scene.sentence.word_range(count.span) or (0, 0))[0]
    between = range(scene.last + 1, at) if at > scene.last else range(at + 1, scene.first)
    return len(between) + _COMMA_WORDS * sum(scene.sentence.words[i] == "," for i in between)
