"""The filter of a profile: what it keeps, what it vetoes, and how ``--types`` asks for it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.cli import main
from geomap.events import extract
from geomap.model import Article, Event, Span
from geomap.ontology import event_types
from geomap.pipeline import Pipeline
from geomap.relevance import PROFILES, Relevance, Weights, dumps, load, loads, together, vectors

if TYPE_CHECKING:
    from pathlib import Path

BOMB = "Guerrillas blew up a bank in Bogotá on Monday, and five civilians were wounded."
QUAKE = "An earthquake shook Lima on Monday."
DAY = date(1990, 5, 9)


def weights(**words: float) -> Weights:
    targets = {"bombing": ("armed_attack", "bombing"), "armed_clash": ("armed_attack",)}
    named = {name.replace("_", " "): value for name, value in words.items()}
    return Weights(targets, 0.5, 0.5, {"bombing": {"": -1.0, **named}, "armed_attack": {"": -3.0}})


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Return a file of weights that want bombings of which the article says dynamite."""
    path = tmp_path / "weights.json"
    path.write_text(dumps(weights(article_dynamite=9.0)), encoding="utf-8")
    return path


def types_of(text: str, model: Path) -> list[str]:
    article = Article("1", text, published=DAY)
    return [event.type for event in Relevance(model)(article, extract(article), [])]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Dynamite! A bomb exploded.", ["bombing"]),
        ("A bomb exploded.", []),
        ("Dynamite! An earthquake shook Lima.", []),
        ("Dynamite! Rebels and soldiers clashed.", []),
        ("", []),
    ],
)
def test_a_profile_keeps_what_its_weights_want_and_its_types_name(
    text: str, types: list[str], model: Path
) -> None:
    assert types_of(text, model) == types


def test_words_that_point_back_are_left_to_the_linker(model: Path) -> None:
    event = Event("", Span(4, 10), Span(0, 17), "happened", 0.6, anaphoric=True)
    article = Article("1", "The attack failed.")
    assert Relevance(model)(article, [event], []) == (event,)


def test_an_event_may_get_the_type_by_which_a_profile_calls_it(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(
        dumps(Weights({"violent_crime": ("armed_attack",)}, 0.5, 0.5, {"armed_attack": {"": 1.0}})),
        encoding="utf-8",
    )
    assert types_of("A judge was murdered in Medellin.", path) == ["armed_attack"]


def test_common_words_do_not_count_among_those_of_the_article() -> None:
    article = Article("1", "The army saw a bomb explode.")
    events = extract(article)
    plain, without = (vectors(article, events, [], common)[0] for common in ((), {"the"}))
    assert "article the" in plain
    assert "article the" not in without
    assert without["article army"] > plain["article army"]


def test_a_wanted_event_is_as_sure_as_it_is_likely(model: Path) -> None:
    article = Article("1", "Dynamite! A bomb exploded.")
    (event,) = Relevance(model)(article, extract(article), [])
    assert event.score > 0.9


def test_weights_are_what_was_written() -> None:
    told = replace(weights(word_bank=0.25), common=frozenset({"the"}))
    assert loads(dumps(told)) == told


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_together_lies_between_the_least_and_the_most(values: list[float]) -> None:
    assert min(values) - 1e-9 <= together(values) <= max(values) + 1e-9


@given(st.text(max_size=200))
def test_features_of_any_text_are_finite_and_the_same_twice(text: str) -> None:
    article = Article("1", f"{BOMB} {text}", published=DAY)
    events = extract(article)
    found = vectors(article, events, [])
    assert found == vectors(article, events, [])
    assert len(found) == len(events)
    assert all(0 <= value < 100 for vector in found for value in vector.values())


def test_the_bundled_profile_tells_a_bombing_from_a_quake() -> None:
    pipeline = Pipeline(selector=Relevance())
    kinds = {
        report.event.type
        for text in (BOMB, QUAKE)
        for report in pipeline(Article("1", text, published=DAY)).events
    }
    assert kinds == {"bombing"}


def test_bundled_weights_are_small_and_of_known_types() -> None:
    assert PROFILES["terrorism"].stat().st_size < 1_000_000
    told = load(PROFILES["terrorism"])
    named = {*told.targets, *(t for targets in told.targets.values() for t in targets)}
    assert named <= event_types().keys()
    assert {t for targets in told.targets.values() for t in targets} == told.words.keys()


@pytest.mark.parametrize(
    ("value", "types"),
    [
        ("bombing", {"bombing"}),
        ("disaster", {"earthquake"}),
        ("disaster, bombing", {"bombing", "earthquake"}),
        ("protest", set()),
        ("terrorism", {"bombing"}),
    ],
)
def test_types_keeps_only_the_types_and_groups_it_names(
    value: str, types: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({"text": text, "published": "1990-05-09"}) for text in (BOMB, QUAKE)]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert (
        main(["events", str(tmp_path / "news.jsonl"), "--types", value, "--format", "jsonl"]) == 0
    )
    told = capsys.readouterr().out.splitlines()
    assert {json.loads(line)["type"] for line in told} == types


@pytest.mark.parametrize("value", ["", "bombs", "bombing,quake", "terrorism,disaster", "../x"])
def test_an_unknown_type_is_wrong_usage(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["events", "-", "--types", value])
    assert ended.value.code == 2
    assert "groups: " in capsys.readouterr().err
