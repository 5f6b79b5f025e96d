"""How many: numbers of people in a text, with what befell them.

"At least 25 fighters were killed" is ``Count("killed", 25, None)``: 25 or more. Words become
ranges: "hundreds" is 200 to 999, "two dozen" 24, "more than 30" 31 or more, "no casualties" none.
How numbers are read is in :mod:`geomap.numbers`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.model import Count, Span
from geomap.numbers import COUNTED, NUMBER, PERSON, SOME_NUMBER, Range, read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.model import Operator

_NOT_NOUNS = r"(?!(?:and|but|who|that|were|was|in|or|while)\b)"
_NOUN = rf"(?:\s+(?!times\b){_NOT_NOUNS}[\w'’][\w'’-]{{0,39}}){{0,4}}?"
_PARTS = (
    r"(?<=\sof)\s+(?:the|its|their|his|her|our|those)(?:\s+[\w'’-]{1,40}){1,8}?"
    r"(?:,[^.;]{1,60},)?\s+(?:was|were|had|have|has)"
)
"""Of whom some share a fate: "two of | the 22 sailors on the ship | were killed"."""
_ASIDE = (
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
_PASSIVE = r"\s+(?:was|were|is|are|(?:has|have|had)(?:\s+been)?)"
_BE = (
    r"(?:\s+(?:were|was|are|is|have|has|had|been|being|reported(?:ly)?|confirmed|also|feared|still"
    r"|(?:ambushed|attacked|kidnapped|abducted|seized|tortured|captured|buried|crushed|shot)\s+and|remain(?:s|ed)?|listed|as|swept|away|and(?=\s+drowned)|presumed|believed|found|now|known|thought|understood|to|be))*"
)
_DEAD = (
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
_KILLING = (
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
    rf"(?:\s+{_NOT_NOUNS}[\w'’-]{{1,40}}){{0,5}}?\s+(?:to\s+death|alive)\b"
)
_LOST = rf"\blost\s+{NUMBER}\s+(?:[\w-]+\s+)?(?:men|soldiers|troops|fighters|policemen|sailors)\b"
_FATES: dict[str, tuple[str, str]] = {
    # kind: (words after the people, words before the number)
    "killed": (_DEAD, _KILLING),
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
_MEMBERS = {
    "troops": r"troops|soldiers|marines|paratroopers|servicemen|peacekeepers",
    "protesters": (
        r"protest[eo]rs|demonstrators|marchers|rioters|students\s+(?:marched|protested)"
        r"|(?:people\s+)?(?:marched|demonstrated|rallied|protested|took\s+to\s+the\s+streets)"
        r"|people\s+gathered|men\s+spilled"
    ),
}
_ENDED = r"died|drowned|perished|lost\s+their\s+lives|(?:burn(?:ed|t)|fro(?:ze|zen))\s+to\s+death"
_ENDING = (
    rf"\b{NUMBER}{_NOUN}{_MORE_OF_THEM}?{_ASIDE}\s+(?:who\s+)?(?:(?:have|had|has|later)\s+)?"
    rf"(?:{_ENDED})\b"
)
_LIVES = rf"\b(?:claim|cost|took|tak)\w*\s+{NUMBER}(?:\s+\w+)?\s+lives\b"
_NO_PEOPLE = (
    r"(?![\w-]|[.,]\d|\s*%|\s+(?:percent|per\s+cent|years?|days?|hours?|months?|minutes?|times|miles"
    r"|kilomet|weeks?|meters?|metres?|km|counts?|charges?))"
)
"""What must not follow a number that stands behind its verb."""
_BESIDE = r"(?:(?:him|her|them)sel(?:f|ves)\s+and\s+|an?\s+(?:family|group)\s+of\s+)?"
"""A suicide bomber "killed himself and 12 others": the others are counted."""
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
    rf"\b{NUMBER}(?:(?<=couple)|\s+{_NOT_NOUNS}(?!{_FATAL})"
    r"[\w'’-]{1,40}){1,3}?\s*,?\s+and\s+(?:(?:their|his|her)\s+)?$",
    re.IGNORECASE,
)
"""People who share a fate with those told next: "two soldiers and | a policeman were killed"."""
_LISTED_EARLIER = re.compile(
    rf"\b{NUMBER}(?:\s+{_NOT_NOUNS}(?!{_FATAL})[\w'’-]{{1,40}}){{1,3}}?,\s+$", re.IGNORECASE
)
"""Those before the last two of a list: "nine policemen, | two civilians and four rebels died"."""
_LIST_REACH = 70
_ITEM = re.compile(
    rf"(?P<people>(?:\s+{_NOT_NOUNS}(?!{_FATAL})[\w'’-]{{1,40}}){{0,3}}?)"
    rf"(?P<joint>,?\s+and|,)\s+(?:(?:their|his|her)\s+)?(?={NUMBER})",
    re.IGNORECASE,
)
"""What stands between one number of people and the next: "killing a policeman and | two nuns"."""
_ITEM_END = re.compile(
    rf"(?:\s+{_NOT_NOUNS}(?!{_FATAL})[\w'’-]{{1,40}}){{1,3}}?(?=\s*(?:[.,;:)]|$)|\s+(?:and|in|at|on|from|near"
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
    rf"\b(?:{_KILLING})\s+(?!\d)(?:[\w.'’-]+\s+){{1,8}}?and\s+(?:his|her)\s+"
    rf"(?:{NUMBER}\s+)?(?:\w+\s+)?(?:{_OWN})\b",
    re.IGNORECASE,
)
"""Somebody killed with his own: "shot dead a former mayor and his two sons"."""
_DIED = rf"{_ASIDE}(?:{_PASSIVE}{_BE}\s+(?:{_DEAD})|\s+(?:{_ENDED}))\b"
_WITH_OWN = re.compile(
    rf"\b[\w’'-]{{1,40}}\s+and\s+(?:his|her)\s+(?:{NUMBER}\s+)?(?:[\w-]+\s+)?(?:{_OWN})"
    rf"{_DIED}|\ban?\s+(?:(?:father|mother|brother)\s+and\s+(?:his\s+|her\s+)?(?:son|daughter|child"
    rf"|baby|sister)|(?:[\w-]+\s+){{0,2}}?couple){_DIED}",
    re.IGNORECASE,
)
"""The same told of them: "a guard and his wife were shot dead", "a retired couple died"."""
_ALONG = re.compile(
    rf"\b(?:was|were)\s+(?:{_DEAD})\b[^.;,]{{0,40}}?\b(?:along|together)\s+with\s+(?:his|her|their)\s+"
    rf"(?:{NUMBER}\s+)?(?:[\w-]+\s+)?(?:{_OWN})\b",
    re.IGNORECASE,
)
"""Or of them one behind the other: "the mayor was shot dead along with his driver"."""
_THE = rf"(?:the|its|his|her|their)\s+(?:[\w-]+\s+){{0,2}}?(?:{PERSON})"
_AND_OTHERS = re.compile(
    rf"\b(?:{_KILLING})\s+{_THE}\s+and\s+{NUMBER}(?<=other|thers)\b", re.IGNORECASE
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
    for kind, (after, before) in _FATES.items():
        led = rf"\b(?:{before})\s+{_BESIDE}(?:all\s+)?{NUMBER}{_NO_PEOPLE}"
        followed = rf"\b{NUMBER}{_NOUN}{_ASIDE}{_BE}\s+(?:{after})\b"
        more = rf"\b{NUMBER}{_NOUN}{_MORE_OF_THEM}{_ASIDE}{_PASSIVE}{_BE}\s+(?:{after})\b"
        shared = rf"\b{NUMBER}{_PARTS}{_BE}\s+(?:{after})\b"
        sources += [(kind, before, led, False), (kind, after, followed, True)]
        leading.add(led)
        sources.append((kind, after, more, True))
        sources.append((kind, after, shared, False))
        of_whom = rf"\bof\s+whom\s+{NUMBER}(?:,[^,.;]{{1,40}},)?(?:\s+\w+){{0,4}}?\s+(?:{after})\b"
        of_them = rf"\b{NUMBER}(?<=\bof)\s+(?:whom|them)(?:\s+\w+){{0,3}}?\s+(?:{after})\b"
        sources += [(kind, after, of_whom, False), (kind, after, of_them, False)]
    sources.append(("killed", _ENDED, _ENDING, True))
    for kind, nouns in _MEMBERS.items():
        members = rf"\b{NUMBER}(?:\s+(?!and\b)[\w-]{{1,40}}){{0,2}}?\s+(?:{nouns})\b"
        sources.append((kind, nouns, members, False))
    sources.append(("protesters", "crowds?", rf"\bcrowds?\s+of\s+{NUMBER}{_NO_PEOPLE}", False))
    for kind, needed, whole, joins in sources:
        word = re.compile(rf"\b(?:{needed})", re.IGNORECASE)
        yield Rule(kind, word, whole, joins, whole in leading)


_RULES = tuple(_rules())
_ANY_FATE = re.compile("|".join(rule.needed.pattern for rule in _RULES), re.IGNORECASE)


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
    if not (_ANY_FATE.search(piece) and SOME_NUMBER.search(piece)):
        return sorted(found.values(), key=lambda count: count.span)
    for rule in _RULES:
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
    if rule.kind in _FATES and _OLDER.search(match.string, max(0, lead - _FAR_BACK), lead):
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
        other.span.overlaps(count.span) and (other.kind == count.kind or count.kind in _MEMBERS)
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
