"""Events joined with their places, times, people and numbers: the reports.

An event takes its place from its own sentence (:mod:`geomap.sites`); else from a report of the
same event elsewhere in the article; else from the sentence before it, the lead, and the dateline
last, with falling confidence. Words that point back ("the attack") lend what they add to the
event they mean. What remains without a place is kept without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geomap import counts, dates, sites
from geomap.events import Sentence, read
from geomap.features import precision
from geomap.lexicon import lexicon, triggers
from geomap.model import LinkedEvent, Participant, Reference, Span, When, stable_id
from geomap.ontology import NATIONAL, event_types, group_of
from geomap.participants import around
from geomap.text import index_at
from geomap.words import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Article, Count, Event, Mention
    from geomap.sites import Candidate, Site

_CONFIDENCE = {"sentence": 0.9, "same event": 0.7, "before": 0.5, "lead": 0.4, "dateline": 0.35}
_ABSTAIN_BELOW = 0.2
_HAPPENED = frozenset({"happened", "ongoing"})
_AFTERMATH = frozenset("after following retaliation response avenge since revenge".split())
_SPEECH = frozenset("said says told announced reported".split())
_KINDS = {
    "troops": {"troop_deployment", "armed_clash", "weapons_test"},
    "protesters": {"protest", "riot", "strike_action"},
    "arrested": {"arrest", "protest", "riot"},
    "infected": {"disease_outbreak"},
    "kidnapped": {"kidnapping"},
}
"""Types that a count may belong to; those of harm belong to any event of harm."""
_HARM_GROUPS = frozenset(
    "conflict unrest law_and_crime disaster accident health humanitarian".split()
)
_NO_HARM = frozenset({"arrest", "trial", "troop_deployment", "territory_change"})
_BACK_PLACE = re.compile(
    r"\b(?:the|this)\s+(?P<what>region|area|city|town|village|province|country|capital|island|state)\b",
    re.IGNORECASE,
)
_BACK_LEVELS = {
    "region": ("region", "admin1"),
    "area": ("region", "district", "admin2", "admin1", "city"),
    "province": ("admin1",),
    "state": ("admin1",),
    "country": ("country",),
    "island": ("region",),
}
_DATELINE = re.compile(r"\s*(?:[,(\[][^\n]{0,60}?)?(?:--|—|–|-|:)\s")


@dataclass(frozen=True, slots=True)
class Draft:
    """An event on its way to being linked."""

    event: Event
    index: int
    trigger: tuple[int, int]
    sites: tuple[Site, ...] = ()
    how: str = ""
    origin: Mention | None = None
    when: When | None = None
    counts: tuple[Count, ...] = ()
    antecedent: int | None = None


class RuleLinker:
    """Joins events and places by the grammar around them."""

    def __call__(
        self, article: Article, events: Sequence[Event], mentions: Sequence[Mention], /
    ) -> tuple[LinkedEvent, ...]:
        """Return the reports of an article in reading order, one an event and place."""
        page = Page(article, read_article(article.text), tuple(mentions))
        drafts = [page.draft(event) for event in events]
        drafts = [page.follow_back(drafts, at) for at in range(len(drafts))]
        drafts = [draft for draft in drafts if draft.event.type]
        drafts = [page.place_elsewhere(drafts, at) for at in range(len(drafts))]
        drafts = [replace(draft, counts=page.counts_of(drafts, draft)) for draft in drafts]
        return tuple(report for draft in drafts for report in page.reports(draft))


@lru_cache(maxsize=4)
def read_article(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text, remembered for the next stage."""
    return tuple(read(text))


