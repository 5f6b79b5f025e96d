"""Access for all: what axe-core (https://github.com/dequelabs/axe-core) finds on the page.

It is a development tool and no part of the project: ``.ci/run`` fetches it into ``.cache/``, and
without it the tests skip.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from synthetic_events import features, story

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Window

    Opener = Callable[..., Window]

pytestmark = pytest.mark.browser

RUN = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => [impact, id, String(target), failureSummary]));
}"""


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """Return axe-core's code; skip where it is not there."""
    path = Path(os.environ.get("AXE_CORE") or root / ".cache" / "axe.min.js")
    if not path.is_file():
        pytest.skip(f"no axe-core: put axe.min.js of npm's axe-core at {path}")
    return path.read_text(encoding="utf-8")


def grave(window: Window, axe: str) -> list[list[Any]]:
    """Return what axe-core finds serious or critical."""
    window.run(f"() => {{ {axe} }}")
    found: list[list[Any]] = window.run(RUN)
    # Of the two sliders of time, one over the other, only the thumbs take the pointer.
    return [
        one
        for one in found
        if one[0] in {"serious", "critical"} and not (one[1] == "target-size" and "input" in one[2])
    ]


@pytest.mark.parametrize(
    ("scheme", "lang", "size"),
    [("light", "en", (1280, 800)), ("dark", "en", (1280, 800)), ("light", "ar", (390, 844))],
)
def test_axe_finds_nothing_grave(
    open_map: Opener, axe: str, scheme: str, lang: str, size: tuple[int, int]
) -> None:
    mentions = [{"name": "Tikrit", "lon": 43.7, "lat": 34.6, "count": 3}]
    window = open_map(
        [*story(), *features(40)],
        look={"lang": lang, "mentions": mentions},
        color_scheme=scheme,
        size=size,
    )
    window.run("() => geomap.app.panel.toggle(true)")
    for summary in window.page.locator(".gm-panel summary").all():
        if not summary.evaluate("node => node.parentElement.open"):
            summary.click()
    assert grave(window, axe) == []
    window.entry(3).click()
    window.page.wait_for_selector(".gm-popup .gm-card")
    window.page.wait_for_timeout(300)
    assert grave(window, axe) == []


def test_axe_finds_nothing_grave_where_there_is_nothing(open_map: Opener, axe: str) -> None:
    assert grave(open_map([]), axe) == []
    assert grave(open_map(story(), look={"embed": True}, size=(480, 360)), axe) == []
