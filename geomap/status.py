"""Whether a sentence says that an event took place: the words that govern its trigger.

A verb is read by its auxiliaries ("will", "did not", "has been"), then by what stands before its
"to" ("threatened to attack"), then by what opens its clause ("if", "denied that"). A noun takes its
status from the nearest word before it that decides ("fear of", "called for"; "killed in" decides
that it happened, whatever stands farther off), and from what its own verb says ("was called off").
What nothing puts in doubt happened.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Status

_REACH = 10
"""How many words before a trigger its clause may begin."""
_GOVERN = 6
"""How many words before "to", or before a noun, a word may govern."""
_AFTER = 8
"""How many words after a noun its own verb may stand."""
_SUBJECT = 6
"""How many words before a verb its subject may begin."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MARKS = _set("; : . ! ?")
_BOUNDARIES = _MARKS | _set(
    "but after following since because although though when while where which who whose until "
    "before as said says told announced reported confirmed added"
)
"""Words that a verb's governors do not reach across."""
_JOINTS = frozenset((",", word) for word in "and so which who where whose while as then".split())
_AUXILIARIES = _set(
    "be been being is are was were am 're has have had having 've do does did get gets got not "
    "never also still just already then even once again yet now soon currently later all both"
)
_FUTURE = _set("will shall 'll won't")
_DOUBT = _set("could may might can cannot can't couldn't")
_DUTY = _set("should must ought")
_MODALS = _FUTURE | _DOUBT | _DUTY | {"would", "wouldn't"}
_NO = _set("not never cannot neither nor")
_NOBODY = _set("no nobody none neither nothing")
_NOT_DENYING = _set("only just merely")
_CONDITIONS = _set("if whether unless should lest imagine")
_MOVING = _set("sending deploying dispatching moving withdrawing")
"""Verbs whose progressive tells what is about to be done."""
_ADVANCE = _set("later tomorrow next")
_DEFINITE = _set("the this that these those its his her their our whose 's '")

# What stands before "to" and a verb.
_BEFORE_TO: dict[str, Status] = {}
# What stands before a noun.
_BEFORE_NOUN: dict[str, Status] = {}


def _tell(table: dict[str, Status], value: Status, words: str) -> None:
    table.update(dict.fromkeys(words.split(), value))


