"""The second look: what an article's other events make of the same rivals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.consensus import FEATURES, Seen, rows

BOMBING, RAID, TALKS = (
    Seen("bombing", 0, "blast"),
    Seen("bombing", 2, "Blast"),
    Seen("meeting", 2, "met"),
)
LIKELY = [[0.8, 0.1], [0.4, 0.5], [0.2, 0.6]]


def named(at: int, rival: int) -> dict[str, float]:
    """Return the features of a rival of one of three events."""
    table = rows([BOMBING, RAID, TALKS], LIKELY)
    return dict(zip(FEATURES, table[at][rival], strict=True))


def test_each_rival_has_what_the_first_look_said_of_it() -> None:
    second = named(1, 0)
    assert second["first look"] == 0.4
    assert second["below the best"] == pytest.approx(-0.1)
    assert second["share of likely"] == pytest.approx(0.4 / 0.9)


def test_the_others_of_a_type_a_sentence_and_the_same_words_are_told_apart() -> None:
    raid = named(1, 0)
    assert raid["to all"] == pytest.approx(0.5)
    for name in ("to its type", "to its words", "to the one before", "to its type before"):
        assert raid[name] == pytest.approx(0.8)
    for name in ("to its sentence", "to the one behind", "to sentences around"):
        assert raid[name] == pytest.approx(0.2)
    assert raid["to its type behind"] == -1.0


def test_who_stands_alone_is_told_from_one_whom_the_others_doubt() -> None:
    ((row,),) = rows([BOMBING], [[0.0]])
    alone = dict(zip(FEATURES, row, strict=True))
    assert {alone[name] for name in FEATURES[3:]} == {-1.0}
    assert named(0, 1)["to its type"] == 0.5


def test_without_events_or_rivals_there_are_no_rows() -> None:
    assert rows([], []) == []
    assert rows([BOMBING, TALKS], [[], []]) == [[], []]


events = st.builds(
    Seen,
    st.sampled_from(["bombing", "flood", "meeting"]),
    st.integers(0, 4),
    st.sampled_from("abC"),
)


@given(st.lists(st.tuples(events, st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=12))
def test_every_mean_lies_among_what_it_is_of(found: list[tuple[Seen, float, float]]) -> None:
    found.sort(key=lambda each: each[0].at)
    likely = [[a, b] for _, a, b in found]
    table = rows([seen for seen, _, _ in found], likely)
    assert all(len(row) == len(FEATURES) for each in table for row in each)
    for own in table:
        for rival, row in enumerate(own):
            values = [each[rival] for each in likely]
            means = [value for value in row[3:] if value != -1.0]
            assert all(min(values) - 1e-9 <= value <= max(values) + 1e-9 for value in means)
