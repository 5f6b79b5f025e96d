"""A user's own gazetteer: what is read, what is refused, and that the old one stays."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.errors import GazetteerError, OptionError, SourceError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer_build import Sources, build
from geomap.gazetteer_format import FILES
from geomap.gazetteer_info import describe
from geomap.place_files import FIELDS, Table, parse_columns

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "name,lon,lat"
CSV = (
    f"{HEAD},id,country,feature,population,aliases\nCamp Test,44.5,33.25,b:1,iq,MILB,0,Test Base\n"
)


def dump_line(number: int, name: str, **cells: object) -> str:
    """Return a line as GeoNames' dumps have them."""
    usual: dict[str, object] = {
        "ascii": name,
        "alternates": "",
        "lat": 33.5,
        "lon": 44.25,
        "class": "P",
        "feature": "PPL",
        "country": "IQ",
        "admin1": "07",
        "population": 0,
    }
    row = usual | cells
    first = [number, name, row["ascii"], row["alternates"], row["lat"], row["lon"], row["class"]]
    more = [row["feature"], row["country"], "", row["admin1"], "", "", "", row["population"]]
    return "\t".join(map(str, [*first, *more, "", "30", "Asia/Baghdad", "2024-01-01"]))


DUMP = [
    dump_line(98182, "Baghdad", alternates="Bagdad,بغداد,BGW", feature="PPLC", population=7216000),
    dump_line(99237, "Republic of Iraq", feature="PCLI", population=38433600, admin1="00"),
    dump_line(98180, "Baghdad Governorate", feature="ADM1", **{"class": "A"}),
    dump_line(5, "Nahr Dijlah", feature="STM", country="", admin1="", **{"class": "H"}),
]


def written(path: Path, text: str | list[str]) -> Path:
    lines = text if isinstance(text, str) else "".join(f"{line}\n" for line in text)
    path.write_text(lines, encoding="utf-8")
    return path


def built(tmp_path: Path, *sources: Path, **given: Any) -> Gazetteer:
    out = tmp_path / "mine"
    build(Sources(sources, **given), out)
    gazetteer = Gazetteer(out)
    gazetteer.tables.verify()
    return gazetteer


# --- GeoNames -----------------------------------------------------------------------------------


def test_a_dump_gives_places_divisions_countries_and_capitals(tmp_path: Path) -> None:
    gazetteer = built(tmp_path, written(tmp_path / "IQ.txt", DUMP))
    assert len(gazetteer) == 4
    division = gazetteer.candidates("Baghdad governorate")[0].place
    assert (division.feature, division.name) == ("ADM1", "Baghdad Governorate")
    capital = gazetteer.capital("iq")
    assert capital is not None
    assert (capital.id, capital.admin1) == ("geonames:98182", "Baghdad Governorate")
    assert capital.population == 7_220_000
    assert gazetteer.admin1_id(capital.id) == "geonames:98180"
    assert gazetteer.country("IQ") == gazetteer.by_id("geonames:99237")
    river = gazetteer.candidates("Nahr Dijlah")[0].place
    assert (river.country, river.admin1, river.feature) == ("", "", "STM")


def test_alternate_names_are_those_newspapers_write(tmp_path: Path) -> None:
    gazetteer = built(tmp_path, written(tmp_path / "IQ.txt", DUMP))
    assert gazetteer.candidates("Bagdad")[0].name_kind == "alternate"
    assert not gazetteer.candidates("BGW")
    assert not gazetteer.candidates("بغداد")


def test_the_file_of_alternate_names_stands_in_place_of_the_column(tmp_path: Path) -> None:
    names = [
        "1\t98182\ten\tCity of Peace\t\t\t\t\t\t",
        "2\t98182\tiata\tBGW\t\t\t\t",
        "3\t98182\tabbr\tBgd.\t\t\t\t",
        "4\t98182\tfr\tMadinat\t\t\t\t1\t\t",
        "5\t777\ten\tElsewhere\t\t\t\t",
    ]
    dump, more = written(tmp_path / "IQ.txt", DUMP), written(tmp_path / "names.txt", names)
    gazetteer = built(tmp_path, dump, alternates=more)
    found = {name: gazetteer.candidates(name) for name in ("City of Peace", "Bgd.", "Madinat")}
    kinds = {name: [candidate.name_kind for candidate in found[name]] for name in found}
    assert kinds == {
        "City of Peace": ["alternate"],
        "Bgd.": ["abbreviation"],
        "Madinat": ["alternate"],
    }
    for name in ("bagdad", "bgw", "elsewhere"):
        assert not gazetteer.of_key(name)


