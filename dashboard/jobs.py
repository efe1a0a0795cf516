"""Reports on their way into the store: each reader's hand-in in a thread of its own, beside the pages.

The thread only waits for the process that reads (:mod:`pipeline.beside`) and stores the outcome in small steps, so that
no reader waits for another's reports. A job lives in the server, not in a page: it goes on while its reader looks at
other pages, and is found again by its name.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, Literal, Protocol

from dashboard import uploads
from errors import ClaimAtlasError
from pipeline.batch import Rejected
from pipeline.intake import Again, Draft, Event, File, Found, Handed, Known, Order, with_facts
from store.claims import ClaimStore

Step = Literal["waiting", "reading", "ready", "storing", "stored", "stopped", "failed"]
BUSY: Final = frozenset({"waiting", "reading", "storing"})
AT_ONCE: Final = 2
"""Jobs that read at the same time; each needs a processor and the language model in memory."""
_MOST_JOBS: Final = 32
_SLICE: Final = 0.25
"""Seconds for which readers may be kept waiting while reports are stored."""
_TOGETHER: Final = 10
"""Reports of one transaction."""
_UNSAFE: Final = re.compile(r"[^\w .()-]")


class Reads(Protocol):
    """An order being read: :class:`pipeline.beside.Beside`."""

    def __iter__(self) -> Iterator[Event]:
        """What becomes of it."""

    def stop(self) -> None:
        """End it; any thread may say so."""


Opens = Callable[[], AbstractContextManager[ClaimStore]]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it; ``columns`` says which column of a table is what."""

    name: str
    raw: bytes
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Means:
    """What jobs work with: how an order is read, how the store is asked and written, and who may read at once."""

    begin: Callable[[Order], Reads]
    reading: Opens
    writing: Opens
    turns: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))


@dataclass(slots=True)
class Item:
    """A draft that its reader may complete: with the date at which it was read, and whether it is to be stored."""

    draft: Draft
    read_at: date | None
    wanted: bool = True


