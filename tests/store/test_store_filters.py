"""Filters: one record, three forms, and nothing unclean in any of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import get_args
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import model
from store import schema
from store.claims import ClaimStore
from store.filters import MAX_LENGTH, MAX_VALUES, PARAMETERS, Filters
from tests.store.claim_rows import BORDER, BRUSSELS, CRIMEA, a_report

TEXTS = st.lists(st.text(max_size=40), max_size=6).map(tuple)
DATES = st.none() | st.dates()
ANY_FILTERS = st.builds(
    Filters, actors=TEXTS, sides=TEXTS, whose=TEXTS, places=TEXTS, reports=TEXTS, since=DATES, until=DATES,
    kinds=st.lists(st.sampled_from(schema.COUNT_KINDS) | st.text(max_size=9), max_size=5).map(tuple),
    modes=st.lists(st.sampled_from(schema.MODES), max_size=5).map(tuple),
)  # fmt: skip
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(ANY_FILTERS)
def test_url_parameters_bring_back_the_same_filters(filters: Filters) -> None:
    assert Filters.from_params(filters.to_params()) == filters


@given(ANY_FILTERS)
def test_the_way_through_a_real_url_loses_nothing(filters: Filters) -> None:
    query = urlencode(filters.to_params(), doseq=True)
    assert Filters.from_params(parse_qs(query)) == filters


@given(st.dictionaries(st.sampled_from([*PARAMETERS.values(), "page", "__class__", "actors"]) | st.text(), JUNK))
def test_nonsense_in_a_url_is_dropped_and_never_raises(params: dict[str, object]) -> None:
    filters = Filters.from_params(params)
    assert Filters.from_params(filters.to_params()) == filters
    for name in PARAMETERS:
        if name not in ("since", "until"):
            assert len(getattr(filters, name)) <= MAX_VALUES


@given(ANY_FILTERS)
def test_every_value_is_bound_and_none_is_in_the_sql(filters: Filters) -> None:
    sql, values = filters.to_sql()
    assert sql.count("?") == len(values)
    letters = set(sql) - set("?")
    assert letters <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.,()'=<> ")


def test_only_the_listed_names_are_read() -> None:
    filters = Filters.from_params({"actor": "Ukraine", "actors": "Russia", "text": "x", "sql": "1=1"})
    assert filters == Filters(actors=("Ukraine",))


def test_values_beyond_the_bounds_are_dropped() -> None:
    assert Filters(actors=("x" * MAX_LENGTH, "x" * (MAX_LENGTH + 1))).actors == ("x" * MAX_LENGTH,)
    assert len(Filters(actors=tuple(map(str, range(MAX_VALUES + 5)))).actors) == MAX_VALUES


@pytest.mark.parametrize("bad", ["", "   ", "a\x00b", "line\nbreak", "\ud800"])
def test_text_that_no_name_has_is_dropped(bad: str) -> None:
    assert Filters(actors=(bad, "Ukraine")).actors == ("Ukraine",)


def test_a_value_given_twice_counts_once_in_the_order_chosen() -> None:
    assert Filters(actors=("B", "A", "B")).actors == ("B", "A")


def test_unknown_kinds_and_modes_are_dropped() -> None:
    filters = Filters.from_params({"kind": ["killed", "nonsense"], "mode": ["deny", "killed"]})
    assert (filters.kinds, filters.modes) == (("killed",), ("deny",))


@pytest.mark.parametrize(
    "bad", ["2021-13-01", "2021-02-30", "20210401", "yesterday", "2021-W15-1", "２０２１-04-01", ""]
)
def test_only_calendar_dates_are_dates(bad: str) -> None:
    assert Filters.from_params({"since": bad}).since is None


def test_a_date_with_a_time_is_its_day() -> None:
    assert Filters(since=datetime(2021, 4, 14, 23, 59)).since == date(2021, 4, 14)


def test_a_lifted_field_leaves_the_others() -> None:
    filters = Filters(actors=("A",), sides=("B",), since=date(2021, 4, 1))
    assert filters.without("actors", "since") == Filters(sides=("B",))


def test_filters_are_true_when_they_limit_anything() -> None:
    assert not Filters()
    assert Filters(modes=("say",))
    assert Filters(until=date(2021, 4, 1))


def test_kinds_and_modes_are_those_that_extraction_knows() -> None:
    assert get_args(model.CountKind) == schema.COUNT_KINDS
    assert get_args(model.Mode) == schema.MODES


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), {"c1", "s1", "c2", "s2", "c3"}),
        (Filters(actors=("Ukraine",)), {"c1"}),
        (Filters(actors=("Ukraine", "Josep Borrell")), {"c1", "c2"}),
        (Filters(sides=("European Union",)), {"c2", "s2"}),
        (Filters(whose=("Russia",)), {"c1", "c2"}),
        (Filters(places=(CRIMEA.key,)), {"c1", "c2", "s2"}),
        (Filters(places=(BORDER.key, BRUSSELS.key)), {"c1", "s1"}),
        (Filters(kinds=("personnel",)), {"c1", "c2"}),
        (Filters(modes=("warn",)), {"s1"}),
        (Filters(kinds=("killed",), modes=("warn", "demand")), {"c3", "s1", "s2"}),
        (Filters(reports=(a_report("two", published=date(2021, 4, 19)).id,)), {"c2"}),
        (Filters(since=date(2021, 4, 14)), {"c1", "s1", "c2"}),
        (Filters(since=date(2021, 4, 15)), {"c2"}),
        (Filters(until=date(2021, 4, 14)), {"c1", "s1"}),
        (Filters(since=date(2021, 4, 20), until=date(2021, 4, 1)), set()),
        (Filters(places=(CRIMEA.key,), sides=("European Union",), kinds=("personnel",)), {"c2"}),
        (Filters(actors=("' OR 1=1 --",)), set()),
    ],
)
def test_filters_let_through_what_they_say(filled: ClaimStore, filters: Filters, names: set[str]) -> None:
    assert {claim.split("-")[0] for claim in filled.claims(filters)["id"]} == names
    assert filled.count(filters) == len(names)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClaimStore]:
    with ClaimStore.open(tmp_path_factory.mktemp("empty") / "claims.duckdb") as store:
        yield store


@settings(max_examples=30, deadline=None)
@given(ANY_FILTERS)
def test_any_filters_can_be_asked(empty: ClaimStore, filters: Filters) -> None:
    assert empty.count(filters) == 0
    assert empty.marks(filters) == []
    assert empty.unplaced(filters).empty
    assert all(value.n == 0 for values in empty.facets(filters).values() for value in values)
