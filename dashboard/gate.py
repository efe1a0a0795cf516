"""One door to a store within this process: many readers at a time, or one writer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """DuckDB opens a file for reading or for writing, not both: threads of one process take turns here.

    A writer that waits goes before readers that come later, so that it is not kept out by a stream of them. A thread
    that reads already may begin to read again, but not to write.
    """

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._reading: dict[int, int] = {}
        self._waiting = 0
        self._writer = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read; waits while somebody writes."""
        me = threading.get_ident()
        with self._turn:
            if me not in self._reading:
                self._turn.wait_for(lambda: not self._writer and not self._waiting)
            self._reading[me] = self._reading.get(me, 0) + 1
        try:
            yield
        finally:
            with self._turn:
                self._reading[me] -= 1
                if not self._reading[me]:
                    del self._reading[me]
                self._turn.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write alone; waits for those who read or write."""
        with self._turn:
            self._waiting += 1
            try:
                self._turn.wait_for(lambda: not self._writer and not self._reading)
                self._writer = True
            finally:
                self._waiting -= 1
        try:
            yield
        finally:
            with self._turn:
                self._writer = False
                self._turn.notify_all()
