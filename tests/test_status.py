"""What governs a trigger says whether its event took place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.events import extract
from geomap.model import Article, Status
from geomap.status import clause, status

PUBLISHED = date(2020, 1, 1)
STATUSES: set[Status] = {
    "happened",
    "ongoing",
    "planned",
    "threatened",
    "demanded",
    "denied",
    "hypothetical",
    "background",
}


def told(text: str, kind: str) -> list[Status]:
    """Return the statuses of a text's events of a type."""
    found = extract(Article("1", text, published=PUBLISHED))
    return [event.status for event in found if event.type == kind]


HAPPENED = [
    ("Rebels attack Goma.", "armed_attack"),
    ("Gunmen have attacked a convoy.", "armed_attack"),
    ("The army could not prevent the attack on the base.", "armed_attack"),
    ("Police failed to prevent the bombing of the station.", "bombing"),
    ("Guards were unable to stop the attack on the base.", "armed_attack"),
    ("No one was injured in the explosion at the mosque.", "bombing"),
    ("Nobody was hurt in an earthquake that shook the island.", "earthquake"),
    ("No casualties were reported after the earthquake.", "earthquake"),
    ("No one was hurt when the bomb exploded.", "bombing"),
    ("It was not the first attack on the town by rebels.", "armed_attack"),
    ("The planned air strike was carried out on Monday.", "air_strike"),
    ("After the planned strike by miners was carried out, talks began.", "strike_action"),
    ("The rebels denied carrying out the attack on the base.", "armed_attack"),
    ("The rebels denied responsibility for the bombing.", "bombing"),
    ("He denied any involvement in the kidnapping.", "kidnapping"),
    ("He was accused of the bombing.", "bombing"),
    ("He is suspected of bombing a church.", "bombing"),
    ("She was convicted of the murder of her husband.", "violent_crime"),
    ("The group claimed responsibility for the attack on the base.", "armed_attack"),
    ("Police are investigating the murder of a shopkeeper.", "violent_crime"),
    ("The government condemned the kidnapping of two nurses.", "kidnapping"),
    ("The minister vowed to punish those behind the massacre.", "armed_attack"),
    ("It is not clear who carried out the bombing.", "bombing"),
    ("No group has claimed responsibility for the kidnapping.", "kidnapping"),
    ("The explosion may have been caused by a gas leak, police said.", "industrial_accident"),
    ("They called for an end to the fighting between troops and rebels.", "armed_clash"),
    ("They called on both sides to stop fighting in the town.", "armed_clash"),
    ("The protesters tried to storm the palace.", "riot"),
    ("Soldiers managed to recapture the town.", "territory_change"),
    ("The storm forced thousands to flee their homes.", "displacement"),
    ("Police used clubs after protesters stormed the gate of the palace.", "riot"),
    ("The mayor, elected in 2008, was shot dead by gunmen.", "armed_attack"),
    ("Gunmen killed five soldiers, the worst attack since 2008.", "armed_attack"),
    ("Police arrested two men over the 2008 bombing.", "arrest"),
    ("The bombing not only killed four but set the market alight.", "bombing"),
    ("The police did not say how many died in the riots.", "riot"),
    ("The company said it would pay the victims of the oil spill.", "industrial_accident"),
    (
        "The two sides had agreed to talks before the coup in the capital by the army.",
        "government_change",
    ),
    ("Aid will be sent to victims of the earthquake.", "earthquake"),
    ("He could face life in jail over the kidnapping of two nurses.", "kidnapping"),
    ("The president has resigned.", "government_change"),
    ("She reportedly was kidnapped by gunmen.", "kidnapping"),
    ("Three men are believed to have robbed the bank.", "property_attack"),
    ("A wildfire swept through the hills, officials warned.", "wildfire"),
    ("The ferry, which was to have sailed on Monday, capsized.", "transport_accident"),
    ("Floods swept the valley, and more rain is expected.", "flood"),
    ("Thousands gathered to protest against the tax.", "protest"),
    ("Asked whether he had heard of the massacre, he nodded.", "armed_attack"),
    ("Investigators are trying to learn what caused the plane crash.", "transport_accident"),
    ("The dead included a man who could not escape the landslide.", "landslide"),
]

