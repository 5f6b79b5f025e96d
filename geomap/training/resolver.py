"""Train the ranker of candidate places: ``python -m geomap.training.resolver CORPORA``.

Each candidate of each located toponym is an example, right if it lies within 161 km of the gold
point; so is each of a name of an event's place in the project's own articles (``articles/``). The
article's other names, as the recognizer finds them, are the context. A logistic
regression has some say beside boosted trees. How often their choices are right in five-fold
cross-validation corrects the probability, and is printed; there a point anywhere within the chosen
country or region is right too. ``--folds 5`` writes one model a fold, trained on the other folds,
``--without lgl`` leaves a corpus out. Needs scikit-learn.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap import forest, resolve
from geomap.folding import fold
from geomap.gazetteer import Gazetteer
from geomap.model import Article, Span, Toponym
from geomap.ranking import FEATURES, is_of_the_world, read_scene, vectors
from geomap.recognize import BundledRecognizer
from geomap.space import Spot, distance_km
from geomap.training.articles import read_articles
from geomap.training.documents import (
    TRAINED_ON,
    fold_of,
    read_documents,
    run_options,
    write_weights,
)
from geomap.training.trees import grow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Place
    from geomap.training.articles import Annotated
    from geomap.training.documents import Doc

HIT_KM = 161.0
"""100 miles, the field's customary threshold."""
OPTIONS: dict[str, Any] = {
    "max_iter": 120,
    "max_leaf_nodes": 10,
    "learning_rate": 0.12,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "max_features": 0.5,
    "random_state": 0,
}
"""Of the trees."""
SHRINKAGE = 0.1
"""Inverse strength of the regression's L2 penalty, the features being standardized."""
LINEAR = 0.2
"""The regression's share in the log-odds. It holds up better on texts unlike the corpora, but
cannot learn that Washington most often is the capital."""
SURE = 0.7
"""From that score on a place is taken for sure."""
OWN = "own"
"""What stands for the name of a corpus in the project's own articles."""
_EVERY = 2
"""One of so many of those is learned from: all of them would outweigh the corpora."""
_FOLDS = 5
_KNOTS = 20
"""Points of the correction, each the mean of as many choices as any other."""


class Example(NamedTuple):
    """A candidate: its fold, mention and features, how far off it is, how far it reaches."""

    fold: int
    mention: tuple[str, int]
    row: list[float]
    off_km: float
    radius_km: float

    @property
    def right(self) -> bool:
        """Whether the points are near: what the ranker learns."""
        return self.off_km <= HIT_KM

    @property
    def fair(self) -> bool:
        """Whether they are, or the gold point lies within: corpora differ in Russia's."""
        return self.off_km <= max(HIT_KM, self.radius_km)


class Choice(NamedTuple):
    """The probability of a chosen candidate, and whether it was right, strictly and in fairness."""

    score: float
    right: bool
    fair: bool


def examples(
    doc: Doc, gazetteer: Gazetteer, recognizer: BundledRecognizer, folds: int
) -> list[Example]:
    """Return the candidates of a document's located toponyms."""
    article = Article(doc["doc_id"], doc["text"], url=doc.get("url") or "")
    gold = {Span(t["start"], t["end"]): t for t in doc["toponyms"]}
    toponyms = with_context(article.text, gold, recognizer(article.text))
    scene = read_scene(article, toponyms, [gazetteer.candidates(t.text) for t in toponyms])
    number = fold_of(doc, folds)
    found = []
    for name in scene.names:
        rows = vectors(scene, name)
        for index in name.indices:
            point = gold.get(toponyms[index].span, {})
            if point.get("lat") is not None:
                target = Spot(point["lon"], point["lat"])
                mention = (f"{doc['corpus']} {article.id}", index)
                found += [
                    Example(number, mention, row, distance_km(c.place, target), c.place.radius_km)
                    for row, c in zip(rows, name.candidates, strict=True)
                ]
    return found


def located(found: Annotated, gazetteer: Gazetteer) -> Doc:
    """Return an annotated article as a document, with the points of its events' places.

    Countries and large areas are there without: their annotated points lie roughly in the middle.
    The name of a region of the world ("the Middle East") is taken for that.
    """
    article = found.article
    annotated = {fold(place.name): place for event in found.events for place in event.places}
    toponyms: list[Doc] = []
    for span in found.names:
        name = span.of(article.text)
        places = [candidate.place for candidate in gazetteer.candidates(name)]
        point = None if any(_is_wide(p) for p in places) else annotated.get(fold(name))
        if places and is_of_the_world(places[0]):
            point = places[0]
        known = {"lon": point.lon, "lat": point.lat} if point else {}
        toponyms.append({"start": span.start, "end": span.end, **known})
    return {"doc_id": article.id, "corpus": OWN, "text": article.text, "toponyms": toponyms}


