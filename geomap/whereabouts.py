"""Which of an article's places those of a profile's events are: a learned second look.

Reports of incidents name the place in one sentence and tell what happened in the next. The linker
reads the trigger's own sentence; here all places of the article compete for each type of event
(:mod:`geomap.rivals`). Boosted trees (:mod:`geomap.forest`) say how likely each is the right one if
there was such an incident; with how likely there was one, that decides. A report keeps its place
if it is among the likely ones, and else takes the likely one that is named nearest to it; a likely
place at which none stands takes the nearest report. Where no place is likely, each stays where the
linker has it. Made for the reports that a profile was trained on, and used with a profile alone;
``geomap/training/whereabouts.py`` makes the weights.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import forest
from geomap.marker import MODEL, Marker
from geomap.model import stable_id
from geomap.ontology import event_types
from geomap.page import Page
from geomap.relevance import together
from geomap.rivals import Rival, rivals, rows, sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Article, Event, LinkedEvent, Mention
    from geomap.seams import Linker

PLACES = {"terrorism": Path(__file__).with_name("models") / "whereabouts.json"}
"""The weights of each profile that has some, by its name."""
LEAST = 0.3
"""A place is likely from here."""
_INCIDENT_POWER = 0.7
"""How much the likelihood of an incident weighs beside that of its place."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A place that is likely for a type of event, and how likely."""

    rival: Rival
    value: float

    def apart(self, sentence: int) -> int:
        """Return how many sentences from one the place is named or implied, at the nearest."""
        return min(abs(at - sentence) for at in self.rival.at)

    def mention(self, sentence: int) -> Mention:
        """Return the mention of the place that is nearest to a sentence."""
        pairs = zip(self.rival.at, self.rival.mentions, strict=True)
        return min(pairs, key=lambda pair: abs(pair[0] - sentence))[1]


class SecondLook:
    """A linker that moves another's reports to the likely places of their type."""

    def __init__(
        self, linker: Linker, model: Path = PLACES["terrorism"], reader: Path = MODEL
    ) -> None:
        """Take the linker, and the files of weights, read when they are first needed."""
        self.linker = linker
        self.model = model
        self.reader = reader

    def __call__(
        self, article: Article, events: Sequence[Event], mentions: Sequence[Mention], /
    ) -> tuple[LinkedEvent, ...]:
        """Return the linker's reports, placed anew."""
        reports = self.linker(article, events, mentions)
        marker = Marker.for_events(len(events), self.reader)
        page = Page(article, tuple(mentions), marker)
        by_type: dict[str, list[LinkedEvent]] = {}
        for report in reports:
            by_type.setdefault(report.event.type, []).append(report)
        found = rivals(page) if by_type else ()
        placed = [
            report
            for kind, told in by_type.items()
            for report in _placed(page, told, self._likely(page, found, kind, events))
        ]
        placed.sort(key=lambda report: report.event.trigger)
        return tuple({report.id: report for report in placed}.values())

    def _likely(
        self, page: Page, found: Sequence[Rival], kind: str, events: Sequence[Event]
    ) -> list[Likely]:
        """Return the likely places of a type of event, the likeliest first."""
        trees = forest.read(self.model)
        scores = [event.score for event in events if event.type == kind]
        incident = together(scores) ** _INCIDENT_POWER if scores else 0.0
        table = rows(page, found, kind, events)
        likely = [
            Likely(rival, incident * trees.probability(row))
            for rival, row in zip(found, table, strict=True)
        ]
        return sorted(
            (item for item in likely if item.value > LEAST),
            key=lambda item: (-item.value, item.rival.at[0], item.rival.place.id),
        )


def _placed(
    page: Page, reports: Sequence[LinkedEvent], likely: Sequence[Likely]
) -> Iterator[LinkedEvent]:
    """Yield the reports of a type of event at its likely places."""
    taken = set()
    for report in reports:
        here = sentence_of(page, report.event.trigger)
        stands = _stands(report, likely)
        nearest = min(likely, key=lambda item: (item.apart(here), -item.value), default=None)
        if found := stands or nearest:
            taken.add(found.rival.place.id)
        yield report if stands or nearest is None else _moved(report, nearest, here)
    for item in likely:
        if item.rival.place.id not in taken:
            at = {r.id: sentence_of(page, r.event.trigger) for r in reports}
            nearest_report = min(reports, key=lambda r: (item.apart(at[r.id]), -r.score, r.id))
            yield _moved(nearest_report, item, at[nearest_report.id])


def _moved(report: LinkedEvent, to: Likely, here: int) -> LinkedEvent:
    """Return a report at a likely place, by the mention nearest to it."""
    label = event_types()[report.event.type].label
    place, mention = to.rival.place, to.mention(here)
    why = "of the article's places the likeliest of such an event"
    return replace(
        report,
        id=stable_id(report.article.id, report.event.type, report.event.trigger, place.id),
        mention=mention,
        role="site",
        score=round(min(report.event.score, to.value), 3),
        reason=f"{label} at {place.name}: {why}; {mention.reason}",
    )


def _stands(report: LinkedEvent, likely: Sequence[Likely]) -> Likely | None:
    """Return the likely place at which a report stands, or that tells it ("30 km north of")."""
    own = report.mention
    if own is None:
        return None
    return next(
        (
            item
            for item in likely
            if (own.place is not None and own.place.id == item.rival.place.id)
            or any(own.toponym.span.covers(m.toponym.span) for m in item.rival.mentions)
        ),
        None,
    )
