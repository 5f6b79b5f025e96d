"""The gazetteer's names, ranks and files, with the names that city lists get wrong."""

from __future__ import annotations

import csv
import math
import pickle
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.folding import Folded, fold, plain
from geomap.gazetteer import Gazetteer, bundled_folder
from geomap.gazetteer_format import (
    FILES,
    KINDS,
    Entry,
    Naming,
    Tables,
    pack_population,
    unpack_population,
)
from geomap.gazetteer_writer import write
from geomap.model import Place
from geomap.space import Spot, distance_km
from geomap.spellings import misspelled, respelled

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from gazetteer import build, curated, sources  # noqa: E402


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


# Name, latitude and longitude of what newspapers mean, how far off the first candidate may be,
# its features.
TRAPS = [
    ("Baghdad", 33.3, 44.4, 20, "PPLC"),
    ("Iraq", 33, 44, 20, "PCLI"),
    ("Iraq's", 33, 44, 20, "PCLI"),
    ("Iraqi", 33, 44, 20, "PCLI"),
    ("Iraqis", 33, 44, 20, "PCLI"),
    ("IRAQ", 33, 44, 20, "PCLI"),
    ("Russians", 60, 100, 20, "PCLI"),
    ("U.S.", 39.76, -98.5, 20, "PCLI"),
    ("US", 39.76, -98.5, 20, "PCLI"),
    ("the United States", 39.76, -98.5, 20, "PCLI"),
    ("America", 39.76, -98.5, 20, "PCLI"),
    ("UK", 54.75, -2.7, 20, "PCLI"),
    ("Britain", 54.75, -2.7, 20, "PCLI"),
    ("Canada", 60.1, -113.6, 20, "PCLI"),
    ("Middle East", 29, 41, 1200, "RGN"),
    ("the Middle East", 29, 41, 1200, "RGN"),
    ("Kashmir", 34.5, 76, 300, "RGN"),
    ("Java", -7.5, 110, 300, "ISL"),
    ("Sinai", 29.5, 34, 150, "PEN"),
    ("Bagram", 34.95, 69.27, 20, "AIRB"),
    ("Green Zone", 33.3, 44.4, 10, "PPLX RGN ZN"),
    ("Georgia", 42, 43.5, 20, "PCLI"),
    ("Kyiv", 50.45, 30.52, 20, "PPLC"),
    ("Kiev", 50.45, 30.52, 20, "PPLC"),
    ("St. Louis", 38.63, -90.2, 20, "PPL"),
    ("Saint Louis", 38.63, -90.2, 20, "PPL"),
    ("Newfoundland", 52, -56, 500, "ADM1 ISL"),
    ("Alberta", 52.3, -117.5, 20, "ADM1"),
    ("Queensland", -20, 145, 20, "ADM1"),
    ("Washington", 38.9, -77.04, 20, "PPLC"),
    ("Washington, D.C.", 38.9, -77.04, 20, "PPLC"),
    ("New York", 40.7, -74, 20, "PPL"),
    ("Paris", 48.85, 2.35, 20, "PPLC"),
    ("The Hague", 52.08, 4.3, 20, "PPL"),
    ("Al-Hasakah", 36.5, 40.75, 20, "PPL"),
    ("Sana'a", 15.35, 44.2, 20, "PPLC"),
    ("Sanaa", 15.35, 44.2, 20, "PPLC"),
    ("Europe", 48.7, 9.1, 20, "CONT"),
    ("Gaza", 31.45, 34.4, 30, "PPL RGN"),
    ("Strait of Hormuz", 26.6, 56.3, 80, "STRT"),
    ("Black Sea", 43.3, 34.5, 300, "SEA"),
    ("Donbas", 48.3, 38, 150, "RGN"),
    ("Darfur", 13, 25, 250, "RGN"),
    ("Cocos Islands", -12.2, 96.8, 50, "PCLD"),
    ("Kings Cross", 51.53, -0.12, 5, "RSTN PPLX"),
    ("Wisla", 49.65, 18.86, 10, "PPL"),
    ("Vistula", 52.3, 20.5, 200, "STM"),
    ("Karkh", 33.33, 44.38, 10, "PPLX"),
    ("Qurna", 31.02, 47.43, 10, "PPL"),
    ("Boyana", 42.64, 23.27, 5, "PPLX"),
    ("Port Douglas", -16.48, 145.47, 10, "PPL"),
    ("Willis Island", -16.29, 149.97, 20, "ISL"),
    ("Kolumbo", 36.53, 25.48, 10, "VLC"),
    ("Gizo", -8.1, 156.84, 20, "PPL"),
    ("Massachusetts Ave.", 38.9, -77.05, 10, "ST"),
]


