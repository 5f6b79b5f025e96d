"""Made-up incidents as GeoJSON Features, for the tests and benchmarks of the map."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from geomap.features import precision
from geomap.model import stable_id

TYPES = {
    "air_strike": ("conflict", "air strike"),
    "bombing": ("conflict", "exploded"),
    "armed_clash": ("conflict", "clashed"),
    "troop_deployment": ("military", "deployed"),
    "protest": ("unrest", "protested"),
    "riot": ("unrest", "riot"),
    "arrest": ("law_and_crime", "arrested"),
    "election": ("politics", "voted"),
    "meeting": ("diplomacy", "met"),
    "aid": ("humanitarian", "delivered aid"),
    "earthquake": ("disaster", "quake"),
    "flood": ("disaster", "flooded"),
    "transport_accident": ("accident", "crashed"),
    "disease_outbreak": ("health", "outbreak"),
}

PLACES: dict[str, tuple[float, float, str, str, str, float]] = {
    "Baghdad": (44.4009, 33.3406, "PPLC", "IQ", "Baghdad", 20.0),
    "Green Zone": (44.3947, 33.3064, "PPLX", "IQ", "Baghdad", 2.0),
    "Mosul": (43.1189, 36.335, "PPLA", "IQ", "Nineveh", 9.0),
    "Basra": (47.7804, 30.5085, "PPLA", "IQ", "Basra", 8.0),
    "Aleppo": (37.1612, 36.2012, "PPLA", "SY", "Aleppo", 9.0),
    "Kyiv": (30.5238, 50.4547, "PPLC", "UA", "Kyiv City", 16.0),
    "Lviv": (24.0232, 49.8383, "PPLA", "UA", "Lviv", 7.0),
    "Nairobi": (36.8167, -1.2833, "PPLC", "KE", "Nairobi", 14.0),
    "Goma": (29.2285, -1.6792, "PPLA", "CD", "North Kivu", 6.0),
    "Lagos": (3.3947, 6.4541, "PPLA2", "NG", "Lagos", 18.0),
    "Medellin": (-75.5636, 6.2518, "PPLA", "CO", "Antioquia", 10.0),
    "Lima": (-77.0282, -12.0432, "PPLC", "PE", "Lima", 18.0),
    "Manila": (120.9822, 14.6042, "PPLC", "PH", "Metro Manila", 12.0),
    "Dresden": (13.7383, 51.0509, "PPLA", "DE", "Saxony", 8.0),
    "Chicago": (-87.65, 41.85, "PPLA2", "US", "Illinois", 18.0),
    "Iraq": (44.0, 33.0, "PCLI", "IQ", "", 0.0),
    "Syria": (38.5, 35.0, "PCLI", "SY", "", 0.0),
    "Somalia": (48.0, 6.0, "PCLI", "SO", "", 0.0),
    "Bolivia": (-65.0, -17.0, "PCLI", "BO", "", 0.0),
    "Nineveh": (42.5, 35.9, "ADM1", "IQ", "Nineveh", 120.0),
    "Middle East": (46.0, 29.0, "RGN", "", "", 1500.0),
    "Gulf of Aden": (48.0, 12.0, "GULF", "", "", 400.0),
}

ACTORS = ("the crowd", "the army", "the Red Crescent", "rebels", "the government", "police")

SITES = ("example.org", "news.example.com", "www.example.net")

FIRST_DAY = date(2020, 1, 1)


def feature(
    number: int = 0,
    *,
    kind: str = "protest",
    place: str | None = "Baghdad",
    quote: str | None = None,
    title: str = "A made-up article",
    url: str = "https://example.org/article",
    status: str = "happened",
    shift: tuple[float, float] = (0.0, 0.0),
    reports: int = 1,
    offset: int = 40,
    **changes: Any,
) -> dict[str, Any]:
    """Return one incident; ``shift`` moves it by degrees and makes it a place of its own."""
    group, trigger = TYPES[kind]
    where = place or "the area"
    sentence = quote if quote is not None else f"Witnesses said it {trigger} in {where} that day."
    day = (FIRST_DAY + timedelta(days=number % 700)).isoformat()
    first = evidence(sentence, trigger, where, offset, number, title, url)
    others = [
        evidence(f"Report {n}: {sentence}", trigger, where, offset, number + n, title, url)
        for n in range(1, reports)
    ]
    properties = {
        "id": stable_id("synthetic", number, kind, place, shift),
        "type": kind,
        "group": group,
        "status": status,
        "date_start": day,
        "date_end": day,
        "date_precision": "day",
        "time_precision": 1,
        **place_properties(place, shift),
        "role": "site",
        "origin": None,
        "origin_lon": None,
        "origin_lat": None,
        "actors": ["the crowd"],
        "targets": [],
        "fatalities_min": None,
        "fatalities_max": None,
        "counts": {},
        "approximate": [],
        **first,
        "reports": [first, *others],
        **dict.fromkeys(("plover", "cameo", "acled", "iptc", "glide"), "-"),
        **changes,
    }
    return {
        "type": "Feature",
        "id": properties["id"],
        "geometry": geometry(place, shift),
        "properties": properties,
    }


def geometry(place: str | None, shift: tuple[float, float]) -> dict[str, Any] | None:
    """Return the place's point."""
    if place is None:
        return None
    lon, lat = PLACES[place][:2]
    return {"type": "Point", "coordinates": [lon + shift[0], lat + shift[1]]}


