"""What sentences tell of, by ear: the encoder, the reader, and the second reading of events."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.encoder import Encoder
from geomap.events import extract
from geomap.model import Article, Span
from geomap.ontology import event_types
from geomap.pipeline import Pipeline, as_found
from geomap.rereading import EMPTY, Rereader, reread
from geomap.senses import Sense, Senses

if TYPE_CHECKING:
    from pathlib import Path

PUBLISHED = date(2024, 5, 8)


def sense_of(text: str) -> Sense:
    senses = Senses.open()
    assert senses is not None
    return senses(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Eleven shops on the quay in Split were gutted when a stove tipped over.", "fire"),
        ("The river came over its banks at Opole and stood a metre high in the streets.", "flood"),
        ("A crowd with candles and placards filled the square in Pune against the tax.", "protest"),
    ],
)
def test_it_hears_what_a_sentence_tells(text: str, kind: str) -> None:
    assert sense_of(text).type == kind


@pytest.mark.parametrize(
    "text",
    [
        "The hotel in Bergen has two hundred beds and a view of the harbor.",
        "She was born in Cusco and studied law in Lima.",
    ],
)
def test_it_hears_where_nothing_is_told(text: str) -> None:
    assert sense_of(text).nothing > 0.5


def test_offsets_are_those_of_the_text() -> None:
    text = "Rain. Mud came down on the road near Pokhara."
    senses = Senses.open()
    assert senses is not None
    words = senses(text, Span(6, len(text))).words
    assert [span.of(text) for span, _ in words][:3] == ["Mud", "came", "down"]


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=400))
def test_any_text_has_a_type_and_likelihoods(text: str) -> None:
    sense = sense_of(text)
    assert sense.type in event_types()
    assert 0 <= sense.likely <= 1
    assert 0 <= sense.nothing <= 1
    assert all(0 <= span.start <= span.end <= len(text) for span, _ in sense.words)


def test_without_weights_events_stay_as_they_are(tmp_path: Path) -> None:
    article = Article("1", "A quake shook Lima on Monday.", published=PUBLISHED)
    events = extract(article)
    assert Senses.open(tmp_path / "none.npz") is None
    assert Encoder.open(tmp_path / "none.onnx") is None
    assert Rereader(tmp_path / "none.npz")(article, events, ()) == events


def heard(text: str) -> list[tuple[str, str, str]]:
    """Return type, status and trigger of the events that a second reading leaves or finds."""
    article = Article("1", text, published=PUBLISHED)
    senses, pipeline = Senses.open(), Pipeline(rereader=as_found)
    assert senses is not None
    found = reread(article, extract(article), pipeline.mentions(article), senses)
    return [(event.type, event.status, event.trigger.of(text)) for event in found]


def test_an_event_without_a_known_word_is_found_at_the_word_that_says_most() -> None:
    text = "Eleven shops on the quay in Split were gutted when a stove tipped over."
    article = Article("1", text, published=PUBLISHED)
    (event,) = heard(text)
    assert event[:2] == ("fire", "happened")
    assert event[2] in text
    assert extract(article) == [] or event[0] == extract(article)[0].type


def test_a_sentence_without_a_place_is_not_read_again() -> None:
    assert heard("Eleven of them went over the edge when the fog came down at last.") == []


def test_events_stay_in_reading_order_and_none_is_lost() -> None:
    text = (
        "A quake shook Lima on Monday. Gunmen killed a judge in Cali. Mud came down near Pokhara."
    )
    article = Article("1", text, published=PUBLISHED)
    found = heard(text)
    assert len(found) >= len(extract(article))
    at = [text.index(trigger) for _, _, trigger in found]
    assert at == sorted(at)


def test_the_thresholds_are_shares() -> None:
    assert 0.5 < EMPTY <= 1
