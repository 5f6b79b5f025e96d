"""Distance and containment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import PLACES

from geomap.model import Place
from geomap.space import contains, destination, distance_km, midpoint

POINTS = st.builds(
    Place,
    st.just("p"),
    st.just("P"),
    st.floats(-180, 180),
    st.floats(-90, 90),
    st.just("PPL"),
)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (1, 0), 111.2),
        ((0, 0), (0, 1), 111.2),
        ((0, 0), (180, 0), 20015),
        ((0, 90), (77, -90), 20015),
        ((179.5, 0), (-179.5, 0), 111.2),
        ((2.35, 48.85), (-0.13, 51.51), 344),
    ],
)
def test_distances_are_those_of_a_globe(
    a: tuple[float, float], b: tuple[float, float], km: float
) -> None:
    one, other = (Place("p", "P", *point, "PPL") for point in (a, b))
    assert distance_km(one, other) == pytest.approx(km, rel=0.01)


@given(POINTS, POINTS)
def test_distance_goes_both_ways_and_around_no_more_than_half_the_globe(a: Place, b: Place) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= distance_km(a, b) < 20016


@pytest.mark.parametrize(
    ("outer", "inner", "inside"),
    [
        ("Iraq", "Baghdad", True),
        ("Iraq", "Nineveh", True),
        ("Iraq", "Green Zone", True),
        ("Iraq", "Aleppo", False),
        ("Iraq", "Syria", False),
        ("Iraq", "Iraq", False),
        ("Baghdad", "Iraq", False),
        ("Baghdad", "Green Zone", True),
        ("Baghdad", "U.S. Embassy", True),
        ("Green Zone", "U.S. Embassy", True),
        ("U.S. Embassy", "Green Zone", False),
        ("Nineveh", "Mosul", True),
        ("Nineveh", "Baghdad", False),
        ("Mosul", "Hamdaniya", False),
        ("Middle East", "Baghdad", True),
        ("Gulf", "Kuwait City", True),
        ("Gulf", "Aleppo", False),
        ("Iraq", "Middle East", False),
    ],
)
def test_a_place_holds_what_lies_in_it(outer: str, inner: str, *, inside: bool) -> None:
    assert contains(PLACES[outer], PLACES[inner]) == inside


def test_nothing_lies_in_no_place() -> None:
    assert not contains(None, PLACES["Iraq"])
    assert not contains(PLACES["Iraq"], None)


@given(st.sampled_from(list(PLACES.values())), st.sampled_from(list(PLACES.values())))
def test_no_two_places_hold_each_other(a: Place, b: Place) -> None:
    levels = {a.feature, b.feature}
    assert not (contains(a, b) and contains(b, a)) or levels == {"PPLX", "DIP"}


@given(st.floats(-180, 180), st.floats(-80, 80), st.floats(0, 360), st.floats(0.1, 500))
def test_a_destination_is_as_far_as_told(lon: float, lat: float, bearing: float, km: float) -> None:
    there = Place("b", "b", *destination(lon, lat, bearing, km), "P")
    assert distance_km(Place("a", "a", lon, lat, "P"), there) == pytest.approx(km, abs=0.05)


@given(POINTS, POINTS)
def test_the_middle_is_as_far_from_both_ends(a: Place, b: Place) -> None:
    if distance_km(a, b) < 15_000:
        middle = Place("m", "m", *midpoint(a, b), "P")
        assert distance_km(a, middle) == pytest.approx(distance_km(b, middle), abs=0.1)
        assert distance_km(a, middle) == pytest.approx(distance_km(a, b) / 2, abs=0.1)
