"""Opening the file: waiting for whoever holds it, bringing an older store up to date after a back-up."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import duckdb

from store import backups
from store.errors import MigrationError, MissingStoreError, StoreError, StoreLockedError
from store.making import make
from store.migrations import Migration, applied, missing_steps, run_steps
from store.translated import translated

PATIENCE: Final = 5.0
"""Seconds to wait for another process that holds the file: those of this project hold it for parts of a second."""

_PAUSE: Final = 0.03
_ATTEMPTS: Final = 5

# Nothing in a store may make the engine read another file or fetch an extension from the network.
_CONFIG: Final = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def opened(path: Path, *, read_only: bool, patience: float | None = None) -> duckdb.DuckDBPyConnection:
    """The store at ``path``, up to date; a new one is made, with its folder, unless ``read_only``.

    :param patience: seconds to wait while another process holds the file; None: :data:`PATIENCE`.
    :raises StoreError: when it is locked, damaged, not a store, too new, or not there to be read.
    """
    patience = PATIENCE if patience is None else patience
    _prepare(path, read_only=read_only)
    if not path.exists():
        _make(path)
    for _ in range(_ATTEMPTS):
        root = _connected(path, read_only=read_only, patience=patience)
        with ExitStack() as closing, translated(path):
            closing.callback(root.close)
            missing = missing_steps(root, where=str(path), read_only=read_only)
            is_new = bool(missing) and not applied(root, where=str(path))
            if is_new:
                run_steps(root, missing)  # nothing is lost when it fails
            if is_new or not missing:
                closing.pop_all()
                return root
            root.execute("CHECKPOINT")  # so that the one file holds everything
        if upgraded := _upgraded(path, missing, patience):
            return upgraded
    raise StoreLockedError(
        "The store {path} needs to be brought up to date, and another process keeps changing it. Close "
        "the dashboard and the other commands, and try again.",
        path=path,
    )


def _upgraded(path: Path, missing: list[Migration], patience: float) -> duckdb.DuckDBPyConnection | None:
    """The closed store with its missing steps, after a back-up; None when somebody changed the file meanwhile."""
    before = _state(path)
    backup = backups.back_up(path, missing[0].step)
    root = _connected(path, read_only=False, patience=patience)
    with ExitStack() as closing:
        closing.callback(root.close)
        if _state(path) != before:
            return None
        try:
            run_steps(root, missing)
        except duckdb.Error as error:
            first = str(error).partition("\n")[0]
            raise MigrationError(
                "The store {path} could not be brought up to date ({problem}). It is as it was before; a back-up "
                "lies at {backup}. Use the version of Claim Atlas that wrote it, or set CLAIM_ATLAS_STORE to "
                "another file.",
                path=path,
                problem=first,
                backup=backup,
            ) from error
        closing.pop_all()
    return root


def _state(path: Path) -> tuple[int, ...]:
    """What differs once anybody has written the file, or left a write-ahead log beside it."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns, path.with_name(path.name + ".wal").exists()


def _prepare(path: Path, *, read_only: bool) -> None:
    if path.is_dir():
        raise StoreError("The store's path {path} is a folder. Set CLAIM_ATLAS_STORE to a file in it.", path=path)
    if read_only and not path.exists():
        raise MissingStoreError("There is no store at {path} yet. Ingest a report first.", path=path)
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
            _clear_empty(path)
    except OSError as error:
        raise _unmakeable(path, error) from error


def _make(path: Path) -> None:
    try:
        with translated(path):
            make(path)
    except OSError as error:
        raise _unmakeable(path, error) from error


def _unmakeable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        "The store {path} cannot be made: {problem}. Set CLAIM_ATLAS_STORE.", path=path, problem=error.strerror
    )


def _clear_empty(path: Path) -> None:
    """DuckDB refuses a file of no bytes, which is what a full disk or a mktemp leaves behind."""
    if path.is_file() and path.stat().st_size == 0:
        path.unlink()


def _connected(path: Path, *, read_only: bool, patience: float) -> duckdb.DuckDBPyConnection:
    """The file as DuckDB opens it, as soon as no other process keeps it from that."""
    until = time.monotonic() + patience
    while True:
        try:
            with translated(path):
                return duckdb.connect(str(path), read_only=read_only, config=dict(_CONFIG))
        except StoreLockedError:
            if time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)
