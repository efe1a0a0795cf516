"""What the store answers: claims by page, marks by place, facets with what each value leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from store.claims import ClaimStore
from store.filters import Filters
from store.records import ClaimPlaceRow
from store.rows import FRAME_COLUMNS
from tests.store.claim_rows import BORDER, BRUSSELS, CRIMEA, a_count, a_report


def test_claims_come_as_a_frame_by_date_with_undated_last(filled: ClaimStore) -> None:
    frame = filled.claims(Filters())
    assert list(frame.columns) == list(FRAME_COLUMNS)
    assert list(frame["published"]) == [date(2021, 4, 14)] * 2 + [date(2021, 4, 19)] + [None] * 2
    assert frame["place_names"][0] == ["Crimea", "borders of Ukraine"]
    assert frame["place_keys"][1] == [BRUSSELS.key]
    assert frame["low"][0] == 110_000
    assert frame["mode"][0] is None


def test_claims_can_be_read_page_by_page(filled: ClaimStore) -> None:
    whole = list(filled.claims(Filters(), limit=None)["id"])
    pages = [list(filled.claims(Filters(), limit=2, offset=at)["id"]) for at in (0, 2, 4, 6)]
    assert [claim for page in pages for claim in page] == whole
    assert [len(page) for page in pages] == [2, 2, 1, 0]


def test_reports_are_listed_with_their_number_of_claims(filled: ClaimStore) -> None:
    frame = filled.reports()
    assert list(frame["title"]) == ["Title one", "Title two", "Title three"]
    assert list(frame["n_claims"]) == [2, 1, 2]
    assert frame["published"][2] is None


def test_marks_gather_claims_by_place_and_never_add_numbers(filled: ClaimStore) -> None:
    marks = {mark.place.key: mark for mark in filled.marks(Filters())}
    assert set(marks) == {CRIMEA.key, BORDER.key, BRUSSELS.key}
    crimea = marks[CRIMEA.key]
    assert (crimea.n, crimea.n_counts, crimea.n_statements) == (3, 2, 1)
    assert dict(crimea.sides) == {"Ukraine": 1, "European Union": 2, "G7": 1}
    assert crimea.place == CRIMEA


def test_a_mark_without_a_side_says_so(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [a_count(report, "c", CRIMEA, side=None)], [CRIMEA])
    assert store.marks(Filters())[0].sides == ((None, 1),)


def test_a_claim_with_two_mentions_of_one_place_is_one_claim_there(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [a_count(report, "c", CRIMEA, CRIMEA)], [CRIMEA])
    assert [mark.n for mark in store.marks(Filters())] == [1]
    assert store.facets(Filters())["places"][0].n == 1
    assert store.claims(Filters())["place_keys"][0] == [CRIMEA.key]


def test_claims_without_a_located_place_are_listed_on_their_own(filled: ClaimStore) -> None:
    report = a_report("four")
    nowhere = ClaimPlaceRow("Nowhereville", 0, 5, None)
    claim = replace(a_count(report, "lost"), places=(nowhere,))
    filled.add(report, [claim], [])
    frame = filled.unplaced(Filters())
    assert {row.split("-")[0] for row in frame["id"]} == {"c3", "lost"}
    assert claim == filled.claim(claim.id)


def test_a_joined_claimant_is_found_by_each_actor(filled: ClaimStore) -> None:
    for name in ("G7", "European Union"):
        assert filled.count(Filters(actors=(name,))) == 1
    assert filled.count(Filters(actors=("G7", "European Union"))) == 1
    assert filled.count(Filters(actors=("G7; European Union",))) == 0


@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(sides=("European Union",)), Filters(modes=("warn",)), Filters(since=date(2021, 4, 15))],
)
def test_facets_say_how_many_claims_each_value_leaves(filled: ClaimStore, filters: Filters) -> None:
    for field, values in filled.facets(filters).items():
        for value in values:
            left = _choose(filters, field, value.value)
            assert filled.count(left) == value.n, (field, value)


def _choose(filters: Filters, field: str, value: str) -> Filters:
    if field == "published":
        return Filters(**{**_as_dict(filters), "since": date.fromisoformat(value), "until": date.fromisoformat(value)})
    lifted = filters.without("kinds", "modes") if field in ("kinds", "modes") else filters
    return Filters(**{**_as_dict(lifted), field: (value,)})


def _as_dict(filters: Filters) -> dict[str, object]:
    return {name: getattr(filters, name) for name in filters.__dataclass_fields__}


def test_a_chosen_value_stays_on_offer_when_it_leaves_nothing(filled: ClaimStore) -> None:
    facets = filled.facets(Filters(places=(BRUSSELS.key,), sides=("European Union",), actors=("Nobody",)))
    assert ("Brussels", 0) in [(value.label, value.n) for value in facets["places"]]
    assert ("Nobody", 0) in [(value.label, value.n) for value in facets["actors"]]


def test_facets_carry_words_to_show(filled: ClaimStore) -> None:
    facets = filled.facets(Filters())
    assert {value.label for value in facets["places"]} == {"Crimea", "borders of Ukraine", "Brussels"}
    assert {value.label for value in facets["reports"]} == {"Title one", "Title two", "Title three"}
    assert [value.value for value in facets["published"]] == ["2021-04-14", "2021-04-19"]


def test_kinds_stay_on_offer_when_a_mode_is_chosen(filled: ClaimStore) -> None:
    facets = filled.facets(Filters(modes=("warn",)))
    assert [(value.value, value.n) for value in facets["kinds"]] == [("personnel", 2), ("killed", 1)]
    assert [(value.value, value.n) for value in facets["modes"]] == [("demand", 1), ("warn", 1)]