ONGOING = [
    ("Soldiers are fighting rebels in the hills.", "armed_clash"),
    ("The army has been shelling the town for days.", "shelling"),
    ("Rebels continue to bombard the city.", "shelling"),
    ("Fighting continues between troops and rebels near the town.", "armed_clash"),
    ("Fighting is still under way between troops and rebels.", "armed_clash"),
    ("He is being held hostage by gunmen.", "kidnapping"),
    ("Thousands are protesting in the square.", "protest"),
    ("Residents are being evacuated.", "displacement"),
    ("The wildfire is still raging.", "wildfire"),
    ("Rebels have been fighting troops since 2011.", "armed_clash"),
    ("The ongoing strike by teachers has closed schools.", "strike_action"),
    ("Teachers are on strike.", "strike_action"),
    ("Migrants are fleeing the fighting.", "displacement"),
    ("Troops are besieging the town.", "territory_change"),
    ("The volcano is erupting.", "volcano"),
    ("Workers keep striking over pay, the union of miners said.", "strike_action"),
]

PLANNED = [
    ("The rally will be held in the square on Friday.", "protest"),
    ("A rally is planned for Friday in the capital.", "protest"),
    ("Voters will go to the polls on Sunday.", "election"),
    ("A presidential election is scheduled for May.", "election"),
    ("The president is expected to resign.", "government_change"),
    ("The army plans to deploy 200 troops.", "troop_deployment"),
    ("France is sending 200 troops to Mali.", "troop_deployment"),
    ("750 troops to deploy to Kuwait.", "troop_deployment"),
    ("Leaders are set to sign a peace deal.", "agreement"),
    ("The upcoming summit of leaders is in Paris.", "meeting"),
    ("Ministers are to hold talks on Monday.", "meeting"),
    ("He is due to be sentenced to prison for life.", "trial"),
    ("Ahead of the general election, prices rose.", "election"),
    ("The union decided to boycott the vote.", "strike_action"),
    ("The government intends to expel the ambassador.", "sanction"),
    ("Helicopters will deliver food on Tuesday.", "aid"),
    ("The navy is preparing to conduct a missile test.", "weapons_test"),
    ("Residents will be evacuated.", "displacement"),
    ("Dockers are going to walk off the job.", "strike_action"),
    ("The two presidents meet next week.", "meeting"),
]

THREATENED = [
    ("The rebels threatened to attack the capital.", "armed_attack"),
    ("Rebels threatened to kidnap foreigners.", "kidnapping"),
    ("Pirates have threatened to hijack ships.", "kidnapping"),
    ("The union threatened a strike by teachers.", "strike_action"),
    ("The threat of an air strike hangs over the town.", "air_strike"),
    ("He vowed to bomb the town.", "bombing"),
    ("The government is threatening to impose sanctions.", "sanction"),
    ("The cabinet threatened to resign, the premier said.", "government_change"),
    ("Officials warned of floods.", "flood"),
    ("They warned of a massacre.", "armed_attack"),
]

DEMANDED = [
    ("The union called for a protest.", "protest"),
    ("They demanded the resignation of the president.", "government_change"),
    ("He urged both sides to sign a ceasefire.", "agreement"),
    ("The opposition wants a general election.", "election"),
    ("The envoy appealed for a ceasefire.", "agreement"),
    ("They asked the police to arrest the man.", "arrest"),
    ("The court should sentence him to life in prison.", "trial"),
    ("The EU called on the president to resign.", "government_change"),
    ("The police must arrest the men.", "arrest"),
    ("The mayor sought the evacuation of the valley.", "displacement"),
]

DENIED = [
    ("Rebels didn't attack the town.", "armed_attack"),
    ("Rebels will not attack the town.", "armed_attack"),
    ("The rebels never attacked the village.", "armed_attack"),
    ("No bomb exploded.", "bombing"),
    ("Police made no arrests.", "arrest"),
    ("Police have not arrested anyone.", "arrest"),
    ("Nobody was arrested.", "arrest"),
    ("There was no earthquake.", "earthquake"),
    ("There were no reports of flooding.", "flood"),
    ("Police prevented a bombing.", "bombing"),
    ("Soldiers foiled a coup by army officers.", "government_change"),
    ("The army denied that its troops had shelled the town.", "shelling"),
    ("The minister denied reports of a coup by the army.", "government_change"),
    ("Officials ruled out a bombing.", "bombing"),
    ("The protest in the square was called off.", "protest"),
    ("The presidential election was postponed.", "election"),
    ("The bombing was averted.", "bombing"),
    ("The rebels failed to capture the town.", "territory_change"),
    ("The president refused to resign.", "government_change"),
    ("The president is not expected to resign.", "government_change"),
    ("The bomb failed to explode.", "bombing"),
    ("The two sides have yet to sign a treaty.", "agreement"),
    ("The strike by miners did not take place.", "strike_action"),
    ("The army has no plans to deploy troops.", "troop_deployment"),
    ("The town was taken without a firefight.", "armed_clash"),
    ("The rebels rejected a ceasefire.", "agreement"),
    ("Neither side has signed the treaty.", "agreement"),
    ("The plane did not crash.", "transport_accident"),
    ("The volcano has never erupted.", "volcano"),
    ("The men were not kidnapped.", "kidnapping"),
]

