"""What an article laid out for linking tells."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.events import extract
from geomap.marker import Marker
from geomap.model import Article, Span
from geomap.page import Page
from geomap.pipeline import Pipeline


def page_of(text: str) -> Page:
    """Return the page of a text, its names found and placed."""
    article = Article("1", text, published=date(2024, 5, 8))
    return Page(article, Pipeline().mentions(article))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("NAIROBI, Kenya (News) - Floods killed ten people.", "Nairobi"),
        ("BAGHDAD: A bomb exploded at a market.", "Baghdad"),
        ("Lima — A quake shook the coast.", "Lima"),
        ("Baghdad was calm on Monday.", None),
        ("Ten people died - in Nairobi.", None),
    ],
)
def test_a_dateline_is_told_by_its_dash(text: str, place: str | None) -> None:
    found = page_of(text).dateline
    assert (found[0].place.name if found and found[0].place else None) == place


def test_the_names_of_a_dateline_are_no_mentions_of_the_sentence() -> None:
    page = page_of("NAIROBI, Kenya (News) - Floods hit Mombasa.")
    assert [m.toponym.text for m in page.mentions_in(0)] == ["Mombasa"]


def test_the_dateline_of_a_later_paragraph_is_none_either() -> None:
    page = page_of("All was calm in Lima.\n\nBAGHDAD: A bomb hit Mosul.\n\nIn ROME: rain in Turin.")
    assert [m.toponym.text for m in page.mentions_in(1)] == ["Mosul"]
    assert [m.toponym.text for m in page.mentions_in(2)] == ["ROME", "Turin"]


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("Then a bomb exploded at the market.", False),
        ("Then a bomb exploded in Zzyzx.", True),
        ("Mosul heard a bomb.", True),
    ],
)
def test_places_are_read_only_where_a_word_may_name_one(text: str, *, is_read: bool) -> None:
    page = page_of(text)
    page = Page(page.article, page.mentions, Marker.open())
    at = text.index("bomb")
    assert (page.marks(0, Span(at, at + 4)) is not None) == is_read


def test_a_sentence_is_set_in_the_one_place_that_it_leads_to() -> None:
    page = page_of("Ministers met in Geneva. They flew from Paris to Rome. Nothing happened.")
    setting = page.setting(0)
    assert setting
    assert setting.toponym.text == "Geneva"
    assert page.setting(1) is None
    assert page.setting(2) is None


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Troops arrived in Zzyzxville on Monday.", True),
        ("Troops arrived in Baghdad on Monday.", False),
        ("Troops arrived at noon.", False),
    ],
)
def test_a_name_that_the_gazetteer_lacks_is_noticed(text: str, unknown: bool) -> None:  # noqa: FBT001
    assert page_of(text).names_unknown_place(0) is unknown


def test_the_region_points_back_to_the_last_region_named() -> None:
    text = "Aid reached Damascus. Envoys toured the Middle East. More troops go to the region."
    page = page_of(text)
    meant = page.latest(len(text), ("region",))
    assert meant
    assert meant.toponym.text == "Middle East"


def test_a_local_institution_tells_the_town_unless_two_are_named() -> None:
    told = page_of("The Staunton Police Department asked for help.").institution
    assert told
    assert told.toponym.text == "Staunton"
    assert page_of("Staunton Police met Richmond Police.").institution is None
    assert page_of("The Staunton Times wrote of it.").institution is None


def test_a_sentence_in_quotes_is_noticed() -> None:
    page = page_of("“We fled.” The town burned.")
    assert page.is_quoted(0)
    assert not page.is_quoted(1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("He flew to Geneva. There, acid leaked from a lorry.", "Geneva"),
        ("Rebels hold Goma. A bomb exploded there on Monday.", "Goma"),
        ("Goma and Geneva are far. There, acid leaked.", None),
        ("Rebels hold Goma. Nobody knows. There, acid leaked.", None),
        ("Rebels hold Goma. There was an explosion.", None),
        ("Rebels hold Goma. Officials said there have been explosions.", None),
    ],
)
def test_there_points_back_to_the_one_place_just_named(text: str, place: str | None) -> None:
    page = page_of(text)
    found = [s for e in extract(page.article) for s in page.pointed_at(page.scene(e)[1])]
    assert [site.mention.toponym.text for site in found[:1]] == ([place] if place else [])
