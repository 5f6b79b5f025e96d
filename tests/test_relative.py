"""Places told by other places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer import Gazetteer
from geomap.model import Mention, Place, Span, Toponym
from geomap.relative import apply, destination
from geomap.space import distance_km


def derived(text: str, name: str) -> Mention:
    """Return the mention of a name in a text, with the words around it taken in."""
    start = text.index(name)
    place = Gazetteer.open().candidates(name)[0].place
    toponym = Toponym(Span(start, start + len(name)), name, "place", 0.9)
    (mention,) = apply(text, [Mention(toponym, place, 0.9, "the only one")])
    return mention


@pytest.mark.parametrize(
    ("text", "name", "km", "north", "east"),
    [
        ("A bomb exploded 30 km north of Mosul.", "Mosul", 30, 1, 0),
        ("It fell 10 miles south-west of Kabul.", "Kabul", 16.1, -1, -1),
        ("Fighting some 50 kilometers to the east of Aleppo.", "Aleppo", 50, 0, 1),
    ],
)
def test_a_told_distance_and_direction_give_the_point(
    text: str, name: str, km: float, north: int, east: int
) -> None:
    base, place = Gazetteer.open().candidates(name)[0].place, derived(text, name).place
    assert place is not None
    assert distance_km(base, place) == pytest.approx(km, rel=0.02)
    assert (place.lat - base.lat) * north >= 0
    assert (place.lon - base.lon) * east >= 0
    assert place.feature == "PPLX"
    assert 5 <= place.radius_km < km + 5


@pytest.mark.parametrize(
    ("text", "name", "north", "east"),
    [
        ("in southern Lebanon", "Lebanon", -1, 0),
        ("in northern Mali", "Mali", 1, 0),
        ("in eastern Kentucky", "Kentucky", 0, 1),
    ],
)
def test_a_part_of_an_area_lies_in_it_on_the_told_side(
    text: str, name: str, north: int, east: int
) -> None:
    whole = derived("in the middle of " + name, name).place
    part = derived(text, name).place
    assert whole is not None
    assert part is not None
    assert (part.lat - whole.lat) * north + (part.lon - whole.lon) * east > 0
    assert part.feature == "RGN"
    assert part.country == whole.country
    assert 0 < part.radius_km < 1500


def test_the_mention_covers_the_whole_phrase() -> None:
    text = "A bomb exploded 30 km north of Mosul."
    mention = derived(text, "Mosul")
    assert mention.toponym.text == "30 km north of Mosul"
    assert mention.toponym.span.of(text) == mention.toponym.text


@pytest.mark.parametrize(("text", "name"), [("in Mosul", "Mosul"), ("west wind of Mali", "Mali")])
def test_other_words_change_nothing(text: str, name: str) -> None:
    assert derived(text, name).toponym.text == name


@given(st.floats(-180, 180), st.floats(-80, 80), st.floats(0, 360), st.floats(0.1, 500))
def test_a_destination_is_as_far_as_told(lon: float, lat: float, bearing: float, km: float) -> None:
    there = Place("b", "b", *destination(lon, lat, bearing, km), "P")
    assert distance_km(Place("a", "a", lon, lat, "P"), there) == pytest.approx(km, abs=0.05)
