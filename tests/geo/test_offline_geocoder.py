"""The offline geocoder: geopy's interface, no network."""

from __future__ import annotations

import socket

import pytest
from geopy.exc import GeocoderQueryError

from geo.geocoders.asking import QueryError
from geo.geocoders.offline import NetworkForbiddenError, OfflineGeocoder


@pytest.fixture(scope="module")
def geocoder():
    return OfflineGeocoder()


@pytest.fixture
def no_sockets(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_it_answers_with_every_socket_refused(geocoder, no_sockets):
    assert geocoder.geocode("Mykolaiv").raw["country"] == "UA"
    assert geocoder.reverse((46.975, 31.995)).raw["country"] == "UA"
    assert OfflineGeocoder().geocode("Mykolaiv") is not None


def test_its_adapter_refuses_requests(geocoder):
    with pytest.raises(NetworkForbiddenError):
        geocoder.adapter.get_text("https://example.org", timeout=1, headers={})


def test_a_name_with_its_state_is_the_one_in_that_state(geocoder):
    assert geocoder.geocode("Paris, Texas").raw["admin1"] == "Texas"
    assert geocoder.geocode("Paris, France").raw["country"] == "FR"


def test_a_query_error_is_also_geopys(geocoder):
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode("")
    assert issubclass(QueryError, ValueError)


def test_reverse_gives_the_nearest_first_with_the_distance(geocoder):
    found = geocoder.reverse((49.99, 36.23), exactly_one=False, limit=4)
    kilometres = [location.raw["km"] for location in found]
    assert kilometres == sorted(kilometres)
    assert len(found) == 4
    assert found[0].raw["country"] == "UA"


def test_the_limit_bounds_the_list(geocoder):
    assert len(geocoder.geocode("San José", exactly_one=False, limit=2)) == 2


def test_hostile_text_is_no_place(geocoder):
    assert geocoder.geocode("<script>alert(1)</script>") is None
    assert geocoder.geocode("Kyiv" * 5000) is None