@dataclass(frozen=True, slots=True)
class Page:
    """An article laid out for linking."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]

    def sentence(self, event: Event) -> tuple[int, Sentence]:
        """Return the index of an event's sentence, and the sentence."""
        index = index_at([s.span for s in self.sentences], event.sentence.start)
        return index, self.sentences[index]

    def words_of(self, sentence: Sentence, span: Span) -> tuple[int, int]:
        """Return the first and last word index that a span covers."""
        inside = [
            index
            for index, at in enumerate(sentence.at)
            if span.start <= sentence.tokens[at].start < span.end
        ]
        return inside[0], inside[-1]

    def draft(self, event: Event) -> Draft:
        """Read what an event's own sentence says about it."""
        index, sentence = self.sentence(event)
        trigger = self.words_of(sentence, event.trigger)
        draft = Draft(
            event, index, trigger, counts=tuple(counts.find(self.article.text, sentence.span))
        )
        draft = replace(draft, when=self.when(draft, sentence))
        if not event.type:
            return draft
        found = sites.candidates(sentence, self.place_mentions(index))
        others = self.other_triggers(sentence, event)
        chosen = sites.choose(sentence, event, trigger, found, others)
        if not chosen:
            chosen = self.pointed_at(sentence, event, trigger, others)
        starts = [c.mention for c in found if sites.is_origin(sentence, event, c)]
        if event.anaphoric and chosen and chosen[0].cost > _CLOSE:
            chosen = []
        how = "sentence" if chosen else ""
        return replace(draft, sites=tuple(chosen), how=how, origin=starts[0] if starts else None)

    def place_mentions(self, index: int) -> list[Mention]:
        """Return the mentions of a sentence, without those of a dateline before it."""
        sentence = self.sentences[index]
        inside = [m for m in self.mentions if sentence.span.covers(m.toponym.span)]
        line = self.dateline()
        return [m for m in inside if line is None or m.toponym.span.start >= line[1]]

    def dateline(self) -> tuple[Mention, int] | None:
        """Return the place of the dateline ("SYLHET, Bangladesh - ") and where it ends."""
        for sentence in self.sentences[:2]:
            for mention in self.mentions:
                if mention.toponym.span.start != sentence.span.start:
                    continue
                end = _DATELINE.match(self.article.text, mention.toponym.span.end)
                if end and mention.place is not None:
                    return mention, end.end()
        return None

    def other_triggers(self, sentence: Sentence, event: Event) -> frozenset[int]:
        """Return the word indices of the sentence's other triggers."""
        own = self.words_of(sentence, event.trigger)
        return frozenset(
            t.start for t in triggers(sentence.words) if not own[0] <= t.start <= own[1]
        )

    def pointed_at(
        self, sentence: Sentence, event: Event, trigger: tuple[int, int], others: frozenset[int]
    ) -> list[Site]:
        """Return the place that "the region" or "the city" points back to, if it is a site."""
        for match in _BACK_PLACE.finditer(
            self.article.text, sentence.span.start, sentence.span.end
        ):
            what = match["what"].lower()
            levels = _BACK_LEVELS.get(what, ("city",))
            meant = self.latest(match.start(), levels)
            if meant is None:
                continue
            first, last = self.words_of(sentence, Span(*match.span()))
            candidate = sites.Candidate(meant, first, last)
            value, role = sites.cost(sentence, event, trigger, candidate, others)
            if value <= sites.MAX_COST and sites.leading(sentence, first)[0] in _LEADS:
                reason = f"{match[0]!r} points back to {meant.toponym.text!r}"
                return [sites.Site(meant, role, value + 1.0, reason)]
        return []

    def latest(self, before: int, levels: Sequence[str]) -> Mention | None:
        """Return the last mention before an offset whose place has one of the levels."""
        fitting = [
            m
            for m in self.mentions
            if m.toponym.span.end <= before
            and m.toponym.kind == "place"
            and m.place is not None
            and precision(m.place.feature).level in levels
        ]
        return fitting[-1] if fitting else None

    def when(self, draft: Draft, sentence: Sentence) -> When | None:
        """Return the time of an event that its sentence tells."""
        planned = draft.event.status == "planned"
        told = self.times(sentence, future=False)
        spoken = [when for when in told if self.is_speech_time(sentence, when)]
        if planned and spoken:
            return spoken[0]
        if planned:
            told = self.times(sentence, future=True)
        others = [when for when in told if not self.is_speech_time(sentence, when)]
        limit = self.limit(sentence, draft, told)
        if limit:
            return limit
        weighed = [(self.time_cost(sentence, draft, when), when) for when in others]
        value, when = min(weighed, key=lambda item: item[0], default=(_TIME_REACH, None))
        return when if when and value < _TIME_REACH else None

    def times(self, sentence: Sentence, *, future: bool) -> list[When]:
        """Return the times that a sentence names."""
        return dates.find(self.article.text, sentence.span, self.article.published, future=future)

    def time_cost(self, sentence: Sentence, draft: Draft, when: When) -> float:
        """Return how far a time stands from a trigger, in words and clauses."""
        first, last = self.words_of(sentence, when.span or sentence.span)
        start, end = draft.trigger
        between = range(end + 1, first) if first > end else range(last + 1, start)
        others = self.other_triggers(sentence, draft.event)
        crossed = sum(2.0 for i in between if sentence.words[i] in _AFTERMATH | {";"})
        crossed += sum(1.5 for i in between if sentence.words[i] == "," or i in others)
        return 0.2 * len(between) + crossed + (0.0 if when.precision == "day" else 1.5)

    def is_speech_time(self, sentence: Sentence, when: When) -> bool:
        """Whether a time says when something was said ("officials said on Wednesday")."""
        first, last = self.words_of(sentence, when.span or sentence.span)
        before = sentence.words[max(0, first - 2) : first]
        following = sentence.words[last + 1 : last + 2]
        return not _SPEECH.isdisjoint(before) or not _SPEECH.isdisjoint(following)

    def limit(self, sentence: Sentence, draft: Draft, told: Sequence[When]) -> When | None:
        """Return "before Sunday" for what Sunday's event came after or answered."""
        start = draft.trigger[0]
        marks = [i for i in range(max(0, start - 5), start) if sentence.words[i] in _AFTERMATH]
        if not marks:
            return None
        places = [(self.words_of(sentence, when.span or sentence.span)[0], when) for when in told]
        if any(first > marks[0] for first, _ in places):
            return None
        return replace(places[-1][1], start=None) if places else None

    def follow_back(self, drafts: Sequence[Draft], at: int) -> Draft:
        """Give a word that points back the event it means, if it adds anything to it."""
        draft = drafts[at]
        if not draft.event.anaphoric or draft.sites:
            return draft
        if draft.event.status not in _HAPPENED:
            return replace(draft, event=replace(draft.event, type=""))
        antecedent = self.antecedent(drafts, at)
        if antecedent is None:
            return draft
        meant = drafts[antecedent]
        if not self.own_counts(draft, meant.event.type):
            return replace(draft, event=replace(draft.event, type=""))
        event = replace(draft.event, type=meant.event.type, status=meant.event.status)
        return replace(
            draft,
            event=event,
            sites=meant.sites,
            how="same event",
            when=draft.when or meant.when,
            origin=meant.origin,
        )

    def own_counts(self, draft: Draft, kind: str) -> list[Count]:
        """Return the counts of a sentence that may belong to an event of a type."""
        return [count for count in draft.counts if _suits(count, kind)]

    def antecedent(self, drafts: Sequence[Draft], at: int) -> int | None:
        """Return the index of the event that a definite noun points back to."""
        event = drafts[at].event
        head = _head(event.trigger.of(self.article.text))
        allowed = lexicon().anaphors.get(
            event.trigger.of(self.article.text).split()[-1].lower(), frozenset()
        )
        fitting = [
            index
            for index, draft in enumerate(drafts[:at])
            if draft.event.type
            and draft.event.status in _HAPPENED | {"planned"}
            and not (draft.event.anaphoric and not draft.sites)
            and (draft.event.type in allowed or group_of(draft.event.type) in allowed)
        ]
        same = [i for i in fitting if _head(drafts[i].event.trigger.of(self.article.text)) == head]
        return (same or fitting or [None])[-1]

    def place_elsewhere(self, drafts: Sequence[Draft], at: int) -> Draft:
        """Place an event that its sentence does not place, from the rest of the article."""
        draft = self.dated_as_before(drafts, at)
        if draft.sites or draft.event.status not in _HAPPENED | {"planned"}:
            return draft
        twin = self.twin(drafts, at)
        if twin is not None:
            return replace(
                draft, sites=twin.sites, how="same event", origin=draft.origin or twin.origin
            )
        if self.names_unknown_place(draft) or self.is_quoted(draft):
            return draft
        for how, found in (("before", self.sites_before(draft)), ("lead", self.lead_sites(draft))):
            if found:
                return replace(draft, sites=found, how=how)
        line = self.dateline()
        if line is None or draft.event.score < _FIRM:
            return draft
        return replace(
            draft,
            sites=(sites.Site(line[0], "site", 0.0, "the dateline names it"),),
            how="dateline",
        )

    def dated_as_before(self, drafts: Sequence[Draft], at: int) -> Draft:
        """Date an event "hours later" or "on the same day" as the one told before it."""
        draft = drafts[at]
        sentence = self.sentences[draft.index]
        if draft.when or not _SAME_DAY.search(sentence.span.of(self.article.text)):
            return draft
        earlier = [
            d.when for d in drafts[:at] if d.when and draft.index - d.index <= _SAME_DAY_REACH
        ]
        return replace(draft, when=earlier[-1]) if earlier else draft

    def is_quoted(self, draft: Draft) -> bool:
        """Whether the event is told in somebody's words."""
        return self.article.text[draft.event.sentence.start] in _QUOTES

    def names_unknown_place(self, draft: Draft) -> bool:
        """Whether the sentence sets the event in a named place that nothing is known of."""
        sentence = self.sentences[draft.index]
        known = {
            index
            for mention in self.mentions
            if mention.place and sentence.span.covers(mention.toponym.span)
            for index in range(
                sites.word_range(sentence, mention)[0], sites.word_range(sentence, mention)[1] + 1
            )
        }
        for index, word in enumerate(sentence.words[:-1]):
            following = sentence.tokens[sentence.at[index + 1]].text
            if word in _UNKNOWN_LEADS and following[:1].isupper() and index + 1 not in known:
                return following.lower() not in word_list("ordinary")
        return False

    def twin(self, drafts: Sequence[Draft], at: int) -> Draft | None:
        """Return a placed report of the same type at no other time, the nearest in the text."""
        draft = drafts[at]
        fitting = [
            other
            for other in drafts
            if other.how == "sentence"
            and other.event.type == draft.event.type
            and _same_course(other, draft)
        ]
        return min(
            fitting,
            key=lambda other: (other.index > draft.index, abs(other.index - draft.index)),
            default=None,
        )

    def sites_before(self, draft: Draft) -> tuple[Site, ...]:
        """Return the place that the sentence before names in a place's role, if there is one."""
        if not draft.index or draft.event.score < _FIRM:
            return ()
        return self.sites_of_sentence(draft.index - 1, "the sentence before names it")

    def lead_sites(self, draft: Draft) -> tuple[Site, ...]:
        """Return the place of the lead, for what the first sentences report."""
        if draft.index > _LEAD_REACH or draft.event.score < _FIRM:
            return ()
        for index in range(min(2, len(self.sentences))):
            found = self.sites_of_sentence(index, "the lead names it")
            if found:
                return found
        return ()

    def sites_of_sentence(self, index: int, reason: str) -> tuple[Site, ...]:
        """Return the one place that a sentence is set in; none where it names several."""
        sentence = self.sentences[index]
        found = [
            c
            for c in sites.candidates(sentence, self.place_mentions(index))
            if sites.leading(sentence, c.first)[0] in _LEADS and not c.country_only
        ]
        places = {c.mention.place.id for c in found if c.mention.place}
        return (sites.Site(found[0].mention, "site", 0.0, reason),) if len(places) == 1 else ()

    def reports(self, draft: Draft) -> list[LinkedEvent]:
        """Return the reports of a draft: one a site, or one without a place."""
        chosen: Iterable[Site | None] = draft.sites or (None,)
        return [self.report(draft, site) for site in chosen]

    def report(self, draft: Draft, site: Site | None) -> LinkedEvent:
        """Return one report with its evidence."""
        event, text = draft.event, self.article.text
        mention = site.mention if site else None
        score = _confidence(draft, site)
        if score < _ABSTAIN_BELOW:
            mention = None
        return LinkedEvent(
            id=stable_id(
                self.article.id,
                event.type,
                event.trigger,
                mention.place.id if mention and mention.place else "",
            ),
            event=event,
            article=_reference(self.article),
            trigger=event.trigger.of(text),
            quote=event.sentence.of(text),
            mention=mention,
            role=site.role if site else "site",
            origin=draft.origin,
            when=draft.when,
            counts=draft.counts,
            participants=participants(self.sentences[draft.index], draft, text),
            score=score,
            reason=_why(draft, site),
        )

    def counts_of(self, drafts: Sequence[Draft], draft: Draft) -> tuple[Count, ...]:
        """Return the numbers of a sentence that belong to this event rather than another in it."""
        if draft.event.status not in _HAPPENED | {"planned"}:
            return ()
        rivals = [d for d in drafts if d.index == draft.index and d is not draft]
        return tuple(
            count
            for count in self.own_counts(draft, draft.event.type)
            if all(
                self.count_cost(draft, count) <= self.count_cost(rival, count)
                for rival in rivals
                if _suits(count, rival.event.type)
            )
        )

    def count_cost(self, draft: Draft, count: Count) -> float:
        """Return how far a number stands from a trigger, in words and commas."""
        sentence = self.sentences[draft.index]
        at = self.words_of(sentence, count.span)[0]
        start, end = draft.trigger
        between = range(end + 1, at) if at > end else range(at + 1, start)
        return len(between) + 6.0 * sum(sentence.words[i] == "," for i in between)


