"""All of it, or none: what is undone when anything is raised, an interruption included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import duckdb


@contextmanager
def transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What is written inside is kept when nothing is raised, and none of it otherwise."""
    cursor.begin()
    with ExitStack() as undo:
        undo.callback(cursor.rollback)
        yield
        cursor.commit()
        undo.pop_all()