_tell(
    _BEFORE_TO,
    "happened",
    "went began begun managed forced started helped used rushed compelled enough returned back "
    "tried attempted gathered took marched rallied assembled joined able led came caused "
    "reported alleged known believed said proved succeeded prompted",
)
_tell(_BEFORE_TO, "ongoing", "continue continues continued continuing")
_tell(
    _BEFORE_TO, "denied", "failed fails refused refuses refusing declined unable reluctant fail yet"
)
_tell(
    _BEFORE_TO,
    "threatened",
    "threaten threatens threatened threatening threat threats vow vows vowed vowing warned warning",
)
_tell(
    _BEFORE_TO,
    "demanded",
    "demand demands demanded demanding urge urged urges urging ask asked asks asking request "
    "requested appeal appeals appealed want wants wanted seek seeks sought seeking call calls "
    "called calling pressed pressing order ordered orders tell",
)
_tell(
    _BEFORE_TO,
    "planned",
    "plan plans planned planning scheduled prepared preparing prepares prepare ready set due "
    "expected intends intend intended intention going poised agreed decided about aims hopes "
    "announced promised pledged",
)
_tell(
    _BEFORE_TO,
    "hypothetical",
    "likely unlikely possible try trying tries attempt attempts attempting offered offer offers "
    "willing allow allows allowed permit permits chance opportunity right permission plot "
    "plotted plotting plots conspired conspiring conspiracy capable ability wish thought like "
    "afraid power designed how supposed hoping",
)
_tell(
    _BEFORE_NOUN,
    "happened",
    "after following during amid amidst since despite claimed claiming claim responsibility "
    "responsible accused suspected convicted blamed blame condemned condemn condemning behind "
    "guilty survived witnessed investigate investigating investigated probe connection linked "
    "killed dead wounded injured died damaged caused destroyed victims scene site wake aftermath "
    "involved involvement role part stop stopped stopping end ending ended halt cease by until",
)
_tell(
    _BEFORE_NOUN,
    "threatened",
    "threaten threatens threatened threatening threat threats vow vows vowed warn warned warns "
    "warning warnings",
)
_tell(
    _BEFORE_NOUN,
    "demanded",
    "demand demands demanded demanding urge urged urges urging ask asked asks request requested "
    "appeal appealed appeals want wants wanted seek seeks sought seeking call calls called calling",
)
_tell(
    _BEFORE_NOUN,
    "planned",
    "will shall 'll planned planning plan plans scheduled upcoming forthcoming prepared preparing "
    "prepares prepare ready set due expected intends intend going poised ahead eve tomorrow",
)
_tell(
    _BEFORE_NOUN,
    "hypothetical",
    "could may might can cannot would if whether fear fears feared fearing risk risks possible "
    "possibility potential likely unless imagine should must chance danger prospect any future "
    "promised offered pledged promise pledge offer offers hypothetical simulated mock thought "
    "plot plots plotting plotted plotters conspiracy conspiring imminent proposed proposal "
    "avoid supposed rumors rumours rumor proposing eventual hoped dream dreams dreamed rehearsal",
)
_tell(_BEFORE_NOUN, "ongoing", "ongoing continuing continues continue")
_tell(
    _BEFORE_NOUN,
    "background",
    "anniversary history previous previously former once decades ago past memory commemorate "
    "commemorating commemorated commemoration remembrance veterans veteran historic infamous",
)
_LINKED = _set(
    "set due ready going prepared call calls called calling ask asked asks plan plans planning "
    "part role like end ahead eve appeal appeals anniversary history memory"
)
"""Words that govern a noun only through "to", "for", "of" or "in"."""
_ADJECTIVES = _set("previous previously former once past historic infamous any future possible")
"""Words that tell of the noun they stand at, and of none farther on."""
_LINKS = _set("to for of in on against")
_PREVENTED = _set(
    "foil foils foiled foiling thwart thwarted thwarting prevent prevents prevented preventing "
    "avert averted averting reject rejects rejected rejecting cancel canceled cancelled abandoned "
    "abandon postpone postponed avoided defused scrapped oppose opposes opposed opposing boycott"
)
_HELPLESS = _NO | _set("failed fail unable powerless cannot")
_DENIALS = _set("deny denies denied denying")
_DOING = _set(
    "carry carried launch launched commit committed conduct conducted stage staged hold held mount "
    "mounted begin start resume organize organized order ordered perpetrate make made join attend "
    "host lead face see be happen take place go vote have sign open impose "
    "declare deliver send deploy"
)
"""Verbs whose object comes about through them."""
_UNKNOWN = _set(
    "who clear known immediately say comment determined confirm identify linked related"
)
"""Words that deny knowledge of an event, not the event: "it is not clear who"."""
_STATES = _set("on under in")
"""Words that open a state: "are on strike"."""
_SETTING = _set("in during after following from by amid at over")
_COMPOUND: dict[str, Status] = dict.fromkeys(
    "warning warnings alert fears fear risk risks plot plots plan plans proposal proposals offer "
    "calls drill drills simulation".split(),
    "hypothetical",
)
_COMPOUND |= dict.fromkeys(("threat", "threats"), "threatened")
_OFF = _PREVENTED | _set("called off ruled avoided")
_ABOUT_TO_BE = _set("planned scheduled due expected set slated to")
_FUTURE_VERBS = _set(
    "be begin start take happen open go resume last run kick follow occur continue proceed mark"
)
_BE_LATER = _set(
    "held staged launched carried resumed signed deployed sent organized organised convened "
    "conducted the a in on next by"
)
_MAY_VERBS = _set("be happen occur take follow break hit strike come begin start make erupt reach")
_DONE_PAIRS = frozenset(
    {("carried", "out"), ("took", "place"), ("went", "ahead"), ("has", "begun"), ("had", "begun")}
)
_GOING_ON = _set("continues continue continued rages underway ongoing persists persist")
_GOING_ON_PAIRS = frozenset(
    {("under", "way"), ("in", "progress"), ("raged", "on"), ("rage", "on"), ("still", "raging")}
)
_AHEAD = frozenset(
    {("next", "week"), ("next", "month"), ("scheduled", "for"), ("planned", "for"), ("set", "for")}
    | {("due", "to"), ("slated", "for"), ("later", "this")}
)
_PROMISED_TYPES = _set("said says say announced announces promised pledged decided told")


