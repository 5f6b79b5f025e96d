"""The choice among all places of an article for an event that its own sentence may not place."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap import forest
from geomap.elsewhere import (
    AGAIN,
    FEATURES,
    LEAST,
    MARGIN,
    MODELS,
    Asked,
    Elsewhere,
    Told,
    Weighed,
    rivals,
)
from geomap.model import Article, Event, Place, Span
from geomap.page import Page
from geomap.pipeline import Pipeline
from geomap.scenes import Scenes
from geomap.training.articles import annotated
from geomap.training.elsewhere import Answer, Question, event_of, is_right, report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geomap.model import LinkedEvent, Mention

PIPELINE = Pipeline()
TEXT = (
    "NAIROBI, Kenya - A bomb exploded in Kampala on Monday.\n\n"
    "Envoys met in Kigali. Nobody was hurt in Kampala, officials in Nairobi said.\n\n"
    "The blast broke windows."
)
LAST = 3
"""The index of the last sentence of the text."""


def page_of(text: str, title: str = "") -> Page:
    article = Article("1", text, title, published=date(2024, 5, 8))
    return Page(article, PIPELINE.mentions(article))


def ids(page: Page) -> dict[str, str]:
    """Return the ids of a page's places by their names."""
    return {m.place.name: m.place.id for m in page.mentions if m.place}


def choice(page: Page, told: Sequence[tuple[int, str, str]] = ()) -> Elsewhere:
    """Return the choice of a page with events that are told as (sentence, type, place)."""
    known = ids(page)
    events = [Told(index, kind, frozenset({known[name]})) for index, kind, name in told]
    return Elsewhere(page, Scenes(page), events)


def asked_at(
    page: Page,
    index: int,
    *,
    sites: Mapping[str, float] | None = None,
    twins: Sequence[str] = (),
    weighed: Mapping[str, Weighed] | None = None,
) -> Asked:
    """Return an explosion in a sentence as an event to be placed, its places by their names."""
    known, span = ids(page), page.sentences[index].span
    return Asked(
        Event("bombing", Span(span.start, span.start + 1), span, "happened", 0.8),
        index,
        dated=False,
        twins=frozenset(known[name] for name in twins),
        twin_distance=2,
        sites={known[name]: cost for name, cost in (sites or {}).items()},
        weighed={known[name]: own for name, own in (weighed or {}).items()},
    )


def features(found: Elsewhere, asked: Asked) -> dict[str, dict[str, float]]:
    """Return the features of each place by their names."""
    rows = [dict(zip(FEATURES, row, strict=True)) for row in found.rows(asked)]
    return {r.place.name: row for r, row in zip(found.rivals, rows, strict=True)}


def weights(folder: Path, **likely: float) -> Path:
    """Return weights by which a place of one feature is likely by so much, and no other."""
    trees = []
    for name, value in likely.items():
        at = FEATURES.index(name.replace("_", " "))
        trees.append(((at, 0.5, 1, 2), (-1, 0.0, 0, 0), (-1, math.log(value / (1 - value)), 0, 0)))
    path = folder / "weights.json"
    path.write_text(forest.dumps(forest.Forest(FEATURES, 0.0, tuple(trees))), encoding="utf-8")
    return path


def chosen(
    page: Page, asked: Asked, closed: Sequence[Mention] = (), model: Path | None = None
) -> tuple[Mention, float] | None:
    """Return the choice for an event alone; both looks are by the given weights, if any."""
    found = choice(page)
    (likely,) = found.likely([asked], (model, model) if model else MODELS)
    return found.choose(asked, likely, closed)


def name_of(found: tuple[Mention, float] | None) -> str | None:
    return found[0].place.name if found and found[0].place else None


def test_places_compete_once_each_in_the_order_in_which_they_are_named() -> None:
    page = page_of(TEXT)
    found = rivals(page, page.indices)
    assert found[0].place.name == "Nairobi"
    assert {rival.place.name: rival.at for rival in found}["Kampala"] == (0, 2)
    assert len({rival.place.id for rival in found}) == len(found)


def test_only_the_first_places_of_a_long_list_compete() -> None:
    towns = (
        "Lima Cali Quito Mosul Basra Kirkuk Tunis Sfax Cairo Aswan Paris Lyon Nantes Lille Turin"
    )
    more = "Milan Genoa Naples Palermo Vienna Graz Linz Salzburg Prague Brno Ostrava Warsaw Lublin"
    most = "Gdansk Poznan Kyiv Odesa Lviv Kharkiv Minsk Riga Tallinn Vilnius"
    page = page_of(". ".join(f"It rained in {town}" for town in f"{towns} {more} {most}".split()))
    assert len(ids(page)) > 32
    assert len(rivals(page, page.indices)) == 30


