"""Several gazetteers over one another."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer_build import Sources, build
from geomap.layered import LayeredGazetteer, open_gazetteer
from geomap.model import Article
from geomap.pipeline import Pipeline
from geomap.recognize import BundledRecognizer

ROWS = (
    "name,lon,lat,id,country,feature,population,aliases\n"
    "Camp Speicher North,43.5,34.7,own:1,IQ,MILB,,\n"
    "Khirbat Zuhur,43.0,34.0,own:3,IQ,PPL,,\n"
    "Baghdad,44.0,33.0,own:2,IQ,PPL,10,\n"
    "Mawsil,43.13,36.34,geonames:99072,IQ,PPLA,1000000,Mosul\n"
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.csv").write_text(ROWS, encoding="utf-8")
    build(Sources([folder / "own.csv"]), folder / "built")
    return Gazetteer.open(folder / "built")


@pytest.fixture(scope="module")
def layered(own: Gazetteer) -> LayeredGazetteer:
    return LayeredGazetteer([own, Gazetteer.open()])


def test_own_places_come_first_and_the_others_after_them(layered: LayeredGazetteer) -> None:
    ids = [candidate.place.id for candidate in layered.candidates("Baghdad")]
    bundled = [candidate.place.id for candidate in Gazetteer.open().candidates("Baghdad")]
    assert ids == ["own:2", *bundled]


def test_what_one_layer_alone_has_is_found(layered: LayeredGazetteer) -> None:
    assert layered.candidates("camp speicher north")[0].place.id == "own:1"
    assert layered.candidates("Kathmandu")[0].place.country == "NP"
    assert layered.candidates("southern Germany")[0].place.country == "DE"
    assert layered.candidates("Xyzzy Qwfp") == ()
    assert layered.candidates("Bagdhad")[0].place.id == "own:2"
    assert len(layered) == len(Gazetteer.open()) + 4


def test_a_place_hides_those_of_its_id_below_it(layered: LayeredGazetteer) -> None:
    ids = [candidate.place.id for candidate in layered.candidates("Mosul")]
    assert ids.count("geonames:99072") == 1
    place = layered.by_id("geonames:99072")
    assert place is not None
    assert place.name == "Mawsil"


def test_countries_capitals_and_divisions_are_those_of_a_layer_that_knows_them(
    layered: LayeredGazetteer,
) -> None:
    bundled = Gazetteer.open()
    assert layered.country("IQ") == bundled.country("IQ")
    assert layered.capital("IQ") == bundled.capital("IQ")
    assert layered.capital("??") is None
    kathmandu = bundled.candidates("Kathmandu")[0].place.id
    assert layered.admin1_id(kathmandu) == bundled.admin1_id(kathmandu)
    assert layered.countries(kathmandu) == ("NP",)
    assert layered.countries("own:1") == ("IQ",)
    assert layered.by_id("nothing") is None


def test_a_text_is_scanned_for_the_longest_name_of_any_layer(layered: LayeredGazetteer) -> None:
    text = "Near Camp Speicher North, the Iraqi army left Kathmandu and Baghdad."
    matches = {match.span.of(text): match for match in layered.scan(text)}
    assert {"Camp Speicher North", "Iraqi", "Kathmandu", "Baghdad"} <= set(matches)
    baghdad = matches["Baghdad"]
    bundled = Gazetteer.open()
    assert baghdad.count == 1 + len(bundled.candidates("Baghdad"))
    assert baghdad.prior == bundled.prior("baghdad")
    assert "name" in baghdad.kinds
    assert baghdad.candidates[0].place.id == "own:2"


def test_layers_pickle_as_their_paths(layered: LayeredGazetteer) -> None:
    data = pickle.dumps(layered)
    assert len(data) < 800
    again = pickle.loads(data)  # noqa: S301
    assert again.layers == layered.layers


def test_articles_are_placed_with_own_places(layered: LayeredGazetteer) -> None:
    pipeline = Pipeline(recognizer=BundledRecognizer(layered), geocoder=layered)
    article = Article("1", "A bomb exploded in Khirbat Zuhur, Iraq, on Monday.")
    placed = {mention.toponym.text: mention.place for mention in pipeline.mentions(article)}
    village = placed["Khirbat Zuhur"]
    assert village is not None
    assert village.id == "own:3"


def test_a_list_of_folders_opens_them_over_one_another(own: Gazetteer) -> None:
    assert open_gazetteer() is Gazetteer.open()
    assert open_gazetteer(str(own.folder)) is own
    both = open_gazetteer(f"{own.folder}{os.pathsep}bundled")
    assert isinstance(both, LayeredGazetteer)
    assert both.layers == (own, Gazetteer.open())
    with pytest.raises(GazetteerError, match="nowhere"):
        open_gazetteer(str(Path("nowhere")))
