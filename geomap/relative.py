"""Places told by others: "30 km north of Mosul", "southern Lebanon", "the Angolan capital".

The name stays a toponym of its own; what an event is linked to is the place that the whole phrase
means, with a point worked out from the named place and a radius that says how uncertain it is.
Its gazetteer id is that of the named place with what was added.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap import boundaries, margins
from geomap.features import POINTS, precision
from geomap.model import Mention, Place, Span
from geomap.numbers import COUNTED, value
from geomap.space import Spot, destination, distance_km, midpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_DIRECTION = r"(?P<direction>(?:north|south)[- ]?(?:east|west)|north|south|east|west)"
_KM = {"k": 1.0, "m": 1.609344}
_DISTANCE = (
    rf"(?P<amount>\d{{1,4}}(?:[.,]\d+)?|(?:{COUNTED})(?:[- ](?:{COUNTED}))?)\s*-?\s*"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\s+"
)
_AMOUNT = rf"(?:{_DISTANCE})?"
_OFFSET = re.compile(rf"\b{_AMOUNT}(?:to\s+the\s+)?{_DIRECTION}\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_AWAY = re.compile(
    rf"\b{_DISTANCE}(?:away\s+)?from\s+(?:the\s+)?(?:(?:city|town|village|capital)\s+of\s+)?$",
    re.IGNORECASE,
)
_PART = re.compile(rf"\b(?P<central>central)\s+$|\b{_DIRECTION}ern\s+$", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?P<near>near|close to|just outside|outside|on the outskirts of|in the outskirts of"
    r"|in the vicinity of)\s+(?:the\s+)?(?:(?:city|town|village|capital)\s+of\s+)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\bbetween\s+(?:the\s+)?(?:(?:cities|towns|villages|ports)\s+of\s+)?$", re.IGNORECASE
)
_AND = re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE)
_FARTHEST_BETWEEN_KM = 600.0
"""Two places farther apart than that have no "between" that a map could show, km."""
_TO_BORDER = re.compile(
    r"\b(?:border|frontier)\s+(?:with|to|of|into)\s+(?:the\s+)?$", re.IGNORECASE
)
_BORDER = re.compile(r"(?:['’]s)?\s+(?:border|frontier)\b(?!\s+(?:with|to)\b)", re.IGNORECASE)
_BORDER_BETWEEN = re.compile(r"\b(?:border|frontier)\s+between\s+(?:the\s+)?$", re.IGNORECASE)
_HYPHEN = re.compile(r"\s*[-–/]\s*|\s+and\s+(?:the\s+)?", re.IGNORECASE)
_COAST = re.compile(
    rf"\boff\s+(?:of\s+)?(?:the\s+)?(?:{_DIRECTION}(?:ern)?\s+)?"
    r"(?:(?:coast|coastline|shores?)\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_COAST_AFTER = re.compile(
    rf"(?:['’]s)?\s+(?:{_DIRECTION}(?:ern)?\s+)?(?:coast|coastline|shores?)\b", re.IGNORECASE
)
_OFF_CITY_KM = 40.0
"""How far the sea off a city reaches, km."""
_ITS_CAPITAL = re.compile(r"(?:['’]s)?\s+capital\b(?!\s*(?:,\s*)?[A-Z(]|\s+(?:city|of)\b)")
_CAPITAL_OF = re.compile(r"\bcapital\s+of\s+(?:the\s+)?$")
_REACH = 48
"""How many characters before a name the words that go with it may begin."""
_UNTOLD_KM = 20.0
"""How far "north of Mosul" is taken to be where no distance is told, km."""
_FARTHEST_AWAY_KM = 150.0
"""A place that is told by a farther one, in no direction, is not worked out, km."""
_UNCERTAIN = 0.25
"""Share of a told distance by which it may be off: it is rounded, and along a road."""
_WIDENED = frozenset({"place", "metonym", "demonym"})
"""Kinds of names that such words go with: "the Syrian border" is a place."""
_GRID = 24
"""Points a side of the grid that samples an area's part."""


def apply(
    text: str,
    mentions: Iterable[Mention],
    capital: Callable[[str], Place | None] | None = None,
) -> tuple[Mention, ...]:
    """Return the mentions with the places that the phrases around them mean.

    The two names of "between Aleppo and Idlib" become one mention. ``capital`` tells the capital
    of the country of an ISO 3166-1 alpha-2 code, for "the Angolan capital".
    """
    given = list(mentions)
    found: list[Mention] = []
    at = 0
    while at < len(given):
        pair = _joined(text, given[at], given[at + 1]) if at + 1 < len(given) else None
        own = pair or (capital and _capital(text, given[at], capital))
        found.append(own or _widened(text, given, at))
        at += 2 if pair else 1
    return tuple(found)


