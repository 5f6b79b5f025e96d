"""Whose name a name is: a place's, a people's, a government's, an organization's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.kinds import FACILITY, kind_of
from geomap.model import Candidate, Place
from geomap.text import tokens

COUNTRY = Place("c", "Iran", 53, 32, "PCLI", "IR", population=90_000_000)
CAPITAL = Place("b", "Tehran", 51, 35, "PPLC", "IR", population=9_000_000)
TOWN = Place("t", "Kent", 0, 51, "PPL", "GB", population=90_000)


def kind(marked: str, place: Place, name_kind: str = "name") -> str:
    """Return the kind of the name in brackets."""
    before, name, _ = marked.replace("]", "[").split("[")
    found = tokens(marked.replace("[", "").replace("]", ""))
    first = len(tokens(before))
    last = first + len(tokens(name)) - 1
    return kind_of(found, first, last, Candidate(place, name_kind))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "marked",
    [
        "A blast in [Tehran] killed two.",
        "Protesters marched in [Tehran] and said no.",
        "He flew to [Tehran] on Monday.",
        "The streets of [Tehran] were empty.",
        "Near [Tehran], rebels attacked.",
        "[Tehran]'s streets were empty.",
        "[Tehran] was shaken by a quake.",
        "A quake shook [Tehran] on Monday.",
        "From [Tehran] they drove north.",
        "In [Tehran] said to be empty.",
        "Protesters in [Tehran], Iraq and Syria demanded more.",
        "People from Oman, [Tehran] and Syria called for peace.",
        "Floods hit [Tehran], Oman and Peru.",
        "[Tehran] - The president spoke on Monday.",
        "The containers were bound for [Tehran].",
        "They respect the borders with [Tehran].",
        "[Tehran] was bombed again.",
        "[Tehran] suffered most.",
    ],
)
def test_a_capital_where_something_happens_is_a_place(marked: str) -> None:
    assert kind(marked, CAPITAL) == "place"
    assert kind(marked, COUNTRY) == "place"


@pytest.mark.parametrize(
    "marked",
    [
        "[Tehran] said it would reply.",
        "[Tehran] has condemned the attack.",
        "[Tehran] denied it.",
        "He blamed [Tehran] for the attack.",
        "They warned [Tehran] not to.",
        "[Tehran]'s government fell.",
        "[Tehran]-backed militias attacked.",
        "[Iran], which borders it, condemned it.",
        "Talks with [Tehran] failed.",
        "a campaign against [Tehran]",
        "[Tehran] would never agree.",
        "[Iran]-US relations are bad.",
        "[Tehran], Peru and Colombia agreed to trade.",
        "Chile, [Tehran] and Colombia agreed to trade.",
        "[Tehran] and Oman will sign it.",
        "They met at the request of [Tehran].",
        "Observers were sent by Oman and [Tehran].",
        "what [Tehran] described as a mistake",
        "Oman and [Tehran] were accused of it.",
        "[Tehran] does not negotiate.",
    ],
)
def test_a_capital_that_acts_is_a_government(marked: str) -> None:
    assert kind(marked, CAPITAL) == "metonym"
    assert kind(marked, COUNTRY) == "metonym"


@pytest.mark.parametrize(
    "marked",
    ["[Kent] said it would close.", "He blamed [Kent] for it.", "[Kent]-backed plans"],
)
def test_a_town_is_no_government(marked: str) -> None:
    assert kind(marked, TOWN) == "place"


@pytest.mark.parametrize(
    "marked",
    [
        "the University of [Kent] opened",
        "[Kent] University opened",
        "the [Kent] County Council met",
        "the Bank of [Kent] closed",
        "the [Kent] Times reported",
        "[Kent] Airways flies",
        "the Bishop Conference of [Kent]",
    ],
)
def test_a_name_inside_an_organization_s_is_the_organization_s(marked: str) -> None:
    assert kind(marked, TOWN) == "organization"


@pytest.mark.parametrize(
    "marked", ["The police of [Kent] came.", "the army in [Kent]", "In [Kent] police came."]
)
def test_an_organization_in_small_letters_is_none(marked: str) -> None:
    assert kind(marked, TOWN) == "place"


def test_a_people_s_name_is_a_demonym() -> None:
    assert kind("The [Iranian] army left.", COUNTRY, "demonym") == "demonym"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[US] air strikes killed ten.", "metonym"),
        ("The [US] said nothing.", "metonym"),
        ("He lives in the [US].", "place"),
        ("In the [US] he was unknown.", "place"),
        ("The [US] will condemn it.", "metonym"),
    ],
)
def test_an_abbreviation_is_a_people_a_government_or_a_place(marked: str, expected: str) -> None:
    assert kind(marked, COUNTRY, "abbreviation") == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("its embassy compound in Iraq", ["embassy compound"]),
        ("the US Embassy and the consulates", ["Embassy", "consulates"]),
        ("embassy building", ["embassy building"]),
        ("embassylike", []),
        ("disembassy", []),
    ],
)
def test_facilities_are_found_by_their_words(text: str, found: list[str]) -> None:
    assert [match[0] for match in FACILITY.finditer(text)] == found


WORDS = st.sampled_from(
    "the of for said , - 's which In University US has army against ; and".split()
)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=20))
def test_any_company_gives_a_kind(before: list[str], after: list[str]) -> None:
    found = tokens(" ".join([*before, "Tehran", *after]))
    for place in (COUNTRY, CAPITAL, TOWN):
        for name_kind in ("name", "alternate", "demonym", "abbreviation"):
            at = next(i for i, token in enumerate(found) if token.text == "Tehran")
            told = kind_of(found, at, at, Candidate(place, name_kind))  # type: ignore[arg-type]
            assert told in ("place", "demonym", "metonym", "organization")
