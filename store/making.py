"""A new store: it appears at its path whole, or not at all, however the process that makes it ends."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

import duckdb

from store import migrations
from store.migrations import run_steps

_MARK: Final = ".making-"
_ABANDONED: Final = 600.0
"""Seconds after which a draft belongs to nobody any more: making a store takes parts of one."""


def make(path: Path) -> None:
    """Make an empty store at ``path``, unless somebody else does so meanwhile; then theirs is left as it is.

    DuckDB writes a new file in several steps, and one that was killed between them leaves a file that nobody can open.
    The store is therefore made in a folder beside ``path`` and linked to its place when it is complete.

    :raises duckdb.Error, OSError: when it cannot be made there.
    """
    _sweep(path)
    with tempfile.TemporaryDirectory(prefix=path.name + _MARK, dir=path.parent) as folder:
        draft = Path(folder) / path.name
        with duckdb.connect(str(draft)) as root:
            run_steps(root, list(migrations.MIGRATIONS))  # a new file has had none
        _place(draft, path)


def _place(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # unlike a rename, it never replaces what is there
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            draft.rename(path)


def _sweep(path: Path) -> None:
    """Remove the drafts of processes that were killed."""
    for draft in path.parent.glob(f"{path.name}{_MARK}*"):
        if time.time() - draft.stat().st_mtime > _ABANDONED:
            shutil.rmtree(draft, ignore_errors=True)
