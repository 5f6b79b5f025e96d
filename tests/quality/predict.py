"""Run the product on documents of the corpora's format, for the scorers.

    python tests/quality/predict.py TASK IN.jsonl > OUT.jsonl

TASK is toponyms, resolution, events, event-places or dates; of the gold each task reads only what
the task gives (spans for resolution, triggers for event-places, time expressions for dates).

The corpora mark different kinds of names, so the toponyms written are those of the kinds that
COUNTED gives for the corpus, told by the file's name up to its first dot; of all kinds for others.
With ``--folds DIR`` a document is read by the tagger whose training left it out (see
``geomap/training/toponyms.py``).
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap import dates, resolve, tagger
from geomap.gazetteer import Gazetteer
from geomap.link import draft_event
from geomap.marker import Marker
from geomap.merging import merge
from geomap.model import Article, Event, Mention, Span, When
from geomap.page import Page
from geomap.pipeline import Pipeline, profiled
from geomap.recognize import BundledRecognizer
from geomap.records import record
from geomap.resolve import BundledResolver
from geomap.training.documents import fold_of
from geomap.training.resolver import with_context

if TYPE_CHECKING:
    from collections.abc import Callable

Doc = dict[str, Any]
PIPELINE = Pipeline()
PLACES = frozenset({"place", "metonym"})
COUNTED = {
    "lgl": PLACES | {"demonym", "organization"},
    "trnews": PLACES | {"demonym", "organization"},
    "gwn": PLACES | {"demonym"},
    "geovirus": PLACES,
    "tud": PLACES,
    "wiktor": PLACES,
}
"""Kinds that each corpus marks, after its description: peoples' names ("Iraqi") in three of them,
names inside organizations' names in two, facilities without a name ("the embassy") in none."""

PROFILED = {"muc4": "terrorism"}
"""The profile by which a corpus's events are chosen: one marks terrorist incidents alone."""
BOUNDED = frozenset({"muc4"})
"""Corpora whose undated events are marked as before the day of publication."""
SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
SUNDAY, QUARTER, DECADE = 6, 3, 10
WIDE = 60
"""How many characters around a time expression are read with it."""
WORD = 8
"""A range that starts so many characters before an expression has its end there."""


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
    read = article(doc)
    found = recognizer_for(doc)(read.text)
    mentions = resolver_for(doc)(read, found, Gazetteer.open())
    counted = COUNTED.get(doc["corpus"])
    return {"toponyms": [located(m) for m in mentions if not counted or m.toponym.kind in counted]}


def weights(doc: Doc, bundled: Path) -> Path:
    """Return the weights; with --folds those whose training left the document out."""
    folder = doc["folds"]
    if folder is None:
        return bundled
    number = fold_of(doc, len(list(folder.glob(f"fold-*{bundled.suffix}"))))
    return Path(folder) / f"fold-{number}{bundled.suffix}"


def recognizer_for(doc: Doc) -> BundledRecognizer:
    """Return the recognizer of a document."""
    return recognizer(weights(doc, tagger.MODEL))


def resolver_for(doc: Doc) -> BundledResolver:
    """Return the resolver of a document."""
    return BundledResolver(weights(doc, resolve.MODEL))


@cache
def recognizer(model: Path) -> BundledRecognizer:
    """Return the recognizer of a tagger's weights."""
    return BundledRecognizer(model=model)


def resolution(doc: Doc) -> Doc:
    """Place the toponyms whose spans are given."""
    read = article(doc)
    given = {Span(t["start"], t["end"]) for t in doc["toponyms"]}
    found = with_context(read.text, given, recognizer_for(doc)(read.text))
    mentions = resolver_for(doc)(read, found, Gazetteer.open())
    return {"toponyms": [located(m) for m in mentions if m.toponym.span in given]}


def events(doc: Doc) -> Doc:
    """Find the merged events of a document."""
    found = merge(pipeline_for(doc)(article(doc)).events)
    told = [incident(record(event)) for event in found if event.status != "planned"]
    if doc["corpus"] in BOUNDED:
        told = [{**event, "date": event["date"] or doc["published"]} for event in told]
    return {"events": told}


def pipeline_for(doc: Doc) -> Pipeline:
    """Return the pipeline for a document, with its corpus's profile."""
    profile = PROFILED.get(doc["corpus"])
    return with_profile(profile, doc["folds"] and fold_folder(doc)) if profile else PIPELINE


