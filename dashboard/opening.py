"""The store as the pages open it: by many to read, by one to write, and once for a whole run of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from dashboard.gate import Gate
from store.claims import ClaimStore

_GATE: Final = Gate()


@contextmanager
def reading(path: Path) -> Iterator[ClaimStore]:
    """The store, open for questions; waits while a page writes. Within :func:`kept_open` it is the one of this run.

    :raises StoreError: when it is not there, damaged, or held by another process.
    """
    kept = _KEPT.get()
    if kept is not None:
        yield kept.store(path)
        return
    with _opened(path) as store:
        yield store


@contextmanager
def kept_open() -> Iterator[None]:
    """Within it the store, once it is asked, stays open for whatever else this thread asks: one opening a run, not
    four. Nothing may be written within it."""
    with ExitStack() as closing:
        token = _KEPT.set(_Kept(closing))
        closing.callback(_KEPT.reset, token)
        yield


@contextmanager
def writing(path: Path, *, once_closed: Callable[[], object]) -> Iterator[ClaimStore]:
    """The store, open to be changed. All readers of this process wait meanwhile: hold it for parts of a second.

    :param once_closed: called when it is closed and before anybody reads it, unless it could not be opened.
    :raises StoreError: when it is damaged, or held by another process.
    """
    with _GATE.writing(), ExitStack() as closing, ClaimStore.open(path) as store:
        closing.callback(once_closed)
        yield store


@contextmanager
def _opened(path: Path) -> Iterator[ClaimStore]:
    with _GATE.reading(), ClaimStore.open(path, read_only=True) as store:
        yield store


class _Kept:
    """The store of one run of a page, opened when it is first asked."""

    def __init__(self, closing: ExitStack) -> None:
        self._closing = closing
        self._store: ClaimStore | None = None

    def store(self, path: Path) -> ClaimStore:
        """The store, open until the run ends."""
        self._store = self._store or self._closing.enter_context(_opened(path))
        return self._store


_KEPT: Final[ContextVar[_Kept | None]] = ContextVar("store of this run", default=None)
