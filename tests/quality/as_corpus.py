"""Write the gold articles as JSON Lines of the corpora's format, for ``predict.py`` and scorers.

    python tests/quality/as_corpus.py > gold.events.jsonl
    python tests/quality/predict.py events gold.events.jsonl > predicted.jsonl

What the text does not say to have happened, or to go on, is optional.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import gate

from geomap.model import TOLD


def as_event(event: gate.Expected) -> dict[str, Any]:
    """Return an annotated event, its types in alphabetical order."""
    kind, *others = sorted(event.types)
    found: dict[str, Any] = {
        "type": kind,
        "alt_types": others,
        "places": [{"name": p.name, "lat": p.lat, "lon": p.lon} for p in event.places],
        "optional": event.optional or not event.statuses & TOLD,
    }
    if event.start:
        found |= {"date": str(event.start), "date_end": str(event.end), "date_op": "range"}
    elif event.end:
        found |= {"date": str(event.end), "date_op": "before"}
    return found


def as_document(gold: gate.Gold) -> dict[str, Any]:
    """Return an annotated article."""
    article = gold.article
    return {
        "doc_id": article.id,
        "title": article.title,
        "published": article.published and str(article.published),
        "text": article.text,
        "events": [as_event(event) for event in gold.events],
    }


def main() -> None:
    """Write all gold articles."""
    for path in sorted(gate.GOLD.glob("*.toml")):
        line = json.dumps(as_document(gate.read_gold(path)), ensure_ascii=False)
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
