"""What the two trainings of the profile of terrorist incidents have in common.

Both read ``muc4.events.dev.jsonl``: reports in which every terrorist incident is marked, with its
type and the names of its places.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geomap.events import extract
from geomap.model import Article
from geomap.rereading import Rereader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Event, Mention
    from geomap.training.documents import Doc

CORPUS = "muc4.events.dev.jsonl"
TARGETS = {
    "armed_attack": ("armed_attack",),
    "armed_clash": ("armed_attack",),
    "violent_crime": ("armed_attack",),
    "air_strike": ("armed_attack", "bombing"),
    "shelling": ("armed_attack", "bombing"),
    "bombing": ("armed_attack", "bombing"),
    "industrial_accident": ("bombing",),
    "kidnapping": ("kidnapping",),
    "property_attack": ("property_attack",),
    "fire": ("property_attack",),
    "riot": ("property_attack",),
}
"""As what an opened event may count: gunfire at a mayor's house opens a clash, a murder a crime."""


def read_article(doc: Doc) -> Article:
    """Return a document's article."""
    published = doc.get("published")
    return Article(
        doc["doc_id"], doc["text"], published=published and date.fromisoformat(published)
    )


def read_events(article: Article, mentions: Sequence[Mention]) -> tuple[Event, ...]:
    """Return the events that a profile judges."""
    return tuple(Rereader(doubting=False)(article, extract(article), mentions))