_SAME_DAY = re.compile(
    r"\b(?:(?:hours|minutes|shortly|soon) (?:later|earlier|after|before)|(?:the )?same (?:day|night|evening))\b",
    re.IGNORECASE,
)
_SAME_DAY_REACH = 3
_UNKNOWN_LEADS = frozenset("in at near to outside around".split())
_QUOTES = "\"“'‘"
_CLOSE = 1.0
"""What points back ("the attack") takes a place of its own sentence only at so small a cost."""
_TIME_REACH = 7.0
_FIRM = 0.6
_LEAD_REACH = 3
_LEADS = frozenset(
    "in at near outside around inside across off on to into throughout of from".split()
)


def _reference(article: Article) -> Reference:
    return Reference(article.id, article.title, article.url, article.published)


def _same_course(a: Draft, b: Draft) -> bool:
    """Whether two drafts of a type can be of one event, or of one country's affairs."""
    if a.event.type in NATIONAL:
        return True
    happened = (a.event.status in _HAPPENED) == (b.event.status in _HAPPENED)
    return happened and compatible_times(a.when, b.when)


def _head(trigger: str) -> str:
    """Return the last word of a trigger, singular."""
    return trigger.split()[-1].lower().rstrip("s")


def _suits(count: Count, kind: str) -> bool:
    """Whether a count may belong to an event of a type."""
    if count.kind in _KINDS:
        return kind in _KINDS[count.kind]
    return group_of(kind) in _HARM_GROUPS and kind not in _NO_HARM