def _capital(text: str, mention: Mention, capital: Callable[[str], Place | None]) -> Mention | None:
    """Return "the Angolan capital" or "the capital of Angola", where its name does not follow."""
    place, span = mention.place, mention.toponym.span
    if place is None or not place.feature.startswith("PCL"):
        return None
    after = _ITS_CAPITAL.match(text, span.end)
    before = _CAPITAL_OF.search(text, max(0, span.start - _REACH), span.start)
    seat = capital(place.country) if after or before else None
    if seat is None:
        return None
    start = before.start() if before else span.start
    whole = Span(start, after.end() if after else span.end)
    toponym = replace(mention.toponym, span=whole, text=whole.of(text), kind="place")
    reason = f"“{' '.join(toponym.text.split())}” is {seat.name}"
    return replace(mention, toponym=toponym, place=seat, reason=reason)


def _widened(text: str, mentions: Sequence[Mention], index: int) -> Mention:
    """Return a mention with the words beside its name that say where in relation to it."""
    mention = mentions[index]
    place, span = mention.place, mention.toponym.span
    if place is None or mention.toponym.kind not in _WIDENED:
        return mention
    beside = _at_coast(text, mention, place) or _at_border(text, mentions, index)
    if beside or mention.toponym.kind != "place":
        return beside or mention
    before = text[max(0, span.start - _REACH) : span.start]
    for pattern, work_out in _WORKED_OUT:
        found = pattern.search(before)
        derived = work_out(place, found) if found else None
        if found and derived:
            start = span.start - len(before) + found.start()
            return _extended(text, mention, Span(start, span.end), derived)
    return mention


def _joined(text: str, first: Mention, second: Mention) -> Mention | None:
    """Return the mention of two names told together, "between" or the border of two countries."""
    if first.place is None or second.place is None:
        return None
    before = text[max(0, first.toponym.span.start - _REACH) : first.toponym.span.start]
    gap = text[first.toponym.span.end : second.toponym.span.start]
    end = second.toponym.span.end
    start = first.toponym.span.start
    if _AND.fullmatch(gap) and (found := _BORDER_BETWEEN.search(before)):
        place = _border(first.place, second.place)
    elif _HYPHEN.fullmatch(gap) and (after := _BORDER.match(text, end)):
        place, found, end = _border(first.place, second.place), None, after.end()
    elif _AND.fullmatch(gap) and (found := _BETWEEN.search(before)):
        place = _between(first.place, second.place)
    else:
        return None
    if found:
        start += found.start() - len(before)
    return _extended(text, first, Span(start, end), place) if place else None


def _between(one: Place, other: Place) -> Place | None:
    """Return the middle of two places, reaching to both."""
    km = distance_km(one, other)
    levels = {precision(place.feature).level for place in (one, other)}
    if not levels <= POINTS or not 0 < km < _FARTHEST_BETWEEN_KM:
        return None
    lon, lat = midpoint(one, other)
    country = one.country if one.country == other.country else ""
    admin1 = one.admin1 if country and one.admin1 == other.admin1 else ""
    radius = round(max(5.0, km / 2), 1)
    mark = f"{one.id}+between+{other.id}"
    return Place(mark, "", lon, lat, "RGN", country, admin1, 0, radius)


def _border(one: Place, other: Place) -> Place | None:
    """Return the border that two countries have in common, seen from the first."""
    if not {one.feature[:3], other.feature[:3]} <= {"PCL", "TER"}:
        return None
    stretch = margins.border(one.country, other.country)
    if stretch is None:
        return None
    mark = f"{one.id}+border+{other.id}"
    return Place(mark, "", stretch.lon, stretch.lat, "RGN", one.country, "", 0, stretch.radius_km)


def _at_border(text: str, mentions: Sequence[Mention], index: int) -> Mention | None:
    """Return "the Syrian border" as the border with the neighbor that the article told of last."""
    mention = mentions[index]
    place, span = mention.place, mention.toponym.span
    before = text[max(0, span.start - _REACH) : span.start]
    to, after = _TO_BORDER.search(before), _BORDER.match(text, span.end)
    if place is None or not (to or after) or not place.feature.startswith("PCL"):
        return None
    start = span.start - len(before) + to.start() if to else span.start
    end = after.end() if after else span.end
    by_distance = [*reversed(mentions[:index]), *mentions[index + 1 :]]
    codes = (m.place.country for m in by_distance if m.place)
    for code in dict.fromkeys(code for code in codes if code and code != place.country):
        stretch = margins.border(code, place.country)
        if stretch:
            mark = f"{place.id}+border+{code}"
            along = Place(mark, "", stretch.lon, stretch.lat, "RGN", code, "", 0, stretch.radius_km)
            return _extended(text, mention, Span(start, end), along)
    return None


def _at_coast(text: str, mention: Mention, place: Place) -> Mention | None:
    """Return "off the coast of Yemen" or "off the Yemeni coast": a point at sea."""
    span = mention.toponym.span
    before = text[max(0, span.start - _REACH) : span.start]
    found = _COAST.search(before)
    after = _COAST_AFTER.match(text, span.end)
    if not found or not (after or "coast" in found[0].lower() or "shore" in found[0].lower()):
        return None
    told = found["direction"] or (after and after["direction"])
    at_sea = _off(place, told)
    if at_sea is None:
        return None
    start = span.start - len(before) + found.start()
    return _extended(text, mention, Span(start, after.end() if after else span.end), at_sea)


