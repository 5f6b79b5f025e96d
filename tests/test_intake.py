"""Events made elsewhere: what a map takes, what it asks for, what it makes of bad cells."""

from __future__ import annotations

import json
from typing import Any

import folium
import geopandas
import pandas as pd
import pytest
import shapely
from synthetic_events import feature, features

import geomap
from geomap.errors import OptionError
from geomap.webmap import columns
from geomap.webmap.intake import features_of


def frame(rows: list[dict[str, Any]], **options: Any) -> geopandas.GeoDataFrame:
    points = [shapely.Point(44.4, 33.3)] * len(rows)
    return geopandas.GeoDataFrame(rows, geometry=points, crs=options.pop("crs", "EPSG:4326"))


def test_what_was_exported_comes_back_as_it_was() -> None:
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features(20)}
    back = features_of(json.loads(json.dumps(collection)))
    for ours, theirs in zip(back, collection["features"], strict=True):
        known = theirs["properties"]
        assert {key: ours["properties"][key] for key in known} == known
        assert ours["geometry"] == theirs["geometry"]


def test_a_frame_of_the_exporter_maps_like_the_incidents(tmp_path: Any) -> None:
    incidents = geomap.incidents("seeds/")
    frame = geomap.to_geodataframe(incidents)
    geomap.map(frame).save(tmp_path / "frame.html")
    found = features_of(frame)
    wanted = features_of(incidents)
    assert len(found) == len(wanted)
    for a, b in zip(found, wanted, strict=True):
        shared = set(b["properties"]) - {"confidence", "reports"}
        assert {key: a["properties"][key] for key in shared} == {
            key: b["properties"][key] for key in shared
        }
        assert len(a["properties"]["reports"]) == len(b["properties"]["reports"])


def test_two_columns_are_enough() -> None:
    (one,) = features_of(frame([{"id": 7, "type": "flood"}]))
    known = one["properties"]
    assert (known["id"], known["group"], known["status"]) == ("7", "disaster", "happened")
    assert (known["lon"], known["lat"], known["level"]) == (44.4, 33.3, "site")
    assert "</html>" in geomap.map(frame([{"id": 7, "type": "flood"}])).get_root().render()


@pytest.mark.parametrize("name", ["id", "type"])
def test_a_column_that_is_needed_is_named(name: str) -> None:
    table = frame([{"id": "1", "type": "flood"}]).drop(columns=name)
    with pytest.raises(OptionError, match=f"no column '{name}'"):
        geomap.map(table)
    with pytest.raises(OptionError, match=f"no column '{name}'"):
        geomap.map(json.loads(table.to_json(drop_id=True)))


def test_an_empty_frame_is_an_empty_map() -> None:
    table = frame([{"id": "1", "type": "flood"}]).iloc[:0]
    assert features_of(table) == []


@pytest.mark.parametrize("given", [{"type": "Feature"}, {}, {"type": "Point"}])
def test_what_is_no_collection_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match="no FeatureCollection"):
        geomap.map(given)


def test_places_off_the_globe_are_refused() -> None:
    one = feature(0)
    one["geometry"]["coordinates"] = [4440.09, 33.34]
    with pytest.raises(OptionError, match="no longitude and latitude"):
        geomap.map({"type": "FeatureCollection", "features": [one]})


def test_other_coordinates_become_degrees() -> None:
    (one,) = features_of(frame([{"id": "1", "type": "riot"}]).to_crs(3857))
    assert one["geometry"]["coordinates"] == pytest.approx([44.4, 33.3])


def test_a_shape_becomes_a_point_inside_it() -> None:
    square = shapely.box(10, 50, 12, 52)
    table = geopandas.GeoDataFrame([{"id": "1", "type": "riot"}], geometry=[square], crs=4326)
    (one,) = features_of(table)
    assert square.contains(shapely.Point(one["geometry"]["coordinates"]))


@pytest.mark.parametrize(
    ("column", "value", "wanted"),
    [
        ("actors", '["police", "army"]', ["police", "army"]),
        ("actors", "police", ["police"]),
        ("actors", float("nan"), []),
        ("actors", 5, []),
        ("counts", '{"injured": [3, null]}', {"injured": [3, None]}),
        ("counts", {"injured": ["x"]}, {"injured": [None, None]}),
        ("counts", "many", {}),
        ("reports", '[1, {"quote": 5}]', [{"quote": "5"}]),
        ("quote_start", 3.0, 3),
        ("fatalities_min", "x", None),
        ("confidence", float("inf"), 1.0),
        ("date_start", pd.Timestamp("2020-01-02"), "2020-01-02"),
        ("date_start", pd.NaT, None),
        ("place", 5, "5"),
    ],
)
def test_cells_become_what_the_map_reads(column: str, value: Any, wanted: Any) -> None:
    table = frame([{"id": "1", "type": "riot"}])
    table[column] = pd.Series([value], dtype="object")
    (one,) = features_of(table)
    assert one["properties"][column] == wanted
    columns.pack(columns.core([one], title="", subtitle=""))
    columns.pack(columns.text([one]))


def test_a_frame_with_other_columns_is_a_map_of_folium_that_takes_its_layers() -> None:
    table = frame([{"id": "a", "type": "riot", "my_note": "<b>seen</b>", "score": 3.5}])
    own = geomap.map(table, title="Elsewhere")
    folium.Marker([33, 44], popup="mine").add_to(own)
    folium.GeoJson(table[["geometry"]].to_json(), name="mine too").add_to(own)
    folium.LayerControl().add_to(own)
    assert isinstance(own, folium.Map)
    html = own._repr_html_()
    assert html.count("<iframe srcdoc=") == 1
    assert "L.marker(" in html
    assert "L.geoJson(" in html
    shown = columns.text(features_of(table))["columns"]
    assert shown["my_note"]["values"] == ["<b>seen</b>"]
    assert shown["score"]["values"] == [3.5]


def test_incidents_are_a_map_of_folium_that_a_notebook_shows() -> None:
    own = geomap.map(geomap.incidents("seeds/"))
    assert isinstance(own, folium.Map)
    assert own._repr_html_().startswith("<div")
