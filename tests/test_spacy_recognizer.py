"""spaCy behind the recognizer's seam."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.model import Article
from geomap.pipeline import Pipeline
from geomap.spacy_recognizer import SpacyRecognizer

TEXT = "A bomb exploded in Mosul on Monday, Iraqi police said."


def test_a_spacy_pipeline_finds_the_names_and_geomap_places_the_event() -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install geomap[spacy]")
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "GPE", "pattern": "Mosul"}, {"label": "NORP", "pattern": "Iraqi"}]
    )
    recognizer = SpacyRecognizer(nlp)
    assert [(t.text, t.kind) for t in recognizer(TEXT)] == [
        ("Mosul", "place"),
        ("Iraqi", "demonym"),
    ]
    result = Pipeline(recognizer=recognizer)(Article("1", TEXT, published=date(2024, 5, 8)))
    assert {e.mention.place.name for e in result.events if e.mention and e.mention.place} == {
        "Mosul"
    }


def test_labels_that_are_no_places_are_left_out() -> None:
    class Entity:
        label_ = "PERSON"
        start_char, end_char = 0, 1

    class Document:
        ents = (Entity(),)

    assert SpacyRecognizer(lambda _: Document())(TEXT) == ()
