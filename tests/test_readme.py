"""The two commands, and that README.md and continuous integration say the same."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from geomap import cli

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT = "python3 -m venv .venv && .venv/bin/pip install -q -e "
MAP = ENVIRONMENT + ". && .venv/bin/geomap map seeds/ -o maps/seeds.html --geojson"
TEST = ENVIRONMENT + "'.[test]' && .venv/bin/python -m pytest"


def test_the_readme_gives_the_two_commands(root: Path) -> None:
    lines = {line.strip() for line in (root / "README.md").read_text("utf-8").splitlines()}
    assert {MAP, TEST} <= lines


def test_continuous_integration_runs_the_documented_tests(root: Path) -> None:
    script = root / ".ci" / "run"
    assert script.stat().st_mode & 0o111, "not executable"
    assert script.read_text("utf-8").splitlines()[-1] == TEST


def test_the_commands_are_what_the_program_takes(root: Path) -> None:
    arguments = shlex.split(MAP.rpartition("geomap ")[2])
    options = cli.build_parser().parse_args([*arguments[:2], "-o", str(root / arguments[3])])
    assert options.source == ["seeds/"]


def test_the_readme_shows_every_command(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    for name in cli.COMMANDS:
        assert f"geomap {name} " in readme, f"README.md says nothing of `geomap {name}`"
