"""Where the text around a sentence sets it, when the sentence itself does not say.

A paragraph that opens with a place ("Pibor county: ...", "• Macomia: ...", "Arauca. A pipeline
...") is set there, and so is what stands below a heading that is a place's name; such a section
borrows no place from another. Elsewhere the sentences before it in its paragraph tell, the last
sentence of the paragraph before, the lead, the headline, the dateline and the town whose police or
court the article names, in this order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from geomap.datelines import behind_day
from geomap.features import POINTS, precision
from geomap.marked import WORKED_OUT
from geomap.model import Span
from geomap.text import index_at, paragraphs
from geomap.time_phrases import may_tell_time
from geomap.words import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Mention
    from geomap.page import Page

_ITEM = re.compile(
    r"(?:[•·▪●*]|[-–—](?=\s)|\(?\d{1,2}[.)](?=\s)"
    r"|\d{1,2}[:.]\d{2}(?:\s*(?:[ap]\.?m\.?|GMT|UTC)(?!\w))?\s*[:–—-]?)\s*"
)
"""What opens an item of a list or an entry of a log: a bullet, a number, a time of day."""
_KIND = r"(?:\s+(?:county|state|province|district|region|department|governorate|city))?"
_LEAD_GAP = re.compile(rf"{_KIND}\s*(?:,|\(|/|-|–|&|and\b)\s*", re.IGNORECASE)
_LEAD_END = re.compile(
    rf"{_KIND}\)?(?:\s*\([^)\n]{{1,40}}\))?\s*(?::|\.?\s*(?:[–—]\s|--|-\s)|\.(?=\s)|\.?$)",
    re.IGNORECASE,
)
_UNKNOWN_LEAD = re.compile(r"(?P<name>[^\W\d_]\w+(?:[ '’-][^\W\d_]\w+){0,3})(?:\s*\([^)\n]*\))?:\s")
_HEADING_WORDS = 9
"""A line of no more words, without a full stop, is a heading."""
_LEAD_SENTENCES, _LEAD_REACH = 2, 3
_BACK = 4
"""How many sentences back in its paragraph a sentence may be set."""
_IN_TOWN = (
    r"street|avenue|road|lane|boulevard|square|quarter|neighbou?rhood|market|plaza|bridge|mosque"
    r"|church|cathedral|school|hospital|hotel|station|mall|stadium|roundabout|park|bazaar|palace"
    r"|university|college|library|museum|court|gate|campus"
)
_TOWN_PART = re.compile(
    rf"(?:.*\b|)(?:{_IN_TOWN})|(?:rue|calle|plaza|avenida|piazza|via|rua|place)\s.*", re.IGNORECASE
)
_TOWN_PART_OF = re.compile(
    r"\b(?:townships?|suburbs?|neighbou?rhoods?|quarters?|slums?|favelas?|barrios?|wards?)\s+of\s+$",
    re.IGNORECASE,
)
_TOWN_PART_OF_REACH = 20
"""Characters before a name that say it is a part of a town: "the township of "."""
_TOWN_PART_AFTER = re.compile(rf"\s+(?:{_IN_TOWN})\b")


class Setting(NamedTuple):
    """A place that sets the scene, how it was found and why it is taken."""

    how: str
    mention: Mention
    reason: str


class Section(NamedTuple):
    """What a paragraph opens with; None as its place where the gazetteer lacks it."""

    number: int
    mention: Mention | None
    name: Span


@dataclass(frozen=True)
class Scenes:
    """The scenes of an article; what they rest on is worked out once."""

    page: Page

    @cached_property
    def _paragraphs(self) -> list[Span]:
        return paragraphs(self.page.article.text)

    @cached_property
    def _numbers(self) -> list[int]:
        """The number of each sentence's paragraph, in rising order."""
        starts = (sentence.span.start for sentence in self.page.sentences)
        return [max(0, index_at(self._paragraphs, start)) for start in starts]

    def _paragraph(self, index: int) -> int:
        """Return the number of a sentence's paragraph."""
        return self._numbers[index]

    def beside(self, index: int) -> range:
        """Return the indices of the sentences of a sentence's paragraph."""
        number = self._numbers[index]
        return range(bisect_left(self._numbers, number), bisect_right(self._numbers, number))

    def _opens(self, index: int) -> bool:
        """Whether a sentence is the first of its paragraph."""
        return index == 0 or self._paragraph(index) != self._paragraph(index - 1)

    def _is_item(self, index: int) -> bool:
        """Whether a sentence stands in an item of a list."""
        start = self._paragraphs[self._paragraph(index)].start
        return bool(_ITEM.match(self.page.article.text, start))

    def section(self, index: int) -> Section | None:
        """Return the section that a sentence stands in, if one opens with a place."""
        return self._sections.get(self._paragraph(index))

    @cached_property
    def _sections(self) -> dict[int, Section]:
        """The sections by the paragraphs that they hold."""
        found: dict[int, Section] = {}
        above: Section | None = None
        for number, paragraph in enumerate(self._paragraphs):
            own = self._led(number, paragraph)
            if own and own.name.end >= paragraph.end - 2:
                above = own
            elif own:
                found[number] = own
            elif self._is_heading(paragraph):
                above = None
            elif above:
                found[number] = above
        known = {id(section) for section in found.values() if section.mention}
        if len(known) == 1:
            found = {n: held for n, held in found.items() if not self._is_dateline(held)}
        return found if known else {}

    def _is_heading(self, paragraph: Span) -> bool:
        words = paragraph.of(self.page.article.text)
        return words[-1:] not in ".!?:”\"')" and len(words.split()) <= _HEADING_WORDS

    def _led(self, number: int, paragraph: Span) -> Section | None:
        """Return the section of a paragraph that opens with a place, or with an unknown name."""
        text = self.page.article.text
        item = _ITEM.match(text, paragraph.start, paragraph.end)
        start = item.end() if item else paragraph.start
        named = self._named_at(start, paragraph.end)
        if named:
            return Section(number, *named)
        unknown = _UNKNOWN_LEAD.match(text, start, paragraph.end)
        if unknown and self._is_name(unknown["name"]):
            return Section(number, None, Span(*unknown.span("name")))
        return None

    def _is_name(self, words: str) -> bool:
        common = word_list("ordinary")
        return all(w[:1].isupper() and w.lower() not in common for w in words.split())

    def _is_dateline(self, section: Section) -> bool:
        """Whether what a paragraph opens with is the dateline of the text, or looks like one."""
        mention, text = section.mention, self.page.article.text
        if mention is None:
            return False
        end = mention.toponym.span.end
        whole = self.page.dateline is not None and self.page.dateline[0] == mention
        return whole or may_tell_time(text[end : section.name.end])

    def _named_at(self, start: int, end: int) -> tuple[Mention, Span] | None:
        """Return the place with which a paragraph opens as its heading, and the words of that."""
        text, at = self.page.article.text, start
        first: Mention | None = None
        for mention in self.page.mentions:
            span = mention.toponym.span
            if span.start < at:
                continue
            if span.start != at or mention.place is None or mention.toponym.kind != "place":
                break
            first = first or mention
            closing = _LEAD_END.match(text, behind_day(text, span.end), end)
            if closing:
                return first, Span(start, closing.end())
            gap = _LEAD_GAP.match(text, span.end, end)
            at = gap.end() if gap else -1
            if not gap:
                break
        return None

    def of(self, index: int) -> Iterator[Setting]:
        """Yield the places that may set the scene for a sentence, the most telling first."""
        section = self.section(index)
        if section:
            if section.mention:
                name = section.mention.toponym.text
                yield Setting("section", section.mention, f"“{name}” heads its paragraph")
            return
        before = self._before(index)
        if before:
            yield Setting("before", before, "the sentence before names it")
        if not self.page.says_there(index):
            yield from self._wider(index)

    def _before(self, index: int) -> Mention | None:
        """Return where the sentences before set the scene, up to the last that names a place."""
        if index == 0 or (self._opens(index) and self._is_item(index)):
            return None
        for back in range(index - 1, max(-1, index - 1 - _BACK), -1):
            setting = self.page.setting(back)
            if setting or self._opens(back + 1) or self._opens(back):
                return setting
            if self.page.mentions_in(back) or self.page.names_unknown_place(back):
                return None
        return None

    def _wider(self, index: int) -> Iterator[Setting]:
        """Yield the places of the article as a whole."""
        page = self.page
        if index <= _LEAD_REACH:
            for lead in range(min(_LEAD_SENTENCES, len(page.sentences))):
                if mention := page.setting(lead):
                    yield Setting("lead", mention, "the lead names it")
        heads = {section.mention for section in self._sections.values()}
        if page.dateline and page.dateline[0] not in heads:
            yield Setting("dateline", page.dateline[0], "the dateline names it")
        if self._headline:
            yield Setting("headline", self._headline, "the headline names it alone")
        if page.institution:
            local = "an institution of the place is named"
            yield Setting("institution", page.institution, local)

    @cached_property
    def _headline(self) -> Mention | None:
        """The one place that the title, or a first line that is one, names."""
        first = self._paragraphs[0]
        text = self.page.article.text
        words = self.page.article.title or (first.of(text) if self._is_heading(first) else "")
        named = [m for m in self.page.mentions if m.place and m.toponym.kind == "place"]
        told = [m for m in named if re.search(rf"\b{re.escape(m.toponym.text)}\b", words)]
        return told[0] if len({m.place.id for m in told if m.place}) == 1 else None

    def is_in_town(self, name: Span) -> bool:
        """Whether an unknown name is that of a street, quarter or building of a town."""
        text = self.page.article.text
        words = " ".join(name.of(text).split())
        if _TOWN_PART_OF.search(text[max(0, name.start - _TOWN_PART_OF_REACH) : name.start]):
            return True
        return bool(_TOWN_PART.fullmatch(words) or _TOWN_PART_AFTER.match(text, name.end))

    @staticmethod
    def is_town(mention: Mention) -> bool:
        """Whether a mention is of a town or of something in one."""
        place = mention.place
        is_point = place is not None and precision(place.feature).level in POINTS
        return place is not None and is_point and WORKED_OUT not in place.id
