"""Print the share of gold toponyms for which the gazetteer has a place within 161 km.

    python tests/quality/gazetteer_recall.py CORPUS.jsonl... [--gaps 40]

A line of a corpus is a document with ``toponyms``: ``text``, ``lat`` and ``lon`` (null where
unknown; such toponyms do not count). ``top`` is the share whose first candidate lies within 161
km, which is what choosing by prior alone reaches. ``--gaps`` lists the commonest names missed.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer
from geomap.space import Spot, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterator

HIT_KM = 161.0
"""100 miles, the field's customary threshold."""


def located_toponyms(path: Path) -> Iterator[tuple[str, float, float]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            for toponym in json.loads(line)["toponyms"]:
                if toponym["lat"] is not None and toponym["lon"] is not None:
                    yield toponym["text"], float(toponym["lat"]), float(toponym["lon"])


def errors_km(gazetteer: Gazetteer, name: str, lat: float, lon: float) -> list[float]:
    places = [candidate.place for candidate in gazetteer.candidates(name)]
    return [distance_km(Spot(lon, lat), place) for place in places]


def measure(gazetteer: Gazetteer, path: Path) -> tuple[Counter[str], Counter[str]]:
    counts: Counter[str] = Counter()
    gaps: Counter[str] = Counter()
    for name, lat, lon in located_toponyms(path):
        errors = errors_km(gazetteer, name, lat, lon)
        within = min(errors, default=math.inf) <= HIT_KM
        counts["all"] += 1
        counts["within"] += within
        counts["top"] += bool(errors) and errors[0] <= HIT_KM
        counts["candidates"] += len(errors)
        if not within:
            nearest = f"{min(errors):.0f} km" if errors else "unknown"
            gaps[f"{name} ({lat:.1f} {lon:.1f}; {nearest})"] += 1
    return counts, gaps


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the gazetteer's recall.")
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--gaps", type=int, default=0, help="how many missed names to list")
    parser.add_argument(
        "--gazetteer", type=Path, help="folder of a gazetteer, if not the bundled one"
    )
    options = parser.parse_args()
    gazetteer = Gazetteer.open(options.gazetteer)
    out = sys.stdout.write
    for path in options.corpora:
        counts, gaps = measure(gazetteer, path)
        total = max(1, counts["all"])
        out(
            f"{path.stem:24} n={total:5} recall={counts['within'] / total:.3f}"
            f" top={counts['top'] / total:.3f} candidates={counts['candidates'] / total:.1f}\n"
        )
        for name, count in gaps.most_common(options.gaps):
            out(f"    {count:4} {name}\n")


if __name__ == "__main__":
    main()
