"""The map in a browser: what it shows, how it answers, that nothing hostile runs.

Every test also checks, through ``open_map``, that the page asked for nothing over the network and
reported no error.
"""

from __future__ import annotations

import json
import math
import unicodedata
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import folium
import pytest
from synthetic_events import PLACES, feature, features, story

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Window

    Opener = Callable[..., Window]

pytestmark = pytest.mark.browser

HOSTILE = (
    "{{7*7}}",
    "{% x %}",
    "<script>window.pwned = 1</script>",
    "</script><script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    "${window.pwned = 1}",
    "`window.pwned = 1`",
    "\"double\" 'single' \\ slash",
    "\u202eright to left\u202c \u200f mark",
    "\ud83d alone",
    "\U0001f600 beyond the basic plane",
    "&amp; &lt;b&gt;",
    "عربي",
)

PIXEL = """([x, y]) => {
  // The topmost canvas that has drawn there.
  const canvases = [...document.querySelectorAll(
    '.leaflet-geomap-events-pane canvas, .leaflet-geomap-areas-pane canvas, ' +
    '.leaflet-geomap-base-pane canvas')];
  const order = ['events', 'areas', 'base'];
  const rank = (c) => order.findIndex((name) => c.closest(`.leaflet-geomap-${name}-pane`));
  canvases.sort((a, b) => rank(a) - rank(b));
  for (const canvas of canvases) {
    const box = canvas.getBoundingClientRect();
    const scale = canvas.width / box.width;
    const px = Math.floor((x - box.left) * scale);
    const py = Math.floor((y - box.top) * scale);
    if (px >= 0 && py >= 0 && px < canvas.width && py < canvas.height) {
      const data = canvas.getContext('2d').getImageData(px, py, 1, 1).data;
      if (data[3] === 255) {
        return [...data].slice(0, 3);
      }
    }
  }
  return null;
}"""

AT = """([lon, lat]) => {
  const map = geomap.app.map;
  const box = map.getContainer().getBoundingClientRect();
  const point = map.latLngToContainerPoint([lat, lon]);
  return [point.x + box.left, point.y + box.top];
}"""

COLOR = """(name) => {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const full = value.length === 4 ? value.replace(/[0-9a-f]/g, '$&$&') : value;
  return [1, 3, 5].map((i) => parseInt(full.slice(i, i + 2), 16));
}"""

CODES = "(selector) => [...document.querySelector(selector).textContent].map(c => c.codePointAt(0))"