@pytest.mark.parametrize(
    ("place", "feature", "expected"),
    [
        ("Kampala", "named", math.log1p(2)),
        ("Kampala", "nearest", 1),
        ("Kampala", "before", 1),
        ("Kampala", "after", 12),
        ("Kampala", "first", 0),
        ("Kampala", "last named", 1),
        ("Kigali", "last named", 0),
        ("Kigali", "first", 1),
        ("Kigali", "same paragraph", 0),
        ("Kampala", "in lead", 1),
        ("Nairobi", "dateline", 1),
        ("Kampala", "dateline", 0),
        ("Nairobi", "named", math.log1p(1)),
        ("Nairobi", "only dateline", 0),
        ("Kenya", "country", 1),
        ("Kenya", "holds dateline", 1),
        ("Kenya", "holds another", 1),
        ("Nairobi", "in another", 1),
        ("Nairobi", "dateline country", 1),
        ("Kampala", "dateline country", 0),
        ("Kampala", "in title", 1),
        ("Kigali", "in title", 0),
        ("Kampala", "as place", 1),
        ("Kampala", "events", math.log1p(1)),
        ("Kampala", "same type", math.log1p(1)),
        ("Kampala", "first event", 1),
        ("Kampala", "last event", 0),
        ("Kampala", "last event distance", 3),
        ("Kigali", "same type", 0),
        ("Kigali", "last event", 1),
        ("Kigali", "next event distance", 12),
        ("Kigali", "twin", 0),
        ("Kampala", "twin", 1),
        ("Kampala", "twin distance", 2),
        ("Kampala", "places", math.log1p(4)),
        ("Kigali", "places", math.log1p(4)),
        ("Kigali", "sites", math.log1p(2)),
        ("Kigali", "of conflict", 1),
        ("Kigali", "of disaster", 0),
        ("Kigali", "any site", 0),
        ("Kigali", "rule cost", 20),
    ],
)
def test_a_place_has_the_features_that_the_article_gives_it(
    place: str, feature: str, expected: float
) -> None:
    page = page_of(TEXT, "Bomb in Kampala")
    found = choice(page, [(1, "meeting", "Kigali"), (0, "bombing", "Kampala")])
    row = features(found, asked_at(page, LAST, twins=["Kampala"]))[place]
    assert row[feature] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("place", "feature", "expected"),
    [
        ("Kampala", "site", 1),
        ("Kampala", "site cost", 2.5),
        ("Kampala", "rule cost", 3.0),
        ("Kampala", "share of marked", 1),
        ("Kigali", "site", 0),
        ("Kigali", "weighed", 1),
        ("Kigali", "marked", 0.2),
        ("Kigali", "share of marked", 0.25),
        ("Kigali", "barred", 1),
        ("Nairobi", "weighed", 0),
        ("Nairobi", "any site", 1),
        ("Nairobi", "best cost", 2.5),
        ("Nairobi", "most marked", 0.8),
    ],
)
def test_the_event_s_own_sentence_has_its_say(place: str, feature: str, expected: float) -> None:
    page = page_of(TEXT)
    own = {"Kampala": Weighed(3.0, 0.8, barred=False), "Kigali": Weighed(5.0, 0.2, barred=True)}
    row = features(choice(page), asked_at(page, LAST, sites={"Kampala": 2.5}, weighed=own))[place]
    assert row[feature] == pytest.approx(expected)


def test_the_rules_of_scenes_are_heard() -> None:
    page = page_of("In Mosul, rain fell. Nobody was hurt. It burned.")
    row = features(choice(page), asked_at(page, 2))["Mosul"]
    assert (row["set by before"], row["setting"], row["set by dateline"]) == (1, 1, 0)


WORDS = (*TEXT.replace(".", " .").split(), "\n\n", "Mosul", "Iraq", "Iraqi", "there", "“")


@settings(max_examples=25)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.data())
def test_each_place_has_a_finite_number_for_each_feature(
    words: list[str], data: st.DataObject
) -> None:
    page = page_of(" ".join(["Rain fell in Nairobi.", *words]))
    index = st.integers(0, len(page.sentences) - 1)
    named = st.sampled_from(sorted(ids(page)))
    told = data.draw(st.lists(st.tuples(index, st.sampled_from(["bombing", "flood"]), named)))
    sites = data.draw(st.dictionaries(named, st.floats(0, 20), max_size=2))
    rows = choice(page, told).rows(asked_at(page, data.draw(index), sites=sites))
    assert len(rows) == len(rivals(page, page.indices))
    assert all(len(row) == len(FEATURES) for row in rows)
    assert all(math.isfinite(value) for row in rows for value in row)


def test_the_likeliest_place_is_taken_where_it_is_named_nearest(tmp_path: Path) -> None:
    page = page_of(TEXT)
    found = chosen(page, asked_at(page, LAST), model=weights(tmp_path, last_named=0.9))
    assert found is not None
    mention, likely = found
    assert likely == pytest.approx(0.9)
    assert mention.toponym.span.start == TEXT.rindex(mention.toponym.text)


def test_no_place_is_taken_that_is_not_likely_enough(tmp_path: Path) -> None:
    page = page_of(TEXT)
    tree = ((-1, math.log(0.9 * LEAST / (1 - 0.9 * LEAST)), 0, 0),)
    path = tmp_path / "weights.json"
    path.write_text(forest.dumps(forest.Forest(FEATURES, 0.0, (tree,))), encoding="utf-8")
    assert chosen(page, asked_at(page, LAST), model=path) is None


