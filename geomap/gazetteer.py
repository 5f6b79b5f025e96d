"""The bundled gazetteer: which places a name may mean, and where names stand in a text.

The files are memory-mapped and read with the standard library and marisa-trie alone; nothing is
unpacked before it is asked for. They are made by ``gazetteer/build.py``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import GazetteerError
from geomap.folding import Folded, fold, plain, without_possessive
from geomap.gazetteer_format import ROW_MASK, Tables, posting_kind
from geomap.model import Candidate, NameKind, Place, Span
from geomap.spellings import spellings, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import marisa_trie

__all__ = ["Gazetteer", "Match", "fold", "plain"]

_PLACES_KEPT = 4096
"""Places and names kept unpacked: an article's are asked for again and again."""
_LONGEST = 60
"""Characters of a text that are compared with names at a word; no name is longer."""
_LARGE = 0.5
"""The least prior of a place whose parts are spoken of: a city of 100,000, a division, a country;
"Northern Alliance" is no part of Alliance, Ohio."""
_CAPITAL = re.compile("[A-Z\u00c0-\u1fff]\\w*")
_WORD = re.compile(r"[^\W\d_]\w*")
_ARTICLE = re.compile(r"\b(?:al|ad|an|ar|as|ash|at|az|el)-$")
_LONGEST_ARTICLE = 5
"""Characters of an Arabic article with its hyphen, and one before it."""


def bundled_folder() -> Path:
    """Return the folder of the bundled gazetteer; raise ``GazetteerError`` if there is none."""
    spec = find_spec("geomap.gazetteer_files")
    if spec is not None and spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations))) / "built"
    beside = Path(__file__).parent.parent / "gazetteer" / "built"
    if beside.is_dir():
        return beside
    message = "the bundled gazetteer is not installed (package geomap.gazetteer_files)"
    raise GazetteerError(message)


def _starts(text: str) -> Iterator[int]:
    """Yield where a name may begin: at a capital, or an Arabic article before it."""
    if text.islower():
        yield from (word.start() for word in _WORD.finditer(text))
        return
    for word in _CAPITAL.finditer(text):
        start = word.start()
        before = text[start - 1] if start else " "
        if before == "-":
            article = _ARTICLE.search(text, max(0, start - _LONGEST_ARTICLE), start)
            if article is not None:
                yield article.start()
        if not before.isalnum() and (text[start] <= "Z" or text[start].isupper()):
            yield start


