"""Other spellings of a name, to try where the gazetteer has none under the name itself.

Newspapers write "Plymouth Co.", "Karak district", "southern Germany" and "River Lune"; the
gazetteer has Plymouth County, Karak, Germany and the Lune. The rules are few and general; what
is found this way is the place itself or the one that it is a part of. "Bagdhad" and "Qadhimeyya"
are found by their letters: :func:`respelled` and :func:`misspelled` search the names themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

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
    "ave": "avenue",
    "blvd": "boulevard",
    "rd": "road",
    "sq": "square",
    "mts": "mountains",
    "univ": "university",
    "natl": "national",
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
    " airport metropolis area suburb neighborhood neighbourhood quarter commune canton department"
    " emirate parish borough subdistrict archipelago volcano".split(" ")
)
"""Words after a name that say what the place is."""

_TITLES = tuple(
    f"{kind} of "
    for kind in ("province", "state", "city", "town", "territory", "county", "village")
)
_ARTICLES = frozenset({"el", "la", "le", "al", "los", "las", "les"})
_TURNED = frozenset({"river", "lake", "county", "island"})
"""Kinds that stand before the name or after it."""

_SOUNDS = (
    "q/k q/g k/g k/c x/ks kh/h kh/k gh/g dh/d dh/z th/t dj/j j/zh j/g zh/z ts/tz tch/ch sh/ch"
    " ph/f w/v y/i iy/y ey/i ay/ai ei/ey ie/yi ee/i ou/u oo/u oo/ou o/u e/i e/a"
)
"""Letters that stand for one another where a name comes from another alphabet, or by ear."""
_ARABIC = frozenset("al el ad an ar as ash at az".split(" "))
"""The Arabic article, also where it sounds like the letter behind it."""
_VOWELS = "aeiou"
"""Letters that a name begins with alike, however it is spelled."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz "
_STEPS = 2
"""How many times a name may be spelled by ear: each doubles what it is mistaken for."""


class Names(Protocol):
    """The folded names of a gazetteer, as a search by letters asks for them."""

    def __contains__(self, key: str, /) -> bool:
        """Whether a name is among them."""
        ...

    def iterkeys(self, prefix: str, /) -> Iterator[str]:
        """Yield the names that begin so."""
        ...


def _sounding() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what is replaced and what is put for it, by the first letter replaced."""
    pairs = [pair.split("/") for pair in _SOUNDS.split(" ")]
    both = [(old, new) for one, other in pairs for old, new in ((one, other), (other, one))]
    return {old[0]: tuple(pair for pair in both if pair[0][0] == old[0]) for old, _ in both}


_SOUNDING = _sounding()


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


def respelled(key: str, names: Names) -> dict[str, int]:
    """Return the names that sound like a key, with the number of steps that lead to them.

    A step puts letters for others that sound alike, doubles a letter or halves a double one, adds
    or leaves out a blank or the Arabic article. The key itself is not among them.

    >>> from geomap.gazetteer import Gazetteer
    >>> sorted(respelled("krivy rig", Gazetteer.open().tables.names))
    ['kriviy rig', 'kryvy rig']
    """
    reached = {key: 0}
    last = {key: 0}
    for step in range(1, _STEPS + 1):
        ways = [(new, at) for old in last for new, at in _by_ear(old, last[old], names)]
        if step == 1:
            ways += [(new, 0) for new in _with_and_without_article(key)]
        last = {new: at for new, at in ways if new not in reached}
        reached |= dict.fromkeys(last, step)
    return {name: step for name, step in reached.items() if step and name in names}


def _with_and_without_article(key: str) -> list[str]:
    """Return a name without its Arabic article, or with the commonest ones."""
    first, _, rest = key.partition(" ")
    stem = rest if rest and first in _ARABIC else key
    return [name for name in (stem, f"al {stem}", f"el {stem}") if name != key]


def _by_ear(key: str, start: int, names: Names) -> Iterator[tuple[str, int]]:
    """Yield what differs from a key by one step from an offset on, and where it goes on.

    A key that no name begins like is not changed behind the letters where it leaves all names.
    """
    for at in range(start, _shared(key, names) + 1):
        head, tail = key[:at], key[at:]
        for old, new in _SOUNDING.get(tail[:1], ()):
            if tail.startswith(old) and (at or old[0] not in _VOWELS):
                yield head + new + tail[len(old) :], at + len(new)
        if at and tail[:1] == " ":
            yield head + tail[1:], at
        elif at and tail:
            yield f"{head} {tail}", at + 1
            twice = tail[0] == head[-1]
            yield (head + tail[1:], at) if twice else (head + tail[0] + tail, at + 2)


def misspelled(key: str, names: Names) -> list[str]:
    """Return the names that differ from a key by one letter behind the first.

    The letter is missing, too many or another, or stands before its neighbor.

    >>> from geomap.gazetteer import Gazetteer
    >>> misspelled("bagdhad", Gazetteer.open().tables.names)
    ['baghdad', 'bagdad']
    """
    found: dict[str, None] = {}
    for at in range(1, _shared(key, names) + 1):
        head, tail = key[:at], key[at:]
        swapped = head + tail[1::-1] + tail[2:]
        changed = [head + letter + rest for letter in _LETTERS for rest in (tail, tail[1:])]
        found |= dict.fromkeys([swapped, head + tail[1:], *changed])
    return [name for name in found if name != key and name in names]


def _shared(key: str, names: Names) -> int:
    """Return how many letters a key has in common with the name that begins most like it."""
    low, high = 0, len(key)
    while low < high:
        middle = (low + high + 1) // 2
        if next(names.iterkeys(key[:middle]), None) is None:
            high = middle - 1
        else:
            low = middle
    return low
