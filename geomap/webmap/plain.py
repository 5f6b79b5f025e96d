"""A plain table of the events, for browsers without scripts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LARGEST = 200
"""Events up to which a map carries the table: beyond that it is no reading matter."""

HEADERS = ("Date", "Event", "Status", "Place", "Sentence", "Article")


def table(features: Sequence[Mapping[str, Any]], *, title: str) -> str:
    """Return the events as an HTML table within ``noscript``; empty where there are too many.

    Every text is escaped.
    """
    if not 0 < len(features) <= LARGEST:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADERS)
    body = "\n".join(row(cells(feature)) for feature in features)
    return (
        f'<noscript><table class="gm-table"><caption>{clean(title)}</caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></noscript>"
    )


def cells(feature: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the texts of an event's row."""
    known = feature["properties"]
    place = ", ".join(filter(None, (known.get("place"), known.get("country"))))
    return (
        known.get("date_start") or "",
        str(known.get("type") or "").replace("_", " "),
        known.get("status") or "",
        place or "not known",
        known.get("quote") or "",
        known.get("article_title") or "",
    )


def row(texts: Iterable[str]) -> str:
    """Return a table row.

    >>> row(["<b>", "x"])
    '<tr><td dir="auto">&lt;b&gt;</td><td dir="auto">x</td></tr>'
    """
    return "<tr>" + "".join(f'<td dir="auto">{clean(text)}</td>' for text in texts) + "</tr>"


def clean(text: str) -> str:
    """Escape a text for HTML; what UTF-8 cannot hold becomes the replacement character."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return escape(whole.replace("\0", "\ufffd"))
