"""Places told by other places."""

from __future__ import annotations

import pytest

from geomap import boundaries
from geomap.gazetteer import Gazetteer
from geomap.model import Mention, Span, Toponym
from geomap.relative import apply
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


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("A bomb exploded 30 km from Mosul.", 30.0),
        ("A bomb exploded some forty kilometres from the city of Mosul.", 40.0),
        ("A bomb exploded twenty-five miles away from Mosul.", 40.2),
    ],
)
def test_a_distance_in_no_direction_is_a_reach_around_the_point(text: str, km: float) -> None:
    base, place = Gazetteer.open().candidates("Mosul")[0].place, derived(text, "Mosul").place
    assert place is not None
    assert (place.lon, place.lat, place.radius_km) == (base.lon, base.lat, km)


def test_the_mention_covers_the_whole_phrase() -> None:
    text = "A bomb exploded 30 km north of Mosul."
    mention = derived(text, "Mosul")
    assert mention.toponym.text == "30 km north of Mosul"
    assert mention.toponym.span.of(text) == mention.toponym.text


@pytest.mark.parametrize(
    ("text", "name"),
    [("in Mosul", "Mosul"), ("west wind of Mali", "Mali"), ("900 km from Mosul", "Mosul")],
)
def test_other_words_change_nothing(text: str, name: str) -> None:
    assert derived(text, name).toponym.text == name


def phrases(text: str, *names: str) -> dict[str, Mention]:
    """Return the mentions of names in a text, by the words that they took in."""
    given = []
    for name in names:
        candidate = Gazetteer.open().candidates(name)[0]
        kind = "demonym" if candidate.name_kind == "demonym" else "place"
        start = text.index(name)
        toponym = Toponym(Span(start, start + len(name)), name, kind, 0.9)  # type: ignore[arg-type]
        given.append(Mention(toponym, candidate.place, 0.9, "the only one"))
    return {mention.toponym.text: mention for mention in apply(text, given)}


def test_between_two_places_lies_their_middle() -> None:
    found = phrases("Fighting broke out between Aleppo and Idlib.", "Aleppo", "Idlib")
    (mention,) = found.values()
    assert mention.toponym.text == "between Aleppo and Idlib"
    assert mention.place is not None
    ends = [Gazetteer.open().candidates(name)[0].place for name in ("Aleppo", "Idlib")]
    for end in ends:
        assert distance_km(end, mention.place) == pytest.approx(mention.place.radius_km, abs=0.2)
    assert (mention.place.country, mention.place.feature) == ("SY", "RGN")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("trade between Iran and Iraq", ("Iran", "Iraq")),
        ("flights between London and Tokyo", ("London", "Tokyo")),
        ("in Aleppo and Idlib", ("Aleppo", "Idlib")),
        ("the border guard of Syria", ("Syria",)),
        ("the Swiss border", ("Swiss",)),
        ("the coast of Yemen", ("Yemen",)),
        ("off the coast of Switzerland", ("Switzerland",)),
    ],
)
def test_what_no_map_can_show_stays_as_it_is(text: str, names: tuple[str, ...]) -> None:
    assert set(phrases(text, *names)) == set(names)


@pytest.mark.parametrize(
    ("text", "names", "phrase"),
    [
        ("In Turkey, near the Syrian border.", ("Turkey", "Syrian"), "Syrian border"),
        ("Turkey closed its border with Syria.", ("Turkey", "Syria"), "border with Syria"),
        ("On the Turkish-Syrian border", ("Turkish", "Syrian"), "Turkish-Syrian border"),
        ("the border between Turkey and Syria", ("Turkey", "Syria"), None),
    ],
)
def test_a_border_lies_between_its_countries(
    text: str, names: tuple[str, ...], phrase: str | None
) -> None:
    found = phrases(text, *names)
    place = found[phrase or "border between Turkey and Syria"].place
    assert place is not None
    assert place.country == "TR"
    assert 36 < place.lon < 42
    assert 35.7 < place.lat < 37.5
    assert 200 < place.radius_km < 500


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A ship was hit off the coast of Yemen.", "Yemen"),
        ("A ship was hit off Yemen's western coast.", "Yemen"),
        ("A ship was hit off the Yemeni coast.", "Yemeni"),
        ("A tanker sank off the northern coast of Somalia.", "Somalia"),
    ],
)
def test_off_a_coast_is_at_sea(text: str, name: str) -> None:
    (mention,) = phrases(text, name).values()
    assert mention.place is not None
    assert mention.place.feature == "SEA"
    assert mention.toponym.kind == "place"
    ids = boundaries.country_ids().values()
    assert not any(boundaries.contains(i, mention.place.lon, mention.place.lat) for i in ids)


def test_off_a_city_is_near_it() -> None:
    (mention,) = phrases("Boats capsized off the coast of Benghazi.", "Benghazi").values()
    assert mention.place is not None
    assert mention.place.radius_km == 40
    assert mention.toponym.text == "off the coast of Benghazi"


@pytest.mark.parametrize(
    ("text", "name", "capital"),
    [
        ("A bomb went off in the Angolan capital on Monday.", "Angolan", "Luanda"),
        ("Shells fell on the capital of Chad at night.", "Chad", "N'Djamena"),
        ("Students marched in Kenya's capital.", "Kenya", "Nairobi"),
        ("They marched through the Peruvian capital Lima.", "Peruvian", "Peru"),
        ("They marched in Peru, capital punishment or not.", "Peru", "Peru"),
    ],
)
def test_the_capital_of_a_country_is_its_city(text: str, name: str, capital: str) -> None:
    gazetteer = Gazetteer.open()
    start = text.index(name)
    toponym = Toponym(Span(start, start + len(name)), name, "place", 0.9)
    mention = Mention(toponym, gazetteer.candidates(name)[0].place, 0.9, "the only one")
    (meant,) = apply(text, [mention], gazetteer.capital)
    assert meant.place is not None
    assert meant.place.name == capital
