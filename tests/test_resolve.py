"""Which place a name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile_texts import any_text
from hypothesis import given, settings

from geomap.gazetteer import Gazetteer
from geomap.model import Article, Candidate, Mention, Place, Span, Toponym
from geomap.pipeline import Pipeline
from geomap.resolve import BundledResolver

if TYPE_CHECKING:
    from collections.abc import Sequence

PIPELINE = Pipeline()


def mentions(text: str) -> dict[str, Mention]:
    """Return the mentions of a text by their words."""
    return {m.toponym.text: m for m in PIPELINE.mentions(Article("1", text))}


def place(text: str, name: str) -> Place:
    """Return the place that a name means in a text."""
    found = mentions(text)[name].place
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("A bomb exploded in Paris on Monday.", "Paris", "FR", None),
        ("A fire broke out in Paris, Texas.", "Paris", "US", "Texas"),
        ("A fire broke out in London, Ontario.", "London", "CA", "Ontario"),
        ("A quake shook Lima.", "Lima", "PE", None),
        ("Police in Lima, Ohio, arrested a man.", "Lima", "US", "Ohio"),
        ("Soldiers were killed in Tripoli, Libya.", "Tripoli", "LY", None),
        (
            "Beirut was calm. Clashes broke out in Tripoli, in the north of Lebanon.",
            "Tripoli",
            "LB",
            None,
        ),
        ("Ash fell from the Fuego volcano on villages in Guatemala.", "Fuego", "GT", None),
        ("In Birmingham, Alabama, a man was shot.", "Birmingham", "US", "Alabama"),
        ("A blast shook Hyderabad, Pakistan.", "Hyderabad", "PK", None),
        ("The river Thames burst its banks in Oxford, England.", "Oxford", "GB", None),
        ("Protesters marched in Santiago, Chile.", "Santiago", "CL", None),
        ("Floods hit Valencia, Spain.", "Valencia", "ES", None),
        ("Troops went to the Middle East, as the United States said.", "Middle East", "", None),
        ("In Maryland, people of Baltimore spoke of the Middle East.", "Middle East", "", None),
        ("Troops left Georgia and Armenia for Russia.", "Georgia", "GE", None),
        ("In Atlanta, Georgia, a man was shot.", "Georgia", "US", None),
        ("The storm hit the states of Texas and Georgia.", "Georgia", "US", None),
        ("Lima is a town in Livingston County, New York.", "Lima", "US", "New York"),
        ("Darlington is a small suburb of Sydney.", "Darlington", "AU", "New South Wales"),
        (
            "A fire broke out in Madison, a city in Lake County, South Dakota.",
            "Madison",
            "US",
            "South Dakota",
        ),
        ("Europe and Asia were hot.", "Europe", "", None),
    ],
)
def test_a_name_means_the_place_that_the_text_is_about(
    text: str, name: str, country: str, admin1: str | None
) -> None:
    found = place(text, name)
    assert found.country == country
    assert admin1 in (None, found.admin1)


def test_a_name_keeps_its_meaning_in_an_article() -> None:
    text = "A fire broke out in Paris, Texas. Firefighters from all over Paris came."
    found = [m.place for m in PIPELINE.mentions(Article("1", text)) if m.toponym.text == "Paris"]
    assert len(found) == 2
    assert len(set(found)) == 1


def test_a_mention_that_names_its_own_country_means_the_place_there() -> None:
    text = (
        "Protesters marched through Paris on Monday, French police said. In Paris the streets were"
        " full. A friend wrote from Paris, Texas. Later Paris was calm, and so was Lyon."
    )
    found = [m.place for m in PIPELINE.mentions(Article("1", text)) if m.toponym.text == "Paris"]
    assert [place and place.country for place in found] == ["FR", "FR", "US", "FR"]


def test_a_government_s_name_is_its_capital_s() -> None:
    text = "The exercise began after Seoul and Washington agreed on it."
    assert place(text, "Washington").feature == "PPLC"


def test_a_people_s_name_means_its_country() -> None:
    assert place("Iraqi police arrested a man.", "Iraqi").feature.startswith("PCL")


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("The United States said protesters stormed its embassy in Iraq.", "embassy", "IQ"),
        ("Protesters burned flags at the French embassy in Tehran.", "embassy", "IR"),
        ("A car bomb exploded outside the US embassy in Nairobi.", "embassy", "KE"),
    ],
)
def test_an_embassy_stands_in_its_host_country(text: str, words: str, country: str) -> None:
    found = {name.lower(): m for name, m in mentions(text).items()}
    (mention,) = [m for name, m in found.items() if words in name]
    assert mention.place is not None
    assert mention.place.country == country
    assert not mention.place.feature.startswith("PCL")


def test_an_embassy_of_nobody_nowhere_has_no_place() -> None:
    assert mentions("They met at the embassy.")["embassy"].place is None


def test_an_embassy_is_known_once_it_was_told() -> None:
    text = "Protesters stormed the US embassy in Baghdad. Police left the embassy alone."
    found = [m.place for m in PIPELINE.mentions(Article("1", text)) if "embassy" in m.toponym.text]
    assert len(set(found)) == 1
    assert found[0] is not None


def test_a_mention_says_why_and_what_else_it_may_be() -> None:
    found = mentions("A fire broke out in Paris, Texas.")["Paris"]
    assert found.reason
    assert "\n" not in found.reason
    assert found.place not in found.runners_up
    assert 0 < len(found.runners_up) <= 5


class NoPlaces:
    """A geocoder that knows no place."""

    def candidates(self, name: str, /) -> Sequence[Candidate]:
        """Return nothing."""
        del name
        return ()


class OnePlace:
    """A geocoder for which every name means one village."""

    village = Place("v", "Village", 10.0, 50.0, "PPL", "DE", population=300)

    def candidates(self, name: str, /) -> Sequence[Candidate]:
        """Return the village."""
        del name
        return (Candidate(self.village),)


TEXT = "Protesters from Mosul stormed the US embassy in Baghdad, Iraq."


def test_names_that_nobody_knows_have_no_place() -> None:
    article = Article("1", TEXT)
    toponyms = PIPELINE.recognizer(TEXT)
    found = BundledResolver()(article, toponyms, NoPlaces())
    assert [m.toponym for m in found] == list(toponyms)
    assert {m.place for m in found} == {None}
    assert all(m.reason for m in found if m.toponym.kind != "facility")


def test_any_geocoder_will_do() -> None:
    article = Article("1", TEXT)
    found = BundledResolver()(article, PIPELINE.recognizer(TEXT), OnePlace())
    assert {m.place for m in found} <= {OnePlace.village, None}


@settings(max_examples=40)
@given(any_text())
def test_each_toponym_has_one_mention_in_the_same_order(text: str) -> None:
    article = Article("1", text)
    toponyms = PIPELINE.recognizer(text)
    found = BundledResolver()(article, toponyms, Gazetteer.open())
    assert [m.toponym for m in found] == list(toponyms)
    assert all(0 <= m.score <= 1 for m in found)
    assert found == BundledResolver()(article, toponyms, Gazetteer.open())


def test_a_misspelled_name_needs_its_country_in_the_article() -> None:
    def meant(text: str, *names: str) -> Mention:
        spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
        toponyms = [Toponym(span, span.of(text), "place", 1.0) for span in spans]
        return BundledResolver()(Article("1", text), toponyms, Gazetteer.open())[0]

    assert meant("A bomb exploded in Baghdaad on Monday.", "Baghdaad").place is None
    told = meant("A bomb exploded in Baghdaad, Iraq.", "Baghdaad", "Iraq")
    assert told.place is not None
    assert told.place.name == "Baghdad"
    assert "nearly" in told.reason


def test_a_street_does_not_stand_where_its_name_comes_from() -> None:
    found = mentions("A boy was shot on Syria Street in Beirut, Lebanon.")
    assert all(m.place is None for name, m in found.items() if "Street" in name)


def test_a_country_is_meant_beside_its_own_places_alone() -> None:
    text = (
        "Police fought protesters in Tbilisi on Tuesday, as unrest in Georgia grew. "
        "Atlanta, the capital of the American state of Georgia, called off a visit. "
        "People in Atlanta and the rest of the United States were asked to stay away."
    )
    found = [m.place for m in PIPELINE.mentions(Article("1", text)) if m.toponym.text == "Georgia"]
    assert [place and place.country for place in found] == ["GE", "US"]
