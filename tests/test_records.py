"""Incidents as flat records and GeoJSON."""

from __future__ import annotations

import json

import pytest
from made_reports import PLACES, report

from geomap.merging import merge
from geomap.model import Count, Incident, Participant, Span
from geomap.records import feature, feature_collection, record

NAMES = (
    "id type group status date_start date_end date_precision time_precision place place_id lon lat "
    "feature country admin1 level geo_precision where_prec radius_km role origin origin_lon "
    "origin_lat actors targets fatalities_min fatalities_max counts approximate trigger "
    "trigger_start trigger_end quote quote_start quote_end mention mention_start mention_end "
    "article_id article_title article_url published confidence reason reports plover cameo acled "
    "iptc glide"
).split()


def incident(**changes: object) -> Incident:
    """Return the incident of one report."""
    (found,) = merge([report(**changes)])  # type: ignore[arg-type]
    return found


def test_a_record_has_the_names_that_every_export_has() -> None:
    assert sorted(record(incident())) == sorted(NAMES)


@pytest.mark.parametrize(
    ("day", "end", "expected"),
    [
        ("2020-01-02", None, ("2020-01-02", "2020-01-02", "day", 1)),
        (None, None, (None, None, "none", 3)),
        ("?2020-01-02", None, (None, "2020-01-02", "none", 3)),
        ("2020-01-02", "2020-01-05", ("2020-01-02", "2020-01-05", "day", 1)),
    ],
)
def test_times_are_iso_days(
    day: str | None, end: str | None, expected: tuple[str | None, str | None, str, int]
) -> None:
    found = record(incident(day=day, end=end))
    names = ("date_start", "date_end", "date_precision", "time_precision")
    assert tuple(found[name] for name in names) == expected


@pytest.mark.parametrize(
    ("place", "level", "geo_precision", "where_prec", "radius"),
    [
        ("U.S. Embassy", "site", 1, 1, 1.0),
        ("Baghdad", "city", 1, 1, 20.0),
        ("Green Zone", "district", 2, 2, 2.0),
        ("Nineveh", "admin1", 3, 4, 120.0),
        ("Iraq", "country", 3, 6, 400.0),
        ("Middle East", "region", 3, 5, 1500.0),
        ("Gulf", "sea", 3, 7, 400.0),
    ],
)
def test_a_place_says_how_precise_it_is(
    place: str, level: str, geo_precision: int, where_prec: int, radius: float
) -> None:
    found = record(incident(place=place))
    assert found["place"] == place
    assert (found["lon"], found["lat"]) == (PLACES[place].lon, PLACES[place].lat)
    assert (found["level"], found["geo_precision"]) == (level, geo_precision)
    assert (found["where_prec"], found["radius_km"]) == (where_prec, radius)


def test_an_event_without_a_place_has_no_geometry() -> None:
    found = feature(incident(place=None))
    assert found["geometry"] is None
    unknown = ("place", "lon", "lat", "country", "level", "geo_precision", "radius_km", "mention")
    assert all(found["properties"][name] is None for name in unknown)


def test_coordinates_stand_in_the_order_of_geojson() -> None:
    assert feature(incident())["geometry"] == {"type": "Point", "coordinates": [44.40, 33.34]}


def test_a_movement_has_its_start() -> None:
    found = record(incident(kind="troop_deployment", role="destination", origin="Kuwait"))
    assert (found["role"], found["origin"]) == ("destination", "Kuwait")
    assert (found["origin_lon"], found["origin_lat"]) == (47.75, 29.5)


def test_deaths_stand_apart_from_the_other_counts() -> None:
    counts = (
        Count("killed", 25, None, Span(0, 2)),
        Count("injured", 24, 99, Span(3, 5)),
        Count("arrested", 3, 3, Span(6, 8)),
    )
    found = record(incident(counts=counts))
    assert (found["fatalities_min"], found["fatalities_max"]) == (25, None)
    assert found["counts"] == {"arrested": [3, 3], "injured": [24, 99]}
    assert found["approximate"] == []


def test_figures_that_the_words_give_as_about_right_are_named() -> None:
    counts = (
        Count("killed", 30, 30, Span(0, 2), "~"),
        Count("injured", 12, 12, Span(3, 5)),
        Count("displaced", 900, 900, Span(6, 8), "~"),
    )
    assert record(incident(counts=counts))["approximate"] == ["displaced", "killed"]


def test_nobody_is_known_to_have_died_where_nobody_says_so() -> None:
    found = record(incident())
    assert found["fatalities_min"] is found["fatalities_max"] is None
    assert found["counts"] == {}


def test_people_are_named_once() -> None:
    people = tuple(
        Participant(role, name, Span(0, 2))
        for role, name in [("actor", "gunmen"), ("target", "two nurses"), ("actor", "gunmen")]
    )
    found = record(incident(participants=people))
    assert (found["actors"], found["targets"]) == (["gunmen"], ["two nurses"])


def test_one_actor_stands_under_one_name() -> None:
    ways = ("the Taliban", "Taliban fighters")
    people = tuple(Participant("actor", name, Span(0, 2), "Taliban") for name in ways)
    assert record(incident(participants=people))["actors"] == ["Taliban"]


def test_codes_of_the_field_go_with_the_type() -> None:
    found = record(incident(kind="flood"))
    assert (found["group"], found["glide"]) == ("disaster", "FL, FF")


def test_every_report_has_the_same_evidence() -> None:
    (found,) = merge([report(), report(at=50, article="b")])
    told = record(found)["reports"]
    assert len(told) == 2
    assert {each["article_id"] for each in told} == {"a", "b"}
    assert all(set(told[0]) == set(each) for each in told)
    assert set(told[0]) <= {*NAMES}


def test_a_report_says_why_it_is_of_the_incident() -> None:
    (found,) = merge([report(score=0.9), report(place="Iraq", article="b")])
    assert [told["reason"] for told in record(found)["reports"]] == [
        "because of Baghdad",
        "because of Iraq; the same event: Baghdad in Iraq, the same day",
    ]


def test_a_collection_is_geojson_that_json_can_write() -> None:
    found = feature_collection(merge([report(), report("flood", None, None, at=50)]))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["type"] == "FeatureCollection"
    assert {each["type"] for each in found["features"]} == {"Feature"}
    assert all(each["id"] == each["properties"]["id"] for each in found["features"])


def test_the_same_incidents_give_the_same_bytes() -> None:
    written = [json.dumps(feature_collection(merge([report(), report(at=9)]))) for _ in range(2)]
    assert written[0] == written[1]
