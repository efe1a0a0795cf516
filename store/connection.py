"""Opening the file, and turning DuckDB's errors into messages with a way out."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from store.errors import MissingStoreError, StoreDamagedError, StoreError, StoreLockedError, UnstorableError
from store.migrations import migrate

# Nothing in a store may make the engine read another file or fetch an extension from the network.
_CONFIG: Final = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_DAMAGE = re.compile(r"not a valid DuckDB|corrupt|checksum|could not read enough bytes|serializ", re.I)
_PROCESS = re.compile(r"\(PID (\d+)\)")


class Connection:
    """One open store, shared by the threads of one process.

    DuckDB's connections may not be used by two threads at once: every use takes a cursor of its own, which sees all
    that was committed before it; writers wait for each other.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._lock = threading.RLock()
        self._root = _connect(path, read_only=read_only)
        try:
            with _translated(path):
                migrate(self._root, where=str(path), read_only=read_only)
        except StoreError:
            self._root.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for questions; closed afterwards."""
        with _translated(self.path):
            with self._lock:
                cursor = self._root.cursor()
            try:
                yield cursor
            finally:
                cursor.close()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside one transaction: all of it is kept, or none when anything is raised."""
        with self._lock, self.reading() as cursor:
            cursor.begin()
            try:
                yield cursor
                cursor.commit()
            except BaseException:
                cursor.rollback()
                raise

    def close(self) -> None:
        """Write everything out and let go of the file."""
        with self._lock:
            self._root.close()


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    if path.is_dir():
        raise StoreError(f"The store's path {path} is a folder. Set CLAIM_ATLAS_STORE to a file in it.")
    if read_only and not path.exists():
        raise MissingStoreError(f"There is no store at {path} yet. Ingest a report first.")
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
            _clear_empty(path)
    except OSError as error:
        raise StoreError(f"The store {path} cannot be made: {error.strerror}. Set CLAIM_ATLAS_STORE.") from error
    with _translated(path):
        return duckdb.connect(str(path), read_only=read_only, config=dict(_CONFIG))


def _clear_empty(path: Path) -> None:
    """DuckDB refuses a file of no bytes, which is what a full disk or a mktemp leaves behind."""
    if path.is_file() and path.stat().st_size == 0:
        path.unlink()


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise _as_store_error(error, path) from error


def _as_store_error(error: duckdb.Error, path: Path) -> StoreError:
    words = str(error)
    first = words.splitlines()[0] if words else type(error).__name__
    if "lock on file" in words:
        process = _PROCESS.search(words)
        who = f"process {process.group(1)}" if process else "another process"
        return StoreLockedError(
            f"The store {path} is in use by {who}; only one process at a time can have it open. Close the dashboard or "
            "the other command and try again, or set CLAIM_ATLAS_STORE to another file."
        )
    if "different configuration" in words:
        return StoreLockedError(
            f"The store {path} is open in this process already, for reading or for writing only; close that first."
        )
    if _DAMAGE.search(words):
        return StoreDamagedError(
            f"The store {path} is damaged or no store of Claim Atlas ({first}). Put a back-up in its place, or move "
            "the file away: a new one is made and the reports can be ingested again."
        )
    if "cannot encode str as UTF-8" in words or isinstance(error, duckdb.ConversionException):
        return UnstorableError(f"The store {path} cannot hold this value: {first}. Nothing was written.")
    if isinstance(error, duckdb.IOException):
        return StoreError(f"The store {path} cannot be opened or written: {first}. Check the path and its permissions.")
    return StoreError(f"The store {path} could not answer: {first}")
