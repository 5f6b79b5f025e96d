r"""On which day a text, or a part of it, was written.

A dateline may say so, of the whole text ("BOGOTA, 3 JUN 90 (AFP) -- ") or, in columns of telegrams,
of what stands below it ("BRUSSELS, Feb. 11."), and a signature of the message before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from geomap.text import paragraphs
from geomap.time_phrases import EXPRESSION, parts_of
from geomap.time_values import Frame, value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from geomap.model import Span, When

_PLACE = re.compile(r"\s*[A-Z][\w .,'()/-]{1,60}$")
_NAME = re.compile(r"\s*[A-Z][\w.'’-]*(?:,?\s+(?:\(?[A-Z][\w.'’-]*\)?|de|of|la|el|on|upon)){0,4}")
_COMMA = re.compile(r",\s+")
_REACH = 80
_LONGEST_DAY = 40
_MONITORED = 3
"""A text is published so many days after the date of its dateline at most."""
_MAILED = 60
"""And so many after that of a part of it."""
_END = re.compile(r"\s*(?:\([^)\n]{0,60}\)|\[[^\]\n]{0,60}\])?\s*(?:--|—|–|-\s)")
_PART_END = re.compile(r"\.?(?:[^\S\n]*(?:\n|$)|(?<=\.)\s|:\s)")
_SIGNATURE = re.compile(r"\s{0,3}[—–-]{1,2}[^\n@()]{0,60}\(@\w{1,30}\)\s+")
_HEADING = 90
"""Characters of a heading in capitals, behind which an older dateline no longer holds."""


def is_day(when: When) -> bool:
    """Whether a time is a single day."""
    return when.start == when.end and when.precision == "day"


def day_written(text: str, span: Span, published: date | None) -> date | None:
    """Return the day from which the times of a span count; None where nothing tells it.

    It is that of a message's signature or of the dateline above it, if that lies shortly before
    the text was published; else that of publication.
    """
    signed = _signed(text, span)
    if signed:
        return signed
    starts, days = _parts(text, published)
    at = bisect_right(starts, span.start) - 1
    return (days[at] if at >= 0 else None) or _first_day(text, published)


def _first_day(text: str, published: date | None) -> date | None:
    """Return the day of the dateline of a whole text, else that of publication."""
    told = dateline_day(text)
    late = told and published and not 0 <= (published - told).days <= _MONITORED
    return published if late or told is None else told


@lru_cache(maxsize=8)
def _parts(text: str, published: date | None) -> tuple[tuple[int, ...], tuple[date | None, ...]]:
    """Return where the parts of a text begin that have datelines of their own, and their days."""
    found = list(_headed(text, published))
    told = [start for start, day in found if day]
    if not told:
        return (), ()
    return tuple(start for start, _ in found), tuple(day for _, day in found)


def _headed(text: str, published: date | None) -> Iterator[tuple[int, date | None]]:
    """Yield the starts of such parts, and of headings, which end them."""
    for span in paragraphs(text):
        found = _dated(text, span.start, _PART_END)
        if found:
            frame = Frame(published, future=False, told=None) if published else None
            when = value(found.lastgroup or "", parts_of(found), frame)
            told = when.start if when and is_day(when) else None
            late = told and published and not 0 <= (published - told).days <= _MAILED
            yield span.start, None if late else told
        elif span.end - span.start <= _HEADING and span.of(text).isupper():
            yield span.start, None


@lru_cache(maxsize=8)
def dateline_day(text: str) -> date | None:
    """Return the full date of the dateline that a text begins with, if it has one.

    >>> str(dateline_day("BOGOTA, 3 JUN 90 (AFP) -- A bomb exploded."))
    '1990-06-03'
    """
    found = _dated(text, 0, _END)
    when = value(found.lastgroup or "", parts_of(found), None) if found else None
    return when.start if when and is_day(when) else None


def dateline_end(text: str, start: int = 0) -> int:
    r"""Return the offset behind the date of a dateline at an offset; 0 where there is none.

    >>> dateline_end("By Ann Ray\nZARAND, Iran, Nov 12 - Rescuers dug.", 11)
    31
    """
    found = _dated(text, start, _END)
    return found.end() if found else 0


def behind_day(text: str, at: int) -> int:
    """Return the offset behind the date that a comma joins to what ends at an offset, else that.

    >>> behind_day("CALLAO, Dec. 13. - A ship took fire.", 6)
    15
    """
    comma = _COMMA.match(text, at)
    found = EXPRESSION.match(text, comma.end(), comma.end() + _LONGEST_DAY) if comma else None
    return found.end() if found else at


def _dated(text: str, start: int, end: re.Pattern[str]) -> re.Match[str] | None:
    """Return the date of a dateline at an offset that ends so."""
    for comma in _COMMA.finditer(text[start : start + _REACH]):
        place = text[start : start + comma.start()]
        if not _PLACE.match(place):
            return None
        at = start + comma.end()
        found = EXPRESSION.match(text, at, at + _LONGEST_DAY)
        closing = end.match(text, found.end()) if found else None
        alone = closing and "\n" in closing[0] and _NAME.fullmatch(place)
        if closing and (end is _END or place.isupper() or alone):
            return found
    return None


def _signed(text: str, span: Span) -> date | None:
    """Return the day of a quoted message whose signature ends a span or follows it."""
    found = _SIGNATURE.match(text, span.end) or _SIGNATURE.search(text, span.start, span.end)
    dated = found and EXPRESSION.match(text, found.end(), found.end() + _LONGEST_DAY)
    if not dated:
        return None
    when = value(dated.lastgroup or "", parts_of(dated), None)
    return when.start if when and is_day(when) else None
