"""Which place each toponym of an article means.

A trained ranker weighs the candidates of a name by the evidence of :mod:`geomap.ranking`; a name
keeps one meaning throughout an article. Facilities without a proper name ("its embassy in Iraq")
are looked up under the names that an embassy of that sender in that host country would have, and
else stand at the host's capital. The ranker's weights and their card are in ``geomap/models/``,
made by ``geomap/training/resolver.py``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import forest
from geomap.model import Mention
from geomap.ranking import FEATURES, is_of_the_world, read_scene, vectors
from geomap.space import distance_km
from geomap.surroundings import Names, holds, inside, listed, next_link
from geomap.text import sentence_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Article, Candidate, Place, Toponym
    from geomap.ranking import Name, Scene
    from geomap.seams import Geocoder

MODEL = Path(__file__).with_name("models") / "resolver.json"
_KEPT_RUNNERS = 3
_COUNTRY = "PCL"
_CLEAR = 0.9
"""From this score on a place speaks for the country of its sentence."""
_BESIDE = 12
"""How many mentions on either side may be of the same sentence."""
_LOOSE = frozenset({"similar", "part"})
_STREET = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|boulevard|lane|drive|way)\.?$", re.IGNORECASE
)
_TIE, _SAME_PLACE_KM = 0.3, 161.0
"""Candidates so close in probability and place are told apart by other means, km."""
_HEAD = re.compile(
    r"[ ]((?:river|volcano|dam|crossing|canal|airport|lake|sea|strait|bridge|refinery|desert)s?)\b"
)
"""Words behind a name without which it may be another place's."""
_KNOWN = 100_000
"""A town of so many people may be meant by the name that a region of the world has too."""
_OWN_SCORE = 0.7
_TWICE = 2
_GREAT = ("PCL", "TERR", "CONT", "ADM1")
_HOLDERS = ("PCL", "ADM1")
_HEADS = [at for at, feature in enumerate(FEATURES) if feature.startswith("head_")]
_HOST_REACH = 60
"""How many characters after "embassy" its host country may be named."""
_HOST_GAP = re.compile(r"\s*(?:in|,)\s*(?:the\s+)?(?:\w+\s+)?")
_ITS = re.compile(r"\b(?:its|their)\s+$")
_EMBASSY_SCORE, _CAPITAL_SCORE = 0.85, 0.6
_EVIDENCE = (
    ("inside_ever", "{container} is named beside it"),
    ("told_all", "the text says that it lies there"),
    ("soon", "the text right after names what holds it"),
    ("admin1_named", "the article names {admin1}"),
    ("near50", "other places of the article are near"),
    ("country_named", "the article names its country"),
    ("country_votes", "other places of the article are in its country"),
)
"""Features that explain a choice, the most telling first."""


class BundledResolver:
    """Chooses among candidates with the bundled ranker."""

    def __init__(self, model: Path = MODEL) -> None:
        """Take the file of the ranker's weights."""
        self._forest = forest.read(model)

    def __call__(
        self, article: Article, toponyms: Sequence[Toponym], geocoder: Geocoder, /
    ) -> tuple[Mention, ...]:
        """Return one mention a toponym, in the same order."""
        options = _borne_out(
            toponyms, [_candidates(article.text, toponym, geocoder) for toponym in toponyms]
        )
        names = Names(article.text, toponyms, options)
        scene = read_scene(article, toponyms, options)
        mentions = [
            Mention(toponym, None, 0.0, "no place of that name in the gazetteer")
            for toponym in toponyms
        ]
        for name in scene.names:
            place, score, reason, runners = self._usual(scene, name, names)
            for index in name.indices:
                mentions[index] = Mention(toponyms[index], place, score, reason, runners)
        told = [_own(names, mentions, index) for index in range(len(mentions))]
        told = [_country_meant(article.text, names, told, index) for index in range(len(told))]
        told = [_division_meant(names, mention, index) for index, mention in enumerate(told)]
        return tuple(place_facilities(article, told, geocoder))

    def _usual(
        self, scene: Scene, name: Name, names: Names
    ) -> tuple[Place, float, str, tuple[Place, ...]]:
        """Return what a name means where no mention names what holds it.

        A container that is named first behind a later mention may tell it apart from the others:
        it does where the article names the country of what the others would mean.
        """
        meant = self._meaning(scene, name)
        if not name.told or len(name.indices) < _TWICE or next_link(names, name.indices[0]):
            return meant
        others = self._meaning(scene, replace(name, containers=(), soon=(), told=()))
        here, there = (scene.countries.get(found[0].country, 0.0) for found in (others, meant))
        return others if here > there else meant

    def _meaning(self, scene: Scene, name: Name) -> tuple[Place, float, str, tuple[Place, ...]]:
        """Return the place that a name means, how sure that is, why, and the runners-up."""
        rows = vectors(scene, name)
        weighed = sorted(
            ((self._forest.probability(row), -rank) for rank, row in enumerate(rows)), reverse=True
        )
        ranks = _finely(name, rows, weighed)
        chosen = name.candidates[ranks[0]]
        runners = tuple(name.candidates[r].place for r in ranks[1 : 1 + _KEPT_RUNNERS])
        reason = _reason(chosen, dict(zip(FEATURES, rows[ranks[0]], strict=True)), name)
        score = round(self._forest.calibrated(weighed[0][0]), 3)
        return chosen.place, score, reason, runners


