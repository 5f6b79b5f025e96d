"""The wheel holds all that the program needs, and works where the project is not."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

LIMIT_MB = 40
LEARNED = tuple(f"geomap/training/{name}/" for name in ("texts", "sentences", "articles"))
"""Folders of what weights are trained on, which only who trains them needs."""
PARTS = ("geomap", "gazetteer", "pyproject.toml", "README.md", "LICENSE")
ARTICLE = (
    " date 2024-05-08 A bomb exploded at a market in Mosul, Iraq, on Tuesday, killing three.\n"
)


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def files_below(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if "__pycache__" not in path.parts]


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the project, with the build tools that are installed."""
    copy = tmp_path_factory.mktemp("project")
    for part in PARTS:
        source = root / part
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".cache")
            shutil.copytree(source, copy / part, ignore=ignored)
        else:
            shutil.copy(source, copy / part)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", "dist", ".", cwd=copy)
    (built,) = copy.glob("dist/*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment that borrows the dependencies of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    own = Path(
        run(
            python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
        ).strip()
    )
    (own / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "-q")
    run(*pip, "--no-deps", "--no-index", wheel, cwd=folder)
    return folder


def test_the_wheel_holds_the_data_and_stays_small(root: Path, wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {path.relative_to(root).as_posix() for path in files_below(root / "geomap")}
    learned = {name for name in package if name.startswith(LEARNED)}
    built = {path.relative_to(root).as_posix() for path in files_below(root / "gazetteer/built")}
    moved = {name.replace("gazetteer/", "geomap/gazetteer_files/", 1) for name in built}
    assert "geomap/py.typed" in package
    assert built
    assert {name.rpartition("/")[0] + "/" for name in learned} == set(LEARNED)
    assert names.isdisjoint(learned)
    missing = (package - learned | moved | {"geomap/gazetteer_files/ATTRIBUTION.md"}) - names
    assert not missing
    assert wheel.stat().st_size < LIMIT_MB * 10**6


def test_the_wheel_maps_an_article_where_the_project_is_not(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    program = installed / "bin" / "geomap"
    where = run(
        installed / "bin" / "python", "-c", "import geomap; print(geomap.__file__)", cwd=tmp_path
    )
    assert str(installed) in where
    run(program, "map", "a.txt", "-o", "a.html", "--geojson", cwd=tmp_path)
    assert "Mosul" in (tmp_path / "a.geojson").read_text(encoding="utf-8")
    assert (tmp_path / "a.html").stat().st_size > 0
