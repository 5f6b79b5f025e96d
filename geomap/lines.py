"""The lines of a large text file, numbered, so that what is wrong can be said with its place."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geomap.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import IO

    Tell = Callable[[str, float], None]

_LONGEST = 1 << 22
"""Bytes; a longer line is no line of a table, and is not read into memory."""
_TELL_EVERY = 20_000


def lines(path: Path, tell: Tell) -> Iterator[tuple[int, str]]:
    """Yield the number of each line and the line, without its end; a ``.zip`` holds one text file.

    ``tell`` hears from time to time which share has been read. Raises SourceError, with the line's
    number where there is one, for what cannot be read or is not UTF-8.
    """
    with _opened(path) as (file, size):
        done = 0
        for number, raw in enumerate(iter(lambda: file.readline(_LONGEST), b""), 1):
            done += len(raw)
            if not number % _TELL_EVERY:
                tell(f"reading {path.name}", done / max(1, size))
            yield number, _decoded(raw, path, number)


def fault(path: Path, number: int, reason: str) -> SourceError:
    """Return the error that says what is wrong in a line."""
    return SourceError(f"{path}:{number}", reason)


def _decoded(raw: bytes, path: Path, number: int) -> str:
    if len(raw) == _LONGEST:
        raise fault(path, number, f"the line is longer than {_LONGEST:,} bytes")
    try:
        return raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 (byte {error.start + 1} of the line)"
        raise fault(path, number, reason) from error


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Yield the file, or the one text file inside an archive, and its size in bytes."""
    try:
        if path.suffix.lower() != ".zip":
            with path.open("rb") as file:
                yield file, path.stat().st_size
            return
        with zipfile.ZipFile(path) as archive:
            member = _member(path, archive)
            with archive.open(member) as file:
                yield file, member.file_size
    except SourceError:
        raise
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise SourceError(str(path), _reason(error)) from error


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    texts = [member for member in archive.infolist() if member.filename.endswith(".txt")]
    named = [member for member in texts if member.filename == f"{path.stem}.txt"]
    found = named or texts
    if len(found) != 1:
        names = ", ".join(member.filename for member in found) or "none"
        raise SourceError(str(path), f"the archive should hold one text file; it has {names}")
    return found[0]


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text[:1].lower() + text[1:]