class Use(NamedTuple):
    """A trigger in a sentence: words ``start`` to ``end``, as a verb or not."""

    words: Sequence[str]
    start: int
    end: int
    verbal: bool

    @property
    def head(self) -> str:
        """The trigger's first word."""
        return self.words[self.start]


def status(words: Sequence[str], start: int, end: int, *, verbal: bool) -> Status:
    """Return whether the lower-case words of a sentence say that a trigger's event took place.

    >>> status("rebels threatened to attack goma".split(), 3, 4, verbal=True)
    'threatened'
    >>> status("no one was hurt in the attack".split(), 6, 7, verbal=False)
    'happened'
    """
    use = Use(words, start, end, verbal)
    if words[0] == "should" or (words[0] == "had" and "would" in words):
        return "hypothetical"
    told = _of_verb(use) if _is_verbal(use) else _of_noun(use)
    if told is None and words[-1] == "?":
        return "hypothetical"
    return told or "happened"


def _is_verbal(use: Use) -> bool:
    """Whether a trigger is to be read as a verb: also "shelling" after "are" or "continue"."""
    if not use.head.endswith("ing"):
        return use.verbal
    chain, at = _chain(use.words, use.start)
    before = use.words[at] if at >= 0 else ""
    return bool(_BE & set(chain)) or before in _GERUND_GOVERNORS


_BE = _set("is are was were am been be being 're")
_GERUND_GOVERNORS: dict[str, Status] = dict.fromkeys(
    "continue continues continued kept keep keeps began begun started resumed".split(), "ongoing"
)
_GERUND_GOVERNORS |= dict.fromkeys(("began", "begun", "started", "resumed"), "happened")
_GERUND_GOVERNORS |= dict.fromkeys("consider considered considering planning".split(), "planned")
_GERUND_GOVERNORS |= dict.fromkeys("stop stopped stops end ended halt halted".split(), "happened")
_GERUND_GOVERNORS |= dict.fromkeys("without avoid avoided".split(), "denied")
_GERUND_GOVERNORS |= dict.fromkeys("denied denies deny denying".split(), "denied")


def _chain(words: Sequence[str], start: int) -> tuple[list[str], int]:
    """Return a verb's auxiliaries and adverbs, and the index of the word before them."""
    at = start - 1
    while at >= max(0, start - _SUBJECT) and _is_helper(words[at]):
        at -= 1
    return list(words[at + 1 : start]), at


def _is_helper(word: str) -> bool:
    return (
        word in _AUXILIARIES
        or word in _MODALS
        or word.endswith("n't")
        or (word.endswith("ly") and word not in _NOT_ADVERBS)
    )


_NOT_ADVERBS = _set("only family italy july assembly supply rally anomaly likely unlikely deadly")


def _is_negation(word: str) -> bool:
    return word in _NO or word.endswith("n't")


def _negated(words: Iterable[str]) -> bool:
    """Whether the words deny, "not only" left out."""
    row = [*words, ""]
    return any(_is_negation(a) and b not in _NOT_DENYING for a, b in pairwise(row))


