"""Train the choice among an article's times: ``python -m geomap.training.dating``.

It learns from the project's own annotated articles (``articles/``): for each event that they tell
of, which of the times that the article names is its own; none is for events that the text does not
date. The second look learns from what the first one says of articles that it was not trained on.
``--folds 5`` prints how often the choice is right in cross-validation instead. Needs scikit-learn;
some minutes of one core, most of it for reading the articles.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap import consensus, dating, link, relative
from geomap.gazetteer import Gazetteer
from geomap.model import TOLD
from geomap.page import Page
from geomap.training import choices
from geomap.training.elsewhere import event_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.dating import Key
    from geomap.marker import Marker
    from geomap.model import Event
    from geomap.pipeline import Pipeline
    from geomap.training.articles import Annotated, Told, Trigger

OPTIONS: dict[str, Any] = {
    "max_iter": 160,
    "max_leaf_nodes": 12,
    "max_depth": 6,
    "learning_rate": 0.1,
    "min_samples_leaf": 20,
    "l2_regularization": 5.0,
    "max_features": 0.4,
    "random_state": 0,
}
LOOKS = choices.Looks(dating.FEATURES, dating.AGAIN, OPTIONS, OPTIONS | {"max_iter": 100})
LEASTS = (0.0, 0.3, 0.4, 0.5, 0.6)
"""The least likelihoods of a time that the cross-validation tries."""
MARGINS = (0.0, 0.1, 0.2, 0.3, 0.4)
"""By how much a time must be likelier than that of the rules, as the cross-validation tries."""


class Question(NamedTuple):
    """An event to be dated: its rivals' features and days, its own days, and what rules give.

    ``told`` is false for what the pipeline takes for an event and the annotation does not.
    """

    fold: int
    rows: list[list[float]]
    keys: list[Key | None]
    days: Key | None
    rule: Key | None
    article: str = ""
    seen: consensus.Seen = consensus.Seen("", 0, "")
    told: bool = True

    @property
    def right(self) -> list[bool]:
        """Whether each rival is the event's time; if none is, whether it lies within."""
        exact = [self.days is not None and key == self.days for key in self.keys]
        return exact if any(exact) else [_is_within(key, self.days) for key in self.keys]


def _is_within(key: Key | None, days: Key | None) -> bool:
    if not key or not days or key[0] is None or days[0] is None:
        return False
    return days[0] <= key[0] and key[1] <= days[1]


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
        if keys and draft.event.status in TOLD:
            days = told[event].days if event in told else None
            yield Question(
                fold, choice.rows(at), keys, days, choice.keys[at],
                article.id, choice.seen(at), event in told,
            )  # fmt: skip


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


def validated(found: Iterable[tuple[Question, list[float]]]) -> Iterator[str]:
    """Yield the report of a cross-validation."""
    return report([Answer(*pair) for pair in found])


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


def main() -> int:
    """Train, or cross-validate."""
    return choices.run(
        "Train the choice among an article's times.", dating.MODELS, questions, LOOKS, validated
    )


if __name__ == "__main__":
    sys.exit(main())
