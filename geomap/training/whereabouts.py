"""Train the second look at places: ``python -m geomap.training.whereabouts CORPORA``.

CORPORA holds the corpus of :mod:`geomap.training.incidents`. The places of a report compete for
each type of incident that its gold has; a place is right if the gazetteer calls it as the gold
calls that of an incident of the type. How likely each event is an incident is among the features,
so the events of a report are judged by a profile (:mod:`geomap.training.relevance`) that was
trained without it.
``--folds 5`` writes a folder with weights a fold, trained on the other folds. Needs scikit-learn.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap import forest, relevance, rivals, whereabouts
from geomap.folding import fold
from geomap.marker import Marker
from geomap.page import Page
from geomap.pipeline import Pipeline
from geomap.senses import Senses
from geomap.training import relevance as profile
from geomap.training.documents import fold_of, read_lines, run_options, write_weights
from geomap.training.incidents import CORPUS, read_article, read_events
from geomap.training.trees import grow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Article, Event, Mention
    from geomap.relevance import Weights
    from geomap.training.documents import Doc

OPTIONS: dict[str, Any] = {
    "max_iter": 240,
    "max_leaf_nodes": 4,
    "learning_rate": 0.03,
    "min_samples_leaf": 15,
    "l2_regularization": 5.0,
    "max_features": 0.3,
    "random_state": 0,
}
PARTS = 5
"""So many parts of the reports are left out in turn to judge the events of each."""
_GENERIC = frozenset("town province state department district of the".split())


class Read(NamedTuple):
    """A document with what the stages before find in it, and the part that it belongs to."""

    doc: Doc
    part: int
    article: Article
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    lessons: tuple[profile.Example, ...]


class Example(NamedTuple):
    """The features of a place, and whether it is right."""

    row: list[float]
    right: bool


def read(doc: Doc, pipeline: Pipeline, common: frozenset[str]) -> Read:
    """Read a document."""
    article = read_article(doc)
    mentions = pipeline.mentions(article)
    events = read_events(article, mentions)
    lessons = profile.examples(doc, pipeline, PARTS, common)
    return Read(doc, fold_of(doc, PARTS), article, mentions, events, tuple(lessons))


def examples(
    found: Sequence[Read], common: frozenset[str], marker: Marker | None
) -> Iterator[Example]:
    """Yield the places of documents for each type of incident that they have."""
    for part in range(PARTS):
        others = [lesson for told in found if told.part != part for lesson in told.lessons]
        weights = replace(profile.fit(others, common), article_least=0.0)
        for told in found:
            if told.part == part:
                yield from _examples(told, weights, marker)


def _examples(told: Read, weights: Weights, marker: Marker | None) -> Iterator[Example]:
    events = relevance.select(weights, told.article, told.events, told.mentions, Senses.open())
    page = Page(told.article, told.mentions, marker)
    competing = rivals.rivals(page)
    for kind in sorted({event["type"] for event in told.doc["events"]}):
        names = {
            key(name) for e in told.doc["events"] if e["type"] == kind for name in e["places"] or ()
        }
        right = [key(rival.place.name) in names for rival in competing]
        if any(right) and any(event.type == kind for event in events):
            yield from map(Example, rivals.rows(page, competing, kind, events), right)


def key(name: str) -> str:
    """Return a name as names are compared: folded, without words for kinds of places.

    >>> key("San Miguel Department")
    'san miguel'
    """
    words = [word for word in fold(name).split() if word not in _GENERIC]
    return " ".join(words)


def fit(found: Sequence[Example]) -> forest.Forest:
    """Train on examples."""
    rows, right = [example.row for example in found], [example.right for example in found]
    baseline, trees = grow(rows, right, OPTIONS)
    return forest.Forest(rivals.FEATURES, baseline, trees)


def main() -> int:
    """Train, or cross-validate."""
    bundled = whereabouts.PLACES["terrorism"]
    options = run_options("Train the second look at places.", bundled).parse_args()
    pipeline, marker = Pipeline(), Marker.open()
    docs = list(read_lines(options.corpora / CORPUS))
    common = profile.common_words(docs)
    found = [read(doc, pipeline, common) for doc in docs]
    for number in range(options.folds):
        others = [told for told in found if fold_of(told.doc, options.folds) != number]
        weights = fit(list(examples(others, common, marker)))
        write_weights(forest.dumps(weights), options.output / f"fold-{number}" / bundled.name)
    if not options.folds:
        write_weights(forest.dumps(fit(list(examples(found, common, marker)))), options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
