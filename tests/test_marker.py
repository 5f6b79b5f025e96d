"""The learned reader of places: what it marks, and what it does where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.encoder import LONGEST
from geomap.marker import MODEL, Marker, Marks, Word, window
from geomap.model import Span


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def marks(text: str, trigger: str) -> Marks:
    marker = Marker.open()
    assert marker is not None
    return marker(text, Span(0, len(text)), span_of(text, trigger))


def test_weights_are_shipped() -> None:
    assert MODEL.is_file()


@pytest.mark.parametrize(
    ("text", "trigger", "where", "elsewhere"),
    [
        (
            "A bomb exploded in Mosul on Sunday, officials in Baghdad said.",
            "exploded", "Mosul", "Baghdad",
        ),
        (
            "Gunmen kidnapped two engineers in Kano, while soldiers shelled rebels near Goma.",
            "kidnapped", "Kano", "Goma",
        ),
        (
            "Gunmen kidnapped two engineers in Kano, while soldiers shelled rebels near Goma.",
            "shelled", "Goma", "Kano",
        ),
        (
            "In Paris, the minister condemned the bombing that killed six people in Tunis.",
            "killed", "Tunis", "Paris",
        ),
        (
            "PROTESTERS STORMED THE PARLIAMENT IN COLOMBO, THE EMBASSY IN LONDON SAID.",
            "STORMED", "COLOMBO", "LONDON",
        ),
    ],
)  # fmt: skip
def test_each_trigger_has_its_own_place(
    text: str, trigger: str, where: str, elsewhere: str
) -> None:
    found = marks(text, trigger)
    assert found.over(span_of(text, where)) > 0.5 > found.over(span_of(text, elsewhere))


def test_offsets_are_those_of_the_text() -> None:
    text = "Nobody saw it. “Rebels” attacked Saint-Étienne-du-Rouvray on Friday."
    marker = Marker.open()
    assert marker is not None
    sentence = Span(text.index("“"), len(text))
    found = marker(text, sentence, span_of(text, "attacked"))
    assert all(sentence.covers(word.span) for word in found.words)
    assert any("Étienne" in span.of(text) for span in found.spans(0.4))


def test_a_long_sentence_is_read_around_its_trigger() -> None:
    text = f"{'and they walked on ' * 300}until rebels attacked Goma {'and then they ran ' * 300}"
    found = marks(text, "attacked")
    assert found.over(span_of(text, "Goma")) > 0.5


def test_a_missing_file_means_no_marker() -> None:
    assert Marker.open(Path("no such file.onnx")) is None


def test_marks_of_words_join_to_spans() -> None:
    words = [Word(Span(0, 5), 0.9), Word(Span(6, 8), 0.1), Word(Span(9, 12), 0.6)]
    found = Marks((*words, Word(Span(13, 20), 0.7)))
    assert found.spans(0.5) == [Span(0, 5), Span(9, 20)]
    assert found.over(Span(100, 120)) == 0.0


@given(
    lengths=st.lists(st.integers(1, 9), min_size=1, max_size=400),
    at=st.integers(0, 399),
)
def test_a_window_frames_the_trigger(lengths: list[int], at: int) -> None:
    offsets, start = [(0, 0)], 0
    for length in lengths:
        offsets.append((start, start + length))
        start += length + 1
    offsets.append((0, 0))
    trigger = 1 + at % len(lengths)
    seen = window(offsets, Span(*offsets[trigger]))
    assert trigger in seen
    assert len(seen) == min(len(offsets), LONGEST)
    assert seen == sorted(set(seen))
    assert {0, len(offsets) - 1} <= set(seen)
