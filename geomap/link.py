"""Events joined with their places, times, people and numbers: the reports.

An event takes its place from its own sentence (:mod:`geomap.sites`); else from a report of the
same event elsewhere in the article; else it is the likeliest of the article's places
(:mod:`geomap.elsewhere`), with falling confidence. Words that point back ("the attack") lend what
they add to the event they mean. What remains without a place is kept without one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from geomap import dating, marked, relative, sites, timing, tolls
from geomap.drafts import Draft, reports
from geomap.elsewhere import Asked, Elsewhere, Told, Weighed
from geomap.events import WEAK
from geomap.gazetteer import Gazetteer
from geomap.lexicon import lexicon
from geomap.marker import MODEL, Marker
from geomap.model import SHOWN, TOLD, LinkedEvent, Mention, Toponym
from geomap.ontology import NATIONAL, group_of
from geomap.page import Page
from geomap.participants import is_deadly, suits
from geomap.resolve import BundledResolver
from geomap.scenes import Scenes
from geomap.sites import Site

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from pathlib import Path

    from geomap.model import Article, Event, Place, Span
    from geomap.scenes import Setting
    from geomap.seams import Geocoder, Resolver
    from geomap.sites import Candidate, Scene

_LATE_SCORE = 0.5
"""How sure it is that a name is a place's which only the learned reader marks."""
_CLOSE = 1.0
"""What points back ("the attack") takes a place of its own sentence only at so small a cost."""
_BACK_FAR = 5.0
"""The same as the rules count it, where the learned reader marks the place."""
_FIRM = 0.6
"""A trigger must be so sure before it takes a place from outside its sentence."""
_CAUSE_REACH = 2
"""So many sentences behind an event tell what came of it."""
_MEMORY = 60
"""How many events back "the attack" may point."""
_LEFT_BEHIND = frozenset({"before"})
_LEFT_BY_DIPLOMATS = _LEFT_BEHIND | {"lead", "dateline", "headline"}
"""Settings that a sentence leaves with a place of its own, even one that is not the site."""


Placer = Callable[["Article", Sequence[Toponym]], "Sequence[Mention]"]
"""Places toponyms of an article, as a resolver with its geocoder does."""


class BundledLinker:
    """Joins events and places: what the learned reader marks, rules where it is missing."""

    def __init__(
        self,
        model: Path = MODEL,
        resolver: Resolver | None = None,
        geocoder: Geocoder | None = None,
    ) -> None:
        """Take the weights of the reader, opened with the first event.

        The resolver and the geocoder place names that the reader alone knows for places.
        """
        self.model = model
        self.resolver: Resolver = resolver or BundledResolver()
        self.geocoder: Geocoder = geocoder or Gazetteer.open()

    def __call__(
        self, article: Article, events: Sequence[Event], mentions: Sequence[Mention], /
    ) -> tuple[LinkedEvent, ...]:
        """Return the reports of an article in reading order, one an event and place."""
        marker = Marker.for_events(len(events), self.model)
        capital = getattr(self.geocoder, "capital", None)
        return link(article, events, mentions, marker, self._placed, capital=capital)

    def _placed(self, article: Article, toponyms: Sequence[Toponym]) -> Sequence[Mention]:
        return self.resolver(article, toponyms, self.geocoder)