@pytest.mark.parametrize(("name", "lat", "lon", "km", "features"), TRAPS, ids=str)
def test_the_first_candidate_is_what_newspapers_mean(
    gazetteer: Gazetteer, name: str, lat: float, lon: float, km: float, features: str
) -> None:
    place = gazetteer.candidates(name)[0].place
    assert distance_km(Spot(lon, lat), place) <= km, place
    assert place.feature.startswith(tuple(features.split())), place


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [("Georgia", "US", "Georgia"), ("Paris", "US", "Texas"), ("Baghdad", "IQ", "Baghdad")],
)
def test_homonyms_are_among_the_candidates(
    gazetteer: Gazetteer, name: str, country: str, admin1: str
) -> None:
    places = [candidate.place for candidate in gazetteer.candidates(name)]
    assert any((place.country, place.admin1) == (country, admin1) for place in places)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Iraq", "name"), ("Kiev", "alternate"), ("Iraqi", "demonym"), ("Calif.", "abbreviation")],
)
def test_candidates_tell_how_the_name_belongs(gazetteer: Gazetteer, name: str, kind: str) -> None:
    assert gazetteer.candidates(name)[0].name_kind == kind


@pytest.mark.parametrize("name", ["", " ", "'", "Xyzzy Qwfp", "\x00", "🙂", "." * 300])
def test_an_unknown_name_has_no_candidates(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name) == ()


SIMILAR = [
    ("Bagdhad", "Baghdad"),
    ("New Dehli", "New Delhi"),
    ("Suadi Arabia", "Saudi Arabia"),
    ("Massachusets", "Massachusetts"),
    ("Phillipines", "Philippines"),
    ("Kathmandoo", "Kathmandu"),
    ("Moqdadiyah", "Al Miqdadiyah"),
    ("Qadhimeyya", "Kadhimiya"),
    ("Al-Peshawer", "Peshawar"),
    ("Rammadi", "Ramadi"),
]


@pytest.mark.parametrize(("written", "name"), SIMILAR)
def test_a_misspelled_name_finds_the_well_known_place(
    gazetteer: Gazetteer, written: str, name: str
) -> None:
    found = gazetteer.candidates(written)
    assert found[0].place.name == name
    assert {candidate.name_kind for candidate in found} == {"similar"}


@pytest.mark.parametrize(
    "name", ["Iraz", "Iraqq", "Channel", "Helmet", "Michelle", "Johnson", "Nagrig", "Bardstow"]
)
def test_short_names_words_persons_and_small_places_are_not_guessed(
    gazetteer: Gazetteer, name: str
) -> None:
    assert all(candidate.name_kind != "similar" for candidate in gazetteer.candidates(name))


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("University of Derby", "GB"),
        ("Shanghai Zoo", "CN"),
        ("Japan Post Office", "JP"),
        ("Seoul Central District Court", "KR"),
        ("Nottingham Trent Bridge Inn", "GB"),
    ],
)
def test_the_best_known_place_named_within_a_name_is_its_part(
    gazetteer: Gazetteer, written: str, country: str
) -> None:
    first = gazetteer.candidates(written)[0]
    assert (first.place.country, first.name_kind) == (country, "part")


