"""Who is meant: one name for all the ways in which a text names an actor.

"Taliban fighters" and "the Afghan Taliban" are the Taliban, "Iraqi troops" and "Iraq's army" are
"Iraq (forces)", "two unidentified gunmen" are "gunmen". Organizations, countries and peoples come
from ``data/actors.txt``, built by ``gazetteer/build_actors.py``; others keep their own words less
numbers and articles.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap.text import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.text import Token

FILE = Path(__file__).with_name("data") / "actors.txt"
KINDS = frozenset(
    "armed_group military police party ngo international government country people".split()
)
"""What an actor may be; a people or a country acts through its "forces", "police" and so on."""

_ASIDE = frozenset("on in at from with near by for to against outside during who which".split())
"""Words behind which a phrase tells no more who: "gunmen | on motorcycles"."""
_AGAINST = frozenset({"anti", "pro", "non"})
_BACKED = frozenset(
    "backed led aligned allied linked affiliated funded supported controlled held run based style "
    "occupied trained sponsored born".split()
)
"""Behind a name, these say that somebody else acts: "Iran-backed"."""
_LEADS = frozenset(
    "the a an some several many few at least more than about around nearly almost over up to as "
    "dozens scores hundreds thousands tens millions dozen hundred thousand million of two three "
    "four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty one "
    "another other others unidentified unknown suspected alleged masked heavily local its his her "
    "their our these those this that all both approximately roughly group groups crowd crowds gang "
    "members member band mob number elements units unit handful between and fewer less no any each "
    "half additional further new young old angry former unarmed large small big various certain "
    "estimated some lone single total".split()
)
"""Words before the one that says who: articles, numbers, "a group of"."""
_ORDINARY = frozenset(
    "is who mend fact pro tip us au arena quad amnesty care act unity ice car amal is eta gam mir "
    "aid kia taliban's settlers".split()
)
"""Acronyms that are words as well: in a text all in capitals they count as words."""
_COUNTED = frozenset(
    "dozens scores hundreds thousands dozen hundred thousand two three four five six seven eight "
    "nine ten eleven twelve fifteen twenty thirty forty fifty sixty several many some both".split()
)
_HEADS = {
    "forces": "army military militaries troops troop soldier soldiers force forces marine marines "
    "navy airmen serviceman servicemen paratrooper paratroopers commando commandos warplane "
    "warplanes jet jets aircraft helicopter helicopters drone drones warship warships artillery "
    "infantry battalion battalions brigade division regiment conscripts reservists peacekeepers "
    "gunners guardsmen patrol patrols convoy tanks airstrikes sailors",
    "police": "police policeman policemen policewoman policewomen officer officers cop cops "
    "gendarme gendarmes gendarmerie trooper troopers sheriff deputies detectives constable "
    "constables",
    "government": "government governments president ministry minister ministers official "
    "officials authority authorities parliament cabinet regime lawmakers lawmaker senate congress "
    "premier leaders administration junta courts court prosecutors prosecutor diplomat diplomats "
    "embassy state",
    "protesters": "protester protesters protestor protestors demonstrator demonstrators marcher "
    "marchers rioter rioters",
    "fighters": "rebel rebels insurgent insurgents guerrilla guerrillas guerilla guerillas "
    "militant militants fighter fighters extremist extremists jihadist jihadists jihadi jihadis "
    "separatist separatists militia militias militiaman militiamen paramilitary paramilitaries "
    "terrorist terrorists combatant combatants",
    "people": "people person citizen citizens national nationals civilian civilians",
}
_HEAD_OF = {word: head for head, words in _HEADS.items() for word in words.split()}
_GENERIC = frozenset("forces police protesters".split())
"""What stands for its phrase even where no country is named."""
_PERSONS = frozenset(
    "student worker journalist farmer villager teacher nurse doctor resident suspect teenager "
    "prisoner migrant refugee priest driver passenger contractor activist settler herder reporter "
    "engineer tourist politician judge lawyer mayor shopkeeper trader miner bandit robber pirate "
    "smuggler trafficker hostage inmate supporter rebel insurgent guerrilla militant fighter "
    "extremist terrorist separatist jihadist attacker assailant civilian organizer".split()
)
_PLURALS = frozenset(word + "s" for word in _PERSONS)


class Actor(NamedTuple):
    """Somebody of the table."""

    name: str
    kind: str
    country: str


class Alias(NamedTuple):
    """A way of naming an actor: the words behind the first, and how the one word is written."""

    rest: tuple[str, ...]
    shape: str
    """"AB" for an acronym, "Ab" for a single name, "" where case does not matter."""
    actor: Actor


def plain(text: str) -> str:
    """Return a text without its accents."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char))


def words_of(alias: str) -> str:
    """Return a name as the program cuts it into words, without accents.

    >>> words_of("Asa'ib Ahl al-Haq")
    "Asa'ib Ahl al Haq"
    """
    return " ".join(t.text for t in tokens(plain(alias)) if t.text != "-").replace("’", "'")


