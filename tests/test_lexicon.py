"""The trigger lexicon: which words report what, and in what company."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.lexicon import is_verb, lexicon, noun_forms, triggers, verb_forms
from geomap.ontology import event_types
from geomap.text import read

if TYPE_CHECKING:
    from collections.abc import Callable

VERBAL = {"statement", "demand", "threat", "accusation"}


def found(text: str) -> list[tuple[str, str]]:
    """Return the type and the words of each trigger of a sentence."""
    words = read(text)[0].words
    return [(t.pattern.type, " ".join(words[t.start : t.end])) for t in triggers(words)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("US warplanes bombed two villages.", "air_strike"),
        ("A drone strike hit the town.", "air_strike"),
        ("Airstrikes shook the capital.", "air_strike"),
        ("Rebels fired mortars at the base.", "shelling"),
        ("The shelling lasted all night.", "shelling"),
        ("A suicide bomber blew himself up in a bomb attack.", "bombing"),
        ("A car bomb exploded near the market.", "bombing"),
        ("Soldiers clashed with rebels near the town.", "armed_clash"),
        ("Gunmen ambushed a convoy.", "armed_attack"),
        ("Militants killed six soldiers.", "armed_attack"),
        ("Gunmen kidnapped two nurses.", "kidnapping"),
        ("Rebels captured the town.", "territory_change"),
        ("France deployed 200 troops.", "troop_deployment"),
        ("The North test-fired a missile.", "weapons_test"),
        ("Thousands protested against the tax.", "protest"),
        ("Demonstrators took to the streets.", "protest"),
        ("Protesters stormed the embassy.", "riot"),
        ("Riots broke out after the game.", "riot"),
        ("Police arrested 12 people.", "arrest"),
        ("A court sentenced him to ten years in prison.", "trial"),
        ("A man was stabbed to death by his neighbor, police said.", "violent_crime"),
        ("Thieves robbed a bank.", "property_attack"),
        ("The president resigned.", "government_change"),
        ("The army staged a coup.", "government_change"),
        ("The presidents of both countries held talks.", "meeting"),
        ("The two sides signed a peace deal.", "agreement"),
        ("The EU imposed sanctions on the bank.", "sanction"),
        ("Thousands fled their homes.", "displacement"),
        ("Helicopters delivered food and water.", "aid"),
        ("An earthquake shook the island.", "earthquake"),
        ("The flood swept away two bridges.", "flood"),
        ("A cyclone made landfall.", "storm"),
        ("A wildfire burned 300 acres.", "wildfire"),
        ("A landslide buried the road.", "landslide"),
        ("The volcano erupted, spewing ash.", "volcano"),
        ("A drought has killed the crops.", "drought"),
        ("A bus crashed on the highway.", "transport_accident"),
        ("A ferry capsized.", "transport_accident"),
        ("An explosion at a chemical factory killed two workers.", "industrial_accident"),
        ("A fire gutted the warehouse.", "fire"),
        ("An outbreak of cholera has sickened 40 people.", "disease_outbreak"),
        ("AN EARTHQUAKE SHOOK THE ISLAND.", "earthquake"),
        ("An air-strike hit the town.", "air_strike"),
        ("Railway workers went on strike.", "strike_action"),
    ],
)
def test_what_happened_has_its_type(text: str, kind: str) -> None:
    assert kind in {each for each, _ in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The stock market crashed.",
        "Violence erupted after the match.",
        "She was flooded with emails.",
        "The striker scored.",
        "A storm of criticism followed.",
        "The film is a blast.",
        "He won in a landslide victory.",
        "Riot police stood by.",
        "The singer shot a new video.",
        "The vote was an earthquake in politics, a political earthquake.",
        "The museum opened its doors.",
        "Flood lights lit the pitch.",
        "He suffered a heart attack.",
        "Protest songs were sung.",
        "It rained.",
        "A tsunami warning was issued.",
        "The hurricane season begins in June.",
        "They fired the coach.",
        "The minister met the deadline.",
        "",
    ],
)
def test_figures_of_speech_open_no_event(text: str) -> None:
    kinds = [kind for kind, _ in found(text)] if text else [t.pattern.type for t in triggers([])]
    assert [kind for kind in kinds if kind not in VERBAL] == []


@pytest.mark.parametrize(
    "text", ["Washington condemned it.", "He warned them.", "Paris urged calm."]
)
def test_what_is_only_said_is_verbal(text: str) -> None:
    assert {kind for kind, _ in found(text)} <= VERBAL


MORE = {
    "air_strike": [
        "A bombing raid flattened the depot.",
        "Drones struck the camp.",
        "Helicopter gunships attacked the camp.",
    ],
    "shelling": [
        "Missiles slammed into a block of flats.",
        "Mortar shells landed near the school.",
        "Rocket fire hit the port.",
    ],
    "bombing": [
        "A man blew himself up at the gate.",
        "A grenade was thrown at the bar.",
        "A landmine killed two children.",
        "A blast tore through the market, killing four.",
    ],
    "armed_clash": [
        "Gunmen from two clans fought for six hours.",
        "A gunfight broke out at dawn.",
        "Border guards exchanged fire.",
    ],
    "armed_attack": [
        "The senator was assassinated.",
        "Six farmers were killed by rebels.",
        "Rebels raided a post.",
    ],
    "kidnapping": [
        "Gunmen seized two engineers at a roadblock.",
        "A plane was hijacked.",
        "The crew was held hostage.",
    ],
    "territory_change": [
        "The army recaptured the port.",
        "Rebels seized control of the town.",
        "The fort was besieged.",
    ],
    "troop_deployment": [
        "Paratroopers arrived in the capital.",
        "Soldiers were flown to the border.",
        "The army put its troops on alert.",
    ],
    "weapons_test": [
        "The navy held a joint exercise.",
        "It fired a ballistic missile into the sea.",
        "A nuclear test shook the valley.",
    ],
    "protest": [
        "Farmers blocked the highway.",
        "Students staged a sit-in.",
        "Thousands of people marched against the law.",
        "She began a hunger strike.",
    ],
    "riot": [
        "Youths hurled stones at the officers.",
        "A mob lynched two men.",
        "Inmates rioted.",
    ],
    "strike_action": [
        "Dockers walked off the job.",
        "A general strike closed shops.",
        "Nurses staged a walkout.",
    ],
    "arrest": [
        "Two men were detained.",
        "Police raided a flat.",
        "The fugitive was taken into custody.",
    ],
    "trial": [
        "The man pleaded guilty.",
        "She was indicted.",
        "A judge acquitted the nurse.",
        "Prosecutors charged him with fraud.",
    ],
    "violent_crime": [
        "A student was fatally shot.",
        "The woman was raped.",
        "A homicide was reported.",
    ],
    "property_attack": [
        "Thieves stole a painting.",
        "Masked men held up a bank.",
        "Shops were looted.",
        "Robbers made off with jewels.",
    ],
    "election": [
        "Millions cast their ballots.",
        "A referendum was held.",
        "Voters elected a president.",
    ],
    "government_change": [
        "The premier stepped down.",
        "She was sworn in.",
        "The king abdicated.",
        "Soldiers overthrew the government.",
    ],
    "meeting": [
        "Leaders opened a summit.",
        "The pope visited the shrine.",
        "Ministers met their counterparts.",
    ],
    "agreement": [
        "They signed a treaty.",
        "A truce took effect.",
        "The parliament ratified it.",
    ],
    "sanction": [
        "The country recalled its ambassador.",
        "An embargo was imposed.",
        "It expelled two diplomats.",
    ],
    "displacement": [
        "Villagers were evacuated.",
        "The war displaced thousands of people.",
        "Refugees crossed the border.",
    ],
    "aid": [
        "Soldiers rescued people from roofs.",
        "The agency handed out blankets.",
        "A convoy with rice and oil arrived.",
    ],
    "earthquake": ["A tremor of magnitude 5 was felt.", "Aftershocks continued."],
    "flood": ["The river burst its banks.", "Villages were inundated.", "Flash floods hit."],
    "storm": ["A tornado tore off roofs.", "A blizzard closed roads.", "The typhoon came ashore."],
    "wildfire": ["A bushfire neared the town.", "A forest fire spread."],
    "landslide": ["A mudslide blocked the pass.", "An avalanche killed two skiers."],
    "volcano": ["An eruption of the volcano began.", "Lava flowed down its slopes."],
    "drought": ["A famine began.", "A heat wave began."],
    "transport_accident": [
        "A train derailed.",
        "A train hit a bus.",
        "She was struck by a car.",
        "Two planes collided.",
    ],
    "industrial_accident": [
        "A bridge collapsed.",
        "Gas leaked from a tank.",
        "An oil spill fouled the beach.",
    ],
    "fire": ["A blaze gutted the hotel.", "A fire broke out in a market.", "The ship caught fire."],
    "disease_outbreak": [
        "Measles has infected 40 people.",
        "A dengue epidemic began.",
        "Cholera broke out.",
    ],
}
"""Further sentences that report each type, in plain words."""
TOLD = [(text, kind) for kind, texts in MORE.items() for text in texts]


def test_each_type_has_further_sentences() -> None:
    assert set(MORE) == set(event_types())


@pytest.mark.parametrize(("text", "kind"), TOLD)
@pytest.mark.parametrize("change", [str, str.upper, str.lower], ids=["as is", "upper", "lower"])
def test_each_type_is_known_by_many_words_in_any_case(
    text: str, kind: str, change: Callable[[str], str]
) -> None:
    assert kind in {each for each, _ in found(change(text))}


@pytest.mark.parametrize(
    "text",
    [
        "It spread like an epidemic.",
        "An explosion of interest followed.",
        "She got a flood of emails.",
        "The museum's visiting hours are short.",
        "A price war broke out between airlines.",
        "The fire department has a new chief.",
        "Tokyo lodged a formal protest.",
        "The storm over the scandal grew: a media storm.",
        "He scored with a bomb of a shot, a flood of goals.",
        "The shares rallied.",
        "The vaccine protects babies.",
        "Her heart was captured.",
        "He ran for office.",
        "The charge for parking is two dollars.",
        "They struck gold.",
        "A striking building stands there.",
        "The phone charges in an hour.",
        "The dam generates power.",
        "The trial version of the software is free.",
        "She won a landslide.",
        "The new school opened.",
        "The bank raised rates.",
    ],
)
def test_traps_open_no_event(text: str) -> None:
    assert [kind for kind, _ in found(text) if kind not in VERBAL] == []


def test_the_longest_pattern_wins() -> None:
    assert found("A car bomb exploded.")[0] == ("bombing", "car bomb")


def test_words_have_the_same_triggers_in_a_tuple_and_when_asked_again() -> None:
    for text in ("an explosion of interest followed", "the visiting king met rebels"):
        words = text.split()
        assert triggers(tuple(words)) == triggers(words) == triggers(words)
    assert triggers("an explosion of interest followed".split()) == []
    triggers("rebels attacked".split()).clear()
    assert len(triggers("rebels attacked".split())) == 1


def test_triggers_do_not_overlap() -> None:
    words = read("A suicide car bomb attack and a bomb blast killed soldiers in a gun battle.")[
        0
    ].words
    ends = [(t.start, t.end) for t in triggers(words)]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("storm", {"storm", "storms", "stormed", "storming"}),
        ("seize", {"seize", "seizes", "seized", "seizing"}),
        ("occupy", {"occupy", "occupies", "occupied", "occupying"}),
        ("destroy", {"destroy", "destroys", "destroyed", "destroying"}),
        ("rob", {"rob", "robs", "robbed", "robbing"}),
        ("clash", {"clash", "clashes", "clashed", "clashing"}),
        ("shoot", {"shoot", "shoots", "shot", "shooting"}),
        ("hijack", {"hijack", "hijacks", "hijacked", "hijacking"}),
        ("strike", {"strike", "strikes", "struck", "striking"}),
        ("kidnap", {"kidnap", "kidnaps", "kidnapped", "kidnapping"}),
        ("airlift", {"airlift", "airlifts", "airlifted", "airlifting"}),
        ("flood", {"flood", "floods", "flooded", "flooding"}),
        ("fire", {"fire", "fires", "fired", "firing"}),
        ("free", {"free", "frees", "freed", "freeing"}),
        ("set", {"set", "sets", "setting"}),
        ("expel", {"expel", "expels", "expelled", "expelling"}),
        ("acquit", {"acquit", "acquits", "acquitted", "acquitting"}),
        ("patrol", {"patrol", "patrols", "patrolled", "patrolling"}),
        ("gather", {"gather", "gathers", "gathered", "gathering"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("freeze", {"freeze", "freezes", "froze", "frozen", "freezing"}),
    ],
)
def test_verbs_have_their_forms(lemma: str, forms: set[str]) -> None:
    assert verb_forms(lemma) == forms


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("robbery", "robberies"),
        ("blast", "blasts"),
        ("clash", "clashes"),
        ("crash", "crashes"),
        ("siege", "sieges"),
        ("decoy", "decoys"),
        ("volcano", "volcanoes"),
        ("embargo", "embargoes"),
        ("tornado", "tornadoes"),
        ("crisis", "crises"),
    ],
)
def test_nouns_have_their_plural(word: str, plural: str) -> None:
    assert {word, plural} <= noun_forms(word)


@pytest.mark.parametrize(
    ("words", "at", "verbal"),
    [
        ("rebels attack the town", 1, True),
        ("after the attack", 2, False),
        ("they will attack", 2, True),
        ("rebels attacked", 1, True),
        ("an attack on the town", 1, False),
        ("the first strike", 2, False),
        ("soldiers shot dead two men", 1, True),
        ("Iraq 's attack".lower(), 2, False),
    ],
)
def test_verbs_are_told_from_nouns_by_their_company(words: str, at: int, *, verbal: bool) -> None:
    assert is_verb(words.split(), at) == verbal


def test_every_type_of_the_lexicon_is_in_the_ontology_and_the_other_way_round() -> None:
    kinds = {pattern.type for entries in lexicon().index.values() for _, pattern in entries}
    assert kinds == set(event_types()) | VERBAL


def test_words_that_point_back_point_to_types_or_groups() -> None:
    known = set(event_types()) | {kind.group for kind in event_types().values()}
    assert all(targets <= known for targets in lexicon().anaphors.values())


def test_conditions_are_single_words_as_sentences_have_them() -> None:
    words = {
        word
        for entries in lexicon().index.values()
        for _, pattern in entries
        for condition in pattern.conditions
        for word in condition.words
    }
    # A word with a hyphen never matches: sentences are read without hyphens.
    assert sorted(word for word in words if "-" in word) == []
    assert sorted(word for word in words if word != word.lower() or "@" in word) == []


def test_patterns_are_made_of_words_as_sentences_have_them() -> None:
    wrong = [
        (first, *rest)
        for first, entries in lexicon().index.items()
        for rest, _ in entries
        if len(read(" ".join((first, *rest)))[0].words) != 1 + len(rest)
    ]
    assert wrong == []


@given(st.lists(st.sampled_from(sorted(lexicon().index)) | st.text(max_size=3), max_size=30))
def test_any_words_give_triggers_in_order(words: list[str]) -> None:
    ends = [(t.start, t.end) for t in triggers(words)]
    assert all(0 <= start < end <= len(words) for start, end in ends)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("warsaw protested , as it always does .", []),
        ("seoul protested to the embassy .", []),
        ("prisoners protested for the third day .", ["protest"]),
        ("dozens of farmers protested .", ["protest"]),
        ("nurses protested outside the clinic .", ["protest"]),
        ("the flood task force meets in juba .", []),
        ("an earthquake museum opened in kobe .", []),
        ("vandals smashed the windows of a bakery .", ["property_attack"]),
        ("gales tore roofs off barns .", ["storm"]),
        ("the two navies began an exercise off goa .", ["weapons_test"]),
        ("the minister held an exercise in control .", []),
        ("a jury found the banker guilty .", ["trial"]),
        ("thousands walked to the border as the rebels advanced .", ["displacement"]),
        ("20,000 people have left the island by boat .", ["displacement"]),
        ("people left the stadium early .", []),
    ],
)
def test_protests_gales_bodies_and_courts_are_told_apart(text: str, types: list[str]) -> None:
    found = [trigger.pattern.type for trigger in triggers(text.split())]
    assert [kind for kind in found if kind != "territory_change"] == types
