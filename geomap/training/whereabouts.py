"""Train the second look at places: ``python -m geomap.training.whereabouts CORPORA``.

CORPORA holds ``muc4.events.dev.jsonl``. The places of a report compete for each type of incident
that its gold has; a place is right if it bears a name that the gold gives an incident of the type.
``--folds 5`` writes a folder with weights a fold, trained on the other folds. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap import forest, whereabouts
from geomap.events import extract
from geomap.folding import fold
from geomap.page import Page
from geomap.pipeline import Pipeline
from geomap.training.relevance import CORPUS, TARGETS, read_article
from geomap.training.resolver import _tree as tree
from geomap.training.toponyms import Doc, fold_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Event
    from geomap.whereabouts import Named

OPTIONS: dict[str, Any] = {
    "max_iter": 80,
    "max_leaf_nodes": 8,
    "learning_rate": 0.08,
    "min_samples_leaf": 20,
    "l2_regularization": 1.0,
    "random_state": 0,
}
Example = tuple[int, list[float], bool]
"""Fold, features, whether the place is right."""


def examples(doc: Doc, pipeline: Pipeline, folds: int) -> list[Example]:
    """Return the places of a document for each type of incident that it has."""
    article = read_article(doc)
    page = Page(article, pipeline.mentions(article), None)
    events = extract(article)
    found = []
    for kind in sorted({event["type"] for event in doc["events"] if not event.get("optional")}):
        told = whereabouts.board(page, of_type(events, kind))
        names = {
            fold(name) for e in doc["events"] if e["type"] == kind for name in e["places"] or ()
        }
        if told.triggers and names:
            found += [
                (fold_of(doc, folds or 1), row, is_called(named, names))
                for row, named in zip(whereabouts.rows(told), told.named, strict=True)
            ]
    return found


def of_type(events: Sequence[Event], kind: str) -> list[Event]:
    """Return the events that may count as incidents of a type, as such."""
    return [replace(e, type=kind) for e in events if kind in TARGETS.get(e.type, ())]


def is_called(named: Named, names: set[str]) -> bool:
    """Whether a place bears one of the folded names, in the gazetteer or in the text."""
    own = {fold(named.place.name), *(fold(m.toponym.text) for m in named.mentions)}
    return not own.isdisjoint(names)


def fit(found: Sequence[Example]) -> forest.Forest:
    """Train on examples."""
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**OPTIONS)
    model.fit(np.array([row for _, row, _ in found]), np.array([right for _, _, right in found]))
    trees = tuple(tree(stage[0].nodes) for stage in model._predictors)  # noqa: SLF001 - no public way
    baseline = float(model._baseline_prediction[0, 0])  # noqa: SLF001
    return forest.Forest(whereabouts.FEATURES, baseline, trees)


def main() -> int:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(description="Train the second look at places.")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many folds")
    parser.add_argument(
        *("-o", "--output"),
        type=Path,
        default=whereabouts.PLACES["terrorism"],
        help="file or folder",
    )
    options = parser.parse_args()
    pipeline = Pipeline()
    with (options.corpora / CORPUS).open(encoding="utf-8") as lines:
        docs = map(json.loads, lines)
        found = [e for doc in docs for e in examples(doc, pipeline, options.folds)]
    for number in range(options.folds):
        model = fit([example for example in found if example[0] != number])
        path = options.output / f"fold-{number}" / whereabouts.PLACES["terrorism"].name
        path.parent.mkdir(exist_ok=True)
        path.write_text(forest.dumps(model), encoding="utf-8")
    if not options.folds:
        options.output.write_text(forest.dumps(fit(found)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
