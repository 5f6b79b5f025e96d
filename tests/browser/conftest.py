"""A real Chromium that opens maps from disk, without a network, and reports what goes wrong."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Window:
    """An open map, with the requests it made and the errors it reported."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Write down from now on what should not happen."""
        self.page.on("console", lambda message: self.hear(message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.note(request.url))

    def hear(self, text: str) -> None:
        """Keep a message, other than the advice about the tests' own reading of pixels."""
        if "willReadFrequently" not in text:
            self.errors.append(text)

    def note(self, url: str) -> None:
        """Keep the address of a request, other than for the page itself and what is inside it."""
        if not url.startswith(("file:", "data:", "blob:")):
            self.requests.append(url)

    def run(self, script: str, value: object = None) -> Any:
        """Return what a function in the page returns."""
        return self.page.evaluate(script, value)

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all elements of a selector."""
        return self.page.locator(selector).all_text_contents()

    def entry(self, row: int) -> Locator:
        """Return an event's entry in the list, brought into sight: others are not in the page."""
        self.run("(row) => geomap.app.panel.list.focusRow(row)", row)
        return self.page.locator(f".gm-item[data-row='{row}']")

    def symbols(self) -> list[dict[str, Any]]:
        """Return the symbols in view with their places in the window and the events' numbers."""
        found: list[dict[str, Any]] = self.run("() => geomap.app.symbols()")
        return found

    def click_symbol(self, number: int) -> None:
        """Click the symbol that stands for an event."""
        (symbol,) = [one for one in self.symbols() if number in one["rows"]]
        self.page.mouse.click(symbol["x"], symbol["y"])


def executable() -> str | None:
    """Return Chromium's path: from the environment, else the search path."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once; without one, skip, or fail where the environment demands it."""
    path = executable()
    if path is None:
        reason = "no Chromium: set CHROMIUM to its path or put it on the search path"
        if os.environ.get("GEOMAP_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def open_map(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Return a function that makes a map of Features and opens it; check it at the end."""
    from geomap.webmap import event_map

    windows: list[Window] = []
    contexts: list[BrowserContext] = []

    def opener(
        collection: Sequence[dict[str, Any]],
        *,
        title: str = "Events",
        look: dict[str, Any] | None = None,
        size: tuple[int, int] = (1280, 800),
        change: Callable[[Any], None] | None = None,
        address: str = "",
        **options: Any,
    ) -> Window:
        path = tmp_path / f"map{len(windows)}.html"
        own = event_map(collection, title=title, **(look or {}))
        if change:
            change(own)
        own.save(path)
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, offline=True, **options
        )
        contexts.append(context)
        window = Window(context.new_page())
        windows.append(window)
        window.watch()
        window.page.goto(path.as_uri() + address)
        window.page.wait_for_selector("html[data-geomap=ready]", state="attached")
        return window

    yield opener
    for window in windows:
        assert window.errors == []
        assert window.requests == []
    for context in contexts:
        context.close()