def link(  # noqa: PLR0913 (what the linker knows, all but the first three may be missing)
    article: Article,
    events: Sequence[Event],
    mentions: Sequence[Mention],
    marker: Marker | None = None,
    placer: Placer | None = None,
    *,
    capital: Callable[[str], Place | None] | None = None,
) -> tuple[LinkedEvent, ...]:
    """Return the reports of an article in reading order, one an event and place."""
    page = Page(article, relative.apply(article.text, mentions, capital), marker)
    drafts = [draft_event(page, event) for event in events]
    if placer and (added := _recognized_late(article, mentions, drafts, placer)):
        known = sorted([*mentions, *added], key=lambda mention: mention.toponym.span)
        page = Page(article, relative.apply(article.text, known, capital), marker)
        drafts = [draft_event(page, event) for event in events]
    heard = {draft.index for draft in drafts}
    drafts = [_follow_back(page, drafts, at) for at in range(len(drafts))]
    drafts = [draft for draft in drafts if draft.event.type]
    drafts = _dated(page, drafts)
    open_rest = rest_of(page, drafts)
    twins = [twin_of(open_rest, draft) for draft in drafts]
    competing = _competing(page, open_rest, drafts, twins)
    drafts = [
        _place_elsewhere(page, open_rest, draft, twins[at], competing.get(at))
        for at, draft in enumerate(drafts)
    ]
    beside = _grouped(drafts, lambda d: d.index)
    shared = [draft for group in beside.values() for draft in tolls.shared(group)]
    told = tolls.told_behind(page, open_rest.scenes, shared, heard)
    return tuple(report for draft in told for report in reports(page.article, draft))


@dataclass(frozen=True, slots=True)
class Rest:
    """What the article says beyond an event's own sentence: its scenes and its placed events."""

    scenes: Scenes
    placed: Mapping[Hashable, list[Draft]]
    """By type, the events that their own sentences place."""
    elsewhere: Elsewhere


def rest_of(page: Page, drafts: Iterable[Draft]) -> Rest:
    """Return what the article says beyond the events' own sentences."""
    told = [
        d
        for d in drafts
        if d.how == "sentence" and d.event.status in SHOWN and not _is_only_felt(d)
    ]
    scenes = Scenes(page)
    sited = (
        Told(
            d.index,
            d.event.type,
            frozenset(site.mention.place.id for site in d.sites if site.mention.place),
        )
        for d in told
    )
    return Rest(scenes, _grouped(told, lambda d: d.event.type), Elsewhere(page, scenes, sited))


def _recognized_late(
    article: Article, mentions: Sequence[Mention], drafts: Iterable[Draft], placer: Placer
) -> list[Mention]:
    """Return the mentions of names that the reader marks and the recognizer passed over.

    They are placed among the article's others, and only in a country that one of those is in.
    """
    taken = [mention.toponym.span for mention in mentions]
    spans = {span for draft in drafts for span in draft.unknown}
    new = {span for span in spans if not any(span.overlaps(other) for other in taken)}
    if not new:
        return []
    late = [Toponym(span, span.of(article.text), "place", _LATE_SCORE) for span in new]
    both = sorted([*(m.toponym for m in mentions), *late], key=lambda toponym: toponym.span)
    countries = {mention.place.country for mention in mentions if mention.place}
    return [
        mention
        for mention in placer(article, both)
        if mention.toponym.span in new and mention.place and mention.place.country in countries
    ]


def _is_only_felt(draft: Draft) -> bool:
    """Whether a sentence tells where an earthquake was felt, not where it was."""
    return draft.event.type == "earthquake" and "felt" in draft.scene.sentence.words