HYPOTHETICAL = [
    ("Rebels might attack the capital.", "armed_attack"),
    ("The government did not rule out an attack by rebels.", "armed_attack"),
    ("Unless it rains, drought will follow.", "drought"),
    ("If a quake hits the city, thousands could die.", "earthquake"),
    ("A tsunami could hit the coast.", "earthquake"),
    ("The storm could hit the coast on Friday.", "storm"),
    ("There are fears of flooding.", "flood"),
    ("There were fears that the river had burst its banks.", "flood"),
    ("The risk of a landslide is high.", "landslide"),
    ("Troops were sent to prevent attacks on the base.", "armed_attack"),
    ("Workers may go on strike.", "strike_action"),
    ("The law allows police to arrest protesters.", "arrest"),
    ("They plotted to bomb the embassy.", "bombing"),
    ("He was charged with plotting a bombing.", "bombing"),
    ("Was it a massacre?", "armed_attack"),
    ("The army held a drill with a simulated earthquake.", "earthquake"),
    ("Any attack on the base would be answered by troops.", "armed_attack"),
    ("A coup by the army would end the talks.", "government_change"),
    ("She wondered whether rebels had attacked the base.", "armed_attack"),
    ("Engineers fear a dam failure.", "industrial_accident"),
    ("The possibility of an outbreak of cholera remains.", "disease_outbreak"),
    ("The ferry is likely to capsize.", "transport_accident"),
]

BACKGROUND = [
    ("In 1998, rebels attacked Goma.", "armed_attack"),
    ("Ten years ago a bomb exploded in the market.", "bombing"),
    ("A bomb exploded in the market ten years ago.", "bombing"),
    ("A cyclone killed more than 3,000 people in 2007.", "storm"),
    ("The bombing of a train in 2004 killed dozens.", "bombing"),
    ("On the anniversary of the massacre, the king spoke.", "armed_attack"),
    ("The town has a history of riots.", "riot"),
    ("Veterans of the siege of the town by troops met.", "territory_change"),
    ("A previous earthquake had cracked the walls.", "earthquake"),
    ("The volcano last erupted in 1902.", "volcano"),
    ("Since the earthquake of 2010, the island has been rebuilt.", "earthquake"),
    ("They commemorated the victims of the genocide and the massacre in 1994.", "armed_attack"),
]

CASES = [
    (text, kind, value)
    for value, rows in {
        "happened": HAPPENED,
        "ongoing": ONGOING,
        "planned": PLANNED,
        "threatened": THREATENED,
        "demanded": DEMANDED,
        "denied": DENIED,
        "hypothetical": HYPOTHETICAL,
        "background": BACKGROUND,
    }.items()
    for text, kind in rows
]


@pytest.mark.parametrize(("text", "kind", "value"), CASES)
def test_what_governs_a_trigger_tells_its_status(text: str, kind: str, value: Status) -> None:
    assert told(text, kind)[:1] == [value]


@pytest.mark.parametrize(("text", "kind", "value"), CASES)
def test_capitals_throughout_change_no_status(text: str, kind: str, value: Status) -> None:
    assert told(text.upper(), kind)[:1] == [value]


def test_all_statuses_are_tried() -> None:
    assert {value for _, _, value in CASES} == STATUSES


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "A flood killed 20 people here in 2010, and on Monday the river burst its banks again.",
            [("flood", "background"), ("flood", "happened")],
        ),
        (
            "Police arrested two men on Monday over the bombing of a train in 2004.",
            [("arrest", "happened"), ("bombing", "background")],
        ),
        (
            "Gunmen who had threatened to kidnap the judge shot him dead.",
            [("kidnapping", "threatened"), ("armed_attack", "happened")],
        ),
        (
            "Rebels ambushed a convoy, but soldiers prevented a massacre.",
            [("armed_attack", "happened"), ("armed_attack", "denied")],
        ),
        (
            "Thousands protested and the union threatened a strike by teachers.",
            [("protest", "happened"), ("strike_action", "threatened")],
        ),
    ],
)
def test_each_event_of_a_sentence_has_its_own_status(
    text: str, kinds: list[tuple[str, Status]]
) -> None:
    found = extract(Article("1", text, published=PUBLISHED))
    assert [(event.type, event.status) for event in found] == kinds