@pytest.mark.parametrize("name", ["City Hall", "Community Centre", "National School", "Orange Box"])
def test_ordinary_words_within_a_name_are_no_places(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name) == ()


def test_similar_names_are_found_nowhere_in_texts(gazetteer: Gazetteer) -> None:
    assert [match.key for match in gazetteer.scan("Rockets hit Bagdhad.")] == []


@given(st.text(st.sampled_from("abdehiklou "), max_size=12))
def test_a_key_is_no_other_spelling_of_itself(key: str) -> None:
    names = Gazetteer.open().tables.names
    found = [*respelled(key, names), *misspelled(key, names)]
    assert key not in found
    assert all(name in names for name in found)


def test_places_are_found_by_id(gazetteer: Gazetteer) -> None:
    for name in ("Baghdad", "Middle East", "Alberta", "Boone County"):
        place = gazetteer.candidates(name)[0].place
        assert gazetteer.by_id(place.id) == place
    assert gazetteer.by_id("geonames:1") is None
    assert gazetteer.by_id("nonsense") is None


def test_countries_and_capitals_are_found_by_code(gazetteer: Gazetteer) -> None:
    country, capital = gazetteer.country("iq"), gazetteer.capital("IQ")
    assert country is not None
    assert capital is not None
    assert (country.name, capital.name) == ("Iraq", "Baghdad")
    assert gazetteer.country("??") is None
    assert gazetteer.capital("AQ") is None


def test_a_place_tells_its_division_and_its_countries(gazetteer: Gazetteer) -> None:
    baghdad = gazetteer.candidates("Baghdad")[0].place.id
    division = gazetteer.admin1_id(baghdad)
    assert division is not None
    place = gazetteer.by_id(division)
    assert place is not None
    assert (place.feature, place.name) == ("ADM1", "Baghdad")
    assert gazetteer.countries(baghdad) == ("IQ",)
    everest = gazetteer.candidates("Mount Everest")[0].place
    assert everest.country == ""
    assert set(gazetteer.countries(everest.id)) == {"CN", "NP"}


def test_every_place_has_sensible_figures(gazetteer: Gazetteer) -> None:
    chosen = random.Random(1).sample(range(len(gazetteer)), 2000)  # noqa: S311
    for place in (gazetteer.tables.row(number).place for number in chosen):
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
        assert place.name
        assert place.radius_km > 0
        assert gazetteer.by_id(place.id) == place


def test_a_gazetteer_is_opened_once_and_pickles_as_its_path(gazetteer: Gazetteer) -> None:
    data = pickle.dumps(gazetteer)
    assert len(data) < 400
    assert pickle.loads(data) is gazetteer  # noqa: S301
    assert Gazetteer.open(bundled_folder()) is gazetteer


# --- texts --------------------------------------------------------------------------------------

SCANS = [
    ("Rockets hit Baghdad, Iraq's capital.", ["Baghdad", "Iraq"]),
    ("the U.S. said", ["U.S."]),
    ("a US-led coalition", ["US"]),
    ("St. Louis and Saint Louis", ["St. Louis", "Saint Louis"]),
    ("in Al-Hasakah and al-Hasakah", ["Al-Hasakah", "al-Hasakah"]),
    ("New\nYork", ["New\nYork"]),
    ("New\n\nYork", ["York"]),
    ("Côte d\u2019Ivoire's army", ["Côte d\u2019Ivoire"]),
    ("Sana\u2019a fell", ["Sana\u2019a"]),
    ("GUNMEN ATTACK IN KABUL", ["KABUL"]),
    ("gunmen attack in kabul", ["kabul"]),
    ("Flew to St. John's", ["St. John's"]),
    ("Trinidad & Tobago", ["Trinidad & Tobago"]),
    ("Israel\u2013Lebanon", ["Israel", "Lebanon"]),
    ("Washington, D.C.", ["Washington, D.C."]),
    ("The Hague ruled; The Iraq war", ["The Hague", "Iraq"]),
    ("Tschüss, Zu\u0308rich", ["Zu\u0308rich"]),
]


