"""Sentences, tokens and paragraphs, as offsets into texts of all kinds."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from time import process_time

import pytest
from hostile_texts import REPEATED, any_text, repeated
from hypothesis import given

from geomap.model import Span
from geomap.text import header, index_at, paragraphs, read, sentences, tokens

ONE_SENTENCE = [
    "Gen. Ali met Sen. Lee and Dr. Khan in St. Louis.",
    "Troops left on Dec. 31 after the vote.",
    "The U.S. Army said nothing.",
    "George W. Bush spoke.",
    "J. K. Rowling spoke.",
    "About 3.5 million people live there.",
    "He lives at No. 10 with Mrs. Smith.",
    "“Go!” he said.",
    '"Who did it?" she asked.',
    "Yahoo! said it would stay.",
    "They waited ... and waited.",
    "Acme Inc. said it had closed.",
    "The D.C. Council met.",
    "Rain fell on Mt. Etna and Ft. Hood.",
    "The firm, e.g. Shell, left.",
    "It happened at 5 p.m. on Monday.",
    "No full stop at the end",
    "(Reuters)",
    "Visit https://example.org/a.b?c=d. or not.",
]

SEVERAL = [
    ["He left.", "She stayed."],
    ["Was it a bomb?", "Nobody knew!", "They ran."],
    ["He met U.S. envoys.", "“We talked.”", "He left."],
    ["It ended at 5 p.m.", "The crowd went home."],
    ["They flew to the U.S.", "Officials said nothing."],
    ["They flew to the U.S.", "The crew slept."],
    ["“It was loud.”", "Amina Begum, 43, ran."],
    ["He said: “Stop.”", "They did not."],
    ["They waited…", "Then it blew up."],
    ["They waited...", "Then it blew up."],
    ["(He died.)", "She lived."],
    ["It cost 5.", "Prices rose."],
    ["It was Plan B.", "The army left."],
    ["Il fait 5.3 degrés.", "Élise est partie."],
]


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert [span.of(text) for span in sentences(text)] == [text]


@pytest.mark.parametrize("expected", SEVERAL, ids=" | ".join)
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    text = " ".join(expected)
    assert [span.of(text) for span in sentences(text)] == expected


def test_a_quotation_that_ends_without_a_space_ends_its_sentence() -> None:
    text = "“They fled.”The mayor agreed."
    assert [span.of(text) for span in sentences(text)] == ["“They fled.”", "The mayor agreed."]


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n\n"])
def test_an_empty_line_ends_a_sentence(end: str) -> None:
    text = f"Thousands flee{end}BEIRA - A cyclone struck{end}"
    found = ["Thousands flee", "BEIRA - A cyclone struck"]
    assert [span.of(text) for span in sentences(text)] == found
    assert [span.of(text) for span in paragraphs(text)] == found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_break_of_a_wrapped_text_ends_no_sentence(end: str) -> None:
    lines = ["The river burst its banks on Monday and swept away", "two bridges near the old port."]
    text = end.join([*lines, "", "Nobody was hurt when the water came down the valley", "at noon."])
    assert len(sentences(text)) == 2


def test_each_line_of_a_text_of_long_lines_is_a_paragraph() -> None:
    long = "The river burst its banks on Monday and swept away two bridges near the old port, " * 2
    text = f"Floods in the north\n{long}\n{long}"
    assert len(paragraphs(text)) == 3


def test_the_header_is_no_part_of_the_body() -> None:
    text = " date 2020-01-01 The United States said nothing. It slept."
    assert header(text) == (date(2020, 1, 1), 17)
    assert [span.of(text) for span in sentences(text)] == [
        "The United States said nothing.",
        "It slept.",
    ]


@pytest.mark.parametrize(
    "text", ["", "date", "date 2020-13-01 x", "update 2020-01-01 x", "date 2020-01-011 x"]
)
def test_what_only_looks_like_a_header_is_text(text: str) -> None:
    assert header(text) == (None, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iraq's army", ["Iraq", "'s", "army"]),
        ("Iraq’s army", ["Iraq", "’s", "army"]),
        ("the U.S. said", ["the", "U.S.", "said"]),
        ("d'Ivoire’s", ["d'Ivoire", "’s"]),
        ("1,000 people, 3.5 km", ["1,000", "people", ",", "3.5", "km"]),
        ("air-strike", ["air", "-", "strike"]),
        ("see https://a.b/c?d=e now", ["see", "https://a.b/c?d=e", "now"]),
        ("Marines@SPMAGTF_CR said", ["Marines", "@SPMAGTF_CR", "said"]),
        ("Łódź, Côte", ["Łódź", ",", "Côte"]),
        ("", []),
    ],
)
def test_tokens_are_words_numbers_and_marks(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


def test_tokens_of_a_span_stay_inside_it() -> None:
    text = "Rebels attacked Goma."
    assert [token.text for token in tokens(text, Span(7, 15))] == ["attacked"]


def test_words_are_lower_case_with_plain_apostrophes_and_no_hyphens() -> None:
    sentence = read("Iraq’s AIR-strikes hit.")[0]
    assert sentence.words == ["iraq", "'s", "air", "strikes", "hit", "."]
    assert sentence.span_of(2, 3).of("Iraq’s AIR-strikes hit.") == "AIR-strikes"


def test_a_span_covers_the_words_that_it_touches() -> None:
    sentence = read("An air-strike hit Iraq.")[0]
    assert sentence.word_range(Span(3, 13)) == (1, 2)
    assert sentence.word_range(Span(13, 14)) is None


@pytest.mark.parametrize(("offset", "index"), [(0, -1), (2, 0), (5, 0), (6, 1), (99, 1)])
def test_the_last_span_that_starts_before_an_offset_is_found(offset: int, index: int) -> None:
    assert index_at([Span(2, 4), Span(6, 9)], offset) == index


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n", "\t \n", "\u3000"])
def test_a_text_without_words_has_no_sentences(text: str) -> None:
    assert sentences(text) == paragraphs(text) == []
    assert read(text) == ()


def in_order_inside(spans: list[Span], text: str) -> bool:
    """Whether spans lie in a text, one after the other, none of them empty."""
    inside = all(0 <= span.start < span.end <= len(text) for span in spans)
    return inside and all(a.end <= b.start for a, b in pairwise(spans))


@given(any_text())
def test_spans_lie_in_the_text_and_in_order(text: str) -> None:
    whole = paragraphs(text)
    parts = sentences(text)
    assert in_order_inside(whole, text)
    assert in_order_inside(parts, text)
    assert all(any(outer.covers(part) for outer in whole) for part in parts)
    assert all(span.of(text) == span.of(text).strip() for span in [*whole, *parts])


@given(any_text())
def test_no_character_of_the_body_but_white_space_is_lost(text: str) -> None:
    body = text[header(text)[1] :]
    kept = "".join("".join(span.of(text).split()) for span in sentences(text))
    assert kept == "".join(body.split())


@given(any_text())
def test_tokens_are_the_characters_at_their_offsets(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert in_order_inside([Span(token.start, token.end) for token in found], text)


@given(any_text())
def test_sentences_hold_the_words_of_their_tokens(text: str) -> None:
    for sentence in read(text):
        assert len(sentence.words) == len(sentence.at)
        assert all(
            sentence.span.start <= token.start < token.end <= sentence.span.end
            for token in sentence.tokens
        )


@pytest.mark.parametrize("name", REPEATED)
def test_a_long_text_without_an_end_of_a_sentence_is_read_at_once(name: str) -> None:
    text = repeated(name, 100_000)
    begun = process_time()
    found = sentences(text)
    # A second at the most where the machine is free; a run that grows with the square needs many.
    assert process_time() - begun < 5
    assert in_order_inside(found, text)
    assert all(span.end - span.start <= 5000 for span in found)


def test_headlines_one_below_the_other_are_sentences() -> None:
    text = "Bomb kills nine in Quetta\nFloods displace thousands in Sudan\nQuake shakes Lima\n"
    assert [span.of(text) for span in sentences(text)] == text.split("\n")[:3]
