"""Days, weeks, months, seasons and holidays of the calendar, as ranges of days.

All arithmetic of :mod:`geomap.dates` that needs no text. A day that the calendar lacks raises
``ValueError``, one beyond its ends ``OverflowError``.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from geomap.model import When

YEARS = range(1500, 2101)
"""Years that news tells of; others are numbers of something else."""
_PIVOT = 50
"""Two-digit years below it belong to this century, as POSIX's %y nearly has it."""
FORWARD_DAYS = 60
"""A date without a year may lie this far after publication before the year before is meant."""
_SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
"""First months, on the northern half of the globe."""
_FIXED = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "bastille day": (7, 14),
    "may day": (5, 1),
    "fourth of july": (7, 4),
    "july fourth": (7, 4),
}
_FROM_EASTER = {
    "ash wednesday": -46,
    "palm sunday": -7,
    "good friday": -2,
    "easter sunday": 0,
    "easter monday": 1,
}
_NOVEMBER, _THURSDAY = 11, 3


def day(value: date) -> When:
    """Return a day."""
    return When(value, value, "day")


def days(first: date, last: date) -> When | None:
    """Return the days from one to another, None if they stand in the wrong order."""
    return When(first, last, "day") if first <= last else None


def written(number: int, month: int, year: str) -> date:
    """Return a day by its numbers, the year as it is written: of four digits or two.

    >>> str(written(3, 6, "90"))
    '1990-06-03'
    """
    full = int(year)
    if len(year) == len("90"):
        full += 2000 if full < _PIVOT else 1900
    if full not in YEARS:
        raise ValueError(year)
    return date(full, month, number)


def nearest(number: int, month: int, anchor: date, *, future: bool) -> date:
    """Return a day without a year: the one around publication, or after it.

    >>> str(nearest(12, 12, date(2020, 1, 1), future=False))
    '2019-12-12'
    """
    value = date(anchor.year, month, number)
    if (value - anchor).days > FORWARD_DAYS and not future:
        return value.replace(year=anchor.year - 1)
    if future and value < anchor:
        return value.replace(year=anchor.year + 1)
    if (anchor - value).days > 365 - FORWARD_DAYS and month == 1:
        return value.replace(year=anchor.year + 1)
    return value


def week(anchor: date, weeks: int) -> When:
    """Return the week of a day, or one so many weeks after it; weeks begin on Monday."""
    monday = anchor + timedelta(days=7 * weeks - anchor.weekday())
    return When(monday, monday + timedelta(days=6), "week")


def weekend(anchor: date, step: int = 0) -> When:
    """Return the weekend on or before a day; with a step the next (1) or the one over (-1)."""
    back = (anchor.weekday() - 5) % 7
    saturday = anchor - timedelta(days=back)
    if step > 0 or (step < 0 and back <= 1):
        saturday += timedelta(days=7 * step)
    return When(saturday, saturday + timedelta(days=1), "day")


def month(year: int, number: int) -> When:
    """Return a month."""
    last = monthrange(year, number)[1]
    return When(date(year, number, 1), date(year, number, last), "month")


def months_from(anchor: date, months: int) -> When:
    """Return the month so many months after that of a day.

    >>> str(months_from(date(2020, 1, 15), -1).start)
    '2019-12-01'
    """
    index = anchor.year * 12 + anchor.month - 1 + months
    return month(index // 12, index % 12 + 1)


def month_near(number: int, anchor: date, *, future: bool) -> When:
    """Return the last month of a number that has begun, or the next one not yet over."""
    if future:
        return month(anchor.year + (number < anchor.month), number)
    return month(anchor.year - (number > anchor.month), number)


def year(number: int) -> When | None:
    """Return a year, None where it is no year that news tells of."""
    return years(number, number)


def years(first: int, last: int) -> When | None:
    """Return the years from one to another."""
    if first not in YEARS or last not in YEARS or first > last:
        return None
    return When(date(first, 1, 1), date(last, 12, 31), "year")


def quarter(number: int, in_year: int) -> When:
    """Return a quarter of a year, from 1 to 4."""
    first, last = month(in_year, 3 * number - 2), month(in_year, 3 * number)
    return replace(first, end=last.end)


def quarter_of(anchor: date, step: int = 0) -> When:
    """Return the quarter of a day, or the one so many after it."""
    index = anchor.year * 4 + (anchor.month - 1) // 3 + step
    return quarter(index % 4 + 1, index // 4)


def season(name: str, in_year: int) -> When:
    """Return a season of the northern half of the globe; winter begins in the year given.

    >>> str(season("winter", 2019).end)
    '2020-02-29'
    """
    first = month(in_year, _SEASONS[name])
    return replace(first, end=months_from(first.end, 2).end)


def season_near(name: str, anchor: date, step: int) -> When:
    """Return the season begun last (0), the one before that if it lasts (-1), or the next."""
    begun = anchor.year - (anchor.month < _SEASONS[name])
    found = season(name, begun)
    if step > 0:
        return season(name, begun + 1)
    return season(name, begun - 1) if step < 0 and found.end >= anchor else found


def part(when: When, which: str) -> When:
    """Return the first, middle or last third of a time: "early", "mid", "the end of"."""
    if when.start is None or not which:
        return when
    length = (when.end - when.start).days + 1
    third = length // 3
    if which.startswith(("early", "the beginning", "the start")):
        return replace(when, end=when.start + timedelta(days=third - 1))
    if which.startswith(("mid", "the middle")):
        first = when.start + timedelta(days=third)
        return replace(when, start=first, end=first + timedelta(days=third - 1))
    return replace(when, start=when.start + timedelta(days=2 * third))


def weekday_before(number: int, anchor: date, *, strictly: bool = False) -> date:
    """Return the last such weekday on or before a day (Monday is 0)."""
    back = (anchor.weekday() - number) % 7
    return anchor - timedelta(days=back or (7 if strictly else 0))


def weekday_after(number: int, anchor: date, *, strictly: bool = False) -> date:
    """Return the first such weekday on or after a day."""
    ahead = (number - anchor.weekday()) % 7
    return anchor + timedelta(days=ahead or (7 if strictly else 0))


def holiday(name: str, in_year: int) -> date:
    """Return the day of a holiday in a year.

    >>> str(holiday("good friday", 2024)), str(holiday("thanksgiving", 1999))
    ('2024-03-29', '1999-11-25')
    """
    if name in _FIXED:
        return date(in_year, *_FIXED[name])
    if name in _FROM_EASTER:
        return _easter(in_year) + timedelta(days=_FROM_EASTER[name])
    first = weekday_after(_THURSDAY, date(in_year, _NOVEMBER, 1))
    return first + timedelta(weeks=3)


def _easter(in_year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden = in_year % 19
    century, rest = divmod(in_year, 100)
    leap, skipped = divmod(century, 4)
    moved = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moved + 15) % 30
    quads, odd = divmod(rest, 4)
    to_sunday = (32 + 2 * skipped + 2 * quads - epact - odd) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    number, day_before = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(in_year, number, day_before + 1)
