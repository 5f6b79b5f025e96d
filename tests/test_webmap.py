"""The map's page as a file: what is in it, what is not, and that it is always the same."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_events import PLACES, feature, features, story

from geomap.errors import GeomapError
from geomap.webmap import background, basemap, bundle, columns, event_map, look, page, plain

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "{{7*7}}",
    "{% x %}",
    "{# x #}",
    "<script>window.pwned = 1</script>",
    "</script><script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    "${window.pwned = 1}",
    "`back` \"double\" 'single' \\ slash",
    "\u202eright to left\u202c \u200f mark",
    "\ud83d lone surrogate",
    "\u2028 line separator \0 null",
    "<!-- comment <script>",
    "]]> &amp; &lt;",
)


class Reader(HTMLParser):
    """Collects the page's scripts, addresses, title and policy as a browser sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.addresses: list[str] = []
        self.policy = ""
        self.title = ""
        self.handlers: list[str] = []
        self.open: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.open = tag
        self.handlers += [name for name in known if name.startswith("on")]
        self.addresses += [known[key] or "" for key in ("src", "href", "data") if key in known]
        if tag == "script":
            self.scripts.append((known, ""))
        if tag == "meta" and known.get("http-equiv") == "Content-Security-Policy":
            self.policy = known["content"] or ""

    def handle_endtag(self, _tag: str) -> None:
        self.open = None

    def handle_data(self, data: str) -> None:
        if self.open == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)
        if self.open == "title":
            self.title += data

    def code(self) -> list[str]:
        return [text for attributes, text in self.scripts if "type" not in attributes]

    def blob(self, name: str) -> Any:
        (text,) = [text for attributes, text in self.scripts if attributes.get("id") == name]
        return columns.unpack(text)


def rendered(collection: list[dict[str, Any]], **options: Any) -> str:
    text: str = event_map(collection, **options).get_root().render()
    return text


