"""Views of disputed borders and fading bands, with the shapes that ship."""

from __future__ import annotations

import pytest
import shapely
import shapely.geometry

from dashboard.outlines import Outlines, key_in_view, view_of_key
from store.records import PlaceRow

EAST = "derived:direction:east:UA"


@pytest.fixture(scope="module")
def un() -> Outlines:
    return Outlines.open("un")


@pytest.fixture(scope="module")
def de_facto() -> Outlines:
    return Outlines.open("de_facto")


def row(key: str, name: str, precision: str, outlines: Outlines, country: str | None = None) -> PlaceRow:
    """A place as the store has it after a report was read in the view of ``outlines``."""
    if key.startswith("derived"):
        geometry = outlines.bands(key)[-1]
        return PlaceRow(key, name, 48.5, 38, precision, 100, country, geometry=geometry, derived_from="“east”")
    start = PlaceRow(key, name, 49, 32, precision, 400, country, geometry={"type": "Polygon", "coordinates": []})
    return outlines.of(start, outlines)


def shape(place: PlaceRow) -> shapely.Geometry:
    return shapely.geometry.shape(place.geometry)


def test_a_region_fades_over_several_bands_each_inside_the_next(un: Outlines) -> None:
    bands = [shapely.geometry.shape(band).area for band in un.bands(EAST)]
    assert len(bands) >= 2
    assert bands == sorted(bands)


def test_what_is_not_derived_has_no_bands(un: Outlines) -> None:
    assert un.bands("gn:703448") == ()
    assert un.bands("derived:nonsense") == ()


def test_bands_that_take_too_long_are_drawn_beside_and_are_there_later(un: Outlines) -> None:
    key = "derived:direction:west:PL"
    assert un.fading_within([key], -1) == {}
    un._later.submit(lambda: None).result(20)
    assert un.fading_within([key], -1)[key]


def test_the_two_views_differ_by_the_disputed_territory(un: Outlines, de_facto: Outlines) -> None:
    stored = row("gn:690791", "Ukraine", "country", un, "UA")
    crimea = shapely.Point(34.3, 45.2)
    assert shape(stored).contains(crimea)
    assert not shape(de_facto.of(stored, un)).contains(crimea)


def test_a_country_without_a_dispute_is_the_same_in_both_views(un: Outlines, de_facto: Outlines) -> None:
    stored = row("gn:798544", "Poland", "country", un, "PL")
    assert de_facto.of(stored, un).geometry == stored.geometry


def test_a_derived_region_is_drawn_anew_in_the_other_view(un: Outlines, de_facto: Outlines) -> None:
    key = "derived:border:-:UA+RU"
    stored = row(key, "border of Ukraine with Russia", "border", un, "UA")
    other = de_facto.of(stored, un)
    isthmus = shapely.Point(33.7, 46.15)
    assert not shape(stored).contains(isthmus)
    assert shape(other).contains(isthmus)
    assert shape(un.of(other, de_facto)).equals(shape(stored))


def test_points_and_hand_drawn_areas_stay_as_they_are(un: Outlines, de_facto: Outlines) -> None:
    city = PlaceRow("gn:706483", "Kharkiv", 49.98, 36.25, "city", 15, "UA")
    assert de_facto.of(city, un) is city


def test_the_country_of_a_place_is_said_in_the_chosen_view(un: Outlines, de_facto: Outlines) -> None:
    simferopol = PlaceRow("gn:693805", "Simferopol", 44.96, 34.11, "city", 10, "UA")
    kharkiv = PlaceRow("gn:706483", "Kharkiv", 49.98, 36.25, "city", 10, "UA")
    assert (un.country(simferopol), de_facto.country(simferopol)) == ("Ukraine", "Russia")
    assert (un.country(kharkiv), de_facto.country(kharkiv)) == ("Ukraine", "Ukraine")


def test_the_key_of_a_region_names_the_view_that_is_not_the_default() -> None:
    assert key_in_view(EAST, "un") == EAST
    assert key_in_view(EAST, "de_facto") == f"{EAST}:de_facto"
    assert key_in_view(f"{EAST}:de_facto", "un") == EAST
    assert view_of_key(f"{EAST}:de_facto") == "de_facto"
    assert view_of_key(EAST) == "un"
