"""The page in other languages and forms: right to left, dark by choice, in a frame, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from synthetic_events import feature, features, story

from geomap.webmap import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Window

    Opener = Callable[..., Window]

pytestmark = pytest.mark.browser

CLIPPED = """() => [...document.querySelectorAll(
  '.gm-panel button, .gm-panel label, .gm-panel h1, .gm-panel summary, .gm-popup dd, .gm-popup dt')]
  .filter((node) => node.offsetParent && !node.matches('.gm-item, .gm-handle'))
  .filter((node) => getComputedStyle(node).display !== 'inline')
  .filter((node) => node.scrollWidth > node.clientWidth + 1)
  .map((node) => node.className + ': ' + node.textContent)"""


@pytest.mark.parametrize("lang", ["ar", "es", "fr"])
def test_another_language_is_whole_and_fits(open_map: Opener, lang: str) -> None:
    words = look.words(lang)
    window = open_map([*story(), *features(30)], look={"lang": lang})
    direction = "() => [document.documentElement.lang, document.documentElement.dir]"
    assert window.run(direction) == [lang, words["direction"]]
    window.entry(3).click()
    window.page.wait_for_selector(".gm-popup .gm-card")
    assert window.texts(".gm-popup .gm-title") == [words["type"]["troop_deployment"]]
    assert words["group"]["conflict"] in window.texts(".gm-group .gm-label")
    window.page.locator(".gm-further > summary").click()
    assert words["ui"]["status"] in window.texts(".gm-legend")
    assert window.run("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert window.run("() => { const p = document.querySelector('.gm-scroll');"
                      " return p.scrollWidth - p.clientWidth; }") <= 0  # fmt: skip
    assert window.run(CLIPPED) == []
    left = window.run("() => document.querySelector('.gm-panel').getBoundingClientRect().left")
    assert (left > 640) == (words["direction"] == "rtl")


def test_arabic_text_stands_to_the_right_and_the_map_still_answers(open_map: Opener) -> None:
    window = open_map(story(), look={"lang": "ar"}, size=(390, 844), has_touch=True, is_mobile=True)
    assert window.run("() => document.documentElement.scrollWidth") <= 390
    window.page.locator(".gm-handle").click()
    sides = window.run(
        "() => { const box = (s) => { const range = document.createRange();"
        " range.selectNodeContents(document.querySelector(s));"
        " return range.getBoundingClientRect().right; };"
        " return ['.gm-name', '.gm-what', '.gm-where'].map(box); }"
    )
    assert all(right > 300 for right in sides)
    window.click_symbol(7)
    window.page.wait_for_selector(".gm-popup .gm-card")
    window.page.wait_for_timeout(400)
    box = window.page.locator(".gm-popup .leaflet-popup-content-wrapper").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 390


def test_an_asked_theme_goes_before_the_system(open_map: Opener) -> None:
    scheme = "() => document.documentElement.dataset.scheme"
    window = open_map([feature(0)], look={"theme": "dark"}, color_scheme="light")
    assert window.run(scheme) == "dark"
    window.page.get_by_role("button", name="Light or dark").click()
    assert window.run(scheme) == "light"
    window.page.emulate_media(color_scheme="dark")
    assert window.run(scheme) == "light"


def test_in_a_frame_the_list_comes_when_it_is_asked_for(open_map: Opener) -> None:
    window = open_map(story(), look={"embed": True}, size=(480, 360))
    panel = window.page.locator(".gm-scroll")
    assert not panel.is_visible()
    width = window.run("() => document.querySelector('.folium-map').clientWidth")
    assert width == 480
    button = window.page.get_by_label("Show or hide the list of events")
    assert button.text_content() == "8 events"
    button.click()
    assert panel.is_visible()
    button.click()
    assert not panel.is_visible()


def test_an_online_layer_that_does_not_come_does_no_harm(open_map: Opener) -> None:
    url = "https://{s}.tiles.example.org/{z}/{x}/{y}.png"
    window = open_map(story(), look={"tiles": url, "attribution": "<b>Tiles</b> {s}"})
    window.page.wait_for_timeout(300)
    asked, window.requests[:] = list(window.requests), []
    assert asked
    assert all(".tiles.example.org/" in one for one in asked)
    assert all("ERR_INTERNET_DISCONNECTED" in one for one in window.errors)
    window.errors.clear()
    assert "<b>Tiles</b> {s}" in "".join(window.texts(".leaflet-control-attribution"))
    window.click_symbol(7)
    window.page.wait_for_selector(".gm-popup .gm-card")
    window.requests.clear()
    window.errors.clear()