def clause(words: Sequence[str], end: int) -> Sequence[str]:
    """Return the words before a trigger that belong to its clause, the nearest last.

    >>> clause("he said rebels who fled had attacked".split(), 6)
    ['fled', 'had']
    """
    for at in range(end - 1, max(0, end - _REACH) - 1, -1):
        if words[at] in _BOUNDARIES or tuple(words[at : at + 2]) in _JOINTS:
            return words[at + 1 : end]
    return words[max(0, end - _REACH) : end]


def _of_verb(use: Use) -> Status | None:
    """Return what a verb's auxiliaries and governors say."""
    words, start = use.words, use.start
    chain, at = _chain(words, start)
    if any(map(_is_negation, chain)):
        return "denied"
    modal = next((word for word in chain if word in _MODALS), "")
    if modal:
        return _of_modal(modal, words)
    if at >= 0 and words[at] == "to":
        return _of_infinitive(words, at, perfect="have" in chain)
    return _of_clause(clause(words, at + 1)) or _of_tense(use, chain, at)


def _of_modal(modal: str, words: Sequence[str]) -> Status:
    """Return what a verb's modal says."""
    if modal == "would":
        return "planned" if not _PROMISED_TYPES.isdisjoint(words) else "hypothetical"
    return "planned" if modal in _FUTURE else "hypothetical" if modal in _DOUBT else "demanded"


def _of_infinitive(words: Sequence[str], to: int, *, perfect: bool) -> Status:
    """Return what stands before "to" and a verb says."""
    before = clause(words, to)
    near = before[-_GOVERN:]
    for at in range(len(near) - 1, -1, -1):
        told = _BEFORE_TO.get(near[at])
        if told and not _CONDITIONS.isdisjoint(before[: len(before) - len(near) + at]):
            return "hypothetical"
        if told:
            return _turned(told, near[max(0, at - 3) : at])
    if perfect:
        return "happened"
    if before and before[-1] in _BE:
        return "planned"
    return "hypothetical" if any(map(_is_finite, before)) else "planned"


def _turned(told: Status, before: Sequence[str]) -> Status:
    """Return a status with a negation before the word that gave it."""
    if not _negated(before) and not {"no", "without"} & set(before):
        return told
    return "happened" if told == "denied" else "denied"


def _is_finite(word: str) -> bool:
    """Whether a word is likely to be a finite verb: a headline's clause has none."""
    return word.endswith("ed") or word in _FINITE


_FINITE = _BE | _set(
    "has have had did does do say says said will would took came went sent made met held left gave "
    "found told brought set put cut ran began got fled fought won lost led kept saw fell"
)


def _of_clause(before: Sequence[str]) -> Status | None:
    """Return what the beginning of a verb's clause says: "if", "denied that", "no bomb"."""
    words = set(before)
    if not _CONDITIONS.isdisjoint(words):
        return "hypothetical"
    if not _DENIALS.isdisjoint(words):
        return "denied"
    if _nobody(before[-_SUBJECT:]):
        return "denied"
    if {"fear", "fears", "feared"} & words and "that" in words:
        return "hypothetical"
    return None


def _nobody(subject: Sequence[str]) -> bool:
    """Whether the words before a verb end in a subject such as "no bomb" or "no one"."""
    for at in range(len(subject) - 1, -1, -1):
        if subject[at] in _NOBODY:
            return True
        if subject[at] in {",", "in", "on", "with", "to", "for", "at", "from"}:
            return False
    return False


