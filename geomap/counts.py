"""How many: numbers of people in a text, with what befell them.

"At least 25 fighters were killed" is ``Count("killed", 25, None)``: 25 or more. Words become
ranges: "hundreds" is 200 to 999, "two dozen" 24, "more than 30" 31 or more, "no casualties" none.
How numbers are read is in :mod:`geomap.numbers`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.fates import (
    ANY_FATE,
    ASIDE,
    BE,
    DEAD,
    ENDED,
    FATES,
    KILLING,
    MEMBERS,
    NOT_NOUNS,
    PASSIVE,
    RULES,
    Rule,
)
from geomap.model import Count, Span
from geomap.numbers import COUNTED, NUMBER, PERSON, SOME_NUMBER, Range, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.model import Operator

_MONTHS = (
    r"(?:january|february|(?-i:March|MARCH)|april|(?-i:May|MAY)|june|july|august|september|october"
    r"|november|december)\b"
)
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}", re.IGNORECASE)
_MONTH_BEFORE = re.compile(
    rf"(?<!\bin\s)\b(?:{_MONTHS}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)\s$",
    re.IGNORECASE,
)
"""A number beside a month is a day of it: "on 14 June a man was shot dead"."""
_NOT_BEFORE = re.compile(
    r"(?:\b(?:aged?|no|nos|number|rs)\.?\s|[$€£#]\s?|\d[.,]"
    r"|\baged?\s+(?:(?:between|from)\s+)?(?:\d+,?\s+(?:and|to)\s+)?"
    rf"|\b(?:\d+|{COUNTED}|dozens|most|many|some|several|half|none)\s+of\s+(?:the|its|their)\s)$",
    re.IGNORECASE,
)
"""Numbers behind these are ages, sums and ranks, or those of whom only some are counted."""
_LOOK_BACK = 24
_DOING = re.compile(
    r"(?<!was)(?<!were)(?<!been)(?<!being)(?<!is)(?<!are)(?<!and)\s+(?:killed|murdered|executed|injured"
    r"|wounded|hurt|arrested|detained|kidnapped|abducted|infected|displaced|assassinated|beheaded"
    r"|shot\s+dead|shot\s+and\s+killed|gunned\s+down)$",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    rf"\s+(?!\w+day\b|{_MONTHS}|the\s+(?:same|next|following|previous|day|night)\b)"
    rf"(?:(?-i:[A-Z][a-z])|(?:the|an?|his|her|its|their|some|more|at\s+least|about|\d+|{COUNTED})\b)",
    re.IGNORECASE,
)
"""People who do it to those told next: "two gunmen shot dead | a mayor"."""
_OLDER = re.compile(
    r"\bsince\b[^;:]{1,50}?,?\s(?:when|in\s+which)\s(?:[\w,'’-]+\s+){0,6}$", re.IGNORECASE
)
"""Those whom an older event killed: "the worst since May, when | 20 people died"."""
_FAR_BACK = 120

_NONE = re.compile(
    r"\b(?=no|without)(?:no\s+(?:(?:reported|serious|further|other|civilian)\s+)?"
    r"(?P<what>casualties|deaths|fatalities|injuries|loss\s+of\s+life)"
    r"|(?:no\s*-?\s*one|nobody|no\s+people)\s+(?:(?:was|were|is|has|had|have|been|else)\s+)+"
    r"(?P<fate>killed|dead|injured|hurt|wounded)(?P<both>\s+or\s+(?:killed|injured|hurt|wounded))?"
    r"|without\s+(?:any\s+)?(?P<without>casualties|injuries|loss\s+of\s+life))\b",
    re.IGNORECASE,
)
_NONE_OF = {"casualties": ("killed", "injured"), "loss": ("killed",), "deaths": ("killed",)}
_NONE_OF |= {"fatalities": ("killed",), "killed": ("killed",), "dead": ("killed",)}

_NAME = r"[A-Z][\w'’-]{1,40}(?:\s+[A-Z][\w.'’-]+){1,3}"
_NAMED = re.compile(
    rf"\b(?:sho(?:t|ots?|oting)\s+(?:dead|and\s+killed)|murder(?:ed|ing)|stabb(?:ed|ing)\s+to\s+death"
    rf"|gunn(?:ed|ing)\s+down|assassinat(?:ed|ing))\s+(?P<victim>{_NAME})(?=\s*[,.]|\s+(?:at|in|on|near|outside)\b)"
    rf"|\bkill(?:ed|ing)\s+(?P<aged>{_NAME}),\s+(?:\d\d?|an?\s+[\w\s-]{{2,40}}),"
    rf"|\b(?P<fallen>{_NAME}),\s+(?:\d\d?|an?\s+[\w\s-]{{2,40}}|who\s[^,.;]{{2,60}}),\s+(?:died\b|was\s+(?:\w+ly\s+)?"
    r"(?:killed|murdered|shot\s+dead|shot\s+and\s+killed|stabbed\s+to\s+death|beaten\s+to\s+death|found\s+dead))\b"
)
"""One person of name and surname who was killed; not in a text of capitals."""
_FATAL = (
    r"(?:kill|dea[dt]|die|injur|wound|hurt|arrest|missing|detain|abduct|fatal|casualt|hostage|case"
    r"|infect|(?:on|at|from|since|of|to|by|with|times)\b)"
)
"""Words of those who are counted on their own, or of no people."""
_LISTED = re.compile(
    rf"\b{NUMBER}(?:(?<=couple)|\s+{NOT_NOUNS}(?!{_FATAL})"
    r"[\w'’-]{1,40}){1,3}?\s*,?\s+and\s+(?:(?:their|his|her)\s+)?$",
    re.IGNORECASE,
)
"""People who share a fate with those told next: "two soldiers and | a policeman were killed"."""
_LISTED_EARLIER = re.compile(
    rf"\b{NUMBER}(?:\s+{NOT_NOUNS}(?!{_FATAL})[\w'’-]{{1,40}}){{1,3}}?,\s+$", re.IGNORECASE
)
"""Those before the last two of a list: "nine policemen, | two civilians and four rebels died"."""
_LIST_REACH = 70
_ITEM = re.compile(
    rf"(?P<people>(?:\s+{NOT_NOUNS}(?!{_FATAL})[\w'’-]{{1,40}}){{0,3}}?)"
    rf"(?P<joint>,?\s+and|,)\s+(?:(?:their|his|her)\s+)?(?={NUMBER})",
    re.IGNORECASE,
)
"""What stands between one number of people and the next: "killing a policeman and | two nuns"."""
_ITEM_END = re.compile(
    rf"(?:\s+{NOT_NOUNS}(?!{_FATAL})[\w'’-]{{1,40}}){{1,3}}?(?=\s*(?:[.,;:)]|$)|\s+(?:and|in|at|on|from|near"
    r"|who|as|when|after|during|outside|inside|before|while|aboard|with|early|late)\b)",
    re.IGNORECASE,
)
_MOST_ITEMS = 4
_ONE_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_OWN = (
    r"wife|husband|partner|girlfriend|boyfriend|sons?|daughters?|brothers?|sisters?|mother|father|child"
    r"|children|baby|bodyguards?|guards?|driver|assistant|aide|cook|companion|colleague|friend|passenger"
    r"|nephews?|nieces?|cousins?|grand(?:son|daughter|child|children|mother|father)"
)
_KIN = re.compile(
    rf"\b(?:{KILLING})\s+(?!\d)(?:[\w.'’-]+\s+){{1,8}}?and\s+(?:his|her)\s+"
    rf"(?:{NUMBER}\s+)?(?:\w+\s+)?(?:{_OWN})\b",
    re.IGNORECASE,
)
"""Somebody killed with his own: "shot dead a former mayor and his two sons"."""
_DIED = rf"{ASIDE}(?:{PASSIVE}{BE}\s+(?:{DEAD})|\s+(?:{ENDED}))\b"
_WITH_OWN = re.compile(
    rf"\b[\w’'-]{{1,40}}\s+and\s+(?:his|her)\s+(?:{NUMBER}\s+)?(?:[\w-]+\s+)?(?:{_OWN})"
    rf"{_DIED}|\ban?\s+(?:(?:father|mother|brother)\s+and\s+(?:his\s+|her\s+)?(?:son|daughter|child"
    rf"|baby|sister)|(?:[\w-]+\s+){{0,2}}?couple){_DIED}",
    re.IGNORECASE,
)
"""The same told of them: "a guard and his wife were shot dead", "a retired couple died"."""
_ALONG = re.compile(
    rf"\b(?:was|were)\s+(?:{DEAD})\b[^.;,]{{0,40}}?\b(?:along|together)\s+with\s+(?:his|her|their)\s+"
    rf"(?:{NUMBER}\s+)?(?:[\w-]+\s+)?(?:{_OWN})\b",
    re.IGNORECASE,
)
"""Or of them one behind the other: "the mayor was shot dead along with his driver"."""
_THE = rf"(?:the|its|his|her|their)\s+(?:[\w-]+\s+){{0,2}}?(?:{PERSON})"
_AND_OTHERS = re.compile(
    rf"\b(?:{KILLING})\s+{_THE}\s+and\s+{NUMBER}(?<=other|thers)\b", re.IGNORECASE
)
"""Somebody known and more: "killing the mayor and four other people"."""
_THE_ONE = re.compile(
    rf"\b(?P<dead>{_THE})(?:,[^,.;]{{1,60}},)?\s+(?:(?:was|(?:has|had)\s+been)\s+(?:also\s+|later\s+)?"
    rf"(?:killed|murdered|assassinated|executed|shot\s+dead|shot\s+(?:and\s+killed|to\s+death)"
    rf"|(?:stabbed|beaten|hacked)\s+to\s+death)|(?:also\s+|later\s+)?died)\b"
    rf"|\b(?:kill(?:s|ed|ing)|murder(?:s|ed|ing)|assassinat(?:ed|ing)|shot\s+dead)\s+(?P<victim>{_THE})\b"
    rf"(?!\s+(?:and|of\s+\w+\s+and)\b|[\w-]*\s+(?:leaders|members))"
    rf"|\bshot\s+(?P<shot>{_THE})\s+(?:dead|and\s+killed)\b",
    re.IGNORECASE,
)
"""One person spoken of before who was killed: "the driver was killed", "shot the guard dead"."""
_VERB = re.compile(
    r"(?:kill|injur|wound|hurt|arrest|detain|displac|evacuat|kidnap|abduct|infect|murder|execut)"
    r"\w*\s+(?:at\s+least\s+|about\s+)?$",
    re.IGNORECASE,
)


def find(text: str, span: Span) -> list[Count]:
    """Return the counts in a span of a text, in reading order, one a kind and number.

    >>> text = "At least 25 fighters were killed and dozens wounded."
    >>> [(c.kind, c.low, c.high, c.operator) for c in find(text, Span(0, len(text)))]
    [('killed', 25, None, '>='), ('injured', 24, 99, '~')]
    """
    piece = span.of(text)
    found: dict[tuple[str, int], Count] = {}
    for count in _nobody(piece, span.start):
        found[count.kind, count.span.start] = count
    for count in (*_with_kin(piece, span.start), *_one(piece, span.start)):
        found[count.kind, count.span.start] = count
    if not (ANY_FATE.search(piece) and SOME_NUMBER.search(piece)):
        return sorted(found.values(), key=lambda count: count.span)
    for rule in RULES:
        if not rule.needed.search(piece):
            continue
        for told in _told(rule, piece, span.start):
            if not _is_told(told, found.values()):
                found[told.kind, told.span.start] = told
    return sorted(found.values(), key=lambda count: count.span)


def _told(rule: Rule, piece: str, offset: int) -> Iterator[Count]:
    """Yield the counts that a rule finds; behind what is none (a day, an age) it looks again."""
    match = rule.pattern.search(piece)
    while match:
        count = _count(rule, match, offset)
        if count:
            yield count
        match = rule.pattern.search(piece, match.end() if count else match.end("number"))


def _count(rule: Rule, match: re.Match[str], offset: int) -> Count | None:
    """Return the count that a rule found, with the people listed before it; None if it is none."""
    told = read_number(match)
    start, end = match.start("number"), match.end("last" if match["last"] else "number")
    lead = match.start("bound") if match["bound"] else start
    if told is None or _NOT_BEFORE.search(match.string, max(0, lead - _LOOK_BACK), lead):
        return None
    if match["number"].isdigit() and _is_day(match.string, start, end):
        return None
    if rule.joins and _DOING.search(match[0]) and _OBJECT.match(match.string, match.end()):
        return None
    if rule.kind in FATES and _OLDER.search(match.string, max(0, lead - _FAR_BACK), lead):
        return None
    if rule.joins:
        listed = _listed_before(match.string, lead)
        if listed:
            others, start = listed
            told = _sum(others, told)
    elif rule.leads:
        told, end = _listed_after(match.string, told, end)
    return Count(rule.kind, told.low, told.high, Span(offset + start, offset + end), told.operator)


def _is_day(piece: str, start: int, end: int) -> bool:
    """Whether a figure is the day of a month."""
    if end - start > len("31"):
        return False
    before = _MONTH_BEFORE.search(piece, max(0, start - _LOOK_BACK), start)
    return bool(before or _MONTH_AFTER.match(piece, end))


def _sum(one: Range, other: Range) -> Range:
    """Return how many two numbers are together."""
    high = None if one.high is None or other.high is None else one.high + other.high
    return Range(one.low + other.low, high, other.operator if one.operator == "=" else one.operator)


def _listed_after(piece: str, told: Range, end: int) -> tuple[Range, int]:
    """Return a number behind its verb with those listed after it, and where the last one ends.

    A list ends with "and": "killing a man, two women and a child"; without one it is none.
    """
    total, at = told, end
    for _ in range(_MOST_ITEMS):
        joint = _ITEM.match(piece, at)
        number = _ONE_NUMBER.match(piece, joint.end()) if joint else None
        more = read_number(number) if number else None
        if joint is None or number is None or more is None:
            break
        behind = number.end()
        if not _ITEM_END.match(piece, behind):
            break
        total, at = _sum(total, more), behind
        if joint["joint"].endswith(("and", "AND")):
            return total, at
    return told, end


def _listed_before(piece: str, end: int) -> tuple[Range, int] | None:
    """Return the number of people listed just before an offset, and where they stand."""
    found = _last_listed(_LISTED, piece, end)
    while found:
        earlier = _last_listed(_LISTED_EARLIER, piece, found[1])
        if earlier is None:
            break
        found = _sum(earlier[0], found[0]), earlier[1]
    return found


def _last_listed(pattern: re.Pattern[str], piece: str, end: int) -> tuple[Range, int] | None:
    """Return the number in a list that ends at an offset, and where it stands."""
    match = pattern.search(piece, max(0, end - _LIST_REACH), end)
    if match is None or _VERB.search(piece, max(0, match.start() - _LIST_REACH), match.start()):
        return None
    lead = match.start("bound") if match["bound"] else match.start("number")
    if _NOT_BEFORE.search(piece, max(0, lead - _LOOK_BACK), lead):
        return None
    told = read_number(match)
    return (told, match.start("number")) if told else None


def _nobody(piece: str, offset: int) -> Iterator[Count]:
    """Yield the counts of none: "no casualties"."""
    for match in _NONE.finditer(piece):
        word = (match["what"] or match["fate"] or match["without"]).lower().split()[0]
        kinds = ("killed", "injured") if match["both"] else _NONE_OF.get(word, ("injured",))
        where = Span(offset + match.start(), offset + match.end())
        yield from (Count(kind, 0, 0, where) for kind in kinds)


def _with_kin(piece: str, offset: int) -> Iterator[Count]:
    """Yield a count of somebody killed and his own."""
    patterns = (_KIN, _WITH_OWN, _ALONG, _AND_OTHERS)
    for match in (found for pattern in patterns for found in pattern.finditer(piece)):
        more = read_number(match) if match["number"] else Range(1, 1, "=")
        if more:
            total = _sum(Range(1, 1, "="), more)
            where = Span(offset + match.start(), offset + match.end())
            yield Count("killed", total.low, total.high, where, total.operator)


def _one(piece: str, offset: int) -> Iterator[Count]:
    """Yield a count of one for each person of name or spoken of before who was killed."""
    named = () if piece.isupper() else _NAMED.finditer(piece)
    for match in (*named, *_THE_ONE.finditer(piece)):
        start, end = match.span(match.lastgroup or 0)
        yield Count("killed", 1, 1, Span(offset + start, offset + end))


def _is_told(count: Count, found: Iterable[Count]) -> bool:
    """Whether a number is a count already; of "27 protesters were arrested" it is one alone."""
    return any(
        other.span.overlaps(count.span) and (other.kind == count.kind or count.kind in MEMBERS)
        for other in found
    )


def combine(counts: Iterable[Count]) -> dict[str, Range]:
    """Return one range a kind: the largest consistent figure, an exact one before others.

    The operator is that of the words that gave it: "~" of "about 30".

    Of three figures or more, one that is many times the next is taken for another event's or for
    a slip, unless it is told twice.

    >>> told = [Count("killed", 24, 24, Span(0, 1)), Count("killed", 25, None, Span(2, 3), ">=")]
    >>> combine(told)
    {'killed': Range(low=25, high=None, operator='>=')}
    """
    kinds: dict[str, list[Count]] = {}
    for count in counts:
        kinds.setdefault(count.kind, []).append(count)
    return {kind: _largest(kinds[kind]) for kind in sorted(kinds)}


_FEWEST, _OUTLYING = 3, 8
"""Of so many figures, the largest is left out if it is more than so many times the next."""


_EXACTNESS: tuple[Operator, ...] = ("~", "<=", ">=", "=")
"""Of equal figures the one told last in this order counts: 30 before about 30."""


def _largest(counts: list[Count]) -> Range:
    """Return the largest figure that is no outlier."""
    ends = sorted(
        (Range(c.low, c.high, c.operator) for c in counts),
        key=lambda end: (end.low, end.high or 0, _EXACTNESS.index(end.operator)),
    )
    if len(ends) >= _FEWEST and ends[-1][0] > _OUTLYING * max(1, ends[-2][0]):
        ends.pop()
    return ends[-1]
