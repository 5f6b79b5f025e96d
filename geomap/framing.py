"""Names of places that no list knows, told by the words around them.

"The village of Ankilimanondro", "the Efaho river" and "fled from Namtu to Hsipaw." name places
whatever they are called; "San Juan de Lurigancho" and "Punggye-ri" go on behind the name that the
gazetteer has. Found with care: what an article says of a name once holds for it throughout.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap import words
from geomap.sightings import person_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from geomap.sightings import Text

Tagged = tuple[int, int, float]

_SCORE = 0.5
_SHARE = 0.4
_LEAST = 4
"""Names of fewer letters are told by nothing around them."""
_CLOSE = 1
"""Tokens of one name are no farther apart than a blank."""
_LISTS = ("ordinary", "given", "surnames")
OF_HEADS = frozenset(
    "village town city district province municipality hamlet county region island suburb port "
    "neighborhood neighbourhood commune canton borough township parish quarter barrio river "
    "settlement prefecture subdistrict".split()
)
"""What stands before a name with "of": "the village of Tra Leng"."""
_HEADS = OF_HEADS - {"city", "parish", "settlement", "port"} | frozenset(
    "volcano crossing dam valley archipelago peninsula".split()
)
"""What stands behind a name: "the Efaho river"."""
_SURE_HEADS = frozenset(
    "neighborhood canton hamlet municipality jurisdiction cantons village".split()
)
"""The same in a text in capitals, where any word may stand before it."""
_INSIDE = frozenset(
    "in near outside around into toward towards at between retake retook retaken besieged "
    "besieging entered overran overrun shelled recaptured reached evacuated".split()
)
_MOVED = frozenset(
    "way walked fled moved drove went sent flew road came returned marched traveled travelled "
    "ran retreated advanced withdrew brought taken driven flown evacuated back north south east "
    "west close next".split()
)
"""What stands before "to" and a place."""
_ENDS = (
    words.NEVER_NOUNS
    | words.PLACE_PREPOSITIONS
    | frozenset(
        "last this yesterday today tomorrow early late during since until because if so about "
        "monday tuesday wednesday thursday friday saturday sunday".split()
    )
)
_MARKS = frozenset('.,;:)!?”"')
"""Marks and words that no name goes on with."""
_ADJECTIVE = re.compile(r"(?:ish|ese|ian|ean|ist|ism|ic|ite|unni|hia)s?$")
_OF_IT = ("de", "del")
_ARTICLES = frozenset({"la", "las", "los", "el"})
_HYPHENATED = frozenset(
    "on upon sur sous en le la les de du des da do di am an der by in over under aux au".split()
)
_SUFFIXES = frozenset("ri gun do si dong eup gu myeon myon ku shi ken cho".split())
"""Korean and Japanese words for what a place is, behind a hyphen."""


def grown(read: Text, last: int) -> int:
    """Return the last token of a name that goes on behind its known part."""
    tokens = read.tokens
    parts = [token.text.lower() for token in tokens[last + 1 : last + 5]]
    if _is_tight(read, last, 2) and parts[0] == "-":
        if parts[1] in _SUFFIXES:
            return last + 2
        tied = _is_tight(read, last, 4) and parts[2] == "-"
        return last + 4 if tied and parts[1] in _HYPHENATED else last
    if not parts or parts[0] not in _OF_IT:
        return last
    at = last + 2 + (parts[1:2] != [] and parts[1] in _ARTICLES)
    follows = at < len(tokens) and tokens[at].text[:1].isupper() and tokens[at].text.isalpha()
    return at if follows and tokens[at].text.lower() not in words.word_list("ordinary") else last


def _is_tight(read: Text, last: int, count: int) -> bool:
    """Whether so many tokens follow without a blank."""
    tokens = read.tokens[last : last + count + 1]
    return len(tokens) > count and tokens[-1].end - tokens[0].end == sum(
        len(token.text) for token in tokens[1:]
    )


def framed(read: Text, taken: Container[int]) -> list[Tagged]:
    """Return the names that the words around them make places', but for those taken."""
    unnamed = _unnamed(read)
    told: dict[str, list[tuple[int, int]]] = {}
    for first, last in _runs(read, taken):
        if unnamed.isdisjoint(t.text.lower() for t in read.tokens[first : last + 1]):
            told.setdefault(_form(read, first, last), []).append((first, last))
    return [(*run, _SCORE) for runs in told.values() if _is_place(read, runs) for run in runs]


