"""A chain asks one geocoder after another; a cache keeps what is certain."""

from __future__ import annotations

import sqlite3
import threading
from datetime import date, timedelta

import pytest
from geopy.location import Location

from geo.geocoders.asking import OutageError, QueryError
from geo.geocoders.cache import CachedGeocoder, CacheError
from geo.geocoders.chain import ChainGeocoder
from geo.geocoders.online import Throttle


class Knows:
    """A geocoder that knows a few names, counts what it is asked, and may be down."""

    def __init__(self, *names: str, down: bool = False) -> None:
        self.names, self.down, self.asked = names, down, []

    def geocode(self, query, *, exactly_one=True, timeout=None, limit=10):
        self.asked.append(query)
        if self.down:
            raise OutageError("down for repair")
        if query not in self.names:
            return None
        found = [Location(f"{query} {n}", (10.0, 20.0 + n), {"n": n}) for n in range(limit)]
        return found[0] if exactly_one else found

    reverse = geocode


def test_a_chain_says_who_answered_and_asks_no_further():
    first, second, third = Knows(), Knows("Alpha"), Knows("Alpha")
    found = ChainGeocoder({"first": first, "second": second, "third": third}).geocode("Alpha")
    assert found.raw == {"n": 0, "geocoder": "second"}
    assert third.asked == []


def test_every_place_of_a_list_says_who_answered():
    found = ChainGeocoder({"only": Knows("Alpha")}).geocode("Alpha", exactly_one=False, limit=3)
    assert [location.raw["geocoder"] for location in found] == ["only"] * 3


def test_an_outage_in_a_chain_does_not_keep_the_next_from_answering():
    found = ChainGeocoder({"broken": Knows(down=True), "good": Knows("Alpha")}).geocode("Alpha")
    assert found.raw["geocoder"] == "good"


def test_an_outage_in_a_chain_is_not_taken_for_no_such_place():
    chain = ChainGeocoder({"broken": Knows(down=True), "good": Knows("Alpha")})
    with pytest.raises(OutageError, match="broken: down for repair"):
        chain.geocode("Beta")


def test_a_chain_of_which_nobody_knows_a_place_says_none():
    assert ChainGeocoder({"one": Knows(), "two": Knows()}).geocode("Alpha") is None
    assert ChainGeocoder({}).geocode("Alpha") is None


def test_what_cannot_be_asked_is_asked_of_nobody():
    asked = Knows()
    with pytest.raises(QueryError):
        ChainGeocoder({"one": asked}).geocode("??")
    assert asked.asked == []


@pytest.fixture
def path(tmp_path):
    return tmp_path / "below" / "answers.sqlite"


def cached(geocoder, path, **more):
    return CachedGeocoder(geocoder, name="test", path=path, **more)


def test_a_kept_answer_survives_the_process_and_carries_its_date(path):
    cached(Knows("Alpha"), path, today=lambda: date(2024, 5, 6)).geocode("Alpha")
    again = Knows()
    found = cached(again, path, today=lambda: date(2024, 5, 7)).geocode("Alpha")
    assert (found.address, found.latitude, found.longitude) == ("Alpha 0", 10.0, 20.0)
    assert found.raw == {"n": 0, "cached_on": "2024-05-06"}
    assert again.asked == []


def test_no_such_place_is_kept_too(path):
    geocoder = Knows()
    assert [cached(geocoder, path).geocode("Alpha") for _ in range(3)] == [None] * 3
    assert geocoder.asked == ["Alpha"]


def test_an_outage_is_raised_and_never_kept(path):
    geocoder = Knows("Alpha", down=True)
    with pytest.raises(OutageError):
        cached(geocoder, path).geocode("Alpha")
    assert len(cached(geocoder, path)) == 0
    geocoder.down = False
    assert cached(geocoder, path).geocode("Alpha") is not None


def test_one_place_and_a_list_are_different_questions(path):
    geocoder = Knows("Alpha")
    asked = cached(geocoder, path)
    for _ in range(2):
        assert len(asked.geocode("Alpha", exactly_one=False, limit=2)) == 2
        assert len(asked.geocode("Alpha", exactly_one=False, limit=3)) == 3
        assert isinstance(asked.geocode("Alpha"), Location)
    assert len(geocoder.asked) == 3


def test_two_geocoders_in_one_file_keep_apart(path):
    CachedGeocoder(Knows("Alpha"), name="one", path=path).geocode("Alpha")
    assert CachedGeocoder(Knows(), name="other", path=path).geocode("Alpha") is None


def test_an_old_answer_is_asked_for_anew(path):
    geocoder = Knows("Alpha")
    then = date(2024, 1, 1)
    cached(geocoder, path, today=lambda: then).geocode("Alpha")
    cached(geocoder, path, today=lambda: then + timedelta(days=200)).geocode("Alpha")
    assert len(geocoder.asked) == 2
    assert len(cached(geocoder, path)) == 1


def test_a_cache_is_bounded_and_the_oldest_go_first(path):
    geocoder, day = Knows("A", "B", "C"), iter(date(2024, 1, n) for n in range(1, 30))
    asked = cached(geocoder, path, kept=2, today=lambda: next(day))
    for name in "ABC":
        asked.geocode(name)
    assert len(asked) == 2
    asked.geocode("C")
    assert geocoder.asked == ["A", "B", "C"]


def test_threads_share_a_cache(path):
    asked = cached(Knows(*(f"name {n}" for n in range(8))), path)
    threads = [threading.Thread(target=asked.geocode, args=(f"name {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 8


def test_a_file_that_is_no_cache_is_told_by_name(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 100)
    with pytest.raises(CacheError, match=r"notes\.txt"):
        cached(Knows(), path)


def test_a_damaged_answer_is_told_and_not_believed(path):
    asked = cached(Knows("Alpha"), path)
    asked.geocode("Alpha")
    with sqlite3.connect(path) as file:
        file.execute("UPDATE answers SET answer = '[{}]'")
    file.close()
    with pytest.raises(CacheError, match="damaged"):
        asked.geocode("Alpha")


def test_hostile_names_are_bound_and_never_run(path):
    name = "Alpha'); DROP TABLE answers; --"
    asked = cached(Knows(name), path)
    assert asked.geocode(name).address == asked.geocode(name).address
    assert len(asked) == 1


def test_a_throttle_lets_one_through_a_second_and_makes_the_others_wait():
    now, slept = [100.0], []
    throttle = Throttle(clock=lambda: now[0], sleep=slept.append)
    for _ in range(3):
        throttle.wait(1.0)
    now[0] = 110.0
    throttle.wait(1.0)
    assert slept == [1.0, 2.0]
