"""When an event happened, by the times of its sentence."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.events import extract
from geomap.model import Article, When
from geomap.page import Page
from geomap.timing import by_kind, same_day, says_same_day, time_of


def told(text: str, trigger: str) -> When | None:
    """Return the time of the event of a trigger, published on Wednesday 2020-01-01."""
    article = Article("1", text, published=date(2020, 1, 1))
    page = Page(article, ())
    (event,) = [e for e in extract(article) if e.trigger.of(text) == trigger]
    return time_of(page, *page.scene(event), event.status)


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("A bomb exploded in Mosul on Tuesday.", "exploded", "2019-12-31"),
        ("On Tuesday, a bomb exploded in Mosul.", "exploded", "2019-12-31"),
        ("Officials said on Tuesday that a quake shook Lima on Sunday.", "quake", "2019-12-29"),
        ("A quake shook Lima on Sunday, officials said on Tuesday.", "quake", "2019-12-29"),
        ("A quake shook Lima on Sunday and floods hit Quito on Monday.", "quake", "2019-12-29"),
        ("A quake shook Lima on Sunday and floods hit Quito on Monday.", "floods", "2019-12-30"),
        ("Rebels attacked Goma on Dec. 27, killing five.", "attacked", "2019-12-27"),
        ("The army will deploy 500 troops on Friday.", "deploy", "2020-01-03"),
        ("The minister said on Tuesday it was sending troops.", "sending", "2019-12-31"),
        # a day after, two days before
        (
            "On Monday, a day after rebels attacked Goma, a quake shook Lima.",
            "attacked",
            "2019-12-29",
        ),
        ("On Monday, a day after rebels attacked Goma, a quake shook Lima.", "quake", "2019-12-30"),
        ("People dug on Friday, two days after a quake shook Lima.", "quake", "2019-12-25"),
        ("A farmer died on Sunday after a bomb exploded in Mosul.", "exploded", "2019-12-29"),
        # "after" that governs another event, or none
        ("On Sunday, after the raid, rebels attacked Goma.", "attacked", "2019-12-29"),
        ("On Sunday soldiers who went after them attacked Goma.", "attacked", "2019-12-29"),
        ("On Sunday shortly after midnight a quake shook Lima.", "quake", "2019-12-29"),
        # a dateline is no time
        ("By Ann Ray\nLIMA, Peru, Jan 1 - A quake shook Lima on Sunday.", "quake", "2019-12-29"),
        ("He was charged on Tuesday over a bombing in Mosul in November.", "bombing", "2019-11-01"),
    ],
)
def test_an_event_takes_its_own_day(text: str, trigger: str, day: str) -> None:
    when = told(text, trigger)
    assert when is not None
    assert str(when.start) == day
    assert str(when.end) == day or when.precision != "day"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A quake shook Lima.", "quake"),
        ("A quake shook Lima, officials said on Tuesday.", "quake"),
        ("Officials said on Tuesday that a quake shook Lima.", "quake"),
        ("A quake shook Lima, the ministry announced Monday.", "quake"),
    ],
)
def test_the_day_of_an_announcement_is_not_the_event_s(text: str, trigger: str) -> None:
    assert told(text, trigger) is None


def test_what_was_answered_on_a_day_happened_before_it() -> None:
    text = "On Sunday, jets bombed the base in retaliation for the killing of a soldier."
    when = told(text, "killing")
    assert when is not None
    assert (when.start, str(when.end)) == (None, "2019-12-29")
    bombing = told(text, "bombed")
    assert bombing is not None
    assert str(bombing.start) == "2019-12-29"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("In Mosul, which has been cut off since December, a bomb exploded.", "exploded"),
        ("A quake shook Lima, where schools have been shut since Dec. 2.", "quake"),
    ],
)
def test_what_has_lasted_since_a_day_dates_nothing_else(text: str, trigger: str) -> None:
    assert told(text, trigger) is None


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A suspect was charged on Monday with killing a guard in Lima.", "killing"),
        ("Police on Sunday were questioned over an explosion in Lima.", "explosion"),
    ],
)
def test_what_courts_and_police_deal_with_happened_before(text: str, trigger: str) -> None:
    when = told(text, trigger)
    assert when is not None
    assert when.start is None


def test_the_anniversary_s_day_is_not_the_event_s() -> None:
    text = "Thousands marched in Lima on Sunday, the first anniversary of a bombing in Quito."
    marched = told(text, "marched")
    assert marched is not None
    assert str(marched.start) == "2019-12-29"
    assert told(text, "bombing") is None


def test_the_day_of_a_dateline_only_limits_what_the_first_sentence_tells() -> None:
    when = told("LIMA, 30 DEC 2019 (EFE) -- A bomb exploded in Quito.", "exploded")
    assert when is not None
    assert (when.start, str(when.end)) == (None, "2019-12-30")
    own = told("LIMA, 30 DEC 2019 (EFE) -- A bomb exploded in Quito on Saturday.", "exploded")
    assert own is not None
    assert str(own.start) == "2019-12-28"


def test_the_next_sentence_may_tell_when_it_happened() -> None:
    text = "Gunmen attacked Goma. It happened on Friday."
    when = told(text, "attacked")
    assert when is not None
    assert str(when.start) == "2019-12-27"


def test_a_month_in_which_attacks_are_counted_is_no_time_of_one() -> None:
    assert told("It was the third time this month that rebels attacked Goma.", "attacked") is None


def test_a_day_before_a_report_is_not_that_of_what_it_reports() -> None:
    text = "The police on Monday met reporters and told them that gunmen attacked Goma."
    assert told(text, "attacked") is None


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("At the same time, a bomb exploded.", True),
        ("Hours later, gunmen struck again.", True),
        ("Shops were looted the same day.", True),
        ("On the same night a bus burned.", True),
        ("Shortly after, police came.", True),
        ("Two years later, he died.", False),
        ("He came later.", False),
        ("", False),
    ],
)
def test_some_words_tie_a_sentence_to_the_day_before_it(text: str, *, same: bool) -> None:
    assert says_same_day(text) == same


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The siren went off on Friday. Four minutes later a roof fell.", "2019-12-27"),
        (
            "The quake came on Friday. Shops fell down. Another shook Ravar before midnight.",
            "2019-12-27",
        ),
        ("The convoy left on Friday. At about 9.40 in the morning men opened fire.", "2019-12-27"),
        (
            "Soldiers rose on Friday. Ministers were held in the course of the morning.",
            "2019-12-27",
        ),
        ("Soldiers rose on Friday. Ministers were held.", None),
        ("Police said on Friday that all was calm. At 9 p.m. a bomb went off.", None),
        ("It was so on Friday and Monday. At 9 p.m. a bomb went off.", None),
        ("They met in November. At 9 p.m. a bomb went off.", None),
        ("At 9 p.m. a bomb went off.", None),
    ],
)
def test_hours_are_of_the_day_told_before(text: str, day: str | None) -> None:
    page = Page(Article("1", text, published=date(2020, 1, 1)), ())
    when = same_day(page, len(page.sentences) - 1, ())
    assert (str(when.end) if when else None) == day


def test_hours_are_of_the_day_of_the_event_before_rather_than_of_another_day() -> None:
    text = "Gunmen attacked Goma on Saturday. They had left on Friday. At noon a bomb went off."
    page = Page(Article("1", text, published=date(2020, 1, 1)), ())
    when = same_day(page, 2, [(0, page.times_in(0)[0])])
    assert when is not None
    assert str(when.start) == "2019-12-28"


FRIDAY, SATURDAY = (When(date(2019, 12, n), date(2019, 12, n), "day") for n in (27, 28))


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ([("storm", 0, FRIDAY), ("storm", 5, None), ("storm", 9, None)], [27, 27, 27]),
        ([("storm", 0, FRIDAY), ("flood", 5, None)], [27, None]),
        ([("storm", 0, FRIDAY), ("storm", 4, None), ("storm", 5, SATURDAY), ("storm", 9, None)],
         [27, 27, 28, None]),
        ([("storm", 8, FRIDAY), ("storm", 9, None)], [27, None]),
        ([("earthquake", 0, None), ("earthquake", 2, SATURDAY), ("earthquake", 6, None)],
         [None, 28, 28]),
        ([("storm", 0, When(None, date(2019, 12, 27), "day")), ("storm", 5, None)], [27, None]),
        ([], []),
    ],
)  # fmt: skip
def test_what_a_storm_did_is_of_the_day_that_the_lead_tells(
    told: list[tuple[str, int, When | None]], days: list[int | None]
) -> None:
    assert [when and when.end.day for when in by_kind(told)] == days


def test_hours_find_the_event_that_was_told_some_sentences_before() -> None:
    text = "Soldiers rose. It is calm. So it is. Shops open. In the course of the morning two fell."
    page = Page(Article("1", text, published=date(2020, 1, 1)), ())
    assert same_day(page, 4, [(0, FRIDAY)]) == FRIDAY


@pytest.mark.parametrize(
    ("text", "trigger", "days"),
    [
        ("Floods hit Lima on Sunday and Monday.", "Floods", (29, 30)),
        ("Floods hit Lima on Sunday and on Monday.", "Floods", (29, 30)),
        ("Floods hit Lima on Sunday and a quake on Monday.", "Floods", (29, 29)),
        ("Troops have shelled Goma since Monday.", "shelled", (30, 1)),
        ("Youths rioted in Lima for a third day on Tuesday.", "rioted", (29, 31)),
        ("Rebels attacked Goma on Tuesday.", "attacked", (31, 31)),
    ],
)
def test_what_lasts_has_its_first_and_last_day(
    text: str, trigger: str, days: tuple[int, int]
) -> None:
    when = told(text, trigger)
    assert when is not None
    assert when.start is not None
    assert (when.start.day, when.end.day) == days