def _candidates(text: str, toponym: Toponym, geocoder: Geocoder) -> tuple[Candidate, ...]:
    """Return what a name may mean, with the word behind it for what it is: "the Fuego volcano".

    A name that stands for a government is a capital's where it can be, and that of a region of the
    world ("the Middle East") no small town's.
    """
    head = _HEAD.match(text, toponym.span.end)
    if head:
        longer = f"{toponym.text} {head[1]}"
        found = [c for c in geocoder.candidates(longer) if _is_itself(c)]
        if found:
            return tuple(found)
    found = list(geocoder.candidates(toponym.text))
    if found and is_of_the_world(found[0].place):
        found = [c for c in found if c.place.population >= _KNOWN or not _is_town(c.place)]
    if toponym.kind == "metonym" and found and found[0].place.feature == "PPLC":
        return tuple(c for c in found if c.place.feature == "PPLC")
    return tuple(found)


def _is_town(place: Place) -> bool:
    return place.feature.startswith("PPL")


def _is_itself(candidate: Candidate) -> bool:
    """Whether a candidate is a place of nature or a facility, and no town of nearly that name."""
    towns = candidate.place.feature.startswith(("PPL", "ADM", "PCL"))
    return not towns and candidate.name_kind not in _LOOSE


def _own(names: Names, mentions: Sequence[Mention], index: int) -> Mention:
    """Return a mention with the place that it alone means: "Paris, Texas" beside the other Paris.

    That is where a mention names right behind it the country or division that holds it, and what
    the name means elsewhere in the article does not lie there.
    """
    mention, link = mentions[index], next_link(names, index)
    if link is None or mention.place is None or mention.place.feature.startswith(_GREAT):
        return mention
    if any(listed(names, index)):
        return mention
    outer = mentions[link[0]].place
    if outer is None or not outer.feature.startswith(_HOLDERS) or holds(outer, mention.place):
        return mention
    known = (c.place for c in names.options[index] if c.name_kind not in _LOOSE)
    found = [p for p in known if inside(p, outer) and not p.feature.startswith(_GREAT)]
    if not found or outer.country == mention.place.country == found[0].country != "US":
        return mention
    reason = f"the text says of this mention alone that it lies in {outer.name}"
    return Mention(mention.toponym, found[0], _OWN_SCORE, reason, (mention.place,))


def _country_meant(text: str, names: Names, mentions: Sequence[Mention], index: int) -> Mention:
    """Return a mention with the country that it alone means: "Georgia" in a sentence with Tbilisi.

    That is where its sentence names a place of that country, and none of the country in which the
    place lies that the name means elsewhere in the article.
    """
    mention = mentions[index]
    place, options = mention.place, names.options[index]
    country = next((c.place for c in options if c.place.feature.startswith(_COUNTRY)), None)
    if country is None or place is None or place.feature.startswith(_COUNTRY):
        return mention
    sentence = sentence_at(text, mention.toponym.span.start)
    beside = {
        other.place.country
        for other in _around(mentions, index)
        if other.place and other.score >= _CLEAR and sentence.covers(other.toponym.span)
    }
    if country.country not in beside or place.country in beside:
        return mention
    reason = f"its sentence names a place of {country.name}"
    return Mention(mention.toponym, country, _OWN_SCORE, reason, (place,))


def _division_meant(names: Names, mention: Mention, index: int) -> Mention:
    """Return a mention with the division that it means in a list of such: "Texas and Georgia"."""
    place = mention.place
    if place is None or not place.feature.startswith(_COUNTRY):
        return mention
    beside = [areas[0] for areas in listed(names, index)]
    if not beside or any(other.feature != "ADM1" for other in beside):
        return mention
    countries = {other.country for other in beside}
    options = (c.place for c in names.options[index] if c.place.feature == "ADM1")
    meant = next((option for option in options if option.country in countries), None)
    if meant is None:
        return mention
    reason = f"it is listed with {beside[0].name}"
    return Mention(mention.toponym, meant, _OWN_SCORE, reason, (place,))


def _around(mentions: Sequence[Mention], index: int) -> Iterator[Mention]:
    """Yield the mentions beside one."""
    first = max(0, index - _BESIDE)
    yield from (m for at, m in enumerate(mentions[first : index + _BESIDE], first) if at != index)