@pytest.mark.parametrize(("text", "expected"), SCANS)
def test_scanning_finds_names_where_they_stand(
    gazetteer: Gazetteer, text: str, expected: list[str]
) -> None:
    found = [match.span.of(text) for match in gazetteer.scan(text) if match.prior > 0.35]
    assert found == expected


def test_a_name_does_not_begin_in_lower_case(gazetteer: Gazetteer) -> None:
    assert [match.key for match in gazetteer.scan("They ate turkey in Iraq")] == ["iraq"]


def test_a_match_tells_cheap_facts(gazetteer: Gazetteer) -> None:
    match = next(gazetteer.scan("Georgia"))
    assert match.count == len(match.candidates) >= 2
    assert match.kinds == {"name"}
    assert 0.5 < match.prior <= 1


def test_overlapping_names_are_found_when_asked_for(gazetteer: Gazetteer) -> None:
    text = "New York"
    assert [m.span.of(text) for m in gazetteer.scan(text)] == ["New York"]
    overlapping = [m.span.of(text) for m in gazetteer.scan(text, overlapping=True)]
    assert overlapping == ["New York", "York"]


ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from(list("Paris Iraq's St. Louis U.S.\n\t&-'\u2019éßİŁΣ\u0301\u00ad")),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=80,
)


@given(ANY_TEXT)
def test_matches_lie_in_the_text_in_order(text: str) -> None:
    done = 0
    for match in Gazetteer.open().scan(text):
        assert done <= match.start < match.end <= len(text)
        assert fold(text[match.start : match.end]) in (match.key, "the " + match.key)
        done = match.end


@given(ANY_TEXT)
def test_plain_text_keeps_its_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(ANY_TEXT)
def test_folded_offsets_lead_back_to_the_original(text: str) -> None:
    folded = Folded(text)
    backs = [folded.original(offset) for offset in range(len(folded.text))]
    assert backs == sorted(backs)
    assert all(0 <= back < len(text) for back in backs)
    base = plain(text)
    for offset, back in enumerate(backs):
        if folded.text[offset] == base[back]:
            continue
        assert folded.text[offset] in "andstemf \n"


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Hague", "hague"),
        ("Saint-Étienne", "st etienne"),
        ("Mount Everest", "mt everest"),
        ("Ft. Worth", "ft worth"),
        ("N'Djamena", "ndjamena"),
        ("U.S.", "us"),
        ("Łódź", "lodz"),
        ("İzmir", "izmir"),
        ("Al-Ḥasakah", "al hasakah"),
        ("Trinidad & Tobago", "trinidad and tobago"),
        ("  New \n York ", "new york"),
        ("The", "the"),
    ],
)
def test_names_are_folded_to_keys(name: str, key: str) -> None:
    assert fold(name) == key


# --- files --------------------------------------------------------------------------------------

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
IDS = st.one_of(
    st.integers(1, 2**30).map(lambda number: f"geonames:{number}"),
    st.from_regex(r"geomap:[a-z]{1,6}", fullmatch=True),
)
PLACES = st.builds(
    Place,
    id=IDS,
    name=NAMES,
    lon=st.integers(-18_000_000, 18_000_000).map(lambda step: step / 100_000),
    lat=st.integers(-9_000_000, 9_000_000).map(lambda step: step / 100_000),
    feature=st.sampled_from(["PPL", "PPLC", "ADM1", "SEA"]),
    country=st.sampled_from(["", "IQ", "US"]),
    admin1=st.sampled_from(["", "Texas"]),
    population=st.integers(0, 2**31).map(lambda people: unpack_population(pack_population(people))),
    radius_km=st.integers(0, 65_535).map(lambda step: step / 10),
)
KEYS = st.from_regex(r"[a-z]{2,8}( [a-z]{2,8})?", fullmatch=True)


