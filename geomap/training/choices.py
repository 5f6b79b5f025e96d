"""What the trainings of the choices among an article's places and among its times share.

Both put questions to annotated articles, an event each with its rivals' features and which of them
are right, grow trees on them, and in cross-validation answer each by trees that never saw its
article.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from geomap import forest
from geomap.marker import Marker
from geomap.pipeline import Pipeline
from geomap.training.articles import ARTICLES, Annotated, read_articles
from geomap.training.documents import fold_of, write_weights
from geomap.training.trees import grow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


FOLDS = 5
"""In so many parts the articles are trained on where nothing is validated."""


class Asked(Protocol):
    """A question: its article's fold, its rivals' features, and which of them are right."""

    @property
    def fold(self) -> int:
        """The fold of the article."""
        ...

    @property
    def rows(self) -> list[list[float]]:
        """The features of each rival."""
        ...

    @property
    def right(self) -> list[bool]:
        """Whether each rival is right."""
        ...


Q = TypeVar("Q", bound=Asked)


def fit(
    found: Sequence[Asked], features: tuple[str, ...], options: Mapping[str, Any]
) -> forest.Forest:
    """Train on questions."""
    rows = [row for question in found for row in question.rows]
    right = [value for question in found for value in question.right]
    baseline, trees = grow(rows, right, options)
    return forest.Forest(features, baseline, trees)


def run(
    description: str,
    models: Sequence[Path],
    questions: Callable[[Annotated, Pipeline, Marker | None, int], Iterable[Q]],
    train: Callable[[Sequence[Q]], Sequence[forest.Forest]],
    report: Callable[[Sequence[Q], int], Iterable[str]],
) -> int:
    """Train and write the weights, or cross-validate and print the report, as the options say."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="folder of articles")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many folds")
    parser.add_argument("-o", "--output", type=Path, default=models[0].parent, help="folder")
    options = parser.parse_args()
    pipeline, marker, folds = Pipeline(), Marker.open(), options.folds or FOLDS
    found = [
        question
        for told in read_articles(options.articles)
        for question in questions(
            told, pipeline, marker, fold_of({"doc_id": told.article.id}, folds)
        )
    ]
    if options.folds:
        sys.stdout.writelines(f"{line}\n" for line in report(found, folds))
    else:
        for path, trees in zip(models, train(found), strict=True):
            write_weights(forest.dumps(trees), options.output / path.name)
    return 0
