"""Train the choice among an article's times: ``python -m geomap.training.dating``.

It learns from the project's own annotated articles (``articles/``): for each event that they tell
of, which of the times that the article names is its own; none is for events that the text does not
date. ``--folds 5`` prints how often the choice is right in cross-validation instead. Needs
scikit-learn; some minutes of one core, most of it for reading the articles.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap import dating, forest, link, relative
from geomap.gazetteer import Gazetteer
from geomap.marker import Marker
from geomap.model import TOLD
from geomap.page import Page
from geomap.pipeline import Pipeline
from geomap.training.articles import ARTICLES, read_articles
from geomap.training.documents import fold_of, write_weights
from geomap.training.elsewhere import event_of
from geomap.training.trees import grow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.dating import Key
    from geomap.model import Event
    from geomap.training.articles import Annotated, Told, Trigger

OPTIONS: dict[str, Any] = {
    "max_iter": 80,
    "max_leaf_nodes": 10,
    "max_depth": 5,
    "learning_rate": 0.1,
    "min_samples_leaf": 20,
    "l2_regularization": 5.0,
    "max_features": 0.4,
    "random_state": 0,
}
LEASTS = (0.0, 0.3, 0.4, 0.5, 0.6)
"""The least likelihoods of a time that the cross-validation tries."""
MARGINS = (0.0, 0.1, 0.2, 0.3, 0.4)
"""By how much a time must be likelier than that of the rules, as the cross-validation tries."""


class Question(NamedTuple):
    """An event to be dated: its rivals' features and days, its own days, and what rules give."""

    fold: int
    rows: list[list[float]]
    keys: list[Key | None]
    days: Key | None
    rule: Key | None

    @property
    def right(self) -> list[bool]:
        """Whether each rival is the event's time."""
        return [self.days is not None and key == self.days for key in self.keys]


class Answer(NamedTuple):
    """A question with how likely each rival is."""

    question: Question
    likely: list[float]

    @property
    def best(self) -> int:
        """The number of the likeliest rival."""
        return self.likely.index(max(self.likely))

    @property
    def lead(self) -> float:
        """By how much the likeliest is likelier than the rules' time."""
        own = self.likely[self.question.keys.index(self.question.rule)]
        return self.likely[self.best] - own

    @property
    def is_right(self) -> bool:
        """Whether the likeliest is right."""
        return self.question.right[self.best]


def questions(
    found: Annotated, pipeline: Pipeline, marker: Marker | None, fold: int
) -> Iterator[Question]:
    """Yield the events that an article tells of, among all that the pipeline finds in it."""
    article = found.article
    mentions = pipeline.mentions(article)
    events = list(pipeline.rereader(article, pipeline.extractor(article), mentions))
    told = dict(_told(article.text, events, found.triggers))
    known = {event for event in (*events, *told) if event.type}
    events = sorted(known, key=lambda event: (event.trigger, event.type))
    page = Page(article, relative.apply(article.text, mentions, Gazetteer.open().capital), marker)
    drafts = [link.draft_event(page, event) for event in events]
    asked = [link.asked_when(draft) for draft in drafts]
    choice = dating.Dating(page, asked, dating.by_rules(page, asked))
    keys = [dating.key(rival.when) for rival in choice.rivals]
    for at, (draft, event) in enumerate(zip(drafts, events, strict=True)):
        if keys and event in told and draft.event.status in TOLD:
            yield Question(fold, choice.rows(at), keys, told[event].days, choice.keys[at])


def _told(
    text: str, events: Sequence[Event], triggers: Iterable[Trigger]
) -> Iterator[tuple[Event, Told]]:
    """Yield annotated events as the pipeline finds them, or else as they are marked."""
    for trigger in triggers:
        told = trigger.event
        if told is None or not told.is_real:
            continue
        fitting = [e for e in events if e.trigger.overlaps(trigger.span) and e.type in told.types]
        for event in fitting or [event_of(text, trigger)]:
            yield event, told


def fit(found: Sequence[Question]) -> forest.Forest:
    """Train on questions."""
    rows = [row for question in found for row in question.rows]
    right = [value for question in found for value in question.right]
    baseline, trees = grow(rows, right, OPTIONS)
    return forest.Forest(dating.FEATURES, baseline, trees)


def answers(found: Sequence[Question], folds: int) -> Iterator[Answer]:
    """Yield each question with what weights say that were trained without its fold."""
    for fold in range(folds):
        trees = fit([question for question in found if question.fold != fold])
        for question in found:
            if question.fold == fold:
                yield Answer(question, trees.probabilities(question.rows))


def report(found: Sequence[Answer]) -> Iterator[str]:
    """Yield how often the choice is right, beside the rules."""
    undated = [answer for answer in found if answer.question.rule is None]
    dated = [a for a in found if a.question.rule is not None and a.question.days]
    possible = sum(any(answer.question.right) for answer in undated)
    yield f"not dated by rules: {len(undated)} events, some time right for {possible}"
    for least in LEASTS:
        taken = [answer for answer in undated if max(answer.likely) >= least]
        right = sum(answer.is_right for answer in taken)
        yield f"  likely from {least}: {len(taken)} dated, {right} right"
    right = sum(answer.question.rule == answer.question.days for answer in dated)
    yield f"dated by rules: {len(dated)} events, {right} right"
    yield from (_margin(dated, margin) for margin in MARGINS)


def _margin(found: Sequence[Answer], margin: float) -> str:
    """Return how many are right if a time is taken that is so much likelier than the rules'."""
    moved = [a for a in found if a.lead > margin and max(a.likely) >= dating.LEAST]
    gained = sum(answer.is_right for answer in moved)
    lost = sum(answer.question.rule == answer.question.days for answer in moved)
    return f"  likelier by {margin}: {len(moved)} moved, {gained} of them right, {lost} before"


def read_questions(folder: Path, folds: int) -> list[Question]:
    """Return the questions of a folder's articles, in so many folds."""
    pipeline, marker = Pipeline(), Marker.open()
    return [
        question
        for found in read_articles(folder)
        for question in questions(
            found, pipeline, marker, fold_of({"doc_id": found.article.id}, folds)
        )
    ]


def main() -> int:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(description="Train the choice among an article's times.")
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="folder of articles")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many folds")
    parser.add_argument("-o", "--output", type=Path, default=dating.MODEL)
    options = parser.parse_args()
    found = read_questions(options.articles, options.folds or 1)
    if options.folds:
        told = list(answers(found, options.folds))
        sys.stdout.writelines(f"{line}\n" for line in report(told))
    else:
        write_weights(forest.dumps(fit(found)), options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
