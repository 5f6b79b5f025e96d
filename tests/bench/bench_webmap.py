"""Measure the map: how long it takes to make, how large it is, how fast it answers.

    python tests/bench/bench_webmap.py [COUNT ...]       # 1,000, 10,000 and 100,000 events

Figures of a browser are from Chromium ($CHROMIUM or the search path), cold, offline; times in ms.
Nothing is asserted. Beside it stands Folium's FastMarkerCluster with the same events, the sentence
in each popup; it is opened where $MARKERCLUSTER is the path of ``dist/leaflet.markercluster.js``
of the npm package ``leaflet.markercluster``, which it would load from elsewhere.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from html import escape
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from synthetic_events import features

from geomap.webmap import bundle, event_map

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

STEPS = {
    "filter": "() => { const { app } = geomap;"
    "app.choose('type', ['riot'], app.filter.hidden.type.has('riot')); }",
    "confidence": "() => geomap.app.setLeast(geomap.app.filter.least ? 0 : 0.5)",
    "brush": "() => { const { time } = geomap.app.panel;"
    "time.choose(3, 9 + (performance.now() % 5 | 0)); }",
    "actor": "() => { const { app } = geomap;"
    "app.pick('actor', 'police', !app.filter.chosen.actor.has('police')); }",
    "all days": "() => geomap.app.panel.time.choose(0, geomap.app.panel.time.last)",
    "pan": "() => { geomap.app.map.panBy([120, 40], { animate: false }); }",
    "zoom 5": "() => { geomap.app.map.setView([33, 44], 5, { animate: false }); }",
    "zoom 3": "() => { geomap.app.map.setView([33, 44], 3, { animate: false }); }",
    "first search": "() => geomap.app.search('witnesses')",
    "search": "() => geomap.app.search('baghdad riot')",
    "clear": "() => geomap.app.reset()",
    "popup": "() => { const { app } = geomap; return app.selection.goTo(app.filter.rows[0], {}); }",
}

CALLBACK = "function (row) { return L.circleMarker([row[0], row[1]]).bindPopup(row[2]); }"

WATCH = """() => {
  let last = performance.now();
  window.worstFrame = 0;
  const next = (now) => {
    window.worstFrame = Math.max(window.worstFrame, now - last);
    last = now;
    window.watching = requestAnimationFrame(next);
  };
  window.watching = requestAnimationFrame((now) => { last = now; next(now); });
}"""
WORST = "() => { cancelAnimationFrame(window.watching); return window.worstFrame; }"

THEIR_MAP = "Object.values(window).find((one) => one instanceof L.Map)"


def main() -> None:
    """Print a table row a size."""
    counts = [int(word) for word in sys.argv[1:]] or [1_000, 10_000, 100_000]
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            path = Path(folder) / "map.html"
            print(f"{count:,} events", made(count, path), *browsed(path), sep="\n  ", flush=True)  # noqa: T201
            path = Path(folder) / "cluster.html"
            print("  FastMarkerCluster", clustered(count, path), *loaded(path), sep="\n    ")  # noqa: T201


def made(count: int, path: Path) -> str:
    """Make the file and say what it took."""
    collection = features(count)
    start = time.perf_counter()
    event_map(collection).save(path)
    return f"made in {time.perf_counter() - start:.2f} s, {path.stat().st_size / 1e6:.2f} MB"


def clustered(count: int, path: Path) -> str:
    """Make Folium's fastest map of the same events, with its popups, and say what it took."""
    import folium
    from folium.plugins import FastMarkerCluster

    rows = [
        [*one["geometry"]["coordinates"][::-1], escape(one["properties"]["quote"])]
        for one in features(count)
        if one["geometry"]
    ]
    start = time.perf_counter()
    own = folium.Map([20, 10], zoom_start=2, tiles=None, prefer_canvas=True)
    own.options["maxZoom"] = 18  # without tiles, the plugin fails unless it is told
    FastMarkerCluster(rows, callback=CALLBACK).add_to(own)
    own.save(path)
    path.write_text(without_network(path.read_text(encoding="utf-8")), encoding="utf-8")
    return f"made in {time.perf_counter() - start:.2f} s, {path.stat().st_size / 1e6:.2f} MB"


