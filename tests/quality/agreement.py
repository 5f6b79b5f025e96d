"""Score the second annotator of the gold articles as if the product had given these answers.

    python tests/quality/agreement.py

The second annotator read the articles and the conventions of ``tests/gold/README.md``, and nothing
that the first one had written. The figures are those of ``gate.py``: what is left to a reader who
knows the conventions, and so about the most that the product can reach.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import gate

from geomap.features import precision
from geomap.gazetteer import Gazetteer
from geomap.model import Count, Event, Incident, LinkedEvent, Place, Reference, Span, When
from geomap.space import distance_km

if TYPE_CHECKING:
    from pathlib import Path

SECOND = gate.GOLD / "second"
NOT_ASKED = ("toponym precision", "toponym recall", "toponym F1", "located")
"""Figures of names, which the second annotator did not mark."""


def in_gazetteer(place: Place) -> Place:
    """Return the place of that name there as the gazetteer has it, which knows how wide it is."""
    found = [
        candidate.place
        for candidate in Gazetteer.open().candidates(place.name)
        if distance_km(candidate.place, place)
        <= max(gate.EVENT_KM, precision(candidate.place.feature).radius_km)
    ]
    return min(found, key=lambda other: distance_km(other, place), default=place)


def answer(number: int, event: dict[str, Any], places: dict[str, Place]) -> Incident:
    """Return an annotated event as the product would give it; of several answers the first."""
    read = gate.read_event(event, places)
    status = event["status"] if isinstance(event["status"], str) else event["status"][0]
    place = in_gazetteer(read.places[0]) if read.places else None
    when = When(read.start, read.end, "day") if read.end else None
    dead = read.fatalities
    counts = () if dead is None else (Count("killed", dead, dead, Span(0, 0)),)
    at, words, told = Span(0, 0), event["told"], event["type"]
    report = LinkedEvent(
        id=str(number),
        event=Event(told, at, at, status, 1.0),
        article=Reference(""),
        trigger=words,
        quote=words,
        mention=None,
        role="site",
        origin=None,
        when=when,
        counts=counts,
        participants=(),
        score=1.0,
        reason="",
    )
    return Incident(str(number), told, status, place, "site", None, when, (report,), 1.0, "")


def answers(path: Path) -> tuple[Incident, ...]:
    """Return the events that the second annotator holds for required in an article."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    places = {
        name: Place(name, name, at["lon"], at["lat"], "")
        for name, at in data.get("places", {}).items()
    }
    return tuple(
        answer(number, event, places)
        for number, event in enumerate(data.get("events", ()))
        if not event.get("optional")
    )


def score() -> gate.Tally:
    """Score the second annotator on all gold articles."""
    tally = gate.Tally()
    for path in sorted(SECOND.glob("*.toml")):
        gold = gate.read_gold(gate.GOLD / path.name)
        told = answers(path)
        gate.score_events(gold, told, tally)
        for level in gate.LEVELS:
            gate.score_level(level, gold.events, told, tally)
    return tally


def main() -> None:
    """Print the figures, and where the annotators differ."""
    tally = score()
    found = {n: v for n, v in gate.figures(tally).items() if n not in NOT_ASKED}
    lines = [f"{name:18} {value:.3f}" for name, value in found.items()]
    print(*lines, "", *tally.forbidden, *tally.errors, sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
