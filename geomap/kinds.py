"""Whose name a toponym is: a place's, a people's, a government's, an organization's.

"Baghdad" names a city in "a blast in Baghdad", a government in "Baghdad said", and no place at
all in "the Baghdad Times". Only what names a place can be where an event happened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Candidate, ToponymKind
    from geomap.text import Token

FACILITY = re.compile(
    r"\b(?:embass(?:y|ies)|consulates?)(?:\s+(?:compound|complex|building|grounds))?\b",
    re.IGNORECASE,
)
"""Facilities that stand for a place also where they are told without a proper name."""

_GOVERNED = ("PCL", "PPLC", "TERR", "CONT")
"""Features whose names also stand for governments."""
_ASIDE = 14
"""The longest aside between a name and its verb, words."""
_LONGEST_LIST = 16
"""The longest list of names that act together, words after one of them."""
_NEIGHBORLY = frozenset("border borders frontier boundary crossing".split())
_GAINS = frozenset("victory win success defeat blow setback embarrassment support aid".split())
_BE = frozenset("was were is are".split())
_ADVERBS = frozenset("not also long already never still now yet".split())
_SHORT_VERB = 3
_PAIR = 4
_CLUBS = frozenset("real radio atletico atlético bayern borussia dynamo sporting olympique".split())
"""Words that make the name behind them a club's or station's."""
_BODIES = frozenset({"government", "cross", "forum"})
_HEAD_REACH = 4
"""How many words after a name may belong to an organization's name."""


def kind_of(tokens: Sequence[Token], first: int, last: int, meant: Candidate) -> ToponymKind:
    """Return the kind of the name at tokens ``first`` to ``last``, given its likeliest meaning."""
    if _in_organization(tokens, first, last):
        return "organization"
    if meant.name_kind == "demonym":
        return "demonym"
    if not meant.place.feature.startswith(_GOVERNED):
        return "place"
    if meant.name_kind == "abbreviation" and _is_attribute(tokens, first, last):
        return "metonym"
    return "metonym" if _is_government(tokens, first, last, meant) else "place"


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text.lower() if 0 <= index < len(tokens) else ""