def fold_folder(doc: Doc) -> Path:
    """Return the folder of the profile's weights whose training left a document out."""
    folder = Path(doc["folds"])
    count = sum(path.is_dir() for path in folder.glob("fold-*"))
    return folder / f"fold-{fold_of(doc, count)}"


@cache
def with_profile(profile: str, folder: Path | None) -> Pipeline:
    """Return the pipeline that keeps a profile's events."""
    return profiled(PIPELINE, profile, folder)


def incident(found: Doc) -> Doc:
    """Write an incident."""
    place = {key: found[key] for key in ("lon", "lat", "country")} | {"name": full_name(found)}
    return {
        "type": found["type"],
        "status": found["status"],
        "date": found["date_start"] or found["date_end"],
        "date_end": found["date_end"],
        "places": [place] if found["place"] else [],
    }


def full_name(found: Doc) -> str:
    """Return a place with what contains it, as the map names it: "Green Zone, Baghdad, Iraq"."""
    names = [found["place"]]
    if found["level"] not in {"country", "sea"}:
        country = found["country"] and Gazetteer.open().country(found["country"])
        names += [found["admin1"], country and country.name]
    return ", ".join(dict.fromkeys(filter(None, names)))


def event_places(doc: Doc) -> Doc:
    """Find the places of the events whose triggers are given."""
    read = article(doc)
    page = Page(read, PIPELINE.mentions(read), Marker.open())
    given = [event["trigger"] for event in doc["events"] if event.get("trigger")]
    return {"events": [placed(page, trigger) for trigger in given]}


def placed(page: Page, trigger: Doc) -> Doc:
    """Write the places of one given trigger."""
    span = Span(trigger["start"], trigger["end"])
    draft = draft_event(page, Event("armed_attack", span, span, "happened", 1.0))
    named = [site.mention.toponym.span for site in draft.sites if draft.how == "sentence"]
    spans = [*named, *draft.unknown]
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
    start, end = given["start"], given["end"]
    near = Span(max(0, start - len("earlier ")), end)
    wide = Span(max(0, start - WIDE), min(len(read.text), end + WIDE))
    for around in (near, wide):
        for when in dates.find(read.text, around, read.published):
            if when.span and when.span.end > start and when.span.start < end:
                return timex_value(narrowed(when, start, end))
    return None


def narrowed(when: When, start: int, end: int) -> When:
    """Return the end of a range of years that a time expression from start to end names."""
    if when.span is None or when.start is None or when.precision != "year":
        return when
    if when.span.end > end:
        return replace(when, end=when.start)
    return replace(when, start=when.end) if when.span.start < start - WORD else when


def timex_value(when: When) -> str | None:
    """Write a time as TIMEX3 does; None for several days, which have no value there."""
    if when.start is None or (when.precision == "day" and when.start != when.end):
        return f"{when.end:%G-W%V}-WE" if when.end.weekday() == SUNDAY else None
    months = when.end.month - when.start.month + 12 * (when.end.year - when.start.year) + 1
    if when.precision == "month" and months == QUARTER:
        season = SEASONS.get(when.start.month)
        return f"{when.start:%Y}-{season or f'Q{when.end.month // QUARTER}'}"
    if when.precision == "year" and when.end.year > when.start.year:
        return f"{when.start.year // DECADE}"
    formats = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
    return when.start.strftime(formats[when.precision])


TASKS: dict[str, Callable[[Doc], Doc]] = {
    "toponyms": toponyms,
    "resolution": resolution,
    "events": events,
    "event-places": event_places,
    "dates": dated,
}


def main() -> int:
    """Run a task over a file and print a line a document."""
    parser = argparse.ArgumentParser(description="Run the product for the scorers.")
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--folds", type=Path, help="folder of taggers that left a fold out each")
    options = parser.parse_args()
    corpus = options.documents.name.partition(".")[0]
    with options.documents.open(encoding="utf-8") as lines:
        for line in lines:
            doc = {**json.loads(line), "corpus": corpus, "folds": options.folds}
            answer = {"doc_id": doc["doc_id"], **TASKS[options.task](doc)}
            print(json.dumps(answer, ensure_ascii=False))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
