"""Builds a user's own gazetteer from GeoNames' dump files or from tables of places.

The new gazetteer is written beside the old one and takes its place when it is whole; where a
file is broken, the old one stays.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from geomap import geonames, place_files
from geomap.boundaries import FILE as BOUNDARIES
from geomap.errors import GazetteerError, OptionError, SourceError
from geomap.gazetteer_format import FILES
from geomap.gazetteer_writer import Draft, DuplicateIdError, silent
from geomap.place_files import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.gazetteer_format import Entry
    from geomap.gazetteer_writer import Found, Totals
    from geomap.lines import Tell

DUMPS = (".txt", ".zip")
"""Suffixes of GeoNames' own files."""
_COUNTRY_FEATURES = ("PCLI", "PCLD", "PCLS", "PCLF", "PCLIX", "PCL", "TERR")
"""What stands for a country's code, the first before the others."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a gazetteer is made of.

    ``places`` are dumps of GeoNames or tables, ``table`` says how to read the tables,
    ``alternates`` is ``alternateNamesV2.txt`` and ``divisions`` ``admin1CodesASCII.txt``.
    ``license`` is kept with the gazetteer as that of the tables.
    """

    places: Sequence[Path]
    table: Table = field(default_factory=Table)
    alternates: Path | None = None
    divisions: Path | None = None
    license: str = ""


def build(sources: Sources, out: Path, *, tell: Tell = silent) -> Totals:
    """Build a gazetteer in the folder ``out``, in place of the one that is there.

    ``tell`` hears of each step and the share of it that is done. Returns how many places and
    names the gazetteer holds. Raises SourceError, with file and line, for what cannot be read,
    OptionError where ``out`` is something else than a gazetteer, GazetteerError where it cannot
    be written.
    """
    out = out.resolve()
    _check_target(out)
    with (
        _writing(out),
        TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as scratch,
        Draft(Path(scratch), tell=tell) as draft,
    ):
        totals = _Build(sources, draft, tell).finish()
        _put_in_place(Path(scratch), out)
    return totals


def _check_target(out: Path) -> None:
    if not out.parent.is_dir():
        message = f"there is no folder {str(out.parent)!r}"
        raise OptionError(message)
    if not out.exists():
        return
    inside = {path.name for path in out.iterdir()} if out.is_dir() else {out.name}
    if not inside <= {*FILES, BOUNDARIES}:
        message = f"{str(out)!r} is no gazetteer, and is left as it is; name another folder"
        raise OptionError(message)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Raise GazetteerError where files cannot be written."""
    try:
        yield
    except (SourceError, GazetteerError):
        raise
    except (OSError, sqlite3.Error) as error:
        message = f"{out}: the gazetteer cannot be written ({error})"
        raise GazetteerError(message) from error


def _put_in_place(scratch: Path, out: Path) -> None:
    """Move the files of a new gazetteer where the old one is."""
    new, old = scratch / "new", scratch / "old"
    new.mkdir()
    for name in FILES:
        (scratch / name).replace(new / name)
    if out.exists():
        out.rename(old)
    try:
        new.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise


class _Build:
    """A build under way: where each place came from, and which stand for countries."""

    def __init__(self, sources: Sources, draft: Draft, tell: Tell) -> None:
        self.sources = sources
        self.draft = draft
        self.tell = tell
        self.lines = array("Q")
        self.starts: list[int] = []
        self.divisions = geonames.Divisions()
        self.countries: dict[str, tuple[int, int, str]] = {}
        self.capitals: dict[str, tuple[int, str]] = {}

    def finish(self) -> Totals:
        """Read all sources, and write the gazetteer's files."""
        if self.sources.divisions:
            self.divisions = geonames.read_divisions(self.sources.divisions, self.tell)
        for path in self.sources.places:
            self.starts.append(len(self.draft))
            for found in self._read(path):
                self._add(found)
        if not len(self.draft):
            raise SourceError(str(self.sources.places[0]), "it holds no place")
        if self.sources.alternates:
            self._add_alternates(self.sources.alternates)
        try:
            return self.draft.finish(about=self._about(), settle=self.divisions.settle)
        except DuplicateIdError as error:
            raise self._told_twice(error) from error

    def _read(self, path: Path) -> Iterator[Found]:
        if path.suffix.lower() in DUMPS:
            own = self.sources.alternates is None
            return geonames.places(path, self.divisions, self.tell, with_alternates=own)
        return place_files.places(path, self.sources.table, self.tell)

    def _add(self, found: Found) -> None:
        self.draft.add(found.entry, found.names)
        self.lines.append(found.line)
        feature = found.entry.place.feature
        if feature in _COUNTRY_FEATURES or feature == "PPLC":
            self._list(found.entry)

    def _list(self, entry: Entry) -> None:
        """Keep a country or capital, the best of each code."""
        place = entry.place
        code, people = place.country, -place.population
        if place.feature == "PPLC":
            self.capitals[code] = min(self.capitals.get(code, (1, "")), (people, place.id))
            return
        rank = (_COUNTRY_FEATURES.index(place.feature), people, place.id)
        self.countries[code] = min(self.countries.get(code, rank), rank)

    def _add_alternates(self, path: Path) -> None:
        find = self.draft.finder()
        for alternate in geonames.alternate_names(path, self.tell):
            place = find(alternate.place)
            if place is not None:
                self.draft.name(place, alternate.name)

    def _about(self) -> dict[str, dict[str, str]]:
        given = (self.sources.alternates, self.sources.divisions)
        dumps = {path.name: geonames.LICENSE for path in given if path}
        unknown = self.sources.license or "license not given"
        places = {
            path.name: geonames.LICENSE if path.suffix.lower() in DUMPS else unknown
            for path in self.sources.places
        }
        return {
            "sources": places | dumps,
            "countries": {code: rank[-1] for code, rank in self.countries.items() if code},
            "capitals": {code: rank[-1] for code, rank in self.capitals.items() if code},
        }

    def _told_twice(self, error: DuplicateIdError) -> SourceError:
        first, second = self._origin(error.first), self._origin(error.second)
        return SourceError(second, f"the id {error.place_id!r} is that of {first} too")

    def _origin(self, place: int) -> str:
        path = self.sources.places[bisect_right(self.starts, place) - 1]
        return f"{path}:{self.lines[place]}"
