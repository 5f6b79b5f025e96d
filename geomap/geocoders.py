"""Online geocoders of geopy behind the Geocoder seam, for those who choose to ask one.

Nothing here runs unless a program makes a :class:`GeopyGeocoder` and hands it to a pipeline;
then every place name of every article is sent to that service. Its terms of use apply.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import asdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from geomap.errors import GeomapError
from geomap.features import precision
from geomap.model import Candidate, Place, stable_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.seams import Geocoder

_RETRIES = 2
"""Further tries when a service fails, each after the minimum delay."""

_MOST_FAILURES = 3
"""Failures in a row after which a service is taken to be out of reach."""

_CREATE = (
    "CREATE TABLE IF NOT EXISTS answers"
    " (service TEXT, name TEXT, places TEXT NOT NULL, PRIMARY KEY (service, name))"
)
_SELECT = "SELECT places FROM answers WHERE service = ? AND name = ?"
_INSERT = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)"

_GUESSED = ("part", "similar")
"""Kinds of names that are not the one asked for: another geocoder may know that itself."""

_UNKNOWN_FEATURE = "PPL"
"""What a service that does not say it most often found: a populated place."""

_FEATURES = {
    "country": "PCLI",
    "state": "ADM1",
    "region": "ADM1",
    "province": "ADM1",
    "county": "ADM2",
    "district": "ADM3",
    "municipality": "ADM3",
    "suburb": "PPLX",
    "quarter": "PPLX",
    "neighbourhood": "PPLX",
    "continent": "CONT",
    "ocean": "OCN",
    "sea": "SEA",
    "bay": "BAY",
    "strait": "STRT",
    "island": "ISL",
    "archipelago": "ISLS",
    "river": "STM",
    "lake": "LK",
    "peak": "MT",
    "desert": "DSRT",
    "aerodrome": "AIRP",
}
"""GeoNames feature codes of Nominatim's and Photon's kinds of places."""


class _Geopy(Protocol):
    """What every geocoder of geopy has."""

    def geocode(self, query: str, *, exactly_one: bool) -> Any:  # noqa: ANN401 (geopy is untyped)
        """Return the locations that the query may mean, or None."""


class GeopyGeocoder:
    """Asks a geopy geocoder, slowly, and remembers the answers.

    ``cache`` is an SQLite file that keeps the answers over runs, None keeps them for this object
    alone. ``min_delay_s`` is the least time between two requests, seconds; one a second is what
    the public Nominatim asks for. ``options`` are what the service's ``geocode`` takes beside the
    name, such as ``{"language": "en"}``. Raises GeomapError where the service or the cache fails.

        from geopy.geocoders import Nominatim

        service = Nominatim(user_agent="my-newsroom")
        pipeline = Pipeline(geocoder=GeopyGeocoder(service, cache=Path("places.sqlite")))
    """

    def __init__(
        self,
        geocoder: _Geopy,
        *,
        cache: Path | None,
        min_delay_s: float = 1.0,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self.geocoder = geocoder
        self.cache = cache
        self.min_delay_s = min_delay_s
        self.options = dict(options or {})
        self._answers: dict[str, tuple[Candidate, ...]] = {}

    def candidates(self, name: str, /) -> Sequence[Candidate]:
        """Return the places of that name in the service's order; empty if it knows none."""
        key = " ".join(name.split())
        if key not in self._answers:
            self._answers[key] = self._kept(key) if key else ()
        return self._answers[key]

    def _kept(self, name: str) -> tuple[Candidate, ...]:
        """Return the cache's answer, or the service's, which is then kept."""
        if self.cache is None:
            return self._asked(name)
        with _opened(self.cache) as answers:
            row = answers.execute(_SELECT, (self._service, name)).fetchone()
            if row:
                return tuple(Candidate(Place(**fields)) for fields in json.loads(row[0]))
        found = self._asked(name)
        places = json.dumps([asdict(candidate.place) for candidate in found])
        with _opened(self.cache) as answers:
            answers.execute(_INSERT, (self._service, name, places))
        return found

    @property
    def _service(self) -> str:
        domain = getattr(self.geocoder, "domain", "")
        return f"{type(self.geocoder).__name__} {domain}".strip()

    def _asked(self, name: str) -> tuple[Candidate, ...]:
        """Return the service's answer."""
        from geopy.exc import GeopyError

        try:
            locations = self._geocode(name, exactly_one=False, **self.options)
        except GeopyError as error:
            message = f"{self._service} did not answer for {name!r}: {error}"
            raise GeomapError(message) from error
        return tuple(Candidate(_place(location)) for location in locations or ())

    @cached_property
    def _geocode(self) -> Callable[..., Any]:
        """The service's method, with a pause between calls."""
        from geopy.extra.rate_limiter import RateLimiter

        limited: Callable[..., Any] = RateLimiter(
            self.geocoder.geocode,
            min_delay_seconds=self.min_delay_s,
            error_wait_seconds=self.min_delay_s,
            max_retries=_RETRIES,
            swallow_exceptions=False,
        )
        return limited


