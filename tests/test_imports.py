"""What ``import geomap`` costs and offers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import geomap

HEAVY = frozenset(
    "folium geopandas geopy numpy onnxruntime pandas pycrfsuite pyogrio shapely tokenizers".split()
)


def loaded_after(statement: str) -> set[str]:
    """Return the top-level packages that a fresh Python has loaded after a statement."""
    code = f"import sys, json; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


@pytest.mark.parametrize(
    "statement",
    [
        "import geomap",
        "import geomap.cli",
        "import geomap.export",
        "import geomap.geocoders",
        "from geomap import Article, Pipeline, Incident, read, merge, to_geojson",
        "import geomap; list(geomap.read(['nowhere'], on_error=print))",
    ],
)
def test_nothing_heavy_is_imported_before_it_is_used(statement: str) -> None:
    assert not loaded_after(statement) & HEAVY


def test_importing_geomap_loads_no_other_part_of_it() -> None:
    code = "import sys, geomap; print([m for m in sys.modules if m.startswith('geomap.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    assert sorted(geomap.__all__) == geomap.__all__
    for name in geomap.__all__:
        assert getattr(geomap, name) is not None
    assert set(geomap.__all__) <= set(dir(geomap))


def test_a_public_name_is_the_one_of_its_module() -> None:
    from geomap.export import to_geojson
    from geomap.model import Article

    assert geomap.Article is Article
    assert geomap.to_geojson is to_geojson


def test_type_checkers_are_told_of_the_same_names() -> None:
    import ast

    tree = ast.parse(Path(geomap.__file__).read_text(encoding="utf-8"))
    (branch,) = (node for node in tree.body if isinstance(node, ast.If))
    told = {
        alias.name
        for node in branch.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("geomap.")
        for alias in node.names
    }
    assert told == set(geomap.__all__) - {"__version__", "incidents", "map"}


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = geomap.nonsense


def test_no_module_hides_a_public_name() -> None:
    """``geomap.merge`` must stay the function, whatever has been imported before."""
    modules = {path.stem for path in Path(geomap.__file__).parent.glob("*.py")}
    assert modules.isdisjoint(geomap.__all__)
