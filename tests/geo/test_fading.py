"""Bands from a region's key alone: the page keeps the place, not the words it came from."""

from __future__ import annotations

import pytest

from geo.fading import bands_of
from geo.model import Place, PlaceQuery, Relation
from geo.regions import bands, derive
from geo.shapes import Shapes

KHARKIV = Place("gn:706483", "Kharkiv", 49.98, 36.25, "city", 14, country="UA")
DNIPRO = Place("gn:709930", "Dnipro", 48.46, 35.04, "city", 12, country="UA")
BLACK_SEA = Place("tbl:black-sea", "Black Sea", 43.4, 34.3, "sea", 550)
UKRAINE = Place("gn:690791", "Ukraine", 49, 32, "country", 500, country="UA")
KHERSON = Place("gn:706442", "Kherson Oblast", 46.6, 33.4, "region", 100, country="UA", geonameid=706442)
Asked = tuple[Relation, tuple[Place, ...], str | None, float | None, str]
KNOWN = {place.key: place for place in (KHARKIV, DNIPRO, BLACK_SEA)}


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.open()


@pytest.mark.parametrize(
    "asked",
    [
        ("direction", (UKRAINE,), "east", None, "eastern Ukraine"),
        ("direction", (KHERSON,), "north", None, "the north of Kherson Oblast"),
        ("direction", (KHARKIV,), "south", None, "south of Kharkiv"),
        ("direction", (KHARKIV,), "south", None, "southern Kharkiv"),
        ("direction", (BLACK_SEA,), "north", None, "the northern Black Sea"),
        ("border", (UKRAINE,), "east", None, "its eastern border"),
        ("coast", (UKRAINE,), None, None, "off the coast of Ukraine"),
        ("coast", (UKRAINE,), None, None, "the Ukrainian coast"),
        ("distance", (KHARKIV,), "north", 30.0, "30 km north of Kharkiv"),
        ("distance", (KHARKIV,), "west", None, "west of Kharkiv"),
        ("distance", (UKRAINE,), None, 12.5, "12.5 km from the border"),
        ("between", (KHARKIV, DNIPRO), None, None, "between Kharkiv and Dnipro"),
        ("bank", (DNIPRO,), None, None, "the left bank of the Dnipro"),
        ("area", (KHARKIV,), None, None, "the Kharkiv region"),
    ],
)
def test_the_key_gives_the_bands_that_the_words_gave(shapes: Shapes, asked: Asked) -> None:
    relation, anchors, direction, km, phrase = asked
    query = PlaceQuery(phrase, phrase, relation=relation, direction=direction, km=km)
    place = derive(query, anchors, shapes)
    assert place is not None
    assert bands_of(place.key, KNOWN.get, shapes) == bands(query, anchors, shapes) != []


def test_named_areas_are_found_by_their_own_key(shapes: Shapes) -> None:
    donbas = shapes.find("Donbas")
    assert donbas is not None
    query = PlaceQuery("x", "northern Donbas", relation="direction", direction="north")
    place = derive(query, [donbas], shapes)
    assert place is not None and bands_of(place.key, KNOWN.get, shapes) == bands(query, [donbas], shapes)


@pytest.mark.parametrize(
    "key",
    [
        "", "gn:690791", "derived", "derived:direction", "derived:direction:east", "derived:wish:east:UA",
        "derived:border:-:QQ", "derived:direction:east:gn:1", "derived:direction:up:UA",
        "derived:direction:east:UA:de_facto", "derived:distance:-:UA:xkm",
    ],
)  # fmt: skip
def test_keys_of_nothing_known_have_no_bands(shapes: Shapes, key: str) -> None:
    assert bands_of(key, KNOWN.get, shapes) == []
