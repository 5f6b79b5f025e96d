"""Packs Features into the two blobs that the page reads.

The core blob has what drawing, listing and filtering need, the text blob what a popup and a
search need; the page decodes the second one only when it is asked for. Both are columns whose
equal values are stored once: ``{"values": [...], "index": [...]}``.
"""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache
from itertools import accumulate, count
from types import NoneType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geomap.webmap.background import nearby_cities, outlines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Feature = Mapping[str, Any]
    Column = dict[str, list[Any]]

CORE_KEYS = (
    "type",
    "group",
    "status",
    "date_start",
    "date_end",
    "date_precision",
    "time_precision",
    "role",
    "actors",
    "confidence",
)

PLACE_KEYS = (
    "place",
    "place_id",
    "feature",
    "country",
    "admin1",
    "geo_precision",
    "where_prec",
    "radius_km",
    "level",
)

TEXT_KEYS = (
    "id",
    "targets",
    "fatalities_min",
    "fatalities_max",
    "counts",
    "approximate",
    "reason",
    "plover",
    "cameo",
    "acled",
    "iptc",
    "glide",
)

EVIDENCE_KEYS = (
    "trigger",
    "trigger_start",
    "trigger_end",
    "quote",
    "quote_start",
    "quote_end",
    "mention",
    "mention_start",
    "mention_end",
    "confidence",
    "reason",
)

ORIGIN_KEYS = ("origin", "origin_lon", "origin_lat")

MENTION_KEYS = ("name", "lon", "lat", "count")

ARTICLE_KEYS = ("article_id", "article_title", "article_url", "published")


KNOWN_KEYS = frozenset(
    {*CORE_KEYS, *PLACE_KEYS, *TEXT_KEYS, *EVIDENCE_KEYS, *ORIGIN_KEYS, *ARTICLE_KEYS}
    | {"reports", "lon", "lat"}
)
"""What has its place in a blob; other properties become columns of the text blob as they are."""


LARGE = 2_000_000
"""Bytes from which packing does not look for the last two percent: it would take thrice as long."""


def pack(value: object) -> str:
    """Return a JSON value as base64 of gzip, the same for the same value.

    Only ASCII goes in: a lone surrogate, which UTF-8 cannot hold, is kept as its escape.
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return pack_bytes(text.encode("ascii"))


def pack_bytes(data: bytes) -> str:
    """Return bytes as base64 of gzip, the same for the same bytes."""
    level = 9 if len(data) < LARGE else 6
    return base64.b64encode(gzip.compress(data, level, mtime=0)).decode("ascii")


def unpack(blob: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value that :func:`pack` packed.

    >>> unpack(pack({"a": [1, None, "é"]}))
    {'a': [1, None, 'é']}
    """
    return json.loads(gzip.decompress(base64.b64decode(blob)))


def intern(values: Iterable[object]) -> Column:
    """Return a column that stores equal values once, in the order of their first use.

    >>> intern(["riot", "flood", "riot"])
    {'values': ['riot', 'flood'], 'index': [0, 1, 0]}
    """
    values = list(values)
    alike = are_alike(values)
    keys: list[Any] = values if alike else list(map(repr, values))
    kept = dict.fromkeys(keys) if alike else dict(zip(keys, values, strict=True))
    numbers = dict(zip(kept, count(), strict=False))
    return {
        "values": list(kept if alike else kept.values()),
        "index": list(map(numbers.__getitem__, keys)),
    }


def are_alike(values: Iterable[object]) -> bool:
    """Whether values are of one kind, so that none equals another kind's, as 1 does True and 1.0.

    >>> are_alike(["a", None]), are_alike([1, 2]), are_alike([1, True]), are_alike([["a"]])
    (True, True, False, False)
    """
    kinds = set(map(type, values)) - {NoneType}
    return len(kinds) <= 1 and kinds <= {str, int, float, bool}


def core(
    features: Sequence[Feature],
    *,
    title: str,
    subtitle: str,
    mentions: Iterable[Mapping[str, Any]] = (),
    tiles: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the core blob's value."""
    places = intern(map(place_row, features))
    return {
        "title": title,
        "subtitle": subtitle,
        "count": len(features),
        "columns": {
            **columns(CORE_KEYS, (feature["properties"] for feature in features)),
            "place": places,
            "origin": intern(map(origin_row, features)),
        },
        "sources": intern(map(sources, features)),
        "unplaced": intern(map(unplaced, features)),
        "mentions": list(map(select(MENTION_KEYS), mentions)),
        "tiles": tiles,
        "placeKeys": PLACE_KEYS,
        "originKeys": ORIGIN_KEYS,
        "outlines": outlines(places["values"]),
        "cities": nearby_cities(places["values"]),
    }


def text(features: Sequence[Feature]) -> dict[str, Any]:
    """Return the text blob's value; event ``i`` has reports ``first[i]`` to ``first[i + 1]``."""
    reports = [reports_of(feature["properties"]) for feature in features]
    flat = [report for group in reports for report in group]
    shapes = dict.fromkeys(tuple(feature["properties"]) for feature in features)
    keys = list(dict.fromkeys(key for shape in shapes for key in shape))
    others = [key for key in keys if key not in KNOWN_KEYS]
    return {
        "keys": keys,
        "columns": columns((*TEXT_KEYS, *others), (feature["properties"] for feature in features)),
        "first": list(accumulate(map(len, reports), initial=0)),
        "reports": {
            **columns(EVIDENCE_KEYS, flat),
            "article": intern(map(select(ARTICLE_KEYS), flat)),
        },
    }


def columns(keys: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> dict[str, Column]:
    """Return one column a key."""
    rows = list(rows)
    return {key: intern([row.get(key) for row in rows]) for key in keys}


def select(keys: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """Return a function that lists a mapping's values of these keys."""
    return lambda row: tuple(map(row.get, keys))


PLACE_OF, ORIGIN_OF = select(PLACE_KEYS), select(ORIGIN_KEYS)


def place_row(feature: Feature) -> tuple[Any, ...] | None:
    """Return where an event is and what is known of the place; None where that is not known."""
    geometry = feature.get("geometry")
    if not geometry:
        return None
    lon, lat = geometry["coordinates"][:2]
    return (lon, lat, *PLACE_OF(feature["properties"]))


def origin_row(feature: Feature) -> tuple[Any, ...] | None:
    """Return where a movement came from; None where it did not or nobody says."""
    row = ORIGIN_OF(feature["properties"])
    return None if row == (None, None, None) else row


def unplaced(feature: Feature) -> str | None:
    """Return the name of an event's place as written, where it is not on the map.

    >>> unplaced({"geometry": None, "properties": {"mention": "Namtu"}})
    'Namtu'
    """
    return None if feature.get("geometry") else feature["properties"].get("mention") or None


def sources(feature: Feature) -> list[str]:
    """Return who published an event's articles, each once: sites, else titles or ids."""
    return list(dict.fromkeys(filter(None, map(publisher, reports_of(feature["properties"])))))


def publisher(report: Mapping[str, Any]) -> str | None:
    """Return the site of a report's article, else its title or id.

    >>> publisher({"article_url": "https://www.example.org/news/1"})
    'example.org'
    """
    title, url = report.get("article_title"), report.get("article_url")
    return site(url or "") or title or report.get("article_id")


@cache
def site(url: str) -> str:
    """Return the host of an address of the web; nothing where there is none."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in {"http", "https"} else ""


def reports_of(properties: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return an event's reports, at least its own."""
    return properties.get("reports") or (properties,)
