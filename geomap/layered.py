"""Several gazetteers as one: a user's places before those of the bundled gazetteer."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Candidate, Place

BUNDLED = "bundled"
"""What stands for the bundled gazetteer in a list of folders."""
_NAMES_KEPT = 4096


class LayeredGazetteer(Gazetteer):
    """Gazetteers over one another, the first given before the others; pickles as its layers.

    What a name may mean is what it means in every layer, the first layer's places first; a place
    hides those of the same id in the layers below it. Countries and capitals are those of the
    first layer that knows them.

    >>> bundled = Gazetteer.open()
    >>> layered = LayeredGazetteer([bundled, bundled])
    >>> layered.candidates("Baghdad") == bundled.candidates("Baghdad")
    True
    """

    def __init__(self, layers: Sequence[Gazetteer]) -> None:
        """Take at least one gazetteer, the first before the others."""
        self.layers = tuple(layers)
        self.folder = self.layers[-1].folder
        self.tables = self.layers[-1].tables
        self._names = _Names(self.layers)
        self.of_key = lru_cache(_NAMES_KEPT)(self._of_key)
        self.kinds = lru_cache(_NAMES_KEPT)(self._kinds)
        self._named = lru_cache(_NAMES_KEPT)(self._candidates)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return LayeredGazetteer, (self.layers,)

    def __len__(self) -> int:
        """Return how many places all layers hold."""
        return sum(map(len, self.layers))

    def by_id(self, place_id: str) -> Place | None:
        """Return the place of that id in the first layer that has it, or None."""
        found = (layer.by_id(place_id) for layer in self.layers)
        return next(filter(None, found), None)

    def _listed(self, table: str, code: str) -> Place | None:
        found = (layer._listed(table, code) for layer in self.layers)  # noqa: SLF001 (of this class)
        return next(filter(None, found), None)

    def countries(self, place_id: str) -> tuple[str, ...]:
        """Return the codes of all countries in which the place lies."""
        found = (layer.countries(place_id) for layer in self.layers)
        return next(filter(None, found), ())

    def admin1_id(self, place_id: str) -> str | None:
        """Return the id of the first-level division in which the place lies, or None."""
        found = (layer.admin1_id(place_id) for layer in self.layers)
        return next(filter(None, found), None)

    def postings(self, key: str) -> Sequence[int]:
        """Return the postings of a folded name in all layers; their rows are each layer's own."""
        return [posting for layer in self._having(key) for posting in layer.postings(key)]

    def prior(self, key: str) -> float:
        """Return how likely a folded name means a place in the layer where it is likeliest."""
        return max(layer.prior(key) for layer in self._having(key))

    def _having(self, key: str) -> list[Gazetteer]:
        return [layer for layer in self.layers if key in layer.tables.names]

    def _of_key(self, key: str) -> tuple[Candidate, ...]:
        best: dict[str, Candidate] = {}
        for layer in self._having(key):
            for candidate in layer.of_key(key):
                best.setdefault(candidate.place.id, candidate)
        return tuple(best.values())


class _Names:
    """The folded names of several gazetteers, as far as looking up and scanning ask for them."""

    def __init__(self, layers: Sequence[Gazetteer]) -> None:
        self._tries = [layer.tables.names for layer in layers]

    def __contains__(self, key: str) -> bool:
        return any(key in trie for trie in self._tries)

    def iterkeys(self, prefix: str) -> Iterator[str]:
        """Yield the names that begin so."""
        for trie in self._tries:
            yield from trie.iterkeys(prefix)

    def prefixes(self, text: str) -> list[str]:
        """Return the names with which a text begins, the shortest first."""
        found = {key for trie in self._tries for key in trie.prefixes(text)}
        return sorted(found, key=len)


def open_gazetteer(paths: str = BUNDLED) -> Gazetteer:
    """Open a gazetteer, or several over one another, the first given on top.

    ``paths`` is a folder, ``bundled``, or several of these separated as in ``PATH`` (a colon, on
    Windows a semicolon). Raises GazetteerError for what is none.

    >>> open_gazetteer().candidates("Mosul")[0].place.country
    'IQ'
    """
    chosen = [path for path in paths.split(os.pathsep) if path] or [BUNDLED]
    layers = [Gazetteer.open(None if path == BUNDLED else Path(path)) for path in chosen]
    return layers[0] if len(layers) == 1 else LayeredGazetteer(layers)
