"""Rival counts: the same thing, different numbers, every one kept."""

from __future__ import annotations

from datetime import date

from store.claims import ClaimStore
from store.filters import Filters
from tests.store.claim_rows import BORDER, CRIMEA, a_count, a_report


def add(store: ClaimStore, name: str, day: int | None, *claims: dict[str, object]) -> None:
    report = a_report(name, published=date(2021, 4, day) if day else None)
    rows = [
        a_count(report, f"{name}{i}", *given.pop("at", (CRIMEA,)), **given)  # type: ignore[misc,arg-type]
        for i, given in enumerate(claims)
    ]
    store.add(report, rows, [CRIMEA, BORDER])


def names(store: ClaimStore, filters: Filters | None = None) -> list[list[str]]:
    return [[claim.id.split("-")[0] for claim in group.claims] for group in store.rivals(filters or Filters())]


def test_two_claimants_of_the_same_thing_are_rivals_by_date(store: ClaimStore) -> None:
    add(store, "later", 19, {"claimant": "Josep Borrell", "low": 150_000})
    add(store, "early", 14, {"claimant": "Ukraine", "low": 110_000})
    (group,) = store.rivals(Filters())
    assert [claim.low for claim in group.claims] == [110_000, 150_000]
    assert group.dates == (date(2021, 4, 14), date(2021, 4, 19))
    assert group.claimants == ("Ukraine", "Josep Borrell")
    assert (group.kind, group.whose, group.place) == ("personnel", "Russia", CRIMEA)


def test_a_corrected_number_stays_beside_its_correction(store: ClaimStore) -> None:
    add(store, "first", 19, {"claimant": "Josep Borrell", "low": 150_000})
    add(store, "second", 19, {"claimant": "Josep Borrell", "low": 100_000})
    (group,) = store.rivals(Filters())
    assert [claim.low for claim in group.claims] == [150_000, 100_000]


def test_one_claimant_repeating_one_number_is_no_rival_of_itself(store: ClaimStore) -> None:
    add(store, "a", 14, {"low": 5})
    add(store, "b", 15, {"low": 5})
    assert store.rivals(Filters()) == []


def test_more_than_a_number_differs_from_the_number(store: ClaimStore) -> None:
    add(store, "a", 14, {"low": 5, "high": 5})
    add(store, "b", 15, {"low": 5, "high": None, "low_open": True})
    assert names(store) == [["a0", "b0"]]


def test_other_owners_kinds_and_places_are_no_rivals(store: ClaimStore) -> None:
    add(store, "a", 14, {"claimant": "A"})
    add(store, "b", 14, {"claimant": "B", "whose": "NATO"})
    add(store, "c", 14, {"claimant": "C", "count_kind": "killed"})
    add(store, "d", 14, {"claimant": "D", "at": (BORDER,)})
    add(store, "e", 14, {"claimant": "E", "at": ()})
    assert store.rivals(Filters()) == []


def test_a_count_at_two_places_has_rivals_at_both(store: ClaimStore) -> None:
    add(store, "both", 14, {"claimant": "A", "at": (CRIMEA, BORDER)})
    add(store, "one", 15, {"claimant": "B", "at": (CRIMEA,)})
    add(store, "two", 16, {"claimant": "C", "at": (BORDER,)})
    assert sorted(names(store)) == [["both0", "one0"], ["both0", "two0"]]


def test_unplaced_counts_of_a_named_owner_are_rivals(store: ClaimStore) -> None:
    add(store, "a", 14, {"claimant": "A", "at": ()})
    add(store, "b", 14, {"claimant": "B", "at": ()})
    (group,) = store.rivals(Filters())
    assert (group.place, group.place_key) == (None, None)


def test_unplaced_counts_of_nobody_in_particular_are_not_compared(store: ClaimStore) -> None:
    add(store, "a", 14, {"claimant": "A", "at": (), "whose": None})
    add(store, "b", 14, {"claimant": "B", "at": (), "whose": None})
    assert store.rivals(Filters()) == []


def test_things_are_compared_with_things_of_the_same_noun(store: ClaimStore) -> None:
    add(
        store, "ministry", 22,
        {"count_kind": "equipment", "unit": "military vehicles", "low": 1200},
        {"count_kind": "equipment", "unit": "warships", "low": 40},
    )  # fmt: skip
    add(store, "other", 23, {"count_kind": "equipment", "unit": "vehicles", "low": 900, "claimant": "B"})
    assert names(store) == [["ministry0", "other0"]]


def test_soldiers_and_troops_count_the_same_people(store: ClaimStore) -> None:
    add(store, "a", 14, {"claimant": "A", "unit": "troops"})
    add(store, "b", 14, {"claimant": "B", "unit": "soldiers"})
    assert len(store.rivals(Filters())) == 1


def test_undated_numbers_come_last(store: ClaimStore) -> None:
    add(store, "undated", None, {"claimant": "A"})
    add(store, "dated", 14, {"claimant": "B"})
    assert names(store) == [["dated0", "undated0"]]


def test_rivals_are_those_of_the_current_filter(store: ClaimStore) -> None:
    add(store, "a", 14, {"claimant": "A"})
    add(store, "b", 15, {"claimant": "B"})
    assert names(store, Filters(until=date(2021, 4, 14))) == []
