"""Train the tagger of place names: ``python -m geomap.training.toponyms CORPORA``.

CORPORA is a folder with the toponym corpora as JSON Lines (``lgl``, ``trnews``, ``geovirus`` and
``gwn``, each ``*.dev.jsonl``; a document has ``doc_id``, ``text`` and ``toponyms`` with ``start``,
``end``). The project's own texts (``texts/``) are learned from as well. TUD-Loc and WikToR are
never trained on: they show whether the tagger generalizes. ``--folds 5`` cross-validates by
document instead of writing the weights, ``--without lgl`` leaves a corpus out. The same documents
give the same weights.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from geomap import tagger
from geomap.gazetteer import Gazetteer
from geomap.sightings import read_text, weigh_all
from geomap.training.documents import (
    TRAINED_ON,
    fold_of,
    read_documents,
    read_texts,
    run_options,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from geomap.sightings import Sighting, Text
    from geomap.training.documents import Doc

UNMARKED = frozenset({"Embedded_Non_Lit", "Homonym", "Language", "Demonym"})
"""Kinds that one corpus marks and the others do not; they are learned as no place names."""
OPTIONS = {
    "c1": 0.05,
    "c2": 0.005,
    "max_iterations": 150,
    "feature.possible_transitions": True,
    "feature.minfreq": 2,
}
"""CRFsuite's: L1 and L2 regularization, L-BFGS iterations."""
_CAPITALS = 3
"""Of so many documents one is also learned from in capitals."""


def labels(read: Text, sightings: Sequence[Sighting], toponyms: Iterable[Doc]) -> list[str]:
    """Return the label of every token; names of peoples are left to the gazetteer."""
    demonyms = {s.match.start for s in sightings if s.meant.name_kind == "demonym"}
    marked = [tagger.OUTSIDE] * len(read.tokens)
    spans = sorted(
        (t["start"], t["end"])
        for t in toponyms
        if t["start"] not in demonyms and t.get("type") not in UNMARKED
    )
    at = 0
    for start, end in spans:
        while at < len(read.tokens) and read.tokens[at].end <= start:
            at += 1
        first = at
        while at < len(read.tokens) and read.tokens[at].start < end:
            marked[at] = tagger.BEGIN if at == first else tagger.INSIDE
            at += 1
    return marked


def examples(doc: Doc, gazetteer: Gazetteer) -> list[tuple[list[list[str]], list[str]]]:
    """Return the sentences of a document as (features, labels)."""
    read = read_text(doc["text"])
    sightings = weigh_all(read, gazetteer)
    rows = tagger.features(read, sightings)
    marked = labels(read, sightings, doc["toponyms"])
    return [
        (rows[span.start : span.stop], marked[span.start : span.stop])
        for span in tagger.sentence_ranges(read)
    ]


def with_capitals(documents: Iterable[Doc]) -> Iterator[Doc]:
    """Yield the documents, some of them a second time in capitals, as old agency copy is.

    >>> len(list(with_capitals({"doc_id": str(i), "text": "In Rome."} for i in range(30)))) > 30
    True
    """
    for doc in documents:
        yield doc
        capitals = doc["text"].upper()
        if fold_of(doc, _CAPITALS) == 0 and len(capitals) == len(doc["text"]):
            yield {**doc, "text": capitals}


def train(documents: Iterable[Doc], path: Path) -> None:
    """Train on documents and write the weights."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(OPTIONS)
    gazetteer = Gazetteer.open()
    for doc in with_capitals(documents):
        for rows, marked in examples(doc, gazetteer):
            trainer.append(rows, marked)
    temporary = path.with_suffix(".new")
    trainer.train(str(temporary))
    temporary.replace(path)


def cross_validate(documents: Sequence[Doc], folds: int, folder: Path) -> None:
    """Write one model a fold, trained on the other folds, as ``fold-N.crfsuite``."""
    for fold in range(folds):
        path = folder / f"fold-{fold}.crfsuite"
        train((doc for doc in documents if fold_of(doc, folds) != fold), path)
        print(path, file=sys.stderr)  # noqa: T201


def main() -> int:
    """Train, or cross-validate."""
    parser = run_options("Train the tagger of place names.", tagger.MODEL)
    parser.add_argument("--without", default="", help="a corpus to leave out")
    options = parser.parse_args()
    names = (name for name in TRAINED_ON if name != options.without)
    documents = [*read_documents(options.corpora, names), *read_texts()]
    if options.folds:
        cross_validate(documents, options.folds, options.output)
    else:
        train(documents, options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
