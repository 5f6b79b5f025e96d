"""Incidents as files: every format the same rows, safe to open, never half-written."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import geopandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap import export
from geomap.errors import ExportError, OptionError
from geomap.export import SUFFIXES, to_csv, to_geodataframe, to_geojson, to_jsonl, write
from geomap.model import (
    Candidate,
    Count,
    Event,
    Incident,
    LinkedEvent,
    Mention,
    Participant,
    Place,
    Reference,
    Span,
    Toponym,
    When,
)
from geomap.records import record
from geomap.rows import COLUMNS, candidate_row, incident_row

ERBIL = Place("geonames:95446", "Erbil", 44.00911, 36.19257, "PPLA", "IQ", "Erbil", 932800, 12.5)
TEXT = "A bomb killed three people in Erbil on Tuesday."
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "{{7*7}}", "<b>", "\x9b31m", "")


def report(quote: str = TEXT, title: str = "Bomb in Erbil") -> LinkedEvent:
    toponym = Toponym(Span(30, 35), "Erbil", "place", 0.9)
    return LinkedEvent(
        id="report",
        event=Event("bombing", Span(2, 6), Span(0, len(TEXT)), "happened", 0.9),
        article=Reference("article", title, "https://news.example/1", date(2024, 5, 8)),
        trigger="bomb",
        quote=quote,
        mention=Mention(toponym, ERBIL, 0.9),
        role="site",
        origin=None,
        when=When(date(2024, 5, 7), date(2024, 5, 7), "day"),
        counts=(Count("killed", 3, 3, Span(7, 26)),),
        participants=(Participant("target", "three people", Span(14, 26)),),
        score=0.9,
        reason="in the same sentence",
    )


def incident(quote: str = TEXT, title: str = "Bomb in Erbil", **changes: object) -> Incident:
    """Return an incident with one report, and what the test changes of it."""
    first = report(quote, title)
    whole = Incident(
        id="incident",
        type="bombing",
        status="happened",
        place=ERBIL,
        role="site",
        origin=None,
        when=first.when,
        reports=(first,),
        score=0.9,
        reason="one report",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


NOWHERE = incident(id="nowhere", place=None, when=None)
BOTH = (incident(), NOWHERE)


def read_back(path: Path) -> geopandas.GeoDataFrame:
    if path.suffix == ".parquet":
        return geopandas.read_parquet(path)
    return geopandas.read_file(path)


def test_geojson_is_what_rfc_7946_asks_for() -> None:
    collection = json.loads(to_geojson(BOTH))
    here, nowhere = collection["features"]
    assert here["geometry"] == {"type": "Point", "coordinates": [44.00911, 36.19257]}
    assert nowhere["geometry"] is None
    assert here["properties"]["place"] == "Erbil"
    assert "crs" not in collection


def test_geojson_ends_with_a_line_and_has_a_feature_a_line() -> None:
    text = to_geojson(BOTH)
    assert text.endswith("]}\n")
    first, *features, last = text.splitlines()
    assert [json.loads(line.rstrip(","))["type"] for line in features] == ["Feature"] * 2
    assert (first[-1], last) == ("[", "]}")


@pytest.mark.parametrize("text", ["Kōbe", "{{7*7}}", "a\u2028b", "\x9b31m", "\ud800", '"\\'])
def test_json_gives_every_text_back_and_is_utf_8(text: str) -> None:
    made = to_geojson([incident(title=text)])
    made.encode()
    assert json.loads(made)["features"][0]["properties"]["article_title"] == text
    line = to_jsonl([incident(title=text)])
    assert json.loads(line)["article_title"] == text
    assert line.count("\n") == len(line.splitlines()) == 1


def test_json_admits_no_number_that_is_none() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        export.dumps(float("nan"))


def test_jsonl_and_csv_and_frame_have_the_same_columns() -> None:
    rows = [json.loads(line) for line in to_jsonl(BOTH).splitlines()]
    frame = to_geodataframe(BOTH)
    table = list(csv.DictReader(io.StringIO(to_csv(BOTH))))
    assert [*frame.columns.drop("geometry")] == [*rows[0]] == [*rows[1]] == [*table[0]]
    assert [row["id"] for row in table] == [row["id"] for row in rows] == [*frame["id"]]


def test_the_columns_are_the_properties_with_the_point() -> None:
    assert set(COLUMNS) == set(record(incident())) | {"lon", "lat"}
    assert list(incident_row(incident())) == list(COLUMNS)


def test_columns_keep_their_types_when_they_are_empty() -> None:
    assert dict(to_geodataframe([]).dtypes) == dict(to_geodataframe(BOTH).dtypes)


def test_columns_are_the_same_without_incidents() -> None:
    columns = list(COLUMNS)
    assert to_csv([]) == ",".join(columns) + "\r\n"
    assert [*to_geodataframe([]).columns] == [*columns, "geometry"]
    assert to_jsonl([]) == ""
    assert json.loads(to_geojson([])) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_runs_nothing_that_came_from_an_article(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(to_csv([incident(title=text)]), newline=""))
    assert not row["article_title"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert row["article_title"].removeprefix("'") == text


def test_csv_leaves_numbers_alone_and_writes_lists_as_json() -> None:
    west = replace(ERBIL, lon=-77.03, lat=-1.5)
    (row,) = csv.DictReader(io.StringIO(to_csv([incident(place=west)])))
    assert (row["lon"], row["lat"]) == ("-77.03", "-1.5")
    assert json.loads(row["counts"]) == record(incident())["counts"]


@given(st.text(), st.text())
def test_csv_gives_back_every_text_that_is_no_formula(quote: str, title: str) -> None:
    made = to_csv([incident(quote=quote, title=title)])
    (row,) = csv.DictReader(io.StringIO(made, newline=""))
    assert row["quote"] in (quote, f"'{quote}")
    assert row["article_title"] in (title, f"'{title}")


def test_the_frame_is_in_degrees_with_a_row_an_incident() -> None:
    frame = to_geodataframe(BOTH)
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == 2
    assert (frame.geometry.iloc[0].x, frame.geometry.iloc[0].y) == (44.00911, 36.19257)
    assert frame.geometry.iloc[1] is None


@pytest.mark.parametrize("incidents", [BOTH, (NOWHERE,), ()], ids=["both", "nowhere", "none"])
@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".fgb"])
def test_files_are_read_by_others_as_the_same_rows(
    tmp_path: Path, suffix: str, incidents: tuple[Incident, ...]
) -> None:
    path = tmp_path / f"out{suffix}"
    write(incidents, path)
    frame = read_back(path)
    assert [*frame["id"]] == [each.id for each in incidents] if incidents else len(frame) == 0
    points = [None if point is None else (point.x, point.y) for point in frame.geometry]
    assert points == [each.place and (each.place.lon, each.place.lat) for each in incidents]


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb"])
def test_lists_are_json_where_cells_hold_none(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    write(BOTH, path)
    assert json.loads(read_back(path)["counts"].iloc[0]) == record(incident())["counts"]


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".parquet"])
def test_the_same_incidents_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    for name in ("a", "b"):
        write(BOTH, tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".parquet"])
@pytest.mark.parametrize("text", ["\ud800", "\0", "\x1b", "\N{GRINNING FACE}"])
def test_no_text_stops_a_format(tmp_path: Path, suffix: str, text: str) -> None:
    write([incident(title=f"a{text}b")], tmp_path / f"out{suffix}")


def test_parquet_is_written_where_pyarrow_is_and_refused_where_not(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    if find_spec("pyarrow"):
        write(BOTH, path)
        assert len(read_back(path)) == 2
    else:
        with pytest.raises(OptionError, match="pyarrow"):
            write(BOTH, path)
        assert not path.exists()


@pytest.mark.parametrize("name", ["out.shp", "out", "out.GeoJSON.bak"])
def test_an_unknown_suffix_is_refused_with_those_allowed(tmp_path: Path, name: str) -> None:
    with pytest.raises(OptionError) as caught:
        write(BOTH, tmp_path / name)
    assert all(suffix in str(caught.value) for suffix in SUFFIXES)
    assert list(tmp_path.iterdir()) == []


def test_a_suffix_counts_in_any_case_and_can_be_given(tmp_path: Path) -> None:
    write(BOTH, tmp_path / "a.GeoJSON")
    write(BOTH, str(tmp_path / "b.txt"), suffix=".geojson")
    assert (tmp_path / "a.GeoJSON").read_bytes() == (tmp_path / "b.txt").read_bytes()


def test_a_failure_leaves_the_file_before_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.geojson"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(ValueError, match="not JSON compliant"):
        write([incident(score=float("nan"))], path)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".parquet"])
def test_a_file_before_is_replaced_whole(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_text("before" * 10_000, encoding="utf-8")
    write(BOTH, path)
    write(BOTH, tmp_path / f"new{suffix}")
    assert path.read_bytes() == (tmp_path / f"new{suffix}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_link_goes_on_leading_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "out.geojson").symlink_to(tmp_path / "far" / "real.geojson")
    write(BOTH, tmp_path / "out.geojson")
    assert (tmp_path / "out.geojson").is_symlink()
    assert (tmp_path / "far" / "real.geojson").stat().st_size > 0


def test_a_device_is_written_to_and_not_replaced() -> None:
    write(BOTH, "/dev/null", suffix=".csv")
    assert not Path("/dev/null").is_file()


def test_a_file_is_readable_for_others_as_files_are(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write(BOTH, tmp_path / "out.csv")
    finally:
        os.umask(before)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".parquet"])
def test_what_cannot_be_written_is_named(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ExportError, match="no such file"):
        write(BOTH, tmp_path / "nowhere" / f"out{suffix}")
    (tmp_path / f"folder{suffix}").mkdir()
    with pytest.raises(ExportError, match=f"folder{suffix}: is a directory"):
        write(BOTH, tmp_path / f"folder{suffix}")


def test_a_candidate_tells_what_the_place_is_and_how_the_name_belongs() -> None:
    row = candidate_row("hawler", Candidate(ERBIL, "alternate"))
    assert (row["query"], row["name"], row["kind"], row["match"]) == (
        *("hawler", "Erbil", "city"),
        "alternate",
    )
