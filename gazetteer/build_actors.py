"""Build ``geomap/data/actors.txt``: the ways of naming actors, by the one name of each.

Actors are the armed groups, forces, parties and agencies of ``curated/organizations.csv`` with
those of ``curated/actors.csv``, which wins where both tell something, and the countries and
peoples of ``curated/demonyms.csv``. A country's army and police stand under the country: "Iraq
(forces)". A line is a name, its kind, country, and aliases, apart by tabs and "|"; an alias is
written in words as the program cuts them. Run after ``build.py``:
``python gazetteer/build_actors.py``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gazetteer.curated import read_rows
from geomap.actors import FILE, KINDS, words_of
from geomap.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

CURATED = Path(__file__).resolve().parent / "curated"
_STATE = {"military": "forces", "police": "police"}
"""Kinds of organizations that stand under their country, with what they are there."""

Row = dict[str, str]
Actor = tuple[str, str, str]
"""Name, kind, country."""


def rows(name: str) -> list[Row]:
    """Return the rows of a curated table."""
    return read_rows(CURATED / f"{name}.csv")


def countries(gazetteer: Gazetteer) -> dict[str, str]:
    """Return the gazetteer's names of countries by ISO code."""
    peoples = [row["demonym"] for row in rows("demonyms") if row["target"].startswith("iso:")]
    found = {}
    for people in peoples:
        for candidate in gazetteer.candidates(people):
            place = candidate.place
            if candidate.name_kind == "demonym" and place.feature in ("PCLI", "PCLD", "TERR"):
                found[place.country] = place.name.removeprefix("The ")
    told = {row["country"]: row["name"] for row in rows("actors") if row["kind"] == "country"}
    return found | told


def named(names: dict[str, str]) -> Iterator[tuple[str, Actor]]:
    """Yield (alias, actor), those that win first."""
    for row in rows("actors"):
        actor = row["name"], row["kind"], row["country"]
        yield from ((alias, actor) for alias in (row["name"], *row["aliases"].split("|")))
    for row in rows("organizations"):
        if row["kind"] in KINDS:
            actor = _actor(row, names)
            yield from ((alias, actor) for alias in (row["name"], *row["alternates"].split("|")))
    for code, name in names.items():
        yield name, (name, "country", code)
    for row in rows("demonyms"):
        code = row["target"].removeprefix("iso:")
        if code in names:
            yield row["demonym"], (names[code], "country", code)
            if row["plural"]:
                people = f"{names[code]} (people)", "people", code
                yield row["demonym"] + row["plural"], people


def _actor(row: Row, names: dict[str, str]) -> Actor:
    """Return the actor of an organization: its country's forces if it is of them."""
    kind, code = row["kind"], row["country"]
    if kind in _STATE and code in names:
        return f"{names[code]} ({_STATE[kind]})", kind, code
    return row["name"], kind, code


def lines(names: dict[str, str]) -> list[str]:
    """Return the lines of the file; of two actors of one alias the first has it."""
    taken: dict[str, tuple[Actor, str]] = {}
    for alias, actor in named(names):
        words = words_of(alias)
        if words and "(" not in words:
            taken.setdefault(words.lower(), (actor, words))
    aliases: dict[Actor, set[str]] = {}
    for actor, words in taken.values():
        aliases.setdefault(actor, set()).add(words)
    return sorted("\t".join((*actor, "|".join(sorted(a)))) for actor, a in aliases.items())


def main() -> int:
    """Build the file."""
    argparse.ArgumentParser(description="Build the table of actors.").parse_args()
    text = "".join(f"{line}\n" for line in lines(countries(Gazetteer.open())))
    new = FILE.with_name(FILE.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(FILE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
