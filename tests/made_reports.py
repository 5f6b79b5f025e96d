"""Places and reports made by hand, for the tests of merging and of records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geomap.model import (
    Count,
    Event,
    LinkedEvent,
    Mention,
    Participant,
    Place,
    Reference,
    Span,
    Toponym,
    When,
    stable_id,
)

if TYPE_CHECKING:
    from geomap.model import Role, Status

PLACES = {
    place.name: place
    for place in (
        Place("iraq", "Iraq", 44.0, 33.0, "PCLI", "IQ", radius_km=400),
        Place("syria", "Syria", 38.5, 35.0, "PCLI", "SY", radius_km=300),
        Place("baghdad", "Baghdad", 44.40, 33.34, "PPLC", "IQ", "Baghdad", 7_000_000, 20),
        Place("green", "Green Zone", 44.39, 33.31, "PPLX", "IQ", "Baghdad", radius_km=2),
        Place("embassy", "U.S. Embassy", 44.38, 33.30, "DIP", "IQ", "Baghdad", radius_km=1),
        Place("mosul", "Mosul", 43.12, 36.34, "PPLA", "IQ", "Nineveh", 1_000_000, 9),
        Place("hamdaniya", "Hamdaniya", 43.37, 36.27, "PPL", "IQ", "Nineveh", 30_000, 3),
        Place("nineveh", "Nineveh", 42.5, 35.9, "ADM1", "IQ", "Nineveh", radius_km=120),
        Place("aleppo", "Aleppo", 37.16, 36.20, "PPLA", "SY", "Aleppo", 2_000_000, 9),
        Place("middle-east", "Middle East", 46.0, 29.0, "RGN", "", "", radius_km=1500),
        Place("gulf", "Gulf", 51.0, 27.0, "GULF", "", "", radius_km=400),
        Place("kuwait", "Kuwait", 47.75, 29.5, "PCLI", "KW", radius_km=80),
        Place("kuwait-city", "Kuwait City", 47.98, 29.37, "PPLC", "KW", "Al Asimah", 60_000, 15),
    )
}


def mention(name: str | None, score: float = 0.9, at: int = 0) -> Mention | None:
    """Return a mention of a place by its name, at an offset of its article."""
    if name is None:
        return None
    return Mention(Toponym(Span(at, at + len(name)), name, "place", 0.9), PLACES[name], score)


def when(day: str | None, end: str | None = None) -> When | None:
    """Return a day or a range of days; "?" before a day means "not after"."""
    if day is None:
        return None
    first = date.fromisoformat(day.lstrip("?"))
    last = date.fromisoformat(end) if end else first
    return When(None if day.startswith("?") else first, last, "day")


def report(
    kind: str = "bombing",
    place: str | None = "Baghdad",
    day: str | None = "2020-01-02",
    *,
    article: str = "a",
    published: str | None = "2020-01-03",
    status: Status = "happened",
    role: Role = "site",
    origin: str | None = None,
    end: str | None = None,
    score: float = 0.8,
    at: int = 0,
    named: int | None = None,
    counts: tuple[Count, ...] = (),
    participants: tuple[Participant, ...] = (),
) -> LinkedEvent:
    """Return a report; ``at`` is where its trigger stands, ``named`` where its place, if apart."""
    trigger = Span(at, at + 4)
    return LinkedEvent(
        id=stable_id(article, kind, trigger, place),
        event=Event(kind, trigger, Span(at, at + 40), status, 0.85),
        article=Reference(article, published=date.fromisoformat(published) if published else None),
        trigger="bomb",
        quote="bomb " * 8,
        mention=mention(place, at=at if named is None else named),
        role=role,
        origin=mention(origin),
        when=when(day, end),
        counts=counts,
        participants=participants,
        score=score,
        reason=f"because of {place}",
    )
