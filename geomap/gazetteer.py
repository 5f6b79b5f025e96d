"""The bundled gazetteer: which places a name may mean, and where names stand in a text.

The files are memory-mapped and read with the standard library and marisa-trie alone; nothing is
unpacked before it is asked for. They are made by ``gazetteer/build.py``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import GazetteerError
from geomap.folding import Folded, fold, plain, without_possessive
from geomap.gazetteer_format import ROW_MASK, Tables, posting_kind
from geomap.model import Candidate, NameKind, Place, Span
from geomap.spellings import inner, misspelled, respelled, spellings, whole
from geomap.words import AREA_HEADS, ORGANIZATION_HEADS, word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import marisa_trie

__all__ = ["Gazetteer", "Match", "fold", "plain"]

_BUNDLED = "geomap.gazetteer_files"
_PLACES_KEPT = _NAMES_KEPT = 4096
"""Places and names kept unpacked: an article's are asked for again and again."""
_LONGEST = 60
"""Characters of a text that are compared with names at a word; no name is longer."""
_THE = "The "
_LARGE = 0.5
"""The least prior of a place whose parts are spoken of: a city of 100,000, a division, a country;
"Northern Alliance" is no part of Alliance, Ohio."""
_KNOWN_WITHIN = 0.35
"""The least prior of a place that is looked for inside a longer name: a town of 10,000 or so."""
_GREAT = 0.6
"""The least prior of a place whose name is also a word: a city of a million, a country."""
_HEADS = ORGANIZATION_HEADS | AREA_HEADS
"""Words that say what a thing is, also where a town has the name."""
_SHORTEST_WITHIN = 4
"""Characters of the shortest name that is looked for inside another."""
_LONGEST_SEARCHED = 8
"""Blanks of the longest name that is searched for another."""
_SHORTEST_SIMILAR = 6
"""Letters of the shortest name that is looked for by its sound."""
_SHORTEST_MISSPELLED = 7
"""Letters of the shortest name in which one may be wrong."""
_KNOWN_SIMILAR = {1: 0.4, 2: 0.45}
"""The least prior of a place found by its sound, by the steps taken: cities of 10,000 and more."""
_KNOWN_MISSPELLED = 0.6
"""The same where a letter is wrong: cities of a million, divisions, countries. With these figures
one in a hundred towns that the gazetteer lacks is taken for another."""
_CAPITAL = re.compile("[A-Z\u00c0-\u1fff]\\w*")
_WORD = re.compile(r"[^\W\d_]\w*")
_ARTICLE = re.compile(r"\b(?:al|ad|an|ar|as|ash|at|az|el)-$")


@cache
def bundled_folder() -> Path:
    """Return the folder of the bundled gazetteer; raise ``GazetteerError`` if there is none."""
    try:
        return Path(next(iter(import_module(_BUNDLED).__path__))) / "built"
    except ModuleNotFoundError as error:
        beside = Path(__file__).parent.parent / "gazetteer" / "built"
        if beside.is_dir():
            return beside
        message = f"the bundled gazetteer is not installed (package {_BUNDLED})"
        raise GazetteerError(message) from error


def _starts(text: str) -> list[int]:
    """Return where a name may begin: at a capital, or an Arabic article before it."""
    if text.islower():
        return [word.start() for word in _WORD.finditer(text)]
    found = []
    for word in _CAPITAL.finditer(text):
        start = word.start()
        before = text[start - 1] if start else " "
        if before == " " and text[start] <= "Z":  # nearly always
            found.append(start)
            continue
        if before == "-" and (article := _ARTICLE.search(text, max(0, start - 5), start)):
            found.append(article.start())
        if not before.isalnum() and (text[start] <= "Z" or text[start].isupper()):
            found.append(start)
    return found


def _unheard(key: str) -> bool:
    """Whether a folded name is neither a word of the language nor a person's."""
    return not any(key in word_list(name) for name in ("ordinary", "given", "surnames"))


