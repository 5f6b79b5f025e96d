"""What each kind of time expression means: days, given the day of publication where it needs one.

The kinds are those of :mod:`geomap.time_phrases`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from geomap import periods
from geomap.model import When
from geomap.time_phrases import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTHS = "january february march april may june july august september october november december"
_NUMBER_OF = {name[:3]: number for number, name in enumerate(_MONTHS.split(), start=1)}
_DAY = {name: number for number, name in enumerate("mon tue wed thu fri sat sun".split())}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_HOURS = 24
_SAME_DAY_HOURS = 12
"""So many hours before publication are the same day."""
_SEPT_11 = date(2001, 9, 11)

_Parts = dict[str, str]
"""The groups of an expression's pattern, "" where one matched nothing; under "" all of it."""


class Frame(NamedTuple):
    """What an expression leans on: the day of publication, and the day told last."""

    anchor: date
    future: bool
    told: date | None
    done: bool = False
    """Whether the sentence tells of what was done by then."""
    year: int | None = None
    """The year told last, which "that year" means."""


def value(kind: str, parts: _Parts, frame: Frame | None) -> When | None:
    """Return the days that one expression names, or None where it cannot be told."""
    try:
        when = _COMPLETE[kind](parts) if kind in _COMPLETE else None
        if when or frame is None or kind not in _RELATIVE or (parts.get("y") and kind in _COMPLETE):
            return when
        return _RELATIVE[kind](parts, frame)
    except (OverflowError, ValueError):  # beyond the calendar's ends, or no day of it
        return None


def value_in(year: int, kind: str, parts: _Parts, told: date | None) -> When | None:
    """Return the days that an expression names in a text of which only the year is known.

    ``told`` is the day told last. None for a weekday, "yesterday" and all else that leans on the
    day of publication.
    """
    frame = Frame(date(year, 12, 31), future=False, told=told)
    if kind == "month":
        named = {"m": parts["m"] or parts["n"], "cut": parts["cut"] or parts["part"]}
        return value("month_year", named | {"y": str(year)}, None)
    if kind in _OF_A_YEAR:
        return value(kind, parts | {"y": str(year)}, frame)
    on = kind == "ago" and parts["dir"] not in ("ago", "from now")
    return value(kind, parts, frame) if told and (on or kind in _FROM_TOLD) else None


def _month_number(name: str) -> int:
    return _NUMBER_OF[name[:3]]


def _iso(parts: _Parts) -> When | None:
    return periods.day(periods.written(int(parts["d"]), int(parts["m"]), parts["y"]))


def _slashes(parts: _Parts) -> When | None:
    """Return 12/31/2019 or 31/12/2019, not 3/4/2019, which has two readings."""
    first, second = int(parts["a"]), int(parts["b"])
    readings = {(first, second), (second, first)}
    possible = [(month, number) for month, number in readings if month in range(1, 13)]
    if len(possible) != 1:
        return None
    ((month, number),) = possible
    return periods.day(periods.written(number, month, parts["y"]))


def _calendar_day(parts: _Parts) -> When | None:
    """Return a day with its year."""
    if not parts["y"]:
        return None
    month = str(_month_number(parts["m"]))
    return _iso(parts | {"m": month, "y": parts["y"].lstrip("'")})


def _near_calendar_day(parts: _Parts, frame: Frame) -> When | None:
    if parts["which"]:
        year = _year_of(parts["which"], frame)
        return _calendar_day(parts | {"y": str(year)}) if year else None
    return periods.day(_nearest(parts["d"], parts["m"], frame))


def _nearest(number: str, month: str, frame: Frame) -> date:
    return periods.nearest(int(number), _month_number(month), frame.anchor, future=frame.future)


def _calendar_days(parts: _Parts) -> When | None:
    """Return "March 3-5, 2019"."""
    if not parts["y"]:
        return None
    first, last = _months_of_days(parts)
    end = periods.written(int(parts["e"]), last, parts["y"])
    return periods.days(date(end.year - (first > last), first, int(parts["d"])), end)


def _months_of_days(parts: _Parts) -> tuple[int, int]:
    """Return the months that a range of days begins and ends in."""
    named = [_month_number(parts[name]) for name in ("m", "n") if parts[name]]
    return named[0], named[-1]


def _near_calendar_days(parts: _Parts, frame: Frame) -> When | None:
    first, last = _months_of_days(parts)
    end = periods.nearest(int(parts["e"]), last, frame.anchor, future=frame.future)
    return periods.days(date(end.year - (first > last), first, int(parts["d"])), end)


