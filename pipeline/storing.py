"""What was read goes into the store several reports at a time, so that the file is held for moments only.

A long job shares the store with the dashboard and other commands: it opens it briefly (``ClaimStore.open(…,
brief=True)``), and keeps what it has read for two seconds before it writes. A report is told as done once it is
written.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from errors import ClaimAtlasError, foreseen
from pipeline.outcomes import Rejected, Stored
from pipeline.run import Annotation
from store.claims import ClaimStore
from store.errors import UnstorableError

SECONDS: Final = 2.0
MOST: Final = 50
"""After so many seconds, or with so many reports, what waits is written: every turn costs about as much as it takes to
read a report, however few it writes."""

_Done = TypeVar("_Done")
_Other = TypeVar("_Other")


def stored(
    items: Iterable[Annotation | Stored | Rejected], store: ClaimStore, *, sample: bool = False
) -> Iterator[Stored | Rejected]:
    """Add what was read, a few reports in one transaction; what is no annotation is passed on at once."""
    return in_turns(items, lambda waiting: _added(waiting, store, sample=sample))


def in_turns(
    items: Iterable[Annotation | _Other], write: Callable[[list[Annotation]], Iterable[_Done]]
) -> Iterator[_Done | _Other]:
    """Let annotations wait, and hand them to ``write`` together; what is none is passed on at once.

    What waits when the user interrupts, or when reading cannot go on, is still written.
    """
    waiting: list[Annotation] = []
    written = time.monotonic()
    try:
        for item in items:
            if not isinstance(item, Annotation):
                yield item
                continue
            waiting.append(item)
            if len(waiting) >= MOST or time.monotonic() - written >= SECONDS:
                batch, waiting = waiting, []
                yield from _written(batch, write)
                written = time.monotonic()
    except (KeyboardInterrupt, ClaimAtlasError):
        list(write(waiting))
        raise
    yield from write(waiting)


def _written(batch: list[Annotation], write: Callable[[list[Annotation]], Iterable[_Done]]) -> list[_Done]:
    try:
        return list(write(batch))
    except KeyboardInterrupt:
        list(write(batch))  # what was undone by it took longer to read than it takes to write
        raise


def _added(waiting: list[Annotation], store: ClaimStore, *, sample: bool) -> list[Stored | Rejected]:
    if not waiting:
        return []
    try:
        with foreseen(UnstorableError):
            rows = [annotation.to_rows(sample=sample) for annotation in waiting]
            new = store.add_many(rows, waiting[0].reading)
    except UnstorableError as error:
        if len(waiting) == 1:
            return [Rejected(name_of(waiting[0]), str(error))]
        with store.held():  # one of them cannot be kept: find out which
            return [outcome for annotation in waiting for outcome in _added([annotation], store, sample=sample)]
    return [
        Stored(annotation.report, new=is_new, claims=len(claims))
        for annotation, is_new, (_, claims, _) in zip(waiting, new, rows, strict=True)
    ]


def name_of(annotation: Annotation) -> str:
    """What a report that is set aside is called."""
    return annotation.report.id or annotation.report.sha256
