"""How many: numbers of people in a text, with what befell them.

"At least 25 fighters were killed" is ``Count("killed", 25, None)``: 25 or more. Words become
ranges: "hundreds" is 200 to 999, "two dozen" 24, "more than 30" 31 or more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.model import Count, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: E501
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
_TENS |= {"eighty": 80, "ninety": 90}
_SMALL = {word: n for n, word in enumerate(_UNITS)} | _TENS | {"a": 1, "an": 1, "another": 1}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_MOST_DIGITS = 14
"""Longer figures count no people."""
_VAGUE = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 9999),
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "several": (3, 9),
    "a handful of": (3, 6),
    "several dozen": (36, 99),
    "several hundred": (300, 999),
    "a few dozen": (36, 60),
    "a few hundred": (300, 600),
}
_LEAST = "at least|more than|over|no fewer than|no less than|upwards of"
_MOST = "up to|as many as|at most|fewer than|less than"
_ABOUT = (
    "about|around|some|nearly|almost|roughly|approximately|an estimated|close to|another|a total of"
)
_PERSON = (
    "man|woman|boy|girl|child|baby|teenager|person|soldier|officer|policeman|policewoman|civilian|"
    "contractor|journalist|reporter|protester|demonstrator|student|worker|driver|passenger|guard|"
    "marine|judge|mayor|priest|nun|teacher|doctor|nurse|official|politician|leader|villager|farmer"
)
_ONE = rf"an?(?=\s+(?:dozen|hundred|thousand|million|(?:[\w.-]+\s+){{0,2}}(?:{_PERSON})\b))"
_WORD = "|".join(["half a", *sorted(_SMALL.keys() - {"a", "an"}, key=len, reverse=True), _ONE])
_FIGURE = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+(?=\s+million))?"
_NUMBER = (
    rf"(?:(?P<bound>{_LEAST}|{_MOST}|{_ABOUT})\s+)?"
    rf"(?:of\s+)?(?P<number>{'|'.join(sorted(_VAGUE, key=len, reverse=True))}"
    rf"|(?:{_FIGURE})(?:\s+(?:dozen|hundred|thousand|million))?"
    rf"|(?:{_WORD})(?:[-\s](?:{_WORD}))?(?:\s+(?:dozen|hundred|thousand|million))?)"
    r"(?:\s+(?:of\s+)?(?:more|others?|other))?(?:\s+of)?"
)
_NOUN = r"(?:\s+(?!and\b|but\b|who\b|that\b|were\b|was\b|in\b)[\w'’-]+){0,4}?"
_BE = r"(?:\s+(?:were|was|are|is|have|has|had|been|being|reported(?:ly)?|confirmed|also|feared))*"
_FATES: dict[str, tuple[str, str]] = {
    # kind: (words after the people, words before the number)
    "killed": (
        r"killed|dead|died|drowned|slain|perished|shot\s+dead|deaths|fatalities|lives\s+(?:were\s+)?lost|lost\s+their\s+lives|murdered|executed",
        r"kill(?:s|ed|ing)?|(?:claim|cost|took|tak)\w*\s+the\s+lives\s+of|murder(?:s|ed|ing)|shot\s+dead|(?:death\s+)?toll\s+(?:\w+\s+){0,4}(?:to|at|of)|execut(?:ed|ing)",
    ),
    "injured": (
        r"injured|wounded|hurt|injuries|hospitali[sz]ed",
        r"injur(?:es|ed|ing)|wound(?:s|ed|ing)|hurt(?:ing)?",
    ),
    "arrested": (
        r"arrested|detained|in\s+custody|rounded\s+up|jailed",
        r"arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?|rounded\s+up",
    ),
    "displaced": (
        r"displaced|evacuated|homeless|fled|stranded|forced\s+(?:from|out)",
        r"displac(?:es|ed|ing)|evacuat(?:es|ed|ing)|strand(?:s|ed|ing)",
    ),
    "kidnapped": (
        r"kidnapped|abducted|taken\s+hostage|held\s+hostage|missing",
        r"kidnap(?:s|ped|ping)?|abduct(?:s|ed|ing)?",
    ),
    "infected": (
        r"infected|cases|infections|sickened|ill",
        r"infect(?:s|ed|ing)|sicken(?:s|ed|ing)",
    ),
}
_MEMBERS = {
    "troops": r"troops|soldiers|marines|paratroopers|servicemen|peacekeepers",
    "protesters": (
        r"protesters|demonstrators|marchers|rioters|students\s+(?:marched|protested)"
        r"|people\s+(?:marched|gathered|demonstrated|rallied|protested)|men\s+spilled"
    ),
}


_LIVES = rf"\b(?:claim|cost|took|tak)\w*\s+{_NUMBER}(?:\s+\w+)?\s+lives\b"
_NO_PEOPLE = (
    r"(?!\w|[.,]\d|\s*%|\s+(?:percent|per\s+cent|years?|days?|hours?|months?|minutes?|times|miles"
    r"|kilomet))"
)
"""What must not follow a number that stands behind its verb."""


def _compile() -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """Return (kind, a word without which the pattern cannot match, the pattern)."""
    sources = [("killed", "lives", _LIVES)]
    for kind, (after, before) in _FATES.items():
        sources += [
            (kind, before, rf"\b(?:{before})\s+{_NUMBER}{_NO_PEOPLE}"),
            (kind, after, rf"\b{_NUMBER}{_NOUN}{_BE}\s+(?:{after})\b"),
        ]
    for kind, nouns in _MEMBERS.items():
        sources.append((kind, nouns, rf"\b{_NUMBER}(?:\s+[\w-]+){{0,2}}?\s+(?:{nouns})\b"))
    return [
        (kind, re.compile(rf"\b(?:{needed})", re.IGNORECASE), re.compile(whole, re.IGNORECASE))
        for kind, needed, whole in sources
    ]


_PATTERNS = _compile()
_SOME_NUMBER = re.compile(
    rf"\d|\b(?:{'|'.join([*_SMALL, *_SCALES, *_VAGUE, 'half'])})\b", re.IGNORECASE
)


def find(text: str, span: Span) -> list[Count]:
    """Return the counts in a span of a text, in reading order, one a kind and number.

    >>> text = "At least 25 fighters were killed and dozens wounded."
    >>> [(c.kind, c.low, c.high) for c in find(text, Span(0, len(text)))]
    [('killed', 25, None), ('injured', 24, 99)]
    """
    piece = span.of(text)
    if not _SOME_NUMBER.search(piece):
        return []
    found: dict[tuple[str, int], Count] = {}
    for kind, needed, pattern in _PATTERNS:
        if not needed.search(piece):
            continue
        for match in pattern.finditer(piece):
            bounds = _range(match["bound"], match["number"])
            where = Span(span.start + match.start("number"), span.start + match.end("number"))
            if bounds and not _is_told(kind, where, found.values()):
                found[kind, where.start] = Count(kind, *bounds, where)
    return sorted(found.values(), key=lambda count: count.span)


def _is_told(kind: str, where: Span, found: Iterable[Count]) -> bool:
    """Whether a number is a count already; of "27 protesters were arrested" it is one alone."""
    return any(c.span.overlaps(where) and (c.kind == kind or kind in _MEMBERS) for c in found)


def _range(bound: str | None, number: str) -> tuple[int, int | None] | None:
    """Return the least and the greatest number that the words allow."""
    words = re.sub(r"\s+", " ", number.lower())
    if words in _VAGUE:
        return _VAGUE[words]
    value = _value(words)
    if value is None or _is_year(words):
        return None
    lead = (bound or "").lower()
    if re.fullmatch(_LEAST, lead):
        return (value + (lead in ("more than", "over")), None)
    if re.fullmatch(_MOST, lead):
        return (0, max(0, value - (lead in ("fewer than", "less than"))))
    return (value, value)


def _is_year(words: str) -> bool:
    """Whether a bare number without thousands separator is more likely a year."""
    return words.isdigit() and 1900 <= int(words) <= 2100  # noqa: PLR2004


def _value(words: str) -> int | None:
    """Return the number that digits or words spell, or None."""
    total, found = 0.0, False
    scale = 1
    for part in re.split(r"[\s-]+", words):
        if part in _SCALES:
            scale *= _SCALES[part]
        elif part in _SMALL:
            total, found = total + _SMALL[part], True
        elif part == "half":
            total, found = total + 0.5, True
        elif len(part) > _MOST_DIGITS:
            return None
        elif re.fullmatch(r"[\d.,]+", part):
            total, found = total + float(part.replace(",", "")), True
    if words.startswith("half a"):
        total = 0.5
    value = int(total * scale)
    return value if found or scale > 1 else None


def combine(counts: Iterable[Count]) -> dict[str, tuple[int, int | None]]:
    """Return one range a kind: the largest figure that is told wins, an exact one before others.

    >>> combine([Count("killed", 24, 24, Span(0, 1)), Count("killed", 25, None, Span(2, 3))])
    {'killed': (25, None)}
    """
    best: dict[str, tuple[int, int | None]] = {}
    for count in sorted(counts, key=lambda c: (c.kind, c.low, c.high or 0)):
        best[count.kind] = (count.low, count.high)
    return best