def _of_tense(use: Use, chain: Sequence[str], at: int) -> Status | None:
    """Return what a verb's form says: the progressive goes on, "attack tomorrow" is ahead."""
    words = use.words
    helpers = set(chain)
    present = bool(helpers & {"is", "are", "am", "'re"})
    if use.head.endswith("ing"):
        if use.head in _MOVING and helpers & {"is", "are", "was", "were"}:
            return "planned"
        lasting = present or ("been" in helpers and bool(helpers & {"has", "have"}))
        if lasting:
            return "ongoing"
        return _GERUND_GOVERNORS.get(words[at]) if at >= 0 and not helpers & _BE else None
    if "being" in helpers and present:
        return "ongoing"
    if "still" in helpers and present:
        return "ongoing"
    bare = not use.head.endswith("ed") and not helpers
    if bare and not _ADVANCE.isdisjoint(words[use.end : use.end + 6]):
        return "planned"
    return None


def _of_noun(use: Use) -> Status | None:
    """Return what stands before and after a noun says."""
    compound = _COMPOUND.get(use.words[use.end]) if use.end < len(use.words) else None
    after = _after(use)
    if compound or after in {"denied", "happened"}:
        return compound or after
    if use.head in _STATES and use.words[use.start - 1] in {"is", "are", "remain", "remains"}:
        return "ongoing"
    if _is_set(use):
        return after
    return _before(use) or after


def _after_words(use: Use) -> Sequence[str]:
    """Return the words after a noun in which its own verb may stand."""
    words = use.words[use.end : use.end + _AFTER]
    for at, word in enumerate(words):
        if word in _BOUNDARIES or word in {"that", ","}:
            return words[:at]
    return words


def _after(use: Use) -> Status | None:
    """Return what a noun's own verb says: "was called off", "will be held", "continues"."""
    words = _after_words(use)
    pairs = set(pairwise(words))
    if _is_off(words):
        return "denied"
    if not pairs.isdisjoint(_DONE_PAIRS):
        return "denied" if _negated(words[:2]) else "happened"
    for a, b in pairwise([*words, ""]):
        if a in _FUTURE and b in _FUTURE_VERBS and not _is_definite_harm(use, words, a):
            return "planned"
    if not pairs.isdisjoint(_AHEAD) or any(a in _BE and b in _ABOUT_TO_BE for a, b in pairs):
        return "planned"
    known = _is_definite(use)
    if any(a in _DOUBT | {"would"} and (b in _MAY_VERBS or not known) for a, b in pairs):
        return None if _is_caused(words) else "hypothetical"
    if words[:1] and words[0] in _GOING_ON:
        return "ongoing"
    if not pairs.isdisjoint(_GOING_ON_PAIRS) or any(a in _BE and b in _GOING_ON for a, b in pairs):
        return "ongoing"
    return None


def _is_caused(words: Sequence[str]) -> bool:
    """Whether words ask what caused or did what is known ("may have been an accident")."""
    return not {"caused", "been", "linked", "blamed"}.isdisjoint(words)


def _is_definite_harm(use: Use, words: Sequence[str], modal: str) -> bool:
    """Whether "the attack will be ..." speaks of one that has been: only "be held" lies ahead."""
    at = list(words).index(modal)
    return (
        _is_definite(use)
        and words[at + 1 : at + 2] == ["be"]
        and not _BE_LATER & set(words[at + 2 : at + 3])
    )


def _is_off(words: Sequence[str]) -> bool:
    """Whether a noun's verb says that it came to nothing."""
    for a, b in pairwise(words):
        if a in {"was", "were", "been", "is", "be"} and b in _OFF:
            return b not in {"called", "ruled"} or not {"off", "out"}.isdisjoint(words)
    row = list(words[:5])
    return _negated(row) and not {"take", "happen", "occur", "materialize"}.isdisjoint(row)


def _noun_phrase(use: Use) -> Sequence[str]:
    """Return the words before a noun back to the preposition or verb that opens its phrase."""
    at = use.start
    while at > max(0, use.start - _GOVERN) and not _opens(use.words[at - 1]):
        at -= 1
    return use.words[at : use.start]


def _opens(word: str) -> bool:
    return (
        word in _SETTING
        or word in _LINKS
        or word in _BOUNDARIES
        or word in _DOING
        or word in {",", "and", "or", "with", "about", "into"}
        or word in _BE
    )


