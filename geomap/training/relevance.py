"""Train the profile of terrorist incidents: ``python -m geomap.training.relevance CORPORA``.

CORPORA holds the corpus of :mod:`geomap.training.incidents`. No single trigger is marked there, so
an event is an example of a type if its article's gold has that type, and the more events of the
type an article opens, the less each of them counts.
``--folds 5`` writes a folder with weights a fold, trained on the other folds. Needs scikit-learn.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap import relevance
from geomap.pipeline import Pipeline
from geomap.senses import Senses
from geomap.text import read
from geomap.training.documents import fold_of, read_lines, run_options, write_weights
from geomap.training.incidents import CORPUS, TARGETS, read_article, read_events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.relevance import Vector, Weights
    from geomap.training.documents import Doc

ARTICLE_LEAST, EVENT_LEAST = 0.36, 0.2
"""An article's events of a type must be so likely together, and each alone."""
REGULARIZATION = 1.0
"""scikit-learn's C."""
COMMON_SHARE = 0.4
"""A word is common if more than this share of the articles have it."""
KEPT = 5000
"""So many weights are kept, the largest; more are no better on articles unseen in training."""


class Example(NamedTuple):
    """An opened event as one of a type; ``weight`` falls with the events beside it."""

    fold: int
    target: str
    vector: Vector
    right: bool
    weight: float


def common_words(docs: Sequence[Doc]) -> frozenset[str]:
    """Return the words that a large share of the documents have."""
    told = Counter(word for doc in docs for word in set(relevance.words_of(read(doc["text"]))))
    return frozenset(word for word, count in told.items() if count > COMMON_SHARE * len(docs))


def examples(doc: Doc, pipeline: Pipeline, folds: int, common: frozenset[str]) -> list[Example]:
    """Return the examples of a document; types that are optional there teach nothing."""
    article = read_article(doc)
    mentions = pipeline.mentions(article)
    events = read_events(article, mentions)
    vectors = relevance.vectors(article, events, mentions, common, Senses.open())
    wanted = {event["type"] for event in doc["events"] if not event.get("optional")}
    unsure = {event["type"] for event in doc["events"]} - wanted
    opened = Counter(target for event in events for target in TARGETS.get(event.type, ()))
    fold = fold_of(doc, folds)
    return [
        Example(fold, target, vector, target in wanted, 1 / math.sqrt(opened[target]))
        for event, vector in zip(events, vectors, strict=True)
        for target in TARGETS.get(event.type, ())
        if target not in unsure
    ]


def fit(found: Sequence[Example], common: frozenset[str]) -> Weights:
    """Train on examples: one regression a type, of whose weights the largest are kept."""
    targets = sorted({example.target for example in found})
    words = {t: _regression([example for example in found if example.target == t]) for t in targets}
    sizes = sorted((abs(w) for known in words.values() for w in known.values()), reverse=True)
    least = sizes[KEPT] if len(sizes) > KEPT else 0.0
    kept = {
        target: {name: round(w, 4) for name, w in known.items() if abs(w) > least or not name}
        for target, known in words.items()
    }
    return relevance.Weights(TARGETS, ARTICLE_LEAST, EVENT_LEAST, kept, common)


def _regression(found: Sequence[Example]) -> dict[str, float]:
    """Return the weight of each feature, that of the constant under the empty name."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    table = DictVectorizer()
    rows: Any = table.fit_transform([example.vector for example in found])
    rows.indices, rows.indptr = (a.astype("int32") for a in (rows.indices, rows.indptr))
    model = LogisticRegression(C=REGULARIZATION, solver="liblinear", tol=1e-3, random_state=0)
    model.fit(rows, [e.right for e in found], sample_weight=[e.weight for e in found])
    named = zip(table.feature_names_, map(float, model.coef_[0]), strict=True)
    return {"": float(model.intercept_[0]), **dict(named)}


def main() -> int:
    """Train, or cross-validate."""
    bundled = relevance.PROFILES["terrorism"]
    options = run_options("Train the profile of terrorist incidents.", bundled).parse_args()
    pipeline, docs = Pipeline(), list(read_lines(options.corpora / CORPUS))
    common = common_words(docs)
    found = [e for doc in docs for e in examples(doc, pipeline, options.folds or 1, common)]
    for fold in range(options.folds):
        weights = fit([example for example in found if example.fold != fold], common)
        path = options.output / f"fold-{fold}" / bundled.name
        write_weights(relevance.dumps(weights), path)
    if not options.folds:
        write_weights(relevance.dumps(fit(found, common)), options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
