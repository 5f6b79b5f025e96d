"""The map: incidents as GeoJSON Features in, one self-contained HTML file out.

The page needs no network: Leaflet, the basemap, the events and the code are all inside. No text
of an article, gazetteer or user ever becomes code: it travels as packed data and reaches the page
as text nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.webmap.page import OfflineMap

__all__ = ["OfflineMap", "event_map"]


def event_map(
    features: Sequence[Mapping[str, Any]], *, title: str = "Event map", subtitle: str = ""
) -> OfflineMap:
    """Return a map of the events, a ``folium.Map`` to which other layers may be added.

    ``features`` are GeoJSON Features, one an incident, as
    :func:`geomap.records.feature` makes them; one without a geometry is listed but not drawn.

    >>> event_map([], title="Nothing yet").get_name()
    'map_geomap'
    """
    from geomap.webmap.page import OfflineMap

    return OfflineMap(features, title=title, subtitle=subtitle)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module's attribute is
    """Import OfflineMap, and folium with it, when it is first asked for."""
    if name == "OfflineMap":
        from geomap.webmap.page import OfflineMap

        return OfflineMap
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
