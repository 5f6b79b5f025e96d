"""What kind of text an article is: news, or one that tells of events without reporting them.

Obituaries, essays on history, travel tips, letters and leading articles recall what happened long
ago; reviews and recipes borrow the words of war. Each is told by several cues at once, so that a
news report with one or two of them stays one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.model import Article

Genre = Literal[
    "news",
    "recipe",
    "review",
    "gossip",
    "forecast",
    "release",
    "obituary",
    "travel",
    "history",
    "opinion",
]

FICTION: frozenset[Genre] = frozenset({"recipe", "review", "gossip", "forecast", "release"})
"""Kinds in which nothing that is told took place, or nothing of weight."""

_READ = 20_000
"""Characters of a text that tell its kind."""
_KEPT = 4
"""Articles whose kind is kept for the stages that follow."""
_LEAD = 500
"""Characters that count as the opening of an article."""
_QUOTED = re.compile(r"[\"“][^\"“”\n]{1,800}[\"”]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for pattern in patterns)


_KITCHEN = _words(
    "stir simmer tablespoon tablespoons teaspoon teaspoons tbsp tsp preheat saucepan whisk blitz "
    "ingredients recipe knead oven skillet marinate drizzle sprinkle chop chopped sliced peeled "
    "garlic onion onions flour butter dough sauce boil fry fried bake thyme cumin paprika stock "
    "tomatoes cloves lid pan broth batter"
)
_KITCHEN_ORDERS = _words(
    "stir simmer tablespoon tablespoons teaspoon teaspoons tbsp tsp preheat saucepan whisk "
    "ingredients recipe knead drizzle sprinkle marinate"
)
_KITCHEN_LEAST, _ORDERS_LEAST = 6, 2

_SHOW = _words(
    "film films novel play album exhibition director directed directs plot scene scenes character "
    "characters cast performance performances cinema actor actress soundtrack chapter chapters "
    "author narrator cinematography screenplay script sequel debut audience protagonist "
    "protagonists heroine prose pages stage camera reader readers thriller drama memoir libretto"
)
_SHOW_LEAST, _SHOW_ALONE = 3, 7
_RATED = re.compile(
    r"\b(?:one|two|three|four|five|[1-5])(?: and a half)?(?: out of five)? stars\b|★|\b[1-5]/5\b",
    re.IGNORECASE,
)
_REVIEW = re.compile(r"\breview(?:ed)?\b", re.IGNORECASE)
_HEADING = 120
"""Characters in which a text may call itself a review or an obituary."""

_GOSSIP = _any(
    r"starlets?|celebs?|showbiz|paparazz[io]|heart-?throbs?|divas?|hunks?",
    r"(?:her|his) ex|exes|love rat|loved-up|fling|smitten|romance",
    r"a little bird|whispers?|our spy|gossip|insiders?|tongues|sources? close to",
    r"red carpet|after-?party|canap[eé]s|frocks?|gown|catwalk|black tie",
    r"darlings?|bless|sighs?|gushed|pouted|siren|bombshell",
    r"yachts?|champagne|carats?|villa|mansion|nightclub",
    r"confidential|diary|spotted|seen with|canoodling",
)
_GOSSIP_LEAST = 5

_WEATHER = _words(
    "showers shower sunny sunshine drizzle fog mist frost frosts cloud cloudy clouds spells breezy "
    "knots northerly southerly easterly westerly northerlies southerlies easterlies westerlies "
    "northwest northeast southwest southeast mm degrees celsius tide sunrise sunset highs lows "
    "tops dry fine thunderstorms thunder ridge front trough anticyclone swell visibility "
    "temperature temperatures mild chilly outbreaks hail sleet snow rain gusts isobars outlook"
)
_WEATHER_LEAST, _FORECAST = 10, re.compile(r"\bforecasts?\b|\boutlook\b", re.IGNORECASE)
_AFTERMATH = re.compile(
    r"\b(?:killed|died|dead|injured|damaged|destroyed|rescued|evacuated|flooded|stranded"
    r"|homeless|uprooted|toppled|struck|lashed|battered)\b",
    re.IGNORECASE,
)

_RELEASE = _any(
    r"forward-looking statements",
    r"today (?:announced?|reported|unveiled|launched|opened)",
    r"chief (?:executive|financial|operating|commercial) officer|C[EF]O",
    r"a (?:(?:world|global|market) )?lead(?:er|ing) (?:\w+ )?(?:in|maker|provider|supplier"
    r"|developer|manufacturer|producer|company|global)",
    r"(?:press|media|investor|investors?) (?:contacts?|relations|enquiries|inquiries)",
    r"(?:sales|revenues?|turnover) of (?:[\d.,]+|[€$£])|listed (?:on|in)|NASDAQ|NYSE",
)
_ABOUT_US = re.compile(r"^[ \t]*about (?:the )?\w[^.!?\n]{1,40}:?$", re.IGNORECASE | re.MULTILINE)
"""The heading under which a company presents itself at the end of its release."""
_RELEASE_LEAST = 4

_LIFE_SPAN = re.compile(r"\b1[89]\d\d\s?[-–—]\s?(?:19|20)\d\d\b")
_OBITUARY = re.compile(r"\bobituar(?:y|ies)\b", re.IGNORECASE)
_DIED = re.compile(
    r"\b(?:died|dies|dead|passed away)\b[^.]{0,120}?\b(?:aged|age of|at) \d{2,3}\b"
    r"|\bwho (?:has )?died\b[^.]{0,120}\b(?:aged|was) \d{2,3}\b|, \d{2,3}, (?:has )?died\b",
    re.IGNORECASE,
)
_VIOLENT = re.compile(
    r"\b(?:killed|shot|murdered|stabbed|attack|crash|explosion|blast|gunm[ae]n|bomb|drowned)\b",
    re.IGNORECASE,
)
_BIOGRAPHY = _any(
    r"was born (?:in|on|to|into)|born in",
    r"survived by|leaves (?:a|his|her|two|three|four|five|six|behind)|is survived",
    r"studied|educated at|graduated|read law|took a degree|doctorate",
    r"retired|retirement",
    r"married|(?:his|her) (?:first |second |third )?(?:husband|wife|widow|marriage)",
    r"memoirs?|autobiography",
    r"grew up|childhood|(?:his|her) (?:father|mother|parents)",
    r"(?:he|she) (?:once |often |liked to |used to )(?:said|say|told|joked?)",
    r"funeral|obituary|remembered (?:for|as)",
)
_BIOGRAPHY_LEAST, _BIOGRAPHY_ALONE = 2, 4

_TRIP = _any(
    r"how to get there|getting there|when to go|getting around|how to go",
    r"where to (?:stay|eat|sleep|drink)",
    r"day (?:one|two|three|four)|on day \d",
    r"doubles? (?:room )?from|rooms? from|b&b|half board",
    r"(?:two|three|four|five|24|36|48|72) (?:days|hours) in|weekend in|a guide to",
    r"(?:flights?|trains?|buses|ferries) (?:leave |run |go )?(?:from|to) \w+ (?:take|cost|leave)",
    r"book (?:a|ahead|early)|don'?t miss|not to be missed|worth (?:the|a) (?:detour|visit|trip)",
)
_LEISURE = _words(
    "hotel hotels museum museums cathedral bar bars restaurant restaurants beach beaches guide "
    "tour tours visitors wine stroll tourists patios palace selfie café cafe terrace sunset "
    "itinerary guidebook hostel guesthouse coach queue souvenir souvenirs hike hikers villa "
    "breakfast coffee old-town viewpoint picnic trail resort spa cocktail tapas ruins"
)
_YOU = re.compile(r"\byour?\b", re.IGNORECASE)
_TRIP_LEAST, _LEISURE_LEAST, _YOU_LEAST = 2, 4, 2

_YEAR = re.compile(r"(?<![\d.,:$€£-])(1\d{3}|20\d\d)(?![\d%]|[.,:]\d|\s?(?:km|metres|people))")
_AGES = 25
"""Years of so long ago belong to history."""
_OLD_LEAST = 3
_COMMEMORATED = re.compile(
    r"\byears ago (?:today|this (?:week|month|year))\b|\bcentenary\b|\bcentury ago\b|"
    r"\banniversary\b|\bon this day\b|\bthis day in history\b",
    re.IGNORECASE,
)
_RECENT = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|last (?:week|night|month)"
    r"|this week|overnight)\b",
    re.IGNORECASE,
)

_OPENS = r"^[ \t\"“(*]{0,3}"
_LETTER = re.compile(
    rf"{_OPENS}(?:(?:Dear )?Sirs?(?: or Madam)?[,:—-]|Dear (?:Sir|Madam|Editor)|To the editor\b"
    r"|Letters?(?: to the editor)?:)|\bI am, Sir\b|\bYours (?:etc|faithfully|sincerely)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SECTION = re.compile(
    r"^[ \t\"“(*]{0,3}(?:opinion|editorial|comment|op-ed|leader|column)\s*[:|—-]",
    re.IGNORECASE | re.MULTILINE,
)
_WE = _words("i we us our ours my me myself ourselves mine i'm we're i've we've")
_NORM = _any(
    r"should|ought to|must",
    r"let (?:us|me|them)",
    r"I (?:would|urge|believe|think|fear|suspect|warn|beg|for one|propose|wish)",
    r"we (?:need|do not need|don't need|cannot|can't|owe|have to|must|beg|are told)",
    r"(?:is|are) (?:right|wrong|nonsense|absurd|to blame)|of course|surely|perhaps|please",
    r"suppose|imagine|ask yourself|why (?:do|does|is|are|should) (?:we|not|it)",
)
_NORM_LEAST = 3
_WE_SHARE, _WE_FEWEST = 0.012, 4
_SAID = re.compile(r"\b(?:said|told|according to|announced|reported)\b", re.IGNORECASE)
_SAID_SHARE = 0.012


@lru_cache(_KEPT)
def genre(article: Article) -> Genre:
    """Return what kind of text an article is, remembered for the stages that follow.

    >>> from geomap.model import Article
    >>> genre(Article("1", "A bomb killed two people in Lima on Friday, police said."))
    'news'
    """
    title, body = article.title or "", article.text
    whole = f"{title}\n{body[:_READ]}"
    for kind, test in _TESTS:
        if test(whole, article):
            return kind
    return "news"


def _found(text: str, words: frozenset[str]) -> int:
    """Return how many different words of a set a text holds."""
    return len(words & _vocabulary(text))


@lru_cache(_KEPT)
def _vocabulary(text: str) -> frozenset[str]:
    """Return the different words of a text in lower case."""
    return frozenset(word.lower() for word in _WORD.findall(text))


def _hits(text: str, patterns: tuple[re.Pattern[str], ...], least: int) -> bool:
    """Whether so many of some patterns occur in a text, tried until that is clear."""
    for left in range(len(patterns), 0, -1):
        if least <= 0 or least > left:
            break
        least -= bool(patterns[-left].search(text))
    return least <= 0


def _is_recipe(text: str, _article: Article) -> bool:
    return (
        _found(text, _KITCHEN_ORDERS) >= _ORDERS_LEAST and _found(text, _KITCHEN) >= _KITCHEN_LEAST
    )


def _is_review(text: str, _article: Article) -> bool:
    """Whether a text calls itself a review, rates, or speaks of little but a work."""
    cues = _found(text, _SHOW)
    marked = bool(_REVIEW.search(text[:_HEADING]) or _RATED.search(text))
    return cues >= (_SHOW_LEAST if marked else _SHOW_ALONE)


def _is_gossip(text: str, _article: Article) -> bool:
    return _hits(text, _GOSSIP, _GOSSIP_LEAST)


def _is_forecast(text: str, _article: Article) -> bool:
    """Whether a text speaks of the weather to come, and of nobody whom it has harmed."""
    return (
        bool(_FORECAST.search(text[:_LEAD]))
        and _found(text, _WEATHER) >= _WEATHER_LEAST
        and not _AFTERMATH.search(text)
    )


def _is_release(text: str, _article: Article) -> bool:
    """Whether a company speaks of itself: plants, products, appointments and figures."""
    return _hits(text, (*_RELEASE, _ABOUT_US), _RELEASE_LEAST)


def _is_obituary(text: str, _article: Article) -> bool:
    """Whether a text tells the life of somebody who died, and not of violence."""
    lead = text[:_LEAD]
    if _OBITUARY.search(text[:_HEADING]) or _LIFE_SPAN.search(text[:_HEADING]):
        return _hits(text, _BIOGRAPHY, _BIOGRAPHY_LEAST)
    died = _DIED.search(lead) and not _VIOLENT.search(lead)
    return bool(died) and _hits(text, _BIOGRAPHY, _BIOGRAPHY_ALONE - 1)


def _is_travel(text: str, _article: Article) -> bool:
    return (
        _found(text, _LEISURE) >= _LEISURE_LEAST
        and len(_YOU.findall(text)) >= _YOU_LEAST
        and _hits(text, _TRIP, _TRIP_LEAST)
    )


def _is_history(text: str, article: Article) -> bool:
    """Whether a text's years are old ones, and next to no day of it is recent."""
    years = [int(year) for year in _YEAR.findall(text)]
    now = article.published.year if article.published else max(years, default=0)
    old = {year for year in years if year <= now - _AGES}
    recent = len(_RECENT.findall(text))
    marked = bool(_COMMEMORATED.search(text[:_LEAD]))
    return (
        len(old) >= (_OLD_LEAST - 1 if marked else _OLD_LEAST)
        and recent <= int(marked)
        and 2 * len([year for year in years if year <= now - _AGES]) > len(years)
    )


def _is_opinion(text: str, _article: Article) -> bool:
    """Whether a text argues in the first person: a letter, a leading article, a column."""
    told = _QUOTED.sub(" ", text)
    if _LETTER.search(text) or _SECTION.search(text[:_HEADING]):
        return _hits(told, _NORM, 1)
    words = [word.lower() for word in _WORD.findall(told)]
    own = sum(word in _WE for word in words)
    return (
        own >= max(_WE_FEWEST, _WE_SHARE * len(words))
        and _hits(told, _NORM, _NORM_LEAST)
        and len(_SAID.findall(told)) <= _SAID_SHARE * len(words)
    )


_TESTS: tuple[tuple[Genre, Callable[[str, Article], bool]], ...] = (
    ("recipe", _is_recipe),
    ("review", _is_review),
    ("gossip", _is_gossip),
    ("forecast", _is_forecast),
    ("release", _is_release),
    ("obituary", _is_obituary),
    ("travel", _is_travel),
    ("history", _is_history),
    ("opinion", _is_opinion),
)
