"""Events in a text: their types, and whether the text says that they happened."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from time import process_time

import pytest
from hostile_texts import REPEATED, any_text, repeated
from hypothesis import given

from geomap.events import extract, is_figurative
from geomap.model import Article, Event
from geomap.ontology import event_types

PUBLISHED = date(2020, 1, 1)


def events(text: str, published: date | None = PUBLISHED) -> list[Event]:
    """Return the events of a text."""
    return extract(Article("1", text, published=published))


def statuses(text: str) -> set[str]:
    """Return the statuses of a text's events."""
    return {event.status for event in events(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked Goma on Tuesday.",
        "A quake shook Lima.",
        "At least 14 people died when floods swept through Sylhet.",
        "Protesters stormed the embassy, setting fires.",
        "He said the bombing killed two people.",
        "Police said gunmen ambushed a convoy.",
        "The protest was not only about bread, and riots broke out in the capital.",
        "Gunmen killed the mayor, who had planned to resign.",
        "Six soldiers were killed in an ambush, the ministry warned on Monday.",
        "Floods killed 14 people after a dam failed to hold.",
        "Soldiers managed to capture the town.",
        "The storm went on to flood the coast.",
        "Police could not stop the protesters, who stormed the palace.",
        "The government vowed revenge after a bomb exploded in the market.",
        "Thousands protested to demand better pay.",
    ],
)
def test_what_is_told_happened(text: str) -> None:
    assert "happened" in statuses(text)
    assert statuses(text) <= {"happened", "background", "demanded", "threatened", "planned"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebels may attack Goma.", "hypothetical"),
        ("Rebels could attack Goma.", "hypothetical"),
        ("If rebels attack Goma, people will suffer.", "hypothetical"),
        ("Officials fear an earthquake.", "hypothetical"),
        ("The risk of floods is high.", "hypothetical"),
        ("Was it a bombing?", "hypothetical"),
        ("About 750 troops are prepared to deploy to the region.", "planned"),
        ("The workers plan to protest on Friday.", "planned"),
        ("The army will deploy 500 troops.", "planned"),
        ("An election is to be held in May.", "planned"),
        ("France is sending 500 troops to Mali.", "planned"),
        ("The rebels threatened to attack the palace.", "threatened"),
        ("He warned of riots.", "threatened"),
        ("The union called for a protest.", "demanded"),
        ("They demanded an embargo against the junta.", "demanded"),
        ("The army denied that soldiers had attacked the village.", "denied"),
        ("There was no explosion.", "denied"),
        ("Police foiled a bomb attack.", "denied"),
        ("Rebels did not attack Goma.", "denied"),
        ("The rebels never attacked Goma.", "denied"),
        ("A cyclone killed more than 3,000 people in 2007.", "background"),
        ("In 1998, rebels attacked Goma.", "background"),
        ("On the anniversary of the earthquake, the king spoke.", "background"),
    ],
)
def test_what_governs_a_trigger_says_whether_it_happened(text: str, status: str) -> None:
    assert statuses(text) == {status}


@pytest.mark.parametrize(
    "text",
    [
        "Washington said it was sorry.",
        "He praised the team.",
        "Shares fell in New York.",
        "It was cold.",
        "",
        "“We have never seen water like this,” she said.",
    ],
)
def test_a_text_without_events_has_none(text: str) -> None:
    assert events(text) == []


def test_an_event_of_the_year_before_is_news() -> None:
    assert statuses("Rebels attacked Goma in December 2019.") == {"happened"}
    assert statuses("Rebels attacked Goma in November.") == {"happened"}


def test_without_a_publication_day_nothing_is_called_old() -> None:
    assert [e.status for e in events("Rebels attacked Goma in 1998.", None)] == ["happened"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A bomb exploded in Kabul. The attack killed five.", "attack"),
        ("Floods hit Sylhet. The disaster killed 14.", "disaster"),
        ("A quake shook Lima. That earthquake killed two.", "earthquake"),
        ("Riots began. Following the violence, shops closed.", "violence"),
    ],
)
def test_a_definite_noun_points_back(text: str, word: str) -> None:
    assert [event.trigger.of(text) for event in events(text) if event.anaphoric] == [word]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a convoy near Goma.",
        "The attack on Goma killed five soldiers.",
        "An attack killed five soldiers.",
        "The first earthquake shook Lima.",
    ],
)
def test_what_tells_something_new_does_not_point_back(text: str) -> None:
    assert [event.type for event in events(text) if event.anaphoric] == []


