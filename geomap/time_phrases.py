"""The words by which English news tells a time: one pattern a kind of expression.

What each kind means says :mod:`geomap.time_values`; what stands around it, :mod:`geomap.dates`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

NUMBERS = {
    name: number
    for number, name in enumerate(
        "a two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"an": 1, "one": 1, "several": 3, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3}
"""Numbers in words; "several" and "a few" are three."""

_MON = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|(?-i:Mar(?:ch)?|MAR(?:CH)?|May|MAY)|apr(?:il)?|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTH = (
    r"(?:january|february|april|june|july|august|september|october|november|december"
    r"|(?-i:March|May|MARCH|MAY))\b"
)
_FULL_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAY = (
    rf"(?:{_FULL_DAY}"
    r"|(?-i:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WED|THU(?:RS?)?|FRI|SAT|SUN))\b"
)
_PART = r"(?:morning|afternoon|evening|night)"
_NUM = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})".replace(" ", r"\s+")
_YEAR = r"(?:1[5-9]|20)\d{2}\b(?![.,]\d)"
_PEOPLE = (
    r"people|persons|men|women|children|troops|soldiers|police|others|percent|homes|families|%"
)
_SHORT_YEAR = rf"(?:[3-9]\d(?![\d:.,]*\d|\s*(?:{_PEOPLE}))|\d\d(?=\s*(?:[.,;)(\[\]]|--|—|–)(?!\d)))"
_ORD = r"(?:st|nd|rd|th)?"
_NUMERIC = r"(?<![.,:/$£€-])"
_TO = r"(?:\s*[-–—]\s*|\s+(?:to|through|until|till)\s+)"
_CUT = r"(?P<cut>early|mid|late|the\s+(?:beginning|start|middle|end)\s+of)[\s-]+"
_THAT_YEAR = r"(?:,?\s+(?:of\s+)?(?P<which>last|this|next|that|the\s+same)\s+year\b)?"
_DATE_FOLLOWS = rf",?\s+(?:{_MON}\s+\d|\d{{1,2}}\s+{_MON})"
_SHIFT = (
    r"(?:last|next|this\s+past|this\s+coming|this|past|coming|previous|following|preceding"
    r"|late|early)"
)
_STOPS = r"(?=\s*(?:[.,;:)\]!?\"”]|$|(?<=\s)(?:in|at|outside|inside|near|by|when|and|while|but)\b))"
"""What follows "the day before" where it is no preposition itself."""

_PATTERNS = {
    "iso": rf"{_NUMERIC}(?P<y>\d{{4}})(?P<sep>[-/])(?P<m>\d{{2}})(?P=sep)(?P<d>\d{{2}})(?![\d/-])",
    "slashes": rf"{_NUMERIC}(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<y>\d{{4}}|\d{{2}})(?![\d/])",
    "dots": rf"{_NUMERIC}(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}})(?!\.?\d)",
    "sept_11": r"9/11(?![\d/])|sept(?:ember|\.)?\s+11(?:th)?(?=,?\s+(?:\w+\s+)?(?:attacks|hijack))",
    # 3-5 May 2019, between 3 and 5 May; 30 March to 2 April
    "days_of": rf"""(?P<two>between\s+)?(?:from\s+)?{_NUMERIC}(?P<d>\d{{1,2}}){_ORD}
        (?:\s+(?P<m>{_MON}))?(?(two)\s+and\s+|{_TO})
        (?P<e>\d{{1,2}}){_ORD}\s+(?:of\s+)?(?P<n>{_MON})(?:,?\s+(?P<y>{_YEAR}))?(?!\w)""",
    # 13 and 14 May
    "days_and": rf"""(?:on\s+)?(?:the\s+)?{_NUMERIC}(?P<d>\d{{1,2}}){_ORD}\s+and\s+
        (?P<e>\d{{1,2}}){_ORD}\s+(?:of\s+)?(?P<n>{_MON})(?:,?\s+(?P<y>{_YEAR}))?(?!\w)
        |(?P<m>{_MON})\s+(?P<first>\d{{1,2}}){_ORD}\s+and\s+(?P<last>\d{{1,2}}){_ORD}
        (?!\w|,\d|:\d|\s+(?:{_PEOPLE}|{_MON}))(?:,?\s+(?P<z>{_YEAR}))?""",
    "days_to": rf"""(?P<two>between\s+)?(?:from\s+)?(?P<m>{_MON})\s+(?P<d>\d{{1,2}}){_ORD}
        (?(two)\s+and\s+|{_TO})(?:(?P<n>{_MON})\s+)?(?P<e>\d{{1,2}}){_ORD}(?!\w|,\d|:\d|\s+(?:{_PEOPLE}))
        (?:,?\s+(?P<y>{_YEAR}))?""",
    "day_month": rf"""(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_NUMERIC}(?P<d>\d{{1,2}})
        (?:{_ORD}\s+(?:of\s+)?|-)
        (?P<m>{_MON})(?:,?[\s-]+(?P<y>\d{{4}}|['’]?{_SHORT_YEAR}))?(?!\w){_THAT_YEAR}""",
    "month_day": rf"""(?:{_WEEKDAY},?\s+)?(?P<m>{_MON})(?:\s+|-)(?P<d>\d{{1,2}}){_ORD}
        (?!\w|,\d|:\d)(?:,?[\s-]+(?P<y>\d{{4}}(?!\d)|\d\d(?=\s*(?:\(|\[|--|—))))?
        {_THAT_YEAR}""",
    "week_of": rf"the\s+week\s+of\s+(?P<m>{_MON})\s+(?P<d>\d{{1,2}}){_ORD}(?!\w)",
    "months": rf"""(?P<two>between\s+)?(?:from\s+)?(?P<m>{_MONTH})(?(two)\s+and\s+|{_TO})
        (?P<n>{_MONTH})(?!\s+\d{{1,2}}\b)(?:,?\s+(?P<y>{_YEAR}))?""",
    "month_year": rf"(?:{_CUT})?(?P<m>{_MON})(?:\s+of)?,?\s+(?P<y>{_YEAR})",
    "month_of": rf"""(?:(?:in|since|during|from)\s+)?(?:{_CUT})?(?P<m>{_MON})\s+(?:of\s+)?
        (?P<which>last|this|next|that|the\s+same)\s+year\b|(?<!\bof\s)that\s+(?P<n>{_MONTH})""",
    "that_year": r"(?:that|the\s+same)\s+year\b",
    "quarter": rf"""(?:(?P<which>last|this|next)\s+year's\s+)?
        (?P<q>first|second|third|fourth)[\s-]quarter\b
        (?:\s+of\s+(?:(?P<y>{_YEAR})|(?P<late>last|this|next)\s+year\b))?""",
    "season": rf"""(?:{_CUT})?(?:(?P<which>last|this\s+past|this|next|in\s+the|in|the)\s+)?
        (?P<s>spring|summer|fall|autumn|winter)\s+(?:of\s+)?(?P<y>{_YEAR})
        |(?P<shift>last|this\s+past|this|next)\s+(?P<fall>spring|summer|fall|autumn|winter)\b
        |(?:in|during|since|over|into|by)\s+the\s+(?P<hot>spring|summer|autumn|winter)\b
        (?!\s+of)""",
    "decade": rf"(?:the\s+)?(?:{_CUT})?(?P<y>(?:1[5-9]|20)\d0)s\b|the\s+['’‘]?(?P<z>[3-9]0)s\b",
    "century": r"(?P<c>1[5-9]|2[01])(?:st|th)[\s-]century\b",
    "years": rf"""(?:between|from)\s+(?P<y>{_YEAR})\s+(?:and|to)\s+(?P<z>{_YEAR})
        (?!\s+(?:{_PEOPLE}))""",
    "holiday": rf"""(?P<name>christmas\s+(?:day|eve)|boxing\s+day|new\s+year[’']s\s+(?:day|eve)
        |halloween|valentine[’']s\s+day|bastille\s+day|may\s+day|(?:the\s+)?(?:fourth\s+of\s+july
        |july\s+fourth)|thanksgiving(?:\s+day)?|ash\s+wednesday|palm\s+sunday|good\s+friday
        |easter\s+(?:sunday|monday))\b(?:,?\s+(?P<y>{_YEAR}))?""",
    "no_day": rf"""(?:black|bloody|holy|fat|super|cyber|giving|sheffield|every|each|any|alternate
        |most|other|some)\s+{_FULL_DAY}s?\b
        |{_FULL_DAY}\s+(?-i:Times|Telegraph|Herald|Mirror|Mail|Express|World)\b
        |today['’]s\s+(?:world|society|youth|standards)\b|overnight\s+(?:train|bus|flight|stay|shift
        |success|trip|camp|curfew|guest|guests)\b""",
    "day_of_week": rf"""(?:on\s+)?(?P<day>{_WEEKDAY})\s+(?:{_PART}\s+)?(?:of\s+)?
        (?P<which>last|this|next)\s+week\b
        |(?P<ever>last|this|next)\s+week\s+on\s+(?P<name>{_WEEKDAY})""",
    "weekdays": rf"""(?P<two>between\s+)?(?:from\s+)?(?P<a>{_WEEKDAY})(?:\s+{_PART})?
        (?(two)\s+and\s+|{_TO})(?P<b>{_WEEKDAY})(?!{_DATE_FOLLOWS})(?:\s+{_PART}\b)?""",
    "weekday": rf"""(?:(?:(?P<lead>on|since|until|till|by|before|after)\s+
        (?:(?P<shift>{_SHIFT})\s+)?
        |(?P<only>{_SHIFT})\s+(?:on\s+)?)(?P<day>{_WEEKDAY})|(?P<bare>{_FULL_DAY}))\b
        (?!\s+times|{_DATE_FOLLOWS})(?:\s+(?:{_PART}|overnight)\b)?""",
    "near_day": r"""the\s+day\s+before\s+yesterday\b|the\s+day\s+after\s+tomorrow\b
        |(?:yesterday|to-?day|to-?night|to-?morrow|this\s+(?:morning|afternoon|evening)
        |last\s+(?:night|evening)|overnight)\b""",
    "that_day": rf"""(?:on\s+)?(?:that|(?:the|that)\s+(?:very\s+)?same)\s+
        (?:day|date|night|morning|evening|afternoon)\b
        |(?:at|before|around)\s+(?:dawn|dusk|daybreak|noon|midday|nightfall|sunrise|sunset)\b
        (?!\s+(?:on\s+)?(?:{_FULL_DAY}|today|yesterday|tomorrow|{_MON}|\d
        |(?:the\s+)?(?:next|following|previous|same|last)\b))""",
    "running_day": r"""(?:(?:later|earlier|late|early)\s+in|end(?:s|ed|ing)?|throughout
        |rest\s+of|during)
        \s+the\s+day\b
        |for\s+(?:a|the)\s+(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s+
        (?:consecutive\s+|straight\s+|successive\s+)?(?:day|night)\b""",
    "day_after": rf"""(?:the\s+)?(?:next|following)\s+(?:day|morning|night|evening|afternoon)\b
        |(?:the|a)\s+day\s+(?:after{_STOPS}|later\b)""",
    "day_before": rf"""the\s+(?:previous|preceding)\s+(?:day|night|evening|afternoon)\b
        |(?:a|the)\s+(?:day|night|evening|afternoon)\s+(?:before{_STOPS}|earlier\b)""",
    "ago": rf"""(?P<n>{_NUM})\s+(?P<u>hour|day|week|fortnight|month|year|decade)s?\s+
        (?P<dir>ago\b|earlier\b|later\b|from\s+now\b|afterwards?\b
        |(?:before|previously|after){_STOPS})""",
    "lately": rf"""(?:in|over|during|within)\s+the\s+(?:past|last|previous)\s+
        (?P<n>{_NUM})\s+(?P<u>hour|day|week|month)s?\b""",
    "period": rf"""(?:(?:{_CUT}|(?P<side>earlier|later)\s+))?(?P<which>this\s+past|this\s+coming
        |this|last|next|the\s+(?:past|previous|coming|current|following))\s+
        (?P<u>week(?:end)?|month|year|quarter|{_MON})(?!\s*-?\s*(?:old|long)|'s\s+end|\s+earlier)\b""",
    "end_of": rf"(?:{_CUT})the\s+(?P<u>week|month|year)\b|year(?:[\s-]|'s\s+)end\b",
    "weekend": r"(?:(?:over|at|during|on)\s+)?the\s+weekend\b(?!\s+of\b)",
    "day_number": r"""(?:on|until|since|by)\s+the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)
        (?:\s+of\s+(?P<which>this|last|next|the)\s+month\b
        |(?=\s*(?:[.,;:)!?]|$|\s(?:and|when|in|at|by|after|as|but)\b)))
        |(?P<e>\d{1,2})(?:st|nd|rd|th)?\s+of\s+(?P<ever>this|last|next)\s+month\b""",
    "month": rf"""(?:(?:in|since|during|by|of|until|before|after|from|and|between)\s+(?:{_CUT})?
        |(?P<part>early|mid|late|the\s+(?:beginning|start|middle|end)\s+of)[\s-]+)
        (?P<m>{_MONTH})(?!\s+\d)
        |the\s+(?P<n>{_MONTH})(?=\s+(?-i:[a-z]))""",
    "year": rf"""(?:in|since|of|from|by|until|during|before|after|year|into)\s+(?:{_CUT})?
        (?P<y>{_YEAR})(?:(?-i:(?<=\bIn\s\d\d\d\d))|(?!\s+(?:{_PEOPLE})))
        |(?:early|mid|late)[\s-]+(?P<z>{_YEAR})(?!\s+(?:{_PEOPLE}))
        |(?:the|a|its|his|her|their)\s+(?P<x>(?:19|20)\d\d)\b(?=\s+(?-i:[a-z]))
        (?!\s+(?:{_PEOPLE}))""",
}
"""The kinds of time expressions; of those at one place the first that fits counts."""


def _labeled(name: str, pattern: str) -> str:
    """Return a pattern as a group of its name, its own groups named after it."""
    inner = re.sub(r"\(\?P(<|=)|\(\?\((?=two)", lambda m: f"{m[0]}{name}_", pattern)
    return f"(?P<{name}>{inner})"


_OPENINGS = (
    "early mid late later earlier last this next past coming previous following preceding the that "
    "a an its his her their between from in during since over into by on at until till before "
    "after around of and for within throughout rest end ends ended ending year today tonight "
    "to-day to-night to-morrow tomorrow yesterday overnight first second third fourth spring "
    "summer fall autumn winter "
    "christmas boxing new halloween valentine bastille thanksgiving ash palm good easter black "
    "bloody holy fat super cyber giving sheffield every each any alternate most other some "
    "jan feb mar apr jun jul aug sep sept oct nov dec january february march april may june july "
    "august september october november december mon tue tues wed thu thur thurs fri sat sun monday "
    "tuesday wednesday thursday friday saturday sunday"
).split()
"""The words that expressions begin with, numbers aside."""


def _trie(words: Collection[str]) -> str:
    """Return a pattern for any of some words that reads no character of a text twice."""
    tails: dict[str, list[str]] = {}
    for word in sorted(words):
        tails.setdefault(word[:1], []).append(word[1:])
    branches = [
        re.escape(first) + (_trie(rest) if any(rest) else "")
        for first, rest in tails.items()
        if first
    ]
    return f"(?:{'|'.join(branches)}){'?' if '' in tails else ''}"


_OPENING = _trie({*_OPENINGS, *(name.split()[0] for name in NUMBERS)})
_NEEDED = (
    *("day", "night", "week", "month", "year", "hour", "decade", "quarter", "century", "morning"),
    *("evening", "noon", "date", "dawn", "dusk", "sunrise", "sunset", "overnight", "morrow"),
    *("spring", "summer", "fall", "autumn", "winter", "halloween", "christmas", "thanksgiving"),
    *("jan", "feb", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_NEEDED_AS_WRITTEN = tuple(
    form
    for word in ("Mar", "May", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    for form in (word, word.upper())
)
_DIGIT = re.compile(r"\d")


def may_tell_time(words: str) -> bool:
    """Whether some words hold any without which no expression is one; much faster than it.

    >>> may_tell_time("Police fired tear gas."), may_tell_time("They left on Monday.")
    (False, True)
    """
    if _DIGIT.search(words) or any(part in words for part in _NEEDED_AS_WRITTEN):
        return True
    plain = words.lower()
    return any(part in plain for part in _NEEDED)


EXPRESSION = re.compile(
    rf"\b(?=\d|{_OPENING}\b)(?:{'|'.join(_labeled(*item) for item in _PATTERNS.items())})",
    re.IGNORECASE | re.VERBOSE,
)
"""Any time expression; the group matched last bears the name of its kind. The look-ahead spares
most words the many patterns."""
_GROUPS = {
    kind: [
        (name.removeprefix(f"{kind}_"), name)
        for name in EXPRESSION.groupindex
        if name.startswith(f"{kind}_")
    ]
    for kind in _PATTERNS
}


def parts_of(match: re.Match[str]) -> dict[str, str]:
    """Return the groups of an expression's own kind, lower-case, blanks made one; "" for none."""
    groups = _GROUPS[match.lastgroup or ""]
    return {short: _plain(match[name] or "") for short, name in groups} | {"": _plain(match[0])}


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())
