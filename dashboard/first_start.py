"""A new store is filled with the sample reports beside the page, which shows its map meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable

from errors import ClaimAtlasError


class Preparation:
    """One run of ``fill`` in a thread of its own, or none at all when the store ``is_filled``.

    While it runs, nothing else may open the store: DuckDB lets a process open a file in one way at a time.
    """

    def __init__(self, *, is_filled: Callable[[], bool], fill: Callable[[], object]) -> None:
        self._fill = fill
        self._problem: ClaimAtlasError | None = None
        self._thread: threading.Thread | None = None
        if not is_filled():
            self._thread = threading.Thread(target=self._run, name="samples", daemon=True)
            self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """True when the store can be read; waits ``seconds`` at most, None for as long as it takes.

        :raises ClaimAtlasError: what kept the store from being filled.
        """
        if self._thread:
            self._thread.join(seconds)
            if self._thread.is_alive():
                return False
        if self._problem:
            raise self._problem
        return True

    def _run(self) -> None:
        try:
            self._fill()
        except ClaimAtlasError as problem:
            self._problem = problem
