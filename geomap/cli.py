"""The command line: data to standard output or a file, everything else to standard error.

Exit codes: 0 done, 1 some inputs failed (each named in a line, the rest done), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from geomap.errors import GeomapError, OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geomap.errors import SourceError
    from geomap.model import Article, Incident
_Found = TypeVar("_Found")

_SOURCE_HELP = "a text file, JSON Lines file, folder, quoted glob, or - for standard input"
_INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it: 128 + SIGINT."""

TOPONYM_COLUMNS = (
    *("article_id", "start", "text", "kind", "place", "country", "admin1", "lon", "lat"),
    "confidence",
)
PLACE_COLUMNS = ("name", "kind", "country", "admin1", "population", "lon", "lat", "id")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return its exit code."""
    options = build_parser().parse_args(arguments)
    log = _Log(progress=sys.stderr.isatty())
    try:
        options.command(options, log)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_stdout()
    except OptionError as error:
        log.say(str(error))
        return 2
    except GeomapError as error:
        log.fail(str(error))
    except KeyboardInterrupt:
        log.clear()
        return _INTERRUPTED
    return 1 if log.failures else 0


@dataclass
class _Log:
    """What standard error gets: a line for each failure, and a counter on a terminal."""

    progress: bool
    failures: int = 0
    articles: int = 0

    def say(self, message: str) -> None:
        self.clear()
        sys.stderr.write(f"geomap: {_printable(message)}\n")

    def fail(self, message: str) -> None:
        self.failures += 1
        self.say(message)

    def fail_source(self, error: SourceError) -> None:
        self.fail(str(error))

    def count(self) -> None:
        self.articles += 1
        if self.progress:
            sys.stderr.write(f"\r{self.articles} articles read\x1b[K")
            sys.stderr.flush()

    def clear(self) -> None:
        if self.progress:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="geomap",
        description="News articles in, an honest offline map of the events they report out.",
        epilog="Exit codes: 0 done, 1 some inputs failed and the rest is done, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"geomap {_version()}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, (summary, add_arguments) in COMMANDS.items():
        add_arguments(commands.add_parser(name, help=summary, description=summary))
    return parser


def _version() -> str:
    from geomap import __version__

    return __version__


def _add_map(parser: argparse.ArgumentParser) -> None:
    _add_sources(parser)
    parser.add_argument(
        *("-o", "--output"), required=True, type=_html_path, metavar="FILE.html", help="the map"
    )
    parser.add_argument("--geojson", action="store_true", help="write FILE.geojson beside it too")
    parser.add_argument("--title", default="Event map", help="the map's title (%(default)s)")
    parser.set_defaults(command=_map)


def _add_events(parser: argparse.ArgumentParser) -> None:
    _add_sources(parser)
    _add_output(parser, ("geojson", "jsonl", "csv"), "by FILE's suffix, else geojson")
    parser.set_defaults(command=_events)


def _add_toponyms(parser: argparse.ArgumentParser) -> None:
    _add_sources(parser)
    _add_output(parser, ("table", "jsonl", "geojson"), "table")
    parser.set_defaults(command=_toponyms)


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a place name, or - for a name a line")
    _add_output(parser, ("table", "jsonl"), "table")
    parser.set_defaults(command=_place)


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "map": ("draw the events of articles on an offline map", _add_map),
    "events": ("write the events of articles as data", _add_events),
    "toponyms": ("list the place names of articles, placed", _add_toponyms),
    "place": ("list the places that a name may mean", _add_place),
}
"""Each command's summary and what adds its arguments."""


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="+", metavar="SOURCE", help=_SOURCE_HELP)


def _add_output(parser: argparse.ArgumentParser, formats: tuple[str, ...], default: str) -> None:
    parser.add_argument("--format", choices=formats, help=f"the default: {default}")
    parser.add_argument(
        *("-o", "--output"), type=_path, metavar="FILE", help="write there, not to standard output"
    )


def _html_path(text: str) -> Path:
    """Return the path of a map to write."""
    path = _path(text)
    if path is None or path.suffix.lower() not in (".html", ".htm"):
        message = f"a map is an .html file, not {text!r}"
        raise argparse.ArgumentTypeError(message)
    return path


def _path(text: str) -> Path | None:
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


def _map(options: argparse.Namespace, log: _Log) -> None:
    from geomap.export import geojson, replacing, write_chunks
    from geomap.records import feature_collection
    from geomap.webmap import event_map

    collection = feature_collection(_incidents(options.source, log))
    log.clear()
    with replacing(options.output) as draft:
        event_map(collection["features"], title=options.title).save(str(draft))
    if options.geojson:
        with replacing(options.output.with_suffix(".geojson")) as draft:
            write_chunks([geojson(collection)], draft)