def without_network(html: str) -> str:
    """Return Folium's page with Leaflet and the cluster plugin inside, and no other file."""
    html = re.sub(r'<script src="[^"]*"></script>|<link rel="stylesheet" href="[^"]*"/>', "", html)
    plugin = environ.get("MARKERCLUSTER")
    code = [bundle.leaflet_script(), Path(plugin).read_text(encoding="utf-8") if plugin else ""]
    scripts = "".join(f"<script>{part}</script>" for part in code)
    return html.replace("<head>", f"<head><style>{bundle.style()}</style>{scripts}", 1)


def loaded(path: Path) -> list[str]:
    """Open Folium's page and say how long it takes to answer."""
    if not environ.get("MARKERCLUSTER"):
        return ["not opened: MARKERCLUSTER is not the path of npm's leaflet.markercluster.js"]
    with opened(path) as (page, start):
        page.wait_for_selector(".marker-cluster", timeout=120_000)
        lines = [f"interactive after {(time.perf_counter() - start) * 1000:.0f}"]
        lines += ["filter: none", "search: none"]
        for zoom in (3, 5):
            view = f"({THEIR_MAP}).setView([33, 44], {zoom}, {{ animate: false }})"
            page.evaluate(f"() => {{ {view}; }}")
            lines.append(f"worst frame of a drag at zoom {zoom}: {dragged(page):.0f}")
        lines.append(f"script memory {used(page) / 1e6:.0f} MB")
    return lines


def browsed(path: Path) -> list[str]:
    """Open the file in Chromium and say how fast it is."""
    with opened(path) as (page, start):
        page.wait_for_selector("html[data-geomap=ready]", state="attached", timeout=120_000)
        lines = [f"interactive after {(time.perf_counter() - start) * 1000:.0f}"]
        page.evaluate("() => geomap.app.needText()")
        lines += [f"{name}: {timed(page, script):.0f}" for name, script in STEPS.items()]
        page.evaluate("() => geomap.app.map.closePopup()")
        for zoom in (3, 5):
            view = f"geomap.app.map.setView([33, 44], {zoom}, {{ animate: false }})"
            page.evaluate(f"() => {{ {view}; }}")
            lines.append(f"worst frame of a drag at zoom {zoom}: {dragged(page):.0f}")
        lines.append(f"worst frame of the list's scrolling: {scrolled(page):.0f}")
        lines.append(f"entries of the list in the page: {page.locator('.gm-item').count()}")
        lines.append(f"script memory {used(page) / 1e6:.0f} MB")
    return lines


@contextmanager
def opened(path: Path) -> Iterator[tuple[Any, float]]:
    """Open a page in a new Chromium; with it the time at which that began."""
    from playwright.sync_api import sync_playwright

    executable = environ.get("CHROMIUM") or shutil.which("chromium")
    if executable is None:
        raise SystemExit("no Chromium: set CHROMIUM to its path")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=FLAGS)
        page = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True).new_page()
        start = time.perf_counter()
        page.goto(path.as_uri(), timeout=240_000)
        yield page, start
        browser.close()


def timed(page: Any, script: str) -> float:
    """Return the median time of three runs of a step, in ms."""
    run = f"const start = performance.now(); await ({script})();"
    loop = f"for (let i = 0; i < 3; i += 1) {{ {run} times.push(performance.now() - start); }}"
    times: list[float] = page.evaluate(f"async () => {{ const times = []; {loop} return times; }}")
    return float(times[0] if "witnesses" in script else sorted(times)[1])


def dragged(page: Any) -> float:
    """Drag the map with the mouse; return the longest time between two frames, in ms."""
    page.wait_for_timeout(500)
    page.mouse.move(900, 500)
    page.mouse.down()
    page.evaluate(WATCH)
    for step in range(60):
        page.mouse.move(900 - 7 * step, 500 - 3 * step)
    page.mouse.up()
    page.wait_for_timeout(300)
    return float(page.evaluate(WORST))


def scrolled(page: Any) -> float:
    """Turn the wheel over the list; return the longest time between two frames, in ms."""
    page.mouse.move(180, 700)
    page.evaluate(WATCH)
    for step in range(60):
        page.mouse.wheel(0, 120 + 40 * step)
    page.wait_for_timeout(300)
    return float(page.evaluate(WORST))


def used(page: Any) -> float:
    """Return the bytes in use by the page's scripts."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage: dict[str, float] = session.send("Runtime.getHeapUsage")
    return usage["usedSize"] + usage.get("backingStorageSize", 0)


if __name__ == "__main__":
    main()
