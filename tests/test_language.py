"""Which texts are in English."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from geomap.language import is_english

GOLD = Path(__file__).parent / "gold"

OTHERS = {
    "Spanish": "Una explosión mató a tres personas en Bogotá el martes, dijo la policía.",
    "Portuguese": "Uma explosão matou três pessoas em Luanda na noite de terça, disse a polícia.",
    "French": "Une explosion a tué trois personnes à Marseille mardi soir, a annoncé la police.",
    "Italian": "Tre persone sono morte in una esplosione a Napoli nella notte, dice la polizia.",
    "German": "Bei einer Explosion in Berlin sind drei Menschen gestorben, sagte die Polizei.",
    "Dutch": "Bij een explosie in Rotterdam zijn drie mensen gedood, meldt de politie.",
    "Swedish": "Tre personer har dött i en explosion i Malmö, och det är oklart vad som hände.",
    "Polish": "W wybuchu w Krakowie zginęły trzy osoby, a policja nie podała, co się stało.",
    "Turkish": "İzmir'de bir patlamada üç kişi öldü ve polis bu olay için soruşturma başlattı.",
    "Indonesian": "Tiga orang tewas dalam ledakan di Medan dan polisi mencari pelaku dari sana.",
    "Russian": "Три человека погибли при взрыве в Омске во вторник, сообщила полиция.",
    "Arabic": "قتل ثلاثة أشخاص في انفجار في البصرة يوم الثلاثاء، كما أعلنت الشرطة.",
    "Hindi": "मंगलवार को विस्फोट में तीन लोगों की मौत हो गई, पुलिस ने बताया।",
    "Chinese": "周二晚间，当地发生爆炸，造成三人死亡，警方表示正在调查。",
}

ENGLISH = {
    "headline": "Bomb kills nine in Quetta",
    "headlines": "Floods displace thousands in Sudan\nQuake shakes Lima\nTroops enter Goma",
    "many headlines": "Bomb kills nine in Quetta\nQuake shakes Lima\n" * 30,
    "foreign names": "Police in San Juan de la Maguana held the mayor of Las Matas de Farfán.",
    "capitals": "THE ARMY SAID THAT THREE SOLDIERS WERE KILLED IN LA PAZ AND EL ALTO ON MONDAY.",
    "a word": "Baghdad",
    "figures": "2020 100 30 5",
    "nothing": "",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_languages_are_none(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_short_english_and_foreign_names_are_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.toml")), ids=lambda path: path.stem)
def test_every_gold_article_is_english(path: Path) -> None:
    assert is_english(tomllib.loads(path.read_text("utf-8"))["text"])


def test_a_long_text_without_any_common_word_is_no_english() -> None:
    assert not is_english("mlipuko uliua watu watatu " * 20)