@pytest.mark.parametrize(("likely", "expected"), [(0.5 + 0.9 * MARGIN, None), (0.8, "Nairobi")])
def test_a_place_must_be_clearly_likelier_than_the_sentence_s_own(
    likely: float, expected: str | None, tmp_path: Path
) -> None:
    page = page_of(TEXT)
    asked = asked_at(page, LAST, sites={"Kigali": 1.0})
    found = chosen(page, asked, model=weights(tmp_path, dateline=likely))
    assert name_of(found) == expected


def test_what_is_named_for_something_else_is_not_taken(tmp_path: Path) -> None:
    page = page_of(TEXT)
    model, asked = weights(tmp_path, dateline=0.9), asked_at(page, LAST)
    nairobi = [m for m in page.mentions if m.toponym.text.lower() == "nairobi"]
    assert name_of(chosen(page, asked, nairobi[:1], model)) == "Nairobi"
    assert chosen(page, asked, nairobi, model) is not None
    assert name_of(chosen(page, asked, nairobi, model)) != "Nairobi"


def test_an_article_without_places_gives_none() -> None:
    page = page_of("It burned.")
    assert choice(page).rows(asked_at(page, 0)) == []
    assert chosen(page, asked_at(page, 0)) is None


def test_the_bundled_weights_are_of_the_features_in_their_order() -> None:
    assert [forest.read(model).features for model in MODELS] == [FEATURES, AGAIN]
    assert len(set(AGAIN)) == len(AGAIN)
    assert sum(model.stat().st_size for model in MODELS) < 300_000


MARKET = (
    "MOSUL, Iraq - A bomb exploded in a market in Kirkuk on Tuesday, police said.\n\n"
    "Hospitals in the town took in forty wounded. The explosion killed three people."
)
RIVER = (
    "The river came over its banks at Opole on Monday.\n\nSoldiers brought sandbags. "
    "In the afternoon two hundred people were evacuated."
)


def reports(text: str) -> dict[str, LinkedEvent]:
    """Return the reports of a text by the words that tell of them."""
    found = PIPELINE(Article("1", text, published=date(2024, 5, 8))).events
    return {report.event.trigger.of(text): report for report in found}


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        (MARKET, "explosion", "Kirkuk"),
        (RIVER, "evacuated", "Opole"),
    ],
)
def test_the_bundled_weights_place_what_its_own_sentence_does_not(
    text: str, trigger: str, place: str
) -> None:
    mention = reports(text)[trigger].mention
    assert mention is not None
    assert mention.place is not None
    assert mention.place.name == place


ANNOTATED = annotated(
    "1",
    "=== 2024-05-08 | wire | Quake\n@a earthquake; Lima -12.05 -77.04 | Peru -10 -76\n\n"
    "It rained. A strong {a quake} shook [[Lima]].",
)


def test_an_annotated_trigger_is_an_event_in_its_sentence() -> None:
    event = event_of(ANNOTATED.article.text, ANNOTATED.triggers[0])
    assert (event.type, event.status) == ("earthquake", "happened")
    assert event.trigger.of(ANNOTATED.article.text) == "quake"
    assert event.sentence.of(ANNOTATED.article.text) == "A strong quake shook Lima."


@pytest.mark.parametrize(
    ("name", "lat", "feature", "expected"),
    [
        ("Lima", -12.05, "PPLC", True),
        ("Callao", -12.25, "PPL", True),
        ("Chilca", -12.55, "PPL", False),
        ("Peru", -9.2, "PCLI", True),
        ("South America", -12.05, "CONT", False),
    ],
)
def test_a_town_is_right_near_an_accepted_point_and_an_area_by_its_name(
    name: str,
    lat: float,
    feature: str,
    expected: bool,  # noqa: FBT001
) -> None:
    place = Place(name, name, -77.04, lat, feature)
    assert is_right(place, ANNOTATED.events[0]) is expected


def question(*, site: int | None, right: int, rules: int) -> Question:
    rows = [[float(at == site and name == "site") for name in FEATURES] for at in range(2)]
    return Question(0, rows, [at == right for at in range(2)], [at == rules for at in range(2)])


def test_the_report_counts_what_is_right_with_and_without_an_own_place() -> None:
    found = [
        Answer(question(site=None, right=0, rules=1), [0.9, 0.1]),
        Answer(question(site=None, right=1, rules=1), [0.35, 0.2]),
        Answer(question(site=0, right=1, rules=0), [0.3, 0.45]),
        Answer(question(site=0, right=0, rules=0), [0.3, 0.9]),
    ]
    lines = list(report(found))
    assert lines[0] == (
        "not placed by their own sentence: 2 events, the rules right on 1, some place on 2"
    )
    assert "  likely from 0.3: 2 placed, 1 right" in lines
    assert "  likely from 0.4: 1 placed, 1 right" in lines
    assert "  likelier by 0.1: 2 moved, 1 right" in lines
    assert "  likelier by 0.2: 1 moved, 0 right" in lines
