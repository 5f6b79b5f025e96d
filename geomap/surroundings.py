"""What the words around a name say of where its place lies, and of what kind it is.

"Paris, Texas" and "Lima is a town in Livingston County, New York" tell what holds a place; "the
river Elbe" and "a village in northern Mali" tell what it is; a list ("Texas and Georgia") is most
often of places of one kind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geomap.space import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Candidate, Place, Span, Toponym

Areas = tuple["Place", ...]
"""What one name may mean."""

KEPT = 12
"""Candidates of the other names that are looked at, the most prominent first."""
DIVISIONS = ("PCL", "TERR", "ADM")
"""The beginnings of the features of countries and their divisions."""

_GAP = re.compile(r"\s*(?:,|\(|\bin\b|\bnear\b)\s*(?:the\s+)?", re.IGNORECASE)
_LONGEST_GAP = 12
_SOON, _SOON_NAMES = 160, 5
"""How many characters and names after a name its container may still be told."""
_BEFORE = 20
"""How many characters before a name its kind may be told."""
_DESCRIBED, _DESCRIBED_NAMES = 170, 4
"""How many characters and names a description ("is a town in the south of") may take."""
_LONGEST_CHAIN = 4
_LISTED = 3
"""So many names to each side are looked at as a list."""
_CITY_KM, _DIVISION_KM = 30.0, 60.0
"""How far a city and a second-level division reach at the least, km."""

_OF = (
    r"(?:(?:[\w.-]+\s+){0,2}(?:state|province|county|region|department|district|municipality"
    r"|canton|island|parish|prefecture|oblast|governorate|republic|city|town|territory)\s+of\s+)?"
)
_LINK = re.compile(
    r"\s*(?:[,(]\s*(?:(?:in|of|within)\s+)?|(?:(?:is|lies)\s+)?(?:in|of|within)\s+)"
    r"(?:the\s+)?(?:(?:far\s+)?(?:north|south|east|west|cent(?:er|re)|heart|(?:north|south)-?(?:east|west))"
    r"\s+of\s+(?:the\s+)?|(?:(?:north|south|east|west)(?:east|west)?ern|central)\s+)?" + _OF,
    re.IGNORECASE,
)
"""What stands between a place and what holds it: "Paris, Texas", "Paris in the state of Texas"."""
_DESCRIPTION = re.compile(
    r"(?:\s*\([^)\n]{0,120}\))?\s*"
    r"(?:,?\s*(?:[\w ]{0,40},\s*)?(?:which\s+|also\s+)?(?:is|was|are|were)\s+(?:\w+\s+)?|,\s*)"
    r"(?:an?|the|one)\s+(?P<what>[^.;:!?\n]{2,110}?)"
    r"\s(?:in|of|within|near|outside|on)\s+(?:the\s+)?"
    r"(?:\w+(?:ern|-central|west|east|north|south)\s+)?(?:part\s+of\s+)?(?:the\s+)?" + _OF,
    re.IGNORECASE,
)
"""The same where words say what the place is: ", a town in", " is a suburb in the south of"."""
_LIST = re.compile(
    r"\s*(?:[,;/]|\band\b|\bor\b|&|,\s*and\b|,\s*or\b)\s*(?:(?:in|to|from)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)

HEADS = {
    "head_admin2": re.compile(r"\s+(?:county|district|parish|borough)\b", re.IGNORECASE),
    "head_admin1": re.compile(
        r"\s+(?:province|state|governorate|region|oblast|prefecture)\b", re.IGNORECASE
    ),
    "head_city": re.compile(r"\s+(?:city|town|village)\b", re.IGNORECASE),
    "head_nature": re.compile(
        r"\s+(?:river|lake|islands?|mountains?|valley|bay|sea|ocean|desert|peninsula)\b",
        re.IGNORECASE,
    ),
}
"""The words after a name that say its kind: "Erie County"."""
_HEADS_BEFORE = {
    "head_admin2": re.compile(r"\b(?:county|district|parish) of (?:the )?$", re.IGNORECASE),
    "head_admin1": re.compile(r"\b(?:province|state|region) of (?:the )?$", re.IGNORECASE),
    "head_city": re.compile(r"\b(?:city|town|village|port|capital),? (?:of )?$", re.IGNORECASE),
    "head_nature": re.compile(r"\b(?:river|lake|mount|isle|islands?) (?:of )?$", re.IGNORECASE),
}
"""The same before a name: "the city of Sylhet", "the capital, Sanaa"."""
_HEADS_TOLD = {
    "head_admin2": re.compile(r"\b(?:county|district|parish|borough)\b(?! seat)", re.IGNORECASE),
    "head_admin1": re.compile(
        r"\b(?:province|state|governorate|region|oblast|prefecture)\b", re.IGNORECASE
    ),
    "head_city": re.compile(
        r"\b(?:city|town|village|municipality|community|suburb|hamlet|commune|neighbou?rhood"
        r"|barrio|capital|port|settlement|place)\b",
        re.IGNORECASE,
    ),
    "head_nature": re.compile(
        r"\b(?:river|lake|island|mountain|valley|bay|peninsula)\b", re.IGNORECASE
    ),
}
"""The same in a description: "is a city in"."""


class Names(NamedTuple):
    """The names in a text with what each may mean."""

    text: str
    toponyms: Sequence[Toponym]
    options: Sequence[Sequence[Candidate]]

    def gap(self, index: int) -> tuple[int, int]:
        """Return where the words between a name and the next begin and end."""
        return self.toponyms[index].span.end, self.toponyms[index + 1].span.start


def inside(place: Place, outer: Place) -> bool:
    """Whether a country or division may contain a place."""
    if place.id == outer.id or place.country != outer.country:
        return False
    if outer.feature.startswith(("PCL", "TERR")):
        return not place.feature.startswith("PCL")
    if outer.feature == "ADM1":
        return place.feature != "ADM1" and place.admin1 in (outer.admin1, outer.name)
    return distance_km(place, outer) < max(outer.radius_km, _DIVISION_KM)


def holds(outer: Place, place: Place) -> bool:
    """Whether a country, division, island or city may contain a place."""
    if not outer.feature.startswith(("PPL", "ISL")):
        return inside(place, outer)
    if outer.id == place.id or (outer.feature.startswith("PPL") and outer.country != place.country):
        return False
    return distance_km(place, outer) < max(outer.radius_km, _CITY_KM)


def heads(text: str, span: Span) -> Iterator[str]:
    """Yield the kinds that the words beside a name say it is of."""
    before = text[max(0, span.start - _BEFORE) : span.start]
    for head, pattern in HEADS.items():
        if pattern.match(text, span.end) or _HEADS_BEFORE[head].search(before):
            yield head


def container(names: Names, index: int) -> Place | None:
    """Return the country or division named right after a toponym ("Paris, Texas")."""
    if index + 1 >= len(names.toponyms) or not names.options[index + 1]:
        return None
    start, end = names.gap(index)
    if end - start > _LONGEST_GAP or not _GAP.fullmatch(names.text, start, end):
        return None
    outer = names.options[index + 1][0].place
    return outer if outer.feature.startswith(DIVISIONS) else None


def areas_after(names: Names, index: int) -> list[Areas]:
    """Return what the names in the words after a toponym may mean as countries or divisions."""
    end = names.toponyms[index].span.end
    found = []
    for other in range(index + 1, min(len(names.toponyms), index + 1 + _SOON_NAMES)):
        start = names.toponyms[other].span.start
        if start - end > _SOON or "\n\n" in names.text[end:start]:
            break
        areas = (c.place for c in names.options[other][:KEPT])
        found.append(tuple(a for a in areas if a.feature.startswith(DIVISIONS)))
    return [areas for areas in found if areas]


def told(names: Names, index: int) -> tuple[tuple[Areas, ...], str | None]:
    """Return the areas in which a place is said to lie, inner first, and its kind if it is told."""
    found = next_link(names, index)
    if found is None:
        return (), None
    at, what = found
    kinds = (*DIVISIONS, "ISL") if what is None else (*DIVISIONS, "ISL", "PPL")
    chain = []
    for other in range(at, min(len(names.toponyms), at + _LONGEST_CHAIN)):
        if other > at and not _LINK.fullmatch(names.text, *names.gap(other - 1)):
            break
        readings = (c.place for c in names.options[other][:KEPT] if c.name_kind != "demonym")
        areas = tuple(a for a in readings if a.feature.startswith(kinds))
        if not areas:
            break
        chain.append(areas)
    return _consistent(chain), _head_told(what or "")


def next_link(names: Names, index: int) -> tuple[int, str | None] | None:
    """Return the name that holds another, with the description before it if there is one."""
    end = names.toponyms[index].span.end
    for other in range(index + 1, min(len(names.toponyms), index + 1 + _DESCRIBED_NAMES)):
        start = names.toponyms[other].span.start
        if start - end > _DESCRIBED:
            return None
        if other == index + 1 and _LINK.fullmatch(names.text, end, start):
            return other, None
        if found := _DESCRIPTION.fullmatch(names.text, end, start):
            return other, found["what"]
    return None


def _head_told(what: str) -> str | None:
    """Return the kind that a description names first."""
    found = {head: match.start() for head, p in _HEADS_TOLD.items() if (match := p.search(what))}
    return min(found, key=found.__getitem__, default=None)


def _consistent(chain: Sequence[Areas]) -> tuple[Areas, ...]:
    """Keep of each name the meanings that lie in one of the next name."""
    kept: list[Areas] = []
    outer: Areas = ()
    for areas in reversed(chain):
        within = tuple(area for area in areas if any(holds(o, area) for o in outer))
        outer = within or areas
        kept.append(outer)
    return tuple(reversed(kept))


def listed(names: Names, index: int) -> Iterator[Areas]:
    """Yield what the names listed beside a mention may mean, but for those that hold it."""
    own = [candidate.place for candidate in names.options[index][:KEPT]]
    for step in (-1, 1):
        for at in range(index + step, index + step * (_LISTED + 1), step):
            if not 0 <= at < len(names.toponyms) or not names.options[at]:
                break
            start, end = names.gap(min(at, at - step))
            if end - start > _LONGEST_GAP or not _LIST.fullmatch(names.text, start, end):
                break
            places = tuple(candidate.place for candidate in names.options[at][:KEPT])
            top = places[0]
            if places[0] != own[0] and not any(inside(p, top) or inside(top, p) for p in own):
                yield places
