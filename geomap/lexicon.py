"""The trigger lexicon: which words report which type of event, and in what company.

``data/triggers.toml`` says at its top how a pattern is written; here it is compiled into an index
by first word, and matched against the words of a sentence.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FILE = Path(__file__).with_name("data") / "triggers.toml"
_NEAR, _FAR = 10, 6
"""How many words ``near`` and ``not``, and ``before`` and ``after``, look away."""
_KEPT = 256
"""Sentences whose triggers are kept for the stages that follow."""
_VOWELS = frozenset("aeiou")
_DOUBLED = frozenset(
    "acquit airdrop annul bag ban bar bus cap clip club con confer dam drag drop emit expel fan "
    "flip flog grab gun gut jet kidnap lob machinegun mob mug nab net patrol plan ram repel rip "
    "rob ship skid slam slip snap stab step stir stop strap strip swap thud tip top transfer trap "
    "trek wrap".split(),
)
"""Verbs whose last letter is doubled: kidnapped."""
_IRREGULAR = {
    "be": "is are was were been being",
    "beat": "beats beating beaten",
    "become": "becomes became becoming",
    "bind": "binds bound binding",
    "bite": "bites bit bitten biting",
    "blow": "blows blew blown blowing",
    "break": "breaks broke broken breaking",
    "bring": "brings brought bringing",
    "build": "builds built building",
    "burn": "burns burned burnt burning",
    "burst": "bursts bursting",
    "cast": "casts casting",
    "catch": "catches caught catching",
    "choose": "chooses chose chosen choosing",
    "come": "comes came coming",
    "cut": "cuts cutting",
    "die": "dies died dying",
    "dig": "digs dug digging",
    "draw": "draws drew drawn drawing",
    "drive": "drives drove driven driving",
    "fall": "falls fell fallen falling",
    "feed": "feeds fed feeding",
    "fight": "fights fought fighting",
    "find": "finds found finding",
    "flee": "flees fled fleeing",
    "fling": "flings flung flinging",
    "fly": "flies flew flown flying",
    "freeze": "freezes froze frozen freezing",
    "get": "gets got gotten getting",
    "give": "gives gave given giving",
    "go": "goes went gone going",
    "hear": "hears heard hearing",
    "hit": "hits hitting",
    "hold": "holds held holding",
    "hurt": "hurts hurting",
    "keep": "keeps kept keeping",
    "lay": "lays laid laying",
    "lead": "leads led leading",
    "leave": "leaves left leaving",
    "let": "lets letting",
    "lie": "lies lay lain lying",
    "lose": "loses lost losing",
    "make": "makes made making",
    "meet": "meets met meeting",
    "overrun": "overruns overran overrunning",
    "overshoot": "overshoots overshot overshooting",
    "overthrow": "overthrows overthrew overthrown overthrowing",
    "plead": "pleads pleaded pled pleading",
    "put": "puts putting",
    "quit": "quits quitting",
    "retake": "retakes retook retaken retaking",
    "rise": "rises rose risen rising",
    "run": "runs ran running",
    "say": "says said saying",
    "seek": "seeks sought seeking",
    "send": "sends sent sending",
    "set": "sets setting",
    "shake": "shakes shook shaken shaking",
    "shed": "sheds shedding",
    "shoot": "shoots shot shooting",
    "shrink": "shrinks shrank shrunk shrinking",
    "shut": "shuts shutting",
    "sink": "sinks sank sunk sinking",
    "sit": "sits sat sitting",
    "slay": "slays slew slain slaying",
    "sleep": "sleeps slept sleeping",
    "slide": "slides slid sliding",
    "slit": "slits slitting",
    "spend": "spends spent spending",
    "spit": "spits spat spitting",
    "spread": "spreads spreading",
    "stand": "stands stood standing",
    "steal": "steals stole stolen stealing",
    "strike": "strikes struck striking",
    "swear": "swears swore sworn swearing",
    "sweep": "sweeps swept sweeping",
    "swell": "swells swelled swollen swelling",
    "swing": "swings swung swinging",
    "take": "takes took taken taking",
    "tear": "tears tore torn tearing",
    "tell": "tells told telling",
    "throw": "throws threw thrown throwing",
    "thrust": "thrusts thrusting",
    "tread": "treads trod trodden treading",
    "uphold": "upholds upheld upholding",
    "wake": "wakes woke woken waking",
    "win": "wins won winning",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
}
_TO_VERB = frozenset(
    "to will would can could may might must should shall did do does didn't not n't they we i you "
    "who".split(),
)
_TO_NOUN = frozenset(
    "the a an this that these those his her its their our my of in on at by for from with after "
    "before during against no any another each every 's first second third last new".split(),
)
_SIMILES = frozenset((like, a) for like in ("like", "as") for a in ("a", "an"))
_FIGURES = frozenset("bidding media price trade twitter verbal".split())
_ABSTRACT = frozenset(
    "interest players goals criticism anger outrage support emails complaints color colour "
    "laughter applause cash money data demand popularity creativity growth debt information "
    "questions publicity tears emotion joy nerves requests calls messages applications energy "
    "enthusiasm words abuse ideas orders".split(),
)
"""What figures of speech count: "an explosion of interest", "a flood of emails"."""
_BODIES = frozenset(
    "task committee commission agency fund foundation museum memorial institute bureau insurance "
    "prediction center centre "
    "movie film novel documentary festival".split(),
)
"""What the name of an event before them names: "the Flood Task Force", "an earthquake fund"."""
_ADVERBIAL = frozenset("first last second".split())
_DETERMINERS = frozenset("the a an this that these those his her its their our my 's".split())
_OBJECT_STARTS = frozenset("the a an his her its their more".split())
_ADJUNCT_STARTS = frozenset("at on into against over".split())
"""Words that follow verbs and nouns alike, so that a noun before the word must tell."""
_PEOPLE = frozenset("police people army militia gunmen policemen men women crowd".split())

Part = Literal["v", "n", "x"]
Where = Literal["near", "not", "after", "before", "next", "notnext", "prev", "notprev"]


class Condition(NamedTuple):
    """Words that must, or must not, stand in some place around a trigger."""

    where: Where
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of the lexicon."""

    type: str
    part: Part
    conditions: tuple[Condition, ...]
    weak: bool