def _events(options: argparse.Namespace, log: _Log) -> None:
    from geomap.export import known_suffix, to_csv, to_geojson, to_jsonl, write

    renderers = {"geojson": to_geojson, "jsonl": to_jsonl, "csv": to_csv}
    suffix = f".{options.format}" if options.format else None
    if options.output:
        known_suffix(suffix or options.output.suffix)  # before the long work, not after it
        write(_incidents(options.source, log), options.output, suffix=suffix)
    else:
        incidents = _incidents(options.source, log)
        log.clear()
        _print([renderers[options.format or "geojson"](incidents)])


def _toponyms(options: argparse.Namespace, log: _Log) -> None:
    from geomap.export import geojson
    from geomap.pipeline import Pipeline
    from geomap.rows import mention_row, point_feature

    rows = (
        mention_row(article, mention)
        for article, mentions in _done(options.source, Pipeline().mentions, log)
        for mention in mentions
    )
    if options.format == "geojson":
        features = [point_feature(row) for row in rows]
        chunks: Iterable[str] = [geojson({"type": "FeatureCollection", "features": features})]
    else:
        chunks = _rendered(rows, options.format, TOPONYM_COLUMNS)
    _deliver(chunks, options.output, log)


def _place(options: argparse.Namespace, log: _Log) -> None:
    from geomap.gazetteer import Gazetteer
    from geomap.rows import candidate_row

    gazetteer = Gazetteer.open()

    def rows() -> Iterator[dict[str, Any]]:
        for name in _names(options.name, log):
            candidates = gazetteer.candidates(name)
            if not candidates:
                log.say(f"no place is called {name!r}")
            yield from (candidate_row(name, candidate) for candidate in candidates)

    _deliver(_rendered(rows(), options.format, PLACE_COLUMNS), options.output, log)


def _names(name: str, log: _Log) -> Iterator[str]:
    """Yield the name given, or those on standard input, one a line."""
    if name != "-":
        yield name.encode("utf-8", "replace").decode()
        return
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            text = line.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            log.fail(f"stdin:{number}: not UTF-8")
            continue
        if text:
            yield text


def _incidents(sources: list[str], log: _Log) -> tuple[Incident, ...]:
    from geomap.merge import merge
    from geomap.pipeline import Pipeline

    done = _done(sources, Pipeline(), log)
    return merge(event for _, result in done for event in result.events)


def _done(
    sources: list[str], stage: Callable[[Article], _Found], log: _Log
) -> Iterator[tuple[Article, _Found]]:
    """Yield each article with what a stage finds in it; one that fails is named and left out."""
    from geomap.sources import read

    for article in read(sources, on_error=log.fail_source):
        log.count()
        try:
            found = stage(article)
        except GeomapError:
            raise
        except Exception as error:  # noqa: BLE001 (one article's bug must not lose the others)
            log.fail(f"{article.id}: internal error, please report it: {error!r}")
        else:
            yield article, found
    log.clear()


def _rendered(
    rows: Iterable[dict[str, Any]], layout: str | None, columns: Sequence[str]
) -> Iterator[str]:
    """Yield rows as JSON Lines, or as a table of some of their columns."""
    from geomap.export import dumps

    if layout == "jsonl":
        yield from (f"{dumps(row)}\n" for row in rows)
        return
    cells = [list(columns)] + [[_cell(row[name]) for name in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(padded).rstrip() + "\n"


def _cell(value: object) -> str:
    return "" if value is None else _printable(str(value))


def _printable(text: str) -> str:
    r"""Return a text with what a terminal would obey rather than show escaped.

    >>> print(_printable("a\x1b[31mb\u202e"))
    a\x1b[31mb\u202e
    """
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _deliver(chunks: Iterable[str], output: Path | None, log: _Log) -> None:
    from geomap.export import replacing, write_chunks

    if output:
        with replacing(output) as draft:
            write_chunks(chunks, draft)
    else:
        _print(chunks)
    log.clear()


def _print(chunks: Iterable[str]) -> None:
    """Write to standard output, in UTF-8 whatever the locale."""
    for chunk in chunks:
        sys.stdout.buffer.write(chunk.encode("utf-8", "replace"))


def _close_stdout() -> None:
    """Let what is left for a closed pipe go nowhere, so that Python's last flush is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
