"""The map of the seed article: what it has to show, and what it must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geomap.merging import merge
from geomap.pipeline import Pipeline
from geomap.records import record
from geomap.sources import read

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.model import Article, Incident

Record = dict[str, Any]

EMBASSY_OR_AROUND = {"U.S. Embassy in Baghdad", "Green Zone", "Baghdad"}
FORBIDDEN = {"Washington", "Tehran", "United States", "Iran", "Kuwait"}
TUESDAY, SUNDAY = "2019-12-31", "2019-12-29"


@pytest.fixture(scope="module")
def article(root: Path) -> Article:
    """Return the seed article."""
    (found,) = read(root / "seeds" / "2020-01-01-us-embassy-baghdad.txt")
    return found


@pytest.fixture(scope="module")
def incidents(article: Article) -> tuple[Incident, ...]:
    """Return the incidents of the seed article."""
    return merge(Pipeline()(article).events)


@pytest.fixture(scope="module")
def records(incidents: tuple[Incident, ...]) -> list[Record]:
    """Return what the map is told."""
    return [record(incident) for incident in incidents]


def matching(records: list[Record], **wanted: object) -> list[Record]:
    """Return the records that have all these values."""
    return [r for r in records if all(r[key] == value for key, value in wanted.items())]


def test_the_storming_is_one_incident_told_several_times(records: list[Record]) -> None:
    (storming,) = matching(records, group="unrest")
    assert storming["type"] == "riot"
    assert storming["status"] == "happened"
    assert storming["place"] in EMBASSY_OR_AROUND
    assert storming["country"] == "IQ"
    assert (storming["date_start"], storming["date_end"]) == (TUESDAY, TUESDAY)
    assert storming["date_precision"] == "day"
    assert {"stormed", "storming", "spilled through"} <= {
        report["trigger"] for report in storming["reports"]
    }


@pytest.mark.parametrize("country", ["Iraq", "Syria"])
def test_the_air_strikes_are_drawn_as_countries(records: list[Record], country: str) -> None:
    (strike,) = matching(records, type="air_strike", place=country)
    assert strike["status"] == "happened"
    assert (strike["date_start"], strike["date_end"]) == (SUNDAY, SUNDAY)
    assert strike["level"] == "country"
    assert (strike["fatalities_min"], strike["fatalities_max"]) == (25, None)
    assert strike["actors"] == ["United States"]


def test_the_air_strikes_hit_two_countries_and_no_other_place(records: list[Record]) -> None:
    assert {r["place"] for r in matching(records, type="air_strike")} == {"Iraq", "Syria"}


def test_the_marines_came_from_kuwait_to_the_embassy(records: list[Record]) -> None:
    (marines,) = matching(records, type="troop_deployment", origin="Kuwait")
    assert marines["role"] == "destination"
    assert marines["place"] in EMBASSY_OR_AROUND | {"Iraq"}
    assert marines["country"] == "IQ"
    assert (marines["date_start"], marines["date_end"]) == (TUESDAY, TUESDAY)
    assert marines["origin_lon"] == pytest.approx(47.7, abs=1)
    assert marines["origin_lat"] == pytest.approx(29.4, abs=1)


def test_the_contractor_was_killed_before_the_strikes(records: list[Record]) -> None:
    (killing,) = [r for r in records if "contractor" in r["quote"] and "killing" in r["trigger"]]
    assert killing["type"] in ("armed_attack", "violent_crime", "shelling")
    assert killing["place"] == "Iraq"
    assert killing["level"] == "country"
    assert killing["date_start"] is None
    assert killing["date_end"] <= SUNDAY
    assert killing["fatalities_min"] == 1


def test_the_troops_for_the_middle_east_are_planned_for_a_region(records: list[Record]) -> None:
    (planned,) = matching(records, status="planned")
    assert planned["type"] == "troop_deployment"
    assert planned["place"] == "Middle East"
    assert planned["level"] == "region"
    assert (planned["date_start"], planned["date_end"]) == (TUESDAY, TUESDAY)
    assert planned["counts"]["troops"] == [750, 750]
    assert planned["role"] == "destination"


def test_nothing_else_is_shown_but_soldiers_and_a_march_near_the_embassy(
    records: list[Record],
) -> None:
    required = 6
    allowed = [
        r
        for r in records
        if r["place"] in EMBASSY_OR_AROUND
        and r["type"] in ("troop_deployment", "protest")
        and r["origin"] is None
    ]
    assert len(records) <= required + 2
    assert len(records) - len(allowed) == required


def test_no_pin_stands_where_somebody_only_spoke(records: list[Record]) -> None:
    assert FORBIDDEN.isdisjoint(r["place"] for r in records)
    assert {r["country"] for r in records} <= {"IQ", "SY", None}
    assert all(r["place"] is not None for r in records)


def test_calls_and_warnings_are_no_events(records: list[Record]) -> None:
    assert not matching(records, group="diplomacy")
    assert not any("Pompeo" in r["quote"] for r in records)


def test_every_word_of_evidence_stands_in_the_article(
    article: Article, incidents: tuple[Incident, ...], records: list[Record]
) -> None:
    for told in [report for each in records for report in each["reports"]]:
        for name in ("quote", "trigger", "mention"):
            if told[name] is not None:
                assert article.text[told[f"{name}_start"] : told[f"{name}_end"]] == told[name]
        assert told["trigger"] in told["quote"]
    for report in [report for incident in incidents for report in incident.reports]:
        for part in (*report.counts, *report.participants):
            assert report.event.sentence.covers(part.span)
        assert all(p.span.of(article.text) == p.name for p in report.participants)


def test_every_incident_says_why(records: list[Record]) -> None:
    for each in records:
        assert each["place"] in each["reason"]
        assert "\n" not in each["reason"]
        assert 0 < each["confidence"] < 1