class Trigger(NamedTuple):
    """A pattern found at words ``start`` to ``end`` of a sentence."""

    start: int
    end: int
    pattern: Pattern
    verbal: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled patterns by first word, and the words that point back to an event."""

    index: dict[str, list[tuple[tuple[str, ...], Pattern]]]
    anaphors: dict[str, frozenset[str]]


def verb_forms(lemma: str) -> frozenset[str]:
    """Return a verb's forms.

    >>> sorted(verb_forms("storm"))
    ['storm', 'stormed', 'storming', 'storms']
    """
    if lemma in _IRREGULAR:
        return frozenset((lemma, *_IRREGULAR[lemma].split()))
    third = _with_s(lemma)
    if lemma.endswith("y") and third.endswith("ies"):
        return frozenset((lemma, third, lemma[:-1] + "ied", lemma + "ing"))
    if lemma.endswith("e"):
        progressive = lemma if lemma.endswith("ee") else lemma[:-1]
        return frozenset((lemma, third, lemma + "d", progressive + "ing"))
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    forms = frozenset((lemma, third, stem + "ed", stem + "ing"))
    british = lemma.endswith("l") and lemma[-2:-1] in _VOWELS and lemma[-3:-2] not in _VOWELS
    return forms | {lemma + "led", lemma + "ling"} if british else forms


def _with_s(word: str) -> str:
    """Return a word with the ending of the third person and the plural."""
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")


def noun_forms(word: str) -> frozenset[str]:
    """Return a noun's singular and plural.

    >>> sorted(noun_forms("robbery"))
    ['robberies', 'robbery']
    """
    if word.endswith("is"):
        return frozenset((word, word[:-2] + "es"))
    if word.endswith("o"):
        return frozenset((word, word + "s", word + "es"))
    return frozenset((word, _with_s(word)))


@cache
def lexicon() -> Lexicon:
    """Return the bundled lexicon, compiled."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    sets = {name: frozenset(words.split()) for name, words in data["sets"].items()}
    index: dict[str, list[tuple[tuple[str, ...], Pattern]]] = {}
    for kind, entries in data["types"].items():
        for entry in entries:
            for first, rest, pattern in _compile(kind, entry, sets):
                index.setdefault(first, []).append((rest, pattern))
    for entries in index.values():
        entries.sort(key=lambda item: (-len(item[0]), item[1].weak, -len(item[1].conditions)))
    anaphors = {word: frozenset(kinds.split()) for word, kinds in data["anaphors"].items()}
    return Lexicon(index, anaphors)


def _compile(
    kind: str, entry: str, sets: dict[str, frozenset[str]]
) -> Iterator[tuple[str, tuple[str, ...], Pattern]]:
    """Yield (first word, words after it, pattern) for each form of an entry."""
    head, *tails = (part.strip() for part in entry.split("|"))
    part, _, phrase = head.partition(" ")
    if part not in ("v", "n", "x"):
        message = f"pattern {entry!r} of {kind}: begins with {part!r}, not with v, n or x"
        raise ValueError(message)
    conditions = tuple(_condition(tail, sets) for tail in tails if tail != "weak")
    pattern = Pattern(kind, part, conditions, "weak" in tails)  # type: ignore[arg-type]
    first, *rest = phrase.replace("-", " ").split()
    if part == "v":
        yield from ((form, tuple(rest), pattern) for form in verb_forms(first))
    elif part == "x":
        yield first, tuple(rest), pattern
    elif rest:
        yield from ((first, (*rest[:-1], form), pattern) for form in noun_forms(rest[-1]))
    else:
        yield from ((form, (), pattern) for form in noun_forms(first))


def _condition(text: str, sets: dict[str, frozenset[str]]) -> Condition:
    where, *names = text.split()
    if where not in Where.__args__:  # type: ignore[attr-defined]
        message = f"condition {text!r}: {where!r} is none of {', '.join(Where.__args__)}"  # type: ignore[attr-defined]
        raise ValueError(message)
    words: set[str] = set()
    for name in names:
        words |= sets[name[1:]] if name.startswith("@") else {name}
    return Condition(where, frozenset(words))  # type: ignore[arg-type]


