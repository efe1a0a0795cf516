"""One claim, many appearances: which claims are the same, when each was seen, and in how many independent stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from store.appearances import Appearances, Seen
from store.claims import ClaimStore
from store.records import ClaimRow
from store.sameness import same
from tests.store.claim_rows import BORDER, CRIMEA, a_count, a_report, a_statement

REPORT = a_report()


def words(exact: str, **more: object) -> ClaimRow:
    return replace(a_statement(REPORT, "s", **more), exact=exact)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Russia will withdraw its troops", "“Russia will withdraw the troops,”"),
        ("that NATO sends 40,000 men", "NATO is sending 40,000 men"),
        ("No", "no."),
    ],
)
def test_statements_with_all_but_the_same_words_are_the_same(first: str, second: str) -> None:
    assert same(words(first)) == same(words(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Russia will withdraw its troops", "Russia will not withdraw its troops"),
        ("Russia attacked Ukraine first", "Ukraine attacked Russia first"),
        ("NATO sends 40,000 men", "NATO sends 4,000 men"),
        ("He did", "She does"),
    ],
)
def test_a_word_that_matters_makes_another_statement(first: str, second: str) -> None:
    assert same(words(first)) != same(words(second))


def test_the_same_words_of_another_speaker_are_another_claim() -> None:
    assert same(words("The bridge is open to all")) != same(words("The bridge is open to all", claimant="NATO"))


def test_a_count_is_the_same_whatever_its_words_and_the_noun_for_people() -> None:
    first = a_count(REPORT, "a", CRIMEA, BORDER, unit="troops", number="110,000")
    assert same(first) == same(a_count(REPORT, "b", BORDER, CRIMEA, unit="soldiers", number="110 000"))


@pytest.mark.parametrize(
    "more",
    [
        {"low": 5},
        {"high": 200_000},
        {"low_open": True},
        {"whose": "NATO"},
        {"count_kind": "killed"},
        {"claimant": "EU"},
    ],
)
def test_a_count_with_another_number_owner_kind_or_claimant_is_another(more: dict[str, object]) -> None:
    assert same(a_count(REPORT, "a", CRIMEA)) != same(a_count(REPORT, "a", CRIMEA, **more))


def test_a_count_at_another_place_or_of_other_things_is_another() -> None:
    assert same(a_count(REPORT, "a", CRIMEA)) != same(a_count(REPORT, "a", BORDER))
    tanks = {"count_kind": "equipment", "unit": "battle tanks"}
    assert same(a_count(REPORT, "a", **tanks)) == same(a_count(REPORT, "a", **tanks | {"unit": "tank"}))
    assert same(a_count(REPORT, "a", **tanks)) != same(a_count(REPORT, "a", **tanks | {"unit": "guns"}))


def add(store: ClaimStore, name: str, day: int | None, *, month: int = 4, **more: object) -> str:
    """A report with one count; the count's id."""
    report = a_report(name, published=date(2021, month, day) if day else None)
    row = a_count(report, name, CRIMEA, **more)
    store.add(report, [row], [CRIMEA])
    return row.id


def names(found: Appearances) -> list[str]:
    return [item.claim_id.split("-")[0] for item in found.reports]


def test_a_claim_knows_every_report_that_makes_it_by_date(store: ClaimStore) -> None:
    for name, day in (("b", 14), ("a", 12), ("undated", None)):
        identity = add(store, name, day)
    add(store, "other", 13, low=7)
    found = store.appearances(identity)
    assert names(found) == ["a", "b", "undated"]
    assert found.seen == Seen(3, 3, date(2021, 4, 12), date(2021, 4, 14))
    assert [item.outlet for item in found.reports] == ["Desk"] * 3


def test_a_claim_that_nobody_repeats_appears_once(store: ClaimStore) -> None:
    assert store.appearances(add(store, "a", 12)).seen == Seen(1, 1, date(2021, 4, 12), date(2021, 4, 12))
    assert store.appearances(add(store, "b", None, low=3)).seen == Seen()
    assert store.appearances("nothing").reports == ()


def test_what_is_there_for_a_while_may_be_repeated_after_weeks_what_happened_may_not(store: ClaimStore) -> None:
    add(store, "a", 1)
    assert names(store.appearances(add(store, "b", 30))) == ["a", "b"]
    add(store, "c", 1, count_kind="killed")
    assert names(store.appearances(add(store, "d", 8, count_kind="killed"))) == ["c", "d"]
    assert names(store.appearances(add(store, "e", 16, count_kind="killed"))) == ["e"]
    assert names(store.appearances(add(store, "f", 31, month=5))) == ["f"]


def test_a_report_that_says_it_twice_is_one_appearance(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [a_count(report, "a", CRIMEA), a_count(report, "b", CRIMEA)], [CRIMEA])
    assert names(store.appearances(f"b-{report.id[:6]}")) == ["a"]


def test_rejected_claims_are_no_appearances(store: ClaimStore) -> None:
    first, second = add(store, "a", 12), add(store, "b", 13)
    store.review(first, "reject")
    assert names(store.appearances(second)) == ["b"]
    assert store.appearances(first).reports == ()


def test_a_corrected_claim_is_the_same_as_what_it_was_corrected_to(store: ClaimStore) -> None:
    first, second = add(store, "a", 12), add(store, "b", 13, low=7)
    assert names(store.appearances(second)) == ["b"]
    store.review(second, "edit", changes={"low": 110_000})
    assert names(store.appearances(first)) == ["a", "b"]


def test_claims_are_told_with_how_often_they_were_seen(store: ClaimStore) -> None:
    first, second, third = add(store, "a", 12), add(store, "b", 14), add(store, "c", 14, low=1)
    twice = Seen(2, 2, date(2021, 4, 12), date(2021, 4, 14))
    assert store.seen([first, second, third, "nothing"]) == {
        first: twice,
        second: twice,
        third: Seen(1, 1, date(2021, 4, 14), date(2021, 4, 14)),
    }
