"""Outlines: countries, first-order units and named areas, whole and small enough for a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point, shape

from errors import ClaimAtlasError
from geo.model import Place
from geo.shapes import Shapes, ShapesError
from geo.tables import rows, several
from tests.patience import cost

BERYSLAV, SIMFEROPOL, KYIV = Point(33.43, 46.90), Point(34.10, 44.95), Point(30.52, 50.45)


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.open()


def country(iso2: str) -> Place:
    return Place(f"gn:{iso2}", iso2, 0, 0, "country", 500, country=iso2)


def region(
    name: str, *, country: str | None = None, geonameid: int | None = None, lat: float = 0, lon: float = 0
) -> Place:
    return Place(f"gn:{geonameid or 1}", name, lat, lon, "region", 80, country=country, geonameid=geonameid)


def size(geometry: object) -> int:
    return len(json.dumps(geometry, separators=(",", ":")))


def test_a_country_has_an_outline_that_holds_its_towns(shapes: Shapes) -> None:
    ukraine = shapes.country("UA")
    assert ukraine.contains(KYIV) and ukraine.contains(BERYSLAV)
    assert shapes.country("ua").equals(ukraine)


def test_what_is_no_country_has_no_outline(shapes: Shapes) -> None:
    assert shapes.country("QQ") is None
    assert shapes.area(country("QQ")) is None


def test_every_country_is_valid_and_fits_a_page(shapes: Shapes) -> None:
    for iso2 in shapes.countries:
        assert shapes.country(iso2).is_valid, iso2
        geometry = shapes.area(country(iso2))
        assert geometry is not None and size(geometry) < 20_000, iso2
        assert shape(geometry).is_valid and not shape(geometry).is_empty, iso2


def test_longitude_comes_first_and_stays_within_the_world(shapes: Shapes) -> None:
    for iso2 in ("RU", "FJ", "NZ", "US", "KI"):
        west, south, east, north = shape(shapes.area(country(iso2))).bounds
        assert -180 <= west < east <= 180 and -90 <= south < north <= 90


def test_neighbours_share_their_border_without_gap_or_overlap(shapes: Shapes) -> None:
    assert shapely.coverage_is_valid(shapes.units)


def test_a_point_has_no_area(shapes: Shapes) -> None:
    assert shapes.area(Place("gn:1", "Kherson", 46.64, 32.62, "city", 8, country="UA")) is None


def test_a_first_order_unit_is_found_by_its_geonames_id(shapes: Shapes) -> None:
    geometry = shapes.area(region("Herson ili", country="UA", geonameid=706442))
    assert geometry is not None and shape(geometry).contains(BERYSLAV) and not shape(geometry).contains(KYIV)


def test_a_lower_unit_is_found_by_name_and_point(shapes: Shapes) -> None:
    kent = shapes.area(region("Kent", country="GB", geonameid=999999999, lat=51.25, lon=0.75))
    assert kent is not None and shape(kent).contains(Point(0.52, 51.27))
    assert shapes.area(region("Sussex", country="GB", geonameid=999999999, lat=51.25, lon=0.75)) is None


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("New York County", "US", 40.78, -73.97),
        ("Abadia de Goiás", "BR", -16.76, -49.44),
        ("Alto Paraná", "BR", -23.1, -52.3),
    ],
)
def test_a_lower_unit_is_not_the_unit_about_it_whose_name_it_has_within_its_own(
    shapes: Shapes, name: str, country: str, lat: float, lon: float
) -> None:
    assert shapes.area(region(name, country=country, geonameid=999999999, lat=lat, lon=lon)) is None


@pytest.mark.parametrize(
    ("name", "within", "without"),
    [
        ("Crimea", SIMFEROPOL, BERYSLAV),
        ("the Crimean Peninsula", Point(33.52, 44.61), BERYSLAV),
        ("Donbas", Point(37.80, 48.00), Point(36.23, 49.99)),
        ("Kashmir", Point(74.80, 34.08), Point(77.21, 28.61)),
        ("Golan Heights", Point(35.78, 33.00), Point(35.53, 32.79)),
        ("Gaza Strip", Point(34.35, 31.42), Point(34.59, 31.53)),
        ("West Bank", Point(35.26, 32.22), Point(34.78, 32.07)),
        ("Tigray", Point(39.47, 13.50), Point(37.39, 11.59)),
        ("Darfur", Point(25.35, 13.63), Point(32.53, 15.50)),
        ("Transnistria", Point(29.63, 46.84), Point(28.86, 47.02)),
        ("Abkhazia", Point(41.02, 43.00), Point(41.87, 42.51)),
        ("South Ossetia", Point(43.97, 42.23), Point(44.11, 41.98)),
        ("Nagorno-Karabakh", Point(46.75, 39.82), Point(46.36, 40.68)),
        ("Kurdistan Region", Point(44.01, 36.19), Point(43.13, 36.34)),
        ("the Sahel", Point(-8.0, 12.63), Point(3.38, 6.45)),
        ("Western Balkans", Point(20.46, 44.80), Point(23.32, 42.70)),
        ("the Baltics", Point(24.11, 56.95), Point(20.51, 54.71)),
        ("South Caucasus", Point(44.51, 40.18), Point(45.69, 43.32)),
        ("Levant", Point(35.51, 33.89), Point(44.36, 33.31)),
        ("Middle East", Point(51.39, 35.69), Point(69.18, 34.53)),
        ("Horn of Africa", Point(45.34, 2.04), Point(36.82, -1.29)),
        ("Sinai", Point(33.80, 31.13), Point(31.24, 30.04)),
        ("Puntland", Point(48.48, 8.41), Point(45.34, 2.04)),
        ("Somaliland", Point(44.06, 9.56), Point(49.18, 11.28)),
        ("Rakhine", Point(92.90, 20.15), Point(96.16, 16.87)),
    ],
)
def test_a_named_area_holds_what_belongs_to_it_and_nothing_else(
    shapes: Shapes, name: str, within: Point, without: Point
) -> None:
    place = shapes.find(name)
    assert place is not None and place.geometry is not None
    drawn = shape(place.geometry)
    assert drawn.is_valid and drawn.contains(within) and not drawn.contains(without)
    assert drawn.contains(Point(place.lon, place.lat))
    assert size(place.geometry) < 20_000


def test_an_unknown_name_is_no_area(shapes: Shapes) -> None:
    assert shapes.find("Ruritania") is None


def test_a_town_of_the_same_name_is_not_taken_for_the_area(shapes: Shapes) -> None:
    assert shapes.area(Place("gn:2", "Sinai", 35.0, -80.0, "city", 5, country="US")) is None
    assert shapes.area(region("Tigray", country="US")) is None


def test_every_row_of_the_tables_names_units_that_exist(shapes: Shapes) -> None:
    for table, column in (("named_areas.tsv", "parts"), ("directions.tsv", "parts")):
        for line, row in rows(shapes.folder / table, (column,)):
            for part in several(row[column]):
                assert shapes.knows(part), f"{table}:{line}: {part}"


def test_no_two_named_areas_share_a_name(shapes: Shapes) -> None:
    names = [area.slug for area in shapes.named.areas]
    assert len(names) == len(set(names))


def test_people_are_counted_where_they_live(shapes: Shapes) -> None:
    kherson = shapes.by_key("UA.08")
    assert kherson is not None
    people = shapes.people(kherson)
    assert 500_000 < people[:, 2].sum() < 1_300_000
    assert shapely.contains_xy(shapely.buffer(kherson.geometry, 0.2), people[:, 0], people[:, 1]).all()


def test_shapes_open_quickly() -> None:
    Shapes.open()
    assert cost(Shapes.open) < 0.4  # measured 0.07 s on an idle machine


def test_missing_files_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="restore assets/regions"):
        Shapes.open(tmp_path)
    assert issubclass(ShapesError, ClaimAtlasError)


def test_an_unknown_view_of_borders_is_refused() -> None:
    with pytest.raises(ShapesError, match="un, de_facto"):
        Shapes.open(borders="mine")  # type: ignore[arg-type]
