"""Looking for words: claims, actors and places that have all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from store.claims import ClaimStore
from store.searching import MAX_WORD, MAX_WORDS, words_of
from tests.dashboard.rows import CITY, PENINSULA, fill


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClaimStore]:
    with ClaimStore.open(fill(tmp_path_factory.mktemp("store") / "claims.duckdb"), read_only=True) as opened:
        yield opened


def found(store: ClaimStore, query: str, **options: int) -> tuple[list[str], list[str], list[str], list[str]]:
    hits, claims = store.search(query, **options)
    return (
        [claim.row.exact for claim in claims],
        [actor.value for actor in hits.actors],
        [side.value for side in hits.sides],
        [place.value for place in hits.places],
    )


def test_a_name_finds_the_actor_the_side_and_the_place_that_have_it(store: ClaimStore) -> None:
    _, actors, sides, places = found(store, "sorvia")
    assert actors == []
    assert sides == ["Sorvia"]
    assert PENINSULA.key in places


def test_all_words_must_be_there_in_any_order_and_letter(store: ClaimStore) -> None:
    claims, *_ = found(store, "TROOPS 80,000")
    assert claims == ["80,000 troops"]
    assert found(store, "troops zeppelin") == ([], [], [], [])


def test_a_claim_is_found_by_who_makes_it_and_newest_come_first(store: ClaimStore) -> None:
    claims, actors, *_ = found(store, "troops")
    assert claims[0] == "10,000 troops"
    assert found(store, "tarov")[0] == ["110,000 troops", "80,000 troops"]
    assert found(store, "tarov")[1] == ["Ana Tarov"]
    assert actors == []


def test_a_place_or_an_actor_that_is_named_among_other_words_is_meant(store: ClaimStore) -> None:
    assert found(store, "troops in Harven")[3] == [CITY.key]
    assert found(store, "what Ana Tarov said")[1] == ["Ana Tarov"]
    assert found(store, "troops in Harve")[3] == []


def test_of_a_question_the_small_words_are_left_out(store: ClaimStore) -> None:
    claims, *_ = found(store, "How many troops did Tarov claim there are?")
    assert claims == ["110,000 troops", "80,000 troops"]
    assert found(store, "how many")[:3] == ([], [], [])


def test_accents_make_no_difference(store: ClaimStore) -> None:
    assert found(store, "Hárven")[3] == [CITY.key]


def test_no_more_are_found_than_asked_for(store: ClaimStore) -> None:
    assert len(found(store, "troops", limit=2)[0]) == 2


@pytest.mark.parametrize("query", ["%", "_", "\\", "' OR 'x'='x' --", "", "   ", "\x00", "%%%%", "100%"])
def test_wildcards_and_quotes_are_only_characters(store: ClaimStore, query: str) -> None:
    assert found(store, query) == ([], [], [], [])


@settings(deadline=None)
@given(some.text(max_size=400))
def test_any_text_is_looked_for_without_an_error(store: ClaimStore, query: str) -> None:
    store.search(query)
    words = words_of(query)
    assert len(words) <= MAX_WORDS
    assert all(0 < len(word) <= MAX_WORD for word in words)
