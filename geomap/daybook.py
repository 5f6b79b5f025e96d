"""Under which day a sentence stands: the heads of a log, the entries of a timeline, live reports.

"MONDAY, MARCH 3" on a line of its own dates all that follows, up to the next such line; "June 3:"
at the start of a paragraph dates the paragraph; and a text of entries that begin with the time of
day ("07:15 Bonfires on the road") was written on the day on which it was published.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from geomap import dates
from geomap.model import Article, Span, When
from geomap.text import paragraphs

_LONGEST_HEAD = 40
"""Characters of a line that holds no more than a day."""
_BESIDE = re.compile(
    r"(?:day\s+\w+|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|on|\W)*",
    re.IGNORECASE,
)
"""What may stand beside the day in such a line."""
_NUMBERED = re.compile(
    r"\W*(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\W+(?:the\s+)?"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?!\s*(?:[:.]\d\d|[ap]\.?m\b|hrs\b|h\b))",
    re.IGNORECASE,
)
"""A weekday and the day of a month that the text does not repeat: "TUESDAY 12"."""
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_AGO = 366
_BULLET = re.compile(r"[\s•*·–—-]*(?:\d{1,2}[/.)]\s+)?")
_COLON = re.compile(
    r"\s*(?::|\s[–—-])\s*(?=\S)|(?:\.|(?<=\.))\s+(?=[\"“‘']?(?-i:[A-Z\d]))"
    r"|,?\s+(?:at\s+)?\d{1,2}(?:[:.][0-5]\d)?\s*(?:[ap]\.?m\b|hrs\b|h\b)",
    re.IGNORECASE,
)
"""What stands between the day of an entry and its text: a mark, or a time of day."""
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z\d])")
_CLOCK = re.compile(
    r"[\s•*·–—\[(-]*(?:\d{1,2}[/.)]\s+)?(?:[01]?\d|2[0-3])(?:[:.]?[0-5]\d(?!\d)\s*(?:[ap]\.?m\b|hrs\b|h\b)?|\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
_LONGEST_ENTRY = 3
"""Days of an entry ("6-7 February. Fighting at the bridge") at most."""
_FEWEST_HEADS, _FEWEST_CLOCKS = 2, 3
"""One line with a day is the day of publication; so few clock times make no live report."""


class Days(NamedTuple):
    """Where the paragraphs and entries of a text start, and the days of each."""

    starts: tuple[int, ...]
    times: tuple[When | None, ...]

    def at(self, offset: int) -> When | None:
        """Return the day under which what stands at an offset was put, None without one."""
        index = bisect_right(self.starts, offset) - 1
        return self.times[index] if index >= 0 else None


@lru_cache(maxsize=8)
def days(article: Article) -> Days:
    r"""Return the days under which the paragraphs of a text stand.

    >>> from datetime import date
    >>> log = "Monday, June 3\nA car hit a wall.\nTuesday, June 4\nA barn burned."
    >>> found = days(Article("log", log, published=date(2024, 6, 5)))
    >>> str(found.at(log.index("barn")).start)
    '2024-06-04'
    """
    published, lines = article.published, paragraphs(article.text)
    heads = {span.start: day for span in lines if (day := _head(article, span))}
    is_log = len({day.start for day in heads.values()}) >= _FEWEST_HEADS
    under: dict[int, When | None] = {}
    current = None
    for span in lines:
        current = heads.get(span.start, current) if is_log else None
        under[span.start] = current
        under |= _entries(article, span)
    clocks = sum(bool(_CLOCK.match(article.text, span.start, span.end)) for span in lines)
    live = published and not is_log and clocks >= max(_FEWEST_CLOCKS, len(lines) // 2)
    today = When(published, published, "day") if live and published else None
    known = {start: day or today for start, day in under.items()}
    return Days(tuple(known), tuple(known.values()))


def _head(article: Article, span: Span) -> When | None:
    """Return the day of a line that holds nothing else."""
    if span.end - span.start > _LONGEST_HEAD:
        return None
    text = article.text
    numbered = _numbered(article, span)
    if numbered and numbered.span and not text[numbered.span.end : span.end].strip(" .:—–-"):
        return numbered
    told = _times(article, span, longest=1)
    if len(told) != 1 or told[0].span is None:
        return None
    beside = text[span.start : told[0].span.start] + text[told[0].span.end : span.end]
    return told[0] if _BESIDE.fullmatch(beside) else None


def _entries(article: Article, span: Span) -> dict[int, When]:
    """Return the entries of a paragraph that opens with one, by where they start.

    "3 May: Rebels take the bridge. 5 May: A truce is signed." holds two.
    """
    first = _entry(article, span)
    if first is None:
        return {}
    ends = _SENTENCE_END.finditer(article.text, span.start, span.end)
    later = {end.end(): _entry(article, Span(end.end(), span.end)) for end in ends}
    return {span.start: first} | {start: day for start, day in later.items() if day}


def _entry(article: Article, span: Span) -> When | None:
    """Return the days that some words begin with, before a colon, a dash or a full stop."""
    text = article.text
    start = _BULLET.match(text, span.start, span.end).end()  # type: ignore[union-attr]
    numbered = _numbered(article, Span(start, span.end))
    if numbered and numbered.span and _COLON.match(text, numbered.span.end, span.end):
        return numbered
    opening = Span(start, min(span.end, start + _LONGEST_HEAD))
    told = _times(article, opening, longest=_LONGEST_ENTRY)
    if not told or told[0].span is None or not _BESIDE.fullmatch(text, start, told[0].span.start):
        return None
    return told[0] if _COLON.match(text, told[0].span.end, span.end) else None


def _numbered(article: Article, span: Span) -> When | None:
    """Return the last day before publication that "TUESDAY 12" at the start of a span may be."""
    match, published = _NUMBERED.match(article.text, span.start, span.end), article.published
    if match is None or published is None:
        return None
    weekday, number = _WEEKDAYS.index(match["weekday"][:3].lower()), int(match["day"])
    ago = (published - timedelta(days=days) for days in range(_LONGEST_AGO))
    day = next((each for each in ago if (each.weekday(), each.day) == (weekday, number)), None)
    return When(day, day, "day", Span(*match.span())) if day else None


def _times(article: Article, span: Span, *, longest: int) -> list[When]:
    """Return the times of so many days at most that a span tells."""
    found = dates.find(article.text, span, article.published, heading=article.title)
    return [when for when in found if when.start and (when.end - when.start).days < longest]
