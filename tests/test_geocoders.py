"""Geocoders of geopy behind the seam, with a small service of our own in place of one online."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from geopy.exc import GeocoderAuthenticationFailure, GeocoderUnavailable
from geopy.location import Location

from geomap import Candidate, GeomapError, Place
from geomap.geocoders import FallbackGeocoder, GeopyGeocoder

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.model import NameKind

NOMINATIM = Location(
    "Erbil, Erbil Governorate, Iraq",
    (36.19, 44.01),
    {
        "osm_type": "relation",
        "osm_id": 17,
        "addresstype": "city",
        "name": "Erbil",
        "address": {"state": "Erbil Governorate", "country_code": "iq"},
    },
)
GEONAMES = Location(
    "Erbil, Iraq",
    (36.19, 44.01),
    {
        "geonameId": 95446,
        "fcode": "PPLA",
        "countryCode": "IQ",
        "adminName1": "Erbil",
        "population": 932800,
        "name": "Erbil",
    },
)
PHOTON = Location(
    "Iraq",
    (33.0, 44.0),
    {"properties": {"osm_type": "R", "osm_id": 3, "type": "country", "countrycode": "IQ"}},
)


class Service:
    """Implements geopy's interface over a dictionary, and counts what it is asked."""

    domain = "places.example"

    def __init__(self, known: dict[str, list[Location]], failures: int = 0) -> None:
        self.known = known
        self.failures = failures
        self.asked: list[str] = []

    def geocode(self, query: str, *, exactly_one: bool) -> Any:
        assert not exactly_one
        self.asked.append(query)
        if self.failures:
            self.failures -= 1
            raise GeocoderUnavailable("try again")
        return self.known.get(query)


@pytest.mark.parametrize(
    ("location", "place_id", "feature", "country", "admin1", "population"),
    [
        (NOMINATIM, "osm:relation/17", "PPL", "IQ", "Erbil Governorate", 0),
        (GEONAMES, "geonames:95446", "PPLA", "IQ", "Erbil", 932800),
        (PHOTON, "osm:R/3", "PCLI", "IQ", "", 0),
    ],
)
def test_locations_of_a_service_become_places(
    location: Location, place_id: str, feature: str, country: str, admin1: str, population: int
) -> None:
    geocoder = GeopyGeocoder(Service({"x": [location]}), cache=None, min_delay_s=0)
    (candidate,) = geocoder.candidates("x")
    place = candidate.place
    assert (place.id, place.feature, place.country) == (place_id, feature, country)
    assert (place.admin1, place.population) == (admin1, population)
    assert (place.lat, place.lon) == (location.latitude, location.longitude)


def test_a_location_that_tells_only_its_address_still_has_an_id_and_a_name() -> None:
    bare = Location("Springfield, Somewhere", (1.0, 2.0), {})
    geocoder = GeopyGeocoder(Service({"x": [bare]}), cache=None, min_delay_s=0)
    place = geocoder.candidates("x")[0].place
    assert place.name == "Springfield"
    assert place.id.startswith("geopy:")


def test_a_name_is_asked_for_once() -> None:
    service = Service({"Erbil": [NOMINATIM]})
    geocoder = GeopyGeocoder(service, cache=None, min_delay_s=0)
    assert geocoder.candidates("Erbil") == geocoder.candidates(" Erbil ")
    assert service.asked == ["Erbil"]


def test_an_unknown_or_empty_name_has_no_candidates() -> None:
    service = Service({})
    geocoder = GeopyGeocoder(service, cache=None, min_delay_s=0)
    assert geocoder.candidates("Nowhere") == ()
    assert geocoder.candidates("  ") == ()
    assert service.asked == ["Nowhere"]


def test_answers_are_kept_over_runs_even_that_nothing_was_found(tmp_path: Path) -> None:
    cache = tmp_path / "places.sqlite"
    first = GeopyGeocoder(Service({"Erbil": [GEONAMES]}), cache=cache, min_delay_s=0)
    found = first.candidates("Erbil"), first.candidates("Nowhere")
    silent = Service({})
    second = GeopyGeocoder(silent, cache=cache, min_delay_s=0)
    assert (second.candidates("Erbil"), second.candidates("Nowhere")) == found
    assert silent.asked == []


def test_names_are_data_to_the_cache(tmp_path: Path) -> None:
    name = "x'); DROP TABLE answers; --"
    cache = tmp_path / "places.sqlite"
    GeopyGeocoder(Service({name: [GEONAMES]}), cache=cache, min_delay_s=0).candidates(name)
    again = GeopyGeocoder(Service({}), cache=cache, min_delay_s=0)
    assert again.candidates(name)[0].place.name == "Erbil"


def test_a_service_that_fails_for_a_moment_is_asked_again() -> None:
    service = Service({"Erbil": [NOMINATIM]}, failures=2)
    assert GeopyGeocoder(service, cache=None, min_delay_s=0).candidates("Erbil")