def _borne_out(
    toponyms: Sequence[Toponym], options: Sequence[tuple[Candidate, ...]]
) -> list[tuple[Candidate, ...]]:
    """Return the candidates without loose ones that nothing else in the article bears out.

    A place of a similar name must lie in a country of which the article names another place; a
    street stands nowhere near the place that it is named after.
    """
    countries = {
        found[0].place.country for found in options if found and found[0].name_kind not in _LOOSE
    }
    return [
        tuple(
            candidate
            for candidate in found
            if (candidate.name_kind != "similar" or candidate.place.country in countries)
            and not (candidate.name_kind == "part" and _STREET.search(toponym.text))
        )
        for toponym, found in zip(toponyms, options, strict=True)
    ]


def _finely(
    name: Name, rows: Sequence[Sequence[float]], weighed: Sequence[tuple[float, int]]
) -> list[int]:
    """Return the ranks of a name's candidates, the chosen first.

    The ranker learned what is near the right point, not whether a city or its district of the same
    name is meant: of candidates close to the best in place and weight, the one counts that fits
    the word which says the kind ("the city of"), then the one that the gazetteer ranks first.
    """
    ranks = [-rank for _, rank in weighed]
    best = name.candidates[ranks[0]].place
    rivals = [
        -rank
        for weight, rank in weighed
        if weighed[0][0] - weight <= _TIE
        and distance_km(best, name.candidates[-rank].place) <= _SAME_PLACE_KM
    ]
    chosen = max(rivals, key=lambda rank: (sum(rows[rank][at] for at in _HEADS), -rank))
    return [chosen, *(rank for rank in ranks if rank != chosen)]


def _reason(chosen: Candidate, evidence: dict[str, float], name: Name) -> str:
    """Return in one line what speaks most for a choice."""
    place = chosen.place
    if chosen.name_kind == "part":
        return f"{place.name} is named within it, and nothing is known of it but that"
    if chosen.name_kind == "similar":
        return f"no place is called so, {place.name} nearly, and the article names its country"
    if len(name.candidates) == 1:
        return "the only place of that name in the gazetteer"
    for feature, text in _EVIDENCE:
        if evidence[feature] > 0:
            container = name.containers[0].name if name.containers else ""
            return text.format(container=container, admin1=place.admin1)
    return "the best known of the places of that name"


def place_facilities(
    article: Article, mentions: Sequence[Mention], geocoder: Geocoder
) -> list[Mention]:
    """Place the facilities that have no proper name, by their sender and host country."""
    placed: list[Mention] = []
    known: Mention | None = None
    for index, mention in enumerate(mentions):
        if mention.toponym.kind != "facility" or mention.place is not None:
            placed.append(mention)
            continue
        found = _embassy(article, mentions, index, geocoder)
        if found is None and known is not None:
            found = replace(known, toponym=mention.toponym, reason="the one told of before")
        known = found or known
        placed.append(found or mention)
    return placed


def _embassy(
    article: Article, mentions: Sequence[Mention], index: int, geocoder: Geocoder
) -> Mention | None:
    """Return the mention of an embassy whose sender and host the text names, or None."""
    toponym = mentions[index].toponym
    host = _host(article.text, mentions, index)
    if host is None:
        return None
    sender = _sender(article.text, mentions, index)
    seat = _seat(host, geocoder)
    if seat is None:
        return None
    found = _named_embassy(sender, seat, geocoder) if sender else None
    if sender and found:
        reason = f"the embassy of {sender.name} in {seat.name}"
        return Mention(toponym, found, _EMBASSY_SCORE, reason)
    return Mention(toponym, seat, _CAPITAL_SCORE, f"an embassy stands in the capital, {seat.name}")


def _named_embassy(sender: Place, city: Place, geocoder: Geocoder) -> Place | None:
    """Return the gazetteer's entry for the embassy of a country in a city, or None."""
    for name in (f"{sender.name} embassy in {city.name}", f"{sender.name} embassy"):
        for candidate in geocoder.candidates(name):
            if candidate.place.country == city.country:
                return candidate.place
    return None


def _sender(text: str, mentions: Sequence[Mention], index: int) -> Place | None:
    """Return the country whose embassy it is: named right before, or as the sentence's subject."""
    start = mentions[index].toponym.span.start
    for mention in reversed(mentions[:index]):
        gap = text[mention.toponym.span.end : start]
        if mention.place is None or not mention.place.feature.startswith("PCL"):
            continue
        if not gap.strip() or (_ITS.search(gap) and "." not in gap):
            return mention.place
    return None


def _host(text: str, mentions: Sequence[Mention], index: int) -> Place | None:
    """Return the country or city in which the embassy stands, if the text says so nearby."""
    end = mentions[index].toponym.span.end
    for mention in mentions[index + 1 :]:
        start = mention.toponym.span.start
        if start - end > _HOST_REACH:
            break
        if (
            mention.place
            and mention.toponym.kind == "place"
            and _HOST_GAP.fullmatch(text, end, start)
        ):
            return mention.place
    return None


def _seat(host: Place, geocoder: Geocoder) -> Place | None:
    """Return the capital of a country, or the city itself."""
    if not host.feature.startswith("PCL"):
        return host
    capital = getattr(geocoder, "capital", None)
    return capital(host.country) if capital else None