def _alike(key: str, name: str) -> bool:
    """Whether every word in which two names differ may be a wrong spelling."""
    words, others = key.split(" "), name.split(" ")
    if len(words) != len(others):
        return True
    return all(_unheard(word) for word, other in zip(words, others, strict=True) if word != other)


class Match:
    """A name of the gazetteer that stands in a text.

    ``start`` and ``end`` are offsets into the text, ``key`` the folded name. What the name may
    mean is looked up when asked for.
    """

    __slots__ = ("_gazetteer", "end", "key", "start")

    def __init__(self, start: int, end: int, key: str, gazetteer: Gazetteer) -> None:
        """Keep where the name stands."""
        self.start = start
        self.end = end
        self.key = key
        self._gazetteer = gazetteer

    @property
    def span(self) -> Span:
        """The characters of the text that the name covers."""
        return Span(self.start, self.end)

    @property
    def count(self) -> int:
        """How many places have the name."""
        return len(self._gazetteer.postings(self.key))

    @property
    def prior(self) -> float:
        """How prominent the best candidate is, in [0, 1]."""
        return self._gazetteer.prior(self.key)

    @property
    def kinds(self) -> frozenset[NameKind]:
        """In which ways the name belongs to its places."""
        return self._gazetteer.kinds(self.key)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The places that the name may mean, the most prominent first."""
        return self._gazetteer.of_key(self.key)

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
        self.of_key = lru_cache(_NAMES_KEPT)(self._of_key)
        self.kinds = lru_cache(_NAMES_KEPT)(self._kinds)
        self._named = lru_cache(_NAMES_KEPT)(self._candidates)
        self._unpack = lru_cache(_PLACES_KEPT)(self._unpack_posting)

    @staticmethod
    def open(path: Path | None = None) -> Gazetteer:
        """Open the gazetteer in a folder, the bundled one if none is named.

        Each folder is opened once in a process. Raises :class:`~geomap.errors.GazetteerError`
        where its files are missing, damaged or of another version.
        """
        return _opened((Path(path) if path is not None else bundled_folder()).resolve())

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Gazetteer.open, (self.folder,)

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self.tables)

    def candidates(self, name: str, /) -> tuple[Candidate, ...]:
        """Return the places that a name may mean, the most prominent first.

        Case, accents, apostrophes, a leading "the" and a possessive ending do not matter. Where
        no place has the name, other spellings of it are tried ("Plymouth Co."), the place that
        it tells a part of ("southern Germany"), well-known places that are spelled nearly so
        ("Bagdhad"), whose candidates are of the kind "similar", and the well-known place named
        within it ("University of Kent"), of the kind "part".
        """
        return self._named(name)

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        key = fold(name)
        found = self.of_key(key)
        found = found or self.of_key(self._known(key, fold(without_possessive(name))))
        return found or self._similar(key) or self._within(key)

    def _similar(self, key: str) -> tuple[Candidate, ...]:
        """Return the well-known places whose names nearly are this one, the most prominent first.

        A word of the language and a person's name are no wrong spellings of a place's.
        """
        if not _SHORTEST_SIMILAR <= len(key) <= _LONGEST or not _unheard(key):
            return ()
        least = {k: _KNOWN_SIMILAR[n] for k, n in respelled(key, self._names).items()}
        if len(key) >= _SHORTEST_MISSPELLED:
            for name in misspelled(key, self._names):
                least.setdefault(name, _KNOWN_MISSPELLED)
        known = [name for name in least if self.prior(name) >= least[name] and _alike(key, name)]
        ranked = sorted(known, key=lambda name: (-self.prior(name), name))
        places = {c.place.id: c for name in ranked for c in self.of_key(name)[:1]}
        return tuple(replace(candidate, name_kind="similar") for candidate in places.values())

    def _within(self, key: str) -> tuple[Candidate, ...]:
        """Return the places of the best known name inside a name, as parts of it."""
        if key.count(" ") > _LONGEST_SEARCHED:
            return ()
        found: list[str] = []
        for name in inner(key):
            apart = not any(f" {name} " in f" {longer} " for longer in found)
            if apart and self._is_known_within(name, key):
                found.append(name)
        best = max(found, key=self.prior, default="")
        return tuple(replace(candidate, name_kind="part") for candidate in self.of_key(best))

    def _is_known_within(self, name: str, key: str) -> bool:
        """Whether a name inside a longer one means a place that newspapers know by it.

        What is a word too ("Shanghai", "Oxford") must be a great place's own name, or a city's
        behind "of" ("University of Oxford").
        """
        if len(name) < _SHORTEST_WITHIN or name in _HEADS or name not in self._names:
            return False
        if name not in word_list("ordinary"):
            return self.prior(name) >= _KNOWN_WITHIN
        least = _LARGE if key.endswith(f" of {name}") else _GREAT
        return self.prior(name) >= least and posting_kind(self.postings(name)[0]) == "name"

    def _known(self, *keys: str) -> str:
        """Return the first other spelling of these names that the gazetteer has, or nothing."""
        tried = [spelling for key in keys for spelling in (key, *spellings(key))]
        for key in tried:
            if key in self._names:
                return key
        wholes = (whole(key) for key in tried)
        return next((k for k in wholes if k in self._names and self.prior(k) > _LARGE), "")

    def by_id(self, place_id: str) -> Place | None:
        """Return the place of that id, such as ``geonames:98182``, or None."""
        row = self.tables.find(place_id)
        return None if row is None else self.tables.place(row)

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
        return () if row is None else self.tables.division(self.tables.row(row).division)[0]

    def admin1_id(self, place_id: str) -> str | None:
        """Return the id of the first-level division in which the place lies, or None."""
        row = self.tables.find(place_id)
        if row is None:
            return None
        return self.tables.division(self.tables.row(row).division)[2] or None

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
            if keys and (key := self._longest(folded, at, keys)):
                end = folded.original(at + len(key) - 1) + 1
                end += text[end : end + 1] == "." and "." in text[start:end]
                done = end
                first = start
                if text.startswith(_THE, max(0, start - len(_THE))) and self._has_article(key):
                    first -= len(_THE)
                yield Match(first, end, key, self)

    def _has_article(self, key: str) -> bool:
        """Whether a name's own begins with its article, as that of "The Hague" does."""
        return self.of_key(key)[0].place.name.startswith(_THE)

    def _longest(self, folded: Folded, at: int, keys: list[str]) -> str:
        """Return the longest of the names that begin there and end with a word, or nothing."""
        text, cuts = folded.text, folded.cuts
        while keys:
            key = keys.pop()
            end = at + len(key)
            if text[end : end + 1].isalnum() and end not in cuts:
                continue
            if key[-1] == "s" and end - 1 in cuts and key[:-1] in keys:
                return max(key[:-1], key, key=self.prior)
            return key
        return ""

    def postings(self, key: str) -> Sequence[int]:
        """Return the postings of a folded name that the gazetteer has."""
        return self.tables.postings_of(self._names[key])

    def prior(self, key: str) -> float:
        """Return how likely a folded name means its most prominent place, in [0, 1]."""
        return self.tables.prior(self.postings(key)[0])

    def _kinds(self, key: str) -> frozenset[NameKind]:
        """Return in which ways a folded name that the gazetteer has belongs to its places."""
        return frozenset(map(posting_kind, self.postings(key)))

    def _of_key(self, key: str) -> tuple[Candidate, ...]:
        """Return the places of a folded name, none if the gazetteer lacks it."""
        number = self._names.get(key)
        if number is None:
            return ()
        return tuple([self._unpack(posting) for posting in self.tables.postings_of(number)])

    def _unpack_posting(self, posting: int) -> Candidate:
        return Candidate(self.tables.place(posting & ROW_MASK), posting_kind(posting))


@cache
def _opened(folder: Path) -> Gazetteer:
    return Gazetteer(folder)
