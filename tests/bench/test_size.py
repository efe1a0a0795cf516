"""A filled store is what a real collection is like, and nothing asked of it grows with the square of its claims."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.filling import Filler, fill, towns
from store.claims import ClaimStore
from store.filters import Filters
from tests.store.claim_rows import BRUSSELS, CRIMEA, a_count, a_report, a_statement

CLAIMS = 1_500
TIMES = 4
LINEAR = 8.0
"""Four times the claims may take four times as long, and on a busy machine twice that; the square would be sixteen."""
TRIES = 4
"""A machine that was busy with something else is asked again; the square stays the square."""


def many(path: Path, claims: int) -> Path:
    """Claims that all speak of one thing at one place, which is where a careless question compares each with each."""
    with ClaimStore.open(path) as store:
        rows = []
        for r in range(claims // 50):
            report = a_report(f"r{r}", published=date(2021, 1, 1) + timedelta(days=r % 90))
            counts = [a_count(report, f"c{i}", CRIMEA, low=i + r, claimant=f"Actor {i}") for i in range(25)]
            rows.append(
                (report, [*counts, *(a_statement(report, f"s{i}", BRUSSELS) for i in range(25))], [CRIMEA, BRUSSELS])
            )
        store.add_many(rows)
    return path


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("sizes")
    return many(folder / "small.duckdb", CLAIMS), many(folder / "large.duckdb", CLAIMS * TIMES)


QUESTIONS: dict[str, Callable[[ClaimStore], object]] = {
    "index": lambda store: store.index(),
    "view": lambda store: store.view(store.index(), Filters(sides=("Ukraine",))),
    "facets": lambda store: store.facets(Filters(places=(CRIMEA.key,))),
    "marks": lambda store: store.marks(Filters()),
    "rivals": lambda store: [group.disagreements for group in store.rivals(Filters())],
    "claims": lambda store: store.claims(Filters(kinds=("personnel",))),
    "reports": lambda store: store.reports(),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_four_times_the_claims_take_no_more_than_their_share(name: str, stores: tuple[Path, Path]) -> None:
    assert any(growth(QUESTIONS[name], stores) < LINEAR for _ in range(TRIES))


def growth(question: Callable[[ClaimStore], object], stores: tuple[Path, Path]) -> float:
    few, lots = (fastest(path, question) for path in stores)
    return lots / few


def fastest(path: Path, question: Callable[[ClaimStore], object]) -> float:
    with ClaimStore.open(path, read_only=True) as store:
        return min(seconds(store, question) for _ in range(5))


def seconds(store: ClaimStore, question: Callable[[ClaimStore], object]) -> float:
    start = time.process_time()
    question(store)
    return time.process_time() - start


def test_a_filled_store_has_reports_of_many_days_outlets_and_towns(tmp_path: Path) -> None:
    report = a_report()
    town = towns(1)[0]
    claims = [a_count(report, "c", town, CRIMEA), a_statement(report, "s")]
    filler = Filler([(report, claims, [town, CRIMEA])], towns(30))
    assert fill(tmp_path / "filled.duckdb", filler, reports=60) == 120
    with ClaimStore.open(tmp_path / "filled.duckdb") as store:
        reports = store.reports()
        places = {mark.place.key for mark in store.marks(Filters())}
        assert store.count(Filters()) == 120
    assert len(reports) == 60
    assert reports["published"].nunique() > 20
    assert reports["outlet"].nunique() > 5
    assert CRIMEA.key in places
    assert len(places) > 5
