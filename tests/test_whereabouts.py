"""The second look: reports go to the likely places of their type, and stay where they are if they
stand at one."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap import forest
from geomap.model import Article
from geomap.page import Page
from geomap.pipeline import Pipeline, profiled
from geomap.rivals import FEATURES, rivals, rows
from geomap.whereabouts import PLACES, SecondLook

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.model import LinkedEvent

NEXT = (
    "Police searched houses in Cali on Monday. Late that night a bomb exploded and two people died."
)
PIPELINE = Pipeline()


def reports(text: str, model: Path) -> list[LinkedEvent]:
    article = Article("1", text, published=date(1990, 5, 9))
    look = SecondLook(PIPELINE.linker, model)
    found = list(Pipeline(linker=look)(article).events)
    return [report for report in found if report.event.type == "bombing"]


def places(found: list[LinkedEvent]) -> set[str]:
    return {
        report.mention.place.name for report in found if report.mention and report.mention.place
    }


@pytest.fixture
def frequent(tmp_path: Path) -> Path:
    """Return weights by which a place named twice or more is likely, and no other."""
    return likely_from(tmp_path, 1.5)


@pytest.fixture
def any_place(tmp_path: Path) -> Path:
    """Return weights by which every place that is named is likely."""
    return likely_from(tmp_path, 0.5)


def likely_from(folder: Path, least: float) -> Path:
    at = FEATURES.index("named")
    tree = ((at, math.log1p(least), 1, 2), (-1, -3.0, 0, 0), (-1, 3.0, 0, 0))
    path = folder / "weights.json"
    path.write_text(forest.dumps(forest.Forest(FEATURES, 0.0, (tree,))), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A bomb exploded in Cali. It rained in Cali.", {"Cali"}),
        ("A bomb exploded in Cali. People mourned in Lima. It rained in Lima.", {"Lima"}),
        ("A bomb exploded. People mourned in Cali. It rained in Cali.", {"Cali"}),
        ("A bomb exploded 30 km north of Cali. It rained in Cali.", {"30 km north of Cali"}),
        ("A bomb exploded in Cali. Lima was calm.", {"Cali"}),
    ],
)
def test_a_report_goes_to_the_likely_place_if_there_is_one(
    text: str, place: set[str], frequent: Path
) -> None:
    assert places(reports(text, frequent)) == place


def test_a_likely_place_takes_a_report_though_one_stands_elsewhere(any_place: Path) -> None:
    found = reports("A bomb exploded in Cali. Lima saw it as well.", any_place)
    assert places(found) == {"Cali", "Lima"}
    assert len({report.id for report in found}) == len(found)


def test_a_moved_report_says_why_and_is_no_surer_than_its_event(frequent: Path) -> None:
    text = "A bomb exploded in Lima. People mourned in Cali. It rained in Cali."
    (report,) = reports(text, frequent)
    assert "likeliest" in report.reason
    assert 0 < report.score <= report.event.score


def test_a_text_without_places_keeps_its_reports(frequent: Path) -> None:
    (report,) = reports("A bomb exploded.", frequent)
    assert report.mention is None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(NEXT.replace(".", " .").split()), max_size=30))
def test_each_place_has_a_finite_number_for_each_feature(words: list[str]) -> None:
    article = Article("1", " ".join(["A bomb exploded in Lima.", *words]))
    page = Page(article, PIPELINE.mentions(article), None)
    found = rows(page, rivals(page), "bombing", PIPELINE.extractor(article))
    assert all(len(row) == len(FEATURES) for row in found)
    assert all(abs(value) < 1e6 for row in found for value in row)


def test_the_bundled_weights_place_what_another_sentence_places() -> None:
    assert forest.read(PLACES["terrorism"]).features == FEATURES
    assert PLACES["terrorism"].stat().st_size < 200_000
    article = Article("1", NEXT.upper(), published=date(1990, 5, 9))
    assert places(list(profiled(PIPELINE, "terrorism")(article).events)) == {"Cali"}


@pytest.mark.parametrize(
    ("text", "implied"),
    [
        ("BOGOTA, 9 MAY 90 (AFP) -- A BOMB EXPLODED IN THIS CAPITAL.", "Bogotá"),
        ("BOGOTA, 9 MAY 90 (AFP) -- A BOMB EXPLODED.", "Colombia"),
    ],
)
def test_the_capital_and_the_country_compete_though_no_name_stands_there(
    text: str, implied: str
) -> None:
    article = Article("1", text, published=date(1990, 5, 9))
    found = rivals(Page(article, PIPELINE.mentions(article), None))
    assert implied in {rival.place.name for rival in found if rival.named < len(rival.mentions)}


def test_a_text_without_names_has_no_rivals() -> None:
    assert rivals(Page(Article("1", "A bomb exploded in this capital."), (), None)) == ()
