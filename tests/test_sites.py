"""Where in its sentence an event happened."""

from __future__ import annotations

from datetime import date

import pytest

from geomap import link
from geomap.events import extract
from geomap.model import Article
from geomap.page import Page
from geomap.pipeline import Pipeline

PIPELINE = Pipeline()


def sites(text: str, trigger: str) -> list[tuple[str, str]]:
    """Return names and roles of the places that a sentence gives the event of a trigger."""
    article = Article("1", text, published=date(2020, 1, 1))
    page = Page(article, PIPELINE.mentions(article))
    (event,) = [e for e in extract(article) if e.trigger.of(text) == trigger]
    draft = link.draft_event(page, event)
    return [(site.mention.toponym.text, site.role) for site in draft.sites]


def places(text: str, trigger: str) -> list[str]:
    """Return the names of the places alone."""
    return [name for name, _ in sites(text, trigger)]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("A bomb exploded in Mosul on Tuesday.", "exploded", ["Mosul"]),
        ("In Mosul, a bomb exploded on Tuesday.", "exploded", ["Mosul"]),
        ("A quake shook Lima.", "quake", ["Lima"]),
        ("Rebels attacked the town of Goma.", "attacked", ["Goma"]),
        ("Rebels attacked Goma after leaving Bukavu.", "attacked", ["Goma"]),
        ("Officials in Kinshasa said rebels attacked Goma.", "attacked", ["Goma"]),
        ("Rebels attacked Goma, officials in Kinshasa said.", "attacked", ["Goma"]),
        ("Protests were held in Mombasa and Kisumu.", "Protests", ["Mombasa", "Kisumu"]),
        ("Protests were held in Mombasa, Kisumu and Eldoret.", "Protests", 3),
        ("A flood hit Sylhet, Bangladesh.", "flood", ["Sylhet"]),
        ("A bomb exploded in Paris, Texas.", "exploded", ["Paris"]),
        ("A bomb exploded outside the parliament in central Kabul.", "exploded", ["Kabul"]),
        (
            "Police arrested five men in Nairobi and a bus crashed in Mombasa.",
            "arrested",
            ["Nairobi"],
        ),
        (
            "Police arrested five men in Nairobi and a bus crashed in Mombasa.",
            "crashed",
            ["Mombasa"],
        ),
        ("A quake shook Lima, while floods hit Quito.", "quake", ["Lima"]),
        ("A quake shook Lima, while floods hit Quito.", "floods", ["Quito"]),
        ("Gunmen killed six soldiers on an Iraqi military base.", "killed", ["Iraqi"]),
        ("Thousands fled from Aleppo to Turkey.", "fled", ["Aleppo"]),
        ("The blast, near Basra, killed two.", "blast", ["Basra"]),
    ],
)
def test_an_event_takes_the_place_that_its_sentence_gives_it(
    text: str, trigger: str, expected: list[str] | int
) -> None:
    found = places(text, trigger)
    assert (found if isinstance(expected, list) else len(found)) == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Washington said the protesters stormed the building.", "stormed"),
        ("Tehran-backed militants attacked a convoy.", "attacked"),
        ("Russian troops attacked a convoy.", "attacked"),
        ("The University of Kent was told of an earthquake.", "earthquake"),
        ("Protesters marched against Iran.", "Protesters"),
        ("Paris condemned the bombing.", "bombing"),
        ("French, British and US diplomats condemned the bombing.", "bombing"),
    ],
)
def test_who_speaks_sends_or_is_blamed_is_no_place(text: str, trigger: str) -> None:
    assert places(text, trigger) == []


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("France sent 500 troops to Mali.", "sent", [("Mali", "destination")]),
        ("Marines were deployed from Kuwait to Iraq.", "deployed", [("Iraq", "destination")]),
        ("Protesters marched in Cairo.", "Protesters", [("Cairo", "site")]),
        ("Rebels attacked Goma.", "attacked", [("Goma", "target")]),
    ],
)
def test_a_place_has_a_role(text: str, trigger: str, expected: list[tuple[str, str]]) -> None:
    assert sites(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Marines were deployed from Kuwait to Iraq.", "Kuwait"),
        ("Troops from a command in Kuwait were deployed to Iraq.", "Kuwait"),
        ("Marines were deployed to Iraq.", None),
    ],
)
def test_a_movement_has_a_start(text: str, origin: str | None) -> None:
    article = Article("1", text, published=date(2020, 1, 1))
    page = Page(article, PIPELINE.mentions(article))
    (event,) = extract(article)
    found = link.draft_event(page, event).origin
    assert (found.toponym.text if found else None) == origin


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("A man was stabbed and taken to a hospital in Nairobi.", "stabbed", []),
        ("He died in a hospital in Peshawar after the bombing.", "bombing", []),
        ("Ten people died in a fire at a hospital in Baghdad.", "fire", ["Baghdad"]),
        ("Gunmen attacked a hospital in Kunduz.", "attacked", ["Kunduz"]),
        ("Ten were flown to a clinic in Nairobi after a bomb exploded in Mandera.", "exploded",
         ["Mandera"]),
        ("Analysts in Bogotá called the ceasefire fragile.", "ceasefire", []),
        ("A quake, forecasters in Tallahassee said.", "quake", []),
        ("Diplomats in Kabul were attacked.", "attacked", ["Kabul"]),
        ("Police in Mosul said that a bomb exploded.", "exploded", ["Mosul"]),
        ("The quake was felt in Patras, not in Tripoli, Libya.", "quake", ["Patras"]),
        ("A bus crashed 30 miles from Nairobi.", "crashed", ["Nairobi"]),
        ("Vans from Eldoret and Kisumu handed out water at Nakuru.", "handed out", ["Nakuru"]),
        ("It was not in Cairo or Alexandria that the bomb exploded.", "exploded", []),
        ("The quake was felt as far as Yazd, and people in Dubai ran.", "quake", []),
        ("The quake was felt in Yazd.", "quake", ["Yazd"]),
        ("Mali expelled the French ambassador in Paris's name.", "expelled", ["Mali"]),
        ("Two Russian diplomats were expelled from Bulgaria.", "expelled", ["Bulgaria"]),
        ("A bus crashed on its way from Nairobi to Mombasa.", "crashed", []),
        ("Rebels of North Kivu signed a ceasefire in Luanda.", "signed", ["Luanda"]),
    ],
)  # fmt: skip
def test_a_place_named_for_something_else_is_no_site(
    text: str, trigger: str, expected: list[str]
) -> None:
    assert places(text, trigger) == expected
