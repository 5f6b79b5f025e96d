"""Time expressions of news and the days that they mean."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from time import process_time

import pytest
from hostile_texts import REPEATED, any_text, repeated
from hypothesis import given
from hypothesis import strategies as st

from geomap.datelines import dateline_day, dateline_end
from geomap.dates import find, precision_code
from geomap.model import Span, When

NEW_YEAR = date(2020, 1, 1)
"""A Wednesday."""
SPRING = date(2024, 5, 8)
"""A Wednesday as well."""


def told(text: str, anchor: date | None, *, future: bool = False) -> list[When]:
    """Return the times of a text."""
    return find(text, Span(0, len(text)), anchor, future=future)


def only(text: str, anchor: date | None, *, future: bool = False) -> tuple[str, str, str]:
    """Return the one time of a text: its days and its precision."""
    (when,) = told(text, anchor, future=future)
    return str(when.start), str(when.end), when.precision


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Tuesday", "2019-12-31"),
        ("on Sunday", "2019-12-29"),
        ("on Wednesday", "2020-01-01"),
        ("Thursday's attack", "2019-12-26"),
        ("last Wednesday", "2019-12-25"),
        ("late on Monday", "2019-12-30"),
        ("early Tuesday", "2019-12-31"),
        ("Tuesday evening", "2019-12-31"),
        ("today", "2020-01-01"),
        ("this morning", "2020-01-01"),
        ("yesterday", "2019-12-31"),
        ("last night", "2019-12-31"),
        ("the day before yesterday", "2019-12-30"),
        ("tomorrow", "2020-01-02"),
        ("three days ago", "2019-12-29"),
        ("a couple of days ago", "2019-12-30"),
        ("10 days earlier", "2019-12-22"),
        ("Dec. 31", "2019-12-31"),
        ("December 31", "2019-12-31"),
        ("31 December", "2019-12-31"),
        ("the 31st of December", "2019-12-31"),
        ("Sept. 3", "2019-09-03"),
        ("Jan 1", "2020-01-01"),
        ("January 20", "2020-01-20"),
        ("May 5, 2019", "2019-05-05"),
        ("5 May 2019", "2019-05-05"),
        ("Sunday, Dec. 29", "2019-12-29"),
        ("Sunday, December 29, 2019", "2019-12-29"),
        ("on 2019-12-29", "2019-12-29"),
        ("ON TUESDAY", "2019-12-31"),
        ("next Friday", "2020-01-03"),
        ("by Friday", "2020-01-03"),
    ],
)
def test_a_day_is_counted_from_publication(text: str, day: str) -> None:
    assert only(text, NEW_YEAR) == (day, day, "day")


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("last week", "2024-04-29", "2024-05-05", "week"),
        ("this week", "2024-05-06", "2024-05-12", "week"),
        ("earlier this week", "2024-05-06", "2024-05-08", "week"),
        ("next week", "2024-05-13", "2024-05-19", "week"),
        ("two weeks ago", "2024-04-22", "2024-04-28", "week"),
        ("last month", "2024-04-01", "2024-04-30", "month"),
        ("earlier this month", "2024-05-01", "2024-05-08", "month"),
        ("later this month", "2024-05-08", "2024-05-31", "month"),
        ("next month", "2024-06-01", "2024-06-30", "month"),
        ("in March", "2024-03-01", "2024-03-31", "month"),
        ("in October", "2023-10-01", "2023-10-31", "month"),
        ("since April", "2024-04-01", "2024-04-30", "month"),
        ("last November", "2023-11-01", "2023-11-30", "month"),
        ("in February 2020", "2020-02-01", "2020-02-29", "month"),
        ("March of 2011", "2011-03-01", "2011-03-31", "month"),
        ("in 2003", "2003-01-01", "2003-12-31", "year"),
        ("last year", "2023-01-01", "2023-12-31", "year"),
        ("five years ago", "2019-01-01", "2019-12-31", "year"),
        ("over the weekend", "2024-05-04", "2024-05-05", "day"),
        ("last weekend", "2024-05-04", "2024-05-05", "day"),
        ("next weekend", "2024-05-11", "2024-05-12", "day"),
    ],
)
def test_longer_times_are_ranges(text: str, start: str, end: str, precision: str) -> None:
    assert only(text, SPRING) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Tuesday", "2024-05-14"),
        ("on Friday", "2024-05-10"),
        ("on April 11", "2025-04-11"),
        ("on June 3", "2024-06-03"),
        ("tomorrow", "2024-05-09"),
    ],
)
def test_what_is_planned_lies_ahead(text: str, day: str) -> None:
    assert only(text, SPRING, future=True) == (day, day, "day")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He may march in May's car.",
        "They march every day.",
        "The sun rose.",
        "She sat there and wed him.",
        "June said no.",
        "May I go?",
        "in 1500 people",
        "in 2,003 cases",
        "a two-year-old boy",
        "He works on Wednesdays.",
        "At least 12 may have died.",
        "Burnt by sun and wind, they sat until fri.",
        "The next march drew 20 people.",
        "They march 5 km a day.",
        "31 February",
        "Feb. 30, 2020",
        "2020-13-01",
        "in 4000",
        "Marching on.",
        "the second 12",
    ],
)
def test_what_only_looks_like_a_time_has_no_day(text: str) -> None:
    assert [w for w in told(text, SPRING) if w.precision == "day"] == []


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("between 3 and 7 May", "2024-05-03", "2024-05-07", "day"),
        ("3-5 May 2019", "2019-05-03", "2019-05-05", "day"),
        ("March 3-5", "2024-03-03", "2024-03-05", "day"),
        ("30 March to 2 April", "2024-03-30", "2024-04-02", "day"),
        ("Dec. 30 - Jan. 2, 2020", "2019-12-30", "2020-01-02", "day"),
        ("from Monday to Wednesday", "2024-05-06", "2024-05-08", "day"),
        ("in the past two weeks", "2024-04-24", "2024-05-08", "week"),
        ("in the past 24 hours", "2024-05-07", "2024-05-08", "day"),
        ("between April and June 2019", "2019-04-01", "2019-06-30", "month"),
        ("from 2009 to 2011", "2009-01-01", "2011-12-31", "year"),
        ("mid-March", "2024-03-11", "2024-03-20", "month"),
        ("early this month", "2024-05-01", "2024-05-10", "month"),
        ("the end of March 2020", "2020-03-21", "2020-03-31", "month"),
        ("late 2018", "2018-08-31", "2018-12-31", "year"),
        ("spring 2018", "2018-03-01", "2018-05-31", "month"),
        ("last winter", "2023-12-01", "2024-02-29", "month"),
        ("the third quarter of 2019", "2019-07-01", "2019-09-30", "month"),
        ("the 1990s", "1990-01-01", "1999-12-31", "year"),
        ("in the 19th century", "1801-01-01", "1900-12-31", "year"),
        ("the 1998 bombing", "1998-01-01", "1998-12-31", "year"),
        ("the week of March 6", "2024-03-04", "2024-03-10", "week"),
        ("this September", "2024-09-01", "2024-09-30", "month"),
        ("by July", "2024-07-01", "2024-07-31", "month"),
    ],
)
def test_ranges_and_parts_have_both_ends(text: str, start: str, end: str, precision: str) -> None:
    assert only(text, SPRING) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("overnight", "2024-05-07"),
        ("on Tuesday night", "2024-05-07"),
        ("on last Wednesday", "2024-05-01"),
        ("Tuesday of last week", "2024-04-30"),
        ("last week on Tuesday", "2024-04-30"),
        ("15 April of last year", "2023-04-15"),
        ("on the 31st.", "2024-03-31"),
        ("on the 5th of last month", "2024-04-05"),
        ("two hours ago", "2024-05-08"),
        ("12/31/2019", "2019-12-31"),
        ("31/12/2019", "2019-12-31"),
        ("5/5/2019", "2019-05-05"),
        ("31.12.2019", "2019-12-31"),
        ("3 JUN 90 --", "1990-06-03"),
        ("JUNE 11 89 (AFP)", "1989-06-11"),
        ("Good Friday", "2024-03-29"),
        ("Christmas Day", "2023-12-25"),
        ("last Thanksgiving", "2023-11-23"),
        ("Easter Sunday 2019", "2019-04-21"),
        ("9/11", "2001-09-11"),
        ("the Sept. 11 attacks", "2001-09-11"),
        ("on May 3, 20 people died", "2024-05-03"),
        ("on 3 May 20 people died", "2024-05-03"),
        ("for a second day", "2024-05-08"),
    ],
)
def test_days_are_told_in_many_ways(text: str, day: str) -> None:
    assert only(text, SPRING) == (day, day, "day")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The court will hear the case on Friday.", "2024-05-10"),
        ("On Friday, the court will hear the case.", "2024-05-10"),
        ("Talks are set to resume Monday in Geneva.", "2024-05-13"),
        ("They could arrive as early as Tuesday.", "2024-05-14"),
        ("The polls close by Sunday.", "2024-05-12"),
        ("He said on Friday that troops will go.", "2024-05-03"),
        ("Officials said Friday they will go.", "2024-05-03"),
        ("It will review the raid, which came on Friday.", "2024-05-03"),
        ("The bid had been due to expire Friday.", "2024-05-03"),
        ("He was held on Friday and is due in court.", "2024-05-03"),
        ("Nauru votes on Saturday.", "2024-05-11"),
        ("Nauru voted on Saturday.", "2024-05-04"),
    ],
)
def test_the_clause_tells_whether_a_day_lies_ahead(text: str, day: str) -> None:
    assert only(text, SPRING)[0] == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The bomb exploded on Friday. Two days later, police came.", "2024-05-05"),
        ("On May 3 a mine exploded; a day earlier shots were fired.", "2024-05-02"),
        ("They fled on Sunday. The next morning rebels came.", "2024-05-06"),
        ("They fled on Sunday. At dawn rebels came.", "2024-05-05"),
        ("They fled on Sunday. Later that day rebels came.", "2024-05-05"),
        ("They fled on Sunday and the day before in Goma.", "2024-05-04"),
        ("They met on April 10 and again the following Monday.", "2024-04-15"),
    ],
)
def test_some_days_are_counted_from_the_day_told_last(text: str, day: str) -> None:
    assert str(told(text, SPRING)[-1].start) == day


def test_the_day_told_last_may_stand_in_the_sentence_before() -> None:
    text = "The bomb exploded on Friday. Two days later, police came."
    (when,) = find(text, Span(29, len(text)), SPRING)
    assert str(when.start) == "2024-05-05"


@pytest.mark.parametrize(
    "text",
    [
        "3/4/2019",
        "13/13/2019",
        "0000-01-01",
        "99999-01-01",
        "9999-12-31",
        "30 February 2020",
        "every Tuesday",
        "on Black Friday",
        "The Sunday Times said",
        "Bloody Sunday",
        "an overnight train",
        "the day before the election",
        "two days later",
        "the next day",
        "at dawn",
        "the 2000 troops",
        "in the 5th division",
        "on the 31st floor",
    ],
)
def test_what_cannot_be_told_has_no_value(text: str) -> None:
    assert told(text, SPRING) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the first anniversary of the March 15 attack", "2023-03-15"),
        ("the 10th anniversary of the March 15 attack", "2014-03-15"),
        ("the 10th anniversary of the attack of March 15, 2014", "2014-03-15"),
    ],
)
def test_an_anniversary_tells_the_day_of_years_before(text: str, day: str) -> None:
    assert only(text, SPRING)[0] == day


def test_an_anniversary_without_its_number_tells_no_day() -> None:
    assert told("the anniversary of the March 15 attack", SPRING) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("BOGOTA, 3 JUN 90 (AFP) -- A BOMB EXPLODED.", "1990-06-03"),
        ("Baghdad, 3 January 2020 (Reuters) - Rockets fell.", "2020-01-03"),
        ("LIMA, JUNE 11 89 (EFE) -- [TEXT] POLICE CAME.", "1989-06-11"),
        ("LIMA, 7 FEB (EFE) -- POLICE CAME.", "None"),
        ("Floods hit Lima on 3 June 1990 - and again later.", "None"),
        ("LIMA, 40 JUN 90 -- POLICE CAME.", "None"),
        ("", "None"),
    ],
)
def test_a_dateline_with_a_full_date_is_a_publication_day(text: str, day: str) -> None:
    assert str(dateline_day(text)) == day
    assert dateline_end(text) <= len(text)


def test_without_a_publication_day_the_dateline_counts() -> None:
    text = "BOGOTA, 6 JUN 90 (AFP) -- A BOMB EXPLODED ON SUNDAY."
    assert [str(when.start) for when in told(text, None)] == ["1990-06-06", "1990-06-03"]


TELEGRAMS = """DISASTER IN BELGIUM.
(From our correspondent.)
BRUSSELS, Feb. 11.
A pit blew up yesterday.