def _two_days(parts: _Parts, frame: Frame) -> When | None:
    """Return "13 and 14 May" as two days that follow each other, else the second one."""
    number, month = parts["e"] or parts["last"], parts["n"] or parts["m"]
    year = parts["y"] or parts["z"]
    last = (
        periods.written(int(number), _month_number(month), year)
        if year
        else _nearest(number, month, frame)
    )
    follows = int(parts["d"] or parts["first"]) + 1 == last.day
    return periods.days(last - timedelta(days=follows), last)


def _months(parts: _Parts) -> When | None:
    if not parts["y"]:
        return None
    year = int(parts["y"])
    first, last = _month_number(parts["m"]), _month_number(parts["n"])
    return replace(periods.month(year - (first > last), first), end=periods.month(year, last).end)


def _near_months(parts: _Parts, frame: Frame) -> When | None:
    last = periods.month_near(_month_number(parts["n"]), frame.anchor, future=frame.future)
    return _months(parts | {"y": str(last.end.year)})


def _month_of_year(parts: _Parts) -> When | None:
    found = periods.month(int(parts["y"]), _month_number(parts["m"]))
    return periods.part(found, parts["cut"])


_STEPS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}


def _step(which: str) -> int:
    """Return how many weeks, months or years on "last" or "the coming" leads."""
    return _STEPS.get(which.rpartition(" ")[2], 0)


def _month_of_that_year(parts: _Parts, frame: Frame) -> When | None:
    year = _year_of(parts["which"] or "that", frame)
    return _month_of_year(parts | {"y": str(year), "m": parts["m"] or parts["n"]}) if year else None


def _year_of(which: str, frame: Frame) -> int | None:
    """Return the year that "this", "last", "that" and "the same" mean."""
    told_last = which in ("that", "the same")
    return frame.year if told_last else frame.anchor.year + _step(which)


def _quarter(parts: _Parts) -> When | None:
    return periods.quarter(_QUARTERS[parts["q"]], int(parts["y"])) if parts["y"] else None


def _near_quarter(parts: _Parts, frame: Frame) -> When | None:
    """Return the quarter of that number that began last, or that of the year named."""
    number, named = _QUARTERS[parts["q"]], parts["which"] or parts["late"]
    found = periods.quarter(number, frame.anchor.year + _step(named))
    begun = found.start is not None and found.start <= frame.anchor
    return found if named or begun else periods.quarter(number, frame.anchor.year - 1)


def _season(parts: _Parts) -> When | None:
    if not parts["y"]:
        return None
    return periods.part(periods.season(parts["s"], int(parts["y"])), parts["cut"])


def _near_season(parts: _Parts, frame: Frame) -> When | None:
    """Return "last winter", "this summer", "in the spring"."""
    if parts["shift"] == "this":
        return periods.season(parts["fall"], frame.anchor.year)
    step = _step(parts["shift"]) if parts["shift"] != "this past" else 0
    return periods.season_near(parts["fall"] or parts["hot"], frame.anchor, step or frame.future)


def _decade(parts: _Parts) -> When | None:
    first = int(parts["y"] or f"19{parts['z']}")
    found = periods.years(first, first + 9)
    return found and periods.part(found, parts["cut"])


def _century(parts: _Parts) -> When | None:
    last = 100 * int(parts["c"])
    return periods.years(last - 99, last)


def _years(parts: _Parts) -> When | None:
    return periods.years(int(parts["y"]), int(parts["z"]))


def _year(parts: _Parts) -> When | None:
    found = periods.year(int(parts["y"] or parts["z"] or parts["x"]))
    which = parts["cut"] or (re.split(r"[\s-]", parts[""], maxsplit=1)[0] if parts["z"] else "")
    return found and periods.part(found, which)


def _holiday(parts: _Parts) -> When | None:
    if not parts["y"]:
        return None
    return periods.day(periods.holiday(_holiday_name(parts), int(parts["y"])))


def _holiday_name(parts: _Parts) -> str:
    name = parts["name"].removeprefix("the ")
    return "thanksgiving" if name.startswith("thanksgiving") else name


def _near_holiday(parts: _Parts, frame: Frame) -> When | None:
    found = periods.holiday(_holiday_name(parts), frame.anchor.year)
    away = (found - frame.anchor).days
    year = frame.anchor.year
    if away > periods.FORWARD_DAYS and not frame.future:
        year -= 1
    return periods.day(periods.holiday(_holiday_name(parts), year + (frame.future and away < 0)))


def _week_of(parts: _Parts, frame: Frame) -> When | None:
    return periods.week(_nearest(parts["d"], parts["m"], frame), 0)


def _day_of_week(parts: _Parts, frame: Frame) -> When | None:
    """Return "Tuesday of last week"."""
    found = periods.week(frame.anchor, _step(parts["which"] or parts["ever"]))
    number = _DAY[(parts["day"] or parts["name"])[:3]]
    return periods.day(found.end - timedelta(days=6 - number))


