"""Place names in a text."""

from __future__ import annotations

import pickle
from itertools import pairwise
from time import process_time

import pytest
from hostile_texts import REPEATED, any_text, repeated
from hypothesis import given, settings

from geomap.recognize import BundledRecognizer

RECOGNIZE = BundledRecognizer()


def names(text: str) -> list[str]:
    """Return the names of places in a text."""
    return [toponym.text for toponym in RECOGNIZE(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb exploded in Baghdad on Tuesday.", ["Baghdad"]),
        ("Rebels attacked Goma, in the Democratic Republic of the Congo.", 2),
        ("Floods hit Sylhet and Sunamganj.", ["Sylhet", "Sunamganj"]),
        ("He flew from Paris to New York.", ["Paris", "New York"]),
        ("Protesters marched in São Paulo and Bogotá.", ["São Paulo", "Bogotá"]),
        ("The U.S. sent troops to Iraq.", ["U.S.", "Iraq"]),
        ("Iraqi police in Mosul arrested five men.", ["Iraqi", "Mosul"]),
        ("A quake shook Côte d'Ivoire.", ["Côte d'Ivoire"]),
        ("Soldiers left Mali’s capital, Bamako.", ["Mali", "Bamako"]),
        ("Shots were fired in Port-au-Prince.", ["Port-au-Prince"]),
        ("In Kyiv, sirens sounded.", ["Kyiv"]),
        ("A missile alert went out in Hawaii.", ["Hawaii"]),
        ("Europe and the Atlantic were hot.", ["Europe", "Atlantic"]),
    ],
)
def test_names_of_places_are_found(text: str, expected: list[str] | int) -> None:
    found = names(text)
    assert (found if isinstance(expected, list) else len(found)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He said it was of no use.",
        "Police arrested Paris Hilton.",
        "George Washington crossed the river.",
        "Jack London wrote books.",
        "The march was over. Reading is fun. Mobile phones rang.",
        "On Monday in March he ate turkey.",
        "Of course nice people came. As usual, by noon. By noon he left.",
        "Prime Minister Adel Abdul Mahdi spoke.",
        "A truck left US-2. U.S. Highway 41 was shut.",
    ],
)
def test_words_and_persons_are_no_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A landslide buried the village of Ankilimanondro on Friday.", "Ankilimanondro"),
        ("The flood came down the Efaho river at night.", "Efaho"),
        ("Some 15,000 walked to Zsipawa, she was told.", "Zsipawa"),
        ("Shells fell on San Juan de Lurigancho.", "San Juan de Lurigancho"),
        ("A test was held at Punggye-ri.", "Punggye-ri"),
        ("THE TROOPS LEFT THE TOWN OF CHULLAS.", "CHULLAS"),
        ("REBELS ATTACKED A BRIDGE IN HUILA DEPARTMENT.", "HUILA DEPARTMENT"),
    ],
)
def test_names_that_no_list_has_are_told_by_the_words_around_them(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rain fell on Bowen, Proserpine and Mackay, in Queensland. A storm tide hit Ayr.", "Ayr"),
        ("Peru sent nurses to Piura and Sullana. Talara closed its schools.", "Talara"),
        ("LA PAZ, 24 DEC 88 -- THE POLICE ARRESTED TWO MEN.", "LA PAZ"),
        ("FIGHTING WENT ON IN SAN MIGUEL, EL SALVADOR. USULUTAN WAS CALM.", "USULUTAN"),
    ],
)
def test_names_in_the_company_of_others_are_found(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("THE GENERAL TOLD US THAT LIMA WAS CALM.", "US"),
        ("COL VARGAS SAID IN SAN SALVADOR THAT THE TROOPS LEFT.", "VARGAS"),
        ("The flu cost Hong Kong US$5 million.", "US"),
    ],
)
def test_words_and_persons_in_the_company_of_names_are_no_places(text: str, name: str) -> None:
    assert name not in names(text)


def test_a_text_in_small_letters_is_read_too() -> None:
    text = "omg a bus was hit by a train in guadalajara and it is BAD. my aunt in panama is fine"
    assert names(text) == ["guadalajara", "panama"]


def test_a_question_mark_is_no_part_of_a_name() -> None:
    assert names("Who would stay in Shan State?") == ["Shan State"]


def test_a_name_told_once_is_found_throughout() -> None:
    text = "Rebels took the town of Zamtuva. Zamtuva was empty when they came."
    assert names(text) == ["Zamtuva", "Zamtuva"]


@pytest.mark.parametrize(
    "text", ["He died from Ebola.", "They met at Wotif.com.", "It was between Sept. 26 and 30."]
)
def test_words_behind_prepositions_may_be_no_places(text: str) -> None:
    assert names(text) == []


def test_the_kinds_of_names_are_told() -> None:
    text = "Washington said Iraqi police guarded the embassy in Baghdad with Kenya Airways."
    assert {t.text: t.kind for t in RECOGNIZE(text)} == {
        "Washington": "metonym",
        "Iraqi": "demonym",
        "embassy": "facility",
        "Baghdad": "place",
        "Kenya": "organization",
    }


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r"])
def test_line_ends_of_all_kinds_keep_the_offsets(end: str) -> None:
    text = f"A bomb exploded in Mosul.{end}Another went off in Basra.{end}"
    assert [t.span.of(text) for t in RECOGNIZE(text)] == ["Mosul", "Basra"]


def test_no_name_reaches_over_the_end_of_a_paragraph() -> None:
    assert "New\n\nYork" not in names("They came from New\n\nYork is a city.")


@pytest.mark.parametrize(
    "text",
    [
        "In İstanbul \ud800 it rained.",
        "A\udfff in B\ud800.",
        "Rain in be \ud800 QUETTA:",
        "Paris https://a.org/\ud800x\ud800",
    ],
)
def test_half_a_surrogate_pair_is_no_error(text: str) -> None:
    assert all(t.span.of(text) == t.text for t in RECOGNIZE(text))


@settings(max_examples=60)
@given(any_text())
def test_toponyms_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = RECOGNIZE(text)
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in found)
    assert all(t.text == t.span.of(text) for t in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(0 <= t.score <= 1 for t in found)
    assert found == RECOGNIZE(text)


@pytest.mark.parametrize("name", REPEATED)
def test_a_long_text_is_read_soon(name: str) -> None:
    text = repeated(name, 10_000)
    begun = process_time()
    RECOGNIZE(text)
    assert process_time() - begun < 3


def test_a_recognizer_can_be_sent_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(RECOGNIZE))  # noqa: S301
    assert copy("A bomb in Baghdad.") == RECOGNIZE("A bomb in Baghdad.")