FIRE IN GALATA.
CONSTANTINOPLE, Feb. 10.
A house burned yesterday.

LOCAL NEWS.
It rained yesterday.
KLUANG, Friday. Three men left on Thursday.
Paris, 9th February.
A crowd gathered yesterday.
The shop was open, Friday.
It shut today."""


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("blew up yesterday", "1908-02-10"),
        ("burned yesterday", "1908-02-09"),
        ("rained yesterday", "1908-02-11"),
        ("left on Thursday", "1908-02-06"),
        ("gathered yesterday", "1908-02-08"),
        ("shut today", "1908-02-09"),
    ],
)
def test_the_dateline_of_a_part_of_a_text_says_when_that_was_written(words: str, day: str) -> None:
    at = TELEGRAMS.index(words)
    span = Span(TELEGRAMS.rindex("\n", 0, at) + 1, at + len(words))
    assert [str(when.start) for when in find(TELEGRAMS, span, date(1908, 2, 12))][-1] == day


def test_a_part_that_was_written_long_before_or_after_counts_from_publication() -> None:
    text = "ROME, 3 May 1901.\nIt rained yesterday.\nROME, 3 May 1909.\nIt rained yesterday."
    found = find(text, Span(0, len(text)), date(1908, 2, 12))
    assert [str(when.start) for when in found][1::2] == ["1908-02-11", "1908-02-11"]


def test_a_quoted_message_counts_from_its_own_day() -> None:
    text = "We were attacked yesterday. — The Mayor (@mayor) December 31, 2019"
    found = find(text, Span(0, 27), SPRING)
    assert [str(when.start) for when in found] == ["2019-12-30"]


@pytest.mark.parametrize("text", ["on Tuesday", "last week", "yesterday", "Dec. 31", "in March"])
def test_without_a_publication_day_only_complete_dates_have_a_value(text: str) -> None:
    assert told(text, None) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("We left on 12 February 1957. On the 4th of March it fell.", ["1957-02-12", "1957-03-04"]),
        ("In May 1941 it was shut.\n2 June: a raid.", ["1941-05-01", "1941-06-02"]),
        ("1997\n19 January. A mine.\n5-7 May. A fire.", ["1997-01-19", "1997-05-05"]),
        ("1997\nFrom March to June; 13 and 14 May", ["1997-03-01", "1997-05-13"]),
        ("1997\nIt rained in June, and by July too.", ["1997-06-01", "1997-07-01"]),
        ("On 3 May 1940 one fell. The next day two did.", ["1940-05-03", "1940-05-04"]),
        ("On 3 May 1940 one fell. Two days later two did.", ["1940-05-03", "1940-05-05"]),
        ("On 3 May 1940 one fell, two days ago, on Sunday, last week.", ["1940-05-03"]),
        ("The house of 1890 stood. On the 6th of March it fell.", []),
    ],
)
def test_where_only_the_year_is_known_days_take_the_one_told_last(
    text: str, days: list[str]
) -> None:
    assert [str(when.start) for when in told(text, None) if when.precision != "year"] == days


@pytest.mark.parametrize(
    ("heading", "day"),
    [("Casamance, January to September 1997", "1997-03-04"), ("1996 and 1997", None), ("", None)],
)
def test_the_year_of_the_title_is_that_of_a_text_without_any(heading: str, day: str | None) -> None:
    text = "On 4 March a mine went off."
    found = find(text, Span(0, len(text)), None, heading=heading)
    assert [str(when.start) for when in found] == ([day] if day else [])


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("May 5, 2019", "2019-05-05"),
        ("5 May 2019", "2019-05-05"),
        ("2019-05-05", "2019-05-05"),
        ("in 2003", "2003-01-01"),
        ("in March 2011", "2011-03-01"),
    ],
)
def test_a_complete_date_needs_no_publication_day(text: str, start: str) -> None:
    assert only(text, None)[0] == start


def test_times_come_in_reading_order_with_their_words() -> None:
    text = "Mortars fell on Aleppo on Sunday, as on Dec. 12, and last month."
    found = told(text, NEW_YEAR)
    assert [when.span.of(text) for when in found if when.span] == [
        "on Sunday",
        "Dec. 12",
        "last month",
    ]


def test_only_the_span_is_read() -> None:
    text = "On Sunday it rained. On Monday it did not."
    assert [str(when.start) for when in find(text, Span(21, len(text)), NEW_YEAR)] == ["2019-12-30"]


def test_a_leap_day_in_a_year_without_one_is_no_error() -> None:
    assert told("On Feb. 29 it rained.", date(2021, 3, 1)) == []
    assert only("on Feb. 29", date(2020, 3, 1))[0] == "2020-02-29"


@pytest.mark.parametrize("anchor", [date.min, date.max, date(1, 1, 3), date(9999, 12, 30)])
@pytest.mark.parametrize("future", [True, False])
def test_the_ends_of_the_calendar_are_no_error(anchor: date, *, future: bool) -> None:
    words = (
        "yesterday tomorrow on Monday last week next week last month next month last year next "
        "year over the weekend 3 days ago 999 weeks ago 999 months ago 999 years ago in May Dec. 31"
    )
    for when in told(words, anchor, future=future):
        assert when.start is None or when.start <= when.end


@pytest.mark.parametrize(("precision", "code"), [("day", 1), ("week", 2), ("month", 3), (None, 3)])
def test_precision_has_the_code_of_the_field(precision: str | None, code: int) -> None:
    assert precision_code(precision) == code  # type: ignore[arg-type]


@given(any_text(), st.none() | st.dates(), st.booleans())
def test_times_lie_in_the_text_and_in_order(text: str, anchor: date | None, future: bool) -> None:  # noqa: FBT001
    found = told(text, anchor, future=future)
    spans = [when.span for when in found if when.span]
    assert len(spans) == len(found)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(when.start is None or when.start <= when.end for when in found)


TIME_WORDS = (
    "between from on the in of early late mid- end day days week month year ago later earlier next "
    "last this following anniversary first second 31st 3 5 12 90 2019 0000 99999 Feb 30 March May "
    "Monday Friday weekend quarter spring 1990s overnight will said and to - , . / 12/31/2019 "
    "Thanksgiving Easter Sunday -- ( @mayor ) — dawn two hours"
).split()


@given(st.lists(st.sampled_from(TIME_WORDS), max_size=14), st.none() | st.dates(), st.booleans())
def test_words_of_time_in_any_order_are_no_error(
    words: list[str],
    anchor: date | None,
    future: bool,  # noqa: FBT001
) -> None:
    text = " ".join(words)
    for when in told(text, anchor, future=future):
        assert when.span
        assert 0 <= when.span.start < when.span.end <= len(text)
        assert when.start is None or when.start <= when.end


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_last_one_before_publication(anchor: date, back: int) -> None:
    day = anchor - timedelta(days=back)
    assert only(f"on {day:%A}", anchor)[0] == str(day)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_written_date_is_itself_whatever_the_publication_day(day: date, anchor: date) -> None:
    for text in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}", str(day)):
        assert only(text, anchor)[:2] == (str(day), str(day))


@pytest.mark.parametrize("name", REPEATED)
def test_a_long_text_is_searched_at_once(name: str) -> None:
    text = repeated(name, 20_000)
    begun = process_time()
    told(text, NEW_YEAR)
    assert process_time() - begun < 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("By Saturday noon the river had left its bed.", date(2022, 11, 5)),
        ("It rained. By Friday evening 300 people were homeless.", date(2022, 11, 4)),
        ("The troops must leave by Saturday.", date(2022, 11, 12)),
        ("By Saturday the storm will have passed.", date(2022, 11, 12)),
        ("They were told to leave by Saturday.", date(2022, 11, 12)),
    ],
)
def test_by_a_day_looks_back_where_something_was_done_by_then(text: str, day: date) -> None:
    assert [when.start for when in find(text, Span(0, len(text)), date(2022, 11, 7))] == [day]


def test_a_sentence_that_opens_with_a_year_counts_no_people_by_it() -> None:
    text = "In 2010 soldiers overthrew him. Rebels killed in 2010 people say nothing."
    assert [when.end.year for when in find(text, Span(0, len(text)), date(2022, 5, 4))] == [2010]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (
            "A bomb killed two in February 2012, and in October of that year",
            "2012-10-01",
            "2012-10-31",
        ),
        ("In 2013 they met, and that December", "2013-12-01", "2013-12-31"),
        (
            "They left on March 3, 1998, and were back on May 5 of the same year",
            "1998-05-05",
            "1998-05-05",
        ),
        ("The war ended in 1999. Troops left later that year", "1999-01-01", "1999-12-31"),
    ],
)
def test_that_year_is_the_year_told_last(text: str, start: str, end: str) -> None:
    when = told(text, SPRING)[-1]
    assert (str(when.start), str(when.end)) == (start, end)


@pytest.mark.parametrize("text", ["He said that May was cold.", "She said that March 3 would do"])
def test_that_before_a_clause_names_no_year(text: str) -> None:
    assert [when for when in told(text, SPRING) if when.precision != "day"] == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on 3 and 4 May", "2024-05-03", "2024-05-04"),
        ("on May 3 and 4, 2023", "2023-05-03", "2023-05-04"),
        ("on 3 and 9 April", "2024-04-09", "2024-04-09"),
        ("on the 13th and 14th of March 1999", "1999-03-13", "1999-03-14"),
        ("On May 3 and 4 people died", "2024-05-03", "2024-05-03"),
    ],
)
def test_two_days_that_follow_each_other_are_a_range(text: str, start: str, end: str) -> None:
    assert only(text, SPRING)[:2] == (start, end)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Twelve bodies were recovered by Monday evening", "2024-05-06"),
        ("Power had been restored by Tuesday", "2024-05-07"),
        ("The barn burned until Saturday morning", "2024-05-04"),
        ("The toll rose to 30 by Monday", "2024-05-06"),
        ("Gunmen held the town until Monday, when the army came", "2024-05-06"),
        ("The road will reopen by Monday", "2024-05-13"),
        ("He was told to leave by Friday", "2024-05-10"),
        ("The curfew was extended until Monday", "2024-05-13"),
        ("Rebels gave them until Monday to leave", "2024-05-13"),
        ("They must go by Monday", "2024-05-13"),
        ("The airport was closed until Monday", "2024-05-13"),
    ],
)
def test_the_tense_before_by_and_until_says_on_which_side_a_day_lies(text: str, day: str) -> None:
    assert only(text, SPRING)[1] == day


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("ZARAND, Iran, Nov 12 - Rescuers dug.", 0),
        ("By Ann Ray\nBangui / Lyon, 6 March 2020 - The charity is outraged.", 11),
    ],
)
def test_a_dateline_may_name_a_country_and_stand_below_a_title(text: str, start: int) -> None:
    assert text[dateline_end(text, start) :].startswith(" - ")
