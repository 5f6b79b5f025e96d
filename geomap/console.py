"""What the commands share: standard output and error, tables, and paths to write to."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.errors import SourceError

_BAR_WIDTH = 24


@dataclass
class Log:
    """What standard error gets: a line for each failure, and on a terminal how far the work is."""

    progress: bool
    failures: int = 0
    articles: int = 0

    def say(self, message: str) -> None:
        """Write a line."""
        self.clear()
        sys.stderr.write(f"geomap: {printable(message)}\n")

    def fail(self, message: str) -> None:
        """Write a line, and remember that something failed."""
        self.failures += 1
        self.say(message)

    def fail_source(self, error: SourceError) -> None:
        """Name an input that cannot be read."""
        self.fail(str(error))

    def count(self) -> None:
        """Count an article."""
        self.articles += 1
        if self.progress:
            noun = "article" if self.articles == 1 else "articles"
            sys.stderr.write(f"\r{self.articles:,} {noun} read\x1b[K")
            sys.stderr.flush()

    def bar(self, step: str, share: float) -> None:
        """Show which share, in [0, 1], of a step is done."""
        if self.progress:
            done = round(min(1.0, share) * _BAR_WIDTH)
            bar = "#" * done + "." * (_BAR_WIDTH - done)
            sys.stderr.write(f"\r[{bar}] {min(1.0, share):4.0%} {printable(step)}\x1b[K")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take away what :meth:`count` and :meth:`bar` show."""
        if self.progress:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def add_output(
    parser: argparse.ArgumentParser, formats: tuple[str, ...], default: str, *, suffixes: str = ""
) -> None:
    """Add the options that say where to write, and how."""
    parser.add_argument("--format", choices=formats, help=f"the default: {default}")
    parser.add_argument(
        *("-o", "--output"),
        type=output_path,
        metavar="FILE",
        help=f"write there{suffixes}, not to standard output",
    )


def output_path(text: str) -> Path | None:
    """Return the path of a file to write, None for standard output."""
    if text == "-":
        return None
    path = Path(text)
    if not path.parent.is_dir():
        message = f"there is no folder {str(path.parent)!r}"
        raise argparse.ArgumentTypeError(message)
    if path.is_dir():
        message = f"{text!r} is a folder"
        raise argparse.ArgumentTypeError(message)
    return path


def rendered(
    rows: Iterable[dict[str, Any]], layout: str | None, columns: Sequence[str]
) -> Iterator[str]:
    """Yield rows as GeoJSON, as JSON Lines, or as a table of some of their columns."""
    from geomap.export import dumps, geojson
    from geomap.rows import point_feature

    if layout == "geojson":
        features = [point_feature(row) for row in rows]
        yield geojson({"type": "FeatureCollection", "features": features})
        return
    if layout == "jsonl":
        yield from (f"{dumps(row)}\n" for row in rows)
        return
    cells = [list(columns)] + [[_cell(row[name]) for name in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(padded).rstrip() + "\n"


def _cell(value: object) -> str:
    return "" if value is None else printable(str(value))


def printable(text: str) -> str:
    r"""Return a text with what a terminal would obey rather than show escaped.

    >>> print(printable("a\x1b[31mb\u202e"))
    a\x1b[31mb\u202e
    """
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def deliver(chunks: Iterable[str], output: Path | None, log: Log) -> None:
    """Write to a file, or to standard output where none is given."""
    from geomap.export import replacing, write_chunks

    if output:
        with replacing(output) as draft:
            write_chunks(chunks, draft)
    else:
        print_chunks(chunks)
    log.clear()


def print_chunks(chunks: Iterable[str]) -> None:
    """Write to standard output, in UTF-8 whatever the locale."""
    for chunk in chunks:
        sys.stdout.buffer.write(chunk.encode("utf-8", "replace"))


def close_stdout() -> None:
    """Let what is left for a closed pipe go nowhere, so that Python's last flush is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
