"""Train the choice among an article's places: ``python -m geomap.training.elsewhere``.

It learns from the project's own annotated articles (``articles/``): for each event that its own
sentence does not place, which of the places that the pipeline finds in the article lies where the
event happened. ``--folds 5`` prints how often the choice is right in cross-validation.
Needs scikit-learn; about two minutes of one core.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap import elsewhere, forest, link, relative
from geomap.features import precision
from geomap.gazetteer import Gazetteer
from geomap.marker import Marker
from geomap.model import Event
from geomap.page import Page
from geomap.pipeline import Pipeline
from geomap.space import distance_km
from geomap.text import index_at, read
from geomap.training.articles import ARTICLES, read_articles
from geomap.training.documents import fold_of, write_weights
from geomap.training.trees import grow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Place
    from geomap.training.articles import Annotated, Told, Trigger

OPTIONS: dict[str, Any] = {
    "max_iter": 120,
    "max_leaf_nodes": 6,
    "learning_rate": 0.07,
    "min_samples_leaf": 20,
    "l2_regularization": 5.0,
    "max_features": 0.4,
    "random_state": 0,
}
NEAR_KM = 30.0
"""A place is right within this distance of one that the annotation accepts, or its own radius."""


class Question(NamedTuple):
    """An event to be placed: the article's fold, its rivals' features, and which are right."""

    fold: int
    rows: list[list[float]]
    right: list[bool]
    rules: list[bool]
    """Which rival the rules of scenes take first."""


def questions(found: Annotated, pipeline: Pipeline, marker: Marker | None, fold: int) -> Iterator[Question]:
    """Yield the events of an article that their own sentences do not place."""
    article = found.article
    told = [t for t in found.triggers if t.event and t.event.is_real and t.event.places]
    events = [event_of(article.text, trigger) for trigger in told]
    mentions = pipeline.mentions(article)
    known = relative.apply(article.text, mentions, Gazetteer.open().capital)
    page = Page(article, known, marker)
    drafts = [link.draft_event(page, event) for event in events]
    rest = link.rest_of(page, drafts)
    for draft, trigger in zip(drafts, told, strict=True):
        if draft.unknown or trigger.event is None:
            continue
        like = [d for d in rest.placed.get(draft.event.type, []) if d is not draft]
        asked = link.asked(page, draft, link.twin_of(rest, draft))
        rows = rest.elsewhere.rows(asked)
        right = [is_right(rival.place, trigger.event) for rival in rest.elsewhere.rivals]
        settings = list(rest.scenes.of(draft.index))
        first = next((s.mention.place.id for s in settings if s.mention.place), "")
        taken = next(iter(asked.sites or asked.twins), first)
        yield Question(fold, rows, right, [r.place.id == taken for r in rest.elsewhere.rivals])


def event_of(text: str, trigger: Trigger) -> Event:
    """Return an annotated trigger as an event."""
    sentences = [sentence.span for sentence in read(text)]
    span = sentences[max(0, index_at(sentences, trigger.span.start))]
    return Event(trigger.type, trigger.span, span, "happened", 0.8)


def is_right(place: Place, told: Told) -> bool:
    """Whether a place is one that the annotation accepts, as exactly as it claims to be known."""
    reach = max(NEAR_KM, place.radius_km or precision(place.feature).radius_km)
    return any(distance_km(place, wanted) <= reach for wanted in told.places)


def fit(found: Sequence[Question]) -> forest.Forest:
    """Train on questions."""
    rows = [row for question in found for row in question.rows]
    right = [value for question in found for value in question.right]
    baseline, trees = grow(rows, right, OPTIONS)
    return forest.Forest(elsewhere.FEATURES, baseline, trees)


def report(found: Sequence[Question], folds: int) -> None:
    S=elsewhere.FEATURES.index("site")
    out=[]
    for number in range(folds):
        m=fit([q for q in found if q.fold != number])
        for q in found:
            if q.fold==number and q.rows: out.append((q,[m.probability(r) for r in q.rows]))
    for name,sel in (("no site",[x for x in out if not any(r[S] for r in x[0].rows)]),("site",[x for x in out if any(r[S] for r in x[0].rows)])):
        print(name,len(sel),"rules right",sum(any(a and b for a,b in zip(q.rules,q.right)) for q,_ in sel),"possible",sum(any(q.right) for q,_ in sel))
        for least in (0,.3,.4,.5,.6):
            t=[(q,p) for q,p in sel if max(p)>=least]
            print("  least",least,len(t),"right",sum(q.right[max(range(len(p)),key=p.__getitem__)] for q,p in t))
        if name=="site":
            for margin in (0,.1,.2,.3,.4,.5):
                r=ch=0
                for q,p in sel:
                    best=max(range(len(p)),key=p.__getitem__); own=[i for i,row in enumerate(q.rows) if row[S]]
                    o=max(own,key=p.__getitem__)
                    if p[best]-p[o]>margin: ch+=1; r+=q.right[best]
                    else: r+=any(q.right[i] for i in own)
                print("  margin",margin,"changed",ch,"right",r)

MODELS = {}

def main() -> int:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(description="Train the choice among an article's places.")
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="folder of articles")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many folds")
    parser.add_argument("-o", "--output", type=Path, default=elsewhere.MODEL)
    options = parser.parse_args()
    pipeline, marker = Pipeline(), Marker.open()
    found = [
        question
        for article in read_articles(options.articles)
        for question in questions(article, pipeline, marker, fold_of({"doc_id": article.article.id}, options.folds or 1))
    ]
    import pickle
    pickle.dump(found, open("/tmp/up/else.pkl","wb"))
    if options.folds:
        report(found, options.folds)
    else:
        write_weights(forest.dumps(fit(found)), options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
