"""The product keeps what it has reached on the gold articles, and the gate counts rightly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import get_args

import as_corpus
import gate
import predict
import pytest

from geomap.merging import merge
from geomap.model import Incident, Place, Status, When
from geomap.ontology import event_types
from geomap.pipeline import Pipeline
from geomap.space import distance_km

GOLD = sorted(gate.GOLD.glob("*.toml"))
HERE = Place("here", "Here", 10.0, 50.0, "PPL", "DE")
NEAR = replace(HERE, id="near", lon=10.3)
FAR = replace(HERE, id="far", lon=13.0)
DAY = date(2024, 5, 7)


@pytest.fixture(scope="module")
def tally() -> gate.Tally:
    """Return the scores of the product."""
    return gate.score()


@pytest.mark.parametrize("name", gate.FLOORS)
def test_no_figure_falls_below_its_floor(tally: gate.Tally, name: str) -> None:
    assert gate.figures(tally)[name] >= gate.FLOORS[name], "\n".join(tally.errors)


def test_few_pins_stand_at_forbidden_places(tally: gate.Tally) -> None:
    assert len(tally.forbidden) <= gate.MAX_FORBIDDEN, "\n".join(tally.forbidden)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_gold_article_is_consistent(path: gate.Path) -> None:
    gold = gate.read_gold(path)
    assert len(gate.spans_of(gold)) == len(gold.toponyms or ())
    for (start, end), (kind, _) in gate.spans_of(gold).items():
        assert not gold.article.text[start - 1 : start].isalnum()
        assert not gold.article.text[end : end + 1].isalnum()
        assert kind in ("place", "demonym", "metonym", "organization")
    for event in gold.events:
        assert event.types <= set(event_types())
        assert event.places
        assert event.statuses <= set(get_args(Status))
        assert all(
            distance_km(place, there) > gate.EVENT_KM
            for place in event.places
            for there in gold.forbidden
        )
        assert event.start is None or (event.end is not None and event.start <= event.end)


def expected(**changes: object) -> gate.Expected:
    """Return a bombing here."""
    event = gate.Expected(
        types=frozenset({"bombing"}),
        statuses=frozenset({"happened"}),
        places=(HERE,),
        start=DAY,
        end=DAY,
        fatalities=None,
        optional=False,
    )
    return replace(event, **changes)  # type: ignore[arg-type]


def shown(**changes: object) -> Incident:
    """Return the incident of a bombing here."""
    article = gate.Article("1", "A bomb exploded in Berlin.")
    reports = merge(Pipeline()(article).events)[0].reports
    when = When(DAY, DAY, "day")
    incident = Incident("1", "bombing", "happened", HERE, "site", None, when, reports, 0.9, "")
    return replace(incident, **changes)  # type: ignore[arg-type]


def tallied(incident: Incident, *events: gate.Expected) -> dict[str, float]:
    """Return the figures of one incident against events of the gold."""
    gold = gate.Gold(gate.Article("1", ""), (), events, (FAR,))
    tally = gate.Tally()
    gate.score_events(gold, (incident,), tally)
    return gate.figures(tally) | {"forbidden": len(tally.forbidden)}


@pytest.mark.parametrize("place", [HERE, NEAR])
def test_an_event_at_its_place_is_right(place: Place) -> None:
    found = tallied(shown(place=place), expected())
    assert found["event F1"] == found["dates"] == found["right pins"] == 1.0
    assert found["forbidden"] == 0


def test_an_event_elsewhere_is_a_wrong_pin_and_a_miss() -> None:
    found = tallied(shown(place=FAR), expected())
    assert found["event precision"] == found["event recall"] == found["right pins"] == 0.0
    assert found["forbidden"] == 1


def test_an_event_without_a_place_is_no_pin() -> None:
    found = tallied(shown(place=None), expected())
    assert found["right pins"] == 1.0
    assert found["event precision"] == 0.0


@pytest.mark.parametrize("change", [{"type": "riot"}, {"status": "planned"}])
def test_an_event_of_another_type_or_status_is_none(change: dict[str, str]) -> None:
    assert tallied(shown(**change), expected())["event F1"] == 0.0


def test_any_of_an_events_statuses_is_right() -> None:
    open_end = expected(statuses=frozenset({"happened", "ongoing"}))
    assert tallied(shown(status="ongoing"), open_end)["event F1"] == 1.0


@pytest.mark.parametrize("when", [None, When(None, DAY, "day"), When(DAY, date(2024, 5, 8), "day")])
def test_a_wrong_date_is_counted_apart(when: When | None) -> None:
    found = tallied(shown(when=when), expected())
    assert (found["event F1"], found["dates"]) == (1.0, 0.0)


def test_an_optional_event_is_neither_asked_for_nor_punished() -> None:
    optional = expected(optional=True)
    assert tallied(shown(), optional)["event precision"] == 1.0
    assert tallied(shown(type="riot", place=HERE), expected(), optional)["event recall"] == 0.0


def test_one_event_is_found_once() -> None:
    gold = gate.Gold(gate.Article("1", ""), (), (expected(),), ())
    tally = gate.Tally()
    gate.score_events(gold, (shown(), shown(id="2")), tally)
    assert gate.figures(tally)["event precision"] == 0.5


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_gold_article_is_the_same_as_a_document_of_a_corpus(path: gate.Path) -> None:
    gold = gate.read_gold(path)
    document = json.loads(json.dumps(as_corpus.as_document(gold)))
    assert predict.article(document) == gold.article
    assert [{e["type"], *e["alt_types"]} for e in document["events"]] == [
        event.types for event in gold.events
    ]
