"""Boosted trees in plain Python."""

from __future__ import annotations

import json
import math
from operator import mul

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap import forest, resolve
from geomap.ranking import FEATURES

VALUES = st.floats(-50, 50, allow_nan=False)


@st.composite
def trees(draw: st.DrawFn, features: int = 3) -> tuple[forest.Node, ...]:
    """Draw a tree of one or two splits."""
    feature, threshold = draw(st.integers(0, features - 1)), draw(VALUES)
    left, right = draw(VALUES), draw(VALUES)
    return ((feature, threshold, 1, 2), (-1, left, 0, 0), (-1, right, 0, 0))


FORESTS = st.builds(
    forest.Forest,
    st.just(("a", "b", "c")),
    VALUES,
    st.lists(trees(), max_size=4).map(tuple),
    st.one_of(st.just(()), st.tuples(VALUES, VALUES, VALUES)),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=4, unique_by=lambda k: k[0]).map(
        lambda knots: tuple(sorted(knots))
    ),
)


@given(FORESTS)
def test_a_forest_survives_being_written(grown: forest.Forest) -> None:
    assert forest.loads(forest.dumps(grown)) == grown


@given(FORESTS, st.tuples(VALUES, VALUES, VALUES))
def test_the_leaves_that_a_vector_reaches_add_up(
    grown: forest.Forest, vector: tuple[float, float, float]
) -> None:
    total = grown.baseline + sum(map(mul, grown.weights, vector))
    for (feature, threshold, _, _), left, right in grown.trees:
        total += left[1] if vector[feature] <= threshold else right[1]
    expected = 1 / (1 + math.exp(-total)) if total > -700 else 0.0  # no overflow
    assert grown.probability(vector) == pytest.approx(expected)


@given(FORESTS, st.floats(0, 1))
def test_a_correction_lies_between_those_given(grown: forest.Forest, probability: float) -> None:
    corrected = grown.calibrated(probability)
    observed = [y for _, y in grown.knots] or [probability]
    assert min(observed) - 1e-9 <= corrected <= max(observed) + 1e-9


def test_the_bundled_correction_never_falls() -> None:
    grown = forest.read(resolve.MODEL)
    corrected = [grown.calibrated(step / 100) for step in range(101)]
    assert corrected == sorted(corrected)
    assert corrected[0] == 0
    assert corrected[-1] > 0.9


def test_the_bundled_ranker_knows_the_features_that_are_made() -> None:
    grown = forest.read(resolve.MODEL)
    assert grown.features == FEATURES
    assert len(grown.weights) == len(FEATURES)
    assert len(grown.trees) > 10
    for tree in grown.trees:
        assert all(-1 <= feature < len(FEATURES) for feature, _, _, _ in tree)
        assert all(max(left, right) < len(tree) for _, _, left, right in tree)


def test_the_bundled_file_is_a_tree_a_line() -> None:
    text = resolve.MODEL.read_text("utf-8")
    assert len(text.splitlines()) == len(json.loads(text)["trees"]) + 2
