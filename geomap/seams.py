"""The places where another implementation may be put in: one method each.

A :class:`~geomap.pipeline.Pipeline` is built from objects of these shapes. Anything with the
method will do; nothing needs to inherit from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Article, Candidate, Event, LinkedEvent, Mention, Toponym


class Recognizer(Protocol):
    """Finds place names in a text."""

    def __call__(self, text: str, /) -> Sequence[Toponym]:
        """Return the toponyms of the text in reading order, none overlapping another."""
        ...


class Geocoder(Protocol):
    """Knows which places a name may mean."""

    def candidates(self, name: str, /) -> Sequence[Candidate]:
        """Return the places of that name, the most prominent first; empty if there are none."""
        ...


class Resolver(Protocol):
    """Chooses the place that each toponym of an article means."""

    def __call__(
        self, article: Article, toponyms: Sequence[Toponym], geocoder: Geocoder, /
    ) -> Sequence[Mention]:
        """Return one mention a toponym, in the same order."""
        ...


class Extractor(Protocol):
    """Finds the events that an article tells of."""

    def __call__(self, article: Article, /) -> Sequence[Event]:
        """Return the events in reading order."""
        ...


class Selector(Protocol):
    """Keeps the events of an article that are wanted."""

    def __call__(
        self, article: Article, events: Sequence[Event], mentions: Sequence[Mention], /
    ) -> Sequence[Event]:
        """Return some of the events in reading order; their types may be others."""
        ...


class Linker(Protocol):
    """Joins events with their places, times and people."""

    def __call__(
        self, article: Article, events: Sequence[Event], mentions: Sequence[Mention], /
    ) -> Sequence[LinkedEvent]:
        """Return the reports of the article in reading order."""
        ...
