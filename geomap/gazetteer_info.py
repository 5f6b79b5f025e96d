"""What a gazetteer holds, and where it is from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from geomap.features import precision
from geomap.gazetteer_format import FILES, VERSION

if TYPE_CHECKING:
    from geomap.gazetteer_format import Tables

_CHECKSUM_SHOWN = 12


def describe(tables: Tables) -> dict[str, Any]:
    """Return version, sources with their licenses, and counts of an open gazetteer.

    ``data`` are the first digits of the SHA-256 of the figures. Raises GazetteerError where a
    file is damaged: every byte is compared with its checksum.

    >>> from geomap.gazetteer import Gazetteer
    >>> describe(Gazetteer.open().tables)["format"]
    1
    """
    tables.verify()
    about = tables.header["about"]
    return {
        "folder": str(tables.folder),
        "format": VERSION,
        "data": tables.header["body_sha256"][:_CHECKSUM_SHOWN],
        "bytes": sum((tables.folder / name).stat().st_size for name in FILES),
        "places": len(tables),
        "names": len(tables.names),
        "countries": len(about.get("countries", {})),
        "kinds": kinds(tables),
        "sources": dict(about.get("sources", {})),
    }


def kinds(tables: Tables) -> dict[str, int]:
    """Return how many places there are of each kind, the most first."""
    counts: Counter[str] = Counter()
    for feature, count in tables.feature_counts().items():
        counts[precision(feature).level] += count
    return dict(counts.most_common())
