"""Borders and coasts."""

from __future__ import annotations

import pytest

from geomap import boundaries
from geomap.margins import border, off_coast


@pytest.mark.parametrize("codes", [("SY", "TR"), ("AF", "PK"), ("US", "CA"), ("SD", "SS")])
def test_a_border_is_the_same_from_both_sides(codes: tuple[str, str]) -> None:
    there, back = border(*codes), border(*reversed(codes))
    assert there is not None
    assert there == back


@pytest.mark.parametrize("codes", [("SY", "PK"), ("JP", "CN"), ("XX", "SY"), ("SY", "")])
def test_countries_apart_have_none(codes: tuple[str, str]) -> None:
    assert border(*codes) is None


@pytest.mark.parametrize("code", ["YE", "SO", "LY", "JP", "CL", "LK"])
def test_off_a_coast_no_country_lies(code: str) -> None:
    stretch = off_coast(code)
    assert stretch is not None
    ids = boundaries.country_ids().values()
    assert not any(boundaries.contains(i, stretch.lon, stretch.lat) for i in ids)


@pytest.mark.parametrize("code", ["CH", "ML", "XX"])
def test_a_country_without_a_coast_has_none(code: str) -> None:
    assert off_coast(code) is None


def test_a_side_of_the_coast_lies_on_that_side() -> None:
    west, east = off_coast("YE", 270.0), off_coast("YE", 90.0)
    assert west is not None
    assert east is not None
    assert west.lon < east.lon
