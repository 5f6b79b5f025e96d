"""Gradient-boosted trees beside a linear sum, read from JSON and evaluated without other packages.

The file holds the names of the features in their order, the baseline, a factor for each feature,
and the trees as columns: for each node its feature (-1 in a leaf), its threshold, its children,
and a leaf's value. A vector goes left where its feature is at most the threshold. The sum over the
trees and the products with the factors is a log-odds. Trees fit what they were trained on closely;
the sum keeps them to the trend where a text is unlike any of that.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from operator import mul
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Node = tuple[int, float, int, int]
"""Feature, threshold, left child, right child; a leaf has feature -1 and its value as threshold."""

_Branch = tuple[int, float, Any, Any]
"""A node that holds its children themselves."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees and a linear sum over named features, and what their probabilities are worth.

    ``weights`` has a factor for each feature, or none; ``knots`` are points (given, observed)
    between which a probability is corrected in a straight line, or none.
    """

    features: tuple[str, ...]
    baseline: float
    trees: tuple[tuple[Node, ...], ...]
    weights: tuple[float, ...] = ()
    knots: tuple[tuple[float, float], ...] = ()
    _roots: tuple[_Branch, ...] = field(init=False, repr=False, compare=False)
    _table: list[Any] = field(default_factory=list, init=False, repr=False, compare=False)
    """The nodes as columns, once they were asked for."""

    def __post_init__(self) -> None:
        """Nest the trees: a node that holds its children is followed faster than their numbers."""
        object.__setattr__(self, "_roots", tuple(map(_nested, self.trees)))

    def probability(self, vector: Sequence[float]) -> float:
        """Return the probability that trees and weights give a vector of the features.

        >>> stump = Forest(("size",), 0.0, (((0, 1.0, 1, 2), (-1, -2.0, 0, 0), (-1, 2.0, 0, 0)),))
        >>> round(stump.probability([0.5]), 2), round(stump.probability([3.0]), 2)
        (0.12, 0.88)
        """
        total = self.baseline + sum(map(mul, self.weights, vector))
        for root in self._roots:
            feature, value, left, right = root
            while feature >= 0:
                feature, value, left, right = left if vector[feature] <= value else right
            total += value
        return 0.5 * (1.0 + math.tanh(0.5 * total))

    def probabilities(self, vectors: Sequence[Sequence[float]]) -> list[float]:
        """Return the probabilities of many vectors at once, which is faster from a dozen on.

        >>> stump = Forest(("size",), 0.0, (((0, 1.0, 1, 2), (-1, -2.0, 0, 0), (-1, 2.0, 0, 0)),))
        >>> [round(value, 2) for value in stump.probabilities([[0.5], [3.0]])]
        [0.12, 0.88]
        """
        if not vectors:
            return []
        import numpy as np  # brings 15 MB with it

        if not self._table:
            self._table.append(_columns(self))
        features, thresholds, lefts, rights, roots, depth = self._table[0]
        table = np.array(vectors, dtype=np.float64)
        rows = np.arange(len(table))[:, None]
        at = np.broadcast_to(roots, (len(table), len(roots)))
        for _ in range(depth):
            goes_left = table[rows, features[at]] <= thresholds[at]
            at = np.where(goes_left, lefts[at], rights[at])
        total = self.baseline + thresholds[at].sum(axis=1)
        if self.weights:
            total = total + table @ np.array(self.weights)
        found: list[float] = (0.5 * (1.0 + np.tanh(0.5 * total))).tolist()
        return found

    def calibrated(self, probability: float) -> float:
        """Return how often a choice of that probability was right in cross-validation.

        >>> Forest((), 0.0, (), (), ((0.0, 0.0), (0.5, 0.8), (1.0, 1.0))).calibrated(0.25)
        0.4
        """
        at = bisect_left(self.knots, (probability,))
        if not self.knots or not at:
            return self.knots[0][1] if self.knots else probability
        if at == len(self.knots):
            return self.knots[-1][1]
        (x1, y1), (x2, y2) = self.knots[at - 1 : at + 1]
        return y1 + (y2 - y1) * (probability - x1) / (x2 - x1)


def _nested(tree: Sequence[Node], at: int = 0) -> _Branch:
    feature, value, left, right = tree[at]
    if feature < 0:
        return feature, value, (), ()
    return feature, value, _nested(tree, left), _nested(tree, right)


def _columns(forest: Forest) -> tuple[Any, Any, Any, Any, Any, int]:
    """Return the nodes of all trees as NumPy columns, the roots, and how deep the trees are.

    A leaf leads to itself on both sides.
    """
    import numpy as np

    columns: list[tuple[int, float, int, int]] = []
    roots = []
    for tree in forest.trees:
        first = len(columns)
        roots.append(first)
        for at, (feature, value, left, right) in enumerate(tree, start=first):
            leaf = feature < 0
            ways = (at, at) if leaf else (first + left, first + right)
            columns.append((max(feature, 0), value, *ways))
    features, thresholds, lefts, rights = zip(*columns, strict=True) if columns else ((),) * 4
    depth = max(map(_depth, forest._roots), default=0)  # noqa: SLF001 - of this module
    whole = (np.array(column, dtype=np.intp) for column in (features, lefts, rights, roots))
    split, low, high, start = whole
    return split, np.array(thresholds), low, high, start, depth


def _depth(branch: _Branch) -> int:
    """Return how many nodes lie above the lowest leaf."""
    feature, _, left, right = branch
    return 1 + max(_depth(left), _depth(right)) if feature >= 0 else 0


def dumps(forest: Forest) -> str:
    """Return a forest as JSON, a tree a line.

    >>> loads(dumps(Forest(("a",), 0.5, (((-1, 1.0, 0, 0),),)))).baseline
    0.5
    """
    head = {
        "features": forest.features,
        "baseline": forest.baseline,
        "weights": forest.weights,
        "knots": forest.knots,
    }
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in forest.trees)
    return json.dumps(head)[:-1] + ', "trees": [\n' + trees + "\n]}\n"


def loads(text: str) -> Forest:
    """Read a forest from JSON."""
    data = json.loads(text)
    trees = tuple(tuple((n[0], n[1], n[2], n[3]) for n in tree) for tree in data["trees"])
    knots = tuple((given, observed) for given, observed in data.get("knots", ()))
    weights = tuple(data.get("weights", ()))
    return Forest(tuple(data["features"]), data["baseline"], trees, weights, knots)


@cache
def read(path: Path) -> Forest:
    """Read a forest from a file, once in a process."""
    return loads(path.read_text(encoding="utf-8"))