def _is_definite(use: Use) -> bool:
    """Whether a noun is one already known: "the attack", "Monday's attack"."""
    return not _DEFINITE.isdisjoint(_noun_phrase(use))


def _is_set(use: Use) -> bool:
    """Whether a noun stands as a setting: "no one was hurt in the attack"."""
    phrase = _noun_phrase(use)
    at = use.start - len(phrase) - 1
    if at < 0 or use.words[at] not in _SETTING:
        return False
    if not _LATENT.isdisjoint(phrase):
        return False
    outer = use.words[max(0, at - _REACH) : at]
    return _is_definite(use) or not (_FUTURE | _DOUBT | _CONDITIONS) & set(outer)


_LATENT = _set(
    "planned upcoming possible potential future scheduled proposed expected mock simulated any "
    "threatened forthcoming imminent alleged previous earlier past no"
)


def _before(use: Use) -> Status | None:
    """Return what the nearest word before a noun that decides says."""
    words, start = use.words, use.start
    known = _is_definite(use)
    first = max(0, start - _REACH)
    for at in range(start - 1, first - 1, -1):
        word = words[at]
        if word in _MARKS or tuple(words[at : at + 2]) in _JOINTS or word in {"but", "while"}:
            return None
        told = _decides(words, at, start, known=known)
        if told:
            return told
    return None


def _decides(words: Sequence[str], at: int, start: int, *, known: bool) -> Status | None:
    """Return what one word before a noun says, if it governs the noun."""
    word, between = words[at], words[at + 1 : start]
    if word in _CONDITIONS:
        return "happened" if known else "hypothetical"
    told = _of_denial(words, at, start, known=known)
    if told:
        return told
    if word == "to" and not _DOING.isdisjoint(between[:1]):
        return _of_infinitive(words, at, perfect=False)
    told = _BEFORE_NOUN.get(word)
    if told is None or (told != "happened" and len(between) > _GOVERN):
        return None
    if word in _ADJECTIVES and len(between) > 1:
        return None
    if word == "wanted" and "for" in between:
        return "happened"
    if word in _LINKED and _LINKS.isdisjoint(between[:3]):
        return None
    if word in _MODALS and known and _DOING.isdisjoint(between):
        return "happened"
    if told in {"planned", "hypothetical", "threatened"} and _negated(words[max(0, at - 3) : at]):
        return "denied"
    return told


def _of_denial(words: Sequence[str], at: int, start: int, *, known: bool) -> Status | None:
    """Return what a word of denial or prevention before a noun says."""
    word, between = words[at], words[at + 1 : start]
    outer = words[max(0, at - 4) : at]
    if word in _PREVENTED:
        return _of_prevention(word, outer)
    if word == "out" and words[at - 1] in {"rule", "ruled", "ruling", "rules"}:
        return "hypothetical" if _negated(outer) else "denied"
    if word == "little" and not between:
        return "denied"
    if word in {"no", "without", "neither", "nor"}:
        return "denied" if len(between) <= 3 and "longer" not in between else None  # noqa: PLR2004
    if word in _DENIALS:
        return "happened" if known else "denied"
    if _is_negation(word) and between[:1] and between[0] in _NOT_DENYING | {"rule", "prevent"}:
        return None
    if _is_negation(word):
        if not _UNKNOWN.isdisjoint(between):
            return "happened"
        undone = not known or not _DOING.isdisjoint(between)
        return "denied" if undone and not _MODALS & set(between) else None
    return None


def _of_prevention(word: str, outer: Sequence[str]) -> Status:
    """Return what "prevented" or "could not prevent" says of its object."""
    if any(each in _HELPLESS or _is_negation(each) for each in outer):
        return "happened"
    ahead = not _MODALS.isdisjoint(outer) or "to" in outer[-2:]
    return "hypothetical" if ahead and not word.endswith("ed") else "denied"
