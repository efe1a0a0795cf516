"""A new store appears whole or not at all, whatever ends the process that makes it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from store import making
from store.claims import ClaimStore
from store.errors import StoreError
from tests.store.claim_rows import a_report


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "claims.duckdb"


def test_a_start_that_breaks_off_leaves_no_file_in_the_way(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(*_: object) -> None:
        raise duckdb.Error("the power is gone")

    with monkeypatch.context() as broken:
        broken.setattr(making, "run_steps", torn)
        with pytest.raises(StoreError, match="power is gone"):
            ClaimStore.open(where)
    assert list(where.parent.iterdir()) == []
    with ClaimStore.open(where) as store:
        assert store.is_empty()


def test_of_two_starts_at_once_the_first_ones_store_stays(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = making.run_steps

    def overtaken(*arguments: object) -> None:
        steps(*arguments)  # type: ignore[arg-type]
        monkeypatch.setattr(making, "run_steps", steps)
        with ClaimStore.open(where) as first:
            first.add(a_report(), [], [])

    monkeypatch.setattr(making, "run_steps", overtaken)
    with ClaimStore.open(where) as second:
        assert second.report_ids() == [a_report().id]


def no_links(*_: object, **__: object) -> None:
    raise PermissionError("no links here")


@pytest.mark.parametrize("link", [os.link, no_links])
def test_a_store_is_made_with_and_without_links(
    where: Path, link: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", link)
    with ClaimStore.open(where) as store:
        assert store.is_empty()
    assert [path.name for path in where.parent.iterdir()] == [where.name]


def test_the_draft_of_a_killed_process_is_swept_away_and_that_of_a_living_one_is_not(where: Path) -> None:
    old, new = (where.with_name(f"{where.name}.making-{name}") for name in ("old", "new"))
    for draft in (old, new):
        draft.mkdir()
    hour_ago = time.time() - 3600
    os.utime(old, (hour_ago, hour_ago))
    ClaimStore.open(where).close()
    assert (old.exists(), new.exists()) == (False, True)