def _grouped(
    drafts: Iterable[Draft], key: Callable[[Draft], Hashable]
) -> dict[Hashable, list[Draft]]:
    """Return drafts by a key, each group in reading order."""
    groups: dict[Hashable, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(key(draft), []).append(draft)
    return groups


def draft_event(page: Page, event: Event) -> Draft:
    """Read what an event's own sentence says about it."""
    index, scene = page.scene(event)
    when = timing.time_of(page, index, scene, event.status)
    if timing.is_past_history(page, index, when, event.type):
        event = replace(event, status="background")
    aftershock = event.trigger.of(page.article.text).lower().startswith("aftershock")
    draft = Draft(
        event, index, scene, when=when, counts=tuple(page.counts_in(index)), aftershock=aftershock
    )
    if not event.type:
        return draft
    found = sites.candidates(scene.sentence, page.mentions_in(index))
    marks = page.marks(index, event.trigger) if event.status in SHOWN else None
    chosen = marked.choose_marked(scene, found, marks) if marks else sites.choose(scene, found)
    unknown = marked.unplaced(scene.sentence, marks, page.names_in(index)) if marks else []
    how = "sentence"
    chosen = sites.at_home(scene, page.mentions_in(index)) or chosen
    if not chosen:
        how = "holder" if unknown else how
        chosen = _held(page, unknown, found) if unknown else page.pointed_at(scene)
    if event.anaphoric and not _is_close(scene, chosen, found):
        chosen = []
    origin = next((c.mention for c in found if sites.is_origin(scene, c)), None)
    rejected = tuple(marked.rejections(scene, page.mentions_in(index), chosen, marks))
    barred = sites.bars(scene, found)
    final = not {sites.ACTOR, sites.DENIED_THERE}.isdisjoint(barred.values())
    final |= page.says_several(index)
    if group_of(event.type) == "diplomacy":  # governments did it, wherever the story was before
        final |= any(m.toponym.kind == "metonym" for m in page.mentions_in(index))
    return replace(
        draft, sites=tuple(chosen), how=how if chosen else "", origin=origin, rejected=rejected,
        unknown=tuple(unknown), elsewhere=not final, barred=frozenset(barred),
    )  # fmt: skip


def _is_close(scene: Scene, chosen: Sequence[Site], found: Sequence[Candidate]) -> bool:
    """Whether a place belongs to what points back ("the attack in Kabul"), not to what it does."""
    if min((site.cost for site in chosen), default=0.0) > _CLOSE:
        return False
    taken = {site.mention for site in chosen}
    costs = [sites.cost(scene, c)[0] for c in found if c.mention in taken]
    return not costs or min(costs) <= _BACK_FAR


def _held(page: Page, unknown: Sequence[Span], found: Sequence[Candidate]) -> list[Site]:
    """Return the place that holds an unknown one, as the text says."""
    text = page.article.text
    for name in unknown:
        held = marked.holder(text, name, found)
        if held:
            where = held.mention.toponym.text
            reason = f"{where} holds “{name.of(text)}”, which the gazetteer lacks"
            return [Site(held.mention, "site", 0.0, reason)]
    return []


def _follow_back(page: Page, drafts: Sequence[Draft], at: int) -> Draft:
    """Give a word that points back the event it means, or drop it if it adds nothing.

    "Four villagers were killed", without a place, tells what came of the event told before.
    """
    draft = drafts[at]
    if draft.sites:
        return draft
    if not draft.event.anaphoric:
        cause = _cause(page, drafts, at) if draft.event.score <= WEAK else None
        return _as_same(draft, cause) if cause else draft
    dropped = replace(draft, event=replace(draft.event, type=""))
    if draft.event.status not in SHOWN:
        return dropped
    meant = _antecedent(page.article.text, drafts, at)
    if meant is None:
        return draft
    dates_it = draft.when and draft.when.start and not (meant.when and meant.when.start)
    if not dates_it and not any(suits(count, meant.event.type) for count in draft.counts):
        return dropped
    return _as_same(draft, meant)


def _as_same(draft: Draft, meant: Draft) -> Draft:
    """Return a draft as one more report of the event that it means."""
    event = replace(draft.event, type=meant.event.type, status=meant.event.status)
    return replace(
        meant, event=event, index=draft.index, scene=draft.scene, how="same event",
        when=draft.when or meant.when, counts=draft.counts,
    )  # fmt: skip


def _cause(page: Page, drafts: Sequence[Draft], at: int) -> Draft | None:
    """Return the event just before, in the same paragraph, if it may have killed."""
    draft = drafts[at]
    if draft.event.status not in TOLD or page.mentions_in(draft.index):
        return None
    between = page.article.text[drafts[at - 1].event.trigger.end : draft.event.trigger.start]
    before = drafts[at - 1] if at and "\n" not in between else None
    if before is None or draft.index - before.index > _CAUSE_REACH:
        return None
    apart = draft.when and before.when and not draft.when.overlaps(before.when)
    fits = before.event.status in TOLD and is_deadly(before.event.type) and not apart
    return before if fits else None


def _antecedent(text: str, drafts: Sequence[Draft], at: int) -> Draft | None:
    """Return the event that a definite noun points back to: one of the same noun, else the last."""
    trigger = drafts[at].event.trigger.of(text)
    allowed = lexicon().anaphors.get(trigger.split()[-1].lower(), frozenset())
    fitting = [
        draft
        for draft in drafts[max(0, at - _MEMORY) : at]
        if draft.event.status in SHOWN
        and (draft.sites or not draft.event.anaphoric)
        and not allowed.isdisjoint((draft.event.type, group_of(draft.event.type)))
    ]
    alike = [d for d in fitting if _head(d.event.trigger.of(text)) == _head(trigger)]
    same = [d for d in fitting if d.event.type == drafts[at].event.type]
    found = alike or same or fitting
    last = [draft for draft in found if draft.index == found[-1].index]
    main = [draft for draft in last if draft.when is None or draft.when.start]
    return (main or last)[-1] if found else None


def _head(trigger: str) -> str:
    """Return the last word of a trigger, singular."""
    return trigger.rsplit(maxsplit=1)[-1].lower().rstrip("s")


def _dated(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """Date the events from the rest of the article, where their sentences do not or err."""
    times = dating.whens(page, [asked_when(draft) for draft in drafts])
    return [replace(draft, when=when) for draft, when in zip(drafts, times, strict=True)]


def asked_when(draft: Draft) -> dating.Asked:
    """Return an event as the choice among the article's times asks for it."""
    places = frozenset(site.mention.place.id for site in draft.sites if site.mention.place)
    return dating.Asked(draft.event, draft.index, draft.scene, draft.when, places)


def _competing(
    page: Page, rest: Rest, drafts: Sequence[Draft], twins: Sequence[Draft | None]
) -> dict[int, tuple[Asked, list[float]]]:
    """Return how likely each of the article's places is that of an event, by its number."""
    asks = {
        at: asked(page, draft, twin)
        for at, (draft, twin) in enumerate(zip(drafts, twins, strict=True))
        if draft.event.status in TOLD and not draft.unknown
    }
    likely = rest.elsewhere.likely(list(asks.values()))
    return dict(zip(asks, zip(asks.values(), likely, strict=True), strict=True))


def _place_elsewhere(
    page: Page,
    rest: Rest,
    draft: Draft,
    twin: Draft | None,
    competing: tuple[Asked, list[float]] | None,
) -> Draft:
    """Place an event from the rest of the article, where its sentence does not or errs.

    ``competing`` says how likely the article's places are, None of an event that is not asked for.
    """
    scenes = rest.scenes
    is_open = draft.elsewhere or any(scenes.is_in_town(name) for name in draft.unknown)
    if not is_open or draft.event.status not in SHOWN:
        return draft
    section = scenes.section(draft.index)
    if not draft.sites and draft.unknown and section and section.mention:
        return _set(draft, next(scenes.of(draft.index)))
    if draft.unknown:
        return draft if draft.sites else _place_unknown(page, scenes, draft, twin)
    if twin and not draft.sites:
        origin = draft.origin or twin.origin
        return replace(draft, sites=twin.sites, how="same event", origin=origin)
    if draft.event.score < _FIRM:
        return draft
    if competing:
        found = rest.elsewhere.choose(*competing, draft.barred)
        if found:
            return _at_likeliest(draft, *found)
    return draft if draft.sites else _place_by_rule(page, scenes, draft)


def _at_likeliest(draft: Draft, mention: Mention, likely: float) -> Draft:
    """Return an event placed at the likeliest of the article's places."""
    site = Site(mention, "site", 0.0, f"of the article's places the likeliest, with {likely:.2f}")
    return replace(draft, sites=(site,), how="elsewhere")


def _place_by_rule(page: Page, scenes: Scenes, draft: Draft) -> Draft:
    """Place an event where the text around it sets it, if no place is likely enough."""
    index = draft.index
    if page.is_quoted(index) or page.names_unknown_place(index):
        return draft
    own = _names_other(page, draft)
    setting = next(
        (s for s in scenes.of(index) if s.mention not in draft.barred and s.how not in own), None
    )
    return _set(draft, setting) if setting else draft


def twin_of(rest: Rest, draft: Draft) -> Draft | None:
    """Return a report of the same event that its own sentence places, of the same section."""
    told = rest.placed.get(draft.event.type, [])
    section = rest.scenes.section(draft.index)
    if section:
        told = [other for other in told if rest.scenes.section(other.index) == section]
    return _twin(told, draft)


def asked(page: Page, draft: Draft, twin: Draft | None) -> Asked:
    """Return an event as the choice among the article's places asks for it."""
    places = [site.mention.place for site in twin.sites] if twin else []
    apart = abs(twin.index - draft.index) if twin else 0
    twins = frozenset(place.id for place in places if place)
    own = {site.mention.place.id: site.cost for site in draft.sites if site.mention.place}
    dated = draft.when is not None
    return Asked(draft.event, draft.index, dated, twins, apart, own, _weighed(page, draft))


def _weighed(page: Page, draft: Draft) -> dict[str, Weighed]:
    """Return what an event's own sentence says of the places that it names."""
    found = sites.candidates(draft.scene.sentence, page.mentions_in(draft.index))
    marks = page.marks(draft.index, draft.event.trigger) if found else None
    weighed: dict[str, Weighed] = {}
    for candidate in found:
        place = candidate.mention.place
        if place is not None:
            marked = marks.over(candidate.mention.toponym.span) if marks else 0.0
            cost = sites.cost(draft.scene, candidate)[0]
            own = Weighed(cost, marked, candidate.mention in draft.barred)
            weighed[place.id] = min(own, weighed.get(place.id, own))
    return weighed


def _names_other(page: Page, draft: Draft) -> frozenset[str]:
    """Return the settings that no longer hold where a sentence names places of its own."""
    named = any(m.toponym.kind in ("place", "facility") for m in page.mentions_in(draft.index))
    if not named:
        return frozenset()
    return _LEFT_BY_DIPLOMATS if group_of(draft.event.type) == "diplomacy" else _LEFT_BEHIND


def _set(draft: Draft, setting: Setting) -> Draft:
    """Return an event placed where the text around it sets it."""
    return replace(
        draft, sites=(Site(setting.mention, "site", 0.0, setting.reason),), how=setting.how
    )


def _place_unknown(page: Page, scenes: Scenes, draft: Draft, twin: Draft | None) -> Draft:
    """Place an event at a street or quarter of a town, or somewhere in the article's country."""
    if not any(scenes.is_in_town(name) for name in draft.unknown):
        return _place_in_realm(page, draft)
    if twin and scenes.is_town(twin.sites[0].mention):
        return replace(draft, sites=twin.sites[:1], how="same event")
    town = next((s for s in scenes.of(draft.index) if scenes.is_town(s.mention)), None)
    return _set(draft, town) if town else _place_in_realm(page, draft)


def _place_in_realm(page: Page, draft: Draft) -> Draft:
    """Place an event somewhere in the article's country: the gazetteer lacks its place."""
    if page.realm is None:
        return draft
    span = draft.unknown[0]
    name = span.of(page.article.text)
    reason = f"the gazetteer lacks “{name}”, and the article's places lie in {page.realm.name}"
    mention = Mention(Toponym(span, name, "place", _LATE_SCORE), page.realm, _LATE_SCORE, reason)
    return replace(
        draft, sites=(Site(mention, "site", 0.0, f"“{name}” in its sentence"),), how="realm"
    )


def _twin(placed: Sequence[Draft], draft: Draft) -> Draft | None:
    """Return a placed report of the same type at no other time: told before, and the nearest."""
    after = bisect_right(placed, draft.index, key=lambda other: other.index)
    by_nearness = chain(reversed(placed[:after]), placed[after:])
    return next((other for other in by_nearness if _same_course(other, draft)), None)


def _same_course(a: Draft, b: Draft) -> bool:
    """Whether two drafts of a type can be of one event, or of one country's affairs."""
    if a.event.type in NATIONAL:
        return True
    if a.aftershock != b.aftershock:
        return False
    planned = {draft.event.status == "planned" for draft in (a, b)}
    return len(planned) == 1 and (a.when is None or b.when is None or a.when.overlaps(b.when))
