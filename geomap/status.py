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

from geomap import governors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Status

_REACH = 10
"""How many words before a trigger its clause may begin."""
_GOVERN = 6
"""How many words before "to", or before a noun, a word may govern."""
_AFTER = 8
"""How many words after a noun its own verb may stand."""
_WHERE = frozenset({"in", "at", "near", "on"})
_LIKELY = frozenset({"likely", "possible", "unlikely", "probable"})
_POINTING = frozenset({"the", "this", "that"})
_SUBJECT = 6
"""How many words before a verb its subject may begin."""


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
    use = Use(governors.without_month(words), start, end, verbal)
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
    if use.head in governors.PONDERED and before in governors.PONDERING:
        return True
    return bool(governors.BE & set(chain)) or before in governors.GERUND_GOVERNORS


def _chain(words: Sequence[str], start: int) -> tuple[list[str], int]:
    """Return a verb's auxiliaries and adverbs, and the index of the word before them."""
    at = start - 1
    while at >= max(0, start - _SUBJECT) and governors.is_helper(words[at]):
        at -= 1
    return list(words[at + 1 : start]), at


def _is_negation(word: str) -> bool:
    return word in governors.NO or word.endswith("n't")


def _negated(words: Iterable[str]) -> bool:
    """Whether the words deny, "not only" left out."""
    row = [*words, ""]
    return any(_is_negation(a) and b not in governors.NOT_DENYING for a, b in pairwise(row))


def clause(words: Sequence[str], end: int) -> Sequence[str]:
    """Return the words before a trigger that belong to its clause, the nearest last.

    >>> clause("he said rebels who fled had attacked".split(), 6)
    ['fled', 'had']
    """
    for at in range(end - 1, max(0, end - _REACH) - 1, -1):
        if words[at] in governors.BOUNDARIES or tuple(words[at : at + 2]) in governors.JOINTS:
            return words[at + 1 : end]
    return words[max(0, end - _REACH) : end]


def _of_verb(use: Use) -> Status | None:
    """Return what a verb's auxiliaries and governors say."""
    words, start = use.words, use.start
    chain, at = _chain(words, start)
    if any(map(_is_negation, chain)):
        return "denied"
    modal = next((word for word in chain if word in governors.MODALS), "")
    if modal in governors.FUTURE and _nobody(clause(words, at + 1)[-_SUBJECT:]):
        return "denied"
    if modal:
        return _of_modal(modal, words)
    if at >= 0 and words[at] == "to":
        purpose = use.head in governors.PURPOSES and _is_done(words[:at])
        return _of_infinitive(words, at, perfect="have" in chain or purpose)
    if not chain and _is_wanted(use):
        return "demanded"
    return _of_clause(clause(words, at + 1)) or _of_tense(use, chain, at)


def _is_wanted(use: Use) -> bool:
    """Whether somebody wants it done: "wanted the envoy expelled"."""
    before = clause(use.words, use.start)[-_SUBJECT:]
    at = next((at for at, word in enumerate(before) if word in governors.WANTING), len(before))
    open_ = governors.DEFINITE.isdisjoint(before[at + 1 : at + 2])
    return use.head.endswith("ed") and not open_ and governors.MARKING.isdisjoint(before[at + 1 :])


def _of_modal(modal: str, words: Sequence[str]) -> Status:
    """Return what a verb's modal says."""
    if modal == "would":
        return "planned" if not governors.PROMISED_TYPES.isdisjoint(words) else "hypothetical"
    return (
        "planned"
        if modal in governors.FUTURE
        else "hypothetical"
        if modal in governors.DOUBT
        else "demanded"
    )


def _of_infinitive(words: Sequence[str], to: int, *, perfect: bool) -> Status:
    """Return what stands before "to" and a verb says."""
    before = clause(words, to)
    near = before[-_GOVERN:]
    for at in range(len(near) - 1, -1, -1):
        told = governors.BEFORE_TO.get(near[at])
        if told and not governors.CONDITIONS.isdisjoint(before[: len(before) - len(near) + at]):
            return "hypothetical"
        if told:
            return _turned(told, near[max(0, at - 3) : at])
    if perfect or _was_there(before):
        return "happened"
    if before and before[-1] in governors.BE:
        return "planned"
    return "hypothetical" if any(map(_is_finite, before)) else "planned"


