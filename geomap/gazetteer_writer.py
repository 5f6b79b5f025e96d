"""Writes a gazetteer of any size: what has been added waits in files, not in memory.

The figures of the places and their texts go to plain files in the order of adding, the names to
an SQLite table, which sorts them on the disk. What stays in memory is some twenty bytes a place,
and the two tries while they are built. The same places give the same bytes, in whatever order.
"""

from __future__ import annotations

import hashlib
import mmap
import sqlite3
from array import array
from bisect import bisect_left
from contextlib import ExitStack, contextmanager
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import marisa_trie

from geomap.errors import GazetteerError
from geomap.gazetteer_format import (
    DIVISION,
    FEATURE_SHIFT,
    FILES,
    KIND_SHIFT,
    LABELED,
    LABELS,
    LAST,
    MOST_FEATURES,
    NAMES,
    PLACES,
    POINTER,
    ROW,
    ROW_MASK,
    SECTIONS,
    division_of,
    frame_head,
    geonames_number,
    pack_posting,
    pack_row,
    padding,
    posting_weight,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import BinaryIO, Self

    from geomap.gazetteer_format import Entry, Naming
    from geomap.model import NameKind

    Division = tuple[str, str, str]
    Settle = Callable[[Division], Division]
    Tell = Callable[[str, float], None]

K = TypeVar("K")
T = TypeVar("T")

_BATCH = 20_000
"""Names handed to SQLite at once."""
_CACHE_KB = 128_000
"""What SQLite may hold of the names, and sort at a time, KB."""
_CHUNK = 1 << 20
_MOST_DIVISIONS = 1 << 16
_TELL_EVERY = 50_000
_SET_UP = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA temp_store = FILE",
    f"PRAGMA cache_size = -{_CACHE_KB}",
    "CREATE TABLE names (key TEXT, place INTEGER, posting INTEGER)",
)
_INSERT = "INSERT INTO names VALUES (?, ?, ?)"
_SELECT = "SELECT key, place, posting FROM names ORDER BY key"


class Name(NamedTuple):
    """A folded name that is given with its place; ``weight`` in (0, 1] lowers the prior."""

    key: str
    kind: NameKind = "name"
    weight: float = 1.0


class Found(NamedTuple):
    """A place in a source, with its names and the number of its line there."""

    line: int
    entry: Entry
    names: Sequence[Name]


class DuplicateIdError(GazetteerError, ValueError):
    """Two different places have one id; ``first`` and ``second`` count them as they were added."""

    def __init__(self, place_id: str, first: int, second: int) -> None:
        super().__init__(f"two places have the id {place_id!r}")
        self.place_id = place_id
        self.first = first
        self.second = second


class Totals(NamedTuple):
    """How much a gazetteer holds."""

    places: int
    names: int


def silent(step: str, share: float) -> None:
    """Tell nobody that a share, in [0, 1], of a step is done."""


def _as_given(division: Division) -> Division:
    return division