@cache
def actors() -> dict[str, list[Alias]]:
    """Return the ways of naming actors by their first word, in lower case, the longest first."""
    found: dict[str, list[Alias]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        name, kind, country, aliases = line.split("\t")
        actor = Actor(name, kind, country)
        for alias in aliases.split("|"):
            first, *rest = alias.lower().split()
            shape = "" if rest or alias.islower() else "AB" if alias.isupper() else "Ab"
            found.setdefault(first, []).append(Alias(tuple(rest), shape, actor))
    for entries in found.values():
        entries.sort(key=lambda alias: -len(alias.rest))
    return found


def name_of(phrase: str, *, opens: bool = False) -> str:
    """Return the one name of whom a phrase means, "" if it says nothing; ``opens`` a sentence.

    >>> name_of("the Taliban's fighters"), name_of("two Iraqi soldiers")
    ('Taliban', 'Iraq (forces)')
    >>> name_of("Two unidentified gunmen on motorcycles", opens=True)
    'gunmen'
    """
    cut = [token for token in tokens(phrase) if token.text != "-"]
    words = [(plain(token.text) or "-").lower().replace("’", "'") for token in cut]
    end = next((at for at, word in enumerate(words) if at and word in _ASIDE), len(words))
    cut, words = cut[:end], words[:end]
    found = _named(words, [token.text for token in cut])
    if found is None:
        return _own_words(phrase, cut, words, opens=opens)
    actor, first, after = found
    if actor.kind not in ("country", "people"):
        return actor.name
    return _of_people(actor, [*words[:first], *words[after:]])


def _named(words: Sequence[str], texts: Sequence[str]) -> tuple[Actor, int, int] | None:
    """Return who is named, and the words that do so: an organization before a country."""
    people: tuple[Actor, int, int] | None = None
    at = 0
    while at < len(words):
        found = _actor_at(words, texts, at)
        if found and found[0].kind not in ("country", "people"):
            return found[0], at, found[1]
        if found and people is None:
            people = found[0], at, found[1]
        at = found[1] if found else at + 1
    return people


def _actor_at(words: Sequence[str], texts: Sequence[str], at: int) -> tuple[Actor, int] | None:
    """Return who is named at a word, and the index behind the name; the longest name wins."""
    for rest, shape, actor in actors().get(words[at], ()):
        after = at + 1 + len(rest)
        if rest and tuple(words[at + 1 : after]) != rest:
            continue
        if shape and not _is_written(texts, at, shape):
            continue
        if words[max(0, at - 1)] not in _AGAINST and _BACKED.isdisjoint(words[after : after + 1]):
            return actor, after
    return None


def _is_written(texts: Sequence[str], at: int, shape: str) -> bool:
    """Whether a word is written as its shape asks; ordinary words in capitals are no names."""
    text = texts[at]
    if shape == "Ab":
        return text[0].isupper()
    if not text.isupper():
        return False
    return text.lower() not in _ORDINARY or not _in_capitals(texts)


def _in_capitals(texts: Sequence[str]) -> bool:
    """Whether several words are all written in capitals."""
    letters = [text for text in texts if text.isalpha()]
    return len(letters) > 1 and all(map(str.isupper, letters))


def _of_people(actor: Actor, others: Sequence[str]) -> str:
    """Return a country or people with what of it acts: "Iraq (forces)", or it alone."""
    told = [word for word in others if word not in _LEADS and word[0].isalpha()]
    if not told:
        return actor.name
    heads = [_HEAD_OF.get(word) or plural(word) for word in reversed(told)]
    head = next((head for head in heads if head in _HEADS or head in _PLURALS), "")
    name = actor.name.partition(" (")[0]
    return f"{name} ({head})" if head else actor.name


def plural(word: str) -> str:
    """Return the plural of a word for a person; other words stay as they are.

    >>> plural("gunman"), plural("nurse"), plural("police")
    ('gunmen', 'nurses', 'police')
    """
    if word in _PERSONS:
        return word + "s"
    return word[:-3] + "men" if word.endswith("man") and word not in ("german", "human") else word


def _own_words(phrase: str, cut: Sequence[Token], words: Sequence[str], *, opens: bool) -> str:
    """Return who is meant where no name tells: the phrase less what stands before it."""
    first = 0
    while first < len(words) and (words[first] in _LEADS or not words[first][0].isalpha()):
        first += 1
    if first == len(words):
        return "people" if any(word in _COUNTED or word[0].isdigit() for word in words) else ""
    is_name = [token.text[:1].isupper() for token in cut[first:]]
    if opens and first == 0:
        is_name[0] = words[0] in actors() and words[0] not in _HEAD_OF
    if len(words) - first == 1 and (words[first] in _HEAD_OF or plural(words[first]) in _PLURALS):
        is_name = [False]
    if any(is_name) and not _in_capitals([token.text for token in cut]):
        return phrase[cut[first].start : cut[-1].end]
    head = next((at for at, word in enumerate(words) if at > first and word == "of"), len(words))
    last = words[head - 1]
    if _HEAD_OF.get(last) in _GENERIC:
        return _HEAD_OF[last]
    lead = phrase[cut[first].start : cut[head - 1].start].lower()
    return lead + plural(last) + phrase[cut[head - 1].end : cut[-1].end].lower()