def test_a_clause_ends_at_its_joints() -> None:
    words = "he fled , and rebels attacked".split()
    assert list(clause(words, 5)) == ["and", "rebels"]
    assert list(clause(words, 0)) == []


@given(
    st.lists(
        st.sampled_from(
            "not will to of in the attack no if after , ; said could prevent rule out is "
            "being attacked attacking ? by denied n't".split()
        ),
        min_size=1,
        max_size=14,
    ),
    st.data(),
)
def test_any_words_have_a_status(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    for verbal in (True, False):
        assert status(words, start, start + 1, verbal=verbal) in STATUSES


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        (
            "a meeting of the two kings in oslo , proposed by the union , is off",
            "meeting",
            "hypothetical",
        ),
        ("a summit , planned since june , would help", "summit", "hypothetical"),
        ("an earthquake near the dam is a likelier danger", "earthquake", "hypothetical"),
        ("a flood in the delta remains a risk", "flood", "hypothetical"),
        ("the earthquake is a reminder of 1999", "earthquake", "happened"),
        ("another storm is forming near the islands", "storm", "hypothetical"),
        ("a hurricane is approaching the coast", "hurricane", "hypothetical"),
        ("a flood is likely in the valley", "flood", "hypothetical"),
        ("in the model such a quake would flood the port", "quake", "hypothetical"),
        ("the shooting was not in the capital", "shooting", "denied"),
        ("the judge set sentencing for april 14", "sentencing", "planned"),
        ("officials fixed the election for may 3", "election", "planned"),
        ("the quake set off sirens for hours", "quake", "happened"),
    ],
)
def test_what_is_brewing_feared_proposed_or_elsewhere_has_not_happened_here(
    text: str, word: str, expected: str
) -> None:
    words = text.split()
    at = words.index(word)
    assert status(words, at, at + 1, verbal=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the president was in madrid on monday to sign a pact", "happened"),
        ("ministers flew to oslo to sign a pact", "happened"),
        ("the president was to sign a pact", "planned"),
    ],
)
def test_who_was_there_to_do_it_did_it(text: str, expected: str) -> None:
    words = text.split()
    at = words.index("sign")
    assert status(words, at, at + 1, verbal=True) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("rain at first , thunderstorms possible about the lakes", "thunderstorms", "hypothetical"),
        ("thunderstorms expected by noon", "thunderstorms", "planned"),
        ("analysts call a truce unlikely", "truce", "hypothetical"),
        ("arrests : none , said police", "arrests", "denied"),
        ("arrests : 14 , said police", "arrests", "happened"),
        ("kyiv , may 28 - two bombs struck the town", "bombs", "happened"),
        ("donors meeting in oslo on 12 may pledged aid", "meeting", "happened"),
        ("a flood may hit the town", "flood", "hypothetical"),
    ],
)
def test_what_stands_behind_a_noun_and_the_month_of_may(
    text: str, word: str, expected: str
) -> None:
    words = text.split()
    at = words.index(word)
    assert status(words, at, at + 1, verbal=False) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("no site will be evacuated before june", "evacuated", "denied"),
        ("the site will be evacuated before june", "evacuated", "planned"),
        ("forty hauliers parked their lorries at the post to protest", "protest", "happened"),
        ("students lay down in the road to protest", "protest", "happened"),
        ("they vowed to protest", "protest", "threatened"),
        ("they refused to protest", "protest", "denied"),
        ("teachers decided to protest", "protest", "planned"),
        ("one side wanted the envoy expelled", "expelled", "demanded"),
        ("police arrested a man wanted for murder and expelled him", "expelled", "happened"),
        ("a debate on sending troops", "sending", "hypothetical"),
    ],
)
def test_what_was_done_to_protest_is_a_protest_and_nothing_of_none_is_planned(
    text: str, word: str, expected: str
) -> None:
    words = text.split()
    at = words.index(word)
    assert status(words, at, at + 1, verbal=True) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("diplomats said that talks could open in october", "talks", "hypothetical"),
        ("police said that the shooting may have been a mistake", "shooting", "happened"),
        ("the next test , with two warheads , is expected in autumn", "test", "planned"),
        ("the attack , on a market , was condemned", "attack", "happened"),
        ("they had planned last week 's attack on a post", "attack", "happened"),
        ("they had planned an attack on a post", "attack", "planned"),
    ],
)
def test_an_aside_and_a_reported_clause_hide_no_verb(text: str, word: str, expected: str) -> None:
    words = text.split()
    at = words.index(word)
    assert status(words, at, at + 1, verbal=False) == expected
