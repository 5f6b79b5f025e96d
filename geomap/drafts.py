"""An event on its way to being linked, and the reports that it ends as."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap import sites
from geomap.elsewhere import LEAST_MEANT
from geomap.model import LinkedEvent, Mention, Reference, Rejection, Toponym, stable_id
from geomap.ontology import event_types
from geomap.participants import around
from geomap.sites import Site

if TYPE_CHECKING:
    from geomap.model import Article, Count, Event, Span, When
    from geomap.sites import Scene

_CONFIDENCE = {
    "sentence": 0.9,
    "holder": 0.7,
    "same event": 0.7,
    "section": 0.6,
    "before": 0.5,
    "lead": 0.4,
    "realm": 0.4,
    "elsewhere": 0.6,
    "dateline": 0.35,
    "headline": 0.35,
    "institution": 0.33,
}
"""How sure a place is by where it was found; below the sentence it is inferred."""
_UNPLACED = 0.5
_ABSTAIN_BELOW = 0.2
"""An event is not placed that is less sure than this."""
_UNSURE = "too unsure to be shown"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event on its way to being linked; ``how`` says where its place was found."""

    event: Event
    index: int
    scene: Scene
    sites: tuple[Site, ...] = ()
    how: str = ""
    origin: Mention | None = None
    when: When | None = None
    counts: tuple[Count, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    unknown: tuple[Span, ...] = ()
    """The names of its places that the gazetteer lacks."""
    barred: frozenset[Mention] = frozenset()
    """What its sentence names for something else: who acted, where the hurt were taken."""
    aftershock: bool = False
    """Whether it is an aftershock, which is not the quake."""
    elsewhere: bool = True
    """Whether another sentence may tell its place: not if its own says who acted, or where not."""


def reports(article: Article, draft: Draft) -> list[LinkedEvent]:
    """Return the reports of a draft: one a site, or one without a place."""
    sure = [site for site in draft.sites if _is_sure(draft, site)]
    unsure = [Rejection(s.mention, _UNSURE) for s in draft.sites if s not in sure]
    draft = replace(draft, rejected=(*draft.rejected, *unsure))
    found: list[Site | None] = [*(sure or _unknown(article.text, draft))]
    return [_report(article, draft, site) for site in found or [None]]


def _unknown(text: str, draft: Draft) -> list[Site]:
    """Return the places of an event that the gazetteer lacks: named, and not placed."""
    return [
        Site(
            Mention(Toponym(span, span.of(text), "place", 0.0), None, 0.0),
            "site",
            0.0,
            "",
        )
        for span in draft.unknown
    ]


def _is_sure(draft: Draft, site: Site) -> bool:
    return site.mention.score >= LEAST_MEANT and _confidence(draft, site) >= _ABSTAIN_BELOW


def _report(article: Article, draft: Draft, site: Site | None) -> LinkedEvent:
    """Return one report with its evidence."""
    event, text = draft.event, article.text
    place = site.mention.place if site else None
    return LinkedEvent(
        id=stable_id(article.id, event.type, event.trigger, place.id if place else ""),
        event=event,
        article=Reference(article.id, article.title, article.url, article.published),
        trigger=event.trigger.of(text),
        quote=event.sentence.of(text),
        mention=site.mention if site else None,
        role=site.role if site else "site",
        origin=draft.origin,
        when=draft.when,
        counts=draft.counts,
        participants=around(draft.scene, text),
        score=_confidence(draft, site),
        reason=_why(draft, site),
        rejected=draft.rejected,
    )


def _confidence(draft: Draft, site: Site | None) -> float:
    """Return how sure the program is that the event is real and at that place, in [0, 1]."""
    if site is None or site.mention.place is None:
        return round(_UNPLACED * draft.event.score, 3)
    near = 1.0 - max(0.0, site.cost) / (2 * sites.MAX_COST)
    meant = 0.5 + 0.5 * site.mention.score
    return round(draft.event.score * meant * _CONFIDENCE[draft.how] * near, 3)


def _why(draft: Draft, site: Site | None) -> str:
    """Return one line that says why the event stands where it stands."""
    kind = event_types()[draft.event.type].label
    if site is None:
        return f"{kind}: the text names no place for it"
    if site.mention.place is None:
        return f"{kind}: the gazetteer lacks “{site.mention.toponym.text}”, where the text sets it"
    how = "another report of it says " if draft.how == "same event" else ""
    return f"{kind} at {site.mention.place.name}: {how}{site.reason}; {site.mention.reason}"
