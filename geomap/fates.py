"""The words by which news tells what befell how many people: one pattern a way of telling.

What the numbers are, and which people they count, says :mod:`geomap.counts`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.numbers import COUNTED, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_NOUNS = r"(?!(?:and|but|who|that|were|was|are|is|have|has|had|in|or|while)\b)"
_NOUN = rf"(?:\s+(?!times\b){NOT_NOUNS}[\w'’][\w'’-]{{0,39}}){{0,4}}?"
_PARTS = (
    r"(?<=\sof)\s+(?:the|its|their|his|her|our|those)(?:\s+[\w'’-]{1,40}){1,8}?"
    r"(?:,[^.;]{1,60},)?\s+(?:was|were|had|have|has)"
)
"""Of whom some share a fate: "two of | the 22 sailors on the ship | were killed"."""
ASIDE = (
    r"(?:,\s+(?:including|among|from|(?:nearly|almost)\s+all|most(?:ly)?|all|some|many|mainly|both|an?|aged"
    rf"|who|whose|\d+|{COUNTED})\b[^,.;]{{0,60}},)?"
)
"""What may stand between people and their fate: "ten people, including two children, died"."""
_MORE_OF_THEM = (
    r"\s+(?:aged\s+(?:between\s+|from\s+)?\d+(?:\s+(?:and|to)\s+\d+)?|(?:of|from|in|with|on|at|aboard|who"
    r"|serving|travel+ing|riding|described|identified|working|belonging|returning|attending|waiting)\b"
    r"(?:\s+(?!(?:was|were|had|has|have|and|but|or|when|while|after|before|where|which|whose|that|as"
    rf"|who|{COUNTED}|kill\w*|died|dead|injur\w*|wound\w*|arrest\w*)\b)[^\W\d][\w'’-]{{0,40}}){{0,9}}?)"
)
"""What tells more of people before their fate: "nine members | of the security forces | were"."""
PASSIVE = r"\s+(?:was|were|is|are|(?:has|have|had)(?:\s+been)?)"
BE = (
    r"(?:\s+(?:were|was|are|is|have|has|had|been|being|reported(?:ly)?|confirmed|also|feared|still"
    r"|(?:ambushed|attacked|kidnapped|abducted|seized|tortured|captured|buried|crushed|shot)\s+and|remain(?:s|ed)?|listed|as|swept|away|and(?=\s+drowned)|presumed|believed|found|now|known|thought|understood|to|be))*"
)
DEAD = (
    r"killed|dead|died|drowned|slain|perished|shot\s+(?:dead|and\s+killed|to\s+death)|deaths|fatalities"
    r"|murdered|martyred|annihilated|executed|fatally\s+\w+|suffocated|asphyxiated|electrocuted|succumbed"
    r"|lives\s+(?:were\s+)?lost|lost\s+(?:their\s+lives|(?:his|her)\s+life)|assassinated"
    r"|gunned\s+down|massacred|beheaded|hanged"
    r"|(?:burn(?:ed|t)|stabbed|beaten|crushed|trampled|hacked|fro(?:ze|zen))\s+to\s+death"
    r"|burn(?:ed|t)\s+alive"
    r"|(?:dug|pulled|taken|brought)\s+out\s+dead|(?<=one\s)death"
    r"|(?:bodies|corpses)(?:,[^,.;]{1,50},)?\s+(?:(?:were|have\s+been|had\s+been)\s+)?(?:found|recovered"
    r"|pulled|retrieved|taken|brought|counted|dug|lifted|raised|laid|carried|washed)"
)
KILLING = (
    r"kill(?:s|ed|ing)?|(?:claim|cost|took|tak)\w*\s+the\s+li(?:v|f)es?\s+of"
    r"|murder(?:s|ed|ing)|sho(?:o?t|oting)\s+(?:dead|and\s+killed|to\s+death)"
    r"|(?:death\s+)?toll\s+(?!(?:road|gate|bridge|booth|plaza))(?:\w+\s+){0,4}(?:to|at|of|reache[sd]|reached)|deaths?\s+of"
    r"|(?:put(?:s|ting)?|rais(?:es|ed|ing)|br(?:ought|inging))\s+the\s+(?:number\s+of\s+)?"
    r"(?:dead|deaths|casualties)\s+(?:at|to)"
    r"|execut(?:ed|ing)|gunn(?:ed|ing)\s+down|assassinat(?:ed|ing)|massacr(?:ed|ing)"
    r"|behead(?:ed|ing)|number\s+of\s+(?:dead|deaths|fatalities)\s+(?:\w+\s+){0,3}(?:to|at)"
    r"|(?:dead|deaths|fatalities)\s*:|bodies\s+of|(?<!among\s)the\s+dead\s+(?:were|are)"
)
_TOLL = (
    r"(?:toll(?!\s+(?:road|gate|bridge|booth|plaza))|number\s+of\s+(?:(?:people|those|known|confirmed)\s+){0,2}"
    r"(?:dead|deaths|fatalities|killed|victims|(?:to\s+have\s+)?(?:died|perished|been\s+killed))|dead)\b"
    r"[^.;:\d]{0,100}?\b"
)
"""Of what a number of the dead is told; words in which no other number stands lead to it."""
_RISEN = r"ris(?:es|en)|rose|climb(?:s|ed)|gr(?:ew|own)|gone\s+up|went\s+up|increased|jumped|soared"
_TOLLS = (
    rf"\b{_TOLL}(?:{_RISEN})\s+(?:\w+ly\s+)?(?:by\s+\w+\s+)?(?:from\s+\S+\s+)?to\s+{NUMBER}",
    rf"\b{_TOLL}(?:(?:stands?|stood|put)\s+(?:now\s+)?at|reache[sd]|reached)\s+{NUMBER}",
    rf"\b(?:tak|bring|rais|push|lift|brought|took)\w*\s+(?:the|its|their)\s+{_TOLL}to\s+{NUMBER}",
    rf"\bput(?:s|ting)?\s+[^.;:\d]{{0,40}}?\b(?:dead|deaths|toll)\s+at\s+{NUMBER}",
)
_BODIES = (
    r"\b(?:recovered|found|retrieved|pulled|dug|discovered|unearthed)\s+(?:(?:out|up|the)\s+)?"
    rf"{NUMBER}(?<!more)(?<!other)(?<!others)(?:\s+[\w-]{{1,20}})?\s+(?:bodies|corpses)\b"
)
_TO_DEATH = (
    rf"\b(?:hack|stabb|beat|burn|crush|trampl|club)\w*\s+{NUMBER}"
    rf"(?:\s+{NOT_NOUNS}[\w'’-]{{1,40}}){{0,5}}?\s+(?:to\s+death|alive)\b"
)
_LOST = rf"\blost\s+{NUMBER}\s+(?:[\w-]+\s+)?(?:men|soldiers|troops|fighters|policemen|sailors)\b"
FATES: dict[str, tuple[str, str]] = {
    # kind: (words after the people, words before the number)
    "killed": (DEAD, KILLING),
    "injured": (
        r"injured|wounded|hurt|injuries|hospitali[sz]ed|taken\s+to\s+(?:the\s+)?hospitals?",
        r"injur(?:es|ed|ing)|wound(?:s|ed|ing)|hurt(?:ing)?|injuries\s+to",
    ),
    "arrested": (
        r"arrested|detained|in(?:to)?\s+custody|rounded\s+up|jailed|arrests",
        r"arrest(?:s|ed|ing)?|detain(?:s|ed|ing)?|round(?:ed|ing)\s+up",
    ),
    "displaced": (
        (
            r"displaced|evacuated|homeless|fled|stranded|forced\s+(?:from|out)"
            r"|from\s+their\s+homes|to\s+(?:flee|leave)\s+their\s+homes"
        ),
        r"displac(?:es|ed|ing)|evacuat(?:es|ed|ing)|strand(?:s|ed|ing)",
    ),
    "missing": (r"missing|unaccounted\s+for|disappeared", r"missing\s+(?:\w+\s+){0,3}(?:to|at)"),
    "hostages": (r"hostages?|held\s+captive|captives", r"hostages?\s+(?:\w+\s+){0,2}(?:to|at)"),
    "kidnapped": (
        r"kidnapped|abducted|snatched",
        r"kidnap(?:s|ped|ping)?|abduct(?:s|ed|ing)?",
    ),
    "infected": (
        r"infected|cases|infections|sickened|ill",
        r"infect(?:s|ed|ing)|sicken(?:s|ed|ing)",
    ),
}
MEMBERS = {
    "troops": r"troops|soldiers|marines|paratroopers|servicemen|peacekeepers",
    "protesters": (
        r"protest[eo]rs|demonstrators|marchers|rioters|students\s+(?:marched|protested)"
        r"|(?:people\s+)?(?:marched|demonstrated|rallied|protested|took\s+to\s+the\s+streets)"
        r"|people\s+gathered|men\s+spilled"
    ),
}
ENDED = r"died|drowned|perished|lost\s+their\s+lives|(?:burn(?:ed|t)|fro(?:ze|zen))\s+to\s+death"
_ENDING = (
    rf"\b{NUMBER}{_NOUN}{_MORE_OF_THEM}?{ASIDE}\s+(?:who\s+)?(?:(?:have|had|has|later)\s+)?"
    rf"(?:{ENDED})\b"
)
_LIVES = rf"\b(?:claim|cost|took|tak)\w*\s+{NUMBER}(?:\s+\w+)?\s+lives\b"
_NO_PEOPLE = (
    r"(?![\w-]|[.,]\d|\s*%|\s+(?:percent|per\s+cent|years?|days?|hours?|months?|minutes?|times|miles"
    r"|kilomet|weeks?|meters?|metres?|km|counts?|charges?))"
)
"""What must not follow a number that stands behind its verb."""
_BESIDE = r"(?:(?:him|her|them)sel(?:f|ves)\s+and\s+|an?\s+(?:family|group)\s+of\s+)?"
"""A suicide bomber "killed himself and 12 others": the others are counted."""


class Rule(NamedTuple):
    """How a kind is told; ``needed`` is a word without which the pattern cannot match."""

    kind: str
    needed: re.Pattern[str]
    source: str
    joins: bool
    """Whether people may be listed before the number."""
    leads: bool = False
    """Whether people may be listed behind the number."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern; compiled when it is first needed, since all of them take .3 s to compile."""
        return _compiled(self.source)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def _rules() -> Iterator[Rule]:
    sources = [("killed", "lives", _LIVES, False)]
    sources += [("killed", "toll|number|dead|deaths", told + _NO_PEOPLE, False) for told in _TOLLS]
    sources += [("killed", "bodies|corpses", _BODIES, False), ("killed", "lost", _LOST, False)]
    sources += [("killed", "death|alive", _TO_DEATH, False)]
    leading = set()
    for kind, (after, before) in FATES.items():
        led = rf"\b(?:{before})\s+{_BESIDE}(?:all\s+)?{NUMBER}{_NO_PEOPLE}"
        followed = rf"\b{NUMBER}{_NOUN}{ASIDE}{BE}\s+(?:{after})\b"
        more = rf"\b{NUMBER}{_NOUN}{_MORE_OF_THEM}{ASIDE}{PASSIVE}{BE}\s+(?:{after})\b"
        shared = rf"\b{NUMBER}{_PARTS}{BE}\s+(?:{after})\b"
        sources += [(kind, before, led, False), (kind, after, followed, True)]
        leading.add(led)
        sources.append((kind, after, more, True))
        sources.append((kind, after, shared, False))
        of_whom = rf"\bof\s+whom\s+{NUMBER}(?:,[^,.;]{{1,40}},)?(?:\s+\w+){{0,4}}?\s+(?:{after})\b"
        of_them = rf"\b{NUMBER}(?<=\bof)\s+(?:whom|them)(?:\s+\w+){{0,3}}?\s+(?:{after})\b"
        sources += [(kind, after, of_whom, False), (kind, after, of_them, False)]
    sources.append(("killed", ENDED, _ENDING, True))
    for kind, nouns in MEMBERS.items():
        members = rf"\b{NUMBER}(?:\s+(?!and\b)[\w-]{{1,40}}){{0,2}}?\s+(?:{nouns})\b"
        sources.append((kind, nouns, members, False))
    sources.append(("protesters", "crowds?", rf"\bcrowds?\s+of\s+{NUMBER}{_NO_PEOPLE}", False))
    for kind, needed, whole, joins in sources:
        word = re.compile(rf"\b(?:{needed})", re.IGNORECASE)
        yield Rule(kind, word, whole, joins, whole in leading)


RULES = tuple(_rules())
ANY_FATE = re.compile("|".join(rule.needed.pattern for rule in RULES), re.IGNORECASE)
