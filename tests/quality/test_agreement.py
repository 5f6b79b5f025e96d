"""The gold articles say what two annotators say who read them apart."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import agreement
import gate
import pytest

from geomap.ontology import event_types

if TYPE_CHECKING:
    from pathlib import Path

TWICE = sorted(agreement.SECOND.glob("*.toml"))
LEAST = {"event F1": 0.94, "place F1": 0.94, "date F1": 0.85, "right pins": 0.99}
"""What the annotators agree on; an article whose gold is mended must not lower it."""


def test_every_gold_article_was_annotated_twice() -> None:
    assert [path.name for path in TWICE] == sorted(path.name for path in gate.GOLD.glob("*.toml"))


@pytest.mark.parametrize("path", TWICE, ids=lambda path: path.stem)
def test_a_second_annotation_tells_of_its_article(path: Path) -> None:
    gold = gate.read_gold(gate.GOLD / path.name)
    for event in tomllib.loads(path.read_text(encoding="utf-8")).get("events", ()):
        assert event["told"] in f"{gold.article.title}\n{gold.article.text}"
        assert {event["type"], *event.get("alternatives", ())} <= set(event_types())


def test_the_annotators_agree() -> None:
    tally = agreement.score()
    found = gate.figures(tally)
    assert {name: found[name] for name in LEAST if found[name] < LEAST[name]} == {}, tally.errors
