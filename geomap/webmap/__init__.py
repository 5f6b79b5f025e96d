"""The map: incidents as GeoJSON Features in, one self-contained HTML file out.

The page needs no network: Leaflet, the basemap, the events and the code are all inside. No text
of an article, gazetteer or user ever becomes code: it travels as packed data and reaches the page
as text nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.webmap.look import LookOptions
    from geomap.webmap.page import OfflineMap

__all__ = ["LookOptions", "OfflineMap", "event_map"]


def event_map(
    features: Sequence[Mapping[str, Any]],
    *,
    title: str = "Event map",
    subtitle: str = "",
    mentions: Sequence[Mapping[str, Any]] = (),
    **look: Unpack[LookOptions],
) -> OfflineMap:
    """Return a map of the events, a ``folium.Map`` to which other layers may be added.

    ``features`` are GeoJSON Features, one an incident, as
    :func:`geomap.records.feature` makes them; one without a geometry is listed but not drawn.
    ``mentions`` are places that the articles merely mention, each with ``name``, ``lon``, ``lat``
    and ``count``: a layer that is off at first. The other options are those of
    :class:`geomap.webmap.look.Look`: ``lang`` (en, ar, es, fr), ``theme`` (system, light, dark),
    ``tiles`` with ``attribution``, ``embed``. Raises OptionError for a value that is not allowed.

    >>> event_map([], title="Nothing yet").get_name()
    'map_geomap'
    """
    from geomap.webmap.look import Look
    from geomap.webmap.page import OfflineMap

    return OfflineMap(
        features, title=title, subtitle=subtitle, mentions=mentions, look=Look(**look)
    )


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module's attribute is
    """Import OfflineMap, and folium with it, when it is first asked for."""
    if name == "LookOptions":
        from geomap.webmap.look import LookOptions

        return LookOptions
    if name == "OfflineMap":
        from geomap.webmap.page import OfflineMap

        return OfflineMap
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