class FallbackGeocoder:
    """Asks one geocoder, and another for names of which the first knows no place.

    Where ``on_error`` is given, it hears of the second's failures and the name stays without a
    place; after three failures in a row the second is asked no more. Else failures are raised.

        gazetteer = Gazetteer.open()
        service = GeopyGeocoder(Nominatim(user_agent="my-newsroom"), cache=None)
        pipeline = Pipeline(geocoder=FallbackGeocoder(gazetteer, service))
    """

    def __init__(
        self,
        first: Geocoder,
        second: Geocoder,
        *,
        on_error: Callable[[GeomapError], None] | None = None,
    ) -> None:
        self.first = first
        self.second = second
        self.on_error = on_error
        self._failures = 0

    def candidates(self, name: str, /) -> Sequence[Candidate]:
        """Return what the first knows under the name itself, else what the second does."""
        known = self.first.candidates(name)
        if any(candidate.name_kind not in _GUESSED for candidate in known):
            return known
        return self._asked(name) or tuple(known)

    def capital(self, code: str) -> Place | None:
        """Return the capital of the country of that code, where the first can tell, or None."""
        known: Callable[[str], Place | None] | None = getattr(self.first, "capital", None)
        return known(code) if known else None

    def _asked(self, name: str) -> Sequence[Candidate]:
        if self._failures == _MOST_FAILURES:
            return ()
        try:
            found = self.second.candidates(name)
        except GeomapError as error:
            if self.on_error is None:
                raise
            self._failures += 1
            self.on_error(error)
            return ()
        self._failures = 0
        return found


@contextmanager
def _opened(cache: Path) -> Iterator[sqlite3.Connection]:
    """Yield the cache, and keep what was written if all went well."""
    try:
        with closing(sqlite3.connect(cache)) as answers, answers:
            answers.execute(_CREATE)
            yield answers
    except (sqlite3.Error, TypeError, ValueError) as error:
        message = f"{cache}: no usable cache of places ({error})"
        raise GeomapError(message) from error


def _place(location: Any) -> Place:  # noqa: ANN401 (geopy is untyped)
    """Return a geopy Location as a place, with what GeoNames, Nominatim and Photon tell more."""
    raw = location.raw if isinstance(location.raw, dict) else {}
    raw = {**raw, **_dict(raw.get("properties"))}
    address = _dict(raw.get("address"))
    kinds = (raw.get("addresstype"), raw.get("type"), raw.get("osm_value"))
    known = (_FEATURES[kind] for kind in kinds if kind in _FEATURES)
    feature = _text(raw.get("fcode")) or next(known, _UNKNOWN_FEATURE)
    country = raw.get("countryCode") or raw.get("countrycode") or address.get("country_code")
    return Place(
        id=_id(location, raw),
        name=_text(raw.get("name")) or str(location.address).split(",")[0].strip(),
        lon=float(location.longitude),
        lat=float(location.latitude),
        feature=feature,
        country=_text(country).upper(),
        admin1=_text(raw.get("adminName1") or raw.get("state") or address.get("state")),
        population=int(raw["population"]) if str(raw.get("population")).isdigit() else 0,
        radius_km=precision(feature).radius_km,
    )


def _id(location: Any, raw: dict[str, Any]) -> str:  # noqa: ANN401 (geopy is untyped)
    """Return the id that the service gives, or one made from name and point."""
    if raw.get("geonameId"):
        return f"geonames:{raw['geonameId']}"
    if raw.get("osm_type") and raw.get("osm_id"):
        return f"osm:{raw['osm_type']}/{raw['osm_id']}"
    return f"geopy:{stable_id(location.address, location.longitude, location.latitude)}"


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
