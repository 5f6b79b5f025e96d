"""Train the quick look at sentences: ``python -m geomap.training.telling``.

It learns from the project's own articles and sentences which words a sentence has that tells of an
event. ``--folds 5`` prints in cross-validation how many sentences it lets pass instead. Needs
scikit-learn; half a minute of one core, and the same texts give the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap import telling
from geomap.text import read
from geomap.training.articles import ARTICLES, read_articles
from geomap.training.documents import fold_of, write_weights
from geomap.training.senses import NOTHING, read_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.training.articles import Annotated

REGULARIZATION = 1.0
"""scikit-learn's C."""
_LEAST_WORDS = 5
_LEAST_WEIGHT = 0.05


class Example(NamedTuple):
    """The words of a sentence, whether it tells of an event, and what its fold rests on."""

    words: set[str]
    told: bool
    origin: str


def examples(folder: Path) -> Iterator[Example]:
    """Yield the sentences of the articles of a folder, and the project's own sentences."""
    for found in read_articles(folder):
        yield from article_examples(found)
    for kind, text in read_sentences():
        words = [word for sentence in read(text) for word in sentence.words]
        yield Example(telling.shapes(words), kind != NOTHING, text)


def article_examples(found: Annotated) -> Iterator[Example]:
    """Yield the sentences of an article; those that begin words of a real event tell of one."""
    told = [t.span.start for t in found.triggers if t.event and t.event.is_real]
    for sentence in read(found.article.text):
        if len(sentence.words) >= _LEAST_WORDS:
            span = sentence.span
            is_told = any(span.start <= at < span.end for at in told)
            yield Example(telling.shapes(sentence.words), is_told, found.article.id)


def fit(found: Sequence[Example]) -> dict[str, float]:
    """Return the weight of each word, the constant under the empty one."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    table = DictVectorizer()
    rows = table.fit_transform([dict.fromkeys(sorted(words), 1.0) for words, _, _ in found])
    rows.indices, rows.indptr = (a.astype("int32") for a in (rows.indices, rows.indptr))
    model = LogisticRegression(
        C=REGULARIZATION, solver="liblinear", tol=1e-3, random_state=0
    ).fit(rows, [told for _, told, _ in found])  # fmt: skip
    named = zip(table.feature_names_, map(float, model.coef_[0]), strict=True)
    kept = {name: round(w, 2) for name, w in named if abs(w) >= _LEAST_WEIGHT}
    return {"": round(float(model.intercept_[0]), 2), **kept}


def report(found: Sequence[Example], folds: int) -> Iterator[str]:
    """Yield how many sentences pass of those that tell of an event, and of the others."""
    passed: dict[bool, list[bool]] = {True: [], False: []}
    for number in range(folds):
        mine = [e for e in found if fold_of({"doc_id": e.origin}, folds) == number]
        weights = fit([e for e in found if fold_of({"doc_id": e.origin}, folds) != number])
        for words, told, _ in mine:
            passed[told].append(telling.log_odds(words, weights) >= telling.LEAST)
    for told, name in ((True, "tell of an event"), (False, "tell of none")):
        yield f"{name}: {len(passed[told])}, let pass {sum(passed[told])}"


def main() -> int:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(description="Train the quick look at sentences.")
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="folder of articles")
    parser.add_argument("-o", "--output", type=Path, default=telling.MODEL)
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many folds")
    options = parser.parse_args()
    found = list(examples(options.articles))
    if options.folds:
        sys.stdout.writelines(f"{line}\n" for line in report(found, options.folds))
    else:
        text = json.dumps(fit(found), indent=0, ensure_ascii=False)
        write_weights(f"{text}\n", options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
