"""Imports point one way: a module knows only layers below its own.

Read from the syntax trees, so that imports inside functions and for type checkers count too.
"""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "geomap"

ROWS: tuple[tuple[str, frozenset[str]], ...] = (
    ("L0 values", frozenset({"model", "errors", "data"})),
    ("L0 values", frozenset({"seams", "features"})),
    ("L1 readers", frozenset({"periods", "time_phrases"})),
    ("L1 readers", frozenset({"time_values"})),
    ("L1 readers", frozenset({"numbers", "text"})),
    ("L1 readers", frozenset({"fates", "datelines"})),
    (
        "L1 readers",
        frozenset(
            {"dates", "counts", "folding", "ontology", "space", "spellings", "governors"}
            | {"genre", "language"}
        ),
    ),
    ("L1 readers", frozenset({"words", "actors", "daybook"})),
    ("L1 readers", frozenset({"gazetteer_format"})),
    ("L1 readers", frozenset({"gazetteer", "gazetteer_writer", "priors"})),
    ("L1 readers", frozenset({"boundaries", "layered", "lines", "gazetteer_info"})),
    (
        "L2 stages",
        frozenset(
            {"lexicon", "status", "encoder", "telling"}
            | {"geonames", "feature_files", "geopackage"}
        ),
    ),
    ("L2 stages", frozenset({"marker", "senses"})),
    ("L2 stages", frozenset({"place_files"})),
    ("L2 stages", frozenset({"gazetteer_build"})),
    ("L2 stages", frozenset({"margins", "surroundings"})),
    ("L2 stages", frozenset({"kinds", "sites", "relative"})),
    ("L2 stages", frozenset({"sightings", "forest", "ranking"})),
    ("L2 stages", frozenset({"tagger", "framing", "setting"})),
    ("L2 stages", frozenset({"overlooked"})),
    ("L2 stages", frozenset({"recognize", "resolve", "events", "relevance"})),
    ("L2 stages", frozenset({"rereading"})),
    ("L2 stages", frozenset({"page", "participants", "likeness", "marked"})),
    ("L2 stages", frozenset({"timing", "shelves", "scenes", "rivals"})),
    ("L2 stages", frozenset({"consensus"})),
    ("L2 stages", frozenset({"elsewhere", "dating"})),
    ("L2 stages", frozenset({"drafts"})),
    ("L2 stages", frozenset({"tolls"})),
    ("L2 stages", frozenset({"link", "merging", "whereabouts"})),
    ("L3 pipeline", frozenset({"pipeline", "records", "explain"})),
    ("L4 edges", frozenset({"training", "models"})),
    ("L4 edges", frozenset({"rows"})),
    ("L4 edges", frozenset({"sources", "export", "webmap", "geocoders", "spacy_recognizer"})),
    ("L5 surface", frozenset({"__init__"})),
    ("L5 surface", frozenset({"console"})),
    ("L5 surface", frozenset({"cli_gazetteer"})),
    ("L5 surface", frozenset({"cli"})),
    ("L5 surface", frozenset({"__main__"})),
)
"""The modules and subpackages of geomap, the lowest first; a module imports from rows above."""

LEVEL = {module: level for level, (_, modules) in enumerate(ROWS) for module in modules}


def module_of(path: Path) -> str:
    """Return the module of geomap that a file is, or the subpackage that it belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = frozenset(map(module_of, FILES))


def imports_of(path: Path) -> set[str]:
    """Return the modules of geomap that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the layer"
            origin = node.module or ""
            found |= {f"{origin}.{alias.name}" for alias in node.names}
    inner = [name.split(".")[1:] for name in found if name.split(".")[0] == "geomap"]
    return {parts[0] if parts and parts[0] in MODULES else "__init__" for parts in inner}


GRAPH: dict[str, set[str]] = {}
for _path in FILES:
    GRAPH.setdefault(module_of(_path), set()).update(imports_of(_path))


def designed() -> dict[str, str]:
    """Return the layer of each module in DESIGN.md; an empty first column means that above it."""
    text = (PACKAGE.parent / "DESIGN.md").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    layer = ""
    for line in text.partition("## Layers")[2].partition("## Decisions")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) > 1 and "`" in cells[1]:
            layer = cells[0] or layer
            found |= dict.fromkeys(re.findall(r"`(\w+)`", cells[1]), layer)
    return found


def test_the_table_lists_every_module_and_no_other() -> None:
    assert set(LEVEL) == MODULES


def test_the_table_of_the_design_is_the_same() -> None:
    told = {module: row[1] for row, modules in ROWS for module in modules}
    assert designed() == told


@pytest.mark.parametrize("module", sorted(GRAPH))
def test_a_module_imports_from_below_alone(module: str) -> None:
    wrong = [target for target in GRAPH[module] - {module} if LEVEL[target] >= LEVEL[module]]
    assert not wrong, f"{module} imports {wrong}, which are not below it"


def test_no_import_leads_back_to_its_module() -> None:
    apart = {module: targets - {module} for module, targets in GRAPH.items()}
    assert list(TopologicalSorter(apart).static_order())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_module_is_much_longer_than_a_reader_bears(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