def _is_wide(place: Place) -> bool:
    return place.feature.startswith(("PCL", "CONT", "ADM1"))


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
    """Train on examples; the probability is not corrected yet."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    start, trees = grow([e.row for e in found], [e.right for e in found], OPTIONS, share=1 - LINEAR)
    rows, right = np.array([e.row for e in found]), np.array([e.right for e in found])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    line = LogisticRegression(C=SHRINKAGE, max_iter=500).fit((rows - middle) / spread, right)
    slopes = line.coef_[0] / spread
    intercept = float(line.intercept_[0]) - float(slopes @ middle)
    baseline = (1 - LINEAR) * start + LINEAR * intercept
    weights = tuple(round(LINEAR * float(slope), 5) for slope in slopes)
    return forest.Forest(FEATURES, round(baseline, 5), trees, weights)


def choices(model: forest.Forest, found: Iterable[Example]) -> list[Choice]:
    """Return what a model chooses for each mention."""
    chosen = []
    for _, group in groupby(found, key=lambda example: example.mention):
        weighed = [(model.probability(e.row), -rank, e) for rank, e in enumerate(group)]
        score, _, best = max(weighed, key=lambda found: found[:2])
        chosen.append(Choice(score, best.right, best.fair))
    return chosen


def knots(chosen: Iterable[Choice]) -> tuple[tuple[float, float], ...]:
    """Return the points of the correction: mean probability and share of right choices.

    The first stands at 0, the last at 1; the shares never fall. Of two choices of probability .5,
    one of them right, they are (0, 0), (.5, .5) and (1, .5).
    """
    import numpy as np
    from sklearn.isotonic import isotonic_regression

    pairs = sorted((choice.score, choice.fair) for choice in chosen)
    parts = np.array_split(np.array(pairs, dtype=float), max(1, min(_KNOTS, len(pairs) // 2)))
    given, observed = np.array([part.mean(axis=0) for part in parts]).T
    rising = isotonic_regression(observed)
    points = [(round(float(x), 4), round(float(y), 4)) for x, y in zip(given, rising, strict=True)]
    return ((0.0, 0.0), *points, (1.0, points[-1][1]))


def reliability(chosen: Sequence[Choice]) -> str:
    """Return a table by tenths of the score: how many, their mean, how many are right."""
    groups: dict[str, list[Choice]] = {}
    for choice in sorted(chosen):
        groups.setdefault(f"from .{min(9, int(choice.score * 10))}", []).append(choice)
    groups[f"from {SURE} up"] = [choice for choice in chosen if choice.score >= SURE]
    lines = ["| score | mentions | mean | within 161 km | right |", "| --- " * 5 + "|"]
    for label, found in groups.items():
        means = [sum(column) / max(1, len(found)) for column in zip(*found, strict=True)]
        lines.append(f"| {label} | {len(found)} | " + " | ".join(map(_share, means)) + " |")
    return "\n".join(lines)


def _share(share: float) -> str:
    return f"{share:.3f}".lstrip("0")


def cross_validate(
    found: Sequence[Example], folds: int
) -> tuple[list[forest.Forest], list[list[Choice]]]:
    """Return the model of each fold, and what each chooses in the fold it was not trained on.

    The probabilities of a fold are corrected by the choices in the others. Choices in the project's
    own articles, which are of events' places alone, do not count.
    """
    models = [fit([e for e in found if e.fold != part]) for part in range(folds)]
    asked = [e for e in found if not e.mention[0].startswith(f"{OWN} ")]
    chosen = [
        choices(model, (e for e in asked if e.fold == part)) for part, model in enumerate(models)
    ]
    for number, model in enumerate(models):
        others = [c for other, part in enumerate(chosen) if other != number for c in part]
        models[number] = corrected(model, others)
    return models, chosen


def corrected(model: forest.Forest, chosen: Iterable[Choice]) -> forest.Forest:
    """Return a model whose probabilities are corrected by choices that it was not trained on."""
    return replace(model, knots=knots(chosen))


def main() -> int:
    """Train, or cross-validate."""
    parser = run_options("Train the ranker of candidate places.", resolve.MODEL)
    parser.add_argument("--without", default="", help="a corpus to leave out")
    options = parser.parse_args()
    gazetteer, recognizer = Gazetteer.open(), BundledRecognizer()
    names = [name for name in TRAINED_ON if name != options.without]
    own = (located(found, gazetteer) for found in islice(read_articles(), 0, None, _EVERY))
    found = [
        example
        for doc in (*read_documents(options.corpora, names), *own)
        for example in examples(doc, gazetteer, recognizer, options.folds or _FOLDS)
    ]
    models, chosen = cross_validate(found, options.folds or _FOLDS)
    scored = [
        choice._replace(score=model.calibrated(choice.score))
        for model, part in zip(models, chosen, strict=True)
        for choice in part
    ]
    print(reliability(scored))  # noqa: T201
    for number in range(options.folds):
        write_weights(forest.dumps(models[number]), options.output / f"fold-{number}.json")
    if not options.folds:
        whole = corrected(fit(found), (choice for part in chosen for choice in part))
        write_weights(forest.dumps(whole), options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
