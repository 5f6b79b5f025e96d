"""The words by which a sentence says whether an event took place.

:mod:`geomap.status` reads them: auxiliaries and negations, what stands before "to" and a verb, what
stands before a noun, and what a noun's own verb says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Status


def _set(words: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(words.split())


MARKS = _set("; : . ! ?")
BOUNDARIES = MARKS | _set(
    "but after following since because although though when while where which who whose until "
    "before as said says told announced reported confirmed added"
)
"""Words that a verb's governors do not reach across."""
JOINTS = frozenset((",", word) for word in "and so which who where whose while as then".split())
AUXILIARIES = _set(
    "be been being is are was were am 're has have had having 've do does did get gets got not "
    "never also still just already then even once again yet now soon currently later all both"
)
FUTURE = _set("will shall 'll won't")
DOUBT = _set("could may might can cannot can't couldn't")
DUTY = _set("should must ought")
MODALS = FUTURE | DOUBT | DUTY | {"would", "wouldn't"}
NO = _set("not never cannot neither nor")
NOBODY = _set("no nobody none neither nothing")
NOT_DENYING = _set("only just merely")
CONDITIONS = _set("if whether unless should lest imagine")
MOVING = _set("sending deploying dispatching moving withdrawing")
"""Verbs whose progressive tells what is about to be done."""
ADVANCE = _set("later tomorrow next")
DEFINITE = _set("the this that these those its his her their our whose 's '")

# What stands before "to" and a verb.
BEFORE_TO: dict[str, Status] = {}
# What stands before a noun.
BEFORE_NOUN: dict[str, Status] = {}


def _tell(table: dict[str, Status], value: Status, words: str) -> None:
    table.update(dict.fromkeys(words.split(), value))


