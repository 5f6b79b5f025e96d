"""Where the learned reader and the rules together set an event in its sentence."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.model import Article
from geomap.pipeline import Pipeline

PIPELINE = Pipeline()


def placed(text: str, trigger: str) -> list[tuple[str, float]]:
    """Return the words for the places that a text gives a trigger's event, each with its score."""
    events = PIPELINE(Article("1", text, published=date(2020, 1, 1))).events
    return [(e.mention.toponym.text, e.score) for e in events if e.trigger == trigger and e.mention]


@pytest.mark.parametrize(
    ("text", "trigger", "phrase"),
    [
        ("Gunmen shot a man dead 30 km north of Mosul.", "shot", "30 km north of Mosul"),
        ("A bomb killed ten just outside Kunduz on Monday.", "killed", "just outside Kunduz"),
        ("Shells fell off the coast of Yemen on Monday.", "fell", "off the coast of Yemen"),
        ("Rebels attacked a camp between Gao and Ansongo.", "attacked", "between Gao and Ansongo"),
    ],
)  # fmt: skip
def test_a_phrase_around_a_marked_name_is_as_sure_as_the_name(
    text: str, trigger: str, phrase: str
) -> None:
    ((words, score),) = placed(text, trigger)
    assert words == phrase
    assert score > 0.6


def test_what_a_disaster_hits_is_its_place_whatever_is_named_before() -> None:
    text = "The cyclone came ashore near Beira and went on to flood parts of Zimbabwe and Malawi."
    assert [name for name, _ in placed(text, "flood")] == ["Zimbabwe", "Malawi"]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        (("Some 5,000 people left the town for Goma, carrying mattresses, and on Friday morning "
         "fighting was reported from the heights above Masisi."), "fighting", ["Masisi"]),
        ("The National Guard was sent to Valdosta after a tornado.", "tornado", ["Valdosta"]),
        ("Rescuers flew to Pisco following an earthquake.", "earthquake", ["Pisco"]),
    ],
)  # fmt: skip
def test_the_rules_help_where_the_reader_errs(text: str, trigger: str, expected: list[str]) -> None:
    assert [name for name, _ in placed(text, trigger)] == expected
