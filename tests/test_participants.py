"""Who did it, and to whom."""

from __future__ import annotations

from datetime import date

import pytest
from hostile_texts import any_text, any_words
from hypothesis import given

from geomap.events import extract
from geomap.model import Article
from geomap.page import Page
from geomap.participants import around


def told(text: str, trigger: str) -> dict[str, str]:
    """Return the participants of the event of a trigger by their role."""
    article = Article("1", text, published=date(2020, 1, 1))
    page = Page(article, ())
    (event,) = [e for e in extract(article) if e.trigger.of(text) == trigger]
    return {p.role: p.name for p in around(page.scene(event)[1], text)}


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        (
            "Gunmen kidnapped two nurses in Goma.",
            "kidnapped",
            {"actor": "Gunmen", "target": "two nurses"},
        ),
        (
            "Two nurses were kidnapped by gunmen in Goma.",
            "kidnapped",
            {"actor": "gunmen", "target": "Two nurses"},
        ),
        (
            "BISSAU - Soldiers arrested a minister.",
            "arrested",
            {"actor": "Soldiers", "target": "a minister"},
        ),
        ("27 people were arrested on Monday.", "arrested", {"target": "27 people"}),
        ("Police arrested 12 men.", "arrested", {"actor": "Police", "target": "12 men"}),
        ("Thousands of people marched in Cairo.", "marched", {"actor": "Thousands of people"}),
        (
            "Gunmen on motorcycles shot dead two policemen near Mastung.",
            "shot dead",
            {"actor": "Gunmen on motorcycles", "target": "two policemen"},
        ),
        (
            "Protesters tried to storm the palace, and police allegedly arrested 12 men.",
            "arrested",
            {"actor": "police", "target": "12 men"},
        ),
        (
            "Demonstrators tried repeatedly to storm the palace.",
            "storm",
            {"actor": "Demonstrators", "target": "the palace"},
        ),
        ("He was arrested.", "arrested", {}),
        ("On Sunday, the US launched air strikes.", "air strikes", {"actor": "the US"}),
        ("The air strikes by France hit a base.", "air strikes", {"actor": "France"}),
        (
            "The mayor said gunmen ambushed a convoy.",
            "ambushed",
            {"actor": "gunmen", "target": "a convoy"},
        ),
    ],
)
def test_actors_and_targets_are_read_from_the_order_of_words(
    text: str, trigger: str, expected: dict[str, str]
) -> None:
    assert told(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "names"),
    [
        ("Taliban fighters attacked Kunduz.", "attacked", ["Taliban", "Kunduz"]),
        ("Iraqi troops attacked the Islamic State's fighters.", "attacked",
         ["Iraq (forces)", "Islamic State"]),
        ("Two unidentified gunmen kidnapped a nurse.", "kidnapped", ["gunmen", "nurses"]),
        ("A nurse was kidnapped by FARC guerrillas.", "kidnapped", ["nurses", "FARC"]),
    ],
)  # fmt: skip
def test_participants_have_one_name_each(text: str, trigger: str, names: list[str]) -> None:
    article = Article("1", text, published=date(2020, 1, 1))
    (event,) = [e for e in extract(article) if e.trigger.of(text) == trigger]
    found = around(Page(article, ()).scene(event)[1], text)
    assert [p.normalized for p in found] == names


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A quake shook Lima.", "quake"),
        ("Floods hit Quito.", "Floods"),
        ("A bus crashed in Lima.", "crashed"),
        ("A bomb in Mosul exploded.", "exploded"),
        ("Cholera broke out, an outbreak that killed ten.", "outbreak"),
    ],
)
def test_nature_and_things_are_no_actors(text: str, trigger: str) -> None:
    assert told(text, trigger) == {}


@pytest.mark.parametrize(
    "text",
    ["kidnapped", "was kidnapped", "Gunmen kidnapped later", "kidnapped by", "kidnapped a"],
)
def test_a_sentence_that_breaks_off_is_no_error(text: str) -> None:
    assert set(told(text, "kidnapped")) <= {"actor", "target"}


@given(any_text() | any_words())
def test_participants_are_words_of_the_text(text: str) -> None:
    article = Article("1", text, published=date(2020, 1, 1))
    page = Page(article, ())
    for event in extract(article):
        if event.type:
            for participant in around(page.scene(event)[1], text):
                assert participant.span.of(text) == participant.name
                assert event.sentence.covers(participant.span)
