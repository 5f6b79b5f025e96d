"""What the words around a name say of its place."""

from __future__ import annotations

import pytest

from geomap.gazetteer import Gazetteer
from geomap.model import Span, Toponym
from geomap.surroundings import Names, heads, listed, told


def read(text: str, *names: str) -> Names:
    """Return the names of a text, in its order, with what they may mean."""
    toponyms = []
    for name in names:
        start = text.index(name)
        toponyms.append(Toponym(Span(start, start + len(name)), name, "place", 0.9))
    return Names(text, toponyms, [Gazetteer.open().candidates(name) for name in names])


@pytest.mark.parametrize(
    ("text", "names", "holders", "kind"),
    [
        ("in Lima, Ohio, on Monday", ("Lima", "Ohio"), ["Ohio"], None),
        ("in Lima in the state of Ohio", ("Lima", "Ohio"), ["Ohio"], None),
        ("Lima is a town in Ohio.", ("Lima", "Ohio"), ["Ohio"], "head_city"),
        ("Lima, a small river in Ohio", ("Lima", "Ohio"), ["Ohio"], "head_nature"),
        (
            "Lima (once Lyma) is a city in Allen County, Ohio.",
            ("Lima", "Allen County", "Ohio"),
            ["Allen County", "Ohio"],
            "head_city",
        ),
        ("Avondale is a suburb of Sydney", ("Avondale", "Sydney"), ["Sydney"], "head_city"),
        ("in Lima. Ohio is far.", ("Lima", "Ohio"), [], None),
        ("in Lima and then by train to Ohio", ("Lima", "Ohio"), [], None),
    ],
)
def test_what_holds_a_place_is_told(
    text: str, names: tuple[str, ...], holders: list[str], kind: str | None
) -> None:
    chain, head = told(read(text, *names), 0)
    assert [areas[0].name for areas in chain] == holders
    assert head == kind


def test_a_chain_keeps_the_meanings_that_fit_together() -> None:
    names = read("Lima is in Allen County, Ohio.", "Lima", "Allen County", "Ohio")
    chain, _ = told(names, 0)
    assert {area.admin1 for area in chain[0]} == {"Ohio"}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("in Erie County today", "Erie", {"head_admin2"}),
        ("the river Elbe rose", "Elbe", {"head_nature"}),
        ("the city of Sylhet", "Sylhet", {"head_city"}),
        ("in Sylhet today", "Sylhet", set()),
    ],
)
def test_a_word_beside_a_name_says_its_kind(text: str, name: str, expected: set[str]) -> None:
    start = text.index(name)
    assert set(heads(text, Span(start, start + len(name)))) == expected


def test_names_in_a_list_are_found_on_both_sides() -> None:
    names = read("In Texas, Georgia and Ohio it rained.", "Texas", "Georgia", "Ohio")
    assert [areas[0].name for areas in listed(names, 1)] == ["Texas", "Ohio"]


def test_what_holds_a_place_is_no_neighbor_in_a_list() -> None:
    assert list(listed(read("In Lima, Ohio, it rained.", "Lima", "Ohio"), 0)) == []
