"""Map the gold articles, for the gallery in ``maps/``.

    python tests/quality/gallery.py [-o maps/gallery.html]

The articles were invented for the tests, so that the map may be shown to anyone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gate import GOLD, read_gold

from geomap.export import replacing
from geomap.merging import merge
from geomap.pipeline import Pipeline
from geomap.webmap import event_map
from geomap.webmap.intake import features_of

OUTPUT = Path(__file__).parents[2] / "maps" / "gallery.html"
TITLE = "Invented news from five continents"


def main() -> int:
    """Write the map."""
    parser = argparse.ArgumentParser(description="Map the gold articles.")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    pipeline = Pipeline()
    articles = [read_gold(path).article for path in sorted(GOLD.glob("*.toml"))]
    incidents = merge(event for article in articles for event in pipeline(article).events)
    with replacing(options.output) as draft:
        event_map(features_of(incidents), title=TITLE).save(str(draft))
    return 0


if __name__ == "__main__":
    sys.exit(main())
