"""The notation of the project's own annotated articles, and the articles themselves."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.ontology import event_types
from geomap.training.articles import ARTICLES, Annotated, annotated, read_articles

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.model import Place, Span

HEAD = "=== 2023-08-14 | wire | Floods cut off Bor"
FLOOD = "@a flood; Bor 6.21 31.56 | Jonglei 7.4 32.0; 2023-08-12; killed 4"
AUGUST_12 = date(2023, 8, 12)
TYPES = sorted(event_types())
FILES = sorted(ARTICLES.glob("*.txt"))


def noted(*lines: str, body: str = "It {a rained}.") -> Annotated:
    """Return an article of event lines and a body."""
    return annotated("1", "\n".join([HEAD, *lines, "", body]))


def test_an_article_is_read_with_its_head_events_marks_and_names() -> None:
    found = noted(FLOOD, body="[[BOR]] - Four {a drowned} at [[Bor]].\n\nThe {a water} rose.")
    article = found.article
    assert (article.id, article.title, article.published) == (
        "1",
        "Floods cut off Bor",
        date(2023, 8, 14),
    )
    assert article.text == "BOR - Four drowned at Bor.\n\nThe water rose."
    assert [trigger.span.of(article.text) for trigger in found.triggers] == ["drowned", "water"]
    assert [name.of(article.text) for name in found.names] == ["BOR", "Bor"]
    (event,) = found.events
    assert all(trigger.event is event for trigger in found.triggers)


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        (FLOOD, "types", ("flood",)),
        ("@a flood|storm; Bor 6 31", "types", ("flood", "storm")),
        (FLOOD, "status", "happened"),
        ("@a flood threatened; Bor 6 31", "status", "threatened"),
        (FLOOD, "optional", False),
        ("@a? flood; Bor 6 31", "optional", True),
        (FLOOD, "days", (AUGUST_12, AUGUST_12)),
        ("@a flood; Bor 6 31; 2023-08-12..2023-09-01", "days", (AUGUST_12, date(2023, 9, 1))),
        ("@a flood; Bor 6 31", "days", None),
        ("@a flood; Bor 6 31; ; killed 2", "days", None),
        ("@a flood; Bor 6 31; killed 2", "days", None),
        (FLOOD, "killed", 4),
        ("@a flood; Bor 6 31; killed 2", "killed", 2),
        ("@a flood; Bor 6 31; 2023-08-12", "killed", None),
        ("@a flood;", "places", ()),
        ("@a flood; ; 2023-08-12", "places", ()),
        (FLOOD, "is_real", True),
        ("@a flood ongoing; Bor 6 31", "is_real", True),
        ("@a flood denied; Bor 6 31", "is_real", False),
    ],
)  # fmt: skip
def test_a_line_gives_an_event(line: str, field: str, expected: object) -> None:
    (event,) = noted(line).events
    assert getattr(event, field) == expected


def test_places_are_alternatives_with_latitude_before_longitude() -> None:
    (event,) = noted("@a flood; São João 4 -12.5 -43 | Bahia -12 -42").events
    assert [(place.name, place.lat, place.lon) for place in event.places] == [
        ("São João 4", -12.5, -43.0),
        ("Bahia", -12.0, -42.0),
    ]


def test_a_mark_with_a_tilde_tells_of_no_event() -> None:
    found = noted(body="In 2020 {~flood floods} came.")
    (trigger,) = found.triggers
    assert (trigger.type, trigger.event) == ("flood", None)
    assert trigger.span.of(found.article.text) == "floods"


def test_a_trigger_is_of_the_first_type() -> None:
    (trigger,) = noted("@a storm|flood; Bor 6 31").triggers
    assert trigger.type == "storm"


def test_a_text_without_a_day_is_not_published() -> None:
    assert annotated("1", "=== - | letter | Rain\n\nIt rained.").article.published is None


@pytest.mark.parametrize(
    "line",
    [
        "@a flood Bor 6.21 31.56",
        "@a flood; Bor 6.21",
        "@a flood; Bor 31.56E 6.21N",
        "@a flood; Bor 6.21 31.56; 12 August",
        "@a flood; Bor 6.21 31.56; 2023-13-12",
        "@a flood; Bor 6.21 31.56; 2023-08-14..2023-08-12",
        "@a flood; Bor 6.21 31.56; 2023-08-12..2023-08-13..2023-08-14",
        "@a flood; Bor 6.21 31.56; killed four",
        "@a deluge; Bor 6.21 31.56",
        "@a flood|deluge; Bor 6.21 31.56",
        "@a flood maybe; Bor 6.21 31.56",
        "@A flood; Bor 6.21 31.56",
        "@ flood; Bor 6.21 31.56",
    ],
)
def test_a_bad_event_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="not in the notation"):
        noted(line)


def test_a_letter_stands_for_one_event() -> None:
    with pytest.raises(ValueError, match="@a storm"):
        noted(FLOOD, "@a storm; Bor 6 31")


@pytest.mark.parametrize(
    "head",
    [
        "2023-08-14 | wire | Floods",
        "=== 2023-08-14 | wire",
        "=== 14 August | wire | Floods",
        "=== 2023-08-34 | wire | Floods",
        "=== 2023-08-14 | wire | ",
    ],
)
def test_a_bad_head_is_named(head: str) -> None:
    with pytest.raises(ValueError, match="not in the notation"):
        annotated("1", f"{head}\n\nIt rained.")


@pytest.mark.parametrize(
    "body",
    [
        "It {b rained}.",
        "It {~deluge rained}.",
        "It {flood rained}.",
        "It {a rained.",
        "It a rained}.",
        "It {a }rained.",
        "It {a rained {a hard}}.",
        "It {a rained in [[Bor]]}.",
        "It rained in [Bor].",
        "It rained in [[Bor].",
        "It rained in [[]].",
    ],
)
def test_a_bad_mark_is_named(body: str) -> None:
    with pytest.raises(ValueError, match="not in the notation"):
        noted(FLOOD, body=body)


WORDS = st.text("ab Éé.,'\n", min_size=1, max_size=9)
PARTS = st.lists(
    st.tuples(WORDS, st.sampled_from(["{a %s}", "{~storm %s}", "[[%s]]", "%s"])), max_size=9
)


@given(PARTS)
def test_marks_vanish_and_their_words_stay_where_they_are(parts: list[tuple[str, str]]) -> None:
    found = noted(FLOOD, body="X" + "".join(mark % words for words, mark in parts) + "X")
    text = found.article.text
    assert text == "X" + "".join(words for words, _ in parts) + "X"
    marked = [(words, mark) for words, mark in parts if mark != "%s"]
    told = [
        (t.span.of(text), "{~storm %s}" if t.event is None else "{a %s}") for t in found.triggers
    ]
    assert told == [pair for pair in marked if pair[1] != "[[%s]]"]
    assert [name.of(text) for name in found.names] == [w for w, m in marked if m == "[[%s]]"]
    spans = sorted([*(trigger.span for trigger in found.triggers), *found.names])
    assert not any(a.overlaps(b) for a, b in pairwise(spans))


@given(
    st.sampled_from(TYPES),
    st.booleans(),
    st.tuples(st.dates(), st.dates()).map(sorted) | st.none(),
    st.integers(0, 10**6) | st.none(),
    st.lists(
        st.tuples(
            st.text("abÉ '-", min_size=1, max_size=9).map(lambda name: f"x{name}x"),
            st.decimals(-90, 90, places=3),
            st.decimals(-180, 180, places=3),
        ),
        max_size=3,
    ),
)
def test_what_is_written_is_read(
    kind: str,
    optional: bool,  # noqa: FBT001
    days: list[date] | None,
    killed: int | None,
    places: list[tuple[str, float, float]],
) -> None:
    line = (
        f"@a{'?' * optional} {kind}; {' | '.join(f'{n} {lat:f} {lon:f}' for n, lat, lon in places)}"
    )
    line += f"; {days[0]}..{days[1]}" if days else ""
    line += f"; killed {killed}" if killed is not None else ""
    (event,) = noted(line).events
    assert event.types == (kind,)
    assert (event.optional, event.killed) == (optional, killed)
    assert event.days == (tuple(days) if days else None)
    assert [(p.name, p.lat, p.lon) for p in event.places] == [
        (name, float(lat), float(lon)) for name, lat, lon in places
    ]


def test_a_folder_is_read_in_order_with_an_id_for_each_article(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(f"{HEAD}\n\nRain.\n\n{HEAD}\n\nSun.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"\n{HEAD}\n\nSnow.\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("No articles.\n", encoding="utf-8")
    found = [(each.article.id, each.article.text) for each in read_articles(tmp_path)]
    assert found == [("a-0", "Snow."), ("b-0", "Rain."), ("b-1", "Sun.")]


def test_a_folder_with_a_bad_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Stray words\n\n{HEAD}\n\nRain.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="Stray words"):
        list(read_articles(tmp_path))


def test_there_are_many_articles_each_with_its_own_id() -> None:
    found = list(read_articles())
    assert len(found) > 800
    assert len({each.article.id for each in found}) == len(found)
    assert len({each.article.text for each in found}) == len(found)


def test_the_readme_shows_the_notation_and_lists_the_files() -> None:
    text = (ARTICLES / "README.md").read_text(encoding="utf-8")
    shown = annotated("1", text.split("```")[1].strip())
    assert [event.types[0] for event in shown.events] == ["flood", "displacement", "aid", "meeting"]
    assert len(shown.triggers) == 8
    listed = set(re.findall(r"`(\d\d-[a-z-]+)`", text))
    assert listed == {path.stem.rpartition("-")[0] for path in FILES}


def test_many_articles_tell_of_nothing_and_every_type_is_told() -> None:
    found = list(read_articles())
    real = [[event for event in each.events if event.is_real] for each in found]
    assert sum(not events for events in real) > len(found) / 6
    assert {kind for events in real for event in events for kind in event.types} == set(TYPES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_articles_of_a_file_are_well_marked(path: Path) -> None:
    sources = [f"==={part}" for part in path.read_text(encoding="utf-8").split("===")[1:]]
    assert len(sources) >= 5
    for source in sources:
        found = annotated(path.stem, source)
        told = {id(trigger.event) for trigger in found.triggers}
        assert told >= {id(event) for event in found.events}, "an event without a mark"
        assert all(well_placed(event.places) for event in found.events)
        assert all(len(set(event.types)) == len(event.types) for event in found.events)
        spans = [*(trigger.span for trigger in found.triggers), *found.names]
        assert all(is_tight(span, found.article.text) for span in spans)


def well_placed(places: tuple[Place, ...]) -> bool:
    return all(-90 <= place.lat <= 90 and -180 <= place.lon <= 180 for place in places)


def is_tight(span: Span, text: str) -> bool:
    words = span.of(text)
    return words == words.strip() and "\n\n" not in words