_tell(
    BEFORE_TO,
    "happened",
    "went began begun managed forced started helped used rushed compelled enough returned back "
    "tried attempted gathered took marched rallied assembled joined able led came caused "
    "reported alleged known believed said proved succeeded prompted flew "
    "traveled travelled arrived visited met",
)
_tell(BEFORE_TO, "ongoing", "continue continues continued continuing")
_tell(
    BEFORE_TO, "denied", "failed fails refused refuses refusing declined unable reluctant fail yet"
)
_tell(
    BEFORE_TO,
    "threatened",
    "threaten threatens threatened threatening threat threats vow vows vowed vowing warned warning",
)
_tell(
    BEFORE_TO,
    "demanded",
    "demand demands demanded demanding urge urged urges urging ask asked asks asking request "
    "requested appeal appeals appealed want wants wanted seek seeks sought seeking call calls "
    "called calling pressed pressing order ordered orders tell",
)
_tell(
    BEFORE_TO,
    "planned",
    "plan plans planned planning scheduled prepared preparing prepares prepare ready set due "
    "expected intends intend intended intention going poised agreed decided about aims hopes "
    "announced promised pledged",
)
_tell(
    BEFORE_TO,
    "hypothetical",
    "likely unlikely possible try trying tries attempt attempts attempting offered offer offers "
    "willing allow allows allowed permit permits chance opportunity right permission plot "
    "plotted plotting plots conspired conspiring conspiracy capable ability wish thought like "
    "afraid power designed how supposed hoping",
)
_tell(
    BEFORE_NOUN,
    "happened",
    "after following during amid amidst since despite claimed claiming claim responsibility "
    "responsible accused suspected convicted blamed blame condemned condemn condemning behind "
    "guilty survived witnessed investigate investigating investigated probe connection linked "
    "killed dead wounded injured died damaged caused destroyed victims scene site wake aftermath "
    "involved involvement role part stop stopped stopping end ending ended halt cease by until",
)
_tell(
    BEFORE_NOUN,
    "threatened",
    "threaten threatens threatened threatening threat threats vow vows vowed warn warned warns "
    "warning warnings",
)
_tell(
    BEFORE_NOUN,
    "demanded",
    "demand demands demanded demanding urge urged urges urging ask asked asks request requested "
    "appeal appealed appeals want wants wanted seek seeks sought seeking call calls called calling",
)
_tell(
    BEFORE_NOUN,
    "planned",
    "will shall 'll planned planning plan plans scheduled upcoming forthcoming prepared preparing "
    "prepares prepare ready set due expected intends intend going poised ahead eve tomorrow",
)
_tell(
    BEFORE_NOUN,
    "hypothetical",
    "could may might can cannot would if whether fear fears feared fearing risk risks possible "
    "possibility potential likely unless imagine should must chance danger prospect any future "
    "promised offered pledged promise pledge offer offers hypothetical simulated mock thought "
    "plot plots plotting plotted plotters conspiracy conspiring imminent proposed proposal "
    "avoid supposed rumors rumours rumor proposing eventual hoped dream dreams dreamed rehearsal",
)
_tell(BEFORE_NOUN, "ongoing", "ongoing continuing continues continue")
_tell(
    BEFORE_NOUN,
    "background",
    "anniversary history previous previously former once decades ago past memory commemorate "
    "commemorating commemorated commemoration remembrance veterans veteran historic infamous",
)
LINKED = _set(
    "set due ready going prepared call calls called calling ask asked asks plan plans planning "
    "part role like end ahead eve appeal appeals anniversary history memory"
)
"""Words that govern a noun only through "to", "for", "of" or "in"."""
ADJECTIVES = _set("previous previously former once past historic infamous any future possible")
"""Words that tell of the noun they stand at, and of none farther on."""
LINKS = _set("to for of in on against")
PREVENTED = _set(
    "foil foils foiled foiling thwart thwarted thwarting prevent prevents prevented preventing "
    "avert averted averting reject rejects rejected rejecting cancel canceled cancelled abandoned "
    "abandon postpone postponed avoided defused scrapped oppose opposes opposed opposing boycott"
)
HELPLESS = NO | _set("failed fail unable powerless cannot")
DENIALS = _set("deny denies denied denying")
TAKING_PART = _set(
    "carrying having being ordering committing planting staging planning involvement "
    "responsibility role part behind participation participating"
)
"""What is denied of an event that took place: "denied carrying out the attack"."""
DOING = _set(
    "carry carried launch launched commit committed conduct conducted stage staged hold held mount "
    "mounted begin start resume organize organized order ordered perpetrate make made join attend "
    "host lead face see be happen take place go vote have sign open impose "
    "declare deliver send deploy"
)
"""Verbs whose object comes about through them."""
UNKNOWN = _set("who clear known immediately say comment determined confirm identify linked related")
"""Words that deny knowledge of an event, not the event: "it is not clear who"."""
STATES = _set("on under in")
"""Words that open a state: "are on strike"."""
SETTING = _set("in during after following from by amid at over")
COMPOUND: dict[str, Status] = dict.fromkeys(
    "warning warnings alert fears fear risk risks plot plots plan plans proposal proposals offer "
    "calls drill drills simulation".split(),
    "hypothetical",
)
COMPOUND |= dict.fromkeys(("threat", "threats"), "threatened")
COMPOUND |= dict.fromkeys(("possible", "unlikely", "improbable", "imminent"), "hypothetical")
COMPOUND |= dict.fromkeys("expected forecast predicted due".split(), "planned")
"""What stands right behind a noun: "flood warnings", "thunderstorms possible"."""
BEFORE_MONTH = _set("in on since until by of last early late mid from")
"""Words behind which "may" is a month."""
NONE = _set("none nil zero 0")
"""What a bulletin puts behind a colon where there was nothing: "Arrests: none"."""
OFF = PREVENTED | _set("called off ruled avoided")
ABOUT_TO_BE = _set("planned scheduled due expected set slated to")
FUTURE_VERBS = _set(
    "be begin start take happen open go resume last run kick follow occur continue proceed mark"
)
BE_LATER = _set(
    "held staged launched carried resumed signed deployed sent organized organised convened "
    "conducted the a in on next by"
)
MAY_VERBS = _set("be happen occur take follow break hit strike come begin start make erupt reach")
DONE_PAIRS = frozenset(
    {("carried", "out"), ("took", "place"), ("went", "ahead"), ("has", "begun"), ("had", "begun")}
)
GOING_ON = _set("continues continue continued rages underway ongoing persists persist")
GOING_ON_PAIRS = frozenset(
    {("under", "way"), ("in", "progress"), ("raged", "on"), ("rage", "on"), ("still", "raging")}
)
AHEAD = frozenset(
    {("next", "week"), ("next", "month"), ("scheduled", "for"), ("planned", "for"), ("set", "for")}
    | {("due", "to"), ("slated", "for"), ("later", "this")}
)
PROMISED_TYPES = _set("said says say announced announces promised pledged decided told")
BE = _set("is are was were am been be being 're")
GERUND_GOVERNORS: dict[str, Status] = dict.fromkeys(
    "continue continues continued kept keep keeps began begun started resumed".split(), "ongoing"
)
GERUND_GOVERNORS |= dict.fromkeys(("began", "begun", "started", "resumed"), "happened")
GERUND_GOVERNORS |= dict.fromkeys("consider considered considering planning".split(), "planned")
GERUND_GOVERNORS |= dict.fromkeys("stop stopped stops end ended halt halted".split(), "happened")
GERUND_GOVERNORS |= dict.fromkeys("without avoid avoided".split(), "denied")
GERUND_GOVERNORS |= dict.fromkeys("denied denies deny denying".split(), "denied")
NOT_ADVERBS = _set("only family italy july assembly supply rally anomaly likely unlikely deadly")
FINITE = BE | _set(
    "has have had did does do say says said will would took came went sent made met held left gave "
    "found told brought set put cut ran began got fled fought won lost led kept saw fell"
)
SAYING = _set(
    "said says say saying told believe believed hope hopes hoped announced added insisted"
)
"""Verbs behind which "that" opens a clause and points to nothing."""
PURPOSES = _set("protest demonstrate picket")
"""What those who did something else to this end did with it."""
DID = _set("took set went left gave held lay sat stood came met shut hung drove rode")
WANTING = _set("want wants wanted")
MARKING = _set("to who which that and , but")
PONDERED = _set("sending deploying dispatching imposing expelling signing lifting withdrawing")
PONDERING = _set("on about")
"""What is only spoken of behind "on" and "about": "a debate on sending troops"."""
LATENT = _set(
    "such "
    "planned upcoming possible potential future scheduled proposed expected mock simulated any "
    "threatened forthcoming imminent alleged previous earlier past no"
)
POSED = _set("proposed planned suggested scheduled demanded mooted envisaged foreseen due expected")
"""What a noun may only be, as an aside behind it says: "a meeting, proposed by the union, ..."."""
BREWING = _set(
    "forming brewing looming approaching developing heading bearing gathering strengthening"
)
"""What a storm does before it is one for those whom it may strike."""
PERILS = _set("danger risk threat possibility likelihood worry concern fear prospect")
FIXING = _set("set sets fixed scheduled rescheduled postponed adjourned")
"""Verbs that put an event on a day: "the judge set the hearing for April"."""


def without_month(words: Sequence[str]) -> Sequence[str]:
    """Return the words with the month of May as no auxiliary: "on 12 May", "May 28"."""
    if "may" not in words:
        return words
    row = ["", *words, ""]
    return [
        "month" if word == "may" and _dates_may(before, after) else word
        for before, word, after in zip(row, words, row[2:], strict=False)
    ]


def _dates_may(before: str, after: str) -> bool:
    return before.isdigit() or after.isdigit() or before in BEFORE_MONTH


def is_of_past(words: Sequence[str]) -> bool:
    """Whether the words before a noun give it a day gone by: "last week's"."""
    return "'s" in words and not {"last", "yesterday"}.isdisjoint(words)


def is_helper(word: str) -> bool:
    """Whether a word is an auxiliary, a modal or an adverb before a verb."""
    return (
        word in AUXILIARIES
        or word in MODALS
        or word.endswith("n't")
        or (word.endswith("ly") and word not in NOT_ADVERBS)
    )
