"""The five lines of Python that the README promises, and what goes wrong in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
import geopandas
import pytest

import geomap

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = " date 2024-05-08 A bomb exploded in Mosul, Iraq, on Tuesday, killing three people.\n"


def test_five_lines_give_a_frame_and_a_map(root: Path, tmp_path: Path) -> None:
    incidents = geomap.incidents(root / "seeds")
    frame = geomap.to_geodataframe(incidents)
    geomap.map(incidents).save(str(tmp_path / "map.html"))
    assert isinstance(frame, geopandas.GeoDataFrame)
    assert len(frame) == len(incidents) > 0
    assert "</html>" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_map_takes_folium_layers_and_a_title(tmp_path: Path) -> None:
    drawn = geomap.map([], title="Nothing yet")
    assert isinstance(drawn, folium.Map)
    folium.CircleMarker((36.3, 43.1)).add_to(drawn)
    drawn.save(str(tmp_path / "map.html"))
    assert "<title>Nothing yet</title>" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_incidents_of_a_single_file_and_of_several_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    assert geomap.incidents(str(path)) == geomap.incidents([path]) != ()


def test_a_bad_source_raises_or_is_handed_over(tmp_path: Path) -> None:
    with pytest.raises(geomap.SourceError, match=r"gone\.txt: no such file"):
        geomap.incidents("gone.txt")
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    errors: list[geomap.SourceError] = []
    assert geomap.incidents(["gone.txt", tmp_path], on_error=errors.append)
    assert [error.source for error in errors] == ["gone.txt"]


def test_a_pipeline_of_ones_own_is_used(tmp_path: Path) -> None:
    class NoPlaces:
        """A geocoder that knows no place."""

        def candidates(self, name: str, /) -> tuple[geomap.Candidate, ...]:
            del name
            return ()

    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    found = geomap.incidents(tmp_path, pipeline=geomap.Pipeline(geocoder=NoPlaces()))
    assert all(incident.place is None for incident in found)


def test_incidents_go_through_every_export(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    found = geomap.incidents(tmp_path)
    geomap.write(found, tmp_path / "out.gpkg")
    assert "Mosul" in geomap.to_geojson(found)