def test_an_event_keeps_its_words_and_its_sentence() -> None:
    text = "He spoke. Protesters stormed the embassy in Baghdad. She left."
    (event,) = events(text)
    assert event.trigger.of(text) == "stormed"
    assert event.sentence.of(text) == "Protesters stormed the embassy in Baghdad."
    assert event.type == "riot"


def test_verbal_events_are_kept_off() -> None:
    assert events("Iran condemned it and accused Israel.") == []


SPORT = (
    "The team won the match after the striker scored a goal in the final game of the season. "
    "Arsenal attacked from the start, and the coach praised his team. "
    "Chelsea fired the coach after the game. The champion battled on."
)


def test_sport_has_no_battles() -> None:
    assert is_figurative(SPORT.lower().split())
    assert events(SPORT) == []


def test_harm_done_at_a_game_is_news() -> None:
    text = SPORT + " A bomb exploded outside the stadium, police said, and four fans were killed."
    assert {event.type for event in events(text)} == {"bombing"}


def test_one_word_of_sport_hides_no_event() -> None:
    text = "The Arab League began a mediation effort between the two governments."
    assert {event.type for event in events(text)} == {"meeting"}


def test_a_murder_is_an_attack_where_terrorists_do_it() -> None:
    told = "The judge was found shot to death."
    assert {event.type for event in events(told)} == {"violent_crime"}
    setting = "Guerrillas are active there. Terrorists have threatened judges. "
    assert {event.type for event in events(setting + told)} == {"armed_attack"}


@pytest.mark.parametrize(
    "text",
    [
        "Die Regierung will am Montag in Berlin über die Lage beraten; Brand und Sturm im Norden.",
        "Los rebeldes atacaron la ciudad y un terremoto sacudió Lima.",
        "Les rebelles ont attaqué la ville et un séisme a secoué Lima.",
        "Повстанцы атаковали город, землетрясение в Лиме.",
        "叛军袭击了这座城市，利马发生地震。",
        "هاجم المتمردون المدينة وضرب زلزال ليما.",
    ],
)
def test_other_languages_are_passed_over_in_silence(text: str) -> None:
    assert events(text) == []


def test_time_grows_with_length_alone() -> None:
    def seconds(length: int) -> float:
        text = (SPORT.replace(".", "") + "in 1998 rebels did not attack the town of Goma ") * length
        begun = process_time()
        events(text)
        return process_time() - begun

    seconds(1)
    assert seconds(400) < 20 * max(seconds(100), 0.02)


@pytest.mark.parametrize("end", ["\r\n\r\n", "\n\n", "\r\n \r\n"])
def test_line_ends_of_all_kinds_keep_the_offsets(end: str) -> None:
    text = f"A quake shook Lima.{end}Rebels attacked Goma.{end}"
    assert [event.trigger.of(text) for event in events(text)] == ["quake", "attacked"]


@given(any_text())
def test_triggers_lie_in_their_sentences_and_in_order(text: str) -> None:
    found = events(text)
    for event in found:
        assert 0 <= event.sentence.start < event.sentence.end <= len(text)
        assert event.sentence.covers(event.trigger)
        assert event.trigger.of(text).strip() == event.trigger.of(text) != ""
        assert event.type in event_types() or (event.type == "" and event.anaphoric)
        assert 0 <= event.score <= 1
    assert all(a.trigger.end <= b.trigger.start for a, b in pairwise(found))
    assert found == events(text)


@pytest.mark.parametrize("name", REPEATED)
def test_a_long_text_is_read_at_once(name: str) -> None:
    text = repeated(name, 20_000)
    begun = process_time()
    events(text)
    assert process_time() - begun < 2


@pytest.mark.parametrize(
    "fate",
    [
        "Two guards were killed.",
        "It killed a man in his van.",
        "One person died there.",
        "Officials put the dead at nine.",
        "Six bodies have been found.",
    ],
)
def test_whom_an_event_killed_is_told_of_it_in_the_next_sentence(fate: str) -> None:
    told = events(f"A storm tore through Ipswich on Tuesday. {fate}")
    assert [(event.type, event.anaphoric) for event in told] == [("storm", False), ("", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Two guards were killed.",
        "A storm tore through Ipswich. He was away. So was I. She slept. Two men died.",
        "A storm tore through Ipswich. Two people died in Norwich.",
        "A storm tore through Ipswich. No one was hurt.",
    ],
)
def test_the_dead_of_nothing_told_just_before_open_nothing(text: str) -> None:
    assert "" not in {event.type for event in events(text)}


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Typhoon Molave sank boats. On Sunday Molave hit Mindoro.", ["storm", "storm"]),
        ("Hurricane Delta grew. Delta slammed the coast of Belize.", ["storm", "storm"]),
        ("Hurricane Delta grew. Delta Air Lines cut jobs.", ["storm"]),
        ("The Storm Prediction Center warned. Prediction killed the mood.", []),
    ],
)
def test_a_storm_strikes_under_its_name(text: str, types: list[str]) -> None:
    assert [event.type for event in events(text) if event.type == "storm"] == types


