"""Time expressions of news and the days that they mean."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from time import process_time

import pytest
from hostile_texts import REPEATED, any_text, repeated
from hypothesis import given
from hypothesis import strategies as st

from geomap.dates import find, precision_code
from geomap.model import Span, When

NEW_YEAR = date(2020, 1, 1)
"""A Wednesday."""
SPRING = date(2024, 5, 8)
"""A Wednesday as well."""


def told(text: str, anchor: date | None, *, future: bool = False) -> list[When]:
    """Return the times of a text."""
    return find(text, Span(0, len(text)), anchor, future=future)


def only(text: str, anchor: date | None, *, future: bool = False) -> tuple[str, str, str]:
    """Return the one time of a text: its days and its precision."""
    (when,) = told(text, anchor, future=future)
    return str(when.start), str(when.end), when.precision


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Tuesday", "2019-12-31"),
        ("on Sunday", "2019-12-29"),
        ("on Wednesday", "2020-01-01"),
        ("Thursday's attack", "2019-12-26"),
        ("last Wednesday", "2019-12-25"),
        ("late on Monday", "2019-12-30"),
        ("early Tuesday", "2019-12-31"),
        ("Tuesday evening", "2019-12-31"),
        ("today", "2020-01-01"),
        ("this morning", "2020-01-01"),
        ("yesterday", "2019-12-31"),
        ("last night", "2019-12-31"),
        ("the day before yesterday", "2019-12-30"),
        ("tomorrow", "2020-01-02"),
        ("three days ago", "2019-12-29"),
        ("a couple of days ago", "2019-12-30"),
        ("10 days earlier", "2019-12-22"),
        ("Dec. 31", "2019-12-31"),
        ("December 31", "2019-12-31"),
        ("31 December", "2019-12-31"),
        ("the 31st of December", "2019-12-31"),
        ("Sept. 3", "2019-09-03"),
        ("Jan 1", "2020-01-01"),
        ("January 20", "2020-01-20"),
        ("May 5, 2019", "2019-05-05"),
        ("5 May 2019", "2019-05-05"),
        ("Sunday, Dec. 29", "2019-12-29"),
        ("Sunday, December 29, 2019", "2019-12-29"),
        ("on 2019-12-29", "2019-12-29"),
        ("ON TUESDAY", "2019-12-31"),
        ("next Friday", "2020-01-03"),
        ("by Friday", "2020-01-03"),
    ],
)
def test_a_day_is_counted_from_publication(text: str, day: str) -> None:
    assert only(text, NEW_YEAR) == (day, day, "day")


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("last week", "2024-04-29", "2024-05-05", "week"),
        ("this week", "2024-05-06", "2024-05-12", "week"),
        ("earlier this week", "2024-05-06", "2024-05-08", "week"),
        ("next week", "2024-05-13", "2024-05-19", "week"),
        ("two weeks ago", "2024-04-22", "2024-04-28", "week"),
        ("last month", "2024-04-01", "2024-04-30", "month"),
        ("earlier this month", "2024-05-01", "2024-05-08", "month"),
        ("later this month", "2024-05-08", "2024-05-31", "month"),
        ("next month", "2024-06-01", "2024-06-30", "month"),
        ("in March", "2024-03-01", "2024-03-31", "month"),
        ("in October", "2023-10-01", "2023-10-31", "month"),
        ("since April", "2024-04-01", "2024-04-30", "month"),
        ("last November", "2023-11-01", "2023-11-30", "month"),
        ("in February 2020", "2020-02-01", "2020-02-29", "month"),
        ("March of 2011", "2011-03-01", "2011-03-31", "month"),
        ("in 2003", "2003-01-01", "2003-12-31", "year"),
        ("last year", "2023-01-01", "2023-12-31", "year"),
        ("five years ago", "2019-01-01", "2019-12-31", "year"),
        ("over the weekend", "2024-05-04", "2024-05-05", "day"),
        ("last weekend", "2024-05-04", "2024-05-05", "day"),
        ("next weekend", "2024-05-11", "2024-05-12", "day"),
    ],
)
def test_longer_times_are_ranges(text: str, start: str, end: str, precision: str) -> None:
    assert only(text, SPRING) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Tuesday", "2024-05-14"),
        ("on Friday", "2024-05-10"),
        ("on April 11", "2025-04-11"),
        ("on June 3", "2024-06-03"),
        ("tomorrow", "2024-05-09"),
    ],
)
def test_what_is_planned_lies_ahead(text: str, day: str) -> None:
    assert only(text, SPRING, future=True) == (day, day, "day")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He may march in May's car.",
        "They march every day.",
        "The sun rose.",
        "She sat there and wed him.",
        "June said no.",
        "May I go?",
        "in 1500 people",
        "in 2,003 cases",
        "a two-year-old boy",
        "He works on Wednesdays.",
        "At least 12 may have died.",
        "Burnt by sun and wind, they sat until fri.",
        "The next march drew 20 people.",
        "They march 5 km a day.",
        "31 February",
        "Feb. 30, 2020",
        "2020-13-01",
        "in 4000",
        "Marching on.",
        "the second 12",
    ],
)
def test_what_only_looks_like_a_time_has_no_day(text: str) -> None:
    assert [w for w in told(text, SPRING) if w.precision == "day"] == []


@pytest.mark.parametrize("text", ["on Tuesday", "last week", "yesterday", "Dec. 31", "in March"])
def test_without_a_publication_day_only_complete_dates_have_a_value(text: str) -> None:
    assert told(text, None) == []


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("May 5, 2019", "2019-05-05"),
        ("5 May 2019", "2019-05-05"),
        ("2019-05-05", "2019-05-05"),
        ("in 2003", "2003-01-01"),
        ("in March 2011", "2011-03-01"),
    ],
)
def test_a_complete_date_needs_no_publication_day(text: str, start: str) -> None:
    assert only(text, None)[0] == start


def test_times_come_in_reading_order_with_their_words() -> None:
    text = "Mortars fell on Aleppo on Sunday, as on Dec. 12, and last month."
    found = told(text, NEW_YEAR)
    assert [when.span.of(text) for when in found if when.span] == [
        "on Sunday",
        "Dec. 12",
        "last month",
    ]


def test_only_the_span_is_read() -> None:
    text = "On Sunday it rained. On Monday it did not."
    assert [str(when.start) for when in find(text, Span(21, len(text)), NEW_YEAR)] == ["2019-12-30"]


def test_a_leap_day_in_a_year_without_one_is_no_error() -> None:
    assert told("On Feb. 29 it rained.", date(2021, 3, 1)) == []
    assert only("on Feb. 29", date(2020, 3, 1))[0] == "2020-02-29"


@pytest.mark.parametrize("anchor", [date.min, date.max, date(1, 1, 3), date(9999, 12, 30)])
@pytest.mark.parametrize("future", [True, False])
def test_the_ends_of_the_calendar_are_no_error(anchor: date, *, future: bool) -> None:
    words = (
        "yesterday tomorrow on Monday last week next week last month next month last year next "
        "year over the weekend 3 days ago 999 weeks ago 999 months ago 999 years ago in May Dec. 31"
    )
    for when in told(words, anchor, future=future):
        assert when.start is None or when.start <= when.end


@pytest.mark.parametrize(("precision", "code"), [("day", 1), ("week", 2), ("month", 3), (None, 3)])
def test_precision_has_the_code_of_the_field(precision: str | None, code: int) -> None:
    assert precision_code(precision) == code  # type: ignore[arg-type]


@given(any_text(), st.none() | st.dates(), st.booleans())
def test_times_lie_in_the_text_and_in_order(text: str, anchor: date | None, future: bool) -> None:  # noqa: FBT001
    found = told(text, anchor, future=future)
    spans = [when.span for when in found if when.span]
    assert len(spans) == len(found)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(when.start is None or when.start <= when.end for when in found)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_last_one_before_publication(anchor: date, back: int) -> None:
    day = anchor - timedelta(days=back)
    assert only(f"on {day:%A}", anchor)[0] == str(day)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_written_date_is_itself_whatever_the_publication_day(day: date, anchor: date) -> None:
    for text in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}", str(day)):
        assert only(text, anchor)[:2] == (str(day), str(day))


@pytest.mark.parametrize("name", REPEATED)
def test_a_long_text_is_searched_at_once(name: str) -> None:
    text = repeated(name, 20_000)
    begun = process_time()
    told(text, NEW_YEAR)
    assert process_time() - begun < 2