def _weekday(parts: _Parts, frame: Frame) -> When | None:
    """Return the day of a weekday's name: on or before publication unless it lies ahead."""
    number = _DAY[(parts["day"] or parts["bare"])[:3]]
    shift = parts["shift"] or parts["only"]
    if shift == "this":
        return periods.day(periods.week(frame.anchor, 0).end - timedelta(days=6 - number))
    if shift in ("previous", "preceding") and frame.told:
        return periods.day(periods.weekday_before(number, frame.told, strictly=True))
    if shift == "following":
        start = frame.told or frame.anchor
        return periods.day(periods.weekday_after(number, start, strictly=True))
    if shift in ("next", "coming", "this coming"):
        return periods.day(periods.weekday_after(number, frame.anchor, strictly=True))
    strictly = shift in ("last", "previous", "preceding", "past", "this past")
    by = parts["lead"] in ("until", "till", "by") and not frame.done
    if (frame.future and not strictly) or by:
        return periods.day(periods.weekday_after(number, frame.anchor))
    return periods.day(periods.weekday_before(number, frame.anchor, strictly=strictly))


def _weekdays(parts: _Parts, frame: Frame) -> When | None:
    """Return "from Monday to Wednesday"."""
    first, last = _DAY[parts["a"][:3]], _DAY[parts["b"][:3]]
    length = timedelta(days=(last - first) % 7)
    if frame.future:
        start = periods.weekday_after(first, frame.anchor)
        return periods.days(start, start + length)
    end = periods.weekday_before(last, frame.anchor)
    return periods.days(end - length, end)


