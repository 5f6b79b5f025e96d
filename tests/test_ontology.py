"""The table of event types."""

from __future__ import annotations

import re

import pytest

from geomap.ontology import NATIONAL, EventType, event_types, group_of

GROUPS = {
    "conflict",
    "military",
    "unrest",
    "law_and_crime",
    "politics",
    "diplomacy",
    "humanitarian",
    "disaster",
    "accident",
    "health",
}


def test_there_are_34_types_in_ten_groups() -> None:
    assert len(event_types()) == 34
    assert {kind.group for kind in event_types().values()} == GROUPS


@pytest.mark.parametrize("kind", event_types().values(), ids=lambda kind: kind.code)
def test_each_type_is_described_and_has_codes_that_are_codes(kind: EventType) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", kind.code)
    assert re.fullmatch(r"[A-Z].*\.", kind.definition)
    assert not any(code == "-" for code in (kind.plover, kind.cameo, kind.acled, kind.glide))
    assert re.fullmatch(r"([0-9]{2,4}([,/ ]+|-|$))*", kind.cameo), kind.cameo
    assert re.fullmatch(r"(?:[0-9]{8})?", kind.iptc)
    assert re.fullmatch(r"([A-Z]{2}([,/ ]+|$))*", kind.glide), kind.glide


def test_each_type_is_found_under_its_own_code() -> None:
    assert all(code == kind.code for code, kind in event_types().items())


def test_national_types_are_types() -> None:
    assert set(event_types()) >= NATIONAL


@pytest.mark.parametrize("code", ["statement", "demand", "threat", "accusation", "", "no such"])
def test_what_is_said_is_no_event_for_the_map(code: str) -> None:
    assert group_of(code) == "verbal"


def test_labels_are_words() -> None:
    assert event_types()["air_strike"].label == "Air strike"
    assert all("_" not in kind.label for kind in event_types().values())
