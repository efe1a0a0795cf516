"""Processes of a test's own, forked from one that has imported everything: each costs a moment, not a second."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from extract.model import Report
from pipeline import storing
from pipeline.command_line import main
from pipeline.run import Annotation, Engine
from store.claims import ClaimStore
from tests.pipeline.fakes import fake_engine

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["tests.pipeline.crash_child", "tests.pipeline.processes"])


@dataclass
class Holder:
    """A process that has a store open, or writes to it."""

    process: ForkServerProcess
    said: Connection

    @property
    def pid(self) -> int | None:
        return self.process.pid

    def let_go(self) -> None:
        """Tell it to go on, and do not wait for that."""
        self.said.send("enough")

    def end(self) -> None:
        """Wait until it has closed the store and ended."""
        self.let_go()
        self.process.join()


@contextmanager
def holding(store: Path, way: str) -> Iterator[Holder]:
    """A process that has ``store`` open for "reading" or "writing", at the longest until the block ends."""
    with _begun(_hold, store, way) as holder:
        yield holder


@contextmanager
def ingesting(store: Path, reports: Path, *, pause_at: int | None = None) -> Iterator[Holder]:
    """The command ``ingest``, which takes its time over each report and writes what it has a few times a second.

    :param pause_at: the number of the report at which it waits until it is told to go on.
    """
    with _begun(_ingest, store, reports, pause_at) as holder:
        yield holder


@contextmanager
def _begun(work: Callable[..., None], *words: object) -> Iterator[Holder]:
    here, there = FORKED.Pipe()
    holder = Holder(FORKED.Process(target=work, args=(*words, there)), here)
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


class Slow:
    """Takes its time over each report."""

    def __init__(self, pause_at: int | None, told: Connection) -> None:
        self._pause_at, self._told, self._read = pause_at, told, 0

    def annotate(self, report: Report) -> Annotation:
        if self._read == self._pause_at:
            self._told.recv()
        self._read += 1
        time.sleep(0.02)
        return fake_engine().annotate(report)


def _ingest(store: Path, reports: Path, pause_at: int | None, told: Connection) -> None:
    os.environ["CLAIM_ATLAS_STORE"] = str(store)
    storing.SECONDS = 0.2  # type: ignore[misc]
    Engine.load = lambda settings: Slow(pause_at, told)  # type: ignore[assignment,method-assign,misc,return-value]
    told.send("open")
    sys.exit(main(["ingest", "--jobs", "1", str(reports)]))


def readers_below(pid: int) -> list[int]:
    """The processes below ``pid`` that another one started to read reports for it."""
    children = [int(n) for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()]
    own = [child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    return [*own, *(reader for child in children for reader in readers_below(child))]


def goes_on(pid: int) -> bool:
    """False for a process that has ended, whether or not somebody has taken note of it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
