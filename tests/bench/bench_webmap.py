"""Measure the map: how long it takes to make, how large it is, how fast it answers.

    python tests/bench/bench_webmap.py [COUNT ...]       # 1,000, 10,000 and 100,000 events

Figures of a browser are from Chromium ($CHROMIUM or the search path), cold, offline; times in ms.
Nothing is asserted.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from os import environ
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from synthetic_events import features

from geomap.webmap import event_map

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

STEPS = {
    "filter": "() => { const { app } = geomap;"
    "app.choose('type', ['riot'], app.filter.hidden.type.has('riot')); }",
    "confidence": "() => geomap.app.setLeast(geomap.app.filter.least ? 0 : 0.5)",
    "pan": "() => { geomap.app.map.panBy([120, 40], { animate: false }); }",
    "zoom 5": "() => { geomap.app.map.setView([33, 44], 5, { animate: false }); }",
    "zoom 3": "() => { geomap.app.map.setView([33, 44], 3, { animate: false }); }",
    "first search": "() => geomap.app.search('witnesses')",
    "search": "() => geomap.app.search('baghdad riot')",
    "clear": "() => geomap.app.reset()",
    "popup": "() => { const { app } = geomap; return app.selection.goTo(app.filter.rows[0], {}); }",
}


def main() -> None:
    """Print a table row a size."""
    counts = [int(word) for word in sys.argv[1:]] or [1_000, 10_000, 100_000]
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            path = Path(folder) / "map.html"
            print(f"{count:,} events", made(count, path), *browsed(path), sep="\n  ", flush=True)  # noqa: T201


def made(count: int, path: Path) -> str:
    """Make the file and say what it took."""
    collection = features(count)
    start = time.perf_counter()
    event_map(collection).save(path)
    return f"made in {time.perf_counter() - start:.2f} s, {path.stat().st_size / 1e6:.2f} MB"


def browsed(path: Path) -> list[str]:
    """Open the file in Chromium and say how fast it is."""
    from playwright.sync_api import sync_playwright

    executable = environ.get("CHROMIUM") or shutil.which("chromium")
    if executable is None:
        return ["no Chromium"]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=FLAGS)
        page = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True).new_page()
        start = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-geomap=ready]", state="attached", timeout=120_000)
        lines = [f"interactive after {(time.perf_counter() - start) * 1000:.0f}"]
        lines += [f"{name}: {timed(page, script):.0f}" for name, script in STEPS.items()]
        lines.append(f"script memory {used(page) / 1e6:.0f} MB")
        browser.close()
    return lines


def timed(page: Any, script: str) -> float:
    """Return the median time of three runs of a step, in ms."""
    run = f"const start = performance.now(); await ({script})();"
    loop = f"for (let i = 0; i < 3; i += 1) {{ {run} times.push(performance.now() - start); }}"
    times: list[float] = page.evaluate(f"async () => {{ const times = []; {loop} return times; }}")
    return float(times[0] if "witnesses" in script else sorted(times)[1])


def used(page: Any) -> float:
    """Return the bytes in use by the page's scripts."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage: dict[str, float] = session.send("Runtime.getHeapUsage")
    return usage["usedSize"] + usage.get("backingStorageSize", 0)


if __name__ == "__main__":
    main()
