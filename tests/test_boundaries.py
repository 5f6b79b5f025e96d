"""Outlines of countries and divisions, and whether they agree with the places in them."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap import boundaries
from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer

if TYPE_CHECKING:
    from pathlib import Path

IRAQ = "geonames:99237"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("name", "lon", "lat", "inside"),
    [
        ("Iraq", 44.4, 33.3, True),
        ("Iraq", 51.4, 35.7, False),
        ("Texas", -97.7, 30.3, True),
        ("Texas", -92, 30.3, False),
        ("France", 2.35, 48.85, True),
        ("France", -52.3, 4.9, False),
        ("French Guiana", -52.5, 4.5, True),
        ("Kosovo", 21.17, 42.67, True),
        ("Serbia", 21.17, 42.67, False),
        ("South Africa", 28.2, -29.5, False),
        ("Lesotho", 28.2, -29.5, True),
        ("Nineveh", 43.1, 36.3, True),
        ("Russia", 177, 65, True),
    ],
)
def test_outlines_contain_what_lies_in_them(
    gazetteer: Gazetteer, name: str, lon: float, lat: float, *, inside: bool
) -> None:
    place = gazetteer.candidates(name)[0].place
    assert boundaries.contains(place.id, lon, lat) is inside


def test_outlines_are_the_coordinates_of_a_geojson_multipolygon() -> None:
    outline = boundaries.outline(IRAQ)
    assert outline is not None
    for ring in itertools.chain.from_iterable(outline):
        assert len(ring) >= 4
        assert ring[0] == ring[-1]
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)


def test_countries_are_found_by_their_codes() -> None:
    assert boundaries.country_outline("iq") == boundaries.outline(IRAQ)
    assert boundaries.country_outline("??") is None


@pytest.mark.parametrize("place_id", ["geonames:98182", "geomap:middle-east", "nonsense", ""])
def test_other_places_have_no_outline(place_id: str) -> None:
    assert boundaries.outline(place_id) is None
    assert not boundaries.contains(place_id, 44.4, 33.3)


def test_most_towns_lie_in_the_outline_of_their_country_and_division(gazetteer: Gazetteer) -> None:
    chosen = random.Random(3).sample(range(len(gazetteer)), 3000)  # noqa: S311
    hits = {"country": 0, "division": 0}
    towns = 0
    for place in (gazetteer.tables.row(number).place for number in chosen):
        division = gazetteer.admin1_id(place.id)
        country = gazetteer.country(place.country)
        if not place.feature.startswith("PPL") or division is None or country is None:
            continue
        towns += 1
        hits["country"] += boundaries.contains(country.id, place.lon, place.lat)
        hits["division"] += boundaries.contains(division, place.lon, place.lat)
    assert towns > 1000
    assert hits["country"] / towns > 0.96
    assert hits["division"] / towns > 0.92


def test_the_file_is_small() -> None:
    from geomap.gazetteer import bundled_folder

    assert (bundled_folder() / boundaries.FILE).stat().st_size <= 2_500_000


POINTS = st.tuples(
    st.integers(-180_000, 180_000).map(lambda step: step / 1000),
    st.integers(-90_000, 90_000).map(lambda step: step / 1000),
)


def without_repeats(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [point for point, _ in itertools.groupby(ring)]


RINGS = st.lists(POINTS, min_size=1, max_size=8).map(without_repeats)


@given(st.lists(st.lists(RINGS, min_size=1, max_size=3), max_size=3))
def test_what_is_encoded_is_decoded(outline: boundaries.Outline) -> None:
    assert boundaries.decode(boundaries.encode(outline)) == outline


SQUARE: boundaries.Outline = [[[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]]]
HOLE = [(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0)]


def test_a_hole_is_outside(tmp_path: Path) -> None:
    ringed = [[SQUARE[0][0], HOLE]]
    boundaries.write(tmp_path, {"a": SQUARE, "b": ringed}, {"AA": "a"}, source="a square")
    assert boundaries.contains("a", 2, 2, folder=tmp_path)
    assert not boundaries.contains("b", 2, 2, folder=tmp_path)
    assert boundaries.contains("b", 0.5, 2, folder=tmp_path)
    assert boundaries.country_outline("AA", folder=tmp_path) == SQUARE


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"boundaries\.bin"):
        boundaries.outline("a", folder=tmp_path)


@pytest.mark.parametrize("cut", [3, 12, 40, -1])
def test_a_file_cut_short_is_named(tmp_path: Path, cut: int) -> None:
    boundaries.write(tmp_path, {"a": SQUARE}, {}, source="a square")
    path = tmp_path / boundaries.FILE
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(GazetteerError, match=r"boundaries\.bin"):
        boundaries.outline("a", folder=tmp_path)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / boundaries.FILE).write_bytes(b"something else, long enough")
    with pytest.raises(GazetteerError, match="no outlines in the format"):
        boundaries.outline("a", folder=tmp_path)
