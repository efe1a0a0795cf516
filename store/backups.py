"""Copies of a store beside it, made before a migration: ``<store>.before-step-N``, and ``.2``, ``.3`` … after that.

None is ever overwritten or deleted here.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from itertools import count
from pathlib import Path
from typing import Final

from store.errors import StoreError

_MARK: Final = ".before-step-"


def beside(store: Path) -> list[Path]:
    """The back-ups of a store, newest first."""
    found = [path for path in store.parent.glob(f"{_escaped(store.name)}{_MARK}*") if path.is_file()]
    whole = [path for path in found if path.suffix != _PART and path.stat().st_size]
    return sorted(whole, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def back_up(store: Path, step: int) -> Path:
    """Copy a closed store; where the copy is. One that is the same to the byte already is not made again.

    :raises StoreError: when there is no room, or the folder cannot be written.
    """
    name = f"{store.name}{_MARK}{step}"
    try:
        for earlier in beside(store):
            if earlier.name.startswith(name) and filecmp.cmp(earlier, store, shallow=False):
                return earlier
        return _copied(store, _free_name(store.with_name(name)))
    except OSError as error:
        raise StoreError(
            "The store {store} needs to be brought up to date, and no back-up of it can be made beside it "
            "({problem}). Make room for {size} bytes there; nothing was changed.",
            store=store,
            problem=error.strerror,
            size=store.stat().st_size,
        ) from error


_PART: Final = ".part"


def _copied(store: Path, target: Path) -> Path:
    """A copy appears under its name only when it is whole and on the disk."""
    part = target.with_name(target.name + _PART)
    try:
        with store.open("rb") as source, part.open("wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _free_name(path: Path) -> Path:
    """The first name that no file has: ``path``, then with ``.2``, ``.3`` …"""
    names = (path if n == 1 else path.with_name(f"{path.name}.{n}") for n in count(1))
    return next(name for name in names if not name.exists())


def _escaped(name: str) -> str:
    """A file name as a pattern that fits it alone."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
