"""Folders and feeds watched: what is new is taken in, what fails is tried again after growing pauses.

The store is open only while something is added to it. What was taken in before is known by its text, so that a watch
can be stopped at any time and started again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from extract.model import Report
from extract.reading import ReadingError
from pipeline.batch import Annotates, Rejected, Stored, files_in, store_report
from pipeline.fetching.addresses import FetchError
from pipeline.fetching.inputs import reports_of
from pipeline.fetching.pages import Fetches, entries_at, report_of_entry
from store.claims import ClaimStore
from store.errors import StoreError

_SETTLED: Final = 2.0
"""Seconds since its last change after which a file is taken to be written to its end."""
_FEED_PAUSE: Final = 60.0
"""A feed is not asked more often than this, whatever the user wants; in seconds."""

_STORE: Final = "\0store"
_LOOK: Final = "\0look "
"""Keys that no file and no address has."""

Reports = Iterable[Report | Rejected]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that holds reports: its name, a version that changes when it does, its address, how it is read."""

    key: str
    version: object
    read: Callable[[], Reports]
    url: str | None = None


class Lookout(Protocol):
    """Something that is watched."""

    @property
    def name(self) -> str:
        """What the user calls it."""

    def look(self) -> list[Item]:
        """Everything that is there now.

        :raises FetchError: when it cannot be looked at.
        :raises ReadingError: when it is not what can be watched.
        """


@dataclass(slots=True)
class Folder:
    """A folder with all below it. ``read`` gives the reports of a file."""

    path: Path
    read: Callable[[list[str]], Reports] = reports_of
    now: Callable[[], float] = time.time

    @property
    def name(self) -> str:
        """Where it is."""
        return str(self.path)

    def look(self) -> list[Item]:
        """Its readable files, those left out that are being written."""
        if not self.path.is_dir():
            raise ReadingError(self.name, "there is no such folder.")
        return [item for path in files_in([self.path]) if (item := self._item(path))]

    def _item(self, path: Path) -> Item | None:
        try:
            found = path.stat()
        except OSError:
            return None
        if 0 <= self.now() - found.st_mtime < _SETTLED:
            return None
        return Item(str(path), (found.st_mtime_ns, found.st_size), partial(self.read, [str(path)]))