def hostile_feature(text: str) -> dict[str, Any]:
    keys = ("place", "country", "admin1", "role", "origin", "mention", "reason", "article_id")
    made = feature(
        1,
        quote=f"{text} riot {text}",
        kind="riot",
        title=text,
        url=text,
        actors=[text],
        targets=[text],
        origin_lon=1.0,
        origin_lat=2.0,
        counts={text: [1, 2]},
    )
    made["properties"] |= dict.fromkeys(keys, text)
    return made


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_data_as_written_and_never_code(text: str) -> None:
    html = rendered([hostile_feature(text)], title=text, subtitle=text)
    plain_page = Reader(rendered([feature(1)], title="plain", subtitle="plain"))
    seen = Reader(html)
    assert seen.code() == plain_page.code()
    assert seen.handlers == []
    core, words = seen.blob("geomap-core"), seen.blob("geomap-text")
    assert core["title"] == core["subtitle"] == text
    assert core["columns"]["place"]["values"][0][2] == text
    assert core["columns"]["origin"]["values"][0][0] == text
    assert core["columns"]["actors"]["values"] == [[text]]
    assert words["reports"]["quote"]["values"] == [f"{text} riot {text}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_title_is_shown_as_written(text: str) -> None:
    seen = Reader(rendered([], title=text))
    shown = text.replace("\ud83d", "\ufffd").replace("\0", "\ufffd")
    assert seen.title == shown


@given(st.text(st.characters(), max_size=40))
def test_any_text_survives_packing(text: str) -> None:
    assert columns.unpack(columns.pack([text])) == [text]


def test_the_same_events_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        event_map(features(50), title="T").save(tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_rendering_twice_changes_nothing() -> None:
    figure = event_map(features(5)).get_root()
    assert figure.render() == figure.render()


def test_the_policy_names_each_script_and_allows_nothing_else() -> None:
    seen = Reader(rendered(story()))
    listed = re.findall(r"'sha256-[^']+'", seen.policy)
    assert listed == list(dict.fromkeys(map(page.script_hash, seen.code())))
    directives = dict(part.strip().split(" ", 1) for part in seen.policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == " ".join(listed)
    assert "connect-src" not in directives


def test_nothing_is_loaded_from_elsewhere() -> None:
    seen = Reader(rendered(features(20)))
    assert seen.addresses == []
    styles = re.findall(r"url\(([^)]*)\)", bundle.style())
    assert {address.partition(",")[0] for address in styles} == {
        "#default#VML",
        "data:image/png;base64",
    }


def test_no_name_is_drawn_by_chance() -> None:
    assert not re.search(r"\b[0-9a-f]{32}\b", rendered(story()))


def test_the_map_is_a_folium_map_that_takes_other_layers() -> None:
    own = event_map(story())
    group = folium.FeatureGroup("Mine").add_to(own)
    folium.CircleMarker([33, 44], popup="a popup", tooltip="a tooltip").add_to(group)
    folium.LayerControl().add_to(own)
    seen = Reader(own.get_root().render())
    assert isinstance(own, folium.Map)
    assert "L.circleMarker" in seen.code()[-1]
    assert page.script_hash(seen.code()[-1]) in seen.policy


def test_an_added_tile_layer_may_load_its_images_and_no_other() -> None:
    own = event_map([])
    folium.TileLayer("https://{s}.tiles.example.org/{z}/{x}/{y}.png", attr="A").add_to(own)
    policy = Reader(own.get_root().render()).policy
    assert "img-src data: https://*.tiles.example.org;" in policy


def test_another_map_of_folium_keeps_its_own_scripts() -> None:
    before = list(folium.Map.default_js)
    event_map([]).get_root().render()
    assert folium.Map.default_js == before
    assert before


def test_a_fixed_view_is_left_alone() -> None:
    own = event_map(story())
    assert "{ fit: true }" in own.get_root().render()
    own.fit_bounds([[30, 40], [35, 45]])
    assert "{ fit: false }" in own.get_root().render()


def test_saving_leaves_no_draft_behind(tmp_path: Path) -> None:
    event_map([]).save(str(tmp_path / "map.html"))
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_a_map_can_be_written_to_an_open_file(tmp_path: Path) -> None:
    stream = io.BytesIO()
    event_map([]).save(stream, close_file=False)
    event_map([]).save(tmp_path / "map.html")
    assert stream.getvalue() == (tmp_path / "map.html").read_bytes()


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        event_map([]).save(tmp_path / "missing" / "map.html")


@pytest.mark.parametrize(("count", "limit"), [(0, 560_000), (1_000, 790_000)])
def test_the_file_stays_within_its_budget(count: int, limit: int) -> None:
    assert len(rendered(features(count)).encode()) <= limit


def test_another_leaflet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bundle.leaflet_file.cache_clear()
    monkeypatch.setitem(bundle.LEAFLET_SHA256, "leaflet.css", "0" * 64)
    with pytest.raises(GeomapError, match=r"XStatic-Leaflet==1\.9\.3\.0"):
        bundle.leaflet_file("leaflet.css")


OWN_KEYS = {"confidence", "reason"}
"""What an incident has beside what its reports have under the same name."""


def read_back(blobs: Reader) -> list[dict[str, Any]]:
    """Put the Features' properties together again from the two blobs."""
    core, words = blobs.blob("geomap-core"), blobs.blob("geomap-text")

    def column(table: dict[str, Any], key: str, row: int) -> Any:
        return table[key]["values"][table[key]["index"][row]]

    def report(row: int) -> dict[str, Any]:
        own = {key: column(words["reports"], key, row) for key in columns.EVIDENCE_KEYS}
        article = column(words["reports"], "article", row)
        return own | dict(zip(columns.ARTICLE_KEYS, article, strict=True))

    result = []
    for row in range(core["count"]):
        place = column(core["columns"], "place", row) or [None] * (len(columns.PLACE_KEYS) + 2)
        origin = column(core["columns"], "origin", row) or [None] * 3
        first, last = words["first"][row : row + 2]
        reports = [report(n) for n in range(first, last)]
        result.append(
            {key: column(core["columns"], key, row) for key in columns.CORE_KEYS}
            | {key: column(words["columns"], key, row) for key in columns.TEXT_KEYS}
            | dict(zip(columns.PLACE_KEYS, place[2:], strict=True))
            | dict(zip(("origin", "origin_lon", "origin_lat"), origin, strict=True))
            | {key: value for key, value in reports[0].items() if key not in OWN_KEYS}
            | {"reports": reports}
        )
    return result


def test_nothing_known_of_an_event_is_lost() -> None:
    collection = [*features(60), feature(1, confidence=0.5, reason="merged of two", reports=2)]
    wanted = [one["properties"] for one in collection]
    assert read_back(Reader(rendered(collection))) == wanted


def test_equal_values_are_stored_once() -> None:
    column = columns.intern([1, True, 1, "1", None, [1], [1]])
    assert column == {"values": [1, True, "1", None, [1]], "index": [0, 1, 0, 2, 3, 4, 4]}


def test_a_small_map_has_a_table_for_browsers_without_scripts() -> None:
    collection = [hostile_feature("<b>{{7*7}}</b>")]
    table = plain.table(collection, look.words("en"), title="<i>")
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt; riot" in table
    assert "<b>" not in table
    assert "<i>" not in table
    assert plain.table([], look.words("en"), title="") == ""
    assert plain.table(features(plain.LARGEST + 1), look.words("en"), title="") == ""


def test_a_province_is_drawn_by_its_outline_where_one_is_known() -> None:
    ring = [(10.0, 50.0), (10.0012, 50.0), (10.0, 50.01), (10.0, 50.0)]
    assert background.outlines([None]) == {}
    assert background.flat(ring) == [10000, 50000, 1, 0, -1, 10, 0, -10]


def decoded(data: bytes) -> tuple[dict[str, Any], list[list[tuple[int, int]]]]:
    """Read a map's background as the page does."""
    length = int.from_bytes(data[:4], "little")
    header, at = json.loads(data[4 : 4 + length]), 4 + length

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte, at = data[at], at + 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    arcs = []
    for _ in range(header["arcs"]):
        steps = [[(n >> 1) ^ -(n & 1) for n in (number(), number())] for _ in range(number())]
        arcs.append([*accumulate(map(tuple, steps), lambda a, b: (a[0] + b[0], a[1] + b[1]))])
    assert at == len(data)
    return header, arcs


SPOTS: dict[str, list[basemap.Spot]] = {
    "no events": [],
    "one city": [(44.4, 33.3, "city", 1)],
    "a country": [(44.0, 33.0, "country", 3)],
    "at the edge": [(179.9, -16.5, "city", 1), (-180.0, 90.0, "point", 1)],
    "everywhere": [(x, y, "city", 1) for x in range(-178, 180, 6) for y in range(-58, 70, 6)],
}


@pytest.mark.parametrize("spots", SPOTS.values(), ids=SPOTS)
def test_every_ring_of_the_background_is_closed(spots: list[basemap.Spot]) -> None:
    header, arcs = decoded(basemap.background(spots))
    rings = [ring for one in header["countries"] for rings in one["polygons"] for ring in rings]
    shores = [[n] for lake in header["lakes"] for n in lake]
    for ring in (*rings, *shores):
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]
        for part, following in pairwise([*parts, parts[0]]):
            ends, starts = part[-1], following[0]
            on_edge = {0, 99_999} >= {ends[0], starts[0]} or ends[1] == starts[1] == 0
            assert ends == starts or on_edge


def test_the_background_is_exact_near_the_events_and_nowhere_else() -> None:
    _, far = decoded(basemap.background([]))
    header, near = decoded(basemap.background(SPOTS["one city"]))
    (sx, sy), (tx, ty) = header["scale"], header["translate"]
    new = {point for arc in near for point in arc} - {point for arc in far for point in arc}
    assert len(new) > 2_000
    for x, y in new:
        assert abs(x * sx + tx - 44.4) < 15.1
        assert abs(y * sy + ty - 33.3) < 15.1


def test_a_background_stays_small_however_many_places_there_are() -> None:
    everywhere = columns.pack_bytes(basemap.background(SPOTS["everywhere"]))
    assert len(everywhere) < 2 * len(columns.pack_bytes(basemap.background([])))


def test_rivers_and_provinces_are_where_the_events_are() -> None:
    plain_header, _ = decoded(basemap.background([]))
    header, arcs = decoded(basemap.background(SPOTS["one city"]))
    for kind in ("rivers", "provinces"):
        first, *ranks = header[kind]
        assert len(header[kind]) > len(plain_header[kind]) > 100
        assert all(len(arc) > 1 for arc in arcs[first : first + len(ranks)])


def test_a_close_view_of_any_event_has_towns_however_many_events_there_are() -> None:
    places = columns.core(features(300), title="", subtitle="")["columns"]["place"]["values"]
    cities = background.nearby_cities(places)
    towns = list(zip(cities["lon"], cities["lat"], strict=True))
    for name in ("Lviv", "Mosul", "Dresden", "Lima", "Manila"):
        lon, lat = PLACES[name][:2]
        assert sum(abs(x - lon) < 0.9 and abs(y - lat) < 0.6 for x, y in towns) >= 4, name
    assert len(towns) < 2_100
