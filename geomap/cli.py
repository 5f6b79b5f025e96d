"""The command line: data to standard output or a file, everything else to standard error.

Exit codes: 0 done, 1 some inputs failed (each named in a line, the rest done), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from geomap import cli_gazetteer
from geomap.console import (
    Log,
    add_output,
    close_stdout,
    deliver,
    output_path,
    print_chunks,
    printable,
    rendered,
)
from geomap.errors import GeomapError, OptionError
from geomap.webmap import arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from geomap.model import Article, Incident, LinkedEvent, Mention
    from geomap.pipeline import Pipeline
_Found = TypeVar("_Found")

_SOURCE_HELP = "a text file, JSON Lines file, folder, quoted glob, or - for standard input"
_LISTED = 8
"""Articles that a message names."""
_INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it: 128 + SIGINT."""

TOPONYM_COLUMNS = (
    *("article_id", "start", "text", "kind", "place", "country", "admin1", "lon", "lat"),
    "confidence",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return its exit code."""
    options = build_parser().parse_args(arguments)
    log = Log(progress=sys.stderr.isatty())
    try:
        options.command(options, log)
        sys.stdout.flush()
    except BrokenPipeError:
        close_stdout()
    except OptionError as error:
        log.say(str(error))
        return 2
    except GeomapError as error:
        log.fail(str(error))
    except KeyboardInterrupt:
        log.clear()
        return _INTERRUPTED
    return 1 if log.failures else 0


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
    parser.add_argument(
        "--mentions", action="store_true", help="a layer of the places that are merely mentioned"
    )
    _add_types(parser)
    arguments.add_arguments(parser)
    parser.set_defaults(command=_map)


def _add_events(parser: argparse.ArgumentParser) -> None:
    _add_sources(parser)
    _add_types(parser)
    add_output(
        parser,
        ("geojson", "jsonl", "csv"),
        "by FILE's suffix, else geojson",
        suffixes=" (.geojson .jsonl .csv .gpkg .fgb .parquet)",
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="tell in words, for each report, why it stands where it stands",
    )
    parser.set_defaults(command=_events)


def _add_toponyms(parser: argparse.ArgumentParser) -> None:
    _add_sources(parser)
    add_output(parser, ("table", "jsonl", "geojson"), "table")
    parser.set_defaults(command=_toponyms)


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "map": ("draw the events of articles on an offline map", _add_map),
    "events": ("write the events of articles as data", _add_events),
    "toponyms": ("list the place names of articles, placed", _add_toponyms),
    "place": ("list the places that a name may mean", cli_gazetteer.add_place),
    "gazetteer": ("build your own gazetteer, or describe one", cli_gazetteer.add_gazetteer),
}
"""Each command's summary and what adds its arguments."""


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="+", metavar="SOURCE", help=_SOURCE_HELP)
    cli_gazetteer.add_choice(parser)
    cli_gazetteer.add_geocoder(parser)


def _add_types(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--types",
        type=_wanted,
        metavar="TYPE,...",
        help="only events of these types or groups, such as bombing,disaster; or the profile"
        " terrorism: terrorist incidents alone, as a trained filter tells them",
    )


class Wanted(NamedTuple):
    """What ``--types`` asks for: types, or a profile."""

    types: frozenset[str] = frozenset()
    profile: str = ""

    def takes(self, report: LinkedEvent) -> bool:
        """Whether a report is of a type asked for."""
        return not self.types or report.event.type in self.types


def _wanted(text: str) -> Wanted:
    """Read the value of ``--types``."""
    from geomap.ontology import event_types
    from geomap.relevance import PROFILES

    if text in PROFILES:
        return Wanted(profile=text)
    names = frozenset(filter(None, text.replace(" ", "").split(",")))
    known = event_types()
    groups = {kind.group for kind in known.values()}
    unknown = sorted(names - known.keys() - groups)
    if unknown or not names:
        message = f"no type or group {', '.join(unknown) or repr(text)}; groups: " + ", ".join(
            sorted(groups)
        )
        raise argparse.ArgumentTypeError(message)
    return Wanted(frozenset(c for c, kind in known.items() if names & {c, kind.group}))


def _html_path(text: str) -> Path:
    """Return the path of a map to write."""
    path = output_path(text)
    if path is None or path.suffix.lower() not in (".html", ".htm"):
        message = f"a map is an .html file, not {text!r}"
        raise argparse.ArgumentTypeError(message)
    return path


