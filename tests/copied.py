"""Stores that tests begin with, as copies of one that was made once: a new store costs several times what a copy does.

How a store is made, migrated and filled is what ``tests/store`` asks; every other test only needs one to be there.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from store.claims import ClaimStore

Filling = Callable[[ClaimStore], None]


def blank(path: Path) -> Path:
    """Put a store at ``path`` that holds nothing."""
    return filled(path, _with_nothing)


def filled(path: Path, filling: Filling) -> Path:
    """Put a store at ``path`` that holds what ``filling`` adds, at once and whole, as a new store appears."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.copying")
    beside.write_bytes(_file(filling))
    beside.replace(path)
    return path


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A copy of the store that ``make`` puts at a path: one worker makes it, the others wait for that."""
    base = folders.getbasetemp()
    original = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"{name}.duckdb"
    with original.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            make(path := folders.mktemp(f"making-{name}") / "claims.duckdb")
            path.replace(original)
    copy = folders.mktemp(name) / "claims.duckdb"
    copy.write_bytes(original.read_bytes())
    return copy


@cache
def _file(filling: Filling) -> bytes:
    """The file of a store that has been filled and closed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.duckdb"
        with ClaimStore.open(path) as store:
            filling(store)
        assert [file.name for file in Path(folder).iterdir()] == [path.name], "the one file holds everything"
        return path.read_bytes()


def _with_nothing(_: ClaimStore) -> None:
    """A store as it is made."""
