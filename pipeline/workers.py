"""Processes that read reports for the threads of this one: a process for each thread, replaced when it is ended.

A process is told of one report at a time, so that it is known which one it was when the system ends it. When this
process goes, however it goes, those that it started end with it, whatever they are doing.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

from errors import ClaimAtlasError, UnforeseenError, Worded, foreseen
from extract.model import Report
from pipeline.annotating import Annotates, annotated
from pipeline.outcomes import Rejected
from pipeline.run import Annotation
from pipeline.settings import one_thread

# A new interpreter for each process: a copy of this one would share the store's file and threads.
_SPAWN: Final = multiprocessing.get_context("spawn")
_GONE: Final = (EOFError, OSError)
"""What a pipe raises when nobody is at its other end."""


class CrewError(ClaimAtlasError):
    """A process that reads reports cannot be had."""


@dataclass(frozen=True, slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection

    def read(self, report: Report) -> Annotation | Rejected:
        self.pipe.send_bytes(pickle.dumps(report))
        outcome: Annotation | Rejected = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - written by our own process
        return outcome

    def end(self) -> int | None:
        """End the process; the code it ended with."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        return self.process.exitcode


class Workers:
    """A process for every thread that reads; ``make`` gives it its engine."""

    def __init__(self, make: Callable[[], Annotates]) -> None:
        self._make = make
        self._mine = threading.local()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._ended = False

    def read(self, report: Report) -> Annotation | Rejected:
        """One report read by the process of this thread, or set aside with the reason.

        :raises CrewError: when there is no process to read it.
        """
        worker: _Worker = getattr(self._mine, "worker", None) or self._start()
        self._mine.worker = worker
        try:
            return worker.read(report)
        except _GONE:
            self._mine.worker = None
            return Rejected(report.id or report.sha256, _lost(self._drop(worker)))

    def end(self) -> None:
        """End all processes, whatever they are doing; no further one is started."""
        with self._lock:
            self._ended = True
        for worker in list(self._all):
            worker.process.kill()
        for worker in list(self._all):
            worker.process.join()

    def _start(self) -> _Worker:
        with self._lock:
            if self._ended:
                raise CrewError("Reading was broken off.")
            worker = _started(self._make)
            self._all.add(worker)
        try:
            problem: str | None = pickle.loads(worker.pipe.recv_bytes())  # noqa: S301 - written by our own process
        except _GONE as error:
            self._drop(worker)
            raise CrewError(
                "A process that reads reports was ended before it could begin, perhaps for want of memory. What was "
                "read before is kept. Try again with less running beside it; on the command line, with fewer --jobs."
            ) from error
        if problem:
            raise CrewError(problem)
        return worker

    def _drop(self, worker: _Worker) -> int | None:
        with self._lock:
            self._all.discard(worker)
        return worker.end()


def _lost(code: int | None) -> Worded:
    if code is not None and code < 0:
        how = Worded("the process that read it was ended by signal {signal}", signal=str(-code))
    else:
        how = Worded("the process that read it ended with code {code}", code=str(code))
    return Worded(
        "{how}, perhaps for want of memory. Give it again alone; on the command line, with fewer --jobs.", how=how
    )


def _started(make: Callable[[], Annotates]) -> _Worker:
    here, there = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(there, make), daemon=True)
    # Ctrl-C goes to every process of the terminal, from the first moment of each; this one ends the others in order.
    # What a thread holds off, the processes it starts hold off; the thread itself has no use for signals either.
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # which would let it through again once it has been started
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process.start()
    there.close()
    return _Worker(process, here)


def _serve(pipe: Connection, make: Callable[[], Annotates]) -> None:
    """Say that the engine is there, or why not; then read what is sent until nobody sends any more."""
    _end_with_parent()
    one_thread()
    with suppress(*_GONE):
        try:
            engine = make()
        except ClaimAtlasError as error:
            pipe.send_bytes(pickle.dumps(str(error)))
            return
        pipe.send_bytes(pickle.dumps(None))
        while True:
            report: Report = pickle.loads(pipe.recv_bytes())  # noqa: S301 - written by the process that started this one
            pipe.send_bytes(_outcome(report, engine))


def _end_with_parent() -> None:
    """Have the system end this process with the one that started it, whatever it is doing then: nobody waits for the
    report any longer, and a hostile one may take minutes.
    """
    if (parent := multiprocessing.parent_process()) and hasattr(os, "O_ASYNC"):
        import fcntl  # noqa: PLC0415 - where signals of this kind are

        # The pipe to it, once closed, raises SIGIO, which ends a process that does not look out for it.
        fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, fcntl.fcntl(parent.sentinel, fcntl.F_GETFL) | os.O_ASYNC)


def _outcome(report: Report, engine: Annotates) -> bytes:
    try:
        with foreseen():
            return pickle.dumps(annotated(report, engine))
    except UnforeseenError as error:
        return pickle.dumps(Rejected(report.id or report.sha256, str(error)))