def triggers(words: Sequence[str]) -> list[Trigger]:
    """Return the triggers among the lower-case words of a sentence, hyphens left out.

    Of patterns at the same word the longest wins, then the one that meets most conditions; a
    weak one counts only where nothing stronger stands in the sentence.

    >>> words = "protesters stormed its embassy compound in iraq".split()
    >>> [(t.pattern.type, words[t.start]) for t in triggers(words)]
    [('riot', 'stormed')]
    """
    return list(_triggers(tuple(words)))


@lru_cache(_KEPT)
def _triggers(sentence: tuple[str, ...]) -> tuple[Trigger, ...]:
    words, index = list(sentence), lexicon().index
    found: list[Trigger] = []
    end = 0
    for start, word in enumerate(words):
        if start < end or word not in index:
            continue
        trigger = _best_at(words, start, index[word])
        if trigger:
            found.append(trigger)
            end = trigger.end
    if any(not trigger.pattern.weak for trigger in found):
        return tuple(trigger for trigger in found if not trigger.pattern.weak)
    return tuple(found)


def _best_at(
    words: Sequence[str], start: int, entries: list[tuple[tuple[str, ...], Pattern]]
) -> Trigger | None:
    """Return the first pattern at a word that fits; entries stand in order of preference."""
    verbal: bool | None = None
    for rest, pattern in entries:
        end = start + 1 + len(rest)
        if rest and tuple(words[start + 1 : end]) != rest:
            continue
        if not all(_holds(condition, words, start, end) for condition in pattern.conditions):
            continue
        if verbal is None:
            if _is_figure(words, start):
                return None
            verbal, nominal = is_verb(words, start), _stands_as_noun(words, start)
            ambiguous = len({other.part for _, other in entries} - {"x"}) > 1
        if pattern.part == "x":
            return Trigger(start, end, pattern, verbal)
        agrees = (pattern.part == "v") == verbal or not (ambiguous or nominal)
        if pattern.part == "v" and _describes(words, start, end):
            continue
        if rest or agrees or _same(words[start]):
            acts = pattern.part == "v" and not nominal and not _same(words[start])
            return Trigger(start, end, pattern, verbal or acts)
    return None


def _is_figure(words: Sequence[str], start: int) -> bool:
    """Whether a word stands in a figure of speech: "like an epidemic", "a flood of players"."""
    if tuple(words[max(0, start - 2) : start]) in _SIMILES:
        return True
    if start and words[start - 1] in _FIGURES:
        return True
    if words[start + 1 : start + 2] and words[start + 1] in _BODIES:
        return True
    return words[start + 1 : start + 2] == ["of"] and not _ABSTRACT.isdisjoint(
        words[start + 2 : start + 4]
    )


def _describes(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a verb's "-ing" stands as an adjective: "the visiting king"."""
    before = words[start - 1] if start else ""
    return (
        _same(words[start])
        and before in _DETERMINERS
        and words[end : end + 1] not in ([], ["of"], ["in"], [","], ["."])
    )


def _same(word: str) -> bool:
    """Whether a word's form leaves open whether it is a verb or a noun, as "bombing" does."""
    return word.endswith("ing")


def is_verb(words: Sequence[str], at: int) -> bool:
    """Whether the word is used as a verb, judged by its form and its neighbors.

    >>> is_verb("rebels attack the town".split(), 1), is_verb("after the attack".split(), 2)
    (True, False)
    """
    word = words[at]
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if _stands_as_noun(words, at):
        return False
    if word.endswith("ed") or word in _PAST:
        return True
    if before in _TO_VERB:
        return True
    if after in _ADJUNCT_STARTS:
        return before.endswith("s") or before in _PEOPLE
    return after in _OBJECT_STARTS and bool(before)


def _stands_as_noun(words: Sequence[str], at: int) -> bool:
    """Whether the word before makes a word a noun; "last erupted" is none."""
    before = words[at - 1] if at else ""
    return before in _TO_NOUN and not (before in _ADVERBIAL and words[at].endswith("ed"))


_PAST = frozenset(
    form
    for forms in _IRREGULAR.values()
    for form in forms.split()
    if not form.endswith(("s", "ing"))
)


def _holds(condition: Condition, words: Sequence[str], start: int, end: int) -> bool:
    """Whether one condition is met around words ``start`` to ``end``."""
    where, wanted = condition
    if where in ("near", "not"):
        around = [*words[max(0, start - _NEAR) : start], *words[end : end + _NEAR]]
        return wanted.isdisjoint(around) == (where == "not")
    if where == "after":
        return not wanted.isdisjoint(words[end : end + _FAR])
    if where == "before":
        return not wanted.isdisjoint(words[max(0, start - _FAR) : start])
    neighbor = words[end : end + 1] if where.endswith("next") else words[max(0, start - 1) : start]
    return wanted.isdisjoint(neighbor) == where.startswith("not")
