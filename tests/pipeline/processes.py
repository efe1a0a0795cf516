"""Processes of a test's own, forked from one that has imported everything: each costs a moment, not a second."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from store.claims import ClaimStore

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["tests.pipeline.crash_child", "tests.pipeline.processes"])


@dataclass
class Holder:
    """A process that has a store open."""

    process: ForkServerProcess
    said: Connection

    @property
    def pid(self) -> int | None:
        return self.process.pid

    def let_go(self) -> None:
        """Tell it to close the store, and do not wait for that."""
        self.said.send("enough")

    def end(self) -> None:
        """Wait until it has closed the store and ended."""
        self.let_go()
        self.process.join()


@contextmanager
def holding(store: Path, way: str) -> Iterator[Holder]:
    """A process that has ``store`` open for "reading" or "writing", at the longest until the block ends."""
    here, there = FORKED.Pipe()
    holder = Holder(FORKED.Process(target=_hold, args=(store, way, there)), here)
    holder.process.start()
    there.close()
    try:
        assert here.recv() == "open"
        yield holder
    finally:
        holder.process.kill()
        holder.process.join()
        here.close()


def _hold(store: Path, way: str, told: Connection) -> None:
    with ClaimStore.open(store, read_only=way == "reading"):
        told.send("open")
        told.recv()
