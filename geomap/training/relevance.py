"""Train the profile of terrorist incidents: ``python -m geomap.training.relevance CORPORA``.

CORPORA holds ``muc4.events.dev.jsonl``: reports in which every terrorist incident is marked, with
its type. No single trigger is marked, so an event is an example of a type if its article's gold has
that type, and the more events of the type an article opens, the less each of them counts.
``--folds 5`` writes a folder with weights a fold, trained on the other folds. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap import relevance
from geomap.events import extract
from geomap.model import Article
from geomap.pipeline import Pipeline
from geomap.training.toponyms import Doc, fold_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.relevance import Vector, Weights

CORPUS = "muc4.events.dev.jsonl"
TARGETS = {
    "armed_attack": ("armed_attack",),
    "armed_clash": ("armed_attack",),
    "violent_crime": ("armed_attack",),
    "air_strike": ("armed_attack", "bombing"),
    "shelling": ("armed_attack", "bombing"),
    "bombing": ("armed_attack", "bombing"),
    "industrial_accident": ("bombing",),
    "kidnapping": ("kidnapping",),
    "property_attack": ("property_attack",),
    "fire": ("property_attack",),
    "riot": ("property_attack",),
}
"""As what an opened event may count: gunfire at a mayor's house opens a clash, a murder a crime."""
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


def read_article(doc: Doc) -> Article:
    """Return a document's article."""
    published = doc.get("published")
    return Article(
        doc["doc_id"], doc["text"], published=published and date.fromisoformat(published)
    )


def examples(doc: Doc, pipeline: Pipeline, folds: int) -> list[Example]:
    """Return the examples of a document; types that are optional there teach nothing."""
    article = read_article(doc)
    events = extract(article)
    vectors = relevance.vectors(article, events, pipeline.mentions(article))
    wanted = {event["type"] for event in doc["events"] if not event.get("optional")}
    unsure = {event["type"] for event in doc["events"]} - wanted
    opened = Counter(target for event in events for target in TARGETS.get(event.type, ()))
    fold = fold_of(doc, folds or 1)
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
    parser = argparse.ArgumentParser(description="Train the profile of terrorist incidents.")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many folds")
    parser.add_argument(
        *("-o", "--output"),
        type=Path,
        default=relevance.PROFILES["terrorism"],
        help="file or folder",
    )
    options = parser.parse_args()
    pipeline = Pipeline()
    with (options.corpora / CORPUS).open(encoding="utf-8") as lines:
        docs = map(json.loads, lines)
        found = [e for doc in docs for e in examples(doc, pipeline, options.folds)]
    for fold in range(options.folds):
        model = fit([example for example in found if example.fold != fold])
        path = options.output / f"fold-{fold}" / relevance.PROFILES["terrorism"].name
        path.parent.mkdir(exist_ok=True)
        path.write_text(relevance.dumps(model), encoding="utf-8")
    if not options.folds:
        options.output.write_text(relevance.dumps(fit(found)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
