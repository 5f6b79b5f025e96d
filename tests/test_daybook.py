"""Days under which logs, timelines and live reports put what they tell."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.daybook import days
from geomap.model import Article
from geomap.pipeline import Pipeline

WEDNESDAY = date(2024, 6, 5)

LOG = (
    "POLICE LOG\nMONDAY, JUNE 3\n7:52 a.m. Two cars collided on Canal Street.\n"
    "9:10 p.m. A barn burned.\nTUESDAY, JUNE 4\n1:20 a.m. A shop was robbed."
)
TIMELINE = (
    "How it came about\nMay 28: Rebels seize the bridge. The army flees.\n"
    "2 June - A truce is signed.\nJune 3 – Shells fall on the port.\nNobody knows what is next."
)
WEEK = (
    "How the week unfolded\nMONDAY 27 MAY\nA bomb exploded.\nTUESDAY 28\nA barn burned.\n"
    "Wed 29th\nIt rained."
)
POSTS = (
    "A thread from the coast.\n1/ Good morning.\n2/ 06:15 Shells in the yard.\n"
    "3/ 07:50 A drone hit a car.\n4/ 12:10 Lorries unloaded."
)
LIVE = (
    "LIVE: the march\nWhat we know: one dead.\n07:15 Good morning.\n10:05 The march has left.\n"
    "12:50 First tear gas. Stones in reply.\n13:45 It has turned ugly."
)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        (LOG, "collided", "2024-06-03"),
        (LOG, "barn", "2024-06-03"),
        (LOG, "robbed", "2024-06-04"),
        (LOG, "LOG", None),
        (TIMELINE, "seize", "2024-05-28"),
        (TIMELINE, "flees", "2024-05-28"),
        (TIMELINE, "signed", "2024-06-02"),
        (TIMELINE, "Shells", "2024-06-03"),
        (TIMELINE, "Nobody", None),
        (TIMELINE, "came", None),
        (WEEK, "bomb", "2024-05-27"),
        (WEEK, "barn", "2024-05-28"),
        (WEEK, "rained", "2024-05-29"),
        ("Tuesday 28: a storm tore the roof off.", "storm", "2024-05-28"),
        ("Monday 28\nA storm.\nTuesday 29 people died.", "died", None),
        (POSTS, "Shells", "2024-06-05"),
        (POSTS, "Lorries", "2024-06-05"),
        (LIVE, "gas", "2024-06-05"),
        (LIVE, "Stones", "2024-06-05"),
        (LIVE, "one dead", "2024-06-05"),
        ("The world today\nWednesday, June 5\nNurses walked out.", "walked", None),
        (
            "Day 1 - Monday, June 3\nWe left.\nDay 2 - Tuesday, June 4\nIt rained.",
            "rain",
            "2024-06-04",
        ),
        ("LIMA, June 4 - Nurses walked out.", "walked", None),
        ("On June 4, nurses walked out. They sang.", "sang", None),
        ("Monday: rain.\nTuesday: a storm tore the roof off. Two died.", "died", "2024-06-04"),
        ("Open 10:00 to 16:00.\nA quake shook Lima.", "shook", None),
        ("2 June. Rain. 4 June. A quake.\nNobody knows.", "Rain", "2024-06-02"),
        ("2 June. Rain. 4 June. A quake.\nNobody knows.", "quake", "2024-06-04"),
        ("2 June. Rain. 4 June. A quake.\nNobody knows.", "Nobody", None),
        ("1-3 June. A march.", "march", "2024-06-01"),
        ("1-30 May. A march.", "march", None),
        ("", "", None),
    ],
)
def test_a_paragraph_stands_under_a_day(text: str, words: str, day: str | None) -> None:
    when = days(Article("log", text, published=WEDNESDAY)).at(text.index(words))
    assert (str(when.start) if when else None) == day


def test_without_a_day_of_publication_a_live_report_has_none() -> None:
    assert days(Article("live", LIVE)).at(LIVE.index("gas")) is None


def test_an_event_takes_the_day_of_its_heading() -> None:
    text = (
        "MONDAY, JUNE 3\nA bomb exploded in Mosul.\nTUESDAY, JUNE 4\n"
        "A quake shook Lima. A fire broke out in Quito on Sunday."
    )
    told = Pipeline()(Article("1", text, published=WEDNESDAY)).events
    found = {report.event.type: str(report.when and report.when.start) for report in told}
    assert found == {"bombing": "2024-06-03", "earthquake": "2024-06-04", "fire": "2024-06-02"}
