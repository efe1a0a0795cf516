"""Reports read by several processes beside each other, each with an engine of its own; the order stays that given.

Processes are worth their start only when there is much to read: the first reports are read here, the processes start
with those that come after. However many reports there are, only a few for each process are under way at once.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

from extract.model import Report
from pipeline.annotating import Annotates, annotated
from pipeline.outcomes import Rejected
from pipeline.run import Annotation
from pipeline.workers import Workers

FEW: Final = 12
"""Reports that are read before further processes start: what they take to start is about the time of so many."""
_AHEAD: Final = 3
"""Reports under way for each process, so that none waits for a long report of another."""

Other = TypeVar("Other")


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

        :raises CrewError: when no process can be had; what was given back before is whole.
        """
        rest = iter(items)
        for read, item in enumerate(rest, start=1):
            yield self._here(item) if isinstance(item, Report) else item
            if self._jobs > 1 and read >= self._few:
                yield from _beside(rest, self._make, jobs=self._jobs)

    def _here(self, report: Report) -> Annotation | Rejected:
        self._engine = self._engine or self._make()
        return annotated(report, self._engine)


class Apart:
    """Reads every report in another process, so that what ends it costs no more than the report it was reading."""

    def __init__(self, make: Callable[[], Annotates]) -> None:
        self._make = make

    def annotate_many(self, items: Iterable[Report | Other]) -> Iterator[Annotation | Rejected | Other]:
        """As :meth:`Crew.annotate_many`, with the first report already."""
        yield from _beside(items, self._make, jobs=1)


def _beside(
    items: Iterable[Report | Other], make: Callable[[], Annotates], *, jobs: int
) -> Iterator[Annotation | Rejected | Other]:
    """The items with their reports annotated by processes, which start with the first report."""
    waiting: deque[Future[Annotation | Rejected] | Other] = deque()
    with _read_by(Workers(make), jobs) as begin:
        for item in items:
            waiting.append(begin(item) if isinstance(item, Report) else item)
            while waiting and (_is_ready(waiting[0]) or len(waiting) > _AHEAD * jobs):
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


@contextmanager
def _read_by(workers: Workers, jobs: int) -> Iterator[Callable[[Report], Future[Annotation | Rejected]]]:
    """Begin to read a report. On the way out nothing is waited for: what is under way is read by nobody."""
    threads = ThreadPoolExecutor(jobs, thread_name_prefix="reads")
    try:
        yield lambda report: threads.submit(workers.read, report)
    finally:
        workers.end()
        threads.shutdown(cancel_futures=True)


def _is_ready(item: Future[Annotation | Rejected] | Other) -> bool:
    return item.done() if isinstance(item, Future) else True


def _result(item: Future[Annotation | Rejected] | Other) -> Annotation | Rejected | Other:
    return item.result() if isinstance(item, Future) else item
