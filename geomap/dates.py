"""Time expressions of English news, made into ranges of days.

News dates lean on the day of publication: "on Tuesday" is the Tuesday on or before it, "last
week" the seven days from Monday of the week before, "Dec. 31" the one nearest to it in the past.
Words such as "will" and "set to" in the clause turn a weekday to the days ahead; "two days
later" counts from the day told last. Without a publication day a dateline ("BOGOTA, 3 JUN 90
(AFP) --") may give one; else complete dates have a value, and days and months that of the year
told last before them ("on 12 February 1957 ... on the 4th of March"), or by the title alone. What
the calendar lacks (Feb. 30) and what may be read in two ways (3/4/2019) has none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.datelines import day_written, is_day
from geomap.model import DatePrecision, Span, When
from geomap.time_phrases import EXPRESSION, may_tell_time, parts_of
from geomap.time_values import IN_YEAR, Frame, value, value_in

if TYPE_CHECKING:
    from datetime import date

_CONTEXT = 120
"""How many characters before an expression may say whether it lies ahead."""
_REMEMBERED = 400
"""How many characters back "two days later" finds the day it counts from."""
_SPOKEN = r"(?:said|says|told|announced|reported|after|when|who|which|that|since|because|while)"
_AHEAD = re.compile(
    r"""(?:(?<!had\sbeen\s)\b(?:will|shall|(?:is|are)\s+to|as\s+(?:early|soon|late)\s+as
      |(?:set|due|expected|scheduled|slated|poised|plans?|planned|planning|intends?|going|hopes?)
      \s+(?:to|for)|scheduled|upcoming|votes|meets|convenes|begins|starts|opens|reopens
      |resumes?)\b|['’]ll\b)
    (?!\W+(?:have|be\s+remembered)\b)[^,;:.!?]{0,70}$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words before an expression that turn it to the days ahead; no other clause lies between."""
_CLAUSE = re.compile(rf"\b{_SPOKEN}\b", re.IGNORECASE)
_AHEAD_AFTER = re.compile(
    r"""(?:['’]s)?,?\s+(?:(?!(?:and|but|or)\b)[\w’'-]+\s+){0,4}?(?:will|(?:is|are)\s+(?:to|set\s+to|due\s+to|expected\s+to
    |scheduled\s+to)|plans?\s+to)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DONE = re.compile(r"[^.!?;:]{0,80}?\b(?:had|was|were|have|has)\b(?!\s+to\b)", re.IGNORECASE)
_WAS = re.compile(
    r"""\b(?:was|were|had|\w{3,}ed|burnt|fell|left|fought|went|ran|rose|held|lay|lost|kept|won|sat
    |stood|hid|grew|spread|took|came|got|broke|found|sent|made)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_YET = re.compile(
    r"""\b(?:to\s+(?!(?:\d+|the|an?|their|its|his|her|most|all|at|about|nearly)\b|(?-i:[A-Z]))
    |will|would|must|should|could|can|may|might|shall|due|deadline|ultimatum|closed|shut|suspended
    |extended|postponed|delayed|cancell?ed|ordered|give[ns]?|gave|giving|banned|remanded|jailed
    |adjourned|scheduled|expected|promised|pledged|vowed|demand\w*|wants?|is|are|has|have|plans?
    |planned|hope[ds]?|valid|agreed|effective)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words before "by Friday" and "until Friday" that put the Friday behind, or ahead."""
_SAYING = re.compile(
    r"\b(?:said|says|told|announced|reported|warned|vowed)\b[^,;:.]{0,30}$", re.IGNORECASE
)
_ANNIVERSARY = re.compile(
    r"\b(?:(?:(?P<n>\d{1,3})(?:st|nd|rd|th)|(?P<word>\w{5,7}))[\s-]+)?anniversary\s+of\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_ORDINALS = {
    name: number
    for number, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1
    )
}
_LEANING = frozenset(
    {"that_day", "running_day", "day_after", "day_before", "ago", "weekday", "period", "that_year"}
    | {"month_of", "day_month", "month_day"}
)
"""Kinds that may count from the day or year told last."""
_DATED = frozenset({"month_of", "day_month", "month_day"})
_BACK = re.compile(r"\b(?:that|the\s+same)\b", re.IGNORECASE)
"""Words by which a date leans on the year told last."""
_TURNING = frozenset(
    {"day_month", "month_day", "days_of", "days_to", "months", "month", "weekday", "weekdays"}
    | {"days_and", "day_number", "season", "holiday", "weekend"}
)
"""Kinds that the words around them may turn to the days ahead."""
_COMMEMORATED = frozenset({"day_month", "month_day", "month"})
"""Kinds that "the anniversary of" puts into the year it tells."""
_YEAR_HEAD = re.compile(
    r"^[^\w\n]*(?:in[ ]|during[ ])?((?:1[5-9]|20)\d\d)\b", re.IGNORECASE | re.MULTILINE
)
"""A year that opens a line."""
_YEAR = re.compile(r"(?<![\d.,:/-])(?:1[5-9]|20)\d\d(?![\d]|[.,:/-]\d)")
_DAYS_OF_A_YEAR = 366
"""What lies farther back than this is history, not news."""


class _Written(NamedTuple):
    """What is known of when a text was written."""

    day: date | None
    heading: str


def find(
    text: str, span: Span, anchor: date | None, *, heading: str = "", future: bool = False
) -> list[When]:
    """Return the times named in a span of a text, in reading order.

    ``anchor`` is the day of publication; with ``future`` a bare weekday or date lies after it.
    ``heading`` is the text's title, whose year counts where nothing else tells one.

    >>> from datetime import date
    >>> text = "Mortars fell on Aleppo on Sunday, as on Dec. 12."
    >>> [str(when.start) for when in find(text, Span(0, len(text)), date(2020, 1, 1))]
    ['2019-12-29', '2019-12-12']
    """
    if not may_tell_time(span.of(text)):
        return []
    written = _Written(day_written(text, span, anchor), heading)
    return _find(text, span, written, future=future, remembered=_REMEMBERED)


def _year_at(text: str, written: _Written, offset: int) -> int | None:
    """Return the year told last before an offset, else the only one of the title."""
    starts, years = _years(text)
    before = bisect_right(starts, offset)
    if before:
        return years[before - 1]
    titled = {int(year) for year in _YEAR.findall(written.heading)}
    return titled.pop() if len(titled) == 1 else None


@lru_cache(maxsize=8)
def _years(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where complete dates and months stand and lines begin with a year, and the years."""
    found = {match.start(): int(match[1]) for match in _YEAR_HEAD.finditer(text)}
    for match in EXPRESSION.finditer(text):
        when = value(match.lastgroup or "", parts_of(match), None)
        if when and when.precision in ("day", "month"):
            found[match.start()] = when.end.year
    starts = tuple(sorted(found))
    return starts, tuple(found[start] for start in starts)


def _find(text: str, span: Span, written: _Written, *, future: bool, remembered: int) -> list[When]:
    """Return the times of a span; ``remembered`` characters before it may hold the day told."""
    found: list[When] = []
    anchor = written.day
    for match in EXPRESSION.finditer(text, span.start, span.end):
        kind, parts = match.lastgroup or "", parts_of(match)
        year = None if anchor or kind not in IN_YEAR else _year_at(text, written, match.start())
        earlier = found
        leans = (anchor or year) and _leans(kind, match)
        if leans and remembered and not any(map(is_day, found)):
            before = Span(max(0, span.start - remembered), span.start)
            earlier = _find(text, before, written, future=False, remembered=0) + found
        told = next((when.end for when in reversed(earlier) if is_day(when)), None)
        frame = None
        if anchor:
            ahead = kind in _TURNING and (future or _lies_ahead(text, match))
            last = earlier[-1].end.year if earlier else None
            frame = Frame(anchor, ahead, told, _is_done(text, match), last)
        when = value(kind, parts, frame)
        if when is None and year:
            when = value_in(year, kind, parts, told)
        if when and kind in _COMMEMORATED:
            when = _commemorated(text, match, when)
        if when:
            found.append(replace(when, span=Span(*match.span())))
    return found


def _leans(kind: str, match: re.Match[str]) -> bool:
    """Whether an expression may count from what was told before it."""
    return kind in _LEANING and (kind not in _DATED or bool(_BACK.search(match[0])))


def _lies_ahead(text: str, match: re.Match[str]) -> bool:
    """Whether the clause around an expression speaks of what is to come."""
    before = text[max(0, match.start() - _CONTEXT) : match.start()].rpartition("\n\n")[2]
    cue = _AHEAD.search(before)
    if cue and not _CLAUSE.search(cue[0]):
        return True
    after = _AHEAD_AFTER.match(text, match.end(), min(len(text), match.end() + _CONTEXT))
    return bool(after) and not _CLAUSE.search(after[0]) and not _SAYING.search(before)  # type: ignore[index]


def _is_done(text: str, match: re.Match[str]) -> bool:
    """Whether something was done by a time: "By Friday 30 had died", "were found by Friday"."""
    clause = re.split(r"[.;:!?\n\"“”]", text[max(0, match.start() - _CONTEXT) : match.start()])[-1]
    if _WAS.search(clause) and not _NOT_YET.search(clause):
        return True
    before = text[max(0, match.start() - 2) : match.start()].strip()
    behind = _DONE.match(text, match.end(), min(len(text), match.end() + _CONTEXT))
    return behind is not None and before in ("", ".", "!", "?", "”", '"', "-", "—")


def _commemorated(text: str, match: re.Match[str], when: When) -> When | None:
    """Return the day whose anniversary is told: so many years back, None if not how many."""
    found = _ANNIVERSARY.search(text[max(0, match.start() - _CONTEXT) : match.start()])
    if not found or re.search(r"\d{4}", match[0]) or when.start is None:
        return when
    count = int(found["n"]) if found["n"] else _ORDINALS.get((found["word"] or "").lower())
    try:
        if count is None:
            return None
        return replace(
            when,
            start=when.start.replace(year=when.start.year - count),
            end=when.end.replace(year=when.end.year - count),
        )
    except ValueError:
        return None


def precision_code(precision: DatePrecision | None) -> int:
    """Return ACLED's time_precision: 1 day, 2 week, 3 month or less.

    >>> precision_code("week")
    2
    """
    return {"day": 1, "week": 2}.get(precision or "", 3)


def is_long_before(when: When, published: date) -> bool:
    """Whether a time lies a year or more before a publication, or in an earlier calendar year.

    >>> from datetime import date
    >>> is_long_before(When(None, date(2011, 5, 2), "day"), date(2021, 4, 8))
    True
    """
    days = (published - when.end).days
    return days > _DAYS_OF_A_YEAR or (when.precision == "year" and when.end.year < published.year)
