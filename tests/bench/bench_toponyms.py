"""Print how many articles a second toponyms are found and placed in.

    python tests/bench/bench_toponyms.py CORPUS.jsonl [ARTICLES]

Each line of the corpus is a document with its ``text``. In the same run the same texts are read by
flashgeotext, which finds the names of cities and countries by a list, and by a blank spaCy
pipeline, which only cuts words: what any pipeline built on it costs at the least. Either is left
out where it is not installed. Times are CPU seconds of one process, the best of three runs.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.gazetteer import Gazetteer
from geomap.model import Article
from geomap.recognize import BundledRecognizer
from geomap.resolve import BundledResolver

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ARTICLES, RUNS = 200, 3


def recognizing() -> Callable[[str], object]:
    """Return what finds the names in a text."""
    return BundledRecognizer()


def placing() -> Callable[[str], object]:
    """Return what finds the names in a text and places them."""
    recognize, resolve, gazetteer = BundledRecognizer(), BundledResolver(), Gazetteer.open()
    return lambda text: resolve(Article("", text), recognize(text), gazetteer)


def flashgeotext() -> Callable[[str], object]:
    """Return flashgeotext's reader, with its own data."""
    geotext: Any = import_module("flashgeotext.geotext").GeoText()
    extract: Callable[[str], object] = geotext.extract
    return extract


def blank_spacy() -> Callable[[str], object]:
    """Return spaCy's tokenizer of English."""
    pipeline: Callable[[str], object] = import_module("spacy").blank("en")
    return pipeline


READERS = {
    "geomap, finding": ("geomap", recognizing),
    "geomap, finding and placing": ("geomap", placing),
    "flashgeotext": ("flashgeotext", flashgeotext),
    "spaCy, cutting words": ("spacy", blank_spacy),
}


def seconds(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return the least CPU time in which the texts are read, once they were read before."""
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        for text in texts:
            read(text)
        times.append(time.process_time() - begun)
    return min(times)


def main() -> int:
    """Time the readers on the first articles of a corpus."""
    path, *rest = sys.argv[1:]
    with Path(path).open(encoding="utf-8") as lines:
        first = islice(lines, int(rest[0]) if rest else ARTICLES)
        texts = [json.loads(line)["text"] for line in first]
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} articles, {words} words")  # noqa: T201
    for name, (package, make) in READERS.items():
        if find_spec(package) is None:
            print(f"{name:30} not installed")  # noqa: T201
            continue
        took = seconds(make(), texts)
        print(f"{name:30} {len(texts) / took:8.1f} articles/s {words / took:10.0f} words/s")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