def test_the_file_of_divisions_names_those_that_the_dump_lacks(tmp_path: Path) -> None:
    divisions = written(tmp_path / "admin1.txt", "IQ.07\tBaghdad\tBaghdad\t98180\n")
    dump = written(tmp_path / "IQ.txt", DUMP[:2])
    place = built(tmp_path, dump, divisions=divisions).candidates("Baghdad")[0].place
    assert place.admin1 == "Baghdad"


def test_an_archive_is_read_as_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "IQ.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "Readme\n")
        archive.writestr("IQ.txt", "\n".join(DUMP))
    assert len(built(tmp_path, path)) == 4


def test_what_is_known_in_many_languages_ranks_before_its_homonyms(tmp_path: Path) -> None:
    lines = [
        dump_line(1, "Korek", feature="STM"),
        dump_line(2, "Korek", feature="MT", alternates="Korak,Korrek,Kurek,Corec"),
        dump_line(3, "Korek", population=3_000_000),
    ]
    found = built(tmp_path, written(tmp_path / "IQ.txt", lines)).candidates("Korek")
    assert [candidate.place.id for candidate in found] == ["geonames:3", "geonames:2", "geonames:1"]


def test_more_features_than_a_byte_counts_are_told_apart(tmp_path: Path) -> None:
    features = [f"F{number}" for number in range(300)]
    lines = [dump_line(n + 1, f"Place {n}", feature=code) for n, code in enumerate(features)]
    gazetteer = built(tmp_path, written(tmp_path / "all.txt", lines))
    assert [gazetteer.tables.row(row).place.feature for row in range(300)] == features
    assert gazetteer.tables.feature_counts() == dict.fromkeys(features, 1)


# --- tables -------------------------------------------------------------------------------------


