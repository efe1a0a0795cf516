"""Uploads as files for as long as they are read: in a folder that goes when its job is done or the server ends.

A server that is killed can clean nothing up. Each folder therefore holds a file that its server keeps locked, and the
system unlocks it whatever ends the server: the next one removes what nobody holds any longer.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # a system without such locks: folders are removed by their own server alone
    fcntl = None  # type: ignore[assignment]

_PREFIX: Final = "claim-atlas-"
_LOCK: Final = ".held"
_SETTLED: Final = 60.0
"""Seconds after which a folder that nobody holds is nobody's: a new one is locked a moment after it is made."""

_open: Final[set[Path]] = set()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of one's own, removed with all in it on the way out."""
    path = Path(tempfile.mkdtemp(prefix=_PREFIX))
    _open.add(path)
    try:
        with (path / _LOCK).open("wb") as held:
            if fcntl:
                fcntl.flock(held, fcntl.LOCK_EX)
            yield path
    finally:
        _open.discard(path)
        shutil.rmtree(path, ignore_errors=True)


def clear() -> None:
    """Remove the folders of this process, whoever uses them: it is ending."""
    for path in list(_open):
        shutil.rmtree(path, ignore_errors=True)


def sweep() -> None:
    """Remove the folders of this user's servers that were killed."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # it has gone meanwhile
            if _is_ours(path) and not _is_held(path):
                shutil.rmtree(path, ignore_errors=True)


def _is_ours(path: Path) -> bool:
    """True for a folder, no link to one, that this user has made some time ago."""
    found = path.lstat()
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return mine and path.is_dir() and not path.is_symlink() and time.time() - found.st_mtime > _SETTLED


def _is_held(path: Path) -> bool:
    lock = path / _LOCK
    if not lock.exists():
        return False  # of an earlier version, or ended the moment it was made
    if fcntl is None:
        return True
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
