"""Whether a text is in English, the one language whose events are read.

A cheap look at its letters and its commonest words, made to err on the side of English: headlines
have few such words of any language.
"""

from __future__ import annotations

import re

_LOOKED_AT = 6000
"""Characters that decide: by then a text has shown its language."""
_FEWEST = 6
"""Fewer words tell nothing."""
_ENOUGH = 60
"""So many words of English always have some of its commonest among them."""
_FOREIGN_SHARE = 0.1
_SHARED_SHARE = 0.02
_LATIN_SHARE = 0.5

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_ENGLISH = frozenset(
    "the of and to that for with said by from were have has it are be at this which after their "
    "who been had would not but they its will he she his her was is".split()
)
_SHARED = _ENGLISH | frozenset("in on a an as over more all up out off into amid people".split())
"""Words of English, also those that other languages have too, or headlines."""
_FOREIGN = frozenset(
    # Spanish, Portuguese, Italian
    "de la el los las que una y por con para del se su lo como más o os da do em não uma na dos "
    "ao um são di che il della per non nel è gli dei delle "
    # French
    "le les des et du une est dans qui pour pas sur au par il aux ses été à ont "
    # German, Dutch
    "der die das und von zu mit ist sind nicht ein eine einer einem dem auf für sich im wie bei "
    "hat wurde wurden nach aus het een van dat op te zijn met voor niet "
    # Swedish, Danish, Norwegian
    "och att det som på är av för og til ikke ved "
    # Polish, Czech, Romanian, Hungarian
    "w z nie że się jest je ve și din pe este az és hogy egy nem "
    # Turkish, Indonesian, Swahili, Vietnamese
    "bir ve bu için ile yang dan dengan untuk dari pada ya wa kwa katika và của là các".split()
)
"""Function words of other languages that are no words of English."""


def is_english(text: str) -> bool:
    """Whether a text seems to be in English; one too short to tell is.

    >>> is_english("Bomb kills nine in Quetta"), is_english("Tres muertos en la ciudad de Bogotá")
    (True, False)
    """
    words = _WORD.findall(text[:_LOOKED_AT])
    letters = "".join(words)
    if len(letters) > _FEWEST and sum(map(_is_latin, letters)) < _LATIN_SHARE * len(letters):
        return False
    if len(words) < _FEWEST:
        return True
    english = sum(word.lower() in _ENGLISH for word in words) / len(words)
    # Capitalized they are parts of names: "Las Vegas", "La Paz".
    foreign = sum(word in _FOREIGN for word in (words[0].lower(), *words[1:])) / len(words)
    shared = sum(word.lower() in _SHARED for word in words) / len(words)
    if len(words) >= _ENOUGH and shared < _SHARED_SHARE:
        return False
    return foreign < _FOREIGN_SHARE or english >= foreign / 2


def _is_latin(char: str) -> bool:
    """Whether a letter is of the Latin alphabet."""
    return char < "\u0250" or "\u1e00" <= char < "\u1f00"
