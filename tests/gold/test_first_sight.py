"""What a new store shows at first sight: the sample reports, located, with rival numbers under each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.samples import ensure_samples
from pipeline.settings import Settings
from store.claims import ClaimStore
from store.filters import Filters


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClaimStore]:
    path: Path = tmp_path_factory.mktemp("store") / "claims.duckdb"
    with ClaimStore.open(path) as opened:
        ensure_samples(Settings(store=path), store=opened)
        yield opened


def test_every_sample_has_claims_and_at_least_one_of_them_on_the_map(store: ClaimStore) -> None:
    for report_id in store.reports()["id"]:
        claims = store.claims(Filters(reports=(report_id,)))
        assert any(claims["place_keys"]), claims["title"].iloc[0]


def test_rival_numbers_of_russian_troops_in_crimea_stand_under_each_other(store: ClaimStore) -> None:
    groups = [group for group in store.rivals(Filters(kinds=("personnel",))) if group.place]
    crimea = next(group for group in groups if group.place and group.place.name == "Crimea")
    assert crimea.whose == "Russia"
    said = {(claim.claimant, claim.low) for claim in crimea.claims}
    assert {("Ukraine", 80_000), ("Iuliia Mendel", 40_000)} <= said
    assert {("Josep Borrell", 150_000), ("Josep Borrell", 100_000)} <= said
    assert list(crimea.dates) == sorted(day for day in crimea.dates if day)


def test_the_borders_of_ukraine_are_an_area_derived_from_the_words(store: ClaimStore) -> None:
    eastern = [mark.place for mark in store.marks(Filters()) if mark.place.name == "eastern border of Ukraine"]
    assert len(eastern) == 1
    assert eastern[0].precision == "border"
    assert eastern[0].geometry
    assert eastern[0].derived_from


def test_claims_without_a_place_are_kept_apart_and_nothing_is_lost(store: ClaimStore) -> None:
    unplaced = set(store.unplaced(Filters(), limit=None)["id"])
    everything = store.claims(Filters(), limit=None)
    placed = {row["id"] for _, row in everything.iterrows() if row["place_keys"]}
    assert unplaced
    assert unplaced | placed == set(everything["id"])
    assert not unplaced & placed
