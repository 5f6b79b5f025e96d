"""What sentences tell to a learned reader, word by word, and the second reading of events by it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hostile_texts import any_text
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.encoder import LONGEST, Encoder
from geomap.events import extract
from geomap.model import Article, Span
from geomap.ontology import event_types
from geomap.pipeline import Pipeline, as_found
from geomap.rereading import Rereader, reread
from geomap.senses import MODEL, Sense, Senses
from geomap.text import read

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.model import Event

PUBLISHED = date(2024, 5, 8)
FIRST_READING = Pipeline(rereader=as_found)
TAKEN = "Soldiers took eleven teachers off a bus near Goma and marched them into the bush."
"""A kidnapping that no word of the lexicon tells."""


def senses() -> Senses:
    """Return the reader, which these tests need."""
    found = Senses.open()
    assert found is not None
    return found


def sense_of(text: str) -> Sense:
    """Return what a text tells that is one sentence."""
    (sense,) = senses()(text, [Span(0, len(text))])
    return sense


def best(sense: Sense) -> tuple[str, float]:
    """Return the likeliest type and how likely it is."""
    return max(sense.likely.items(), key=lambda item: item[1])


def read_twice(text: str, title: str = "") -> tuple[list[Event], list[Event]]:
    """Return the events of the first reading, and those of the second."""
    article = Article("1", text, title, published=PUBLISHED)
    first = list(extract(article))
    return first, reread(article, first, FIRST_READING.mentions(article), senses())


def outlined(text: str, events: list[Event]) -> list[tuple[str, str, str]]:
    """Return type, status and trigger of events."""
    return [(event.type, event.status, event.trigger.of(text)) for event in events]


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("Eleven shops in Split were gutted when a stove tipped over.", "fire", "gutted"),
        ("A crowd with placards filled the square in Pune against the tax.", "protest", "filled"),
        ("A bomb went off in Kabul on Sunday.", "bombing", "bomb"),
        ("A judge in Lyon sentenced the mayor to three years.", "trial", "sentenced"),
        (TAKEN, "kidnapping", "took"),
    ],
)
def test_it_hears_what_a_sentence_tells_and_in_which_word(text: str, kind: str, word: str) -> None:
    sense = sense_of(text)
    likeliest, likely = best(sense)
    assert likeliest == kind
    assert likely > 0.5
    span, _ = max(sense.telling(kind), key=lambda item: item[1])
    assert span.of(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "The hotel in Bergen has two hundred beds and a view of the harbor.",
        "She was born in Cusco and studied law in Lima.",
        "The film bombed at the box office in Lima.",
        "Interest rates were left unchanged in Oslo.",
    ],
)
def test_it_hears_where_nothing_is_told(text: str) -> None:
    assert best(sense_of(text))[1] < 0.1


def test_it_tells_what_some_of_the_words_say() -> None:
    text = "A bomb went off in Kabul on Sunday, and police arrested nine men in Herat."
    sense = sense_of(text)
    bomb, arrested = (text.index(word) for word in ("bomb", "arrested"))
    assert sense.said(Span(bomb, bomb + 4))["bombing"] > 0.5
    assert sense.said(Span(arrested, arrested + 8))["arrest"] > 0.5
    assert sense.said(Span(arrested, arrested + 8))["bombing"] < 0.5
    assert sense.said(Span(0, 0)) == {}


def test_one_sentence_may_tell_of_several_types() -> None:
    text = "A bomb went off in Kabul on Sunday, and police arrested nine men in Herat."
    likely = sense_of(text).likely
    assert likely["bombing"] > 0.5
    assert likely["arrest"] > 0.5


def test_offsets_are_those_of_the_text() -> None:
    text = "Rain. Mud came down on Saint-Étienne’s road."
    (sense,) = senses()(text, [Span(6, len(text))])
    assert [span.of(text) for span in sense.words][:5] == ["Mud", "came", "down", "on", "Saint"]
    assert "Étienne" in [span.of(text) for span in sense.words]


def test_what_a_sentence_tells_has_the_types_of_the_ontology_in_one_order() -> None:
    assert list(sense_of(TAKEN).likely) == sorted(event_types())


def test_sentences_come_back_in_their_order_however_they_are_grouped() -> None:
    told = ["A bomb went off in Kabul.", "The hotel in Bergen has a view.", TAKEN] * 20
    text = " ".join(told)
    ends = [sum(len(other) + 1 for other in told[: at + 1]) - 1 for at in range(len(told))]
    spans = [Span(end - len(one), end) for end, one in zip(ends, told, strict=True)]
    found = senses()(text, spans)
    assert [sense.words[0].start for sense in found] == [span.start for span in spans]
    assert {best(sense)[0] for sense in found[::3]} == {"bombing"}
    assert {best(sense)[0] for sense in found[2::3]} == {"kidnapping"}


def test_no_sentences_tell_nothing() -> None:
    assert senses()("A bomb went off.", []) == []
    (empty,) = senses()("", [Span(0, 0)])
    assert empty.words == ()


def test_of_a_very_long_sentence_the_first_pieces_are_read() -> None:
    sense = sense_of(TAKEN + " and so on" * LONGEST)
    assert len(sense.words) < LONGEST
    assert best(sense)[0] == "kidnapping"


@settings(max_examples=40)
@given(any_text() | st.text(max_size=400))
def test_any_text_has_likelihoods_and_words_in_it(text: str) -> None:
    sense = sense_of(text)
    assert all(0 <= value <= 1 for value in sense.likely.values())
    assert sense.shares.shape == (len(sense.words), len(event_types()))
    assert ((sense.shares >= 0) & (sense.shares <= 1)).all()
    assert all(0 <= span.start < span.end <= len(text) for span in sense.words)
    assert list(sense.words) == sorted(sense.words)


def test_without_weights_events_stay_as_they_are(tmp_path: Path) -> None:
    article = Article("1", "A quake shook Lima on Monday.", published=PUBLISHED)
    events = extract(article)
    missing = tmp_path / "none.onnx"
    assert Senses.open(missing) is None
    assert Encoder.open(missing) is None
    assert Rereader(missing)(article, events, ()) == events


def test_the_weights_are_opened_once_and_only_for_what_may_be_read() -> None:
    assert Senses.open() is Senses.open(MODEL)
    assert list(Rereader()(Article("1", "Nothing."), (), ())) == []


def test_an_event_without_a_known_word_is_found_at_the_word_that_says_most() -> None:
    first, second = read_twice(TAKEN)
    assert first == []
    assert outlined(TAKEN, second) == [("kidnapping", "happened", "took")]
    assert second[0].sentence.of(TAKEN) == TAKEN


def test_a_sentence_that_tells_of_nothing_makes_its_event_background() -> None:
    text = "The campaign caught fire in Ohio."
    first, second = read_twice(text)
    assert outlined(text, first) == [("fire", "happened", "caught fire")]
    assert outlined(text, second) == [("fire", "background", "caught fire")]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded in Mosul on Sunday, killing three.",
        "Police arrested nine men in Herat over the theft.",
        "A quake shook Lima on Monday.",
    ],
)
def test_what_both_readings_hear_stays_and_is_not_doubled(text: str) -> None:
    first, second = read_twice(text)
    assert first
    assert second == first


def test_where_an_article_is_no_news_nothing_is_added() -> None:
    text = (
        f"The editor's third novel has a slow first chapter. {TAKEN} The plot creaks, but the "
        "characters live, and readers who loved her debut will forgive the end."
    )
    first, second = read_twice(text, "Book review: The Bridge at Goma")
    assert outlined(text, second) == outlined(text, first)


NEWS = (
    "A quake shook Lima on Monday.",
    "Gunmen killed a judge in Cali.",
    "The campaign caught fire in Ohio.",
    "The hotel has two hundred beds.",
    "Mud came down on the road near Pokhara and took four houses with it.",
    "Fire",
    TAKEN,
)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(NEWS), max_size=8))
def test_events_stay_in_reading_order_and_none_is_lost(parts: list[str]) -> None:
    text = " ".join(parts)
    first, second = read_twice(text)
    assert [event.trigger for event in second] == sorted(event.trigger for event in second)
    assert {event.trigger for event in first} <= {event.trigger for event in second}
    sentences = [sentence.span for sentence in read(text)]
    assert all(event.sentence in sentences for event in second)
    assert all(event.sentence.covers(event.trigger) for event in second)
