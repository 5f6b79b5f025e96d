"""An article laid out for linking: its sentences, mentions, triggers and dateline."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geomap import counts, dates, sites
from geomap.datelines import behind_day
from geomap.events import is_of_trial
from geomap.features import precision
from geomap.lexicon import triggers
from geomap.model import Span
from geomap.numbers import COUNTED
from geomap.text import index_at, read
from geomap.words import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.marker import Marker, Marks
    from geomap.model import Article, Count, Event, Mention, Place, When
    from geomap.sites import Scene, Site
    from geomap.text import Sentence

_BACK_PLACE = re.compile(
    r"\b(?:the|this)\s+(?P<what>region|area|city|town|village|province|country|capital|island"
    r"|state|district|county|municipality)\b(?!\s+of\b)"
    r"|(?<!from )\b(?P<there>there)\b(?!['’]|\s+(?:is|are|was|were|be|been|has|have|had|will"
    r"|would|may|might|could|can|must|should|seem|appear|remain|exist|came|no|any|ever|never)\b)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"\b(?:in|across|over|throughout)\s+(?:at\s+least\s+|all\s+|some\s+|the\s+)?"
    rf"(?:{COUNTED}|\d{{1,3}}|several|many|both|various|dozens\s+of|a\s+dozen)\s+(?:\w+\s+)?"
    r"(?:states|provinces|countries|districts|regions|departments|counties|cities|towns|nations)\b",
    re.IGNORECASE,
)
"""Places that are counted and not named: "in three states"."""
_BACK_LEVELS = {
    "region": ("region", "admin1"),
    "area": ("region", "district", "admin2", "admin1", "city"),
    "province": ("admin1",),
    "state": ("admin1",),
    "district": ("district", "admin2", "city"),
    "county": ("admin2", "admin1"),
    "country": ("country",),
    "island": ("region",),
}
"""Levels of the places that words such as "the region" point back to; a city for the others."""
_CAPITALS = ("PPLC", "PPLG")
"""Features of the towns that "the capital" means."""
_DATELINE_END = re.compile(r"\s*(?:[,(\[][^\n]{0,60}?)?(?:--|—|–|-|:)\s")
_DATED_END = re.compile(r"(?:\.|(?<=\.))(?:\s|$)")
_LOCAL = re.compile(
    r"(?:\s+[A-Z]\w+)?\s+(?:Police|Fire|Sheriff|Municipal|Court|Hospital|Church|High School)\b"
)
_PLACE_LEADS = sites.SITE_LEADS | sites.TOWARD | {"of", "from"}
_UNKNOWN_LEADS = frozenset("in at near to outside around".split())
_REALM_LEAST, _REALM_SHARE = 3, 0.8
"""So many of an article's place names, and such a share of them, tell its country."""
_BACK_COST = 1.0


