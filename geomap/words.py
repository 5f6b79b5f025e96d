"""Word lists that tell place names from persons, organizations and ordinary words.

The files under ``data/words/`` are built by ``gazetteer/build_words.py``; what is short enough to
be written by hand stands here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_NAME_PART = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*\.?|&")
_FOLDER = Path(__file__).with_name("data") / "words"

PLACE_PREPOSITIONS = frozenset(
    "in at near from to into outside inside across around toward towards throughout via beyond "
    "along off within between through over leaving entering reached reach visiting".split(),
)
"""Words after which a capitalized name is most often a place."""

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady dame president vice-president premier minister "
    "chancellor king queen prince princess sheikh sheik imam ayatollah pope cardinal archbishop "
    "bishop rabbi reverend rev father sister brother saint gen general col colonel lt lieutenant "
    "sgt sergeant capt captain maj major cmdr commander adm admiral cpl corporal pvt private judge "
    "justice senator sen rep representative gov governor mayor secretary ambassador envoy "
    "spokesman spokeswoman spokesperson attorney coach chairman chief detective officer deputy "
    "sheriff agent candidate analyst".split(),
)
"""Words before a person's name."""

ORGANIZATION_HEADS = frozenset(
    "party university college school academy institute hospital ministry department council "
    "congress parliament assembly senate army navy force forces police guard guards militia front "
    "brigade brigades battalion division regiment liberation movement union league association "
    "federation confederation organization organisation committee commission agency bureau office "
    "foundation fund society club fc united city's bank group corp corporation inc ltd llc company "
    "co airlines airways air railways railroad times post tribune herald news gazette journal "
    "chronicle observer guardian daily radio television tv press globe telegraph register "
    "independent star mail court authority board service services center centre museum orchestra "
    "choir theatre theater church cathedral mosque temple team rovers athletic eagles lions tigers "
    "giants bears rangers bulls saints jets state's treaty accord accords agreement protocol "
    "convention declaration act award prize festival cup open marathon championship conference "
    "games exchange index embassy consulate high elementary medical law business chamber coalition "
    "alliance republicans democrats initiative".split(),
)
"""Words that make a name with a place in it the name of an organization, event or thing."""

AREA_HEADS = frozenset(
    "province governorate state county district region prefecture oblast department canton "
    "municipality city town village area valley island islands river lake mountains mountain sea "
    "bay gulf coast peninsula desert suburb neighborhood neighbourhood borough township parish "
    "emirate republic capital territory".split(),
)
"""Words that say what kind of area, town or water a name is of."""

DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central upper lower greater "
    "northeast northwest southeast southwest northeastern northwestern southeastern southwestern "
    "inner outer downtown mainland rural".split(),
)
"""Words that tell a part of a place: "northern Iraq"."""

ACTING_VERBS = frozenset(
    "said says say saying told announced announces asked demanded demands warned warns accused "
    "accuses condemned denied denies rejected rejects blamed blames urged urges called calls "
    "agreed agrees promised vowed vows insisted insists want wants wanted believes hopes hoped "
    "claimed claims argued responded replied pledged refused refuses threatened threatens "
    "expressed declared decided hailed praised welcomed congratulated imposed imposes signed "
    "lifted supports backed backs considers intends plans expelled expels recalled recalls "
    "offered offers sees fears opposed opposes launched attacked bombed invaded sent sends "
    "deployed deploys fired tested struggled sought seeks summoned sanctioned suspended withdrew "
    "withdraws retaliated recognized recognizes granted extradited voiced dismissed confirmed "
    "acknowledged admitted ordered approved borders began gave took broke struck sold bought paid "
    "fought chose threw shut".split(),
)
"""Verbs whose subject, if it is a country or capital, stands for its government."""

ACTING_INFINITIVES = frozenset(
    form
    for verb in ACTING_VERBS
    if verb.endswith("ed")
    for form in (verb[:-1], verb[:-2], verb.removesuffix("ied") + "y")
)
"""The same behind "will" or "would" (with forms that are no words and do no harm)."""

