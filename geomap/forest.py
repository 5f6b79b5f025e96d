"""Gradient-boosted trees, read from JSON and evaluated without any other package.

The file holds the names of the features in their order, the baseline, and the trees as columns:
for each node its feature (-1 in a leaf), its threshold, its children, and a leaf's value. A
vector goes left where its feature is at most the threshold. The sum over the trees is a log-odds.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cache
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
    """Trees over named features."""

    features: tuple[str, ...]
    baseline: float
    trees: tuple[tuple[Node, ...], ...]
    _roots: tuple[_Branch, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Nest the trees: a node that holds its children is followed faster than their numbers."""
        object.__setattr__(self, "_roots", tuple(map(_nested, self.trees)))

    def probability(self, vector: Sequence[float]) -> float:
        """Return the probability that the trees give a vector of the features.

        >>> stump = Forest(("size",), 0.0, (((0, 1.0, 1, 2), (-1, -2.0, 0, 0), (-1, 2.0, 0, 0)),))
        >>> round(stump.probability([0.5]), 2), round(stump.probability([3.0]), 2)
        (0.12, 0.88)
        """
        total = self.baseline
        for root in self._roots:
            feature, value, left, right = root
            while feature >= 0:
                feature, value, left, right = left if vector[feature] <= value else right
            total += value
        return 0.5 * (1.0 + math.tanh(0.5 * total))


def _nested(tree: Sequence[Node], at: int = 0) -> _Branch:
    feature, value, left, right = tree[at]
    if feature < 0:
        return feature, value, (), ()
    return feature, value, _nested(tree, left), _nested(tree, right)


def dumps(forest: Forest) -> str:
    """Return a forest as JSON, a tree a line.

    >>> loads(dumps(Forest(("a",), 0.5, (((-1, 1.0, 0, 0),),)))).baseline
    0.5
    """
    head = {"features": forest.features, "baseline": forest.baseline}
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in forest.trees)
    return json.dumps(head)[:-1] + ', "trees": [\n' + trees + "\n]}\n"


def loads(text: str) -> Forest:
    """Read a forest from JSON."""
    data = json.loads(text)
    trees = tuple(tuple((n[0], n[1], n[2], n[3]) for n in tree) for tree in data["trees"])
    return Forest(tuple(data["features"]), data["baseline"], trees)


@cache
def read(path: Path) -> Forest:
    """Read a forest from a file, once in a process."""
    return loads(path.read_text(encoding="utf-8"))
