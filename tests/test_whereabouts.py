"""The second look: reports go to the likely places of their type, and stay where they are if they
stand at one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap import forest
from geomap.model import Article
from geomap.page import Page
from geomap.pipeline import Pipeline, profiled
from geomap.whereabouts import FEATURES, PLACES, SecondLook, board, rows

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


@pytest.fixture
def frequent(tmp_path: Path) -> Path:
    """Return weights by which a place named twice or more is likely, and no other."""
    at = FEATURES.index("named")
    tree = ((at, 1.5, 1, 2), (-1, -3.0, 0, 0), (-1, 3.0, 0, 0))
    path = tmp_path / "weights.json"
    path.write_text(forest.dumps(forest.Forest(FEATURES, 0.0, (tree,))), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A bomb exploded in Cali.", "Cali"),
        ("A bomb exploded in Cali. People mourned in Medellín. It rained in Medellín.", "Medellín"),
        ("A bomb exploded. People mourned in Cali. It rained in Cali.", "Cali"),
        ("A bomb exploded 30 km north of Cali. People mourned in Cali.", "30 km north of Cali"),
    ],
)
def test_a_report_goes_to_the_likely_place(text: str, place: str, frequent: Path) -> None:
    found = reports(text, frequent)
    assert {r.mention.place.name for r in found if r.mention and r.mention.place} == {place}


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
    found = rows(board(page, PIPELINE.extractor(article)))
    assert all(len(row) == len(FEATURES) for row in found)
    assert all(abs(value) < 1e6 for row in found for value in row)


def test_the_bundled_weights_place_what_another_sentence_places() -> None:
    assert forest.read(PLACES["terrorism"]).features == FEATURES
    assert PLACES["terrorism"].stat().st_size < 200_000
    article = Article("1", NEXT.upper(), published=date(1990, 5, 9))
    found = profiled(PIPELINE, "terrorism")(article).events
    placed = {r.mention.place.name for r in found if r.mention and r.mention.place}
    assert placed == {"Cali"}
