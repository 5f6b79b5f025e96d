"""The second look at names that the tagger leaves out, and where an article plays."""

from __future__ import annotations

import pytest
from hostile_texts import any_text
from hypothesis import given, settings

from geomap import forest, overlooked, tagger
from geomap.gazetteer import Gazetteer
from geomap.setting import Company, company, setting
from geomap.sightings import read_text, weigh_all

GAZETTEER = Gazetteer.open()


def companies(text: str) -> dict[str, Company]:
    """Return the company of each name of the gazetteer in a text, all of them taken for sure."""
    sightings = weigh_all(read_text(text), GAZETTEER)
    meant = {sighting.match.key: sighting for sighting in sightings}
    around = setting(dict.fromkeys(meant, 1.0), meant)
    return {key: company(around, sighting.match) for key, sighting in meant.items()}


def test_the_weights_are_of_the_features_in_their_order() -> None:
    weights = forest.read(overlooked.MODEL)
    assert weights.features == overlooked.FEATURES
    assert len(weights.weights) == len(overlooked.FEATURES)


def test_a_name_counts_by_any_of_its_places() -> None:
    found = companies("From Piura and Trujillo to Lima")
    assert found["trujillo"].main
    assert found["trujillo"].country == pytest.approx(2.0)
    assert found["trujillo"].share == pytest.approx(1.0)


def test_a_name_does_not_speak_for_itself() -> None:
    assert companies("Lima")["lima"] == Company(0.0, 0.0, 0.0, 0.0, 0.0, main=True, total=0.0)


def test_neighbors_are_near_and_the_antipodes_are_not() -> None:
    found = companies("From Baghdad and Fallujah to Wellington")
    assert found["fallujah"].near == pytest.approx(1.0)
    assert found["wellington"].nearish == 0.0


@settings(max_examples=60)
@given(any_text())
def test_what_is_found_lies_apart_from_what_the_tagger_found(text: str) -> None:
    read = read_text(text)
    sightings = weigh_all(read, GAZETTEER)
    tagging = tagger.tag(read, sightings)
    taken = {at for first, last, _ in tagging.names for at in range(first, last + 1)}
    for first, last, score in overlooked.overlooked(read, sightings, tagging):
        assert taken.isdisjoint(range(first, last + 1))
        assert 0 < score < 1
    assert all(
        len(row) == len(overlooked.FEATURES)
        for _, row in overlooked.vectors(read, sightings, tagging)
    )
