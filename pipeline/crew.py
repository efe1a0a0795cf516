"""Reports read by several processes beside each other, each with an engine of its own; the order stays that given.

Processes are worth their start only when there is much to read: the first reports are read here, the processes start
with those that come after. However many reports there are, only a few for each process are under way at once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final, TypeVar

from errors import ClaimAtlasError
from extract.model import Report
from pipeline.batch import Annotates, Rejected, annotated
from pipeline.run import Annotation

FEW: Final = 12
"""Reports that are read before further processes start: what they take to start is about the time of so many."""
_AHEAD: Final = 3
"""Reports under way for each process, so that none waits for a long report of another."""

Other = TypeVar("Other")


class CrewError(ClaimAtlasError):
    """A process that reads reports came to an end by itself."""


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew:
    """``jobs`` processes, each with what ``make`` gives it; ``make`` is a function that another process can import."""

    def __init__(self, make: Callable[[], Annotates], *, jobs: int, few: int = FEW) -> None:
        self._make, self._jobs, self._few = make, jobs, few
        self._engine: Annotates | None = None

    def annotate_many(self, items: Iterable[Report | Other]) -> Iterator[Annotation | Rejected | Other]:
        """Annotate the reports among ``items``, in order; everything else is passed on in its place.

        :raises CrewError: when a process was ended from outside; what was given back before is whole.
        """
        rest = iter(items)
        for read, item in enumerate(rest, start=1):
            yield self._here(item) if isinstance(item, Report) else item
            if self._jobs > 1 and read >= self._few:
                yield from self._beside(rest)

    def _here(self, report: Report) -> Annotation | Rejected:
        self._engine = self._engine or self._make()
        return annotated(report, self._engine)

    def _beside(self, items: Iterator[Report | Other]) -> Iterator[Annotation | Rejected | Other]:
        """As :meth:`annotate_many`, by the processes, which start with the first report."""
        waiting: deque[Future[Annotation | Rejected] | Other] = deque()
        with _pool(self._make, self._jobs) as pool:
            for item in items:
                waiting.append(pool.submit(_read, item) if isinstance(item, Report) else item)
                while waiting and (_is_ready(waiting[0]) or len(waiting) > _AHEAD * self._jobs):
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())


@contextmanager
def _pool(make: Callable[[], Annotates], jobs: int) -> Iterator[ProcessPoolExecutor]:
    # A new interpreter for each process: a copy of this one would share the store's file and threads.
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_start, initargs=(make,))
    try:
        yield pool
    except BrokenProcessPool as error:
        raise CrewError(
            "A process that reads reports was ended, perhaps for want of memory. What was read before is kept; "
            "run the command again, with fewer --jobs."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _is_ready(item: Future[Annotation | Rejected] | Other) -> bool:
    return item.done() if isinstance(item, Future) else True


def _result(item: Future[Annotation | Rejected] | Other) -> Annotation | Rejected | Other:
    return item.result() if isinstance(item, Future) else item


_engines: list[Annotates] = []
"""The engine of this process, once it has been started to read reports."""


def _start(make: Callable[[], Annotates]) -> None:
    """Ctrl-C goes to every process of the terminal, and the one that gives out reports ends the others in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _engines.append(make())


def _read(report: Report) -> Annotation | Rejected:
    return annotated(report, _engines[0])
