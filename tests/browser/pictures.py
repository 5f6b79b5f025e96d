"""Pictures of maps for the README: what their first view shows, 1280 by 800 pixels, light.

    python tests/quality/gallery.py
    python tests/browser/pictures.py maps/seeds.html maps/gallery.html

Each ``FILE.html`` gets a ``FILE.png`` beside it. Chromium is found as for the tests.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = (1280, 800)
STILL_MS = 800
"""Milliseconds after which nothing on the map moves any more."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures, and return the exit code."""
    from conftest import executable  # the one beside this file, as it is run

    parser = argparse.ArgumentParser(description="Make pictures of maps.")
    parser.add_argument("maps", nargs="+", type=Path, metavar="FILE.html")
    options = parser.parse_args(arguments)
    chromium = executable()
    if chromium is None:
        sys.stderr.write("no Chromium: set CHROMIUM to its path or put it on the search path\n")
        return 1
    for path in options.maps:
        take(path, path.with_suffix(".png"), chromium)
    return 0


def take(page_path: Path, picture: Path, chromium: str) -> None:
    """Write the picture of a map as it opens, without a network."""
    from conftest import FLAGS
    from playwright.sync_api import sync_playwright

    draft = picture.with_name(f".{picture.name}")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
        width, height = SIZE
        page = browser.new_page(
            viewport={"width": width, "height": height}, offline=True, color_scheme="light"
        )
        page.goto(page_path.resolve().as_uri())
        page.wait_for_selector("html[data-geomap=ready]", state="attached")
        page.wait_for_timeout(STILL_MS)
        draft.write_bytes(page.screenshot(type="png"))
        browser.close()
    draft.replace(picture)


if __name__ == "__main__":
    sys.exit(main())
