"""Time expressions of English news, made into ranges of days.

News dates lean on the day of publication: "on Tuesday" is the Tuesday on or before it, "last
week" the seven days from Monday of the week before, "Dec. 31" the one nearest to it in the past.
Without a publication day only complete dates have a value.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.model import DatePrecision, Span, When

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name: n for n, name in enumerate(_MONTHS.split(), 1)}
_MONTH |= {name[:3]: n for name, n in list(_MONTH.items())} | {"sept": 9}
_DAY = {name: n for n, name in enumerate("mon tue wed thu fri sat sun".split())}
_NUMBERS = {
    name: n
    for n, name in enumerate(
        "a two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"an": 1, "one": 1, "several": 3, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3}
_CENTURY = 100
_PIVOT = 50
"""Two-digit years below it belong to this century, as POSIX's %y nearly has it."""
_FORWARD_DAYS = 60
"""A date without a year may lie this far after publication before the year before is meant."""
_YEARS = range(1500, 2101)

_MON = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|(?-i:Mar(?:ch)?|MAR(?:CH)?|May|MAY)|apr(?:il)?|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?-i:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WED|THU(?:RS?)?|FRI|SAT|SUN))"
)
_NUM = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})".replace(" ", r"\s+")
_DATE_FOLLOWS = rf",?\s+(?:{_MON}\s+\d|\d{{1,2}}\s+{_MON})"
_EXPRESSION = re.compile(
    rf"""\b(?:
      (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?!\d)
    | (?:(?:{_WEEKDAY}),?\s+)?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MON})
        (?:,?\s+(?P<y1>\d{{4}}|\d{{2}}(?![\d:.,]*\d|\s*(?:percent|people|%))))?(?!\w)
    | (?:(?:{_WEEKDAY}),?\s+)?(?P<m2>{_MON})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d)
        (?:,?\s+(?P<y2>\d{{4}})(?!\d))?
    | (?P<m3>{_MON})(?:\s+of)?,?\s+(?P<y3>(?:1[5-9]|20)\d{{2}})(?!\d)
    | (?P<shift>last|next|this|past|this\s+past|coming|previous|on|late|early|since|until|by|before
        |after)\s+
        (?:on\s+)?(?P<weekday>{_WEEKDAY})\b(?!\s+times|{_DATE_FOLLOWS})
    | (?P<bare>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b(?!{_DATE_FOLLOWS})
    | (?P<rel>(?:the\s+day\s+before\s+)?yesterday|today|tonight|tomorrow
        |this\s+(?:morning|afternoon|evening)|last\s+night|overnight)\b
    | (?P<which>(?:earlier\s+|later\s+)?this|last|next|the\s+(?:past|previous|coming))\s+
        (?P<unit>week(?:end)?|month|year|{_MON})(?!\s*-?\s*(?:old|long))\b
    | (?P<n>{_NUM})\s+(?P<nunit>day|week|month|year)s?\s+(?P<dir>ago|earlier)\b
    | (?P<wend>(?:over|at)\s+the\s+weekend)
    | (?:in|since|of|from|by|until)\s+(?:early\s+|late\s+|mid-)?
        (?P<y4>(?:1[5-9]|20)\d{{2}})(?![\d,.]*\d|\s+(?:people|men|women))\b
    | (?:in|since|during|by|of|until)\s+(?:early\s+|late\s+|mid-)?
        (?P<m4>january|february|april|june|july|august|september|october|november|december|(?-i:March|May|MARCH|MAY))\b(?!\s+\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def find(text: str, span: Span, anchor: date | None, *, future: bool = False) -> list[When]:
    """Return the times named in a span of a text, in reading order.

    ``anchor`` is the day of publication; with ``future`` a bare weekday or date lies after it.

    >>> text = "Mortars fell on Aleppo on Sunday, as on Dec. 12."
    >>> [str(when.start) for when in find(text, Span(0, len(text)), date(2020, 1, 1))]
    ['2019-12-29', '2019-12-12']
    """
    found = (
        (match, _value(match, anchor, future=future))
        for match in _EXPRESSION.finditer(text, span.start, span.end)
    )
    return [replace(when, span=Span(*match.span())) for match, when in found if when]


def _value(match: re.Match[str], anchor: date | None, *, future: bool) -> When | None:
    """Return the days that one expression names, or None where it cannot be told."""
    part = match.groupdict()
    if part["iso"]:
        return _iso(part["iso"])
    for number in "12":
        if part["m" + number]:
            return _calendar_day(
                part["d" + number], part["m" + number], part["y" + number], anchor, future=future
            )
    if part["m3"]:
        return _month(int(part["y3"]), _month_number(part["m3"]))
    if part["y4"]:
        return _year(int(part["y4"]))
    try:
        return _relative(part, anchor, future=future) if anchor else None
    except (OverflowError, ValueError):  # beyond the calendar's ends
        return None


def _relative(part: dict[str, str | None], anchor: date, *, future: bool) -> When | None:
    """Return the days of an expression that needs the publication day."""
    if part["weekday"]:
        return _weekday(part["weekday"], (part["shift"] or "").lower(), anchor, future=future)
    if part["bare"]:
        return _weekday(part["bare"], "", anchor, future=future)
    if part["rel"]:
        return _day(anchor + timedelta(days=_days_away(part["rel"].lower())))
    if part["which"]:
        return _period(part["which"].lower(), (part["unit"] or "").lower(), anchor)
    if part["n"]:
        return _ago(part["n"].lower(), (part["nunit"] or "").lower(), anchor)
    if part["wend"]:
        return _weekend(anchor)
    return _named_month(part["m4"] or "", anchor, future=future)


def _days_away(words: str) -> int:
    """Return how many days after publication the words lie."""
    if words.startswith("the day before"):
        return -2
    return {"yesterday": -1, "last night": -1, "overnight": 0, "tomorrow": 1}.get(
        re.sub(r"\s+", " ", words), 0
    )


def _day(day: date) -> When:
    return When(day, day, "day")


def _iso(value: str) -> When | None:
    try:
        return _day(date.fromisoformat(value))
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return _MONTH[name.lower().rstrip(".")[:3]]


def _calendar_day(
    day: str, month: str, year: str | None, anchor: date | None, *, future: bool
) -> When | None:
    """Return a day given by its number and month; without a year, the one nearest publication."""
    try:
        if year:
            return _day(date(_full_year(int(year)), _month_number(month), int(day)))
        if anchor is None:
            return None
        value = date(anchor.year, _month_number(month), int(day))
        if (value - anchor).days > _FORWARD_DAYS and not future:
            value = value.replace(year=anchor.year - 1)
        elif future and value < anchor:
            value = value.replace(year=anchor.year + 1)
    except ValueError:
        return None
    return _day(value)


def _full_year(year: int) -> int:
    if year >= _CENTURY:
        return year
    return year + (2000 if year < _PIVOT else 1900)


def _month(year: int, month: int) -> When:
    return When(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def _year(year: int) -> When | None:
    return When(date(year, 1, 1), date(year, 12, 31), "year") if year in _YEARS else None


def _weekday(name: str, shift: str, anchor: date, *, future: bool) -> When:
    """Return the day of a weekday's name: on or before publication unless it lies ahead."""
    number = _DAY[name.lower()[:3]]
    back = (anchor.weekday() - number) % 7
    ahead = future or shift in {"next", "coming", "until", "by"}
    if ahead and (back or shift == "next"):
        return _day(anchor + timedelta(days=7 - back))
    if shift in {"last", "previous", "past", "this past"} and back == 0:
        back = 7
    return _day(anchor - timedelta(days=back))


def _weekend(anchor: date) -> When:
    saturday = anchor - timedelta(days=(anchor.weekday() - 5) % 7)
    return When(saturday, saturday + timedelta(days=1), "day")


def _week(anchor: date, weeks: int) -> When:
    monday = anchor + timedelta(days=7 * weeks - anchor.weekday())
    return When(monday, monday + timedelta(days=6), "week")


def _period(which: str, unit: str, anchor: date) -> When | None:
    """Return "last week", "earlier this month", "next year", "last May"."""
    step = -1 if which.endswith(("last", "past", "previous")) else 0
    step = 1 if which.endswith(("next", "coming")) else step
    if unit.startswith("weekend"):
        return _weekend(anchor + timedelta(days=7 * max(step, 0)))
    if unit == "week":
        return _cut(_week(anchor, step), which, anchor)
    if unit == "month":
        return _cut(_shifted_month(anchor, step), which, anchor)
    if unit == "year":
        return _year(anchor.year + step)
    return _named_month(unit, anchor, future=step > 0)


def _cut(when: When, which: str, anchor: date) -> When:
    """Limit "earlier this week" to the days up to publication, and "later" to those after it."""
    if which.startswith("earlier"):
        return replace(when, end=anchor)
    return replace(when, start=anchor) if which.startswith("later") else when


def _shifted_month(anchor: date, months: int) -> When:
    index = anchor.year * 12 + anchor.month - 1 + months
    return _month(index // 12, index % 12 + 1)


def _named_month(name: str, anchor: date, *, future: bool) -> When:
    month = _month_number(name)
    year = anchor.year
    if future:
        year += month < anchor.month
    else:
        year -= month > anchor.month
    return _month(year, month)


_AGO: dict[str, Callable[[date, int], When | None]] = {
    "day": lambda anchor, n: _day(anchor - timedelta(days=n)),
    "week": lambda anchor, n: _week(anchor, -n),
    "month": lambda anchor, n: _shifted_month(anchor, -n),
    "year": lambda anchor, n: _year(anchor.year - n),
}


def _ago(number: str, unit: str, anchor: date) -> When | None:
    """Return "three days ago"."""
    n = int(number) if number.isdigit() else _NUMBERS[re.sub(r"\s+", " ", number)]
    return _AGO[unit](anchor, n)


def precision_code(precision: DatePrecision | None) -> int:
    """Return ACLED's time_precision: 1 day, 2 week, 3 month or less.

    >>> precision_code("week")
    2
    """
    return {"day": 1, "week": 2}.get(precision or "", 3)
