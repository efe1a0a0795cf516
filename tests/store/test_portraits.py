"""What the store has of one actor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from store.claims import ClaimStore
from tests.dashboard.rows import BORDER, PENINSULA, fill


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClaimStore]:
    with ClaimStore.open(fill(tmp_path_factory.mktemp("store") / "claims.duckdb"), read_only=True) as opened:
        yield opened


def test_a_claimant_is_told_by_what_it_says_its_side_and_its_places(store: ClaimStore) -> None:
    found = store.portrait("Ana Tarov")
    assert (found.said.n, found.said.n_counts, found.said.n_statements) == (2, 2, 0)
    assert [side.value for side in found.sides] == ["Sorvia"]
    assert {place.value for place in found.places} == {BORDER.key, PENINSULA.key}
    assert not found.spoken_for.n


def test_a_side_is_told_by_what_is_said_for_it_and_to_it_over_which_days(store: ClaimStore) -> None:
    found = store.portrait("Sorvia")
    assert (found.spoken_for.n, found.spoken_for.first, found.spoken_for.last) == (
        4,
        date(2021, 4, 12),
        date(2021, 4, 14),
    )
    assert found.addressed.n == 1
    assert not found.said.n


def test_numbers_of_its_people_are_told_whoever_gives_them(store: ClaimStore) -> None:
    found = store.portrait("Norland")
    assert (found.counted.n, found.spoken_for.n) == (4, 1)


@pytest.mark.parametrize("name", ["nobody", "", "'; DROP TABLE claims; --", "%"])
def test_who_is_in_no_claim_has_an_empty_portrait(store: ClaimStore, name: str) -> None:
    assert not store.portrait(name)
