"""Train the quick look at sentences: ``python -m geomap.training.telling``.

It learns from the project's own articles and sentences which words a sentence has that tells of an
event. Needs scikit-learn; half a minute of one core, and the same texts give the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import telling
from geomap.text import read
from geomap.training.articles import ARTICLES, read_articles
from geomap.training.documents import write_weights
from geomap.training.senses import NOTHING, read_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

REGULARIZATION = 1.0
"""scikit-learn's C."""
_LEAST_WORDS = 5
_LEAST_WEIGHT = 0.05


def examples(folder: Path) -> Iterator[tuple[set[str], bool]]:
    """Yield the words of sentences, and whether each tells of an event."""
    for found in read_articles(folder):
        told = [t.span.start for t in found.triggers if t.event and t.event.is_real]
        for sentence in read(found.article.text):
            if len(sentence.words) >= _LEAST_WORDS:
                span = sentence.span
                yield (
                    telling.shapes(sentence.words),
                    any(span.start <= at < span.end for at in told),
                )
    for kind, text in read_sentences():
        words = [word for sentence in read(text) for word in sentence.words]
        yield telling.shapes(words), kind != NOTHING


def fit(found: list[tuple[set[str], bool]]) -> dict[str, float]:
    """Return the weight of each word, the constant under the empty one."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    table = DictVectorizer()
    rows = table.fit_transform([dict.fromkeys(sorted(words), 1.0) for words, _ in found])
    rows.indices, rows.indptr = (a.astype("int32") for a in (rows.indices, rows.indptr))
    model = LogisticRegression(
        C=REGULARIZATION, solver="liblinear", tol=1e-3, random_state=0
    ).fit(rows, [told for _, told in found])  # fmt: skip
    named = zip(table.feature_names_, map(float, model.coef_[0]), strict=True)
    kept = {name: round(w, 2) for name, w in named if abs(w) >= _LEAST_WEIGHT}
    return {"": round(float(model.intercept_[0]), 2), **kept}


def main() -> int:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description="Train the quick look at sentences.")
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="folder of articles")
    parser.add_argument("-o", "--output", type=Path, default=telling.MODEL)
    options = parser.parse_args()
    found = fit(list(examples(options.articles)))
    write_weights(json.dumps(found, indent=0, ensure_ascii=False) + "\n", options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