def test_a_service_that_goes_on_failing_is_an_error_of_ours(tmp_path: Path) -> None:
    service = Service({}, failures=99)
    cache = tmp_path / "places.sqlite"
    geocoder = GeopyGeocoder(service, cache=cache, min_delay_s=0)
    with pytest.raises(GeomapError, match=r"Service places\.example did not answer.*try again"):
        geocoder.candidates("Erbil")
    service.failures = 0
    service.known = {"Erbil": [NOMINATIM]}
    assert geocoder.candidates("Erbil"), "a failure was remembered as an answer"


def test_other_errors_of_a_service_keep_their_cause() -> None:
    class Locked(Service):
        def geocode(self, query: str, *, exactly_one: bool) -> Any:
            raise GeocoderAuthenticationFailure(f"no key for {query} {exactly_one}")

    with pytest.raises(GeomapError) as caught:
        GeopyGeocoder(Locked({}), cache=None, min_delay_s=0).candidates("Erbil")
    assert isinstance(caught.value.__cause__, GeocoderAuthenticationFailure)


def test_a_cache_that_is_none_is_named(tmp_path: Path) -> None:
    cache = tmp_path / "places.sqlite"
    cache.write_text("not a database, but long enough to be taken for a broken one" * 9)
    geocoder = GeopyGeocoder(Service({}), cache=cache, min_delay_s=0)
    with pytest.raises(GeomapError, match=r"places\.sqlite"):
        geocoder.candidates("Erbil")


def test_requests_keep_their_distance() -> None:
    from time import monotonic

    geocoder = GeopyGeocoder(Service({}), cache=None, min_delay_s=0.05)
    start = monotonic()
    for name in ("a", "b", "c"):
        geocoder.candidates(name)
    assert monotonic() - start >= 0.1


class Known:
    """A geocoder of one name, that knows a capital."""

    def candidates(self, name: str, /) -> tuple[Candidate, ...]:
        return (Candidate(LIMA),) if name == "Lima" else ()

    def capital(self, code: str) -> Place | None:
        return LIMA if code == "PE" else None


LIMA = Place("own:1", "Lima", -77.03, -12.04, "PPLC", "PE")


def test_the_second_geocoder_is_asked_only_for_what_the_first_does_not_know() -> None:
    service = Service({"Erbil": [GEONAMES], "Lima": [GEONAMES]})
    geocoder = FallbackGeocoder(Known(), GeopyGeocoder(service, cache=None, min_delay_s=0))
    assert geocoder.candidates("Lima")[0].place is LIMA
    assert service.asked == []
    assert geocoder.candidates("Erbil")[0].place.country == "IQ"
    assert geocoder.candidates("Nowhere") == ()
    assert service.asked == ["Erbil", "Nowhere"]


class Guessing:
    """A geocoder that takes every name for Lima's, in one way."""

    def __init__(self, kind: NameKind) -> None:
        self.kind = kind

    def candidates(self, name: str, /) -> tuple[Candidate, ...]:
        return (Candidate(LIMA, self.kind),) if name else ()


@pytest.mark.parametrize("kind", ["part", "similar"])
def test_the_second_geocoder_is_asked_where_the_first_only_guesses(kind: NameKind) -> None:
    service = Service({"Erbil": [GEONAMES]})
    second = GeopyGeocoder(service, cache=None, min_delay_s=0)
    geocoder = FallbackGeocoder(Guessing(kind), second)
    assert geocoder.candidates("Erbil")[0].place.country == "IQ"
    assert geocoder.candidates("Limma")[0].place is LIMA
    assert service.asked == ["Erbil", "Limma"]


def test_capitals_are_those_the_first_knows_if_it_knows_any() -> None:
    service = GeopyGeocoder(Service({}), cache=None, min_delay_s=0)
    assert FallbackGeocoder(Known(), service).capital("PE") is LIMA
    assert FallbackGeocoder(service, Known()).capital("PE") is None


def test_a_service_out_of_reach_is_given_up_after_three_names_or_raised() -> None:
    service = Service({}, failures=1000)
    errors: list[GeomapError] = []
    second = GeopyGeocoder(service, cache=None, min_delay_s=0)
    geocoder = FallbackGeocoder(Known(), second, on_error=errors.append)
    assert [geocoder.candidates(name) for name in "abcdefg"] == [()] * 7
    assert len(errors) == 3
    with pytest.raises(GeomapError):
        FallbackGeocoder(Known(), second).candidates("a")


def test_further_options_reach_the_service() -> None:
    class Polite(Service):
        """Takes a language."""

        def geocode(self, query: str, *, exactly_one: bool, language: str = "") -> Any:
            assert language == "en"
            return super().geocode(query, exactly_one=exactly_one)

    service = Polite({"Erbil": [GEONAMES]})
    options = {"language": "en"}
    assert GeopyGeocoder(service, cache=None, options=options).candidates("Erbil")
