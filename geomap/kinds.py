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
    return "metonym" if _is_government(tokens, first, last) else "place"


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text.lower() if 0 <= index < len(tokens) else ""


def _in_organization(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the name is part of an organization's ("University of Kent", "Kenya Airways")."""
    for token in tokens[last + 1 : last + 1 + _HEAD_REACH]:
        if not token.text[:1].isupper():
            break
        if token.text.lower() in words.ORGANIZATION_HEADS:
            return not token.text.isupper()
    if _word(tokens, first - 1) not in ("of", "for"):
        return False
    head = tokens[first - 2].text if first > 1 else ""
    return head[:1].isupper() and not head.isupper() and head.lower() in words.ORGANIZATION_HEADS


def _is_attribute(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether an abbreviation like "US" stands before what it belongs to ("US air strikes")."""
    after = _word(tokens, last + 1)
    if not after.isalpha() or after in words.NEVER_NOUNS or after in words.ACTING_VERBS:
        return False
    return _word(tokens, first - 1) != "the" or after not in words.AUXILIARIES


def _is_government(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a country's or capital's name stands for its government."""
    left, right = _word(tokens, first - 1), _word(tokens, last + 1)
    if left == "the":
        left = _word(tokens, first - 2)
    if right == "-" or left == "-":
        return _is_relation(tokens, first, last)
    if left in words.GOVERNMENT_OBJECTS:
        return True
    if left in words.PLACE_PREPOSITIONS or left == "of":
        return False
    if right in ("'s", "’s"):
        return _word(tokens, last + 2) in words.GOVERNMENT_PROPERTY
    if right in (",", "and") and _acts_in_list(tokens, first, last):
        return True
    if right == ",":
        return _acts_after_aside(tokens, last + 1)
    if right in words.AUXILIARIES:
        verbs = words.ACTING_VERBS | words.ACTING_INFINITIVES
        return not {_word(tokens, last + 2), _word(tokens, last + 3)}.isdisjoint(verbs)
    return right in words.ACTING_VERBS


def _acts_after_aside(tokens: Sequence[Token], comma: int) -> bool:
    """Whether an aside and then a verb of governments follow ("Iran, which borders it, said")."""
    if _word(tokens, comma + 1) not in ("which", "whose", "who", "the", "a", "an"):
        return False
    for index in range(comma + 2, comma + _ASIDE):
        if _word(tokens, index) == ",":
            return _word(tokens, index + 1) in words.ACTING_VERBS
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
    acting = words.ACTING_VERBS
    if _word(tokens, end) in words.AUXILIARIES:
        end, acting = end + 1, acting | words.ACTING_INFINITIVES
    return _word(tokens, end) in acting


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
