"""A view of the index says what the file says: under any filter, of any store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from store.claims import ClaimStore
from store.filters import Filters
from store.index import Index
from store.records import PlaceRow
from store.schema import REVIEW_STATES
from store.views import MOST_VALUES, Limits, StoreView
from tests.store.claim_rows import BORDER, BRUSSELS, CRIMEA, a_count, a_report, a_statement

ACTORS = ("Ukraine", "Russia", "Ukraine; NATO", "NATO", None)
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


FILTERS = st.builds(
    Filters,
    actors=some("Ukraine", "NATO", "reporter", "Nobody"),
    sides=some("Ukraine", "Russia", "Nobody"),
    whose=some("Russia", "NATO"),
    places=some(CRIMEA.key, BRUSSELS.key, "gn:0"),
    kinds=some("personnel", "equipment"),
    modes=some("warn", "deny"),
    reviews=some(*REVIEW_STATES),
    since=st.sampled_from([None, date(2021, 4, 13), date(2022, 1, 1)]),
    until=st.sampled_from([None, date(2021, 4, 14), date(2020, 1, 1)]),
)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> ClaimStore:
    """Claims of every kind, joint and missing actors, several places or none, dated and undated reports."""
    store = ClaimStore.open(tmp_path_factory.mktemp("views") / "claims.duckdb")
    days = [date(2021, 4, 12), date(2021, 4, 14), None, date(2021, 4, 14), date(2021, 5, 1)]
    for r, day in enumerate(days):
        report = a_report(f"r{r}", published=day)
        claims = []
        for i, actor in enumerate(ACTORS):
            places = [(CRIMEA,), (CRIMEA, BRUSSELS), (), (BORDER, CRIMEA, CRIMEA), (BRUSSELS,)][(i + r) % 5]
            kind = ("personnel", "equipment")[(i + r) % 2]
            low = 100 * (1 + (i * r) % 3)
            claims.append(a_count(report, f"c{i}", *places, low=low, claimant=actor, side=actor, count_kind=kind))
            mode = ("warn", "deny", "say")[(i + r) % 3]
            claims.append(a_statement(report, f"s{i}", *places[:1], claimant=actor, side=actor, mode=mode))
        store.add(report, claims, [CRIMEA, BORDER, BRUSSELS])
    for i, state in enumerate(("rejected", "accepted", "rejected")):
        store._connection._root.execute(  # type: ignore[union-attr]
            "UPDATE claims SET review = ? WHERE n = ?", [state, 3 + 5 * i]
        )
    return store


@pytest.fixture(scope="module")
def index(many: ClaimStore) -> Index:
    return many.index()


@SETTINGS
@given(filters=FILTERS)
def test_a_view_says_what_the_single_questions_say(many: ClaimStore, index: Index, filters: Filters) -> None:
    view = many.view(index, filters, Limits(groups=200, members=200))
    assert view.n == many.count(filters)
    assert view.facets == many.facets(filters)
    assert view.marks == many.marks(filters)
    assert view.rivals == many.rivals(filters) == many.rivals(filters, index=index)
    assert view.n_rivals == len(view.rivals)
    found = many.find(filters)
    assert view.table == found
    assert view.numbers == [item for item in found if item.row.kind == "count"]
    assert view.statements == [item for item in found if item.row.kind == "statement"]
    assert (view.n_numbers, view.n_unplaced) == (len(view.numbers), len(view.unplaced))
    assert [item.row.id for item in view.unplaced] == list(many.unplaced(filters)["id"])


def test_a_filter_by_report_is_the_same_in_both(many: ClaimStore, index: Index) -> None:
    for report_id in [*many.reports()["id"], "none"]:
        filters = Filters(reports=(report_id,))
        view = many.view(index, filters)
        assert (view.n, view.facets) == (many.count(filters), many.facets(filters))


def test_an_empty_store_has_an_empty_view(tmp_path: Path) -> None:
    with ClaimStore.open(tmp_path / "empty.duckdb") as store:
        view = store.view(store.index(), Filters(sides=("Russia",)))
    assert view == StoreView(0, 0, 0, view.facets, [], 0, [], [], [], [], [])
    assert {item.n for values in view.facets.values() for item in values} == {0}


def test_an_older_index_never_shows_another_claim_for_one_that_was_taken_out(tmp_path: Path) -> None:
    with ClaimStore.open(tmp_path / "changing.duckdb") as store:
        kept, gone, later = (a_report(name) for name in ("kept", "gone", "later"))
        store.add(kept, [a_count(kept, "a", CRIMEA, side="Ukraine")], [CRIMEA])
        store.add(gone, [a_count(gone, "b", CRIMEA, side="Ukraine")], [CRIMEA])
        index = store.index()
        store.remove(gone.id)
        store.add(later, [a_count(later, "c", BRUSSELS, side="NATO")], [BRUSSELS])
        view = store.view(index, Filters(sides=("Ukraine",)))
    assert [item.row.report_id for item in view.table] == [kept.id]


def test_of_many_claims_each_list_holds_the_first(many: ClaimStore, index: Index) -> None:
    view = many.view(index, Filters(), Limits(whole=10, first=4))
    assert view.table == many.find(Filters(), limit=4)
    assert [len(lines) for lines in (view.numbers, view.statements, view.unplaced)] == [4, 4, 4]


def test_of_a_large_group_the_newest_claims_are_read_and_the_older_counted(many: ClaimStore, index: Index) -> None:
    whole = many.view(index, Filters(), Limits(groups=1, members=100)).rivals[0]
    part = many.view(index, Filters(), Limits(groups=1, members=2)).rivals[0]
    assert (part.claims, part.older) == (_newest(whole.claims, whole.dates), len(whole.claims) - 2)
    assert part == many.rivals(Filters(), limit=1, members=2)[0]


def _newest(claims: tuple, dates: tuple) -> tuple:  # type: ignore[type-arg]
    dated = [claim for claim, day in zip(claims, dates, strict=True) if day]
    return tuple(dated[-2:])


def test_of_thousands_of_values_a_facet_offers_the_most_frequent_and_the_chosen(tmp_path: Path) -> None:
    with ClaimStore.open(tmp_path / "many.duckdb") as store:
        report = a_report()
        towns = [PlaceRow(f"gn:{i}", f"Town {i}", 1.0, 2.0, "city", 5.0) for i in range(MOST_VALUES + 20)]
        claims = [a_count(report, f"c{i}", town, claimant=f"Actor {i}") for i, town in enumerate(towns)]
        often = [a_count(report, f"again{i}", towns[i], claimant=f"Actor {i}") for i in range(MOST_VALUES)]
        store.add(report, [*claims, *often], towns)
        rare = towns[-1].key
        facets = store.view(store.index(), Filters(places=(rare,))).facets
    assert len(facets["places"]) == MOST_VALUES + 1
    assert [(item.value, item.n) for item in facets["places"][-1:]] == [(rare, 1)]
    assert len(store_facet := facets["actors"]) == 1
    assert store_facet[0].value == f"Actor {MOST_VALUES + 19}"