_DAYS_AWAY = {
    "yesterday": -1,
    "last night": -1,
    "last evening": -1,
    "overnight": -1,
    "tomorrow": 1,
    "to-morrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def _near_day(parts: _Parts, frame: Frame) -> When | None:
    return periods.day(frame.anchor + timedelta(days=_DAYS_AWAY.get(parts[""], 0)))


def _from_told(days: int) -> Callable[[_Parts, Frame], When | None]:
    """Return a rule for the day so many days after that told last; none after publication."""

    def rule(_: _Parts, frame: Frame) -> When | None:
        if frame.told is None:
            return None
        found = frame.told + timedelta(days=days)
        return periods.day(found) if found <= frame.anchor else None

    return rule


_AGO: dict[str, Callable[[date, int], When | None]] = {
    "day": lambda origin, n: periods.day(origin + timedelta(days=n)),
    "week": periods.week,
    "fortnight": lambda origin, n: periods.week(origin, 2 * n),
    "month": periods.months_from,
    "year": lambda origin, n: periods.year(origin.year + n),
    "decade": lambda origin, n: periods.year(origin.year + 10 * n),
}


def _count(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words]


def _ago(parts: _Parts, frame: Frame) -> When | None:
    """Return "three days ago" from publication, "two days later" from the day told last."""
    number, unit, direction = _count(parts["n"]), parts["u"], parts["dir"]
    forward = direction in ("later", "from now", "after", "afterward", "afterwards")
    origin = frame.anchor if direction in ("ago", "from now") else frame.told
    if origin is None and not forward:
        origin = frame.anchor
    if origin is None:
        return None
    if unit == "hour":
        return _hours_ago(number, frame) if direction == "ago" else None
    found = _AGO[unit](origin, number if forward else -number)
    late = found and found.start and found.start > frame.anchor
    return found if direction == "from now" or not late else None


def _hours_ago(number: int, frame: Frame) -> When | None:
    if number <= _SAME_DAY_HOURS:
        return periods.day(frame.anchor)
    return _lately({"n": str(number), "u": "hour"}, frame)


def _lately(parts: _Parts, frame: Frame) -> When | None:
    """Return "in the past two weeks": the days up to publication."""
    number, unit = _count(parts["n"]), parts["u"]
    if unit == "month":
        return replace(periods.months_from(frame.anchor, -number), end=frame.anchor)
    length = {"hour": -(-number // _HOURS), "day": number, "week": 7 * number}[unit]
    found = When(frame.anchor - timedelta(days=length), frame.anchor, "day")
    return replace(found, precision="week") if unit == "week" else found


def _period(parts: _Parts, frame: Frame) -> When | None:
    """Return "last week", "earlier this month", "next year", "last May"."""
    which, unit, anchor = parts["which"], parts["u"], frame.anchor
    step = _step(which)
    if which == "the following":
        if frame.told is None or unit == "weekend":
            return None
        anchor = frame.told
    if unit == "weekend":
        return _that_weekend(which, frame)
    rule = _PERIODS.get(unit)
    found = rule(anchor, step) if rule else _named_month(unit, anchor, which)
    return found and _side(periods.part(found, parts["cut"]), parts["side"], anchor)


_PERIODS: dict[str, Callable[[date, int], When | None]] = {
    "week": periods.week,
    "month": periods.months_from,
    "year": lambda origin, n: periods.year(origin.year + n),
    "quarter": periods.quarter_of,
}


def _named_month(name: str, anchor: date, which: str) -> When:
    """Return "last May", "this May", "next May"."""
    number = _month_number(name)
    if which == "this":
        return periods.month(anchor.year, number)
    return periods.month_near(number, anchor, future=_step(which) > 0)


def _that_weekend(which: str, frame: Frame) -> When:
    """Return "this weekend": the one past on Monday to Wednesday, the coming one after."""
    step = _step(which)
    if which == "this" and frame.anchor.weekday() in (3, 4):
        step = 1
    return periods.weekend(frame.anchor, step)


def _side(when: When, side: str, anchor: date) -> When:
    """Limit "earlier this week" to the days up to publication, and "later" to those after it."""
    if side == "earlier":
        return replace(when, end=anchor)
    return replace(when, start=anchor) if side == "later" else when


def _end_of(parts: _Parts, frame: Frame) -> When | None:
    """Return "the end of the month", "year-end"."""
    found = _AGO[parts["u"] or "year"](frame.anchor, 0)
    return found and periods.part(found, parts["cut"] or "late")


def _weekend(_: _Parts, frame: Frame) -> When:
    return periods.weekend(frame.anchor, int(frame.future))


def _day_number(parts: _Parts, frame: Frame) -> When | None:
    """Return "the 31st": the last day of that number, or the next."""
    number, which = int(parts["d"] or parts["e"]), parts["which"] or parts["ever"]
    if which:
        found = periods.months_from(frame.anchor, _step(which)).start
        return periods.day(found.replace(day=number)) if found else None
    away = [months for months in range(-2, 3) if (months > 0) == frame.future or not months]
    for months in sorted(away, key=abs):
        month = periods.months_from(frame.anchor, months)
        day = month.end.replace(day=min(number, month.end.day))
        ahead = (day - frame.anchor).days
        if day.day == number and (ahead >= 0 if frame.future else ahead <= 0):
            return periods.day(day)
    return None


def _near_month(parts: _Parts, frame: Frame) -> When | None:
    number = _month_number(parts["m"] or parts["n"])
    by = parts[""].startswith(("by ", "until ")) and not frame.done
    ahead = frame.future or by
    found = periods.month_near(number, frame.anchor, future=ahead)
    return periods.part(found, parts["cut"] or parts["part"])


_COMPLETE: dict[str, Callable[[_Parts], When | None]] = {
    "iso": _iso,
    "slashes": _slashes,
    "dots": _iso,
    "sept_11": lambda _: periods.day(_SEPT_11),
    "days_of": _calendar_days,
    "days_to": _calendar_days,
    "day_month": _calendar_day,
    "month_day": _calendar_day,
    "months": _months,
    "month_year": _month_of_year,
    "quarter": _quarter,
    "season": _season,
    "decade": _decade,
    "century": _century,
    "years": _years,
    "holiday": _holiday,
    "year": _year,
}
"""What needs no publication day."""
_RELATIVE: dict[str, Callable[[_Parts, Frame], When | None]] = {
    "days_of": _near_calendar_days,
    "days_to": _near_calendar_days,
    "days_and": _two_days,
    "day_month": _near_calendar_day,
    "month_day": _near_calendar_day,
    "week_of": _week_of,
    "months": _near_months,
    "month_of": _month_of_that_year,
    "that_year": lambda _, frame: periods.year(frame.year) if frame.year else None,
    "quarter": _near_quarter,
    "season": _near_season,
    "holiday": _near_holiday,
    "day_of_week": _day_of_week,
    "weekdays": _weekdays,
    "weekday": _weekday,
    "near_day": _near_day,
    "that_day": _from_told(0),
    "running_day": lambda _, frame: periods.day(frame.told or frame.anchor),
    "day_after": _from_told(1),
    "day_before": _from_told(-1),
    "ago": _ago,
    "lately": _lately,
    "period": _period,
    "end_of": _end_of,
    "weekend": _weekend,
    "day_number": _day_number,
    "month": _near_month,
}
_OF_A_YEAR = frozenset({"day_month", "month_day", "days_of", "days_to", "days_and", "months"})
"""Kinds to which a year is all that may lack."""
_FROM_TOLD = frozenset({"that_day", "running_day", "day_after", "day_before"})
IN_YEAR = _OF_A_YEAR | _FROM_TOLD | {"month", "ago"}
"""Kinds to which :func:`value_in` may give a value."""
