"""A store on disk, empty or filled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from store.claims import ClaimStore
from tests import copied
from tests.store.claim_rows import BORDER, BRUSSELS, CRIMEA, a_count, a_report, a_statement


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "claims.duckdb"


@pytest.fixture
def store(path: Path) -> Iterator[ClaimStore]:
    with ClaimStore.open(copied.blank(path)) as opened:
        yield opened


@pytest.fixture
def filled(path: Path) -> Iterator[ClaimStore]:
    """Two dated reports and one undated: five claims by three claimants, one of them of two sides, one unplaced."""
    with ClaimStore.open(copied.filled(path, with_reports)) as opened:
        yield opened


def with_reports(store: ClaimStore) -> None:
    first, second = a_report("one"), a_report("two", published=date(2021, 4, 19))
    undated = a_report("three", published=None)
    store.add(
        first, [a_count(first, "c1", CRIMEA, BORDER), a_statement(first, "s1", BRUSSELS)], [CRIMEA, BORDER, BRUSSELS]
    )
    borrell = {"claimant": "Josep Borrell", "side": "European Union", "low_open": True}
    store.add(second, [a_count(second, "c2", CRIMEA, low=150_000, **borrell)], [CRIMEA])
    joint = {"claimant": "G7; European Union", "side": "G7; European Union", "mode": "demand"}
    dead = {"count_kind": "killed", "whose": None, "claimant": "reporter", "side": None, "unit": None}
    store.add(undated, [a_statement(undated, "s2", CRIMEA, **joint), a_count(undated, "c3", low=3, **dead)], [CRIMEA])
