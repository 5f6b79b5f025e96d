"""Train the choice among an article's places: ``python -m geomap.training.elsewhere``.

It learns from the project's own annotated articles (``articles/``): for each event, which of the
places that the pipeline finds in the article lies where it happened. The second look learns from
what the first one says of articles that it was not trained on. ``--folds 5`` prints how often the
choice is right in cross-validation instead. Needs scikit-learn; some minutes of one core.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap import consensus, elsewhere, link, relative
from geomap.features import POINTS, precision
from geomap.folding import fold
from geomap.gazetteer import Gazetteer
from geomap.model import Event
from geomap.page import Page
from geomap.space import distance_km
from geomap.text import index_at, read
from geomap.training import choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.drafts import Draft
    from geomap.marker import Marker
    from geomap.model import Place
    from geomap.pipeline import Pipeline
    from geomap.training.articles import Annotated, Told, Trigger

OPTIONS: dict[str, Any] = {
    "max_iter": 250,
    "max_leaf_nodes": 16,
    "learning_rate": 0.05,
    "min_samples_leaf": 20,
    "l2_regularization": 5.0,
    "max_features": 0.4,
    "random_state": 0,
}
LOOKS = choices.Looks(elsewhere.FEATURES, elsewhere.AGAIN, OPTIONS, OPTIONS | {"max_iter": 120})
NEAR_KM = 30.0
"""A point is right within this distance of one that the annotation accepts."""
SCORE = 0.8
"""How sure an annotated event counts as, which is how sure the lexicon mostly is."""
LEASTS = (0.0, 0.3, 0.4, 0.5, 0.6)
"""The least likelihoods of a place that the cross-validation tries."""
MARGINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
"""By how much a place must be likelier than the sentence's own, as the cross-validation tries."""
_SITE = elsewhere.FEATURES.index("site")


class Question(NamedTuple):
    """An event to be placed: the article's fold, its rivals' features, and which are right.

    ``rules`` are the rivals that the rules would take.
    """

    fold: int
    rows: list[list[float]]
    right: list[bool]
    rules: list[bool]
    article: str = ""
    seen: consensus.Seen = consensus.Seen("", 0, "")
    told: bool = True

    @property
    def own(self) -> list[int]:
        """The rivals that the event's own sentence gives it."""
        return [at for at, row in enumerate(self.rows) if row[_SITE]]

    def is_right(self, chosen: Iterable[int]) -> bool:
        """Whether one of some rivals is right."""
        return any(self.right[at] for at in chosen)


class Answer(NamedTuple):
    """A question with how likely each of its rivals is right."""

    question: Question
    likely: list[float]

    @property
    def best(self) -> int:
        """The likeliest rival."""
        return max(range(len(self.likely)), key=self.likely.__getitem__)

    @property
    def lead(self) -> float:
        """By how much the likeliest rival is likelier than those of the event's own sentence."""
        return self.likely[self.best] - max(self.likely[at] for at in self.question.own)


def questions(
    found: Annotated, pipeline: Pipeline, marker: Marker | None, part: int
) -> Iterator[Question]:
    """Yield the events of an article that happened at a place which the annotation gives."""
    article = found.article
    told = [t for t in found.triggers if t.event and t.event.is_real and t.event.places]
    mentions = relative.apply(article.text, pipeline.mentions(article), Gazetteer.open().capital)
    page = Page(article, mentions, marker)
    drafts = [link.draft_event(page, event_of(article.text, trigger)) for trigger in told]
    rest = link.rest_of(page, drafts)
    for draft, trigger in zip(drafts, told, strict=True):
        if trigger.event and not draft.unknown:
            yield _question(page, rest, draft, trigger.event, part)


def _question(page: Page, rest: link.Rest, draft: Draft, told: Told, part: int) -> Question:
    """Return an event as a question, with the places that its annotation accepts."""
    asked = link.asked(page, draft, link.twin_of(rest, draft))
    competing = rest.elsewhere.rivals
    settings = (setting.mention.place for setting in rest.scenes.of(draft.index))
    first = next((place.id for place in settings if place), "")
    taken = next(iter(asked.sites or sorted(asked.twins)), first)
    return Question(
        part,
        rest.elsewhere.rows(asked),
        [is_right(rival.place, told) for rival in competing],
        [rival.place.id == taken for rival in competing],
        page.article.id,
        rest.elsewhere.seen(asked),
    )


def event_of(text: str, trigger: Trigger) -> Event:
    """Return an annotated trigger as an event."""
    sentences = [sentence.span for sentence in read(text)]
    span = sentences[max(0, index_at(sentences, trigger.span.start))]
    return Event(trigger.type, trigger.span, span, "happened", SCORE)


def is_right(place: Place, told: Told) -> bool:
    """Whether a place is one that an annotation accepts.

    A town or site is right near an accepted point; an area only by name, or all countries would
    be right that hold the point.
    """
    is_point = precision(place.feature).level in POINTS
    return any(
        fold(place.name) == fold(wanted.name)
        or (is_point and distance_km(place, wanted) <= NEAR_KM)
        for wanted in told.places
    )


def validated(found: Iterable[tuple[Question, list[float]]]) -> Iterator[str]:
    """Yield the report of a cross-validation."""
    return report([Answer(*pair) for pair in found])


def report(found: Sequence[Answer]) -> Iterator[str]:
    """Yield lines that tell how often the choice is right, beside the rules."""
    without = [answer for answer in found if not answer.question.own]
    own = [answer for answer in found if answer.question.own]
    yield f"not placed by their own sentence: {_rules(without)}"
    yield from (_least(without, least) for least in LEASTS)
    yield f"placed by their own sentence: {_rules(own)}"
    yield from (_least(own, least) for least in LEASTS)
    yield from (_margin(own, margin) for margin in MARGINS)


def _rules(found: Sequence[Answer]) -> str:
    """Return how many are right by the rules, and how many could be."""
    right = sum(any(a and b for a, b in zip(q.rules, q.right, strict=True)) for q, _ in found)
    possible = sum(any(question.right) for question, _ in found)
    return f"{len(found)} events, the rules right on {right}, some place on {possible}"


def _least(found: Sequence[Answer], least: float) -> str:
    """Return how many are right if only places are taken that are so likely."""
    taken = [answer for answer in found if answer.likely[answer.best] >= least]
    right = sum(answer.question.right[answer.best] for answer in taken)
    return f"  likely from {least}: {len(taken)} placed, {right} right"


def _margin(found: Sequence[Answer], margin: float) -> str:
    """Return how many are right if a place is taken that is so much likelier than their own."""
    moved = [answer for answer in found if answer.lead > margin]
    right = sum(
        answer.question.is_right([answer.best] if answer.lead > margin else answer.question.own)
        for answer in found
    )
    return f"  likelier by {margin}: {len(moved)} moved, {right} right"


def main() -> int:
    """Train, or cross-validate."""
    return choices.run(
        "Train the choice among an article's places.", elsewhere.MODELS, questions, LOOKS, validated
    )


if __name__ == "__main__":
    sys.exit(main())
