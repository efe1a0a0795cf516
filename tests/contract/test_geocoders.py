"""What every geocoder of the table promises, whatever it asks."""

from __future__ import annotations

import math

import pytest
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from errors import ClaimAtlasError
from geo.geocoders import GEOCODERS


@pytest.fixture(scope="module", params=sorted(GEOCODERS))
def geocoder(request):
    return GEOCODERS[request.param]()


def test_a_geocoder_is_one_of_geopys(geocoder):
    assert isinstance(geocoder, Geocoder)


def test_a_well_known_city_is_one_location_near_its_place(geocoder):
    found = geocoder.geocode("Nairobi")
    assert isinstance(found, Location)
    assert math.dist((found.latitude, found.longitude), (-1.29, 36.82)) < 0.3
    assert "Kenya" in found.address


def test_exactly_one_false_gives_a_list_the_best_first(geocoder):
    found = geocoder.geocode("Springfield", exactly_one=False)
    assert isinstance(found, list)
    assert len(found) > 1
    assert all(isinstance(location, Location) for location in found)
    assert found[0].point == geocoder.geocode("Springfield").point


def test_nothing_found_is_none_and_no_error(geocoder):
    assert geocoder.geocode("Qwrtzpl Bgfdsky") is None
    assert geocoder.geocode("Qwrtzpl Bgfdsky", exactly_one=False) is None


@pytest.mark.parametrize("query", ["", "   ", "!?", None, 17, ["Nairobi"]])
def test_what_is_no_name_is_refused_with_a_reason(geocoder, query):
    with pytest.raises(ClaimAtlasError, match="name of a place"):
        geocoder.geocode(query)


def test_reverse_names_the_place_about_a_point(geocoder):
    found = geocoder.reverse((-1.2864, 36.8172))
    assert "Kenya" in found.address


def test_reverse_takes_whatever_geopy_takes_for_a_point(geocoder):
    assert geocoder.reverse("-1.2864, 36.8172").address == geocoder.reverse((-1.2864, 36.8172)).address


def test_reverse_of_the_open_ocean_is_none(geocoder):
    assert geocoder.reverse((-48.0, -123.0)) is None


@pytest.mark.parametrize("query", ["nowhere", (200.0, 0.0), object()])
def test_what_is_no_point_is_refused_with_a_reason(geocoder, query):
    with pytest.raises(ClaimAtlasError, match="point"):
        geocoder.reverse(query)


def test_raw_says_what_the_answer_rests_on(geocoder):
    raw = geocoder.geocode("Nairobi").raw
    assert raw["attribution"]
    assert 0.0 <= raw["confidence"] <= 1.0


def test_a_timeout_may_be_given(geocoder):
    assert geocoder.geocode("Nairobi", timeout=5) is not None
