"""What every export has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from store.claims import ClaimStore
from store.filters import Filters


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its file ending (with the dot), its media type, and ``pieces``, the file's text part by part."""

    name: str
    suffix: str
    media_type: str
    pieces: Callable[[ClaimStore, Filters], Iterator[str]]

    def text(self, store: ClaimStore, filters: Filters) -> str:
        """The whole file as text; write it as UTF-8 without translating line ends."""
        return "".join(self.pieces(store, filters))
