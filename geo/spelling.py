"""Names a letter or two away from one that no gazetteer has: "Benishangul Gumz" for Benishangul-Gumuz.

Only long names, and only keys that share the first four letters: short names always have neighbours that mean
something else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_SHARED: Final = 4
_LONG: Final = 8
"""Shorter names are not respelt."""
_VERY_LONG: Final = 14
"""From this length on two letters may differ."""


def respelt(key: str, keys: Iterable[str]) -> list[str]:
    """The ``keys`` nearest to a folded name within its allowance of edits, in alphabetical order; empty if none is."""
    best = 2 if len(key) >= _VERY_LONG else 1
    found: list[str] = []
    for other in keys:
        edits = distance(key, other, most=best)
        if edits < best:
            found = []
        if edits <= best:
            best = edits
            found.append(other)
    return sorted(found)


def prefix(key: str) -> str | None:
    """The letters that candidates for a respelt name must share; None when the name is too short to respell."""
    return key[:_SHARED] if len(key) >= _LONG else None


def distance(one: str, other: str, *, most: int) -> int:
    """Insertions, deletions and substitutions that lead from one word to another; ``most + 1`` when there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, facing in enumerate(other, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != facing)))
        if min(row) > most:
            return most + 1
        above = row
    return min(above[-1], most + 1)
