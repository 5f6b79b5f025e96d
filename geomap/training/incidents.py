"""What the two trainings of the profile of terrorist incidents have in common.

Both read ``muc4.events.dev.jsonl``: reports in which every terrorist incident is marked, with its
type and the names of its places.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

from geomap.model import Article
from geomap.pipeline import Pipeline
from geomap.training.documents import read_lines, run_options, write_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geomap.training.documents import Doc

CORPUS = "muc4.events.dev.jsonl"
TARGETS = {
    "armed_attack": ("armed_attack",),
    "armed_clash": ("armed_attack",),
    "violent_crime": ("armed_attack",),
    "air_strike": ("armed_attack", "bombing"),
    "shelling": ("armed_attack", "bombing"),
    "bombing": ("armed_attack", "bombing"),
    "industrial_accident": ("bombing",),
    "kidnapping": ("kidnapping",),
    "property_attack": ("property_attack",),
    "fire": ("property_attack",),
    "riot": ("property_attack",),
}
"""As what an opened event may count: gunfire at a mayor's house opens a clash, a murder a crime."""


class Folded(Protocol):
    """An example that knows the fold of its document."""

    @property
    def fold(self) -> int:
        """The fold's number, from 0."""
        ...


E = TypeVar("E", bound=Folded)


def read_article(doc: Doc) -> Article:
    """Return a document's article."""
    published = doc.get("published")
    return Article(
        doc["doc_id"], doc["text"], published=published and date.fromisoformat(published)
    )


def run(
    description: str,
    bundled: Path,
    examples: Callable[[Doc, Pipeline, int], Sequence[E]],
    fit: Callable[[Sequence[E]], str],
) -> int:
    """Train on all documents, or for each fold on the others, and write what ``fit`` gives.

    A fold's weights have the bundled file's name, in a folder of their own.
    """
    options = run_options(description, bundled).parse_args()
    pipeline, docs = Pipeline(), read_lines(options.corpora / CORPUS)
    found = [e for doc in docs for e in examples(doc, pipeline, options.folds or 1)]
    for fold in range(options.folds):
        others = [example for example in found if example.fold != fold]
        write_weights(fit(others), options.output / f"fold-{fold}" / bundled.name)
    if not options.folds:
        write_weights(fit(found), options.output)
    return 0