def test_a_table_gives_places_under_all_their_names(tmp_path: Path) -> None:
    gazetteer = built(tmp_path, written(tmp_path / "bases.csv", CSV))
    place = gazetteer.candidates("Test Base")[0].place
    assert (place.id, place.name, place.lon, place.lat) == ("b:1", "Camp Test", 44.5, 33.25)
    assert (place.feature, place.country) == ("MILB", "IQ")
    assert place.radius_km > 0
    assert [match.key for match in gazetteer.scan("Rockets hit Camp Test.")] == ["camp test"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_may_have_any_name_and_delimiter(tmp_path: Path, delimiter: str) -> None:
    rows = [["X", "NOTE", "NAME", "Y"], ["44.5", '"a ""b"" c"', "Camp Test", "33.25"]]
    text = "\ufeff" + "".join(delimiter.join(row) + "\r\n" for row in rows)
    columns = parse_columns("name=NAME,lon=X,lat=Y")
    gazetteer = built(tmp_path, written(tmp_path / "a.csv", text), table=Table(columns, "AIRB"))
    place = gazetteer.candidates("Camp Test")[0].place
    assert (place.lon, place.lat, place.feature) == (44.5, 33.25, "AIRB")
    assert place.id.startswith("local:")


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


POINT = {"type": "Point", "coordinates": [44.5, 33.25]}
SQUARE = {"type": "Polygon", "coordinates": [[[44, 33], [45, 33], [45, 34], [44, 34], [44, 33]]]}
FEATURES = [
    feature(POINT, name="Camp Test", alternates=["Test Base"], population=None),
    feature(SQUARE, name="Zone Test", kind="region"),
]


@pytest.mark.parametrize("suffix", [".geojson", ".json", ".geojsonl", ".gpkg"])
def test_shapes_become_a_point_inside_them_and_a_radius(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"places{suffix}"
    if suffix == ".gpkg":
        import geopandas

        columns = ["name", "kind", "geometry"]
        frame = geopandas.GeoDataFrame.from_features(FEATURES, crs="EPSG:4326", columns=columns)
        frame.to_crs("EPSG:3857").to_file(path)
    elif suffix == ".geojsonl":
        written(path, [json.dumps(one) for one in FEATURES])
    else:
        written(path, json.dumps({"type": "FeatureCollection", "x": [1], "features": FEATURES}))
    gazetteer = built(tmp_path, path)
    camp, zone = (gazetteer.candidates(name)[0].place for name in ("Camp Test", "Zone Test"))
    assert (camp.lon, camp.lat, camp.feature) == (44.5, 33.25, "PPL")
    assert zone.feature == "RGN"
    assert 44 < zone.lon < 45
    assert 33 < zone.lat < 34
    assert zone.radius_km == pytest.approx(72.5, abs=1)


def test_a_feature_may_leave_out_what_others_have_but_its_name(tmp_path: Path) -> None:
    table = Table(parse_columns("name=nom,population=pop"))
    full = [feature(POINT, nom="Camp Test", pop=1000), feature(POINT, nom="Zone Test")]
    path = written(tmp_path / "a.geojsonl", [json.dumps(one) for one in full])
    gazetteer = built(tmp_path, path, table=table)
    assert gazetteer.candidates("Zone Test")[0].place.population == 0
    path = written(path, [json.dumps(one) for one in [*full, feature(POINT, pop=1)]])
    with pytest.raises(SourceError, match=r"a\.geojsonl:3: the place has no name"):
        built(tmp_path, path, table=table)
    with pytest.raises(SourceError, match=r"a\.geojsonl:1: no column for 'name'"):
        built(tmp_path, path)


def test_a_large_collection_is_read_in_pieces(tmp_path: Path) -> None:
    many = [feature(POINT, name=f"Place {n} {'x' * 2000}", id=str(n)) for n in range(600)]
    text = json.dumps({"features": many, "type": "FeatureCollection"}, indent=1)
    assert len(built(tmp_path, written(tmp_path / "many.geojson", text))) == 600


def test_sources_of_both_kinds_go_together(tmp_path: Path) -> None:
    dump, table = written(tmp_path / "IQ.txt", DUMP), written(tmp_path / "bases.csv", CSV)
    gazetteer = built(tmp_path, dump, table, license="CC0")
    assert len(gazetteer) == 5
    assert describe(gazetteer.tables)["sources"] == {
        "IQ.txt": "GeoNames, CC BY 4.0",
        "bases.csv": "CC0",
    }


def test_the_same_place_told_twice_is_one(tmp_path: Path) -> None:
    text = f"{HEAD}\nCamp Test,1,2\nOther,3,4\nCamp Test,1,2\n"
    gazetteer = built(tmp_path, written(tmp_path / "a.csv", text))
    assert len(gazetteer) == 2
    assert len(gazetteer.candidates("Camp Test")) == 1


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    dump = written(tmp_path / "IQ.txt", DUMP)
    turned = tmp_path / "turned" / "IQ.txt"
    turned.parent.mkdir()
    written(turned, DUMP[::-1])
    for name, path in {"a": dump, "b": dump, "c": turned}.items():
        build(Sources([path]), tmp_path / name)
    for name in FILES:
        data = [(tmp_path / folder / name).read_bytes() for folder in "abc"]
        assert data[0] == data[1] == data[2], name


# --- what is refused ----------------------------------------------------------------------------

BROKEN = [
    ("a.csv", f"{HEAD}\nA,1,2\nB,x,2\n", "a.csv:3: lon 'x' is no number"),
    ("a.csv", f"{HEAD}\nA,1,2\nB,1,92\n", "a.csv:3: lat 92 is not in -90 to 90"),
    ("a.csv", f"{HEAD}\nA,nan,2\n", "a.csv:2: lon nan is not in"),
    ("a.csv", f"{HEAD}\n,1,2\n", "a.csv:2: the place has no name"),
    ("a.csv", f"{HEAD}\nA,1\n", "a.csv:2: 2 cells, the first line has 3"),
    ("a.csv", f"{HEAD}\nA,1,2\n\nB,1\n", "a.csv:4: 2 cells"),
    ("a.csv", f"{HEAD}\n", "a.csv: it holds no place"),
    ("a.csv", "", "a.csv: no column for 'name'"),
    ("a.csv", "NAME,lon\nA,1\n", "a.csv: no column for 'lat': say which with --columns lat="),
    ("a.csv", f"{HEAD},country\nA,1,2,Iraq\n", "a.csv:2: country 'Iraq' is no ISO 3166-1 code"),
    ("a.csv", f"{HEAD},kind\nA,1,2,a town\n", "a.csv:2: 'a town' is no GeoNames feature code"),
    ("a.csv", f"{HEAD},id\nA,1,2,x\nB,1,3,x\n", "a.csv:3: the id 'x' is that of "),
    ("a.csv", f'{HEAD}\n"A,1,2\n', "a.csv:2: unexpected end of data"),
    ("IQ.txt", "a\tb\n", "IQ.txt:1: 2 columns, a GeoNames dump has 19"),
    ("IQ.txt", dump_line(1, "A", lat=91), "IQ.txt:1: no point on Earth"),
    ("IQ.txt", dump_line(1, "A") + "\n" + dump_line(2, ""), "IQ.txt:2: the place has no name"),
    ("a.geojson", "[]", "a.geojson:1: expected '{' of a FeatureCollection"),
    ("a.geojson", '{"features":\n[{"a": 1}]}', "a.geojson:2: not a feature with a geometry"),
    ("a.geojson", '{"features":\n[\n{"a": ', "a.geojson:3: not JSON"),
    ("a.geojson", '{"type": "x"', "a.geojson:2: the file ends too early"),
    ("a.geojson", "[" * 90_000, "a.geojson:1: expected '{'"),
    ("a.geojson", '{"a":' + "[" * 90_000, "a.geojson:1: nested too deeply"),
    ("a.geojsonl", "\n{]\n", "a.geojsonl:2: not JSON"),
    (
        "a.geojsonl",
        '{"geometry": {"type": "Nothing"}, "properties": {"name": "A"}}',
        ":1: the geom",
    ),
    ("a.gpkg", "no database", "a.gpkg: no GeoPackage that can be read"),
    ("a.zip", "no archive", "a.zip: file is not a zip file"),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN)
def test_a_broken_file_is_named_with_line_and_reason_and_the_old_gazetteer_stays(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    out = tmp_path / "mine"
    build(Sources([written(tmp_path / "old.csv", CSV)]), out)
    before = {path: (out / path).read_bytes() for path in FILES}
    with pytest.raises(SourceError, match=re.escape(message)):
        build(Sources([written(tmp_path / name, text)]), out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({name, "mine", "old.csv"})


def test_what_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{HEAD}\nA,1,2\n".encode() + b"\xff,1,2\n")
    with pytest.raises(SourceError, match=r"a\.csv:3: not UTF-8 \(byte 1 of the line\)"):
        built(tmp_path, path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.csv: no such file"):
        built(tmp_path, tmp_path / "gone.csv")


def test_an_unknown_suffix_names_those_allowed(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"a\.xls: .*\.csv .*\.gpkg"):
        built(tmp_path, written(tmp_path / "a.xls", ""))


@pytest.mark.parametrize("text", ["name", "name=", "nom=X", "name=A,", "=A"])
def test_an_unknown_field_names_those_allowed(text: str) -> None:
    with pytest.raises(OptionError, match=", ".join(FIELDS)):
        parse_columns(text)


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    table = Table(parse_columns("name=NOM"))
    with pytest.raises(SourceError, match=r"no column 'NOM'; there are 'name', 'lon', 'lat'"):
        built(tmp_path, written(tmp_path / "a.csv", f"{HEAD}\nA,1,2\n"), table=table)


def test_the_layer_of_several_must_be_named(tmp_path: Path) -> None:
    import geopandas

    path = tmp_path / "a.gpkg"
    frame = geopandas.GeoDataFrame.from_features(FEATURES, crs="EPSG:4326", columns=None)
    for layer in ("one", 'o"; DROP TABLE x; --'):
        frame[["name", "geometry"]].to_file(path, layer=layer)
    with pytest.raises(SourceError, match="choose a layer with --layer; there are "):
        built(tmp_path, path)
    assert len(built(tmp_path, path, table=Table(layer='o"; DROP TABLE x; --'))) == 2


def test_a_folder_that_is_no_gazetteer_is_left_alone(tmp_path: Path) -> None:
    precious = written(tmp_path / "precious.txt", "x")
    source = written(tmp_path / "a.csv", CSV)
    for out in (tmp_path, precious):
        with pytest.raises(OptionError, match="is no gazetteer, and is left as it is"):
            build(Sources([source]), out)
    with pytest.raises(OptionError, match="there is no folder"):
        build(Sources([source]), tmp_path / "nowhere" / "mine")
    assert precious.read_text("utf-8") == "x"


def test_more_divisions_than_fit_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"P{n},1,2,Division {n}\n" for n in range((1 << 16) + 1))
    with pytest.raises(GazetteerError, match="at most 65,536 divisions"):
        built(tmp_path, written(tmp_path / "a.csv", f"{HEAD},admin1\n{rows}"))


def test_names_that_a_terminal_would_obey_lose_what_it_would(tmp_path: Path) -> None:
    text = f"{HEAD}\n\x1b[31mCamp\u202e Test\u2028x,1,2\n"
    place = built(tmp_path, written(tmp_path / "a.csv", text)).tables.row(0).place
    assert place.name == "[31mCamp Test x"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(texts, min_size=1, max_size=8), texts)
def test_any_table_is_read_or_refused_with_its_line(
    tmp_path: Path, cells: list[str], loose: str
) -> None:
    path = tmp_path / "any.csv"
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    path.write_text(f"{HEAD}\n{row}\n{loose}\nCamp Test,1,2\n", encoding="utf-8", newline="")
    try:
        gazetteer = built(tmp_path, path)
    except SourceError as error:
        assert str(error).startswith(f"{path}:")  # noqa: PT017 (either is right)
    else:
        assert gazetteer.candidates("Camp Test")
