"""The map's page as a file: what is in it, what is not, and that it is always the same."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_events import feature, features, story

from geomap.errors import GeomapError
from geomap.webmap import background, bundle, columns, event_map, look, page, plain

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


def rendered(collection: list[dict[str, Any]], **options: str) -> str:
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


@pytest.mark.parametrize(("count", "limit"), [(0, 650_000), (1_000, 800_000)])
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