def _is_place(read: Text, runs: Sequence[tuple[int, int]]) -> bool:
    """Whether the words around the mentions of one name say that it is a place's.

    A word for what it is says so once for all; "in" and "at" must stand before many mentions, lest
    "died in Saddam's prisons, saved from Saddam" do.
    """
    if any(_is_headed(read, *run) for run in runs):
        return True
    return sum(_is_inside(read, *run) for run in runs) >= _SHARE * len(runs)


def _form(read: Text, first: int, last: int) -> str:
    return read.text[read.tokens[first].start : read.tokens[last].end]


def _unnamed(read: Text) -> frozenset[str]:
    """Return the words, in lower case, that are other things in this text: words and persons."""
    lower = {token.text for token in read.tokens if token.text.islower()}
    return person_words(read) | lower


def _runs(read: Text, taken: Container[int]) -> Iterator[tuple[int, int]]:
    """Yield the capitalized words that stand together and may be a name nobody knows."""
    tokens, at = read.tokens, 0
    while at < len(tokens):
        last = at
        if not tokens[at].text[:1].isupper() or (read.upper and not _may_begin(tokens[at].text)):
            at += 1
            continue
        while last + 1 < len(tokens) and _goes_on(read, last):
            last += 1
        if all(i not in taken and _may_name(read, i) for i in range(at, last + 1)):
            yield at, last
        at = last + 1


def _goes_on(read: Text, at: int) -> bool:
    """Whether the next token belongs to the same run of capitalized words."""
    this, following = read.tokens[at], read.tokens[at + 1]
    if following.start - this.end > _CLOSE or following.start in read.starts:
        return False
    return following.text[:1].isupper() and not (read.upper and _is_word(following.text))


def _may_begin(text: str) -> bool:
    """Whether a word in capitals may begin a name."""
    return not _is_word(text) and text.lower() not in words.word_list("ordinary")


def _is_word(text: str) -> bool:
    """Whether a word in capitals is one that stands beside names, not in them."""
    lower = text.lower()
    return lower in _ENDS or lower in words.AREA_HEADS or lower in _SURE_HEADS


def _may_name(read: Text, at: int) -> bool:
    """Whether a word is none of those that are known to be something else."""
    text = read.tokens[at].text
    lower = text.lower()
    beside = (read.tokens[k].text[:1] for k in (at - 1, at + 1) if 0 <= k < len(read.tokens))
    if len(text) < _LEAST and not any(map(str.isupper, beside)):
        return False
    if not text.isalpha() or (text.isupper() and not read.upper) or _ADJECTIVE.search(lower):
        return False
    if lower in _ENDS:
        return False
    listed = any(lower in words.word_list(name) for name in _LISTS)
    return not listed and lower not in words.ORGANIZATION_HEADS and lower not in words.TITLES


def _is_headed(read: Text, first: int, last: int) -> bool:
    """Whether a word beside a name says what kind of place it is."""
    left, left2, _ = _before(read, first)
    right = read.tokens[last + 1].text if last + 1 < len(read.tokens) else ""
    if read.upper:
        heads = left.lower() == "of" and left2.lower() in OF_HEADS
        return first == last and (heads or right.lower() in _SURE_HEADS)
    if left == "of" and left2 in OF_HEADS:
        return True
    return right in _HEADS and (left.lower() in words.PLACE_PREPOSITIONS or left.lower() == "the")


def _is_inside(read: Text, first: int, last: int) -> bool:
    """Whether a name stands where something is or goes to."""
    if read.upper or first != last or not _ends(read, last):
        return False
    left, left2, left3 = (word.lower() for word in _before(read, first))
    moved = not _MOVED.isdisjoint({left2, left3})
    right = read.tokens[last + 1].text if last + 1 < len(read.tokens) else ""
    return left in _INSIDE or (left in ("to", "from") and (moved or right == "to"))


def _before(read: Text, first: int) -> tuple[str, str, str]:
    """Return the three words before a token, the nearest first."""
    one, two, three = (read.tokens[first - k].text if first >= k else "" for k in (1, 2, 3))
    return one, two, three


def _ends(read: Text, last: int) -> bool:
    """Whether no name goes on behind a token."""
    following = read.tokens[last + 1 : last + 3]
    if not following:
        return True
    if following[0].text == "." and len(following) > 1:
        beyond = following[1]
        return beyond.start > following[0].end and not beyond.text[:1].isdigit()
    return following[0].text in _MARKS or following[0].text.lower() in _ENDS
