"""Train the second look at places: ``python -m geomap.training.whereabouts CORPORA``.

CORPORA holds the corpus of :mod:`geomap.training.incidents`. The places of a report compete for
each type of incident that its gold has; a place is right if it bears a name that the gold gives an
incident of the type. ``--folds 5`` writes a folder with weights a fold, trained on the other folds.
Needs scikit-learn.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap import forest, whereabouts
from geomap.events import extract
from geomap.folding import fold
from geomap.page import Page
from geomap.training.documents import fold_of
from geomap.training.incidents import TARGETS, read_article, run
from geomap.training.trees import grow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Event
    from geomap.pipeline import Pipeline
    from geomap.training.documents import Doc
    from geomap.whereabouts import Named

OPTIONS: dict[str, Any] = {
    "max_iter": 80,
    "max_leaf_nodes": 8,
    "learning_rate": 0.08,
    "min_samples_leaf": 20,
    "l2_regularization": 1.0,
    "random_state": 0,
}


class Example(NamedTuple):
    """A place of a document: its fold and features, and whether it is right."""

    fold: int
    row: list[float]
    right: bool


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
                Example(fold_of(doc, folds), row, is_called(named, names))
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
    rows, right = [example.row for example in found], [example.right for example in found]
    baseline, trees = grow(rows, right, OPTIONS)
    return forest.Forest(whereabouts.FEATURES, baseline, trees)


def main() -> int:
    """Train, or cross-validate."""
    bundled = whereabouts.PLACES["terrorism"]
    return run(
        "Train the second look at places.",
        bundled,
        examples,
        lambda found: forest.dumps(fit(found)),
    )


if __name__ == "__main__":
    sys.exit(main())
