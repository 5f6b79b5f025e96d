"""The committed maps are what the program makes, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def made(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the maps again as README.md says, elsewhere, with another order of sets."""
    folder = tmp_path_factory.mktemp("maps")
    command = ["-m", "geomap", "map", "seeds/", "-o", str(folder / "seeds.html"), "--geojson"]
    done = subprocess.run(
        [sys.executable, *command], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", ["seeds.html", "seeds.geojson"])
def test_the_committed_map_is_the_one_made_today(root: Path, made: Path, name: str) -> None:
    today = (made / name).read_bytes()
    committed = (root / "maps" / name).read_bytes()
    assert today == committed, f"maps/{name} is stale: make it again with the command in README.md"
