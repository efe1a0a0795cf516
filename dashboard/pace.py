"""Which state of the store the pages show while another process keeps adding to it.

An ingest writes every second, and for each state of the store its index and all answers are worked out anew: no reader
would get a page in peace. The pages therefore take up a new state at most every few seconds; a store that has been at
rest is taken up at once, and so is what this process has written itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

Version = tuple[str | int, ...]
"""Path, time and size of the store's files."""

PAUSE: Final = 5.0
"""Seconds for which the pages stay with the state that they have taken up."""


def version_of(path: Path) -> Version:
    """The state that the store at ``path`` is in now; a store that is not there has one, too."""
    stats = [file.stat() for file in (path, path.with_name(path.name + ".wal")) if file.exists()]
    return (str(path), *(value for stat in stats for value in (stat.st_mtime_ns, stat.st_size)))


class Pace:
    """The state that is shown, for all readers of this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._shown: Version | None = None
        self._since = 0.0

    def shown(self, now: Version) -> Version:
        """The state to show when the store is in the state ``now``."""
        with self._lock:
            if self._is_another(now):
                self._shown, self._since = now, float("-inf")  # as far as is known it has been at rest
            elif now != self._shown and self._clock() - self._since >= PAUSE:
                self._shown, self._since = now, self._clock()
            return self._shown or now

    def is_behind(self, now: Version) -> bool:
        """True when the store has more than what is shown."""
        return self._shown is not None and now != self._shown

    def catch_up(self) -> None:
        """Take up the next state at once, whenever the last was taken up."""
        with self._lock:
            self._shown = None

    def _is_another(self, now: Version) -> bool:
        """True for another store than the one that is shown, and when none is."""
        return self._shown is None or self._shown[:1] != now[:1]