def _is_done(before: Sequence[str]) -> bool:
    """Whether a clause before "to protest" tells what was done for it: "parked their lorries"."""
    return any(word.endswith("ed") or word in governors.DID for word in before)


def _was_there(before: Sequence[str]) -> bool:
    """Whether somebody was in a place for it: "was in Madrid on Monday to sign"."""
    return any(a in {"was", "were"} and b in {"in", "at"} for a, b in pairwise(before))


def _turned(told: Status, before: Sequence[str]) -> Status:
    """Return a status with a negation before the word that gave it."""
    if not _negated(before) and not {"no", "without"} & set(before):
        return told
    return "happened" if told == "denied" else "denied"


def _is_finite(word: str) -> bool:
    """Whether a word is likely to be a finite verb: a headline's clause has none."""
    return word.endswith("ed") or word in governors.FINITE


def _of_clause(before: Sequence[str]) -> Status | None:
    """Return what the beginning of a verb's clause says: "if", "denied that", "no bomb"."""
    words = set(before)
    if not governors.CONDITIONS.isdisjoint(words):
        return "hypothetical"
    if not governors.DENIALS.isdisjoint(words):
        return "denied"
    if _nobody(before[-_SUBJECT:]):
        return "denied"
    if {"fear", "fears", "feared"} & words and "that" in words:
        return "hypothetical"
    return None


def _nobody(subject: Sequence[str]) -> bool:
    """Whether the words before a verb end in a subject such as "no bomb" or "no one"."""
    for at in range(len(subject) - 1, -1, -1):
        if subject[at] in governors.NOBODY:
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
        if use.head in governors.MOVING and helpers & {"is", "are", "was", "were"}:
            return "planned"
        if at >= 0 and use.head in governors.PONDERED and words[at] in governors.PONDERING:
            return "hypothetical"
        lasting = present or ("been" in helpers and bool(helpers & {"has", "have"}))
        if lasting:
            return "ongoing"
        return (
            governors.GERUND_GOVERNORS.get(words[at])
            if at >= 0 and not helpers & governors.BE
            else None
        )
    if "being" in helpers and present:
        return "ongoing"
    if "still" in helpers and present:
        return "ongoing"
    bare = not use.head.endswith("ed") and not helpers
    if bare and not governors.ADVANCE.isdisjoint(words[use.end : use.end + 6]):
        return "planned"
    return None


def _of_noun(use: Use) -> Status | None:
    """Return what stands before and after a noun says."""
    behind = use.words[use.end : use.end + 2]
    if behind[:1] == [":"] and not governors.NONE.isdisjoint(behind):
        return "denied"
    compound = governors.COMPOUND.get(behind[0]) if behind else None
    after = _after(use)
    if compound or after in {"denied", "happened"}:
        return compound or after
    if use.head in governors.STATES and use.words[use.start - 1] in {
        "is",
        "are",
        "remain",
        "remains",
    }:
        return "ongoing"
    if _is_fixed(use):
        return "planned"
    if _is_set(use):
        return after
    return _before(use) or after


def _is_fixed(use: Use) -> bool:
    """Whether somebody put a noun on a day to come: "set sentencing for April"."""
    before = use.words[max(0, use.start - _GOVERN) : use.start]
    behind = use.words[use.end : use.end + 1]
    return behind in (["for"], ["on"]) and not governors.FIXING.isdisjoint(before[-3:])


def _after_words(use: Use) -> Sequence[str]:
    """Return the words after a noun in which its own verb may stand."""
    words = _without_aside(use.words[use.end : use.end + 2 * _AFTER])[:_AFTER]
    for at, word in enumerate(words):
        if word in governors.BOUNDARIES or word in {"that", ","}:
            return words[:at]
    return words


def _without_aside(words: Sequence[str]) -> Sequence[str]:
    """Return the words behind a noun without an aside before its verb: "the next, by air, is"."""
    if words[:1] != [","] or "," not in words[2:]:
        return words
    rest = words[words.index(",", 2) + 1 :]
    return rest if rest and rest[0] in governors.BE | governors.FUTURE else words


