"""Places that lie in the area of others, found when they come into the store in whatever order."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from store.claims import ClaimStore
from store.nesting import Extent, is_within
from store.records import PlaceRow
from tests.store.claim_rows import a_count, a_report


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


EAST = PlaceRow("derived:east", "eastern Sorvia", 48, 38, "region", 300, geometry=box(36, 46, 40, 50))
PROVINCE = PlaceRow("gn:1", "Garth", 48, 38, "region", 100, geometry=box(37, 47, 39, 49))
ACROSS = PlaceRow("gn:5", "Tarn valley", 48, 36, "region", 100, geometry=box(35, 47, 37, 49))
TOWN = PlaceRow("gn:2", "Harven", 48, 38, "city", 10)
AWAY = PlaceRow("gn:3", "Kolm", 48, 41, "city", 10)
COUNTRY = PlaceRow("gn:4", "Sorvia", 48, 34, "country", 900, geometry=box(20, 40, 45, 55))


def extent(place: PlaceRow) -> Extent:
    outline = json.dumps(place.geometry) if place.geometry else None
    return Extent(place.key, place.lat, place.lon, place.precision, place.radius_km, outline)


def within(store: ClaimStore) -> set[tuple[str, str]]:
    names = {place.key: place.name for place in (EAST, PROVINCE, ACROSS, TOWN, AWAY, COUNTRY)}
    with store._connection.reading() as cursor:
        rows = cursor.execute("SELECT inner_key, outer_key FROM place_within").fetchall()
    return {(names[inner], names[outer]) for inner, outer in rows}


def add(store: ClaimStore, name: str, *places: PlaceRow) -> None:
    report = a_report(name)
    store.add(report, [a_count(report, name, *places)], places)


NESTED = {("Harven", "Garth"), ("Harven", "eastern Sorvia"), ("Garth", "eastern Sorvia")}


@pytest.mark.parametrize("order", [1, -1])
def test_a_place_lies_in_every_area_round_it_in_whatever_order_they_come(store: ClaimStore, order: int) -> None:
    for place in [EAST, PROVINCE, ACROSS, TOWN, AWAY, COUNTRY][::order]:
        add(store, place.name, place)
    assert within(store) == NESTED
    add(store, "again", EAST, TOWN)
    assert within(store) == NESTED


def test_places_of_one_report_nest_too(store: ClaimStore) -> None:
    add(store, "all", EAST, PROVINCE, TOWN)
    assert within(store) == NESTED


def test_a_country_holds_nothing_and_lies_in_nothing() -> None:
    assert not is_within(extent(TOWN), extent(COUNTRY))


def test_an_area_that_juts_out_is_not_within() -> None:
    assert not is_within(extent(ACROSS), extent(EAST))


def test_what_lies_in_the_box_about_an_area_lies_in_the_area_only_by_four_fifths_of_its_own() -> None:
    slope = {"type": "Polygon", "coordinates": [[[36, 46], [40, 46], [36, 50], [36, 46]]]}
    hill = extent(replace(EAST, geometry=slope))
    assert is_within(extent(replace(PROVINCE, geometry=box(36.2, 46.2, 37.2, 47.2))), hill)
    assert is_within(extent(replace(PROVINCE, geometry=box(36.2, 46.2, 38.1, 48.1))), hill)  # but for a corner
    assert not is_within(extent(replace(PROVINCE, geometry=box(37.5, 47.5, 39.5, 49.5))), hill)  # but a corner of it


def test_a_place_that_several_reports_describe_is_told_in_the_words_of_the_first(store: ClaimStore) -> None:
    told = [replace(EAST, derived_from=words) for words in ("“the east”: by area", "“eastern parts”: by area")]
    reports = [a_report(name) for name in ("one", "two")]
    store.add_many([
        (report, [a_count(report, report.text, place)], [place]) for report, place in zip(reports, told, strict=True)
    ])  # fmt: skip
    assert store.place(EAST.key) == told[0]


def test_an_area_without_an_outline_holds_nothing() -> None:
    assert not is_within(extent(TOWN), extent(replace(EAST, geometry=None)))


def test_an_outline_drawn_anew_is_asked_anew(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [a_count(report, "c", EAST, TOWN)], [EAST, TOWN])
    moved = replace(EAST, lat=48, lon=30, geometry=box(28, 46, 32, 50))
    store.replace(report, [a_count(report, "c", EAST, TOWN)], [moved, TOWN])
    assert within(store) == set()
