"""Reports: events with the places, times and numbers of the whole article."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geomap.link import BundledLinker
from geomap.model import Article, LinkedEvent
from geomap.pipeline import Pipeline

if TYPE_CHECKING:
    from pathlib import Path

PIPELINE = Pipeline()


def reports(text: str) -> list[LinkedEvent]:
    """Return the reports of a text that was published on Wednesday 2020-01-01."""
    return list(PIPELINE(Article("1", text, published=date(2020, 1, 1))).events)


def placed(text: str) -> list[tuple[str, str | None]]:
    """Return the triggers of a text with the names of their places."""
    return [
        (r.trigger, r.mention.place.name if r.mention and r.mention.place else None)
        for r in reports(text)
    ]


def place_of(text: str, trigger: str) -> str | None:
    """Return the place of the one report of a trigger."""
    (found,) = [place for word, place in placed(text) if word == trigger]
    return found


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        # by words that point back
        (
            "A bomb exploded in Mosul. At least five people were killed in the attack.",
            "attack",
            "Mosul",
        ),
        (
            "LIMA, Peru - Rain fell in Cusco. Gunmen killed two men in the capital.",
            "killed",
            "Lima",
        ),
        (
            "Envoys flew to Nairobi and Kisumu. Gunmen killed two men in the capital.",
            "killed",
            "Nairobi",
        ),
        # by another report of the same event
        (
            "A quake shook Lima on Sunday. The ground swayed. The earthquake killed two.",
            "quake",
            "Lima",
        ),
        ("Protesters marched in Cairo. Later, thousands marched again.", "marched", "Cairo"),
        # by the sentence before
        (
            "The governor arrived in Mosul at noon. A bomb exploded.",
            "exploded",
            "Mosul",
        ),
        # by the dateline
        ("NAIROBI, Kenya - A bomb exploded near a school, police said.", "exploded", "Nairobi"),
    ],
)
def test_an_event_without_a_place_takes_one_from_the_article(
    text: str, trigger: str, place: str
) -> None:
    assert {found for word, found in placed(text) if word == trigger} == {place}


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A bomb exploded.", "exploded"),
        ("“A bomb exploded,” he said in a letter.", "exploded"),
        ("Officials met in Geneva. A bomb exploded in Qwrtzuville.", "exploded"),
        ("Officials met in Geneva. A bomb exploded in northern Qwrtz province.", "exploded"),
        ("LAGOS, Nigeria - In May, a bomb exploded in Qwrtzuville.", "exploded"),
        ("Washington and Tehran spoke. A bomb exploded.", "exploded"),
    ],
)
def test_an_event_that_no_words_place_stays_without_a_place(text: str, trigger: str) -> None:
    assert place_of(text, trigger) is None


def test_treaties_with_a_place_of_their_own_leave_where_the_story_was() -> None:
    text = "LIMA, Peru - It rained. Oslo signed an agreement with Stockholm."
    assert place_of(text, "signed") is None


def test_an_event_at_two_places_is_two_reports() -> None:
    found = placed("Protests were held in Mombasa and Kisumu.")
    assert [place for _, place in found] == ["Mombasa", "Kisumu"]


def test_hours_later_is_the_same_day() -> None:
    found = reports(
        "A bomb exploded in Quetta on Sunday. Hours later, gunmen attacked police in Mastung."
    )
    assert [str(r.when and r.when.start) for r in found if r.trigger == "attacked"] == [
        "2019-12-29"
    ]


def test_numbers_go_to_their_own_event() -> None:
    text = (
        "A bomb in Mosul killed nine people and wounded 30, while in Basra police arrested 12 men."
    )
    found = {r.event.type: [(c.kind, c.low) for c in r.counts] for r in reports(text)}
    assert found["arrest"] == [("arrested", 12)]
    assert ("killed", 9) in [
        pair for kind, pairs in found.items() if kind != "arrest" for pair in pairs
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Methane ignited in a pit in Angren. Two men of the shift died.", "industrial_accident"),
        ("A bomb exploded in Mosul. Two men were killed.", "bombing"),
        ("A bomb exploded in Mosul. It was loud. Two men were killed.", "bombing"),
        ("A bomb exploded in Mosul.\n\nTwo men were killed.", None),
        ("A storm hit Kabul. Two men died when a tree fell in Herat.", None),
        ("A storm hit Kabul. In 2004 two men died when a tree fell.", None),
        ("A storm hit Kabul. Every year two men die of a falling tree.", None),
        ("A minister visited Mosul. Two men were killed.", None),
    ],
)
def test_the_dead_of_the_sentences_behind_are_of_the_event_told_before(
    text: str, kind: str | None
) -> None:
    killed = [c.low for r in reports(text) if r.event.type == kind for c in r.counts]
    assert killed == ([2] if kind else [])


def test_what_is_only_feared_kills_nobody() -> None:
    found = reports("Officials fear an earthquake in Lima that could kill 5,000 people.")
    assert [r.counts for r in found if r.event.status == "hypothetical"] == [()] * len(found)


@pytest.mark.parametrize(
    "text",
    [
        "Washington condemned the bombing.",
        "Tehran said the protesters would be punished.",
        "In a letter from Paris, he urged an end to the fighting.",
        "The University of Baghdad said a quake had struck.",
    ],
)
def test_nothing_is_pinned_where_somebody_only_spoke(text: str) -> None:
    assert {place for _, place in placed(text)} <= {None}


def test_a_report_has_its_evidence_and_a_reason_of_one_line() -> None:
    text = "He woke. A bomb exploded in Mosul on Tuesday, killing three. She left."
    (found,) = [r for r in reports(text) if r.trigger == "exploded"]
    assert found.quote == "A bomb exploded in Mosul on Tuesday, killing three."
    assert found.event.sentence.of(text) == found.quote
    assert found.mention is not None
    assert found.mention.toponym.span.of(text) == "Mosul"
    assert "in Mosul" in found.reason
    assert "\n" not in found.reason
    assert found.article.published == date(2020, 1, 1)


def test_a_place_from_further_away_is_less_sure() -> None:
    near = reports("A bomb exploded in Mosul.")[0]
    far = reports("NAIROBI, Kenya - A bomb exploded near a school, police said.")[0]
    unplaced = reports("A bomb exploded.")[0]
    assert near.score > far.score > 0
    assert near.score > unplaced.score > 0


def test_status_goes_with_the_report() -> None:
    assert [r.event.status for r in reports("Rebels may attack Goma.")] == ["hypothetical"]


def test_rules_place_events_where_the_reader_is_missing(tmp_path: Path) -> None:
    linker = BundledLinker(model=tmp_path / "none.onnx")
    article = Article("1", "Rebels attacked police in Mosul on Sunday, officials in Baghdad said.")
    (report,) = Pipeline(linker=linker)(article).events
    assert report.mention is not None
    assert report.mention.place is not None
    assert report.mention.place.name == "Mosul"
    assert "marked" not in report.reason


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Tehran, which has bombed the mountains of Iraq, kept silent.", "bombed"),
        ("Gunmen attacked a bank on Sunday, though not in Tripoli.", "attacked"),
        ("The ministers of Tunisia and Libya met their colleagues on Monday.", "met"),
        ("A ceasefire between Israel and Lebanon took effect on Monday.", "ceasefire"),
    ],
)
def test_who_acts_and_what_is_denied_is_no_site(text: str, trigger: str) -> None:
    assert place_of(text, trigger) in (None, "Iraq")


def test_a_train_does_not_derail_where_it_came_from_or_went_to() -> None:
    text = "An express train from Bucharest to Constanta derailed on Sunday, killing three people."
    assert place_of(text, "derailed") is None


def test_an_unknown_place_stands_at_what_holds_it() -> None:
    text = "Rebels attacked a post in Qarzubbek, in Diyala province, on Sunday."
    (report,) = reports(text)
    assert report.mention is not None
    assert report.mention.place is not None
    assert report.mention.place.name == "Diyala"


def test_an_unknown_place_alone_is_named_and_not_placed() -> None:
    (report,) = reports("Rebels attacked a post in Qarzubbek on Sunday, the army said.")
    assert report.mention is not None
    assert report.mention.place is None
    assert report.mention.toponym.text == "Qarzubbek"
    assert "Qarzubbek" in report.reason


def test_an_unknown_place_lies_somewhere_in_the_country_of_the_article() -> None:
    text = (
        "Fighting went on in Iraq. Rebels attacked a post in Qarzubbek on Sunday. "
        "Troops came from Kirkuk and Mosul, and the governor of Erbil flew to Baghdad."
    )
    report = next(r for r in reports(text) if r.trigger == "attacked")
    assert report.mention is not None
    assert report.mention.place is not None
    assert report.mention.place.name == "Iraq"
    assert "Qarzubbek" in report.reason


def test_a_story_of_the_past_stays_there() -> None:
    text = "In 1998 war broke out in Kosovo. Rebels attacked police in Pristina. Thousands fled."
    assert {r.event.status for r in reports(text)} == {"background"}


def test_each_place_that_was_not_taken_has_its_reason() -> None:
    (report,) = reports("Iran said gunmen attacked a mosque in Kabul, not far from Bagram.")
    left = {rejection.mention.toponym.text: rejection.reason for rejection in report.rejected}
    assert set(left) >= {"Iran"}
    assert all(left.values())


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("PRAGUE - It rained. A bomb exploded on Qwrtz Street.", "exploded", "Prague"),
        ("A blast in Aden killed ten. The bomb tore through the Qwrtz quarter.", "bomb", "Aden"),
        ("A flood hit Mosul. Floods killed 30 people in three provinces.", "Floods", None),
        ("Rebels stormed Goma. The attack will worry people in Paris.", "attack", None),
    ],
)
def test_what_a_sentence_says_of_its_place_without_naming_it_counts(
    text: str, trigger: str, place: str | None
) -> None:
    assert {found for word, found in placed(text) if word == trigger} <= {place}