def _after(use: Use) -> Status | None:
    """Return what a noun's own verb says: "was called off", "will be held", "continues"."""
    words = _after_words(use)
    pairs = set(pairwise(words))
    if _is_off(words) or _is_elsewhere(words):
        return "denied"
    if _is_only_possible(use, words):
        return "hypothetical"
    if not pairs.isdisjoint(governors.DONE_PAIRS):
        return "denied" if _negated(words[:2]) else "happened"
    for a, b in pairwise([*words, ""]):
        if (
            a in governors.FUTURE
            and b in governors.FUTURE_VERBS
            and not _is_definite_harm(use, words, a)
        ):
            return "planned"
    if not pairs.isdisjoint(governors.AHEAD) or any(
        a in governors.BE and b in governors.ABOUT_TO_BE for a, b in pairs
    ):
        return "planned"
    known = _is_definite(use)
    if any(
        a in governors.DOUBT | {"would"} and (b in governors.MAY_VERBS or not known)
        for a, b in pairs
    ):
        return None if _is_caused(words) else "hypothetical"
    if words[:1] and words[0] in governors.GOING_ON:
        return "ongoing"
    if not pairs.isdisjoint(governors.GOING_ON_PAIRS) or any(
        a in governors.BE and b in governors.GOING_ON for a, b in pairs
    ):
        return "ongoing"
    return None


def _is_elsewhere(words: Sequence[str]) -> bool:
    """Whether a noun's verb says where it was not: "the shooting was not in the capital"."""
    return (
        list(words[1:2]) == ["not"]
        and words[0] in {"was", "were", "is"}
        and not _WHERE.isdisjoint(words[2:3])
    )


def _is_only_possible(use: Use, words: Sequence[str]) -> bool:
    """Whether a noun is said to brew, to be a danger, or to have been proposed."""
    pairs = set(pairwise(words))
    if any(a in governors.BE and b in governors.BREWING | _LIKELY for a, b in pairs):
        return True
    if not governors.PERILS.isdisjoint(_complement(use)):
        return True
    such = "such" in use.words[max(0, use.start - 2) : use.start]
    return (such and not {"would", "could"}.isdisjoint(words)) or _is_posed(use)


def _complement(use: Use) -> Sequence[str]:
    """Return what a noun is said to be: "an earthquake near the dam is | a likelier danger"."""
    words = use.words[use.end : use.end + 2 * _AFTER]
    be = next((at for at, word in enumerate(words) if word in {"is", "are", "remains"}), None)
    if be is None or not _POINTING.isdisjoint(use.words[max(0, use.start - 1) : use.start]):
        return ()
    return words[be + 1 : be + 5] if words[be + 1 : be + 2] in (["a"], ["the"], ["another"]) else ()


def _is_posed(use: Use) -> bool:
    """Whether an aside behind a noun says that it was proposed."""
    words = use.words[use.end : use.end + 2 * _AFTER]
    posed = any(a == "," and b in governors.POSED for a, b in pairwise(words))
    return posed and not _is_definite(use)


def _is_caused(words: Sequence[str]) -> bool:
    """Whether words ask what caused or did what is known ("may have been an accident")."""
    return not {"caused", "been", "linked", "blamed"}.isdisjoint(words)


def _is_definite_harm(use: Use, words: Sequence[str], modal: str) -> bool:
    """Whether "the attack will be ..." speaks of one that has been: only "be held" lies ahead."""
    at = list(words).index(modal)
    return (
        _is_definite(use)
        and words[at + 1 : at + 2] == ["be"]
        and not governors.BE_LATER & set(words[at + 2 : at + 3])
    )


def _is_off(words: Sequence[str]) -> bool:
    """Whether a noun's verb says that it came to nothing."""
    for a, b in pairwise(words):
        if a in {"was", "were", "been", "is", "be"} and b in governors.OFF:
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
        word in governors.SETTING
        or word in governors.LINKS
        or word in governors.BOUNDARIES
        or word in governors.DOING
        or word in {",", "and", "or", "with", "about", "into"}
        or word in governors.BE
    )


