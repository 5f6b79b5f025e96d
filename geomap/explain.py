"""Why each event stands where it stands: reports in words, a block each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.model import SHOWN
from geomap.ontology import event_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import LinkedEvent, Mention, When


def explain(report: LinkedEvent) -> str:
    """Return what was decided about an event, and why, in a few lines.

    >>> from geomap.model import Article
    >>> from geomap.pipeline import Pipeline
    >>> article = Article("1", "Iran said a quake shook Lima.")
    >>> print(explain(Pipeline()(article).events[0]))  # doctest: +ELLIPSIS
    1:12-17  Earthquake “quake”: happened
      “Iran said a quake shook Lima.”
      at Lima (Lima Province, PE; geonames:3936456), confidence 0...
        Earthquake at Lima: ...
      not Iran: ...
    """
    return "\n".join(_lines(report))


def _lines(report: LinkedEvent) -> Iterator[str]:
    span, event = report.event.trigger, report.event
    label = event_types()[event.type].label
    yield f"{report.article.id}:{span.start}-{span.end}  {label} “{report.trigger}”: {event.status}"
    yield f"  “{' '.join(report.quote.split())}”"
    yield f"  {_where(report.mention)}, confidence {report.score:.2f}"
    yield f"    {report.reason}"
    if report.when:
        yield f"  {_when(report.when)}"
    if event.status not in SHOWN:
        yield f"  kept off the map: {event.status}"
    for rejection in report.rejected:
        yield f"  not {rejection.mention.toponym.text}: {rejection.reason}"


def _where(mention: Mention | None) -> str:
    """Return the place of a report with what holds it, and its id."""
    place = mention.place if mention else None
    if place is None:
        return "nowhere"
    holders = ", ".join(filter(None, (place.admin1, place.country)))
    return f"at {place.name} ({holders + '; ' if holders else ''}{place.id})"


def _when(when: When) -> str:
    """Return a time in words; of an open one the last possible day alone is known."""
    if when.start is None:
        return f"on {when.end} or before"
    return f"on {when.start}" if when.start == when.end else f"from {when.start} to {when.end}"
