"""The values that flow through the pipeline."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Article, Span, When, stable_id

SPANS = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1]))


def whens() -> st.SearchStrategy[When]:
    """Return times of up to a month, some without a start."""
    days = st.dates(date(2020, 1, 1), date(2020, 12, 1))
    return st.tuples(days, st.none() | st.integers(0, 30)).map(
        lambda pair: When(
            None if pair[1] is None else date.fromordinal(pair[0].toordinal() - pair[1]),
            pair[0],
            "day",
        )
    )


@given(SPANS, SPANS)
def test_spans_overlap_where_they_share_a_character(a: Span, b: Span) -> None:
    shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
    assert a.overlaps(b) == b.overlaps(a) == bool(shared)
    assert a.covers(b) == (set(range(b.start, b.end)) <= set(range(a.start, a.end)))


@given(whens(), whens())
def test_overlapping_goes_both_ways(a: When, b: When) -> None:
    assert a.overlaps(b) == b.overlaps(a)
    assert a.overlaps(a)


@pytest.mark.parametrize(
    ("a", "b", "overlap"),
    [
        ((29, 29), (29, 29), True),
        ((29, 29), (30, 30), False),
        ((23, 29), (27, 27), True),
        ((None, 29), (27, 27), True),
        ((None, 29), (30, 30), False),
        ((None, 29), (None, 29), True),
        ((None, 29), (None, 27), False),
    ],
)
def test_times_overlap_where_they_can_be_one(
    a: tuple[int | None, int], b: tuple[int | None, int], *, overlap: bool
) -> None:
    one, other = (
        When(date(2019, 12, start) if start else None, date(2019, 12, end), "day")
        for start, end in (a, b)
    )
    assert one.overlaps(other) == other.overlaps(one) == overlap


@given(st.lists(st.text(st.characters(exclude_categories=())), max_size=5))
def test_an_id_depends_on_its_parts_alone(parts: list[str]) -> None:
    assert stable_id(*parts) == stable_id(*parts)
    assert len(stable_id(*parts)) == 12
    assert set(stable_id(*parts)) <= set("0123456789abcdef")


def test_ids_differ_where_parts_differ() -> None:
    assert len({stable_id(), stable_id("a", "b"), stable_id("ab"), stable_id("b", "a")}) == 4


def test_an_id_is_the_same_in_every_run() -> None:
    assert stable_id("article", 3, None) == "fd2ba6decca8"


def test_values_cannot_be_changed_and_can_be_pickled() -> None:
    article = Article("1", "text \ud800", published=date(2020, 1, 1))
    with pytest.raises(FrozenInstanceError):
        article.text = "other"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(article)) == article  # noqa: S301