def _is_definite(use: Use) -> bool:
    """Whether a noun is one already known: "the attack", "Monday's attack"."""
    phrase = _noun_phrase(use)
    if phrase[:1] == ["that"] and use.words[use.start - len(phrase) - 1] in governors.SAYING:
        phrase = phrase[1:]
    return not governors.DEFINITE.isdisjoint(phrase)


def _is_set(use: Use) -> bool:
    """Whether a noun stands as a setting: "no one was hurt in the attack"."""
    phrase = _noun_phrase(use)
    at = use.start - len(phrase) - 1
    if at < 0 or use.words[at] not in governors.SETTING:
        return False
    if not governors.LATENT.isdisjoint(phrase):
        return False
    outer = use.words[max(0, at - _REACH) : at]
    return _is_definite(use) or not (
        governors.FUTURE | governors.DOUBT | governors.CONDITIONS
    ) & set(outer)


def _before(use: Use) -> Status | None:
    """Return what the nearest word before a noun that decides says."""
    words, start = use.words, use.start
    known = _is_definite(use)
    first = max(0, start - _REACH)
    for at in range(start - 1, first - 1, -1):
        word = words[at]
        if (
            word in governors.MARKS
            or tuple(words[at : at + 2]) in governors.JOINTS
            or word in {"but", "while"}
        ):
            return None
        told = _decides(words, at, start, known=known)
        if told:
            return told
    return None


def _decides(words: Sequence[str], at: int, start: int, *, known: bool) -> Status | None:
    """Return what one word before a noun says, if it governs the noun."""
    word, between = words[at], words[at + 1 : start]
    if word in governors.CONDITIONS:
        return "happened" if known else "hypothetical"
    told = _of_denial(words, at, start, known=known)
    if told:
        return told
    if word == "to" and not governors.DOING.isdisjoint(between[:1]):
        return _of_infinitive(words, at, perfect=False)
    told = governors.BEFORE_NOUN.get(word)
    if told is None or (told != "happened" and len(between) > _GOVERN):
        return None
    if word in governors.ADJECTIVES and len(between) > 1:
        return None
    if (word == "wanted" and "for" in between) or governors.is_of_past(between):
        return "happened"
    if word in governors.LINKED and governors.LINKS.isdisjoint(between[:3]):
        return None
    if word in governors.MODALS and known and governors.DOING.isdisjoint(between):
        return "happened"
    if told in {"planned", "hypothetical", "threatened"} and _negated(words[max(0, at - 3) : at]):
        return "denied"
    return told


def _of_denial(words: Sequence[str], at: int, start: int, *, known: bool) -> Status | None:
    """Return what a word of denial or prevention before a noun says."""
    word, between = words[at], words[at + 1 : start]
    outer = words[max(0, at - 4) : at]
    if word in governors.PREVENTED:
        return _of_prevention(word, outer)
    if word == "out" and words[at - 1] in {"rule", "ruled", "ruling", "rules"}:
        return "hypothetical" if _negated(outer) else "denied"
    if word == "little" and not between:
        return "denied"
    if word in {"no", "without", "neither", "nor"}:
        return "denied" if len(between) <= 3 and "longer" not in between else None  # noqa: PLR2004
    if word in governors.DENIALS:
        return "happened" if known or governors.TAKING_PART & set(between) else "denied"
    if (
        _is_negation(word)
        and between[:1]
        and between[0] in governors.NOT_DENYING | {"rule", "prevent"}
    ):
        return None
    if _is_negation(word):
        if not governors.UNKNOWN.isdisjoint(between):
            return "happened"
        undone = not known or not governors.DOING.isdisjoint(between)
        return "denied" if undone and not governors.MODALS & set(between) else None
    return None


def _of_prevention(word: str, outer: Sequence[str]) -> Status:
    """Return what "prevented" or "could not prevent" says of its object."""
    if any(each in governors.HELPLESS or _is_negation(each) for each in outer):
        return "happened"
    ahead = not governors.MODALS.isdisjoint(outer) or "to" in outer[-2:]
    return "hypothetical" if ahead and not word.endswith("ed") else "denied"