def _off(place: Place, told: str | None) -> Place | None:
    """Return the sea off a country, on a side if one is told, or off a city."""
    mark = f"{place.id}+coast{(told or '').lower()}"
    if precision(place.feature).level in POINTS:
        return replace(place, id=mark, feature="PPLX", radius_km=_OFF_CITY_KM)
    if not place.feature.startswith("PCL"):
        return None
    stretch = margins.off_coast(place.country, _bearing(told) if told else None)
    if stretch is None:
        return None
    return Place(mark, "", stretch.lon, stretch.lat, "SEA", place.country, "", 0, stretch.radius_km)


def _extended(text: str, mention: Mention, span: Span, place: Place) -> Mention:
    """Return the mention of a whole phrase."""
    said = " ".join(span.of(text).split())
    toponym = replace(mention.toponym, span=span, text=span.of(text), kind="place")
    reason = f"{mention.reason}; worked out from “{said}”"
    return replace(mention, toponym=toponym, place=replace(place, name=said), reason=reason)


def _bearing(direction: str) -> float:
    """Return the bearing of a direction in words, degrees."""
    return _BEARINGS[re.sub(r"[- ]", "", direction.lower())]


def _offset(place: Place, found: re.Match[str]) -> Place | None:
    """Return "30 km north of Mosul", or "north of Mosul" at a distance that is a guess."""
    if precision(place.feature).level not in POINTS:
        return None
    told = found["amount"]
    km = _number(told) * _KM[found["unit"][0].lower()] if told else _UNTOLD_KM
    bearing = _bearing(found["direction"])
    lon, lat = destination(place.lon, place.lat, bearing, km)
    radius = max(5.0, _UNCERTAIN * km) if told else _UNTOLD_KM
    mark = f"{place.id}+{km:.0f}km{bearing:.0f}"
    return replace(place, id=mark, lon=lon, lat=lat, feature="PPLX", radius_km=round(radius, 1))


def _near(place: Place, found: re.Match[str]) -> Place | None:
    """Return "near Mosul": the same point, less exact."""
    if precision(place.feature).level != "city":
        return None
    radius = max(10.0, 2 * place.radius_km)
    mark = f"{place.id}+{found['near'].split()[0].lower()}"
    return replace(place, id=mark, feature="PPLX", radius_km=round(radius, 1))


def _away(place: Place, found: re.Match[str]) -> Place | None:
    """Return "30 km from Mosul": the same point, as far around it as the text says."""
    if precision(place.feature).level not in POINTS:
        return None
    km = _number(found["amount"]) * _KM[found["unit"][0].lower()]
    if km > _FARTHEST_AWAY_KM:
        return None
    return replace(place, id=f"{place.id}+{km:.0f}km", feature="PPLX", radius_km=round(km, 1))


def _number(told: str) -> float:
    """Return a number in figures or in one word."""
    if told[0].isdigit():
        return float(told.replace(",", "."))
    return float(value(told.lower()) or 0)


def _part(place: Place, found: re.Match[str]) -> Place | None:
    """Return "southern Lebanon": the middle and the extent of that part of the area."""
    if precision(place.feature).level not in ("country", "admin1"):
        return None
    points = _points_in(place)
    if not points:
        return None
    if found["central"]:
        inside, word = _central(points), "central"
    else:
        inside, word = (
            margins.toward(points, _bearing(found["direction"])),
            found["direction"].lower(),
        )
    lon = round(sum(x for x, _ in inside) / len(inside), 4)
    lat = round(sum(y for _, y in inside) / len(inside), 4)
    part = replace(place, id=f"{place.id}+{word}", lon=lon, lat=lat, feature="RGN")
    radius = max(distance_km(part, Spot(*point)) for point in inside)
    return replace(part, radius_km=round(radius, 1))


def _points_in(place: Place) -> list[tuple[float, float]]:
    """Return grid points inside an area's largest polygon; none where it has no outline."""
    outline = boundaries.outline(place.id)
    if not outline:
        return []
    ring = max((polygon[0] for polygon in outline), key=_extent)
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    steps = [(i + 0.5) / _GRID for i in range(_GRID)]
    grid = [(west + (east - west) * x, south + (north - south) * y) for x in steps for y in steps]
    return [point for point in grid if boundaries.contains(place.id, *point)]


def _extent(ring: Sequence[tuple[float, float]]) -> float:
    """Return the area of a ring's bounding box, square degrees."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _central(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the third of the points that lies nearest to the middle."""
    x = sum(p[0] for p in points) / len(points)
    y = sum(p[1] for p in points) / len(points)
    return sorted(points, key=lambda p: math.hypot(p[0] - x, p[1] - y))[: max(1, len(points) // 3)]


_WORKED_OUT = ((_OFFSET, _offset), (_AWAY, _away), (_PART, _part), (_NEAR, _near))
"""Words before a name, and what they make of its place."""
