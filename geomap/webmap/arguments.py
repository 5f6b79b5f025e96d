"""The options of the map's page on a command line, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.webmap.look import LANGUAGES, THEMES, Look, LookOptions

if TYPE_CHECKING:
    import argparse

ARGUMENTS: dict[str, dict[str, Any]] = {
    "--lang": {"choices": LANGUAGES, "default": "en", "help": "language of the page's own words"},
    "--theme": {"choices": THEMES, "default": "system", "help": "colors (%(default)s)"},
    "--tiles": {
        "metavar": "URL",
        "default": "",
        "help": "an online layer, such as https://tiles.example.org/{z}/{x}/{y}.png; the map "
        "does without it where there is no network",
    },
    "--attribution": {"metavar": "TEXT", "default": "", "help": "the source of the online layer"},
    "--embed": {
        "action": "store_true",
        "help": "for a frame in another page: the list opens when it is asked for",
    },
}
"""Each option of :class:`geomap.webmap.look.Look` and how it is read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    for name, settings in ARGUMENTS.items():
        parser.add_argument(name, **settings)


def look_options(given: argparse.Namespace) -> LookOptions:
    """Return the options as :func:`geomap.webmap.event_map` takes them.

    Raises OptionError for a value that is not allowed, so that it is told before the long work.

    >>> import argparse
    >>> parser = argparse.ArgumentParser()
    >>> add_arguments(parser)
    >>> look_options(parser.parse_args(["--lang", "fr", "--embed"]))["lang"]
    'fr'
    """
    options = LookOptions(
        lang=given.lang,
        theme=given.theme,
        tiles=given.tiles,
        attribution=given.attribution,
        embed=given.embed,
    )
    Look(**options)
    return options
