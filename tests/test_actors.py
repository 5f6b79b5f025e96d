"""One name for all ways of naming an actor, and the table that knows them."""

from __future__ import annotations

import csv
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hostile_texts import REPEATED, any_text, any_words, repeated
from hypothesis import given

from gazetteer import build_actors
from geomap.actors import FILE, KINDS, actors, name_of, words_of
from geomap.gazetteer import Gazetteer

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {
    "Taliban": "the Taliban|Taliban fighters|the Afghan Taliban|the Taleban|the Taliban's men",
    "Islamic State": "ISIS|ISIL fighters|Daesh|the Islamic State group|Islamic State militants|"
    "the so-called Islamic State|Da'esh",
    "Al-Shabaab": "al-Shabaab|Al Shabaab militants|al-Shabab|the Shabaab",
    "Boko Haram": "Boko Haram|Boko Haram Islamists|suspected Boko Haram gunmen",
    "Hezbollah": "Hezbollah|Hizbullah|Lebanese Hezbollah|Hezbollah fighters",
    "Shining Path": "Shining Path|Sendero Luminoso|SENDERO LUMINOSO|Shining Path guerrillas",
    "FARC": "the FARC|FARC rebels|the Revolutionary Armed Forces of Colombia|FARC dissidents",
    "ELN": "ELN guerrillas|the National Liberation Army|Ejército de Liberación Nacional",
    "FMLN": "the FMLN|THE FMLN|the Farabundo Martí National Liberation Front",
    "PKK": "the PKK|Kurdistan Workers' Party militants|the Kurdistan Workers’ Party",
    "Wagner Group": "Wagner|Wagner mercenaries|the Wagner Group",
    "M23": "the M23 rebels|M23|members of the March 23 Movement",
    "Rapid Support Forces": "the RSF|RSF paramilitaries|Sudan's Rapid Support Forces",
    "Doctors Without Borders": "MSF|Doctors Without Borders|Médecins Sans Frontières",
    "UNHCR": "UNHCR|the U.N. refugee agency|the UN refugee agency",
    "United Nations": "the UN|U.N. peacekeepers|the United Nations",
    "Houthis": "the Houthis|Houthi rebels|Yemen's Houthi movement|Ansar Allah",
    "US-led coalition": "the US-led coalition|U.S.-led coalition forces",
    "Iraq (forces)": "Iraqi forces|two Iraqi soldiers|Iraq's army|IRAQI TROOPS",
    "Iraq (police)": "Iraqi police|an Iraqi policeman|Iraqi federal police",
    "Iraq (protesters)": "Iraqi protesters|hundreds of Iraqi demonstrators",
    "Iraq (people)": "Iraqis|27 Iraqi civilians|Iraqi citizens",
    "Iraq (government)": "the Iraqi government|Iraq's prime minister|Iraqi officials",
    "Iraq (journalists)": "an Iraqi journalist|Iraqi journalists",
    "Iraq (fighters)": "Iraqi militiamen|Iran-backed Iraqi militias",
    "Iraq": "Iraq|the Iraqi",
    "Russia": "Russia|Russian missiles|Russia's request",
    "Israel (forces)": "the IDF|Israeli warplanes|the Israeli army|Israeli troops",
    "United States": "the US|the U.S.|America|the United States",
    "United States (forces)": "U.S. Marines|American troops|US warplanes|the 101st Airborne",
    "Democratic Republic of the Congo (forces)": "Congolese soldiers|DR Congo's army",
    "Kurds (fighters)": "Kurdish fighters|Kurdish rebels",
    "gunmen": "gunmen|a gunman|Two unidentified gunmen|gunmen on motorcycles|UNKNOWN GUNMEN",
    "police": "police|riot police|Police|two policemen|police officers|POLICE",
    "protesters": "thousands of protesters|the demonstrators|Protesters|at least 200 marchers",
    "nurses": "two nurses|a nurse|Nurses",
    "people": "27 people|people|dozens of people|dozens|at least 25|two others|12",
    "Hezbollah-linked gunmen": "Hezbollah-linked gunmen",
    "pro-Iranian militia": "the pro-Iranian militia",
    "President Aoun": "President Aoun",
    "guerrillas": "guerrillas|a guerrilla|GUERRILLAS",
    "": "the|...|another",
}
"""Names, and the phrases that mean them."""


@pytest.mark.parametrize(
    ("phrase", "name"), [(p, name) for name, phrases in NAMES.items() for p in phrases.split("|")]
)
def test_one_actor_has_one_name(phrase: str, name: str) -> None:
    assert name_of(phrase, opens=phrase[:1].isupper()) == name


@pytest.mark.parametrize("phrase", ["is", "who", "THE MAN IS", "THOSE WHO FLED", "a mend"])
def test_ordinary_words_are_no_acronyms(phrase: str) -> None:
    known = {alias.actor.name for entries in actors().values() for alias in entries}
    assert name_of(phrase) not in known


@given(any_text() | any_words())
def test_any_phrase_has_a_name(phrase: str) -> None:
    name = name_of(phrase)
    assert name == name_of(phrase)
    assert name == name.strip()


@pytest.mark.parametrize("name", REPEATED)
def test_a_long_phrase_is_named_at_once(name: str) -> None:
    text = repeated(name, 20_000)
    begun = process_time()
    name_of(text)
    assert process_time() - begun < 2


def curated(root: Path) -> list[dict[str, str]]:
    """Return the rows of the table written by hand."""
    path = root / "gazetteer" / "curated" / "actors.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_curated_actors_are_of_known_kinds_and_countries(root: Path) -> None:
    codes = set(build_actors.countries(Gazetteer.open()))
    for row in curated(root):
        assert row["name"] == row["name"].strip() != ""
        assert row["kind"] in KINDS, row
        assert row["country"] in codes | {""}, row


def test_no_alias_of_the_curated_actors_is_told_twice(root: Path) -> None:
    seen: dict[str, str] = {}
    for row in curated(root):
        aliases = {words_of(a).lower() for a in (row["name"], *row["aliases"].split("|")) if a}
        for alias in aliases:
            assert seen.setdefault(alias, row["name"]) == row["name"], alias


def test_the_built_table_is_what_its_sources_say() -> None:
    built = build_actors.lines(build_actors.countries(Gazetteer.open()))
    assert FILE.read_text(encoding="utf-8").splitlines() == built


def test_the_table_knows_many_organizations_and_each_alias_once() -> None:
    known = {alias.actor for entries in actors().values() for alias in entries}
    organizations = {actor for actor in known if actor.kind not in ("country", "people")}
    assert len(organizations) >= 1000
    assert {actor.kind for actor in known} <= KINDS
    aliases = [(first, a.rest) for first, entries in actors().items() for a in entries]
    assert len(aliases) == len(set(aliases))
