"""Build the word lists under ``geomap/data/words/`` from pinned sources.

``ordinary.txt``: lower-case words of the SCOWL word list that are also names of the gazetteer;
``organizations.txt``: the names of ``curated/organizations.csv``, a line each;
``given.txt`` and ``surnames.txt``: given names and the most frequent surnames of the 1990 census
of the United States (public domain). Run after ``build.py``: ``python gazetteer/build_words.py``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gazetteer.curated import read_rows
from gazetteer.sources import DEFAULT_CACHE, sources, unpack
from geomap.folding import fold
from geomap.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable

OUT = Path(__file__).resolve().parent.parent / "geomap" / "data" / "words"
CURATED = Path(__file__).resolve().parent / "curated"
SURNAMES = 8000
"""The most frequent surnames kept; they cover three in four people of the census."""
SHORTEST = 3


def ordinary(words: Iterable[str], gazetteer: Gazetteer) -> set[str]:
    """Return the words that are written in lower case and are names of places as well.

    Names alone count, no similar ones, for which the gazetteer itself asks this list.
    """
    lower = {w for w in words if w.isalpha() and w.islower() and len(w) >= SHORTEST}
    return {word for word in map(fold, lower) if gazetteer.of_key(word)} | _FREQUENT


_FREQUENT = set(
    "the and but for with from that this they there here when where while what who why how said "
    "police officials president minister government army military people man men woman women two "
    "three new one first last monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december".split(),
)


def first_column(path: Path, most: int | None = None) -> set[str]:
    """Return the names of a census file, lower-case, the most frequent first."""
    lines = path.read_text(encoding="ascii").splitlines()[:most]
    return {line.split()[0].lower() for line in lines if line.strip()}


def organizations() -> set[str]:
    """Return the names of the curated organizations with their variants, of two words or more."""
    rows = read_rows(CURATED / "organizations.csv")
    names = {name.strip() for row in rows for name in (row["name"], *row["alternates"].split("|"))}
    return {name for name in names if " " in name}


def write(name: str, words: set[str]) -> None:
    """Write a list, sorted, a word a line."""
    OUT.mkdir(parents=True, exist_ok=True)
    new = OUT / f"{name}.txt.new"
    new.write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
    new.replace(OUT / f"{name}.txt")


def main() -> int:
    """Build the lists."""
    parser = argparse.ArgumentParser(description="Build the word lists from pinned sources.")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    cache = parser.parse_args().cache
    pinned = sources()
    words = unpack(pinned["wamerican"], cache) / "usr" / "share" / "dict" / "american-english"
    census = unpack(pinned["names"], cache) / "names-0.3.0" / "names"
    write("ordinary", ordinary(words.read_text(encoding="utf-8").split(), Gazetteer.open()))
    write("organizations", organizations())
    given = first_column(census / "dist.male.first") | first_column(census / "dist.female.first")
    write("given", given)
    write("surnames", first_column(census / "dist.all.last", SURNAMES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