def write(
    folder: Path,
    entries: Iterable[Entry],
    namings: Iterable[Naming],
    *,
    about: Mapping[str, Any] | None = None,
) -> None:
    """Write a gazetteer's files into the folder.

    ``about`` goes into the header (sources, countries). Raises ``ValueError`` for two places of
    one id, ``KeyError`` for a name of a place that is not among the entries.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".new-") as scratch, Draft(Path(scratch)) as draft:
        places = {entry.place.id: draft.add(entry) for entry in entries}
        if len(places) != len(draft):
            message = f"{len(draft) - len(places)} places have the id of another"
            raise ValueError(message)
        for naming in namings:
            draft.name(places[naming.place_id], Name(naming.key, naming.kind, naming.weight))
        draft.finish(about=about)
        for name in FILES:
            (Path(scratch) / name).replace(folder / name)


class Draft:
    """A gazetteer that is being written into a folder, which is there and its own.

    Places are added with :meth:`add`, further names with :meth:`name`; :meth:`finish` writes the
    three files of the format. Everything else in the folder may be removed after the ``with``.
    ``tell`` hears of each step and which share of it is done.
    """

    def __init__(self, folder: Path, *, tell: Tell = silent) -> None:
        self.folder = folder
        self._tell = tell
        self._open = ExitStack()
        self._figures = self._file("figures")
        self._texts = self._file("texts")
        self._ids = self._file("ids")
        self._database = sqlite3.connect(folder / "names.sqlite", isolation_level=None)
        self._open.callback(self._database.close)
        for statement in _SET_UP:
            self._database.execute(statement)
        self._batch: list[tuple[str, int, int]] = []
        self._numbers = array("I")
        self._priors = array("d")
        self._features: dict[str, int] = {}
        self._divisions: dict[Division, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def __len__(self) -> int:
        """Return how many places have been added."""
        return len(self._numbers)

    def _file(self, name: str) -> BinaryIO:
        return self._open.enter_context((self.folder / name).open("w+b"))

    def add(self, entry: Entry, names: Iterable[Name] = ()) -> int:
        """Add a place with names, and return its number, by which further names are added.

        Raises GazetteerError where there are more places, divisions or features than fit.
        """
        place = entry.place
        at = len(self._numbers)
        if at > ROW_MASK:
            raise _full(ROW_MASK + 1)
        number = geonames_number(place.id)
        division = _numbered(self._divisions, division_of(entry), _MOST_DIVISIONS, "divisions")
        feature = _numbered(self._features, place.feature, MOST_FEATURES, "features")
        self._figures.write(pack_row(entry, 0, 0, division, feature))
        self._texts.write(_line(place.name))
        self._ids.write(b"\n" if number is not None else _line(place.id))
        self._numbers.append(LABELED if number is None else number)
        self._priors.append(entry.prior)
        for name in names:
            self.name(at, name)
        return at

    def name(self, place: int, name: Name) -> None:
        """Add a name of the place that :meth:`add` gave that number."""
        self._batch.append((name.key, place, pack_posting(name.kind, name.weight, 0)))
        if len(self._batch) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._database.execute("BEGIN")
        self._database.executemany(_INSERT, self._batch)
        self._database.execute("COMMIT")
        self._batch.clear()

    def finder(self) -> Callable[[int], int | None]:
        """Return what finds a place added so far by its GeoNames number."""
        import numpy as np

        numbers = np.frombuffer(self._numbers, dtype=np.uint32)
        order = np.argsort(numbers, kind="stable")
        ordered, places = array("I", numbers[order].tobytes()), order.astype(np.uint32)

        def find(number: int) -> int | None:
            at = bisect_left(ordered, number)
            found = at < len(ordered) and ordered[at] == number
            return int(places[at]) if found else None

        return find

    def finish(
        self, *, about: Mapping[str, Any] | None = None, settle: Settle = _as_given
    ) -> Totals:
        """Write the three files; return how many places and names they hold.

        ``about`` goes into the header. ``settle`` replaces the countries, name and id of each
        division, where they were not known yet when the places were added. Raises
        DuplicateIdError; the same place given twice is one.
        """
        self._flush()
        divisions = [settle(division) for division in self._divisions]
        labels = marisa_trie.Trie(self._label_texts(divisions))
        labels.save(str(self.folder / LABELS))
        rows, count = self._order(labels)
        division_numbers = self._write_divisions(divisions, labels)
        features = sorted(self._features)
        self._write_rows(rows, count, labels, division_numbers, features)
        del labels
        names = self._write_names(rows)
        self._write_frame(dict(about or {}), features)
        return Totals(count, names)

    def _told(self, step: str, items: Iterable[T], total: int) -> Iterator[T]:
        """Yield the items, and tell from time to time how many have passed."""
        for number, item in enumerate(items):
            if not number % _TELL_EVERY:
                self._tell(step, number / max(1, total))
            yield item

    def _label_texts(self, divisions: Iterable[Division]) -> Iterator[str]:
        for division in divisions:
            yield from division
        for file in (self._texts, self._ids):
            lines = self._told("gathering texts", _lines(file), len(self))
            yield from (line for line in lines if line or file is self._texts)

    def _order(self, labels: marisa_trie.Trie) -> tuple[array[int], int]:
        """Return the row of each place, by id, and how many rows there are."""
        import numpy as np

        keys = np.frombuffer(self._numbers, dtype=np.uint32).copy()
        for place, text in enumerate(_lines(self._ids)):
            if text:
                keys[place] = LABELED | labels[text]
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        fresh = np.ones(len(keys), dtype=bool)
        fresh[1:] = ordered[1:] != ordered[:-1]
        for at in np.flatnonzero(~fresh):
            self._check_same(int(order[at - 1]), int(order[at]))
        rows = np.empty(len(keys), dtype=np.uint32)
        rows[order] = np.cumsum(fresh, dtype=np.uint32) - 1
        return array("I", rows.tobytes()), int(fresh.sum())

    def _check_same(self, first: int, second: int) -> None:
        if self._figure(first) != self._figure(second):
            number = self._numbers[second]
            place_id = next(islice(_lines(self._ids), second, None)) or f"geonames:{number}"
            raise DuplicateIdError(place_id, first, second)

    def _figure(self, place: int) -> bytes:
        self._figures.seek(place * ROW.size)
        return self._figures.read(ROW.size)

    def _write_divisions(
        self, divisions: Sequence[Division], labels: marisa_trie.Trie
    ) -> list[int]:
        """Write the section of divisions; return the number there of each as it was staged."""
        ordered = sorted(set(divisions))
        section = b"".join(DIVISION.pack(*(labels[t] for t in texts)) for texts in ordered)
        (self.folder / "divisions").write_bytes(section)
        number_of = {division: number for number, division in enumerate(ordered)}
        return [number_of[division] for division in divisions]

    def _write_rows(
        self,
        rows: array[int],
        count: int,
        labels: marisa_trie.Trie,
        divisions: Sequence[int],
        features: Sequence[str],
    ) -> None:
        """Write the section of rows, each place at its row."""
        feature_of = [features.index(feature) for feature in self._features]
        staged = zip(_records(self._figures), _lines(self._texts), _lines(self._ids), strict=True)
        with _mapped(self.folder / "rows", count * ROW.size) as out:
            for place, (record, text, place_id) in enumerate(
                self._told("writing places", staged, len(self))
            ):
                lat, lon, _, high, division, people, radius, low, prior = record
                feature = feature_of[low | high >> FEATURE_SHIFT << 8]
                ROW.pack_into(
                    out,
                    rows[place] * ROW.size,
                    lat,
                    lon,
                    LABELED | labels[place_id] if place_id else self._numbers[place],
                    labels[text] | feature >> 8 << FEATURE_SHIFT,
                    divisions[division],
                    people,
                    radius,
                    feature & 0xFF,
                    prior,
                )

    def _write_names(self, rows: array[int]) -> int:
        """Write the trie of names, the index and the postings; return how many names there are."""
        keys, values = self._file("keys"), array("I")
        at = 0
        with (self.folder / "postings").open("wb") as postings:
            for key, found in self._postings(rows):
                keys.write(_line(key))
                values.append(found[0] if len(found) == 1 else POINTER | at)
                if len(found) > 1:
                    found[-1] |= LAST
                    found.tofile(postings)
                    at += len(found)
        names = marisa_trie.Trie(self._told("building the trie", _lines(keys), len(values)))
        names.save(str(self.folder / NAMES))
        with _mapped(self.folder / "index", len(values) * 4) as out, memoryview(out) as view:
            index = view.cast("I")
            for key, value in zip(_lines(keys), values, strict=True):
                index[names[key]] = value
            index.release()
        return len(values)

    def _postings(self, rows: array[int]) -> Iterator[tuple[str, array[int]]]:
        """Yield each name with its postings, the highest prior first, one a place."""
        (total,) = self._database.execute("SELECT count(*) FROM names").fetchone()
        self._tell("sorting names", 0.0)
        ordered = self._told("writing names", self._database.execute(_SELECT), total)
        for key, group in groupby(ordered, key=itemgetter(0)):
            best: dict[int, int] = {}
            for _, _, row, posting in sorted(self._ranked(group, rows)):
                best.setdefault(row, posting | row)
            yield key, array("I", best.values())

    def _ranked(
        self, group: Iterable[tuple[str, int, int]], rows: array[int]
    ) -> Iterator[tuple[float, int, int, int]]:
        """Yield what ranks the places of a name: prior, kind, row and posting."""
        for _, place, posting in group:
            weighed = -self._priors[place] * posting_weight(posting)
            yield weighed, posting >> KIND_SHIFT & 3, rows[place], posting

    def _write_frame(self, about: dict[str, Any], features: Sequence[str]) -> None:
        """Write the file of figures from its sections."""
        paths = {name: self.folder / name for name in SECTIONS}
        checksum = hashlib.sha256()
        for piece in _body(paths):
            checksum.update(piece)
        files = {name: _described(self.folder / name) for name in (NAMES, LABELS)}
        header = {"about": about, "features": features, "files": files}
        sizes = {name: path.stat().st_size for name, path in paths.items()}
        with (self.folder / PLACES).open("wb") as out:
            out.write(frame_head(header, sizes, checksum.hexdigest()))
            out.writelines(_body(paths))


def _numbered(known: dict[K, int], value: K, most: int, what: str) -> int:
    """Return the number of a value, a new one where it is not known yet."""
    number = known.get(value)
    if number is None:
        if len(known) == most:
            raise _full(most, what)
        number = known[value] = len(known)
    return number


def _full(most: int, what: str = "places") -> GazetteerError:
    return GazetteerError(f"a gazetteer holds at most {most:,} {what}")


def _line(text: str) -> bytes:
    """Return a text as a line of a file; what would end the line is a space."""
    return text.replace("\n", " ").encode("utf-8", "replace") + b"\n"


def _lines(file: BinaryIO) -> Iterator[str]:
    """Yield the lines of a staged file from its start."""
    file.seek(0)
    for line in file:
        yield line[:-1].decode()


def _records(file: BinaryIO) -> Iterator[tuple[int, ...]]:
    """Yield the rows of a staged file from its start."""
    file.seek(0)
    while block := file.read(ROW.size * _BATCH):
        yield from ROW.iter_unpack(block)


@contextmanager
def _mapped(path: Path, size: int) -> Iterator[mmap.mmap | bytearray]:
    """Yield a new file of that size as bytes that can be written anywhere."""
    with path.open("w+b") as file:
        if not size:
            yield bytearray()
            return
        file.truncate(size)
        with mmap.mmap(file.fileno(), size) as out:
            yield out


def _body(sections: Mapping[str, Path]) -> Iterator[bytes]:
    """Yield the sections, each padded, in pieces."""
    for name in SECTIONS:
        with sections[name].open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece
        yield bytes(padding(sections[name].stat().st_size))


def _described(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {
            "size": path.stat().st_size,
            "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
        }
