"""Other spellings of a name, to try where the gazetteer has none under the name itself.

Newspapers write "Plymouth Co.", "Karak district", "southern Germany" and "River Lune"; the
gazetteer has Plymouth County, Karak, Germany and the Lune. The rules are few and general; what
is found this way is the place itself or the one that it is a part of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONG = {
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "no": "north",
    "so": "south",
    "co": "county",
    "twp": "township",
    "hts": "heights",
    "spgs": "springs",
    "mtn": "mountain",
    "mtns": "mountains",
    "is": "island",
    "intl": "international",
    "pt": "port",
    "gt": "great",
    "afb": "air force base",
}
"""Words that newspapers shorten in names."""

_PARTS = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast"
    " southwest northeastern northwestern southeastern southwestern central mid upper lower inner"
    " outer greater downtown metro metropolitan mainland rural coastal".split(" ")
)
"""Words before a name that mean a part of the place, or it with its surroundings."""

_KINDS = frozenset(
    "province district county township governorate oblast prefecture city town village region"
    " municipality territory republic island islands peninsula river lake valley mountains desert"
    " airport metropolis area".split(" ")
)
"""Words after a name that say what the place is."""

_TITLES = tuple(
    f"{kind} of "
    for kind in ("province", "state", "city", "town", "territory", "county", "village")
)
_ARTICLES = frozenset({"el", "la", "le", "al", "los", "las", "les"})
_TURNED = frozenset({"river", "lake", "county", "island"})
"""Kinds that stand before the name or after it."""


def _turned(words: list[str]) -> Iterator[list[str]]:
    """Yield "lune river" for "river lune", and the other way about."""
    if words[0] in _TURNED:
        yield [*words[1:], words[0]]
    if words[-1] in _TURNED:
        yield [words[-1], *words[:-1]]


def spellings(key: str) -> Iterator[str]:
    """Yield other spellings of a folded name that mean the same place.

    >>> list(spellings("plymouth co")), list(spellings("karak district"))
    (['plymouth county', 'county plymouth'], ['karak'])
    """
    words = key.split()
    if len(words) < 2:  # noqa: PLR2004, nothing would be left
        return
    long = [_LONG.get(word, word) for word in words]
    if long != words:
        yield " ".join(long)
        words = long
    for turned in _turned(words):
        yield " ".join(turned)
    for title in _TITLES:
        if key.startswith(title):
            yield key.removeprefix(title)
    if words[-1] in _KINDS and long == key.split():
        yield " ".join(words[:-1])
    if words[0] in _ARTICLES or words[0] in _TURNED:
        yield " ".join(words[1:])


def inner(key: str) -> Iterator[str]:
    """Yield the names that may stand inside a longer one, the longest and last first.

    >>> list(inner("legoland florida"))
    ['florida', 'legoland']
    """
    words = key.split()
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size, -1, -1):
            yield " ".join(words[start : start + size])


def whole(key: str) -> str:
    """Return the name of the place of which a name tells a part, or nothing.

    >>> whole("southern germany"), whole("germany")
    ('germany', '')
    """
    first, _, rest = key.partition(" ")
    return rest if first in _PARTS else ""
