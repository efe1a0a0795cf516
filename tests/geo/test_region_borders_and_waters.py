"""Borders, coasts, waters and seas: what they hold and what they leave out."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, shape

from geo.model import Place
from geo.regions import partner
from geo.shapes import Shapes
from tests.geo.region_scenes import KHARKIV, ODESA, ask, country, drawn, holds


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.open()


def test_a_border_with_a_partner_is_where_the_two_meet(shapes: Shapes) -> None:
    border = ask(shapes, "border", country("UA", "Ukraine"), country("BY", "Belarus"))
    assert border is not None and border.precision == "border"
    assert holds(border, 51.9, 30.6) and holds(border, 51.5, 24.5)
    assert not holds(border, 49.3, 40.1) and not holds(border, 50.45, 30.52)


def test_its_eastern_border_is_the_border_cut_by_the_eastern_part(shapes: Shapes) -> None:
    border = ask(shapes, "border", country("UA", "Ukraine"), direction="east")
    assert holds(border, 48.3, 39.9) and holds(border, 50.3, 36.9)
    assert not holds(border, 48.6, 22.4) and not holds(border, 46.0, 28.9)
    assert border is not None and border.name == "eastern border of Ukraine"


def test_the_border_of_a_small_area_is_a_narrow_zone(shapes: Shapes) -> None:
    gaza = shapes.find("Gaza Strip")
    assert gaza is not None
    border = ask(shapes, "border", country("IL", "Israel"), gaza)
    assert holds(border, 31.48, 34.50) and not holds(border, 31.25, 34.79)  # Beersheba is 40 km away


def test_countries_that_do_not_meet_have_no_border(shapes: Shapes) -> None:
    assert ask(shapes, "border", country("UA"), country("US")) is None
    assert ask(shapes, "border", country("JP")) is None


def test_a_town_has_no_border(shapes: Shapes) -> None:
    assert ask(shapes, "border", KHARKIV) is None
    assert ask(shapes, "border", country("UA"), KHARKIV) is None


def test_the_partner_of_a_border_is_the_neighbour_the_report_speaks_of_most(shapes: Shapes) -> None:
    company = [country("US"), country("US"), country("US"), country("PL"), KHARKIV, ODESA]
    assert partner(country("RU"), company, shapes) == "UA"
    assert partner(country("RU"), [country("US"), country("CU")], shapes) is None
    assert partner(KHARKIV, company, shapes) is None


def test_off_the_coast_is_water_about_the_main_island(shapes: Shapes) -> None:
    water = ask(shapes, "coast", country("TW", "Taiwan"), phrase="off the coast of Taiwan")
    assert water is not None and water.precision == "sea"
    assert holds(water, 23.5, 122.0) and not holds(water, 23.7, 120.9)
    assert not holds(water, 24.45, 118.0)  # beside Kinmen, on China's shore
    assert not drawn(water).intersects(shapes.country("TW").buffer(-0.1))  # type: ignore[attr-defined]


def test_an_eastern_coast_leaves_the_western_waters_out(shapes: Shapes) -> None:
    water = ask(shapes, "coast", country("TW"), direction="east", phrase="off the eastern coast")
    assert holds(water, 23.5, 122.0) and not holds(water, 23.8, 119.9)


def test_the_coast_itself_is_a_strip_of_land_and_water(shapes: Shapes) -> None:
    assert (water := ask(shapes, "coast", country("UA"), phrase="coast of Ukraine")) and water.precision == "sea"
    strip = ask(shapes, "coast", country("UA"), phrase="the Ukrainian coast")
    assert strip is not None and strip.precision == "vague"
    assert holds(strip, 46.55, 30.72) and not holds(strip, 50.45, 30.52)


def test_landlocked_places_have_no_coast(shapes: Shapes) -> None:
    assert ask(shapes, "coast", country("BY"), phrase="off the coast of Belarus") is None
    assert ask(shapes, "coast", country("TD"), phrase="the coast") is None
    assert ask(shapes, "coast", KHARKIV, phrase="off Kharkiv") is None


def test_off_a_port_is_the_water_before_it(shapes: Shapes) -> None:
    water = ask(shapes, "coast", ODESA, phrase="off Odesa")
    assert holds(water, 46.35, 30.95) and not holds(water, 46.6, 30.5)


BLACK_SEA = Place("tbl:black-sea", "Black Sea", 43.4, 34.3, "sea", 550)
RED_SEA = Place("tbl:red-sea", "Red Sea", 20.0, 38.5, "sea", 1100)


def test_a_sea_is_the_water_about_its_point(shapes: Shapes) -> None:
    water = shape(shapes.area(BLACK_SEA))
    assert water.contains(Point(31.5, 45.0)) and water.contains(Point(40.0, 42.5))
    assert not water.contains(Point(34.1, 45.0)) and not water.contains(Point(25.0, 38.5))


def test_a_sea_ends_at_its_straits(shapes: Shapes) -> None:
    water = shape(shapes.area(RED_SEA))
    assert water.contains(Point(37.5, 22.0))
    assert not water.contains(Point(47.0, 12.3)) and not water.contains(Point(52.0, 27.0))


def test_a_lake_that_the_map_draws_as_land_has_no_outline(shapes: Shapes) -> None:
    assert shapes.area(Place("tbl:lake-van", "Lake Van", 38.6, 42.9, "sea", 60)) is None
    assert shapes.area(Place("tbl:arctic", "Arctic Ocean", 85.0, 0.0, "sea", 2000)) is None


def test_seas_have_directions_and_coasts(shapes: Shapes) -> None:
    north = ask(shapes, "direction", BLACK_SEA, direction="north", phrase="the northern Black Sea")
    assert north is not None and north.precision == "sea"
    assert holds(north, 45.5, 31.5) and not holds(north, 42.0, 35.0)
    coast = ask(shapes, "coast", country("UA", "Ukraine"), BLACK_SEA, phrase="Ukraine's Black Sea coast")
    assert holds(coast, 46.55, 30.70) and not holds(coast, 41.10, 37.0) and not holds(coast, 46.75, 36.8)
    assert holds(
        ask(shapes, "coast", BLACK_SEA, direction="south", phrase="the southern Black Sea coast"), 41.25, 36.30
    )