def fold(text: str) -> str:
    """Fold case and accents as the page does."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.category(c).startswith("M")).lower()


def searched(one: dict[str, Any]) -> str:
    """Return what a search should look through, from the Feature."""
    known = one["properties"]
    texts = [known["type"].replace("_", " "), known["group"].replace("_", " ")]
    if known["place"]:
        texts.append(known["place"])
        if known["level"] not in {"country", "sea"}:
            texts += [known["admin1"] or "", NAMES.get(known["country"], "")]
    texts += [known["origin"] or "", *known["actors"], *known["targets"]]
    for report in known["reports"]:
        texts += [report["quote"], report["article_title"]]
    return fold("\n".join(texts))


NAMES = {
    "IQ": "Iraq",
    "SY": "Syria",
    "UA": "Ukraine",
    "KE": "Kenya",
    "CD": "DR Congo",
    "NG": "Nigeria",
    "CO": "Colombia",
    "PE": "Peru",
    "PH": "Philippines",
    "DE": "Germany",
    "US": "United States",
}


def count(window: Window) -> int:
    """Return the number of events that the panel says are shown."""
    words = window.page.locator(".gm-count").text_content() or ""
    return int(words.split()[0].replace(",", ""))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sea_land_and_symbols_are_drawn_in_both_schemes(open_map: Opener, scheme: str) -> None:
    window = open_map([feature(0, place="Baghdad", kind="bombing")], color_scheme=scheme)
    window.run("() => { geomap.app.map.setView([25, 30], 3, { animate: false }); }")
    window.page.wait_for_timeout(400)
    sea = window.run(PIXEL, window.run(AT, [-43.3, 33.7]))
    land = window.run(PIXEL, window.run(AT, [11.3, 21.7]))
    assert sea == window.run(COLOR, "--sea")
    assert land == window.run(COLOR, "--land")
    (symbol,) = window.symbols()
    x, y = symbol["x"], symbol["y"] + symbol["half"] - 3
    assert window.run(PIXEL, [x, y]) == [0xBD, 0x1F, 0x01]
    width = window.run("() => document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


def test_the_scheme_changes_while_the_page_is_open(open_map: Opener) -> None:
    window = open_map([])
    light = window.run(PIXEL, window.run(AT, [-43.3, 33.7]))
    window.page.emulate_media(color_scheme="dark")
    window.page.wait_for_timeout(500)
    assert window.run(PIXEL, window.run(AT, [-43.3, 33.7])) != light


def test_a_click_on_a_symbol_shows_the_sentence_and_marks_the_trigger(open_map: Opener) -> None:
    article = "A first sentence \U0001f600. Gunmen \U0001f600 \U0001f600 clashed in Basra. The end."
    start = article.index("Gunmen")
    quote = article[start : article.index(" The end")]
    one = feature(3, kind="armed_clash", place="Basra", quote=quote, offset=start)
    window = open_map([one])
    window.click_symbol(0)
    window.page.wait_for_selector(".gm-popup .gm-quote")
    known = one["properties"]
    assert window.texts(".gm-popup .gm-quote") == [
        article[known["quote_start"] : known["quote_end"]]
    ]
    assert window.texts(".gm-popup mark.gm-trigger") == [
        article[known["trigger_start"] : known["trigger_end"]]
    ]
    assert window.texts(".gm-popup mark.gm-mention") == ["Basra"]


def test_the_card_says_all_that_is_known(open_map: Opener) -> None:
    collection = story()
    window = open_map(collection)
    window.entry(3).click()
    window.page.wait_for_selector(".gm-popup .gm-card")
    card = " ".join(window.texts(".gm-popup .gm-card"))
    for words in ("Troop deployment", "Moving to", "Baghdad, Iraq", "Kuwait", "100 troops"):
        assert words in card
    assert "Confidence 43%" in card
    assert collection[3]["properties"]["reason"] in card


def test_an_event_known_by_country_is_drawn_as_an_area_and_said_so(open_map: Opener) -> None:
    window = open_map(story())
    (symbol,) = [one for one in window.symbols() if 1 in one["rows"]]
    assert symbol["kind"] == "area"
    window.click_symbol(1)
    window.page.wait_for_selector(".gm-popup .gm-card")
    card = " ".join(window.texts(".gm-popup .gm-card"))
    assert "Somewhere in Iraq (country level)" in card
    assert "at least 25 killed" in card


def test_a_click_inside_an_area_opens_its_card_there(open_map: Opener) -> None:
    window = open_map(story())
    x, y = window.run(AT, [42.3, 31.6])
    window.page.mouse.click(x, y)
    window.page.wait_for_selector(".gm-popup .gm-card")
    assert "Somewhere in Iraq" in " ".join(window.texts(".gm-popup .gm-card"))
    x, y = window.run(AT, [36.5, 33.0])
    window.page.mouse.click(x, y)
    window.page.wait_for_selector(".gm-popup", state="detached")


WORDS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"date_start": "2019-12-31", "date_end": "2019-12-31"}, "Tuesday 31 December 2019"),
    ({"date_start": "2019-12-29", "date_end": "2020-01-04", "date_precision": "week"},
     "29 December 2019 \u2013 4 January 2020 (within the week)"),
    ({"date_start": "2019-12-01", "date_end": "2019-12-31", "date_precision": "month"},
     "December 2019 (month only)"),
    ({"date_start": "2019-01-01", "date_precision": "year"}, "2019 (year only)"),
    ({"date_start": None, "date_end": "2019-12-29"}, "By 29 December 2019"),
    ({"date_start": None, "date_end": None, "date_precision": "none"}, "Date not given"),
    ({"fatalities_min": 2, "fatalities_max": 4}, "2\u20134 killed"),
    ({"counts": {"injured": [1200, None]}}, "at least 1,200 injured"),
    ({"counts": {"injured": [30, 30]}, "approximate": ["injured"]}, "about 30 injured"),
    ({"fatalities_min": 7, "fatalities_max": 7, "approximate": ["killed"]}, "about 7 killed"),
    ({"counts": {"gnus": [None, 3]}}, "up to 3 gnus"),
    ({"counts": {"displaced": [40001, None]}}, "more than 40,000 displaced"),
    ({"counts": {"injured": [0, 0]}, "fatalities_max": 0}, "nobody killed · nobody injured"),
    ({"counts": {"gnus": [0, 0], "missing": [1, 1], "hostages": [2, 3]}}, "2–3 held hostage"),
)  # fmt: skip


def test_dates_and_counts_are_in_words(open_map: Opener) -> None:
    window = open_map([feature(n, **changes) for n, (changes, _) in enumerate(WORDS)])
    for row, (_, words) in enumerate(WORDS):
        window.entry(row).click()
        window.page.wait_for_selector(f".gm-item[data-row='{row}'][aria-current]")
        shown = " ".join(" ".join(window.texts(".gm-popup .gm-facts dd span")).split())
        assert words in shown.replace("day, ", "day ")  # browsers differ in the comma


def test_links_lead_to_the_web_alone(open_map: Opener) -> None:
    urls = ("https://example.org/a", "javascript:alert(1)", "data:text/html,x", "x", "")
    window = open_map([feature(0, reports=2, url=url) for url in urls])
    window.page.locator(".gm-item").first.click()
    window.page.wait_for_selector(".gm-popup .gm-card")
    links = set()
    for _ in urls:
        links |= {
            (link.get_attribute("href"), link.get_attribute("rel"))
            for link in window.page.locator(".gm-popup a.gm-article").all()
        }
        window.page.get_by_label("Next event here").click()
    assert links == {("https://example.org/a", "noopener noreferrer")}


def test_events_of_one_place_are_paged_and_their_reports_listed(open_map: Opener) -> None:
    window = open_map([feature(n, reports=n + 1) for n in range(3)])
    window.click_symbol(1)
    window.page.wait_for_selector(".gm-pager")
    assert window.texts(".gm-position") == ["1 of 3 here"]
    window.page.get_by_label("Next event here").click()
    assert window.texts(".gm-position") == ["2 of 3 here"]
    window.page.get_by_label("Next event here").click()
    window.page.get_by_label("Next event here").click()
    assert window.texts(".gm-position") == ["1 of 3 here"]
    window.page.locator(".gm-more summary").click()
    assert len(window.texts(".gm-more .gm-report")) == 2


def test_filters_count_as_a_recount_does(open_map: Opener) -> None:
    collection = features(400)
    known = [one["properties"] for one in collection]
    window = open_map(collection)
    assert count(window) == 400
    window.page.get_by_role("checkbox", name="Conflict").uncheck()
    left = [one for one in known if one["group"] != "conflict"]
    assert count(window) == len(left)
    window.page.get_by_text("More filters").click()
    window.page.get_by_role("checkbox", name="Planned").uncheck()
    left = [one for one in left if one["status"] != "planned"]
    assert count(window) == len(left)
    window.page.get_by_role("checkbox", name="Flood").uncheck()
    left = [one for one in left if one["type"] != "flood"]
    assert count(window) == len(left)
    drawn = sum(len(one["rows"]) for one in window.symbols())
    unplaced = sum(one["place"] is None for one in left)
    assert f"{unplaced} without a place" in (window.page.locator(".gm-count").text_content() or "")
    assert drawn == len(left) - unplaced
    window.page.get_by_role("button", name="Clear").click()
    assert count(window) == 400


def test_the_legend_counts_what_each_choice_would_leave(open_map: Opener) -> None:
    collection = features(300)
    window = open_map(collection)
    window.page.get_by_text("More filters").click()
    window.page.get_by_role("checkbox", name="Planned").uncheck()
    rows = window.page.locator(".gm-group")
    shown = {
        row.locator(".gm-label").text_content(): int(row.locator(".gm-number").text_content() or 0)
        for row in rows.all()
    }
    wanted: dict[str, int] = {}
    for one in collection:
        if one["properties"]["status"] != "planned":
            name = one["properties"]["group"].replace("_", " ").capitalize()
            wanted[name] = wanted.get(name, 0) + 1
    assert shown == wanted


def test_a_range_of_time_leaves_what_lies_in_it(open_map: Opener) -> None:
    collection = [*features(400), feature(0, date_start=None, date_end=None)]
    window = open_map(collection)
    window.page.get_by_label("From").fill("4")
    window.page.get_by_label("To", exact=True).fill("9")
    first, last = window.run(
        "() => [geomap.app.filter.from, geomap.app.filter.to].map(geomap.isoDay)"
    )
    known = [one["properties"] for one in collection]
    wanted = [
        one for one in known
        if one["date_start"] and one["date_end"] >= first and one["date_start"] <= last
    ]  # fmt: skip
    assert 0 < len(wanted) < len(known)
    assert count(window) == len(wanted)
    box = window.page.locator(".gm-bars").bounding_box()
    assert box is not None
    window.page.mouse.dblclick(box["x"] + 20, box["y"] + 5)
    assert count(window) == len(known)
    window.page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 10)
    window.page.mouse.down()
    window.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 10, steps=4)
    window.page.mouse.up()
    window.page.wait_for_timeout(100)
    assert 0 < count(window) < len(known)


def test_the_least_confidence_leaves_what_has_it(open_map: Opener) -> None:
    collection = features(200)
    window = open_map(collection)
    window.page.get_by_text("More filters").click()
    window.page.get_by_label("Confidence at least").fill("70")
    wanted = sum(one["properties"]["confidence"] >= 0.7 for one in collection)
    assert count(window) == wanted


def test_the_address_leads_back_to_what_was_shown(open_map: Opener) -> None:
    collection = features(300)
    window = open_map(collection)
    window.page.get_by_role("checkbox", name="Conflict").uncheck()
    window.page.get_by_label("Search events").fill("iraq")
    window.page.wait_for_timeout(400)
    window.page.get_by_label("From").fill("3")
    window.page.locator(".gm-item").nth(2).click()
    window.page.wait_for_selector(".gm-popup .gm-card")
    window.page.wait_for_timeout(500)
    address = window.run("() => location.hash")
    other = open_map(collection, address=address)
    other.page.wait_for_selector(".gm-popup .gm-card")
    state = """() => { const { app } = geomap; const { lat, lng } = app.map.getCenter();
      return [app.selection.row, app.map.getZoom(), lat.toFixed(2), lng.toFixed(2),
        app.filter.rows.length, app.filter.from, app.filter.to, app.panel.input.value]; }"""
    assert other.run(state) == window.run(state)


@pytest.mark.parametrize(
    "address", ["#map=x/y/z&time=a/b&sure=nan&event=<b>&no-type=%00", "#%F0%28", "#map=99/999/9999"]
)
def test_an_address_that_makes_no_sense_does_no_harm(open_map: Opener, address: str) -> None:
    assert count(open_map(story(), address=address)) == len(story())


def test_the_download_is_the_shown_part_of_the_exported_collection(
    open_map: Opener, tmp_path: Path
) -> None:
    collection = [*features(60), hostile("\ud83d <b>{{7*7}}")]
    window = open_map(collection)
    window.page.get_by_role("checkbox", name="Conflict").uncheck()
    with window.page.expect_download() as waiting:
        window.page.get_by_role("button", name="Download GeoJSON").click()
    waiting.value.save_as(tmp_path / "got.geojson")
    got = json.loads((tmp_path / "got.geojson").read_text(encoding="utf-8"))
    left = [one for one in collection if one["properties"]["group"] != "conflict"]
    assert got == {"type": "FeatureCollection", "features": left}
    assert [list(one["properties"]) for one in got["features"]] == [
        list(one["properties"]) for one in left
    ]


def test_the_view_is_saved_as_a_picture(open_map: Opener, tmp_path: Path) -> None:
    window = open_map(story())
    with window.page.expect_download() as waiting:
        window.page.get_by_role("button", name="Save picture").click()
    waiting.value.save_as(tmp_path / "got.png")
    data = (tmp_path / "got.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) > 20_000


def test_the_list_can_follow_the_view(open_map: Opener) -> None:
    window = open_map([feature(0), feature(1, place="Lima"), feature(2, place="Bolivia")])
    window.page.get_by_label("Only in view").check()
    window.run("() => { geomap.app.map.setView([33, 44], 7, { animate: false }); }")
    assert window.texts(".gm-where") == ["Baghdad, Iraq"]
    window.run("() => { geomap.app.map.setView([-14, -70 + 720], 5, { animate: false }); }")
    assert window.texts(".gm-where") == ["Bolivia", "Lima, Peru"]
    window.run("() => { geomap.app.map.setView([60, -150], 5, { animate: false }); }")
    assert window.texts(".gm-none p") == ["No event in this view."]
    assert count(window) == 3


def test_a_search_finds_what_a_recount_finds(open_map: Opener) -> None:
    collection = [*features(300), feature(1, place="Medellin", actors=["Médéllin's café"])]
    window = open_map(collection)
    for words in ("baghdad", "IRAQ riot", "crowd", "Medellín", "no such word"):
        window.page.get_by_label("Search events").fill(words)
        terms = fold(words).split()
        wanted = sum(all(term in searched(one) for term in terms) for one in collection)
        window.page.wait_for_timeout(400)
        assert count(window) == wanted
    assert window.texts(".gm-none p") == ["No event matches."]
    window.page.get_by_role("button", name="Clear search and filters").click()
    assert count(window) == len(collection)


def hostile(text: str) -> dict[str, Any]:
    """Return a Feature with a text everywhere."""
    one = feature(
        0,
        kind="riot",
        quote=f"{text} riot {text}",
        title=text,
        actors=[text],
        targets=[text],
        counts={text: [1, 1]},
    )
    one["properties"] |= {"place": text, "reason": text, "origin": text, "type": text}
    one["properties"] |= {"group": text, "status": text, "admin1": text, "country": text}
    return one


def test_hostile_texts_are_shown_as_written_and_never_run(open_map: Opener) -> None:
    title = " ".join(HOSTILE)
    window = open_map([hostile(text) for text in HOSTILE], title=title)
    assert window.run(CODES, ".gm-name") == [ord(c) for c in title]
    for row, text in enumerate(HOSTILE):
        window.entry(row).click()
        window.page.wait_for_selector(f".gm-item[data-row='{row}'][aria-current]")
        wanted = {
            ".gm-popup .gm-quote": f"{text} riot {text}",
            ".gm-popup .gm-reason": text,
            ".gm-popup .gm-article": text,
            ".gm-popup mark.gm-trigger": "riot",
        }
        for selector, words in wanted.items():
            assert window.run(CODES, selector) == [ord(c) for c in words]
    assert window.run("() => window.pwned === undefined")
    assert window.page.locator(".gm-panel img, .gm-panel script, .gm-popup img").count() == 0


def test_the_list_is_used_with_the_keyboard_alone(open_map: Opener) -> None:
    window = open_map(story())
    keys = window.page.keyboard
    window.page.locator(".gm-item").first.focus()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    row = window.run("() => Number(document.activeElement.dataset.row)")
    keys.press("Enter")
    window.page.wait_for_selector(".gm-popup .gm-card")
    assert window.run("() => geomap.app.selection.row") == row
    assert window.run("() => Boolean(document.activeElement.closest('.gm-popup'))")
    keys.press("Escape")
    window.page.wait_for_selector(".gm-popup", state="detached")
    assert window.run("() => Number(document.activeElement.dataset.row)") == row


POSITIONS = """() => [...document.querySelectorAll('.gm-list > li')].map((li) => [
  Number(li.ariaPosInSet), Number(li.ariaSetSize), Number(li.firstElementChild.dataset.row)])"""

FOCUS = """() => { const li = document.activeElement.closest('.gm-list > li');
  const { top, bottom } = li.getBoundingClientRect();
  const box = geomap.app.panel.body.getBoundingClientRect();
  return [Number(li.ariaPosInSet), top >= box.top - 1 && bottom <= box.bottom + 1]; }"""


def test_a_long_list_has_only_what_is_in_sight(open_map: Opener) -> None:
    window = open_map(features(5_000))
    rows = window.run("() => [...geomap.app.filter.rows]")
    keys = window.page.keyboard
    window.page.locator(".gm-item").first.focus()
    for key, wanted in (
        ("ArrowDown", 2),
        ("End", 5_000),
        ("ArrowDown", 5_000),
        ("ArrowUp", 4_999),
        ("Home", 1),
        ("ArrowUp", 1),
    ):
        keys.press(key)
        assert window.run(FOCUS) == [wanted, True]
        listed = window.run(POSITIONS)
        assert 12 < len(listed) < 60
        assert [at for at, _, _ in listed] == sorted(at for at, _, _ in listed)
        assert all(rows[at - 1] == row and size == 5_000 for at, size, row in listed)
    keys.press("PageDown")
    at, seen = window.run(FOCUS)
    assert seen
    assert 3 < at < 30
    keys.press("PageUp")
    assert window.run(FOCUS) == [1, True]


def test_the_list_is_as_long_as_all_its_entries(open_map: Opener) -> None:
    window = open_map(features(5_000))
    window.run("() => { geomap.app.panel.body.scrollTop = 1e9; }")
    window.page.wait_for_timeout(200)
    height, entry, end = window.run(
        "() => { const list = document.querySelector('.gm-list');"
        " const items = [...list.children]; return [list.offsetHeight, items[0].offsetHeight,"
        " list.getBoundingClientRect().bottom - items.at(-1).getBoundingClientRect().bottom]; }"
    )
    assert height == 5_000 * entry
    assert abs(end) < 1
    assert window.run(POSITIONS)[-1][0] == 5_000


def test_an_entry_keeps_the_focus_through_scrolling_and_filters(open_map: Opener) -> None:
    window = open_map(features(2_000))
    window.page.locator(".gm-item").nth(3).focus()
    row = window.run("() => Number(document.activeElement.dataset.row)")
    focused = "() => Number(document.activeElement.dataset.row)"
    window.run("() => { geomap.app.panel.body.scrollTop = 40000; }")
    window.page.wait_for_timeout(200)
    assert window.run(focused) == row
    kind = window.run(f"() => geomap.app.model.type({row})")
    window.run(
        f"() => geomap.app.choose('type', [...geomap.app.panel.typeRows.keys()]"
        f".filter((type) => type !== '{kind}'), false)"
    )
    assert window.run(focused) == row
    window.run("() => geomap.app.arrange('oldest')")
    assert window.run(focused) == row


def test_entries_below_an_open_card_move_down(open_map: Opener) -> None:
    window = open_map([feature(n, place=None if n % 3 == 0 else "Kyiv") for n in range(90)])
    unplaced = window.page.locator(".gm-item[aria-expanded]")
    unplaced.nth(1).click()
    window.page.wait_for_selector(".gm-list .gm-card")
    window.page.wait_for_timeout(200)
    boxes = "() => [...document.querySelectorAll('.gm-list > li')].map((li) => {"
    boxes += " const { top, bottom } = li.getBoundingClientRect(); return [top, bottom]; })"
    found = window.run(boxes)
    assert all(abs(one[1] - following[0]) < 1 for one, following in pairwise(found))
    window.run("() => { document.activeElement.blur(); geomap.app.panel.body.scrollTop = 1e9; }")
    window.page.wait_for_timeout(200)
    assert window.page.locator(".gm-list .gm-card").count() == 0
    window.run("() => { geomap.app.panel.body.scrollTop = 0; }")
    window.page.wait_for_selector(".gm-list .gm-card", state="attached")


def test_an_event_without_a_place_opens_in_the_list(open_map: Opener) -> None:
    window = open_map(story())
    window.entry(6).click()
    window.page.wait_for_selector(".gm-list .gm-card")
    card = " ".join(window.texts(".gm-list .gm-card"))
    assert "it is not on the map" in card
    assert window.page.locator(".gm-popup").count() == 0


def test_a_place_that_the_gazetteer_lacks_is_named(open_map: Opener) -> None:
    window = open_map([feature(0, place=None, mention="<b>Namtu"), feature(1)])
    said = "<b>Namtu (not in the gazetteer)"
    assert said in window.texts(".gm-item .gm-where")
    window.entry(0).click()
    window.page.wait_for_selector(".gm-list .gm-card")
    card = " ".join(window.texts(".gm-list .gm-card"))
    assert said in card
    assert "The text names a place that the gazetteer lacks" in card


def test_a_card_that_opens_at_the_end_of_the_list_is_in_sight(open_map: Opener) -> None:
    rows = range(40)
    window = open_map([feature(n, place=None) for n in rows], size=(1280, 700))
    window.entry(0).click()
    window.page.wait_for_selector(".gm-list .gm-card")
    assert window.page.locator(".gm-list .gm-cite").is_visible()
    bottom = "() => document.querySelector('.gm-list .gm-cite').getBoundingClientRect().bottom"
    window.page.wait_for_function(f"({bottom})() <= innerHeight")


def test_many_actors_are_shown_when_asked_for(open_map: Opener) -> None:
    names = [f"militia {n}" for n in range(9)]
    window = open_map([feature(0, actors=names), feature(1)])
    window.entry(0).click()
    more = window.page.get_by_role("button", name="and 3 more")
    more.wait_for()
    assert "militia 8" not in " ".join(window.texts(".gm-popup .gm-facts"))
    more.click()
    assert " · ".join(names) in " ".join(window.texts(".gm-popup .gm-facts"))


def test_further_reports_say_why_they_are_of_the_same_event(open_map: Opener) -> None:
    event = feature(0, reports=2)
    event["properties"]["reports"][1]["reason"] = "the same event: both in Baghdad"
    window = open_map([event])
    window.entry(0).click()
    window.page.locator(".gm-more summary").click()
    assert window.texts(".gm-report .gm-reason") == ["the same event: both in Baghdad"]


def test_a_phone_shows_the_map_above_a_sheet(open_map: Opener) -> None:
    window = open_map(features(200), size=(390, 844), has_touch=True, is_mobile=True)
    for folded in (True, False):
        panel = window.page.locator(".gm-panel").bounding_box()
        assert panel is not None
        assert panel["y"] >= 0.6 * 844 - 1
        assert window.run("() => document.body.classList.contains('gm-folded')") is folded
        assert window.run("() => document.documentElement.scrollWidth") <= 390
        window.page.get_by_label("Show or hide the list of events").click()
    window.page.locator(".gm-handle").click()
    window.page.locator(".gm-item").first.click()
    window.page.wait_for_selector(".gm-popup .gm-card")
    window.page.wait_for_timeout(400)
    box = window.page.locator(".gm-popup .leaflet-popup-content-wrapper").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] >= 0


def test_a_map_of_nothing_says_so(open_map: Opener) -> None:
    window = open_map([])
    assert window.texts(".gm-empty-title") == ["No events found"]
    assert "No events were found in these articles." in window.texts(".gm-none p")


def test_one_place_is_shown_with_its_surroundings(open_map: Opener) -> None:
    window = open_map([feature(0, place="Kyiv")])
    assert window.run("() => geomap.app.map.getZoom()") == 6
    center = window.run("() => geomap.app.map.getCenter()")
    assert center["lng"] == pytest.approx(PLACES["Kyiv"][0], abs=0.1)


def test_symbols_do_not_overlap_at_any_zoom(open_map: Opener) -> None:
    window = open_map(features(1500))
    for zoom in (2, 3, 4, 5, 6, 8):
        window.run("(z) => { geomap.app.map.setView([33, 44], z, { animate: false }); }", zoom)
        for a, b in combinations(window.symbols(), 2):
            reach = a["half"] + b["half"]
            if a["kind"] == b["kind"] == "point":
                assert math.hypot(a["x"] - b["x"], a["y"] - b["y"]) >= reach
            else:
                high = sum(12 if one["kind"] == "area" else one["half"] for one in (a, b))
                assert abs(a["x"] - b["x"]) >= reach or abs(a["y"] - b["y"]) >= high


def test_no_view_is_bare(open_map: Opener) -> None:
    window = open_map([feature(0, place="Mosul")])
    for zoom in range(2, 11):
        window.run(
            "(zoom) => { geomap.app.map.setView([36.3, 43.1], zoom, { animate: false }); }", zoom
        )
        drawn = window.run(
            """() => {
              const canvas = document.querySelector('.leaflet-geomap-areas-pane canvas');
              const { width, height } = canvas;
              const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
              let count = 0;
              for (let i = 3; i < data.length; i += 4) {
                count += data[i] > 200 ? 1 : 0;
              }
              return count;
            }"""
        )
        assert drawn > 500


def test_a_notebook_shows_the_map_in_a_frame(open_map: Opener, tmp_path: Path) -> None:
    import geomap

    own = geomap.map({"type": "FeatureCollection", "features": story()}, title='A "notebook"')
    folium.CircleMarker([20, 10], radius=12).add_to(own)
    path = tmp_path / "notebook.html"
    html = f'<!DOCTYPE html><meta charset="utf-8"><body>{own._repr_html_()}'
    path.write_text(html, encoding="utf-8")
    window = open_map([])
    page = window.page
    page.goto(path.as_uri())
    frame = page.frames[-1]
    frame.wait_for_selector("html[data-geomap=ready]", state="attached")
    assert frame.title() == 'A "notebook"'
    assert len(frame.evaluate("() => geomap.app.symbols()")) > 2
    frame.evaluate("() => geomap.app.map.setZoom(5)")
    page.wait_for_timeout(400)
    assert frame.locator("path.leaflet-interactive").count() == 1


def test_layers_of_folium_work_beside_the_events(open_map: Opener) -> None:
    def add(own: folium.Map) -> None:
        group = folium.FeatureGroup("My layer").add_to(own)
        marker = folium.CircleMarker([20, 10], radius=12, popup="<b>my popup</b>", fill=True)
        marker.add_to(group)
        folium.Marker([10, 10]).add_to(group)
        folium.LayerControl(collapsed=False).add_to(own)
        own.fit_bounds([[0, 0], [40, 40]])

    window = open_map(story(), change=add)
    assert "My layer" in "".join(window.texts(".leaflet-control-layers"))
    x, y = window.run(AT, [10, 20])
    window.page.mouse.click(x, y)
    window.page.wait_for_selector(".leaflet-popup-content b")
    assert window.texts(".leaflet-popup-content b") == ["my popup"]
    assert window.page.locator("img.leaflet-marker-icon").count() == 1