AUXILIARIES = frozenset(
    "has have had is was will would could should must may might does did can long also".split()
)
"""Words between a name and its verb: "Washington has said"."""

GOVERNMENT_OBJECTS = frozenset(
    "against with ally allies blame blamed blames accuse accused accuses pressure hold holds held "
    "pressed urge urged urges warn warned warns sanction sanctions condemn condemned told tell "
    "asked ask asks expect expects expected thank thanks thanked remind reminds reminded rang "
    "telephoned phoned congratulate congratulated praised criticized criticised persuade "
    "persuaded".split(),
)
"""Words whose object, if it is a country or capital, stands for its government."""

GOVERNMENT_PROPERTY = frozenset(
    "government hand policy policies decision stance position ally allies nuclear influence role "
    "interests request demand support offer claim proposal ties relations sanctions".split(),
)
"""What belongs to a government: "Washington's hand"."""

ACTING_PARTICIPLES = frozenset(
    "given fought sent taken begun broken shut struck withdrawn forgotten sought sold bought lost "
    "built made paid set cut led brought put told said thrown chosen drawn run held".split()
)
"""The same behind "has", and before "by", where they do not end in "ed"."""

ACTING_PLAIN = frozenset(
    "let pay follow release send give take make negotiate ask keep close open send sell buy build "
    "impose lift ban join sign decide withdraw respond retaliate allow stop offer provide accept "
    "reject help act agree deny say tell fight strike cut raise consider".split()
)
"""The same behind "will" or "does not"."""

UNDERGONE = frozenset(
    "suffered experienced recorded reported faced witnessed endured braced voted based located "
    "united armed red bed speed indeed need needed allied named called killed wounded injured "
    "exploded erupted collapsed flooded happened occurred continued remained marked celebrated "
    "hosted mourned burned crashed died lived seemed looked appeared received followed "
    "reopened ended started turned finished".split()
)
"""Verbs whose subject is where it happens, and words that only look like verbs."""

SUFFERED = frozenset(
    "accused blamed urged warned asked told criticized criticised praised invited expected "
    "sanctioned represented accusing blaming urging warning considering seeking pressing "
    "negotiating preparing planning trying thinking ready willing prepared".split()
)
"""What only a government "is": "Damascus was accused"."""

GOVERNMENT_REQUESTS = frozenset(
    "request behalf consent approval blessing backing invitation insistence mediation auspices "
    "behest orders".split()
)
"""What a government gives: "at the request of France"."""

GOVERNMENT_BODIES = frozenset(
    "foreign leaders leader ambassador envoy president prime minister military army economy".split()
)
"""What belongs to a government where a capital owns it: "Tehran's army"; Iran's is the land's."""

NEVER_NOUNS = frozenset(
    "and or but in on at to from by for with of as after before when while where who which that "
    "the a an is was were are be been has had have will would could should may might can did "
    "said he she they we it i you there not never".split(),
)
"""Words that follow a name without its being their attribute."""

RELATION_NOUNS = frozenset(
    "relations ties talks tensions alliance war trade dispute summit treaty deal pact agreement "
    "conflict cooperation rivalry accord dialogue standoff".split(),
)
"""What two governments have: "US-Iran tensions"."""

BACKED = frozenset(
    "backed led supported aligned allied funded financed trained sponsored made built born bound "
    "style controlled friendly imposed run owned educated brokered based".split(),
)
"""What follows "Iran-": then the name says whose, not where."""


@cache
def organizations() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the words of organizations' names by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in (_FOLDER / "organizations.txt").read_text(encoding="utf-8").splitlines():
        parts = tuple(_NAME_PART.findall(line))
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


@cache
def word_list(name: str) -> frozenset[str]:
    """Return one of the built lists, ``ordinary``, ``given`` or ``surnames``, in lower case."""
    return frozenset((_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n"))
