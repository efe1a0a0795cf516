"""Rival counts: the same thing, different numbers, every one kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from store.appearances import Seen
from store.claims import ClaimStore
from store.filters import Filters
from store.records import ReportRow
from tests.store.claim_rows import BORDER, BRUSSELS, CRIMEA, a_count, a_report

# Two towns in the outline of Crimea.
INSIDE = replace(BRUSSELS, key="gn:9", name="Dzhankoy", lat=45.2, lon=34.6)
OTHER = replace(INSIDE, key="gn:10", name="Saky", lat=45.1)


def add(store: ClaimStore, name: str, day: int | None, *claims: dict[str, object]) -> None:
    report = a_report(name, published=date(2021, 4, day) if day else None)
    rows = [
        a_count(report, f"{name}{i}", *given.pop("at", (CRIMEA,)), **given)  # type: ignore[misc,arg-type]
        for i, given in enumerate(claims)
    ]
    store.add(report, rows, [CRIMEA, BORDER, INSIDE, OTHER])


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


def test_what_a_later_report_takes_back_is_taken_back_where_it_was_first_given(store: ClaimStore) -> None:
    first = {"claimant": "Josep Borrell", "low": 150_000, "high": None, "low_open": True}
    add(store, "first", 19, dict(first))
    report = a_report("second", published=date(2021, 4, 19))
    told_again = a_count(report, "again", **first)  # type: ignore[arg-type]
    new = a_count(report, "new", CRIMEA, claimant="Josep Borrell", low=100_000, corrects=told_again.id)
    store.add(report, [new, told_again], [CRIMEA])
    (group,) = store.rivals(Filters())
    assert [claim.low for claim in group.claims] == [150_000, 100_000]
    assert group.corrections == ((0, 1),)


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


# -- near in time ---------------------------------------------------------------------------------------------------


def test_deaths_of_another_month_are_other_deaths(store: ClaimStore) -> None:
    dead = {"count_kind": "killed"}
    add(store, "a", 1, dead | {"claimant": "A"})
    add(store, "b", 8, dead | {"claimant": "B"})
    add(store, "c", 16, dead | {"claimant": "C"})
    add(store, "d", 17, dead | {"claimant": "D"})
    assert sorted(names(store)) == [["a0", "b0"], ["c0", "d0"]]


def test_troops_that_are_there_are_compared_over_weeks(store: ClaimStore) -> None:
    add(store, "a", 1, {"claimant": "A"})
    add(store, "b", 30, {"claimant": "B"})
    assert names(store) == [["a0", "b0"]]


# -- overlapping places ---------------------------------------------------------------------------------------------


def test_a_town_is_compared_with_the_area_it_lies_in(store: ClaimStore) -> None:
    add(store, "area", 14, {"claimant": "A", "at": (CRIMEA,)})
    add(store, "town", 15, {"claimant": "B", "at": (INSIDE,)})
    (group,) = store.rivals(Filters())
    assert names(store) == [["area0", "town0"]]
    assert group.place == CRIMEA


def test_two_towns_of_an_area_of_which_nothing_is_said_are_not_compared(store: ClaimStore) -> None:
    add(store, "area", 14, {"claimant": "A", "at": (CRIMEA,), "whose": "NATO"})
    add(store, "one", 14, {"claimant": "A", "at": (INSIDE,)})
    add(store, "two", 15, {"claimant": "B", "at": (OTHER,)})
    assert names(store) == []


def test_a_group_that_another_holds_is_not_shown_twice(store: ClaimStore) -> None:
    add(store, "area", 14, {"claimant": "A", "at": (CRIMEA,)})
    add(store, "one", 15, {"claimant": "B", "at": (INSIDE,)})
    add(store, "two", 16, {"claimant": "C", "at": (INSIDE,)})
    assert names(store) == [["area0", "one0", "two0"]]
    assert names(store, Filters(places=(INSIDE.key,))) == [["one0", "two0"]]


# -- one claim, many appearances ------------------------------------------------------------------------------------


def test_a_number_that_its_claimant_repeats_stands_once_with_its_reports(store: ClaimStore) -> None:
    add(store, "first", 12, {"claimant": "A", "low": 5})
    add(store, "other", 13, {"claimant": "B", "low": 9})
    add(store, "again", 14, {"claimant": "A", "low": 5})
    (group,) = store.rivals(Filters())
    assert [claim.low for claim in group.claims] == [5, 9]
    assert group.seen[0] == Seen(2, 2, date(2021, 4, 12), date(2021, 4, 14))
    assert group.seen[1].reports == 1


def test_copies_of_one_text_are_one_source(store: ClaimStore) -> None:
    told = " ".join(f"word{i}" for i in range(60))
    for i, (who, low) in enumerate((("A", 5), ("A", 5), ("B", 9))):
        text = f"{told} {i}" if who == "A" else "Another text. " * 20
        report = ReportRow(f"{i}" * 64, text, published=date(2021, 4, 12))
        store.add(report, [a_count(report, f"c{i}", CRIMEA, claimant=who, low=low)], [CRIMEA])
    (group,) = store.rivals(Filters())
    assert [(seen.reports, seen.stories) for seen in group.seen] == [(2, 1), (1, 1)]


def test_a_group_tells_who_took_what_back_and_who_disagrees(store: ClaimStore) -> None:
    taken_back, stands = {"claimant": "A", "low": 150, "high": 150}, {"claimant": "A", "low": 100, "high": 100}
    add(store, "a", 12, taken_back, stands | {"corrects": f"a0-{a_report('a').id[:6]}"})
    add(store, "b", 13, {"claimant": "B", "low": 80, "high": 80})
    (group,) = store.rivals(Filters())
    assert group.corrections == ((0, 1),)
    assert group.later_figures == group.compatible == ()
    (apart,) = group.disagreements
    assert (apart.first, apart.second, apart.difference, apart.ratio) == (1, 2, 20, 1.25)
    assert (apart.since, apart.until) == (date(2021, 4, 13), None)
