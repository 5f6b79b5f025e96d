"""Which reports are of one event, and what the event is then."""

from __future__ import annotations

import random
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import PLACES, report, when

from geomap.merge import merge

if TYPE_CHECKING:
    from geomap.model import Incident, LinkedEvent

DAY, NEXT = "2020-01-02", "2020-01-03"


def merged(*reports: LinkedEvent) -> int:
    """Return how many incidents the reports make."""
    return len(merge(reports))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({}, {"at": 50}),
        ({}, {"article": "b"}),
        ({"place": "Iraq"}, {"place": "Baghdad", "article": "b"}),
        ({"place": "Baghdad"}, {"place": "Green Zone"}),
        ({"place": "Baghdad"}, {"place": "U.S. Embassy"}),
        ({"place": "Nineveh"}, {"place": "Mosul"}),
        ({"place": "Middle East"}, {"place": "Baghdad"}),
        ({"place": None}, {"at": 50}),
        ({"day": None}, {"at": 50}),
        ({"day": None}, {"article": "b"}),
        ({"day": DAY}, {"day": "2019-12-30", "end": "2020-01-05", "article": "b"}),
        ({"day": "?2020-01-05"}, {"article": "b"}),
        ({"kind": "riot"}, {"kind": "protest"}),
        ({"kind": "armed_attack"}, {"kind": "violent_crime"}),
        ({"status": "ongoing"}, {"at": 50}),
        (
            {"kind": "troop_deployment", "role": "destination", "origin": "Kuwait"},
            {"kind": "troop_deployment", "role": "destination", "place": "Iraq"},
        ),
    ],
)
def test_reports_of_one_event_are_one_incident(a: dict[str, str], b: dict[str, str]) -> None:
    assert merged(report(**a), report(**b)) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"kind": "bombing"}, {"kind": "protest"}),
        ({"place": "Baghdad"}, {"place": "Mosul"}),
        ({"place": "Iraq"}, {"place": "Syria"}),
        ({"place": "Mosul"}, {"place": "Hamdaniya"}),
        ({"day": DAY}, {"day": NEXT}),
        ({"day": "?2020-01-01"}, {"day": DAY}),
        ({"status": "planned"}, {"status": "happened"}),
        ({"place": None}, {"article": "b"}),
        ({"day": None}, {"article": "b", "published": "2020-03-01"}),
        ({"day": None}, {"article": "b", "published": None}),
        (
            {"kind": "troop_deployment", "role": "destination", "origin": "Kuwait"},
            {"kind": "troop_deployment", "role": "destination", "origin": "Syria"},
        ),
        (
            {"kind": "troop_deployment", "role": "destination"},
            {"kind": "troop_deployment", "role": "site"},
        ),
    ],
)
def test_reports_of_different_events_stay_apart(a: dict[str, str], b: dict[str, str]) -> None:
    assert merged(report(**a), report(**b, at=50)) == 2  # type: ignore[arg-type]


def test_a_chain_of_places_ties_no_two_towns_together() -> None:
    found = merge(
        [report(place="Baghdad"), report(place="Iraq", at=50), report(place="Mosul", at=90)]
    )
    assert {i.place.name for i in found if i.place} == {"Baghdad", "Mosul"}
    assert sum(len(i.reports) for i in found) == 3


def test_a_chain_of_days_ties_no_two_days_together() -> None:
    wide = report(day="2020-01-01", end="2020-01-10", article="b")
    found = merge([report(), wide, report(day=NEXT, article="c")])
    assert sorted(len(i.reports) for i in found) == [1, 2]


@pytest.mark.parametrize(
    "status", ["threatened", "demanded", "denied", "hypothetical", "background"]
)
def test_what_did_not_happen_is_not_shown(status: str) -> None:
    assert merge([report(status=status)]) == ()  # type: ignore[arg-type]


def test_a_plan_is_shown_if_its_time_is_told() -> None:
    assert merged(report(status="planned")) == 1
    assert merged(report(status="planned", day=None)) == 0


def test_an_incident_takes_the_finest_place_and_the_most_exact_time() -> None:
    (incident,) = merge(
        [
            report(place="Iraq", day="2020-01-01", end="2020-01-07"),
            report(place="Baghdad", day=None, at=50),
            report(place="Green Zone", day=DAY, at=90),
        ]
    )
    assert incident.place == PLACES["Green Zone"]
    assert incident.when == when(DAY)
    assert incident.reports[0].mention is not None
    assert incident.reports[0].mention.place == PLACES["Green Zone"]


