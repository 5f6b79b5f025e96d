"""Train the second look at names: ``python -m geomap.training.overlooked CORPORA``.

CORPORA is the folder that :mod:`geomap.training.toponyms` reads, and ``--taggers DIR`` the folder
with the taggers of its folds: each document is read by the one that it did not train, else the
doubts would be too few. Some documents are read a second time in capitals, as agency copy is; they
count half. A logistic regression whose weights stay near :data:`EXPECTED`; a name that shares a
word with a marked one without being the same teaches nothing. ``--folds 5`` writes weights a fold
instead of all, trained on the others. Needs NumPy.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap import forest, overlooked, tagger
from geomap.gazetteer import Gazetteer
from geomap.sightings import read_text, weigh_all
from geomap.training.documents import (
    TRAINED_ON,
    fold_of,
    read_documents,
    read_texts,
    run_options,
    write_weights,
)
from geomap.training.toponyms import UNMARKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geomap.training.documents import Doc

EXPECTED = {"dateline": 2.5, "division": 1.5, "kind_before": 1.0, "whole": 1.0}
"""What is expected of evidence that the corpora hardly have; the others' weights stay near 0."""
PULL = 3.0
"""How strongly a weight is pulled to what is expected of it: so much as that many names or so."""
_PULL_OF_BASELINE, _BASELINE = 0.01, -2.0
IN_CAPITALS = 0.5
_STEPS, _LEAST_GAIN, _LEAST_STEP = 60, 1e-7, 1e-4
_DIGITS = 4


class Example(NamedTuple):
    """A name that the tagger left out: its document's fold, and whether it is marked."""

    fold: int
    row: list[float]
    right: bool
    weight: float


def examples(doc: Doc, gazetteer: Gazetteer, taggers: Path) -> Iterator[Example]:
    """Yield the names of a document that its fold's tagger left out."""
    models = sorted(taggers.glob("fold-*.crfsuite"))
    fold = fold_of(doc, len(models))
    for text, weight in _forms(doc["text"]):
        read = read_text(text)
        sightings = weigh_all(read, gazetteer)
        tagging = tagger.tag(read, sightings, models[fold])
        spans = {(t["start"], t["end"]) for t in doc["toponyms"] if t.get("type") not in UNMARKED}
        for left, row in overlooked.vectors(read, sightings, tagging):
            start, end = read.tokens[left.first].start, read.tokens[left.last].end
            right = (start, end) in spans
            if right or not any(first < end and last > start for first, last in spans):
                yield Example(fold, row, right, weight)


def _forms(text: str) -> Iterator[tuple[str, float]]:
    """Yield a text as it is and in capitals, each with its weight."""
    yield text, 1.0
    capitals = text.upper()
    if len(capitals) == len(text) and capitals != text:
        yield capitals, IN_CAPITALS


def fit(found: Sequence[Example]) -> forest.Forest:
    """Train on examples.

    Newton's method, with steps halved while they do not gain.
    """
    import numpy as np

    names = (*overlooked.FEATURES, "")
    rows = np.array([[*example.row, 1.0] for example in found])
    right = np.array([float(example.right) for example in found])
    counts = np.array([example.weight for example in found])
    expected = np.array([EXPECTED.get(name, 0.0 if name else _BASELINE) for name in names])
    pull = np.array([PULL if name else _PULL_OF_BASELINE for name in names])

    def loss(factors: NDArray[np.float64]) -> float:
        log_odds = rows @ factors
        misses = counts * (np.logaddexp(0, log_odds) - right * log_odds)
        return float(misses.sum() + 0.5 * (pull * (factors - expected) ** 2).sum())

    factors, least = expected, loss(expected)
    for _ in range(_STEPS):
        likely = 0.5 * (1.0 + np.tanh(0.5 * (rows @ factors)))
        slope = rows.T @ (counts * (right - likely)) - pull * (factors - expected)
        bend = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        share = 1.0
        while loss(factors + share * step) > least and share > _LEAST_STEP:
            share /= 2
        factors = factors + share * step
        gain, least = least - loss(factors), loss(factors)
        if gain < _LEAST_GAIN:
            break
    *weights, baseline = (round(float(factor), _DIGITS) for factor in factors)
    return forest.Forest(overlooked.FEATURES, baseline, (), tuple(weights))


def read_examples(documents: Iterable[Doc], taggers: Path) -> list[Example]:
    """Return the names of some documents that their folds' taggers left out."""
    gazetteer = Gazetteer.open()
    return [example for doc in documents for example in examples(doc, gazetteer, taggers)]


def main() -> int:
    """Train, or cross-validate."""
    parser = run_options("Train the second look at names.", overlooked.MODEL)
    parser.add_argument("--taggers", type=Path, required=True, help="folder of the folds' taggers")
    parser.add_argument("--without", default="", help="a corpus to leave out")
    options = parser.parse_args()
    names = (name for name in TRAINED_ON if name != options.without)
    documents = [*read_documents(options.corpora, names), *read_texts()]
    found = read_examples(documents, options.taggers)
    for fold in range(options.folds):
        model = fit([example for example in found if example.fold != fold])
        write_weights(forest.dumps(model), options.output / f"fold-{fold}.json")
    if not options.folds:
        write_weights(forest.dumps(fit(found)), options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
