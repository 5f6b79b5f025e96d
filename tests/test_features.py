"""What feature codes say about precision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.features import precision


@pytest.mark.parametrize(
    ("feature", "level"),
    [
        ("PCLI", "country"),
        ("PCLD", "country"),
        ("TERR", "country"),
        ("ADM1", "admin1"),
        ("ADM1H", "admin1"),
        ("ADM2", "admin2"),
        ("ADM3", "district"),
        ("ADMD", "district"),
        ("PPL", "city"),
        ("PPLC", "city"),
        ("PPLA2", "city"),
        ("PPLX", "district"),
        ("CONT", "region"),
        ("RGN", "region"),
        ("ISLS", "region"),
        ("MTS", "region"),
        ("DSRT", "region"),
        ("STM", "region"),
        ("LK", "region"),
        ("SEA", "sea"),
        ("OCN", "sea"),
        ("GULF", "sea"),
        ("STRT", "sea"),
        ("CHN", "sea"),
        ("BAY", "sea"),
        ("AIRB", "site"),
        ("AIRP", "site"),
        ("DIP", "site"),
        ("MSQE", "site"),
        ("PRN", "site"),
        ("BDG", "site"),
        ("", "site"),
    ],
)
def test_a_feature_has_its_level(feature: str, level: str) -> None:
    assert precision(feature).level == level


@given(st.text())
def test_every_code_has_precisions_that_the_field_knows(feature: str) -> None:
    found = precision(feature)
    assert found.geo_precision in (1, 2, 3)
    assert found.where_prec in range(1, 8)
    assert found.radius_km > 0


def test_the_wider_the_level_the_less_exact() -> None:
    order = ["AIRB", "PPL", "PPLX", "ADM2", "ADM1", "PCLI"]
    found = [precision(feature) for feature in order]
    for name in ("geo_precision", "where_prec", "radius_km"):
        values = [getattr(each, name) for each in found]
        assert values == sorted(values)