class Match:
    """A name of the gazetteer that stands in a text.

    ``start`` and ``end`` are offsets into the text, ``key`` the folded name. What the name may
    mean is looked up when asked for.
    """

    __slots__ = ("_gazetteer", "_postings", "end", "key", "start")

    def __init__(
        self, start: int, end: int, key: str, postings: Sequence[int], gazetteer: Gazetteer
    ) -> None:
        """Keep where the name stands and which places it belongs to."""
        self.start = start
        self.end = end
        self.key = key
        self._postings = postings
        self._gazetteer = gazetteer

    @property
    def span(self) -> Span:
        """The characters of the text that the name covers."""
        return Span(self.start, self.end)

    @property
    def count(self) -> int:
        """How many places have the name."""
        return len(self._postings)

    @property
    def prior(self) -> float:
        """How prominent the best candidate is, in [0, 1]."""
        return self._gazetteer.tables.prior(self._postings[0])

    @property
    def kinds(self) -> frozenset[NameKind]:
        """In which ways the name belongs to its places."""
        return frozenset(map(posting_kind, self._postings))

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The places that the name may mean, the most prominent first."""
        return self._gazetteer.unpack(self._postings)

    def __repr__(self) -> str:
        return f"Match({self.start}, {self.end}, {self.key!r})"


class Gazetteer:
    """Places by name and by id, opened with :meth:`open`; pickles as its path.

    >>> gazetteer = Gazetteer.open()
    >>> gazetteer.candidates("Baghdad")[0].place.country
    'IQ'
    >>> [match.key for match in gazetteer.scan("Rockets hit Baghdad, Iraq's capital.")]
    ['baghdad', 'iraq']
    """

    def __init__(self, folder: Path) -> None:
        """Open the gazetteer in a folder; :meth:`open` shares one that is open already."""
        self.folder = folder
        self.tables = Tables(folder)
        self._names: marisa_trie.Trie = self.tables.names
        self._unpack = lru_cache(_PLACES_KEPT)(self._unpack_posting)
        self._division = cache(self.tables.division)

    @staticmethod
    def open(path: Path | None = None) -> Gazetteer:
        """Open the gazetteer in a folder, the bundled one if none is named.

        Each folder is opened once in a process. Raises :class:`~geomap.errors.GazetteerError`
        where its files are missing, damaged or of another version.
        """
        return _opened(Path(path) if path is not None else bundled_folder())

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Gazetteer.open, (self.folder,)

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self.tables)

    def candidates(self, name: str, /) -> tuple[Candidate, ...]:
        """Return the places that a name may mean, the most prominent first.

        Case, accents, apostrophes, a leading "the" and a possessive ending do not matter. Where
        no place has the name, other spellings of it are tried ("Plymouth Co."), and the place
        that it tells a part of ("southern Germany").
        """
        key = fold(name)
        if key not in self._names:
            key = self._known(key, fold(without_possessive(name)))
        return self.unpack(self.tables.postings_of(self._names[key])) if key else ()

    def _known(self, *keys: str) -> str:
        """Return the first other spelling of these names that the gazetteer has, or nothing."""
        tried = [spelling for key in keys for spelling in (key, *spellings(key))]
        for key in tried:
            if key in self._names:
                return key
        wholes = (whole(key) for key in tried)
        return next((k for k in wholes if k in self._names and self._prior(k) > _LARGE), "")

    def by_id(self, place_id: str) -> Place | None:
        """Return the place of that id, such as ``geonames:98182``, or None."""
        row = self.tables.find(place_id)
        return None if row is None else self.tables.row(row).place

    def country(self, code: str) -> Place | None:
        """Return the country of an ISO 3166-1 alpha-2 code, or None."""
        return self._listed("countries", code)

    def capital(self, code: str) -> Place | None:
        """Return the capital of the country of that code, or None."""
        return self._listed("capitals", code)

    def _listed(self, table: str, code: str) -> Place | None:
        place_id = self.tables.header["about"].get(table, {}).get(code.upper())
        return None if place_id is None else self.by_id(place_id)

    def countries(self, place_id: str) -> tuple[str, ...]:
        """Return the codes of all countries in which the place lies."""
        row = self.tables.find(place_id)
        return () if row is None else self._division(self.tables.row(row).division)[0]

    def admin1_id(self, place_id: str) -> str | None:
        """Return the id of the first-level division in which the place lies, or None."""
        row = self.tables.find(place_id)
        if row is None:
            return None
        return self._division(self.tables.row(row).division)[2] or None

    def scan(self, text: str, *, overlapping: bool = False) -> Iterator[Match]:
        """Find the names in a text, the longest at each word, from left to right.

        A match begins at a capital letter, or at an Arabic article before one; in a text
        without any capital, at every word. Words inside a match are passed over, unless
        ``overlapping``.
        """
        folded = Folded(text)
        prefixes = self._names.prefixes
        done = 0
        for start in _starts(text):
            if start < done and not overlapping:
                continue
            at = folded.folded(start)
            keys = prefixes(folded.text[at : at + _LONGEST])
            match = self._match(text, folded, at, keys) if keys else None
            if match is not None:
                done = match.end
                yield match

    def _match(self, text: str, folded: Folded, at: int, keys: list[str]) -> Match | None:
        """Return the match of the longest of these names that ends with a word."""
        whole = [
            key
            for key in keys
            if not folded.text[at + len(key) : at + len(key) + 1].isalnum()
            or at + len(key) in folded.cuts
        ]
        if not whole:
            return None
        key = whole[-1]
        if len(whole) > 1 and key[-1] == "s" and at + len(key) - 1 in folded.cuts:
            key = self._without_possessive(whole)
        start, end = folded.original(at), folded.original(at + len(key) - 1) + 1
        end += text[end : end + 1] == "." and "." in text[start:end]
        return Match(start, end, key, self.tables.postings_of(self._names[key]), self)

    def _without_possessive(self, keys: list[str]) -> str:
        """Choose between "Mali" and "Mali's" by what is better known."""
        longest, shorter = keys[-1], keys[-2]
        if len(shorter) + 1 != len(longest):
            return longest
        return max(shorter, longest, key=self._prior)

    def _prior(self, key: str) -> float:
        return self.tables.prior(self.tables.postings_of(self._names[key])[0])

    def unpack(self, postings: Sequence[int]) -> tuple[Candidate, ...]:
        """Return the candidates that postings stand for."""
        return tuple([self._unpack(posting) for posting in postings])

    def _unpack_posting(self, posting: int) -> Candidate:
        return Candidate(self.tables.row(posting & ROW_MASK).place, posting_kind(posting))


@cache
def _opened(folder: Path) -> Gazetteer:
    return Gazetteer(folder)
