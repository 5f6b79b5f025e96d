"""Mapping articles opens no socket and asks for no address."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

GUARD = """
import sys

def guard(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.")):
        print("NETWORK", event, arguments, file=sys.stderr, flush=True)
        import os
        os._exit(99)

sys.addaudithook(guard)
from geomap.cli import main

sys.exit(main(sys.argv[1:]))
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GUARD, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_mapping_the_seeds_needs_no_network(root: Path, tmp_path: Path) -> None:
    done = run("map", str(root / "seeds"), "-o", str(tmp_path / "a.html"), "--geojson")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.html").stat().st_size > 0


def test_the_guard_would_have_seen_it() -> None:
    code = GUARD.replace("from geomap.cli import main", "import socket; socket.socket()")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 99
