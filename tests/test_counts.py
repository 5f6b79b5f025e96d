"""How many were killed, hurt, arrested, sent or marching."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hostile_texts import REPEATED, any_text, repeated
from hypothesis import given
from hypothesis import strategies as st

from geomap.counts import combine, find
from geomap.model import Count, Span


def told(text: str) -> list[tuple[str, int, int | None]]:
    """Return the counts of a text."""
    return [(c.kind, c.low, c.high) for c in find(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine people were killed.", [("killed", 9, 9)]),
        ("Jan 14 - A woman was killed.", [("killed", 1, 1)]),
        ("Nine policemen, two civilians and four rebels died.", [("killed", 15, 15)]),
        ("Four passengers, all of one family, were dug out dead.", [("killed", 4, 4)]),
        ("Seven bodies, two of children, have been taken out.", [("killed", 7, 7)]),
        ("Thirteen bodies were counted.", [("killed", 13, 13)]),
        ("Sixty houses have fallen, and eleven bodies had been found.", [("killed", 11, 11)]),
        ("Measles: one death was reported.", [("killed", 1, 1)]),
        ("The number of people known to have died has risen to 38.", [("killed", 38, 38)]),
        ("13 of our compatriots were martyred.", [("killed", 13, 13)]),
        ("A foreman, from Petrinja, was killed.", [("killed", 1, 1)]),
        ("A priest was ambushed and killed.", [("killed", 1, 1)]),
        ("The driver was killed.", [("killed", 1, 1)]),
        ("Thieves shot the guard dead.", [("killed", 1, 1)]),
        ("killing the mayor and four other people", [("killed", 5, 5)]),
        ("Ana Soto was shot dead along with her driver.", [("killed", 2, 2)]),
        ("Judge Ana Soto and her bodyguard were murdered.", [("killed", 2, 2)]),
        ("Two gunmen shot dead a mayor.", [("killed", 1, 1)]),
        ("Four men kidnapped two nurses.", [("kidnapped", 2, 2)]),
        ("Ten people killed Tuesday", [("killed", 10, 10)]),
        ("The police killed the protest leaders.", []),
        ("a death sentence was passed", []),
        ("A bomb killed nine people.", [("killed", 9, 9)]),
        (
            "killing nine people and wounding more than 30",
            [("killed", 9, 9), ("injured", 31, None)],
        ),
        ("At least 25 fighters were killed.", [("killed", 25, None)]),
        ("US air strikes that killed two dozen fighters", [("killed", 24, 24)]),
        ("More than 3,000 people died.", [("killed", 3001, None)]),
        ("Up to 12 people were injured.", [("injured", 0, 12)]),
        ("Fewer than ten people died.", [("killed", 0, 9)]),
        ("Dozens were wounded.", [("injured", 24, 99)]),
        ("Hundreds of people were arrested.", [("arrested", 200, 999)]),
        ("Tens of thousands were displaced.", [("displaced", 20_000, 99_999)]),
        ("About 1.5 million people were displaced.", [("displaced", 1_500_000, 1_500_000)]),
        ("Half a million people fled.", [("displaced", 500_000, 500_000)]),
        ("Twenty-five people were killed.", [("killed", 25, 25)]),
        ("Three hundred people were killed.", [("killed", 300, 300)]),
        ("A hundred people were killed.", [("killed", 100, 100)]),
        ("A soldier was killed.", [("killed", 1, 1)]),
        ("One person has died.", [("killed", 1, 1)]),
        ("The death toll rose to 41.", [("killed", 41, 41)]),
        ("The blast claimed 14 lives.", [("killed", 14, 14)]),
        ("Police arrested 27 protesters.", [("arrested", 27, 27)]),
        ("27 people were arrested.", [("arrested", 27, 27)]),
        ("More than 40,000 people were evacuated.", [("displaced", 40_001, None)]),
        ("Gunmen kidnapped two nurses.", [("kidnapped", 2, 2)]),
        ("Cholera has infected more than 1,000 people.", [("infected", 1001, None)]),
        ("Around 750 troops will go.", [("troops", 750, 750)]),
        ("about 30 Iraqi soldiers arrived", [("troops", 30, 30)]),
        ("Thousands of people marched.", [("protesters", 2000, 9999)]),
        ("200 demonstrators gathered.", [("protesters", 200, 200)]),
        ("NINE PEOPLE WERE KILLED.", [("killed", 9, 9)]),
        ("Several people were hurt.", [("injured", 3, 9)]),
        (
            "Four of the 31 passengers on the ferry, a mother and three children, were killed.",
            [("killed", 4, 4)],
        ),
        ("Two of his guards were wounded.", [("injured", 2, 2)]),
        ("State radio put the dead at eleven.", [("killed", 11, 11)]),
        ("That raised the number of dead to 52.", [("killed", 52, 52)]),
        ("The toll has reached 19.", [("killed", 19, 19)]),
        (
            "The province has 640 cases and seven deaths.",
            [("infected", 640, 640), ("killed", 7, 7)],
        ),
        ("The blaze took the life of a night watchman.", [("killed", 1, 1)]),
        ("Six people are now known to have died.", [("killed", 6, 6)]),
        ("Three miners, one of them aged 16, were killed.", [("killed", 3, 3)]),
        ("A couple and their two sons drowned.", [("killed", 4, 4)]),
        ("A robber shot dead Amina Diallo, a cashier, in Dakar.", [("killed", 1, 1)]),
        ("Pedro Alvarez, 34, was stabbed to death.", [("killed", 1, 1)]),
        ("They murdered Jan Kowalski at his desk.", [("killed", 1, 1)]),
        ("Troops killed Islamic State fighters.", []),
        ("A plan to gun down Jan Kowalski failed.", []),
        ("The quake left 30 people injured.", [("injured", 30, 30)]),
        ("The quake left five people dead.", [("killed", 5, 5)]),
        ("The attack cost the lives of two nurses.", [("killed", 2, 2)]),
        ("Two soldiers were killed.", [("killed", 2, 2)]),
        ("killing 1,200", [("killed", 1200, 1200)]),
        ("Between 30 and 40 people were killed.", [("killed", 30, 40)]),
        ("Some 30 to 40 people were killed.", [("killed", 30, 40)]),
        ("30-40 people were hurt.", [("injured", 30, 40)]),
        ("Three or four people were hurt.", [("injured", 3, 4)]),
        ("In May, nearly 1,500 people were killed.", [("killed", 1500, 1500)]),
        ("At least 8 deaths and 16 injuries", [("killed", 8, None), ("injured", 16, 16)]),
        ("Both police and soldiers came.", []),
        ("212 cases and nine deaths", [("infected", 212, 212), ("killed", 9, 9)]),
        ("At 11.52 on Thursday, at least eight people died.", [("killed", 8, None)]),
        ("It killed between ten and twelve people.", [("killed", 10, 12)]),
        ("A family of five was killed.", [("killed", 5, 5)]),
        ("A fire killed a family of five.", [("killed", 5, 5)]),
        (
            "One soldier was killed and three were wounded.",
            [("killed", 1, 1), ("injured", 3, 3)],
        ),
        ("No casualties were reported.", [("killed", 0, 0), ("injured", 0, 0)]),
        ("There were no deaths.", [("killed", 0, 0)]),
        ("No injuries were reported.", [("injured", 0, 0)]),
        ("No one was killed or injured.", [("killed", 0, 0), ("injured", 0, 0)]),
        ("Nobody was killed.", [("killed", 0, 0)]),
        ("It ended without loss of life.", [("killed", 0, 0)]),
        ("The bomb killed 3 and injured 12.", [("killed", 3, 3), ("injured", 12, 12)]),
        ("The death toll rose to 45.", [("killed", 45, 45)]),
        ("The death toll rose from 30 to 45.", [("killed", 45, 45)]),
        ("The toll has climbed to at least 45.", [("killed", 45, None)]),
        ("It left 45 people dead.", [("killed", 45, 45)]),
        ("AT LEAST TWO DOZEN PEOPLE WERE WOUNDED.", [("injured", 24, None)]),
        ("As many as 40 people died.", [("killed", 0, 40)]),
        ("No more than ten people died.", [("killed", 0, 10)]),
        ("Nearly 40 people died.", [("killed", 40, 40)]),
        ("Thirty or more people died.", [("killed", 30, None)]),
        ("More than a dozen were wounded.", [("injured", 13, None)]),
        ("At least dozens were wounded.", [("injured", 24, None)]),
        ("Two hundred and fifty people were arrested.", [("arrested", 250, 250)]),
        ("One hundred twenty-five people died.", [("killed", 125, 125)]),
        ("A few hundred were evacuated.", [("displaced", 300, 600)]),
        ("Both men were killed.", [("killed", 2, 2)]),
        ("The bomber killed himself and 12 others.", [("killed", 12, 12)]),
        ("Ten people, including two children, were killed.", [("killed", 10, 10)]),
        ("Ten people including two children were killed.", [("killed", 10, 10)]),
        ("Two policemen and a soldier were killed.", [("killed", 3, 3)]),
        ("At least two policemen and 3 nurses were hurt.", [("injured", 5, None)]),
        ("It killed two men and three women were hurt.", [("killed", 2, 2), ("injured", 3, 3)]),
        ("Twelve people are still missing.", [("missing", 12, 12)]),
        ("Dozens remain unaccounted for.", [("missing", 24, 99)]),
        ("They took 20 people hostage.", [("hostages", 20, 20)]),
        ("Twelve hostages were freed.", [("hostages", 12, 12)]),
        ("Police made 30 arrests.", [("arrested", 30, 30)]),
        ("Fourteen bodies were found.", [("killed", 14, 14)]),
        ("The deaths of 12 people", [("killed", 12, 12)]),
        ("Two mayors were gunned down.", [("killed", 2, 2)]),
        ("It drove 5,000 people from their homes.", [("displaced", 5000, 5000)]),
        ("A crowd of 5,000 gathered.", [("protesters", 5000, 5000)]),
        ("Tens of thousands took to the streets.", [("protesters", 20_000, 99_999)]),
        ("Health officials counted 120 confirmed cases.", [("infected", 120, 120)]),
        ("Six soldiers were hurt, two of them badly.", [("injured", 6, 6)]),
    ],
)
def test_numbers_of_people_are_read_with_what_befell_them(
    text: str, expected: list[tuple[str, int, int | None]]
) -> None:
    assert told(text) == expected


DEAD = (
    # (text, how many were killed)
    ("Twelve guests, most of them over 75, have died of heat stroke.", 12),
    ("On Friday 21 people, nearly all of them nurses, died in a fire.", 21),
    ("Seven farmers, two of them women, were killed by a shell.", 7),
    ("At least 17 people, 5 of them children, were killed.", 17),
    ("Six rebels of the Southern Front were killed in the hills.", 6),
    ("Three members of a survey team were shot dead.", 3),
    ("Two brothers in their thirties were stabbed to death.", 2),
    ("Two drivers who tried to flee were shot dead.", 2),
    ("The town mourned 17 miners who died on Monday.", 17),
    ("Three men aged between 28 and 45 were killed.", 3),
    ("A 19-year-old North Platte woman was killed.", 1),
    ("A Dutch soldier serving with the force was killed and three were hurt.", 1),
    ("Two soldiers and a woman constable of the county force died.", 3),
    ("Three people were shot to death.", 3),
    ("They hacked five villagers to death.", 5),
    ("The toll from flooding in the northern hills rose to 23.", 23),
    ("The death toll from a blast at a mill has risen to 24.", 24),
    ("The number of people killed by the collapse has gone up to eight.", 8),
    ("The number of deaths climbed by two to 52.", 52),
    ("It took the toll from a week of cold to 22.", 22),
    ("The toll reached 40; ten bodies had been found.", 40),
    ("The army put the dead at eight.", 8),
    ("Divers recovered 18 bodies.", 18),
    ("The bodies of about 50 people lay there.", 50),
    ("Gunmen shot and killed an elder and his guard.", 2),
    ("A cook and his wife were shot dead.", 2),
    ("A woman and her two children were swept away and drowned.", 3),
    ("A father and son died when their boat sank.", 2),
    ("A retired couple lost their lives.", 2),
    ("The dead were two farmers and a child.", 3),
    ("Dead: 12. Hurt: 30.", 12),
    ("The army lost nine men.", 9),
)


@pytest.mark.parametrize(("text", "dead"), DEAD)
def test_the_dead_are_counted_however_they_are_told(text: str, dead: int) -> None:
    assert max(low for kind, low, _ in told(text) if kind == "killed") == dead


@pytest.mark.parametrize(
    "text",
    [
        "The toll road to 12 villages was closed.",
        "About 300 people from villages where the wells died out fled.",
        "Two men in a car killed the guard.",
        "The families of the dead get Rs 2 lakh for each who died.",
        "They lost 12 matches.",
        "A couple of shells fell.",
        "Women aged 56 and 71 were killed.",
        "The riot was the worst since October last year, when at least 159 people were killed.",
        "Among the dead were two that nobody knew.",
    ],
)
def test_nobody_is_counted_as_dead_who_is_not(text: str) -> None:
    assert not [low for kind, low, _ in told(text) if kind == "killed" and low > 1]


def test_two_numbers_of_a_sentence_keep_their_fates() -> None:
    text = "Three officers were injured and 27 people were arrested."
    assert told(text) == [("injured", 3, 3), ("arrested", 27, 27)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "There were no immediate reports of casualties.",
        "The mayor aged 34 was hurt.",
        "The death of 15-year-old Ana moved them.",
        "Two of them managed to flee.",
        "It killed No. 3 of the group.",
        "Damage of $5 was wounded pride.",
        "In 2019 people were killed.",
        "Prices fell by 30 percent.",
        "He died at the age of 43.",
        "It killed 20 percent of the trees.",
        "It rained for three days.",
        "The attack of 2016 killed many.",
        "A man walked.",
        "He was killed at 5 p.m.",
        "They arrested him on 12 charges.",
        "They were killed 30 miles from home.",
        "killed in 1998",
        "A farmer lives nearby.",
        "The group claimed two attacks.",
        "He left two houses.",
        "They killed 1,200 years ago.",
    ],
)
def test_other_numbers_are_no_counts(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("words", "operator"),
    [
        ("25", "="), ("At least 25", ">="), ("More than 25", ">="), ("Up to 25", "<="),
        ("Fewer than 25", "<="), ("About 25", "~"), ("Dozens of", "~"), ("20 to 25", "~"),
        ("Another 25", "="), ("25 or more", ">="), ("Two dozen", "="),
    ],
)  # fmt: skip
def test_a_count_says_how_it_is_given(words: str, operator: str) -> None:
    text = f"{words} people were killed."
    assert [c.operator for c in find(text, Span(0, len(text)))] == [operator]


def test_a_count_stands_at_its_number() -> None:
    text = "He said: at least 25 fighters were killed."
    (count,) = find(text, Span(0, len(text)))
    assert count.span.of(text) == "25"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a day of a month counts nobody
        ("On 14 June a former combatant was shot dead.", [("killed", 1, 1)]),
        ("On June 14 two men were killed.", [("killed", 2, 2)]),
        ("Nine died and on the 3rd of May two more died.", [("killed", 9, 9), ("killed", 2, 2)]),
        ("In June 14 people were killed.", [("killed", 14, 14)]),
        ("14 may have been killed.", [("killed", 14, 14)]),
        # lists behind the verb
        ("A bomb went off, killing a policeman and two passers-by.", [("killed", 3, 3)]),
        (
            "killing two pupils and a coach from Lima and injuring 17",
            [("killed", 3, 3), ("injured", 17, 17)],
        ),
        ("It killed a man, two women and a child in Lima.", [("killed", 4, 4)]),
        ("killing three soldiers and wounding five", [("killed", 3, 3), ("injured", 5, 5)]),
        (
            "killing three people and 12 others were wounded",
            [("killed", 3, 3), ("injured", 12, 12)],
        ),
        ("Gunmen killed 5 and 3 were hurt.", [("killed", 5, 5), ("injured", 3, 3)]),
        ("They killed two soldiers and a dog.", [("killed", 2, 2)]),
        ("killing four people, two of them children", [("killed", 4, 4)]),
        # those of whom some died
        ("Snow buried six skiers, of whom one, a Dutchman, was dug out dead.", [("killed", 1, 1)]),
        ("Ten people were hurt, one of whom later died.", [("injured", 10, 10), ("killed", 1, 1)]),
        ("Three of them died.", [("killed", 3, 3)]),
        # somebody and his own
        ("Gunmen shot dead former mayor Luis Quiroga and his two sons.", [("killed", 3, 3)]),
        ("Gunmen killed a judge and his wife on Monday.", [("killed", 2, 2)]),
    ],
)
def test_people_are_counted_together_and_days_are_not(
    text: str, expected: list[tuple[str, int, int | None]]
) -> None:
    assert told(text) == expected


def test_only_the_span_is_read() -> None:
    text = "Two people died. Five people died."
    assert [(c.low, c.span.of(text)) for c in find(text, Span(17, len(text)))] == [(5, "Five")]


COUNTS = st.builds(
    Count,
    st.sampled_from(["killed", "injured"]),
    st.integers(0, 50),
    st.none() | st.integers(50, 90),
    st.just(Span(0, 1)),
)


@given(st.lists(COUNTS, max_size=6).flatmap(lambda c: st.tuples(st.just(c), st.permutations(c))))
def test_combining_does_not_depend_on_the_order(pair: tuple[list[Count], list[Count]]) -> None:
    counts, shuffled = pair
    assert combine(counts) == combine(shuffled)
    assert set(combine(counts)) == {count.kind for count in counts}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], {}),
        ([("killed", 24, 24), ("killed", 25, None)], {"killed": (25, None)}),
        ([("killed", 9, 9), ("killed", 9, None)], {"killed": (9, 9)}),
        ([("killed", 9, 9), ("injured", 31, None)], {"killed": (9, 9), "injured": (31, None)}),
        ([("killed", 24, 99), ("killed", 31, 31)], {"killed": (31, 31)}),
        ([("killed", 0, 0), ("killed", 2, 2)], {"killed": (2, 2)}),
        ([("killed", 3, 3), ("killed", 90, 90)], {"killed": (90, 90)}),
        ([("killed", 9, 9), ("killed", 10, 10), ("killed", 900, 900)], {"killed": (10, 10)}),
        ([("killed", 9, 9), ("killed", 80, 80), ("killed", 80, 80)], {"killed": (80, 80)}),
    ],
)
def test_the_largest_figure_wins_and_an_exact_one_before_an_open_one(
    counts: list[tuple[str, int, int | None]], expected: dict[str, tuple[int, int | None]]
) -> None:
    found = combine(Count(*count, Span(0, 1)) for count in counts)
    assert {kind: (told.low, told.high) for kind, told in found.items()} == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["About 30 people were killed."], "~"),
        (["About 30 people were killed.", "Thirty people were killed."], "="),
        (["About 30 people were killed.", "Nearly 30 people died."], "~"),
        (["At least 30 people were killed.", "About 20 people died."], ">="),
    ],
)
def test_what_is_combined_keeps_how_its_figure_was_told(texts: list[str], expected: str) -> None:
    told = [count for text in texts for count in find(text, Span(0, len(text)))]
    assert combine(told)["killed"].operator == expected


@given(any_text())
def test_counts_lie_in_the_text_and_in_order(text: str) -> None:
    found = find(text, Span(0, len(text)))
    assert all(0 <= c.span.start < c.span.end <= len(text) for c in found)
    assert all(c.low >= 0 and (c.high is None or c.high >= c.low) for c in found)
    assert all(a.span <= b.span for a, b in pairwise(found))
    assert found == find(text, Span(0, len(text)))


@pytest.mark.parametrize("figure", ["9" * 400, "1,000" * 200, "9.9 million" * 50, "0", "0.0", "१२"])
def test_figures_beyond_reason_are_no_error(figure: str) -> None:
    for count in find(f"At least {figure} people were killed.", Span(0, 9000)):
        assert count.low >= 0


@pytest.mark.parametrize("name", REPEATED)
def test_a_long_text_is_searched_at_once(name: str) -> None:
    text = repeated(name, 20_000)
    begun = process_time()
    find(text, Span(0, len(text)))
    assert process_time() - begun < 2
