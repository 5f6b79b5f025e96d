"""A plain table of the events, for browsers without scripts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LARGEST = 200
"""Events up to which a map carries the table: beyond that it is no reading matter."""

HEADERS = ("date", "event", "status", "place", "sentence", "article")


def table(features: Sequence[Mapping[str, Any]], words: Mapping[str, Any], *, title: str) -> str:
    """Return the events as an HTML table within ``noscript``; empty where there are too many.

    ``words`` are those of :func:`geomap.webmap.look.words`. Every text is escaped.
    """
    if not 0 < len(features) <= LARGEST:
        return ""
    head = "".join(f'<th scope="col">{clean(words["ui"][key])}</th>' for key in HEADERS)
    body = "\n".join(row(cells(feature, words)) for feature in features)
    return (
        f'<noscript><table class="gm-table"><caption>{clean(title)}</caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></noscript>"
    )


def cells(feature: Mapping[str, Any], words: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the texts of an event's row."""
    known = feature["properties"]
    place = ", ".join(filter(None, (known.get("place"), known.get("country"))))
    if not place and known.get("mention"):
        place = words["ui"]["not_in_gazetteer"].replace("{place}", known["mention"])
    kind, status = str(known.get("type") or ""), str(known.get("status") or "")
    return (
        known.get("date_start") or "",
        words["type"].get(kind, kind.replace("_", " ")),
        words["status"].get(status, status),
        place or words["ui"]["unknown_place"],
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
