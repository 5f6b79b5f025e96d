"""Score single sentences: which tell of an event, and of which type.

    python tests/quality/sentences.py [DOUBTED OPENED]

``sentences.tsv`` holds 465 of them, written by somebody who had seen neither the lexicon nor the
sentences that the reader of :mod:`geomap.senses` learned from; 125 only sound like news. They are
not for tuning on. With two numbers, those take the places of the thresholds of the second reading.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import rereading
from geomap.model import Article
from geomap.pipeline import Pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCES = Path(__file__).with_name("sentences.tsv")
PUBLISHED = date(2024, 5, 8)
TOLD = frozenset({"happened", "ongoing"})


def read_sentences() -> Iterator[tuple[frozenset[str], str]]:
    """Yield each sentence behind the types that are right for it, none for one that tells none."""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        kinds, sentence = line.split("\t")
        yield frozenset(kinds.split("|")) - {"none"}, sentence


def score() -> tuple[float, float]:
    """Return the share of events found with their type, and of other sentences taken for one."""
    run = Pipeline()
    found = asked = false = calm = 0
    for kinds, sentence in read_sentences():
        events = run(Article("1", sentence, published=PUBLISHED)).events
        told = {report.event.type for report in events if report.event.status in TOLD}
        if kinds:
            asked, found = asked + 1, found + (not kinds.isdisjoint(told))
        else:
            calm, false = calm + 1, false + bool(told)
    return found / asked, false / calm


def main() -> int:
    """Print both shares."""
    if sys.argv[1:]:
        rereading.DOUBTED, rereading.OPENED = map(float, sys.argv[1:])
    print("found {:.3f}  taken for an event {:.3f}".format(*score()))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