def test_what_a_court_does_in_a_sentence_is_one_event() -> None:
    told = events("A jury found him guilty after a trial of nine days in Mobile.")
    assert [event.type for event in told] == ["trial"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A court in Mobile found him guilty of murder.", "background"),
        ("He was convicted of arson in Leeds.", "background"),
        ("He was charged with arson in Leeds.", "background"),
        ("He was charged with murder in Leeds.", "happened"),
        ("He was charged with the murder of a nurse in Leeds.", "happened"),
    ],
)
def test_the_name_of_a_charge_reports_no_crime(text: str, status: str) -> None:
    crimes = ("violent_crime", "property_attack", "armed_attack", "fire")
    assert {event.status for event in events(text) if event.type in crimes} == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The quake that shook Sendai in 869 was large.", "background"),
        ("Vandals looted the town in 455.", "background"),
        ("In 1204, knights looted the city.", "background"),
        ("Fire broke out in 455 houses and killed two people.", "happened"),
        ("Rioters looted goods in 120 shops.", "happened"),
    ],
)
def test_a_year_of_three_figures_is_long_ago(text: str, status: str) -> None:
    assert statuses(text) == {status}


def test_a_report_on_shares_has_no_bombs() -> None:
    text = "Investors dumped bonds. The stock bombed. Brokers said yields had exploded."
    assert not events(text)


def types(text: str) -> list[str]:
    """Return the types of what a text says took place, in reading order."""
    return [event.type for event in events(text) if event.status in ("happened", "ongoing")]


def test_an_explosion_at_works_is_an_accident_where_nobody_attacked() -> None:
    lead = "Nineteen people died in an explosion at a fireworks unit near Sattur. "
    assert set(types(lead + "The explosion was heard in Kovilpatti.")) == {"industrial_accident"}
    lead = "Nine people died when militants set off a bomb near Sattur. "
    more = "A second explosion shook the town. The gas was cut off."
    assert set(types(lead + more)) == {"bombing"}


def test_what_a_quake_brings_down_is_part_of_it() -> None:
    quake = "An earthquake shook Zarand. The earthquake killed nine. "
    assert set(types(quake + "A minaret collapsed in Bam.")) == {"earthquake"}
    assert "industrial_accident" in types(quake + "A gallery of a mine caved in near Bam.")
    assert "industrial_accident" in types("A minaret collapsed in Bam.")


def test_two_words_for_one_event_tell_it_once() -> None:
    assert types("The rebels signed a peace deal in Lome.") == ["agreement"]
    assert types("On Sunday, after a raid by rebels, rebels attacked Goma.") == ["armed_attack"] * 2


def test_the_polling_day_is_no_second_election() -> None:
    text = "Ecuadoreans elected a president on Sunday. Polling stations opened in Quito."
    assert types(text) == ["election"]
    assert types("Polling stations opened in Quito.") == ["election"]


def test_the_day_of_a_tried_crime_is_its_articles_matter() -> None:
    crime = "He stabbed a man in Leeds on 3 May 2016."
    trial = "A court in Leeds sentenced him to ten years in prison on Tuesday. "
    assert {event.status for event in events(crime)} == {"background"}
    told = [event for event in events(trial + crime) if event.type == "violent_crime"]
    assert [event.status for event in told] == ["happened"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Parliament meets in Quito on Thursday.", "planned"),
        ("Parliament met in Quito on Thursday.", "happened"),
        ("Donors meet in Geneva on 3 June.", "planned"),
        ("The ministers hold talks in Doha on 30 May.", "planned"),
        ("Donors met in Geneva on 3 May.", "happened"),
        ("Rebels attacked Goma on 2 May, and a new mission leaves on 30 May.", "happened"),
    ],
)
def test_what_has_a_day_to_come_is_planned(text: str, status: str) -> None:
    found = extract(Article("1", text, published=date(2024, 5, 20)))
    assert [event.status for event in found] == [status]


def test_an_old_year_before_when_dates_what_follows() -> None:
    text = "Drivers recalled 1991, when the road was closed and Vukovar was shelled for 87 days."
    found = extract(Article("1", text, published=date(2024, 5, 20)))
    assert {event.status for event in found} == {"background"}
