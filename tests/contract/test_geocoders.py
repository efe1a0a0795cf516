"""What every geocoder of the table promises, whatever it asks; the online ones ask a server of the test's own."""

from __future__ import annotations

import math
import socket

import pytest
from geopy.exc import GeocoderRateLimited, GeocoderServiceError, GeocoderTimedOut
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from errors import ClaimAtlasError
from geo.geocoders import GEOCODERS
from geo.geocoders.asking import OutageError, SlowError, TooManyRequestsError
from geo.geocoders.online import _THROTTLES, Access, AccessError, OnlineNotAllowedError, Throttle
from tests.contract.geocoder_server import served
from tests.patience import PATIENCE

ONLINE = ["nominatim", "photon"]
AGENT = "claim-atlas-tests/1.0 (desk@example.org)"


@pytest.fixture(scope="module")
def server():
    with served() as running:
        yield running


def allowed(server, **more) -> Access:
    address = f"http://127.0.0.1:{server.server_port}"
    given = {"online": True, "user_agent": AGENT, "servers": dict.fromkeys(ONLINE, address), "pause_s": 0.0}
    return Access(**given | more)


@pytest.fixture(scope="module", params=sorted(GEOCODERS))
def geocoder(request, server):
    return GEOCODERS[request.param](allowed(server))


@pytest.fixture(params=ONLINE)
def online(request, server):
    return GEOCODERS[request.param](allowed(server, timeout_s=PATIENCE))


@pytest.fixture(params=ONLINE)
def hasty(request, server):
    """One that waits for a moment only: for what does not come."""
    return GEOCODERS[request.param](allowed(server, timeout_s=0.3))


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


def test_the_limit_bounds_the_list(geocoder):
    assert len(geocoder.geocode("Springfield", exactly_one=False, limit=1)) == 1


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


def test_reverse_gives_a_list_when_asked_for_one(geocoder):
    found = geocoder.reverse((-1.2864, 36.8172), exactly_one=False, limit=1)
    assert isinstance(found, list)
    assert len(found) == 1


def test_reverse_of_the_open_ocean_is_none(geocoder):
    assert geocoder.reverse((-48.0, -123.0)) is None
    assert geocoder.reverse((-48.0, -123.0), exactly_one=False) is None


@pytest.mark.parametrize("query", ["nowhere", (200.0, 0.0), object()])
def test_what_is_no_point_is_refused_with_a_reason(geocoder, query):
    with pytest.raises(ClaimAtlasError, match="point"):
        geocoder.reverse(query)


def test_raw_says_what_the_answer_rests_on(geocoder):
    raw = geocoder.geocode("Nairobi").raw
    assert raw["attribution"]
    assert 0.0 <= raw.get("confidence", 0.0) <= 1.0


def test_a_timeout_may_be_given(geocoder):
    assert geocoder.geocode("Nairobi", timeout=PATIENCE) is not None


@pytest.mark.parametrize("name", sorted(GEOCODERS))
def test_nothing_is_sent_without_permission(name, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    if name in ONLINE:
        with pytest.raises(OnlineNotAllowedError, match="online=True"):
            GEOCODERS[name](Access())
    else:
        assert GEOCODERS[name](Access()).geocode("Qwrtzpl Bgfdsky") is None


@pytest.mark.parametrize("name", ONLINE)
@pytest.mark.parametrize(
    "agent", ["", "  ", "geopy/2.5.0", "my-application", "x", "two\r\nlines: 1", "python-urllib/3"]
)
def test_a_user_agent_that_names_nobody_is_refused(name, agent):
    with pytest.raises(AccessError, match="user_agent"):
        GEOCODERS[name](Access(online=True, user_agent=agent))


@pytest.mark.parametrize("name", ONLINE)
def test_the_public_server_is_never_asked_faster_than_once_a_second(name):
    with pytest.raises(AccessError, match="one request a second"):
        GEOCODERS[name](Access(online=True, user_agent=AGENT, pause_s=0.2))


@pytest.mark.parametrize("name", ONLINE)
@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "file:///etc/passwd", "https://u:p@e.org"])
def test_an_address_that_is_none_is_refused(name, address):
    with pytest.raises(AccessError, match="server of"):
        GEOCODERS[name](Access(online=True, user_agent=AGENT, servers={name: address}))


def test_the_server_is_told_who_asks(online, server):
    online.geocode("Nairobi")
    assert server.asked[-1][2] == AGENT


@pytest.mark.parametrize(
    "trouble",
    ["outage", "forbidden", "malformed", "null", "half an answer", "half a feature", "off the earth", "error told",
     "bytes", "moved"],
)  # fmt: skip
def test_a_failure_is_an_error_of_ours_and_geopys_and_never_no_such_place(online, trouble):
    with pytest.raises(OutageError, match="try again") as raised:
        online.geocode(trouble)
    assert isinstance(raised.value, GeocoderServiceError)
    assert not isinstance(raised.value, ValueError)


def test_a_redirect_is_not_followed(online, server):
    with pytest.raises(OutageError):
        online.geocode("moved")
    assert "elsewhere" not in server.asked[-1][1]


def test_a_server_that_wants_fewer_requests_is_not_asked_again_and_its_advice_is_passed_on(online, server):
    before = len(server.asked)
    with pytest.raises(TooManyRequestsError, match="7 s") as raised:
        online.geocode("too many")
    assert raised.value.retry_after == 7
    assert isinstance(raised.value, GeocoderRateLimited)
    assert len(server.asked) == before + 1


@pytest.mark.parametrize("trouble", ["slow", "dripping"])
def test_a_server_that_takes_too_long_is_cut_off(hasty, trouble):
    with pytest.raises(SlowError, match="did not answer") as raised:
        hasty.geocode(trouble)
    assert isinstance(raised.value, GeocoderTimedOut)


@pytest.mark.parametrize("name", ONLINE)
def test_a_server_that_is_not_there_is_an_outage(name):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(OutageError):
        GEOCODERS[name](Access(online=True, user_agent=AGENT, servers={name: address})).geocode("Nairobi")


@pytest.mark.parametrize("name", ONLINE)
def test_two_requests_are_a_pause_apart_whichever_geocoder_object_asks(name, monkeypatch):
    slept = []
    with served() as own:
        one_clock = Throttle(clock=lambda: 7.0, sleep=slept.append)
        monkeypatch.setitem(_THROTTLES, f"127.0.0.1:{own.server_port}", one_clock)
        access = allowed(own, pause_s=0.25)
        GEOCODERS[name](access).geocode("Nairobi")
        assert slept == []
        GEOCODERS[name](access).reverse((-1.2864, 36.8172))
        assert len(own.asked) == 2
    assert slept == [0.25]


@pytest.mark.parametrize("name", ONLINE)
def test_with_a_cache_a_question_is_sent_once_and_an_outage_every_time(name, tmp_path):
    with served() as own:
        geocoder = GEOCODERS[name](allowed(own, cache=tmp_path / "answers.sqlite"))
        for _ in range(2):
            assert geocoder.geocode("Nairobi") is not None
            assert geocoder.geocode("Qwrtzpl Bgfdsky") is None
            with pytest.raises(OutageError):
                geocoder.geocode("outage")
        assert len(own.asked) == 4
