"""Boosted trees as scikit-learn grows them, in the form that :mod:`geomap.forest` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.forest import Node

Tree = tuple["Node", ...]


def grow(
    rows: Sequence[Sequence[float]],
    right: Sequence[bool],
    options: Mapping[str, Any],
    *,
    share: float = 1.0,
) -> tuple[float, tuple[Tree, ...]]:
    """Return the baseline, in log-odds, and the trees that tell right rows from wrong ones.

    ``options`` are those of ``HistGradientBoostingClassifier``; the values of leaves are multiplied
    by ``share``.
    """
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**options).fit(np.array(rows), np.array(right))
    trees = tuple(_tree(stage[0].nodes, share) for stage in model._predictors)  # noqa: SLF001 - no public way
    return float(model._baseline_prediction[0, 0]), trees  # noqa: SLF001


def _tree(nodes: Any, share: float) -> Tree:  # noqa: ANN401 - a NumPy record array
    return tuple(
        (-1, round(share * float(n["value"]), 5), 0, 0)
        if n["is_leaf"]
        else (
            int(n["feature_idx"]),
            round(float(n["num_threshold"]), 5),
            int(n["left"]),
            int(n["right"]),
        )
        for n in nodes
    )
