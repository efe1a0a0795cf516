"""DuckDB's errors as messages with a way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from errors import Worded
from store import backups
from store.errors import StoreDamagedError, StoreError, StoreLockedError, UnstorableError

_DAMAGE: Final = re.compile(r"not a valid DuckDB|corrupt|checksum|could not read enough bytes|serializ", re.I)
_INTERRUPTED: Final = "Query interrupted"
"""All that DuckDB says when Ctrl-C ends a query and Python hears of it first: no error of its own kind, then."""
_PROCESS: Final = re.compile(r"\(PID (\d+)\)")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Whatever DuckDB raises inside becomes a StoreError that names the file; Ctrl-C stays Ctrl-C."""
    try:
        yield
    except (duckdb.Error, RuntimeError) as error:
        if _is_interruption(error):
            raise KeyboardInterrupt from error
        if isinstance(error, duckdb.Error):
            raise _as_store_error(error, path) from error
        raise


def _is_interruption(error: BaseException) -> bool:
    """True for what Ctrl-C raises in DuckDB, and for what fails because of it, such as the undoing of a transaction."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, KeyboardInterrupt | duckdb.InterruptException) or str(found) == _INTERRUPTED:
            return True
        found = found.__cause__ or found.__context__
    return False


def _as_store_error(error: duckdb.Error, path: Path) -> StoreError:
    words = str(error)
    first = words.splitlines()[0] if words else type(error).__name__
    if "lock on file" in words:
        process = _PROCESS.search(words)
        who = Worded("process {number}", number=process.group(1)) if process else Worded("another process")
        return StoreLockedError(
            "The store {path} is in use by {who}; only one process at a time can write it, and none can read "
            "it then. Close the dashboard or the other command and try again, or set CLAIM_ATLAS_STORE to "
            "another file.",
            path=path,
            who=who,
        )
    if "different configuration" in words:
        return StoreLockedError(
            "The store {path} is open in this process already, for reading or for writing only; close that first.",
            path=path,
        )
    if _DAMAGE.search(words):
        return _damaged(path, first)
    if "cannot encode str as UTF-8" in words or isinstance(error, duckdb.ConversionException):
        return UnstorableError(
            "The store {path} cannot hold this value: {problem}. Nothing was written.", path=path, problem=first
        )
    if isinstance(error, duckdb.IOException):
        return StoreError(
            "The store {path} cannot be opened or written: {problem}. Check the path and its permissions.",
            path=path,
            problem=first,
        )
    return StoreError("The store {path} could not answer: {problem}", path=path, problem=first)


def _damaged(path: Path, problem: str) -> StoreDamagedError:
    found = backups.beside(path)
    if not found:
        return StoreDamagedError(
            "The store {path} is damaged or no store of Claim Atlas ({problem}). Put a back-up in its place, or move "
            "the file away: a new one is made and the reports can be ingested again.",
            path=path,
            problem=problem,
        )
    return StoreDamagedError(
        "The store {path} is damaged or no store of Claim Atlas ({problem}). Put a back-up in its place (the newest "
        "beside it: {backup}), or move the file away: a new one is made and the reports can be ingested again.",
        path=path,
        problem=problem,
        backup=found[0].name,
    )
