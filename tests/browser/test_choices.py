"""What a reader can choose and take away: actors, sources, time, layers, files, paper."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from synthetic_events import feature, features, story

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Window

    Opener = Callable[..., Window]

pytestmark = pytest.mark.browser


def shown(window: Window) -> int:
    """Return the number of events that pass, which the panel's words must agree with."""
    number: int = window.run("() => geomap.app.filter.rows.length")
    words = window.page.locator(".gm-count").text_content() or ""
    assert int(words.split()[0].replace(",", "")) == number
    return number


def sites(one: dict[str, Any]) -> set[str]:
    urls = {report["article_url"] for report in one["properties"]["reports"]}
    return {(urlsplit(url).hostname or "").removeprefix("www.") for url in urls}


def open_facet(window: Window, name: str) -> None:
    if not window.run("() => document.querySelector('.gm-further').open"):
        window.page.locator(".gm-further > summary").click()
    facet = window.page.locator(".gm-facet", has=window.page.locator("summary", has_text=name))
    facet.locator("summary").click()
    facet.locator(".gm-options label").first.wait_for()


def test_actors_and_sources_are_chosen_and_all_filters_combine(open_map: Opener) -> None:
    collection = features(400)
    window = open_map(collection)
    open_facet(window, "Actor")
    counts = Counter(name for one in collection for name in one["properties"]["actors"])
    options = window.page.locator(".gm-facet .gm-options").first.locator("label")
    listed = {
        row.locator(".gm-label").text_content(): int(row.locator(".gm-number").text_content() or 0)
        for row in options.all()
    }
    assert listed == counts
    window.page.get_by_role("checkbox", name="rebels").check()
    window.page.get_by_role("checkbox", name="police").check()
    left = [one for one in collection if {"rebels", "police"} & {*one["properties"]["actors"]}]
    assert shown(window) == len(left)
    open_facet(window, "Source")
    window.page.get_by_role("checkbox", name="news.example.com").check()
    left = [one for one in left if "news.example.com" in sites(one)]
    assert shown(window) == len(left)
    window.page.get_by_role("checkbox", name="Conflict").uncheck()
    left = [one for one in left if one["properties"]["group"] != "conflict"]
    assert 0 < shown(window) == len(left)
    window.page.wait_for_timeout(300)
    address = window.run("() => location.hash")
    assert "actor=police&actor=rebels&source=news.example.com" in address
    assert shown(open_map(collection, address=address)) == len(left)
    window.page.get_by_role("button", name="Clear", exact=True).click()
    assert shown(window) == 400
    window.page.get_by_label("Find an actor").fill("CRESC")
    assert window.texts(".gm-facet:first-of-type .gm-options .gm-label") == ["the Red Crescent"]


def test_undated_events_are_counted_and_shown_or_hidden(open_map: Opener) -> None:
    undated = [feature(n, date_start=None, date_end=None) for n in range(3)]
    window = open_map([*features(60), *undated])
    switch = window.page.get_by_label("Show 3 events without a date")
    assert switch.is_checked()
    switch.uncheck()
    assert shown(window) == 60
    switch.check()
    window.page.get_by_label("To", exact=True).fill("2")
    assert not switch.is_checked()
    dated = shown(window)
    switch.check()
    assert shown(window) == dated + 3
    window.page.wait_for_timeout(300)
    again = open_map([*features(60), *undated], address=window.run("() => location.hash"))
    assert shown(again) == dated + 3


def test_time_has_other_bars_and_is_stepped_with_the_keyboard(open_map: Opener) -> None:
    window = open_map(features(700))
    bins = "() => geomap.app.panel.time.bins.length - 1"
    ranges = "() => [geomap.app.filter.from, geomap.app.filter.to].map(geomap.isoDay)"
    width = window.page.get_by_label("Width of the bars")
    bars = {}
    for unit in ("day", "week", "month"):
        width.select_option(unit)
        bars[unit] = window.run(bins)
    assert bars == {"day": 700, "week": 101, "month": 23}
    window.page.get_by_label("To", exact=True).focus()
    for _ in range(21):
        window.page.keyboard.press("ArrowLeft")
    assert window.run(ranges) == ["2020-01-01", "2020-02-29"]
    window.page.get_by_role("button", name="Later").click()
    assert window.run(ranges) == ["2020-03-01", "2020-04-30"]
    window.page.get_by_role("button", name="Earlier").click()
    assert window.run(ranges) == ["2020-01-01", "2020-02-29"]
    window.page.get_by_role("button", name="Play").click()
    window.page.wait_for_timeout(900)
    window.page.get_by_role("button", name="Pause").click()
    assert window.run(ranges) == ["2020-02-01", "2020-03-31"]
    window.page.get_by_role("button", name="Clear", exact=True).click()
    assert shown(window) == 700


def test_the_list_has_other_orders(open_map: Opener) -> None:
    window = open_map(features(60))
    order = window.page.get_by_label("Order of the list")
    order.select_option("surest")
    sure = window.run("() => [...geomap.app.filter.rows].map((r) => geomap.app.model.sureness[r])")
    assert sure == sorted(sure, reverse=True)
    order.select_option("by_type")
    names = window.texts(".gm-what")
    assert names == sorted(names)
    order.select_option("oldest")
    days = window.run(
        "() => [...geomap.app.filter.rows].map((r) => geomap.app.model.days.first[r])"
    )
    assert days == sorted(days)


