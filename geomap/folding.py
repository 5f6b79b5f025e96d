"""Folding of names and texts to the form in which the gazetteer keeps its keys.

A folded name is lower-case ASCII as far as it can be: no accents, apostrophes or dots, one
space between words, "st", "mt" and "ft" for Saint, Mount and Fort, no leading "the". A folded
text keeps the way back, so that what is found in it has offsets in the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

BARRIER = "\n"
"""What a gap that no name may cross becomes: the end of a paragraph."""

_DELETED = "\x00"
"""Stands for a character without weight (combining marks, soft hyphens) until it is cut out."""

_APART = {
    **dict.fromkeys(
        "\u2018\u2019\u201b\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u00b4`\u2032\uff07\u02b9", "'"
    ),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u00ae\u2122\u00a9", _DELETED),
    **dict(zip("ßæœøđðþłıħəÆŒØĐÐÞŁİĦƏ", "saooddtlihaaooddtliha", strict=True)),
}
"""Characters that Unicode does not decompose to the letter that newspapers write."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_MARK = re.compile(
    r"\.(?:(?<=\b[a-z]\.)|(?<=\bst\.)|(?<=\bmt\.)|(?<=\bft\.)|(?<=\bpt\.)|(?<=\bste\.))|'|&|\x00"
)
"""Apostrophes, ampersands, and the dots of initials and of abbreviations inside names, which do
not end a sentence. Every branch begins with a plain character: the engine skips to the next."""
_BREAK = re.compile(r"[\t\r\n\x0b\x0c]")
_GAP = re.compile(r"[ \t\r\n\x0b\x0c](?:(?<! )|(?=[ \t\r\n\x0b\x0c]))[ \t\r\n\x0b\x0c]*")
"""White space that is not one space."""
_PLAIN_WORDS = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")
_LONG_WORDS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_LONG_WORD = re.compile(r"\b(?:saint|sainte|mount|fort)\b")
_FEWEST_LETTERS = 2


def _swap(char: str) -> str:
    """Return the one character, lower-case ASCII if possible, that stands for this one."""
    apart = _APART.get(char)
    if apart is not None:
        return apart
    if unicodedata.combining(char):
        return _DELETED
    if char.isspace():
        return " "
    if "\ud800" <= char <= "\udfff":
        return " "  # half a surrogate pair: no name has one, and UTF-8 cannot hold it
    base = unicodedata.normalize("NFKD", char)[0]
    return base.lower() if base.isascii() else char


class _Swaps(dict[str, str]):
    """Remembers what stands for each character met so far."""

    def __missing__(self, char: str) -> str:
        self[char] = _swap(char)
        return self[char]


_SWAPS = _Swaps()


def _swap_run(match: re.Match[str]) -> str:
    return "".join([_SWAPS[char] for char in match[0]])


def plain(text: str) -> str:
    """Return the text in lower case without accents, of the same length.

    >>> plain("Al-Ḥasakah in Türkiye")
    'al hasakah in turkiye'
    """
    if not text.isascii():
        text = _NOT_ASCII.sub(_swap_run, text)
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).replace("-", " ")


def _mark_edits(text: str) -> list[tuple[int, int, str]]:
    """List the apostrophes, ampersands and dots of abbreviations, with what replaces them."""
    return [(*match.span(), "and" if match[0] == "&" else "") for match in _MARK.finditer(text)]


def _gap_edits(text: str) -> list[tuple[int, int, str]]:
    """List the gaps that are not one space; an empty line is a barrier."""
    if "  " not in text and not _BREAK.search(text):
        return []
    return [
        (*match.span(), BARRIER if match[0].count("\n") > 1 else " ")
        for match in _GAP.finditer(text)
    ]


def _word_edits(text: str) -> list[tuple[int, int, str]]:
    """List the words that names abbreviate: Saint, Mount, Fort."""
    edits = []
    for word, short in _LONG_WORDS.items():
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            free = at == 0 or not text[at - 1].isalnum()
            if free and not text[end : end + 1].isalnum():
                edits.append((at, end, short))
            at = text.find(word, end)
    return edits


class Folded:
    """A text in folded form with the way back to the original's offsets.

    >>> folded = Folded("in  St. Louis")
    >>> folded.text
    'in st louis'
    >>> folded.original(3), folded.folded(8)
    (4, 6)
    """

    __slots__ = ("_from", "_shifts", "_to", "cuts", "text")

    def __init__(self, text: str) -> None:
        """Fold a text."""
        base = plain(text)
        self._from = [0]
        self._to = [0]
        self._shifts = [0]
        self.cuts: set[int] = set()
        """Folded offsets before which an apostrophe was cut out."""
        edits = _mark_edits(base) + _gap_edits(base) + _word_edits(base)
        self.text = self._apply(base, sorted(edits)) if edits else base

    def _apply(self, base: str, edits: list[tuple[int, int, str]]) -> str:
        """Return the edited text, and record from where on it runs in step with the original."""
        pieces: list[str] = []
        at, to, shifts = self._from, self._to, self._shifts
        done = shift = 0
        for start, end, new in edits:
            pieces += (base[done:start], new)
            if not new and base[start] == "'":
                self.cuts.add(start - shift)
            if len(new) > 1:
                last = start - shift + len(new) - 1
                at.append(end - 1)
                to.append(last)
                shifts.append(end - 1 - last)
            shift += end - start - len(new)
            at.append(end)
            to.append(end - shift)
            shifts.append(shift)
            done = end
        pieces.append(base[done:])
        return "".join(pieces)

    def original(self, offset: int) -> int:
        """Return the offset in the original of a character of the folded text."""
        return offset + self._shifts[bisect_right(self._to, offset) - 1]

    def folded(self, offset: int) -> int:
        """Return the offset in the folded text of a character of the original."""
        return offset - self._shifts[bisect_right(self._from, offset) - 1]


def _shorten(word: re.Match[str]) -> str:
    return _LONG_WORDS[word[0]]


def fold(name: str) -> str:
    """Return the key under which the gazetteer keeps a name.

    >>> fold("The Côte d'Ivoire"), fold("Mount St. Helens"), fold("U.S.")
    ('cote divoire', 'mt st helens', 'us')
    """
    if _PLAIN_WORDS.fullmatch(name):
        key = name.lower().replace("-", " ")
        if _LONG_WORD.search(key):
            key = _LONG_WORD.sub(_shorten, key)
    else:
        key = _fold_marked(name)
    without = key.removeprefix("the ")
    return without if len(without) >= _FEWEST_LETTERS else key


def _fold_marked(name: str) -> str:
    """Return the key of a name that has more than letters, single spaces and hyphens."""
    return " ".join(Folded(name).text.replace(".", "").split()).strip(' ,;:!?"()')


def without_possessive(name: str) -> str:
    """Return the name without a possessive ending.

    >>> without_possessive("Iraq's"), without_possessive("Honduras'")
    ('Iraq', 'Honduras')
    """
    stem = name.rstrip()
    for mark in ("'", "\u2019"):
        for ending in (mark + "s", mark + "S", mark):
            if stem.endswith(ending):
                return stem.removesuffix(ending)
    return stem