def compatible_times(a: When | None, b: When | None) -> bool:
    """Whether two times can be of one event: one is unknown, or they overlap."""
    if a is None or b is None:
        return True
    after_start = b.start is None or a.end >= b.start
    return after_start and (a.start is None or b.end >= a.start)


def _confidence(draft: Draft, site: Site | None) -> float:
    """Return how sure the program is that the event is real and at that place, in [0, 1]."""
    if site is None:
        return round(0.5 * draft.event.score, 3)
    near = max(0.0, min(1.0, 1.0 - max(0.0, site.cost) / (2 * sites.MAX_COST)))
    return round(draft.event.score * site.mention.score * _CONFIDENCE[draft.how] * near, 3)


def _why(draft: Draft, site: Site | None) -> str:
    """Return one line that says why the event stands where it stands."""
    kind = event_types()[draft.event.type].label.lower()
    if site is None or site.mention.place is None:
        return f"{kind}: the text names no place for it"
    how = {"same event": "another report of it: ", "sentence": ""}.get(draft.how, "")
    place = site.mention
    return (
        f"{kind} at {place.place.name if place.place else ''}: {how}{site.reason}; {place.reason}"
    )


def participants(sentence: Sentence, draft: Draft, text: str) -> tuple[Participant, ...]:
    """Return who does and who suffers, from the words around a verb."""
    return around(sentence, draft.trigger, draft.event.type, text)
