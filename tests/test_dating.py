"""The choice among all times of an article for an event that its own sentence may not date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from geomap import forest
from geomap.dating import (
    AGAIN,
    FEATURES,
    LEAST,
    LEAST_BOUND,
    MODELS,
    Asked,
    Dating,
    by_rules,
    key,
    whens,
)
from geomap.events import extract
from geomap.model import Article, When
from geomap.page import Page
from geomap.time_phrases import EXPRESSION, may_tell_time
from geomap.timing import time_of
from geomap.training.articles import annotated
from geomap.training.dating import Answer, Question, report

if TYPE_CHECKING:
    from collections.abc import Sequence

PUBLISHED = date(2020, 1, 1)
"""A Wednesday."""
SUNDAY, MONDAY, TUESDAY = (PUBLISHED - timedelta(days=ago) for ago in (3, 2, 1))
TEXT = (
    "LIMA, Peru - A bomb exploded in Lima on Sunday, killing four people, police said.\n\n"
    "Police arrested two men near the port. The port was built in 1990.\n\n"
    "Officials said on Tuesday that a quake had shaken Cusco on Monday."
)


def asked_of(text: str, published: date | None = PUBLISHED) -> tuple[Page, list[Asked]]:
    """Return the events of a text as they are asked for."""
    article = Article("1", text, published=published)
    page = Page(article, ())
    found = []
    for event in extract(article):
        index, scene = page.scene(event)
        found.append(Asked(event, index, scene, time_of(page, index, scene, event.status)))
    return page, found


def choice(text: str, published: date | None = PUBLISHED) -> Dating:
    page, events = asked_of(text, published)
    return Dating(page, events, by_rules(page, events))


def test_the_times_of_the_article_compete_and_history_does_not() -> None:
    days = {key(rival.when) for rival in choice(TEXT).rivals}
    assert days == {(day, day) for day in (SUNDAY, MONDAY, TUESDAY, PUBLISHED)}


def test_without_a_day_of_publication_only_what_is_named_competes() -> None:
    days = {key(rival.when) for rival in choice("A bomb exploded on May 3, 2019.", None).rivals}
    assert days == {(date(2019, 5, 3), date(2019, 5, 3))}


@pytest.mark.parametrize("text", [TEXT, "A bomb exploded.", "On Sunday a bomb exploded in Lima."])
def test_each_time_has_a_number_for_each_feature(text: str) -> None:
    dating = choice(text)
    rows = [row for at in range(len(dating.events)) for row in dating.rows(at)]
    assert rows
    assert {len(row) for row in rows} == {len(FEATURES)}
    assert all(isinstance(value, float) for row in rows for value in row)


def test_the_names_of_the_features_are_those_of_the_weights() -> None:
    assert [forest.read(model).features for model in MODELS] == [FEATURES, AGAIN]
    assert len(set(AGAIN)) == len(AGAIN)


def test_the_features_say_how_near_a_time_is_named() -> None:
    dating = choice(TEXT)
    at = next(n for n, e in enumerate(dating.events) if e.event.type == "arrest")
    told = {
        rival.when.end: dict(zip(FEATURES, row, strict=True))
        for rival, row in zip(dating.rivals, dating.rows(at), strict=True)
    }
    assert (told[SUNDAY]["back"], told[MONDAY]["ahead"]) == (1.0, 2.0)
    assert told[SUNDAY]["last event"] == told[SUNDAY]["last named"] == 1.0
    assert told[TUESDAY]["all spoken"] == told[PUBLISHED]["published"] == 1.0


@pytest.mark.parametrize(
    ("rule", "likely", "taken"),
    [
        (None, [LEAST - 0.01, 0.0], None),
        (None, [LEAST, 0.1], 0),
        (None, [0.1, LEAST], 1),
        (1, [0.5, 0.51], 1),
        (1, [0.52, 0.51], 0),
        (1, [LEAST - 0.01, 0.0], 1),
    ],
)
def test_a_time_is_taken_that_is_likely_enough(
    rule: int | None, likely: list[float], taken: int | None
) -> None:
    page, events = asked_of("A bomb exploded in Lima.")
    times = [When(day, day, "day") for day in (PUBLISHED, TUESDAY)]
    dating = Dating(page, events, [None if rule is None else times[rule]])
    assert key(dating.choose(0, likely)) == (None if taken is None else key(times[taken]))


def test_a_day_must_be_likelier_where_the_rules_know_by_when() -> None:
    page, events = asked_of("A bomb exploded in Lima.")
    bound = When(None, TUESDAY, "day")
    dating = Dating(page, events, [bound])
    days = [key(rival.when) for rival in dating.rivals]
    at = days.index((TUESDAY, TUESDAY))
    for likely, taken in ((LEAST_BOUND - 0.01, (None, TUESDAY)), (LEAST_BOUND, days[at])):
        values = [likely if number == at else 0.0 for number in range(len(days))]
        assert key(dating.choose(0, values)) == taken


def test_what_an_article_tells_in_one_go_is_of_its_day() -> None:
    page, events = asked_of(TEXT)
    times = whens(page, events)
    assert key(times[0]) == (SUNDAY, SUNDAY)
    assert (MONDAY, MONDAY) in map(key, times)


def test_what_is_planned_stays_as_the_rules_date_it() -> None:
    page, events = asked_of("Troops shelled Goma on Sunday. The army will deploy 500 troops.")
    (at,) = [n for n, asked in enumerate(events) if asked.event.status == "planned"]
    assert whens(page, events)[at] == by_rules(page, events)[at]


def test_an_article_without_events_has_no_times() -> None:
    page, _ = asked_of("It rained on Sunday.")
    assert whens(page, []) == []


def test_many_vectors_have_the_probabilities_of_each() -> None:
    trees = forest.read(MODELS[0])
    dating = choice(TEXT)
    rows = [row for at in range(len(dating.events)) for row in dating.rows(at)]
    assert trees.probabilities(rows) == pytest.approx([trees.probability(row) for row in rows])
    assert trees.probabilities([]) == []


def test_the_days_of_an_annotated_event_are_the_right_ones() -> None:
    source = (
        "=== 2020-01-01 | wire | Blast\n@a bombing; Lima -12.0 -77.0; 2019-12-29\n\nIt {a blew}."
    )
    (told,) = annotated("1", source).events
    assert told.days == (SUNDAY, SUNDAY)


def test_a_day_within_those_of_an_event_is_right_where_none_is_exact() -> None:
    days, other = (SUNDAY, TUESDAY), (PUBLISHED, PUBLISHED)
    within, before = (MONDAY, MONDAY), (None, MONDAY)
    assert Question(0, [], [within, other, before, days], days, None).right == [False] * 3 + [True]
    assert Question(0, [], [within, other, before], days, None).right == [True, False, False]
    assert Question(0, [], [within], None, None).right == [False]


def test_the_report_counts_what_is_right() -> None:
    days = (SUNDAY, SUNDAY)
    other = (MONDAY, MONDAY)
    found: Sequence[Answer] = [
        Answer(Question(0, [], [days, other], days, None), [0.7, 0.1]),
        Answer(Question(0, [], [days, other], days, other), [0.7, 0.1]),
    ]
    lines = list(report(found))
    assert "  likely from 0.5: 1 dated, 1 right" in lines
    assert "  likelier by 0.4: 1 moved, 1 of them right, 0 before" in lines


@pytest.mark.parametrize(
    "text", ["It fell.", "on Mon night", "May 3", "ten years ago", "12/31/2019"]
)
def test_no_expression_is_passed_over(text: str) -> None:
    assert may_tell_time(text) or not EXPRESSION.search(text)
