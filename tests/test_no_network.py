"""Mapping articles opens no socket and asks for no address."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

GUARD = """
import os
import sys

WATCHED = (
    *("socket.connect", "socket.send", "socket.gethost", "socket.getaddrinfo", "socket.getname"),
    *("urllib.", "http.", "ftplib.", "smtplib."),
)

def guard(event, arguments):
    if event.startswith(WATCHED):
        print("NETWORK", event, arguments, file=sys.stderr, flush=True)
        os._exit(99)

sys.addaudithook(guard)
from geomap.cli import main

sys.exit(main(sys.argv[1:]))
"""
"""Ends the program at the first use of a network. Making a socket is none: a dependency makes one
when it is imported, to see whether the system knows IPv6."""

ATTEMPTS = (
    "socket.create_connection(('127.0.0.1', 9))",
    "socket.getaddrinfo('news.example', 443)",
    "urllib.request.urlopen('http://127.0.0.1:9')",
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GUARD, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_mapping_the_seeds_needs_no_network(root: Path, tmp_path: Path) -> None:
    done = run("map", str(root / "seeds"), "-o", str(tmp_path / "a.html"), "--geojson")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.html").stat().st_size > 0


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_guard_would_have_seen_it(attempt: str) -> None:
    code = f"import socket, urllib.request; {attempt}"
    guarded = GUARD.replace("from geomap.cli import main", code)
    done = subprocess.run(
        [sys.executable, "-c", guarded], capture_output=True, text=True, check=False
    )
    assert done.returncode == 99