@st.composite
def gazetteers(draw: st.DrawFn) -> tuple[list[Entry], list[Naming]]:
    places = draw(st.lists(PLACES, min_size=1, max_size=8, unique_by=lambda place: place.id))
    entries = [Entry(place, draw(st.integers(0, 255)) / 255) for place in places]
    namings = draw(
        st.lists(
            st.builds(
                Naming,
                KEYS,
                st.sampled_from([place.id for place in places]),
                st.sampled_from(KINDS),
                st.integers(1, 8).map(lambda step: step / 8),
            ),
            min_size=1,
            max_size=20,
        )
    )
    return entries, namings


@given(gazetteers())
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, content: tuple[list[Entry], list[Naming]]
) -> None:
    entries, namings = content
    folder = tmp_path_factory.mktemp("gazetteer")
    write(folder, entries, namings)
    tables = Tables(folder)
    tables.verify()
    found = Gazetteer(folder)
    assert len(found) == len(entries)
    for entry in entries:
        assert found.by_id(entry.place.id) == entry.place
    priors = {entry.place.id: entry.prior for entry in entries}
    for key in {naming.key for naming in namings}:
        expected = {naming.place_id for naming in namings if naming.key == key}
        assert {candidate.place.id for candidate in found.of_key(key)} == expected
        ranks = [tables.prior(posting) for posting in found.postings(key)]
        assert ranks == sorted(ranks, reverse=True)
        best = max(n.weight * priors[n.place_id] for n in namings if n.key == key)
        assert math.isclose(ranks[0], best)


def test_a_place_of_many_countries_is_in_none_alone(tmp_path: Path) -> None:
    entry = Entry(Place("geomap:x", "X", 1, 2, "MT"), 0.5, ("CN", "NP"))
    write(tmp_path, [entry], [Naming("xx", "geomap:x")])
    assert Gazetteer(tmp_path).countries("geomap:x") == ("CN", "NP")


def test_two_places_of_one_id_are_refused(tmp_path: Path) -> None:
    entry = Entry(Place("geomap:x", "X", 1, 2, "MT"), 0.5)
    with pytest.raises(ValueError, match="1 places have the id of another"):
        write(tmp_path, [entry, entry], [])


@pytest.fixture
def written(tmp_path: Path) -> Path:
    entry = Entry(Place("geonames:5", "X", 1, 2, "MT"), 0.5)
    write(tmp_path, [entry], [Naming("xx", "geonames:5")])
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(written: Path, name: str) -> None:
    (written / name).unlink()
    with pytest.raises(GazetteerError, match=name):
        Tables(written)


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_short_is_named(written: Path, name: str) -> None:
    path = written / name
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(GazetteerError, match=name):
        Tables(written)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_found_by_verifying(written: Path, name: str) -> None:
    tables = Tables(written)
    data = bytearray((written / name).read_bytes())
    data[-5] ^= 0x55
    changed = written / "changed"
    changed.mkdir()
    for other in FILES:
        shutil.copy(written / other, changed / other)
    (changed / name).write_bytes(data)
    tables.folder = changed
    if name == "places.bin":
        tables = Tables(changed)
    with pytest.raises(GazetteerError, match=name):
        tables.verify()


def test_another_version_is_refused(written: Path) -> None:
    path = written / "places.bin"
    data = bytearray(path.read_bytes())
    data[8] = 99
    path.write_bytes(data)
    with pytest.raises(GazetteerError, match="format 99, this version of geomap reads"):
        Tables(written)


def test_a_file_of_another_kind_is_refused(written: Path) -> None:
    (written / "places.bin").write_bytes(b"something else entirely")
    with pytest.raises(GazetteerError, match="not a gazetteer of geomap"):
        Tables(written)


