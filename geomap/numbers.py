"""Numbers in words and figures, with their bounds: "at least two dozen", "between 30 and 40"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geomap.model import Operator

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: E501
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
_TENS |= {"eighty": 80, "ninety": 90}
_SMALL = {word: n for n, word in enumerate(_UNITS)} | _TENS
_SMALL |= {"a": 1, "an": 1, "another": 1, "both": 2}
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
    "millions": (2_000_000, 9_999_999),
    "several": (3, 9),
    "a handful": (3, 6),
    "a couple": (2, 2),
    "several dozen": (36, 99),
    "several hundred": (300, 999),
    "several thousand": (3000, 9999),
    "a few": (3, 6),
    "a few dozen": (36, 60),
    "a few hundred": (300, 600),
}
_MORE, _LESS = "more than|over", "fewer than|less than|under"
_LEAST = rf"at least|{_MORE}|no fewer than|no less than|upwards of|a minimum of|not less than"
_MOST = rf"up to|as many as|at most|{_LESS}|no more than|not more than|a maximum of"
_ABOUT = "about|around|some|nearly|almost|roughly|approximately|an estimated|estimated|close to"
_EXACT = "another|a total of|a further|exactly|all"
PERSON = (
    "man|woman|boy|girl|child|baby|teenager|person|soldier|officer|policeman|policewoman|civilian|"
    "contractor|journalist|reporter|protester|demonstrator|student|worker|driver|passenger|guard|"
    "marine|judge|mayor|priest|nun|teacher|doctor|nurse|official|politician|leader|villager|farmer|"
    "gunman|militant|fighter|rebel|peasant|tourist|bystander|pedestrian|motorist|resident|sailor|"
    "guest|firefighter|watchman|shopkeeper|pupil|schoolboy|schoolgirl|toddler|infant|deputy|"
    "pilot|cyclist|miner|pensioner|fisherman|trader|refugee|migrant|monk|imam|candidate|activist|"
    "colonel|general|lieutenant|sergeant|captain|inmate|prisoner|mother|father|grandmother|patient|"
    "volunteer|climber|skier|swimmer|herder|commander|medic|paramedic|rescuer|fireman|constable|"
    "ranger|trucker|courier|photographer|lawyer|businessman|security guard|crew member|attacker|"
    "coach|janitor|passer-by|combatant|clerk|cook|cleaner|waiter|vendor|engineer|pastor|bishop|"
    "recruit|conscript|trainee|aide|staffer|councillor|councilor|senator|lawmaker|minister|governor|"
    "seller|foreman|assistant|conductor|missionary|employee|labourer|laborer|merchant|inspector|cleric|"
    "corporal|cadet|brigadier|major|gardener|maid|nurse|midwife|surgeon|schoolteacher|headmaster|"
    "secretary|professor|writer|poet|artist|actor|actress|musician|player|supporter|visitor|youth|"
    "wife|husband|son|daughter|brother|sister|cousin|nephew|niece|uncle|aunt|relative|neighbour|"
    "neighbor|settler|pilgrim|hostage|detainee|suspect|bomber|robber|insurgent|terrorist|guerrilla|"
    "trooper|agent|informer|skipper|sherpa|guide|citizen|national|member|unionist|campaigner|blogger|"
    "stoker|seaman|collier|quarryman|logger|rancher|herdsman|motorcyclist|seafarer|mechanic|technician|"
    "electrician|builder|operator|warden|tailor|barber|butcher|baker|carpenter|peddler|hawker|chief|"
    "porter|rider|hunter|hiker|surfer|diver|camper|shepherd|peacekeeper|editor|singer|widow|caretaker|"
    "[a-z]+(?:man|woman)"
)
"""People who may be one: "a soldier was killed"."""
_SCALE = r"dozen|hundred|thousand|million"
_ONE = rf"an?(?=\s+(?:{_SCALE}|\d{{1,2}}-year-old\b|(?:[\w.-]+\s+){{0,2}}(?:{PERSON})\b))"
_WORDS = sorted(_SMALL.keys() - {"a", "an"}, key=len, reverse=True)
_WORD = "|".join(["half a", *_WORDS, _ONE])
_TAIL = "|".join(sorted([*_UNITS[1:], *_TENS], key=len, reverse=True))
COUNTED = _TAIL
"""Numbers in one word, as alternatives of a pattern."""
_FIGURE = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+(?=\s+million))?"
_ATOM = (
    rf"(?:{_FIGURE})(?:\s+(?:{_SCALE})\b)?"
    rf"|(?:{_WORD})(?:[-\s](?:{_TAIL})\b)?"
    rf"(?:\s+(?:{_SCALE})\b(?:\s+(?:and\s+)?(?:{_TAIL})\b(?![-\s]+(?:{_SCALE})\b)"
    rf"(?:[-\s](?:{_TAIL})\b)?)?)?"
)
_VAGUE_WORDS = "|".join(sorted(_VAGUE, key=len, reverse=True))
NUMBER = (
    rf"(?:(?P<between>between)\s+|(?P<bound>{_LEAST}|{_MOST}|{_ABOUT}|{_EXACT})\s+)?(?:of\s+)?"
    rf"(?P<number>{_VAGUE_WORDS}|{_ATOM})"
    rf"(?:(?(between)\s+and\s+|(?:\s+(?:to|or)\s+|\s?[-–]\s?))(?P<last>{_FIGURE}|(?:{_TAIL})\b)(?![-\w]))?"
    r"(?P<more>\s+or\s+more)?(?:\s+(?:of\s+)?(?:more|others?|other))?(?:\s+of)?"
)
"""A number with its bounds; a match of it goes to :func:`read_number`."""
SOME_NUMBER = re.compile(
    rf"\d|\b(?:{'|'.join([*_SMALL, *_SCALES, *_VAGUE, 'half'])})\b",
    re.IGNORECASE,
)


class Range(NamedTuple):
    """The least and the greatest number that words allow, and how they give it."""

    low: int
    high: int | None
    operator: Operator


def read_number(match: re.Match[str]) -> Range | None:
    """Return the range that a match of :data:`NUMBER` tells; None if it is a year or no number.

    >>> read_number(re.match(NUMBER, "between 30 and 40 people"))
    Range(low=30, high=40, operator='~')
    >>> read_number(re.match(NUMBER, "more than two dozen"))
    Range(low=25, high=None, operator='>=')
    """
    words = re.sub(r"\s+", " ", match["number"].lower())
    bound = re.sub(r"\s+", " ", (match["bound"] or "").lower())
    vague = _VAGUE.get(words)
    if vague:
        is_open = re.fullmatch(_LEAST, bound)
        return Range(vague[0], None, ">=") if is_open else Range(*vague, "~")
    low = value(words)
    if low is None or (_is_year(words) and not bound):
        return None
    last = match["last"] and value(match["last"].lower())
    if last:
        return Range(min(low, last), max(low, last), "~")
    return _bounded(low, ">=" if match["more"] else bound)


def _bounded(number: int, bound: str) -> Range:
    """Return a number with the bound that stands before it."""
    if bound == ">=" or re.fullmatch(_LEAST, bound):
        return Range(number + bool(re.fullmatch(_MORE, bound)), None, ">=")
    if re.fullmatch(_MOST, bound):
        return Range(0, max(0, number - bool(re.fullmatch(_LESS, bound))), "<=")
    return Range(number, number, "~" if re.fullmatch(_ABOUT, bound) else "=")


def _is_year(words: str) -> bool:
    """Whether a bare number without thousands separator is more likely a year."""
    return words.isdigit() and 1900 <= int(words) <= 2100  # noqa: PLR2004


def value(words: str) -> int | None:
    """Return the number that digits or lower-case words spell, or None.

    >>> value("two hundred and twelve"), value("1.5 million"), value("half a million")
    (212, 1500000, 500000)
    """
    total, part, found = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", words):
        if word in _SCALES:
            total, part, found = total + (part if found else 1) * _SCALES[word], 0.0, True
        elif word in _SMALL:
            part, found = (0.5 if part == 0.5 else part + _SMALL[word]), True  # noqa: PLR2004
        elif word == "half":
            part, found = 0.5, True
        elif len(word) > _MOST_DIGITS:
            return None
        elif re.fullmatch(r"[\d.,]+", word):
            part, found = part + float(word.replace(",", "")), True
    return int(total + part) if found else None
