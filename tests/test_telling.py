"""The quick look: whether a sentence may tell of an event at all, by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile_texts import any_text
from hypothesis import given
from hypothesis import strategies as st

from geomap.telling import LEAST, MODEL, NUMBER, log_odds, may_tell, shapes, weights
from geomap.text import read
from geomap.training.articles import annotated
from geomap.training.telling import Example, article_examples, report

if TYPE_CHECKING:
    from collections.abc import Sequence

ARTICLE = (
    "=== 2024-05-08 | wire | Quake\n@a earthquake; Lima -12 -77\n@b storm threatened; Lima -12 -77"
    "\n\nA strong {a quake} shook Lima on Monday. The {~fire fire} of 1999 is not forgotten there. "
    "Forecasters warned of a {b storm} later this week. It rained."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels attacked the village at dawn.",
        "Eleven shops were gutted when a stove tipped over.",
        "The river came over its banks at Opole.",
        "Police arrested 14 people after the march.",
        "The two ministers met in Geneva on Friday.",
    ],
)
def test_a_sentence_that_tells_of_an_event_passes(sentence: str) -> None:
    assert may_tell(read(sentence)[0].words)


@pytest.mark.parametrize(
    "sentence",
    [
        "The recipe needs two onions and some patience.",
        "She was born in Cusco and studied law in Lima.",
        "The company expects higher profits next year.",
        "He plays the cello and has three children.",
    ],
)
def test_a_sentence_that_tells_of_nothing_is_spared(sentence: str) -> None:
    assert not may_tell(read(sentence)[0].words)


def test_the_weights_are_few_digits_under_words_as_sentences_have_them() -> None:
    known = weights()
    assert known[""] < 0
    assert MODEL.stat().st_size < 500_000
    words = known.keys() - {""}
    assert shapes(words - {NUMBER}) == words - {NUMBER}
    assert all(round(weight, 2) == weight != 0 for weight in known.values())


@given(any_text())
def test_any_text_is_judged_whatever_the_order_of_its_words(text: str) -> None:
    words = [word for sentence in read(text) for word in sentence.words]
    assert may_tell(words) == may_tell(words[::-1]) == may_tell(sorted(words * 2))


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.floats(-5, 5)))
def test_every_known_word_adds_its_weight_and_an_unknown_one_nothing(
    known: dict[str, float],
) -> None:
    found = log_odds([*known, "unknown"], {"": LEAST, **known})
    assert found == pytest.approx(LEAST + sum(known.values()))


def test_numbers_are_alike_and_marks_are_no_words() -> None:
    assert shapes(["7", "1,200", "30th", "-", "“", "mud"]) == {NUMBER, "mud"}
    assert shapes([]) == set()


def test_a_sentence_is_an_example_by_the_words_of_real_events_in_it() -> None:
    found = list(article_examples(annotated("1", ARTICLE)))
    assert [told for _, told, _ in found] == [True, False, False]
    assert "quake" in found[0].words
    assert {origin for _, _, origin in found} == {"1"}


def test_the_cross_validation_counts_each_sentence_once() -> None:
    pytest.importorskip("sklearn")
    told = [Example({"blast", f"b{at}"}, told=True, origin=f"t{at}") for at in range(20)]
    untold = [Example({"recipe", f"r{at}"}, told=False, origin=f"u{at}") for at in range(20)]
    assert lines([*told, *untold]) == [
        "tell of an event: 20, let pass 20",
        "tell of none: 20, let pass 0",
    ]


def lines(found: Sequence[Example]) -> list[str]:
    return list(report(found, 4))
