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

from geomap import dates
from geomap.gazetteer import Gazetteer
from geomap.link import draft_event
from geomap.merge import merge
from geomap.model import Article, Event, Mention, Span, Toponym
from geomap.page import Page
from geomap.pipeline import Pipeline
from geomap.recognize import GazetteerRecognizer
from geomap.records import record
from geomap.resolve import ContextResolver

if TYPE_CHECKING:
    from collections.abc import Callable

Doc = dict[str, Any]
PIPELINE = Pipeline()


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
    """Find the merged events of a document."""
    found = merge(PIPELINE(article(doc)).events)
    return {"events": [incident(record(event)) for event in found if event.status != "planned"]}


def incident(found: Doc) -> Doc:
    """Write an incident."""
    place = {key: found[key] for key in ("lon", "lat", "country")} | {"name": found["place"]}
    return {
        "type": found["type"],
        "status": found["status"],
        "date": found["date_start"] or found["date_end"],
        "places": [place] if found["place"] else [],
    }


def event_places(doc: Doc) -> Doc:
    """Find the places of the events whose triggers are given."""
    read = article(doc)
    page = Page(read, PIPELINE.mentions(read))
    given = [event["trigger"] for event in doc["events"] if event.get("trigger")]
    return {"events": [placed(page, trigger) for trigger in given]}


def placed(page: Page, trigger: Doc) -> Doc:
    """Write the places of one given trigger."""
    span = Span(trigger["start"], trigger["end"])
    event = Event("armed_attack", span, span, "happened", 1.0)
    spans = [site.mention.toponym.span for site in draft_event(page, event).sites]
    return {"trigger": trigger, "place_spans": [{"start": s.start, "end": s.end} for s in spans]}


def dated(doc: Doc) -> Doc:
    """Give the value of the time expressions whose spans are given."""
    read = article(doc)
    return {
        "timexes": [
            {"start": t["start"], "end": t["end"], "value": timex(read, t)} for t in doc["timexes"]
        ]
    }


def timex(read: Article, given: Doc) -> str | None:
    """Return the TIMEX3 value of one time expression."""
    around = Span(max(0, given["start"] - len("earlier ")), given["end"])
    found = [
        w
        for w in dates.find(read.text, around, read.published)
        if w.span and w.span.end > given["start"]
    ]
    if not found or found[0].start is None:
        return None
    when = found[0]
    formats = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
    return when.start.strftime(formats[when.precision]) if when.start else None


TASKS: dict[str, Callable[[Doc], Doc]] = {
    "toponyms": toponyms,
    "resolution": resolution,
    "events": events,
    "event-places": event_places,
    "dates": dated,
}


def main(arguments: list[str]) -> int:
    """Run a task over a file and print a line a document."""
    if len(arguments) != 2 or arguments[0] not in TASKS:
        print(__doc__, "tasks:", ", ".join(TASKS), file=sys.stderr)  # noqa: T201
        return 2
    with open(arguments[1], encoding="utf-8") as lines:  # noqa: PTH123
        for doc in map(json.loads, lines):
            answer = {"doc_id": doc["doc_id"], **TASKS[arguments[0]](doc)}
            print(json.dumps(answer, ensure_ascii=False))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
