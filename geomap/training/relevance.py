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
from geomap.events import extract
from geomap.training.documents import fold_of
from geomap.training.incidents import TARGETS, read_article, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.pipeline import Pipeline
    from geomap.relevance import Vector, Weights
    from geomap.training.documents import Doc

ARTICLE_LEAST, EVENT_LEAST = 0.4, 0.2
"""An article's events of a type must be so likely together, and each alone."""
REGULARIZATION = 1.0
"""scikit-learn's C."""
KEPT = 5000
"""So many weights are kept, the largest; more are no better on articles unseen in training."""


class Example(NamedTuple):
    """An opened event as one of a type; ``weight`` falls with the events beside it."""

    fold: int
    target: str
    vector: Vector
    right: bool
    weight: float


def examples(doc: Doc, pipeline: Pipeline, folds: int) -> list[Example]:
    """Return the examples of a document; types that are optional there teach nothing."""
    article = read_article(doc)
    events = extract(article)
    vectors = relevance.vectors(article, events, pipeline.mentions(article))
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


def fit(found: Sequence[Example]) -> Weights:
    """Train on examples: one regression a type, of whose weights the largest are kept."""
    targets = sorted({example.target for example in found})
    words = {t: _regression([example for example in found if example.target == t]) for t in targets}
    sizes = sorted((abs(w) for known in words.values() for w in known.values()), reverse=True)
    least = sizes[KEPT] if len(sizes) > KEPT else 0.0
    kept = {
        target: {name: round(w, 4) for name, w in known.items() if abs(w) > least or not name}
        for target, known in words.items()
    }
    return relevance.Weights(TARGETS, ARTICLE_LEAST, EVENT_LEAST, kept)


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
    return run(
        "Train the profile of terrorist incidents.",
        bundled,
        examples,
        lambda found: relevance.dumps(fit(found)),
    )


if __name__ == "__main__":
    sys.exit(main())
