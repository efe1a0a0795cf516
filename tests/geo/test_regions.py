"""Directions of areas, the ground about and between places, and towns whose name stands for an area."""

from __future__ import annotations

import pytest

from geo.directions import normal_direction
from geo.model import Place, PlaceQuery
from geo.regions import derive
from geo.shapes import Shapes
from tests.geo.region_scenes import DONETSK, KHARKIV, MARIUPOL, ask, country, drawn, holds


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.open()


@pytest.mark.parametrize(
    ("iso2", "direction", "inside", "outside"),
    [
        ("UA", "east", (48.02, 37.80), (49.84, 24.03)),  # Donetsk, Lviv
        ("UA", "west", (49.84, 24.03), (48.46, 35.04)),  # Lviv, Dnipro
        ("IL", "south", (31.52, 34.60), (32.79, 34.99)),  # Sderot, Haifa
        ("LB", "south", (33.38, 35.48), (34.44, 35.85)),  # Nabatieh, Tripoli
        ("SY", "northwest", (35.93, 36.63), (35.33, 40.14)),  # Idlib, Deir ez-Zor
        ("IQ", "north", (36.34, 43.13), (30.51, 47.80)),  # Mosul, Basra
        ("CD", "east", (0.14, 29.29), (-4.32, 15.31)),  # Butembo, Kinshasa
        ("MZ", "north", (-12.97, 40.52), (-25.97, 32.58)),  # Pemba, Maputo
        ("NG", "northeast", (11.85, 13.16), (6.45, 3.39)),  # Maiduguri, Lagos
        ("RU", "west", (51.73, 36.19), (55.03, 82.92)),  # Kursk, Novosibirsk
        ("US", "west", (45.52, -122.68), (61.22, -149.90)),  # Portland; Alaska hangs on to no direction
        ("NZ", "south", (-45.87, 170.50), (-36.85, 174.76)),  # Dunedin, Auckland
        ("FR", "central", (46.58, 2.34), (43.30, 5.37)),  # Chateauroux, Marseille
    ],
)
def test_a_direction_holds_what_reports_place_there(
    shapes: Shapes, iso2: str, direction: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    place = ask(shapes, "direction", country(iso2), direction=direction)
    assert holds(place, *inside) and not holds(place, *outside)


def test_a_direction_by_the_rule_is_about_a_third_of_the_area(shapes: Shapes) -> None:
    for iso2 in ("PL", "FR", "TD", "BR", "KZ"):
        whole = shapes.country(iso2).area
        for direction in ("north", "south", "east", "west"):
            part = drawn(ask(shapes, "direction", country(iso2), direction=direction))
            assert 0.25 < part.area / whole < 0.5, (iso2, direction)  # type: ignore[attr-defined]


def test_first_order_units_and_named_areas_have_directions_too(shapes: Shapes) -> None:
    crimea, donbas = shapes.find("Crimea"), shapes.find("Donbas")
    assert crimea is not None and donbas is not None
    assert holds(ask(shapes, "direction", crimea, direction="north"), 45.96, 33.80)  # Krasnoperekopsk
    assert holds(ask(shapes, "direction", donbas, direction="north"), 49.30, 38.90)
    assert not holds(ask(shapes, "direction", donbas, direction="north"), 47.10, 37.54)  # Mariupol


@pytest.mark.parametrize("words", ["North-Eastern", "north east", "the north-east", "northeastern"])
def test_directions_are_read_in_every_spelling(words: str) -> None:
    assert normal_direction(words) == "northeast"


@pytest.mark.parametrize("words", [None, "", "upper", "Weston"])
def test_what_is_no_direction_is_none(words: str | None) -> None:
    assert normal_direction(words) is None


def test_a_direction_that_is_an_area_of_its_own_is_that_area(shapes: Shapes) -> None:
    africa = shapes.find("Africa")
    assert africa is not None
    southern = ask(shapes, "direction", africa, direction="southern", phrase="southern Africa")
    assert holds(southern, -25.7, 28.2) and not holds(southern, -4.3, 15.3) and not holds(southern, -6.8, 39.2)


def test_what_runs_around_a_pole_has_no_directions(shapes: Shapes) -> None:
    assert ask(shapes, "direction", country("AQ"), direction="north") is None


def test_south_of_a_town_lies_outside_it_and_the_south_of_a_town_within(shapes: Shapes) -> None:
    outside = ask(shapes, "direction", KHARKIV, direction="south", phrase="south of Kharkiv")
    within = ask(shapes, "direction", KHARKIV, direction="south", phrase="southern Kharkiv")
    assert outside is not None and within is not None
    assert outside.precision == "vague" and holds(outside, 49.70, 36.25)
    assert within.precision == "city" and not holds(within, 49.70, 36.25)
    assert not holds(outside, 50.2, 36.25) and not holds(within, 50.05, 36.25)


def test_a_distance_is_a_fuzzy_part_of_a_ring(shapes: Shapes) -> None:
    ring = ask(shapes, "distance", KHARKIV, direction="north", km=30, phrase="30 km north of Kharkiv")
    assert ring is not None and ring.precision == "vague"
    assert holds(ring, 50.25, 36.25) and not holds(ring, 49.98, 36.25) and not holds(ring, 49.71, 36.25)
    assert "30 km" in ring.name


def test_a_direction_from_a_place_without_a_figure_is_vague(shapes: Shapes) -> None:
    west = ask(shapes, "distance", KHARKIV, direction="west", phrase="west of Kharkiv")
    assert west is not None and west.precision == "vague" and "how far is not said" in (west.derived_from or "")
    assert holds(west, 49.98, 35.9) and not holds(west, 49.98, 36.6)
    north = ask(shapes, "distance", country("IL", "Israel"), direction="north", phrase="north of Israel")
    assert holds(north, 33.4, 35.5) and not holds(north, 32.8, 35.3) and not holds(north, 32.2, 35.25)
    river = Place("tbl:litani-river", "Litani River", 33.4, 35.5, "region", 50, country="LB")
    assert holds(ask(shapes, "distance", river, direction="north", phrase="north of the Litani River"), 33.5, 35.4)


def test_a_distance_without_a_figure_or_beyond_reason_is_none(shapes: Shapes) -> None:
    assert ask(shapes, "distance", KHARKIV) is None
    assert ask(shapes, "distance", KHARKIV, km=-3) is None
    assert ask(shapes, "distance", KHARKIV, km=1e9) is None


def test_a_distance_from_a_border_runs_along_it(shapes: Shapes) -> None:
    band = ask(shapes, "distance", country("UA"), country("RU"), km=40, phrase="40 km from the border with Russia")
    assert holds(band, 49.98, 36.25) and not holds(band, 49.84, 24.03)


def test_between_two_towns_is_a_lens_that_touches_both(shapes: Shapes) -> None:
    lens = ask(shapes, "between", DONETSK, MARIUPOL, phrase="between Donetsk and Mariupol")
    assert holds(lens, 47.56, 37.67) and not holds(lens, 47.56, 38.6)


def test_between_neighbours_is_their_border_and_between_others_the_gap(shapes: Shapes) -> None:
    assert holds(ask(shapes, "between", country("RU"), country("UA")), 50.3, 36.9)
    strait = ask(shapes, "between", country("TW"), country("CN"))
    assert holds(strait, 24.8, 119.9) and not holds(strait, 23.7, 120.9)


def test_places_far_apart_have_nothing_between_them(shapes: Shapes) -> None:
    beijing = Place("gn:1816670", "Beijing", 39.9, 116.4, "city", 30, country="CN")
    assert ask(shapes, "between", KHARKIV, beijing) is None
    assert ask(shapes, "between", country("UA"), country("NZ")) is None


def test_a_distance_beyond_reason_does_not_widen_a_coast(shapes: Shapes) -> None:
    usual = ask(shapes, "coast", country("TW"), phrase="off Taiwan")
    for km in (float("inf"), float("nan"), -5.0, 1e12):
        water = ask(shapes, "coast", country("TW"), phrase="off Taiwan", km=km)
        assert water is not None and usual is not None and water.geometry == usual.geometry
        assert ask(shapes, "distance", KHARKIV, km=km) is None


def test_the_region_of_a_town_is_its_unit_and_its_area_a_circle(shapes: Shapes) -> None:
    unit = ask(shapes, "area", KHARKIV, phrase="the Kharkiv region")
    circle = ask(shapes, "area", KHARKIV, phrase="the Kharkiv area")
    assert holds(unit, 49.19, 37.27) and not holds(circle, 49.19, 37.27)  # Izium
    assert circle is not None and circle.precision == "vague"


def test_the_banks_of_a_river_are_left_and_right_downstream(shapes: Shapes) -> None:
    city = Place("gn:709930", "Dnipro", 48.46, 35.04, "city", 12)
    left = ask(shapes, "bank", city, phrase="the left bank of the Dnipro")
    right = ask(shapes, "bank", city, phrase="the right bank of the Dnipro")
    assert holds(left, 46.60, 32.90) and not holds(right, 46.60, 32.90)  # south of Kherson
    assert holds(right, 46.75, 32.60) and not holds(left, 46.75, 32.60)


def test_a_bank_by_compass_within_an_area(shapes: Shapes) -> None:
    river = Place("tbl:euphrates", "Euphrates", 35.0, 40.0, "vague", 300)
    east = ask(
        shapes, "bank", river, country("SY", "Syria"), direction="east", phrase="the eastern bank of the Euphrates"
    )
    assert holds(east, 35.45, 40.20) and not holds(east, 35.20, 39.95) and not holds(east, 33.0, 44.5)


def test_south_of_a_river_is_the_land_along_it(shapes: Shapes) -> None:
    river = Place("tbl:litani", "Litani River", 33.3, 35.3, "vague", 40, country="LB")
    assert holds(ask(shapes, "direction", river, direction="south", phrase="south of the Litani"), 33.15, 35.40)


def test_the_border_of_gaza_is_that_of_the_strip_though_a_city_bears_the_name(shapes: Shapes) -> None:
    city = Place("gn:281133", "Gaza City", 31.50, 34.47, "city", 8, country="PS")
    query = PlaceQuery("Gaza", "the Gaza border", relation="border", anchors=("Gaza",))
    assert holds(derive(query, [city], shapes), 31.30, 34.37)
    north = PlaceQuery("Gaza", "northern Gaza", relation="direction", anchors=("Gaza",), direction="north")
    place = derive(north, [city], shapes)
    assert holds(place, 31.53, 34.48) and place is not None and place.name == "northern Gaza Strip"
    in_town = PlaceQuery(
        "Gaza City", "northern Gaza City", relation="direction", anchors=("Gaza City",), direction="north"
    )
    place = derive(in_town, [city], shapes)
    assert place is not None and place.precision == "city"


def test_the_north_of_a_towns_region_is_that_of_the_unit(shapes: Shapes) -> None:
    query = PlaceQuery(
        "x", "the northern Kharkiv region", relation="direction", anchors=("Kharkiv",), direction="north"
    )
    place = derive(query, [KHARKIV], shapes)
    assert holds(place, 50.1, 37.3) and not holds(place, 49.0, 36.5)