def test_a_fine_place_that_is_unsure_does_not_win() -> None:
    (incident,) = merge([report(place="Baghdad"), report(place="Green Zone", score=0.3, at=50)])
    assert incident.place == PLACES["Baghdad"]


def test_an_election_is_the_whole_country_s() -> None:
    (incident,) = merge([report("election", "Iraq"), report("election", "Baghdad", at=50)])
    assert incident.place == PLACES["Iraq"]


def test_a_riot_is_more_than_a_protest() -> None:
    (incident,) = merge([report("protest"), report("riot", at=50, score=0.5)])
    assert incident.type == "riot"


def test_a_movement_keeps_its_start() -> None:
    (incident,) = merge(
        [
            report("troop_deployment", "Iraq", role="destination", at=9),
            report("troop_deployment", "Iraq", role="destination", origin="Kuwait", at=50),
        ]
    )
    assert incident.origin == PLACES["Kuwait"]
    assert incident.role == "destination"


def test_every_report_is_kept_as_evidence_the_best_first() -> None:
    reports = [report(at=at, score=0.5 + at / 1000) for at in (0, 50, 90)]
    (incident,) = merge(reports)
    assert set(incident.reports) == set(reports)
    assert incident.score == max(r.score for r in reports)
    assert [r.score for r in incident.reports] == sorted((r.score for r in reports), reverse=True)


def test_incidents_stand_in_order_of_time() -> None:
    found = merge(
        [report(day=NEXT), report("flood", day=None, at=9), report(day="2019-05-05", at=50)]
    )
    assert [i.when and str(i.when.start) for i in found] == ["2019-05-05", NEXT, None]


def test_nothing_makes_nothing() -> None:
    assert merge([]) == ()


REPORTS = st.builds(
    report,
    st.sampled_from(["bombing", "protest", "riot", "troop_deployment", "election"]),
    st.none() | st.sampled_from(sorted(PLACES)),
    st.none() | st.sampled_from([DAY, NEXT, "?2020-01-02", "2019-12-30"]),
    article=st.sampled_from("abc"),
    published=st.sampled_from(["2020-01-03", "2020-01-09", None]),
    status=st.sampled_from(["happened", "happened", "planned", "ongoing", "denied"]),
    role=st.sampled_from(["site", "destination"]),
    origin=st.none() | st.sampled_from(["Kuwait", "Syria"]),
    score=st.sampled_from([0.3, 0.5, 0.8]),
    at=st.integers(0, 2000),
)


def unique(reports: list[LinkedEvent]) -> list[LinkedEvent]:
    """Return one report of each id: a word of an article reports one event at a place."""
    return list({r.id: r for r in reports}.values())


@given(st.lists(REPORTS, max_size=14).map(unique), st.randoms(use_true_random=False))
def test_the_order_of_the_reports_does_not_matter(
    reports: list[LinkedEvent], chance: random.Random
) -> None:
    shuffled = list(reports)
    chance.shuffle(shuffled)
    assert merge(reports) == merge(shuffled)


@given(st.lists(REPORTS, max_size=14).map(unique))
def test_each_shown_report_is_in_one_incident(reports: list[LinkedEvent]) -> None:
    found = merge(reports)
    kept = [r.id for incident in found for r in incident.reports]
    assert len(kept) == len(set(kept))
    hidden = {r.id for r in reports} - set(kept)
    assert all(r.event.status not in ("happened", "ongoing") for r in reports if r.id in hidden)
    assert len({incident.id for incident in found}) == len(found)
    assert all(is_whole(incident) for incident in found)


def is_whole(incident: Incident) -> bool:
    """Whether an incident's place, time and type are those of its reports."""
    places = {r.mention.place for r in incident.reports if r.mention}
    times = {r.when for r in incident.reports if r.when}
    return (
        (incident.place in places or not places)
        and (incident.when in times or not times)
        and incident.type in {r.event.type for r in incident.reports}
    )


def test_many_reports_are_merged_soon() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    reports = [
        report(
            chance.choice(["bombing", "protest", "flood"]),
            chance.choice(sorted(PLACES)),
            f"2020-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            article=str(number // 3),
            at=number,
        )
        for number in range(1000)
    ]
    begun = process_time()
    assert merge(reports)
    assert process_time() - begun < 5


def test_one_thing_told_a_thousand_times_is_merged_at_once() -> None:
    begun = process_time()
    assert len(merge(report(at=at) for at in range(3000))) == 1
    assert process_time() - begun < 3
