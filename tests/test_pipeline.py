"""The whole chain on texts of all kinds, and its replaceable stages."""

from __future__ import annotations

import pickle
from datetime import date
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hostile_texts import REPEATED, any_text, any_words, repeated
from hypothesis import given, settings

from geomap.merging import merge
from geomap.model import Article, Candidate, Event, Mention, Place, Span, Toponym
from geomap.pipeline import Pipeline, Result
from geomap.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

PIPELINE = Pipeline()
PUBLISHED = date(2020, 1, 1)


def run(text: str, published: date | None = PUBLISHED) -> Result:
    """Run the whole chain over a text."""
    return PIPELINE(Article("1", text, published=published))


def check(result: Result) -> None:
    """Check everything that holds for the result of any article."""
    text = result.article.text
    for mention in result.mentions:
        assert mention.toponym.span.of(text) == mention.toponym.text
        assert 0 <= mention.score <= 1
    for report in result.events:
        assert report.quote == report.event.sentence.of(text)
        assert report.trigger == report.event.trigger.of(text)
        assert report.event.sentence.covers(report.event.trigger)
        toponym = report.mention and report.mention.toponym
        assert toponym is None or toponym.span.of(text) == toponym.text
        assert report.event.type
        assert 0 <= report.score <= 1
        assert "\n" not in report.reason or report.mention is not None
        for part in (*report.counts, *report.participants):
            assert report.event.sentence.covers(part.span)
    for incident in merge(result.events):
        told = record(incident)
        for name in ("quote", "trigger", "mention"):
            if told[name] is not None:
                assert text[told[f"{name}_start"] : told[f"{name}_end"]] == told[name]


@settings(max_examples=120)
@given(any_text() | any_words())
def test_any_text_has_a_result_whose_evidence_stands_in_it(text: str) -> None:
    check(run(text))


@settings(max_examples=30)
@given(any_text())
def test_the_same_text_gives_the_same_result(text: str) -> None:
    article = Article("1", text, published=PUBLISHED)
    first = PIPELINE(article)
    assert first == Pipeline()(article)
    assert merge(first.events) == merge(reversed(PIPELINE(article).events))


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\r\n", "\x00", "\ud800", " date 2020-01-01 ", "."]
)
def test_a_text_without_words_has_no_events(text: str) -> None:
    assert run(text).events == run(text).mentions == ()


STORY = (
    "NAIROBI, Kenya - A bomb exploded in Nairobi on Tuesday, killing nine people.{end}"
    "Hours later, gunmen attacked a convoy in Mombasa, officials in Kampala said.{end}"
    "The blast was the worst since 2007. Washington condemned it.{end}"
)


def shown(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return type, place and day of the incidents of a text."""
    return [(r["type"], r["place"], r["date_start"]) for r in map(record, merge(run(text).events))]


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\n \t\n", "\n"])
def test_line_ends_make_no_difference(end: str) -> None:
    text = STORY.format(end=end)
    check(run(text))
    assert shown(text) == shown(STORY.format(end="\n\n"))


def test_the_story_has_two_events() -> None:
    assert shown(STORY.format(end="\n\n")) == [
        ("armed_attack", "Mombasa", "2019-12-31"),
        ("bombing", "Nairobi", "2019-12-31"),
    ]


@pytest.mark.parametrize("change", [str.upper, lambda text: text.replace("'", "’")])
def test_other_spellings_are_read_as_well(change: type[str]) -> None:
    check(run(change(STORY.format(end="\n\n"))))


def test_upper_case_wire_copy_has_its_events() -> None:
    found = shown(STORY.format(end="\n\n").upper())
    assert ("bombing", "Nairobi") in {(kind, place) for kind, place, _ in found}


def test_an_article_without_a_publication_day_has_events_without_days() -> None:
    found = run("A bomb exploded in Mosul on Tuesday.", None).events
    assert [(r.event.type, r.when) for r in found] == [("bombing", None)]


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_ends_of_the_calendar_are_no_error(published: date) -> None:
    text = "A bomb exploded in Mosul on Tuesday, a day after riots last week, in May and next year."
    check(run(text, published))


@pytest.mark.parametrize("name", REPEATED)
def test_a_long_text_is_mapped_soon(name: str) -> None:
    begun = process_time()
    merge(run(repeated(name, 10_000)).events)
    assert process_time() - begun < 5


def test_a_text_of_200_000_characters_without_a_space_is_mapped_soon() -> None:
    begun = process_time()
    check(run("Baghdad" * 28_572))
    assert process_time() - begun < 10


def test_a_pipeline_and_its_result_can_be_sent_to_another_process() -> None:
    article = Article("1", STORY, published=PUBLISHED)
    copy: Pipeline = pickle.loads(pickle.dumps(PIPELINE))  # noqa: S301
    assert copy(article) == PIPELINE(article)
    assert pickle.loads(pickle.dumps(PIPELINE(article))) == PIPELINE(article)  # noqa: S301


ATLANTIS = Place("a", "Atlantis", -30.0, 35.0, "PPL", "XX")


class OneTown:
    """Stages that know one town and take every number for an event."""

    def recognize(self, text: str, /) -> Sequence[Toponym]:
        """Return the town's names."""
        at = text.find("Atlantis")
        return [Toponym(Span(at, at + 8), "Atlantis", "place", 1.0)] if at >= 0 else []

    def candidates(self, name: str, /) -> Sequence[Candidate]:
        """Return the town."""
        return [Candidate(ATLANTIS)] if name == "Atlantis" else []

    def resolve(
        self, article: Article, toponyms: Sequence[Toponym], geocoder: object, /
    ) -> Sequence[Mention]:
        """Put every toponym into the town."""
        del article, geocoder
        return [Mention(toponym, ATLANTIS, 1.0, "where else") for toponym in toponyms]

    def extract(self, article: Article, /) -> Sequence[Event]:
        """Return a flood, whatever the text says."""
        whole = Span(0, len(article.text))
        return [Event("flood", Span(0, 3), whole, "happened", 1.0)]


def test_every_stage_can_be_replaced() -> None:
    own = OneTown()
    pipeline = Pipeline(
        recognizer=own.recognize,
        geocoder=own,
        resolver=own.resolve,
        extractor=own.extract,
        linker=lambda *_: (),
    )
    result = pipeline(Article("1", "Sea came to Atlantis."))
    assert [m.place for m in result.mentions] == [ATLANTIS]
    assert result.events == ()
    kept = Pipeline(recognizer=own.recognize, geocoder=own, resolver=own.resolve)
    (report,) = kept(Article("1", "A flood hit Atlantis.")).events
    assert report.mention is not None
    assert report.mention.place == ATLANTIS
