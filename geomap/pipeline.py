"""The stages in order: article in, mentions and reports out.

recognize -> resolve -> extract -> reread -> (select) -> link
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.events import extract
from geomap.gazetteer import Gazetteer
from geomap.link import BundledLinker
from geomap.recognize import BundledRecognizer
from geomap.relevance import PROFILES, Relevance
from geomap.rereading import Rereader
from geomap.resolve import BundledResolver
from geomap.whereabouts import PLACES, SecondLook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geomap.model import Article, Event, LinkedEvent, Mention
    from geomap.seams import Extractor, Geocoder, Linker, Recognizer, Resolver, Selector


@dataclass(frozen=True, slots=True)
class Result:
    """What the pipeline found in an article."""

    article: Article
    mentions: tuple[Mention, ...]
    events: tuple[LinkedEvent, ...]


class Pipeline:
    """The chain from an article to its placed events; every stage can be replaced.

    >>> from datetime import date
    >>> from geomap.model import Article
    >>> article = Article("1", "A quake shook Lima on Monday.", published=date(2024, 5, 8))
    >>> report = Pipeline()(article).events[0]
    >>> report.event.type, report.mention.place.name, str(report.when.start)
    ('earthquake', 'Lima', '2024-05-06')
    """

    def __init__(  # noqa: PLR0913 (one argument a stage, all by name)
        self,
        *,
        recognizer: Recognizer | None = None,
        geocoder: Geocoder | None = None,
        resolver: Resolver | None = None,
        extractor: Extractor | None = None,
        rereader: Selector | None = None,
        selector: Selector | None = None,
        linker: Linker | None = None,
    ) -> None:
        """Take the stages; the built-in one stands in for each that is not given.

        Without a selector, such as :class:`geomap.relevance.Relevance`, all events are linked.
        """
        self.geocoder: Geocoder = geocoder or Gazetteer.open()
        self.recognizer: Recognizer = recognizer or BundledRecognizer()
        self.resolver: Resolver = resolver or BundledResolver()
        self.extractor: Extractor = extractor or extract
        self.rereader: Selector = rereader or Rereader()
        self.selector = selector
        self.linker: Linker = linker or BundledLinker(
            resolver=self.resolver, geocoder=self.geocoder
        )

    def mentions(self, article: Article) -> tuple[Mention, ...]:
        """Return the place names of an article with the places they mean."""
        toponyms = self.recognizer(article.text)
        return tuple(self.resolver(article, toponyms, self.geocoder))

    def __call__(self, article: Article) -> Result:
        """Return the mentions and the reports of an article."""
        mentions = self.mentions(article)
        events = self.rereader(article, self.extractor(article), mentions)
        if self.selector is not None:
            events = self.selector(article, events, mentions)
        return Result(article, mentions, tuple(self.linker(article, events, mentions)))


def as_found(
    article: Article,  # noqa: ARG001 (a selector is given it)
    events: Sequence[Event],
    mentions: Sequence[Mention],  # noqa: ARG001
    /,
) -> Sequence[Event]:
    """Return the events as they were found first, for a pipeline that reads them once."""
    return events


def profiled(pipeline: Pipeline, profile: str, weights: Path | None = None) -> Pipeline:
    """Return a pipeline like another that keeps a profile's events alone, placed anew.

    ``weights`` is a folder that holds others than the bundled ones, under the same names.
    """
    chosen, places = PROFILES[profile], PLACES[profile]
    if weights is not None:
        chosen, places = weights / chosen.name, weights / places.name
    return Pipeline(
        recognizer=pipeline.recognizer,
        geocoder=pipeline.geocoder,
        resolver=pipeline.resolver,
        extractor=pipeline.extractor,
        rereader=Rereader(doubting=False),
        selector=Relevance(chosen),
        linker=SecondLook(pipeline.linker, places),
    )