class Job:
    """One hand-in. The page looks at it whenever it likes; only its own thread moves it on."""

    def __init__(self, handed: Sequence[Handed | Upload], means: Means, *, at_once: bool = False) -> None:
        self.name: Final = secrets.token_urlsafe(16)
        self.step: Step = "waiting"
        self.found = 0
        self.items: list[Item] = []
        self.known: list[Known] = []
        self.rejected: list[Rejected] = []
        self.stored: list[Draft] = []
        self.reason = ""
        self.reviewed = 0
        """The item that is shown; the page keeps it here, so that it is still shown after a look elsewhere."""
        self._handed = handed
        self._means = means
        self._at_once = at_once
        self._reads: Reads | None = None
        self._stopping = threading.Event()

    # -- what the page does ------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start to read."""
        self._in_a_thread(self._read)

    def stop(self) -> None:
        """Leave off. Reports that are stored already stay so."""
        self._stopping.set()
        if reads := self._reads:
            reads.stop()

    def complete(self, index: int, *, title: str | None, outlet: str | None, published: date | None) -> None:
        """Take what the reader says of a report."""
        item = self.items[index]
        item.draft = with_facts(item.draft, title=title, outlet=outlet, published=published)

    def store(self) -> None:
        """Store the drafts that are wanted; those with another date are read again first."""
        self.step = "storing"
        self._in_a_thread(self._store)

    @property
    def wanted(self) -> list[Draft]:
        """The drafts that would be stored."""
        return [item.draft for item in self.items if item.wanted]

    # -- what its thread does ----------------------------------------------------------------------------------

    def _in_a_thread(self, work: Callable[[], None]) -> None:
        def run() -> None:
            try:
                work()
            except ClaimAtlasError as problem:
                self.step, self.reason = "failed", str(problem)
            finally:
                if self.step in BUSY:  # an error of ours, which the server's log tells
                    self.step = "failed"

        threading.Thread(target=run, name="reports", daemon=True).start()

    def _read(self) -> None:
        with self._turn(), uploads.folder() as folder:
            self.step = "reading"
            for event in self._events(self._order(folder)):
                self._take(event)
        self._handed = ()  # uploads need not be held any longer
        if self._stopping.is_set():
            self.step = "stopped"
        elif self._at_once and self.items:
            self.step = "storing"
            self._store()
        else:
            self.step = "ready"

    @contextmanager
    def _turn(self) -> Iterator[None]:
        while not (mine := self._means.turns.acquire(timeout=0.2)) and not self._stopping.is_set():
            pass
        try:
            yield
        finally:
            if mine:
                self._means.turns.release()

    def _order(self, folder: Path) -> Order:
        with self._means.reading() as store:
            frame = store.reports()
        addresses = {str(url): str(name) for url, name in zip(frame["url"], frame["id"], strict=True) if url}
        handed = [
            _written(item, folder / str(number)) if isinstance(item, Upload) else item
            for number, item in enumerate(self._handed)
        ]
        return Order(tuple(handed), frozenset(map(str, frame["id"])), addresses)

    def _events(self, order: Order) -> Iterator[Event]:
        self._reads = self._means.begin(order)
        if not self._stopping.is_set():
            yield from self._reads

    def _take(self, event: Event) -> None:
        match event:
            case Found():
                self.found = event.n
            case Draft():
                self.items.append(Item(event, event.report.published))
            case Known():
                self.known.append(event)
            case Rejected():
                self.rejected.append(event)

    def _store(self) -> None:
        self._read_again([item for item in self.items if item.wanted and item.draft.report.published != item.read_at])
        waiting = [draft for draft in self.wanted if draft not in self.stored]
        while waiting and not self._stopping.is_set():
            end = time.monotonic() + _SLICE
            with self._means.writing() as store:
                while waiting and time.monotonic() < end:
                    now, waiting = waiting[:_TOGETHER], waiting[_TOGETHER:]
                    rows = [(draft.report, draft.claims, draft.places) for draft in now]
                    store.add_many(rows, now[0].reading)  # one version of this program has read them all
                    self.stored += now
        self.step = "stored"

    def _read_again(self, items: Sequence[Item]) -> None:
        """The date of a report tells who held which office: with another one, claimants may be others."""
        if not items:
            return
        by_id = {item.draft.report.id: item for item in items}
        order = Order(tuple(Again(item.draft.report) for item in items))
        with self._turn():
            for event in self._events(order):
                if isinstance(event, Draft):
                    item = by_id[event.report.id]
                    item.draft = replace(event, report=item.draft.report)
                    item.read_at = item.draft.report.published


def _written(upload: Upload, folder: Path) -> File:
    """The upload as a file in a folder of its own. Its name loses what could be a path and keeps its ending."""
    folder.mkdir()
    safe = _UNSAFE.sub("_", Path(upload.name).name).lstrip(".")[-100:] or "file"
    path = folder / safe
    path.write_bytes(upload.raw)
    return File(upload.name[:200], path, upload.columns)


class Jobs:
    """All jobs of the server, by name. The oldest that are done with make room for new ones."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def begin(self, handed: Sequence[Handed | Upload], *, at_once: bool = False) -> Job:
        """Start a job. With ``at_once``, what was read is stored without another word."""
        job = Job(handed, self._means, at_once=at_once)
        with self._lock:
            done = [name for name, other in self._jobs.items() if other.step not in BUSY]
            for name in done[: max(0, len(self._jobs) + 1 - _MOST_JOBS)]:
                del self._jobs[name]
            self._jobs[job.name] = job
        job.begin()
        return job

    def get(self, name: str | None) -> Job | None:
        """The job of that name; None when there is none any longer."""
        return self._jobs.get(name) if name else None

    def drop(self, job: Job) -> None:
        """Stop and forget a job."""
        job.stop()
        with self._lock:
            self._jobs.pop(job.name, None)
