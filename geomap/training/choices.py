"""What the trainings of the choices among an article's places and among its times share.

Both put questions to annotated articles, an event each with its rivals' features and which of them
are right, and grow trees on them for two looks: the second learns from what the first says of
articles that it never saw. In cross-validation, articles are judged by trees that saw none of them.
"""

from __future__ import annotations

import argparse
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from geomap import consensus, forest
from geomap.marker import Marker
from geomap.pipeline import Pipeline
from geomap.training.articles import ARTICLES, Annotated, read_articles
from geomap.training.documents import fold_of, write_weights
from geomap.training.trees import grow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

FOLDS = 5
"""In so many parts the articles are trained on where nothing is validated."""


class Asked(Protocol):
    """A question: its article and fold, its rivals' features, which of them are right.

    ``seen`` is what it may have in common with others. Nothing is learned from one that is not
    ``told`` by the annotation: the other events of its article are merely seen beside it.
    """

    @property
    def article(self) -> str:
        """The id of the article; its questions come in a row and in reading order."""
        ...

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

    @property
    def seen(self) -> consensus.Seen:
        """What ties it to others."""
        ...

    @property
    def told(self) -> bool:
        """Whether it is one to learn from."""
        ...


Q = TypeVar("Q", bound=Asked)


class Looks(NamedTuple):
    """The features and the options of the trees of both looks."""

    first: tuple[str, ...]
    again: tuple[str, ...]
    options: Mapping[str, Any]
    options_again: Mapping[str, Any]


def fit(found: Sequence[Asked], looks: Looks) -> tuple[forest.Forest, forest.Forest]:
    """Train both looks on questions of at least two folds."""
    likely: list[list[float]] = [[] for _ in found]
    for fold in {question.fold for question in found}:
        trees = _first([question for question in found if question.fold != fold], looks)
        inside = [at for at, question in enumerate(found) if question.fold == fold]
        tables = [found[at].rows for at in inside]
        for at, each in zip(inside, consensus.looked(trees, tables), strict=True):
            likely[at] = each
    second = _grown(found, _again(found, likely), looks.again, looks.options_again)
    return _first(found, looks), second


def _first(found: Sequence[Asked], looks: Looks) -> forest.Forest:
    return _grown(found, [question.rows for question in found], looks.first, looks.options)


def _grown(
    found: Sequence[Asked],
    tables: Sequence[consensus.Table],
    features: tuple[str, ...],
    options: Mapping[str, Any],
) -> forest.Forest:
    pairs = zip(found, tables, strict=True)
    rows = [row for question, table in pairs if question.told for row in table]
    right = [value for question in found if question.told for value in question.right]
    baseline, trees = grow(rows, right, options)
    return forest.Forest(features, baseline, trees)


def _again(found: Sequence[Asked], likely: Sequence[list[float]]) -> list[consensus.Table]:
    """Return what the second look sees of each question."""
    tables = []
    pairs = zip(found, likely, strict=True)
    for _, group in groupby(pairs, key=lambda pair: pair[0].article):
        asked, first = zip(*group, strict=True)
        tables += consensus.seen_again([q.rows for q in asked], [q.seen for q in asked], first)
    return tables


def answered(found: Sequence[Q], folds: int, looks: Looks) -> list[tuple[Q, list[float]]]:
    """Return the questions to learn from, with what trees say that never saw the article."""
    answers = []
    for number in range(folds):
        first, second = fit([question for question in found if question.fold != number], looks)
        asked = [question for question in found if question.fold == number]
        likely = consensus.looked(first, [question.rows for question in asked])
        likely = consensus.looked(second, _again(asked, likely))
        pairs = zip(asked, likely, strict=True)
        answers += [pair for pair in pairs if pair[0].told and pair[0].rows]
    return answers


def run(
    description: str,
    models: tuple[Path, Path],
    questions: Callable[[Annotated, Pipeline, Marker | None, int], Iterable[Q]],
    looks: Looks,
    report: Callable[[Iterable[tuple[Q, list[float]]]], Iterable[str]],
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
        lines = report(answered(found, folds, looks))
        sys.stdout.writelines(f"{line}\n" for line in lines)
    else:
        for path, trees in zip(models, fit(found, looks), strict=True):
            write_weights(forest.dumps(trees), options.output / path.name)
    return 0
