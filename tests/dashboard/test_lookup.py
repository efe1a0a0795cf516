"""Look a place up: the gazetteer first, servers only by permission, an outage never taken for "no such place"."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from geopy.exc import GeocoderUnavailable
from geopy.location import Location
from geopy.point import Point
from streamlit.testing.v1 import AppTest

from dashboard import lookup, resources
from dashboard.language import speaking
from dashboard.lookup import SERVICES, Offline
from geo.gazetteer import Gazetteer
from geo.geocoders.asking import OutageError, SlowError
from geo.geocoders.online import Access, PoliteAdapter
from tests.dashboard.rows import HOSTILE, fill
from tests.patience import PATIENCE

SCRIPT = """
from dashboard import lookup_page, theme
theme.configure_page()
lookup_page.render()
"""
FOUND = (
    '[{"place_id": 1, "display_name": "Upper Harven, Sorvia", "lat": "47.5", "lon": "33.25", "addresstype": "village"}]'
)


class Geocoder:
    """Answers as it is told, and remembers what it was asked."""

    def __init__(self, found: Location | Exception | None) -> None:
        self.found, self.asked = found, []

    def geocode(self, query: str, **_options: object) -> list[Location] | None:
        self.asked.append(query)
        if isinstance(self.found, Exception):
            raise self.found
        return [self.found] if self.found else None


@pytest.fixture(scope="module")
def offline() -> Offline:
    return Offline(Gazetteer.open(), "un")


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that the program asked; every one of them knows a village."""
    asked: list[str] = []
    monkeypatch.setattr(PoliteAdapter, "get_text", lambda _self, url, **_options: asked.append(url) or FOUND)
    return asked


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(fill(tmp_path / "claims.duckdb")))
    for cached in (resources.settings, resources.map_libraries):
        cached.clear()

    def opened(**parameters: str) -> AppTest:
        at = AppTest.from_string(SCRIPT, default_timeout=PATIENCE)
        at.query_params.update(parameters)
        return at.run()

    return opened


def words(at: AppTest) -> str:
    return " ".join(block.proto.body for block in at.get("html"))


def answered(found: Location | Exception | None, tmp_path: Path) -> lookup.Answer:
    (answer,) = lookup.ask(
        "Harven", SERVICES[:1], tmp_path / "kept", geocoders={"nominatim": lambda _: Geocoder(found)}
    )
    return answer


def test_candidates_say_where_how_exactly_in_which_country_and_how_sure(offline: Offline) -> None:
    first = offline.answer("Homs").candidates[0]
    assert (round(first.lat), round(first.lon)) == (35, 37)
    assert (first.precision, first.country) == ("city", "Syria")
    assert first.confidence and first.confidence > 0.5
    assert first.source == "geonames"


def test_namesakes_that_were_not_weighed_come_last_and_say_so(offline: Offline) -> None:
    found = offline.answer("Springfield").candidates
    assert len(found) == lookup.MOST
    weighed = [candidate.confidence is not None for candidate in found]
    assert weighed == sorted(weighed, reverse=True)
    assert len({candidate.key for candidate in found}) == len(found)


def test_what_is_no_name_is_told_and_not_looked_up(offline: Offline) -> None:
    assert "name of a place" in offline.answer("12345").problem
    assert offline.answer("Qqqxzv").candidates == ()


def test_an_outage_is_never_no_such_place(tmp_path: Path) -> None:
    answer = answered(OutageError("the server is down"), tmp_path)
    assert answer.problem == "could not ask Nominatim: the server is down"
    assert answered(None, tmp_path).problem == ""


def test_why_nothing_could_be_looked_up_is_told_in_french(offline: Offline, tmp_path: Path) -> None:
    slow = SlowError("{service} did not answer: try again later, or allow more time", service="Nominatim")
    with speaking("fr"):
        assert "donnez le nom d’un lieu" in offline.answer("12345").problem
        assert "Nominatim n’a pas répondu" in answered(slow, tmp_path).problem


def test_an_answer_names_its_source_and_has_no_confidence_of_ours(tmp_path: Path) -> None:
    raw = {"properties": {"osm_value": "village", "country": "Sorvia"}}
    (candidate,) = answered(Location("Upper Harven", Point(47.5, 33.25), raw), tmp_path).candidates
    assert (candidate.source, candidate.precision, candidate.country) == ("Nominatim", "village", "Sorvia")
    assert candidate.confidence is None


def test_a_question_is_one_short_line() -> None:
    assert lookup.checked(" Homs\n\x00 City ") == "Homs City"
    assert len(lookup.checked("x" * 5000)) < 200


def test_the_program_names_itself_to_the_servers() -> None:
    for service in SERVICES:
        Access(online=True, user_agent=lookup.USER_AGENT).checked(service.name)


def test_without_permission_nothing_is_asked(page: Callable[..., AppTest], requests: list[str]) -> None:
    at = page(q="Homs", **{"ca-allow-nominatim": "true", "allow": "1"})
    assert not at.exception
    assert "Homs Governorate" in words(at)
    assert at.button(key="ca-ask").disabled
    assert not any(box.value for box in at.checkbox)
    at.text_input(key="ca-lookup-query").set_value("Kharkiv").run()
    assert "Ukraine" in words(at)
    assert at.query_params == {"q": "Kharkiv", "ca-allow-nominatim": "true", "allow": "1"}
    assert requests == []


def test_only_servers_that_were_allowed_are_asked_and_only_at_the_button(
    page: Callable[..., AppTest], requests: list[str]
) -> None:
    at = page(q="Harven")
    at.checkbox(key="ca-allow-nominatim").check().run()
    assert requests == []
    at.button(key="ca-ask").click().run()
    assert not at.exception
    (asked,) = requests
    assert asked.startswith("https://nominatim.openstreetmap.org/search?") and "Harven" in asked
    assert "Upper Harven, Sorvia" in words(at) and "By Nominatim" in words(at)
    assert "OpenStreetMap contributors" in words(at)
    at.button(key="ca-ask").click().run()
    assert len(requests) == 1, "a kept answer was asked for again"
    at.text_input(key="ca-lookup-query").set_value("Homs").run()
    assert len(requests) == 1
    assert "Upper Harven" not in words(at)


def test_a_server_that_is_down_could_not_be_asked(
    page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_given: object, **_options: object) -> str:
        raise GeocoderUnavailable("no route to host")

    monkeypatch.setattr(PoliteAdapter, "get_text", down)
    at = page(q="Harven")
    at.checkbox(key="ca-allow-photon").check().run()
    at.button(key="ca-ask").click().run()
    assert "could not ask Photon" in words(at)
    assert "Photon knows no place" not in words(at)


def test_hostile_words_are_shown_as_words(page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    evil = FOUND.replace("Upper Harven", "<script>window.HACKED=1</script><img src=x onerror=alert(1)>")
    monkeypatch.setattr(PoliteAdapter, "get_text", lambda _self, _url, **_options: evil)
    at = page(q=HOSTILE)
    at.checkbox(key="ca-allow-nominatim").check().run()
    at.button(key="ca-ask").click().run()
    assert not at.exception
    assert "&lt;script&gt;window.HACKED" in words(at)
    assert "<script" not in words(at) and "<img" not in words(at)
    assert not at.markdown
