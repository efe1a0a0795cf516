"""One open store: cursors for its readers and its writer, and when the file is held."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from store.errors import StoreError
from store.opening import opened
from store.transaction import transaction
from store.translated import translated

_LONG_PATIENCE: Final = 60.0
"""Seconds that a brief connection waits for its next turn."""


class Connection:
    """One open store, shared by the threads of one process.

    DuckDB's connections may not be used by two threads at once: every use takes a cursor of its own, which sees all
    that was committed before it; writers wait for each other.

    DuckDB lets either one process have a file for writing or several for reading. A ``brief`` connection therefore has
    the file only while it is used, so that a long job keeps nobody out while it reads reports.
    """

    def __init__(self, path: Path, *, read_only: bool, brief: bool = False, patience: float | None = None) -> None:
        self.path = path
        self.read_only = read_only
        # A long job does not give its work up because others are busy with the store for a while.
        self._patience = _LONG_PATIENCE if patience is None else patience
        self._lock = threading.RLock()
        self._root: duckdb.DuckDBPyConnection | None = opened(path, read_only=read_only, patience=patience)
        self._brief = brief
        if brief:
            self._let_go()

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for questions; closed afterwards."""
        with translated(self.path), self._using(read_only=True) as root:
            with self._lock:
                cursor = root.cursor()
            try:
                yield cursor
            finally:
                cursor.close()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside one transaction: all of it is kept, or none when anything is raised."""
        with self._lock, self.held(), self.reading() as cursor, transaction(cursor):
            yield cursor

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep a brief connection's file for several uses; others wait meanwhile."""
        with self._using(read_only=self.read_only):
            yield

    def close(self) -> None:
        """Write everything out and let go of the file."""
        with self._lock:
            self._brief = False
            self._let_go()

    @contextmanager
    def _using(self, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        if not self._brief:
            yield self._held_root()
            return
        with self._lock:
            if self._root:
                yield self._root
                return
            self._root = opened(self.path, read_only=read_only or self.read_only, patience=self._patience)
            try:
                yield self._root
            finally:
                self._let_go()

    def _held_root(self) -> duckdb.DuckDBPyConnection:
        if self._root is None:
            raise StoreError("The store {path} was closed already; open it again.", path=self.path)
        return self._root

    def _let_go(self) -> None:
        if self._root:
            self._root.close()
        self._root = None