@dataclass(frozen=True)
class Page:
    """An article with its mentions; what is derived from them is worked out once."""

    article: Article
    mentions: tuple[Mention, ...]
    marker: Marker | None = None
    """The learned reader of places; without it rules choose them."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The article's sentences."""
        return read(self.article.text)

    @cached_property
    def is_of_trial(self) -> bool:
        """Whether the article opens with what a court did."""
        return is_of_trial(self.sentences)

    @cached_property
    def _starts(self) -> list[Span]:
        return [sentence.span for sentence in self.sentences]

    @cached_property
    def _mentions(self) -> dict[int, list[Mention]]:
        """The mentions of each sentence."""
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            index = index_at(self._starts, mention.toponym.span.start)
            found.setdefault(index, []).append(mention)
        return found

    @cached_property
    def indices(self) -> tuple[int, ...]:
        """The index of each mention's sentence."""
        return tuple(index_at(self._starts, m.toponym.span.start) for m in self.mentions)

    @cached_property
    def _times(self) -> dict[tuple[int, bool], list[When]]:
        return {}

    @cached_property
    def _counts(self) -> dict[int, list[Count]]:
        return {}

    @cached_property
    def _triggers(self) -> dict[int, tuple[int, ...]]:
        return {}

    @cached_property
    def _tolls(self) -> dict[int, list[float]]:
        return {}

    @cached_property
    def dateline(self) -> tuple[Mention, int] | None:
        """The place of the dateline ("SYLHET, Bangladesh - ") and where that ends, if any."""
        for sentence in self.sentences[:2]:
            for mention in self.mentions:
                if mention.toponym.span.start != sentence.span.start or mention.place is None:
                    continue
                end = self._dateline_end(mention.toponym.span.end)
                if end:
                    return mention, end
        return None

    def scene(self, event: Event) -> tuple[int, Scene]:
        """Return the index of an event's sentence, and its trigger in the sentence."""
        index = max(0, index_at(self._starts, event.trigger.start))
        sentence = self.sentences[index]
        first, last = sentence.word_range(event.trigger) or (0, 0)
        others = frozenset(at for at in self._triggers_of(index) if not first <= at <= last)
        return index, sites.Scene(sentence, event.type, first, last, others, self._tolls_of(index))

    def _tolls_of(self, index: int) -> list[float]:
        """Return what passing a sentence's words costs, remembered."""
        if index not in self._tolls:
            self._tolls[index] = sites.tolls(self.sentences[index], self._triggers_of(index))
        return self._tolls[index]

    def _triggers_of(self, index: int) -> tuple[int, ...]:
        """Return the first words of a sentence's triggers, remembered."""
        if index not in self._triggers:
            found = triggers(self.sentences[index].words)
            self._triggers[index] = tuple(trigger.start for trigger in found)
        return self._triggers[index]

    def names_in(self, index: int) -> list[Mention]:
        """Return the mentions of a sentence and of a dateline before it."""
        return self._mentions.get(index, [])

    def mentions_in(self, index: int) -> list[Mention]:
        """Return the mentions of a sentence, without those of a dateline before it."""
        body = max(self.dateline[1] if self.dateline else 0, self._body(index))
        return [m for m in self.names_in(index) if m.toponym.span.start >= body]

    def _body(self, index: int) -> int:
        """Return where a sentence begins behind the dateline of its own paragraph, in capitals."""
        text, span = self.article.text, self.sentences[index].span
        opening = next(iter(self.names_in(index)), None)
        if opening is None or opening.toponym.span.start != span.start:
            return 0
        opens = span.start == 0 or text[span.start - 1] == "\n"
        if not opens or not opening.toponym.text.isupper() or span.of(text).isupper():
            return 0
        return self._dateline_end(opening.toponym.span.end)

    def _dateline_end(self, at: int) -> int:
        """Return the offset behind the dateline whose place ends at an offset; 0 for none."""
        text = self.article.text
        end = _DATELINE_END.match(text, at)
        if end is None and (behind := behind_day(text, at)) > at:
            end = _DATED_END.match(text, behind)
        return end.end() if end else 0

    def times_in(self, index: int, *, future: bool = False) -> list[When]:
        """Return the times that a sentence names."""
        if (index, future) not in self._times:
            article, span = self.article, self.sentences[index].span
            self._times[index, future] = dates.find(
                article.text, span, article.published, heading=article.title, future=future
            )
        return self._times[index, future]

    def marks(self, index: int, trigger: Span) -> Marks | None:
        """Return what the learned reader says of a trigger's sentence.

        None without a reader, and where the sentence has no word that may be a place's name.
        """
        if self.marker is None or not (self.names_in(index) or self._may_name(index)):
            return None
        return self.marker(self.article.text, self.sentences[index].span, trigger)

    def _may_name(self, index: int) -> bool:
        """Whether a word of a sentence, but its first, has a capital."""
        return any(token.text[:1].isupper() for token in self.sentences[index].tokens[1:])

    def counts_in(self, index: int) -> list[Count]:
        """Return the numbers of people that a sentence tells."""
        if index not in self._counts:
            self._counts[index] = counts.find(self.article.text, self.sentences[index].span)
        return self._counts[index]

    def pointed_at(self, scene: Scene) -> list[Site]:
        """Return the place that "the region" or "the city" points back to, if it is a site."""
        sentence = scene.sentence
        span = sentence.span
        for match in _BACK_PLACE.finditer(self.article.text, span.start, span.end):
            what = match["what"]
            if what:
                meant = self._meant_by(what.lower(), match.start())
            else:
                meant = self._meant_by_there(match.start())
            covered = sentence.word_range(Span(*match.span()))
            if meant is None or covered is None:
                continue
            value, role = sites.cost(scene, sites.Candidate(meant, *covered))
            told = not what or sites.leading(sentence, covered[0])[0] in _PLACE_LEADS
            if value <= sites.MAX_COST and told:
                reason = f"“{match[0]}” points back to {meant.toponym.text}"
                return [sites.Site(meant, role, value + _BACK_COST, reason)]
        return []

    def says_several(self, index: int) -> bool:
        """Whether a sentence sets its events in several places without naming them."""
        span = self.sentences[index].span
        return bool(_SEVERAL.search(self.article.text, span.start, span.end))

    def says_there(self, index: int) -> bool:
        """Whether a sentence points back with "there" to a place that was just named."""
        span = self.sentences[index].span
        found = _BACK_PLACE.finditer(self.article.text, span.start, span.end)
        return any(match["there"] for match in found)

    def _meant_by(self, what: str, before: int) -> Mention | None:
        """Return the last mention before an offset that "the region" or "the capital" may mean."""
        if what != "capital":
            return self.latest(before, _BACK_LEVELS.get(what, ("city",)))
        home = self.dateline[0] if self.dateline else None
        if home and home.place and home.place.feature in _CAPITALS:
            return home
        return self.latest(before, ("city",), _CAPITALS)

    def _meant_by_there(self, offset: int) -> Mention | None:
        """Return the one place that the same sentence or the one before names ahead of "there"."""
        index = index_at(self._starts, offset)
        ahead = [m for m in self.mentions_in(index) if m.toponym.span.end <= offset]
        named = ahead or (self.mentions_in(index - 1) if index else [])
        places = [m for m in named if m.place and m.toponym.kind in ("place", "facility")]
        return _agreed(places)

    def latest(
        self, before: int, levels: Iterable[str], features: Sequence[str] = ()
    ) -> Mention | None:
        """Return the last mention before an offset whose place has one of the levels.

        Where features are given, it has one of those as well.
        """
        for mention in reversed(self.mentions):
            if mention.toponym.span.end > before or mention.toponym.kind != "place":
                continue
            place = mention.place
            if place is None or (features and place.feature not in features):
                continue
            if precision(place.feature).level in levels:
                return mention
        return None

    def is_led_to(self, mention: Mention, index: int) -> bool:
        """Whether a preposition of place leads to a name in a sentence: "in Goma"."""
        covered = self.sentences[index].word_range(mention.toponym.span)
        if covered is None:
            return False
        return sites.leading(self.sentences[index], covered[0])[0] in _PLACE_LEADS

    def setting(self, index: int) -> Mention | None:
        """Return the one place that a sentence is set in; None where it names none or several."""
        sentence = self.sentences[index]
        found = [
            candidate.mention
            for candidate in sites.candidates(sentence, self.mentions_in(index))
            if sites.leading(sentence, candidate.first)[0] in _PLACE_LEADS
            and not candidate.country_only
        ]
        return _agreed(found)

    @cached_property
    def realm(self) -> Place | None:
        """The country in which nearly all places of the article lie, if it names that country."""
        named = [m.place for m in self.mentions if m.place and m.toponym.kind == "place"]
        codes = Counter(place.country for place in named)
        code, count = max(codes.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if not code or count < _REALM_LEAST or count < _REALM_SHARE * len(named):
            return None
        known = (m.place for m in self.mentions if m.place and m.place.feature.startswith("PCL"))
        return next((place for place in known if place.country == code), None)

    @cached_property
    def institution(self) -> Mention | None:
        """The city whose local institution the article names ("Staunton Police"), if it is one."""
        found = [
            mention
            for mention in self.mentions
            if mention.toponym.kind == "organization"
            and mention.place
            and precision(mention.place.feature).level == "city"
            and _LOCAL.match(self.article.text, mention.toponym.span.end)
        ]
        return _agreed(found)

    def names_unknown_place(self, index: int) -> bool:
        """Whether a sentence sets something in a named place that the gazetteer lacks."""
        sentence = self.sentences[index]
        mentions = self.mentions_in(index)
        if any(m.place is None and m.toponym.kind == "place" for m in mentions):
            return True
        known = _covered_words(sentence, mentions)
        return any(
            at not in known
            and sentence.tokens[sentence.at[at]].text[:1].isupper()
            and sites.leading(sentence, at)[0] in _UNKNOWN_LEADS
            and word not in word_list("ordinary")
            for at, word in enumerate(sentence.words)
        )

    def is_quoted(self, index: int) -> bool:
        """Whether a sentence begins with somebody's words."""
        return self.article.text[self.sentences[index].span.start] in "\"“'‘"


def _agreed(mentions: Sequence[Mention]) -> Mention | None:
    """Return the first of the mentions if all mean one place, else None."""
    places = {mention.place.id for mention in mentions if mention.place}
    return mentions[0] if len(places) == 1 else None


def _covered_words(sentence: Sentence, mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the indices of the words that placed mentions cover."""
    ranges = [sentence.word_range(m.toponym.span) for m in mentions if m.place]
    return frozenset(at for found in ranges if found for at in range(found[0], found[1] + 1))
