"""News articles in, an honest offline map of the events they report out.

    import geomap

    incidents = geomap.incidents("seeds/")
    frame = geomap.to_geodataframe(incidents)
    geomap.map(incidents).save("map.html")

Names are loaded when they are first used: ``import geomap`` alone costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import folium
    import geopandas

    from geomap import webmap
    from geomap.errors import (
        ExportError,
        GazetteerError,
        GeomapError,
        OptionError,
        SourceError,
    )
    from geomap.export import to_geodataframe, to_geojson, write
    from geomap.gazetteer import Gazetteer
    from geomap.geocoders import FallbackGeocoder, GeopyGeocoder
    from geomap.layered import LayeredGazetteer
    from geomap.merging import merge
    from geomap.model import (
        Article,
        Candidate,
        Count,
        Event,
        Incident,
        LinkedEvent,
        Mention,
        Participant,
        Place,
        Reference,
        Span,
        Toponym,
        When,
    )
    from geomap.pipeline import Pipeline, Result
    from geomap.sources import read
__version__ = "0.1.0"

__all__ = [
    "Article",
    "Candidate",
    "Count",
    "Event",
    "ExportError",
    "FallbackGeocoder",
    "Gazetteer",
    "GazetteerError",
    "GeomapError",
    "GeopyGeocoder",
    "Incident",
    "LayeredGazetteer",
    "LinkedEvent",
    "Mention",
    "OptionError",
    "Participant",
    "Pipeline",
    "Place",
    "Reference",
    "Result",
    "SourceError",
    "Span",
    "Toponym",
    "When",
    "__version__",
    "incidents",
    "map",
    "merge",
    "read",
    "to_geodataframe",
    "to_geojson",
    "write",
]

_HOMES = {
    "errors": ("ExportError", "GazetteerError", "GeomapError", "OptionError", "SourceError"),
    "export": ("to_geodataframe", "to_geojson", "write"),
    "gazetteer": ("Gazetteer",),
    "geocoders": ("FallbackGeocoder", "GeopyGeocoder"),
    "layered": ("LayeredGazetteer",),
    "merging": ("merge",),
    "model": (
        "Article",
        "Candidate",
        "Count",
        "Event",
        "Incident",
        "LinkedEvent",
        "Mention",
        "Participant",
        "Place",
        "Reference",
        "Span",
        "Toponym",
        "When",
    ),
    "pipeline": ("Pipeline", "Result"),
    "sources": ("read",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def incidents(
    sources: str | Path | Iterable[str | Path],
    *,
    pipeline: Pipeline | None = None,
    on_error: Callable[[SourceError], None] | None = None,
) -> tuple[Incident, ...]:
    """Return the incidents that the articles of the sources report, reports of one merged.

    Sources are what :func:`geomap.sources.read` takes: files, folders, globs, ``-``. An input
    that cannot be read raises SourceError, or is handed to ``on_error`` and left out.
    """
    from geomap.merging import merge
    from geomap.pipeline import Pipeline
    from geomap.sources import read

    run = pipeline or Pipeline()
    articles = read(sources, on_error=on_error)
    return merge(event for article in articles for event in run(article).events)


def map(  # noqa: A001
    events: Iterable[Incident] | geopandas.GeoDataFrame | dict[str, Any],
    *,
    title: str = "Event map",
    mentions: Sequence[dict[str, Any]] = (),
    **look: Unpack[webmap.LookOptions],
) -> folium.Map:
    """Return events on a map that is one offline HTML file once saved.

    The events are incidents, or a GeoDataFrame or GeoJSON FeatureCollection made elsewhere with
    the columns of README.md, of which only ``id`` and ``type`` are needed. The map is a
    :class:`folium.Map`: Folium's own layers can be added to it before ``.save(path)``. The other
    options are those of :func:`geomap.webmap.event_map`: ``lang``, ``theme``, ``tiles``,
    ``attribution``, ``embed``. Raises OptionError for a value that is not allowed.
    """
    from geomap.webmap import event_map
    from geomap.webmap.intake import features_of

    return event_map(features_of(events), title=title, mentions=mentions, **look)


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it."""
    if name not in _HOME_OF:
        message = f"module 'geomap' has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"geomap.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted({*globals(), *__all__})