def _map(options: argparse.Namespace, log: Log) -> None:
    from geomap.export import geojson, replacing, write_chunks
    from geomap.records import feature_collection
    from geomap.webmap import event_map
    from geomap.webmap.mentions import mere_mentions

    look = arguments.look_options(options)  # a wrong one ends it here, not after the long work
    mentions: list[Mention] = []
    incidents = _incidents(options, log, mentions if options.mentions else None)
    collection = feature_collection(incidents)
    places = mere_mentions(mentions, incidents)
    log.clear()
    with replacing(options.output) as draft:
        made = event_map(collection["features"], title=options.title, mentions=places, **look)
        made.save(str(draft))
    if options.geojson:
        with replacing(options.output.with_suffix(".geojson")) as draft:
            write_chunks([geojson(collection)], draft)


def _events(options: argparse.Namespace, log: Log) -> None:
    from geomap.export import known_suffix, to_csv, to_geojson, to_jsonl, write

    if options.explain:
        if options.format:
            message = "--explain writes words, not data: it goes without --format"
            raise OptionError(message)
        deliver(_explanations(options, log), options.output, log)
        return
    renderers = {"geojson": to_geojson, "jsonl": to_jsonl, "csv": to_csv}
    suffix = f".{options.format}" if options.format else None
    if options.output:
        known_suffix(suffix or options.output.suffix)  # before the long work, not after it
        write(_incidents(options, log), options.output, suffix=suffix)
    else:
        incidents = _incidents(options, log)
        log.clear()
        print_chunks([renderers[options.format or "geojson"](incidents)])


def _explanations(options: argparse.Namespace, log: Log) -> Iterator[str]:
    """Yield why each report of the articles stands where it stands."""
    from geomap.explain import explain

    wanted: Wanted = options.types or Wanted()
    run = _profiled(cli_gazetteer.pipeline(options, log), wanted.profile)
    for _, result in _done(options.source, run, log, is_read=_is_english):
        for report in filter(wanted.takes, result.events):
            yield "".join(f"{printable(line)}\n" for line in explain(report).split("\n")) + "\n"


def _toponyms(options: argparse.Namespace, log: Log) -> None:
    from geomap.rows import mention_row

    stage = cli_gazetteer.pipeline(options, log).mentions
    rows = (
        mention_row(article, mention)
        for article, mentions in _done(options.source, stage, log)
        for mention in mentions
    )
    deliver(rendered(rows, options.format, TOPONYM_COLUMNS), options.output, log)


def _incidents(
    options: argparse.Namespace, log: Log, mentions: list[Mention] | None = None
) -> tuple[Incident, ...]:
    """Return the incidents; add the place names to ``mentions``, if they are wanted."""
    from geomap.merging import merge

    wanted: Wanted = options.types or Wanted()
    run = _profiled(cli_gazetteer.pipeline(options, log), wanted.profile)

    def events() -> Iterator[LinkedEvent]:
        for _, result in _done(options.source, run, log, is_read=_is_english):
            if mentions is not None:
                mentions.extend(result.mentions)
            yield from result.events

    found = merge(events())
    return tuple(i for i in found if i.type in wanted.types) if wanted.types else found


def _profiled(run: Pipeline, profile: str) -> Pipeline:
    """Return the pipeline with the profile that is wanted, if one is."""
    from geomap.pipeline import profiled

    return profiled(run, profile) if profile else run


def _is_english(article: Article) -> bool:
    from geomap.language import is_english

    return is_english(article.text)


def _is_any(_: Article) -> bool:
    return True


def _done(
    sources: list[str],
    stage: Callable[[Article], _Found],
    log: Log,
    *,
    is_read: Callable[[Article], bool] = _is_any,
) -> Iterator[tuple[Article, _Found]]:
    """Yield each article with what a stage finds in it; one that fails is named and left out."""
    from geomap.sources import read

    foreign: list[str] = []
    for article in read(sources, on_error=log.fail_source):
        log.count()
        if not is_read(article):
            foreign.append(article.id)
            continue
        try:
            found = stage(article)
        except GeomapError:
            raise
        except Exception as error:  # noqa: BLE001 (one article's bug must not lose the others)
            log.fail(f"{article.id}: internal error, please report it: {error!r}")
        else:
            yield article, found
    if foreign:
        log.say(f"not in English, so left out: {_listed(foreign)}")
    log.clear()


def _listed(names: list[str]) -> str:
    """Return names as a list that fits a line.

    >>> _listed(list("abcdefghij"))
    'a, b, c, d, e, f, g, h and 2 more'
    """
    rest = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {rest:,} more" if rest > 0 else "")