def place_properties(place: str | None, shift: tuple[float, float]) -> dict[str, Any]:
    """Return what is known of the place."""
    if place is None:
        keys = ("place", "place_id", "feature", "country", "admin1", "geo_precision", "where_prec")
        return dict.fromkeys((*keys, "radius_km", "level"))
    _, _, code, country, admin1, radius = PLACES[place]
    known = precision(code)
    return {
        "place": place if shift == (0.0, 0.0) else f"{place} {shift[0]:.2f}",
        "place_id": stable_id(place, shift),
        "feature": code,
        "country": country,
        "admin1": admin1,
        "geo_precision": known.geo_precision,
        "where_prec": known.where_prec,
        "radius_km": radius or known.radius_km,
        "level": known.level,
    }


def evidence(
    quote: str, trigger: str, mention: str, offset: int, number: int, title: str, url: str
) -> dict[str, Any]:
    """Return a report whose trigger and place name are marked where the quote has them."""
    return {
        **marked(quote, trigger, offset, "trigger"),
        "quote": quote,
        "quote_start": offset,
        "quote_end": offset + len(quote),
        **marked(quote, mention, offset, "mention"),
        "article_id": stable_id("article", number // 3),
        "article_title": title,
        "article_url": url,
        "published": (FIRST_DAY + timedelta(days=number % 700 + 1)).isoformat(),
        "confidence": round(0.4 + (number % 60) / 100, 2),
        "reason": f"site of '{trigger}'; {mention} in the same sentence",
    }


def marked(quote: str, words: str, offset: int, name: str) -> dict[str, Any]:
    """Return words and where they stand in the article; nothing where they do not."""
    at = quote.find(words)
    if at < 0:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    return {
        name: words,
        f"{name}_start": offset + at,
        f"{name}_end": offset + at + len(words),
    }


def features(count: int, *, seed: int = 7) -> list[dict[str, Any]]:
    """Return incidents over the world, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    statuses = ["happened"] * 7 + ["planned", "threatened", "ongoing"]
    return [
        feature(
            number,
            kind=chance.choice(list(TYPES)),
            status=chance.choice(statuses),
            reports=chance.choice([1, 1, 1, 2, 3]),
            actors=list(ACTORS[number % 7 : number % 7 + 1 + number % 2]),
            url=f"https://{SITES[number % 3]}/article",
            **somewhere(chance),
        )
        for number in range(count)
    ]


def somewhere(chance: random.Random) -> dict[str, Any]:
    """Return a place: a known one, a point near it, or none."""
    place = None if chance.random() < 0.03 else chance.choice(list(PLACES))
    if place is None or chance.random() < 0.5 or not PLACES[place][2].startswith("PPL"):
        return {"place": place}
    shift = (round(chance.gauss(0, 6), 3), round(chance.gauss(0, 4), 3))
    return {"place": place, "shift": shift}


def story() -> list[dict[str, Any]]:
    """Return a small, readable set: points, areas, a movement, a plan and a place unknown."""
    return [
        feature(
            0,
            kind="riot",
            place="Green Zone",
            reports=4,
            targets=["the US embassy"],
            date_start="2019-12-31",
            date_end="2019-12-31",
        ),
        feature(
            1, kind="air_strike", place="Iraq", fatalities_min=25, counts={"injured": [51, None]}
        ),
        feature(2, kind="air_strike", place="Syria", fatalities_min=2, fatalities_max=4),
        feature(
            3,
            kind="troop_deployment",
            place="Baghdad",
            role="destination",
            origin="Kuwait",
            origin_lon=47.75,
            origin_lat=29.5,
            counts={"troops": [100, 100]},
        ),
        feature(4, kind="troop_deployment", place="Middle East", status="planned"),
        feature(5, kind="protest", place="Nineveh", date_precision="month"),
        feature(6, kind="meeting", place=None),
        feature(7, kind="bombing", place="Basra", url="javascript:alert(1)"),
    ]