def test_the_table_has_what_is_shown_and_no_formula(open_map: Opener, tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://x")'
    hostile = feature(1, kind="riot", quote=f'{formula}, riot\n"x"', title="@a", actors=["-1"])
    collection = [*features(40), hostile]
    window = open_map(collection)
    window.page.get_by_role("checkbox", name="Conflict").uncheck()
    with window.page.expect_download() as waiting:
        window.page.get_by_role("button", name="Download CSV").click()
    waiting.value.save_as(tmp_path / "got.csv")
    with (tmp_path / "got.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    left = [one["properties"] for one in collection if one["properties"]["group"] != "conflict"]
    assert list(rows[0]) == list(left[0])
    assert [row["id"] for row in rows] == [known["id"] for known in left]
    assert rows[-1]["quote"] == f"'{left[-1]['quote']}"
    assert rows[-1]["article_title"] == "'@a"
    assert json.loads(rows[-1]["actors"]) == ["-1"]
    for row, known in zip(rows, left, strict=True):
        for key, value in known.items():
            if value is None:
                assert row[key] == ""
            elif isinstance(value, (int, float)):
                assert float(row[key]) == value
            elif isinstance(value, (list, dict)):
                assert json.loads(row[key]) == value
            else:
                assert row[key].removeprefix("'") == value


def test_paper_has_the_map_and_the_events(open_map: Opener) -> None:
    window = open_map([*story(), *features(400)], title="On paper", color_scheme="dark")
    window.page.get_by_role("checkbox", name="Conflict").uncheck()
    window.run("() => { dispatchEvent(new Event('beforeprint')); }")
    assert window.run("() => document.documentElement.dataset.scheme") == "dark"
    window.page.emulate_media(media="print")
    assert window.texts(".gm-print h1") == ["On paper"]
    left = shown(window)
    assert len(window.texts(".gm-print tbody tr")) == min(left, 300)
    assert f"{left} of 408 events" in window.texts(".gm-print p")[0]
    assert window.page.locator(".gm-printmap").is_visible()
    assert not window.page.locator(".gm-panel").is_visible()
    assert window.run("() => document.documentElement.scrollWidth - innerWidth") <= 0
    inks = window.run(
        "() => { const c = document.querySelector('.gm-printmap'); const { data } ="
        " c.getContext('2d').getImageData(0, 0, c.width, c.height); const seen = new Set();"
        " for (let i = 0; i < data.length; i += 400) { seen.add(data[i] >> 4); }"
        " return [seen.size, data[0]]; }"
    )
    assert inks[0] > 4
    assert inks[1] > 128


MENTIONS = [
    {"name": "<b>Tikrit</b>", "lon": 43.7, "lat": 34.6, "count": 3},
    {"name": "Samarra", "lon": 43.9, "lat": 34.2, "count": 1},
]


def test_places_merely_mentioned_are_a_layer_that_is_off_at_first(open_map: Opener) -> None:
    window = open_map(story(), look={"mentions": MENTIONS})
    shown_layer = "() => geomap.app.mentions.shown"
    assert window.run(shown_layer) is False
    window.page.get_by_role("button", name="Layers").press("Enter")
    window.page.locator(".leaflet-control-layers-list").hover()
    window.page.get_by_label("Places merely mentioned").check()
    assert window.run(shown_layer) is True
    window.run("() => { geomap.app.map.setView([34.4, 43.8], 8, { animate: false }); }")
    point = window.run(
        "() => { const box = geomap.app.map.getContainer().getBoundingClientRect();"
        " const p = geomap.app.map.latLngToContainerPoint([34.6, 43.7]);"
        " return [p.x + box.left, p.y + box.top]; }"
    )
    window.page.mouse.move(*point)
    window.page.mouse.move(point[0] + 1, point[1])
    tip = window.page.locator(".gm-tip")
    assert tip.locator("strong").text_content() == "<b>Tikrit</b>"
    assert "mentioned 3 times" in (tip.text_content() or "")
    assert shown(window) == len(story())


def test_borders_and_grid_are_switched(open_map: Opener) -> None:
    window = open_map([])
    window.page.get_by_role("button", name="Layers").press("Enter")
    window.page.locator(".leaflet-control-layers-list").hover()
    window.page.get_by_label("Disputed borders").uncheck()
    window.page.get_by_label("Grid of degrees").check()
    state = window.run("() => geomap.app.basemap.shows")
    assert state == {"disputed": False, "graticule": True}


def test_a_card_is_copied_as_a_citation(open_map: Opener) -> None:
    window = open_map([feature(0, kind="riot", quote="A riot, {{7*7}}.", title="T")])
    window.page.locator(".gm-item").click()
    window.page.get_by_role("button", name="Copy as citation").click()
    window.page.get_by_role("button", name="Copied").wait_for()
    words = window.run("async () => { await geomap.app.needText();"
                       " return geomap.citation(geomap.app.model, 0); }")  # fmt: skip
    wanted = ("Riot", "Baghdad, Iraq", "1 January 2020", "“A riot, {{7*7}}.”", "T", "example.org")
    assert all(part in words for part in wanted)