def _in_organization(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the name is part of an organization's ("University of Kent", "Kenya Airways")."""
    for token in tokens[last + 1 : last + 1 + _HEAD_REACH]:
        if not token.text[:1].isupper():
            break
        if token.text.lower() in words.ORGANIZATION_HEADS or token.text.lower() == "forum":
            return not token.text.isupper()
    if _word(tokens, first - 1) in _CLUBS and tokens[first - 1].text[:1].isupper():
        return not tokens[first].text.isupper()
    start = _list_start(tokens, first)
    if _word(tokens, start - 1) not in ("of", "for"):
        return False
    head = tokens[start - 2].text if start > 1 else ""
    return head[:1].isupper() and not head.isupper() and _heads_organization(head.lower())


def _heads_organization(word: str) -> bool:
    """Whether a word, also of several ("Universities"), makes the name that follows a body's."""
    if word in words.ORGANIZATION_HEADS or word in _BODIES:
        return True
    return word.endswith("ies") and word[:-3] + "y" in words.ORGANIZATION_HEADS


def _list_start(tokens: Sequence[Token], first: int) -> int:
    """Return where the pair of names begins that ends there ("of Athens and Rhode Island")."""
    if _word(tokens, first - 1) != "and" or first < _PAIR:
        return first
    return first - 2 if tokens[first - 2].text[:1].isupper() else first


def _is_attribute(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether an abbreviation like "US" stands before what it belongs to ("US air strikes")."""
    after = _word(tokens, last + 1)
    if not after.isalpha() or after in words.NEVER_NOUNS or after in words.ACTING_VERBS:
        return False
    return _word(tokens, first - 1) != "the" or after not in words.AUXILIARIES


def _is_government(tokens: Sequence[Token], first: int, last: int, meant: Candidate) -> bool:
    """Whether a country's or capital's name stands for its government."""
    start = first - 1 if _word(tokens, first - 1) == "the" else first
    left, before, right = (_word(tokens, at) for at in (start - 1, start - 2, last + 1))
    if _is_tied(tokens, last, last + 1) or _is_tied(tokens, first - 1, first):
        return _is_relation(tokens, first, last)
    if left in words.GOVERNMENT_OBJECTS:
        return not (left == "with" and before in _NEIGHBORLY)
    if left in ("by", "of", "for") or left in words.PLACE_PREPOSITIONS:
        return _is_asked(left, before)
    if right in ("'s", "’s"):
        return _is_owner(_word(tokens, last + 2), meant)
    if left in (",", "and", "or") and _is_governed_list(tokens, start):
        return True
    if right in (",", "and", "or") and _acts_in_list(tokens, first, last):
        return True
    if right == ",":
        return _acts_after_aside(tokens, last + 1)
    return _acts(tokens, last + 1) or (left == "that" and right in words.ACTING_PLAIN)


def _is_owner(owned: str, meant: Candidate) -> bool:
    """Whether a name owns what only its government can: "Iran's policy", "Tehran's army"."""
    if owned in words.GOVERNMENT_BODIES:
        return meant.place.feature.startswith("PPL")
    return owned in words.GOVERNMENT_PROPERTY


def _is_governed_list(tokens: Sequence[Token], first: int) -> bool:
    """Whether the list that a name stands in is one of those who act ("by Ghana and Senegal")."""
    start = first - 1
    while start >= 0 and _in_list(tokens, start):
        start -= 1
    left = _word(tokens, start)
    return left in ("by", "of", "for") and _is_asked(left, _word(tokens, start - 1))


def _is_tied(tokens: Sequence[Token], left: int, right: int) -> bool:
    """Whether a hyphen without blanks stands there ("Iran-backed", no dateline's dash)."""
    if left < 0 or right >= len(tokens):
        return False
    return (
        "-" in (tokens[left].text, tokens[right].text) and tokens[left].end == tokens[right].start
    )


def _is_asked(left: str, before: str) -> bool:
    """Whether what stands before a name needs someone who acts: "sanctioned by", "request of"."""
    if left == "by":
        return before.endswith("ed") or before in words.ACTING_PARTICIPLES
    if left == "of":
        return before in words.GOVERNMENT_REQUESTS
    return left == "for" and before in _GAINS


def _acts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words there are a verb of what governments do, of which a name is the subject."""
    verb = _word(tokens, at)
    if verb in words.AUXILIARIES or verb in _BE:
        following = _word(tokens, at + 1)
        if following in _ADVERBS:
            following = _word(tokens, at + 2)
        if verb in _BE:
            return following in words.SUFFERED
        return _is_act(following, will=verb not in ("has", "have", "had"))
    return verb in words.ACTING_VERBS or (
        verb.endswith("ed") and verb not in words.UNDERGONE and len(verb) > _SHORT_VERB
    )


def _is_act(verb: str, *, will: bool) -> bool:
    """Whether a verb behind "will" or "has" is one of what governments do."""
    if verb in words.ACTING_VERBS or verb in words.ACTING_INFINITIVES:
        return True
    if will:
        return verb in words.ACTING_PLAIN
    return verb in words.ACTING_PARTICIPLES or (
        verb.endswith("ed") and verb not in words.UNDERGONE and len(verb) > _SHORT_VERB
    )


def _acts_after_aside(tokens: Sequence[Token], comma: int) -> bool:
    """Whether an aside and then a verb of governments follow ("Iran, which borders it, said")."""
    if _word(tokens, comma + 1) not in ("which", "whose", "who", "the", "a", "an", "both", "all"):
        return False
    for index in range(comma + 2, comma + _ASIDE):
        if _word(tokens, index) == ",":
            return _acts(tokens, index + 1)
    return False


def _acts_in_list(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name is one of several that act together ("Chile, Peru and Colombia agreed")."""
    start, end = first - 1, last + 1
    while start >= 0 and _in_list(tokens, start):
        start -= 1
    while end < len(tokens) and end <= last + _LONGEST_LIST and _in_list(tokens, end):
        end += 1
    if _word(tokens, start) in words.PLACE_PREPOSITIONS | {"of"}:
        return False
    if not {"and", "or"} & {_word(tokens, index) for index in range(last + 1, end)}:
        return False
    if _word(tokens, end - 1) == "both" and _word(tokens, end - 2) == ",":
        return _acts_after_aside(tokens, end - 2)
    return _acts(tokens, end)


def _in_list(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token may stand in a list of names."""
    text = tokens[index].text
    if text.lower() in words.PLACE_PREPOSITIONS:
        return False
    return text[:1].isupper() or text in (",", "and", "or", "the", "both")


def _is_relation(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a hyphen makes the name say whose: "Iran-backed", "Iraq-US relations"."""
    if _word(tokens, last + 1) == "-" and _word(tokens, last + 2) in words.BACKED:
        return True
    nearby = {_word(tokens, index) for index in range(first - 3, last + 6)}
    return not nearby.isdisjoint(words.RELATION_NOUNS)