def test_the_bundled_files_are_whole_and_small(gazetteer: Gazetteer) -> None:
    gazetteer.tables.verify()
    size = sum(path.stat().st_size for path in bundled_folder().iterdir())
    assert size <= 16 * 2**20


# --- curated tables -----------------------------------------------------------------------------

GOOD = {
    "id": "green-zone",
    "name": "Green Zone",
    "alternates": "International Zone",
    "feature": "PPLX",
    "lon": "44.4",
    "lat": "33.3",
    "radius_km": "2",
    "country": "IQ",
    "admin1": "Baghdad",
    "source": "hand",
}


def test_a_good_row_is_read() -> None:
    found = curated.parse_place(GOOD)
    assert found.place.id == "geomap:green-zone"
    assert (found.alternates, found.countries) == (("International Zone",), ("IQ",))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "Green Zone"}, "id 'Green Zone' is no slug"),
        ({"feature": "TOWN"}, "feature 'TOWN' is unknown"),
        ({"lon": "east"}, "lon 'east' is no number"),
        ({"lat": "133"}, "lat 133.0 is not in -90 to 90"),
        ({"radius_km": "0"}, "radius_km 0.0 is not in"),
        ({"radius_km": "nan"}, "radius_km nan is not in"),
        ({"source": None}, "columns missing: source"),
        ({"name": " "}, "name is empty"),
    ],
)
def test_a_bad_row_is_refused(change: dict[str, str], message: str) -> None:
    with pytest.raises(curated.RowError, match=message):
        curated.parse_place(GOOD | change)


def test_a_place_outside_its_country_is_reported() -> None:
    shapely = pytest.importorskip("shapely")
    countries = {"IQ": shapely.box(39, 29, 48, 37)}
    inside = curated.parse_place(GOOD)
    near = curated.parse_place(GOOD | {"id": "near", "lon": "48.9"})
    far = curated.parse_place(GOOD | {"id": "far", "lon": "54"})
    wrong = curated.misplaced([inside, near, far], countries)
    assert wrong == ["geomap:far: 558 km outside IQ"]


def test_the_same_place_twice_is_reported() -> None:
    again = curated.parse_place(GOOD | {"id": "again", "name": "The Green Zone", "lon": "44.41"})
    wrong = curated.doubled([curated.parse_place(GOOD), again])
    assert "geomap:again: 'green zone' is also geomap:green-zone, 1 km away" in wrong


def test_the_curated_tables_have_no_bad_row() -> None:
    places, wrong = curated.read_places(ROOT / "gazetteer" / "curated")
    assert wrong == []
    assert curated.doubled(places) == []


def test_every_table_leads_to_places(gazetteer: Gazetteer) -> None:
    tables = ROOT / "gazetteer"
    names = {
        "curated/abbreviations.csv": "abbreviation",
        "curated/demonyms.csv": "demonym",
        "tables/names.csv": "name",
    }
    for table, column in names.items():
        with (tables / table).open(encoding="utf-8", newline="") as file:
            listed = [row[column] for row in csv.DictReader(file)]
        missing = [n for n in listed if len(fold(n)) > 1 and not gazetteer.candidates(n)]
        assert missing == [], table


@pytest.mark.slow
def test_the_build_gives_the_bundled_bytes(tmp_path: Path) -> None:
    pinned = sources.sources()
    absent = [n for n in build.USED if not (sources.DEFAULT_CACHE / pinned[n].file).exists()]
    if absent:
        pytest.skip(f"sources are not in {sources.DEFAULT_CACHE}: {', '.join(absent)}")
    assert build.build(sources.DEFAULT_CACHE, tmp_path) == []
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (bundled_folder() / path.name).read_bytes(), path.name


@pytest.mark.parametrize("script", ["build", "build_words", "build_actors", "build_basemap"])
def test_every_build_script_runs_from_anywhere(script: str, tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "gazetteer" / f"{script}.py", "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout
