"""What kind of text an article is, and that texts that are no news put nothing on a map."""

from __future__ import annotations

from datetime import date

import pytest
from hostile_texts import any_text
from hypothesis import given

from geomap.events import extract
from geomap.genre import genre
from geomap.model import Article

PUBLISHED = date(2022, 9, 14)

RECIPE = """Lamb that stopped a feud

My uncles fought over this dish for years, and one Easter they threw plates. Peace was declared
when my aunt added lemon. Chop two onions, crush four cloves of garlic and fry them in a heavy pan.
Attack the shoulder with a sharp knife, rub it with cumin and paprika, and brown it. Add a
tablespoon of flour, a pint of stock and a tin of tomatoes, and simmer for two hours. Stir it now
and then, or the bottom will burn. Serve with rice."""

REVIEW = """Book review: The Bridge at Mitrovica

The author's third novel opens with an ambush. On page ten a bomb kills the mayor, and by the
second chapter the whole town has fled across the river. The plot creaks, but the characters live,
and the prose is quick. Readers who loved her debut will forgive the massacre at the end."""

OBITUARY = """Teodor Ruzicka, surgeon of three wars

Teodor Ruzicka, who sewed up soldiers on four continents, has died in Brno aged 91.

He was born in Zlin in 1931, the son of a shoemaker, and studied medicine in Prague. He was arrested
in Budapest in 1956 and expelled from the university. In Beirut his clinic was shelled, and in
Kabul he was kidnapped by bandits, who let him go when he had treated their chief's mother.

He retired in 1999 and married for the second time. He is survived by two sons."""

TRAVEL = """48 hours in Mostar

Start at the old bridge, which shells brought down in 1993 and masons put back. You will want to
watch the divers, who attack the river from 24 metres. The museum tells of the siege; the
restaurant next door tells of lamb.

Where to stay: the hotel by the mosque has rooms from 60 euros, and breakfast on the terrace.
Where to eat: any bar on the left bank. You can hike to the ruins above the town.
Getting there: buses from Sarajevo take two and a half hours."""

HISTORY = """The siege that made a city

A hundred and fifty years ago this week the last gun fell silent at Belfort. In 1870 the Prussians
had surrounded the town; by January 1871 they had shelled it for 73 days. Bombs set the arsenal
on fire, and 300 people died. In 1875 a sculptor began to carve the lion. The army that attacked
again in 1914 never came so far."""

LETTER = """Sir,

Your paper writes that our village is safe from floods. We who live below the dam know better. In
my youth the river took the mill, the school and two cows. Must the dam break before the ministry
sends an engineer? I urge the minister to spend one night here in March, when it rains.

Yours faithfully,
Oda Brekke"""

OPINION = """Stop calling it a war

We have declared war on drugs, on litter and on foxes. I would like us to surrender. Words matter:
if every quarrel in the council is a battle, we shall have none left when the tanks come. Let us
be honest. Our streets were not bombed; they were dug up by the water company. We should say so,
and we must stop shooting at each other with adjectives. Perhaps then my neighbours will talk."""

NEWS = """A bomb killed nine people outside a hotel museum in Quetta on Tuesday, police said.

The dead include a film director, who was born in Lahore and studied in London, and his wife. He
leaves two sons. "We should not be afraid", the mayor said. The blast was the worst since 1998,
officials said. In 1971 and 1965 the market was shelled, too. On Wednesday thousands marched."""

KILLED = """A journalist, aged 41, was killed on Monday when gunmen attacked her car near Culiacan.

She was born in Tepic, studied law, married twice and is survived by a daughter. Police arrested two
men on Tuesday."""

INTERVIEW = """'I counted the shells'

When did the attack begin?

We heard the first shells on Monday at six. They hit the school in Orikhiv. My sister was wounded.

Would you go back?

We have nothing there now. On Tuesday the army evacuated our street."""


FORECAST = """COAST FORECAST
Friday: rain from the south, heavy by breakfast, with thunderstorms about the lakes and gusts to
90 km/h. Snow to 900 metres. Light winds, turning northwest. Saturday: showers, then fine, with
morning fog. Sunday: frost, sunny spells. Tops 17 degrees. High tide at 8.11, sunrise at 6.03."""
AFTERMATH = FORECAST + " On Thursday a tornado killed two people in Hokitika."
GOSSIP = """Our spy among the canapés reports: fireworks on the yacht! The starlet stormed out after
her ex turned up on the red carpet. "It was a massacre," sighs a guest. A little bird saw her."""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (FORECAST, "forecast"),
        (AFTERMATH, "news"),
        (GOSSIP, "gossip"),
        (RECIPE, "recipe"),
        (REVIEW, "review"),
        (OBITUARY, "obituary"),
        (TRAVEL, "travel"),
        (HISTORY, "history"),
        (LETTER, "opinion"),
        (OPINION, "opinion"),
        (NEWS, "news"),
        (KILLED, "news"),
        (INTERVIEW, "news"),
    ],
)
def test_a_text_is_known_by_its_words(text: str, kind: str) -> None:
    assert genre(Article("1", text, published=PUBLISHED)) == kind


@pytest.mark.parametrize(
    "text", [RECIPE, REVIEW, OBITUARY, TRAVEL, HISTORY, LETTER, OPINION, FORECAST, GOSSIP]
)
def test_what_is_no_news_reports_nothing_that_happened(text: str) -> None:
    told = extract(Article("1", text, published=PUBLISHED))
    assert not [event for event in told if event.status in ("happened", "ongoing", "planned")]


@pytest.mark.parametrize("text", [NEWS, KILLED, INTERVIEW])
def test_news_that_tells_a_life_or_speaks_in_the_first_person_stays_news(text: str) -> None:
    told = extract(Article("1", text, published=PUBLISHED))
    assert any(event.status == "happened" for event in told)


def test_a_recent_day_makes_news_of_what_a_letter_tells() -> None:
    text = LETTER.replace("Must the dam", "On Monday the river flooded the school. Must the dam")
    told = extract(Article("1", text, published=PUBLISHED))
    assert [event.type for event in told if event.status == "happened"] == ["flood"]


def test_the_title_of_a_text_counts() -> None:
    body = "The plot creaks, the cast is fine, and the last scene, a massacre, is a mistake."
    assert genre(Article("1", body, title="Review: The Tent")) == "review"


@given(any_text())
def test_any_text_has_a_kind(text: str) -> None:
    assert genre(Article("1", text))


RELEASE = """Veldmark opens a plant in Gdansk

GDANSK, 3 May 2022 - Veldmark NV, a leading maker of pumps, today announced that it has occupied a
former shipyard in Gdansk and signed an agreement with the port of Riga. "We strike where our
customers are," said Chief Executive Officer Ilse Brandt.

About Veldmark
Veldmark had sales of 900 million euros in 2021. Media contact: Ghent, Koestraat 4."""


def test_what_a_company_says_of_itself_is_no_news() -> None:
    article = Article("1", RELEASE, published=PUBLISHED)
    assert genre(article) == "release"
    assert extract(article) == []


def test_a_report_on_a_company_is_news() -> None:
    text = """An explosion at a plant of Veldmark in Gdansk killed two workers on Tuesday, police
said. Chief Executive Officer Ilse Brandt today announced an inquiry. Veldmark, a leading maker of
pumps, has 900 workers there. Firemen put out the blaze at noon."""
    assert genre(Article("1", text, published=PUBLISHED)) == "news"
