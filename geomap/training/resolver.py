"""Train the ranker of candidate places: ``python -m geomap.training.resolver CORPORA``.

Each candidate of each located toponym is an example, right if it lies within 161 km of the gold
point. The article's other names, as the recognizer finds them, are the context. ``--folds 5``
writes one model a fold, trained on the other folds. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap import forest, resolve
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Place, Span, Toponym
from geomap.ranking import FEATURES, read_scene, vectors
from geomap.recognize import BundledRecognizer
from geomap.space import distance_km
from geomap.training.toponyms import Doc, fold_of, read_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HIT_KM = 161.0
"""100 miles, the field's customary threshold."""
OPTIONS: dict[str, Any] = {
    "max_iter": 80,
    "max_leaf_nodes": 10,
    "learning_rate": 0.12,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "random_state": 0,
}
Example = tuple[int, list[float], bool]
"""Fold, features, whether the candidate is right."""


def examples(
    doc: Doc, gazetteer: Gazetteer, recognizer: BundledRecognizer, folds: int
) -> list[Example]:
    """Return the candidates of a document's located toponyms."""
    article = Article(doc["doc_id"], doc["text"], url=doc.get("url") or "")
    gold = {Span(t["start"], t["end"]): t for t in doc["toponyms"]}
    toponyms = with_context(article.text, gold, recognizer(article.text))
    scene = read_scene(article, toponyms, [gazetteer.candidates(t.text) for t in toponyms])
    found = []
    for name in scene.names:
        rows = vectors(scene, name)
        for index in name.indices:
            point = gold.get(toponyms[index].span, {})
            if point.get("lat") is not None:
                target = Place("", "", point["lon"], point["lat"], "")
                found += [
                    (fold_of(doc, folds or 1), row, distance_km(c.place, target) <= HIT_KM)
                    for row, c in zip(rows, name.candidates, strict=True)
                ]
    return found


def with_context(text: str, given: Iterable[Span], recognized: Iterable[Toponym]) -> list[Toponym]:
    """Return the toponyms of given spans and the recognized ones that overlap none of them."""
    spans = list(given)
    fixed = [Toponym(span, span.of(text), "place", 1.0) for span in spans]
    others = [
        t
        for t in recognized
        if t.kind != "facility" and not any(t.span.overlaps(span) for span in spans)
    ]
    return sorted([*fixed, *others], key=lambda toponym: toponym.span)


def fit(found: Sequence[Example]) -> forest.Forest:
    """Train on examples."""
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**OPTIONS)
    model.fit(np.array([row for _, row, _ in found]), np.array([right for _, _, right in found]))
    trees = tuple(_tree(stage[0].nodes) for stage in model._predictors)  # noqa: SLF001 - no public way
    return forest.Forest(FEATURES, float(model._baseline_prediction[0, 0]), trees)  # noqa: SLF001


def _tree(nodes: Any) -> tuple[forest.Node, ...]:  # noqa: ANN401 - a NumPy record array
    return tuple(
        (-1, round(float(n["value"]), 5), 0, 0)
        if n["is_leaf"]
        else (int(n["feature_idx"]), float(n["num_threshold"]), int(n["left"]), int(n["right"]))
        for n in nodes
    )


def main() -> int:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(description="Train the ranker of candidate places.")
    parser.add_argument("corpora", type=Path, help="folder of the corpora")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many folds")
    parser.add_argument("-o", "--output", type=Path, default=resolve.MODEL, help="file or folder")
    options = parser.parse_args()
    gazetteer, recognizer = Gazetteer.open(), BundledRecognizer()
    found = [
        example
        for doc in read_documents(options.corpora)
        for example in examples(doc, gazetteer, recognizer, options.folds)
    ]
    for fold in range(options.folds):
        model = fit([example for example in found if example[0] != fold])
        (options.output / f"fold-{fold}.json").write_text(forest.dumps(model), encoding="utf-8")
    if not options.folds:
        options.output.write_text(forest.dumps(fit(found)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
