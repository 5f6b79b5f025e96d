"""The commands about places and gazetteers, and the options that choose them."""

from __future__ import annotations

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from geomap.cli import main
from geomap.cli_gazetteer import PLACE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

CSV = "NAME,X,Y,CODE\nKhirbat Zuhur,43.5,34.25,own:1\nBaghdad,44,33,own:2\n"
ARTICLE = " date 2024-05-08 A bomb exploded in Khirbat Zuhur, Iraq, on Tuesday.\n"
UNKNOWN = " date 2024-05-08 A bomb exploded in the village of Zuhurabad, Iraq, on Tuesday.\n"
COLUMNS = "name=NAME,lon=X,lat=Y,id=CODE"
BUILD = ["gazetteer", "build", "own.csv", "-o", "own", "--columns", COLUMNS]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder, with a table and an article, in which the program runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GEOMAP_GAZETTEER", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("own.csv").write_text(CSV, encoding="utf-8")
    Path("a.txt").write_text(ARTICLE, encoding="utf-8")
    Path("b.txt").write_text(UNKNOWN, encoding="utf-8")
    return tmp_path


def lines(capfd: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main([*arguments, "--format", "jsonl"]) == 0
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def ids(rows: list[dict[str, object]]) -> list[object]:
    return [row.get("id", row.get("place_id")) for row in rows]


# --- place --------------------------------------------------------------------------------------


def test_a_table_of_places_tells_whose_they_are(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["place", "Baghdad"]) == 0
    head, first, *_ = capfd.readouterr().out.splitlines()
    assert head.split() == list(PLACE_COLUMNS)
    assert first.split()[-2:] == ["geonames:98182", "GeoNames"]


def test_places_are_those_of_a_country(capfd: pytest.CaptureFixture[str]) -> None:
    rows = lines(capfd, "place", "Paris", "--country", "us")
    assert len(rows) > 3
    assert {row["country"] for row in rows} == {"US"}
    assert main(["place", "Baghdad", "--country", "AQ"]) == 0
    assert capfd.readouterr().err == "geomap: no place in AQ is called 'Baghdad'\n"


def test_a_similar_name_is_shown_as_such(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["place", "Bagdhad"]) == 0
    told = capfd.readouterr()
    assert told.err == "geomap: no place is called 'Bagdhad'; these have a similar name\n"
    assert told.out.splitlines()[1].startswith("Baghdad ")
    assert lines(capfd, "place", "Bagdhad")[0]["match"] == "similar"


def test_near_a_point_the_nearest_comes_first_with_its_distance(
    capfd: pytest.CaptureFixture[str],
) -> None:
    rows = lines(capfd, "place", "Paris", "--near=-95.5,33.7")
    distances = [row["distance_km"] for row in rows]
    assert (rows[0]["country"], rows[0]["admin1"]) == ("US", "Texas")
    assert distances == sorted(distances)  # type: ignore[type-var]
    first = distances[0]
    assert isinstance(first, float)
    assert 0 < first < 20
    assert main(["place", "Paris", "--near", "2.35,48.85"]) == 0
    head, nearest, *_ = capfd.readouterr().out.splitlines()
    assert head.split() == [*PLACE_COLUMNS, "distance_km"]
    assert float(nearest.split()[-1]) < 1


def test_places_are_geojson_if_asked(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["place", "Baghdad", "--format", "geojson", "--near", "44,33"]) == 0
    feature = json.loads(capfd.readouterr().out)["features"][0]
    assert feature["geometry"]["type"] == "Point"
    assert feature["properties"]["source"] == "GeoNames"
    assert feature["properties"]["distance_km"] > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["place", "Paris", "--near", "north"],
        ["place", "Paris", "--near", "1"],
        ["place", "Paris", "--near", "nan,1"],
        ["place", "Paris", "--near", "1,91"],
        ["place", "Paris", "--country", "France"],
        ["place", "Paris", "--country", "1!"],
        ["gazetteer"],
        ["gazetteer", "build", "own.csv"],
        ["gazetteer", "nonsense"],
        ["toponyms", "a.txt", "--geocoder", "nonsense"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


# --- gazetteer ----------------------------------------------------------------------------------


def test_an_own_gazetteer_stands_in_place_of_the_bundled_or_over_it(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(BUILD) == 0
    assert capfd.readouterr() == ("", "geomap: own: 2 places, 2 names\n")
    chosen = ("--gazetteer", "own")
    assert ids(lines(capfd, "place", "Baghdad", *chosen)) == ["own:2"]
    over = ids(lines(capfd, "place", "Baghdad", *chosen, "--over"))
    assert over[:2] == ["own:2", "geonames:98182"]
    monkeypatch.setenv("GEOMAP_GAZETTEER", "own")
    assert ids(lines(capfd, "place", "Baghdad")) == ["own:2"]
    assert ids(lines(capfd, "place", "Baghdad", "--over")) == over
    assert "own:2" not in ids(lines(capfd, "place", "Baghdad", "--gazetteer", "bundled"))
    monkeypatch.setenv("GEOMAP_GAZETTEER", f"own{os.pathsep}bundled")
    assert ids(lines(capfd, "place", "Baghdad")) == over


def test_articles_are_mapped_with_an_own_gazetteer(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(BUILD) == 0
    capfd.readouterr()
    chosen = ("--gazetteer", "own", "--over")
    assert "own:1" in ids(lines(capfd, "toponyms", "a.txt", *chosen))
    events = lines(capfd, "events", "a.txt", *chosen)
    assert [event["place_id"] for event in events] == ["own:1"]
    assert main(["map", "a.txt", "-o", "map.html", *chosen]) == 0
    assert "Khirbat Zuhur" in Path("map.html").read_text(encoding="utf-8")


def test_info_tells_what_a_gazetteer_holds_and_from_where(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main([*BUILD, "--license", "CC0 1.0"]) == 0
    capfd.readouterr()
    (own,) = lines(capfd, "gazetteer", "info", "--gazetteer", "own")
    assert (own["places"], own["names"], own["kinds"]) == (2, 2, {"city": 2})
    assert own["sources"] == {"own.csv": "CC0 1.0"}
    both = lines(capfd, "gazetteer", "info", "--gazetteer", "own", "--over")
    assert both[0] == own
    assert "GeoNames" in json.dumps(both[1]["sources"])
    assert main(["gazetteer", "info"]) == 0
    out = capfd.readouterr().out
    assert all(word in out for word in ("format", "places", "kinds: city", "CC BY 4.0"))


def test_a_broken_table_is_named_with_its_line_and_the_old_gazetteer_stays(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(BUILD) == 0
    Path("own.csv").write_text(CSV + "Nowhere,x,1,own:3\n", encoding="utf-8")
    capfd.readouterr()
    assert main(BUILD) == 1
    assert capfd.readouterr() == ("", "geomap: own.csv:4: lon 'x' is no number\n")
    assert ids(lines(capfd, "place", "Baghdad", "--gazetteer", "own")) == ["own:2"]


def test_a_gazetteer_that_is_missing_or_damaged_is_named(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["place", "Paris", "--gazetteer", "nowhere"]) == 2
    assert "no folder 'nowhere'" in capfd.readouterr().err
    assert main(["place", "Paris", "--over"]) == 2
    assert "--over needs --gazetteer" in capfd.readouterr().err
    assert main(BUILD) == 0
    places = Path("own/places.bin")
    places.write_bytes(places.read_bytes()[:-1] + b"\x07")
    assert main(["gazetteer", "info", "--gazetteer", "own"]) == 1
    assert "the checksum differs" in capfd.readouterr().err


# --- a service ----------------------------------------------------------------------------------


class Nominatim(BaseHTTPRequestHandler):
    """Answers for one name, as Nominatim does, and keeps what it was asked."""

    asked: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        name = parse_qs(urlsplit(self.path).query)["q"][0]
        self.asked.append((name, self.headers["User-Agent"]))
        place = {"display_name": name, "lat": "34.25", "lon": "43.5", "name": name}
        more = {"osm_type": "node", "osm_id": 7, "address": {"country_code": "iq"}}
        body = json.dumps([place | more] if name == "Zuhurabad" else []).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    """Return the address of a service on this machine."""
    Nominatim.asked = []
    with HTTPServer(("127.0.0.1", 0), Nominatim) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_service_is_asked_for_names_that_the_gazetteer_lacks_and_for_no_other(
    service: str, capfd: pytest.CaptureFixture[str]
) -> None:
    asking = ("--geocoder", "nominatim", "--user-agent", "tests", "--geocoder-url", service)
    for _ in range(2):
        rows = lines(capfd, "toponyms", "b.txt", *asking)
        assert {row["text"]: row["place_id"] for row in rows} == {
            "Zuhurabad": "osm:node/7",
            "Iraq": "geonames:99237",
        }
    assert Nominatim.asked == [("Zuhurabad", "tests")], "the second answer is kept on disk"
    assert Path("cache/geomap/geocoder.sqlite").is_file()


def test_no_service_is_asked_unless_one_is_chosen(
    service: str, capfd: pytest.CaptureFixture[str]
) -> None:
    lines(capfd, "toponyms", "b.txt", "--user-agent", "tests", "--geocoder-url", service)
    assert Nominatim.asked == []


def test_a_service_that_fails_is_named_and_the_rest_is_done(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geomap.geocoders._RETRIES", 0)
    asking = ["--geocoder", "photon", "--user-agent", "t", "--geocoder-url", "http://127.0.0.1:9"]
    assert main(["toponyms", "b.txt", *asking, "--format", "jsonl"]) == 1
    out, err = capfd.readouterr()
    assert "Iraq" in out
    assert "did not answer for 'Zuhurabad'" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--geocoder", "nominatim"], "--geocoder nominatim needs --user-agent TEXT"),
        (["--geocoder", "photon", "--user-agent", " "], "needs --user-agent"),
        (
            ["--geocoder", "photon", "--user-agent", "t", "--geocoder-url", "ftp://x"],
            "should begin with http:// or https://",
        ),
    ],
)
def test_a_service_without_what_it_needs_is_wrong_usage(
    arguments: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["events", "b.txt", *arguments]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert message in err
