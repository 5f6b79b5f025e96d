"""How many were killed, hurt, arrested, sent or marching."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hostile_texts import REPEATED, any_text, repeated
from hypothesis import given
from hypothesis import strategies as st

from geomap.counts import combine, find
from geomap.model import Count, Span


def told(text: str) -> list[tuple[str, int, int | None]]:
    """Return the counts of a text."""
    return [(c.kind, c.low, c.high) for c in find(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine people were killed.", [("killed", 9, 9)]),
        ("A bomb killed nine people.", [("killed", 9, 9)]),
        (
            "killing nine people and wounding more than 30",
            [("killed", 9, 9), ("injured", 31, None)],
        ),
        ("At least 25 fighters were killed.", [("killed", 25, None)]),
        ("US air strikes that killed two dozen fighters", [("killed", 24, 24)]),
        ("More than 3,000 people died.", [("killed", 3001, None)]),
        ("Up to 12 people were injured.", [("injured", 0, 12)]),
        ("Fewer than ten people died.", [("killed", 0, 9)]),
        ("Dozens were wounded.", [("injured", 24, 99)]),
        ("Hundreds of people were arrested.", [("arrested", 200, 999)]),
        ("Tens of thousands were displaced.", [("displaced", 20_000, 99_999)]),
        ("About 1.5 million people were displaced.", [("displaced", 1_500_000, 1_500_000)]),
        ("Half a million people fled.", [("displaced", 500_000, 500_000)]),
        ("Twenty-five people were killed.", [("killed", 25, 25)]),
        ("Three hundred people were killed.", [("killed", 300, 300)]),
        ("A hundred people were killed.", [("killed", 100, 100)]),
        ("A soldier was killed.", [("killed", 1, 1)]),
        ("One person has died.", [("killed", 1, 1)]),
        ("The death toll rose to 41.", [("killed", 41, 41)]),
        ("The blast claimed 14 lives.", [("killed", 14, 14)]),
        ("Police arrested 27 protesters.", [("arrested", 27, 27)]),
        ("27 people were arrested.", [("arrested", 27, 27)]),
        ("More than 40,000 people were evacuated.", [("displaced", 40_001, None)]),
        ("Gunmen kidnapped two nurses.", [("kidnapped", 2, 2)]),
        ("Cholera has infected more than 1,000 people.", [("infected", 1001, None)]),
        ("Around 750 troops will go.", [("troops", 750, 750)]),
        ("about 30 Iraqi soldiers arrived", [("troops", 30, 30)]),
        ("Thousands of people marched.", [("protesters", 2000, 9999)]),
        ("200 demonstrators gathered.", [("protesters", 200, 200)]),
        ("NINE PEOPLE WERE KILLED.", [("killed", 9, 9)]),
        ("Several people were hurt.", [("injured", 3, 9)]),
        ("The quake left 30 people injured.", [("injured", 30, 30)]),
        ("The quake left five people dead.", [("killed", 5, 5)]),
        ("The attack cost the lives of two nurses.", [("killed", 2, 2)]),
        ("Two soldiers were killed.", [("killed", 2, 2)]),
        ("killing 1,200", [("killed", 1200, 1200)]),
    ],
)
def test_numbers_of_people_are_read_with_what_befell_them(
    text: str, expected: list[tuple[str, int, int | None]]
) -> None:
    assert told(text) == expected


def test_two_numbers_of_a_sentence_keep_their_fates() -> None:
    text = "Three officers were injured and 27 people were arrested."
    assert told(text) == [("injured", 3, 3), ("arrested", 27, 27)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nobody was killed.",
        "In 2019 people were killed.",
        "Prices fell by 30 percent.",
        "He died at the age of 43.",
        "It killed 20 percent of the trees.",
        "It rained for three days.",
        "The attack of 2016 killed many.",
        "A man walked.",
        "He was killed at 5 p.m.",
        "They arrested him on 12 charges.",
        "They were killed 30 miles from home.",
        "killed in 1998",
        "A farmer lives nearby.",
        "The group claimed two attacks.",
        "He left two houses.",
        "They killed 1,200 years ago.",
    ],
)
def test_other_numbers_are_no_counts(text: str) -> None:
    assert told(text) == []


def test_a_count_stands_at_its_number() -> None:
    text = "He said: at least 25 fighters were killed."
    (count,) = find(text, Span(0, len(text)))
    assert count.span.of(text) == "25"


def test_only_the_span_is_read() -> None:
    text = "Two people died. Five people died."
    assert [(c.low, c.span.of(text)) for c in find(text, Span(17, len(text)))] == [(5, "Five")]


COUNTS = st.builds(
    Count,
    st.sampled_from(["killed", "injured"]),
    st.integers(0, 50),
    st.none() | st.integers(50, 90),
    st.just(Span(0, 1)),
)


@given(st.lists(COUNTS, max_size=6).flatmap(lambda c: st.tuples(st.just(c), st.permutations(c))))
def test_combining_does_not_depend_on_the_order(pair: tuple[list[Count], list[Count]]) -> None:
    counts, shuffled = pair
    assert combine(counts) == combine(shuffled)
    assert set(combine(counts)) == {count.kind for count in counts}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], {}),
        ([("killed", 24, 24), ("killed", 25, None)], {"killed": (25, None)}),
        ([("killed", 9, 9), ("killed", 9, None)], {"killed": (9, 9)}),
        ([("killed", 9, 9), ("injured", 31, None)], {"killed": (9, 9), "injured": (31, None)}),
        ([("killed", 24, 99), ("killed", 31, 31)], {"killed": (31, 31)}),
    ],
)
def test_the_largest_figure_wins_and_an_exact_one_before_an_open_one(
    counts: list[tuple[str, int, int | None]], expected: dict[str, tuple[int, int | None]]
) -> None:
    assert combine(Count(*count, Span(0, 1)) for count in counts) == expected


@given(any_text())
def test_counts_lie_in_the_text_and_in_order(text: str) -> None:
    found = find(text, Span(0, len(text)))
    assert all(0 <= c.span.start < c.span.end <= len(text) for c in found)
    assert all(c.low >= 0 and (c.high is None or c.high >= c.low) for c in found)
    assert all(a.span <= b.span for a, b in pairwise(found))
    assert found == find(text, Span(0, len(text)))


@pytest.mark.parametrize("figure", ["9" * 400, "1,000" * 200, "9.9 million" * 50, "0", "0.0", "१२"])
def test_figures_beyond_reason_are_no_error(figure: str) -> None:
    for count in find(f"At least {figure} people were killed.", Span(0, 9000)):
        assert count.low >= 0


@pytest.mark.parametrize("name", REPEATED)
def test_a_long_text_is_searched_at_once(name: str) -> None:
    text = repeated(name, 20_000)
    begun = process_time()
    find(text, Span(0, len(text)))
    assert process_time() - begun < 2