@dataclass(slots=True)
class Feed:
    """An RSS or Atom feed, asked every ``every`` seconds at most; between, its entries are those of the last time."""

    name: str
    fetcher: Fetches
    every: float = 300.0
    clock: Callable[[], float] = time.monotonic
    _items: list[Item] = field(default_factory=list)
    _asked: float = float("-inf")

    def look(self) -> list[Item]:
        """Its entries."""
        if self.clock() - self._asked >= max(self.every, _FEED_PAUSE):
            entries = entries_at(self.fetcher.get(self.name))
            self._asked = self.clock()
            self._items = [
                Item(
                    entry.url or f"{self.name}#{hash(entry.markup)}",
                    None,
                    partial(self._read, partial(report_of_entry, entry, entry.url or self.name, self.fetcher)),
                    entry.url,
                )
                for entry in entries
            ]
        return self._items

    @staticmethod
    def _read(read: Callable[[], Report]) -> Iterator[Report | Rejected]:
        try:
            yield read()
        except (FetchError, ReadingError) as error:
            yield Rejected(error.where, error.reason)


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds between attempts: the first, doubled after each, up to the longest."""

    first: float = 60.0
    longest: float = 6 * 3600.0

    def after(self, failures: int) -> float:
        """The pause after so many failures in a row."""
        return float(min(self.first * 2 ** min(failures - 1, 40), self.longest))


@dataclass(frozen=True, slots=True)
class _State:
    version: object
    due: float
    failures: int = 0
    reason: str = ""


@dataclass(slots=True)
class Agenda:
    """What is done, and when what failed is due again."""

    pauses: Pauses = field(default_factory=Pauses)
    clock: Callable[[], float] = time.monotonic
    _states: dict[str, _State] = field(default_factory=dict)

    def is_due(self, key: str, version: object = None) -> bool:
        """True for what is new or has changed, and for what failed when its pause is over."""
        state = self._states.get(key)
        return state is None or state.version != version or self.clock() >= state.due

    def done(self, key: str, version: object = None) -> None:
        """It need not be looked at again until it changes."""
        self._states[key] = _State(version, float("inf"))

    def forget(self, key: str) -> None:
        """It works again: past failures count no longer."""
        self._states.pop(key, None)

    def failed(self, key: str, reason: str, version: object = None) -> bool:
        """Try it again after a pause; False when it failed for the same reason the last time."""
        before = self._states.get(key)
        again = before is not None and before.version == version and before.failures > 0
        failures = before.failures + 1 if before and again else 1
        self._states[key] = _State(version, self.clock() + self.pauses.after(failures), failures, reason)
        return not (before and again and before.reason == reason)

    def until_next(self) -> float:
        """Seconds until something that failed is due; infinite when there is no such thing.

        What is due already does not count: it has been tried just now, or is gone.
        """
        now = self.clock()
        return min((state.due for state in self._states.values() if state.due > now), default=float("inf")) - now


Tell = Callable[[Stored | Rejected], object]


@dataclass(slots=True)
class Watch:
    """Looks at folders and feeds, and adds what is new to the store.

    ``tell`` hears of every report, ``complete`` adds to it what the user says of all. A failure is told once, and again
    when its reason changes.
    """

    lookouts: Sequence[Lookout]
    open_store: Callable[[], AbstractContextManager[ClaimStore]]
    engine: Callable[[], Annotates]
    tell: Tell
    complete: Callable[[Reports], Reports] = iter
    agenda: Agenda = field(default_factory=Agenda)
    sleep: Callable[[float], None] = time.sleep

    def run(self, every: float) -> None:
        """Look again and again, every so many seconds, and when something that failed is due; until interrupted."""
        while True:
            self.look()
            self.sleep(max(1.0, min(every, self.agenda.until_next())))

    def look(self) -> None:
        """Look once, and add what is new."""
        items = [item for lookout in self.lookouts for item in self._items(lookout)]
        due = [item for item in items if self.agenda.is_due(item.key, item.version)]
        if not due or not self.agenda.is_due(_STORE):
            return
        try:
            with self.open_store() as store:
                self._add(due, store)
            self.agenda.forget(_STORE)
        except StoreError as error:
            self._failed(_STORE, None, [Rejected("the store", str(error))])

    def _items(self, lookout: Lookout) -> list[Item]:
        key = f"{_LOOK}{lookout.name}"
        if not self.agenda.is_due(key):
            return []
        try:
            items = lookout.look()
        except (FetchError, ReadingError) as error:
            self._failed(key, None, [Rejected(error.where, error.reason)])
            return []
        self.agenda.forget(key)
        return items

    def _add(self, items: Iterable[Item], store: ClaimStore) -> None:
        known = {url for url in store.reports()["url"] if url}
        for item in items:
            failures = [] if item.url in known else self._take_in(item, store)
            if failures:
                self._failed(item.key, item.version, failures)
            else:
                self.agenda.done(item.key, item.version)

    def _take_in(self, item: Item, store: ClaimStore) -> list[Rejected]:
        """Add the reports of an item; what could not be added."""
        failures = []
        for found in self.complete(item.read()):
            outcome = found if isinstance(found, Rejected) else store_report(found, store, self.engine())
            if isinstance(outcome, Rejected):
                failures.append(outcome)
            else:
                self.tell(outcome)
        return failures

    def _failed(self, key: str, version: object, failures: Sequence[Rejected]) -> None:
        reason = "\n".join(f"{failure.where}: {failure.reason}" for failure in failures)
        if self.agenda.failed(key, reason, version):
            for failure in failures:
                self.tell(failure)
